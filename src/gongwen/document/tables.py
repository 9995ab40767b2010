"""表格: its columns, its rows, and where each cell of them lies in the grid (clause 8 and practice)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gongwen.document.fields import Flag, Line, Model, OrText, Text, keyword, model_in_language, not_blank, one_line
from gongwen.document.signature import NONE
from gongwen.standard import MM_PER_PT

Align = Literal["left", "centre", "right"]
MOST_SPAN: Final = 20_000
HEAD_LEVELS: Final = 2
NOTE_LABEL: Final = "注："

ALIGNS: Final = ({"en": "left", "zh": "左"}, {"en": "centre", "zh": "中"}, {"en": "right", "zh": "右"})
_WIDTH: Final = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?P<unit>mm|毫米|字)?")
_TEXT_OR_NUMBER: Final = {"type": ["string", "number", "boolean"]}


def _width(value: object) -> object:
    if isinstance(not_blank(value), str):
        match = _WIDTH.fullmatch(str(value).strip())
        if match and float(match["number"]) > 0:
            return f"{match['number']}{'字' if match['unit'] == '字' else 'mm'}"
    raise PydanticCustomError("width_form", "width form")


def _span(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,4}", value.strip()) and int(value) <= MOST_SPAN:
        return int(value)
    raise PydanticCustomError("span_form", "span form")


Width = Annotated[
    str,
    BeforeValidator(_width),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^{_WIDTH.pattern.replace('?P<number>', '').replace('?P<unit>', '')}$"},
                {"type": "number"},
            ]
        }
    ),
]
"""``30mm``, or ``6字``: room for six characters of the table's own size."""
Span = Annotated[int, BeforeValidator(_span), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_SPAN})]
AlignField = Annotated[Align, keyword(*ALIGNS, only=True)]


def _column(value: object, info: ValidationInfo) -> object:
    """A bare text is the name of a column whose width and alignment follow from its cells."""
    if isinstance(value, dict):
        return model_in_language(Column, value, info)
    if isinstance(value, Column):
        return value
    if not isinstance(not_blank(value), str):
        raise PydanticCustomError("column_form", "column form")
    return Column.of(str(value).strip())


class Column(Model):
    """A column; or several under a common head 合并表头."""

    name: Text = Field(alias="名称", description="列的名称，即表头里的文字。")
    width: Width | None = Field(
        None,
        alias="宽",
        description="列宽：毫米（30mm）或表内字数（6字）；不写则自动。",
        examples=["30mm", "6字"],
    )
    align: AlignField | None = Field(
        None,
        alias="对齐",
        description="left（左）、centre（中）或 right（右）；不写则各格都只有一行的居中，其他的居左。",
    )
    columns: tuple[ColumnField, ...] = Field((), alias="列", description="合并表头之下的各列，只能再分一层。")

    @classmethod
    def of(cls, name: str, columns: tuple[Column, ...] = ()) -> Column:
        """A column of a name alone, or a common head of columns."""
        return cls.model_construct(name=name, width=None, align=None, columns=columns)

    @model_validator(mode="after")
    def _one_head(self) -> Column:
        if any(column.columns for column in self.columns):
            raise PydanticCustomError("head_levels", "head levels")
        if self.columns and self.width is not None:
            raise PydanticCustomError("head_width", "head width")
        return self

    def cells_wide(self, size: float) -> float | None:
        """The width of its text in cells of a size (pt), without padding; in mm with it, less one cell. None where automatic."""
        if self.width is None:
            return None
        number = float(self.width.removesuffix("mm").removesuffix("字"))
        return number if self.width.endswith("字") else number / (size * MM_PER_PT) - 1.0


ColumnField = Annotated[Column, BeforeValidator(_column), OrText({**_TEXT_OR_NUMBER, "description": "列的名称。"})]


class TableCell(Model):
    """A cell with more than text: one that spans columns or rows, or is aligned for itself."""

    text: Annotated[str, WithJsonSchema(_TEXT_OR_NUMBER)] = Field(
        alias="文字", description="格里的文字；空白的格写 ''。"
    )
    across: Span = Field(1, alias="跨列", description="横向占几列。")
    down: Span = Field(1, alias="跨行", description="纵向占几行。")
    align: AlignField | None = Field(None, alias="对齐", description="left（左）、centre（中）或 right（右）。")


def _cell(value: object, info: ValidationInfo) -> object:
    if isinstance(value, dict):
        return model_in_language(TableCell, value, info)
    if not isinstance(value, str | TableCell):
        raise PydanticCustomError("cell_form", "cell form")
    return value


Cell = str | TableCell
CellField = Annotated[
    Annotated[str, WithJsonSchema({**_TEXT_OR_NUMBER, "description": "格里的文字。"})] | TableCell,
    BeforeValidator(_cell),
]


def _row(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("row_form", "row form")
    return value


Row = Annotated[tuple[CellField, ...], BeforeValidator(_row)]


def _notes(value: object) -> object:
    return [value] if isinstance(value, str) and value.strip() else value


Notes = Annotated[
    tuple[Text, ...],
    BeforeValidator(_notes),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            ]
        }
    ),
]


