"""kg in a process of its own, forked from one that has loaded it, so that what happens to it falls into its work."""

import ctypes
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

import kg.commands
import kg.commands.build
import kg.commands.load
import kg.commands.web

Before = Callable[[], object]
WRITES: Final = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "shutil.rmtree", "ctypes.dlsym"}
)
"""Steps of a writer, beside opening a file to write; the last is how folders are exchanged."""


class Ended:
    """How a process ended: its exit code, negative for a signal, and what it said."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said

    @property
    def is_told(self) -> bool:
        """Whether it did its work, or told in a sentence why not."""
        return self.code == 0 or (self.code > 0 and "Traceback" not in self.said and bool(self.said.strip()))


class Running:
    """``kg`` with these words, in a process of its own; ``before`` runs in it first."""

    def __init__(self, words: list[str], before: Before = lambda: None) -> None:
        self.said = tempfile.TemporaryFile()  # noqa: SIM115  closed by `wait`
        self.process = os.fork()
        if not self.process:
            self._serve(words, before)

    def _serve(self, words: list[str], before: Before) -> NoReturn:
        code = 99
        try:
            os.dup2(self.said.fileno(), 1)
            os.dup2(self.said.fileno(), 2)
            sys.stdout, sys.stderr = (open(one, "w", closefd=False) for one in (1, 2))  # noqa: SIM115  to its end
            before()
            kg.commands.main(words)
        except SystemExit as done:
            code = done.code if isinstance(done.code, int) else 1
        except BaseException:  # noqa: BLE001  a traceback is what is looked for
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)

    def wait(self) -> Ended:
        _, status = os.waitpid(self.process, 0)
        with self.said:
            self.said.seek(0)
            return Ended(os.waitstatus_to_exitcode(status), self.said.read().decode(errors="replace"))


def run(words: list[str], before: Before = lambda: None) -> Ended:
    """The command to its end."""
    return Running(words, before).wait()


def asked(work: Callable[[], str]) -> str:
    """What work says that is done in a process of its own: it may leave threads and locks behind."""
    with tempfile.NamedTemporaryFile() as told:
        process = os.fork()
        if not process:
            try:
                Path(told.name).write_text(work(), encoding="utf-8")
            except BaseException as error:  # noqa: BLE001  it is told
                Path(told.name).write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
            finally:
                os._exit(0)
        os.waitpid(process, 0)
        return Path(told.name).read_text(encoding="utf-8")


def at_step(number: int, act: Before) -> Before:
    """What does something before a step of the writer, counted from 0."""

    def before() -> None:
        passed, first = 0, os.getpid()

        def look(event: str, given: tuple[object, ...]) -> None:
            nonlocal passed
            writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if (event in WRITES or writes) and os.getpid() == first:
                passed += 1
                if passed == number + 1:
                    act()

        sys.addaudithook(look)

    return before


def steps(words: list[str]) -> tuple[int, int]:
    """How many steps a command has, and which is the first of the swap at its end."""
    with tempfile.NamedTemporaryFile("r") as told:

        def before() -> None:
            first, place = os.getpid(), open(told.name, "a", encoding="utf-8")  # noqa: SIM115  until it ends

            def look(event: str, given: tuple[object, ...]) -> None:
                opens = event == "open" and isinstance(given[2], int)
                writes = opens and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)  # type: ignore[operator]
                if (event in WRITES or writes) and os.getpid() == first:
                    place.write(f"{event} {given[:2] if event == 'ctypes.dlsym' else ''}\n")
                    place.flush()

            sys.addaudithook(look)

        run(words, before)
        found = told.read().splitlines()
    exchanges = [number for number, line in enumerate(found) if "renameat2" in line]
    return len(found), exchanges[0] if exchanges else len(found)


def files_of(size: int) -> Before:
    """No file can grow beyond so many bytes, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def without_exchange() -> None:
    """As on a file system that cannot exchange two names."""
    from kg.runtime import folder

    folder._exchange = lambda one, other: False


def as_anybody() -> None:
    """Give up what root may do that others may not."""
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")
