"""Rules of words: misspelt ones, wrong names, units that are no legal ones, dates that hang on the day of reading, forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, should
from gongwen.chinese import numeral
from gongwen.diagnostics import Check, Finding
from gongwen.document import Document, Draft
from gongwen.expressions import expression
from gongwen.kinds import kind_of
from gongwen.rules.kinds.ranks import is_below, rank
from gongwen.rules.prose import body_texts
from gongwen.rules.registry import on_terms, on_text, on_usage
from gongwen.rules.texts import Text
from gongwen.terms import Found, Terms
from gongwen.units import Units

MISSPELT = Check(
    "GW860",
    "misspelt",
    should("条例第二十条（四）"),
    what="没有错别字。",
    why="审核公文的重点之一是文字用法规范；这里只查怎样用都是错的词，单位可以在 terms.yaml 里增减。",
    wrong="body: [现将有关工作布署通知如下。]",
    right="body: [现将有关工作部署通知如下。]",
)
WRONG_TERM = Check(
    "GW861",
    "wrong-term",
    should("条例第二十条（四）"),
    what="机关、职务和固定提法的名称写得准确。",
    why="审核公文的重点之一是名称、引文准确；单位可以在 terms.yaml 里增减。",
    wrong="body: [各单位要开展“不忘初心，牢记使命”主题教育。]",
    right="body: [各单位要开展“不忘初心、牢记使命”主题教育。]",
)
OBSOLETE_UNIT = Check(
    "GW862",
    "obsolete-unit",
    should("GB/T 9704 第9章"),
    what="用法定计量单位，单位符号的大小写合乎标准。",
    why="标准规定公文中计量单位的用法符合 GB 3100、GB 3101 和 GB 3102。",
    wrong="body: [井口直径80公分，日处理垃圾300公吨。]",
    right="body: [井口直径80厘米，日处理垃圾300吨。]",
)
RELATIVE_DATE = Check(
    "GW863",
    "relative-date",
    PRACTICE,
    what="公文正文写确切的日期。",
    why="“近日”“上月”随阅读的日子而变，过后查不清是哪一天。",
    wrong="body: [近日，我市遭遇强降雨。]",
    right="body: [2026年7月12日，我市遭遇强降雨。]",
)
CONGRESS_NUMBER = Check(
    "GW864",
    "congress-number",
    should("GB/T 15835 4.2"),
    what="党的代表大会和中央全会的届次用汉字。",
    why="“二十大”“六中全会”是已经固定的词语，其中的数字用汉字。",
    wrong="body: [深入学习贯彻党的20大和二十届3中全会精神。]",
    right="body: [深入学习贯彻党的二十大和二十届三中全会精神。]",
)
ADDRESS_FORM = Check(
    "GW872",
    "address-form",
    PRACTICE,
    what="称下级机关用“你”，称不相隶属的机关用“贵”。",
    why="函是平行文，对收文机关称“你局”失礼；下行文称“贵局”不合隶属关系。",
    wrong="""\
kind: 函
body: [现就有关事项函商如下。, 请你局予以支持。]
""",
    right="""\
