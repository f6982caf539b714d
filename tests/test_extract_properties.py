"""What holds of extraction on any text."""

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Extraction, Source, Statement
from kg.read.split import documents
from kg.text.blocks import mask
from kg.text.edtf import is_valid
from kg.text.numbers import number

PIECES = st.sampled_from(
    """
    Shusha Lachin Kherson Mosul the in on of , . ; : ( ) “ ” " ' – - \n \n\n 8 May 1992 1993-04-02 08/05/1992 289 km2
    sq. km
    20 percent seven districts was occupied captured fell to withdrew from returned said that according Minister Foreign
    Elmar Mammadyarov he she it told Reuters an interview with ceasefire signed adopted resolution 822 (1993) not would
    if # | * > A. Q. — Gen. Ministry of Defence UN Security Council’s 's respectively and
    """.split(" ")
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map(" ".join))


def extracted(text: str) -> list[Extraction]:
    return [extract(document, gazetteer.load()) for document in documents(Source("a.txt", "a", text))]


@settings(max_examples=examples(300))
@given(TEXTS)
def test_any_text_is_read_and_every_span_lies_within_its_document(text: str) -> None:
    for extraction in extracted(text):
        span = extraction.document.span
        for claim in extraction.claims:
            assert claim.evidence
            assert all(span.start <= evidence.start < evidence.end <= span.end for evidence in claim.evidence)
        for mention in extraction.mentions:
            assert mention.span in span
            assert mention.span.of(text).strip() == mention.span.of(text) != ""
        for sentence in extraction.sentences:
            assert sentence in span


@settings(max_examples=examples(200))
@given(TEXTS)
def test_dates_are_edtf_and_statements_are_slices_with_a_speaker(text: str) -> None:
    for extraction in extracted(text):
        for claim in extraction.claims:
            if isinstance(claim, EventClaim):
                assert claim.date is None or is_valid(claim.date)
                assert claim.called_as
            if isinstance(claim, Statement):
                assert claim.speaker is not None
                assert claim.text.of(text).strip()


@settings(max_examples=examples(100))
@given(TEXTS)
def test_extraction_gives_the_same_each_time(text: str) -> None:
    assert extracted(text) == extracted(text)


@settings(max_examples=examples(100))
@given(TEXTS)
def test_claims_stand_in_the_order_of_the_text_and_none_twice(text: str) -> None:
    for extraction in extracted(text):
        starts = [claim.evidence[0].start for claim in extraction.claims]
        assert starts == sorted(starts)
        assert len(set(extraction.claims)) == len(extraction.claims)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_number_is_read_however_its_thousands_are_set(value: object) -> None:
    plain = f"{value:,.2f}"
    assert number(plain) == number(plain.replace(",", " ")) == number(plain.replace(",", "\u202f"))


def test_a_document_in_another_language_yields_no_event_and_no_failure() -> None:
    text = "Шушинский район был оккупирован 8 мая 1992 года.\n\nŞuşa rayonu 1992-ci il mayın 8-də işğal olunub.\n"
    (extraction,) = extracted(text)
    assert not [claim for claim in extraction.claims if isinstance(claim, EventClaim)]


def test_a_long_line_is_read_in_full() -> None:
    text = "Shusha was occupied on 8 May 1992. " * 4000
    (extraction,) = extracted(text)
    assert len(extraction.claims) == 4000


def test_the_documents_of_a_file_are_each_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(text: str, *, markdown: bool) -> str:
        read.append(len(text))
        return mask(text, markdown=markdown)

    monkeypatch.setattr("kg.extract.reading.mask", counted)
    body = "Troops captured Kherson on 2 March 2022.\n\nThe road is open.\n\n"
    text = "".join(f"# The **town** on day {number}\n\n{body}" for number in range(40))
    parts = documents(Source("a", "a", text, "text/markdown"))
    assert len(parts) == 40
    for document in parts:
        extract(document, gazetteer.load())
    assert sum(read) <= len(text)
