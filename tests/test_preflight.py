"""Preflight passes what is right, and says of what is wrong which rule is missed, and no other."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import from_yaml
from presses import changed, edited, in_face, line_of, missed, moved, on_boxes, removed, unmeasured, unmet, values

from gongwen import preflight
from gongwen.diagnostics import Severity
from gongwen.document import Document
from gongwen.layout import RuleBox
from gongwen.preflight.reading import Pdf
from gongwen.standard import MEASURES

NOTICES = sorted((Path(__file__).parent.parent / "notices").glob("*.yaml"))
NO_FULL_PAGE = {"yunzhou-2026-5", "yunzhou-biao", "yunzhou-jueding", "yunzhou-jueyi", "yunzhou-tongbao", "yunzhou-yian"}
"""Notices of which every page ends before its 22nd line of text, with a heading kept for the next page or with an element."""
PROSE = (
    "为贯彻落实上级关于加强职工服务工作的部署，切实做好2025年有关工作，各单位要“高度重视”，加强领导——不得推诿，"
    "确保项目资金3.5万元专款专用……现将有关事项报告如下，请予审核。"
)

REQUEST = f"""
kind: 请示
issuer: 焦作市中站区许衡街道总工会
mark: 许衡街道总工会文件
copy_number: 000018
secrecy: 机密★1年
urgency: 特急
number: 许工文〔2025〕12号
signers: [王小明, 李华, 赵钱孙李]
title: 焦作市中站区许衡街道总工会关于开展职工夏送清凉活动有关经费问题的请示
addressees: 中站区总工会
body:
  - {PROSE}
  - heading: 活动安排
    body:
      - 活动时间为七月。
      - heading: 范围要求。
        text: {PROSE}
      - heading: 经费来源
        body:
          - heading: 上级补助
            body:
              - {PROSE}
  - 妥否，请批示。
attachments:
  - title: 关于开展全街道职工夏季送清凉活动有关经费使用管理办法及实施细则的补充说明
    body:
      - {PROSE}
      - {PROSE}
  - title: 经费预算表
    body: [预算见表。]
date: 2025-07-01
note: 联系人：张三，联系电话：13800000000
imprint:
  copies_to: [[东街社区工会联合会, 西街社区工会联合会], 许衡街道企业工会联合会, 许衡街道教育工会, 各基层工会]
  issuing_office: 许衡街道总工会办公室
  issued_on: 2025-07-02
