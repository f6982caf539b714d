"""One page is one document, under its own headline; two texts in one file are two."""

from pathlib import Path

import pytest
from effort import grows_in_proportion

from kg.model import Document, Source
from kg.read import Item
from kg.read.item import read_item
from kg.read.publisher import Publishers
from kg.read.split import documents
from kg.text.blocks import mask

BODY = "The army entered Sake on Sunday, residents of the town said. Shops stayed shut."
MORE = "The governor told reporters that the road to Goma was open again, and that nobody had been hurt."


def page(*blocks: str, media_type: str = "text/plain", title: str | None = None) -> tuple[Document, ...]:
    text = "\n\n".join(blocks)
    return documents(Source("page.txt", "page", text, media_type=media_type, title=title))


def titles(*blocks: str, media_type: str = "text/plain") -> list[str | None]:
    return [document.title for document in page(*blocks, media_type=media_type)]


def read_file(tmp_path: Path, name: str, text: str) -> Source:
    (tmp_path / name).write_text(text, encoding="utf-8")
    kind = "text/html" if name.endswith(".html") else "text/markdown"
    source = read_item(Item(str(tmp_path / name).encode(), name, "page", kind))
    assert isinstance(source, Source)
    return source


@pytest.mark.parametrize(
    "blocks",
    [
        ("Army enters Sake", BODY, "Soldiers in Sake", "Soldiers in Sake", MORE),  # a caption, and again
        ("Army enters Sake", BODY, "Soldiers walk into the town", "Soldiers walk into the town", MORE),
        ("Army enters Sake", BODY, "Great Lakes Agency\nPublished 3 December 2012\nAgency photo", MORE),
        ("Army enters Sake", BODY, "Jean Kasongo", "Jean Kasongo\nPhoto: Great Lakes Agency", MORE),
        ("Army enters Sake", "3 December 2012", BODY, "\n\nWhat the governor said", MORE),
        ("Army enters Sake", "3 December 2012", BODY, "\n\nWrite a comment", MORE),
        ("Army enters Sake", BODY, "* * *", "The road to Goma", MORE),
        ("Army enters Sake", "3 December 2012", BODY, "----", "Army gone", MORE),
        ("Army enters Sake", BODY, "Sign our letter", "Sign our letter", "Bakers end their strike"),
        (
            "A short chronicle of Sake",
            "3 December 2012",
            "Army enters Sake",
            "4 December 2012",
            "Army leaves Sake\n" + MORE,
        ),
    ],
)
def test_what_a_page_repeats_or_puts_between_its_paragraphs_begins_no_document(blocks: tuple[str, ...]) -> None:
    assert len(page(*blocks)) == 1


def test_a_dated_post_below_the_story_of_a_page_begins_no_document() -> None:
    blocks = ("# Army enters Sake", "3 December 2012", BODY, "\n\nGovernor opens the road", "9 December 2012", MORE)
    assert len(page(*blocks, media_type="text/html")) == 1
    assert len(page(*blocks, title="Army enters Sake")) == 1
    assert len(page(*(block.lstrip("# ") for block in blocks))) == 2


SECOND = "Governor says that the road to Goma is open"


@pytest.mark.parametrize(
    "blocks",
    [
        ("Towns in figures\nGoma: 20 November 2012, 75 km2; Sake: 22 November 2012, 9 km2.", SECOND, SECOND, MORE),
        ("Army enters Sake", BODY, SECOND, SECOND, "\n" + MORE),
        ("Army enters Sake", BODY, "----------", SECOND, MORE),
        ("Army enters Sake", BODY, "\f", SECOND, MORE),
        ("Army enters Sake", "3 December 2012", BODY, "----", "Army gone", "4 December 2012", MORE),
        ("Army enters Sake", "3 December 2012", BODY, SECOND, "4 December 2012", MORE),
        ("Army enters Sake", "SAKE, 3 December 2012 - " + BODY, SECOND, "GOMA, 4 December 2012 - " + MORE),
        ("Army enters Sake", BODY, MORE, "\n\n" + SECOND, MORE, BODY),
        ("Army enters Sake", BODY, "The towns in figures\nGoma: 75 km2\nSake: 9 km2"),
    ],
)
def test_a_second_headline_with_a_text_and_a_sign_of_its_own_begins_a_document(blocks: tuple[str, ...]) -> None:
    assert len(page(*blocks)) == 2


