"""What the bundled faces promise, as checks that the rebuild script and the tests share.

Each check returns its faults as a list of messages; an empty list means that the promise holds. Advances and
metrics are in units of 1/1000 em.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

EM = 1000
ASCENT, DESCENT = 880, -120
MIDDLE = (ASCENT + DESCENT) / 2
CENTRE_TOLERANCE = 15
HANZI_LIST = "hanzi-8105.txt"
CHECKSUMS = "SHA256SUMS"

FULL_WIDTH = "，。、；：？！（）《》〈〉「」『』〔〕【】［］“”‘’—…·～％＋－＝／．０９ＡＺａｚ〇　"
SYMBOLS = (
    "㎡℃％★—…·“”‘’〔〕〇°×÷±≤≥≠≈→←↑↓€£¥￥$№㎏㎜㎝㎞㎎㏄℉‰●○■□△▲▽▼☆◇◆§※√∞∑∠∥⊥∵∴♂♀"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
)
ASCII = "".join(map(chr, range(0x20, 0x7F)))

# Every feature here is off unless asked for, so an advance never depends on language, script or neighbours.
FEATURES = frozenset({"fwid", "hwid", "halt", "palt"})

# OS/2 fsType: restricted licence, no subsetting, bitmaps only.
EMBEDDING_FORBIDDEN = 0x0002 | 0x0100 | 0x0200


@dataclass(frozen=True)
class Face:
    """One bundled file: its role, its licence files, and how many hanzi of the 8105 it covers.

    `text` says that the face sets running text alone; the gap font lends hanzi and nothing else.
    """

    role: str
    file: str
    licences: tuple[str, ...]
    hanzi: int
    text: bool = True


FANDOL_LICENCES = ("Fandol-COPYING-GPL3", "Fandol-README")
FACES = (
    Face("小标宋", "GongwenBiaoSong-Regular.otf", ("NotoCJK-debian-copyright",), 8105),
    Face("仿宋", "FandolFang-Regular.otf", FANDOL_LICENCES, 6638),
    Face("楷体", "FandolKai-Regular.otf", FANDOL_LICENCES, 6638),
    Face("黑体", "NotoSansCJKsc-Medium-8105.otf", ("NotoCJK-debian-copyright",), 8105),
    Face("宋体", "NotoSerifSC-Regular-8105.otf", ("NotoSC-OFL.txt",), 8105),
    Face("补字", "GongwenBuzi-Regular.ttf", ("LXGWWenKai-debian-copyright",), 1467, text=False),
)
BY_ROLE = {face.role: face for face in FACES}


def hanzi_8105(folder: Path) -> set[int]:
    """The code points of 通用规范汉字表, from the list beside the faces."""
    return {ord(char) for char in (folder / HANZI_LIST).read_text(encoding="utf-8") if not char.isspace()}


def shaper(path: Path) -> hb.Font:
    """A HarfBuzz font at its own scale, so that advances come in design units."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


def advances(font: hb.Font, text: str, features: dict[str, bool] | None = None, language: str = "zh-Hans") -> list[int]:
    """Horizontal advances of the shaped glyphs, with the script guessed from the text as Pango does."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language
    hb.shape(font, buffer, features or {})
    return [position.x_advance for position in buffer.glyph_positions]


def identity_charset(font: TTFont) -> list[str]:
    """CID = GID: PDF writers put glyph ids where a reader looks up CIDs, so anything else draws blank in some readers."""
    if "CFF " not in font:
        return []
    top = font["CFF "].cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return ["CFF 表不是 CID 字体"]
    wrong = [name for gid, name in enumerate(top.charset) if gid and name != f"cid{gid:05d}"]
    return [f"CID 与字形序号不一致：{len(wrong)} 处，首处 {wrong[0]}"] if wrong else []


def metrics(font: TTFont) -> list[str]:
    """1000 units an em; ascent 880, descent −120, gap 0 in hhea, typo and win, so that an em box is a line box."""
    hhea, os2 = font["hhea"], font["OS/2"]
    found = {
        "unitsPerEm": (font["head"].unitsPerEm, EM),
        "hhea": ((hhea.ascent, hhea.descent, hhea.lineGap), (ASCENT, DESCENT, 0)),
        "typo": ((os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap), (ASCENT, DESCENT, 0)),
        "win": ((os2.usWinAscent, os2.usWinDescent), (ASCENT, -DESCENT)),
    }
    return [f"{name} 为 {value}，应为 {right}" for name, (value, right) in found.items() if value != right]


def embeddable(font: TTFont) -> list[str]:
    """OS/2 fsType lets a document embed a subset of the face."""
    fs_type = font["OS/2"].fsType
    return [f"fsType {fs_type:#06x} 不许嵌入"] if fs_type & EMBEDDING_FORBIDDEN else []


def optional_features(font: TTFont) -> list[str]:
    """Nothing in the face acts unasked: no locl, ccmp, liga or kern that would change an advance by context."""
    tags = {
        record.FeatureTag
        for table in ("GSUB", "GPOS")
        if table in font and font[table].table.FeatureList
        for record in font[table].table.FeatureList.FeatureRecord
    }
    return [f"多余的排版特性：{'、'.join(sorted(tags - FEATURES))}"] if tags - FEATURES else []


def full_width(font: hb.Font) -> list[str]:
    """Full-width punctuation is one em, with and without `fwid`, whatever the language."""
    faults = []
    for char in FULL_WIDTH:
        cases = [advances(font, char, {"fwid": on}, language) for on in (False, True) for language in ("zh-Hans", "en")]
        if any(case != [EM] for case in cases) or font.get_nominal_glyph(ord(char)) is None:
            faults.append(f"“{char}”不是一个字宽：{cases}")
    return faults


def joined_dash(font: TTFont) -> list[str]:
    """The ink of — runs from edge to edge of the em box, so that —— is one line."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord("—")]].draw(pen)
    left, _, right, _ = pen.bounds
    return [f"—— 不相连：墨迹 {left} 至 {right}"] if left > 0 or right < EM else []