"""

NOTICE = f"""
kind: 通知
issuer: 焦作市总工会
number: 焦工文〔2025〕6号
title: 焦作市总工会关于开展职工夏送清凉活动的通知
addressees: 各基层工会
body:
{f"  - {PROSE * 4}{chr(10)}" * 5}"""


@pytest.fixture(scope="module")
def request_draft():
    return from_yaml(REQUEST)


@pytest.fixture(scope="module")
def request_pdf(press, request_draft):
    return press.pdf(request_draft)


# --- What is right ------------------------------------------------------------------------------------------------------------


def test_there_are_notices():
    assert len(NOTICES) >= 3


@pytest.mark.parametrize("profile", ["print", "archive"])
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_notices_meet_every_rule(path, profile, built):
    document, results = built(path, profile).document, built(path, profile).results
    assert [result for result in results if result.verdict != "met"] == []
    assert preflight.findings(results) == []
    rules = {result.rule for result in results}
    assert {"P-14", "B-17", "N-03", "E-08", "E-07.embedded"} <= rules
    assert ({"P-07", "P-09"} <= rules) is (path.stem not in NO_FULL_PAGE)
    assert ("T-04" in rules) is any(document.tables())
    tops = {"general": "H-13", "letter": "L-02", "order": "C-01.top", "minutes": "M-01.top"}
    if isinstance(document, Document):
        assert (tops[document.format_name] in rules) is not document.is_preprinted
    assert ("K-04.rgb" in rules) is (profile == "print")
    assert ("E-11.source" in rules) is (profile == "archive")
    pages = {result.page for result in results if result.rule == "P-01.width"}
    assert pages == {result.page for result in results if result.rule in ("N-02", "N-05", "L-11")}


FIGURE_RULES = {
    "E-08.figures",
    "P-04.figure",
    "P-04.caption",
    "P-04.captionaxis",
    "P-06.caption",
    "P-06.captionface",
    "K-02.dpi",
}


def test_a_draft_with_every_element_meets_every_rule(request_draft, request_pdf):
    results = preflight.measure(request_pdf, request_draft)
    assert [result for result in results if result.verdict != "met"] == []
    unreached = MEASURES.keys() - {result.rule for result in results}
    # What needs a head without signers, a date longer than its signature, a blank page, the other profile, a page full of text.
    # How else it could be signed, and addressees in the imprint, have a file of their own.
    signing = {
        rule for rule in MEASURES if "B-34" <= rule < "B-41" or "B-45" <= rule < "B-49" or rule.startswith("R-09")
    }
    general = {
        rule for rule in unreached - JOINT_RULES - FIGURE_RULES - ENCLOSED_RULES - signing if rule[0] not in "CJLMQT"
    }
    assert general == {"H-20.axis", "B-43", "N-05", "E-12", "E-11.a3a", "E-11.source", "P-07", "P-09", "N-09", "B-20"}


ENCLOSED_RULES = {
    *("B-19.chapter", "B-19.section", "B-19.article", "B-19.centre", "B-63", "B-63.face", "B-63.centre", "B-61"),
    *("B-31", "B-31.new", "B-31.centre", "B-31.size", "B-31.gap"),
}
"""Rules of regulations, and of texts that are no attachments bound with their document."""


def test_the_file_claims_its_profile(press, request_draft):
    archive = preflight.measure(press.pdf(request_draft, "archive"), request_draft)
    assert values(archive, "E-11.a3a") == [0]
    assert values(archive, "E-11.x4") == []


def test_the_millimetres_of_a_head(press):
    document = from_yaml(NOTICE)
    results = {
        result.rule: result for result in preflight.measure(press.pdf(document), document) if result.page in (1, None)
    }
    # From the standard and its figures, not from the code.
    for rule, wanted, tolerance in (
        ("H-13", 72.0, 0.1),
        ("H-14", 106.0, 0.1),
        ("H-20.gap", 20.78, 1.0),
        ("H-32", 4.0, 0.1),
        ("H-33.left", 28.0, 0.05),
        ("H-33.right", 184.0, 0.05),
        ("B-03", 20.78, 0.1),
        ("B-17", 39.1, 0.1),
        ("N-03", 269.0, 0.1),
    ):
        assert results[rule].value == pytest.approx(wanted, abs=tolerance), rule
        assert results[rule].unit == "mm"
    assert results["N-02"].measured == "—1—"


def test_rows_of_a_preprinted_head_are_left_out(press):
    document = from_yaml(NOTICE.replace("number:", "mark: preprinted\nnumber:"))
    results = preflight.measure(press.pdf(document), document)
    rules = {result.rule for result in results}
    assert unmet(results) == set()
    assert not rules & {"H-13", "H-14", "H-15", "H-16", "H-20.gap", "H-32", "H-33", "H-33.red"}
    assert {"H-20.axis", "B-03"} <= rules


def test_the_watermark_of_a_sample_is_ignored(press):
    document = from_yaml(NOTICE.replace("6号", "待定号"))
    results = preflight.measure(press.pdf(document), document)
    assert unmet(results) == set()


def test_a_blank_page_and_the_imprint_after_it_have_no_number(press):
    texts = [f"  - {PROSE * 4}\n" for _ in range(8)]
    imprint = "imprint:\n  copies_to: 某单位\n  issuing_office: 某办公室\n  issued_on: 2025-07-02\n"
    found = []
    for lines in range(22):
        document = from_yaml(
            NOTICE.split("body:", maxsplit=1)[0] + "body:\n" + "".join(texts) + "  - 完。\n" * lines + imprint
        )
        layout = press.layout(document)
        if not layout.pages[-1].numbered:
            found.append((document, layout))
            break
    ((document, layout),) = found
    results = preflight.measure(press.pdf(document, layout=layout), document)
    assert unmet(results) == set()
    blank = len(layout.pages) - 1
    assert {result.page for result in results if result.rule == "N-05"} == {blank, blank + 1}
    assert [result.page for result in results if result.rule == "E-12"] == [blank]

    numbered = dataclasses.replace(layout.pages[-2], boxes=(folio_of(layout, 2),))
    wrong = preflight.measure(press.pdf(document, layout=replaced(layout, blank, numbered)), document)
    assert missed(wrong) == {"N-05"}
    ruled = dataclasses.replace(layout.pages[-2], boxes=(RuleBox("rule", 50.0, 100.0, 20.0, 0.3),))
    wrong = preflight.measure(press.pdf(document, layout=replaced(layout, blank, ruled)), document)
    assert missed(wrong) == {"E-12"}


# --- One thing wrong in the layout --------------------------------------------------------------------------------------------


def replaced(layout, number, page):
    pages = list(layout.pages)
    pages[number - 1] = page
    return dataclasses.replace(layout, pages=tuple(pages))


def folio_of(layout, number):
    return next(box for box in layout.pages[number - 1].boxes if box.role == "folio")


def resized(size, *, centred_on=None):
    """Another type size on the same baseline."""

    def change(box):
        top = box.top + 0.88 * (box.size - size) * 25.4 / 72
        left = box.left if centred_on is None else centred_on + (box.left - centred_on) * size / box.size
        return [dataclasses.replace(box, size=size, top=top, left=left)]

    return change


def saying(text, role):
    def change(box):
        line = line_of(text, role)
        width = (line.width - box.lines[0].width) * box.em
        return [dataclasses.replace(box, lines=(line,), left=box.left - width)]

    return change


def with_rule(left=28.0, top=100.0, width=156.0, weight=0.35):
    return lambda box: [box, RuleBox("rule", left, top, width, weight)]


def together(*mutations):
    def mutate(layout):
        for one in mutations:
            layout = one(layout)
        return layout

    return mutate


def tight_lines(layout):
    """The text of an attachment at 27 pt, its first line where it was."""
    page = layout.pages[2]
    boxes = [box for box in page.boxes if box.role == "paragraph"]
    first, ratio = boxes[0].top, 27 * 25.4 / 72 / boxes[0].pitch
    tight = tuple(
        dataclasses.replace(box, top=first + (box.top - first) * ratio, pitch=box.pitch * ratio)
        if box in boxes
        else box
        for box in page.boxes
    )
    return replaced(layout, 3, dataclasses.replace(page, boxes=tight))


MUTATIONS = {
    "the copy number moved right": (on_boxes(moved(dx=2), "copy-number"), {"H-03.left"}),
    "the secrecy moved right": (on_boxes(moved(dx=2), "secrecy"), {"H-06.left"}),
    "the urgency too low": (on_boxes(moved(dy=1), "urgency"), {"H-10"}),
    "the urgency in another face": (on_boxes(in_face("kaiti"), "urgency"), {"H-09"}),
    "the mark too low": (on_boxes(moved(dy=0.6), "mark"), {"H-13"}),
    "the mark off the axis": (on_boxes(moved(dx=2), "mark"), {"H-14"}),
    "the mark black": (on_boxes(changed(colour="black"), "mark"), {"H-15"}),
    "the mark in another face": (on_boxes(in_face("songti"), "mark"), {"H-15.face"}),
    "the signers too far left": (on_boxes(moved(dx=-3), "signers"), {"H-28"}),
    "the second row of signers shifted": (on_boxes(moved(dx=-1), "signers", nth=1), {"H-30"}),
    "the number beside the signers shifted": (on_boxes(moved(dx=2), "number"), {"H-29"}),
    "the red rule too low": (on_boxes(moved(dy=0.7), "red-rule"), {"H-32"}),
    "the red rule black": (on_boxes(changed(colour="black"), "red-rule"), {"H-33.red"}),
    "the red rule too short": (on_boxes(changed(width=150.0), "red-rule"), {"H-33.right"}),
    "a second rule above the title": (on_boxes(with_rule(top=60.0), "red-rule"), {"H-33"}),
    "the title too high": (on_boxes(moved(dy=-1.2), "title"), {"B-03"}),
    "a line of the title off the axis": (on_boxes(moved(dx=2), "title", nth=0), {"B-04"}),
    "the title too small": (on_boxes(resized(20.0, centred_on=106.0), "title"), {"B-02"}),
    "the addressees indented": (on_boxes(moved(dx=2), "addressees"), {"B-10.left"}),
    "a paragraph not indented": (on_boxes(changed(indent=1.0), "paragraph", nth=1), {"B-17"}),
    "a paragraph too small": (on_boxes(resized(15.0), "paragraph", nth=1), {"P-06"}),
    "a paragraph in red": (on_boxes(changed(colour="red"), "paragraph", nth=1), {"P-13"}),
    "a paragraph in another face": (on_boxes(in_face("songti"), "paragraph", nth=1), {"P-06.face"}),
    "a paragraph says something else": (
        on_boxes(saying("　　活动时间为八月。", "fangsong"), "paragraph", nth=1),
        {"E-08"},
    ),
    "a paragraph too low": (on_boxes(moved(dy=1.5), "paragraph", nth=1), {"P-10.even"}),
    "line pitch of 27 pt": (tight_lines, {"P-10"}),
    "a heading in the body's face": (on_boxes(in_face("fangsong"), "heading-1"), {"B-19.1"}),
    "a rule left of the type area": (on_boxes(with_rule(left=20.0, width=5.0), "date"), {"P-04.left"}),
    "a rule below the type area": (on_boxes(with_rule(left=30.0, top=264.0, width=5.0), "date"), {"P-04.bottom"}),
    "signature and date too far left": (on_boxes(moved(dx=-2), "signature", "date"), {"B-41.right"}),
    "the date not shifted": (on_boxes(moved(dx=-3), "date"), {"B-42"}),
    "the note too far left": (on_boxes(moved(dx=-2), "note"), {"B-53.left"}),
    "an attachment's label moved right": (on_boxes(moved(dx=2), "attachment-label", nth=0), {"B-57.left"}),
    "an attachment's title off the axis": (on_boxes(moved(dx=2), "attachment-title", nth=1), {"B-58.axis"}),
    "an attachment's title too small": (
        on_boxes(resized(20.0, centred_on=106.0), "attachment-title", nth=1),
        {"B-59.size"},
    ),
    "the last rule too high": (on_boxes(moved(dy=-1), "imprint-rule", nth=2), {"R-03"}),
    "the first rule of the imprint too thin": (on_boxes(changed(weight=0.2), "imprint-rule", nth=0), {"R-02.thick"}),
    "a rule of the imprint red": (on_boxes(changed(colour="red"), "imprint-rule", nth=1), {"R-04"}),
    "a rule too many in the imprint": (on_boxes(with_rule(top=240.0, weight=0.25), "imprint-rule", nth=0), {"R-01"}),
    "the issuing office not indented": (on_boxes(moved(dx=-3), "imprint-office"), {"R-10.left"}),
    "the issuing date too far left": (on_boxes(moved(dx=-3), "imprint-date"), {"R-10.right"}),
    "the issuing date too low": (on_boxes(moved(dy=0.8), "imprint-date"), {"R-10.line"}),
    "the page number centred": (on_boxes(changed(left=99.0), "folio", page=1), {"N-04.odd"}),
    "the page number on the wrong side": (on_boxes(changed(left=164.0), "folio", page=2), {"N-04.even"}),
    "the page number too low": (on_boxes(moved(dy=3), "folio", page=2), {"N-03"}),
    "the page number too small": (on_boxes(resized(12.0), "folio", page=1), {"N-01"}),
    "no page number": (on_boxes(removed, "folio", page=2), {"N-02"}),
    "a page number of another form": (on_boxes(saying("第1页", "songti"), "folio", page=1), {"N-02"}),
    "a page number too great": (on_boxes(saying("— 5 —", "songti"), "folio", page=3), {"N-06"}),
    "a page number in another face": (on_boxes(in_face("fangsong"), "folio", page=3), {"N-01.face"}),
}


def test_the_unchanged_layout_misses_nothing(press, request_draft):
    layout = together(on_boxes(moved(), "mark"), on_boxes(changed(), "folio"))(press.layout(request_draft))
    assert missed(preflight.measure(press.pdf(request_draft, layout=layout), request_draft)) == set()


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_thing_wrong_misses_one_rule(name, press, request_draft):
    mutate, rules = MUTATIONS[name]
    layout = mutate(press.layout(request_draft))
    results = press.measured(request_draft, layout)
    assert missed(results) == rules
    (finding,) = {
        found.message for found in preflight.findings(results) if found.check.code in ("GW701", "GW702", "GW704")
    }
    assert any(result.what in finding for result in results if result.rule in rules)


def test_what_is_practice_is_told_as_practice(press, request_draft):
    assert not [rule.rule for rule in MEASURES.values() if rule.clause == "practice" and rule.must]
    results = press.measured(request_draft)
    one = next(result for result in results if result.clause == "practice")
    (finding,) = preflight.findings([dataclasses.replace(one, verdict="missed")])
    assert (finding.check.code, finding.check.authority.clause) == ("GW704", "惯例")
    assert "，惯例" in finding.hint


def test_elements_that_are_not_there_are_unmeasured(press, request_draft):
    def without(*roles):
        return on_boxes(removed, *roles)(press.layout(request_draft))

    results = preflight.measure(press.pdf(request_draft, layout=without("red-rule")), request_draft)
    assert missed(results) == {"H-33"}
    assert unmeasured(results) == {"H-32", "H-33.red", "H-33.left", "H-33.right", "B-03"}
    assert {result.note for result in results if result.verdict == "unmeasured"} == {"没有找到红色分隔线"}

    results = preflight.measure(press.pdf(request_draft, layout=without("imprint-rule")), request_draft)
    assert missed(results) == {"R-01"}
    assert {"R-02.thick", "R-03", "R-12"} <= unmeasured(results)

    results = preflight.measure(press.pdf(request_draft, layout=without("note", "signature")), request_draft)
    assert missed(results) == {"E-08"}
    assert {"B-41.gap", "B-42", "B-53.left"} <= unmeasured(results)
    findings = [found for found in preflight.findings(results) if found.check.code == "GW703"]
    assert len(findings) == len([result for result in results if result.verdict == "unmeasured"])
    assert any("PDF 里没有找到“（联系人：张三，联系电话……”" in found.message for found in findings)


# --- One thing wrong in the draft, the stylesheet, the file -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "rule", "shown"),
    [
        ("前一行\n，后一行", "P-15", "1（，）"),
        ("前一行（\n后一行）", "P-15", "1（（）"),
        ("前一行—\n—后一行", "P-16", "1（行—|—后）"),
        ("前一行二〇二五、20\n25年", "P-18", "1（五、20|25年）"),
    ],
)
def test_line_edges(paragraph, rule, shown, press):
    lines = "".join(f"\n    {line}" for line in paragraph.split("\n"))
    document = from_yaml(NOTICE.split("body:", maxsplit=1)[0] + f"body:\n  - |-{lines}\n")
    results = preflight.measure(press.pdf(document), document)
    assert missed(results) == {rule}
    assert [result.measured for result in results if result.rule == rule and result.value] == [shown]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("size: 210.0mm 297.0mm", "size: 214mm 297mm", {"P-01.width"}),
        ("size: 210.0mm 297.0mm", "size: 210mm 300mm", {"P-01.height"}),
        ("device-cmyk(0 0.8 0.8 0)", "#FF0000", {"K-04.rgb"}),
        ("device-cmyk(0 0.8 0.8 0)", "device-cmyk(0 0.9 0.8 0)", {"K-04.inks"}),
    ],
)
def test_a_wrong_stylesheet(old, new, rules, press, request_draft):
    pdf = press.pdf(request_draft, change_css=lambda css: css.replace(old, new))
    assert missed(preflight.measure(pdf, request_draft, "print")) == rules


def each_font(edit):
    def edit_fonts(pdf):
        for font in pdf.pages[0].Resources.Font.values():
            edit(font)

    return edit_fonts


def no_trim_box(pdf):
    del pdf.pages[0].obj["/TrimBox"]


def no_viewer_preferences(pdf):
    del pdf.Root["/ViewerPreferences"]


def no_title(pdf):
    del pdf.docinfo["/Title"]


def no_language(pdf):
    del pdf.Root["/Lang"]


def no_metadata(pdf):
    del pdf.Root["/Metadata"]


def no_intent(pdf):
    del pdf.Root["/OutputIntents"]


def stroked_text(pdf):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT\n", b"BT\n2 Tr\n", 1))


def no_subset(font):
    font.BaseFont = pikepdf.Name("/" + str(font.BaseFont).split("+")[1])


@pytest.mark.parametrize(
    ("edit", "rules"),
    [
        (no_trim_box, {"P-01.trim"}),
        (no_viewer_preferences, {"K-07.scaling", "K-07.duplex"}),
        (no_title, {"E-10.title"}),
        (no_language, {"E-10.lang"}),
        (no_metadata, {"E-11.x4"}),
        (no_intent, {"E-11.x4"}),
        (stroked_text, {"P-20"}),
        (each_font(no_subset), {"E-07.subset"}),
    ],
)
def test_a_wrong_file(edit, rules, request_draft, request_pdf):
    results = preflight.measure(edited(request_pdf, edit), request_draft, "print")
    assert missed(results) == rules
    assert unmeasured(results) == set()


def test_a_file_without_its_draft(press, request_draft):
    def forget(pdf):
        del pdf.Root["/AF"]

    pdf = edited(press.pdf(request_draft, "archive"), forget)
    assert missed(preflight.measure(pdf, request_draft, "archive")) == {"E-11.source"}


def test_findings_say_rule_page_wanted_and_measured(press, request_draft):
    mutate, _ = MUTATIONS["the page number too low"]
    layout = mutate(press.layout(request_draft))
    (finding,) = preflight.findings(preflight.measure(press.pdf(request_draft, layout=layout), request_draft))
    assert finding.check.severity is Severity.ERROR
    assert finding.page == 2
    assert finding.message == "页码一字线中线应为 268.50 至 269.50 mm，实测 272.00 mm"
    assert finding.hint == "规则 N-03，GB/T 9704-2012 第7.5条"


def test_whose_word_a_rule_rests_on(request_draft, request_pdf):
    sources = {result.rule: preflight.source_of(result) for result in preflight.measure(request_pdf, request_draft)}
    assert sources["H-13"] == "GB/T 9704-2012 第7.2.4条"
    assert sources["R-05"] == "GB/T 33476.2-2016 第7.3.1条"
    assert sources["B-59"] == "GB/T 9704-2012 图10"
    assert sources["B-09"] == "惯例"
    assert sources["P-15"] == "GB/T 15834 5.1"
    assert sources["E-07.type3"] == "PDF"


@pytest.mark.parametrize(
    ("ending", "rules", "absent"),
    [
        ("signature: 焦作市总工会\n", {"B-41.gap", "B-41.right"}, {"B-42", "B-43"}),
        ("signature: none\ndate: 2025-01-01\n", {"B-41.gap"}, {"B-41.right", "B-42"}),
        ("signature: 焦\ndate: 2025-01-01\n", {"B-42", "B-43"}, {"B-41.right"}),
        ("note: 此件公开发布\n", {"B-53.left"}, {"B-53.gap"}),
    ],
)
def test_endings(ending, rules, absent, press):
    document = from_yaml(NOTICE.split("body:", maxsplit=1)[0] + "body: [一个段落。]\n" + ending)
    results = preflight.measure(press.pdf(document), document)
    assert unmet(results) == set()
    measured = {result.rule for result in results}
    assert rules <= measured
    assert not absent & measured


# --- Ink ----------------------------------------------------------------------------------------------------------------------


def test_ink_is_that_of_the_outline(press):
    """Ink boxes agree with a rendering at 300 dpi to a pixel and a half."""
    import pypdfium2

    document = from_yaml(NOTICE.replace("夏送清凉", "夏送𬭚清凉"))
    data = press.pdf(document)
    pixel = 25.4 / 300
    with Pdf(data) as pdf, pypdfium2.PdfDocument(data) as rendered:
        bitmap = rendered[0].render(scale=300 / 72, grayscale=True)
        pixels, width = bytes(bitmap.buffer), bitmap.stride
        mark = [char for char in pdf.sheets[0].chars if char.style.size > 40]
        rare = [char for char in pdf.sheets[0].chars if char.text == "𬭚"]
        assert len(mark) == 8
        assert len(rare) == 1
        for char in [*mark, *rare]:
            ink = char.ink
            left, right = round((char.x - 0.2) / pixel), round((char.end + 0.2) / pixel)
            rows = [
                y
                for y in range(
                    round((char.baseline - char.em) / pixel), round((char.baseline + 0.25 * char.em) / pixel)
                )
                if min(pixels[y * width + left : y * width + right]) < 200
            ]
            assert rows[0] * pixel == pytest.approx(ink.top, abs=1.5 * pixel), char.text
            assert (rows[-1] + 1) * pixel == pytest.approx(ink.bottom, abs=1.5 * pixel), char.text


# --- Joint documents (7.2.4, 7.3.5.2) -----------------------------------------------------------------------------------------

THREE = ("云州市总工会", "云州市人力资源和社会保障局", "云州市工商业联合会")
JOINT = f"""
kind: 通知
issuer: [{", ".join(THREE)}]
number: 云工发〔2026〕18号
title: 关于开展集体协商春季要约行动的通知
addressees: 各县（市、区）总工会
body: [{PROSE}, {PROSE}]
date: 2026-02-20
imprint: {{issuing_office: 云州市总工会办公室, issued_on: 2026-02-20}}
"""
MARK_RULES = {"H-17", "H-17.left", "H-17.right", "H-17.suffix", "H-19"}
SIGNATURE_RULES = {"B-44.left", "B-44.right"}
JOINT_RULES = MARK_RULES | SIGNATURE_RULES
OF_A_MARK = {"H-13", "H-14", "H-15", "H-15.face", "H-20.gap"}
SHORT = (
    *("国家发展改革委", "财政部", "人力资源社会保障部", "自然资源部", "生态环境部"),
    *("住房城乡建设部", "交通运输部", "水利部", "农业农村部", "中华全国总工会"),
)
LONG = tuple(
    f"云州市{field}综合行政执法协调管理委员会办公室"
    for field in ("城区", "教育", "卫生", "交通", "水利", "农业", "商务", "文化", "体育", "民政")
)


def joint(*names, more=""):
    return from_yaml(JOINT.replace(", ".join(THREE), ", ".join(names)) + more)


JOINT_DOCUMENTS = {
    "two": (joint("焦作市总工会", "焦作市财政局"), JOINT_RULES - {"H-19"}),
    "a short name over a long one": (joint("财政部", LONG[0]), JOINT_RULES - {"H-19"}),
    "a name that ends with a bracket": (
        joint("云州市总工会", "云州市人民政府办公室（研究室）"),
        JOINT_RULES - {"H-19"},
    ),
    "three": (joint(*THREE), JOINT_RULES),
    "a lead that begins far in": (joint("自然资源部", "水利部", "财政部"), JOINT_RULES),
    "a rare character": (joint("云州市总工会", "云州市𬭚化局", "云州市人力资源和社会保障局"), JOINT_RULES),
    "ten short names": (joint(*SHORT), JOINT_RULES),
    "ten long names": (joint(*LONG), JOINT_RULES),
    "upward, with three signers": (
        from_yaml(JOINT.replace("kind: 通知", "kind: 请示") + "signers: [王小明, 李华, 赵钱孙李]\n"),
        JOINT_RULES,
    ),
    "without a signature": (joint(*THREE, more="signature: none\n"), MARK_RULES),
    "one signature": (joint(*THREE, more="signature: 云州市总工会\n"), MARK_RULES),
    "a mark of its own": (joint(*THREE, more="mark: 云州市三方四家文件\n"), SIGNATURE_RULES),
    "preprinted": (joint(*THREE, more="mark: preprinted\n"), SIGNATURE_RULES),
    "the lead organ's mark": (joint(*THREE, more="mark: lead\n"), SIGNATURE_RULES),
    "letter": (joint(*THREE, more="format: letter\n"), SIGNATURE_RULES),
}


@pytest.mark.parametrize("name", JOINT_DOCUMENTS)
def test_joint_documents_meet_every_rule(name, profile, press):
    document, wanted = JOINT_DOCUMENTS[name]
    results = press.measured(document, profile=profile)
    assert [result for result in results if result.verdict != "met"] == []
    rules = {result.rule for result in results}
    assert rules & JOINT_RULES == wanted
    is_drawn = not document.is_preprinted and not document.is_letter
    assert rules & OF_A_MARK == (OF_A_MARK if is_drawn else set())


def test_the_millimetres_of_a_joint_document(press):
    document = joint("焦作市总工会", "焦作市财政局")
    results = {result.rule: result for result in preflight.measure(press.pdf(document), document)}
    # From the standard and its figures, not from the code.
    for rule, wanted, tolerance in (
        ("H-13", 72.0, 0.1),
        ("H-14", 106.0, 0.1),
        ("H-17.left", 0.0, 0.05),
        ("H-17.right", 0.0, 0.05),
        ("H-17.suffix", 0.0, 0.05),
        ("H-20.gap", 20.78, 0.1),
        ("H-32", 4.0, 0.1),
        ("B-42", 11.14, 0.05),
        ("B-43", 172.86, 0.05),
        ("B-44.left", 0.0, 0.05),
        ("B-44.right", 0.0, 0.05),
    ):
        assert results[rule].value == pytest.approx(wanted, abs=tolerance), rule
        assert results[rule].unit == "mm"
    assert results["H-16"].value <= 156.0


def test_what_the_lead_organ_shows_alone(press):
    for more, rule, shown in (
        ("mark: lead\n", "H-13", "云州市总工会文件"),
        ("format: letter\n", "L-02", "云州市总工会"),
    ):
        document = joint(*THREE, more=more)
        data = press.pdf(document)
        assert rule in {result.rule for result in preflight.measure(data, document)}
        with Pdf(data) as pdf:
            assert "".join(char.text for char in pdf.sheets[0].chars if char.style.size > 30) == shown


def test_single_documents_are_not_measured_as_joint_ones(request_draft, request_pdf):
    assert not {result.rule for result in preflight.measure(request_pdf, request_draft)} & JOINT_RULES
    assert not {result.rule for result in preflight.measure(request_pdf)} & JOINT_RULES


def line_by_line(*changes):
    """A box of several lines as one box a line, with the nth moved by the nth (dx, dy)."""

    def change(box):
        assert len(box.lines) == len(changes)
        return [
            dataclasses.replace(box, lines=(line,), left=box.left + dx, top=box.top + number * box.pitch + dy)
            for number, (line, (dx, dy)) in enumerate(zip(box.lines, changes, strict=True))
        ]

    return change


def narrowed(width):
    """The last line at another width in cells."""

    def change(box):
        *lines, last = box.lines
        (spread, end), extra = last.pieces, (width - last.width) / (len(last.text) - 1)
        pieces = (spread._replace(tracking=spread.tracking + extra), end)
        return [dataclasses.replace(box, lines=(*lines, dataclasses.replace(last, pieces=pieces, width=width)))]

    return change


def reversed_lines(box):
    return [dataclasses.replace(box, lines=box.lines[::-1])]


def swapped(box):
    """The second line in the place of the third, and the third in that of the second; the text keeps its order."""
    return line_by_line((0, 0), (0, box.pitch), (0, -box.pitch))(box)


NAMES = {"nth": 0}
SUFFIX = {"nth": 1}
JOINT_MUTATIONS = {
    "the names in another order": (on_boxes(swapped, "mark", **NAMES), {"H-17", "H-19"}),
    "a name too far right": (
        on_boxes(line_by_line((0, 0), (0.8, 0), (0, 0)), "mark", **NAMES),
        {"H-17.left", "H-17.right"},
    ),
    "the last name too narrow": (on_boxes(narrowed(12.8), "mark", **NAMES), {"H-17.right"}),
    "the second name too low": (on_boxes(line_by_line((0, 0), (0, 0.5), (0, 0)), "mark", **NAMES), {"H-19"}),
    "文件 too low": (on_boxes(moved(dy=1.6), "mark", **SUFFIX), {"H-17.suffix"}),
    "文件 too high": (on_boxes(moved(dy=-1.6), "mark", **SUFFIX), {"H-17.suffix"}),
    "文件 over the names": (on_boxes(moved(dx=-25.0), "mark", **SUFFIX), {"H-14", "H-17.suffix"}),
    "文件 black": (on_boxes(changed(colour="black"), "mark", **SUFFIX), {"H-15"}),
    "the names in another face": (on_boxes(in_face("songti"), "mark", **NAMES), {"H-15.face"}),
    "the mark too high": (on_boxes(moved(dy=-0.6), "mark"), {"H-13"}),
    "the mark off the axis": (on_boxes(moved(dx=0.7), "mark"), {"H-14", "P-04.right"}),
    "the number too low": (on_boxes(moved(dy=1.1), "number"), {"H-20.gap", "H-32"}),
    "a signature too far left": (
        on_boxes(line_by_line((0, 0), (-0.8, 0), (0, 0)), "signature"),
        {"B-44.left", "B-44.right"},
    ),
    "the last signature too narrow": (on_boxes(narrowed(12.8), "signature"), {"B-44.right"}),
    "a signature too low": (on_boxes(line_by_line((0, 0), (0, 1.5), (0, 0)), "signature"), {"P-10.even"}),
    "signatures and date too far left": (on_boxes(moved(dx=-2), "signature", "date"), {"B-41.right"}),
    "the date under the signatures' edge": (on_boxes(moved(dx=-11.1), "date"), {"B-42"}),
}


@pytest.mark.parametrize("name", JOINT_MUTATIONS)
def test_one_thing_wrong_in_a_joint_document_misses_its_rule(name, press):
    mutate, rules = JOINT_MUTATIONS[name]
    document = joint(*THREE)
    layout = mutate(press.layout(document))
    results = press.measured(document, layout)
    assert missed(results) == rules
    assert unmeasured(results) == set()


def test_joint_organs_in_another_order_of_the_text(press):
    document = joint(*THREE)
    layout = on_boxes(reversed_lines, "mark", **NAMES)(press.layout(document))
    results = preflight.measure(press.pdf(document, layout=layout), document)
    assert missed(results) == {"E-08", "P-13"}
    assert unmeasured(results) == MARK_RULES | OF_A_MARK | {"H-16"}

    layout = on_boxes(reversed_lines, "signature")(press.layout(document))
    results = preflight.measure(press.pdf(document, layout=layout), document)
    assert {"E-08", "P-10"} <= missed(results)


def test_a_joint_mark_without_its_last_word(press):
    document = joint(*THREE)
    layout = on_boxes(removed, "mark", **SUFFIX)(press.layout(document))
    results = preflight.measure(press.pdf(document, layout=layout), document)
    assert "E-08" in missed(results)
    assert unmeasured(results) == MARK_RULES | OF_A_MARK | {"H-16"}


# --- Letters (10.1) -----------------------------------------------------------------------------------------------------------

LETTER_HEAD = """
kind: 函
issuer: 云州市总工会
number: 云工函〔2026〕5号
title: 云州市总工会关于商请支持职工服务中心建设用地的函
addressees: 云州市自然资源和规划局
"""
LETTER = f"""{LETTER_HEAD}
urgency: 特急
body:
{f"  - {PROSE}{chr(10)}" * 6}
date: 2026-07-01
note: 联系人：张三
imprint:
  copies_to: [云州市人民政府办公室, 云州市发展和改革委员会, 云州市财政局, 云州市住房和城乡建设局, 各基层工会]
