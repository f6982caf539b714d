import pickle
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest
from by_hand import LACHIN, SHUSHA, article, seed, two_sides
from hypothesis import given
from hypothesis import strategies as st

from kg import gazetteer, rdf
from kg.model import Entity, EventClaim, FigureClaim, Span
from kg.pipeline.document import Processor, Recorded
from kg.reconcile import ClaimRecord, Number, group, order, reconcile, reconcile_group, records
from kg.reconcile.compatible import agreed_date, finest_number, moment, numbers_agree
from kg.reconcile.events import independent
from kg.text import edtf

PLACE = "place/AZ-SUS"


def claim(number: Any, date: Any = "", *, place: Any = PLACE, family: Any = "control", **more: Any) -> Any:
    """A record of the n-th document, which has one claim and one source."""
    common = {"document": f"d{number}-1", "publisher": f"source d{number}", "text": f"text {number}"}
    return ClaimRecord(place, family, f"d{number}-1_{family}_{number}", **(common | {"date": date} | more))


def dated(*dates: Any) -> Any:
    return [claim(number, value) for number, value in enumerate(dates)]


def grouped(claims: Any) -> Any:
    """The dates of each event, in the order of its claims."""
    date = {record.claim: record.date for record in claims}
    return {event.id: [date[id] for id in event.claims] for event in reconcile(claims).events}


def only(claims: Any) -> Any:
    (event,) = reconcile(claims).events
    return event


def of(*extractions: Any) -> Any:
    return [record for e in extractions for record in records(e, rdf.claim_ids(e))]


# Which claims speak of one event


def test_beginnings_within_31_days_are_one_event() -> None:
    assert len(grouped(dated("1992-05-08", "1992-06-08"))) == 1


def test_beginnings_32_days_apart_are_two_events() -> None:
    assert len(grouped(dated("1992-05-08", "1992-06-09"))) == 2


def test_nearness_is_pairwise_and_not_a_chain() -> None:
    events = grouped(dated("1992-05-01", "1992-05-25", "1992-06-20"))
    assert events == {
        "control_AZ-SUS_1992-05-01": ["1992-05-01", "1992-05-25"],
        "control_AZ-SUS_1992-06-20": ["1992-06-20"],
    }


def test_a_coarser_date_joins_the_one_day_that_it_contains() -> None:
    event = only(dated("1992", "1992-05", "1992-05-08"))
    assert (event.id, event.date, event.contested) == ("control_AZ-SUS_1992-05-08", "1992-05-08", ())


def test_a_year_never_bridges_two_days_that_differ() -> None:
    assert grouped(dated("1992-02-01", "1992", "1992-10-01")) == {
        "control_AZ-SUS_1992-02-01": ["1992-02-01"],
        "control_AZ-SUS_1992-10-01": ["1992-10-01"],
        "control_AZ-SUS_1992": ["1992"],
    }


def test_a_month_that_fits_two_events_stands_alone() -> None:
    split = [
        claim(1, "1992-05-02"),
        claim(1, "1992-05-30")._replace(claim="d1-1_control_2"),  # the same document: another event
        claim(2, "1992-05"),
    ]
    assert len(grouped(split)) == 3


def test_years_that_differ_are_two_events() -> None:
    assert len(grouped(dated("1992", "1993"))) == 2


def test_a_year_does_not_come_near_a_day_of_the_year_before() -> None:
    assert len(grouped(dated("1991-12-20", "1992"))) == 2


def test_an_interval_meets_the_date_on_which_it_begins() -> None:
    event = only(dated("1988/1992", "1988-02-20"))
    assert event.date == "1988-02-20/1992"


def test_an_interval_meets_a_date_within_it_and_their_beginnings_are_compared() -> None:
    event = only(dated("1988/1992", "1992"))
    assert (event.date, event.contested) == ("", ("date",))


def test_an_open_end_is_no_range_that_holds_all_later_events() -> None:
    assert len(grouped(dated("1994/..", "2019-04-01"))) == 2


def test_what_has_only_an_end_is_not_compared_with_what_begins() -> None:
    assert len(grouped(dated("../2022-05-20", "2022-05-20"))) == 2
    assert only(dated("../2022-05-20", "../2022-05")).date == "../2022-05-20"


