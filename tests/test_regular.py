"""What has no end is refused at once wherever a file is named: a pipe, a socket, a device."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import formats, gazetteer
from kg.commands.read import _query_text
from kg.config import read_config
from kg.errors import InputError
from kg.read import Unreadable, plan, read_item
from kg.validate import prepare
from kg.write import read_manifest

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "graph": ("a.ttl", lambda place: list(formats.read(place))),
    "packed graph": ("a.nt.gz", lambda place: list(formats.read(place))),
    "context": ("a.jsonld", formats.read_context),
    "shapes": ("a.ttl", lambda place: prepare([place])),
    "folder of shapes": ("a.ttl", lambda place: prepare([place.parent])),
    "gazetteer": ("a.ttl", lambda place: gazetteer.load((place,))),
    "settings": ("kg.toml", read_config),
    "query": ("a.rq", lambda place: _query_text(str(place))),
    "manifest": ("manifest.json", lambda place: read_manifest(place.parent)),
}


def pipe(place: Path) -> None:
    os.mkfifo(place)


def endless(place: Path) -> None:
    place.symlink_to("/dev/zero")


def listening(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))


@pytest.mark.parametrize("made", [pipe, endless, listening])
@pytest.mark.parametrize("kind", READERS)
def test_what_has_no_end_is_refused_wherever_a_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, made: Callable[[Path], None]
) -> None:
    name, read = READERS[kind]
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    made(Path(name))
    with pytest.raises(InputError, match="not a regular file"):
        read(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.txt.gz"])
def test_a_file_that_became_something_else_after_it_was_listed_is_refused_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    place = tmp_path / name
    for made in (pipe, endless, listening):
        place.write_text("a")
        items = plan([tmp_path])
        place.unlink()
        made(Path(name))
        refused = [outcome for item in items if isinstance(outcome := read_item(item), Unreadable)]
        assert [one.reason for one in refused] == ["is not a regular file"]
        place.unlink()
