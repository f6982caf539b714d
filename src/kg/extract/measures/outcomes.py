"""What verbs, states and labels say became of people and homes: tables, each word once."""

from functools import lru_cache

from kg.domain import FigureKind
from kg.extract import words
from kg.extract.lexicon import word


def _each(table: dict[FigureKind, str]) -> dict[str, FigureKind]:
    return {one: kind for kind, listed in table.items() for one in listed.split()}


OBJECTS = _each(
    {
        "killed": "kill murder massacre slay slaughter behead lynch mourn bury",
        "wounded": "wound injure hurt maim",
        "captured": "capture detain arrest abduct kidnap imprison intern jail",
        "displaced": "displace uproot evacuate expel deport dislodge",
        "returned": "repatriate resettle",
        "destroyed": "destroy damage level demolish raze ruin wreck flatten gut burn devastate torch",
    }
)
"""Verbs by lemma: what happens to their object, or to the subject of their passive."""
RELEASING = frozenset("free release exchange swap".split())
HOLDING = frozenset("hold keep take".split())
DISPLACED = frozenset("person family resident villager inhabitant civilian household refugee woman child".split())
"""Of whom a few are displaced where they flee; others run away."""
PRISONERS = frozenset("prisoner hostage captive detainee".split())
SUBJECTS = _each(
    {
        "killed": "die perish drown",
        "missing": "disappear vanish",
        "displaced": "flee",
        "returned": "return",
    }
)
"""Verbs by lemma: what happens to their subject."""
FOLLOWED: dict[tuple[str, str], FigureKind] = {
    ("lose", "lives"): "killed",
    ("lose", "life"): "killed",
    ("shoot", "dead"): "killed",
    ("burn", "alive"): "killed",
    ("leave", "homes"): "displaced",
    ("abandon", "homes"): "displaced",
    ("lose", "homes"): "displaced",
    **{(verb, home): "displaced" for verb in ("drive", "force", "chase") for home in ("homes", "houses", "villages")},
    ("force", "flee"): "displaced",
    ("force", "leave"): "displaced",
    ("take", "prisoner"): "captured",
    ("take", "hostage"): "captured",
    ("take", "captive"): "captured",
    ("hold", "hostage"): "captured",
    ("hold", "captive"): "captured",
    ("go", "missing"): "missing",
    ("go", "back"): "returned",
    ("go", "home"): "returned",
    ("come", "back"): "returned",
}
"""A verb with the word after it."""
DRIVEN: dict[tuple[str, str], FigureKind] = {
    ("cost", "lives"): "killed",
    **{(verb, home): "displaced" for verb in ("drive", "force", "chase") for home in ("homes", "houses", "villages")},
}
"""A verb with what its object loses, or is driven from."""
DIED = frozenset("wounds injuries burns".split())
"""What people died of who were killed; of hunger, cold or old age nobody is killed."""
DWELLERS = frozenset("person inhabitant resident soul".split())
STATES = _each(
    {
        "killed": "dead killed",
        "wounded": "wounded injured hurt",
        "missing": "missing unaccounted",
        "displaced": "displaced homeless",
    }
)
"""Adjectives after the number, or after ``are``."""
LABELS = STATES | _each(
    {
        "killed": "deaths fatalities",
        "captured": "captured prisoners",
        "displaced": "refugees",
        "returned": "returned returnees",
        "population": "population inhabitants pop",
        "destroyed": "destroyed",
    }
)
"""Words that label a row of a list or table."""
_PERSONS = frozenset(
    """
    person civilian soldier fighter villager resident inhabitant refugee woman child girl boy man student pupil
    teacher doctor nurse medic patient worker miner farmer sailor pilot guard policeman policewoman officer
    policeman gendarme militant rebel insurgent militiaman guerrilla serviceman conscript recruit reservist
    paratrooper marine prisoner hostage captive detainee passenger pilgrim protester demonstrator journalist migrant
    citizen family household conscript peacekeeper troop personnel police combatant commander general driver settler
    evacuee returnee deserter orphan elder priest monk tourist victim attacker gunman noncombatant compatriot
    national islander townsman townsperson human other enemy
    """.split()
)
_SUFFIXES = ("ian", "ist", "eer", "men", "man", "ker", "der", "ter", "ger", "ner", "mer", "ler", "ant", "ee")
_THINGS = frozenset(
    """
    letter matter chapter quarter meter centre center theater water order border shelter winter summer number member
    river tank helicopter fighter-jet rocket launcher carrier trailer tanker bunker mortar drone computer
    transformer generator tower container power committee paper newspaper poster station restaurant plant coffee
    tree bee
    """.split()
)
BUILDINGS = frozenset("house home school clinic hospital mosque church building apartment shop bridge flat".split())
_IRREGULAR = {
    "people": "person",
    "persons": "person",
    "men": "person",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "servicemen": "serviceman",
    "gunmen": "gunman",
    "militiamen": "militiaman",
    "lives": "life",
    "troops": "soldier",
    "personnel": "soldier",
    "families": "family",
    "police": "policeman",
}


@lru_cache(maxsize=1 << 12)
def tells_outcome(low: str) -> bool:
    """Whether a word may tell what became of people or homes."""
    if low in LABELS or low in (
        "people",
        "inhabitants",
        "residents",
        "lived",
        "live",
        "lives",
        "home",
        "homes",
        "prisoners",
    ):
        return True
    lemma = word(low).lemma
    return (
        lemma in RELEASING
        or lemma in ("lose", "cost")
        or lemma in OBJECTS
        or lemma in SUBJECTS
        or any(lemma == verb for verb, _ in FOLLOWED)
    )


def singular(noun: str) -> str:
    """A counted noun in the singular.

    >>> singular("people"), singular("houses"), singular("churches"), singular("families")
    ('person', 'house', 'church', 'family')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def is_person(noun: str) -> bool:
    """Whether a noun in the singular names people: by a list, by their trade's ending, or as a force's."""
    if noun in _PERSONS:
        return True
    if noun in _THINGS or noun in BUILDINGS or noun in words.PLACE_TYPES:
        return False
    return noun.endswith(_SUFFIXES) and len(noun) > 4
