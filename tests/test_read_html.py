"""HTML pages to their main text."""

import html
import re
from typing import Any

import pytest
from effort import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from kg.read.html import read_html
from kg.read.metadata import iso_date
from kg.read.outcome import Refused

# Words of a page: no white space, nothing that a browser leaves out, nothing that begins a Markdown block.
WORD = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="|\u00ad\u200b\ufeff"), min_size=1, max_size=9
).map(lambda word: f"w{word}")
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
ROWS = st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=2, max_size=4))


def row(cells: Any) -> Any:
    return "| " + " | ".join(cells) + " |"


def tagged(tag: Any, texts: Any) -> Any:
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>\n" for text in texts)


def data_table(rows: Any) -> Any:
    body = "".join(f"<tr>{tagged('td', cells)}</tr>" for cells in rows[1:])
    ruled = [row(rows[0]), row(["---"] * len(rows[0])), *map(row, rows[1:])]
    return f"<table><tr>{tagged('th', rows[0])}</tr>{body}</table>", "\n".join(ruled)


def bullets(texts: Any) -> Any:
    return f"<ul>{tagged('li', texts)}</ul><p>.</p>", "\n".join(f"- {text}" for text in texts) + "\n\n."


def linked(texts: Any) -> Any:
    first, second = map(html.escape, texts)
    return f"<p>{first} <a href=/><b>{second}</b></a></p>", " ".join(texts)


BLOCK = st.one_of(
    WORDS.map(lambda t: (f"<p>{html.escape(t)}</p>", t)),
    WORDS.map(lambda t: (f"<div><div>{html.escape(t)}</div></div>", t)),
    WORDS.map(lambda t: (f"<blockquote>\n<p>{html.escape(t)}</p></blockquote>", t)),
    WORDS.map(lambda t: (f"<figure><img src=x><figcaption>{html.escape(t)}</figcaption></figure>", t)),
    WORDS.map(lambda t: (f"<h3>{html.escape(t)}</h3>", f"### {t}")),
    st.lists(WORDS, min_size=1).map(bullets),
    st.lists(WORDS, min_size=2).map(lambda ts: (f"<p>{'<br>'.join(map(html.escape, ts))}</p>", "\n".join(ts))),
    st.tuples(WORDS, WORDS).map(linked),
    ROWS.map(data_table),
)


@pytest.mark.parametrize(
    ("paragraph", "stays"),
    [
        ("On <a href=/>Monday the rebels seized the town of Goma again</a>", True),
        ("» <a href=/>Rebels seize the town of Goma again</a>", False),
        ("Read more: <a href=/>Rebels seize the town of Goma again</a>", False),
    ],
)
def test_a_linked_headline_is_left_out_and_linked_prose_is_not(paragraph: str, stays: bool) -> None:
    story = "<p>The town was quiet for a week, and nobody in the market spoke of the war at all.</p>" * 3
    assert ("seize" in read_html(f"<article><h1>A town</h1>{story}<p>{paragraph}</p></article>").text) is stays


@given(WORDS, st.lists(BLOCK, min_size=1), st.sampled_from(["article", "main", "div", "body"]))
def test_the_main_text_is_there_in_order_exactly_once(headline: Any, blocks: Any, container: Any) -> None:
    page = f"""<!doctype html><title>t</title><style>p{{}}</style>
      <nav><p>side</p></nav><header><a href=/>side</a></header>
      <{container}><h1>{html.escape(headline)}</h1>{"".join(source for source, _ in blocks)}
      <script>side()</script></{container}><footer>side <p>side</footer>"""
    expected = "\n\n".join([f"# {headline}", *(text for _, text in blocks)])
    assert read_html(page).text == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_page(text: Any) -> None:
    assert "\0" not in read_html(text).text


TOKENS = [
    "<p>",
    "<b>",
    "</b>",
    "<i>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<sup>",
    "2",
    "</sup>",
    "<h1>",
    "word",
    "</h1>",
    "<q>",
    "<br>",
    "<pre>",
    "</pre>",
    "</body>",
    "</html>",
    "<div>",
    "<nav>",
    "</nav>",
    "<aside>",
    "<footer>",
]


