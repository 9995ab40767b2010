"""What commands on drafts share: finding them, reporting what was found, and options."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from gongwen.cli.chinese import FilePath

if TYPE_CHECKING:
    from gongwen.compiler import Compiler
    from gongwen.outcome import Outcome

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
            inside = [
                file
                for file in sorted(path.rglob("*"))
                if file.suffix.lower() in _DRAFT_SUFFIXES
                and not _is_settings(file)
                and not any(part.startswith((".", "_")) for part in file.relative_to(path).parts)
                and not (out is not None and file.resolve().is_relative_to(out.resolve()))
                and file.is_file()
            ]
            if not inside:
                raise click.UsageError(f"文件夹 {path} 里没有稿件（.yaml）")
            found |= {file: file.relative_to(path) for file in inside}
        elif path.exists():
            found[path] = Path(path.name)
        else:
            raise click.UsageError(f"没有 {path} 这个文件或文件夹")
    return list(found.items())


def _is_settings(file: Path) -> bool:
    """Whether a file holds settings: gongwen.yaml, or terms.yaml beside one."""
    return file.name == _SETTINGS or (file.name == _TERMS and (file.parent / _SETTINGS).is_file())


class Report:
    """Collects what was found, prints it, and decides the exit status."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._all: list[Any] = []
        self._seen_settings: set[Any] = set()
        self._deviations: dict[str, str] = {}

    def add(self, outcome: Outcome) -> None:
        """Print the findings of one draft; those about shared settings are printed once."""
        from gongwen import reporters

        fresh = [one for one in outcome.diagnostics if one not in self._seen_settings]
        self._seen_settings.update(outcome.settings)
        self._all += fresh
        if outcome.deviation is not None:
            name, deviations = outcome.deviation
            self._deviations[name] = deviations
        if fresh:
            columns = shutil.get_terminal_size((100, 24)).columns
            click.echo(reporters.full(fresh, outcome.sources, columns))

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


def new_compiler(*, strict_fonts: bool = False) -> Compiler:
    """A compiler; loaded here, so that a command that needs none does not wait for it."""
    from gongwen.compiler import Compiler

    return Compiler(strict_fonts=strict_fonts)


PATHS = click.argument("paths", nargs=-1, required=True, type=FilePath(path_type=Path), metavar="路径…")
STRICT = click.option("--strict", is_flag=True, help="有警告也算不通过（退出码 1）。")
READING_COPY = click.option(
    "--reading-copy", is_flag=True, help="朗读稿：讲话稿用大字排印（2 号，每页 19 行、每行 20 字）。"
)
STRICT_FONTS = click.option("--strict-fonts", is_flag=True, help="不许用随附字体代替标准字体。")
