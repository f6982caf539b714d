"""Figures that stand on no event: areas, shares, counts and distances with what they are of."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.events import Context
from kg.extract.names import Found, state_of
from kg.extract.places import Places
from kg.extract.quantities import Quantity
from kg.extract.reading import Reading, Sentence
from kg.model import ControlWord, Entity, EventClaim, FigureClaim

_OF_LINK = frozenset(
    (
        "the its their this that whole total present-day country's land area territory territories of under "
        "internationally recognised recognized"
    ).split()
)
_GENERIC = {
    "island": "island",
    "country": "country",
    "district": "district",
    "region": "region",
    "province": "province",
    "territory": "",
    "town": "town",
    "city": "city",
    "village": "village",
    "valley": "valley",
    "peninsula": "peninsula",
    "republic": "country",
    "land": "",
    "state": "country",
    "county": "county",
    "enclave": "enclave",
    "area": "",
}
_CARRIED_OUT = frozenset(
    "implemented fulfilled honoured honored complied executed observed obeyed respected carried heeded".split()
)


def figures(
    reading: Reading,
    sentence: Sentence,
    group: Sequence[Found],
    quantities: Sequence[Quantity],
    used: set[int],
    events: Sequence[EventClaim],
    places: Places,
    context: Context,
) -> Iterator[FigureClaim]:
    """The figures of a sentence that no event carries."""
    previous: tuple[Quantity, Entity | None] | None = None
    here = next((event.place for event in events if event.place), None)
    for quantity in quantities:
        if quantity.start in used:
            continue
        if quantity.whole is not None and quantity.kind == "area":
            pass
        of, text = _subject(reading, sentence, group, quantity, places, context, here, previous)
        demands, refusing = _resolutions(reading, sentence, group, quantity)
        if quantity.unit == "resolution":
            of = next(
                (
                    one.entity
                    for one in group
                    if one.kind == "organization"
                    and one.entity
                    and quantity.start <= reading.tokens[one.first].start < quantity.end
                ),
                None,
            )
        previous = (quantity, of)
        yield FigureClaim(
            evidence=(sentence.span,) if not context.heading else (sentence.span, context.heading),
            kind=quantity.kind,
            value=quantity.value,
            of=of,
            of_text=text if of is None else "",
            noun=quantity.unit if quantity.kind == "count" else "",
            qualifier=quantity.qualifier,
            converted_from=quantity.converted_from,
            demands=demands,
            not_implemented_by=refusing,
        )


def _subject(
    reading: Reading,
    sentence: Sentence,
    group: Sequence[Found],
    quantity: Quantity,
    places: Places,
    context: Context,
    here: Entity | None,
    previous: tuple[Quantity, Entity | None] | None,
) -> tuple[Entity | None, str]:
    """What a figure is of: an entity, or the words that name it."""
    tokens = reading.tokens
    if entity := _after(reading, sentence, group, quantity, places):
        return entity, ""
    if quantity.kind == "count":
        return (here or context.place), ""
    if quantity.kind == "distance":
        return None, _noun_phrase(reading, sentence, quantity)
    if previous and previous[0].kind in ("area", "share") and previous[1] is not None:
        between = reading.text[previous[0].end : quantity.start]
        if len(between) < 60 and ";" not in between and not any(c.isupper() for c in between):
            return previous[1], ""
    if quantity.kind == "share" and previous and previous[1]:
        return previous[1], ""
    index = reading.token_index(quantity.start)
    floor = max((i + 1 for i in range(sentence.first, index) if tokens[i].text == ";"), default=sentence.first)
    before = [
        one
        for one in group
        if floor <= one.first
        and one.last <= index
        and one.kind == "place"
        and one.entity
        and not _adverbial(reading, one, floor)
    ]
    following = next((one for one in group if one.first > index and one.kind == "place" and one.entity), None)
    if (
        following
        and following.first - index <= 9
        and quantity.kind == "area"
        and any(t.low == "of" for t in tokens[index : following.first])
    ):
        return following.entity, ""
    if before:
        return before[-1].entity, ""
    if context.place:
        return context.place, ""
    lows = [t.low for t in tokens[sentence.first : index]]
    for low in lows:
        if low in _GENERIC:
            return places.topic(quantity.start, low if _GENERIC[low] else "") or context.place, ""
    if "it" in lows or "its" in lows or quantity.kind == "share":
        return places.topic(quantity.start), ""
    if here:
        return here, ""
    text = _noun_phrase(reading, sentence, quantity)
    return (None, text) if text else (places.topic(quantity.start), "")


def _adverbial(reading: Reading, one: Found, floor: int) -> bool:
    """``in The Hague``, ``from Baghdad``: where something is said or measured from."""
    index = one.first - 1
    if index >= floor and reading.tokens[index].low == "the":
        index -= 1
    return index >= floor and reading.tokens[index].low in (
        "in",
        "from",
        "near",
        "to",
        "at",
        "by",
        "outside",
        "between",
        "through",
        "around",
    )


def _after(
    reading: Reading, sentence: Sentence, group: Sequence[Found], quantity: Quantity, places: Places
) -> Entity | None:
    """``of Azerbaijan``, ``of Moldova's territory``, ``of the island`` right after a figure."""
    tokens = reading.tokens
    end = quantity.end
    if quantity.whole is not None:
        end = (
            reading.text.find(" of ", quantity.whole_start)
            if reading.text[quantity.whole_start : sentence.end].count(" of ")
            else end
        )
    index = reading.token_index(end)
    if index >= sentence.last or tokens[index].low not in ("of", "from", "in"):
        return None
    if tokens[index].low == "in" and quantity.kind not in ("count",):
        return None
    step = index + 1
    while step < sentence.last and step < index + 9:
        one = next((o for o in group if o.first == step), None)
        if one is not None:
            return (
                places.of(one)
                if one.kind in ("place", "name") and (one.entity or one.hint or tokens[index].low == "of")
                else None
            )
        low = tokens[step].low
        if low in ("it", "them"):
            return places.topic(quantity.start)
        if low in _GENERIC and low not in ("territory", "land", "area"):
            return places.topic(quantity.start, low)
        if low not in _OF_LINK:
            return None
        step += 1
    return None


