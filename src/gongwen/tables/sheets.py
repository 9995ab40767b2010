"""Rows of a CSV or XLSX file, every cell as the file shows it; what cannot be shown is told and never dropped."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, Final, Protocol
from xml.etree.ElementTree import ParseError

from gongwen.document import Cell, TableCell
from gongwen.files import Folder
from gongwen.standard import TABLE_MOST_COLUMNS, TABLE_MOST_ROWS
from gongwen.tables.display import UndisplayableError, shown

Rows = tuple[tuple[Cell, ...], ...]


class Show(Protocol):
    """What makes a value of a cell a text, as `display.shown` does."""

    def __call__(self, value: Any, number_format: str | None, *, is_error: bool = False) -> str:
        """The text. Raises UndisplayableError."""


_LARGEST_UNPACKED: Final = 48 * 1024 * 1024
_NAMED: Final = 5


class SheetError(Exception):
    """A file is not a table that can be set: what is wrong, and what the user can do; ``key`` is the draft's key that it is about."""

    def __init__(self, message: str, hint: str, key: str = "file") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.key = key


def read_sheet(folder: Folder, name: str, sheet: str | None) -> Rows:
    """The rows of a file, without blank rows and columns at its end.

    Raises FileError for a file that cannot be read, SheetError for one that is no table.
    """
    return rows_in(folder.read(name), name, sheet)


def rows_in(data: bytes, name: str, sheet: str | None = None, show: Show = shown) -> Rows:
    """The rows of a file of this name, as `read_sheet`; ``show`` makes a cell's value of a workbook a text.

    Raises SheetError for a file that is no table.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".csv":
        if sheet is not None:
            raise SheetError("CSV 文件没有工作表", "删去工作表一项", "sheet")
        return _trimmed(list(_csv_rows(data)))
    if suffix == ".xlsx":
        return _xlsx(data, sheet, show)
    raise SheetError("不是 CSV 或 XLSX 文件", "另存为 .xlsx，或者 UTF-8 编码的 .csv")


# --- CSV ----------------------------------------------------------------------------------------------------------------------


def _csv_rows(data: bytes) -> Iterator[list[Cell]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader):
            if number >= TABLE_MOST_ROWS + 2 or len(row) > TABLE_MOST_COLUMNS:
                raise _too_large()
            yield [_clean(cell) for cell in row]
    except csv.Error as error:
        raise SheetError(f"第{reader.line_num}行读不出来（{error}）", "核对这一行的引号") from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetError("不是文本文件，读不出文字", "另存为 UTF-8 编码的 CSV")


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _too_large() -> SheetError:
    return SheetError(
        f"表格太大，超过{TABLE_MOST_ROWS}行或者{TABLE_MOST_COLUMNS}列", "拆成几个表格；删去表格以外的内容和格式"
    )


def _trimmed(rows: list[list[Cell]]) -> Rows:
    """The rows without those at the end that hold nothing, and without columns at the end that no row fills."""
    while rows and not any(rows[-1]):
        rows.pop()
    wide = max((len(row) - _blanks_at_end(row) for row in rows), default=0)
    # A row that is shorter than that stays so, and is told.
    return tuple(tuple(row[:wide]) for row in rows)


def _blanks_at_end(row: Sequence[Cell]) -> int:
    return next((k for k, cell in enumerate(reversed(row)) if cell), len(row))


# --- XLSX ---------------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes, sheet: str | None, show: Show) -> Rows:
    _guard(data)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        formulas = _formulas(openpyxl.load_workbook(io.BytesIO(data), read_only=True), sheet)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        return _cells(_sheet_of(book, sheet), formulas, show)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError) as error:
        raise SheetError(f"不是完好的 XLSX 文件（{type(error).__name__}）", "用表格软件打开，另存一次") from None


def _guard(data: bytes) -> None:
    """Refuse what would unpack to far more than a table, and XML that defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
                raise SheetError("文件展开后太大", "删去图片和表格以外的内容，或另存为 CSV")
            for part in archive.infolist():
                with archive.open(part) as file:
                    if b"<!DOCTYPE" in file.read(1024):
                        raise SheetError("文件里有不该有的 DOCTYPE", "用表格软件打开，另存一次")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise SheetError("不是 XLSX 文件，或者已损坏、已加密", "用表格软件打开，另存一次，不加密码") from None


