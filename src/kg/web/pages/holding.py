"""Who holds a place from a day on, as the claims allow it: where they leave it open, nobody is picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.web.pages.colours import Colours
from kg.web.pages.periods import Period
from kg.web.pages.wording import date_words


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds of a place from ``since`` until the next one begins; ``sure``: the claims leave one holder and day."""

    since: date
    colour: str
    sure: bool
    periods: tuple[Period, ...]

    @property
    def classes(self) -> str:
        return self.colour if self.sure else f"{self.colour} unsure"

    @property
    def words(self) -> str:
        """The documents' words, the days and who, of each event that it rests on."""
        return "; or ".join(map(_words, self.periods))


def holdings(found: Sequence[Period], colours: Colours) -> tuple[Holding, ...]:
    """Who holds one place, in the order of time, by the changes of control that concern the whole of it.

    An event with a band of days is open until its last: whether it has happened, nobody says. Of events whose bands
    overlap, none is known to be the later one.
    """
    bands = {one: one.band for one in found if one.family == "control" and one.whole}
    dated = {one: band for one, band in bands.items() if band}
    days = sorted({day for band in dated.values() for day in band})
    states: list[Holding] = []
    for day in days:
        state = _on(day, dated, colours)
        if not states or state.classes != states[-1].classes or state.periods != states[-1].periods:
            states.append(state)
    return tuple(states)


def _on(day: date, bands: dict[Period, tuple[date, date]], colours: Colours) -> Holding:
    """What the claims leave on a day on which one of the bands begins or ends."""
    settled = [one for one, (_, last) in bands.items() if last <= day]
    pending = [one for one, (first, last) in bands.items() if first <= day < last]
    latest = max((bands[one] for one in settled), key=lambda band: (band[1], band[0]), default=None)
    last_known = _holders([one for one in settled if latest and bands[one][1] >= latest[0]])
    held = {colours.of(one) for one in last_known}
    new = {colours.of(one) for one in pending}
    if not pending:
        colour = held.pop() if len(held) == 1 else "disputed"
        return Holding(day, colour, colour != "disputed" and _one_holder(last_known), tuple(last_known))
    colour = new.pop() if len(new) == 1 else "disputed"
    unchanged = held == {colour} and _one_holder([*last_known, *pending])
    return Holding(day, colour, unchanged and colour != "disputed", tuple(pending))


def _holders(latest: list[Period]) -> list[Period]:
    """The events after which somebody holds the place: that others left it meanwhile does not contradict them."""
    takers = {actor for one in latest if not one.leaves for actor in one.actors}
    arrived = [one for one in latest if not one.leaves]
    left_again = any(one.leaves and takers.intersection(one.actors) for one in latest)
    return arrived if arrived and not left_again else latest


def _one_holder(found: Sequence[Period]) -> bool:
    """Whether they name the same actors: several share a colour that stands for no one actor."""
    return len({frozenset(one.actors) for one in found if not one.leaves}) <= 1


def _words(period: Period) -> str:
    called = " or ".join(period.words) or "change of control"
    return f"{called}, {' or '.join(map(date_words, period.dates))}; {period.holder}"
