"""The end of the body: the list of attachments, signature, date and note (clauses 7.3.4 to 7.3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Run
from gongwen.document import Document
from gongwen.layout.attendance import attendance
from gongwen.layout.pages import TextBox
from gongwen.layout.setting import Setting
from gongwen.layout.signature import signature
from gongwen.paginate import Block, Solid
from gongwen.standard import (
    ATTACHMENT_INDENT,
    BLANK_LINE,
    CELLS,
    EM,
    LEFT,
    LINES_WITH_SIGNATURE,
    NOTE_INDENT,
    PITCH,
    SEAL_GAP_LEAST,
)


def ending(document: Document, setting: Setting) -> Iterator[Block]:
    """Everything between the body and the attachments, each element only if the draft has it."""
    yield from _attachment_list([attachment.title for attachment in document.attachments], setting)
    yield from attendance(document, setting)
    signed = list(signature(document, setting))
    yield from signed
    if document.note is not None:
        lines = setting.composer.paragraph([Run(f"（{document.note}）", "fangsong")], indent=NOTE_INDENT)
        gap = _next_line(signed[-1]) if signed else None
        yield Block("note", lines, LEFT, indent=NOTE_INDENT, gap=gap, keep_previous=1, together=True)


def _attachment_list(titles: list[str], setting: Setting) -> Iterator[Block]:
    """附件说明: 空一行 below the body, two cells in; several are numbered, one is not; a wrapped name hangs under its start (7.3.4)."""
    label = "附件："
    for index, title in enumerate(titles):
        number = f"{index + 1}. " if len(titles) > 1 else ""
        lead = (label if index == 0 else "") + number
        hang = ATTACHMENT_INDENT + setting.composer.line([Run(label, "fangsong")]).width
        shift = _advance(setting, number)
        measure = CELLS - hang - shift
        name = setting.composer.paragraph([Run(title.replace("\n", ""), "fangsong")], measure=measure)
        first = setting.composer.line([Run(lead, "fangsong")]).followed_by(name[0], _advance(setting, lead))
        yield Block(
            "attachment-list",
            (first, *name[1:]),
            LEFT + (hang + shift) * EM,
            indent=-(shift + (hang - ATTACHMENT_INDENT if index == 0 else 0.0)),
            gap=BLANK_LINE if index == 0 else None,
            keep_previous=LINES_WITH_SIGNATURE if index == 0 else 0,
            together=True,
        )


def _advance(setting: Setting, text: str) -> float:
    """Advance of a text in cells with the blanks at its end."""
    return setting.composer.line([Run(f"{text}一", "fangsong")]).width - 1.0 if text else 0.0


def _next_line(block: Block) -> float | None:
    """The gap (mm) to the line after a block: None, that of the grid, but less where a seal reaches below the date."""
    last = block.lines[-1]
    if not isinstance(last, Solid):
        return None
    below = last.height - max(box.bottom for box in last.content if isinstance(box, TextBox))
    return max(PITCH - EM - below, SEAL_GAP_LEAST) if below > 0 else None
