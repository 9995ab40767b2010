"""The language server as an editor meets it: a process of its own, messages over its standard input and output."""

import asyncio
import json
import re
import subprocess
import sys

import pytest
from editors import ABLE, Editor, at, insertion, stretch, uri_of
from lsprotocol import types

from gongwen.lsp import server as lsp_server
from gongwen.lsp.documents import Documents
from gongwen.source import Source

RIGHT = """\
文种: 通知
发文机关: 某市总工会
发文字号: 某工发〔2026〕18号
标题: 某市总工会关于开展夏季送清凉活动的通知
主送机关: [各县（市、区）总工会, 市直各基层工会]
正文:
  - 为做好高温天气下职工的劳动保护工作，市总工会决定开展夏季送清凉活动。现将有关事项通知如下。
  - 小标题: 突出重点
    正文:
      - 小标题: 慰问一线职工。
        接排: 走访建筑、环卫、交通等高温作业场所，把防暑用品送到职工手中。
      - 小标题: 督促落实保护措施。
        接排: 会同有关部门检查高温津贴发放和作业时间调整的情况。
  - 小标题: 及时报送情况
    正文:
      - 请于2026年9月10日前将活动情况报市总工会办公室。
成文日期: 2026-06-22
版记:
  印发机关: 某市总工会办公室
  印发日期: 2026-06-22
"""
WRONG = RIGHT.replace("〔2026〕", "[2026]")
NUMBER = "某工发[2026]18号"
assert WRONG.count(NUMBER) == 1


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    """One editor for tests that do not care what it can do; each works in texts of its own."""
    one = Editor(tmp_path_factory.mktemp("open"))
    yield one
    assert one.exit() == 0


@pytest.fixture
def drafts(tmp_path_factory):
    """A folder of a test's own."""
    return tmp_path_factory.mktemp("drafts")


def told(diagnostics):
    return [(one.code, one.range) for one in diagnostics]


# --- diagnostics -----------------------------------------------------------------------------------------------------


