import itertools
import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen import source as module
from gongwen.diagnostics import Check, Finding, Severity
from gongwen.source import MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_REPEATS, Mapping, Scalar, Sequence, Source

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request, monkeypatch):
    """Both parsers of PyYAML must lead to the same findings."""
    monkeypatch.setattr(module, "_Loader", request.param)


both_parsers = pytest.mark.usefixtures("loader")


def places(source):
    """The findings as (code, line, column, marked text)."""
    return [
        (d.check.code, d.span.start.line, d.span.start.column, marked(source, d.span)) if d.span else (d.check.code,)
        for d in source.diagnostics
    ]


def marked(source, span):
    return source.text[span.start.offset : span.end.offset]


def at(source, path, offset=None, length=1, **options):
    return marked(source, source.locate(path, offset, length, **options))


def clean(text):
    source = Source.parse(text)
    assert source.diagnostics == ()
    return source


def message(source):
    (diagnostic,) = source.diagnostics
    return f"{diagnostic.message} | {diagnostic.hint}"


# --- files and encodings ---------------------------------------------------------------------------------------------


def test_read_gives_text_and_data(tmp_path):
    path = tmp_path / "draft.yaml"
    path.write_bytes("标题: 关于\n".encode())
    source = Source.read(path)
    assert (source.name, source.text, source.data, source.diagnostics) == (
        str(path),
        "标题: 关于\n",
        {"标题": "关于"},
        (),
    )
    assert Source.read(path, "稿.yaml").name == "稿.yaml"


@pytest.mark.parametrize(
    ("name", "reason"), [("absent.yaml", "文件不存在"), (".", "这是文件夹"), ("f/x", "不是文件夹"), ("\0", "读不了")]
)
def test_unreadable_file(tmp_path, name, reason):
    (tmp_path / "f").write_text("")
    source = Source.read(tmp_path / name, "稿.yaml")
    assert places(source) == [("GW001",)]
    assert "读不了文件“稿.yaml”" in message(source)
    assert reason in message(source)
    assert (source.text, source.root, source.data, source.locate(("a",))) == ("", None, None, None)


def test_size_limit(tmp_path):
    path = tmp_path / "draft.yaml"
    path.write_bytes(b"a: b #" + b"x" * (MAX_BYTES - 6))
    assert Source.read(path).data == {"a": "b"}
    path.write_bytes(b"a: b #" + b"x" * (MAX_BYTES - 5))
    assert places(Source.read(path)) == [("GW002",)]


@pytest.mark.parametrize(
    "data", ["\ufeff标题: 通知\r\n正文: 一\r二: 2", "\ufeff标题: 通知\r\n正文: 一\r二: 2".encode()]
)
def test_bom_and_line_ends_leave_no_trace(data):
    source = clean(data)
    assert source.text == "标题: 通知\n正文: 一\n二: 2"
    assert source.locate(("二",)).start == module.Position(3, 4, len("标题: 通知\n正文: 一\n二: "))
    assert [source.line(n) for n in range(5)] == ["", "标题: 通知", "正文: 一", "二: 2", ""]


DRAFT = "kind: 通知\ntitle: 关于进一步加强公文处理工作的通知\nbody:\n  - 各单位：近来，公文处理出现了一些问题。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DRAFT.encode("gbk"), "GB18030（GBK）"),
        ("标题: 𬭚与通知".encode("gb18030"), "GB18030（GBK）"),
        (DRAFT.encode("utf-16"), "UTF-16 LE"),
        (DRAFT.encode("utf-16-le"), "UTF-16 LE"),
        (DRAFT.encode("utf-16-be"), "UTF-16 BE"),
        ("\ufeff标题".encode("utf-16-be"), "UTF-16 BE"),
        (b"k\0i\0n\0d\0:\0 \0a\0", "UTF-16 LE"),
        (DRAFT.encode("utf-32"), "UTF-32 LE"),
        ("\ufeff标题".encode("utf-32-be"), "UTF-32 BE"),
    ],
)
def test_other_encodings_are_named(data, encoding):
    source = Source.parse(data)
    assert places(source) == [("GW003",)]
    assert encoding in message(source)
    assert re.search(r"iconv -f [A-Z0-9-]+ -t UTF-8", message(source))


def test_a_damaged_byte_in_utf8_has_a_place():
    source = Source.parse("标题: 通知\r\n正文: 一二三\n".encode().replace("二".encode(), b"\xe4\xba"))
    assert places(source) == [("GW003", 2, 6, "\ufffd")]
    assert "0xE4" in message(source)
    assert source.line(2) == "正文: 一\ufffd三"


