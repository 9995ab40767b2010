"""正文: addressees, paragraphs and headings as blocks of lines (clauses 7.3.2, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.chinese import heading_mark
from gongwen.compose import Run
from gongwen.document import Block as DraftBlock
from gongwen.document import Heading, Table, show_organs
from gongwen.layout.setting import Setting
from gongwen.layout.table import table
from gongwen.paginate import Block
from gongwen.standard import LEFT, PARAGRAPH_INDENT

HEADING_FACES = {1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}
"""Level → role of its face (7.3.3)."""
_LINES_AFTER_HEADING = 2
_FIRST_LINES_OF_RUN_IN = 2
"""A run-in heading is not left on the last line of a page: its paragraph has two lines there or none."""


def addressees(organs: tuple[tuple[str, ...], ...], setting: Setting) -> Block:
    """主送机关: flush left on every line, with a full-width colon at the end."""
    return Block("addressees", setting.composer.paragraph([Run(f"{show_organs(organs)}：", "fangsong")]), LEFT)


def body(blocks: Sequence[DraftBlock], setting: Setting, level: int = 1) -> Iterator[Block]:
    """Paragraphs, tables and numbered headings in order; numbers run from 1 under each heading."""
    number = 0
    for block in blocks:
        if isinstance(block, str):
            yield paragraph(block, setting)
            continue
        if isinstance(block, Table):
            yield from table(block, setting)
            continue
        number += 1
        yield _heading(block, level, number, setting)
        yield from body(block.body, setting, level + 1)


def paragraph(text: str, setting: Setting) -> Block:
    """A paragraph: two cells in, further lines flush left."""
    return _indented("paragraph", [Run(text, "fangsong")], setting)


def _heading(block: Heading, level: int, number: int, setting: Setting) -> Block:
    """A heading on its own, or run in with the text that follows it: then only the heading takes its level's face."""
    runs = [Run(heading_mark(level, number) + block.heading, HEADING_FACES[level])]
    if block.text is not None:
        runs.append(Run(block.text, "fangsong"))
        return _indented(f"run-in-{level}", runs, setting, keep_first=_FIRST_LINES_OF_RUN_IN)
    return _indented(f"heading-{level}", runs, setting, keep_next=_LINES_AFTER_HEADING)


def _indented(role: str, runs: list[Run], setting: Setting, keep_next: int = 0, keep_first: int = 0) -> Block:
    lines = setting.composer.paragraph(runs, indent=PARAGRAPH_INDENT)
    return Block(role, lines, LEFT, indent=PARAGRAPH_INDENT, keep_next=keep_next, keep_first=keep_first)
