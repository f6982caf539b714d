import re
from collections.abc import Iterable
from typing import Any

import pytest
from by_hand import seed, two_sides
from graphs import dataset_graph, document_graph, everything, rich
from pyoxigraph import Literal, NamedNode, Triple

from kg import formats
from kg.validate import PARTS, prepare, shapes_folder, validate
from kg.vocabulary import KG, RDF, RDFS

SH = "http://www.w3.org/ns/shacl#"
FILES = sorted(shapes_folder().glob("*.ttl"))
NODE_SHAPE = NamedNode(SH + "NodeShape")

# What may be missing without anybody noticing, because it is said only where a text or a gazetteer says it.
OPTIONAL = {
    "source": "url note",
    "document": "headline datePublished publisher publisherFrom publisherEvidence mentions note",
    "claim": "accordingTo",
    "EventClaim": "hasActor hasPlace includesPlace areaKm2 areaQualifier areaConvertedFrom ofAreaKm2 sharePercent "
    "shareQualifier",
    "FigureClaim": "figureOf subjectText qualifier convertedFrom demands notImplementedBy",
    "RoleClaim": "role organization",
    "Statement": "saidTo saidAt isHeadline",
    "IndirectSpeech": "speaker",
    "entity": "additionalType alternateName iso citedAreaKm2 containedInPlace sameAs note identifier",
    "Geometry": "hadPrimarySource",
    "event": "hasActor partQualifier shareQualifier areaQualifier",
}
OPTIONAL_PAIRS = {(where, name) for where, names in OPTIONAL.items() for name in names.split()}


def local(term: Any) -> Any:
    return re.split(r"[/#]", term.value)[-1]


def types_of(graph: Iterable[Triple]) -> Any:
    types: dict[object, set[str]] = {}
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            types.setdefault(subject, set()).add(local(value))
    return types


def places(types: Any) -> Any:
    """The rows of `OPTIONAL` that a node with these types falls under."""
    found = set(types)
    found |= {"source"} if "Entity" in types else set()
    found |= {"document"} if types & {"NewsArticle", "Report"} else set()
    found |= {"claim"} if types & {"EventClaim", "FigureClaim", "RoleClaim", "Statement"} else set()
    found |= {"event"} if types in ({"ControlChange"}, {"Adoption"}) else set()
    found |= (
        {"entity"} if types & {"Feature", "Person", "Organization", "Role", "CreativeWork", "Legislation"} else set()
    )
    return found


def needless(triple: Any, graph: Any, types: Any) -> Any:
    """Whether a graph without the triple is as good: it is optional, or another one serves as well."""
    name = local(triple.predicate)
    same = [t for t in graph if t.subject == triple.subject and t.predicate == triple.predicate]
    if any((place, name) in OPTIONAL_PAIRS for place in places(types[triple.subject])):
        return True
    if name == "calledAs":
        return "ControlChange" not in types[triple.subject]
    if name == "label":  # one of several names, but the English one is what results show
        return len(same) > 1 and triple.object.language != "en"
    if name == "concerns":
        return len(same) > 1
    if name == "partKm2":  # where the area of the whole place is contested, a claim's area may be either
        place = next(t.object for t in graph if t.subject == triple.subject and local(t.predicate) == "hasPlace")
        return Triple(place, KG.contested, KG.areaKm2) in graph
    return False


def kinds(graph: Any, types: Any) -> Any:
    """One triple of each kind: class of the node, predicate, and for types which."""
    found = {}
    for triple in graph:
        value = local(triple.object) if triple.predicate == RDF.type else ""
        value += triple.object.language or "" if isinstance(triple.object, Literal) else ""
        found[frozenset(types[triple.subject]), triple.predicate.value, value] = triple
    return found


