"""Whose words a claim is: each form of attribution with the neighbour that must not be read like it."""

import pytest
from effort import grows_in_proportion

from kg import gazetteer
from kg.extract import extract
from kg.extract.reading import split_sentences
from kg.model import EventClaim, Extraction, RoleClaim, Source, Span, Statement
from kg.read.split import documents


def extracted(text: str) -> Extraction:
    (document,) = documents(Source("a", "a", text))
    return extract(document, gazetteer.load())


def said(text: str) -> list[tuple[str, str]]:
    """Who says what, in the order of the text; nobody known by name in lower case."""
    statements = [claim for claim in extracted(text).claims if isinstance(claim, Statement)]
    return [(one.speaker.name if one.speaker else "", one.text.of(text)) for one in statements]


def speakers(text: str) -> list[str]:
    return [speaker for speaker, _ in said(text)]


def roles(text: str) -> list[tuple[str, str, str]]:
    claims = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    return [(one.member.name, one.title, one.organization.name if one.organization else "") for one in claims]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Critics of President Adama Toure say that the curfew hurts the poor.", "critics"),
        ("President Adama Toure says that the curfew hurts nobody.", "Adama Toure"),
        ("The lawyer of Mayor Selam Hailu said that the letter was forged.", "the lawyer"),
        ("The lawyer Marta Oleksa, who defends Mayor Denys Kravets, insisted that the tape was cut.", "Marta Oleksa"),
        ("Mayor Denys Kravets's lawyer insisted that the tape was cut.", "lawyer"),
        ("A letter to Minister Ana Dima says that the well is poisoned.", "a letter"),
        ("A letter by Minister Ana Dima says that the well is poisoned.", "Ana Dima"),
        ("A nurse in a town near Rwanda said that the ward was full.", "a nurse"),
        ("Rwanda said that the ward was full.", "Rwanda"),
        ("Members of Armenia's opposition said that the map had been sold.", "members"),
        ("The director of the Lagos Library Ana Dima said that the map had been sold.", "Ana Dima"),
        ("In Geneva, the engineer Nina Orlova, however, said that the bridge would fall.", "Nina Orlova"),
        ("Colonel Besik Lomidze was told by Nina Orlova that the road was open.", "Nina Orlova"),
        ("Nina Orlova came home. According to her, the road was open.", "Nina Orlova"),
        ("According to Nina Orlova, a nurse, and two drivers, the road was open.", "Nina Orlova"),
        ("Ana Lund and Petra Lund came home. Lund said that the road was open.", "Lund"),
        ("Ana Lund came home. Petra Lund was gone. Lund said that the road was open.", "Petra Lund"),
        ("It was Dagny Halvorsen, and not Lasha Meskhi, who said that the road was open.", "Dagny Halvorsen"),
    ],
)
def test_the_speaker_is_the_head_of_the_subject_and_no_name_beside_it(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The Contact Group, chaired by Germany and attended by Italy, France and Russia, met to draw a map.",
        "Colonel Besik Lomidze was told that the road was open.",
        "No official said that the road was open.",
        "Colonel Besik Lomidze could not say whether the road was open.",
        "The work goes according to the schedule, and Ana Dima is content.",
        "According to the peace plan, the bridge was handed over.",
    ],
)
def test_where_nobody_says_anything_there_is_no_statement(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Residents said that they had no water.", "residents"),
        ("It was claimed that the river had been crossed.", "it was claimed"),
        ("Media reports said the bridge had been blown up.", "media reports"),
        ("According to a soldier, the bridge had been blown up.", "a soldier"),
        ("The bridge had been blown up, according to an anonymous channel.", "an anonymous channel"),
    ],
)
def test_a_speaker_without_a_name_is_described_by_the_words_of_the_text(text: str, speaker: str) -> None:
    (statement,) = [claim for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert statement.speaker is not None
    assert (statement.speaker.kind, statement.speaker.name) == ("described", speaker)


@pytest.mark.parametrize(
    ("text", "according_to"),
    [
        ("Russian bloggers claimed that Russian forces seized Kherson on 2 March 2022.", "Russian bloggers"),
        ("“Russian forces seized Kherson on 2 March 2022.”", "a quotation"),
        ("The mayor was told that Russian forces seized Kherson on 2 March 2022.", "the mayor was told"),
        ("The mayor was told, and Russian forces seized Kherson on 2 March 2022.", ""),
        ("Russian forces seized Kherson on 2 March 2022. Residents said that they had no water.", ""),
    ],
)
def test_an_event_in_reported_or_quoted_words_is_not_in_the_document_s_voice(text: str, according_to: str) -> None:
    (event,) = [claim for claim in extracted(text).claims if isinstance(claim, EventClaim)]
    assert (event.according_to.name if event.according_to else "") == according_to


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We do not leave the town,” the mayor Ana Dima said.', ["We do not leave the town,"]),
        ('«We do not leave the town," said the mayor Ana Dima.', ["We do not leave the town,"]),
        ("„We do not leave the town“, said the mayor Ana Dima.", ["We do not leave the town"]),
        (
            "Ana Dima quipped: ‘The general said, “Hold the hill”, and so we slept.’",
            ["The general said, “Hold the hill”, and so we slept."],
        ),
        (
            "– The well is dry now, – said the elder Ana Dima. – We walk six hours.",
            ["The well is dry now,", "We walk six hours."],
        ),
        (
            "“First they took the cattle.\n\n“Then they took the boys,” the mayor Ana Dima said.",
            ["First they took the cattle.", "Then they took the boys,"],
        ),
        ("The boys' school and the soldiers' camp, the mayor Ana Dima said, were empty.", None),
    ],
)
def test_marks_of_every_kind_are_read_and_apostrophes_are_none(text: str, words: list[str] | None) -> None:
    found = said(text)
    assert {speaker for speaker, _ in found} == {"Ana Dima"}
    kinds = [claim.kind for claim in extracted(text).claims if isinstance(claim, Statement)]
    if words is None:
        assert kinds == ["indirect"]
    else:
        assert [text for _, text in found] == words
        assert set(kinds) == {"direct"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“People ask why it is slow,” sighs Ana Dima, who heads the bureau.", "Ana Dima"),
        ("“It was never like this here,” thundered the elder Ana Dima.", "Ana Dima"),
        ("“A road is no answer to us”, observed for her part Mrs. Ana Dima.", "Ana Dima"),
        ("On the back, in Ana Dima's hand: “They gave us apples and asked.”", "Ana Dima"),
        ("Ana Dima, Lagos Radio: “They gave us apples and asked.”", "Ana Dima"),
        ("“They gave us apples and asked how long.”\n— Ana Dima, teacher in Kidal\n", "Ana Dima"),
    ],
)
def test_beside_a_quotation_any_verb_or_sign_attributes_it(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_a_verb_that_says_nothing_attributes_no_quotation_of_another_sentence() -> None:
    assert said("“Nobody came to the square today.” Ana Dima left the town on Friday.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Dima met the mayor. She said that the road was open.", "Ana Dima"),
        (
            "Johanna Berg spoke. Asked by Ecuador's delegate, Rafael Cruz, whether it held, she said it did not.",
            "Johanna Berg",
        ),
        ("President Rauf Aliyev visited Jabrayil. The head of state said that the road was open.", "Rauf Aliyev"),
        ("Commodore Ramil Cruz sailed. The commodore said that the road was open.", "Ramil Cruz"),
        ("Paul Okello and Paula Okello run the ferry. “I saw the boats burn,” Paula Okello said.", "Paula Okello"),
        ("Ole Lund met Ana Berg and Eva Berg. Ms Berg left. Ms Eva Berg said that the road was open.", "Eva Berg"),
        ("Foreign Minister Nils Aho left. The top diplomat said that the road was open.", "Nils Aho"),
        ("Foreign Minister Nils Aho left. A top diplomat said that the road was open.", "a top diplomat"),
        ("Defence Minister Nils Aho left. The top diplomat said that the road was open.", "the top diplomat"),
        ("Colonel Ramil Cruz sailed. A colonel said that the road was open.", "a colonel"),
    ],
)
def test_who_a_pronoun_or_an_office_means_is_the_subject_before_of_fitting_gender(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_a_pronoun_that_is_understood_is_a_mention_of_the_person() -> None:
    text = "Ana Dima met the mayor. She said that the road was open."
    mentions = {(m.span.of(text), m.entity.name) for m in extracted(text).mentions if m.entity and m.kind == "person"}
    assert ("She", "Ana Dima") in mentions


TRANSCRIPT = """Official record

THE CHAIR (Mr Aydin Nasirov): I thank you. Nobody in this hall needs the list.

MS SEVDA QASIMOVA (Civic Union): My question is about schools. There are four.

THE CHAIR: The first figure is right, I am told.
"""


def test_turns_of_a_transcript_are_whole_and_of_whom_their_label_names() -> None:
    assert [(name, words[:9]) for name, words in said(TRANSCRIPT)] == [
        ("Aydin Nasirov", "I thank y"),
        ("Sevda Qasimova", "My questi"),
        ("Aydin Nasirov", "The first"),
    ]


def test_an_answer_goes_on_in_the_next_paragraph_and_the_editor_s_words_are_none_of_it() -> None:
    text = (
        "President Ana Dima has given an interview.\n\nQuestion: What was built?\n\nAnswer: The army has built roads."
        "\n\nWe built two bridges in the month.\n\nBela Cruz, a spokesman for the clinic, said that wards were open."
    )
    assert speakers(text) == ["Ana Dima", "Ana Dima", "Bela Cruz"]


def test_a_reported_clause_ends_where_a_quotation_begins_a_sentence() -> None:
    text = 'Col. Ole Brand told reporters that he was down to Platoon C. "We left the stoves there," he said.'
    assert said(text) == [("Ole Brand", "he was down to Platoon C."), ("Ole Brand", "We left the stoves there,")]
    text = 'Col. Ole Brand told reporters that the "stoves of Platoon C" were left there.'
    assert said(text)[0] == ("Ole Brand", 'the "stoves of Platoon C" were left there')


def test_a_title_with_a_year_says_nothing_and_a_minister_s_does() -> None:
    assert said("Northern Front, 1937: Captions to the Roux Album\n\nThe town fell on 3 May 1937.") == []
    title = "Moldovan FM: We need a longer truce\n\nForeign Minister Ana Dima of Moldova spoke on 3 May 2019."
    assert said(title)[0][1] == "We need a longer truce"


def test_a_list_with_colons_is_no_transcript() -> None:
    assert (
        said("The board\n\nAna Dima: director of the Lagos Museum\n\nBela Cruz: treasurer of the Lake Society\n") == []
    )


def test_an_office_in_a_label_is_who_it_was_said_to_be_and_a_delegate_who_asks_speaks() -> None:
    text = (
        "Present: delegates Berg (Norland) and Lund (Sudland).\n\nTHE PRESIDENT (Ms. Ada Obi): The list is closed.\n\n"
        "MR. BERG (Norland): Is it proposed to vote on it today?\n\nTHE PRESIDENT: It has been voted on."
    )
    assert said(text) == [
        ("Ada Obi", "The list is closed."),
        ("Berg", "Is it proposed to vote on it today?"),
        ("Ada Obi", "It has been voted on."),
    ]
    assert speakers(text.replace(" (Ms. Ada Obi)", ""))[0] == "THE PRESIDENT"


_ANSWERS = ("I carried a bag there.", "It did, and we saw it fall.", "My own house is no more.", "I do not know that.")


def _asked(opening: str, questions: list[str]) -> str:
    return "\n\n".join([opening, *(part for pair in zip(questions, _ANSWERS, strict=True) for part in pair)])


@pytest.mark.parametrize(
    ("opening", "questions", "speaker"),
    [
        (
            "Marta Sitoe in conversation with Armando Chivale, today treasurer of the Lake Society.",
            ["You were there?", "The town changed hands.", "And your house?", "Who took it?"],
            "Armando Chivale",
        ),
        (
            "Armando Chivale has retired. He sat down with the Lake Gazette.",
            ["– You were there?", "– The town changed hands.", "– And your house?", "– Who took it?"],
            "Armando Chivale",
        ),
        (
            "Armando Chivale was interviewed by Marta Sitoe in May.",
            ["You were there?", "Did it fall?", "And your house?", "Who took it?"],
            "Armando Chivale",
        ),
    ],
)
def test_questions_without_labels_are_of_nobody_and_each_answer_is_of_who_is_interviewed(
    opening: str, questions: list[str], speaker: str
) -> None:
    assert said(_asked(opening, questions)) == [(speaker, answer) for answer in _ANSWERS]


def test_a_line_of_a_dialogue_is_of_whom_it_names_and_the_others_are_nobody_s() -> None:
    text = (
        "— Who cut the wire?\n\n— My cousins, answered Tomas Vidal. They were cold.\n\n— And what did they do with it?"
    )
    assert said(text) == [("Tomas Vidal", "My cousins, answered Tomas Vidal. They were cold.")]
    assert said(text.replace(", answered Tomas Vidal", "")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marta Sitoe in conversation with Ole Brand, treasurer of the Lake Society.",
            [("Ole Brand", "treasurer", "Lake Society")],
        ),
        (
            "Ole Brand, once a pilot, today treasurer of the Lake Society, left.",
            [("Ole Brand", "pilot", ""), ("Ole Brand", "treasurer", "Lake Society")],
        ),
        ("Ane Lund is head nurse at Bentiu State Hospital.", [("Ane Lund", "head nurse", "Bentiu State Hospital")]),
        ("Ane Lund is not head nurse at Bentiu State Hospital.", []),
        (
            'Ana Lund, who calls herself "minister for eels" of the Canal Trust, left.',
            [("Ana Lund", "minister", "Canal Trust")],
        ),
        ("The lawyer of Mayor Selam Hailu left.", [("Selam Hailu", "Mayor", "")]),
        ("Army spokesman Ole Brand left.", [("Ole Brand", "Army spokesman", "army")]),
        ("Coast guard chief Ole Brand left.", [("Ole Brand", "chief", "coast guard")]),
        (
            "Ole Brand, a spokesman for the army's northern command, left.",
            [("Ole Brand", "spokesman", "army's northern command")],
        ),
        ("Ole Brand, a spokesman for the army's widows, left.", [("Ole Brand", "spokesman", "")]),
        ("Ole Brand, a spokesman for the governor of Lagos, left.", [("Ole Brand", "spokesman", "")]),
        ("Queries to Lali Brand, curator, Lake Museum.", [("Lali Brand", "curator", "Lake Museum")]),
        ("Lali Brand, curator, thanked the Lake Museum.", [("Lali Brand", "curator", "")]),
        (
            "Ole Brand, professor of geography at the Sahel Institute, left.",
            [("Ole Brand", "professor", "Sahel Institute")],
        ),
        ("Major Ole Brand for the Chaco Commission left.", [("Ole Brand", "Major", "Chaco Commission")]),
        ("They thanked Major Ole Brand for the Chaco Commission's map.", [("Ole Brand", "Major", "")]),
        (
            "The consuls Berg (Norland), Lund (Sudland) and Rask (Ostland) met.",
            [("Berg", "consul", "Norland"), ("Lund", "consul", "Sudland"), ("Rask", "consul", "Ostland")],
        ),
        (
            "The Norwegian, Swedish and Danish foreign ministers, Ana Berg, Cyril Dahl and Eva Falk, met.",
            [
                ("Ana Berg", "foreign minister", "Norway"),
                ("Cyril Dahl", "foreign minister", "Sweden"),
                ("Eva Falk", "foreign minister", "Denmark"),
            ],
        ),
    ],
)
def test_an_office_belongs_to_the_name_that_it_stands_to(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert roles(text) == expected


def test_what_a_person_is_of_with_an_article_is_a_body_and_a_place_is_none() -> None:
    def bodies(text: str) -> set[str]:
        entities = (mention.entity for mention in extracted(text).mentions)
        return {entity.name for entity in entities if entity is not None and entity.kind == "organization"}

    assert bodies("Mr Duncan Brand of the Calcutta Mercury left.") == {"Calcutta Mercury"}
    assert bodies("Mr Duncan Brand of the Golan Heights left. Mr Lund of the Upper Vale Valley left.") == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["“a ", "'a ", ", who said ", "he said that ", "and said ", "– We go, – said he. ", "said the minister "]
)
def test_a_hostile_repetition_is_read_in_proportion_to_its_length(unit: str) -> None:
    assert grows_in_proportion(lambda times: extracted(f"The mayor left. {unit * times}."), 200)


