"""What was measured on PDFs: as a table for people, as JSON for programs."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from gongwen.preflight import Result
    from gongwen.preflight.standalone import Inspection

VERSION: Final = 1
"""Of the form of the JSON; it grows when a reader of the old form would go wrong."""

# --- For reading --------------------------------------------------------------------------------------------------------------

_WIDTH: Final = 120
"""Columns where there is no terminal."""
_COLUMNS: Final = ("规则", "项目", "要求", "实测", "面", "结论", "依据")
_NARROW: Final = 100
"""A terminal of fewer columns has no room for the last column."""


def tell(file: Path, found: Inspection | str) -> None:
    """Print the table of a file, or on standard error why there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from gongwen.reporters.base import one_line

    name = one_line(str(file))
    if isinstance(found, str):
        click.echo(f"{click.style(name, bold=True)}：{click.style(found, fg='red')}", err=True)
        return
    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
    table = Table(
        title=Text(f"{name}  {found.pages} 面", style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    columns = _COLUMNS if width >= _NARROW else _COLUMNS[:-1]
    for column in columns:
        table.add_column(column, no_wrap=column in {"规则", "结论"}, overflow="fold")
    for group, results in found.results:
        if results:
            table.add_row(Text(group.title, style="bold"), end_section=False)
            for cells, style in rows(results):
                *texts, verdict, source = (Text(one_line(cell)) for cell in cells)
                verdict.stylize(style)
                table.add_row(*[*texts, verdict, source][: len(columns)])
    console.print(table)


def rows(results: Sequence[Result]) -> Iterator[tuple[tuple[str, ...], str]]:
    """A row for every rule, the worst page standing for all, and the style of its verdict; one for rules untold for one reason."""
    from gongwen.preflight.standalone import fails

    rules: dict[str, list[Result]] = {}
    for result in results:
        rules.setdefault(result.rule, []).append(result)
    untold = []
    for rule, every in rules.items():
        told = [one for one in every if one.verdict != "unmeasured"]
        untold += [one for one in every if one.verdict == "unmeasured"]
        if not told:
            continue
        missed = [one for one in told if one.verdict == "missed"]
        one = max(missed or told, key=_excess)
        verdict, style = "合格", "green"
        if missed:
            verdict, style = ("不合格", "bold red") if fails(one) else ("不合惯例", "yellow")
        cells = (rule, one.what, one.wanted, one.measured or "", pages_of(missed or told), verdict, clause_of(one))
        yield cells, style
    for note, group in groupby(untold, key=lambda result: result.note):
        found = list(group)
        count = len({one.rule for one in found})
        what = found[0].what if count == 1 else f"{found[0].what}等 {count} 项"
        yield (found[0].rule, what, "", note, pages_of(found), "不能判定", clause_of(found[0])), "dim"


def _excess(result: Result) -> float:
    """How far a value lies out of its window; below zero inside it."""
    from gongwen.standard import MEASURES

    measure, value = MEASURES[result.rule], result.value or 0.0
    return max(measure.low - value, value - measure.high)


_NAMED: Final = 4


def pages_of(results: Sequence[Result]) -> str:
    """The pages of some results: 2–5、7."""
    pages = sorted({result.page for result in results if result.page is not None})
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return "、".join(shown[:_NAMED]) + ("等" if len(shown) > _NAMED else "")


def clause_of(result: Result) -> str:
    """The clause as a column has room for it: 9704 5.2.1."""
    source, _, clause = result.clause.rpartition(" ")
    match source, clause:
        case "", "practice":
            return "惯例"
        case "FIG", _:
            return f"9704 图{clause}"
        case "33476.2", _:
            return f"33476.2 {clause}"
        case "", _ if clause[0].isdigit():
            return f"9704 {clause}"
    return result.clause.removeprefix("GB/T ")


# --- For programs -------------------------------------------------------------------------------------------------------------


def as_json(inspected: Sequence[tuple[Path, Inspection | str]]) -> str:
    """All files as JSON, by `schemas/preflight.schema.json`."""
    from gongwen import __version__
    from gongwen.reporters.json import dumps

    files = [_file(path, found) for path, found in inspected]
    return dumps({"version": VERSION, "tool": {"name": "gongwen", "version": __version__}, "files": files})


def _file(path: Path, found: Inspection | str) -> dict[str, Any]:
    from gongwen.preflight.standalone import tally

    if isinstance(found, str):
        return {"path": path.as_posix(), "error": found, "pages": None, "summary": None, "results": []}
    results = [_result(group.name, one) for group, results in found.results for one in results]
    return {
        "path": path.as_posix(),
        "error": None,
        "pages": found.pages,
        "summary": tally(found.every),
        "results": results,
    }


def _result(group: str, result: Result) -> dict[str, Any]:
    from gongwen.preflight.results import source_of
    from gongwen.preflight.standalone import fails
    from gongwen.standard import MEASURES

    measure = MEASURES[result.rule]
    return {
        "rule": result.rule,
        "group": group,
        "what": result.what,
        "page": result.page,
        "wanted": result.wanted,
        "target": measure.value,
        "low": None if math.isinf(measure.low) else measure.low,
        "high": None if math.isinf(measure.high) else measure.high,
        "unit": result.unit or None,
        "measured": result.measured,
        "value": None if result.value is None or math.isnan(result.value) else round(result.value, 4),
        "verdict": result.verdict,
        "fails": fails(result),
        "must": result.must,
        "source": source_of(result),
        "note": result.note or None,
    }