@pytest.mark.parametrize("value", ["", "XXXX-05-09", "some day"])
def test_undated_claims_stand_alone(value: Any) -> None:
    assert list(grouped(dated(value, value))) == ["d0-1_control_0", "d1-1_control_1"]


def test_placeless_claims_stand_alone() -> None:
    events = reconcile([claim(1, "1994", place=""), claim(2, "1994", place="")]).events
    assert [event.id for event in events] == ["d1-1_control_1", "d2-1_control_2"]


def test_families_and_places_are_kept_apart() -> None:
    claims = [claim(1, "1992"), claim(2, "1992", family="conflict"), claim(3, "1992", place="place/AZ-LAC")]
    assert len(reconcile(claims).events) == 3


def test_a_place_that_only_one_document_knows_meets_no_namesake_elsewhere() -> None:
    for_both = []
    for slug in ("one", "two"):
        writer = article("Klow fell in 1992.", slug)
        writer.says(EventClaim(evidence=(Span(0, 18),), family="control", place=Entity("place", "Klow"), date="1992"))
        for_both += of(writer.extraction())
    ids = [event.id for event in reconcile(for_both).events]
    assert ids == ["control_one-1_klow_1992", "control_two-1_klow_1992"]


def test_two_days_that_one_voice_tells_apart_are_two_events_and_no_contradiction() -> None:
    first = claim(1, "1992-05-08")
    events = reconcile(
        [first, first._replace(claim="d1-1_control_2", date="1992-05-20"), claim(2, "1992-05-09")]
    ).events
    assert [(event.id, event.claims) for event in events] == [
        ("control_AZ-SUS_1992-05-08", ("d1-1_control_1", "d2-1_control_2")),
        ("control_AZ-SUS_1992-05-20", ("d1-1_control_2",)),
    ]


def test_a_year_and_a_day_in_it_that_one_voice_gives_are_one_event() -> None:
    first = claim(1, "1992")
    assert only([first, first._replace(claim="d1-1_control_2", date="1992-05-08")]).date == "1992-05-08"


def test_an_uncertain_month_meets_the_same_month_whatever_else_there_is() -> None:
    assert len(grouped(dated("1992-10-01", "1991-03", "1991-03~"))) == 2


def test_the_ends_of_the_calendar_are_dates_like_others() -> None:
    assert len(grouped(dated("0001-01", "0001", "9999-12", "9999"))) == 2


def test_two_days_of_two_voices_in_one_document_are_a_contradiction() -> None:
    first = claim(1, "1992-05-08")
    event = only([first, first._replace(claim="d1-1_control_2", date="1992-05-09", voice="agent/x")])
    assert (event.contested, event.sources) == (("date",), 1)


def test_an_event_is_cut_between_the_days_that_one_voice_tells_apart_and_not_at_a_wider_gap() -> None:
    first = claim(1, "1992-05-08")
    claims = [first, first._replace(claim="d1-1_control_2", date="1992-05-10"), claim(2, "1992-05-25")]
    assert list(grouped(claims).values()) == [["1992-05-08"], ["1992-05-10", "1992-05-25"]]


def test_an_event_is_cut_no_more_often_than_its_voices_ask() -> None:
    one, two = claim(1, "1992-05-01"), claim(2, "1992-05-04")
    later = [one._replace(claim="d1-1_control_2"), two._replace(claim="d2-1_control_9")]
    claims = [one, two, *(record._replace(date="1992-05-06") for record in later)]
    assert list(grouped(claims).values()) == [["1992-05-01", "1992-05-04"], ["1992-05-06", "1992-05-06"]]


@pytest.mark.parametrize("dates", [("1992-05", "1992-06"), ("1992-05-30", "1992-06"), ("1992-05-20", "1992-06")])
def test_a_month_comes_near_what_begins_within_31_days(dates: Any) -> None:
    assert only(dated(*dates)).contested == ("date",)


def test_months_are_near_pairwise_and_not_in_a_chain() -> None:
    assert sorted(map(len, grouped(dated("1992-05", "1992-06", "1992-07")).values())) == [1, 2]


