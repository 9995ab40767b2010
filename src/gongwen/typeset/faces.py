"""Faces opened where they lie: WeasyPrint copies each into a temporary folder, 23 MB before the first page is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gongwen.typeset.engine import OnlyOurFiles, weasyprint

_response = weasyprint.urls.URLFetcherResponse


class Faces(weasyprint.text.fonts.FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """The faces of a stylesheet, all in files of ours."""

    _folder: Any

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: OnlyOurFiles) -> None:
        """Make a face known under the family of its rule. A path that is not ASCII may not reach every system as it is: it is copied."""
        if not all(unquote(url or "").isascii() for _, url in rule_descriptors["src"]):
            super().add_font_face(rule_descriptors, url_fetcher)
            return
        copies, self._folder = self._folder, _Place(url_fetcher)
        try:
            super().add_font_face(rule_descriptors, self._folder)
        finally:
            self._folder = copies


class _Place:
    """What WeasyPrint takes for its fetcher, its folder of copies and the copy of a face: the face itself."""

    _fail_on_errors = False

    def __init__(self, fetcher: OnlyOurFiles) -> None:
        self._fetcher = fetcher
        self._path = Path()

    def __call__(self, url: str) -> Any:
        found = self._fetcher(url)
        found.close()
        self._path = Path(found.path)
        return _response(url, b"")

    def __truediv__(self, _name: str) -> _Place:
        return self

    def exists(self) -> bool:
        """Whether there is a copy."""
        return False

    def write_bytes(self, _data: bytes) -> None:
        """Copy nothing."""

    def as_posix(self) -> str:
        """The path of the face."""
        return self._path.as_posix()
