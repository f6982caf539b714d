"""The table ``frames.toml``: which verbs and nouns tell of what, and what a word alone says of it."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.domain import ControlWord, Family
from kg.extract.lexicon import listed
from kg.extract.lexicon import word as readings


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the table; what each field means stands at its head."""

    family: Family
    word: ControlWord | None
    verbs: frozenset[str]
    nouns: frozenset[str]
    theme: tuple[str, ...]
    actor: tuple[str, ...]
    by: frozenset[str]
    object: frozenset[str]
    subject: frozenset[str]
    particle: frozenset[str]
    with_prepositions: frozenset[str]
    with_nouns: frozenset[str]
    needs: frozenset[str]
    source: str
    kind: str
    objects: str
    begins: bool
    effective: bool
    same: bool
    elides: bool
    unless: frozenset[str]
    examples: tuple[str, ...]

    @property
    def drives(self) -> bool:
        """Whether it tells who is driven out, by whom the place was held."""
        return self.source in ("force", "of")


@cache
def frames() -> tuple[Frame, ...]:
    """The table, in its order."""
    data = tomllib.loads(files("kg.extract.frames").joinpath("frames.toml").read_text("utf-8"))
    return tuple(_frame(entry, data["by"]) for entry in data["frame"])


def _frame(entry: dict[str, Any], by: dict[str, str]) -> Frame:
    prepositions, _, nouns = entry.get("with", "").partition(":")
    return Frame(
        entry["family"],
        entry.get("word"),
        frozenset(entry.get("verbs", "").split()),
        frozenset(entry.get("nouns", "").split()),
        tuple(part.replace("+", " ") for part in entry.get("theme", "").split()),
        tuple(entry.get("actor", "").split()),
        frozenset((entry.get("by") or by.get(entry.get("word") or entry["family"], "")).split()),
        frozenset(entry.get("object", "").split()),
        frozenset(entry.get("subject", "").split()),
        frozenset(entry.get("particle", "").split()),
        frozenset(part.replace("+", " ") for part in prepositions.split()),
        frozenset(nouns.split()),
        frozenset(entry.get("needs", "").split()),
        entry.get("source", ""),
        entry.get("kind", ""),
        entry.get("objects", ""),
        entry.get("begins", False),
        entry.get("effective", False),
        entry.get("same", False),
        entry.get("elides", False),
        frozenset(part.replace("+", " ") for part in entry.get("unless", "").split()),
        tuple(entry.get("examples", ())),
    )


@cache
def by_verb() -> dict[str, tuple[Frame, ...]]:
    """Lemma -> the frames that it may tell, the most demanding first."""
    found: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames():
        for lemma in frame.verbs:
            found[lemma].append(frame)
    return {
        lemma: tuple(sorted(several, key=lambda frame: (not frame.kind, is_plain(frame))))
        for lemma, several in found.items()
    }


@cache
def _by_noun() -> dict[str, Frame]:
    return {noun: frame for frame in reversed(frames()) for noun in frame.nouns}


@lru_cache(maxsize=1 << 12)
def of_noun(low: str) -> Frame | None:
    """The frame that a noun tells, in the singular or plural."""
    nouns = _by_noun()
    return nouns.get(low) or nouns.get(low.removesuffix("s")) or nouns.get(low.removesuffix("es"))


@lru_cache(maxsize=1 << 12)
def tells(low: str) -> bool:
    """Whether a word may tell of something: asked of each word before a sentence is read as clauses.

    >>> tells("recaptured"), tells("fall"), tells("village")
    (True, True, False)
    """
    lemma = readings(low).lemma
    if low in listed("ceasefire"):
        return True
    return of_noun(low) is not None or (lemma in by_verb() and lemma not in _LIGHT)


_LIGHT = frozenset(("be", "have"))  # these tell nothing alone: "control" beside them does
_KEYS = frozenset("control possession master masters hands charge ours theirs back gone out again since became".split())
_SAME = frozenset("so followed follows following fate turn next way came".split())  # what happened to the one before


def worth_reading(lows: frozenset[str], *, bare: bool = False, told: bool = True) -> bool:
    """Whether a sentence with these words may tell of an event: the verb, and what stands beside it.

    ``bare``: it has no date and no place; ``told``: a change of control was told just before, so that ``so did Ard``
    may tell another.
    """
    if not bare and (not lows.isdisjoint(_KEYS) or (told and not lows.isdisjoint(_SAME))):
        return True
    return not all(map(lows.isdisjoint, [_beside_it(low, bare) for low in lows]))


@lru_cache(maxsize=1 << 13)
def _beside_it(low: str, bare: bool) -> frozenset[str]:
    """The words of which one must stand in a sentence with this one; itself, where it tells something alone."""
    if not bare and not tells(low):
        return frozenset()
    noun = of_noun(low)
    if (not bare and low in listed("ceasefire")) or (noun is not None and not (bare and _is_dated(noun))):
        return frozenset((low,))
    found: set[str] = set()
    for frame in by_verb().get(readings(low).lemma, ()):
        if bare and _is_dated(frame):
            continue
        asked = frame.object | frame.with_nouns | frame.particle | frame.subject
        partners = frozenset(one.rpartition("+")[2] for one in asked)
        if frame.kind and not frame.elides:
            partners |= listed(frame.kind)
        found |= partners or {low}
    return frozenset(found)


def _is_dated(frame: Frame) -> bool:
    """Whether a frame tells of nothing without a date, as each does but some of changes of control."""
    return frame.family != "control" or frame.same or not frame.needs.isdisjoint(("date", "since"))


def noun_word(low: str) -> ControlWord | None:
    """The change of control that a noun names: ``withdrawal``, ``seizure``."""
    frame = of_noun(low)
    return frame.word if frame is not None else None


def stated(lows: Sequence[str], index: int) -> tuple[ControlWord, int] | None:
    """What a word alone, with no clause around it, calls a change of control, and how many words it is.

    For headings, headers and the cells of rows: a noun, or a form that states what happened to the row's place.

    >>> stated(["retaken", "on"], 0), stated(["handed", "back"], 0), stated(["area"], 0)
    (('recapture', 1), ('handover', 2), None)
    """
    low = lows[index]
    frame = of_noun(low)
    if frame is not None and frame.word is not None:
        return frame.word, 1
    known = readings(low)
    if known.form not in ("past", "participle", "past or participle", "present"):
        return None
    around = set(lows[index + 1 : index + 3])
    for frame in by_verb().get(known.lemma, ()):
        if frame.word is not None and frame.particle & around and not (frame.drives or frame.object):
            return frame.word, 2 if lows[index + 1] in frame.particle else 1
        if "since" in frame.needs and lows[index + 1 : index + 2] == ["since"]:
            return frame.word or "capture", 1  # "Held since"
        if frame.word is not None and _alone(frame) and (known.form != "present" or frame.theme[0] == "subject"):
            return frame.word, 1
    return None


def is_plain(frame: Frame) -> bool:
    """Whether the verb of a frame tells it alone, whatever stands beside it."""
    asks = frame.drives or frame.object or frame.particle or frame.with_nouns or frame.subject or frame.kind
    return not (asks or "force" in frame.needs)


def _alone(frame: Frame) -> bool:
    """Whether a verb of the frame says it without arguments: ``left``, ``lost``; not ``held``, ``entered``."""
    bare = not (frame.object or frame.particle or frame.with_nouns or frame.subject or frame.drives or frame.kind)
    return bare and (frame.word == "withdrawal" or not frame.needs & {"force", "told", "actor"})