@given(st.lists(st.sampled_from(TOKENS)))
def test_broken_markup_loses_no_word(tokens: Any) -> None:
    page = read_html("<body>" + "".join(f"{t} " if t.startswith("<") else f"{t}{n} " for n, t in enumerate(tokens)))
    sides = ("<nav>", "<aside>", "<footer>")
    if not any(side in tokens for side in sides):
        words = [f"{t}{n}" for n, t in enumerate(tokens) if t == "word"]
        assert [word for word in page.text.replace("|", " ").split() if word.startswith("word")] == words


PAGE = """<html lang="en_GB"><head><title>Areas | The Daily</title><meta property="og:site_name" content="The Daily">
<meta property="og:title" content="Areas &amp; dates"><link rel=canonical href="https://example.org/a">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2020-11-20T23:30:00Z"}]}</script>
</head>"""


def test_metadata_is_what_the_page_states() -> None:
    page = read_html(PAGE + "<p>x</p>")
    assert (page.title, page.published, page.publisher) == ("Areas & dates", "2020-11-20", "The Daily")
    assert (page.language, page.url) == ("en-GB", "https://example.org/a")
    silent = read_html("<p>Published on 5 May 2020 by The Daily.</p><time datetime=1992-05-08>that day</time>")
    assert read_html("<title>The war | Report of 20.11.2020</title><p>x").published is None
    assert (silent.title, silent.published, silent.publisher, silent.language, silent.url) == (None,) * 5


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("<title>Army enters Sake at dawn - World - Lake Press</title><h1>Army enters Sake at dawn</h1>", "Lake Press"),
        ("<title>Army enters Sake at dawn | Lake Press</title><h1>Sake</h1>", None),
        ("<title>Sake: a town by the lake</title><h1>Sake</h1>", None),  # the shorter one is the site's
        ("<title>Army enters Sake at dawn - 2</title><h1>Army enters Sake at dawn</h1>", None),
        ("<title>Army enters Sake at dawn</title><h1>Army enters Sake at dawn</h1>", None),
    ],
)
def test_the_window_names_the_site_behind_the_headline(head: str, publisher: str | None) -> None:
    assert read_html(head + STORY).publisher == publisher


def test_the_headline_of_the_page_is_shorter_than_its_title_for_others() -> None:
    stated = '<meta property="og:title" content="Army enters Sake at dawn - World | Lake Press">'
    page = f"{stated}<header><h1>Army enters Sake at dawn</h1></header><article>{STORY}</article>"
    assert read_html(page).title == "Army enters Sake at dawn"
    assert read_html(page.replace("<h1>Army enters Sake at dawn", "<h1>Army")).title != "Army"