def cases() -> Any:
    """Of every kind of triple one, with the smallest graph that holds it and the shapes for that graph."""
    found = {}
    for extraction in (*two_sides(), everything(), *seed()):
        graph = tuple(document_graph(extraction))
        for kind, triple in kinds(graph, types_of(graph)).items():
            found.setdefault(kind, (triple, graph, "document"))
    across = tuple(dataset_graph(*two_sides(), everything()))
    alone = {triple for _, graph, _ in found.values() for triple in graph}
    for kind, triple in kinds(across, types_of(across)).items():
        if triple not in alone:
            found.setdefault(kind, (triple, across, "dataset"))
    return found.values()


def case_name(case: Any) -> Any:
    triple, graph, _ = case
    return f"{'+'.join(sorted(types_of(graph)[triple.subject]))}-{local(triple.predicate)}"


CASES = sorted(cases(), key=lambda case: (case_name(case), str(case[0])))


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_every_required_triple_is_missed(case: Any) -> None:
    triple, graph, part = case
    if needless(triple, graph, types_of(graph)):
        return
    assert not validate([t for t in graph if t != triple], prepare(part=part)).conforms


@pytest.mark.slow
def test_what_is_optional_is_optional() -> None:
    """Else the table above would excuse what the shapes require."""
    optional = [case for case in CASES if needless(case[0], case[1], types_of(case[1]))]
    missed = [
        case_name((triple, graph, part))
        for triple, graph, part in optional
        if part == "document" and not validate([t for t in graph if t != triple], prepare(part=part)).conforms
    ]
    # These stand together: what is said of a value, and the value.
    assert set(missed) <= {
        "NewsArticle-publisher",
        "NewsArticle-publisherFrom",
        "NewsArticle-publisherEvidence",
        "Capture+ControlChange+EventClaim-areaKm2",
        "Capture+ControlChange+EventClaim-sharePercent",
    }


@pytest.mark.parametrize("extraction", [*seed(), *two_sides(), everything()], ids=lambda e: e.document.id)
def test_what_is_written_by_hand_conforms_document_by_document(extraction: Any) -> None:
    assert validate(document_graph(extraction), prepare(part="document")).results == ()


def test_what_is_written_by_hand_conforms_as_a_whole() -> None:
    assert validate(rich(), prepare()).results == ()


@pytest.mark.slow
def test_the_shapes_are_well_formed_shacl() -> None:
    prepare([shapes_folder()])


def test_every_shape_is_used_somewhere() -> None:
    assert {name for part in PARTS.values() for name in part} == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shape_says_its_severity_and_every_constraint_its_message(path: Any) -> None:
    graph = list(formats.read(path))
    predicates: dict[object, dict[str, object]] = {}
    for subject, predicate, value in graph:
        predicates.setdefault(subject, {})[local(predicate)] = value
    inner = {t.object for t in graph if local(t.predicate) in ("first", "not", "qualifiedValueShape")}
    reachable = {t.object for t in graph if local(t.predicate) == "property" and t.subject not in inner}
    named = {t.subject for t in graph if t.predicate == RDF.type and t.object == NODE_SHAPE}
    assert named
    for shape in named:
        assert predicates[shape]["severity"] == NamedNode(SH + "Violation")
        says = {"or", "xone", "closed", "nodeKind", "pattern"} & predicates[shape].keys()
        assert "message" in predicates[shape] or says <= {"nodeKind"}, shape
    for property in reachable:
        message = predicates[property]["message"]
        assert isinstance(message, Literal)
        assert message.language == "en"
        assert message.value.endswith(".")


def test_the_shapes_name_only_terms_that_there_are() -> None:
    ours = {
        value for path in FILES for triple in formats.read(path) for value in triple if isinstance(value, NamedNode)
    }
    assert {term for term in ours if term.value.startswith(KG.iri)} <= set(KG)


def test_no_shape_infers_anything() -> None:
    """A subclass in the shapes would make their meaning depend on inference."""
    assert not [t for path in FILES for t in formats.read(path) if t.predicate == RDFS.subClassOf]
