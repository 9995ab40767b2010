"""Sources of one notice for every program: drafts for gongwen, and the same text for typst and XeLaTeX.

    python benchmarks/sources.py FOLDER ROUNDS

writes ``base``, ``fresh-0`` … and ``edit-0`` … to the folder, each as .yaml, .typ and .tex. A fresh text has every text of the body
turned round by some characters and begun with a new one: as long as before, and nothing that a cache could know, neither lines nor
glyphs. An edit changes one character in the middle of the body to one that is new to the text. The other programs get the text from
our Document, its marks and numbers made, and the head at the places of our Layout.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml

from gongwen import resources, standard
from gongwen.chinese import heading_mark
from gongwen.compiler import Compiler
from gongwen.document import Document, Heading, show_organs
from gongwen.fonts import ROLE_INFO, is_hanzi
from gongwen.layout import Layout, TextBox
from gongwen.layout.body import HEADING_FACES

HERE = Path(__file__).resolve().parent
DRAFT = HERE.parent / "notices" / "jiaozuo-2023-93.yaml"
FAMILIES = {
    "xiaobiaosong": "Gongwen BiaoSong",
    "fangsong": "FandolFang R",
    "kaiti": "FandolKai",
    "heiti": "Noto Sans CJK SC",
    "songti": "Noto Serif SC",
}
"""Role → family of the bundled face as typst calls it."""


@dataclass(frozen=True)
class Placed:
    """A line of the head: its left and upper edge from the corner of the type area (mm), its size (pt)."""

    text: str
    role: str
    size: float
    left: float
    top: float


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: runs of (role, text), the indent of its first line (cells), the blank above it (mm)."""

    runs: tuple[tuple[str, str], ...]
    indent: float = standard.PARAGRAPH_INDENT
    gap: float = 0.0
    is_heading: bool = False


def main() -> None:
    """Write all sources."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    draft = yaml.load(DRAFT.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    drafts = {"base": draft}
    new = iter(new_characters(draft))
    for number in range(rounds):
        drafts[f"fresh-{number}"] = turned(draft, number + 2, new)
        drafts[f"edit-{number}"] = edited(draft, next(new))
    compiler = Compiler()
    for name, data in drafts.items():
        path = folder / f"{name}.yaml"
        path.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False, width=100_000), encoding="utf-8")
        checked = compiler.check(path)
        if checked.document is None or checked.layout is None or checked.has_errors:
            raise RuntimeError("\n".join(diagnostic.message for diagnostic in checked.diagnostics))
        for kind in ("typ", "tex"):
            source = translated(checked.document, checked.layout, kind)
            path.with_suffix(f".{kind}").write_text(source, encoding="utf-8")


# --- Texts --------------------------------------------------------------------------------------------------------------------


def new_characters(draft: dict[str, Any]) -> list[str]:
    """Common hanzi (GB 2312, level 1: every face has them) that the draft does not use."""
    used = str(draft)
    rows = (bytes((0xB0 + number // 94, 0xA1 + number % 94)).decode("gb2312") for number in range(3755))
    return [char for char in rows if char not in used]


def turned(draft: dict[str, Any], count: int, new: Iterator[str]) -> dict[str, Any]:
    """The draft with every text of the body turned round and begun with a new character; its last character stays.

    No pair of marks is taken apart, and no two marks come to stand together.
    """

    def turn(text: str) -> str:
        places = range(count, len(text) - 1)
        at = next((at for at in places if is_whole(text[:at]) and is_hanzi(text[at - 1]) and is_hanzi(text[at])), 0)
        return next(new) + text[at:-1] + text[:at] + text[-1]

    return draft | {"正文": mapped(draft["正文"], turn)}


def is_whole(text: str) -> bool:
    """Whether every mark of a pair has its other one in the text."""
    return all(
        text.count(first) == text.count(second) for first, second in ("《》", "“”", "（）", "‘’", "〔〕", "〈〉")
    )


def edited(draft: dict[str, Any], new: str) -> dict[str, Any]:
    """The draft with a hanzi among hanzi in the middle of its body changed to another one."""
    body: list[str] = []
    mapped(draft["正文"], lambda text: body.append(text) or text)  # type: ignore[func-returns-value]
    lengths = list(itertools.accumulate(map(len, body)))
    target = next(text for text, end in zip(body, lengths, strict=True) if end > lengths[-1] / 2)
    place = next(
        place for place in range(len(target) // 2, len(target)) if all(map(is_hanzi, target[place - 1 : place + 2]))
    )
    changed = target[:place] + new + target[place + 1 :]
    return draft | {"正文": mapped(draft["正文"], lambda text: changed if text == target else text)}


def mapped(data: Any, change: Callable[[str], str]) -> Any:
    """YAML data with every text changed."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [mapped(item, change) for item in data]
    return {key: mapped(value, change) for key, value in data.items()}


# --- Sources of typst and XeLaTeX ---------------------------------------------------------------------------------------------


def translated(document: Document, layout: Layout, kind: str) -> str:
    """The document in the language of another program. Raises ValueError for what the templates do not know."""
    if document.attachments or document.imprint is not None:
        raise ValueError("the templates know neither attachments nor an imprint")
    environment = jinja2.Environment(  # noqa: S701 - no HTML; the escapes are below
        loader=jinja2.FileSystemLoader(HERE),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["escaped"] = {"typ": typst_string, "tex": tex_text}[kind]
    texts = layout.pages[0].texts
    flow = next(index for index, box in enumerate(texts) if box.role == "addressees")
    return environment.get_template(f"notice.{kind}.j2").render(
        standard=standard,
        folder=resources.fonts(),
        files={role: ROLE_INFO[role].file for role in FAMILIES},
        families=FAMILIES,
        head=[line for box in texts[:flow] for line in placed(box)],
        top=texts[flow].top - standard.TOP,
        paragraphs=[
            Paragraph((("fangsong", f"{show_organs(document.addressees or ())}："),), indent=0),
            *paragraphs(document.body),
            *ending(layout),
        ],
    )


def placed(box: TextBox) -> Iterator[Placed]:
    """The lines of a box with their places."""
    for number, line in enumerate(box.lines):
        left = box.left + line.shift * box.em - standard.LEFT
        top = box.top + number * box.pitch - standard.TOP
        yield Placed(line.text, line.pieces[0].face, box.size, left, top)


def paragraphs(blocks: tuple[str | Heading, ...], level: int = 1) -> Iterator[Paragraph]:
    """The body in reading order, its numbers made."""
    numbers = itertools.count(1)
    for block in blocks:
        if isinstance(block, str):
            yield Paragraph((("fangsong", block),))
            continue
        heading = (HEADING_FACES[level], heading_mark(level, next(numbers)) + block.heading)
        if block.text is None:
            yield Paragraph((heading,), is_heading=True)
        else:
            yield Paragraph((heading, ("fangsong", block.text)))
        yield from paragraphs(block.body, level + 1)


def ending(layout: Layout) -> Iterator[Paragraph]:
    """Signature and date, as far from the left edge as our layout has them."""
    gap = standard.BLANK_LINE - (standard.PITCH - standard.EM)
    for box in layout.pages[-1].texts:
        if box.role in ("signature", "date"):
            indent = (box.left - standard.LEFT) / box.em
            yield Paragraph((("fangsong", box.text),), indent=indent, gap=gap if box.role == "signature" else 0.0)


def typst_string(text: str) -> str:
    """A string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def tex_text(text: str) -> str:
    """Text with TeX's special characters escaped."""
    return "".join(f"\\{char}" if char in "#$%&_{}" else char for char in text)


if __name__ == "__main__":
    main()