def test_dates_that_begin_alike_meet_although_they_fit_several_days() -> None:
    days = ["1992-02-01", "1992-10-01"]
    assert grouped(dated(*days, "1992", "1992/1994"))["control_AZ-SUS_1992"] == ["1992", "1992/1994"]


def test_a_long_interval_holds_the_one_day_within_it() -> None:
    assert only(dated("1991-11-01/1994-05-12", "1992-05-08")).contested == ("date",)


@pytest.mark.parametrize("value", ["1992~", "1992?", "1992%"])
def test_an_uncertain_date_leaves_no_mark_in_an_iri(value: Any) -> None:
    assert only(dated(value)).id == "control_AZ-SUS_1992"


# What an event carries


def test_two_sides_contest_the_day_of_shusha_and_the_area_of_lachin() -> None:
    result = reconcile(of(*two_sides()))
    (event,) = result.events
    assert (event.id, event.date, event.contested) == ("control_AZ-SUS_1992-05-08", "", ("date",))
    assert event.sources == 3
    assert event.actors == ("agent/armenian-armed-forces",)
    (area,) = result.areas
    assert (area.place, area.sources) == (LACHIN.key, 2)


def test_the_seed_is_uncontested_by_itself() -> None:
    result = reconcile(of(*seed()))
    assert not result.areas
    assert [event.id for event in result.events if event.contested] == []
    shusha = next(event for event in result.events if event.place == SHUSHA.key)
    assert (shusha.date, shusha.numbers, shusha.sources) == ("1992-05-08", {"area": Number(Decimal(289))}, 1)


def test_whole_areas_are_compared_by_place_whatever_event_they_were_stated_with() -> None:
    claims = [
        claim(1, "1992-05-18", numbers=(("area", Number(Decimal(1840))),)),
        claim(2, "2020-12-01", numbers=(("area", Number(Decimal(1835))),)),
    ]
    result = reconcile(claims)
    assert [event.numbers for event in result.events] == [{}, {}]
    assert [area.claims for area in result.areas] == [("d1-1_control_1", "d2-1_control_2")]
    assert all(not event.contested for event in result.events)


def test_parts_are_compared_by_event_and_not_with_the_whole() -> None:
    writer = article("Aghdam: 882 of the 1,094 sq km. Also 840 sq km of it.", "doc")
    aghdam = Entity("place", "Aghdam", "place/AZ-AGM")
    part = EventClaim(
        evidence=(Span(0, 30),),
        family="control",
        place=aghdam,
        date="1993",
        area_km2=Decimal(882),
        of_area_km2=Decimal(1094),
    )
    writer.says(part)
    writer.says(replace(part, area_km2=Decimal(840), of_area_km2=None, area_qualifier="part-of"))
    writer.says(FigureClaim(evidence=(Span(0, 30),), kind="area", value=Decimal(1094), of=aghdam))
    result = reconcile(of(writer.extraction()))
    assert not result.areas
    (event,) = result.events
    assert (event.numbers, event.contested) == ({"area": Number(Decimal(1094))}, ("part",))


def test_figures_that_one_voice_tells_apart_are_of_different_things() -> None:
    def figures(slug: Any, *values: Any) -> Any:
        writer = article("Mariupol.", slug)
        for value in values:
            writer.says(FigureClaim(evidence=(Span(0, 8),), kind="area", value=Decimal(value), of=LACHIN))
        return of(writer.extraction())

    changed = figures("one", 7200, 7750)
    assert not reconcile(changed).areas
    assert not reconcile([*changed, *figures("two", 1840)]).areas
    (area,) = reconcile([*changed, *figures("two", 1840), *figures("three", 1835)]).areas
    assert area.claims == ("three-1_area_AZ-LAC_1", "two-1_area_AZ-LAC_1")
    row = claim(4, "1992", place=LACHIN.key, numbers=(("area", Number(Decimal(1850))),))
    assert reconcile([row, *figures("two", 1840)]).areas
    own = [row._replace(document="two-1"), *figures("two", 1840)]
    assert reconcile(own).areas
    assert reconcile([row._replace(document="one-1"), *changed, *figures("two", 1840)]).areas
    assert reconcile([row, row._replace(claim="d4-1_control_5", numbers=(("area", Number(Decimal(1840))),))]).areas


