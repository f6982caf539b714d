"""What a clause is, who does what in it, and whether the text says that it happened."""

import pytest
from effort import grows_in_proportion

from kg import gazetteer
from kg.extract import read
from kg.extract.clauses import Clause, Phrase, chunks_of, clauses_of
from kg.extract.clauses.reality import reality
from kg.extract.lexicon import word
from kg.extract.reading import Reading
from kg.model import Source
from kg.read.split import documents


def reading_of(text: str) -> Reading:
    (document,) = documents(Source("a", "a", text, "text/plain"))
    return read(document, gazetteer.load())


def clauses(text: str) -> tuple[Reading, tuple[Clause, ...]]:
    reading = reading_of(text)
    return reading, tuple(clause for s in reading.sentences for clause in clauses_of(reading, s))


def clause_of(text: str, lemma: str) -> tuple[Reading, Clause]:
    reading, found = clauses(text)
    return reading, next(clause for clause in found if clause.verb is not None and clause.verb.word == lemma)


def heads(reading: Reading, phrase: Phrase | None) -> list[str]:
    return [reading.tokens[noun.head].text for noun in phrase.nouns()] if phrase is not None else []


@pytest.mark.parametrize(
    ("low", "lemma", "form"),
    [
        ("retaken", "retake", "participle"),
        ("overran", "overrun", "past"),
        ("seized", "seize", "past or participle"),
        ("reoccupied", "reoccupy", "past or participle"),
        ("cut", "cut", "past or participle"),
        ("village", "", ""),
    ],
)
def test_forms_of_verbs_come_from_the_lexicon_and_morphology(low: str, lemma: str, form: str) -> None:
    assert (word(low).lemma, word(low).form) == (lemma, form)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Turkish forces captured Afrin.", ["capture"]),
        ("In occupied Luhansk the mayor left the left bank.", ["leave"]),
        ("They held the hold on the town in control of the march.", ["hold"]),
        ("Troops seize Shusha.", ["seize"]),
        ("The newly liberated towns were important.", ["be"]),
        ("Flowers lie at the Wall of Memory of the Fallen.", ["lie"]),
        ("The fall of Sukhumi ended the war.", ["end"]),
    ],
)
def test_homographs_are_decided_by_their_chunk(text: str, verbs: list[str]) -> None:
    reading = reading_of(text)
    assert [c.word for s in reading.sentences for c in chunks_of(reading, s) if c.kind == "verb"] == verbs


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "objects"),
    [
        ("Turkish forces and the Free Syrian Army captured Afrin.", "capture", ["forces", "Army"], ["Afrin"]),
        ("Goma was captured from government forces by the M23.", "capture", ["Goma"], []),
        ("The army took Goma, the seat of Kivu province, on 3 May 2001.", "take", ["army"], ["Goma"]),
        ("Shusha, Azerbaijan, fell on 8 May 1992.", "fall", ["Shusha"], []),
        ("Troops captured Goma, Bukavu and Uvira.", "capture", ["Troops"], ["Goma", "Bukavu", "Uvira"]),
        ("Troops captured Goma, and Bukavu fell.", "fall", ["Bukavu"], []),
        ("The town, taken by rebels in May, was shelled.", "shell", ["town"], []),
        ("After the war of 2020 Azerbaijan gained Fuzuli.", "gain", ["Azerbaijan"], ["Fuzuli"]),
        ("Rebels shelled Goma on 3 May and withdrew on 9 May.", "withdraw", ["Rebels"], []),
    ],
)
def test_arguments_stand_by_syntax(text: str, lemma: str, subject: list[str], objects: list[str]) -> None:
    reading, clause = clause_of(text, lemma)
    assert (heads(reading, clause.subject), heads(reading, clause.object)) == (subject, objects)


