"""Tables: how files become rows, how columns share the width, and where every cell stands. Lengths are millimetres."""

import datetime
import io
import zipfile
from itertools import pairwise

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from layouts import boxes, from_keys

from gongwen.document import TableCell, grid
from gongwen.files import Folder
from gongwen.layout import RuleBox, TextBox, TurnedBox, lay_out, table_faults
from gongwen.parser import parse
from gongwen.schema import schema
from gongwen.source import Source
from gongwen.tables import fill_tables
from gongwen.tables.display import UndisplayableError, shown

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
EM_4 = 14 * 25.4 / 72
ROW = (225 - 15.79 * 25.4 / 72) / 21
NEAR = 1e-6
DAY, MORNING = map(datetime.datetime.fromisoformat, ("2026-03-01", "2026-03-01T09:05"))


def document(*tables, **extra):
    draft = {"kind": "通知", "issuer": "市总工会", "title": "关于工作的通知", "body": ["正文。", *tables], **extra}
    return from_keys(draft)


def rows_of(count, width=3):
    return [[f"第{number}行", *("甲" for _ in range(width - 1))] for number in range(count)]


PLAIN = {"table": "表一", "columns": ["序号", "名称", "说明"], "rows": rows_of(5)}


def rules(layout, page):
    return [one for one in layout.pages[page - 1].boxes if isinstance(one, RuleBox) and one.role == "table-rule"]


def cell(text, across=1, down=1):
    return TableCell.model_construct(text=text, across=across, down=down, align=None)


# --- the grid -----------------------------------------------------------------------------------------------------------------


def test_cells_take_the_places_that_spans_leave():
    rows = (("甲", cell("乙", across=2, down=2)), ("丙",), ("丁", "戊", "己"))
    cells, faults = grid(rows, 3)
    assert [(cell.text, cell.row, cell.column, cell.across, cell.down) for cell in cells] == [
        ("甲", 0, 0, 1, 1),
        ("乙", 0, 1, 2, 2),
        ("丙", 1, 0, 1, 1),
        ("丁", 2, 0, 1, 1),
        ("戊", 2, 1, 1, 1),
        ("己", 2, 2, 1, 1),
    ]
    assert faults == ()


def test_what_is_wrong_with_rows_is_told_with_its_row():
    rows = (("甲",), ("乙", cell("丙", down=2)), ("丁", "戊"))
    faults = grid(rows, 2)[1]
    assert [(one.kind, one.row, one.wanted, one.found) for one in faults] == [("ragged", 0, 2, 1), ("ragged", 2, 1, 2)]
    assert [one.kind for one in grid((("甲", cell("乙", down=2)),), 2)[1]] == ["beyond"]
    overlapping = (("甲", cell("乙", down=2), "丙"), (cell("丁", across=2),))
    assert [(one.kind, one.row) for one in grid(overlapping, 3)[1]] == [("overlap", 1)]


# --- upright ------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(book):
    return lay_out(document(PLAIN, "乙。"), book)


def test_the_table_fills_the_type_area_from_side_to_side(plain):
    lines = rules(plain, 1)
    assert min(one.left for one in lines) == pytest.approx(LEFT)
    upright = [one for one in lines if one.vertical]
    assert len(upright) == 4  # of rows one below the other they are one
    assert max(one.left + one.weight for one in upright) == pytest.approx(RIGHT)
    assert {round(one.width, 3) for one in upright} == {round(6 * ROW, 3)}
    assert {one.weight for one in lines} == {0.25}


def test_rows_stand_at_the_pitch_of_the_page(plain):
    texts = [boxes(plain, "table-head", 1)[0], *boxes(plain, "table-cell", 1)[::3]]
    assert [b.top - a.top for a, b in pairwise(texts)] == pytest.approx([ROW] * 5)
    (title,) = boxes(plain, "table-title", 1)
    assert title.size == 15.79
    (line,) = title.lines
    assert title.left + (line.left + line.right) / 2 * title.em == pytest.approx(106, abs=1e-3)
    # As a line of text would follow: half the leading, then half of what the row has beside the text.
    assert texts[0].top - title.bottom == pytest.approx((ROW - title.em) / 2 + (ROW - EM_4) / 2)


