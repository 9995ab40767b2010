"""正文: addressees, paragraphs, headings and parts of regulations as blocks of lines (clauses 7.3.2, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from gongwen.chinese import heading_mark
from gongwen.compose import Run
from gongwen.document import Article, Chapter, Clause, Heading, Section, show_organs
from gongwen.document import Block as DraftBlock
from gongwen.layout import regulation
from gongwen.layout.paragraph import indented, paragraph
from gongwen.layout.setting import Setting
from gongwen.paginate import Block
from gongwen.standard import LEFT

HEADING_FACES = {1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}
"""Level → role of its face (7.3.3)."""
_LINES_AFTER_HEADING = 2
_FIRST_LINES_OF_RUN_IN = 2
"""A run-in heading is not left on the last line of a page: its paragraph has two lines there or none."""


def addressees(organs: tuple[tuple[str, ...], ...], setting: Setting) -> Block:
    """主送机关: flush left on every line, with a full-width colon at the end."""
    return Block("addressees", setting.composer.paragraph([Run(f"{show_organs(organs)}：", "fangsong")]), LEFT)


def body(
    blocks: Sequence[DraftBlock], setting: Setting, level: int = 1, articles: Iterator[int] | None = None
) -> Iterator[Block]:
    """The blocks of a draft in order. Headings run from 1 under each heading, chapters on, sections in each chapter.

    ``articles`` gives out the numbers of articles, which run through the whole text.
    """
    articles = count(1) if articles is None else articles
    headings, chapters, sections = count(1), count(1), count(1)
    for block in blocks:
        match block:
            case Heading():
                yield _heading(block, level, next(headings), setting)
                yield from body(block.body, setting, level + 1, articles)
            case Chapter():
                yield regulation.chapter(next(chapters), block.chapter, setting)
                yield from body(block.body, setting, level, articles)
            case Section():
                yield regulation.section(next(sections), block.section, setting)
                yield from body(block.body, setting, level, articles)
            case Article():
                yield from regulation.article(next(articles), block, setting)
                yield from body(block.body, setting, level, articles)
            case Clause():
                yield from regulation.clause(block, setting)
            case str():
                yield paragraph(block, setting)


def _heading(block: Heading, level: int, number: int, setting: Setting) -> Block:
    """A heading on its own, or run in with the text that follows it: then only the heading takes its level's face."""
    runs = [Run(heading_mark(level, number) + block.heading, HEADING_FACES[level])]
    if block.text is not None:
        runs.append(Run(block.text, "fangsong"))
        return indented(f"run-in-{level}", runs, setting, keep_first=_FIRST_LINES_OF_RUN_IN)
    return indented(f"heading-{level}", runs, setting, keep_next=_LINES_AFTER_HEADING)
