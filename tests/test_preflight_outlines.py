"""Preflight reads lines in place of outlines, and no page twice: what it measures stays the same to the last bit."""

from __future__ import annotations

import io
from functools import partial

import pikepdf
import pytest
from layouts import from_yaml
from presses import edited

from gongwen import preflight
from gongwen.preflight import outlines, reading
from gongwen.preflight.charstrings import Charstrings, NotPlainError
from gongwen.preflight.fingerprints import Fingerprints
from gongwen.preflight.reading import Pdf
from gongwen.resources import fonts

DRAFT = """
kind: 通知
issuer: 焦作市总工会
number: 焦工文〔2025〕6号
title: 焦作市总工会关于开展职工夏送清凉活动的通知
addressees: 各基层工会
body:
  - 为贯彻落实上级关于加强职工服务工作的部署，切实做好2025年有关工作，各单位要“高度重视”，加强领导——不得推诿。
  - heading: 活动安排
    body:
      - 活动时间为七月。
attachments:
  - title: 活动方案
    body: [方案如下……请遵照执行。]
  - title: 活动名册
    body: [名册如下。]
date: 2025-07-01
"""
EDITED = DRAFT.replace("方案如下", "办法如下，另附表格")


@pytest.fixture(scope="module")
def draft():
    return from_yaml(DRAFT)


