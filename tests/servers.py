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

import httpx2
import pytest

ROOT = Path(__file__).parents[1]
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
SERVICES = ROOT / ".services"
FUSEKI = SERVICES / "jena-fuseki-server-5.6.0.jar"
RDF4J = SERVICES / "rdf4j-http-server-5.0.3.war"
JETTY = SERVICES / "jetty-runner-9.4.58.v20250814.jar"  # runs it: the last Jetty for its javax.servlet
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

REPOSITORY = """
@prefix config: <tag:rdf4j.org,2023:config/> .
[] a config:Repository ; config:rep.id "kg" ;
   config:rep.impl [ config:rep.type "openrdf:SailRepository" ;
                     config:sail.impl [ config:sail.type "openrdf:NativeStore" ] ] .
"""  # as its console makes one, with default settings

LOGIN_NEEDED = """
<web-app xmlns="http://java.sun.com/xml/ns/j2ee" version="2.4">
  <security-constraint>
    <web-resource-collection><web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection>
    <auth-constraint><role-name>kg</role-name></auth-constraint>
  </security-constraint>
  <login-config><auth-method>BASIC</auth-method><realm-name>kg</realm-name></login-config>
  <security-role><role-name>kg</role-name></security-role>
</web-app>
"""
SECURED = """
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "http://www.eclipse.org/jetty/configure_9_3.dtd">
<Configure class="org.eclipse.jetty.webapp.WebAppContext">
  <Set name="contextPath">/rdf4j-server</Set>
  <Set name="war">{war}</Set>
  <Set name="overrideDescriptor">web.xml</Set>
  <Get name="securityHandler">
    <Set name="loginService">
      <New class="org.eclipse.jetty.security.HashLoginService">
        <Set name="name">kg</Set>
        <Set name="config">passwords</Set>
      </New>
    </Set>
  </Get>
</Configure>
"""  # RDF4J leaves passwords to the servlet container


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
                httpx2.get(self.ask, timeout=2)
                self.after(self)
                self.after = lambda server: None
                return self
            except httpx2.HTTPError:
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


def refusal(program: Path | str | None) -> Path:
    """Where ``scripts/services.sh`` writes why it has no such file."""
    return SERVICES / f"{Path(program or '').name}.refused"


def needed(*programs: Path | str | None) -> None:
    """Skip the test where a program is not installed (``scripts/services.sh`` does it); in CI the test fails then."""
    if all((program and shutil.which(program)) or Path(program or "").is_file() for program in programs):
        return
    said = f"{', '.join(str(program or 'virtuoso-t') for program in programs)}: not installed; see scripts/services.sh"
    refused = [path.read_text().strip() for path in map(refusal, programs) if path.is_file()]
    if refused:
        pytest.skip("; ".join(refused))
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


def rdf4j(folder: Path, *, secured: bool = False) -> Server:
    needed("java", RDF4J, JETTY)
    port = free_port()
    address = f"http://127.0.0.1:{port}/rdf4j-server"
    repository = f"{address}/repositories/kg"
    (folder / "passwords").write_text(f"{USER}: {PASSWORD}, kg\n")
    (folder / "web.xml").write_text(LOGIN_NEEDED.strip())
    (folder / "secured.xml").write_text(SECURED.format(war=RDF4J).strip())

    def create(_: Server) -> None:
        headers = {"content-type": "text/turtle"}
        httpx2.put(repository, content=REPOSITORY, headers=headers, auth=(USER, PASSWORD)).raise_for_status()

    what = ["secured.xml"] if secured else ["--path", "/rdf4j-server", str(RDF4J)]
    command = ["java", "-Xmx2g", f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}"]
    command += [f"-Djava.io.tmpdir={folder}", "-jar", str(JETTY), "--host", "127.0.0.1", "--port", str(port), *what]
    return Server("rdf4j", repository, command, folder, f"{address}/protocol", after=create).start()


START: dict[str, Callable[[Path], Server]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
    "rdf4j": rdf4j,
}
