"""Claims, evidence and places in other forms, read by other implementations."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.dataset import Dataset
from kg.dataset.export import FORMATS, export
from kg.errors import InputError, UsageError
from kg.runtime.locks import ALONE, lock
from kg.vocabulary import BASE, DCAT, DCTERMS, KG, NP, PROV, RDF

SIDES = Path(__file__).parents[1] / "examples" / "two-sides"


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("sides")
    (folder / "kg.toml").write_text(
        'issued = "2026-01-02"\nlicense = "https://creativecommons.org/licenses/by/4.0/"\npublisher = "An archive"\n'
        'version = "2"\nprevious_version = "https://kg.example/dataset/1"\n'
    )
    kg.build([SIDES], folder / "out", shacl_engine="none", config=folder / "kg.toml")
    return kg.open(folder / "out")


def written(data: Dataset, format: str) -> bytes:
    return b"".join(FORMATS[format](data))


def claims(data: Dataset) -> set[str]:
    return {row["claim"] for row in data.query("claims")}  # type: ignore[misc]


def test_every_claim_is_one_nanopublication_of_four_graphs_that_point_to_each_other(sides: Dataset) -> None:
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in ox.parse(written(sides, "nanopub"), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode), "every triple stands in a named graph"
        graphs[quad.graph_name.value].add(quad.triple)
    heads = [name for name in graphs if name.endswith("#Head")]
    assert len(heads) == len(claims(sides))
    for head in heads:
        nanopub = ox.NamedNode(head.removesuffix("#Head"))
        parts = {t.predicate: t.object for t in graphs.pop(head) if t.subject == nanopub}
        assert parts.pop(RDF.type) == NP.Nanopublication
        assert set(parts) == {NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo}
        assertion, provenance, info = (
            graphs.pop(parts[term].value) for term in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        )
        assert {t.subject.value for t in assertion} <= claims(sides)
        told = {t.predicate for t in provenance if t.subject == parts[NP.hasAssertion]}
        assert {PROV.hadPrimarySource, PROV.wasDerivedFrom, KG.method} <= told
        assert {t.predicate for t in info if t.subject == nanopub} >= {DCTERMS.created, DCTERMS.license}
    assert not graphs


@pytest.mark.tool("rdflib")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader uses what it deprecates
def test_rdflib_reads_as_many_nanopublications(sides: Dataset) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(sides, "nanopub"), format="trig")
    found = set(dataset.quads((None, rdflib.RDF.type, rdflib.URIRef(NP.Nanopublication.value), None)))
    assert len(found) == len(claims(sides))


def test_no_clock_is_read_for_a_nanopublication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg.build([SIDES], tmp_path / "out", shacl_engine="none")
    data = kg.open(tmp_path / "out")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert b"dcterms:created" not in written(data, "nanopub")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert b'dcterms:created "2001-09-09T01:46:40Z"^^xsd:dateTime' in written(data, "nanopub")


def test_every_annotation_quotes_its_source_at_its_position(sides: Dataset) -> None:
    page = json.loads(written(sides, "annotations"))
    assert {item["body"] for item in page["items"]} == claims(sides)
    for item in page["items"]:
        assert item["target"]
        for target in item["target"]:
            text = sides.text(target["source"])
            assert text is not None
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text[position["start"] - len(quote["prefix"]) :].startswith(around)


@pytest.mark.tool("PyLD")
def test_annotations_are_web_annotations_to_a_json_ld_processor(sides: Dataset) -> None:
    from pyld import jsonld

    page = json.loads(written(sides, "annotations"))
    oa = "http://www.w3.org/ns/oa#"
    terms = {  # the part of the W3C's context that is used here; it is not fetched
        "id": "@id", "type": "@type", "oa": oa, "as": "https://www.w3.org/ns/activitystreams#",
        "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage",
        "items": {"@id": "as:items", "@container": "@list"},
        "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
        "identifying": "oa:identifying", "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    }  # fmt: skip
    (expanded,) = jsonld.expand({**page, "@context": terms})
    first = expanded["https://www.w3.org/ns/activitystreams#items"][0]["@list"][0]
    assert first["@type"] == [oa + "Annotation"]
    assert set(first) == {"@id", "@type", oa + "hasBody", oa + "hasTarget", oa + "motivatedBy"}
    selectors = first[oa + "hasTarget"][0][oa + "hasSelector"]
    assert [one["@type"] for one in selectors] == [[oa + "TextPositionSelector"], [oa + "TextQuoteSelector"]]


def test_without_published_texts_annotations_have_quotes_alone(tmp_path: Path) -> None:
    kg.build([SIDES], tmp_path / "out", shacl_engine="none", no_text=True)
    for item in json.loads(written(kg.open(tmp_path / "out"), "annotations"))["items"]:
        assert all(set(target["selector"][1]) == {"type", "exact"} for target in item["target"])


def test_geojson_has_every_place_and_event_and_no_contested_value(sides: Dataset) -> None:
    features = json.loads(written(sides, "geojson"))["features"]
    by_id = {feature["id"]: feature for feature in features}
    assert len(by_id) == len(features)
    for row in sides.query("places"):
        geometry = by_id[str(row["place"])]["geometry"]
        if row["latitude"] is None:
            source = by_id[str(row["place"])]["properties"].get("coordinates", "")
            assert source.startswith("The city of ") if geometry else not source
        else:
            assert geometry == {"type": "Point", "coordinates": [float(row["longitude"]), float(row["latitude"])]}
    for row in sides.query("timeline"):
        event = by_id[str(row["event"])]
        said = event["properties"]
        assert said.get("date") == row["date"]
        assert said["sources"] == row["sources"]
        assert " ".join(said.get("contested", [])) == (row["contested"] or "")
        place = by_id.get(said.get("place", ""))
        assert event["geometry"] == (place["geometry"] if place else None)


def test_a_district_of_a_map_stands_at_the_town_of_its_name_and_a_country_nowhere(sides: Dataset) -> None:
    features = {one["id"]: one for one in json.loads(written(sides, "geojson"))["features"]}
    district, country = (features[f"{sides.base}place/{code}"] for code in ("AZ-SUS", "AZ"))
    assert district["geometry"] == {"type": "Point", "coordinates": [46.7499, 39.7601]}
    assert district["properties"]["coordinates"] == "The city of Shusha in it. Coordinates: GeoNames 147105."
    assert country["geometry"] is None


HILL = """@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix place: <https://kg.example/place/> .
place:long-ridge a schema:AdministrativeArea ; schema:additionalType "hill" ; rdfs:label "Long Ridge"@en ;
  schema:containedInPlace place:AZ ; schema:latitude 40.5 ; schema:longitude 46.25 .
