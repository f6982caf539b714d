"""A timeline: a row for each place, by region, a mark for each event, a bar for who holds the place until the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from kg.web.pages.colours import Colours
from kg.web.pages.holding import holdings
from kg.web.pages.periods import Period
from kg.web.pages.view import Thing

LABELS: Final = 176  # pixels for the names of places
WIDTH: Final = 1040
ROW: Final = 34
_TOP: Final = 34
_RIGHT: Final = 30
_NARROWEST: Final = 16  # pixels of a mark for several days
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # years between two ticks


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: from ``x``, so wide; ``exact``, or within these days, or with an open end."""

    x: float
    width: float
    style: str  # exact, within, open
    contested: bool
    colour: str
    title: str
    event: Thing
    days: tuple[date, date]
    when: str
    actors: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Who holds a place until the next event there (classes); ``last``: nothing later is known."""

    x: float
    width: float
    colour: str
    last: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A place or an event; without a link it is the name of a region."""

    label: str
    link: str
    y: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that a template needs to draw it; ``legend`` has a class and a name for each colour in use."""

    width: int
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]
    left_out: int
    actors: tuple[Thing, ...]  # of the marks, by name
    days: tuple[date, date]  # at the left and at the right end of the scale
    ends: tuple[float, float] = (LABELS, WIDTH - _RIGHT)  # where these are


class _Scale:
    """Days to pixels."""

    def __init__(self, days: Iterable[date]) -> None:
        years = sorted(day.year for day in days)
        self.first, self.last = years[0], years[-1] + 1
        if self.last - self.first < 3:
            self.first, self.last = self.first - 1, self.last + 1
        self.span = (self.last - self.first) * 365.2425

    def __call__(self, day: date) -> float:
        past = (day - date(self.first, 1, 1)).days if self.first >= 1 else day.toordinal()
        return round(LABELS + past / self.span * (WIDTH - LABELS - _RIGHT), 1)

    @property
    def days(self) -> tuple[date, date]:
        return date(max(self.first, 1), 1, 1), date(min(max(self.last, 1), 9999), 1, 1)

    def ticks(self) -> tuple[Tick, ...]:
        step = next((step for step in _STEPS if (self.last - self.first) / step <= 12), _STEPS[-1])
        years = range(-(-self.first // step) * step, self.last + 1, step)
        return tuple(Tick(self(date(max(year, 1), 1, 1)), str(year)) for year in years if year <= 9999)


def timeline(found: Sequence[Period], colours: Colours, *, most: int = 60) -> Timeline | None:
    """The timeline of all dated events; None where there is none. ``most`` rows are drawn."""
    dated = [period for period in found if period.begun]
    if not dated:
        return None
    every = [*_control(dated), *_others(dated)]
    rows = _most_told(every, most)
    scale = _Scale(day for row in rows for period in row[2] for day in (period.first, period.last) if day)
    drawn = [
        Row(
            label=label,
            link=link,
            y=_TOP + ROW * number,
            bars=tuple(_bars(periods, scale, colours)),
            marks=tuple(_mark(period, scale, colours) for period in periods),
        )
        for number, (label, link, periods) in enumerate(rows)
    ]
    acting = {actor for row in drawn for mark in row.marks for actor in mark.actors}
    return Timeline(
        width=WIDTH,
        height=_TOP + ROW * len(drawn) + 12,
        rows=tuple(drawn),
        ticks=scale.ticks(),
        legend=colours.legend(_used(drawn)),
        left_out=sum(bool(row[2]) for row in every) - sum(bool(row[2]) for row in rows),
        actors=tuple(sorted(acting, key=lambda one: (one.name, one.iri))),
        days=scale.days,
    )


_Told = tuple[str, str, list[Period]]
"""A row before it is drawn: its label, its link, its events; without these it is the name of a region."""


def _most_told(rows: Sequence[_Told], most: int) -> list[_Told]:
    """So many rows, those that the most sources speak of, in their order, with the regions that these lie in."""
    told = sorted((row for row in rows if row[2]), key=lambda row: -sum(period.sources for period in row[2]))
    kept = {id(row) for row in told[:most]}
    found: list[_Told] = []
    for row in rows:
        if not row[2] and found and not found[-1][2]:
            found.pop()  # a region of which no row is kept
        if not row[2] or id(row) in kept:
            found.append(row)
    return found[:-1] if found and not found[-1][2] else found


def _used(rows: Sequence[Row]) -> set[str]:
    """The classes of what is drawn."""
    return {bar.colour for row in rows for bar in row.bars} | {mark.colour for row in rows for mark in row.marks}


def _control(found: Sequence[Period]) -> list[_Told]:
    """A row for each place that changes hands, by its first change, those of a region together below its name.

    Those of no known region come last.
    """
    changes = [period for period in found if period.family == "control" and period.place]
    by_place = sorted(changes, key=lambda one: one.place.iri if one.place else "")
    rows = [list(group) for _, group in groupby(by_place, key=lambda one: one.place)]
    rows.sort(key=lambda row: (row[0].begun or date.max, row[0].event.iri))
    regions = sorted(dict.fromkeys(row[0].region for row in rows), key=lambda region: not region)
    made: list[_Told] = []
    for region in regions:
        if len(regions) > 1:
            made.append((region or "Region not known", "", []))
        here = [row for row in rows if row[0].region == region]
        made += [(row[0].place.name, row[0].place.path, row) for row in here if row[0].place]
    return made


def _others(found: Sequence[Period]) -> list[_Told]:
    """A row for each other event."""
    others = [period for period in found if period.family != "control" or not period.place]
    return [(period.event.name.partition(",")[0], period.event.path, [period]) for period in others]


def _bars(periods: Sequence[Period], scale: _Scale, colours: Colours) -> Iterable[Bar]:
    states = holdings(periods, colours)
    for number, state in enumerate(states):
        last = number + 1 == len(states)
        begin = scale(max(state.since, date(max(scale.first, 1), 1, 1)))
        end = WIDTH - _RIGHT if last else scale(states[number + 1].since)
        if end > begin:
            yield Bar(begin, round(end - begin, 1), state.classes, last)


def _reach(period: Period) -> tuple[date, date]:
    """The days that the mark of a dated event covers: of a change of control those within which it begins."""
    if period.family == "control" and period.band and period.band[0] > date.min:
        return period.band
    first, last = period.first or period.last, period.last or period.first
    assert first
    assert last
    return min(first, last), max(first, last)


def _mark(period: Period, scale: _Scale, colours: Colours) -> Mark:
    first, last = _reach(period)
    begin, end = scale(first), scale(last)
    style = "open" if period.open_end else "exact" if first == last else "within"
    sources = f"{period.sources} source{'s' * (period.sources != 1)}"
    differ = f"; sources differ on {', '.join(sorted(period.contested))}" if period.contested else ""
    if style == "within" and end - begin < _NARROWEST:
        begin = (begin + end - _NARROWEST) / 2
        end = begin + _NARROWEST
    return Mark(
        x=round(begin, 1),
        width=round(WIDTH - _RIGHT - begin if style == "open" else end - begin, 1),
        style=style,
        contested=bool(period.contested),
        colour=colours.of(period) if period.family == "control" else "event",
        title=f"{period.event.name.partition(',')[0]}: {period.when} ({sources}{differ})",
        event=period.event,
        days=(first, last),
        when=period.when,
        actors=period.actors,
    )
