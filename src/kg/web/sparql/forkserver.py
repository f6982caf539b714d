"""A process that loads a store once, and forks a worker that has it whenever one is needed.

The workers share its memory (copy on write), so that a store in memory is paid for once, and a worker that was killed
is replaced at once. It does nothing else: with one thread alone can it be forked safely.
Started as ``python -m kg.web.sparql.forkserver SETTINGS`` by `kg.web.sparql.pool`, which asks on a socket; it ends
with that.
"""

import gc
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.runtime.signals import die_with_parent
from kg.web.sparql import confine
from kg.web.sparql.shared_state import Board
from kg.web.sparql.worker import Known, opened, serve

ASKED: Final = struct.Struct(">cIQ")  # what is asked, a place, the number of a question
FORK, KILL = (
    b"f",
    b"k",
)  # a worker for the place, with its socket and its queue; the worker of the place, if it is at that question
READY: Final = b"!"
# Bytes of a store on disk up to which it is held in memory. There a join of 100 rows takes 0.6 ms, on disk 3.8.
# Measured at 32 MB, 490,000 triples: 2-4 s until it is loaded, 190 MB, 3-5 ms for a fork; all grow with the triples.
IN_MEMORY: Final = 32 * 2**20


class ForkServer:
    """The workers of a store, by place."""

    def __init__(self, control: socket.socket, board: Board, settings: Mapping[str, Any]) -> None:
        self.control, self.board, self.settings = control, board, settings
        self.workers: dict[int, int] = {}  # process by place; none is waited for elsewhere, so that the numbers hold
        self.store = _loaded(settings)

    def run(self) -> None:
        """Do what is asked, until the other side closes."""
        with suppress(BrokenPipeError):  # the server has ended meanwhile
            self.control.sendall(READY)
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, ASKED.size, 2)
            if not message:
                break
            asked, place, number = ASKED.unpack(message)
            if asked == KILL:
                self.kill(place, number)
            else:
                self.fork(place, *descriptors)
        for place in tuple(self.workers):
            self.end(place)

    def kill(self, place: int, number: int) -> None:
        """End the worker of a place, if it is still at that question."""
        if place in self.workers and self.board.at(place) == number:
            os.kill(self.workers[place], signal.SIGKILL)

    def end(self, place: int) -> None:
        """End the worker of a place, and wait for that."""
        process = self.workers.pop(place)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)

    def fork(self, place: int, descriptor: int, queue: int) -> None:
        """A new worker for a place, on the other end of a socket, that takes its questions from a queue."""
        if place in self.workers:
            self.end(place)
        self.workers[place] = _forked(lambda: self.work(place, descriptor, queue))
        os.close(descriptor)
        os.close(queue)

    def work(self, place: int, descriptor: int, queue: int) -> None:
        """Be the worker of a place."""
        self.control.close()
        _yield_to_server()
        store = self.store or opened(self.settings)
        confine.limit_memory(self.settings["megabytes"])
        with suppress(BrokenPipeError, ConnectionResetError):  # the server has ended
            known = Known(store, self.settings["prefixes"], self.settings["base"])
            serve(socket.socket(fileno=descriptor), socket.socket(fileno=queue), self.board, place, known)


def _yield_to_server() -> None:
    """Do not interrupt the server when it hands out a question: it has more to do (13 % more ASK on busy cores)."""
    if hasattr(os, "sched_setscheduler"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _forked(work: Callable[[], None]) -> int:
    """The number of a new process that does its work, then ends; it ends when this one does."""
    parent = os.getpid()
    if process := os.fork():
        return process
    status = 1
    try:
        die_with_parent()
        if os.getppid() == parent:
            work()
        status = 0
    finally:  # nothing of what called this may go on here
        if status:
            traceback.print_exc()
        os._exit(status)


def _loaded(settings: Mapping[str, Any]) -> ox.Store | None:
    """The store in memory; None where each worker must open it: it is too large, or cannot be forked with."""
    folder = settings.get("store")
    if folder and _bytes(Path(folder)) > settings.get("in_memory", IN_MEMORY):
        return None
    load = _Copy(folder) if folder else partial(opened, settings)
    loaded: list[ox.Store] = []
    # In a thread of its own: each thread begins its own random numbers, and those of two workers must not be the same.
    thread = threading.Thread(target=lambda: loaded.append(load()))
    thread.start()
    thread.join()
    gc.freeze()  # what a worker's garbage collector does not touch stays shared
    return loaded[0] if loaded and _has_one_thread() else None


class _Copy:
    """A store on disk as one in memory. A process of its own reads it: RocksDB starts threads."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.reading, self.writing = os.pipe()
        self.process = _forked(self.dump)
        os.close(self.writing)

    def dump(self) -> None:
        """The names of the graphs, for one may be empty, and the quads."""
        store = ox.Store.read_only(self.folder)
        names = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
        with open(self.writing, "wb") as out:
            out.write(json.dumps(names).encode() + b"\n")
            store.dump(out, format=ox.RdfFormat.N_QUADS)

    def __call__(self) -> ox.Store:
        store = ox.Store()
        with open(self.reading, "rb") as dumped:
            for name in json.loads(dumped.readline()):
                store.add_graph(ox.NamedNode(name))
            # Parsed here: the store's own loading gives blank nodes other names than they have on disk.
            store.bulk_extend(ox.parse(dumped, format=ox.RdfFormat.N_QUADS, lenient=True))
        _, status = os.waitpid(self.process, 0)
        if status:
            raise OSError(f"{self.folder} cannot be read as a store")
        return store


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.suffix in (".sst", ".log"))


def _has_one_thread() -> bool:
    """Whether the process can be forked: a thread that has ended may be seen for an instant more."""
    for _ in range(100):
        if threads() == 1:
            return True
        time.sleep(0.01)  # nothing says when it is gone
    return False


def threads() -> int:
    """The threads of this process; where the system does not tell, those of Python."""
    tasks = Path("/proc/self/task")
    return len(os.listdir(tasks)) if tasks.is_dir() else threading.active_count()


def main(settings: str) -> None:
    """Serve over inherited descriptors, confined."""
    read = json.loads(settings)
    die_with_parent()
    confine.forbid_sockets()
    ForkServer(socket.socket(fileno=read["control"]), Board(read["board"], read["places"]), read).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