"""


def test_the_points_of_a_map_are_those_of_the_dataset_whatever_gazetteer_is_installed(tmp_path: Path) -> None:
    (tmp_path / "names.ttl").write_text(HILL, "utf-8")
    (tmp_path / "one.txt").write_text("Long Ridge was captured on 8 May 1992.\nShusha fell on 9 May 1992.\n", "utf-8")
    kg.build([tmp_path / "one.txt"], tmp_path / "out", gazetteers=[tmp_path / "names.ttl"], shacl_engine="none")
    path = tmp_path / "out" / "dataset.nt"
    path.write_text(path.read_text("utf-8").replace("POINT (46.7499 39.7601)", "POINT (1.5 2.5)"), "utf-8")
    found = {
        one["id"]: one["geometry"] for one in json.loads(written(kg.open(tmp_path / "out"), "geojson"))["features"]
    }
    assert found[f"{BASE}place/long-ridge"] == {"type": "Point", "coordinates": [46.25, 40.5]}
    assert found[f"{BASE}place/AZ-SUS"] == {"type": "Point", "coordinates": [1.5, 2.5]}


@pytest.mark.tool("GDAL, by pyogrio")
@pytest.mark.slow
def test_gdal_opens_the_places_and_events_at_their_points(sides: Dataset, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="GDAL is not installed: pip install pyogrio")
    export(sides, "geojson", tmp_path / "map.geojson")
    said = pyogrio.read_info(tmp_path / "map.geojson")
    features = json.loads(written(sides, "geojson"))["features"]
    drawn = [one["geometry"]["coordinates"] for one in features if one["geometry"]]
    assert said["features"] == len(features) > len(drawn) > 0
    assert (said["geometry_type"], said["crs"]) == ("Point", "EPSG:4326")
    longitudes, latitudes = zip(*drawn, strict=True)
    assert said["total_bounds"] == (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    assert {"name", "kind", "date", "coordinates"} <= set(said["fields"])


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_form_is_the_same_bytes_every_time_and_a_whole_file(sides: Dataset, tmp_path: Path, format: str) -> None:
    export(sides, format, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == written(kg.open(sides.folder), format)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_cannot_be_written_is_an_error_and_leaves_nothing(sides: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        export(sides, "geojson", tmp_path / "missing" / "file")
    with pytest.raises(UsageError, match="no form"):
        export(sides, "shapefile", tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_written_over_and_what_another_one_writes_or_links_is_not(
    sides: Dataset, tmp_path: Path
) -> None:
    place, new, mine = (tmp_path / name for name in ("file", ".file.kg-new", "mine"))
    new.write_text("killed " * 100_000)
    export(sides, "geojson", place)
    assert place.read_bytes() == written(sides, "geojson")
    mine.write_text("mine")
    new.symlink_to(mine)
    with pytest.raises(InputError, match="cannot be written"):
        export(sides, "geojson", place)
    assert mine.read_text() == "mine"
    new.unlink()
    held = lock(new, ALONE)
    with pytest.raises(InputError, match="another run of kg writes here"):
        export(sides, "geojson", place)
    assert new.exists()
    os.close(held)


def test_the_catalogue_names_the_version_and_what_it_revises(sides: Dataset) -> None:
    catalog = rdflib.Graph().parse(sides.folder / "catalog.ttl")
    dataset, previous = rdflib.URIRef(BASE + "dataset"), rdflib.URIRef("https://kg.example/dataset/1")
    assert (dataset, rdflib.URIRef(DCAT.version.value), rdflib.Literal("2")) in catalog
    assert (dataset, rdflib.URIRef(DCAT.previousVersion.value), previous) in catalog
    assert (dataset, rdflib.URIRef(PROV.wasRevisionOf.value), previous) in catalog


def test_the_command_writes_the_file(sides: Dataset, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from kg.commands import cli

    for format in FORMATS:
        words = ["export", "--data", str(sides.folder), "--format", format, "--out", str(tmp_path / format)]
        assert CliRunner().invoke(cli, words).exit_code == 0
        assert (tmp_path / format).read_bytes() == written(sides, format)
