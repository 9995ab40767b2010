"""版头 and the title: from the copy number down to where the text begins (clauses 7.2, 7.3.1).

The mark, the number, the rule and the title hang one below the other, each measured from the ink of the one above it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gongwen.compose import Composer, Line, Run
from gongwen.document import Document, organ_names
from gongwen.grid import GRID, Grid
from gongwen.layout.pages import Box, RuleBox, TextBox, centred, centred_lines, ink_placed
from gongwen.layout.subtitle import titled
from gongwen.layout.title import title_lines
from gongwen.standard import (
    AXIS,
    EM,
    JOINT_MARK_GAP,
    JOINT_MARK_HEIGHT,
    JOINT_MARK_PITCH,
    LEFT,
    MARK_TOP,
    MM_PER_PT,
    PITCH,
    RED_RULE_WEIGHT,
    RIGHT,
    RULE_BELOW_NUMBER,
    SIGNERS_PER_ROW,
    SIZE_2,
    SIZE_3,
    SIZE_MARK,
    TOP,
    TWO_BLANK_LINES,
    WIDTH,
)

COPY_NUMBER_ROLE: Final = "fangsong"
"""The face of 份号; the standard names none for it."""


def head(document: Document, composer: Composer) -> tuple[list[Box], float]:
    """The boxes of the head and the title, and the upper edge (mm) of the first em box of the text below them."""
    boxes, ink_bottom = corner_and_mark(document, composer, MARK_TOP)
    ink_bottom = _number(document, composer, boxes, ink_bottom + TWO_BLANK_LINES)
    rule_top = ink_bottom + RULE_BELOW_NUMBER
    boxes.append(RuleBox("red-rule", LEFT, rule_top, WIDTH, RED_RULE_WEIGHT, "red"))
    title = title_box(document.title or "", names_of(document), composer, rule_top + RED_RULE_WEIGHT + TWO_BLANK_LINES)
    below, text_top = titled(title, document.subtitle, composer)
    return [*boxes, *below], text_top


def corner_and_mark(document: Document, composer: Composer, ink_top: float) -> tuple[list[Box], float]:
    """The elements of the corner and the mark, whose ink starts at ``ink_top`` (mm), and the lower edge of its ink (mm)."""
    boxes: list[Box] = list(_corner(document, composer))
    mark = (
        joint_mark(document, composer, ink_top)
        if document.mark_names
        else [mark_box(document, composer, ink_top, SIZE_MARK)]
    )
    return [*boxes, *mark], max(box.ink_bottom for box in mark)


def title_box(title: str, names: Sequence[str], composer: Composer, ink_top: float, grid: Grid = GRID) -> TextBox:
    """A title, each line centred by its own ink, the first one's ink starting at ``ink_top`` (mm); ``names`` are not split."""
    size = grid.title_size
    left, lines = centred_lines(title_lines(composer, title, names, cells=grid.title_cells), size=size, axis=AXIS)
    first = ink_placed("title", lines[0], left=left, ink_top=ink_top, size=size)
    return TextBox("title", left, first.top, size, grid.title_pitch, lines)


def names_of(document: Document) -> tuple[str, ...]:
    """The organs that a document names one by one."""
    moved = document.imprint.addressees if document.imprint is not None else None
    return (*document.issuer, *organ_names(document.addressees), *organ_names(moved))


def corner_lines(document: Document, composer: Composer) -> list[tuple[str, Line]]:
    """Role and line of 份号, 密级 and 紧急程度, those that the draft has, in this order (7.2.1 to 7.2.3)."""
    lines = []
    if document.copy_number_text is not None:
        lines.append(("copy-number", composer.line([Run(document.copy_number_text, COPY_NUMBER_ROLE)])))
    if document.secrecy is not None:
        text = str(document.secrecy)
        shown = spread(text) if document.secrecy.period is None else text
        lines.append(("secrecy", composer.line([Run(shown, "heiti")])))
    if document.urgency is not None:
        lines.append(("urgency", composer.line([Run(spread(document.urgency), "heiti")])))
    return lines


def _corner(document: Document, composer: Composer) -> list[TextBox]:
    """The elements of the corner one per line from the top left; 密级 on the second line in any case (7.2.2)."""
    boxes = []
    row = 0
    for role, line in corner_lines(document, composer):
        row = max(row, 1) if role == "secrecy" else row
        boxes.append(TextBox(role, LEFT, TOP + row * PITCH, SIZE_3, EM, (line,)))
        row += 1
    return boxes


def spread(text: str) -> str:
    """Two characters with one cell between them (FIG 4, 11)."""
    return "\u3000".join(text)


def mark_box(document: Document, composer: Composer, ink_top: float, size: float) -> TextBox:
    """The mark, shrunk to the width of the type area, centred on its axis, its ink starting at ``ink_top`` (mm)."""
    return red_mark(document.mark_text, composer, ink_top, size)


