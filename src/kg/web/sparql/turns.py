"""What waits for a worker: the clients take turns, so that nobody waits behind all that another one asked."""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator

from kg.web.sparql.answer import Answer


class Turns:
    """Answers that wait, and how many each client has begun; no client has more than a share of them at a time.

    What has no client (the empty string) has no share either.
    """

    def __init__(self, share: int) -> None:
        self.share = share
        self.begun: Counter[str] = Counter()
        self.lines: OrderedDict[str, deque[Answer]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self.lines.values()))

    def __iter__(self) -> Iterator[Answer]:
        return (answer for line in tuple(self.lines.values()) for answer in tuple(line))

    def add(self, answer: Answer, *, first: bool = False) -> None:
        """Let it wait behind what its client asked before; ``first``: before that."""
        line = self.lines.setdefault(answer.client, deque())
        if first:
            line.appendleft(answer)
        else:
            line.append(answer)

    def next(self) -> Answer | None:
        """Whose turn it is."""
        for client, line in self.lines.items():
            if not client or self.begun[client] < self.share:
                return line[0]
        return None

    def begin(self, answer: Answer) -> None:
        """It does not wait any more; its client is the last to have the next turn."""
        self.drop(answer)
        if answer.client in self.lines:
            self.lines.move_to_end(answer.client)
        self.begun[answer.client] += 1

    def drop(self, answer: Answer) -> None:
        """It does not wait any more, if it did."""
        line = self.lines.get(answer.client, ())
        if answer in line:
            self.lines[answer.client].remove(answer)
            if not self.lines[answer.client]:
                del self.lines[answer.client]

    def end(self, client: str) -> None:
        """Something that was begun for a client has ended."""
        self.begun[client] -= 1
        if self.begun[client] <= 0:
            del self.begun[client]