def test_a_lone_surrogate_is_not_utf8():
    assert places(Source.parse("a: 中\ud800文")) == [("GW003", 1, 5, "\ufffd")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: b\nc: \0d", ("GW004", 2, 4, "\0")),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", ("GW004",)),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\xe1\xff\xa0\x81", ("GW004",)),
        (b"\x80\xffabc", ("GW003", 1, 1, "\ufffd")),
    ],
)
def test_binary_content(data, expected):
    assert places(Source.parse(data)) == [expected]


# --- data ------------------------------------------------------------------------------------------------------------


@both_parsers
def test_scalars_stay_as_typed():
    text = "a: 0017\nb: no\nc: 12:30\nd: 2025-01-20\ne: 1e3\nf: '~'\ng: !!str\nh: !!int 07\ni: ! null\n3: true\nNull: NULL\n"
    assert clean(text).data == {
        "a": "0017", "b": "no", "c": "12:30", "d": "2025-01-20", "e": "1e3", "f": "~", "g": "", "h": "07", "i": "null",
        "3": "true", "Null": "NULL",
    }  # fmt: skip


@both_parsers
def test_empty_values_are_none():
    assert clean("a:\nb: ~\nc: null\nd: ''\ne: [~, '', x]\n~: k\nnull: l\n").data == {
        "a": None, "b": None, "c": None, "d": "", "e": [None, "", "x"], "~": "k", "null": "l",
    }  # fmt: skip


@both_parsers
def test_nodes_and_order():
    source = clean("b: [1, {c: 2}]\na:\n- x\n-  y\nz: 1\n")
    assert list(source.data) == ["b", "a", "z"]
    assert source.data == {"b": ["1", {"c": "2"}], "a": ["x", "y"], "z": "1"}
    assert isinstance(source.root, Mapping)
    sequence = source.root.entries["a"].value
    assert sequence == Sequence(18, 26, (Scalar(20, 21, "x", ""), Scalar(25, 26, "y", "")))


@both_parsers
def test_aliases_repeat_the_anchored_node():
    source = clean("a: &x\n  k: 值\nb: *x\nc: &y !!str 文字\nd: [*y]\n&z z: 1\ne: *z\n")
    assert source.data == {"a": {"k": "值"}, "b": {"k": "值"}, "c": "文字", "d": ["文字"], "z": "1", "e": "z"}
    assert at(source, ("b", "k")) == "值"
    assert at(source, ("d", 0), 1) == "字"
    assert source.locate(("d",)).end.line == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 关于\n  通知", "关于通知"),
        ("a: “关于”\n  “通知”——\n  …\n  ，", "“关于”“通知”——…，"),
        ("a: '关于  \n\n  通知\n  事项'", "关于\n通知事项"),
        ('a: "关于\n  通知\\\n  A\\\n\n  B"', "关于通知A\nB"),
        ("a: >\n  关于\n  通知\n\n  事项\n", "关于通知\n事项\n"),
        ("a: >-\n  关于\n    缩进\n  通知\n", "关于\n  缩进\n通知"),
        ("a: 关于\n  PDF\n  文件\n  和\n  X", "关于 PDF 文件和 X"),
        ("a: '\n  关于\n  '", " 关于 "),
        ('a: "关于\\ \n  通知"', "关于  通知"),
        ('a: "关于\\  \n  通知"', "关于  通知"),
        ("a: |2\n   \n", " \n"),
        ("a: 𬭚\n  𬭚", "𬭚𬭚"),
        ("a: |\n  关于\n  通知\n", "关于\n通知\n"),
    ],
)
@both_parsers
def test_a_fold_between_wide_characters_adds_nothing(text, value):
    assert clean(text).data == {"a": value}


# --- locate ----------------------------------------------------------------------------------------------------------


