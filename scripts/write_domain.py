"""Write the words of `kg.domain` into the ontology, the shapes and the queries.

A list is written where a bracket opens with ``# domain: NAME`` behind it, a passage between ``# domain: NAME`` and
``# domain: end``, each on a line of its own. NAME is one of `LISTS` or `PASSAGES`. `python scripts/write_domain.py`
writes them anew, `--check` only says which files would change.
"""

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.domain import COMPARED, CONTROL_WORDS, FAMILIES, FIGURES, NUMBERS, UNITS, ComparedTerm, Word

ROOT = Path(__file__).parents[1]
WIDTH = 115
_OPENED = re.compile(r"^(?P<prefix>#? *)(?P<before>.*)(?P<bracket>[({]) # domain: (?P<name>.+)$", re.MULTILINE)
_PASSAGE = re.compile(r"^(?P<indent> *)# domain: (?P<name>.+)\n(?:.*\n)*? *# domain: end$", re.MULTILINE)
EXACT = "“about”, “less-than”, “more-than” or “part-of”; without it, exactly"
_CLOSES = {"(": ")", "{": "}"}


def terms(words: Iterable[Word]) -> list[str]:
    return [f"kg:{word.term}" for word in words]


def named(words: Iterable[Word]) -> list[str]:
    return [f'(kg:{word.term} "{word.name}")' for word in words]


def _stated() -> Iterator[ComparedTerm]:
    """What claims themselves state, under the term of what is compared; a part's area is stated as an area."""
    return (one for one in COMPARED if one.scope != "part")


def _units() -> Iterator[str]:
    """For each unit the kinds of figures that have it, and for those that have none that they count."""
    kind, unit = (
        "[ sh:property [ sh:path kg:figureKind ; sh:hasValue kg:{} ] ; ",
        "sh:property [ sh:path qudt:hasUnit ; ",
    )
    for figure in FIGURES:
        if figure.unit:
            yield f"{kind.format(figure.term)}{unit}sh:hasValue unit:{figure.unit} ] ]"
    counted = " ".join(terms(figure for figure in FIGURES if not figure.unit))
    yield f"[ sh:property [ sh:path kg:figureKind ; sh:in ( {counted} ) ; sh:minCount 1 ] ;"
    yield f"  {unit}sh:maxCount 0 ] ; sh:property [ sh:path kg:countOf ; sh:minCount 1 ] ]"


def _symbols() -> Iterator[str]:
    """Each kind of number with its unit; what is compared and no kind of figure among them."""
    for figure in FIGURES:
        yield f'("{figure.name}" "{figure.symbol}")' if figure.symbol else f'("{figure.name}" UNDEF)'
    yield from (f'("{one.name}" "{one.unit}")' for one in NUMBERS if one.fields and not one.figure)


LISTS = {
    "families": terms(FAMILIES),
    "control words": terms(CONTROL_WORDS),
    "families that have words, and these": terms([*(f for f in FAMILIES if f.has_words), *CONTROL_WORDS]),
    "figure kinds": terms(FIGURES),
    "units": [f"unit:{unit}" for unit in UNITS],
    "figures by unit": list(_units()),
    "family names": named(FAMILIES),
    "event types": named([*CONTROL_WORDS, *(family for family in FAMILIES if not family.has_words)]),
    "words of leaving": terms(word for word in CONTROL_WORDS if word.effect == "leaves"),
    "figure names": named(FIGURES),
    "figure symbols": list(_symbols()),
    "numbers of claims": [f'({one.term} {one.qualifier} "{one.figure or one.name}")' for one in NUMBERS if one.fields],
    "values": ", ".join(["?date", *(f"?{one.name}" for one in NUMBERS if one.scope != "part")]).split(" "),
    "contested of events": [one.term for one in COMPARED if one.scope != "place"],
    "what claims state": [f'({one.term} "{one.name}")' for one in _stated()],
    "what figures state": [f'(kg:{f.term} "{one.name}")' for one in COMPARED for f in FIGURES if one.figure == f.name],
    "names of what claims state": [f'"{one.name}"' for one in _stated()],
    "contested as stated": [f'({one.term} "{one.name}")' for one in COMPARED if one.scope == "event"],
}


def described(words: Iterable[Word], kind: str) -> str:
    """The words as terms of the ontology."""
    return "\n".join(
        f'kg:{word.term} a {kind} ; rdfs:label "{word.label}"@en ;\n  rdfs:comment "{word.meaning}"@en .\n'
        for word in words
    )


def measured() -> str:
    """The numbers that are compared, and what says how exact they are, as properties of the ontology."""
    return "\n".join(
        _property(one.term, "xsd:decimal", one.label, one.meaning)
        + "\n"
        + _property(one.qualifier, "xsd:string", f"{one.label} qualifier", f"How {one.term} is to be read: {EXACT}.")
        for one in NUMBERS
    )


def _property(name: str, values: str, label: str, meaning: str) -> str:
    says = f'rdfs:range {values} ; rdfs:label "{label}"@en ;\n  rdfs:comment "{meaning}"@en .\n'
    return f"{name} a owl:DatatypeProperty ; {says}"


