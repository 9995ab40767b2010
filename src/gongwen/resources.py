"""Where the data folders lie: inside the package in an installed wheel, at the project's root in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class MissingResourceError(Exception):
    """A data folder is in neither place: the installation is broken, not the draft."""


def templates() -> Path:
    """The folder of page templates and stylesheets."""
    return _folder("templates")


def schemas() -> Path:
    """The folder of kinds, terms and JSON schemas."""
    return _folder("schemas")


def fonts() -> Path:
    """The folder of bundled faces."""
    return _folder("fonts")


@cache
def _folder(name: str) -> Path:
    """The folder, sought in the wheel's layout first. Raises MissingResourceError."""
    places = (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise MissingResourceError(f"程序安装不完整，找不到 {name} 文件夹；找过 {'、'.join(map(str, places))}")
