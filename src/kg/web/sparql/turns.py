"""What waits for a worker or a thread: clients take turns, so that nobody waits behind all that another one asked."""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class _Of(Protocol):
    """What waits, of a client."""

    client: str


T = TypeVar("T", bound=_Of)


class Turns(Generic[T]):
    """What waits, and how much each client has begun; no client has more than a share of them at a time.

    What has no client (the empty string) has no share either.
    """

    def __init__(self, share: int) -> None:
        self.share = share
        self.begun: Counter[str] = Counter()
        self.lines: OrderedDict[str, deque[T]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self.lines.values()))

    def __iter__(self) -> Iterator[T]:
        return (one for line in tuple(self.lines.values()) for one in tuple(line))

    def add(self, one: T, *, first: bool = False) -> None:
        """Let it wait behind what its client asked before; ``first``: before that."""
        line = self.lines.setdefault(one.client, deque())
        if first:
            line.appendleft(one)
        else:
            line.append(one)

    def next(self) -> T | None:
        """Whose turn it is."""
        for client, line in self.lines.items():
            if not client or self.begun[client] < self.share:
                return line[0]
        return None

    def begin(self, one: T) -> None:
        """It does not wait any more; its client is the last to have the next turn."""
        self.drop(one)
        if one.client in self.lines:
            self.lines.move_to_end(one.client)
        self.begun[one.client] += 1

    def drop(self, one: T) -> None:
        """It does not wait any more, if it did."""
        line = self.lines.get(one.client, ())
        if one in line:
            self.lines[one.client].remove(one)
            if not self.lines[one.client]:
                del self.lines[one.client]

    def end(self, client: str) -> None:
        """Something that was begun for a client has ended."""
        self.begun[client] -= 1
        if self.begun[client] <= 0:
            del self.begun[client]