@pytest.mark.parametrize(
    "stated",
    [
        '<meta property="article:published_time" content="2020-11-20T10:00+04:00">',
        '<meta name="DC.date.issued" content="2020-11-20">',
        '<script type="application/ld+json">[{"@type":"X"},{"datePublished":"2020-11-20"}]</script>',
        '<header><time datetime="2020-11-20">20 Nov</time></header>',
        '<time class="entry-date published" datetime="2020-11-20T10:00">20 Nov</time>',
        '<span itemprop="datePublished" content="2020-11-20">20 Nov</span>',
        "<title>Chronology: the war | DW | 20.11.2020</title>",
    ],
)
def test_each_way_of_stating_the_date_of_publication_is_read(stated: Any) -> None:
    assert (
        read_html(f"<article><h1>h</h1>{stated}<p>On <time datetime=1992-05-08>8 May</time> x.</p>").published
        == "2020-11-20"
    )


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<title>T</title><article><h1>Head</h1><p>x", "# Head\n\nx"),
        ("<title>Head - Site</title><header><h1>Site</h1></header><article><h2>Head</h2><p>x", "# Head\n\nx"),
        ("<title>Head | Site</title><header><h1>Head</h1></header><article><p>x</article>", "# Head\n\nx"),
        ("<meta property=og:title content=Head><p class=t>Head</p><p>x", "# Head\n\nx"),
        ("<meta property=og:title content=Head><h1>Site</h1><h2>Head</h2><p>x", "# Site\n\n# Head\n\nx"),
        ("<title>Head</title><p>x", "# Head\n\nx"),
        ("<h1>Head</h1><article><h1>Head</h1><p>x</article>", "# Head\n\nx"),
        ("<p>kicker</p><h1>Head</h1><h1>Head</h1><p>x", "kicker\n\n# Head\n\nx"),
        ("<p>x", "x"),
    ],
)
def test_the_headline_stands_in_the_text_once(page: Any, text: Any) -> None:
    assert read_html(page).text == text


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ("1,835&nbsp;km<sup>2</sup>.", "1,835\u00a0km²."),
        ("in 1992<sup>1</sup>", "in 1992¹"),
        ("the 20<sup>th</sup> <b>cen</b>tury", "the 20th century"),
        ("Nagorno&shy;-Kara&shy;bakh<wbr>x&#8203;y", "Nagorno-Karabakhxy"),
        ("a &amp; b &lt;c&gt; &ldquo;d&rdquo; <q>e</q>", "a & b <c> “d” “e”"),
        ("a <!-- b --> c<script>d</script><style>e</style>", "a c"),
        ("one\n  two\t<br>\n three<br/><br> four", "one two\nthree\n\nfour"),
        ('a <span hidden>b</span><i style="display: none">c</i> d', "a d"),
        ("&#0;&#xD800;&#x110000;&bogus; &copy", "\ufffd\ufffd\ufffd&bogus; ©"),
        ("a.<sup class=reference><a href=#n>[12]</a></sup><sup class='reference nowrap'>: 45 </sup> b", "a. b"),
        ("a<sup class='noprint Inline-Template'>[<i>citation needed</i>]</sup> km<sup>2</sup>", "a km²"),
        ("<amp-carousel><span>a</span></amp-carousel><amp-accordion>b</amp-accordion>", "ab"),
        ("<custom-x>a</custom-x><font color=red>b</font><svg><text>c</text></svg>", "ab"),
    ],
)
def test_inline_markup_becomes_the_text_that_a_reader_sees(inline: Any, text: Any) -> None:
    assert read_html(f"<article><p>{inline}</p></article>").text == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<tr><td>a<td>1<tr><td>b<td>2", "| a | 1 |\n| b | 2 |"),
        ("<caption>C</caption><thead><tr><td>n<td>v<tbody><tr><td>a<td>1", "C\n\n| n | v |\n| --- | --- |\n| a | 1 |"),
        ("<tr><th>n<th>v<tr><th>a<td>1<tr><th>b<td>2", "| n | v |\n| --- | --- |\n| a | 1 |\n| b | 2 |"),
        ("<tr><td rowspan=2>a<td>1<tr><td>2", "| a | 1 |\n| a | 2 |"),
        ("<tr><td rowspan=3>3 May<td>a<tr><td>b<tr><td>c", "| 3 May | a |\n| 3 May | b |\n| 3 May | c |"),
        ("<tr><td>a<td rowspan=2>900 dead<tr><td>b", "| a | 900 dead |\n| b |  |"),
        ("<tr><td colspan=2>a<td>1<tr><td>b<td>c<td>2", "| a |  | 1 |\n| b | c | 2 |"),
        ("<tr><td>a<br>b<td><p>c</p><p>d|e</p><tr><td><td>", "| a b | c d¦e |"),
        ("<tr><td><ul><li>menu</ul><td><p>one</p><p>two</p>", "- menu\n\none\n\ntwo"),
        ("<tr><td>only</td></tr><tr><td>one column", "only\n\none column"),
        ("<tr><td>x<table><tr><td>a<td>1<tr><td>b<td>2</table><td>y", "x\n\n| a | 1 |\n| b | 2 |\n\ny"),
        ("<tr><td colspan=junk rowspan=99999999999999999999>a<td>1", "| a | 1 |"),
    ],
)
def test_tables_of_data_become_rows_and_tables_of_layout_become_blocks(table: Any, text: Any) -> None:
    assert read_html(f"<article><table>{table}</table></article>").text == text


def test_an_infobox_is_a_table_and_the_table_within_it_rows_of_it() -> None:
    inner = "<table><tr><th>Date<td>3 May<tr><th>Result<td>Won</table>"
    box = f"<tr><th colspan=2>Battle<tr><td colspan=2>{inner}<tr><td>one side<td>the other"
    rows = "| Battle |  |\n| --- | --- |\n| Date | 3 May |\n| Result | Won |\n| one side | the other |"
    assert read_html(f"<article><table class='infobox vevent'>{box}</table></article>").text == rows


