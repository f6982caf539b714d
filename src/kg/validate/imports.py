"""What shapes import: files beside them; nothing is fetched (SHACL, section 1.3: the shapes graph has its imports)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag, urlsplit

from pyoxigraph import NamedNode, Triple

from kg import formats
from kg.errors import InputError

_IMPORTS: Final = NamedNode("http://www.w3.org/2002/07/owl#imports")


def with_imports(files: Sequence[Path], contexts: formats.Contexts | None = None) -> list[Triple]:
    """The triples of files and of all that they import, each once.

    Raises InputError for an import that is neither a file nor what one of the files speaks of.
    """
    read: dict[Path, list[Triple]] = {}
    waiting = list(files)
    while waiting:
        path = waiting.pop(0)
        if (key := path.resolve()) not in read:
            read[key] = list(formats.read(path, contexts=contexts))
            waiting += [Path(unquote(urlsplit(iri).path)) for iri in _imported(read[key]) if _is_local(iri)]
    triples = list(dict.fromkeys(triple for each in read.values() for triple in each))
    given = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    for path, each in read.items():
        for iri in _imported(each):
            if not _is_local(iri) and not {iri, iri.rstrip("#/")} & given:
                hint = "give a copy of it beside this file, or import that, or leave owl:imports out"
                raise InputError(f"imports {iri}, and kg fetches nothing", where=str(path), hint=hint)
    return triples


def _imported(triples: Sequence[Triple]) -> list[str]:
    return [
        urldefrag(t.object.value)[0] for t in triples if t.predicate == _IMPORTS and isinstance(t.object, NamedNode)
    ]


def _is_local(iri: str) -> bool:
    return urlsplit(iri).scheme == "file"
