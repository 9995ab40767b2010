"""Rules of headings 层次标题: how they end, how long they are, what stands beside and below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.authority import PRACTICE, should
from gongwen.chinese import heading_mark
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Article, Block, Chapter, Draft, Heading, Section, is_list_item
from gongwen.expressions import expression
from gongwen.rules.registry import on_draft
from gongwen.standard import CELLS

SINGLE_HEADING = Check(
    "GW328",
    "single-heading",
    PRACTICE,
    what="一层标题不止一项。",
    why="序数用来分项；只有“一”没有“二”，就不必编层次。",
    wrong="""\
body:
  - heading: 提高思想认识
    body: [各级工会要提高认识，加强领导。]""",
    right="""\
body:
  - heading: 提高思想认识
    body: [各级工会要提高认识，加强领导。]
  - heading: 抓好工作落实
    body: [各级工会要明确责任，抓好落实。]""",
)
REPEATED_HEADING = Check(
    "GW329",
    "repeated-heading",
    PRACTICE,
    what="同一标题之下，下一层的标题不重复。",
    why="标题概括各自的内容；两项标题相同，多半是复制之后没有改，或者应当合并。",
    wrong="""\
body:
  - heading: 加强领导
    body: [各级工会要提高认识。]
  - heading: 加强领导
    body: [各级工会要明确责任。]""",
    right="""\
body:
  - heading: 加强领导
    body: [各级工会要提高认识。]
  - heading: 压实责任
    body: [各级工会要明确责任。]""",
)
LONG_HEADING = Check(
    "GW330",
    "long-heading",
    PRACTICE,
    what="单独成行的标题不超过两行。",
    why="标题概括一段的内容；超过两行的多半是正文，应当接排。",
    wrong="""\
body:
  - heading: 各级工会要充分认识开展夏送清凉活动对维护广大职工劳动安全和身体健康权益以及促进全市经济社会平稳健康发展的重要意义
    body: [各级工会要提高认识。]
  - heading: 加强领导
    body: [各级工会要明确责任。]""",
    right="""\
body:
  - heading: 充分认识开展夏送清凉活动的重要意义
    body: [各级工会要提高认识。]
  - heading: 加强领导
    body: [各级工会要明确责任。]""",
)
HEADING_MARK = Check(
    "GW331",
    "heading-mark",
    PRACTICE,
    what="单独成行的标题末尾不加标点。",
    why="标题单独成行，停顿已经清楚；末尾的冒号、逗号、分号、顿号都不加。",
    wrong="""\
body:
  - heading: 工作要求：
    body: [各级工会要提高认识。]
  - heading: 时间安排
    body: [活动从六月开始。]""",
    right="""\
body:
  - heading: 工作要求
    body: [各级工会要提高认识。]
  - heading: 时间安排
    body: [活动从六月开始。]""",
)
TYPED_HEADING = Check(
    "GW332",
    "typed-heading",
    should("GB/T 9704 7.3.3"),
    what="层次标题写成小标题（heading），序号自动编排。",
    why="标准规定第一层用黑体、第二层用楷体；写成自然段的标题全部排成仿宋，也不能同下文留在一页。",
    wrong="""\
body:
  - 一、提高思想认识
  - 各级工会要提高认识，加强领导。""",
    right="""\
body:
  - heading: 提高思想认识
    body: [各级工会要提高认识，加强领导。]
  - heading: 抓好工作落实
    body: [各级工会要明确责任，抓好落实。]""",
)
EMPTY_HEADING = Check(
    "GW333",
    "empty-heading",
    PRACTICE,
    what="标题之下有正文。",
    why="标题概括下面的正文；同一层的其他标题有正文，或者只有这一个标题，没有正文多半是漏写。",
    wrong="""\
body:
  - heading: 提高思想认识
    body: [各级工会要提高认识，加强领导。]
  - heading: 抓好工作落实""",
    right="""\
