"""A document: passages that say the drawn claims, in the carrier of a style, with their gold and where it stands."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from bench.generator import gold
from bench.generator.carriers import CARRIERS
from bench.generator.grammar import Production, productions
from bench.generator.page import Page, passage
from bench.generator.scenario import UNITS, Scenario

_PLURAL = ("(*", "{n}", "{Ds", "{Ps} were", "{^Ps} were")
"""What a template has where one item would be no list."""


def of_cell(cell: int, number: int, *, seed: int = 0, style: str = "", file: str = "grammar.toml") -> Page:
    """The text of a number in which one cell is said, and nothing else; its style goes round unless it is given."""
    random = Random(f"{seed}/{cell}/{number}")
    ways = [each for each in productions(file) if each.cell == cell and (not style or style in each.styles)]
    way = ways[number % len(ways)]
    taken = style or way.styles[number // len(ways) % len(way.styles)]
    return _page(taken, [way], Scenario(random), random)


def of_style(style: str, number: int, *, seed: int = 0) -> Page:
    """A document of a style: 4 to 12 events, 3 to 6 figures, 2 to 5 people, what they say, and what did not happen."""
    random = Random(f"{seed}/{style}/{number}")
    least = {"events": random.randint(4, 12), "figures": random.randint(3, 6), "people": random.randint(2, 5)}
    ways = [each for each in productions() if style in each.styles and not _ends(each)]
    taken: list[Production] = [random.choice(none) for none in [[each for each in ways if not each.claims]] if none]
    for kind, wanted in least.items():
        shapes = sorted({each.shape for each in ways if _says(each, kind)})
        for _ in range(wanted if shapes else 0):
            if sum(_says(each, kind) for each in taken) < wanted:
                shape = random.choice(shapes)
                taken.append(random.choice([each for each in ways if each.shape == shape]))
    random.shuffle(taken)
    return _page(style, taken, Scenario(random, alone=False), random)


def _ends(production: Production) -> bool:
    return any(claim.startswith("published") for claim in production.claims)


def _says(production: Production, kind: str) -> int:
    kinds = {**dict.fromkeys(gold.TYPES, "events"), **dict.fromkeys(UNITS, "figures"), "person": "people"}
    return sum(kinds.get(claim.split()[0]) == kind for claim in production.claims)


def _page(style: str, taken: Sequence[Production], scenario: Scenario, random: Random) -> Page:
    page = Page(style)
    least = [2 if any(mark in each.text for mark in _PLURAL) else 1 for each in taken]
    said = [passage(scenario, each, random.randint(few, 6)) for each, few in zip(taken, least, strict=True)]
    if style == "wire" or any("dateline" in each.flags for each in taken):
        page.published = (scenario.last + timedelta(days=random.randint(1, 20))).isoformat()
    CARRIERS[style](page, said, scenario)
    page.write("\n")
    return page
