"""Pages to HTML: one Jinja environment, everything escaped, every address relative to the page."""

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlsplit

import jinja2
from markupsafe import Markup, escape

from kg import __version__, formats
from kg.runtime.terminal import visible
from kg.web.pages.homes import Homes
from kg.web.pages.page import Page
from kg.web.pages.published import Published
from kg.web.pages.view import Thing
from kg.web.pages.wording import count_words, date_words, fitted, number_words

BUILT: Final = "static/built"  # what the build of the wheel makes of assets/; without it the pages work, too
# Loaded from here alone, and no script in the page: what a document says cannot run (CSP 3). WebAssembly is
# for the queries of a static site.
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_quoted = lru_cache(maxsize=16384)(quote)  # an address stands on many pages


class Links:
    """Addresses as one page writes them; ``static``: pages are files that end with ``.html``."""

    def __init__(self, up: str, homes: Homes, *, static: bool) -> None:
        self.up, self.homes, self.static = up, homes, static

    def page(self, path: str) -> str:
        """The address of a page, of where a thing stands, or of a place there."""
        path, mark, fragment = self.homes(path).partition("#")
        is_file = "." in path  # no name of a thing or page has a dot
        name = (path or "index") + ".html" if self.static and not is_file else path
        return self.up + _quoted(name) + mark + _quoted(fragment)

    def file(self, path: str) -> str:
        """The address of a file of the dataset, or of a thing in a format."""
        return self.up + _quoted(path)


class Renderer:
    """The templates, and what every page shows."""

    def __init__(
        self,
        published: Published,
        homes: Homes,
        *,
        static: bool = False,
        formats: Sequence[formats.Format] = formats.BESIDE,
    ) -> None:
        self.published, self.homes, self.static, self.formats = published, homes, static, formats
        self.environment = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.web"),
            autoescape=True,
            auto_reload=False,  # a template is looked at once
            finalize=_visible,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters.update(date=date_words, number=number_words, count=count_words, data=_data)
        self.environment.filters.update(shell=shlex.quote, python=_python, coded=_coded, fitted=fitted)
        self.environment.tests.update(thing=lambda value: isinstance(value, Thing), web=_is_web)

    @cached_property
    def digest(self) -> str:
        """What changes when a template or an asset does."""
        held = [__version__.encode()]
        for folder in ("templates", "static", BUILT):
            place = files("kg.web") / folder
            if place.is_dir():
                held += [
                    file.read_bytes() for file in sorted(place.iterdir(), key=lambda one: one.name) if file.is_file()
                ]
        return hashlib.sha256(b"".join(held)).hexdigest()[:16]

    @cached_property
    def built(self) -> frozenset[str]:
        """The names of the built assets that are there."""
        folder = files("kg.web") / BUILT
        return frozenset(file.name for file in folder.iterdir()) if folder.is_dir() else frozenset()

    def html(self, page: Page, root: str = "") -> str:
        """A page as HTML; ``root`` is the address under which the site is reached, where that is known."""
        links = Links(self._up(page), self.homes, static=self.static)
        return self.environment.get_template(page.template).render(
            page.values,
            page=page,
            links=links,
            published=self.published,
            built=self.built,
            assets=f"{links.up}static/",
            digest=self.digest,
            static=self.static,
            formats=self.formats,
            root=root or self.published.base,
            policy=POLICY.partition("; frame-ancestors")[0],  # which a page cannot say of itself
        )

    def _up(self, page: Page) -> str:
        """The way from a page to the site's root; from one that a static host shows at any address, from the host's."""
        if self.static and page.status == 404:
            return urlsplit(self.published.base).path
        return "../" * page.path.count("/") or "./"


def _data(value: Mapping[str, Any]) -> Markup:
    """JSON that can stand in a script element: no text of it can end that."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # the characters that HTML reads are escaped above


def _coded(text: str) -> Markup:
    """A text with its words in backticks as code.

    >>> _coded("as `documents` names <it>")
    Markup('as <code>documents</code> names &lt;it&gt;')
    """
    parts = [escape(part) for part in text.split("`")]
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _visible(value: object) -> object:
    """What a page shows of a value: markup as it is, the text of others without what would turn it around."""
    return visible(value) if type(value) is str else value


def _is_web(value: str) -> bool:
    """Whether an IRI may be a link: javascript: and data: may not."""
    return value.startswith(("https://", "http://"))


def _python(text: str) -> str:
    """A text as a literal of Python, its lines as they are where that is the same text."""
    plain = '"""' not in text and "\\" not in text and not text.endswith('"') and "\r" not in text
    return f'"""{text}"""' if plain else repr(text)
