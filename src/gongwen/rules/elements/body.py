"""Rules of the body 主体: elements that should be there, headings, placeholders."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import DOUBTFUL, Check, DataPath, Finding
from gongwen.document import NONE, PENDING, Document, Draft, Heading, is_list_item, levels, walk
from gongwen.expressions import expression
from gongwen.kinds import kind_of
from gongwen.rules.registry import on_document, on_draft

MISSING_ELEMENT = Check(
    "GW301",
    "missing-element",
    should("条例第九条"),
    what="写全这一文种一般具备的要素。",
    why="条例第九条列出公文的组成部分；尚未确定的写“待定”。",
    wrong="number: null",
    right="number: 云工发〔2026〕21号",
)
HEADING_END = Check(
    "GW302",
    "heading-end",
    PRACTICE,
    what="单独成行的标题末尾不加句号，后接正文的标题末尾有句号。",
    why="这是通行的写法：接排的标题到句号为止用标题的字体，没有句号就分不清标题到哪里。",
    wrong="""\
body:
  - heading: 加强领导。
    body: [各级工会要明确专人负责，精心组织实施。]
""",
    right="""\
body:
  - heading: 加强领导
    body: [各级工会要明确专人负责，精心组织实施。]
""",
)
MADE_TWICE = Check(
    "GW305",
    "made-twice",
    must("GB/T 9704 7.3、7.4"),
    what="程序自动加的序号、冒号、句号、圆括号和标签不写在稿件里。",
    why="层次序数、附件序号、主送机关后的冒号、抄送机关后的句号等由程序按 GB/T 9704 7.3、7.4 加上，再写就印出两遍。",
    wrong="""\
body:
  - heading: 一、加强领导
    body: [各级工会要明确专人负责，精心组织实施。]
""",
    right="""\
body:
  - heading: 加强领导
    body: [各级工会要明确专人负责，精心组织实施。]
