"""Typesetting: HTML → PDF. The only module that imports WeasyPrint.

Each page is set on its own and kept, so that a later call sets only the pages whose HTML is new; the pages are then joined to one
document. What comes out depends on the HTML and the profile alone, never on the clock or on chance.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import functools
import hashlib
import logging
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pydyf  # type: ignore[import-untyped]
from PIL import ImageFile

from gongwen import engine, plates
from gongwen.fonts import FontBook
from gongwen.pictures import Picture
from gongwen.render import Metadata, Printed, Profile, Rendered, color_profile

with engine.lean():
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.document import DocumentMetadata
    from weasyprint.images import SVGImage
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets truncated images pass, for the whole program; it decodes none of ours.
ImageFile.LOAD_TRUNCATED_IMAGES = False

_VARIANTS: Final[dict[Profile, str]] = {"print": "pdf/x-4", "archive": "pdf/a-3a"}
_KEPT_PAGES: Final = 256
_KEPT_PLATES: Final = 16
_BATCH: Final = 16
"""Pages that are set together at most, so that a long document does not stand in memory twice."""
_PRINTING_CONDITION: Final = "FOGRA39"
"""The characterised printing condition of the bundled profile, by its name in the ICC's registry."""


@dataclass(frozen=True, slots=True)
class EmbeddedSource:
    """The draft, or a file that it names, embedded in the archive's PDF as the source that it was made from."""

    name: str
    data: bytes


class UndrawableError(Exception):
    """An image that was sound to look at cannot be drawn."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture.digest)
        self.picture = picture


class _OnlyOurFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches the faces and the colour profile, nothing else: no network, no other file."""

    def __init__(self, files: set[Path]) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)
        self._files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or path not in self._files:
            msg = f"outside the project: {url}"
            raise ValueError(msg)
        return super().fetch(url, headers)


@contextlib.contextmanager
def _listening() -> Iterator[list[str]]:
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


class _OurHtml(weasyprint.HTML):  # type: ignore[misc]
    """HTML of our own templates, which use few elements and no counters."""

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:  # noqa: ARG002, FBT001, FBT002 - WeasyPrint's own
        return [_few_elements()]

    def _ua_counter_style(self) -> list[CounterStyle]:
        return []


@functools.cache
def _few_elements() -> weasyprint.CSS:
    return weasyprint.CSS(string=engine.STYLESHEET)


class _Image:
    """An image in WeasyPrint's hands: of a size that the page states, written as the plate that is made when the file is."""

    def __init__(self, printed: Printed, plate_of: Callable[[Printed], plates.Plate]) -> None:
        self.id = printed.name
        self._printed = printed
        self._plate_of = plate_of

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Width, height and their ratio; WeasyPrint asks for it although the page states both."""
        width, height = self._printed.pixels
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Put it on the page."""
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, *_: object) -> pydyf.Stream:
        """The image as the file holds it."""
        plate = self._plate_of(self._printed)
        extra = _image_entries(plate.size, plate.space)
        if plate.is_jpeg:
            extra["Filter"] = "/DCTDecode"
        else:
            extra |= _row_entries(plate.size, plate.components)
        if plate.is_inverted:
            extra["Decode"] = pydyf.Array((1, 0) * plate.components)
        if plate.alpha is not None:
            mask = _image_entries(plate.size, "DeviceGray") | _row_entries(plate.size, 1)
            extra["SMask"] = pydyf.Stream([plate.alpha], pydyf.Dictionary(mask))
        return pydyf.Stream([plate.data], pydyf.Dictionary(extra))


def _image_entries(size: tuple[int, int], space: plates.Space) -> dict[str, Any]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": size[0],
        "Height": size[1],
        "ColorSpace": f"/{space}",
        "BitsPerComponent": 8,
    }


def _row_entries(size: tuple[int, int], components: int) -> dict[str, Any]:
    """How to read rows that are compressed as PNG does it: predictor 15, each row saying which filter it uses."""
    parameters = {"Predictor": 15, "Columns": size[0], "Colors": components}
    return {"Filter": "/FlateDecode", "DecodeParms": pydyf.Dictionary(parameters)}


@dataclass(frozen=True, slots=True)
class _SetPage:
    """A page that is set, and what WeasyPrint complained of meanwhile: both are kept."""

    page: weasyprint.Page
    complaints: list[str]


