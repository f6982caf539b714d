"""Which dates of one family and place speak of the same event."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from kg.reconcile.agree import Days, Moment, compatible

NEAR = timedelta(days=31)

Voices = Mapping[Moment, frozenset[tuple[str, str]]]
"""The documents, each with its speaker, that give a date."""


def clusters(voices: Voices) -> list[list[Moment]]:
    """Dates that speak of the same event, together.

    Days first: they are one event if all of them lie within 31 days of each other. A coarser date then joins the
    one event that it fits best, and stands alone if it fits several equally well: a year never bridges two days. What
    one document says in one voice is not a contradiction: dates of it that exclude each other are different events.
    """
    found = []
    for side in (True, False):  # what has a beginning is not compared with what has only an end
        moments = sorted((m for m in voices if bool(m.begin) is side), key=_order)
        exact = [m for m in moments if _is_day(m)]
        groups = _split_all(_by_day(exact), voices)
        for moment in moments:
            if not _is_day(moment):
                _join(moment, groups, voices)
        found += groups
    return found


def _order(moment: Moment) -> tuple[int, Days, str]:
    return moment.length, moment.anchor, moment.value


def _is_day(moment: Moment) -> bool:
    return moment.anchor[0] == moment.anchor[1] and moment.length <= NEAR.days


def _is_fine(moment: Moment) -> bool:
    """Whether its beginning is known to the month at least."""
    return moment.anchor[1] - moment.anchor[0] < NEAR


# Days


def _by_day(moments: Iterable[Moment]) -> list[list[Moment]]:
    days: dict[object, list[Moment]] = {}
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
    """Two days, as near as can be, that one voice of one document tells apart."""
    seen: dict[tuple[str, str], int] = {}
    for position, day in enumerate(days):
        spoken = frozenset[tuple[str, str]]().union(*(voices[moment] for moment in day))
        if before := [seen[voice] for voice in spoken if voice in seen]:
            return max(before), position
        seen |= dict.fromkeys(spoken, position)
    return None


def _apart(one: Moment, other: Moment) -> timedelta:
    return abs(one.anchor[0] - other.anchor[0])


# Coarser dates


def _join(moment: Moment, groups: list[list[Moment]], voices: Voices) -> None:
    """Add the date to the one group that it fits best, or else to no group but its own."""
    open_to = [group for group in groups if not any(_excludes(moment, other, voices) for other in group)]
    for fits in FITS:
        if fitting := [group for group in open_to if fits(moment, group)]:
            break
    if len(fitting) == 1:
        fitting[0].append(moment)
    else:
        groups.append([moment])


def _excludes(one: Moment, other: Moment, voices: Voices) -> bool:
    return not (voices[one].isdisjoint(voices[other]) or compatible([one.anchor, other.anchor]))


def _equals(moment: Moment, group: list[Moment]) -> bool:
    return any(moment.anchor == other.anchor for other in group)


def _begins_with(moment: Moment, group: list[Moment]) -> bool:
    return any(_within(other.anchor, moment.anchor) for other in group)


def _is_near(moment: Moment, group: list[Moment]) -> bool:
    fine = [other for other in group if _is_fine(other)]
    return _is_fine(moment) and bool(fine) and all(_apart(moment, other) <= NEAR for other in fine)


def _contains(moment: Moment, group: list[Moment]) -> bool:
    return any(_within(other.extent, moment.extent) for other in group)


FITS: tuple[Callable[[Moment, list[Moment]], bool], ...] = (_equals, _begins_with, _is_near, _contains)
"""Ways in which a date fits an event, the best first."""


def _within(inner: Days, outer: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
