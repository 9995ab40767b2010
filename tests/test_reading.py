import itertools
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongwen.diagnostics import Check, Severity
from gongwen.reading import builder, faults
from gongwen.reading.builder import MAX_ALIASES, MAX_DEPTH
from gongwen.reading.decoding import MAX_BYTES
from gongwen.reading.faults import MAX_REPEATS
from gongwen.reading.scalars import unfold
from gongwen.reading.syntax_errors import Token, explain
from gongwen.source import Source

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request, monkeypatch):
    """Both parsers of PyYAML must lead to the same findings."""
    monkeypatch.setattr(builder, "_Loader", request.param)


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
        (b"a: \x80\r\n", ("GW003", 1, 4, "\ufffd")),
    ],
)
def test_binary_content(data, expected):
    assert places(Source.parse(data)) == [expected]


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
    monkeypatch.setattr(builder, "_Loader", yaml.SafeLoader)
    source = Source.parse('a: "\\ud83d\\ude00"\n')
    assert [place[0] for place in places(source)] == ["GW014", "GW014"]
    assert source.data == {"a": "\ufffd\ufffd"}
    assert [place[0] for place in places(Source.parse('a: "\\UFFFFFFFF"\n'))] == ["GW005"]


def test_unknown_troubles_are_told_in_chinese():
    error = yaml.scanner.ScannerError(None, None, "a new complaint", None)
    fault = explain(error, "a: b", Token("", 0, 3), None)
    assert fault.message == "这里不合 YAML 的写法"
    assert fault.place == (3, 4)


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
    ("a:\n  -\n　b: 1\n", [("GW015", 3, 1, "　")], "缩进用了全角空格"),
    ("a:\n  - x\n 　- y\n", [("GW015", 3, 2, "　")], "缩进用了全角空格"),
    ("a:\n  - x\n   　 - y\n", [("GW015", 3, 4, "　 ")], "缩进用了全角空格"),
    ("a:\n  　　正文\n", [("GW015", 2, 3, "　　")], "缩进用了全角空格"),
    ("a:\n  b: 1\n　c\n", [("GW015", 3, 1, "　")], "缩进用了全角空格"),
    ("a:\n  - 第一\n     - 第二  # 注\n", [("GW019", 3, 6, "- 第二")], "“- 第二”没有成为列表项"),
    ("a:\n  - 第一\n\n    - 第二\n  - 第三\n", [("GW019", 4, 5, "- 第二")], "左边对齐"),
    ("a: 第一\n  - 第二  \n  第三\n", [("GW019", 2, 3, "- 第二")], "接在上一行后面"),
    ("a:\n  - b: 第一\n      -\n", [("GW019", 3, 7, "-")], "“-”没有成为列表项"),
    ("a: [第一\n  - 第二]\n", [("GW019", 2, 3, "- 第二")], "用引号把整个值括起来"),
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
def test_every_swallowed_item_is_reported():
    source = Source.parse("a:\n  - 第一\n    - 第二\n   - 第三\n   　- 第四\n  - 第五\n   　- 第六\n")
    assert source.data == {"a": ["第一 - 第二 - 第三　- 第四", "第五　- 第六"]}
    assert places(source) == [
        ("GW019", 3, 5, "- 第二"),
        ("GW019", 4, 4, "- 第三"),
        ("GW015", 5, 4, "　"),
        ("GW015", 7, 4, "　"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  - 第一 - 第二\n  - 第三\n",
        "a:\n  - 第一\n    -第二\n",
        "a:\n  - 第一\n    —— 第二\n",
        "a:\n  - 第一\n    第二 -\n    第三 - 第四\n",
        "a: |\n  第一\n   - 第二\n",
        "a: >\n  第一\n  - 第二\n",
        "a: '第一\n  - 第二'\n",
        'a: "第一\n  - 第二"\n',
        "a:\n  - 第一\n\n  - - 第二\n    - 第三\n",
    ],
)
@both_parsers
def test_dashes_in_texts_are_left_alone(text):
    clean(text)


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
    checks = [value for value in vars(faults).values() if isinstance(value, Check)]
    assert [check.code for check in checks] == [f"GW{n:03}" for n in range(1, 20)]
    assert len({check.name for check in checks}) == len(checks)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", check.name) for check in checks)


# --- scalars piece by piece ------------------------------------------------------------------------------------------

BODY = st.text(st.sampled_from("ab甲乙，  \n\n\t'\"\\nx4u:#-"), max_size=30)


@pytest.mark.parametrize(
    "write", ["{}", "'{}'", '"{}"', "|\n {}", ">\n {}", "|2+\n {}", ">-\n {}", "- >+ # c\n   {}", "a: >\n  {}\nb: c"]
)
@given(BODY)
def test_pieces_spell_the_value_of_the_parser(write, body):
    text = write.format(body.replace("\n", "\n  "))
    try:
        scalars = [event for event in yaml.parse(text, builder._Loader) if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return
    for event in scalars:
        style = event.style or ""
        pieces = unfold(text, event.start_mark.index, event.end_mark.index, style, event.value)
        expected = event.value.rstrip("\n") if style in ("|", ">") else event.value
        # A block of nothing but blanks does not show its indent; the parser's value stands.
        assert "".join(piece.text for piece in pieces) == expected or not expected.strip(" \n")
        assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
