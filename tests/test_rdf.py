import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from by_hand import AZ, MINISTER, SHUSHA, article, seed, two_sides
from graphs import annotated, described, triples_of
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg import gazetteer, rdf, reconcile, validate
from kg.check import Finding, check, contested
from kg.errors import UsageError
from kg.model import Entity, EventClaim, Extraction, FigureClaim, Mention, RoleClaim, Span, Statement, Unresolved
from kg.rdf import IRIs
from kg.rdf.literals import decimal, published, text
from kg.vocabulary import BASE, DCTERMS, EDTF, KG, KINDS, NIF, PROV, QUDT, RDF, RDFS, SCHEMA, SEM, XSD, prefixes
from kg.write import ntriples

IRI = IRIs()
SEGMENT = re.compile(r"[A-Za-z0-9_-]+")
NAMES = st.text(min_size=1, max_size=12)


def about(triples: Any, node: Any) -> Any:
    return {(t.predicate, t.object) for t in triples if t.subject == node}


def values(triples: Any, node: Any, predicate: Any) -> Any:
    return [t.object.value for t in triples if t.subject == node and t.predicate == predicate]


def entities_only(*entities: Any) -> Any:
    """A document that does no more than mention the entities."""
    writer = article("x" * 40, "doc")
    return writer.extraction(Mention(Span(i, i + 1), "place", entity) for i, entity in enumerate(entities))


# The contract's example


def test_a_list_row_is_as_the_contract_shows_it() -> None:
    listed, _ = seed()
    example = """
      @prefix kg: <https://kg.example/ontology#> .
      @prefix claim: <https://kg.example/claim/> . @prefix span: <https://kg.example/span/> .
      @prefix document: <https://kg.example/document/> . @prefix source: <https://kg.example/source/> .
      @prefix place: <https://kg.example/place/> . @prefix event: <https://kg.example/event/> .
      @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix prov: <http://www.w3.org/ns/prov#> .
      @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
      @prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
      @prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      document:000_99131d23c14bfa34-1 a schema:Report ; schema:headline "The Occupation in Figures"@en ;
        dcterms:isPartOf source:000_99131d23c14bfa34 .
      claim:000_99131d23c14bfa34-1_control_AZ-SUS_1 a kg:EventClaim, kg:ControlChange, kg:Occupation ;
        dcterms:source document:000_99131d23c14bfa34-1 ;
        prov:wasDerivedFrom span:000_99131d23c14bfa34-1-0-25, span:000_99131d23c14bfa34-1-75-114 ;
        kg:method "rules" ; kg:calledAs "Occupation"@en ; sem:hasPlace place:AZ-SUS ; kg:date "1992-05-08"^^edtf:EDTF ;
        sem:hasEarliestBeginTimeStamp "1992-05-08"^^xsd:date ; sem:hasLatestEndTimeStamp "1992-05-08"^^xsd:date ;
        kg:areaKm2 289.0 .
      span:000_99131d23c14bfa34-1-75-114 a nif:Phrase ; nif:referenceContext document:000_99131d23c14bfa34-1 ;
        nif:beginIndex "75"^^xsd:nonNegativeInteger ; nif:endIndex "114"^^xsd:nonNegativeInteger ;
        nif:anchorOf "Shusha: may 08, 1992, territory 289 km2" .
    """
    expected = {quad.triple for quad in parse(example, format=RdfFormat.TURTLE)}
    assert expected <= set(described(listed))


def test_claim_ids_are_as_the_contract_shows_them() -> None:
    listed, article = seed()
    assert rdf.claim_ids(listed)[1] == "000_99131d23c14bfa34-1_control_AZ-SUS_1"
    assert rdf.claim_ids(article) == (
        "000_99131d23c14bfa34-2_statement_elmar-mammadyarov_1",
        "000_99131d23c14bfa34-2_role_elmar-mammadyarov_1",
        "000_99131d23c14bfa34-2_interview_trt-world_1",
        "000_99131d23c14bfa34-2_statement_elmar-mammadyarov_2",
        "000_99131d23c14bfa34-2_distance_1",
        "000_99131d23c14bfa34-2_conflict_1",
        "000_99131d23c14bfa34-2_control_AZ_1",
        "000_99131d23c14bfa34-2_count_1",
        "000_99131d23c14bfa34-2_ceasefire_1",
        "000_99131d23c14bfa34-2_count_un-security-council_1",
    )


