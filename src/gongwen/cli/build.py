"""``gongwen build``: drafts to PDFs, measured."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.drafts import PATHS, READING_COPY, STRICT_FONTS, Report, find_drafts, new_compiler, reports
from gongwen.cli.selecting import choosing, tell_switched_off

if TYPE_CHECKING:
    from gongwen.selection import Selection


@click.command(cls=Command)
@PATHS
@click.option(
    "--output",
    "-o",
    type=FilePath(path_type=Path, file_okay=False),
    default=Path("out"),
    metavar="文件夹",
    help="输出文件夹，默认 out。",
)
@click.option(
    "--profile",
    type=click.Choice(["print", "archive"]),
    default="print",
    metavar="print|archive",
    help="print 付印（PDF/X-4，CMYK）；archive 归档（PDF/A-3a，嵌入稿件）。默认 print。",
)
@click.option("--release", is_flag=True, help="定稿：还有“待定”之处的不予编译。")
@click.option("--overprint", is_flag=True, help="套打：红头已经印在纸上，不画标志和红线，其余位置不变。")
@READING_COPY
@STRICT_FONTS
@choosing
@reports
def build(
    paths: tuple[Path, ...],
    *,
    output: Path,
    profile: str,
    release: bool,
    overprint: bool,
    reading_copy: bool,
    strict_fonts: bool,
    wish: Selection,
    report: Report,
) -> int:
    """检查并排版稿件，生成 PDF，再逐项量测成品。"""
    from gongwen.outcome import Outcome

    drafts = find_drafts(paths, output)
    targets = [
        (path, _target(output, relative, profile, overprint=overprint, reading_copy=reading_copy))
        for path, relative in drafts
    ]
    _refuse_collisions(targets)
    compiler = new_compiler(strict_fonts=strict_fonts, wish=wish)
    built = pages = failures = 0
    book = None
    outcomes = []
    with _progress(targets) as items:
        for path, target in items:
            result = compiler.build(
                path,
                target,
                "archive" if profile == "archive" else "print",
                release=release,
                overprint=overprint,
                reading_copy=reading_copy,
            )
            outcomes.append(Outcome.of(result))
            report.add(outcomes[-1])
            book = compiler.book(result.project) if not result.project.diagnostics else book
            if result.pdf is None:
                failures += 1
            else:
                built += 1
                pages += result.pages
                report.say(f"{result.pdf}  {result.pages} 页{_measured(result.results)}")
                for one in result.beside:
                    built += 1
                    pages += one.pages
                    report.say(f"{one.pdf}  {one.pages} 页{_measured(one.results)}")
    if book is not None and built:
        for line in book.report():
            click.echo(f"字体  {line}", err=True)
    report.close()
    report.tell_deviations()
    tell_switched_off(outcomes)
    failed = f"，{failures} 份没有生成" if failures else ""
    found = f"；{report.counted}" if report.counted else ""
    click.echo(f"生成 {built} 份 PDF，共 {pages} 页{failed}{found}", err=True)
    return report.status


def _target(output: Path, relative: Path, profile: str, *, overprint: bool, reading_copy: bool) -> Path:
    suffixes = (
        ".overprint" if overprint else "",
        ".reading" if reading_copy else "",
        ".archive" if profile == "archive" else "",
    )
    return output / relative.with_suffix(f"{''.join(suffixes)}.pdf")


def _refuse_collisions(targets: Sequence[tuple[Path, Path]]) -> None:
    owners: dict[Path, Path] = {}
    for path, target in targets:
        if target in owners:
            raise click.UsageError(f"{owners[target]} 和 {path} 会写成同一个文件 {target}；请分两次编译到不同的文件夹")
        owners[target] = path


def _progress(items: list[tuple[Path, Path]]) -> Any:
    """A progress bar on long work in a terminal; nothing elsewhere."""
    hidden = len(items) <= 1 or not sys.stderr.isatty()
    return click.progressbar(
        items,
        label="编译",
        file=sys.stderr,
        hidden=hidden,
        show_pos=True,
        item_show_func=lambda item: item[0].name if item else "",
    )


def _measured(results: Sequence[Any]) -> str:
    met = sum(result.verdict == "met" for result in results)
    unmeasured = sum(result.verdict == "unmeasured" for result in results)
    missed = sum(result.verdict == "missed" for result in results)
    parts = [f"量测 {len(results)} 项，合格 {met}"]
    if missed:
        parts.append(f"不合格 {missed}")
    if unmeasured:
        parts.append(f"未能量测 {unmeasured}")
    return f"  （{'，'.join(parts)}）"
