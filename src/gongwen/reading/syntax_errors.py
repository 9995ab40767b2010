"""What the parser refuses, in our words: PyYAML's complaints name tokens, a clerk knows quotes, colons and indents."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from gongwen.expressions import expression
from gongwen.reading.characters import quote
from gongwen.reading.faults import EXPLICIT_TAG, INVALID_KEY, INVALID_YAML, SEVERAL_DOCUMENTS, Fault, Place
from gongwen.reading.lines import line_end, line_start
from gongwen.reading.pitfalls import full_width_indent, wide_indent


class Token(NamedTuple):
    """What the parser read last: a scalar by its style, ``*`` for an alias, ``]`` for a closed flow collection."""

    kind: str
    start: int
    end: int

    @property
    def is_quoted(self) -> bool:
        """Whether it is a text in quotes."""
        return self.kind in ("'", '"')


class _Trouble(NamedTuple):
    """A complaint: its words, where it struck, where the construct began, the token before, the open bracket."""

    text: str
    words: str
    at: int
    context: int
    last: Token
    bracket: int | None

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def here(self) -> Place:
        return self.at, self.at + 1

    @property
    def opens_line(self) -> bool:
        """Whether only blanks stand before the trouble on its line."""
        return not self.text[line_start(self.text, self.at) : self.at].strip(" ")

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.words) is not None


_QUOTE_ALL = "用引号把整个值括起来"
_MAX_KEY = 1024  # the reach of the parser, YAML 1.1 section 7.3
_COLON = expression(r"(?P<key>[^\s:：]{1,20}) ?(?P<colon>：|:(?=[^\s/]))")
_ESCAPE = expression(r"\\(?:[xuU][0-9A-Fa-f]*|.?)")
_TAG = expression(r"[^\s,\]}]*")

# What the two parsers say when something follows that does not belong to the open collection.
_MISFIT = r"expected key|'-' indicator|<block end>|document start"


def explain(error: yaml.MarkedYAMLError, text: str, last: Token, bracket: int | None) -> Fault:
    """The fault behind a complaint. ``bracket`` is where the innermost open ``[`` or ``{`` stands."""
    at = min(error.problem_mark.index if error.problem_mark else last.end, len(text))
    context = error.context_mark.index if error.context_mark else at
    trouble = _Trouble(text, f"{error.context} | {error.problem}", at, context, last, bracket)
    return next(filter(None, (explanation(trouble) for explanation in _EXPLANATIONS)), None) or unknown(at)


# --- faults that are met elsewhere too -------------------------------------------------------------------------------


def unknown(at: int) -> Fault:
    """Something that only the parser knows."""
    hint = f"检查这一行和上一行的缩进、冒号、引号和括号，或{_QUOTE_ALL}"
    return Fault(INVALID_YAML, "这里不合 YAML 的写法", hint, (at, at + 1))


def several_documents(place: Place) -> Fault:
    """A second document in the file."""
    hint = "删去“---”，或拆成几个文件"
    return Fault(SEVERAL_DOCUMENTS, "一个文件里只能写一份，这里又开始了一份", hint, place)


def no_key(place: Place) -> Fault:
    """A colon with nothing before it."""
    return Fault(INVALID_KEY, "冒号前面没有键", f"补上键名；冒号若是正文，就{_QUOTE_ALL}", place)


def explicit_tag(tag: str, place: Place) -> Fault:
    """A tag, or an exclamation mark that was taken for one."""
    hint = f"这里一切值都按文字读，不需要标签；“!”若是正文，就{_QUOTE_ALL}"
    return Fault(EXPLICIT_TAG, f"不能用 YAML 标签“{quote(tag)}”", hint, place)


def colon_fault(text: str, start: int) -> Fault | None:
    """What is wrong with the colon of a line that was meant as ``key: value`` and begins at ``start``."""
    match = _COLON.match(text, start)
    if match is None:
        return None
    key, place = quote(match["key"]), match.span("colon")
    if match["colon"] == "：":
        message, hint = f"键“{key}”后面用了全角冒号“：”", f"改成半角冒号加空格“{key}: ”"
    else:
        message, hint = f"键“{key}”的冒号后面缺空格", f"写成“{key}: ”，冒号后空一格"
    return Fault(INVALID_YAML, message, hint, place)


# --- explanations ----------------------------------------------------------------------------------------------------


def _open_quote(trouble: _Trouble) -> Fault | None:
    text, last = trouble.text, trouble.last
    is_multiline = last.is_quoted and "\n" in text[last.start : last.end]
    if trouble.says("quoted scalar.*(end of stream|document (separator|indicator))"):
        start = trouble.context
    elif is_multiline and trouble.says(f"{_MISFIT}|mapping values|expected ','"):
        start = last.start  # the text went on to the next quote, which was meant to open a value of its own
    else:
        return None
    return Fault(INVALID_YAML, f"引号“{text[start]}”没有闭合", "在值的末尾补上同样的引号", (start, start + 1))


def _bad_escape(trouble: _Trouble) -> Fault | None:
    if not trouble.says(r"quoted scalar.*(escape|hexdecimal|hexadecimal|code)"):
        return None
    match = _ESCAPE.match(trouble.text, trouble.text.rfind("\\", trouble.context, trouble.at + 1))
    place = match.span() if match else trouble.here
    message = f"双引号里的“{quote(trouble.text[slice(*place)])}”不是 YAML 的转义写法"
    return Fault(INVALID_YAML, message, "要写反斜杠本身，就写成两个，或改用单引号", place)


def _tab(trouble: _Trouble) -> Fault | None:
    if trouble.char != "\t":
        return None
    message = "缩进用了制表符（Tab）" if trouble.opens_line else "这里不能用制表符（Tab）"
    return Fault(INVALID_YAML, message, "YAML 只认空格，把制表符换成空格", trouble.here)


def _wide_indent(trouble: _Trouble) -> Fault | None:
    if trouble.char != "\u3000" and not trouble.says(f"simple key|mapping values|{_MISFIT}"):
        return None
    text = trouble.text
    starts = (line_start(text, offset) for offset in (trouble.context, trouble.at))
    place = next(filter(None, (wide_indent(text, start, len(text)) for start in starts)), None)
    return place and full_width_indent(place)


def _trailing_text(trouble: _Trouble) -> Fault | None:
    """Text that goes on after a closing quote or bracket, or after an alias."""
    text, last = trouble.text, trouble.last
    follows = not text[last.end : trouble.at].strip(" ")
    if last.kind not in ("'", '"', "]", "*") or not follows or trouble.char in ("\n", ""):
        return None
    end = line_end(text, trouble.at)
    what = "引号闭合" if last.is_quoted else "引用" if last.kind == "*" else "括号"
    hint = "引号要括住整个值；正文里的引号用中文引号“”" if last.is_quoted else _QUOTE_ALL
    return Fault(INVALID_YAML, f"{what}之后还有“{quote(text[trouble.at : end])}”", hint, (trouble.at, end))


def _open_bracket(trouble: _Trouble) -> Fault | None:
    start, is_at_end = trouble.bracket, not trouble.text[trouble.at :].strip()
    if start is None or not (is_at_end or trouble.says("expected ','")):
        return None
    message = f"括号“{trouble.text[start]}”没有闭合，或两项之间缺半角逗号"
    return Fault(INVALID_YAML, message, f"补上括号或逗号；括号若是正文，就{_QUOTE_ALL}", (start, start + 1))


def _reserved_sign(trouble: _Trouble) -> Fault | None:
    """Values that begin with a character that YAML keeps for itself."""
    text, context = trouble.text, trouble.context
    if trouble.says("block scalar"):
        sign = text[context]
        hint = f"把文字写到下一行并缩进；“{sign}”若是正文，就{_QUOTE_ALL}"
        return Fault(INVALID_YAML, f"“{sign}”后面不能直接写文字", hint, (context, context + 1))
    if trouble.says("tag") and (match := _TAG.match(text, context)):
        return explicit_tag(match[0], match.span())
    if trouble.says("scanning an (alias|anchor)"):
        return Fault(INVALID_YAML, f"值不能以“{text[context]}”开头", _QUOTE_ALL, (context, context + 1))
    if trouble.says("cannot start any token|mapping keys are not allowed"):
        return Fault(INVALID_YAML, f"值不能以“{quote(trouble.char)}”开头", _QUOTE_ALL, trouble.here)
    return None


def _misplaced_sign(trouble: _Trouble) -> Fault | None:
    """Signs that are right by themselves, but not here."""
    if trouble.says("entries are not allowed"):
        hint = f"另起一行写“- ”；“-”若是正文，就{_QUOTE_ALL}"
        return Fault(INVALID_YAML, "列表项“- ”不能与键写在同一行", hint, trouble.here)
    if trouble.says("node content") and trouble.char.strip():
        hint = f"删去它；若是正文，就{_QUOTE_ALL}"
        return Fault(INVALID_YAML, f"这里不该有“{quote(trouble.char)}”", hint, trouble.here)
    return None


def _directive(trouble: _Trouble) -> Fault | None:
    if not trouble.says("directive|incompatible|document start"):
        return None
    text = trouble.text
    starts = (line_start(text, trouble.at), text.rfind("\n%", 0, trouble.at) + 1)
    start = next((start for start in starts if text.startswith("%", start)), None)
    if start is None:
        return None
    hint = f"删去这一行；“%”若是正文，就{_QUOTE_ALL}"
    return Fault(INVALID_YAML, "行首的“%”在 YAML 里是指令", hint, (start, start + 1))


def _second_colon(trouble: _Trouble) -> Fault | None:
    """A second ``: `` in a line, or one in a line that was taken for the continuation of the value above."""
    if not trouble.says("mapping values"):
        return None
    text, last = trouble.text, trouble.last
    line = line_start(text, trouble.at)
    if trouble.at - line > _MAX_KEY and ": " not in text[line : trouble.at]:
        hint = "键用几个字的名称，长的文字写在冒号后面"
        return Fault(INVALID_YAML, f"键超过 {_MAX_KEY} 字", hint, (line, trouble.at))
    if last.start < line and not last.kind:
        is_first = not text[line_start(text, last.start) : last.start].strip(" -")
        fault = colon_fault(text, last.start) if is_first else None
        return fault or _misaligned(trouble, "这一行缩进过深，被当作上一个值的下文")
    hint = f"{_QUOTE_ALL}，或改用全角冒号“：”"
    return Fault(INVALID_YAML, "值里又有“: ”，YAML 把它看成另一个键", hint, trouble.here)


def _missing_colon(trouble: _Trouble) -> Fault | None:
    if not trouble.says("simple key"):
        return None
    text, start = trouble.text, trouble.context
    end = line_end(text, start)
    message = f"“{quote(text[start:end])}”不是“键: 值”，也不是“- ”开头的列表项"
    hint = "补上键和冒号；若是上一行的下文，就比上一行的键多缩进两格"
    return colon_fault(text, start) or Fault(INVALID_YAML, message, hint, (start, end))


def _misfit(trouble: _Trouble) -> Fault | None:
    if not trouble.says(_MISFIT) or not trouble.opens_line:
        return None
    if trouble.says("document start") and re.search(r"^\.\.\.", trouble.text[: trouble.at], re.MULTILINE):
        return several_documents(trouble.here)
    if trouble.char == ":":
        return no_key(trouble.here)
    return _misaligned(trouble, "这一行的缩进与上文对不齐")


def _misaligned(trouble: _Trouble, message: str) -> Fault:
    line, end = line_start(trouble.text, trouble.at), line_end(trouble.text, trouble.at)
    start = end - len(trouble.text[line:end].lstrip())
    return Fault(INVALID_YAML, message, "同一层的键和“- ”左边对齐，下一层多缩进两格", (start, end))


# The first that knows the trouble speaks.
_EXPLANATIONS: tuple[Callable[[_Trouble], Fault | None], ...] = (
    _open_quote,
    _bad_escape,
    _tab,
    _wide_indent,
    _trailing_text,
    _open_bracket,
    _reserved_sign,
    _misplaced_sign,
    _directive,
    _second_colon,
    _missing_colon,
    _misfit,
)
