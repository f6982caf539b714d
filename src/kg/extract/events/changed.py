"""Which places a change of control is of: what fills the theme of its frame, or what the text leaves out there."""

from kg.extract.clauses import Clause, Phrase, clauses_of
from kg.extract.clauses.discourse import Context, Discourse
from kg.extract.clauses.reality import reality
from kg.extract.clauses.when import date_of
from kg.extract.events.themes import Place, Themes
from kg.extract.frames import Instance, is_passive
from kg.extract.lexicon import listed
from kg.extract.reading import Reading


class Changed:
    """Finds the places that changed hands."""

    def __init__(self, reading: Reading, themes: Themes, discourse: Discourse) -> None:
        self.reading, self.themes, self.discourse = reading, themes, discourse
        self._whats: tuple[int, list[Clause]] = (-1, [])  # of the sentence that was looked at last

    def places(self, instance: Instance, context: Context) -> list[Place]:
        """The places that an instance tells of."""
        clause = instance.clause
        if clause.listed is not None:
            return self.themes.of(clause.listed, clause, context)
        if clause.marker == "what":
            named = self._said_to_be(clause)
            return self.themes.of(named, clause, context) if named is not None else []
        for theme in instance.themes:
            if found := self.themes.of(theme, clause, context):
                return found
            inner = theme.members[-1].of
            if inner is not None and theme is clause.antecedent and clause.kind == "relative":
                return self.themes.of(inner, clause, context)  # "the hall of Pyongyang, which fell"
            if theme.head.word in listed("part") and inner is None:
                whole = next(clause.prepositional("of"), None)  # "captured most of the city"
                return self.themes.of(whole, clause, context) if whole is not None else []
            if (named := self._among(theme, clause)) is not None:
                return self.themes.of(named, clause, context)
        if instance.themes or (context.shown and clause.subject is None and is_passive(clause)):
            return []
        if (fronted := self._fronted(clause)) is not None:
            return self.themes.of(fronted, clause, context)
        if (what := self._what(clause)) is not None:
            left = next(what.prepositional("of"), None) if what.verb and what.verb.word in ("leave", "remain") else None
            return self.themes.of(left, clause, context) if left is not None else []
        frame = instance.frame
        objectless = not clause.objects or bool(frame.object or frame.drives or instance.event is not None)
        if context.place is None and (date_of(clause) is None or not objectless):
            return []
        if instance.event is None and (held := _held_by(clause)) is not None:
            return self.themes.of(held, clause, context)
        return [Place(entity, anaphoric=True) for entity in self.discourse.zero(clause, context)]

    def _among(self, theme: Phrase, clause: Clause) -> Phrase | None:
        """``Among the towns lost were A and B``, ``the first town to fall was A``: what the verb "be" says it is."""
        above = clause.parent
        if above is None:
            return None
        subject = above.subject
        if clause.kind == "relative" and theme is above.object and above.verb is not None and above.verb.word == "be":
            return subject if reality(above) == "real" else None  # "A was the town that they took"
        said = theme is subject or (subject is None and any(theme is one for one in above.prepositional("among")))
        return self._said_to_be(clause) if said else None

    def _said_to_be(self, clause: Clause) -> Phrase | None:
        """``What the rebels took was Ard``: what stands after the "be" around a clause."""
        above = clause.parent
        if above is None or above.verb is None or above.verb.word != "be" or above.object is None:
            return None
        return above.object if above.object.head.quantity is None else None  # "what changed hands was 4 percent of it"

    def _what(self, clause: Clause) -> Clause | None:
        """``What was left of A was taken``: the clause that is the subject."""
        sentence = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        if clause.subject is not None or clause.verb is None or sentence is None:
            return None
        if self._whats[0] != sentence.index:
            self._whats = sentence.index, [c for c in clauses_of(self.reading, sentence) if c.marker == "what"]
        first = next((c for c in self._whats[1] if c is not clause), None)
        return first if first is not None and first.first < clause.verb.first else None

    def _fronted(self, clause: Clause) -> Phrase | None:
        """``Of the smaller places: A was surrendered``: a subject that the mark hides in the list before it."""
        if clause.subject is not None or clause.verb is None or clause.parent is not None:
            return None
        before = [a.phrase for a in clause.adjuncts if a.phrase is not None and a.first < clause.verb.first]
        return next((member.listed for phrase in before for member in phrase.members if member.listed), None)


def _held_by(clause: Clause) -> Phrase | None:
    """``The defenders of Ard withdrew on 3 May``, ``the soldiers at Ard fled``: what they are of or at."""
    subject = clause.subject
    if subject is None:
        return None
    beside = (a.phrase for a in clause.adjuncts if a.preposition in ("at", "in") and a.first == subject.last)
    return subject.members[0].of if subject.head.word in _HOLDERS else next(beside, None)


_HOLDERS = frozenset(("garrison", "garrisons", "defenders", "defender", "occupiers", "rearguard"))
