"""Which dates of one family and place speak of the same event."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from kg.reconcile.compatible import Days, Mark, Moment, compatible

NEAR = timedelta(days=31)

Voices = Mapping[tuple[str, Mark], frozenset[tuple[str, str]]]
"""Of each date, by its key: the documents, each with its speaker, that give it."""


def are_apart(one: Moment, other: Moment, voices: Voices) -> bool:
    """Whether what was done on two dates can be no one event, although the dates may fit.

    Who takes a place and who regains it from him are two; who takes a place and then leaves it does two things. What is
    taken and regained within a coarse date is told apart by who does it, or else by its words. To claim a place for
    good is a thing of its own.
    """
    if _is_day(one) and one.anchor == other.anchor and "confirms" not in (one.effect, other.effect):
        return False
    told = _undoes(one.mark, other.mark)
    if told is not None:
        return told
    return not voices[one.key].isdisjoint(voices[other.key]) or not (_is_day(one) and _is_day(other))


def _undoes(one: Mark, other: Mark) -> bool | None:
    """Whether one act can not be the other, by what it does and who does it; None where nobody says who."""
    effects = {one[0], other[0]}
    if len(effects) < 2 or "" in effects:
        return False
    if "confirms" in effects:
        return True
    shared, known = not set(one[1]).isdisjoint(other[1]), bool(one[1] and other[1])
    if "leaves" in effects:
        return known and shared
    return not shared if known else None


def clusters(moments: Iterable[Moment], voices: Voices) -> list[list[Moment]]:
    """Dates that speak of the same event, together.

    Days first: they are one event if all of them lie within 31 days of each other. A coarser date then joins the
    one event that it fits best, and stands alone if it fits several equally well: a year never bridges two days. What
    one document says in one voice is not a contradiction: dates of it that exclude each other are different events.
    """
    moments = sorted(moments, key=_order)
    found = []
    for side in (True, False):  # what has a beginning is not compared with what has only an end
        dates = [moment for moment in moments if bool(moment.begin) is side]
        groups = _Groups(voices)
        for days in _split_all(_by_day(filter(_is_day, dates)), voices):
            groups.open(days)
        for moment in dates:
            if not _is_day(moment):
                groups.join(moment)
        found += groups.members
    return found


def _order(moment: Moment) -> tuple[object, ...]:
    return moment.length, moment.anchor, *moment.key


def _is_day(moment: Moment) -> bool:
    return moment.anchor[0] == moment.anchor[1] and moment.length <= NEAR.days


def _is_fine(moment: Moment) -> bool:
    """Whether its beginning is known to the month at least."""
    return moment.anchor[1] - moment.anchor[0] < NEAR


# Days


def _by_day(moments: Iterable[Moment]) -> list[list[Moment]]:
    days: dict[Days, list[Moment]] = {}
    for moment in sorted(moments, key=lambda m: m.anchor):
        days.setdefault(moment.anchor, []).append(moment)
    return list(days.values())


def _split_all(days: list[list[Moment]], voices: Voices) -> list[list[Moment]]:
    """Cut at the widest gap until every piece is one event."""
    done, todo = [], [days] if days else []
    while todo:
        piece = todo.pop()
        if cut := _cut(piece, voices):
            todo += [piece[cut:], piece[:cut]]
        else:
            done.append([moment for day in piece for moment in day])
    return done


def _cut(days: list[list[Moment]], voices: Voices) -> int:
    """How many days to cut off at the front; 0: it is one event."""
    clash = _clash(days, voices)
    if not clash and _apart(days[0][0], days[-1][0]) <= NEAR:
        return 0
    first, last = clash or (0, len(days) - 1)
    gaps = (
        (_apart(days[n][0], days[n + 1][0]), -abs(2 * n + 1 - first - last), -n)  # widest, most central, earliest
        for n in range(first, last)
    )
    return 1 - max(gaps)[2]


def _clash(days: list[list[Moment]], voices: Voices) -> tuple[int, int] | None:
    """Two days, as near as can be, that one voice of one document tells apart, or of which one undoes the other."""
    seen: dict[tuple[str, str], int] = {}
    marks: dict[Mark, int] = {}
    for position, day in enumerate(days):
        undone = [marks[mark] for mark in marks if any(_undoes(moment.mark, mark) for moment in day)]
        if undone:
            return max(undone), position
        marks |= {moment.mark: position for moment in day}
        spoken = frozenset[tuple[str, str]]().union(*(voices[moment.key] for moment in day))
        if before := [seen[voice] for voice in spoken if voice in seen]:
            return max(before), position
        seen |= dict.fromkeys(spoken, position)
    return None


def _apart(one: Moment, other: Moment) -> timedelta:
    return abs(one.anchor[0] - other.anchor[0])


# Coarser dates


class _Groups:
    """The dates of each event so far, found by the day on which one of them begins."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.members: list[list[Moment]] = []
        self._starts: list[tuple[date, int]] = []

    def open(self, moments: Iterable[Moment]) -> None:
        """An event of its own."""
        self.members.append([])
        for moment in moments:
            self._add(moment, len(self.members) - 1)

    def join(self, moment: Moment) -> None:
        """Add the date to the one event that it fits best, or else to none but its own."""
        for reach, fits in FITS:
            found = (n for n in self._from(*reach(moment)) if fits(moment, self.members[n]) and self._admits(moment, n))
            if fitting := list(islice(found, 2)):
                break
        if len(fitting) == 1:
            self._add(moment, fitting[0])
        else:
            self.open([moment])

    def _add(self, moment: Moment, group: int) -> None:
        self.members[group].append(moment)
        insort(self._starts, (moment.anchor[0], group))

    def _from(self, first: date, last: date) -> Iterator[int]:
        """The groups that have a date which begins on these days."""
        seen = set()
        for at in range(bisect_left(self._starts, (first, 0)), len(self._starts)):
            start, group = self._starts[at]
            if start > last:
                break
            if group not in seen:
                seen.add(group)
                yield group

    def _admits(self, moment: Moment, group: int) -> bool:
        """Whether no voice that gives the date gives one in the group that excludes it, and none undoes it."""
        voices = self.voices[moment.key]
        return all(
            (compatible([moment.anchor, other.anchor]) or voices.isdisjoint(self.voices[other.key]))
            and not are_apart(moment, other, self.voices)
            for other in self.members[group]
        )


def _equals(moment: Moment, group: list[Moment]) -> bool:
    return any(moment.anchor == other.anchor for other in group)


def _begins_with(moment: Moment, group: list[Moment]) -> bool:
    return any(_within(other.anchor, moment.anchor) for other in group)


def _is_near(moment: Moment, group: list[Moment]) -> bool:
    fine = [other for other in group if _is_fine(other)]
    return _is_fine(moment) and bool(fine) and all(_apart(moment, other) <= NEAR for other in fine)


def _contains(moment: Moment, group: list[Moment]) -> bool:
    return any(_within(other.extent, moment.extent) for other in group)


def _within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _around(moment: Moment) -> Days:
    first = moment.anchor[0]
    return first - min(NEAR, first - date.min), first + min(NEAR, date.max - first)


FITS: tuple[tuple[Callable[[Moment], Days], Callable[[Moment, list[Moment]], bool]], ...] = (
    (lambda moment: moment.anchor, _equals),
    (lambda moment: moment.anchor, _begins_with),
    (_around, _is_near),
    (lambda moment: moment.extent, _contains),
)
"""Ways in which a date fits an event, the best first, each with the days on which such an event has a date begin."""
