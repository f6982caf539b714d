"""Changes of a text after which its claims are known: the new text, and what became of names and years."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from bench.generator.grammar import data
from bench.generator.read import extractions
from kg.model import Entity, EventClaim, Extraction, Mention, Source

Claim = tuple[str, ...]
YEARS_BACK = 28  # days of the week stay what they are


@dataclass(frozen=True, slots=True)
class Changed:
    """A text after a change: what names became, and by how many years dates went back."""

    text: str
    names: dict[str, str] = field(default_factory=dict)
    years: int = 0

    def mapped(self, claim: Claim) -> Claim:
        """What a claim must be now."""
        kind, *parts = (self.names.get(part, part) for part in claim)
        return (kind, *parts[:-1], _back(parts[-1], self.years) if kind == "event" else parts[-1])


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what is found in it."""

    source: Source
    found: tuple[Extraction, ...]

    @property
    def words(self) -> str:
        return self.source.text

    def mentions(self, kind: str) -> list[Mention]:
        """What it names of a kind, in order."""
        return sorted(
            (each for one in self.found for each in one.mentions if each.kind == kind), key=lambda each: each.span
        )


def text(source: Source) -> Text:
    """Read a source."""
    return Text(source, tuple(extractions(source)))


def swap_places(text: Text) -> Changed | None:
    """Two places that something happened in have each other's names."""
    places = {
        claim.place: None for one in text.found for claim in one.claims if isinstance(claim, EventClaim) and claim.place
    }
    for one, other in combinations(places, 2):
        if _alike(one, other, text):
            names = {one.name: other.name, other.name: one.name}
            return Changed(_renamed(text.words, names), names)
    return None


def _renamed(words: str, names: dict[str, str]) -> str:
    return re.sub("|".join(rf"\b{re.escape(name)}\b" for name in names), lambda match: names[match[0]], words)


def _alike(one: Entity, other: Entity, text: Text) -> bool:
    """Whether two places are of one kind, and the text writes them by these names alone, in no other name."""
    names = {one.name, other.name}
    if len(names) < 2 or one.type != other.type or bool(one.key) != bool(other.key):
        return False
    named = [each for extraction in text.found for each in extraction.mentions if each.entity]
    of_them = [each.span.of(text.words) for each in named if each.entity in (one, other)]
    written = sum(len(re.findall(rf"\b{re.escape(name)}\b", text.words)) for name in names)
    return set(of_them) == names and written == len(of_them)


def rename_people(text: Text) -> Changed | None:
    """Every family name is another."""
    fresh = iter(name for name in data("names.toml")["family"] if name not in text.words)
    words, names = text.words, dict[str, str]()
    for name in dict.fromkeys(mention.entity.name for mention in text.mentions("person") if mention.entity):
        given, _, family = name.rpartition(" ")
        if not given or any(family in each.span.of(text.words).split() for each in text.mentions("place")):
            continue
        other = next(fresh, None)
        if other is None or not re.fullmatch(r"[A-Z]\w+", family):
            return None
        words = _renamed(words, {family: other, family.upper(): other.upper()})
        names[name] = f"{given} {other}"
    return Changed(words, names) if names and len({name.split()[-1] for name in names}) == len(names) else None


_YEAR = re.compile(
    r"(?<![\d,./-])(?<!Resolution )(19[3-9]\d|20[0-2]\d)(?![\d,]*\d|[-/]\d|\s?(?:km|sq|ha\b|square|people|m\b))"
)


def shift_years(text: Text) -> Changed | None:
    """Every year lies 28 years earlier."""
    if re.search(r"S/RES|\b\d{2,4}s\b|centur|\d\.\d\d?\.\d\d\b(?!\d)", text.words):
        return None
    years = {match.span() for match in _YEAR.finditer(text.words)}
    if re.search(r"(?<!\d)(?:1[0-8]\d\d|19[0-2]\d)(?!\d)", text.words):
        return None  # years too far back to be shifted by this would stay as they are
    for mention in text.mentions("date"):
        inside = re.finditer(r"(?<!\d)(?:19[3-9]\d|20[0-2]\d)(?!\d)", mention.span.of(text.words))
        years |= {(mention.span.start + match.start(), mention.span.start + match.end()) for match in inside}
    words = text.words
    for start, end in years:
        words = words[:start] + str(int(words[start:end]) - YEARS_BACK) + words[end:]
    return Changed(words, years=YEARS_BACK) if years else None


