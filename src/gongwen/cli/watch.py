"""``gongwen watch``: drafts made again as they are saved, with their pages in a browser."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from gongwen.cli.build import OUTPUT, jobs_of, optional, recorded
from gongwen.cli.chinese import Command
from gongwen.cli.drafts import PATHS, STRICT_FONTS, find_drafts, new_compiler
from gongwen.cli.making import Making
from gongwen.cli.selecting import choosing

if TYPE_CHECKING:
    from gongwen.building.job import Job
    from gongwen.compiler import Compiler
    from gongwen.options import Options
    from gongwen.selection import Selection
    from gongwen.watching.board import Board

_HIGHEST_PORT: Final = 65535
_PROMPT: Final = 0.001
"""Seconds after which a thread gives way to another: a browser has its page while the PDF is being made."""


def _port(context: click.Context, option: click.Parameter, value: int | None) -> int | None:
    if value is not None and not 1 <= value <= _HIGHEST_PORT:
        raise click.BadParameter(f"写从 1 到 {_HIGHEST_PORT} 的整数", context, option)
    return value


@click.command(cls=Command)
@PATHS
@OUTPUT
@optional
@STRICT_FONTS
@click.option(
    "--format",
    "form",
    type=click.Choice(["concise", "full"]),
    default="full",
    metavar="concise|full",
    help="concise 每个问题一行，full 带原文。默认 full。",
)
@click.option("--serve", "is_served", is_flag=True, help="在浏览器里预览版面，保存后自动更新；只有本机能打开。")
@click.option("--port", type=int, callback=_port, metavar="端口", help="预览的端口，默认任选一个空闲的。")
@choosing
def watch(
    paths: tuple[Path, ...],
    *,
    output: Path,
    options: Options,
    strict_fonts: bool,
    form: str,
    is_served: bool,
    port: int | None,
    wish: Selection,
) -> int:
    """守候稿件：一保存就重新检查、排版、生成 PDF、量测，按 Ctrl-C 结束。"""
    from gongwen.cli.watched import Console
    from gongwen.watching.changes import FileChanges
    from gongwen.watching.session import Listener, Session

    if port is not None and not is_served:
        raise click.UsageError("--port 要和 --serve 一起用")
    jobs_of(find_drafts(paths, output), output, options)
    output.mkdir(parents=True, exist_ok=True)
    record = functools.partial(recorded, output, Making(options, wish, strict_fonts, None, None))
    with record() as opened:
        if not opened.is_writable:
            raise click.ClickException(f"没有权限写文件夹，或者它是只读的：{output}")
    compiler = new_compiler(strict_fonts=strict_fonts, wish=wish)
    with contextlib.ExitStack() as open_ones, contextlib.suppress(KeyboardInterrupt):
        changes = open_ones.enter_context(contextlib.closing(FileChanges()))
        listeners: list[Listener] = [Console(form, changes)]
        if is_served:
            listeners.append(open_ones.enter_context(_served(compiler, port or 0)))
        compiler.warm()
        jobs = functools.partial(_jobs, paths, output, options)
        Session(compiler, options, jobs, record, listeners, paths, output, is_shown=is_served).run(changes)
    return 0


def _jobs(paths: Sequence[Path], output: Path, options: Options) -> list[Job]:
    """What there is to make at present: places may be empty or gone, and of two drafts for one file the first has it."""
    jobs: dict[Path, Job] = {}
    for path in paths:
        with contextlib.suppress(click.UsageError):
            for draft in find_drafts([path], output):
                for job in jobs_of([draft], output, options):
                    jobs.setdefault(job.target, job)
    return list({job.draft: job for job in jobs.values()}.values())


@contextlib.contextmanager
def _served(compiler: Compiler, port: int) -> Iterator[Board]:
    """A board that browsers on this machine can see."""
    from gongwen.watching.board import Board
    from gongwen.watching.server import Server
    from gongwen.writing import reason_of

    board = Board(compiler)
    try:
        server = Server(board, port)
    except OSError as error:
        raise click.ClickException(f"端口 {port} 用不了（{reason_of(error)}），用 --port 换一个") from error
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_PROMPT)
    try:
        click.echo(f"预览：{server.address}", err=True)
        yield board
    finally:
        sys.setswitchinterval(interval)
        board.close()
        server.close()