def test_a_part_that_is_stated_as_a_figure_is_no_area_of_the_place() -> None:
    writer = article("1,000 of Lachin; Lachin has 1,840.", "doc")
    for value, qualifier in ((1000, "part-of"), (1840, "exact")):
        writer.says(
            FigureClaim(evidence=(Span(0, 5),), kind="area", value=Decimal(value), of=LACHIN, qualifier=qualifier)
        )
    assert not reconcile(of(writer.extraction())).areas


def test_actors_that_differ_are_contested_only_for_control() -> None:
    for family, expected in (("control", ("actor",)), ("negotiation", ())):
        claims = [
            claim(1, "1992", family=family, actors=("agent/a",)),
            claim(2, "1992", family=family, actors=("agent/b",)),
        ]
        event = only(claims)
        assert (event.contested, event.actors) == (expected, ())


def test_who_leaves_is_not_compared_with_who_comes() -> None:
    event = only(
        [
            claim(1, "2000-05-24", word="withdrawal", actors=("agent/a",)),
            claim(2, "2000-05-24", word="capture", actors=("agent/b",)),
        ]
    )
    assert (event.contested, event.actors) == ((), ("agent/b",))


def test_an_actor_that_only_one_document_knows_contradicts_nobody() -> None:
    event = only([claim(1, "1992", actors=("agent/d1-1_the-366th",)), claim(2, "1992", actors=("agent/a",))])
    assert (event.contested, event.actors) == ((), ())


def test_shares_that_differ_are_contested() -> None:
    claims = [
        claim(1, "1992", numbers=(("share", Number(Decimal(20))),)),
        claim(2, "1992", numbers=(("share", Number(Decimal("13.4"))),)),
    ]
    assert only(claims).contested == ("share",)


@pytest.mark.parametrize(
    ("numbers", "agree", "finest"),
    [
        ([(1840, "exact"), (1840, "exact")], True, (1840, "exact")),
        ([(1840, "exact"), (1835, "exact")], False, None),
        ([(1800, "about"), (1840, "exact")], True, (1840, "exact")),
        ([(1800, "about"), (1500, "exact")], False, (1500, "exact")),
        ([(1800, "about"), (1900, "about")], True, None),
        ([(100, "less-than"), (80, "exact")], True, (80, "exact")),
        ([(100, "less-than"), (120, "exact")], False, (120, "exact")),
        ([(100, "more-than"), (120, "exact")], True, (120, "exact")),
        ([(100, "more-than"), (90, "less-than")], False, None),
        ([(100, "more-than"), (100, "more-than")], True, (100, "more-than")),
        ([(100, "less-than"), (95, "about")], True, (95, "about")),
        ([], True, None),
    ],
)
def test_qualified_numbers_agree_within_their_sense(numbers: Any, agree: Any, finest: Any) -> None:
    numbers = [Number(Decimal(value), qualifier) for value, qualifier in numbers]
    assert numbers_agree(numbers) is agree
    if agree:
        found = finest_number(numbers)
        assert (found and (found.value, found.qualifier)) == finest


def test_a_converted_number_was_rounded_in_its_own_unit() -> None:
    miles = Number(Decimal("1838.892"), converted=True)  # 710 square miles
    assert numbers_agree([miles, Number(Decimal(1840))])
    assert finest_number([miles, Number(Decimal(1840))]) == Number(Decimal(1840))
    assert not numbers_agree([miles, Number(Decimal(1900))])


