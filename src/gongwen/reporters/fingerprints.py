"""Names of findings that stay while lines are added or removed elsewhere in the file."""

from __future__ import annotations

import hashlib
from collections import Counter

from gongwen.diagnostics import Diagnostic
from gongwen.reporters.base import Told


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
            meant = (source.line(span.start.line).strip(), source.text[span.start.offset : span.end.offset])
        key = (diagnostic.check.code, path, *meant)
        self._seen[key] += 1
        parts = "\0".join((*key, str(self._seen[key])))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
