"""Real triplestores on loopback, each with its data in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
FUSEKI = ROOT / ".services" / "jena-fuseki-server-5.6.0.jar"
VIRTUOSO = shutil.which("virtuoso-t")
USER, PASSWORD = "dba", "not the default"

INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
TransactionFile = virtuoso.trx
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
DirsAllowed = ., /tmp
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = 10000
"""  # ResultSetMaxRows as Debian sets it: a client must not lose what it cuts


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A store that was started; `restart` gives it its own data again."""

    profile: str
    url: str
    command: list[str]
    folder: Path
    ask: str  # answers when it is ready
    process: subprocess.Popen[bytes] | None = None
    sql: int = 0  # Virtuoso's other port
    after: Callable[["Server"], None] = field(default=lambda server: None)  # once, when it first runs

    def start(self) -> "Server":
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(self.command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                httpx.get(self.ask, timeout=2)
                self.after(self)
                self.after = lambda server: None
                return self
            except httpx.HTTPError:
                time.sleep(0.1)  # until it answers, for a minute at the most
        raise RuntimeError((self.folder / "server.log").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def peak(self) -> int:
        """The most memory that the process held so far, in bytes."""
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def needed(*programs: Path | str | None) -> None:
    """Skip the test where a program is not installed (``scripts/services.sh`` does it); in CI the test fails then."""
    if all((program and shutil.which(program)) or Path(program or "").is_file() for program in programs):
        return
    said = f"{', '.join(str(program or 'virtuoso-t') for program in programs)}: not installed; see scripts/services.sh"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)  # a laptop need not have every store


def oxigraph(folder: Path) -> Server:
    needed(OXIGRAPH)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(OXIGRAPH), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    return Server("oxigraph", url, command, folder, f"{url}/query?query=ASK%7B%7D").start()


def fuseki(folder: Path, *, secured: bool = False) -> Server:
    needed("java", FUSEKI)
    port = free_port()
    url = f"http://127.0.0.1:{port}/ds"
    (folder / "data").mkdir(exist_ok=True)
    (folder / "passwords").write_text(f"{USER}: {PASSWORD}\n")
    secure = ["--passwd", str(folder / "passwords"), "--auth", "basic"] if secured else []
    command = ["java", "-Xmx2g", "-jar", str(FUSEKI), "--localhost", f"--port={port}", *secure]
    command += ["--update", "--tdb2", f"--loc={folder / 'data'}", "/ds"]
    return Server("fuseki", url, command, folder, f"{url}/query?query=ASK%7B%7D").start()


def virtuoso(folder: Path) -> Server:
    needed(VIRTUOSO, "isql-vt")
    sql, port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(sql=sql, port=port))
    url = f"http://127.0.0.1:{port}"

    def secure(server: Server) -> None:
        statement = f"user_set_password('dba', '{PASSWORD}');"
        isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"]
        subprocess.run(isql, check=True, stdout=subprocess.DEVNULL)

    command = [str(VIRTUOSO), "-f", "-c", "virtuoso.ini"]
    return Server("virtuoso", url, command, folder, f"{url}/sparql?query=ASK%7B%7D", sql=sql, after=secure).start()


START: dict[str, Callable[[Path], Server]] = {"oxigraph": oxigraph, "fuseki": fuseki, "virtuoso": virtuoso}
