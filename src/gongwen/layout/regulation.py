"""Regulations: titles of chapters and sections, articles, clauses, items and sub-items as blocks of lines (practice)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.chinese import heading_mark, ordinal
from gongwen.compose import Run
from gongwen.document import Article, Clause, Items
from gongwen.layout.pages import centred_lines
from gongwen.layout.paragraph import indented, paragraph
from gongwen.layout.setting import Setting
from gongwen.layout.title import balanced_lines
from gongwen.paginate import Block
from gongwen.standard import AXIS

CHAPTER_FACE: Final = "heiti"
SECTION_FACE: Final = "kaiti"
ARTICLE_FACE: Final = "heiti"
_LINES_AFTER_TITLE: Final = 2


def chapter(number: int, title: str, setting: Setting) -> Block:
    """第一章　总则: centred."""
    return _centred("heading-chapter", f"{ordinal(number, '章')}\u3000{title}", CHAPTER_FACE, setting)


def section(number: int, title: str, setting: Setting) -> Block:
    """第一节　一般规定: centred."""
    return _centred("heading-section", f"{ordinal(number, '节')}\u3000{title}", SECTION_FACE, setting)


def _centred(role: str, text: str, face: str, setting: Setting) -> Block:
    found = balanced_lines(setting.composer, Run(text, face), setting.grid.cells)
    left, lines = centred_lines(found, size=setting.grid.size, axis=AXIS)
    return Block(role, lines, left, keep_next=_LINES_AFTER_TITLE, together=True)


def article(number: int, block: Article, setting: Setting) -> Iterator[Block]:
    """第一条, one em space and the first 款, with its items; further 款 are blocks of their own."""
    runs = [Run(ordinal(number, "条"), ARTICLE_FACE), Run(f"\u3000{block.article}", "fangsong")]
    yield indented("run-in-article", runs, setting)
    yield from _items(block.items, setting)


def clause(block: Clause, setting: Setting) -> Iterator[Block]:
    """A 款 with its items."""
    yield paragraph(block.clause, setting)
    yield from _items(block.items, setting)


def _items(items: Items, setting: Setting) -> Iterator[Block]:
    """项 （一）, and 目 1. below them."""
    for number, item in enumerate(items, 1):
        mark = heading_mark(2, number)
        if isinstance(item, str):
            yield paragraph(f"{mark}{item}", setting)
            continue
        yield paragraph(f"{mark}{item.item}", setting)
        for below, text in enumerate(item.subitems, 1):
            yield paragraph(f"{heading_mark(3, below)}{text}", setting)
