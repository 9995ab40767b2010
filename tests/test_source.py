import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen.diagnostics import Check, Finding, Position, Severity
from gongwen.reading import builder
from gongwen.reading.nodes import Mapping, Scalar, Sequence
from gongwen.source import Source

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request, monkeypatch):
    """Both parsers of PyYAML must lead to the same tree."""
    monkeypatch.setattr(builder, "_Loader", request.param)


both_parsers = pytest.mark.usefixtures("loader")


def marked(source, span):
    return source.text[span.start.offset : span.end.offset]


def at(source, path, offset=None, length=1, **options):
    return marked(source, source.locate(path, offset, length, **options))


def clean(text):
    source = Source.parse(text)
    assert source.diagnostics == ()
    return source


# --- files -----------------------------------------------------------------------------------------------------------


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
    "data", ["\ufeff标题: 通知\r\n正文: 一\r二: 2", "\ufeff标题: 通知\r\n正文: 一\r二: 2".encode()]
)
def test_bom_and_line_ends_leave_no_trace(data):
    source = clean(data)
    assert source.text == "标题: 通知\n正文: 一\n二: 2"
    assert source.locate(("二",)).start == Position(3, 4, len("标题: 通知\n正文: 一\n二: "))
    assert [source.line(n) for n in range(5)] == ["", "标题: 通知", "正文: 一", "二: 2", ""]


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


def test_a_text_in_place_of_a_list_is_its_only_item():
    source = clean("to: 某某机关：\n")
    assert at(source, ("to", 0)) == "某某机关："
    assert at(source, ("to", 0), 4) == "："
    assert at(source, ("to", 1), 4) == "某某机关："


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


def test_import_is_cheap():
    code = """
import sys
from gongwen.source import Source
before = "yaml" in sys.modules
Source.parse("a: b")
print(before, *sorted({name.partition(".")[0] for name in sys.modules}))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded[0] == "False"
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
        patch.setattr(builder, "_Loader", yaml.SafeLoader)
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
