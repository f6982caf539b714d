"""Drawings say what the documents say: one colour for one actor, no side taken, no day invented."""

from dataclasses import replace
from datetime import date

import pytest

from kg.dataset import Dataset
from kg.text.edtf import bounds
from kg.web.pages.colours import NAMED, Colours
from kg.web.pages.draw.basemap import Box, lines_in
from kg.web.pages.draw.labels import Spot, labels
from kg.web.pages.draw.timeline import timeline
from kg.web.pages.holding import holdings
from kg.web.pages.periods import Period
from kg.web.pages.render import Renderer
from kg.web.pages.site import Site
from kg.web.pages.view import Thing
from kg.web.snapshot import Snapshot

TOWN = Thing("https://data.example.org/place/town", "Town", "place/town", "place")


def actor(name: str) -> Thing:
    return Thing(f"https://data.example.org/agent/{name}", name.title(), f"agent/{name}", "organization")


def change(
    name: str, *dates: str, by: tuple[str, ...] = ("reds",), contested: str = "", leaves: bool = False
) -> Period:
    """A change of control of the town."""
    event = Thing(f"https://data.example.org/event/{name}", f"Control change: Town, {name}", f"event/{name}")
    known = [bounds(value) for value in dates]
    return Period(
        event=event,
        family="control",
        words=("left",) if leaves else ("taken",),
        place=TOWN,
        actors=tuple(map(actor, by)),
        first=min((one for one, _ in known if one), default=None),
        last=max((one for _, one in known if one), default=None),
        open_end=any(value.endswith("/..") for value in dates),
        dates=dates,
        contested=frozenset(contested.split()),
        sources=1,
        whole=True,
        leaves=leaves,
    )


def held(*found: Period) -> dict[str, str]:
    """The classes of the town by the day from which they hold."""
    return {str(one.since): one.classes for one in holdings(found, Colours(found))}


def test_each_colour_is_named_after_who_has_it_and_the_others_as_others() -> None:
    names = [f"army {number}" for number in range(NAMED + 3)]
    found = [change(name, "1992-05-08", by=(name,)) for name in names for _ in range(2)]
    colours = Colours(found)
    legend = dict(colours.legend(map(colours.of, found)))
    for period in found:
        shown = legend[colours.of(period)]
        assert shown in (period.actors[0].name, "other actors")
    assert len(legend) == NAMED + 1


def test_a_part_of_the_events_is_drawn_in_the_colours_of_all() -> None:
    everything = [change("a", "1992-05-08"), change("b", "1993", by=("blues",)), change("c", "1994", by=("blues",))]
    colours = Colours(everything)
    whole, part = timeline(everything, colours), timeline(everything[:1], colours)
    assert whole
    assert part
    assert set(part.legend) <= set(whole.legend)
    assert dict(part.legend)[colours.of(everything[0])] == "Reds"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1992-05", "1992-05-01", "1992-05-31"),
        ("1988/1992", "1988-01-01", "1992-12-31"),
        ("1994/..", "1994-01-01", "1994-12-31"),
    ],
)
def test_a_coarse_date_is_a_band_and_only_after_it_somebody_holds_the_place(value: str, first: str, last: str) -> None:
    assert held(change("a", value)) == {first: "actor-0 unsure", last: "actor-0"}


def test_a_day_is_a_day_and_makes_a_coarser_claim_of_the_same_event_finer() -> None:
    assert held(change("a", "1992-05-08")) == {"1992-05-08": "actor-0"}
    assert held(change("a", "1992-05-08", "1992")) == {"1992-05-08": "actor-0"}


def test_dates_that_exclude_each_other_leave_the_days_between_them_open() -> None:
    found = held(change("a", "1992-05-08", "1992-05-09", contested="date"))
    assert found == {"1992-05-08": "actor-0 unsure", "1992-05-09": "actor-0"}
    assert found == held(change("a", "1992-05-08", "1992-05-09", "1992-05", contested="date"))


def test_where_sources_differ_on_who_nobody_is_picked() -> None:
    assert held(change("a", "1992-05-08", by=("reds", "blues"), contested="actor")) == {"1992-05-08": "disputed unsure"}
    one, other = change("a", "1992-05-08"), change("b", "1992-05", by=("blues",))
    assert held(one, other)["1992-05-31"] == "disputed unsure"
    later = change("b", "1992-06", by=("blues",))
    assert held(one, later)["1992-06-30"] in ("actor-0", "actor-1")