def test_a_claim_keeps_its_id_when_a_claim_of_another_entity_goes() -> None:
    listed, _ = seed()
    shorter = replace(listed, claims=listed.claims[1:])
    assert rdf.claim_ids(shorter) == rdf.claim_ids(listed)[1:]


def test_who_says_what_is_five_lines_of_sparql() -> None:
    store = Store()
    for extraction in two_sides():
        store.extend(_quads(described(extraction)))
    query = """
      PREFIX kg: <https://kg.example/ontology#> PREFIX place: <https://kg.example/place/>
      PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX dcterms: <http://purl.org/dc/terms/>
      SELECT ?date ?word ?document WHERE {
        ?claim sem:hasPlace place:AZ-SUS ; kg:date ?date ; kg:calledAs ?word ; dcterms:source ?document .
      } ORDER BY ?date"""
    rows = sorted((row["date"].value, row["word"].value) for row in store.query(query))
    assert rows == [("1992-05", "captured"), ("1992-05-08", "occupied"), ("1992-05-09", "liberated")]


def _quads(triples: Any) -> Any:
    from pyoxigraph import Quad

    return (Quad(*triple) for triple in triples)


def test_what_is_written_by_hand_conforms_to_the_shapes() -> None:
    local = article("Klow fell, says Ottokar of the Guard.", "klow")
    klow, guard = Entity("place", "Klow"), Entity("organization", "the Guard", type="armed-forces")
    evidence = (Span(0, 10),)
    local.says(
        EventClaim(evidence=evidence, family="control", word="capture", called_as="fell", place=klow, actors=(guard,))
    )
    ottokar, role = Entity("person", "Ottokar"), Entity("role", "guardsman")
    local.says(RoleClaim(evidence=(Span(12, 36),), member=ottokar, title="of the Guard", role=role, organization=guard))
    entries = gazetteer.load()
    extractions = (*seed(), *two_sides(), local.extraction())
    documents = [[*described(e), *entries.triples(rdf.gazetteer_keys(e), IRI.base)] for e in extractions]
    for report in validate.validate_documents(documents, validate.prepare(part="document")):
        assert report.results == ()
    records = [record for e in extractions for record in reconcile.records(e, rdf.claim_ids(e))]
    found = reconcile.reconcile(records)
    findings = (*check(seed(), entries), *contested(found, {record.claim: record for record in records}, entries))
    across = (*triples_of(rdf.event_graph(found, IRI)), *triples_of(rdf.finding_graph(findings, IRI)))
    whole = [triple for document in documents for triple in document]
    assert validate.validate([*whole, *across], validate.prepare()).results == ()


# IRIs


@pytest.mark.parametrize(
    "base",
    [
        "kg.example/",
        "https://kg.example",
        "ftp://kg.example/",
        "https://kg.example/?x/",
        "https://a b/",
        "",
        "https:///",
        "https://x/#/",
    ],
)
def test_a_base_that_is_no_http_folder_is_refused(base: Any) -> None:
    with pytest.raises(UsageError):
        IRIs(base)


def test_the_base_stands_before_everything_but_the_terms() -> None:
    iris = IRIs("http://127.0.0.1:8000/")
    listed, article = seed()
    for triple in (*described(listed, iris), *annotated(article, iris)):
        assert triple.subject.value.startswith("http://127.0.0.1:8000/")
        if isinstance(triple.object, NamedNode):
            assert not triple.object.value.startswith(BASE) or triple.object.value.startswith(KG.iri)


def test_names_whose_slugs_collide_stay_apart() -> None:
    extraction = entities_only(
        Entity("place", "Al Hamra"),
        Entity("place", "Al-Hamra"),
        Entity("place", "al hamra"),
        Entity("place", "Al Hamra"),
    )
    paths = rdf.entity_paths(extraction)
    assert len(set(paths.values())) == 3
    assert paths[Entity("place", "Al Hamra")] == "place/doc-1_al-hamra"
    assert all(path.startswith("place/doc-1_al-hamra") for path in paths.values())


def test_a_person_and_an_organization_of_one_name_stay_apart() -> None:
    paths = rdf.entity_paths(entities_only(Entity("person", "Rojava"), Entity("organization", "Rojava")))
    assert len(set(paths.values())) == 2
    assert all(path.startswith("agent/doc-1_rojava") for path in paths.values())