body:
  - heading: 提高思想认识
    body: [各级工会要提高认识，加强领导。]
  - heading: 抓好工作落实
    body: [各级工会要明确责任，抓好落实。]""",
)

_PARTS: Final = (Chapter, Section, Article)
"""Parts of a regulation, beside which a heading may stand alone: an appendix."""
_MOST_CHARACTERS: Final = 2 * CELLS - 2
"""Of a heading with its mark: two lines, the first one two cells in (7.3.3)."""
_MARK_CELLS: Final = 3
"""What the mark of a heading takes, as a rule: （一）."""
_END_MARKS: Final = "：，；、:,;"
_LEADS_IN: Final = expression(r"(?:如下|以下|下列)[^，。；：]*：$")
"""The end of a sentence that leads in the items below it: 应聘人员应当具备以下条件：."""
_LEVEL: Final = expression(
    r"(?P<mark>(?P<own>[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|（[一二三四五六七八九十]{1,3}）)"
    r"|（[0-9]{1,2}）|[0-9]{1,2}\.(?![0-9]))"
)
"""The mark of a level, rightly written, as it begins a paragraph: 一、 （一） 1. （1）. Levels with the first two have faces of their own."""
_NUMBERS: Final = range(1, 31)
_SHORT: Final = 20
_FIRST_SENTENCE: Final = expression(r"[^。；：，！？]{2,24}。(?=.)", re.DOTALL)
"""A short sentence that more text follows: what a run-in heading looks like."""
_SENTENCE_MARKS: Final = "。；，：！？;:"
_SENTENCE_END: Final = ("。", "？", "！")


def _siblings(blocks: Sequence[Block], path: DataPath, level: int) -> Iterator[tuple[DataPath, Sequence[Block], int]]:
    """Every list of blocks below one heading, or at the top, with its path and the level of its headings.

    Those inside an article are clauses of a regulation.
    """
    yield path, blocks, level
    for index, block in enumerate(blocks):
        if isinstance(block, Heading | Chapter | Section):
            yield from _siblings(block.body, (*path, index, "body"), level + isinstance(block, Heading))


def _levels(draft: Draft) -> Iterator[tuple[DataPath, Sequence[Block], int]]:
    for path, blocks in draft.bodies():
        yield from _siblings(blocks, path, 1)


def _headings(blocks: Sequence[Block]) -> list[tuple[int, Heading]]:
    return [(index, block) for index, block in enumerate(blocks) if isinstance(block, Heading)]


@on_draft(SINGLE_HEADING, REPEATED_HEADING)
def siblings(draft: Draft) -> Iterator[Finding]:
    """B-24: a level has more than one heading, and no two of them say the same."""
    for path, blocks, _ in _levels(draft):
        headings = _headings(blocks)
        is_single = len(headings) == 1 and not any(isinstance(block, _PARTS) for block in blocks)
        # One that lacks its text is told by `empty_headings`.
        if is_single and not _lacks_text(blocks, headings[0][0]):
            index, only = headings[0]
            yield Finding(
                SINGLE_HEADING,
                f"这一层只有一个标题“{only.heading}”",
                (*path, index, "heading"),
                hint="去掉这一层，正文直接写；或者分成两项以上",
                offset=0,
                length=len(only.heading),
            )
        seen: set[str] = set()
        for index, one in headings:
            text = one.heading.rstrip("".join(_SENTENCE_END))
            if text in seen:
                yield Finding(
                    REPEATED_HEADING,
                    f"标题“{text}”重复",
                    (*path, index, "heading"),
                    hint="改写其中一个，或者合并两项",
                    offset=0,
                    length=len(text),
                )
            seen.add(text)


@on_draft(LONG_HEADING, HEADING_MARK)
def headings_alone(draft: Draft) -> Iterator[Finding]:
    """B-23: a heading on its own line has no mark at its end, and takes two lines at most."""
    for path, blocks, _ in _levels(draft):
        for index, one in _headings(blocks):
            if one.text is not None:
                continue
            here = (*path, index, "heading")
            count = len(one.heading)
            if (one.heading.endswith("；") and is_list_item(blocks, index)) or _LEADS_IN.search(one.heading):
                continue
            if one.heading[-1] in _END_MARKS:
                message = f"单独成行的标题末尾不加标点：“{one.heading[-1]}”"
                hint = "删去末尾的标点"
                yield Finding(HEADING_MARK, message, here, hint=hint, offset=count - 1, replacement="")
            # A level of sentences that nothing follows is a list, not headings.
            elif count > _MOST_CHARACTERS - _MARK_CELLS and not one.heading.endswith(_SENTENCE_END) and one.body:
                yield Finding(
                    LONG_HEADING,
                    f"标题有{count}个字，排不进两行",
                    here,
                    hint=f"删去{count - _MOST_CHARACTERS + _MARK_CELLS}个字以上；或者写成一句短标题加接排（text）",
                    offset=0,
                    length=count,
                )


@on_draft(TYPED_HEADING)
def typed_headings(draft: Draft) -> Iterator[Finding]:
    """B-18, B-19: a paragraph that is a heading, typed with its mark: short and without a full stop, or a short sentence first.

    One with 1. or （1） looks the same either way, and may be an item of a list. Beside headings whose marks are made in the same form,
    any paragraph with such a mark is one: its number would come twice.
    """
    for path, blocks, level in _levels(draft):
        made = {heading_mark(level, number) for number in _NUMBERS} if _headings(blocks) else set()
        for index, block in enumerate(blocks):
            if not isinstance(block, str) or not (match := _LEVEL.match(block)):
                continue
            text = block[match.end() :].strip()
            if match["mark"] in made or (match["own"] is not None and _is_heading(text)):
                yield Finding(
                    TYPED_HEADING,
                    f"写成自然段的层次标题：“{match['mark']}”",
                    (*path, index),
                    hint="写成小标题（heading），不写序号；后接正文的，正文写在接排（text）里",
                    offset=0,
                    length=match.end(),
                )


def _is_heading(text: str) -> bool:
    """Whether what follows a mark is a heading, and no item of a list: an item ends with ； or runs on with ，."""
    is_short = 0 < len(text) <= _SHORT and not any(char in _SENTENCE_MARKS for char in text)
    return is_short or _FIRST_SENTENCE.match(text) is not None


@on_draft(EMPTY_HEADING)
def empty_headings(draft: Draft) -> Iterator[Finding]:
    """B-25: a heading without text where its siblings have text, or that has none; a level of headings alone is a list and may stand."""
    for path, blocks, _ in _levels(draft):
        headings = _headings(blocks)
        empty = [index for index, _ in headings if _is_empty(blocks, index)]
        if not empty or len(empty) == len(headings) > 1:
            continue
        for index, one in headings:
            if _lacks_text(blocks, index):
                yield Finding(
                    EMPTY_HEADING,
                    f"标题“{one.heading}”之下没有正文",
                    (*path, index, "heading"),
                    hint="补写正文，或者删去标题",
                    offset=0,
                    length=len(one.heading),
                )


def _lacks_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a heading is empty, and no sentence that says all."""
    block = blocks[index]
    return (
        _is_empty(blocks, index) and isinstance(block, Heading) and not block.heading.endswith((*_SENTENCE_END, "；"))
    )


def _is_empty(blocks: Sequence[Block], index: int) -> bool:
    """Whether nothing belongs to a heading: no text, nothing below it, and no block that is no heading after it."""
    block = blocks[index]
    if not isinstance(block, Heading) or block.text is not None or block.body:
        return False
    return index + 1 == len(blocks) or isinstance(blocks[index + 1], (Heading, *_PARTS))
