"""The kinds as a list: for reading in a terminal, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from gongwen.kinds import FORMATS, Kind, kinds
from gongwen.terminal import padded, width, wrapped

_DIRECTIONS: Final = {
    "down": "下行",
    "up": "上行",
    "parallel": "平行",
    "public": "公布",
    "meeting": "会议",
    "internal": "内部",
    "any": "不限",
}
_LABELS: Final = ("文种", "方向", "格式")
_GAP: Final = "  "
_NARROWEST: Final = 20
"""Columns that the last column takes at least, however narrow the terminal."""


def as_text(columns: int) -> str:
    """A table for a terminal of a width: one kind after the other, what does not fit on further lines of its column."""
    rows = [(_short(kind), _long(kind)) for kind in kinds().values()]
    widths = [max(width(short[i]) for short in (_LABELS, *(short for short, _ in rows))) for i in range(len(_LABELS))]
    start = sum(widths) + len(_GAP) * len(widths)
    room = max(columns - start, _NARROWEST)
    lines = [f"{_columns(_LABELS, widths)}用途和选用"]
    for short, long in rows:
        lead = _columns(short, widths)
        for line in (line for text in long for line in wrapped(text, room)):
            lines.append(lead + line)
            lead = " " * start
    return "\n".join(lines) + "\n"


def _columns(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(padded(text, one) + _GAP for text, one in zip(texts, widths, strict=True))


def _short(kind: Kind) -> tuple[str, str, str]:
    name = kind.name if kind.also is None else f"{kind.name}（{kind.also}）"
    return name, _DIRECTIONS[kind.direction], "、".join(FORMATS[one].words["zh"] for one in kind.formats)


def _long(kind: Kind) -> Iterator[str]:
    yield f"{kind.use}。"
    yield f"选用：{kind.when}。"
    if kind.closing:
        yield f"结束语：{'、'.join(f'“{one}”' for one in kind.closing)}"


def as_json() -> str:
    """All that is known of each kind, as a list in the order of the 条例."""
    rows = [kind.model_dump(mode="json") for kind in kinds().values()]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
