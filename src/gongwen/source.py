r"""YAML text → a tree of strings whose every character knows its place in the file.

Nothing here is ever constructed into Python objects: ``0017`` stays ``"0017"``, ``no`` stays ``"no"``; giving strings a type
is the schema's work. The tree is built straight from parser events, so that depth, aliases and size are bounded on the way
(composing deep input overflows the C stack). Offsets count code points of the text with its line ends normalised to ``\n``.
"""

from __future__ import annotations

import codecs
import itertools
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast

import yaml

from gongwen.diagnostics import Check, DataPath, Diagnostic, Finding, Position, Severity, Span

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterator

UNREADABLE_FILE = Check("GW001", "unreadable-file", Severity.ERROR, "")
FILE_TOO_LARGE = Check("GW002", "file-too-large", Severity.ERROR, "")
NOT_UTF8 = Check("GW003", "not-utf-8", Severity.ERROR, "")
BINARY_CONTENT = Check("GW004", "binary-content", Severity.ERROR, "")
INVALID_YAML = Check("GW005", "invalid-yaml", Severity.ERROR, "")
SEVERAL_DOCUMENTS = Check("GW006", "several-documents", Severity.ERROR, "")
EXPLICIT_TAG = Check("GW007", "explicit-tag", Severity.ERROR, "")
TOO_DEEP = Check("GW008", "too-deep", Severity.ERROR, "")
UNSAFE_ALIAS = Check("GW009", "unsafe-alias", Severity.ERROR, "")
DUPLICATE_KEY = Check("GW010", "duplicate-key", Severity.ERROR, "")
INVALID_KEY = Check("GW011", "invalid-key", Severity.ERROR, "")
MERGE_KEY = Check("GW012", "merge-key", Severity.ERROR, "")
BIDI_CONTROL = Check("GW013", "bidi-control", Severity.ERROR, "")
INVISIBLE_CHARACTER = Check("GW014", "invisible-character", Severity.ERROR, "")
FULL_WIDTH_INDENT = Check("GW015", "full-width-indent", Severity.ERROR, "")
TEXT_CUT_BY_HASH = Check("GW016", "text-cut-by-hash", Severity.WARNING, "")
NOT_A_MAPPING = Check("GW017", "not-a-mapping", Severity.ERROR, "")
EMPTY_FILE = Check("GW018", "empty-file", Severity.ERROR, "")

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 32
MAX_ALIASES = 100
MAX_EXPANSION = 100_000
"""Nodes and characters that all aliases of a file may add together."""
MAX_REPEATS = 50
"""Findings of one check that are listed; a file of nothing but faults must not fill the screen."""

Data = str | None | list["Data"] | dict[str, "Data"]
"""What `Source.data` holds: strings, ``None`` for an empty value, lists and dicts in the order of the file."""

_REACH = 100  # more blanks than any indentation has

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset({"", "~", "null"})
# With !!str or a bare "!" a scalar is a text even where it looks like a null. The other core tags change nothing, since the
# schema types every value.
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_CORE_TAGS = _TEXT_TAGS | {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "float", "int", "map", "null", "seq")}

_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_INVISIBLE = f"{_CONTROL}\u00ad\u200b-\u200d\u2060-\u2064\ufeff"
_SUSPECT = re.compile(f"([{_BIDI}{_INVISIBLE}])\\1*")
_IS_BIDI = re.compile(f"[{_BIDI}]")
# YAML refuses these or takes them for line ends; they go to the parser, and into the data, as U+FFFD.
_UNPRINTABLE = re.compile(f"[{_CONTROL}\ufeff]")
_CHARACTER_NAMES = {
    "\x00": "空字符",
    "\x85": "换行控制符",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\u2060": "零宽不换行符",
    "\ufeff": "字节顺序标记",
}

# East Asian Ambiguous, yet one full cell in Chinese text.
_WIDE_MARKS = frozenset("“”‘’—…·")

