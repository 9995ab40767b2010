"""For programs: all that is known of a run as JSON, by `schemas/report.schema.json`.

Lines and columns begin at 1, offsets at 0; all count code points, a line end as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from gongwen import __version__
from gongwen.diagnostics import Diagnostic, Position, Severity, Span
from gongwen.reporters.base import DocumentReporter, Run, encodable
from gongwen.reporters.tally import tally

VERSION: Final = 1
"""Of the form of the report; it grows when a reader of the old form would go wrong."""


class Json(DocumentReporter):
    """One object."""

    def end(self) -> str:
        """The whole report."""
        every = [diagnostic for told in self.drafts for diagnostic in told.diagnostics]
        return dumps(
            {
                "version": VERSION,
                "tool": {"name": "gongwen", "version": __version__},
                "files": [{"path": self.run.path(told.draft), **counts(told.diagnostics)} for told in self.drafts],
                "diagnostics": [
                    {"draft": self.run.path(told.draft), **described(diagnostic, self.run)}
                    for told in self.drafts
                    for diagnostic in told.diagnostics
                ],
                "statistics": [
                    {
                        "code": row.check.code,
                        "name": row.check.name,
                        "severity": str(row.severity),
                        "count": row.count,
                        "fixable": row.fixable,
                    }
                    for row in tally(every)
                ],
                "summary": {
                    "files": len(self.drafts),
                    **counts(every),
                    "fixable": sum(one.replacement is not None for one in every),
                },
            }
        )


def described(diagnostic: Diagnostic, run: Run) -> dict[str, Any]:
    """A finding as an object of the report."""
    check = diagnostic.check
    return {
        "file": run.path(diagnostic.file),
        "code": check.code,
        "name": check.name,
        "severity": str(diagnostic.severity),
        "basis": str(check.authority.basis),
        "clause": check.authority.clause or None,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "span": _span(diagnostic.span),
        "page": diagnostic.page,
        "fix": None if diagnostic.replacement is None else {"replacement": diagnostic.replacement},
    }


def dumps(value: Any) -> str:
    """JSON for people too: indented, hanzi as they are, with a line end; lone surrogates are replaced."""
    return encodable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def counts(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """How many errors, warnings and infos."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    return {f"{severity}s": severities.count(severity) for severity in Severity}


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": _position(span.start), "end": _position(span.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
