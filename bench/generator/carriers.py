"""What goes round the passages in each style: a dateline, questions, turns, captions, rows."""

from collections.abc import Callable, Sequence
from datetime import date

from bench.generator.grammar import STYLES, data
from bench.generator.page import Page, Passage
from bench.generator.scenario import Scenario
from bench.generator.values import Day

Carrier = Callable[[Page, Sequence[Passage], Scenario], None]


def _title(page: Page, scenario: Scenario) -> None:
    page.write(scenario.random.choice(data("names.toml")["titles"]) + "\n\n")


def _day(page: Page, scenario: Scenario) -> str:
    assert page.published
    return Day(date.fromisoformat(page.published), scenario.american).written("")


def _paragraphs(page: Page, said: Sequence[Passage]) -> None:
    for index, each in enumerate(said):
        page.write("\n\n" if index else "")
        page.say(each)


def _wire(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    outlet = scenario.random.choice(data("names.toml")["outlets"])
    page.write(f"{scenario.country['capital'].upper()}, {_day(page, scenario)} ({outlet}) - ")
    _paragraphs(page, said)


def _prose(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    _paragraphs(page, said)


def _feature(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    for index, each in enumerate(said):
        page.write(("\n\n" if index else "") + scenario.random.choice(data("names.toml")["scenes"]) + " ")
        page.say(each)


def _report(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    for index, each in enumerate(said):
        page.write("\n\n" if index else "")
        page.write("" if each.text.startswith("#") else f"{index + 1}. ")
        page.say(each)


def _letter(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    page.write("Dear editor,\n\n")
    _paragraphs(page, said)
    page.write(f"\n\nYours, {_somebody(page, scenario)}")


def _qa(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    for index, each in enumerate(said):
        question = each.question or scenario.random.choice(data("names.toml")["questions"])
        page.write(("\n\n" if index else "") + f"Q: {question}\n\nA: ")
        page.speaks("", each.text)
        page.say(each)


def _transcript(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    asks, answers = (_somebody(page, scenario).split()[-1].upper() for _ in range(2))
    for index, each in enumerate(said):
        page.write("\n\n" if index else "")
        if not each.turns:
            question = each.question or "Please go on."
            page.write(f"MR. {asks}: {question}\n\nMR. {answers}: ")
            page.speaks(asks, question)
            page.speaks(answers, each.text)
        page.say(each)


def _caption(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    photographer = _somebody(page, scenario)
    for index, each in enumerate(said):
        page.write("\n\n" if index else "")
        if each.text.startswith(("Fig.", "2.")):
            page.say(each)
            continue
        page.write(f"{index + 1}. {scenario.random.choice(data('names.toml')['things'])}. ")
        page.say(each)
        page.write(f" Photo: {photographer}")


def _lines(page: Page, said: Sequence[Passage], scenario: Scenario) -> None:
    _title(page, scenario)
    if page.published:
        page.write(f"Published {_day(page, scenario)}\n\n")
    for index, each in enumerate(said):
        page.write(("\n" if "\n" not in each.text and page.style == "log" else "\n\n") if index else "")
        page.say(each)


def _somebody(page: Page, scenario: Scenario) -> str:
    name = scenario.person().name
    page.optional["people"].append({"name": name, "role": "", "of": ""})
    return name


CARRIERS: dict[str, Carrier] = {
    "wire": _wire,
    "encyclopedia": _prose,
    "feature": _feature,
    "report": _report,
    "letter": _letter,
    "qa": _qa,
    "transcript": _transcript,
    "caption": _caption,
    "log": _lines,
    "ledger": _lines,
}
assert set(CARRIERS) == set(STYLES)
