"""Tables made whole before they are set: rows come from the files that a draft names, and every cell has its place in the grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from gongwen.diagnostics import BLOCKING, Check, DataPath, Finding
from gongwen.document import HEAD_LEVELS, Cell, Column, Draft, GridFault, Model, Table, TableCell, grid
from gongwen.files import FileError, Folder
from gongwen.standard import TABLE_MOST_COLUMNS, TABLE_MOST_ROWS

__all__ = ["fill_tables"]

TABLE_FILE = Check(
    "GW320",
    "table-file",
    BLOCKING,
    what="表格文件读得到，内容是程序能照样排出的。",
    why="文件不在、格式不合，公式没有结果，行列隐藏了，都会使表格缺了内容。",
    wrong="""\
body:
  - table: 任务分解表
    file: 没有的任务分解表.xlsx
""",
    right="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位]
    rows: [[组织走访慰问, 各基层工会]]
""",
)
TABLE_ROW = Check(
    "GW321",
    "table-row",
    BLOCKING,
    what="表格每行的格数与列数相同，跨几列的算几格。",
    why="少一格，后面的内容就错到别的列里。",
    wrong="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位, 完成时限]
    rows: [[组织走访慰问, 2026年8月]]
""",
    right="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位, 完成时限]
    rows: [[组织走访慰问, '', 2026年8月]]
""",
)
TABLE_SPAN = Check(
    "GW322",
    "table-span",
    BLOCKING,
    what="跨列、跨行的格不互相重叠，不跨到表格之外。",
    why="重叠的地方不知道该排哪一格的内容。",
    wrong="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位]
    rows:
      - [组织走访慰问, {text: 各基层工会, down: 2}]
""",
    right="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位]
    rows:
      - [组织走访慰问, {text: 各基层工会, down: 2}]
      - [普及急救知识]
""",
)
EMPTY_TABLE = Check(
    "GW323",
    "empty-table",
    BLOCKING,
    what="表格至少有一行。",
    why="只有表头的表格没有内容，多半是忘了填。",
    wrong="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位]
    rows: []
""",
    right="""\
body:
  - table: 任务分解表
    columns: [任务, 责任单位]
    rows: [[组织走访慰问, 各基层工会]]
""",
)
TABLE_TOO_LARGE = Check(
    "GW324",
    "table-too-large",
    BLOCKING,
    what="表格不超过 20000 行、40 列。",
    why="再大的表格印出来没有人看，排版也要很久；拆成几个，或者另附电子文件。",
)

D = TypeVar("D", bound=Draft)
Rows = tuple[tuple[Cell, ...], ...]


def fill_tables(draft: D, folder: Folder) -> tuple[D, list[Finding]]:
    """The draft with the rows of its tables' files in it, and what is wrong with its tables.

    A table with a fault stays as the draft has it.
    """
    findings: list[Finding] = []
    filled = _filled(draft, (), folder, findings)
    return filled, findings


def _filled(value: Any, path: DataPath, folder: Folder, findings: list[Finding]) -> Any:
    """The value with every table in it filled; the very value where there is nothing to fill."""
    if isinstance(value, Table):
        return _filled_table(value, path, folder, findings)
    if isinstance(value, Model):
        parts = {
            name: (part, _filled(part, (*path, name), folder, findings))
            for name in type(value).model_fields
            if isinstance(part := getattr(value, name), Model | tuple)
        }
        update = {name: after for name, (before, after) in parts.items() if after is not before}
        return value.model_copy(update=update) if update else value
    if isinstance(value, tuple):
        items = tuple(_filled(item, (*path, index), folder, findings) for index, item in enumerate(value))
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value


def _filled_table(table: Table, path: DataPath, folder: Folder, findings: list[Finding]) -> Table:
    before = len(findings)
    filled = table
    if table.file is not None:
        from gongwen.tables.sheets import SheetError, read_sheet

        try:
            rows = read_sheet(folder, table.file, table.sheet)
        except FileError as error:
            findings.append(Finding(TABLE_FILE, error.message, (*path, "file"), error.hint))
        except SheetError as error:
            findings.append(Finding(TABLE_FILE, f"“{table.file}”：{error.message}", (*path, error.key), error.hint))
        else:
            findings += _faults_of_head(table, rows, path)
            filled = _with_rows(table, rows) if len(findings) == before else table
    if len(findings) == before:
        findings += _faults(filled, path)
    return filled if len(findings) == before else table


def _with_rows(table: Table, rows: Rows) -> Table:
    """The table with rows of a file. Its first row is the head, unless the draft names the columns; the names are not said twice."""
    if table.columns:
        repeated = bool(rows) and _texts(rows[0]) == [column.name for column in table.leaves]
        return table.with_rows(rows[1:] if repeated else rows, table.columns, int(repeated))
    head = min(_head_rows(rows), len(rows))
    return table.with_rows(rows[head:], tuple(_columns(rows[:head])), head)


def _head_rows(rows: Rows) -> int:
    """Rows of the head of a file: as far as its first row reaches down, or one more where a cell of it lies across columns."""
    spans = [cell for cell in (rows[0] if rows else ()) if isinstance(cell, TableCell)]
    return max([1, *(cell.down for cell in spans), *(HEAD_LEVELS for cell in spans if cell.across > 1)])


def _faults_of_head(table: Table, rows: Rows, path: DataPath) -> Iterator[Finding]:
    if table.columns or not rows:
        return
    if len(rows[0]) == 1 and isinstance(rows[0][0], TableCell) and rows[0][0].across > 1:
        yield Finding(
            TABLE_FILE,
            f"“{table.file}”的首行是横跨各列的标题，不是表头",
            (*path, "file"),
            "删去文件的首行，表题写在表格一项里",
        )
    elif _head_rows(rows) > HEAD_LEVELS:
        yield Finding(TABLE_FILE, f"“{table.file}”的表头超过{HEAD_LEVELS}层", (*path, "file"), "减少首行纵向合并的行数")


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in row]


def _columns(head: Rows) -> Iterator[Column]:
    """The columns that the rows of a head name: a cell across several is the common head of those below it."""
    below = list(head[1]) if len(head) > 1 else []
    for cell in head[0] if head else ():
        if isinstance(cell, str):
            # Without a merge downwards the cell below belongs to the same column.
            yield Column.of(cell, (Column.of(_texts(below[:1])[0]),)) if below else Column.of(cell)
            below = below[1:]
        elif cell.across == 1:
            yield Column.of(cell.text)
        else:
            own, below = below[: cell.across], below[cell.across :]
            yield Column.of(cell.text, tuple(map(Column.of, _texts(own))))


# --- What is wrong with rows --------------------------------------------------------------------------------------------------


def _faults(table: Table, path: DataPath) -> Iterator[Finding]:
    columns = len(table.leaves)
    if columns > TABLE_MOST_COLUMNS or len(table.rows) + len(table.total) > TABLE_MOST_ROWS:
        yield Finding(
            TABLE_TOO_LARGE,
            f"表格太大：{len(table.rows) + len(table.total)}行、{columns}列",
            (*path, "columns" if columns > TABLE_MOST_COLUMNS and table.file is None else _source(table)),
            f"不超过{TABLE_MOST_ROWS}行、{TABLE_MOST_COLUMNS}列；拆成几个表格",
        )
        return
    if not table.rows:
        yield Finding(EMPTY_TABLE, "表格没有一行", (*path, _source(table)), "写上各行；没有内容就删去这个表格")
    for name in ("rows", "total"):
        rows = getattr(table, name)
        for fault in grid(rows, columns)[1]:
            yield _fault(fault, table, path, name, len(rows))


def _source(table: Table) -> str:
    return "rows" if table.file is None else "file"


def _fault(fault: GridFault, table: Table, path: DataPath, name: str, count: int) -> Finding:
    from_file = name == "rows" and table.file is not None
    place: DataPath = (*path, "file") if from_file else (*path, name, fault.row)
    row = fault.row + 1 + (table.rows_above if from_file else 0)
    where = f"“{table.file}”第{row}行" if from_file else f"第{row}行"
    if fault.kind == "ragged":
        return Finding(
            TABLE_ROW,
            f"{where}应有{fault.wanted}格，现有{fault.found}格",
            place,
            "每列写一格，空着的写 ''；跨列、跨行的格占几格算几格",
        )
    if not from_file:
        place = (*place, fault.index)
    if fault.kind == "overlap":
        return Finding(TABLE_SPAN, f"{where}第{fault.index + 1}格与上面跨行的格重叠", place, "改小跨列或跨行")
    return Finding(TABLE_SPAN, f"{where}第{fault.index + 1}格跨到表格之外：共{count}行", place, "改小跨行")
