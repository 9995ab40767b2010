"""Faces: roles → files and metrics, what stands in for what, and which characters no face has.

A role is what the standard asks for (小标宋, 仿宋, 楷体, 黑体, 宋体). Behind each role stands a chain of faces: a unit's own licensed
face if its settings name one, the bundled face, the gap face for rare hanzi, the bundled 宋体 for symbols, and the unit's ``extra``
faces. A character comes from the first face of the chain that serves it, so the composer knows the face and the advance of every
character, and the same choice is written into the page: nothing is left to a renderer's fallback.

Metrics are in em of the type size (1.0 = one cell), y upwards from the baseline.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import uharfbuzz as hb

from gongwen import resources
from gongwen.standard import BOLD_STROKE

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ASCENT: Final = 0.88
DESCENT: Final = 0.12
"""Every face is set with these metrics, so that an em box is a line box and no face pushes the grid."""

ROLES: Final = ("xiaobiaosong", "fangsong", "kaiti", "heiti", "songti")


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role: its name in the field, its bundled face, and the licensed families that it usually means."""

    name: str
    file: str
    families: tuple[str, ...]


ROLE_INFO: Final[Mapping[str, RoleInfo]] = {
    "xiaobiaosong": RoleInfo(
        "小标宋",
        "GongwenBiaoSong-Regular.otf",
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ),
    "fangsong": RoleInfo(
        "仿宋", "FandolFang-Regular.otf", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK")
    ),
    "kaiti": RoleInfo("楷体", "FandolKai-Regular.otf", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi")),
    "heiti": RoleInfo("黑体", "NotoSansCJKsc-Medium-8105.otf", ("黑体", "SimHei")),
    "songti": RoleInfo("宋体", "NotoSerifSC-Regular-8105.otf", ("宋体", "SimSun")),
}
GAP_FILE: Final = "GongwenBuzi-Regular.ttf"

_PLACED_BY_INK: Final = frozenset({"xiaobiaosong", "songti"})
"""Mark, title and the dash of the page number hang by their ink."""

_CONTEXT_WIDE: Final = frozenset("—…·“”‘’⸺")
"""Marks shared with Latin, for which a CJK face may hold a narrow default and a full-width alternate (``fwid``)."""


_SHAPING_TABLES: Final = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"VORG", b"vhea", b"vmtx")


def bold(role: str) -> str:
    """The role of the heavier cut of a role's faces; a book has it if its settings ask for it."""
    return f"{role}-bold"


