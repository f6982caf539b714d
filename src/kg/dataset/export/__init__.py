"""A dataset in other forms that are standards elsewhere: one function a form, from a dataset to a stream of bytes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kg.dataset import Dataset
from kg.dataset.export.annotations import annotations
from kg.dataset.export.geojson import geojson
from kg.dataset.export.nanopub import nanopublications
from kg.errors import InputError, UsageError
from kg.runtime.locks import ALONE, AT_ONCE, lock

FORMATS: Final[dict[str, Callable[[Dataset], Iterator[bytes]]]] = {
    "nanopub": nanopublications,
    "annotations": annotations,
    "geojson": geojson,
}


def export(data: Dataset, format: str, out: str | os.PathLike[str]) -> None:
    """Write the dataset in one of `FORMATS` to a file, which is there as a whole or not at all.

    Raises UsageError for another format, InputError where the file cannot be written, or another run is writing it.
    """
    if format not in FORMATS:
        raise UsageError(f"there is no form {format!r}", hint=f"one of {', '.join(FORMATS)}")
    path = Path(out)
    new = path.with_name(f".{path.name}.kg-new")
    try:
        with open(lock(new, ALONE | AT_ONCE, mode=0o666), "wb") as file:
            try:
                file.truncate()  # what a killed run left
                file.writelines(FORMATS[format](data))
                file.flush()
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
    except BlockingIOError as error:
        what, hint = "another run of kg writes here", "wait for it, or name another file"
        raise InputError(what, where=str(path), hint=hint) from error
    except OSError as error:
        hint = "check the folder and its permissions"
        raise InputError(f"cannot be written: {error.strerror}", where=str(path), hint=hint) from error
