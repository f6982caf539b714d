"""What a section gives to the sentences in it: the day that stands on a line of its own, the place of its heading."""

import re

from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.lexicon import is_common, is_facility, listed
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import change_at
from kg.extract.records.fields import Row, is_of_date
from kg.extract.records.heads import may_head
from kg.extract.records.rows import Rows
from kg.extract.words import PLACE_PREPOSITIONS
from kg.model import Entity

_LABELS = frozenset("fig figure plate photo picture image illustration no print".split())
_MARKED = re.compile(r"[*_)\]\s]*(?:[–—:-]|[.)])\s|\s{2,}")  # the mark after the number of a caption
_LONGEST = 14  # tokens of a caption's first sentence
_SHORT = 7  # tokens of a line such as "Area: 289 km2"
_NEAR = 2  # blocks between leads of one list


class Sections:
    """By sentence or block: the day and the place that hold there."""

    def __init__(self, reading: Reading, places: Places, rows: Rows) -> None:
        self.reading, self.found, self.places, self.rows = reading, reading.found, places, rows
        self.tokens = reading.tokens
        self.day_lines = self._day_lines()
        self._days = {**self._days_by_hour(), **self._days_by_block()}
        self._days_within = self._days_by_sentence()
        self._leads = self._leads_by_block()
        self._shown = self._below_pictures()
        self._topics = self._topics_by_block()

    def context(self, sentence: Sentence) -> Context:
        """Return what the section, and the row or name that its block begins with, give to a sentence."""
        first = self.reading.block_sentences(sentence.block)[0]
        row = self.rows.rows.get(first.index)
        day = self._days_within.get(sentence.index) or self._days.get(sentence.block)
        if row is not None and first is not sentence:
            return self.of_row(row, day)
        place = self._leads.get(sentence.block)
        place = place or self._topic(sentence)
        return Context(place=place, date=day, row=day is not None, shown=sentence.block in self._shown)

    def of_row(self, row: Row, day: str | None = None) -> Context:
        """Return what a row gives to the events in it."""
        place = self.places.of(row.place) if row.place is not None else None
        place = self.places.site(row.site) if row.site else place
        date = row.date.value if row.date is not None and row.date.value else day
        return Context(place=place, date=date, row=True)

    def day_of(self, row: Row) -> str | None:
        """Return the day of the section in which a row stands."""
        return self._days.get(row.sentence.block)

    # --- days on a line of their own ------------------------------------------------------------------

    def _day_lines(self) -> dict[int, str]:
        """Block -> the day that it is, where several stand on lines of their own; one alone is the text's date."""
        days = {}
        for number in range(len(self.reading.blocks)):
            sentences = self.reading.block_sentences(number)
            if len(sentences) == 1 and (day := self._day(sentences[0])):
                days[number] = day
        numbers = sorted(days)
        led = [n for n in numbers if n + 1 < len(self.reading.blocks) and n + 1 not in days]
        return days if len(led) >= 2 else {}

    def _days_by_hour(self) -> dict[int, str]:
        """Lines that begin with an hour are of the one day that the line above them names."""
        held: dict[int, str] = {}
        for number in sorted(self.rows.tables.hours):
            above = (d.value for s in self.reading.block_sentences(number - 1) for d in s.dates if len(d.value) == 10)
            days = [*above] if number else []
            held[number] = held.get(number - 1) or (days[0] if len(days) == 1 else "")
        return {number: day for number, day in held.items() if day}

    def _day(self, sentence: Sentence) -> str:
        """The value of a sentence that is nothing but a day, with its weekday and hour perhaps."""
        same = any(
            t.low in ("same", "that") for t in self.tokens[sentence.first : sentence.last][:1]
        )  # "Same day, noon"
        dates = [d for d in sentence.dates if d.value and (same or not d.relative)]
        if len(dates) != 1 or len(dates[0].value.split("/")[0]) < len("2001-05"):
            return ""
        alone = all(is_of_date(self.reading, token) for token in self.reading.words(sentence))
        return dates[0].value if alone else ""

    def _days_by_block(self) -> dict[int, str]:
        """Each day holds to the next or to a heading; the last for as many blocks as the longest before it."""
        held: dict[int, str] = {}
        day, since, longest = "", 0, 1
        numbers = sorted(self.day_lines)
        for number, block in enumerate(self.reading.blocks):
            if number in self.day_lines:
                longest = max(longest, since if day else 0)
                day, since = self.day_lines[number], 0
            elif block.kind in ("heading", "rule") or not day:
                day = ""
            else:
                since += 1
                if number < numbers[-1] or since <= longest:
                    held[number] = day
        return held

    def _days_by_sentence(self) -> dict[int, str]:
        """Of ``Aug. 12, 2021. Herat falls. Aug. 13, 2021. Kandahar falls.``: sentence -> the day before it."""
        held: dict[int, str] = {}
        said = 0
        for number in range(len(self.reading.blocks)):
            day = ""
            here = self.reading.block_sentences(number)
            for sentence in here if len(here) > 1 and not self._is_row(here[0]) else ():
                if own := self._day(sentence):
                    day, said = own, said + (number not in self.rows.tables.doubtful)
                elif day:
                    held[sentence.index] = day
        return held if said else {}

    def _is_row(self, sentence: Sentence) -> bool:
        return sentence.index in self.rows.rows

    # --- what a section is about ----------------------------------------------------------------------

    def _leads_by_block(self) -> dict[int, Entity]:
        """Paragraphs that begin with a name alone, ``Palmyra. Fell to ...``, or with a caption that ends in one; in
        company, or known.
        """
        found = []
        for number in range(len(self.reading.blocks)):
            here = self.reading.block_sentences(number)
            if len(here) < 2 or here[0].index in self.rows.rows:
                continue
            opening = self._opening(number)
            if (one := self._lead(opening)) is not None:
                found.append((number, one))
                self._unplace(opening, one)
        leads = {}
        for index, (number, one) in enumerate(found):
            near = found[max(0, index - 1) : index + 2]
            sentence = self._opening(number)
            company = any(0 < abs(number - other) <= _NEAR for other, _ in near) or self._is_caption(sentence, one)
            if (company or (one.entity and one.entity.key)) and (place := self.places.of(one)):
                leads[number] = place
        return leads

    def _opening(self, number: int) -> Sentence:
        """The first sentence of a block, past the number of a caption: ``No. 11. Ice in a washbasin, Ard.``"""
        here = self.reading.block_sentences(number)
        return here[1] if len(here) > 2 and self._is_label(here[0]) else here[0]

    def _is_label(self, sentence: Sentence) -> bool:
        tokens = self.reading.words(sentence)
        return 1 < len(tokens) <= 4 and tokens[0].low in _LABELS and all(t.kind != "w" for t in tokens[1:])

    def _lead(self, sentence: Sentence) -> Found | None:
        group = self.found[sentence.index]
        if not group or self.reading.blocks[sentence.block].kind == "heading":
            return None
        one = group[-1]
        places = [each for each in group if each.kind == "place"]
        if len(places) == 1 and self._is_caption(sentence, places[0]):
            return places[0]
        after = self.tokens[one.last : sentence.last]  # "Sacks of sorghum, Nakfa, 1976."
        if one.kind not in ("place", "name") or not may_head(self.reading, one):
            return None
        if not all(token.kind == "p" or token.start in self.reading.in_date for token in after):
            return None
        if len(group) == 1 and one.first == sentence.first:
            return one
        return one if self._is_caption(sentence, one) else None

    def _unplace(self, sentence: Sentence, lead: Found) -> None:
        """Of ``Shoes, Mullaitivu.``: what the picture shows is no place, though it stands in a list with one."""
        for one in self.found[sentence.index]:
            if one is not lead and one.kind == "place" and (one.entity is None or one.entity.key is None):
                one.kind, one.entity = "name", None

    def _is_caption(self, sentence: Sentence, one: Found) -> bool:
        """``Fig. 4 – A bicycle, Lake Arn.``, ``A well at Arn.``: a label, a thing with no verb, and where it is."""
        first = next((t for t in self.reading.words(sentence)[:3] if t.kind != "p"), self.tokens[sentence.first])
        numbered = first.kind == "n" and bool(_MARKED.match(self.reading.text, first.end))
        above = self.reading.sentences[sentence.index - 1] if sentence.index else sentence
        numbered = numbered or (above.block == sentence.block and self._is_label(above))
        labelled = numbered or first.low in _LABELS or self.reading.blocks[sentence.block].kind == "item"
        short = sentence.last - sentence.first <= _LONGEST
        before = self.tokens[one.first - 1]
        return labelled and short and (before.text == "," or before.low in PLACE_PREPOSITIONS)

    def _topics_by_block(self) -> dict[int, Found]:
        """Block -> the name that the heading or question above it is, alone: what ``Taken on 3 May`` speaks of."""
        topics: dict[int, Found] = {}
        topic: Found | None = None
        for number, block in enumerate(self.reading.blocks):
            sentences = self.reading.block_sentences(number)
            if block.kind == "heading" or number in self.rows.titles or self._is_name(sentences):
                topic = self._named(sentences) if number not in self._shown else None
            elif topic is not None:
                topics[number] = topic
        return topics

    def _below_pictures(self) -> set[int]:
        """The blocks below a heading of pictures, ``Postcards``, to the next heading of its level or above."""
        shown: set[int] = set()
        level: int | None = None
        for number, block in enumerate(self.reading.blocks):
            if block.kind == "heading" and (level is None or 0 < block.level <= level):
                level = block.level if _of_pictures(self.reading.block_sentences(number)) else None
            if level is not None:
                shown.add(number)
        return shown

    def _is_name(self, sentences: list[Sentence]) -> bool:
        """Whether a block is a name and nothing else: ``Mirov``, ``3. Mocha?``."""
        return len(sentences) == 1 and sentences[0].last - sentences[0].first <= 4 and bool(self._named(sentences))

    def _named(self, sentences: list[Sentence]) -> Found | None:
        """The name that a heading is; no common word such as ``History``."""
        group = self.found[sentences[0].index] if len(sentences) == 1 else []
        if len(group) != 1 or not may_head(self.reading, group[0]):
            return None
        one = group[0]
        outside = [*range(sentences[0].first, one.first), *range(one.last, sentences[0].last)]
        if any(self.tokens[i].kind == "w" or self.tokens[i].text == "," for i in outside):
            return None
        named = (token.low for token in self.tokens[one.first : one.last])
        common = any(is_common(low) and not is_facility(low) for low in named)
        return one if (one.entity is not None and one.entity.key) or not common else None

    def _topic(self, sentence: Sentence) -> Entity | None:
        """The place of the heading, for a sentence that begins with what happened to it, and for a short line with no
        name: ``Area: 289 km2``.
        """
        if sentence.block not in self._topics or sentence.last <= sentence.first:
            return None
        begins = bool(sentence.dates) and change_at(self.reading.words(sentence), 0) is not None
        named = any(may_head(self.reading, one) for one in self.found[sentence.index])
        short = sentence.last - sentence.first <= _SHORT and not named
        return self.places.of(self._topics[sentence.block]) if begins or short else None

    def lead(self, sentence: Sentence) -> Entity | None:
        """The place that a block is about, where the sentence is the one that says so."""
        return self._leads.get(sentence.block) if self._opening(sentence.block) is sentence else None


def _of_pictures(sentences: list[Sentence]) -> bool:
    """``Postcards``, ``Views of the coast``: below such a title what was taken, and retaken, is a picture."""
    return any(not listed("pictures").isdisjoint(sentence.lows) for sentence in sentences)
