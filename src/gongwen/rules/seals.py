"""Rules of the images of seals."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.diagnostics import Check, Finding, Severity
from gongwen.document import Draft
from gongwen.pictures import Pictures
from gongwen.standard import SEAL_SIDES

SEAL_SHAPE = Check("GW313", "seal-shape", Severity.ERROR, "GB/T 9704 7.3.5.1")


def seal_shape(draft: Draft, pictures: Pictures) -> Iterator[Finding]:
    """B-36: a seal is a circle and stands upright; an image that is not square would be drawn out of shape."""
    for path, name in draft.pictures():
        if path[-1] != "seal" or name not in pictures:
            continue
        picture = pictures[name]
        if abs(picture.width / picture.height - 1) > SEAL_SIDES:
            yield Finding(
                SEAL_SHAPE,
                f"印章图片应当是正方形，这幅是 {picture.pixels[0]} × {picture.pixels[1]} 像素",
                path,
                hint="沿印章外圈裁成正方形，印章充满图片",
            )
