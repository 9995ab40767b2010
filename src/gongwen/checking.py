"""Many drafts checked, told in their order."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gongwen.compiler import Compiler
from gongwen.diagnostics import BLOCKING, Check, Diagnostic
from gongwen.outcome import Outcome
from gongwen.parallel import Executor, Processes, Serial
from gongwen.register.entry import Entry

PROCESS_DIED = Check(
    "GW909",
    "process-died",
    BLOCKING,
    what="每份稿件都能查完。",
    why="检查这份稿件的进程中途停了，多半是内存不够，也可能是程序有错；其余的稿件照查。",
)

FEW: Final = 24
"""Fewer drafts than this are checked in this process: starting others costs more than it saves."""
_CHUNK: Final = 16
"""Drafts that a process is given at a time, at most: enough that asking costs nothing, few enough that none waits at the end."""


@dataclass(frozen=True)
class Checking:
    """The task of checking a draft."""

    compiler: Compiler

    def warm(self) -> None:
        """The compiler is loaded with this module."""

    def __call__(self, draft: Path) -> Outcome:
        """The findings of a draft."""
        return Outcome.of(self.compiler.check(draft))

    def died(self, draft: Path) -> Outcome:
        """What is told of a draft that has killed its process."""
        return died(draft, "检查")


def outcomes(drafts: Sequence[Path], compiler: Compiler, *, jobs: int | None = None) -> Generator[Outcome]:
    """The outcome of each draft, in their order; ``jobs`` processes, by default one a core, each with a copy of the compiler.

    Whoever stops before the end closes the iterator, which ends the processes at once.
    """
    executor: Executor = Serial() if len(drafts) < FEW else Processes(jobs, chunk=_CHUNK)
    return executor.run(Checking(compiler), drafts)


def died(draft: Path, doing: str) -> Outcome:
    """The outcome of a draft that has killed the process that was doing something with it."""
    name = str(draft)
    message = f"{doing}到这份稿件时，进程中途停了"
    hint = "内存不够的，用 --jobs 1 再试；仍然这样，请把稿件报告给开发者"
    return Outcome(draft, (Diagnostic(PROCESS_DIED, message, name, hint=hint),), entry=Entry(draft, name, errors=1))
