"""The lines of a page that are alike on all pages: menus, share bars, notices, credits and bylines."""

import re

_SHARE = r"(?:share|like|tweet|e-?mail|whatsapp|telegram|facebook|twitter|linkedin|copy link)"
_RELATED = (
    r"read (?:more|also|next)|see also|also read|you may also (?:like|be interested in)|recommended(?: for you)?"
    r"|most (?:read|popular|viewed)|latest(?: news)?|trending(?: now)?"
    r"|(?:related|more)(?: (?:news|stories|articles|topics|posts|links|from .*|on this story))?"
)
_LINKS = re.compile(rf"(?:{_RELATED})\W*", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:skip (?:to|links)\b.*|(?:main )?menu|home(?: ?page)?|search|contact us|about us|sign (?:up|in)|log ?in"
    r"|register|subscribe(?: now| today| here)?|share(?: this)?(?: article| story| page| on \w+)?|follow us.*"
    r"|print(?: options| this)?|advertisement|cookies?(?: (?:policy|settings|notice))?|accept(?: all)?(?: cookies)?"
    r"|privacy policy|breaking news|write a comment|leave a (?:comment|reply)|comments?|tags|next|previous|back to top"
    rf"|{_RELATED}|{_SHARE}(?:[ |,·/]+{_SHARE})*)\W*",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?=.*\bcookies?\b).*\b(?:accept|agree|consent|privacy|settings|experience|browser|browsing|this (?:web)?site)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NOTICE = 600  # characters
_CREDIT = re.compile(
    r"(?:(?:file |stock |cover )?(?:photo(?:graph)?s?|images?|pictures?|illustration|video|credits?|source|authors?"
    r"|editors?|reporting|text|caption|translat(?:ed|ion))\s*(?:[:/|©]|by\b|courtesy\b)|©|\(c\)\s)",
    re.IGNORECASE,
)
_NAMED = r"[^\W\d_a-z][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?i:by|words by|text by)\s+{_NAMED}(?:\s+(?:{_NAMED}|(?:and|in|for|the|de|van|der|al|bin)\b))+"
    r"(?:\s*[,|–—-]\s*[^\n]{2,60})?"
)


def is_furniture(line: str) -> bool:
    """Whether a whole line is a site's own, and no text of the page.

    >>> is_furniture("Read more:"), is_furniture("Facebook | Twitter"), is_furniture("More troops enter Goma")
    (True, True, False)
    """
    if _FURNITURE.fullmatch(line):
        return True
    return len(line) <= _LONGEST_NOTICE and "cookie" in line.lower() and bool(_NOTICE.match(line))


def heads_links(line: str) -> bool:
    """Whether a line stands above links to other pages."""
    return bool(_LINKS.fullmatch(line))


def is_credit(line: str) -> bool:
    """Whether a line says whose a picture or text is."""
    return bool(_CREDIT.match(line))


def is_byline(line: str) -> bool:
    """Whether a line names its author.

    >>> is_byline("By Ana Petrova, Lake Observer"), is_byline("By the river, nobody was left")
    (True, False)
    """
    return bool(_BYLINE.fullmatch(line))
