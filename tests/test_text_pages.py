"""Golden text pages: whole layouts as text, so that a wrong break shows in the diff.

After a change that is meant: GONGWEN_UPDATE_GOLDEN=1 pytest tests/test_text_pages.py, and read the diff as a typesetter would.
"""

import difflib
import os
import re
from pathlib import Path

import pytest

from gongwen.document import Document
from gongwen.fonts import FontBook
from gongwen.layout import lay_out
from gongwen.terminal import width
from gongwen.textpages import text_page, text_pages

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
DRAFTS = {
    path.stem: path for path in (*(TESTS.parent / "notices").glob("*.yaml"), *(TESTS / "drafts_layout").glob("*.yaml"))
}


@pytest.fixture(scope="session")
def setter(compiler):
    def lay(path):
        checked = compiler.check(path)
        assert checked.layout is not None, checked.diagnostics
        return checked.layout

    return lay


@pytest.mark.parametrize("name", DRAFTS)
def test_golden(setter, name):
    shown = text_pages(setter(DRAFTS[name]))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("GONGWEN_UPDATE_GOLDEN"):
        file.write_text(shown, "utf-8")
    kept = file.read_text("utf-8") if file.exists() else ""
    diff = difflib.unified_diff(kept.splitlines(), shown.splitlines(), "golden", "now", lineterm="", n=2)
    assert kept == shown, "\n".join(diff)


def test_every_golden_page_has_a_draft():
    assert len(DRAFTS) >= 4
    assert {path.stem for path in GOLDEN.iterdir()} == set(DRAFTS)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_text_page_has_the_text_in_order(name, setter):
    layout = setter(DRAFTS[name])
    for page in layout.pages:
        rows = [line[1 : line.rindex("│")] for line in text_page(page).splitlines() if line.startswith("│")]
        shown = "".join(rows).replace(" ", "").replace("━", "").replace("─", "")
        for box in page.texts:
            if box.role != "folio":
                for line in box.lines:
                    assert line.text.replace(" ", "") in shown


def page_of(**keys):
    draft = {"kind": "通知", "issuer": "市总工会", "title": "关于工作的通知", "body": ["甲。", "乙。"]} | keys
    document = Document.model_validate(draft, by_name=True, by_alias=False, context={"language": "en"})
    return text_page(lay_out(document, FontBook()).pages[0])


def test_a_page_is_a_frame_of_22_rows_with_the_page_number_below():
    shown = page_of().splitlines()
    assert shown[0] == "┌" + "─" * 56 + "┐ 第1页"
    assert [row[-3:] for row in shown[1:23]] == [f"{number:3}" for number in range(1, 23)]
    assert shown[23] == "└" + "─" * 56 + "┘"
    assert shown[24].strip() == "— 1 —"
    assert len(shown) == 25
    assert width(shown[24]) == pytest.approx(55, abs=2)


def test_lines_stand_where_the_layout_has_them():
    shown = page_of(secrecy="秘密", urgency="特急", date="2025-01-20").splitlines()
    assert shown[2].startswith("│秘　密 ")
    assert shown[3].startswith("│特　急 ")
    assert next(row for row in shown if "甲。" in row).startswith("│    甲。 ")
    (red,) = (row for row in shown if "━" in row)
    assert red.count("━") == 56
    (mark,) = (row for row in shown if "市总工会文件" in row)
    blank = re.match("│( *)市总工会文件( *)│", mark)
    assert abs(len(blank[1]) - len(blank[2])) <= 2


def test_two_boxes_on_one_row_stand_side_by_side():
    shown = page_of(number="市工字〔2025〕16号", signers=["王小明", "李大刚", "张三"])
    assert re.search(r"│  市工字〔2025〕16号 +张三 +│", shown)
    assert re.search(r"│ +签发人：王小明　李大刚  │", shown)


def test_texts_that_would_overlap_are_parted_by_a_blank():
    shown = page_of(number="某某某某某某某某某某某某某工字〔2025〕16号", signers=["王小明"])
    assert "工字〔2025〕16号 签发人：王小明" in shown


def test_an_unnumbered_page_has_nothing_below():
    """A text that fills page 2: page 3 is blank, the imprint stands on page 4, and neither is numbered."""
    draft = {"kind": "通知", "issuer": "市总工会", "title": "关于工作的通知", "imprint": {"issuing_office": "办公室"}}
    draft["body"] = [f"第{number}段。" for number in range(32)]
    document = Document.model_validate(draft, by_name=True, by_alias=False, context={"language": "en"})
    pages = lay_out(document, FontBook()).pages
    assert [page.numbered for page in pages] == [True, True, False, False]
    shown = text_page(pages[2]).splitlines()
    assert len(shown) == 24
    assert {row[1:-4].strip() for row in shown[1:-1]} == {""}
    assert "办公室" in text_page(pages[3])
