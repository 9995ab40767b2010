"""Rules of the letter format 信函格式 (clause 10.1)."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.authority import must
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import MARK_SUFFIX, Document
from gongwen.rules.registry import on_document

NOT_IN_LETTER = Check(
    "GW208",
    "not-in-letter",
    must("GB/T 9704 10.1"),
    what="信函格式里不写它没有的要素。",
    why="GB/T 9704 10.1：信函的版记没有印发机关、印发日期；签发人是上行文的要素，信函没有它的位置。",
    wrong="""\
kind: 函
imprint: {copies_to: 市教育局, issuing_office: 云州市总工会办公室, issued_on: 2026-07-01}
""",
    right="""\
kind: 函
imprint: {copies_to: 市教育局}
""",
)
MARK_WITH_WENJIAN = Check(
    "GW210",
    "mark-with-wenjian",
    must("GB/T 9704 10.1"),
    what="信函的发文机关标志不加“文件”二字。",
    why="GB/T 9704 10.1：信函的标志用发文机关全称或者规范化简称，后面不加字。",
    wrong="""\
kind: 函
mark: 云州市总工会文件
""",
    right="""\
kind: 函
mark: 云州市总工会
""",
)


@on_document(NOT_IN_LETTER)
def not_in_letter(document: Document) -> Iterator[Finding]:
    """L-12: what a letter has no place for is told, so that nothing of a draft is dropped in silence."""
    if not document.is_letter:
        return
    if document.signers is not None:
        yield _no_place("签发人", ("signers",), "删去签发人；上行文用文件格式")
    if document.imprint is None:
        return
    if document.imprint.issuing_office is not None:
        yield _no_place("印发机关", ("imprint", "issuing_office"), "删去印发机关；信函的版记只有抄送机关")
    if document.imprint.issued_on is not None:
        yield _no_place("印发日期", ("imprint", "issued_on"), "删去印发日期；信函的版记只有抄送机关")


def _no_place(name: str, path: DataPath, hint: str) -> Finding:
    return Finding(NOT_IN_LETTER, f"信函格式没有{name}", path, hint=hint)


@on_document(MARK_WITH_WENJIAN)
def mark_with_wenjian(document: Document) -> Iterator[Finding]:
    """L-01: the mark of a letter is the organ's name alone."""
    mark = document.mark
    if document.is_letter and mark is not None and mark.endswith(MARK_SUFFIX):
        yield Finding(
            MARK_WITH_WENJIAN,
            f"信函的发文机关标志不加“文件”：“{mark}”",
            ("mark",),
            hint="删去“文件”二字",
            offset=len(mark) - len(MARK_SUFFIX),
            length=len(MARK_SUFFIX),
        )
