"""Noun phrases with what belongs to them: coordination, apposition, brackets, lists after a colon, "of".

One function, `phrase_at`, for subjects, objects and whatever else is a list of noun phrases. It decides by form
alone; what a phrase *names* (``the town of X`` is X) is asked of its members.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract import words
from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb
from kg.extract.lexicon import listed
from kg.text.dates import Dated


@dataclass(slots=True, unsafe_hash=True)
class Member:
    """One noun phrase of a list, with all that follows its head.

    ``of`` is what stands after "of", or after "in" within a bracket; ``apposition`` what it is or is called
    besides (``the capital, Damascus``); ``within`` the larger place after a comma (``Shusha, Azerbaijan``);
    ``listed`` what a colon or dash names it to be; ``date`` its own date in a list of dated members.
    """

    noun: Noun
    last: int
    of: "Phrase | None" = None
    apposition: "tuple[Member, ...]" = ()
    within: tuple[Noun, ...] = ()
    listed: "Phrase | None" = None
    date: Dated | None = None


@dataclass(slots=True, unsafe_hash=True)
class Phrase:
    """Coordinated members, in order; one alone is a phrase too."""

    members: tuple[Member, ...]

    @property
    def first(self) -> int:
        return self.members[0].noun.first

    @property
    def last(self) -> int:
        return self.members[-1].last

    @property
    def head(self) -> Noun:
        """The first member's noun: what the phrase is said to be."""
        return self.members[0].noun

    def nouns(self) -> Iterator[Noun]:
        """The noun of each member."""
        return (member.noun for member in self.members)


_COUNTRY = frozenset(("country", "state"))
_SEPARATORS = frozenset((",", "/", "&"))
_ALL = frozenset(("all", "both", "each"))
_DASHES = frozenset(("–", "—"))
_TIMED = frozenset(("on", "in", "by", "since", "from", "around", "about"))
_MOST = 60  # chunks: how far a list is looked ahead for its "and"


def phrase_at(
    chunks: Sequence[Chunk], index: int, *, own_verb: bool, several: bool = True, dated: bool = True
) -> tuple[Phrase, int]:
    """The phrase that begins at a noun chunk, and the index after it.

    ``own_verb``: a verb is still to come and may be that of this phrase (it is, or belongs to, a subject); otherwise
    ``and B fell`` does not belong to it. ``several``: it may be a list. ``dated``: its members may have dates.
    """
    member, index = _lying(chunks, *_member(chunks, index, own_verb))
    members = [member]
    while several and (joined := _next(chunks, index, members, own_verb)) is not None:
        position, date = joined
        if date is not None and not dated:
            break
        if date is not None:
            members[-1] = replace(members[-1], date=date)
        member, index = _lying(chunks, *_member(chunks, position, own_verb))
        members.append(member)
    if len(members) > 1 and members[-2].date is not None and members[-1].date is None:
        date, index = _own_date(chunks, index)
        members[-1] = replace(members[-1], date=date)
    if members[-1].date is not None and _of_all(chunks, index):
        members = [replace(member, date=members[-1].date) for member in members]
    return Phrase(tuple(members)), index


def _of_all(chunks: Sequence[Chunk], end: int) -> bool:
    """``A, B and C (all in November 2020)``"""
    opened = next((i for i in range(end - 1, max(end - 6, 0), -1) if _word(chunks, i) == "("), end)
    return any(chunk.word in _ALL for chunk in chunks[opened:end])


def _lying(chunks: Sequence[Chunk], member: Member, index: int) -> tuple[Member, int]:
    """``A and B in Khojavend district, C in Lachin district``: where a member lies, in a list that goes on."""
    within = _noun(chunks, index + 1) if _word(chunks, index) == "in" else None
    goes_on = _noun(chunks, index + 3) if _word(chunks, index + 2) in (",", ";") else None
    if within is None or not (is_name(within) and is_name(member.noun)) or goes_on is None or not is_name(goes_on):
        return member, index
    return replace(member, within=(*member.within, within), last=within.last), index + 2


def _noun(chunks: Sequence[Chunk], index: int) -> Noun | None:
    chunk = chunks[index] if 0 <= index < len(chunks) else None
    return chunk if isinstance(chunk, Noun) else None


def _word(chunks: Sequence[Chunk], index: int) -> str:
    chunk = chunks[index] if index < len(chunks) else None
    return "" if chunk is None or chunk.kind in ("noun", "verb") else chunk.word


# --- one member ----------------------------------------------------------------------------------------