""",
)
PLACEHOLDER = Check(
    "GW303",
    "placeholder",
    DOUBTFUL,
    what="“待定”之处在定稿前填好。",
    why="文号、日期、签发人等往往到签发时才定；没有填好的加“样稿”水印，build --release 不予编译。",
    wrong="number: 待定",
    right="number: 云工发〔2026〕21号",
)

_NAMES = {"number": "发文字号", "addressees": "主送机关", "date": "成文日期"}
_RUN_IN_ENDS = "。？！："
"""What ends a heading that text follows: a full stop, or the colon of a label, 培训时间：."""


@on_document(MISSING_ELEMENT)
def required_elements(document: Document) -> Iterator[Finding]:
    """条例 9: the elements that a document of this kind consists of. Absent ones stay absent; nothing is made up."""
    kind = kind_of(document.kind)
    for name in () if kind is None else kind.requires:
        if name == "number" and document.kind == "决议" and document.subtitle is not None:
            continue  # what a meeting passed is known by the meeting and its day
        moved = name == "addressees" and document.imprint is not None and document.imprint.addressees is not None
        if name in _NAMES and getattr(document, name) is None and not moved:
            yield Finding(
                MISSING_ELEMENT,
                f"“{document.kind}”没有{_NAMES[name]}",
                ("kind",),
                hint=f"加上{_NAMES[name]}；尚未确定时写“{PENDING}”",
            )
    if document.format_name == "minutes":
        return  # 10.3 asks for no signature
    if not document.signatures and document.signature != NONE["en"]:
        yield Finding(
            MISSING_ELEMENT, "没有发文机关署名", ("kind",), hint="加上署名或成文日期；确实不署名时，署名写 none（无）"
        )


@on_draft(HEADING_END)
def heading_ends(draft: Draft) -> Iterator[Finding]:
    """B-23: a heading on its own line has no full stop, one that text follows ends with one."""
    for top, level in draft.bodies():
        for path, blocks in levels(level, top):
            for index, block in enumerate(blocks):
                if isinstance(block, Heading):
                    yield from _heading_end(block, (*path, index, "heading"), is_item=is_list_item(blocks, index))


def _heading_end(block: Heading, path: DataPath, *, is_item: bool) -> Iterator[Finding]:
    last = len(block.heading) - 1
    if block.text is None and block.heading.endswith("。") and not is_item:
        yield Finding(
            HEADING_END,
            "单独成行的标题末尾不加句号",
            path,
            hint="删去句号；后接正文的写在接排里",
            offset=last,
        )
    elif block.text is not None and not block.heading.endswith(tuple(_RUN_IN_ENDS)):
        yield Finding(HEADING_END, "后接正文的标题末尾应有句号", path, hint="在标题末尾加句号", offset=last)


_TYPED_MARK = expression(
    r"(?:[一二三四五六七八九十]+(?:、|[.．](?![一二三四五六七八九十0-9]))|（(?:[一二三四五六七八九十]+|[0-9]+)）[、.．]?"
    r"|[0-9]+(?:[.．](?![0-9])|、))"
)
_TYPED_LABEL = expression(r"(?:附件\s*[0-9]*\s*[：:.．]?|[0-9]+[.．、](?![0-9]))\s*")


@on_document(MADE_TWICE)
def made_twice(document: Document) -> Iterator[Finding]:
    """What the compiler makes itself and the draft has typed as well: it would stand on the page twice."""
    yield from _typed_end(document.addressees, ("addressees",), "：:，,；;。", "主送机关末尾的冒号自动加")
    if document.imprint is not None:
        for key, name in (("addressees", "主送机关"), ("copies_to", "抄送机关")):
            organs = getattr(document.imprint, key)
            yield from _typed_end(organs, ("imprint", key), "。.，,；;：:", f"版记中{name}末尾的句号自动加")
    yield from _typed_brackets(document.note, ("note",), "附注")
    yield from _typed_brackets(document.subtitle, ("subtitle",), "题注")
    if document.issued is not None:
        yield from _typed_brackets(document.issued.subtitle, ("issued", "subtitle"), "题注")
    for index, attachment in enumerate(document.attachments):
        path: DataPath = ("attachments", index)
        yield from _typed_brackets(attachment.subtitle, (*path, "subtitle"), "题注")
        if match := _TYPED_LABEL.match(attachment.title):
            yield Finding(
                MADE_TWICE,
                f"附件的序号自动加：“{match.group()}”",
                (*path, "title"),
                hint="只写附件名称",
                offset=0,
                length=match.end(),
            )


@on_draft(MADE_TWICE)
def marks_made_twice(draft: Draft) -> Iterator[Finding]:
    """The number of a heading, typed as well as made."""
    for top, blocks in draft.bodies():
        for path, block in walk(blocks, top):
            if isinstance(block, Heading) and (match := _TYPED_MARK.match(block.heading)):
                yield Finding(
                    MADE_TWICE,
                    f"标题的序号自动编排：“{match.group()}”",
                    (*path, "heading"),
                    hint="删去序号，只写标题",
                    offset=0,
                    length=match.end(),
                )


def _typed_brackets(text: str | None, path: DataPath, name: str) -> Iterator[Finding]:
    if text is not None and text.startswith("（") and text.endswith("）"):
        yield Finding(MADE_TWICE, f"{name}的圆括号自动加", path, hint="删去两端的圆括号", offset=0, length=len(text))


def _typed_end(
    organs: tuple[tuple[str, ...], ...] | None, path: DataPath, marks: str, message: str
) -> Iterator[Finding]:
    if not organs or organs[-1][-1][-1] not in marks:
        return
    last = organs[-1]
    place = (*path, len(organs) - 1, len(last) - 1) if len(last) > 1 else (*path, len(organs) - 1)
    name = last[-1]
    yield Finding(MADE_TWICE, f"{message}：“{name[-1]}”", place, hint="删去末尾的标点", offset=len(name) - 1)


@on_draft(PLACEHOLDER)
def placeholders(draft: Draft) -> Iterator[Finding]:
    """W-19: what is not settled yet; a release is refused while one is left."""
    for path in draft.pending():
        yield Finding(
            PLACEHOLDER, f"尚未确定：“{PENDING}”", path, hint="定稿前填写；build 加“样稿”水印，build --release 不予编译"
        )
