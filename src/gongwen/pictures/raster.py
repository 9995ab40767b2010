"""PNG and JPEG."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any, Final

from gongwen.pictures.faults import broken, too_large
from gongwen.pictures.picture import MOST_PIXELS, NATURAL_DENSITY, Picture
from gongwen.standard import MM_PER_INCH

FORMATS: Final = ("PNG", "JPEG")
ORIENTATION: Final = 0x0112
_TURNED: Final = (5, 6, 7, 8)
"""EXIF orientations of an image that lies on its side."""
_QUICK: Final = 8
"""A JPEG can be decoded at an eighth of its size: that shows whether it is whole, in a fraction of the time."""


def read(data: bytes, name: str) -> Picture:
    """An image that can be decoded to its last row. Raises PictureError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            (width, height), (across, down) = _decoded(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large(name) from None
    except Exception as error:
        # Damaged bytes make a decoder raise whatever its author did not think of.
        raise broken(name) from error
    return Picture(data, (width, height), width / across * MM_PER_INCH, height / down * MM_PER_INCH)


def _decoded(data: bytes) -> tuple[tuple[int, int], tuple[float, float]]:
    """Pixels and densities of the upright image, all of which can be decoded."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        size = image.size
        if size[0] * size[1] > MOST_PIXELS:
            raise Image.DecompressionBombError
        densities = _densities(image.info.get("dpi"))
        image.draft(None, (size[0] // _QUICK, size[1] // _QUICK))
        image.load()
        if image.getexif().get(ORIENTATION) in _TURNED:
            return (size[1], size[0]), (densities[1], densities[0])
    return size, densities


def _densities(given: Any) -> tuple[float, float]:
    """Dots per inch across and down: what the file says if that makes sense, else 300."""
    try:
        across, down = map(float, given)
    except (TypeError, ValueError, ZeroDivisionError):
        return NATURAL_DENSITY, NATURAL_DENSITY
    makes_sense = all(math.isfinite(one) and _LEAST_DENSITY < one <= _GREATEST_DENSITY for one in (across, down))
    return (across, down) if makes_sense else (NATURAL_DENSITY, NATURAL_DENSITY)


_LEAST_DENSITY: Final = 72.0
_GREATEST_DENSITY: Final = 5000.0
"""Densities outside are placeholders: cameras write 72 for want of one, other programs 1."""
