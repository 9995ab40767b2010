import re

import pytest

from gongwen.diagnostics import Authority, Basis, Check, Diagnostic, Position, Severity, Span
from gongwen.parser import parse
from gongwen.reporters import counted, full
from gongwen.source import Source
from gongwen.terminal import width

DRAFT = """\
文种: 通知
发文机关: 某某市总工会
标提: 关于“某事”的通知
正文:
  - 一
  - [二]
密级: 内部
"""


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def report(source, diagnostics, columns=100):
    return plain(full(diagnostics, {source.name: source}, columns))


def span(text, start, end):
    before = [text[:offset].split("\n") for offset in (start, end)]
    first, last = (Position(len(lines), len(lines[-1]) + 1, sum(map(len, lines)) + len(lines) - 1) for lines in before)
    return Span(first, last)


def finding(source, start, end, severity=Severity.ERROR, **more):
    place = span(source.text, start, end)
    return Diagnostic(
        Check("GW999", "some-check", Authority(Basis.PROGRAM, severity)), "不对", source.name, place, **more
    )


def marked(text):
    """The characters above the carets, by columns of the terminal."""
    _, _, _, line, carets, *_ = text.splitlines()
    first, last = width(carets[: carets.index("^")]), width(carets.rstrip())
    place, found = 0, ""
    for char in line:
        if first <= place < last:
            found += char
        place += width(char)
    return found


def test_a_whole_report():
    source = Source.parse(DRAFT, "notices/稿.yaml")
    assert (
        report(source, parse(source).diagnostics)
        == """\
错误[GW102 missing-key]：稿件缺少“标题”
 --> notices/稿.yaml:1:1
  |
1 | 文种: 通知
  | ^^^^
  = 办法：加上一行 标题: …

错误[GW101 unknown-key]：没有“标提”这个键
 --> notices/稿.yaml:3:1
  |
3 | 标提: 关于“某事”的通知
  | ^^^^
  = 办法：是不是“标题”？

错误[GW104 wrong-type]：“正文”应当是自然段、小标题或表格
 --> notices/稿.yaml:6:5
  |
6 |   - [二]
  |     ^^^^
  = 办法：不要把列表直接放在列表里；下一层内容写在小标题的正文里

错误[GW105 wrong-value]：“密级”的写法不对：“内部”
 --> notices/稿.yaml:7:5
  |
7 | 密级: 内部
  | 　　  ^^^^
  = 办法：密级用绝密、机密、秘密，保密期限如 机密★1年、秘密★6个月、绝密★长期
"""
    )


def test_authority_and_page():
    source = Source.parse(DRAFT, "a.yaml")
    check = Check("GW999", "some-check", Authority(Basis.STANDARD, Severity.WARNING, "GB/T 9704 7.3"))
    text = report(source, [Diagnostic(check, "不对", "a.yaml", span(DRAFT, 0, 2), "改", 3)])
    assert (
        text
        == """\
警告[GW999 some-check]：不对
 --> a.yaml:1:1（第3页）
  |
1 | 文种: 通知
  | ^^^^
  = 办法：改
  = 依据：GB/T 9704 7.3
"""
    )


def test_no_place_and_no_source():
    source = Source.parse("", "a.yaml")
    check = Check("GW999", "some-check", Authority(Basis.PRACTICE, Severity.INFO))
    assert report(source, [Diagnostic(check, "不对", "b.yaml")]) == "提示[GW999 some-check]：不对\n --> b.yaml\n"
    elsewhere = Diagnostic(check, "不对", "b.yaml", span("一", 0, 1))
    assert report(source, [elsewhere]) == "提示[GW999 some-check]：不对\n --> b.yaml:1:1\n"


@pytest.mark.parametrize("text", ["某某市", "市总工会", "“某事”", "的", "事"])
def test_carets_stand_under_the_characters(text):
    source = Source.parse(DRAFT, "a.yaml")
    start = DRAFT.index(text)
    shown = report(source, [finding(source, start, start + len(text))])
    assert marked(shown) == text


def test_the_gutter_grows_with_the_line_number():
    text = "一: 二\n" * 1200
    source = Source.parse(text, "a.yaml")
    start = 5 * 1100
    lines = report(source, [finding(source, start, start + 1)]).splitlines()
    assert lines[1:] == ["    --> a.yaml:1101:1", "     |", "1101 | 一: 二", "     | ^^"]


def test_a_tab_takes_one_column():
    source = Source.parse("a:\t一\n", "a.yaml")
    shown = report(source, [finding(source, 3, 4)])
    assert shown.splitlines()[3:] == ["1 | a: 一", "  |    ^^"]


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first():
    source = Source.parse(DRAFT, "a.yaml")
    start, end = DRAFT.index("某某市"), DRAFT.index("正文")
    assert marked(report(source, [finding(source, start, end)])) == "某某市总工会"


def test_a_place_between_two_characters_has_one_caret():
    source = Source.parse("一:\n", "a.yaml")
    shown = report(source, [finding(source, 2, 2)])
    assert shown.splitlines()[3:] == ["1 | 一:", "  | 　 ^"]


def test_a_long_line_shows_what_is_meant():
    text = "正文: " + "各级工会要提高认识，" * 40 + "加强领导。\n"
    source = Source.parse(text, "a.yaml")
    start = text.index("加强")
    shown = report(source, [finding(source, start, start + 2)], columns=60)
    assert marked(shown) == "加强"
    assert max(map(width, shown.splitlines())) <= 60
    assert "| …" in shown
    whole = report(source, [finding(source, 4, 400)], columns=60)
    assert set(marked(whole)) <= set("各级工会要提高认识，")
    assert max(map(width, whole.splitlines())) <= 60


def test_colours_follow_the_severity():
    source = Source.parse(DRAFT, "a.yaml")
    colours = [
        re.findall(r"\x1b\[3(\d)m", full([finding(source, 0, 2, severity)], {"a.yaml": source}))[0]
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ]
    assert colours == ["1", "3", "6"]


def test_counted():
    checks = {severity: Check("GW999", "some-check", Authority(Basis.PROGRAM, severity)) for severity in Severity}
    found = [Diagnostic(checks[severity], "", "a") for severity in ("warning", "error", "warning", "info")]
    assert counted(found) == "1 个错误，2 个警告，1 个提示"
    assert counted(found[:1]) == "1 个警告"
    assert counted([]) == ""
