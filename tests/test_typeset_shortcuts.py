"""Short cuts through WeasyPrint: the file is the same to the byte, and WeasyPrint is the one that they were written for."""

import contextlib
import dataclasses
import datetime
import functools
import gc
import hashlib
import inspect
import io

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongwen.compiler import Compiler
from gongwen.layout import lay_out
from gongwen.render import Metadata, render
from gongwen.typeset import Typesetter, engine, file, lines
from gongwen.typeset import pages as set_pages
from gongwen.typeset.engine import weasyprint

DAY = datetime.date(1970, 1, 1)


@contextlib.contextmanager
def plain():
    """WeasyPrint as it is: nothing replaced, nothing kept of what a page draws."""
    with pytest.MonkeyPatch.context() as patch:
        for (owner, name), own in engine.REPLACED.items():
            patch.setattr(owner, name, own)
        patch.setattr(set_pages._Drawing, "on", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def in_both_ways(book):
    """A function: pages, profile → the bytes of the PDF set by short cuts, and without, each with what is complained of."""
    ours, theirs = Typesetter(book), Typesetter(book)

    def both(rendered, profile):
        by_short_cuts = ours.typeset(rendered, profile)
        with plain():
            without = theirs.typeset(dataclasses.replace(rendered, is_xml=False), profile)
        return (by_short_cuts, ours.messages), (without, theirs.messages)

    return both


@pytest.fixture(scope="session")
def rendered(compiler):
    @functools.cache
    def of(notice, profile):
        checked = compiler.check(notice)
        book = compiler.book(checked.project)
        return render(checked.layout, Metadata.of(checked.document, DAY), book, profile)

    return of


# --- the same to the byte --------------------------------------------------------------------------------------------


def test_a_notice_is_the_same_with_short_cuts_and_without(rendered, in_both_ways, notice, profile):
    by_short_cuts, without = in_both_ways(rendered(notice, profile), profile)
    assert by_short_cuts == without
    assert by_short_cuts[1] == []


def test_any_document_is_the_same_with_short_cuts_and_without(documents, book, in_both_ways):
    seen = []

    @given(document=documents)
    @settings(max_examples=6, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)
    def check(document):
        layout = lay_out(document, book)
        for profile in ("print", "archive"):
            pages = render(layout, Metadata.of(document, DAY), book, profile)
            by_short_cuts, without = in_both_ways(pages, profile)
            assert by_short_cuts == without
        seen.append(len(layout.pages))

    check()
    assert sum(seen) > 6


RULES = {
    "floats": ".paragraph { float: left } .run-in-1 { position: static; display: inline-block }",
    "other ways to break": "p { white-space: pre-wrap } h1 { white-space: pre-line } .run-in-1 { white-space: normal }",
    "lines drawn": "p { text-decoration: underline } span { text-decoration: line-through }",
    "first letters": "p::first-letter { font-size: 30pt; color: red } p::first-line { font-weight: bold }",
    "words apart": "p { word-spacing: 2pt; text-align: justify; text-align-all: justify } h1 { text-align: right }",
    "from right to left": "p { direction: rtl }",
    "in the margins": "@page { @bottom-left { content: counter(page) } @top-right-corner { content: 'x' } }",
    "borders": "p { border: 1pt solid; padding: 1%; border-radius: 3pt } span { margin-left: 2pt; border: thin solid }",
    "logical sides": "p { margin-block-start: 3mm; padding-inline-end: 1mm; block-size: 20mm; border-start-start-radius: 1mm }",
    "computed lengths": "p { text-indent: calc(1em + 2%); margin-left: min(1mm, 2mm); width: max(100mm, 10%) } .mark { height: 4ex }",
    "variables": "html { --far: 3mm } p { padding-left: var(--far); letter-spacing: var(--nowhere, 0.02em) }",
    "raised": "span { vertical-align: super; font-size: 50% } .number { vertical-align: middle }",
    "see-through": "p { opacity: 0.5 } h1 { transform: rotate(3deg) } div { mix-blend-mode: multiply }",
    "gradients": "p { background: linear-gradient(red, blue) } h1 { background: radial-gradient(red, blue) }",
    "hidden": ".paragraph { visibility: hidden } .mark { display: none } .run-in-1 { overflow: hidden; height: 3mm }",
    "other faces": "p { font-family: serif !important; font-style: italic } h1 { font-variant-east-asian: full-width; font-kerning: normal }",
    "generated": ".paragraph::before { content: '※' counter(x); counter-increment: x } .mark::after { content: leader('.') 'x' }",
    "columns": ".paragraph { columns: 2 } section { display: flex; flex-wrap: wrap } .run-in-1 { position: relative }",
    "kinds of display": "p { display: list-item; list-style: decimal inside } span { display: inline-block }",
    "marks beside": "p { display: list-item; list-style: disc outside } h1 { display: list-item; position: relative }",
    "capitals": "p { text-transform: full-width; font-variant-caps: small-caps; hyphens: auto; overflow-wrap: anywhere }",
}  # fmt: skip
"""What the stylesheet of a project may ask for beside ours."""


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_what_a_project_s_stylesheet_asks_for_is_the_same(rendered, in_both_ways, notices, rules):
    one = rendered(notices[0], "archive")
    one = dataclasses.replace(one, css=f"{one.css}\n{rules}", pages=one.pages[:1], is_xml=False)
    by_short_cuts, without = in_both_ways(one, "archive")
    assert by_short_cuts == without


MARKUP = {
    "lists": "<ol><li>一</li><li>二<ul><li>三</li></ul></li></ol>",
    "a table": "<table><caption>表</caption><colgroup><col></colgroup><tr><th>一</th><td rowspan=2>二</td></tr><tr><td>三</td></tr></table>",
    "floats": "<div style='float:left;width:3cm'>一</div><p>二<span style='float:right'>三</span></p>",
    "notes": "<p>一<span style='float:footnote'>注</span></p>",
    "frames in frames": "<div style='position:absolute;top:1cm'><div style='position:relative'><p style='position:fixed'>一</p></div></div>",
    "boxes of lines": "<p>一<b>二<i>三<br>四</i></b><wbr>五</p><pre>六\n七</pre><hr><blockquote>八</blockquote>",
    "flex and grid": "<div style='display:flex'><p>一</p><p>二</p></div><div style='display:grid;grid-template:auto/1fr 1fr'><p>三</p></div>",
    "links": "<p id=a><a href='#a'>一</a></p><details><summary>二</summary>三</details>",
    "fields": "<form><input value=一><textarea>二</textarea><select><option>三</select></form>",
}  # fmt: skip
"""What a page of a project's own may hold."""


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_what_a_project_s_template_holds_is_the_same(rendered, in_both_ways, notices, markup):
    one = rendered(notices[0], "archive")
    page = one.pages[0].replace("</section>", f"{markup}</section>")
    assert page != one.pages[0]
    css = f"{one.css}\nol, table, div, form, blockquote, pre {{ position: relative; top: 60mm }}"
    changed = dataclasses.replace(one, css=css, pages=(page,), is_xml=False)
    by_short_cuts, without = in_both_ways(changed, "archive")
    assert by_short_cuts == without


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_page_is_drawn_once_and_a_file_is_the_same_whatever_was_made_before(
    draft, notices, tmp_path, profile, monkeypatch
):
    drawn = []
    paint = weasyprint.Page.paint
    monkeypatch.setattr(weasyprint.Page, "paint", lambda page, *rest: drawn.append(page) or paint(page, *rest))
    text = notices[0].read_text("utf-8")
    one, changed = draft(text, "a.yaml"), draft(text.replace("学习", "学一"), "b.yaml")

    def made(compiler, path):
        built = compiler.build(path, tmp_path / "a.pdf", profile)
        return (tmp_path / "a.pdf").read_bytes(), built.pages

    alone, count = made(Compiler(), one)
    assert len(drawn) == count
    compiler = Compiler()
    made(compiler, changed)
    made(compiler, notices[3])
    before = len(drawn)
    assert made(compiler, one)[0] == alone
    assert 0 < len(drawn) - before <= count
    before = len(drawn)
    assert made(compiler, one)[0] == alone
    assert made(compiler, changed)[0] != alone
    assert len(drawn) == before


ONCE_MORE = {
    "gradient": "p { background: linear-gradient(red, blue) }",
    "a face of the system": "p { font-family: serif !important }",
    "groups": "p { opacity: 0.5 }",
}


@pytest.mark.parametrize("rules", ONCE_MORE.values(), ids=ONCE_MORE)
def test_what_belongs_to_one_file_is_drawn_for_each(rendered, book, notices, rules):
    one = rendered(notices[0], "archive")
    one = dataclasses.replace(one, css=f"{one.css}\n{rules}", pages=one.pages[:2], is_xml=False)
    setter = Typesetter(book)
    first = setter.typeset(one, "archive")
    (press,) = setter._presses.values()
    assert [page._drawing for page in press.pages.values()] == [None, None]
    assert setter.typeset(one, "archive") == first == Typesetter(book).typeset(one, "archive")


def test_a_character_that_no_face_has_is_told_of_each_file(rendered, book, notices):
    one = rendered(notices[0], "archive")
    page = one.pages[0].replace("</section>", "<p class='black' style='left:0;top:0'>\U000f1234</p></section>")
    one = dataclasses.replace(one, pages=(page,))
    setter = Typesetter(book)
    told = []
    for _ in range(3):
        setter.typeset(one, "archive")
        told.append(setter.messages)
    assert told[0] == told[1] == told[2]
    assert "U+F1234" in told[0][0]


def test_characters_that_xml_forbids_are_set_all_the_same(rendered, book, notices):
    one = rendered(notices[0], "print")
    page = one.pages[0].replace("</section>", "<p style='left:0;top:0'>一\x0b二</p></section>")
    with pikepdf.open(io.BytesIO(Typesetter(book).typeset(dataclasses.replace(one, pages=(page,)), "print"))) as pdf:
        assert len(pdf.pages) == 1


def test_boxes_are_let_go_once_they_are_drawn(rendered, book, notices, profile):
    def alive():
        gc.collect()
        return sum(type(one).__name__ in {"LayoutContext", "AnonymousStyle", "Layout"} for one in gc.get_objects())

    setter = Typesetter(book)
    setter.typeset(rendered(notices[0], profile), profile)  # for what is loaded and kept once and for all
    before = alive()
    setter.typeset(rendered(notices[1], profile), profile)
    assert alive() == before


def test_compressed_streams_are_kept_up_to_a_size():
    compressor = file._Compressor(limit=200)
    streams = [bytes(range(100)) + bytes([number]) for number in range(5)]
    for stream in streams:
        compressor(stream)
    assert 0 < compressor._size <= 200
    assert compressor._size == sum(map(len, compressor._kept.values()))
    latest = compressor(streams[-1])
    assert latest is compressor(streams[-1])
    assert compressor(bytes(range(256)) * 4) != b""
    assert len(compressor._kept) == 1


# --- the number of a copy --------------------------------------------------------------------------------------------

DRAFT = """\
kind: 通知
issuer: 某某市总工会
title: 关于某事的通知
{number}body: [一。]
date: 2025-02-03
"""


@pytest.mark.parametrize("number", ["", "copies: 2\n"])
def test_a_file_that_copies_are_made_from_has_all_digits_of_that_face(draft, tmp_path, number):
    one = Compiler()
    for _ in range(2):
        one.build(draft(DRAFT.format(number=number)), tmp_path / "a.pdf")
        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            (font,) = (font for font in pdf.pages[0].Resources.Font.values() if "fangsong" in str(font.BaseFont))
            mapped = {line.split()[1] for line in font.ToUnicode.read_bytes().splitlines() if line.count(b"<") == 2}
            digits = {f"<{ord(digit):04x}>".encode() for digit in "0123456789"} & mapped
            widths = [list(map(float, one)) for one in font.DescendantFonts[0].W if isinstance(one, pikepdf.Array)]
        assert len(digits) == (10 if number else 4)  # the date has 0, 2, 3 and 5
        assert ([500.0] * 10 in widths) == bool(number)


# --- the WeasyPrint that they were written for -----------------------------------------------------------------------

READ = {
    "css.AnonymousStyle": "414bbf41061e",
    "css.ComputedStyle": "4ff0512c0af1",
    "css.PAGE_MARGIN_BOXES": "2e778152aa40",
    "css.find_style_attributes": "c5b4eb4d3c00",
    "css.preprocess_declarations": "4db5fa5a1b14",
    "css.StyleFor": "dac5a1326168",
    "css.tinycss2.parse_blocks_contents": "8a0931e38442",
    "document.Page": "69061840d66b",
    "draw.draw_inline_level": "068162a401d0",
    "draw.text.draw_first_line": "1bb8eae6d88e",
    "draw.text.draw_text": "ebaf96239c6c",
    "formatting_structure.boxes.Box": "ff6d62300baf",
    "formatting_structure.boxes.ParentBox": "2ff6abe36fdc",
    "formatting_structure.boxes.TextBox": "7fcb818c71c2",
    "layout.absolute.AbsolutePlaceholder": "336e26c56311",
    "layout.background.layout_box_backgrounds": "617a870678c8",
    "layout.block._linebox_layout": "e07bbe000974",
    "layout.inline._adjust_line_height": "822443b08f53",
    "layout.inline.get_next_linebox": "67af458c2545",
    "layout.inline.iter_line_boxes": "04aec48abfca",
    "layout.inline.line_box_verticality": "1018aadb3410",
    "layout.inline.split_inline_box": "3a0cb7ca7e34",
    "layout.inline.split_inline_level": "d98c008c8fc0",
    "layout.inline.split_text_box": "8c564329599e",
    "layout.page.make_margin_boxes": "4a2d2e301eb3",
    "layout.percent.resolve_percentages": "71673078096f",
    "pdf.anchors.add_links": "262e8b9b2998",
    "pdf.fonts.Font": "1888854798bf",
    "pdf.fonts.build_fonts_dictionary": "fc551bef35d0",
    "pdf.generate_pdf": "626343ef25c3",
    "pdf.stream.Stream": "624257224db6",
    "pdf.tags._build_box_tree": "f716251a83e7",
    "pdf.tags.add_tags": "f0e74575b0ba",
    "text.fonts.font_features": "e35741064c06",
    "text.fonts.get_font_description": "85734b8947b9",
    "text.fonts.get_pango_font_key": "74cbeff1fac3",
    "text.line_break.Layout": "681b737d1ba5",
    "text.line_break.first_line_metrics": "55ec5d0b58b2",
    "text.line_break.split_first_line": "39ad1016863c",
    "text.line_break.strut": "b57885b70dd0",
    "HTML": "77bbd748d3b2",
}
"""What the short cuts rest on, and the beginning of its digest."""


def digest(name):
    with plain():
        found = functools.reduce(getattr, name.split("."), weasyprint)
        text = repr(sorted(found)) if isinstance(found, frozenset) else inspect.getsource(found)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", READ)
def test_weasyprint_is_the_one_that_was_read(name):
    """Where this fails, read what has changed there, see that the short cuts still say the same, and renew the digest."""
    assert digest(name) == READ[name]


def test_a_glyph_is_as_long_as_pango_s():
    assert lines._GLYPH.size == lines._ffi.sizeof("PangoGlyphInfo")
    assert weasyprint.text.ffi.pango.PANGO_GLYPH_EMPTY == lines._NO_GLYPH


def test_everything_replaced_was_read():
    with plain():
        read = [functools.reduce(getattr, name.split("."), weasyprint) for name in READ]
        members = [member for one in read if inspect.isclass(one) for member in vars(one).values()]
    assert [own for own in engine.REPLACED.values() if not any(own is one for one in (*read, *members))] == []
    assert len(engine.REPLACED) == 14
