"""Rules of the body 主体: elements that should be there, headings, placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.diagnostics import Check, DataPath, Finding, Severity
from gongwen.document import NONE, PENDING, Document, Heading
from gongwen.kinds import kinds

MISSING_ELEMENT = Check("GW301", "missing-element", Severity.WARNING, "条例第九条")
HEADING_END = Check("GW302", "heading-end", Severity.WARNING, "惯例")
PLACEHOLDER = Check("GW303", "placeholder", Severity.WARNING)

_NAMES = {"number": "发文字号", "addressees": "主送机关", "date": "成文日期"}
_FULL_STOPS = "。？！"


def required_elements(document: Document) -> Iterator[Finding]:
    """条例 9: the elements that a document of this kind consists of. Absent ones stay absent; nothing is made up."""
    kind = kinds().get(document.kind)
    for name in () if kind is None else kind.requires:
        if name in _NAMES and getattr(document, name) is None:
            yield Finding(
                MISSING_ELEMENT,
                f"“{document.kind}”没有{_NAMES[name]}",
                ("kind",),
                hint=f"加上{_NAMES[name]}；尚未确定时写“{PENDING}”",
            )
    if document.signed_by is None and document.signature != NONE["en"]:
        yield Finding(
            MISSING_ELEMENT, "没有发文机关署名", ("kind",), hint="加上署名或成文日期；确实不署名时，署名写 none（无）"
        )


def heading_ends(document: Document) -> Iterator[Finding]:
    """B-23: a heading on its own line has no full stop, one that text follows ends with one."""
    yield from _heading_ends(document.body, ("body",))
    for index, attachment in enumerate(document.attachments):
        yield from _heading_ends(attachment.body, ("attachments", index, "body"))


def _heading_ends(blocks: Sequence[str | Heading], path: DataPath) -> Iterator[Finding]:
    for index, block in enumerate(blocks):
        if isinstance(block, str):
            continue
        here = (*path, index)
        last = len(block.heading) - 1
        if block.text is None and block.heading.endswith("。"):
            yield Finding(
                HEADING_END,
                "单独成行的标题末尾不加句号",
                (*here, "heading"),
                hint="删去句号；后接正文的写在接排里",
                offset=last,
            )
        elif block.text is not None and not block.heading.endswith(tuple(_FULL_STOPS)):
            yield Finding(
                HEADING_END, "后接正文的标题末尾应有句号", (*here, "heading"), hint="在标题末尾加句号", offset=last
            )
        yield from _heading_ends(block.body, (*here, "body"))


def placeholders(document: Document) -> Iterator[Finding]:
    """W-19: what is not settled yet; a release is refused while one is left."""
    for path in document.pending():
        yield Finding(
            PLACEHOLDER, f"尚未确定：“{PENDING}”", path, hint="定稿前填写；build 加“样稿”水印，build --release 不予编译"
        )