def test_who_answers_without_a_name_is_who_was_asked_by_name() -> None:
    lines = ["MS ARRU: {}who came?", "THE WITNESS: The rebels, with four drums.", "MS ARRU: And then?"]
    lines += ["THE WITNESS: I left by the river.", "PRESIDING JUDGE (Ole Tranberg): We shall stop there."]
    text = "\n\n".join(["The driver Tomas Kallon is heard first. The lawyer Ana Arru said that she was ready.", *lines])
    assert speakers(text.format("Mr Kallon, "))[1:3] == ["Tomas Kallon"] * 2
    assert "Tomas Kallon" not in speakers(text.format(""))


def test_each_second_paragraph_is_an_answer_where_an_interview_is_told_and_nobody_is_quoted() -> None:
    opening = "The driver Tomas Kallon has seen them all. Our reporter Ana Dima talked to him on 3 May 2011."
    asked = ["And then?", "How large is the park?", "Is it safe now?", "Were there many?", "What is left of it?"]
    answers = ["I hid the rifles under the hay.", *["The road is still closed to carts."] * 4]
    turns = [part for pair in zip(asked, answers, strict=True) for part in pair]
    assert speakers("\n\n".join([opening, *turns])) == ["Tomas Kallon"] * 5
    questions = "\n\n".join(["The driver Tomas Kallon has seen them all.", *turns])
    assert "Tomas Kallon" not in speakers(questions)


