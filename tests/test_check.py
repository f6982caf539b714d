from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from by_hand import AZ, PLACES, SHUSHA, Place, Places, article, seed, two_sides
from effort import FACTOR, grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from kg import domain, rdf, reconcile
from kg.check import RULES, Finding, check, contested, same_name
from kg.model import Entity, EventClaim, Extraction, FigureClaim, Span, Statement

LIST, NEWS = seed()
TAKEN = Entity("place", "Klow", "place/klow", "city")


def found(rule: Any, *extractions: Any, places: Any = PLACES) -> Any:
    return [finding for finding in check(extractions, places) if finding.check == rule]


def changed(extraction: Any, kind: Any, **changes: Any) -> Any:
    """The extraction with every claim of a kind that has the fields of `changes` set anew."""
    claims = [
        replace(claim, **changes)
        if isinstance(claim, kind) and all(getattr(claim, name) not in (None, "") for name in changes)
        else claim
        for claim in extraction.claims
    ]
    return replace(extraction, claims=tuple(claims))


def events(*claims: Any, published: Any = None) -> Any:
    writer = article("Klow.", "doc")
    for claim in claims:
        writer.says(EventClaim(**({"evidence": (Span(0, 5),), "family": "control", "place": TAKEN} | claim)))
    extraction = writer.extraction()
    return replace(extraction, document=replace(extraction.document, published=published))


# The seed


def test_the_seed_has_three_findings() -> None:
    findings = check((LIST, NEWS), PLACES)
    assert [(finding.check, finding.severity) for finding in findings] == [
        ("count", "info"),
        ("sum", "warning"),
        ("years", "warning"),
    ]


def test_the_list_names_the_seven_districts_that_the_article_counts() -> None:
    (finding,) = found("count", LIST, NEWS)
    assert "names 7 districts" in finding.message
    assert "without Shusha District, which lies within Nagorno-Karabakh" in finding.message
    assert finding.message.endswith("counts 7.")
    assert len(finding.claims) == 8


def test_the_areas_add_up_without_the_place_that_lies_within_another() -> None:
    (finding,) = found("sum", LIST, NEWS)
    for words in ("14,393 km2", "16.6 percent of the 86,600 km2 of Azerbaijan", "states 20 percent", "gazetteer"):
        assert words in finding.message
    assert not [claim for claim in finding.claims if "AZ-SUS" in claim]


def test_the_year_of_the_whole_is_laid_beside_the_years_of_the_list() -> None:
    (finding,) = found("years", LIST, NEWS)
    assert "dates the occupation of Azerbaijan to 1992" in finding.message
    assert "from 1988 to 1993" in finding.message


def test_findings_do_not_depend_on_the_order_of_the_documents() -> None:
    assert check((LIST, NEWS), PLACES) == check((NEWS, LIST), PLACES)


def test_a_finding_concerns_claims_that_are_there() -> None:
    ids = {id for extraction in (LIST, NEWS) for id in rdf.claim_ids(extraction)}
    for finding in check((LIST, NEWS), PLACES):
        assert set(finding.claims) <= ids
        assert len(set(finding.claims)) == len(finding.claims) > 0


# What changes in the text changes in the findings


def test_a_row_less_makes_the_count_differ() -> None:
    (finding,) = found("count", replace(LIST, claims=LIST.claims[:-1]), NEWS)
    assert finding.severity == "warning"
    assert "names 6 districts" in finding.message


@pytest.mark.parametrize(
    ("value", "qualifier", "severity"),
    [
        (7, "exact", "info"),
        (8, "exact", "warning"),
        (6, "more-than", "info"),
        (7, "about", "info"),
        (9, "less-than", "info"),
    ],
)
def test_a_count_is_compared_in_its_sense(value: Any, qualifier: Any, severity: Any) -> None:
    (finding,) = found("count", LIST, changed(NEWS, FigureClaim, value=Decimal(value), qualifier=qualifier))
    assert finding.severity == severity


def test_a_count_that_is_not_of_control_is_not_compared() -> None:
    claims = [claim for claim in NEWS.claims if not (isinstance(claim, EventClaim) and claim.family == "control")]
    assert not found("count", LIST, replace(NEWS, claims=tuple(claims)))


def test_without_the_gazetteers_containment_nothing_is_left_out_or_added_up() -> None:
    assert not found("sum", LIST, NEWS, places=Places({}))
    flat = Places({key: replace(place, within=("place/AZ",)) for key, place in PLACES.entries.items()})
    (finding,) = found("sum", LIST, NEWS, places=flat)
    assert "14,682 km2, which" in finding.message


@pytest.mark.parametrize(
    ("share", "qualifier", "severity"),
    [
        ("16.6", "exact", "info"),
        ("17", "exact", "info"),
        ("16", "exact", "warning"),
        ("18", "about", "info"),
        ("10", "more-than", "info"),
    ],
)
def test_a_share_agrees_with_the_sum_within_its_digits_and_its_sense(share: Any, qualifier: Any, severity: Any) -> None:
    news = changed(NEWS, EventClaim, share_percent=Decimal(share), share_qualifier=qualifier)
    (finding,) = found("sum", LIST, news)
    assert finding.severity == severity