class Table(Model):
    """A table 表格: its title above it, its head on each of its pages, its notes below."""

    table: Annotated[Line, keyword(NONE)] = Field(
        alias="表格", description="表题；没有表题的写 none（无）。", examples=["任务分解表"]
    )
    columns: tuple[ColumnField, ...] = Field(
        (), alias="列", description="各列的名称，或者名称、宽、对齐；用文件而不写列的，文件首行就是表头。"
    )
    rows: tuple[Row, ...] = Field((), alias="行", description="各行，每行依次写各格。")
    file: Annotated[str, BeforeValidator(one_line), BeforeValidator(not_blank), Field(min_length=1)] | None = Field(
        None, alias="文件", description="代替行：CSV 或 XLSX 文件，项目文件夹之内。", examples=["任务分解表.xlsx"]
    )
    sheet: Line | None = Field(None, alias="工作表", description="XLSX 文件里的工作表；不写则为第一个。")
    total: tuple[Row, ...] = Field((), alias="合计", description="合计行，写法同行；与上面的行用粗线分开。")
    notes: Notes | None = Field(None, alias="注", description="表下的注；“注：”和序号自动加。")
    landscape: Flag = Field(default=False, alias="横排", description="横排：表格向左转90度，独占若干页。")

    @model_validator(mode="after")
    def _one_source(self) -> Table:
        given = self.model_fields_set
        if {"rows", "file"} <= given:
            raise PydanticCustomError("rows_and_file", "rows and file")
        if not given & {"rows", "file"}:
            raise PydanticCustomError("no_rows", "no rows")
        if "rows" in given and not self.columns:
            raise PydanticCustomError("no_columns", "no columns")
        if self.sheet is not None and self.file is None:
            raise PydanticCustomError("sheet_alone", "sheet alone")
        return self

    _rows_above: int = PrivateAttr(default=0)

    def with_rows(self, rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...], above: int) -> Table:
        """The table with the rows of its file, ``above`` rows of which are its head; what the draft itself gives stays known."""
        values = {**dict(self), "rows": rows, "columns": columns}
        filled = Table.model_construct(set(self.model_fields_set), **values)
        filled._rows_above = above  # noqa: SLF001 - of its own class
        return filled

    @property
    def rows_above(self) -> int:
        """Rows of its file above the first of its own: they are its head."""
        return self._rows_above

    @property
    def title(self) -> str | None:
        """The title; None where it has none."""
        return None if self.table == NONE["en"] else self.table

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns of the grid: those under a common head in its place."""
        return tuple(leaf for column in self.columns for leaf in (column.columns or (column,)))

    @property
    def head(self) -> tuple[GridCell, ...]:
        """The cells of the head, row by row."""
        return head_cells(self.columns)

    @property
    def head_rows(self) -> int:
        """Rows of the head: two where columns stand under a common head."""
        return HEAD_LEVELS if any(column.columns for column in self.columns) else 1

    @property
    def note_texts(self) -> tuple[str, ...]:
        """The notes as the page shows them after 注：: numbered where there are several."""
        notes = self.notes or ()
        return notes if len(notes) == 1 else tuple(f"{number}. {note}" for number, note in enumerate(notes, 1))


# --- The grid -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its place: row and column from 0, and how many of them it covers. ``index`` counts the cells of its row."""

    text: str
    row: int
    column: int
    across: int = 1
    down: int = 1
    align: Align | None = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class GridFault:
    """What is wrong with the cells of a row: ``ragged`` (wanted, found), ``overlap`` or ``beyond`` of the cell ``index``."""

    kind: Literal["ragged", "overlap", "beyond"]
    row: int
    index: int = 0
    wanted: int = 0
    found: int = 0


def head_cells(columns: Sequence[Column]) -> tuple[GridCell, ...]:
    """The cells of a head: names above, those of columns under a common head below."""
    levels = HEAD_LEVELS if any(column.columns for column in columns) else 1
    above: list[GridCell] = []
    below: list[GridCell] = []
    at = 0
    for index, column in enumerate(columns):
        wide = len(column.columns) or 1
        above.append(GridCell(column.name, 0, at, wide, 1 if column.columns else levels, "centre", index))
        below += [GridCell(leaf.name, 1, at + k, align="centre", index=k) for k, leaf in enumerate(column.columns)]
        at += wide
    return (*above, *below)


def grid(rows: Sequence[Sequence[Cell]], width: int) -> tuple[tuple[GridCell, ...], tuple[GridFault, ...]]:
    """The cells of rows at their places in a grid of ``width`` columns, row by row, and what is wrong with them.

    A cell takes the next place of its row that no cell from above covers.
    """
    placed: list[GridCell] = []
    faults: list[GridFault] = []
    until = [0] * width
    for number, row in enumerate(rows):
        column = 0
        free = sum(end <= number for end in until)
        found = sum(cell.across if isinstance(cell, TableCell) else 1 for cell in row)
        if found != free:
            faults.append(GridFault("ragged", number, 0, free, found))
        for index, cell in enumerate(row):
            while column < width and until[column] > number:
                column += 1
            if column >= width:
                break
            if isinstance(cell, str):
                placed.append(GridCell(cell, number, column, index=index))
                column += 1
                continue
            end = min(column + cell.across, width)
            if any(until[k] > number for k in range(column, end)):
                faults.append(GridFault("overlap", number, index))
            if number + cell.down > len(rows):
                faults.append(GridFault("beyond", number, index))
            placed.append(
                GridCell(cell.text, number, column, end - column, min(cell.down, len(rows) - number), cell.align, index)
            )
            until[column:end] = [max(until[k], number + cell.down) for k in range(column, end)]
            column = end
    return tuple(placed), tuple(faults)


def cell_texts(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, str]]:
    """Row, place in the row and text of every cell."""
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            yield number, index, cell if isinstance(cell, str) else cell.text