def test_lists_keep_their_depth_and_the_paragraphs_of_their_items() -> None:
    page = (
        "<ol><li>a<ul><li>b</li><li>c</ul><li><p>d</p><p>e</p><li><h3>f</h3><p>g</ol><dl><dt>h<dd>i<dt>j<dd>k<dd>l</dl>"
    )
    expected = "- a\n  - b\n  - c\n- d\n\ne\n\n### f\n\ng\n\n| h | i |\n| j | k |\n|  | l |"
    assert read_html(f"<article>{page}</article>").text == expected


STORY = "".join(
    f"<p>Paragraph {n} of the story says that <a href=x>Lachin</a> was taken on 18 May 1992.</p>" for n in range(5)
)


@pytest.mark.parametrize(
    "side",
    [
        "<nav>SIDE</nav>",
        "<amp-ad type=x><div placeholder>SIDE</div></amp-ad>",
        "<amp-embed type=x><p>SIDE</p></amp-embed>",
        "<amp-lightbox layout=nodisplay><p>SIDE</p></amp-lightbox>",
        "<amp-img src=x><div fallback>SIDE</div></amp-img>",
        "<div class='navbox'><table><tr><th>SIDE<td>Fall of Sake</table></div>",
        "<div class='hatnote'>SIDE</div>",
        "<span class='mw-editsection'>[SIDE]</span>",
        "<footer>SIDE</footer>",
        "<header><p>SIDE</p></header>",
        "<div class='cookie-banner'>We use SIDE</div>",
        "<div id=onetrust-consent-sdk>SIDE</div>",
        "<div role=dialog>SIDE</div>",
        "<ul class='site-menu'><li>SIDE</ul>",
        "<div class=share-buttons>SIDE</div>",
        "<section class=comments>SIDE</section>",
        "<aside class=sidebar>SIDE</aside>",
        "<aside><h3>More</h3><a href=y>SIDE of another story</a></aside>",
        "<div><a href=a>SIDE</a> | <a href=b>SIDE</a> | <a href=c>SIDE</a></div>",
        "<table><tr><td><a href=a>SIDE</a><td><a href=b>SIDE</a><td><a href=c>SIDE</a></table>",
        "<noscript>SIDE</noscript><template>SIDE</template><iframe>SIDE</iframe><select><option>SIDE</select>",
        "<div aria-hidden=true>SIDE</div><p hidden>SIDE</p>",
    ],
)
@pytest.mark.parametrize("container", ["article", "main", "div class=content", "form id=aspnetForm"])
def test_what_stands_beside_the_story_is_left_out(side: Any, container: Any) -> None:
    tag = container.split()[0]
    page = read_html(f"{side}<{container}><h1>Head</h1>{STORY}</{tag}>{side}")
    assert "SIDE" not in page.text
    assert page.text.count("Paragraph") == 5


@pytest.mark.parametrize(
    "name", ["article-comment", "no-sidebar", "has-related", "share-of-land", "page-footer", "cookie", "newsletter"]
)
def test_a_story_is_kept_whatever_its_container_is_called(name: Any) -> None:
    assert (
        read_html(f"<body class='{name}'><div class='{name}'><h1>Head</h1>{STORY}</div>").text.count("Paragraph") == 5
    )


def test_a_story_is_kept_in_a_layout_that_is_called_after_its_sidebar() -> None:
    teaser = "<div class=widget><p>A short word beside it.</p></div>"
    inner = f"<div class=sidebar-grid__content><h1>Head</h1>{STORY * 6}</div>"
    page = f"<body><div class=page><div class=sidebar-grid><div class=with-sidebar>{inner}{teaser}</div></div></div>"
    text = read_html(page).text
    assert text.count("Paragraph") == 30
    assert "beside it" not in text
    page = page.replace(STORY, STORY * 4)
    notice = f"<p>{'Your browser is too old for this page, and nobody will mend it. ' * 9}</p>"
    assert read_html(f"<body>{notice}{page}").text.count("Paragraph") == 120


def test_what_is_hidden_is_no_story_however_long() -> None:
    page = f"<body><p>Head</p><div hidden><div class=sidebar>{STORY * 6}</div></div>"
    assert "Paragraph" not in read_html(page).text


