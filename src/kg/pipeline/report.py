"""What a build did, for a person: a summary on the terminal and ``report.md`` in the output."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.dataset import rows as results
from kg.pipeline.outcome import Build, Problem, SetAside
from kg.read import Unreadable
from kg.runtime.terminal import printable

SHOWN = 50  # rows of a list; the tables have them all
_NO_TABLES = (
    "The dataset is large: its tables were not written. Load it once with `kg load --to store --url store/` and ask "
    "it with `kg query events --data store/`."
)
_MARKUP = re.compile(r"[\\<`\[\]*]|:(?=//)|(?<=www)\.", re.IGNORECASE)  # GitHub makes links of bare addresses too
WIDEST = 400  # characters of a cell


def summary(build: Build) -> str:
    """The numbers of a build in a few lines, and what to do next."""
    skipped = sum(one.skipped for one in build.unreadable)
    lines = [f"{name:<10} {value}" for name, value in _in_words(build.counts)]
    lines.append(f"written    {_count(build.counts['triples'], 'triple')} to {build.out}")
    lines += [f"skipped    {_count(skipped, 'file')} of other kinds"] if skipped else []
    lines += [f"not read: {one.path}: {one.reason}" for one in build.unreadable if not one.skipped][:SHOWN]
    lines += [f"set aside: {one.path}, {one.title or one.id}: {_first(one)}" for one in build.set_aside[:SHOWN]]
    if build.set_aside:
        lines.append(f"see {build.out}/set-aside: why, for each of {_count(len(build.set_aside), 'document')}")
    return printable("\n".join(lines), lines=True)


def _in_words(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    claims = {kind: counts[f"{kind}s"] for kind in ("event claim", "figure", "role", "statement")}
    several = ", ".join(_count(number, kind) for kind, number in claims.items())
    yield "read", f"{_count(counts['sources'], 'source')}, {_count(counts['documents'], 'document')}"
    yield (
        "sentences",
        f"{counts['sentences']} of prose and lists, {counts['sentences without claims']} of them without a claim",
    )
    yield "claims", f"{sum(claims.values())}: {several}"
    yield "events", f"{counts['events']}, {counts['contested']} of them or of their places contested"
    yield "findings", str(counts["findings"])
    yield "unresolved", _count(counts["unresolved"], "name")


def _numbers(counts: Mapping[str, int]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in _in_words(counts))


def report(
    tables: "Excerpts | None",
    counts: Mapping[str, int],
    unreadable: Sequence[Unreadable],
    set_aside: Sequence[SetAside],
    notes: Sequence[tuple[str, str]] = (),
    *,
    title: str,
    prefixes: Mapping[str, str],
) -> str:
    """``report.md``: what was read, found, set aside, unresolved and contested, from the tables of a build.

    Without tables, as a large corpus has none, the numbers and what was not read or set aside.
    """
    parts = [f"# {_flat(title)}", _numbers(counts), *_not_read(unreadable), *_noted(notes), *_set_aside(set_aside)]
    if tables is None:
        return "\n\n".join([*parts, _NO_TABLES]) + "\n"
    for heading, query, _, empty in SECTIONS:
        table = tables.tables[query]
        parts += [f"## {heading}", table.markdown(prefixes) if table.count else empty, *table.more()]
    return "\n\n".join([*parts, *_without_claims(tables.without_claims)]) + "\n"


def set_aside_text(one: SetAside) -> str:
    """Why a document was set aside, by line and quote, as Markdown."""
    why = "it does not conform" if one.results else "kg failed over it"
    head = f"# {_flat(one.title or one.id)}\n\n{_flat(one.path)}, document {one.id}: set aside, because {why}.\n"
    return head + "".join(f"\n- {_problem(problem)}\n" for problem in one.problems)


def _problem(problem: Problem) -> str:
    if problem.line is None:
        return f"{_flat(problem.message)} (<{problem.focus}>)"
    return f"line {problem.line}: {_flat(problem.message)}\n\n  > {_flat(problem.quote)}\n\n  <{problem.focus}>"


def _first(one: SetAside) -> str:
    first = one.problems[0]
    return first.message if first.line is None else f"line {first.line}: {first.message}"


def _not_read(unreadable: Sequence[Unreadable]) -> Iterator[str]:
    if unreadable:
        yield "## What was not read"
        yield _list(
            f"{_code(one.path)}: {_flat(one.reason)}" + (f". {_flat(one.hint)}" if one.hint else "")
            for one in unreadable
        )


def _noted(notes: Sequence[tuple[str, str]]) -> Iterator[str]:
    if notes:
        yield "## What to know of the reading"
        yield _list(f"{_code(path)}: {_flat(note)}" for path, note in notes[:SHOWN])
        if len(notes) > SHOWN:
            yield f"{len(notes) - SHOWN} more as `kg:note` in the dataset."


def _set_aside(set_aside: Sequence[SetAside]) -> Iterator[str]:
    if set_aside:
        yield "## What was set aside"
        yield _list(
            f"{_code(one.path)}, {_flat(one.title or one.id)}: {_count(len(one.problems), 'problem')}, "
            f"see `set-aside/{one.id}.md`"
            for one in set_aside
        )


def _without_claims(missed: "Table") -> Iterator[str]:
    yield "## Sentences without a claim"
    yield _list(_flat(row["sentence"]) for row in missed.rows) if missed.count else "None."
    yield from missed.more()


SECTIONS = (
    ("What was read", "documents", "file title type published document", "Nothing."),
    ("Events", "timeline", "date place_name family area_km2 sources contested event", "No event."),
    ("Figures", "figures", "subject_name kind value unit qualifier according_to quote", "No figure."),
    ("People", "people", "name role of document", "Nobody."),
    (
        "Contested",
        "disagreements",
        "place_name property value sources documents example subject",
        "Nothing is contested.",
    ),
    ("Findings", "findings", "severity message", "Nothing stands out."),
    ("Unresolved names", "unresolved", "mention kind suggestion document start", "Every name is known."),
)


class Excerpts:
    """The first rows of each table that a report shows, kept as the tables are written."""

    def __init__(self) -> None:
        self.tables = {query: Table(query, columns.split()) for _, query, columns, _ in SECTIONS}
        self.without_claims = Table("coverage", ["sentence"])

    def seen(self, query: str, columns: Sequence[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows, each given on after it was looked at."""
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            if table := self.tables.get(query):
                table.add(cells)
            if query == self.without_claims.query and not cells["claims"]:
                self.without_claims.add(cells)
            yield row


