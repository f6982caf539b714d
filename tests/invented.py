"""Publishes claims that use words given as arguments, and prints where each of them is known, as JSON.

Run in a copy of the tree in which the words have been added to `kg.domain`; see ``test_domain.py``.
"""

import json
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from by_hand import FORCES, SHUSHA, article

import kg
from kg import domain, gazetteer
from kg.config import Config
from kg.dataset import queries
from kg.dataset.explain import explain
from kg.dataset.export import export
from kg.ids import kind_of
from kg.model import EventClaim, FigureClaim
from kg.pipeline import outputs
from kg.pipeline.across import Gathered, unite
from kg.pipeline.document import Processor
from kg.rdf import IRIs
from kg.runtime.workers import Workers
from kg.validate import prepare, validate_files
from kg.web.pages.render import Renderer
from kg.web.pages.site import Site
from kg.web.snapshot import Snapshot
from kg.write.made import Made

FAMILY, WORD, FIGURE, PROPERTY = sys.argv[1:]


def extractions() -> list[Any]:
    """Two documents that differ on the number, each with an event of the family, of the word, and a figure."""
    found = []
    for slug, number in (("one", 3), ("two", 5)):
        writer = article("Shusha saw it on 8 May 1992. Nine were counted. It happened then.", slug, f"Outlet {slug}")
        first, second, third = (writer.span(words) for words in ("Shusha saw it on 8 May 1992.", "Nine", "It happened"))
        event: dict[str, Any] = {"called_as": "it", "place": SHUSHA, "actors": (FORCES,), "date": "1992-05-08"}
        value = domain.PROPERTY[PROPERTY].fields
        assert value
        writer.says(EventClaim(evidence=(first,), family=FAMILY, **event, **{value[0]: Decimal(number)}))
        writer.says(EventClaim(evidence=(third,), family="control", word=WORD, **event))
        writer.says(FigureClaim(evidence=(second,), kind=FIGURE, value=Decimal(9), noun="goat", of=SHUSHA))
        found.append(writer.extraction())
    return found


def publish(folder: Path) -> kg.Dataset:
    """The dataset, validated as `kg build` does."""
    processor = Processor(gazetteer.load(), IRIs(), prepare(part="document"), "auto")
    gathered = Gathered(folder / "scratch")
    for one in processor.judge([(each.document.source, [each]) for each in extractions()]):
        assert not one.set_aside, [each.problems for each in one.set_aside]
        gathered.add(one)
        outputs.write_source(folder, one, processor.iris, text=True)
    workers = Workers(1, processor)
    united = unite(gathered, workers)
    assert united.report
    assert united.report.conforms, united.report
    outputs.write_dataset(folder, gathered, united, workers, made=Made("", "", {}, Config()))
    return kg.open(folder)


def pages(data: kg.Dataset) -> dict[str, str]:
    """The pages of each kind as HTML."""
    site = Site(Snapshot(data))
    renderer = Renderer(site.published, site.homes, static=True)
    found: dict[str, str] = {}
    for path in site.paths():
        if page := site.page(path):
            kind = path.partition("/")[0]
            found[kind] = found.get(kind, "") + renderer.html(page)
    return found


def exported(data: kg.Dataset, format: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        export(data, format, Path(folder) / "out")
        return (Path(folder) / "out").read_text(encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = publish(Path(name))
        event = next(row["event"] for row in data.query("events") if row["type"] == FAMILY)
        rows = {query: [list(map(str, row.values())) for row in data.query(query)] for query in queries.names()}
        texts = {
            **{f"page {kind}": text for kind, text in pages(data).items()},
            "findings": "\n".join(str(row["message"]) for row in data.query("findings")),
            "geojson": exported(data, "geojson"),
            "nanopub": exported(data, "nanopub"),
            "explain": "\n".join(line.plain() for line in explain(data, str(event))),
            "report": (data.folder / "report.md").read_text("utf-8"),
            "jsonld": (data.folder / "dataset.jsonld").read_text("utf-8"),
        }
        kinds = [kind_of(str(row["claim"]).rpartition("_")[0]) for row in data.query("claims")]
        conforms = validate_files([data.folder / "dataset.nt"]).conforms
        found = {"rows": rows, "texts": texts, "kinds": kinds, "conforms": conforms}
        json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
