"""Rules of the mark between the members of an enumeration, the 顿号 (GB/T 15834 4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongwen.authority import PRACTICE, should
from gongwen.diagnostics import Check, Finding
from gongwen.document import Draft
from gongwen.expressions import expression
from gongwen.rules.language.scan import NUMERALS, reads, strike
from gongwen.rules.registry import on_text
from gongwen.rules.texts import Text

NEEDLESS_COMMA = Check(
    "GW815",
    "needless-enumeration-comma",
    should("GB/T 15834 4.5"),
    what="并列的书名号之间、引号之间通常不用顿号。",
    why="书名号和引号已经把各项分开；各项之间另有括注等成分的，用顿号。",
    wrong="body: [学习《中华人民共和国工会法》、《中华人民共和国劳动法》。]",
    right="body: [学习《中华人民共和国工会法》《中华人民共和国劳动法》。]",
)
COMMA_BEFORE_CONJUNCTION = Check(
    "GW816",
    "comma-before-conjunction",
    PRACTICE,
    what="并列的最后两项之间用了“和”“以及”等连词，就不再用顿号。",
    why="连词已经把两项连起来；写作“甲、乙和丙”。",
    wrong="body: [请各县（市、区）总工会、各产业工会、以及直属基层工会参加。]",
    right="body: [请各县（市、区）总工会、各产业工会以及直属基层工会参加。]",
)
COMMA_BEFORE_ETC = Check(
    "GW825",
    "comma-before-etc",
    should("GB/T 15834 附录B.1.2"),
    what="各项之间用顿号的，“等”之前不用顿号。",
    why="“等”紧跟着最后一项；各项之间用逗号的，“等等”之前才用逗号。",
    wrong="body: [为职工送去毛巾、茶叶、药品、等慰问品。]",
    right="body: [为职工送去毛巾、茶叶、药品等慰问品。]",
)
COMMA_IN_ESTIMATE = Check(
    "GW817",
    "comma-in-estimate",
    should("GB/T 15834 4.5"),
    what="相邻两个数字连用表示概数的，中间不加顿号。",
    why="“三四个”是概数，“三、四个”读起来是两项；“二、三产业”是缩略的两项，要加。",
    wrong="body: [每个单位推荐三、四个人。]",
    right="body: [每个单位推荐三四个人。]",
)

_BETWEEN: Final = expression(r"》、(?=《)|”、(?=“)")
_CLAUSE: Final = expression(r"[^，。；：！？\n]+")


_NOTED: Final = expression(r"[》”]（")
"""A member with a note in brackets: between such members the standard asks for the comma."""


@on_text(NEEDLESS_COMMA)
def needless_commas(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-04: no 、 between 》《 and ”“. A clause with any other 、 is one enumeration of mixed members, which keeps all of them."""
    chars = text.text
    if not reads(text) or ("》、《" not in chars and "”、“" not in chars):
        return
    for clause in _CLAUSE.finditer(chars):
        between = list(_BETWEEN.finditer(chars, *clause.span()))
        if clause.group().count("、") != len(between) or _NOTED.search(clause.group()):
            continue
        for match in between:
            what = "书名号" if match.group() == "》、" else "引号"
            message = f"并列的{what}之间用了顿号"
            place = match.start() + 1
            yield strike(NEEDLESS_COMMA, text, place, place + 1, message, hint="删去顿号", replacement="")


def _clause_start(chars: str, place: int) -> int:
    return max(chars.rfind(mark, 0, place) for mark in "，。；：！？\n") + 1


_CONJUNCTION: Final = expression(
    r"(?<![和与及或])、(以及|及其|及(?![时早格第至物笄待])|或者?(?![许多有缺然明大小早迟是轻重]))"
    r"|(?<![和与及或])、(和|与)(?P<member>[^，。；：！？、（）“”《》\n]{2,8}?)(?=[，。；：！？）\n]|$|等)"
)
_NO_CONJUNCTION: Final = expression(
    r"和(?:谐|平|睦|气|美|顺|善|合|议|约|解|煦|蔼|缓|悦|盘|局|衷|而|为|稀泥|颜|声|风)"
    r"|与(?:会|时|日|世|众|人|民|其|否|共|国|邻|生|党|史|此|之|狼|虎|我|他|它|你|有|职工|群众|企业|社会|国际|世界|市场)"
)
_ACT: Final = expression(
    r"[打谈交做作对保结签相协沟联合共一同接衔融挂比齐竞争斗是有为]|见面|并行|并重|不同|无关|有关|相比|合作|分离|脱节"
)


@on_text(COMMA_BEFORE_CONJUNCTION)
def commas_before_conjunctions(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-15: 甲、乙和丙. 和 and 与 also begin a phrase of their own (与群众谈心), so they are told only in a row of like names."""
    chars = text.text
    if not reads(text) or "、" not in chars:
        return
    for match in _CONJUNCTION.finditer(chars):
        place = match.start()
        word = match.group(1) or match.group(2)
        if all(char in NUMERALS for char in chars[:place]) or _NO_CONJUNCTION.match(chars, place + 1):
            continue
        if match.group("member") and (
            _ACT.search(match.group("member")) or not _is_enumeration(chars, place, match.group("member"))
        ):
            continue
        yield strike(
            COMMA_BEFORE_CONJUNCTION,
            text,
            place,
            place + 1,
            f"“{word}”之前用了顿号",
            hint="删去顿号",
            replacement="",
        )


_LONGEST_MEMBER: Final = 8


def _is_enumeration(chars: str, place: int, member: str) -> bool:
    """Whether members of an enumeration stand before a place, and the last of them ends as the one after it: 甲部、乙部和丙部."""
    before = chars[_clause_start(chars, place) : place].split("、")
    return len(before) > 1 and len(before[-1]) <= _LONGEST_MEMBER and before[-1][-1:] == member[-1]


_ETC: Final = expression(r"、(?=等(?![待候级额同效次于到闲距离量号差比值势高温价边身分着一]))")


@on_text(COMMA_BEFORE_ETC)
def commas_before_etc(text: Text, _draft: Draft) -> Iterator[Finding]:
    """Annex B.1.2 of 15834: 甲、乙等."""
    if "、等" not in text.text or not reads(text):
        return
    for match in _ETC.finditer(text.text):
        message = "“等”之前用了顿号"
        yield strike(COMMA_BEFORE_ETC, text, *match.span(), message, hint="删去顿号", replacement="")


_ESTIMATE: Final = expression(
    r"(?<![第一二三四五六七八九十百千万零〇两几、和周月。；：\s])(?<!^)"
    r"(?:二、三|三、四|四、五|五、六|六、七|七、八|八、九|三、五)"
    r"(?:[十百千万]{0,2}(?:个|名|位|人|天|次|家|岁|件|倍|份|户|台|小时|分钟|公里)|年(?![级度]))"
)


@on_text(COMMA_IN_ESTIMATE)
def commas_in_estimates(text: Text, _draft: Draft) -> Iterator[Finding]:
    """D-05: an estimate takes no 、. An ordinal (第三、四个) and what is short for two things (二、三产业) do."""
    if not reads(text) or "、" not in text.text:
        return
    for match in _ESTIMATE.finditer(text.text):
        place = match.start() + 1
        estimate = match.group().replace("、", "")
        message = f"概数中间用了顿号：“{match.group()}”"
        yield strike(COMMA_IN_ESTIMATE, text, place, place + 1, message, hint=f"是概数的，写“{estimate}”")
