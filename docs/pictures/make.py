"""Draw the pictures of the documents anew: `.venv/bin/python docs/pictures/make.py`, from anywhere."""
# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2

import gongwen

FOLDER = Path(__file__).resolve().parent
NOTICES = FOLDER.parents[1] / "notices"
PICTURES = {"henan-2023-9": 1}
"""Draft in notices/ → the page that is shown."""
DPI = 100
COLOURS = 32
"""Greys and reds enough for smooth edges; a page stays below 150 KB."""


def main() -> None:
    """Compile each draft, in screen colours, and draw its page as a PNG beside this file."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, page in PICTURES.items():
            pdf = Path(scratch) / f"{name}.pdf"
            gongwen.build(NOTICES / f"{name}.yaml", pdf, "archive")
            with pypdfium2.PdfDocument(pdf) as opened:
                image = opened[page - 1].render(scale=DPI / 72).to_pil()
            image.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
