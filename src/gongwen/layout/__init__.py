"""Layout: a document → pages of boxes in millimetres. One module per part of a document, and one per format."""

from __future__ import annotations

import dataclasses

from gongwen.compose import Composer
from gongwen.document import Document
from gongwen.fonts import FontBook
from gongwen.layout import general
from gongwen.layout.pages import Box, Layout, Page, RuleBox, TextBox

__all__ = ["Box", "Layout", "Page", "RuleBox", "TextBox", "lay_out"]


def lay_out(document: Document, book: FontBook) -> Layout:
    """Set a document with the faces of a font book. A document with a placeholder is a sample."""
    layout = general.lay_out(document, Composer(book))
    return dataclasses.replace(layout, is_sample=bool(document.pending()))
