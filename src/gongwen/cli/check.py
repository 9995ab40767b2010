"""``gongwen check``: drafts and their pages, without a PDF."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongwen.cli.chinese import Command
from gongwen.cli.drafts import PATHS, STRICT, STRICT_FONTS, Report, find_drafts, new_compiler
from gongwen.cli.progress import watched

if TYPE_CHECKING:
    from gongwen.outcome import Outcome


def _jobs(_context: click.Context, _option: click.Parameter, value: int | None) -> int | None:
    if value is not None and value < 1:
        raise click.BadParameter("写从 1 起的整数")
    return value


JOBS = click.option(
    "--jobs",
    "-j",
    type=int,
    callback=_jobs,
    metavar="数目",
    help="同时检查的进程数，默认与处理器的核数相同；1 不另起进程。",
)


@click.command(cls=Command)
@PATHS
@STRICT
@STRICT_FONTS
@JOBS
def check(paths: tuple[Path, ...], *, strict: bool, strict_fonts: bool, jobs: int | None) -> int:
    """检查稿件：写法、要素、页面（不生成 PDF）；给文件夹的，还检查各份稿件之间的文号、日期。"""
    from gongwen.parallel import outcomes

    drafts = [path for path, _ in find_drafts(paths)]
    report = Report(strict=strict)
    told: list[Outcome] = []
    with contextlib.closing(outcomes(drafts, new_compiler(strict_fonts=strict_fonts), jobs=jobs)) as found:
        for outcome in watched(found, len(drafts), "检查"):
            report.add(outcome)
            told.append(outcome)
    for outcome in _compared(told, paths):
        report.add(outcome)
    report.tell_deviations()
    click.echo(f"检查了 {len(drafts)} 份稿件：{report.counted or '没有发现问题'}", err=True)
    return report.status


def _compared(told: Sequence[Outcome], paths: Sequence[Path]) -> Iterator[Outcome]:
    """What comparing the drafts has found. One draft alone is compared with nothing."""
    if len(told) == 1 and not any(path.is_dir() for path in paths):
        return
    from gongwen.outcome import Outcome
    from gongwen.register import rules

    yield from Outcome.compared(rules.check(rules.Run.of((outcome.entry for outcome in told), paths)))
