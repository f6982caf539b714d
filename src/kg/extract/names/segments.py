"""Runs of capitals cut into segments, each of one class: office, organization, gazetteer name, other name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract import words
from kg.extract.found import PEOPLES, Found, shown
from kg.extract.lexicon import word
from kg.extract.names.bodies import body_at, unit_at
from kg.extract.names.known import flag_at, from_gazetteer, lookup, text_of
from kg.extract.names.offices import GRADES, is_role_head, office_at, past_grade
from kg.extract.names.runs import NOBLE, after_connector, end_of_run, is_numbered, past_nickname
from kg.extract.reading import Reading, Sentence, is_read
from kg.gazetteer import Name
from kg.gazetteer.lookup import COUNTRIES
from kg.text.dates import MONTHS, WEEKDAYS
from kg.text.folding import fold
from kg.text.language import UNDETERMINED
from kg.text.tokens import Token


def find_names(reading: Reading) -> list[list[Found]]:
    """For each sentence the segments of its capital runs, in order.

    Of a language that the rules do not read, what the gazetteer knows: there a capital may stand for any noun.
    """
    found = [list(_segments(reading, sentence)) for sentence in reading.sentences]
    if reading.document.language != UNDETERMINED and not is_read(reading.document):
        pairs = zip(reading.sentences, found, strict=True)
        return [[one for one in names if _is_foreign(sentence, one)] for sentence, names in pairs]
    surnames = {fold(one.text.split()[-1]) for names in found for one in names if one.kind == "name" and one.words > 1}
    surnames -= words.MILITARY_RANKS | words.TITLES
    for one in (one for names in found for one in names if one.kind == "role" and one.words == 1):
        if reading.tokens[one.first].capital and fold(one.text) in surnames:
            one.kind = "name"  # Peter Cook, later "Cook said"
    return found


def _is_foreign(sentence: Sentence, one: Found) -> bool:
    """Whether a name is known in whatever language, and no word that only begins a sentence."""
    entries = [name.entry for name in one.candidates if name.entry.kind != "role"]
    opens = one.words == 1 and one.first == sentence.first
    return bool(entries) and not (opens and not (entries[0].curated or entries[0].type in COUNTRIES))


def _segments(reading: Reading, sentence: Sentence) -> Iterator[Found]:
    tokens, index, end = reading.tokens, sentence.first, sentence.last
    reached = index
    while index < end:
        token = tokens[index]
        if token.kind == "w" and not token.naming and not _may_open(token.low):
            index += 1
            continue
        if (marked := _marked(reading, index, end)) is not None:
            yield marked
            index = reached = marked.last
            continue
        if after_grade := past_grade(tokens, index, end):
            index = after_grade
            continue
        may_begin = token.kind == "w" and (token.naming or is_role_head(token.low))
        hour = token.low == "pm" and index > sentence.first and tokens[index - 1].kind == "n"  # "10:05 PM CST"
        if not may_begin or hour or token.start in reading.in_date:
            index += 1
            continue
        if not token.naming:
            role = office_at(reading, index, end, reached)
            if role is None:
                index += 1
            else:
                yield role
                index = reached = role.last
            continue
        run_end = end_of_run(tokens, index, end)
        run_end = next((i for i in range(index, run_end) if tokens[i].start in reading.in_date), run_end)
        if after_grade := past_grade(tokens, run_end, end):  # "Machinist's Mate 2nd Class"
            yield Found(index, after_grade, "role", text_of(reading, index, after_grade))
            index = reached = after_grade
            continue
        for found in _cut(reading, sentence, index, run_end, end):
            yield found
            run_end = max(run_end, found.last)
        index = reached = run_end


@lru_cache(maxsize=1 << 12)
def _may_open(low: str) -> bool:
    """Whether a word in lower case may open a name or an office, or a grade that is passed over."""
    return low in _ARTICLES or low in NOBLE or low in GRADES or is_role_head(low)


def _marked(reading: Reading, index: int, end: int) -> Found | None:
    """What is named without a capital: after a number, a flag or an Arabic article."""
    token = reading.tokens[index]
    if token.low in _ARTICLES:
        return _articled(reading, index, end)
    if token.low in NOBLE:
        return _ranked(reading, index, end)
    sign = _SIGNS.get(token.kind)
    return sign(reading, index, end) if sign is not None else None


def _ranked(reading: Reading, index: int, end: int) -> Found | None:
    """``General von der Tann``: particles that open a surname after a rank or title."""
    tokens = reading.tokens
    before = tokens[index - 1] if index and tokens[index - 1].text != "." else tokens[index - 2] if index > 1 else None
    last = after_connector(tokens, index, end)
    ranked = before is not None and (before.low in words.MILITARY_RANKS or before.low in words.TITLES)
    if tokens[index].capital or not (ranked and last):
        return None
    return Found(index, last, "person", text_of(reading, index, last), titled=True)


_SIGNS = {"n": unit_at, "p": flag_at}  # what is named without a capital, by the kind of its first token
_ARTICLES = frozenset(("al", "el", "as", "ash", "an"))


def _articled(reading: Reading, index: int, end: int) -> Found | None:
    """``al Qaeda``, ``el Fasher``: an Arabic article in lower case that belongs to a known name."""
    token = reading.tokens[index]
    if token.capital or index + 1 >= end or not reading.tokens[index + 1].capital:
        return None
    known = lookup(reading, index, end)
    return from_gazetteer(reading, index, known) if known and known[0] > index + 1 else None


def _cut(reading: Reading, sentence: Sentence, index: int, run_end: int, end: int) -> Iterator[Found]:
    """The segments of one run, left to right: office, organization, gazetteer name, other name."""
    low = reading.tokens[index].low
    starter = index == sentence.first and low in words.STARTERS and low not in words.TITLES
    if starter and not _known_start(reading, index, run_end):
        index += 1
    while index < run_end:
        found, index = _segment_at(reading, sentence, index, run_end, end)
        if found is not None:
            yield found


def _segment_at(reading: Reading, sentence: Sentence, index: int, run_end: int, end: int) -> tuple[Found | None, int]:
    """The segment that begins at a token, if any, and where to go on."""
    token, shouted = reading.tokens[index], sentence.shouted
    if (token.low in _ARTICLES or token.low in NOBLE) and (marked := _marked(reading, index, end)) is not None:
        return marked, marked.last
    if after_grade := past_grade(reading.tokens, index, end):
        return None, after_grade
    opens = token.naming or token.low in words.ROLE_HEADS or token.low in words.ROLE_MODIFIERS
    if token.kind != "w" or not opens or _is_participle(token):
        return None, index + 1
    found = body_at(reading, index, run_end)
    if found is not None and (not shouted or found.last == run_end):
        return (_spoken(found) if shouted else found), found.last
    if (role := office_at(reading, index, end, index)) is not None:
        return role, role.last
    known = lookup(reading, index, end)
    if known and shouted and known[1][0].kind == "acronym":
        return None, known[0]
    if known and known[1][0].entry.kind == "role" and token.low in words.TITLES:
        known = None  # a rank before a name is a title, and an office where no other is named
    if known and _is_common(reading, index, known):
        return None, known[0]
    if known and known[1][0].kind == "acronym" and (unit := unit_at(reading, index, end, first=known[0])) is not None:
        return unit, unit.last
    if known and not _is_given_name(reading, sentence, index, known, run_end):
        if not _swallowed(reading, index, known, run_end):
            return from_gazetteer(reading, index, known), known[0]
    found = _other(reading, sentence, index, run_end)
    return found, found.last if found is not None else index + 1


def _is_common(reading: Reading, index: int, known: tuple[int, tuple[Name, ...]]) -> bool:
    """``an Islamic state``: a body's name in small letters after "a" is no name."""
    last, (name, *_) = known
    small = last > index + 1 and not reading.tokens[last - 1].capital
    return small and name.entry.kind == "organization" and index > 0 and reading.tokens[index - 1].low in ("a", "an")


