"""First hits of the search at a million claims: the index and the questions of the pages, with made-up sentences.

python -m bench search
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from bench.corpus import FILLER, FIRST, FORCES, HEADS, KNOWN, LAST, TAILS, TOOK, page
from kg.text.folding import fold
from kg.web.search import index
from kg.web.search.asking import Asked, Index
from kg.web.search.records import Document, Name, Record

TITLE = "First hits of the search at a million claims"
CLAIMS = 1_000_000
OF_A_DOCUMENT = 20
ASKED = {
    "a place": Asked("Shusha"),
    "a place in another script": Asked("Шуша"),
    "a common word": Asked("occupied"),
    "the commonest word": Asked("the"),
    "two words": Asked("occupied Lachin"),
    "a phrase": Asked('"closed for most of the week"'),
    "the beginning of a word": Asked("occ"),
    "a word and two facets": Asked("occupied", (("year", "2003"), ("publisher", "River Herald"))),
    "facets alone": Asked("", (("place", "Shusha"), ("kind", "capture"))),
    "everything, the latest first": Asked("", order="latest"),
    "the tenth page": Asked("Shusha", page=10),
    "documents": Asked("ambulances", among="documents"),
    "names": Asked("Anna", among="names"),
}
PLACES = (*KNOWN, *(head + tail for head in HEADS for tail in TAILS))
PEOPLE = tuple(f"{first} {last}" for first in FIRST for last in LAST)
KINDS = "occupation|capture|liberation|area|share|role|direct speech|indirect speech".split("|")


def rows() -> Iterator[tuple[str, ...]]:
    """What is asked, its hits, and the medians of ten runs: by the clock, and of CPU; less than 200 ms is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "search")
        begun = time.process_time()
        index.write(place, (_names(), _documents()))
        taken, file = time.process_time() - begun, place / index.NAME
        yield "asked", "hits", "ms", "ms of CPU"
        yield f"(the index: {file.stat().st_size / 1e6:.0f} MB, made in {taken:.0f} s of CPU)", "", "", ""
        searched = Index(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True))
        for words, asked in ASKED.items():
            found = searched.find(asked)
            by_clock, of_cpu = zip(*(_taken(searched, asked) for _ in range(10)), strict=True)
            hits = f"{'more than ' if found.more else ''}{found.all:,}"
            yield words, hits, f"{median(by_clock):.0f}", f"{median(of_cpu):.0f}"


def _taken(searched: Index, asked: Asked) -> tuple[float, float]:
    begun, worked = time.perf_counter(), time.process_time()
    searched.find(asked)
    searched.counts(asked)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def _names() -> Iterator[Name]:
    for name in PLACES:
        yield Name(f"place/{fold(name)}", name, "town", ("Шуша", "Şuşa", "Shushi") if name == "Shusha" else ())
    for kind, names in (("person", PEOPLE), ("organization", FORCES)):
        for name in names:
            yield Name(f"agent/{fold(name).replace(' ', '-')}", name, kind, ())


def _documents() -> Iterator[tuple[Document, list[Record]]]:
    for number in range(CLAIMS // OF_A_DOCUMENT):
        made, chance = page(number), Random(number)
        path = f"document/{made['id']}-1"
        claims = [_claim(path, one, chance, made["publisher"]) for one in range(OF_A_DOCUMENT)]
        document = Document(
            path, made["title"], "article", made["publisher"], made["published"], "en",
            f"source/{made['id']}", f"{made['id']}.txt", fold(made["text"]), (),
        )  # fmt: skip
        yield document, claims


def _claim(document: str, number: int, chance: Random, publisher: str) -> Record:
    place = PLACES[min(int(chance.expovariate(0.03)), len(PLACES) - 1)]
    force, person, kind = chance.choice(FORCES), chance.choice(PEOPLE), chance.choice(KINDS)
    year, verb = chance.randrange(1988, 2024), chance.choice(TOOK)
    words = (
        f"{kind} {publisher} {force} {verb} {place} on {chance.randrange(1, 29)} May {year}. {chance.choice(FILLER)}"
    )
    named = [f"place/{fold(place)}", f"agent/{fold(force).replace(' ', '-')}"]
    values = [("place", place), ("actor", force), ("kind", kind), ("year", str(year)), ("publisher", publisher)]
    if "speech" in kind:
        named.append(f"agent/{fold(person).replace(' ', '-')}")
        values.append(("speaker", person))
    begins = f"{year}-05-{chance.randrange(1, 29):02}"
    return Record(f"claim/{document[9:]}_{number}", number, begins, fold(words), tuple(named), tuple(values))
