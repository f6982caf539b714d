"""What a query of the endpoint may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take; beyond it there is a 503 with the reason, and the query is really stopped.

    ``seconds`` of running, its client's reading included; ``megabytes`` of memory beyond the store;
    ``answer`` bytes of result; ``waiting`` seconds for a free worker. A client may have ``share`` queries under way,
    all of them together ``queue`` that wait.
    """

    seconds: float = 10.0
    megabytes: int = 1024
    answer: int = 64 * 2**20
    waiting: float = 15.0
    workers: int = 2
    share: int = 16
    queue: int = 200
