"""Rules of signing: without a seal, under seals, by stamps (clause 7.3.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, DataPath, Finding
from gongwen.document import Document, Draft, Signatory
from gongwen.rules.registry import on_document, on_text
from gongwen.rules.texts import Text

MIXED_SIGNING = Check(
    "GW306",
    "mixed-signing",
    must("GB/T 9704 7.3.5"),
    what="同一件公文的各机关用一种方式署名：都盖印章，或者都用签名章。",
    why="GB/T 9704 7.3.5 分别规定了两种署名方式的版式，同一件公文里不能并用。",
    wrong="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {title: 云州市总工会主席, stamp: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
    right="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
)
TOO_MANY_SIGNATORIES = Check(
    "GW307",
    "too-many-signatories",
    must("GB/T 9704 7.3.5"),
    what="署名不多于发文机关。",
    why="GB/T 9704 7.3.5：各机关的印章与各自的署名一一对应；不发文的机关不署名。",
    wrong="""\
issuer: 云州市总工会
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
    right="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
)
TOO_FEW_SIGNATORIES = Check(
    "GW308",
    "too-few-signatories",
    should("条例第九条（十一）"),
    what="联合行文的每个发文机关都署名。",
    why="条例第九条（十一）：署发文机关全称或者规范化简称；少一个机关署名，就看不出它同意。",
    wrong="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature: {organ: 云州市总工会, seal: reserved}
""",
    right="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
)
REPEATED_SIGNATORY = Check(
    "GW309",
    "repeated-signatory",
    must("GB/T 9704 7.3.5"),
    what="一个机关署名一次。",
    why="GB/T 9704 7.3.5：印章与署名一一对应；署名两次的，多半把印章排到了别的机关上。",
    wrong="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市总工会, seal: reserved}
""",
    right="""\
issuer: [云州市总工会, 云州市妇女联合会]
signature:
  - {organ: 云州市总工会, seal: reserved}
  - {organ: 云州市妇女联合会, seal: reserved}
""",
)
SEALED_ORDER = Check(
    "GW310",
    "sealed-order",
    must("GB/T 9704 10.2"),
    what="命令（令）加盖签发人签名章，不盖机关印章。",
    why="GB/T 9704 10.2 规定命令的签发人职务、签名章和成文日期按 7.3.5.3 编排。",
    wrong="""\
kind: 命令
signature: sealed
""",
    right="""\
kind: 命令
signature: {title: 市长, stamp: reserved}
""",
)
NO_TEXT_ON_PAGE = Check(
    "GW312",
    "no-text-on-page",
    PRACTICE,
    what="不写“此页无正文”。",
    why="1999 年的标准明令禁止，现行标准没有再提，习惯上仍然不写；程序使署名所在的页留有正文。",
    wrong="""\
body:
  - 各级工会要制定具体方案，精心组织，把关怀送到一线职工身边，并于2026年9月10日前将活动总结报市总工会。
  - （此页无正文）
""",
    right="""\
body:
  - 各级工会要制定具体方案，精心组织，把关怀送到一线职工身边，并于2026年9月10日前将活动总结报市总工会。
""",
)

_NO_TEXT = "此页无正文"


def _given(document: Document) -> Sequence[tuple[DataPath, Signatory]]:
    """The signatories that a draft writes with keys of their own, each with its path."""
    given = document.signature
    if isinstance(given, Signatory):
        return [(("signature",), given)]
    return [(("signature", i), one) for i, one in enumerate(given)] if isinstance(given, tuple) else []


@on_document(MIXED_SIGNING)
def one_way(document: Document) -> Iterator[Finding]:
    """B-39, B-48: all organs of a document sign in one way; the first one says in which."""
    given = _given(document)
    for path, one in given[1:]:
        if (one.stamp is None) != (given[0][1].stamp is None):
            way = "签名章" if one.stamp is not None else "印章或署名"
            key = ("stamp",) if one.stamp is not None else ("seal",) if one.seal is not None else ()
            yield Finding(
                MIXED_SIGNING,
                f"同一公文的署名方式应当一致，这里又用{way}",
                (*path, *key),
                hint="各机关都加盖印章，或者都加盖签发人签名章",
                at_key=bool(key),
            )


@on_document(TOO_MANY_SIGNATORIES, TOO_FEW_SIGNATORIES, REPEATED_SIGNATORY)
def one_for_each_organ(document: Document) -> Iterator[Finding]:
    """B-39, B-48: each organ signs once, in the order of the issuers."""
    given = _given(document)
    organs = len(document.issuer)
    for path, _ in given[organs:]:
        yield Finding(
            TOO_MANY_SIGNATORIES,
            f"发文机关有{organs}个，署名多于发文机关",
            path,
            hint="每个发文机关署名一次，次序同发文机关",
        )
    if 0 < len(given) < organs:
        yield Finding(
            TOO_FEW_SIGNATORIES,
            f"发文机关有{organs}个，署名只有{len(given)}个",
            ("signature",),
            hint="每个发文机关写一项；不写下一层的键而写 sealed（盖章）的，各机关都盖章",
            at_key=True,
        )
    names = [one.organ or "" for one in document.signatories]
    for index, (path, one) in enumerate(given[:organs]):
        if (name := names[index]) in names[:index]:
            key = () if one.organ is None else ("organ",)
            yield Finding(
                REPEATED_SIGNATORY, f"“{name}”署名两次", (*path, *key), hint="不写机关的，依次是各发文机关；核对次序"
            )


@on_document(SEALED_ORDER)
def sealed_order(document: Document) -> Iterator[Finding]:
    """C-04: an order bears the stamp of the person who signs it, not the seal of the organ."""
    if document.format_name == "order" and document.signing == "sealed":
        path, one = next(iter(_given(document)), (("signature",), None))
        key = ("seal",) if one is not None and one.seal is not None else ()
        yield Finding(
            SEALED_ORDER,
            "命令（令）加盖签发人签名章，不加盖机关印章",
            (*path, *key),
            hint="写明签发人职务和签名章；留待手工加盖的，签名章写 reserved（留空）",
            at_key=bool(key),
        )


@on_text(NO_TEXT_ON_PAGE)
def no_text_on_page(text: Text, _draft: Draft) -> Iterator[Finding]:
    """B-52: a page for the signature alone is not excused by words; the layout takes text along."""
    if (offset := text.text.find(_NO_TEXT)) >= 0:
        yield Finding(
            NO_TEXT_ON_PAGE,
            f"不写“{_NO_TEXT}”",
            text.path,
            hint="删去；署名所在的页由程序留够两行正文",
            offset=offset,
            length=len(_NO_TEXT),
        )
