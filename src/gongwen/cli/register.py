"""``gongwen register``: which documents there are, by their numbers."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.drafts import JOBS, PATHS, find_drafts, new_compiler
from gongwen.cli.progress import watched

if TYPE_CHECKING:
    from gongwen.register.rows import Row

_SUFFIXES: Final = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
_NATURAL: Final = 10_000
"""Columns that a table may take where nobody looks at it: it is as wide as it needs to be, and no cell is broken."""


@click.command(cls=Command)
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "xlsx", "json"]),
    metavar="table|csv|xlsx|json",
    help="格式；不写的，按 -o 的文件名，没有 -o 的是表格。",
)
@click.option(
    "--output", "-o", type=FilePath(path_type=Path, dir_okay=False), metavar="文件", help="写到文件；xlsx 要写明。"
)
@JOBS
def register(paths: tuple[Path, ...], *, form: str | None, output: Path | None, jobs: int | None) -> None:
    """列出发文登记：发文字号、标题、文种、成文日期、状态、页数、文件，按代字、年份、顺序号排。"""
    form = form or (_SUFFIXES.get(output.suffix.lower(), "table") if output is not None else "table")
    if form == "xlsx" and output is None:
        raise click.UsageError("xlsx 写不到屏幕上，用 -o 写明文件")
    drafts = [path for path, _ in find_drafts(paths)]
    rows, said = _read(drafts, paths, jobs)
    data = _writer(form, is_file=output is not None)(rows)
    if output is None:
        click.echo(data, nl=False)
    else:
        from gongwen.writing import write_whole

        write_whole(output, data.encode() if isinstance(data, str) else data)
        click.echo(f"已写出 {output}", err=True)
    click.echo(said, err=True)


def _read(drafts: Sequence[Path], paths: Sequence[Path], jobs: int | None) -> tuple[list[Row], str]:
    """The rows, and a line on them."""
    from gongwen.checking import outcomes
    from gongwen.outcome import Outcome
    from gongwen.register import rules
    from gongwen.register.rows import rows, summary

    with contextlib.closing(outcomes(drafts, new_compiler(), jobs=jobs)) as found:
        told = list(watched(found, len(drafts), "登记"))
    run = rules.Run.of((outcome.entry for outcome in told), paths)
    compared = Outcome.compared(rules.check(run), told)
    several = rows(run.entries, [one for outcome in compared for one in outcome.diagnostics])
    return several, summary(several)


def _writer(form: str, *, is_file: bool) -> Callable[[Sequence[Row]], bytes | str]:
    from gongwen.register import formats

    writers: dict[str, Callable[[Sequence[Row]], bytes]] = {
        "csv": formats.as_csv,
        "xlsx": formats.as_xlsx,
        "json": formats.as_json,
    }
    return writers.get(form) or (lambda rows: _table(rows, is_file=is_file))


def _table(rows: Sequence[Row], *, is_file: bool) -> str:
    """A table for a terminal, or for a file: there it has neither colours nor broken cells."""
    import io

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from gongwen.document import show_date
    from gongwen.register.entry import WORDS, State
    from gongwen.register.rows import HEAD

    # A program that is started without a standard output has None.
    is_seen = not is_file and sys.stdout is not None and sys.stdout.isatty()
    colours = {State.FAULTY: "red", State.PENDING: "yellow", State.READY: "green"}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in HEAD:
        table.add_column(
            name,
            justify="right" if name == "页数" else "left",
            no_wrap=name in ("文种", "成文日期", "状态"),
            overflow="fold",
        )
    for row in rows:
        entry = row.entry
        table.add_row(
            Text(entry.number or ""),
            Text(entry.title or ""),
            Text(entry.kind or ""),
            Text("" if entry.date is None else show_date(entry.date)),
            Text(WORDS[row.state], style=colours[row.state]),
            Text("" if entry.pages is None else str(entry.pages)),
            Text(entry.name),
        )
    text = io.StringIO()
    console = Console(file=text, force_terminal=is_seen, width=None if is_seen else _NATURAL)
    console.print(table)
    lines = (line.rstrip() for line in text.getvalue().splitlines())
    # The name of a file may hold bytes that are no text.
    return "".join(f"{line}\n" for line in lines if line).encode("utf-8", "replace").decode()
