"""Plates: images as a profile prints them, in its inks, with the bytes that a PDF holds.

For the press nothing is RGB: what is coloured is converted to the inks of the printing condition, what is grey stays grey and is
printed in black alone (clause 6.2). For the archive everything is sRGB or grey.
"""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from PIL import Image, ImageChops, ImageCms, ImageOps

from gongwen.pictures.raster import FORMATS
from gongwen.render import Profile, color_profile

Space = Literal["DeviceGray", "DeviceRGB", "DeviceCMYK"]

_SPACES: Final[dict[str, Space]] = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
_PROFILE_SPACES: Final = {"RGB": "RGB ", "CMYK": "CMYK"}
_PHOTOGRAPHS: Final = ("JPEG", "MPO")
_QUALITY: Final = 95
"""Of a photograph that was converted: no loss that anybody sees."""
_LEVEL: Final = 4
_OPAQUE: Final = 255


@dataclass(frozen=True, slots=True)
class Plate:
    """Pixels in the inks of a profile. ``data`` is a JPEG, or the compressed rows of a PNG; ``alpha`` the latter, in grey.

    ``is_inverted`` says that the JPEG counts paper and not ink, as Adobe's do.
    """

    size: tuple[int, int]
    space: Space
    data: bytes
    is_jpeg: bool
    is_inverted: bool
    alpha: bytes | None

    @property
    def components(self) -> int:
        """How many values a pixel has."""
        return {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}[self.space]


def opened(data: bytes) -> Image.Image:
    """The pixels of a PNG or JPEG, upright as its EXIF data say."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.load()
        upright = ImageOps.exif_transpose(image)
        upright.format = image.format
        return upright


def drawn(pdf: bytes, page: int, size: tuple[int, int]) -> Image.Image:
    """A page of a PDF as so many pixels; what it does not paint is transparent."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(pdf) as document:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = max(size[0] / width, size[1] / height)
        bitmap = sheet.render(
            scale=scale, fill_color=(_OPAQUE, _OPAQUE, _OPAQUE, 0), maybe_alpha=False, rev_byteorder=True
        )
        image: Image.Image = bitmap.to_pil().convert("RGBA")
        return image.copy() if image.size == size else image.resize(size)


def plate(image: Image.Image, profile: Profile) -> Plate:
    """The image in the inks of a profile."""
    colour, alpha = _split(image)
    converted = _converted(colour, _embedded(image, colour.mode), profile)
    is_jpeg = image.format in _PHOTOGRAPHS and alpha is None
    return Plate(
        converted.size,
        _SPACES[converted.mode],
        _jpeg(converted) if is_jpeg else _rows(converted),
        is_jpeg,
        is_jpeg and converted.mode == "CMYK",
        None if alpha is None else _rows(alpha),
    )


def _split(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Grey, RGB or CMYK, and the transparency if it has any."""
    mode = image.mode
    alpha = None
    if "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        if alpha.getextrema() == (_OPAQUE, _OPAQUE):
            alpha = None
    if mode.startswith("I;16"):
        return image.point(lambda value: value / 257).convert("L"), alpha
    if mode in ("1", "L", "LA", "La"):
        return image.convert("L"), alpha
    if mode == "CMYK":
        return image, alpha
    colour = image.convert("RGB")
    return (colour.getchannel(0) if _is_grey(colour) else colour), alpha


def _is_grey(image: Image.Image) -> bool:
    """Whether red, green and blue are the same everywhere."""
    red, green, blue = image.split()
    return all(ImageChops.difference(red, other).getbbox() is None for other in (green, blue))


def _embedded(image: Image.Image, mode: str) -> bytes | None:
    """The colour profile that the image brings, if it speaks of such colours."""
    data = image.info.get("icc_profile")
    if not data or mode not in _PROFILE_SPACES:
        return None
    try:
        space = ImageCms.getOpenProfile(io.BytesIO(data)).profile.xcolor_space
    except (OSError, ImageCms.PyCMSError):
        return None
    return data if space == _PROFILE_SPACES[mode] else None


def _converted(image: Image.Image, embedded: bytes | None, profile: Profile) -> Image.Image:
    target = "CMYK" if profile == "print" else "RGB"
    if image.mode == "L" or (image.mode == target and embedded is None):
        return image
    transform = _transform(image.mode, embedded, target)
    return image if transform is None else _applied(image, transform)


def _applied(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None  # noqa: S101 - None is for images that are changed in place
    return converted


@functools.lru_cache(maxsize=16)
def _transform(mode: str, embedded: bytes | None, target: str) -> ImageCms.ImageCmsTransform | None:
    """From an image's own colours to those of a profile; None where they are the same ones, or cannot be told."""
    ours: dict[str, Any] = {"RGB": ImageCms.createProfile("sRGB"), "CMYK": str(color_profile())}
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(embedded)) if embedded is not None else ours[mode]
        return ImageCms.buildTransform(
            source,
            ours[target],
            mode,
            target,
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError:
        return None if mode == target else _transform(mode, None, target)


def _jpeg(image: Image.Image) -> bytes:
    """A photograph as JPEG, without what the camera wrote into it; one that was not converted loses nothing."""
    file = io.BytesIO()
    if image.format == "JPEG":
        image.save(file, "JPEG", quality="keep", exif=b"", icc_profile=None, comment=b"")
    else:
        image.save(file, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=None)
    return file.getvalue()


def _rows(image: Image.Image) -> bytes:
    """The rows of an image as PNG compresses them, which a PDF reads as they are; four inks go in the place of RGB and alpha."""
    if image.mode == "CMYK":
        image = Image.frombytes("RGBA", image.size, image.tobytes())
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=_LEVEL, icc_profile=None)
    return b"".join(data for kind, data in _chunks(file.getvalue()) if kind == b"IDAT")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        yield kind, png[place + 8 : place + 8 + length]
        place += length + 12
