"""Rules of points 点号 in sentences: their form, and where a paragraph begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import HAN, MARKS, NUMERALS, is_han, is_numbered, plain, reads, strike
from gongwen.rules.registry import on_draft, on_text
from gongwen.rules.texts import Text, distinct_texts

HALF_WIDTH_MARK = Check(
    "GW801",
    "half-width-mark",
    must("GB/T 15834 5.1"),
    what="中文里的逗号、分号、冒号、问号、叹号和圆括号用全角。",
    why="这些标点各占一个字的位置；半角的挤在字边，也不参加避头尾。",
    wrong='body: ["各级工会要提高认识,加强领导。"]',
    right='body: ["各级工会要提高认识，加强领导。"]',
)
HALF_WIDTH_PERIOD = Check(
    "GW802",
    "half-width-period",
    must("GB/T 15834 4.1"),
    what="句末用句号“。”，不用西文句点“.”。",
    why="汉语句号的形式是小圆圈。",
    wrong='body: ["请认真贯彻执行."]',
    right='body: ["请认真贯彻执行。"]',
)
CLASHING_POINTS = Check(
    "GW803",
    "clashing-points",
    must("GB/T 15834 第4章"),
    what="一处停顿用一个点号，逗号、顿号、分号、冒号、句号不连用。",
    why="每个点号表示一种停顿，两个连在一起，停顿就不明了。",
    wrong='body: ["各级工会要提高认识，，加强领导。"]',
    right='body: ["各级工会要提高认识，加强领导。"]',
)
PARAGRAPH_END = Check(
    "GW804",
    "paragraph-end",
    should("GB/T 15834 4.1"),
    what="自然段以句末点号结束，不以逗号、顿号结束，也不缺句号。",
    why="段落结束，句子也就结束了；停在逗号上的，多半是漏了字。",
    wrong='body: ["各级工会要提高认识，加强领导，精心组织，确保活动顺利进行"]',
    right='body: ["各级工会要提高认识，加强领导，精心组织，确保活动顺利进行。"]',
)
CAPTION_END = Check(
    "GW826",
    "caption-end",
    should("GB/T 15834 附录A.1"),
    what="图、表的说明文字末尾不用句号。",
    why="图题、表题是短语；说明文字较长、中间已经有句号的，末尾也不用。",
    wrong='body: ["任务分工见下表。", {table: 分工表。, columns: [单位, 任务], rows: [[甲, 乙]]}]',
    right='body: ["任务分工见下表。", {table: 分工表, columns: [单位, 任务], rows: [[甲, 乙]]}]',
)
MARK_AT_START = Check(
    "GW805",
    "mark-at-start",
    must("GB/T 15834 5.1"),
    what="段落和标题不以点号开头。",
    why="点号跟在文字后面，不放在一行的开头。",
    wrong='body: ["，各级工会要提高认识。"]',
    right='body: ["各级工会要提高认识。"]',
)
STRAY_BLANK = Check(
    "GW806",
    "stray-blank",
    PRACTICE,
    what="汉字之间、全角标点前后不留空格。",
    why="标点自带空白；多打的空格印出来是一个缺口。人名里的空格（王　明）用全角，不在此列。",
    wrong='body: ["各级工会要提高 认识，加强领导。"]',
    right='body: ["各级工会要提高认识，加强领导。"]',
)

_CLOSERS: Final = tuple("》”’）〕】")
_OPENERS: Final = tuple("《“‘（〔【")
_FULL_OF: Final = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_HALF: Final = expression(r"[,;:!?()（）]")
_TYPED_MARK: Final = expression(r"\((?:[0-9]+|[一二三四五六七八九十]+)\)")
_YEAR_BRACKET: Final = expression(r"\((?:19|20)[0-9]{2}\)[ ]?[0-9]+[ ]?号")


@on_text(HALF_WIDTH_MARK)
def half_width_marks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-01: marks of Chinese text are full-width. A pair of brackets is of Chinese text as soon as one of them touches it.

    What another rule tells is left to it: the year of a number, the typed number of an item.
    """
    if not reads(text) or _HALF.search(text.text) is None:
        return
    chars = plain(text.text)
    told = {place for match in _YEAR_BRACKET.finditer(chars) for place in (match.start(), match.start() + 5)}
    if is_numbered(text) and (typed := _TYPED_MARK.match(chars)):
        told |= {0, typed.end() - 1}
    struck: list[int] = []
    opened: list[int] = []
    for match in _HALF.finditer(chars):
        place, char = match.start(), match.group()
        before, after = chars[place - 1 : place], chars[place + 1 : place + 2]
        is_chinese = is_han(before) or before in _CLOSERS or is_han(after) or after in _OPENERS
        if char in "(（":
            opened.append(place)
        elif char in ")）":
            opening = opened.pop() if opened else None
            is_chinese = is_han(before) if opening is None else opening in struck or chars[opening] == "（"
            if char == "）" and opening is not None and chars[opening] == "(" and opening not in struck:
                struck.append(opening)
        elif char in "!?" and before.isascii():
            continue  # the end of something foreign, or part of its name
        if is_chinese and char in _FULL_OF:
            struck.append(place)
    for place in struck:
        if place not in told:
            full = _FULL_OF[chars[place]]
            message = f"中文里用了半角标点“{chars[place]}”"
            yield strike(HALF_WIDTH_MARK, text, place, place + 1, message, hint=f"改为全角“{full}”", replacement=full)


