"""Rules of the images of seals."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.diagnostics import Check, Finding, Severity
from gongwen.document import Draft
from gongwen.layout import Layout
from gongwen.standard import SEAL_SIDES

SEAL_SHAPE = Check("GW313", "seal-shape", Severity.ERROR, "GB/T 9704 7.3.5.1")


def seal_shape(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-36: a seal is a circle and stands upright; an image that is not square would be drawn out of shape."""
    for path, name in draft.pictures():
        picture = layout.pictures.get(name)
        if path[-1] == "seal" and picture is not None and abs(picture.width / picture.height - 1) > SEAL_SIDES:
            yield Finding(
                SEAL_SHAPE,
                f"印章图片应当是正方形，这幅的宽是高的 {picture.width / picture.height:.2f} 倍",
                path,
                hint="沿印章外圈裁成正方形，印章充满图片",
            )