def constrained(numbers: Iterable[ComparedTerm]) -> str:
    """Property shapes of numbers and of their qualifiers."""
    found = ""
    for one in numbers:
        bounds = "sh:minInclusive 0.0" + (f" ; sh:maxInclusive {one.highest}.0" if one.highest else "")
        says = f"from 0 to {one.highest}" if one.highest else "not below zero"
        found += (
            f"sh:property [ sh:path {one.term} ; sh:datatype xsd:decimal ; sh:maxCount 1 ; {bounds} ;\n"
            f'  sh:message "There is at most one {one.label}: a decimal, in {one.unit}, {says}."@en ] ;\n'
            f'sh:property [ sh:path {one.qualifier} ; sh:in ( "about" "less-than" "more-than" "part-of" ) ;\n'
            f'  sh:maxCount 1 ; sh:message "The {one.label} is qualified at most once, such as about."@en ] ;\n'
        )
    return found


def either(*shapes: str) -> str:
    """One of several shapes, each a line."""
    alternatives = "\n        ".join(f"[ {shape} ]" for shape in shapes)
    return f"sh:or ( {alternatives} ) ;\n"


def qualified(numbers: Iterable[ComparedTerm]) -> str:
    return "".join(either(_at_least_one(one.term), _none(one.qualifier)) for one in numbers)


def _at_least_one(path: str) -> str:
    return f"sh:property [ sh:path {path} ; sh:minCount 1 ]"


def _none(path: str) -> str:
    return f"sh:property [ sh:path {path} ; sh:maxCount 0 ]"


def _is_contested(one: ComparedTerm) -> str:
    return f"sh:property [ sh:path kg:contested ; sh:hasValue {one.term} ]"


def contested() -> str:
    """No value of what is contested."""
    numbers = (one for one in NUMBERS if one.scope != "place")
    return "".join(either(f"sh:not [ {_is_contested(one)} ]", _none(one.term)) for one in numbers)


def uncontested() -> str:
    """A value of what claims state, or it is contested."""
    numbers = (one for one in NUMBERS if one.fields)
    stated = "( [ sh:inversePath kg:about ] {} )"
    return "".join(
        either(_is_contested(one), _at_least_one(one.term), _none(stated.format(one.term))) for one in numbers
    )


OF_CLAIMS = [one for one in NUMBERS if one.fields]
PASSAGES = {
    "families": described(FAMILIES, "owl:Class ; rdfs:subClassOf sem:Event"),
    "control words": described(CONTROL_WORDS, "owl:Class ; rdfs:subClassOf kg:ControlChange"),
    "figure kinds": described(FIGURES, "kg:FigureKind"),
    "compared numbers": measured(),
    "numbers of claims": constrained(OF_CLAIMS),
    "numbers of events": constrained(NUMBERS),
    "qualified numbers of claims": qualified(OF_CLAIMS),
    "qualified numbers of events": qualified(NUMBERS),
    "contested numbers": contested(),
    "uncontested numbers": uncontested(),
    "optional numbers": "".join(
        f"OPTIONAL {{ ?claim {one.term} ?{one.name} }}\n" for one in NUMBERS if one.scope != "part"
    ),
}


def written(text: str) -> str:
    """The text of a file with its lists and passages as the domain has them."""
    text = _PASSAGE.sub(_passage, text)
    start = 0
    while found := _OPENED.search(text, start):
        end = _closing(text, found.end(), found["bracket"])
        lines = _wrapped(LISTS[found["name"]], found["prefix"])
        inner = "\n".join(["", *lines, ""]) + found["prefix"]
        text = text[: found.end()] + inner + text[end:]
        start = found.end() + len(inner)
    return text


def _passage(found: re.Match[str]) -> str:
    indent, name = found["indent"], found["name"]
    return f"{indent}# domain: {name}\n{textwrap.indent(PASSAGES[name], indent)}{indent}# domain: end"


def _wrapped(entries: list[str], prefix: str) -> list[str]:
    """The entries on lines two columns further in, as many on one as fit."""
    indent = f"{prefix}  "
    glued = [entry.replace(" ", "\0") for entry in entries]  # an entry is never broken
    if any(len(indent) + len(entry) > WIDTH // 2 for entry in entries):
        return [indent + entry for entry in entries]
    lines = textwrap.wrap(" ".join(glued), WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return [indent + line.replace("\0", " ") for line in lines]


def _closing(text: str, start: int, bracket: str) -> int:
    """Where the bracket that opened before `start` closes."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == bracket) - (text[at] == _CLOSES[bracket])
        if depth == 0:
            return at
    raise ValueError(f"a bracket never closes: {text[start - 60 : start]}")


def files(root: Path = ROOT) -> list[Path]:
    """The files that words of the domain are written into."""
    return [
        root / "src/kg/ontology.ttl",
        *sorted((root / "shapes").glob("*.ttl")),
        *sorted((root / "src/kg/dataset/queries").glob("*.rq")),
    ]


def main(arguments: list[str]) -> int:
    changed = [path for path in files() if written(path.read_text("utf-8")) != path.read_text("utf-8")]
    if "--check" not in arguments:
        for path in changed:
            path.write_text(written(path.read_text("utf-8")), "utf-8")
    for path in changed:
        print(path.relative_to(ROOT))
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