def test_a_name_that_forges_the_hash_of_another_stays_apart() -> None:
    pair = (Entity("place", "A b"), Entity("place", "A-b"))
    forged = rdf.entity_paths(entities_only(*pair))[pair[1]].removeprefix("place/doc-1_")
    paths = rdf.entity_paths(entities_only(pair[0], Entity("place", forged), pair[1]))
    assert len(set(paths.values())) == 3


@given(st.lists(st.builds(Entity, st.sampled_from(["place", "person", "organization", "role", "document"]), NAMES)))
def test_every_local_name_gets_a_node_of_its_own_and_one_safe_segment(entities: Any) -> None:
    paths = rdf.entity_paths(entities_only(*entities[:40]))
    assert len(set(paths.values())) == len(set(entities[:40]))
    for path in paths.values():
        kind, _, segment = path.partition("/")
        assert kind in KINDS
        assert SEGMENT.fullmatch(segment)
        assert len(segment) < 200


def test_a_very_long_name_gets_a_short_iri() -> None:
    (path,) = rdf.entity_paths(entities_only(Entity("place", "a" * 5000))).values()
    assert len(path) < 120


@given(
    st.lists(st.tuples(st.sampled_from(["place/x_1", "place/x", "place/y", "place/y_z"]), st.booleans()), max_size=8)
)
def test_no_two_claims_of_a_document_have_one_id(topics: Any) -> None:
    writer = article("x" * 40, "doc")
    for key, is_event in topics:
        place = Entity("place", key, key)
        evidence = (Span(0, 3),)
        writer.says(
            EventClaim(evidence=evidence, family="control", place=place)
            if is_event
            else FigureClaim(evidence=evidence, kind="area", value=Decimal(1), of=place)
        )
    ids = rdf.claim_ids(writer.extraction())
    assert len(set(ids)) == len(ids)


@given(st.from_regex(r"[a-z0-9_-]{1,12}", fullmatch=True), st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True))
def test_a_claim_id_can_be_read_from_its_end(slug: Any, key: Any) -> None:
    writer = article("Taken.", slug)
    for place in (Entity("place", key, f"place/{key}"), None):
        writer.says(EventClaim(evidence=(Span(0, 5),), family="control", place=place))
    for id, topic in zip(rdf.claim_ids(writer.extraction()), (key.replace("_", "-"), None), strict=True):
        document, found = re.fullmatch(r"(.+-\d+)_control(?:_([^_]+))?_1", id).groups()
        assert (document, found) == (f"{slug}-1", topic)


def test_a_local_entity_stands_in_a_claim_id_without_the_document() -> None:
    writer = article("Borduria took Klow.", "news")
    writer.says(EventClaim(evidence=(Span(0, 19),), family="control", place=Entity("place", "Klow")))
    assert rdf.claim_ids(writer.extraction()) == ("news-1_control_klow_1",)


# Triples


