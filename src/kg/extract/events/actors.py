"""Who does it: the organizations, states and forces that a phrase names."""

from collections.abc import Iterator

from kg.extract.clauses import Clause, Member, Noun, Phrase, chunks_of, phrase_at
from kg.extract.found import PEOPLES, Found
from kg.extract.frames import Instance, beings, is_force, is_passive, is_undone, subject_of
from kg.extract.lexicon import is_common, listed
from kg.extract.names import described, state_of
from kg.extract.reading import Reading, Sentence
from kg.model import Entity

_ANAPHORIC = frozenset(("it", "they", "its", "their"))


class Actors:
    """Finds who takes, or who leaves."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def of(self, phrase: Phrase | None, clause: Clause) -> tuple[Entity, ...]:
        """The actors that a phrase names; of ``it`` after a verb of saying, who says it."""
        if phrase is None:
            return ()
        head = phrase.head
        if head.pronoun or head.determiner in _ANAPHORIC:
            return self._speaker(clause) if head.word in _ANAPHORIC or not head.pronoun else ()
        found = [entity for member in phrase.members for entity in self._from(member, clause) or self._member(member)]
        return tuple(dict.fromkeys(found))

    def named_after(self, part: Sentence, *, to: bool) -> tuple[Entity, ...]:
        """Who is named after ``by`` and, of what is lost or falls, ``to``, in the field of a row."""
        chunks = chunks_of(self.reading, part)
        for index, chunk in enumerate(chunks[:-1]):
            if (chunk.word == "by" or (to and chunk.word == "to")) and isinstance(chunks[index + 1], Noun):
                phrase, _ = phrase_at(chunks, index + 1, own_verb=False)
                return tuple(dict.fromkeys(entity for member in phrase.members for entity in self._member(member)))
        return ()

    def _speaker(self, clause: Clause) -> tuple[Entity, ...]:
        """``The M23 said that it had seized Goma``, ``that its fighters had``."""
        if clause.kind in ("relative", "adverbial") and clause.parent is not None and clause.parent.subject is not None:
            return self.of(clause.parent.subject, clause.parent)
        for here in (clause, *clause.above()):
            if here.kind == "that" and here.parent is not None:
                holder = subject_of(here.parent)
                if holder is None or holder.head.pronoun or holder.head.word in ("ministry", "spokesman", "official"):
                    return ()
                return self.of(holder, here.parent)
        return ()

    def _from(self, member: Member, clause: Clause) -> list[Entity]:
        """``fighters from the Free Syrian Army``: the body that forces without a name come from."""
        noun = member.noun
        beside = (a.phrase for a in clause.adjuncts if a.preposition == "from" and a.first == member.last)
        body = next(beside, None) if noun.name is None and not noun.names and noun.word in listed("force") else None
        named = [] if body is None else [entity for inner in body.members for entity in self._by_name(inner)]
        return [entity for entity in named if entity.type != "state"]

    def _member(self, member: Member) -> Iterator[Entity]:
        """Who a member of a phrase is by name, or else by its words: ``the rebels``."""
        found = tuple(self._by_name(member))
        if not found and (words := self._described(member)):
            found = (described(self.reading, *words),)
        yield from found

    def _described(self, member: Member) -> tuple[int, int] | None:
        """The tokens that say who acts: ``government troops``, ``the Kurds``, ``the rebels' hands``; not ``they``."""
        noun = member.noun
        if noun.pronoun or member.listed is not None:
            return None
        if noun.word in listed("yoke"):
            owners = (index for index in range(noun.first, noun.head) if self.reading.tokens[index].possessive)
            return next(((noun.first, index + 1) for index in owners), None)
        if noun.determiner in ("his", "her", "our", "my", "your"):
            return None
        name = noun.name
        several = name is not None and name.kind == "name" and noun.determiner == "the" and noun.word.endswith("s")
        people = several or (name is not None and name.kind in PEOPLES)  # "the Nationalists", "Kurds"
        return (noun.first, noun.last) if people or noun.word in listed("force") else None

    def _by_name(self, member: Member) -> Iterator[Entity]:
        noun = member.noun
        organization = next((o for o in reversed(noun.names) if o.kind == "organization" and o is not noun.owner), None)
        if organization is not None and organization.entity is not None:
            own = organization.entity.type != "armed-forces" or not self._parted(noun, organization)
            if own and (noun.name is organization or noun.word in listed("force") | listed("yoke")):
                yield organization.entity
            return
        named = noun.name or next((one for one in reversed(noun.names) if one is not noun.owner), noun.owner)
        if named is not None and self._is_states(noun, named):
            if noun.word in listed("yoke"):
                yield from self._holder(named)
            elif (entity := self._state(named, forces=noun.name is None)) is not None:
                yield entity
        elif named is None and noun.word in listed("force") and member.of is not None:
            for inner in member.of.members:
                yield from self._by_name(inner)

    def _is_states(self, noun: Noun, named: Found) -> bool:
        """Whether a noun is the state's own whose name is in it: not ``Syrian rebels``, nor ``Karabakh Armenians``.

        Who rises against a state, or shares no more than a tongue with it, has its adjective, too.
        """
        if self._parted(noun, named):
            return False
        if noun.name is named:
            return True
        between = [token.low for token in self.reading.tokens[named.last : noun.head] if token.low.isalpha()]
        own = noun.word in listed("regular") or noun.word in listed("yoke")
        return own and named.kind != "people" and listed("of_state").issuperset(between)

    def _parted(self, noun: Noun, named: Found) -> bool:
        """Whether what stands before a name parts it from its state: ``former Iraqi soldiers``, ``Croatian Serbs``."""
        joined = any(one.last == named.first and one.kind != "role" and not _is_word(one) for one in noun.names)
        before = {token.low for token in self.reading.tokens[noun.first : named.first]}
        return joined or not before.isdisjoint(listed("apart"))

    def _state(self, one: Found, *, forces: bool) -> Entity | None:
        """``Russia``, ``Russian forces``: the state, or its army where the gazetteer knows one."""
        if one.entity is None or one.entity.key is None:
            return None
        if forces or one.kind == "demonym":
            for name in self.reading.gazetteer.lookup(f"{one.text} armed forces"):
                if name.entry.kind == "organization":
                    return name.entry.entity()
        return state_of(self.reading, one.entity.key)

    def _holder(self, one: Found) -> tuple[Entity, ...]:
        """Whose hands they are: of ``Turkish rule`` the state, not its army."""
        entity = one.entity
        if entity is not None and entity.kind != "organization":
            entity = state_of(self.reading, entity.key) if entity.key is not None else None
        return (entity,) if entity is not None else ()

    def named(self, one: Found) -> tuple[Entity, ...]:
        """The actor that a name alone is: ``its owner's seizure of``."""
        entity = one.entity if one.kind == "organization" else self._state(one, forces=False)
        return (entity,) if entity is not None else ()

    def may_act(self, instance: Instance) -> bool:
        """Whether who acts is of those who do what the frame tells, and nothing beside the verb undoes its sense."""
        actor, accepted = instance.actor, instance.frame.by
        if not accepted:
            return True
        if is_undone(instance.clause, actor):
            return False
        told = is_passive(instance.clause) or instance.event is not None  # "was taken by him", "his capture of Ard"
        return actor is None or not beings(actor).isdisjoint(accepted | {"one"} if told else accepted)

    def may_take(self, phrase: Phrase, clause: Clause) -> bool:
        """Whether a phrase after ``to`` is of those to whom a place may fall: who fights, or has a name."""
        named = any(one.kind != "role" for noun in phrase.nouns() for one in noun.names)
        return named or phrase.head.pronoun or self.fights(phrase, clause, seen=True)

    def fights(self, phrase: Phrase | None, clause: Clause, *, seen: bool) -> bool:
        """Whether a phrase is of those who take and leave places: forces, armed bodies, a people; not a ferry.

        ``seen``: a change of control was told before, so that ``they`` may be who did it.
        """
        if phrase is None:
            return False
        if phrase.head.pronoun:
            many = phrase.head.word in ("they", "them", "all") and seen
            return many or (phrase.head.word in ("they", "them", "it", "all") and self._named_before(clause))
        return is_force(phrase)

    def _named_before(self, clause: Clause) -> bool:
        """Whether who fights is named in the sentence of a clause or in the one before, so that ``they`` may be it."""
        here = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        before = self.reading.sentences[max(0, here.index - 1) : here.index + 1] if here is not None else []
        return any(not listed("force").isdisjoint(sentence.lows) for sentence in before)


def _is_word(one: Found) -> bool:
    """Whether a name is none: the common word that a sentence opens with (``Advancing Syrian troops``)."""
    return one.kind == "name" and one.initial and is_common(one.text.lower())
