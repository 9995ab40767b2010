"""The rule book: every check of the program by its code, explained in a terminal, as Markdown (docs/rules.md) and for other programs."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Final

from gongwen import checking, compiler, enclosures, parser, project, rules, selection, suppression, tables, verdicts
from gongwen.diagnostics import Basis, Check
from gongwen.pictures import faults as picture_faults
from gongwen.pictures import loading, svg
from gongwen.reading import faults as reading_faults
from gongwen.register import rules as register_rules
from gongwen.register import unused
from gongwen.terminal import padded, width, wrapped

MODULES: Final[tuple[ModuleType, ...]] = (
    reading_faults,
    parser,
    project,
    enclosures,
    tables,
    picture_faults,
    loading,
    svg,
    *rules.MODULES,
    suppression,
    selection,
    compiler,
    verdicts,
    register_rules,
    unused,
    checking,
)
"""The modules that have checks."""

FIXABLE: Final[frozenset[str]] = frozenset(
    (
        "GW201",
        "GW231",
        "GW331",
        "GW346",
        "GW347",
        "GW801",
        "GW802",
        "GW803",
        "GW806",
        "GW807",
        "GW808",
        "GW809",
        "GW810",
        "GW813",
        "GW814",
        "GW815",
        "GW816",
        "GW818",
        "GW819",
        "GW821",
        "GW822",
        "GW823",
        "GW824",
        "GW825",
        "GW826",
        "GW830",
        "GW831",
        "GW832",
        "GW835",
        "GW836",
        "GW837",
        "GW841",
        "GW842",
        "GW843",
        "GW844",
        "GW848",
        "GW853",
        "GW860",
        "GW861",
        "GW862",
        "GW864",
        "GW950",
    )
)
"""The codes of checks that give a cure which is mechanical and certain; a test finds them in drafts."""

TOPICS: Final[Mapping[str, str]] = {
    "GW0": "读稿件：文件和 YAML",
    "GW1": "键和值",
    "GW2": "版头、格式、文种和行文规则",
    "GW3": "主体：要素、署名、附件、表格、规章",
    "GW4": "版记",
    "GW5": "字体、图片和模板",
    "GW6": "版面",
    "GW7": "成品的量测",
    "GW8": "标点、数字和用词",
    "GW9": "各份稿件之间，忽略和选择",
}
"""The hundred of a code → what its checks speak of."""

_PROGRAM: Final = "程序"
_NARROWEST: Final = 40
"""Columns that text takes at least, however narrow the terminal."""
_LABELS: Final = {"what": "要求", "why": "理由", "wrong": "错例", "right": "正例"}
_GAP: Final = "  "
_REMOVED: Final = re.compile(r"^(\w+): null$", re.MULTILINE)
_INTRODUCTION: Final = """\
# 检查项目

程序检查的每一项：要求什么、为什么、错的和对的写法。稿件的例子用英文键名，中文键名的含义相同（见 [drafting.md](drafting.md)）；一个例子只写有关的几行。
终端里用 `gongwen rule GW201` 看一项，也可以写它的名称；`gongwen rule --all` 列出全部。

“轻重”分三种：错误使编译停下，警告不停，提示只是告知。“依据”写“程序”的，是程序要往下做所需要的；写“惯例”的，标准没有规定。
“能代改”的项目，有的地方有确定的改法，程序给出改成什么。代码的含义不变，停用的不再给别的项目。
"""


@functools.cache
def checks() -> dict[str, Check]:
    """Every check by its code, in the order of codes."""
    found = {value.code: value for module in MODULES for value in vars(module).values() if isinstance(value, Check)}
    return dict(sorted(found.items()))


def is_fixable(check: Check) -> bool:
    """Whether some findings of a check come with what mends them."""
    return check.code in FIXABLE


def basis(check: Check) -> str:
    """On whose word a check rests, as users cite it."""
    return _PROGRAM if check.authority.basis is Basis.PROGRAM else check.authority.clause


def example(text: str) -> str:
    """An example as it is shown: of a key that is missing the fact is said."""
    return _REMOVED.sub(r"# 没有 \1 这一项", text.rstrip("\n"))


def _parts(check: Check) -> Iterator[tuple[str, str]]:
    """What explains a check: pairs of a label and a text, those that there are."""
    for name, label in _LABELS.items():
        if text := getattr(check, name):
            yield label, text if name in ("what", "why") else example(text)


# --- For a terminal -----------------------------------------------------------------------------------------------------------


def as_text(check: Check, columns: int) -> str:
    """A check explained in a terminal of a width: examples stand as they are, prose is broken into lines."""
    head = [f"{check.code} {check.name}", check.severity.word, basis(check)]
    lines = [_GAP.join([*head, "能代改"] if is_fixable(check) else head)]
    for label, text in _parts(check):
        start = width(label) + len(_GAP)
        room = max(columns, _NARROWEST) - start
        is_prose = label in (_LABELS["what"], _LABELS["why"])
        rows = list(wrapped(text, room)) if is_prose else text.splitlines()
        lines += [f"{padded(label if not index else '', start)}{row}" for index, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


# --- For other programs -------------------------------------------------------------------------------------------------------


def as_json(wanted: Iterable[Check]) -> str:
    """All that is known of some checks, as a list."""
    rows = [
        {
            "code": check.code,
            "name": check.name,
            "severity": str(check.severity),
            "basis": str(check.authority.basis),
            "clause": check.authority.clause,
            "fixable": is_fixable(check),
            **{name: example(getattr(check, name)) for name in _LABELS},
        }
        for check in wanted
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


# --- Markdown -----------------------------------------------------------------------------------------------------------------


def section(check: Check) -> str:
    """The section of a check in Markdown."""
    facts = [f"**{check.severity.word}**", f"依据：{basis(check)}", *(["能代改"] if is_fixable(check) else [])]
    lines = [f"### {check.code} {check.name}", "", "；".join(facts) + "。", ""]
    for label, text in _parts(check):
        is_prose = label in (_LABELS["what"], _LABELS["why"])
        lines += [text] if is_prose else [f"{label}：", "", "```yaml", text, "```"]
        lines += [""]
    return "\n".join(lines)


def as_markdown() -> str:
    """docs/rules.md: a table of all checks, then a section for each, by topics in the order of codes."""
    known = list(checks().values())
    rows = [
        f"| [{one.code}](#{_anchor(one)}) | {one.name} | {one.severity.word} | {basis(one)} |"
        f" {'能' if is_fixable(one) else ''} |"
        for one in known
    ]
    table = ["| 代码 | 名称 | 轻重 | 依据 | 能代改 |", "|---|---|---|---|---|", *rows]
    parts = [_INTRODUCTION, "\n".join(table) + "\n"]
    for start, topic in TOPICS.items():
        if sections := [section(one) for one in known if one.code.startswith(start)]:
            parts += [f"## {topic}\n", *sections]
    return "\n".join(parts).rstrip("\n") + "\n"


def _anchor(check: Check) -> str:
    """What the heading of a check's section is called in a link."""
    return f"{check.code}-{check.name}".lower()
