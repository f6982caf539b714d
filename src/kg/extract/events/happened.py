"""Whether a change of control that a clause tells happened, as far as the text says."""

from itertools import takewhile

from kg.extract.clauses import Clause, clauses_of
from kg.extract.clauses.discourse import Context
from kg.extract.clauses.reality import reality, reality_of_noun
from kg.extract.clauses.when import date_of, own_date
from kg.extract.frames import Instance, is_passive
from kg.extract.lexicon import listed, word
from kg.extract.reading import Reading, Sentence


def happened(reading: Reading, sentence: Sentence, instance: Instance, context: Context) -> bool:
    """Whether the text says that what an instance tells came about: not denied, feared, taken back or a habit."""
    clause, verb = instance.clause, instance.clause.verb
    if instance.event is not None:
        return reality_of_noun(clause, instance.event.noun) in ("real", "reported")
    if (
        reality(clause) not in ("real", "reported")
        or _taken_back(reading, sentence)
        or _or_so(reading, sentence, clause)
    ):
        return False
    if verb is None or clause.kind == "gapped":
        return clause.kind == "gapped"
    if _stays_so(clause):
        return False
    if verb.form == "ing" and not verb.progressive:
        named = not any(theme.head.pronoun for theme in instance.themes)
        return (named and _done(clause)) or (
            date_of(clause) is not None and not (clause.marker == "" and clause.parent is None)
        )
    if verb.progressive:
        return "since" in instance.frame.needs
    if not _present(clause) or context.dated_row:
        return True
    return own_date(clause) is not None and not is_passive(clause) and not _conditional(reading, sentence, clause)


def _done(clause: Clause) -> bool:
    """``After capturing Ard they moved on``: over before what is told in the past."""
    before = clause.parent.verb if clause.parent is not None else None
    told = before is not None and not before.modal and before.form in ("past", "past or participle", "participle")
    return told and before is not None and not before.infinitive and clause.marker == "after"


def _stays_so(clause: Clause) -> bool:
    """``Part of Ard remains occupied``: a state, and no day of its beginning."""
    before = clause.parent if clause.kind == "participle" else clause.shares
    verb = before.verb if before is not None else None
    beside = verb is not None and verb.word in ("remain", "stay") and 0 <= clause.first - verb.last <= 1
    return beside and date_of(clause) is None


def _conditional(reading: Reading, sentence: Sentence, clause: Clause) -> bool:
    """``If this road falls, the town falls the day after``."""
    return any(c.parent is clause and c.marker in ("if", "unless") for c in clauses_of(reading, sentence))


def _present(clause: Clause) -> bool:
    """``is taken``, ``take``, ``takes``: reported in a row, and told of a day; else a habit or a state."""
    verb = clause.verb
    assert verb is not None
    if verb.infinitive or verb.auxiliary in ("did", "didn't") or clause.inverted:
        return False
    if verb.passive and verb.auxiliary in ("is", "are", "'s", "'re"):
        return not verb.perfect
    return not verb.auxiliary and verb.form in ("present", "base")


def _or_so(reading: Reading, sentence: Sentence, clause: Clause) -> bool:
    """``Ard fell, or so the telegrams had it``: what the text leaves to others."""
    if "so" not in sentence.lows or "or" not in sentence.lows:
        return False
    after = (c for c in clauses_of(reading, sentence) if c.shares is clause and c.verb is not None)
    return any(
        c.verb is not None and (c.verb.word == "have" or c.verb.word in listed("saying", "reality")) for c in after
    )


def _taken_back(reading: Reading, sentence: Sentence) -> bool:
    """``There was a story that Pariang had been seized. It hadn't.``"""
    if sentence.index + 1 >= len(reading.sentences):
        return False
    following = reading.words(reading.sentences[sentence.index + 1])
    lows = [t.low for t in following if t.kind == "w"]
    if any(" ".join(lows).endswith(ending) for ending in _FALSE) and lows[0] in ("it", "they", "that", "this"):
        return True
    lows = [t.low for t in takewhile(lambda t: t.kind == "w", following)]  # "It had not: the mayor answered"
    if not 2 <= len(lows) <= 4 or lows[0] not in ("it", "they", "that", "this"):
        return False
    others = [low for low in lows if low not in _DENIALS]
    denied = any(low.endswith(("n't", "n’t")) or low in _UNTRUE for low in lows)
    said = [word(low) for low in others]  # "it wasn't pretty" denies nothing
    return denied and (not said or (len(said) == 1 and bool(said[0].lemma or not said[0].adjective)))


_FALSE = (
    "nothing of the kind",
    "nothing of the sort",
    "no such thing",
    "is not so",
    "was not so",
    "is nonsense",
)
_UNTRUE = frozenset("not false untrue mistaken wrong lying invented premature".split())
_DENIALS = frozenset(
    "mistaken wrong lying invented premature it they that this was were is are had has have did not never wasn't "
    "weren't hadn't isn't false untrue so true right correct".split()
)