def halved(font: TTFont) -> list[str]:
    """`halt` touches one-em glyphs only and takes half an em from each."""
    return [
        f"halt 改动 {name}：宽 {width}，增 {delta}"
        for name, width, delta in halt(font)
        if (width, delta) != (EM, -EM // 2)
    ]


def halt(font: TTFont) -> list[tuple[str, int, int]]:
    """The glyphs that `halt` adjusts: name, advance, change of the advance."""
    if "GPOS" not in font:
        return []
    table = font["GPOS"].table
    lookups = {i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "halt" for i in r.Feature.LookupListIndex}
    found = []
    for subtable in (s for i in sorted(lookups) for s in table.LookupList.Lookup[i].SubTable):
        inner = getattr(subtable, "ExtSubTable", subtable)
        names = inner.Coverage.glyphs
        values = inner.Value if inner.Format == 2 else [inner.Value] * len(names)  # noqa: PLR2004 - SinglePos format
        found += [(name, font["hmtx"][name][0], value.XAdvance) for name, value in zip(names, values, strict=True)]
    return found


def centred(font: hb.Font, wanted: set[int]) -> list[str]:
    """Hanzi stand in the middle of the em box: the mean centre of their ink is within 0.015 em of it."""
    glyphs = [glyph for glyph in map(font.get_nominal_glyph, sorted(wanted)) if glyph]
    inks = [font.get_glyph_extents(glyph) for glyph in glyphs[::10]]
    centre = sum(ink.y_bearing + ink.height / 2 for ink in inks) / len(inks)
    return [] if abs(centre - MIDDLE) <= CENTRE_TOLERANCE else [f"汉字墨迹中心高 {centre:.0f}，应为 {MIDDLE:.0f}"]


def half_width_digits(font: hb.Font, features: dict[str, bool] | None = None) -> list[str]:
    """Digits are half an em: two of them fill a cell."""
    found = advances(font, "0123456789", features)
    return [] if found == [EM // 2] * 10 else [f"数字不是半字宽：{found}"]


def characters(font: TTFont, required: str) -> list[str]:
    """The face maps every required character."""
    missing = [char for char in required if ord(char) not in font.getBestCmap()]
    return [f"缺字：{''.join(missing)}"] if missing else []


def hanzi(face: Face, font: TTFont, wanted: set[int]) -> list[str]:
    """The face covers as many of the 8105 as its row says."""
    covered = len(wanted & set(font.getBestCmap()))
    return [] if covered == face.hanzi else [f"收通用规范汉字 {covered} 个，应为 {face.hanzi} 个"]


def check_face(face: Face, folder: Path) -> list[str]:
    """Every promise about one face."""
    path = folder / face.file
    with TTFont(path, lazy=True) as font:
        shaped = shaper(path)
        wanted = hanzi_8105(folder)
        faults = [
            *identity_charset(font),
            *metrics(font),
            *embeddable(font),
            *optional_features(font),
            *halved(font),
            *hanzi(face, font, wanted),
            *centred(shaped, wanted),
        ]
        if face.text:
            faults += full_width(shaped) + joined_dash(font) + characters(font, ASCII)
        if face.role == "仿宋":
            faults += half_width_digits(shaped)
        if face.role == "宋体":
            faults += half_width_digits(shaped, {"hwid": True}) + characters(font, SYMBOLS)
    return [f"{face.file}：{fault}" for fault in faults + licences(face, folder)]


def licences(face: Face, folder: Path) -> list[str]:
    """A face travels with its licence."""
    return [f"缺许可文件 {name}" for name in face.licences if not (folder / name).is_file()]


def gap_covered(folder: Path) -> list[str]:
    """仿宋 and 楷体, each with the gap font behind it, cover the 8105."""
    covers = {}
    for role in ("仿宋", "楷体", "补字"):
        with TTFont(folder / BY_ROLE[role].file, lazy=True) as font:
            covers[role] = set(font.getBestCmap())
    wanted = hanzi_8105(folder)
    missing = {role: wanted - covers[role] - covers["补字"] for role in ("仿宋", "楷体")}
    return [f"{role}与补字合缺 {len(lacks)} 字" for role, lacks in missing.items() if lacks]


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def checksums(folder: Path) -> list[str]:
    """SHA256SUMS names every face and the list of hanzi, each with the digest it has."""
    lines = (folder / CHECKSUMS).read_text(encoding="ascii").splitlines()
    written = {name: value for value, name in (line.split(maxsplit=1) for line in lines)}
    expected = {name: digest(folder / name) for name in (*(face.file for face in FACES), HANZI_LIST)}
    return [
        f"{CHECKSUMS} 与 {name} 不符"
        for name in sorted({*written, *expected})
        if written.get(name) != expected.get(name)
    ]


def check(folder: Path) -> list[str]:
    """Every promise about the folder."""
    return [fault for face in FACES for fault in check_face(face, folder)] + gap_covered(folder) + checksums(folder)
