"""The log of outside tools in docs/interoperability.md: which were run against kg, in which version, what was shown.

A test says with ``@pytest.mark.tool("NAME")`` which tool it runs. ``pytest --interoperability`` writes the page from
what the tests did; a tool that is not installed is logged as what was not shown.
"""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path

import pytest
import servers

PAGE = servers.ROOT / "docs" / "interoperability.md"
COMUNICA, CONFORMANCE, LIGHTHOUSE = (
    servers.SERVICES / name / "node_modules" for name in ("comunica", "conformance", "lighthouse")
)

_HEAD = """# Other people's tools

Each row was written by a test itself (`make interoperability`): the tool was run, in this version and on that day,
against what kg publishes, serves or loads. What a test shows is its name; it ran as often as the last column says, each
time with other values.

| tool | version | what is shown | on | |
| --- | --- | --- | --- | --- |
"""


def _package(name: str) -> Callable[[], str]:
    def version() -> str:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return ""

    return version


def _gdal() -> str:
    return ".".join(map(str, import_module("pyogrio").__gdal_version__)) if find_spec("pyogrio") else ""


def _file(path: Path) -> Callable[[], str]:
    """A version as the name of a file ends with it."""
    return lambda: path.stem.rpartition("-")[2] if path.is_file() else ""


def _said(*command: str) -> Callable[[], str]:
    """The first version that a program says of itself."""

    def version() -> str:
        if not shutil.which(command[0]):
            return ""
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
        return found[0] if found else ""

    return version


def _module(folder: Path, name: str) -> Callable[[], str]:
    """A package of npm."""
    manifest = folder / name / "package.json"
    return lambda: str(json.loads(manifest.read_text())["version"]) if manifest.is_file() else ""


TOOLS: dict[str, Callable[[], str]] = {
    "Apache Jena": _file(servers.FUSEKI),
    "Apache Jena Fuseki": _file(servers.FUSEKI),
    "Chromium": _said("chromium", "--version"),
    "Comunica": _module(COMUNICA, "@comunica/query-sparql"),
    "GDAL, by pyogrio": _gdal,
    "Lighthouse": _module(LIGHTHOUSE, "lighthouse"),
    "N3.js": _module(CONFORMANCE, "n3"),
    "Oxigraph server": _package("oxigraph"),
    "PyLD": _package("PyLD"),
    "RDF4J client": _file(servers.RDF4J),
    "RDF4J server": _file(servers.RDF4J),
    "SPARQLWrapper": _package("SPARQLWrapper"),
    "Schemathesis": _package("schemathesis"),
    "Virtuoso": _said("virtuoso-t", "-?"),
    "bash": _said("bash", "--version"),
    "fish": _said("fish", "--version"),
    "geojson-schema, by jsonschema": _module(CONFORMANCE, "geojson-schema"),
    "pandas": _package("pandas"),
    "pySHACL": _package("pyshacl"),
    "rdflib": _package("rdflib"),
    "rdflib, its SPARQLStore": _package("rdflib"),
    "zsh": _said("zsh", "--version"),
}
"""How the version of each tool is found; empty where it is not installed."""


class Log:
    """A plugin that notes what became of the tests of each tool."""

    def __init__(self) -> None:
        self.tools: dict[str, list[str]] = {}
        self.ran: dict[tuple[str, str], Counter[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which tools each test runs."""
        for item in session.items:
            self.tools[item.nodeid] = [str(mark.args[0]) for mark in item.iter_markers("tool")]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test ended."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            test = re.sub(r"\[.*", "", report.nodeid.rpartition("::")[2])
            for tool in self.tools.get(report.nodeid, ()):
                self.ran.setdefault((tool, test), Counter())[report.outcome] += 1

    def pytest_sessionfinish(self) -> None:
        """Write the page: the tests that ran have new rows, the others keep theirs."""
        found = dict(kept())
        for (tool, test), ended in self.ran.items():
            ends = ", ".join(f"{count} {outcome}" for outcome, count in sorted(ended.items()))
            shown = test.removeprefix("test_").replace("_", " ")
            version = TOOLS[tool]() or "not installed"
            found[tool, shown] = f"| {tool} | {version} | {shown} | {datetime.now(UTC):%Y-%m-%d} | {ends} |\n"
        PAGE.write_text(_HEAD + "".join(found[key] for key in sorted(found)), encoding="utf-8")


def kept() -> Iterator[tuple[tuple[str, str], str]]:
    """The rows of the page as it is, by tool and what is shown."""
    if PAGE.is_file():
        for line in PAGE.read_text(encoding="utf-8").removeprefix(_HEAD).splitlines(keepends=True):
            cells = line.strip("| \n").split(" | ")
            yield (cells[0], cells[2]), line


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the page."""
    parser.addoption("--interoperability", action="store_true", help=f"write {PAGE.name} from what the tests show")


def pytest_configure(config: pytest.Config) -> None:
    """Log where it is wanted."""
    if config.getoption("--interoperability"):
        config.pluginmanager.register(Log(), "interoperability")
