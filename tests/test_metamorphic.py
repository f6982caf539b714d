"""Changes of a text change its claims as they must; what today's reading does not keep stands at a floor that rises."""

import pytest

from bench.evaluation import floors
from bench.evaluation.changes import CHANGES, text
from bench.evaluation.metamorphic import claims, compared, kept
from kg.model import Source

CHANGED = {
    "swap places": (
        "The rebels captured Kherson on 3 May 2001. The army retook Melitopol on 9 May 2001.\n",
        "The rebels captured Melitopol on 3 May 2001. The army retook Kherson on 9 May 2001.\n",
    ),
    "rename people": (
        "Ane Moberg, mayor of Kherson, signed. Moberg left early.\n",
        "Ane Lund, mayor of Kherson, signed. Lund left early.\n",
    ),
    "shift years": (
        "The rebels captured Kherson on 3 May 2001. The area is 2,001 sq km.\n",
        "The rebels captured Kherson on 3 May 1973. The area is 2,001 sq km.\n",
    ),
    "turn lists": (
        "The rebels captured Kherson and Melitopol on 3 May 2001.\n",
        "The rebels captured Melitopol and Kherson on 3 May 2001.\n",
    ),
    "semicolons in rows": (
        "Kherson: May 3, 2001, territory 310 km2\nMelitopol: May 9, 2001, territory 95 km2\n",
        "Kherson: May 3, 2001; territory 310 km2\nMelitopol: May 9, 2001; territory 95 km2\n",
    ),
    "past in rows": (
        "3 May 2001 - The army captures Kherson.\nHe captures the mood.\n",
        "3 May 2001 - The army captured Kherson.\nHe captures the mood.\n",
    ),
    "date first": (
        "It rained. The rebels captured Kherson on 3 May 2001. They left.\n",
        "It rained. On 3 May 2001, the rebels captured Kherson. They left.\n",
    ),
}


def test_every_change_has_an_example() -> None:
    assert CHANGED.keys() == CHANGES.keys()


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_writes_what_it_says_and_every_claim_is_kept(name: str) -> None:
    before, after = CHANGED[name]
    given = text(Source("a.txt", "a", before))
    changed = CHANGES[name](given)
    assert changed
    assert changed.text == after
    result = kept(given, changed)
    assert result.claims
    assert result.differ == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("swap places", "The rebels captured Kherson on 3 May 2001.\n"),
        ("swap places", "The rebels captured Kherson. The army retook Melitopol. The Kherson bridge fell.\n"),
        ("rename people", "The mayor signed.\n"),
        ("shift years", "Resolution 2001 has 1,992 words.\n"),
        ("turn lists", "Kherson and Melitopol fell on 3 and 9 May 2001 respectively.\n"),
        ("semicolons in rows", "Kherson, a port, fell on May 3, 2001.\n"),
        ("past in rows", "The army captures Kherson\n"),
        ("date first", "It rained. The rebels who captured Kherson left on 3 May 2001. They went.\n"),
    ],
)
def test_a_text_in_which_it_would_say_something_else_is_left(name: str, words: str) -> None:
    assert CHANGES[name](text(Source("a.txt", "a", words))) is None


def test_what_is_lost_and_what_is_new_counts_against_it() -> None:
    before = claims(Source("a.txt", "a", "The rebels captured Kherson on 3 May 2001.\n"))
    after = claims(Source("a.txt", "a", "The rebels captured Melitopol on 3 May 2001.\n"))
    result = compared("a.txt", before, after)
    assert (result.claims, result.kept) == (1, 0)
    assert [line.split()[0] for line in result.differ] == ["lost", "new"]


@pytest.mark.parametrize("name", ["metamorphic-sample", pytest.param("metamorphic", marks=pytest.mark.slow)])
def test_changed_texts_keep_their_claims(name: str) -> None:
    assert not floors.below(floors.MEASURES[name](), floors.read()[name])
