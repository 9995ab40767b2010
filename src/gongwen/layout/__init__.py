"""Layout: a document → pages of boxes in millimetres. One module per part of a document, and one per format."""

from __future__ import annotations

import dataclasses
import functools

from gongwen.compose import Composer
from gongwen.document import Bulletin, Document, Draft, Speech
from gongwen.fonts import FontBook
from gongwen.grid import GRID, Grid
from gongwen.layout import bulletin, general, letter, speech
from gongwen.layout.pages import Box, FrameBox, ImageBox, Layout, Page, RuleBox, TextBox
from gongwen.layout.setting import Setting
from gongwen.pictures import NO_PICTURES, Pictures

__all__ = ["Box", "FrameBox", "ImageBox", "Layout", "Page", "RuleBox", "TextBox", "lay_out"]


def lay_out(draft: Draft, book: FontBook, pictures: Pictures = NO_PICTURES, grid: Grid = GRID) -> Layout:
    """Set a draft with the faces of a font book and the images that it names. One with a placeholder is a sample.

    ``grid`` is another than the standard's for the reading copy of a speech alone.
    """
    layout = _set(draft, Setting(_composer(book), pictures, grid))
    return dataclasses.replace(layout, is_sample=bool(draft.pending()), pictures=pictures)


def _set(draft: Draft, setting: Setting) -> Layout:
    match draft:
        case Document(format_name="letter"):
            return letter.lay_out(draft, setting)
        case Document():
            return general.lay_out(draft, setting)
        case Bulletin():
            return bulletin.lay_out(draft, setting)
        case Speech():
            return speech.lay_out(draft, setting)
    msg = f"no layout for {type(draft).__name__}"
    raise TypeError(msg)


@functools.lru_cache(maxsize=8)
def _composer(book: FontBook) -> Composer:
    """One composer per book: it keeps the paragraphs that it has set."""
    return Composer(book)