def test_an_area_in_square_miles_does_not_contest_the_same_in_square_kilometres() -> None:
    for unit, contested in (("square miles", False), ("", True)):
        records = []
        for slug, area, converted in (("one", "1840", ""), ("two", "1838.892", unit)):
            writer = article("Lachin.", slug)
            writer.says(
                EventClaim(
                    evidence=(Span(0, 6),),
                    family="control",
                    place=LACHIN,
                    date="1992",
                    area_km2=Decimal(area),
                    area_converted_from=converted,
                )
            )
            records += of(writer.extraction())
        result = reconcile(records)
        assert bool(result.areas) is contested
        assert result.events[0].numbers.get("area") == (None if contested else Number(Decimal(1840)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1992", "1992-05"], "1992-05"),
        (["1992~", "1992"], "1992"),
        (["1988/..", "1988"], "1988/.."),
        (["1988/1994", "1988-02/.."], "1988-02/1994"),
        (["1988/1994", "1988/1994-05-12"], "1988/1994-05-12"),
        (["1988/1994", "1988/1992"], None),
        (["1994-05", "1994/1994-03"], None),
        (["../1994", "../1994-05"], "../1994-05"),
        (["1992-05-08", "1992-05-09"], None),
    ],
)
def test_begin_is_compared_with_begin_and_end_with_end(values: Any, expected: Any) -> None:
    assert agreed_date([found for value in values if (found := moment(value))]) == expected


# Independence


def test_the_same_publisher_or_the_same_text_counts_once() -> None:
    one, two, three = claim(1), claim(2), claim(3)
    assert independent([one, two, three]) == 3
    assert independent([one, two._replace(publisher=one.publisher), three]) == 2
    assert independent([one, two._replace(text=one.text), three._replace(publisher=two.publisher)]) == 1


def test_two_documents_of_one_file_are_one_source_unless_their_publishers_differ() -> None:
    listed, news = of(*seed())[0], of(*seed())[-1]
    assert listed.document != news.document
    assert independent([listed, news]) == 1
    first, second = two_sides()[:2]
    page = first.document.source
    same_file = [
        replace(e, document=replace(e.document, source=replace(e.document.source, slug=page.slug)))
        for e in (first, second)
    ]
    assert independent(of(*same_file)) == 2


def test_a_publisher_is_the_same_in_any_spelling_of_its_name() -> None:
    publishers = []
    for slug, publisher in (("a", "Agence Étoile"), ("b", "AGENCE ETOILE")):
        writer = article(f"Shusha, says {slug}.", slug, publisher=publisher)
        writer.says(EventClaim(evidence=(Span(0, 6),), family="control", place=SHUSHA, date="1992-05-08"))
        publishers += of(writer.extraction())
    assert only(publishers).sources == 1


def test_white_space_does_not_make_a_text_independent() -> None:
    words = "Shusha was taken on 8 May 1992."
    texts = []
    for slug, content in (("a", words), ("b", f"\n{words.replace(' ', '  ')}\n")):
        writer = article(content, slug)
        writer.says(EventClaim(evidence=(Span(0, 5),), family="control", place=SHUSHA, date="1992-05-08"))
        texts += of(writer.extraction())
    assert only(texts).sources == 1


# Properties

DAYS = st.dates(date(1992, 1, 1), date(1992, 6, 30)).map(date.isoformat)
DATES = st.one_of(
    DAYS,
    DAYS.map(lambda value: value[:7]),
    st.sampled_from(["1991", "1992", "1992~", "1993", "XXXX-05-09", "", "1992-05-09/.."]),
    st.builds(lambda day, days: f"{day}/{date.fromisoformat(day) + timedelta(days)}", DAYS, st.integers(1, 400)),
    st.sampled_from(["1988/1992", "1992/1994", "1992/1995", "../1992", "../1992-05-20", "1992/.."]),
)
NUMBERS = st.builds(
    lambda value, qualifier: (Number(Decimal(value), qualifier),),
    st.sampled_from([882, 1094, 1835, 1840]),
    st.sampled_from(["exact", "about", "less-than", "more-than"]),
)


@st.composite
def claims(draw: Any) -> Any:
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(1, 4),
                DATES,
                st.sampled_from([PLACE, PLACE, PLACE, "place/AZ-LAC", ""]),
                st.sampled_from(["", "agent/v"]),
                st.one_of(st.just(()), NUMBERS),
                st.sampled_from([(), ("agent/a",), ("agent/b",)]),
            ),
            max_size=12,
        )
    )
    return [
        ClaimRecord(
            place,
            "control",
            f"d{n}-1_control_{i}",
            f"d{n}-1",
            f"p{n % 3}",
            f"t{n % 2}",
            voice,
            date=when,
            numbers=tuple(("area", number) for number in whole),
            actors=actors,
        )
        for i, (n, when, place, voice, whole, actors) in enumerate(drawn)
    ]


