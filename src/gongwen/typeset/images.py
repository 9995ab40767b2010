"""Images in WeasyPrint's hands: objects of ours, written as the plates that are made when the file is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.etree import ElementTree

import pydyf  # type: ignore[import-untyped]

from gongwen import plates
from gongwen.options import Profile
from gongwen.pictures import Picture
from gongwen.render import Printed
from gongwen.typeset.engine import OnlyOurFiles, listening, weasyprint


class UndrawableError(Exception):
    """An image that was sound to look at cannot be drawn."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture.digest)
        self.picture = picture


class Image:
    """An image of a size that the page states, written as the plate that ``plate_of`` makes when the file is."""

    def __init__(self, printed: Printed, plate_of: Callable[[Printed], plates.Plate]) -> None:
        self.id = printed.name
        self._printed = printed
        self._plate_of = plate_of

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Width, height and their ratio; WeasyPrint asks for it although the page states both."""
        width, height = self._printed.pixels
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Put it on the page."""
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, *_: object) -> pydyf.Stream:
        """The image as the file holds it."""
        plate = self._plate_of(self._printed)
        extra = _image_entries(plate.size, plate.space)
        if plate.is_jpeg:
            extra["Filter"] = "/DCTDecode"
        else:
            extra |= _row_entries(plate.size, plate.components)
        if plate.is_inverted:
            extra["Decode"] = pydyf.Array((1, 0) * plate.components)
        if plate.alpha is not None:
            mask = _image_entries(plate.size, "DeviceGray") | _row_entries(plate.size, 1)
            extra["SMask"] = pydyf.Stream([plate.alpha], pydyf.Dictionary(mask))
        return pydyf.Stream([plate.data], pydyf.Dictionary(extra))


def _image_entries(size: tuple[int, int], space: plates.Space) -> dict[str, Any]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": size[0],
        "Height": size[1],
        "ColorSpace": f"/{space}",
        "BitsPerComponent": 8,
    }


def _row_entries(size: tuple[int, int], components: int) -> dict[str, Any]:
    """How to read rows that are compressed as PNG does it: predictor 15, each row saying which filter it uses."""
    parameters = {"Predictor": 15, "Columns": size[0], "Colors": components}
    return {"Filter": "/FlateDecode", "DecodeParms": pydyf.Dictionary(parameters)}


def plate(profile: Profile, printed: Printed) -> plates.Plate:
    """An image in the inks of a profile. Raises UndrawableError."""
    picture = printed.picture
    if picture.form == "raster":
        return plates.of_file(picture.data, profile)
    pdf = picture.data if picture.form == "pdf" else _svg_as_pdf(picture)
    return plates.of_drawing(pdf, picture.page, printed.pixels, profile)


_NOTHING_FETCHED: Final = OnlyOurFiles(set())


def _svg_as_pdf(picture: Picture) -> bytes:
    """A drawing on a page of its own size (mm). Raises UndrawableError where WeasyPrint complains."""
    tree = ElementTree.fromstring(picture.data)  # noqa: S314 - entities and references were refused when it was read
    size = f"width:{picture.width}mm;height:{picture.height}mm"
    page = (
        f"<style>@page{{margin:0;size:{picture.width}mm {picture.height}mm}}body{{margin:0}}"
        f"img{{display:block;{size}}}</style><img src='picture:'>"
    )
    image = weasyprint.images.SVGImage(tree, "picture:", _NOTHING_FETCHED, None)
    with listening() as complaints:
        document = weasyprint.HTML(string=page, url_fetcher=_NOTHING_FETCHED).render(cache={"picture:": image})
        pdf: bytes = document.write_pdf()
    if complaints:
        raise UndrawableError(picture)
    return pdf
