"""Typesetting: HTML → PDF. The only stage that imports WeasyPrint.

Each page is set on its own and kept, with what it draws, so that a later call sets and draws only the pages whose HTML is new; the
pages are then joined to one document. What comes out depends on the HTML and the profile alone, never on the clock or on chance.
"""

from __future__ import annotations

import atexit
import datetime
import functools
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gongwen import plates
from gongwen.fonts import NO_LETTERS, FontBook, Letters
from gongwen.options import Profile
from gongwen.render import Printed, Rendered, color_profile
from gongwen.typeset import broken, lines, shortcuts
from gongwen.typeset.engine import BASE_URL, OnlyOurFiles, listening, parsed, weasyprint
from gongwen.typeset.faces import Faces
from gongwen.typeset.file import Finisher, identity_of, metadata_of
from gongwen.typeset.images import Image, UndrawableError, plate
from gongwen.typeset.letters import LastPage, codes_of
from gongwen.typeset.pages import Fonts, SetPage

__all__ = ["EmbeddedSource", "Typesetter", "UndrawableError"]

broken.install()
lines.install()
shortcuts.install()

_VARIANTS: Final[dict[Profile, str]] = {"print": "pdf/x-4", "archive": "pdf/a-3a"}
_KEPT_PAGES: Final = 256
"""About 20 MB."""
_KEPT_CUTS: Final = 16
"""Faces cut down: those of three documents."""
_KEPT_PLATES: Final = 16
_BATCH: Final = 16
"""Pages that are set together at most, so that a long document does not stand in memory twice."""


@dataclass(frozen=True, slots=True)
class EmbeddedSource:
    """The draft, or a file that it names, embedded in the archive's PDF as the source that it was made from."""

    name: str
    data: bytes


@dataclass
class _Press:
    """What all documents with one stylesheet share: parsed CSS, loaded faces, colour profiles, pages set so far."""

    css: weasyprint.CSS
    complaints: list[str]
    config: weasyprint.text.fonts.FontConfiguration
    color_profiles: dict[str, Any]
    fetcher: OnlyOurFiles
    fonts: Fonts
    pages: OrderedDict[str, SetPage]
    plate_of: Callable[[Printed], plates.Plate]


class Typesetter:
    """Turns rendered pages into PDF bytes, keeping faces and pages between calls.

    ``messages`` holds what WeasyPrint complained of in the last call's stylesheet, pages and file.
    """

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._families = {face.family: face for face in book.faces.values()}
        self._subset = functools.lru_cache(maxsize=_KEPT_CUTS)(
            lambda family, glyphs: self._families[family].subset(glyphs)
        )
        self._presses: dict[str, _Press] = {}
        self.messages: list[str] = []

    def typeset(
        self,
        rendered: Rendered,
        profile: Profile = "print",
        sources: Sequence[EmbeddedSource] = (),
        letters: Letters = NO_LETTERS,
    ) -> bytes:
        """Set the pages and write the PDF: PDF/X-4 for print, PDF/A-3a with the draft and its files embedded for the archive.

        The faces that it uses have ``letters`` too, for what is stamped on it later or bound with it.
        Raises UndrawableError for an image.
        """
        press = self._press(rendered.css, profile)
        pages = self._set(press, rendered)
        codes = codes_of(letters, self._book.faces)
        joined = weasyprint.Document(
            [*pages[:-1], *(LastPage(page, codes) for page in pages[-1:])],
            metadata_of(rendered.metadata),
            press.fetcher,
            press.config,
            press.color_profiles,
            None,
        )
        identity = identity_of(rendered, profile, letters)
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
        with listening() as complaints:
            result: bytes = joined.write_pdf(finisher=Finisher(identity), **options)
        of_pages = (complaint for page in pages for complaint in page.complaints)
        self.messages = list(dict.fromkeys([*press.complaints, *of_pages, *complaints]))
        return result

    def _press(self, css: str, profile: Profile) -> _Press:
        if css not in self._presses:
            files = {face.path for face in self._book.faces.values()}
            if profile == "print":
                files.add(color_profile())
            fetcher = OnlyOurFiles(files)
            config = Faces()
            # It keeps copies of the faces in a temporary folder; at exit nothing else is sure to remove them.
            atexit.register(config.__del__)
            color_profiles: dict[str, Any] = {}
            with listening() as complaints:
                sheet = weasyprint.CSS(
                    string=css,
                    font_config=config,
                    color_profiles=color_profiles,
                    url_fetcher=fetcher,
                    base_url=BASE_URL,
                )
            kept = functools.lru_cache(maxsize=_KEPT_PLATES)(functools.partial(plate, profile))
            self._presses[css] = _Press(
                sheet,
                complaints,
                config,
                color_profiles,
                fetcher,
                Fonts(self._families, self._subset),
                OrderedDict(),
                kept,
            )
        return self._presses[css]

    def _set(self, press: _Press, rendered: Rendered) -> list[SetPage]:
        """The pages, those that are new set together: a document costs as much as a third of a page."""
        new = [html for html in dict.fromkeys(rendered.pages) if html not in press.pages]
        fresh: dict[str, SetPage] = {}
        images = {url: Image(printed, press.plate_of) for url, printed in rendered.images.items()}
        for batch in (new[i : i + _BATCH] for i in range(0, len(new), _BATCH)):
            with listening() as complaints:
                markup = rendered.html(batch)
                document = parsed(markup, press.fetcher, is_xml=rendered.is_xml).render(
                    stylesheets=[press.css],
                    font_config=press.config,
                    color_profiles=press.color_profiles,
                    cache=dict(images),
                )
            if len(document.pages) != len(batch):
                complaints.append(f"模板排出了 {len(document.pages)} 页，应为 {len(batch)} 页")
            for html, page in zip(batch, document.pages, strict=False):
                fresh[html] = SetPage(page, complaints, press.fonts)
        pages = [found for html in rendered.pages if (found := fresh.get(html) or press.pages.get(html))]
        press.pages.update(fresh)
        for html in rendered.pages:
            if html in press.pages:
                press.pages.move_to_end(html)
        while len(press.pages) > _KEPT_PAGES:
            press.pages.popitem(last=False)
        return pages
