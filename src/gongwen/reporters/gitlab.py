"""For merge requests on GitLab: a code quality report, a list of findings with the keys that its documentation names."""

from __future__ import annotations

from typing import Final

from gongwen.diagnostics import Severity
from gongwen.reporters.base import DocumentReporter, lines_about
from gongwen.reporters.fingerprints import Fingerprints
from gongwen.reporters.json import dumps

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitLab(DocumentReporter):
    """One list."""

    def end(self) -> str:
        """The whole report; a finding about a whole file stands on its first line."""
        fingerprints = Fingerprints()
        rows = []
        for told in self.drafts:
            for diagnostic in told.diagnostics:
                path, span = self.run.path(diagnostic.file), diagnostic.span
                rows.append(
                    {
                        "description": "。".join(lines_about(diagnostic)),
                        "check_name": f"{diagnostic.check.code} {diagnostic.check.name}",
                        "fingerprint": fingerprints.of(diagnostic, told, path),
                        "severity": _SEVERITIES[diagnostic.severity],
                        "location": {"path": path, "lines": {"begin": span.start.line if span else 1}},
                    }
                )
        return dumps(rows)
