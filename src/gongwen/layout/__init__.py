"""Layout: a document → pages of boxes in millimetres. One module per part of a document, and one per format."""

from __future__ import annotations

import dataclasses
import functools

from gongwen.compose import Composer
from gongwen.document import Document
from gongwen.fonts import FontBook
from gongwen.layout import general, letter
from gongwen.layout.pages import Box, Layout, Page, RuleBox, TextBox

__all__ = ["Box", "Layout", "Page", "RuleBox", "TextBox", "lay_out"]


def lay_out(document: Document, book: FontBook) -> Layout:
    """Set a document with the faces of a font book. A document with a placeholder is a sample."""
    lay_out_format = letter.lay_out if document.is_letter else general.lay_out
    layout = lay_out_format(document, _composer(book))
    return dataclasses.replace(layout, is_sample=bool(document.pending()))


@functools.lru_cache(maxsize=8)
def _composer(book: FontBook) -> Composer:
    """One composer per book: it keeps the paragraphs that it has set."""
    return Composer(book)
