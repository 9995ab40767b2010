"""Texts beside the body: in files of their own, issued by a notice, attached and not bound. Lengths are from the standard's text."""

from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts import from_keys, ink, near
from presses import missed, moved, on_boxes

from gongwen.compiler import Compiler
from gongwen.document import SeparateAttachment, separate_attachments
from gongwen.layout import lay_out

LEFT, TOP, AXIS = 28, 37, 106
EM_3 = 5.57
PITCH = 10.449
BLANK_LINE = 10.39
NEXT_LINE = 4.84  # 3.2: 7/8 of a 3号 character

BASE = {
    "kind": "通知",
    "issuer": "云州市人民政府",
    "number": "云政发〔2026〕5号",
    "title": "云州市人民政府关于印发《云州市公园管理办法》的通知",
    "body": ["现印发给你们，请认真贯彻执行。"],
    "date": "2026-05-12",
}
LONG = "现印发给你们，请结合实际，认真贯彻执行，切实做好公园的规划、建设和管理工作。" * 3
ISSUED = {"title": "云州市公园管理办法", "subtitle": "2026年4月13日通过", "body": [{"article": "条文。"}]}


def document(**keys):
    return from_keys(BASE | keys)


# --- 印发件 -----------------------------------------------------------------------------------------------------------


def test_an_issued_document_follows_the_signature_on_a_new_page(book):
    attachments = [{"title": "名录", "body": ["名录。"]}]
    imprint = {"issuing_office": "云州市人民政府办公室", "issued_on": "2026-05-12"}
    layout = lay_out(document(issued=ISSUED, attachments=attachments, imprint=imprint), book)
    roles = [[box.role for box in page.texts] for page in layout.pages]
    assert roles[0][-4:] == ["attachment-list", "signature", "date", "folio"]
    assert roles[1] == ["issued-title", "issued-subtitle", "run-in-article", "folio"]
    assert roles[2] == ["attachment-label", "attachment-title", "paragraph", "folio"]
    assert roles[3] == ["imprint-office", "imprint-date", "folio"]
    (listed,) = [box.text for box in layout.pages[0].texts if box.role == "attachment-list"]
    assert listed == "附件：名录"
    assert [page.texts[-1].text for page in layout.pages] == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]


def test_its_title_stands_on_the_third_line(book):
    title, subtitle, text, _ = lay_out(document(issued=ISSUED), book).pages[1].texts
    assert title.size == 22
    assert title.top + title.em / 2 == near(TOP + 2 * PITCH + EM_3 / 2)
    left, _, right, bottom = ink(title)
    assert (left + right) / 2 == near(AXIS)
    assert subtitle.top - bottom == near(NEXT_LINE)
    assert subtitle.text == "（2026年4月13日通过）"
    assert {piece.role for piece in subtitle.lines[0].pieces} == {"kaiti"}
    left, _, right, bottom = ink(subtitle)
    assert (left + right) / 2 == near(AXIS)
    assert text.top - bottom == near(BLANK_LINE)


# --- 题注 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["general", "letter"])
def test_the_subtitle_of_a_document(book, style):
    given = "2026年3月1日云州市第五届人民代表大会第六次会议通过，自公布之日起施行"
    layout = lay_out(document(kind="决议", format=style, subtitle=given, addressees="各单位"), book)
    boxes = {box.role: box for box in layout.pages[0].texts}
    title, subtitle = boxes["title"], boxes["subtitle"]
    assert subtitle.text == f"（{given}）"
    assert len(subtitle.lines) == 2
    assert subtitle.top - ink(title, len(title.lines) - 1)[3] == near(NEXT_LINE)
    for row in range(2):
        left, _, right, _ = ink(subtitle, row)
        assert (left + right) / 2 == near(AXIS)
    assert boxes["addressees"].top - ink(subtitle, 1)[3] == near(BLANK_LINE)


