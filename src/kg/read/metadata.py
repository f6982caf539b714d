"""What pages and records say about themselves, in the form that a source keeps."""

import re

from kg.text import edtf

_DATE = re.compile(
    r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d\d.*|Z)?\s*", re.DOTALL | re.ASCII
)
_COMPACT_DATE = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T\d{4}.*)?\s*", re.DOTALL | re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def iso_date(value: str) -> str | None:
    """The date of a time stamp as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None where it is not plainly one.

    The day is that of the place which the stamp was written for: no time zone is applied.

    >>> iso_date("2020-11-20T10:00:00+04:00"), iso_date("2020/11/2"), iso_date("11/12/2020")
    ('2020-11-20', '2020-11-02', None)
    """
    match = _COMPACT_DATE.fullmatch(value) or _DATE.fullmatch(value)
    if not match:
        return _mail_date(value)
    year, *rest = match.groups()
    date = "-".join([year, *(part.zfill(2) for part in rest if part)])
    return date if year > "0000" and edtf.is_valid(date) else None


def _mail_date(value: str) -> str | None:
    """The date of a feed's stamp (RFC 5322, section 3.3), ``Fri, 20 Nov 2020 10:00:00 GMT``."""
    from email.utils import parsedate

    parsed = parsedate(value) if ":" in value else None
    date = "{:04}-{:02}-{:02}".format(*parsed[:3]) if parsed else ""
    return date if edtf.is_valid(date) else None


def language(value: str) -> str | None:
    """A language tag (BCP 47), hyphens for underscores; None where it is none.

    >>> language("en_GB"), language("English (UK)")
    ('en-GB', None)
    """
    tag = value.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def one_line(value: str) -> str | None:
    """The words with single spaces; None where there are none."""
    return " ".join(value.split()) or None
