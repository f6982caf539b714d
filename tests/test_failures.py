"""No document ends a build: what kg fails over is set aside with its path, and the rest goes on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import gazetteer, pipeline
from kg.commands import main
from kg.model import Document, Source
from kg.pipeline import document
from kg.pipeline.across import unite_groups
from kg.pipeline.document import Processor
from kg.pipeline.outcome import Processed
from kg.rdf import IRIs
from kg.read import EXTENSIONS, Unreadable, read
from kg.runtime.bundle import Bundle
from kg.validate import prepare

ROOT = Path(__file__).parents[1]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
ENDED = {  # each of these once ended a build
    "range": "The blockade (5 December 2020 - 8 February) ended.",
    "month": "Shusha was shelled on 8 Sepember 1992.",
    "large": "The area is 12345678901234567890123456789 km2.",
    "words": "The area is " + "thousand " * 400 + "hectares.",
    "open": "P M warned that",
    "glued": "Jun 5day after they regained Shusha.",
    "commas": "99999999991,0,9",
    "rows": "May\n5 May",
    "zeros": "0,000,400 km2",
    "letter": "Shusha fell on 8 ſeptember 1992 and on ſunday; 5 thouſand km2.",
    "superscript": "Shusha fell ² days after they regained Lachin on 5 June 1992.",
}
MORE = "It was the third town that day, officials said in a statement to reporters."
NAMES = """@prefix place: <https://kg.example/place/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . place:Nowhere a schema:AdministrativeArea ; rdfs:label "Nowhere"@en ;
    schema:additionalType "town" ."""
GOOD, BAD = "Shusha was captured on 8 May 1992.", "Lachin was captured on 18 May 1992. BREAKS"


def own(one: Document) -> str:
    return one.span.of(one.source.text)


STAGES: dict[str, Callable[[Any], str]] = {  # of the work on a document, and the text that each is given
    "documents": lambda source: source.text,
    "extract": own,
    "document_graph": lambda names: own(names.extraction.document),
    "validate_documents": lambda graphs: BAD if any(b"1992-05-18" in graph for graph in graphs) else GOOD,
    "annotation_graph": lambda names: own(names.extraction.document),
    "records": lambda extraction: own(extraction.document),
    "check": lambda extractions: " ".join(own(one.document) for one in extractions),
}


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as exited:
        main([str(argument) for argument in arguments])
    assert isinstance(exited.value.code, int)
    return exited.value.code


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Texts, of which one is to fail."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(BAD if number == 3 else GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, BaseException], None]:
    """Lets a step of the work on a document fail where its text holds the word."""

    def breaking(stage: str, error: BaseException) -> None:
        whole: Callable[..., Any] = getattr(document, stage)

        def broken(given: Any, *arguments: Any, **options: Any) -> Any:
            if "BREAKS" in STAGES[stage](given):
                raise error
            return whole(given, *arguments, **options)

        monkeypatch.setattr(document, stage, broken)

    return breaking


def test_the_texts_that_ended_a_build_are_read(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in ENDED.items():
        (pages / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("build", pages, "--out", tmp_path / "one", "--quiet") == 0
    assert run("build", pages, "--out", tmp_path / "two", "--quiet", "--jobs", "2") == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("stage", STAGES)
def test_whatever_fails_over_a_document_it_alone_is_set_aside(
    stage: str, pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None]
) -> None:
    breaks(stage, KeyError("sepember"))
    done = kg.build([pages], tmp_path / "out", jobs=1)
    assert not done.conforms
    assert done.counts["documents"] == 5
    ((path, trace),) = done.traces
    assert path == "3.txt"
    assert "in broken" in trace
    told = (tmp_path / "out" / "report.md").read_text(encoding="utf-8") + "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("set-aside/*.md")
    )
    assert "kg could not read this document: KeyError: 'sepember'; please report it" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecursionError("maximum recursion depth exceeded in comparison"), "something in it is nested too deep"),
        (MemoryError(), "there was not enough memory"),
        (RuntimeError("<object at 0x7f00aa11>"), "RuntimeError: <object at 0x>"),
        (RuntimeError("x" * 10_000), "RuntimeError: " + "x" * 286 + "…"),
    ],
)
def test_a_failure_is_told_in_words_that_are_the_same_everywhere(
    error: Exception, said: str, pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None]
) -> None:
    breaks("extract", error)
    (one,) = kg.build([pages], tmp_path / "out").set_aside
    assert one.problems[0].message == f"kg could not read this document: {said}; please report it"
    assert one.path == "3.txt"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupt_and_an_exit_end_the_build(
    error: BaseException, pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None]
) -> None:
    breaks("extract", error)
    with pytest.raises(type(error)):
        kg.build([pages], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_result_is_the_same_on_any_number_of_processes_in_any_batch_and_from_a_cache(
    pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks("extract", KeyError("sepember"))
    kg.build([pages], tmp_path / "one")
    expected = contents(tmp_path / "one")
    assert "set-aside/3-1.md" in expected
    assert expected["set-aside/3.txt"] == BAD.encode()
    kg.build([pages], tmp_path / "two", jobs=2)
    for name in ("cached", "again"):
        kg.build([pages], tmp_path / name, cache=tmp_path / "cache")
    monkeypatch.setattr(pipeline, "BATCH", 1)
    kg.build([pages], tmp_path / "single", jobs=2)
    assert all(contents(tmp_path / name) == expected for name in ("two", "cached", "again", "single"))


def test_a_failure_is_not_kept_in_a_cache(
    pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build([pages], tmp_path / "whole")
    breaks("extract", KeyError("sepember"))
    assert not kg.build([pages], tmp_path / "out", cache=tmp_path / "cache").conforms
    monkeypatch.undo()  # somebody mended kg, or there is memory again
    seen: list[str] = []
    judge = Processor.judge

    def judged(self: Any, some: Any) -> Any:
        seen.extend(one.path for one, _ in some)
        return judge(self, some)

    monkeypatch.setattr(Processor, "judge", judged)
    assert kg.build([pages], tmp_path / "out", cache=tmp_path / "cache").conforms
    assert seen == ["3.txt"]
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_what_could_not_be_read_stays_so_in_a_cache_whatever_names_are_added(pages: Path, tmp_path: Path) -> None:
    (pages / "picture.txt").write_bytes(b"\x89PNG\0\xff")
    names = tmp_path / "names.ttl"
    names.write_text(NAMES, encoding="utf-8")
    kg.build([pages], tmp_path / "out", cache=tmp_path / "cache")
    done = kg.build([pages], tmp_path / "out", cache=tmp_path / "cache", gazetteers=[names])
    assert [one.path for one in done.unreadable] == ["picture.txt"]


def test_of_a_file_of_several_documents_one_is_set_aside(
    tmp_path: Path, breaks: Callable[[str, BaseException], None]
) -> None:
    file = tmp_path / "three.md"
    each = (f"# News of the day {n}\n\n{n} May 1992\n\n{GOOD} {MORE}{' BREAKS' * (n == 2)}\n\n" for n in (1, 2, 3))
    file.write_text("----------\n\n".join(each), encoding="utf-8")
    breaks("extract", KeyError("sepember"))
    done = kg.build([file], tmp_path / "out")
    assert [(one.id, one.title) for one in done.set_aside] == [("three-2", "News of the day 2")]
    assert done.counts["documents"] == 2
    assert (tmp_path / "out" / "sources" / "three.txt").exists()


def test_a_traceback_is_shown_to_who_asks_for_it(
    pages: Path, tmp_path: Path, breaks: Callable[[str, BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    breaks("extract", KeyError("sepember"))
    assert run("build", pages, "--out", tmp_path / "out") == 1
    plain = capsys.readouterr().err
    assert "set aside: 3.txt, 3-1: kg could not read this document: KeyError: 'sepember'; please report it" in plain
    assert "Traceback" not in plain
    assert run("build", pages, "--out", tmp_path / "out", "--verbose") == 1
    assert "\n3.txt:\nTraceback (most recent call last):" in capsys.readouterr().err
    breaks("extract", ValueError("of \x1b[31m a text"))
    assert run("build", pages, "--out", tmp_path / "out", "--verbose") == 1
    said = capsys.readouterr().err
    assert "ValueError: of \\x1b[31m a text" in said
    assert "\x1b" not in said


def test_a_reader_that_fails_ends_neither_its_file_nor_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.read import corpus

    lines = [json.dumps({"id": f"r{n}", "text": BAD if n == 1 else GOOD}) for n in range(3)]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def broken(text: str) -> bytes:
        if "BREAKS" in text:
            raise IndexError(text)
        return text.encode()

    monkeypatch.setattr(corpus, "encoded", broken)
    done = kg.build([tmp_path / "c.jsonl"], tmp_path / "out")
    assert [one.path for one in done.unreadable] == ["c.jsonl, line 2"]
    assert done.unreadable[0].reason.startswith("kg could not read this document: IndexError")
    assert (done.counts["documents"], done.conforms) == (2, False)


# Whatever is in a text, in a file or in a corpus

EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([0, 0, 1, 2, 5, 20, 100]),
        st.one_of(
            st.sampled_from(
                [*ENDED.values(), " ", "\n", "\n\n", "\t", "|", "“", "”", "(", ")", "²", "٣", "ſ", "İ", "0", "9" * 30]
            ),
            st.sampled_from(
                ["29 February", "in 2020", "last Sunday", "the next day", "99 weeks later", "31 June", "1992/91"]
            ),
            st.text(max_size=12),
        ),
    ),
    max_size=8,
)
PUBLISHED = st.sampled_from([None, "1992-05-09", "2020-02", "2020", "0001-01-01", "9999-12-31", "2020-02-29"])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A piece of a seed with some edits."""
    text = draw(st.sampled_from(SEEDS))
    start = int(draw(st.floats(0, 1)) * len(text))
    text = text[start : start + draw(st.sampled_from([80, 300, 1500]))]
    for place, length, words in draw(EDITS):
        at = int(place * len(text))
        text = text[:at] + words + text[at + length :]
    return text


