"""Rules of the title 标题: what it is made of, its marks, its length, and the lines that a draft breaks it into."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gongwen.authority import PRACTICE, should
from gongwen.chinese import words
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import PENDING, Document, organ_names
from gongwen.expressions import expression
from gongwen.kinds import UNTITLED, kinds
from gongwen.rules.elements.names import hanzi, is_called, is_short_for
from gongwen.rules.registry import on_document
from gongwen.standard import TITLE_CELLS

NO_ISSUER = Check(
    "GW228",
    "title-without-issuer",
    should("条例第九条（七）"),
    what="标题写明发文机关。",
    why="条例规定标题由发文机关名称、事由和文种组成，没有例外；有红头时省去发文机关是一些单位的习惯。",
    wrong="title: 关于开展夏送清凉活动的通知",
    right="issuer: 云州市总工会\ntitle: 云州市总工会关于开展夏送清凉活动的通知",
)
TITLE_OF_OTHERS = Check(
    "GW229",
    "title-of-others",
    should("条例第九条（七）"),
    what="标题里的机关就是发文机关。",
    why="标题里的发文机关名称是全称或者规范化简称，与发文机关标志、署名是同一个机关。",
    wrong="issuer: 云州市总工会\ntitle: 云州市妇女联合会关于开展夏送清凉活动的通知",
    right="issuer: 云州市总工会\ntitle: 云州市总工会关于开展夏送清凉活动的通知",
)
NO_ABOUT = Check(
    "GW230",
    "title-without-about",
    should("条例第九条（七）"),
    what="标题的事由用“关于”引出。",
    why="条例规定标题写明事由；事由习惯上写成“关于……的”，印发、转发、批转的文件除外。",
    wrong="issuer: 云州市总工会\ntitle: 云州市总工会夏送清凉活动通知",
    right="issuer: 云州市总工会\ntitle: 云州市总工会关于开展夏送清凉活动的通知",
)
TITLE_MARK = Check(
    "GW231",
    "title-mark",
    PRACTICE,
    what="标题里除书名号、引号、括号和并列名称之间的顿号外，不用标点。",
    why="标题是一个词组，末尾不加句号，中间不用逗号、分号、冒号断开。",
    wrong="title: 云州市总工会关于开展夏送清凉活动的通知。",
    right="title: 云州市总工会关于印发《夏送清凉活动方案》的通知",
)
TITLE_BREAK = Check(
    "GW232",
    "title-break",
    should("GB/T 9704 7.3.1"),
    what="标题自己分行的，每一行词意完整。",
    why="标准要求标题回行时词意完整；机关名称、书名号括入的名称、词语和“的＋文种”不拆开，行首不用“的”“和”“与”“及”。",
    wrong="""\
issuer: 云州市总工会
title: |
  云州市总工会关于开展夏送清
  凉活动的通知""",
    right="""\
issuer: 云州市总工会
title: |
  云州市总工会关于开展
  夏送清凉活动的通知""",
)
TITLE_TOO_LONG = Check(
    "GW233",
    "title-too-long",
    PRACTICE,
    what="标题不超过三行，发文机关之外的文字不超过50个。",
    why="2号字一行最多20字；标题准确简要，过长的难以排成梯形或者菱形。",
    wrong="""\
title: |
  云州市总工会
  关于在全市各级工会组织和
  广大职工中开展
  夏送清凉活动的通知""",
    right="""\