@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(claims: Any, random: Any) -> None:
    shuffled = claims.copy()
    random.shuffle(shuffled)
    assert reconcile(shuffled) == reconcile(claims)


@given(claims())
def test_every_claim_is_about_one_event_and_every_event_has_an_id_of_its_own(claims: Any) -> None:
    events = reconcile(claims).events
    assert sorted(id for event in events for id in event.claims) == sorted(record.claim for record in claims)
    assert len({event.id for event in events}) == len(events)


@given(claims())
def test_a_value_of_an_event_contradicts_none_of_its_claims(claims: Any) -> None:
    by_id = {record.claim: record for record in claims}
    for event in reconcile(claims).events:
        members = [by_id[id] for id in event.claims]
        if area := event.numbers.get("area"):
            assert numbers_agree([area, *(number for m in members for number in m.stated("area"))])
        if event.date and moment(event.date):
            assert edtf.is_valid(event.date)
            assert agreed_date([moment(value) for m in members if (value := m.date)] + [moment(event.date)]) is not None
        assert event.date in {m.date for m in members} | {""} or "/" in event.date
        assert set(event.actors) <= {actor for m in members for actor in m.actors}


@given(claims())
def test_no_event_holds_two_days_that_one_voice_tells_apart(claims: Any) -> None:
    by_id = {record.claim: record for record in claims}
    for event in reconcile(claims).events:
        days = {}
        for record in map(by_id.__getitem__, event.claims):
            when = moment(record.date)
            if when and when.begin and when.begin[0] == when.begin[1]:
                days.setdefault((record.document, record.voice), set()).add(when.begin)
        assert all(len(found) == 1 for found in days.values())


@given(claims())
def test_days_of_one_event_lie_within_31_days(claims: Any) -> None:
    by_id = {record.claim: record for record in claims}
    for event in reconcile(claims).events:
        days = [
            when.begin[0]
            for id in event.claims
            if (when := moment(by_id[id].date)) and when.begin and when.begin[0] == when.begin[1] and when.length <= 31
        ]
        assert not days or max(days) - min(days) <= timedelta(31)


@given(claims())
def test_group_by_group_gives_what_all_at_once_gives(claims: Any) -> None:
    groups = {}
    for record in claims:
        groups.setdefault(group(record), []).append(record)
    found = [event for members in groups.values() for event in reconcile_group(members).events]
    assert sorted(found, key=lambda event: event.id) == list(reconcile(claims).events)


def test_records_are_small_and_survive_another_process() -> None:
    rows = of(*seed())
    assert pickle.loads(pickle.dumps(rows)) == rows
    groups = [key for key, _ in groupby(sorted(rows, key=order), key=group)]
    assert len(set(groups)) == len(groups) == len(rows)
    assert len(pickle.dumps(rows)) / len(rows) < 400


def test_work_grows_with_the_claims_of_a_place_and_not_with_their_square() -> None:
    def calls(days: Any) -> Any:
        """How many functions are entered to reconcile a claim on each of so many days, and as many coarser ones."""
        start, counted = date(1900, 1, 1), [0]
        values = [(start + timedelta(5 * n)).isoformat() for n in range(days)]
        claims = dated(*values, *(value[:7] for value in values), *(value[:4] for value in values))
        before = sys.getprofile()
        sys.setprofile(lambda frame, event, argument: counted.__setitem__(0, counted[0] + (event == "call")))
        try:
            reconcile(claims)
        finally:
            sys.setprofile(before)
        return counted[0]

    assert calls(1600) < 2.5 * calls(800)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.lists(
    st.builds(
        Number, st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(["exact", "about"]), st.booleans()
    ),
    max_size=2,
).map(tuple)


