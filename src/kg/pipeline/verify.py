"""Whether a dataset is what its sources give: made again, and compared byte by byte."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kg import dataset
from kg.config import Config
from kg.dataset import Dataset
from kg.errors import InputError
from kg.pipeline import build
from kg.runtime.folder import MANIFEST
from kg.write.manifest import changed_files, read_manifest

_WHY: Final = {
    "kg": "kg {old} made it, and this is kg {new}",
    "gazetteer": "it was made with other names: a --gazetteer is missing or has changed, or kg's own has",
    "shapes": "it was made with other shapes",
    "settings": "it was made with other settings",
}
_ORIGINALS: Final = "SELECT ?path ?hash { ?source kg:path ?path ; schema:sha256 ?hash }"
_SHOWN: Final = 20  # files or sources of which each is named
Paths = Sequence[str | os.PathLike[str]]


def verify(folder: Path, sources: Paths = (), *, gazetteers: Paths = ()) -> list[str]:
    """What differs between a dataset and what is made of its sources today, and why, a sentence each; none if nothing.

    Without ``sources`` only what the dataset says of its own files is checked. Raises InputError for what is no
    dataset, or one of a kg that did not say how it was made.
    """
    manifest = read_manifest(folder)
    if "made" not in manifest:
        raise InputError("does not say how it was made", where=str(folder / MANIFEST), hint="build it again")
    changed = [_changed(folder, path, manifest["files"]) for path in changed_files(folder)]
    if not sources:
        return changed
    with TemporaryDirectory() as scratch:
        again = _made_again(manifest["made"], sources, Path(scratch) / "again", gazetteers)
        return changed + list(_differences(dataset.open(folder), dataset.open(again)))


def _changed(folder: Path, path: str, stated: Mapping[str, Any]) -> str:
    if path not in stated:
        return f"{path} was not written with it: {MANIFEST} does not name it"
    if not (folder / path).exists():
        return f"{path} is missing: {MANIFEST} names it"
    return f"{path} is not as it was written: {MANIFEST} states other bytes"


def _made_again(made: Mapping[str, Any], sources: Paths, out: Path, gazetteers: Paths) -> Path:
    """The dataset of the sources, with the settings that the manifest states."""
    options = dict(made["options"])
    engine = "auto" if options.pop("validated") else "none"
    config = Config(**{name: _read(value) for name, value in made["config"].items()})
    build(sources, out, config=config, gazetteers=gazetteers, shacl_engine=engine, **options)
    return out


def _read(value: Any) -> Any:
    """A setting from JSON, whose lists were tuples."""
    return tuple(_read(one) for one in value) if isinstance(value, list) else value


def _differences(old: Dataset, new: Dataset) -> Iterator[str]:
    ours, theirs = old.manifest["files"], new.manifest["files"]
    differing = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    reasons = list(_reasons(old, new))
    yield from reasons
    for path in differing[:_SHOWN]:
        if path not in theirs:
            yield f"{path} does not come of these sources"
        elif path not in ours:
            yield f"{path} comes of these sources and is missing"
        else:
            yield f"{path} differs{_place(old.folder / path, new.folder / path)}"
    if len(differing) > _SHOWN:
        yield f"{len(differing) - _SHOWN} more files differ"
    if not differing and not reasons and (place := _place(old.folder / MANIFEST, new.folder / MANIFEST)):
        yield f"{MANIFEST} differs{place}"


def _reasons(old: Dataset, new: Dataset) -> Iterator[str]:
    before, after = old.manifest["made"], new.manifest["made"]
    for part, sentence in _WHY.items():
        if before[part] != after[part]:
            yield sentence.format(old=before[part], new=after[part])
    was, now = _originals(old), _originals(new)
    other = sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))
    for path in other[:_SHOWN]:
        if path not in now:
            yield f"the source {path} was read for it and is not among these sources"
        elif path not in was:
            yield f"the source {path} was not read for it"
        else:
            yield f"the source {path} has other bytes than it had: its SHA-256 was {was[path]} and is {now[path]}"


def _originals(data: Dataset) -> dict[str, str]:
    return {str(row["path"]): str(row["hash"]) for row in data.query(_ORIGINALS)}


def _place(old: Path, new: Path) -> str:
    """Where two files of lines begin to differ; nothing where they are not such files."""
    if old.suffix == ".gz" or not old.is_file():
        return ""
    with old.open("rb") as ours, new.open("rb") as theirs:
        for number, (one, other) in enumerate(zip(ours, theirs, strict=False), 1):
            if one != other:
                return f" from line {number}"
    return " in its length" if old.stat().st_size != new.stat().st_size else ""
