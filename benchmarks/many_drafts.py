"""A thousand drafts that are all different, put together from the sentences of the notices.

    python benchmarks/many_drafts.py FOLDER [COUNT]

Each is a notice of two pages with headings on two levels, numbered in one series and dated in its order, so that rules over many drafts
have nothing to say of it.
"""

from __future__ import annotations

import datetime
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

NOTICES = Path(__file__).resolve().parent.parent / "notices"
COUNT = 1000
HEADINGS = ("提高认识", "明确任务", "落实责任")
"""With two paragraphs of two sentences below each, and head and ending, two pages."""
SEED = 9704


def main() -> None:
    """Write the drafts."""
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)  # noqa: PLR2004


def write(folder: Path, count: int) -> None:
    """Write so many drafts to a folder."""
    found = sorted(set(sentences()))
    chance = random.Random(SEED)  # noqa: S311 - texts, no secrets
    first = datetime.date(2026, 1, 1)
    for number in range(1, count + 1):
        day = first + datetime.timedelta(days=360 * number // (count + 1))
        data = draft(number, day, chance.sample(found, len(found)))
        text = yaml.dump(data, allow_unicode=True, sort_keys=False, width=100_000)
        (folder / f"notice-{number:04}.yaml").write_text(text, encoding="utf-8")


def sentences() -> Iterator[str]:
    """Whole sentences of the notices, of a length that is usual; none that speaks to an organ (贵局)."""
    for path in sorted(NOTICES.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
        for text in texts(data):
            yield from re.findall(r"(?<![^。])[^。“”（）《》：贵\n]{28,46}。", text)


def texts(data: Any) -> Iterator[str]:
    """Every text of YAML data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def draft(number: int, day: datetime.date, shuffled: list[str]) -> dict[str, Any]:
    """One draft: its text is taken from the front of the sentences."""
    rest = iter(shuffled)
    body: list[Any] = [f"为做好第{number}项工作，经研究，现将有关事项通知如下。"]
    for heading in HEADINGS:
        parts: list[Any] = []
        for part in range(2):
            text = "".join(next(rest) for _ in range(2))
            parts.append({"小标题": f"{heading[:2]}的第{part + 1}个方面。", "接排": text})
        body.append({"小标题": heading, "正文": parts})
    return {
        "文种": "通知",
        "发文机关": "云州市总工会",
        "发文字号": f"云工发〔{day.year}〕{number}号",
        "标题": f"云州市总工会关于做好第{number}项工作的通知",
        "主送机关": ["各县（市、区）总工会", "市直各基层工会"],
        "正文": body,
        "成文日期": day.isoformat(),
        "版记": {"印发机关": "云州市总工会办公室", "印发日期": day.isoformat()},
    }


if __name__ == "__main__":
    main()
