"""Texts about the dataset, at well-known names: for crawlers, catalogues, validators, and the scripts of the pages."""

import json
from collections.abc import Callable
from importlib.resources import files
from itertools import islice
from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from kg import __version__, formats
from kg.context import context
from kg.validate.shapes import shapes_folder
from kg.web.pages.site import Site

_MOST: Final = 50_000  # addresses of one sitemap (sitemaps.org, protocol 0.9)
_DETAILS: Final = frozenset({"claim", "claims", "geometry", "source"})
_ONTOLOGY: Final = "https://kg.example/ontology"


def robots(site: Site) -> tuple[str, str]:
    """All pages may be read; what is computed for each visitor may not (RFC 9309)."""
    prefix = urlsplit(site.snapshot.base).path.rstrip("/")
    asked = "".join(f"Disallow: {prefix}/{path}\n" for path in ("sparql", "graph", "search?"))
    return "text/plain", f"User-agent: *\n{asked}Allow: {prefix}/\n\nSitemap: {site.snapshot.base}sitemap.xml\n"


def sitemap(site: Site) -> tuple[str, str]:
    """The pages of a dataset, without those of the details of others."""
    families = site.families.keys() - _DETAILS
    wanted = (path for path in site.paths() if path in site.fixed or path.partition("/")[0] in families)
    places = [f"<url><loc>{escape(site.snapshot.base + quote(path))}</loc></url>" for path in islice(wanted, _MOST)]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "application/xml", "\n".join([head, *places, "</urlset>\n"])


def shapes(site: Site) -> tuple[str, str]:
    """Every shape that the dataset was held to, as one file of Turtle."""
    return "text/turtle", "\n".join(path.read_text("utf-8") for path in sorted(shapes_folder().glob("*.ttl")))


def ontology() -> bytes:
    """The terms of kg's own, with the version of kg that they are of."""
    version = (
        f'<{_ONTOLOGY}> owl:versionInfo "{__version__}" ; owl:versionIRI <{_ONTOLOGY}/{__version__}> ;\n'
        f'  <http://purl.org/vocab/vann/preferredNamespacePrefix> "kg" .\n'
    )
    return (files("kg") / "ontology.ttl").read_bytes() + b"\n" + version.encode()


def _context(site: Site) -> tuple[str, str]:
    body = {"@context": context(site.snapshot.base)}
    return formats.JSON_LD.media_type, json.dumps(body, ensure_ascii=False, indent=1)


def _citation(site: Site) -> tuple[str, str]:
    return "text/plain", site.published.citation()


def _words(site: Site) -> tuple[str, str]:
    return "application/json", site.questions.words


def _linked(site: Site) -> tuple[str, str]:
    return "application/json", site.drawn.linked


def _feed(site: Site) -> tuple[str, str]:
    return "application/atom+xml", site.feed


TEXTS: Final[dict[str, Callable[[Site], tuple[str, str]]]] = {
    "context.jsonld": _context,
    "CITATION.cff": _citation,
    "words.json": _words,
    "view.json": _linked,
    "changes.atom": _feed,
    "robots.txt": robots,
    "sitemap.xml": sitemap,
    "shapes.ttl": shapes,
}
"""What makes them: a media type and a text, empty where there is none."""
