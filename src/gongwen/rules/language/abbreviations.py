"""Rules of short names that a text gives (以下简称“……”): each given once, for one thing, and used (practice, W-22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Draft
from gongwen.rules.registry import on_draft
from gongwen.rules.texts import Text, texts_of

ABBREVIATION_TWICE = Check(
    "GW867",
    "abbreviation-twice",
    PRACTICE,
    what="一个简称只写明一次。",
    why="同一个简称写明两次，读的人会以为说的是两件事。",
    wrong="""\
body:
  - 开展集体协商春季要约行动（以下简称要约行动）。要约行动分三步。
  - 全市要约春季行动（以下简称要约行动）由工会牵头。
""",
    right="""\
body:
  - 开展集体协商春季要约行动（以下简称要约行动）。
  - 要约行动由工会牵头。
""",
)
ABBREVIATION_UNUSED = Check(
    "GW868",
    "abbreviation-unused",
    PRACTICE,
    what="写明了的简称，后文要用。",
    why="后文不用，简称就是多余的；后文用的是另一个简称，读的人对不上。",
    wrong="body: [开展集体协商春季要约行动（以下简称要约行动）。, 各级工会要认真组织。]",
    right="body: [开展集体协商春季要约行动（以下简称要约行动）。, 各级工会要认真组织要约行动。]",
)

_GIVEN: Final = (
    r"以下(?:简称|统称|合称)(?:为)?[：:]?\s*"
    r"(?:“([^“”]{1,20})”|《([^《》]{1,30})》|([^“”《》，。；、（）()]{1,20})(?=[）)，、；]))"
)


class _Given(NamedTuple):
    """A short name where a text gives it: its path, start and end there, and its end in all that is read after it; the name."""

    path: DataPath
    start: int
    end: int
    after: int
    name: str


@on_draft(ABBREVIATION_TWICE, ABBREVIATION_UNUSED)
def abbreviations(draft: Draft) -> Iterator[Finding]:
    """W-22: in the body, in what is issued and in each attachment a short name is given once, and what follows uses it."""
    texts = [text for text in texts_of(draft) if text.sort != "name"]
    if not any("以下" in text.text for text in texts):
        return
    for body, _ in draft.bodies():
        within = [text for text in texts if text.path[: len(body)] == body]
        after = [text for text in texts if text.path[: len(body)] != body]
        yield from _of_body(within, after)


def _of_body(texts: list[Text], others: list[Text]) -> Iterator[Finding]:
    whole = "\n".join(text.text for text in (*texts, *others))
    seen: set[str] = set()
    for given in _given(texts):
        if given.name in seen:
            yield _finding(ABBREVIATION_TWICE, given, f"简称“{given.name}”前面已经写明过", "删去这一处，或者换一个简称")
            continue
        seen.add(given.name)
        if whole.find(given.name, given.after) < 0:
            yield _finding(
                ABBREVIATION_UNUSED, given, f"简称“{given.name}”后文没有用", "删去“以下简称”，或者后文用简称"
            )


def _given(texts: list[Text]) -> Iterator[_Given]:
    begin = 0
    for text in texts:
        for match in re.finditer(_GIVEN, text.text):
            name = next(one for one in match.groups() if one is not None).strip()
            yield _Given(text.path, match.start(), match.end(), begin + match.end(), name)
        begin += len(text.text) + 1


def _finding(check: Check, given: _Given, message: str, hint: str) -> Finding:
    return Finding(check, message, given.path, hint=hint, offset=given.start, length=given.end - given.start)
