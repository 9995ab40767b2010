"""Files for the press, read back: copies are what their documents would be, and files are small, whole and always the same."""

import io
import re

import pikepdf
import pypdfium2 as pdfium
import pytest

from gongwen import preflight, press
from gongwen.fonts import together
from gongwen.options import PRINT, Options
from gongwen.press.copies import MOST_PAGES
from gongwen.press.stamp import Stamp

NOTICE = """\
kind: 通知
issuer: 某某市总工会
number: 某工文〔2025〕6号
title: 某某市总工会关于做好防暑降温工作的通知
addressees: 各县总工会
body:
  - 各级工会要走访慰问高温作业的职工，把关怀送到一线。
  - 请于2025年7月3日前报送安排。
attachments:
  - title: 名单
    body: [甲。]
date: 2025-06-01
imprint: {issuing_office: 某某市总工会办公室, issued_on: 2025-06-02}
"""
LETTER = """\
kind: 函
issuer: 某某市总工会
number: 某工函〔2025〕6号
title: 某某市总工会关于商请支持疗休养工作的函
addressees: 某某市财政局
body: [为做好职工疗休养工作，商请支持。, 妥否，请函复。]
date: 2025-06-01
"""
BULLETIN = """\
kind: 简报
mark: 某某工会工作简报
issue: 12
issuer: 某某市总工会办公室
date: 2026-07-01
items:
  - title: 某某县总工会用好职工书屋
    body: [某某县总工会把职工书屋建到车间，方便职工就近读书。]
"""
DRAFTS = {"notice": NOTICE, "letter": LETTER, "bulletin": BULLETIN}


@pytest.fixture
def made(draft, compiler):
    """A function: text of a draft, options → what was made of it and measured."""

    def make(text, options=PRINT, letters=None):
        checked = compiler.check(draft(text), overprint=options.overprint)
        return compiler.measure(compiler.make(checked, options, letters or {}), options)

    return make


@pytest.fixture
def pdf(made):
    """A function: text of a draft → the bytes of its PDF."""

    def make(text, options=PRINT, letters=None):
        (one,) = made(text, options, letters).pdfs
        return one.data

    return make


def texts(data):
    """The text of each page, and the place of each of its characters: left, bottom, right, top in points."""
    opened = pdfium.PdfDocument(data)
    found = []
    for page in opened:
        text = page.get_textpage()
        boxes = [tuple(round(edge, 3) for edge in text.get_charbox(index)) for index in range(text.count_chars())]
        found.append((text.get_text_range(), boxes))
        text.close()
        page.close()
    opened.close()
    return found


def opened(data):
    return pikepdf.open(io.BytesIO(data))


# --- Numbered copies ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DRAFTS)
@pytest.mark.parametrize("options", [Options(), Options(overprint=True)], ids=["whole", "overprint"])
def test_a_copy_is_what_a_document_with_its_number_is(pdf, kind, options):
    master = pdf(DRAFTS[kind] + "copies: 120\n", options)
    pages = texts(press.numbered(master, 1, 120))
    count = len(pages) // 120
    for number in (1, 57, 120):
        alone = texts(pdf(f"{DRAFTS[kind]}copy_number: {number}\n", options))
        assert f"{number:06}" in alone[0][0]
        assert pages[count * (number - 1) : count * number] == alone
        assert texts(press.copy(master, number)) == alone


def test_copies_are_in_order_and_only_the_number_changes(pdf):
    pages = texts(press.numbered(pdf(NOTICE + "copies: 1200\n"), 1, 1200))
    assert len(pages) == 2400
    assert [text[:6] for text, _ in pages[::2]] == [f"{number:06}" for number in range(1, 1201)]
    assert len({text[6:] for text, _ in pages[::2]}) == 1
    assert len({text for text, _ in pages[1::2]}) == 1


def test_numbers_begin_where_the_draft_says(made):
    (one,) = made(NOTICE + "copy_number: 999901\ncopies: 99\n").pdfs
    assert one.copies == range(999901, 1000000)
    pages = texts(press.numbered(one.data, one.copies.start, len(one.copies)))
    assert [pages[0][0][:6], pages[-2][0][:6]] == ["999901", "999999"]
    assert texts(press.copy(one.data, 999999, set_with=999901)) == pages[-2:]


