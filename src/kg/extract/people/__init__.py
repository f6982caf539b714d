"""Who the people and organizations of a document are: full names, then surnames, offices, bodies, acronyms.

Namesakes of other documents are other people: nobody is known by name alone outside the document, save by a gazetteer.
"""

from collections.abc import Sequence
from itertools import pairwise

from kg.extract import words
from kg.extract.found import PEOPLES, Found
from kg.extract.links import link, set_aside
from kg.extract.people.duties import find_duties
from kg.extract.people.offices import find_offices
from kg.extract.people.organizations import mark_groups, merge_bodies, settle_acronyms, settle_organizations
from kg.extract.people.persons import looks_personal, mark_people
from kg.extract.people.registered import settle_persons, settle_surnames
from kg.extract.people.registry import Office, People, Person
from kg.extract.people.roles import claim_role, claim_titles
from kg.extract.people.signatures import find_signatures
from kg.extract.people.syntax import coordinated
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.tokens import Token


def settle(reading: Reading, found: list[list[Found]]) -> People:
    """Decide what each name is; give the document's people, its role claims and its entities."""
    for sentence, names in zip(reading.sentences, found, strict=True):
        merge_bodies(reading, sentence, names)
        _hints(reading, sentence, names)
    set_aside(reading, found)
    countries = link(reading, found)
    for one in (one for names in found for one in names if one.candidates and one.kind != "place"):
        one.entity = _known(reading, one, countries)
    reading.note_organizations(
        (reading.tokens[one.first].start, one.entity)
        for names in found
        for one in names
        if one.kind == "organization" and one.entity
    )
    people = People()
    offices: list[Office] = []
    for sentence, names in zip(reading.sentences, found, strict=True):
        offices += find_offices(reading, found, sentence, names)
        offices += find_duties(reading, sentence, names)
        mark_people(reading, sentence, names)
        mark_groups(reading, sentence, names)
    offices += find_signatures(reading, found)
    settle_persons(reading, found, people)
    settle_surnames(reading, found, people)
    for office in offices:
        claim_role(reading, people, office)
    claim_titles(reading, found, people)
    settle_organizations(reading, found)
    settle_acronyms(reading, found)
    reading.early, reading.chunks = reading.chunks, {}  # read while it was not yet known what all names are
    return people


def _known(reading: Reading, one: Found, countries: frozenset[str]) -> Entity | None:
    alike = one.kind in PEOPLES or len({name.entry.kind for name in one.candidates}) == 1
    candidates = [name for name in one.candidates if one.kind not in PEOPLES or name.kind == one.kind]
    resolved = reading.gazetteer.resolve(candidates, countries=countries) if alike else one.candidates[0]
    return resolved.entry.entity() if resolved else None


def _hints(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> None:
    """The place word beside a name: ``town of Lachin``, ``Lachin district``, ``the districts of Lachin and
    Kalbajar``.
    """
    for before, one in pairwise([None, *names]):
        if one is not None and one.kind in ("place", "name"):
            one.hint = _hint_after(reading, sentence, one) or _hint_before(reading, sentence, before, one) or one.hint


def _hint_after(reading: Reading, sentence: Sentence, one: Found) -> str:
    after, *apposed = [token.low for token in reading.tokens[one.last : min(sentence.last, one.last + 4)]] or [""]
    if after == "," and apposed[:1] in (["a"], ["the"]):
        kinds = ("town", "village") if apposed[0] == "a" else ("village",)  # "off Ard, the town lay quiet"
        return next((kind for low in apposed[1:] if (kind := words.PLACE_TYPES.get(low, "")) in kinds), "")
    if after in words.NO_HINT_AFTER:
        return ""
    kind = words.PLACE_TYPES.get(after) or words.PLURAL_PLACE_TYPES.get(after, "")
    return "" if kind == "suburb" and one.candidates else kind  # "the Damascus suburb of Douma"


def _hint_before(reading: Reading, sentence: Sentence, before: Found | None, one: Found) -> str:
    tokens, index = reading.tokens, one.first - 1
    for skipped in ("the", "of"):
        if index > sentence.first and tokens[index].low == skipped:
            index -= 1
    if index < sentence.first:
        return ""
    low, beside = tokens[index].low, tokens[one.first - 1].low
    named = before is not None and before.kind in ("place", "name") and before.last == index and beside == "of"
    if named or (low == "capital" and beside != low):
        return ""  # "the A district of B", "the capital of B": not B
    if beside == "of" and words.PLACE_TYPES.get(low) in _BUILT:
        one.located = True
        return ""  # "the bridge of B": B is a place, and no bridge
    if low in words.PLACE_TYPES and beside in ("of", "the", low):
        return "" if beside == "of" and _is_part(tokens, sentence, index) else words.PLACE_TYPES[low]
    if low in words.PLURAL_PLACE_TYPES:
        return words.PLURAL_PLACE_TYPES[low] if beside != "of" or _goes_on(tokens, sentence, one) else ""
    if any(name.entry.type == "country" for name in one.candidates):
        return ""  # "the city of Lima, Peru"
    shared = before is not None and before.kind in ("place", "name") and coordinated(tokens, before, one)
    return before.hint if shared and before is not None and tokens[before.last].low not in words.PLACE_TYPES else ""


def _is_part(tokens: Sequence[Token], sentence: Sentence, index: int) -> bool:
    """``a suburb of B``, ``the old city district of B``: what stands before the noun says that B has more of them."""
    lead = [token.low for token in tokens[max(sentence.first, index - 3) : index]]
    return not {"a", "an", "another", "one"}.isdisjoint(lead) or lead[-1:] in (["city"], ["town"])


def _goes_on(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``the districts of A and B``: a list, where ``the districts of B`` are parts of it."""
    after = tokens[one.last] if one.last < sentence.last else None
    following = tokens[one.last + 1] if one.last + 1 < sentence.last else None
    listed = after is not None and after.low in (",", "and", "or", "&", "(", ";")
    return listed and following is not None and (following.naming or following.low in ("the", "and", "al", "el"))


_BUILT = frozenset("airport base bridge crossing dam".split())


__all__ = ["People", "Person", "coordinated", "looks_personal", "settle"]
