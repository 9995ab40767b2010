"""What a draft is set with, handed from part to part of the layout."""

from __future__ import annotations

from dataclasses import dataclass

from gongwen.compose import Composer
from gongwen.grid import GRID, Grid
from gongwen.house import STANDARD, House
from gongwen.pictures import Pictures


@dataclass(frozen=True, slots=True)
class Setting:
    """The composer with its faces, the images that the draft names, how the unit departs from the standard, the grid of the text."""

    composer: Composer
    pictures: Pictures
    house: House = STANDARD
    grid: Grid = GRID
