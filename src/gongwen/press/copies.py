"""Numbered copies: a document set once, with the number of each stamped on page one.

Copies share everything that pages draw with but a stamp of some sixty bytes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from gongwen.press.file import document_id, identify, identity, identity_of, opened, plant, written
from gongwen.press.stamp import Stamp, stamp_of
from gongwen.standard import COPY_NUMBER_DIGITS

MOST_PAGES: Final = 100_000
"""Pages of one file at most, which take a fifth of a gigabyte of memory."""
_BOXES: Final = ("/MediaBox", "/TrimBox", "/BleedBox")


def parts(numbers: range, pages: int) -> list[range]:
    """The numbers of copies of so many pages each, by the files for the press that they go to: mostly one."""
    size = max(1, MOST_PAGES // pages)
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def numbered(pdf: bytes, first: int, count: int, *, set_with: int | None = None) -> bytes:
    """One file of ``count`` copies, numbered from ``first`` on: all pages of a copy, then those of the next.

    ``set_with`` is the number that the document was set with, by default the first. Bookmarks lead to the first copy. Memory grows
    with the pages, by 2 kB each; see `parts`. Raises PressError for what is no PDF for print, or shows no such number.
    """
    with opened(pdf) as file:
        stamp = stamp_of(file, first if set_with is None else set_with)
        numbers = range(first, first + count)
        labels = _labels(numbers, len(file.pages))
        plant(file, _pages(file, stamp, numbers))
        file.Root.PageLabels = file.make_indirect(Dictionary(Nums=Array(labels)))
        identify(file, identity(identity_of(file), "numbered", first, count))
        return written(file)


def _labels(numbers: range, pages: int) -> Iterator[int | Object]:
    """What viewers call the pages: 000057-1 is page one of copy 57 (PDF 32000-1, 12.4.2)."""
    for index, number in enumerate(numbers):
        yield index * pages
        yield Dictionary(P=String(f"{number:0{COPY_NUMBER_DIGITS}}-"), S=Name.D)


def _pages(file: Pdf, stamp: Stamp, numbers: range) -> Iterator[Object]:
    """The pages of all copies in order; the first copy is the document's own pages."""
    originals = [page.obj for page in file.pages]
    boxes = {str(page[name]): page[name] for page in originals for name in _BOXES if name in page}
    shared = {text: file.make_indirect(box) for text, box in boxes.items()}
    for page in originals:
        for name in _BOXES:
            if name in page:
                page[name] = shared[str(page[name])]
    before, after = file.make_stream(stamp.before), file.make_stream(stamp.after)
    opening, others = originals[0], originals[1:]
    patterns = [{name: value for name, value in page.items() if name != "/Parent"} for page in originals]
    for number in numbers:
        is_first = number == numbers.start
        front = opening if is_first else file.make_indirect(Dictionary(patterns[0]))
        front.Contents = Array([before, file.make_stream(stamp.of(number)), after])
        yield front
        yield from others if is_first else (file.make_indirect(Dictionary(pattern)) for pattern in patterns[1:])


# --- One copy -----------------------------------------------------------------------------------------------------------------


def copy(pdf: bytes, number: int, *, set_with: int = 1) -> bytes:
    """One copy alone. ``set_with`` is the number that the document was set with.

    The file is prepared once, and only some bytes are exchanged for each copy. Raises PressError as `numbered` does.
    """
    prepared = _prepared(pdf, set_with)
    own = identity(prepared.identity, number)
    stamp, document, *ids = prepared.places
    exchanged = {stamp: prepared.stamp.of(number), document: document_id(own), **dict.fromkeys(ids, own.hex().encode())}
    pieces: list[bytes] = []
    end = 0
    for start, piece in sorted(exchanged.items()):
        pieces += (prepared.data[end:start], piece)
        end = start + len(piece)
    return b"".join([*pieces, prepared.data[end:]])


class _Prepared(NamedTuple):
    """A file in which all that differs from copy to copy stands as it is.

    ``places`` are those of the number, of the identity in the metadata, and of the two in the trailer, in bytes from the start.
    """

    data: bytes
    identity: bytes
    stamp: Stamp
    places: tuple[int, int, int, int]


_IDS = re.compile(rb"/ID \[<([0-9a-f]{32})><([0-9a-f]{32})>\]")


@functools.lru_cache(maxsize=1)
def _prepared(pdf: bytes, set_with: int) -> _Prepared:
    with opened(pdf) as file:
        stamp = stamp_of(file, set_with)
        own = identity(identity_of(file), "copy")
        file.pages[0].Contents = Array([file.make_stream(part) for part in (stamp.before, stamp.operator, stamp.after)])
        identify(file, own)
        data = written(file, compress=False)
    number = _only(re.compile(rb"stream\n(" + re.escape(stamp.operator) + rb")\nendstream"), data)
    document = _only(re.compile(b"(" + re.escape(document_id(own)) + b")"), data)
    ids = _only(_IDS, data)
    return _Prepared(data, own, stamp, (number.start(1), document.start(1), ids.start(1), ids.start(2)))


def _only(what: re.Pattern[bytes], data: bytes) -> re.Match[bytes]:
    """Where something stands in a file that has it once: what it looks for is as long as no chance makes."""
    (found,) = what.finditer(data)
    return found
