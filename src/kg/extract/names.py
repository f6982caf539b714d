"""Names in text: gazetteer entries, and by their form organizations, people and places that no gazetteer knows.

First every run of capitals in a sentence is cut into segments (`segment`), each of one class. Then the document
as a whole decides what a name is: a surname after a full name, an acronym after its words in full, a name that
elsewhere has a title, an office or a place word (`kg.extract.people`, `settle`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract import words
from kg.extract.dates import MONTHS, WEEKDAYS
from kg.extract.reading import Reading, Sentence
from kg.extract.tokens import Token
from kg.gazetteer import Entry, Name
from kg.model import Entity, Span
from kg.names import fold

PLURAL_HEADS = {f"{head}s": head for head in words.ROLE_HEADS} | {
    "spokesmen": "spokesman",
    "chairmen": "chairman",
    "secretaries": "secretary",
    "secretaries-general": "secretary-general",
}


@dataclass(slots=True)
class Found:
    """A name or office in a sentence: tokens ``first`` to ``last`` (excluded) of `Reading.tokens`."""

    first: int
    last: int
    kind: str  # place, demonym, people, organization, person, role, name (not yet known what), document
    text: str
    candidates: tuple[Name, ...] = ()
    entity: Entity | None = None
    hint: str = ""  # a place word beside it: town, district
    titled: bool = False  # a title or office stands before it
    credited: bool = False  # in a byline
    initial: bool = False  # its one capital may be due to its place in the sentence alone

    @property
    def words(self) -> int:
        return self.last - self.first


def shown(text: str) -> str:
    """A name as its label: ``KHERSON`` -> ``Kherson``; acronyms stay.

    >>> shown("SNAKE ISLAND"), shown("Tal Afar"), shown("UN")
    ('Snake Island', 'Tal Afar', 'UN')
    """
    if text.isupper() and len(text) > 3:
        return " ".join(part if len(part) < 3 and part != "OF" else part.capitalize() for part in text.split(" "))
    return text


def text_of(reading: Reading, first: int, last: int) -> str:
    """The characters of some tokens, as in the source, on one line."""
    return " ".join(reading.document.source.text[reading.tokens[first].start : reading.tokens[last - 1].end].split())


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
        if (
            end >= limit
            or tokens[end].kind == "p"
            or tokens[end].start - tokens[end - 1].end > 1
            or tokens[end - 1].possessive
        ):
            return best
        folded += " " + fold(tokens[end].text)
        if folded.count(" ") >= most:
            return best


def _allowed(candidates: tuple[Name, ...], shown: str) -> tuple[Name, ...]:
    if any(name.kind == "acronym" for name in candidates):
        capitals = shown.replace(".", "").replace(" ", "").isupper()
        return candidates if capitals else tuple(name for name in candidates if name.kind != "acronym")
    return candidates


def find_names(reading: Reading) -> list[list[Found]]:
    """For each sentence the segments of its capital runs, in order."""
    return [list(_segments(reading, sentence)) for sentence in reading.sentences]


def _segments(reading: Reading, sentence: Sentence) -> Iterator[Found]:
    tokens, index, end = reading.tokens, sentence.first, sentence.last
    reached = index
    while index < end:
        token = tokens[index]
        if token.start in reading.in_date:
            index += 1
            continue
        if token.kind != "w" or not token.naming:
            if token.kind == "w" and _is_role_head(token.low) and (role := _role(reading, index, end, reached)):
                yield role
                index = reached = role.last
                continue
            index += 1
            continue
        run_end = _run_end(tokens, index, end)
        run_end = next((i for i in range(index, run_end) if tokens[i].start in reading.in_date), run_end)
        for found in _cut(reading, sentence, index, run_end, end):
            yield found
            run_end = max(run_end, found.last)
        index = reached = run_end


def _run_end(tokens: Sequence[Token], index: int, end: int) -> int:
    """One past the last token of the run of capitals that starts here."""
    last = index + 1
    while last < end:
        token, before = tokens[last], tokens[last - 1]
        gap = token.start - before.end
        if token.kind == "p":
            initial = (
                token.text == "."
                and gap == 0
                and (
                    (len(before.text) == 1 and before.capital)
                    or before.low in words.TITLES
                    or before.low in ("st", "mt", "ft")
                )
            )
            if (initial or token.text == "&") and last + 1 < end and tokens[last + 1].naming:
                last += 1
                continue
            return last
        if token.kind == "n" and before.low in _NUMBERED and token.text.isdigit() and gap == 1:
            return last + 1
        if token.kind == "n":
            ordinal = token.text.isdigit() and len(token.text) < 4
            return (
                last
                if not (ordinal and last + 1 < end and tokens[last + 1].capital and gap == 1)
                else _run_end(tokens, last, end)
            )
        if token.naming:
            last += 1
        elif before.possessive:
            return last
        elif token.low in words.CONNECTORS and (step := _after_connector(tokens, last, end)):
            last = step
        else:
            return last
    return last


_NUMBERED = frozenset("point hill height post area sector zone base checkpoint kilometre camp".split())


def _after_connector(tokens: Sequence[Token], index: int, end: int) -> int:
    """One past the capital that follows one or two connectors, or 0."""
    step = index + 1
    while (
        step < end
        and step < index + 3
        and tokens[step].kind == "w"
        and tokens[step].low in words.CONNECTORS
        and not tokens[step].capital
    ):
        step += 1
    return step + 1 if step < end and tokens[step].kind == "w" and tokens[step].naming else 0


def _cut(reading: Reading, sentence: Sentence, index: int, run_end: int, end: int) -> Iterator[Found]:
    """The segments of one run, left to right: office, organization, gazetteer name, other name."""
    tokens = reading.tokens
    shouted = sentence.shouted
    if index == sentence.first and tokens[index].low in words.STARTERS and not _known_start(reading, index, run_end):
        index += 1
    while index < run_end:
        token = tokens[index]
        if token.kind != "w" or (
            not token.naming and token.low not in words.ROLE_HEADS and token.low not in words.ROLE_MODIFIERS
        ):
            index += 1
            continue
        if (found := _organization(reading, index, run_end)) and (not shouted or found.last == run_end):
            found.text = shown(found.text) if shouted else found.text
            if shouted and found.entity and found.entity.key is None:
                found.entity = replace(found.entity, name=found.text)
        elif role := _role(reading, index, end, index):
            found = role
        else:
            known = lookup(reading, index, end)
            if known and shouted and known[1][0].kind == "acronym":
                index = known[0]
                continue
            if known and known[1][0].entry.kind == "role" and token.low in words.TITLES:
                known = None  # a rank before a name is a title; people.py makes an office of it where no other is named
            if known and not _swallowed(reading, index, known, run_end):
                found = _from_gazetteer(reading, index, known)
            else:
                found = _other(reading, sentence, index, run_end, shouted)
        if found is None:
            index += 1
            continue
        yield found
        index = found.last


def _known_start(reading: Reading, index: int, run_end: int) -> bool:
    known = lookup(reading, index, run_end)
    return bool(known and known[0] > index + 1)


def _from_gazetteer(reading: Reading, index: int, known: tuple[int, tuple[Name, ...]]) -> Found:
    last, candidates = known
    first = candidates[0]
    kind = first.kind if first.kind in ("demonym", "people") else first.entry.kind
    return Found(index, last, kind, text_of(reading, index, last), candidates)


def _swallowed(reading: Reading, index: int, known: tuple[int, tuple[Name, ...]], run_end: int) -> bool:
    """Whether a one-word place name is the first part of an unknown longer name ("Jordan Smith", "Jebel Marra")."""
    last, candidates = known
    if last != index + 1 or last >= run_end or candidates[0].kind != "name" or candidates[0].entry.kind != "place":
        return False
    token, following = reading.tokens[index], reading.tokens[last]
    if following.naming and not following.capital and following.start - token.end == 1:
        return not candidates[0].entry.curated  # "Tiba al-Hassanab"
    if token.possessive or following.kind != "w" or not following.capital or following.start - token.end != 1:
        return False
    if (
        index > 0
        and reading.tokens[index - 1].low == "of"
        and run_end - last >= 2
        and index > 1
        and _is_role_head(reading.tokens[index - 2].low)
    ):
        return False  # "governor of Tavush Hayk Ghalumyan"
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


def _organization(reading: Reading, index: int, run_end: int) -> Found | None:
    """A run of capitals with the head of an organization's name in it, and the head's complement."""
    tokens = reading.tokens
    known = lookup(reading, index, run_end)
    known_end = known[0] if known and known[1][0].entry.kind == "organization" else 0
    head = None
    step = index
    while step < run_end:
        token = tokens[step]
        if token.kind == "w" and token.low in words.ORGANIZATION_HEADS and token.capital:
            head = step
            if (
                step + 1 >= run_end
                or token.possessive
                or not tokens[step + 1].capital
                or tokens[step + 1].low in words.TITLES
            ):
                break
            step += 1
            continue
        if head is not None and not token.capital:
            break
        if step > index and tokens[step - 1].possessive and not _possessive_name(tokens, index, step, run_end):
            break
        if not token.naming and token.text not in (".", "&") and token.low != "and":
            break
        if token.low in words.TITLES or (_is_role_head(token.low) and not _office_in_name(tokens, step, run_end)):
            break
        step += 1
    if head is None or head < known_end - 1:
        return _from_gazetteer(reading, index, known) if known and known_end else None
    last = head + 1
    while (
        last < run_end
        and tokens[last].low in words.ORGANIZATION_HEADS
        and tokens[last].capital
        and not tokens[last - 1].possessive
    ):
        last += 1
    single = last == index + 1
    if tokens[last - 1].low in words.COMPLEMENT_HEADS and not tokens[last - 1].possessive:
        last = _complement(reading, last, run_end)
    if last == index + 1 and single:
        if tokens[index].low in (
            "council",
            "army",
            "parliament",
            "coalition",
            "ministry",
            "commission",
            "union",
            "assembly",
            "congress",
            "court",
        ):
            return None  # "the Council": a part of a name given before; people.py links it
        return None
    if (
        last < run_end
        and tokens[last].low in words.ROLE_HEADS
        and tokens[last].low in ("secretary",)
        and tokens[last - 1].low == "press"
    ):
        return None
    if known and known_end >= last:
        return _from_gazetteer(reading, index, known)
    start = index
    while start < head and tokens[start].low.endswith(("-led", "-backed", "-based", "-run", "-held")):
        start += 1
    if tokens[start].low in words.STARTERS or (tokens[start].low == "and"):
        return None
    text = text_of(reading, start, last)
    exact = reading.gazetteer.lookup(text)
    if exact and exact[0].entry.kind == "organization":
        return Found(start, last, "organization", text, exact)
    kind = next(
        (words.ORGANIZATION_TYPES[t.low] for t in tokens[head:last] if t.low in words.ORGANIZATION_TYPES),
        "organization",
    )
    demonym = lookup(reading, start, last)
    if (
        demonym
        and demonym[1][0].entry.kind == "organization"
        and demonym[0] >= head
        and not single
        and tokens[head].low in ("forces", "army")
    ):
        return _from_gazetteer(reading, start, demonym)
    return Found(start, last, "organization", text, entity=Entity("organization", text, None, kind))


def _possessive_name(tokens: Sequence[Token], index: int, step: int, run_end: int) -> bool:
    """``Yemen's Defence Ministry`` is one name; so is ``Women's Council``; ``Khalifa Haftar's Army`` is two."""
    if step - index > 1 and not tokens[step - 1].text.endswith("s"):
        return False
    return any(t.low in words.ORGANIZATION_HEADS and t.capital for t in tokens[step : min(run_end, step + 4)])


