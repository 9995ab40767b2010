"""Rules of the pages, decided from the layout: no PDF is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Block, Bulletin, Chapter, Document, Draft, Heading, Section, walk
from gongwen.layout import Box, Layout, Page, TextBox, TurnedBox
from gongwen.layout.sheets import TEXT
from gongwen.rules.registry import on_layout
from gongwen.standard import BOTTOM, LEFT, LETTER_FIRST_BOTTOM, LETTER_MARK_TOP, LINES_WITH_SIGNATURE, RIGHT, TOP

NO_TEXT_ON_FIRST_PAGE = Check(
    "GW601",
    "no-text-on-first-page",
    must("GB/T 9704 7.3.3"),
    what="首页显示正文。",
    why="GB/T 9704 7.3.3：公文首页必须显示正文。",
    wrong="# 信函的主送机关写了七十个单位的全称，占满首页",
    right="# 主送机关用统称，首页有正文",
)
SIGNATURE_ALONE = Check(
    "GW602",
    "signature-alone",
    should("GB/T 9704 7.3.5.5"),
    what="署名所在的页至少有两行正文。",
    why="GB/T 9704 7.3.5.5：余下的空白容不下印章、签名章、成文日期时，可以调整行距、字距；署名单独占一页，正文容易被调换。",
    wrong="body: [请认真贯彻执行。]",
    right="""\
body:
  - 《云州市职工服务中心管理办法》已经市总工会办公会议研究同意，现印发给你们，请结合实际认真贯彻执行。
""",
)
HEADING_AT_PAGE_END = Check(
    "GW603",
    "heading-at-page-end",
    PRACTICE,
    what="标题之下有正文，不落在页末。",
    why="标题留在页末，正文在下一页，读起来断了；这是排版的习惯，程序能避开的都避开了。",
    wrong="""\
attachments:
  - title: 活动安排
    body: [{heading: 时间安排}]
""",
    right="""\
attachments:
  - title: 活动安排
    body: [{heading: 时间安排, body: [2026年7月至8月。]}]
""",
)

MEASURED_AGAIN = frozenset({"B-11", "B-51", "K-02.dpi"})
"""Rules of preflight that rules of the layout have decided already, with a place in the draft."""

NO_ROOM = Check(
    "GW604",
    "no-room",
    must("GB/T 9704 5.2.1"),
    what="各要素在版心里排得下。",
    why="GB/T 9704 5.2.1：版心 156 毫米 × 225 毫米；排到版心之外的，裁切、装订后可能不全。",
    wrong="signature: 云州市各县（市、区）总工会和市直机关企业事业单位基层工会联合会筹备工作领导小组办公室",
    right="signature: 云州市总工会",
)
RUNS_INTO = Check(
    "GW605",
    "runs-into",
    must("GB/T 9704 7.2.5、7.4.3、10.1"),
    what="排在同一行的两个要素互不相碰。",
    why="GB/T 9704 规定发文字号与签发人（7.2.5）、印发机关与印发日期（7.4.3）、信函的发文字号与密级（10.1）同处一行；太长就叠在一起。",
    wrong="""\
kind: 请示
number: 云州市总工会职工服务中心建设领导小组办公室工发〔2026〕22号
signers: [欧阳文山, 司马相如]
""",
    right="""\
kind: 请示
number: 云工发〔2026〕22号
signers: [王小明]
""",
)

_ELEMENTS: dict[str, tuple[str, DataPath]] = {
    "copy-number": ("份号", ("copy_number",)),
    "secrecy": ("密级", ("secrecy",)),
    "urgency": ("紧急程度", ("urgency",)),
    "mark": ("发文机关标志", ("mark",)),
    "number": ("发文字号", ("number",)),
    "signers": ("签发人", ("signers",)),
    "title": ("标题", ("title",)),
    "minutes-organ": ("署名", ("signature",)),
    "minutes-date": ("成文日期", ("date",)),
    "subtitle": ("题注", ("subtitle",)),
    "attachment-label": ("附件标识", ("number",)),
    "attachment-title": ("附件标题", ("attachments",)),
    "attachment-subtitle": ("附件题注", ("attachments",)),
    "issued-title": ("印发件标题", ("issued", "title")),
    "issued-subtitle": ("印发件题注", ("issued", "subtitle")),
    "attachment-list": ("附件说明", ("attachments",)),
    "signature": ("署名", ("signature",)),
    "date": ("成文日期", ("date",)),
    "imprint-addressees": ("主送机关", ("imprint", "addressees")),
    "notice": ("提示", ("notice",)),
    "serial": ("编号", ("copy_number",)),
    "issue": ("期号", ("issue",)),
    "office": ("编印单位", ("issuer",)),
    "issue-date": ("日期", ("date",)),
    "item-title": ("篇目的标题", ("items",)),
    "byline": ("作者", ("items",)),
    "source": ("供稿", ("items",)),
    "distribution": ("报、送、发", ("distribution",)),
    "print-run": ("印数", ("distribution", "copies")),
    "occasion": ("副题", ("subtitle",)),
    "speech-place": ("地点", ("place",)),
    "speaker": ("讲话人", ("speaker",)),
    "speech-date": ("日期", ("date",)),
    "salutation": ("称呼", ("salutation",)),
    "figure-caption": ("图题", ("body",)),
    "imprint-copies": ("抄送机关", ("imprint", "copies_to")),
    "imprint-office": ("印发机关", ("imprint", "issuing_office")),
    "imprint-date": ("印发日期", ("imprint", "issued_on")),
}
"""Role of a box → the element's name and its place in a draft."""
_TOLERANCE = 0.3

