"""Rules of marks that come in pairs: balance, nesting, titles in 《》, the number of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gongwen.authority import must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.pairs import CLOSING, FULL, OPENING, Pair, Pairs, pairs_in
from gongwen.rules.language.scan import HAN, plain, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

UNBALANCED_PAIR = Check(
    "GW809",
    "unbalanced-pair",
    must("GB/T 15834 4.8、4.9、4.15"),
    what="引号、括号和书名号成对使用。",
    why="少了一半，引文、注释或者书名到哪里为止就不明了。",
    wrong="body: [按照《职工带薪年休假条例的规定执行。]",
    right="body: [按照《职工带薪年休假条例》的规定执行。]",
)
WRONG_NESTING = Check(
    "GW810",
    "wrong-nesting",
    must("GB/T 15834 4.8、4.15"),
    what="双引号里面用单引号，书名号里面用单书名号。",
    why="里外用同一种，分不清哪一个是外层的另一半。",
    wrong="body: [现将《关于印发《职工书屋管理办法》的通知》转发给你们。]",
    right="body: [现将《关于印发〈职工书屋管理办法〉的通知》转发给你们。]",
)
NESTED_BRACKETS = Check(
    "GW811",
    "nested-brackets",
    should("GB/T 15834 4.9"),
    what="同一形式的括号不套用。",
    why="两层都是圆括号，分不清注释到哪里为止。",
    wrong="body: [各县（市、区（含开发区））总工会要抓好落实。]",
    right="body: [各县（市、区，含开发区）总工会要抓好落实。]",
)
NAME_IN_TITLE_MARKS = Check(
    "GW812",
    "name-in-title-marks",
    should("GB/T 15834 附录A.13"),
    what="书名号用于书、文件、法规等作品，不用于活动、奖项、课程和机构的名称。",
    why="这些名称不是作品；要突出的用引号。",
    wrong="body: [举办《云州市职工技能大赛》。]",
    right="body: [举办云州市职工技能大赛。]",
)
NUMBER_BRACKETS_IN_TEXT = Check(
    "GW813",
    "number-brackets-in-text",
    must("GB/T 9704 7.2.5"),
    what="文中引用的发文字号，年份也用六角括号〔〕括入。",
    why="发文字号的写法处处一样。",
    wrong='body: ["按照某工发[2025]3号文件的要求执行。"]',
    right='body: ["按照某工发〔2025〕3号文件的要求执行。"]',
)
NUMBER_FORM_IN_TEXT = Check(
    "GW814",
    "number-form-in-text",
    should("GB/T 9704 7.2.5"),
    what="文中引用的发文字号，顺序号不编虚位、不加“第”字，中间不留空格。",
    why="发文字号的写法处处一样。对方原来就这样编号的，照原文写。",
    wrong="body: [按照某工发〔2025〕03号文件的要求执行。]",
    right="body: [按照某工发〔2025〕3号文件的要求执行。]",
)

_NAMES: Final = {"“": "双引号", "‘": "单引号", "《": "书名号", "〈": "单书名号"}


@on_text(UNBALANCED_PAIR)
def unbalanced_pairs(text: Text, draft: Draft) -> Iterator[Finding]:
    """D-03: every mark has its other half. Where one opening and one closing mark are left over, they are told as one fault.

    A quote whose other half is straight is told by `quotes.straight_quotes`, and each paragraph of a longer quotation begins with “.
    """
    if not reads(text):
        return
    found = pairs_in(text.text)
    if not found.unclosed and not found.unopened:
        return
    if '"' in text.text:
        found = _without_quotes(text.text, found)
    elif text.text.startswith("“") and 0 in found.unclosed and _goes_on(text, draft):
        found = found._replace(unclosed=found.unclosed[1:])
    if (turned := _turned(text, found)) is not None:
        yield turned
        return
    if len(found.unclosed) == len(found.unopened) == 1 and found.unclosed[0] < found.unopened[0]:
        opening, closing = text.text[found.unclosed[0]], text.text[found.unopened[0]]
        place = found.unopened[0]
        message = f"前面是{_called(opening)}，后面是{_called(closing)}"
        yield strike(UNBALANCED_PAIR, text, place, place + 1, message, hint="前后用同一种，并且不交叉")
        return
    for place in (*found.unclosed, *found.unopened):
        mark = text.text[place].translate(FULL)
        other = CLOSING[mark] if mark in CLOSING else OPENING[mark]
        message = f"{_called(mark)}没有与它配对的{_called(other)}"
        hint = f"补上{_called(other)}，或者删去{_called(mark)}"
        yield strike(UNBALANCED_PAIR, text, place, place + 1, message, hint=hint)


_QUOTES: Final = {"“": "前引号", "”": "后引号", "‘": "前单引号", "’": "后单引号"}


def _called(mark: str) -> str:
    """A mark as a message calls it; quotes would not be seen in quotes."""
    return _QUOTES.get(mark, f"“{mark}”")


def _without_quotes(chars: str, found: Pairs) -> Pairs:
    unclosed, unopened = (
        tuple(place for place in places if chars[place] not in "“”") for places in (found.unclosed, found.unopened)
    )
    return found._replace(unclosed=unclosed, unopened=unopened)


def _goes_on(text: Text, draft: Draft) -> bool:
    """Whether the paragraph after a text begins with a quote as well."""
    *above, place = text.path
    if not isinstance(place, int):
        return False
    siblings: Any = draft
    for step in above:
        siblings = siblings[step] if isinstance(step, int) else getattr(siblings, step)
    following = siblings[place + 1] if place + 1 < len(siblings) else None
    return isinstance(following, str) and following.startswith("“")


def _turned(text: Text, found: Pairs) -> Finding | None:
    """A quote that is turned the wrong way: “甲“ and ”甲”."""
    places, other = (found.unclosed, found.unopened) if found.unclosed else (found.unopened, found.unclosed)
    if len(places) != 2 or other:  # noqa: PLR2004 (a pair)
        return None
    marks = {text.text[place] for place in places}
    if marks not in ({"“"}, {"”"}) or any(pair.mark == "“" for pair in found.pairs):
        return None
    place, right = (places[1], "”") if marks == {"“"} else (places[0], "“")
    message = f"{_called(right)}写成了{_called(text.text[place])}"
    return strike(UNBALANCED_PAIR, text, place, place + 1, message, hint=f"改为{_called(right)}", replacement=right)


_INNER: Final = {"“": "‘", "‘": "“", "《": "〈", "〈": "《"}


@on_text(WRONG_NESTING)
def wrong_nesting(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-03: quotes and title marks change their form from layer to layer; only what stands directly inside is looked at."""
    if not reads(text) or not any(mark in text.text for mark in "“《‘〈"):
        return
    found = pairs_in(text.text)
    if found.unclosed or found.unopened:
        return
    right: dict[int, str] = {}
    for pair in found.pairs:
        right[pair.start] = pair.mark
        if pair.parent is None or pair.mark not in _INNER:
            continue
        inner = _INNER.get(right[pair.parent.start])
        if inner is None or _INNER[inner] != pair.mark or pair.parent.mark not in (inner, pair.mark):
            continue
        right[pair.start] = inner
        for place, mark in ((pair.start, inner), (pair.end, CLOSING[inner])):
            message = f"{_NAMES[pair.mark]}里面又用了{_NAMES[pair.mark]}"
            yield strike(
                WRONG_NESTING, text, place, place + 1, message, hint=f"里面一层改为{_NAMES[inner]}", replacement=mark
            )