def test_a_relative_clause_has_its_own_verb_and_what_it_is_about() -> None:
    reading, clause = clause_of("Wad Madani, which the militia had seized in May, was won back by the army.", "seize")
    assert clause.kind == "relative"
    assert heads(reading, clause.antecedent) == ["Madani"]
    _, main = clause_of("Wad Madani, which the militia had seized in May, was won back by the army.", "win")
    assert main.kind == "main"
    assert main.verb is not None
    assert main.verb.passive


def test_members_of_a_list_have_their_own_dates() -> None:
    _, clause = clause_of("Goma (3 May 2001), then Bukavu (9 May 2001) and Uvira fell.", "fall")
    assert clause.subject is not None
    assert [m.date.value if m.date else None for m in clause.subject.members] == ["2001-05-03", "2001-05-09", None]


def test_a_list_after_a_colon_names_what_was_counted() -> None:
    reading, clause = clause_of("Four towns were captured in 1993: Kalbajar, Aghdam, Fizuli and Jabrayil.", "capture")
    assert heads(reading, clause.subject) == ["towns"]
    assert heads(reading, clause.listed) == ["Kalbajar", "Aghdam", "Fizuli", "Jabrayil"]


def test_a_date_holds_in_its_own_clause() -> None:
    text = "On 8 May 1992, troops captured Shusha, and on 18 May they occupied Lachin."
    for lemma, value in (("capture", "1992-05-08"), ("occupy", "1992-05-18")):
        _, clause = clause_of(text, lemma)
        assert [a.date.value for a in clause.dates() if a.date] == [value]


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Troops captured Goma.", "capture", "real"),
        ("Troops did not capture Goma.", "capture", "negated"),
        ("Troops could have captured Goma.", "capture", "unreal"),
        ("Troops managed to capture Goma.", "capture", "real"),
        ("Troops failed to capture Goma.", "capture", "unreal"),
        ("Moscow ordered troops to capture Goma.", "capture", "unreal"),
        ("The army denied that troops captured Goma.", "capture", "negated"),
        ("Nobody disputes that troops captured Goma.", "capture", "real"),
        ("It is not true that troops captured Goma.", "capture", "negated"),
        ("There is no evidence that troops captured Goma.", "capture", "negated"),
        ("The army said that troops captured Goma.", "capture", "reported"),
        ("A reporter refuted claims that troops captured Goma.", "capture", "unconfirmed"),
        ("If troops captured Goma, the war would end.", "capture", "conditional"),
        ("Had Goma fallen, the war would have ended.", "fall", "conditional"),
        ("Did Goma fall?", "fall", "conditional"),
        ("Neither Goma nor Bukavu fell.", "fall", "negated"),
        ("It can no longer be denied that Goma fell.", "fall", "real"),
        ("Ministers discussed capturing Goma.", "capture", "unreal"),
        ("Ministers admitted capturing Goma.", "capture", "real"),
        ("Troops went on, capturing Goma.", "capture", "real"),
        ("Goma – a city, if you ask its mayor – fell on 3 May.", "fall", "real"),
        ("The army, which had planned to rest, captured Goma.", "capture", "real"),
    ],
)
def test_reality_reaches_what_is_governed_and_nothing_else(text: str, lemma: str, expected: str) -> None:
    _, clause = clause_of(text, lemma)
    assert reality(clause) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["of towns ", "(a ", "that troops ", "captured ", "to take ", ", and towns", "– ", "if "]
)
def test_a_hostile_repetition_stays_linear(unit: str) -> None:
    def read(times: int) -> None:
        reading = reading_of(f"Troops captured {unit * times}.")
        assert all(clauses_of(reading, sentence) for sentence in reading.sentences)

    assert grows_in_proportion(read, 1_000)


@pytest.mark.parametrize("text", ["Goma lies north of", "Fishing, together with", "It moved out of"])
def test_a_sentence_may_end_within_a_preposition_of_two_words(text: str) -> None:
    reading = reading_of(text)
    chunks = [chunk for sentence in reading.sentences for chunk in chunks_of(reading, sentence)]
    assert chunks[-1].last == len(reading.tokens)
