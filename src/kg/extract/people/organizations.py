"""Bodies that no gazetteer knows: ministries, outlets, armed groups, acronyms."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.names import text_of
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold
from kg.text.tokens import Token

_GROUPS = frozenset("movement militia alliance coalition bloc faction network brigade".split())
_NOT_ORGANIZATIONS = frozenset(
    (
        "GPS FAQ USD EUR GBP GMT UTC PDF DNA NGO NGOS CEO PR TV ID VIP SMS HIV AIDS COVID GDP RES PRESS NOTE NOTES NO"
    ).split()
)


def merge_bodies(reading: Reading, sentence: Sentence, names: list[Found]) -> None:
    """``Russia's defence ministry``, ``the Iraqi army``: a state's body, named in lower case after its state."""
    tokens = reading.tokens
    for number, one in enumerate(names):
        if one.kind not in ("place", "demonym") or not (one.kind == "demonym" or tokens[one.last - 1].possessive):
            continue
        if (known := _known_body(reading, one, sentence)) is not None:
            names[number] = known
            continue
        step = one.last
        while step < sentence.last and tokens[step].low in words.BODY_MODIFIERS and step < one.last + 3:
            step += 1
        if step < sentence.last and tokens[step].low == "ministry":
            last = step + 1
            if step == one.last and last < sentence.last and tokens[last].low in ("of", "for"):
                last += 1
                while last < sentence.last and (tokens[last].low in words.PORTFOLIO or tokens[last].low == "and"):
                    last += 1
            text = text_of(reading, one.first, last)
            if any(other.first < last and other.first > one.first for other in names):
                continue
            names[number] = Found(
                one.first, last, "organization", text, entity=Entity("organization", text, None, "ministry")
            )


def _known_body(reading: Reading, one: Found, sentence: Sentence) -> Found | None:
    """``Ukraine's military``: a body that the gazetteer knows by its state and a word in lower case."""
    for last in range(min(one.last + 3, sentence.last), one.last, -1):
        if any(t.kind != "w" or t.capital for t in reading.tokens[one.last : last]):
            continue
        text = text_of(reading, one.first, last)
        known = reading.gazetteer.resolve(reading.gazetteer.lookup(text))
        if known is not None and known.entry.kind == "organization":
            return Found(one.first, last, "organization", text, entity=known.entry.entity())
    return None


def make_organization(one: Found) -> None:
    one.kind, one.entity = "organization", Entity("organization", one.text, None, "organization")


_ARMED = words.FORCE_NOUNS | {"gunmen", "members", "leader", "leaders", "men", "spokesman"}


def _near(one: Found, sentence: Sentence) -> slice:
    return slice(max(sentence.first, one.first - 4), one.first)


def mark_groups(reading: Reading, sentence: Sentence, group: Sequence[Found]) -> None:
    """``the Maute group``, ``the Aden movement``: a name with a lower-case word for a group after it."""
    tokens = reading.tokens
    for one in group:
        if one.kind != "name" or one.initial or one.last >= sentence.last or tokens[one.first - 1].low != "the":
            continue
        noun = tokens[one.last].low
        if noun in _GROUPS or (noun == "group" and any(t.low in _ARMED for t in tokens[_near(one, sentence)])):
            one.last += 1
            one.text = text_of(reading, one.first, one.last)
            one.kind, one.entity = "organization", Entity("organization", one.text, None, "armed-group")