def test_who_writes_an_interview_answers_nothing_in_it_and_bold_paragraphs_ask() -> None:
    opening = "*By Marta Sitoe for the quarterly Lake Shore, 21 March 2011*\n\nArmando Chivale, a baker, has stayed."
    asked = ["**What came?**", "**The town changed hands.**", "**And then?**", "**Who took it?**"]
    (document,) = documents(Source("a.md", "a", _asked(opening, asked), "text/markdown"))
    made = [claim for claim in extract(document, gazetteer.load()).claims if isinstance(claim, Statement)]
    assert [one.speaker and one.speaker.name for one in made] == ["Armando Chivale"] * 4


def test_most_questions_of_an_interview_may_state_what_they_ask() -> None:
    opening = "The driver Tomas Kallon received us in May. The conversation was recorded on 3 May 2011."
    asked = [
        "You stayed?",
        "But they came back.",
        "There were rumours.",
        "How far was it?",
        "Then it fell.",
        "And now?",
    ]
    answers = [
        "I hid the rifles under the hay, as my father did in the war before.",
        *["The road is closed to carts, and nobody on it can tell why, not even the men who did it."] * 5,
    ]
    turns = [part for pair in zip(asked, answers, strict=True) for part in pair]
    assert speakers("\n\n".join([opening, *turns])) == ["Tomas Kallon"] * 6
    told = "\n\n".join([opening.replace("The conversation was recorded", "The bridge was rebuilt"), *turns])
    assert "Tomas Kallon" not in speakers(told)  # a story that asks


