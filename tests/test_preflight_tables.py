"""Preflight finds every text of a table, and tells what is wrong with one set wrongly."""

import dataclasses

import pytest
from layouts import from_keys

from gongwen.layout import RuleBox, TextBox, TurnedBox

LEFT, TOP, BOTTOM = 28.0, 37.0, 262.0
COLUMNS = ["序号", {"name": "经费", "columns": ["市级", "县级"]}, "说明"]
SENTENCE = "各单位要认真组织实施，按期完成任务。" * 3


def rows_of(count):
    rows = [[str(number), "2.5", "", SENTENCE] for number in range(1, count)]
    return [*rows, [{"text": "末", "across": "2"}, "3", "完"]]


TABLE = {"table": "表一", "columns": COLUMNS, "rows": rows_of(40), "total": [["合计", "1", "2", ""]], "notes": "注。"}
DRAFT = {
    "kind": "通知",
    "issuer": "某市总工会",
    "number": "某工发〔2026〕6号",
    "title": "某市总工会关于下达计划的通知",
    "addressees": ["各基层工会"],
    "body": ["计划如下，请认真贯彻执行。", TABLE, {**TABLE, "landscape": "true"}, "请认真贯彻执行，按期完成任务。" * 4],
    "attachments": [
        {"title": "附表一", "body": [{**TABLE, "table": "none", "landscape": "true", "rows": rows_of(3)}]},
        {"title": "附表二", "body": [{**TABLE, "table": "none", "rows": rows_of(3)}]},
    ],
    "date": "2026-01-20",
    "imprint": {"issuing_office": "某市总工会办公室", "issued_on": "2026-01-20"},
}


def document(**extra):
    return from_keys(DRAFT | extra)


@pytest.fixture(scope="module")
def right(press):
    return press.measured(document())


def missed_on_pages(results):
    """The rules that are missed, each with its page."""
    return {(one.rule, one.page) for one in results if one.verdict == "missed"}


def test_everything_of_right_tables_is_found_and_met(right):
    assert [one for one in right if one.verdict != "met"] == []
    rules = {one.rule for one in right}
    assert {
        "T-01",
        "T-02",
        "T-03",
        "T-04",
        "T-05.head",
        "T-05.row",
        "T-06",
        "E-08",
        "B-57.top",
        "B-58.axis",
        "B-59",
    } <= rules
    assert {one.value for one in right if one.rule == "T-03"} == {90}
    assert len({one.page for one in right if one.rule == "T-05.head"}) >= 4


def test_the_archive_shows_the_same(press):
    told = [one for one in press.measured(document(), profile="archive", sources=()) if one.verdict != "met"]
    assert {one.rule for one in told} == {"E-11.source"}  # this test embeds no draft


def test_a_draft_without_tables_has_no_readings_of_tables(press):
    results = press.measured(document(body=["正文。"], attachments=[]))
    assert not {one.rule for one in results if one.rule.startswith("T-")}


def test_rules_of_tables_are_not_taken_for_those_of_the_head_and_the_imprint(right):
    counted = {one.rule: one.value for one in right if one.rule in {"H-33", "R-01"}}
    assert counted == {"H-33": 1, "R-01": 0}


def test_a_letter_may_hold_tables(press):
    one = document(kind="函", imprint={"copies_to": ["某单位"]})
    assert missed_on_pages(press.measured(one)) == set()


# --- One thing wrong ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def layout(press):
    return press.layout(document())


def changed(layout, change):
    """The layout with every box of its pages made by a function of page number and box: a box, or None to leave it out."""

    def made(number, boxes):
        found = (change(number, box) for box in boxes)
        return tuple(
            dataclasses.replace(box, boxes=made(number, box.boxes)) if isinstance(box, TurnedBox) else box
            for box in found
            if box is not None
        )

    pages = [dataclasses.replace(page, boxes=made(page.number, page.boxes)) for page in layout.pages]
    return dataclasses.replace(layout, pages=tuple(pages))


