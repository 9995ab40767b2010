"""Letters that a file has beside those that its pages show, for what is stamped on it later or bound with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongwen.fonts import Face, Letters

Codes = Mapping[str, Mapping[int, tuple[str, int]]]
"""Family → glyph → the character that it stands for, and its width in thousandths of an em."""


def codes_of(letters: Letters, faces: Mapping[str, Face]) -> Codes:
    """What a PDF calls the letters that the faces have."""
    return {
        faces[key].family: {
            gid: (char, width) for char in sorted(chars) if char in faces[key] for gid, width in [faces[key].code(char)]
        }
        for key, chars in letters.items()
    }


class LastPage:
    """The last page of a file: once it is drawn, the fonts of the file have all that pages show, and get the letters they lack.

    Glyphs are put in order, so that files with the same letters have the same fonts.
    """

    def __init__(self, page: Any, codes: Codes) -> None:
        self._page = page
        self._codes = codes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float) -> None:
        """Draw the page."""
        self._page.paint(stream, scale)
        for font in stream._fonts.values():  # noqa: SLF001 - WeasyPrint hands them out nowhere
            if codes := self._codes.get(font.family):
                for gid, (char, width) in codes.items():
                    font.to_unicode.setdefault(gid, char)
                    font.widths.setdefault(gid, width)
                font.to_unicode = dict(sorted(font.to_unicode.items()))
