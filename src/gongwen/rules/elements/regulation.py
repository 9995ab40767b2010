"""Rules of regulations: which part may stand in which, and numbers that are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.authority import must
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Article, Block, Chapter, Clause, Draft, Heading, Item, Items, Section, walk
from gongwen.expressions import expression
from gongwen.rules.elements.body import MADE_TWICE
from gongwen.rules.registry import on_draft

MISPLACED_PART = Check(
    "GW340",
    "misplaced-part",
    must("行政法规制定程序条例第六条"),
    what="规章的章、节、条、款、项写在各自的位置：章含节或者条，节含条，条含款，款含项。",
    why="《行政法规制定程序条例》第六条规定了条、款、项、目和章、节的关系；放错位置，序号就编不对。",
    wrong="""\
body:
  - article: 为了规范公园的管理，制定本办法。
    body:
      - chapter: 附则
        body: [本办法自2026年8月1日起施行。]
""",
    right="""\
body:
  - chapter: 总则
    body:
      - article: 为了规范公园的管理，制定本办法。
  - chapter: 附则
    body:
      - article: 本办法自2026年8月1日起施行。
""",
)

_PARTS: Final[dict[type, tuple[str, str]]] = {
    Heading: ("heading", "小标题"),
    Chapter: ("chapter", "章"),
    Section: ("section", "节"),
    Article: ("article", "条"),
    Clause: ("clause", "款"),
}
"""Class of a block → the key that tells it, and what it is called."""
_REFUSED: Final[dict[type | None, tuple[type, ...]]] = {
    None: (Section, Clause),
    Heading: (Chapter, Section, Article, Clause),
    Chapter: (Chapter, Clause),
    Section: (Chapter, Section, Clause),
    Article: (Heading, Chapter, Section, Article),
}
"""What a block holds, or a whole text (None) → the parts that have no place right there."""
_PLACES: Final = "章直接写在正文里，节写在章里，条写在正文、章或节里，款写在条的正文里"


@on_draft(MISPLACED_PART)
def parts_in_place(draft: Draft) -> Iterator[Finding]:
    """B-62: chapters hold sections and articles, sections hold articles, articles hold clauses."""
    for path, blocks in draft.bodies():
        yield from _misplaced(blocks, path, None)


def _misplaced(blocks: Sequence[Block], path: DataPath, holder: type | None) -> Iterator[Finding]:
    for index, block in enumerate(blocks):
        kind = type(block)
        if kind in _REFUSED[holder]:
            key, name = _PARTS[kind]
            where = "正文里不直接写" if holder is None else f"{_PARTS[holder][1]}里不能写"
            yield Finding(MISPLACED_PART, f"{where}{name}", (*path, index, key), hint=_PLACES, at_key=True)
        elif isinstance(block, Heading | Chapter | Section | Article):
            yield from _misplaced(block.body, (*path, index, "body"), kind)


_ORDINAL = "第[一二三四五六七八九十百千零〇0-9]+%s[ \u3000]*"
_TYPED_CHAPTER = expression(_ORDINAL % "章")
_TYPED_SECTION = expression(_ORDINAL % "节")
_TYPED_ARTICLE = expression(r"第[一二三四五六七八九十百千零〇0-9]+条(?:[ \u3000]+|$)")
_TYPED_ITEM = expression(r"[（(](?:[一二三四五六七八九十]+|[0-9]+)[）)]")
_TYPED_SUBITEM = expression(r"[0-9]+(?:[.．](?![0-9])|、)")


@on_draft(MADE_TWICE)
def numbers_made_twice(draft: Draft) -> Iterator[Finding]:
    """The number of a chapter, section, article or item, typed as well as made."""
    for top, blocks in draft.bodies():
        for path, block in walk(blocks, top):
            match block:
                case Chapter():
                    yield from _typed(_TYPED_CHAPTER, block.chapter, (*path, "chapter"), "章")
                case Section():
                    yield from _typed(_TYPED_SECTION, block.section, (*path, "section"), "节")
                case Article():
                    yield from _typed(_TYPED_ARTICLE, block.article, (*path, "article"), "条")
                    yield from _typed_items(block.items, (*path, "items"))
                case Clause():
                    yield from _typed_items(block.items, (*path, "items"))


def _typed_items(items: Items, path: DataPath) -> Iterator[Finding]:
    for index, item in enumerate(items):
        if not isinstance(item, Item):
            yield from _typed(_TYPED_ITEM, item, (*path, index), "项")
            continue
        yield from _typed(_TYPED_ITEM, item.item, (*path, index, "item"), "项")
        for number, text in enumerate(item.subitems):
            yield from _typed(_TYPED_SUBITEM, text, (*path, index, "subitems", number), "目")


def _typed(mark: re.Pattern[str], text: str, path: DataPath, name: str) -> Iterator[Finding]:
    if match := mark.match(text):
        yield Finding(
            MADE_TWICE,
            f"{name}的序号自动编排：“{match.group().rstrip()}”",
            path,
            hint="删去序号，只写文字",
            offset=0,
            length=match.end(),
        )
