"""The pages of a draft for a browser: the very HTML that is set, with the same faces, in the colours of a screen."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gongwen import plates
from gongwen.compiler import Checked, Compiler
from gongwen.fonts import FontBook
from gongwen.render import Printed, Rendered
from gongwen.standard import BOLD_STROKE

FACES = "faces"
PICTURES = "pictures"
"""The folders, beside each other, that faces and images of a draft are asked for in."""
_SHARP = 192 / 600
"""Pixels of a screen for each of a drawing in print."""
_RASTERS = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"))


class Content(NamedTuple):
    """The content of a file, and what it is."""

    type: str
    data: bytes


@dataclass(frozen=True)
class Preview:
    """Pages, the HTML before and after them, their stylesheet; images and faces by the names that pages and stylesheet call them."""

    pages: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    css: str = ""
    pictures: Mapping[str, Content] = field(default_factory=dict)
    faces: Mapping[str, Path] = field(default_factory=dict)

    @property
    def frame(self) -> tuple[str, str, str]:
        """All that is not pages."""
        return self.before, self.after, self.css


def preview(compiler: Compiler, checked: Checked) -> Preview | None:
    """The pages of a draft and of its attachments that are not bound; None where it has no layout.

    The colours are those of the archive, since browsers know no inks. Raises `render.TemplateError`.
    """
    parts = list(_rendered(compiler, checked))
    if not parts:
        return None
    book = compiler.book(checked.project)
    faces = {_name_of(face.path): face.path for face in book.faces.values()}
    pictures: dict[str, Content] = {}
    pages: list[str] = []
    for part in parts:
        found = {url: (printed.name, _content(printed)) for url, printed in part.images.items()}
        pictures |= dict(found.values())
        for page in part.pages:
            html = page
            for url, (name, _) in found.items():
                html = html.replace(url, f"{PICTURES}/{name}")
            pages.append(html)
    first = parts[0]
    return Preview(tuple(pages), first.before, first.after, _css(first.css, book), pictures, faces)


def _rendered(compiler: Compiler, checked: Checked) -> Iterator[Rendered]:
    if checked.document is not None and checked.layout is not None:
        yield compiler.render(checked, checked.document, checked.layout, "archive")
        for one in checked.separate:
            yield compiler.render(checked, one.attachment, one.layout, "archive")


def _css(css: str, book: FontBook) -> str:
    """The stylesheet with the addresses of faces, and strokes for heavier cuts: these are made when a PDF is."""
    for face in book.faces.values():
        css = css.replace(face.path.as_uri(), f"{FACES}/{_name_of(face.path)}")
    return (
        f"{css}\n[style*=font-family] {{ -webkit-text-stroke: 0; }}\n"
        f"""[style*="-bold'"] {{ -webkit-text-stroke: {BOLD_STROKE}em; }}\n"""
    )


def _name_of(path: Path) -> str:
    return hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:16] + path.suffix


def _content(printed: Printed) -> Content:
    """An image as a browser can show it: a page of a PDF becomes pixels."""
    picture = printed.picture
    if picture.form == "svg":
        return Content("image/svg+xml", picture.data)
    if picture.form == "pdf":
        width, height = (max(1, round(side * _SHARP)) for side in printed.pixels)
        return Content("image/png", _drawn(picture.data, picture.page, (width, height)))
    return Content(next(kind for start, kind in _RASTERS if picture.data.startswith(start)), picture.data)


@functools.lru_cache(maxsize=16)
def _drawn(pdf: bytes, page: int, size: tuple[int, int]) -> bytes:
    return plates.as_png(pdf, page, size)
