"""Rendering: layout → HTML, one element per page, through Jinja2.

Pages are rendered one by one so that a page that did not change need not be set again. Templates escape everything, an unknown
variable is an error, and templates that a project brings run in a sandbox.
"""

from __future__ import annotations

import datetime
import functools
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import jinja2
import jinja2.sandbox

from gongwen import __version__, resources, standard
from gongwen.compose import Piece
from gongwen.document import Draft
from gongwen.fonts import ASCENT, DESCENT, FontBook
from gongwen.layout import FrameBox, ImageBox, Layout, Page, RuleBox, TextBox, TurnedBox
from gongwen.options import Profile
from gongwen.pictures import Picture, Pictures

_TAGS: Final[Mapping[str, str]] = {
    "title": "h1",
    "item-title": "h1",
    "heading-1": "h2",
    "heading-2": "h3",
    "heading-3": "h4",
    "heading-4": "h5",
    "heading-chapter": "h3",
    "heading-section": "h4",
    "attachment-title": "h2",
    "issued-title": "h2",
}
"""Role of a box → its HTML element; all others are paragraphs."""


_NUMBERS: Final = {name: value for name, value in vars(standard).items() if name.isupper() and isinstance(value, float)}
"""What a template may know of the standard: its lengths and sizes."""


_KEPT_PAGES: Final = 64

_PAGES: Final = "\ue000"
"""What a frame is rendered with in place of the pages: a character of no meaning, which no escaping changes."""