class FontError(Exception):
    """A face of the settings cannot be used; ``message`` and ``hint`` are for the user."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


Letters = Mapping[str, frozenset[str]]
"""Key of a face → characters that a PDF has to bring in that face, whether its pages show them or not."""
NO_LETTERS: Final[Letters] = {}


def together(several: Iterable[Letters]) -> Letters:
    """The letters of all."""
    found: dict[str, frozenset[str]] = {}
    for letters in several:
        for key, chars in letters.items():
            found[key] = found.get(key, frozenset()) | chars
    return found


class Glyph(NamedTuple):
    """How one character is set in one role: its face, advance and ink box in em, and the OpenType feature it needs."""

    face: str
    advance: float
    left: float
    right: float
    top: float
    bottom: float
    feature: str = ""
    missing: bool = False


class Face:
    """One font file, opened by HarfBuzz. ``family`` is private to the page: no system face can take its place.

    ``stroke`` (em) makes its strokes heavier: outlines grow by as much about their middle, and advances stay.
    """

    def __init__(self, key: str, path: Path, index: int = 0, *, exact_ink: bool = False, stroke: float = 0.0) -> None:
        self.key = key
        self.path = path
        self._index = index
        self.family = f"gongwen {key}"
        self._exact_ink = exact_ink
        self._font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path)), index))
        self._upem = self._font.face.upem
        self._stroke = stroke
        self._font.synthetic_bold = (stroke, stroke, True)

    def heavier(self) -> Face:
        """The same face with heavier strokes."""
        return Face(bold(self.key), self.path, self._index, exact_ink=self._exact_ink, stroke=BOLD_STROKE)

    def __contains__(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return self._font.get_nominal_glyph(ord(char)) is not None

    def glyph(self, char: str) -> Glyph:
        """Advance and ink box of a character that the face has."""
        gid, advance, feature = self._chosen(char)
        left, bottom, right, top = (value / self._upem for value in self._ink(gid))
        lower = self._stroke / 2  # see `_with_strokes`
        return Glyph(self.key, advance / self._upem, left, right, top - lower, bottom - lower, feature)

    def code(self, char: str) -> tuple[int, int]:
        """What a PDF calls a character that the face has: the id of its glyph; and its advance in thousandths of an em."""
        gid, advance, _ = self._chosen(char)
        return gid, round(advance * 1000 / self._upem)

    def _chosen(self, char: str) -> tuple[int, int, str]:
        """The glyph of a character, its advance in font units, and the feature that it takes."""
        gid = self._font.get_nominal_glyph(ord(char)) or 0
        advance = self._font.get_glyph_h_advance(gid)
        feature = self._wanted_feature(char, advance)
        return (*self._with_feature(char, feature), feature) if feature else (gid, advance, "")

    def subset(self, glyphs: tuple[int, ...]) -> bytes:
        """The font file cut down to some glyphs, which keep their ids; tables that only shaping needs are left out.

        Raises uharfbuzz.HarfBuzzError where the file cannot be cut.
        """
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _SHAPING_TABLES)
        wanted.flags = (
            hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
            | hb.SubsetFlags.DESUBROUTINIZE
            | hb.SubsetFlags.NO_HINTING
        )
        data: bytes = hb.subset(self._font.face, wanted).blob.data
        return self._with_strokes(data, glyphs) if self._stroke else data

    def _with_strokes(self, data: bytes, glyphs: tuple[int, ...]) -> bytes:
        """The font file with heavier outlines of some glyphs: a page shows them like those of any other face."""
        from fontTools.pens.t2CharStringPen import T2CharStringPen
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen
        from fontTools.ttLib import TTFont

        # HarfBuzz grows an outline about its middle from side to side, but upwards from its foot.
        lower = (1, 0, 0, 1, 0, -self._stroke / 2 * self._upem)
        # The time of the change would make every build another file.
        with TTFont(io.BytesIO(data), recalcTimestamp=False) as font:
            names, metrics = font.getGlyphOrder(), font["hmtx"]
            for gid in glyphs:
                name = names[gid]
                advance, _ = metrics[name]
                if "CFF " in font:
                    strings = font["CFF "].cff.topDictIndex[0].CharStrings
                    private = strings[name].private
                    width = None if advance == private.defaultWidthX else advance - private.nominalWidthX
                    outline = T2CharStringPen(width, None)
                    self._font.draw_glyph_with_pen(gid, TransformPen(outline, lower))
                    strings[name] = outline.getCharString(private, strings[name].globalSubrs)
                else:
                    contours = TTGlyphPen(None)
                    self._font.draw_glyph_with_pen(gid, TransformPen(contours, lower))
                    glyph = contours.glyph()
                    font["glyf"][name] = glyph
                    glyph.recalcBounds(font["glyf"])
                    metrics[name] = (advance, glyph.xMin)
            heavier = io.BytesIO()
            font.save(heavier)
        return heavier.getvalue()

    def _ink(self, gid: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a glyph's ink in font units.

        HarfBuzz bounds a CFF outline by its control points, which costs next to nothing; where ink is placed to the tenth of a
        millimetre the curves themselves are bounded.
        """
        if self._exact_ink:
            from fontTools.pens.boundsPen import BoundsPen

            pen = BoundsPen(None)
            self._font.draw_glyph_with_pen(gid, pen)
            return pen.bounds or (0.0, 0.0, 0.0, 0.0)
        extents = self._font.get_glyph_extents(gid)
        if extents is None or not extents.width:
            return (0.0, 0.0, 0.0, 0.0)
        left, top = extents.x_bearing, extents.y_bearing
        return (left, top + extents.height, left + extents.width, top)

    def _wanted_feature(self, char: str, advance: int) -> str:
        """``fwid`` for a mark that should fill its cell, ``hwid`` for a digit of 宋体, which page numbers want half a cell wide."""
        if char in _CONTEXT_WIDE:
            return "fwid" if advance != self._upem else ""
        return "hwid" if self.key == "songti" and char in "0123456789" else ""

    def _with_feature(self, char: str, feature: str) -> tuple[int, int]:
        buffer = hb.Buffer()
        buffer.add_str(char)
        buffer.direction, buffer.script, buffer.language = "ltr", "Hani", "zh-cn"
        hb.shape(self._font, buffer, {feature: True, "kern": False, "liga": False})
        return buffer.glyph_infos[0].codepoint, buffer.glyph_positions[0].x_advance


