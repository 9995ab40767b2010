"""``gongwen preflight``: finished PDFs, whoever made them, measured against the standard."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from gongwen.cli.chinese import Command, FilePath

if TYPE_CHECKING:
    from gongwen.preflight import Result
    from gongwen.preflight.standalone import Inspection

VERSION: Final = 1
"""Of the form of the JSON; it grows when a reader of the old form would go wrong."""


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=FilePath(path_type=Path, dir_okay=False), metavar="PDF文件…")
@click.option(
    "--profile",
    type=click.Choice(["print", "archive"]),
    metavar="print|archive",
    help="当作付印（print）或归档（archive）的文件量测。默认看文件自己的标识。",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 供阅读，json 供程序使用。默认 text。",
)
@click.option("--strict", is_flag=True, help="不合惯例也算不通过（退出码 1）。")
def preflight(files: tuple[Path, ...], *, profile: str | None, form: str, strict: bool) -> int:
    """量测任何 PDF 公文是否合于标准，不论它由什么软件制成。"""
    from gongwen.preflight.isolated import inspect_file
    from gongwen.preflight.reading import UnreadableError

    missing = [file for file in files if not file.exists()]
    if missing:
        raise click.UsageError(f"没有 {missing[0]} 这个文件")
    inspected: list[tuple[Path, Inspection | str]] = []
    for file in files:
        try:
            found: Inspection | str = inspect_file(
                file, "print" if profile == "print" else "archive" if profile == "archive" else None
            )
        except UnreadableError as error:
            found = str(error)
        inspected.append((file, found))
        if form == "text":
            _tell(file, found)
    if form == "json":
        click.echo(_as_json(inspected).encode(), nl=False)
    return _summary(inspected, strict=strict)


def _summary(inspected: Sequence[tuple[Path, Inspection | str]], *, strict: bool) -> int:
    """Say in a line what was measured, and give the exit status."""
    from gongwen.preflight.standalone import fails, tally

    read = [found for _, found in inspected if not isinstance(found, str)]
    unread = len(inspected) - len(read)
    tallies = [tally(found.every) for found in read]
    met, missed, unknown = (sum(one[verdict] for one in tallies) for verdict in ("met", "missed", "unmeasured"))
    more = f"；{unread} 个没有量测" if unread else ""
    click.echo(f"量测了 {len(read)} 个文件：合格 {met} 项，不合格 {missed} 项，不能判定 {unknown} 项{more}", err=True)
    if unread:
        return 2
    results = [result for found in read for result in found.every]
    return int(any(fails(result) or (strict and result.verdict == "missed") for result in results))


# --- For reading --------------------------------------------------------------------------------------------------------------

_WIDTH: Final = 120
"""Columns where there is no terminal."""
_COLUMNS: Final = ("规则", "项目", "要求", "实测", "面", "结论", "依据")
_NARROW: Final = 100
"""A terminal of fewer columns has no room for the last column."""


def _tell(file: Path, found: Inspection | str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from gongwen.reporters.base import one_line

    name = one_line(str(file))
    if isinstance(found, str):
        click.echo(f"{click.style(name, bold=True)}：{click.style(found, fg='red')}", err=True)
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
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
            for cells, style in _rows(results):
                *texts, verdict, source = (Text(one_line(cell)) for cell in cells)
                verdict.stylize(style)
                table.add_row(*[*texts, verdict, source][: len(columns)])
    console.print(table)


def _rows(results: Sequence[Result]) -> Iterator[tuple[tuple[str, ...], str]]:
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
        cells = (rule, one.what, one.wanted, one.measured or "", _pages(missed or told), verdict, _clause(one))
        yield cells, style
    for note, group in groupby(untold, key=lambda result: result.note):
        found = list(group)
        what = found[0].what if len(found) == 1 else f"{found[0].what}等 {len(found)} 项"
        yield (found[0].rule, what, "", note, _pages(found), "不能判定", _clause(found[0])), "dim"


def _excess(result: Result) -> float:
    """How far a value lies out of its window; below zero inside it."""
    from gongwen.standard import MEASURES

    measure, value = MEASURES[result.rule], result.value or 0.0
    return max(measure.low - value, value - measure.high)


_NAMED: Final = 4


def _pages(results: Sequence[Result]) -> str:
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


def _clause(result: Result) -> str:
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


def _as_json(inspected: Sequence[tuple[Path, Inspection | str]]) -> str:
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