def test_a_finding_stands_at_its_characters_with_code_severity_and_cure(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    (found,) = editor.diagnostics(uri, 1)
    assert found.range == stretch(2, 9, 15)
    assert (found.code, found.severity, found.source) == ("GW201", types.DiagnosticSeverity.Error, "gongwen")
    assert found.message == "发文字号的年份用六角括号〔〕括入：“[2026]”\n办法：改为“〔2026〕”"
    assert found.code_description is None


def test_findings_follow_the_text_as_it_is_typed(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    assert editor.diagnostics(uri, 1) == []
    part = types.TextDocumentContentChangePartial
    editor.change(uri, 2, part(range=stretch(2, 9, 10), text="["), part(range=stretch(2, 14, 15), text="]"))
    assert told(editor.diagnostics(uri, 2)) == [("GW201", stretch(2, 9, 15))]
    editor.change(uri, 3, types.TextDocumentContentChangeWholeDocument(text=RIGHT))
    assert editor.diagnostics(uri, 3) == []


def test_findings_of_an_older_version_are_not_shown_after_those_of_a_newer_one(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    for version in range(2, 40):
        editor.change(uri, version, insertion(6, 4, "某"))
    editor.diagnostics(uri, 39)
    versions = [one.version for one in editor.published if one.uri == uri]
    assert versions == sorted(set(versions))
    assert versions[-1] == 39


def test_closing_a_text_clears_what_was_found(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    assert len(editor.diagnostics(uri, 1)) == 1
    seen = len(editor.published)
    editor.close(uri)
    assert editor.diagnostics(uri, since=seen) == []


def test_a_text_that_is_in_no_file_is_checked_too(editor):
    uri = editor.open("untitled:Untitled-1", WRONG)
    assert told(editor.diagnostics(uri, 1)) == [("GW201", stretch(2, 9, 15))]
    editor.close(uri)


def test_broken_yaml_is_shown_at_its_place(editor, drafts):
    uri = editor.open(drafts / "a.yaml", '文种: 通知\n标题: "某市\n')
    assert told(editor.diagnostics(uri, 1)) == [("GW005", stretch(1, 4, 5))]


@pytest.mark.parametrize(
    ("encoding", "start", "end"),
    [(None, 11, 17), ("utf-16", 11, 17), ("utf-8", 25, 31), ("utf-32", 9, 15)],
    ids=str,
)
def test_columns_are_counted_as_client_and_server_agree(tmp_path, encoding, start, end):
    general = None if encoding is None else types.GeneralClientCapabilities(position_encodings=[encoding])
    one = Editor(tmp_path, types.ClientCapabilities(general=general))
    assert one.server.position_encoding == (encoding or "utf-16")
    text = WRONG.replace(NUMBER, "𠮷𠮷发[2026]18号")
    uri = one.open(tmp_path / "a.yaml", text)
    assert ("GW201", stretch(2, start, end)) in told(one.diagnostics(uri, 1))
    part = types.TextDocumentContentChangePartial
    one.change(
        uri, 2, part(range=stretch(2, end - 1, end), text="〕"), part(range=stretch(2, start, start + 1), text="〔")
    )
    assert not any("六角括号" in found.message for found in one.diagnostics(uri, 2))  # no face has 𠮷, which is told
    assert one.exit() == 0


def test_line_ends_of_windows_and_a_byte_order_mark_move_nothing(editor, drafts):
    uri = editor.open(drafts / "a.yaml", "\ufeff" + WRONG.replace("\n", "\r\n"))
    assert told(editor.diagnostics(uri, 1)) == [("GW201", stretch(2, 9, 15))]
    uri = editor.open(drafts / "b.yaml", f"\ufeff发文字号: {NUMBER}\r\n" + WRONG.replace(f"发文字号: {NUMBER}\n", ""))
    assert told(editor.diagnostics(uri, 1)) == [("GW201", stretch(0, 10, 16))]


# --- which files are drafts ------------------------------------------------------------------------------------------

COMPOSE = "services:\n  web:\n    image: nginx\nversion: '3'\n"
MANIFEST = "apiVersion: v1\nkind: Deployment\nmetadata:\n  name: web\nitems: []\n"


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("docker-compose.yml", COMPOSE, "other"),
        ("manifest.yaml", MANIFEST, "other"),
        ("a.yaml", "文种:\n", "draft"),
        ("a.yaml", "文种：通知\n", "draft"),
        ("a.yaml", "kind: 通知\n", "draft"),
        ("a.yaml", "kind: Pod\n", "other"),
        ("a.yaml", "title: a\nbody: b\n", "other"),
        ("a.txt", "文种: 通知\n", "draft"),  # the editor says that it is YAML
        ("a.yaml", "# yaml-language-server: $schema=../schemas/draft.zh.schema.json\n标题: 某\n", "draft"),
        ("a.yaml", "# yaml-language-server: $schema=../schemas/other.schema.json\n标题: 某\n", "other"),
        ("a.yaml", "", "other"),
        ("gongwen.yaml", "unit: {name: 某市总工会}\n", "settings"),
        ("project/docker-compose.yml", COMPOSE, "other"),
        ("project/manifest.yaml", MANIFEST, "other"),
        ("project/a.yaml", "标题: 某\n正文: 某\n", "draft"),
        ("project/a.yaml", "title: a\nbody: b\n", "draft"),
        ("project/a.yaml", "title: a\n", "other"),
        ("project/a.yaml", "title: a\nbody: b\nname: c\non: d\n", "other"),
        ("project/a.yaml", "# 注\n\n", "blank"),
        ("project/a.yaml", "# 注\nkin\n", "blank"),
        ("project/a.yaml", "文", "blank"),
        ("project/a.yaml", "name", "other"),
        ("project/a.yaml", "kind:", "draft"),
        ("project/a.yaml", "kind: \n", "draft"),
        ("project/a.yaml", "kind: Pod\n", "other"),
        ("a.yaml", "kind: \n", "other"),
        ("project/a.yaml", "只有文字\n", "other"),
        ("project/_a.yaml", "标题: 某\n正文: 某\n", "enclosed"),
        ("project/_a.yaml", "title: a\nservices: b\n", "other"),
    ],
)
def test_what_is_a_draft(tmp_path, name, text, role):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "gongwen.yaml").write_text("")
    documents = Documents(root=tmp_path)
    snapshot = documents.open(types.TextDocumentItem(uri_of(tmp_path / name), "yaml", 1, text))
    assert snapshot.role == role


def test_a_version_of_a_file_that_is_no_file_is_left_alone(tmp_path):
    documents = Documents(root=tmp_path)
    assert documents.open(types.TextDocumentItem("git:/a.yaml?HEAD", "yaml", 1, RIGHT)).role == "other"
    assert documents.open(types.TextDocumentItem("untitled:Untitled-1", "yaml", 1, RIGHT)).role == "draft"


def test_a_text_of_another_language_is_no_draft(tmp_path):
    documents = Documents(root=tmp_path)
    item = types.TextDocumentItem(uri_of(tmp_path / "a.md"), "markdown", 1, RIGHT)
    assert documents.open(item).role == "other"


def test_other_yaml_files_get_no_diagnostics_even_in_a_project(editor, drafts):
    (drafts / "gongwen.yaml").write_text("")
    uri = editor.open(drafts / "docker-compose.yml", f"{COMPOSE}x: [\n")
    assert editor.diagnostics(uri, 1) == []
    editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(text=WRONG))
    assert len(editor.diagnostics(uri, 2)) == 1
    editor.change(uri, 3, types.TextDocumentContentChangeWholeDocument(text=COMPOSE))
    assert editor.diagnostics(uri, 3) == []


