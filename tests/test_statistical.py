"""The extra ``nlp``: off, nothing of it is loaded; on, it adds to the rules and marks what it adds.

The tests that run the model are marked slow, since ``make test-all`` alone installs it.
"""

import pickle
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from graphs import annotated, described
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import gazetteer
from kg.config import read_config
from kg.errors import InputError
from kg.extract import Extractor, extract
from kg.extract.reading import Reading
from kg.ids import entity_paths
from kg.model import Extraction, Mention, Source, Statement
from kg.rdf import IRIs, claim_ids
from kg.read import read
from kg.read.split import documents
from kg.vocabulary import KG

ROOT = Path(__file__).parents[1]
TEXTS = (ROOT / "seeds", ROOT / "examples" / "two-sides", ROOT / "tests" / "corpus" / "dev")
WORDS = st.sampled_from(
    """Halim Osei Mosul Iraq the camp fighters He I said murmured “ ” " ' – - , . ; : ( ) \n \n\n on Monday in 1992 last
    week U.S. Q. A. HMS Ocean Colonel of who and was told Ministry NATO 10 a.m. ’s not Élise İzmir 東京 # |""".split(
        " "
    )
)
TEXT = st.lists(WORDS, max_size=80).map(" ".join)
MURMURED = (
    "The dam was built in 1966. “We could hear the guns from the far bank all night,” the ferry's owner, Halim Osei, "
    "murmured."
)
INVERTED = MURMURED.replace("the ferry's owner, Halim Osei, murmured", "murmured the ferry's owner, a tired Halim Osei")
PRONOUN = (
    "Halim Osei kept the ferry running through the siege. Nobody paid him. “The river does not ask who holds the "
    "bank,” was how he, tired and barely audible, put it when he said goodbye."
)
PASSIVE = "Halim Osei was told on the bank: “You cannot cross the river before the morning comes.”"


@cache
def model() -> Extractor:
    from kg.extract.statistical import statistical

    return statistical()


def extracted(text: str, *extractors: Extractor, language: str = "en") -> Extraction:
    (document,) = documents(Source("a.txt", "a", text, language=language))
    return extract(document, gazetteer.load(), extractors=extractors)


def added(extraction: Extraction) -> list[Mention]:
    return [mention for mention in extraction.mentions if mention.method == "model"]


def spoken(extraction: Extraction) -> list[tuple[str, str]]:
    text = extraction.document.source.text
    claims = [claim for claim in extraction.claims if isinstance(claim, Statement) and claim.method == "model"]
    return [(claim.speaker.name if claim.speaker else "", claim.text.of(text)) for claim in claims]


@cache
def pairs() -> list[tuple[Extraction, Extraction]]:
    """Documents as the rules read them, and with the model."""
    found = []
    for source in read(TEXTS):
        for document in documents(source) if isinstance(source, Source) else ():
            rules = extract(document, gazetteer.load())
            found.append((rules, extract(document, gazetteer.load(), extractors=[model()])))
    return found


# --- without the extra ----------------------------------------------------------------------------


def test_an_extractor_is_given_what_came_before_it_and_has_the_last_word() -> None:
    seen = []

    def note(reading: Reading, extraction: Extraction) -> Extraction:
        seen.append((reading.document, extraction.notes))
        return Extraction(extraction.document, notes=(*extraction.notes, "read"))

    extraction = extracted("Shusha was occupied on 8 May 1992.", note, note)
    assert extraction.notes == ("read", "read")
    assert not extraction.claims
    assert seen == [(extraction.document, ()), (extraction.document, ("read",))]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_a_build_without_the_model_imports_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shusha was occupied on 8 May 1992.", encoding="utf-8")
    code = (
        f"import sys, kg; kg.build([{str(tmp_path / 'a.txt')!r}], {str(tmp_path / 'out')!r}); "
        "print({name.split('.')[0] for name in sys.modules} & {'spacy', 'thinc', 'numpy'})"
    )
    assert run(code).strip() == "set()"


def test_a_build_with_the_model_and_no_extra_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shusha was occupied on 8 May 1992.", encoding="utf-8")
    code = (
        "import sys; sys.modules['spacy'] = None; from kg.commands import main; "
        f"main(['build', {str(tmp_path / 'a.txt')!r}, '--out', {str(tmp_path / 'out')!r}, '--nlp', '-q'])"
    )
    assert run(code) == "kg: spacy is not installed. Next: pip install 'kg[nlp]', or build without --nlp\n"
    assert not (tmp_path / "out").exists()


