"""Which names of the gazetteer begin at a token, and what a found name says in the source."""

from kg.extract.found import PEOPLES, Found
from kg.extract.lexicon import is_common
from kg.extract.reading import Reading
from kg.gazetteer import Name
from kg.model import Entity, Span
from kg.text.folding import fold


def text_of(reading: Reading, first: int, last: int) -> str:
    """The characters of some tokens, as in the source, on one line."""
    return " ".join(reading.document.source.text[reading.tokens[first].start : reading.tokens[last - 1].end].split())


def described(reading: Reading, first: int, last: int) -> Entity:
    """Somebody whom the text does not name, by its words; a sentence's first has its capital by place alone."""
    token, text = reading.tokens[first], text_of(reading, first, last)
    begins = reading.sentence_at(token.start)
    if begins is None or begins.first != first or (token.text.isupper() and len(token.text) > 1):
        return Entity("described", text)
    one = next((one for one in reading.found[begins.index] if one.first == first), None)
    named = one is not None and one.kind != "role" and not (one.initial and (one.last < last or is_common(token.low)))
    titled = one is not None and one.kind == "role" and first + 1 < last and reading.tokens[first + 1].capital
    of_people = any(name.kind in PEOPLES for name in reading.gazetteer.lookup(token.text.partition("-")[0]))
    common = not (named or titled or of_people)
    return Entity("described", text[:1].lower() + text[1:] if common else text)


def span_of(reading: Reading, found: Found) -> Span:
    return Span(reading.tokens[found.first].start, reading.tokens[found.last - 1].end)


def lookup(reading: Reading, index: int, limit: int) -> tuple[int, tuple[Name, ...]] | None:
    """The longest gazetteer name that starts at a token: its end and its candidates."""
    tokens, gazetteer = reading.tokens, reading.gazetteer
    folded = fold(tokens[index].text)
    most = gazetteer.longest.get(folded.partition(" ")[0])
    if not most:
        return None
    best = None
    end = index
    while True:
        if candidates := gazetteer.names.get(folded):
            shown = text_of(reading, index, end + 1) if end > index else tokens[index].text
            allowed = _allowed(candidates, shown)
            if allowed:
                best = (end + 1, allowed)
        end += 1
        while end < limit and tokens[end].text in ".&’'" and tokens[end].start - tokens[end - 1].end == 0:
            end += 1
        if end + 1 < limit and tokens[end].low == "the" and tokens[end - 1].low in ("on", "upon"):
            end += 1  # "Rostov on the Don"
        most_gap = len("'s ") if tokens[end - 1].possessive else 1  # "Donetsk People's Republic"
        gap = tokens[end].start - tokens[end - 1].end if end < limit else 0
        if end >= limit or tokens[end].kind == "p" or gap > most_gap:
            return best
        folded += ("s " if gap == len("'s ") else " ") + fold(tokens[end].text)
        if folded.count(" ") >= most:
            return best


def _allowed(candidates: tuple[Name, ...], shown: str) -> tuple[Name, ...]:
    if any(name.kind == "acronym" for name in candidates):
        capitals = shown.replace(".", "").replace(" ", "").isupper()
        return candidates if capitals else tuple(name for name in candidates if name.kind != "acronym")
    return candidates


def from_gazetteer(reading: Reading, index: int, known: tuple[int, tuple[Name, ...]]) -> Found:
    last, candidates = known
    if any(name.kind == "people" for name in candidates):  # a word for a people is no name of their land: "Somali"
        candidates = tuple(sorted(candidates, key=lambda name: name.kind not in PEOPLES))
    first = candidates[0]
    kind = first.kind if first.kind in PEOPLES else first.entry.kind
    return Found(index, last, kind, text_of(reading, index, last), candidates)


def state_of(reading: Reading, key: str) -> Entity | None:
    """The state of a country's territory, as one that acts: ``place/AZ`` -> ``agent/state-AZ``; former ones, too."""
    entry = reading.gazetteer.entry(key)
    if entry is None or entry.type not in ("country", "former-country"):
        return None
    return Entity("organization", entry.name, f"agent/state-{key.removeprefix('place/')}", "state")


_INDICATOR = 0x1F1E6  # the regional indicator symbol A (Unicode Standard, annex 51: emoji flag sequences)


def flag_at(reading: Reading, index: int, end: int) -> Found | None:
    """The state that the flag at a token stands for: two regional indicators that spell its code."""
    if index + 1 >= end or not reading.tokens[index].text >= chr(_INDICATOR):
        return None
    letters = [ord(token.text[0]) - _INDICATOR for token in reading.tokens[index : index + 2]]
    if not all(0 <= letter < 26 for letter in letters):
        return None
    state = state_of(reading, "place/" + "".join(chr(ord("A") + letter) for letter in letters))
    return Found(index, index + 2, "organization", state.name, entity=state) if state else None
