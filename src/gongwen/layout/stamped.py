"""The titles and stamps of the persons who sign, with 成文日期 (clause 7.3.5.3, FIG 12)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Run
from gongwen.document import Document, Signatory, show_date
from gongwen.layout.pages import Box, ImageBox, TextBox
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, Solid
from gongwen.standard import (
    BLANK_LINE,
    EM,
    LEFT,
    LINES_WITH_SIGNATURE,
    PITCH,
    RIGHT,
    SIZE_3,
    STAMP_CELLS,
    STAMP_HEIGHT,
    STAMP_INDENT,
    STAMP_TITLE_GAP,
    STAMP_WIDTH,
    TWO_BLANK_LINES,
)

_EDGE = RIGHT - STAMP_INDENT * EM


def stamped(document: Document, setting: Setting) -> Iterator[Block]:
    """One row for each person, 空二行 below the text: stamps end four cells inside the right edge, titles begin on one line.

    Two cells part the longest title from the widest stamp. The date stands 空一行 below, its end under that of the stamps.
    """
    titles = [setting.composer.line([Run(one.title or one.organ or "", "fangsong")]) for one in document.signatories]
    sizes = [_size(one, setting) for one in document.signatories]
    widest = max(width for width, _ in sizes)
    left = _EDGE - widest - (STAMP_TITLE_GAP + max(title.width for title in titles)) * EM
    rows = []
    for number, (one, title, (width, height)) in enumerate(zip(document.signatories, titles, sizes, strict=True)):
        boxes: list[Box] = [TextBox("signature", left, (height - EM) / 2, SIZE_3, EM, (title,))]
        if one.stamp in setting.pictures:
            boxes.append(ImageBox("stamp", _EDGE - width, 0.0, width, height, one.stamp or "", f"{title.text}签名章"))
        leading = 0.0 if number == len(titles) - 1 else PITCH - EM
        rows.append(Solid(height + leading, tuple(boxes)))
    yield Block("signature", tuple(rows), LEFT, gap=TWO_BLANK_LINES, keep_previous=LINES_WITH_SIGNATURE, together=True)
    if document.date is not None:
        date = setting.composer.line([Run(show_date(document.date), "fangsong")])
        yield Block("date", (date,), _EDGE - date.width * EM, gap=BLANK_LINE, keep_previous=1)


def _size(one: Signatory, setting: Setting) -> tuple[float, float]:
    """Width and height of a stamp in mm: as high as stamps are, less where it would be too long; of one set by hand, its place."""
    picture = None if one.stamp is None else setting.pictures.get(one.stamp)
    if picture is None:
        return STAMP_CELLS * EM, STAMP_HEIGHT
    width = picture.width / picture.height * STAMP_HEIGHT
    return (width, STAMP_HEIGHT) if width <= STAMP_WIDTH else (STAMP_WIDTH, STAMP_HEIGHT * STAMP_WIDTH / width)
