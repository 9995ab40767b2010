"""图: an image, or the frame of one that is not there yet, centred, with its caption below it (practice)."""

from __future__ import annotations

import math

from gongwen.compose import Line, Run
from gongwen.document import Figure
from gongwen.layout.pages import Box, FrameBox, ImageBox, TextBox, centred_lines
from gongwen.layout.setting import Setting
from gongwen.paginate import Block, Solid
from gongwen.standard import (
    AXIS,
    EM_4,
    FIGURE_CAPTION_PITCH,
    FIGURE_FRAME_WEIGHT,
    FIGURE_GAP,
    HEIGHT,
    LEFT,
    SIZE_4,
    WIDTH,
)

_CAPTION_CELLS = int(WIDTH / EM_4)
_ALT = "图"
"""What an image without a caption is called."""
_LOWEST = 10.0
"""Millimetres that the image keeps above a caption that fills the page."""


def figure(block: Figure, setting: Setting) -> Block:
    """The figure as one piece of the flow, as high as whole lines of the grid, so that the text below it stands on the grid."""
    lines = (
        ()
        if block.caption is None
        else setting.composer.paragraph([Run(block.caption, "fangsong")], measure=_CAPTION_CELLS)
    )
    below = FIGURE_GAP + (len(lines) - 1) * FIGURE_CAPTION_PITCH + EM_4 if lines else 0.0
    width, height = _size(block, setting, max(HEIGHT - below, _LOWEST))
    grid = setting.grid
    rows = 1 + max(0, math.ceil((height + below - grid.em) / grid.pitch - _EPSILON))
    whole = (rows - 1) * grid.pitch + grid.em
    top = (whole - height - below) / 2
    left = AXIS - width / 2
    image: Box
    if block.is_reserved:
        image = FrameBox("figure", left, top, width, height, FIGURE_FRAME_WEIGHT)
    else:
        image = ImageBox("figure", left, top, width, height, block.figure, (block.caption or _ALT).replace("\n", ""))
    boxes = (image, *_caption(lines, top + height + FIGURE_GAP))
    return Block("figure", (Solid(whole, boxes),), LEFT)


_EPSILON = 1e-6


def _size(block: Figure, setting: Setting, highest: float) -> tuple[float, float]:
    """Width and height (mm): as the draft or the image says, and no larger than the type area with the caption."""
    if block.width is not None and block.height is not None:
        width, height = block.width, block.height
    else:
        picture = setting.pictures[block.figure]
        width = block.width or picture.width
        height = width * picture.height / picture.width
    scale = min(1.0, WIDTH / width, highest / height)
    return width * scale, height * scale


def _caption(lines: tuple[Line, ...], top: float) -> tuple[TextBox, ...]:
    """The lines of the caption, each centred by its ink."""
    if not lines:
        return ()
    left, shifted = centred_lines(lines, size=SIZE_4, axis=AXIS)
    return (TextBox("figure-caption", left, top, SIZE_4, FIGURE_CAPTION_PITCH, shifted),)