@functools.lru_cache(maxsize=16384)
def is_hanzi(char: str) -> bool:
    """Whether a character is a Chinese character (with 〇), not a mark or a symbol."""
    return char == "〇" or unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")


class _Role(dict[str, Glyph]):
    """Characters → glyphs of one role, filled as characters are met."""

    def __init__(self, chain: tuple[tuple[Face, str], ...]) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> Glyph:
        for face, serves in self._chain:
            if _serves(serves, char) and char in face:
                glyph = face.glyph(char)
                break
        else:
            first = self._chain[0][0]
            glyph = Glyph(first.key, 1.0, 0.0, 1.0, ASCENT, -DESCENT, missing=True)
        self[char] = glyph
        return glyph


def _serves(serves: str, char: str) -> bool:
    match serves:
        case "hanzi":
            return is_hanzi(char)
        case "latin":
            return char.isascii()
        case "beyond latin":
            return not char.isascii()
        case _:
            return True


@dataclass(frozen=True)
class Settings:
    """A unit's faces: role → prepared file, and files for characters beyond the bundled 8105 hanzi.

    ``emboldened`` are the roles that it also wants in a heavier cut.
    """

    faces: Mapping[str, Path] = field(default_factory=dict)
    extra: tuple[Path, ...] = ()
    emboldened: tuple[str, ...] = ()


class FontBook:
    """All faces of a project: the glyph of every character in every role."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        folder = resources.fonts()
        bundled = {role: Face(role, folder / ROLE_INFO[role].file, exact_ink=role in _PLACED_BY_INK) for role in ROLES}
        gap = Face("buzi", folder / GAP_FILE)
        own = {
            role: Face(f"own-{role}", path, exact_ink=role in _PLACED_BY_INK)
            for role, path in self._settings.faces.items()
        }
        extra = [Face(f"extra-{number}", path) for number, path in enumerate(self._settings.extra, 1)]
        self.faces: dict[str, Face] = {face.key: face for face in (*own.values(), *bundled.values(), gap, *extra)}
        self._roles: dict[str, _Role] = {}
        for role in ROLES:
            chain: list[tuple[Face, str]] = [(own[role], "all")] if role in own else []
            if role == "kaiti":
                # FandolKai's Latin is slanted and its digits are not half a cell wide: 仿宋 lends both.
                latin = own.get("fangsong", bundled["fangsong"])
                chain += [(latin, "latin"), (bundled["kaiti"], "beyond latin")]
            else:
                chain.append((bundled[role], "all"))
            chain += [(gap, "hanzi"), (bundled["songti"], "all")]
            chain += [(face, "all") for face in extra]
            self._roles[role] = _Role(tuple(chain))
            if role in self._settings.emboldened:
                heavier = {face.key: face.heavier() for face, _ in chain}
                self.faces |= {face.key: face for face in heavier.values()}
                self._roles[bold(role)] = _Role(tuple((heavier[face.key], serves) for face, serves in chain))

    def role(self, role: str) -> Mapping[str, Glyph]:
        """Characters → glyphs of a role; a character that no face has maps to a glyph with ``missing`` set."""
        return self._roles[role]

    def letters(self, role: str, text: str) -> Letters:
        """The characters of a text by the faces that show them in a role."""
        return together({self._roles[role][char].face: frozenset(char)} for char in text)

    def missing(self, role: str, text: str) -> list[int]:
        """Offsets in a text of the characters that no face of the role has; line breaks need no glyph, a tab has no width."""
        glyphs = self._roles[role]
        absent = {char for char in set(text) if char != "\n" and (char == "\t" or glyphs[char].missing)}
        return [offset for offset, char in enumerate(text) if char in absent] if absent else []

    def substitutes(self) -> list[str]:
        """The roles that a bundled face serves in place of a licensed one."""
        return [role for role in ROLES if role not in self._settings.faces]

    def report(self) -> list[str]:
        """One line per role: which face serves it."""
        lines = []
        for role in ROLES:
            info = ROLE_INFO[role]
            if (path := self._settings.faces.get(role)) is not None:
                lines.append(f"{info.name}：{display_name(path)}（本单位字体）")
            else:
                lines.append(
                    f"{info.name}：{display_name(resources.fonts() / info.file)}（随附字体，代{info.families[0]}）"
                )
        return lines


def display_name(path: Path) -> str:
    """The family name in a font file, its Chinese name if it has one; the file's name where it has none."""
    names = _family_names(path)
    return next((name for name in names if not name.isascii()), names[0] if names else path.name)


