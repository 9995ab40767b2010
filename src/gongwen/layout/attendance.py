"""出席、请假、列席 of minutes: a label, and the people hanging beside it (clause 10.3)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Run
from gongwen.document import ATTENDANCE, Delegation, Document, wholes
from gongwen.layout.setting import Setting
from gongwen.paginate import Block
from gongwen.standard import ATTENDANCE_INDENT, BLANK_LINE, CELLS, EM, LEFT, LINES_WITH_SIGNATURE

_LINES_THAT_BEGIN = 2
"""A list that goes on overleaf has two lines on the page where it begins."""


def attendance(document: Document, setting: Setting) -> Iterator[Block]:
    """The first list 空一行 below what stands above, the others on the next line each, two cells in.

    The label is in 黑体; further lines start under the first character after its colon, one for each unit. No name is split.
    """
    for number, (field, people) in enumerate(document.attendance.items()):
        label = setting.composer.line([Run(ATTENDANCE[field], "heiti"), Run("：", "fangsong")])
        hang = ATTENDANCE_INDENT + label.width
        text = "\n".join(_filled(one, CELLS - hang, setting) for one in people)
        first, *rest = setting.composer.paragraph([Run(text, "fangsong")], measure=CELLS - hang)
        yield Block(
            "attendance",
            (label.followed_by(first), *rest),
            LEFT + hang * EM,
            indent=-label.width,
            gap=None if number else BLANK_LINE,
            keep_previous=0 if number else LINES_WITH_SIGNATURE,
            keep_first=_LINES_THAT_BEGIN,
        )


def _filled(one: Delegation, measure: float, setting: Setting) -> str:
    """The people of one unit in lines of at most ``measure`` cells; only what is wider by itself is left to be broken."""
    lines = [""]
    for part in wholes(one):
        if lines[-1] and setting.composer.line([Run(lines[-1] + part, "fangsong")]).width > measure:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)