# --- other files -----------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_the_settings_is_shown_there_until_they_are_mended(editor, drafts):
    settings = drafts / "gongwen.yaml"
    settings.write_text("字体:\n  仿送: 甲\n", "utf-8")
    uri = editor.open(drafts / "a.yaml", RIGHT)
    assert editor.diagnostics(uri, 1) == []
    assert told(editor.diagnostics(uri_of(settings))) == [("GW101", stretch(1, 2, 4))]
    seen = len(editor.published)
    settings.write_text("单位: {名称: 某市总工会}\n", "utf-8")
    editor.changed_on_disk(settings)
    assert editor.diagnostics(uri_of(settings), since=seen) == []


def test_settings_that_are_open_are_checked_when_they_are_saved(editor, drafts):
    settings = drafts / "gongwen.yaml"
    settings.write_text("字体:\n  仿送: 甲\n", "utf-8")
    uri = editor.open(settings, settings.read_text("utf-8"))
    assert told(editor.diagnostics(uri, 1)) == [("GW101", stretch(1, 2, 4))]
    other = editor.open(drafts / "a.yaml", RIGHT)
    editor.diagnostics(other, 1)
    both = [one for one in editor.published if one.uri == uri][-1]
    assert len(both.diagnostics) == 1  # found because of two texts, shown once
    seen = len(editor.published)
    settings.write_text("# 没有设置\n", "utf-8")
    editor.save(uri)
    editor.diagnostics(other, since=seen)
    editor.wait_for(lambda: [one for one in editor.published[seen:] if one.uri == uri][-1:] != [])
    editor.close(other)
    editor.close(uri)
    editor.wait_for(lambda: not [one for one in editor.published if one.uri == uri][-1].diagnostics)


def test_what_is_wrong_in_an_enclosed_text_is_shown_in_its_file(editor, drafts):
    enclosed = drafts / "_办法.yaml"
    enclosed.write_text("标题: 办法\n正文:\n  - 小标体: 甲\n", "utf-8")
    uri = editor.open(drafts / "a.yaml", f"{RIGHT}附件:\n  - 文件: _办法.yaml\n")
    assert told(editor.diagnostics(uri_of(enclosed)))[0] == ("GW101", stretch(2, 4, 7))
    seen = len(editor.published)
    editor.close(uri)
    assert editor.diagnostics(uri_of(enclosed), since=seen) == []


def test_two_ways_to_a_file_are_one(editor, drafts):
    (drafts / "really").mkdir()
    (drafts / "linked").symlink_to(drafts / "really")
    (drafts / "_办法.yaml").write_text("标题: 办法\n正文:\n  - 小标体: 甲\n", "utf-8")
    (drafts / "gongwen.yaml").write_text("字体:\n  仿送: 甲\n", "utf-8")
    settings = editor.open(drafts / "linked" / ".." / "gongwen.yaml", "字体:\n  仿送: 甲\n")
    assert told(editor.diagnostics(settings, 1)) == [("GW101", stretch(1, 2, 4))]
    uri = editor.open(drafts / "linked" / "a.yaml", f"{RIGHT}附件:\n  - 文件: ../_办法.yaml\n")
    assert told(editor.diagnostics(uri_of(drafts / "_办法.yaml")))[0] == ("GW101", stretch(2, 4, 7))
    editor.diagnostics(uri, 1)
    assert {one.uri for one in editor.published if one.uri.endswith("gongwen.yaml") and one.diagnostics} >= {settings}
    assert [len(one.diagnostics) for one in editor.published if one.uri == settings][-1] == 1


def test_the_editor_is_asked_to_watch_where_it_can(tmp_path, editor):
    assert editor.registered == []
    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    workspace = types.WorkspaceClientCapabilities(did_change_watched_files=watching)
    one = Editor(tmp_path, types.ClientCapabilities(workspace=workspace))
    one.diagnostics(one.open(tmp_path / "a.yaml", RIGHT), 1)
    assert [item.method for item in one.registered] == ["workspace/didChangeWatchedFiles"]
    assert one.exit() == 0


# --- hover -----------------------------------------------------------------------------------------------------------


