import io
import re
import struct

import pytest
import uharfbuzz as hb
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from gongwen import fonts, resources
from gongwen.fonts import (
    ROLES,
    Face,
    FontBook,
    FontError,
    Settings,
    display_name,
    is_hanzi,
    prepare,
    resolve,
)

RARE = "堃喆赟𬭚"


@pytest.fixture(scope="module")
def book():
    return FontBook()


# --- the bundled faces ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sets_hanzi_marks_and_symbols(book, role):
    glyphs = book.role(role)
    for char in f"国务院〇{RARE}，。；：？！、（）《》〈〉〔〕【】“”‘’—…·～％℃㎡★①":
        assert not glyphs[char].missing, char
    for char in f"国务院〇{RARE}，。、（）《》〔〕“”‘’—…·～％㎡★":
        assert glyphs[char].advance == 1, char


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("char", "—…“”‘’")
def test_marks_shared_with_latin_fill_their_cell(book, role, char):
    glyph = book.role(role)[char]
    assert glyph.advance == 1
    assert glyph.face == role


@pytest.mark.parametrize("role", ROLES)
def test_a_dash_of_two_is_one_stroke(book, role):
    dash = book.role(role)["—"]
    assert dash.left <= 0
    assert dash.right >= 1


@pytest.mark.parametrize(
    ("role", "text", "face"),
    [
        ("xiaobiaosong", "国A1，㎡堃", "xiaobiaosong"),
        ("fangsong", "国A1，℃%", "fangsong"),
        ("kaiti", "国，（“—℃", "kaiti"),
        ("kaiti", "A1% .-", "fangsong"),
        ("heiti", "国A1，㎡堃", "heiti"),
        ("songti", "国A1，㎡堃", "songti"),
        ("fangsong", RARE, "buzi"),
        ("kaiti", RARE, "buzi"),
        ("fangsong", "㎡", "songti"),
        ("kaiti", "㎡", "songti"),
    ],
)
def test_a_character_comes_from_the_first_face_that_serves_it(book, role, text, face):
    assert {char: book.role(role)[char].face for char in text} == dict.fromkeys(text, face)


def test_the_gap_face_serves_nothing_but_hanzi(book):
    gap = book.faces["buzi"]
    assert RARE[0] in gap
    for role in ROLES:
        glyphs = book.role(role)
        for code in range(0x20, 0x3100):
            assert glyphs[chr(code)].face != "buzi", hex(code)


def test_what_is_a_hanzi():
    assert all(map(is_hanzi, "国〇𬭚㐀"))
    assert not any(map(is_hanzi, "A1，。㎡ア\u3000\n"))


@pytest.mark.parametrize("role", ["fangsong", "kaiti", "songti"])
def test_digits_of_the_text_and_of_page_numbers_are_half_a_cell(book, role):
    assert {book.role(role)[digit].advance for digit in "0123456789"} == {0.5}


def test_page_numbers_use_the_half_width_figures_of_songti(book):
    assert {book.role("songti")[digit].feature for digit in "0123456789"} == {"hwid"}
    assert book.role("songti")["A"].feature == ""


def test_ink_lies_in_its_cell_and_a_blank_has_none(book):
    glyph = book.role("fangsong")["国"]
    assert 0 <= glyph.left < glyph.right <= 1
    assert -fonts.DESCENT <= glyph.bottom < glyph.top <= fonts.ASCENT
    blank = book.role("fangsong")["\u3000"]
    assert (blank.advance, blank.left, blank.right, blank.top, blank.bottom) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("xiaobiaosong", "焦作市总工会文件关于《通知》（试行）"),
        ("fangsong", "焦工文豫国发〔2025〕16号"),
        ("kaiti", "王小明李欧阳"),
        ("songti", "—"),
    ],
)
def test_ink_that_places_a_line_is_that_of_the_outline(book, role, text):
    """Heights within a hundredth of a cell: mark, number, signers, title and page number hang by their ink."""
    for char in text:
        glyph = book.role(role)[char]
        with TTFont(book.faces[glyph.face].path, lazy=True) as font:
            pen = BoundsPen(font.getGlyphSet())
            font.getGlyphSet()[font.getBestCmap()[ord(char)]].draw(pen)
            _, bottom, _, top = pen.bounds
        assert glyph.top == pytest.approx(top / 1000, abs=0.01), char
        assert glyph.bottom == pytest.approx(bottom / 1000, abs=0.01), char


def test_missing_characters_are_found_at_their_offsets(book):
    text = "国\U0001f600务\n院\ue000\U0001f600"
    assert book.missing("fangsong", text) == [1, 5, 6]
    assert book.missing("heiti", "国务院") == []
    glyph = book.role("fangsong")["\U0001f600"]
    assert (glyph.missing, glyph.face, glyph.advance) == (True, "fangsong", 1)


