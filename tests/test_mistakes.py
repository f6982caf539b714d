"""What is wrong with a query is said with its place as it was typed, by the command line and by the endpoint."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dataset.mistakes import mistake
from kg.vocabulary import BASE, prefixes

KNOWN = prefixes(BASE)


def said(query: str) -> str:
    """What is said of a query; nothing where it is none the worse."""
    try:
        ox.Store().query(query, prefixes=KNOWN)
    except SyntaxError as error:
        return str(mistake(query, str(error), KNOWN))
    return ""


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT * {\n  ?s shema:name ?o }", "line 2, column 6: unknown prefix shema:; did you mean schema:?"),
        ('SELECT * { ?s ?p "é" ; ?q "x"^^xds:date }', "line 1, column 32: unknown prefix xds:; did you mean xsd:?"),
        ("SELECT * { ?s wdt:P31 ?o }", "line 1, column 15: unknown prefix wdt:; declare it with PREFIX wdt: <...>"),
        ("SELECT * { ?s :p ?o }", "line 1, column 15: unknown prefix :; declare it"),
        ("PREFIX ex: <u:>\r\nSELECT * { ?s ex:p ?o ; exx:p ?u }", "line 2, column 25: unknown prefix exx:"),
        ("SELCT * { ?s ?p ?o }", "line 1, column 1: unknown word SELCT; did you mean SELECT?"),
        ("SELECT * { ?s ?p ?o\nFILTR(?o > 3) }", "line 2, column 1: unknown word FILTR; did you mean FILTER?"),
        ("SELECT * { ?s ?p Shusha }", "line 1, column 18: unknown word Shusha; a text stands in quotation marks"),
        ("SELECT * { ?s ?p ?o", "line 1, column 10: { is never closed"),
        ("SELECT * { ?s ?p ?o }}", "line 1, column 22: } closes nothing that is open"),
        ('SELECT * { ?s ?p "a }', "line 1, column 18: a text is not closed"),
        ('SELECT * { ?s ?p "unfinished foo:bar }', "line 1, column 18: a text is not closed"),
        ('SELEC * { ?s ?p "unfinished }', "line 1, column 1: unknown word SELEC"),
        ("SELECT * { ?s <no iri> ?o }", "line 1, column 15: this is no IRI"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "a variable is selected that is not grouped by"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_and_column_and_what_to_do(query: str, wanted: str) -> None:
    assert said(query).startswith(wanted)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s kg:date ?o # shema:name SELCT }\n}",
        'SELECT * { ?s rdfs:label "shema:name { FILTR"@en }',
        "PREFIX shema: <http://e/> SELECT * { ?s shema:name ?o . _:b ?p ?o }",
        "SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=', ') AS ?all) { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 3) }",
        "SELECT * { VALUES (?a ?b) { (1 UNDEF) (true 'x') } FILTER NOT EXISTS { ?a ?p ?b } }",
        "ASK { ?s a kg:Statement MINUS { ?s kg:isHeadline true } }",
    ],
)
def test_what_a_parser_takes_has_none_of_the_mistakes_that_are_looked_for(query: str) -> None:
    assert not said(query)
    assert mistake(query, "error at 1:1: expected nothing", KNOWN).what == "this is not SPARQL 1.1"


@given(st.text(alphabet="?sa:kg<>{}()[]\"'#\n\r \\^@.;éSELECT*", max_size=40))
def test_of_every_text_something_is_said_whatever_it_holds(text: str) -> None:
    found = mistake(text, "error at 1:1: expected one of Prefix not found", KNOWN)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found.hint
    assert 1 <= found.line <= len(lines)
    assert 1 <= found.column <= len(lines[found.line - 1]) + 1
