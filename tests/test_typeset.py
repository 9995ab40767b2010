import datetime
import io
import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongwen import resources, rules, typeset
from gongwen.compiler import Compiler
from gongwen.fonts import FontBook
from gongwen.layout import lay_out
from gongwen.render import Metadata, Rendered, color_profile, render
from gongwen.typeset import EmbeddedSource, Typesetter

DRAFT = """\
kind: 通知
issuer: 某某市总工会
number: 某工文〔2025〕6号
title: |
  某某市总工会
  关于某事的通知
addressees: 各县总工会
body: [一。, 二。]
attachments:
  - title: 名单
    body: [甲。]
  - title: 安排
    body: [乙。]
date: 2025-02-03
imprint: {issuing_office: 某某市总工会办公室, issued_on: 2025-02-04}
"""


@pytest.fixture
def opened(built, notices):
    """A function: profile → the finished PDF of a notice."""
    files = []

    def read(profile, number=0):
        files.append(pikepdf.open(built(notices[number], profile).pdf))
        return files[-1]

    yield read
    for file in files:
        file.close()


@pytest.fixture
def project(draft, tmp_path):
    """A function: text of a page template → the draft of a project that has it."""
    draft("fonts: {}\n", "gongwen.yaml")
    (tmp_path / "templates").mkdir()

    def make(page=None, style=None):
        for name, text in (("page.html.j2", page), ("style.css.j2", style)):
            if text is not None:
                (tmp_path / "templates" / name).write_text(text, "utf-8")
        return draft(DRAFT)

    return make


def ours(name):
    return (resources.templates() / name).read_text("utf-8")


def said(built):
    return [(one.check.code, one.message) for one in built.diagnostics if one.check.code in {"GW504", "GW505"}]


# --- the finished file -----------------------------------------------------------------------------------------------


def test_both_profiles_say_what_they_are(opened):
    press, archive = opened("print"), opened("archive")
    assert b"PDF/X-4" in press.Root.Metadata.read_bytes()
    metadata = archive.Root.Metadata.read_bytes()
    assert re.search(rb"pdfaid:part[^0-9]*3\b", metadata)
    assert re.search(rb"pdfaid:conformance\W*A\b", metadata)


def test_metadata(opened, notices, profile):
    pdf = opened(profile)
    title = "河南省总工会关于认真学习宣传贯彻河南省工会第十六次代表大会精神的通知"
    assert notices[0].stem == "henan-2023-9"
    assert str(pdf.docinfo.Title) == title
    assert str(pdf.docinfo.Subject) == "豫工发〔2023〕9号"
    assert str(pdf.docinfo.Author) == "河南省总工会"
    assert str(pdf.docinfo.Creator).startswith("gongwen ")
    assert str(pdf.docinfo.CreationDate)[2:10] == "20231214"
    assert str(pdf.docinfo.ModDate)[2:10] == "20231214"
    assert str(pdf.Root.Lang).lower() == "zh-cn"
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert title in metadata
    assert set(re.findall(r"\d{4}-\d\d-\d\d", metadata)) == {"2023-12-14"}


def test_viewer_preferences(opened, profile):
    preferences = opened(profile).Root.ViewerPreferences
    assert {key: str(value) for key, value in preferences.items()} == {
        "/PrintScaling": "/None",
        "/Duplex": "/DuplexFlipLongEdge",
        "/DisplayDocTitle": "True",
    }


def test_the_press_gets_cmyk_only(opened):
    pdf = opened("print")
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert intent.DestOutputProfile.read_bytes() == color_profile().read_bytes()
    assert intent.DestOutputProfile.N == 4
    drawn = [
        (str(operator), operands) for page in pdf.pages for operands, operator in pikepdf.parse_content_stream(page)
    ]
    others = {"rg", "RG", "g", "G", "k", "K", "sc", "SC", "SCN", "CS", "sh", "Do", "BI"}
    assert not others & {operator for operator, _ in drawn}
    assert {str(operands[0]) for operator, operands in drawn if operator == "cs"} == {"/DeviceCMYK"}
    inks = {tuple(map(float, operands)) for operator, operands in drawn if operator == "scn"}
    assert inks == {(0.0, 0.0, 0.0, 1.0), (0.0, 0.8, 0.8, 0.0)}


