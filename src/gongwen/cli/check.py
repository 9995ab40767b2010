"""``gongwen check``: drafts and their pages, without a PDF."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongwen.cli.chinese import Command
from gongwen.cli.drafts import JOBS, PATHS, STRICT_FONTS, Report, find_drafts, new_compiler, reports
from gongwen.cli.progress import watched
from gongwen.cli.selecting import choosing, tell_switched_off

if TYPE_CHECKING:
    from gongwen.outcome import Outcome
    from gongwen.selection import Selection


@click.command(cls=Command)
@PATHS
@STRICT_FONTS
@click.option("--fix", is_flag=True, help="改正有把握的差错，写回稿件，再报告余下的。")
@click.option("--diff", is_flag=True, help="只显示 --fix 会改什么，不改稿件；有可改的退出码为 1。")
@JOBS
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
    jobs: int | None,
) -> int:
    """检查稿件：写法、要素、页面（不生成 PDF）；有几份稿件的，还检查相互之间的文号、日期。"""
    from gongwen.checking import outcomes
    from gongwen.cli import fixing

    if fix and diff:
        raise click.UsageError("--fix 和 --diff 只能用一个")
    if diff and report.is_document:
        raise click.UsageError("--diff 的输出是改动，不能同时用 --format 写给程序读的报告")
    drafts = [path for path, _ in find_drafts(paths)]
    if diff:
        return fixing.show_difference(new_compiler(wish=wish), drafts)
    if fix:
        fixing.fix(new_compiler(wish=wish), drafts)
    told: list[Outcome] = []
    compiler = new_compiler(strict_fonts=strict_fonts, wish=wish)
    with contextlib.closing(outcomes(drafts, compiler, jobs=jobs)) as found:
        for outcome in watched(found, len(drafts), "检查"):
            told.append(outcome)
            if not report.is_document:
                report.add(outcome)
    compared = {outcome.path: outcome for outcome in _compared(told, paths)}
    everything = [*told, *compared.values()]
    if report.is_document:
        # A program wants all that is said of a file in one place.
        for outcome in told:
            more = compared.pop(outcome.path, None)
            report.add(outcome if more is None else outcome.joined(more))
    for outcome in compared.values():
        if outcome.diagnostics:
            report.add(outcome)
    report.close()
    report.tell_deviations()
    tell_switched_off(everything)
    click.echo(f"检查了 {len(drafts)} 份稿件：{report.counted or '没有发现问题'}", err=True)
    return report.status


def _compared(told: Sequence[Outcome], paths: Sequence[Path]) -> Sequence[Outcome]:
    """What comparing the drafts has found. One draft alone is compared with nothing."""
    if len(told) == 1 and not any(path.is_dir() for path in paths):
        return ()
    from gongwen.outcome import Outcome
    from gongwen.register import rules

    return Outcome.compared(rules.check(rules.Run.of((outcome.entry for outcome in told), paths)), told)
