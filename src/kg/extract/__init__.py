"""Document -> claims: an ordered list of small extractors over one reading of the text."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.cited import find_cited
from kg.extract.events import Context, Events
from kg.extract.figures import figures
from kg.extract.names import Found, find_names, shown, span_of
from kg.extract.people import settle
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence, is_read
from kg.extract.records import Heading, Records, heading_of, is_year_line
from kg.extract.speech import Speech, interviews
from kg.gazetteer import Gazetteer
from kg.model import (
    Claim,
    Document,
    Entity,
    EventClaim,
    Extraction,
    FigureClaim,
    Mention,
    MentionKind,
    Span,
    Statement,
    Unresolved,
)
from kg.text.blocks import Block, is_headline
from kg.text.dates import ANCHORS, MONTHS, Dated, find_dates, resolve_years, slash_order, year_of
from kg.text.folding import fold
from kg.text.language import UNDETERMINED
from kg.text.quantities import NUMBERS, Quantity, drop_conversions, find_quantities

Extractor = Callable[[Reading, Extraction], Extraction]
"""Adds to what was extracted from the same reading before: the seam for what no rule reads (`statistical`)."""


def extract(document: Document, gazetteer: Gazetteer, *, extractors: Sequence[Extractor] = ()) -> Extraction:
    """All that a document says, by rules: the same for the same document and gazetteer, wherever it runs.

    ``extractors`` then add to it, in their order.
    """
    reading = Reading(document, gazetteer)
    headings = _date(reading)
    reading.quantities = quantities = _measure(reading)
    reading.found = found = find_names(reading)
    people = settle(reading, found)
    places = Places(reading, found)
    records = Records(reading, found, places, quantities)
    speech = Speech(reading, found, people)
    statements = speech.read()
    events = Events(reading, found, places, quantities)
    claims: list[Claim] = [*reading.claims, *statements]
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        if (
            block.kind == "heading"
            or sentence.block in records.titles
            or block.span in speech.interview.questions
            or _in_headline(document, sentence)
        ):
            places.title(sentence)
            if document.headlines and block.span == document.headlines[0]:
                claims += figures(
                    reading,
                    sentence,
                    found[sentence.index],
                    quantities[sentence.index],
                    events.used,
                    [],
                    places,
                    Context(),
                )
            continue
        row = records.rows.get(sentence.index)
        if row is not None:
            made, counted = records.read(row, headings.get(sentence.block, []), events)
            context = records.context(row)
            claims += counted
        else:
            context = _block_context(reading, records, sentence)
            made = events.read(sentence, context)
        claims += made
        claims += figures(
            reading, sentence, found[sentence.index], quantities[sentence.index], events.used, made, places, context
        )
    claims += interviews(reading, found, speech)
    spelled = _spellings(reading, found)
    voices = Voices(statements)
    attributed = [voices.attribute(_spell(claim, spelled)) for claim in claims]
    attributed.sort(key=lambda claim: (claim.evidence[0].start, type(claim).__name__, claim.evidence[0].end))
    extraction = Extraction(
        document,
        tuple(dict.fromkeys(attributed)),
        tuple(_mentions(reading, found, quantities)),
        tuple(sentence.span for sentence in reading.sentences),
        tuple(_unresolved(reading, found)),
        tuple(_notes(document)),
    )
    for extractor in extractors:
        extraction = extractor(reading, extraction)
    return extraction


def read(document: Document, gazetteer: Gazetteer) -> Reading:
    """The document with its names, dates and quantities, before any claim is made of them."""
    reading = Reading(document, gazetteer)
    _date(reading)
    reading.quantities = _measure(reading)
    reading.found = find_names(reading)
    settle(reading, reading.found)
    Places(reading, reading.found)
    return reading


def _notes(document: Document) -> Iterator[str]:
    if not is_read(document):
        language = "another language" if document.language == UNDETERMINED else f"the language {document.language}"
        yield f"The text is in {language}; the rules read English, so that much of it was not read."


def _in_headline(document: Document, sentence: Sentence) -> bool:
    headlines = document.headlines
    if not headlines or sentence.start >= headlines[-1].end:
        return False
    return any(sentence.span.overlaps(headline) for headline in headlines)


def _date(reading: Reading) -> dict[int, list[Heading]]:
    """Find the dates, block by block, with the year that headings and rows before give; return the headings in
    force for each block.
    """
    in_force: list[Heading] = []
    by_block: dict[int, list[Heading]] = {}
    row: str | None = None  # the date of the row before
    cell_year: int | None = None  # the year in the first cell of a table's rows
    order = slash_order(reading.text) if "/" in reading.text else ""
    for number, block in enumerate(reading.blocks):
        heading = _heading(reading, block)
        if heading is not None:
            if block.kind == "heading":
                in_force = [h for h in in_force if h.level < block.level]
            elif heading.year and is_year_line(block.span.of(reading.text)):
                in_force = [h for h in in_force if h.level == 0]
                heading.level = 1
            in_force = [*in_force, heading]
            row = None
        by_block[number] = in_force
        if block.kind == "rule":
            continue
        tokens = reading.tokens_in(block.span.start, block.span.end)
        anchors = [(t.start, t.low) for t in tokens if t.kind == "n" or t.low in ANCHORS]
        found = find_dates(reading.text, anchors, order=order)
        if bare := _bare_day(reading, block, in_force):
            found.insert(0, bare)
        if block.kind == "row" and block.cells:  # "| 1993 | 19 January: ... |", then "| | 6 March: ... |"
            first = block.cells[0].of(reading.text).strip()
            cell_year = int(first) if is_year_line(first) and first.isdigit() else cell_year if not first else None
        else:
            cell_year = None
        leads = bool(found) and found[0].start - block.span.start <= 2 and not found[0].relative
        year = _row_year(found[0].value, in_force, row) if leads else cell_year or _section_year(in_force)
        dates = resolve_years(found, reading.text, heading_year=year, published=reading.document.published)
        if leads and year_of(dates[0].value):
            row = dates[0].value
        reading.note_dates(number, dates)
    return by_block


_BARE_DAY = re.compile(r"(?:3[01]|[12]\d|0?[1-9])(?=\s*[–—:]\s|\s-\s)")


def _bare_day(reading: Reading, block: Block, in_force: list[Heading]) -> Dated | None:
    """``8 – Kunduz falls`` below the heading ``August 2021``: a day of that month."""
    month = next((h.month for h in reversed(in_force) if h.month), None)
    match = _BARE_DAY.match(reading.text, block.span.start, block.span.end) if month else None
    if match is None or month is None:
        return None
    return Dated(match.start(), match.end(), f"XXXX-{month:02}-{int(match[0]):02}", yearless=True)


_LISTING = re.compile(
    r"(?i)\b(?:table|list|entries|chronology|register)\b[^.]*\b(?:captured?|captures|took|taken|lost|seized|occupied|liberated|retaken|recaptured|withdrew|withdrawn|fell)\b"
)


def _heading(reading: Reading, block: Block) -> Heading | None:
    """The block as a heading, if it is one: marked, a year, the document's headline, or a line that leads to a list."""
    text = block.span.of(reading.text)
    headline = any(block.span == h for h in reading.document.headlines)
    months = text.split(" ")[0].strip(".,:").lower() in MONTHS and len(text) < 18
    listing = block.kind == "paragraph" and len(text) < 260 and _LISTING.search(text) is not None
    lead = (
        months
        or listing
        or (
            block.kind == "paragraph"
            and (text.endswith(":") or (is_headline(block, text) and not any(c.isdigit() for c in text)))
        )
    )
    if block.kind == "heading" or is_year_line(text) or headline or lead:
        return heading_of(reading, block)
    return None