def test_a_quotation_that_its_attribution_splits_is_two_statements() -> None:
    words = ["The bridge,", "is gone, and with it the road."]
    assert [text for _, text in said('"The bridge," Nina Orlova said, "is gone, and with it the road."')] == words
    assert said('It was the "bridge," as Nina Orlova\'s map has it.') == []


def test_the_words_of_several_according_to_whom_it_is_begin_after_them() -> None:
    text = "According to Nina Orlova, a nurse, and two drivers, the road was open."
    assert [words for _, words in said(text)] == ["the road was open"]
    text = "According to Nina Orlova, the road was open, and two drivers left."
    assert [words for _, words in said(text)] == ["the road was open, and two drivers left"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "The foreign ministers of Sri Lanka and Ukraine, Tomas Mbeki and Leila Grieg, met.",
            ("Leila Grieg", "foreign minister", "Ukraine"),
        ),
        (
            "It was said that Talitay had fallen. The mayor, Bai Sinsuat, denied it.",
            ("Bai Sinsuat", "mayor", "Talitay"),
        ),
        ("It was said that Syria had fallen. The mayor, Bai Sinsuat, denied it.", ("Bai Sinsuat", "mayor", "")),
        ("The Karen Army came. The spokesman, Maung Lwin, was there.", ("Maung Lwin", "spokesman", "Karen Army")),
        ("Zura Edilova taught. Today she is chair of the Terek League.", ("Zura Edilova", "chair", "Terek League")),
        (
            "Moses Naruai came. Naruai, now treasurer of the Ard Guild, left.",
            ("Moses Naruai", "treasurer", "Ard Guild"),
        ),
        ("Kenta Osawa, at present chairman of the Lake Lodge, left.", ("Kenta Osawa", "chairman", "Lake Lodge")),
        ("Made by Vesna Kolar [head of cartography; Lake Lyceum]", ("Vesna Kolar", "head", "Lake Lyceum")),
        ("Album of Sgt. Walter Amdahl (Signal Corps), Fargo.", ("Walter Amdahl", "Sgt.", "Signal Corps")),
        ("We saw General Magruder.", ("Magruder", "General", "")),
        ("Petrus Vane, who heads the monitors of the Lake Mission, left.", ("Petrus Vane", "head", "Lake Mission")),
    ],
)
def test_whose_an_office_is_may_stand_in_another_place_than_the_office(text: str, role: tuple[str, str, str]) -> None:
    assert role in roles(text)