def _member(chunks: Sequence[Chunk], index: int, own_verb: bool) -> tuple[Member, int]:
    noun = chunks[index]
    assert isinstance(noun, Noun)
    member = Member(noun, noun.last)
    index += 1
    word = _word(chunks, index)
    if word == "of" and not noun.pronoun:
        member, index = _with_of(chunks, index, member, own_verb)
        word = _word(chunks, index)
    if word == "(":
        member, index = _with_bracket(chunks, index, member)
        word = _word(chunks, index)
    if word == ",":
        member, index = _with_comma(chunks, index, member)
        word = _word(chunks, index)
    elif (beside := _noun(chunks, index)) is not None and _names(member, beside):
        member, index = replace(member, apposition=(Member(beside, beside.last),), last=beside.last), index + 1
        word = _word(chunks, index)
    if word == ":" or word in _DASHES:
        member, index = _with_list(chunks, index, member)
    return member, index


def _names(member: Member, beside: Noun) -> bool:
    """``the village`` + ``Karkhulu``: a name right after a common noun, in another chunk only by chance."""
    kind = member.of is None and member.noun.name is None and _place_like(member.noun)
    return kind and beside.name is not None and not beside.determiner


def _with_of(chunks: Sequence[Chunk], index: int, member: Member, own_verb: bool) -> tuple[Member, int]:
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if isinstance(following, Date):
        noun = replace(member.noun, dated=following.dated)
        return replace(member, noun=noun, last=following.last), index + 2
    if not isinstance(following, Noun):
        return member, index
    head = member.noun
    several = not head.names and (head.plural or head.quantity is not None or not _place_like(head))
    of, index = phrase_at(chunks, index + 1, own_verb=own_verb, several=several)
    return replace(member, of=of, last=of.last), index


def _place_like(noun: Noun) -> bool:
    return noun.word in words.PLACE_TYPES or noun.word in words.NAME_TYPES


def _with_bracket(chunks: Sequence[Chunk], index: int, member: Member) -> tuple[Member, int]:
    """``Ard (3 May)`` is dated, ``Kurdlar (in Fuzuli)`` lies there; a bracket with a verb is a clause."""
    close = next((i for i in range(index + 1, min(len(chunks), index + _MOST)) if _word(chunks, i) == ")"), None)
    inner = chunks[index + 1 : close] if close is not None else ()
    several = member.noun.name is None and any(c.kind == "and" for c in inner)  # "the forts (A and B)"
    if close is None or several or any(isinstance(c, Verb) for c in inner):
        return member, index
    dates = [c.dated for c in inner if isinstance(c, Date)]
    nouns = tuple(c for c in inner if isinstance(c, Noun) and c.word not in _ALL)
    date = dates[0] if dates and not nouns else member.date
    return replace(member, date=date, within=nouns if not dates else (), last=chunks[close].last), close + 1


def _with_comma(chunks: Sequence[Chunk], index: int, member: Member) -> tuple[Member, int]:
    """``Shusha, Azerbaijan,`` and ``Ard, the seat of Besk province,``: one place; not ``Ard, Besk and Corm``."""
    beside = _noun(chunks, index + 1)
    if beside is None or beside.pronoun or beside.time:
        return member, index
    following = _word(chunks, index + 2)
    if (
        _contains(member.noun, beside)
        and following != "and"
        and not _finite_at(chunks, index + 2)
        and not _has_and(chunks, index + 2)
    ):
        return replace(member, within=(*member.within, beside), last=beside.last), _past_comma(chunks, index + 2)
    other, end = _plain_member(chunks, index + 1)
    if other.of is not None and _word(chunks, end) == "and":
        end = _past_title(chunks, end)
    closed = (
        end >= len(chunks)
        or _opens_clause(chunks, end)
        or _word(chunks, end) in (",", ".", ")", ";")
        or _word(chunks, end) in _DASHES
    )
    following_name = _noun(chunks, end + 1) if _word(chunks, end) == "," else None
    goes_on = following_name is not None and is_name(following_name)  # "the shore, Ard, Besk and Corm"
    is_called = _called(member, other) and not goes_on
    if closed and (_describes(member, other) or is_called) and not _ends_list(chunks, end, other):
        return replace(member, apposition=(other,), last=other.last), _past_comma(chunks, end)
    return member, index


def _opens_clause(chunks: Sequence[Chunk], index: int) -> bool:
    """``which``, ``from which``"""
    index += chunks[index].kind == "prep"
    return index < len(chunks) and chunks[index].kind == "sub"


_OF = ("of", "to")  # "birthplace of two admirals", "home to a minister"


