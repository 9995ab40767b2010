"""Rules of who may read a document: what is public bears no mark that keeps it from the public, or that hurries its delivery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document
from gongwen.expressions import expression
from gongwen.kinds import kind_of
from gongwen.rules.registry import on_document

PUBLIC_AND_SECRET = Check(
    "GW240",
    "public-and-secret",
    should("保密规定"),
    what="涉密公文的附注不写公开发布。",
    why="密级和公开发布互相矛盾，必有一处写错。",
    wrong="copy_number: '000001'\nsecrecy: 秘密★1年\nnote: 此件公开发布",
    right="note: 此件公开发布",
)
PUBLIC_KIND_MARKED = Check(
    "GW241",
    "public-kind-marked",
    should("条例第八条、第九条"),
    what="公报、公告、通告不标密级和紧急程度。",
    why="条例规定公报、公告、通告用于公布；密级限制知悉范围，紧急程度是送达和办理的时限，都不适用。",
    wrong="kind: 公告\nurgency: 特急",
    right="kind: 公告\nurgency: null",
)

_PUBLIC: Final = expression(r"(?<!不)(?<!不予)(?<!后)(?:主动公开|公开发布|公开发表)")
_PUBLIC_KINDS: Final = ("公报", "公告", "通告")
_NAMES: Final = {"secrecy": "密级", "urgency": "紧急程度"}


@on_document(PUBLIC_AND_SECRET)
def public_note(document: Document) -> Iterator[Finding]:
    """H-04, B-55: a note that makes a classified document public."""
    if document.secrecy is None or document.note is None:
        return
    if match := _PUBLIC.search(document.note):
        yield Finding(
            PUBLIC_AND_SECRET,
            f"标了密级“{document.secrecy.level}”，附注又写“{match.group()}”",
            ("note",),
            hint="核对密级和附注，删去其中一处",
            offset=match.start(),
            length=len(match.group()),
        )


@on_document(PUBLIC_KIND_MARKED)
def public_kind(document: Document) -> Iterator[Finding]:
    """H-04, H-09: what is made public needs neither 密级 nor 紧急程度."""
    kind = kind_of(document.kind)
    if kind is None or kind.name not in _PUBLIC_KINDS:
        return
    for field, name in _NAMES.items():
        if getattr(document, field) is not None:
            yield Finding(
                PUBLIC_KIND_MARKED,
                f"“{document.kind}”是公布的公文，不标{name}",
                (field,),
                hint=f"删去{name}；只发给有关单位的改用通知等文种",
                at_key=True,
            )
