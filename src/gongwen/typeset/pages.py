"""Pages that are set, and what they draw: each is drawn once and put into every later file as it is.

A page draws a content stream, and notes in passing what the file has to bring for it: the glyphs of each face and the text that they
stand for, how opaque inks are, images, and in a tagged file which mark belongs to which box. All that follows from the page alone, so
it can be noted once, apart from any file. A file takes the notes of its pages in their order and comes out as if they had been drawn
into it.
"""

# ruff: noqa: SLF001 - notes are taken from WeasyPrint's streams, which hand out nothing

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

import pydyf  # type: ignore[import-untyped]

from gongwen.fonts import Face
from gongwen.typeset.engine import listening, raw, weasyprint

Cut = Callable[[str, tuple[int, ...]], bytes]
"""Family and glyphs of a face of ours → the font file cut down to them."""


class Font(weasyprint.pdf.fonts.Font):  # type: ignore[misc]  # WeasyPrint has no types
    """A face in a file. Ours are cut down by the book: WeasyPrint cuts each twice, 34 ms against 7 to 13 for nine pages."""

    cut: Cut | None = None
    measured: dict[int, int]
    """Advances of glyphs that some page has asked for, in thousandths of an em."""

    def unused(self) -> Font:
        """The same face with no glyph used yet."""
        other = copy.copy(self)
        other.widths, other.to_unicode, other.missing = {}, {}, {}
        return other

    def use(self, other: Font) -> None:
        """Note the glyphs of another page too; what a glyph stands for where it comes first is what counts."""
        for glyph, text in other.to_unicode.items():
            self.to_unicode.setdefault(glyph, text)
        for glyph, width in other.widths.items():
            self.widths.setdefault(glyph, width)

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's own
        """Leave the used glyphs only."""
        if self.cut is None:
            super().subset(to_unicode, hinting)
        else:
            self.file_content = self.cut(self.family, tuple(sorted(to_unicode)))


class Fonts:
    """Faces as WeasyPrint opens them, which takes it milliseconds: ours are opened once for each size that a page begins with.

    ``faces`` are ours, by their private names.
    """

    def __init__(self, faces: Mapping[str, Face], cut: Cut) -> None:
        self.faces = faces
        self._cut = cut
        self._opened: dict[tuple[int, float], Font] = {}

    def add(self, stream: Any, pango_font: Any) -> tuple[Font, float]:
        """The font of a stream, and its size in px; what `Stream.add_font` of WeasyPrint does."""
        key, description, size = weasyprint.text.fonts.get_pango_font_key(pango_font)
        if key not in stream._fonts:
            font = self._opened.get((key, size)) or Font(pango_font, description, size)
            if font.cut is None and font.family in self.faces:
                font.cut = self._cut
                font.file_content = b""  # megabytes, of which the file gets what is cut
                font.measured = {}
                self._opened[key, size] = font
            stream._fonts[key] = font.unused()
        return stream._fonts[key], size