_NEIGHBOURS = (
    ("number", "signers"),
    ("number", "copy-number"),
    ("number", "secrecy"),
    ("number", "urgency"),
    ("imprint-office", "imprint-date"),
    ("minutes-organ", "minutes-date"),
    ("urgency", "mark"),
    ("secrecy", "serial"),
    ("notice", "serial"),
    ("office", "issue-date"),
)
"""Elements that may stand side by side, the one to shorten first. In a letter the number stands beside the corner's first element."""


def _body_lines(page: Page) -> int:
    return sum(len(box.lines) for box in page.texts if box.role.startswith(TEXT))


@on_layout(NO_TEXT_ON_FIRST_PAGE)
def text_on_first_page(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-11: page one shows text of the body."""
    if not isinstance(draft, Document) or not draft.body:
        return
    if _body_lines(layout.pages[0]) == 0:
        stacked = draft.mark_names and not draft.is_preprinted
        lead = "标志写 lead（主办），只标主办机关；或者" if stacked else ""
        over = sum(len(box.lines) for page in layout.pages[1:] for box in page.texts if box.role == "addressees")
        cure = f"主送机关名单减少{over + 1}行以上" if over else "缩短标题或主送机关名单"
        yield Finding(
            NO_TEXT_ON_FIRST_PAGE,
            "首页没有正文",
            ("addressees",) if draft.addressees else ("title",),
            hint=f"{lead}{cure}，使首页显示正文",
            page=1,
        )


@on_layout(NO_ROOM)
def room(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """P-04: every element stands inside the type area; one that is too long or too high has no room there."""
    told: set[str] = set()
    for page in layout.pages:
        # Page one of a letter begins above the type area and ends below it (clause 10.1).
        opens_letter = draft.is_letter and page.number == 1
        top, bottom = (LETTER_MARK_TOP, LETTER_FIRST_BOTTOM) if opens_letter else (TOP, BOTTOM)
        for box, area in _in_areas(page.boxes, (LEFT, top, RIGHT, bottom)):
            if box.role not in _ELEMENTS or box.role in told or (box.role == "date" and "signature" in told):
                continue  # the date hangs on the signature
            left, right = _extent(box)
            if (
                left < area[0] - _TOLERANCE
                or right > area[2] + _TOLERANCE
                or box.ink_top < area[1] - _TOLERANCE
                or box.ink_bottom > area[3] + _TOLERANCE
            ):
                told.add(box.role)
                name, path = _ELEMENTS[box.role]
                yield Finding(
                    NO_ROOM,
                    f"{name}太长，版心内排不下",
                    _of_item(draft, box) or path,
                    hint="缩短文字；名称过长的用规范化简称",
                    page=page.number,
                )


_OF_ITEM = {"item-title": "title", "byline": "byline", "source": "source"}


def _of_item(draft: Draft, box: TextBox) -> DataPath | None:
    """Where an article of a bulletin gives what a box shows."""
    if not isinstance(draft, Bulletin) or box.role not in _OF_ITEM:
        return None
    name = _OF_ITEM[box.role]
    given = [(index, str(getattr(item, name) or "").replace("\n", "")) for index, item in enumerate(draft.items)]
    return next((("items", index, name) for index, text in given if text and text in box.text), None)


_Area = tuple[float, float, float, float]


def _in_areas(boxes: Sequence[Box], area: _Area) -> Iterator[tuple[TextBox, _Area]]:
    """Every text box with the area that it has to stay in (left, top, right, bottom in mm): of a turned frame, the frame."""
    for box in boxes:
        if isinstance(box, TextBox):
            yield box, area
        elif isinstance(box, TurnedBox):
            yield from _in_areas(box.boxes, (0.0, 0.0, box.height, box.width))


@on_layout(RUNS_INTO)
def neighbours(_draft: Draft, layout: Layout) -> Iterator[Finding]:
    """H-29, L-08, R-10: elements that share a line do not run into each other."""
    for page in layout.pages:
        for first, second in _NEIGHBOURS:
            for one in (box for box in page.texts if box.role == first):
                for other in (box for box in page.texts if box.role == second and _beside(box, one)):
                    left, right = sorted((_extent(one), _extent(other)))
                    if left[1] + one.em / 2 > right[0]:
                        name, path = _ELEMENTS[first]
                        yield Finding(
                            RUNS_INTO,
                            f"{name}与{_ELEMENTS[second][0]}在同一行上排不下",
                            path,
                            hint="缩短文字；名称过长的用规范化简称",
                            page=page.number,
                        )


def _beside(one: TextBox, other: TextBox) -> bool:
    """Whether the ink of two boxes has a height in common."""
    return one.ink_top < other.ink_bottom and other.ink_top < one.ink_bottom


def _extent(box: TextBox) -> tuple[float, float]:
    """Left and right edges of a box's ink (mm)."""
    indents = [box.indent, *([0.0] * (len(box.lines) - 1))]
    lefts = [box.left + (indent + line.left) * box.em for indent, line in zip(indents, box.lines, strict=True)]
    rights = [box.left + (indent + line.right) * box.em for indent, line in zip(indents, box.lines, strict=True)]
    return min(lefts), max(rights)


@on_layout(SIGNATURE_ALONE)
def signature_alone(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-51: the signature stands with text; only a body too short for that is left."""
    for page in layout.pages:
        roles = [box.role for box in page.texts]
        if "signature" in roles or "date" in roles:
            lines = _body_lines(page)
            if lines < LINES_WITH_SIGNATURE:
                more = f"增加{LINES_WITH_SIGNATURE - lines}行以上" if page.number == 1 else "增删几行"
                yield Finding(
                    SIGNATURE_ALONE,
                    f"第{page.number}页署名之上只有{lines}行正文",
                    ("signature",) if isinstance(draft, Document) and draft.signature else ("date",),
                    hint=f"正文{more}，使署名所在的页至少有{LINES_WITH_SIGNATURE}行正文",
                    page=page.number,
                )


_SHOWN: Final = 12


@on_layout(HEADING_AT_PAGE_END)
def heading_at_page_end(draft: Draft, layout: Layout) -> Iterator[Finding]:
    """B-25: a heading is followed by text on its page; only a heading longer than a page, or without text, is left."""
    headings: dict[str, DataPath] | None = None
    for page in layout.pages[:-1]:
        flow = [box for box in page.boxes if box.role.startswith((*TEXT, "figure"))]
        if flow and isinstance(last := flow[-1], TextBox) and last.role.startswith("heading"):
            text = last.text
            headings = _all_headings(draft) if headings is None else headings
            if _is_sentence(headings, text):
                continue
            yield Finding(
                HEADING_AT_PAGE_END,
                f"第{page.number}页以标题“{text[:_SHOWN]}”结尾",
                _place(headings, text),
                hint="在标题下写正文，或调整上文的行数",
                page=page.number,
            )


_STOPS: Final = ("。", "；")


def _is_sentence(headings: Mapping[str, DataPath], text: str) -> bool:
    """Whether a box shows a numbered sentence, or the beginning of one, that is written as a heading: an item of a list."""
    whole = next((text[start:] for start in range(len(text)) if text[start:] in headings), None)
    if whole is not None:
        return whole.endswith(_STOPS)
    return any(heading.endswith(_STOPS) and text[-_SHOWN:] in heading for heading in headings)


def _place(headings: Mapping[str, DataPath], text: str) -> DataPath:
    """The heading that a box shows after its mark; the body where none fits, because the box shows a part of it."""
    fitting = (headings[text[start:]] for start in range(len(text)) if text[start:] in headings)
    return next(fitting, ("body",))


def _all_headings(draft: Draft) -> dict[str, DataPath]:
    """The headings of a draft, of those with the same text the first."""
    headings: dict[str, DataPath] = {}
    for path, blocks in draft.bodies():
        for place, text in _headings(blocks, path):
            headings.setdefault(text, place)
    return headings


def _headings(blocks: Sequence[Block], top: DataPath) -> Iterator[tuple[DataPath, str]]:
    for path, block in walk(blocks, top):
        match block:
            case Heading():
                yield (*path, "heading"), block.heading
            case Chapter():
                yield (*path, "chapter"), block.chapter
            case Section():
                yield (*path, "section"), block.section
