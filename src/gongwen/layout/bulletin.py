"""简报: head 报头, articles 报核, foot 报尾 (practice)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongwen.compose import Run
from gongwen.document import Bulletin, BulletinItem, Distribution, show_date, show_organs
from gongwen.layout.body import body
from gongwen.layout.head import COPY_NUMBER_ROLE, red_mark, spread, title_box
from gongwen.layout.imprint import labelled
from gongwen.layout.pages import Box, Layout, RuleBox, TextBox, centred, ink_placed, moved
from gongwen.layout.setting import Setting
from gongwen.layout.sheets import Sheet, page_of, sheets_of, text_on_first_page
from gongwen.paginate import Block, Solid, tightened
from gongwen.standard import (
    AXIS,
    BLANK_LINE,
    BOTTOM,
    BULLETIN_INDENT,
    BULLETIN_MARK_TOP,
    BULLETIN_RULE_WEIGHT,
    EM,
    EM_4,
    IMPRINT_CLEARANCE,
    IMPRINT_INDENT,
    IMPRINT_LINE,
    IMPRINT_ROW,
    IMPRINT_RULE_THICK,
    LEFT,
    PARAGRAPH_INDENT,
    PITCH,
    RIGHT,
    RULE_BELOW_NUMBER,
    SIZE_3,
    SIZE_4,
    SIZE_BULLETIN_MARK,
    TOP,
    TWO_BLANK_LINES,
    WIDTH,
)

EDITOR_NOTE = "编者按："
CONTENTS = "本期要目"
_LINES_WITH_TITLE = 2


def lay_out(bulletin: Bulletin, setting: Setting) -> Layout:
    """Set a bulletin; nothing is padded to an even page."""
    boxes, rule_bottom = _head(bulletin, setting)
    blocks = [*_opening(bulletin, setting)]
    first_top = rule_bottom + (BLANK_LINE if blocks else TWO_BLANK_LINES)
    for item in bulletin.items:
        blocks += _item(item, setting)
    sheets = sheets_of([(boxes, text_on_first_page(blocks, first_top))])
    if bulletin.distribution is not None:
        _add_foot(sheets, _foot(bulletin.distribution, setting))
    return Layout(tuple(page_of(number, sheet, setting, numbered=True) for number, sheet in enumerate(sheets, 1)))


def _head(bulletin: Bulletin, setting: Setting) -> tuple[list[Box], float]:
    """报头 down to the red rule, and the rule's lower edge (mm). Name, number and rule hang one below the other by their ink."""
    boxes = _corner(bulletin, setting)
    mark = red_mark(bulletin.mark, setting.composer, BULLETIN_MARK_TOP, SIZE_BULLETIN_MARK)
    boxes.append(mark)
    bottom = mark.ink_bottom
    if bulletin.number_text is not None:
        line = setting.composer.line([Run(bulletin.number_text, "fangsong")])
        left = centred(line, size=SIZE_3, axis=AXIS)
        issue = ink_placed("issue", line, left=left, ink_top=bottom + BLANK_LINE, size=SIZE_3)
        boxes.append(issue)
        bottom = issue.ink_bottom
    row = []
    if bulletin.issuer is not None:
        line = setting.composer.line([Run(bulletin.issuer, "fangsong")])
        row.append(TextBox("office", LEFT + BULLETIN_INDENT * EM, 0.0, SIZE_3, EM, (line,)))
    if bulletin.date is not None:
        line = setting.composer.line([Run(show_date(bulletin.date), "fangsong")])
        left = RIGHT - (BULLETIN_INDENT + line.width) * EM
        row.append(TextBox("issue-date", left, 0.0, SIZE_3, EM, (line,)))
    if row:
        top = bottom + BLANK_LINE - min(box.ink_top for box in row)
        boxes += [moved(box, top) for box in row]
        bottom = top + max(box.ink_bottom for box in row)
    rule_top = bottom + RULE_BELOW_NUMBER
    boxes.append(RuleBox("red-rule", LEFT, rule_top, WIDTH, BULLETIN_RULE_WEIGHT, "red"))
    return boxes, rule_top + BULLETIN_RULE_WEIGHT


def _corner(bulletin: Bulletin, setting: Setting) -> list[Box]:
    """密级 and the notice one below the other from the top left, the number of the copy at the top right."""
    boxes: list[Box] = []
    texts = []
    if bulletin.secrecy is not None:
        texts.append(("secrecy", str(bulletin.secrecy) if bulletin.secrecy.period else spread(bulletin.secrecy.level)))
    if bulletin.notice is not None:
        texts.append(("notice", bulletin.notice))
    for row, (role, text) in enumerate(texts):
        line = setting.composer.line([Run(text, "heiti")])
        boxes.append(TextBox(role, LEFT, TOP + row * PITCH, SIZE_3, EM, (line,)))
    if bulletin.copy_number_text is not None:
        line = setting.composer.line([Run(bulletin.copy_number_text, COPY_NUMBER_ROLE)])
        boxes.insert(min(1, len(boxes)), TextBox("serial", RIGHT - line.width * EM, TOP, SIZE_3, EM, (line,)))
    return boxes


