"""The words of the domain stand in one table; what is written from it is what it says."""

import string
import tempfile
from pathlib import Path
from typing import get_args

import pytest
import write_domain
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tree import Tree

from kg import domain

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("path", write_domain.files(), ids=lambda path: path.name)
def test_what_is_written_from_the_domain_is_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert write_domain.written(text) == text


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (domain.Family, domain.FAMILIES),
        (domain.ControlWord, domain.CONTROL_WORDS),
        (domain.FigureKind, domain.FIGURES),
        (domain.Compared, domain.COMPARED),
    ],
)
def test_every_name_of_the_type_has_a_row_and_no_other(names: object, words: tuple[domain.Word, ...]) -> None:
    assert get_args(names) == tuple(word.name for word in words)


def test_no_two_words_share_a_term_or_the_name_of_a_kind_of_claim() -> None:
    assert len(set(domain.TERMS)) == len(domain.TERMS)
    kinds = [*domain.FAMILY, *domain.FIGURE, "role", "statement"]
    assert len(set(kinds)) == len(kinds)


def test_what_has_no_unit_has_no_symbol_either() -> None:
    assert all(bool(figure.unit) == bool(figure.symbol) == bool(figure.shown) for figure in domain.FIGURES)


NAMES = st.text(string.ascii_lowercase, min_size=3, max_size=9).map(lambda name: f"z{name}")


def add_a_word_of_each_kind(tree: Tree, family: str, word: str, figure: str, compared: str) -> None:
    """As docs/architecture.md tells it: rows of the domain, and the fields of a claim for what is compared."""
    path = "src/kg/domain.py"
    tree.insert(path, "]\nControlWord = ", f', "{family}"')
    tree.insert(path, "]\nFigureKind = ", f', "{word}"')
    tree.insert(path, "]\nCompared = ", f'    "{figure}",\n')
    tree.insert(path, "]\nEffect = ", f', "{compared}"')
    tree.insert(path, ")\nCONTROL_WORDS: Final", f'    FamilyWord({said(family)}, topic="{family} topic"),\n')
    tree.insert(path, ")\nFIGURES: Final", f'    ControlTerm({said(word)}, effect="takes"),\n')
    tree.insert(path, ")\nCOMPARED: Final", f"    FigureTerm({said(figure)}),\n")
    row = (
        f'name="{compared}", term="kg:{compared}", qualifier="kg:{compared}Exact", label="{compared}", unit="knots", '
        f'shown="kn", fields=("{compared}_value", "{compared}_exact"), meaning="A {compared}."'
    )
    tree.insert(path, ")\n\nFAMILY: Final", f"    ComparedTerm({row}),\n")
    fields = f'    {compared}_value: Decimal | None = None\n    {compared}_exact: Qualifier = "exact"\n'
    tree.insert("src/kg/model.py", "    includes: tuple[Entity, ...] = ()", fields)
    tree.write_domain()


def said(name: str) -> str:
    return f'name="{name}", term="{name.capitalize()}", label="the {name}", meaning="A {name}."'


def test_a_word_that_is_a_row_of_the_domain_is_known_everywhere() -> None:
    is_known_everywhere(["zevacuation", "zannex", "zgoats", "zwind"])


@pytest.mark.slow
@settings(max_examples=3, deadline=None, database=None, phases=[Phase.generate])  # an example takes seconds
@given(st.lists(NAMES, min_size=4, max_size=4, unique=True))
def test_any_word_that_is_a_row_of_the_domain_is_known_everywhere(names: list[str]) -> None:
    is_known_everywhere(names)


def is_known_everywhere(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree.copied(Path(folder))
        add_a_word_of_each_kind(tree, *names)
        assert tree.touched == {"src/kg/domain.py", "src/kg/model.py"}
        found = tree.result("invented.py", *names)
    family, word, figure, compared = names
    rows = {
        "events": [[family], [word]],
        "claims": [[family], [word], [figure]],
        "timeline": [[family, f"https://kg.example/ontology#{compared}"]],
        "figures": [[figure, "9", "goat"], [compared, "3", "knots"], [compared, "5", "knots"]],
        "compare": [[family, compared, "3"], [family, compared, "5"]],
        "disagreements": [[compared, "3"], [compared, "5"]],
        "control": [["it"]],
    }
    texts = {
        "findings": [f"Claims differ on the {compared} of the {family} topic in Shusha", "3 knots", "5 knots"],
        "geojson": [f'"family": "{family.capitalize()}"', f"ontology#{compared}"],
        "nanopub": [f"kg:{compared}", f"kg:{family.capitalize()}", f"kg:{figure.capitalize()}"],
        "report": [f"| {family} |", f"| {figure} |", f"| {compared} |"],
        "jsonld": [f'"{compared}": ', f'"{family.capitalize()}"', f'"{figure.capitalize()}"'],
        "explain": [f"{compared}, knots", family.capitalize()],
        "page event": [f"The {family}: Shusha"],
        "page claim": [f"the {figure}", f"the {word}", "3 kn"],
        "page compare": ["3 kn", "5 kn"],
        "page ontology": [f"A {name}." for name in names],
    }
    missed = [(query, cells) for query, each in rows.items() for cells in each if not has(found["rows"][query], cells)]
    missed += [(what, [words]) for what, each in texts.items() for words in each if words not in found["texts"][what]]
    assert not missed
    assert set(found["kinds"]) == {family, "control", figure}
    assert found["conforms"]


def has(rows: list[list[str]], cells: list[str]) -> bool:
    return any(set(cells) <= set(row) for row in rows)