def test_values_and_keys():
    source = clean("kind: 通知 \nbody:\n  - 甲  # 注\n  - heading: '乙'\n    body: [丙, \"丁\"]\nempty:\n")
    assert at(source, ("kind",)) == "通知"
    assert at(source, ("kind",), at_key=True) == "kind"
    assert at(source, ("kind",), 2, 2, at_key=True) == "nd"
    assert at(source, ("empty",)) == at(source, ("empty",), 2) == "empty"
    assert at(source, ("body", 0)) == "甲"
    assert at(source, ("body", 1, "heading")) == "'乙'"
    assert at(source, ("body", 1, "heading"), 0) == "乙"
    assert at(source, ("body", 1, "body", 0)) == "丙"
    assert at(source, ("body", 1, "body", 1), 0) == "丁"
    assert at(source, ("body", 1, "body")) == '[丙, "丁"]'
    span = source.locate(("body", 1, "body", 1))
    assert ((span.start.line, span.start.column), (span.end.line, span.end.column)) == ((5, 15), (5, 18))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("title",), "kind"),
        (("imprint", "copies"), "imprint"),
        (("kind", "x"), "通知"),
        (("kind", 0), "通知"),
        (("empty", "x"), "empty"),
        (("body", 7), "body"),
        (("body", -1), "body"),
        (("body", "0"), "body"),
        (("body", 1, "text"), "heading"),
        (("body", 1, "text", 3, "x"), "heading"),
        (("body", 0, "x"), "一段"),
        (("flow", 0, "x"), "{}"),
        (("flow", 1, "x"), "[甲]"),
    ],
)
@pytest.mark.parametrize("at_key", [True, False])
def test_what_is_absent_falls_back_to_something_short(path, expected, at_key):
    text = (
        "kind: 通知\nempty:\nimprint:\n  office: 办公室\nbody:\n  - 一段\n    话\n  - heading: 题\nflow: [{}, [甲]]\n"
    )
    source = clean(text)
    assert at(source, path, at_key=at_key) == at(source, path, 3, at_key=at_key) == expected


def test_items_have_no_key():
    source = clean("body:\n  - 甲\n  - heading: 题\n    body: 乙\n")
    assert at(source, ("body", 0), at_key=True) == "甲"
    assert at(source, ("body", 1), at_key=True) == "heading"


def test_an_empty_item_is_a_place():
    source = clean("a:\n  -\n  - x\n")
    span = source.locate(("a", 0))
    assert span.start == span.end
    assert (span.start.line, span.start.column) == (2, 4)
    assert source.locate(("a", 0, "x")) == span


def test_the_whole_file_has_no_span():
    assert clean("a: 1\n").locate(()) is None
    assert Source.parse("").locate(("a",)) is None
    assert at(Source.parse("- a\n- b"), (5,)) == "- a"
    assert at(Source.parse("文字"), ()) == "文字"


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("a: 甲𬭚乙", ["甲", "𬭚", "乙"]),
        ("a: 甲\n  乙 c\n\n  丁", ["甲", "乙", " ", "c", "\n", "丁"]),
        ("a: 'x''y\n  z'", ["x", "''", "y", "\n", "z"]),
        (r'a: "x\"\u4e2d\U0002CB5A\x41\n乙"', ["x", r"\"", r"\u4e2d", r"\U0002CB5A", r"\x41", r"\n", "乙"]),
        ('a: "x\\\n   y\\\n\n   z"', ["x", "y", "\\\n\n   ", "z"]),
        ("a: |\n  甲\n   乙\n\n  丙\n", ["甲", "\n", " ", "乙", "\n", "\n", "丙"]),
        ("a: |2-  # c\n    甲\n   乙", [" ", " ", "甲", "\n", " ", "乙"]),
        ("a: >\n\n  甲\n  乙\n  c\n\n  d\n   e\n", ["\n", "甲", "乙", "\n", "c", "\n", "d", "\n", " ", "e"]),
        ("a: &x !!str 甲", ["甲"]),
        ("a: &x  # c\n  !!str\n  '甲'", ["甲"]),
        ("x: 1\na: |2\n   甲", [" ", "甲"]),
    ],
)
@both_parsers
def test_offsets_map_through_quotes_folds_and_indents(text, offsets):
    source = clean(text)
    assert len(offsets) == len(source.data["a"].rstrip("\n"))
    assert [at(source, ("a",), offset) for offset in range(len(offsets))] == offsets


@both_parsers
def test_offsets_of_a_paragraph_break_point_at_its_line_end():
    source = clean("a: 甲\n\n\n  乙\n")
    assert source.data == {"a": "甲\n\n乙"}
    assert [at(source, ("a",), n) for n in range(4)] == ["甲", "\n", "\n", "乙"]
    assert source.locate(("a",), 2).start.line == 1


def test_lengths_are_cut_to_the_value():
    source = clean("a: '甲''乙\n  丙丁'\nb: ''\nc: |+\n\n")
    assert source.data["a"] == "甲'乙丙丁"
    assert at(source, ("a",), 1, 3) == "''乙\n  丙"
    assert at(source, ("a",), 3, 99) == "丙丁"
    assert at(source, ("a",), -5, 6) == "甲"
    assert at(source, ("a",), 2, 0) == ""
    assert at(source, ("a",), 99) == ""
    assert source.locate(("a",), 99).start.column == 5
    assert at(source, ("b",), 0) == "''"
    assert at(source, ("c",), 0) == "|+"


