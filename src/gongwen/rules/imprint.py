"""Rules of the imprint 版记."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongwen.diagnostics import Check, Finding, Severity
from gongwen.document import Document

IMPRINT_MISSING = Check("GW401", "imprint-missing", Severity.WARNING, "条例第九条（十七）")
PRINTED_TOO_EARLY = Check("GW402", "printed-before-dated", Severity.WARNING, "惯例")


def missing_imprint(document: Document) -> Iterator[Finding]:
    """条例 9(17): issuing office and date of issue. A letter shows neither (9704, 10.1)."""
    if document.imprint is None and not document.is_letter:
        yield Finding(IMPRINT_MISSING, "没有版记", ("kind",), hint="加上版记：印发机关和印发日期，需要时写抄送机关")


def printing_date(document: Document) -> Iterator[Finding]:
    """R-14: a document is printed on or after its date."""
    printed = document.imprint.issued_on if document.imprint else None
    if isinstance(printed, datetime.date) and isinstance(document.date, datetime.date) and printed < document.date:
        yield Finding(
            PRINTED_TOO_EARLY, "印发日期早于成文日期", ("imprint", "issued_on"), hint="核对成文日期和印发日期"
        )
