"""What an output folder holds, so that anyone can check that it is whole and is the same."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.runtime.folder import MANIFEST
from kg.runtime.regular import content


@dataclass(frozen=True, slots=True)
class File:
    """A file below the output folder: POSIX path, bytes, SHA-256 in lower-case hexadecimal."""

    path: str
    size: int
    sha256: str


def measure(folder: Path, name: str) -> File:
    """A file of the folder with its size and hash, read in pieces."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return File(name, os.fstat(file.fileno()).st_size, digest)


def measure_all(folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> Iterator[File]:
    """Every file below the folder but the manifest, by path; those alone whose path is wanted."""
    return (measure(folder, name) for name in sorted(filter(wanted, _names(folder))))


def _names(folder: Path) -> Iterator[str]:
    # A corpus may have a million texts: names cost a third of what as many Path objects do.
    for place, _, names in os.walk(folder):
        above = Path(place).relative_to(folder).as_posix()
        for name in names:
            path = name if above == "." else f"{above}/{name}"
            if path != MANIFEST and os.path.isfile(os.path.join(place, name)):
                yield path


def write_manifest(
    folder: Path, *, version: str, rdfc10: str, counts: Mapping[str, int], extra: Mapping[str, Any] | None = None
) -> None:
    """Write ``manifest.json`` for what stands in the folder now: sorted, without a clock.

    ``rdfc10`` is the hash of the dataset (`kg.write.canonical_hash`); ``counts`` are for people and
    tests (documents, claims, triples); ``extra`` are further entries, such as the base IRI.
    """
    text = manifest(measure_all(folder), version=version, rdfc10=rdfc10, counts=counts, extra=extra)
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def manifest(
    files: Iterable[File],
    *,
    version: str,
    rdfc10: str | None,
    counts: Mapping[str, int],
    extra: Mapping[str, Any] | None = None,
) -> str:
    """The text of ``manifest.json`` for files that were measured; without a hash of the whole where there is none."""
    named = {file.path: {"bytes": file.size, "sha256": file.sha256} for file in files}
    entries = {**(extra or {}), "kg": version, "counts": dict(counts), "files": named}
    if rdfc10:
        entries["dataset"] = {"canonicalization": "RDFC-1.0", "hash": "SHA-256", "value": rdfc10}
    return json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an output folder; raises InputError where there is none or it is broken."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(content(path))
    except FileNotFoundError as error:
        raise InputError(f"has no {MANIFEST}", where=str(folder), hint="run `kg build` first") from error
    except (OSError, ValueError) as error:
        raise InputError(f"is not a manifest: {error}", where=str(path), hint="build the folder again") from error
    if not isinstance(manifest, dict) or "files" not in manifest:
        raise InputError("is not a manifest of kg", where=str(path), hint="build the folder again")
    return manifest


def changed_files(folder: Path) -> tuple[str, ...]:
    """Paths whose bytes are not those of the manifest: changed, missing or not named by it."""
    named = {path: entry["sha256"] for path, entry in read_manifest(folder)["files"].items()}
    found = {file.path: file.sha256 for file in measure_all(folder)}
    return tuple(sorted(path for path in named.keys() | found.keys() if named.get(path) != found.get(path)))
