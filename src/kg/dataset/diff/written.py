"""A difference, written: for a person, as JSON, as RDF Patch, as SPARQL Update."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Final

from kg.dataset.diff.changes import Change, Changes, OfDocument, changes
from kg.dataset.diff.triples import Versions
from kg.dataset.rows import shorten
from kg.runtime.terminal import printable
from kg.vocabulary import prefixes

Writer = Callable[[Versions], Iterator[bytes]]

_LONGEST: Final = 90  # characters of a value on a line


def as_update(versions: Versions) -> Iterator[bytes]:
    """SPARQL 1.1 Update that turns the old version into the new one, in the default graph."""
    yield from _block(b"DELETE DATA {\n", versions.removed(), b"};\n")
    yield from _block(b"INSERT DATA {\n", versions.added(), b"}\n")


def as_patch(versions: Versions) -> Iterator[bytes]:
    """RDF Patch, one transaction (https://afs.github.io/rdf-delta/rdf-patch.html); hashes name the versions."""
    for name, value in (("id", versions.new_hash), ("prev", versions.old_hash)):
        if value:
            yield f"H {name} <urn:sha256:{value}> .\n".encode()
    yield b"TX .\n"
    yield from (b"D %s\n" % line for line in versions.removed())
    yield from (b"A %s\n" % line for line in versions.added())
    yield b"TC .\n"


def as_json(versions: Versions) -> Iterator[bytes]:
    """The changes as one JSON object, its keys sorted."""
    found = changes(versions)
    plain = asdict(found) | {
        "contested": [{"subject": subject, "property": what} for subject, what in found.contested],
        "uncontested": [{"subject": subject, "property": what} for subject, what in found.uncontested],
        "documents": {document: _document(of) for document, of in found.documents.items()},
    }
    yield json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def as_text(versions: Versions) -> Iterator[bytes]:
    """The changes for a person: ``+`` a claim that came, ``-`` one that went, ``~`` one that says something else."""
    return (f"{printable(line)}\n".encode() for line in text(changes(versions), prefixes(versions.base)))


WRITERS: Final[dict[str, Writer]] = {"text": as_text, "json": as_json, "patch": as_patch, "update": as_update}


def text(found: Changes, known: Mapping[str, str]) -> Iterator[str]:
    """The lines of `as_text`; IRIs are shortened by the known prefixes."""
    if not found:
        yield "the datasets are the same"
        return
    yield from _listed("documents that came", found.documents_added, known)
    yield from _listed("documents that went", found.documents_removed, known)
    for document, of in found.documents.items():
        yield f"{shorten(document, known)}  {of.title}".rstrip()
        yield from (f"  + {shorten(one.claim, known)}  {_short(one.quote)}" for one in of.added)
        yield from (f"  - {shorten(one.claim, known)}  {_short(one.quote)}" for one in of.withdrawn)
        for change in of.changed:
            yield from _changed(change, known)
        if of.moved:
            yield f"    {_number(of.moved, 'claim')} at another place, in the same words"
    for what, pairs in (("now contested", found.contested), ("no longer contested", found.uncontested)):
        yield from _listed(what, (f"{shorten(s, known)}  {shorten(p, known)}" for s, p in pairs), {})
    yield f"triples: {found.triples_added} added, {found.triples_removed} removed"


def _changed(change: Change, known: Mapping[str, str]) -> Iterator[str]:
    was = "" if change.was == change.claim else f", was {shorten(change.was, known)}"
    yield f"  ~ {shorten(change.claim, known)}{was}  {_short(change.quote)}"
    for name, old, new in change.values:
        yield f"      {shorten(name, known)}: {_values(old, known)} -> {_values(new, known)}"
    if not change.values:
        yield f"      worded before: {_short(change.old_quote)}"


def _values(values: Iterable[str], known: Mapping[str, str]) -> str:
    return " | ".join(_short(shorten(value, known)) for value in values) or "none"


def _listed(title: str, items: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    lines = [f"  {shorten(item, known)}" for item in items]
    if lines:
        yield title
        yield from lines


def _document(of: OfDocument) -> dict[str, object]:
    return asdict(of) | {
        "changed": [
            asdict(change)
            | {"values": [{"property": name, "old": old, "new": new} for name, old, new in change.values]}
            for change in of.changed
        ]
    }


def _block(opening: bytes, lines: Iterator[bytes], closing: bytes) -> Iterator[bytes]:
    """Nothing for no lines: an empty DATA block is allowed, but not read by every store."""
    first = next(lines, None)
    if first is None:
        return
    yield opening
    yield first + b"\n"
    yield from (line + b"\n" for line in lines)
    yield closing


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