def test_a_pronoun_that_may_be_one_of_two_holds_no_office() -> None:
    assert roles("Zura Edilova met Ana Lund. Today she is chair of the Terek League.") == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "MS. CIOBANU: The papers wrote that you took it.\n\nMR. ALBU: They did not write that at all.",
            ["Ciobanu", "Albu"],
        ),
        ("We saw UNPROFOR in the town.", []),
        ("Me, photographed by Michele Conti in Asmara.", ["Michele Conti"]),
        ("A boy named Tibbet saw a flag.", ["Tibbet"]),
        ("A horse named Tibbet saw a flag.", []),
        ("Ban Gioc (22 February) went over to the Chinese.", []),
        ("Ban Gioc, 22, went over to the Chinese.", ["Ban Gioc"]),
        ("Militiamen took Dravol, a spokesman said.", []),
        ("Guelta Zemmur changed hands so often that people, she says, learned two anthems.", []),
        ("Jemadar Gul Nawaz spoke of guns.", ["Gul Nawaz"]),
    ],
)
def test_what_a_name_is_called_by_and_what_stands_beside_it_tells_a_person(text: str, people: list[str]) -> None:
    named = [m.entity.name for m in extracted(text).mentions if m.kind == "person" and m.entity is not None]
    assert list(dict.fromkeys(named)) == people


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("COMMISSION OF INQUIRY INTO THE FLOOD", "Commission of Inquiry into the Flood"),
        ("He told it to Radio Balibo on Monday.", "Radio Balibo"),
        ("The ships of Joint Task Force Lake came.", "Joint Task Force Lake"),
        ("They thanked the Miners' Relief Chest for it.", "Miners' Relief Chest"),
    ],
)
def test_a_body_is_named_in_a_line_of_capitals_and_after_its_head(text: str, body: str) -> None:
    named = [m.entity.name for m in extracted(text).mentions if m.kind == "organization" and m.entity is not None]
    assert body in named


def test_a_headline_in_capitals_is_no_name_of_a_body() -> None:
    text = "COUNCIL OF MINISTERS SAYS TOWN FELL"
    assert not any(
        m.kind == "organization" and m.entity and "says" in m.entity.name.lower() for m in extracted(text).mentions
    )


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Inger Toft is of the opinion that the hussars were Austrians.", ("Inger Toft", "the hussars were Austrians")),
        ("General Hask, who says that he has mutinied, rode in at two.", ("Hask", "he has mutinied")),
        ("Ivo Lund swears that they have the whole city.", ("Ivo Lund", "they have the whole city")),
        ('"It was like a sleeve," the sergeant, Ivo Lund, notes in it.', ("Ivo Lund", "It was like a sleeve,")),
        ("Ivo Lund has since conceded that the figure was wrong.", ("Ivo Lund", "the figure was wrong")),
        ("Ivo Lund said that when they came he was out.", ("Ivo Lund", "when they came he was out")),
        ("Ivo Lund said that, while he slept, they came.", ("Ivo Lund", "while he slept, they came")),
        ("Ivo Lund expects that one in four will stay.", ("Ivo Lund", "one in four will stay")),
        ("Ivo Lund is understood to have said that the bridge was open.", ("Ivo Lund", "the bridge was open")),
        (
            '"I have been robbed of a town," General Hask is reported to have said.',
            ("Hask", "I have been robbed of a town,"),
        ),
        (
            "From it, Ivo Lund says, the man could see the school.",
            ("Ivo Lund", "From it, Ivo Lund says, the man could see the school"),
        ),
    ],
)
def test_what_is_held_sworn_or_noted_is_said(text: str, statement: tuple[str, str]) -> None:
    assert said(text) == [statement]


@pytest.mark.parametrize(
    "text",
    [
        "Inger Toft is of the height that the hussars were.",
        "Inger Toft has known him since she married.",
        "Inger Toft has been fearing that since he met her.",
        "Inger Toft expects a train, and the hussars were Austrians.",
        "Inger Toft is known to have crossed the bridge that was mined.",
        "Inger Toft judges the bread that the bakers bring.",
    ],
)
def test_where_nothing_is_said_to_be_so_there_is_no_statement(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("said_by", "speaker"),
    [
        ("head of the regional administration Nina Petrosian", "Nina Petrosian"),
        ("deputy head of the district office Anton Moroz", "Anton Moroz"),
        ("spokesman for the Defence Ministry Petra Novak", "Petra Novak"),
        ("the widow of the minister Anton Moroz", "the widow"),
        ("the lawyer of Mayor Anton Moroz", "the lawyer"),
    ],
)
def test_a_name_right_after_a_body_is_of_who_heads_it_and_not_of_who_belongs_to_its_bearer(
    said_by: str, speaker: str
) -> None:
    assert speakers(f"The road is open, said {said_by}.\n") == [speaker]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('A rebel withdrawal from the city once dubbed the "capital of the revolution" would be an advance.', []),
        ('Residents of the city dubbed "the capital of the revolution" fled.', []),
        ('Ana Dima dubbed the vote "a farce of the century".', [("Ana Dima", "a farce of the century")]),
        ("A final withdrawal says that nobody is left there.", []),
        ("The declaration says that nobody is left there.", [("", "nobody is left there")]),
        (
            "The town will hold, the mayor, Ana Dima, said, adding that the bridge is gone.",
            [("Ana Dima", "The town will hold"), ("Ana Dima", "the bridge is gone")],
        ),
        (
            "Sitting in its office, a building the group took in May, the candidate, Ana Dima, said that it must end.",
            [("Ana Dima", "it must end")],
        ),
        ("But Ana Dima, a Polish activist in exile, believes it is over.", [("Ana Dima", "it is over")]),
        (
            "According to Ana Dima, using some estimates, more than 11 villages have fallen, among them Ard.",
            [("Ana Dima", "more than 11 villages have fallen, among them Ard")],
        ),
    ],
)
def test_who_speaks_on_pages_of_news_is_who_can_speak(text: str, words: list[tuple[str, str]]) -> None:
    assert [(speaker if speaker.istitle() else "", text) for speaker, text in said(text)] == words