def test_short_blocks_boxes_of_facts_and_the_quoted_are_kept() -> None:
    page = f"<article><h1>H</h1><p>No.</p>{STORY}<aside><h2>In figures</h2><p>Lachin: 1,835 km2</p></aside>"
    page += "<div class=social-media-embed><blockquote>A quoted post.</blockquote></div>"
    page += "<blockquote>We go. <footer>Eleni Markou</footer></blockquote></article>"
    text = read_html(page).text
    for kept in ("\n\nNo.\n\n", "## In figures\n\nLachin: 1,835 km2", "A quoted post.", "We go.\n\nEleni Markou"):
        assert kept in text


def test_a_short_story_among_many_links_is_not_taken_for_a_menu() -> None:
    links = "<p><a href=a>One of many teasers to other stories of the day</a></p>" * 30
    story = "The minister said on Monday that the talks go on. " * 3
    page = f"<body><div class=page><h1>Head</h1><p>{story}</p>{links}</div>"
    assert read_html(page).text.startswith("# Head\n\nThe minister said")


def test_text_behind_the_end_of_the_page_is_read() -> None:
    assert read_html("<p>a</p></body></HTML ><p>b</p></body></html>c").text == "a\n\nb\n\nc"


def test_a_page_of_frames_or_scripts_says_that_its_text_looks_scant() -> None:
    assert read_html("<frameset><frame src=a></frameset>").notes == ("empty",)
    assert "look whether" in read_html(f"<p>Loading</p><script>{'x();' * 9999}</script>").notes[0]


def test_a_page_whose_whole_text_looks_like_a_side_is_kept() -> None:
    assert read_html("<body><footer><p>All of it.</p></footer></body>").text == "All of it."


def test_deep_nesting_is_refused_and_not_cut() -> None:
    with pytest.raises(Refused, match="deep"):
        read_html("<div>" * 5000 + "x")
    assert read_html("<div>" * 1500 + "x").text == "x"
    assert read_html("<ul><li>" * 700 + "x").text.endswith("- x")


HOSTILE = {
    "paragraphs": "<p>Lachin was taken on <b>18 May 1992</b>.</p>\n",
    "rows": "<tr><td rowspan=65534>Lachin<td colspan=1000>1,835 km<sup>2</sup>",
    "links": "<a href=x>y</a> ",
    "breaks": "<br> ",
    "open tags": "<x y=",
    "entities": "&amp;&#",
    "comments": "<!-- x --",
    "spaces": " \n",
    "headers": "<header></header>",
}