def _office_in_name(tokens: Sequence[Token], step: int, run_end: int) -> bool:
    return tokens[step].capital and any(
        t.low in words.ORGANIZATION_HEADS and t.capital for t in tokens[step + 1 : min(run_end, step + 3)]
    )


def _complement(reading: Reading, last: int, run_end: int) -> int:
    """Past ``of/for/to/on [the] Capitals`` after the head of an organization's name."""
    tokens = reading.tokens
    while last + 1 < run_end and tokens[last].low in ("of", "for", "to", "on", "in") and not tokens[last].capital:
        step = last + 1
        if tokens[step].low == "the":
            step += 1
        begin = step
        while step < run_end and (
            tokens[step].naming
            or (
                tokens[step].low in ("and", "of")
                and step > begin
                and step + 1 < run_end
                and tokens[step + 1].naming
                and tokens[step + 1].low in words.PORTFOLIO
            )
        ):
            if (
                tokens[step].low in words.ROLE_HEADS
                or tokens[step].low in words.TITLES
                or tokens[step].low in WEEKDAYS
                or tokens[step].low in MONTHS
            ):
                break
            step += 1
            if tokens[step - 1].possessive:
                break
        if step == begin or (
            tokens[last].low == "on"
            and tokens[last - 1].low not in ("conference", "committee", "commission", "institute", "centre", "center")
        ):
            return last
        if tokens[last].low == "in" and tokens[last - 1].low not in ("mission", "force", "forces"):
            return last
        last = step
    return last


