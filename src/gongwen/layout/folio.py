"""Page numbers: — 1 — below the type area, right on odd and left on even pages (clause 7.5), or where the unit puts them."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.fonts import ASCENT
from gongwen.layout.pages import TextBox
from gongwen.layout.setting import Setting
from gongwen.standard import AXIS, EM_4, FOLIO_DASH, FOLIO_INDENT, LEFT, RIGHT, SIZE_4


def folio(number: int, setting: Setting) -> TextBox:
    """The page number; the centre line of its dashes lies 7 mm below the type area."""
    line = setting.composer.line([Run(f"— {number} —", "songti")])
    dash = setting.composer.line([Run("—", "songti")])
    baseline = FOLIO_DASH + (dash.top + dash.bottom) / 2 * EM_4
    indent = FOLIO_INDENT * EM_4
    if setting.house.page_number == "middle":
        left = AXIS - line.width / 2 * EM_4
    else:
        left = RIGHT - indent - line.width * EM_4 if number % 2 else LEFT + indent
    return TextBox("folio", left, baseline - ASCENT * EM_4, SIZE_4, EM_4, (line,))
