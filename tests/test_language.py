"""The language of short texts: `languages/` has twenty of each of ten languages, titles to paragraphs, a
third of some of them transliterated.
"""

import json
from pathlib import Path

import pytest

from kg.text.language import is_english, language_of

TEXTS = {
    file.stem: file.read_text(encoding="utf-8").splitlines()
    for file in sorted((Path(__file__).parent / "languages").glob("*.txt"))
}
CASES = Path(__file__).parent / "cases" / "dev.jsonl"


def test_there_are_two_hundred_texts_of_ten_languages() -> None:
    assert {language: len(texts) for language, texts in TEXTS.items()} == dict.fromkeys(TEXTS, 20)
    assert len(TEXTS) == 10


@pytest.mark.parametrize("language", TEXTS)
def test_no_text_of_another_language_is_called_english(language: str) -> None:
    told = {text: language_of(text) for text in TEXTS[language]}
    assert "en" not in told.values()
    assert sum(found == language for found in told.values()) >= 15
    assert set(told.values()) <= {language, "und", "az", "tr"}  # the two share most of their small words
    assert not any(is_english(text) for text in TEXTS[language] if len(text.split()) > 10)


@pytest.mark.parametrize("language", TEXTS)
def test_a_page_that_states_english_by_default_is_not_believed(language: str) -> None:
    long = [text for text in TEXTS[language] if len(text.split()) > 8]
    assert long
    assert all(language_of(text, stated="en-US") == language for text in long)


def test_english_is_told_or_at_least_read() -> None:
    texts = [
        text for line in CASES.read_text(encoding="utf-8").splitlines() for text in json.loads(line)["files"].values()
    ]
    assert all(is_english(text) for text in texts)
    assert sum(language_of(text) == "en" for text in texts) > 0.97 * len(texts)


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("The town of Şuşa was taken, Məmmədyarov said.", None, "en"),
        ("The mayor of Mar del Plata spoke to La Nación.", None, "en"),
        ("Attaque contre un camp de la MINUSMA", None, "und"),
        ("Goma, 8 May 1992: 289 km2", None, "und"),
        ("Goma, 8 May 1992: 289 km2", "en-GB", "en-GB"),
        ("Goma, 8 May 1992: 289 km2", "az", "az"),
        ("The army took the town.", "en-GB", "en-GB"),
        ("The army took the town on Sunday, and the shops stayed shut. " * 3, "az", "en"),
        ("“The army took it”, The Times yazıb, nazir isə bunu təkzib edib və bildirib ki, hələ oradadır.", None, "az"),
        ("", None, "und"),
        ("1992 1993 289", None, "und"),
    ],
)
def test_what_is_stated_counts_where_the_text_agrees_or_says_nothing(
    text: str, stated: str | None, language: str
) -> None:
    assert language_of(text, stated=stated) == language
