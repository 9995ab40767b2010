"""The grid: the type size of the text, and how many cells and lines of it fill the type area (clause 5.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gongwen import standard


@dataclass(frozen=True, slots=True)
class Grid:
    """The text's ``size`` and its title's (pt), the ``cells`` of a full line and the ``lines`` of a full page."""

    size: float
    title_size: float
    cells: int
    lines: int

    @property
    def em(self) -> float:
        """The type size in mm."""
        return self.size * standard.MM_PER_PT

    @property
    def pitch(self) -> float:
        """From line to line (mm), so that the lines of a full page fill the type area."""
        return (standard.HEIGHT - self.em) / (self.lines - 1)

    @property
    def tight(self) -> float:
        """The least pitch of a page (mm)."""
        return self.pitch * (standard.PITCH_TIGHT / standard.PITCH)

    @property
    def loose(self) -> float:
        """The greatest pitch of a page (mm)."""
        return self.pitch * (standard.PITCH_LOOSE / standard.PITCH)

    @property
    def blank_line(self) -> float:
        """空一行 from edge to edge (mm)."""
        return standard.BLANK_LINE * (self.size / standard.SIZE_3)

    @property
    def title_pitch(self) -> float:
        """From line to line of a title (mm)."""
        return standard.PITCH_TITLE * (self.title_size / standard.SIZE_2)

    @property
    def title_cells(self) -> float:
        """Cells of the title's size in a line."""
        return standard.WIDTH / (self.title_size * standard.MM_PER_PT)


GRID: Final = Grid(standard.SIZE_3, standard.SIZE_2, standard.CELLS, standard.LINES)
"""That of the standard: 22 lines of 28 cells."""
READING: Final = Grid(
    standard.SIZE_READING, standard.SIZE_READING_TITLE, standard.READING_CELLS, standard.READING_LINES
)
"""That of a speech's reading copy."""