# The tokens of a style leave no gap, and possessive quantifiers keep a long run of blanks from being tried twice.
_FOLD = r"[ \t]*+\n[ \t\n]*+"
_TOKENS = {
    "": re.compile(f"(?P<fold>{_FOLD})|(?P<text>(?:[^\n \t]|[ \t]++(?!\n))++)"),
    "'": re.compile(f"(?P<fold>{_FOLD})|(?P<escape>'')|(?P<text>(?:[^\n \t']|[ \t]++(?!\n))++)"),
    '"': re.compile(
        r"(?P<join>\\\n[ \t]*+(?P<breaks>[ \t\n]*+))"
        rf"|(?P<fold>{_FOLD})"
        r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))"
        r"|(?P<text>(?:[^\n \t\\]|[ \t]++(?!\n))++)"
    ),
}
_BLOCK_STYLES = ("|", ">")
_VISIBLE = re.compile(r"[^ \n]")
_PROPERTY = re.compile(r"(!<[^>\n]*>|[&!][^\s,\[\]{}]*)(?:[ \t\n]|#[^\n]*)*+")
_ESCAPE = re.compile(r"\\(?:[xuU][0-9A-Fa-f]*|.?)")
_TAG_WORD = re.compile(r"[^\s,\]}]*")
_TAG_DIRECTIVE = re.compile(r"^%TAG[ \t].*$", re.MULTILINE)
_WIDE_INDENT = re.compile(r"[ \t]*+(\u3000[ \u3000]*+)")
_WIDE_ITEM = re.compile(r"\n[ \t]*+(\u3000[ \u3000]*+)-[ \t]")
_COLON = re.compile(r"(?P<key>[^\s:：]{1,20}) ?(?P<colon>：|:(?=[^\s/]))")
# `# 注` with a blank after the number sign is how comments are written; `#1` or `#话题` is how prose uses the sign. Only the
# latter is a cut text, so `kind: 通知  # 文种` stays quiet. A quoted text is cut only where the sign follows it at once.
_CUT_PLAIN = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_CUT_QUOTED = re.compile(r"(#[^\n]*)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, from ``start`` to ``end`` in the text with its quotes or block sign; ``style`` is one of ``'"|>`` or empty."""

    start: int
    end: int
    value: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes. An alias puts the very node of its anchor here, places included."""

    start: int
    end: int
    items: tuple[Node, ...]


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of the file."""

    start: int
    end: int
    entries: dict[str, Entry]


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Source:
    """One YAML file, read: its text, its tree, and everything that reading found. A file with faults still has a Source."""

    name: str
    text: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, path: pathlib.Path, name: str | None = None) -> Source:
        """Read a file; one that cannot be read gives a Source with a diagnostic. ``name`` is what users see."""
        name = str(path) if name is None else name
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            message = f"读不了文件“{_quote(name)}”：{_reason(error)}"
            finding = Diagnostic(UNREADABLE_FILE, message, name, hint="检查文件名、所在文件夹和访问权限")
            return cls(name, "", None, (finding,))
        return cls.parse(data, name)

    @classmethod
    def parse(cls, data: bytes | str, name: str = "<draft>") -> Source:
        """Read the content of a file. Never raises: whatever is wrong with the bytes becomes a diagnostic."""
        findings = _Findings(name)
        # A lone surrogate in a str takes the way of any other byte that is not UTF-8.
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        text, sound = _decode(raw, findings)
        root = None
        if sound:
            _check_characters(findings)
            root = _Builder(_UNPRINTABLE.sub("\ufffd", text), findings).build()
        return cls(name, text, root, tuple(sorted(findings.found, key=Diagnostic.sort_key)))

    @cached_property
    def data(self) -> Data:
        """The tree as plain Python. Of a repeated key the first value counts; ``None`` without a readable tree."""
        return None if self.root is None else _plain(self.root)

    @cached_property
    def _lines(self) -> _Lines:
        return _Lines(self.text)

    def line(self, n: int) -> str:
        """Return the n-th line, from 1, without its line end; empty where there is none."""
        return self._lines.line(n)

    def locate(
        self, path: DataPath, offset: int | None = None, length: int = 1, *, at_key: bool = False
    ) -> Span | None:
        """Where the value (or with ``at_key`` its key) at a path stands in the text; never raises.

        ``offset`` and ``length``, in code points, choose characters inside a scalar; what reaches beyond it is cut off. A
        path that does not exist falls back to something short nearby: the value or key of its nearest existing ancestor, or
        that ancestor's first key. ``None`` means the file as a whole.
        """
        if self.root is None:
            return None
        found = _follow(self.root, path)
        if not found.complete or (at_key and found.key is None):
            return self._span(*_landmark(found, self.text))
        node = found.node
        if node is self.root and not isinstance(node, Scalar):
            return None
        if found.key is not None and (at_key or node.start == node.end):
            node, offset = found.key, offset if at_key else None
        if isinstance(node, Scalar) and node.value and offset is not None:
            return self._span(*self._characters(node, offset, length))
        return self._span(node.start, node.end)

    def resolve(self, finding: Finding) -> Diagnostic:
        """Give a finding its place in this file."""
        span = self.locate(finding.path, finding.offset, finding.length, at_key=finding.at_key)
        return Diagnostic(finding.check, finding.message, self.name, span, finding.hint, finding.page)

    def _span(self, start: int, end: int) -> Span:
        return self._lines.span(start, end)

    @cached_property
    def _pieces(self) -> dict[tuple[int, int], tuple[list[int], list[_Piece]]]:
        return {}

    def _characters(self, node: Scalar, offset: int, length: int) -> tuple[int, int]:
        """The stretch of text that gave characters ``offset`` to ``offset + length`` of a scalar's value."""
        place = (node.start, node.end)
        if place not in self._pieces:
            pieces = _join_wide(_unfold(self.text, node.start, node.end, node.style, node.value or ""))
            starts = list(itertools.accumulate((len(piece.text) for piece in pieces), initial=0))
            self._pieces[place] = starts, pieces
        starts, pieces = self._pieces[place]
        size = starts[-1]
        if not size:
            return place
        first = min(max(offset, 0), size)
        last = min(max(first, offset + length), size)

        def edges(index: int) -> tuple[int, int]:
            number = bisect_right(starts, index) - 1
            return pieces[number].edges(index - starts[number])

        if first == size:
            end = edges(size - 1)[1]
            return end, end
        start = edges(first)[0]
        return (start, start) if last == first else (start, edges(last - 1)[1])


class _Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1, offset)

    def span(self, start: int, end: int) -> Span:
        return Span(self.position(start), self.position(end))

    def line(self, n: int) -> str:
        if not 1 <= n <= len(self.starts):
            return ""
        return self.text[self.starts[n - 1] : _line_end(self.text, self.starts[n - 1])]


