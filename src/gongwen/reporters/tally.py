"""How often each check struck, and how many of its findings can be mended by the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from gongwen.diagnostics import Check, Diagnostic, Severity
from gongwen.reporters.base import COLOURS, Reporter, Run, Told
from gongwen.terminal import padded, width


@dataclass(frozen=True, slots=True)
class Tally:
    """One check at one severity: how many findings it has, and how many of them say what the characters should be."""

    check: Check
    severity: Severity
    count: int
    fixable: int


def tally(diagnostics: Iterable[Diagnostic]) -> list[Tally]:
    """The checks that struck, the most frequent first, then by code."""
    groups: dict[tuple[str, Severity], list[Diagnostic]] = {}
    for one in diagnostics:
        groups.setdefault((one.check.code, one.severity), []).append(one)
    rows = [
        Tally(group[0].check, severity, len(group), sum(one.replacement is not None for one in group))
        for (_, severity), group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.check.code, row.severity))


class Statistics(Reporter):
    """A table of the checks that struck, in place of their findings."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._all: list[Diagnostic] = []

    def add(self, told: Told) -> str:
        """Keep the findings for the end."""
        self._all += told.diagnostics
        return ""

    def end(self) -> str:
        """The table; nothing where nothing was found."""
        rows = tally(self._all)
        if not rows:
            return ""
        head = ("次数", "代码", "级别", "名称", "可自动改正")
        cells = [
            (str(row.count), row.check.code, row.severity.word, row.check.name, str(row.fixable or "")) for row in rows
        ]
        widths = [max(width(line[column]) for line in (head, *cells)) for column in range(len(head))]
        colours = [None, *(COLOURS[row.severity] for row in rows)]
        return "".join(f"{_row(line, widths, colour)}\n" for line, colour in zip((head, *cells), colours, strict=True))


def _row(cells: Sequence[str], widths: Sequence[int], colour: str | None) -> str:
    """Numbers stand at the right of their column, words at the left."""
    count, code, severity, name, fixable = cells
    columns = [
        " " * (widths[0] - width(count)) + count,
        padded(code, widths[1]),
        click.style(padded(severity, widths[2]), fg=colour),
        padded(name, widths[3]),
        " " * (widths[4] - width(fixable)) + fixable,
    ]
    return "  ".join(columns).rstrip()