class _Pad(weasyprint.pdf.stream.Stream):  # type: ignore[misc]  # WeasyPrint has no types
    """A content stream like that of a file, which belongs to none."""

    def __init__(self, like: Any, fonts: Fonts) -> None:
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
        resources["ColorSpace"] = like._resources["ColorSpace"]
        super().__init__(
            fonts={},
            page_rectangle=like.page_rectangle,
            resources=resources,
            images={},
            tags=None if like._tags is None else {},
            color_profiles=like._color_profiles,
            output_intent=like._output_intent,
        )
        self._ctm_stack = [like.ctm]
        self._faces = fonts

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """The font, and its size in px."""
        return self._faces.add(self, pango_font)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What a page draws, and what the file has to bring for it, in the order in which the page asks for it."""

    content: bytes
    fonts: Mapping[int, Font]
    states: Mapping[str, Any]
    images: Mapping[str, Mapping[str, Any]]
    tags: Mapping[Any, Mapping[str, Any]]
    tree: Any

    @classmethod
    def on(cls, pad: _Pad, page_box: Any) -> _Drawing | None:
        """The notes on a pad; None where they hold for one file only: names are numbered there, or glyphs that no face has."""
        resources = pad._resources
        is_plain = (
            not (resources["Pattern"] or resources["Shading"])
            and resources["XObject"].keys() == pad._images.keys()
            and all(name.startswith(("A", "a")) for name in resources["ExtGState"])
            and all(font.cut is not None and not font.missing for font in pad._fonts.values())
        )
        if not is_plain or not (pad._tags is None or all(map(_is_simple, page_box.descendants(placeholders=True)))):
            return None
        tags: dict[Any, Mapping[str, Any]] = {}
        tree = None if pad._tags is None else _tree(page_box, pad._tags, tags)
        return cls(raw(pad), pad._fonts, resources["ExtGState"], pad._images, tags, tree)

    def put(self, stream: Any) -> None:
        """Draw it."""
        if self.content:
            stream.stream.append(self.content)
        for key, font in self.fonts.items():
            if key not in stream._fonts:
                stream._fonts[key] = font.unused()
            stream._fonts[key].use(font)
        for name, state in self.states.items():
            stream._resources["ExtGState"].setdefault(name, state)
        for image in self.images.values():
            for ratio in image["dpi_ratios"]:
                stream.add_image(image["image"], image["interpolate"], ratio)
        if stream._tags is not None:
            stream._tags.update(self.tags)


_SIMPLE: Final = frozenset((None, "html", "body", "section", "div", "h1", "h2", "h3", "h4", "h5", "p", "span", "img"))
"""Elements of which the tags need nothing but their order, their names, and the place of an image."""


def _is_simple(box: Any) -> bool:
    return (None if box.element is None else box.element.tag) in _SIMPLE


def _tree(box: Any, tags: Mapping[Any, Any], copied: dict[Any, Any]) -> Any:
    """The tree of a box as far as tags are built from it; ``copied`` takes the tags of its boxes."""
    if isinstance(box, weasyprint.layout.absolute.AbsolutePlaceholder):
        box = box._box
    copy: Any = object.__new__(type(box))
    if isinstance(box, weasyprint.formatting_structure.boxes.ReplacedBox):
        vars(copy).update((name, value) for name, value in vars(box).items() if isinstance(value, int | float))
    # An element has all that stands in it.
    copy.element = None if box.element is None else ElementTree.Element(box.element.tag, box.element.attrib)
    copy.element_tag = box.element_tag
    copy.children = [_tree(child, tags, copied) for child in box.children]
    if box in tags:
        copied[copy] = tags[box]
    return copy


class SetPage:
    """A page that is set, and what WeasyPrint complained of meanwhile.

    It stands in for WeasyPrint's own page, of which it holds what a file asks for. Once they are drawn, boxes are let go, a megabyte
    and more of a page; what tags are built from is a copy of their tree that has nothing else.
    """

    def __init__(self, page: Any, complaints: list[str], fonts: Fonts) -> None:
        self.complaints = complaints
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.bookmarks, self.links, self.anchors, self.forms = page.bookmarks, page.links, page.anchors, page.forms
        self._page_box = page._page_box
        self._page: Any = page
        self._fonts = fonts
        self._drawing: _Drawing | None = None
        self._may_be_kept = True

    def paint(self, stream: Any, scale: float) -> None:
        """Put the page into a file; ``scale`` is that of every file."""
        if self._drawing is None and self._may_be_kept:
            self._draw(stream, scale)
        if self._drawing is None:
            stream.add_font = lambda pango_font: self._fonts.add(stream, pango_font)
            self._page.paint(stream, scale)
        else:
            self._drawing.put(stream)

    def _draw(self, like: Any, scale: float) -> None:
        pad = _Pad(like, self._fonts)
        with listening() as complaints:
            self._page.paint(pad, scale)
        # What it complains of while it draws has to be heard of each file.
        self._drawing = None if complaints else _Drawing.on(pad, self._page_box)
        self._may_be_kept = self._drawing is not None
        if self._drawing is not None:
            self._page = None
            self._page_box = self._drawing.tree
