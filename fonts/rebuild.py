#!/usr/bin/env python3
"""Rebuild the bundled faces from pinned packages, and check them.

    python3 fonts/rebuild.py [folder]

Needs Debian 12's apt-get and dpkg-deb (nothing is installed, no root), pip, fontTools 4.68.0 and uharfbuzz 0.57.0; other
versions of these two may give other bytes for the same faces. The subsetter is HarfBuzz, as in the PDF writer.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import checks
import uharfbuzz as hb
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

PACKAGES = {  # name: (version, SHA-256 of the .deb or the wheel)
    "fonts-noto-cjk-extra": (
        "1:20220127+repack1-1",
        "5f6536c99f9b3d77a3c383c3f1544f6d49350e7f20832c4c979af0e33f603cb5",
    ),
    "texlive-lang-chinese": ("2022.20230122-1", "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0"),
    "fonts-lxgw-wenkai": ("1.250+repack-1", "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318"),
    "unicode-data": ("15.0.0-1", "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc"),
}
WHEEL = ("pylopdf-fonts-zh-cn", "0.1.1", "e2661ef3790cbe0f0f6aa5338b6859b7cd288ee75bc88cd4239c62cd025d4fb3")

NOTO = "usr/share/fonts/opentype/noto/"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
LICENCES = {  # file beside the faces: member of a package
    "NotoCJK-debian-copyright": ("fonts-noto-cjk-extra", "usr/share/doc/fonts-noto-cjk-extra/copyright"),
    "Fandol-COPYING-GPL3": ("texlive-lang-chinese", "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"),
    "Fandol-README": ("texlive-lang-chinese", "usr/share/doc/texlive-doc/fonts/fandol/README"),
    "LXGWWenKai-debian-copyright": ("fonts-lxgw-wenkai", "usr/share/doc/fonts-lxgw-wenkai/copyright"),
    "NotoSC-OFL.txt": (WHEEL[0], "pylopdf_fonts_zh_cn-0.1.1.dist-info/licenses/LICENSE"),
}

# Everything but hanzi: Latin with pinyin, Greek, Cyrillic; punctuation, units, numerals, arrows, mathematics, shapes;
# CJK punctuation, kana, bopomofo; enclosed and squared forms; vertical, small, full and half width forms.
SYMBOL_RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x052F),
    (0x1E3E, 0x1E3F),
    (0x2002, 0x2BFF),
    (0x2E3A, 0x2E3B),
    (0x3000, 0x312F),
    (0x3220, 0x33FF),
    (0xFE10, 0xFE6B),
    (0xFF01, 0xFF9F),
    (0xFFE0, 0xFFEE),
)
STEM_X, STEM_Y = 0.012, 0.014  # em: what brings Noto Serif SemiBold to the blackness of 小标宋

# How far outlines rise, so that hanzi of every face stand in the middle of the em box 880/−120. Fandol's 仿宋 and 楷体 are
# drawn in the box 800/−200 (as its 宋体 says of itself) while their tables claim 880/−120; WenKai's hanzi sit low.
FANDOL_LIFT, WENKAI_LIFT = 80, 30
REGULAR = 0x0040  # OS/2 fsSelection


@dataclass(frozen=True)
class Recipe:
    """How one face comes about: where its source lies and what is done to it.

    `take` chooses code points (none: all that the source has); `family` renames; `finish` is the last hand on the
    subset, given the HarfBuzz face and the fontTools font of it.
    """

    file: str
    package: str
    member: str
    index: int = 0
    take: Callable[[Sources], Iterable[int]] | None = None
    family: str | None = None
    finish: Callable[[hb.Face, Any], None] | None = None


class Sources:
    """The sources: members of the pinned packages, fetched at first use."""

    def __init__(self, cache: Path) -> None:
        """Keep downloads in `cache`."""
        self.cache = cache
        self.hanzi = tgh(self.read("unicode-data", UNIHAN))

    def read(self, package: str, member: str) -> bytes:
        """The bytes of one file of a package."""
        archive = self.fetch(package)
        if archive.suffix == ".whl":
            return zipfile.ZipFile(archive).read(member)
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as deb:
            with tarfile.open(fileobj=deb.stdout, mode="r|") as tar:
                found = next((tar.extractfile(item) for item in tar if item.name == f"./{member}"), None)
                data = found.read() if found else None
            deb.kill()
        if data is None:
            sys.exit(f"{archive.name} 里没有 {member}")
        return data

    def fetch(self, package: str) -> Path:
        """Download a package unless it is there, and hold it to its digest."""
        folder = self.cache / package
        if not folder.exists():
            folder.mkdir(parents=True)
            subprocess.run(download(package), cwd=folder, check=True, stdout=sys.stderr)
        (archive,) = [path for path in folder.iterdir() if path.suffix in {".deb", ".whl"}]
        digest = WHEEL[2] if package == WHEEL[0] else PACKAGES[package][1]
        if checks.digest(archive) != digest:
            sys.exit(f"{archive.name} 的 SHA-256 不是 {digest}")
        return archive


def download(package: str) -> list[str]:
    """The command that downloads a package at its pinned version into the working folder."""
    if package == WHEEL[0]:
        return [sys.executable, "-m", "pip", "download", "--no-deps", f"{package}=={WHEEL[1]}"]
    return ["apt-get", "download", f"{package}={PACKAGES[package][0]}"]


def tgh(unihan: bytes) -> list[int]:
    """通用规范汉字表 in its own order: the characters whose kTGH field names the edition of 2013 and a place in it."""
    rows = (line.split("\t") for line in bz2.decompress(unihan).decode().splitlines() if "\tkTGH\t" in line)
    places = {int(value.split(":")[1]): int(code.removeprefix("U+"), 16) for code, _, value in rows}
    return [places[place] for place in sorted(places)]


def gb2312() -> set[int]:
    """The code points of GB 2312: 125 of its hanzi are not among the 8105, and drafts have them."""
    rows = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(1, 88) for cell in range(1, 95))
    return {ord(char) for char in (pair.decode("gb2312", "ignore") for pair in rows) if char}


def document_characters(sources: Sources) -> set[int]:
    """What a face that sets documents has: 8105, GB 2312 and the symbols."""
    symbols = {code for first, last in SYMBOL_RANGES for code in range(first, last + 1)}
    return symbols | gb2312() | set(sources.hanzi)


def gap_characters(sources: Sources) -> set[int]:
    """The hanzi of the 8105 that Fandol lacks."""
    fandol = TTFont(io.BytesIO(sources.read("texlive-lang-chinese", f"{FANDOL}FandolFang-Regular.otf")))
    return set(sources.hanzi) - set(fandol.getBestCmap())


def tag(name: str) -> int:
    """An OpenType tag as HarfBuzz counts it."""
    return int.from_bytes(name.encode("ascii"), "big")


def subset(source: hb.Face, codes: Iterable[int] | None) -> hb.Face:
    """Cut a face down; number CIDs as glyphs; drop hints, vertical metrics and every feature that acts unasked."""
    plan = hb.SubsetInput()
    plan.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    plan.unicode_set.update(source.unicodes if codes is None else codes)
    plan.layout_feature_tag_set.clear()
    plan.layout_feature_tag_set.update(map(tag, checks.FEATURES))
    plan.name_id_set.update({13, 14})
    plan.drop_table_tag_set.update(map(tag, ("BASE", "VORG", "vhea", "vmtx", "GDEF", "DSIG")))
    return plan.subset(source)


def full_width_marks(_: hb.Face, font: TTFont) -> None:
    """Give — and · their one-em shapes outright, and draw — from edge to edge.

    Noto shares both with Latin at other widths (0.9 and 0.33 em), and which comes depends on language, script and
    neighbours. Its one-em shapes are those of ― and ・, and that — leaves a gap of 0.14 em in ——.
    """
    names = font.getBestCmap()
    dash = names[ord("―")]
    remap(font, {ord("—"): dash, ord("·"): names[ord("・")]})
    glyphs = font.getGlyphSet()
    left, right = ink(font, dash)
    stretch = Transform().scale(checks.EM / (right - left), 1).translate(-left, 0)
    redraw(font, dash, transformed(glyphs[dash], stretch))


def ink(font: TTFont, name: str) -> tuple[float, float]:
    """Left and right edge of a glyph's ink."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds[0], pen.bounds[2]


