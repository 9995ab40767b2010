"""Images of a draft: seals, stamps, figures. Read from inside the project alone, with limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it was read: its bytes as PNG or JPEG, and how many pixels it has.

    ``width`` and ``height`` are its natural size in mm where the file says so (SVG, PDF, a density in PNG or JPEG), else of 300 dpi.
    """

    data: bytes
    pixels: tuple[int, int]
    width: float
    height: float


Pictures = Mapping[str, Picture]
"""The name of an image, as the draft has it → the image."""
NO_PICTURES: Final[Pictures] = MappingProxyType({})
