"""Rules of how a text cites other documents: the title first, its number after it in brackets (practice), and what 批复 answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.expressions import expression
from gongwen.rules.prose import bare_title, body_texts, paragraphs, sentences
from gongwen.rules.registry import on_document, on_text
from gongwen.rules.texts import Text

REPLY_WITHOUT_CITATION = Check(
    "GW258",
    "reply-without-citation",
    PRACTICE,
    what="批复开头引来文的标题和发文字号。",
    why="批复答复一份请示，写明是哪一份，双方才好归档和查对。",
    wrong="""\
kind: 批复
body: [你会请示收悉。经研究，现批复如下。, 同意举办全市职工运动会。, 此复。]
""",
    right="""\
kind: 批复
body: [你会《关于举办职工运动会的请示》（某工文〔2026〕6号）收悉。经研究，现批复如下。, 同意举办全市职工运动会。, 此复。]
""",
)
NUMBER_BEFORE_TITLE = Check(
    "GW865",
    "number-before-title",
    PRACTICE,
    what="引用公文先写标题，后在圆括号内写发文字号。",
    why="这是沿用的习惯：标题说明是什么文件，字号供查找。",
    wrong="body: [根据某政发〔2023〕5号《关于做好防汛工作的通知》，现将有关事项通知如下。]",
    right="body: [根据《关于做好防汛工作的通知》（某政发〔2023〕5号），现将有关事项通知如下。]",
)
CITED_WITHOUT_NUMBER = Check(
    "GW866",
    "cited-without-number",
    PRACTICE,
    what="引用公文写明发文字号。",
    why="只有标题不好查找；同名的通知每年都可能有一份。",
    wrong="body: [根据《某某市人民政府关于做好防汛工作的通知》要求，现将有关事项通知如下。]",
    right="body: [根据《某某市人民政府关于做好防汛工作的通知》（某政发〔2026〕5号）要求，现将有关事项通知如下。]",
)

_YEAR: Final = r"[〔\[［（(【]\s*(?:(?:19|20)[0-9]{2}|待定)\s*[〕\]］）)】]"
_NUMBER: Final = rf"{_YEAR}\s*(?:第?[0-9]+|待定)\s*号"
_TITLE: Final = r"《([^《》]+)》"
_REVERSED: Final = rf"({_NUMBER})(?:文件?|文件精神|通知)?\s*(?=《[^《》]+》)"
_CITED: Final = rf"《([^《》]+)》\s*[（(][^（()）]{{0,60}}(?:{_NUMBER}|[0-9]{{4}}年|号|待定)[^（()）]{{0,60}}[）)]"
_BEFORE: Final = rf"(?:{_NUMBER}|第[0-9]+号)\s*[）)]?(?:文件?)?\s*《([^《》]+)》"
_NUMBERED_KINDS: Final = ("的通知", "的批复", "的函", "的请示")
_UNNUMBERED: Final = ("中共中央", "中央", "全国人大", "全国人民代表大会")
"""Documents that are cited by their title alone: those of the centre are often issued without a number that may be told."""
_LEFT_OPEN: Final = expression("…|×|[Xx]{2}")
"""A form of a title, not the title of a document."""


@on_document(REPLY_WITHOUT_CITATION)
def reply_without_citation(document: Document) -> Iterator[Finding]:
    """W-16: a reply begins with the title and the number of what it answers."""
    first = paragraphs(document)[:1]
    if document.kind != "批复" or not first:
        return
    text = first[0]
    title = re.search(_TITLE, text.text)
    if title is None:
        sentence = sentences(text)[0]
        yield Finding(
            REPLY_WITHOUT_CITATION,
            "批复的开头没有引来文的标题",
            text.path,
            hint="写“你××《关于……的请示》（……〔……〕……号）收悉”",
            offset=sentence.offset,
            length=len(sentence.text),
        )
    elif not re.search(_NUMBER, text.text) and "待定" not in text.text:
        yield Finding(
            REPLY_WITHOUT_CITATION,
            f"批复引的来文没有发文字号：“{title.group()}”",
            text.path,
            hint="在标题之后的圆括号里写来文的发文字号",
            offset=title.start(),
            length=len(title.group()),
        )


@on_text(NUMBER_BEFORE_TITLE)
def number_before_title(text: Text, _draft: Draft) -> Iterator[Finding]:
    """W-17, D-13: the title of a cited document stands before its number."""
    if not text.is_prose or "号" not in text.text:
        return
    for match in re.finditer(_REVERSED, text.text):
        yield Finding(
            NUMBER_BEFORE_TITLE,
            f"文号写在标题之前：“{match[1]}”",
            text.path,
            hint="先写标题，文号写在标题之后的圆括号里",
            offset=match.start(1),
            length=len(match[1]),
        )


@on_document(CITED_WITHOUT_NUMBER)
def cited_without_number(document: Document) -> Iterator[Finding]:
    """W-17, D-13: a document of a kind that is numbered is cited with its number once at least."""
    texts = body_texts(document)
    known = {bare_title(title) for title in _own_titles(document)}
    for text in texts:
        known |= {bare_title(title) for form in (_CITED, _BEFORE) for title in re.findall(form, text.text)}
    answers = document.kind == "批复"
    for text in texts:
        if text.sort != "paragraph":
            continue
        for match in re.finditer(_TITLE, text.text):
            title = bare_title(match[1])
            if title in known or not title.endswith(_NUMBERED_KINDS) or title.startswith(_UNNUMBERED):
                continue
            if _LEFT_OPEN.search(title):
                continue
            known.add(title)
            if answers and title.endswith("的请示"):
                continue  # told by `reply_without_citation`
            yield Finding(
                CITED_WITHOUT_NUMBER,
                f"引用的公文没有发文字号：“{match.group()}”",
                text.path,
                hint="在标题之后的圆括号里写发文字号",
                offset=match.start(),
                length=len(match.group()),
            )


def _own_titles(document: Document) -> Iterator[str]:
    """Titles that the document itself bears, issues or encloses."""
    if document.title is not None:
        yield document.title
        yield from re.findall(_TITLE, document.title)
    if document.issued is not None:
        yield document.issued.title
    yield from (one.title for one in document.attachments)