_ANGLED: Final = expression(
    rf"<([{HAN}][^<>《》\n]{{0,58}}(?:法|条例|规定|办法|细则|章程|规则|准则|通知|意见|决定|通报|规划|纲要|方案|预案)(?:（[^（）<>]{{2,10}}）)?)>"
)


@on_text(HALF_WIDTH_MARK)
def angled_titles(text: Text, _draft: Draft) -> Iterator[Finding]:
    """<工会法>: signs of comparison around what is a document by its last word. In 《》 they stand for 〈〉."""
    if "<" not in text.text or not reads(text):
        return
    for match in _ANGLED.finditer(text.text):
        before = text.text[: match.start()]
        marks = "〈〉" if before.count("《") > before.count("》") else "《》"
        for place, full in ((match.start(), marks[0]), (match.end() - 1, marks[1])):
            message = f"书名号写成了“{text.text[place]}”"
            yield strike(HALF_WIDTH_MARK, text, place, place + 1, message, hint=f"改为“{full}”", replacement=full)


_LEVEL: Final = expression(rf"[{NUMERALS}]*|（(?:[{NUMERALS}]+|[0-9]+)）")
_PERIOD: Final = expression(
    rf"(?<=[{HAN}）》”〕])\.(?![.A-Za-z0-9]|公益|政务|中国|公司|网络)|(?<=[{HAN}0-9][0-9%％℃])\.$"
)


