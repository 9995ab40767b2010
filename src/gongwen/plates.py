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

from gongwen.options import Profile
from gongwen.pictures.raster import FORMATS, ORIENTATION
from gongwen.render import color_profile

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
    """Pixels in the inks of a profile. ``data`` is a JPEG, or the compressed rows of a PNG; ``alpha`` the latter, in grey."""

    size: tuple[int, int]
    space: Space
    data: bytes
    is_jpeg: bool
    alpha: bytes | None = None

    @property
    def is_inverted(self) -> bool:
        """Whether it counts paper and not ink: Adobe's JPEG of four inks, and everybody's since, does."""
        return self.is_jpeg and self.space == "DeviceCMYK"

    @property
    def components(self) -> int:
        """How many values a pixel has."""
        return {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}[self.space]


def _drawn(pdf: bytes, page: int, size: tuple[int, int]) -> Image.Image:
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


def as_png(pdf: bytes, page: int, size: tuple[int, int]) -> bytes:
    """A page of a PDF, counted from 1, as so many pixels of a screen, in a PNG."""
    file = io.BytesIO()
    _drawn(pdf, page, size).save(file, "PNG", compress_level=_LEVEL)
    return file.getvalue()


def of_drawing(pdf: bytes, page: int, size: tuple[int, int], profile: Profile) -> Plate:
    """A page of a PDF, counted from 1, as so many pixels in the inks of a profile."""
    return _plate(*_separated(_drawn(pdf, page, size), profile))


def of_file(data: bytes, profile: Profile) -> Plate:
    """A PNG or JPEG, upright as its EXIF data say, in the inks of a profile; a JPEG stays one, its very bytes where they can."""
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    image.load()
    upright = ImageOps.exif_transpose(image) if image.getexif().get(ORIENTATION, 1) != 1 else image
    colour, alpha = _separated(upright, profile)
    if image.format not in _PHOTOGRAPHS or alpha is not None:
        return _plate(colour, alpha)
    bare = _bare(data) if colour is image and image.format == "JPEG" and {"jfif", "adobe"} & {*image.info} else None
    return Plate(colour.size, _SPACES[colour.mode], bare or _coded(colour), is_jpeg=True)


def _plate(colour: Image.Image, alpha: Image.Image | None) -> Plate:
    mask = None if alpha is None else _rows(alpha)
    return Plate(colour.size, _SPACES[colour.mode], _rows(colour), is_jpeg=False, alpha=mask)


def _separated(image: Image.Image, profile: Profile) -> tuple[Image.Image, Image.Image | None]:
    """The image in the inks of a profile, and its transparency if it has any."""
    colour, alpha = _split(image)
    return _converted(colour, _embedded(image, colour.mode), profile), alpha


def _split(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Grey, RGB or CMYK, and the transparency if it has any."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 257).convert("L"), None
    alpha = None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        if alpha.getextrema() == (_OPAQUE, _OPAQUE):
            alpha = None
    if image.mode == "1":
        return image.convert("L"), alpha
    if image.mode in ("L", "CMYK"):
        return image, alpha
    colour = image if image.mode == "RGB" else image.convert("RGB")
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


def _coded(image: Image.Image) -> bytes:
    """A photograph that was converted or turned, as JPEG."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, subsampling=0, exif=b"", icc_profile=None, comment=b"")
    return file.getvalue()


def _bare(jpeg: bytes) -> bytes | None:
    """A JPEG without what the camera wrote into it, such as where it was; None for one that a PDF cannot hold as it is."""
    parts, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == _START:
        if jpeg[place + 1 : place + 2] == _START:
            place += 1  # a marker may be filled up in front
            continue
        kind, length = int.from_bytes(jpeg[place + 1 : place + 2]), int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if kind in _FRAMES and kind not in _FRAMES_OF_PDF:
            return None
        if kind == _SCAN:
            return b"".join(parts) + jpeg[place:]
        if kind not in _REMARKS:
            parts.append(jpeg[place : place + 2 + length])
        place += 2 + length
    return None


_START: Final = b"\xff"
"""Of every marker."""
_SCAN: Final = 0xDA
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_FRAMES_OF_PDF: Final = (0xC0, 0xC1, 0xC2)
"""Baseline, extended, progressive; not lossless nor with arithmetic coding."""
_REMARKS: Final = frozenset(range(0xE1, 0xF0)) - {0xEE} | {0xFE}
"""Segments of programs and comments; APP0 and APP14 tell the colours."""


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
