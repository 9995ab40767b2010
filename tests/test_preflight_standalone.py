"""PDFs of which nothing is known: what is right passes, one thing wrong is told, what is not recognised cannot be told."""

from __future__ import annotations

import dataclasses
import functools
import io
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import from_yaml
from PIL import Image
from presses import changed, edited, in_face, missed, moved, on_boxes, removed, reworded, values

from gongwen.layout import RuleBox
from gongwen.preflight.reading import Pdf, UnreadableError
from gongwen.preflight.recognition import Anatomy, recognise
from gongwen.preflight.standalone import GROUPS, Inspection, fails, inspect, tally
from gongwen.standard import MEASURES

FONTS = Path(__file__).parents[1] / "fonts"
FANGSONG, SONG = "FandolFang-Regular.otf", "NotoSerifSC-Regular-8105.otf"
SENTENCE = "为贯彻落实上级关于加强职工服务工作的部署切实做好今年有关工作各单位要高度重视加强领导确保项目资金专款专用"


@functools.cache
def typed(
    *,
    size=15.79,
    left=28.0,
    top=34.56,
    line=29.6,
    lines=22,
    face=FANGSONG,
    indent=2.0,
    colour="black",
    last="",
    of=SENTENCE,
):
    """A PDF of another program: paragraphs of a size and line pitch (pt) in a text area (mm) so many lines high."""
    height = lines * line * 25.4 / 72
    html = f"""<html lang="zh-CN"><head><title>某事</title><style>
    @font-face {{ font-family: body; src: url({(FONTS / face).as_uri()}) }}
    @page {{ size: 210mm 297mm; margin: {top}mm {210 - left - 156.2}mm {297 - top - height - 0.1}mm {left}mm }}
    body {{ font: {size}pt/{line}pt body; margin: 0; orphans: 1; widows: 1; color: {colour} }}
    p {{ margin: 0; text-indent: {indent}em }}
    </style></head><body>{f"<p>{of * 4}</p>" * 18}{last}</body></html>"""
    return weasyprint.HTML(string=html).write_pdf()


def results_of(pdf, profile=None):
    return inspect(pdf, profile).every


def met(results):
    """The rules that are met wherever they were measured."""
    return {one.rule for one in results if one.verdict == "met"} - missed(results)


# --- What is right ------------------------------------------------------------------------------------------------------------


def test_every_rule_is_one_of_the_standard():
    numbers = [number for group in GROUPS for rules, _ in group.rules for number in rules]
    assert len(numbers) > 40
    assert set(numbers) <= set(MEASURES)
    assert len({group.name for group in GROUPS}) == len(GROUPS) == 7


GENERAL = {
    *("P-01.width", "P-03", "P-04.left", "P-04.bottom", "P-06", "P-06.face", "P-08", "P-10", "P-13", "P-14", "P-15"),
    *("B-17", "B-02", "B-02.face", "B-04", "B-03", "H-13", "H-14", "H-15.face", "H-16", "H-20.gap", "H-32", "H-33"),
    *("H-33.left", "H-33.right", "N-01", "N-01.face", "N-02", "N-03", "N-04.odd", "E-07.embedded", "E-10.lang"),
}


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_the_notices_meet_what_is_recognised(notices, built, profile):
    recognised = set()
    for path in notices:
        found = results_of(built(path, profile).pdf.read_bytes(), profile)
        assert missed(found) == set(), path
        recognised |= met(found)
        general = path.stem in {
            "henan-2023-9",
            "jiaozuo-2025-6",
            "yunzhou-2026-18",
            "yunzhou-qingshi",
            "yunzhou-tongbao",
        }
        assert not general or met(found) >= GENERAL, path
    assert recognised >= {
        *GENERAL,
        "P-02",
        "P-07",
        "H-28",
        "H-29",
        "L-02",
        "L-04",
        "L-05",
        "C-01.top",
        "M-01.top",
        "R-03",
    }
    assert recognised >= {"B-10.gap", "B-10.left", "R-01.left", "R-02.thick", "R-05", "R-06.size", "R-10.right"}
    assert ("K-04.rgb" in recognised) is (profile == "print")