def _past_title(chunks: Sequence[Chunk], index: int) -> int:
    """``Ard, chief town of Besk and birthplace of two admirals,``: past the second of two bare titles."""
    title = _noun(chunks, index + 1)
    bare = title is not None and title.name is None and not title.determiner and _word(chunks, index + 2) in _OF
    return _plain_member(chunks, index + 1)[1] if bare else index


def _plain_member(chunks: Sequence[Chunk], index: int) -> tuple[Member, int]:
    """A noun with its "of" and a prepositional phrase: ``a town in the north of Syria``."""
    noun = chunks[index]
    assert isinstance(noun, Noun)
    member, index = Member(noun, noun.last), index + 1
    if _word(chunks, index) == "of" and (inner := _noun(chunks, index + 1)) is not None:
        of = Phrase((Member(inner, inner.last),))
        member, index = replace(member, of=of, last=inner.last), index + 2
    while (
        _word(chunks, index) in ("in", "near", "on", "of", "from", "with", "to", "at")
        and _noun(chunks, index + 1) is not None
    ):
        index += 2
        member = replace(member, last=chunks[index - 1].last)
    return member, index


def _past_comma(chunks: Sequence[Chunk], index: int) -> int:
    """Past the comma that closes an aside, unless a list goes on after it."""
    return (
        index + 1
        if _word(chunks, index) == "," and isinstance(chunks[index + 1] if index + 1 < len(chunks) else None, Verb)
        else index
    )


def _contains(noun: Noun, beside: Noun) -> bool:
    """``City, Country``: the second is a country, the first a name that is none."""
    inner, outer = noun.name, beside.name
    if inner is None or outer is None or outer.entity is None or beside.determiner not in ("", "the"):
        return False
    country = outer.entity.type in _COUNTRY and outer.kind == "place"
    return country and inner.kind in ("place", "name") and not (inner.entity and inner.entity.type in _COUNTRY)


def _describes(member: Member, other: Member) -> bool:
    """``Ard, the seat of Besk province``: a name, and what it is."""
    named = member.noun.name is not None or bool(member.noun.names) or member.of is not None
    bare = not other.noun.determiner and other.of is not None and other.noun.word in _TITLES
    said = bare or other.noun.determiner not in ("", "no", "all", "both")
    single = not other.noun.plural or other.noun.word in _TITLES  # "the headquarters of Besk district"
    return named and other.noun.name is None and said and single


_TITLES = frozenset(
    "bastion birthplace capital centre center city gateway headquarters home hub port seat town".split()
)


def _called(member: Member, other: Member) -> bool:
    """``the capital, Damascus``: a definite noun, and its name."""
    definite = member.noun.determiner in ("the", "its", "their", "this") and not member.noun.names
    return (
        definite
        and other.noun.name is not None
        and not member.noun.plural
        and other.noun.name.kind in ("place", "name")
    )


def _ends_list(chunks: Sequence[Chunk], index: int, other: Member) -> bool:
    """``A, the village of B, and C``: a list goes on, whose member this is."""
    return (
        other.of is not None
        and _place_like(other.noun)
        and other.noun.word not in ("capital", "seat")
        and _has_and(chunks, index)
    )


def _has_and(chunks: Sequence[Chunk], index: int, *, own_verb: bool = False) -> bool:
    """Whether a chain of nouns, commas, "of" and dates goes on to an "and" before a last noun."""
    for step in range(index, min(len(chunks), index + _MOST)):
        chunk = chunks[step]
        if chunk.kind == "and":
            return (
                chunk.word != "but"
                and _noun(chunks, step + 1) is not None
                and (own_verb or not _finite_at(chunks, step + 2))
            )
        plain = chunk.word in (",", "(", ")", "of") or chunk.kind in ("noun", "date", "adverb", "prep")
        if not plain:
            return False
    return False


def _with_list(chunks: Sequence[Chunk], index: int, member: Member) -> tuple[Member, int]:
    """``three farms – Ard, Besk, Corm``, ``the following settlements: A city, B village``."""
    many = member.noun.plural or "following" in member.noun.words
    if not many or member.noun.name is not None or _noun(chunks, index + 1) is None or _finite_ahead(chunks, index + 1):
        return member, index
    names, end = phrase_at(chunks, index + 1, own_verb=True)
    return replace(member, listed=names, last=names.last), end + (_word(chunks, end) in _DASHES)


