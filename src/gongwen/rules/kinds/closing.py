"""Rules of how a document ends: what it asks for and with which words (条例 article 15 (4)), and what its note has to say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Heading, walk
from gongwen.kinds import kind_of
from gongwen.rules.prose import Sentence, body_texts, paragraphs, sentences
from gongwen.rules.registry import on_document, on_usage
from gongwen.terms import Section, Terms
from gongwen.units import Units

REQUEST_IN_REPORT = Check(
    "GW250",
    "request-in-report",
    must("条例第十五条（四）"),
    what="报告里不写请示事项。",
    why="报告不要求上级答复，请求批准的事写在报告里容易被搁置；条例规定不得在报告等非请示性公文中夹带请示事项。",
    wrong="""\
kind: 报告
body: [今年以来，我会开展职工技能培训12期。现将有关情况报告如下。, 妥否，请批示。]
""",
    right="""\
kind: 报告
body: [今年以来，我会开展职工技能培训12期。现将有关情况报告如下。, 特此报告。]
""",
)
FOREIGN_CLOSING = Check(
    "GW251",
    "foreign-closing",
    PRACTICE,
    what="结束语与文种一致。",
    why="“特此通知”“妥否，请批示”一类的话各有所属的文种，用错了，行文的目的就说不清。",
    wrong="body: [现将有关事项通知如下。, 特此报告。]",
    right="body: [现将有关事项通知如下。, 特此通知。]",
)
REQUEST_MISSING = Check(
    "GW252",
    "request-missing",
    PRACTICE,
    what="请示的结尾写明请求。",
    why="请示要求上级答复，结尾用“妥否，请批示”等语写明要上级做什么。",
    wrong="""\
kind: 请示
body: [为活跃职工文体生活，拟于10月举办全市职工运动会，所需经费由本级承担。]
""",
    right="""\
kind: 请示
body: [为活跃职工文体生活，拟于10月举办全市职工运动会，所需经费由本级承担。, 妥否，请批示。]
""",
)
SEVERAL_REQUESTS = Check(
    "GW253",
    "several-requests",
    should("条例第十五条（四）"),
    what="请示一文一事。",
    why="几件事写在一份请示里，其中一件定不下来，其他的就一起拖着；条例规定请示应当一文一事。",
    wrong="""\
kind: 请示
body:
  - heading: 请求增加编制
    body: [我会现有编制12名。]
  - heading: 请求解决办公用房
    body: [我会办公用房不足。]
  - 妥否，请批示。
""",
    right="""\
kind: 请示
body:
  - heading: 增加编制的理由
    body: [我会现有编制12名。]
  - heading: 请求增加的编制
    body: [请求增加编制3名。]
  - 妥否，请批示。
""",
)
CONTACT_MISSING = Check(
    "GW259",
    "contact-missing",
    PRACTICE,
    what="请示在附注里写明联系人和电话。",
    why="上级办理请示时要向来文单位核实。条例和标准没有要求，是普遍的习惯。",
    wrong="""\
kind: 请示
note: 此件公开发布
""",
    right="""\
