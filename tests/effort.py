"""Whether work grows in proportion to its input, told in the same way on a quiet and on a busy machine.

Time is that of this thread on a processor, not that of a clock on the wall. Other processes lengthen it (they share the
processor's caches) and never shorten it: the least of several runs counts, and a doubtful result is measured again.
"""

import gc
import time
from collections.abc import Callable

FACTOR = 16
"""How many times as much the second run gets."""

TRIES = 4
QUICK = False
"""Whether it is the quick suite that runs (``-m "not slow"``): of each property a quarter of the examples is tried."""


def examples(many: int) -> int:
    """How many examples of a property are tried: all of them in `make test-all`."""
    return max(3, many // 4) if QUICK else many


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        begun = time.thread_time()
        work()
        return time.thread_time() - begun
    finally:
        gc.enable()


def grows_in_proportion(work: Callable[[int], object], size: int, *, exponent: float = 1.35) -> bool:
    """Whether *work* on FACTOR times *size* takes less than FACTOR to the *exponent* of its time on *size*.

    The exponent is 1 of what grows in proportion, 2 of what compares each with each.
    """
    work(size)  # what is made once, is made
    small = large = float("inf")
    for _ in range(TRIES):
        small = min(small, *(seconds(lambda: work(size)) for _ in range(3)))
        large = min(large, seconds(lambda: work(FACTOR * size)))
        if large < FACTOR**exponent * max(small, 0.001):
            return True
    return False
