"""WeasyPrint as we use it: loaded fast, listened to, and kept from fetching anything but the program's own files."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pydyf  # type: ignore[import-untyped]
from PIL import ImageFile

from gongwen.typeset import loading

with loading.lean():
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets truncated images pass, for the whole program; it decodes none of ours.
ImageFile.LOAD_TRUNCATED_IMAGES = False


__all__ = ["BASE_URL", "REPLACED", "OnlyOurFiles", "listening", "parsed", "raw", "replace_in", "weasyprint"]

BASE_URL: Final = "gongwen:"
"""Where relative URLs of pages and stylesheets lead: nowhere."""


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


_DEFAULTS: Final = weasyprint.CSS(
    string="""
html, body, section, h1, h2, h3, h4, h5, p, div { display: block }
head, meta, title { display: none }
img { overflow: hidden }
h1, h2, h3, h4, h5 { bookmark-label: content(text) }
""",
    url_fetcher=OnlyOurFiles(set()),
)
"""What our stylesheet takes from that of browsers; to match each element with all of it takes as long as to set a line."""


class _Parsed(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document of our own templates, whose elements are known: `weasyprint.HTML` takes text alone, and parses it in Python."""

    def __init__(self, root: ElementTree.Element, fetcher: OnlyOurFiles) -> None:
        self.base_url = BASE_URL
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, *_: object) -> list[weasyprint.CSS]:
        return [_DEFAULTS]

    def _ua_counter_style(self) -> list[Any]:
        return []


def parsed(markup: str, fetcher: OnlyOurFiles, *, is_xml: bool) -> weasyprint.HTML:
    """A document of some pages; ``is_xml`` says that its markup is XML as well, which is parsed in a tenth of the time."""
    if is_xml:
        # A text may have characters that XML forbids.
        with contextlib.suppress(ElementTree.ParseError):
            return _Parsed(ElementTree.fromstring(markup), fetcher)  # noqa: S314 - of our own templates, which escape everything
    return weasyprint.HTML(string=markup, url_fetcher=fetcher, base_url=BASE_URL)


REPLACED: Final[dict[tuple[Any, str], Any]] = {}
"""What has been replaced in WeasyPrint, by the module or class and the name there: its own functions."""


def replace_in(owner: Any, name: str, ours: Any) -> None:
    """Put something of ours in the place of WeasyPrint's own."""
    REPLACED[owner, name] = getattr(owner, name)
    setattr(owner, name, ours)


def raw(stream: pydyf.Stream) -> bytes:
    """The content of a stream, before it is compressed."""
    # The object as it would stand in the file, less its dictionary and keywords.
    data: bytes = pydyf.Stream(stream.stream).data
    return data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
