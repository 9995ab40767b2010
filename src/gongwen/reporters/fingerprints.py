"""Names of findings that stay while lines are added or removed elsewhere in the file."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Final

from gongwen.diagnostics import Diagnostic
from gongwen.reporters.base import Told

_LONG: Final = 4000
"""Characters of a line that tell it from others; a line may be as long as a file, and have thousands of findings."""


class Fingerprints:
    """Gives every finding of a run a fingerprint of its own.

    It is made of the code, the file, the line's text and the characters meant, and of how many of the same came before; where no
    line is meant the message takes its place.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str, str, str]] = Counter()

    def of(self, diagnostic: Diagnostic, told: Told, path: str) -> str:
        """64 hexadecimal digits, by the path that the report shows."""
        source, span = told.sources.get(diagnostic.file), diagnostic.span
        if source is None or span is None:
            meant = ("", diagnostic.message)
        else:
            line, at = source.line(span.start.line), span.start.column - 1
            near = line if len(line) <= _LONG else line[max(0, at - _LONG // 2) : at + _LONG // 2]
            end = min(span.end.offset, span.start.offset + _LONG)
            meant = (near.strip(), source.text[span.start.offset : end])
        key = (diagnostic.check.code, path, *meant)
        self._seen[key] += 1
        parts = "\0".join((*key, str(self._seen[key])))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
