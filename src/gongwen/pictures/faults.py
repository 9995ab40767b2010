"""What may be wrong with an image, whatever its form."""

from __future__ import annotations

from typing import Final

from gongwen.diagnostics import BLOCKING, Check
from gongwen.pictures.picture import MOST_PIXELS, PictureError

BROKEN_PICTURE: Final = Check(
    "GW509",
    "broken-picture",
    BLOCKING,
    what="图片文件完整。",
    why="传输中断的图片只剩一半，印出来就缺一块。",
)
PICTURE_TOO_LARGE: Final = Check(
    "GW510",
    "picture-too-large",
    BLOCKING,
    what="图片不超过 6400 万像素。",
    why="再多的像素在版心里印不出来；过大的图片要处理很久，也可能是用来使程序停摆的。",
)


def broken(name: str) -> PictureError:
    """The file is cut short or damaged."""
    return PictureError(BROKEN_PICTURE, f"图片文件不完整或已损坏：{name}", "用看图软件打开核对，重新导出或复制")


def too_large(name: str) -> PictureError:
    """It has more pixels than any page can show."""
    return PictureError(
        PICTURE_TOO_LARGE, f"图片的像素太多：{name}", f"缩小到 {MOST_PIXELS // 1_000_000} 百万像素以内再用"
    )
