"""Images of a draft: seals, stamps, figures. Read from inside the project alone, with limits; one module per form of file."""

from __future__ import annotations

from gongwen.pictures.loading import file_of, load
from gongwen.pictures.picture import NO_PICTURES, Form, Picture, Pictures
from gongwen.pictures.raster import coverage

__all__ = ["NO_PICTURES", "Form", "Picture", "Pictures", "coverage", "file_of", "load"]