def test_a_long_run_goes_to_several_files(pdf):
    master = pdf(NOTICE + "copies: 999999\n")
    several = press.parts(range(1, 1000000), 2)
    assert [len(part) for part in several] == [MOST_PAGES // 2] * 19 + [49999]
    assert [number for part in several for number in part] == list(range(1, 1000000))
    assert press.parts(range(1, 10001), 2) == [range(1, 10001)]
    assert press.parts(range(1, 4), MOST_PAGES + 1) == [range(1, 2), range(2, 3), range(3, 4)]
    pages = texts(press.numbered(master, 50001, 3, set_with=1))
    assert [text[:6] for text, _ in pages[::2]] == ["050001", "050002", "050003"]


@pytest.mark.parametrize("number", [1, 57, 120])
def test_copies_pass_preflight(made, number):
    whole = made(NOTICE + "copies: 120\n")
    of_copy = made(f"{NOTICE}copy_number: {number}\n")
    results = preflight.measure(press.copy(whole.pdfs[0].data, number), of_copy.document, "print")
    assert results == list(of_copy.pdfs[0].results)
    assert [one.rule for one in results if one.rule in ("E-08", "H-03", "H-03.left")] == ["E-08", "H-03", "H-03.left"]
    assert {one.verdict for one in results} == {"met"}


def test_the_highest_figure_keeps_its_distance_from_the_rule_of_a_letter(made):
    text = LETTER.replace("number: 某工函〔2025〕6号\n", "")
    master = made(text + "copies: 9\n")
    of_copy = made(text + "copy_number: 7\n")
    results = {
        one.rule: one for one in preflight.measure(press.copy(master.pdfs[0].data, 7), of_copy.document, "print")
    }
    assert results["L-07"].verdict == "met"


def test_without_copies_there_is_one(made):
    assert made(NOTICE).pdfs[0].copies is None
    assert made(NOTICE + "copy_number: 18\n").pdfs[0].copies is None


def test_the_archive_keeps_one_copy(made):
    (one,) = made(NOTICE + "copies: 120\n", Options("archive")).pdfs
    assert one.copies is None
    assert texts(one.data)[0][0].startswith("000001")
    with pytest.raises(press.PressError, match="不是付印的 PDF"):
        press.numbered(one.data, 1, 120)


def test_attachments_that_are_not_bound_have_no_copies(made):
    text = NOTICE.replace("  - title: 名单\n", "  - title: 名单\n    bound: false\n") + "copies: 120\n"
    document, attachment = made(text).pdfs
    assert (document.copies, attachment.copies) == (range(1, 121), None)


# --- Never the wrong number --------------------------------------------------------------------------------------------------

TWICE = {
    "copies": NOTICE.replace(
        "  - 请于", "  - {table: 代码表, columns: [代码, 名称], rows: [['000001', 甲], ['000002', 乙]]}\n  - 请于"
    ),
    "份数": """\
文种: 通知
发文机关: 某机关
标题: 某机关关于公布代码的通知
正文:
  - 现将代码公布如下。
  - {表格: 代码表, 列: [代码, 名称], 行: [['000001', 甲], ['000002', 乙]]}
""",
}


@pytest.mark.parametrize("key", TWICE)
def test_a_number_that_stands_there_twice_is_not_exchanged(made, key):
    found = made(f"{TWICE[key]}{key}: 120\n")
    assert found.pdfs == ()
    (fault,) = [one for one in found.diagnostics if one.is_error]
    assert (fault.check.name, fault.span.start.line) == ("copies-not-numbered", TWICE[key].count("\n") + 1)
    assert fault.message == "首页有2处“000001”，认不出份号"
    assert made(f"{TWICE[key]}{key}: 120\n".replace("'000001'", "'000003'")).pdfs[0].copies == range(1, 121)


def test_a_number_that_is_not_there_is_not_made_up(pdf):
    master = pdf(NOTICE + "copies: 120\n")
    for call in (lambda: press.numbered(master, 2, 9), lambda: press.copy(master, 9, set_with=2)):
        with pytest.raises(press.PressError, match="首页没有找到“000002”，认不出份号"):
            call()


def changed_fangsong(data, change):
    """The file with another 仿宋, which ``change`` changes."""
    with opened(data) as file:
        (font,) = [font for font in file.pages[0].Resources.Font.values() if "fangsong" in str(font.BaseFont)]
        change(font)
        target = io.BytesIO()
        file.save(target)
    return target.getvalue()


def without_nine(font):
    font.ToUnicode.write(re.sub(rb"<....> <0039>\n", b"", font.ToUnicode.read_bytes()))


def with_two_nines(font):
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0039>\n", b"<0039>\n<7777> <0039>\n"))


@pytest.mark.parametrize("change", [without_nine, with_two_nines])
def test_a_face_that_does_not_tell_its_digits_is_refused(pdf, change):
    with pytest.raises(press.PressError, match="认不出数字9的字形"):
        press.numbered(changed_fangsong(pdf(NOTICE + "copies: 120\n"), change), 1, 120)


def test_figures_of_unequal_width_are_refused(pdf):
    def change(font):
        widths = font.DescendantFonts[0].W
        (place,) = [index for index, one in enumerate(widths) if isinstance(one, pikepdf.Array) and len(one) >= 10]
        assert {int(one) for one in widths[place]} == {500}
        widths[place][3] = 501

    with pytest.raises(press.PressError, match="数字宽窄不一"):
        press.numbered(changed_fangsong(pdf(NOTICE + "copies: 120\n"), change), 1, 120)


def test_figures_are_exchanged_wherever_they_are_parted():
    codes = tuple(f"{0x11 + digit:04x}".encode() for digit in range(10))
    stamp = Stamp(b"", b"[<00110011>-1<0011>0<001100110012>] TJ", b"", codes)
    assert stamp.of(1) == stamp.operator
    assert stamp.of(123456) == b"[<00120013>-1<0014>0<001500160017>] TJ"
    assert stamp.of(999999) == b"[<001a001a>-1<001a>0<001a001a001a>] TJ"


# --- The file ----------------------------------------------------------------------------------------------------------------


def nodes(node):
    yield node
    for kid in node.Kids:
        if kid.Type == pikepdf.Name.Pages:
            yield from nodes(kid)


def test_the_file_is_whole(pdf):
    master = pdf(NOTICE + "copies: 1200\n")
    with opened(press.numbered(master, 1, 1200)) as file, opened(master) as alone:
        assert file.check_pdf_syntax() == []
        every = list(nodes(file.Root.Pages))
        assert file.Root.Pages.Count == 2400
        assert len(every) == 1 + 24
        assert all(len(node.Kids) <= 100 for node in every)
        assert all(kid.Parent.objgen == node.objgen for node in every for kid in node.Kids)
        for page in (file.pages[0].obj, file.pages[1].obj, file.pages[-2].obj, file.pages[-1].obj):
            assert {name: str(page[name]) for name in ("/MediaBox", "/TrimBox", "/BleedBox")} == {
                name: str(alone.pages[0][name]) for name in ("/MediaBox", "/TrimBox", "/BleedBox")
            }
        assert len({page.Resources.objgen for page in file.pages}) == 1
        assert file.Root.OutputIntents[0].S == "/GTS_PDFX"
        assert b"PDF/X-4" in file.Root.Metadata.read_bytes()
        assert "/Filter" not in file.Root.Metadata
        assert file.trailer.Info.Title == alone.trailer.Info.Title
        assert file.trailer.Info.Trapped == "/False"
        assert file.pdf_version == alone.pdf_version == "1.6"
        with file.open_outline() as outline, alone.open_outline() as own:
            assert [item.title for item in outline.root] == [item.title for item in own.root]
            assert outline.root[0].destination[0].objgen == file.pages[0].objgen


def test_viewers_call_a_page_by_its_copy(pdf):
    file = pdfium.PdfDocument(press.numbered(pdf(NOTICE + "copies: 120\n"), 1, 120))
    assert [file.get_page_label(index) for index in (0, 1, 2, 113, 239)] == [
        *("000001-1", "000001-2", "000002-1", "000057-2", "000120-2"),
    ]
    file.close()


def test_a_copy_costs_as_good_as_nothing(pdf):
    master = pdf(NOTICE + "copies: 1200\n")
    ten, many = (len(press.numbered(master, 1, count)) for count in (10, 1010))
    assert (many - ten) / 1000 < 200


def test_copies_are_the_same_whenever_they_are_made(pdf):
    master = pdf(NOTICE + "copies: 120\n")
    other = pdf(LETTER + "copies: 120\n")
    first = press.numbered(master, 1, 120), press.copy(master, 57)
    press.copy(other, 57)
    assert (press.numbered(master, 1, 120), press.copy(master, 57)) == first


def test_every_file_has_an_identity_of_its_own(pdf):
    master = pdf(NOTICE + "copies: 120\n")
    files = [master, press.numbered(master, 1, 120), press.numbered(master, 1, 60)]
    files += [press.copy(master, number) for number in (1, 2, 57)]
    seen = set()
    for data in files:
        with opened(data) as file:
            assert file.check_pdf_syntax() == []
            seen.add((bytes(file.trailer.ID[0]), file.Root.Metadata.read_bytes()))
    assert len({one for one, _ in seen}) == len({metadata for _, metadata in seen}) == len(files)


def test_single_copies_differ_in_bytes_that_are_exchanged_alone(pdf):
    master = pdf(NOTICE + "copies: 120\n")
    one, other = press.copy(master, 1), press.copy(master, 100)
    assert len(one) == len(other)
    assert sum(a != b for a, b in zip(one, other, strict=True)) < 150


# --- Several documents in one file -------------------------------------------------------------------------------------------

GUESTS = ("李华", "张三丰", "欧阳明", "赵敏")


def invitation(name):
    return LETTER.replace("某某市财政局", f"{name}同志")


@pytest.fixture
def bound(pdf, compiler, draft):
    """Letters to several guests, made with the letters of all, and the file that they are bound to."""
    letters = together(compiler.check(draft(invitation(name))).layout.letters for name in GUESTS)
    several = [pdf(invitation(name), letters=letters) for name in GUESTS]
    return several, press.bind(several)


def test_documents_are_bound_in_order(bound):
    several, whole = bound
    assert texts(whole) == [page for one in several for page in texts(one)]
    with opened(whole) as file:
        assert file.check_pdf_syntax() == []
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == ["某某市总工会关于商请支持疗休养工作的函"] * 4
            assert [item.destination[0].objgen for item in outline.root] == [
                file.pages[index].objgen for index in range(0, len(file.pages), len(file.pages) // 4)
            ]
        assert [str(one.S) for one in file.Root.OutputIntents] == ["/GTS_PDFX"]
        assert file.pdf_version == "1.6"
        assert b"PDF/X-4" in file.Root.Metadata.read_bytes()
        assert file.trailer.Info.Trapped == "/False"


def streams(data):
    with opened(data) as file:
        return [one.read_raw_bytes() for one in file.objects if isinstance(one, pikepdf.Stream)]


def test_what_is_the_same_in_all_stands_there_once(bound):
    several, whole = bound
    found = [one for one in streams(whole) if len(one) > 200]
    assert len(found) == len(set(found))
    assert len(whole) < len(several[0]) + 4000
    alone = {one for data in several for one in streams(data)}
    assert {one for one in found if len(one) > 5000} == {one for one in alone if len(one) > 5000}


def test_faces_are_shared_by_documents_made_with_the_letters_of_all(pdf, bound):
    apart = press.bind([pdf(invitation(name)) for name in GUESTS])
    assert len(apart) > len(bound[1]) + 10000


def test_a_bound_file_is_always_the_same(bound):
    several, whole = bound
    assert press.bind(iter(several)) == whole
    assert press.bind(several[::-1]) != whole


FILE = (
    "E-07.embedded",
    "E-07.subset",
    "E-07.unicode",
    "E-10.title",
    "E-11.x4",
    "K-04.rgb",
    "K-07.duplex",
    "K-07.scaling",
    "P-01.trim",
)
"""What is measured in a file whatever its pages are."""


def test_the_file_passes_preflight_as_a_file_for_print(pdf, bound):
    numbered = press.numbered(pdf(NOTICE + "copies: 9\n"), 1, 9)
    for data in (numbered, bound[1]):
        results = {one.rule: one for one in preflight.measure(data, None, "print")}
        assert {one: results[one].verdict for one in FILE} == dict.fromkeys(FILE, "met")


def test_what_is_not_for_print_is_not_bound(pdf):
    archive = pdf(LETTER, Options("archive"))
    with pytest.raises(press.PressError, match="不是付印的 PDF"):
        press.bind([pdf(LETTER), archive])
    with pytest.raises(ValueError, match="no PDF"):
        press.bind([])


def test_another_printing_condition_is_refused(pdf):
    one = pdf(LETTER)
    with opened(one) as file:
        file.Root.OutputIntents[0].OutputConditionIdentifier = pikepdf.String("FOGRA51")
        other = io.BytesIO()
        file.save(other)
    with pytest.raises(press.PressError, match="印刷条件不同"):
        press.bind([one, other.getvalue()])
