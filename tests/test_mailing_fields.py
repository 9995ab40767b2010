"""Fields of a draft: what is one, how it is filled, and that every place stays that of the file."""

import json
import pickle

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongwen.diagnostics import BLOCKING, Check, Finding
from gongwen.reading.fields import is_name
from gongwen.source import Source

STRUCK = Check("GW000", "struck", BLOCKING)
VALUES = {"姓名": "李华", "单位": "云州市总工会", "日期": "2026-11-20"}


def filled(text, values=None):
    return Source.parse(text).filled(VALUES if values is None else values)


def spelled(source, path, offset=None, length=1):
    span = source.locate(path, offset, length)
    return source.text[span.start.offset : span.end.offset]


# --- what is a field ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("请{姓名}到会", ["姓名"]),
        ("{姓名}{单位}", ["姓名", "单位"]),
        ("{name_2}", ["name_2"]),
        ("{第2组}", ["第2组"]),
        ("{" + "字" * 20 + "}", ["字" * 20]),
        ("{" + "字" * 21 + "}", []),
        ("{4}", []),
        ("{}", []),
        ("{ 姓名 }", []),
        ("{姓名", []),
        ("姓名}", []),
        ("{姓-名}", []),
        ("{a, b}", []),
        ("｛姓名｝", []),
        ("{{姓名}}", []),
        ("{{{姓名}}}", []),
        ("{{姓名}", ["姓名"]),
        ("{姓名}}", ["姓名"]),
        ("{{姓名}}{姓名}", ["姓名"]),
    ],
)
def test_a_field_is_a_name_in_single_braces(text, names):
    source = Source.parse(json.dumps({"title": text}, ensure_ascii=False))
    assert [field.name for field in source.unfilled] == names
    assert all(is_name(name) for name in names)


@pytest.mark.parametrize("name", ["", "4", "姓 名", "姓名}", "{姓名", "字" * 21, "联系电话（手机）"])
def test_what_no_field_can_be_called(name):
    assert not is_name(name)


def test_doubled_braces_stand_for_single_ones_with_and_without_values():
    text = "title: 写上{{姓名}}，如{姓名}和{{{单位}}}"
    assert filled(text).data == {"title": "写上{姓名}，如李华和{{单位}}"}
    assert filled("title: 写上{{姓名}}").data == {"title": "写上{姓名}"}
    assert filled("title: 写上{{姓名}}", {}).data == {"title": "写上{姓名}"}


def test_a_file_without_fields_is_the_same_source():
    source = Source.parse("title: 关于{4}位编码的通知\nrows: [[{text: a}]]\n")
    assert source.filled(VALUES) is source
    assert source.form is None
    assert source.unfilled == ()


# --- filling ------------------------------------------------------------------------------------------------------------------


def test_values_fill_every_value_and_no_key():
    text = """\
title: 关于{单位}的函
'{姓名}': [{姓名}, "{姓名}", '{单位}', {name: {姓名}}]
date: {日期}
body:
  - |
    请{姓名}
    到{单位}
  - >-
    {姓名}和
    {单位}
"""
    assert filled(text).data == {
        "title": "关于云州市总工会的函",
        "{姓名}": ["李华", "李华", "云州市总工会", {"name": "李华"}],
        "date": "2026-11-20",
        "body": ["请李华\n到云州市总工会\n", "李华和云州市总工会"],
    }


@pytest.mark.parametrize(
    "value", ["- 甲", "a: b", "# 注", "&a *b", "!x", "null", "~", "", "'", '"', "\\n", "{单位}", "{{姓名}}", "[1]"]
)
def test_a_value_is_plain_text(value):
    text = "a: {姓名}\nb: 请{姓名}到\nc: \"{姓名}\"\nd: |\n  {姓名}\ne: '{{姓名}}'\n"
    wanted = {"a": value, "b": f"请{value}到", "c": value, "d": f"{value}\n", "e": "{姓名}"}
    source = filled(text, {"姓名": value})
    assert source.data == wanted
    assert source.unfilled == ()
    assert Source.parse(source.written).filled({}).data == wanted


