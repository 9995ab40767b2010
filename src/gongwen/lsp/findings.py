"""Diagnostics of ours as diagnostics of the protocol, each at the file that it belongs to.

What is wrong in gongwen.yaml or in a text that a draft encloses is shown in that file, at its place there, for as long as a draft that
comes upon it is open. Such files are read from the disk: what is not saved yet does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lsprotocol import types

from gongwen import project
from gongwen.compiler import Compiler
from gongwen.diagnostics import Diagnostic, Severity
from gongwen.lsp.documents import Snapshot, located
from gongwen.lsp.positions import Positions
from gongwen.source import Source

SOURCE: Final = "gongwen"

_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True)
class Shown:
    """A diagnostic and the stretch of the text where the editor shows it."""

    diagnostic: Diagnostic
    range: types.Range

    @property
    def message(self) -> str:
        """What is wrong and what to do about it."""
        one = self.diagnostic
        page = f"（第{one.page}页）" if one.page else ""
        hint = f"\n办法：{one.hint}" if one.hint else ""
        return f"{one.message}{page}{hint}"

    @property
    def item(self) -> types.Diagnostic:
        """The diagnostic as the protocol has it; ``data`` says whether it can be mended."""
        one = self.diagnostic
        return types.Diagnostic(
            range=self.range,
            message=self.message,
            severity=_SEVERITIES[one.severity],
            code=one.check.code,
            source=SOURCE,
            data={"name": one.check.name, "replacement": one.replacement},
        )


@dataclass(frozen=True)
class InFile:
    """The findings of one file, and the text that they were found in."""

    text: str
    shown: tuple[Shown, ...]


def check(compiler: Compiler, snapshot: Snapshot) -> dict[Path, InFile]:
    """What is found in a text and in the files that it depends on, file by file."""
    match snapshot.role:
        case "draft":
            checked = compiler.check(snapshot.path, source=snapshot.source)
            others = [file.source for file in checked.enclosed]
            settings = checked.project.source
            return _by_file(checked.diagnostics, snapshot, [*others, *([settings] if settings is not None else [])])
        case "settings":
            found = project.find(snapshot.path)
            return _by_file(found.diagnostics, snapshot, [])
        case _:
            return {}


def _by_file(diagnostics: Iterable[Diagnostic], snapshot: Snapshot, sources: Iterable[Source]) -> dict[Path, InFile]:
    texts = {source.name: source.text for source in sources} | {str(snapshot.path): snapshot.plain}
    found: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        found.setdefault(one.file, []).append(one)
    result: dict[Path, InFile] = {}
    for name, those in found.items():
        text = texts.get(name, "")
        lines = snapshot.positions if name == str(snapshot.path) else Positions(text, snapshot.encoding)
        result[located(Path(name))] = InFile(text, tuple(Shown(one, lines.range_of(one.span)) for one in those))
    return result
