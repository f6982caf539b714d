"""Document -> claims: an ordered list of small extractors over one reading of the text."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.cited import find_cited
from kg.extract.events import Events
from kg.extract.found import Found, shown
from kg.extract.measures import Elliptic, Measures
from kg.extract.names import find_names, span_of
from kg.extract.people import settle
from kg.extract.places import Places
from kg.extract.reading import Reading, is_read
from kg.extract.records import Calendar, Records
from kg.extract.references import references
from kg.extract.speech import Speech, Voices
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
    Unresolved,
)
from kg.text.folding import fold
from kg.text.language import UNDETERMINED
from kg.text.numbers import NUMBERS, decimal_mark
from kg.text.quantities import Quantity, drop_conversions, find_quantities, regrouped

Extractor = Callable[[Reading, Extraction], Extraction]
"""Adds to what was extracted from the same reading before: the seam for what no rule reads (`statistical`)."""


def extract(document: Document, gazetteer: Gazetteer, *, extractors: Sequence[Extractor] = ()) -> Extraction:
    """All that a document says, by rules: the same for the same document and gazetteer, wherever it runs.

    ``extractors`` then add to it, in their order.
    """
    reading = Reading(document, gazetteer)
    calendar = Calendar(reading)
    reading.quantities = quantities = _measure(reading)
    reading.found = found = find_names(reading)
    people = settle(reading, found)
    places = Places(reading, found)
    records = Records(reading, places, calendar)
    speech = Speech(reading, people)
    statements = speech.read()
    claims: list[Claim] = [*reading.claims, *statements]
    claims += _told(reading, places, records, speech.turns.questions)
    claims += speech.interviews()
    spelled = _spellings(reading, found)
    voices = speech.voices()
    attributed = [_attribute(_spell(claim, spelled), voices, reading.text) for claim in claims]
    attributed.sort(key=lambda claim: (claim.evidence[0].start, type(claim).__name__, claim.evidence[0].end))
    extraction = Extraction(
        document,
        tuple(dict.fromkeys(attributed)),
        tuple(_mentions(reading, found, quantities, [*speech.mentions(), *_sites(reading, found, attributed)])),
        tuple(sentence.span for sentence in reading.sentences),
        tuple(_unresolved(reading, found)),
        tuple(_notes(document)),
    )
    for extractor in extractors:
        extraction = extractor(reading, extraction)
    return extraction


def _told(reading: Reading, places: Places, records: Records, questions: Collection[Span]) -> Iterator[Claim]:
    """The events and figures of each sentence; titles and questions tell none, but a headline has figures."""
    events = Events(reading, places)
    measures = Measures(reading, reading.found, places, reading.quantities)
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        if records.is_title(sentence) or block.span in questions:
            places.title(sentence)
            if block.span in reading.document.headlines[:1]:
                yield from measures.read(sentence, events.used)
            continue
        made, counted, context = records.read(sentence, events)
        yield from counted
        yield from made
        yield from measures.read(sentence, events.used, events=made, context=context)


def read(document: Document, gazetteer: Gazetteer) -> Reading:
    """The document with its names, dates and quantities, before any claim is made of them."""
    reading = Reading(document, gazetteer)
    Calendar(reading)
    reading.quantities = _measure(reading)
    reading.found = find_names(reading)
    settle(reading, reading.found)
    Places(reading, reading.found)
    return reading


def _notes(document: Document) -> Iterator[str]:
    if not is_read(document):
        language = "another language" if document.language == UNDETERMINED else f"the language {document.language}"
        yield f"The text is in {language}; the rules read English, so that much of it was not read."


_DIGIT = re.compile(r"\d")


def _measure(reading: Reading) -> list[list[Quantity]]:
    measured: list[list[Quantity]] = []
    reading.decimal = decimal_mark(reading.text)
    elliptic = Elliptic(reading)
    for sentence in reading.sentences:
        if not _DIGIT.search(reading.text, sentence.start, sentence.end) and sentence.lows.isdisjoint(NUMBERS):
            measured.append([])
            continue
        tokens = [t for t in reading.words(sentence) if t.start not in reading.in_date]
        quantities = drop_conversions(find_quantities(reading.text, tokens, sentence.start), reading.text)
        quantities = [regrouped(one, reading.text) for one in quantities] if reading.decimal else quantities
        measured.append(elliptic.read(sentence, quantities))
    return measured


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


def _attribute(claim: Claim, voices: Voices, text: str) -> Claim:
    """An event or figure that stands within somebody's words is according to them."""
    if not isinstance(claim, EventClaim | FigureClaim) or claim.according_to is not None:
        return claim
    if isinstance(claim, EventClaim) and claim.family == "interview":
        return claim  # the document reports it, not who is interviewed
    stated = claim.evidence[0]
    word = claim.called_as if isinstance(claim, EventClaim) else ""
    if word and stated.of(text).count(word) == 1:
        speaker = voices.at(stated.start + stated.of(text).index(word))
    else:
        speaker = voices.of(stated)
    return replace(claim, according_to=speaker) if speaker is not None else claim


_MENTIONED: dict[str, MentionKind] = {
    "place": "place",
    "demonym": "place",
    "people": "place",
    "person": "person",
    "organization": "organization",
}


def _mentions(
    reading: Reading, found: list[list[Found]], quantities: list[list[Quantity]], referring: Sequence[Mention]
) -> list[Mention]:
    document, mentions = reading.document, [*referring]
    for group in found:
        for one in group:
            if one.kind in _MENTIONED and one.entity is not None:
                mentions.append(Mention(span_of(reading, one), _MENTIONED[one.kind], one.entity))
    if publisher := _publisher(reading):
        mentions.append(publisher)
    mentions += [*_datelines(reading), *references(reading)]
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


def _sites(reading: Reading, found: list[list[Found]], claims: Sequence[Claim]) -> Iterator[Mention]:
    """The places of events that are no name alone, ``the Al Salem hospital complex``: where the event is told."""
    named = {one.entity for group in found for one in group}
    told = [(one.place, one.evidence[0]) for one in claims if isinstance(one, EventClaim) and one.place is not None]
    for site, stated in dict.fromkeys(told):
        start = reading.text.find(site.name, stated.start, stated.end) if site not in named else -1
        if start >= 0:
            yield Mention(Span(start, start + len(site.name)), "place", site)


def _datelines(reading: Reading) -> Iterator[Mention]:
    """The place of a dateline, ``KYIV (Steppe Press) --``, which is in no sentence."""
    for span in reading.datelines:
        named = [name for name in reading.gazetteer.lookup(span.of(reading.text)) if name.entry.kind == "place"]
        if known := reading.gazetteer.resolve(named, hint="city"):
            yield Mention(span, "place", known.entry.entity())


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
            unknown = (
                one.entity is not None and one.entity.key is None and one.kind in ("place", "person", "organization")
            )
            keys: tuple[str, ...] = ()
            if unknown or one.entity is None:
                keys = tuple(dict.fromkeys([name.entry.key for name in one.candidates]))
            if unknown or len(keys) > 1:
                kind = _MENTIONED.get(one.kind, "place")
                listed.append(Unresolved(span_of(reading, one), kind, keys))
    return listed