def _finite_ahead(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a finite verb comes before the dash or sentence ends: then what stands here is a clause."""
    for chunk in chunks[index : index + _MOST]:
        if chunk.word in _DASHES or chunk.word in (";", "."):
            return False
        if isinstance(chunk, Verb) and chunk.finite and chunk.form != "past or participle":
            return True
    return False


# --- lists ------------------------------------------------------------------------------------------------


def _finite_at(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a finite verb stands here, past adverbs and what belongs to the noun before: ``B (of C) fell``."""
    step, led = index, False
    while step < len(chunks) and step < index + 8:
        chunk = chunks[step]
        if isinstance(chunk, Verb):
            by = not chunk.auxiliary and _word(chunks, step + 1) == "by"
            sure = chunk.auxiliary or chunk.form != "past or participle" or chunk.word in listed("intransitive")
            return chunk.finite and not by and bool(sure or not led)
        if chunk.kind == "adverb":
            step += 1
        elif chunk.kind == "prep" and _noun(chunks, step + 1) is not None:
            led = led or chunk.word != "of"  # "the soldiers at Ard fled", not "the villages in Ard captured"
            step += 2
        else:
            return False
    return False


def _next(
    chunks: Sequence[Chunk], index: int, members: Sequence[Member], own_verb: bool
) -> tuple[int, Dated | None] | None:
    """Where the next member begins, and the date between that is the last member's own; None where the list ends."""
    if members[-1].listed is not None or (members[0].noun.pronoun and members[0].noun.word not in ("both", "others")):
        return None
    dated, step = _own_date(chunks, index)
    position, sign = _separated(chunks, step)
    if position is None:
        return None
    noun = _noun(chunks, position)
    assert noun is not None
    if noun.pronoun or noun.time or noun.adjective or (not own_verb and _finite_at(chunks, position + 1)):
        return None
    if sign == "," and dated is None and not _comma_joins(chunks, position, members[-1], own_verb):
        return None
    if dated is not None and not _dated_next(chunks, position, bare=sign == "," and not is_name(noun)):
        return None
    return position, dated


def _own_date(chunks: Sequence[Chunk], index: int) -> tuple[Dated | None, int]:
    """``A on 3 May``, ``A, on 3 May,``: a date after a member, and the index after it."""
    if index >= len(chunks) or chunks[index].kind in ("verb", "and"):
        return None, index
    step = index + (_word(chunks, index) == ",")
    if (
        (noun := _noun(chunks, step)) is not None
        and noun.time
        and isinstance(chunks[step + 1] if step + 1 < len(chunks) else None, Chunk)
    ):
        step += 1 + (chunks[step + 1].kind == "adverb" if step + 1 < len(chunks) else 0)
        step += _word(chunks, step) == ","
    step += _word(chunks, step) in _TIMED
    if step < len(chunks) and isinstance(chunks[step], Date):
        return chunks[step].dated, step + 1  # type: ignore[attr-defined]
    return None, index


def _separated(chunks: Sequence[Chunk], index: int) -> tuple[int | None, str]:
    """The noun after a comma or "and", past adverbs (``then``, ``at last``); the sign that joins it."""
    sign, step = "", index
    while step < len(chunks) and step < index + 5:
        chunk = chunks[step]
        if isinstance(chunk, Noun):
            return (step, sign) if sign else (None, "")
        if chunk.kind == "and" and chunk.word not in ("but", "yet"):
            sign = "and"
        elif chunk.word in _SEPARATORS and not sign:
            sign = ","
        elif not (chunk.kind == "adverb" and sign) and chunk.word not in ("at",):
            return None, ""
        step += 1
    return None, ""


def _comma_joins(chunks: Sequence[Chunk], position: int, last: Member, own_verb: bool) -> bool:
    """After a comma alone a list goes on where an "and" is still to come, or names of places stand in a row."""
    if _has_and(chunks, position + 1, own_verb=own_verb):
        return True
    noun = _noun(chunks, position)
    ends = own_verb or not _finite_at(chunks, position + 1)
    return noun is not None and is_name(noun) and is_name(last.noun) and ends


def is_name(noun: Noun) -> bool:
    """Whether a noun phrase is the name of a place, or a name with its kind: ``Ard``, ``Ard village``."""
    places = bool(noun.names) and noun.names[-1].kind in ("place", "name")
    kind = _place_like(noun) or noun.word in words.PLURAL_PLACE_TYPES
    return places and not noun.determiner and (noun.name is not None or kind)


def _dated_next(chunks: Sequence[Chunk], position: int, *, bare: bool) -> bool:
    """Whether the member after a dated one has a date too, or its list has, so that the dates are the members'.

    ``bare``: no name, after a comma alone: before a verb it is a subject, ``in 1956, a garrison replaced them``.
    """
    for step in range(position + 1, min(len(chunks), position + 12)):
        chunk = chunks[step]
        if isinstance(chunk, Date):
            return True
        if isinstance(chunk, Verb) or chunk.word == ";":
            return isinstance(chunk, Verb) and not bare
    return False
