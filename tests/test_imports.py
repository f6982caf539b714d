"""Imports run one way, room by room, and never in a circle."""

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "kg"
MODULES = sorted(path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py"))

LAYERS = (
    {"domain", "errors"},
    {"model", "runtime"},
    {"text"},
    {"read", "vocabulary"},
    {"config", "context", "ids", "schema_org"},
    {"formats", "reconcile"},
    {"check", "write"},
    {"rdf", "validate"},
    {"gazetteer"},
    {"dataset", "extract"},
    {"pipeline", "store"},
    {"web"},
    {"commands"},
    {"__init__", "__main__"},
)
"""The rooms, each above those that it may import from: `read` knows nothing of `extract`, and two rooms of one layer
nothing of each other."""
ANYWHERE = "__init__"  # the version, and the names that a person imports
OF_A_LIBRARY = {"validate/rdflib_literal"}  # a class of rdflib's: imported where it is used itself
LAZY = {"pandas", "pyshacl", "rdflib", "rich", "spacy", "trafilatura"}


def layer(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module.split("/")[0] in names)


@cache
def imported(module: str, *, top_level_only: bool) -> frozenset[str]:
    """Absolute names that a module imports, those for type checking alone among them unless only the top is asked."""
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    blocks = [tree.body] if top_level_only else [list(ast.walk(tree))]
    found: set[str] = set()
    for node in (node for block in blocks for node in block):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def own(module: str) -> frozenset[str]:
    """The modules of kg that a module imports, wherever it does so."""
    found: set[str] = set()
    for name in imported(module, top_level_only=False):
        parts = name.split(".")
        for path in ("/".join(parts[1:]), "/".join(parts[1:-1])):
            if parts[0] == "kg" and path and (known := {path, f"{path}/__init__"} & set(MODULES)):
                found |= known
                break
    return frozenset(found - {module})


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_room_and_from_lower_layers(module: str) -> None:
    room = module.split("/")[0]
    others = {name.split("/")[0] for name in own(module)} - {room, ANYWHERE}
    assert not {other for other in others if layer(other) >= layer(module)}


def test_no_modules_import_each_other_in_a_circle() -> None:
    above = {module: own(module) - {ANYWHERE} for module in MODULES}
    while free := {module for module, others in above.items() if not others & above.keys()}:
        above = {module: others for module, others in above.items() if module not in free}
    assert not above


@pytest.mark.parametrize("module", sorted({*MODULES} - OF_A_LIBRARY))
def test_slow_libraries_are_imported_where_they_are_used(module: str) -> None:
    assert not {name.split(".")[0] for name in imported(module, top_level_only=True)} & LAZY


def test_every_module_has_a_layer() -> None:
    assert {module.split("/")[0] for module in MODULES} <= set().union(*LAYERS)


def test_only_the_command_line_exits() -> None:
    for module in MODULES:
        if module.split("/")[0] not in {"commands", "__main__"}:
            assert not imported(module, top_level_only=False) & {"sys.exit"}, module
            text = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
            assert "sys.exit" not in text, module
            assert "SystemExit" not in text, module


def test_no_module_has_a_name_that_says_nothing() -> None:
    banned = {"utils", "helpers", "manager", "base", "common", "misc"}
    assert not banned & {part for module in MODULES for part in module.split("/")}
