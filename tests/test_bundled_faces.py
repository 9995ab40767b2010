"""The bundled faces keep the promises that composition and preflight rest on."""

import importlib.util
import shutil
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "fonts"


def load_checks():
    spec = importlib.util.spec_from_file_location("bundled_face_checks", FONTS / "checks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


checks = load_checks()
FACES = {face.role: face for face in checks.FACES}


@pytest.fixture
def face():
    """The smallest CFF face, open, for tests that spoil it in memory."""
    with TTFont(FONTS / FACES["黑体"].file, lazy=True) as font:
        yield font


def test_there_is_a_face_for_every_role():
    assert list(FACES) == ["小标宋", "仿宋", "楷体", "黑体", "宋体", "补字"]
    assert {face.file for face in FACES.values()} == {path.name for path in FONTS.glob("*.[ot]tf")}


@pytest.mark.parametrize("role", FACES)
def test_a_face_keeps_its_promises(role):
    assert checks.check_face(FACES[role], FONTS) == []


def test_the_list_of_hanzi_is_the_8105():
    hanzi = checks.hanzi_8105(FONTS)
    assert len(hanzi) == 8105
    assert {ord(char) for char in "一乙国镕垚喆䶮𬭚"} <= hanzi
    assert not {ord(char) for char in "國龍〇，A"} & hanzi


def test_the_gap_font_completes_fangsong_and_kaiti():
    assert checks.gap_covered(FONTS) == []


def test_the_gap_font_has_hanzi_and_nothing_else():
    with TTFont(FONTS / FACES["补字"].file, lazy=True) as font:
        assert set(font.getBestCmap()) <= checks.hanzi_8105(FONTS)


def test_checksums_are_those_of_the_files():
    assert checks.checksums(FONTS) == []


def test_the_faces_stay_small():
    sizes = [path.stat().st_size for path in FONTS.glob("*.[ot]tf")]
    assert len(sizes) == 6
    assert max(sizes) < 8_000_000
    assert sum(sizes) < 30_000_000


@pytest.mark.parametrize("role", ["小标宋", "黑体", "宋体"])
@pytest.mark.parametrize("language", ["zh-Hans", "en", "ja"])
def test_shared_punctuation_is_one_em_whatever_the_neighbours(role, language):
    font = checks.shaper(FONTS / FACES[role].file)
    for text in ("——", "……", "·", "“”", "‘’", "a—", "—", "2—3", "中——国"):
        marks = [
            advance
            for char, advance in zip(text, checks.advances(font, text, None, language), strict=True)
            if char in "—…·“”‘’"
        ]
        assert set(marks) == {1000}, text


@pytest.mark.parametrize("role", ["仿宋", "楷体"])
def test_fandol_halves_brackets_and_leaves_the_degree_sign_alone(role):
    font = checks.shaper(FONTS / FACES[role].file)
    assert checks.advances(font, "（，", {"halt": True}) == [500, 500]
    assert checks.advances(font, "°", {"halt": True}) == checks.advances(font, "°")


@pytest.mark.parametrize("role", ["小标宋", "仿宋", "楷体", "黑体", "宋体"])
def test_a_halved_mark_keeps_its_ink_in_its_half(role):
    font = checks.shaper(FONTS / FACES[role].file)
    outside = {
        char for char in "，。、；：？！（）《》〈〉「」『』〔〕【】［］“”‘’·" if not ink_fits_when_halved(font, char)
    }
    assert outside == ({"？"} if role in {"仿宋", "楷体"} else set())


def ink_fits_when_halved(font, char):
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"halt": True})
    (info,), (position,) = buffer.glyph_infos, buffer.glyph_positions
    assert position.x_advance == 500
    ink = font.get_glyph_extents(info.codepoint)
    left = position.x_offset + ink.x_bearing
    return left >= 0 and left + ink.width <= 500


def test_a_charset_out_of_order_is_seen(face):
    charset = face["CFF "].cff.topDictIndex[0].charset
    assert checks.identity_charset(face) == []
    charset[5], charset[6] = charset[6], charset[5]
    assert len(checks.identity_charset(face)) == 1


def test_wrong_metrics_are_seen(face):
    face["hhea"].ascent, face["OS/2"].sTypoLineGap, face["OS/2"].usWinDescent = 1160, 200, 288
    assert [fault.split()[0] for fault in checks.metrics(face)] == ["hhea", "typo", "win"]


@pytest.mark.parametrize(
    ("fs_type", "faults"), [(0x0000, 0), (0x0004, 0), (0x0008, 0), (0x0002, 1), (0x0100, 1), (0x0200, 1)]
)
def test_a_face_that_forbids_embedding_is_seen(face, fs_type, faults):
    face["OS/2"].fsType = fs_type
    assert len(checks.embeddable(face)) == faults


def test_a_feature_that_acts_unasked_is_seen(face):
    face["GSUB"].table.FeatureList.FeatureRecord[0].FeatureTag = "locl"
    assert "locl" in checks.optional_features(face)[0]


def test_missing_characters_are_seen(face):
    assert checks.characters(face, "一國龍") == ["缺字：國龍"]
    assert checks.hanzi(FACES["仿宋"], face, checks.hanzi_8105(FONTS)) != []


def test_a_gap_in_a_dash_and_low_hanzi_are_seen(face):
    face["cmap"].getcmap(3, 10).cmap[ord("—")] = face.getBestCmap()[ord("－")]
    assert len(checks.joined_dash(face)) == 1
    shaped = checks.shaper(FONTS / FACES["黑体"].file)
    assert len(checks.centred(shaped, {ord("，"), ord("。")})) == 1


def test_proportional_figures_and_narrow_marks_are_seen():
    kai = checks.shaper(FONTS / FACES["楷体"].file)
    assert len(checks.half_width_digits(kai)) == 1
    gap = checks.shaper(FONTS / FACES["补字"].file)
    assert len(checks.full_width(gap)) == len(checks.FULL_WIDTH)


def test_a_changed_file_and_a_lost_licence_are_seen(tmp_path):
    for path in FONTS.iterdir():
        if path.suffix in {".otf", ".ttf", ".txt"} or path.name == checks.CHECKSUMS:
            shutil.copy(path, tmp_path)
    assert checks.checksums(tmp_path) == []
    with (tmp_path / FACES["补字"].file).open("ab") as file:
        file.write(b"\0")
    assert checks.checksums(tmp_path) == ["SHA256SUMS 与 GongwenBuzi-Regular.ttf 不符"]
    assert len(checks.licences(FACES["仿宋"], tmp_path)) == 2
