"""``gongwen show``: pages as text."""

from __future__ import annotations

from pathlib import Path

import click

from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.drafts import READING_COPY, Report, find_drafts, new_compiler


@click.command(cls=Command)
@click.argument("draft", type=FilePath(path_type=Path, dir_okay=False), metavar="稿件")
@READING_COPY
def show(draft: Path, *, reading_copy: bool) -> int:
    """在终端里显示版面：每页 22 行、每行 28 字。"""
    from gongwen.outcome import Outcome
    from gongwen.textpages import text_pages

    checked = new_compiler().check(find_drafts([draft])[0][0], reading_copy=reading_copy)
    report = Report(strict=False, form="full")
    if checked.layout is None:
        report.add(Outcome.of(checked))
        return report.status
    for layout in (checked.layout, *(one.layout for one in checked.separate)):
        click.echo(text_pages(layout), nl=False)
    if checked.has_errors:
        click.echo(f"稿件有错，用 gongwen check {draft} 查看", err=True)
    return int(checked.has_errors)
