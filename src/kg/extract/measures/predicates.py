"""What a quantity is of by its clause: the subject of a verb of measure or place, what a question asks for."""

from kg.extract.clauses import Phrase, Verb
from kg.extract.lexicon import listed
from kg.extract.measures.beside import AMONG, noun_before
from kg.extract.measures.position import ATTRIBUTES, FAR, Place
from kg.extract.measures.spoken import Subject

_CHANGING = frozenset(
    "reduce shrink cut whittle narrow widen extend enlarge grow dwindle swell expand vary range".split()
)
_HAVING = frozenset("have comprise include contain count boast number".split())
MEASURING = listed("measuring")
_MEASURED = frozenset("put estimate give list reckon calculate state record register quote".split())
_PLACING = frozenset("be lie stand sit locate situate run stretch remain come advance get".split())


def predicate(place: Place) -> Subject | None:
    """``Ard covers 289 sq km``, ``the line runs for 40 km``, ``which lies 25 km from Besk``: the subject."""
    found = place.verb_left()
    if found is None:
        return None
    verb, index = found
    if place.quantity.kind == "count" and place.word(place.left) in ("in", "at", "from", "of"):
        return None  # "open in 7 of its 44 hamlets"
    if verb.word in _CHANGING and not {"from", "to"}.isdisjoint(place.lows(verb.last, place.first)):
        return subject_of_verb(place, verb, index)
    if verb.passive and not (verb.word in _PLACING or verb.word in _MEASURED):
        return Subject() if place.quantity.kind in ("area", "share") else None
    if verb.passive and verb.word in _MEASURED:
        return subject_of_verb(place, verb, index)
    if verb.word == "take" and place.lead(index + 1) in ("over", "back"):
        return Subject()  # "Morocco took over 90,000 hectares"
    if verb.word not in (_PLACING if place.is_distance else MEASURING) | MEASURING:
        return None
    return subject_of_verb(place, verb, index)


def among_had(place: Place) -> Subject | None:
    """``Ard has a lighthouse, 11 villages and one road``: who has what is listed."""
    if place.quantity.kind != "count":
        return None
    for index in range(place.index - 1, max(-1, place.index - FAR), -1):
        chunk = place.at(index)
        if isinstance(chunk, Verb):
            return subject_of_verb(place, chunk, index) if chunk.word in _HAVING and not chunk.passive else None
        if place.noun(index) is None and place.word(index) not in (",", "and"):
            return None
    return None


def at_measure(place: Place) -> Subject | None:
    """``Shan State, which at 155,801 km2 is larger``; ``It has, at 11 km from the sea, the worst view``."""
    if place.word(place.index - 1) not in ("at", "of", "with") or place.quantity.kind not in ("area", "distance"):
        return None
    before = place.index - 2
    after = place.index + 1 + (place.word(place.index + 1) == ",")
    if before == -1 and place.noun(after) is not None:
        return place.namer.at(place.sentence, after)  # "At 2,214 m the saddle is the highest point"
    if place.word(before) == "which":
        named = noun_before(place, before)
        return place.namer.at(place.sentence, named) if named is not None else None
    offset = place.reading.tokens[place.chunks[place.index - 1].first].start
    aside = place.word(before) == "," and place.word(place.index - 1) != "with"
    return place.namer.spoken_of(place.sentence, None, before=offset) if aside else None


def noted(place: Place) -> Subject | None:
    """``Ard falls to the rebels; 42 km from Besk by road.``: what was spoken of before a note without a verb."""
    after = place.at(place.index + 1)
    apart = place.left < 0 or place.word(place.left) == ";"
    if not place.is_distance or not apart or after is None or after.kind != "prep":
        return None
    ends = (step for step in range(place.index, len(place.chunks)) if place.word(step) in (";", "."))
    close = next(ends, len(place.chunks))
    if any(isinstance(chunk, Verb) for chunk in place.chunks[place.index : min(close, place.index + FAR)]):
        return None
    found = place.namer.spoken_of(place.sentence, place.quantity)
    return found if found.known else None


def dimension(place: Place) -> Subject | None:
    """``The corridor that they opened, in some places a mere 3 km wide``: what the clause is about."""
    follows = place.reading.tokens[place.last].low if place.last < place.sentence.last else ""
    if not place.is_distance or follows not in ("long", "wide", "deep", "high", "tall", "across", "broad"):
        return None
    found = place.namer.spoken_of(place.sentence, place.quantity)
    return found if found.known else None