def test_a_field_without_a_value_stays_and_is_known():
    source = filled("title: 请{姓名}到{会场}")
    assert source.data == {"title": "请李华到{会场}"}
    assert [field.name for field in source.unfilled] == ["会场"]
    assert spelled(source, ("title",), 4, 4) == "{会场}"


def test_a_filled_file_is_filled_anew_from_the_start():
    source = filled("title: 请{姓名}").filled({"姓名": "王小明"})
    assert source.data == {"title": "请王小明"}


def test_what_aliases_repeat_is_filled_and_counted_each_time():
    source = Source.parse("a: &a ['请{姓名}']\nb: *a\nc: [*a, *a]\n")
    assert source.form.counts == {"姓名": 4}
    assert len(source.unfilled) == 1
    assert source.filled(VALUES).data == {"a": ["请李华"], "b": ["请李华"], "c": [["请李华"], ["请李华"]]}


def test_a_line_end_between_full_width_characters_is_no_blank_beside_a_field_either():
    text = "title: 请{姓名}\n  到{会场}\n  {单位}开会"
    assert filled(text, {"姓名": "李华", "会场": "Hall", "单位": "Union"}).data == {"title": "请李华到Hall Union开会"}
    assert filled(text, {"姓名": "Li", "会场": "三楼", "单位": "会议室"}).data == {"title": "请Li 到三楼会议室开会"}


def test_a_template_goes_to_another_process():
    source = Source.parse("a: &a ['请{姓名}']\nb: *a\n")
    assert source.form is not None
    again = pickle.loads(pickle.dumps(source))  # noqa: S301 - made here
    assert again.filled(VALUES).data == source.filled(VALUES).data == {"a": ["请李华"], "b": ["请李华"]}
    assert pickle.loads(pickle.dumps(source.filled(VALUES))).data == {"a": ["请李华"], "b": ["请李华"]}  # noqa: S301


# --- places -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "title: 请{姓名}到{单位}来",
        "title: '请{姓名}到{单位}来'",
        'title: "请{姓名}到{单位}来"',
        "title: |-\n  请{姓名}到{单位}来",
        "{title: '请{姓名}到{单位}来'}",
    ],
)
def test_characters_keep_their_places_and_what_is_filled_in_has_the_field(text):
    source = filled(text)
    value = source.data["title"]
    assert value == "请李华到云州市总工会来"
    fields = ["请", "{姓名}", "{姓名}", "到", *["{单位}"] * 6, "来"]
    assert [spelled(source, ("title",), offset) for offset in range(len(value))] == fields
    assert spelled(source, ("title",), 0, 4) == "请{姓名}到"
    assert spelled(source, ("title",), 2, 3) == "{姓名}到{单位}"


def test_a_value_as_long_as_its_field_is_placed_as_a_whole():
    source = filled("title: 请{姓}到", {"姓": "欧阳修"})
    assert [spelled(source, ("title",), offset) for offset in range(5)] == ["请", "{姓}", "{姓}", "{姓}", "到"]


def test_escapes_around_and_in_a_field_keep_their_places():
    source = filled('title: "\\u8bf7{\\u59d3名}到\\n{{单位}}"')
    assert source.data == {"title": "请李华到\n{单位}"}
    places = ["\\u8bf7", *["{\\u59d3名}"] * 2, "到", "\\n", *["{{单位}}"] * 4]
    assert [spelled(source, ("title",), offset) for offset in range(9)] == places


def test_fixes_are_offered_beside_a_field_but_not_in_it_nor_at_its_edges():
    source = filled("title: 请{姓}到,{{单位}}来", {"姓": "{姓}"})
    assert source.data == {"title": "请{姓}到,{单位}来"}

    def fix(offset, length):
        return source.resolve(
            Finding(STRUCK, "", ("title",), offset=offset, length=length, replacement="、")
        ).replacement

    offered = {(offset, length) for length in range(3) for offset in range(12) if fix(offset, length) is not None}
    # 请 0, {姓} 1 to 3, 到 4, the comma 5, {单位} 6 to 9, 来 10.
    assert offered == {(0, 0), (0, 1), (4, 1), (4, 2), (5, 0), (5, 1), (10, 1), (11, 0)}