def test_the_report_names_every_role_and_what_stands_in_for_what(book):
    assert book.substitutes() == list(ROLES)
    report = book.report()
    assert [line.partition("：")[0] for line in report] == ["小标宋", "仿宋", "楷体", "黑体", "宋体"]
    assert all("随附字体，代" in line for line in report)
    assert report[1].endswith("（随附字体，代仿宋_GB2312）")


# --- a unit's own faces -----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """No test writes to the user's cache, and none sees the fonts of this machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.setattr(fonts, "_font_folders", lambda: [folder, tmp_path / "absent"])
    fonts._installed.cache_clear()
    fonts._names_by_index.cache_clear()
    yield
    fonts._installed.cache_clear()
    fonts._names_by_index.cache_clear()


def square(size):
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((size, 0), (size, size), (0, size)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def small_font(path, *, family="试验字体", chars="一二A—", upem=2048, advance=None, fs_type=0, os2=True, name=True):
    """A TrueType font with metrics of its own."""
    advance = advance or upem
    glyphs = [".notdef", *(f"u{ord(char):05X}" for char in chars)]
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(char): f"u{ord(char):05X}" for char in chars})
    builder.setupGlyf({glyph: square(upem // 2) for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (advance, 0)))
    builder.setupHorizontalHeader(ascent=3000, descent=-900, lineGap=333)
    if name:
        builder.setupNameTable({"familyName": {"en": "Trial Face", "zh": family}, "styleName": "Regular"})
    if os2:
        builder.setupOS2(
            sTypoAscender=2500, sTypoDescender=-700, sTypoLineGap=99, usWinAscent=2600, usWinDescent=800, fsType=fs_type
        )
    builder.setupPost()
    builder.save(path)
    return path


def test_a_prepared_face_has_the_metrics_of_the_grid(tmp_path):
    target = prepare(small_font(tmp_path / "own.ttf"))
    assert target.parent == tmp_path / "cache" / "gongwen" / "faces"
    with TTFont(target) as font:
        hhea, os2 = font["hhea"], font["OS/2"]
        assert (hhea.ascent, hhea.descent, hhea.lineGap) == (1802, -246, 0)
        assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (1802, -246, 0)
        assert (os2.usWinAscent, os2.usWinDescent) == (1802, 246)
        assert font["hmtx"]["u04E00"] == (2048, 0)


def test_preparing_is_done_once_for_the_same_bytes(tmp_path):
    first = prepare(small_font(tmp_path / "a.ttf"))
    first.write_bytes(b"kept")
    copy = tmp_path / "b.ttf"
    copy.write_bytes((tmp_path / "a.ttf").read_bytes())
    assert prepare(copy) == first
    assert first.read_bytes() == b"kept"
    assert prepare(small_font(tmp_path / "c.ttf", upem=1000)) != first
    assert not list(first.parent.glob("*.tmp"))


def test_a_face_without_an_os2_table_is_prepared(tmp_path):
    with TTFont(prepare(small_font(tmp_path / "own.ttf", os2=False))) as font:
        assert "OS/2" not in font
        assert font["hhea"].lineGap == 0


@pytest.mark.parametrize(("fs_type", "allowed"), [(0x0000, True), (0x0004, True), (0x0008, True), (0x0002, False)])
def test_a_face_that_forbids_embedding_is_refused(tmp_path, fs_type, allowed):
    path = small_font(tmp_path / "own.ttf", fs_type=fs_type)
    if allowed:
        assert prepare(path).is_file()
    else:
        with pytest.raises(FontError, match=re.escape("“own.ttf”不许嵌入（fsType 为 2）")):
            prepare(path)


CID_TEXT = "国务院12A—“”，一二三四五"


@pytest.fixture(scope="module")
def cid_font(tmp_path_factory):
    """A subset of a bundled face: CID-keyed, and its CIDs are those of the whole face, so charset and glyph ids differ."""
    path = tmp_path_factory.mktemp("cid") / "cid.otf"
    options = subset.Options(notdef_outline=True, layout_features=["*"], legacy_cmap=True)
    with subset.load_font(str(resources.fonts() / "FandolFang-Regular.otf"), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=CID_TEXT)
        subsetter.subset(font)
        order = font.getGlyphOrder()
        assert order != [order[0], *(f"cid{number:05d}" for number in range(1, len(order)))]
        names = font.getBestCmap()
        roman = CmapSubtable.newSubtable(6)
        roman.platformID, roman.platEncID, roman.language, roman.cmap = 1, 0, 0, {0x41: names[ord("A")]}
        variants = CmapSubtable.newSubtable(14)
        variants.platformID, variants.platEncID, variants.language, variants.cmap = 0, 5, 0xFF, {}
        variants.uvsDict = {0xFE00: [(ord("一"), names[ord("二")]), (ord("国"), None)]}
        font["cmap"].tables += [roman, variants]
        font.save(path)
    return path


def test_a_cid_keyed_face_gets_an_identity_charset_and_keeps_its_glyphs(cid_font):
    target = prepare(cid_font)
    with TTFont(target) as font, TTFont(cid_font) as before:
        top = font["CFF "].cff.topDictIndex[0]
        size = len(before.getGlyphOrder())
        assert top.charset == [".notdef", *(f"cid{number:05d}" for number in range(1, size))]
        assert font["hmtx"].metrics[font.getBestCmap()[ord("1")]][0] == 500
        position = {name: number for number, name in enumerate(font.getGlyphOrder())}
        position_before = {name: number for number, name in enumerate(before.getGlyphOrder())}
        for table, table_before in zip(font["cmap"].tables, before["cmap"].tables, strict=True):
            assert {code: position[name] for code, name in table.cmap.items()} == {
                code: position_before[name] for code, name in table_before.cmap.items()
            }
        (variants,) = (table for table in font["cmap"].tables if table.format == 14)
        assert sorted(variants.uvsDict[0xFE00], key=str) == sorted(
            [(ord("国"), None), (ord("一"), font.getBestCmap()[ord("二")])], key=str
        )
    one, other = Face("a", cid_font), Face("a", target)
    for char in CID_TEXT:
        assert other.glyph(char)[1:6] == one.glyph(char)[1:6], char


def test_an_identity_charset_is_left_alone():
    source = resources.fonts() / "FandolFang-Regular.otf"
    with TTFont(source, lazy=True) as font:
        assert not fonts._renumber(font)
        assert "GPOS" in font


def test_outlines_that_stay_are_written_back_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = resources.fonts() / "FandolFang-Regular.otf"
    with TTFont(source, lazy=True) as before, TTFont(prepare(source), lazy=True) as after:
        assert before.reader["CFF "] == after.reader["CFF "]


def test_a_face_with_names_instead_of_cids_keeps_them(tmp_path):
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({ord("一"): "one"})
    box = small_box()
    builder.setupCFF("Named", {}, {".notdef": box, "one": box}, {})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "one": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Named", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "named.otf")
    with TTFont(prepare(tmp_path / "named.otf")) as font:
        assert font.getGlyphOrder() == [".notdef", "one"]


def small_box():
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen = T2CharStringPen(1000, None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 500))
    pen.closePath()
    return pen.getCharString()


# --- files and names of the settings ----------------------------------------------------------------------------------


def test_a_file_inside_the_project(tmp_path):
    (tmp_path / "fonts").mkdir()
    path = small_font(tmp_path / "fonts" / "own.TTF")
    assert resolve("fonts/own.TTF", tmp_path) == prepare(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.ttf", "没有字体文件“absent.ttf”"),
        ("folder.otf", "没有字体文件“folder.otf”"),
        ("../outside.ttf", "字体文件“../outside.ttf”在项目文件夹之外"),
        ("/outside.ttf", "字体文件“/outside.ttf”在项目文件夹之外"),
        ("text.ttf", "“text.ttf”不是字体文件"),
        ("text.ttc", "“text.ttc”不是字体文件"),
        ("empty.otf", "“empty.otf”不是字体文件"),
        ("没有的字体", "没有安装“没有的字体”这一字体"),
    ],
)
def test_what_is_no_face_of_the_project(tmp_path, name, message):
    project = tmp_path / "project"
    (project / "folder.otf").mkdir(parents=True)
    small_font(tmp_path / "outside.ttf")
    for file in ("text.ttf", "text.ttc"):
        (project / file).write_text("这是文字，不是字体。" * 20)
    (project / "empty.otf").write_bytes(b"")
    with pytest.raises(FontError) as caught:
        resolve(name, project)
    assert caught.value.message == message
    assert caught.value.hint


def test_a_link_that_leads_out_of_the_project_is_outside(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "link.ttf").symlink_to(small_font(tmp_path / "outside.ttf"))
    with pytest.raises(FontError, match="之外"):
        resolve("link.ttf", project)


def test_a_damaged_file_is_told_and_never_raises_anything_else(tmp_path):
    whole = small_font(tmp_path / "whole.ttf").read_bytes()
    collection = collect(tmp_path / "whole.ttc", tmp_path / "whole.ttf").read_bytes()
    refused = 0
    for data, suffix in ((whole, "ttf"), (collection, "ttc")):
        for size in (1, 4, 5, 11, 12, 13, 16, 20, 30, 100, 200, len(data) // 2, len(data) - 300):
            path = tmp_path / f"cut-{size}.{suffix}"
            path.write_bytes(data[:size])
            try:
                prepare(path)
            except FontError:
                refused += 1
    assert refused >= 20


def test_a_table_that_lies_about_its_size_is_told(tmp_path):
    data = bytearray(small_font(tmp_path / "own.ttf").read_bytes())
    (count,) = struct.unpack(">H", data[4:6])
    for number in range(count):
        if data[12 + 16 * number :][:4] == b"hhea":
            data[12 + 16 * number + 12 : 12 + 16 * number + 16] = struct.pack(">L", 2)
    (tmp_path / "own.ttf").write_bytes(data)
    with pytest.raises(FontError, match="已经损坏"):
        prepare(tmp_path / "own.ttf")


def collect(path, *files):
    collection = TTCollection()
    collection.fonts = [TTFont(file) for file in files]
    collection.save(path)
    return path


def test_an_installed_family_is_found_by_its_exact_name(tmp_path):
    installed = tmp_path / "installed"
    (installed / "deep").mkdir()
    (installed / "broken.ttf").write_text("not a font")
    small_font(installed / "nameless.ttf", name=False)
    path = small_font(installed / "deep" / "own.ttf", family="方正小标宋")
    assert resolve("方正小标宋", tmp_path) == prepare(path)
    assert resolve("Trial Face", tmp_path) == prepare(path)
    with pytest.raises(FontError, match="没有安装“方正”这一字体"):
        resolve("方正", tmp_path)


def test_a_family_inside_a_collection_is_found(tmp_path):
    one = small_font(tmp_path / "one.ttf", family="甲体", chars="一")
    two = small_font(tmp_path / "two.ttf", family="乙体", chars="一二三")
    path = collect(tmp_path / "installed" / "both.ttc", one, two)
    target = resolve("乙体", tmp_path)
    assert target == prepare(path, 1)
    assert set(TTFont(target).getBestCmap()) == set(map(ord, "一二三"))
    assert set(TTFont(prepare(path)).getBestCmap()) == {ord("一")}
    with pytest.raises(FontError, match="不是字体文件"):
        prepare(path, 2)


@pytest.mark.parametrize(
    ("platform", "folder"),
    [("darwin", "Library/Fonts"), ("win32", "Fonts"), ("linux", ".local/share/fonts")],
)
def test_where_fonts_are_installed(monkeypatch, tmp_path, platform, folder):
    monkeypatch.undo()
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA", "WINDIR"):
        monkeypatch.delenv(variable, raising=False)
    assert any(str(path).endswith(folder) for path in fonts._font_folders())


@pytest.mark.parametrize(("platform", "variable"), [("win32", "LOCALAPPDATA"), ("linux", "XDG_CACHE_HOME")])
def test_the_cache_lies_where_the_system_wants_it(monkeypatch, tmp_path, platform, variable):
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path / "here"))
    assert fonts._cache() == tmp_path / "here" / "gongwen" / "faces"