def test_text_below_the_table_follows_at_the_pitch(plain):
    bottom = max(one.top + one.weight for one in rules(plain, 1) if not one.vertical)
    below = boxes(plain, "paragraph", 1)[-1]
    assert below.top - bottom == pytest.approx(ROW - 15.79 * 25.4 / 72)


def test_short_columns_are_centred_and_sentences_begin_at_the_left(book):
    long = "各单位要认真组织实施，" * 6
    rows = [["1", "甲", long], ["20", "乙", "短句。"]]
    columns = ["序号", {"name": "名称", "align": "right"}, "说明"]
    layout = lay_out(document({"table": "none", "columns": columns, "rows": rows}), book)
    found = {box.text: box for box in boxes(layout, "table-cell", 1)}
    edges = sorted(one.left for one in rules(layout, 1) if one.vertical)
    em = found["1"].em
    middle = (edges[0] + edges[1] + 0.125) / 2
    for text in ("1", "20"):
        assert found[text].left + found[text].lines[0].width * em / 2 == pytest.approx(middle, abs=0.1)
    assert found["短句。"].left == pytest.approx(edges[2] + 0.125 + em / 2)
    assert found["甲"].left + em == pytest.approx(edges[2] + 0.125 - em / 2)
    wrapped = found[long]
    assert len(wrapped.lines) > 1
    assert wrapped.pitch == pytest.approx(ROW * 2 / 3 / EM_4 * em)
    assert not boxes(layout, "table-title", 1)


def test_widths_that_are_given_are_kept(book):
    columns = [{"name": "甲", "width": "30mm"}, {"name": "乙", "width": "6字"}, "丙"]
    layout = lay_out(document({"table": "表", "columns": columns, "rows": [["1", "2", "3"]]}), book)
    edges = sorted(one.left for one in rules(layout, 1) if one.vertical)
    assert edges[1] - edges[0] == pytest.approx(30 - 0.125)
    assert edges[2] - edges[1] == pytest.approx(7 * EM_4)
    narrow = [{"name": "甲", "width": "30"}, {"name": "乙", "width": "50"}]
    layout = lay_out(document({"table": "表", "columns": narrow, "rows": [["1", "2"]]}), book)
    lines = rules(layout, 1)
    assert min(one.left for one in lines) == pytest.approx(66)  # 80 mm about the axis of the type area
    assert max(one.left + one.width for one in lines if not one.vertical) == pytest.approx(146)


def sizes(layout):
    return {box.size for page in layout.pages for box in page.texts if box.role == "table-cell"}


def test_the_type_becomes_smaller_where_the_columns_need_it(book):
    def set_with(count, name):
        rows = [[name] * count for _ in range(3)]
        return sizes(lay_out(document({"table": "表", "columns": ["列"] * count, "rows": rows}), book))

    assert set_with(4, "职工服务") == {14}
    assert set_with(7, "职工服务") == {12}
    assert set_with(8, "职工服务") == {10.5}


def test_totals_stand_below_a_heavier_rule_and_with_the_last_row(book):
    total = [["合计", "1", "2"]]
    counts = range(18, 24)
    for count in counts:
        layout = lay_out(document({**PLAIN, "rows": rows_of(count), "total": total}), book)
        last = len(layout.pages)
        cells = [box.text for box in boxes(layout, "table-cell", last)]
        assert cells[-6] == f"第{count - 1}行"
        heavy = [one for one in rules(layout, last) if one.weight == 0.35]
        assert len(heavy) == 1
        assert heavy[0].top + 0.35 == pytest.approx(
            max(one.top + 0.25 for one in rules(layout, last) if not one.vertical) - ROW
        )


def test_notes_are_labelled_and_numbered(book):
    one = lay_out(document({**PLAIN, "notes": "数字为年末数。"}), book)
    assert [box.text for box in boxes(one, "table-note", 1)] == ["注：数字为年末数。"]
    two = lay_out(document({**PLAIN, "notes": ["甲。", "乙。"]}), book)
    first, second = boxes(two, "table-note", 1)
    assert (first.text, second.text) == ("注：1. 甲。", "2. 乙。")
    assert second.left - first.left == pytest.approx(2 * EM_4)


