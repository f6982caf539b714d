"""The server's description (OpenAPI) is of all that it answers, and of nothing else."""

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from starlette.testclient import TestClient
from web_server import serving

from kg.dataset import Dataset, queries
from kg.web.addresses import ADDRESSES
from kg.web.app import application

IN_PATHS = {"{name}": "site.css", "{day}": "1992-05-08", "{path}": "map"}
UNCHECKED = "positive_data_acceptance,negative_data_rejection"
"""A schema does not know which texts are SPARQL; and what an address has that kg does not know is left out."""


@pytest.fixture(scope="module")
def described(built_sides: Dataset) -> Any:
    with TestClient(application(built_sides)) as client:
        answer = client.get("/openapi.json")
        assert answer.headers["content-type"] == "application/json"
        yield client, answer.json()


def test_each_address_is_described_once(described: Any) -> None:
    paths = described[1]["paths"]
    assert {"/sparql", "/graph", "/search", "/queries/events", "/map/{day}", "/{path}"} <= paths.keys()
    assert len(paths) == len(ADDRESSES) - 1 + len(queries.names())  # a named query has a path of its own
    assert "date" in {one["name"] for one in paths["/queries/control"]["get"]["parameters"]}
    names = [one["operationId"] for methods in paths.values() for one in methods.values()]
    assert len(names) == len(set(names)) > len(paths)


def test_each_address_answers_as_it_is_described(described: Any) -> None:
    client, description = described
    for path, methods in description["paths"].items():
        place = path
        for name, value in IN_PATHS.items():
            place = place.replace(name, value)
        answer = client.get(place, headers={"accept": "*/*"}, follow_redirects=False)
        known = methods["get"]["responses"]
        assert str(answer.status_code) in known, place
        kinds = known[str(answer.status_code)].get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0]
        assert not kinds or kind in kinds or "*/*" in kinds, (place, kind)


@pytest.mark.tool("Schemathesis")
@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif(not find_spec("schemathesis"), reason="Schemathesis is not installed (the extra conformance)")
def test_schemathesis_finds_no_answer_that_is_not_described(built_sides: Dataset) -> None:
    with serving(built_sides.folder) as root:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{root}/openapi.json", "--max-examples", "8"]
        command += ["--phases", "examples,coverage,fuzzing", "--exclude-checks", UNCHECKED, "--seed", "1"]
        given = {**os.environ, "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
    assert f"Tested: {done.stdout.rpartition('Selected: ')[2].partition('/')[0]}" in done.stdout