kind: 函
body: [现就有关事项函商如下。, 请贵局予以支持。]
""",
)


def _finding(check: Check, text: Text, found: Found, message: str, hint: str) -> Finding:
    return Finding(
        check,
        message,
        text.path,
        hint=hint if found.term.note is None else f"{hint}；{found.term.note}",
        offset=found.offset,
        length=len(found.word),
        replacement=found.term.replacement,
    )


@on_terms(MISSPELT, WRONG_TERM)
def words(text: Text, _draft: Draft, terms: Terms) -> Iterator[Finding]:
    """Words that are wrong wherever they stand."""
    if text.sort == "name":
        return
    for found in terms.misspelt.find(text.text):
        yield _finding(MISSPELT, text, found, f"错别字：“{found.word}”", f"改为“{found.term.instead}”")
    for found in terms.official.find(text.text):
        message, hint = f"表述不准确：{_quoted(found.word)}", f"改为{_quoted(found.term.instead)}"
        yield _finding(WRONG_TERM, text, found, message, hint)


_TO_DAY: Final = "到?(?:19|20)[0-9]{2}年[^，。；：]{0,10}，"
_UP_TO: Final = expression(
    rf"(?:^|(?<=[。；]))截止(?={_TO_DAY})|(?<=，)截止(?={_TO_DAY}(?:已(?:完成|建成|有)|累计|全[国省市县区]|我[省市县区局委会]))"
)
"""At the beginning of a sentence, with a day that the figures after it are of: no deadline."""


@on_text(MISSPELT)
def up_to_a_day(text: Text, _draft: Draft) -> Iterator[Finding]:
    """截至2025年底，…… tells how far the figures go; 截止 is the end of a time."""
    if text.sort != "paragraph" or "截止" not in text.text:
        return
    for match in _UP_TO.finditer(text.text):
        yield Finding(
            MISSPELT,
            "错别字：“截止”",
            text.path,
            hint="改为“截至”",
            offset=match.start(),
            length=len(match.group()),
            replacement="截至",
        )


def _quoted(word: str) -> str:
    """A word in quotation marks; one that has them keeps its own."""
    return word if word.startswith("“") else f"“{word}”"


_AMOUNT: Final = expression(r"[0-9](?:[十百千万亿余多]|\s)*$")
_LETTER: Final = expression(r"[A-Za-z0-9]")


@on_terms(OBSOLETE_UNIT)
def units(text: Text, _draft: Draft, terms: Terms) -> Iterator[Finding]:
    """S-11: after a number in digits, units that are no legal ones and symbols in the wrong case."""
    if text.sort == "name":
        return
    for found in terms.units.find(text.text):
        end = found.offset + len(found.word)
        is_longer = found.word.isascii() and _LETTER.match(text.text, end)
        if _AMOUNT.search(text.text, max(0, found.offset - 4), found.offset) and not is_longer:
            what = "单位符号的大小写不对" if found.word.isascii() else "不是法定计量单位"
            yield _finding(OBSOLETE_UNIT, text, found, f"{what}：“{found.word}”", f"改为“{found.term.instead}”")


_NEAR: Final = 200
_CLAUSE_START: Final = expression(r"(?:^|[，。；：！？“（\s]|于|定于|将于|拟于|已于|并于|决定|计划|将)$")
_RECURRING: Final = expression(r"每|逐[日周月]|按[日周月季]|定期|周报|月报|日报|各月|次月")


@on_terms(RELATIVE_DATE)
def relative_dates(text: Text, draft: Draft, terms: Terms) -> Iterator[Finding]:
    """W-21: in the body of a document, at the start of a clause; what happens again and again may be told so."""
    if not isinstance(draft, Document) or text.path[0] != "body" or text.sort != "paragraph":
        return
    for found in terms.relative_dates.find(text.text):
        starts = _CLAUSE_START.search(text.text, max(0, found.offset - 2), found.offset) or found.offset == 0
        if starts and not _RECURRING.search(_sentence_at(text.text, found.offset)):
            yield Finding(
                RELATIVE_DATE,
                f"不是确切的日期：“{found.word}”",
                text.path,
                hint=f"写{found.term.instead}",
                offset=found.offset,
                length=len(found.word),
            )


def _sentence_at(text: str, offset: int) -> str:
    """The sentence around a place of a text, or what is near of a very long one."""
    before, after = text[max(0, offset - _NEAR) : offset], text[offset : offset + _NEAR]
    return re.split(r"[。！？\n]", before)[-1] + re.split(r"[。！？\n]", after)[0]


_AFTER_CONGRESS: Final = (
    "精神|报告|以来|代表|召开|胜利|闭幕|开幕|部署|提出|强调|作出|关于|会议|之后|后|和|及|与|、|，|。|；|：|”|》|）|$"
)
_CONGRESS: Final = expression(
    rf"(?<=党的)(?:第)?([12][0-9])(?=大(?:{_AFTER_CONGRESS}))|(?<=党的)([12][0-9])(?=届)|(?<![0-9])([12][0-9])(?=届[1-9一二三四五六七八九]中全会)"
)
_PLENUM: Final = expression(r"(?<=届)([1-9])(?=中全会|中、)")


@on_text(CONGRESS_NUMBER)
def congress_numbers(text: Text, _draft: Draft) -> Iterator[Finding]:
    """党的二十大, 二十届三中全会: fixed words, whose numbers are hanzi."""
    if not (text.is_prose or text.sort == "title") or not ("党的" in text.text or "中全会" in text.text):
        return
    for match in (*_CONGRESS.finditer(text.text), *_PLENUM.finditer(text.text)):
        group = match.lastindex or 1
        han = numeral(int(match[group]))
        yield Finding(
            CONGRESS_NUMBER,
            f"会议届次里的数字用汉字：“{match[group]}”",
            text.path,
            hint=f"改为“{han}”",
            offset=match.start(group),
            length=len(match[group]),
            replacement=han,
        )


_ANSWERS: Final = r"的(?:请示|报告)》"


@on_usage(ADDRESS_FORM)
def address_forms(document: Document, known: Units, terms: Terms) -> Iterator[Finding]:
    """W-20: 你局 to those below, 贵局 to others. A letter that answers a 请示, or may go to an organ below, may say 你."""
    kind = kind_of(document.kind)
    if kind is None or kind.name not in ("函", "通知", "批复", "通报", "决定"):
        return
    texts = body_texts(document)
    is_letter = kind.name == "函"
    if is_letter and (_may_be_above(document, known) or any(re.search(_ANSWERS, text.text) for text in texts)):
        return
    section = terms.address_forms if is_letter else terms.address_forms.inverse
    for text in texts:
        for found in section.find(text.text):
            if is_letter or not _is_of_another_word(text.text, found):
                whom = "不相隶属的机关称“贵”" if is_letter else "下级机关称“你”"
                yield Finding(
                    ADDRESS_FORM,
                    f"“{document.kind}”里的称谓不合行文关系：“{found.word}”",
                    text.path,
                    hint=f"{whom}：改为“{found.term.instead}”",
                    offset=found.offset,
                    length=len(found.word),
                )


_DEAR: Final = frozenset("昂珍名宝可富尊高华权显娇金")


def _is_of_another_word(text: str, found: Found) -> bool:
    """Whether 贵 is the end of another word: 昂贵, 珍贵."""
    return found.offset > 0 and text[found.offset - 1] in _DEAR


_COMMANDS: Final = r"人民政府$|国务院$|^中共.*委(?:员会)?$|办公[厅室]$|^(?:国家|中华|全国)|^[^省市县区]{2,10}部$"
"""Organs to which most others are below, their offices, and those of the centre."""


def _may_be_above(document: Document, known: Units) -> bool:
    """Whether a letter may go to an organ below: as the project knows, or as the names let one think."""
    if re.search(_COMMANDS, document.lead):
        return True
    own = rank(document.lead, known.named(document.lead))
    for name in (name for one in document.addressees or () for name in one):
        theirs = rank(name, known.named(name))
        if is_below(name, document.lead, known) or (own is not None and theirs is not None and theirs > own):
            return True
    return False
