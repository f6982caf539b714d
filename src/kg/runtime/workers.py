"""The processes of a build: batches in, results out in the order of the batches, whichever was done first.

A process that dies takes nothing with it but the item that it died of. What it was working on is done again in a new
one, item by item, and the item that ends that one too is given up.
"""

import gc
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

from kg.errors import InputError, KGError
from kg.runtime.patience import end_when_stuck
from kg.runtime.signals import end_at_once

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

Work = Callable[[S, Sequence[T]], list[R]]
"""What is done to a batch with what all batches share: a function of a module, for it is sent by its name."""

_AHEAD: Final = 2  # batches a process that may be done or under way before the one that is waited for
_FORK: Final = get_context("fork")  # processes share the memory of what was loaded before


class Workers(Generic[S]):
    """``jobs`` processes that share `shared`; with one job there is no other process than this.

    To be used in a ``with`` statement, at the end of which no process is left.
    """

    def __init__(self, jobs: int, shared: S) -> None:
        self.jobs, self.shared = jobs, shared
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Workers[S]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end(now=kind is not None)

    def map(
        self,
        work: Work[S, T, R],
        batches: Iterable[Sequence[T]],
        *,
        lost: Callable[[T, str], R] | None = None,
        in_order: bool = True,
    ) -> Iterator[R]:
        """The results of all batches in their order, few of them being held at a time; or each as soon as it is there.

        ``lost`` says what stands for an item that ended
        its process, given how it ended; without it that is an InputError. An error of kg is raised here as there.
        """
        if self.jobs == 1:
            for batch in batches:
                yield from work(self.shared, batch)
            return
        self._start()
        yield from _Run(self, work, iter(batches), lost, in_order).results()

    @property
    def workers(self) -> "Sequence[_Worker]":
        return self._workers

    def renew(self, worker: "_Worker") -> None:
        """A new process in the place of one that died."""
        worker.end()
        worker.start(self.shared, [other.link for other in self._workers if other is not worker])

    def _start(self) -> None:
        while len(self._workers) < self.jobs:
            worker = _Worker()
            worker.start(self.shared, [other.link for other in self._workers])
            self._workers.append(worker)


class _Worker:
    """One process and the way to it."""

    link: Connection

    def start(self, shared: Any, others: Sequence[Connection]) -> None:
        self.link, far = _FORK.Pipe()
        self._stuck = tempfile.TemporaryFile()  # noqa: SIM115  as long as the process; its last place is written there
        given = (far, shared, [self.link, *others], self._stuck.fileno())
        self._process = _FORK.Process(target=_serve, args=given, daemon=True)
        sys.stdout.flush()  # or the process would print it again
        self._process.start()
        far.close()

    def end(self, *, now: bool = False) -> None:
        self.link.close()
        if now:
            self._process.terminate()
        self._process.join()
        self._stuck.close()

    def ask(self, work: Work[Any, Any, R], batch: Sequence[Any]) -> None:
        with suppress(BrokenPipeError):  # it died: `answer` will say so
            self.link.send((work, batch))

    def answer(self) -> list[Any] | None:
        """The results of what was asked; None where the process died over it."""
        try:
            results = self.link.recv()
        except (EOFError, OSError):  # OSError: in the middle of an answer
            return None
        if isinstance(results, KGError):
            raise results
        assert isinstance(results, list)
        return results

    @property
    def death(self) -> str:
        """How the process ended."""
        self._process.join()
        self._stuck.seek(0)
        if place := self._stuck.read().decode(errors="replace"):
            return f"was ended: it took too long, and could not be interrupted\n{place}"
        code = self._process.exitcode or 0
        return f"was ended by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"ended with code {code}"


class _Run(Generic[S, T, R]):
    """One `Workers.map`."""

    def __init__(
        self,
        workers: Workers[S],
        work: Work[S, T, R],
        batches: Iterator[Sequence[T]],
        lost: Callable[[T, str], R] | None,
        in_order: bool,
    ) -> None:
        self.workers, self.work, self.batches, self.lost = workers, work, batches, lost
        self.in_order = in_order
        self.idle = deque(workers.workers)
        self.busy: dict[Connection, tuple[_Worker, int, Sequence[T]]] = {}
        self.done: dict[int, list[R]] = {}  # by whose turn it is to be given
        self.asked = self.given = 0

    def results(self) -> Iterator[R]:
        self._ask()
        while self.busy or self.done:
            for link in connection.wait(list(self.busy)) if self.given not in self.done else ():
                assert isinstance(link, Connection)
                worker, number, batch = self.busy.pop(link)
                answer = worker.answer()
                turn = number if self.in_order else self.given + len(self.done)
                self.done[turn] = self._one_by_one(worker, batch) if answer is None else answer
                self.idle.append(worker)
            self._ask()
            while self.given in self.done:
                yield from self.done.pop(self.given)
                self.given += 1
                self._ask()

    def _ask(self) -> None:
        while self.idle and self.asked - self.given < _AHEAD * len(self.workers.workers):
            batch = next(self.batches, None)
            if batch is None:
                return
            worker = self.idle.popleft()
            worker.ask(self.work, batch)
            self.busy[worker.link] = worker, self.asked, batch
            self.asked += 1

    def _one_by_one(self, worker: _Worker, batch: Sequence[T]) -> list[R]:
        results: list[R] = []
        self.workers.renew(worker)
        for item in batch:
            worker.ask(self.work, [item])
            answer = worker.answer()
            if answer is None:
                answer = [self._lost(item, worker.death)]
                self.workers.renew(worker)
            results += answer
        return results

    def _lost(self, item: T, death: str) -> R:
        if self.lost:
            return self.lost(item, death)
        raise InputError(f"a process {death}, most likely for its memory", hint="build with fewer --jobs")


def _serve(link: Connection, shared: Any, others: Iterable[Connection], stuck: int) -> None:
    """Answer what is asked. What is raised, other than kg's errors, ends the process."""
    for other in others:
        other.close()  # else nobody would notice that the first process is gone
    gc.freeze()  # what the garbage collector does not touch stays shared
    end_at_once()
    end_when_stuck(stuck)
    with suppress(EOFError, BrokenPipeError):  # nobody asks any more
        while True:
            work, batch = link.recv()
            try:
                link.send(work(shared, batch))
            except KGError as error:
                link.send(error)
