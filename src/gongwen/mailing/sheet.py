"""The sheet of a mailing: its first row names the fields, each further row fills them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gongwen.chinese import format_date
from gongwen.diagnostics import BLOCKING, Check, Diagnostic
from gongwen.files import LARGEST, Seen, digest_of, read_at_most, state_of
from gongwen.reading.characters import HIDDEN, quote
from gongwen.reading.fields import LONGEST_NAME, is_name
from gongwen.source import reason
from gongwen.tables.display import shown
from gongwen.tables.sheets import SheetError, rows_in

UNUSABLE_LIST = Check(
    "GW124",
    "unusable-list",
    BLOCKING,
    what="名单（--data）是读得到的 CSV 或 XLSX 文件，不超过 20000 行、40 列。",
    why="有公式没有结果、行列隐藏的，填进去的不是名单上看到的，所以不用。",
)
COLUMN_NAME = Check(
    "GW125",
    "column-name",
    BLOCKING,
    what="名单的第一行是列名，每列一个，各不相同。",
    why="列名就是空的名称；缺了、重了，就不知道一格该填到哪里。",
    wrong="""\
# 名单.csv：
# 姓名,单位,姓名
# 李华,市图书馆,王小明
""",
    right="""\
# 名单.csv：
# 姓名,单位,联系人
# 李华,市图书馆,王小明
""",
)
MERGED_CELL = Check(
    "GW127",
    "merged-cell",
    BLOCKING,
    what="名单里没有合并的格。",
    why="合并的格跨几行，是几行都填，还是只填第一行，程序不去猜；第一行是大标题的，列名就找不到了。",
)
EMPTY_LIST = Check(
    "GW128",
    "empty-list",
    BLOCKING,
    what="名单在列名以下至少有一行。",
    why="一行填一份，没有行就没有可填的。",
    wrong="""\
# 名单.csv：
# 姓名,单位
""",
    right="""\
# 名单.csv：
# 姓名,单位
# 李华,市图书馆
""",
)
FILE_NAME = Check(
    "GW129",
    "file-name",
    BLOCKING,
    what="名单有“文件名”（file）一栏的，每行都写，各不相同，不超过 40 字。",
    why="各份 PDF 以它为名，相同的会互相覆盖。",
    wrong="""\
# 名单.csv：
# 姓名,文件名
# 李华,请柬
# 王小明,请柬
""",
    right="""\
# 名单.csv：
# 姓名,文件名
# 李华,请柬-李华
# 王小明,请柬-王小明
""",
)

NAME_FORM: Final = f"用汉字、字母、数字和下划线，不全是数字，不超过{LONGEST_NAME}字"
"""What a column has to be called that fields are named after."""
FILE_NAMES: Final = ("文件名", "file")
"""The columns that name the files of rows; the first that is there."""
_LONGEST_LABEL: Final = 40
_LEAST_DIGITS: Final = 4
_UNSAFE: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_ENDS: Final = " .\u3000"
_OWN_ENDING: Final = ".pdf"
_NAMED: Final = 5
_PLAIN_DATE: Final = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number there, from 1 with the row of names; its values by the names of their columns.

    ``label`` tells its files from those of other rows.
    """

    number: int
    values: Mapping[str, str]
    label: str

    def beside(self, draft: Path) -> Path:
        """The draft's path as it would be, were the row a draft of its own: 邀请函.yaml → 邀请函.0003.yaml."""
        return draft.with_name(f"{draft.stem}.{self.label}{draft.suffix}")


@dataclass(frozen=True)
class Mailing:
    """A sheet as it was read; ``name`` is what users see.

    ``fields`` are the names of columns that a field can have, ``others`` those that none can. With errors among the ``diagnostics``
    there are no ``rows``.
    """

    path: Path
    name: str
    fields: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    seen: Seen | None = field(default=None, repr=False, compare=False)


def read(path: Path, name: str | None = None) -> Mailing:
    """Read a CSV or XLSX file, wherever it lies. Never raises for what is in it: that is in ``diagnostics``."""
    name = str(path) if name is None else name
    state = state_of(path)
    try:
        data = read_at_most(path, LARGEST + 1)
    except (OSError, ValueError) as error:
        message = f"读不了名单“{quote(name)}”：{reason(error)}"
        return _unusable(path, name, message, "检查文件名、所在文件夹和访问权限")
    if len(data) > LARGEST:
        return _unusable(path, name, f"名单太大，超过 {LARGEST // 1024 // 1024} MB", "删去图片和名单以外的内容")
    seen = None if state is None else Seen(state, digest_of(data))
    try:
        rows = rows_in(data, path.name, show=_as_written)
    except SheetError as error:
        return _unusable(path, name, f"名单用不了：{error.message}", error.hint, seen)
    return _Reader(path, name, seen).read(rows)


def rows_named(numbers: Sequence[int]) -> str:
    """Rows by their numbers: 第3行, 第3、5行, 第3、4、5、6、7行等37行."""
    more = f"等{len(numbers)}行" if len(numbers) > _NAMED else ""
    return f"第{'、'.join(map(str, numbers[:_NAMED]))}行{more}"


def _unusable(path: Path, name: str, message: str, hint: str, seen: Seen | None = None) -> Mailing:
    return Mailing(path, name, diagnostics=(Diagnostic(UNUSABLE_LIST, message, name, hint=hint),), seen=seen)


