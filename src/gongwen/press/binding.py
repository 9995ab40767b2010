"""Several finished PDFs in one file, in order; what is the same in them stands there once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf

from gongwen.press.file import PressError, identify, identity, identity_of, opened, plant, written

_OF_FILE: Final = ("/Lang", "/Metadata", "/OutputIntents", "/ViewerPreferences")
"""What the catalogue of the first PDF gives to the file."""
_NOT_OF_PAGE: Final = ("/Parent", "/Annots")
"""The tree is another one, and on a page for print nothing can be clicked (PDF/X-4 allows no links there)."""


def bind(pdfs: Iterable[bytes]) -> bytes:
    """One file for the press of several for print: their pages in order, a bookmark for each.

    Objects that are equal stand there once: the colour profile, faces with the same letters, images, pages. What the file says of itself
    is what the first PDF says. One PDF is open at a time; memory grows with what differs. Raises PressError for a PDF that is not for
    print, or not for the same printing condition, and ValueError for none at all.
    """
    with pikepdf.new() as file:
        binder = _Binder(file)
        for pdf in pdfs:
            with opened(pdf) as source:
                binder.add(source)
        binder.finish()
        return written(file)


class _Binder:
    """Copies PDFs into a file, object by object."""

    def __init__(self, file: Pdf) -> None:
        self._file = file
        self._kept: dict[bytes, Object] = {}
        self._copied: dict[tuple[int, int], Object] = {}
        """The objects of the PDF in hand that are in the file already."""
        self._pages: list[Object] = []
        self._bookmarks: list[tuple[str, Object]] = []
        self._identities: list[bytes] = []
        self._intents = b""

    def add(self, source: Pdf) -> None:
        """Add the pages of a PDF."""
        self._copied.clear()
        intents = Array(self._copy(one) for one in source.Root.OutputIntents).unparse()
        if not self._pages:
            self._intents = intents
            for name in _OF_FILE:
                if name in source.Root:
                    self._file.Root[name] = self._copy(source.Root[name])
            self._file.trailer.Info = self._file.make_indirect(self._copy(source.trailer.Info))
        elif intents != self._intents:
            raise PressError("各份 PDF 的印刷条件不同，不能合成一个文件", "用同一版本的程序重新生成")
        first = len(self._pages)
        for page in source.pages:
            own = {name: self._copy(value) for name, value in page.obj.items() if name not in _NOT_OF_PAGE}
            self._pages.append(self._file.make_indirect(Dictionary(own)))
        self._bookmarks.append((str(source.trailer.Info.get("/Title", "")), self._pages[first]))
        self._identities.append(identity_of(source))

    def finish(self) -> None:
        """Make one file of all that was added."""
        if not self._pages:
            msg = "no PDF to bind"
            raise ValueError(msg)
        plant(self._file, self._pages)
        with self._file.open_outline() as outline:
            outline.root += [OutlineItem(title, Array([page, Name.Fit])) for title, page in self._bookmarks]
        identify(self._file, identity("bound", *self._identities))

    def _copy(self, value: Any) -> Any:
        """The value with all that it refers to, in the file."""
        if not isinstance(value, Object):
            return value
        if not value.is_indirect:
            return self._direct(value)
        if value.objgen not in self._copied:
            self._copied[value.objgen] = self._indirect(value)
        return self._copied[value.objgen]

    def _indirect(self, value: Object) -> Object:
        """An object of the file that is equal to this one: a new one only where there is none."""
        if isinstance(value, pikepdf.Stream):
            entries = Dictionary(dict(self._entries(value)))
            data = value.read_raw_bytes()
            key = _key(entries.unparse(), data)
            if key not in self._kept:
                self._kept[key] = self._file.make_stream(data, entries)
            return self._kept[key]
        direct = self._direct(value)
        key = _key(direct.unparse())
        if key not in self._kept:
            self._kept[key] = self._file.make_indirect(direct)
        return self._kept[key]

    def _direct(self, value: Object) -> Any:
        if isinstance(value, pikepdf.Dictionary):
            return Dictionary(dict(self._entries(value)))
        if isinstance(value, pikepdf.Array):
            return Array([self._copy(one) for one in value])
        return value

    def _entries(self, value: Object) -> Iterator[tuple[str, Any]]:
        for name, entry in value.items():
            if name != "/Length":
                yield name, self._copy(entry)


def _key(*parts: bytes) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
