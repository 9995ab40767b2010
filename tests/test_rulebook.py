"""The rule book: that every check is in it, that checks are found, and what is printed of them."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongwen
from gongwen import rulebook
from gongwen.cli import cli
from gongwen.diagnostics import BLOCKING, Check
from gongwen.terminal import width

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
CHECKS = rulebook.checks()


def run(*args):
    """Exit status, standard output, and the complaint of a wrong use."""
    result = CliRunner().invoke(cli, ["rule", *args], standalone_mode=False)
    return result.return_value, result.stdout, result.exception


# --- Checks -------------------------------------------------------------------------------------------------------------------


def test_the_rule_book_has_every_check():
    names = [
        one.name for one in pkgutil.walk_packages(gongwen.__path__, "gongwen.") if not one.name.endswith("__main__")
    ]
    modules = {name: vars(importlib.import_module(name)).values() for name in names}
    found = {name: [value for value in values if isinstance(value, Check)] for name, values in modules.items()}
    missing = {name: [one.code for one in checks if one not in CHECKS.values()] for name, checks in found.items()}
    assert {name: codes for name, codes in missing.items() if codes} == {}, "add these modules to rulebook.MODULES"
    assert set(CHECKS.values()) == {one for checks in found.values() for one in checks}
    assert len(CHECKS) > 100
    assert list(CHECKS) == sorted(CHECKS)


def test_every_module_of_the_rule_book_has_checks():
    assert len(set(rulebook.MODULES)) == len(rulebook.MODULES)
    bare = [
        module.__name__ for module in rulebook.MODULES if not any(isinstance(v, Check) for v in vars(module).values())
    ]
    assert bare == []


def test_every_check_has_its_topic():
    starts = {code[:3] for code in CHECKS}
    assert starts <= set(rulebook.TOPICS)


# --- Text ---------------------------------------------------------------------------------------------------------------------


def test_a_check_in_a_terminal():
    assert rulebook.as_text(CHECKS["GW202"], 100) == (
        "GW202 number-year  警告  惯例\n"
        "要求  发文字号的年份与成文日期的年份一致。\n"
        "理由  发文字号按年编，年份就是发文的年份；两处不同，多半有一处是从旧稿带来的。\n"
        "错例  number: 云工发〔2025〕21号\n"
        "      date: 2026-06-22\n"
        "正例  number: 云工发〔2026〕21号\n"
        "      date: 2026-06-22\n"
    )


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_prose_keeps_to_the_width_and_examples_stay_as_they_are(columns):
    for check in CHECKS.values():
        lines = rulebook.as_text(check, columns).splitlines()
        until = next((index for index, line in enumerate(lines) if line.startswith("错例")), len(lines))
        assert all(width(line) <= columns + 6 for line in lines[1:until])  # marks may stand out
        shown = "".join("".join(line.removeprefix("要求").removeprefix("理由").split()) for line in lines[1:until])
        assert shown == "".join((check.what + check.why).split())
        assert all(line in "\n".join(lines) for line in rulebook.example(check.wrong).splitlines())


def test_a_check_of_the_program_rests_on_no_clause():
    text = rulebook.as_text(CHECKS["GW001"], 100)
    assert text.startswith("GW001 unreadable-file  错误  程序\n要求  ")
    assert "错例" not in text


def test_an_example_says_which_key_is_missing():
    assert rulebook.example("kind: 请示\nsigners: null\n") == "kind: 请示\n# 没有 signers 这一项"


def test_a_fixable_check_says_so(monkeypatch):
    check = CHECKS["GW201"]
    monkeypatch.setattr(rulebook, "FIXABLE", frozenset())
    assert "能代改" not in rulebook.as_text(check, 100) + rulebook.section(check)
    assert json.loads(rulebook.as_json([check]))[0]["fixable"] is False
    monkeypatch.setattr(rulebook, "FIXABLE", frozenset(["GW201"]))
    assert rulebook.as_text(check, 100).startswith("GW201 number-form  错误  GB/T 9704 7.2.5  能代改\n")
    assert "**错误**；依据：GB/T 9704 7.2.5；能代改。\n" in rulebook.section(check)
    assert json.loads(rulebook.as_json([check]))[0]["fixable"] is True
    assert re.search(r"^\| \[GW201\].* \| 能 \|$", rulebook.as_markdown(), re.MULTILINE)


# --- The command --------------------------------------------------------------------------------------------------------------


def test_rule_prints_checks_by_code_and_name_each_once():
    text = rulebook.as_text(CHECKS["GW201"], 100) + "\n" + rulebook.as_text(CHECKS["GW305"], 100)
    assert run("gw201", "made-twice", "GW201") == (None, text, None)


def test_rule_prints_all():
    _, out, _ = run("--all")
    assert re.findall(r"^(GW\d{3}) ", out, re.MULTILINE) == list(CHECKS)


def test_rule_prints_json():
    _, out, _ = run("--all", "--format", "json")
    rows = json.loads(out)
    assert [row["code"] for row in rows] == list(CHECKS)
    assert all(
        list(row) == ["code", "name", "severity", "basis", "clause", "fixable", "what", "why", "wrong", "right"]
        for row in rows
    )
    first = next(row for row in rows if row["code"] == "GW202")
    assert first["severity"] == "warning"
    assert (first["basis"], first["clause"]) == ("practice", "惯例")
    assert first["wrong"] == "number: 云工发〔2025〕21号\ndate: 2026-06-22"


def test_rule_prints_markdown_of_some():
    _, out, _ = run("GW202", "--format", "markdown")
    assert out == rulebook.section(CHECKS["GW202"])
    assert out.startswith("### GW202 number-year\n\n**警告**；依据：惯例。\n")
    assert "错例：\n\n```yaml\nnumber: 云工发〔2025〕21号\ndate: 2026-06-22\n```\n" in out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "写上代码或名称，或者用 --all 列出全部"),
        (("--all", "GW201"), "代码和 --all 不能一起写"),
        (("number-from",), "没有 number-from 这个检查项目，是不是 GW201 number-form"),
        (
            ("GW4",),
            "没有 GW4 这个检查项目，是不是 GW401 imprint-missing、GW402 printed-before-dated、GW403 addressees-moved？",
        ),
        (("GW201", "发文字号"), "没有 发文字号 这个检查项目"),
    ],
)
def test_wrong_use(args, message):
    status, out, error = run(*args)
    assert (status, out) == (None, "")
    assert str(error).startswith(message)
    assert error.exit_code == 2


def test_the_rule_book_waits_for_no_library_of_the_build():
    libraries = ("weasyprint", "jinja2", "pikepdf", "pypdfium2")
    code = f"import sys, gongwen.rulebook; print([name for name in {libraries} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# --- docs/rules.md ------------------------------------------------------------------------------------------------------------


def test_the_page_is_fresh():
    renew = "renew it: gongwen rule --all --format markdown > docs/rules.md"
    assert PAGE.read_text("utf-8") == run("--all", "--format", "markdown")[1], renew


def test_the_page_has_a_row_and_a_section_for_every_check():
    text = rulebook.as_markdown()
    links = re.findall(r"^\| \[(GW\d{3})\]\(#([a-z0-9-]+)\) \|", text, re.MULTILINE)
    assert [code for code, _ in links] == list(CHECKS)
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert [anchor for _, anchor in links] == [heading.lower().replace(" ", "-") for heading in headings]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {6}
    assert text.count("```") % 2 == 0


def test_a_check_without_examples_has_a_section_without_them():
    assert "```" not in rulebook.section(Check("GW999", "nothing", BLOCKING, what="甲。", why="乙。"))
