"""Findings: what a stage has to say about its input.

Every stage reports through one type. A stage names *what* it found (a `Check`) and *where in the data* (a path of keys and
indexes, and optionally an offset inside the value); the source turns that into a place in the file. A finding with its place
is a `Diagnostic`, and only diagnostics reach a reporter. This module knows nothing about the domain.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Final

DataPath = tuple[str | int, ...]
"""A place in nested data: mapping keys and sequence indexes from the root, as the file spells them."""


class Severity(enum.StrEnum):
    """How much a finding weighs: an error fails the run, a warning only under ``--strict``, an info never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """What users call it."""
        return _WORDS[self]


_WORDS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters of a text: 1-based line and column, 0-based offset, all in code points."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text from ``start`` up to, not including, ``end``."""

    start: Position
    end: Position


class Basis(enum.StrEnum):
    """On whose word a check rests; ``PROGRAM`` is what the program itself needs to go on."""

    STANDARD = "standard"
    REGULATION = "regulation"
    PRACTICE = "practice"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Authority:
    """The text that a check rests on, as users cite it, and how much a breach of it weighs."""

    basis: Basis
    severity: Severity
    clause: str = ""


BLOCKING: Final = Authority(Basis.PROGRAM, Severity.ERROR)
"""What keeps the program from going on."""
DOUBTFUL: Final = Authority(Basis.PROGRAM, Severity.WARNING)
"""What the program can go on with, though it is hardly meant."""


_BEYOND_READING: Final = "GW200"
"""Codes below are of what reads an input: whatever their authority, an error there leaves nothing to go on with."""


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of finding. A code never changes its meaning.

    ``what``, ``why``, ``wrong`` and ``right`` explain it to users: what is asked for, for which reason, and an example of each, as
    lines of a draft. A check that rests on another word than the program's is a rule.
    """

    code: str
    name: str
    authority: Authority
    what: str = field(default="", compare=False)
    why: str = field(default="", compare=False)
    wrong: str = field(default="", compare=False)
    right: str = field(default="", compare=False)

    @property
    def severity(self) -> Severity:
        """How much the check weighs."""
        return self.authority.severity

    @property
    def is_rule(self) -> bool:
        """Whether it rests on a standard, a regulation or practice."""
        return self.authority.basis is not Basis.PROGRAM

    @property
    def is_binding(self) -> bool:
        """Whether nobody can do without it: the program cannot go on after it, or cannot read the input at all."""
        return self.severity is Severity.ERROR and (not self.is_rule or self.code < _BEYOND_READING)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that struck at a place in the data; ``offset`` and ``length`` (code points) lie inside a scalar value.

    ``replacement`` is what those characters become where the cure is mechanical and certain; an empty text deletes them.
    """

    check: Check
    message: str
    path: DataPath = ()
    hint: str | None = None
    offset: int | None = None
    length: int = 1
    at_key: bool = False
    page: int | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at its place in a file. ``span`` is absent where the file as a whole is meant.

    ``replacement`` is what the span becomes where that mends the fault. ``weight`` is its severity where a project sets another than
    the check's.
    """

    check: Check
    message: str
    file: str
    span: Span | None = None
    hint: str | None = None
    page: int | None = None
    replacement: str | None = None
    weight: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs: as the project says, else as the check does."""
        return self.check.severity if self.weight is None else self.weight

    @property
    def is_error(self) -> bool:
        """Whether the diagnostic fails the run by itself."""
        return self.severity is Severity.ERROR

    def sort_key(self) -> tuple[int, int, str, str]:
        """Order of appearance in the file; findings about the whole file come first."""
        if self.span is None:
            return (0, 0, self.check.code, self.message)
        return (self.span.start.offset + 1, self.span.end.offset, self.check.code, self.message)