class _Findings:
    """Collects diagnostics of one file, as its text becomes known."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines = _Lines("")
        self.found: list[Diagnostic] = []
        self.counts: Counter[str] = Counter()

    def add(self, check: Check, message: str, hint: str, place: tuple[int, int] | None = None) -> None:
        self.counts[check.code] += 1
        if self.counts[check.code] > MAX_REPEATS + 1:
            return
        if self.counts[check.code] > MAX_REPEATS:
            message, hint = "同样的问题太多，从这里起不再逐一列出", "先改正前面列出的各处"
        span = None if place is None else self.lines.span(*place)
        self.found.append(Diagnostic(check, message, self.name, span, hint))


# --- bytes → text ----------------------------------------------------------------------------------------------------


def _decode(data: bytes, findings: _Findings) -> tuple[str, bool]:
    """The text of the bytes, line ends normalised, and whether it is fit for parsing."""
    if len(data) > MAX_BYTES:
        findings.add(
            FILE_TOO_LARGE, f"文件超过 {MAX_BYTES // 1024 // 1024} MiB", "拆成几个文件；图片单独存放，不写进文件"
        )
        return "", False
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = _normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _undecodable(data, error.start, findings), False
    nul = text.find("\x00")
    # ASCII in UTF-16 is good UTF-8 as well, with a NUL at every other place.
    if nul >= 0 and 3 * data.count(0) > len(data) and (encoding := _wide_encoding(data)):
        findings.add(NOT_UTF8, f"文件是 {encoding} 编码，不是 UTF-8", _conversion_hint(encoding))
        return "", False
    findings.lines = _Lines(text)
    if nul >= 0:
        findings.add(BINARY_CONTENT, "文件里有空字符 U+0000，不像文本文件", "确认没有选错文件", (nul, nul + 1))
    return text, nul < 0


def _wide_encoding(data: bytes) -> str:
    """The name of the UTF-16 or UTF-32 flavour that the bytes are written in, or nothing."""
    marks = {
        codecs.BOM_UTF32_LE: "UTF-32 LE",  # before UTF-16 LE, whose mark it starts with
        codecs.BOM_UTF32_BE: "UTF-32 BE",
        codecs.BOM_UTF16_LE: "UTF-16 LE",
        codecs.BOM_UTF16_BE: "UTF-16 BE",
    }
    for mark, name in marks.items():
        if data.startswith(mark):
            return name
    # Without a mark: blanks, line ends and keys are ASCII, so one of their two bytes is NUL, on the same side for all.
    head = data[:4096]
    second, first = head[1::2].count(0), head[0::2].count(0)
    name, codec = ("UTF-16 LE", "utf-16-le") if second > first else ("UTF-16 BE", "utf-16-be")
    return name if second != first and _reads_as(data, codec) is not None else ""


def _undecodable(data: bytes, at: int, findings: _Findings) -> str:
    """Say what bytes are that UTF-8 cannot read from offset ``at`` on; return the text if most of it could be read."""
    if encoding := _wide_encoding(data):
        findings.add(NOT_UTF8, f"文件是 {encoding} 编码，不是 UTF-8", _conversion_hint(encoding))
        return ""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(re.findall(r"[^\x00-\x7f]", text)) - bad
    # GB18030 read as UTF-8 is mostly replacement characters; a damaged UTF-8 file has only a few.
    chinese = None if good > bad else _reads_as(data, "gb18030")
    if chinese is not None:
        foreign = re.findall(r"[^\x00-\x7f]", chinese)
        if 2 * sum(_is_chinese(char) for char in foreign) >= len(foreign):
            findings.add(NOT_UTF8, "文件不是 UTF-8 编码，看来是 GB18030（GBK）", _conversion_hint("GB18030"))
            return ""
    if good <= bad and re.search(f"[{_CONTROL}]", text):
        findings.add(BINARY_CONTENT, "文件不是文本文件", "确认没有选错文件；Word 和 PDF 文件不能直接读入")
        return ""
    text = _normalise(text)
    findings.lines = _Lines(text)
    start = len(_normalise(data[:at].decode("utf-8")))
    message = f"这里的字节 0x{data[at]:02X} 不是 UTF-8 编码的文字"
    findings.add(NOT_UTF8, message, "在编辑器里改正这个字，再存为 UTF-8", (start, start + 1))
    return text


def _reads_as(data: bytes, codec: str) -> str | None:
    """The bytes decoded, if they are clean text in this encoding."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if _UNPRINTABLE.search(_normalise(text)) else text


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _conversion_hint(encoding: str) -> str:
    return f"在编辑器里另存为 UTF-8，或运行 iconv -f {encoding.replace(' ', '')} -t UTF-8 原文件 > 新文件"


def _reason(error: Exception) -> str:
    """Why a file could not be opened, in Chinese."""
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "文件不存在",
        IsADirectoryError: "这是文件夹，不是文件",
        NotADirectoryError: "路径中有一段不是文件夹",
        PermissionError: "没有读取权限",
    }
    return reasons.get(type(error), f"系统报告“{error}”")


# --- characters ------------------------------------------------------------------------------------------------------


def _check_characters(findings: _Findings) -> None:
    """Report every character that hides from the reader, in values and comments alike; runs of one count once."""
    for match in _SUSPECT.finditer(findings.lines.text):
        _report_suspect(findings, match[1], match.span())


def _report_suspect(findings: _Findings, char: str, place: tuple[int, int]) -> None:
    code = f"U+{ord(char):04X}"
    if _IS_BIDI.match(char):
        hint = "删去它：它使屏幕上的文字次序与文件里的不一致"
        findings.add(BIDI_CONTROL, f"这里有看不见的双向控制字符 {code}", hint, place)
    else:
        name = _CHARACTER_NAMES.get(char) or ("控制字符" if _UNPRINTABLE.match(char) else "不可见字符")
        findings.add(
            INVISIBLE_CHARACTER, f"这里有看不见的字符 {code}（{name}）", "删去它，多半是从网页或别的软件里带来的", place
        )