@both_parsers
def test_block_scalars_end_with_their_text():
    source = clean("a: |\n  甲\n  乙\n\n\n# 注\nb: >-  # 注\n  丙\n\nc: |\n\nd: |+\n  丁\n\n")
    assert source.data == {"a": "甲\n乙\n", "b": "丙", "c": "", "d": "丁\n\n"}
    assert [at(source, (key,)) for key in "abcd"] == ["|\n  甲\n  乙", ">-  # 注\n  丙", "|", "|+\n  丁"]


def test_resolve_places_a_finding():
    check = Check("GW999", "some-check", Severity.INFO)
    source = Source.parse("title: 关于通知\n", "稿.yaml")
    diagnostic = source.resolve(Finding(check, "坏了", ("title",), "改好", 2, 2, page=3))
    assert marked(source, diagnostic.span) == "通知"
    assert (diagnostic.check, diagnostic.message, diagnostic.file) == (check, "坏了", "稿.yaml")
    assert (diagnostic.hint, diagnostic.page) == ("改好", 3)
    assert marked(source, source.resolve(Finding(check, "坏了", ("title",), at_key=True)).span) == "title"
    assert source.resolve(Finding(check, "坏了")).span is None


# --- syntax errors ---------------------------------------------------------------------------------------------------

SYNTAX = [
    ("a:\n\tb: 1\n", 2, 1, "\t", "缩进用了制表符"),
    ("a:\n  b: 1\n\tc: 2\n", 3, 1, "\t", "缩进用了制表符"),
    ("a: |\n\tx\n", 2, 1, "\t", "缩进用了制表符"),
    ("- a\n-\t\tb: x\n-\tb\n  \t- c: d", 2, 2, "\t", "这里不能用制表符"),
    ("title: 关于: 通知\n", 1, 10, ":", "值里又有“: ”"),
    ("- a: b\n  c: d: e\n", 2, 7, ":", "值里又有“: ”"),
    ("kind: a\ntitle:关于\nx: 1\n", 2, 6, ":", "键“title”的冒号后面缺空格"),
    ("kind: a\ntitle:关于\n", 2, 6, ":", "键“title”的冒号后面缺空格"),
    ("title:关于\nkind: a\n", 1, 6, ":", "键“title”的冒号后面缺空格"),
    ("i:\n  a:关于\n  b: 1\n", 2, 4, ":", "键“a”的冒号后面缺空格"),
    ("- a:关于\n  b: 1\n", 1, 4, ":", "键“a”的冒号后面缺空格"),
    ("kind: a\n标题：关于\nx: 1\n", 2, 3, "：", "键“标题”后面用了全角冒号“：”"),
    ("i:\n  b: 1\n  标题：关于\n", 3, 5, "：", "键“标题”后面用了全角冒号“：”"),
    ("i:\n  标题 ：关于\n  b: 1\n", 2, 6, "：", "键“标题”后面用了全角冒号“：”"),
    ("kind: a\n标题\nx: 1\n", 2, 1, "标题", "“标题”不是“键: 值”"),
    ("kind: a\n见 http://a.cn\n", 2, 1, "见 http://a.cn", "不是“键: 值”"),
    ("k" * 1100 + ": 1\n", 1, 1, "k" * 1100, "键超过 1024 字"),
    ('a: "foo\nb: 1\n', 1, 4, '"', '引号“"”没有闭合'),
    ("a: 'foo\nb: 1\n", 1, 4, "'", "引号“'”没有闭合"),
    ('a: "foo\nb: "bar"\n', 1, 4, '"', "没有闭合"),
    ('- "foo\n- "bar"\n', 1, 3, '"', "没有闭合"),
    ('a: "foo\n---\n', 1, 4, '"', "没有闭合"),
    ('a: "十四五"规划\nb: 1\n', 1, 9, "规划", "引号闭合之后还有“规划”"),
    ("- '十四五' 规划\n- 1\n", 1, 9, "规划", "引号闭合之后还有“规划”"),
    ('a: ["十四五"规划]\n', 1, 10, "规划]", "引号闭合之后还有“规划]”"),
    ("a: [关于]通知\n", 1, 8, "通知", "括号之后还有“通知”"),
    ("a: &x 1\nb: *x 万\n", 2, 7, "万", "引用之后还有“万”"),
    ("a: [x, y\nb: 1\n", 1, 4, "[", "括号“[”没有闭合"),
    ("a: [x, y\n", 1, 4, "[", "括号“[”没有闭合"),
    ("[", 1, 1, "[", "括号“[”没有闭合"),
    ("a: {x: [y], z\nb: 1\n", 1, 4, "{", "括号“{”没有闭合"),
    ("a: [x, , y]\n", 1, 8, ",", "这里不该有“,”"),
    ("a: ]\n", 1, 4, "]", "这里不该有“]”"),
    ("a: ,x\n", 1, 4, ",", "这里不该有“,”"),
    ("a: 1\n  b: 2\n", 2, 3, "b: 2", "缩进过深"),
    ("a: 见附件：1\n  b: 2\n", 2, 3, "b: 2", "缩进过深"),
    ("a:\n  b: 2\n c: 3\n", 3, 2, "c: 3", "缩进与上文对不齐"),
    ("  a: 2\nc: 3\n", 2, 1, "c: 3", "缩进与上文对不齐"),
    ("a:\n  - x\n - y\n", 3, 2, "- y", "缩进与上文对不齐"),
    ("a:\n  - x\n  y: 1\n", 3, 3, "y: 1", "缩进与上文对不齐"),
    ("a: 1\n- x\n", 2, 1, "- x", "缩进与上文对不齐"),
    ("a: - x\n", 1, 4, "-", "列表项“- ”不能与键写在同一行"),
    ("a: *foo\n", 1, 4, "*foo", "引用“*foo”没有对应的值"),
    ("a: *重点\n", 1, 4, "*", "值不能以“*”开头"),
    ("a: &重点 x\n", 1, 4, "&", "值不能以“&”开头"),
    ("a: %5\n", 1, 4, "%", "值不能以“%”开头"),
    ("a: @x\n", 1, 4, "@", "值不能以“@”开头"),
    ("- `x`\n", 1, 3, "`", "值不能以“`”开头"),
    ("a: ? x\n", 1, 4, "?", "值不能以“?”开头"),
    ("%5\n", 1, 1, "%", "行首的“%”"),
    ("a: 1\n%5\n", 2, 1, "%", "行首的“%”"),
    ("%YAML 9.9\n--- x\n", 1, 1, "%", "行首的“%”"),
    ("a: > 5万\n", 1, 4, ">", "“>”后面不能直接写文字"),
    ("a: |x\n", 1, 4, "|", "“|”后面不能直接写文字"),
    ('a: "C:\\quan"\n', 1, 7, "\\q", "“\\q”不是 YAML 的转义写法"),
    ('a: "\\xZZ"\n', 1, 5, "\\x", "“\\x”不是 YAML 的转义写法"),
    ('a: "x\\', 1, 6, "\\", "不是 YAML 的转义写法"),
    ("[a],[b]\n", 1, 4, ",[b]", "括号之后还有"),
    ("a: b\n--- c\n", 2, 1, "---", "又开始了一份"),
    ("--- a: b\n", 1, 6, ":", "值里又有"),
]