title: |
  云州市总工会
  关于在全市各级工会组织和广大职工中
  开展夏送清凉活动的通知""",
)
TITLE_LAYERS = Check(
    "GW234",
    "title-layers",
    PRACTICE,
    what="转发公文的标题不层层重叠。",
    why="“的通知的通知”读来费力；被转发的标题用书名号括入，或者只留最后一个文种。",
    wrong="title: 云州市总工会转发云水省总工会关于开展夏送清凉活动的通知的通知",
    right="title: 云州市总工会转发《云水省总工会关于开展夏送清凉活动的通知》的通知",
)
MANY_DE = Check(
    "GW235",
    "title-many-de",
    PRACTICE,
    what="标题里的“的”不过多。",
    why="标题准确简要；书名号、引号之外有四个以上“的”，读者难以看出事由。",
    wrong="title: 云州市总工会关于做好我市职工的夏季的高温的防护工作的通知",
    right="title: 云州市总工会关于做好全市职工夏季高温防护工作的通知",
)

_LEADS: Final = expression(r"关于|印发|转发|批转")
"""What the matter of a title begins with; the issuer stands before it."""
_VERBS: Final = expression(
    r"关于|印发|转发|批转|公布|发布|颁布|颁发|下发|授予|追授|表彰|任免|任命|召开|举办|修改|废止|同意|对|致"
)
"""What a title may say its matter with."""
_ABOUT: Final = ("通知", "请示", "批复", "函", "决定", "意见", "通告")
"""Kinds whose titles say 关于."""
_MEETING: Final = expression(r"(?:会议|大会|全会)$")
_ORGAN: Final = expression(
    r"(?:委员会|联合会|总会|工会|党组|局|厅|部|委|办公室|人民政府|法院|检察院|学院|大学|公司|中心)$"
)
"""What the name of an organ ends with."""
_LEAST_NAME: Final = 4
_OF_A_PERIOD: Final = ("公报", "报告")
"""Kinds whose titles may name a place and a year in the issuer's stead: 云州市2025年国民经济和社会发展统计公报, 政府工作报告."""