class TemplateError(Exception):
    """A template of the project cannot be used; ``file`` and ``line`` say where."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself. ``date`` is an ISO date: of the document, never of the clock."""

    title: str
    issuer: str
    number: str
    date: str
    generator: str = f"gongwen {__version__}"

    @classmethod
    def of(cls, draft: Draft, fallback: datetime.date) -> Metadata:
        """The metadata of a draft; ``fallback`` stands in for a date that the draft does not give."""
        return cls(
            title=draft.heading_text,
            issuer="、".join(draft.authors),
            number=draft.number_text or "",
            date=(draft.dated or fallback).isoformat(),
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """An image as a page shows it: with how many pixels across and down."""

    picture: Picture
    pixels: tuple[int, int]

    @property
    def name(self) -> str:
        """What tells it from others: it follows from the content, so that a page with another image is another page."""
        return f"{self.picture.digest}-{self.pixels[0]}x{self.pixels[1]}"

    @property
    def url(self) -> str:
        """What a page calls it by; nothing is fetched from there."""
        return f"picture:{self.name}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML of every page, the HTML that stands before and after pages, and the stylesheet that they share.

    ``images`` are those that the pages call by a URL. ``is_xml`` says that the HTML is XML as well, as that of our templates is.
    """

    pages: tuple[str, ...]
    before: str
    after: str
    css: str
    metadata: Metadata
    images: Mapping[str, Printed] = field(default_factory=dict)
    is_xml: bool = False

    def html(self, pages: Iterable[str] | None = None) -> str:
        """A document of some of the pages, by default of all."""
        return self.before + "".join(self.pages if pages is None else pages) + self.after


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a profile as CSS, and the colour profile they need."""

    black: str
    red: str
    watermark: str
    profile: str | None


def _cmyk(parts: tuple[float, float, float, float]) -> str:
    return f"device-cmyk({' '.join(f'{part:g}' for part in parts)})"


def color_profile() -> Path:
    """The CMYK profile of the print profile's output intent."""
    return resources.templates() / "color" / "FOGRA39L_coated.icc"


def colours(profile: Profile) -> Colours:
    """Press inks for print (clause 6.2: red is Y 80 % and M 80 %, black is K alone), sRGB for the archive."""
    if profile == "print":
        return Colours(
            _cmyk(standard.BLACK_CMYK), _cmyk(standard.RED_CMYK), _cmyk((0, 0, 0, 0.12)), color_profile().as_uri()
        )
    return Colours(standard.BLACK_RGB, standard.RED_RGB, "#E0E0E0", None)


def render(
    layout: Layout, metadata: Metadata, book: FontBook, profile: Profile = "print", templates: Path | None = None
) -> Rendered:
    """Render a layout. ``templates`` is a project's own folder, whose files take the place of ours of the same name.

    Raises TemplateError for a fault in a project's template.
    """
    names = () if templates is None else tuple(sorted(str(path) for path in templates.rglob("*")))
    environment = _environment(templates, names)
    try:
        style = environment.get_template("style.css.j2")
        css = style.render(
            faces=[{"family": face.family, "url": face.path.as_uri()} for face in book.faces.values()],
            colours=colours(profile),
            standard=_NUMBERS,
        )
        page = environment.get_template("page.html.j2")
        images = _images(layout)
        urls = {box: image.url for box, image in images.items()}
        # What a project's page shows may stand in files that it includes, which change.
        drawn = _page if templates is None else _page.__wrapped__
        pages = tuple(
            drawn(page, one, metadata, tuple(_called(one, urls)), is_sample=layout.is_sample) for one in layout.pages
        )
        frame = environment.get_template("document.html.j2").render(pages=_PAGES, meta=metadata)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(error.filename or error.name or "", error.lineno, error.message or "") from error
    except Exception as error:
        if templates is None:
            raise
        raise TemplateError(*_place(error, templates), str(error)) from error
    before, place, after = frame.partition(_PAGES)
    if not place and templates is not None:
        raise TemplateError(str(templates / "document.html.j2"), None, "没有 {{ pages }}，各页无处可放")
    called = {urls[box]: image for box, image in images.items()}
    return Rendered(pages, before, after, css, metadata, called, templates is None)


@functools.lru_cache(maxsize=_KEPT_PAGES)
def _page(
    template: jinja2.Template,
    page: Page,
    metadata: Metadata,
    urls: tuple[tuple[ImageBox, str], ...],
    *,
    is_sample: bool,
) -> str:
    """The HTML of a page: after an edit most pages are the same."""
    return template.render(page=page, meta=metadata, is_sample=is_sample, urls=dict(urls))


def _called(page: Page, urls: Mapping[ImageBox, str]) -> Iterator[tuple[ImageBox, str]]:
    """The images of a page and what it calls them."""
    for box in page.boxes:
        if isinstance(box, ImageBox):
            yield box, urls[box]


def _images(layout: Layout) -> dict[ImageBox, Printed]:
    boxes = [box for page in layout.pages for box in page.boxes if isinstance(box, ImageBox)]
    return {box: _printed(box, layout.pictures) for box in boxes}


def _printed(box: ImageBox, pictures: Pictures) -> Printed:
    picture = pictures[box.picture]
    return Printed(picture, picture.pixels_at(box.width, box.height))


def _place(error: Exception, templates: Path) -> tuple[str, int | None]:
    """File and line of the template in which an error struck: Jinja2 writes them into the traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return (frames[-1].filename, frames[-1].lineno) if frames else (str(templates), None)


@functools.lru_cache(maxsize=8)
def _environment(templates: Path | None, _names: tuple[str, ...]) -> jinja2.Environment:
    """The templates of a project, by the names of its own: one that is new takes the place of one that has been read."""
    ours = resources.templates()
    folders = [str(ours)] if templates is None else [str(templates), str(ours)]
    kind = jinja2.Environment if templates is None else jinja2.sandbox.ImmutableSandboxedEnvironment
    environment = kind(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default_for_string=True, default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(
        tag=lambda role: _TAGS.get(role, "p"),
        main_face=_main_face,
        text_style=_text_style,
        piece_style=_piece_style,
        rule_style=_rule_style,
        area_style=_area_style,
        turned_style=_turned_style,
    )
    return environment


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _main_face(box: TextBox) -> str:
    """The face of most of a box's characters: the box takes it, and only the others need a span."""
    if len(box.lines) == 1 and len(box.lines[0].pieces) == 1:
        return box.lines[0].pieces[0].face
    counts: Counter[str] = Counter()
    for line in box.lines:
        for piece in line.pieces:
            counts[piece.face] += len(piece.text)
    return counts.most_common(1)[0][0]


def _text_style(box: TextBox, face: str) -> str:
    """Place and size of a text box. A line box is ``pitch`` high and its em box stands in its middle, so it starts above it."""
    middle = (ASCENT + DESCENT) / 2 * box.em
    top = box.top + middle - box.pitch / 2
    style = (
        f"left:{_number(box.left)}mm;top:{_number(top)}mm;font-size:{_number(box.size)}pt;"
        f"line-height:{_number(box.pitch)}mm;font-family:'gongwen {face}'"
    )
    return f"{style};text-indent:{_number(box.indent)}em" if box.indent else style


def _piece_style(piece: Piece, face: str, shift: float) -> str:
    """What a piece of a line needs beyond its box: another face, tracking, a feature, a shift of the line's start."""
    style = []
    if piece.face != face:
        style.append(f"font-family:'gongwen {piece.face}'")
    if piece.tracking:
        style.append(f"letter-spacing:{_number(piece.tracking)}em")
    if piece.feature:
        style.append(f"font-feature-settings:'{piece.feature}'")
    if shift:
        style.append(f"margin-left:{_number(shift)}em")
    return ";".join(style)


def _rule_style(box: RuleBox) -> str:
    width, height = (box.weight, box.width) if box.vertical else (box.width, box.weight)
    return f"left:{_number(box.left)}mm;top:{_number(box.top)}mm;width:{_number(width)}mm;height:{_number(height)}mm"


def _area_style(box: ImageBox | FrameBox) -> str:
    """Place and outer size of an image or a frame, and the weight of the frame."""
    style = (
        f"left:{_number(box.left)}mm;top:{_number(box.top)}mm;"
        f"width:{_number(box.width)}mm;height:{_number(box.height)}mm"
    )
    return f"{style};border-width:{_number(box.weight)}mm" if isinstance(box, FrameBox) else style


def _turned_style(box: TurnedBox) -> str:
    """Place and size of a frame, turned about its upper left corner and moved down so that this is the lower left one.

    It lies on the page before it is turned as well: what is placed below a page is cut up.
    """
    return (
        f"left:{_number(box.left)}mm;top:{_number(box.top)}mm;width:{_number(box.height)}mm;height:{_number(box.width)}mm;"
        f"transform:translateY({_number(box.height)}mm) rotate(-90deg)"
    )