def test_a_key_is_explained_with_its_english_name_type_and_example(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    found = editor.ask("hover", uri, at(2, 1))
    assert found.range == stretch(2, 0, 4)
    assert found.contents.kind == types.MarkupKind.Markdown
    text = found.contents.value
    assert text.startswith("**发文字号**（英文键名 `number`）\n\n发文字号：机关代字〔年份〕顺序号")
    assert "- 类型：文字、下一层的键" in text
    assert "- 例：`焦工文〔2025〕6号`" in text


def test_a_key_of_an_english_draft_is_explained_with_its_chinese_name(editor, drafts):
    uri = editor.open(drafts / "a.yaml", "kind: 通知\nurgency: 特急\nimprint:\n  issued_on: 待定\n")
    text = editor.ask("hover", uri, at(1, 3)).contents.value
    assert text.startswith("**urgency**（中文键名 `紧急程度`）")
    assert "- 可用的值：`特急`、`加急`" in text
    assert editor.ask("hover", uri, at(3, 4)).contents.value.startswith("**issued_on**（中文键名 `印发日期`）")


def test_a_key_below_others_means_what_it_means_there(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    found = editor.ask("hover", uri, at(10, 9))
    assert found.contents.value.startswith("**接排**（英文键名 `text`）")
    assert found.range == stretch(10, 8, 10)


def test_a_chosen_value_is_explained(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    found = editor.ask("hover", uri, at(0, 5))
    assert found.range == stretch(0, 4, 6)
    assert found.contents.value.startswith("**通知**：发布、传达要求下级机关执行")


def test_a_finding_is_explained_by_its_rule(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    editor.diagnostics(uri, 1)
    found = editor.ask("hover", uri, at(2, 11))
    assert found.range == stretch(2, 9, 15)
    assert "**发文字号的年份用六角括号〔〕括入：“[2026]”**\n\n办法：改为“〔2026〕”" in found.contents.value
    assert "`GW201` number-form　错误　依据：标准（GB/T 9704 7.2.5）" in found.contents.value


def test_the_code_in_a_comment_that_suppresses_a_rule_is_explained(editor, drafts):
    uri = editor.open(drafts / "a.yaml", f"# gongwen: ignore[GW302, GW201]\n{RIGHT}")
    found = editor.ask("hover", uri, at(0, 25))
    assert found.range == stretch(0, 25, 30)
    assert found.contents.value.startswith("`GW201` number-form")
    assert editor.ask("hover", uri, at(0, 19)).contents.value.startswith("`GW302` heading-end　警告　依据：惯例")
    assert editor.ask("hover", uri, at(0, 5)) is None
    uri = editor.open(drafts / "b.yaml", f"{RIGHT}# 公文：忽略［gw201］\n附注: ignore[GW201]\n")
    assert editor.ask("hover", uri, at(20, 9)).range == stretch(20, 8, 13)
    said = editor.ask("hover", uri, at(21, 14))  # no comment
    assert said is None or "number-form" not in said.contents.value


def test_a_key_is_explained_while_the_yaml_is_broken(editor, drafts):
    uri = editor.open(drafts / "a.yaml", '文种: 通知\n紧急程度: 特急\n标题: "某市\n')
    found = editor.ask("hover", uri, at(1, 2))
    assert found.contents.value.startswith("**紧急程度**")
    assert found.range == stretch(1, 0, 4)


def test_there_is_nothing_to_say_of_prose_and_of_other_files(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    assert editor.ask("hover", uri, at(6, 20)) is None
    assert editor.ask("hover", uri, at(99, 0)) is None
    other = editor.open(drafts / "docker-compose.yml", COMPOSE)
    assert editor.ask("hover", other, at(0, 2)) is None
    assert editor.ask("hover", uri_of(drafts / "closed.yaml"), at(0, 0)) is None


def test_an_editor_without_markdown_gets_plain_text(tmp_path):
    one = Editor(tmp_path, types.ClientCapabilities())
    uri = one.open(tmp_path / "a.yaml", RIGHT)
    found = one.ask("hover", uri, at(2, 1)).contents
    assert found.kind == types.MarkupKind.PlainText
    assert found.value.startswith("发文字号（英文键名 number）")
    assert one.exit() == 0


# --- completion ------------------------------------------------------------------------------------------------------


def applied(text, edit):
    lines = text.split("\n")
    line = lines[edit.range.start.line]
    assert edit.range.start.line == edit.range.end.line
    lines[edit.range.start.line] = line[: edit.range.start.character] + edit.new_text + line[edit.range.end.character :]
    return "\n".join(lines)


def completed(editor, drafts, marked, name="a.yaml"):
    """The completions where the text has ``¦``, by their labels; each with the text that it makes."""
    line = marked[: marked.index("¦")].count("\n")
    character = marked.split("\n")[line].index("¦")
    text = marked.replace("¦", "")
    uri = editor.open(drafts / name, text)
    items = editor.ask("completion", uri, at(line, character))
    editor.close(uri)
    return {item.label: (item, applied(text, item.text_edit)) for item in items}


def test_keys_are_those_that_are_not_there_yet_in_the_language_of_the_draft(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n标题: 某\n¦\n正文:\n  - 某\n")
    assert {"发文字号", "主送机关", "成文日期"} <= set(found)
    assert not {"文种", "标题", "正文", "number"} & set(found)
    item, text = found["紧急程度"]
    assert (item.kind, item.detail) == (types.CompletionItemKind.Property, "文字")
    assert text == "文种: 通知\n标题: 某\n紧急程度: $0\n正文:\n  - 某\n"
    assert item.documentation.value == "紧急程度：特急或加急。\n\n英文键名：urgency"
    english = completed(editor, drafts, "kind: 通知\nur¦\n")
    assert {"urgency", "number"} <= set(english)  # those with the letters typed, in their order
    assert not {"title", "kind", "date"} & set(english)
    assert english["urgency"][1] == "kind: 通知\nurgency: $0\n"


def test_keys_of_bulletins_and_speeches_are_their_own(editor, drafts):
    assert "篇目" in completed(editor, drafts, "文种: 简报\n¦")
    assert "称呼" in completed(editor, drafts, "文种: 讲话稿\n¦")
    assert not {"篇目", "称呼"} & set(completed(editor, drafts, "文种: 通知\n¦"))


def test_keys_below_a_key(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n版记:\n  印发机关: 某\n  ¦\n")
    assert set(found) == {"主送机关", "抄送机关", "印发日期"}
    assert found["印发日期"][1] == "文种: 通知\n版记:\n  印发机关: 某\n  印发日期: $0\n"


def test_a_key_that_wants_a_list_begins_one(editor, drafts):
    assert completed(editor, drafts, "文种: 通知\n签发¦")["签发人"][1] == "文种: 通知\n签发人:\n  - $0"
    assert completed(editor, drafts, "文种: 通知\n正文:\n  ¦")["- 小标题"][1] == "文种: 通知\n正文:\n  - 小标题: $0"


def test_the_keys_that_begin_a_block_and_then_those_of_the_block(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n正文:\n  - ¦")
    plain = [label for label in found if "…" not in label]
    assert plain == ["小标题", "章", "节", "条", "款", "图", "表格"]
    found = completed(editor, drafts, "文种: 通知\n正文:\n  - 小标题: 甲\n    ¦")
    assert set(found) == {"接排", "正文"}


def test_a_block_without_its_first_key_is_still_one(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n正文:\n  - 正文:\n      - ¦")
    assert "小标题" in found


def test_a_structure_comes_as_a_snippet(editor, drafts):
    item, text = completed(editor, drafts, "文种: 通知\n正文:\n  - 小¦")["小标题…正文"]
    assert item.kind == types.CompletionItemKind.Snippet
    assert item.insert_text_format == types.InsertTextFormat.Snippet
    # Lines after the first are indented from where the line begins, which is what editors add.
    assert text == "文种: 通知\n正文:\n  - 小标题: $1\n  正文:\n    - $2"
    assert item.text_edit.new_text == "小标题: $1\n  正文:\n    - $2"
    found = completed(editor, drafts, "文种: 通知\n版¦")
    assert found["版记…抄送机关、印发机关、印发日期"][0].text_edit.new_text == (
        "版记:\n  抄送机关: $1\n  印发机关: $2\n  印发日期: $3"
    )
    found = completed(editor, drafts, "文种: 通知\n附¦")
    assert found["附件…标题、正文"][0].text_edit.new_text == "附件:\n  - 标题: $1\n    正文:\n      - $2"


def test_an_editor_without_snippets_gets_keys_alone(tmp_path):
    one = Editor(tmp_path, types.ClientCapabilities())
    found = completed(one, tmp_path, "文种: 通知\n签发¦")
    assert found["签发人"][1] == "文种: 通知\n签发人:"
    assert not [label for label in found if "…" in label]
    assert one.exit() == 0


def test_keys_in_braces(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n发文字号: {代字: 甲, 年¦}")
    assert found["年份"][1] == "文种: 通知\n发文字号: {代字: 甲, 年份: $0}"
    assert "代字" not in found
    found = completed(editor, drafts, "文种: 通知\n正文:\n  - {小标题: 甲, ¦")
    assert found["正文"][1] == "文种: 通知\n正文:\n  - {小标题: 甲, 正文: [$0]"


def test_a_key_before_a_colon_is_replaced_alone(editor, drafts):
    found = completed(editor, drafts, "文种: 通知\n成¦期: 2026-06-22\n")
    assert found["成文日期"][1] == "文种: 通知\n成文日期: 2026-06-22\n"


@pytest.mark.parametrize(
    ("marked", "label", "text"),
    [
        ("文种: ¦", "请示", "文种: 请示"),
        ("文种:¦", "请示", "文种: 请示"),
        ("文种：¦", "请示", "文种: 请示"),
        ("文种：请¦", "请示", "文种: 请示"),
        ("文种: 通¦知  # 注", "通知", "文种: 通知  # 注"),
        ("文种: 通知\n紧急程度: ¦", "特急", "文种: 通知\n紧急程度: 特急"),
        ("文种: 通知\n密级: ¦", "机密", "文种: 通知\n密级: 机密"),
        ("文种: 通知\n密级:\n  等级: ¦", "绝密", "文种: 通知\n密级:\n  等级: 绝密"),
        ("文种: 通知\n格式: ¦", "信函", "文种: 通知\n格式: 信函"),
        ("文种: 通知\n署名: ¦", "盖章", "文种: 通知\n署名: 盖章"),
        ("文种: 通知\n成文日期: ¦", "待定", "文种: 通知\n成文日期: 待定"),
        ("文种: 通知\n附件:\n  - 装订: ¦", "否", "文种: 通知\n附件:\n  - 装订: 否"),
        ("kind: 通知\nattachments:\n  - bound: ¦", "false", "kind: 通知\nattachments:\n  - bound: false"),
        ("kind: 通知\nformat: ¦", "letter", "kind: 通知\nformat: letter"),
    ],
)
def test_values_that_are_chosen_from_a_few(editor, drafts, marked, label, text):
    found = completed(editor, drafts, marked)
    assert found[label][1] == text
    assert found[label][0].kind in (types.CompletionItemKind.EnumMember, types.CompletionItemKind.Value)


def test_kinds_come_with_what_they_are_for(editor, drafts):
    found = completed(editor, drafts, "文种: ¦")
    assert len(found) > 15
    assert found["批复"][0].detail == "答复下级机关请示事项"
    assert set(completed(editor, drafts, "文种: 通¦")) == {"通告", "通知", "通报"}


def test_values_of_units_are_offered_where_an_organ_is_expected(editor, drafts):
    (drafts / "gongwen.yaml").write_text(
        "单位:\n  - {名称: 某市总工会, 简称: 市总, 代字: 某工发, 印发机关: 某市总工会办公室}\n  - {名称: 某市教育局}\n",
        "utf-8",
    )
    for marked in ("文种: 通知\n发文机关: ¦", "文种: 通知\n发文机关:\n  - ¦", "文种: 通知\n主送机关: [甲, 某¦]"):
        found = completed(editor, drafts, marked)
        assert {"某市总工会", "某市教育局"} <= set(found)
        assert found["某市总工会"][1] == marked.replace("某¦", "¦").replace("¦", "某市总工会")
    assert set(completed(editor, drafts, "文种: 通知\n版记:\n  印发机关: ¦")) == {"某市总工会办公室"}
    assert set(completed(editor, drafts, "文种: 通知\n发文字号:\n  代字: ¦")) == {"某工发"}


def test_completion_works_while_the_yaml_is_broken(editor, drafts):
    found = completed(editor, drafts, '文种: 通知\n标题: "某市\n版记:\n  印¦\n')
    assert {"印发机关", "印发日期"} <= set(found)


@pytest.mark.parametrize(
    "marked",
    [
        "文种: 通知\n标题: |\n  某市¦",
        "文种: 通知  # ¦",
        "文种: 通知\n正文:\n  - 为做好高温天气下¦",
        "文种: 通知\n没有的键:\n  ¦",
        "文种: 通知\n标题: ¦",
        "services:\n  ¦",
    ],
)
def test_nothing_is_offered_where_there_is_nothing_to_offer(editor, drafts, marked):
    assert completed(editor, drafts, marked) == {}


def test_a_blank_text_in_a_project_may_become_a_draft(editor, drafts):
    (drafts / "gongwen.yaml").write_text("")
    found = completed(editor, drafts, "¦", "new.yaml")
    assert [text for _, text in found.values()] == ["文种: ", "kind: "]


def test_the_first_line_of_a_draft_is_completed_as_it_is_typed(editor, drafts):
    (drafts / "gongwen.yaml").write_text("")
    assert [text for _, text in completed(editor, drafts, "ki¦", "new.yaml").values()] == ["kind: "]
    assert [text for _, text in completed(editor, drafts, "文¦", "new.yaml").values()] == ["文种: "]
    assert set(completed(editor, drafts, "kind: ¦", "new.yaml")) == set(
        completed(editor, drafts, "文种: ¦", "new.yaml")
    )


def test_a_text_that_drafts_enclose_has_keys_of_its_own(editor, drafts):
    (drafts / "gongwen.yaml").write_text("")
    found = completed(editor, drafts, "标题: 办法\n¦", "_办法.yaml")
    assert [label for label in found if "…" not in label] == ["题注", "正文"]


# --- quick fixes -----------------------------------------------------------------------------------------------------


def edited(text, action):
    """The text after an action."""
    (edits,) = action.edit.changes.values()
    lines = text.split("\n")

    def offset(position):
        return sum(len(line) + 1 for line in lines[: position.line]) + position.character

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def test_a_rule_can_be_suppressed_on_its_line(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    editor.diagnostics(uri, 1)
    found = editor.ask("actions", uri, stretch(2, 11, 11), None)
    (action,) = [one for one in found if one.title == "在本行忽略 GW201"]
    assert action.kind == types.CodeActionKind.QuickFix
    assert [one.code for one in action.diagnostics] == ["GW201"]
    assert edited(WRONG, action) == WRONG.replace(NUMBER, f"{NUMBER}  # gongwen: ignore[GW201]")
    assert editor.ask("actions", uri, stretch(5, 0, 0), [types.CodeActionKind.QuickFix]) == []
    assert editor.ask("actions", uri, stretch(2, 11, 11), [types.CodeActionKind.Refactor]) == []


def test_a_suppressed_rule_is_not_told(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG.replace(NUMBER, f"{NUMBER}  # gongwen: ignore[GW201]"))
    assert editor.diagnostics(uri, 1) == []


def test_a_fault_is_mended_where_it_is_and_all_faults_at_once(editor, drafts):
    uri = editor.open(drafts / "a.yaml", WRONG)
    editor.diagnostics(uri, 1)
    first = editor.ask("actions", uri, stretch(2, 11, 11), None)[0]
    assert (first.title, first.kind, first.is_preferred) == ("改为“〔2026〕”", types.CodeActionKind.QuickFix, True)
    assert edited(WRONG, first) == RIGHT
    (every,) = editor.ask("actions", uri, stretch(0, 0, 0), [types.CodeActionKind.SourceFixAll])
    assert (every.title, every.kind) == ("改正能够自动改正的 1 处", "source.fixAll.gongwen")
    assert edited(WRONG, every) == RIGHT


def test_what_the_program_needs_cannot_be_suppressed(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT.replace("标题:", "标提:"))
    assert ("GW101", stretch(3, 0, 2)) in told(editor.diagnostics(uri, 1))
    assert editor.ask("actions", uri, stretch(3, 0, 2), None) == []


def test_the_server_says_what_it_can_do(editor):
    can = editor.server
    assert can.text_document_sync.change == types.TextDocumentSyncKind.Incremental
    assert list(can.code_action_provider.code_action_kinds) == ["quickfix", "source.fixAll.gongwen"]
    assert list(can.completion_provider.trigger_characters) == [":", "：", " ", "-", "[", ","]
    assert list(can.execute_command_provider.commands) == ["gongwen.build"]
    assert can.hover_provider
    assert can.document_symbol_provider
    assert can.folding_range_provider


# --- outline and folding ---------------------------------------------------------------------------------------------


def names(symbols):
    return {one.name: names(one.children) for one in symbols}


def test_the_outline_has_the_marks_of_the_page_and_the_places_of_the_file(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    found = editor.ask("outline", uri)
    assert names(found) == {
        "发文机关": {},
        "发文字号": {},
        "某市总工会关于开展夏季送清凉活动的通知": {},
        "主送机关": {},
        "一、突出重点": {"（一）慰问一线职工。": {}, "（二）督促落实保护措施。": {}},
        "二、及时报送情况": {},
        "成文日期": {},
        "版记": {},
    }
    heading = found[4]
    assert heading.range == types.Range(at(7, 4), at(12, 37))
    assert heading.selection_range == stretch(7, 9, 13)
    assert heading.children[1].range == types.Range(at(11, 8), at(12, 37))
    assert found[1].detail == "某工发〔2026〕18号"


def test_the_last_outline_stays_while_the_yaml_is_broken(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    before = editor.ask("outline", uri)
    editor.change(uri, 2, insertion(3, 4, '"'))
    assert editor.ask("outline", uri) == before
    editor.close(uri)
    assert editor.ask("outline", uri) == []


def test_keys_and_items_of_several_lines_fold(editor, drafts):
    uri = editor.open(drafts / "a.yaml", RIGHT)
    found = {(one.start_line, one.end_line) for one in editor.ask("folds", uri)}
    assert found == {(5, 15), (7, 12), (8, 12), (9, 10), (11, 12), (13, 15), (14, 15), (17, 19)}


# --- compiling -------------------------------------------------------------------------------------------------------


def test_a_draft_is_compiled_on_command(editor, drafts):
    path = drafts / "compiled.yaml"
    path.write_text(RIGHT, "utf-8")
    said = editor.execute("gongwen.build", uri_of(path))
    assert re.fullmatch(r"生成 1 份 PDF，共 2 页；用时 \d+(\.\d)? 秒", said)
    assert (editor.root / "out" / "compiled.pdf").read_bytes().startswith(b"%PDF-")
    assert said in editor.messages


# --- whatever comes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "文种: 通知\n\x00",
        "文种: \ud800通知\n标题: \udfff",
        "文种: [" + "[" * 2000,
        "文种: 通知\n" + "- " * 2000,
        "文种: 通知\n&a [*a]: *b\n%TAG\n---\n...\n",
        "文种: 通知\n正文: " + "\u2028\x0b\x85" * 50,
        "文种: 通知\n" + "x" * (2 * 1024 * 1024),
        "文种: 通知\n" + "标题: 某\n" * 30_000,
        "文种: 通知\nx" + " " * 1_000_000,
        "文种: 通知\n" + "#" * 1_000_000 + "\n[",
        "文种: 通知\n" + "字" * 1_000_000,
    ],
    ids=["nul", "surrogates", "brackets", "dashes", "signs", "line-ends", "large", "keys", "blanks", "marks", "hanzi"],
)
def test_any_text_gives_findings_and_the_server_lives(editor, drafts, text):
    uri = editor.open(drafts / "a.yaml", "文种: 通知\n")
    editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(text=text))
    for what, args in (("hover", [at(1, 3)]), ("completion", [at(1, 3)]), ("outline", []), ("folds", [])):
        editor.ask(what, uri, *args)
    editor.change(uri, 3, insertion(1, 1, "某"))
    assert editor.diagnostics(uri, 3) != []
    editor.ask("actions", uri, types.Range(at(0, 0), at(9, 9)), None)
    editor.close(uri)
    right = editor.open(drafts / "b.yaml", RIGHT)
    assert editor.diagnostics(right, 1) == []
    assert editor.messages == [] or all("程序有错" not in one for one in editor.messages)


def test_a_message_that_cannot_be_read_is_told_in_chinese_and_the_server_goes_on(tmp_path):
    one = Editor(tmp_path)
    one.raw('{"jsonrpc": "2.0", "id": 98, "method": "textDocument/nothing", "params": {}}')
    one.raw('{"jsonrpc": "2.0", "id": 99, "method": "textDocument/hover", "params": {"position": 1}}')
    one.wait_for(lambda: one.messages)
    assert one.messages == ["看不懂编辑器发来的一条消息，没有理会"]
    uri = one.open(tmp_path / "a.yaml", WRONG)
    assert len(one.diagnostics(uri, 1)) == 1
    one.change("file:///nowhere.yaml", 2, insertion(0, 0, "某"))
    assert one.ask("hover", uri, at(2, 1)) is not None
    assert one.exit() == 0


def test_a_fault_while_checking_is_told_and_the_server_goes_on(monkeypatch, tmp_path):
    server = lsp_server.new_server()
    told_of = []
    monkeypatch.setattr(server, "window_log_message", told_of.append)
    monkeypatch.setattr(lsp_server.findings, "check", lambda *_: 1 / 0)
    snapshot = server.documents.open(types.TextDocumentItem(uri_of(tmp_path / "a.yaml"), "yaml", 1, RIGHT))
    asyncio.run(server._check(snapshot))
    server.end()
    assert [one.message.partition("；")[0] for one in told_of] == ["程序有错（ZeroDivisionError: division by zero）"]


@pytest.mark.parametrize(("shutdown", "status"), [(True, 0), (False, 1)])
def test_the_exit_status_is_that_of_the_protocol(tmp_path, shutdown, status):
    one = Editor(tmp_path)
    one.diagnostics(one.open(tmp_path / "a.yaml", WRONG), 1)
    assert one.exit(shutdown=shutdown) == status


def test_the_server_ends_with_its_editor(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "gongwen", "lsp"], input=b"", capture_output=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (1, b"")


def test_nothing_but_the_protocol_goes_to_standard_output(tmp_path):
    program = (
        "import os, sys; from gongwen.lsp.server import private_streams; stdin, stdout = private_streams();"
        "print('printed'); os.write(1, b'written'); stdout.write(stdin.read()); stdout.flush(); print(sys.stdin.read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"protocol", capture_output=True, check=True, cwd=tmp_path
    )
    assert done.stdout == b"protocol"
    assert b"printed" in done.stderr
    assert b"written" in done.stderr


def test_the_server_does_not_load_what_sets_type(tmp_path):
    program = (
        "import json, sys; from pathlib import Path; from lsprotocol import types; from gongwen.compiler import Compiler;"
        "from gongwen.lsp import findings; from gongwen.lsp.server import new_server; server = new_server();"
        f"item = types.TextDocumentItem('file:///a.yaml', 'yaml', 1, {WRONG!r});"
        "found = findings.check(Compiler(), server.documents.open(item)); server.end();"
        "print(json.dumps([len(found), sorted({'weasyprint', 'pydyf', 'jinja2', 'pikepdf'} & set(sys.modules))]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert json.loads(done.stdout) == [1, []]


def test_the_drafts_of_these_tests_are_what_they_say():
    assert Source.parse(RIGHT).diagnostics == ()
    assert ABLE.text_document is not None
