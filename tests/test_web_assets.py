"""The npm side: pinned with hashes, no registry's address, and pages that do without it."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg.dataset import Dataset
from kg.web.app import application
from kg.web.pages.render import Renderer

ASSETS = Path(__file__).parents[1] / "assets"
LOCK = (ASSETS / "package-lock.json").read_text(encoding="utf-8")


def test_the_lock_file_pins_every_package_by_hash_and_names_no_address() -> None:
    packages = {name: entry for name, entry in json.loads(LOCK)["packages"].items() if name}
    assert len(packages) > 10
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not re.search(r'"resolved"|registry\.', LOCK)


def test_the_lock_file_is_of_the_packages_that_are_wanted() -> None:
    wanted = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))
    root = json.loads(LOCK)["packages"][""]
    assert root["dependencies"] == wanted["dependencies"]
    assert root["devDependencies"] == wanted["devDependencies"]


def test_no_source_of_the_pages_names_another_host() -> None:
    static = Path(kg.__file__).parent / "web" / "static"
    for path in [*ASSETS.glob("*.js"), *static.glob("*.js"), *static.glob("*.css")]:
        assert not re.search(r"//[a-z0-9-]+\.[a-z]", path.read_text(encoding="utf-8")), path


def test_without_the_assets_the_query_page_is_a_form_that_works(
    built_sides: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Renderer, "built", frozenset())
    with TestClient(application(kg.open(built_sides.folder))) as client:
        page = client.get("/query").text
        assert "editor.js" not in page
        assert "<textarea" in page
        assert "Shusha" in client.post("/query", data={"query": "SELECT ?n { place:AZ-SUS rdfs:label ?n }"}).text
