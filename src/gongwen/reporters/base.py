"""What all reporters share: what they are told, and how paths and texts become fit to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

from gongwen.diagnostics import Diagnostic, Severity
from gongwen.source import Source

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in one draft, which may be nothing: its name, the findings, and the files that they point into."""

    draft: str
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for a whole run: the folder that names are shown relative to, whether warnings fail it, the terminal's width."""

    folder: Path
    strict: bool = False
    columns: int = 100

    def path(self, name: str) -> str:
        """The name of a file with “/” between its parts, relative to the folder if it lies inside."""
        path = Path(name)
        if path.is_absolute() and path.is_relative_to(self.folder):
            path = path.relative_to(self.folder)
        return path.as_posix()

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding fails the run."""
        return diagnostic.severity is Severity.ERROR or (self.strict and diagnostic.severity is Severity.WARNING)


class Reporter:
    """Tells of a run, draft by draft. What `add` and `end` return is printed as it comes, with no character added."""

    is_document: ClassVar[bool] = False
    """Whether the whole is one document for a program, so that nothing else may stand beside it."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def add(self, told: Told) -> str:  # noqa: ARG002 - what most reporters of documents leave to the end
        """The text about one draft."""
        return ""

    def end(self) -> str:
        """The text after the last draft."""
        return ""


class DocumentReporter(Reporter):
    """A reporter that writes one document once it knows all."""

    is_document = True

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.drafts: list[Told] = []

    def add(self, told: Told) -> str:
        """Keep it for the end."""
        self.drafts.append(told)
        return ""


_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """A text that cannot leave its line nor steer a terminal: U+FFFD for what does."""
    return _CONTROLS.sub("\ufffd", text)


def encodable(text: str) -> str:
    """A text that has a form in UTF-8: U+FFFD for lone surrogates, which names of files may have."""
    return _SURROGATES.sub("\ufffd", text)


def lines_about(diagnostic: Diagnostic) -> list[str]:
    """Message, cure and authority, a line each."""
    lines = [diagnostic.message]
    if diagnostic.hint:
        lines.append(f"办法：{diagnostic.hint}")
    if diagnostic.check.authority.clause:
        lines.append(f"依据：{diagnostic.check.authority.clause}")
    return lines


def place(diagnostic: Diagnostic, path: str) -> str:
    """The place as people write it: path:line:column, or the path alone where the file as a whole is meant."""
    span = diagnostic.span
    return f"{path}:{span.start.line}:{span.start.column}" if span else path


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings: 2 个错误，1 个警告; an empty text where there is none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    parts = [f"{number} 个{one.word}" for one in Severity if (number := severities.count(one))]
    return "，".join(parts)
