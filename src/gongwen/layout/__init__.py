"""Layout: a document → pages of boxes in millimetres. One module per part of a document, and one per format."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from gongwen.compose import Composer
from gongwen.diagnostics import DataPath
from gongwen.document import Document, Draft, Table
from gongwen.fonts import FontBook
from gongwen.layout import general, letter, table
from gongwen.layout.pages import Box, ImageBox, Layout, Page, RuleBox, TextBox, TurnedBox
from gongwen.layout.setting import Setting
from gongwen.pictures import NO_PICTURES, Pictures

__all__ = ["Box", "ImageBox", "Layout", "Page", "RuleBox", "TextBox", "TurnedBox", "lay_out", "table_faults"]


def lay_out(draft: Draft, book: FontBook, pictures: Pictures = NO_PICTURES) -> Layout:
    """Set a draft with the faces of a font book and the images that it names. One with a placeholder is a sample."""
    layout = _set(draft, Setting(_composer(book), pictures))
    return dataclasses.replace(layout, is_sample=bool(draft.pending()), pictures=pictures)


def _set(draft: Draft, setting: Setting) -> Layout:
    match draft:
        case Document(format_name="letter"):
            return letter.lay_out(draft, setting)
        case Document():
            return general.lay_out(draft, setting)
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
