"""Rules of addressees 主送机关 and copies 抄送机关: each organ is named once, in full, and is another than the issuer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, should
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.rules.elements.names import Named, Organs, named, values
from gongwen.rules.registry import on_document

ORGAN_SEPARATOR = Check(
    "GW315",
    "organ-separator",
    PRACTICE,
    what="机关名称之间，同类的用顿号，不同类的用逗号。",
    why="公文的主送、抄送机关习惯上只用这两种标点，不用分号、斜线和空格。",
    wrong="addressees: 各县总工会；市直各基层工会",
    right="addressees: [各县总工会, 市直各基层工会]",
)
ORGAN_TWICE = Check(
    "GW316",
    "organ-twice",
    should("条例第九条（八）、（十六）"),
    what="一个机关在名单里只写一次。",
    why="重复的名称多半是误写，也可能漏了另一个机关。",
    wrong="addressees: [东陵县总工会, 青石区总工会, 东陵县总工会]",
    right="addressees: [东陵县总工会, 青石区总工会]",
)
SENT_TO_ISSUER = Check(
    "GW317",
    "sent-to-issuer",
    should("条例第九条（八）"),
    what="主送机关不是发文机关自己。",
    why="条例规定主送机关是公文的主要受理机关，不是发文机关。",
    wrong="issuer: 云州市总工会\naddressees: [云州市总工会]",
    right="issuer: 云州市总工会\naddressees: [各县总工会]",
)
MIXED_SEPARATORS = Check(
    "GW319",
    "mixed-separators",
    PRACTICE,
    what="同类机关之间用同一种标点。",
    why="习惯上同类机关之间用顿号，不同类之间用逗号；名称属于一类而两种标点都用的，看不出怎样分类。",
    wrong="addressees: 东陵县总工会、西河县总工会，南山县总工会",
    right="addressees: [[东陵县总工会, 西河县总工会, 南山县总工会]]",
)
OPEN_ENDED = Check(
    "GW318",
    "open-ended-organs",
    should("条例第九条（八）、（十六）"),
    what="主送、抄送机关逐个写明或者用统称，不以“等”结尾。",
    why="条例规定用机关全称、规范化简称或者同类型机关统称；写“等”的，看不出是否包括某一机关。",
    wrong="addressees: 东陵县总工会、青石区总工会等单位",
    right="addressees: 各县（区）总工会",
)
ALSO_COPIED = Check(
    "GW406",
    "addressee-copied",
    should("条例第九条（十六）"),
    what="抄送机关不重复主送机关。",
    why="条例规定抄送机关是主送机关之外的机关。",
    wrong="""\
addressees: [东陵县总工会, 青石区总工会]
imprint: {copies_to: [东陵县总工会], issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}""",
    right="""\
addressees: [东陵县总工会, 青石区总工会]
imprint: {copies_to: [东陵县人民政府], issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}""",
)
COPIED_TO_ISSUER = Check(
    "GW407",
    "copied-to-issuer",
    should("条例第九条（十六）"),
    what="抄送机关不是发文机关自己。",
    why="条例规定抄送机关是需要执行或者知晓公文内容的其他机关。",
    wrong="""\
issuer: 云州市总工会
imprint: {copies_to: [云州市总工会], issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}""",
    right="""\
issuer: 云州市总工会
imprint: {copies_to: [云州市人民政府], issuing_office: 云州市总工会办公室, issued_on: 2026-06-22}""",
)

_WRONG_SEPARATOR: Final = expression(r"[；;/／,](?=.)|(?<=[\u4e00-\u9fff）])[ \u3000]+(?=[\u4e00-\u9fff])")
_BRACKETS: Final = expression(r"（[^（）]*）|\([^()]*\)")
_OPEN_END: Final = expression(r"等(?:有关|相关)?(?:单位|部门|机关|组织)?$")
_LEAST_NAME: Final = 3
_OF_CLASS: Final = 4


def _lists(document: Document) -> Iterator[tuple[str, Organs, DataPath]]:
    """The lists of organs of a document, with what each is called."""
    yield "主送机关", document.addressees, ("addressees",)
    if document.imprint is not None:
        yield "主送机关", document.imprint.addressees, ("imprint", "addressees")
        yield "抄送机关", document.imprint.copies_to, ("imprint", "copies_to")


@on_document(ORGAN_SEPARATOR, MIXED_SEPARATORS, OPEN_ENDED)
def typed_lines(document: Document) -> Iterator[Finding]:
    """B-14, R-08: what separates organs in a line that is typed, and how the line ends."""
    for name, organs, path in _lists(document):
        last: Named | None = None
        for one in values(organs, path):
            last = one
            masked = _BRACKETS.sub(lambda found: "（" * len(found.group()), one.name)
            if "、" in masked and "，" in masked and _are_of_one_class(one):
                yield Finding(
                    MIXED_SEPARATORS,
                    f"同类的{name}之间，顿号和逗号混用",
                    one.path,
                    hint="同类机关之间都用顿号；也可以写成列表，标点自动加",
                    offset=0,
                    length=len(one.name),
                )
            for match in _WRONG_SEPARATOR.finditer(masked):
                mark = "空格" if match.group().isspace() else f"“{match.group()}”"
                mark = f"半角的{mark}" if match.group() == "," else mark
                yield Finding(
                    ORGAN_SEPARATOR,
                    f"{name}之间不用{mark}",
                    one.path,
                    hint="同类机关之间用顿号，不同类之间用逗号；也可以写成列表，标点自动加",
                    offset=match.start(),
                    length=len(match.group()),
                )
        if last is not None and (end := _OPEN_END.search(last.name)):
            yield Finding(
                OPEN_ENDED,
                f"{name}以“{end.group()}”结尾",
                last.path,
                hint="写全各机关的名称，或者用同类型机关的统称",
                offset=end.start(),
                length=len(end.group()),
            )


def _are_of_one_class(line: Named) -> bool:
    """Whether all organs of a line surely are of one class: the last four characters are the same, as in 县总工会."""
    return len({one.name[-_OF_CLASS:] for one in named(((line.name,),), line.path)}) == 1


@on_document(ORGAN_TWICE, ALSO_COPIED)
def named_twice(document: Document) -> Iterator[Finding]:
    """B-14, R-06: an organ that is named twice in one list, or is an addressee and gets a copy as well.

    That the issuer gets a copy is told by `sent_to_issuer`.
    """
    addressed: set[str] = set()
    for name, organs, path in _lists(document):
        seen: set[str] = set()
        for one in named(organs, path):
            if len(one.name) < _LEAST_NAME:
                continue
            if one.name in seen:
                message, check = f"{name}里“{one.name}”重复", ORGAN_TWICE
            elif name == "抄送机关" and one.name in addressed and one.name not in document.issuer:
                message, check = f"“{one.name}”是主送机关，又列为抄送机关", ALSO_COPIED
            else:
                seen.add(one.name)
                continue
            yield one.finding(check, message, "删去重复的一处；核对有没有写错的名称")
        addressed |= seen


@on_document(SENT_TO_ISSUER, COPIED_TO_ISSUER)
def sent_to_issuer(document: Document) -> Iterator[Finding]:
    """B-14, R-06: a document goes to others."""
    for name, organs, path in _lists(document):
        for one in named(organs, path):
            if one.name in document.issuer:
                check = COPIED_TO_ISSUER if name == "抄送机关" else SENT_TO_ISSUER
                yield one.finding(check, f"{name}“{one.name}”是发文机关自己", f"核对{name}和发文机关")