def turned_pages(layout):
    return [page.number for page in layout.pages if any(isinstance(box, TurnedBox) for box in page.boxes)]


def test_a_head_that_does_not_stand_again_is_told(press, layout):
    wrong = changed(layout, lambda number, box: None if number == 2 and box.role == "table-head" else box)
    assert missed_on_pages(press.measured(document(), wrong)) == {("T-05.head", 2)}


def test_a_text_that_is_lost_from_a_cell_is_told(press, layout):
    lost = changed(layout, lambda _, box: None if box.role == "table-cell" and box.text == "末" else box)
    assert "E-08" in {rule for rule, _ in missed_on_pages(press.measured(document(), lost))}


def test_a_page_number_that_is_turned_away_is_told(press, layout):
    page = turned_pages(layout)[0]

    def move(number, box):
        return dataclasses.replace(box, left=100.0) if number == page and box.role == "folio" else box

    assert ("T-01", page) in missed_on_pages(press.measured(document(), changed(layout, move)))


def test_a_head_right_of_its_rows_is_told(press, layout):
    page = turned_pages(layout)[1]

    def move(number, box):
        return dataclasses.replace(box, top=box.top + 150.0) if number == page and box.role == "table-head" else box

    assert ("T-02", page) in missed_on_pages(press.measured(document(), changed(layout, move)))


def test_a_turned_table_that_is_set_upright_is_told(press, layout):
    page = turned_pages(layout)[0]
    pages = list(layout.pages)
    frame, folio = pages[page - 1].boxes
    upright = tuple(
        dataclasses.replace(box, left=LEFT + box.left * 0.6, top=TOP + box.top)
        for box in frame.boxes
        if isinstance(box, TextBox)
    )
    pages[page - 1] = dataclasses.replace(pages[page - 1], boxes=(*upright, folio))
    wrong = dataclasses.replace(layout, pages=tuple(pages))
    assert ("T-03", page) in missed_on_pages(press.measured(document(), wrong))


def test_text_and_rules_outside_the_type_area_are_told(press, layout):
    def move(number, box):
        if number != 2 or not box.role.startswith("table-"):
            return box
        return dataclasses.replace(box, left=box.left - 1.0)

    assert ("T-04", 2) in missed_on_pages(press.measured(document(), changed(layout, move)))

    def lengthen(number, box):
        is_rule = number == 2 and isinstance(box, RuleBox) and box.vertical
        return dataclasses.replace(box, width=BOTTOM + 2.0 - box.top) if is_rule else box

    assert ("T-04", 2) in missed_on_pages(press.measured(document(), changed(layout, lengthen)))


def test_type_that_is_too_small_is_told(press, layout):
    def shrink(number, box):
        return dataclasses.replace(box, size=9.0) if number == 2 and box.role == "table-cell" else box

    assert ("T-06", 2) in missed_on_pages(press.measured(document(), changed(layout, shrink)))


def test_a_row_on_two_pages_is_told(press, layout):
    last = [box for box in layout.pages[1].boxes if box.role == "table-cell"][-1]
    first = next(box for box in layout.pages[2].boxes if box.role == "table-cell")
    moved = dataclasses.replace(last, top=first.top - 10.0, lines=last.lines)
    pages = list(layout.pages)
    pages[1] = dataclasses.replace(pages[1], boxes=tuple(box for box in pages[1].boxes if box is not last))
    heads = [box for box in pages[2].boxes if box.role == "table-head"]
    at = pages[2].boxes.index(heads[-1]) + 1
    pages[2] = dataclasses.replace(pages[2], boxes=(*pages[2].boxes[:at], moved, *pages[2].boxes[at:]))
    results = press.measured(document(), dataclasses.replace(layout, pages=tuple(pages)))
    assert ("T-05.row", None) in missed_on_pages(results)