def test_a_common_head_lies_across_its_columns(book):
    columns = ["序号", {"name": "经费", "columns": ["市级", "县级"]}]
    layout = lay_out(document({"table": "表", "columns": columns, "rows": [["1", "2", "3"]]}), book)
    heads = boxes(layout, "table-head", 1)
    assert [box.text for box in heads] == ["序号", "经费", "市级", "县级"]
    above, below = heads[1], heads[2]
    assert below.top - above.top == pytest.approx(ROW)
    assert heads[0].top - above.top == pytest.approx(ROW / 2)
    upright = sorted({(round(one.left, 3), round(one.width / ROW, 3)) for one in rules(layout, 1) if one.vertical})
    assert [length for _, length in upright] == [3, 3, 2, 3]


# --- overleaf -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long(book):
    return lay_out(document({**PLAIN, "rows": rows_of(60)}), book)


def test_a_table_over_pages_has_its_head_on_each(long):
    assert len(long.pages) == 4
    shown_rows = []
    for page in range(1, 5):
        assert [box.text for box in boxes(long, "table-head", page)] == ["序号", "名称", "说明"]
        shown_rows += [box.text for box in boxes(long, "table-cell", page)][::3]
    assert shown_rows == [f"第{number}行" for number in range(60)]
    for page in (2, 3):
        heads, cells = boxes(long, "table-head", page), boxes(long, "table-cell", page)
        assert min(one.top for one in rules(long, page)) == TOP
        assert heads[0].top == pytest.approx(TOP + (ROW - EM_4) / 2)
        assert cells[0].top - heads[0].top == pytest.approx(ROW)
        assert len(cells) == 3 * 20  # 21 rows of 10.449 mm with the head


def test_a_row_that_would_break_goes_overleaf(book):
    high = "各单位要认真组织实施，" * 30
    rows = [*rows_of(4), ["高", "甲", high], ["后", "甲", "乙"]]
    layout = lay_out(document({**PLAIN, "rows": rows}), book)
    assert [box.text for box in boxes(layout, "table-cell", 1)][::3] == [f"第{number}行" for number in range(4)]
    cells = boxes(layout, "table-cell", 2)
    assert [cells[0].text, cells[2].text, cells[3].text] == ["高", high, "后"]
    bottom = max(one.top + one.width for one in rules(layout, 1) if one.vertical)
    assert bottom + ROW < BOTTOM  # there was room for some of its lines


def test_rows_that_a_cell_spans_stay_together(book):
    def first_of_the_last_page(count):
        rows = [["一", "甲", "乙"] for _ in range(count)]
        rows += [[{"text": "二", "down": "3"}, "丙", "丁"], ["丙", "丁"], ["丙", "丁"]]
        rows += [["三", "甲", "乙"]] * 3
        layout = lay_out(document({"table": "表", "columns": ["甲", "乙", "丙"], "rows": rows}), book)
        return [[box.text for box in boxes(layout, "table-cell", page)] for page in range(1, len(layout.pages) + 1)]

    split = 0
    for count in range(1, 25):
        pages = first_of_the_last_page(count)
        holding = [page for page in pages if "丙" in page]
        assert len(holding) == 1
        assert holding[0].count("丙") == 3
        split += holding[0][0] == "二"
    assert split  # the group did go overleaf as a whole


def test_a_row_higher_than_a_page_and_columns_that_do_not_fit_are_told(book):
    def faults(**table):
        return [(fault.kind, fault.row, fault.column) for *_, fault in table_faults(document({**PLAIN, **table}), book)]

    assert faults() == []
    assert faults(rows=[["甲", "乙", "各单位要认真组织实施，" * 120], *rows_of(1)]) == [("high", 0, 0)]
    assert faults(
        columns=[{"name": "甲", "width": "60"}, {"name": "乙", "width": "60"}, {"name": "丙", "width": "37"}]
    ) == [("wide", 0, 0)]
    assert faults(columns=["甲", {"name": "乙", "width": "20"}, "丙"], rows=[["甲", "example", "丙"]]) == []
    assert faults(columns=["甲", {"name": "乙", "width": "15"}, "丙"], rows=[["甲", "examples", "丙"]]) == [
        ("split", 0, 1)
    ]
    assert faults(columns=["甲", {"name": "乙", "width": "5"}, "丙"], rows=[["甲", "乙", "丙"]]) == [("split", 0, 1)]
    many = {"columns": ["列"] * 40, "rows": [["2026年12月"] * 40]}
    assert {kind for kind, *_ in faults(**many)} == {"wide"}