# --- 不装订的附件 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "labels"),
    [
        (["false"], ["云政发〔2026〕5号附件"]),
        (["true", "false", "false"], ["云政发〔2026〕5号附件2", "云政发〔2026〕5号附件3"]),
        (["true"], []),
    ],
)
def test_what_is_not_bound_leaves_the_document(book, bound, labels):
    one = document(attachments=[{"title": "名录", "body": ["名录。"], "bound": value} for value in bound])
    layout = lay_out(one, book)
    assert len(layout.pages) == 1 + bound.count("true")
    assert sum(box.role == "attachment-list" for box in layout.pages[0].texts) == len(bound)
    parts = separate_attachments(one)
    assert [part.label for part in parts] == labels
    for part in parts:
        (page,) = lay_out(part, book).pages
        label, title, text, folio = page.texts
        assert (label.text, label.left, label.top) == (part.label, LEFT, TOP)
        assert {piece.role for piece in label.lines[0].pieces} == {"heiti"}
        assert (title.text, text.text, folio.text) == ("名录", "名录。", "— 1 —")
        assert title.top + title.em / 2 == near(TOP + 2 * PITCH + EM_3 / 2)


def test_the_part_of_a_sample_is_a_sample(book):
    one = document(number="云政发〔2026〕待定号", attachments=[{"title": "名录", "body": ["名录。"], "bound": "false"}])
    (part,) = separate_attachments(one)
    assert isinstance(part, SeparateAttachment)
    assert lay_out(part, book).is_sample


UNBOUND = """\
kind: 通知
issuer: 云州市人民政府
number: 云政发〔2026〕5号
title: 云州市人民政府关于公园管理的通知
addressees: 各县人民政府
body: [现印发给你们（见附件），请认真贯彻执行。]
attachments:
  - title: 公园名录
    body: [名录。]
  - title: 公园名册
    subtitle: 2026年4月
    bound: false
    body:
      - heading: 名册
        body: [名册。]
date: 2026-05-12
imprint: {issuing_office: 云州市人民政府办公室, issued_on: 2026-05-12}
"""


@pytest.fixture(scope="module")
def unbound(tmp_path_factory):
    """A draft with an attachment that is not bound, built in both profiles."""
    folder = tmp_path_factory.mktemp("unbound")
    (folder / "draft.yaml").write_text(UNBOUND, "utf-8")
    compiler = Compiler()
    return {
        profile: compiler.build(folder / "draft.yaml", folder / f"draft{ending}", profile)
        for profile, ending in (("print", ".pdf"), ("archive", ".archive.pdf"))
    }


@pytest.mark.parametrize(
    ("profile", "name"), [("print", "draft.fujian2.pdf"), ("archive", "draft.fujian2.archive.pdf")]
)
def test_it_is_a_file_of_its_own(unbound, profile, name):
    built = unbound[profile]
    assert [(one.check.code, one.message) for one in built.diagnostics] == [
        ("GW328", "这一层只有一个标题“名册”"),
        ("GW602", "第1页署名之上只有1行正文"),
    ]
    (part,) = built.beside
    assert (part.pdf.name, part.pages, built.pages) == (name, 1, 2)
    assert {one.rule for one in part.results if one.verdict != "met"} == set()
    assert {"B-57", "B-57.top", "B-57.left", "B-58", "B-59", "B-61", "B-63", "E-08"} <= {
        one.rule for one in part.results
    }
    assert "B-61" not in {one.rule for one in built.results}
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        lines = pdf[0].get_textpage().get_text_range().split()
    assert lines == ["云政发〔2026〕5号附件2", "公园名册", "（2026年4月）", "一、名册", "名册。", "—", "1", "—"]


# --- what is measured -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(press):
    """A function: draft, change of its layout → the rules that are missed."""
    return lambda one, change: missed(press.measured(one, change(press.layout(one))))


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (on_boxes(moved(), "issued-title"), set()),
        (on_boxes(moved(dy=-2), "issued-title"), {"B-31", "B-63"}),
        (on_boxes(moved(dx=2), "issued-title"), {"B-31.centre"}),
        (on_boxes(moved(dx=2), "issued-subtitle"), {"B-63.centre"}),
        (on_boxes(moved(dy=2.5), "issued-subtitle"), {"B-63", "B-31.gap"}),
        (on_boxes(moved(dy=7), "run-in-article"), {"B-31.gap"}),
    ],
)
def test_a_misplaced_part_of_an_issued_document_is_measured(measured, change, rules):
    assert measured(document(issued=ISSUED, body=[LONG]), change) == rules