@pytest.fixture(scope="module")
def triples() -> Any:
    return [triple for extraction in seed() for triple in described(extraction)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_graphs_are_the_canonical_sorted_n_triples_that_oxigraph_writes(words: Any) -> None:
    writer = article(words, "doc")
    whole = Span(0, len(words))
    writer.says(Statement(evidence=(whole,), kind="direct", text=whole, speaker=Entity("person", words)))
    names = rdf.Names(writer.extraction([Mention(whole, "time", value=words)], sentences=[whole]), IRI)
    for graph in (rdf.document_graph(names), rdf.annotation_graph(names)):
        assert graph == ntriples(triples_of(graph))
    finding = rdf.finding_graph([Finding("a", "sum", "warning", words, ())], IRI)
    assert finding == ntriples(triples_of(finding))


def test_no_node_is_blank(triples: Any) -> None:
    assert not [t for t in triples if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_every_local_name_is_one_segment_behind_a_prefix_of_its_kind(triples: Any) -> None:
    spaces = prefixes(BASE).values()
    for triple in triples:
        for node in triple:
            if isinstance(node, NamedNode):
                space = max((s for s in spaces if node.value.startswith(s)), key=len)
                assert SEGMENT.fullmatch(node.value.removeprefix(space)), node


def test_a_span_says_what_stands_at_its_characters(triples: Any) -> None:
    page = seed()[0].document.source.text
    spans = {t.subject for t in triples if t.object == NIF.Phrase}
    assert spans
    for span in spans:
        (start,), (end,) = values(triples, span, NIF.beginIndex), values(triples, span, NIF.endIndex)
        assert values(triples, span, NIF.anchorOf) == [page[int(start) : int(end)]]


def test_every_claim_has_its_document_its_method_and_one_main_evidence_among_its_spans(triples: Any) -> None:
    for extraction in seed():
        for claim in map(IRI.claim, rdf.claim_ids(extraction)):
            assert values(triples, claim, DCTERMS.source) == [IRI.document(extraction.document.id).value]
            assert values(triples, claim, KG.method) == ["rules"]
            (main,) = values(triples, claim, KG.mainEvidence)
            assert main in values(triples, claim, PROV.wasDerivedFrom)


def test_main_evidence_is_the_row_and_not_the_heading(triples: Any) -> None:
    claim = IRI.claim("000_99131d23c14bfa34-1_control_AZ-SUS_1")
    assert values(triples, claim, KG.mainEvidence) == [IRI.span("000_99131d23c14bfa34-1", Span(75, 114)).value]


def test_a_paraphrase_has_a_speaker_but_no_creator(triples: Any) -> None:
    direct, indirect = (IRI.claim(f"000_99131d23c14bfa34-2_statement_elmar-mammadyarov_{n}") for n in (1, 2))
    assert values(triples, direct, SCHEMA.creator) == values(triples, direct, KG.speaker) == [IRI(MINISTER.key).value]
    assert values(triples, indirect, SCHEMA.creator) == []
    assert values(triples, indirect, SCHEMA.text) == ["the situation on the line of contact is not so good"]
    assert values(triples, direct, KG.isHeadline) == ["true"]
    assert values(triples, indirect, KG.isHeadline) == []


def test_the_words_of_a_statement_are_evidence_to_the_character(triples: Any) -> None:
    claim = IRI.claim("000_99131d23c14bfa34-2_statement_elmar-mammadyarov_2")
    quotes = {values(triples, NamedNode(span), NIF.anchorOf)[0] for span in values(triples, claim, PROV.wasDerivedFrom)}
    assert "the situation on the line of contact is not so good" in quotes


def test_figures_say_their_unit_or_what_they_count(triples: Any) -> None:
    distance = about(triples, IRI.claim("000_99131d23c14bfa34-2_distance_1"))
    assert (QUDT.hasUnit, NamedNode("http://qudt.org/vocab/unit/M")) in distance
    assert (KG.qualifier, Literal("less-than")) in distance
    assert (KG.subjectText, Literal("the distance between the trenches", language="en")) in distance
    assert (KG.accordingTo, IRI(MINISTER.key)) in distance
    count = about(triples, IRI.claim("000_99131d23c14bfa34-2_count_un-security-council_1"))
    assert (KG.countOf, Literal("resolution", language="en")) in count
    assert (KG.demands, KG.Withdrawal) in count
    assert not [p for p, _ in count if p in (QUDT.hasUnit, KG.qualifier)]


@pytest.mark.parametrize(
    ("date", "begin", "end"),
    [
        ("1992-05-08", ["1992-05-08"], ["1992-05-08"]),
        ("1992", ["1992-01-01"], ["1992-12-31"]),
        ("1988/1992", ["1988-01-01"], ["1992-12-31"]),
        ("1994/..", ["1994-01-01"], []),
        ("../2022-05-20", [], ["2022-05-20"]),
        ("XXXX-05-09", [], []),
        ("next Monday", [], []),
    ],
)
def test_a_date_has_the_bounds_that_it_allows_and_no_others(date: Any, begin: Any, end: Any) -> None:
    writer = article("They left.", "doc")
    writer.says(EventClaim(evidence=(Span(0, 10),), family="control", date=date))
    triples = described(writer.extraction())
    (claim,) = map(IRI.claim, rdf.claim_ids(writer.extraction()))
    assert (KG.date, Literal(date, datatype=EDTF)) in about(triples, claim)
    assert values(triples, claim, SEM.hasEarliestBeginTimeStamp) == begin
    assert values(triples, claim, SEM.hasLatestEndTimeStamp) == end
    bounds = [t.object for t in triples if t.predicate in (SEM.hasEarliestBeginTimeStamp, SEM.hasLatestEndTimeStamp)]
    assert all(bound.datatype == XSD.date for bound in bounds)


def test_words_in_a_language_carry_the_tag_of_their_document() -> None:
    writer = article("Шуша взята.", "ru", language="ru")
    writer.says(RoleClaim(evidence=(Span(0, 4),), member=Entity("person", "Иван Иванов"), title="министр"))
    triples = described(writer.extraction())
    tagged = {t.object.language for t in triples if t.predicate in (RDFS.label, KG.roleTitle)}
    assert tagged == {"ru"}
    assert {t.object.language for t in triples if t.predicate == NIF.anchorOf} == {None}


def test_a_malformed_language_tag_is_undetermined() -> None:
    assert text("x", "not a tag").language == "und"
    assert text("x", "pt-BR").language == "pt-br"


def test_what_only_the_document_knows_is_described_and_what_a_gazetteer_knows_is_not() -> None:
    local, known = Entity("place", "Klow", type="city"), AZ
    triples = described(entities_only(local, known))
    klow = IRI("place/doc-1_klow")
    assert (RDFS.label, Literal("Klow", language="en")) in about(triples, klow)
    assert (SCHEMA.additionalType, Literal("city")) in about(triples, klow)
    assert about(triples, IRI("place/AZ")) == set()
    assert {t.object for t in triples if t.predicate == SCHEMA.mentions} == {klow, IRI("place/AZ")}
    assert rdf.gazetteer_keys(entities_only(local, known)) == ("place/AZ",)


def test_a_name_with_two_finer_types_is_described_once() -> None:
    writer = article("Gulf Dispatch. Gulf Dispatch. Gulf Dispatch.", "gulf")
    for type_ in ("", "media", "organization"):
        said = RoleClaim(
            evidence=(writer.span("Gulf Dispatch"),),
            member=Entity("organization", "Gulf Dispatch", None, type_),
            title="",
        )
        writer.says(said)
    types = [t.object.value for t in described(writer.extraction()) if t.predicate == SCHEMA.additionalType]
    assert types == ["media"]


def test_a_resolution_cited_by_its_symbol_is_one_node_for_all_documents() -> None:
    cited = Entity("document", "S/RES/822 (1993)", "document/S-RES-822-1993", "resolution")
    triples = described(entities_only(cited))
    node = about(triples, IRI("document/S-RES-822-1993"))
    assert (RDF.type, SCHEMA.Legislation) in node
    assert (SCHEMA.identifier, Literal("S/RES/822 (1993)")) in node
    assert rdf.gazetteer_keys(entities_only(cited)) == ()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_decimal_keeps_its_value_in_one_form(value: Any) -> None:
    form = decimal(value).value
    assert Decimal(form) == value
    assert re.fullmatch(r"-?(0|[1-9]\d*)\.(0|\d*[1-9])", form)
    assert decimal(value.normalize()).value == form


@pytest.mark.parametrize(
    ("value", "datatype"), [("2017-11-06", XSD.date), ("2017-11", EDTF), ("2017", EDTF), ("XXXX-05-09", EDTF)]
)
def test_a_day_of_publication_is_a_date_and_anything_else_edtf(value: Any, datatype: Any) -> None:
    assert published(value).datatype == datatype


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60), st.data())
def test_any_text_survives_as_triples(content: Any, data: Any) -> None:
    writer = article(content, "doc")
    cut = sorted(data.draw(st.lists(st.integers(0, len(content)), min_size=2, max_size=2)))
    writer.says(
        Statement(evidence=(Span(*cut),), kind="direct", text=Span(*cut), speaker=Entity("person", content[:20] or "x"))
    )
    triples = described(writer.extraction())
    store = Store()
    store.extend(_quads(triples))
    assert [q.object.value for q in store.quads_for_pattern(None, SCHEMA.text, None)] == [content[cut[0] : cut[1]]]


