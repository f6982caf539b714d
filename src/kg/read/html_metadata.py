"""What an HTML page states about itself: title, date, publisher, language, address."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.read.html_main import Element
from kg.read.metadata import iso_date, language, one_line
from kg.text.dates import anchors, find_dates
from kg.text.dates.dated import is_day
from kg.text.tokens import tokenize

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
)
_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_TITLE = ("og:title", "dc.title", "dcterms.title", "twitter:title")
_ABOUT_PUBLICATION = re.compile(r"publish|posted|pub-?date|entry-date|dateline|byline", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»:-]{1,2}\s+")
_LONGEST_NAME = 7  # words
_DEEPEST = 10_000  # nodes of linked data that are looked at


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the page does not say. ``window_title`` is that of <title>, the site's name still in it."""

    title: str | None
    window_title: str | None
    published: str | None
    publisher: str | None
    language: str | None
    url: str | None


def metadata(root: Element) -> Metadata:
    """What the page says; nothing is guessed from its text."""
    said = _meta(root)
    data = list(_linked_data(root))
    window_title = one_line("".join(title.itertext())) if (title := root.find(".//title")) is not None else None
    stated = _first(said, _TITLE) or _text(data, "headline")
    headings = (one_line("".join(heading.itertext())) for heading in root.iter("h1"))
    publisher = _first(said, _PUBLISHER) or _publisher(root, data)
    publisher = publisher or _site_behind(window_title or "", filter(None, (stated, *headings)))
    return Metadata(
        title=stated,
        window_title=window_title,
        published=next(filter(None, map(iso_date, _dates(root, said, data))), None) or _titled_day(window_title),
        publisher=publisher,
        language=language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        url=_address(root, said),
    )


def without_site(title: str, publisher: str | None) -> str:
    """The title of a window without the site's name at its end or beginning.

    >>> without_site("Lachin in figures | The Daily", "The Daily"), without_site("Cyprus - 1974", None)
    ('Lachin in figures', 'Cyprus - 1974')
    """
    parts = _SITE.split(title)
    name = (publisher or "").casefold()
    if len(parts) > 1 and parts[-1].casefold() == name:
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
    if len(parts) > 1 and parts[0].casefold() == name:
        return title[len(parts[0]) :].lstrip(" |–—·»:-")
    return title.rpartition(" | ")[0] if " | " in title else title


def _titled_day(title: str | None) -> str | None:
    """The day that is a part of a window's title by itself: ``War over Georgia | The Wave | 26.08.2008``."""
    for part in _SITE.split(title or "")[1:]:
        dates = find_dates(part, anchors(tokenize(part, 0, len(part))))
        if len(dates) == 1 and is_day(dates[0].value) and (dates[0].start, dates[0].end) == (0, len(part)):
            return dates[0].value
    return None


def _site_behind(window_title: str, titles: Iterable[str]) -> str | None:
    """The name of the site that the title of the window has behind the page's own, longer, title.

    >>> _site_behind("Army takes Sake in the east - World | Lake Press", ["Sake", "Army takes Sake in the east"])
    'Lake Press'
    """
    for title in titles:
        behind = window_title[len(title) :]
        if window_title.startswith(title) and len(title) > len(behind) and _SITE.match(behind):
            name = _SITE.split(behind)[-1]
            return name if len(name.split()) <= _LONGEST_NAME and not name[-1].isdigit() else None
    return None


def _meta(root: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = one_line(meta.get("content") or "")
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _first(said: dict[str, str], names: Iterable[str]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer before inner."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            pending = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue  # not ours to mend: the page says the same elsewhere, or does not say it
        for _ in range(_DEEPEST):
            if not pending:
                break
            node = pending.popleft()
            if isinstance(node, dict):
                yield node
                pending += node.values()
            elif isinstance(node, list):
                pending += node


def _text(data: list[dict[str, Any]], name: str) -> str | None:
    return next((one_line(node[name]) for node in data if isinstance(node.get(name), str)), None)


def _publisher(root: Element, data: list[dict[str, Any]]) -> str | None:
    """The name of who publishes the page by schema.org, in JSON-LD (a node, its list or its ``@id``) or microdata."""
    nodes = {node["@id"]: node for node in data if isinstance(node.get("@id"), str) and "name" in node}
    for node in data:
        stated = node.get("publisher")
        for one in stated if isinstance(stated, list) else [stated]:
            if isinstance(one, str) and not _is_address(one):
                return one_line(one)
            if isinstance(one, dict):
                named = one if "name" in one else nodes.get(str(one.get("@id")), {})
                if name := _text([named], "name"):
                    return name
    for element in root.iterfind(".//*[@itemprop='publisher']"):
        inner = element.find(".//*[@itemprop='name']")
        named = element if inner is None else inner
        if name := one_line(named.get("content") or "".join(named.itertext())):
            return name
    return None


def _dates(root: Element, said: dict[str, str], data: list[dict[str, Any]]) -> Iterator[str]:
    """What the page calls its date of publication, the plainest first."""
    for name in _PUBLISHED[:2]:
        if name in said:
            yield said[name]
    for node in data:
        if isinstance(node.get("datePublished"), str):
            yield node["datePublished"]
    for name in _PUBLISHED[2:]:
        if name in said:
            yield said[name]
    for element in root.iter():
        if element.get("itemprop") == "datePublished":
            yield element.get("datetime") or element.get("content") or "".join(element.itertext())
    for time in root.iter("time"):
        if time.get("datetime") and _tells_publication(time):
            yield time.get("datetime")


def _tells_publication(time: Element) -> bool:
    """Whether a <time> is the page's own and not that of an event which it tells of."""
    if time.get("pubdate") is not None or _ABOUT_PUBLICATION.search(time.get("class") or ""):
        return True
    around = next(time.iterancestors(), None)
    return next(time.iterancestors("header"), None) is not None or (
        around is not None and bool(_ABOUT_PUBLICATION.search(f"{around.get('class', '')} {around.get('id', '')}"))
    )


def _address(root: Element, said: dict[str, str]) -> str | None:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and _is_address(link.get("href")):
            return str(link.get("href")).strip()
    return said["og:url"] if _is_address(said.get("og:url")) else None


def _is_address(value: str | None) -> bool:
    return bool(value and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value.strip()))
