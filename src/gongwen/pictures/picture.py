"""What an image is to the layout: a size in mm, and the bytes that it is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from gongwen.diagnostics import Check
from gongwen.standard import MM_PER_INCH

Form = Literal["raster", "svg", "pdf"]

NATURAL_DENSITY: Final = 300.0
"""Dots per inch of an image that does not say how large it is."""
DRAWING_DENSITY: Final = 600.0
"""Dots per inch at which drawings, which have no pixels of their own, are turned into pixels."""
MOST_PIXELS: Final = 64_000_000
"""Pixels that an image may have: 256 MB in four inks."""


class PictureError(Exception):
    """An image cannot be used: which check struck, what is wrong, and what the user can do."""

    def __init__(self, check: Check, message: str, hint: str) -> None:
        super().__init__(message)
        self.check = check
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as its file has it: PNG or JPEG (``raster``), SVG, or a page of a PDF counted from 1.

    ``pixels`` are those of a raster image as it stands upright, None for a drawing. ``width`` and ``height`` are its natural size
    in mm: as the file says, else of 300 dpi.
    """

    data: bytes
    pixels: tuple[int, int] | None
    width: float
    height: float
    form: Form = "raster"
    page: int = 1

    @property
    def digest(self) -> str:
        """What tells one image from another, wherever their files lie."""
        return hashlib.sha256(f"{self.form} {self.page} ".encode() + self.data).hexdigest()[:32]

    def pixels_at(self, width: float, height: float) -> tuple[int, int]:
        """The pixels with which it is printed at a size in mm: its own, or those of 600 dpi for a drawing."""
        if self.pixels is not None:
            return self.pixels
        return tuple(max(1, round(side / MM_PER_INCH * DRAWING_DENSITY)) for side in (width, height))  # type: ignore[return-value]  # mypy does not count

    def density_at(self, width: float) -> float:
        """Dots per inch of the image when it is printed that wide (mm)."""
        return DRAWING_DENSITY if self.pixels is None else self.pixels[0] / width * MM_PER_INCH


Pictures = Mapping[str, Picture]
"""The name of an image, as the draft has it → the image."""
NO_PICTURES: Final[Pictures] = MappingProxyType({})
