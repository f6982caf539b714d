import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

import kg
from kg import domain, vocabulary
from kg.vocabulary import KG, NAMESPACES, RDF, RDFS, UNIT, XSD

OWL = "http://www.w3.org/2002/07/owl#"
COMMENT, RANGE = NamedNode(RDFS.iri + "comment"), NamedNode(RDFS.iri + "range")
ONTOLOGY = Path(kg.__file__).with_name("ontology.ttl")
SUPERCLASSES = {
    "EventClaim": "http://semanticweb.cs.vu.nl/2009/11/sem/Event",
    "RoleClaim": "http://www.w3.org/ns/org#Membership",
    "Statement": "https://schema.org/Quotation",
}


@pytest.fixture(scope="module")
def ontology() -> Any:
    return [quad.triple for quad in parse(path=str(ONTOLOGY), format=RdfFormat.TURTLE)]


def _terms(triples: Any, *predicates: Any) -> Any:
    return {t.subject for t in triples if t.subject.value.startswith(KG.iri) and (t.predicate in predicates)}


def test_the_code_and_the_ontology_have_the_same_terms(ontology: Any) -> None:
    assert _terms(ontology, RDF.type) == set(KG)


def test_every_own_term_has_a_label_a_comment_and_a_type(ontology: Any) -> None:
    for predicate in (RDF.type, RDFS.label, COMMENT):
        assert _terms(ontology, predicate) == set(KG), predicate


def test_the_ontology_has_no_blank_node_and_points_to_no_own_term_that_is_missing(ontology: Any) -> None:
    for triple in ontology:
        assert not isinstance(triple.subject, BlankNode)
        assert not isinstance(triple.object, BlankNode)
        if isinstance(triple.object, NamedNode) and triple.object.value.startswith(KG.iri):
            assert triple.object in set(KG)


def test_every_listed_term_is_used_by_the_code() -> None:
    folder = Path(kg.__file__).parent
    code = "\n".join(p.read_text("utf-8") for p in sorted(folder.rglob("*.py")) if p.name != "vocabulary.py")
    words = set(re.findall(r"\b[A-Z]+\.\w+", code))
    not_by_name = {KG.Claim, KG.FigureKind, *(KG[term] for term in domain.TERMS), *UNIT}
    for namespace in NAMESPACES:
        for term in namespace.terms:
            name = namespace.prefix.upper()
            used = f"{name}.{term}" in words or f'{name}["{term}"]' in code
            assert used or namespace[term] in not_by_name, f"{name}.{term}"


@pytest.mark.parametrize(("term", "superclass"), SUPERCLASSES.items())
def test_own_classes_stand_below_standard_ones(ontology: Any, term: Any, superclass: Any) -> None:
    supers = {t.object.value for t in ontology if t.subject == KG[term] and t.predicate == RDFS.subClassOf}
    assert superclass in supers


def test_a_property_of_literals_has_a_range_and_a_property_of_nodes_has_no_datatype(ontology: Any) -> None:
    ranges = {t.subject: t.object for t in ontology if t.predicate == RANGE}
    for triple in ontology:
        if triple.object == NamedNode(OWL + "DatatypeProperty"):
            assert triple.subject in ranges, triple.subject
        if triple.object == NamedNode(OWL + "ObjectProperty") and triple.subject in ranges:
            assert not ranges[triple.subject].value.startswith(XSD.iri)


def test_an_unlisted_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = KG.hasPlace


def test_prefixes_are_unique_and_every_kind_of_iri_has_its_own() -> None:
    prefixes = vocabulary.prefixes("http://127.0.0.1:8000/")
    assert len(set(prefixes.values())) == len(prefixes)
    assert {kind: prefixes[kind] for kind in vocabulary.KINDS} == {
        kind: f"http://127.0.0.1:8000/{kind}/" for kind in vocabulary.KINDS
    }


def test_iteration_over_a_namespace_is_sorted() -> None:
    assert [node.value for node in KG] == sorted(node.value for node in KG)