def test_the_archive_is_tagged_and_has_the_draft_in_it_once(opened, notices):
    pdf = opened("archive")
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    (associated,) = pdf.Root.AF
    assert str(associated.AFRelationship) == "/Source"
    assert str(associated.UF) == notices[0].name
    assert associated.EF.F.read_bytes() == notices[0].read_bytes()
    assert list(pdf.attachments) == [notices[0].name]
    assert pdf.attachments[notices[0].name].get_file().read_bytes() == notices[0].read_bytes()


def test_the_press_gets_no_draft(opened):
    pdf = opened("print")
    assert "/AF" not in pdf.Root
    assert list(pdf.attachments) == []


def test_a_page_is_an_a4_sheet_with_embedded_faces_only(opened, profile):
    pdf = opened(profile)
    for page in pdf.pages:
        assert [float(edge) * 25.4 / 72 for edge in page.mediabox] == pytest.approx([0, 0, 210, 297], abs=0.01)
        fonts = page.Resources.get("/Font", {})
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
    assert any(page.Resources.get("/Font") for page in pdf.pages)


def test_identifiers_follow_from_the_content(opened):
    pdf, other = opened("print"), opened("print", 1)
    assert bytes(pdf.trailer.ID[0]) != bytes(other.trailer.ID[0])
    assert re.search(rb"xmp\.did:[0-9a-f-]{36}", pdf.Root.Metadata.read_bytes())


# --- pages that are kept ---------------------------------------------------------------------------------------------


def test_an_edit_sets_only_the_page_that_changed(draft, tmp_path, monkeypatch):
    calls = []
    parsed = typeset.parsed
    monkeypatch.setattr(
        typeset, "parsed", lambda text, *rest, **named: calls.append(text) or parsed(text, *rest, **named)
    )
    one = Compiler()

    def pages(text):
        calls.clear()
        assert one.build(draft(text), tmp_path / "a.pdf").pages == 4
        return sum(call.count("<section>") for call in calls)

    assert pages(DRAFT) == 4
    assert pages(DRAFT) == 0
    assert pages(DRAFT.replace("乙。", "丙。")) == 1
    assert "丙。" in calls[0]
    assert pages(DRAFT) == 0
    assert pages(DRAFT.replace("关于某事", "关于别的事")) == 1
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo.Title) == "某某市总工会关于别的事的通知"


def test_pages_come_out_alike_set_together_or_one_by_one(draft, tmp_path, monkeypatch):
    def made():
        Compiler().build(draft(DRAFT), tmp_path / "a.pdf")
        return (tmp_path / "a.pdf").read_bytes()

    together = made()
    monkeypatch.setattr(typeset, "_BATCH", 1)
    assert made() == together


def test_a_template_that_needs_more_pages_is_told(project, tmp_path):
    page = ours("page.html.j2") + "<div style='break-before:page'>x</div>"
    built = Compiler().build(project(page), tmp_path / "a.pdf")
    assert ("GW505", "排版引擎报告：模板排出了 8 页，应为 4 页") in said(built)
    assert built.pdf is None


def rendered(*pages):
    return Rendered(pages, "<html lang=zh><title>t</title>", "</html>", PLAIN, Metadata("t", "", "", "2025-01-01"))


def test_only_so_many_pages_are_kept(monkeypatch):
    monkeypatch.setattr(typeset, "_KEPT_PAGES", 2)
    book = FontBook()
    setter = Typesetter(book)

    def kept(*texts):
        pages = tuple(f"<section>{text}</section>" for text in texts)
        setter.typeset(rendered(*pages), "archive")
        (press,) = setter._presses.values()
        return [re.search("<section>(.*)</section>", page)[1] for page in press.pages]

    assert kept("1", "2") == ["1", "2"]
    assert kept("1") == ["2", "1"]
    assert kept("3") == ["1", "3"]


PLAIN = "@page { size: 210mm 297mm } section + section { break-before: page }"


# --- what a template may load ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/x.png",
        "https://example.com/x.png",
        "file:///etc/hostname",
        "ftp://example.com/x.png",
        "x.png",
        "../x.png",
        "gongwen:x.png",
    ],
)
def test_a_template_loads_nothing_from_elsewhere(project, tmp_path, url):
    (tmp_path / "x.png").write_bytes(b"")
    built = Compiler().build(
        project(ours("page.html.j2").replace("<section>", f'<section><img src="{url}">')), tmp_path / "a.pdf"
    )
    ((code, message),) = said(built)
    assert code == "GW505"
    assert "outside the project" in message
    assert built.has_errors
    assert built.pdf is None
    assert not (tmp_path / "a.pdf").exists()


