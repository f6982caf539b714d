"""What `kg diff` says of two versions, and that its triples turn one into the other."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from effort import examples
from graphs import canonical, rich
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.dataset import Dataset
from kg.dataset.diff import WRITERS, Changes, changes, versions
from kg.dataset.diff.written import text
from kg.errors import UsageError
from kg.vocabulary import BASE, prefixes
from kg.write import canonical_hash, ntriples, write_manifest

SIDES = Path(__file__).parents[1] / "examples" / "two-sides"
TRIPLES = rich()


def dataset(folder: Path, triples: Iterable[ox.Triple], base: str = BASE) -> Dataset:
    folder.mkdir(parents=True)
    graph = ntriples(list(triples))
    (folder / "dataset.nt").write_bytes(graph)
    write_manifest(folder, version="0", rdfc10=canonical_hash(graph), counts={}, extra={"base": base})
    return kg.open(folder)


def written(old: Dataset, new: Dataset, format: str) -> bytes:
    with versions(old, new) as both:
        return b"".join(WRITERS[format](both))


def found(old: Dataset, new: Dataset) -> Changes:
    with versions(old, new) as both:
        return changes(both)


def store(data: Dataset) -> ox.Store:
    filled = ox.Store()
    filled.bulk_load(path=data.folder / "dataset.nt", format=ox.RdfFormat.N_TRIPLES)
    return filled


def patched(patch: bytes, graph: set[bytes]) -> set[bytes]:
    """RDF Patch, read as its specification says: a transaction of A and D rows."""
    rows = [line.split(b" ", 1) for line in patch.splitlines()]
    assert [row[0] for row in rows if row[0] not in (b"A", b"D")] == [b"H", b"H", b"TX", b"TC"]
    for row in rows:
        if row[0] == b"A":
            graph = graph | {row[1]}
        elif row[0] == b"D":
            assert row[1] in graph
            graph = graph - {row[1]}
    return graph


subsets = st.lists(st.sampled_from(TRIPLES), unique=True, max_size=40)


@given(common=subsets, old=subsets, new=subsets)
@settings(max_examples=examples(60))
def test_the_update_and_the_patch_turn_the_old_version_into_the_new(
    common: list[ox.Triple], old: list[ox.Triple], new: list[ox.Triple]
) -> None:
    with TemporaryDirectory() as place:
        before, after = dataset(Path(place, "old"), common + old), dataset(Path(place, "new"), common + new)
        changed = store(before)
        changed.update(written(before, after, "update").decode())
        assert canonical(changed) == canonical(store(after))
        lines = set((before.folder / "dataset.nt").read_bytes().splitlines())
        assert patched(written(before, after, "patch"), lines) == set(
            (after.folder / "dataset.nt").read_bytes().splitlines()
        )


@given(old=subsets, new=subsets)
@settings(max_examples=examples(60))
def test_what_came_one_way_went_the_other(old: list[ox.Triple], new: list[ox.Triple]) -> None:
    with TemporaryDirectory() as place:
        before, after = dataset(Path(place, "old"), old), dataset(Path(place, "new"), new)
        there, back = found(before, after), found(after, before)
        assert every(there, "added") == every(back, "withdrawn")
        assert every(there, "withdrawn") == every(back, "added")
        assert (there.contested, there.uncontested) == (back.uncontested, back.contested)
        assert (there.triples_added, there.documents_added) == (back.triples_removed, back.documents_removed)
        assert not found(before, before)


def every(found: Changes, what: str) -> list[str]:
    return sorted(one.claim for of in found.documents.values() for one in getattr(of, what))


@pytest.fixture
def built(tmp_path: Path) -> "Builder":
    return Builder(tmp_path)


class Builder:
    """Builds versions of examples/two-sides."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def __call__(self, **texts: str) -> Dataset:
        """The example with these files in place of its own; an empty one is left out."""
        self.count += 1
        sources = self.folder / f"sources-{self.count}"
        shutil.copytree(SIDES, sources)
        for name, content in texts.items():
            path = sources / f"{name.replace('_', '-')}.txt"
            path.write_text(content, encoding="utf-8") if content else path.unlink()
        kg.build([sources], self.folder / f"out-{self.count}", shacl_engine="none")
        return kg.open(self.folder / f"out-{self.count}")


def original(name: str) -> str:
    return (SIDES / f"{name}.txt").read_text(encoding="utf-8")


AREA = "According to Armenia, Lachin covers 1,835 square kilometers."