@dataclass(slots=True)
class Table:
    """The first rows of a table, and how many it has."""

    query: str
    columns: Sequence[str]
    rows: list[Mapping[str, str]] = field(default_factory=list)
    count: int = 0

    def add(self, row: Mapping[str, str]) -> None:
        """One more row, kept while there are few."""
        self.count += 1
        if len(self.rows) < SHOWN:
            self.rows.append(row)

    def markdown(self, prefixes: Mapping[str, str]) -> str:
        lines = [[name.replace("_", " ") for name in self.columns], ["---"] * len(self.columns)]
        lines += [[_escaped(results.cell(row[name], prefixes)) for name in self.columns] for row in self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def more(self) -> list[str]:
        """Where the others are, if there are any."""
        return [f"{self.count - SHOWN} more in `tables/{self.query}.csv`."] if self.count > SHOWN else []


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _escaped(text: str) -> str:
    """Text that stays one cell of a Markdown table and is not read as HTML, cut where it is long."""
    text = text if len(text) <= WIDEST else f"{text[:WIDEST]}…"
    return _MARKUP.sub(_as_written, printable(text)).replace("|", "\\|")


def _flat(text: str) -> str:
    """Text of others in one line of Markdown, cut where it is long: no link, no code, no HTML, no other paragraph."""
    text = text if len(text) <= WIDEST else f"{text[:WIDEST]}…"
    return _MARKUP.sub(_as_written, printable(" ".join(text.split())))


def _as_written(match: "re.Match[str]") -> str:
    return "&lt;" if match[0] == "<" else f"\\{match[0]}"


def _code(text: str) -> str:
    """Text between so many backticks that it may hold some itself (CommonMark, section 6.1)."""
    text = printable(" ".join(text.split(" ")))
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
