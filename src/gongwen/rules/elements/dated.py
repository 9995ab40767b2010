"""Rules of the date 成文日期 beside other dates that the draft gives."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import should
from gongwen.chinese import calendar_day
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.registry import on_document

DATED_BEFORE_PASSED = Check(
    "GW351",
    "dated-before-passed",
    should("条例第九条（十二）"),
    what="成文日期不早于会议通过的日期。",
    why="条例规定成文日期署会议通过或者发文机关负责人签发的日期。",
    wrong="kind: 决定\nsubtitle: 2026年4月1日云州市总工会第五次代表大会通过",
    right="kind: 决定\nsubtitle: 2026年3月1日云州市总工会第五次代表大会通过",
)

_DATE: Final = r"(?P<date>(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日)"
_PASSED: Final = expression(_DATE + r"[^。；，：前]{0,40}通过$")
"""题注: when which meeting has passed it."""
_SAID: Final = expression(
    _DATE + r"(?!前)[^。；，：将拟待]{0,40}(?:会议|大会|全会)[^。；，：将拟待]{0,8}通过(?=[，。；）的])"
)
"""The same in a sentence."""


@on_document(DATED_BEFORE_PASSED)
def passed(document: Document) -> Iterator[Finding]:
    """B-50: what a meeting has passed is dated on that day or later."""
    if not isinstance(document.date, datetime.date):
        return
    texts: list[tuple[DataPath, re.Pattern[str], str]] = [(("subtitle",), _PASSED, document.subtitle or "")]
    texts += [(("body", index), _SAID, block) for index, block in enumerate(document.body) if isinstance(block, str)]
    for path, form, text in texts:
        for match in form.finditer(text):
            day = calendar_day(*(int(match[part]) for part in ("year", "month", "day")))
            if day is not None and day > document.date:
                yield Finding(
                    DATED_BEFORE_PASSED,
                    f"成文日期早于文中通过的日期“{match['date']}”",
                    path,
                    hint="核对成文日期和会议通过的日期",
                    offset=match.start("date"),
                    length=len(match["date"]),
                )
