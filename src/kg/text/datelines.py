"""Where and by whom a paragraph was written, as it says before its first sentence."""

import re
from itertools import islice

_TOWN = r"[^\W\d_][^\W\d_.'’/ -]*(?:[ /-][^\W\d_][^\W\d_.'’/-]*){0,3}"
_STATE = r", [^\W\d_]+(?: [^\W\d_]+){0,4}?"
_DAY = r", (?:\d{1,2}(?:st|nd|rd|th)? )?[^\W\d_]{3,9}\.?(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?"
_AGENCY = r",? {0,2}\([^)\n]{2,40}\)"
_BEGINS = r"(?=[\"“«]?[A-Z\d])"
_DATELINE = re.compile(
    rf"(?P<town>{_TOWN})(?:{_STATE})??(?P<day>{_DAY})?(?:(?P<agency>{_AGENCY})? ?(?:--|—|–|-)|(?P<colon>:)) {_BEGINS}"
)
_OUTLET = re.compile(rf"(?P<town>)\([A-Z][^()\n\d]{{1,40}}\) (?:--|—|–|-) {_BEGINS}")
_LABELLED = re.compile(r"^[^\W\d_a-z]{2}[^:\n]{0,40}: ", re.MULTILINE)
_WITHIN = 120  # characters


def dateline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the town of a paragraph's dateline ends, and where its first sentence begins; None without a dateline.

    A colon closes it only after a day, or where no other paragraph has such a label: a list has several.

    >>> text = "KYIV, Feb. 19, 2015 (Steppe Press) -- The last of the defenders left the town at dawn."
    >>> dateline(text, 0, len(text))
    (4, 38)
    >>> dateline("OLD PORT: The garrison surrendered at dawn.\\nMILL: The rebels took it.", 0, 43) is None
    True
    """
    match = (_OUTLET if text.startswith("(", start) else _DATELINE).match(text, start, min(end, start + _WITHIN))
    if match is None:
        return None
    opened = match.groupdict()
    town = opened["town"]
    shouted = town.isupper() and (match.end() - start > 12 or match[0].count(" ") < 3)
    whole = text[end - 1] in ".!?]"  # a sentence, and no title
    if opened.get("colon") and not opened["day"]:
        shouted = shouted and whole and not any(islice(_LABELLED.finditer(text), 1, 2))
    if town and not shouted and not opened.get("agency"):
        return None
    return (match.end("town"), match.end()) if end - match.end() > (20 if whole else 40) else None