def remap(font: TTFont, codes: dict[int, str]) -> None:
    """Map code points to other glyphs."""
    for table in font["cmap"].tables:
        table.cmap.update({code: name for code, name in codes.items() if code in table.cmap})


def redraw(font: TTFont, name: str, draw: Callable[[Any], None]) -> None:
    """Replace the outline of a CFF glyph, its advance kept."""
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    old, _ = strings.getItemAndSelector(name)
    width = font["hmtx"][name][0]
    private = old.private
    pen = T2CharStringPen(None if width == private.defaultWidthX else width - private.nominalWidthX, None)
    draw(pen)
    new = pen.getCharString(private, old.globalSubrs)
    strings.charStringsIndex[strings.charStrings[name]] = new
    bounds = new.calcBounds(None)
    font["hmtx"][name] = width, round(bounds[0]) if bounds else 0


def transformed(glyph: Any, transform: Transform) -> Callable[[Any], None]:
    """What draws a glyph on a pen, transformed."""
    return lambda pen: glyph.draw(TransformPen(pen, transform))


def lift_cff(font: TTFont, distance: int) -> None:
    """Move every outline up."""
    glyphs = font.getGlyphSet()
    up = Transform().translate(0, distance)
    for name in font.getGlyphOrder():
        redraw(font, name, transformed(glyphs[name], up))


