"""Who says what: quotations, reported speech, headlines, interviews.

A quotation takes its speaker from the words around it in its own paragraph: ``said NAME`` after it, ``NAME said:`` before it, or the
attribution of the quotation before it. It never takes one across a paragraph, but where the
paragraph before ends in a colon, or a quotation was left open there. Reported speech needs a verb of saying and
a speaker who can be resolved through pronouns, offices and surnames; what cannot be resolved is no statement.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.names import PLURAL_HEADS, Found, state_of
from kg.extract.people import People, Person
from kg.extract.reading import Reading, Sentence, Token
from kg.model import Entity, EventClaim, Span, Statement
from kg.read.blocks import Block

LEAST_WORDS = 4  # a shorter quotation is a word of the writer's in marks
_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'", "”": "”"}
_QUESTION = re.compile(r"(?:Q|Question|Interviewer)\s*[.:]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s*[.:]\s*", re.IGNORECASE)
_DASH = re.compile(r"[—–-]\s+")
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n.?!\"“«]{1,60}?)\s*:\s+(?=\S)")


@dataclass(slots=True)
class Quote:
    """What stands between quotation marks (``inner``) and where the marks are."""

    start: int  # of the opening mark
    end: int  # one past the closing mark
    inner: Span
    block: int
    opened: bool = False  # no closing mark in its paragraph
    speaker: Entity | None = None
    said_to: Entity | None = None
    attribution: Span | None = None


@dataclass(slots=True)
class Attribution:
    """A speaker with a verb of saying: tokens ``first`` to ``last`` (excluded), subject and verb."""

    speaker: Entity
    first: int
    last: int
    verb: int


class Speech:
    """Reads the statements of one document, in the order of the text, since pronouns look back."""

    def __init__(self, reading: Reading, found: list[list[Found]], people: People) -> None:
        self.reading, self.found, self.people = reading, found, people
        self.tokens = reading.tokens
        self.by_first = {one.first: one for group in found for one in group}
        self.person_of = {id(person.entity): person for person in people.all}
        self.focus: list[tuple[int, Entity]] = []  # who was spoken of, in order
        reading.note_organizations(
            (self.tokens[one.first].start, one.entity) for group in found for one in group if one.kind == "organization" and one.entity
        )
        self.quotes: list[Quote] = []
        for number, block in enumerate(reading.blocks):
            self.quotes += find_quotes(reading.text, number, block)
        self.by_block: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            self.by_block.setdefault(quote.block, []).append(quote)
        self._quote_starts = [quote.start for quote in self.quotes]
        self.statements: list[Statement] = []
        self.last_speaker: Entity | None = None
        self.turn_labels: dict[str, Entity] = {}
        self.asking = ""
        self.answers: set[Span] = set()  # blocks of an interview in dashes that answer
        self.questions: set[Span] = set()  # blocks in which an interviewer speaks: nothing is claimed in them

    # --- who ---------------------------------------------------------------------------------

    def subject(self, index: int, end: int) -> tuple[Entity, int] | None:
        """Who the tokens from ``index`` on name, and where that ends; None where nobody can be resolved."""
        tokens = self.tokens
        if index >= end:
            return None
        token = tokens[index]
        if token.low in ("he", "she"):
            entity = self.pronoun(token.low, token.start)
            return (entity, index + 1) if entity else None
        if token.low == "it" and index + 1 < end and tokens[index + 1].low in words.SAY:
            body = next(self.reading.organizations_before(token.start), None)
            return (body, index + 1) if body else None
        step = index
        while step < end and step < index + 3 and (token := tokens[step]).kind == "w" and token.low in ("the", "a", "an", "its", "his", "her", "both", "mr", "mrs", "ms", "dr", "gen", "col", "lt", "capt", "maj", "former", "then", "s", "prof", "brig", "sir"):
            step += 1
            if step < end and tokens[step].text == ".":
                step += 1
        one = self.by_first.get(step)
        if one is None:
            one = next((self.by_first[i] for i in range(step + 1, min(step + 4, end)) if i in self.by_first and self.by_first[i].kind == "role" and all(tokens[j].low in words.ROLE_MODIFIERS for j in range(step, i))), None)
        if one is None and step + 1 < end and tokens[step].possessive and not tokens[step].capital:
            one = self.by_first.get(step + 1)  # "the survey's deputy chairman, Ramin X"
        if one is None:
            return self._body(step, end)
        return self._named(one, end)

    def _named(self, one: Found, end: int) -> tuple[Entity, int] | None:
        """A name, or an office with or without one."""
        tokens = self.tokens
        last = one.last
        while True:
            if one.kind == "person":
                return (one.entity, self._apposition(one.last, end)) if one.entity else None
            following = self.by_first.get(one.last)
            if one.kind == "role" and tokens[one.last - 1].possessive and following is not None:
                one = following
                continue
            if one.kind == "role":
                if following is None:
                    following = self._past_titles(one.last, end)
                if following and following.kind in ("person", "name") and following.entity:
                    one = following
                    continue
                return self._office(one, None, end)
            if following is not None and one.kind in ("place", "demonym", "organization"):
                if following.kind == "person":
                    one = following
                    continue
                if following.kind == "role":
                    named = self.by_first.get(following.last)
                    if named and named.kind == "person":
                        one = named
                        continue
                    return self._office(following, one, end)
            if one.kind == "organization":
                return (one.entity, self._apposition(one.last, end)) if one.entity else None
            if one.kind == "place" and one.entity and one.entity.key and not tokens[one.last - 1].possessive:
                state = state_of(self.reading, one.entity.key)
                return (state, last) if state else None
            return None

    def _past_titles(self, index: int, end: int) -> Found | None:
        """The name after ``Col.`` or ``(Retd)``."""
        while index < end and (self.tokens[index].low in words.TITLES or self.tokens[index].text in (".", "(", ")") or self.tokens[index].low == "retd"):
            index += 1
        return self.by_first.get(index)

    def _office(self, role: Found, whose: Found | None, end: int) -> tuple[Entity, int] | None:
        """The person of an office: ``the minister``, ``the Azerbaijani foreign minister``, ``Georgian minister``."""
        tokens = self.tokens
        last = role.last
        if last < end and tokens[last].low in ("of", "for") and (after := self.by_first.get(last + 1) or (self.by_first.get(last + 2) if last + 2 < end and tokens[last + 1].low == "the" else None)):
            if after.kind in ("place", "organization"):
                last = after.last
                whose = whose or after
        if last + 1 < end and tokens[last].text == "," and (named := self.by_first.get(last + 1)) and named.kind == "person" and named.entity:
            return named.entity, self._apposition(named.last, end)
        if last < end and (named := self.by_first.get(last)) and named.kind == "person" and named.entity:
            return named.entity, self._apposition(named.last, end)
        title = role.text.lower()
        heads = [t.low for t in tokens[role.first : role.last] if t.low in words.ROLE_HEADS]
        head = "minister" if title == "fm" else (heads[-1] if heads else "")
        offset = tokens[role.first].start
        fitting = [person for person in self.people.all if any(self._fits(known, title, head, whose) for known in person.roles)]
        if not fitting:
            return None
        spoken = [p for p in (self.person_of.get(id(entity)) for place, entity in reversed(self.focus) if place < offset) if p in fitting]
        before = [p for p in fitting if p.first < offset]
        person = spoken[0] if spoken else before[-1] if before else fitting[0] if len(fitting) == 1 else None
        return (person.entity, last) if person else None

    def _fits(self, known: tuple[str, str, Entity | None], title: str, head: str, whose: Found | None) -> bool:
        known_title, known_head, of = known
        short = {"fm": "foreign minister", "pm": "prime minister"}
        title = short.get(title, title)
        known_title = short.get(known_title, known_title)
        # "the minister" for a foreign minister, "the foreign minister" for a minister of foreign affairs
        if title != known_title and not (head == known_head and (title == head or _same_portfolio(title, known_title))):
            general = {"official", "leader", "chief", "head"}
            if not (head in general and head == known_head):
                return False
        if whose is None or whose.entity is None:
            return True
        if of is None:
            return True
        state = state_of(self.reading, whose.entity.key) if whose.entity.key else None
        return of == whose.entity or of == state or (of.key is None and of.name == whose.text)

    def _body(self, index: int, end: int) -> tuple[Entity, int] | None:
        """``the ministry``, ``the group``, ``the council``: the last organization with that word in its name or of that kind."""
        if index >= end:
            return None
        low = self.tokens[index].low
        if low == "press" and index + 2 < end and self.tokens[index + 1].low in ("service", "office"):
            step = index + 2
            while step < end and self.tokens[step].low in ("of", "the", "for", "at"):
                step += 1
            one = self.by_first.get(step)
            following = self.by_first.get(one.last) if one is not None and one.kind in ("demonym", "place") else None
            return self._named(following or one, end) if one is not None else self._any_body(index)
        if low in ("statement", "communique", "communiqué", "note") and self.last_speaker is not None and self.tokens[index - 1].low == "the":
            return self.last_speaker, index + 1
        if low not in _BODIES and low not in words.ORGANIZATION_HEADS or index == 0 or self.tokens[index - 1].low not in ("the", "its"):
            return None
        offset = self.tokens[index].start
        for entity in self.reading.organizations_before(offset):
            if (low in entity.name.lower().split() or entity.type in _BODIES.get(low, ())):
                return entity, index + 1
        return None

    def _any_body(self, index: int) -> tuple[Entity, int] | None:
        """``the press service``: of the ministry named last."""
        body = next((e for e in self.reading.organizations_before(self.tokens[index].start) if e.type == "ministry" or "ministry" in e.name.lower()), None)
        return (body, index + 2) if body else None

    def _apposition(self, index: int, end: int) -> int:
        """Past ``, head of the council,`` or ``(a minister)`` after a name."""
        tokens = self.tokens
        if index >= end:
            return index
        if tokens[index].text == "(":
            step = next((i for i in range(index, min(end, index + 14)) if tokens[i].text == ")"), None)
            return step + 1 if step else index
        if tokens[index].low in ("of", "from") and index + 1 < end:
            one = self.by_first.get(index + 1) or (self.by_first.get(index + 2) if tokens[index + 1].low == "the" else None)
            return one.last if one else index
        if tokens[index].text != ",":
            return index
        first = tokens[index + 1] if index + 1 < end else None
        if first is None or first.low in words.SAY or first.low in ("he", "she", "and", "but"):
            return index
        step = index + 1
        while step < end and step < index + 26:
            if tokens[step].text == ",":
                after = step + 1
                while after < end and tokens[after].low in ("for", "on", "in", "his", "her", "its", "part", "turn"):
                    after += 1
                if after > step + 1 and after < end and tokens[after].low in words.SAY:
                    return after
                follows = step + 1 < end and (tokens[step + 1].low in words.SAY or tokens[step + 1].low in words.SAY_AUX or tokens[step + 1].low in words.SAY_ONLY_QUOTE)
                if follows:
                    return step + 1
            elif tokens[step].low in words.SAY and tokens[step - 1].text != ",":
                return index
            step += 1
        return index

    def pronoun(self, low: str, offset: int) -> Entity | None:
        """The person last spoken of, of fitting gender."""
        gender = "f" if low in words.FEMALE else "m"
        first = max(0, offset - 260)
        for one in reversed(self._found_between(first, offset)):
            if one.kind == "person" and one.entity and (person := self.person_of.get(id(one.entity))) and person.gender == gender:
                return one.entity  # named just before, and known to be she
        for place, entity in reversed(self.focus):
            if place >= offset:
                continue
            person = self.person_of.get(id(entity))
            if person is None:
                continue
            if person.gender in ("", gender):
                return entity
        return None

    def _speaks(self, offset: int, entity: Entity) -> None:
        self.last_speaker = entity
        if entity.kind == "person":
            self.focus.append((offset, entity))

    def _subjects(self, sentence: Sentence) -> None:
        """People who are the subject of a sentence come into focus; others only where nobody is."""
        if self.tokens[sentence.first].low in ("asked", "questioned", "pressed") if sentence.first < sentence.last else True:
            return  # "Asked by X whether ..., she replied"
        group = [one for one in self.found[sentence.index] if one.kind == "person" and one.entity]
        for number, one in enumerate(reversed(group)):
            if one.entity and (number == len(group) - 1 or not self.focus):
                if not self._in_quote(self.tokens[one.first].start):
                    self.focus.append((self.tokens[one.first].start, one.entity))

    # --- quotations ----------------------------------------------------------------------------

    def _in_quote(self, offset: int) -> bool:
        index = bisect_right(self._quote_starts, offset) - 1
        return index >= 0 and offset < self.quotes[index].end

    def verb_at(self, index: int, end: int) -> int | None:
        """The index of a verb of saying at a token, past auxiliaries and adverbs."""
        tokens = self.tokens
        step = index
        while step < end and step < index + 4 and (tokens[step].low in words.SAY_AUX or (tokens[step].low.endswith("ly") and tokens[step].kind == "w")):
            step += 1
        if step < end and (tokens[step].low in words.SAY or tokens[step].low in words.SAY_ONLY_QUOTE):
            return step
        return None

    def _after_quote(self, quote: Quote, limit: int) -> Attribution | None:
        """``said NAME`` or ``NAME said`` right after a quotation."""
        reading, tokens = self.reading, self.tokens
        index = reading.token_index(quote.end)
        end = reading.token_index(limit)
        while index < end and tokens[index].text in (",", "—", "–", "-"):
            index += 1
        if index >= end:
            return None
        closes = reading.text[quote.inner.end - 1] if quote.inner.end > quote.inner.start else ""
        new_sentence = closes in ".…" and tokens[index].capital
        made = self._attribution(index, end)
        if made is None:
            return None
        if new_sentence or closes in "?!":
            after = tokens[made.last] if made.last < end else None
            if new_sentence and not (after is None or after.text in (".", ",", ":") ):
                return None
            if after is not None and after.low == "that":
                return None
        return made

    def _attribution(self, index: int, end: int) -> Attribution | None:
        tokens = self.tokens
        verb = self.verb_at(index, end)
        if verb is not None:
            after = verb + 1
            while after < end and tokens[after].low in ("out", "for", "on", "his", "her", "their", "part"):
                after += 1
            who = self.subject(after, end)
            return Attribution(who[0], index, who[1], verb) if who else None
        who = self.subject(index, end)
        if who is None:
            return None
        verb = self.verb_at(who[1], end)
        if verb is None and who[1] < end and tokens[who[1]].text == ",":
            verb = self.verb_at(who[1] + 1, end)
        return Attribution(who[0], index, verb + 1, verb) if verb is not None else None

    def _before_quote(self, quote: Quote, floor: int) -> Attribution | None:
        """``NAME said: "``, ``The minister told X, "``, ``According to NAME, "``, ``said that "``."""
        reading, tokens = self.reading, self.tokens
        first, end = reading.token_index(floor), reading.token_index(quote.start)
        for verb in range(end - 1, first - 1, -1):
            low = tokens[verb].low
            if low == "according" and verb + 1 < end and tokens[verb + 1].low == "to":
                who = self.subject(verb + 2, end)
                return Attribution(who[0], verb, who[1], verb) if who else None
            if low in words.SAY or low in words.SAY_ONLY_QUOTE or low in ("called", "described", "calling", "describing", "writes", "wrote", "saying", "adding", "asking"):
                if words.SAY.get(low) == "deny":
                    return None
                made = self._subject_of(verb, first, end)
                if made:
                    return made
        if end > first and tokens[end - 1].text == ":":  # "Ghebreab left a note: «...»"
            one = next((self.by_first[i] for i in range(first, end) if i in self.by_first and self.by_first[i].kind == "person"), None)
            if one and one.entity and one.first - first <= 3:
                return Attribution(one.entity, one.first, end - 1, one.first)
        return None

    def _subject_of(self, verb: int, first: int, end: int) -> Attribution | None:
        """The subject of a verb of saying: before it, or after it in inversion."""
        tokens = self.tokens
        if any(tokens[i].low in words.NEGATIONS for i in range(max(first, verb - 3), verb)):
            return None
        if tokens[verb].low == "say" and verb > first and tokens[verb - 1].low in words.IRREALIS:
            return None
        if verb > first and tokens[verb - 1].low in ("and", "but") and (made := self._main_subject(verb, first, end)):
            return made
        for start in range(verb - 1, max(first, verb - 32) - 1, -1):
            who = self.subject(start, end)
            if who is None or who[1] > verb:
                continue
            step = who[1]
            if step < verb and tokens[step].text == ",":
                step += 1
            between = tokens[step:verb]
            linked = all(t.low in words.SAY_AUX or t.low.endswith("ly") or t.text in (",", "(", ")") or t.low in ("who", "in", "on", "a", "an", "statement", "tuesday", "monday", "wednesday", "thursday", "friday", "saturday", "sunday", "and", "then", "later", "for", "his", "her", "its", "their", "part", "turn", "own") for t in between)
            if who[0].kind != "person" and (named := self._apposed(start, verb, first, end)):
                return named
            if linked or (len(between) <= 8 and any(t.low in ("and", "but") for t in between) and not any(t.low in words.SAY for t in between)):
                return Attribution(who[0], start, verb + 1, verb)
            office = self.by_first.get(start) or self.by_first.get(start + 1)
            if (office is not None and office.kind == "role") or (who[0].kind == "person" and office is not None and office.kind != "person"):
                continue  # perhaps in apposition to a name before it
            break
        if tokens[verb].low in words.SAY:
            who = self.subject(verb + 1, end)
            if who:
                return Attribution(who[0], verb, who[1], verb)
        return None

    def _main_subject(self, verb: int, first: int, end: int) -> Attribution | None:
        """``Zintani thanked the ministry and said that``: the subject of the first verb, not its object."""
        tokens = self.tokens
        start = first
        comma = next((i for i in range(first, min(verb, first + 12)) if tokens[i].text == ","), None)
        for candidate in (start, comma + 1 if comma is not None else start):
            who = self.subject(candidate, end)
            if who and who[1] < verb - 1 and who[0].type != "state":
                return Attribution(who[0], candidate, verb + 1, verb)
        return None

    def _apposed(self, before: int, verb: int, first: int, end: int) -> Attribution | None:
        """The person to whom what stands before a verb is an apposition: ``Col. X, head of the Y Office, warned``."""
        for start in range(before - 1, max(first, before - 16) - 1, -1):
            one = self.by_first.get(start)
            if one is not None and one.kind == "person" and one.entity is not None:
                reaches = self._apposition(one.last, end)
                return Attribution(one.entity, start, verb + 1, verb) if one.last < reaches <= verb else None
        return None

    def _settle_gender(self, made: Attribution) -> None:
        """A pronoun that was understood says the gender of who was meant."""
        person = self.person_of.get(id(made.speaker))
        for token in self.tokens[made.first : made.last]:
            if person and not person.gender and token.low in ("he", "she"):
                person.gender = "f" if token.low == "she" else "m"

    def read(self) -> list[Statement]:
        """All statements, in the order of the text."""
        interview = self._interviewee()
        for number, block in enumerate(self.reading.blocks):
            if block.kind == "rule":
                continue
            sentences = self.reading.block_sentences(number)
            if self._is_headline(block):
                self._headline(block, sentences)
                continue
            if interview and self._turn(block, interview):
                continue
            self._block(number, block, sentences)
        return self.statements

    def _is_headline(self, block: Block) -> bool:
        return any(block.span.overlaps(headline) for headline in self.reading.document.headlines) or block.kind == "heading"

    def _block(self, number: int, block: Block, sentences: Sequence[Sentence]) -> None:
        quotes = self.by_block.get(number, [])
        position = 0
        for sentence in sentences:
            self._subjects(sentence)
            here = []
            while position < len(quotes) and quotes[position].start < sentence.end:
                here.append(quotes[position])
                position += 1
            for index, quote in enumerate(here, position - len(here)):
                self._quote(index, quotes, block)
            self._indirect(sentence, here)

    def _quote(self, index: int, quotes: Sequence[Quote], block: Block) -> None:
        quote = quotes[index]
        following = quotes[index + 1].start if index + 1 < len(quotes) else block.span.end
        previous = quotes[index - 1] if index else None
        made = self._after_quote(quote, min(following, self._sentence_end(quote.end, block)))
        if made is None:
            sentence = self.reading.sentence_at(quote.start)
            sentence_start = max(sentence.start, block.span.start) if sentence else block.span.start
            floor = max(sentence_start, previous.end if previous else block.span.start)
            made = self._before_quote(quote, floor)
            if made is None and previous is None and floor > block.span.start and self.reading.text[block.span.start : quote.start].rstrip().endswith(":"):
                made = self._before_quote(quote, block.span.start)
        if made:
            quote.speaker = made.speaker
            quote.said_to = self._told(made, quote)
            self._settle_gender(made)
            quote.attribution = Span(self.tokens[made.first].start, self.tokens[made.last - 1].end)
            self._speaks(self.tokens[made.verb].start, made.speaker)
        elif previous is not None and previous.speaker is not None:
            between = self.reading.text[previous.end : quote.start]
            if self._continues(previous, quote, between):
                quote.speaker = previous.speaker
        elif previous is None:
            quote.speaker = self._carried(quote, block)
        inner = self._trimmed(quote)
        if quote.speaker and _word_count(inner.of(self.reading.text)) >= LEAST_WORDS and not self._is_title(quote):
            evidence = self._evidence(quote, block)
            self.statements.append(Statement(evidence=evidence, kind="direct", text=inner, speaker=quote.speaker, said_to=quote.said_to))

    def _trimmed(self, quote: Quote) -> Span:
        text = quote.inner.of(self.reading.text)
        left = len(text) - len(text.lstrip())
        return Span(quote.inner.start + left, quote.inner.start + len(text.rstrip()))

    def _sentence_end(self, offset: int, block: Block) -> int:
        sentence = self.reading.sentence_at(offset)
        if sentence is None or sentence.end - offset < 2:
            sentence = self.reading.sentence_after(offset)
        return min(sentence.end, block.span.end) if sentence else block.span.end

    def _evidence(self, quote: Quote, block: Block) -> tuple[Span, ...]:
        """The quotation with its marks, and the words that attribute it."""
        spans = [Span(quote.start, quote.end)]
        if quote.attribution:
            spans.append(quote.attribution)
        return tuple(spans)

    def _continues(self, previous: Quote, quote: Quote, between: str) -> bool:
        """``..." he said. "...``: nothing between but the attribution, or sentences about the same speaker."""
        attribution = previous.attribution
        if attribution is None:
            return not between.strip() or len(between.split()) <= 2
        rest = self.reading.text[max(attribution.end, previous.end) : quote.start]
        if attribution.end <= previous.start:
            rest = between
        start = max(attribution.end, previous.end)
        people = [
            one for one in self._found_between(start, quote.start) if one.kind == "person" and one.entity is not previous.speaker
        ]  # fmt: skip
        return not people and rest.count(".") + rest.count("!") <= 2

    def _found_between(self, start: int, end: int) -> list[Found]:
        """The names that begin between two offsets."""
        first, last = self.reading.token_index(start), self.reading.token_index(end)
        return [self.by_first[index] for index in range(first, last) if index in self.by_first]

    def _carried(self, quote: Quote, block: Block) -> Entity | None:
        """From the paragraph before: a quotation left open there, or a colon at its end."""
        if quote.block == 0 or self.reading.text[block.span.start : quote.start].strip():
            return None
        earlier = self.by_block.get(quote.block - 1, [])
        if earlier and earlier[-1].opened:
            return earlier[-1].speaker
        before = self.reading.blocks[quote.block - 1]
        if before.kind == "paragraph" and before.span.of(self.reading.text).rstrip().endswith(":"):
            made = self._before_quote(quote, max(s.start for s in self.reading.block_sentences(quote.block - 1)))
            return made.speaker if made else None
        return None

    def _is_title(self, quote: Quote) -> bool:
        """A title in marks: ``entitled "..."``, ``a film called "..."``."""
        before = self.reading.text[max(0, quote.start - 24) : quote.start].lower().split()
        return bool(before) and before[-1].strip("(,:") in ("entitled", "titled", "headlined", "song", "film", "book", "article", "poem", "report")

    def _told(self, made: Attribution, quote: Quote) -> Entity | None:
        if self.tokens[made.verb].low not in ("told", "tells"):
            return None
        who = self._hearer(made.verb + 1)
        return who

    def _hearer(self, index: int) -> Entity | None:
        while index < len(self.tokens) and self.tokens[index].low in ("the", "a"):
            index += 1
        one = self.by_first.get(index)
        return one.entity if one and one.kind in ("organization", "person") else None

    # --- reported speech -------------------------------------------------------------------------

    def _indirect(self, sentence: Sentence, quotes: Sequence[Quote]) -> None:
        """``NAME said that ...``; ``..., NAME said``; ``According to NAME, ...``."""
        tokens = self.tokens
        verbs = [
            i for i in range(sentence.first, sentence.last)
            if (tokens[i].low in words.SAY or tokens[i].low == "according") and not self._in_quote(tokens[i].start)
        ]  # fmt: skip
        done_until = sentence.first
        speaker: Entity | None = None
        for verb in verbs:
            if verb < done_until:
                continue
            if tokens[verb].low == "according":
                done_until = self._according(sentence, verb) or done_until
                continue
            if words.SAY[tokens[verb].low] == "deny":
                made = self._subject_of(verb, max(sentence.first, done_until), sentence.last)
                if made:
                    self._speaks(tokens[verb].start, made.speaker)
                return
            result = self._reported(sentence, verb, done_until, speaker)
            if result:
                speaker, done_until = result

    def _reported(self, sentence: Sentence, verb: int, floor: int, speaker: Entity | None) -> tuple[Entity, int] | None:
        tokens = self.tokens
        made = self._subject_of(verb, floor, sentence.last)
        if made is None:
            joined = tokens[verb - 1].low in ("and", "but", "also") if verb > sentence.first else False
            if not (joined and speaker):
                return None
            made = Attribution(speaker, verb, verb + 1, verb)
        if made.last == verb + 1:
            clause = self._clause_after(sentence, verb)
            if clause:
                self._add_indirect(sentence, made, clause)
                return made.speaker, self.reading.token_index(clause.end)
        clause = self._clause_before(sentence, made, floor) or self._clause_around(sentence, made)
        if clause:
            self._add_indirect(sentence, made, clause)
            return made.speaker, max(made.last, verb + 1)
        self._speaks(tokens[verb].start, made.speaker)
        return made.speaker, verb + 1

    def _add_indirect(self, sentence: Sentence, made: Attribution, clause: Span) -> None:
        tokens = self.tokens
        self._settle_gender(made)
        self._speaks(tokens[made.verb].start, made.speaker)
        if _word_count(clause.of(self.reading.text)) < 3:
            return
        hearer = self._hearer(made.verb + 1) if tokens[made.verb].low in ("told", "tells", "reminded", "assured", "informed") else None
        said_at = next((d.value for d in sentence.dates if d.value and not (clause.start <= d.start < clause.end)), None)
        self.statements.append(
            Statement(evidence=(sentence.span,), kind="indirect", text=clause, speaker=made.speaker, said_to=hearer, said_at=said_at)
        )

    def _clause_after(self, sentence: Sentence, verb: int) -> Span | None:
        """The clause that a verb of saying leads to, up to the end of the sentence or the next verb of saying of the same subject."""
        tokens = self.tokens
        low = tokens[verb].low
        end = sentence.last
        that = None
        for index in range(verb + 1, min(end, verb + 26)):
            word = tokens[index].low
            if word == "that" and not self._in_quote(tokens[index].start):
                nxt = tokens[index + 1].low if index + 1 < end else ""
                if nxt not in (",", "."):
                    that = index
                break
            if tokens[index].text in ("“", '"', "«", ";"):
                break
            if tokens[index].text == ":" and index == verb + 1 and low in ("said", "says", "added", "stressed", "noted"):
                that = index
                break
            if index > verb + 1 and word in words.SAY:
                break
        if that is not None:
            between = tokens[verb + 1 : that]
            if any(t.low in ("which", "who", "because", "when", "while", "but") for t in between):
                that = None
            if any(t.low in _FINITE for t in between) and low not in words.NEEDS_THAT:
                that = None  # "said the loss was the heaviest that the group had suffered"
        if that is not None:
            begin = that + 1
        elif low in words.NEEDS_THAT and low not in ("told", "noted", "claimed", "explained", "argued", "insisted", "warned", "believes"):
            return None
        else:
            begin = verb + 1
            if low in ("told", "tells"):
                begin = self._past_hearer(begin, end)
                if begin == verb + 1:
                    return None
            begin = self._past_adverbial(begin, end)
            if begin >= end or tokens[begin].kind == "p" or tokens[begin].low in _NO_CLAUSE:
                return None
            if not self._has_verb(begin, end):
                return None
        stop = self._clause_end(begin, end)
        first, last = tokens[begin].start, tokens[stop - 1].end
        return Span(first, last) if last > first else None

    def _past_hearer(self, index: int, end: int) -> int:
        """Past ``reporters``, ``Gori Post``, ``a joint briefing in Baku`` after ``told``."""
        tokens = self.tokens
        step = index
        while step < end and tokens[step].low in ("the", "a", "an", "local", "state", "joint"):
            step += 1
        one = self.by_first.get(step)
        if one:
            return one.last
        if step < end and tokens[step].low in ("reporters", "journalists", "parliament", "lawmakers", "briefing", "them", "him", "her", "us", "agency", "station", "newspaper", "council", "assembly", "news", "press"):
            return step + 1
        return index

    def _past_adverbial(self, index: int, end: int) -> int:
        """Past ``on Tuesday``, ``in an interview with X``, ``later`` between the verb and its clause."""
        tokens = self.tokens
        step = index
        sentence = self.reading.sentence_at(tokens[min(index, len(tokens) - 1)].start)
        for _ in range(3):
            if step < end and tokens[step].low in ("on", "in", "at", "by") and sentence:
                dated = next((d for d in sentence.dates if d.start <= tokens[min(step + 1, end - 1)].start < d.end or d.start == tokens[step].start), None)
                if dated:
                    step = self.reading.token_index(dated.end)
                    continue
            if step < end and sentence and (dated := next((d for d in sentence.dates if d.start == tokens[step].start and d.relative), None)):
                step = self.reading.token_index(dated.end)
        return step

    def _has_verb(self, begin: int, end: int) -> bool:
        """Whether words without ``that`` read as a clause: a finite verb in the first words."""
        for token in self.tokens[begin + 1 : min(end, begin + 22)]:
            low = token.low
            if low in _FINITE or (token.kind == "w" and low.endswith("ed") and not token.capital and len(low) > 4):
                return True
        return False

    def _clause_end(self, begin: int, end: int) -> int:
        """Where a reported clause stops: at ``and added that``, ``, he said``, or the sentence's final mark."""
        tokens = self.tokens
        for index in range(begin + 2, end - 2):
            if tokens[index].low in ("and", "but") and (verb := self.verb_at(index + 1, end)) is not None:
                if verb + 1 < end and tokens[verb + 1].low == "that" and tokens[verb].low in words.SAY:
                    end = index
                    break
            if tokens[index].text == ";":
                end = index
                break
        while end > begin + 1 and tokens[end - 1].text in (".", ",", "!", "?", ";", "…", ":", "-", "–", "—"):
            if tokens[end - 1].text == "." and tokens[end - 2].kind == "w" and len(tokens[end - 2].text) == 1 and tokens[end - 2].capital:
                break
            end -= 1
        return end

    def _clause_before(self, sentence: Sentence, made: Attribution, floor: int) -> Span | None:
        """``CLAUSE, NAME said [in an interview ...].``"""
        tokens = self.tokens
        start = made.first
        first = max(sentence.first, floor)
        while start > first and tokens[start - 1].low in ("the", "a", "an"):
            start -= 1
        # the office and state before a name: "said Azerbaijan's Foreign Minister X" is already in the attribution
        while start > first and tokens[start - 1].text != "," and not tokens[start - 1].text in ("”", '"', "»", "—", "–"):
            one = next((o for o in self.found[sentence.index] if o.last == start and o.kind in ("role", "place", "demonym", "organization", "person")), None)
            if one is None:
                if tokens[start - 1].low in words.ROLE_MODIFIERS or tokens[start - 1].low in ("the", "a", "an", "of", "for", ",") or tokens[start - 1].low in words.TITLES or tokens[start - 1].text in (".", "-"):
                    start -= 1
                    continue
                return None
            start = one.first
        if start <= first or tokens[start - 1].text not in (",", "—", "–"):
            return None
        comma = next((i for i in range(start - 2, max(first, start - 16), -1) if tokens[i].text == ","), None)
        if comma is not None:  # ", the director of the Library, Zara Bisultanova, told"
            office = self.by_first.get(comma + 1) or self.by_first.get(comma + 2)
            if office is not None and office.kind == "role" and office.last < start:
                start = comma + 1
        after = self._past_hearer(made.last, sentence.last) if tokens[made.verb].low in ("told", "tells") else made.last
        rest = tokens[after : sentence.last]
        tail = [t for t in rest if t.text not in (".", ",", "!", "?")]
        if tail and tail[0].low not in _TAIL and not self._date_at(sentence, tail[0]):
            return None
        if any(self._in_quote(t.start) for t in tokens[first : start - 1]):
            return None
        begin = first
        if begin > sentence.first and tokens[begin].text == ",":
            begin += 1
        if start - 1 - begin < 3 or tokens[begin].low in ("speaking", "asked", "addressing", "writing", "answering", "responding", "in", "on"):
            return None
        return Span(tokens[begin].start, tokens[start - 2].end)

    def _clause_around(self, sentence: Sentence, made: Attribution) -> Span | None:
        """``But the alternative, she said, was another war.``: no slice leaves the attribution out, so the whole sentence."""
        tokens = self.tokens
        before, after = made.first - 1, made.last
        while before > sentence.first and tokens[before].low in ("the", "a"):
            before -= 1
        if not (before - sentence.first >= 2 and after + 3 < sentence.last and tokens[before].text == "," == tokens[after].text):
            return None
        if any(self._in_quote(t.start) for t in self.reading.words(sentence)) or tokens[after + 1].low in ("who", "which", "adding", "citing", "speaking", "referring", "but", "and"):
            return None
        if tokens[after + 1].low not in _FINITE and tokens[sentence.first].low in ("in", "on", "at", "for", "with", "from", "as"):
            return None
        return Span(tokens[sentence.first].start, tokens[self._clause_end(sentence.first, sentence.last) - 1].end)

    def _date_at(self, sentence: Sentence, token: Token) -> bool:
        return any(d.start <= token.start < d.end for d in sentence.dates)

    def _according(self, sentence: Sentence, index: int) -> int | None:
        """``According to NAME, CLAUSE``; ``CLAUSE, according to NAME``."""
        tokens = self.tokens
        if index + 2 >= sentence.last or tokens[index + 1].low != "to":
            return None
        low = tokens[index + 2].low
        if low in ("him", "her"):
            entity = self.pronoun(low, tokens[index].start)
            who = (entity, index + 3) if entity else None
        else:
            who = self.subject(index + 2, sentence.last)
        if who is None:
            return None
        speaker, after = who
        made = Attribution(speaker, index, after, index)
        if index == sentence.first or tokens[index - 1].text in ("“", '"') or index - sentence.first <= 1:
            comma = next((i for i in range(after, min(sentence.last, after + 16)) if tokens[i].text == ","), None)
            if comma is None or comma + 1 >= sentence.last or self._in_quote(tokens[comma + 1].start) or tokens[comma + 1].text in ("“", '"', "«"):
                return None
            stop = self._clause_end(comma + 1, sentence.last)
            self._add_indirect(sentence, made, Span(tokens[comma + 1].start, tokens[stop - 1].end))
            return stop
        if tokens[index - 1].text == "," and after < sentence.last and tokens[after].text == "," and sentence.last - after > 4:
            stop = self._clause_end(after + 1, sentence.last)  # "By then, according to the network, they held ..."
            self._add_indirect(sentence, made, Span(tokens[after + 1].start, tokens[stop - 1].end))
            return stop
        if tokens[index - 1].text == ",":
            begin = sentence.first
            if self._in_quote(tokens[begin].start) or index - 1 - begin < 3:
                return None
            self._add_indirect(sentence, made, Span(tokens[begin].start, tokens[index - 2].end))
            return after
        begin = sentence.first
        if index - begin >= 4 and after >= sentence.last - 1 and not self._in_quote(tokens[begin].start):
            self._add_indirect(sentence, made, Span(tokens[begin].start, tokens[index - 1].end))
            return after
        return None

    # --- headlines and interviews --------------------------------------------------------------------

    def _headline(self, block: Block, sentences: Sequence[Sentence]) -> None:
        """``Azerbaijani FM: We need ...``; a headline that is repeated is one statement."""
        document = self.reading.document
        if not sentences or not document.headlines or block.span != document.headlines[0]:
            return
        tokens = self.tokens
        first, end = sentences[0].first, sentences[-1].last
        colon = next((i for i in range(first, min(end, first + 10)) if tokens[i].text == ":"), None)
        if colon is None or colon + 2 >= end:
            return
        who = self.subject(first, colon)
        if who is None or who[1] != colon or who[0].type in ("state", "country"):
            return
        begin = colon + 1
        direct = tokens[begin].text in _PAIRS
        if direct:
            quote = next((q for q in self.quotes if q.start == tokens[begin].start), None)
            text = quote.inner if quote else None
        else:
            text = Span(tokens[begin].start, tokens[end - 1].end)
        if text and _word_count(text.of(self.reading.text)) >= 3:
            self.statements.append(
                Statement(evidence=document.headlines, kind="direct" if direct else "indirect", text=text, speaker=who[0], headline=True)
            )

    def _interviewee(self) -> tuple[str, Entity] | None:
        """The form of an interview's turns (``Q.``/``A.``, dashes) and who answers."""
        blocks = [block for block in self.reading.blocks if block.kind in ("paragraph", "item")]
        texts = [block.span.of(self.reading.text) for block in blocks]
        questions = sum(bool(_QUESTION.match(text)) for text in texts)
        answers = sum(bool(_ANSWER.match(text)) for text in texts)
        people = [person for person in self.people.all if not person.credited]
        if not people:
            return None
        if questions >= 1 and answers >= 1:
            return "label", people[0].entity
        labels = self._labels(blocks, texts)
        if labels is not None:
            return "name", labels
        dashes = [number for number, text in enumerate(texts) if self._dashed(blocks[number], text)]
        asked = sum(texts[number].rstrip().endswith("?") for number in dashes)
        if len(dashes) >= 4 and asked >= 2 and texts[dashes[0]].rstrip().endswith("?"):
            self.answers = {blocks[number].span for number in dashes[1::2]}
            return "dash", people[0].entity
        return None

    def _labels(self, blocks: Sequence[Block], texts: Sequence[str]) -> Entity | None:
        """Turns that begin with a surname and a colon: who answers, as against who asks; None where there are no such turns."""
        turns: dict[str, list[str]] = {}
        for text in texts:
            if match := _LABEL.match(text):
                turns.setdefault(match["label"], []).append(text[match.end() :])
        spoken = {
            label: person for label, said in turns.items()
            if len(said) >= 2 and (person := self.people.of_surname(label.split(",")[0])) is not None
        }  # fmt: skip
        if len(turns) < 2 or not spoken or max(map(len, turns.values())) < 2:
            return None
        asking = max(turns, key=lambda label: sum(said.rstrip().endswith("?") for said in turns[label]))
        answering = [label for label in spoken if label != asking]
        if not answering or not any(said.rstrip().endswith("?") for said in turns[asking]):
            return None
        self.turn_labels = {label: spoken[label].entity for label in answering}
        self.asking = asking
        return spoken[answering[0]].entity

    def _dashed(self, block: Block, text: str) -> bool:
        source = self.reading.text
        before = source[max(0, block.span.start - 3) : block.span.start]
        return bool(_DASH.match(text)) or (block.kind == "item" and before.strip() in ("-", "–", "—"))

    def _turn(self, block: Block, interview: tuple[str, Entity]) -> bool:
        """One turn of an interview; an answer is direct speech of the one who is interviewed."""
        form, speaker = interview
        text = block.span.of(self.reading.text)
        if form == "name":
            label = _LABEL.match(text)
            if label is None:
                return False
            if label["label"] == self.asking:
                self.questions.add(block.span)
                return True
            if label["label"] not in self.turn_labels:
                return False
            speaker = self.turn_labels[label["label"]]
            begin = block.span.start + label.end()
        elif form == "label":
            if _QUESTION.match(text):
                self.questions.add(block.span)
                return True
            match = _ANSWER.match(text)
            if not match:
                return False
            begin = block.span.start + match.end()
        else:
            if not self._dashed(block, text):
                return False
            if block.span not in self.answers:
                self.questions.add(block.span)
                return True
            match = _DASH.match(text)
            begin = block.span.start + (match.end() if match else 0)
        span = Span(begin, block.span.end)
        if _word_count(span.of(self.reading.text)) >= LEAST_WORDS:
            self.statements.append(Statement(evidence=(block.span,), kind="direct", text=span, speaker=speaker))
            self._speaks(block.span.start, speaker)
        return True