def _role(reading: Reading, index: int, end: int, floor: int) -> Found | None:
    """An office: modifiers, a head, and a portfolio ("Minister of Foreign Affairs", "chief of staff")."""
    tokens = reading.tokens
    step = index
    while (
        step < end
        and tokens[step].kind == "w"
        and tokens[step].low in words.ROLE_MODIFIERS
        and tokens[step].low not in words.TITLES
    ):
        if tokens[step].low in words.ROLE_HEADS and not (
            step + 1 < end
            and (tokens[step + 1].low in words.ROLE_HEADS or tokens[step + 1].low in words.ROLE_MODIFIERS)
        ):
            break
        if tokens[step].possessive:
            return None
        step += 1
        if step < end and tokens[step].text in "-–" and tokens[step].start == tokens[step - 1].end:
            step += 1
    head = step
    while step < end and tokens[step].kind == "w" and _is_role_head(tokens[step].low):
        step += 1
        if tokens[step - 1].possessive:
            break
        if step < end and tokens[step].text == "-" and step + 1 < end and tokens[step + 1].low in words.ROLE_HEADS:
            step += 1
    if step == head:
        return None
    if (
        tokens[head].low
        in (
            "general",
            "major",
            "chief",
            "speaker",
            "deputy",
            "head",
            "resident",
            "secretary",
            "member",
            "observer",
            "expert",
            "elder",
            "author",
            "patient",
            "leader",
            "chair",
            "minister",
        )
        and tokens[head].capital is False
        and step < end
        and tokens[step].low in _AFTER_NO_ROLE
    ):
        return None
    if (
        tokens[step - 1].low in ("deputy", "resident", "general", "major", "member", "chief")
        and step < end
        and tokens[step].kind == "w"
        and not tokens[step].capital
        and tokens[step].low not in ("of", "for", "to", "and", "at", "in", "who", "said", "told", "added", "noted")
    ):
        return None
    # modifiers that stand before the run, in lower case: "the foreign minister", "acting Prime Minister"
    start = index
    while (
        start - 1 >= floor
        and start - 1 >= 0
        and tokens[start - 1].kind == "w"
        and tokens[start - 1].low in words.ROLE_MODIFIERS
        and not tokens[start - 1].possessive
    ):
        start -= 1
    last = _portfolio(tokens, step, end)
    return Found(start, last, "role", text_of(reading, start, last))


