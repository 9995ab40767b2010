"""SVG: shapes alone. What would fetch files, run scripts, need a machine's faces or grow without end is refused."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from gongwen.diagnostics import BLOCKING, Check
from gongwen.pictures.faults import PICTURE_TOO_LARGE, broken
from gongwen.pictures.picture import Picture, PictureError
from gongwen.standard import MM_PER_INCH

UNSUITABLE_SVG = Check(
    "GW511",
    "unsuitable-svg",
    BLOCKING,
    what="SVG 只用图形。",
    why="脚本、外部图像不安全，滤镜印不准；文字用的字体别的机器上未必有，要先转为曲线。",
)

_LARGEST: Final = 2 * 1024 * 1024
_DEEPEST: Final = 64
_MOST_DRAWN: Final = 10_000
"""Elements that are drawn, each time that one is used again counted: about ten seconds' work."""
_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_SHAPES: Final = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "clipPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "title",
        "desc",
        "metadata",
        "style",
    ]
)
_REFUSED: Final = frozenset(
    [
        "a",
        "animate",
        "animateMotion",
        "animateTransform",
        "filter",
        "foreignObject",
        "image",
        "marker",
        "mask",
        "pattern",
        "script",
        "set",
        "switch",
        "text",
        "textPath",
        "tref",
        "tspan",
    ]
)
"""Elements that a renderer would know by name, in whatever namespace."""
_OUTSIDE: Final = re.compile(r"url\(\s*['\"]?\s*[^#'\"\s]", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?\s*#([^'\")]+)['\"]?\s*\)", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?)\s*(mm|cm|in|pt|pc|px|)\s*")
_MM: Final = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": MM_PER_INCH / 72, "pc": MM_PER_INCH / 6}
_MM_PER_PX: Final = MM_PER_INCH / 96
_LARGEST_SIDE: Final = 10_000.0
"""Millimetres."""


def read(data: bytes, name: str) -> Picture:
    """A drawing of shapes, as large as the file says. Raises PictureError."""
    if len(data) > _LARGEST:
        raise PictureError(
            PICTURE_TOO_LARGE, f"SVG 文件太大：{name}", f"不超过 {_LARGEST // 1024 // 1024} MB；或改存 PDF"
        )
    root = _Reader(name).read(data)
    _count_drawn(root, name)
    width, height = _size(root.attributes, name)
    return Picture(data, None, width, height, "svg")


@dataclass(slots=True, eq=False)
class _Element:
    attributes: dict[str, str]
    children: list[_Element] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


class _Reader:
    """Reads the elements, and refuses what is not a plain shape where it stands."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._in_style = False

    def read(self, data: bytes) -> _Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
        except (expat.ExpatError, ValueError, LookupError):
            raise broken(self._name) from None
        assert self._root is not None  # noqa: S101 - expat refuses a file without an element
        return self._root

    def _refuse(self, what: str, hint: str) -> PictureError:
        return PictureError(UNSUITABLE_SVG, f"SVG 里有{what}：{self._name}", hint)

    def _entity(self, *_: object) -> None:
        raise self._refuse("实体声明", "在绘图软件里另存为普通 SVG，或改存 PDF")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if self._root is None and (namespace, name) != (_NAMESPACE, "svg"):
            raise PictureError(UNSUITABLE_SVG, f"不是 SVG 图片：{self._name}", "用 PNG、JPEG、SVG 或 PDF 文件")
        if name.lower() in {"text", "tspan", "textpath"}:
            raise self._refuse("文字", "在绘图软件里把文字转为曲线（路径），字形才不随机器改变")
        if name in _REFUSED or (namespace == _NAMESPACE and name not in _SHAPES):
            raise self._refuse(f"不支持的内容 <{name}>", "只用图形，不用图像、脚本、滤镜、蒙版和动画；或改存 PDF、PNG")
        if len(self._open) >= _DEEPEST:
            raise self._refuse("层次太多的组", "在绘图软件里取消编组")
        if attributes.get("spreadMethod", "pad").strip() != "pad":
            # However small a step it repeats, it is drawn step by step.
            raise self._refuse("重复的渐变", "把渐变的扩展方式改为“无”，或改存 PDF、PNG")
        element = _Element(attributes, references=list(self._references(attributes)))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._in_style = name == "style"

    def _end(self, _tag: str) -> None:
        self._open.pop()
        self._in_style = False

    def _text(self, text: str) -> None:
        if self._in_style and re.search(r"@|url|\\", text, re.IGNORECASE):
            raise self._refuse("引用别处的样式", "导出时把样式写成属性，或改存 PDF")

    def _references(self, attributes: dict[str, str]) -> list[str]:
        """The elements that an element draws by reference; other namespaces have their own attributes, which are never drawn."""
        found = []
        for key, value in attributes.items():
            namespace, _, name = key.rpartition(" ")
            if name == "href":
                if not value.strip().startswith("#"):
                    raise self._refuse("对外部文件的引用", "去掉链接和嵌入的图像，或改存 PNG、PDF")
                found.append(value.strip()[1:])
            elif not namespace:
                if _OUTSIDE.search(value) or "\\" in value:
                    raise self._refuse("对外部文件的引用", "去掉链接和嵌入的图像，或改存 PNG、PDF")
                found += _REFERENCE.findall(value)
        return found


def _count_drawn(root: _Element, name: str) -> None:
    """Refuse a drawing whose parts use each other in a circle, or so often that it would not end. Raises PictureError."""
    named: dict[str, _Element] = {}
    every = [root]
    for element in every:
        every += element.children
        if "id" in element.attributes:
            named.setdefault(element.attributes["id"], element)
    costs: dict[_Element, int] = {}
    # Depth first without recursion: an element counts when all that it draws has been counted.
    stack, entered = [(root, iter(_parts(root, named)))], {root}
    while stack:
        element, waiting = stack[-1]
        if (part := next((part for part in waiting if part not in costs), None)) is not None:
            if part in entered:
                raise PictureError(UNSUITABLE_SVG, f"SVG 里有循环的引用：{name}", "在绘图软件里取消符号和链接")
            entered.add(part)
            stack.append((part, iter(_parts(part, named))))
            continue
        costs[element] = 1 + sum(costs[part] for part in _parts(element, named))
        if costs[element] > _MOST_DRAWN:
            raise PictureError(PICTURE_TOO_LARGE, f"SVG 的图形太多：{name}", "简化图形，或改存 PDF、PNG")
        stack.pop()


def _parts(element: _Element, named: dict[str, _Element]) -> list[_Element]:
    """What is drawn with an element: its children, and what it refers to."""
    return [*element.children, *(named[one] for one in element.references if one in named)]


def _size(attributes: dict[str, str], name: str) -> tuple[float, float]:
    """Width and height in mm; what is not given follows from the view box. Raises PictureError."""
    width, height = (_length(attributes.get(side, "")) for side in ("width", "height"))
    box = _view_box(attributes.get("viewBox", ""))
    if box is not None:
        if width is None and height is None:
            width, height = (side * _MM_PER_PX for side in box)
        elif width is None and height is not None:
            width = height * box[0] / box[1]
        elif height is None and width is not None:
            height = width * box[1] / box[0]
    if width is None or height is None or not 0 < min(width, height) <= max(width, height) <= _LARGEST_SIDE:
        raise PictureError(UNSUITABLE_SVG, f"SVG 没有写明尺寸：{name}", "在绘图软件里设好画布的宽和高，再导出")
    return width, height


def _length(text: str) -> float | None:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _MM.get(match[2], _MM_PER_PX) if match else None


def _view_box(text: str) -> tuple[float, float] | None:
    try:
        _, _, width, height = map(float, text.replace(",", " ").split())
    except ValueError:
        return None
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None
