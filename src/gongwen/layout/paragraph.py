"""Paragraphs: two cells in, further lines flush left (clause 7.3.3)."""

from __future__ import annotations

from gongwen.compose import Run
from gongwen.layout.setting import Setting
from gongwen.paginate import Block
from gongwen.standard import LEFT, PARAGRAPH_INDENT


def paragraph(text: str, setting: Setting) -> Block:
    """A paragraph of plain text."""
    return indented("paragraph", [Run(text, "fangsong")], setting)


def indented(role: str, runs: list[Run], setting: Setting, keep_next: int = 0, keep_first: int = 0) -> Block:
    """A paragraph of runs; ``keep_next`` and ``keep_first`` count lines, as in `Block`."""
    lines = setting.composer.paragraph(runs, measure=setting.grid.cells, indent=PARAGRAPH_INDENT)
    return Block(role, lines, LEFT, indent=PARAGRAPH_INDENT, keep_next=keep_next, keep_first=keep_first)
