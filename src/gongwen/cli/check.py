"""``gongwen check``: drafts and their pages, without a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongwen.cli.chinese import Command
from gongwen.cli.drafts import PATHS, STRICT_FONTS, Report, find_drafts, new_compiler, reports
from gongwen.cli.selecting import choosing, tell_switched_off

if TYPE_CHECKING:
    from gongwen.selection import Selection


@click.command(cls=Command)
@PATHS
@STRICT_FONTS
@click.option("--fix", is_flag=True, help="改正有把握的差错，写回稿件，再报告余下的。")
@click.option("--diff", is_flag=True, help="只显示 --fix 会改什么，不改稿件；有可改的退出码为 1。")
@choosing
@reports
def check(
    paths: tuple[Path, ...],
    *,
    strict_fonts: bool,
    wish: Selection,
    report: Report,
    fix: bool,
    diff: bool,
) -> int:
    """检查稿件：写法、要素、页面（不生成 PDF）。"""
    from gongwen.cli import fixing
    from gongwen.outcome import Outcome

    if fix and diff:
        raise click.UsageError("--fix 和 --diff 只能用一个")
    if diff and report.is_document:
        raise click.UsageError("--diff 的输出是改动，不能同时用 --format 写给程序读的报告")
    drafts = find_drafts(paths)
    if diff:
        return fixing.show_difference(new_compiler(wish=wish), [path for path, _ in drafts])
    if fix:
        fixing.fix(new_compiler(wish=wish), [path for path, _ in drafts])
    compiler = new_compiler(strict_fonts=strict_fonts, wish=wish)
    outcomes = []
    for path, _ in drafts:
        outcomes.append(Outcome.of(compiler.check(path)))
        report.add(outcomes[-1])
    report.close()
    report.tell_deviations()
    tell_switched_off(outcomes)
    click.echo(f"检查了 {len(drafts)} 份稿件：{report.counted or '没有发现问题'}", err=True)
    return report.status
