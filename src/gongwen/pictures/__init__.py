"""Images of a draft: seals, stamps, figures. Read from inside the project alone, with limits; one module per form of file."""

from __future__ import annotations

from gongwen.pictures.loading import load
from gongwen.pictures.picture import NO_PICTURES, Form, Picture, Pictures

__all__ = ["NO_PICTURES", "Form", "Picture", "Pictures", "load"]