_PART_OF_NAME: Final = expression(
    r"[一二三四五六七八九十百0-9]+|[省市县区州旗盟乡镇、]+|试行|暂行|草案|修订|扩大|征求意见稿|女|回族|[A-Za-z]+"
)


_LONGEST_PART: Final = 40
"""Characters of a part of a name; so much is looked at, however long the brackets are."""


@on_text(NESTED_BRACKETS)
def nested_brackets(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-07: no round brackets directly in round brackets; the number of an item, as in 第（二）项, and 县（市、区）are names."""
    if not reads(text) or "）" not in text.text:
        return
    for pair in pairs_in(text.text).pairs:
        if (
            pair.mark == "（"
            and _is_in_same(pair)
            and not _PART_OF_NAME.fullmatch(text.text, pair.start + 1, min(pair.end, pair.start + _LONGEST_PART))
        ):
            yield strike(
                NESTED_BRACKETS,
                text,
                pair.start,
                pair.end + 1,
                f"圆括号里又用了圆括号：“{_shortened(text.text, pair.start, pair.end + 1)}”",
                hint="外层改用六角括号〔〕，或者改写",
            )


def _is_in_same(pair: Pair) -> bool:
    return pair.parent is not None and pair.parent.mark == pair.mark


_SHOWN: Final = 12


def _shortened(chars: str, start: int, end: int) -> str:
    return chars[start:end] if end - start <= _SHOWN else f"{chars[start : start + _SHOWN - 2]}……{chars[end - 1]}"


_ENDINGS: Final = (
    "活动", "大赛", "竞赛", "比赛", "运动会", "博览会", "培训班", "研讨班", "座谈会", "推进会",
    "奖", "劳动奖章", "劳动奖状", "先锋号", "荣誉称号", "安全生产月", "宣传月", "宣传周", "委员会", "总工会", "有限公司", "人民政府",
)  # fmt: skip
_BOOK: Final = expression(r"《([^《》〈〉]{2,30})》")
_WORK_BEFORE: Final = expression(
    r"(?:片|剧|歌曲|歌|曲|小说|图书|书|书籍|期刊|杂志|报|节目|栏目|专栏|专题|画|摄影|作品|散文|诗|诗歌|舞蹈|小品|通讯|报道|文章|题为|软件)(?:[“：]|《[^》]*》)*$"
)
_WORK_AFTER: Final = expression(
    r"(?:等)?(?:的)?(?:节目|栏目|专栏|专题|一书|一文|丛书|系列|文章|报道|通讯|杂志|期刊|歌曲|电影|电视|纪录|片|剧|宣传片|海报|画册)"
)
_NEAR: Final = 40
_COURSES: Final = expression(r"等?(?:[一二两三四五六七八九十]|[0-9]+)门课程")


@on_text(NAME_IN_TITLE_MARKS)
def names_in_title_marks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-12: what 《》 enclose is a work. Works may be named after an event, so what says that it is one, before or after, is believed."""
    if "《" not in (chars := text.text) or not reads(text):
        return
    for match in _BOOK.finditer(chars):
        start, end = match.span()
        name = match.group(1)
        is_course = _COURSES.match(chars, end) is not None
        is_name = is_course or (name.endswith(_ENDINGS) and not name.startswith("关于"))
        if (
            is_name
            and not _WORK_BEFORE.search(chars, max(0, start - _NEAR), start)
            and not _WORK_AFTER.match(chars, end)
        ):
            yield strike(
                NAME_IN_TITLE_MARKS,
                text,
                start,
                end,
                f"{'课程' if is_course else ''}“{name}”不是书、文件一类的作品，不用书名号",
                hint="去掉书名号；要突出的改用引号“ ”",
            )


_YEAR_BRACKETS: Final = expression(
    # Certificates and cases bear numbers with round brackets, so those are told after what ends the code of an office alone.
    rf"(?:(?<=[{HAN}])[\[［【〈《{{｛]|(?<=[发字函办文令通规电呈复])[（(])((?:19|20)[0-9]{{2}})[\]］】）)〉》}}｝](?=[ ]?[0-9]+[ ]?号)"
)


@on_text(NUMBER_BRACKETS_IN_TEXT)
def number_brackets(text: Text, _draft: Draft) -> Iterator[Finding]:
    """H-22, D-06: the year of a number stands in 〔〕 wherever the number is cited."""
    if "号" not in text.text or not reads(text):
        return
    for match in _YEAR_BRACKETS.finditer(text.text):
        right = f"〔{match.group(1)}〕"
        message = f"发文字号的年份用六角括号〔〕括入：“{match.group()}”"
        yield strike(NUMBER_BRACKETS_IN_TEXT, text, *match.span(), message, hint=f"改为“{right}”", replacement=right)


_NUMBER: Final = expression(r"〔(?:19|20)[0-9]{2}〕([ \u00a0]*)(第?)([ \u00a0]*)(0*)[1-9][0-9]*([ \u00a0]*)号")
_OWN_SERIES: Final = ("公告", "通告", "令")
"""Series whose numbers do have a 第."""


@on_text(NUMBER_FORM_IN_TEXT)
def number_forms(text: Text, _draft: Draft) -> Iterator[Finding]:
    """H-23: the serial has neither padding nor 第, and no blanks around it."""
    if "〕" not in text.text or not reads(text):
        return
    for match in _NUMBER.finditer(plain(text.text)):
        has_own_series = text.text.endswith(_OWN_SERIES, 0, match.start())
        for group in (1, 3, 5):
            if match.group(group):
                yield strike(
                    NUMBER_FORM_IN_TEXT,
                    text,
                    *match.span(group),
                    "发文字号中间不留空格",
                    hint="删去空格",
                    replacement="",
                )
        if match.group(2) and not has_own_series:
            message = "发文字号的顺序号不加“第”字"
            yield strike(NUMBER_FORM_IN_TEXT, text, *match.span(2), message, hint="核对原文；是本机关的，删去“第”")
        if match.group(4):
            message = "发文字号的顺序号不编虚位"
            yield strike(NUMBER_FORM_IN_TEXT, text, *match.span(4), message, hint="核对原文；是本机关的，删去前面的零")