# Annotations


def test_mentions_say_what_is_named_where() -> None:
    _, news = seed()
    triples = annotated(news)
    (span,) = {t.subject for t in triples if t.object == IRI("agent/trt-world")}
    assert values(triples, span, NIF.anchorOf) == ["TRT World"]
    assert values(triples, span, KG.mentionKind) == ["organization"]
    assert ["1988"] in [values(triples, t.subject, KG.mentionValue) for t in triples]


def test_a_sentence_names_the_claims_that_stand_in_it_and_only_those() -> None:
    _, news = seed()
    triples = annotated(news)
    yields = {
        values(triples, t.subject, NIF.anchorOf)[0][:20]: set(values(triples, t.subject, KG.yields))
        for t in triples
        if t.object == NIF.Sentence
    }
    id = news.document.id
    assert yields["As a result of the e"] == {IRI.claim(f"{id}_{tail}").value for tail in ("control_AZ_1", "count_1")}
    assert yields["Trenches on the line"] == set()


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), max_size=6), st.sets(st.integers(1, 39), max_size=5))
def test_sentences_yield_what_overlaps_them(evidence: Any, cuts: Any) -> None:
    writer = article("x" * 50, "doc")
    for start, length in evidence:
        writer.says(EventClaim(evidence=(Span(start, start + length),), family="conflict"))
    edges = [0, *sorted(cuts), 40]
    sentences = [Span(a, b) for a, b in pairwise(edges)]
    extraction = writer.extraction(sentences=sentences)
    triples = annotated(extraction)
    ids = rdf.claim_ids(extraction)
    for sentence in sentences:
        expected = {
            IRI.claim(i).value for i, c in zip(ids, extraction.claims, strict=True) if c.evidence[0].overlaps(sentence)
        }
        assert set(values(triples, IRI.span("doc-1", sentence), KG.yields)) == expected