def _spoken(body: Found) -> Found:
    """A body in a line of capitals, named as it would be outside of it."""
    body.text = shown(body.text)
    if body.entity and body.entity.key is None:
        body.entity = replace(body.entity, name=body.text)
    return body


def _is_participle(token: Token) -> bool:
    """``ISIL-held``, ``Houthi-controlled``: what is true of the noun after it; the name in it is another's."""
    _, hyphen, tail = token.low.rpartition("-")
    return (
        bool(hyphen) and token.text.endswith(tail) and (tail in _PARTICIPLES or (tail[-2:] == "ed" and len(tail) > 4))
    )


_PARTICIPLES = frozenset("held led run born made built owned speaking based".split())


def _known_start(reading: Reading, index: int, run_end: int) -> bool:
    known = lookup(reading, index, run_end)
    return bool(known and known[0] > index + 1)


def _is_given_name(
    reading: Reading, sentence: Sentence, index: int, known: tuple[int, tuple[Name, ...]], run_end: int
) -> bool:
    """Whether a place's name is a person's: ``Defence Minister Israel Kagan``, ``Jordan Peters said``."""
    tokens, (last, candidates) = reading.tokens, known
    if last != index + 1 or last >= run_end or candidates[0].kind != "name" or tokens[index].possessive:
        return False
    surname, described = tokens[last], _is_described(tokens, sentence, index, run_end)
    may_be = _may_be_surname(reading, last, run_end) or (described and surname.low in words.ROLE_HEADS)
    if not may_be or surname.start - tokens[index].end != 1:
        return False
    before = tokens[index - 1].low if index > sentence.first else ""
    if is_role_head(before) or before in words.TITLES or described:
        return True
    if (
        all(name.entry.type not in COUNTRIES for name in candidates)
        or sentence.shouted
        or _is_title_like(tokens, sentence)
    ):
        return False
    # "Georgia Bulldogs": a state's name before a name that nobody knows is a part of it
    return not word(surname.low).lemma and surname.low not in words.CONFLICTS