def test_a_second_top_heading_begins_a_document_but_not_where_the_page_states_its_title() -> None:
    parts = ("# Army enters Sake", BODY, "# The road is open", MORE)
    assert titles(*parts, media_type="text/markdown") == ["Army enters Sake", "The road is open"]
    assert len(page(*parts, media_type="text/markdown", title="Army enters Sake")) == 1
    assert len(page(*parts, media_type="text/html")) == 1


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        (("Skip to main content", "Army enters Sake", BODY), "Army enters Sake"),
        (("World\nArmy enters Sake", BODY), "Army enters Sake"),
        (("OPINION", "Nobody asked the town of Sake", "Jean Kasongo", BODY), "Nobody asked the town of Sake"),
        (("Jean Kasongo", "Army enters Sake", BODY), "Army enters Sake"),
        (("By Jean Kasongo, Lake Observer", "Army enters Sake", BODY), "Army enters Sake"),
        (("3 December 2012", "Army enters Sake", BODY), "Army enters Sake"),
        (("Photo: Jean Kasongo", "Army enters Sake", BODY), "Army enters Sake"),
        (("Army enters Sake | The Lake Observer\nNews\nArmy enters Sake", BODY), "Army enters Sake"),
        (("World / Africa / Sake", "Army enters Sake", BODY), "Army enters Sake"),
        (
            (
                "Five lakes",
                "Town / province / taken by the army / on a Sunday",
                "Sake / North Kivu / 22 November\n" + BODY,
            ),
            "Five lakes",
        ),
        (("Sake, on Sunday", BODY), "Sake, on Sunday"),  # short, and the only one
        (("The patience of shopkeepers", BODY), "The patience of shopkeepers"),  # no word of it comes again
        (("Towns by date", "Goma: 20 November 2012, 75 km2\nSake: 22 November 2012, 9 km2"), "Towns by date"),
        ((BODY, MORE), None),
    ],
)
def test_the_headline_is_the_line_whose_words_the_text_takes_up(blocks: tuple[str, ...], title: str | None) -> None:
    assert titles(*blocks) == [title]


def test_links_below_the_text_are_no_text_and_a_last_line_is() -> None:
    (document,) = page("Army enters Sake", BODY, "Related articles", "Rebels capture Goma", "Bakers end strike")
    assert document.span.of(document.source.text).endswith("Shops stayed shut.")
    (document,) = page("Army enters Sake", BODY, "Related articles are in the archive, the paper said on Monday.")
    assert document.span.of(document.source.text).endswith("on Monday.")
    (document,) = page("Army enters Sake", BODY, "Jean Kasongo in Goma")
    assert document.span.of(document.source.text).endswith("in Goma")


@pytest.mark.parametrize(
    ("below", "is_kept"),
    [
        (
            (
                "Read also",
                "Rebels capture Goma in the north",
                "4 December 2012",
                "Rebels captured Goma, officials said.",
            ),
            False,
        ),
        (("More from Africa", "Rebels capture Goma", "Rebels captured Goma, officials said.", "Bakers strike"), False),
        (("Related stories", "- Rebels capture Goma\n- Bakers end strike"), False),
        (("Read also", MORE), True),
        (("Read also", SECOND, MORE, BODY), True),  # a text of its own
        (("More", "- Goma: taken on 20 November 2012\n- Sake: taken on 22 November 2012"), True),
        (("More troops enter Goma", MORE), True),
    ],
)
def test_what_a_site_puts_below_a_text_is_no_document_and_no_text(below: tuple[str, ...], is_kept: bool) -> None:
    found = page("Army enters Sake", "3 December 2012", BODY, MORE, *below)
    assert found[-1].span.of(found[-1].source.text).endswith(below[-1]) == is_kept
    assert len(found) == 1


def test_a_day_on_a_line_of_its_own_is_that_of_the_document_only_where_it_is_the_only_one() -> None:
    (document,) = page("Army enters Sake", "3 December 2012", BODY)
    assert (document.published, document.published_span and document.published_span.of(document.source.text)) == (
        "2012-12-03",
        "3 December 2012",
    )
    (document,) = page("The days of Sake", "3 December 2012", BODY, "4 December 2012", MORE)
    assert document.published is None
    (document,) = page(
        "The days of Sake", "Published 5 December 2012", "3 December 2012", BODY, "4 December 2012", MORE
    )
    assert document.published == "2012-12-05"


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("a.md", '---\ntitle: Army enters Sake\ndate: "2012-12-03"\nlang: en\ntags:\n  - title: Sake\n---\n'),
        ("a.md", "---\ntitle: 'Army enters Sake' # as printed\ndate: 2012-12-03\nlang: en\n...\n"),
        ("a.md", '+++\ntitle = "Army enters Sake"\ndate = 2012-12-03\nlang = "en"\n+++\n'),
    ],
)
def test_front_matter_states_the_title_and_date_and_is_no_text(tmp_path: Path, name: str, front: str) -> None:
    source = read_file(tmp_path, name, f"{front}\n{BODY}\n")
    assert (source.title, source.published, source.language) == ("Army enters Sake", "2012-12-03", "en")
    assert source.text == f"{front}\n{BODY}\n"  # every offset is one of the file
    (document,) = documents(source)
    assert document.title == "Army enters Sake"
    assert document.span.of(source.text).strip() == BODY


