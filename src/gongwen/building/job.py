"""What goes to a process that makes PDFs, and what comes back: small enough to be sent, with nothing of the document itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gongwen.files import Seen
    from gongwen.fonts import Letters
    from gongwen.mailing import Row
    from gongwen.outcome import Outcome
    from gongwen.preflight import Result


@dataclass(frozen=True, slots=True)
class Job:
    """A draft, and the file that its PDF goes to; with a ``row`` the draft is filled with that."""

    draft: Path
    target: Path
    row: Row | None = field(default=None, compare=False)

    variant: str = ""
    """What tells it from another job of the same draft and options: a digest of what fills the draft."""


class Measured(NamedTuple):
    """How many rules a PDF was measured by, and what came out."""

    rules: int = 0
    met: int = 0
    missed: int = 0
    unmeasured: int = 0

    @classmethod
    def of(cls, results: Iterable[Result]) -> Measured:
        """The count of results."""
        verdicts = [result.verdict for result in results]
        return cls(len(verdicts), verdicts.count("met"), verdicts.count("missed"), verdicts.count("unmeasured"))


@dataclass(frozen=True, slots=True)
class File:
    """A file that a draft gives: where it goes, its pages, what was measured."""

    path: Path
    pages: int
    measured: Measured


@dataclass(frozen=True, slots=True)
class Product:
    """What became of a job. ``data`` are the bytes of each file; ``seen`` are the files that they were made from.

    A file with ``copies`` is that of the first number, and the others are made from it where it is written. ``faces`` says which faces
    served; ``fault`` is what the program itself failed at. ``letters`` are those of its pages.
    """

    outcome: Outcome
    files: tuple[File, ...] = ()
    data: tuple[bytes, ...] = field(default=(), repr=False)
    copies: tuple[range | None, ...] = ()
    seen: Mapping[Path, Seen | None] = field(default_factory=dict)
    faces: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: str | None = None
    letters: Letters = field(default_factory=dict, repr=False)


def guarded(job: Job, make: Callable[[Job], Product]) -> Product:
    """The product of a job; one that says so where the program fails, which costs this job alone."""
    try:
        return make(job)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other drafts go on
        from gongwen.outcome import Outcome

        return Product(Outcome(job.draft, ()), fault=f"程序有错（{type(error).__name__}: {error}）")
