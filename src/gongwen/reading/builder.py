"""Parser events → nodes, so that depth, aliases and size are bounded on the way: composing deep input overflows the C stack."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import yaml

from gongwen.expressions import expression
from gongwen.reading.characters import HIDDEN, hidden, printable, quote
from gongwen.reading.faults import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    INVALID_KEY,
    INVALID_YAML,
    MERGE_KEY,
    NOT_A_MAPPING,
    TOO_DEEP,
    UNSAFE_ALIAS,
    Fault,
    Faults,
    Place,
)
from gongwen.reading.lines import Lines, line_end
from gongwen.reading.nodes import Entry, Mapping, Node, Scalar, Sequence, measure
from gongwen.reading.pitfalls import pitfalls
from gongwen.reading.scalars import BLOCK_STYLES, Piece, join_wide, unfold
from gongwen.reading.syntax_errors import (
    Token,
    colon_fault,
    explain,
    explicit_tag,
    no_key,
    several_documents,
    unknown,
)

MAX_DEPTH = 32
MAX_ALIASES = 100
MAX_EXPANSION = 100_000
"""Nodes and characters that all aliases of a file may add together."""

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset({"", "~", "null"})
# With !!str or a bare "!" a scalar is a text even where it looks like a null. The other core tags change nothing, since the
# schema types every value.
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_CORE_TAGS = _TEXT_TAGS | {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "float", "int", "map", "null", "seq")}

_PROPERTY = expression(r"(!<[^>\n]*>|[&!][^\s,\[\]{}]*)(?:[ \t\n]|#[^\n]*)*+")
_TAG_DIRECTIVE = expression(r"^%TAG[ \t].*$", re.MULTILINE)


def build(text: str, faults: Faults) -> Node | None:
    """The root of the tree, or None where there is none or none can be trusted."""
    if directive := _TAG_DIRECTIVE.search(text):
        # The parser compares every %TAG with all before it: a file full of them takes it quadratic time.
        faults.add(explicit_tag(directive[0], directive.span()))
        return None
    builder = _Builder(text, faults)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _StopReading as stop:
        faults.add(stop.fault)
    except yaml.MarkedYAMLError as error:
        faults.add(explain(error, text, builder.last, builder.open_bracket))
    except UnicodeDecodeError:  # percent-escapes in a tag, which comes next
        start = text.find("!", builder.last.end)
        faults.add(explicit_tag(text[start : start + 1], (start, start + 1)))
    except (yaml.YAMLError, ValueError, OverflowError):  # escapes beyond Unicode come without a mark
        faults.add(unknown(builder.last.end))
    else:
        if fault := _root_fault(text, builder.root):
            faults.add(fault)
        return builder.root
    return None


def _root_fault(text: str, root: Node | None) -> Fault | None:
    """What is wrong with a root that is no mapping."""
    match root:
        case Mapping():
            return None
        case None | Scalar(value=None):
            return Fault(EMPTY_FILE, "文件是空的", "至少写一行“键: 值”")
        case Scalar(start=start, end=end):
            what, place = "一段文字", (start, line_end(text, start, end))
            fault = colon_fault(text, start)
            hint = fault.hint if fault else "每行写成“键: 值”，冒号用半角，后面空一格"
        case Sequence(start=start):
            what, place, hint = "列表", (start, start + 1), "在列表前面写上它的键"
    return Fault(NOT_A_MAPPING, f"文件的最外层应是“键: 值”，这里是{what}", hint, place)


class _StopReading(Exception):  # noqa: N818 -- no error of the program
    """A fault after which the tree cannot be built any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class _Frame:
    """A collection that is being read."""

    start: int
    end: int
    anchor: str | None
    is_mapping: bool
    is_flow: bool
    expects_key: bool
    key: Scalar | None = None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)

    def node(self) -> Node:
        if self.is_mapping:
            return Mapping(self.start, self.end, self.entries)
        return Sequence(self.start, self.end, tuple(self.items))


def _extent(event: yaml.Event) -> Place:
    """From where to where an event reaches in the text; the parser always sets both marks."""
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return start.index, end.index