RIGHT = {"P-01.width", "P-02", "P-03", "P-06", "P-06.face", "P-07", "P-08", "P-10", "P-13", "P-14", "B-17"}


def test_a_right_file_of_another_program():
    found = results_of(typed())
    assert met(found) >= RIGHT
    assert missed(found) == set()
    assert set(values(found, "P-07")) == {22}
    assert values(found, "P-03")[0] == pytest.approx(28.0, abs=0.05)
    assert values(found, "P-10")[0] == pytest.approx(29.6 * 25.4 / 72, abs=0.01)
    assert values(found, "P-06") == [pytest.approx(15.79, abs=0.01)]
    assert values(found, "B-17")[0] == pytest.approx(28.0 + 2 * 15.79 * 25.4 / 72, abs=0.05)


# --- One thing wrong ----------------------------------------------------------------------------------------------------------

FAULTS = {
    "the left margin of a word processor": ({"left": 31.8}, {"P-03", "P-14", "B-17", "P-04.right"}),
    "the upper margin where lines have leading": ({"top": 37.0}, {"P-02", "P-04.bottom"}),
    "四号": ({"size": 14.0}, {"P-06", "P-08", "P-14", "B-17"}),
    "25 lines": ({"lines": 25, "line": 26.0}, {"P-04.top", "P-07", "P-10"}),
    "20 lines": ({"lines": 20, "line": 32.5}, {"P-07", "P-10"}),
    "宋体": ({"face": SONG}, {"P-06.face"}),
    "no indent to speak of": ({"indent": 1.0}, {"B-17"}),
    "blue": ({"colour": "#0000c0"}, {"P-13"}),
    "a line that begins with a mark": (
        {"last": f'<p style="text-indent:0">{"一" * 28}<br>。{SENTENCE}</p>'},
        {"P-15"},
    ),
    "ink in the margin": (
        {"last": '<div style="position:absolute;left:-10mm;width:5mm;height:1mm;background:black"></div>'},
        {"P-04.left"},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_thing_wrong_in_a_file_of_another_program(fault):
    options, rules = FAULTS[fault]
    found = results_of(typed(**options))
    assert missed(found) == rules
    assert all(fails(one) for one in found if one.verdict == "missed")


def test_what_is_measured_is_told():
    found = {one.rule: one for one in results_of(typed(left=31.8, face=SONG))}
    assert found["P-03"].wanted == "27.00 至 29.00 mm"
    assert found["P-03"].measured == "31.80 mm"
    assert found["P-06.face"].what == "正文字体"
    assert found["P-06.face"].wanted == "仿宋"
    assert found["P-06.face"].measured.endswith("（宋体）")


def test_the_page_of_the_imprint_is_told_by_its_number(press, official):
    (found,) = (one for one in results_of(press.pdf(official)) if one.rule == "R-05")
    assert (found.what, found.wanted, found.measured, found.verdict) == ("版记所在的面", "双数面", "第4面", "met")


NOTICE = f"""
kind: 请示
issuer: 云州市总工会
number: 云工发〔2026〕6号
signers: [王小明]
title: 云州市总工会关于开展职工夏送清凉活动的请示
addressees: 市委
body:
{f"  - {SENTENCE * 3}。{chr(10)}" * 5}
date: 2026-07-01
imprint: {{copies_to: 某机关, issuing_office: 云州市总工会办公室, issued_on: 2026-07-02}}
"""
PLANTED = {
    "the mark too low": (on_boxes(moved(dy=0.8), "mark"), {"H-13"}),
    "the mark off the axis": (on_boxes(moved(dx=2), "mark"), {"H-14"}),
    "the mark in 宋体": (on_boxes(in_face("songti"), "mark"), {"H-15.face"}),
    "the number too far right": (on_boxes(moved(dx=2), "number"), {"H-29"}),
    "the signer too far left": (on_boxes(moved(dx=-3), "signers"), {"H-28"}),
    "the red rule too low": (on_boxes(moved(dy=0.7), "red-rule"), {"H-32"}),
    "the red rule too short": (on_boxes(changed(width=150.0), "red-rule"), {"H-33.right"}),
    "the title too high": (on_boxes(moved(dy=-1.2), "title"), {"B-03"}),
    "a line of the title off the axis": (on_boxes(moved(dx=2), "title", nth=0), {"B-04"}),
    "the title in 黑体": (on_boxes(in_face("heiti"), "title"), {"B-02.face"}),
    "the addressees indented": (on_boxes(moved(dx=1.5), "addressees"), {"B-10.left"}),
    "the last rule too high": (on_boxes(moved(dy=-1), "imprint-rule", nth=2), {"R-03"}),
    "the first rule of the imprint too thin": (on_boxes(changed(weight=0.2), "imprint-rule", nth=0), {"R-02.thick"}),
    "the issuing date too far left": (on_boxes(moved(dx=-3), "imprint-date"), {"R-10.right"}),
    "the issuing office too far left": (on_boxes(moved(dx=-3), "imprint-office"), {"R-10.left"}),
    "the page number on the wrong side": (on_boxes(changed(left=164.0), "folio", page=2), {"N-04.even"}),
    "the page number too low": (on_boxes(moved(dy=3), "folio", page=2), {"N-03"}),
    "the page number in 仿宋": (on_boxes(in_face("fangsong"), "folio"), {"N-01.face"}),
}


@pytest.fixture(scope="module")
def official():
    return from_yaml(NOTICE)


@pytest.mark.parametrize("fault", PLANTED)
def test_one_thing_wrong_in_a_document(press, official, fault):
    change, rules = PLANTED[fault]
    layout = change(press.layout(official))
    assert missed(results_of(press.pdf(official, layout=layout))) == rules


TABLE = "<table style='font-size:10.5pt;line-height:12pt;border-collapse:collapse'>{}</table>".format(
    "<tr>{}</tr>".format("<td style='border:0.3mm solid black'>项目实施单位和负责人的姓名职务</td>" * 2) * 150
)


def test_a_large_table_is_not_the_text():
    found = results_of(typed(last=TABLE))
    assert {"P-06", "P-08", "P-10", "P-03"} <= met(found)
    assert not missed(found) & {"P-06", "P-07", "P-08", "P-10", "P-14", "B-17"}


def halved(box):
    """A rule in two pieces that meet, as word processors draw the edge of two cells."""
    half = box.width / 2
    return [dataclasses.replace(box, width=half), dataclasses.replace(box, left=box.left + half, width=half)]


def test_a_rule_in_pieces_is_one_rule(press, official):
    layout = on_boxes(halved, "red-rule", "imprint-rule")(press.layout(official))
    found = results_of(press.pdf(official, layout=layout))
    assert missed(found) == set()
    assert met(found) >= {"H-33", "H-33.left", "H-33.right", "R-01.left", "R-01.right", "R-02.thick", "R-03"}


def drawn(rules, *, cap=0, scale=1.0):
    """A change of a file: rules (left, middle, width, weight in mm) are drawn on page one as word processors do, by one stroke of a pen."""
    point = 72 / 25.4 / scale

    def edit(pdf):
        page = pdf.pages[0]
        left, _, _, top = (float(value) for value in page.get("/TrimBox", page.MediaBox))
        lines = " ".join(
            f"{x * point:.4f} {-y * point:.4f} m {(x + width) * point:.4f} {-y * point:.4f} l"
            for x, y, width, _ in rules
        )
        pen = f"{rules[0][3] * point:.4f} w {cap} J 0 0.8 0.8 0 K"
        stroke = f"q {scale} 0 0 {scale} {left} {top} cm {pen} {lines} S Q"
        page.contents_add(pikepdf.Stream(pdf, stroke.encode()), prepend=True)

    return edit


def red_rule(layout):
    """The red rule: left, middle, width, weight (mm)."""
    box = next(box for box in layout.pages[0].boxes if box.role == "red-rule")
    return box.left, box.top + box.weight / 2, box.width, box.weight


@pytest.mark.parametrize("scale", [1.0, 0.1])
@pytest.mark.parametrize("cap", [0, 2])
def test_a_rule_of_a_pen_is_as_long_and_as_heavy_as_its_ink(press, official, cap, scale):
    layout = press.layout(official)
    left, middle, width, weight = red_rule(layout)
    pdf = edited(
        press.pdf(official, layout=on_boxes(removed, "red-rule")(layout)),
        drawn([(left, middle, width, weight)], cap=cap, scale=scale),
    )
    reach = weight / 2 if cap else 0.0
    found = results_of(pdf)
    assert values(found, "H-33") == [1]
    assert values(found, "H-33.left") == [pytest.approx(left - reach, abs=0.02)]
    assert values(found, "H-33.right") == [pytest.approx(left + width + reach, abs=0.02)]
    assert values(found, "H-32") == [pytest.approx(values(results_of(press.pdf(official)), "H-32")[0], abs=0.02)]


def test_rules_of_one_stroke_are_as_many_as_are_seen(press, official):
    layout = press.layout(official)
    left, middle, width, _ = red_rule(layout)
    double = [(left, middle, width, 0.5), (left, middle + 2, width, 0.5)]
    pdf = edited(press.pdf(official, layout=on_boxes(removed, "red-rule")(layout)), drawn(double))
    assert values(results_of(pdf), "H-33") == [2]


def inherited(pdf):
    """A change of a file: the sizes of its sheets stand once for all of them, as XeLaTeX writes them."""
    pdf.Root.Pages.MediaBox = pdf.pages[0].MediaBox
    for page in pdf.pages:
        for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"):
            if name in page.obj:
                del page.obj[name]


def test_the_size_of_sheets_may_stand_once_for_all():
    found = results_of(typed())
    once = results_of(edited(typed(), inherited))
    assert [one for one in once if one.verdict == "missed"] == []
    assert values(once, "P-01.width") == values(found, "P-01.width")
    assert values(once, "P-02") == values(found, "P-02")


@pytest.mark.parametrize(("dash", "style"), [("—", "met"), ("\u2015", "met"), ("-", "missed")])
def test_a_page_number_between_dashes_as_they_are_named(press, official, dash, style):
    layout = on_boxes(reworded("—", dash), "folio")(press.layout(official))
    found = results_of(press.pdf(official, layout=layout))
    assert {one.verdict for one in found if one.rule == "N-02"} == {style}
    assert {one.verdict for one in found if one.rule == "P-04.bottom"} == {"met"}


def within(pdf):
    """A change of a file: the outer fonts are called after their encoding too, as XeLaTeX and programs that embed nothing do."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == pikepdf.Name.Type0:
            one.BaseFont = pikepdf.Name(f"{one.BaseFont}-Identity-H")


@pytest.fixture
def renamed():
    with Pdf(edited(typed(), within)) as pdf:
        yield pdf


def with_fonts(pdf, **values):
    """What is recognised where the fonts of a file are others."""
    fonts = tuple(dataclasses.replace(font, **values) for font in pdf.facts.fonts)
    pdf.facts = dataclasses.replace(pdf.facts, fonts=fonts)
    return recognise(pdf, None)


def test_a_font_is_known_by_the_name_of_the_one_within_it(renamed):
    as_it_is = recognise(renamed, None)
    assert (as_it_is.has_borrowed_ink, as_it_is.has_unknown_characters) == (False, False)
    assert with_fonts(renamed, has_unicode=False).has_unknown_characters
    assert with_fonts(renamed, is_embedded=False).has_borrowed_ink


def test_which_characters_stand_where_is_not_told_where_they_are_read_wrong(monkeypatch):
    monkeypatch.setattr(Anatomy, "has_unknown_characters", True)
    found = results_of(typed())
    assert {notes(found, rule).pop() for rule in ("P-15", "P-16", "P-18")} == {"字体没有 ToUnicode，读不出是什么字"}
    assert {"P-03", "P-08", "P-10"} <= met(found)


@pytest.mark.parametrize(
    ("encoding", "tells"),
    [("WinAnsiEncoding", True), ("UniGB-UCS2-H", True), ("GBK-EUC-H", True), ("Identity-H", False)],
)
def test_a_standard_encoding_tells_the_characters_too(encoding, tells):
    def edit(pdf):
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, BaseFont=pikepdf.Name.Some, Encoding=pikepdf.Name(f"/{encoding}")
            )
        )
        pdf.pages[0].Resources.Font["/Another"] = font

    assert ("E-07.unicode" not in missed(results_of(edited(typed(), edit)))) is tells


# --- What is missing or has another colour ------------------------------------------------------------------------------------


def test_a_document_without_a_red_rule(press, official):
    found = results_of(press.pdf(official, layout=on_boxes(removed, "red-rule")(press.layout(official))))
    assert missed(found) == {"H-33"}
    assert values(found, "H-33") == [0]


def test_what_may_stand_for_a_red_rule_is_not_accused(press, official):
    layout = press.layout(official)
    left, middle, width, weight = red_rule(layout)
    halves = [(left, middle, 70.0, weight), (left + width - 70.0, middle, 70.0, weight)]
    pdf = edited(press.pdf(official, layout=on_boxes(removed, "red-rule")(layout)), drawn(halves))
    found = results_of(pdf)
    assert missed(found) == set()
    assert notes(found, "H-33") == {"首页没有认出红色分隔线"}


def test_a_mark_that_is_black(press, official):
    layout = on_boxes(changed(colour="black"), "mark", "red-rule")(press.layout(official))
    found = results_of(press.pdf(official, layout=layout))
    assert missed(found) == {"H-15"}
    assert values(found, "H-15") == [len("云州市总工会文件")]
    assert notes(found, "H-13") == {"发文机关标志不是红色"}


def test_large_black_type_that_is_no_mark(press, official):
    layout = on_boxes(reworded("文件", "公报"), "mark")(press.layout(official))
    layout = on_boxes(changed(colour="black"), "mark", "red-rule")(layout)
    found = results_of(press.pdf(official, layout=layout))
    assert missed(found) == set()
    assert notes(found, "H-13") == {"首页没有认出红色的发文机关标志"}


def test_a_black_rule_below_a_red_mark(press, official):
    layout = on_boxes(changed(colour="black"), "red-rule")(press.layout(official))
    found = results_of(press.pdf(official, layout=layout))
    assert missed(found) == {"H-33.red"}
    assert values(found, "H-33.red") == [1]


# --- What cannot be told ------------------------------------------------------------------------------------------------------


def notes(found, rule):
    return {one.note for one in found if one.rule == rule and one.verdict == "unmeasured"}


def test_what_is_not_recognised_cannot_be_told(press, official):
    found = results_of(typed())
    assert notes(found, "H-13") == {"首页没有认出红色的发文机关标志"}
    assert notes(found, "B-02") == {"首页没有认出标题"}
    assert notes(found, "R-03") == {"末面没有认出版记（两条线之间“……印发”的一行）"}
    assert notes(found, "N-02") == {"第1、2、3、4、5等面没有认出页码"}
    unruled = on_boxes(removed, "red-rule")(press.layout(official))
    found = results_of(press.pdf(official, layout=unruled))
    assert notes(found, "B-03") == {"首页没有认出红色分隔线"}
    unnumbered = on_boxes(removed, "number")(press.layout(official))
    assert notes(results_of(press.pdf(official, layout=unnumbered)), "H-20.axis") == {"首页没有认出发文字号"}


def test_red_letters_that_are_no_mark():
    red = '<h1 style="color:red;font-size:40pt;line-height:1;margin:0">大家好</h1>'
    html = f"<style>@page{{size:A4}}@font-face{{font-family:b;src:url({(FONTS / SONG).as_uri()})}}*{{font-family:b}}</style>{red}"
    found = results_of(weasyprint.HTML(string=html).write_pdf())
    assert notes(found, "H-13") == {"首页的红字没有认出是发文机关标志"}
    assert notes(found, "P-06") == {"没有认出正文（找的是首行空二字、回行顶格的段落）"}


def test_a_font_whose_name_says_nothing():
    def rename(pdf):
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item:
                item.BaseFont = pikepdf.Name("/ABCDEF+F1")
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
                item.FontFile3 = pdf.make_stream(b"no program")

    found = results_of(edited(typed(), rename))
    assert notes(found, "P-06.face") == {"从字体名 ABCDEF+F1 看不出是什么字体"}
    assert "P-06.face" not in missed(found)


def test_a_name_of_a_font_in_gbk():
    def rename(pdf):
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item:
                item.BaseFont = pikepdf.Object.parse(b"/ABCDEF+#B7#C2#CB#CE")
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
                del item["/FontFile3"]

    found = {one.rule: one for one in results_of(edited(typed(), rename))}
    assert (found["P-06.face"].verdict, found["P-06.face"].measured) == ("met", "仿宋")


def test_ink_of_a_font_that_is_not_in_the_file_is_not_measured():
    def take_out(pdf):
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
                del item["/FontFile3"]

    found = results_of(edited(typed(left=31.8, top=37.0), take_out))
    assert notes(found, "P-02") == notes(found, "P-04.bottom") == {"字体没有嵌入，量不出墨迹"}
    assert {"E-07.embedded", "P-03"} <= missed(found)
    assert not missed(found) & {"P-02", "P-04.top", "P-04.bottom"}


def scanned(pages=2):
    image = Image.new("L", (1240, 1754), 255)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=150, save_all=True, append_images=[image] * (pages - 1))
    return out.getvalue()


def test_a_scanned_document():
    found = results_of(scanned())
    assert not any(fails(one) for one in found)
    assert notes(found, "P-06") == {"文件里没有文字，可能是扫描件"}
    assert notes(found, "P-04.left") == {"第1、2面整面是一幅图像"}
    assert {"P-01.width", "PDF"} <= met(found)


def test_a_page_of_a4_on_its_side_is_a4():
    def turn(pdf):
        pdf.add_blank_page(page_size=(297 / 25.4 * 72, 210 / 25.4 * 72))

    found = results_of(edited(typed(), turn))
    assert missed(found) == set()
    assert max(one.page for one in found if one.rule == "P-01.width") == len(set(values(found, "P-01.width"))) + 7


def test_paper_of_another_size():
    def letter(pdf):
        pdf.pages[0].MediaBox = pdf.pages[0].TrimBox = [0, 0, 612, 792]

    assert {"P-01.width", "P-01.height"} <= missed(results_of(edited(typed(), letter)))


def test_the_profile_is_what_the_file_claims_unless_it_is_said(built, notices):
    pdf = built(notices[0], "archive").pdf.read_bytes()
    assert "E-11.a3a" in met(results_of(pdf))
    assert not {"E-11.source", "K-07.duplex"} & {one.rule for one in results_of(pdf)}
    assert {"E-11.source", "K-07.duplex"} <= met(results_of(pdf, "archive"))
    assert {"K-04.rgb", "E-11.x4"} <= missed(results_of(pdf, "print"))
    plain = results_of(typed())
    assert not {"E-11.x4", "E-11.a3a", "K-04.rgb"} & {one.rule for one in plain}
    assert "E-11.a3a" in missed(results_of(typed(), "archive"))


def test_practice_does_not_fail_a_run():
    def untitle(pdf):
        del pdf.Root.Lang

    found = results_of(edited(typed(), untitle))
    assert missed(found) == {"E-10.lang"}
    assert not any(fails(one) for one in found)


def test_a_rule_counts_once():
    inspection = inspect(typed(left=31.8))
    counts = tally(inspection.every)
    assert counts["missed"] == 4
    assert sum(counts.values()) == len({one.rule for one in inspection.every})
    assert tally([]) == {"met": 0, "missed": 0, "unmeasured": 0}


# --- What is right though it is unusual ---------------------------------------------------------------------------------------

TESTS = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "overprint"),
    [
        ("drafts/en/addressees-moved", False),
        ("drafts/en/headings", False),
        ("drafts/en/right", False),
        ("bases/函", True),
    ],
)
def test_short_texts_and_printed_heads_are_not_accused(compiler, tmp_path, name, overprint):
    """An imprint longer than the text, paragraphs of one line, a letter without its rules."""
    built = compiler.build(TESTS / f"{name}.yaml", tmp_path / "a.pdf", overprint=overprint)
    assert missed(results_of(built.pdf.read_bytes())) == set()


def test_a_page_with_a_figure_alone_is_not_blank(press, official):
    layout = press.layout(official)
    page = dataclasses.replace(
        layout.pages[-2], boxes=(*_only(layout.pages[-2], "folio"), RuleBox("rule", 60.0, 100.0, 50.0, 1.5))
    )
    layout = dataclasses.replace(layout, pages=(*layout.pages[:-2], page, layout.pages[-1]))
    assert "N-05" not in missed(results_of(press.pdf(official, layout=layout)))


def _only(page, role):
    return tuple(box for box in page.boxes if box.role == role)


def test_a_long_mark_may_be_as_small_as_the_text(press):
    document = from_yaml(NOTICE + f"mark: {'云州市职工服务工作' * 4}委员会文件\n")
    assert missed(results_of(press.pdf(document))) == set()


# --- Any bytes ----------------------------------------------------------------------------------------------------------------


def measured(data):
    """What any bytes give: an inspection, or the reason why there is none."""
    try:
        found = inspect(data)
    except UnreadableError:
        return None
    assert isinstance(found, Inspection)
    assert all(one.note for one in found.every if one.verdict == "unmeasured")
    assert all(one.measured is not None for one in found.every if one.verdict != "unmeasured")
    return found


@given(st.binary(max_size=2000))
def test_noise(data):
    assert measured(data) is None or data.startswith(b"%PDF")
    measured(b"%PDF-1.7\n" + data)


@settings(max_examples=40)
@given(st.data())
def test_damaged_files(data):
    pdf = bytearray(typed())
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(pdf) - 1))
        pdf[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    measured(bytes(pdf))


@settings(max_examples=40)
@given(st.data())
def test_damaged_contents(data):
    def damage(pdf):
        page = data.draw(st.sampled_from(list(pdf.pages)))
        content = bytearray(page.Contents.read_bytes())
        for _ in range(data.draw(st.integers(1, 12))):
            place = data.draw(st.integers(0, len(content)))
            content[place : place + data.draw(st.integers(0, 8))] = data.draw(
                st.sampled_from(
                    [b" 0 ", b" -1e38 ", b" q ", b" Q ", b" BT ", b" ET ", b" 0 0 0 0 0 0 cm ", b"(", b"]TJ "]
                )
                | st.binary(max_size=8)
            )
        page.Contents = pdf.make_stream(bytes(content))

    measured(edited(typed(), damage))


def test_many_pages_are_refused():
    def multiply(pdf):
        for _ in range(1000):
            pdf.add_blank_page()

    with pytest.raises(UnreadableError, match="最多量测 1000 页"):
        inspect(edited(scanned(1), multiply))
