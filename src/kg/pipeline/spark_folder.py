"""The folder that a build on a cluster writes: by URI, through Hadoop's file systems."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.runtime.folder import MANIFEST
from kg.write.manifest import File

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Folder:
    """The folder that is written, by URI, beside the one that it replaces."""

    def __init__(self, spark: SparkSession, out: str) -> None:
        self.out = out
        self._context = spark.sparkContext
        self._jvm: Any = self._context._jvm  # Hadoop's file systems have no other door in Python
        self.uri = out if "://" in out else Path(out).resolve().as_uri()
        self.new = f"{self.uri.rstrip('/')}.kg-new"
        path = self._path(self.uri)
        self._system: Any = path.getFileSystem(self._context._jsc.hadoopConfiguration())

    def __enter__(self) -> Folder:
        old = self._path(self.uri)
        if self._system.exists(old) and not self._system.exists(self._path(f"{self.uri}/{MANIFEST}")):
            raise InputError(
                f"has no {MANIFEST}: it is not an output of kg", where=self.out, hint="name another folder"
            )
        self._system.setWriteChecksum(False)  # else there is a hidden file beside each, where the system has no sums
        self._system.delete(self._path(self.new), True)
        self._system.mkdirs(self._path(self.new))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._system.delete(self._path(self.uri), True)
            self._system.rename(self._path(self.new), self._path(self.uri))
        else:
            self._system.delete(self._path(self.new), True)

    @property
    def local(self) -> Path | None:
        """The folder as every node sees it; None where only Spark can write there."""
        return Path(self.new.removeprefix("file://")) if self.new.startswith("file:") else None

    def part(self, stem: str) -> str:
        """Where Spark writes the files of a part, before `number` gives them their names."""
        return f"{self.new}/_{stem}"

    def number(self, stem: str, form: str) -> None:
        """Give the files of a part their names, in their order, and remove what Spark wrote beside them."""
        names = sorted(name for name, _ in self._listed(self.part(stem)) if name.startswith("part-"))
        for number, name in enumerate(names):
            self._system.rename(
                self._path(f"{self.part(stem)}/{name}"), self._path(f"{self.new}/{form.format(number)}")
            )
        self._system.delete(self._path(self.part(stem)), True)

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the folder itself."""
        stream = self._system.create(self._path(f"{self.new}/{name}"), True)
        stream.write(bytearray(content))
        stream.close()

    def measured(self) -> list[File]:
        """The files of the folder itself with sizes and hashes, which the cluster computes."""
        if not self._listed(self.new):
            return []
        hashed = self._context.binaryFiles(self.new).map(
            lambda pair: File(pair[0].rpartition("/")[2], len(pair[1]), hashlib.sha256(pair[1]).hexdigest())
        )
        return sorted(hashed.collect(), key=lambda file: file.path)

    def _listed(self, uri: str) -> list[tuple[str, int]]:
        return [(one.getPath().getName(), one.getLen()) for one in self._system.listStatus(self._path(uri))]

    def _path(self, uri: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(uri)