def _is_described(tokens: Sequence[Token], sentence: Sentence, index: int, run_end: int) -> bool:
    """``the Defence Minister, Israel Katz,``; ``Jordan Mosul, a driver``; ``Jordan Mosul, 41,``."""
    lead = [token.low for token in tokens[max(sentence.first, index - 2) : index]]
    comma, told, noun, *_ = [*(token.low for token in tokens[run_end : run_end + 3]), "", "", ""]
    if len(lead) == 2 and lead[1] == "," and is_role_head(lead[0]):
        return comma == ","
    return comma == "," and ((told in ("a", "an") and is_role_head(noun)) or (noun == "," and told.isdigit()))


def _is_title_like(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Whether most words have a capital, as in a headline, which no stop ends."""
    if tokens[sentence.last - 1].text == "." or sentence.last - sentence.first > _LONGEST_HEADLINE:
        return False
    capital = [token.capital for token in tokens[sentence.first : sentence.last] if token.kind == "w"]
    return 2 * sum(capital) > len(capital)


_LONGEST_HEADLINE = 60  # tokens


def _may_be_surname(reading: Reading, index: int, run_end: int) -> bool:
    """Whether a word can be a surname: a capital that is no known name and no word of a body, place or office."""
    token = reading.tokens[index]
    listed = (
        token.low in words.ORGANIZATION_HEADS or token.low in words.PLACE_TYPES or token.low in words.ROLE_MODIFIERS
    )
    form = token.kind == "w" and token.capital and not token.text.isupper() and not is_role_head(token.low)
    known = lookup(reading, index, run_end)
    return form and not listed and (known is None or (known[1][0].entry.kind == "place" and known[1][0].kind == "name"))


def _swallowed(reading: Reading, index: int, known: tuple[int, tuple[Name, ...]], run_end: int) -> bool:
    """Whether a one-word place name is the first part of an unknown longer name ("Jordan Smith", "Jebel Marra")."""
    last, candidates = known
    if last >= run_end or candidates[0].kind != "name" or candidates[0].entry.kind != "place":
        return False
    token, following = reading.tokens[index], reading.tokens[last]
    linked = following.naming or following.low in words.NAME_PARTICLES
    if linked and not following.capital and following.start - reading.tokens[last - 1].end == 1:
        return not candidates[0].entry.curated  # "Tiba al-Hassanab", "San Vicente del Caguán"
    if last != index + 1:
        return False
    if token.possessive or following.kind != "w" or not following.capital or following.start - token.end != 1:
        return False
    if index > 0 and reading.tokens[index - 1].low == "of" and run_end - last >= 2:
        lead = reading.tokens[max(0, index - 8) : index - 1]
        if any(is_role_head(before.low) for before in lead):
            return False  # "governor of Tavush Hayk Ghalumyan", "Minister of Roads of Artsakh Vahan Petoyan"
    if following.low in words.NAME_TYPES:
        return True  # "Qayyarah Airfield": the site, and not the town
    if candidates[0].entry.type == "country" or following.low in words.PLACE_TYPES or following.low in words.ROLE_HEADS:
        return False
    if following.low in words.ORGANIZATION_HEADS or following.low in words.ROLE_MODIFIERS or following.text.isupper():
        return False
    other = lookup(reading, last, run_end)
    if other is None:
        return True
    # two places in a row without a comma are rather the two names of a person
    return (
        other[0] == last + 1
        and not candidates[0].entry.curated
        and other[1][0].kind == "name"
        and other[1][0].entry.type not in ("country", "organization")
        and other[1][0].entry.kind == "place"
    )


def _other(reading: Reading, sentence: Sentence, index: int, run_end: int) -> Found | None:
    """A capital name of no known class; where it stops is decided by what follows in the run."""
    tokens, run_end = reading.tokens, min(run_end, index + _LONGEST)
    headed = tokens[index].low in words.ORGANIZATION_HEADS and index > sentence.first
    if headed and tokens[index - 1].low == "the" and run_end - index >= 3:
        return Found(index, index + 1, "name", tokens[index].text)  # "spokesperson of the Ministry Nərmin Əhmədzadə"
    last = index + 1
    while last < run_end and (step := _past_part(reading, last, run_end)) > last:
        last = step
    while tokens[last - 1].kind == "p":
        last -= 1
    first = _past_titles(tokens, index, last)
    titled = first > index
    if first >= last:
        return None
    single, opening = last - first == 1, first == sentence.first
    starter = tokens[first].low in words.STARTERS
    if single and (starter or _is_no_name(tokens[first]) or (opening and sentence.shouted and not titled)):
        return None
    first += starter and opening
    first += (
        last - first > 1
        and _opens(tokens, sentence, first)
        and _is_past_act(tokens[first : sentence.last], last - first)
    )
    initial = last - first == 1 and not titled and _opens(tokens, sentence, first)
    kind = "person" if titled else "name"
    return Found(first, last, kind, text_of(reading, first, last), titled=titled, initial=initial)


def _is_past_act(tokens: Sequence[Token], length: int) -> bool:
    """``12 June: Captured Ard without loss``, where ``Captured Ard was quiet`` tells of no day."""
    following = tokens[length] if length < len(tokens) else None
    ends = following is None or following.text in ".;" or word(following.low).closed == "preposition"
    return ends and word(tokens[0].low).form.startswith("past")


_LONGEST = 40  # tokens of a name: a longer run of titles would be walked again from each of them


def _past_part(reading: Reading, index: int, run_end: int) -> int:
    """Past the next part of a name of no known class; the same token where the name ends before it."""
    tokens, token, before = reading.tokens, reading.tokens[index], reading.tokens[index - 1]
    if before.possessive:
        return index
    if token.text in (".", "&") or (token.kind == "n" and is_numbered(before, token)):
        return index + 1
    if after_nickname := past_nickname(tokens, index, run_end):
        return after_nickname
    if not token.naming:
        step = after_connector(tokens, index, run_end) if token.low in words.NAME_PARTICLES else 0
        return step if step and all(t.low in words.NAME_PARTICLES for t in tokens[index : step - 1]) else index
    if token.low in words.TITLES and not any(t.low in words.TITLES for t in tokens[max(0, index - 2) : index]):
        return index
    office = token.low in words.ROLE_HEADS and not token.text.isupper()
    if office and index + 1 < run_end and tokens[index + 1].capital:
        return index
    known = lookup(reading, index, run_end)
    return index if known and _is_another(reading, known, run_end) else index + 1


def _is_another(reading: Reading, known: tuple[int, tuple[Name, ...]], run_end: int) -> bool:
    """Whether what the gazetteer knows within a run is no part of the name before it."""
    last, (name, *_) = known
    if name.entry.kind == "place" and name.kind == "name":
        return False
    if last >= run_end and name.entry.kind == "role":
        return False
    return not (last >= run_end and name.kind in PEOPLES and _name_ends(reading, run_end))


def _past_titles(tokens: Sequence[Token], first: int, last: int) -> int:
    """Past ``Dr``, ``Brig. Gen.`` before a name."""
    while first < last - 1 and tokens[first].low in words.TITLES:
        first += 1
        first += tokens[first].text == "."
    return first


def _is_no_name(token: Token) -> bool:
    """A letter, a title, a month or a day of the week alone."""
    return len(token.text) == 1 or token.low in words.TITLES or token.low in MONTHS or token.low in WEEKDAYS


def _name_ends(reading: Reading, index: int) -> bool:
    """Whether no noun follows: ``Volker Türk said``, not ``Vision Armenian forces``."""
    if index >= len(reading.tokens):
        return True
    token = reading.tokens[index]
    return token.kind == "p" or token.low in words.SAY or token.low in words.SAY_AUX


def _opens(tokens: Sequence[Token], sentence: Sentence, index: int) -> bool:
    """Whether a token opens a sentence, quotation or clause after a colon, where any word has a capital."""
    return index == sentence.first or tokens[index - 1].text in "“\"‘'«:…—–-("
