"""What the shapes of events are given: events, of their claims what the shapes look at, and contested places."""

from typing import Final

from kg import domain
from kg.validate import Shapes
from kg.validate.needs import Given, needs
from kg.vocabulary import KG, NAMESPACES, SEM, term

_EVENT, _CLAIM, _PLACE, _FINDING = "event", "claim", "place", "finding"
_BOTH: Final = frozenset({_EVENT, _CLAIM})
_OF_EVENTS: Final = (KG.sources, *(term(one.term) for one in domain.NUMBERS if one.scope == "part"))
_OF_BOTH: Final = (
    KG.date,
    SEM.hasPlace,
    SEM.hasActor,
    SEM.hasEarliestBeginTimeStamp,
    SEM.hasLatestEndTimeStamp,
    *(term(one.term) for one in domain.NUMBERS if one.scope != "part"),
    *(term(one.qualifier) for one in domain.NUMBERS if one.scope != "part"),
)
_OF_CLAIMS: Final = (
    KG.about,
    KG.calledAs,
    KG.ofAreaKm2,
    KG.areaConvertedFrom,
    KG.includesPlace,
    KG.placeText,
)
_OF_FINDINGS: Final = (KG.check, KG.severity, KG.message, KG.concerns)

GIVEN: Final = Given(
    whole=frozenset({_EVENT, _FINDING}),
    asked=frozenset({_CLAIM}),
    some={_PLACE: frozenset({KG.contested, *_OF_EVENTS, *_OF_BOTH, *_OF_CLAIMS})},  # it has none of the others
    steps={
        (_EVENT, KG.about, True): _CLAIM,
        (_CLAIM, KG.about, False): _EVENT,
        (_EVENT, SEM.hasPlace, False): _PLACE,
        (_CLAIM, SEM.hasPlace, False): _PLACE,
    },
    closed=frozenset({_EVENT, _FINDING}),
    classes={
        **{KG[family.term]: _BOTH for family in domain.FAMILIES},
        **{KG[word.term]: frozenset({_CLAIM}) for word in domain.CONTROL_WORDS},
        KG.EventClaim: frozenset({_CLAIM}),
        KG.Finding: frozenset({_FINDING}),
    },
    subjects_of={
        **dict.fromkeys(_OF_EVENTS, frozenset({_EVENT})),
        **dict.fromkeys(_OF_BOTH, _BOTH),
        **dict.fromkeys(_OF_CLAIMS, frozenset({_CLAIM})),
        **dict.fromkeys(_OF_FINDINGS, frozenset({_FINDING})),
        KG.contested: frozenset({_EVENT, _PLACE}),
    },
    objects_of={KG.about: frozenset({_EVENT})},
)


def seen_of_claims(shapes: Shapes) -> tuple[bytes, ...]:
    """The predicates of claims that are given to the shapes of events, sorted, as N-Triples writes them.

    Raises InputError for shapes that look at what is not known when events are checked.
    """
    asked = needs(shapes, GIVEN)
    terms = (each for namespace in NAMESPACES for each in namespace) if asked.everything else asked.properties
    return tuple(sorted(str(each).encode() for each in terms))
