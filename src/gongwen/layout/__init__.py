"""Layout: a document → pages of boxes in millimetres. One module per part of a document, and one per format."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from gongwen.compose import Composer
from gongwen.diagnostics import DataPath
from gongwen.document import Bulletin, Document, Draft, SeparateAttachment, Speech, Table
from gongwen.fonts import FontBook
from gongwen.grid import GRID, READING
from gongwen.house import STANDARD, House
from gongwen.layout import bulletin, general, letter, minutes, order, separate, speech, table
from gongwen.layout.pages import Box, FrameBox, ImageBox, Layout, Page, RuleBox, TextBox, TurnedBox
from gongwen.layout.setting import Setting
from gongwen.pictures import NO_PICTURES, Pictures

__all__ = [
    "Box",
    "FrameBox",
    "ImageBox",
    "Layout",
    "Page",
    "RuleBox",
    "TextBox",
    "TurnedBox",
    "lay_out",
    "table_faults",
]


def lay_out(
    draft: Draft,
    book: FontBook,
    pictures: Pictures = NO_PICTURES,
    house: House = STANDARD,
    *,
    overprint: bool = False,
    reading_copy: bool = False,
) -> Layout:
    """Set a draft with the faces of a font book and the images that it names. One with a placeholder is a sample.

    ``house`` says where the unit departs from the standard. With ``overprint``, or where the draft says so, the red head is on
    the paper already and is left out. A ``reading_copy`` of a speech stands on a grid of larger type.
    """
    layout = _set(draft, Setting(_composer(book), pictures, house, READING if reading_copy else GRID))
    layout = dataclasses.replace(layout, is_sample=bool(draft.pending()), pictures=pictures)
    return layout.overprinted() if overprint or draft.is_preprinted else layout


def _set(draft: Draft, setting: Setting) -> Layout:
    match draft:
        case Document(format_name="letter"):
            return letter.lay_out(draft, setting)
        case Document(format_name="order"):
            return order.lay_out(draft, setting)
        case Document(format_name="minutes"):
            return minutes.lay_out(draft, setting)
        case Document():
            return general.lay_out(draft, setting)
        case SeparateAttachment():
            return separate.lay_out(draft, setting)
        case Bulletin():
            return bulletin.lay_out(draft, setting)
        case Speech():
            return speech.lay_out(draft, setting)
    msg = f"no layout for {type(draft).__name__}"
    raise TypeError(msg)


def table_faults(draft: Draft, book: FontBook) -> Iterator[tuple[DataPath, Table, table.Fault]]:
    """What keeps the tables of a draft from being set as they should, each with the path of its table."""
    for path, one in draft.tables():
        for fault in table.plan(one, _composer(book)).faults:
            yield path, one, fault


@functools.lru_cache(maxsize=8)
def _composer(book: FontBook) -> Composer:
    """One composer per book: it keeps the paragraphs that it has set."""
    return Composer(book)