def _is_wide(char: str) -> bool:
    """Whether a character fills a full cell in Chinese text."""
    return unicodedata.east_asian_width(char) in ("W", "F") or char in _WIDE_MARKS


def _is_chinese(char: str) -> bool:
    """Whether a character is a common hanzi or a full-width mark."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
        or char in _WIDE_MARKS
    )


def _quote(text: str, limit: int = 20) -> str:
    """Text from the file as a message may show it: on one line, short, nothing invisible."""
    text = _SUSPECT.sub("\ufffd", _UNPRINTABLE.sub("\ufffd", " ".join(text.split())))
    return text if len(text) <= limit else text[:limit] + "…"


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int, limit: int | None = None) -> int:
    """Where the line of an offset ends, or ``limit`` if that comes first."""
    end = text.find("\n", offset, limit)
    if end >= 0:
        return end
    return len(text) if limit is None else limit


# --- scalars: text ↔ value -------------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A part of a value and the stretch of text it was written as; of equal length, they match character by character."""

    text: str
    start: int
    end: int
    is_fold: bool = False

    def edges(self, index: int) -> tuple[int, int]:
        if len(self.text) == self.end - self.start:
            return self.start + index, self.start + index + 1
        return self.start, self.end


def _unfold(text: str, start: int, end: int, style: str, value: str) -> list[_Piece]:
    """The value of a scalar piece by piece, as YAML defines it; of a block, without its last line ends."""
    if style in _BLOCK_STYLES:
        return list(_block_pieces(text, start, end, value, folded=style == ">"))
    margin = len(style)
    return list(_flow_pieces(text, start + margin, end - margin, style))


def _flow_pieces(text: str, start: int, end: int, style: str) -> Iterator[_Piece]:
    """Plain and quoted scalars: one line end is a blank, n of them are n − 1 line ends."""
    for match in _TOKENS[style].finditer(text, start, end):
        kind, token = match.lastgroup, match[0]
        if kind == "fold":
            line_end = text.index("\n", match.start())
            breaks = "\n" * (token.count("\n") - 1)
            yield _Piece(breaks or " ", line_end, line_end + 1, not breaks)
        elif kind == "join":
            if breaks := "\n" * match["breaks"].count("\n"):
                yield _Piece(breaks, *match.span())
        elif kind == "escape":
            yield _Piece(_unescape(token), *match.span())
        else:
            yield _Piece(token, *match.span())


def _unescape(escape: str) -> str:
    if escape == "''":
        return "'"
    if len(escape) > len("\\n"):
        return chr(int(escape.lstrip("\\xuU"), 16))
    return yaml.scanner.Scanner.ESCAPE_REPLACEMENTS[escape[1]]


def _block_pieces(text: str, start: int, end: int, value: str, *, folded: bool) -> Iterator[_Piece]:
    """Literal and folded blocks. The indent is what a line has before its share of the value."""
    previous = _line_end(text, start, end)
    indent = _block_indent(text, previous + 1, end, value)
    blank_lines = 0
    previous_is_open = False
    first = True
    line = previous + 1
    while line < end:
        stop = _line_end(text, line, end)
        content = line + indent
        if content >= stop:
            blank_lines += 1
        else:
            is_open = folded and text[content] not in " \t"
            breaks = "\n" * (blank_lines if first else blank_lines + 1)
            if is_open and previous_is_open:
                breaks = breaks[1:] or " "
            if breaks:
                yield _Piece(breaks, previous, previous + 1, breaks == " ")
            yield _Piece(text[content:stop], content, stop)
            previous, previous_is_open, first, blank_lines = stop, is_open, False, 0
        line = stop + 1


def _block_indent(text: str, start: int, end: int, value: str) -> int:
    """Blanks before the first visible character in the text, less those before it in the value."""
    in_text, in_value = _VISIBLE.search(text, start, end), _VISIBLE.search(value)
    if in_text is None or in_value is None:
        return end - start  # nothing visible: every line counts as blank
    return (
        in_text.start() - _line_start(text, in_text.start()) - (in_value.start() - _line_start(value, in_value.start()))
    )


def _join_wide(pieces: list[_Piece]) -> list[_Piece]:
    """Drop the blank that a fold puts between two full-width characters: Chinese text has no blanks between words."""

    def is_spurious(index: int) -> bool:
        if not pieces[index].is_fold or not 0 < index < len(pieces) - 1:
            return False
        return _is_wide(pieces[index - 1].text[-1]) and _is_wide(pieces[index + 1].text[0])

    return [piece for index, piece in enumerate(pieces) if not is_spurious(index)]


# --- paths -----------------------------------------------------------------------------------------------------------


def _plain(node: Node) -> Data:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {key: _plain(entry.value) for key, entry in node.entries.items()}


class _Found(NamedTuple):
    """How far a path could be followed: the last node, its key if it has one, and whether the path ended there."""

    node: Node
    key: Scalar | None
    complete: bool


def _follow(root: Node, path: DataPath) -> _Found:
    node, key = root, None
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            key, node = None, node.items[step]
        else:
            return _Found(node, key, complete=False)
    return _Found(node, key, complete=True)


def _landmark(found: _Found, text: str) -> tuple[int, int]:
    """A short stretch that stands for a node: a scalar itself, else its key, else its first key, never more than a line."""
    node = found.node
    if found.key is not None and (not isinstance(node, Scalar) or node.start == node.end):
        node = found.key
    elif isinstance(node, Mapping) and node.entries:
        node = next(iter(node.entries.values())).key
    return node.start, _line_end(text, node.start, node.end)


# --- events → tree ---------------------------------------------------------------------------------------------------