# --- A unit's own faces -------------------------------------------------------------------------------------------------------

_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
_LONGEST_NAME = 80
_RESTRICTED = 0x0002
_NO_SUBSETTING = 0x0100
_BITMAP_ONLY = 0x0200


def is_file_name(name: str) -> bool:
    """Whether the settings name a file, and not an installed family."""
    return name.lower().endswith(_SUFFIXES)


def resolve(name: str, folder: Path) -> Path:
    """Find a face of the settings: a file inside the project folder, else an installed family of exactly that name.

    Returns the prepared file (see `prepare`). Raises FontError.
    """
    if is_file_name(name):
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        try:
            path = (folder / name).resolve()
            inside = path.is_relative_to(folder.resolve())
            found = inside and path.is_file()
        except (OSError, ValueError, RuntimeError):
            # A null character, a name too long, a loop of links: there is no such file.
            inside, found = True, False
        if not inside:
            raise FontError(f"字体文件“{shown}”在项目文件夹之外", "把字体文件放进项目文件夹")
        if not found:
            raise FontError(f"没有字体文件“{shown}”", "核对文件名；路径从 gongwen.yaml 所在的文件夹算起")
        try:
            return prepare(path)
        except PermissionError as error:
            raise FontError(f"读不了字体文件“{shown}”（{error.strerror}）", "核对文件的权限") from None
    for path in _installed():
        for index, names in enumerate(_names_by_index(path)):
            if name in names:
                return prepare(path, index)
    raise FontError(f"没有安装“{name}”这一字体", "核对字体名称，或者写字体文件的路径；不写则用随附字体")