@pytest.mark.parametrize(("text", "line", "column", "mark", "words"), SYNTAX)
@both_parsers
def test_syntax_errors_in_our_own_words(text, line, column, mark, words):
    source = Source.parse(text)
    code = "GW006" if "---" in mark else "GW005"
    assert places(source) == [(code, line, column, mark)]
    assert words in message(source)
    assert not re.search("expected|found|scan|pars|mapping|token|None", message(source))


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the C parser alone refuses these")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "\\ud83d\\ude00"\n', ("GW005", 1, 5, "\\ud83d")),
        ("a: !<%ED%A0%80> x\n", ("GW007", 1, 4, "!")),
    ],
)
def test_bad_code_points_in_escapes(text, expected):
    assert places(Source.parse(text)) == [expected]


def test_bad_code_points_in_escapes_without_the_c_parser(monkeypatch):
    monkeypatch.setattr(module, "_Loader", yaml.SafeLoader)
    source = Source.parse('a: "\\ud83d\\ude00"\n')
    assert [place[0] for place in places(source)] == ["GW014", "GW014"]
    assert source.data == {"a": "\ufffd\ufffd"}
    assert [place[0] for place in places(Source.parse('a: "\\UFFFFFFFF"\n'))] == ["GW005"]


def test_unknown_troubles_are_told_in_chinese():
    error = yaml.scanner.ScannerError(None, None, "a new complaint", None)
    findings = module._Findings("x")
    findings.lines = module._Lines("a: b")
    module._Builder("a: b", findings)._report_syntax(error)
    (diagnostic,) = findings.found
    assert diagnostic.message == "这里不合 YAML 的写法"
    assert diagnostic.span.start.offset == 0


# --- everything else that is refused ---------------------------------------------------------------------------------

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
LONG_TEXT = f"a: &a {'字' * 40_000}\nb: [*a, *a, *a]\n"
DEEP_ALIAS = f"a: &a {'[' * 20}{']' * 20}\nb: {'[' * 15}*a{']' * 15}\n"

