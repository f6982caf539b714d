"""Rows of lists: a table through Morph-KGC with an RML mapping, and the same rows as text through kg.

Morph-KGC is not among kg's requirements: ``MORPH_PYTHON`` names a Python that has it (`pip install morph-kgc`). It is
told what each column is; kg has to find places, dates, areas and units in the text, and says where they stand.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.corpus import KNOWN, MONTHS

TITLE = "Rows"
ROWS = (2_000, 8_000)
EACH = 20  # rows of a page
PREFIXES = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix kg: <https://kg.example/ontology#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLAIM, SPAN = "https://kg.example/claim/{id}", "https://kg.example/span/{id}"
MAPS = (
    (CLAIM, ("kg:EventClaim", "kg:ControlChange", "kg:Occupation"), (
        ("dcterms:source", 'rr:template "https://kg.example/document/{page}"'),
        ("prov:wasDerivedFrom", f'rr:template "{SPAN}"'),
        ("kg:mainEvidence", f'rr:template "{SPAN}"'),
        ("sem:hasPlace", 'rr:template "https://kg.example/place/{place}"'),
        ("kg:method", 'rr:constant "rules"'),
        ("kg:date", 'rml:reference "date" ; rr:datatype <http://id.loc.gov/datatypes/edtf/EDTF>'),
        ("sem:hasEarliestBeginTimeStamp", 'rml:reference "date" ; rr:datatype xsd:date'),
        ("sem:hasLatestEndTimeStamp", 'rml:reference "date" ; rr:datatype xsd:date'),
        ("kg:areaKm2", 'rml:reference "area" ; rr:datatype xsd:decimal'),
    )),
    (SPAN, ("nif:Phrase",), (
        ("nif:referenceContext", 'rr:template "https://kg.example/document/{page}"'),
        ("nif:anchorOf", 'rml:reference "text"'),
    )),
)  # fmt: skip


def rows() -> Iterator[tuple[str, ...]]:
    """Both ways at two sizes, start included."""
    yield "what", "rows", "CPU s", "wall s", "triples", "rows a CPU second"
    for count in ROWS:
        made = list(table(count))
        for name, way in (("Morph-KGC", morph), ("kg", kg)):
            cpu, wall, triples = way(made)
            rate = f"{count / cpu:,.0f}" if cpu else "not installed"
            yield name, f"{count:,}", f"{cpu:.2f}", f"{wall:.2f}", f"{triples:,}", rate


def table(count: int) -> Iterator[dict[str, str]]:
    """Rows with what stands in the text and what it means."""
    for number in range(count):
        chance = Random(number)
        year, month, day = chance.randrange(1988, 2024), chance.randrange(12), chance.randrange(1, 29)
        area, place = chance.randrange(90, 4_500), KNOWN[number % len(KNOWN)]
        yield {
            "id": f"{number}",
            "page": f"page-{number // EACH}",
            "place": place,
            "date": f"{year}-{month + 1:02d}-{day:02d}",
            "area": f"{area}.0",
            "text": f"{place}: {MONTHS[month]} {day}, {year}, territory {area} km2",
        }


def morph(made: list[dict[str, str]]) -> tuple[float, float, int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(made[0]))
            writer.writeheader()
            writer.writerows(made)
        (folder / "mapping.ttl").write_text(PREFIXES + "".join(map(mapping, range(len(MAPS)))), encoding="utf-8")
        (folder / "config.ini").write_text(
            "[CONFIGURATION]\noutput_file: out.nt\nnumber_of_processes: 1\n[rows]\nmappings: mapping.ttl\n"
        )
        python = os.environ.get("MORPH_PYTHON", sys.executable)
        cpu, wall = _timed([python, "-m", "morph_kgc", "config.ini"], folder)
        out = folder / "out.nt"
        return (cpu, wall, len(set(out.read_text("utf-8").splitlines()))) if out.is_file() else (0, 0, 0)


def mapping(number: int) -> str:
    subject, classes, pairs = MAPS[number]
    lines = [f"  rr:predicateObjectMap [ rr:predicate {p} ; rr:objectMap [ {o} ] ]" for p, o in pairs]
    kinds = " ".join(f"rr:class {kind} ;" for kind in classes)
    return (
        f'<#map{number}> rml:logicalSource [ rml:source "rows.csv" ; rml:referenceFormulation ql:CSV ] ;\n'
        f'  rr:subjectMap [ rr:template "{subject}" ; {kinds} ] ;\n' + " ;\n".join(lines) + " .\n"
    )


def kg(made: list[dict[str, str]]) -> tuple[float, float, int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
            for start in range(0, len(made), EACH):
                body = "\n".join(f"- {row['text']}" for row in made[start : start + EACH])
                record = {"id": made[start]["page"], "text": f"The Occupation in Figures\n\n{body}\n"}
                file.write(json.dumps(record) + "\n")
        command = [sys.executable, "-m", "kg", "build", "rows.jsonl", "--out", "out", "--shacl-engine", "none", "-q"]
        cpu, wall = _timed(command, folder)
        manifest = json.loads((folder / "out" / "manifest.json").read_text())
        assert manifest["counts"]["event claims"] == len(made)
        return cpu, wall, manifest["counts"]["triples"]


def _timed(command: list[str], folder: Path) -> tuple[float, float]:
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - wall


if __name__ == "__main__":
    for line in rows():
        print(" | ".join(line))