class _Builder:
    """Takes the events of a file, keeping within the limits and reporting what is wrong on the way."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.root: Node | None = None
        self.last = Token("", 0, 0)
        self._frames: list[_Frame] = []
        self._anchors: dict[str, Node | None] = {}  # None while the anchored collection is still open
        self._aliases = 0
        self._expansion = 0

    @property
    def open_bracket(self) -> int | None:
        """Where the innermost flow collection that is still open begins."""
        return next((frame.start for frame in reversed(self._frames) if frame.is_flow), None)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def take(self, event: yaml.Event) -> None:
        """Add what an event brings. Raises _StopReading where reading on is of no use."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._open(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _StopReading(several_documents(_extent(event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = self._content(event)
        style = event.style or ""
        value, end = self._value(event.value, start, end, style)
        is_null = not style and value in _NULLS and event.tag not in _TEXT_TAGS
        is_key = bool(self._frames) and self._frames[-1].expects_key
        scalar = Scalar(start, end, None if is_null and not (is_key and value) else value, style)
        self.last = Token(style, start, end)
        for fault in pitfalls(self.text, scalar, is_key=is_key):
            self.faults.add(fault)
        self._finish(scalar, event.anchor, end)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = _extent(event)
        name = quote(event.anchor or "")
        self.last = Token("*", *place)
        if event.anchor not in self._anchors:
            hint = f"“*”若是正文，就用引号把整个值括起来；若是引用，先用“&{name}”标出被引用的值"
            self.faults.add(Fault(INVALID_YAML, f"引用“*{name}”没有对应的值", hint, place))
            self._add(Scalar(*place, None, ""), place[1])
            return
        node = self._anchors[event.anchor]
        if node is None:
            message = f"引用“*{name}”出现在它自己引用的内容里"
            raise _StopReading(Fault(UNSAFE_ALIAS, message, "把内容直接写出来", place))
        weight, height = measure(node)
        self._aliases += 1
        self._expansion += weight
        if self._aliases > MAX_ALIASES or self._expansion > MAX_EXPANSION:
            message = f"引用太多，展开后过于庞大，止于“*{name}”"
            raise _StopReading(Fault(UNSAFE_ALIAS, message, "把内容直接写出来，不用引用", place))
        self._check_depth(height, place)
        self._add(node, place[1])

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        start, end = self._content(event)
        self._check_depth(1, (start, end))
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._frames.append(_Frame(start, end, event.anchor, is_mapping, bool(event.flow_style), is_mapping))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._frames.pop()
        if frame.is_flow:  # the end mark of a block collection lies on the next token
            frame.end = _extent(event)[1]
            self.last = Token("]", frame.start, frame.end)
        self._finish(frame.node(), frame.anchor, frame.end)

    def _check_depth(self, levels: int, place: Place) -> None:
        if len(self._frames) + levels > MAX_DEPTH:
            raise _StopReading(Fault(TOO_DEEP, f"嵌套超过 {MAX_DEPTH} 层", "减少嵌套的层次", place))

    def _content(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Place:
        """Where a node begins, behind its anchor and tag, and where it ends; tags other than the core ones are reported."""
        at, end = _extent(event)
        if event.anchor is None and event.tag is None:
            return at, end
        while at < end and (match := _PROPERTY.match(self.text, at, end)):
            if match[1].startswith("!") and event.tag not in _CORE_TAGS:
                self.faults.add(explicit_tag(match[1], match.span(1)))
            at = match.end()
        return at, end

    def _value(self, value: str, start: int, end: int, style: str) -> tuple[str, int]:
        """The value with Chinese folds joined, and where it ends in the text (the parser's mark of a block lies beyond)."""
        is_block = style in BLOCK_STYLES
        has_escapes = style == '"' and self.text.find("\\", start, end) >= 0
        if not (is_block or has_escapes or self.text.find("\n", start, end) >= 0):
            return value, end
        pieces = unfold(self.text, start, end, style, value)
        bare = value.rstrip("\n") if is_block else value
        # The parser has the last word: were the pieces ever to differ from its value, they would not count.
        agree = "".join(piece.text for piece in pieces) == bare
        result = "".join(piece.text for piece in join_wide(pieces)) if agree else bare
        if has_escapes:
            self._check_escapes(pieces)
            result = printable(result)
        if is_block:
            end = pieces[-1].end if pieces else line_end(self.text, start, end)
        return result + value[len(bare) :], end

    def _check_escapes(self, pieces: list[Piece]) -> None:
        """Report escapes that smuggle hidden characters into a value."""
        for piece in pieces:
            if self.text.startswith("\\", piece.start) and HIDDEN.match(piece.text):
                self.faults.add(hidden(piece.text, (piece.start, piece.end)))

    def _finish(self, node: Node, anchor: str | None, end: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        self._add(node, end)

    def _add(self, node: Node, end: int) -> None:
        """Put a finished node where it belongs; ``end`` is where its spelling ends, which for an alias is not node.end."""
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        frame.end = max(frame.end, end)
        if frame.expects_key:
            frame.key = self._usable_key(frame, node)
            frame.expects_key = False
        elif frame.is_mapping:
            if frame.key is not None and frame.key.value is not None:
                frame.entries[frame.key.value] = Entry(frame.key, node)
            frame.expects_key = True
        else:
            frame.items.append(node)

    def _usable_key(self, frame: _Frame, key: Node) -> Scalar | None:
        """The key, unless it is one that a mapping cannot have; that is reported, and its value falls away."""
        place = (key.start, line_end(self.text, key.start, key.end))
        if not isinstance(key, Scalar):
            message = "键只能是一段文字，不能是列表或“键: 值”"
            fault = Fault(INVALID_KEY, message, "键里有括号时，用引号把整个键括起来", place)
        elif key.value is None:
            fault = no_key(place)
        elif key.value == "<<" and not key.style:
            fault = Fault(MERGE_KEY, "不能用合并键“<<”", "把要合并的各个键直接写出来", place)
        elif key.value in frame.entries:
            line = self._lines.position(frame.entries[key.value].key.start).line
            message = f"键“{quote(key.value)}”重复，第 {line} 行已经有了"
            fault = Fault(DUPLICATE_KEY, message, "只留一个；前一个的值有效，这一个不起作用", place)
        else:
            return key
        self.faults.add(fault)
        return None
