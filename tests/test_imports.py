"""Imports run one way, room by room: text <- stages <- dataset <- pipeline <- web <- commands."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "kg"
MODULES = sorted(path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py"))

LAYERS = (
    {"domain", "model", "errors"},
    {"text", "runtime"},
    {"vocabulary"},
    {"read", "formats", "write"},
    {"validate", "config"},
    {"gazetteer"},
    {"extract", "rdf", "reconcile", "check"},
    {"dataset", "store"},
    {"pipeline"},
    {"web"},
    {"commands", "__init__", "__main__"},
)
LAZY = {"pandas", "pyshacl", "rdflib", "rich", "spacy", "trafilatura"}


def layer(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module.split("/")[0] in names)


def imported(module: str, *, top_level_only: bool) -> set[str]:
    """Absolute names that a module imports; those for type checking alone do not count."""
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    blocks = [tree.body] if top_level_only else [list(ast.walk(tree))]
    found: set[str] = set()
    for node in (node for block in blocks for node in block):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_nothing_from_a_later_layer(module: str) -> None:
    mine = layer(module)
    for name in imported(module, top_level_only=True):
        parts = name.split(".")
        if parts[0] == "kg" and len(parts) > 1 and (SOURCE / f"{parts[1]}.py").exists() | (SOURCE / parts[1]).is_dir():
            assert layer(parts[1]) <= mine, f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
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
