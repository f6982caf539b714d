"""Pairs of texts that say one claim in the active and in the passive."""

from collections.abc import Iterator
from random import Random

from bench.generator.grammar import productions
from bench.generator.page import passage
from bench.generator.scenario import Scenario
from kg.model import Source


def pairs(number: int) -> Iterator[tuple[int, Source, Source]]:
    """The same place, day and force in both voices."""
    shapes = sorted({each.shape for each in productions() if each.voice})
    for index in range(number):
        shape = shapes[index % len(shapes)]
        voiced = {each.voice: each for each in productions() if each.shape == shape and each.voice}
        active, passive = (
            Source("page.txt", voice, passage(Scenario(Random(f"{index}")), voiced[voice], 1).text + "\n")
            for voice in ("active", "passive")
        )
        yield index, active, passive