@on_text(HALF_WIDTH_PERIOD)
def half_width_periods(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-01: a sentence ends with 。; a point between two hanzi may also stand for the dot of a foreign name, so it is left as it is."""
    if not reads(text) or "." not in text.text:
        return
    for match in _PERIOD.finditer(plain(text.text)):
        place, end = match.span()
        if _LEVEL.fullmatch(text.text, 0, place):
            continue  # a mark of a level, see `sequence`
        is_last = end == len(text.text)
        yield strike(
            HALF_WIDTH_PERIOD,
            text,
            place,
            end,
            "中文里用了西文句点“.”",
            hint="改为句号“。”" if is_last else "句末用“。”，外国人名中间用“·”",
            replacement="。" if is_last else None,
        )


_CLASH: Final = expression(r"[，、；：。？！]{2,}")
_MOST: Final = 3


@on_text(CLASHING_POINTS)
def clashing_points(text: Text, draft: Draft) -> Iterator[Finding]:
    """Points stand alone; only ？ and ！ may stand together, three at most. Three full stops are an ellipsis typed wrong.

    The title of a document has none at all, see `title.marks`.
    """
    if not reads(text) or (text.path == ("title",) and isinstance(draft, Document)):
        return
    for match in _CLASH.finditer(text.text):
        run, (start, end) = match.group(), match.span()
        points, is_long = set(run), len(run) > _MOST
        if (points <= set("？！") and not is_long) or (points == {"。"} and len(run) >= _MOST):
            continue
        replacement = None
        if points <= set("？！"):
            hint = "最多叠用三个"
        else:
            if len(points) == 1:
                replacement = run[0]
            elif end == len(text.text) and set(run[:-1]) <= set("，、；") and run[-1] in "。？！":
                replacement = run[-1]
            hint = f"只留一个“{replacement}”" if replacement else "只留一个"
        yield strike(CLASHING_POINTS, text, start, end, f"点号连用：“{run}”", hint=hint, replacement=replacement)


_SHORT: Final = 20
_RUNNING: Final = ("body", "items")
_LABEL: Final = expression(r"[^，。；]{1,12}：")


@on_draft(PARAGRAPH_END)
def paragraph_ends(draft: Draft) -> Iterator[Finding]:
    """A paragraph ends with a sentence. ； ends an item that another follows.

    What is short, begins with a label, or stands in an attachment, where lists of names are, needs no stop.
    """
    texts = distinct_texts(draft)
    for text, following in zip(texts, (*texts[1:], None), strict=True):
        if text.sort == "paragraph":
            yield from _paragraph_end(text, _follows(text, following))


_LISTS: Final = ("items", "subitems")


def _follows(text: Text, following: Text | None) -> bool:
    """Whether a text is a member of a list and the following one the next: the next paragraph, or the next item of any layer."""
    if following is None:
        return False
    for place, step in enumerate(text.path):
        if isinstance(step, int) and following.path[: place + 1] == (*text.path[:place], step + 1):
            return text.path[place - 1] in _LISTS or len(text.path) == len(following.path) == place + 1
    return False


def _paragraph_end(text: Text, is_followed: bool) -> Iterator[Finding]:  # noqa: FBT001 (a fact, not a choice)
    chars = text.text
    last, end = chars[-1], len(chars)
    if last in "，、" or (last == "；" and not is_followed):
        yield strike(PARAGRAPH_END, text, end - 1, end, f"段落以“{last}”结束", hint="改为句号，或者补上缺少的文字")
    elif (
        text.path[0] in _RUNNING
        and is_han(last)
        and end >= _SHORT
        and ("，" in chars or "。" in chars)
        and "\n" not in chars
        and not _LABEL.match(chars)
    ):
        yield strike(PARAGRAPH_END, text, end - 1, end, "段落末尾没有标点", hint="在末尾加句号")


@on_text(CAPTION_END)
def caption_ends(text: Text, _draft: Draft) -> Iterator[Finding]:
    """Annex A.1 of 15834: no full stop at the end of a figure's caption or a table's title."""
    if text.path[-1] in ("caption", "table") and text.text.endswith("。"):
        end = len(text.text)
        message = "图、表的说明文字末尾用了句号"
        yield strike(CAPTION_END, text, end - 1, end, message, hint="删去句号", replacement="")


@on_text(MARK_AT_START)
def marks_at_start(text: Text, _draft: Draft) -> Iterator[Finding]:
    """15834 5.1.1: no text begins with a point. A point after it is told by `clashing_points`."""
    if reads(text) and text.text[0] in "，。、；：？！" and text.text[1:2] not in (*"，。、；：？！", ""):
        char = text.text[0]
        yield strike(MARK_AT_START, text, 0, 1, f"文字以“{char}”开头", hint="删去，或者补上前面缺少的文字")


_BLANK: Final = expression(
    rf"(?<=[{HAN}{MARKS}])[ \u00a0]+(?=[{HAN}{MARKS}])"
    r"|(?<=[，。、；：？！（《〈‘“〔【）》〉】])[ \u00a0]+(?=[A-Za-z0-9])"
    r"|(?<=[A-Za-z0-9])[ \u00a0]+(?=[，。、；：？！）》〉〕】])"
)
_EDGE: Final = expression(rf"[\s{MARKS}]")
_NAME: Final = 4
_FAR: Final = 20
_ONE_MARK: Final = ("——", "……", "“”", "‘’", "《》", "（）")
_CAPTION: Final = expression(r"[图表附][一二三四五六七八九十0-9]+$")
_PART: Final = expression(r"第[一二三四五六七八九十百零0-9]+[编章节条款项届期号]$|^（[一二三四五六七八九十0-9]+）$")


@on_text(STRAY_BLANK)
def stray_blanks(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-16: no blanks inside Chinese text.

    Names may be parted by blanks, also those of organs in a cited title, and the number of a part or a figure has one after it.
    """
    if text.sort == "title" or not reads(text) or " " not in (chars := text.text).replace("\u00a0", " "):
        return
    is_list = not any(mark in chars for mark in "，。；")
    for match in _BLANK.finditer(plain(chars)):
        start, end = match.span()
        before, after = chars[start - 1], chars[end]
        if is_han(before) and is_han(after):
            left, right = _token(chars[max(0, start - _FAR) : start][::-1])[::-1], _token(chars[end : end + _FAR])
            label = _LABEL.match(chars, end) is not None and end - start > 1
            in_row = chars[end + len(right) : end + len(right) + 1] in (" ", "\u00a0")
            names = len(right) <= _NAME and (len(left) <= _NAME or in_row)
            is_title = chars.count("《", 0, start) > chars.count("》", 0, start)
            if is_list or is_title or names or label or _CAPTION.search(left) or _PART.search(left):
                continue
        elif before + after in _ONE_MARK:
            continue  # a dash typed as two, see `dashes`, or quotes shown as such
        elif is_list and not (before in "，。、；" or after in "，。、；：？！"):
            continue
        elif before == "）" and (
            len(_token(chars[end : end + _FAR])) <= _NAME or (start < _FAR and _PART.search(chars[:start]))
        ):
            continue  # a name after that of another with a remark, or the typed mark of a level
        mark = before if before in MARKS else after
        what = "汉字之间" if is_han(before) and is_han(after) else f"标点“{mark}”旁边"
        yield strike(STRAY_BLANK, text, start, end, f"{what}有空格", hint="删去空格", replacement="")


def _token(chars: str) -> str:
    match = _EDGE.search(chars)
    return chars if match is None else chars[: match.start()]


_DATE: Final = expression(
    r"(?<![0-9])(?:[0-9]{4}[ \u00a0]*年[ \u00a0]*)?[0-9]{1,2}[ \u00a0]*月(?:[ \u00a0]*[0-9]{1,2}[ \u00a0]*日)?"
)


@on_text(STRAY_BLANK)
def blanks_in_dates(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-16: no blanks inside a date, which is one word; elsewhere a blank beside a number is left to the office's habit."""
    if not reads(text) or "月" not in text.text or " " not in text.text.replace("\u00a0", " "):
        return
    for match in _DATE.finditer(text.text):
        date = match.group()
        right = date.replace(" ", "").replace("\u00a0", "")
        if right != date:
            yield strike(
                STRAY_BLANK, text, *match.span(), f"日期中间有空格：“{date}”", hint=f"写“{right}”", replacement=right
            )