class _StopReading(Exception):  # noqa: N818 -- no error of the program: the fault is reported already
    """The tree cannot be built any further."""


@dataclass(slots=True)
class _Frame:
    """A collection that is being read."""

    start: int
    end: int
    anchor: str | None
    is_mapping: bool
    is_flow: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    expects_key: bool = True
    key: Scalar | None = None
    weight: int = 1
    height: int = 1

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(self.start, self.end, self.entries)
        return Sequence(self.start, self.end, tuple(self.items))


class _Anchored(NamedTuple):
    """A node that aliases may repeat; weight counts its nodes and characters, height its levels."""

    node: Node
    weight: int
    height: int


def _extent(event: yaml.Event) -> tuple[int, int]:
    """From where to where an event reaches in the text; the parser always sets both marks."""
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return start.index, end.index


class _Builder:
    """Builds the tree from parser events, keeping within the limits and reporting what is wrong on the way."""

    def __init__(self, text: str, findings: _Findings) -> None:
        self.text = text
        self.findings = findings
        self.root: Node | None = None
        self.frames: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}  # None while the anchored collection is still open
        self.aliases = 0
        self.expansion = 0
        self.last = _Token("", 0, 0)

    def build(self) -> Node | None:
        """The root of the tree, or None where there is none or none can be trusted."""
        if directive := _TAG_DIRECTIVE.search(self.text):
            # The parser compares every %TAG with all before it: a file full of them takes it quadratic time.
            self._report_tag(directive[0], *directive.span())
            return None
        try:
            for event in yaml.parse(self.text, Loader=_Loader):
                self._take(event)
        except _StopReading:
            return None
        except yaml.MarkedYAMLError as error:
            self._report_syntax(error)
            return None
        except UnicodeDecodeError:  # percent-escapes in a tag, which comes next
            start = max(self.text.find("!", self.last.end), 0)
            self._report_tag(self.text[start : start + 1], start, start + 1)
            return None
        except (yaml.YAMLError, ValueError, OverflowError):  # escapes beyond Unicode come without a mark
            self.findings.add(INVALID_YAML, *_GENERAL, (self.last.end, min(self.last.end + 1, len(self.text))))
            return None
        self._check_root()
        return self.root

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.AliasEvent():
                self._take_alias(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._open(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                self._stop(SEVERAL_DOCUMENTS, *_SEVERAL, _extent(event))

    def _stop(self, check: Check, message: str, hint: str, place: tuple[int, int]) -> NoReturn:
        self.findings.add(check, message, hint, place)
        raise _StopReading

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = self._content(event)
        style = event.style or ""
        value, end = self._value(event.value, start, end, style)
        is_null = not style and value in _NULLS and event.tag not in _TEXT_TAGS
        is_key = bool(self.frames) and self.frames[-1].is_mapping and self.frames[-1].expects_key
        scalar = Scalar(start, end, None if is_null and not (is_key and value) else value, style)
        self.last = _Token(style, start, end)
        if not style:
            self._check_wide_indent(scalar, is_key=is_key)
        self._check_cut(scalar)
        self._anchor(event.anchor, scalar, 1 + len(value), 0)
        self._add(scalar, 1 + len(value), 0, end)

    def _value(self, value: str, start: int, end: int, style: str) -> tuple[str, int]:
        """The value with Chinese folds joined, and where it ends in the text (the parser's mark of a block lies beyond)."""
        is_block = style in _BLOCK_STYLES
        has_escapes = style == '"' and self.text.find("\\", start, end) >= 0
        if not (is_block or has_escapes or self.text.find("\n", start, end) >= 0):
            return value, end
        pieces = _unfold(self.text, start, end, style, value)
        bare = value.rstrip("\n") if is_block else value
        joined = "".join(piece.text for piece in _join_wide(pieces))
        # The parser has the last word: were the pieces ever to differ from its value, they would not count.
        result = joined if "".join(piece.text for piece in pieces) == bare else bare
        if has_escapes:
            self._check_escapes(pieces)
            result = _UNPRINTABLE.sub("\ufffd", result)
        if is_block:
            end = pieces[-1].end if pieces else _line_end(self.text, start, end)
        return result + value[len(bare) :], end

    def _content(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> tuple[int, int]:
        """Where a node begins, behind its anchor and tag, and where it ends; tags other than the core ones are reported."""
        at, end = _extent(event)
        if event.anchor is None and event.tag is None:
            return at, end
        while at < end and (match := _PROPERTY.match(self.text, at, end)):
            if match[1].startswith("!") and event.tag not in _CORE_TAGS:
                self._report_tag(match[1], *match.span(1))
            at = match.end()
        return at, end

    def _report_tag(self, tag: str, start: int, end: int) -> None:
        hint = "这里一切值都按文字读，不需要标签；“!”若是正文，就用引号把整个值括起来"
        self.findings.add(EXPLICIT_TAG, f"不能用 YAML 标签“{_quote(tag)}”", hint, (start, end))

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        place = _extent(event)
        anchor = event.anchor or ""
        name = f"“*{_quote(anchor)}”"
        self.last = _Token("*", *place)
        if anchor not in self.anchors:
            hint = f"“*”若是正文，就用引号把整个值括起来；若是引用，先用“&{_quote(anchor)}”标出被引用的值"
            self.findings.add(INVALID_YAML, f"引用{name}没有对应的值", hint, place)
            self._add(Scalar(*place, None, ""), 1, 0, place[1])
            return
        target = self.anchors[anchor]
        if target is None:
            self._stop(UNSAFE_ALIAS, f"引用{name}出现在它自己引用的内容里", "把内容直接写出来", place)
        self.aliases += 1
        self.expansion += target.weight
        if self.aliases > MAX_ALIASES or self.expansion > MAX_EXPANSION:
            self._stop(UNSAFE_ALIAS, f"引用太多，展开后过于庞大，止于{name}", "把内容直接写出来，不用引用", place)
        self._check_depth(target.height, place)
        self._add(*target, place[1])

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        start, end = self._content(event)
        self._check_depth(1, (start, end))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.frames.append(_Frame(start, end, event.anchor, is_mapping, bool(event.flow_style)))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self.frames.pop()
        if frame.is_flow:  # the end mark of a block collection lies on the next token
            frame.end = _extent(event)[1]
            self.last = _Token("]", frame.start, frame.end)
        node = frame.node()
        self._anchor(frame.anchor, node, frame.weight, frame.height)
        self._add(node, frame.weight, frame.height, frame.end)

    def _anchor(self, name: str | None, node: Node, weight: int, height: int) -> None:
        if name is not None:
            self.anchors[name] = _Anchored(node, weight, height)

    def _check_depth(self, levels: int, place: tuple[int, int]) -> None:
        if len(self.frames) + levels > MAX_DEPTH:
            self._stop(TOO_DEEP, f"嵌套超过 {MAX_DEPTH} 层", "减少嵌套的层次", place)

    def _add(self, node: Node, weight: int, height: int, end: int) -> None:
        """Put a finished node where it belongs; ``end`` is where its spelling ends, which for an alias is not node.end."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        frame.end = max(frame.end, end)
        frame.weight += weight
        frame.height = max(frame.height, height + 1)
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.expects_key:
            frame.key = self._usable_key(frame, node)
            frame.expects_key = False
        else:
            if frame.key is not None and frame.key.value is not None:
                frame.entries[frame.key.value] = Entry(frame.key, node)
            frame.expects_key = True

    def _usable_key(self, frame: _Frame, key: Node) -> Scalar | None:
        place = (key.start, _line_end(self.text, key.start, key.end))
        if not isinstance(key, Scalar):
            message = "键只能是一段文字，不能是列表或“键: 值”"
            self.findings.add(INVALID_KEY, message, "键里有括号时，用引号把整个键括起来", place)
        elif key.value is None:
            self.findings.add(INVALID_KEY, *_NO_KEY, place)
        elif key.value == "<<" and not key.style:
            self.findings.add(MERGE_KEY, "不能用合并键“<<”", "把要合并的各个键直接写出来", place)
        elif key.value in frame.entries:
            line = self.findings.lines.position(frame.entries[key.value].key.start).line
            message = f"键“{_quote(key.value)}”重复，第 {line} 行已经有了"
            self.findings.add(DUPLICATE_KEY, message, "只留一个；前一个的值有效，这一个不起作用", place)
        else:
            return key
        return None

    def _check_escapes(self, pieces: list[_Piece]) -> None:
        """Report escapes that smuggle hidden characters into a value."""
        for piece in pieces:
            if self.text.startswith("\\", piece.start) and _SUSPECT.match(piece.text):
                _report_suspect(self.findings, piece.text, (piece.start, piece.end))

    def _check_wide_indent(self, scalar: Scalar, *, is_key: bool) -> None:
        """Report full-width spaces that stand where YAML wants its indentation: before a key, a text's first line, an item."""
        # A bounded look back: to find the line's start for each scalar of one endless line would take quadratic time.
        before = self.text[max(scalar.start - _REACH, 0) : scalar.start].rpartition("\n")[2]
        before = before.strip(" \t-" if is_key else " \t")
        match = None if before else _WIDE_INDENT.match(self.text, scalar.start, scalar.end)
        match = match or _WIDE_ITEM.search(self.text, scalar.start, scalar.end)
        if match:
            self.findings.add(FULL_WIDTH_INDENT, *_WIDE_BLANKS, match.span(1))

    def _check_cut(self, scalar: Scalar) -> None:
        if scalar.style in _BLOCK_STYLES:
            return
        match = (_CUT_QUOTED if scalar.style else _CUT_PLAIN).match(self.text, scalar.end)
        if match and scalar.value and any(map(_is_wide, scalar.value)):
            comment = match[1].rstrip()
            message = f"“{_quote(comment)}”被当作注释，不在文字里"
            hint = "是正文，就用引号把整个值括起来；是注释，就在“#”前后各空一格"
            self.findings.add(TEXT_CUT_BY_HASH, message, hint, (match.start(1), match.start(1) + len(comment)))

    def _check_root(self) -> None:
        match self.root:
            case None | Scalar(value=None):
                self.findings.add(EMPTY_FILE, "文件是空的", "至少写一行“键: 值”")
            case Scalar(start=start, end=end):
                fault = _colon_fault(self.text, start)
                hint = fault.hint if fault else "每行写成“键: 值”，冒号用半角，后面空一格"
                place = (start, _line_end(self.text, start, end))
                self.findings.add(NOT_A_MAPPING, "文件的最外层应是“键: 值”，这里是一段文字", hint, place)
            case Sequence(start=start):
                place = (start, start + 1)
                self.findings.add(NOT_A_MAPPING, "文件的最外层应是“键: 值”，这里是列表", "在列表前面写上它的键", place)

    def _report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else self.last.end
        context = error.context_mark.index if error.context_mark else at
        bracket = next((frame.start for frame in reversed(self.frames) if frame.is_flow), None)
        words = f"{error.context} | {error.problem}"
        trouble = _Trouble(self.text, words, min(at, len(self.text)), context, self.last, bracket)
        fault = next(filter(None, (explain(trouble) for explain in _EXPLANATIONS)))
        self.findings.add(fault.check, fault.message, fault.hint, (fault.start, min(fault.end, len(self.text))))


# --- syntax errors in our own words ----------------------------------------------------------------------------------


class _Token(NamedTuple):
    """What the parser read last: a scalar by its style, ``*`` for an alias, ``]`` for a closed flow collection."""

    kind: str
    start: int
    end: int

    @property
    def is_quoted(self) -> bool:
        return self.kind in ("'", '"')


class _Trouble(NamedTuple):
    """A syntax error as the parser tells it: its words, where it struck, where the construct began, the open bracket."""

    text: str
    words: str
    at: int
    context: int
    last: _Token
    bracket: int | None

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def opens_line(self) -> bool:
        """Whether only blanks stand before the trouble on its line."""
        return not self.text[_line_start(self.text, self.at) : self.at].strip(" ")

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.words) is not None


class _Fault(NamedTuple):
    """A syntax error as we tell it."""

    message: str
    hint: str
    start: int
    end: int
    check: Check = INVALID_YAML


_GENERAL = ("这里不合 YAML 的写法", "检查这一行和上一行的缩进、冒号、引号和括号，或用引号把整个值括起来")
_SEVERAL = ("一个文件里只能写一份，这里又开始了一份", "删去“---”，或拆成几个文件")
_NO_KEY = ("冒号前面没有键", "补上键名；冒号若是正文，就用引号把整个值括起来")
_WIDE_BLANKS = ("缩进用了全角空格", "YAML 只认半角空格，把全角空格换成半角空格")
_QUOTE_ALL = "用引号把整个值括起来"

_MAX_KEY = 1024  # the reach of the parser, YAML 1.1 section 7.3

# What the two parsers say when something follows that does not belong to the open collection.
_MISFIT = r"expected key|'-' indicator|<block end>|document start"


def _explain_quote(trouble: _Trouble) -> _Fault | None:
    if trouble.says("quoted scalar.*(end of stream|document (separator|indicator))"):
        return _open_quote(trouble.text, trouble.context)
    last = trouble.last
    is_multiline = last.is_quoted and "\n" in trouble.text[last.start : last.end]
    if is_multiline and trouble.says(f"{_MISFIT}|mapping values|expected ','") and trouble.at >= last.end:
        # The text went on to the next quote, which was meant to open a value of its own.
        return _open_quote(trouble.text, last.start)
    return None


def _open_quote(text: str, start: int) -> _Fault:
    return _Fault(f"引号“{text[start]}”没有闭合", "在值的末尾补上同样的引号", start, start + 1)


def _explain_escape(trouble: _Trouble) -> _Fault | None:
    if not trouble.says(r"quoted scalar.*(escape|hexdecimal|hexadecimal|code)"):
        return None
    start = max(trouble.text.rfind("\\", trouble.context, trouble.at + 1), trouble.context)
    match = _ESCAPE.match(trouble.text, start)
    start, end = match.span() if match else (start, start + 1)
    token = trouble.text[start:end]
    return _Fault(
        f"双引号里的“{_quote(token)}”不是 YAML 的转义写法", "要写反斜杠本身，就写成两个，或改用单引号", start, end
    )


def _explain_tab(trouble: _Trouble) -> _Fault | None:
    if trouble.char != "\t":
        return None
    message = "缩进用了制表符（Tab）" if trouble.opens_line else "这里不能用制表符（Tab）"
    return _Fault(message, "YAML 只认空格，把制表符换成空格", trouble.at, trouble.at + 1)


def _explain_wide_indent(trouble: _Trouble) -> _Fault | None:
    if not trouble.says(f"simple key|mapping values|{_MISFIT}"):
        return None
    for offset in (trouble.context, trouble.at):
        if match := _WIDE_INDENT.match(trouble.text, _line_start(trouble.text, offset)):
            return _Fault(*_WIDE_BLANKS, *match.span(1), FULL_WIDTH_INDENT)
    return None


def _explain_rest(trouble: _Trouble) -> _Fault | None:
    """Text that goes on after a closing quote or bracket, or after an alias."""
    last = trouble.last
    follows = trouble.at >= last.end and not trouble.text[last.end : trouble.at].strip(" ")
    if last.kind not in ("'", '"', "]", "*") or not follows or trouble.char in ("\n", ""):
        return None
    end = _line_end(trouble.text, trouble.at)
    rest = _quote(trouble.text[trouble.at : end])
    if last.is_quoted:
        hint = "引号要括住整个值；正文里的引号用中文引号“”"
        return _Fault(f"引号闭合之后还有“{rest}”", hint, trouble.at, end)
    what = "引用" if last.kind == "*" else "括号"
    return _Fault(f"{what}之后还有“{rest}”", _QUOTE_ALL, trouble.at, end)


def _explain_bracket(trouble: _Trouble) -> _Fault | None:
    if trouble.bracket is None:
        return None
    at_end = not trouble.text[trouble.at :].strip()
    if not at_end and not trouble.says("expected ','"):
        return None
    sign = trouble.text[trouble.bracket]
    message = f"括号“{sign}”没有闭合，或两项之间缺半角逗号"
    return _Fault(message, "补上括号或逗号；括号若是正文，就用引号把整个值括起来", trouble.bracket, trouble.bracket + 1)


def _explain_sign(trouble: _Trouble) -> _Fault | None:
    """Values that begin with a character that YAML keeps for itself."""
    text, context = trouble.text, trouble.context
    if trouble.says("block scalar"):
        message = f"“{text[context]}”后面不能直接写文字"
        return _Fault(
            message, f"把文字写到下一行并缩进；“{text[context]}”若是正文，就{_QUOTE_ALL}", context, context + 1
        )
    if trouble.says("tag") and (match := _TAG_WORD.match(text, context)):
        message = f"不能用 YAML 标签“{_quote(match[0])}”"
        return _Fault(message, f"“!”若是正文，就{_QUOTE_ALL}", *match.span(), EXPLICIT_TAG)
    if trouble.says("scanning an (alias|anchor)"):
        return _Fault(f"值不能以“{text[context]}”开头", _QUOTE_ALL, context, context + 1)
    if trouble.says("cannot start any token|mapping keys are not allowed"):
        return _Fault(f"值不能以“{_quote(trouble.char)}”开头", _QUOTE_ALL, trouble.at, trouble.at + 1)
    return None


def _explain_misplaced(trouble: _Trouble) -> _Fault | None:
    """Signs that are right by themselves, but not here."""
    if trouble.says("entries are not allowed"):
        return _Fault(
            "列表项“- ”不能与键写在同一行", f"另起一行写“- ”；“-”若是正文，就{_QUOTE_ALL}", trouble.at, trouble.at + 1
        )
    if trouble.says("node content") and trouble.char.strip():
        return _Fault(
            f"这里不该有“{_quote(trouble.char)}”", f"删去它；若是正文，就{_QUOTE_ALL}", trouble.at, trouble.at + 1
        )
    return None


def _explain_directive(trouble: _Trouble) -> _Fault | None:
    if not trouble.says("directive|incompatible|document start"):
        return None
    start = _line_start(trouble.text, trouble.at)
    if not trouble.text.startswith("%", start):
        start = max(trouble.text.rfind("\n%", 0, trouble.at) + 1, 0)
    if not trouble.text.startswith("%", start):
        return None
    return _Fault("行首的“%”在 YAML 里是指令", f"删去这一行；“%”若是正文，就{_QUOTE_ALL}", start, start + 1)


def _explain_value_colon(trouble: _Trouble) -> _Fault | None:
    """A second ``: `` in a line, or one in a line that was taken for the continuation of the value above."""
    if not trouble.says("mapping values"):
        return None
    text, last = trouble.text, trouble.last
    line = _line_start(text, trouble.at)
    if trouble.at - line > _MAX_KEY and ": " not in text[line : trouble.at]:
        return _Fault(f"键超过 {_MAX_KEY} 字", "键用几个字的名称，长的文字写在冒号后面", line, trouble.at)
    if last.start < line and not last.kind:
        is_first = not text[_line_start(text, last.start) : last.start].strip(" -")
        fault = _colon_fault(text, last.start) if is_first else None
        return fault or _misaligned(text, trouble.at, "这一行缩进过深，被当作上一个值的下文")
    hint = f"{_QUOTE_ALL}，或改用全角冒号“：”"
    return _Fault("值里又有“: ”，YAML 把它看成另一个键", hint, trouble.at, trouble.at + 1)


def _explain_missing_colon(trouble: _Trouble) -> _Fault | None:
    if not trouble.says("simple key"):
        return None
    text, start = trouble.text, trouble.context
    end = _line_end(text, start)
    message = f"“{_quote(text[start:end])}”不是“键: 值”，也不是“- ”开头的列表项"
    hint = "补上键和冒号；若是上一行的下文，就比上一行的键多缩进两格"
    return _colon_fault(text, start) or _Fault(message, hint, start, end)


def _colon_fault(text: str, start: int) -> _Fault | None:
    """What is wrong with the colon of a line that was meant as ``key: value`` and begins at ``start``."""
    match = _COLON.match(text, start)
    if match is None:
        return None
    key = _quote(match["key"])
    if match["colon"] == "：":
        return _Fault(f"键“{key}”后面用了全角冒号“：”", f"改成半角冒号加空格“{key}: ”", *match.span("colon"))
    return _Fault(f"键“{key}”的冒号后面缺空格", f"写成“{key}: ”，冒号后空一格", *match.span("colon"))


def _explain_misfit(trouble: _Trouble) -> _Fault | None:
    if not trouble.says(_MISFIT) or not trouble.opens_line or not trouble.char.strip():
        return None
    if re.search(r"^\.\.\.", trouble.text[: trouble.at], re.MULTILINE) and trouble.says("document start"):
        return _Fault(*_SEVERAL, trouble.at, trouble.at + 1, SEVERAL_DOCUMENTS)
    if trouble.char == ":":
        return _Fault(*_NO_KEY, trouble.at, trouble.at + 1, INVALID_KEY)
    return _misaligned(trouble.text, trouble.at, "这一行的缩进与上文对不齐")


def _misaligned(text: str, at: int, message: str) -> _Fault:
    line, end = _line_start(text, at), _line_end(text, at)
    start = end - len(text[line:end].lstrip())
    return _Fault(message, "同一层的键和“- ”左边对齐，下一层多缩进两格", start, end)


def _explain_generally(trouble: _Trouble) -> _Fault:
    return _Fault(*_GENERAL, trouble.at, trouble.at + 1)


# The first that knows the trouble speaks; the last knows them all.
_EXPLANATIONS: tuple[Callable[[_Trouble], _Fault | None], ...] = (
    _explain_quote,
    _explain_escape,
    _explain_tab,
    _explain_wide_indent,
    _explain_rest,
    _explain_bracket,
    _explain_sign,
    _explain_misplaced,
    _explain_directive,
    _explain_value_colon,
    _explain_missing_colon,
    _explain_misfit,
    _explain_generally,
)
