"""Rules of figures: every image of the draft is there, centred, with its caption below it, and not too coarse for print."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.document import Figure
from gongwen.preflight.case import AbsentError, Case, NotFoundError, Reading, counted, measures, texts, worst
from gongwen.preflight.elements import Element


@measures("E-08.figures")
def figures(case: Case) -> Iterator[Reading]:
    """As many figures as the draft has."""
    wanted = len(case.blocks(Figure))
    if not wanted:
        raise AbsentError
    shown = sum(map(len, case.figures.values()))
    yield Reading("E-08.figures", None, abs(shown - wanted), f"{shown} 幅", f"{wanted} 幅")


@measures("P-04.figure")
def figures_centred(case: Case) -> Iterator[Reading]:
    """A figure is centred between the edges of the type area."""
    if not case.has_figures:
        raise AbsentError
    yield from worst(
        "P-04.figure",
        ((page, (box.left + box.right) / 2) for page, boxes in case.figures.items() for box in boxes),
    )


@measures("P-04.caption", "P-04.captionaxis", "P-06.caption", "P-06.captionface")
def captions(case: Case) -> Iterator[Reading]:
    """图题 in 4号仿宋 below its figure, every line centred."""
    elements = case.every("figure-caption")
    chars = [(element.page, char) for element in elements for char in element.chars]
    yield from worst("P-04.captionaxis", ((line.page, line.axis) for one in elements for line in one.lines))
    yield from worst("P-06.caption", ((page, char.style.size) for page, char in chars))
    for page in sorted({page for page, _ in chars}):
        outside = case.outside_face((char for on, char in chars if on == page), "仿宋")
        yield counted("P-06.captionface", page, texts(outside))
    yield from worst("P-04.caption", ((one.page, one.top - _figure_above(case, one)) for one in elements))


def _figure_above(case: Case, caption: Element) -> float:
    """The lower edge of the figure that a caption stands below (mm)."""
    above = [box.bottom for box in case.figures.get(caption.page, []) if box.bottom < caption.top]
    if not above:
        raise NotFoundError("图题之上没有图片")
    return max(above)


@measures("K-02.dpi")
def densities(case: Case) -> Iterator[Reading]:
    """Images have enough dots for print, seals among them."""
    yield from worst("K-02.dpi", ((image.page, image.density) for page in case.pages for image in page.sheet.images))
