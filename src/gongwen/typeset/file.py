"""The file as a whole: what it says of itself, how to print it, identifiers that follow from its content, compressed streams."""

from __future__ import annotations

import functools
import hashlib
import re
import zlib
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]

from gongwen.render import Metadata, Profile, Rendered
from gongwen.typeset.engine import raw, weasyprint

_PRINTING_CONDITION: Final = "FOGRA39"
"""The characterised printing condition of the bundled profile, by its name in the ICC's registry."""


def metadata_of(metadata: Metadata) -> weasyprint.document.DocumentMetadata:
    """What the file says of itself."""
    return weasyprint.document.DocumentMetadata(
        title=metadata.title,
        authors=[metadata.issuer],
        description=metadata.number or None,
        generator=metadata.generator,
        created=metadata.date,
        modified=metadata.date,
        lang="zh-CN",
    )


_FOLDER = re.compile(r"file://[^\s\"')]*/")


def identity_of(rendered: Rendered, profile: Profile) -> str:
    """What tells one content from another; the folders in which the faces lie on this machine are no part of it."""
    digest = hashlib.md5(usedforsecurity=False)
    digest.update(f"{profile}\0{weasyprint.__version__}\0{_FOLDER.sub('', rendered.css)}\0{rendered.metadata}".encode())
    for page in rendered.pages:
        digest.update(page.encode())
    return digest.hexdigest()


class Finisher:
    """Last touches on the PDF: how to print it, identifiers that follow from its content, compressed streams."""

    def __init__(self, identity: str) -> None:
        self._identity = identity

    def __call__(self, _document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        """Touch up a file that is about to be written."""
        preferences = pdf.catalog.get("ViewerPreferences") or pydyf.Dictionary()
        preferences.update({"PrintScaling": "/None", "Duplex": "/DuplexFlipLongEdge", "DisplayDocTitle": "true"})
        pdf.catalog["ViewerPreferences"] = preferences
        # The same attachment stands twice in /AF when it is given to write_pdf.
        if (associated := pdf.catalog.get("AF")) is not None:
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(associated))
        for intent in pdf.catalog.get("OutputIntents", ()):
            if intent["S"] == "/GTS_PDFX":
                # WeasyPrint names the condition by the profile's description; printers look for the registered name.
                intent["OutputConditionIdentifier"] = pydyf.String(_PRINTING_CONDITION)
                intent["RegistryName"] = pydyf.String("http://www.color.org")
        uuid = "-".join(self._identity[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
        for item in pdf.objects:
            if not isinstance(item, pydyf.Stream):
                continue
            if item.extra.get("Type") == "/Metadata":
                item.stream = [_with_uuid(part, uuid) for part in item.stream]
            if item.compress:
                item.compress = False
                item.stream = [_compressed(raw(item))]
                item.extra["Filter"] = "/FlateDecode"


@functools.lru_cache(maxsize=256)
def _compressed(content: bytes) -> bytes:
    """Streams that come again (colour profile, faces, pages that did not change) are compressed once.

    Level 4 takes two fifths of the time of pydyf's 9 and is 0.8 % larger (a ten-page notice).
    """
    return zlib.compress(content, 4)


def _with_uuid(part: Any, uuid: str) -> Any:
    if isinstance(part, bytes):
        return re.sub(rb"xmp\.did:[0-9a-f-]{36}", b"xmp.did:" + uuid.encode(), part)
    return part