def test_display_names_prefer_chinese(tmp_path):
    assert display_name(small_font(tmp_path / "own.ttf", family="试验字体")) == "试验字体"
    assert display_name(small_font(tmp_path / "own.ttf", family="Trial Face")) == "Trial Face"
    assert display_name(small_font(tmp_path / "own.ttf", name=False)) == "own.ttf"
    (tmp_path / "text.ttf").write_text("text")
    assert display_name(tmp_path / "text.ttf") == "text.ttf"


# --- own faces in the book --------------------------------------------------------------------------------------------


def test_an_own_face_comes_first_and_the_bundled_one_fills_its_gaps(tmp_path):
    own = prepare(small_font(tmp_path / "own.ttf", chars="一二A—", family="试验仿宋"))
    book = FontBook(Settings({"fangsong": own}))
    faces = {char: book.role("fangsong")[char].face for char in "一A—三1堃㎡"}
    assert faces == {
        "一": "own-fangsong", "A": "own-fangsong", "—": "own-fangsong",
        "三": "fangsong", "1": "fangsong", "堃": "buzi", "㎡": "songti",
    }  # fmt: skip
    assert book.role("heiti")["一"].face == "heiti"
    assert book.substitutes() == ["xiaobiaosong", "kaiti", "heiti", "songti"]
    assert book.report()[1] == "仿宋：试验仿宋（本单位字体）"