_AFTER_NO_ROLE = frozenset(
    "public assembly strike offensive part parts number majority roads road town city line quarters".split()
)


@lru_cache(maxsize=1 << 15)
def _is_role_head(low: str) -> bool:
    if (
        low in words.ROLE_HEADS
        or low in PLURAL_HEADS
        or low.endswith("-general")
        or (low.endswith(("woman", "man")) and len(low) > 6 and low not in words.NOT_PERSONS)
    ):
        return True
    return low.startswith(("co-", "vice-", "ex-")) and low.partition("-")[2] in words.ROLE_HEADS


def _portfolio(tokens: Sequence[Token], step: int, end: int) -> int:
    """Past ``of Foreign Affairs``, ``for Reconciliation``, ``of staff`` after a head; ``of Armenia`` is not a
    portfolio.
    """
    if step + 1 >= end or tokens[step - 1].possessive or tokens[step].low not in ("of", "for"):
        return step
    if tokens[step - 1].low not in _PORTFOLIO_HEADS:
        return begin_of_staff(tokens, step)
    last = step + 1
    if tokens[last].low == "the" and last + 1 < end and tokens[last + 1].low in words.PORTFOLIO:
        last += 1
    begin = last
    while (
        last < end
        and tokens[last].kind == "w"
        and (
            tokens[last].low in words.PORTFOLIO
            or (
                last > begin
                and tokens[last].low in ("and", "of")
                and last + 1 < end
                and tokens[last + 1].low in words.PORTFOLIO
            )
        )
    ):
        last += 1
    if last > begin and not (tokens[last - 1].low == "state" and last < end and tokens[last].low == "for"):
        return last
    staff = begin_of_staff(tokens, step)
    if staff + 1 < end and tokens[staff].low in ("of", "for") and staff > step:
        begin = staff + 1
    elif staff > step:
        return staff
    run = begin
    while (
        run < end
        and tokens[run].kind == "w"
        and (tokens[run].naming or (tokens[run].low in ("and", "of") and run + 1 < end and tokens[run + 1].naming))
    ):
        run += 1
    # "Minister for Heritage Arjun Rathore": of three capitals or more the last two are the name
    return run - 2 if run - begin >= 3 and tokens[begin].low not in ("the",) else staff