def test_the_area_that_a_document_states_is_preferred_to_the_gazetteers() -> None:
    stated = FigureClaim(evidence=(NEWS.document.span,), kind="area", value=Decimal(100_000), of=AZ)
    (finding,) = found("sum", LIST, replace(NEWS, claims=(*NEWS.claims, stated)))
    assert "14.4 percent of the 100,000 km2 of Azerbaijan (as the article" in finding.message


def test_a_year_that_holds_all_of_the_list_is_no_finding() -> None:
    assert not found("years", LIST, changed(NEWS, EventClaim, date="1988/1993"))
    assert found("years", LIST, changed(NEWS, EventClaim, date="1988/1992"))
    assert found("years", LIST, changed(NEWS, EventClaim, date="1989/1993"))


def test_one_document_alone_is_not_compared_with_itself() -> None:
    own = replace(NEWS, document=LIST.document).claims
    assert check((LIST,), PLACES) == check((NEWS,), PLACES) == check((), PLACES) == ()
    assert check((replace(LIST, claims=(*LIST.claims, *own)),), PLACES) == ()


# Order, publication, wholes


def test_a_place_that_is_left_before_it_is_taken_is_a_finding() -> None:
    taken, left = {"word": "capture", "date": "1992-05-08"}, {"word": "liberation", "date": "1991"}
    (finding,) = found("order", events(taken, left))
    assert "dates the liberation of Klow to 1991, before its capture, 1992-05-08" in finding.message
    assert not found("order", events(taken, left | {"date": "1993"}))
    assert not found("order", events(taken, left | {"date": "1992"}))  # the year may hold both
    assert not found("order", events(taken, left | {"date": None}))
    assert not found("order", events(taken | {"place": AZ}, left))
    assert not found("order", events(taken | {"according_to": TAKEN}, left))


def test_a_place_may_be_left_in_one_sentence_and_taken_later_in_another() -> None:
    taken, left = {"word": "occupation", "date": "2020-11-09"}, {"word": "liberation", "date": "1992-05-09"}
    assert not found("order", events(taken, left | {"evidence": (Span(5, 9),)}))
    assert not found("order", events(left, taken))


@pytest.mark.parametrize(
    ("date", "findings"), [("2020-11-10", 1), ("2020-11-09", 0), ("2020-11", 0), ("", 0), ("XXXX-12-01", 0)]
)
def test_an_event_after_the_publication_of_its_document_is_a_finding(date: Any, findings: Any) -> None:
    assert len(found("publication", events({"date": date or None}, published="2020-11-09"))) == findings
    assert not found("publication", events({"date": date or None}))


def test_words_dated_after_the_publication_are_a_finding() -> None:
    extraction = events(published="2020")
    said = Statement(evidence=(Span(0, 5),), kind="direct", text=Span(0, 4), speaker=None, said_at="2021-01-01")
    (finding,) = found("publication", replace(extraction, claims=(said,)))
    assert finding.message.endswith("published on 2020, dates words to 2021-01-01.")


@pytest.mark.parametrize(
    ("claim", "findings"),
    [
        ({"area_km2": Decimal(1200), "of_area_km2": Decimal(1094)}, 1),
        ({"area_km2": Decimal(882), "of_area_km2": Decimal(1094)}, 0),
        ({"share_percent": Decimal(120)}, 1),
        ({"share_percent": Decimal(100)}, 0),
    ],
)
def test_a_part_larger_than_its_whole_is_a_finding(claim: Any, findings: Any) -> None:
    assert len(found("whole", events(claim))) == findings


# Contested values


def by_claim(records: Any) -> Any:
    return {record.claim: record for record in records}


def test_contested_values_are_findings_that_say_how_many_say_what() -> None:
    records = [record for e in two_sides() for record in reconcile.records(e, rdf.claim_ids(e))]
    findings = contested(reconcile.reconcile(records), by_claim(records), PLACES)
    assert [finding.id for finding in findings] == ["control_AZ-SUS_1992-05-08_date", "AZ-LAC_area"]
    assert findings[0].message == (
        "Claims differ on the date of the change of control in Shusha District: "
        "1992-05 (1 document); 1992-05-08 (1 document); 1992-05-09 (1 document)."
    )
    assert findings[1].claims == ("one-1_area_AZ-LAC_1", "two-1_area_AZ-LAC_1")