def test_a_speaker_of_an_age_is_described_with_it() -> None:
    assert speakers('"We left at night," said the 48-year-old Turkish woman.') == ["the 48-year-old Turkish woman"]


def test_an_agency_is_the_one_it_is_called_and_no_other_agency() -> None:
    text = "The CIA came. The UN refugee agency{} has been there and estimated that half of them stayed."
    assert speakers(text.format(" (UNHCR)")) == ["UN High Commissioner for Refugees"]
    assert "Central Intelligence Agency" not in speakers(text.format(""))


def test_a_country_s_name_beside_a_verb_of_saying_is_the_surname_of_who_was_named_in_full() -> None:
    text = 'Rosalind {} came from Washington. She left soon. "The talks went on for hours," Jordan said.'
    assert speakers(text.format("Jordan")) == ["Rosalind Jordan"]
    assert "Rosalind Jordan" not in speakers(text.format("Peters"))
    assert roles("The Lake Relief Front (LRF) commander Ole Brand left.") == [
        ("Ole Brand", "commander", "Lake Relief Front")
    ]


def people_of(text: str) -> list[str]:
    named = [m.entity.name for m in extracted(text).mentions if m.kind == "person" and m.entity is not None]
    return list(dict.fromkeys(named))


def bodies_of(text: str) -> list[str]:
    named = [m.entity.name for m in extracted(text).mentions if m.kind == "organization" and m.entity is not None]
    return list(dict.fromkeys(named))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("The fort was given up by Colonel Rey d'Harcourt.", ["Rey d'Harcourt"]),
        ("Governor-General Vassalo e Silva signed it.", ["Vassalo e Silva"]),
        ("The Bavarians under General von der Tann came.", ["von der Tann"]),
        ("They drove in de Gaulle street.", []),
        ("THE PRESIDENT (F. de Vries): We resume the talks now.", ["F. de Vries"]),
        ("It cost General Christian Julius de Meza his command.", ["Christian Julius de Meza"]),
        ("The Christian Julius Church burned.", []),
        ("Bands under Tomazin Soumalot entered the town.", ["Tomazin Soumalot"]),
        ("The road under Tomazin Soumalot is closed.", []),
        ("Signed by Zorvan Saqqal and Erik Lindqvist for the record.", ["Zorvan Saqqal", "Erik Lindqvist"]),
        ("Madam Minister, Minister, we write to you. Thank you, Mr President.", []),
        ("They died on the Avenue Sergeant Ketel.", []),
        ("Sergeant Ketel died there.", ["Ketel"]),
        ("They came to Nueva Lorca, whose inhabitants had fled; Lorca fell.", []),
        ("Chichagin Harbor was taken; the Harbor burned.", []),
    ],
)
def test_the_form_of_a_person_s_name_in_many_languages(text: str, people: list[str]) -> None:
    assert people_of(text) == people


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("It was taken by the 17th Infantry and the 5th Militia.", ["17th Infantry", "5th Militia"]),
        ("The 17th century ended.", []),
        ("Ole Brand speaks for the Lake People's Liberation Front.", ["Lake People's Liberation Front"]),
        ("Bands of the Moroccan Army of Liberation came.", ["Moroccan Army of Liberation"]),
        ("The Armed Forces of Ukraine came.", ["Ukrainian armed forces"]),
        (
            "The newspaper Zorvan Morning said nothing, nor did the charity Open Hands.",
            ["Zorvan Morning", "Open Hands"],
        ),
        ("The bridge Zorvan Morning was closed.", []),
        ("The Danish Red Cross came to Amberling Cross, past the War Chest.", ["Danish Red Cross"]),
        ("The Zorvan Data Desk and the Sahel Desk counted them.", ["Zorvan Data Desk", "Sahel Desk"]),
    ],
)
def test_a_body_has_the_head_of_a_body_and_what_it_is_called_by(text: str, bodies: list[str]) -> None:
    assert bodies_of(text) == bodies


_MILL = (
    "\n\nWhen did you leave the town?\n\nIn March, on foot, with two goats.\n\nWho held it then?\n\nI was told that "
    "the militia did.\n\nDid you return?\n\nI found the mill gone.\n\nAnd today?\n\nWe are forty families now.\n"
)


