"""What can be wrong with a file before anyone asks what it says."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gongwen.diagnostics import BLOCKING, DOUBTFUL, Check

UNREADABLE_FILE = Check(
    "GW001",
    "unreadable-file",
    BLOCKING,
    what="稿件的文件读得到。",
    why="文件不在、没有权限或者磁盘出错，程序就没有可以检查的。",
)
FILE_TOO_LARGE = Check(
    "GW002",
    "file-too-large",
    BLOCKING,
    what="稿件的文件不超过 2 MB。",
    why="稿件只有文字，几十页也不到 1 MB；过大的多半选错了文件，或者把图片写进了稿件。",
)
NOT_UTF8 = Check(
    "GW003",
    "not-utf-8",
    BLOCKING,
    what="稿件用 UTF-8 编码。",
    why="别的编码（如 GBK）读出来是乱码，猜错一个字也不会有人看出来，所以不猜。",
)
BINARY_CONTENT = Check(
    "GW004",
    "binary-content",
    BLOCKING,
    what="稿件是文本文件。",
    why="Word 文档、PDF、图片等不是文字，要把文字写成 YAML 稿件再用。",
)
INVALID_YAML = Check(
    "GW005",
    "invalid-yaml",
    BLOCKING,
    what="稿件合 YAML 的写法。",
    why="引号、括号不成对，冒号后面没有空格，缩进不齐，程序都无从知道原意。",
    wrong='title: "云州市总工会关于开展夏季送清凉活动的通知',
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
SEVERAL_DOCUMENTS = Check(
    "GW006",
    "several-documents",
    BLOCKING,
    what="一个文件只写一份稿件。",
    why="“---”或者“...”之后是另一份；程序不知道该用哪一份。",
    wrong="""\
title: 云州市总工会关于开展夏季送清凉活动的通知
---
note: 此件公开发布
""",
    right="""\
title: 云州市总工会关于开展夏季送清凉活动的通知
note: 此件公开发布
""",
)
EXPLICIT_TAG = Check(
    "GW007",
    "explicit-tag",
    BLOCKING,
    what="稿件里不用 YAML 的标签。",
    why="一切值都按文字读，标签没有用处；感叹号若是正文，要用引号括起来，不然后面的字会丢掉。",
    wrong="title: !重要 云州市总工会关于开展夏季送清凉活动的通知",
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
TOO_DEEP = Check(
    "GW008",
    "too-deep",
    BLOCKING,
    what="键和列表的嵌套不超过 32 层。",
    why="稿件用不到这样深；多半是括号写多了，也有专门用来使程序停摆的文件。",
    wrong="body: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[第一段。]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    right="body: [第一段。]",
)
UNSAFE_ALIAS = Check(
    "GW009",
    "unsafe-alias",
    BLOCKING,
    what="引用（*名称）指向前面写过的内容，展开以后不过分庞大。",
    why="引用自己的内容没有尽头，层层引用的展开以后可以有几百万倍大。",
    wrong="body: &a [*a]",
    right="body: [各级工会要精心组织，确保活动取得实效。]",
)
DUPLICATE_KEY = Check(
    "GW010",
    "duplicate-key",
    BLOCKING,
    what="同一个键只写一次。",
    why="YAML 会悄悄只留后一个，前面写的就丢了。",
    wrong="""\
note: 此件公开发布
note: 联系人：李华，联系电话：12345678
""",
    right="note: 联系人：李华，联系电话：12345678",
)
INVALID_KEY = Check(
    "GW011",
    "invalid-key",
    BLOCKING,
    what="键是一段文字，写在冒号前面。",
    why="花括号连写两层、冒号前面空着，读出来都不是“键: 值”。",
    wrong="number: {{待定}}",
    right="number: 待定",
)
MERGE_KEY = Check(
    "GW012",
    "merge-key",
    BLOCKING,
    what="稿件里不用 YAML 的合并键“<<”。",
    why="合并进来的内容在稿件里看不见，校对时容易漏过；直接写出来。",
    wrong="""\
