"""Rules of the imprint 版记."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongwen.authority import PRACTICE, must, should, told
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.layout import Layout
from gongwen.rules.registry import on_document, on_layout

IMPRINT_MISSING = Check("GW401", "imprint-missing", should("条例第九条（十七）"))
ADDRESSEES_MOVED = Check("GW403", "addressees-moved", told("GB/T 9704 7.3.2"))
ADDRESSEES_TWICE = Check("GW404", "addressees-twice", must("GB/T 9704 7.3.2"))
ADDRESSEES_IN_IMPRINT = Check("GW405", "no-addressees-in-imprint", must("GB/T 9704 7.4.2"))
PRINTED_TOO_EARLY = Check("GW402", "printed-before-dated", PRACTICE)


@on_document(IMPRINT_MISSING)
def missing_imprint(document: Document) -> Iterator[Finding]:
    """条例 9(17): issuing office and date of issue. A letter shows neither (9704, 10.1)."""
    if document.imprint is None and not document.is_letter:
        yield Finding(IMPRINT_MISSING, "没有版记", ("kind",), hint="加上版记：印发机关和印发日期，需要时写抄送机关")


@on_document(PRINTED_TOO_EARLY)
def printing_date(document: Document) -> Iterator[Finding]:
    """R-14: a document is printed on or after its date."""
    printed = document.imprint.issued_on if document.imprint else None
    if isinstance(printed, datetime.date) and isinstance(document.date, datetime.date) and printed < document.date:
        yield Finding(
            PRINTED_TOO_EARLY, "印发日期早于成文日期", ("imprint", "issued_on"), hint="核对成文日期和印发日期"
        )


@on_document(ADDRESSEES_TWICE, ADDRESSEES_IN_IMPRINT)
def addressees_in_imprint(document: Document) -> Iterator[Finding]:
    """B-13: addressees stand in one place; only the general format has an imprint that takes them."""
    if document.imprint is None or document.imprint.addressees is None:
        return
    path = ("imprint", "addressees")
    if document.addressees is not None:
        yield Finding(ADDRESSEES_TWICE, "主送机关写了两处", path, hint="只写一处；首页排不下正文时才移到版记")
    if document.format_name != "general":
        yield Finding(ADDRESSEES_IN_IMPRINT, "只有文件格式的版记可以写主送机关", path, hint="写在标题之下的主送机关里")


@on_layout(ADDRESSEES_MOVED)
def addressees_moved(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-13: the layout has moved the addressees to the imprint, so that page one shows text."""
    if not isinstance(draft, Document) or draft.addressees is None:
        return
    if draft.imprint is not None and draft.imprint.addressees is not None:
        return
    for page in layout.pages:
        if any(box.role == "imprint-addressees" for box in page.texts):
            yield Finding(
                ADDRESSEES_MOVED,
                "首页排不下正文，主送机关移到版记",
                ("addressees",),
                hint="要留在标题之下的，缩短名单或用统称",
                page=page.number,
            )
