"""The words of the domain stand in one table; what is written from it is what it says."""

from pathlib import Path
from typing import get_args

import pytest
import write_domain

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
