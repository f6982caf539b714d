"""What stands where in a sentence: the names, dates and words around a verb that the rules of events ask for."""

from kg.extract import words
from kg.extract.frames import stated
from kg.extract.names import Found
from kg.extract.people import coordinated
from kg.extract.places import Places, placeable
from kg.extract.reading import Reading, Sentence
from kg.text.quantities import Quantity
from kg.text.tokens import Token

BE = frozenset("was were been being is are be got gets".split())
HAVE = frozenset("had has have having".split())
ADVERBS = frozenset(
    (
        "then later also finally soon again eventually first fully completely partly partially briefly "
        "quickly swiftly itself themselves already now subsequently only reportedly officially temporarily "
        "initially permanently once twice in turn successfully even just formally gradually largely "
        "immediately peacefully"
    ).split()
)
BREAKS = frozenset("; but while whereas although though".split())
TYPES_BEFORE_NAME = frozenset({"centre", "center", *words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES})
NAMED_EVENTS = frozenset(
    "accord accords agreement conference declaration massacre offensive operation pact process protocol summit talks "
    "treaty war wars".split()
)
SEATS = frozenset(("capital", "seat"))  # "the capital of B" is not B
SKIPPED = frozenset(
    (
        "the a an its their his whole entire all most much nearly almost some about both strategic key small "
        "large nearby neighbouring neighboring border remaining rest of control back over ancient historic "
        "old main northern southern eastern western central mountainous disputed contested provincial "
        "regional district local capital strategically important second-largest second third largest twin "
        "port coastal mining oil frontier and two three four five six seven more following rebel-held "
        "southeastern southwestern northeastern northwestern south-eastern south-western north-eastern north- "
        "western frontline embattled war-torn government-held enemy-held besieged parts part full complete "
        "out centre center heart bulk base"
    ).split()
)


