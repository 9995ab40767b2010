"""``gongwen check``: drafts and their pages, without a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from gongwen.cli.chinese import Command
from gongwen.cli.drafts import PATHS, STRICT_FONTS, Report, find_drafts, new_compiler, reports


@click.command(cls=Command)
@PATHS
@STRICT_FONTS
@reports
def check(paths: tuple[Path, ...], *, strict_fonts: bool, report: Report) -> int:
    """检查稿件：写法、要素、页面（不生成 PDF）。"""
    from gongwen.outcome import Outcome

    drafts = find_drafts(paths)
    compiler = new_compiler(strict_fonts=strict_fonts)
    for path, _ in drafts:
        report.add(Outcome.of(compiler.check(path)))
    report.close()
    report.tell_deviations()
    click.echo(f"检查了 {len(drafts)} 份稿件：{report.counted or '没有发现问题'}", err=True)
    return report.status
