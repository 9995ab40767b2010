"""Rules of lines as the layout sets them: the shape of a title, the last line of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.authority import ADVICE, PRACTICE, should
from gongwen.compose import NOT_AT_START
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Document, Draft
from gongwen.layout import Layout
from gongwen.layout.title import is_hourglass
from gongwen.rules.registry import on_layout
from gongwen.rules.texts import texts_of

TITLE_SHAPE = Check(
    "GW606",
    "title-shape",
    should("GB/T 9704 7.3.1"),
    what="多行的标题排成梯形或者菱形。",
    why="标准要求标题排列对称、长短适宜，使用梯形或者菱形；中间短、两头长和各行一样长的都不好看。",
    wrong="""\
title: |
  云州市总工会关于开展
  夏送清凉
  活动和冬送温暖活动的通知""",
    right="""\
title: |
  云州市总工会
  关于开展夏送清凉活动和
  冬送温暖活动的通知""",
)
TITLE_LINE_TOO_LONG = Check(
    "GW607",
    "title-line-too-long",
    PRACTICE,
    what="标题自己分行的，每行不超过20字。",
    why="版心宽156毫米，2号字一行最多20字；更长的一行由程序再分，行数和形状就不是所写的了。",
    wrong="""\
title: |
  云州市总工会关于在全市开展夏送清凉活动和冬送温暖活动有关
  事项的补充通知""",
    right="""\
title: |
  云州市总工会
  关于在全市开展夏送清凉活动
  有关事项的补充通知""",
)
STRAY_CHARACTER = Check(
    "GW608",
    "stray-character",
    ADVICE,
    what="段末一行不止一个字。",
    why="一个字占一行，不好看也多占版面；程序已经尽量避免，剩下的要增删文字。",
    wrong="# 自然段的最后一行只有一个字和一个句号",
    right="# 删去两个字，使最后一行并入上一行；或者增加几个字",
)

STRAY_LINE = Check(
    "GW611",
    "stray-line",
    ADVICE,
    what="一页不以上一段的几个字开头。",
    why="段末几个字单独落在下一页第一行，读起来断了，也不好看；标准没有规定，要避开只能增删文字。",
    wrong="# 一段的最后一行“调方案。”落在第4页第一行",
    right="# 删去四个字，使这一行并入上一页；或者增加几个字",
)

_FEW_CHARACTERS: Final = 5
"""Of a last line that a page begins with: a longer one is easily read."""
_PARAGRAPHS: Final = ("paragraph", "run-in")
_SAME: Final = 0.5
"""Cells by which the lines of a rectangle differ at most."""


@on_layout(TITLE_SHAPE, TITLE_LINE_TOO_LONG)
def titles(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-05, B-06: a title of several lines is a trapezium or a lozenge, and keeps the lines that the draft gives it."""
    given = {(role, _bare(_value(draft, path))): path for role, path in _titles(draft)}
    for page in layout.pages:
        for box in page.texts:
            if (path := given.get((box.role, _bare(box.text)))) is not None:
                value = _value(draft, path)
                own = [line for line in map(str.strip, value.split("\n")) if line]
                if 1 < len(own) < len(box.lines):
                    longest = max(own, key=len)
                    yield Finding(
                        TITLE_LINE_TOO_LONG,
                        f"标题里自己分的一行有{len(longest)}个字，排不下，又分成两行",
                        path,
                        hint=f"每行不超过{int(layout.grid.title_cells)}字；或者写成一行，由程序分行",
                        offset=value.index(longest),
                        length=len(longest),
                        page=page.number,
                    )
                elif fault := _fault([line.right - line.left for line in box.lines], is_own=len(own) > 1):
                    yield Finding(
                        TITLE_SHAPE,
                        f"标题的{len(box.lines)}行{fault}",
                        path,
                        hint="换几处分行，排成梯形或者菱形" if len(own) > 1 else "增删标题的文字，或者自己分行",
                        offset=0,
                        length=len(value),
                        page=page.number,
                    )


def _titles(draft: Draft) -> Iterator[tuple[str, DataPath]]:
    """The titles whose shape is judged: role of the box, path. Names of several organs one below the other have no shape of their own."""
    if isinstance(draft, Document):
        if draft.title is not None and len(draft.issuer) == 1:
            yield "title", ("title",)
        if draft.issued is not None:
            yield "issued-title", ("issued", "title")
        for index in range(len(draft.attachments)):
            yield "attachment-title", ("attachments", index, "title")


def _bare(text: str) -> str:
    return "".join(text.split())


def _value(draft: Draft, path: DataPath) -> str:
    value: object = draft
    for step in path:
        value = value[step] if isinstance(step, int) and isinstance(value, tuple) else getattr(value, str(step))
    return str(value)


def _fault(widths: Sequence[float], *, is_own: bool) -> str | None:
    """What is wrong with the shape of lines so many cells wide; a rectangle only where the draft has made it."""
    if is_hourglass(widths):
        return "中间短、两头长"
    if is_own and len(widths) > 1 and max(widths) - min(widths) < _SAME:
        return "一样长"
    return None


@on_layout(STRAY_CHARACTER, STRAY_LINE)
def last_lines(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """P-19: a last line of one character and its mark, where composition could not avoid it; one of few that a page begins with."""
    for page in layout.pages:
        for number, box in enumerate(page.texts):
            last = box.lines[-1].text.strip()
            is_alone = len(box.lines) == 1
            if not box.role.startswith(_PARAGRAPHS) or (is_alone and box.indent):
                continue
            if len(last) == 1 or (len(last) == len("会。") and last[1] in NOT_AT_START):
                check, message = STRAY_CHARACTER, f"第{page.number}页有一段的最后一行只有“{last}”"
            elif number == 0 and is_alone and len(last) <= _FEW_CHARACTERS:
                check, message = STRAY_LINE, f"第{page.number}页以上一段的最后一行“{last}”开头"
            else:
                continue
            hint = f"删去这一段的{len(last)}个字，或者增加几个字"
            yield Finding(check, message, _paragraph(draft, box.text), hint=hint, page=page.number)


def _paragraph(draft: Draft, text: str) -> DataPath:
    """The paragraph that a box shows the end of; the body where none fits."""
    shown = _bare(text)
    given = [(one.path, _bare(one.text)) for one in texts_of(draft) if one.sort == "paragraph"]
    fitting = [(path, whole) for path, whole in given if whole.endswith(shown) or shown.endswith(whole)]
    return max(fitting, key=lambda one: len(one[1]), default=(("body",), ""))[0]
