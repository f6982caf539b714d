"""What a request carries: lines of N-Triples as they stand, in batches, or within SPARQL Update."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final

_HEAVY: Final = 8 << 20  # bytes of a batch

Body = bytes | Callable[[], Iterator[bytes]]
"""Bytes, or a function that begins the stream anew for each attempt."""


def batches(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Lines in bodies of some thousand, and of at most a few megabytes where they are long."""
    iterator = iter(lines)
    left: bytes | None = None
    while True:
        batch = [left] if left is not None else []
        left, weight = None, sum(map(len, batch))
        for line in islice(iterator, size - len(batch)):
            if batch and weight + len(line) > _HEAVY:
                left = line
                break
            batch.append(line)
            weight += len(line)
        if not batch:
            return
        yield b"".join(line + b"\n" for line in batch)


def wrapped(word: str, graph: str | None, lines: Body) -> Body:
    """``INSERT DATA`` or ``DELETE DATA`` around lines of N-Triples, which are SPARQL as they stand."""
    opening = f"{word} DATA {{ " + (f"GRAPH <{graph}> {{\n" if graph else "\n")
    closing = b"}}\n" if graph else b"}\n"
    body = before(opening.encode(), lines)
    return body + closing if isinstance(body, bytes) else lambda: chain(body(), [closing])


def joined(parts: list[Body]) -> Body:
    """Several updates as one request."""
    if all(isinstance(part, bytes) for part in parts):
        return b";\n".join(part for part in parts if isinstance(part, bytes))

    def stream() -> Iterator[bytes]:
        for number, part in enumerate(parts):
            if number:
                yield b";\n"
            yield from _stream(part)

    return stream


def _stream(body: Body) -> Iterable[bytes]:
    return [body] if isinstance(body, bytes) else body()


def before(first: bytes, body: Body) -> Body:
    return first + body if isinstance(body, bytes) else lambda: chain([first], body())