def test_text_above_an_issued_document_is_measured(measured):
    def change(layout):
        first, second, *rest = layout.pages
        (note,) = [box for box in first.boxes if box.role == "note"]
        first = replace(first, boxes=tuple(box for box in first.boxes if box is not note))
        second = replace(second, boxes=(replace(note, top=TOP), *second.boxes))
        return replace(layout, pages=(first, second, *rest))

    assert measured(document(issued=ISSUED, body=[LONG], note="此件公开发布"), lambda layout: layout) == set()
    assert measured(document(issued=ISSUED, body=[LONG], note="此件公开发布"), change) == {"B-31.new"}


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (on_boxes(moved(), "attachment-label"), set()),
        (on_boxes(moved(dx=2), "attachment-label"), {"B-57.left"}),
        (on_boxes(moved(dy=25), "attachment-label"), {"B-56", "B-57.top", "B-61"}),
    ],
)
def test_a_misplaced_label_is_measured(measured, change, rules):
    (part,) = separate_attachments(document(attachments=[{"title": "名录", "body": ["名录。"], "bound": "false"}]))
    assert measured(part, change) == rules


# --- files ------------------------------------------------------------------------------------------------------------

NOTICE = """\
kind: 通知
issuer: 云州市人民政府
number: 云政发〔2026〕5号
title: 云州市人民政府关于印发《云州市公园管理办法》的通知
addressees: 各县人民政府
body: [现将《云州市公园管理办法》印发给你们，请结合本地区、本部门实际，认真贯彻执行，切实做好公园的规划、建设和管理工作。]
issued: {file: texts/_banfa.yaml}
attachments: [{file: texts/_banfa.yaml}]
date: 2026-05-12
imprint: {issuing_office: 云州市人民政府办公室, issued_on: 2026-05-12}
"""
BANFA = """\
标题: 云州市公园管理规定
题注: 2026年4月13日通过
正文:
  - 条: 为了规范公园的管理，制定本规定。
    项: [一；, 二。]
"""


@pytest.fixture
def project(tmp_path):
    """A function: text of the enclosed file → the path of the draft that names it."""

    def write(text, notice=NOTICE):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / "_banfa.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        (tmp_path / "draft.yaml").write_text(notice, "utf-8")
        return tmp_path / "draft.yaml"

    return write


def test_a_file_in_the_other_language_is_put_in_its_place(compiler, project, tmp_path):
    notice = NOTICE.replace("印发给你们，", "印发给你们（见附件），")
    built = compiler.build(project(BANFA, notice), tmp_path / "draft.archive.pdf", "archive")
    assert built.diagnostics == ()
    assert built.document.issued.title == built.document.attachments[0].title == "云州市公园管理规定"
    assert built.document.issued.body[0].items == ("一；", "二。")
    assert {one.rule for one in built.results if one.verdict != "met"} == set()
    assert {"B-31", "B-31.new", "B-31.centre", "B-31.size", "B-31.gap"} <= {one.rule for one in built.results}
    assert [source.name.rpartition("/")[2] for source in built.sources] == ["draft.yaml", "_banfa.yaml", "_banfa.yaml"]