_UNFIT: Final = expression(r"[，。；：！？…]+|——")
_BRACKETED: Final = expression(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”|（[^（）]*）")
_BOOK: Final = expression(r"《[^《》]*》")
_FORWARDED: Final = expression("转发")
_AFTERWARDS: Final = expression(r"（[^（）]*）$")

_MOST_CHARACTERS: Final = 50
_MOST_LINES: Final = 3
_MOST_DE: Final = 3
_NOT_FIRST: Final = ("的", "和", "与", "及", "或", "暨")
_PAUSES: Final = ("关于", "《")
_NOT_AT_START: Final = "、）》”’〉，"
_NOT_AT_END: Final = "（《“‘〈"


@functools.cache
def _layers() -> re.Pattern[str]:
    """A title that ends with two kinds, one of the other."""
    kind = "|".join(re.escape(name) for one in kinds().values() if one.official for name in one.names)
    return re.compile(rf"的(?:{kind})的(?:{kind})$")


class _Title(NamedTuple):
    """A title in one line, and where each of its characters stands in the value of the draft."""

    text: str
    places: tuple[int, ...]
    breaks: tuple[int, ...]
    """Offsets in ``text`` at which the draft begins a new line."""


def _title(value: str) -> _Title:
    kept = [(place, char) for place, char in enumerate(value) if char != "\n"]
    counts = itertools.accumulate(len(part) for part in value.split("\n")[:-1])
    return _Title("".join(char for _, char in kept), tuple(place for place, _ in kept), tuple(counts))


def _own(document: Document) -> str | None:
    """The document's title, where there is one to judge."""
    title = document.title
    return None if title is None or PENDING in title or PENDING in document.issuer else title


def _finding(check: Check, message: str, hint: str, title: _Title, start: int, end: int) -> Finding:
    """A finding at some characters of a title's text."""
    first, last = title.places[start], title.places[end - 1]
    return Finding(check, message, ("title",), hint=hint, offset=first, length=last - first + 1)


@on_document(NO_ISSUER, TITLE_OF_OTHERS)
def issuer_in_title(document: Document) -> Iterator[Finding]:
    """B-01, X-23: a title begins with the issuer. What a meeting has passed names the meeting; a 公报 its period."""
    value = _own(document)
    if value is None or document.format_name in UNTITLED or document.subtitle is not None:
        return
    title = _title(value)
    lead = _LEADS.search(title.text)
    before = title.text[: lead.start()].strip() if lead else ""
    if lead is not None and not before:
        yield _finding(
            NO_ISSUER,
            "标题没有发文机关",
            f"写成“{document.lead}{lead.group()}……的{document.kind}”",
            title,
            lead.start(),
            lead.end(),
        )
    elif lead is None and document.kind not in _OF_A_PERIOD and not _begins_with_one(title.text, document.issuer):
        yield _finding(
            NO_ISSUER,
            "标题没有发文机关",
            f"写成“{document.lead}关于……的{document.kind}”",
            title,
            0,
            len(title.text),
        )
    elif before and _is_of_others(before, document.issuer):
        yield _finding(
            TITLE_OF_OTHERS,
            f"标题里的“{before}”不是发文机关的全称或者规范化简称",
            "核对标题和发文机关",
            title,
            0,
            len(before),
        )


def _begins_with_one(text: str, issuers: Sequence[str]) -> bool:
    """Whether a title may begin with one of the issuers: with its name, or with the two characters that its name begins with."""
    return any(name in text or text.removeprefix("中共")[:2] == name.removeprefix("中共")[:2] for name in issuers)


def _is_of_others(before: str, issuers: Sequence[str]) -> bool:
    """Whether what stands before the matter is surely the name of an organ, and none of the issuers."""
    if len(before) < _LEAST_NAME or _MEETING.search(before) or not _ORGAN.search(before) or hanzi(before) != before:
        return False
    return not is_short_for(before, "".join(issuers)) and not is_called(before, issuers)


@on_document(NO_ABOUT)
def about(document: Document) -> Iterator[Finding]:
    """B-01: the matter is put as 关于……的; what issues or forwards a document says so instead."""
    value = _own(document)
    if value is None or document.format_name in UNTITLED or document.kind not in _ABOUT:
        return
    title = _title(value)
    rest = title.text
    for name in document.issuer:
        rest = rest.replace(name, "")
    if rest.strip() in (document.kind, f"公{document.kind}") or _VERBS.search(rest):
        return
    yield _finding(
        NO_ABOUT,
        "标题的事由没有用“关于”引出",
        f"写成“{document.lead}关于……的{document.kind}”",
        title,
        0,
        len(title.text),
    )


_NAME_GOES_ON: Final = "”——"
"""What stands between the parts of the name of an event: “书香校园”——2026年读书月活动."""


@on_document(TITLE_MARK)
def marks(document: Document) -> Iterator[Finding]:
    """B-08: a title has no marks but 《》, quotes, brackets and 、; those of a title that it cites are its own."""
    value = _own(document)
    if value is None:
        return
    inside = [range(*match.span()) for match in _BRACKETED.finditer(value)]
    for match in _UNFIT.finditer(value):
        if any(match.start() in one for one in inside) or value[: match.end()].endswith(_NAME_GOES_ON):
            continue
        is_stop = set(match.group()) == {"。"} and match.end() == len(value)
        yield Finding(
            TITLE_MARK,
            f"标题{'末尾不加句号' if is_stop else f'里不用“{match.group()}”'}",
            ("title",),
            hint="删去句号" if is_stop else "删去，或者改写标题",
            offset=match.start(),
            length=len(match.group()),
            replacement="" if is_stop else None,
        )


@on_document(TITLE_TOO_LONG)
def length(document: Document) -> Iterator[Finding]:
    """B-06: a title of up to three lines of 2号; a joint one has the names of its organs beside."""
    value = _own(document)
    if value is None:
        return
    title = _title(value)
    rest = title.text
    for name in document.issuer:
        rest = rest.replace(name, "")
    count = len("".join(rest.split()))
    lines = len(title.breaks) + 1 - (len(document.issuer) - 1)
    if count > _MOST_CHARACTERS:
        message, hint = f"标题除发文机关外有{count}个字", f"概括事由，删去{count - _MOST_CHARACTERS}个字以上"
    elif lines > _MOST_LINES:
        message, hint = f"标题分成{len(title.breaks) + 1}行", "减少行数，或者不分行，由程序安排"
    else:
        return
    yield Finding(TITLE_TOO_LONG, message, ("title",), hint=hint, offset=0, length=len(value))


@on_document(TITLE_LAYERS, MANY_DE)
def wording(document: Document) -> Iterator[Finding]:
    """B-01: a title that forwards is not piled up, and its matter is put in few words."""
    value = _own(document)
    if value is None:
        return
    title = _title(value)
    text = _AFTERWARDS.sub("", title.text)
    again = list(_FORWARDED.finditer(text))
    if match := _layers().search(text):
        hint = "被转发的标题用书名号括入，或者只留最后一个文种"
        message = f"标题里文种重叠：“{match.group()}”"
        yield _finding(TITLE_LAYERS, message, hint, title, match.start(), match.end())
    elif len(again) > 1:
        hint = "直接转发最初的公文，中间的层次写进正文"
        yield _finding(TITLE_LAYERS, "标题层层转发", hint, title, again[0].start(), again[-1].end())
    of = [match.start() for match in re.finditer("的", _BRACKETED.sub(lambda found: "《" * len(found.group()), text))]
    if len(of) > _MOST_DE:
        hint = "概括事由，省去可以不用的“的”"
        yield _finding(MANY_DE, f"标题里有{len(of)}个“的”", hint, title, of[0], of[-1] + 1)


@on_document(TITLE_BREAK)
def breaks(document: Document) -> Iterator[Finding]:
    """B-05, B-07: where the draft breaks a title into lines, it parts no name, no word, and no kind from its 的."""
    titles: list[tuple[DataPath, str | None]] = [(("title",), _own(document))]
    if document.issued is not None:
        titles.append((("issued", "title"), document.issued.title))
    titles += [(("attachments", index, "title"), one.title) for index, one in enumerate(document.attachments)]
    names = (*document.issuer, *organ_names(document.addressees))
    for path, value in titles:
        if value is not None and "\n" in value:
            yield from _breaks(_title(value), path, names)


_LONGEST: Final = 500
"""Characters of a title that somebody may have broken into lines; a longer one is wrong in other ways."""


def _breaks(title: _Title, path: DataPath, names: Sequence[str]) -> Iterator[Finding]:
    if len(title.text) > _LONGEST:
        return
    for place in title.breaks:
        if fault := _fault(title.text, place, names):
            message, at = fault
            hint = "换一处分行，或者写成一行，由程序安排"
            yield Finding(TITLE_BREAK, message, path, hint=hint, offset=title.places[at])


def _fault(text: str, place: int, names: Sequence[str]) -> tuple[str, int] | None:
    """What is wrong with a new line at an offset of a title, and the offset of the character to mark; None where nothing is."""
    before, after = text[:place].rstrip(), text[place:].lstrip()
    if not before or not after:
        return None
    if after[0] in _NOT_AT_START:
        return f"标题的一行以“{after[0]}”开头", place
    if before[-1] in _NOT_AT_END:
        return f"标题的一行以“{before[-1]}”结尾", place - 1
    if (parted := _parted(text, place, names)) is not None:
        return f"标题分行把“{parted}”拆开", place
    if before.endswith("的") and any(after == name for kind in kinds().values() for name in kind.names):
        return f"标题分行把“的{after}”拆开", place
    # Where a title pauses no word is parted, and the segmenter need not be loaded.
    return None if after.startswith(_PAUSES) or before.endswith(tuple(names)) else _word_at(text, place)


def _word_at(text: str, place: int) -> tuple[str, int] | None:
    """The same for the words of a title: one that does not begin a line, or that a break parts next to its edge."""
    start = 0
    for word in words(text):
        end = start + len(word)
        if start == place and word in _NOT_FIRST:
            return f"标题的一行以“{word}”开头", place
        if start < place < end and 1 in (place - start, end - place):
            return f"标题分行把“{word}”拆开", place
        start = end
    return None


def _parted(text: str, place: int, names: Sequence[str]) -> str | None:
    """The name of an organ, or the title in 《》, that a break parts; None where it parts none, or one too long for a line."""
    spans = [match.span() for name in names for match in re.finditer(re.escape(name), text)]
    spans += [match.span() for match in _BOOK.finditer(text)]
    return next(
        (text[start:end] for start, end in spans if start < place < end and end - start <= int(TITLE_CELLS)), None
    )
