"""The end of the body: the list of attachments, signature, date and note (clauses 7.3.4 to 7.3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Composer, Run
from gongwen.document import Document, show_date
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


def ending(document: Document, composer: Composer) -> Iterator[Block]:
    """Everything between the body and the attachments, each element only if the draft has it."""
    yield from _attachment_list([attachment.title for attachment in document.attachments], composer)
    yield from _unsealed(document, composer)
    if document.note is not None:
        lines = composer.paragraph([Run(f"（{document.note}）", "fangsong")], indent=NOTE_INDENT)
        yield Block("note", lines, LEFT, indent=NOTE_INDENT, keep_previous=1, together=True)


def _attachment_list(titles: list[str], composer: Composer) -> Iterator[Block]:
    """附件说明: 空一行 below the body, two cells in; several are numbered, one is not; a wrapped name hangs under its start (7.3.4)."""
    label = "附件："
    for index, title in enumerate(titles):
        number = f"{index + 1}. " if len(titles) > 1 else ""
        lead = (label if index == 0 else "") + number
        hang = ATTACHMENT_INDENT + composer.line([Run(label, "fangsong")]).width
        shift = _advance(composer, number)
        measure = CELLS - hang - shift
        name = composer.paragraph([Run(title.replace("\n", ""), "fangsong")], measure=measure)
        first = composer.line([Run(lead, "fangsong")]).followed_by(name[0], _advance(composer, lead))
        yield Block(
            "attachment-list",
            (first, *name[1:]),
            LEFT + (hang + shift) * EM,
            indent=-(shift + (hang - ATTACHMENT_INDENT if index == 0 else 0.0)),
            gap=BLANK_LINE if index == 0 else None,
            keep_previous=LINES_WITH_SIGNATURE if index == 0 else 0,
            together=True,
        )


def _advance(composer: Composer, text: str) -> float:
    """Advance of a text in cells with the blanks at its end."""
    return composer.line([Run(f"{text}一", "fangsong")]).width - 1.0 if text else 0.0


def _unsealed(document: Document, composer: Composer) -> Iterator[Block]:
    """署名 and 成文日期 without a seal (7.3.5.2).

    They stand 空一行 below the text; the longer of the two ends two cells inside the type area, and the date starts two cells right
    of the signature.
    """
    signature = document.signed_by
    date = None if document.date is None else composer.line([Run(show_date(document.date), "fangsong")])
    edge = RIGHT - SIGNATURE_INDENT * EM
    gap: float | None = BLANK_LINE
    keep = LINES_WITH_SIGNATURE
    left = None
    if signature is not None:
        line = composer.line([Run(signature, "fangsong")])
        left = edge - line.width * EM
        if date is not None:
            left = min(left, edge - (date.width + DATE_SHIFT) * EM)
        yield Block("signature", (line,), left, gap=gap, keep_previous=keep)
        gap, keep = None, 1
    if date is not None:
        date_left = edge - date.width * EM if left is None else left + DATE_SHIFT * EM
        yield Block("date", (date,), date_left, gap=gap, keep_previous=keep)