@pytest.mark.parametrize(
    "opening",
    [
        "Interview: Marta Lind\n\nOur talk with Jonas Kerr, miller, took place in his kitchen.",
        "By Marta Lind\n\nJonas Kerr ran the mill of Zor for years. His wife, Ana Kerr, brought coffee.",
        "Marta Lind of the Zor Gazette sat with Jonas Kerr, the last miller, on 3 May 2009.",
        "Mayor Petar Vukov calls him the memory of the town. Jonas Kerr, 71, receives us in the mill.",
        "Marta Lind asked, Jonas Kerr answered. The conversation was recorded in May.",
        "Jonas Kerr, who ran the mill of Zor for years, told Marta Lind what he saw.",
        "Jonas Kerr talks with our editor, Marta Lind. He also asked us who would come.",
        "Interview with the miller Jonas Kerr\n\nMarta Lind\n\nThe mill of Zor stands empty.",
    ],
)
def test_who_answers_is_nobody_who_asks_writes_or_is_only_told_of(opening: str) -> None:
    assert said(f"THE MILLER OF ZOR\n\n{opening}{_MILL}")[-4:] == [
        ("Jonas Kerr", answer) for answer in _MILL.strip().split("\n\n")[1::2]
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Judge Ana Perez presides. Ole Brand examines Witness K-12.\n\nQ. Where?\n\nA. In the cellar of Ana.",
            "Witness K-12",
        ),
        ("Judge Ana Perez presides. The witness is sworn.\n\nQ. Where?\n\nA. In the cellar of Ana.", "Ana Perez"),
        (
            "WITNESS K-12: In the cellar of Ana.\n\nMR BRAND: Who came?\n\nWITNESS K-12: The men of the brigade.",
            "WITNESS K-12",
        ),
        (
            "Witness 42.\n\nMR BRAND: Where were you?\n\nTHE WITNESS: In the cellar of Ana.\n\nMR BRAND: Who came?",
            "Witness 42",
        ),
        (
            "Marta Lind met Jonas Kerr.\n\nML: Where were you?\n\nJK: In the cellar of Ana.\n\nML: Who came?",
            "Jonas Kerr",
        ),
        (
            "Marta Lind met Jonas Kerr.\n\nML: Where were you?\n\nUK: In the cellar of Ana.\n\nML: Who came?",
            "United Kingdom",
        ),
    ],
)
def test_a_witness_without_a_name_has_a_code_and_initials_are_of_who_is_named(text: str, speaker: str) -> None:
    assert (speaker in [who for who, words in said(text) if words.startswith("In the cellar")]) is (
        speaker not in ("Ana Perez", "United Kingdom")
    )


def turns(*lines: str) -> list[tuple[str, str]]:
    return said("\n\n".join(lines))


def test_a_code_alone_and_a_time_of_day_before_a_label_leave_a_turn_its_speaker() -> None:
    asked = "Mr. Hale: Witness K-12, where did you live?"
    answer = ("Witness K-12", "In Mala Krusa, beside the mill.")
    assert turns(asked, f"K-12: {answer[1]}", "Mr. Hale: And then?", "K-12: We went.")[:1] == [answer]
    radio = ["00:12 HOST: Who held Ard?", "00:19 RADIC: The brigade did, sir.", "00:31 HOST: And then?"]
    assert turns(*radio, "00:34 RADIC: Nobody did, for a week.", "Ivan Radic was the postmaster of Ard.") == [
        ("Ivan Radic", "The brigade did, sir."),
        ("Ivan Radic", "Nobody did, for a week."),
    ]


def test_a_guest_is_whom_the_host_greets_and_numbered_answers_are_of_who_gave_them() -> None:
    host = "Host: Our guest is Samir Haddad of Besk. Mr Haddad, who holds the bridge?"
    answers = "Guest: Nobody holds it, sir.", "Host: And the ferry?", "Guest: The ferry is mine."
    assert speakers("\n\n".join((host, *answers))) == ["Samir Haddad", "Samir Haddad"]
    numbered = "Q1. Who held Ard?", "A1. The brigade did, until May.", "Q2. And then?", "A2. The police came from Besk."
    given = "The answers were given by Ivan Radic on 3 June 2004."
    assert speakers("\n\n".join((*numbered, given))) == ["Ivan Radic", "Ivan Radic"]
    taken = "The answers were taken down by Ivan Radic on 3 June 2004."
    assert "Ivan Radic" not in speakers("\n\n".join((*numbered, taken)))


def test_a_witness_who_says_a_name_has_it() -> None:
    asked = "MR. HALE: Who are you?", "MR. HALE: How long did the mountain hold out?"
    named = "WITNESS: My name is Agostinho Soares. I was a teacher."
    assert "Agostinho Soares" in speakers("\n\n".join((asked[0], named, asked[1], "WITNESS: Until November, sir.")))
    of_another = "WITNESS: My name is not Agostinho Soares. I was a teacher."
    told = speakers("\n\n".join((asked[0], of_another, asked[1], "WITNESS: Until November, sir.")))
    assert "Agostinho Soares" not in told


def test_a_label_that_says_who_somebody_is_and_a_question_over_a_text_are_no_words_of_anybody() -> None:
    dialogue = "MK: They asked for water.", "DB: And then?", "MK: They drew a line across the yard."
    names = "Speaker: Milena Kos, born 1931. Interviewer: David Brown."
    assert speakers("\n\n".join((names, "DB: What do you remember?", *dialogue))) == ["Milena Kos", "Milena Kos"]
    radio = "Radio Delta: Colonel, who holds the bridge?", "Col. Petrov: We hold it today.", "Radio Delta: And Besk?"
    assert speakers("\n\n".join(("INTERVIEW", *radio, "Col. Petrov: Nobody at all does."))) == ["Petrov", "Petrov"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It changed so often that children, she says, learned two anthems.", "It changed so often that children, "),
        ("They came in May; in those days, she says, they took every lamp.", "in those days, "),
        ("They had left; the bridge was gone, she said.", "the bridge was gone"),
        ("She said that they would leave, and the last men withdrew on 3 May.", "they would leave"),
        ("They left the town, she said, taking their guns.", "They left the town"),
    ],
)
def test_an_aside_that_parts_a_clause_leaves_no_half_of_it(text: str, words: str) -> None:
    ((_, told),) = said(f"Ana Mora came. {text}")
    assert told.startswith(words)
    assert ("she says" in told) == words.endswith(" ")
    assert "withdrew" not in told