def _opening(bulletin: Bulletin, setting: Setting) -> Iterator[Block]:
    """本期要目, made of the titles, and the note on the whole number."""
    if bulletin.contents:
        yield _centred_line("contents-title", CONTENTS, "heiti", setting, keep_next=1)
        left = LEFT + PARAGRAPH_INDENT * EM
        measure = setting.grid.cells - PARAGRAPH_INDENT
        for item in bulletin.items:
            lines = setting.composer.paragraph([Run(item.title.replace("\n", ""), "fangsong")], measure=measure)
            yield Block("contents", lines, left, together=True)
    if bulletin.editor_note is not None:
        yield _editor_note(bulletin.editor_note, setting)


def _item(item: BulletinItem, setting: Setting) -> Iterator[Block]:
    """An article: 空二行, its title, its author, a note on it, its text, and who sent it in."""
    title = replace(title_box(item.title, (), setting.composer, 0.0), role="item-title")
    opening = [Block("item-title", (Solid(title.ink_bottom, (title,)),), LEFT, gap=TWO_BLANK_LINES)]
    if item.byline is not None:
        opening.append(_centred_line("byline", item.byline, "kaiti", setting))
    if item.editor_note is not None:
        opening.append(_editor_note(item.editor_note, setting))
    yield from (replace(block, keep_next=1) for block in opening[:-1])
    yield replace(opening[-1], keep_next=_LINES_WITH_TITLE)
    first, *rest = body(item.body, setting)
    yield replace(first, gap=BLANK_LINE)
    yield from rest
    if item.source is not None:
        line = setting.composer.line([Run(f"（{item.source}）", "fangsong")])
        yield Block("source", (line,), RIGHT - line.width * EM, keep_previous=1)


def _centred_line(role: str, text: str, face: str, setting: Setting, keep_next: int = 0) -> Block:
    line = setting.composer.line([Run(text, face)])
    return Block(role, (line,), centred(line, size=SIZE_3, axis=AXIS), keep_next=keep_next)


def _editor_note(text: str, setting: Setting) -> Block:
    """按语: a paragraph in 楷体 that says what it is."""
    runs = [Run(f"{EDITOR_NOTE}{text}", "kaiti")]
    lines = setting.composer.paragraph(runs, measure=setting.grid.cells, indent=PARAGRAPH_INDENT)
    return Block("editor-note", lines, LEFT, indent=PARAGRAPH_INDENT, gap=BLANK_LINE)


def _foot(distribution: Distribution, setting: Setting) -> list[Box]:
    """报尾: 报, 送 and 发 one below the other, the number of copies at the right, between rules; it ends on the type area's bottom."""
    rows = [
        labelled("distribution", label, show_organs(organs), setting.composer)
        for label, organs in (
            ("报：", distribution.report_to),
            ("送：", distribution.send_to),
            ("发：", distribution.issue_to),
        )
        if organs is not None
    ]
    if distribution.copies is not None:
        line = setting.composer.line([Run(f"（共印{distribution.copies}份）", "fangsong")])
        left = RIGHT - (IMPRINT_INDENT + line.width) * EM_4
        rows.append(TextBox("print-run", left, 0.0, SIZE_4, EM_4, (line,)))
    heights = [IMPRINT_ROW + (len(row.lines) - 1) * IMPRINT_LINE for row in rows]
    top = BOTTOM - sum(heights)
    boxes: list[Box] = [RuleBox("imprint-rule", LEFT, top, WIDTH, IMPRINT_RULE_THICK)]
    for row, height in zip(rows, heights, strict=True):
        boxes.append(moved(row, top + (IMPRINT_ROW - EM_4) / 2))
        top += height
    boxes.append(RuleBox("imprint-rule", LEFT, BOTTOM - IMPRINT_RULE_THICK, WIDTH, IMPRINT_RULE_THICK))
    return boxes


def _add_foot(sheets: list[Sheet], boxes: list[Box]) -> None:
    """报尾 on the bottom of the last page, or of one more page where the last has no room."""
    last = sheets[-1]
    limit = min(box.top for box in boxes) - IMPRINT_CLEARANCE
    if last.flow is not None and last.flow.bottom > limit:
        tight = tightened(last.flow, limit)
        if tight is None:
            sheets.append(Sheet([], None))
        else:
            last.flow = tight
    sheets[-1].below = boxes