def test_the_setting_is_a_truth_value_and_off_by_default(tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_text("nlp = true\n", encoding="utf-8")
    assert read_config(path).nlp
    assert not read_config().nlp
    path.write_text('nlp = "yes"\n', encoding="utf-8")
    with pytest.raises(InputError, match="its type is bool"):
        read_config(path)


# --- with it --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_library_without_the_model_says_what_to_install() -> None:
    code = (
        "from kg.extract import statistical as module; module.MODEL = 'no_such_model'\n"
        "try: module.statistical()\n"
        "except module.InputError as error: print(error)"
    )
    assert run(code) == "no_such_model is not installed. Next: pip install 'kg[nlp]', or build without --nlp\n"


@pytest.mark.slow
def test_what_the_rules_found_stays_with_its_ids() -> None:
    for rules, both in pairs():
        assert both.claims[: len(rules.claims)] == rules.claims
        assert claim_ids(both)[: len(rules.claims)] == claim_ids(rules)
        assert set(rules.mentions) <= set(both.mentions)
        assert set(rules.unresolved) <= set(both.unresolved)
        assert both.sentences == rules.sentences


@pytest.mark.slow
def test_what_the_model_adds_is_marked_and_stands_in_its_document() -> None:
    count = 0
    for rules, both in pairs():
        span, text = both.document.span, both.document.source.text
        new: list[Any] = [*both.claims[len(rules.claims) :], *(set(both.mentions) - set(rules.mentions))]
        for one in new:
            assert one.method == "model"
            assert one.confidence is not None
            assert 0 < one.confidence < 1
        for mention in added(both):
            assert mention.span in span
            assert mention.span.of(text) == mention.span.of(text).strip() != ""
        count += len(new)
    assert count > 100


@pytest.mark.slow
def test_no_name_or_time_of_the_model_overlaps_one_of_the_rules() -> None:
    for rules, both in pairs():
        named = [mention.span for mention in rules.mentions]
        new = [mention.span for mention in added(both) if mention.kind == "date"]
        new += [one.span for one in set(both.unresolved) - set(rules.unresolved)]
        assert not [span for span in new if any(span.overlaps(other) for other in named)]


@pytest.mark.slow
def test_lists_and_headlines_are_left_to_the_rules() -> None:
    document, article = [both for _, both in pairs() if both.document.source.path.endswith("000_99131d23c14bfa34.txt")]
    assert not added(document)
    assert not [mention for mention in added(article) if mention.entity and mention.entity.key is None]


@pytest.mark.slow
def test_a_quotation_without_a_speaker_gets_the_person_for_whom_the_pronoun_beside_it_stands() -> None:
    assert not [claim for claim in extracted(PRONOUN).claims if isinstance(claim, Statement)]
    extraction = extracted(PRONOUN, model())
    assert spoken(extraction) == [("Halim Osei", "The river does not ask who holds the bank,")]
    (claim,) = (claim for claim in extraction.claims if isinstance(claim, Statement))
    quotation, attribution = (span.of(PRONOUN) for span in claim.evidence)
    assert quotation == "“The river does not ask who holds the bank,”"
    assert (attribution, claim.confidence) == ("he said", Decimal("0.4"))


@pytest.mark.slow
@pytest.mark.parametrize("text", [MURMURED, INVERTED])
def test_what_the_rules_read_stays_theirs(text: str) -> None:
    (claim,) = (claim for claim in extracted(text, model()).claims if isinstance(claim, Statement))
    assert (claim.speaker and claim.speaker.name, claim.method) == ("Halim Osei", "rules")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halim Osei ran the ferry. He later murmured that the rope was never new.", "the rope was never new"),
        ("Halim Osei had never murmured that the rope was old, and did not murmur that it was new.", None),
        ("Halim Osei was told that the rope was never new.", None),
        ("Halim Osei ran the ferry, and denied that the rope was new.", None),
    ],
)
def test_reported_speech_is_the_clause_after_that_of_who_says_it(text: str, expected: str | None) -> None:
    assert spoken(extracted(text, model())) == ([("Halim Osei", expected)] if expected else [])


@pytest.mark.slow
def test_an_office_that_one_person_has_speaks_for_them() -> None:
    text = (
        "Commodore Ramil Reyes visited the reef with Halim Osei. After a while the commodore murmured that the ship "
        "there was being resupplied."
    )
    assert spoken(extracted(text, model())) == [("Ramil Reyes", "the ship there was being resupplied")]