_BODIES: dict[str, tuple[str, ...]] = {
    "ministry": ("ministry",), "army": ("armed-forces",), "group": ("armed-group", "movement"), "movement": ("movement",),
    "council": (), "mission": (), "committee": (), "commission": (), "agency": (), "organisation": (), "organization": (),
    "office": (), "union": (), "party": ("party",), "museum": (), "court": ("court",), "observatory": (), "bloc": (), "alliance": (),
    "coalition": (), "military": ("armed-forces",), "centre": (), "center": (), "association": (), "institute": (), "foundation": (),
    "newspaper": ("media",), "station": ("media",), "broadcaster": ("media",), "parliament": ("legislature",), "assembly": (),
}  # fmt: skip
_NO_CLAUSE = frozenset("in on at of to by with during after before from about as for so nothing little more goodbye yes it's".split()) | {"to"}
_TAIL = frozenset("with through via citing without in on at during after when while from to as by before this last yesterday today for earlier later a an the ,".split()) - {"the"}
_FINITE = frozenset(
    "is are was were has had have will would could should can may might must do does did remains remained cannot began came went took "
    "made held stood lay fell rose ran left kept lost won got became seemed needs need want wants lies stays keeps makes takes goes gave "
    "shot broke saw met led sent built put let cut hit said knew found thought brought meant felt heard".split()
)