def test_kaiti_borrows_latin_from_the_units_own_fangsong(tmp_path):
    own = prepare(small_font(tmp_path / "own.ttf", chars="一A"))
    book = FontBook(Settings({"fangsong": own}))
    assert book.role("kaiti")["A"].face == "own-fangsong"
    assert book.role("kaiti")["一"].face == "kaiti"


def test_an_own_kaiti_keeps_its_own_latin(tmp_path):
    own = prepare(small_font(tmp_path / "own.ttf", chars="一A"))
    book = FontBook(Settings({"kaiti": own}))
    assert book.role("kaiti")["A"].face == "own-kaiti"
    assert book.role("kaiti")["1"].face == "fangsong"


def test_an_extra_face_serves_what_the_others_lack(tmp_path):
    extra = prepare(small_font(tmp_path / "extra.ttf", chars="国\ue000"))
    book = FontBook(Settings(extra=(extra,)))
    assert book.role("fangsong")["\ue000"].face == "extra-1"
    assert book.role("fangsong")["国"].face == "fangsong"
    assert book.missing("fangsong", "国\ue000") == []
    assert "extra-1" in book.faces


def test_a_mark_too_narrow_for_its_cell_asks_for_its_full_width_form(tmp_path):
    """A CJK face may hold a narrow dash with a full-width alternate."""
    path = small_font(tmp_path / "own.ttf", chars="一—－", upem=1000)
    with TTFont(path) as font:
        font["hmtx"]["u02014"] = (500, 0)
        font.save(path)
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    with TTFont(path) as font:
        addOpenTypeFeaturesFromString(font, "feature fwid { sub u02014 by u0FF0D; } fwid;")
        font.save(path)
    glyph = Face("own", path).glyph("—")
    assert (glyph.feature, glyph.advance) == ("fwid", 1)
    shaped = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    assert shaped.get_glyph_h_advance(shaped.get_nominal_glyph(ord("—"))) == 500