def _font_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local]
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local/share"))
    return [home / ".fonts", data / "fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


@functools.cache
def _installed() -> tuple[Path, ...]:
    found: Iterator[Path] = (path for folder in _font_folders() if folder.is_dir() for path in folder.rglob("*"))
    return tuple(sorted(path for path in found if path.suffix.lower() in _SUFFIXES))


@contextlib.contextmanager
def _fonts_in(path: Path) -> Iterator[list[TTFont]]:
    """The faces of a file, open for reading; none where it is no font file."""
    from fontTools.ttLib import TTCollection, TTFont

    is_collection = path.suffix.lower() in (".ttc", ".otc")
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            fonts = list(TTCollection(file, lazy=True).fonts) if is_collection else [TTFont(file, lazy=True)]
        except Exception:  # noqa: BLE001 - a cut file leads fontTools to errors of many kinds
            fonts = []
        yield fonts


@functools.cache
def _names_by_index(path: Path) -> tuple[tuple[str, ...], ...]:
    with _fonts_in(path) as fonts:
        try:
            return tuple(_names(font) for font in fonts)
        except Exception:  # noqa: BLE001 - a damaged face of the system is none of ours
            return ()


def _names(font: TTFont) -> tuple[str, ...]:
    wanted = (1, 4, 6, 16)
    return tuple(
        dict.fromkeys(record.toUnicode(errors="replace") for record in font["name"].names if record.nameID in wanted)
    )


def _family_names(path: Path) -> tuple[str, ...]:
    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
    except hb.HarfBuzzError:
        return ()
    found = (face.get_name(entry.name_id, entry.language) for entry in face.list_names() if entry.name_id in (1, 16))
    return tuple(dict.fromkeys(filter(None, found)))


def prepare(path: Path, index: int = 0) -> Path:
    """A copy of a face with the metrics that the grid relies on, in the user's cache; made once per content of the file.

    The outlines stay as they are. The copy has ascent 0.88 em, descent 0.12 em and no line gap, and an identity charset where it
    is CID-keyed: WeasyPrint writes glyph ids, which readers take for CIDs. Raises FontError.
    """
    digest = hashlib.sha256(path.read_bytes() + f"{index} 1".encode()).hexdigest()[:32]
    target = _cache() / f"{digest}.otf"
    if target.exists():
        return target
    with _fonts_in(path) as fonts:
        if index >= len(fonts):
            raise FontError(f"“{path.name}”不是字体文件", "用 .otf、.ttf 或 .ttc 字体文件")
        try:
            data = _prepared(fonts[index], path.name)
        except FontError:
            raise
        except Exception as error:  # fontTools raises whatever a damaged table leads it to
            raise FontError(f"字体文件“{path.name}”已经损坏", "重新取得这个字体文件") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.tmp")
    partial.write_bytes(data)
    partial.replace(target)
    return target


def _prepared(font: TTFont, name: str) -> bytes:
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    rights = font["OS/2"].fsType if "OS/2" in font else 0
    if rights & 0x000F == _RESTRICTED:
        raise FontError(f"字体“{name}”不许嵌入（fsType 为 {rights}）", "换用许可嵌入 PDF 的字体")
    if rights & (_NO_SUBSETTING | _BITMAP_ONLY):
        raise FontError(f"字体“{name}”不许取子集嵌入（fsType 为 {rights}）", "换用许可取子集嵌入 PDF 的字体")
    font.recalcBBoxes = False
    _set_metrics(font)
    if "CFF " in font:
        outlines = font.reader["CFF "]
        if not _renumber(font):
            # Written back as it was read: compiling 20,000 outlines again takes seconds.
            table = DefaultTable("CFF ")
            table.data = outlines
            font["CFF "] = table
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "gongwen" / "faces"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "gongwen" / "faces"


def _set_metrics(font: TTFont) -> None:
    upem = font["head"].unitsPerEm
    ascent, descent = round(ASCENT * upem), -round(DESCENT * upem)
    hhea = font["hhea"]
    hhea.ascent, hhea.descent, hhea.lineGap = ascent, descent, 0
    if "OS/2" in font:
        os2 = font["OS/2"]
        os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
        os2.usWinAscent, os2.usWinDescent = ascent, -descent


def _renumber(font: TTFont) -> bool:
    """Renumber a CID-keyed charset so that CID = glyph id; whether that changed anything."""
    order = font.getGlyphOrder()
    top = font["CFF "].cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return False
    wanted = [order[0], *(f"cid{number:05d}" for number in range(1, len(order)))]
    if order == wanted:
        return False
    renamed = dict(zip(order, wanted, strict=True))
    tables = [tag for tag in font.keys() if tag not in ("GlyphOrder", "CFF ")]  # noqa: SIM118 - a font is no dict
    for tag in tables:
        font[tag]  # load every table under the old names before they change
    strings = top.CharStrings
    top.charset = wanted
    strings.charStrings = {renamed[name]: value for name, value in strings.charStrings.items()}
    for table in font["cmap"].tables:
        table.cmap = {code: renamed[name] for code, name in table.cmap.items()}
        if hasattr(table, "uvsDict"):
            table.uvsDict = {
                selector: [(code, name and renamed[name]) for code, name in variants]
                for selector, variants in table.uvsDict.items()
            }
    for tag in ("hmtx", "vmtx"):
        if tag in font:
            font[tag].metrics = {renamed[name]: value for name, value in font[tag].metrics.items()}
    for tag in ("GSUB", "GPOS", "GDEF", "VORG", "BASE"):
        if tag in font:
            del font[tag]
    font.setGlyphOrder(wanted)
    return True
