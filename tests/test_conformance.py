"""What kg writes, by the grammars of the standards and by the readers of others."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from outside import CONFORMANCE as TOOLS
from servers import FUSEKI

import kg
from kg import formats
from kg.dataset.export import export

OUTPUT = Path(__file__).parents[1] / "output"
# RFC 4180, section 2, with the characters of UTF-8 for TEXTDATA.
FIELD = rb'(?:"(?:[^"]|"")*"|[^",\r\n]*)'
RECORD = re.compile(rb"%s(?:,%s)*\r\n" % (FIELD, FIELD))
LEAST = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
"""How deep positions lie in the coordinates of a geometry (RFC 7946, section 3.1)."""


@pytest.mark.parametrize("table", sorted((OUTPUT / "tables").glob("*.csv")), ids=lambda path: path.name)
def test_tables_follow_the_grammar_of_rfc_4180(table: Path) -> None:
    data, at, widths = table.read_bytes(), 0, set()
    while at < len(data):
        record = RECORD.match(data, at)
        assert record, data[at : at + 200]
        widths.add(len(re.findall(rb"(?:^|,)%s" % FIELD, record[0].removesuffix(b"\r\n"))))
        at = record.end()
    assert len(widths) == 1


def positions(found: Any, depth: int) -> list[Any]:
    return [found] if not depth else [one for part in found for one in positions(part, depth - 1)]


def test_geojson_follows_rfc_7946(built_seed: kg.Dataset, tmp_path: Path) -> None:
    export(built_seed, "geojson", tmp_path / "a.geojson")
    found = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert not {"crs", "geometry", "properties"} & found.keys()
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict | None)
        if (geometry := feature["geometry"]) is None:
            continue
        for longitude, latitude in positions(geometry["coordinates"], LEAST[geometry["type"]]):
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


@pytest.mark.tool("Apache Jena")
@pytest.mark.server
@pytest.mark.skipif(not FUSEKI.is_file() or not shutil.which("java"), reason="Jena is not installed")
def test_jena_finds_nothing_wrong_in_what_is_published() -> None:
    files = sorted(path for kind in ("ttl", "nt", "jsonld") for path in OUTPUT.glob(f"*.{kind}"))
    assert len(files) >= 5
    command = ["java", "-cp", str(FUSEKI), "riotcmd.riot", "--validate", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not re.findall(r".*(?:WARN|ERROR).*", done.stdout + done.stderr)


@pytest.mark.tool("geojson-schema, by jsonschema")
@pytest.mark.server
@pytest.mark.skipif(
    not (TOOLS / "geojson-schema").is_dir() or not find_spec("jsonschema"), reason="no JSON Schema here"
)
def test_geojson_fits_its_json_schema(built_seed: kg.Dataset, tmp_path: Path) -> None:
    from jsonschema import Draft7Validator

    schema = json.loads((TOOLS / "geojson-schema" / "FeatureCollection.json").read_text(encoding="utf-8"))
    export(built_seed, "geojson", tmp_path / "a.geojson")
    found = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert len(found["features"]) > 5
    assert list(Draft7Validator(schema).iter_errors(found)) == []
    found["features"][0]["geometry"] = {"type": "Point", "coordinates": ["a", 1]}
    assert list(Draft7Validator(schema).iter_errors(found)) != []


WITH_N3 = """
const fs = require("fs"), n3 = require(process.argv[1])
const quads = new n3.Parser({ format: process.argv[2] }).parse(fs.readFileSync(process.argv[3], "utf8"))
process.stdout.write(new n3.Writer({ format: "N-Triples" }).quadsToString(quads))
"""


@pytest.mark.tool("N3.js")
@pytest.mark.server
@pytest.mark.skipif(not (TOOLS / "n3").is_dir() or not shutil.which("node"), reason="N3.js is not installed")
@pytest.mark.parametrize("name", ["dataset.ttl", "dataset.nt", "annotations.nt", "catalog.ttl", "validation.ttl"])
def test_n3_js_reads_the_same_triples(name: str) -> None:
    format = "text/turtle" if name.endswith(".ttl") else "application/n-triples"
    command = ["node", "-e", WITH_N3, str(TOOLS / "n3"), format, str(OUTPUT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = set(formats.read_bytes(done.stdout.encode(), formats.N_TRIPLES))
    assert theirs == set(formats.read(OUTPUT / name))
    assert len(theirs) > 1