def test_comments_and_what_they_stand_for_stay():
    text = "title: 请{姓名}  # gongwen: ignore[GW222]\ndate: {日期} # 日期\n"
    plain = Source.parse(text.replace("{日期}", "'日期'"))
    assert [(one.start, one.end, one.holds) for one in filled(text).comments] == [
        (one.start, one.end, one.holds) for one in plain.comments
    ]


# --- any draft, any values ----------------------------------------------------------------------------------------------------

_pieces = st.sampled_from(
    [
        "{姓名}",
        "{单位}",
        "{{姓名}}",
        "{",
        "}",
        "{{",
        "}}",
        "{4}",
        "{ 姓名 }",
        "{会场}",
        "请",
        "a",
        " ",
        "　",
        "，",
        "'",
        '"',
    ]
)
_prose = st.lists(_pieces, max_size=8).map("".join)
_value = st.one_of(
    _prose, st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), max_size=8)
)
_values = st.fixed_dictionaries({"姓名": _value, "单位": _value})
_tree = st.recursive(_prose, lambda inner: st.one_of(st.lists(inner), st.dictionaries(_prose, inner)), max_leaves=8)
_text = st.lists(
    st.one_of(
        _pieces, st.sampled_from([": ", "- ", "\n", "\n  ", "|\n", "#", "&a ", "*a", "[", "]", ",", "\\", "title"])
    ),
    max_size=30,
).map("".join)


def is_usual(name):
    return all(char.isalnum() or char == "_" for char in name) and 0 < len(name) <= 20 and not name.isdecimal()


def replaced_in(text, values):
    """The text with the values in it, read character by character: no expression of the program's is used."""
    done, rest = "", text
    while rest:
        inner, closed, after = rest[2:].partition("}}")
        name, single, behind = rest[1:].partition("}")
        if rest.startswith("{{") and closed and is_usual(inner):
            done, rest = f"{done}{{{inner}}}", after
        elif rest.startswith("{") and single and is_usual(name):
            done, rest = done + values.get(name, f"{{{name}}}"), behind
        else:
            done, rest = done + rest[0], rest[1:]
    return done


def replaced(data, values):
    """The data with the values in their strings."""
    match data:
        case str():
            return replaced_in(data, values)
        case list():
            return [replaced(one, values) for one in data]
        case dict():
            return {key: replaced(value, values) for key, value in data.items()}
    return data


@given(_tree, _values, st.sampled_from([None, '"', "'", "|"]))
def test_filled_data_are_the_data_with_their_strings_replaced(tree, values, style):
    text = yaml.safe_dump({"a": tree}, allow_unicode=True, width=10**6, default_style=style)
    source = Source.parse(text)
    wanted = replaced(source.data, values)
    assert source.filled(values).data == wanted


@given(_tree, _values, _value)
def test_what_is_written_reads_as_what_was_filled(tree, values, other):
    blank = Source.parse(json.dumps({"a": tree}, ensure_ascii=False))
    source = blank.filled(dict.fromkeys((field.name for field in blank.unfilled), other) | values)
    again = Source.parse(source.written)
    assert again.filled({}).data == source.data
    assert again.unfilled == ()


@given(_text, _values)
def test_any_text_with_any_values_has_its_places_in_the_file(text, values):
    source = Source.parse(text)
    full = source.filled(values)
    assert full.text == source.text
    assert {field.name for field in full.unfilled}.isdisjoint(values)
    seen = [((), full.data)]
    for path, data in seen:
        if isinstance(data, dict):
            seen += [((*path, key), value) for key, value in data.items()]
        elif isinstance(data, list):
            seen += [((*path, index), value) for index, value in enumerate(data)]
        for offset in (None, 0, 1, len(data) if isinstance(data, str) else 2):
            diagnostic = full.resolve(Finding(STRUCK, "", path, offset=offset, replacement=""))
            if diagnostic.span is not None:
                start, end = diagnostic.span.start.offset, diagnostic.span.end.offset
                assert 0 <= start <= end <= len(full.text)
                if diagnostic.replacement is not None:
                    assert not any(start < last and first < end for _, (first, last) in filled_in(source, values))


def filled_in(source, values):
    return [one for one in source.unfilled if one.name in values]