@dataclass
class _Press:
    """What all documents with one stylesheet share: parsed CSS, loaded faces, colour profiles, pages set so far."""

    css: weasyprint.CSS
    complaints: list[str]
    fonts: FontConfiguration
    color_profiles: dict[str, Any]
    fetcher: _OnlyOurFiles
    pages: OrderedDict[str, _SetPage]
    plate_of: Callable[[Printed], plates.Plate]


class Typesetter:
    """Turns rendered pages into PDF bytes, keeping faces and pages between calls.

    ``messages`` holds what WeasyPrint complained of in the last call's stylesheet, pages and file.
    """

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._families = {face.family: face for face in book.faces.values()}
        self._subset = functools.lru_cache(maxsize=64)(lambda family, glyphs: self._families[family].subset(glyphs))
        self._presses: dict[tuple[str, bool], _Press] = {}
        self.messages: list[str] = []

    def typeset(self, rendered: Rendered, profile: Profile = "print", sources: Sequence[EmbeddedSource] = ()) -> bytes:
        """Set the pages and write the PDF: PDF/X-4 for print, PDF/A-3a with the draft and its files embedded for the archive.

        Raises UndrawableError for an image.
        """
        press = self._press(rendered, profile)
        pages = self._set(press, rendered)
        joined = weasyprint.Document(
            [one.page for one in pages],
            _metadata(rendered.metadata),
            press.fetcher,
            press.fonts,
            press.color_profiles,
            None,
        )
        identity = _identity(rendered, profile)
        date = datetime.datetime.fromisoformat(rendered.metadata.date)
        options: dict[str, Any] = {"pdf_variant": _VARIANTS[profile], "pdf_identifier": identity.encode()}
        if profile == "print":
            options["output_intent"] = "device-cmyk"
        else:
            options["attachments"] = [
                weasyprint.Attachment(
                    string=source.data,
                    name=source.name,
                    description="公文稿件",
                    created=date,
                    modified=date,
                    relationship="Source",
                )
                for source in sources
            ]
        with _listening() as complaints, self._own_subsets():
            result: bytes = joined.write_pdf(finisher=_Finisher(identity), **options)
        of_pages = (complaint for page in pages for complaint in page.complaints)
        self.messages = list(dict.fromkeys([*press.complaints, *of_pages, *complaints]))
        return result

    @contextlib.contextmanager
    def _own_subsets(self) -> Iterator[None]:
        """Let the book cut its faces down: WeasyPrint cuts each twice and keeps none, 34 ms against 7 to 13 for nine pages."""
        cut = Font.subset

        def subset(font: Font, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's own
            if font.family in self._families and to_unicode:
                font.file_content = self._subset(font.family, tuple(sorted(to_unicode)))
            else:
                cut(font, to_unicode, hinting)

        Font.subset = subset
        try:
            yield
        finally:
            Font.subset = cut

    def _press(self, rendered: Rendered, profile: Profile) -> _Press:
        css, key = rendered.css, (rendered.css, rendered.is_ours)
        if key not in self._presses:
            files = {face.path for face in self._book.faces.values()}
            if profile == "print":
                files.add(color_profile())
            fetcher = _OnlyOurFiles(files)
            fonts = FontConfiguration()
            # It keeps copies of the faces in a temporary folder; at exit nothing else is sure to remove them.
            atexit.register(fonts.__del__)
            color_profiles: dict[str, Any] = {}
            with _listening() as complaints:
                sheet = weasyprint.CSS(
                    string=css,
                    font_config=fonts,
                    color_profiles=color_profiles,
                    url_fetcher=fetcher,
                    base_url="gongwen:",
                )
            kept = functools.lru_cache(maxsize=_KEPT_PLATES)(functools.partial(_plate, profile))
            self._presses[key] = _Press(sheet, complaints, fonts, color_profiles, fetcher, OrderedDict(), kept)
        return self._presses[key]

    def _set(self, press: _Press, rendered: Rendered) -> list[_SetPage]:
        """The pages, those that are new set together: a document costs as much as a third of a page."""
        new = [html for html in dict.fromkeys(rendered.pages) if html not in press.pages]
        fresh: dict[str, _SetPage] = {}
        images = {url: _Image(printed, press.plate_of) for url, printed in rendered.images.items()}
        for batch in (new[i : i + _BATCH] for i in range(0, len(new), _BATCH)):
            with _listening() as complaints:
                kind = _OurHtml if rendered.is_ours else weasyprint.HTML
                document = kind(string=rendered.html(batch), url_fetcher=press.fetcher, base_url="gongwen:").render(
                    stylesheets=[press.css],
                    font_config=press.fonts,
                    color_profiles=press.color_profiles,
                    cache=dict(images),
                )
            if len(document.pages) != len(batch):
                complaints.append(f"模板排出了 {len(document.pages)} 页，应为 {len(batch)} 页")
            fresh |= {html: _SetPage(page, complaints) for html, page in zip(batch, document.pages, strict=False)}
        pages = [found for html in rendered.pages if (found := fresh.get(html) or press.pages.get(html))]
        press.pages.update(fresh)
        for html in rendered.pages:
            if html in press.pages:
                press.pages.move_to_end(html)
        while len(press.pages) > _KEPT_PAGES:
            press.pages.popitem(last=False)
        return pages


def _plate(profile: Profile, printed: Printed) -> plates.Plate:
    picture = printed.picture
    if picture.form == "raster":
        return plates.of_file(picture.data, profile)
    pdf = picture.data if picture.form == "pdf" else _svg_as_pdf(picture)
    return plates.of_drawing(pdf, picture.page, printed.pixels, profile)


_NOTHING_FETCHED: Final = _OnlyOurFiles(set())


def _svg_as_pdf(picture: Picture) -> bytes:
    """A drawing on a page of its own size (mm). Raises UndrawableError where WeasyPrint complains."""
    tree = ElementTree.fromstring(picture.data)  # noqa: S314 - entities and references were refused when it was read
    size = f"width:{picture.width}mm;height:{picture.height}mm"
    page = (
        f"<style>@page{{margin:0;size:{picture.width}mm {picture.height}mm}}body{{margin:0}}"
        f"img{{display:block;{size}}}</style><img src='picture:'>"
    )
    image = SVGImage(tree, "picture:", _NOTHING_FETCHED, None)
    with _listening() as complaints:
        document = _OurHtml(string=page, url_fetcher=_NOTHING_FETCHED).render(cache={"picture:": image})
        pdf: bytes = document.write_pdf()
    if complaints:
        raise UndrawableError(picture)
    return pdf


def _metadata(metadata: Metadata) -> DocumentMetadata:
    return DocumentMetadata(
        title=metadata.title,
        authors=[metadata.issuer],
        description=metadata.number or None,
        generator=metadata.generator,
        created=metadata.date,
        modified=metadata.date,
        lang="zh-CN",
    )


_FOLDER = re.compile(r"file://[^\s\"')]*/")


def _identity(rendered: Rendered, profile: Profile) -> str:
    """What tells one content from another; the folders in which the faces lie on this machine are no part of it."""
    digest = hashlib.md5(usedforsecurity=False)
    digest.update(f"{profile}\0{weasyprint.__version__}\0{_FOLDER.sub('', rendered.css)}\0{rendered.metadata}".encode())
    for page in rendered.pages:
        digest.update(page.encode())
    return digest.hexdigest()


class _Finisher:
    """Last touches on the PDF: how to print it, identifiers that follow from its content, compressed streams."""

    def __init__(self, identity: str) -> None:
        self._identity = identity

    def __call__(self, _document: weasyprint.Document, pdf: pydyf.PDF) -> None:
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
                # The object as it would stand in the file, less its dictionary and keywords, is the raw stream.
                raw = item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
                item.stream = [_compressed(raw)]
                item.extra["Filter"] = "/FlateDecode"


@functools.lru_cache(maxsize=256)
def _compressed(raw: bytes) -> bytes:
    """Streams that come again (colour profile, faces, pages that did not change) are compressed once.

    Level 4 takes two fifths of the time of pydyf's 9 and is 0.8 % larger (a ten-page notice).
    """
    return zlib.compress(raw, 4)


def _with_uuid(part: Any, uuid: str) -> Any:
    if isinstance(part, bytes):
        return re.sub(rb"xmp\.did:[0-9a-f-]{36}", b"xmp.did:" + uuid.encode(), part)
    return part