REFUSED = [
    ("a: 1\n---\nb: 2\n", [("GW006", 2, 1, "---")], "又开始了一份"),
    ("a: 1\n...\nb: 2\n", [("GW006", 3, 1, "b")], "又开始了一份"),
    ("a: !!python/object:os.x y\n", [("GW007", 1, 4, "!!python/object:os.x")], "标签“!!python/object:os.x”"),
    ("a: &x !foo y\n", [("GW007", 1, 7, "!foo")], "标签“!foo”"),
    ("a: !foo &x\n  b: 1\n", [("GW007", 1, 4, "!foo")], "标签“!foo”"),
    ("a: !foo [y]\n", [("GW007", 1, 4, "!foo")], "标签“!foo”"),
    ("a: !<tag:x,y:z> [y]\n", [("GW007", 1, 4, "!<tag:x,y:z>")], "标签"),
    ("a: !x!foo y\n", [("GW007", 1, 4, "!x!foo")], "标签“!x!foo”"),
    ("a: !重要 通知\n", [("GW007", 1, 4, "!重要")], "标签“!重要”"),
    ("%TAG !x! y\n---\na: !x!z 1\n", [("GW007", 1, 1, "%TAG !x! y")], "标签“%TAG !x! y”"),
    ("a: &a [*a]\n", [("GW009", 1, 8, "*a")], "它自己引用的内容里"),
    (BOMB, [("GW009", 5, 26, "*d")], "引用太多"),
    (LONG_TEXT, [("GW009", 2, 13, "*a")], "引用太多"),
    (f"a: &a x\nb: [{'*a, ' * MAX_ALIASES}*a]\n", [("GW009", 2, 5 + 4 * MAX_ALIASES, "*a")], "引用太多"),
    ("[" * 100_000, [("GW008", 1, MAX_DEPTH + 1, "[")], "嵌套超过 32 层"),
    ("{a: " * 100_000, [("GW008", 1, 4 * MAX_DEPTH + 1, "{")], "嵌套超过 32 层"),
    (DEEP_ALIAS, [("GW008", 2, 19, "*a")], "嵌套超过 32 层"),
    ("a: 1\nb: 2\na: 3\n", [("GW010", 3, 1, "a")], "键“a”重复，第 1 行已经有了"),
    ("b: {a: 1, 'a': 2}\n", [("GW010", 1, 11, "'a'")], "键“a”重复"),
    ("? [a]\n: x\nb: 1\n", [("GW011", 1, 3, "[a]")], "键只能是一段文字"),
    ("a: {{b}}\n", [("GW011", 1, 5, "{b}")], "键只能是一段文字"),
    ("?\n  a: b\n  c: d\n: x\nb: 1\n", [("GW011", 2, 3, "a: b")], "键只能是一段文字"),
    ("a: 1\n: x\n", [("GW011", 2, 1, ":")], "冒号前面没有键"),
    ("? \n: x\nb: 1\n", [("GW011", 1, 2, "")], "冒号前面没有键"),
    ("a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n", [("GW012", 3, 3, "<<")], "合并键“<<”"),
    ("a: 甲\u202e乙\n", [("GW013", 1, 5, "\u202e")], "双向控制字符 U+202E"),
    ("a: x # \u200f\n", [("GW013", 1, 8, "\u200f")], "双向控制字符 U+200F"),
    ("a: \u2066甲\n", [("GW013", 1, 4, "\u2066")], "双向控制字符 U+2066"),
    ("a: 甲\u200b\u200b乙\n", [("GW014", 1, 5, "\u200b\u200b")], "U+200B（零宽空格）"),
    ("a: 甲\n\ufeffb: 乙\n", [("GW014", 2, 1, "\ufeff")], "U+FEFF（字节顺序标记）"),
    ("a: 甲\u00ad乙\n", [("GW014", 1, 5, "\u00ad")], "U+00AD（软连字符）"),
    ("a: 甲\u2063乙\n", [("GW014", 1, 5, "\u2063")], "U+2063（不可见字符）"),
    ("a: 甲\x07乙\n", [("GW014", 1, 5, "\x07")], "U+0007（控制字符）"),
    ("a: 甲\x85乙\n", [("GW014", 1, 5, "\x85")], "U+0085"),
    ("a: 甲\u2028乙\n", [("GW014", 1, 5, "\u2028")], "U+2028"),
    ("a: 甲\uffff乙\n", [("GW014", 1, 5, "\uffff")], "U+FFFF"),
    ('a: "甲\\u200b乙\\t"\n', [("GW014", 1, 6, "\\u200b")], "U+200B"),
    ('a: "甲\\0"\n', [("GW014", 1, 6, "\\0")], "U+0000（空字符）"),
    ('a: "\\u202e\\n"\n', [("GW013", 1, 5, "\\u202e")], "U+202E"),
    ("a:\n　b: 1\n", [("GW015", 2, 1, "　")], "缩进用了全角空格"),
    ("a:\n  - x: 1\n  　y: 1\n", [("GW015", 3, 3, "　")], "缩进用了全角空格"),
    ("a:\n　　- x\n", [("GW015", 2, 1, "　　")], "缩进用了全角空格"),
    ("a:\n  - x\n 　- y\n", [("GW015", 3, 2, "　")], "缩进用了全角空格"),
    ("a:\n  - x\n   　 - y\n", [("GW015", 3, 4, "　 ")], "缩进用了全角空格"),
    ("a:\n  　　正文\n", [("GW015", 2, 3, "　　")], "缩进用了全角空格"),
    ("a:\n  b: 1\n　c\n", [("GW015", 3, 1, "　")], "缩进用了全角空格"),
    ("", [("GW018",)], "文件是空的"),
    ("# 注\n", [("GW018",)], "文件是空的"),
    ("---\n~\n", [("GW018",)], "文件是空的"),
    ("- a\n- b\n", [("GW017", 1, 1, "-")], "这里是列表"),
    ("[a]\n", [("GW017", 1, 1, "[")], "这里是列表"),
    ("关于\n通知\n", [("GW017", 1, 1, "关于")], "这里是一段文字"),
    ("标题：关于\n", [("GW017", 1, 1, "标题：关于")], "改成半角冒号加空格“标题: ”"),
]