def _back(date: str, years: int) -> str:
    return re.sub(r"(?<!\d)\d{4}(?=-|/|$)", lambda match: str(int(match[0]) - years), date)


def turn_lists(text: Text) -> Changed | None:
    """The last two of a list of places stand the other way round."""
    places, words, names = text.mentions("place"), text.words, dict[str, str]()
    for one, other in reversed(list(pairwise(places))):
        sentence = re.split(r"(?<=[.;])\s|\n", words[one.span.start : one.span.start + 300])[0]
        kinds = {each.entity.type if each.entity else "" for each in (one, other)}
        ordered = re.search(r"respective|order|\(|former|latter|between|turn", sentence)
        if words[one.span.end : other.span.start] == " and " and len(kinds) == 1 and not ordered:
            first, second = one.span.of(words), other.span.of(words)
            words = words[: one.span.start] + f"{second} and {first}" + words[other.span.end :]
            names[f"{first} and {second}"] = f"{second} and {first}"
    return Changed(words, names) if names else None


_ROW = re.compile(r"^[-*]?\s*[A-Z][\w' -]{2,30}(?::| [–-]) [^\n;|]*, [^\n;|]*[^.\n;|]$", re.MULTILINE)


def semicolons(text: Text) -> Changed | None:
    """The fields of rows are apart by `;` in place of `,`."""
    words = _ROW.sub(lambda row: re.sub(r", (?!\d{4}\b)", "; ", row[0]), text.words)
    return Changed(words) if words != text.words else None


TENSES = {
    "captures": "captured", "seizes": "seized", "takes": "took", "retakes": "retook", "recaptures": "recaptured",
    "falls": "fell", "loses": "lost", "enters": "entered", "leaves": "left", "abandons": "abandoned",
    "surrenders": "surrendered", "occupies": "occupied", "withdraws": "withdrew", "liberates": "liberated",
}  # fmt: skip
_PRESENT = re.compile(rf"\b(?:{'|'.join(TENSES)})\b")
_DATED = re.compile(r"^[-*\s]*(?:\d|[A-Z][a-z]{2,8}\.? \d|[A-Z]\w+ [–-] \d)[^\n]*$", re.MULTILINE)


def past(text: Text) -> Changed | None:
    """Rows that begin with a date tell in the past what they told in the present."""
    words = _DATED.sub(lambda row: _PRESENT.sub(lambda verb: TENSES[verb[0]], row[0]), text.words)
    return Changed(words) if words != text.words else None


_ENDS_DATED = re.compile(
    r"(?<=[.] )(The |A |[A-Z]\w+ )([^.,;:\"“”()\n]*?) on (\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\.(?=\s)"
)


def date_first(text: Text) -> Changed | None:
    """A sentence of one clause has its date in front."""

    def turned(match: re.Match[str]) -> str:
        first, rest, date = match.groups()
        if re.search(r"\b(?:and|that|who|which|when|On|It|In|he|she|they)\b", first + rest):
            return match[0]
        return f"On {date}, {first.lower() if first in ('The ', 'A ') else first}{rest}."

    words = _ENDS_DATED.sub(turned, text.words)
    return Changed(words) if words != text.words else None


CHANGES: dict[str, Callable[[Text], Changed | None]] = {
    "swap places": swap_places,
    "rename people": rename_people,
    "shift years": shift_years,
    "turn lists": turn_lists,
    "semicolons in rows": semicolons,
    "past in rows": past,
    "date first": date_first,
}