def lift_wenkai(_: hb.Face, font: TTFont) -> None:
    """Move every outline up; a composite follows its components."""
    glyf = font["glyf"]
    for glyph in (glyf[name] for name in font.getGlyphOrder()):
        if glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, WENKAI_LIFT))
            glyph.recalcBounds(glyf)


def fandol(_: hb.Face, font: TTFont) -> None:
    """Stand Fandol in the common em box, and take its faults out of `halt`."""
    lift_cff(font, FANDOL_LIFT)
    tidy_halt(font)


def embolden(face: hb.Face, font: TTFont) -> None:
    """Make every stem heavier, advances kept; then the full-width marks."""
    bold = hb.Font(face)
    bold.synthetic_bold = (STEM_X, STEM_Y, True)
    for glyph, name in enumerate(font.getGlyphOrder()):
        redraw(font, name, partial(bold.draw_glyph_with_pen, glyph))
    full_width_marks(face, font)


def tidy_halt(font: TTFont) -> None:
    """Take the narrow glyphs (° and ‖) out of `halt`: half an em less left them nothing, or less than that."""
    table = font["GPOS"].table
    for subtable in (s for lookup in table.LookupList.Lookup for s in lookup.SubTable):
        names = subtable.Coverage.glyphs  # one value for all: the format of each subtable is 1
        subtable.Coverage.glyphs = [name for name in names if font["hmtx"][name][0] == checks.EM]


def set_metrics(font: TTFont) -> None:
    """One line box for all faces: 880 above the baseline, 120 below."""
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = checks.ASCENT, checks.DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = checks.ASCENT, checks.DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = checks.ASCENT, -checks.DESCENT


def rename(font: TTFont, family: str) -> None:
    """A name of our own for a face that is no longer its source."""
    table, postscript = font["name"], f"{family.replace(' ', '')}-Regular"
    version = table.getDebugName(5)
    values = {1: family, 2: "Regular", 3: f"{version};{postscript}", 4: family, 6: postscript, 16: None, 17: None}
    for name_id, value in values.items():
        table.removeNames(nameID=name_id)
        if value:
            table.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass, font["OS/2"].fsSelection = 400, REGULAR


