"""A query that would ask another server is known before it runs; one that only uses the word is not taken for it."""

from contextlib import suppress

import pyoxigraph as ox
import pytest

from kg.dataset import Dataset
from kg.dataset.sparql import asks_elsewhere
from kg.errors import UsageError

ELSEWHERE = (
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE <http://127.0.0.1/>{} }",
    "SELECT * { FILTER(1<2)SERVICE?x{?s?p?o}FILTER(3>1) }",
    "PREFIX e: <http://e/> SELECT * { ?s e:a\\# ?o . SERVICE <http://127.0.0.1/> {} }",
    'SELECT * { ?s ?p """a\\"""" . SERVICE <http://127.0.0.1/> {} } # """',
    "PREFIX SERVICE: <http://e/> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { OPTIONAL { ?s <http://a/\\u0041#> ?o } SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s <http://a/\\U00000041#> ?o SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p 1.5e3SERVICE<http://127.0.0.1/>{} }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p 'a'@en.SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p _:b.SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?a < ?b SERVICE <http://127.0.0.1/> {} }",
    "PREFIX : <http://e/> SELECT * { :a :b\u00b7\\# ?c SERVICE <http://127.0.0.1/> {} }",
    "PREFIX : <http://e/> SELECT * { :a :b\u0301\\#a ?c . SERVICE <http://127.0.0.1/> {} }",
    "PREFIX : <http://e/> SELECT * { ?s ?p :.SERVICE <http://127.0.0.1/> {} }",
    "SELECT (EXISTS { { SELECT * { GRAPH ?g { ?s ?p ?o MINUS { SERVICE ?g {} } } } } } AS ?b) {}",
)
HERE = (
    'SELECT ?service { ?service ?p "SERVICE <http://e/> {}" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://e/> {}",
    "PREFIX service: <http://e/> SELECT * { ?s service:a ?o }",
    "PREFIX e: <http://e/> SELECT * { ?s e:service ?o ; e:a-service ?x }",
    "SELECT * { ?s <http://e/#SERVICE> ?o }",
    "SELECT ($SERVICE AS ?x) { ?s ?p ?o BIND(1 AS ?SERVICE) }",
    "SELECT * { ?s ?p 'a'@en-service }",
    "SELECT * { _:service ?p 1.5 }",
)


@pytest.mark.parametrize("query", ELSEWHERE)
def test_a_query_that_asks_another_server_is_known(query: str) -> None:
    assert asks_elsewhere(query)


@pytest.mark.parametrize("query", HERE)
def test_a_query_that_only_uses_the_word_is_not_taken_for_one(query: str) -> None:
    ox.Store().query(query)  # it is SPARQL
    assert not asks_elsewhere(query)


SOME_LETTERS = [*range(0x20, 0x3100), *range(0x3100, 0xD800, 97), *range(0xE000, 0x110000, 97)]


@pytest.mark.parametrize("name", [":a{}\\#", ":{}\\#", "a{}:\\#", "{}:\\#", ":\\~{}\\#"])
def test_no_letter_of_a_name_makes_a_comment_of_what_follows_it(name: str) -> None:
    store, names = ox.Store(), 0
    for letter in map(chr, SOME_LETTERS):
        term = name.format(letter)
        prefix = term.partition(":")[0]
        query = f"PREFIX {prefix}: <urn:> SELECT * {{ ?s {term} ?o "
        with suppress(SyntaxError):
            store.query(query + "}")  # it is a name
            names += 1
            assert asks_elsewhere(query + "SERVICE <http://127.0.0.1/> {} }"), hex(ord(letter))
    assert names > 9_000


def test_from_is_refused_where_no_graph_has_a_name(by_hand_sides: Dataset) -> None:
    with pytest.raises(UsageError, match="FROM names a graph"):
        by_hand_sides.query("SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }")
    assert by_hand_sides.query("SELECT ?from { ?from a schema:Place }") is not None
