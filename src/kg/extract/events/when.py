"""The date of a change of control: the one that stands with its verb, not that of a verb of saying or of another
clause.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract import words
from kg.extract.events.syntax import (
    Syntax,
    Trigger,
)
from kg.extract.names import Found
from kg.extract.reading import Sentence
from kg.model import Entity
from kg.text.dates import Dated, shift
from kg.text.quantities import WORDS as NUMBER_WORDS

_LONGEST = 6  # digits of a number of days: more than that are no calendar's


class When:
    """Chooses among the dates of a sentence."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.reading, self.found, self.places = syntax.reading, syntax.found, syntax.places
        self.quantities, self.tokens = syntax.quantities, syntax.tokens

    def subordinate(
        self, sentence: Sentence, trigger: Trigger, left: int, start: int, dates: list[Dated]
    ) -> tuple[list[Dated], int]:
        """``a day after Axum had fallen``: the date before ``after`` is of another event, here shifted by what is
        said.
        """
        tokens = self.tokens
        for index in range(trigger.index - 1, left - 1, -1):
            if tokens[index].low in ("after", "before") and not self.syntax.in_date(sentence, tokens[index]):
                own = [d for d in dates if d.start > tokens[index].start]
                if own or trigger.kind == "noun":
                    return own, index
                if any(t.low in words.CONTROL or t.text == "," for t in tokens[index + 1 : trigger.index]):
                    return dates, start
                before = [d for d in sentence.dates if d.value and d.end <= tokens[index].start]
                days = self._days_between(index)
                if before and days and len(before[-1].value) == 10:
                    value = shift(before[-1].value, -days if tokens[index].low == "after" else days)
                    return [replace(before[-1], value=value)] if value else [], index
                return [], index
        return dates, start

    def _days_between(self, index: int) -> int:
        """The number in ``a day after``, ``two weeks before``; 0 where there is none."""
        unit = self.tokens[index - 1].low.rstrip("s") if index > 1 else ""
        count = self.tokens[index - 2].low if index > 1 else ""
        factor = {"day": 1, "week": 7}.get(unit, 0)
        if count.isdecimal():
            return factor * int(count) if len(count) < _LONGEST else 0
        return factor * (1 if count == "a" else NUMBER_WORDS.get(count, 0))

    def dates(self, sentence: Sentence, trigger: Trigger, left: int, right: int) -> list[Dated]:
        """The dates that may belong to a verb, in the order of the text; those of verbs of saying and of other
        clauses left out.
        """
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
            if dated.start < tokens[trigger.index].start and self.syntax.of_saying(sentence, dated, trigger):
                continue
            if dated.value.count("-") == 0 and before >= sentence.first and tokens[before].text == "(":
                continue
            found.append(dated)
        return found

    def date_of(self, patient: Found | Entity, trigger: Trigger, dates: Sequence[Dated]) -> str | None:
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

    def leading(self, sentence: Sentence, trigger: Trigger, start: int) -> str | None:
        """A date that opens the clause holds for each of its verbs."""
        for dated in sentence.dates:
            index = self.reading.token_index(dated.start)
            if (
                dated.value
                and start <= index < trigger.index
                and index - start <= 2
                and not self.syntax.of_saying(sentence, dated, trigger)
            ):
                if index > start and self.tokens[index - 1].low in ("until", "before", "since"):
                    return None
                return dated.value
        return None

    def by(self, sentence: Sentence, trigger: Trigger, value: str | None) -> str | None:
        """``By 10 May they had captured``: on or before."""
        if value is None or "/" in value or value.startswith("XXXX"):
            return value
        for dated in sentence.dates:
            if dated.value == value:
                before = (
                    self.tokens[self.reading.token_index(dated.start) - 1].low
                    if self.reading.token_index(dated.start) > sentence.first
                    else ""
                )
                had = any(t.low == "had" for t in self.tokens[max(sentence.first, trigger.index - 4) : trigger.index])
                if before == "by" and had:
                    return f"../{value}"
        return value

    def respectively(self, patients: Sequence[Found | Entity], dates: Sequence[Dated], sentence: Sentence) -> list[str]:
        if len(patients) < 2:
            return []
        values = [d.value for d in dates]
        if len(values) != len(patients):
            return []
        said = any(t.low == "respectively" for t in self.reading.words(sentence))
        named = [p for p in patients if isinstance(p, Found)]
        grouped = len(named) == len(patients) and dates[0].start > self.tokens[named[-1].last - 1].start
        return values if said or grouped else []