def test_a_place_that_only_one_document_knows_is_called_as_it_calls_it() -> None:
    extraction = events({"place": Entity("place", "Neu-Klow"), "date": "1992-05-08", "share_percent": Decimal(20)})
    (one,) = reconcile.records(extraction, rdf.claim_ids(extraction))
    records = [one, one._replace(claim="other", numbers=(("share", reconcile.Number(Decimal(30))),))]
    (finding,) = contested(reconcile.reconcile(records), by_claim(records), PLACES)
    assert finding.message.startswith("Claims differ on the share of the change of control in Neu-Klow: 20 percent")


def test_every_property_that_can_be_contested_has_words() -> None:
    number = reconcile.Number
    both = [
        reconcile.ClaimRecord(
            "place/x", "control", f"{n}", f"{n}-1", f"p{n}", f"t{n}", date=f"1992-05-0{n}", actors=(f"agent/{n}",),
            numbers=tuple((one.name, number(Decimal(n))) for one in domain.NUMBERS),
        )
        for n in (1, 2)
    ]  # fmt: skip
    findings = contested(reconcile.reconcile(both), by_claim(both), Places({"agent/1": Place("The First", "")}))
    assert [finding.message.partition(" of ")[0] for finding in findings] == [
        f"Claims differ on the {what}"
        for what in [*(one.label for one in domain.COMPARED if one.scope != "place"), "area"]
    ]
    assert "2 (1 document); The First (1 document)" in findings[1].message


def village(slug: str, date: str, name: str = "Khtsaberd") -> Extraction:
    writer = article(f"{name} was captured on {date}.", slug, f"Outlet {slug}")
    writer.says(
        EventClaim(
            evidence=(writer.span(name),), family="control", word="capture", called_as="captured",
            place=Entity("place", name), date=date,
        )
    )  # fmt: skip
    return writer.extraction()


def by_name(*extractions: Extraction) -> list[Finding]:
    records = [r for e in extractions for r in reconcile.records(e, rdf.claim_ids(e))]
    named = [other for record in records if (other := reconcile.namesake(record))]
    return list(same_name(reconcile.reconcile(named), by_claim(named), PLACES))


def test_days_that_documents_give_for_a_name_that_nobody_knows_stand_side_by_side() -> None:
    (finding,) = by_name(village("one", "2020-12-11"), village("two", "2020-12-13"))
    assert (finding.check, finding.severity, len(finding.claims)) == ("name", "info", 2)
    assert "in Khtsaberd: 2020-12-11 (1 document); 2020-12-13 (1 document)." in finding.message
    assert finding.message.endswith("they may speak of several places.")


def test_documents_that_agree_on_a_name_or_speak_of_other_times_or_names_give_no_finding() -> None:
    assert not by_name(village("one", "2020-12-11"), village("two", "2020-12-11"))
    assert not by_name(village("one", "2020-12-11"), village("two", "2020-12"))
    assert not by_name(village("one", "2020-12-11"), village("two", "1993-12-13"))
    assert not by_name(village("one", "2020-12-11"), village("two", "2020-12-13", "Talish"))


def test_a_name_that_a_gazetteer_knows_is_a_place_and_no_name() -> None:
    extraction = events({"place": SHUSHA, "date": "1992-05-08"})
    (record,) = reconcile.records(extraction, rdf.claim_ids(extraction))
    assert reconcile.namesake(record) is None


# Laws


@given(st.lists(st.sampled_from(range(9)), unique=True), st.integers(0, 10))
def test_a_sum_is_that_of_the_rows_that_are_left(rows: Any, share: Any) -> None:
    listed = replace(LIST, claims=tuple(LIST.claims[row] for row in sorted(rows)))
    outer = [row for row in rows if not (row == 1 and 0 in rows)]
    findings = found("sum", listed, changed(NEWS, EventClaim, share_percent=Decimal(share)))
    assert bool(findings) == (len(rows) >= 3 and len(outer) >= 2)
    for finding in findings:
        assert f"{sum(LIST.claims[row].area_km2 for row in outer):,} km2" in finding.message


def test_wording_is_attributed_and_judges_nobody() -> None:
    for finding in check((LIST, NEWS), PLACES):
        assert "“The Occupation in Figures”" in finding.message
        assert "“Azerbaijani FM" in finding.message
        assert not {"wrong", "false", "error", "incorrect", "claims falsely"} & set(finding.message.lower().split())


def test_every_rule_is_documented() -> None:
    assert all(rule.__doc__ for rule in RULES.values())


@pytest.mark.slow
def test_a_page_of_many_claims_is_checked_in_time_in_proportion_to_them() -> None:
    def page(claims: int) -> Extraction:
        writer = article("x" * 2 * claims, "long")
        for start in range(0, claims, 2):
            words = (Span(start, start + 1),)
            writer.says(EventClaim(evidence=words, family="control", place=TAKEN, date="1992"))
            writer.says(FigureClaim(evidence=words, kind="count", value=Decimal(7), noun="village"))
        return writer.extraction()

    pages = {claims: page(claims) for claims in (600, 600 * FACTOR)}
    assert grows_in_proportion(lambda claims: check((LIST, pages[claims]), PLACES), 600)
