"""The rows of a mailing checked, each as a draft of its own, in as many processes as pay."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from gongwen.checking import died, executor
from gongwen.compiler import Compiler
from gongwen.mailing.fitting import Fitted
from gongwen.mailing.sheet import Row
from gongwen.outcome import Outcome
from gongwen.parser import UNFILLED_DRAFT
from gongwen.source import Source


@dataclass(frozen=True)
class CheckingRow:
    """The task of checking a draft filled with a row. The draft is read once."""

    compiler: Compiler
    path: Path
    source: Source

    def warm(self) -> None:
        """The compiler is loaded with this module."""

    def __call__(self, row: Row, /) -> Outcome:
        """The findings of a row; to the register rows are nothing."""
        checked = self.compiler.check(self.path, source=self.source.filled(row.values))
        return replace(Outcome.of(checked), entry=None)

    def died(self, _row: Row, /) -> Outcome:
        """What is told of a row that has killed its process."""
        return replace(died(self.path, "检查"), entry=None)


def outcomes(
    path: Path, source: Source, fitted: Fitted, compiler: Compiler, *, jobs: int | None = None
) -> Generator[Outcome]:
    """The outcome of each row, in their order; without rows that of the draft itself, as far as it goes without being filled.

    ``jobs`` is as for `gongwen.checking.outcomes`.
    """
    if fitted.rows:
        task = CheckingRow(compiler, path, source)
        yield from executor(len(fitted.rows), jobs).run(task, fitted.rows)
        return
    blank = Outcome.of(compiler.check(path, source=source))
    left = tuple(one for one in blank.diagnostics if one.check is not UNFILLED_DRAFT)
    yield replace(blank, diagnostics=left, entry=None)
