"""The end of the body: the list of attachments, signature, date and note (clauses 7.3.4 to 7.3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Run
from gongwen.document import Document, show_date
from gongwen.layout.attendance import attendance
from gongwen.layout.setting import Setting
from gongwen.paginate import Block
from gongwen.standard import (
    ATTACHMENT_INDENT,
    BLANK_LINE,
    CELLS,
    DATE_SHIFT,
    EM,
    LEFT,
    LINES_WITH_SIGNATURE,
    NOTE_INDENT,
    RIGHT,
    SIGNATURE_INDENT,
)


def ending(document: Document, setting: Setting) -> Iterator[Block]:
    """Everything between the body and the attachments, each element only if the draft has it."""
    yield from _attachment_list([attachment.title for attachment in document.attachments], setting)
    yield from attendance(document, setting)
    yield from _unsealed(document, setting)
    if document.note is not None:
        lines = setting.composer.paragraph([Run(f"（{document.note}）", "fangsong")], indent=NOTE_INDENT)
        yield Block("note", lines, LEFT, indent=NOTE_INDENT, keep_previous=1, together=True)


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


def _unsealed(document: Document, setting: Setting) -> Iterator[Block]:
    """署名 and 成文日期 without a seal (7.3.5.2).

    They stand 空一行 below the text; the longer of the two ends two cells inside the type area, and the date starts two cells right
    of the signature.
    """
    names = [setting.composer.line([Run(name, "fangsong")]) for name in document.signatures]
    widest = max((line.width for line in names), default=0.0)
    date = None if document.date is None else setting.composer.line([Run(show_date(document.date), "fangsong")])
    edge = RIGHT - SIGNATURE_INDENT * EM
    left = edge - widest * EM
    if date is not None:
        left = min(left, edge - (date.width + DATE_SHIFT) * EM) if names else edge - (date.width + DATE_SHIFT) * EM
    if names:
        # Several organs stand one below the other, the lead organ first, spread to equal width (FIG 9).
        lines = tuple(setting.composer.spread(line, widest) for line in names)
        yield Block("signature", lines, left, gap=BLANK_LINE, keep_previous=LINES_WITH_SIGNATURE, together=True)
    if date is not None:
        yield Block(
            "date",
            (date,),
            left + DATE_SHIFT * EM,
            gap=None if names else BLANK_LINE,
            keep_previous=1 if names else LINES_WITH_SIGNATURE,
        )
