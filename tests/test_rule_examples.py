"""What explains a check is true: its wrong example gives the check, its right one gives neither the check nor any error.

Examples are laid over the base drafts in ``bases`` (`examples`). The checks of all modules come in by themselves; what is listed here
by its code is what cannot be shown so, each with the reason.
"""

from __future__ import annotations

import re
from pathlib import Path

import examples
import pytest
from click.testing import CliRunner

from gongwen import rulebook
from gongwen.cli import cli
from gongwen.diagnostics import Basis
from gongwen.kinds import kinds
from gongwen.rules.registry import LAYOUT_RULES

DRAFTS = Path(__file__).parent / "drafts"
LANGUAGES = ("en", "zh")
CHECKS = list(rulebook.checks().values())
RULES = [check for check in CHECKS if check.is_rule]
assert RULES

WORDS = {
    "GW503": "an option of the run, and faces of the machine",
    "GW513": "the file of an image",
    "GW701": "the finished PDF",
    "GW702": "the finished PDF",
    "GW704": "the finished PDF",
}
"""Rules whose examples are said in words, because it takes more than lines of a draft → what it takes."""
OF_PAGES = {check.code for rule in LAYOUT_RULES for check in rule.checks}
"""Rules that look at pages, or at the images on them, may be said in words too: it takes text that fills them."""

NOT_IN_DRAFTS = {
    "GW503": "asked for by --strict-fonts",
    "GW701": "found in the finished PDF",
    "GW702": "found in the finished PDF",
    "GW704": "found in the finished PDF",
}
"""Rules that no check of a draft strikes → where they are found."""


def tried(side):
    """The examples of a side that are lines, each with its check."""
    given = [(check, getattr(check, side)) for check in CHECKS]
    return [pytest.param(check, text, id=check.code) for check, text in given if text and not examples.is_words(text)]


WRONG, RIGHT = tried("wrong"), tried("right")
assert WRONG
assert RIGHT


@pytest.fixture(scope="module")
def found_in(compiler, tmp_path_factory):
    """A function: example → what is found in its drafts, as tuples of code, severity, message. Each is checked once."""
    known = {}

    def check(example):
        if example not in known:
            known[example] = _found(example, tmp_path_factory.mktemp("example"), compiler)
        return known[example]

    return check


def _found(example, folder, compiler):
    drafts = examples.write(example, folder)
    if len(drafts) == 1:
        diagnostics = compiler.check(drafts[0]).diagnostics
        return [(one.check.code, str(one.severity), one.message) for one in diagnostics]
    # What holds between drafts is found by the command alone, which is given the folder.
    words = {"错误": "error", "警告": "warning", "提示": "info"}
    out = CliRunner().invoke(cli, ["check", str(folder)], standalone_mode=False).stdout
    return [
        (code, words[word], text)
        for word, code, text in re.findall(r"^(..)\[(GW\d{3}) .+?\]：(.+)$", out, re.MULTILINE)
    ]


# --- The base drafts ----------------------------------------------------------------------------------------------------------


def test_there_is_a_base_of_every_kind():
    assert set(examples.BASES) == set(kinds())


@pytest.mark.parametrize("kind", examples.BASES)
def test_a_base_is_clean(kind, compiler):
    checked = compiler.check(examples.BASES[kind])
    assert checked.diagnostics == ()
    assert checked.layout is not None
    assert checked.document.kind == kind


# --- The explanations ---------------------------------------------------------------------------------------------------------


def test_every_check_is_explained():
    assert [check.code for check in CHECKS if not (check.what and check.why)] == []


def test_every_rule_is_shown_wrong_and_right():
    assert [check.code for check in RULES if not (check.wrong.strip() and check.right.strip())] == []


def test_explanations_are_sentences():
    texts = [(check.code, text) for check in CHECKS for text in (check.what, check.why)]
    assert [code for code, text in texts if not text.endswith("。") or text != text.strip() or "\n" in text] == []


def test_what_is_practice_never_claims_the_standard():
    practice = [check for check in RULES if check.authority.basis is Basis.PRACTICE]
    assert practice
    # It may say what a standard has in a like case, in brackets, but not rest on it.
    claims = re.compile(r"^(?:GB/T|条例)|(?:标准|条例|GB/T [^，。；（）]*)(?:规定|要求|应当|必须)")
    assert [check.code for check in practice if claims.search(check.what) or claims.search(check.why)] == []


def test_only_what_is_listed_is_said_in_words():
    said = {check.code for check in RULES if examples.is_words(check.wrong) or examples.is_words(check.right)}
    assert said - OF_PAGES == set(WORDS)


# --- The examples -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("check", "example"), WRONG)
def test_what_is_wrong_gives_the_check(check, example, found_in):
    found = found_in(example)
    assert (check.code, str(check.severity)) in {(code, severity) for code, severity, _ in found}, found


