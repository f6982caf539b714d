"""Which words of a sentence tell that a place changed hands, and whether the text says that it happened.

`words.CONTROL` gives each form its kind; `RULES` says what a kind asks of the words around it. What is negated,
wished for, planned, feared, denied or merely possible is marked (`Trigger.vetoed`): it is no event, but what it
speaks of is still a place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg.extract import words
from kg.extract.events.syntax import BE, HAVE, SKIPPED, TYPES_BEFORE_NAME, Context, Syntax, Trigger, token_is
from kg.extract.reading import Sentence
from kg.model import ControlWord
from kg.text.tokens import Token

TELLING = frozenset([*words.CONTROL, *words.CONTROL_NOUNS, "followed", "follows"])
ADJECTIVAL_BEFORE = frozenset(
    (
        "the a an in of from its their his her these those all other some newly recently formerly illegally temporarily"
    ).split()
)
ADJECTIVAL_AFTER = frozenset("on in by from after during since and at for twice again without".split())
NOT_OBJECTS = frozenset(
    (
        "part place effect office power control off away care advantage steps action shape up refuge shelter "
        "over note hold time turns root charge aim issue pride cover fire to back out into hostage prisoner "
        "as notes responsibility credit advice ill asleep silent short behind apart shares sick under prey"
    ).split()
)
FELL_OTHERWISE = frozenset(
    (
        "ill from by asleep silent short behind apart sick below under out off back prey victim outside far with over"
    ).split()
)
UNREAL_PAST = frozenset(
    (
        "denied denies deny denying false untrue rumour rumours rumor rumors unconfirmed hoax feared fears "
        "fear fearing imagine imagined suppose supposed hypothetical if unless whether lest wrongly falsely "
        "erroneously mistakenly threatened plan plans planned wanted hoped hoping insinuations allegations "
        "allegation dismissed rejected refuted baseless unfounded prematurely incorrect wrong untruth "
        "retracted"
    ).split()
)
WISHED = frozenset(
    "wanted hoped planned threatened".split()
)  # these leave a finite past as it is: "the army, which had planned ..., took"
LATER_FALSE = frozenset("false untrue baseless unfounded wrong premature fabricated incorrect".split())
UNREAL_NOUN = frozenset("possible planned no any feared future attempted demanded".split())
PROMISED = frozenset(
    "agree agreed agrees announce announced announces began begun discussed negotiated ordered promised proposed "
    "signed start started".split()
)  # "announced its withdrawal": not yet done
ACTIVE_ONLY = frozenset("withdrew took retook withdrawn".split())
LEFT_HOW = frozenset(
    "on in at by to for after under of and only the before without from as when behind".split()
)  # what may follow "left the town"
TAKES = frozenset("took taken take takes taking".split())


@dataclass(slots=True)
class Form:
    """A verb of control as it stands: the words before and after it, in its clause."""

    sentence: Sentence
    index: int
    start: int
    end: int
    word: ControlWord
    kind: str
    context: Context
    earlier: Trigger | None  # the trigger before it in the clause
    before: int  # index of the token before it, past adverbs
    previous: str  # that token, lower case; "" where the clause begins
    following: Token | None
    last: int  # one past the verb and its particle

    @property
    def passive(self) -> bool:
        return self.previous in BE

    @property
    def reduced(self) -> bool:
        """No subject directly before: the clause begins with it, or a sign stands there."""
        return self.before < self.start

    @property
    def dated(self) -> bool:
        return bool(self.sentence.dates) or bool(self.context.date)

    def trigger(self, kind: str, *, passive: bool, last: int = 0, word: ControlWord | None = None) -> Trigger:
        return Trigger(self.index, word or self.word, kind, passive, last or self.last)


class Triggers:
    """Finds the triggers of a clause, in order."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.reading, self.found, self.tokens = syntax.reading, syntax.found, syntax.tokens
        self.last_word: ControlWord | None = None  # of the change of control told last, for "B followed on 9 February"

    def find(self, sentence: Sentence, start: int, end: int, context: Context) -> Iterator[Trigger]:
        """The triggers between two tokens; those that did not happen are marked."""
        previous: Trigger | None = None
        if sentence.lows.isdisjoint(TELLING):
            return
        for index in range(start, end):
            low = self.tokens[index].low
            if low in ("followed", "follows"):
                trigger = self._followed(sentence, index, previous)
                if trigger is not None:
                    yield trigger
            elif low in words.CONTROL:
                form = self._form(sentence, index, start, end, context, previous)
                trigger = RULES[form.kind](self, form)
                if trigger is None:
                    if low in words.CONTROL_NOUNS and (noun := self._noun(sentence, index, end)):
                        yield noun  # "the capture of": written like the verb
                    continue
                if self._vetoed(sentence, trigger, start):
                    yield replace(trigger, vetoed=True)
                else:
                    previous = trigger
                    yield trigger
            elif low in words.CONTROL_NOUNS and (noun := self._noun(sentence, index, end)):
                yield noun

    def _form(
        self, sentence: Sentence, index: int, start: int, end: int, context: Context, earlier: Trigger | None
    ) -> Form:
        word, kind = words.CONTROL[self.tokens[index].low]
        before = self.syntax.back(index, start)
        previous = self.tokens[before].low if before >= start else ""
        following = self.tokens[index + 1] if index + 1 < end else None
        particle = token_is(following, "back", "over") and kind in (
            "won",
            "win",
            "handed",
            "returned",
            "pulled",
            "pulls",
        )
        return Form(
            sentence, index, start, end, word, kind, context, earlier, before, previous, following, index + 1 + particle
        )

    # --- rules by kind ---------------------------------------------------------------------------

    def _followed(self, sentence: Sentence, index: int, previous: Trigger | None) -> Trigger | None:
        """``Bouar followed on 9 February``: the same happened to it as was told before."""
        word = previous.word if previous else self.last_word
        preposition = index + 1 < sentence.last and self.tokens[index + 1].low in ("on", "in")
        dated = self.syntax.date_starts(sentence, index + 1 + preposition)
        place = any(one.last == index and one.kind in ("place", "name") for one in self.found[sentence.index])
        return Trigger(index, word, "fell", True, index + 1) if word and dated and place else None

    def won(self, form: Form) -> Trigger | None:
        """``won back A``, ``win the oasis back``."""
        if form.last > form.index + 1:
            return form.trigger("past", passive=form.passive) if form.kind == "won" or form.context.dated_row else None
        back = any(t.low == "back" for t in self.tokens[form.index + 2 : min(form.end, form.index + 7)])
        return form.trigger("past", passive=False) if back and (form.kind == "won" or form.context.dated_row) else None

    def leave(self, form: Form) -> Trigger | None:
        """``The last soldiers leave A``: in a dated row."""
        forces = form.context.dated_row and self.syntax.force_before(form.sentence, form.index)
        return form.trigger("base", passive=False) if forces else None

    def drove(self, form: Form) -> Trigger | None:
        """``drove the Somali army out of Jijiga``; only with a date."""
        if not form.dated or (form.kind == "drive" and not form.context.dated_row):
            return None
        for step in range(form.index + 1, min(form.end, form.index + 9)):
            out = self.tokens[step].low == "of" and self.tokens[step - 1].low == "out"
            if out or self.tokens[step].low == "from":
                return form.trigger("past", passive=False, last=step + 1)
        return None

    def pulled(self, form: Form) -> Trigger | None:
        """``pulled out of A``, ``pulled back from A``."""
        if not token_is(form.following, "out", "back"):
            return None
        form.last = form.index + 2
        return RULES[{"pulled": "past", "pulls": "present", "pull-base": "base"}[form.kind]](self, form)

    def hands(self, form: Form) -> Trigger | None:
        """``A changed hands on 4 January``."""
        changed = form.previous in ("changed", "changes") and form.index - form.before == 1
        return form.trigger("fell", passive=True) if changed and form.dated else None

    def handed(self, form: Form) -> Trigger | None:
        """``was handed back``, ``handed A over to B``, ``was ceded``."""
        low = self.tokens[form.index].low
        if low == "handed" and form.last == form.index + 1:
            if not any(t.low in ("over", "back") for t in self.tokens[form.index + 2 : min(form.end, form.index + 8)]):
                return None
        if low in ("surrendered", "transferred") and not form.passive:
            return None
        return self.past(form)

    def returned(self, form: Form) -> Trigger | None:
        """``was returned to B``, ``returned A to B``, ``returned to B's control``; not people who return."""
        following = form.following
        ahead = self.tokens[form.index + 2 : form.index + 6]
        if not form.passive and token_is(following, "to") and form.sentence.dates:
            if any(t.low in ("control", "rule", "hands") for t in ahead):
                return form.trigger("fell", passive=True)
        reduced = form.reduced or self.tokens[form.before].kind == "p"
        if (
            not form.passive
            and not reduced
            and (following is None or following.low in ("to", "home", "from", "in", "on"))
        ):
            return None
        if reduced and not form.passive and not (form.context.row and token_is(following, "to", "on", "in")):
            return None
        return self.past(form)

    def left(self, form: Form) -> Trigger | None:
        """``Troops left A``; not ``left the pass open``."""
        if form.passive or not self.syntax.force_before(form.sentence, form.index) or self._left_as(form):
            return None
        return self.past(form)

    def fell(self, form: Form) -> Trigger | None:
        """``A fell to B``; not ``fell ill``. The present only in a dated row."""
        if form.following is not None and form.following.low in FELL_OTHERWISE:
            return None
        return form.trigger("fell", passive=True) if form.kind == "fell" or form.context.dated_row else None

    def lost(self, form: Form) -> Trigger | None:
        """``was lost on D``, ``lost A on D``: only with a date."""
        return self.past(form) if form.dated else None

    def past(self, form: Form) -> Trigger | None:
        """A past tense or participle: passive with ``was``, reduced (``Taken on 1 April, ...``), or active."""
        if not self._object(form):
            return None
        if form.passive:
            if form.previous in ("be", "being") or (form.previous in ("is", "are") and not form.context.dated_row):
                return None
            return form.trigger("past", passive=True)
        if self._adjectival(form):
            return None
        if form.previous in HAVE:
            return form.trigger("past", passive=False)
        return form.trigger("past", passive=self._participle(form))

    def present(self, form: Form) -> Trigger | None:
        """``The army recaptures A``: in a dated row."""
        return form.trigger("present", passive=False) if self._object(form) and form.context.dated_row else None

    def base(self, form: Form) -> Trigger | None:
        """``Fighters seize A`` in a dated row; ``managed to retake A``."""
        if not self._object(form):
            return None
        if form.previous in ("to", "did") or not form.context.dated_row:
            realis = form.previous == "to" and form.before > form.start
            if not (realis and self.tokens[form.before - 1].low in words.REALIS_TO):
                return None
        return form.trigger("base", passive=False)

    def participle(self, form: Form) -> Trigger | None:
        """``..., seizing A on D``; ``answered by occupying A on D``."""
        if not self._object(form) or not form.dated or form.reduced:
            return None
        token = self.tokens[form.before]
        by = token.low == "by" and self.syntax.object_follows(form.sentence, form.last, form.end)
        return form.trigger("ing", passive=False) if by or token.text in (",", "–", "—") else None

    # --- parts of rules ----------------------------------------------------------------------------

    def _object(self, form: Form) -> bool:
        """Past ``control of`` and ``over``; False where ``took`` has an object that is no place."""
        following = form.following
        control = self._control_of(form.index, form.end)
        if self.tokens[form.index].low in TAKES and not control and following is not None:
            if following.low == "over":
                form.last = form.index + 2
            elif following.low == "back":
                form.last, form.word = form.index + 2, "liberation"
            elif following.low == "it" and form.index + 2 < form.end and self.tokens[form.index + 2].low == "back":
                form.word = "liberation"
            elif following.low in NOT_OBJECTS:
                return False
        form.last = control or form.last
        return True

    def _control_of(self, index: int, end: int) -> int:
        """One past ``[full] control of`` after a verb, or 0."""
        tokens = self.tokens
        step = index + 1
        if step < end and tokens[step].low in ("full", "complete", "total", "partial", "back"):
            step += 1
        control = step + 1 < end and tokens[step].low == "control" and tokens[step + 1].low in ("of", "over")
        return step + 2 if control else 0

    def _participle(self, form: Form) -> bool:
        """Whether a form without auxiliary is a participle: ``A, taken by B``, ``Seized on D``, ``... and
        recaptured on E``.
        """
        sentence, index, end = form.sentence, form.index, form.end
        low = self.tokens[index].low
        before = self.tokens[form.before]
        reduced = form.reduced or before.kind in ("p", "n") or self.syntax.date_ends(sentence, form.before)
        reduced = reduced or (form.context.dated_row and (index + 1 >= end or self.tokens[index + 1].kind == "p"))
        object_follows = self.syntax.object_follows(sentence, form.last, end)
        joined = (
            form.earlier is not None and form.earlier.passive and form.previous in ("and", "then", ",", "later", "but")
        )
        reduced = reduced or (joined and not object_follows)
        by = any(t.low == "by" for t in self.tokens[form.last : min(end, form.last + 2)])
        dated = token_is(form.following, "in", "on") and self.syntax.date_starts(sentence, index + 2)
        dated = dated and low not in ("took", "withdrew", "retook", "re-took", "retreated")
        return (reduced or by or dated) and (by or not object_follows) and low not in ACTIVE_ONLY

    def _adjectival(self, form: Form) -> bool:
        """``the occupied territories``, ``in occupied Kherson``: an adjective, no event."""
        if not form.reduced:
            token = self.tokens[form.before]
            if token.low in ADJECTIVAL_BEFORE or token.possessive:
                return not self.syntax.date_starts(form.sentence, form.index + 2)
        if self.syntax.date_starts(form.sentence, form.index + 1):
            return False
        following = form.following
        return (
            form.reduced and following is not None and following.kind == "w" and following.low not in ADJECTIVAL_AFTER
        )

    def _left_as(self, form: Form) -> bool:
        """``left the pass open``: in what state, not that somebody went."""
        tokens, step = self.tokens, form.index + 1
        while step < form.end and (
            tokens[step].low in SKIPPED or tokens[step].low in TYPES_BEFORE_NAME or tokens[step].low in ("it", "them")
        ):
            step += 1
        if step == form.index + 1 or step >= form.end:
            return False
        return tokens[step].kind == "w" and not tokens[step].capital and tokens[step].low not in LEFT_HOW

    def _noun(self, sentence: Sentence, index: int, end: int) -> Trigger | None:
        """``the capture of Shusha on 8 May 1992``: only with a place and a date of its own."""
        tokens = self.tokens
        low = tokens[index].low
        word = words.CONTROL_NOUNS[low]
        link = "from" if low in ("withdrawal", "pullout", "evacuation") else "of"
        if index + 1 >= end or tokens[index + 1].low != link or not sentence.dates:
            return None
        before = {t.low for t in tokens[max(sentence.first, index - 8) : index]}
        near = {t.low for t in tokens[max(sentence.first, index - 4) : index]}
        unreal = (
            near & PROMISED
            or before & (words.IRREALIS - {"to"})
            or before & words.UNREAL_CONTEXT
            or before & words.NEGATIONS
        )
        if unreal or (index > sentence.first and tokens[index - 1].low in UNREAL_NOUN):
            return None
        group = self.found[sentence.index]
        one = next((o for o in group if index < o.first <= index + 6 and o.kind in ("place", "name")), None)
        if one is None:
            return None
        offset = tokens[one.last - 1].end
        dated = any(0 <= d.start - offset <= 12 and d.value for d in sentence.dates)
        return Trigger(index, word, "noun", False, index + 2) if dated else None

    # --- what did not happen -------------------------------------------------------------------------

    def _vetoed(self, sentence: Sentence, trigger: Trigger, start: int) -> bool:
        """Negated, possible, wished for, planned, feared, denied."""
        before = self.tokens[start : trigger.index]
        after = self.tokens[trigger.last : sentence.last]
        return (
            self._negated(sentence, trigger, start)
            or any(t.low in UNREAL_PAST and not (t.low in WISHED and trigger.kind == "past") for t in before[-16:])
            or any(t.low in LATER_FALSE for t in after)
            or (
                any(t.low in ("confirmed", "verified") for t in after)
                and any(t.low in ("not", "cannot", "never") for t in after)
            )
            or any(t.low == "still" for t in before[-2:])
            or any(
                t.low in ("evidence", "confirmation", "proof", "sign")
                and any(b.low == "no" for b in before[max(0, n - 2) : n])
                for n, t in enumerate(before)
            )
            or self._taken_back(sentence)
            or (
                bool(before)
                and len(before) <= 5
                and before[0].low == "had"
                and trigger.passive
                and any(t.low in ("would", "could") for t in after)
            )
        )

    def _negated(self, sentence: Sentence, trigger: Trigger, start: int) -> bool:
        """``not``, ``never``, a modal verb, within a few words and with no clause between."""
        first = max(start, trigger.index - 5)
        window = self.tokens[first : trigger.index]
        for position, token in enumerate(window):
            low, later = token.low, window[position + 1 :]
            if token.start in self.reading.in_date:
                continue
            turned = any(t.text == "," or t.low in ("and", "but") for t in later)
            if low in words.NEGATIONS or low.endswith(("n't", "n’t")):
                without = low == "without" and any(
                    self.syntax.date_ends(sentence, i) for i in range(first, trigger.index)
                )
                only = low == "not" and bool(later) and later[0].low == "only"
                if not (without or only or (turned and low not in ("nor", "neither"))):
                    return True
            elif low == "to":
                if trigger.kind != "base" and later and later[0].low in ("be", "have"):
                    return True
            elif low in words.IRREALIS and low not in ("if", "unless", "whether"):
                if not turned and not any(t.low == "that" for t in later):
                    return True
        return False

    def _taken_back(self, sentence: Sentence) -> bool:
        """``There was a story that Pariang had been seized. It hadn't.``"""
        if sentence.index + 1 >= len(self.reading.sentences):
            return False
        following = self.reading.words(self.reading.sentences[sentence.index + 1])
        lows = [t.low for t in following if t.kind == "w"]
        if not 2 <= len(lows) <= 4 or lows[0] not in ("it", "they", "that", "this"):
            return False
        return any(low.endswith(("n't", "n’t")) or low in ("not", "false", "untrue") for low in lows)


Rule = Callable[[Triggers, Form], Trigger | None]
RULES: dict[str, Rule] = {
    "past": Triggers.past,
    "present": Triggers.present,
    "base": Triggers.base,
    "ing": Triggers.participle,
    "fell": Triggers.fell,
    "falls": Triggers.fell,
    "won": Triggers.won,
    "win": Triggers.won,
    "pulled": Triggers.pulled,
    "pulls": Triggers.pulled,
    "pull-base": Triggers.pulled,
    "returned": Triggers.returned,
    "handed": Triggers.handed,
    "hands": Triggers.hands,
    "left": Triggers.left,
    "leave": Triggers.leave,
    "lost": Triggers.lost,
    "drove": Triggers.drove,
    "drive": Triggers.drove,
}
"""What each kind of form (`words.CONTROL`) asks of the words around it."""
