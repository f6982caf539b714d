"""Which date holds of which predicate: its own, that of its list's member, one shared by the predicates around it."""

from collections.abc import Sequence

from kg.extract.clauses.chunks import Noun
from kg.extract.clauses.clause import Adjunct, Clause, until_date
from kg.extract.lexicon import listed
from kg.text.dates import shift
from kg.text.numbers import WORDS as NUMBER_WORDS

_NO_BEGINNING = frozenset(("until", "till", "before", "after", "ahead of", "of", "than", "prior to"))
_REACH = 12  # tokens from a date to the clause that it explains, where it does not lead its own
_BESIDE = 6  # characters between two dates: ", on "
_MARKING = frozenset(("mark", "celebrate", "commemorate", "observe"))
_TELLING = listed("telling", "discourse")


def own_date(clause: Clause) -> str | None:
    """The date that a clause gives its verb: the first after it, else the nearest before it."""
    if (late := until_date(clause)) is not None:
        return value_of(late)
    verb = clause.verb.first if clause.verb is not None else clause.first
    usable = [a for a in clause.dates() if is_beginning(a) and not _of_another(clause, a)]
    after = [a for a in usable if a.first >= verb]
    chosen = after[0] if after else _before_verb(clause, usable) if usable else None
    if chosen is not None:
        return value_of(_restated(chosen, usable))
    for phrase in clause.prepositional("after", "under", "since"):  # "after the war of 2020"
        dated = phrase.head.dated
        if dated is not None and len(dated.value) == 4 and not phrase.head.time:
            return dated.value
    wars = (one.head for one in clause.prepositional("in", "during") if one.head.word in listed("fighting"))
    if (fought := next((head.dated for head in wars if head.dated is not None), None)) is not None:
        return fought.value  # "in the war of 1912"
    beside = (m.date for phrase in clause.prepositional("by", "to") for m in phrase.members if m.date is not None)
    return next((date.value for date in beside if date.value), None)  # "by X (26 January)"


def _before_verb(clause: Clause, usable: Sequence[Adjunct]) -> Adjunct:
    """``On 3 May, three weeks after that of the ultimatum, 2 April, they gave it up``: what leads, not an aside."""
    leads = usable[0].first <= clause.first + 1 and usable[0].preposition
    return usable[0] if leads and not usable[-1].preposition else usable[-1]


def _of_another(clause: Clause, date: Adjunct) -> bool:
    """``after a raid on its depot on 2 May``: the date of the raid."""
    verb = clause.verb.first if clause.verb is not None else date.first
    before = [a for a in clause.adjuncts if a.phrase is not None and a.first < date.first]
    late = any(a.first > verb and _is_event(a) for a in before[:-1])
    return late or _goes_on_around(clause, date) or (date.first < verb and _within_event(clause, date))


def _is_event(adjunct: Adjunct) -> bool:
    timed = adjunct.phrase is not None and adjunct.phrase.head.time
    return adjunct.preposition in ("after", "before", "following") and not timed


def _within_event(clause: Clause, date: Adjunct) -> bool:
    """``After a raid on its depot on 2 May the army ...``: the day of what the phrase before it names."""
    before = [a for a in clause.adjuncts if a.phrase is not None and a.phrase.last <= date.first]
    return any(map(_is_event, before)) and before[-1].phrase is not None and before[-1].phrase.last == date.first


def _goes_on_around(clause: Clause, date: Adjunct) -> bool:
    """``from 3 May, when X took Ard, or from the 18th, the day on which Y did``: a date beside that of the clause."""
    day = next((a.phrase.head for a in clause.adjuncts if a.phrase is not None and a.first > date.first), None)
    return clause.marker == "when" and day is not None and day.time and day.determiner == "the"


def is_beginning(adjunct: Adjunct) -> bool:
    """Whether an adjunct says when something happens: ``from 1979``, not ``until 1989``."""
    return adjunct.date is not None and bool(adjunct.date.value) and adjunct.preposition not in _NO_BEGINNING


def value_of(adjunct: Adjunct) -> str | None:
    """The date of an adjunct; ``by 3 May`` is on or before it."""
    assert adjunct.date is not None
    value = adjunct.date.value
    if adjunct.preposition in ("by", "as of") and "/" not in value and not value.startswith("XXXX"):
        return f"../{value}"
    return value


def leading_date(clause: Clause) -> str | None:
    """A date that stands before a clause's subject and verb: it holds for what is coordinated with it too."""
    begins = clause.subject.first if clause.subject is not None else clause.verb.first if clause.verb is not None else 0
    leading = [a for a in clause.dates() if is_beginning(a) and a.first < begins and not _within_event(clause, a)]
    if not leading or leading[0].first - clause.first > 3:
        return None
    return value_of(_restated(leading[0], leading))


def _restated(date: Adjunct, dates: Sequence[Adjunct]) -> Adjunct:
    """``three weeks later, on 14 October``: of two ways to say when, side by side, the one that says the day."""
    for other in dates:
        assert date.date is not None
        assert other.date is not None
        beside = 0 < other.date.start - date.date.end <= _BESIDE
        if beside and (date.date.relative or len(date.date.value) < len(other.date.value)):
            date = other
    return date