def test_a_thousand_rows_are_all_there(book):
    rows = [[str(number), "职工服务中心", "各单位要认真组织实施。" * (number % 4)] for number in range(1000)]
    layout = lay_out(document({**PLAIN, "rows": rows}), book)
    shown_text = "".join(box.text for page in layout.pages for box in page.texts if box.role == "table-cell")
    assert shown_text == "".join(map("".join, rows))
    for number in range(1, len(layout.pages) + 1):
        assert (
            max(one.top + (one.width if one.vertical else one.weight) for one in rules(layout, number)) <= BOTTOM + NEAR
        )


# --- turned -------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def turned(book):
    wide = {**PLAIN, "rows": rows_of(36), "landscape": "true", "notes": "注。"}
    return lay_out(document(wide, "后文。"), book)


def frames(layout):
    return [(page.number, box) for page in layout.pages for box in page.boxes if isinstance(box, TurnedBox)]


def test_a_turned_table_has_pages_of_its_own_between_upright_ones(turned):
    found = frames(turned)
    assert [number for number, _ in found] == [2, 3, 4]
    assert {(one.left, one.top, one.width, one.height) for _, one in found} == {(LEFT, TOP, 156, 225)}
    for number, _ in found:
        assert [box.role for box in turned.pages[number - 1].boxes] == ["table-frame", "folio"]
    assert [box.text for box in turned.pages[0].texts if box.role == "paragraph"] == ["正文。"]
    assert [box.text for box in turned.pages[4].texts if box.role == "paragraph"] == ["后文。"]


def test_a_frame_is_225_mm_wide_and_156_mm_high(turned):
    for _, frame in frames(turned):
        lines = [box for box in frame.boxes if isinstance(box, RuleBox)]
        assert min(one.left for one in lines) == pytest.approx(0)
        assert max(one.left + one.width for one in lines if not one.vertical) == pytest.approx(225)
        assert all(
            one.top >= 0 and one.top + (one.width if one.vertical else one.weight) <= 156 + NEAR for one in lines
        )
        texts = [box for box in frame.boxes if isinstance(box, TextBox)]
        assert [box.text for box in texts if box.role == "table-head"] == ["序号", "名称", "说明"]
    title, *_ = (box for box in frames(turned)[0][1].boxes if box.role == "table-title")
    line = title.lines[0]
    assert title.left + (line.left + line.right) / 2 * title.em == pytest.approx(112.5, abs=1e-3)


def test_an_attachment_that_begins_with_a_turned_table_is_turned_with_it(book):
    table = {**PLAIN, "table": "none", "landscape": "true"}
    one = document(
        attachments=[{"title": "任务分解表", "body": [table, "后文。"]}, {"title": "说明", "body": ["甲。"]}]
    )
    layout = lay_out(one, book)
    (number, frame), *_ = frames(layout)
    label, title, *_ = frame.boxes
    assert (label.text, label.left, label.top) == ("附件1", 0, 0)
    assert title.role == "attachment-title"
    assert title.top + title.em / 2 == pytest.approx(2 * ROW + 15.79 * 25.4 / 72 / 2)
    rule = min(box.top for box in frame.boxes if isinstance(box, RuleBox))
    assert rule - title.ink_bottom == pytest.approx(10.39)
    assert [box.role for box in layout.pages[number - 1].boxes] == ["table-frame", "folio"]
    assert layout.pages[number].texts[0].text == "后文。"


def test_the_text_before_a_turned_table_is_not_drawn_to_a_page_of_its_own(book):
    body = ["甲。", "乙。", "丙。", {**PLAIN, "landscape": "true"}]
    layout = lay_out(document(body=body, date="2025-01-20"), book)
    assert [box.text for box in layout.pages[0].texts if box.role == "paragraph"] == ["甲。", "乙。", "丙。"]
    assert [number for number, _ in frames(layout)] == [2]


