"""WeasyPrint as we use it: loaded fast, listened to, and kept from fetching anything but the program's own files."""

from __future__ import annotations

import contextlib
import ctypes.util
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pydyf  # type: ignore[import-untyped]
from PIL import ImageFile

_find_library = ctypes.util.find_library
if sys.platform == "linux":
    # WeasyPrint looks for each library by its Windows name first, and each miss runs a compiler and a linker: 0.1 s and more.
    # The names of Linux are loaded as they are.
    ctypes.util.find_library = lambda _name: None  # type: ignore[assignment]
import weasyprint  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

ctypes.util.find_library = _find_library
# WeasyPrint lets truncated images pass, for the whole program; it decodes none of ours.
ImageFile.LOAD_TRUNCATED_IMAGES = False


__all__ = ["OnlyOurFiles", "listening", "raw", "weasyprint"]


class OnlyOurFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches the faces and the colour profile, nothing else: no network, no other file."""

    def __init__(self, files: set[Path]) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)
        self._files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a URL. Raises ValueError for any other than ours."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or path not in self._files:
            msg = f"outside the project: {url}"
            raise ValueError(msg)
        return super().fetch(url, headers)


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """What WeasyPrint logs meanwhile: a page that it complains of is not what the layout asked for."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    handlers = weasyprint.LOGGER.handlers
    weasyprint.LOGGER.handlers = [handler]
    try:
        yield messages
    finally:
        weasyprint.LOGGER.handlers = handlers


def raw(stream: pydyf.Stream) -> bytes:
    """The content of a stream, before it is compressed."""
    # The object as it would stand in the file, less its dictionary and keywords.
    data: bytes = pydyf.Stream(stream.stream).data
    return data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
