"""Rules of the head 版头: number, secrecy, signers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from gongwen.authority import PRACTICE, must, should
from gongwen.diagnostics import DOUBTFUL, Check, Finding
from gongwen.document import LEAD, PENDING, Bulletin, Document, Draft
from gongwen.expressions import expression
from gongwen.kinds import kind_of
from gongwen.rules.registry import on_document, on_draft

NUMBER_FORM = Check(
    "GW201",
    "number-form",
    must("GB/T 9704 7.2.5"),
    what="发文字号依次写机关代字、六角括号括入的四位年份、顺序号和“号”。",
    why="GB/T 9704 7.2.5：年份标全称，用六角括号“〔〕”括入；顺序号不加“第”字，不编虚位（1 不编为 01），在阿拉伯数字后加“号”字。",
    wrong="number: 云工发[2026]第021号",
    right="number: 云工发〔2026〕21号",
)
NUMBER_YEAR = Check(
    "GW202",
    "number-year",
    PRACTICE,
    what="发文字号的年份与成文日期的年份一致。",
    why="发文字号按年编，年份就是发文的年份；两处不同，多半有一处是从旧稿带来的。",
    wrong="""\
number: 云工发〔2025〕21号
date: 2026-06-22
""",
    right="""\
number: 云工发〔2026〕21号
date: 2026-06-22
""",
)
COPY_NUMBER_MISSING = Check(
    "GW203",
    "copy-number-missing",
    must("条例第九条（一）"),
    what="涉密公文标注份号。",
    why="条例第九条（一）：涉密公文应当标注份号，每一份才查得到下落。",
    wrong="secrecy: 秘密★1年",
    right="""\
copy_number: 000001
secrecy: 秘密★1年
""",
)
SECRECY_PERIOD_MISSING = Check(
    "GW205",
    "secrecy-period-missing",
    should("条例第九条（二）"),
    what="涉密公文写明保密期限。",
    why="条例第九条（二）：涉密公文应当根据涉密程度分别标注密级和保密期限。",
    wrong="""\
copy_number: 000001
secrecy: 秘密
""",
    right="""\
copy_number: 000001
secrecy: 秘密★1年
""",
)
CLASSIFIED = Check(
    "GW206",
    "classified-content",
    should("保密规定"),
    what="涉密的稿件不在联网的计算机上起草和编译。",
    why="保密规定不许用联网的计算机处理国家秘密；稿件写了密级，程序就提醒一次。",
    wrong="""\
copy_number: 000001
secrecy: 秘密★1年
urgency: 加急
""",
    right="urgency: 加急",
)
SIGNERS_MISSING = Check(
    "GW207",
    "signers-missing",
    must("条例第九条（六）"),
    what="上行文写明签发人。",
    why="条例第九条（六）：上行文应当标注签发人姓名，上级据此知道由谁负责。",
    wrong="""\
kind: 请示
signers: null
""",
    right="""\
kind: 请示
signers: [王小明]
""",
)

JOINT_SIGNERS = Check(
    "GW211",
    "joint-signers",
    should("条例第二十二条"),
    what="联合上行文的签发人与发文机关一样多，次序也一样。",
    why="条例第二十二条：联合发文由所有联署机关的负责人会签。",
    wrong="""\
kind: 请示
issuer: [云州市总工会, 云州市妇女联合会]
signers: [王小明]
""",
    right="""\
kind: 请示
issuer: [云州市总工会, 云州市妇女联合会]
signers: [王小明, 李大明]
""",
)
LEAD_OF_ONE = Check(
    "GW212",
    "lead-of-one",
    DOUBTFUL,
    what="标志只用主办机关名称的，发文机关不止一个。",
    why="只有一个发文机关，没有主办、协办之分，多半是漏写了联署机关。",
    wrong="""\
issuer: [云州市总工会]
mark: lead
""",
    right="""\
issuer: [云州市总工会, 云州市妇女联合会]
mark: lead
""",
)
TWO_NUMBERS = Check(
    "GW236",
    "two-numbers",
    must("条例第九条（五）"),
    what="一份公文只有一个发文字号。",
    why="条例规定联合行文使用主办机关的发文字号。",
    wrong="number: 云工发〔2026〕6号 云妇字〔2026〕8号",
    right="number: 云工发〔2026〕6号",
)
SIGNER_FORM = Check(
    "GW237",
    "signer-form",
    should("GB/T 9704 7.2.6"),
    what="签发人写姓名，一人一项，不写职务和机关。",
    why="标准规定“签发人”之后标注签发人姓名；多个签发人按发文机关的顺序依次排列。",
    wrong="kind: 请示\nsigners: [王小明主席]",
    right="kind: 请示\nsigners: [王小明]",
)
REPEATED_SIGNER = Check(
    "GW238",
    "repeated-signer",
    should("GB/T 9704 7.2.6"),
    what="签发人不重复。",
    why="每个发文机关由一位负责人签发；同一姓名出现两次，多半是误写。",
    wrong="kind: 请示\nsigners: [王小明, 王小明]",
    right="kind: 请示\nsigners: [王小明]",
)
COPY_NUMBER_ZERO = Check(
    "GW239",
    "copy-number-zero",
    PRACTICE,
    what="份号从 1 起编。",
    why="份号是公文印制份数的顺序号，第一份是 000001。",
    wrong="copy_number: '000000'",
    right="copy_number: '000001'",
)
PRINT_RUN_DIFFERS = Check(
    "GW264",
    "print-run-differs",
    PRACTICE,
    what="报尾的印数与编号的份数一致。",
    why="报尾印出“共印多少份”，编号编到多少份；两处不同，查不清发出去几份。",
    wrong="""\
