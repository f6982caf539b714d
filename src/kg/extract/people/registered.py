"""The people of a document registered: a name that is a person's anywhere is one everywhere; then surnames."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import Found, shown
from kg.extract.frames import tells
from kg.extract.lexicon import given_names, word
from kg.extract.names import text_of
from kg.extract.people.persons import looks_personal, saying_verbs
from kg.extract.people.registry import People, Person, surname_of
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold


def settle_persons(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """Register the people; a name that is a person's anywhere in the document is one everywhere."""
    names = {fold(one.text) for group in found for one in group if one.kind == "person" and one.words >= 2}
    spoken = _spoken_surnames(reading, found)
    placed = _placed(reading, found)
    single = {
        one.text.lower()
        for group in found
        for one in group
        if one.kind == "name" and one.words == 1 and not (one.initial or one.candidates or fold(one.text) in placed)
    }
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            full = one.kind == "name" and one.words >= 2
            if full and (
                fold(one.text) in names
                or (
                    (surname_of(one.text) in spoken or one.text.split()[-1].lower() in single)
                    and fold(one.text) not in placed
                    and looks_personal(reading, one, capitals=surname_of(one.text) in spoken)
                )
            ):
                one.kind = "person"
            if one.kind == "person" and (one.words >= 2 or one.entity):
                name = name_of(reading, one)
                entity = one.entity or Entity("person", name, None, "")
                person = people.add(name, entity, reading.tokens[one.first].start)
                one.entity = person.entity
                person.credited = person.credited or one.credited
                before = reading.tokens[max(sentence.first, one.first - 4) : one.first]
                person.kin = person.kin or (
                    len(before) > 1 and before[-1].low in words.KIN and before[-2].low in ("his", "her", "their")
                )
                person.titles |= {t.low for t in before if t.low in words.TITLES or t.low in words.MILITARY_RANKS}
                _gender(reading, sentence, one, person)


def name_of(reading: Reading, one: Found) -> str:
    """A person's name as a label: without the title that a line in capitals makes a part of it."""
    first = one.first
    while first < one.last - 1 and reading.tokens[first].low in words.TITLES and reading.tokens[first].text.isupper():
        first += 1
    return shown(text_of(reading, first, one.last))


def _placed(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Names that somewhere stand where a place does: after ``in`` or ``near``, or by a verb of control."""
    tokens = reading.tokens
    placed = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            before = tokens[one.first - 1].low if one.first > sentence.first else ""
            after = [t.low for t in tokens[one.last : min(sentence.last, one.last + 3)]]
            control = tells(before) or any(tells(low) and word(low).form.startswith("past") for low in after)
            if before in words.PLACE_PREPOSITIONS or control or one.hint:
                placed.add(fold(one.text))
    return placed


def _spoken_surnames(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Single names beside a verb of saying, ``says Macapodi``, ``Macapodi said``, and after a title: ``Mr Kallon``."""
    surnames = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            if one.words == 1 and one.titled and not one.candidates:
                surnames.add(fold(one.text))
            elif one.kind == "name" and one.words == 1 and not one.candidates:
                if _says(reading, sentence, one):
                    surnames.add(fold(one.text))
    return surnames


def _says(reading: Reading, sentence: Sentence, one: Found) -> bool:
    """Whether a verb of saying stands right beside a name."""
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    after = reading.tokens[one.last].low if one.last < sentence.last else ""
    return word(after).lemma in saying_verbs() or word(before).lemma in saying_verbs()


def _gender(reading: Reading, sentence: Sentence, one: Found, person: Person) -> None:
    """What the words before a name, or the given name, say of a person's gender."""
    tokens = reading.tokens
    step = one.first - 1
    if step > sentence.first and tokens[step].text in (",", "."):
        step -= 1
    before = tokens[step].low if step >= sentence.first else ""
    given = fold(tokens[one.first].text) if one.words >= 2 else ""
    if before in words.MALE or (not person.gender and given in given_names("male")):
        person.gender = "m"
    elif before in words.FEMALE or (not person.gender and given in given_names("female")):
        person.gender = "f"


def settle_surnames(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """Single names: the surname of somebody named in full; after a title or office, or beside a verb of saying,
    somebody known by it alone.
    """
    tokens = reading.tokens
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            if one.kind == "place" and _surname_of_place(reading, sentence, one, people):
                one.entity, one.candidates = None, ()
            elif one.entity is not None or one.kind not in ("name", "person"):
                continue
            person = people.of_surname(one.text)
            if person is not None and person.kin and one.words == 1:
                if one.kind == "person" or tokens[one.first].start < person.first:
                    person = None
            if person is None and one.words >= 2 and one.kind == "name":
                person = people.by_name.get(fold(one.text))
            street = reading.tokens[max(0, one.first - 2)].low in words.STREETS  # "Avenue Sergeant Ketele"
            single = person is None and (one.titled or one.kind == "person") and not street
            if single and looks_personal(reading, one, capitals=one.titled):
                name = name_of(reading, one)
                person = people.add(name, Entity("person", name), tokens[one.first].start)
            if person is not None:
                one.kind, one.entity = "person", person.entity
                _gender(reading, sentence, one, person)


def _surname_of_place(reading: Reading, sentence: Sentence, one: Found, people: People) -> bool:
    """Whether what could be a small place is the surname of somebody named before: ``Barakat said``."""
    if one.words != 1 or one.hint or not one.candidates:
        return False
    person = people.of_surname(one.text)
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    entry = one.candidates[0].entry
    if entry.curated or entry.type == "country":
        surname = person is not None and surname_of(person.entity.name) == fold(one.text)
        if not surname or not _says(reading, sentence, one):
            return False  # "Israel said", not Israel Katz
    return (
        person is not None
        and person.first <= reading.tokens[one.first].start
        and before not in words.PLACE_PREPOSITIONS
        and before not in ("of", "from", "to")
    )