_PORTFOLIO_HEADS = frozenset(
    "minister ministers secretary secretaries undersecretary commissioner commissioners deputy".split()
)
_OF_STAFF = frozenset("staff mission delegation state government intelligence operations protocol".split())


def begin_of_staff(tokens: Sequence[Token], step: int) -> int:
    """Past ``of staff``, ``of Mission``, ``of state`` after a head; only without an article."""
    return step + 2 if tokens[step].low == "of" and tokens[step + 1].low in _OF_STAFF else step


_PEOPLES = ("demonym", "people")


def _name_ends(reading: Reading, index: int) -> bool:
    """Whether no noun follows: ``Volker Türk said``, not ``Vision Armenian forces``."""
    if index >= len(reading.tokens):
        return True
    token = reading.tokens[index]
    return token.kind == "p" or token.low in words.SAY or token.low in words.SAY_AUX


def _other(reading: Reading, sentence: Sentence, index: int, run_end: int, shouted: bool) -> Found | None:
    """A capital name of no known class; where it stops is decided by what follows in the run."""
    tokens = reading.tokens
    last = index
    if (
        tokens[index].low in words.ORGANIZATION_HEADS
        and index > sentence.first
        and tokens[index - 1].low == "the"
        and run_end - index >= 3
    ):
        return Found(index, index + 1, "name", tokens[index].text)  # "spokesperson of the Ministry Nərmin Əhmədzadə"
    while last < run_end:
        token = tokens[last]
        if last > index:
            if tokens[last - 1].possessive:
                break
            if token.text in (".", "&"):
                last += 1
                continue
            if token.kind == "n" and tokens[last - 1].low in _NUMBERED:
                last += 1
                continue
            if not token.naming:
                if (
                    token.low in words.NAME_PARTICLES
                    and (step := _after_connector(tokens, last, run_end))
                    and all(t.low in words.NAME_PARTICLES for t in tokens[last : step - 1])
                ):
                    last = step
                    continue
                break
            if (
                token.low in words.TITLES
                and tokens[last - 1].low not in words.TITLES
                and tokens[last - 2].low not in words.TITLES
            ):
                break
            if (
                token.low in words.ROLE_HEADS
                and not token.text.isupper()
                and last + 1 < run_end
                and tokens[last + 1].capital
            ):
                break
            known = lookup(reading, last, run_end)
            if (
                known
                and (known[1][0].entry.kind != "place" or known[1][0].kind != "name")
                and not (known[1][0].entry.kind == "role" and known[0] >= run_end)
                and not (
                    known[1][0].kind in ("demonym", "people") and known[0] >= run_end and _name_ends(reading, run_end)
                )
            ):
                break
        last += 1
    while last > index and tokens[last - 1].kind == "p":
        last -= 1
    first = index
    titled = False
    while first < last - 1 and tokens[first].low in words.TITLES:
        titled = True
        first += 1
        if tokens[first].text == ".":
            first += 1
    if first >= last:
        return None
    single = last - first == 1
    if single and first == sentence.first and not titled and (tokens[first].low in words.STARTERS or shouted):
        return None
    if single and (
        len(tokens[first].text) == 1
        or tokens[first].low in words.TITLES
        or tokens[first].low in MONTHS
        or tokens[first].low in WEEKDAYS
    ):
        return None
    if tokens[first].low in words.STARTERS and (single or first == sentence.first):
        if single:
            return None
        first += 1
    initial = last - first == 1 and not titled and _opens(tokens, sentence, first)
    return Found(
        first, last, "person" if titled else "name", text_of(reading, first, last), titled=titled, initial=initial
    )


