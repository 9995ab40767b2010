"""Draw the gallery anew: `.venv/bin/python docs/gallery/make.py`, from anywhere.

Every draft of notices/ becomes one picture of its first pages side by side, and the page that lists them all is written.
"""
# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

import gongwen
from gongwen.document import Draft
from gongwen.kinds import FORMATS

FOLDER = Path(__file__).resolve().parent
NOTICES = FOLDER.parents[1] / "notices"
INDEX = FOLDER / "index.md"
COVER = ("henan-2023-9", 1, 100)
"""The draft on the project's first page: its name, the page that is shown, dots per inch."""
DPI = 48
MOST_PAGES = 4
GAP = 10
GROUND = (205, 208, 212)
COLOURS = 32
"""Greys and reds enough for smooth edges; a picture stays below 150 KB."""


def main() -> None:
    """Compile each draft, in screen colours, and draw it."""
    compiler = gongwen.Compiler()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for draft in sorted(NOTICES.glob("*.yaml")):
            pdf = Path(scratch) / f"{draft.stem}.pdf"
            built = compiler.build(draft, pdf, "archive")
            if built.document is None or built.pdf is None:
                raise SystemExit(f"{draft.name} does not build")
            with pypdfium2.PdfDocument(pdf) as opened:
                pages = [opened[i].render(scale=DPI / 72).to_pil() for i in range(min(len(opened), MOST_PAGES))]
                save(side_by_side(pages), FOLDER / f"{draft.stem}.png")
                if draft.stem == COVER[0]:
                    save(opened[COVER[1] - 1].render(scale=COVER[2] / 72).to_pil(), FOLDER / "cover.png")
            rows.append((built.document, draft.stem, built.pages))
    INDEX.write_text(index(rows), encoding="utf-8")


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Pages in a row on a grey ground."""
    width, height = pages[0].size
    sheet = Image.new("RGB", (GAP + (width + GAP) * len(pages), height + 2 * GAP), GROUND)
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number * (width + GAP), GAP))
    return sheet


def save(image: Image.Image, path: Path) -> None:
    """Write a small PNG."""
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def index(rows: list[tuple[Draft, str, int]]) -> str:
    """The page of all drafts, format by format in the order of the standard."""
    order = list(FORMATS)
    lines = [
        "# 样例",
        "",
        "`notices/` 里的稿件编成的样子，每份最多四页。机关、人名和事项除公开发布的几份外都是虚构的。",
        "本页和图片由 `docs/gallery/make.py` 生成。",
        "",
    ]
    for name in order:
        of_format = [row for row in rows if row[0].format_name == name]
        if not of_format:
            continue
        lines += [f"## {FORMATS[name].words['zh']}（{FORMATS[name].clause}）", ""]
        for document, stem, pages in sorted(of_format, key=lambda row: row[1]):
            lines += [
                f"### {document.kind}：{document.heading_text}",
                "",
                f"[`notices/{stem}.yaml`](../../notices/{stem}.yaml)，{pages} 页",
                "",
                f"![{document.kind}]({stem}.png)",
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