@pytest.mark.slow
def test_who_is_told_something_does_not_say_it() -> None:
    assert not spoken(extracted(PASSIVE, model()))


@pytest.mark.slow
def test_i_is_who_speaks_and_he_the_person_named_last() -> None:
    text = "“I was never asked about the camp,” said Tomas Brekke. He left in the evening."
    extraction = extracted(text, model())
    stand_for = {m.span.of(text): m.entity.name for m in added(extraction) if m.entity}
    assert stand_for == {"I": "Tomas Brekke", "He": "Tomas Brekke"}


@pytest.mark.slow
def test_a_phrase_has_no_entity_but_the_city_that_it_names() -> None:
    text = "Rebel fighters held the camp for a week. The army took the city of Mosul."
    extraction = extracted(text, model())
    phrases = {m.span.of(text): (m.kind, m.entity.key if m.entity else None) for m in added(extraction)}
    assert phrases["Rebel fighters"] == ("organization", None)
    assert phrases["the camp"] == ("place", None)
    assert phrases["the city of Mosul"][1] is not None


@pytest.mark.slow
def test_what_only_the_model_found_is_marked_in_the_graph_and_nothing_else_is() -> None:
    iris, count = IRIs(), 0
    for rules, both in pairs():
        by_rules = {iris(path) for path in entity_paths(rules).values()}
        local = {entity for entity in (m.entity for m in added(both)) if entity and entity.key is None}
        paths = entity_paths(both)
        expected = {iris(paths[entity]) for entity in local} - by_rules
        claims = {iris.claim(id) for id in claim_ids(both)}
        triples = described(both, iris)
        assert {t.subject for t in triples if t.predicate == KG.method} - claims == expected
        assert {t.subject for t in triples if t.predicate == KG.confidence} - claims == expected
        count += len(expected)
    assert count


@pytest.mark.slow
def test_the_confidence_of_a_mention_stands_among_the_annotations() -> None:
    _, both = max(pairs(), key=lambda pair: len(added(pair[1])))
    confident = {t.subject for t in annotated(both) if t.predicate == KG.confidence}
    assert len(confident) == len({mention.span for mention in added(both)})


@pytest.mark.slow
def test_another_language_is_left_alone_and_said() -> None:
    extraction = extracted("Halim Osei habló ayer en el puente.", model(), language="es")
    assert not added(extraction)
    assert "reads English only" in extraction.notes[-1]


@pytest.mark.slow
def test_a_sentence_that_is_too_long_is_said_and_the_rest_is_read() -> None:
    from kg.extract.statistical.passages import LONGEST

    text = f"{'and so on ' * (LONGEST // 10 + 1)}. Rebel fighters held the camp for a week."
    extraction = extracted(text, model())
    assert "did not read 1 sentences" in extraction.notes[-1]
    assert any(m.span.of(text) == "Rebel fighters" for m in added(extraction))


@pytest.mark.slow
def test_passages_are_whole_sentences_up_to_a_length() -> None:
    from kg.extract.statistical.passages import LONGEST

    text = "Rebel fighters held the camp for a week. " * (3 * LONGEST // 41)
    extraction = extracted(text, model())
    found = [m for m in added(extraction) if m.span.of(text) == "Rebel fighters"]
    assert len(found) == text.count("Rebel fighters")


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(TEXT)
def test_any_text_is_read_and_every_span_lies_within_its_document(text: str) -> None:
    for document in documents(Source("a.txt", "a", text)):
        rules = extract(document, gazetteer.load())
        both = extract(document, gazetteer.load(), extractors=[model()])
        assert both.claims[: len(rules.claims)] == rules.claims
        for claim in both.claims:
            assert all(span in document.span for span in claim.evidence)
        for mention in both.mentions:
            assert mention.span in document.span
            assert mention.span.of(text).strip()


@pytest.mark.slow
def test_the_extractor_pickles() -> None:
    assert pickle.loads(pickle.dumps(model())) == model()


@pytest.mark.slow
def test_a_build_with_the_model_conforms_and_is_the_same_on_two_processes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for out, jobs in ((one, 1), (two, 2)):
        assert not kg.build(TEXTS, out, nlp=True, jobs=jobs).set_aside
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)
    assert any("added" in note for note in (one / "dataset.ttl").read_text(encoding="utf-8").splitlines())
