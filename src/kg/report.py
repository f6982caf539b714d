"""What a build did, for a person: a summary on the terminal and ``report.md`` in the output."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg import results
from kg.dataset import Dataset

if TYPE_CHECKING:
    from kg.pipeline import Build
    from kg.process import Problem, SetAside
    from kg.read import Unreadable

SHOWN = 50  # rows of a list; the tables have them all


def summary(build: "Build") -> str:
    """The numbers of a build in a few lines, and what to do next."""
    counts = build.counts
    claims = {kind: counts[f"{kind}s claimed"] for kind in ("event", "figure", "role", "statement")}
    several = ", ".join(_count(number, kind) for kind, number in claims.items())
    lines = [
        f"read       {_count(counts['sources'], 'source')}, {_count(counts['documents'], 'document')}",
        f"sentences  {counts['sentences']}, {counts['sentences without claims']} of them without a claim",
        f"claims     {sum(claims.values())}: {several}",
        f"events     {counts['events']}, {counts['contested']} contested values",
        f"findings   {counts['findings']}",
        f"unresolved {_count(counts['unresolved'], 'name')}",
        f"written    {_count(counts['triples'], 'triple')} to {build.out}",
    ]
    lines += [f"not read: {one.path}: {one.reason}" for one in build.unreadable]
    lines += [f"set aside: {one.path}, {one.title or one.id}: {_first(one)}" for one in build.set_aside[:SHOWN]]
    if build.set_aside:
        lines.append(f"see {build.out}/set-aside: {_count(len(build.set_aside), 'document')} did not conform")
    return "\n".join(lines)


def report(data: Dataset, unreadable: Sequence["Unreadable"], set_aside: Sequence["SetAside"], *, title: str) -> str:
    """``report.md``: what was read, found, set aside, unresolved and contested."""
    parts = [f"# {title}", *_read(data), *_not_read(unreadable), *_set_aside(set_aside)]
    parts += [part for section in SECTIONS for part in section(data)]
    return "\n\n".join(parts) + "\n"


def set_aside_text(one: "SetAside") -> str:
    """Why a document was set aside, by line and quote, as Markdown."""
    head = f"# {one.title or one.id}\n\n{one.path}, document {one.id}: set aside, because it does not conform.\n"
    return head + "".join(f"\n- {_problem(problem)}\n" for problem in one.problems)


def _problem(problem: "Problem") -> str:
    if problem.line is None:
        return f"{problem.message} (<{problem.focus}>)"
    return f"line {problem.line}: {problem.message}\n\n  > {_flat(problem.quote)}\n\n  <{problem.focus}>"


def _first(one: "SetAside") -> str:
    first = one.problems[0]
    return first.message if first.line is None else f"line {first.line}: {first.message}"


def _read(data: Dataset) -> Iterator[str]:
    yield "## What was read"
    yield _table(data.query("documents"), data.prefixes)


def _not_read(unreadable: Sequence["Unreadable"]) -> Iterator[str]:
    if unreadable:
        yield "## What was not read"
        yield _list(f"`{one.path}`: {one.reason}" + (f". {one.hint}" if one.hint else "") for one in unreadable)


def _set_aside(set_aside: Sequence["SetAside"]) -> Iterator[str]:
    if set_aside:
        yield "## What was set aside"
        yield _list(
            f"`{one.path}`, {one.title or one.id}: {_count(len(one.problems), 'problem')}, see `set-aside/{one.id}.md`"
            for one in set_aside
        )


def _section(heading: str, query: str, empty: str) -> Callable[[Dataset], Iterator[str]]:
    def section(data: Dataset) -> Iterator[str]:
        rows = data.query(query)
        yield f"## {heading}"
        yield _table(rows[:SHOWN], data.prefixes) if rows else empty
        if len(rows) > SHOWN:
            yield f"{len(rows) - SHOWN} more in `tables/{query}.csv`."

    return section


def _without_claims(data: Dataset) -> Iterator[str]:
    rows = data.query("coverage")
    missed = [row for row in rows if row["claims"] is None]
    yield "## Sentences without a claim"
    yield f"{len(missed)} of {len(rows)}."
    if missed:
        yield _list(_flat(str(row["sentence"])) for row in missed[:SHOWN])
    if len(missed) > SHOWN:
        yield f"{len(missed) - SHOWN} more in `tables/coverage.csv`."


SECTIONS: tuple[Callable[[Dataset], Iterator[str]], ...] = (
    _section("What was found: events", "timeline", "No event."),
    _section("Figures", "figures", "No figure."),
    _section("People", "people", "Nobody."),
    _section("Contested", "disagreements", "The sources do not contradict each other."),
    _section("Findings", "findings", "Nothing stands out."),
    _section("Unresolved names", "unresolved", "Every name is known."),
    _without_claims,
)


def _table(rows: results.Rows, prefixes: dict[str, str]) -> str:
    lines = [list(rows.columns), ["---"] * len(rows.columns)]
    lines += [[_escaped(results.cell(row[name], prefixes)) for name in rows.columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _escaped(text: str) -> str:
    """Text that stays one cell of a Markdown table and is not read as HTML."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