def test_the_archive_holds_the_file_too(compiler, project, tmp_path):
    path = project(BANFA)
    compiler.build(path, tmp_path / "out.pdf", "archive")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        held = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    assert held == {"draft.yaml": path.read_bytes(), "texts/_banfa.yaml": BANFA.encode()}


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "line", "column"),
    [
        ("制定本规定。", "制定本规定\U0001f600。", "GW501", "仿宋和后备字体中都没有", 4, 23),
        ("条: 为了", "条: 第一条 为了", "GW305", "条的序号自动编排", 4, 8),
        ("一；", "（一）一；", "GW305", "项的序号自动编排", 5, 9),
        ("题注: 2026年4月13日通过", "题注: （通过）", "GW305", "题注的圆括号自动加", 2, 5),
        ("  - 条: 为了", "  - 节: 一般\n    正文: [段。]\n  - 条: 为了", "GW340", "正文里不直接写节", 4, 5),
        ("  - 条: 为了", "  - 小标题: 一般。\n  - 条: 为了", "GW302", "单独成行的标题末尾不加句号", 4, 12),
        ("标题:", "title:", "GW102", "稿件缺少“标题”", 1, 1),
        ("题注: 2026年4月13日通过", "题注:", "GW103", "“题注”没有内容", 2, 1),
        ("题注:", "附注:", "GW101", "没有“附注”这个键", 2, 1),
        ("项: [一；, 二。]", "项: [一；, [二。]]", "GW104", "“项”应当是一项文字", 5, 13),
        ("正文:", "正文", "GW0", "", None, None),
    ],
)
def test_faults_stand_at_their_place_in_the_file(compiler, project, old, new, code, message, line, column):
    assert old in BANFA
    notice = NOTICE.replace("attachments: [{file: texts/_banfa.yaml}]\n", "")
    checked = compiler.check(project(BANFA.replace(old, new, 1), notice))
    found = [one for one in checked.diagnostics if one.check.code.startswith(code) and one.message.startswith(message)]
    assert found
    assert {one.file.rpartition("/")[2] for one in checked.diagnostics} == {"_banfa.yaml"}
    if line is not None:
        assert (line, column) in [(one.span.start.line, one.span.start.column) for one in found]
    assert (checked.document is None) == any(one.is_error and one.check.code < "GW2" for one in checked.diagnostics)


@pytest.mark.parametrize(
    "text", ["", "- 一\n", "一\n", b"\xff\xfe\x00", "标题: 甲\n", "标题: 甲\n正文: []\n", "a" * 5_000_000]
)
def test_a_file_that_is_no_text_is_an_error_in_it(compiler, project, text):
    checked = compiler.check(project(text))
    assert checked.document is None
    assert checked.layout is None
    assert checked.has_errors
    assert {one.file.rpartition("/")[2] for one in checked.diagnostics} == {"_banfa.yaml"}


@pytest.mark.parametrize("name", ["/etc/hostname", "../../../etc/hostname", "texts", "none.yaml", "a\\0b"])
def test_a_file_that_cannot_be_used_is_an_error_in_the_draft(compiler, project, name):
    notice = NOTICE.replace("issued: {file: texts/_banfa.yaml}", f"issued:\n  file: {name}")
    checked = compiler.check(project(BANFA, notice))
    (found,) = checked.diagnostics
    assert (found.check.code, found.span.start.line, found.span.start.column) == ("GW345", 8, 9)
    assert checked.document is None


def test_a_link_out_of_the_project_is_refused(compiler, project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "_banfa.yaml"
    outside.write_text(BANFA, "utf-8")
    path = project(BANFA)
    (path.parent / "texts" / "_banfa.yaml").unlink()
    (path.parent / "texts" / "_banfa.yaml").symlink_to(outside)
    assert {one.check.code for one in compiler.check(path).diagnostics} == {"GW345"}


def test_no_file_whatever_is_in_it_stops_the_check(compiler, project):
    body = st.lists(
        st.sampled_from(["条: 一", "章: 二", "项: [三]", "正文: [四]", "款: 五", "- 六", "标题: 七", "[", "题注:"]),
        max_size=6,
    )
    lines = body.map(lambda parts: "标题: 甲\n正文:\n" + "".join(f"  - {part}\n" for part in parts))

    @given(text=st.one_of(st.binary(max_size=60), st.text(max_size=60), lines))
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def check(text):
        checked = compiler.check(project(text.encode("utf-8", "replace") if isinstance(text, str) else text))
        assert (checked.layout is None) == (checked.document is None)
        assert checked.document is not None or checked.has_errors

    check()
