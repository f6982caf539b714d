"""What somebody does for a body, told by a verb: ``X, who chairs the Traders Association``."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.people.organizations import make_organization
from kg.extract.people.persons import looks_personal
from kg.extract.people.registry import Office
from kg.extract.reading import Reading, Sentence

DUTIES = frozenset("chairs heads leads runs directs manages edits commands represents speaks".split())


def find_duties(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> Iterator[Office]:
    """A name, ``who``, the verb in the present, and the body; the verb as written is the title."""
    tokens = reading.tokens
    if sentence.lows.isdisjoint(DUTIES):
        return
    for one in names:
        verb = _verb(reading, one, sentence)
        whole = next((other for other in names if other.first > verb), None) if verb is not None else None
        if verb is None or whole is None or not looks_personal(reading, one):
            continue
        between = [token.low for token in tokens[verb + 1 : whole.first]]
        if tokens[verb].low == "speaks" and between[:1] != ["for"]:
            continue
        direct = [low for low in between if low not in ("the", "its", "her", "his", "a", "for")]
        if len(between) > 5 or (direct and between[-2:] != ["of", "the"]):
            continue  # "who heads the monitors of the Mission"
        if whole.kind == "name" and whole.words >= 2 and between:
            make_organization(whole)
        if whole.kind == "organization" and whole.entity:
            one.kind = "person"
            yield Office(one, Found(verb, verb + 1, "role", tokens[verb].text), whole.entity, sentence, whole.last)


def _verb(reading: Reading, one: Found, sentence: Sentence) -> int | None:
    """``, who [now] chairs``, ``, a lawyer who chairs`` after a name of two words or more."""
    tokens, index = reading.tokens, one.last
    if one.kind not in ("name", "person") or one.words < 2:
        return None
    index += index < sentence.last and tokens[index].text == ","
    if index < sentence.last and tokens[index].low in ("a", "an"):
        index = next((i for i in range(index, min(index + 5, sentence.last)) if tokens[i].low == "who"), index)
    if index >= sentence.last or tokens[index].low != "who":
        return None
    index += 1
    while index < sentence.last and (
        tokens[index].low in words.SAY_AUX or tokens[index].low in ("now", "currently", "still")
    ):
        index += 1
    return index if index < sentence.last and tokens[index].low in DUTIES else None
