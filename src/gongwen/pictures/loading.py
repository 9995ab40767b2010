"""Reading the images that a draft names: each is recognised by its bytes, never by its name."""

from __future__ import annotations

import functools
import re
from typing import Final

from gongwen.diagnostics import BLOCKING, Check, Finding
from gongwen.document import Draft
from gongwen.files import FileError, Folder
from gongwen.pictures.picture import Picture, PictureError, Pictures

UNUSABLE_FILE = Check(
    "GW507",
    "unusable-picture-file",
    BLOCKING,
    what="图片文件在项目文件夹里，读得到。",
    why="缺图的公文不能付印；项目之外的文件不读。还没有图片的写 reserved（留空）。",
    wrong="""\
body:
  - 2026年7月1日，市总工会在云州会堂举行送清凉活动启动仪式，现场如下。
  - {figure: 没有的照片.png, width: 120}
""",
    right="""\
body:
  - 2026年7月1日，市总工会在云州会堂举行送清凉活动启动仪式，现场如下。
  - {figure: reserved, width: 120, height: 80}
""",
)
NOT_A_PICTURE = Check(
    "GW508",
    "not-a-picture",
    BLOCKING,
    what="图片是 PNG、JPEG、SVG 或者 PDF。",
    why="程序按内容辨认，不看扩展名；别的格式先用看图软件另存。",
)

_PAGE: Final = re.compile(r"(.+\.pdf)#([0-9]{1,5})", re.IGNORECASE)
"""A page of a PDF: its file and its number."""
_RASTER: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_PDF: Final = b"%PDF-"
_PDF_STARTS_WITHIN: Final = 1024
_XML: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<|\xff\xfe<\0|\xfe\xff\0<")


def load(draft: Draft, folder: Folder) -> tuple[Pictures, list[Finding]]:
    """The images of a draft by name, and a finding for every place that names one which cannot be used."""
    found: dict[str, Picture] = {}
    findings: list[Finding] = []
    for path, name in draft.pictures():
        if name in found:
            continue
        try:
            found[name] = read(name, folder)
        except PictureError as error:
            findings.append(Finding(error.check, error.message, path, hint=error.hint))
    return found, findings


def file_of(name: str) -> tuple[str, int]:
    """The file of an image's name, and the page of that: ``name.pdf#3``, or the first."""
    match = _PAGE.fullmatch(name)
    return (match[1], int(match[2])) if match else (name, 1)


def read(name: str, folder: Folder) -> Picture:
    """The image of a name: a file, or a page of one. Raises PictureError."""
    file, page = file_of(name)
    try:
        data = folder.read(file)
    except FileError as error:
        raise PictureError(UNUSABLE_FILE, error.message, error.hint) from None
    return _recognised(data, page, file)


@functools.lru_cache(maxsize=8)
def _recognised(data: bytes, page: int, name: str) -> Picture:
    """The image that bytes hold; one that is read again after an edit of the draft need not be decoded again."""
    from gongwen.pictures import pdf, raster, svg

    if data.startswith(_RASTER):
        return raster.read(data, name)
    if _PDF in data[:_PDF_STARTS_WITHIN]:
        return pdf.read(data, page, name)
    if _XML.match(data):
        return svg.read(data, name)
    raise PictureError(NOT_A_PICTURE, f"不是能用的图片：{name}", "用 PNG、JPEG、SVG 或 PDF 文件")
