"""What changes hands: the object of an active verb, the subject of a passive one, or what a pronoun stands for."""

from kg.extract import words
from kg.extract.events.syntax import (
    ADVERBS,
    BE,
    BREAKS,
    HAVE,
    SEATS,
    SKIPPED,
    TYPES_BEFORE_NAME,
    Context,
    Syntax,
    Trigger,
)
from kg.extract.names import Found
from kg.extract.places import fits
from kg.extract.reading import Sentence
from kg.model import Entity

FACILITIES = frozenset(
    "airport airfield airbase base bridge road highway port station hospital university palace dam refinery prison "
    "barracks camp checkpoint crossing plant field".split()
)


class Patients:
    """Finds the places that a trigger speaks of."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.reading, self.found, self.places = syntax.reading, syntax.found, syntax.places
        self.quantities, self.tokens = syntax.quantities, syntax.tokens
        self.patient: Entity | None = None  # what changed hands in the clause before, in the same sentence

    def gapped(self, sentence: Sentence, trigger: Trigger, last: Found | Entity, right: int) -> list[Found]:
        """``captured A on 18 March, B on 13 October and C a week later, on 20 October``: further places, each with
        its own date.
        """
        tokens = self.tokens
        position = max(trigger.last, last.last if isinstance(last, Found) else 0)
        found: list[Found] = []
        while True:
            following = next(
                (one for one in self.syntax.places_in(sentence, position, right) if self._after_comma(one, position)),
                None,
            )
            if following is None:
                return found
            between = tokens[position : following.first]
            dated = any(
                tokens[position].start <= d.start < tokens[following.first].start
                for d in sentence.dates
                if position < len(tokens)
            )
            dated = dated or (bool(found) and self.syntax.joined(found[-1], following))
            own = next(
                (
                    d
                    for d in sentence.dates
                    if d.value and tokens[following.first].end <= d.start < tokens[right - 1].end
                ),
                None,
            )
            if not dated or own is None or any(t.low in BE or t.low in words.SAY for t in between) or len(between) > 16:
                return found
            inside = tokens[following.last : self.reading.token_index(own.start)]
            if any(t.low in BE or t.low in words.CONTROL for t in inside) or len(inside) > 14:
                return found
            found.append(following)
            position = following.last

    def _after_comma(self, one: Found, floor: int) -> bool:
        index = one.first - 1
        while index > floor and (
            self.tokens[index].low in ("the", "of") or self.tokens[index].low in TYPES_BEFORE_NAME
        ):
            index -= 1
        return index >= floor and (
            self.tokens[index].text == ","
            or self.tokens[index].low == "and"
            or (
                self.tokens[index].low == "from"
                and index > floor
                and (self.tokens[index - 1].text == "," or self.tokens[index - 1].low == "and")
            )
        )

    def of(
        self, sentence: Sentence, trigger: Trigger, left: int, right: int, start: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        """What changes hands: names, or (True) what a pronoun or the row stands for."""
        patients, anaphoric = self._of(sentence, trigger, left, right, start, context)
        return [self._part(p, sentence) if isinstance(p, Found) else p for p in patients], anaphoric

    def _part(self, one: Found, sentence: Sentence) -> Found:
        """``Khartoum airport`` is a place of its own, and no city that changes hands."""
        last = one.last
        if last < sentence.last and self.tokens[last].low in ("air", "border", "power", "oil", "military"):
            last += 1
        known = one.kind == "place" and one.entity is not None and one.entity.key is not None
        if not known or last >= sentence.last or self.tokens[last].text not in FACILITIES:
            return one
        text = self.reading.text[self.tokens[one.first].start : self.tokens[last].end]
        return Found(one.first, last + 1, "place", text, entity=Entity("place", " ".join(text.split()), None, ""))

    def _of(
        self, sentence: Sentence, trigger: Trigger, left: int, right: int, start: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        if trigger.word == "withdrawal" and not trigger.passive:
            return self._left_places(sentence, trigger, right, context)
        if (relative := self._relative(sentence, trigger)) is not None:
            return [relative], False
        if trigger.passive:
            return self._subject_places(sentence, trigger, left, start, context)
        return self._object_places(sentence, trigger, right, context)

    def _relative(self, sentence: Sentence, trigger: Trigger) -> Found | None:
        """``Wad Madani, which the RSF had seized on 18 December``: the place before ``which``, where the verb has a
        subject of its own and no object.
        """
        tokens, after = self.tokens, trigger.last
        objectless = (
            after >= sentence.last
            or tokens[after].kind == "p"
            or tokens[after].low in ("in", "on", "from", "during", "after", "before", "last", "again", "earlier")
            or self.syntax.date_starts(sentence, after)
        )
        if not objectless or tokens[trigger.index - 1].low in BE:
            return None
        for index in range(trigger.index - 1, max(sentence.first, trigger.index - 10), -1):
            token = tokens[index]
            if token.low == "which":
                if tokens[index + 1].low in HAVE or tokens[index + 1].low in BE or index + 1 == trigger.index:
                    return None
                return self.syntax.place_before(sentence, index - (tokens[index - 1].text == ","))
            if token.kind == "p" or token.low in words.CONTROL:
                return None
        return None

    def _left_places(
        self, sentence: Sentence, trigger: Trigger, right: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        """``withdrew from A and from B``; ``vacated A``; ``withdrew its garrison`` from where the text speaks of."""
        tokens = self.tokens
        if tokens[trigger.index].low.startswith(("vacat", "evacuat", "abandon", "left", "hand", "return", "ced")):
            return self._object_places(sentence, trigger, right, context)
        found: list[Found | Entity] = []
        seen = False
        for index in range(trigger.index + 1, right):
            if tokens[index].low in ("from", "of") and (tokens[index].low == "from" or index == trigger.last):
                if seen and not (
                    tokens[index - 1].text == ","
                    or tokens[index - 1].low == "and"
                    or self.syntax.date_ends(sentence, index - 1)
                ):
                    continue  # "withdrew from A, and a garrison from B replaced them"
                seen = True
                step = index + 1
                while step < right and (
                    tokens[step].low in SKIPPED or tokens[step].low in TYPES_BEFORE_NAME or (tokens[step].low == "of")
                ):
                    step += 1
                one = self.syntax.found_at(sentence, step)
                if one:
                    found += self.syntax.enumeration(sentence, one, right)
                elif step < right and tokens[step].low in ("it", "there", "them"):
                    if (
                        topic := self.patient
                        or context.place
                        or self._topic_in(sentence, trigger.index)
                        or self.places.topic(tokens[index].start)
                    ):
                        return [topic], True
                elif (word := tokens[step - 1].low) in words.PLACE_TYPES:
                    if topic := self._topic_in(sentence, trigger.index, word) or self.places.topic(
                        tokens[index].start, word
                    ):
                        return [topic], True
        if found:
            return found, False
        nxt = tokens[trigger.last].low if trigger.last < right else ""
        if context.place is not None and (
            nxt in ("its", "their", "his", "the", "all", "on", "in", "again", "")
            or self.syntax.date_starts(sentence, trigger.last)
        ):
            return [context.place], True
        dated = trigger.last
        while dated < right and tokens[dated].low in (
            "only",
            "fully",
            "completely",
            "finally",
            "again",
            "on",
            "in",
            "at",
            "last",
        ):
            dated += 1
        if self.syntax.date_starts(sentence, dated) and (
            topic := self.patient or self.places.topic(tokens[trigger.index].start)
        ):
            return [topic], True
        return [], False

    def _subject_places(
        self, sentence: Sentence, trigger: Trigger, left: int, start: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        tokens = self.tokens
        begin = left
        for index in range(trigger.index - 1, left - 1, -1):
            if (
                tokens[index].text == ":"
                or tokens[index].low in BREAKS
                or tokens[index].low in ("that", "when", "where", "after", "before", "until", "because", "which")
            ):
                begin = index + 1
                break
        group = self.syntax.places_in(sentence, begin, trigger.index)
        pronoun = next((t.low for t in tokens[begin : trigger.index] if t.low in ("it", "they", "both")), "")
        subjects = [one for one in group if self.syntax.is_subject(sentence, one, begin)]
        if subjects and not (
            pronoun == "it"
            and tokens[begin : trigger.index][-1].low != "itself"
            and subjects[0].first > next(i for i in range(begin, trigger.index) if tokens[i].low == "it")
        ):
            if left == start:
                return list(self.syntax.enumeration(sentence, subjects[0], trigger.index)), False
            chain = [subjects[-1]]  # after another verb: its object stands before; the subject is what is nearest
            for one in reversed(subjects[:-1]):
                if not self.syntax.joined(one, chain[0]):
                    break
                chain.insert(0, one)
            return list(chain), False
        for index in range(begin, trigger.index):
            low = tokens[index].low
            if low == "it":
                topic = self.patient or context.place or self.places.topic(tokens[index].start)
                return ([topic], True) if topic else ([], False)
            definite = (index > begin and tokens[index - 1].low in ("the", "this", "that", "whole")) or (
                index == begin and False
            )
            if (
                low in words.PLACE_TYPES
                and definite
                and not (index + 1 < trigger.index and tokens[index + 1].low in ("of",))
            ):
                topic = (
                    self._topic_in(sentence, begin, low) or self.places.topic(tokens[index].start, low) or context.place
                )
                return ([topic], True) if topic else ([], False)
        if begin > left and tokens[begin - 1].low == "which":  # "withdrew from A, which is taken over by B"
            named = [one for one in self.syntax.places_in(sentence, sentence.first, begin) if begin - 1 - one.last <= 1]
            if named:
                return [named[-1]], False
        joint = next(
            (
                i
                for i in range(trigger.index - 1, begin - 1, -1)
                if tokens[i].text == "," or tokens[i].low in ("and", "but", "then")
            ),
            None,
        )
        if (
            joint is not None
            and self.patient is not None
            and all(
                t.low in BE or t.low in HAVE or t.low in ADVERBS or t.low in ("and", "then", "later", ",")
                for t in tokens[joint : trigger.index]
            )
        ):
            return [self.patient], True  # "fell on D, was retaken on E and was captured again"
        bare = all(
            t.kind != "w"
            or t.low in BE
            or t.low in HAVE
            or t.low in ADVERBS
            or t.low in ("and", "first", "on", "in", "by", "the")
            or t.low in words.CONTROL
            or self.syntax.in_date(sentence, t)
            for t in tokens[begin : trigger.index]
        )
        if bare and left > start:  # "was captured on D1 and retaken on D2"
            previous = self.syntax.places_in(sentence, start, left)
            if previous:
                return [previous[0]], False
        if bare and context.place is not None:
            return [context.place], True
        if bare and trigger.index == sentence.first and (subject := self._main_subject(sentence, trigger)):
            return subject, True
        return [], False

    def _main_subject(self, sentence: Sentence, trigger: Trigger) -> list[Found | Entity]:
        """``Taken on 1 April 2022, the town was ...``: the subject of the clause after the participle."""
        tokens = self.tokens
        for index in range(trigger.last, min(sentence.last, trigger.last + 24)):
            if tokens[index].text == ",":
                step = index + 1
                while step < sentence.last and tokens[step].low in ("the",):
                    step += 1
                one = self.syntax.found_at(sentence, step)
                if one:
                    return [one]
                if step < sentence.last and (tokens[step].low == "it" or tokens[step].low in words.PLACE_TYPES):
                    topic = self.places.topic(tokens[step].start, tokens[step].low if tokens[step].low != "it" else "")
                    return [topic] if topic else []
        return []

    def _topic_in(self, sentence: Sentence, limit: int, word: str = "") -> Entity | None:
        """The place named earlier in the same sentence."""
        group = [
            one
            for one in self.found[sentence.index]
            if one.kind == "place"
            and one.entity
            and one.last <= limit
            and one.entity.type != "country"
            and not self.syntax.adverbial(sentence, one)
            and not self.tokens[one.last - 1].possessive
            and self.tokens[one.last].low not in words.SAY
        ]
        wanted = words.PLACE_TYPES.get(word)
        for one in reversed(group):
            small = wanted in ("village", "settlement") and one.entity and not fits(wanted, one.entity, "")
            if wanted is None or one.hint == wanted or not (one.hint or small):
                return one.entity
        return None

    def _named(self, sentence: Sentence, index: int) -> bool:
        one = self.syntax.found_at(sentence, index)
        return one is not None and one.last < sentence.last and self.tokens[one.last].text in (",", ".")

    def _object_places(
        self, sentence: Sentence, trigger: Trigger, right: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        tokens = self.tokens
        step = trigger.last
        word = ""
        while step < right:
            token = tokens[step]
            one = self.syntax.found_at(sentence, step)
            if one is not None:
                if (
                    step + 1 < len(tokens)
                    and tokens[one.last - 1].possessive
                    and one.last < right
                    and tokens[one.last].low not in TYPES_BEFORE_NAME
                ):
                    return [], False
                return list(self.syntax.enumeration(sentence, one, right)), False
            if token.low in ("it", "them"):
                topic = (
                    self.patient
                    or context.place
                    or self._topic_in(sentence, trigger.index)
                    or self.places.topic(token.start)
                )
                return ([topic], True) if topic else ([], False)
            if self.syntax.in_date(sentence, token) or (
                token.low in ("on", "in") and self.syntax.date_starts(sentence, step + 1)
            ):
                step += 1
                continue
            quantity = self.syntax.quantity_at(sentence, token)
            if quantity is not None:
                step = self.reading.token_index(quantity.end)
                continue
            if token.low in SEATS and step + 2 < right and tokens[step + 1].low == "of":
                whose = self.syntax.found_at(sentence, step + 2 + (tokens[step + 2].low == "the"))
                if whose is None or whose.last >= right or tokens[whose.last].text != ",":
                    return [], False  # "the capital of B": a place that is not named
                step = whose.last + 1
                continue
            if token.low in words.PLACE_TYPES or token.low in words.PLURAL_PLACE_TYPES:
                word = token.low if tokens[step - 1].low in SKIPPED else ""
            elif token.low == "at" and tokens[step - 1].low in TYPES_BEFORE_NAME:
                pass  # "the base at Elephant Pass"
            elif token.text == "," and tokens[step - 1].low in TYPES_BEFORE_NAME and self._named(sentence, step + 1):
                pass  # "the capital, Damascus,"
            elif (token.low not in SKIPPED and token.low not in ("that", "make", "up", "hand")) or (
                token.low == "that" and not (step + 2 < right and tokens[step + 1].low == "make")
            ):
                break
            step += 1
        if (
            word in words.PLACE_TYPES and tokens[trigger.last].low in ("the", "this", "that", "some", "about", "all")
        ) or (word in words.PLACE_TYPES and tokens[trigger.last].kind == "n"):
            topic = (
                self._topic_in(sentence, trigger.index, word)
                or self.places.topic(tokens[trigger.index].start, word)
                or context.place
            )
            return ([topic], True) if topic else ([], False)
        return [], False
