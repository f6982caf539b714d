"""Figures that stand on no event: areas, shares, counts and distances with what they are of."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.events import Context
from kg.extract.frames import noun_word
from kg.extract.names import Found, state_of
from kg.extract.people import coordinated
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import ControlWord, Entity, EventClaim, FigureClaim
from kg.text.quantities import Quantity

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
# Before ``area``, ``territory``, ``land`` where these are the place that is spoken of: not "the burnt area".
_BARE = frozenset("the its this that total whole land surface entire of".split())
# Where the words that a share is of end.
_ENDS = frozenset(
    "is was are were be been has had have will would could can may might did do does remains remained remain that "
    "which who whom whose where when while since because had in on at by for to from with as after before during and "
    "or but lies lay live lived lives held fell fallen went".split()
)
_MEASURES = frozenset(
    "is was are were covers covered cover measures measured measure runs ran run stretches stretched extends extended "
    "spans spanned takes took".split()
)
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
        starts = (one for one in group if reading.tokens[one.first].start >= quantity.end)
        first = next((one for one in starts if one.entity == entity), None)
        several = _enumerated(reading, group, first) if first and quantity.kind != "count" else ""
        return (None, several) if several else (entity, "")
    if quantity.kind == "count":
        return (here or context.place), ""
    if quantity.kind == "distance":
        phrase = _noun_phrase(reading, sentence, quantity)
        of_row = context.row and context.place is not None and context.place.type != "country" and not phrase
        return (context.place if of_row else None), phrase
    if previous and previous[0].kind in ("area", "share") and previous[1] is not None:
        between = reading.text[previous[0].end : quantity.start]
        if len(between) < 60 and ";" not in between and not any(c.isupper() for c in between):
            return previous[1], ""
    if quantity.kind == "share" and (words_after := _of_what(reading, sentence, quantity)):
        the_place = words_after.lower() in ("its land", "its territory", "the territory", "the land", "the area")
        if not the_place:
            return None, words_after
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
    if before:
        several = _enumerated(reading, group, before[-1])
        return (None, several) if several else (before[-1].entity, "")
    if context.place:
        return context.place, ""
    lows = [t.low for t in tokens[sentence.first : index]]
    generic = [low for low in lows if low in _GENERIC]
    for low in generic:
        if _GENERIC[low] and (place := places.topic(quantity.start, low)):
            return place, ""
    bare = any(i == 0 or lows[i - 1] in _BARE for i, low in enumerate(lows) if low in _GENERIC)
    if bare or "it" in lows or "its" in lows:
        return _spoken_of(reading, sentence, places), ""
    if here and quantity.kind == "area":
        return here, ""
    return None, _noun_phrase(reading, sentence, quantity)


def _of_what(reading: Reading, sentence: Sentence, quantity: Quantity) -> str:
    """``of the roads``, ``of what we ask for``: the words after a share, up to the next verb or mark."""
    tokens = reading.tokens
    first = reading.token_index(quantity.end)
    if first + 1 >= sentence.last or tokens[first].low != "of":
        return ""
    last = first + 1
    while last < min(sentence.last, first + 9):
        token = tokens[last]
        if token.kind == "p" or (last > first + 1 and (token.low in _ENDS or token.low in words.SAY)):
            break
        last += 1
    return reading.text[tokens[first + 1].start : tokens[last - 1].end] if last > first + 1 else ""


def _spoken_of(reading: Reading, sentence: Sentence, places: Places) -> Entity | None:
    """What ``it``, ``the territory`` or the row ``Area`` is about: the place that the sentence before begins with,
    or else the headline's.
    """
    starts = reading.tokens[sentence.first].low in ("it", "its")
    if sentence.index and (starts or reading.sentences[sentence.index - 1].block == sentence.block):
        before = reading.sentences[sentence.index - 1]
        for one in places.found[before.index]:
            if one.kind == "place" and one.entity and not _adverbial(reading, one, before.first):
                return one.entity
    headlines = reading.document.headlines
    for group in places.found if headlines else ():
        for one in group:
            start = reading.tokens[one.first].start
            if start >= headlines[0].end:
                return None
            if start >= headlines[0].start and one.kind == "place" and one.entity:
                return one.entity
    return None


def _enumerated(reading: Reading, group: Sequence[Found], one: Found) -> str:
    """The words ``A, B and C`` that a place is one of: the figure is of them together. Empty where it stands alone."""
    places = [other for other in group if other.kind == "place"]
    if one not in places:
        return ""
    first = last = places.index(one)
    while first and coordinated(reading.tokens, places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and coordinated(reading.tokens, places[last], places[last + 1]):
        last += 1
    between = reading.tokens[places[first].last : places[last].first] if last > first else ()
    if not any(t.low in ("and", "or", "&") for t in between):
        return ""  # alone, or "Shusha, Azerbaijan"
    return reading.text[reading.tokens[places[first].first].start : reading.tokens[places[last].last - 1].end]


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
    """The words before the verb of a clause such as ``The buffer zone is some 180 km long``."""
    tokens = reading.tokens
    index = reading.token_index(quantity.start)
    verb = next((i for i in range(index - 1, sentence.first, -1) if tokens[i].low in _MEASURES), None)
    if verb is None:
        return ""
    first = next((i + 1 for i in range(verb - 1, sentence.first, -1) if tokens[i].low == "that"), sentence.first)
    first += tokens[first].low in ("the", "a", "an")
    if not 0 < verb - first <= 6 or tokens[first].low in words.STARTERS or tokens[first].low in ("it", "this", "there"):
        return ""
    if any(t.text == "," for t in tokens[first:verb]):
        return ""
    return reading.text[tokens[first].start : tokens[verb - 1].end]


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
        if (noun := noun_word(tokens[index].low)) is not None and any(
            t.low in ("on", "demanding", "for", "about", "that", "the") for t in tokens[last:index]
        ):
            demands = noun
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