attachments:
  - &a {title: 名额分配表, body: [名额另行通知。]}
  - {<<: *a, title: 活动安排表}
""",
    right="""\
attachments:
  - {title: 名额分配表, body: [名额另行通知。]}
  - {title: 活动安排表, body: [时间另行通知。]}
""",
)
BIDI_CONTROL = Check(
    "GW013",
    "bidi-control",
    BLOCKING,
    what="文字里没有双向控制字符。",
    why="它使屏幕上的次序与文件里的不一致，看到的和印出来的可以是两句话。",
    wrong='title: "云州市总工会关于开展夏季\\u202e送清凉活动的通知"',
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
INVISIBLE_CHARACTER = Check(
    "GW014",
    "invisible-character",
    BLOCKING,
    what="文字里没有看不见的字符。",
    why="零宽空格等多半从网页带来，检索和比对时使同样的字变得不同；控制字符印不出来。",
    wrong='title: "云州市总工会关于开展夏季\\u200b送清凉活动的通知"',
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
FULL_WIDTH_INDENT = Check(
    "GW015",
    "full-width-indent",
    BLOCKING,
    what="缩进用半角空格。",
    why="YAML 不把全角空格当作缩进，看上去对齐的两行，读出来不在一层。",
    wrong="""\
body:
　- 各级工会要精心组织，确保活动取得实效。
""",
    right="""\
body:
  - 各级工会要精心组织，确保活动取得实效。
""",
)
TEXT_CUT_BY_HASH = Check(
    "GW016",
    "text-cut-by-hash",
    DOUBTFUL,
    what="正文里的“ #”连同所在的值用引号括起来。",
    why="空格加井号在 YAML 里是注释的开头，后面的字不在稿件里。",
    wrong="""\
body:
  - 请各级工会以 #送清凉 为话题报送活动信息。
""",
    right="""\
body:
  - 请各级工会以“送清凉”为话题报送活动信息。
""",
)
NOT_A_MAPPING = Check(
    "GW017",
    "not-a-mapping",
    BLOCKING,
    what="稿件的最外层是“键: 值”。",
    why="列表或者一段文字不说明哪里是标题、哪里是正文；冒号写成全角的，也成了一段文字。",
    wrong="- 云州市总工会关于开展夏季送清凉活动的通知",
    right="title: 云州市总工会关于开展夏季送清凉活动的通知",
)
EMPTY_FILE = Check(
    "GW018",
    "empty-file",
    BLOCKING,
    what="稿件里有内容。",
    why="空文件或者只有注释的文件没有可以检查的；gongwen new 写出最小的稿件。",
)
ITEM_TAKEN_AS_TEXT = Check(
    "GW019",
    "item-taken-as-text",
    BLOCKING,
    what="列表的各项左边对齐，每项另起一行写“- ”。",
    why="缩进多了的一项，YAML 接在上一项的文字后面，印出来多一个“-”。",
    wrong="""\
body:
  - 各级工会要精心组织。
    - 活动总结于九月底前报送。
""",
    right="""\
body:
  - 各级工会要精心组织。
  - 活动总结于九月底前报送。
""",
)

MAX_REPEATS = 50
"""Faults of one check that are listed; a file of nothing but faults must not fill the screen."""

Place = tuple[int, int]
"""A stretch of the text: the offsets, in code points, where it starts and ends."""


class Fault(NamedTuple):
    """A fault at its place in the text; without one it concerns the file as a whole."""

    check: Check
    message: str
    hint: str
    place: Place | None = None


class Faults:
    """The faults of one file, of each check `MAX_REPEATS` and a word that there are more."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._counts: Counter[Check] = Counter()

    def add(self, fault: Fault) -> None:
        """Keep a fault unless there are too many of its check."""
        self._counts[fault.check] += 1
        if self._counts[fault.check] <= MAX_REPEATS:
            self.found.append(fault)
        elif self._counts[fault.check] == MAX_REPEATS + 1:
            message = "同样的问题太多，从这里起不再逐一列出"
            self.found.append(fault._replace(message=message, hint="先改正前面列出的各处"))
