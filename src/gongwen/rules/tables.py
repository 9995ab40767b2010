"""Rules of tables 表格: what does not fit, words that a column parts, labels that are typed as well as made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Draft, Table
from gongwen.fonts import FontBook
from gongwen.layout import table_faults
from gongwen.layout.table import Fault
from gongwen.rules.body import MADE_TWICE
from gongwen.rules.registry import on_draft, on_tables
from gongwen.standard import HEIGHT, WIDTH

TABLE_TOO_WIDE = Check("GW325", "table-too-wide", must("GB/T 9704 5.2.1"))
ROW_TOO_HIGH = Check("GW326", "row-too-high", must("GB/T 9704 5.2.1"))
WORD_PARTED = Check("GW327", "word-parted", PRACTICE)

_NUMBER: Final = r"[0-9]+[.．、](?![0-9])\s*"
_LABEL: Final = re.compile(rf"注\s*[0-9]*\s*[：:]\s*(?:{_NUMBER})?|{_NUMBER}")
_QUOTED: Final = 12


@on_tables(TABLE_TOO_WIDE, ROW_TOO_HIGH, WORD_PARTED)
def unfit_tables(draft: Draft, book: FontBook) -> Iterator[Finding]:
    """T-04, T-05: every column and every row has room in the type area, and no word is parted."""
    for path, table, fault in table_faults(draft, book):
        yield _finding(path, table, fault)


def _finding(path: DataPath, table: Table, fault: Fault) -> Finding:
    source = "rows" if table.file is None else "file"
    columns = (*path, "columns" if "columns" in table.model_fields_set else source)
    match fault.kind:
        case "wide":
            return Finding(
                TABLE_TOO_WIDE,
                f"各列共宽{fault.wanted:.0f}毫米以上，排不进{HEIGHT if table.landscape else WIDTH:.0f}毫米",
                columns,
                hint="减小列宽，减少列数" + ("" if table.landscape else "，或改为横排"),
            )
        case "split":
            name = table.leaves[fault.column].name
            parted = f"“{fault.text[:_QUOTED]}”里的词或数字要拆开" if fault.text else "放不下一个字"
            return Finding(
                WORD_PARTED,
                f"“{name}”一列太窄，{parted}",
                columns,
                hint="加大列宽，缩短文字" + ("" if table.landscape else "，或改为横排"),
            )
        case "high":
            rows = f"第{fault.row + 1}行" if fault.row == fault.last else f"第{fault.row + 1}行至第{fault.last + 1}行"
            place: DataPath = (*path, source, fault.row) if table.file is None else (*path, source)
            return Finding(
                ROW_TOO_HIGH,
                f"{rows}高{fault.wanted:.0f}毫米，一页排不下",
                place,
                hint="缩短文字，或拆成几行" + ("" if fault.row == fault.last else "；跨行的格拆开"),
            )


@on_draft(MADE_TWICE)
def labels_made_twice(draft: Draft) -> Iterator[Finding]:
    """The label and the number of a note, typed as well as made."""
    for path, table in draft.tables():
        for index, note in enumerate(table.notes or ()):
            if match := _LABEL.match(note):
                yield Finding(
                    MADE_TWICE,
                    f"“注：”和序号自动加：“{match.group()}”",
                    (*path, "notes", index),
                    hint="只写注的文字",
                    offset=0,
                    length=match.end(),
                )
