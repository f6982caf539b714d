"""What pages call things and numbers: told apart, readable, as the document writes them."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

import kg
from kg.dataset.graph import Graph
from kg.vocabulary import KG, NIF, QUDT, RDFS, SCHEMA, UNIT
from kg.web.app import application
from kg.web.pages.figures import converted_words, figure_words
from kg.web.pages.naming import Names

HERE = "https://data.example.org/"


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(HERE + path)


def figure(quote: str, kind: str, value: str, *, noun: str = "", unit: str = "", qualifier: str = "") -> Graph:
    """A store with one figure."""
    claim, span, store = node("claim/a"), node("span/a-0-9"), ox.Store()
    said: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (claim, KG.figureKind, KG[kind]),
        (claim, QUDT.numericValue, ox.Literal(value)),
        (claim, KG.mainEvidence, span),
        (span, NIF.anchorOf, ox.Literal(quote)),
    ]
    if noun:
        said.append((claim, KG.countOf, ox.Literal(noun)))
    if unit:
        said.append((claim, QUDT.hasUnit, UNIT[unit]))
    if qualifier:
        said.append((claim, KG.qualifier, ox.Literal(qualifier)))
    store.extend(ox.Quad(*one) for one in said)
    return Graph(store)


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        (figure("It stands 30 kilometers west.", "Distance", "30000", unit="M"), "30 kilometers"),
        (figure("It stands about 30 km west.", "Distance", "30000", unit="M", qualifier="about"), "about 30 km"),
        (figure("Kilometers to the river: thirty", "Distance", "30000", unit="M"), "30 km"),
        (figure("It lost 224 villages and 3 towns.", "Count", "224", noun="village"), "224 villages"),
        (figure("Villages: 224", "Count", "224", noun="village"), "224 villages"),
        (figure("Villages: 1", "Count", "1", noun="village"), "1 village"),
        (figure("Four of the five towns fell.", "Count", "5", noun="town"), "five towns"),
        (figure("30 km of road, 20 km of rail", "Distance", "20000", unit="M"), "20 km"),
    ],
)
def test_a_figure_is_shown_as_its_document_writes_it(graph: Graph, words: str) -> None:
    assert figure_words(graph, node("claim/a")) == words


def test_a_converted_figure_is_shown_in_the_unit_of_the_dataset_too() -> None:
    graph = figure("It covers 190 hectares.", "Area", "1.9", unit="KiloM2")
    assert figure_words(graph, node("claim/a")) == "190 hectares"
    assert converted_words(graph, node("claim/a")) == "1.9 km²"


def test_places_of_one_name_are_told_apart_and_others_keep_theirs() -> None:
    store = ox.Store()
    feature = ox.NamedNode("http://www.opengis.net/ont/geosparql#Feature")
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    labels = {"east": "Smara", "west": "Smara", "stray": "Smara", "alone": "Tifariti", "sahara": "Sahara"}
    for path, label in labels.items():
        store.add(ox.Quad(node(f"place/{path}"), rdf_type, feature))
        store.add(ox.Quad(node(f"place/{path}"), RDFS.label, ox.Literal(label, language="en")))
    store.add(ox.Quad(node("place/east"), SCHEMA.containedInPlace, node("place/sahara")))
    store.add(ox.Quad(node("place/west"), SCHEMA.containedInPlace, node("place/alone")))
    store.add(ox.Quad(node("document/d-1"), SCHEMA.mentions, node("place/stray")))
    store.add(ox.Quad(node("document/d-1"), SCHEMA.headline, ox.Literal("A poet", language="en")))
    names = Names(Graph(store), lambda iri: iri, lambda iri: None)
    assert [names.of(node(f"place/{path}")) for path in labels] == [
        "Smara (Sahara)",
        "Smara (Tifariti)",
        "Smara (in “A poet”)",
        "Tifariti",
        "Sahara",
    ]


def test_a_document_without_a_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    text = (
        "the river rose again on Monday and the ferry stopped. Armenian armed forces occupied Shusha on 8 May 1992.\n"
    )
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    kg.build([str(tmp_path / "note.txt")], str(data))
    (row,) = kg.open(data).query("documents")
    assert row["title"] is None
    with TestClient(application(kg.open(data))) as client:
        for path in ("documents", "", "place/AZ-SUS"):
            page = client.get(f"/{path}", headers={"accept": "text/html"}).text
            assert "the river rose again on Monday and the ferry stopped." in page
            assert "document:" not in page
