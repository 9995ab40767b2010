"""What explains a check is true: its wrong example gives the check, its right one gives neither the check nor any error.

Examples are laid over the base drafts in ``bases`` (`examples`). The checks of all modules come in by themselves; what is listed here
by its code is what cannot be shown so, each with the reason.
"""

from __future__ import annotations

import re
from pathlib import Path

import examples
import pytest

from gongwen import rulebook
from gongwen.diagnostics import Basis
from gongwen.kinds import kinds

DRAFTS = Path(__file__).parent / "drafts"
LANGUAGES = ("en", "zh")
CHECKS = list(rulebook.checks().values())
RULES = [check for check in CHECKS if check.is_rule]
assert RULES

WORDS = {
    "GW313": "the image of a seal",
    "GW314": "the image of a seal",
    "GW403": "addressees that fill a page",
    "GW503": "an option of the run, and faces of the machine",
    "GW512": "the pixels of an image",
    "GW513": "the file of an image",
    "GW601": "addressees that fill a page",
    "GW701": "the finished PDF",
    "GW702": "the finished PDF",
    "GW704": "the finished PDF",
}
"""Rules whose examples are said in words, because it takes more than lines of a draft → what it takes."""

NOT_IN_DRAFTS = {
    "GW503": "asked for by --strict-fonts",
    "GW701": "found in the finished PDF",
    "GW702": "found in the finished PDF",
    "GW704": "found in the finished PDF",
}
"""Rules that no check of a draft strikes → where they are found."""

TRIED = [
    pytest.param(check, check.wrong, id=check.code)
    for check in CHECKS
    if check.wrong and not examples.is_words(check.wrong)
]
RIGHT = [
    pytest.param(check, check.right, id=check.code)
    for check in CHECKS
    if check.right and not examples.is_words(check.right)
]
assert TRIED
assert RIGHT


@pytest.fixture(scope="module")
def diagnostics_of(compiler, tmp_path_factory):
    """A function: example → the diagnostics of its whole draft. Each is checked once."""
    known = {}

    def check(example):
        if example not in known:
            path = examples.write(example, tmp_path_factory.mktemp("example"))
            known[example] = compiler.check(path).diagnostics
        return known[example]

    return check


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
    claims = re.compile(r"GB/T|条例第|标准规定|标准要求")
    assert [check.code for check in practice if claims.search(check.what + check.why)] == []


def test_only_what_is_listed_is_said_in_words():
    said = {check.code for check in RULES if examples.is_words(check.wrong) or examples.is_words(check.right)}
    assert said == set(WORDS)


# --- The examples -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("check", "example"), TRIED)
def test_what_is_wrong_gives_the_check(check, example, diagnostics_of):
    found = diagnostics_of(example)
    assert check in {one.check for one in found}, [f"{one.check.code} {one.message}" for one in found]


@pytest.mark.parametrize(("check", "example"), RIGHT)
def test_what_is_right_gives_neither_the_check_nor_an_error(check, example, diagnostics_of):
    bad = [one for one in diagnostics_of(example) if one.check == check or one.is_error]
    assert [f"{one.check.code} {one.message}" for one in bad] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_wrong_draft_with_the_diagnostic_beside_its_line(language):
    texts = [path.read_text("utf-8") for path in sorted((DRAFTS / language).rglob("*.yaml"))]
    expected = {code for text in texts for code in re.findall(r"# (?:error|warning|info): (GW\d{3}) ", text)}
    assert {check.code for check in RULES} - expected == set(NOT_IN_DRAFTS)


# --- Cures --------------------------------------------------------------------------------------------------------------------


def test_the_rule_book_knows_which_checks_give_a_cure(diagnostics_of, compiler):
    """The drafts and the examples say it: where a finding comes with what mends it, its check is fixable."""
    drafts = sorted((DRAFTS / "en").rglob("*.yaml"))
    found = [one for path in drafts if path.name != "gongwen.yaml" for one in compiler.check(path).diagnostics]
    found += [one for parameter in TRIED for one in diagnostics_of(parameter.values[1])]
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


def test_an_example_without_keys_is_a_whole_file():
    assert examples.laid_over("- 标题\n") == "- 标题\n"


def test_an_example_may_give_settings(tmp_path):
    path = examples.write("# gongwen.yaml\nunit: {name: 甲}\n# 稿件\nissuer: 甲\n", tmp_path)
    assert (tmp_path / "gongwen.yaml").read_text("utf-8") == "unit: {name: 甲}\n"
    assert "issuer: 甲\n" in path.read_text("utf-8")
    assert not examples.is_words("# gongwen.yaml\nunit: {name: 甲}\n")
    assert examples.is_words("# 甲\n# 乙\n")