def test_what_is_promised_with_and_is_all_said() -> None:
    ((_, told),) = said("Ana Mora came. She said that they would leave, and the border would be shut.")
    assert told == "they would leave, and the border would be shut"


def test_a_described_speaker_is_who_speaks_on_and_several_are_nobody_alone() -> None:
    text = '"We left at night," said {}. "It was cold out there," {} said.'
    assert speakers(text.format("the Turkish woman", "she")) == ["the Turkish woman"] * 2
    assert speakers(text.format("the Turkish woman", "he")) == ["the Turkish woman", "he"]
    assert speakers(text.format("officials", "he")) == ["officials", "he"]


def test_as_somebody_puts_it_is_said() -> None:
    text = "Ole Brandt was there. As Brandt {}, the lake was sold without its water."
    assert said(text.format("puts it")) == [("Ole Brandt", "the lake was sold without its water")]
    assert said(text.format("left it")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'Petrov assured newsmen that nobody was left in Bunker F. "We manage," he said.',
            [("Petrov", "We manage,"), ("Petrov", "nobody was left in Bunker F.")],
        ),
        ('Anton Moroz asked. "Poor manners," he said.', []),
        (
            "The Memel Courier printed the notice. Its leader column argues that a town with three languages needs no "
            "owner.",
            [("Memel Courier", "a town with three languages needs no owner")],
        ),
        (
            "The ward sister at Goma in eastern Congo, Victoria Reading, told us that Bath had carried the oxygen up.",
            [("Victoria Reading", "Bath had carried the oxygen up")],
        ),
        (
            "The ward sister at Goma, Nord Reading, told us that Bath had carried the oxygen up.",
            [("the ward sister", "Bath had carried the oxygen up")],
        ),
    ],
)
def test_a_letter_a_column_or_an_aside_leaves_the_words_to_whom_they_are_of(
    text: str, words: list[tuple[str, str]]
) -> None:
    assert sorted(said(text)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('Nobody was left in Bunker F. "We manage," he said.', 2),
        ('Nobody was left in Bunker F. "We have had lamps down there" is what he said.', 2),
        ('Nobody knew John F. "Skip" Adler.', 1),
        ("Nobody knew John F. Adler.", 1),
    ],
)
def test_a_letter_ends_a_sentence_before_words_and_not_before_a_name(text: str, sentences: int) -> None:
    assert len(split_sentences(text, Span(0, len(text)))) == sentences


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Mirembe Okello in conversation with our editor, 3 May 2009", "Mirembe Okello"),
        ("Mirembe Okello in conversation with Rosa Adler, 3 May 2009", "she"),
        ("Mirembe Okello in Gulu, 3 May 2009", "she"),
    ],
)
def test_who_heads_an_interview_is_whom_it_speaks_of(title: str, speaker: str) -> None:
    text = f'{title}\n\nShe sat with us under a mango tree. "We opened the road to Kitgum ourselves," she said.\n'
    assert speakers(text) == [speaker]
    told = [c for c in extracted(text).claims if isinstance(c, EventClaim) and c.family == "interview"]
    assert [(c.date, [one.name for one in c.actors]) for c in told] == (
        [("2009-05-03", ["Mirembe Okello"])] if speaker != "she" else []
    )


@pytest.mark.parametrize(
    ("office", "title"),
    [
        ("[head of maps; Silesian Land Office]", "head of maps"),
        ("(director of operations, Silesian Land Office)", "director of operations"),
        ("[head; Silesian Land Office]", "head"),
    ],
)
def test_what_somebody_heads_is_part_of_the_office(office: str, title: str) -> None:
    assert roles(f"The sheet was drawn by Teodor Vlasak {office}.") == [
        ("Teodor Vlasak", title, "Silesian Land Office")
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "I met Ann Lund on Friday, 9 October 2015, in Kirkenes, and taped an hour on the border fence.",
            ["2015-10-09"],
        ),
        ("I met Ann Lund on Friday, 9 October 2015, in Kirkenes, and taped the parcel.", []),
        ("She met Ann Lund on Friday, 9 October 2015, in Kirkenes, and taped an hour of birdsong.", []),
    ],
)
def test_a_meeting_that_the_writer_recorded_is_an_interview(text: str, dates: list[str]) -> None:
    (document,) = documents(Source("a.txt", "a", text))
    claims = extract(document, gazetteer.load()).claims
    assert [c.date for c in claims if isinstance(c, EventClaim) and c.family == "interview"] == dates


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The BBC quoted President Aliyev as saying that the war was avoidable.", "Aliyev"),
        ("The BBC cited officials as saying that the war was avoidable.", "officials"),
        ("President Aliyev replied by saying that the war was avoidable.", "Aliyev"),
        ("Critics of President Aliyev say the war was avoidable.", "critics"),
        ("Officials in Goma say the war was avoidable.", "officials"),
        ("Foreign Minister Pashinyan accused President Aliyev of saying that the war was avoidable.", None),
        ("Had President Aliyev said that the war was avoidable, he would have lost.", None),
        ("Had he known more, President Aliyev said, the war was avoidable.", "Aliyev"),
    ],
)
def test_whose_words_they_are_is_who_said_them_and_nobody_who_may_have(text: str, speaker: str | None) -> None:
    assert speakers(text) == ([speaker] if speaker else [])