@pytest.mark.parametrize(("check", "example"), RIGHT)
def test_what_is_right_gives_neither_the_check_nor_an_error(check, example, found_in):
    assert [one for one in found_in(example) if one[0] == check.code or one[1] == "error"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_wrong_draft_with_the_diagnostic_beside_its_line(language):
    texts = [path.read_text("utf-8") for path in sorted((DRAFTS / language).rglob("*.yaml"))]
    expected = {code for text in texts for code in re.findall(r"# (?:error|warning|info): (GW\d{3}) ", text)}
    wanted = {
        check.code for check in RULES if examples.is_words(check.wrong) or not examples.takes_several(check.wrong)
    }
    assert wanted - expected == set(NOT_IN_DRAFTS)


# --- Cures --------------------------------------------------------------------------------------------------------------------


def test_the_rule_book_knows_which_checks_give_a_cure(compiler, tmp_path_factory):
    """The drafts and the examples say it: where a finding comes with what mends it, its check is fixable."""
    drafts = [path for path in sorted((DRAFTS / "en").rglob("*.yaml")) if path.name != examples.SETTINGS]
    for parameter in WRONG:
        drafts += examples.write(parameter.values[1], tmp_path_factory.mktemp("example"))
    found = [one for path in drafts for one in compiler.check(path).diagnostics]
    mended = sorted({one.check.code for one in found if one.replacement is not None})
    assert sorted(rulebook.FIXABLE) == mended, f"write in rulebook.py: FIXABLE = frozenset({mended})"


# --- How examples are laid over bases -----------------------------------------------------------------------------------------


def test_a_key_of_an_example_takes_the_place_of_the_base():
    base = examples.BASES["通知"].read_text("utf-8")
    laid = examples.laid_over("number: 待定\n")
    assert laid == re.sub(r"^number: .*$", "number: 待定", base, flags=re.MULTILINE)
    assert laid != base


def test_an_example_removes_keys_adds_keys_and_writes_one_twice():
    laid = examples.laid_over("date: null\nnote: 甲\nnote: 乙\nbody:\n  - 丙\n")
    assert "date:" not in laid
    assert laid.index("note: 甲\nnote: 乙\nbody:\n  - 丙\n") < laid.index("imprint:")
    assert laid.count("body:") == 1


def test_an_example_is_laid_over_the_base_of_its_kind():
    assert "云州市工人文化宫" not in examples.laid_over("kind: 请示\nbody: [甲。]\n")
    assert "signers: [王小明]" in examples.laid_over("kind: 请示\nnumber: 待定\n")
    assert "number: 云工发〔2026〕21号" in examples.laid_over("kind: 方案\n")
    assert "stamp: reserved" in examples.laid_over("kind: 令\n")


def test_an_example_without_keys_is_a_whole_file():
    assert examples.laid_over("- 标题\n") == "- 标题\n"


def test_an_example_may_give_settings(tmp_path):
    drafts = examples.write("# gongwen.yaml\nunit: {name: 甲}\n# 稿件\nissuer: 甲\n", tmp_path)
    assert (tmp_path / "gongwen.yaml").read_text("utf-8") == "unit: {name: 甲}\n"
    assert [path.name for path in drafts] == ["draft.yaml"]
    assert "issuer: 甲\n" in drafts[0].read_text("utf-8")


def test_settings_alone_stand_beside_the_base(tmp_path):
    (draft,) = examples.write("# gongwen.yaml\nunit: {name: 甲}", tmp_path)
    assert draft.read_text("utf-8") == examples.BASES["通知"].read_text("utf-8")


def test_an_example_may_give_several_drafts_and_what_they_enclose(tmp_path):
    example = "# 甲.yaml\nissued: {file: _乙.yaml}\n# _乙.yaml\ntitle: 乙\n# 丙.yaml\ndate: 待定\n"
    assert examples.takes_several(example)
    assert not examples.takes_several(example.partition("# 丙")[0])
    assert [path.name for path in examples.write(example, tmp_path)] == ["甲.yaml", "丙.yaml"]
    assert (tmp_path / "_乙.yaml").read_text("utf-8") == "title: 乙\n"
    assert "date: 待定\n" in (tmp_path / "丙.yaml").read_text("utf-8")


def test_several_drafts_are_checked_by_the_command(found_in):
    found = found_in("# 甲.yaml\nurgency: 急件\n# 乙.yaml\nnumber: null\n")
    assert {("GW301", "warning"), ("GW105", "error")} <= {one[:2] for one in found}
    assert any("急件" in message for _, _, message in found)


def test_an_example_in_words_is_not_tried():
    assert examples.is_words("# 主送机关占满首页")
    assert examples.is_words("# 甲.yaml 里没有：\nissued: {file: _乙.yaml}\n")
    assert not examples.is_words("# 甲.yaml\nnote: 乙\n")
    assert not examples.is_words("note: 乙\n# 丙\n")
