"""An HTML page to its main text as Markdown blocks, and what it states about itself.

docs/decisions/html-reader.md says why the blocks are our own and the parser is libxml2.
"""

import re

from kg.read.furniture import is_byline, is_furniture
from kg.read.html_blocks import Piece, markdown, pieces
from kg.read.html_main import Element, main_part
from kg.read.html_metadata import Metadata, metadata, without_site
from kg.read.outcome import Refused
from kg.read.page import Page
from kg.text.folding import fold

# libxml2 reads nothing behind this tag, which broken pages have in their middle. It may be left out
# (HTML, 13.1.2.4).
_END_OF_PAGE = re.compile(r"</html\s*>", re.IGNORECASE)
# libxml2 compares each attribute of a tag with those before it; no page needs so many, and none is text.
_CROWDED = re.compile(
    r"""(<[A-Za-z][\w:-]*)(?:\s++[^\s=<>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+){500,}+"""
)
_SCANT = 200  # characters; less is suspicious where the page, scripts included, has a hundred times as much


def read_html(text: str) -> Page:
    """The page's main text, its headline as ``# headline`` once, and its metadata.

    `Refused` where elements are nested more than 2,048 deep.
    """
    root = _parse(text)
    if root is None:
        return Page("", notes=("empty",))
    about = metadata(root)
    part, dropped = main_part(root)
    blocks = pieces(part, dropped) or pieces(root, set())
    blocks = _without_furniture(blocks)
    headline = _headline(root, part, blocks, about)
    if headline and blocks:
        blocks = _with_headline(blocks, headline)
    main = markdown(blocks)
    return Page(
        text=main,
        title=headline,
        published=about.published,
        publisher=about.publisher,
        language=about.language,
        url=about.url,
        notes=_notes(main, root),
    )


def _parse(text: str) -> Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        whole = _CROWDED.sub(r"\1", _END_OF_PAGE.sub("", text))
        root = etree.fromstring(whole.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None  # nothing in it, not even text
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Refused("nests elements more than 2,048 deep", "save the page again, or its text")
    return root


def _without_furniture(blocks: list[Piece]) -> list[Piece]:
    """The blocks without a site's own lines; a byline that is marked as a heading is a line."""
    kept = [block for block in blocks if block.kind not in ("heading", "paragraph") or not is_furniture(block.text)]
    return [
        Piece("paragraph", block.text) if block.kind == "heading" and is_byline(block.text) else block for block in kept
    ]


def _headline(root: Element, part: Element, blocks: list[Piece], about: Metadata) -> str | None:
    """The page's headline: its own first heading, or what its metadata calls it."""
    headings = [block for block in blocks if block.kind == "heading"]
    title, window = about.title, about.window_title
    if title and any(fold(heading.text) == fold(title) for heading in headings):
        return title
    first = next(iter(headings), None)
    if first and first.level == 1:
        return first.text
    outside = " ".join("".join(h1.itertext()).split()) if (h1 := root.find(".//h1")) is not None else ""
    if title:
        whole = len(outside) > len(title) // 2 and title.startswith(outside)
        return outside if whole else title  # "Army takes Sake - World | Lake Press"
    if first and window and fold(first.text) and fold(first.text) in fold(window):
        return first.text
    if part is not root and outside and (not window or fold(outside) in fold(window)):
        return outside
    return without_site(window, about.publisher) if window else None


def _with_headline(blocks: list[Piece], headline: str) -> list[Piece]:
    """The blocks with the headline as a heading of the first level, once: where it stands, else before all."""
    key = fold(headline)
    made: list[Piece] = []
    is_placed = False
    for number, block in enumerate(blocks):
        is_heading = block.kind == "heading"
        says_it = (is_heading or (block.kind == "paragraph" and number < 3)) and fold(block.text) == key
        if says_it and not is_placed:
            made.append(Piece("heading", block.text, 1))
            is_placed = True
        elif not (says_it and is_heading and block.level == 1):
            made.append(block)
    return made if is_placed else [Piece("heading", headline, 1), *made]


def _notes(main: str, root: Element) -> tuple[str, ...]:
    if not main.strip():
        return ("empty",)
    whole = sum(len(text.strip()) for text in root.itertext()) if len(main) < _SCANT else 0
    if whole > 100 * _SCANT:
        return (f"main text of {len(main)} characters in a page of {whole}: look whether it is all",)
    return ()
