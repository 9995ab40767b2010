"""The register in files for other programs: CSV, XLSX, JSON.

What a draft says is text there, never a formula: a spreadsheet would run one that begins a title.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Sequence
from typing import Any, Final

from gongwen.register.rows import HEAD, Row

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML and no spreadsheet has a place for."""
_WIDTHS: Final = (24, 60, 8, 16, 8, 6, 36)
"""Widths of the columns, in digits; a hanzi takes two."""
_DATE: Final = 'yyyy"年"m"月"d"日"'


def as_csv(rows: Sequence[Row]) -> bytes:
    """CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know it; a text that looks like a formula begins with '."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for row in rows:
        writer.writerow(["" if value is None else _guarded(value) for value in row.values])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook with one sheet: the head stays in place, dates are dates, and texts are texts."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "发文登记"
    sheet.append(HEAD)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row.values, 1):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, str):
                cell.value = _clean(value)
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULA)
            else:
                cell.value = value
                if isinstance(value, datetime.date):
                    cell.number_format = _DATE
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_json(rows: Sequence[Row]) -> bytes:
    """A list of objects under ``drafts``; what a draft does not say is null."""
    text = json.dumps({"drafts": [_object(row) for row in rows]}, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "replace")


def _object(row: Row) -> dict[str, Any]:
    entry = row.entry
    serial = entry.serial
    return {
        "number": entry.number,
        "code": None if serial is None else serial.code,
        "year": None if serial is None else serial.year,
        "serial": None if serial is None else serial.serial,
        "title": entry.title,
        "kind": entry.kind,
        "issuers": list(entry.issuers),
        "date": None if entry.date is None else entry.date.isoformat(),
        "state": str(row.state),
        "errors": row.errors,
        "warnings": row.warnings,
        "pages": entry.pages,
        "file": entry.name,
    }


def _guarded(value: str | datetime.date | int) -> str:
    text = _clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _clean(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)