@pytest.mark.slow
@pytest.mark.parametrize("value", ["", "='x>y'"])
def test_attributes_cost_in_proportion_to_their_number(value: str) -> None:
    def read(count: int) -> None:
        read_html("<p " + " ".join(f"a{number}{value}" for number in range(count)) + ">A town</p>")

    assert grows_in_proportion(read, 1_000)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_page_and_not_with_its_square(piece: Any) -> None:
    start = "<table>" * piece.startswith("<tr")
    assert grows_in_proportion(lambda size: read_html(start + piece * (size // len(piece))), 25_000)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-11-20", "2020-11-20"),
        ("2020-11-20T23:59:59.000Z", "2020-11-20"),
        ("2020-11-20 10:00", "2020-11-20"),
        ("20201120", "2020-11-20"),
        ("2020/1/2", "2020-01-02"),
        ("2020-11", "2020-11"),
        ("2020", "2020"),
        ("Fri, 20 Nov 2020 10:00:00 GMT", "2020-11-20"),
        ("2020-02-30", None),
        ("20/11/2020", None),
        ("November 20, 2020", None),
        ("yesterday", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_a_stamp_is_a_date_or_nothing(written: Any, date: Any) -> None:
    assert iso_date(written) == date


def test_two_stories_of_one_page_are_both_its_text_and_teasers_are_not() -> None:
    two = f"<main><article><h1>A</h1>{STORY}</article><article><h1>B</h1>{STORY}</article></main>"
    assert read_html(two).text.count("Paragraph") == 10
    teasers = "<article><h3>Other</h3><p>A teaser.</p></article>" * 3
    assert "teaser" not in read_html(f"<main><article><h1>A</h1>{STORY}</article>{teasers}</main>").text


SAKE = "<p>The army entered Sake on Sunday, residents of the town said. Shops stayed shut.</p>"
GOMA = "<p>The governor told reporters that the road to Goma was open again.</p>"


@pytest.mark.parametrize(
    "furniture",
    [
        "<h3>Related articles</h3><ul><li><a href=a>Rebels capture Goma</a><li><a href=b>Bakers end strike</a></ul>",
        "<p><strong>Read more: <a href=a>Rebels capture Goma</a></strong></p>",
        "<p><a href=a>Rebels capture Goma</a></p>",
        "<div>Share</div><div>Facebook | Twitter | WhatsApp</div>",
        "<h4>You may also like</h4>",
        "<div>We use cookies. By using this site you accept them.</div>",
        "<p><del>Rebels captured Goma on Sunday.</del></p>",
        "<h3>Print options:</h3>",
    ],
)
def test_links_to_other_pages_notices_and_struck_words_are_no_text(furniture: str) -> None:
    page = f"<article><h1>Army enters Sake</h1>{SAKE}{furniture}{GOMA}</article>"
    assert read_html(page).text == read_html(page.replace(furniture, "")).text


@pytest.mark.parametrize(
    "text",
    [
        "<p>The <a href=a>agency says</a> that <a href=b>Goma fell</a>.</p>",
        "<p><a href=a>The army took Goma on Sunday, the agency said.</a></p>",
        "<p>Sources: <a href=a>a letter of the governor</a> and a map.</p>",
        "<p>More: the governor said that <a href=a>Goma</a> was open.</p>",
        "<h2>Related peoples of the north</h2>",
        "<p>The bakery sold cookies on Sunday.</p>",
        "<p>The army took <s>Goma</s> Sake and <ins>Kibati</ins>.</p>",
        "<ul><li><a href=a>Goma</a>, taken on 20 November 2012 <li><a href=b>Sake</a>, taken on 22 November 2012</ul>",
        "<p><a href=a>Goma</a></p>",
    ],
)
def test_sentences_with_links_and_what_only_resembles_a_notice_stay(text: str) -> None:
    words = re.sub(r"<s>.*?</s>|<[^>]+>", "", text).split()
    read = read_html(f"<article><h1>Army enters Sake</h1>{SAKE}{text}{GOMA}</article>").text
    assert " ".join(words[:6]).rstrip(".") in " ".join(read.replace("- ", "").split())


def test_a_byline_marked_as_a_heading_is_a_line() -> None:
    page = f"<article><h1>Army enters Sake</h1><h4>By Jean Kasongo</h4>{SAKE}{GOMA}</article>"
    assert "\n\nBy Jean Kasongo\n\n" in read_html(page).text
    page = f"<article><h1>Army enters Sake</h1><h4>By the river</h4>{SAKE}{GOMA}</article>"
    assert "\n\n#### By the river\n\n" in read_html(page).text


@pytest.mark.parametrize(
    "stated",
    [
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","publisher":{"@id":"#o"}},'
        '{"@id":"#o","name":"Lake Observer"}]}</script>',
        '<script type="application/ld+json">{"publisher":[{"@type":"Organization","name":"Lake Observer"}]}</script>',
        '<script type="application/ld+json">{"publisher":"Lake Observer"}</script>',
        '<div itemprop=publisher itemscope><meta itemprop=name content="Lake Observer"></div>',
        '<meta property="og:site_name" content="Lake Observer">',
    ],
)
def test_the_publisher_is_what_the_page_states_of_itself(stated: str) -> None:
    assert read_html(f"<html><body>{stated}{SAKE}</body></html>").publisher == "Lake Observer"


def test_an_address_or_another_node_is_no_publisher() -> None:
    for stated in ('{"publisher":"https://lake.example/"}', '{"publisher":{"@id":"#o"}}', '{"author":{"name":"A"}}'):
        page = f'<script type="application/ld+json">{stated}</script>{SAKE}'
        assert read_html(page).publisher is None


@pytest.mark.parametrize("value", ["", "=1", "='x>y'", '="<"', " = x"])
def test_a_tag_with_very_many_attributes_loses_them_and_no_text(value: str) -> None:
    def attributes(count: int) -> str:
        return " ".join(f"a{number}{value}" for number in range(count))

    assert read_html(f"<p {attributes(60_000)}>A town</p><p id=x>and another").text == "A town\n\nand another"
    assert read_html(f"<p {attributes(300)} hidden>A town</p><p>and another").text == "and another"