def test_an_edited_number_is_a_change_of_one_claim(built: Builder) -> None:
    text = original("tri-agency")
    assert AREA in text
    of = found(built(), built(tri_agency=text.replace("1,835", "1,836"))).documents
    (document,) = of.values()
    (change,) = (change for change in document.changed if change.kind == "area")
    assert change.claim == change.was
    assert [(name.rpartition("/")[2], old, new) for name, old, new in change.values] == [
        ("numericValue", ("1835.0",), ("1836.0",))
    ]
    assert change.quote == AREA.replace("1,835", "1,836")
    assert not document.added
    assert not document.withdrawn


def test_a_text_that_moves_has_no_changed_claim(built: Builder) -> None:
    text = original("tri-agency")
    title, _, rest = text.partition("\n")
    moved = f"{title}\n\nNothing is known of the weather on that day in the whole region.\n{rest}"
    of = found(built(), built(tri_agency=moved)).documents
    (document,) = of.values()
    assert document.moved > 3
    assert not document.changed
    assert not document.added
    assert not document.withdrawn


def test_a_claim_that_is_put_before_others_of_its_kind_is_the_one_that_came(built: Builder) -> None:
    text = original("tri-agency")
    more = text.replace(AREA, f"According to Turkey, Lachin covers 1,700 square kilometers. {AREA}")
    of = found(built(), built(tri_agency=more)).documents
    (document,) = of.values()
    assert [one.quote for one in document.added if one.kind == "area"] == [
        "According to Turkey, Lachin covers 1,700 square kilometers."
    ]
    assert not document.changed
    assert not document.withdrawn


def test_a_claim_that_goes_is_withdrawn_and_what_it_contested_is_contested_no_longer(built: Builder) -> None:
    old = built()
    new = built(yerevan_courier="")
    change = found(old, new)
    assert change.documents_removed == (f"{BASE}document/yerevan-courier-1",)
    assert all(
        one.claim.startswith(f"{BASE}claim/yerevan-courier-1_")
        for one in change.documents[change.documents_removed[0]].withdrawn
    )
    gone = {(subject, what.rpartition("#")[2]) for subject, what in change.uncontested}
    assert (f"{BASE}event/control_AZ-SUS_1992-05-08", "date") in gone
    assert found(new, old).contested == change.uncontested


def test_an_event_that_is_named_anew_is_contested_as_before(built: Builder) -> None:
    earlier = original("baku-weekly").replace(" 8 May 1992", " 7 May 1992")
    assert earlier != original("baku-weekly")
    change = found(built(), built(baku_weekly=earlier))
    assert change.triples_added
    assert not change.contested
    assert not change.uncontested


def test_the_text_names_documents_claims_and_values(built: Builder) -> None:
    old, new = built(), built(tri_agency=original("tri-agency").replace("1,835", "1,836"))
    lines = list(text(found(old, new), prefixes(BASE)))
    assert "  ~ claim:tri-agency-1_area_AZ-LAC_2  According to Armenia, Lachin covers 1,836 square kilometers." in lines
    assert "      qudt:numericValue: 1835.0 -> 1836.0" in lines
    assert list(text(found(old, old), prefixes(BASE))) == ["the datasets are the same"]


def test_json_says_the_same_and_is_the_same_every_time(built: Builder) -> None:
    old, new = built(), built(yerevan_courier="", tri_agency=original("tri-agency").replace("1,835", "1,836"))
    first = written(old, new, "json")
    assert first == written(old, new, "json")
    read = json.loads(first)
    assert read["documents_removed"] == [f"{BASE}document/yerevan-courier-1"]
    change = read["documents"][f"{BASE}document/tri-agency-1"]["changed"][0]
    assert change["values"][0]["new"] == ["1836.0"]


def test_versions_of_different_bases_are_refused(tmp_path: Path) -> None:
    one = dataset(tmp_path / "one", TRIPLES[:3])
    other = dataset(tmp_path / "other", TRIPLES[:3], base="https://other.example/")
    with pytest.raises(UsageError, match="--base"), versions(one, other):
        pass


def test_the_command_writes_each_form_to_standard_output(built: Builder) -> None:
    from click.testing import CliRunner

    from kg.commands import cli

    old, new = built(), built(yerevan_courier="")
    for format in WRITERS:
        done = CliRunner().invoke(cli, ["diff", str(old.folder), str(new.folder), "--format", format])
        assert done.exit_code == 0
        assert done.stdout_bytes == written(old, new, format)