kind: 简报
copies: 120
distribution: {report_to: 云州市委办公室, copies: 100}
""",
    right="""\
kind: 简报
copies: 120
distribution: {report_to: 云州市委办公室, copies: 120}
""",
)

_NUMBER = expression(r"[\u4e00-\u9fffA-Za-z]+〔((?:19|20)[0-9]{2})〕[1-9][0-9]*号")
_YEARLY = expression(r"〔(?:19|20)[0-9]{2}〕第?[1-9][0-9]*[号期次]")
"""The number of minutes that are counted by years, without a code: 〔2026〕14号 (practice)."""
_COUNTED = ("公告", "通告")
"""Kinds for the public, which many organs count by themselves, as orders are: 第3号, 2026年第3号, 〔五届〕第18号 (practice)."""
_COUNT = expression(
    r"(?:(?:19|20)[0-9]{2}年|[〔（][^〔〕（）]{1,8}届[^〔〕（）]{0,4}[〕）])?第(?:[1-9][0-9]*|[一二三四五六七八九十百]+)号"
)
_YEAR_DIGITS = 4
_YEAR = expression(r"[〔\[［【（(〈《{｛](?:19|20)[0-9]{2}[〕\]］】）)〉》}｝]")
_POST = r"(?:副?(?:主席|书记|局长|厅长|处长|科长|市长|县长|区长|省长|部长|主任|院长|校长|会长|总经理|董事长)|同志)"
_NOT_A_NAME = expression(rf"^{_POST}(?=[\u4e00-\u9fff]{{2,}})|(?<=[\u4e00-\u9fff]{{2}}){_POST}$")
"""A post before or after a name."""
_ORGAN = expression(r"[\u4e00-\u9fff]{3,}(?:委员会|联合会|总工会|工会|人民政府|局|厅|办公室|党组)$")
_SEVERAL = expression(r"[、，,；;]")
_BRACKETED_YEAR = expression(r"[\[［【（(〈《{｛]([0-9]{2,4})[\]］】）)〉》}｝]")


def has_own_number(document: Document) -> bool:
    """Whether the number is not a 发文字号: that of an order (10.2), and that of minutes which are counted by issues (practice)."""
    if document.format_name == "minutes":
        number = document.number_text
        return number is not None and (not _YEAR.search(number) or _YEARLY.fullmatch(number) is not None)
    return document.format_name == "order"


@on_document(NUMBER_FORM, TWO_NUMBERS)
def number_form(document: Document) -> Iterator[Finding]:
    """H-21 to H-24: code, four-digit year in 〔〕, number without padding, 号; one number."""
    number = document.number
    if not isinstance(number, str) or PENDING in number or _NUMBER.fullmatch(number) or has_own_number(document):
        return
    if document.kind in _COUNTED and _COUNT.fullmatch(number):
        return
    path = ("number",)
    if len(_YEAR.findall(number)) > 1:
        hint = "只写主办机关的发文字号"
        yield Finding(TWO_NUMBERS, "发文字号有两个以上", path, hint=hint, offset=0, length=len(number))
    elif match := _BRACKETED_YEAR.search(number):
        yield Finding(
            NUMBER_FORM,
            f"发文字号的年份用六角括号〔〕括入：“{match.group()}”",
            path,
            hint=f"改为“〔{match.group(1)}〕”",
            offset=match.start(),
            length=len(match.group()),
            replacement=f"〔{match.group(1)}〕" if len(match.group(1)) == _YEAR_DIGITS else None,
        )
    elif match := re.search(r"第", number):
        yield Finding(
            NUMBER_FORM, "发文字号的顺序号不加“第”字", path, hint="删去“第”", offset=match.start(), replacement=""
        )
    elif match := re.search(r"〕(0+)[0-9]", number):
        yield Finding(
            NUMBER_FORM,
            "发文字号的顺序号不编虚位",
            path,
            hint="删去前面的零",
            offset=match.start(1),
            length=len(match.group(1)),
            replacement="",
        )
    elif match := re.search(r"\s+", number):
        yield Finding(
            NUMBER_FORM,
            "发文字号中间不留空格",
            path,
            hint="删去空格",
            offset=match.start(),
            length=len(match.group()),
            replacement="",
        )
    elif not number.endswith("号"):
        yield Finding(
            NUMBER_FORM,
            f"发文字号“{number}”末尾没有“号”字",
            path,
            hint="在末尾加“号”",
            offset=max(0, len(number) - 1),
            replacement=f"{number[-1]}号" if number[-1:].isdecimal() else None,
        )
    else:
        yield Finding(
            NUMBER_FORM,
            f"发文字号“{number}”的写法不对",
            path,
            hint="依次写机关代字、〔四位年份〕、顺序号和“号”，如“焦工文〔2025〕6号”",
        )


@on_document(NUMBER_YEAR)
def number_year(document: Document) -> Iterator[Finding]:
    """H-25: the number's year is the year of the date."""
    number = document.number_text
    if number is None or not isinstance(document.date, datetime.date) or not (match := _NUMBER.fullmatch(number)):
        return
    if int(match.group(1)) != document.date.year:
        yield Finding(
            NUMBER_YEAR,
            f"发文字号的年份{match.group(1)}与成文日期的年份{document.date.year}不一致",
            ("number",),
            hint="核对发文字号和成文日期",
        )