def test_a_short_rule_parts_two_documents_where_each_says_whose_or_of_when_it_is() -> None:
    first, second = ("Army enters Sake", "By Ana Lund", BODY), ("Governor opens the road", "By Ole Brand", MORE)
    assert titles(*first, "* * *", *second) == ["Army enters Sake", "Governor opens the road"]
    assert titles(*first, "* * *", second[0], MORE) == ["Army enters Sake"]
    assert titles(*first, *second) == ["Army enters Sake"]
    dated = (first[0], "SAKE, Dec. 3, 2012 (Lake Press) --", BODY, "###", second[0], "GOMA, Dec. 9, 2012 -- " + MORE)
    assert titles(*dated) == ["Army enters Sake", "Governor opens the road"]


@pytest.mark.parametrize("text", [f"---\n\n{BODY}\n\n---\n\n{MORE}", f"---\n{BODY}\n---\n{MORE}", f"+++ {BODY}"])
def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path, text: str) -> None:
    source = read_file(tmp_path, "a.md", text)
    assert (source.body, source.title) == (0, None)


def test_a_heading_of_the_first_level_counts_more_than_a_rubric_above_it(tmp_path: Path) -> None:
    html = f"<main><h3>Print options:</h3><p>World</p><h1>Army enters Sake</h1><p>{BODY}</p><p>{MORE}</p></main>"
    (document,) = documents(read_file(tmp_path, "a.html", html))
    assert document.title == "Army enters Sake"


@pytest.mark.parametrize(
    ("blocks", "publisher", "known_from"),
    [
        (("Army enters Sake", "SAKE, Dec. 3, 2012 (Lake Press) -- " + BODY), "Lake Press", "text"),
        (("Army enters Sake", "(Lake Press) - " + BODY), "Lake Press", "text"),
        (("Army enters Sake", "SAKE, Dec. 3, 2012 (Lake Press) --", BODY), "Lake Press", "text"),
        (("Army enters Sake", "Sake, 03.12.2012. TURAN: " + BODY), "TURAN", "text"),
        (("Army enters Sake", "SAKE, DECEMBER 3, LAKEPRESS. " + BODY), "LAKEPRESS", "text"),
        (("Army enters Sake", "Sake, December 3 /Lake News/. " + BODY), "Lake News", "text"),
        (("Army enters Sake", "By Jean Kasongo, Lake Observer", BODY), "Lake Observer", "text"),
        (
            ("Army enters Sake", "By Jean Kasongo for The Lake Herald | 3 May 2012", BODY),
            "The Lake Herald",
            "text",
        ),
        (("Army enters Sake", BODY, "Source: Lake Press"), "Lake Press", "text"),
        (("Army enters Sake", BODY, "© 2012 Lake Press"), "Lake Press", "text"),
        (("Lake Weekly, 3 May 2012", BODY), "Lake Weekly", "text"),
        (("3 May 2012 | The Daily Courier", BODY), "The Daily Courier", "text"),
        (("Lake Herald – Thursday, May 3, 2012", BODY), "Lake Herald", "text"),
        (("Published by Lake Herald on 3 May 2012", BODY), "Lake Herald", "text"),
        (("Army enters Sake", BODY, "© 2012 Lake Press. All rights reserved."), "Lake Press", "text"),
        (
            ("Army enters Sake", "565 words", "3 May 2012", "LAKEPR", "Copyright 2012 Lake Press.", BODY),
            "Lake Press",
            "text",
        ),
        (("Army enters Sake", "© Lake Photography", BODY), None, "text"),
        (("Army enters Sake", BODY, "© 2012 Ana Holt/Lake Photos"), None, "text"),
        (("Army enters Sake", BODY, "(Lake Press)"), "Lake Press", "text"),
        (("Army enters Sake", BODY, "[LAKEPRESS, Goma, 3 May 2012]"), "LAKEPRESS", "text"),
        (("Army enters Sake", BODY + " (Lake Press, 3 May 2012)"), "Lake Press", "text"),
        (("Army enters Sake", BODY, "(ENDS)"), None, "text"),
        (("Army enters Sake", BODY + " (North Kivu)"), None, "text"),
        (("Army enters Sake", "(Lake Press) SAKE, Dec. 3, 2012: " + BODY), "Lake Press", "text"),
        (("Army enters Sake", "Lake Press, Sake, December 3, 2012 - " + BODY), "Lake Press", "text"),
        (("Army enters Sake", "Lake Road, Sake, December 3, 2012 - " + BODY), None, "text"),
        (("Jean Kasongo, 3 May 2012", BODY), None, "text"),
        (("Sake, 3 May 2012", BODY), None, "text"),
        (("Battle of Sake, 3 May 2012", BODY), None, "text"),
        ((BODY, "[1] Lake Weekly, 3 May 2012"), None, "text"),
        (("Lake Weekly, 3 May 2012, was the first to say so.", BODY), None, "text"),
        (("Army enters Sake", "By Jean Kasongo, Goma", BODY), None, "text"),  # where he is
        (("Army enters Sake", "By the river, the Post was closed. " + BODY), None, "text"),
        (("Towns", "Sake (North Kivu) - 3 December 2012", "Goma (North Kivu) - 20 November 2012"), None, "text"),
        (("Army enters Sake", BODY, "The source: nobody knows, the governor said, who fired."), None, "text"),
    ],
)
def test_the_publisher_is_read_where_the_text_states_it(
    blocks: tuple[str, ...], publisher: str | None, known_from: str
) -> None:
    (document,) = page(*blocks)
    assert (document.publisher, document.publisher_from) == (publisher, known_from)
    assert (document.publisher_span and document.publisher_span.of(document.source.text)) == publisher