# --- a heavier cut ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "text"), [("FandolFang-Regular.otf", "明一口。1"), ("GongwenBuzi-Regular.ttf", "𬭚")])
def test_a_heavier_face_grows_about_its_middle(name, text):
    plain = Face("plain", resources.fonts() / name, exact_ink=True)
    heavy = plain.heavier()
    assert heavy.family == "gongwen plain-bold"
    for char in text:
        thin, thick = plain.glyph(char), heavy.glyph(char)
        assert thick.advance == thin.advance
        assert thick.right - thick.left == pytest.approx(thin.right - thin.left + 0.03, abs=0.005)
        assert thick.top - thick.bottom == pytest.approx(thin.top - thin.bottom + 0.03, abs=0.005)
        assert thick.right + thick.left == pytest.approx(thin.right + thin.left, abs=0.005)
        assert thick.top + thick.bottom == pytest.approx(thin.top + thin.bottom, abs=0.005)


@pytest.mark.parametrize(("name", "text"), [("FandolFang-Regular.otf", "明一口。1"), ("GongwenBuzi-Regular.ttf", "𬭚")])
def test_a_heavier_face_is_cut_down_with_its_strokes(name, text):
    heavy = Face("plain", resources.fonts() / name, exact_ink=True).heavier()
    with TTFont(resources.fonts() / name) as whole:
        cmap, ids = whole.getBestCmap(), whole.getReverseGlyphMap()
        glyphs = tuple(sorted(ids[cmap[ord(char)]] for char in text))
        advances = {glyph: whole["hmtx"][whole.getGlyphName(glyph)][0] for glyph in glyphs}
        unit = whole["head"].unitsPerEm
        places = {ids[cmap[ord(char)]]: heavy.glyph(char) for char in text}
    with TTFont(io.BytesIO(heavy.subset(glyphs))) as font:
        shapes = font.getGlyphSet()
        for glyph in glyphs:
            outline = shapes[font.getGlyphName(glyph)]
            pen = BoundsPen(shapes)
            outline.draw(pen)
            wanted = places[glyph]
            assert outline.width == advances[glyph]
            edges = [edge * unit for edge in (wanted.left, wanted.bottom, wanted.right, wanted.top)]
            assert pen.bounds == pytest.approx(edges, abs=unit * 0.003)


def test_a_book_has_a_heavier_cut_where_it_is_asked_for():
    book = FontBook(Settings(emboldened=("fangsong",)))
    assert book.role("fangsong-bold")["工"].face == "fangsong-bold"
    assert book.role("fangsong-bold")["𬭚"].face == "buzi-bold"
    assert book.role("fangsong")["工"].face == "fangsong"
    assert not [key for key in FontBook().faces if key.endswith("bold")]
