"""What commands on drafts share: finding them, reporting what was found, and options."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from gongwen.cli.chinese import FilePath
from gongwen.files import resolved

if TYPE_CHECKING:
    from gongwen.compiler import Compiler
    from gongwen.diagnostics import Diagnostic
    from gongwen.outcome import Outcome
    from gongwen.selection import Selection

_DRAFT_SUFFIXES: Final = (".yaml", ".yml")
_SETTINGS: Final = "gongwen.yaml"
_TERMS: Final = "terms.yaml"


def find_drafts(paths: Sequence[Path], out: Path | None = None) -> list[tuple[Path, Path]]:
    """Drafts of the given files and folders, each with its path relative to the folder it was found in.

    A folder is searched to the bottom; what is hidden or begins with _ (texts that drafts enclose), the output folder and settings
    are left out. Raises click.UsageError.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            if not os.access(path, os.R_OK | os.X_OK):
                raise click.UsageError(f"没有权限读文件夹 {path}")
            inside = sorted(_drafts_below(path, None if out is None else resolved(out)))
            if not inside:
                raise click.UsageError(f"文件夹 {path} 里没有稿件（.yaml）")
            found |= {file: file.relative_to(path) for file in inside}
        elif path.exists():
            found[path] = Path(path.name)
        else:
            raise click.UsageError(f"没有 {path} 这个文件或文件夹")
    return list(found.items())


def _drafts_below(folder: Path, out: Path | None) -> Iterator[Path]:
    """The drafts in a folder and below. Folders are looked at once each, for a thousand drafts may lie in one."""
    for name, folders, files in os.walk(folder):
        here = Path(name)
        if out is not None and resolved(here).is_relative_to(out):
            folders.clear()
            continue
        folders[:] = [one for one in folders if not one.startswith((".", "_"))]
        for file in files:
            if file.lower().endswith(_DRAFT_SUFFIXES) and not file.startswith((".", "_")):
                path = here / file
                if not _is_settings(path) and path.is_file():
                    yield path


def _is_settings(file: Path) -> bool:
    """Whether a file holds settings: gongwen.yaml, or terms.yaml beside one."""
    return file.name == _SETTINGS or (file.name == _TERMS and (file.parent / _SETTINGS).is_file())


class Report:
    """Collects what was found, prints it in a format, and decides the exit status.

    ``form`` is the name of a format; without one it is github in a workflow on GitHub, else full. With ``statistics`` a table of the
    checks takes the place of their findings. Raises click.UsageError for statistics in a format that programs read.
    """

    def __init__(self, *, strict: bool, form: str | None = None, statistics: bool = False) -> None:
        from gongwen import reporters

        self._strict = strict
        self._all: list[Any] = []
        self._seen_settings: set[Any] = set()
        self._deviations: dict[str, str] = {}
        reporter = reporters.reporter_of(reporters.FORMATS[form or _usual_form()])
        if statistics:
            if reporter.is_document:
                raise click.UsageError(f"--statistics 不能与 --format {form} 同用")
            reporter = reporters.reporter_of(reporters.STATISTICS)
        columns = shutil.get_terminal_size((100, 24)).columns
        self._reporter = reporter(reporters.Run(Path.cwd(), strict=strict, columns=columns))

    def add(self, outcome: Outcome) -> None:
        """Tell the findings of one draft; those about shared settings are told once."""
        from gongwen.reporters import Told

        fresh = self.count(outcome)
        self._print(self._reporter.add(Told(str(outcome.path), fresh, outcome.sources)))

    def count(self, outcome: Outcome) -> tuple[Diagnostic, ...]:
        """Take the findings of one draft into account without a word; gives those that were not counted before."""
        fresh = tuple(one for one in outcome.diagnostics if one not in self._seen_settings)
        self._seen_settings.update(outcome.settings)
        self._all += fresh
        if outcome.deviation is not None:
            name, deviations = outcome.deviation
            self._deviations[name] = deviations
        return fresh

    @property
    def is_document(self) -> bool:
        """Whether standard output is one document that a program reads."""
        return self._reporter.is_document

    def close(self) -> None:
        """Tell what comes after the last draft."""
        self._print(self._reporter.end())

    def say(self, line: str) -> None:
        """Print a line of the result; where standard output is a document for a program, beside it."""
        from gongwen.reporters.base import one_line

        click.echo(one_line(line), err=self._reporter.is_document)

    def _print(self, text: str) -> None:
        if self._reporter.is_document:
            # Such a document is UTF-8, whatever the terminal speaks.
            click.echo(text.encode(), nl=False)
        elif text:
            encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
            click.echo(text.encode(encoding, "replace").decode(encoding), nl=False)

    def tell_deviations(self) -> None:
        """Say where units depart from the standard: it is their habit, and no finding."""
        for name, deviations in self._deviations.items():
            click.echo(f"偏离标准（{name}）：{deviations}", err=True)

    @property
    def counted(self) -> str:
        """How much was found."""
        from gongwen import reporters

        return reporters.counted(self._all)

    @property
    def status(self) -> int:
        """1 where a draft has errors, or warnings under ``--strict``."""
        from gongwen.diagnostics import Severity

        severities = {diagnostic.severity for diagnostic in self._all}
        return int(Severity.ERROR in severities or (self._strict and Severity.WARNING in severities))


def _usual_form() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def new_compiler(*, strict_fonts: bool = False, wish: Selection | None = None) -> Compiler:
    """A compiler; loaded here, so that a command that needs none does not wait for it."""
    from gongwen.compiler import Compiler
    from gongwen.selection import EVERYTHING

    return Compiler(strict_fonts=strict_fonts, wish=wish or EVERYTHING)


PATHS = click.argument("paths", nargs=-1, required=True, type=FilePath(path_type=Path), metavar="路径…")
_STRICT = click.option("--strict", is_flag=True, help="有警告也算不通过（退出码 1）。")
READING_COPY = click.option(
    "--reading-copy", is_flag=True, help="朗读稿：讲话稿用大字排印（2 号，每页 19 行、每行 20 字）。"
)
STRICT_FONTS = click.option("--strict-fonts", is_flag=True, help="不许用随附字体代替标准字体。")


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
    help="同时工作的进程数，默认与处理器的核数相同；1 不另起进程。",
)
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["concise", "full", "json", "sarif", "github", "gitlab", "junit"]),
    metavar="格式",
    help="报告的格式：concise 每个问题一行，full 带原文；json、sarif、github、gitlab、junit 供程序使用。"
    "默认 full，在 GitHub 工作流里是 github。",
)
_STATISTICS = click.option("--statistics", is_flag=True, help="不列出问题，只统计各条规则的次数。")


def reports(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of reports; the command gets a `Report` as ``report`` in their place."""

    @_STRICT
    @_FORMAT
    @_STATISTICS
    @functools.wraps(function)
    def command(*args: Any, strict: bool, form: str | None, statistics: bool, **options: Any) -> int:
        return function(*args, report=Report(strict=strict, form=form, statistics=statistics), **options)

    return command
