"""Fingerprints of pages: two pages with the same one show the same, in whichever files they are.

A page shows what follows from its content and from all that it names. A font holds far more than one page needs, and an edit elsewhere
changes what it holds; so of a font only those codes count that the page may set.
"""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b
from typing import Any, Final

import pikepdf

from gongwen.preflight.outlines import DIGEST, Outlines


class Fingerprints:
    """The fingerprints of the pages of an open file."""

    def __init__(self, file: pikepdf.Pdf, outlines: Outlines) -> None:
        self._pages = list(file.pages)
        self._outlines = outlines
        self._digests: dict[tuple[tuple[int, int], frozenset[str]], bytes] = {}
        self._glyphs: dict[str, dict[int, bytes]] = {}

    def of(self, index: int) -> bytes | None:
        """The fingerprint of a page, counted from 0; None for one of which it cannot be told what it shows."""
        try:
            return self._of(index, self._pages[index].obj)
        except (_UntoldError, pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError, RuntimeError):
            return None

    def _of(self, index: int, page: Any) -> bytes:
        content = page.Contents.read_bytes()
        fonts = _FONT.findall(content)
        # Resources and boxes of a page may be those of a node above it.
        is_whole = set(page.keys()) >= _OWN and set(page.Parent.keys()) <= _OF_NODE
        if not is_whole or _UNTOLD.search(content) or len(fonts) != len(_SETS_FONT.findall(content)):
            raise _UntoldError
        parts = [index.to_bytes(4), content]
        parts += [_pair(key, self._digest(value)) for key, value in sorted(page.items()) if key not in _OWN_KEYS]
        parts.append(self._of_resources(page.Resources))
        codes = _codes(content)
        for name in sorted(set(fonts)):
            font = page.Resources.Font["/" + name.decode()]
            glyphs = self._glyphs_of(font)
            parts += [name, self._digest(font, without=_OF_GLYPHS)]
            parts.append(b"".join([glyphs.get(code, _NONE) for code in codes]))
        return _digest_of(parts)

    def _of_resources(self, resources: Any) -> bytes:
        """What tells resources from others, but for the fonts. Raises _UntoldError where they hold other contents."""
        own = (resources.objgen, _FONTS)
        if not resources.is_indirect or own not in self._digests:
            forms = [item for item in resources.get("/XObject", {}).values() if item.Subtype != "/Image"]
            if forms or "/Properties" in resources:
                raise _UntoldError
            parts = [_pair(key, self._digest(value)) for key, value in sorted(resources.items()) if key != "/Font"]
            self._digests[own] = _digest_of(parts)
        return self._digests[own]

    def _glyphs_of(self, font: Any) -> dict[int, bytes]:
        """Code → what tells its character, its outline and its width from others. Raises KeyError for a font that is untold."""
        name = str(font.BaseFont).removeprefix("/")
        if name not in self._glyphs:
            digests = self._outlines.font(name).digests
            widths = _widths(font.DescendantFonts[0].W.unparse())
            self._glyphs[name] = {code: digest + widths.get(code, _NO_WIDTH) for code, digest in digests.items()}
        return self._glyphs[name]

    def _digest(self, value: Any, depth: int = 0, without: frozenset[str] = frozenset()) -> bytes:
        """What tells an object of the file from others, with all that it refers to. Raises _UntoldError for too much."""
        if depth > _DEEPEST:
            raise _UntoldError
        if not isinstance(value, pikepdf.Object):
            return repr(value).encode()
        own = (value.objgen, without)
        if not value.is_indirect:
            if not without and _REFERENCE not in (written := value.unparse()):
                return written
        elif own in self._digests:
            return self._digests[own]
        parts = []
        if isinstance(value, pikepdf.Array):
            parts += [self._digest(item, depth + 1, without) for item in value]
        elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            items = [(key, item) for key, item in sorted(value.items()) if key not in without]
            parts += [_pair(key, self._digest(item, depth + 1, without)) for key, item in items]
        else:
            parts.append(value.unparse(resolved=True))
        if isinstance(value, pikepdf.Stream):
            parts.append(value.read_raw_bytes())
        found = _digest_of(parts)
        if value.is_indirect:
            self._digests[own] = found
        return found


def _pair(key: str, digest: bytes) -> bytes:
    return key.encode() + b" " + digest


def _digest_of(parts: list[bytes]) -> bytes:
    found = blake2b(digest_size=DIGEST)
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()


class _UntoldError(Exception):
    """A page of which it cannot be told what it shows."""


_OWN: Final = frozenset({"/Contents", "/Resources", "/MediaBox"})
"""What a page has to have itself."""
_OF_NODE: Final = frozenset({"/Type", "/Kids", "/Count"})
"""What the node above may have."""
_OWN_KEYS: Final = frozenset({"/Parent", "/Contents", "/Resources"})
"""What of a page is looked at by itself."""
_UNTOLD: Final = re.compile(rb"[(]|\bBI\b")
"""Strings of bytes, which may set codes, and images in the content."""
_SETS_FONT: Final = re.compile(rb"\bTf\b")
_FONT: Final = re.compile(rb"/([A-Za-z0-9_.+-]+)[ \n]+[-+.0-9]+[ \n]+Tf\b")
_SET: Final = re.compile(rb"<([0-9A-Fa-f]+)>")
_OF_GLYPHS: Final = frozenset({"/W", "/ToUnicode", "/FontFile3"})
"""What a font has for each glyph, of which `outlines` and `_widths` tell."""
_FONTS: Final = frozenset({"/Font"})
_REFERENCE: Final = b" R"
_DEEPEST: Final = 12
_WIDTH_BYTES: Final = 8
_NO_WIDTH: Final = b"".ljust(_WIDTH_BYTES)
_NONE: Final = b"".ljust(DIGEST + _WIDTH_BYTES)


def _codes(content: bytes) -> list[int]:
    """All codes of two bytes that the strings of a content set. Raises ValueError for a string of other codes."""
    strings = _SET.findall(content)
    if any(len(string) % 4 for string in strings):
        raise ValueError
    codes = array("H", bytes.fromhex(b"".join(strings).decode("ascii")))
    codes.byteswap()
    return sorted(set(codes))


_RUN: Final = re.compile(rb"(\d+) \[([-+.\d ]*)\]")


def _widths(unparsed: bytes) -> dict[int, bytes]:
    """Code → its width as the file writes it, of the widths of a font. Raises ValueError for those of another form."""
    if _RUN.sub(b"", unparsed).split() != [b"[", b"]"]:
        raise ValueError
    found = {}
    for first, run in _RUN.findall(unparsed):
        for code, width in enumerate(run.split(), int(first)):
            if len(width) > _WIDTH_BYTES:
                raise ValueError
            found[code] = width.ljust(_WIDTH_BYTES)
    return found
