"""For people and for editors that jump to path:line:column: one line a finding."""

from __future__ import annotations

import click

from gongwen.diagnostics import Diagnostic
from gongwen.reporters.base import COLOURS, Reporter, Told, one_line, place


class Concise(Reporter):
    """A line for each finding."""

    def add(self, told: Told) -> str:
        """The findings of a draft."""
        return "".join(f"{self._line(diagnostic)}\n" for diagnostic in told.diagnostics)

    def _line(self, diagnostic: Diagnostic) -> str:
        where = click.style(one_line(place(diagnostic, self.run.path(diagnostic.file))), bold=True)
        word = click.style(diagnostic.severity.word, fg=COLOURS[diagnostic.severity])
        return f"{where}: {word} {diagnostic.check.code} {one_line(diagnostic.message)}"
