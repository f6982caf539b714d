"""Which names are people: beside a verb of saying, in a byline, with an age, a kinship, an apposition."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.names import Found
from kg.extract.people.organizations import make_organization
from kg.extract.people.registry import People, Person, surname_of
from kg.extract.people.syntax import coordinated
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold
from kg.text.tokens import Token

_KIN = frozenset(
    (
        "husband wife son daughter brother sister father mother grandson granddaughter uncle aunt cousin "
        "nephew niece widow widower friend neighbour neighbor colleague"
    ).split()
)
_NOT_A_PERSON = frozenset(
    """
    agreement agreements accord accords treaty war wars operation line lines plan statement declaration protocol
    day act constitution memorandum process road street avenue award prize festival cup communique communiqué
    charter pact convention summit law report resolution map maps storm spring autumn winter summer sunday
    monday tuesday wednesday thursday friday saturday january february march april june july august september
    october november december christmas easter ramadan article chapter god islam christian muslim orthodox
    catholic english internet facebook twitter telegram whatsapp occupied occupation regions figures numbers
    glance facts armistice truce ceasefire talks offensive campaign wall gate hotel house palace square park
    station school highway plate agreement's initiative roadmap dialogue peace stamp notes
    """.split()
)
_CREDITS = frozenset(
    (
        "reporting editing compiled written photo photos photographs photograph picture author authors "
        "reports translated interviewed edited additional reported words pictures text"
    ).split()
)
_PERSONAL = frozenset(
    (
        "welcomed visited met died born fled lives lived chaired recalled thanked travelled traveled resigned "
        "married teaches worked works remembers signed wrote served arrived spoke heads headed leads led "
        "spent grew keeps kept runs ran drew draws walked"
    ).split()
)


def mark_people(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> None:
    """Names beside a verb of saying, an age, ``who``, or in an enumeration with a person, are people."""
    tokens = reading.tokens
    for number, one in enumerate(names):
        if one.kind != "name" or one.words < 2 or not looks_personal(reading, one):
            continue
        behind = names[number - 1] if number else None
        adjective = (
            behind is not None
            and behind.kind == "demonym"
            and behind.last == one.first
            and tokens[behind.first - 1].low == "the"
        )
        if adjective or (one.first > sentence.first and tokens[one.first - 1].low == "the"):
            cited = one.first - 3 >= sentence.first and tokens[one.first - 3].low == "according"
            if cited or _says(tokens, one.last, sentence.last):
                make_organization(one)
            continue
        before = tokens[one.first - 1] if one.first > sentence.first else None
        after = tokens[one.last] if one.last < sentence.last else None
        second = tokens[one.last + 1] if one.last + 1 < sentence.last else None
        said = after is not None and _says(tokens, one.last, sentence.last)
        inverted = (
            before is not None
            and (before.low in words.SAY or before.low in words.SAY_ONLY_QUOTE)
            and before.low != "told"
        )
        aged = (
            after is not None
            and second is not None
            and after.text in ",("
            and (
                (
                    second.kind == "n"
                    and 5 < len(second.text) + 4 < 8
                    and second.text.isdigit()
                    and int(second.text) < 110
                )
                or second.low in ("who", "whose")
            )
        )
        relative = after is not None and after.low in ("who", "whose")
        paired = number > 0 and names[number - 1].kind == "person" and coordinated(tokens, names[number - 1], one)
        kin = (
            before is not None
            and before.text == ","
            and one.first - 2 >= sentence.first
            and tokens[one.first - 2].low in _KIN
        ) or (before is not None and before.low in _KIN)
        credited = (
            before is not None
            and (before.low in ("by", "and", "from") or before.text == ":")
            and _credit(tokens, one, sentence, names)
        )
        if credited:
            one.credited = True
        if (
            credited
            or _is_initialled(tokens, sentence, one)
            or kin
            or said
            or inverted
            or aged
            or relative
            or paired
            or _cited(tokens, one, sentence)
            or _personal_verb(tokens, one.last, sentence.last)
            or _described(tokens, one, sentence)
        ):
            one.kind = "person"


def _is_initialled(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``B. Yegoshin``: an initial with its stop before a surname; where a line begins it may count its items."""
    first, stop = tokens[one.first], tokens[one.first + 1]
    return one.words > 2 and one.first > sentence.first and len(first.text) == 1 and first.capital and stop.text == "."


_LED = frozenset("led headed commanded chaired founded".split())


