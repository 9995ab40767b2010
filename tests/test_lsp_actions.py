"""Fixes and comments that suppress a rule: what is offered, and that an edit does what it says and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from lsprotocol import types

from gongwen.authority import PRACTICE, must
from gongwen.diagnostics import BLOCKING, DOUBTFUL, Check, Finding
from gongwen.lsp.actions import FIX_ALL, actions
from gongwen.lsp.documents import Snapshot
from gongwen.lsp.findings import Shown

RULE = Check("GW998", "rule-of-a-test", PRACTICE)
OTHER = Check("GW997", "other-rule-of-a-test", must("GB/T 9704 7.1"))
EVERYTHING = types.Range(types.Position(0, 0), types.Position(999, 0))


def snapshot_of(text):
    return Snapshot("file:///a.yaml", 1, text, "utf-16", "yaml", Path("/a.yaml"))


def shown(snapshot, *findings):
    result = []
    for finding in findings:
        diagnostic = snapshot.source.resolve(finding)
        result.append(Shown(diagnostic, snapshot.positions.range_of(diagnostic.span)))
    return result


def edited(text, action):
    """The text after an action."""
    snapshot = snapshot_of(text)
    (edits,) = action.edit.changes.values()
    for edit in sorted(edits, key=lambda one: snapshot.positions.raw_offset(one.range.start), reverse=True):
        start, end = (snapshot.positions.raw_offset(one) for one in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    return text


def offered(text, *findings, only=None, place=EVERYTHING):
    """Titles → the texts that the actions make."""
    snapshot = snapshot_of(text)
    return {one.title: edited(text, one) for one in actions(snapshot, place, shown(snapshot, *findings), only)}


def at(path, value, marked, becomes):
    return Finding(RULE, "错", path, offset=value.index(marked), length=len(marked), replacement=becomes)


# --- fixes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("标题: 甲,乙\n", "标题: 甲，乙\n"),
        ("标题: '甲,乙'  # 注\n", "标题: '甲，乙'  # 注\n"),
        ('标题: "甲,乙"\n', '标题: "甲，乙"\n'),
        ("标题: |\n  甲,乙\n  丙\n", "标题: |\n  甲，乙\n  丙\n"),
        ("标题: >-\n  甲,乙\n", "标题: >-\n  甲，乙\n"),
        ("\ufeff标题: 𠮷,乙\r\n正文: 丙\r\n", "\ufeff标题: 𠮷，乙\r\n正文: 丙\r\n"),
    ],
)
def test_a_fix_changes_the_marked_characters_alone(text, fixed):
    value = snapshot_of(text).source.data["标题"]
    assert offered(text, at(("标题",), value, ",", "，"), only=["quickfix"])["改为“，”"] == fixed


def test_a_fix_is_spelled_as_its_quotes_ask():
    assert offered("标题: '甲-乙'\n", at(("标题",), "甲-乙", "-", "'"))["改为“'”"] == "标题: '甲''乙'\n"
    assert offered('标题: "甲-乙"\n', at(("标题",), "甲-乙", "-", '"'))['改为“"”'] == '标题: "甲\\"乙"\n'


def test_an_empty_replacement_deletes():
    assert offered("标题: 关于 的通知\n", at(("标题",), "关于 的通知", " ", ""))["删去“ ”"] == "标题: 关于的通知\n"


@pytest.mark.parametrize(
    ("text", "marked", "becomes"),
    [
        ("标题: 甲-乙\n", "-", ": "),  # another key
        ("标题: 甲-乙\n", "-", " #"),  # a comment
        ("标题: 甲-乙\n", "甲", "["),  # a list
        ("标题: 甲-乙\n", "甲-乙", ""),  # no value at all
    ],
)
def test_a_fix_that_would_change_more_is_not_offered(text, marked, becomes):
    assert [one for one in offered(text, at(("标题",), "甲-乙", marked, becomes)) if "忽略" not in one] == []


def test_a_fix_is_offered_where_the_cursor_is():
    finding = at(("标题",), "甲,乙", ",", "，")
    here, there = (types.Range(types.Position(0, n), types.Position(0, n)) for n in (5, 0))
    assert "改为“，”" in offered("标题: 甲,乙\n", finding, place=here)
    assert offered("标题: 甲,乙\n", finding, place=there) == {"改正能够自动改正的 1 处": "标题: 甲，乙\n"}


def test_a_fix_is_the_preferred_action_and_names_its_finding():
    snapshot = snapshot_of("标题: 甲,乙\n")
    first = next(actions(snapshot, EVERYTHING, shown(snapshot, at(("标题",), "甲,乙", ",", "，"))))
    assert first.is_preferred
    assert first.kind == "quickfix"
    assert first.diagnostics[0].code == "GW998"
    assert first.diagnostics[0].data == {"name": "rule-of-a-test", "replacement": "，"}


def test_all_fixes_at_once_leave_out_those_that_touch_and_those_that_are_wrong():
    text = "标题: 甲,乙,丙-丁\n附注: 戊,己\n"
    value = "甲,乙,丙-丁"
    findings = (
        at(("标题",), value, ",", "，"),
        at(("标题",), value, ",乙", "，某"),  # touches the first
        at(("标题",), value, "-", ": "),  # would be another key
        at(("附注",), "戊,己", ",", "，"),
    )
    for only in (["source.fixAll"], ["source"], [FIX_ALL]):
        assert offered(text, *findings, only=only) == {"改正能够自动改正的 2 处": "标题: 甲，乙,丙-丁\n附注: 戊，己\n"}
    assert "改正能够自动改正的 2 处" in offered(text, *findings)
    assert "改正能够自动改正的 2 处" not in offered(text, *findings, only=["quickfix"])
    assert offered(text, *findings, only=["refactor"]) == {}


# --- suppression -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "title", "result"),
    [
        ("标题: 甲\n", ("标题",), "在本行忽略 GW998", "标题: 甲  # gongwen: ignore[GW998]\n"),
        ("标题: 甲", ("标题",), "在本行忽略 GW998", "标题: 甲  # gongwen: ignore[GW998]"),
        ("正文: [甲,\n  乙]\n", ("正文", 0), "在本行忽略 GW998", "正文: [甲,  # gongwen: ignore[GW998]\n  乙]\n"),
        (
            "标题: |\n  甲\n  乙\n",
            ("标题",),
            "在这一项忽略 GW998",
            "# gongwen: ignore[GW998]\n标题: |\n  甲\n  乙\n",
        ),
        (
            "正文:\n  - 小标题: 某\n    接排: 甲\n      乙\n",
            ("正文", 0, "接排"),
            "在这一项忽略 GW998",
            "正文:\n  - 小标题: 某\n    # gongwen: ignore[GW998]\n    接排: 甲\n      乙\n",
        ),
        (
            "正文:\r\n  - '甲\r\n\r\n    乙'\r\n",
            ("正文", 0),
            "在这一项忽略 GW998",
            "正文:\r\n  # gongwen: ignore[GW998]\r\n  - '甲\r\n\r\n    乙'\r\n",
        ),
        (
            "标题: 甲  # 注\n",
            ("标题",),
            "在这一项忽略 GW998",
            "# gongwen: ignore[GW998]\n标题: 甲  # 注\n",
        ),
        (
            "标题: 甲  # gongwen: ignore[GW997]\n",
            ("标题",),
            "在本行忽略 GW998",
            "标题: 甲  # gongwen: ignore[GW997, GW998]\n",
        ),
        (
            "标题: '甲 # 乙'\n",
            ("标题",),
            "在本行忽略 GW998",
            "标题: '甲 # 乙'  # gongwen: ignore[GW998]\n",
        ),
    ],
)
def test_a_comment_goes_where_it_is_a_comment(text, path, title, result):
    finding = Finding(RULE, "错", path, offset=0)
    assert offered(text, finding) == {title: result}
    assert snapshot_of(result).source.data == snapshot_of(text).source.data


def test_two_rules_at_a_line_are_suppressed_one_by_one():
    findings = (Finding(RULE, "错", ("标题",)), Finding(OTHER, "错", ("标题",)), Finding(RULE, "又错", ("标题",)))
    assert set(offered("标题: 甲\n", *findings)) == {"在本行忽略 GW998", "在本行忽略 GW997"}


def test_what_the_program_needs_cannot_be_suppressed_but_its_doubts_can():
    needed, doubted = (
        replace(RULE, code=code, authority=one) for code, one in (("GW996", BLOCKING), ("GW995", DOUBTFUL))
    )
    findings = (Finding(needed, "错", ("标题",)), Finding(doubted, "错", ("标题",)), Finding(RULE, "错", ()))
    assert set(offered("标题: 甲\n", *findings)) == {"在本行忽略 GW995"}


def test_nothing_is_offered_for_yaml_that_cannot_be_read():
    assert offered('标题: "甲\n', at(("标题",), "甲", "甲", "乙")) == {}