def date_of(clause: Clause) -> str | None:
    """The date of what a clause tells, its own or one that the text lets it share."""
    if (own := own_date(clause)) is not None:
        return own
    if clause.verb is not None and not all(_goes_on_around(clause, one) for one in clause.dates()):
        return None  # it has a date, which is of something else
    before = clause.shares
    day = before.adjuncts[-1].phrase if before is not None and before.adjuncts else None
    if before is not None and day is not None and day.last == clause.first and day.head.time:
        return own_date(before) if day.head.determiner == "the" else None  # "on 3 May, the day the rebels took Ard"
    if before is not None and clause.marker != ";" and before.kind == clause.kind:
        came = _came(clause, before)
        return (
            came or leading_date(before) or (date_of(before) if before.kind == "participle" else _shared_before(before))
        )
    parent = clause.parent
    if parent is None:
        return None
    if clause.kind == "that" and parent.verb is not None and parent.verb.lone and parent.verb.word == "be":
        return own_date(parent)  # "it was on 3 May that ..."
    copula = parent.verb is not None and parent.verb.lone and parent.verb.word == "be"
    if copula and (clause.kind in ("participle", "relative") or clause.marker == "what"):
        return own_date(parent)  # "the town lost was Ard, on 3 May"
    if clause.kind == "adverbial" and clause.marker in ("after", "before"):
        return _shifted(clause, parent)
    if clause.kind == "infinitive":
        return date_of(parent)
    if clause.kind == "participle" and parent.verb is None:
        return own_date(parent)  # of a row: "30 March 2012, seized"
    if clause.kind == "participle" and clause.verb is not None and clause.verb.form == "ing":
        return leading_date(parent) or (own_date(parent) if clause.marker in ("by", "with") else None)
    if clause.kind in ("adverbial", "relative") and clause.marker in ("when", "which"):
        return _just_before(clause, parent)
    return None


def _came(clause: Clause, before: Clause) -> str | None:
    """``They came to Ard on 3 May and took the town``: the day of the coming."""
    moves = before.verb is not None and before.verb.word in _COMING and clause.subject is before.subject
    return own_date(before) if moves and clause.verb is not None and not any(True for _ in clause.adjuncts) else None


_COMING = frozenset("advance arrive attack come cross enter go land march move reach return ride sail".split())


def _shared_before(clause: Clause) -> str | None:
    before = clause.shares
    return leading_date(before) if before is not None and clause.marker != ";" and not clause.adjuncts else None


def _shifted(clause: Clause, parent: Clause) -> str | None:
    """``took Adigrat on 21 November 2020, a day after Axum had fallen``: the date before, some days away."""
    return _some_days_from(parent, clause.first, back=clause.marker == "after")


def _some_days_from(clause: Clause, first: int, *, back: bool) -> str | None:
    """The day of a clause, as many away as a length of time says that ends where what is dated begins."""
    day = own_date(clause)
    for adjunct in clause.adjuncts:
        phrase = adjunct.phrase
        if phrase is None or phrase.last != first or day is None or len(day) != 10 or not phrase.head.time:
            continue
        days = {"day": 1, "days": 1, "week": 7, "weeks": 7, "evening": 1, "night": 1}.get(phrase.head.word, 0)
        number = next((n for low in phrase.head.words if (n := _number(low))), 1)
        if days:
            return shift(day, days * number * (-1 if back else 1))
    return None


def _number(low: str) -> int:
    return int(low) if low.isdigit() else NUMBER_WORDS.get(low, 0) if low not in ("a", "one") else 1


def _just_before(clause: Clause, parent: Clause) -> str | None:
    """``On 3 May 2001, when X seized Ard``: the date that the clause explains."""
    if parent.inverted:
        return None  # "hardly had Ard fallen on 3 May when ..."
    before = [a for a in parent.dates() if a.first < clause.first]
    for adjunct in reversed(before):
        assert adjunct.date is not None
        near = clause.first - adjunct.first <= _REACH or (len(before) == 1 and leading_date(parent) is not None)
        if near and (is_beginning(adjunct) or adjunct.preposition in ("until", "till")):
            return adjunct.date.value
    return None


def date_of_noun(clause: Clause, noun: Noun, last: int) -> str | None:
    """The date of what a noun tells, ``the capture of Ard by X on 3 May``: one that follows it or is within it.

    ``last`` is one past the last token of its phrases. The date of the clause holds where its verb says when the
    noun happened (``completed its withdrawal``).
    """
    if noun.dated is not None and noun.dated.value:
        return noun.dated.value
    if clause.verb is not None and clause.verb.word in _MARKING and clause.subject is not None:
        return None  # "marked the recapture of Ard on 3 May"
    for adjunct in clause.dates():
        beyond = clause.verb is not None and last <= clause.verb.first < adjunct.first  # "was announced on 3 May"
        if is_beginning(adjunct) and 0 <= adjunct.first - last <= 2 and not beyond:
            return value_of(adjunct)
    if (held := _time_apart(clause, noun)) is not None:
        return _some_days_from(clause, held.first, back=held.preposition == "after")
    about = [one for phrase in (clause.subject, *clause.objects) if phrase is not None for one in phrase.nouns()]
    ended = clause.verb is not None and clause.verb.word in ("end", "finish", "conclude") and noun.word == "occupation"
    ended = ended and any(noun is one for one in about)
    if clause.verb is not None and clause.verb.word in _TELLING and not ended:
        return own_date(clause)
    return None


def _time_apart(clause: Clause, noun: Noun) -> Adjunct | None:
    """``On 8 May, two days after the fall of Ard, it took Besk``: the phrase by which the fall was before."""
    held = (a for a in clause.adjuncts if a.phrase is not None and a.first <= noun.first < a.phrase.last)
    return next((a for a in held if a.preposition in _NO_BEGINNING | {"following", "since"}), None)


def is_of_another_time(clause: Clause, noun: Noun) -> bool:
    """Whether a phrase sets what a noun tells apart from the time of its clause."""
    return _time_apart(clause, noun) is not None