def _as_written(value: Any, number_format: str | None, *, is_error: bool = False) -> str:
    """A value as the spreadsheet shows it; a day that it shows by digits alone as official documents and drafts write it."""
    text = shown(value, number_format, is_error=is_error)
    if isinstance(value, datetime.date) and _PLAIN_DATE.fullmatch(text):
        return format_date(value)
    return text


class _Reader:
    """Makes a mailing of rows of cells; ``_found`` grows."""

    def __init__(self, path: Path, name: str, seen: Seen | None) -> None:
        self._path = path
        self._name = name
        self._seen = seen
        self._found: list[Diagnostic] = []

    def read(self, cells: Sequence[Sequence[object]]) -> Mailing:
        merged = [number for number, row in enumerate(cells, 1) if not all(isinstance(one, str) for one in row)]
        if merged:
            hint = "取消合并，每格各写各的；第一行只写列名，不写大标题"
            self._tell(MERGED_CELL, f"{rows_named(merged)}有合并的格", hint)
            return self._mailing()
        rows = [(number, [str(one) for one in row]) for number, row in enumerate(cells, 1)]
        names, body = self._names(rows), [(number, row) for number, row in rows[1:] if any(row)]
        if not self._found and not body:
            self._tell(EMPTY_LIST, "名单里没有可填的行", "第一行写列名，以下每份一行")
        if self._found:
            return self._mailing()
        columns = [(column, name) for column, name in names.items() if is_name(name)]
        values = [{name: _at(row, column) for column, name in columns} for _, row in body]
        labels = self._labels(body, names)
        fields = tuple(name for _, name in columns)
        return self._mailing(
            fields,
            tuple(name for name in names.values() if name not in fields),
            [Row(number, found, label) for (number, _), found, label in zip(body, values, labels, strict=True)],
        )

    def _mailing(self, fields: tuple[str, ...] = (), others: tuple[str, ...] = (), rows: Iterable[Row] = ()) -> Mailing:
        kept = () if self._found else tuple(rows)
        return Mailing(self._path, self._name, fields, others, kept, tuple(self._found), self._seen)

    def _tell(self, check: Check, message: str, hint: str) -> None:
        self._found.append(Diagnostic(check, message, self._name, hint=hint))

    def _names(self, rows: Sequence[tuple[int, list[str]]]) -> dict[int, str]:
        """The names of columns by their places, those without content left out."""
        names: dict[int, str] = {}
        head = rows[0][1] if rows else []
        if not any(head) and any(any(row) for _, row in rows):
            self._tell(COLUMN_NAME, "第1行没有列名", f"第一行写列名，{NAME_FORM}")
            return names
        for column in range(max((len(row) for _, row in rows), default=0)):
            name = _at(head, column)
            if name in names.values():
                first = next(place for place, one in names.items() if one == name)
                message = f"列名“{quote(name)}”重复：第{first + 1}列和第{column + 1}列"
                self._tell(COLUMN_NAME, message, "各列的名称要不同；用不着的列删去")
            elif name:
                names[column] = name
            elif any(_at(row, column) for _, row in rows):
                self._tell(COLUMN_NAME, f"第{column + 1}列没有列名", f"第一行写列名，{NAME_FORM}；用不着的列删去")
        return names

    def _labels(self, body: Sequence[tuple[int, list[str]]], names: Mapping[int, str]) -> list[str]:
        """What tells the files of the rows apart: their numbers, or what the column for that says."""
        column = next((place for name in FILE_NAMES for place, one in names.items() if one == name), None)
        if column is None:
            digits = max(_LEAST_DIGITS, len(str(body[-1][0])))
            return [f"{number:0{digits}}" for number, _ in body]
        labels = [_safe(_at(row, column)) for _, row in body]
        blank = [number for (number, _), label in zip(body, labels, strict=True) if not label]
        long = [number for (number, _), label in zip(body, labels, strict=True) if len(label) > _LONGEST_LABEL]
        if blank:
            self._tell(FILE_NAME, f"{rows_named(blank)}没有文件名", "每行都写文件名；不用的，删去这一列，以行号为名")
        if long:
            self._tell(FILE_NAME, f"{rows_named(long)}的文件名超过{_LONGEST_LABEL}字", "缩短文件名")
        repeated = list(_repeated((label, number) for (number, _), label in zip(body, labels, strict=True) if label))
        if repeated:
            listed = "、".join(f"“{quote(label)}”（{rows_named(numbers)}）" for label, numbers in repeated[:_NAMED])
            more = f"等{len(repeated)}个" if len(repeated) > _NAMED else ""
            self._tell(FILE_NAME, f"文件名重复：{listed}{more}", "每行的文件名要不同，大小写不算不同")
        return labels


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _safe(name: str) -> str:
    """A name as a part of the name of a file: nothing that leads elsewhere, hides, or that some system refuses."""
    name = HIDDEN.sub("", unicodedata.normalize("NFC", name))
    name = _UNSAFE.sub("_", name).strip(_ENDS)
    return name[: -len(_OWN_ENDING)].rstrip(_ENDS) if name.lower().endswith(_OWN_ENDING) else name


def _repeated(labels: Iterable[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """Labels that some system would take for the same, with their rows."""
    rows: dict[str, list[tuple[str, int]]] = {}
    for label, number in labels:
        rows.setdefault(label.casefold(), []).append((label, number))
    for several in rows.values():
        if len(several) > 1:
            yield several[0][0], [number for _, number in several]
