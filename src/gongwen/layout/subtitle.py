"""题注: when and by whom a text was passed, in brackets below its title (practice)."""

from __future__ import annotations

from typing import Final

from gongwen.compose import Composer, Run
from gongwen.layout.pages import TextBox, centred_lines
from gongwen.layout.title import balanced_lines
from gongwen.standard import AXIS, BLANK_LINE, PITCH, SIZE_3, SUBTITLE_GAP

SUBTITLE_FACE: Final = "kaiti"
"""Role of its face: 3号楷体 (practice)."""


def titled(title: TextBox, subtitle: str | None, composer: Composer, axis: float = AXIS) -> tuple[list[TextBox], float]:
    """The title, its 题注 on the next line where it has one, and the upper edge (mm) of the text 空一行 below."""
    if subtitle is None:
        return [title], title.ink_bottom + BLANK_LINE
    found = balanced_lines(composer, Run(f"（{subtitle}）", SUBTITLE_FACE))
    left, lines = centred_lines(found, size=SIZE_3, axis=axis)
    role = title.role.removesuffix("title") + "subtitle"
    box = TextBox(role, left, title.ink_bottom + SUBTITLE_GAP, SIZE_3, PITCH, lines)
    return [title, box], box.ink_bottom + BLANK_LINE
