"""正文: addressees, paragraphs, headings, parts of regulations and figures as blocks of lines (clauses 7.3.2, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from gongwen.chinese import heading_mark
from gongwen.compose import Run
from gongwen.document import Article, Chapter, Clause, Figure, Heading, Section, Table, depth, show_organs
from gongwen.document import Block as DraftBlock
from gongwen.fonts import bold
from gongwen.layout import regulation
from gongwen.layout.figure import figure
from gongwen.layout.paragraph import indented, paragraph
from gongwen.layout.setting import Setting
from gongwen.layout.table import table
from gongwen.paginate import Block
from gongwen.standard import LEFT

HEADING_FACES = {1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}
"""Level → role of its face (7.3.3)."""
_LINES_AFTER_HEADING = 2
_FIRST_LINES_OF_RUN_IN = 2
"""A run-in heading is not left on the last line of a page: its paragraph has two lines there or none."""


def addressees(organs: tuple[tuple[str, ...], ...], setting: Setting) -> Block:
    """主送机关: flush left on every line, with a full-width colon at the end."""
    return Block(
        "addressees",
        setting.composer.paragraph([Run(f"{show_organs(organs)}：", "fangsong")], measure=setting.grid.cells),
        LEFT,
    )


def body(blocks: Sequence[DraftBlock], setting: Setting) -> Iterator[Block]:
    """The blocks of a draft in order. Headings run from 1 under each heading, chapters on, sections in each chapter.

    Articles run through the whole text.
    """
    yield from _blocks(blocks, setting, 1, setting.house.marks(depth(blocks)), count(1))


def _blocks(
    blocks: Sequence[DraftBlock], setting: Setting, level: int, marks: Sequence[int], articles: Iterator[int]
) -> Iterator[Block]:
    headings, chapters, sections = count(1), count(1), count(1)
    for block in blocks:
        match block:
            case Heading():
                yield _heading(block, level, heading_mark(marks[level - 1], next(headings)), setting)
                yield from _blocks(block.body, setting, level + 1, marks, articles)
            case Chapter():
                yield regulation.chapter(next(chapters), block.chapter, setting)
                yield from _blocks(block.body, setting, level, marks, articles)
            case Section():
                yield regulation.section(next(sections), block.section, setting)
                yield from _blocks(block.body, setting, level, marks, articles)
            case Article():
                yield from regulation.article(next(articles), block, setting)
                yield from _blocks(block.body, setting, level, marks, articles)
            case Clause():
                yield from regulation.clause(block, setting)
            case Figure():
                yield figure(block, setting)
            case Table():
                yield from table(block, setting)
            case str():
                yield paragraph(block, setting)


def _heading(block: Heading, level: int, mark: str, setting: Setting) -> Block:
    """A heading on its own, or run in with the text that follows it: then only the heading takes its level's face."""
    face = HEADING_FACES[level]
    runs = [Run(mark + block.heading, bold(face) if setting.house.is_bold(level) else face)]
    if block.text is not None:
        runs.append(Run(block.text, "fangsong"))
        return indented(f"run-in-{level}", runs, setting, keep_first=_FIRST_LINES_OF_RUN_IN)
    return indented(f"heading-{level}", runs, setting, keep_next=_LINES_AFTER_HEADING)