@pytest.mark.parametrize(("text", "expected", "words"), REFUSED)
@both_parsers
def test_refusals(text, expected, words):
    source = Source.parse(text)
    assert places(source) == expected
    assert words in message(source)
    assert all(diagnostic.is_error and diagnostic.file == "<draft>" for diagnostic in source.diagnostics)


@both_parsers
def test_what_is_near_the_limits_is_accepted():
    assert clean(f"a: {'[' * (MAX_DEPTH - 1)}{']' * (MAX_DEPTH - 1)}\n").data
    assert len(clean(f"a: &a x\nb: [{', '.join(['*a'] * MAX_ALIASES)}]\n").data["b"]) == MAX_ALIASES
    assert clean("---\n# 注\na: 1\n...\n").data == {"a": "1"}
    assert clean("'<<': 1\nb: |\n  　　正文\nc: 甲　乙\nd: “\u3000”\n").data["b"] == "　　正文\n"


@both_parsers
def test_of_repeated_keys_the_first_counts():
    source = Source.parse("a: 1\nb: {c: 2}\na: [3]\nb: 4\n")
    assert source.data == {"a": "1", "b": {"c": "2"}}
    assert [place[:3] for place in places(source)] == [("GW010", 3, 1), ("GW010", 4, 1)]
    assert at(source, ("a",)) == "1"


def test_faults_do_not_hide_each_other():
    source = Source.parse("a: !x 甲\u200b\na: 关于 #1\n<<: 1\n[b]: 2\nc: *d\n")
    codes = ["GW007", "GW014", "GW010", "GW016", "GW012", "GW011", "GW005"]
    assert [place[0] for place in places(source)] == codes
    assert source.data == {"a": "甲\u200b", "c": None}


def test_a_flood_of_findings_is_cut():
    source = Source.parse("a: " + "甲\u200b" * 1000)
    assert len(source.diagnostics) == MAX_REPEATS + 1
    assert "不再逐一列出" in source.diagnostics[-1].message


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("title: 关于 #1 项目  \n", "#1 项目"),
        ("- 关于  #话题#\n", "#话题#"),
        ('title: "关于"#1\n', "#1"),
    ],
)
@both_parsers
def test_text_cut_by_a_number_sign(text, mark):
    source = Source.parse(f"x:\n- {text}")
    assert places(source) == [("GW016", 2, 3 + text.index(mark), mark)]
    assert source.diagnostics[0].severity is Severity.WARNING
    assert f"“{mark}”被当作注释" in message(source)


@pytest.mark.parametrize(
    "text",
    [
        "a: 通知  # 文种",
        "a: 通知 ## 文种",
        "a: x #y",
        "a: 关于#1",
        "a: '关于 #1'",
        "a: '关于'  #1",
        "a: |  #1\n  关于 #1",
        "a: #1 甲",
        "#甲\na: 1",
    ],
)
@both_parsers
def test_comments_are_left_alone(text):
    clean(text)


def test_messages_quote_without_harm():
    key = f'"甲\u202e乙  丙\\n丁{"长" * 30}"'
    source = Source.parse(f"{key}: 1\n{key}: 2\n")
    (text,) = [d.message for d in source.diagnostics if d.check.code == "GW010"]
    assert text == f"键“甲\ufffd乙 丙 丁{'长' * 13}…”重复，第 1 行已经有了"


