"""Images: those that are not there yet, and those too coarse for the size at which they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.layout import ImageBox, Layout
from gongwen.rules.registry import on_draft, on_layout
from gongwen.standard import FIGURE_DENSITY

COARSE_PICTURE = Check(
    "GW512",
    "coarse-picture",
    PRACTICE,
    what="图片印出来不少于 300 dpi。",
    why="低于 300 dpi 的，印在纸上看得出锯齿；这是印刷的习惯。",
    wrong="# 宽 600 像素的照片印成 120 毫米宽，只有 127 dpi",
    right="# 宽 1500 像素的照片印成 120 毫米宽，有 318 dpi",
)
RESERVED_FIGURE = Check(
    "GW513",
    "reserved-figure",
    PRACTICE,
    what="定稿前把留空的图片换成图片文件。",
    why="留空的地方印出来是空框；审稿时先留出位置是习惯，付印前不能忘。",
    wrong="""\
body:
  - 2026年7月1日，市总工会在云州会堂举行送清凉活动启动仪式，现场如下。
  - {figure: reserved, width: 120, height: 80}
""",
    right="# 图片有了，写上文件名：{figure: 会场.jpg, width: 120}",
)


@on_draft(RESERVED_FIGURE)
def reserved_figures(draft: Draft) -> Iterator[Finding]:
    """K-02: a figure without its image: the page shows an empty frame."""
    for path, figure in draft.figures():
        if figure.is_reserved:
            yield Finding(RESERVED_FIGURE, "图片还没有，只留出了位置", (*path, "figure"), hint="定稿前写上图片文件")


@on_layout(COARSE_PICTURE)
def coarse_pictures(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """K-02: an image of less than 300 dots per inch, told once for its name where it is largest."""
    boxes = [box for page in layout.pages for box in page.boxes if isinstance(box, ImageBox)]
    told: set[str] = set()
    for path, name in draft.pictures():
        widths = [box.width for box in boxes if box.picture == name]
        if not widths or name in told:
            continue
        told.add(name)
        picture = layout.pictures[name]
        density = picture.density_at(max(widths))
        if density < FIGURE_DENSITY:
            width = picture.width * picture.density_at(picture.width) / FIGURE_DENSITY
            yield Finding(
                COARSE_PICTURE,
                f"图片不够清晰：印成 {max(widths):.0f} 毫米宽，只有 {density:.0f} dpi",
                path,
                hint=f"换更清晰的图片，或印得不宽于 {width:.0f} 毫米",
            )
