"""Numbered copies: what a draft asks for, what its page shows."""

import pytest
from layouts import from_yaml

from gongwen.rules.elements import header

NOTICE = "kind: 通知\nissuer: 某机关\ntitle: 某机关关于某事的通知\nbody: [某事。]\n"
BULLETIN = "kind: 简报\nmark: 某简报\nitems: [{title: 一, body: [一。]}]\n"


@pytest.mark.parametrize("base", [NOTICE, BULLETIN], ids=["notice", "bulletin"])
@pytest.mark.parametrize(
    ("lines", "numbers", "shown"),
    [
        ("", None, None),
        ("copy_number: 18\n", None, "000018"),
        ("copy_number: 待定\n", None, "待定"),
        ("copies: 1\n", range(1, 2), "000001"),
        ("copies: 120\n", range(1, 121), "000001"),
        ("copies: 999999\n", range(1, 1000000), "000001"),
        ("copy_number: 000101\ncopies: 120\n", range(101, 221), "000101"),
        ("copy_number: 999999\ncopies: 1\n", range(999999, 1000000), "999999"),
        ("copy_number: 待定\ncopies: 120\n", None, "待定"),
    ],
)
def test_copies_are_numbered_from_the_first_number(base, lines, numbers, shown):
    draft = from_yaml(base + lines)
    assert draft.copy_numbers == numbers
    assert draft.copy_number_text == shown


def test_a_speech_has_no_copies():
    assert from_yaml("kind: 讲话稿\ntitle: 讲话\nbody: [某事。]\n").copy_numbers is None


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        ("copies: 0\n", "“copies”不能是“0”", "写 1 至 999999 的整数，不编虚位，不加“份”，如 120"),
        ("copies: 1000000\n", "“copies”不能是“1000000”", "写 1 至 999999 的整数，不编虚位，不加“份”，如 120"),
        ("copies: 012\n", "“copies”不能是“012”", "写 1 至 999999 的整数，不编虚位，不加“份”，如 120"),
        ("copies: [12]\n", "“copies”应当是一段文字", ""),
        (
            "copy_number: 999901\ncopies: 100\n",
            "从 999901 起编不了100份",
            "号码是六位数字，从这一号起最多编99份",
        ),
    ],
)
def test_what_cannot_be_numbered_is_refused(draft, compiler, lines, message, hint):
    told = compiler.check(draft(NOTICE + lines)).diagnostics
    faults = [one for one in told if one.is_error]
    assert [one.message for one in faults] == [message]
    assert faults[0].hint == hint or not hint
    assert faults[0].span.start.line == (NOTICE + lines).count("\n")


@pytest.mark.parametrize("lines", ["copies: 120\n", "copy_number: 1\n", "copy_number: 1\ncopies: 120\n"])
def test_numbered_copies_are_what_a_classified_document_has_to_have(lines):
    found = header.secrecy(from_yaml(NOTICE + "secrecy: 秘密★1年\n" + lines))
    assert [one.check.name for one in found] == ["classified-content"]


@pytest.mark.parametrize(("printed", "struck"), [("120", 0), ("100", 1), ("待定", 0)])
def test_a_bulletin_says_how_many_copies_are_numbered(printed, struck):
    bulletin = from_yaml(f"{BULLETIN}copies: 120\ndistribution: {{report_to: 某机关, copies: {printed}}}\n")
    assert len(list(header.copies(bulletin))) == struck
    assert list(header.copies(from_yaml(f"{BULLETIN}distribution: {{report_to: 某机关, copies: {printed}}}\n"))) == []
