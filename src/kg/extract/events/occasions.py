"""Ceasefires, adoptions of resolutions, beginnings of conflicts, negotiations."""

from collections.abc import Iterator

from kg.extract import words
from kg.extract.events.syntax import (
    Syntax,
    token_is,
)
from kg.extract.frames import stated
from kg.extract.reading import Sentence
from kg.model import Entity, EventClaim, Family
from kg.text.dates import Dated
from kg.text.quantities import WORDS as NUMBER_WORDS

_ADOPTED = frozenset(("adopted", "adopts", "passed"))


class Occasions:
    """Events other than changes of control; each needs a date of its own."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.reading, self.found, self.places = syntax.reading, syntax.found, syntax.places
        self.quantities, self.tokens = syntax.quantities, syntax.tokens

    def _plain_event(
        self,
        sentence: Sentence,
        family: Family,
        called: str,
        date: str | None,
        *,
        place: Entity | None = None,
        actors: tuple[Entity, ...] = (),
    ) -> EventClaim:
        return EventClaim(
            evidence=(sentence.span,), family=family, called_as=called, date=date, place=place, actors=actors
        )

    def _unreal(self, sentence: Sentence, first: int, last: int) -> bool:
        lows = {t.low for t in self.tokens[max(sentence.first, first) : min(sentence.last, last)]}
        return bool(
            lows & (words.NEGATIONS - {"without"})
            or lows
            & {
                "would",
                "could",
                "should",
                "might",
                "may",
                "must",
                "will",
                "if",
                "unless",
                "whether",
                "demanded",
                "demands",
                "proposed",
                "calls",
                "called",
                "urged",
                "hopes",
                "denied",
                "until",
            }
        )

    def ceasefires(self, sentence: Sentence) -> Iterator[EventClaim]:
        """A ceasefire with the date of its beginning."""
        tokens = self.tokens
        if not sentence.dates or sentence.lows.isdisjoint(words.CEASEFIRES):
            return
        seen: set[str] = set()
        for index in range(sentence.first, sentence.last):
            if tokens[index].low not in words.CEASEFIRES:
                continue
            dated = self._ceasefire_date(sentence, index)
            if dated and dated.value and dated.value not in seen:
                seen.add(dated.value)
                place = next(
                    (
                        self.places.of(one)
                        for one in self.syntax.places_in(sentence, index + 1, min(index + 5, sentence.last))
                        if tokens[one.first - 1].low in ("in", "for")
                        or tokens[max(sentence.first, one.first - 2)].low in ("in", "for")
                    ),
                    None,
                )
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
                if (
                    ";" in lows
                    or any(low in words.VIOLATIONS for low in lows)
                    or (
                        any(low in ("since", "until", "before", "after") for low in lows[-1:])
                        and not {"place", "force", "held", "holding", "effect"} & set(lows)
                    )
                    or len(between) > 16
                ):
                    continue
                if not (
                    set(lows) & words.CEASEFIRE_VERBS
                    or (len(between) <= 4 and lows and lows[-1] in ("of", "on", "in", "from", ":"))
                    or ("since" in lows and {"place", "force", "holding", "held", "effect"} & set(lows))
                ):
                    continue
                if any(_changes(low) and low not in ("took", "taken", "take", "left") for low in lows) or self._unreal(
                    sentence, index - 4, first
                ):
                    continue
                if later := self._effective(sentence, dated):
                    return later
                return dated
            between = tokens[last:index]
            lows = [t.low for t in between]
            adjacent = len(between) == 0
            after = {t.low for t in tokens[index + 1 : min(sentence.last, index + 8)]}
            verb = bool(after & (words.CEASEFIRE_VERBS - {"of"})) or bool(
                set(lows)
                & {"signed", "agreed", "declared", "announced", "reached", "concluded", "brokered", "proclaimed"}
            )
            if (
                ";" in lows
                or any(_changes(low) for low in lows)
                or after & words.VIOLATIONS
                or set(lows) & words.VIOLATIONS
            ):
                continue
            if self._unreal(sentence, last, index + 6):
                continue
            if (
                adjacent
                and (
                    tokens[index + 1].low in ("agreement", "deal", "accord", "line")
                    if index + 1 < sentence.last
                    else False or adjacent
                )
            ) or (verb and len(between) <= 14):
                return dated
        return None

    def _effective(self, sentence: Sentence, agreed: Dated) -> Dated | None:
        """Agreed on one day, in effect from another: the second is when the fire ceases."""
        tokens = self.tokens
        for dated in sentence.dates:
            if dated.start > agreed.end and dated.value:
                between = [
                    t.low for t in tokens[self.reading.token_index(agreed.end) : self.reading.token_index(dated.start)]
                ]
                if {"effect", "force"} & set(between) and len(between) <= 8:
                    return dated
        return None

    def adoptions(self, sentence: Sentence) -> Iterator[EventClaim]:
        """A resolution with the date on which, says the text, it was adopted."""
        tokens, group = self.tokens, self.found[sentence.index]
        block = self.reading.blocks[sentence.block].span
        if sentence.lows.isdisjoint(_ADOPTED):
            return
        if not any(
            t.low in ("resolution", "resolutions", "res") for t in self.reading.tokens_in(block.start, block.end)
        ):
            return
        for index in range(sentence.first, sentence.last):
            if tokens[index].low not in ("adopted", "adopts", "passed") or self._unreal(sentence, index - 3, index):
                continue
            if index + 1 < sentence.last and (
                tokens[index + 1].low in NUMBER_WORDS or tokens[index + 1].low in ("several", "many")
            ):
                continue  # "passed eight resolutions": no date of one of them
            if tokens[index].low == "passed" and not any(
                t.low in ("resolution", "resolutions") for t in tokens[index : index + 5]
            ):
                continue
            actor = next(
                (
                    one.entity
                    for one in reversed(group)
                    if one.kind == "organization" and one.last <= index + 8 and one.entity
                ),
                None,
            )
            full = [d for d in sentence.dates if d.value and not self._in_brackets(d)]
            after = [d for d in full if d.start > tokens[index].start]
            before = [d for d in full if d.start < tokens[index].start]
            chosen = after or before[-1:]
            limit = next((tokens[i].start for i in range(index, sentence.last) if tokens[i].text == ";"), sentence.end)
            for number, dated in enumerate(d for d in chosen if d.start < limit):
                if number and not self._next_resolution(chosen[number - 1], dated):
                    break
                yield self._plain_event(
                    sentence, "adoption", tokens[index].text, dated.value, actors=(actor,) if actor else ()
                )

    def _in_brackets(self, dated: Dated) -> bool:
        text = self.reading.text
        return (
            len(dated.value) == 4
            and text[dated.start - 1 : dated.start] == "("
            and text[dated.end : dated.end + 1] == ")"
        )

    def _next_resolution(self, left: Dated, right: Dated) -> bool:
        between = self.reading.text[left.end : right.start]
        return len(between) < 60 and any(c.isdigit() for c in between) and ";" not in between

    def conflicts(self, sentence: Sentence) -> Iterator[EventClaim]:
        """``The conflict ... began in 1988``; ``Fighting broke out on 4 November 2020``."""
        tokens = self.tokens
        if sentence.lows.isdisjoint(words.CONFLICTS):
            return
        for index in range(sentence.first, sentence.last):
            low = tokens[index].low
            begins = (
                low in ("began", "begun", "erupted", "started")
                or (low == "broke" and token_is(tokens[index + 1] if index + 1 < sentence.last else None, "out"))
                or low == "begins"
            )
            if not begins:
                continue
            noun = next(
                (
                    i
                    for i in range(index - 1, max(sentence.first, index - 12) - 1, -1)
                    if tokens[i].low in words.CONFLICTS
                ),
                None,
            )
            if (
                noun is None
                or self._unreal(sentence, noun, index)
                or any(tokens[i].text in (",", ";") and i > noun + 8 for i in range(noun, index))
            ):
                continue
            dated = next(
                (
                    d
                    for d in sentence.dates
                    if d.value and tokens[index].start < d.start and d.start - tokens[index].end < 16
                ),
                None,
            ) or next(
                (d for d in sentence.dates if d.value and self.reading.token_index(d.start) - sentence.first <= 2), None
            )
            if dated is None:
                continue
            places = [
                one
                for one in self.syntax.places_in(sentence, sentence.first, index)
                if one.kind == "place" or one.last == noun or tokens[one.first - 1].low in words.PLACE_PREPOSITIONS
            ]
            place = self.places.of(places[0]) if places else None
            value = dated.value if "/" in dated.value or dated.value.startswith("XXXX") else f"{dated.value}/.."
            yield self._plain_event(sentence, "conflict", tokens[noun].text, value, place=place)
            return

    def negotiations(self, sentence: Sentence) -> Iterator[EventClaim]:
        """``was followed by peace negotiations``; ``talks opened on 5 March 1992``."""
        tokens = self.tokens
        if sentence.lows.isdisjoint(words.NEGOTIATIONS):
            return
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


def _changes(low: str) -> bool:
    """Whether a word alone tells of a change of control."""
    return stated([low], 0) is not None
