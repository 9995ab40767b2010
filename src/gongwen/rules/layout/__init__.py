"""Rules of the pages that a draft is set on, decided from the layout."""

from typing import Final

from gongwen.rules.layout import (
    leaves,
    lines,
    pages,
)

MODULES: Final = (
    leaves,
    lines,
    pages,
)