def test_a_complaint_comes_again_with_a_page_that_is_kept(project, tmp_path):
    path = project(ours("page.html.j2").replace("<section>", '<section><p style="colour: red">'))
    one = Compiler()
    first, second = (said(one.build(path, tmp_path / "a.pdf")) for _ in range(2))
    assert first == second
    assert "colour" in first[0][1]


def test_a_complaint_about_the_stylesheet_comes_again(project, tmp_path):
    path = project(style=ours("style.css.j2") + "p { colour: red }\n@import url(http://example.com/a.css);\n")
    one = Compiler()
    first, second = (said(one.build(path, tmp_path / "a.pdf")) for _ in range(2))
    assert first == second != []


def test_complaints_of_one_project_are_not_those_of_another(project, draft, tmp_path):
    wrong = project(ours("page.html.j2").replace("<section>", '<section><img src="x.png">'))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "gongwen.yaml").write_text("fonts: {}\n")
    right = draft(DRAFT, "elsewhere/draft.yaml")
    one = Compiler()
    found = [said(one.build(path, tmp_path / "a.pdf")) for path in (wrong, right, wrong, right)]
    assert found[1] == found[3] == []
    assert found[0] == found[2] != []


def test_a_template_that_cannot_be_set_is_a_finding(project, tmp_path):
    path = project(style=ours("style.css.j2").replace("components: c, m, y, k;", ""))
    ((code, message),) = said(Compiler().build(path, tmp_path / "a.pdf"))
    assert code == "GW504"
    assert message.startswith(f"模板有错：{tmp_path / 'templates'}：排版引擎处理不了（")


def test_a_template_with_a_fault_is_a_finding(project, tmp_path):
    built = Compiler().build(project("一\n{{ nosuch }}"), tmp_path / "a.pdf")
    page = tmp_path / "templates" / "page.html.j2"
    assert said(built) == [("GW504", f"模板有错：{page} 第2行：'nosuch' is undefined")]
    assert built.pdf is None


def test_a_fault_of_the_engine_with_our_own_template_is_a_bug(draft, tmp_path, monkeypatch):
    def fail(*_):
        raise KeyError("甲")

    monkeypatch.setattr(Typesetter, "typeset", fail)
    with pytest.raises(KeyError):
        Compiler().build(draft(DRAFT), tmp_path / "a.pdf")


def test_the_project_s_decoration_is_set(project, tmp_path):
    page = ours("page.html.j2").replace(
        "</section>", '<p style="left:30mm;top:280mm" class="black">内部资料</p></section>'
    )
    built = Compiler().build(project(page), tmp_path / "a.pdf")
    assert said(built) == []
    with pypdfium2.PdfDocument(io.BytesIO(built.pdf.read_bytes())) as pdf:
        assert "内部资料" in pdf[0].get_textpage().get_text_range()


def test_nothing_but_our_files_is_fetched(tmp_path):
    fetcher = typeset.OnlyOurFiles({color_profile()})
    assert fetcher.fetch(color_profile().as_uri()).read() == color_profile().read_bytes()
    for url in ("file:///etc/hostname", "http://example.com/", tmp_path.as_uri(), f"http:{color_profile()}"):
        with pytest.raises(ValueError, match="outside the project"):
            fetcher.fetch(url)


def test_without_a_draft_nothing_is_embedded():
    setter = Typesetter(FontBook())
    pages = rendered("<section>x</section>")
    two = [EmbeddedSource("a.yaml", b"x"), EmbeddedSource("b/_c.yaml", b"y")]
    for sources, names in (([], []), (two, ["a.yaml", "b/_c.yaml"])):
        with pikepdf.open(io.BytesIO(setter.typeset(pages, "archive", sources))) as pdf:
            assert list(pdf.attachments) == names


# --- any document ----------------------------------------------------------------------------------------------------


def test_any_document_becomes_a_pdf(documents, compiler, draft):
    book = compiler.book(compiler.check(draft(DRAFT)).project)
    setter = compiler._typesetter(book)

    @given(document=documents)
    @settings(max_examples=5, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)
    def check(document):
        layout = lay_out(document, book)
        rendered = render(layout, Metadata.of(document, datetime.date(1970, 1, 1)), book)
        with pikepdf.open(io.BytesIO(setter.typeset(rendered, "print"))) as opened:
            assert len(opened.pages) == len(layout.pages)
        # The engine misses no character but those that the rules have told of.
        missed = [one for one in setter.messages if not one.startswith(".notdef glyph rendered")]
        assert missed == []
        assert bool(setter.messages) <= any(rules.check_characters(document, book))

    check()
