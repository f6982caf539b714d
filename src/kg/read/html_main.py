"""Which part of an HTML page is its main text.

Authors mark it (``<article>``, ``<main>``); where they do not, it is the body without what is named or
shaped like navigation. In doubt text stays: a claim lost is worse than a teaser kept.
"""

import heapq
import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from kg.read.furniture import is_furniture

Element: TypeAlias = Any  # lxml has no types

# Never text of the page, whatever is in them; what is struck out is withdrawn. <head> may hold text: libxml2 leaves
# <article> there if nothing ends it.
SILENT = frozenset({
    "script", "style", "noscript", "template", "title", "meta", "link", "iframe", "object", "embed",
    "applet", "svg", "math", "canvas", "audio", "video", "select", "option", "datalist", "button", "input",
    "textarea", "label", "map", "area", "progress", "meter", "dialog", "nav", "noframes", "noembed",
    "del", "s", "strike",
    # of AMP pages: what is not shown, or by others
    "amp-ad", "amp-analytics", "amp-audio", "amp-consent", "amp-embed", "amp-iframe", "amp-lightbox", "amp-list",
    "amp-sidebar", "amp-social-share", "amp-state", "amp-user-notification", "amp-video",
})  # fmt: skip
_SIDE_TAGS = {"aside", "footer"}
_SIDE_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"}
_SIDE_NAME = re.compile(
    # Words that name such a part wherever they stand in a class or id ...
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|newsletter|navbar|nav|navigation|sidebar|disqus|adverts?|"
    r"advertisement|advertising|outbrain|taboola|pagination|pullquote|pull-quote|addthis|sharethis|sharing|"
    r"related|trending|sponsored|promos?|recommended|recommendations|comments|vjs|sr-only|"
    r"visually-?hidden|screen-reader-text|print-(?:header|footer|only)|sitenav|userpanel|menu|"
    r"navbox|editsection|hatnote|reflist|catlinks)(?:$|[\s_-])"
    # ... and words that also have other meanings: only as a whole name, or with a word of layout.
    r"|(?:^|\s)(?:(?:site|page|post|article|entry|story|main|top|bottom|user|reader|global)[_-])?"
    r"(?:ads?|share|social|modals?|popup|footer|masthead|tags|subscribe|toolbar|widgets?|hidden|respond)"
    r"(?:[_-](?:bar|box|buttons?|links?|list|items?|tools?|icons?|articles|posts|stories|news|content|wrapper|wrap|"
    r"container|section|block|area|overlay|form|inner|media|window|dialog|body|\d+))*(?:$|\s)",
    re.IGNORECASE,
)
_NEVER_STORY = re.compile(r"(?:^|[\s_-])(?:comments|cookies?|consent|gdpr|disqus)(?:$|[\s_-])", re.IGNORECASE)
_UNSEEN = frozenset(("hidden", "placeholder", "fallback", "overflow"))  # of AMP: where something did not load
_NOTE_MARK = re.compile(r"(?:^|\s)(?:reference|footnote(?:-ref)?|fn|inline-template)(?:$|\s)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LISTS = {"ul", "ol"}
_MENU_TAGS = {"ul", "ol", "dl", "table", "div", "section", "p", "td", "center", "font", "span"}
_TEASER_TAGS = {"p", "ul", "ol"}
_TEASER = 300  # characters, at most
_HEADLINE = 3  # words, at least
_MAIN = 0.5  # the share of the page's text from which on a marked part is believed to be the main one
# Where the rest of a page has so few characters, a part of so many times more is the main text, whatever its name:
# ``sidebar-layout`` may hold the story and the sidebar. Beside a longer rest it takes more.
_SCANT = 500
_SENTENCE = 80  # characters in a row that no menu has between its links
_MISNAMED, _FAR_MORE = 3, 8


@dataclass(slots=True)
class _Weight:
    """Characters of an element, apart from those of silent elements."""

    text: int = 0
    linked: int = 0
    links: int = 0
    longest: int = 0  # of the pieces between tags that are no link

    @property
    def prose(self) -> int:
        return self.text - self.linked

    def is_menu(self) -> bool:
        """Whether it is little but links; one or two may be a sentence that cites."""
        share = 0.7 if self.links > 2 else 0.85
        return self.links >= 2 and self.linked >= share * self.text and self.longest < _SENTENCE

    def is_bare(self) -> bool:
        """Whether it is links and nothing else."""
        return self.links > 0 and self.linked >= 0.95 * self.text

    def add(self, other: "_Weight") -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.longest = max(self.longest, other.longest)

    def say(self, text: str | None) -> None:
        if text and (length := len(text.strip())):
            self.text += length
            self.longest = max(self.longest, length)


@dataclass(slots=True)
class _Survey:
    """What one walk over the page finds out, elements with the characters of their prose."""

    whole: _Weight = field(default_factory=_Weight)
    articles: list[tuple[Element, int]] = field(default_factory=list)
    mains: list[tuple[Element, int]] = field(default_factory=list)
    sides: dict[Element, int | None] = field(default_factory=dict)  # by name; None: by tag or role, or hidden
    menus: list[tuple[Element, bool]] = field(default_factory=list)  # by shape; whether a list and nothing but links
    headers: list[tuple[Element, int]] = field(default_factory=list)
    teasers: list[Element] = field(default_factory=list)  # links to other pages between the paragraphs


def main_part(root: Element) -> tuple[Element, set[Element]]:
    """The element that holds the main text, and the elements below it that do not belong to it."""
    survey = _survey(root)
    misnamed = _misnamed(survey)
    whole = survey.whole.prose + sum(misnamed.values())
    around = {outer for element in misnamed for outer in (element, *element.iterancestors())}
    dropped = survey.sides.keys() - around
    for marked in (survey.articles, survey.mains) if misnamed else ():
        marked[:] = [(element, prose + _within(element, misnamed)) for element, prose in marked]
    part, prose = _marked(survey, whole, dropped) or (root, whole)
    dropped.update(element for element, is_list in survey.menus if is_list or part is root)
    dropped.update(survey.teasers)
    if part is root:
        dropped.update(element for element, weight in survey.headers if weight <= _MAIN * prose)
    return part, dropped - around


def _misnamed(survey: _Survey) -> dict[Element, int]:
    """The sides that hold far more prose than the rest of the page, and have nothing but a name against them."""
    rest = survey.whole.prose
    least = (_MISNAMED if rest < _SCANT else _FAR_MORE) * rest
    least = max(least, *(prose // _FAR_MORE for prose in survey.sides.values() if prose), 0)
    return {
        element: prose
        for element, prose in survey.sides.items()
        if prose is not None
        and prose > least
        and all(survey.sides.get(outer, 0) is not None for outer in element.iterancestors())
    }


def _within(element: Element, misnamed: dict[Element, int]) -> int:
    return sum(prose for inner, prose in misnamed.items() if element in (inner, *inner.iterancestors()))


def _marked(survey: _Survey, whole: int, sides: set[Element]) -> tuple[Element, int] | None:
    """The part that the author marked, if it is as much of the page as it claims."""
    main = _heaviest(survey.mains, sides)
    article = _heaviest(survey.articles, sides)
    around = main[1] if main and main[1] >= _MAIN * whole else whole
    if article and article[1] >= max(_MAIN * around, 1) and not _has_rival(article, survey.articles):
        return article
    return main if main and main[1] >= max(0.3 * whole, 1) else None


def _heaviest(marked: list[tuple[Element, int]], sides: set[Element]) -> tuple[Element, int] | None:
    """The one with most prose that is in no side; looks at a few, for a story is among the longest."""
    longest = heapq.nlargest(20, marked, key=_second)
    return next((pair for pair in longest if sides.isdisjoint((pair[0], *pair[0].iterancestors()))), None)


def _has_rival(article: tuple[Element, int], others: list[tuple[Element, int]]) -> bool:
    """Whether another article, not inside this one, is too long for a teaser."""
    return any(
        prose >= 0.25 * article[1] and other is not article[0] and article[0] not in other.iterancestors("article")
        for other, prose in others
    )


def _second(pair: tuple[Element, int]) -> int:
    return pair[1]


def _survey(root: Element) -> _Survey:
    from lxml import etree

    found = _Survey()
    weights = [found.whole]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag in SILENT:
            if event == "start":
                walk.skip_subtree()
            else:
                weights[-1].say(element.tail)
        elif event == "start":
            weights.append(_Weight())
            weights[-1].say(element.text)
        else:
            weight = weights.pop()
            if tag == "a" and element.get("href") is not None:
                weight.linked, weight.links, weight.longest = weight.text, 1, 0
            if not _note(found, element, tag, weight):
                weights[-1].add(weight)
            if element is not root:
                weights[-1].say(element.tail)
    return found


def _note(found: _Survey, element: Element, tag: str, weight: _Weight) -> bool:
    """Keeps the element under what it is; whether it is a side."""
    role = element.get("role")
    if tag == "article":
        found.articles.append((element, weight.prose))
    elif tag == "main" or role == "main":
        found.mains.append((element, weight.prose))
    elif tag == "header" and element.find(".//h1") is None:
        found.headers.append((element, weight.prose))
    if _is_side(element, tag, role, weight):
        found.sides[element] = _doubtful(element, tag, role, weight)
        return True
    if tag in _TEASER_TAGS and weight.links and _is_teaser(element, weight):
        found.teasers.append(element)
    elif tag in _MENU_TAGS and weight.is_menu():
        found.menus.append((element, tag in _LISTS and weight.is_bare() and weight.links > 2))
    return False


def _is_teaser(element: Element, weight: _Weight) -> bool:
    """Whether a paragraph or short list is the headline of another page, linked: ``Read more: Rebels seize Goma``."""
    if weight.text > _TEASER or weight.longest >= _SENTENCE:
        return False
    words = " ".join("".join(element.itertext()).split())
    if not weight.is_bare() or _says_more(element):
        label = words.partition(":")[0]
        return is_furniture(label) and label != words and weight.linked > 0.5 * weight.text
    return len(words.split()) >= _HEADLINE and not words.endswith((".", "!", "?", "”", '"'))


def _says_more(element: Element) -> bool:
    """Whether a letter stands beside the links: ``On <a>Monday the rebels seized Goma</a>`` is prose."""
    return _letters(element) > sum(map(_letters, element.iter("a")))


def _letters(element: Element) -> int:
    return sum(map(str.isalpha, "".join(element.itertext())))


def _is_side(element: Element, tag: str, role: str | None, weight: _Weight) -> bool:
    if not element.attrib and tag not in _SIDE_TAGS:
        return False
    if tag == "footer" and next(element.iterancestors("blockquote", "figure"), None) is not None:
        return False  # who is quoted
    named = bool(_SIDE_NAME.search(_name(element)))
    if tag == "aside":  # a box of facts is part of the story, a list of teasers is not
        return weight.linked > 0.5 * weight.text or named
    return _is_marked_side(element, tag, role) or (tag not in {"html", "body"} and named)


def _is_marked_side(element: Element, tag: str, role: str | None) -> bool:
    """Whether its tag or role makes it a side, or it is hidden."""
    attributes = element.attrib
    return (
        tag == "footer"
        or role in _SIDE_ROLES
        or not _UNSEEN.isdisjoint(attributes)
        or (tag == "sup" and bool(_NOTE_MARK.search(attributes.get("class", ""))))
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style", "")))
    )


def _doubtful(element: Element, tag: str, role: str | None, weight: _Weight) -> int | None:
    """The prose of a side that has only its name against it, and not one that no author gives a story."""
    named = not _is_marked_side(element, tag, role) and not _NEVER_STORY.search(_name(element))
    return weight.prose if named else None


def _name(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".strip()
