"""A verb of saying with its speaker: ``said NAME``, ``NAME said:``, ``According to NAME``."""

from dataclasses import dataclass

from kg.extract import words
from kg.extract.speech.quotes import Quote
from kg.extract.speech.speakers import Speakers
from kg.model import Entity


@dataclass(slots=True)
class Attribution:
    """A speaker with a verb of saying: tokens ``first`` to ``last`` (excluded), subject and verb."""

    speaker: Entity
    first: int
    last: int
    verb: int


class Attributions:
    """Finds who a quotation or a clause is attributed to."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.reading, self.tokens = speakers.reading, speakers.tokens

    def verb_at(self, index: int, end: int) -> int | None:
        """The index of a verb of saying at a token, past auxiliaries and adverbs."""
        tokens = self.tokens
        step = index
        while (
            step < end
            and step < index + 4
            and (
                tokens[step].low in words.SAY_AUX
                or tokens[step].low in ("was", "is")
                or (tokens[step].low.endswith("ly") and tokens[step].kind == "w")
            )
        ):
            step += 1
        if [t.low for t in tokens[step : step + 3]] in (["quoted", "as", "saying"], ["cited", "as", "saying"]):
            return step + 2 if step + 2 < end else None  # "was quoted as saying"
        if step < end and (tokens[step].low in words.SAY or tokens[step].low in words.SAY_ONLY_QUOTE):
            return step
        return None

    def after_quote(self, quote: Quote, limit: int) -> Attribution | None:
        """``said NAME`` or ``NAME said`` right after a quotation."""
        reading, tokens = self.reading, self.tokens
        index = reading.token_index(quote.end)
        end = reading.token_index(limit)
        while index < end and tokens[index].text in (",", "—", "–", "-"):
            index += 1
        if index >= end:
            return None
        closes = reading.text[quote.inner.end - 1] if quote.inner.end > quote.inner.start else ""
        new_sentence = closes in ".…" and tokens[index].capital
        made = self._attribution(index, end)
        if made is None:
            return None
        if new_sentence or closes in "?!":
            after = tokens[made.last] if made.last < end else None
            if new_sentence and not (after is None or after.text in (".", ",", ":")):
                return None
            if after is not None and after.low == "that":
                return None
        return made

    def _attribution(self, index: int, end: int) -> Attribution | None:
        tokens = self.tokens
        verb = self.verb_at(index, end)
        if verb is not None:
            after = verb + 1
            while after < end and tokens[after].low in ("out", "for", "on", "his", "her", "their", "part"):
                after += 1
            who = self.speakers.subject(after, end)
            return Attribution(who[0], index, who[1], verb) if who else None
        who = self.speakers.subject(index, end)
        if who is None:
            return None
        verb = self.verb_at(who[1], end)
        if verb is None and who[1] < end and tokens[who[1]].text == ",":
            verb = self.verb_at(who[1] + 1, end)
        return Attribution(who[0], index, verb + 1, verb) if verb is not None else None

    def before_quote(self, quote: Quote, floor: int) -> Attribution | None:
        """``NAME said: "``, ``The minister told X, "``, ``According to NAME, "``, ``said that "``."""
        reading, tokens = self.reading, self.tokens
        first, end = reading.token_index(floor), reading.token_index(quote.start)
        for verb in range(end - 1, first - 1, -1):
            low = tokens[verb].low
            if low == "according" and verb + 1 < end and tokens[verb + 1].low == "to":
                who = self.speakers.subject(verb + 2, end)
                return Attribution(who[0], verb, who[1], verb) if who else None
            if (
                low in words.SAY
                or low in words.SAY_ONLY_QUOTE
                or low
                in ("called", "described", "calling", "describing", "writes", "wrote", "saying", "adding", "asking")
            ):
                if low in words.DENY:
                    return None
                made = self.subject_of(verb, first, end)
                if made:
                    return made
        if end > first and tokens[end - 1].text == ":":  # "Ghebreab left a note: «...»"
            one = next(
                (
                    self.speakers.by_first[i]
                    for i in range(first, end)
                    if i in self.speakers.by_first and self.speakers.by_first[i].kind == "person"
                ),
                None,
            )
            if one and one.entity and one.first - first <= 3:
                return Attribution(one.entity, one.first, end - 1, one.first)
        return None

    def subject_of(self, verb: int, first: int, end: int) -> Attribution | None:
        """The subject of a verb of saying: before it, or after it in inversion."""
        tokens = self.tokens
        if any(tokens[i].low in words.NEGATIONS for i in range(max(first, verb - 3), verb)):
            return None
        if tokens[verb].low == "say" and verb > first and tokens[verb - 1].low in words.IRREALIS:
            return None
        if verb > first and tokens[verb - 1].low in ("and", "but") and (made := self._main_subject(verb, first, end)):
            return made
        for start in range(verb - 1, max(first, verb - 32) - 1, -1):
            who = self.speakers.subject(start, end)
            if who is None or who[1] > verb:
                continue
            step = who[1]
            if step < verb and tokens[step].text == ",":
                step += 1
            between = tokens[step:verb]
            linked = all(
                t.low in words.SAY_AUX
                or t.low.endswith("ly")
                or t.text in (",", "(", ")")
                or t.low
                in (
                    "who",
                    "in",
                    "on",
                    "a",
                    "an",
                    "statement",
                    "tuesday",
                    "monday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                    "and",
                    "then",
                    "later",
                    "for",
                    "his",
                    "her",
                    "its",
                    "their",
                    "part",
                    "turn",
                    "own",
                )
                for t in between
            )
            if who[0].kind != "person" and (named := self._apposed(start, verb, first, end)):
                return named
            if linked or (
                len(between) <= 8
                and any(t.low in ("and", "but") for t in between)
                and not any(t.low in words.SAY for t in between)
            ):
                return Attribution(who[0], start, verb + 1, verb)
            office = self.speakers.by_first.get(start) or self.speakers.by_first.get(start + 1)
            if (office is not None and office.kind == "role") or (
                who[0].kind == "person" and office is not None and office.kind != "person"
            ):
                continue  # perhaps in apposition to a name before it
            break
        if tokens[verb].low in words.SAY:
            who = self.speakers.subject(verb + 1, end)
            if who:
                return Attribution(who[0], verb, who[1], verb)
        return None

    def _main_subject(self, verb: int, first: int, end: int) -> Attribution | None:
        """``Zintani thanked the ministry and said that``: the subject of the first verb, not its object."""
        tokens = self.tokens
        start = first
        comma = next((i for i in range(first, min(verb, first + 12)) if tokens[i].text == ","), None)
        for candidate in (start, comma + 1 if comma is not None else start):
            who = self.speakers.subject(candidate, end)
            if who and who[1] < verb - 1 and who[0].type != "state":
                return Attribution(who[0], candidate, verb + 1, verb)
        return None

    def _apposed(self, before: int, verb: int, first: int, end: int) -> Attribution | None:
        """The person to whom what stands before a verb is an apposition: ``Col. X, head of the Y Office, warned``."""
        for start in range(before - 1, max(first, before - 16) - 1, -1):
            one = self.speakers.by_first.get(start)
            if one is not None and one.kind == "person" and one.entity is not None:
                reaches = self.speakers.apposition(one.last, end)
                return Attribution(one.entity, start, verb + 1, verb) if one.last < reaches <= verb else None
        return None

    def settle_gender(self, made: Attribution) -> None:
        """A pronoun that was understood says the gender of who was meant."""
        person = self.speakers.person_of.get(id(made.speaker))
        for token in self.tokens[made.first : made.last]:
            if person and not person.gender and token.low in ("he", "she"):
                person.gender = "f" if token.low == "she" else "m"

    def told(self, made: Attribution, quote: Quote) -> Entity | None:
        if self.tokens[made.verb].low not in ("told", "tells"):
            return None
        return self.hearer(made.verb + 1)

    def hearer(self, index: int) -> Entity | None:
        while index < len(self.tokens) and self.tokens[index].low in ("the", "a"):
            index += 1
        one = self.speakers.by_first.get(index)
        return one.entity if one and one.kind in ("organization", "person") else None