def set_postscript_names(font: TTFont) -> None:
    """The names inside CFF agree with the name table; a collection shares one CFF table, named after its first face."""
    cff, names = font["CFF "].cff, font["name"]
    cff.fontNames = [names.getDebugName(6)]
    cff.topDictIndex[0].FullName, cff.topDictIndex[0].FamilyName = names.getDebugName(4), names.getDebugName(1)


RECIPES = (
    Recipe(
        "GongwenBiaoSong-Regular.otf",
        "fonts-noto-cjk-extra",
        f"{NOTO}NotoSerifCJK-SemiBold.ttc",
        2,
        document_characters,
        "Gongwen BiaoSong",
        embolden,
    ),
    Recipe("FandolFang-Regular.otf", "texlive-lang-chinese", f"{FANDOL}FandolFang-Regular.otf", finish=fandol),
    Recipe("FandolKai-Regular.otf", "texlive-lang-chinese", f"{FANDOL}FandolKai-Regular.otf", finish=fandol),
    Recipe(
        "NotoSansCJKsc-Medium-8105.otf",
        "fonts-noto-cjk-extra",
        f"{NOTO}NotoSansCJK-Medium.ttc",
        2,
        document_characters,
        finish=full_width_marks,
    ),
    Recipe(
        "NotoSerifSC-Regular-8105.otf",
        WHEEL[0],
        "pylopdf_fonts_zh_cn/NotoSerifSC-Regular.otf",
        take=document_characters,
        finish=full_width_marks,
    ),
    Recipe(
        "GongwenBuzi-Regular.ttf",
        "fonts-lxgw-wenkai",
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf",
        take=gap_characters,
        family="Gongwen Buzi",
        finish=lift_wenkai,
    ),
)


def build(recipe: Recipe, sources: Sources, folder: Path) -> Path:
    """Make one face and write it into the folder."""
    source = hb.Face(hb.Blob(sources.read(recipe.package, recipe.member)), recipe.index)
    face = subset(source, recipe.take and recipe.take(sources))
    font = TTFont(io.BytesIO(face.blob.data), recalcTimestamp=False)
    if recipe.family:
        rename(font, recipe.family)
    if "CFF " in font:
        set_postscript_names(font)
    if recipe.finish:
        recipe.finish(face, font)
    set_metrics(font)
    path = folder / recipe.file
    font.save(path)
    return path


def write_companions(sources: Sources, folder: Path) -> None:
    """Write the licences and the list of hanzi, 50 a line."""
    for name, (package, member) in LICENCES.items():
        data = sources.read(package, member)
        (folder / name).write_bytes(gzip.decompress(data) if member.endswith(".gz") else data)
    text = "".join(map(chr, sources.hanzi))
    lines = [text[start : start + 50] for start in range(0, len(text), 50)]
    (folder / checks.HANZI_LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Rebuild into the folder given, write SHA256SUMS, check everything."""
    here = Path(__file__).parent
    arguments = argparse.ArgumentParser(description="从固定版本的软件包重建字体，并逐项检查")
    arguments.add_argument("folder", type=Path, nargs="?", default=here, help="写到哪里（默认：本脚本所在目录）")
    arguments.add_argument("--cache", type=Path, help="下载的软件包存放处（默认：临时目录，用后删除）")
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        sources = Sources((options.cache or Path(scratch)).resolve())
        write_companions(sources, options.folder)
        for recipe in RECIPES:
            path = build(recipe, sources, options.folder)
            print(f"{path.name}  {path.stat().st_size:,} 字节")
    names = sorted([recipe.file for recipe in RECIPES] + [checks.HANZI_LIST])
    sums = "".join(f"{checks.digest(options.folder / name)}  {name}\n" for name in names)
    (options.folder / checks.CHECKSUMS).write_text(sums, encoding="ascii")
    if faults := checks.check(options.folder):
        sys.exit("\n".join(faults))
    print("检查全部通过")


if __name__ == "__main__":
    main()
