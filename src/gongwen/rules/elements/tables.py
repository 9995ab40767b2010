"""Rules of tables 表格: what does not fit, words that a column parts, labels that are typed as well as made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Draft, Table
from gongwen.expressions import expression
from gongwen.fonts import FontBook
from gongwen.layout import table_faults
from gongwen.layout.table import Fault
from gongwen.rules.elements.body import MADE_TWICE
from gongwen.rules.registry import on_draft, on_tables
from gongwen.standard import HEIGHT, WIDTH

TABLE_TOO_WIDE = Check(
    "GW325",
    "table-too-wide",
    must("GB/T 9704 5.2.1"),
    what="各列加起来不宽于版心，横排的不宽于版心的高。",
    why="GB/T 9704 5.2.1：版心 156 毫米 × 225 毫米，图文不出版心。",
    wrong="""\
body:
  - table: 任务分解表
    columns: [{name: 任务, width: 120}, {name: 责任单位, width: 60}]
    rows: [[组织走访慰问, 各基层工会]]
""",
    right="""\
body:
  - table: 任务分解表
    columns: [{name: 任务, width: 90}, {name: 责任单位, width: 60}]
    rows: [[组织走访慰问, 各基层工会]]
""",
)
ROW_TOO_HIGH = Check(
    "GW326",
    "row-too-high",
    must("GB/T 9704 5.2.1"),
    what="表格的一行在一页里排得下。",
    why="GB/T 9704 5.2.1：版心高 225 毫米；程序不把一行拆到两页，比一页还高的行没有地方排。",
    wrong="""\
body:
  - table: 任务分解表
    columns: [{name: 任务, width: 10}, {name: 单位, width: 140}]
    rows: [[组织走访建筑工地、环卫站点等高温作业场所，慰问一线职工，发放防暑降温用品，普及急救知识，制定具体方案，做到专款专用，活动结束后报送总结。, 基层工会]]
""",
    right="""\
body:
  - table: 任务分解表
    columns: [{name: 任务, width: 110}, {name: 单位, width: 40}]
    rows: [[组织走访建筑工地、环卫站点等高温作业场所，慰问一线职工，发放防暑降温用品，普及急救知识，制定具体方案，做到专款专用，活动结束后报送总结。, 基层工会]]
""",
)
WORD_PARTED = Check(
    "GW327",
    "word-parted",
    PRACTICE,
    what="列宽放得下词和数字，不把它们拆到两行。",
    why="词和数字拆开了不好认，金额尤其容易看错；这是排表的习惯。",
    wrong="""\
body:
  - table: 服务网址
    columns: [{name: 网址, width: 20}, 说明]
    rows: [[www.example.com, 职工服务平台]]
""",
    right="""\
body:
  - table: 服务网址
    columns: [{name: 网址, width: 50}, 说明]
    rows: [[www.example.com, 职工服务平台]]
""",
)

_NUMBER: Final = r"[0-9]+[.．、](?![0-9])\s*"
_LABEL: Final = expression(rf"注\s*[0-9]*\s*[：:]\s*(?:{_NUMBER})?|{_NUMBER}")
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