kind: 请示
note: 联系人：周砚秋，联系电话：0000-12345678
""",
)
ABOLISHED_LABEL = Check(
    "GW262",
    "abolished-label",
    should("GB/T 9704 前言"),
    what="公文不标主题词。",
    why="2012年的标准取消了主题词。",
    wrong="body: [现将有关事项通知如下。, 主题词：工会 活动 通知]",
    right="body: [现将有关事项通知如下。]",
)
PRINTING_LABEL = Check(
    "GW263",
    "printing-label",
    PRACTICE,
    what="版记不写印数、打字和校对。",
    why="这些是旧式公文的标注，2012年以来的版记只有抄送机关、印发机关和印发日期。",
    wrong="note: 共印120份",
    right="note: 此件公开发布",
)

_ASKING: Final = r"特?(?:敬|恳)?(?:请|望|盼)"
_DOUBT: Final = r"(?:以上[^，。]{0,8}，?)?(?:妥否|当否|可否|是否妥当|是否可行)"
_GENEROUS: Final = r"(?<![申邀聘提报])请(?!示)|恳|妥否|当否|可否|是否妥当|[特专谨]此请示|盼|[希敬]望"
_NOT_ASKED: Final = r"按照|根据|落实|贯彻|执行"
_ASKS_ITSELF: Final = ("请示", "函", "议案", "意见")
"""Kinds that ask."""


@functools.cache
def _request(section: Section) -> re.Pattern[str]:
    """A clause that asks for one of the words of a section, and nothing after it."""
    word = section.alternation()
    return re.compile(rf"{_ASKING}([^，；：的“”《》]{{0,10}}?)({word})(?:执行|各地.*执行|为盼|为荷|为谢)?$")


def _asked(sentence: Sentence, terms: Terms) -> str | None:
    """The kind that asks for what a sentence asks for; None where it asks for nothing."""
    *before, last = re.split(r"[，,；]", sentence.bare)
    match = _request(terms.requests).match(last.strip())
    if match is not None and not re.search(_NOT_ASKED, match[1]):
        return terms.requests.terms[match[2]].instead
    doubts = [one for one in (*before, last) if re.fullmatch(_DOUBT, one.strip())]
    if doubts and (doubts[-1] is last or re.match(_ASKING, last.strip())):
        return "请示"
    return None


@on_usage(REQUEST_IN_REPORT)
def request_in_report(document: Document, _units: Units, terms: Terms) -> Iterator[Finding]:
    """W-04: a report asks for nothing: no request stands in its last paragraph, no heading names one."""
    if document.kind != "报告":
        return
    for text in body_texts(document):
        if text.sort == "heading" and text.text.rstrip("。") == "请示事项":
            yield Finding(
                REQUEST_IN_REPORT,
                f"报告里夹带请示事项：“{text.text}”",
                text.path,
                hint="另用请示，一文一事",
                offset=0,
                length=len(text.text),
            )
    for text in paragraphs(document)[-1:]:
        for sentence in sentences(text):
            if (kind := _asked(sentence, terms)) is not None:
                yield Finding(
                    REQUEST_IN_REPORT,
                    f"报告里夹带请示事项：“{sentence.bare}”",
                    sentence.path,
                    hint=f"删去这一句，用“特此报告”；需要上级答复的另用{kind}",
                    offset=sentence.offset,
                    length=len(sentence.text),
                )


@on_usage(FOREIGN_CLOSING)
def foreign_closing(document: Document, _units: Units, terms: Terms) -> Iterator[Finding]:
    """W-04: the last sentence is not one that other kinds end with."""
    kind = kind_of(document.kind)
    last = [sentence for text in paragraphs(document)[-1:] for sentence in sentences(text)][-1:]
    if kind is None:
        return
    for sentence in last:
        phrase = terms.closings.terms.get(sentence.bare)
        if phrase is not None:
            kinds = phrase.instead.split("、")
        elif document.kind in (*_ASKS_ITSELF, "报告") or (asked := _asked(sentence, terms)) is None:
            continue
        else:
            kinds = [asked]
        if not set(kinds) & set(kind.names):
            usual = f"，常用“{kind.closing[0].rstrip('。')}”" if kind.closing else ""
            yield Finding(
                FOREIGN_CLOSING,
                f"“{sentence.bare}”是{'、'.join(kinds)}的结束语，文种是“{document.kind}”",
                sentence.path,
                hint=f"改用{kind.name}的结束语，或者不写{usual}",
                offset=sentence.offset,
                length=len(sentence.text),
            )


@on_document(REQUEST_MISSING)
def request_missing(document: Document) -> Iterator[Finding]:
    """W-04: 请示 ask at their end."""
    last = paragraphs(document)[-2:]
    if document.kind == "请示" and last and not any(re.search(_GENEROUS, text.text) for text in last):
        sentence = sentences(last[-1])[-1]
        yield Finding(
            REQUEST_MISSING,
            "请示的结尾没有写明请求",
            sentence.path,
            hint="另起一段，写“妥否，请批示。”",
            offset=sentence.offset,
            length=len(sentence.text),
        )


_REQUEST_HEADING: Final = r"(?:关于)?(?:恳请|请求|申请)(?!书|表|人|理由|依据|事项|条件|程序|材料|的)"
_ENUMERATED: Final = r"[一二三四五六七八九]是(?:恳请|请求|申请)(?!的)"


@on_document(SEVERAL_REQUESTS)
def several_requests(document: Document) -> Iterator[Finding]:
    """W-03: 请示 ask for one thing: not under two headings of one level, nor 一是请求…二是请求…."""
    if document.kind != "请示":
        return
    asked: dict[object, int] = {}
    for path, block in walk(document.body, ("body",)):
        if isinstance(block, Heading) and (match := re.match(_REQUEST_HEADING, block.heading)):
            asked[path[:-1]] = asked.get(path[:-1], 0) + 1
            if asked[path[:-1]] > 1:
                yield _another((*path, "heading"), block.heading, match)
    for text in paragraphs(document):
        for match in list(re.finditer(_ENUMERATED, text.text))[1:]:
            yield _another(text.path, text.text, match)


def _another(path: tuple[str | int, ...], text: str, match: re.Match[str]) -> Finding:
    clause = re.split(r"[，。；！？]", text[match.start() :])[0]
    return Finding(
        SEVERAL_REQUESTS,
        f"请示应当一文一事，这里像是另一件事：“{clause}”",
        path,
        hint="不是一件事的，另写一份请示；是一件事的，合并成一项请求",
        offset=match.start(),
        length=len(clause),
    )


@on_document(CONTACT_MISSING)
def contact_missing(document: Document) -> Iterator[Finding]:
    """B-54, X-12: 请示 name in their note whom to ask; a habit, not in the 条例 or the standard."""
    if document.kind != "请示" or (document.note is not None and re.search(r"联系|电话|待定", document.note)):
        return
    if any(re.search(r"联系人|联系电话", text.text) for text in body_texts(document)):
        return
    place = ("kind",) if document.note is None else ("note",)
    yield Finding(
        CONTACT_MISSING,
        "请示没有写明联系人和联系电话",
        place,
        hint="附注写“联系人：……，联系电话：……”，圆括号自动加",
    )


_COPIES: Final = r"[（(]?共印\s*[0-9一二三四五六七八九十百千]+\s*份[）)]?"


@on_usage(ABOLISHED_LABEL, PRINTING_LABEL)
def old_labels(document: Document, _units: Units, terms: Terms) -> Iterator[Finding]:
    """R-16, R-17: 主题词, how many were printed, who typed and who read the proofs: lines that documents no longer have."""
    label = _label(terms.old_labels)
    places = [(text.path, text.text) for text in paragraphs(document)]
    if document.note is not None:
        places.append((("note",), document.note))
    if document.imprint is not None and document.imprint.issuing_office is not None:
        places.append((("imprint", "issuing_office"), document.imprint.issuing_office))
    for path, text in places:
        for match in (*label.finditer(text), *re.finditer(_COPIES, text)):
            word = match["word"].replace(" ", "").replace("　", "") if match.re is label else "共印"
            term = terms.old_labels.terms.get(word)
            if term is not None:
                yield Finding(
                    ABOLISHED_LABEL if word == "主题词" else PRINTING_LABEL,
                    f"{term.instead}：“{match.group().strip()}”",
                    path,
                    hint="删去这一行",
                    offset=match.start(),
                    length=len(match.group()),
                )


@functools.cache
def _label(section: Section) -> re.Pattern[str]:
    """A word of a section that labels a line: 主题词：, 校　对：."""
    words = sorted(section.terms, key=len, reverse=True)
    spaced = "|".join(r"[ 　]*".join(map(re.escape, word)) for word in words) or r"(?!)"
    return re.compile(rf"^[ 　]*(?P<word>{spaced})[ 　]*[：:].*$", re.MULTILINE)