@pytest.fixture(scope="module")
def processor() -> Processor:
    return Processor(gazetteer.load(), IRIs("https://kg.example/"), prepare(part="document"), "fast")


TEXTS = st.one_of(st.text(max_size=300), mutated()).map(
    lambda text: text.replace("\0", "").encode("utf-8", "ignore").decode()
)


@settings(max_examples=examples(80))
@given(text=TEXTS, published=PUBLISHED)
def test_any_text_goes_the_whole_way_without_a_failure(processor: Processor, text: str, published: str | None) -> None:
    (one,) = processor([Source("a.txt", "a", text, published=published)])
    assert not one.trace, one.trace
    assert isinstance(one, Processed)
    records = sorted(line for accepted in one.accepted for line in accepted.records.splitlines())
    unite_groups(processor, [Bundle.of_lines([line]) for line in records])


@settings(max_examples=examples(150))
@given(
    kind=st.sampled_from(sorted(EXTENSIONS)),
    encoding=st.sampled_from([None, "utf-16", "utf-32", "utf-16-be", "windows-1251", "utf-8", "iso2022_jp", "gb18030"]),
    data=st.one_of(
        st.binary(max_size=300),
        mutated().map(lambda text: text.encode("utf-8", "surrogatepass")),
        mutated().map(lambda text: json.dumps({"text": text, "published": text[:12]}).encode()),
        mutated().map(lambda text: f"text,id\n{text},1\n".encode("utf-8", "surrogatepass")),
        mutated().map(lambda text: f"<html><body><p>{text}<table><tr><td>{text}".encode("utf-8", "surrogatepass")),
        mutated().map(lambda text: f'{{"text": "{text}"}}\n'.encode("utf-16", "surrogatepass")),
    ),
)
def test_any_file_is_read_or_refused_without_a_failure(
    tmp_path_factory: pytest.TempPathFactory, kind: str, encoding: str | None, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{kind}"
    file.write_bytes(data)
    for one in read([file], encoding=encoding):
        assert isinstance(one, Source) or (isinstance(one, Unreadable) and not one.trace), one.trace


# Settings, encodings and folders


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000, "\ud800", "0x" + "f" * 5000, f"[0x{'f' * 5000}]", '"'])
def test_a_setting_that_python_refuses_is_an_error_that_names_its_file(
    value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "kg.toml").write_bytes(f"title = {value}\n".encode("utf-8", "surrogatepass"))
    arguments = ("--config", tmp_path / "kg.toml", "--out", tmp_path / "out")
    assert run("build", tmp_path / "a.txt", *arguments) == 2
    assert f"kg: {tmp_path / 'kg.toml'}: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_root_is_no_output_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "--out", "/") == 2
    assert "kg: /: is the root of the file system. Next: name a folder in it" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_wide_text_is_read_with_and_without_a_byte_order_mark(name: str, encoding: str, tmp_path: Path) -> None:
    lines = {"a.jsonl": json.dumps({"text": GOOD}), "a.csv": f"text,id\n{GOOD},1", "a.txt": GOOD}
    for written in (encoding, f"{encoding}-le"):  # the first writes a mark
        (tmp_path / name).write_bytes(lines[name].encode(written))
        (one,) = read([tmp_path / name], encoding=encoding)
        assert isinstance(one, Source)
        assert (one.text, one.encoding) == (GOOD, f"{encoding}-le")
    (tmp_path / name).write_bytes(lines[name].encode())
    (one,) = read([tmp_path / name], encoding="utf-32")  # which it is not
    assert isinstance(one, Unreadable)
    assert not one.trace
