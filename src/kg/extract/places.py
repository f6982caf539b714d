"""Places that no gazetteer knows, and which place ``it`` or ``the town`` is."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from kg.extract import words
from kg.extract.clauses import Member, clauses_of
from kg.extract.clauses.slots import is_plain_word
from kg.extract.found import Found, shown
from kg.extract.lexicon import is_common, listed, word
from kg.extract.links import is_fronted
from kg.extract.people import coordinated
from kg.extract.place_kinds import AREAS, DESCRIBING, FEATURES, fits, is_island, kinds_said, placeable
from kg.extract.reading import Reading, Sentence
from kg.gazetteer.lookup import NATURE
from kg.model import Entity
from kg.text.folding import fold

Topic = tuple[int, Entity, str]
"""From which offset on a place is spoken of, and the place word used with it."""


class Places:
    """The places of one document: one entity a name, and the topic as the text goes on."""

    def __init__(self, reading: Reading, found: list[list[Found]]) -> None:
        self.reading, self.found = reading, found
        self.local: dict[str, Entity] = {}
        self.sites: set[str] = set()  # names of buildings and posts that are phrases: "mill at Ard"
        self.topics: list[Topic] = []
        self.unknown = -1  # offset of the last ``the peninsula`` of which nobody can tell which it is
        self.capitals: list[tuple[int, Entity]] = []  # offset, what the text calls a capital
        self.countries: list[tuple[int, Entity]] = []  # offset, country: what ``the country`` and ``the island`` may be
        self._settle()
        self.subject = self._subject()

    def of(self, one: Found) -> Entity | None:
        """The place that a name stands for, here made one if the text uses it as a place."""
        if one.kind in ("person", "organization", "role", "document", "demonym", "people"):
            return None
        if one.entity is not None:
            return one.entity
        name = shown(one.text)
        entity = self.local.get(fold(name))
        if entity is None:
            entity = Entity("place", name, None, one.hint)
            self.local[fold(name)] = entity
        one.kind, one.entity = "place", entity
        return entity

    def site(self, name: str) -> Entity:
        """The place that a phrase is by itself, ``Kherson airport``: one entity a name."""
        self.sites.add(name)
        return self.local.setdefault(fold(name), Entity("place", name, None, ""))

    def own(self, member: Member, end: int = 0) -> Entity:
        """The place that a noun phrase is by itself, as written, without its article."""
        noun = member.noun
        first = noun.first + (noun.determiner in ("the", "a", "an", "its", "their"))
        within = member.of.head.last if member.of is not None and noun.names == () else noun.last
        last = end or within
        text = self.reading.text[self.reading.tokens[first].start : self.reading.tokens[last - 1].end]
        name = " ".join(text.split())
        return self.site(name)

    def _settle(self) -> None:
        """Names with a place word, after a place preposition, said to be a place, or in a list with one."""
        self._leave_out_other_tongues()
        for sentence, group in zip(self.reading.sentences, self.found, strict=True):
            if self._names_unknown(group) and not sentence.lows.isdisjoint(DESCRIBING):
                for one, kind in kinds_said(clauses_of(self.reading, sentence)):
                    if _is_open(one) and placeable(self.reading, one):
                        one.hint = one.hint or kind
                        self.of(one)
            for one in group:
                if _is_open(one) and placeable(self.reading, one) and self._is_used_as_place(sentence, one):
                    self.of(one)
            for one in group if "capital" in sentence.lows else ():
                if self._is_called_capital(sentence, one) and (entity := self.of(one)) is not None:
                    self.capitals.append((self.reading.tokens[one.first].start, entity))
        self.reading.early, self.reading.chunks, self.reading.clauses = self.reading.chunks, {}, {}
        for group in self.found:
            for one, following in pairwise(group):
                if one.kind == "name" and one.entity is None and self._shares_head(one, following):
                    self._whole_name(one, following)
            for number, one in enumerate(group):
                beside = group[max(0, number - 1) : number] + group[number + 1 : number + 2]
                if _is_open(one) and placeable(self.reading, one) and any(self._in_list(one, o) for o in beside):
                    self.of(one)
        known = set(self.local)
        for one in (one for group in self.found for one in group if _is_open(one) and fold(one.text) in known):
            self.of(one)

    def _leave_out_other_tongues(self) -> None:
        for sentence, group in zip(self.reading.sentences, self.found, strict=True):
            for one in group if "(" in sentence.lows else ():
                if (head := self._called_also(sentence, one)) is not None:
                    one.kind, one.entity = "thing", None
                    if head.kind == "place":
                        self.of(head)

    def _called_also(self, sentence: Sentence, one: Found) -> Found | None:
        """``Gorizia (Slovene: Gorica; German: Görz)``: what another tongue calls the place before, no other place."""
        tokens, group = self.reading.tokens, self.found[sentence.index]
        reach = range(one.first - 1, max(sentence.first, one.first - _BRACKET), -1)
        opened = next((i for i in reach if tokens[i].text in "()"), None)
        if opened is None or tokens[opened].text == ")" or one.kind not in ("place", "name"):
            return None
        before = one.first - 1 - (tokens[one.first - 1].text == ":")
        tongue = any(other.kind == "demonym" and other.last == before + 1 for other in group)
        if not (tongue or tokens[before].low in _ALSO):
            return None
        return next((other for other in group if other.last == opened and other.kind in ("place", "name")), None)

    def _names_unknown(self, group: Sequence[Found]) -> bool:
        """Whether a name in a sentence stands for nobody knows what yet."""
        return any(_is_open(one) and not is_plain_word(self.reading, one) for one in group)

    def _is_used_as_place(self, sentence: Sentence, one: Found) -> bool:
        """``West Ard``, ``Mount Ard``, ``the battle for Ard``, ``in Ard``."""
        tokens = self.reading.tokens
        first, last = tokens[one.first].low, tokens[one.last - 1].low
        if last in words.DIRECTIONS and one.words > 2:
            last = tokens[one.last - 2].low  # "Qayyarah Airfield West"
        if one.hint or one.located:
            return True
        if one.words >= 2 and (first in words.DIRECTIONS or first in _OPENERS or last in words.NAME_TYPES):
            return True
        lows = [token.low for token in tokens[max(sentence.first, one.first - 3) : one.first]]
        contested = any(low in words.CONFLICTS for low in lows)
        before = lows[-1] if lows else ""
        if before == "the" and len(lows) > 1:
            before = lows[-2]
        kinds = (words.PLACE_TYPES, words.PLURAL_PLACE_TYPES)
        if before == "of" and any(low in kind for low in lows[-2:-1] for kind in kinds):
            return True  # "the villages of Ard and Besk"
        away = {"of": _COMPASS, "from": _UNITS}.get(before, frozenset())
        if not one.initial and not away.isdisjoint(lows[-2:-1]):
            return True  # "southwest of Ard", "12 km from Ard"
        if contested and before in ("over", "for", "of"):
            return True
        return before in words.PLACE_PREPOSITIONS and not one.initial and not self._followed_by_noun(sentence, one)

    def _is_called_capital(self, sentence: Sentence, one: Found) -> bool:
        """``Capital: Ard``, ``the capital, Ard``, ``Ard, the capital``, ``Ard, capital of``."""
        tokens, index = self.reading.tokens, one.first - 1
        if one.kind not in ("place", "name") or not placeable(self.reading, one):
            return False
        while index > sentence.first and tokens[index].low in (",", ":", "is", "was"):
            index -= 1
        after = [token.low for token in tokens[one.last : min(sentence.last, one.last + 3)]]
        beside = after[:1] in ([","], ["is"], ["was"]) and "capital" in after[1:]
        return beside or (index >= sentence.first and tokens[index].low == "capital")

    def _in_list(self, one: Found, other: Found) -> bool:
        direction = one.words == 1 and self.reading.tokens[one.first].low in words.DIRECTIONS
        if other.kind != "place" or direction:
            return False  # "South and Central Asia"
        left, right = sorted((one, other), key=lambda each: each.first)
        sentence = self.reading.sentence_at(self.reading.tokens[left.first].start)
        if sentence is None or (left is other and is_fronted(self.reading.tokens, sentence, left, right)):
            return False
        return coordinated(self.reading.tokens, left, right)

    def _shares_head(self, one: Found, following: Found) -> bool:
        """``North and South Kivu``: a direction that shares the name after the next one."""
        tokens = self.reading.tokens
        return (
            one.words == 1
            and tokens[one.first].low in words.DIRECTIONS
            and following.words >= 2
            and tokens[following.first].low in words.DIRECTIONS
            and [t.low for t in tokens[one.last : following.first]] in (["and"], ["or"])
        )

    def _whole_name(self, one: Found, following: Found) -> None:
        one.text = f"{one.text} {following.text.partition(' ')[2]}"
        known = self.reading.gazetteer.resolve(self.reading.gazetteer.lookup(one.text))
        if known is not None and known.entry.kind == "place":
            one.kind, one.entity = "place", known.entry.entity()
        elif following.entity is None or following.entity.key is None:
            self.of(one)  # "East and West Ard"; no "South Asia" where only Central Asia is known

    def _followed_by_noun(self, sentence: Sentence, one: Found) -> bool:
        """``in Ottoman times``: a name that only qualifies the noun after it."""
        if one.last >= sentence.last:
            return False
        after = self.reading.tokens[one.last]
        if one.text.endswith(_ADJECTIVAL) and after.kind == "w" and not after.capital and is_common(after.low):
            return word(after.low).noun and not word(after.low).closed  # "in Prussian thalers"
        return after.kind == "w" and after.low in (
            "times",
            "time",
            "war",
            "style",
            "hands",
            "law",
            "documents",
            "papers",
            "media",
            "archives",
            "era",
            "period",
        )

    def _subject(self) -> Entity | None:
        """The town that a whole page is about: it begins the title or the first sentence, or is its "the town"."""
        if self.reading.datelines:
            return None
        titles = self.reading.document.headlines[:1]
        above = [s for s in self.reading.sentences if any(s.span.overlaps(span) for span in titles)]
        prose = (s for s in self.reading.sentences if self.reading.blocks[s.block].kind == "paragraph")
        body = next((s for s in prose if s.last - s.first > _SENTENCE and s not in above), None)
        counts = Counter(fold(one.text) for group in self.found for one in group if one.kind in ("place", "name"))
        for sentence in (*above, *filter(None, [body])):
            named = [one for one in self.found[sentence.index] if self._may_be_subject(one)]
            one = next(iter(named), None)
            if one is None or counts[fold(one.text)] < max(2, *counts.values()):
                continue
            after = self.reading.tokens[one.last : sentence.last]
            called = any(a.low == "the" and b.low in ("town", "city", "village", "island") for a, b in pairwise(after))
            alone = len(named) == 1 or not coordinated(self.reading.tokens, one, named[1])
            begins = one.first == sentence.first and alone and (not after or after[0].text in _HEADED)
            if called or (begins and one.entity is not None):
                return self.of(one)
        return None

    def _may_be_subject(self, one: Found) -> bool:
        if one.entity is not None:
            return one.kind == "place" and one.entity.type not in _WIDE
        return one.kind in ("place", "name") and placeable(self.reading, one)

    def note(self, offset: int, place: Entity, word: str = "") -> None:
        """Remember a place as what the text speaks of from here on."""
        self.topics.append((offset, place, word))

    def title(self, sentence: Sentence) -> None:
        """A heading names what the text is about, but for what is in it nothing is said to happen."""
        tokens = self.reading.words(sentence)
        asked = 2 <= len(tokens) <= 5 and tokens[-1].text == "?" and tokens[-2].capital  # "And Paquisha?"
        for one in self.found[sentence.index]:
            if asked and one.kind == "name" and one.last == sentence.last - 1:
                self.of(one)
            if one.kind == "place" and one.entity:
                offset = self.reading.tokens[one.first].start
                if one.entity.type == "country":
                    self.countries.append((offset, one.entity))
                else:
                    self.note(offset, one.entity, one.hint)

    def called(self, word: str, offset: int, *, site: bool = True) -> Entity | None:
        """The place last spoken of that a word is of: ``the strip`` the Aouzou Strip, ``the base`` that at Kamina.

        ``site``: it may be a building, ``the fort above Ard``.
        """
        for at, place, used in reversed(self.topics[-200:]):
            if at < offset and word in (used, *place.name.lower().split()) and (site or place.name not in self.sites):
                return place
        return None

    def recent(self, offset: int) -> Entity | None:
        """What ``it`` may still stand for: the place last spoken of, not long ago; else the page's own town."""
        last = next((at for at, _, _ in reversed(self.topics) if at < offset), 0)
        if last < self.unknown < offset:
            return None
        return self.topic(offset) if offset - last < _RECENT else self.subject

    def topic(self, offset: int, word: str = "", nearer: Sequence[Topic] = ()) -> Entity | None:
        """The place last spoken of before an offset; of a type that fits the word (``town``, ``district``).

        ``nearer`` are those of the same sentence, which it has not noted yet.
        """
        wanted = words.PLACE_TYPES.get(word, "")
        if word == "capital":
            return self._capital(offset, nearer)
        if word and word not in ("city", "town", "village") and (named := self.called(word, offset)) is not None:
            return named
        general, latest = None, True
        towns = any(fits(wanted, place, used) for at, place, used in nearer if at < offset)
        for at, place, used in chain(reversed(nearer), reversed(self.topics)):
            if at >= offset:
                continue
            own = wanted == "settlement" and place.type not in NATURE
            area = wanted in _TOWNS and place.type in AREAS and not towns  # no "Mitú, the capital of Vaupés"
            if (own or area) and not used and (at, place, used) in nearer:
                return place  # "entered Quang Tri and seized the city"
            guessed = wanted in FEATURES and not (used or place.type)  # nothing says that it is a valley
            if guessed and not latest:
                continue
            latest = False
            if not wanted or fits(wanted, place, used):
                return place
            city = wanted == "village" and place.key is not None and place.type in ("city", "capital", "metropolis")
            if place.type not in NATURE and used != "site" and not city:  # "the city" is no river
                general = general or place
        if wanted in ("country", "island", "state", "republic"):
            before = (place for at, place in reversed(self.countries) if at < offset)
            return next((place for place in before if wanted != "island" or is_island(place)), None)
        if wanted not in ("", "city", "town", "village", "area", "settlement"):
            return None
        return general or (self._dateline(offset) if word else None)

    def _dateline(self, offset: int) -> Entity | None:
        """The town of a dateline, which is none of those where news are written: no capital."""
        for span in self.reading.datelines:
            name = span.of(self.reading.text)
            known = self.reading.gazetteer.resolve(self.reading.gazetteer.lookup(name), hint="city")
            entity = known.entry.entity() if known is not None else Entity("place", shown(name), None, "")
            if span.end <= offset and entity.kind == "place" and "capital" not in entity.type:
                return self.local.setdefault(fold(name), entity)
        return None

    def _capital(self, offset: int, nearer: Sequence[Topic]) -> Entity | None:
        """What the text calls a capital; else the last place that is one."""
        called = [place for at, place in self.capitals if at < offset]
        if called:
            return called[-1]
        before = chain(reversed(nearer), reversed(self.topics))
        capitals = (place for at, place, _ in before if at < offset and "capital" in place.type)
        return next((place for place in capitals if self._country(place) in ("", self._setting())), None)

    def _country(self, place: Entity) -> str:
        entry = self.reading.gazetteer.entry(place.key) if place.key else None
        return entry.country or "" if entry is not None else ""

    def _setting(self) -> str:
        """The country in which most of the places lie that the text names, "" where none does."""
        named = (one.entity for group in self.found for one in group if one.kind == "place" and one.entity is not None)
        counts = Counter(country for place in named if (country := self._country(place)))
        return max(sorted(counts), key=counts.__getitem__, default="")


_SENTENCE = 8  # tokens of a first sentence of prose
_HEADED = frozenset((":", "(", ",", "–", "-", "—"))
_WIDE = frozenset("country region state province sea continent".split())

_BRACKET = 12  # tokens from the beginning of a bracket to a name in it
_ALSO = frozenset("now formerly today once previously".split())
_ADJECTIVAL = ("ian", "ish", "ese", "ean")
_RECENT = 250  # characters: some two sentences


_OPENERS = listed("place_openers")
"""What the name of a place may begin with: ``Fort Dorn``, ``Hill 112``, ``Deir Ali``."""
_COMPASS = words.DIRECTIONS - {"central", "upper", "lower"}
_UNITS = frozenset("km kilometres kilometers miles".split())
_TOWNS = frozenset(("city", "town"))


def _is_open(one: Found) -> bool:
    """Whether nothing says yet what the name stands for: no entry has it, or none of several is the one meant."""
    return one.entity is None and one.kind in ("name", "place")
