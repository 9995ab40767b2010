"""For code scanning: SARIF 2.1.0 (OASIS), one run, with the checks that struck as its rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from gongwen import __version__
from gongwen.diagnostics import Check, Diagnostic, Severity, Span
from gongwen.reporters.base import DocumentReporter, Told
from gongwen.reporters.fingerprints import Fingerprints
from gongwen.reporters.json import dumps

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT: Final = "gongwenFinding/v1"


class Sarif(DocumentReporter):
    """One log of one run."""

    def end(self) -> str:
        """The whole log."""
        checks: dict[str, Check] = {}
        for told in self.drafts:
            for diagnostic in told.diagnostics:
                checks.setdefault(diagnostic.check.code, diagnostic.check)
        order = {code: index for index, code in enumerate(sorted(checks))}
        fingerprints = Fingerprints()
        run = {
            "tool": {
                "driver": {
                    "name": "gongwen",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": [_rule(checks[code]) for code in order],
                }
            },
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_ROOT: {"description": {"text": "运行命令时所在的文件夹"}}},
            "invocations": [{"executionSuccessful": True}],
            "artifacts": [
                {"location": self._location(told.draft), "roles": ["analysisTarget"]} for told in self.drafts
            ],
            "results": [
                self._result(diagnostic, told, order[diagnostic.check.code], fingerprints)
                for told in self.drafts
                for diagnostic in told.diagnostics
            ],
        }
        return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})

    def _location(self, name: str) -> dict[str, str]:
        path = self.run.path(name)
        if Path(path).is_absolute():
            return {"uri": f"file:///{_uri(path.lstrip('/'), safe='/:')}"}  # the colon of a drive
        return {"uri": _uri(path), "uriBaseId": _ROOT}

    def _result(self, diagnostic: Diagnostic, told: Told, index: int, fingerprints: Fingerprints) -> dict[str, Any]:
        file = self._location(diagnostic.file)
        physical: dict[str, Any] = {"artifactLocation": file}
        if diagnostic.span is not None:
            physical["region"] = _region(diagnostic.span)
        hint = f"。办法：{diagnostic.hint}" if diagnostic.hint else ""
        result: dict[str, Any] = {
            "ruleId": diagnostic.check.code,
            "ruleIndex": index,
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": f"{diagnostic.message}{hint}"},
            "locations": [{"physicalLocation": physical}],
            "partialFingerprints": {_FINGERPRINT: fingerprints.of(diagnostic, told, self.run.path(diagnostic.file))},
        }
        if diagnostic.replacement is not None and diagnostic.span is not None:
            replacement = {
                "deletedRegion": _region(diagnostic.span),
                "insertedContent": {"text": diagnostic.replacement},
            }
            result["fixes"] = [
                {
                    "description": {"text": diagnostic.hint or "按规定改正"},
                    "artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}],
                }
            ]
        if diagnostic.page is not None:
            result["properties"] = {"page": diagnostic.page}
        return result


def _uri(path: str, safe: str = "/") -> str:
    """A path with “/” as the path of a URI; a byte that is no text comes out as itself, a character of ``safe`` too."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return quote(data, safe=safe)


def _region(span: Span) -> dict[str, int]:
    """Lines and columns alone: offsets would depend on how the file ends its lines."""
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _rule(check: Check) -> dict[str, Any]:
    """A rule; code scanning asks for both descriptions and the help, so one stands in for another that a check does not have."""
    authority = check.authority
    what = check.what or check.name
    why = check.why or what
    examples = [(title, text.rstrip()) for title, text in (("不对", check.wrong), ("对", check.right)) if text]
    properties = {"basis": str(authority.basis), "tags": [str(authority.basis)]}
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n\n".join([why, *(f"{title}：\n{text}" for title, text in examples)]),
            "markdown": "\n\n".join([why, *(f"{title}：\n\n```yaml\n{text}\n```" for title, text in examples)]),
        },
        "defaultConfiguration": {"level": _LEVELS[authority.severity]},
        "properties": properties | ({"clause": authority.clause} if authority.clause else {}),
    }