# --- any table ----------------------------------------------------------------------------------------------------------------

_words = st.text("各级工会2025，。（）《“”》——…ab. -／", max_size=30).map(str.strip)


@given(data=st.data(), count=st.integers(1, 12), landscape=st.booleans())
@settings(max_examples=60)
def test_no_table_loses_a_character_or_leaves_the_type_area(book, data, count, landscape):
    rows = data.draw(st.lists(st.lists(_words, min_size=count, max_size=count), min_size=1, max_size=12))
    names = data.draw(st.lists(_words.filter(bool), min_size=count, max_size=count))
    table = {"table": "表", "columns": names, "rows": rows, "landscape": "true" if landscape else "false"}
    one = document(table)
    layout = lay_out(one, book)
    told = {fault.kind for *_, fault in table_faults(one, book)}
    text = "".join(box.text for page in layout.pages for box in page.texts if box.role == "table-cell")
    assert "".join(text.split()) == "".join("".join(map("".join, rows)).split())
    for page in layout.pages:
        if "wide" in told or "high" in told:
            continue
        for box in _on_sheet(page.boxes):
            left, top, right, bottom = box
            assert LEFT - NEAR <= left <= right <= RIGHT + 0.01
            assert TOP - NEAR <= top <= bottom <= BOTTOM + 0.01


def _on_sheet(found, frame=None):
    for box in found:
        if isinstance(box, TurnedBox):
            yield from _on_sheet(box.boxes, box)
            continue
        if not box.role.startswith("table-"):
            continue
        if isinstance(box, RuleBox):
            wide, high = (box.weight, box.width) if box.vertical else (box.width, box.weight)
        else:
            wide, high = max(line.width for line in box.lines) * box.em, box.bottom - box.top
        area = (box.left, box.top, box.left + wide, box.top + high)
        if frame is not None:
            left, top, right, bottom = area
            area = (LEFT + top, BOTTOM - right, LEFT + bottom, BOTTOM - left)
        yield area


# --- files --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def read(tmp_path):
    """A function: name, content of a file, keys of the table → the filled table and the findings."""

    def fill(name, content, **keys):
        (tmp_path / name).write_bytes(content)
        one = document({"table": "表", "file": name, **keys})
        filled, findings = fill_tables(one, Folder(tmp_path, tmp_path))
        ((_, table),) = filled.tables()
        return table, [(one.check.code, one.path, one.message) for one in findings]

    return fill


ROWS = (("甲市", "1"), ("乙县", "2"))


@pytest.mark.parametrize(
    "data",
    [
        "单位,人数\n甲市,1\n乙县,2\n".encode(),
        "单位,人数\r\n甲市,1\r\n乙县,2\r\n".encode("utf-8-sig"),
        "单位,人数\n甲市,1\n乙县,2".encode("gb18030"),
        "单位\t人数\n甲市\t1\n乙县\t2\n".encode("utf-16"),
        '"单位","人数",,\n甲市,1,,\n"乙县",2,,\n,,,\n'.encode(),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "blank-ends"],
)
def test_a_csv_file_gives_head_and_rows(read, data):
    table, findings = read("a.csv", data)
    assert findings == []
    assert [column.name for column in table.columns] == ["单位", "人数"]
    assert table.rows == ROWS
    assert table.rows_above == 1


def test_the_draft_may_name_the_columns_of_a_file(read):
    columns = ["单位", {"name": "人数", "align": "right"}]
    for data in ("单位,人数\n甲市,1\n乙县,2\n", "甲市,1\n乙县,2\n"):
        table, findings = read("a.csv", data.encode(), columns=columns)
        assert findings == []
        assert (table.rows, table.columns[1].align) == (ROWS, "right")


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        ("单位,人数\n甲市\n乙县,2\n", "GW321", "“a.csv”第2行应有2格，现有1格"),
        ("单位,人数\n", "GW323", "表格没有一行"),
        ("", "GW323", "表格没有一行"),
        ('单位,人数\n"甲市,1\n', "GW320", "“a.csv”：第2行读不出来"),
        ("," * 40 + "甲\n", "GW320", "“a.csv”：表格太大"),
        ("甲\n" * 20_100, "GW320", "“a.csv”：表格太大"),
    ],
)
def test_a_faulty_csv_file_is_told_at_the_key(read, data, code, message):
    table, ((found, path, text),) = read("a.csv", data.encode())
    assert (found, path) == (code, ("body", 1, "file"))
    assert text.startswith(message)
    assert table.rows == ()