def test_a_table_of_files_counts_more_than_the_text_and_the_text_more_than_metadata() -> None:
    source = Source("wires/a.jsonl#1", "a", f"Army enters Sake\n\nSAKE (Lake Press) - {BODY}", publisher="An Archive")

    def publisher(source: Source, table: Publishers = ()) -> tuple[str | None, str | None]:
        (document,) = documents(source, publishers=table)
        return document.publisher, document.publisher_from

    assert publisher(source) == ("Lake Press", "text")
    assert publisher(source, (("wires/", "A"), ("wires/*.jsonl", "B"))) == ("A", "settings")
    assert publisher(source, (("wire", "A"),)) == ("Lake Press", "text")
    assert publisher(Source("a.txt", "a", BODY, publisher="An Archive")) == ("An Archive", "metadata")
    closed = f"{BODY}\n\n© 2012 Lake Holdings"
    assert publisher(Source("a.txt", "a", closed, publisher="An Archive")) == ("An Archive", "metadata")
    assert publisher(Source("a.txt", "a", closed)) == ("Lake Holdings", "text")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The army took ~~Goma~~ Sake.", "The army took Sake."),
        ("The army took <del>Goma</del> <s>Kibati</s> Sake.", "The army took Sake."),
        ("See https://example.org/wiki/%D0%A8%D1%83%D1%88%D0%B0_1992, page 4.", "See , page 4."),
        ("See www.example.org/Goma-1992.", "See ."),
        ("/wiki/%C5%9Eu%C5%9Fa is a town.", "is a town."),
        ("Write to goma@example.org today.", "Write to today."),
        ("About 10% of 20% of ~5 towns, e.g. Goma; a < b > c.", "About 10% of 20% of ~5 towns, e.g. Goma; a < b > c."),
    ],
)
def test_what_is_struck_out_or_an_address_is_no_text_and_all_else_keeps_its_place(text: str, kept: str) -> None:
    masked = mask(text, markdown=True)
    assert " ".join(masked.split()) == kept
    assert len(masked) == len(text)
    assert all(a in (b, " ") for a, b in zip(masked, text, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", ["Army enters Sake\n\n", "By A B C D E ", "~~x ", "<!--", "%2", "a@", "Goma; a: 1; ", "(A ", "\f\nA b c\n"]
)
def test_reading_takes_time_in_proportion_to_the_length(line: str) -> None:
    def read(length: int) -> None:
        documents(Source("a.md", "a", (line * length)[:length], media_type="text/markdown"))

    assert grows_in_proportion(read, 10_000)
