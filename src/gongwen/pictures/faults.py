"""What may be wrong with an image, whatever its form."""

from __future__ import annotations

from typing import Final

from gongwen.diagnostics import BLOCKING, Check
from gongwen.pictures.picture import MOST_PIXELS, PictureError

BROKEN_PICTURE: Final = Check("GW509", "broken-picture", BLOCKING)
PICTURE_TOO_LARGE: Final = Check("GW510", "picture-too-large", BLOCKING)


def broken(name: str) -> PictureError:
    """The file is cut short or damaged."""
    return PictureError(BROKEN_PICTURE, f"图片文件不完整或已损坏：{name}", "用看图软件打开核对，重新导出或复制")


def too_large(name: str) -> PictureError:
    """It has more pixels than any page can show."""
    return PictureError(
        PICTURE_TOO_LARGE, f"图片的像素太多：{name}", f"缩小到 {MOST_PIXELS // 1_000_000} 百万像素以内再用"
    )