def workbook(fill):
    book_of = openpyxl.Workbook()
    fill(book_of.active)
    data = io.BytesIO()
    book_of.save(data)
    return data.getvalue()


def test_a_workbook_gives_merged_cells_and_values_as_shown(read):
    def fill(sheet):
        for row in (
            ["序号", "经费", None, "日期"],
            [None, "市级", "县级", None],
            [1, 1234.5, 0.125, datetime.date(2026, 3, 1)],
            [2, 20, 1, datetime.date(2026, 12, 31)],
            [None, "另行通知", None, None],
        ):
            sheet.append(row)
        for area in ("A1:A2", "B1:C1", "D1:D2", "A4:A5", "B5:C5"):
            sheet.merge_cells(area)
        for cell in ("B3", "B4"):
            sheet[cell].number_format = "#,##0.00"
        for cell in ("C3", "C4"):
            sheet[cell].number_format = "0.0%"
        for cell in ("D3", "D4"):
            sheet[cell].number_format = 'yyyy"年"m"月"d"日"'

    table, findings = read("a.xlsx", workbook(fill))
    assert findings == []
    assert [(column.name, [leaf.name for leaf in column.columns]) for column in table.columns] == [
        ("序号", []),
        ("经费", ["市级", "县级"]),
        ("日期", []),
    ]
    first, second, third = table.rows
    assert first == ("1", "1,234.50", "12.5%", "2026年3月1日")
    assert second[1:] == ("20.00", "100.0%", "2026年12月31日")
    assert (second[0].text, second[0].down) == ("2", 2)
    assert (third[0].text, third[0].across, third[1]) == ("另行通知", 2, "")
    assert table.rows_above == 2


def test_a_sheet_is_chosen_by_its_name(read, tmp_path):
    book_of = openpyxl.Workbook()
    book_of.active.append(["甲"])
    other = book_of.create_sheet("计划")
    other.append(["单位"])
    other.append(["乙县"])
    book_of.save(tmp_path / "b.xlsx")
    data = (tmp_path / "b.xlsx").read_bytes()
    table, findings = read("a.xlsx", data, sheet="计划")
    assert (table.rows, findings) == ((("乙县",),), [])
    _, ((code, path, text),) = read("a.xlsx", data, sheet="总表")
    assert (code, path, text) == ("GW320", ("body", 1, "sheet"), "“a.xlsx”：没有工作表“总表”")


def formula(sheet):
    sheet.append(["甲", "乙"])
    sheet.append([1, "=A2*2"])


def error_value(sheet):
    sheet.append(["甲"])
    sheet.append(["#N/A"])
    sheet["A2"].data_type = "e"


def odd_format(sheet):
    sheet.append(["甲"])
    sheet.append([0.5])
    sheet["A2"].number_format = "# ?/?"


def hidden_row(sheet):
    sheet.append(["甲"])
    sheet.append([1])
    sheet.row_dimensions[2].hidden = True


def hidden_column(sheet):
    sheet.append(["甲", "乙"])
    sheet.append([1, 2])
    sheet.column_dimensions["B"].hidden = True


def title_above(sheet):
    sheet.append(["计划表", None])
    sheet.append(["甲", "乙"])
    sheet.append([1, 2])
    sheet.merge_cells("A1:B1")