def red_mark(text: str, composer: Composer, ink_top: float, size: float) -> TextBox:
    """A red name as `mark_box` sets it."""
    line = composer.line([Run(text, "xiaobiaosong")])
    size = min(size, WIDTH / MM_PER_PT / line.width)
    return ink_placed("mark", line, left=centred(line, size=size, axis=AXIS), ink_top=ink_top, size=size, colour="red")


def number_box(text: str, composer: Composer, ink_top: float) -> TextBox:
    """A number centred on the axis of the type area, its ink starting at ``ink_top`` (mm)."""
    line = composer.line([Run(text, "fangsong")])
    return ink_placed("number", line, left=centred(line, size=SIZE_3, axis=AXIS), ink_top=ink_top, size=SIZE_3)


def joint_mark(document: Document, composer: Composer, ink_top: float) -> list[TextBox]:
    """The mark of a joint document: the names one below the other, spread to equal width, and 文件 centred beside them.

    Its ink starts at ``ink_top`` (mm). The whole is centred and shrinks until it fits the type area's width and leaves page one
    room for text (7.2.4, FIG 3 and 4).
    """
    names = [composer.line([Run(name, "xiaobiaosong")]) for name in document.mark_names]
    suffix = composer.line([Run(document.mark_suffix, "xiaobiaosong")])
    widest = max(line.width for line in names)
    rows = len(names) - 1
    cells = widest + JOINT_MARK_GAP + suffix.width
    size = min(SIZE_MARK, WIDTH / MM_PER_PT / cells, _size_of_names(0.0, rows))
    # What the rows of signers take from page one the names give up, down to the size of the title.
    signers = math.ceil(len(document.signers or ()) / SIGNERS_PER_ROW)
    size = min(size, max(SIZE_2, _size_of_names(max(0, signers - 1) * PITCH, rows)))
    em = size * MM_PER_PT
    pitch = JOINT_MARK_PITCH * em
    lines = tuple(composer.spread(line, widest) for line in names)
    left = AXIS - (min(line.left for line in lines) + cells - suffix.width + suffix.right) / 2 * em
    first = ink_placed("mark", lines[0], left=left, ink_top=ink_top, size=size, colour="red")
    stack = TextBox("mark", left, first.top, size, pitch, lines, colour="red")
    middle = (stack.ink_top + stack.ink_bottom) / 2
    beside = ink_placed(
        "mark", suffix, left=left + (widest + JOINT_MARK_GAP) * em, ink_top=0.0, size=size, colour="red"
    )
    shift = middle - (beside.ink_top + beside.ink_bottom) / 2
    return [stack, replace(beside, top=beside.top + shift)]


def _size_of_names(taken: float, rows: int) -> float:
    """The size (points) at which names with so many rows below the first one are as high as a joint mark may be.

    ``taken`` is what other elements take of that height (mm).
    """
    return (JOINT_MARK_HEIGHT - taken) / MM_PER_PT / (1 + rows * JOINT_MARK_PITCH)


def _number(document: Document, composer: Composer, boxes: list[Box], ink_top: float) -> float:
    """The number, and the signers on its line where there are any; returns the lower edge of the ink (mm)."""
    if not document.signers:
        box = number_box(document.number_text or "字〔〕号", composer, ink_top)
        if document.number_text:
            boxes.append(box)
        return box.ink_bottom
    number = composer.line([Run(document.number_text, "fangsong")]) if document.number_text else None
    rows, first_name = _signer_rows(document.signers, composer)
    first = ink_placed("signers", rows[0], left=first_name - 4 * EM, ink_top=ink_top, size=SIZE_3)
    lines = [
        TextBox("signers", first.left if row == 0 else first_name, first.top + row * PITCH, SIZE_3, EM, (line,))
        for row, line in enumerate(rows)
    ]
    bottom = max(box.ink_bottom for box in lines)
    if number:
        beside = TextBox("number", LEFT + EM, lines[-1].top, SIZE_3, EM, (number,))
        boxes += [*lines[:-1], beside, lines[-1]]
        return max(bottom, beside.ink_bottom)
    boxes += lines
    return bottom


def _signer_rows(signers: tuple[str, ...], composer: Composer) -> tuple[list[Line], float]:
    """签发人： and names, two in a row, the names of all rows aligned; and the left edge of the first name (mm).

    The widest row ends one cell inside the type area (7.2.6).
    """
    rows = [signers[i : i + SIGNERS_PER_ROW] for i in range(0, len(signers), SIGNERS_PER_ROW)]
    longest = max(len(row[0]) for row in rows)
    texts = [
        "\u3000".join(
            (name.ljust(longest, "\u3000") if i == 0 and len(row) > 1 else name) for i, name in enumerate(row)
        )
        for row in rows
    ]
    names = [composer.line([Run(text, "kaiti")]) for text in texts]
    left = RIGHT - EM - max(line.width for line in names) * EM
    lines = [composer.line([Run("签发人：", "fangsong"), Run(texts[0], "kaiti")]), *names[1:]]
    return lines, left
