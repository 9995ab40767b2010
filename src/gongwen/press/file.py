"""A file for the press as a whole: opened, its page tree, what tells it from others, and how it is written."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_MOST_KIDS: Final = 100
"""A page tree whose nodes have no more lets a viewer open any of many thousand pages at once."""
_VERSION: Final = "1.6"
"""Of PDF, which PDF/X-4 is based on (ISO 15930-7)."""
_DOCUMENT = re.compile(rb"xmp\.did:[0-9a-f-]{36}")


class PressError(Exception):
    """A PDF cannot be made ready for the press; ``message`` and ``hint`` are for the user."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def opened(data: bytes) -> Pdf:
    """A finished PDF for print. Raises PressError for any other."""
    file = pikepdf.open(io.BytesIO(data))
    intents = [str(one.get("/S")) for one in file.Root.get("/OutputIntents", ())]
    if intents != ["/GTS_PDFX"]:
        file.close()
        raise PressError("不是付印的 PDF（PDF/X-4）", "用 --profile print 生成")
    return file


def plant(file: Pdf, pages: Iterable[Object]) -> None:
    """Make these the pages of a file, in a balanced tree."""
    level = [(page, 1) for page in pages]
    while True:
        level = [_node(file, level[start : start + _MOST_KIDS]) for start in range(0, len(level), _MOST_KIDS)]
        if len(level) == 1:
            file.Root.Pages = level[0][0]
            return


def _node(file: Pdf, kids: list[tuple[Object, int]]) -> tuple[Object, int]:
    """A node of the tree, and how many pages hang on it."""
    count = sum(pages for _, pages in kids)
    node = file.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([kid for kid, _ in kids]), Count=count))
    for kid, _ in kids:
        kid.Parent = node
    return node, count


def identity(*parts: object) -> bytes:
    """Sixteen bytes that follow from what a file is made from."""
    digest = hashlib.md5(usedforsecurity=False)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else str(part).encode())
        digest.update(b"\0")
    return digest.digest()


def identity_of(file: Pdf) -> bytes:
    """What tells a finished PDF from others."""
    return bytes(file.trailer.ID[0])


def document_id(identity: bytes) -> bytes:
    """The identity as XMP writes it."""
    digits = identity.hex()
    return f"xmp.did:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}".encode()


def identify(file: Pdf, identity: bytes) -> None:
    """Give a file an identity of its own, in its trailer and its metadata."""
    file.trailer.ID = Array([String(identity), String(identity)])
    metadata = file.Root.Metadata
    metadata.write(_DOCUMENT.sub(document_id(identity), metadata.read_bytes()))


def written(file: Pdf, *, compress: bool = True) -> bytes:
    """The bytes of a file. What is compressed stays so; without ``compress`` what is not stays so, too."""
    target = io.BytesIO()
    file.save(
        target,
        min_version=_VERSION,
        compress_streams=compress,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return target.getvalue()
