"""What of the program a PDF depends on: its own files, the libraries that set type and measure, and theirs."""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import re
import sys
from pathlib import Path
from typing import Final, NamedTuple

from gongwen import __version__, resources
from gongwen.files import digest_of

_LIBRARIES: Final = frozenset(
    (
        *(
            "brotli",
            "cffi",
            "cssselect2",
            "fonttools",
            "jinja2",
            "markupsafe",
            "openpyxl",
            "pikepdf",
            "pillow",
            "pydantic",
        ),
        *(
            "pydantic-core",
            "pydyf",
            "pyphen",
            "pypdfium2",
            "pyyaml",
            "rjieba",
            "tinycss2",
            "tinyhtml5",
            "uharfbuzz",
            "weasyprint",
        ),
        "zopfli",
    )
)
"""Distributions that a PDF, or what is told of its draft, comes from."""
_SYSTEM: Final = (("libpango-1.0.so.0", "pango_version_string"), ("libharfbuzz.so.0", "hb_version_string"))
"""The system's libraries that WeasyPrint sets type with, and what tells their version."""
_SUFFIXES: Final = frozenset((".py", ".j2", ".yaml", ".json", ".icc", ".otf", ".ttf", ".txt", ".tsv"))
_INSTALLED: Final = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.dist-info")


class Program(NamedTuple):
    """The program as it is here: the versions, the states of its files, which change when a file may have, and whose they are."""

    versions: str
    states: str
    files: tuple[str, ...]

    def digest(self) -> str:
        """What tells it from another: from the contents of its files, which takes a while."""
        parts = [self.versions, *(f"{Path(name).name}\0{digest_of(Path(name).read_bytes())}" for name in self.files)]
        return digest_of("\n".join(parts).encode())


def program() -> Program:
    """The program that runs."""
    files: list[str] = []
    states = hashlib.blake2b(digest_size=16)
    for root in (Path(__file__).parents[1], resources.templates(), resources.schemas(), resources.fonts()):
        for path, size, modified, changed in sorted(_files(str(root))):
            files.append(path)
            states.update(f"{path}\0{size}\0{modified}\0{changed}\n".encode("utf-8", "surrogatepass"))
    return Program(_versions(), states.hexdigest(), tuple(dict.fromkeys(files)))


def _files(folder: str) -> list[tuple[str, int, int, int]]:
    """The files of the program below a folder, each with size and times."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    found += _files(entry.path)
            elif Path(entry.name).suffix in _SUFFIXES:
                stat = entry.stat()
                found.append((entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return found


def _versions() -> str:
    """Versions, one a line. Installed ones are read off the names of folders: asking each for itself takes 30 ms."""
    found = {f"gongwen {__version__}", f"python {platform.python_version()} {sys.platform} {platform.machine()}"}
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        for installed in folder.glob("*.dist-info"):
            match = _INSTALLED.fullmatch(installed.name)
            if match and (called := match["name"].replace("_", "-").lower()) in _LIBRARIES:
                found.add(f"{called} {match['version']}")
    if sys.platform == "linux":
        found.update(f"{library} {_version_of(library, function)}" for library, function in _SYSTEM)
    return "\n".join(sorted(found))


def _version_of(library: str, function: str) -> str:
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "unknown"
    ask.restype = ctypes.c_char_p
    answer: bytes = ask()
    return answer.decode("ascii", "replace")