def _same_portfolio(one: str, other: str) -> bool:
    """``foreign minister`` and ``minister of foreign affairs``."""
    left = {w for w in one.split() if w not in ("minister", "of", "for", "the", "affairs", "and")}
    right = {w for w in other.split() if w not in ("minister", "of", "for", "the", "affairs", "and")}
    return bool(left) and left <= right


def _word_count(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", text))


def find_quotes(text: str, number: int, block: Block) -> Iterator[Quote]:
    """The quotations of a block; apostrophes and inch marks are none."""
    if block.kind == "rule":
        return
    start, end = block.span.start, block.span.end
    index = start
    while index < end:
        char = text[index]
        closing = _PAIRS.get(char)
        if closing is None or char == "”" or (char in "‘'" and not _opens_single(text, index, start)):
            index += 1
            continue
        close = _closing(text, index + 1, end, char, closing)
        if close < 0:
            if char in "“«" and _word_count(text[index + 1 : end]) >= LEAST_WORDS:
                yield Quote(index, end, Span(index + 1, end), number, opened=True)
                return
            index += 1
            continue
        if close > index + 1:
            yield Quote(index, close + 1, Span(index + 1, close), number)
        index = close + 1


def _opens_single(text: str, index: int, floor: int) -> bool:
    before = text[index - 1] if index > floor else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isspace() or before in "(—–:") and not after.isspace() and after.isalnum()


