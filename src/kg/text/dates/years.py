"""Which year a day without one is of: a table of choices, tried in order, over what the document has said so far.

A date is filled only from where the text fills it. What cannot be settled stays open (``XXXX-05-09``, or no value):
an open date costs a look, a wrong year costs trust.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.text.dates.dated import Dated, is_day, year_of
from kg.text.dates.relative import WITHIN, reckon, with_year
from kg.text.edtf import bounds, is_valid

NEWS = 62  # days before publication within which a date with its year is the news and not the story of long ago
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|(?:is|are)\s+(?:due|scheduled|expected|set|planned|to\b)|due\s+to|plans?\s+to|going\s+to)\b"
)
_PLUPERFECT = re.compile(r"\bhad\b")
_CLAUSE_MARK = re.compile(
    r"[.;:!?\n]\s|[\"“”«»]|\bthat\b|\b(?:said|says|told|announced|added|warned|pledged|vowed|promised|insisted)\b(?!,)"
)  # what is said to come stands in another clause than the day of saying it
_ENUMERATION = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|;\s*(?:and\s+)?)(?:on\s+|by\s+|in\s+)?")
_SENTENCE_END = re.compile(r"[.?!]\s")
_BETWEEN = frozenset("and then finally but at last lastly the of on by in".split())
_IN_BRACKETS = re.compile(r"[(\[](?:[^()\[\]]{0,12}\s)?$")  # "(born 1954", "Resolution 822 (1993"
_REACH = 160  # characters on either side in which a clause's tense is looked for


@dataclass(slots=True)
class Story:
    """What a document has said of time so far; `settle` goes through its blocks in order."""

    published: str = ""
    titled: int | None = None  # the one year that the title names, where it is not that of publication
    said: str = ""  # the date last said, to the day or month; what relative dates are counted from
    here: str = ""  # the same, where this paragraph said it
    since: str = ""  # the last of these
    begun: str = ""  # the date last said, where the text only says what held from then on: "since May 2014"
    year: int | None = None  # said in this paragraph
    carried: str = ""  # the date with a year last said, which the narrative of the next paragraphs goes on from
    entry: str = ""  # the day below which this block is written in a diary or log: its "today"
    years: set[int] = field(default_factory=set)  # all that were said
    kind: str = ""  # "story" or "news", by the first date that tells

    def settle(
        self, dates: Sequence[Dated], text: str, *, heading_year: int | None = None, dated: bool = False
    ) -> list[Dated]:
        """The dates of the next block, with what they leave open filled where the text fills it.

        ``dated``: the block begins with a day, of which the rest of it is written.
        """
        settled = _enumerated(dates, text)
        self.year, self.here = None, ""
        for index, one in enumerate(settled):
            any_year = one.yearless and one.value[5:7] in _SEASON_MONTHS  # "posts that they left empty in winter"
            if one.yearless and one.value:
                one = self._with_year(one, text, heading_year)
            elif one.relative and not one.value:
                one = self._counted(one, text, heading_year)
            settled[index] = one
            if dated and not index:
                self.entry = one.value if len(one.value) == 10 else ""
            if one.bare and (opened := _IN_BRACKETS.search(text, max(0, one.start - 16), one.start)):
                if len(opened[0]) == 1:  # "Resolution 541 (1983), adopted on 18 November"
                    self.year = year_of(one.value)
            elif one.bound == "since" and (self.carried or self.year):
                self.years.update(year for year in [year_of(one.value)] if year)  # what began then is not told
            elif not any_year:
                self._note(one)
                self.begun = self.here if one.bound == "since" else ""
                self.since = self.begun or self.since
        return settled

    def section(self) -> None:
        """A heading begins another section: what was said before is no longer spoken of."""
        self.said = self.carried = self.entry = ""

    def _with_year(self, one: Dated, text: str, heading_year: int | None) -> Dated:
        case = Case(self, one, text, heading_year)
        for choice in CHOICES:
            if year := choice.year(case):
                return with_year(one, year) if year != OPEN else one
        return one

    def _counted(self, one: Dated, text: str, heading_year: int | None) -> Dated:
        assert one.relative
        if one.weekday is not None and one.relative.unit == "nth":
            said = self.said if self.kind != "news" else ""
            base, story = self.entry or said or self.published, bool(self.entry or said)
            return replace(one, value=_nth_on(one.weekday, one.relative.number, base, story=story))
        if one.relative.unit == "weekday" and self.kind == "story" and not self.entry:
            return one  # the Friday of a story is not that before publication
        if one.relative.unit == "day" and one.relative.number == WITHIN and not is_day(self.here or self.entry):
            return one
        future = self.kind != "story" and is_future(text, one)
        return replace(
            one, value=reckon(one.relative, self.last(heading_year), self.entry or self.published, future=future)
        )

    def last(self, heading_year: int | None) -> str:
        """The date last said, or the year that is spoken of."""
        year = self.year or heading_year
        return self.said or (f"{year:04}" if year else "")

    def _note(self, one: Dated) -> None:
        """Remember what a settled date says of those that follow."""
        last = one.value.rpartition("/")[2]
        if one.yearless and one.value:
            if not self.published:
                self.kind = self.kind or "news"  # a day that its first readers knew the year of
            self.said = self.here = last  # "in March ... the 28th of that month"
        if one.relative and one.relative.base == "published" and not (one.yearless or self.entry) and one.value:
            self.kind = self.kind or "news"
        if (year := year_of(last)) is None or one.value == self.published:
            return
        counted = one.relative is not None and not one.value.startswith("XXXX") and one.relative.unit != "nth"
        of_year = one.relative is not None and one.relative.unit == "year" and is_day(last)  # "15 July of that year"
        counted = counted and not of_year
        if not counted:
            self.year = year
        self.years.add(year)
        if one.bare:
            self.said = self.said if self.said.startswith(last[:4]) else last
            return
        self.said = self.here = last
        if not counted:
            self.carried = last
        if not self.kind and self.published:
            self.kind = "news" if self.is_recent(last) else "story"

    def is_recent(self, value: str) -> bool:
        """Whether a date lies so shortly before publication that it is news."""
        if not is_valid(value):
            return False
        first, last = bounds(self.published)[0], bounds(value)[1]
        return first is None or last is None or (first - last).days <= NEWS


def settle_dates(
    dates: Sequence[Dated], text: str, *, heading_year: int | None = None, published: str | None = None
) -> list[Dated]:
    """The dates of a text of one paragraph."""
    return Story(published or "").settle(dates, text, heading_year=heading_year)


def _enumerated(dates: Sequence[Dated], text: str) -> list[Dated]:
    """``16 September, 16 November and 18 November 1991``: the last gives its year to those before."""
    filled = list(dates)
    for index in range(len(filled) - 2, -1, -1):
        one, following = filled[index], filled[index + 1]
        year = year_of(following.value)
        if one.yearless and one.value and not one.relative and year and following.value[4:5] == "-":
            if _ENUMERATION.fullmatch(text, one.end, following.start) or _lists(text[one.end : following.start]):
                filled[index] = with_year(one, year)
    _bracketed(filled, text)
    return filled


def _bracketed(dates: list[Dated], text: str) -> None:
    """``A (3 May), then B (9 May) went over in 2007``: dates in brackets have the year that ends their sentence."""
    year, end = None, 0
    for index in range(len(dates) - 1, -1, -1):
        one = dates[index]
        if year and _SENTENCE_END.search(text, one.end, end):
            year = None
        if one.bare and text.endswith((" in ", "In "), 0, one.start):
            year, end = year_of(one.value), one.start
        elif year and one.yearless and one.value and text[one.start - 1] == "(" and text[one.end : one.end + 1] == ")":
            dates[index] = with_year(one, year)
            end = one.start
        else:
            year = None


def _lists(between: str) -> bool:
    """``A and B, on 27 August, and C, on 1 September 1922``: nothing but names between two dates."""
    low = re.findall(r"[^\W\d_]\S*", between)
    names = [word for word in low if word[:1].isupper()]
    plain = len(between) <= 80 and not re.search(r"[.?!:]\s|\d", between)
    return plain and bool(names) and all(word in _BETWEEN for word in low if word not in names)


def is_future(text: str, one: Dated) -> bool:
    """Whether the clause that a date stands in speaks of what is to come."""
    return _FUTURE.search(text, *_clause(text, one)) is not None


def _clause(text: str, one: Dated) -> tuple[int, int]:
    left = max(0, one.start - _REACH)
    marks = [mark.end() for mark in _CLAUSE_MARK.finditer(text, left, one.start)]
    right = _CLAUSE_MARK.search(text, one.end, one.end + _REACH)
    return marks[-1] if marks else left, right.start() if right else one.end + _REACH


def _nth_on(weekday: int, day: int, base: str, *, story: bool) -> str:
    """``Friday, the 9th``: the last such day up to the base, within a year; the month of the base alone tells none."""
    if not is_day(base):
        return ""
    year, month = int(base[:4]), int(base[5:7])
    for back in range(12):
        count = 12 * year + month - 1 - back
        value = f"{count // 12:04}-{count % 12 + 1:02}-{day:02}"
        if (
            (value <= base or (story and not back))
            and is_valid(value)
            and date.fromisoformat(value).weekday() == weekday
        ):
            return value
    return ""


# The choices

OPEN = -1


@dataclass(frozen=True, slots=True)
class Case:
    """A date without a year, and where it stands."""

    story: Story
    one: Dated
    text: str
    heading_year: int | None

    @property
    def day(self) -> str:
        """Month and day, ``-05-09``; of a stretch, its first."""
        return self.one.value.partition("/")[0][4:]

    def on(self, year: int) -> str:
        return f"{year:04}{self.day}"

    @property
    def before_publication(self) -> int:
        """The year that puts the day on or before that of publication (its month where that is all)."""
        published = self.story.published
        rest = _sortable(self.day)[: len(published) - 4]
        return int(published[:4]) - (rest > published[4 : 4 + len(rest)] if published[4:] else 0)

    def turned(self, year: int, said: str) -> int:
        """The year itself, or the next where the text goes from the end of one year into the beginning of another."""
        return year + (said[:4] == f"{year:04}" and _sortable(said[4:])[1:3] >= "11" and "01" <= self.day[1:3] <= "03")


_SEASON_MONTHS = {"21": "03", "22": "06", "23": "09", "24": "12", "33": "01", "34": "04", "35": "07", "36": "10"}


def _sortable(day: str) -> str:
    """A month and day; of a season the month that it begins in."""
    return f"-{_SEASON_MONTHS[day[1:3]]}" if day[1:3] in _SEASON_MONTHS else day


def _ordered(value: str) -> str:
    """A date whose season has the month that it begins in: the 13th of June follows the spring of its year."""
    return value[:4] + _sortable(value[4:])


def _own_year(case: Case) -> int | None:
    relative, story = case.one.relative, case.story
    if relative is None or relative.unit == "nth":
        return None
    if relative.unit == "year":
        return year_of(reckon(relative, story.last(case.heading_year), story.published)) or OPEN
    return None


def _by_weekday(case: Case) -> int | None:
    story, weekday = case.story, case.one.weekday
    if weekday is None or len(case.day) != 6:
        return None
    year = story.year or case.heading_year or year_of(story.carried)
    candidates = [year, year and year + 1] if story.kind == "story" or not story.published else []
    if story.published:
        candidates += [case.before_publication, case.before_publication + 1]
    if not any(candidates):
        return None
    fitting = (one for one in candidates if one and is_valid(case.on(one)) and _weekday_of(case.on(one)) == weekday)
    return next(fitting, OPEN)


def _weekday_of(day: str) -> int:
    return date.fromisoformat(day).weekday()


def _heading(case: Case) -> int | None:
    return case.turned(case.heading_year, case.story.here) if case.heading_year and not case.story.year else None


def _future(case: Case) -> int | None:
    published = case.story.published
    if len(published) < 7 or case.story.kind == "story" or not is_future(case.text, case.one):
        return None
    if case.story.year and case.story.year < int(published[:4]):
        return None  # "did not leave until 3 August, as all will tell you", of 1969
    before = case.before_publication
    return before if case.on(before) == published[: len(case.on(before))] else before + 1


def _paragraph(case: Case) -> int | None:
    story = case.story
    if not story.year:
        return None
    year = case.turned(story.year, story.here)
    goes_back = _ordered(case.on(year)) < _ordered(story.here)[: len(case.on(year))] and not case.heading_year
    if goes_back and story.begun:
        return OPEN
    if not goes_back or _PLUPERFECT.search(case.text, *_clause(case.text, case.one)):
        return year
    if story.kind == "news":
        return None if story.published[:4] == f"{year:04}" else OPEN  # from the background back to the news?
    return OPEN if _months_between(case.day, story.here[4:]) >= _HALF_A_YEAR else year  # or of the year after?


_HALF_A_YEAR = 5  # months, about


def _months_between(day: str, later: str) -> int:
    first, last = (_sortable(one)[1:3] for one in (day, later))
    return int(last) - int(first) if first.isdecimal() and last.isdecimal() else 0


def _narrative(case: Case) -> int | None:
    story = case.story
    if not story.carried or (story.published and story.kind != "story"):
        return None
    if story.published and story.carried == story.since and story.is_recent(case.on(case.before_publication)):
        return case.before_publication  # what has held since December is the background of news
    year = case.turned(int(story.carried[:4]), story.carried)
    follows = _ordered(case.on(year)) >= _ordered(story.carried)[: len(case.on(year))]
    if follows or year != year_of(story.carried):
        return year
    if _PLUPERFECT.search(case.text, *_clause(case.text, case.one)):
        return year  # told after what followed it
    forward = _months_between(case.day, story.carried[4:]) >= _HALF_A_YEAR
    return year + 1 if forward and story.published and case.before_publication == year + 1 else OPEN


def _told_of(case: Case) -> int | None:
    story = case.story
    if not story.published or not (story.kind == "story" or (story.titled and not story.kind)):
        return None
    is_news = story.kind and not story.carried and story.is_recent(case.on(case.before_publication))
    return None if is_news else OPEN


def _titled(case: Case) -> int | None:
    story = case.story
    return story.titled if not story.published and story.years <= {story.titled} else None


def _only(case: Case) -> int | None:
    story = case.story
    return next(iter(story.years)) if not story.published and len(story.years) == 1 and not story.titled else None


def _published(case: Case) -> int | None:
    return case.before_publication if case.story.published else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to tell the year: its name, why it is right, and the year, or None where it does not tell."""

    name: str
    reason: str
    year: Callable[[Case], int | None]


CHOICES = (
    Choice("own", "The date says its year by another: 'last year', 'of that year'.", _own_year),
    Choice("weekday", "The text names the day of the week; the year is the nearest in which it is right.", _by_weekday),
    Choice("heading", "The row or paragraph stands below a heading that names its year.", _heading),
    Choice("future", "The clause speaks of what is to come: the next such day after publication.", _future),
    Choice("paragraph", "A year was said before in the same paragraph, and the text goes on from there.", _paragraph),
    Choice(
        "narrative",
        "The document tells of years before its publication: the day follows the date said before it.",
        _narrative,
    ),
    Choice(
        "told-of",
        "The document, or its title, tells of years before its publication, and nothing says which: open.",
        _told_of,
    ),
    Choice(
        "titled",
        "Nothing says when the text was published, its title names one year, and it has spoken of no other.",
        _titled,
    ),
    Choice("only", "Nothing says when the text was published, and it has spoken of one year alone.", _only),
    Choice("published", "News: the last such day up to publication.", _published),
)
"""Tried in order; the first that tells decides."""
