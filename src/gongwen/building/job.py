"""What goes to a process that makes PDFs, and what comes back: small enough to be sent, with nothing of the document itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gongwen.files import Seen
    from gongwen.outcome import Outcome
    from gongwen.preflight import Result


@dataclass(frozen=True, slots=True)
class Job:
    """A draft, and the file that its PDF goes to."""

    draft: Path
    target: Path


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

    ``faces`` says which faces served; ``fault`` is what the program itself failed at.
    """

    outcome: Outcome
    files: tuple[File, ...] = ()
    data: tuple[bytes, ...] = field(default=(), repr=False)
    seen: Mapping[Path, Seen | None] = field(default_factory=dict)
    faces: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: str | None = None