def _cited(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    """``according to Ana Vega``, ``led by Ana Vega``"""
    if one.first - 2 < sentence.first:
        return False
    verb, preposition = tokens[one.first - 2].low, tokens[one.first - 1].low
    return (verb, preposition) == ("according", "to") or (preposition == "by" and verb in _LED)


def _credit(tokens: Sequence[Token], one: Found, sentence: Sentence, names: Sequence[Found]) -> bool:
    """``By Farah Iskandar in Bangkok``; ``Reporting by X in Y and Z``; ``Compiled by X``."""
    if tokens[one.first - 1].text == ":":
        return one.first - 2 >= sentence.first and tokens[one.first - 2].low in _CREDITS
    by = next(
        (
            i
            for i in range(one.first - 1, max(sentence.first, one.first - 9) - 1, -1)
            if tokens[i].low in ("by", "from")
        ),
        None,
    )
    if by is None or (tokens[by].low == "from" and by != sentence.first):
        return False
    line = (
        by == sentence.first
        and sentence.last - sentence.first <= 14
        and (one.first == by + 1 or tokens[one.first - 1].low == "and")
    )
    opening = tokens[sentence.first].low in _CREDITS | {"prepared", "drawn", "transcribed", "recorded", "collected"}
    return line or opening or (by > sentence.first and tokens[by - 1].low in _CREDITS)


def _says(tokens: Sequence[Token], index: int, end: int) -> bool:
    step = index
    while step < end and step < index + 3 and tokens[step].low in words.SAY_AUX:
        step += 1
    return step < end and (tokens[step].low in words.SAY or tokens[step].low in words.SAY_ONLY_QUOTE)


def _personal_verb(tokens: Sequence[Token], index: int, end: int) -> bool:
    step = index
    if step < end and tokens[step].low in ("has", "had", "was", "is", "also"):
        step += 1
    return step < end and tokens[step].low in _PERSONAL


def _described(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    """``Sona Aliyeva, a retired nurse from Agdam,``: an apposition whose head is a word for a person."""
    step = one.last
    if step + 2 >= sentence.last or tokens[step].text != "," or tokens[step + 1].low not in ("a", "an", "the"):
        return False
    for token in tokens[step + 2 : min(step + 7, sentence.last)]:
        if token.low == "who":
            return True
        if token.text == "," or token.low in ("of", "from", "in", "at", "who", "with", "for"):
            return False
        if token.low in words.ROLE_HEADS or (
            token.low.endswith(words.PERSON_SUFFIXES) and token.low not in words.NOT_PERSONS and not token.capital
        ):
            return True
    return False


def looks_personal(reading: Reading, one: Found) -> bool:
    """Whether a name has the form of a person's: no place, organization or document word in it."""
    if one.candidates or not 1 <= one.words <= 6:
        return False
    for token in reading.tokens[one.first : one.last]:
        low = token.low
        if (
            low in _NOT_A_PERSON
            or low in words.ORGANIZATION_HEADS
            or low in words.PLACE_TYPES
            or low in words.DIRECTIONS
            or low in words.PLURAL_PLACE_TYPES
        ):
            return False
        if token.kind == "n" or (token.text.isupper() and len(token.text) > 3):
            return False
    return True


def settle_persons(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """Register the people; a name that is a person's anywhere in the document is one everywhere."""
    names = {fold(one.text) for group in found for one in group if one.kind == "person" and one.words >= 2}
    spoken = _spoken_surnames(reading, found)
    single = {
        one.text.lower()
        for group in found
        for one in group
        if one.kind == "name" and one.words == 1 and not one.initial and not one.candidates
    }
    placed = _placed(reading, found)
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            full = one.kind == "name" and one.words >= 2
            if full and (
                fold(one.text) in names
                or (
                    (surname_of(one.text) in spoken or one.text.split()[-1].lower() in single)
                    and fold(one.text) not in placed
                    and looks_personal(reading, one)
                )
            ):
                one.kind = "person"
            if one.kind == "person" and (one.words >= 2 or one.entity):
                entity = one.entity or Entity("person", one.text, None, "")
                person = people.add(one.text, entity, reading.tokens[one.first].start)
                one.entity = person.entity
                person.credited = person.credited or one.credited
                _gender(reading, sentence, one, person)


def _placed(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Names that somewhere stand where a place does: after ``in`` or ``near``, or by a verb of control."""
    tokens = reading.tokens
    placed = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            before = tokens[one.first - 1].low if one.first > sentence.first else ""
            after = [t.low for t in tokens[one.last : min(sentence.last, one.last + 3)]]
            control = before in words.CONTROL or any(
                low in words.CONTROL and words.CONTROL[low][1] in ("past", "fell") for low in after
            )
            if before in words.PLACE_PREPOSITIONS or control or one.hint:
                placed.add(fold(one.text))
    return placed


def _spoken_surnames(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Single names beside a verb of saying: ``says Macapodi``, ``Macapodi said``."""
    tokens = reading.tokens
    surnames = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            if one.kind == "name" and one.words == 1 and not one.candidates:
                before = tokens[one.first - 1].low if one.first > sentence.first else ""
                if _says(tokens, one.last, sentence.last) or before in words.SAY or before in words.SAY_ONLY_QUOTE:
                    surnames.add(fold(one.text))
    return surnames


def _gender(reading: Reading, sentence: Sentence, one: Found, person: Person) -> None:
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    if before == "," and one.first - 2 >= sentence.first and reading.tokens[one.first - 2].low in _KIN:
        before = reading.tokens[one.first - 2].low
    if before in words.MALE | {"uncle", "nephew", "grandson", "widower"}:
        person.gender = "m"
    elif before in words.FEMALE | {"aunt", "niece", "granddaughter", "widow"}:
        person.gender = "f"
    if before == ".":
        before = reading.tokens[one.first - 2].low if one.first - 1 > sentence.first else ""
    if before in ("mr", "sir"):
        person.gender = "m"
    elif before in ("mrs", "ms", "miss", "lady"):
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
            if person is None and one.words >= 2 and one.kind == "name":
                person = people.by_name.get(fold(one.text))
            if person is None and (one.titled or one.kind == "person") and looks_personal(reading, one):
                person = people.add(one.text, Entity("person", one.text), tokens[one.first].start)
            if person is not None:
                one.kind, one.entity = "person", person.entity
                _gender(reading, sentence, one, person)


def _surname_of_place(reading: Reading, sentence: Sentence, one: Found, people: People) -> bool:
    """Whether what could be a small place is the surname of somebody named before: ``Barakat said``."""
    if (
        one.words != 1
        or one.hint
        or not one.candidates
        or one.candidates[0].entry.curated
        or one.candidates[0].entry.type == "country"
    ):
        return False
    person = people.of_surname(one.text)
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    return (
        person is not None
        and person.first <= reading.tokens[one.first].start
        and before not in words.PLACE_PREPOSITIONS
        and before not in ("of", "from", "to")
    )