def test_what_the_same_actor_takes_twice_stays_its_own_between() -> None:
    found = held(change("a", "1992-05-08"), change("b", "1993"))
    assert not [classes for classes in found.values() if "unsure" in classes]


def test_two_of_the_other_actors_share_a_colour_and_are_not_taken_for_one() -> None:
    many = [change(f"x{number}", "1980", by=(f"army {number}",)) for number in range(NAMED) for _ in range(2)]
    one, other = change("a", "1992-05-08", by=("zeta",)), change("b", "1992-05-08", by=("zulu",))
    colours = Colours([*many, one, other])
    assert colours.of(one) == colours.of(other) == "others"
    assert [state.sure for state in holdings([one, other], colours)] == [False]


def test_a_withdrawal_is_drawn_and_is_no_dispute_with_who_came() -> None:
    gone = change("a", "2020-11-20", leaves=True)
    assert held(gone) == {"2020-11-20": "left"}
    assert held(gone, change("b", "2020-11-20", by=("blues",))) == {"2020-11-20": "actor-0"}
    same = held(gone, change("b", "2020-11-20", by=("reds",)))
    assert same == {"2020-11-20": "disputed unsure"}
    drawn = timeline([change("c", "1993"), gone], Colours([gone]))
    assert drawn
    assert "left" in dict(drawn.legend)
    assert [bar.colour for bar in drawn.rows[0].bars][-1] == "left"


def test_an_event_that_may_have_begun_at_any_time_before_a_day_is_open_until_it() -> None:
    assert held(change("a", "../1994")) == {str(date.min): "actor-0 unsure", "1994-12-31": "actor-0"}


def test_labels_lie_in_the_drawing_and_not_on_each_other() -> None:
    crowd = [Spot(f"Village {number}", 10.0 + 3 * (number % 9), 12.0 + 2 * number, 5.0) for number in range(80)]
    far = Spot("A town by itself", 700.0, 300.0, 5.0)
    placed = labels([*crowd, far], 720, 400)
    assert "A town by itself" in {one.name for one in placed}
    assert 1 < len(placed) < 81
    for one in placed:
        half = len(one.name) * 14 * 0.56 / 2
        assert half <= one.x <= 720 - half
        assert 10 <= one.y <= 400
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            wide = (len(one.name) + len(other.name)) * 14 * 0.56 / 2
            assert abs(one.x - other.x) >= wide or abs(one.y - other.y) >= 14


def test_the_lines_of_a_box_lie_in_it_but_for_their_ends_and_are_continuous() -> None:
    box = Box(39, 40, 52, 45)  # between the Black Sea and the Caspian
    found = list(lines_in(box))
    assert {line.kind for line in found} == {"coast", "lake", "border"}
    for line in found:
        assert len(line.points) > 1
        assert all(map(box.holds, line.points[1:-1]))
        assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) < 6 for a, b in zip(line.points, line.points[1:], strict=False))
    assert sum(len(line.points) for line in found) < sum(len(line.points) for line in lines_in(box.wider(1, 0)))


def test_a_box_on_the_sea_has_no_line() -> None:
    assert list(lines_in(Box(-30, 30, -29, 31))) == []


def test_rows_of_a_region_stand_below_its_name_and_one_region_alone_needs_none() -> None:
    one, other, far = (
        replace(change(name, day), place=replace(TOWN, iri=f"{TOWN.iri}-{name}", name=name), region=region)
        for name, day, region in (
            ("a", "1992-05-08", "North"),
            ("b", "1992-05-10", "North"),
            ("c", "1992-05-09", "South"),
        )
    )
    drawn = timeline([one, other, far], Colours([one, other, far]))
    assert drawn
    assert [row.label for row in drawn.rows] == ["North", "a", "b", "South", "c"]
    alone = timeline([one, other], Colours([one, other]))
    assert alone
    assert [row.label for row in alone.rows] == ["a", "b"]


def test_what_is_not_drawn_is_counted_where_the_drawing_is(
    built_sides: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.web.pages.overviews.drawn.MOST_EVENTS", 1)  # no dataset of a test has as many
    site = Site(Snapshot(built_sides))
    every = len(list(built_sides.query("SELECT ?e { ?e kg:sources ?n }")))
    assert site.drawn.left_out == every - 1 > 1
    renderer = Renderer(site.published, site.homes)
    for path in ("timeline", "map"):
        page = site.page(path)
        assert page
        assert f"{every - 1} events more" in renderer.html(page)
    monkeypatch.undo()
    page = Site(Snapshot(built_sides)).page("timeline")
    assert page
    assert "Every event" in renderer.html(page)