def _noun_phrase(reading: Reading, sentence: Sentence, quantity: Quantity) -> str:
    """The words before the verb of a sentence such as ``The buffer zone is some 180 km long``."""
    tokens = reading.tokens
    index = reading.token_index(quantity.start)
    verb = next(
        (
            i
            for i in range(sentence.first, index)
            if tokens[i].low
            in (
                "is",
                "was",
                "are",
                "were",
                "covers",
                "covered",
                "cover",
                "measures",
                "runs",
                "ran",
                "stretches",
                "extends",
                "spans",
            )
        ),
        None,
    )
    if verb is None or verb - sentence.first > 6 or verb == sentence.first:
        return ""
    first = sentence.first + (tokens[sentence.first].low in ("the", "a", "an"))
    if tokens[first].low in words.STARTERS or first >= verb:
        return ""
    return reading.document.source.text[tokens[first].start : tokens[verb - 1].end]


def _resolutions(
    reading: Reading, sentence: Sentence, group: Sequence[Found], quantity: Quantity
) -> tuple[ControlWord | None, Entity | None]:
    """Of counted resolutions: what they demand, and who, says the text, has not carried them out."""
    if quantity.unit != "resolution":
        return None, None
    tokens = reading.tokens
    first, last = reading.token_index(quantity.start), reading.token_index(quantity.end)
    demands: ControlWord | None = None
    for index in range(last, min(sentence.last, last + 8)):
        if tokens[index].low in words.CONTROL_NOUNS and any(
            t.low in ("on", "demanding", "for", "about", "that", "the") for t in tokens[last:index]
        ):
            demands = words.CONTROL_NOUNS[tokens[index].low]  # type: ignore[assignment]
            break
    refusing = None
    before = tokens[sentence.first : first]
    lows = [t.low for t in before]
    if any(low in _CARRIED_OUT for low in lows) and any(
        low in words.NEGATIONS or low.endswith(("n't", "n’t")) for low in lows
    ):
        one = next((o for o in group if o.last <= first and o.kind in ("place", "organization") and o.entity), None)
        if one and one.entity:
            refusing = (
                one.entity
                if one.kind == "organization"
                else state_of(reading, one.entity.key)
                if one.entity.key
                else None
            )
    return demands, refusing