def _closing(text: str, index: int, end: int, opening: str, closing: str) -> int:
    if opening not in "‘'":
        depth = 1
        for position in range(index, end):
            char = text[position]
            if char == closing:
                depth -= 1
                if not depth:
                    return position
            elif char == opening:
                depth += 1
        return -1
    position = index
    while (position := text.find(closing, position, end)) >= 0:
        before, after = text[position - 1], text[position + 1] if position + 1 < end else " "
        if not after.isalnum() and (before in ",.!?…" or (not after.isspace() or before != "s")):
            if _word_count(text[index:position]) >= LEAST_WORDS:
                return position
        position += 1
    return -1


def interviews(reading: Reading, found: list[list[Found]], speech: Speech) -> Iterator[EventClaim]:
    """``in an interview with TRT World``: an event with the one who speaks and the outlet; once a pair."""
    tokens = reading.tokens
    seen: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        for index in range(sentence.first, sentence.last):
            talked = tokens[index].low in ("spoke", "talked", "talks", "speaks") and bool(speech.questions)
            if tokens[index].low not in ("interview", "interviewed") and not talked:
                continue
            outlet = _outlet_of(reading, found[sentence.index], sentence, index)
            speaker = next((s.speaker for s in speech.statements if s.speaker and s.evidence[0].overlaps(sentence.span)), None)
            if speaker is None:
                speaker = next((one.entity for one in found[sentence.index] if one.kind == "person" and one.entity), None)
            if speaker is None and outlet is not None:
                speaker = speech.focus[-1][1] if speech.focus else None
            if outlet is None and speech.questions:
                outlet = next((one.entity for one in found[sentence.index] if one.kind == "organization" and one.entity), None)
            if speaker is None or (outlet is None and not _gave(tokens, index)):
                continue
            pair = (speaker.name, outlet.name if outlet else "")
            if any(speaker.name == name for name, _ in seen) and outlet is None:
                continue
            if pair in seen or any(token.low in words.NEGATIONS for token in tokens[max(sentence.first, index - 4) : index]):
                continue
            seen.add(pair)
            date = next((d.value for d in sentence.dates if d.value and (len(d.value) == 10 or d.start - tokens[index].end <= 4) and 0 < d.start - tokens[index].start < 60), None)
            actors = (speaker, outlet) if outlet else (speaker,)
            yield EventClaim(evidence=(sentence.span,), family="interview", called_as=tokens[index].text, actors=actors, date=date)


def _gave(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].low == "interview" and any(t.low in ("gave", "told", "in") for t in tokens[max(0, index - 3) : index])


def _outlet_of(reading: Reading, group: Sequence[Found], sentence: Sentence, index: int) -> Entity | None:
    tokens = reading.tokens
    after = [one for one in group if one.first > index and one.kind == "organization"]
    for one in after:
        between = tokens[index + 1 : one.first]
        if len(between) <= 6 and any(t.low in ("with", "to", "for", "by", "on") for t in between):
            return one.entity
    for one in group:
        if one.kind == "organization" and one.first < index and any(t.low == "told" for t in tokens[max(sentence.first, one.first - 3) : one.first]):
            return one.entity
    return None


__all__ = ["Quote", "Speech", "find_quotes", "interviews", "PLURAL_HEADS", "Person"]