def settle_organizations(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """Parts of organizations' names, heads alone, outlets after ``told`` and ``interview with``; one entity a name."""
    known: dict[str, Entity] = {}
    for one in (one for group in found for one in group if one.kind == "organization"):
        if one.entity is None:
            continue
        key = fold(one.text).removeprefix("the ")
        one.entity = known.setdefault(key, one.entity)
        for short in _short_forms(key):
            known.setdefault(short, one.entity)
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            if one.kind == "name" and one.entity is None and not one.initial:
                entity = _by_head(reading, sentence, one, known) or known.get(fold(one.text))
                if entity is None and number and _belonged_to(reading.tokens, group[number - 1], one):
                    entity = known.setdefault(fold(one.text), Entity("organization", one.text, None, "organization"))
                kind = _kind_before(reading.tokens, sentence, one) if entity is None and not one.hint else ""
                if kind:
                    entity = known.setdefault(fold(one.text), Entity("organization", one.text, None, kind))
                if entity is not None:
                    one.kind, one.entity = "organization", entity
    for one in (one for group in found for one in group if one.kind == "name" and one.entity is None):
        if fold(one.text) in known:
            one.kind, one.entity = "organization", known[fold(one.text)]


def _belonged_to(tokens: Sequence[Token], before: Found, one: Found) -> bool:
    """``Mr Duncan Farrell of the Calcutta Mercury``: what a person is of, with an article and two names or more."""
    between = [t.low for t in tokens[before.last : one.first]]
    placed = words.PLACE_TYPES.keys() | words.PLURAL_PLACE_TYPES.keys() | words.DIRECTIONS
    named = one.words >= 2 and not one.hint and not one.candidates
    return (
        before.kind == "person"
        and between == ["of", "the"]
        and named
        and not any(t.low in placed for t in tokens[one.first : one.last + 1])
    )


def _by_head(reading: Reading, sentence: Sentence, one: Found, known: dict[str, Entity]) -> Entity | None:
    """``the Council``: the last body before with that head; ``the Coalition`` is also one by itself."""
    tokens, key = reading.tokens, fold(one.text)
    head = tokens[one.first].low in words.ORGANIZATION_HEADS and one.words == 1
    if not head or one.first == sentence.first or tokens[one.first - 1].low != "the":
        return None
    before = reading.organizations_before(tokens[one.first].start)
    whole = next((entity for entity in before if key in fold(entity.name).split()), None)
    if whole is None and key in words.BARE_HEADS and not sentence.shouted:
        whole = known.setdefault(key, Entity("organization", one.text, None, "organization"))
    return whole


def _short_forms(key: str) -> Iterator[str]:
    """``ministry of foreign affairs of the republic of x`` is later ``ministry of foreign affairs``."""
    head, of, _ = key.rpartition(" of the republic of ")
    if not of:
        head, of, _ = key.rpartition(" of ")
    if of and " of " in head:
        yield head


def _kind_before(tokens: Sequence[Token], sentence: Sentence, one: Found) -> str:
    """What the words before a name tell it to be: ``told Aden Live``, ``in an interview with``, ``in comments to``,
    ``the weekly Northern Star`` an outlet; ``the charity Doctors by Boat`` a body; nothing else.
    """
    index = one.first - 1
    if index > sentence.first and tokens[index].low in words.BODY_KINDS and one.words >= 2:
        return "organization"
    while index >= sentence.first and tokens[index].low in words.OUTLET_KINDS:
        index -= 1
    skipped = {token.low for token in tokens[index + 1 : one.first]}
    if one.words >= 2 and skipped - _NEUTRAL and "the" in skipped:
        return "media"
    if index < sentence.first:
        return ""
    before = tokens[index].low
    joined = before in ("with", "to", "by", "for") and index > sentence.first
    told = before in ("told", "tells") or (joined and tokens[index - 1].low in words.BEFORE_OUTLET)
    return "media" if told else ""


_NEUTRAL = frozenset(("the", "“", "«", '"', "agency", "network", "station", "channel"))


def settle_acronyms(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """``Syrian Democratic Forces (SDF)``: the letters in brackets stand for the name before, here and later."""
    tokens = reading.tokens
    meant: dict[str, Entity] = {}
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            text = one.text.replace(".", "")
            if (
                one.kind in ("name", "organization")
                and one.words == 1
                and text.isupper()
                and 2 <= len(text) <= 8
                and number
            ):
                before = group[number - 1]
                stands = [t.low for t in tokens[before.last : one.first]] == [",", "or"]
                bracketed = stands or (
                    one.first - before.last == 1
                    and tokens[one.first - 1].text == "("
                    and one.last < sentence.last
                    and tokens[one.last].text == ")"
                )
                if bracketed and before.entity and before.kind == "organization":
                    meant[text] = before.entity
                elif bracketed and before.kind == "name" and _spells(text, before.text):
                    before.kind = "organization"
                    before.entity = Entity("organization", before.text, None, "organization")
                    meant[text] = before.entity
    _lone_acronyms(reading, found, meant)
    for group in found:
        for one in group:
            text = one.text.replace(".", "")
            if text in meant:
                one.kind, one.entity, one.candidates = "organization", meant[text], ()


def _lone_acronyms(reading: Reading, found: Sequence[Sequence[Found]], meant: dict[str, Entity]) -> None:
    """``UNISFA``, ``the LTTE``: letters in a sentence that is not in capitals, three or more, name a body."""
    tokens = reading.tokens
    named = [[one for one in group if one.kind == "name" and not one.entity and _is_acronym(one)] for group in found]
    if not any(named):
        return
    written = {token.low for token in tokens if token.kind == "w" and not token.text.isupper()}
    for sentence, letters in zip(reading.sentences, named, strict=True):
        letters = [one for one in letters if tokens[one.first].low not in written and not _is_cell(tokens, one)]
        letters = [one for one in letters if one.first == sentence.first or not _holds(tokens[one.first - 1])]
        words_here = tokens[sentence.first : sentence.last] if letters else []
        if len(words_here) <= 2 or sum(t.text.isupper() and len(t.text) > 2 for t in words_here) > 3:
            continue
        for one in letters:
            beside = tokens[max(sentence.first, one.first - 1) : min(sentence.last, one.last + 1)]
            if sum(t.kind == "w" and t.text.isupper() and len(t.text) > 1 for t in beside) > 1:
                continue  # a line or phrase that shouts
            text = one.text.replace(".", "")
            if text not in meant and not _row_head(tokens, one, sentence):
                meant[text] = Entity("organization", one.text, None, "organization")


def _is_acronym(one: Found) -> bool:
    """Three capitals or more, or fewer with a number; not a Roman number, a road, or what is known as no body."""
    if one.words != 1:
        return False
    text = one.text.replace(".", "")
    if not (text.isupper() and 2 < len(text) <= 9) or text in _NOT_ORGANIZATIONS or not set(text) - set("IVXLC"):
        return False
    if text[0] == "R" and text[-1].isdigit():
        return False
    letters = sum(c.isalpha() for c in text)
    return letters > 2 or (letters > 0 and any(c.isdigit() for c in text))


def _holds(token: Token) -> bool:
    """``Deputy VALVERDE``: who holds an office is no body."""
    return token.capital and (token.low in words.ROLE_HEADS or token.low in words.TITLES)


def _is_cell(tokens: Sequence[Token], one: Found) -> bool:
    """``| ALTSEE |``: a cell of a row, which says where or who; it is no body for being in capitals."""
    before, after = tokens[max(0, one.first - 1)].text, tokens[one.last].text if one.last < len(tokens) else ""
    return before == after == "|" and one.words == 1 and len(one.text) > 4


def _row_head(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    return one.first == sentence.first and one.last < sentence.last and tokens[one.last].kind == "p"


def _spells(letters: str, name: str) -> bool:
    initials = "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
    return initials == letters or (len(letters) >= 3 and initials.startswith(letters[:2]))
