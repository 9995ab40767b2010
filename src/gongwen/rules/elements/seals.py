"""Rules of the images of seals."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.authority import must
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Draft
from gongwen.layout import Layout
from gongwen.pictures import Picture, coverage
from gongwen.rules.registry import on_layout
from gongwen.standard import SEAL_COVER, SEAL_SIDES

SEAL_SHAPE = Check(
    "GW313",
    "seal-shape",
    must("GB/T 9704 7.3.5.1"),
    what="印章图片是正方形，印章充满图片。",
    why="GB/T 9704 7.3.5.1：印章端正，居中下压署名和成文日期；图片不方，印章画出来就变形或者偏离。",
    wrong="# 印章图片宽 500 像素、高 400 像素",
    right="# 印章图片沿外圈裁成正方形，宽、高都是 500 像素",
)
OPAQUE_SEAL = Check(
    "GW314",
    "opaque-seal",
    must("GB/T 9704 7.3.5.1"),
    what="印章图片的背景是透明的。",
    why="GB/T 9704 7.3.5.1：印章压在署名和成文日期上；白底的图片把它们盖住。",
    wrong="# 印章图片是白底的扫描件",
    right="# 印章图片去掉了白底，存为背景透明的 PNG，或者用 SVG",
)


def _seals(draft: Draft, layout: Layout) -> Iterator[tuple[DataPath, Picture]]:
    for path, name in draft.pictures():
        if path[-1] == "seal" and name in layout.pictures:
            yield path, layout.pictures[name]


@on_layout(SEAL_SHAPE)
def seal_shape(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-36: a seal is a circle and stands upright; an image that is not square would be drawn out of shape."""
    for path, picture in _seals(draft, layout):
        ratio = picture.width / picture.height
        if abs(ratio - 1) > SEAL_SIDES:
            yield Finding(
                SEAL_SHAPE,
                f"印章图片应当是正方形，这幅的宽是高的 {ratio:.2f} 倍",
                path,
                hint="沿印章外圈裁成正方形，印章充满图片",
            )


@on_layout(OPAQUE_SEAL)
def opaque_seal(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-36: a seal lies over name and date, which show through it; an image without transparency would hide them."""
    for path, picture in _seals(draft, layout):
        # A drawing is taken to be nothing but its lines.
        if picture.form == "raster" and coverage(picture) > SEAL_COVER:
            yield Finding(
                OPAQUE_SEAL,
                "印章图片的底不透明，会盖住署名和日期",
                path,
                hint="在绘图软件里去掉白底，存为背景透明的 PNG，或用 SVG",
            )
