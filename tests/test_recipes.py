"""The recipes of docs/architecture.md, each carried out in a copy of the tree, and what notices a forgotten step."""
# ruff: noqa: E501 - a line that is inserted is as long as it is in its file

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tree import ROOT, Tree

MOST_FILES = 5
DOCUMENT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOMAIN = "src/kg/domain.py"

Step = Callable[[Tree], None]


def insert(path: str, before: str, text: str) -> Step:
    return lambda tree: tree.insert(path, before, text)


def create(path: str, text: str) -> Step:
    return lambda tree: tree.create(path, text)


def write(tree: Tree) -> None:
    tree.write_domain()


@dataclass(frozen=True)
class Recipe:
    """Its steps, Python that fails where they have had no effect, and the test that fails without the last step."""

    name: str
    steps: tuple[Step, ...]
    effect: str
    noticed_by: str = ""  # empty: one step alone, which nobody forgets half of


SHAPE = """
@prefix shape: <https://kg.example/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kg: <https://kg.example/ontology#> .
@prefix schema: <https://schema.org/> .

shape:Headline a sh:NodeShape ; sh:severity sh:Violation ;
  sh:targetSubjectsOf schema:headline ;
  sh:property [ sh:path schema:headline ; sh:maxLength 500 ; sh:message "A headline is short."@en ] .
"""
HEADLINE = "@prefix schema: <https://schema.org/> .\n<https://kg.example/document/a-1> schema:headline {}@en .\n"
RECIPES = (
    Recipe(
        "an event family",
        (
            insert(DOMAIN, "]\nControlWord = ", ', "blockade"'),
            insert(
                DOMAIN,
                ")\nCONTROL_WORDS: Final",
                '    FamilyWord(name="blockade", term="Blockade", label="blockade", topic="blockade", meaning="A siege."),\n',
            ),
            write,
        ),
        "from kg.vocabulary import KG; from kg.dataset import queries; assert KG.Blockade; "
        "assert '(kg:Blockade \"blockade\")' in queries.load('events').text",
        "tests/test_domain.py::test_what_is_written_from_the_domain_is_up_to_date",
    ),
    Recipe(
        "a figure kind",
        (
            insert(
                DOMAIN,
                ")\nCOMPARED: Final",
                '    FigureTerm(name="wrecked", term="Wrecked", label="wrecked", meaning="x"),\n',
            ),
            write,
            insert(DOMAIN, "]\nCompared = ", '    "wrecked",\n'),
        ),
        "from kg.dataset import queries; assert '\"wrecked\"' in queries.load('figures').text; "
        "from kg.ids import kind_of; assert kind_of('a-1_wrecked_x_1') == 'wrecked'",
        "tests/test_domain.py::test_every_name_of_the_type_has_a_row_and_no_other",
    ),
    Recipe(
        "a unit",
        (
            insert("src/kg/text/quantities.py", '    "acre": Decimal("0.0040', '    "dunam": Decimal("0.001"),\n'),
            insert("src/kg/text/quantities.py", "  | (?P<acre>", "  | (?P<dunam>dunams?\\b)\n"),
        ),
        "from kg.text.quantities import MEASURES; assert 'dunam' in MEASURES; from kg.text import quantities as q; "
        "assert q.converted_from('dunam') == 'dunam'",
        "tests/test_recipes.py::test_every_unit_that_is_known_is_read",
    ),
    Recipe(
        "a language",
        (
            insert(
                "src/kg/text/languages.toml",
                "[az]\n",
                '[eo]\nwords = """kaj estas la urbo estis de ĝi"""\nletters = "ĝĉŭ"\n\n',
            ),
        ),
        "from kg.text.language import language_of; assert language_of('La urbo estis ĝi kaj estas.') == 'eo'",
    ),
    Recipe(
        "an export format",
        (
            create(
                "src/kg/dataset/export/names.py",
                '"""Names."""\n\n\ndef names(data):\n    yield b"names"\n',
            ),
            insert(
                "src/kg/dataset/export/__init__.py", "from kg.errors", "from kg.dataset.export.names import names\n"
            ),
            insert("src/kg/dataset/export/__init__.py", '    "geojson": geojson,\n', '    "names": names,\n'),
            insert("src/kg/commands/export.py", '"annotations", "geojson"]', '"names", '),
        ),
        "from kg.commands import cli; assert 'names' in cli.commands['export'].params[1].type.choices",
        "tests/test_recipes.py::test_every_export_format_is_offered",
    ),
    Recipe(
        "a store",
        (
            insert(
                "src/kg/store/profiles.py",
                "GENERIC: Final",
                'NEW: Final = Profile("new", "New", "http://127.0.0.1:9/", "", "", None)\n',
            ),
            insert("src/kg/store/profiles.py", "VIRTUOSO, RDF4J, GENERIC)}", "NEW, "),
        ),
        "from kg.commands import cli; assert 'new' in cli.commands['load'].params[1].type.choices",
        "tests/test_recipes.py::test_every_profile_is_in_the_table",
    ),
    Recipe(
        "a column",
        (
            insert("src/kg/dataset/queries/documents.rq", "?publisher ?file", "?language "),
            insert(
                "src/kg/dataset/queries/documents.rq",
                "  OPTIONAL { ?document schema:headline",
                "  ?document schema:inLanguage ?language .\n",
            ),
            insert("tests/test_queries.py", "publisher file source characters", "language "),
        ),
        "import pyoxigraph as ox; from kg.dataset import queries; "
        "assert 'language' in [v.value for v in ox.Store().query(queries.load('documents').text).variables]",
        "tests/test_queries.py::test_a_query_has_the_columns_of_the_contract",
    ),
    Recipe(
        "a shape",
        (
            create("shapes/headline.ttl", SHAPE),
            insert("src/kg/validate/shapes.py", '"role", "cited-document")', '"headline", '),
            create("tests/shapes/headline/valid-short.ttl", "# Short.\n" + HEADLINE.format('"Short"')),
            create(
                "tests/shapes/headline/invalid-headline-MaxLength.ttl", "# Long.\n" + HEADLINE.format(f'"{"x" * 501}"')
            ),
        ),
        "from kg.validate import prepare; assert any('headline' in str(t) for t in prepare().targets)",
        "tests/test_shapes_examples.py::test_every_shape_has_valid_and_invalid_examples",
    ),
    Recipe(
        "an option",
        (
            insert(
                "src/kg/commands/read.py",
                "@quiet\ndef explain(iri: str, ",
                '@click.option("--first", is_flag=True, help="One.")\n',
            ),
            insert(
                "src/kg/commands/read.py", "trace: bool, files: tuple[str, ...], quiet: bool) -> None:", "first: bool, "
            ),
        ),
        "from click.testing import CliRunner; from kg.commands import cli; "
        "assert '--first' in CliRunner().invoke(cli, ['explain', '--help']).output",
        "tests/test_cli.py::test_explain_names_who_says_it",
    ),
    Recipe(
        "a page",
        (
            insert(
                "src/kg/web/pages/site.py",
                '            "ontology": self.ontology,\n',
                '            "about": self.about,\n',
            ),
            insert(
                "src/kg/web/pages/site.py",
                "    def ontology(self) -> Page:\n",
                '    def about(self) -> Page:\n        return Page("about", "about.html", "About", {}, "What this is.")\n\n',
            ),
            create(
                "src/kg/web/templates/about.html",
                '{% extends "base.html" %}\n{% block main %}<h1>About</h1>{% endblock %}\n',
            ),
        ),
        "from pathlib import Path; import tempfile; from by_hand import two_sides; from conftest import published; "
        "from kg.web.pages.render import Renderer; from kg.web.pages.site import Site; from kg.web.snapshot import Snapshot; "
        "site = Site(Snapshot(published(Path(tempfile.mkdtemp()), two_sides()))); "
        "assert '<h1>About</h1>' in Renderer(site.published, site.homes, static=True).html(site.page('about'))",
        "tests/test_recipes.py::test_every_page_has_its_template",
    ),
    Recipe(
        "a format of input",
        (
            insert("src/kg/read/__init__.py", '    ".html": "text/html",\n', '    ".shout": "text/x-shout",\n'),
            insert(
                "src/kg/read/item.py",
                '    "text/markdown": read_markdown,\n',
                '    "text/x-shout": lambda text: Page(text.upper()),\n',
            ),
        ),
        "import tempfile, pathlib; from kg.read import read; p = pathlib.Path(tempfile.mkdtemp(), 'a.shout'); "
        "p.write_text('quiet'); assert [s.text for s in read(p)] == ['QUIET']",
        "tests/test_recipes.py::test_every_kind_of_file_has_a_reader",
    ),
    Recipe(
        "a SHACL engine",
        (
            create("src/kg/validate/blind.py", '"""Sees nothing."""\n\n\ndef run(lines, shapes):\n    return []\n'),
            insert(
                "src/kg/validate/__init__.py",
                "from kg.validate import pyshacl, turbo",
                "from kg.validate import blind\n",
            ),
            insert("src/kg/validate/__init__.py", '"fast": turbo.run}', '"blind": blind.run, '),
        ),
        "from kg.validate import prepare, validate; assert validate(b'', prepare(), engine='blind').conforms",
        "tests/test_recipes.py::test_every_module_of_an_engine_is_in_the_table",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_touches_few_files_and_has_its_effect(recipe: Recipe, tmp_path: Path) -> None:
    tree = Tree.copied(tmp_path)
    for step in recipe.steps:
        step(tree)
    assert len(tree.touched) <= (1 if recipe.name == "a store" else MOST_FILES)
    done = tree.run("-c", recipe.effect)
    assert done.returncode == 0, done.stderr
    told = section(recipe.name)
    assert all(as_told(path) in told for path in tree.touched), tree.touched


@pytest.mark.slow
@pytest.mark.parametrize("recipe", [one for one in RECIPES if one.noticed_by], ids=lambda recipe: recipe.name)
def test_a_forgotten_step_of_a_recipe_is_noticed(recipe: Recipe, tmp_path: Path) -> None:
    tree = Tree.copied(tmp_path)
    for step in recipe.steps[:-1]:
        step(tree)
    done = tree.tests(recipe.noticed_by)
    assert done.returncode == 1, done.stdout + done.stderr
    assert recipe.noticed_by.rpartition("::")[2] in section(recipe.name)


def test_every_recipe_is_told_and_every_one_that_is_told_is_tried() -> None:
    assert re.findall(r"^### (.+)$", DOCUMENT, re.MULTILINE) == [heading(recipe.name) for recipe in RECIPES]


def heading(name: str) -> str:
    return name[0].upper() + name[1:]


def section(name: str) -> str:
    return DOCUMENT.partition(f"### {heading(name)}\n")[2].partition("\n### ")[0]


def as_told(path: str) -> str:
    """A file as the document names it: new ones by their folder."""
    return path if (ROOT / path).exists() else path.rpartition("/")[0].replace("tests/shapes/headline", "tests/shapes/")


def test_every_room_is_told() -> None:
    rooms = {path.name for path in (ROOT / "src" / "kg").iterdir() if path.is_dir() and path.name != "__pycache__"}
    modules = {path.name for path in (ROOT / "src" / "kg").glob("*.py") if not path.name.startswith("__")}
    missing = [name for name in sorted(rooms) if f"`{name}/`" not in DOCUMENT]
    assert not missing + [name for name in sorted(modules) if f"`{name}`" not in DOCUMENT]


# What notices a forgotten step, where no other test does


def test_every_unit_that_is_known_is_read() -> None:
    from kg.text import quantities

    assert {name for name in quantities.MEASURES if f"(?P<{name}>" not in quantities._UNIT} == set()


def test_every_export_format_is_offered() -> None:
    from kg.commands import cli
    from kg.dataset.export import FORMATS

    (option,) = (one for one in cli.commands["export"].params if one.name == "format")
    assert set(getattr(option.type, "choices", ())) == set(FORMATS)


def test_every_profile_is_in_the_table() -> None:
    from kg.store import profiles

    made = [value for value in vars(profiles).values() if isinstance(value, profiles.Profile)]
    assert sorted(one.name for one in made) == sorted(profiles.PROFILES)


def test_every_page_has_its_template() -> None:
    templates = {path.name for path in (ROOT / "src" / "kg" / "web" / "templates").glob("*.html")}
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "kg" / "web" / "pages").glob("*.py"))
    assert set(re.findall(r'"([a-z_]+\.html)"', pages)) <= templates


def test_every_kind_of_file_has_a_reader() -> None:
    from kg.read import EXTENSIONS
    from kg.read.corpus import CORPORA
    from kg.read.item import _PAGES

    assert {kind for kind in EXTENSIONS.values() if kind not in _PAGES and kind not in CORPORA} == set()


def test_every_module_of_an_engine_is_in_the_table() -> None:
    from kg.validate import ENGINES

    modules = (ROOT / "src" / "kg" / "validate").glob("*.py")
    begins = re.compile(r"^def run\(lines.*shapes(: Shapes)?\)", re.MULTILINE)
    engines = {path.stem for path in modules if begins.search(path.read_text("utf-8"))}
    assert engines == {run.__module__.rpartition(".")[2] for run in ENGINES.values()}
