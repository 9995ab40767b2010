"""A page of a PDF."""

from __future__ import annotations

from gongwen.pictures.faults import BROKEN_PICTURE, broken
from gongwen.pictures.picture import Picture, PictureError
from gongwen.standard import MM_PER_PT


def read(data: bytes, page: int, name: str) -> Picture:
    """A page, counted from 1, as large as the file says. Raises PictureError."""
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data) as document:
            count = len(document)
            if not 1 <= page <= count:
                raise PictureError(BROKEN_PICTURE, f"PDF 里没有第{page}页：{name}", f"共{count}页；如 {name}#1")
            width, height = document[page - 1].get_size()
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            raise PictureError(BROKEN_PICTURE, f"PDF 加了密：{name}", "另存为没有密码的 PDF") from None
        raise broken(name) from None
    if width <= 0 or height <= 0:
        raise broken(name)
    return Picture(data, None, width * MM_PER_PT, height * MM_PER_PT, "pdf", page)