def three_levels(sheet):
    for _ in range(4):
        sheet.append(["甲", "乙"])
    sheet.merge_cells("A1:A3")


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        (formula, "“a.xlsx”：有的格不能照样排：B2的公式没有计算结果"),
        (error_value, "“a.xlsx”：有的格不能照样排：A2是错误值 #N/A"),
        (odd_format, "“a.xlsx”：有的格不能照样排：A2的格式“# ?/?”不能照样显示"),
        (hidden_row, "“a.xlsx”：工作表里有隐藏的行或列：第2行"),
        (hidden_column, "“a.xlsx”：工作表里有隐藏的行或列：B列"),
        (title_above, "“a.xlsx”的首行是横跨各列的标题"),
        (three_levels, "“a.xlsx”的表头超过2层"),
    ],
)
def test_what_a_workbook_hides_or_cannot_show_is_told(read, fill, message):
    table, ((code, path, text),) = read("a.xlsx", workbook(fill))
    assert (code, path, text.startswith(message)) == ("GW320", ("body", 1, "file"), True), text
    assert table.rows == ()


def test_a_workbook_that_is_none_or_too_large_is_refused(read):
    def zipped(**parts):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return data.getvalue()

    for data, message in (
        (b"PK", "不是 XLSX 文件，或者已损坏、已加密"),
        (zipped(a="b"), "不是完好的 XLSX 文件"),
        (zipped(a="<!DOCTYPE a>"), "文件里有不该有的 DOCTYPE"),
        (zipped(a=b"0" * 49 * 1024 * 1024), "文件展开后太大"),
    ):
        _, ((code, _, text),) = read("a.xlsx", data)
        assert (code, text.startswith(f"“a.xlsx”：{message}")) == ("GW320", True), text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        ("甲", "0.00", "甲"),
        (True, "General", "TRUE"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (0.00001, "General", "0.00001"),
        (18, "000000", "000018"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0.0;(#,##0.0)", "(1,234.5)"),
        (0, '0;-0;"—"', "—"),
        (2.5, "0", "3"),
        (1.5, "0.##", "1.5"),
        (12345678, '0.0,,"百万"', "12.3百万"),
        (0.5, "0%", "50%"),
        (3.5, "[$¥-804]#,##0.00", "¥3.50"),
        (3, '0"个"', "3个"),
        (DAY, "mm-dd-yy", "2026/3/1"),
        (MORNING, "yyyy-mm-dd hh:mm", "2026-03-01 09:05"),
        (DAY, "[$-804]yyyy年m月d日 aaaa", "2026年3月1日 星期日"),
        (datetime.time(14, 5, 9), "h:mm:ss", "14:05:09"),
        (datetime.time(14, 5), "上午/下午h:mm", "下午2:05"),
    ],
)
def test_values_are_shown_by_their_format(value, form, text):
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (0.5, "# ?/?"),
        (1.0, "[>100]0"),
        (1e6, "0.00E+00"),
        (datetime.timedelta(hours=30), "[h]:mm"),
        (DAY, "d-mmm-yy"),
        (datetime.time(14, 5), "yyyy"),
    ],
)
def test_a_format_that_is_not_known_is_not_guessed_at(value, form):
    with pytest.raises(UndisplayableError):
        shown(value, form)


# --- the schema ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "is_right"),
    [
        ("columns: [甲, {name: 乙, width: 30, align: right}], rows: [[1, 2.5], [true, {text: 3, down: 1}]]", True),
        (
            "columns: [{name: 甲, columns: [乙, 丙]}], rows: [['', 1]], total: [[1, 2]], notes: 注, landscape: true",
            True,
        ),
        ("file: a.csv, notes: [一, 二]", True),
        ("columns: [{name: 甲, width: 宽}], rows: [[1]]", False),
        ("columns: [{name: 甲, align: 左}], rows: [[1]]", False),
        ("columns: [甲], rows: [1]", False),
        ("columns: [甲], rows: [[{text: 甲, across: 0}]]", False),
        ("columns: [甲], rows: [[1]], landscape: 是", False),
        ("columns: [甲], rows: [[1]], colour: red", False),
    ],
)
def test_the_schema_takes_what_the_parser_takes(keys, is_right):
    draft = f"kind: 通知\nissuer: 某机关\ntitle: 关于某事的通知\nbody: [{{table: 表, {keys}}}]\n"
    assert (parse(Source.parse(draft)).document is not None) == is_right
    valid = Draft202012Validator(schema("en")).is_valid(yaml.safe_load(draft))
    assert valid == is_right
