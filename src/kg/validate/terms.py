"""What shapes may say: the terms that both engines follow; others would be overlooked by one, refused by the other."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import InputError
from kg.text.lexical import is_well_formed
from kg.validate.reach import CORE
from kg.vocabulary import RDF, SH

_SPARQL: Final = frozenset(
    "sparql select ask prefixes declare prefix namespace validator nodeValidator propertyValidator parameter optional "
    "labelTemplate SPARQLConstraint SPARQLConstraintComponent SPARQLAskValidator SPARQLSelectValidator Parameterizable "
    "ConstraintComponent Parameter Validator SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable "
    "PrefixDeclaration".split()
)
_CLASSES_AND_VALUES: Final = frozenset(
    "Shape NodeShape PropertyShape PropertyGroup NodeKind BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral "
    "IRIOrLiteral Severity Info Warning Violation shapesGraph suggestedShapesGraph ValidationReport ValidationResult "
    "AbstractResult conforms result detail focusNode resultMessage resultPath resultSeverity sourceConstraint "
    "sourceConstraintComponent sourceShape value shapesGraphWellFormed".split()
)
# Rules are not carried out where none are asked for (SHACL Advanced Features, section 8.2): they decide nothing here.
_RULES: Final = frozenset(
    "rule Rule TripleRule SPARQLRule Rules condition subject predicate object construct update this".split()
)
# Of drafts and of DCAT-AP, whose own shapes have them: they lead from one thing to a shape, and decide nothing.
_LINKS: Final = frozenset({"shape", "nodeShape"})
_KNOWN: Final = _LINKS | CORE | _SPARQL | _CLASSES_AND_VALUES | _RULES
_ELSEWHERE: Final = {
    "SHACL Advanced Features": "target Target SPARQLTarget SPARQLTargetType TargetType expression "
    "ExpressionConstraint filterShape nodes intersection union Function SPARQLFunction returnType entailment "
    "ResultAnnotation resultAnnotation annotationProperty annotationValue annotationVarName orderBy desc limit offset "
    "groupBy distinct count min max sum avg if then else exists sparqlExpr",
    "SHACL JavaScript Extensions": "js jsFunctionName jsLibrary jsLibraryURL JSConstraint JSExecutable JSFunction "
    "JSLibrary JSRule JSTarget JSTargetType JSValidator",
    "SHACL 1.2": "memberShape minListLength maxListLength uniqueMembers reifierShape reificationRequired targetWhere "
    "singleLine someValue subsetOf rootClass nodeByExpression values codeIdentifier agentInstruction intent "
    "uniqueValuesFor conformanceDisallows Debug Trace SPARQLExprExpression NodeExpression ByTypes",
}
_OF_SHACL: Final = frozenset({RDF.type, *(NamedNode(SH.iri + name) for name in ("severity", "nodeKind"))})
"""What has values that SHACL lists: one of its namespace is one of these."""
_FIRST: Final = NamedNode(f"{RDF.iri}first")
_COMPONENTS: Final = frozenset(f"{name[0].upper()}{name[1:]}ConstraintComponent" for name in CORE)
_NOT_FOLLOWED: Final = {name: standard for standard, names in _ELSEWHERE.items() for name in names.split()}


def check_terms(triples: Iterable[Triple], where: str) -> None:
    """Raise InputError for a term of SHACL's namespace that is not of SHACL Core or of its SPARQL constraints.

    And for a value there that is none of its datatype, with which nothing can be compared.
    """
    for triple in triples:
        value, of_shacl = triple.object, triple.predicate == _FIRST or triple.predicate.value.startswith(SH.iri)
        if of_shacl and isinstance(value, Literal) and not is_well_formed(value.value, value.datatype.value):
            raise InputError(f"{value} is no literal of its datatype", where=where, hint="correct the shapes")
        for term in (triple.predicate, triple.object if triple.predicate in _OF_SHACL else None):
            if isinstance(term, NamedNode) and term.value.startswith(SH.iri):
                name = term.value.removeprefix(SH.iri)
                if name and name not in _KNOWN and name not in _COMPONENTS:
                    raise _refusal(name, where)


def _refusal(name: str, where: str) -> InputError:
    if standard := _NOT_FOLLOWED.get(name):
        what = f"sh:{name} is of {standard}, which kg does not follow: without it the verdict would be another"
        return InputError(what, where=where, hint="say it in SHACL Core or as a SPARQL constraint (sh:sparql)")
    # Classes and values begin with a capital letter: of nodeShape and NodeShape one is meant.
    alike = {known.lower(): known for known in sorted(_KNOWN) if known[0].isupper() is name[0].isupper()}
    found = get_close_matches(name.lower(), alike, n=1)
    hint = f"did you mean sh:{alike[found[0]]}?" if found else "see https://www.w3.org/TR/shacl/ for the terms"
    return InputError(f"there is no sh:{name}", where=where, hint=hint)
