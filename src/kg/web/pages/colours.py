"""One colour for each actor, the same in every drawing of every page."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.web.pages.periods import Period

NAMED: Final = 8  # actors that have a colour of their own; the others share one, which is named as theirs
_WORDS: Final = {
    "others": "other actors",
    "several": "several actors together",
    "disputed": "sources differ on who",
    "unstated": "actor not stated",
    "left": "left; nobody is said to hold it",
    "before": "no claim up to this day",
    "unsure": "hatched: sources differ, or the day is not known",
}


class Colours:
    """The assignment for a dataset: made once, of all its changes of control, the most frequent actors first.

    A colour is the name of a CSS class. It stands for one actor, or for what `_WORDS` says.
    """

    def __init__(self, found: Sequence[Period]) -> None:
        counts: dict[str, int] = {}
        names: dict[str, str] = {}
        for period in found:
            if period.family == "control" and not period.leaves:
                for actor in period.actors:
                    counts[actor.iri] = counts.get(actor.iri, 0) + 1
                    names[actor.iri] = actor.name
        ranked = sorted(counts, key=lambda iri: (-counts[iri], iri))[:NAMED]
        self._of_actor = {iri: f"actor-{number}" for number, iri in enumerate(ranked)}
        self._words = {**{self._of_actor[iri]: names[iri] for iri in ranked}, **_WORDS}

    def of(self, period: Period) -> str:
        """The colour of who holds the place after an event."""
        if period.leaves:
            return "left"
        if "actor" in period.contested:
            return "disputed"
        if len(period.actors) != 1:
            return "several" if period.actors else "unstated"
        return self._of_actor.get(period.actors[0].iri, "others")

    def legend(self, used: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The colours in use with what each stands for; ``used`` are classes, of which one may be ``unsure``."""
        wanted = {one for classes in used for one in classes.split()}
        return tuple((colour, words) for colour, words in self._words.items() if colour in wanted)