def subject_of_verb(place: Place, verb: Verb, index: int) -> Subject | None:
    clause = place.namer.clause_of(place.sentence, verb)
    if clause is None:
        return None
    phrase = clause.subject or clause.antecedent
    if (
        phrase is not None
        and phrase.head.name is not None
        and phrase.head.name.initial
        and place.quantity.kind == "share"
    ):
        return None  # "Turnout was 45 percent"
    if clause.kind == "relative" and clause.antecedent is not None:
        attribute = clause.marker == "whose" and clause.subject is not None and clause.subject.head.word in ATTRIBUTES
        if clause.subject is None or attribute:
            phrase = _possessed(place, clause.antecedent)
    if phrase is None or phrase.head.word == "there" or phrase.first > place.first:
        return None
    if phrase.head.quantity is not None:  # "83 per cent of it, which amounted to"
        before = place.namer.previous(place.sentence, place.quantity)
        return before[1] if before is not None else None
    behind = place.namer.behind(place.namer.chunk_at(place.sentence, phrase.first))
    return behind or place.namer.subject(place.sentence, phrase, place.quantity)


def _possessed(place: Place, phrase: Phrase) -> Phrase:
    """``possession of the locks, which lie``: the locks."""
    of = phrase.members[0].of
    return of if of is not None and phrase.head.word in place.namer.hold_nouns else phrase


def situated(place: Place) -> Subject | None:
    """``The town sits on the river, 50 km south of Erbil``: what the clause places."""
    if place.quantity.kind not in ("area", "distance") or place.word(place.left) != ",":
        return None
    step = place.left - 1
    noun, verb = place.noun(step), place.at(step - 1)
    if noun is not None and noun.determiner in ("a", "an") and isinstance(verb, Verb) and verb.word == "be":
        return subject_of_verb(place, verb, step - 1)  # "It is a small country, 9,384 sq km"
    if not place.is_distance:
        return None
    while place.noun(step) is not None and place.word(step - 1) in ("of", "on", "in", "at", "near", "by", "beside"):
        step -= 2
    verb = place.at(step)
    placed = step < place.left - 2 and isinstance(verb, Verb) and verb.word in _PLACING and verb.word != "be"
    return subject_of_verb(place, verb, step) if placed and isinstance(verb, Verb) else None


def inverted(place: Place) -> Subject | None:
    """``25 km from Besk lies Ard``; ``25 km west of Besk, Ard has ...``: the noun that the clause is about."""
    if not place.is_distance or any(one.kind in ("noun", "verb") for one in place.chunks[: min(place.index, FAR)]):
        return None
    for step in range(place.index + 1, min(len(place.chunks), place.index + FAR)):
        chunk = place.chunks[step]
        if isinstance(chunk, Verb):
            noun = place.noun(step + 1)
            return place.namer.at(place.sentence, step + 1) if noun and chunk.word in _PLACING else None
        if chunk.word == "," and (noun := place.noun(step + 1)) is not None:
            return place.namer.at(place.sentence, step + 1)
    return None


def where(place: Place) -> Subject | None:
    """``In Korma Bai a clinic works in 3 of the 28 villages``: the place that the sentence begins with."""
    if place.quantity.kind != "count" or place.word(0) not in AMONG or place.noun(1) is None or place.index < 2:
        return None
    found = place.namer.phrase(place.sentence, 1, place.quantity)
    return found if found.of is not None or found.text[:1].isupper() else None


def held(place: Place) -> Subject | None:
    """``Serbia gave up 10,887 square kilometres``: what is held or lost is no measure of who holds it."""
    found = place.verb_left()
    return Subject() if found is not None and place.quantity.kind == "area" else None


def answered(place: Place) -> Subject | None:
    """``And how big is the park? – Four hundred square kilometres.``: the subject of the question."""
    asked = place.namer.question_before(place.index)
    floor = asked + 1 if asked >= 0 else place.floor
    lead = place.at(floor)
    if lead is not None and lead.kind == "prep" and place.noun(floor + 1) is not None and place.word(floor + 2) == ",":
        floor += 3  # "A: On the map, 640 square kilometres."
    if place.index - floor > FAR or any(one.kind in ("noun", "verb") for one in place.chunks[floor : place.index]):
        return None
    return place.namer.asked(place.sentence, asked)
