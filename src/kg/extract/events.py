"""Events in prose: changes of control, ceasefires, adoptions, beginnings of conflicts, negotiations.

A verb of the table `words.CONTROL` is an event where it is said to have happened: finite, not negated, wished for, planned, feared, denied
or merely possible. What changes hands is its object (or, in the passive, its subject), through ``it`` and ``the town``; the
date is the one that stands with it, or the one of its row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract import words
from kg.extract.dates import Dated, shift
from kg.extract.names import Found, state_of
from kg.extract.people import coordinated
from kg.extract.places import Places, placeable
from kg.extract.quantities import WORDS as NUMBER_WORDS
from kg.extract.quantities import Quantity
from kg.extract.reading import Reading, Sentence, Token
from kg.model import Entity, EventClaim, Span

_BE = frozenset("was were been being is are be got gets".split())
_HAVE = frozenset("had has have having".split())
_ADVERBS = frozenset(
    "then later also finally soon again eventually first fully completely partly partially briefly quickly swiftly itself themselves "
    "already now subsequently only reportedly officially temporarily initially permanently once twice in turn successfully even just "
    "formally gradually largely immediately peacefully".split()
)
_BREAKS = frozenset("; but while whereas although though".split())
_ADJECTIVAL_BEFORE = frozenset("the a an in of from its their his her these those all other some newly recently formerly illegally temporarily".split())
_NOT_OBJECTS = frozenset(
    "part place effect office power control off away care advantage steps action shape up refuge shelter over note hold time turns root charge "
    "aim issue pride cover fire to back out into hostage prisoner as notes responsibility credit advice ill asleep silent short behind apart "
    "shares sick under prey".split()
)
_TYPES_BEFORE_NAME = frozenset({"centre", "center", *words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES})
_SKIPPED = frozenset(
    "the a an its their his whole entire all most much nearly almost some about both strategic key small large nearby neighbouring neighboring "
    "border remaining rest of control back over ancient historic old main northern southern eastern western central mountainous "
    "disputed contested provincial regional district local capital strategically important second-largest second third largest "
    "twin port coastal mining oil frontier and two three four five six seven more following rebel-held government-held enemy-held besieged "
    "parts part full complete out centre center heart bulk base".split()
)
_UNREAL_PAST = frozenset(
    "denied denies deny denying false untrue rumour rumours rumor rumors unconfirmed hoax feared fears fear fearing imagine imagined suppose "
    "supposed hypothetical if unless whether lest wrongly falsely erroneously mistakenly threatened plan plans planned wanted hoped hoping "
    "insinuations allegations allegation dismissed rejected refuted baseless unfounded prematurely incorrect wrong untruth retracted".split()
)
_LATER_FALSE = frozenset("false untrue baseless unfounded wrong premature fabricated incorrect".split())


@dataclass(slots=True)
class Context:
    """What a row or section gives to the events in it."""

    place: Entity | None = None
    date: str | None = None
    row: bool = False  # a dated or placed row of a list, where the present tense reports
    heading: Span | None = None


@dataclass(slots=True)
class Trigger:
    index: int
    word: str
    kind: str
    passive: bool
    last: int  # one past the verb's particles: "handed back", "won back", "pulled out of"


class Events:
    """Reads the events of a document, sentence by sentence, in order."""

    def __init__(self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.tokens = reading.tokens
        self.used: set[int] = set()  # offsets of quantities that stand on an event
        self.last_word = ""  # of the change of control told last
        self.patient: Entity | None = None  # what changed hands in the clause before, in the same sentence

    def read(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """The events of a sentence; the places it speaks of become topics for what follows."""
        made: list[EventClaim] = []
        for start, end in self._clauses(sentence):
            here = list(self._control(sentence, start, end, context))
            if not here and made and made[-1].family == "control":
                here = list(self._verbless(sentence, start, end, made[-1]))
            made += here
        made += self._ceasefires(sentence)
        made += self._adoptions(sentence)
        made += self._conflicts(sentence)
        made += self._negotiations(sentence)
        self._note_topics(sentence, made)
        return made

    # --- topics ------------------------------------------------------------------------------

    def _note_topics(self, sentence: Sentence, made: Sequence[EventClaim]) -> None:
        tokens = self.tokens
        group = [one for one in self.found[sentence.index] if one.kind == "place" and one.entity]
        for one in group:
            if one.entity and one.entity.type == "country":
                self.places.countries.append((tokens[one.first].start, one.entity))
            elif one.entity and not self._adverbial(sentence, one) and not tokens[one.last - 1].possessive:
                self.places.note(tokens[one.first].start, one.entity, one.hint)
        if not self.places.topics and group and group[0].entity and not self._adverbial(sentence, group[0]):
            self.places.note(tokens[group[0].first].start, group[0].entity, group[0].hint)
        subject = next((one for one in group if one.first - sentence.first <= 4 and not self._adverbial(sentence, one)), None)
        if subject and subject.entity and subject.entity.type != "country":
            self.places.note(sentence.end - 2, subject.entity, subject.hint)
        for claim in reversed(made):
            if claim.family == "control" and claim.place:
                hint = next((one.hint for one in group if one.entity == claim.place), "")
                self.places.note(sentence.end - 1, claim.place, hint)

    def _adverbial(self, sentence: Sentence, one: Found) -> bool:
        """``in Baku``, ``from Kharkiv``, ``north of Mogadishu``: where something is said or measured, not what the text is about."""
        index = one.first - 1
        if index >= sentence.first and self.tokens[index].low == "the":
            index -= 1
        if index > sentence.first and self.tokens[index].low == "of" and self.tokens[index - 1].low in words.DIRECTIONS:
            return True
        return index >= sentence.first and self.tokens[index].low in ("from", "near", "to", "at", "after", "by", "with", "outside", "towards", "until", "around")

    # --- control -----------------------------------------------------------------------------

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        start = sentence.first
        for index in range(sentence.first, sentence.last):
            if self.tokens[index].text == ";":
                yield start, index
                start = index + 1
        if start < sentence.last:
            yield start, sentence.last

    def _verbless(self, sentence: Sentence, start: int, end: int, before: EventClaim) -> Iterator[EventClaim]:
        """``A was taken by X on D; B, capital of C, on E; F on G``: the verb of the clause before holds on."""
        tokens = self.tokens
        group = self._places_in(sentence, start, end)
        dated = next((d for d in sentence.dates if d.value and tokens[start].start <= d.start < tokens[end - 1].end), None)
        if not group or dated is None or group[0].first - start > 2 or any(t.low in _BE or t.low in _HAVE or t.low in words.SAY for t in tokens[start:end]):
            return
        place = self.places.of(group[0])
        if place is not None:
            yield replace(before, place=place, date=dated.value, area_km2=None, of_area_km2=None, share_percent=None, includes=())

    def _control(self, sentence: Sentence, start: int, end: int, context: Context) -> Iterator[EventClaim]:
        triggers = list(self._triggers(sentence, start, end, context))
        self.patient = None
        subject: list[Entity] = []
        for number, trigger in enumerate(triggers):
            left = triggers[number - 1].last if number else start
            right = triggers[number + 1].index if number + 1 < len(triggers) else end
            right = self._right_bound(trigger, right)
            patients, anaphoric = self._patients(sentence, trigger, left, right, start, context)
            actors = self._actors(sentence, trigger, left, right) or (subject if number and not trigger.passive else [])
            if actors and not trigger.passive:
                subject = actors
            if not patients:
                continue
            if isinstance(patients[-1], Found) or anaphoric:
                patients = [*patients, *self._gapped(sentence, trigger, patients[-1], right)]
            self.patient = self.places.of(patients[0]) if isinstance(patients[0], Found) else patients[0]
            self.last_word = trigger.word
            dates = self._dates(sentence, trigger, left, right)
            dates, bound = self._subordinate(sentence, trigger, left, start, dates)
            yield from self._claims(sentence, trigger, patients, anaphoric, actors, dates, (left, right, bound), context)

    def _gapped(self, sentence: Sentence, trigger: Trigger, last: Found | Entity, right: int) -> list[Found]:
        """``captured A on 18 March, B on 13 October and C a week later, on 20 October``: further places, each with its own date."""
        tokens = self.tokens
        position = max(trigger.last, last.last if isinstance(last, Found) else 0)
        found: list[Found] = []
        while True:
            following = next((one for one in self._places_in(sentence, position, right) if self._after_comma(one, position)), None)
            if following is None:
                return found
            between = tokens[position : following.first]
            dated = any(tokens[position].start <= d.start < tokens[following.first].start for d in sentence.dates if position < len(tokens))
            dated = dated or (bool(found) and self._joined(found[-1], following))
            own = next((d for d in sentence.dates if d.value and tokens[following.first].end <= d.start < tokens[right - 1].end), None)
            if not dated or own is None or any(t.low in _BE or t.low in words.SAY for t in between) or len(between) > 16:
                return found
            inside = tokens[following.last : self.reading.token_index(own.start)]
            if any(t.low in _BE or t.low in words.CONTROL for t in inside) or len(inside) > 14:
                return found
            found.append(following)
            position = following.last

    def _after_comma(self, one: Found, floor: int) -> bool:
        index = one.first - 1
        while index > floor and (self.tokens[index].low in ("the", "of") or self.tokens[index].low in _TYPES_BEFORE_NAME):
            index -= 1
        return index >= floor and (self.tokens[index].text == "," or self.tokens[index].low == "and" or (self.tokens[index].low == "from" and index > floor and (self.tokens[index - 1].text == "," or self.tokens[index - 1].low == "and")))

    def _subordinate(
        self, sentence: Sentence, trigger: Trigger, left: int, start: int, dates: list[Dated]
    ) -> tuple[list[Dated], int]:
        """``a day after Axum had fallen``: the date before ``after`` is of another event, here shifted by what is said."""
        tokens = self.tokens
        for index in range(trigger.index - 1, left - 1, -1):
            if tokens[index].low in ("after", "before") and not self._in_date(sentence, tokens[index]):
                own = [d for d in dates if d.start > tokens[index].start]
                if own or trigger.kind == "noun":
                    return own, index
                if any(t.low in words.CONTROL or t.text == "," for t in tokens[index + 1 : trigger.index]):
                    return dates, start
                before = [d for d in sentence.dates if d.value and d.end <= tokens[index].start]
                days = self._days_between(index)
                if before and days and len(before[-1].value) == 10:
                    value = shift(before[-1].value, -days if tokens[index].low == "after" else days)
                    return [replace(before[-1], value=value)], index
                return [], index
        return dates, start

    def _days_between(self, index: int) -> int:
        """The number in ``a day after``, ``two weeks before``; 0 where there is none."""
        unit = self.tokens[index - 1].low.rstrip("s") if index > 1 else ""
        count = self.tokens[index - 2].low if index > 1 else ""
        factor = {"day": 1, "week": 7}.get(unit, 0)
        number = 1 if count in ("a", "one") else int(count) if count.isdigit() else NUMBER_WORDS.get(count, 0)
        return factor * number

    def _right_bound(self, trigger: Trigger, right: int) -> int:
        for index in range(trigger.last, right):
            if self.tokens[index].low in ("which", "who") and (comma := next((i for i in range(index, min(right, index + 14)) if self.tokens[i].text == ","), None)):
                if any(self.tokens[i].low in words.CONTROL for i in range(index, comma)):
                    return index
                continue  # a clause between commas; what is said of the object goes on after it
            if self.tokens[index].low in _BREAKS or self.tokens[index].low in ("which", "who", "because", "when", "after", "before", "until"):
                if index > trigger.last + 1 or self.tokens[index].low not in ("after", "before", "when"):
                    return index if self.tokens[index].low not in ("after", "before", "until", "when") else right
        return right

    def _triggers(self, sentence: Sentence, start: int, end: int, context: Context) -> Iterator[Trigger]:
        tokens = self.tokens
        previous: Trigger | None = None
        for index in range(start, end):
            token = tokens[index]
            known = words.CONTROL.get(token.low)
            if token.low in ("followed", "follows") and (followed := self._followed(sentence, index, start, previous)):
                yield followed
                continue
            if known is None:
                if token.low in words.CONTROL_NOUNS and (noun := self._noun(sentence, index, end)):
                    yield noun
                continue
            word, kind = known
            trigger = self._verb(sentence, index, start, end, word, kind, context, previous)
            if trigger is None:
                continue
            if self._vetoed(sentence, trigger, start, end):
                self._settle(sentence, trigger, start, end, context)
                continue
            previous = trigger
            yield trigger

    def _settle(self, sentence: Sentence, trigger: Trigger, start: int, end: int, context: Context) -> None:
        """What is not said to have happened to a place says still that it is one."""
        patients, _ = self._patients(sentence, trigger, start, end, start, context)
        for patient in patients:
            if isinstance(patient, Found):
                self.places.of(patient)

    def _followed(self, sentence: Sentence, index: int, start: int, previous: Trigger | None) -> Trigger | None:
        """``Bouar followed on 9 February``: the same happened to it as was told before."""
        word = previous.word if previous else self.last_word
        nxt = self.tokens[index + 1].low if index + 1 < sentence.last else ""
        dated = self._date_starts(sentence, index + 2) if nxt in ("on", "in") else self._date_starts(sentence, index + 1)
        place = any(one.last == index and one.kind in ("place", "name") for one in self.found[sentence.index])
        return Trigger(index, word, "fell", True, index + 1) if word and dated and place else None

    def _verb(  # noqa: PLR0911, PLR0912
        self, sentence: Sentence, index: int, start: int, end: int, word: str, kind: str, context: Context, earlier: Trigger | None
    ) -> Trigger | None:  # noqa: PLR0911, PLR0912
        tokens = self.tokens
        before = self._back(index, start)
        previous = tokens[before].low if before >= start else ""
        nxt = tokens[index + 1] if index + 1 < end else None
        passive = previous in _BE
        last = index + 1
        if token_is(nxt, "back", "over") and kind in ("won", "handed", "returned", "pulled", "pulls"):
            last += 1
        if kind in ("won", "win") and last == index + 1:
            back = next((i for i in range(index + 2, min(end, index + 7)) if tokens[i].low == "back"), None)
            if back is None or (kind == "win" and not (context.row and context.date)):
                return None
            return Trigger(index, word, "past", False, index + 1)
        if kind == "leave":
            return Trigger(index, word, "base", False, last) if context.row and context.date and self._force_before(sentence, index) else None
        if kind in ("drove", "drive"):
            return self._driven(sentence, index, end, kind, context)
        if kind in ("won", "win"):
            return Trigger(index, word, "past", passive, last) if last > index + 1 else None
        if kind in ("pulled", "pulls", "pull-base"):
            if not token_is(nxt, "out", "back"):
                return None
            kind = {"pulled": "past", "pulls": "present"}.get(kind, "base")
            last = index + 2
        if kind == "hands":
            changed = previous in ("changed", "changes") and index - before == 1
            return Trigger(index, word, "fell", True, last) if changed and (sentence.dates or context.date) else None
        if kind == "handed":
            if tokens[index].low == "handed" and last == index + 1 and not any(t.low in ("over", "back") for t in tokens[index + 2 : min(end, index + 8)]):
                return None
            if tokens[index].low in ("surrendered", "transferred") and not passive:
                return None
            kind = "past"
        if kind == "returned":
            reduced = before < start or tokens[before].kind == "p"
            if not passive and nxt and nxt.low == "to" and any(t.low in ("control", "rule", "hands") for t in tokens[index + 2 : index + 6]) and sentence.dates:
                return Trigger(index, word, "fell", True, last)
            if not passive and not reduced and not (nxt and nxt.low not in ("to", "home", "from", "in", "on")):
                return None
            if reduced and not passive and not (context.row and nxt and nxt.low in ("to", "on", "in")):
                return None
            kind = "past"
        if kind == "left":
            if passive or not self._force_before(sentence, index) or self._left_as(index, end):
                return None
            kind = "past"
        if kind in ("fell", "falls"):
            if nxt and nxt.low in ("ill", "from", "by", "asleep", "silent", "short", "behind", "apart", "sick", "below", "under", "out", "off", "back", "prey", "victim", "outside", "far", "with", "over"):
                return None
            if kind == "falls" and not (context.row and context.date):
                return None
            return Trigger(index, word, "fell", True, last)
        if tokens[index].low in ("took", "taken", "take", "takes", "taking"):
            if control := self._control_of(index, end):
                last = control
            elif nxt and nxt.low == "over":
                last = index + 2
            elif nxt and nxt.low == "back" and word:
                last, word = index + 2, "liberation"
            elif nxt and nxt.low == "it" and index + 2 < end and tokens[index + 2].low == "back":
                word = "liberation"
            elif nxt and nxt.low in _NOT_OBJECTS:
                return None
        if control := self._control_of(index, end):
            last = control
        if kind == "lost":
            if not (sentence.dates or context.date):
                return None
            kind = "past"
        if kind == "past":
            if passive:
                if previous in ("is", "are", "be", "being") and not (context.row and context.date and previous in ("is", "are")):
                    return None
                return Trigger(index, word, kind, True, last)
            if self._adjectival(sentence, index, start, end, before):
                return None
            if previous in _HAVE:
                return Trigger(index, word, kind, False, last)
            reduced = before < start or tokens[before].kind == "p" or tokens[before].kind == "n" or self._date_ends(sentence, before)
            reduced = reduced or (context.row and bool(context.date) and (index + 1 >= end or tokens[index + 1].kind == "p"))
            coordinate = earlier is not None and earlier.passive and previous in ("and", "then", ",", "later", "but")
            reduced = reduced or (coordinate and not self._object_follows(sentence, last, end))
            by = any(t.low == "by" for t in tokens[last : min(end, last + 2)])
            if reduced or by or (nxt and nxt.low in ("in", "on") and self._date_starts(sentence, index + 2) and tokens[index].low not in ("took", "withdrew", "retook", "re-took", "retreated")):
                ambiguous = not by and self._object_follows(sentence, last, end)
                if not ambiguous and tokens[index].low not in ("withdrew", "took", "retook", "withdrawn"):
                    return Trigger(index, word, kind, True, last)
            return Trigger(index, word, kind, False, last)
        if kind == "present":
            return Trigger(index, word, kind, False, last) if context.row and context.date else None
        if kind == "base":
            if previous in ("to", "did") or not (context.row and context.date):
                realis = previous == "to" and before > start and tokens[before - 1].low in words.REALIS_TO
                return Trigger(index, word, kind, False, last) if realis else None
            return Trigger(index, word, kind, False, last)
        if kind == "ing":
            dated = bool(sentence.dates) or bool(context.date)
            joined = before >= start and (tokens[before].text in (",", "–", "—") or (tokens[before].low == "by" and self._object_follows(sentence, last, end)))
            return Trigger(index, word, kind, False, last) if dated and joined else None
        return None

    def _driven(self, sentence: Sentence, index: int, end: int, kind: str, context: Context) -> Trigger | None:
        """``drove the Somali army out of Jijiga``; only with a date."""
        if not (sentence.dates or context.date) or (kind == "drive" and not (context.row and context.date)):
            return None
        for step in range(index + 1, min(end, index + 9)):
            if self.tokens[step].low == "of" and self.tokens[step - 1].low == "out":
                return Trigger(index, "capture", "past", False, step + 1)
            if self.tokens[step].low == "from":
                return Trigger(index, "capture", "past", False, step + 1)
        return None

    def _left_as(self, index: int, end: int) -> bool:
        """``left the pass open``: in what state, not that somebody went."""
        tokens = self.tokens
        step = index + 1
        while step < end and (tokens[step].low in _SKIPPED or tokens[step].low in _TYPES_BEFORE_NAME or tokens[step].low in ("it", "them")):
            step += 1
        return step > index + 1 and step < end and tokens[step].kind == "w" and not tokens[step].capital and tokens[step].low not in (
            "on", "in", "at", "by", "to", "for", "after", "under", "of", "and", "only", "the", "before", "without", "from", "as", "when", "behind"
        )  # fmt: skip

    def _control_of(self, index: int, end: int) -> int:
        """One past ``[full] control of`` after a verb, or 0."""
        tokens = self.tokens
        step = index + 1
        if step < end and tokens[step].low in ("full", "complete", "total", "partial", "back"):
            step += 1
        return step + 2 if step + 1 < end and tokens[step].low == "control" and tokens[step + 1].low in ("of", "over") else 0

    def _noun(self, sentence: Sentence, index: int, end: int) -> Trigger | None:
        """``the capture of Shusha on 8 May 1992``: only with a place and a date of its own."""
        tokens = self.tokens
        word = words.CONTROL_NOUNS[tokens[index].low]
        link = "from" if word == "withdrawal" and tokens[index].low in ("withdrawal", "pullout", "evacuation") else "of"
        if index + 1 >= end or tokens[index + 1].low != link:
            return None
        if not sentence.dates:
            return None
        trigger = Trigger(index, word, "noun", False, index + 2)
        if index > sentence.first and tokens[index - 1].low in ("possible", "planned", "no", "any", "feared", "future", "attempted", "demanded"):
            return None
        before = {t.low for t in tokens[max(sentence.first, index - 8) : index]}
        if before & (words.IRREALIS - {"to"}) or before & words.UNREAL_CONTEXT or before & words.NEGATIONS:
            return None
        one = next((o for o in self.found[sentence.index] if index < o.first <= index + 6 and o.kind in ("place", "name")), None)
        if one is None:
            return None
        offset = tokens[one.last - 1].end
        dated = next((d for d in sentence.dates if 0 <= d.start - offset <= 12 and d.value), None)
        return trigger if dated else None

    def _back(self, index: int, start: int) -> int:
        """The index of the token before a verb, past adverbs."""
        step = index - 1
        while step >= start and (self.tokens[step].low in _ADVERBS or (self.tokens[step].low.endswith("ly") and self.tokens[step].kind == "w")):
            step -= 1
        return step

    def _adjectival(self, sentence: Sentence, index: int, start: int, end: int, before: int) -> bool:
        """``the occupied territories``, ``in occupied Kherson``: an adjective, no event."""
        tokens = self.tokens
        if before >= start and (tokens[before].low in _ADJECTIVAL_BEFORE or tokens[before].possessive):
            return not self._date_starts(sentence, index + 2)
        nxt = tokens[index + 1] if index + 1 < end else None
        if self._date_starts(sentence, index + 1):
            return False
        return bool(before < start and nxt and nxt.kind == "w" and nxt.low not in ("on", "in", "by", "from", "after", "during", "since", "and", "at", "for", "twice", "again", "without"))

    def _date_ends(self, sentence: Sentence, index: int) -> bool:
        return self.tokens[index].end in self.reading.date_ends

    def _date_starts(self, sentence: Sentence, index: int) -> bool:
        return index < sentence.last and self.tokens[index].start in self.reading.date_starts

    def _force_before(self, sentence: Sentence, index: int) -> bool:
        group = self.found[sentence.index]
        if index > sentence.first and sentence.dates:
            before = self.tokens[index - 1].low
            if before == "they" or (before == "and" and any(t.low in words.CONTROL for t in self.tokens[sentence.first : index - 1])):
                return True
        near = self.tokens[max(sentence.first, index - 4) : index]
        return any(one.kind == "organization" and 0 <= index - one.last <= 2 for one in group) or any(t.low in words.FORCE_NOUNS for t in near)

    def _object_follows(self, sentence: Sentence, last: int, end: int) -> bool:
        """Whether a place follows directly, as the object of an active verb."""
        step = last
        while step < end and (self.tokens[step].low in _SKIPPED or self.tokens[step].low in _TYPES_BEFORE_NAME):
            step += 1
        return any(one.first == step and one.kind in ("place", "name") for one in self.found[sentence.index]) or (step < end and self.tokens[step].low in ("it", "them"))

    def _vetoed(self, sentence: Sentence, trigger: Trigger, start: int, end: int) -> bool:
        """Negated, possible, wished for, planned, feared, denied."""
        tokens = self.tokens
        index = trigger.index
        window = tokens[max(start, index - 5) : index]
        for position, token in enumerate(window):
            low = token.low
            if self._in_date(sentence, token):
                continue
            later = window[position + 1 :]
            if low in words.NEGATIONS or low.endswith(("n't", "n’t")):
                if low == "without" and any(self._date_ends(sentence, i) for i in range(max(start, index - 5), index)):
                    continue
                if any(t.text == "," or t.low in ("and", "but") for t in later) and low not in ("nor", "neither"):
                    continue
                if low == "only" or (low == "not" and later and later[0].low == "only"):
                    continue
                return True
            if low in words.IRREALIS and low not in ("to", "if", "unless", "whether"):
                if not any(t.text == "," or t.low in ("and", "but", "that") for t in later):
                    return True
            if low == "to" and trigger.kind != "base" and later and later[0].low in ("be", "have"):
                return True
        for token in tokens[start:index]:
            if token.low in _UNREAL_PAST and index - self.reading.token_index(token.start) < 16:
                if token.low in ("wanted", "hoped", "planned", "threatened") and trigger.kind == "past":
                    continue
                return True
        after = tokens[trigger.last : sentence.last]
        if any(t.low in _LATER_FALSE for t in after):
            return True
        if any(t.low in ("confirmed", "verified") for t in after) and any(t.low in ("not", "cannot", "never") for t in after):
            return True
        if "still" in {t.low for t in window[-2:]}:
            return True
        before = [t.low for t in tokens[start:index]]
        if any(low in ("evidence", "confirmation", "proof", "sign") and "no" in before[max(0, n - 2) : n] for n, low in enumerate(before)):
            return True
        if self._taken_back(sentence):
            return True
        return bool(window) and window[0].low in ("had",) and trigger.passive and start == index - len(window) and any(t.low in ("would", "could") for t in after)

    def _taken_back(self, sentence: Sentence) -> bool:
        """``There was a story that Pariang had been seized. It hadn't.``"""
        if sentence.index + 1 >= len(self.reading.sentences):
            return False
        following = self.reading.words(self.reading.sentences[sentence.index + 1])
        lows = [t.low for t in following if t.kind == "w"]
        return 2 <= len(lows) <= 4 and lows[0] in ("it", "they", "that", "this") and any(low.endswith(("n't", "n’t")) or low in ("not", "false", "untrue") for low in lows)

    def _places_in(self, sentence: Sentence, first: int, last: int) -> list[Found]:
        return [
            one for one in self.found[sentence.index]
            if first <= one.first and one.last <= last and one.kind in ("place", "name") and (one.kind == "place" or placeable(self.reading, one))
        ]  # fmt: skip

    def _patients(
        self, sentence: Sentence, trigger: Trigger, left: int, right: int, start: int, context: Context
    ) -> tuple[list[Found | Entity], bool]:
        """What changes hands: names, or (True) what a pronoun or the row stands for."""
        if trigger.word == "withdrawal" and not trigger.passive:
            return self._left_places(sentence, trigger, right, context)
        if trigger.passive:
            return self._subject_places(sentence, trigger, left, start, context)
        return self._object_places(sentence, trigger, right, context)

    def _left_places(self, sentence: Sentence, trigger: Trigger, right: int, context: Context) -> tuple[list[Found | Entity], bool]:
        """``withdrew from A and from B``; ``vacated A``; ``withdrew its garrison`` from where the text speaks of."""
        tokens = self.tokens
        if tokens[trigger.index].low.startswith(("vacat", "evacuat", "left", "hand", "return", "ced")):
            return self._object_places(sentence, trigger, right, context)
        found: list[Found | Entity] = []
        seen = False
        for index in range(trigger.last, right):
            if tokens[index].low in ("from", "of") and (tokens[index].low == "from" or index == trigger.last):
                if seen and not (tokens[index - 1].text == "," or tokens[index - 1].low == "and" or self._date_ends(sentence, index - 1)):
                    continue  # "withdrew from A, and a garrison from B replaced them"
                seen = True
                step = index + 1
                while step < right and (tokens[step].low in _SKIPPED or tokens[step].low in _TYPES_BEFORE_NAME or (tokens[step].low == "of")):
                    step += 1
                one = self._found_at(sentence, step)
                if one:
                    found += self._enumeration(sentence, one, right)
                elif step < right and tokens[step].low in ("it", "there", "them"):
                    if topic := self.patient or context.place or self._topic_in(sentence, trigger.index) or self.places.topic(tokens[index].start):
                        return [topic], True
                elif (word := tokens[step - 1].low) in words.PLACE_TYPES:
                    if topic := self._topic_in(sentence, trigger.index, word) or self.places.topic(tokens[index].start, word):
                        return [topic], True
        if found:
            return found, False
        nxt = tokens[trigger.last].low if trigger.last < right else ""
        if context.place is not None and (nxt in ("its", "their", "his", "the", "all", "on", "in", "again", "") or self._date_starts(sentence, trigger.last)):
            return [context.place], True
        dated = trigger.last
        while dated < right and tokens[dated].low in ("only", "fully", "completely", "finally", "again", "on", "in", "at", "last"):
            dated += 1
        if self._date_starts(sentence, dated) and (topic := self.patient or self.places.topic(tokens[trigger.index].start)):
            return [topic], True
        return [], False

    def _found_at(self, sentence: Sentence, index: int) -> Found | None:
        for one in self.found[sentence.index]:
            if one.first == index and one.kind in ("place", "name") and (one.kind == "place" or placeable(self.reading, one)):
                return one
        return None

    def _enumeration(self, sentence: Sentence, first: Found, right: int) -> list[Found]:
        """A name and those enumerated with it."""
        found = [first]
        for one in self._places_in(sentence, first.last, right):
            if not self._joined(found[-1], one):
                break
            found.append(one)
        return found

    def _joined(self, left: Found, right: Found) -> bool:
        if coordinated(self.tokens, left, right):
            return True
        between = self.tokens[left.last : right.first]
        if not between or len(between) > 6:
            return False
        joins = any(t.text in (",",) or t.low == "and" for t in between)
        if not any(t.low == "and" for t in between) and any(t.low in ("the", "a") for t in between) and any(t.low in _TYPES_BEFORE_NAME for t in between):
            return False  # "Wad Madani, the capital of Gezira": an apposition
        return joins and all(t.text == "," or t.low in ("and", "or", "the", "of", "as", "well") or t.low in _TYPES_BEFORE_NAME or t.low in words.DIRECTIONS or t.low in ("neighbouring", "nearby") for t in between)

    def _subject_places(self, sentence: Sentence, trigger: Trigger, left: int, start: int, context: Context) -> tuple[list[Found | Entity], bool]:
        tokens = self.tokens
        begin = left
        for index in range(trigger.index - 1, left - 1, -1):
            if tokens[index].text == ":" or tokens[index].low in _BREAKS or tokens[index].low in ("that", "when", "where", "after", "before", "until", "because", "which"):
                begin = index + 1
                break
        group = self._places_in(sentence, begin, trigger.index)
        pronoun = next((t.low for t in tokens[begin : trigger.index] if t.low in ("it", "they", "both")), "")
        subjects = [one for one in group if self._is_subject(sentence, one, begin)]
        if subjects and not (pronoun == "it" and tokens[begin : trigger.index][-1].low != "itself" and subjects[0].first > next(i for i in range(begin, trigger.index) if tokens[i].low == "it")):
            if left == start:
                return list(self._enumeration(sentence, subjects[0], trigger.index)), False
            chain = [subjects[-1]]  # after another verb: its object stands before; the subject is what is nearest
            for one in reversed(subjects[:-1]):
                if not self._joined(one, chain[0]):
                    break
                chain.insert(0, one)
            return list(chain), False
        for index in range(begin, trigger.index):
            low = tokens[index].low
            if low == "it":
                topic = self.patient or context.place or self.places.topic(tokens[index].start)
                return ([topic], True) if topic else ([], False)
            definite = index > begin and tokens[index - 1].low in ("the", "this", "that", "whole") or (index == begin and False)
            if low in words.PLACE_TYPES and definite and not (index + 1 < trigger.index and tokens[index + 1].low in ("of",)):
                topic = self._topic_in(sentence, begin, low) or self.places.topic(tokens[index].start, low) or context.place
                return ([topic], True) if topic else ([], False)
        if begin > left and tokens[begin - 1].low == "which":  # "withdrew from A, which is taken over by B"
            named = [one for one in self._places_in(sentence, sentence.first, begin) if begin - 1 - one.last <= 1]
            if named:
                return [named[-1]], False
        joint = next((i for i in range(trigger.index - 1, begin - 1, -1) if tokens[i].text == "," or tokens[i].low in ("and", "but", "then")), None)
        if joint is not None and self.patient is not None and all(t.low in _BE or t.low in _HAVE or t.low in _ADVERBS or t.low in ("and", "then", "later", ",") for t in tokens[joint : trigger.index]):
            return [self.patient], True  # "fell on D, was retaken on E and was captured again"
        bare = all(t.kind != "w" or t.low in _BE or t.low in _HAVE or t.low in _ADVERBS or t.low in ("and", "first", "on", "in", "by", "the") or t.low in words.CONTROL or self._in_date(sentence, t) for t in tokens[begin : trigger.index])
        if bare and left > start:  # "was captured on D1 and retaken on D2"
            previous = self._places_in(sentence, start, left)
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
                one = self._found_at(sentence, step)
                if one:
                    return [one]
                if step < sentence.last and (tokens[step].low == "it" or tokens[step].low in words.PLACE_TYPES):
                    topic = self.places.topic(tokens[step].start, tokens[step].low if tokens[step].low != "it" else "")
                    return [topic] if topic else []
        return []

    def _in_date(self, sentence: Sentence, token: Token) -> bool:
        return token.start in self.reading.in_date

    def _is_subject(self, sentence: Sentence, one: Found, begin: int) -> bool:
        """A name that no preposition makes part of something else; ``the villages of Medari`` is a subject."""
        tokens = self.tokens
        index = one.first - 1
        while index >= begin and (tokens[index].low in ("the", "neighbouring", "nearby") or tokens[index].low in _TYPES_BEFORE_NAME and tokens[index + 1].low != "of"):
            index -= 1
        if index < begin:
            return True
        low = tokens[index].low
        if low == "of":
            return index - 1 >= begin and (tokens[index - 1].low in _TYPES_BEFORE_NAME or tokens[index - 1].low in ("most", "all", "part", "parts", "rest", "whole", "much"))
        if low in ("in", "from", "near", "by", "with", "to", "on", "at", "for", "against", "under", "around", "between", "across", "towards", "into", "outside", "over", "like", "beyond", "within", "than", "since", "as"):
            return False
        if tokens[one.last - 1].possessive:
            return False
        return one.last >= len(tokens) or tokens[one.last].low not in words.FORCE_NOUNS

    def _topic_in(self, sentence: Sentence, limit: int, word: str = "") -> Entity | None:
        """The place named earlier in the same sentence."""
        group = [
            one for one in self.found[sentence.index]
            if one.kind == "place" and one.entity and one.last <= limit and one.entity.type != "country"
            and not self._adverbial(sentence, one) and not self.tokens[one.last - 1].possessive
            and self.tokens[one.last].low not in words.SAY
        ]  # fmt: skip
        wanted = words.PLACE_TYPES.get(word)
        for one in reversed(group):
            if wanted is None or one.hint == wanted or not one.hint:
                return one.entity
        return None

    def _object_places(self, sentence: Sentence, trigger: Trigger, right: int, context: Context) -> tuple[list[Found | Entity], bool]:
        tokens = self.tokens
        step = trigger.last
        word = ""
        while step < right:
            token = tokens[step]
            one = self._found_at(sentence, step)
            if one is not None:
                if step + 1 < len(tokens) and tokens[one.last - 1].possessive and one.last < right and tokens[one.last].low not in _TYPES_BEFORE_NAME:
                    return [], False
                return list(self._enumeration(sentence, one, right)), False
            if token.low in ("it", "them"):
                topic = self.patient or context.place or self._topic_in(sentence, trigger.index) or self.places.topic(token.start)
                return ([topic], True) if topic else ([], False)
            if self._in_date(sentence, token) or token.low in ("on", "in") and self._date_starts(sentence, step + 1):
                step += 1
                continue
            quantity = self._quantity_at(sentence, token)
            if quantity is not None:
                step = self.reading.token_index(quantity.end)
                continue
            if token.low in words.PLACE_TYPES or token.low in words.PLURAL_PLACE_TYPES:
                word = token.low if tokens[step - 1].low in _SKIPPED else ""
            elif token.low == "at" and tokens[step - 1].low in _TYPES_BEFORE_NAME:
                pass  # "the base at Elephant Pass"
            elif token.low not in _SKIPPED and token.low not in ("that", "make", "up", "hand"):
                break
            elif token.low == "that" and not (step + 2 < right and tokens[step + 1].low == "make"):
                break
            step += 1
        if word in words.PLACE_TYPES and tokens[trigger.last].low in ("the", "this", "that", "some", "about", "all") or (word in words.PLACE_TYPES and tokens[trigger.last].kind == "n"):
            topic = self._topic_in(sentence, trigger.index, word) or self.places.topic(tokens[trigger.index].start, word) or context.place
            return ([topic], True) if topic else ([], False)
        return [], False

    def _quantity_at(self, sentence: Sentence, token: Token) -> Quantity | None:
        return next((q for q in self.quantities[sentence.index] if q.start <= token.start < q.end), None)

    def _actors(self, sentence: Sentence, trigger: Trigger, left: int, right: int) -> list[Entity]:
        """Who does it: the subject of an active verb, ``by`` and ``to`` in the passive."""
        tokens, group = self.tokens, self.found[sentence.index]
        if trigger.passive:
            marks = ("by", "to") if trigger.kind == "fell" else ("by",)
            for index in range(trigger.last, min(right, trigger.last + 14)):
                if tokens[index].low in marks:
                    return self._actors_from(sentence, index + 1, right)
            return []
        if trigger.kind == "noun":
            by = next((i for i in range(trigger.last, right) if tokens[i].low == "by"), None)
            return self._actors_from(sentence, by + 1, right) if by is not None else []
        end = trigger.index
        while end > left and (tokens[end - 1].low in _ADVERBS or tokens[end - 1].low in _HAVE or tokens[end - 1].low.endswith("ly")):
            end -= 1
        for one in reversed(group):
            if one.last <= end and one.first >= left:
                if one.kind in ("organization", "demonym", "place"):
                    gap = tokens[one.last : end]
                    if len(gap) <= 3 and all(t.kind == "w" for t in gap) and not any(t.low in ("in", "of", "on") for t in gap):
                        entity = self._actor(one, gap)
                        return [entity] if entity else []
                return []
        return []

    def _actors_from(self, sentence: Sentence, index: int, right: int) -> list[Entity]:
        tokens = self.tokens
        while index < right and tokens[index].low in ("the", "a", "its"):
            index += 1
        actors: list[Entity] = []
        for one in self.found[sentence.index]:
            if one.first < index or one.first >= right:
                continue
            if one.first > index + (2 if actors else 0):
                break
            following = tokens[one.last : min(right, one.last + 3)]
            entity = self._actor(one, following)
            if entity:
                actors.append(entity)
            index = one.last
            while index < right and (tokens[index].low in ("and", ",") or tokens[index].low in words.FORCE_NOUNS or tokens[index].low in words.FORCE_MODIFIERS):
                index += 1
        return actors

    def _actor(self, one: Found, following: Sequence[Token]) -> Entity | None:
        if one.kind == "organization":
            return one.entity
        if one.entity is None or one.entity.key is None:
            return None
        if any(t.low in words.FORCE_NOUNS for t in following[:3]) or one.kind == "demonym":
            forces = self.reading.gazetteer.lookup(f"{one.text} armed forces")
            for name in forces:
                if name.entry.kind == "organization":
                    return name.entry.entity()
        return state_of(self.reading, one.entity.key)

    # --- dates of a control event ------------------------------------------------------------------

    def _dates(self, sentence: Sentence, trigger: Trigger, left: int, right: int) -> list[Dated]:
        """The dates that may belong to a verb, in the order of the text; those of verbs of saying and of other clauses left out."""
        tokens = self.tokens
        low = tokens[left].start if left < len(tokens) else 0
        high = tokens[right - 1].end if right > trigger.index else tokens[trigger.index].end
        found = []
        for dated in sentence.dates:
            if not dated.value or not (low <= dated.start < high):
                continue
            before = self.reading.token_index(dated.start) - 1
            if before >= sentence.first and tokens[before].low in ("until", "till", "before"):
                continue
            if dated.start < tokens[trigger.index].start and self._of_saying(sentence, dated, trigger):
                continue
            if dated.value.count("-") == 0 and before >= sentence.first and tokens[before].text == "(":
                continue
            found.append(dated)
        return found

    def _of_saying(self, sentence: Sentence, dated: Dated, trigger: Trigger) -> bool:
        """``said on 20 May 2022 that its army had captured``: the date of the saying."""
        tokens = self.tokens
        index = self.reading.token_index(dated.end)
        that = next((i for i in range(index, trigger.index) if tokens[i].low == "that"), None)
        return that is not None and any(tokens[i].low in words.SAY for i in range(sentence.first, that))

    def _claims(
        self,
        sentence: Sentence,
        trigger: Trigger,
        patients: Sequence[Found | Entity],
        anaphoric: bool,
        actors: Sequence[Entity],
        dates: Sequence[Dated],
        bounds: tuple[int, int, int],
        context: Context,
    ) -> Iterator[EventClaim]:
        tokens = self.tokens
        right = bounds[1]
        leading = self._leading(sentence, trigger, bounds[2])
        paired = self._respectively(patients, dates, sentence)
        for number, patient in enumerate(patients):
            entity = patient if isinstance(patient, Entity) else self.places.of(patient)
            if entity is None:
                continue
            if paired:
                date: str | None = paired[number]
            else:
                date = self._date_of(patient, trigger, dates) or leading or context.date
            date = self._by(sentence, trigger, dates, date)
            claim = EventClaim(
                evidence=(sentence.span, context.heading) if context.heading else (sentence.span,),
                family="control",
                word=trigger.word,  # type: ignore[arg-type]
                called_as=self.reading.document.source.text[tokens[trigger.index].start : tokens[trigger.last - 1].end if tokens[trigger.last - 1].low in ("back", "out", "over") else tokens[trigger.index].end],
                place=entity,
                actors=tuple(dict.fromkeys(actors)),
                date=date,
            )
            yield self._measured(sentence, trigger, claim, right) if number == 0 else claim

    def _date_of(self, patient: Found | Entity, trigger: Trigger, dates: Sequence[Dated]) -> str | None:
        """The first date after the place, else between verb and place, else before the verb, nearest first."""
        verb = self.tokens[trigger.index].start
        at = self.tokens[patient.last - 1].end if isinstance(patient, Found) else verb
        after = [d for d in dates if d.start >= max(at, verb)]
        if after:
            return after[0].value
        between = [d for d in dates if verb < d.start < at]
        if between:
            return between[0].value
        before = [d for d in dates if d.start < verb]
        return before[-1].value if before else None

    def _leading(self, sentence: Sentence, trigger: Trigger, start: int) -> str | None:
        """A date that opens the clause holds for each of its verbs."""
        for dated in sentence.dates:
            index = self.reading.token_index(dated.start)
            if dated.value and start <= index < trigger.index and index - start <= 2 and not self._of_saying(sentence, dated, trigger):
                if index > start and self.tokens[index - 1].low in ("until", "before", "since"):
                    return None
                return dated.value
        return None

    def _by(self, sentence: Sentence, trigger: Trigger, dates: Sequence[Dated], value: str | None) -> str | None:
        """``By 10 May they had captured``: on or before; ``since 1992``: from then on."""
        if value is None or "/" in value or value.startswith("XXXX"):
            return value
        for dated in sentence.dates:
            if dated.value == value:
                before = self.tokens[self.reading.token_index(dated.start) - 1].low if self.reading.token_index(dated.start) > sentence.first else ""
                had = any(t.low == "had" for t in self.tokens[max(sentence.first, trigger.index - 4) : trigger.index])
                if before == "by" and had:
                    return f"../{value}"
        del dates
        return value

    def _respectively(self, patients: Sequence[Found | Entity], dates: Sequence[Dated], sentence: Sentence) -> list[str]:
        if len(patients) < 2:
            return []
        values = [d.value for d in dates]
        if len(values) != len(patients):
            return []
        said = any(t.low == "respectively" for t in self.reading.words(sentence))
        named = [p for p in patients if isinstance(p, Found)]
        grouped = len(named) == len(patients) and dates[0].start > self.tokens[named[-1].last - 1].start
        return values if said or grouped else []

    def _measured(self, sentence: Sentence, trigger: Trigger, claim: EventClaim, right: int) -> EventClaim:
        """``occupied 20 percent of``, ``seized some 882 of the 1,094 sq km``: the extent, as the object of the verb."""
        tokens = self.tokens
        end = tokens[right - 1].end if right > trigger.last else tokens[trigger.last - 1].end
        start = tokens[trigger.last - 1].end
        for quantity in self.quantities[sentence.index]:
            if not start <= quantity.start < end or quantity.start in self.used:
                continue
            between = tokens[trigger.last : self.reading.token_index(quantity.start)]
            if any(t.low not in _SKIPPED and t.low not in ("than", "less", "more", "around", "roughly", "approximately", "over", "up", "to", "at", "least", "as", "much") for t in between):
                break
            if quantity.kind == "area":
                self.used.add(quantity.start)
                if quantity.whole is not None:
                    self.used.add(quantity.whole_start)
                qualifier = "part-of" if quantity.whole is not None else quantity.qualifier
                claim = replace(claim, area_km2=quantity.value, area_qualifier=qualifier, of_area_km2=quantity.whole)
                break
            if quantity.kind == "share":
                self.used.add(quantity.start)
                claim = replace(claim, share_percent=quantity.value, share_qualifier=quantity.qualifier)
                break
        return replace(claim, includes=self._included(sentence, trigger)) if claim.share_percent is not None or claim.area_km2 is not None else claim

    def _included(self, sentence: Sentence, trigger: Trigger) -> tuple[Entity, ...]:
        """Places after ``including``."""
        tokens = self.tokens
        for index in range(trigger.last, sentence.last):
            if tokens[index].low in ("including", "includes"):
                found = [self.places.of(one) for one in self._places_in(sentence, index + 1, sentence.last)]
                return tuple(dict.fromkeys(entity for entity in found if entity))
        return ()

    # --- other families --------------------------------------------------------------------------

    def _plain_event(self, sentence: Sentence, family: str, called: str, date: str | None, **more: object) -> EventClaim:
        return EventClaim(evidence=(sentence.span,), family=family, called_as=called, date=date, **more)  # type: ignore[arg-type]

    def _unreal(self, sentence: Sentence, first: int, last: int) -> bool:
        lows = {t.low for t in self.tokens[max(sentence.first, first) : min(sentence.last, last)]}
        return bool(lows & (words.NEGATIONS - {"without"}) or lows & {"would", "could", "should", "might", "may", "must", "will", "if", "unless", "whether", "demanded", "demands", "proposed", "calls", "called", "urged", "hopes", "denied", "until"})

    def _ceasefires(self, sentence: Sentence) -> Iterator[EventClaim]:
        """A ceasefire with the date of its beginning."""
        tokens = self.tokens
        if not sentence.dates:
            return
        seen: set[str] = set()
        for index in range(sentence.first, sentence.last):
            if tokens[index].low not in words.CEASEFIRES:
                continue
            dated = self._ceasefire_date(sentence, index)
            if dated and dated.value and dated.value not in seen:
                seen.add(dated.value)
                place = next((self.places.of(one) for one in self._places_in(sentence, index + 1, min(index + 5, sentence.last)) if tokens[one.first - 1].low in ("in", "for") or tokens[max(sentence.first, one.first - 2)].low in ("in", "for")), None)
                yield self._plain_event(sentence, "ceasefire", tokens[index].text, dated.value, place=place)

    def _ceasefire_date(self, sentence: Sentence, index: int) -> Dated | None:
        tokens = self.tokens
        ahead = [d for d in sentence.dates if self.reading.token_index(d.start) > index]
        for dated in [*ahead, *reversed([d for d in sentence.dates if d not in ahead])]:
            if not dated.value:
                continue
            first = self.reading.token_index(dated.start)
            last = self.reading.token_index(dated.end)
            if first > index:
                between = tokens[index + 1 : first]
                lows = [t.low for t in between]
                if ";" in lows or any(low in words.VIOLATIONS for low in lows) or (any(low in ("since", "until", "before", "after") for low in lows[-1:]) and not {"place", "force", "held", "holding", "effect"} & set(lows)) or len(between) > 16:
                    continue
                if not (set(lows) & words.CEASEFIRE_VERBS or (len(between) <= 4 and lows and lows[-1] in ("of", "on", "in", "from", ":")) or ("since" in lows and {"place", "force", "holding", "held", "effect"} & set(lows))):
                    continue
                if any(low in words.CONTROL and low not in ("took", "taken", "take", "left") for low in lows) or self._unreal(sentence, index - 4, first):
                    continue
                if later := self._effective(sentence, dated):
                    return later
                return dated
            between = tokens[last:index]
            lows = [t.low for t in between]
            adjacent = len(between) == 0
            after = {t.low for t in tokens[index + 1 : min(sentence.last, index + 8)]}
            verb = bool(after & (words.CEASEFIRE_VERBS - {"of"})) or bool(set(lows) & {"signed", "agreed", "declared", "announced", "reached", "concluded", "brokered", "proclaimed"})
            if ";" in lows or any(low in words.CONTROL for low in lows) or after & words.VIOLATIONS or set(lows) & words.VIOLATIONS:
                continue
            if self._unreal(sentence, last, index + 6):
                continue
            if adjacent and (tokens[index + 1].low in ("agreement", "deal", "accord", "line") if index + 1 < sentence.last else False or adjacent) or (verb and len(between) <= 14):
                return dated
        return None

    def _effective(self, sentence: Sentence, agreed: Dated) -> Dated | None:
        """Agreed on one day, in effect from another: the second is when the fire ceases."""
        tokens = self.tokens
        for dated in sentence.dates:
            if dated.start > agreed.end and dated.value:
                between = [t.low for t in tokens[self.reading.token_index(agreed.end) : self.reading.token_index(dated.start)]]
                if {"effect", "force"} & set(between) and len(between) <= 8:
                    return dated
        return None

    def _adoptions(self, sentence: Sentence) -> Iterator[EventClaim]:
        """A resolution with the date on which, says the text, it was adopted."""
        tokens, group = self.tokens, self.found[sentence.index]
        block = self.reading.blocks[sentence.block].span
        if not any(t.low in ("adopted", "adopts", "passed") for t in self.reading.words(sentence)):
            return
        if not any(t.low in ("resolution", "resolutions", "res") for t in self.reading.tokens_in(block.start, block.end)):
            return
        for index in range(sentence.first, sentence.last):
            if tokens[index].low not in ("adopted", "adopts", "passed") or self._unreal(sentence, index - 3, index):
                continue
            if index + 1 < sentence.last and (tokens[index + 1].low in NUMBER_WORDS or tokens[index + 1].low in ("several", "many")):
                continue  # "passed eight resolutions": no date of one of them
            if tokens[index].low == "passed" and not any(t.low in ("resolution", "resolutions") for t in tokens[index : index + 5]):
                continue
            actor = next((one.entity for one in reversed(group) if one.kind == "organization" and one.last <= index + 8 and one.entity), None)
            full = [d for d in sentence.dates if d.value and not self._in_brackets(d)]
            after = [d for d in full if d.start > tokens[index].start]
            before = [d for d in full if d.start < tokens[index].start]
            chosen = after or before[-1:]
            limit = next((tokens[i].start for i in range(index, sentence.last) if tokens[i].text == ";"), sentence.end)
            for number, dated in enumerate(d for d in chosen if d.start < limit):
                if number and not self._next_resolution(chosen[number - 1], dated):
                    break
                yield self._plain_event(sentence, "adoption", tokens[index].text, dated.value, actors=(actor,) if actor else ())

    def _in_brackets(self, dated: Dated) -> bool:
        text = self.reading.text
        return len(dated.value) == 4 and text[dated.start - 1 : dated.start] == "(" and text[dated.end : dated.end + 1] == ")"

    def _next_resolution(self, left: Dated, right: Dated) -> bool:
        between = self.reading.text[left.end : right.start]
        return len(between) < 60 and any(c.isdigit() for c in between) and ";" not in between

    def _conflicts(self, sentence: Sentence) -> Iterator[EventClaim]:
        """``The conflict ... began in 1988``; ``Fighting broke out on 4 November 2020``."""
        tokens = self.tokens
        for index in range(sentence.first, sentence.last):
            low = tokens[index].low
            begins = low in ("began", "begun", "erupted", "started") or (low == "broke" and token_is(tokens[index + 1] if index + 1 < sentence.last else None, "out")) or low == "begins"
            if not begins:
                continue
            noun = next((i for i in range(index - 1, max(sentence.first, index - 12) - 1, -1) if tokens[i].low in words.CONFLICTS), None)
            if noun is None or self._unreal(sentence, noun, index) or any(tokens[i].text in (",", ";") and i > noun + 8 for i in range(noun, index)):
                continue
            dated = next((d for d in sentence.dates if d.value and tokens[index].start < d.start and d.start - tokens[index].end < 16), None) or next((d for d in sentence.dates if d.value and self.reading.token_index(d.start) - sentence.first <= 2), None)
            if dated is None:
                continue
            places = self._places_in(sentence, sentence.first, index)
            place = self.places.of(places[0]) if places else None
            value = dated.value if "/" in dated.value or dated.value.startswith("XXXX") else f"{dated.value}/.."
            yield self._plain_event(sentence, "conflict", tokens[noun].text, value, place=place)
            return

    def _negotiations(self, sentence: Sentence) -> Iterator[EventClaim]:
        """``was followed by peace negotiations``; ``talks opened on 5 March 1992``."""
        tokens = self.tokens
        for index in range(sentence.first, sentence.last):
            if tokens[index].low not in words.NEGOTIATIONS:
                continue
            before = [t.low for t in tokens[max(sentence.first, index - 4) : index]]
            after = [t.low for t in tokens[index + 1 : min(sentence.last, index + 6)]]
            if self._unreal(sentence, index - 6, index + 6):
                continue
            peace = "peace" in before
            if "followed" in before and "by" in before:
                dated = next((d for d in reversed(sentence.dates) if d.value and d.end <= tokens[index].start), None)
            elif peace and any(low in ("began", "opened", "started", "resumed") for low in after[:3]):
                dated = next((d for d in sentence.dates if d.value and d.start > tokens[index].start), None)
            else:
                continue
            if dated:
                value = dated.value if "/" in dated.value or dated.value.startswith("XXXX") else f"{dated.value}/.."
                yield self._plain_event(sentence, "negotiation", tokens[index].text, value)


def token_is(token: Token | None, *lows: str) -> bool:
    return token is not None and token.low in lows
