"""``gongwen preflight``: finished PDFs, whoever made them, measured against the standard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.measurements import as_json, tell

if TYPE_CHECKING:
    from gongwen.preflight.standalone import Inspection


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
        except OSError as error:
            found = f"读不了（{error.strerror}）"
        inspected.append((file, found))
        if form == "text":
            tell(file, found)
    if form == "json":
        click.echo(as_json(inspected).encode(), nl=False)
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