def _section_year(in_force: list[Heading]) -> int | None:
    """The year of the section, where its heading names one alone; a headline's year is no year of prose."""
    return next((h.year for h in reversed(in_force) if h.year and not h.last_year and h.level > 0), None)


def _row_year(value: str, in_force: list[Heading], row: str | None) -> int | None:
    """The year of a row that begins with a day: its heading's, or the one that lets the rows go forward in time."""
    heading = next((h for h in reversed(in_force) if h.year), None)
    if heading and not heading.last_year:
        return heading.year
    if row is None:
        return heading.year if heading else None
    year = int(row[:4])
    if value.startswith("XXXX") and value[4:] < row[4 : len(value)]:
        year += 1
    return min(year, heading.last_year) if heading and heading.last_year else year


_DIGIT = re.compile(r"\d")


def _measure(reading: Reading) -> list[list[Quantity]]:
    measured: list[list[Quantity]] = []
    for sentence in reading.sentences:
        if not _DIGIT.search(reading.text, sentence.start, sentence.end) and sentence.lows.isdisjoint(NUMBERS):
            measured.append([])
            continue
        tokens = [t for t in reading.words(sentence) if t.start not in reading.in_date]
        measured.append(list(drop_conversions(find_quantities(reading.text, tokens, sentence.start), reading.text)))
    return measured


def _block_context(reading: Reading, records: Records, sentence: Sentence) -> Context:
    """A later sentence of a block that began with ``KHERSON:`` speaks of that place."""
    first = reading.block_sentences(sentence.block)[0]
    row = records.rows.get(first.index)
    if row is None and first.index in records.leads:
        return Context(place=records.leads[first.index])
    if row is not None and (row.place is not None or row.date is not None):
        place = records.places.of(row.place) if row.place is not None else None
        return Context(
            place=place,
            date=row.date.value if row.date is not None and row.date.value else None,
            row=row.date is not None,
        )
    return Context()