def test_checks_are_distinct():
    checks = [value for value in vars(module).values() if isinstance(value, Check)]
    assert [check.code for check in checks] == [f"GW{n:03}" for n in range(1, 19)]
    assert len({check.name for check in checks}) == len(checks)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", check.name) for check in checks)


def test_import_is_cheap():
    code = "import sys, gongwen.source; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "yaml" in loaded
    assert not {"pydantic", "weasyprint", "jinja2", "uharfbuzz", "rjieba"} & set(loaded)


# --- properties ------------------------------------------------------------------------------------------------------

SIGNS = st.text(
    st.sampled_from("ab: \n\t-?[]{},#&*!|>'\"%@`\\u0甲，：“”　\u200b\u202e\x85\ufeff𬭚~<.x")
    | st.characters(codec="utf-8"),
    max_size=60,
)


def assert_sound(source):
    """Whatever the input was: every span lies in the text, and nothing about the source raises."""
    paths = [(), ("a",), (0,), ("a", 0, "b"), *walk(source.data)]
    spans = [d.span for d in source.diagnostics]
    spans += [
        source.locate(path, offset, 2, at_key=key) for path in paths for offset in (None, 0, 5) for key in (True, False)
    ]
    for span in filter(None, spans):
        assert 0 <= span.start.offset <= span.end.offset <= len(source.text)
        for position in (span.start, span.end):
            assert source.text[: position.offset].count("\n") == position.line - 1
            assert 1 <= position.column <= len(source.line(position.line)) + 1
    if source.root is None:
        assert any(d.is_error for d in source.diagnostics)
    for d in source.diagnostics:
        assert d.message
        assert d.hint
        assert not d.message.endswith("。")


def walk(data, path=()):
    """Paths of all scalars."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from walk(value, (*path, key))
    else:
        yield path


@given(
    st.binary(max_size=200)
    | SIGNS.map(lambda text: text.encode("utf-16-le"))
    | SIGNS.map(lambda text: text.encode("gb18030"))
)
@example(b"\xff")
@example(b"\xef\xbb\xbf")
def test_any_bytes_give_diagnostics(data):
    assert_sound(Source.parse(data))


@given(SIGNS)
@example("\ud800")
@example("a: &b\n*b")
def test_any_text_gives_diagnostics(text):
    assert_sound(Source.parse(text))


@given(SIGNS)
def test_any_text_gives_diagnostics_without_the_c_parser(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_Loader", yaml.SafeLoader)
        assert_sound(Source.parse(text))


WORDS = st.text(
    st.sampled_from("ab 甲乙，“”：'\"\\#-[]{}:&*!|>%@`𬭚\n0~")
    | st.characters(codec="utf-8", exclude_categories=["C", "Z"]),
    max_size=20,
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)


@given(
    st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), st.sampled_from([None, "'", '"', "|", ">"]), st.booleans()
)
def test_locate_finds_every_character(data, style, flow):
    text = yaml.safe_dump(
        data, default_style=style, default_flow_style=flow, allow_unicode=True, width=10_000, sort_keys=False
    )
    source = Source.parse(text)
    hidden = {"GW013", "GW014"}  # Hypothesis knows more invisible characters than any alphabet leaves out
    assert {d.check.code for d in source.diagnostics} <= hidden
    assert source.data == data
    for path in walk(data):
        value = data
        for step in path:
            value = value[step]
        for offset, char in enumerate(value if isinstance(value, str) else ""):
            found = at(source, path, offset)
            assert found == char or char in "\n'" or found.startswith("\\") or not value.strip("\n ")


BODY = st.text(st.sampled_from("ab甲乙，  \n\n\t'\"\\nx4u:#-"), max_size=30)


@pytest.mark.parametrize(
    "write", ["{}", "'{}'", '"{}"', "|\n {}", ">\n {}", "|2+\n {}", ">-\n {}", "- >+ # c\n   {}", "a: >\n  {}\nb: c"]
)
@given(BODY)
def test_pieces_spell_the_value_of_the_parser(write, body):
    text = write.format(body.replace("\n", "\n  "))
    try:
        scalars = [event for event in yaml.parse(text, module._Loader) if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return
    for event in scalars:
        style = event.style or ""
        pieces = module._unfold(text, event.start_mark.index, event.end_mark.index, style, event.value)
        expected = event.value.rstrip("\n") if style in ("|", ">") else event.value
        # A block of nothing but blanks does not show its indent; the parser's value stands.
        assert "".join(piece.text for piece in pieces) == expected or not expected.strip(" \n")
        assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