@given(WORDS, WORDS, WORDS, NUMBERS, NUMBERS, st.lists(WORDS, max_size=2).map(tuple))
def test_a_record_is_the_same_after_it_was_a_line(
    publisher: Any, name: Any, shaped: Any, whole: Any, share: Any, actors: Any
) -> None:
    record = claim(
        1,
        "1992-05",
        numbers=tuple([("area", n) for n in whole] + [("share", n) for n in share]),
        actors=actors,
        name=name,
        publisher=publisher,
    )
    line = Recorded(record, shaped).line()
    assert line.count(b"\n") == 1
    assert Recorded.of(line) == Recorded.of(line[:-1]) == Recorded(record, shaped)


# What was done, and by whom


RUSSIA, UKRAINE = "agent/state-RU", "agent/state-UA"


def change(number: Any, word: Any, date: Any, *powers: Any, **more: Any) -> Any:
    return claim(number, date, word=word, actors=powers, powers=powers, **more)


IN_ONE_YEAR = [("2022", "2022"), ("2022", "2022-09"), ("2022-09-01", "2022-09"), ("2022-09-01", "2022-09-20")]


@pytest.mark.parametrize("dates", IN_ONE_YEAR)
@pytest.mark.parametrize("word", ["recapture", "liberation"])
def test_who_takes_a_place_and_who_regains_it_are_two_events(dates: Any, word: Any) -> None:
    events = reconcile([change(1, "capture", dates[0], RUSSIA), change(2, word, dates[1], UKRAINE)]).events
    assert [(len(event.claims), event.contested) for event in events] == [(1, ()), (1, ())]


def test_one_change_that_two_sides_call_by_other_words_is_one_event() -> None:
    event = only([change(1, "occupation", "1992-05-08", RUSSIA), change(2, "liberation", "1992-05-09", RUSSIA)])
    assert event.contested == ("date",)


def test_one_voice_that_tells_of_a_capture_and_a_recapture_in_one_year_tells_of_two_events() -> None:
    told = [change(1, "capture", "2022"), change(1, "recapture", "2022-09")._replace(claim="d1-1_control_2")]
    assert len(reconcile(told).events) == 2
    again = [change(1, "capture", "2022"), change(1, "capture", "2022-09")._replace(claim="d1-1_control_2")]
    assert len(reconcile(again).events) == 1


def test_who_takes_a_place_and_leaves_it_in_one_year_does_two_things() -> None:
    taken, left = change(1, "capture", "2022", RUSSIA), change(2, "withdrawal", "2022-11", RUSSIA)
    assert len(reconcile([taken, left]).events) == 2
    event = only([change(1, "recapture", "2022-11", UKRAINE), change(2, "withdrawal", "2022-11-10", RUSSIA)])
    assert (event.date, event.actors, event.contested) == ("2022-11-10", (UKRAINE,), ())


def test_to_annex_a_place_is_not_to_take_it() -> None:
    taken, annexed = change(1, "capture", "2014-03", RUSSIA), change(2, "annexation", "2014-03-18", RUSSIA)
    assert len(reconcile([taken, annexed]).events) == 2


def test_a_state_and_its_own_army_do_not_contradict_each_other() -> None:
    army = change(2, "capture", "2023-01-12", RUSSIA)._replace(actors=("agent/russian-armed-forces",))
    event = only([change(1, "capture", "2023-01-12", RUSSIA), army])
    assert (event.actors, event.contested) == (("agent/russian-armed-forces",), ())
    assert only([army, change(1, "capture", "2023-01-12", UKRAINE)]).contested == ("actor",)


def test_one_of_two_who_act_is_less_than_both_and_no_contradiction() -> None:
    both = change(2, "capture", "2013-01-28", "agent/state-FR", "agent/state-ML")
    event = only([change(1, "capture", "2013-01-28", "agent/state-FR"), both])
    assert (event.actors, event.contested) == (both.actors, ())
    assert only([change(1, "capture", "2013-01-28", "agent/state-TD"), both]).contested == ("actor",)


def test_a_states_own_army_acts_for_it_and_an_armed_group_does_not() -> None:
    power = Processor(gazetteer.load(), rdf.IRIs(), None)._power
    known = gazetteer.load().entry
    assert power(known("agent/russian-armed-forces").entity()) == RUSSIA
    assert power(known("agent/m23").entity()) == "agent/m23"
    assert power(Entity("organization", "the militia")) == ""
