"""署名 and 成文日期 in the three ways of signing: without a seal, under a seal, by stamp (clause 7.3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.compose import Run
from gongwen.document import Document, show_date
from gongwen.layout.sealed import sealed
from gongwen.layout.setting import Setting
from gongwen.layout.stamped import stamped
from gongwen.paginate import Block
from gongwen.standard import BLANK_LINE, DATE_SHIFT, EM, LINES_WITH_SIGNATURE, RIGHT, SIGNATURE_INDENT


def signature(document: Document, setting: Setting) -> Iterator[Block]:
    """The blocks of 署名 and 成文日期, those that the draft has."""
    match document.signing:
        case "sealed":
            yield sealed(document, setting)
        case "stamped":
            yield from stamped(document, setting)
        case "unsealed" | "none":
            yield from _unsealed(document, setting)


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
