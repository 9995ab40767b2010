"""The outline of drafts that are long, deep, faulty or of another form."""

from pathlib import Path

import pytest
from lsprotocol import types

from gongwen.lsp.documents import Snapshot
from gongwen.lsp.outline import outline


def outlined(text, path="/a.yaml"):
    return outline(Snapshot("file:///a.yaml", 1, text, "utf-16", "yaml", Path(path)))


def names(symbols):
    return {one.name: names(one.children) for one in symbols}


def everything(symbols):
    for one in symbols:
        yield one
        yield from everything(one.children)


def before(one, other):
    return (one.line, one.character) <= (other.line, other.character)


def test_regulations_have_chapters_sections_and_articles():
    text = (
        "kind: 通知\nissued:\n  title: 办法\n  body:\n"
        "    - {chapter: 总则, body: [{article: 甲}, {article: 乙}]}\n"
        "    - {chapter: 分则, body: [{section: 一般, body: [{article: 丙}]}, {section: 特别, body: [{article: 丁}]}]}\n"
    )
    assert names(outlined(text)[-1:]) == {
        "印发件：办法": {
            "第一章　总则": {"第一条　甲": {}, "第二条　乙": {}},
            "第二章　分则": {"第一节　一般": {"第三条　丙": {}}, "第二节　特别": {"第四条　丁": {}}},
        }
    }


def test_four_levels_have_their_marks_and_a_fifth_has_none():
    text = "文种: 通知\n正文:\n"
    for level in range(5):
        text += f"{'    ' * level}- 小标题: 第{level + 1}层\n{'    ' * level}  正文:\n"
    found = names(outlined(text + f"{'    ' * 5}- 段\n"))
    assert found == {"一、第1层": {"（一）第2层": {"1.第3层": {"（1）第4层": {"第5层": {}}}}}}


def test_attachments_are_numbered_where_there_are_several():
    found = outlined("文种: 通知\n附件:\n  - {标题: 甲表, 正文: [{小标题: 说明}]}\n  - 文件: _乙.yaml\n")
    assert names(found) == {"附件": {"附件1：甲表": {"一、说明": {}}, "附件2：_乙.yaml": {}}}
    assert names(outlined("文种: 通知\n附件:\n  - {标题: 甲表}\n")) == {"附件": {"附件：甲表": {}}}


def test_tables_and_figures_are_named():
    found = outlined("文种: 通知\n正文:\n  - {图: a.png, 图题: 会场}\n  - 图: b.png\n  - {表格: 任务}\n  - 段\n")
    assert names(found) == {"图：会场": {}, "图：b.png": {}, "表：任务": {}}


def test_the_articles_of_a_bulletin():
    found = outlined("文种: 简报\n篇目:\n  - {标题: 甲, 正文: [{小标题: 一节}]}\n  - {标题: 乙}\n")
    assert names(found) == {"篇目": {"篇目1：甲": {"一、一节": {}}, "篇目2：乙": {}}}


def test_long_texts_are_cut_and_empty_ones_named():
    (title,) = outlined(f"文种: 通知\n标题: {'长' * 60}\n")
    assert title.name == f"{'长' * 40}…"
    assert names(outlined("文种: 通知\n标题:\n")) == {"（空）": {}}
    assert outlined("文种: 通知\n主送机关: [[甲, 乙], 丙]\n")[0].detail == "甲 等"


def test_the_house_style_numbers_the_outline_as_well(tmp_path):
    (tmp_path / "gongwen.yaml").write_text("版式: {标题层次: 跳层}\n", "utf-8")
    text = "文种: 通知\n正文:\n  - {小标题: 甲, 正文: [{小标题: 乙}]}\n"
    assert names(outlined(text, tmp_path / "a.yaml")) == {"一、甲": {"1.乙": {}}}


def test_more_headings_than_there_are_numerals_for():
    found = outlined("文种: 通知\n正文:\n" + "  - 小标题: 甲\n" * 10_000)
    assert [one.name for one in found[-2:]] == ["九千九百九十九、甲", "甲"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "文种: 通知\n正文: 一段\n附件: 甲\n印发件: 乙\n版记: 丙\n主送机关: []\n",
        "文种: 通知\n正文: &a\n  - 小标题: &b 甲\n    正文: [{小标题: *b}]\n附件: [{标题: *b, 正文: *a}]\n",
        "文种: 通知\n正文: [{小标题: [甲]}, {小标题: {甲: 乙}}, [丙], ~]\n",
    ],
)
def test_what_is_selected_lies_inside_its_part_whatever_the_draft(text):
    for one in everything(outlined(text)):
        assert before(one.range.start, one.selection_range.start)
        assert before(one.selection_range.end, one.range.end)
        assert one.name


def test_notices_have_outlines_as_they_have_headings(notices):
    headings = 0
    for path in notices:
        snapshot = Snapshot(path.as_uri(), 1, path.read_text("utf-8"), "utf-16", "yaml", path)
        found = list(everything(outline(snapshot)))
        headings += sum(one.kind == types.SymbolKind.String for one in found)
        assert len(found) >= 3
    assert headings > 50
