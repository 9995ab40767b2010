"""Images: those that are not there yet, and those too coarse for the size at which they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.layout import ImageBox, Layout
from gongwen.rules.registry import on_draft, on_layout
from gongwen.standard import FIGURE_DENSITY

COARSE_PICTURE = Check("GW512", "coarse-picture", PRACTICE)
RESERVED_FIGURE = Check("GW513", "reserved-figure", PRACTICE)


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
