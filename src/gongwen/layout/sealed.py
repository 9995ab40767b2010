"""署名 and 成文日期 under seals (clause 7.3.5.1, FIG 5, 7, 8).

A row of seals is one piece of the flow as high as its seals, so that no page's end, no text and no imprint can meet a seal; a seal
that is set by hand later has the same place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gongwen.compose import Line, Run
from gongwen.document import Document, show_date
from gongwen.layout.pages import Box, ImageBox, TextBox, centred
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, Solid
from gongwen.standard import (
    EM,
    HEIGHT,
    LEFT,
    LINES_WITH_SIGNATURE,
    PITCH,
    RIGHT,
    SEAL_BELOW_TEXT,
    SEAL_DIAMETER,
    SEAL_DROP,
    SEAL_GAP,
    SEAL_GAP_LEAST,
    SEALED_INDENT,
    SEALS_PER_ROW,
    SIZE_3,
    WIDTH,
)


@dataclass(frozen=True, slots=True)
class _Seal:
    """A name with the seal over it; ``picture`` is None where nothing is drawn. ``width`` is that of the name (mm)."""

    name: Line
    diameter: float
    picture: str | None

    @property
    def width(self) -> float:
        return self.name.width * EM


@dataclass(frozen=True, slots=True)
class _Columns:
    """How seals are ranged: how many stand in a row, from axis to axis, and the axis of the last one (mm)."""

    count: int
    pitch: float
    last: float

    def axes(self, count: int) -> list[float]:
        """The axes of a row of some seals, which ends in the last column: there stands the date."""
        return [self.last - self.pitch * back for back in reversed(range(count))]


def sealed(document: Document, setting: Setting) -> Block:
    """Names in rows in the order of the organs, each centred under its own seal; the last seal also lies over the date.

    Names lie somewhat below the centres of their seals, the date one line further down, four cells inside the right edge. Where
    seals side by side, or a long name, leave it less room than that, the date moves with the name above it. The rows stay on one
    page if a page can hold them.
    """
    seals = [
        _Seal(
            setting.composer.line([Run(one.organ or "", "fangsong")]),
            one.diameter or SEAL_DIAMETER,
            one.seal if one.seal in setting.pictures else None,
        )
        for one in document.signatories
    ]
    date = None if document.date is None else setting.composer.line([Run(show_date(document.date), "fangsong")])
    columns = _columns(seals, _axis(date or seals[-1].name))
    drop = SEAL_DROP * min(seal.diameter for seal in seals) - PITCH
    rows = [seals[start : start + columns.count] for start in range(0, len(seals), columns.count)]
    solids = (
        *(_row(row, columns, drop, SEAL_GAP) for row in rows[:-1]),
        _row(rows[-1], columns, drop, 0.0, date),
    )
    room = HEIGHT - SEAL_BELOW_TEXT - (LINES_WITH_SIGNATURE - 1) * PITCH - EM
    return Block(
        "signature",
        solids,
        LEFT,
        gap=SEAL_BELOW_TEXT,
        keep_previous=LINES_WITH_SIGNATURE,
        together=sum(solid.height for solid in solids) <= room,
    )


def _axis(line: Line) -> float:
    """The middle of the ink (mm) of a line that ends four cells inside the right edge."""
    return RIGHT - SEALED_INDENT * EM + ((line.left + line.right) / 2 - line.width) * EM


def _columns(seals: Sequence[_Seal], last: float) -> _Columns:
    """As many columns as the type area's width takes, the last one on the axis ``last`` (mm) or as near to it as there is room."""
    half = max(max(seal.diameter, seal.width) for seal in seals) / 2
    widest = max(seal.diameter for seal in seals)
    names = max(seal.width for seal in seals) + EM
    least = max(widest + SEAL_GAP_LEAST, names)
    fitting = next((n for n in range(SEALS_PER_ROW, 1, -1) if (n - 1) * least + 2 * half <= WIDTH), 1)
    count = math.ceil(len(seals) / math.ceil(len(seals) / fitting))
    last = min(last, RIGHT - half)
    room = (last - half - LEFT) / (count - 1) if count > 1 else 0.0
    pitch = max(least, min(room, max(widest + SEAL_GAP, names)))
    return _Columns(count, pitch, max(last, LEFT + half + (count - 1) * pitch))


def _row(seals: Sequence[_Seal], columns: _Columns, drop: float, below: float, date: Line | None = None) -> Solid:
    """A row of seals, all centres on one line, the middles of the names ``drop`` (mm) below it, the date under the last name."""
    axes = columns.axes(len(seals))
    centre = max(seal.diameter for seal in seals) / 2
    boxes: list[Box] = [
        _text("signature", seal.name, axis, centre + drop) for seal, axis in zip(seals, axes, strict=True)
    ]
    if date is not None:
        boxes.append(_text("date", date, columns.last, centre + drop + PITCH))
    bottom = max(2 * centre, *(box.bottom for box in boxes if isinstance(box, TextBox)))
    # After the text, because a seal lies over it.
    boxes += [
        ImageBox(
            "seal",
            axis - seal.diameter / 2,
            centre - seal.diameter / 2,
            seal.diameter,
            seal.diameter,
            picture,
            f"{seal.name.text}印章",
        )
        for seal, axis in zip(seals, axes, strict=True)
        if (picture := seal.picture) is not None
    ]
    return Solid(bottom + below, tuple(boxes))


def _text(role: str, line: Line, axis: float, middle: float) -> TextBox:
    """A line with the middle of its ink on an axis, and that of its em box at a height (mm)."""
    return TextBox(role, centred(line, size=SIZE_3, axis=axis), middle - EM / 2, SIZE_3, EM, (line,))