def _spellings(reading: Reading, found: list[list[Found]]) -> dict[str, str]:
    """Of generated gazetteer entries: how this document spells the name, where that is not the label.

    Labels of generated entries are one transliteration of many; what the document writes is what its reader knows.
    """
    spelled: dict[str, str] = {}
    for group in found:
        for one in group:
            key = one.entity.key if one.kind == "place" and one.entity else None
            if key is None or key in spelled:
                continue
            entry = reading.gazetteer.entry(key)
            if (
                entry is not None
                and not entry.curated
                and entry.type != "country"
                and fold(entry.name) != fold(one.text)
            ):
                spelled[key] = shown(one.text)
    return spelled


def _spell(claim: Claim, spelled: dict[str, str]) -> Claim:
    if isinstance(claim, EventClaim) and claim.place is not None and claim.place.key in spelled:
        return replace(claim, place_text=spelled[claim.place.key])
    if isinstance(claim, FigureClaim) and claim.of is not None and claim.of.key in spelled:
        return replace(claim, of_text=spelled[claim.of.key])
    return claim


class Voices:
    """Whose words a claim stands in: looked up by offset, since a long text has many of both."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements = sorted(
            (s for s in statements if s.speaker is not None and not s.headline), key=lambda s: s.text
        )
        self._starts = [statement.text.start for statement in self.statements]

    def attribute(self, claim: Claim) -> Claim:
        """An event or figure that stands within somebody's words is according to them."""
        if not isinstance(claim, EventClaim | FigureClaim) or claim.according_to is not None:
            return claim
        if (
            isinstance(claim, EventClaim) and claim.family == "interview"
        ):  # the document reports it, not who is interviewed
            return claim
        stated = claim.evidence[0]
        index = bisect_right(self._starts, stated.end)
        for statement in self.statements[max(0, index - 4) : index]:
            said = statement.text
            if said in stated or min(said.end, stated.end) - max(said.start, stated.start) > 0.8 * (
                stated.end - stated.start
            ):
                return replace(claim, according_to=statement.speaker)
        return claim


_MENTIONED: dict[str, MentionKind] = {
    "place": "place",
    "demonym": "place",
    "people": "place",
    "person": "person",
    "organization": "organization",
}


def _mentions(reading: Reading, found: list[list[Found]], quantities: list[list[Quantity]]) -> list[Mention]:
    document, mentions = reading.document, []
    for group in found:
        for one in group:
            if one.kind in _MENTIONED and one.entity is not None:
                mentions.append(Mention(span_of(reading, one), _MENTIONED[one.kind], one.entity))
    if publisher := _publisher(reading):
        mentions.append(publisher)
    for sentence in reading.sentences:
        for dated in sentence.dates:
            mentions.append(Mention(Span(dated.start, dated.end), "date", value=dated.value))
    for cited in find_cited(reading.text, document.span.start, len(reading.text)):
        mentions.append(Mention(Span(cited.start, cited.end), "document", cited.entity))
    for measured in quantities:
        for quantity in measured:
            mentions.append(
                Mention(
                    Span(quantity.start, quantity.end), "quantity", value=f"{_plain(quantity.value)} {_unit(quantity)}"
                )
            )
    mentions.sort(key=lambda mention: (mention.span, mention.kind))
    return mentions


def _publisher(reading: Reading) -> Mention | None:
    """The agency of a dateline, ``KYIV (Steppe Press) --``, which is in no sentence."""
    document = reading.document
    if document.publisher_span is None or document.publisher is None:
        return None
    known = [
        name.entry.entity()
        for name in reading.gazetteer.lookup(document.publisher)
        if name.entry.kind == "organization"
    ]
    return Mention(
        document.publisher_span,
        "organization",
        known[0] if known else Entity("organization", document.publisher, None, "media"),
    )


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _unit(quantity: Quantity) -> str:
    return {"area": "km2", "share": "percent", "distance": "m"}.get(quantity.kind, quantity.unit)


def _unresolved(reading: Reading, found: list[list[Found]]) -> list[Unresolved]:
    listed = []
    for group in found:
        for one in group:
            keys = tuple(dict.fromkeys(name.entry.key for name in one.candidates))
            unknown = (
                one.entity is not None and one.entity.key is None and one.kind in ("place", "person", "organization")
            )
            ambiguous = one.entity is None and len(keys) > 1
            if unknown or ambiguous:
                kind = _MENTIONED.get(one.kind, "place")
                listed.append(Unresolved(span_of(reading, one), kind, keys))
    return listed
