"""``gongwen build``: drafts to PDFs, measured; those that are up to date are left as they are."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from gongwen.cli import built
from gongwen.cli.chinese import Command, FilePath
from gongwen.cli.drafts import DATA, JOBS, PATHS, READING_COPY, STRICT_FONTS, Report, find_drafts, reports
from gongwen.cli.making import Making
from gongwen.cli.progress import watched
from gongwen.cli.selecting import choosing, tell_switched_off
from gongwen.options import Options

if TYPE_CHECKING:
    from gongwen.building.job import Job, Product
    from gongwen.building.record import Record
    from gongwen.building.run import Done
    from gongwen.cli.mailing import MailMerge
    from gongwen.selection import Selection

OUTPUT: Final = click.option(
    "--output",
    "-o",
    type=FilePath(path_type=Path, file_okay=False),
    default=Path("out"),
    metavar="文件夹",
    help="输出文件夹，默认 out。",
)


_PROFILE: Final = click.option(
    "--profile",
    type=click.Choice(["print", "archive"]),
    default="print",
    metavar="print|archive",
    help="print 付印（PDF/X-4，CMYK）；archive 归档（PDF/A-3a，嵌入稿件）。默认 print。",
)
_RELEASE: Final = click.option("--release", is_flag=True, help="定稿：还有“待定”之处的不予编译。")
_OVERPRINT: Final = click.option(
    "--overprint", is_flag=True, help="套打：红头已经印在纸上，不画标志和红线，其余位置不变。"
)


_EACH: Final = click.option(
    "--each", is_flag=True, help="编号印制的每一份、名单的每一行各存一个 PDF；不用时合成一个付印的文件。"
)


def optional(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of how a PDF is wanted; it gets them as ``options``."""

    @_PROFILE
    @_RELEASE
    @_OVERPRINT
    @READING_COPY
    @_EACH
    @functools.wraps(function)
    def command(*args: Any, **others: Any) -> int:
        chosen = {one.name: others.pop(one.name) for one in fields(Options)}
        return function(*args, options=Options(**chosen), **others)

    return command


@click.command(cls=Command)
@PATHS
@OUTPUT
@optional
@STRICT_FONTS
@click.option("--force", is_flag=True, help="全部重新编译，没有改动的也不例外。")
@click.option("--dry-run", is_flag=True, help="只列出要编译哪些稿件、为什么，不编译。")
@JOBS
@click.option(
    "--scheduler",
    metavar="地址",
    help="交给这个 Dask 调度器下的工人进程编译，如 tcp://127.0.0.1:8786；要装 gongwen[dask]。",
)
@DATA
@click.option(
    "--report",
    "summary",
    type=click.Choice(["json"]),
    metavar="json",
    help="json：把结果（每份稿件的状态、成品、页数、用时和问题）作为一份 JSON 写到标准输出。",
)
@choosing
@reports
def build(
    paths: tuple[Path, ...],
    *,
    output: Path,
    options: Options,
    strict_fonts: bool,
    force: bool,
    dry_run: bool,
    jobs: int | None,
    scheduler: str | None,
    data: Path | None,
    summary: str | None,
    wish: Selection,
    report: Report,
) -> int:
    """检查并排版稿件，生成 PDF，再逐项量测成品；没有改动的稿件不再编译。"""
    from gongwen.building import run

    started = time.monotonic()
    if summary and report.is_document:
        raise click.UsageError("--report json 不能与写给程序读的 --format 同用：标准输出只能有一份文件")
    if scheduler is not None and jobs is not None:
        raise click.UsageError("--scheduler 不能与 --jobs 同用：工人进程的数目在启动 dask worker 时定")
    if data is not None and options.profile == "archive":
        options = replace(options, each=True)
    making = Making(options, wish, strict_fonts, jobs, scheduler)
    tasks = jobs_of(find_drafts(paths, output), output, options)
    merge = None if data is None else _merge_of(tasks, data, making)
    with recorded(output, making) as record:
        plan = run.plan(tasks if merge is None else merge.jobs, record, force=force)
        if dry_run:
            return built.tell_plan(plan)
        if plan.due and not record.is_writable:
            raise click.ClickException(f"没有权限写文件夹，或者它是只读的：{output}")
        told: list[Done] = []
        quiet = summary is not None
        with contextlib.closing(run.run(plan, record, _products(plan.due, making, merge))) as results:
            for done in watched(results, len(plan.jobs), "编译", built.speaks):
                told.append(done)
                if merge is None:
                    built.tell_findings(done.outcome, report, quiet=quiet)
                built.tell(done, report, quiet=quiet)
    outcomes = [done.outcome for done in told]
    if merge is not None:
        outcomes = [merge.outcome(told)]
        built.tell_findings(outcomes[0], report, quiet=quiet)
    seconds = time.monotonic() - started
    if summary:
        click.echo(built.as_json(told, outcomes, options, seconds).encode(), nl=False)
    else:
        report.close()
    built.tell_faces(told)
    report.tell_deviations()
    tell_switched_off(outcomes)
    click.echo(built.summed_up(told, report, seconds), err=True)
    return 2 if any(one.fault for one in told) else report.status


def _merge_of(tasks: Sequence[Job], data: Path, making: Making) -> MailMerge:
    """The mailing of the only draft. Raises click.UsageError for several."""
    if len(tasks) > 1:
        raise click.UsageError("--data 一次填一份稿件，请写明是哪一份")
    from gongwen.cli.mailing import MailMerge

    return MailMerge(tasks[0].draft, tasks[0].target, data, making)


def jobs_of(drafts: Sequence[tuple[Path, Path]], output: Path, options: Options) -> list[Job]:
    """What is to be made of drafts. Raises click.UsageError where two would be written to one file."""
    from gongwen.building.job import Job

    owners: dict[Path, Path] = {}
    for path, relative in drafts:
        target = output / relative.with_suffix(f"{_ending(options)}.pdf")
        if target in owners:
            raise click.UsageError(f"{owners[target]} 和 {path} 会写成同一个文件 {target}；请分两次编译到不同的文件夹")
        owners[target] = path
    return [Job(path, target) for target, path in owners.items()]


def _ending(options: Options) -> str:
    chosen = (
        (".overprint", options.overprint),
        (".reading", options.reading_copy),
        (".archive", options.profile == "archive"),
    )
    return "".join(ending for ending, is_chosen in chosen if is_chosen)


@contextlib.contextmanager
def recorded(output: Path, making: Making) -> Iterator[Record]:
    """The record of the folder, for a run with these options."""
    from gongwen.building.program import program
    from gongwen.building.record import Record

    wish, epoch = making.wish, os.environ.get("SOURCE_DATE_EPOCH", "")
    chosen = [*astuple(making.options), making.strict_fonts, wish.select, wish.ignore, epoch]
    with contextlib.closing(Record(output, program(), json.dumps(chosen, ensure_ascii=True))) as record:
        yield record


def _products(due: Sequence[Job], making: Making, merge: MailMerge | None) -> Generator[Product]:
    """What comes back for the jobs that are due. Where none is, nothing that sets type is loaded, and nobody is called."""
    if not due:
        return
    if merge is None:
        yield from making.executor(len(due)).run(making.workshop(), due)
    else:
        yield from merge.products(due)
