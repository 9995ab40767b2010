"""For workflows on GitHub: a workflow command for each finding, which is shown beside the line.

Columns count code points, the last one exclusive.
"""

from __future__ import annotations

from typing import Final

from gongwen.diagnostics import Diagnostic, Severity
from gongwen.reporters.base import Reporter, Told, encodable, lines_about, one_line, place

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GitHub(Reporter):
    """A workflow command for each finding."""

    def add(self, told: Told) -> str:
        """The findings of a draft."""
        return "".join(f"{self._command(diagnostic)}\n" for diagnostic in told.diagnostics)

    def _command(self, diagnostic: Diagnostic) -> str:
        path, check, span = self.run.path(diagnostic.file), diagnostic.check, diagnostic.span
        properties = {"file": path}
        if span is not None:
            properties |= {"line": str(span.start.line), "endLine": str(span.end.line)}
            if span.start.line == span.end.line:  # GitHub has columns on one line only
                properties |= {"col": str(span.start.column), "endColumn": str(span.end.column)}
        properties["title"] = f"{check.code} {check.name}"
        # The log of a run shows the text alone, so the place stands there too.
        text = "\n".join(map(one_line, [*lines_about(diagnostic), f"位置：{place(diagnostic, path)}"]))
        shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        return f"::{_COMMANDS[diagnostic.severity]} {shown}::{_data(text)}"


def _data(text: str) -> str:
    return encodable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