def _opens(tokens: Sequence[Token], sentence: Sentence, index: int) -> bool:
    """Whether a token opens a sentence, quotation or clause after a colon, where any word has a capital."""
    return index == sentence.first or tokens[index - 1].text in "“\"‘'«:…—–-("


def place_entity(reading: Reading, found: Found, countries: frozenset[str]) -> Entity | None:
    """The one place that a gazetteer name means here; None where several are left."""
    places = [name for name in found.candidates if name.entry.kind == "place"]
    resolved = reading.gazetteer.resolve(places, countries=countries, hint=found.hint)
    if resolved is None and found.hint not in ("", "city", "town", "village", "settlement"):
        resolved = reading.gazetteer.resolve(places, countries=countries)
    if resolved is None or _far(resolved.entry, found.text, countries):
        return None
    return resolved.entry.entity()


def _far(entry: Entry, text: str, countries: frozenset[str]) -> bool:
    """Whether a name that is no label of the city would lead to a country that the document does not speak of:
    ``Abana`` is an old name of Havana too.
    """
    city = entry.population > 0 and not entry.curated
    return city and bool(countries) and entry.country not in countries and fold(entry.name) != fold(text)


def state_of(reading: Reading, key: str) -> Entity | None:
    """The state of a country's territory, as one that acts: ``place/AZ`` -> ``agent/state-AZ``."""
    entry = reading.gazetteer.entry(key)
    if entry is None or entry.type != "country":
        return None
    return Entity("organization", entry.name, f"agent/state-{key.removeprefix('place/')}", "state")


def span_of(reading: Reading, found: Found) -> Span:
    return Span(reading.tokens[found.first].start, reading.tokens[found.last - 1].end)
