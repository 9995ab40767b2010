"""Characters that no face has, at their places in the draft."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.diagnostics import BLOCKING, Check, DataPath, Finding
from gongwen.document import Draft
from gongwen.fonts import ROLE_INFO, FontBook
from gongwen.rules.registry import on_characters
from gongwen.rules.texts import texts_of

TAB_IN_TEXT = Check(
    "GW506",
    "tab-in-text",
    BLOCKING,
    what="文字里没有制表符（Tab）。",
    why="制表符没有固定的宽，印不成版式里的空格；要空的由程序空。",
    wrong="""\
body:
  - "联系人：李华\\t联系电话：12345678"
""",
    right="""\
body:
  - 联系人：李华，联系电话：12345678
""",
)
MISSING_CHARACTER = Check(
    "GW501",
    "missing-character",
    BLOCKING,
    what="每个字在所用的字体或者后备字体里都有。",
    why="没有的字印出来是空白，漏了没有人看得出；确需的生僻字，由单位在 gongwen.yaml 里补上字体。",
    wrong="title: 云州市总工会关于开展😀送清凉活动的通知",
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)


@on_characters(TAB_IN_TEXT, MISSING_CHARACTER)
def missing_characters(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """Each character that would be lost on the page, once for its place: without a glyph it would come out blank."""
    told: set[tuple[DataPath, int]] = set()
    for path, role, _, text in texts_of(draft):
        for place in book.missing(role, text):
            if (path, place) in told:
                continue
            told.add((path, place))
            char = text[place]
            at_key = path[-1] == text  # a unit of people at a meeting is the key of its names
            # Of a cell that comes from a file the draft has the name of the file alone.
            row, cell = path[-2:] if path[-3:-2] == ("file",) else (None, None)
            where, offset = ("", place) if row is None else (f"第{row}行第{cell}格", None)
            if char == "\t":
                yield Finding(
                    TAB_IN_TEXT,
                    f"{where}文字里有制表符（Tab）",
                    path,
                    hint="删去，或改为空格",
                    offset=offset,
                    at_key=at_key,
                )
                continue
            yield Finding(
                MISSING_CHARACTER,
                f"{where}{'：' if where else ''}{ROLE_INFO[role].name}和后备字体中都没有“{char}”（U+{ord(char):04X}）",
                path,
                hint="核对是不是误字；确需此字，在 gongwen.yaml 的 fonts.extra（字体.补字）中列出含有它的字体文件",
                offset=offset,
                at_key=at_key,
            )