@pytest.fixture(scope="module")
def pdf(press, draft):
    return press.pdf(draft)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test begins as a new process does."""
    for kept in (reading._read, reading._glyphs, outlines._lines, outlines._outlines):
        kept.clear()
    outlines._light.cache_clear()


@pytest.fixture
def pages_read(monkeypatch):
    """The numbers of the pages that pdfium reads."""
    numbers = []
    sheet = reading._PageReader.sheet

    def counted(reader):
        numbers.append(reader._number)
        return sheet(reader)

    monkeypatch.setattr(reading._PageReader, "sheet", counted)
    return numbers


def described(data):
    """Every character: what it is, its place, its cell and its ink."""
    with Pdf(data) as opened:
        return [
            (one.text, one.page, one.x, one.baseline, one.style.font, one.style.size, one.advance, one.ink)
            for sheet in opened.sheets
            for one in sheet.chars
        ]


# --- Lines in place of outlines -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_every_character_is_the_same_with_lines_in_place_of_outlines(press, draft, profile, monkeypatch):
    data = press.pdf(draft, profile)
    with Pdf(data) as opened:
        styles = {char.style for sheet in opened.sheets for char in sheet.chars}
        assert len({style.font for style in styles}) >= 4
        assert all(style.glyphs._light for style in styles)
    light, again = described(data), described(data)
    monkeypatch.setattr(outlines, "_lighten", lambda *_: None)
    reading._read.clear()
    assert len(light) > 150
    assert described(data) == light == again


def test_every_notice_is_measured_the_same(notice, profile, built, monkeypatch):
    made = built(notice, profile)
    data = made.pdf.read_bytes()
    measured = partial(preflight.measure, data, made.document, profile)
    light, again = measured(), measured()
    monkeypatch.setattr(outlines, "_lighten", lambda *_: None)
    reading._read.clear()
    assert len(light) > 40
    assert measured() == light == again


def test_pdfium_gets_the_file_with_other_fonts_and_nothing_else_changed(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        named = {str(font.BaseFont)[1:]: font for font in file.pages[0].obj.Resources.Font.values()}
        light = outlines.Outlines(pdf, named.items())
        assert all(name in light for name in named)
        assert len(light.data) == len(pdf)
        with pikepdf.open(io.BytesIO(light.data)) as other:
            changed = [
                one.objgen
                for one, same in zip(file.objects, other.objects, strict=True)
                if isinstance(one, pikepdf.Stream) and one.read_bytes() != same.read_bytes()
            ]
        assert sorted(changed) == sorted(
            font.DescendantFonts[0].FontDescriptor.FontFile3.objgen for font in named.values()
        )


def test_a_font_whose_name_comes_twice_stays_as_it_is(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        first, *others = [(str(font.BaseFont)[1:], font) for font in file.pages[0].obj.Resources.Font.values()]
        light = outlines.Outlines(pdf, [first, first, *others])
        assert first[0] not in light
        assert others
        assert all(name in light for name, _ in others)


@pytest.mark.parametrize("name", ["NotoSerifSC-Regular-8105.otf", "GongwenBuzi-Regular.ttf"])
def test_outlines_that_call_subroutines_or_are_no_charstrings_are_left_alone(name):
    with pytest.raises(NotPlainError):
        Charstrings((fonts() / name).read_bytes())


def test_a_font_cut_off_anywhere_is_no_font(book):
    face = book.faces["songti"]
    program = face.subset((1, 2, 3))
    whole = Charstrings(program)
    assert whole.span(1).stop > whole.span(1).start
    with pytest.raises(IndexError):
        whole.span(0xFFFF)
    table = next(start for start in range(12, 400, 16) if program[start : start + 4] == b"CFF ")
    start = int.from_bytes(program[table + 8 : table + 12], "big")
    for length in range(0, start + 40, 3):
        with pytest.raises(NotPlainError):
            Charstrings(program[:length])


def test_no_more_is_kept_than_there_is_room_for(pdf, monkeypatch):
    monkeypatch.setattr(outlines, "_KEPT", 5)
    monkeypatch.setattr(reading, "_MOST_READ", 1)
    results = preflight.measure(pdf)
    assert len(reading._read) == 1
    for kept in (reading._glyphs, outlines._lines, outlines._outlines):
        assert len(kept) == 5
    assert preflight.measure(pdf) == results


def test_what_is_kept_holds_no_file_open(pdf):
    preflight.measure(pdf)
    assert reading._read
    glyphs = {char.style.glyphs for sheet in reading._read.values() for char in sheet.chars}
    assert glyphs
    assert all(one.outlines is None and one.font is None for one in glyphs)


# --- Pages that are not read again --------------------------------------------------------------------------------------------


def test_of_an_edited_draft_the_edited_page_alone_is_read(press, draft, pdf, pages_read):
    preflight.measure(pdf, draft, "print")
    assert pages_read == [1, 2, 3, 4]
    pages_read.clear()
    other = from_yaml(EDITED)
    data = press.pdf(other)
    after_edit = preflight.measure(data, other, "print")
    assert pages_read == [3]
    reading._read.clear()
    assert preflight.measure(data, other, "print") == after_edit


def _fingerprints(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        named = {str(font.BaseFont)[1:]: font for font in file.pages[0].obj.Resources.Font.values()}
        found = Fingerprints(file, outlines.Outlines(data, named.items()))
        return [found.of(index) for index in range(len(file.pages))]


def _font(file, word):
    return next(font for font in file.pages[0].obj.Resources.Font.values() if word in str(font.BaseFont))


def _content(file, change):
    page = file.pages[0].obj
    page.Contents = file.make_stream(change(page.Contents.read_bytes()))


def _widen(file):
    widths = _font(file, "fangsong").DescendantFonts[0].W
    for item in widths:
        if isinstance(item, pikepdf.Array):
            item[0] = 900


def _reread(file):
    font = _font(file, "fangsong")
    codes = font.ToUnicode.read_bytes()
    assert b"> <4e3a>" in codes  # 为
    font.ToUnicode = file.make_stream(codes.replace(b"> <4e3a>", b"> <4e8e>"))


def _redraw(file):
    stream = _font(file, "fangsong").DescendantFonts[0].FontDescriptor.FontFile3
    program = bytearray(stream.read_bytes())
    found = Charstrings(bytes(program))
    spans = map(found.span, range(4000))
    long = [span for span in spans if span.stop - span.start > 20]
    assert long
    for span in long:
        program[span.stop - 4] ^= 1
    stream.write(bytes(program))


CHANGES = {
    "a box": lambda file: file.pages[0].obj.__setattr__("TrimBox", pikepdf.Array([0, 0, 500, 800])),
    "the content": lambda file: _content(file, lambda content: content.replace(b" Tm", b".5 Tm", 1)),
    "a colour": lambda file: file.pages[0].obj.Resources.__setattr__("ColorSpace", pikepdf.Dictionary()),
    "an ascent": lambda file: _font(file, "fangsong").DescendantFonts[0].FontDescriptor.__setattr__("Ascent", 700),
    "widths": _widen,
    "characters": _reread,
    "outlines": _redraw,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_page_shows_is_in_its_fingerprint(pdf, change):
    before, after = _fingerprints(edited(pdf, lambda _: None)), _fingerprints(edited(pdf, change))
    assert None not in before
    assert after[0] is not None
    assert before[0] != after[0]


UNTOLD = {
    "a string of bytes": lambda file: _content(file, lambda content: content + b"\nBT (a) Tj ET"),
    "a font of another name": lambda file: _content(file, lambda content: content + b"\nBT /F#31 12 Tf ET"),
    "a code of one byte": lambda file: _content(file, lambda content: content + b"\nBT <00> Tj ET"),
    "a form": lambda file: file.pages[0].obj.Resources.XObject.__setitem__(
        "/Form", file.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    ),
    "no content": lambda file: file.pages[0].obj.__delattr__("Contents"),
    "what may be hidden": lambda file: file.pages[0].obj.Resources.__setattr__("Properties", pikepdf.Dictionary()),
}


@pytest.mark.parametrize("change", UNTOLD.values(), ids=UNTOLD)
def test_a_page_of_which_it_cannot_be_told_has_no_fingerprint(pdf, change):
    assert _fingerprints(edited(pdf, change))[0] is None


def test_a_page_that_has_something_of_the_node_above_has_no_fingerprint(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        light = outlines.Outlines(
            pdf, [(str(font.BaseFont)[1:], font) for font in file.pages[0].obj.Resources.Font.values()]
        )
        assert Fingerprints(file, light).of(0) is not None
        file.pages[0].obj.Parent.Rotate = 90
        assert Fingerprints(file, light).of(0) is None


def test_the_same_page_in_another_place_has_another_fingerprint(pdf):
    found = _fingerprints(edited(pdf, lambda file: file.pages.append(file.pages[0])))
    assert None not in found
    assert found[0] != found[-1]


def test_pages_without_a_fingerprint_are_measured_all_the_same(pdf, draft, pages_read):
    data = edited(pdf, UNTOLD["a form"])
    assert preflight.measure(data, draft, "print") == preflight.measure(data, draft, "print")
    assert pages_read == [1, 2, 3, 4] * 2
