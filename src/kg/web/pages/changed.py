"""What changed between two states of a dataset, as a page shows it and as a feed (Atom, RFC 4287)."""

import xml.etree.ElementTree as xml
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.dataset import Dataset
from kg.dataset.diff import Change, Changes, OneSided, changes, versions
from kg.vocabulary import SEM
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import count_words

_ATOM: Final = "http://www.w3.org/2005/Atom"
_FOLLOWS: Final = {SEM.hasEarliestBeginTimeStamp.value, SEM.hasLatestEndTimeStamp.value}  # from the date
MOST: Final = 500  # documents that are shown


@dataclass(frozen=True, slots=True)
class Said:
    """A value that was another: the property, and the words before and after."""

    word: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """A claim that came, went, or says something else."""

    claim: Thing  # without a path where only the old state has it
    kind: str
    quote: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A document with what changed in it."""

    document: Thing
    title: str
    publisher: str
    state: str  # came, went, or empty
    came: tuple[Line, ...]
    changed: tuple[Line, ...]
    went: tuple[Line, ...]
    moved: int

    @property
    def words(self) -> str:
        """How much changed, in a line."""
        parts = (
            *((count_words(len(lines), "claim"), what) for lines, what in ((self.came, "came"), (self.went, "went"))),
            (
                count_words(len(self.changed), "claim"),
                "says something else" if len(self.changed) == 1 else "say others",
            ),
        )
        told = [f"{count} {what}" for count, what in parts if not count.startswith("0 ")]
        return "; ".join([f"the document {self.state}" if self.state else "", *told]).strip("; ") or "words moved"


@dataclass(frozen=True, slots=True)
class History:
    """All that changed, and between which states."""

    documents: tuple[Changed, ...]
    left_out: int
    contested: tuple[tuple[Thing, str], ...]
    uncontested: tuple[tuple[Thing, str], ...]
    old: str  # hashes
    new: str


def history(facts: Facts, previous: Dataset) -> History:
    """What changed since a previous state. Raises KGError where the two cannot be compared."""
    with versions(previous, facts.data) as both:
        found = changes(both)
        old, new = both.old_hash, both.new_hash
    names = sorted({*found.documents, *found.documents_added, *found.documents_removed})
    return History(
        documents=tuple(_changed(facts, found, name) for name in names[:MOST]),
        left_out=max(0, len(names) - MOST),
        contested=tuple((facts.thing(subject), facts.short(what)) for subject, what in found.contested),
        uncontested=tuple((_thing(facts, subject), facts.short(what)) for subject, what in found.uncontested),
        old=old,
        new=new,
    )


def _changed(facts: Facts, found: Changes, name: str) -> Changed:
    of = found.documents.get(name)
    state = "came" if name in found.documents_added else "went" if name in found.documents_removed else ""
    document = _thing(facts, name)
    return Changed(
        document=document,
        title=(of.title if of else "") or document.name,
        publisher=facts.publisher(name),
        state=state,
        came=tuple(_one(facts, one) for one in of.added) if of else (),
        changed=tuple(_other(facts, one) for one in of.changed) if of else (),
        went=tuple(_one(facts, one) for one in of.withdrawn) if of else (),
        moved=of.moved if of else 0,
    )


def _thing(facts: Facts, iri: str) -> Thing:
    """A thing; without a path where the present state says nothing of it."""
    thing = facts.thing(iri)
    return thing if facts.known(iri) else Thing(iri, facts.short(iri))


def _one(facts: Facts, one: OneSided) -> Line:
    return Line(_thing(facts, one.claim), one.kind, one.quote)


def _other(facts: Facts, change: Change) -> Line:
    told = [(name, old, new) for name, old, new in change.values if name not in _FOLLOWS]
    said = [
        Said(facts.short(name).rpartition(":")[2], _words(facts, old), _words(facts, new)) for name, old, new in told
    ]
    if not said:
        said = [Said("words", change.old_quote, change.quote)]
    return Line(_thing(facts, change.claim), change.kind, change.quote, tuple(said))


def _words(facts: Facts, values: Iterable[str]) -> str:
    shown = (facts.thing(value).name if value.startswith(facts.base) else facts.short(value) for value in values)
    return ", ".join(shown) or "nothing"


def feed(found: History, *, title: str, base: str, updated: str, author: str) -> str:
    """The changes as Atom, an entry for each document; ``updated`` is the day of the present state, ISO 8601."""
    root = xml.Element("feed", {"xmlns": _ATOM})
    moment = f"{updated}T00:00:00Z"
    _texts(root, id=f"{base}changes", title=f"{title}: what changed", updated=moment)
    xml.SubElement(root, "link", {"rel": "self", "href": f"{base}changes.atom"})
    xml.SubElement(root, "link", {"rel": "alternate", "href": f"{base}changes"})
    _texts(xml.SubElement(root, "author"), name=author)
    for one in found.documents:
        entry = xml.SubElement(root, "entry")
        label = f"{one.publisher}: {one.title}" if one.publisher else one.title
        _texts(entry, id=f"{one.document.iri}?state={found.new[:16]}", title=f"{label} ({one.words})", updated=moment)
        xml.SubElement(
            entry, "link", {"rel": "alternate", "href": one.document.iri if one.document.path else f"{base}changes"}
        )
        _texts(entry, summary="\n".join(_told(one)))
    return xml.tostring(root, encoding="unicode", xml_declaration=True)


def _told(one: Changed) -> Iterator[str]:
    for mark, lines in (("+", one.came), ("~", one.changed), ("-", one.went)):
        for line in lines:
            yield f"{mark} {line.kind}: {line.quote}"
    if one.moved:
        yield f"{count_words(one.moved, 'claim')} at another place, in the same words"


def _texts(parent: xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        xml.SubElement(parent, name).text = "".join(filter(_is_xml, text))


def _is_xml(character: str) -> bool:
    """Whether XML 1.0 allows a character."""
    return character in "\t\n\r" or (
        character >= " " and character not in "\ufffe\uffff" and not "\ud800" <= character <= "\udfff"
    )