"""
ONE_PAGE = f"{LETTER_HEAD}body: [{PROSE}]\ndate: 2026-07-01\n"
COPIES = "imprint: {copies_to: 云州市人民政府办公室}\n"
OF_THE_GENERAL_FORMAT = {
    *("H-03", "H-06", "H-13", "H-14", "H-15", "H-15.face", "H-20.gap", "H-20.axis", "H-32", "B-03"),
    *("H-33", "H-33.red", "H-33.left", "H-33.right", "R-01", "R-01.left", "R-01.right", "R-02.thick", "R-02.thin"),
    *("R-03", "R-03.page", "R-04", "R-05", "R-10.left", "R-10.right", "R-10.line", "R-12"),
}
LETTER_RULES = {rule for rule in MEASURES if rule.startswith("L-")}


@pytest.fixture(scope="module")
def letter():
    return from_yaml(LETTER)


@pytest.mark.parametrize("profile", ["print", "archive"])
@pytest.mark.parametrize(
    ("text", "pages", "absent"),
    [
        (ONE_PAGE, 1, {"L-06", "L-07", "L-10", "L-12.page", "L-12.bottom"}),
        (ONE_PAGE + COPIES, 1, {"L-06", "L-07", "L-10"}),
        (LETTER_HEAD + "body: [某事。]\nurgency: 特急\n", 1, {"L-06", "L-10", "L-12.page", "L-12.bottom"}),
        (LETTER, 2, set()),
        (LETTER.partition("imprint:")[0], 2, {"L-12.page", "L-12.bottom"}),
        (LETTER + "copy_number: 18\nsecrecy: 机密★1年\n", 2, {"L-10"}),
    ],
    ids=["one page", "one page with copies", "short and urgent", "two pages with everything", "two pages", "secret"],
)
def test_letters_meet_every_rule(text, pages, absent, profile, press):
    document = from_yaml(text)
    layout = press.layout(document)
    assert len(layout.pages) == pages
    results = press.measured(document, layout, profile)
    assert [result for result in results if result.verdict != "met"] == []
    rules = {result.rule for result in results}
    assert LETTER_RULES - rules == absent
    assert not rules & OF_THE_GENERAL_FORMAT
    assert {"P-04.left", "P-04.right", "P-14", "H-16", "B-02", "B-17", "E-08", "K-07.duplex"} - rules <= {"P-14"}
    assert {result.page for result in results if result.rule == "N-02"} == set(range(2, pages + 1))
    assert 1 not in {result.page for result in results if result.rule in ("P-04.top", "P-04.bottom")}


def test_only_letters_are_measured_as_letters(request_draft, request_pdf):
    assert not {result.rule for result in preflight.measure(request_pdf, request_draft)} & LETTER_RULES
    assert not {result.rule for result in preflight.measure(request_pdf)} & LETTER_RULES


@pytest.mark.parametrize("kind", ["通知", "批复"])
def test_another_kind_as_a_letter(kind, press):
    document = from_yaml(LETTER.replace("kind: 函", f"kind: {kind}\nformat: letter"))
    results = preflight.measure(press.pdf(document), document)
    assert unmet(results) == set()
    assert values(results, "L-02") == [pytest.approx(30.0, abs=0.1)]


def test_the_millimetres_of_a_letter(press, letter):
    results = {result.rule: result for result in preflight.measure(press.pdf(letter), letter)}
    # From the standard and its figures, not from the code.
    for rule, wanted, tolerance in (
        ("L-01.axis", 106.0, 0.1),
        ("L-02", 30.0, 0.1),
        ("L-03", 4.0, 0.1),
        ("L-04", 277.0, 0.05),
        ("L-05", 170.0, 0.05),
        ("L-05.axis", 106.0, 0.05),
        ("L-07", 4.84, 0.1),
        ("L-08", 4.84, 0.4),  # it shares the baseline of the higher 特急
        ("L-08.right", 184.0, 0.1),
        ("L-09", 20.78, 0.1),
        ("L-10", 4.84, 0.6),
        ("L-13", 270.3, 0.6),
    ):
        assert results[rule].value == pytest.approx(wanted, abs=tolerance), rule
        assert results[rule].unit == "mm"
    assert results["L-03.rules"].value == results["L-04.rules"].value == 2


def test_copies_of_one_page_stand_above_the_second_double_rule(press):
    document = from_yaml(ONE_PAGE + COPIES)
    with Pdf(press.pdf(document)) as pdf:
        lowest = max(char.ink.bottom for char in pdf.sheets[0].chars if char.text in "抄送市")
    assert lowest == pytest.approx(270.0, abs=0.5)


def test_a_preprinted_letter_has_neither_mark_nor_rules(press):
    document = from_yaml(LETTER + "mark: preprinted\n")
    results = preflight.measure(press.pdf(document), document)
    rules = {result.rule for result in results}
    assert unmet(results) == set()
    assert rules & LETTER_RULES == {
        *("L-06", "L-08.right", "L-09", "L-11", "L-12", "L-12.rules", "L-12.page", "L-12.bottom", "L-13")
    }


def test_a_mark_of_a_letter_without_the_word_document(press):
    document = from_yaml(LETTER + "mark: 云州市总工会文件\n")
    assert missed(preflight.measure(press.pdf(document), document)) == {"L-01"}


@pytest.mark.parametrize("count", range(1, 12))
def test_letters_of_any_length(count, press):
    sentences = "".join(f"  - {PROSE[: 20 + 23 * number % 90]}\n" for number in range(2 * count))
    document = from_yaml(f"{LETTER_HEAD}body:\n{sentences}date: 2026-07-01\n{COPIES}")
    results = preflight.measure(press.pdf(document), document)
    assert unmet(results) == set()


def test_a_last_line_of_digits_is_no_page_number(press):
    lines = "\n".join(f"    {line}" for line in ["行"] * 14 + ["2026-07-01"] + ["行"] * 6)
    document = from_yaml(f"{LETTER_HEAD}body:\n  - |-\n{lines}\n")
    layout = press.layout(document)
    (paragraph,) = (box for box in layout.pages[0].boxes if box.role == "paragraph")
    shown = [line.text for line in paragraph.lines]
    assert shown[-1] == "2026-07-01", shown
    results = preflight.measure(press.pdf(document, layout=layout), document)
    assert unmet(results) == set()


def no_longer(layout):
    """The double rules of page one without the two at its foot."""
    page = layout.pages[0]
    rules = [box for box in page.boxes if box.role == "letter-rule"]
    return replaced(
        layout, 1, dataclasses.replace(page, boxes=tuple(box for box in page.boxes if box not in rules[2:]))
    )


def repeated(layout):
    """The second double rule on page two, too; no wider than the type area."""
    page = layout.pages[1]
    rules = [box for box in layout.pages[0].boxes if box.role == "letter-rule"][2:]
    rules = [dataclasses.replace(rule, left=28.0, width=156.0) for rule in rules]
    return replaced(layout, 2, dataclasses.replace(page, boxes=(*page.boxes, *rules)))


def weighing(upper, lower, first):
    """A double rule of other weights within the same edges."""
    return together(
        on_boxes(changed(weight=upper), "letter-rule", nth=first),
        on_boxes(
            lambda box: [dataclasses.replace(box, top=box.top + box.weight - lower, weight=lower)],
            "letter-rule",
            nth=first + 1,
        ),
    )


def each_rule(change):
    return on_boxes(change, "letter-rule")


def both(change, first):
    return together(*(on_boxes(change, "letter-rule", nth=first + k) for k in (0, 1)))


def adding(text, role, left, top):
    """A line of text where none should be."""

    def change(box):
        line = line_of(text, "songti")
        return [box, dataclasses.replace(box, role=role, lines=(line,), left=left, top=top, size=14.0, indent=0.0)]

    return change


LETTER_MUTATIONS = {
    "head too low": (
        together(on_boxes(moved(dy=1.2), "mark", "urgency", "number"), both(moved(dy=1.2), 0)),
        {"L-02"},
    ),
    "the mark off the axis": (on_boxes(moved(dx=2), "mark"), {"L-01.axis"}),
    "the mark black": (on_boxes(changed(colour="black"), "mark"), {"L-01.red"}),
    "the mark in another face": (on_boxes(in_face("songti"), "mark"), {"L-01.face"}),
    "the first double rule too near": (both(moved(dy=-0.5), 0), {"L-03"}),
    "three rules above the title": (
        on_boxes(with_rule(left=28.0, top=66.0, width=156.0), "letter-rule", nth=1),
        {"L-03.rules"},
    ),
    "the first double rule upside down": (weighing(0.25, 0.75, 0), {"L-03.order"}),
    "a first rule black": (on_boxes(changed(colour="black"), "letter-rule", nth=1), {"L-03.red"}),
    "the second double rule too high": (
        together(both(moved(dy=-1.3), 2), on_boxes(moved(dy=-0.8), "paragraph", "addressees", page=1)),
        {"L-04"},
    ),
    "the second double rule upside down": (weighing(0.75, 0.25, 2), {"L-04.order"}),
    "a second rule black": (on_boxes(changed(colour="black"), "letter-rule", nth=2), {"L-04.red"}),
    "a double rule too short": (both(lambda b: [dataclasses.replace(b, left=22.0, width=168.0)], 2), {"L-05"}),
    "the double rules off the axis": (each_rule(moved(dx=2)), {"L-05.axis"}),
    "the second double rule on page two": (repeated, {"L-06", "P-04.bottom"}),
    "the corner too low": (on_boxes(moved(dy=1.2), "urgency"), {"L-07"}),
    "the number too low": (on_boxes(moved(dy=1.2), "number"), {"L-08"}),
    "the number indented": (on_boxes(moved(dx=-2), "number"), {"L-08.right"}),
    "the title too high": (on_boxes(moved(dy=-2.5), "title"), {"L-09"}),
    "the second double rule away from the text": (both(moved(dy=0.98), 2), {"L-10"}),
    "a number on page one": (on_boxes(adding("— 1 —", "folio", 160.0, 279.0), "title"), {"L-11"}),
    "an issuing date": (
        on_boxes(adding("云州市总工会办公室　2026年7月2日印发", "imprint-date", 32.9, 240.0), "title", page=1),
        {"L-12", "E-08"},
    ),
    "a rule of the imprint": (on_boxes(with_rule(top=245.0, weight=0.35), "imprint-copies"), {"L-12.rules"}),
    "the copies too high": (on_boxes(moved(dy=-3), "imprint-copies"), {"L-12.bottom"}),
    "the text too near to the second double rule": (
        together(on_boxes(moved(dy=0.8), "paragraph", "addressees", page=1), both(moved(dy=0.8), 2)),
        {"L-13"},
    ),
    "the urgency not flush left": (on_boxes(moved(dx=2), "urgency"), {"H-10.left"}),
    "text of page one left of the type area": (on_boxes(with_rule(left=20.0, width=5.0), "title"), {"P-04.left"}),
    "no page number on page two": (on_boxes(removed, "folio"), {"N-02"}),
    "the signature too far left": (on_boxes(moved(dx=-3), "signature"), {"B-42"}),
    "the copies not indented": (on_boxes(moved(dx=-2), "imprint-copies"), {"R-06.left"}),
}


@pytest.mark.parametrize("name", LETTER_MUTATIONS)
def test_one_thing_wrong_in_a_letter_misses_its_rule(name, press, letter):
    mutate, rules = LETTER_MUTATIONS[name]
    layout = mutate(press.layout(letter))
    results = press.measured(letter, layout)
    assert missed(results) == rules
    assert unmeasured(results) == set()


def test_double_rules_that_are_not_there(press, letter):
    layout = no_longer(press.layout(letter))
    results = preflight.measure(press.pdf(letter, layout=layout), letter)
    assert missed(results) == {"L-04.rules"}
    assert unmeasured(results) == {"L-04", "L-04.order", "L-04.red", "L-05", "L-05.axis", "L-10"}
    assert {result.note for result in results if result.verdict == "unmeasured"} == {"没有找到首页下部的双线"}

    layout = on_boxes(removed, "letter-rule")(press.layout(letter))
    results = preflight.measure(press.pdf(letter, layout=layout), letter)
    assert missed(results) == {"L-03.rules", "L-04.rules"}
    assert {"L-03", "L-07", "L-08"} <= unmeasured(results)


def test_copies_before_the_last_page(press, letter):
    layout = press.layout(letter)
    more = dataclasses.replace(layout.pages[1], number=3, boxes=(folio_of(layout, 2),))
    longer = dataclasses.replace(layout, pages=(*layout.pages, more))
    results = preflight.measure(press.pdf(letter, layout=longer), letter)
    assert values(results, "L-12.page") == [1]
    assert "L-12.page" in missed(results)


def test_the_wrong_pdf_for_a_letter(letter):
    results = preflight.measure(small_pdf(HELLO, resources=helvetica), letter, "print")
    assert {"L-02", "L-03", "L-03.rules", "L-04", "L-07", "L-08", "L-09", "L-10", "L-12.page"} <= unmeasured(results)
    assert LETTER_RULES - {result.rule for result in results} == {"L-06"}


# --- Any PDF, any bytes -------------------------------------------------------------------------------------------------------


def small_pdf(content=b"", *, pages=1, resources=None, **saving):
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        page.Contents = pdf.make_stream(content)
        page.Resources = resources(pdf) if resources else pikepdf.Dictionary()
    out = io.BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def helvetica(_pdf=None):
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))


HELLO = b"BT /F 16 Tf 100 700 Td (Hello - 1) Tj 0 1 -1 0 300 400 Tm (Turned) Tj ET 1 0 0 RG 50 50 m 90 50 l S 1 0 0 rg 9 9 9 9 re f"


def test_a_pdf_made_elsewhere():
    results = preflight.measure(small_pdf(HELLO, resources=helvetica))
    assert {result.rule for result in results} >= {
        "P-01.width",
        "P-04.left",
        "P-13",
        "P-15",
        "E-07.embedded",
        "E-10.lang",
    }
    assert not {result.rule for result in results} & {"H-13", "E-08", "B-17", "K-04.rgb"}
    assert missed(results) >= {"P-04.left", "P-04.bottom", "E-07.embedded", "E-07.unicode"}
    assert unmeasured(results) == set()


def test_the_wrong_pdf_for_a_draft(request_draft):
    results = preflight.measure(small_pdf(HELLO, resources=helvetica), request_draft, "print")
    assert "E-08" in missed(results)
    assert {"H-13", "B-02", "B-17", "R-03", "N-03"} - unmeasured(results) == {"N-03"}


def test_forms_pictures_and_what_the_archive_asks():
    def resources(pdf):
        form = pdf.make_stream(b"0 0 1 rg 0 0 100 10 re f 0 0 0 k 0 0 5 5 re f q /I Do Q")
        image = pdf.make_stream(b"\0\0\0")
        image.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=1,
                Height=1,
                BitsPerComponent=8,
                ColorSpace=pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 0, pikepdf.String(b"\0\0\0")]),
            )
        )
        form.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=pikepdf.Array([0, 0, 200, 200]),
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image)),
            )
        )
        tile = pdf.make_stream(b"1 0 0 rg 0 0 1 1 re f")
        tile.update(pikepdf.Dictionary(PatternType=1, PaintType=1, BBox=pikepdf.Array([0, 0, 1, 1]), XStep=1, YStep=1))
        shading = pikepdf.Dictionary(ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB)
        fade = pdf.make_indirect(pikepdf.Dictionary(PatternType=2, Shading=shading))
        return pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(A=form),
            Pattern=pikepdf.Dictionary(T=tile, F=fade),
            ColorSpace=pikepdf.Dictionary(P=pikepdf.Array([pikepdf.Name.CalRGB, pikepdf.Dictionary()])),
        )

    content = b"/P cs 1 0 0 sc q 1 0 0 1 300 400 cm /A Do Q /DeviceCMYK cs 0.1 0.2 0.3 0 sc 300 400 9 9 re f"
    pdf = small_pdf(content, resources=resources)
    results = {result.rule: result for result in preflight.measure(pdf, profile="print")}
    # One colour in a space of its own, one in the form, a picture with a palette, a tile, a shading.
    assert results["K-04.rgb"].value == 5
    assert results["K-04.inks"].measured == "1（0.1 0.2 0.3 0）"
    assert results["P-04.left"].value == pytest.approx(300 * 25.4 / 72, abs=0.01)
    assert "E-12" not in results  # without a draft, what is drawn on a page may be a figure
    archive = {result.rule: result for result in preflight.measure(pdf, profile="archive")}
    assert archive["E-11.a3a"].measured == "3（输出意图、pdfaid:part、pdfaid:conformance）"


def test_a_page_of_bare_cff_is_named_by_its_program():
    program = b"\1\0\4\1" + b"\0\1\1\1\x09" + b"FangSong"

    def resources(pdf):
        made = helvetica()
        made.Font.F.FontDescriptor = pikepdf.Dictionary(FontFile3=pdf.make_stream(program))
        return made

    with Pdf(small_pdf(HELLO, resources=resources)) as pdf:
        (font,) = pdf.facts.fonts
    assert font.names == ("FangSong",)
    assert font.is_embedded
    assert not font.is_subset


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是 PDF 文件，或者已损坏"),
        (b"hello", "不是 PDF 文件，或者已损坏"),
        (small_pdf(pages=0), "PDF 没有一页"),
        (small_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "PDF 已加密，没有密码不能打开"),
    ],
)
def test_what_cannot_be_read_is_one_error(data, reason, request_draft):
    results = preflight.measure(data, request_draft, "print")
    (finding,) = preflight.findings(results)
    assert [result.measured for result in results] == [reason]
    assert finding.check.code == "GW700"
    assert finding.message == f"不能测量：{reason}"


def test_a_page_that_cannot_be_read_is_named():
    data = small_pdf(HELLO, pages=2, resources=helvetica, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    results = preflight.measure(data.replace(b"/Count 2", b"/Count 3"))
    assert [finding.message for finding in preflight.findings(results) if finding.check.code == "GW700"] == [
        "不能测量：第3页不能读取"
    ]
    assert {result.page for result in results if result.rule == "P-01.width"} == {1, 2}


def judged(data, document):
    results = preflight.measure(data, document)
    assert results
    assert {result.verdict for result in results} <= {"met", "missed", "unmeasured"}
    assert len(preflight.findings(results)) == sum(result.verdict != "met" for result in results)


SMALL = small_pdf(HELLO, pages=2, resources=helvetica)


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    judged(data, None)


@settings(max_examples=40)
@given(st.integers(0, len(SMALL)), st.integers(0, len(SMALL)), st.binary(max_size=20))
def test_any_damage(start, length, bytes_instead):
    judged(SMALL[:start] + bytes_instead + SMALL[start + length // 10 :], from_yaml(NOTICE))


def test_a_full_width_blank_is_a_cell_and_what_has_no_room_is_excused(press):
    """A name with a blank in it counts whole; a line that ends early before a number with its unit is no fault."""
    blank = "国" * 26 + "甲" * 12 + "　" + "乙" * 14 + "2025年" + "国" * 40
    number = "国" * 26 + "国" * 25 + "123456789.25万元" + "国" * 40
    for text in (blank, number):
        document = from_yaml(REQUEST.replace("body:\n", f"body:\n  - {text}\n", 1))
        results = preflight.measure(press.pdf(document), document)
        assert "P-08" in {result.rule for result in results if result.verdict == "met"}
        assert "P-08" not in missed(results)
