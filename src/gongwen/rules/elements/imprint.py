"""Rules of the imprint 版记."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongwen.authority import PRACTICE, must, should, told
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.layout import Layout
from gongwen.rules.registry import on_document, on_layout

IMPRINT_MISSING = Check(
    "GW401",
    "imprint-missing",
    should("条例第九条（十七）"),
    what="公文有版记，写印发机关和印发日期。",
    why="条例第九条（十七）：印发机关和印发日期是公文的组成部分；信函没有这两项，不提示。",
    wrong="imprint: null",
    right="imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}",
)
ADDRESSEES_MOVED = Check(
    "GW403",
    "addressees-moved",
    told("GB/T 9704 7.3.2"),
    what="主送机关使首页排不下正文时，移到版记。",
    why="GB/T 9704 7.3.2：主送机关名称过多导致公文首页不能显示正文时，应当移至版记。程序已经照办，这里只是说明。",
    wrong="# 主送机关写了七十个县级工会的全称，占满首页",
    right="# 主送机关用统称：各县（市、区）总工会",
)
ADDRESSEES_TWICE = Check(
    "GW404",
    "addressees-twice",
    must("GB/T 9704 7.3.2"),
    what="主送机关只写一处。",
    why="GB/T 9704 7.3.2：移到版记的，标题之下就不再写。",
    wrong="""\
addressees: 各县（市、区）总工会
imprint: {addressees: 各县（市、区）总工会, issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}
""",
    right="""\
addressees: 各县（市、区）总工会
imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}
""",
)
ADDRESSEES_IN_IMPRINT = Check(
    "GW405",
    "no-addressees-in-imprint",
    must("GB/T 9704 7.4.2"),
    what="只有文件格式的版记里可以写主送机关。",
    why="GB/T 9704 7.4.2 把移来的主送机关排在抄送机关之上；信函的版记（10.1）没有地方，命令、纪要没有主送机关。",
    wrong="""\
kind: 函
addressees: null
imprint: {addressees: 云州市体育局, copies_to: 市教育局}
""",
    right="""\
kind: 函
addressees: 云州市体育局
imprint: {copies_to: 市教育局}
""",
)
PRINTED_TOO_EARLY = Check(
    "GW402",
    "printed-before-dated",
    PRACTICE,
    what="印发日期不早于成文日期。",
    why="公文先签发后付印；早了的，多半有一个日期是从旧稿带来的。",
    wrong="""\
date: 2026-06-22
imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-06-21}
""",
    right="""\
date: 2026-06-22
imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}
""",
)


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
