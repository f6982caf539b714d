"""The dataset as something to download and to cite."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from kg import __version__, formats
from kg.vocabulary import DCAT, DCTERMS, RDFS, SCHEMA, VCARD
from kg.web.pages.wording import size_words
from kg.web.snapshot import Snapshot

_WHAT: Final = {
    "dataset.ttl": "the dataset, for reading and for `git diff`",
    "dataset.jsonld": "the dataset, for programs that read JSON",
    "dataset.nt": "the dataset, for loading",
    "annotations.nt": "mentions, sentences and unresolved names (NIF)",
    "catalog.ttl": "this catalogue (DCAT 3, VoID)",
    "manifest.json": "the checksum of every file",
    "validation.ttl": "the SHACL report",
    "report.md": "what was read, found, set aside and contested",
}
MEDIA_TYPES: Final = {"csv": "text/csv", "txt": "text/plain", "md": "text/markdown", "json": "application/json"}
_OTHERS: Final = {"csv": "CSV", "md": "Markdown", "txt": "text", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class File:
    """A file to download: its path, what it holds, its format, bytes, and SHA-256."""

    path: str
    what: str
    format: str
    media_type: str
    size: int
    sha256: str

    @property
    def size_words(self) -> str:
        return size_words(self.size)


class Published:
    """What `kg.toml` said of the dataset, and its files."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.base = snapshot.base
        self.node = ox.NamedNode(snapshot.base + "dataset")

    @cached_property
    def title(self) -> str:
        return self._one(DCTERMS.title) or "Claims of documents, with their evidence"

    @cached_property
    def description(self) -> str:
        return self._one(DCTERMS.description)

    @cached_property
    def license(self) -> str:
        return self._one(DCTERMS.license)

    @cached_property
    def version(self) -> str:
        return self._one(DCAT.version)

    @cached_property
    def issued(self) -> str:
        return self._one(DCTERMS.issued)

    @cached_property
    def publisher(self) -> str:
        return self._one(RDFS.label, ox.NamedNode(self.snapshot.base + "publisher"))

    @cached_property
    def publisher_url(self) -> str:
        return self._one(SCHEMA.url, ox.NamedNode(self.snapshot.base + "publisher"))

    @cached_property
    def contact(self) -> str:
        """Whom to tell that something is wrong: an address of mail, or of a page that takes a title and a body."""
        found = ox.NamedNode(self.snapshot.base + "contact")
        mail, page = self._one(VCARD.hasEmail, found), self._one(VCARD.hasURL, found)
        return mail.removeprefix("mailto:") or page

    @cached_property
    def creator(self) -> str:
        return self._one(RDFS.label, ox.NamedNode(self.snapshot.base + "creator"))

    @cached_property
    def creator_url(self) -> str:
        return self._one(SCHEMA.url, ox.NamedNode(self.snapshot.base + "creator"))

    @cached_property
    def identifier(self) -> str:
        return self._one(DCTERMS.identifier)

    @cached_property
    def access_rights(self) -> str:
        return self._one(DCTERMS.accessRights)

    @cached_property
    def related(self) -> list[str]:
        return self._all(DCTERMS.relation)

    @cached_property
    def keywords(self) -> list[str]:
        return self._all(DCAT.keyword)

    @cached_property
    def places(self) -> list[str]:
        """The IRIs of the places of which claims speak."""
        return self._all(DCTERMS.spatial)

    @cached_property
    def days(self) -> tuple[str, str]:
        """The first and the last day of which claims speak; empty where they speak of none."""
        period = ox.NamedNode(self.snapshot.base + "period")
        return self._one(DCAT.startDate, period), self._one(DCAT.endDate, period)

    @cached_property
    def files(self) -> list[File]:
        """The files of the folder, the dataset first; none of a store."""
        if self.snapshot.dataset.is_store:
            return []
        entries: dict[str, Any] = dict(self.snapshot.dataset.manifest["files"])
        known = [path for path in _WHAT if path in entries]
        shards = sorted(path for path in entries if path.startswith(("dataset-", "annotations-")))
        tables = sorted(path for path in entries if path.startswith("tables/"))
        return [_file(path, entries[path]) for path in (*known, *shards, *tables)]

    @property
    def sha256(self) -> str:
        """The RDFC-1.0 hash of the dataset; empty for a store."""
        if self.snapshot.dataset.is_store:
            return ""
        return str(self.snapshot.dataset.manifest["dataset"]["value"])

    def citation(self) -> str:
        """``CITATION.cff`` (Citation File Format 1.2.0)."""
        entries = {
            "cff-version": "1.2.0",
            "message": "If you use this dataset, please cite it, and the documents whose claims you use.",
            "type": "dataset",
            "title": self.title,
            "abstract": self.description,
            "version": self.version or self.sha256[:12],
            "date-released": self.issued,
            "license-url": self.license,
            "url": self.snapshot.base,
        }
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items() if value]
        author = json.dumps(self.publisher or "the publisher of this dataset", ensure_ascii=False)
        return "\n".join([*lines, "authors:", f"  - name: {author}", f"# made with kg {__version__}", ""])

    def _one(self, predicate: ox.NamedNode, subject: ox.NamedNode | None = None) -> str:
        return next(iter(self._all(predicate, subject)), "")

    def _all(self, predicate: ox.NamedNode, subject: ox.NamedNode | None = None) -> list[str]:
        wanted = subject or self.node
        return sorted(
            one.object.value
            for one in self.snapshot.catalog
            if one.subject == wanted and one.predicate == predicate and not isinstance(one.object, ox.Triple)
        )


def _file(path: str, entry: dict[str, Any]) -> File:
    format = formats.by_path(path)
    extension = path.rpartition(".")[2]
    label = format.label if format and extension != "json" else _OTHERS.get(extension, extension)
    what = _WHAT.get(path) or (f"the rows of the query {path[7:-4]}" if path.startswith("tables/") else "a part of it")
    media_type = format.media_type if format and extension != "json" else MEDIA_TYPES.get(extension, "")
    return File(path, what, label, media_type, int(entry["bytes"]), str(entry["sha256"]))