def test_suggestions_are_shown_for_an_unknown_name_and_candidates_for_an_ambiguous_one() -> None:
    writer = article("Klow and Springfield", "doc")
    extraction = writer.extraction(
        unresolved=(
            Unresolved(Span(0, 4), "place"),
            Unresolved(Span(9, 20), "place", ("place/one", "place/two")),
        )
    )
    triples = annotated(extraction, suggest=lambda name, kind: (f"place/{name}-{kind}",))
    unknown, ambiguous = IRI.span("doc-1", Span(0, 4)), IRI.span("doc-1", Span(9, 20))
    assert values(triples, unknown, KG.suggestion) == [IRI("place/Klow-place").value]
    assert values(triples, ambiguous, KG.candidate) == [IRI("place/one").value, IRI("place/two").value]
    assert values(triples, ambiguous, KG.suggestion) == []


# Events and findings


def _events(extractions: Any) -> Any:
    records = [r for e in extractions for r in reconcile.records(e, rdf.claim_ids(e))]
    return triples_of(rdf.event_graph(reconcile.reconcile(records), IRI))


def test_a_contested_date_is_named_and_not_given() -> None:
    triples = _events(two_sides())
    event = IRI.event("control_AZ-SUS_1992-05-08")
    assert about(triples, event) == {
        (RDF.type, KG.ControlChange),
        (SEM.hasPlace, IRI("place/AZ-SUS")),
        (SEM.hasActor, IRI("agent/armenian-armed-forces")),
        (KG.sources, Literal("3", datatype=XSD.integer)),
        (KG.contested, KG.date),
    }
    assert Triple(IRI.claim("two-1_control_AZ-SUS_1"), KG.about, event) in triples


def test_a_contested_area_stands_on_the_place() -> None:
    assert about(_events(two_sides()), IRI("place/AZ-LAC")) == {(KG.contested, KG.areaKm2)}


def test_every_event_claim_is_about_exactly_one_event_that_is_there() -> None:
    triples = _events((*seed(), *two_sides()))
    claims = {
        IRI.claim(id)
        for e in (*seed(), *two_sides())
        for id, c in zip(rdf.claim_ids(e), e.claims, strict=True)
        if isinstance(c, EventClaim)
    }
    links = [(t.subject, t.object) for t in triples if t.predicate == KG.about]
    assert {claim for claim, _ in links} == claims
    assert len(links) == len(claims)
    assert {event for _, event in links} == {t.subject for t in triples if t.predicate == KG.sources}


def test_a_finding_concerns_its_claims() -> None:
    finding = Finding("page_sum_1", "sum", "warning", "They differ.", ("a-1_control_x_1", "a-1_share_1"))
    triples = triples_of(rdf.finding_graph([finding], IRI))
    assert values(triples, IRI.finding("page_sum_1"), KG.concerns) == [IRI.claim(c).value for c in finding.claims]
    assert (KG.message, Literal("They differ.", language="en")) in about(triples, IRI.finding("page_sum_1"))


def test_an_extraction_without_claims_is_its_source_and_document() -> None:
    writer = article("", "empty")
    triples = described(Extraction(writer.document))
    assert {t.subject for t in triples} == {IRI.source("empty"), IRI.document("empty-1")}


def test_a_place_may_be_the_same_in_two_claims_of_one_document() -> None:
    writer = article("Twice.", "doc")
    for date in ("1992", "1993"):
        writer.says(EventClaim(evidence=(Span(0, 6),), family="control", place=SHUSHA, date=date))
    assert rdf.claim_ids(writer.extraction()) == ("doc-1_control_AZ-SUS_1", "doc-1_control_AZ-SUS_2")