def _sheet_of(book: Any, name: str | None) -> Any:
    """The sheet of a name, or the first one. Raises SheetError where there is none."""
    names = [one.title for one in book.worksheets]
    if not names:
        raise SheetError("文件里没有工作表", "用表格软件打开，核对内容")
    if name is not None and name not in names:
        raise SheetError(f"没有工作表“{name}”", f"文件里有：{'、'.join(names)}", "sheet")
    return book.worksheets[0] if name is None else book[name]


def _formulas(book: Any, sheet: str | None) -> set[tuple[int, int]]:
    """Row and column of every formula, counted from 1. Raises SheetError where the sheet is too large."""
    found: set[tuple[int, int]] = set()
    rows = blanks = 0
    for row in _sheet_of(book, sheet).iter_rows():
        filled = [cell for cell in row if cell.value is not None]
        rows, blanks = (rows + blanks + 1, 0) if filled else (rows, blanks + 1)
        if rows > TABLE_MOST_ROWS + 2 or any(cell.column > TABLE_MOST_COLUMNS for cell in filled):
            raise _too_large()
        found |= {(cell.row, cell.column) for cell in filled if cell.data_type == "f"}
    return found


def _cells(sheet: Any, formulas: set[tuple[int, int]], show: Show) -> Rows:
    """The cells as they are shown, merged ones once, with their spans."""
    merged = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    covered = {place for span in merged.values() for row in span.rows for place in row} - merged.keys()
    faults: list[str] = []
    texts: dict[tuple[int, int], str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            place = (cell.row, cell.column)
            if place in covered:
                continue
            try:
                texts[place] = _text(cell, show, is_formula=place in formulas)
            except UndisplayableError as error:
                faults.append(f"{cell.coordinate}{error}")
    if faults:
        more = f"等{len(faults)}处" if len(faults) > _NAMED else ""
        raise SheetError(
            f"有的格不能照样排：{'；'.join(faults[:_NAMED])}{more}", "在表格软件里改正，或把这些格改为文本"
        )
    filled = [place for place, text in texts.items() if text]
    high = max([row for row, _ in filled] + [span.max_row for at, span in merged.items() if texts.get(at)], default=0)
    wide = max([col for _, col in filled] + [span.max_col for at, span in merged.items() if texts.get(at)], default=0)
    _refuse_hidden(sheet, high, wide)
    rows: list[tuple[Cell, ...]] = []
    for number in range(1, high + 1):
        cells: list[Cell] = []
        for column in range(1, wide + 1):
            place = (number, column)
            if place in covered:
                continue
            text = texts.get(place, "")
            span = merged.get(place)
            if span is None:
                cells.append(text)
                continue
            across = min(span.max_col, wide) - column + 1
            down = min(span.max_row, high) - number + 1
            cells.append(TableCell.model_construct(text=text, across=across, down=down, align=None))
        rows.append(tuple(cells))
    return tuple(rows)


def _text(cell: Any, show: Show, *, is_formula: bool) -> str:
    if is_formula and cell.value is None:
        raise UndisplayableError("的公式没有计算结果")
    return _clean(show(cell.value, cell.number_format, is_error=cell.data_type == "e"))


def _refuse_hidden(sheet: Any, high: int, wide: int) -> None:
    """What is hidden is neither set nor left out without a word."""
    rows = [str(row) for row, size in sheet.row_dimensions.items() if size.hidden and row <= high]
    columns = [name for name, size in sheet.column_dimensions.items() if size.hidden and size.min <= wide]
    if rows or columns:
        what = "、".join([*(f"第{row}行" for row in rows[:_NAMED]), *(f"{name}列" for name in columns[:_NAMED])])
        raise SheetError(f"工作表里有隐藏的行或列：{what}", "取消隐藏，或者删去")