class Syntax:
    """Questions about one document's sentences; answers no rule by itself."""

    def __init__(
        self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]
    ) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.tokens = reading.tokens

    def adverbial(self, sentence: Sentence, one: Found) -> bool:
        """``in Baku``, ``from Kharkiv``, ``north of Mogadishu``: where something is said or measured, not what the
        text is about.
        """
        index = one.first - 1
        if index >= sentence.first and self.tokens[index].low == "the":
            index -= 1
        if index > sentence.first and self.tokens[index].low == "of" and self.tokens[index - 1].low in words.DIRECTIONS:
            return True
        return index >= sentence.first and self.tokens[index].low in (
            "from",
            "near",
            "to",
            "at",
            "after",
            "by",
            "with",
            "outside",
            "towards",
            "until",
            "around",
        )

    def back(self, index: int, start: int) -> int:
        """The index of the token before a verb, past adverbs."""
        step = index - 1
        while step >= start and (
            self.tokens[step].low in ADVERBS or (self.tokens[step].low.endswith("ly") and self.tokens[step].kind == "w")
        ):
            step -= 1
        return step

    def date_ends(self, sentence: Sentence, index: int) -> bool:
        return self.tokens[index].end in self.reading.date_ends

    def date_starts(self, sentence: Sentence, index: int) -> bool:
        return index < sentence.last and self.tokens[index].start in self.reading.date_starts

    def force_before(self, sentence: Sentence, index: int) -> bool:
        group = self.found[sentence.index]
        if index > sentence.first and sentence.dates:
            before = self.tokens[index - 1].low
            if before == "they" or (
                before == "and" and any(_changes(t.low) for t in self.tokens[sentence.first : index - 1])
            ):
                return True
        near = self.tokens[max(sentence.first, index - 4) : index]
        return any(one.kind == "organization" and 0 <= index - one.last <= 2 for one in group) or any(
            t.low in words.FORCE_NOUNS for t in near
        )

    def object_follows(self, sentence: Sentence, last: int, end: int) -> bool:
        """Whether a place follows directly, as the object of an active verb."""
        step = last
        while step < end and (self.tokens[step].low in SKIPPED or self.tokens[step].low in TYPES_BEFORE_NAME):
            step += 1
        return any(one.first == step and one.kind in ("place", "name") for one in self.found[sentence.index]) or (
            step < end and self.tokens[step].low in ("it", "them")
        )

    def places_in(self, sentence: Sentence, first: int, last: int) -> list[Found]:
        return [
            one
            for one in self.found[sentence.index]
            if first <= one.first
            and one.last <= last
            and one.kind in ("place", "name")
            and (one.kind == "place" or placeable(self.reading, one))
        ]

    def found_at(self, sentence: Sentence, index: int) -> Found | None:
        for one in self.found[sentence.index]:
            if (
                one.first == index
                and one.kind in ("place", "name")
                and (one.kind == "place" or placeable(self.reading, one))
            ):
                return one
        return None

    def names_event(self, sentence: Sentence, one: Found) -> bool:
        """``the Toyota War``, ``the Minsk Process``: a name that only qualifies that of an event."""
        return one.last < sentence.last and self.tokens[one.last].capital and self.tokens[one.last].low in NAMED_EVENTS

    def place_before(self, sentence: Sentence, index: int) -> Found | None:
        """The place whose last token stands right before."""
        return next((one for one in self.places_in(sentence, sentence.first, index) if one.last == index), None)

    def enumeration(self, sentence: Sentence, first: Found, right: int) -> list[Found]:
        """A name and those enumerated with it."""
        found = [first]
        for one in self.places_in(sentence, first.last, right):
            if not self.joined(found[-1], one):
                break
            found.append(one)
        return found

    def joined(self, left: Found, right: Found) -> bool:
        if coordinated(self.tokens, left, right):
            return True
        between = self.tokens[left.last : right.first]
        if not between or len(between) > 6:
            return False
        if between[-1].low == "of" and between[-2:-1] and between[-2].low in SEATS:
            return False
        joins = any(t.text in (",",) or t.low == "and" for t in between)
        if (
            not any(t.low == "and" for t in between)
            and any(t.low in ("the", "a") for t in between)
            and any(t.low in TYPES_BEFORE_NAME for t in between)
        ):
            return False  # "Wad Madani, the capital of Gezira": an apposition
        return joins and all(
            t.text == ","
            or t.low in ("and", "or", "the", "of", "as", "well")
            or t.low in TYPES_BEFORE_NAME
            or t.low in words.DIRECTIONS
            or t.low in ("neighbouring", "nearby")
            for t in between
        )

    def in_date(self, sentence: Sentence, token: Token) -> bool:
        return token.start in self.reading.in_date

    def is_subject(self, sentence: Sentence, one: Found, begin: int) -> bool:
        """A name that no preposition makes part of something else; ``the villages of Medari`` is a subject."""
        tokens = self.tokens
        index = one.first - 1
        while index >= begin and (
            tokens[index].low in ("the", "neighbouring", "nearby")
            or (tokens[index].low in TYPES_BEFORE_NAME and tokens[index + 1].low != "of")
        ):
            index -= 1
        if index < begin:
            return True
        low = tokens[index].low
        if low == "of":
            return index - 1 >= begin and (
                (tokens[index - 1].low in TYPES_BEFORE_NAME and tokens[index - 1].low not in SEATS)
                or tokens[index - 1].low in ("most", "all", "part", "parts", "rest", "whole", "much")
            )
        if low in (
            "in",
            "from",
            "near",
            "by",
            "with",
            "to",
            "on",
            "at",
            "for",
            "against",
            "under",
            "around",
            "between",
            "across",
            "towards",
            "into",
            "outside",
            "over",
            "like",
            "beyond",
            "within",
            "than",
            "since",
            "as",
        ):
            return False
        if tokens[one.last - 1].possessive:
            return False
        return one.last >= len(tokens) or tokens[one.last].low not in words.FORCE_NOUNS

    def quantity_at(self, sentence: Sentence, token: Token) -> Quantity | None:
        return next((q for q in self.quantities[sentence.index] if q.start <= token.start < q.end), None)


def token_is(token: Token | None, *lows: str) -> bool:
    """Whether there is a token, and it is one of these words."""
    return token is not None and token.low in lows


def _changes(low: str) -> bool:
    """Whether a word alone tells of a change of control."""
    return stated([low], 0) is not None