@on_document(COPY_NUMBER_MISSING, SECRECY_PERIOD_MISSING, CLASSIFIED)
def secrecy(document: Document | Bulletin) -> Iterator[Finding]:
    """H-04, H-08, H-11: a classified document carries a copy number and a period, and does not belong on this machine."""
    if document.secrecy is None:
        return
    if document.copy_number_text is None:
        yield Finding(
            COPY_NUMBER_MISSING, "涉密公文应当标注份号", ("secrecy",), hint="加上份号，如 000001；编号印制的写份数"
        )
    if document.secrecy.period is None:
        yield Finding(
            SECRECY_PERIOD_MISSING,
            f"密级“{document.secrecy.level}”没有保密期限",
            ("secrecy",),
            hint=f"写成“{document.secrecy.level}★1年”的形式",
        )
    yield Finding(CLASSIFIED, "涉密公文不得在联网的计算机上处理", ("secrecy",), hint="在符合保密规定的设备上起草和编译")


@on_document(JOINT_SIGNERS, LEAD_OF_ONE)
def joint(document: Document) -> Iterator[Finding]:
    """H-31: the heads of all organs of a joint document sign; a mark of the lead organ alone wants more than one organ."""
    if document.signers and 1 < len(document.issuer) != len(document.signers):
        yield Finding(
            JOINT_SIGNERS,
            f"联合行文的{len(document.issuer)}个机关应当会签，签发人有{len(document.signers)}位",
            ("signers",),
            hint="按发文机关的顺序写各机关负责人",
        )
    if document.mark == LEAD["en"] and len(document.issuer) == 1:
        yield Finding(
            LEAD_OF_ONE, "只有一个发文机关，标志不用选主办机关", ("mark",), hint="删去这一项，或写明各发文机关"
        )


@on_document(SIGNERS_MISSING)
def signers(document: Document) -> Iterator[Finding]:
    """H-26: an upward document shows who signed it."""
    kind = kind_of(document.kind)
    if kind is not None and "signers" in kind.requires and kind.direction == "up" and not document.signers:
        yield Finding(SIGNERS_MISSING, f"上行文“{document.kind}”应当标注签发人姓名", ("kind",), hint="加上签发人")


@on_document(SIGNER_FORM, REPEATED_SIGNER)
def signer_names(document: Document) -> Iterator[Finding]:
    """H-27, H-30: a signer is the name of a person, once."""
    names = document.signers or ()
    for index, name in enumerate(names):
        path = ("signers", index)
        if match := _SEVERAL.search(name):
            message, hint = "一项里写了几位签发人", "一人一项，写成列表"
        elif match := _ORGAN.search(name):
            message, hint = f"签发人“{name}”是机关名称", "写签发人的姓名"
        elif match := _NOT_A_NAME.search(name):
            message, hint = f"签发人只写姓名：“{match.group()}”", "删去职务"
        elif name in names[:index]:
            hint = "核对各机关的签发人"
            yield Finding(REPEATED_SIGNER, f"签发人“{name}”重复", path, hint=hint, offset=0, length=len(name))
            continue
        else:
            continue
        yield Finding(SIGNER_FORM, message, path, hint=hint, offset=match.start(), length=len(match.group()))


@on_draft(COPY_NUMBER_ZERO)
def copy_number(draft: Draft) -> Iterator[Finding]:
    """H-02: copies are counted from one."""
    number = draft.copy_number if isinstance(draft, Document | Bulletin) else None
    if number is not None and number.strip("0") == "":
        hint = "第一份写 000001"
        yield Finding(COPY_NUMBER_ZERO, "份号从1起编", ("copy_number",), hint=hint, offset=0, length=len(number))


@on_draft(PRINT_RUN_DIFFERS)
def copies(draft: Draft) -> Iterator[Finding]:
    """J-08: a bulletin says that as many copies are printed as are numbered."""
    if not isinstance(draft, Bulletin) or draft.copies is None or draft.distribution is None:
        return
    printed = draft.distribution.copies
    if printed not in (None, PENDING, str(draft.copies)):
        message = f"报尾印“共印{printed}份”，编号的是{draft.copies}份"
        yield Finding(PRINT_RUN_DIFFERS, message, ("copies",), hint="核对份数和报尾的印数")
