"""The catalogue judged by the shapes of DCAT-AP 3.0.1, as its authors published them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from graphs import rich

from kg.config import Config, read_config
from kg.errors import InputError
from kg.vocabulary import BASE
from kg.write import ntriples
from kg.write.catalog import catalog
from kg.write.made import Made

SHAPES = Path(__file__).parent / "suites" / "dcat-ap"
SEED = Path(__file__).parents[1] / "output" / "catalog.ttl"
FULL = Config(
    title="Two sides", license="https://creativecommons.org/licenses/by/4.0/", publisher="A publisher",
    publisher_url="https://publisher.example/", creator="A. Writer", creator_url="https://orcid.org/0000-0000-0000-0000",
    identifier="https://doi.org/10.0000/example", access_rights="public", related=("https://data.example/paper",),
    endpoint="https://data.example/sparql", homepage="https://data.example/", issued="2026-11-24", version="2",
    previous_version="https://data.example/1", keywords=("conflict",),
)  # fmt: skip


@cache
def shapes(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(SHAPES / name)
    graph.remove((None, rdflib.OWL.imports, None))
    return graph


def violations(data: bytes, *names: str) -> list[str]:
    graph = rdflib.Graph().parse(data=data, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(*names))
    found = report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    return sorted(
        f"{report.value(one, rdflib.SH.focusNode)} {report.value(one, rdflib.SH.resultPath)}" for one in found
    )


def written(folder: Path, config: Config) -> bytes:
    (folder / "dataset.nt").write_bytes(ntriples(rich()))
    (folder / "dataset-00000.nt.gz").write_bytes(b"packed")
    return catalog(folder, rich(), made=Made("a", "b", {}, config, "c"), base=BASE)


ALL = [("shapes.ttl",), ("shapes.ttl", "range.ttl"), ("dcat-ap-SHACL.ttl",)]


@pytest.mark.tool("pySHACL")
@pytest.mark.parametrize("names", ALL)
def test_the_catalogue_of_the_seed_has_no_violation(names: tuple[str, ...]) -> None:
    assert violations(SEED.read_bytes(), *names) == []


@pytest.mark.tool("pySHACL")
@pytest.mark.parametrize("names", ALL)
def test_a_catalogue_of_which_everything_was_set_has_no_violation(names: tuple[str, ...], tmp_path: Path) -> None:
    # pySHACL refuses a shape for data services in the third file: it is referred to and not there.
    config = replace(FULL, endpoint="") if names == ("dcat-ap-SHACL.ttl",) else FULL
    assert violations(written(tmp_path, config), *names) == []


def test_a_catalogue_without_an_address_to_access_has_violations() -> None:
    lacking = SEED.read_bytes().replace(b"dcat:accessURL", b"dcat:downloadURL")
    assert len(violations(lacking, "shapes.ttl")) == lacking.count(b"a dcat:Distribution")


def test_the_dataset_covers_the_places_and_days_that_its_claims_speak_of() -> None:
    graph = rdflib.Graph().parse(SEED)
    data = rdflib.Graph().parse(SEED.with_name("dataset.nt"))
    dataset, sem = rdflib.URIRef(f"{BASE}dataset"), rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    assert set(graph.objects(dataset, rdflib.DCTERMS.spatial)) == set(data.objects(None, sem.hasPlace))
    period = graph.value(dataset, rdflib.DCTERMS.temporal)
    days: list[Any] = [
        *data.objects(None, sem.hasEarliestBeginTimeStamp),
        *data.objects(None, sem.hasLatestEndTimeStamp),
    ]
    assert graph.value(period, rdflib.DCAT.startDate) == min(days)
    assert graph.value(period, rdflib.DCAT.endDate) == max(days)


def test_only_a_dataset_with_a_publisher_stands_in_a_catalogue(tmp_path: Path) -> None:
    assert b"dcat:Catalog" in written(tmp_path, FULL)
    assert b"dcat:Catalog" not in written(tmp_path, replace(FULL, publisher=""))


def test_who_may_have_the_data_is_said_in_the_words_of_the_authority(tmp_path: Path) -> None:
    words = {"public": "PUBLIC", "non-public": "NON_PUBLIC", "https://data.example/rights": None}
    for setting, word in words.items():
        quads = ox.parse(written(tmp_path, replace(FULL, access_rights=setting)), ox.RdfFormat.TURTLE)
        (value,) = {one.object.value for one in quads if one.predicate.value.endswith("/accessRights")}
        wanted = f"http://publications.europa.eu/resource/authority/access-right/{word}" if word else setting
        assert value == wanted


@pytest.mark.parametrize("line", ['access_rights = "open"', 'related = ["a paper"]', 'creator_url = "nowhere"'])
def test_a_setting_that_rdf_could_not_say_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError):
        read_config(path)
