"""Drafts with the diagnostics that they must give written beside the line, and no others.

A comment ``# error: GW101 3-5 没有“标提”这个键`` stands above the line that is meant, or at its end: severity, code, first and last
column marked (``3-+1:9`` ends on the next line; ``4-3`` marks nothing but a place), and the start of the message. ``file`` in
place of the columns means the file as a whole.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

import gongwen.pictures
import gongwen.rules
from gongwen import enclosures, parser, project, rulebook, selection, suppression, tables
from gongwen.diagnostics import Check
from gongwen.rules.registry import LAYOUT_RULES, TEXT_RULES

FOLDER = Path(__file__).parent / "drafts"
SETTINGS = "gongwen.yaml"
DRAFTS = sorted(
    path.relative_to(FOLDER)
    for path in FOLDER.rglob("*.yaml")
    if path.name != SETTINGS and not path.name.startswith("_")  # texts that drafts enclose
)
assert DRAFTS

EXPECTED = re.compile(
    r"# (?P<severity>error|warning|info): (?P<code>GW\d{3}) "
    r"(?P<place>file|\d+-(?:\+\d+:)?\d+) (?P<message>\S.*)$"
)


def expected_in(path):
    """What the comments of a file ask for: (severity, code, line, place, message); a line of 0 means the whole file."""
    found, waiting = [], []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        match = EXPECTED.search(line)
        if match is None and re.search(r"# *(error|warning|info)\b", line):
            pytest.fail(f"{path.name}:{number}: not a comment of the form that is read: {line}")
        if match:
            waiting.append(match)
        if line.strip() and not line.lstrip().startswith("#"):
            found += [(one, number) for one in waiting]
            waiting = []
    assert not waiting, f"{path.name}: a comment at the end stands above no line"
    return [
        (one["severity"], one["code"], 0 if one["place"] == "file" else number, one["place"], one["message"])
        for one, number in found
    ]


def place(span):
    if span is None:
        return 0, "file"
    lines = span.end.line - span.start.line
    last = f"+{lines}:{span.end.column - 1}" if lines else f"{span.end.column - 1}"
    return span.start.line, f"{span.start.column}-{last}"


def compared(expected, diagnostics):
    """Both sides as counters; a found message is cut to the expected one of its place where it begins with it."""
    wanted = Counter(expected)
    rest = wanted.copy()
    found = Counter()
    for diagnostic in diagnostics:
        line, where = place(diagnostic.span)
        head = (str(diagnostic.severity), diagnostic.check.code, line, where)
        fitting = [one for one in rest if one[:4] == head and rest[one] and diagnostic.message.startswith(one[4])]
        one = max(fitting, key=lambda one: len(one[4]), default=(*head, diagnostic.message))
        rest[one] -= 1
        found[one] += 1
    return wanted, found


@pytest.mark.parametrize("draft", DRAFTS, ids=str)
def test_diagnostics_stand_beside_the_line(draft, compiler):
    path = FOLDER / draft
    checked = compiler.check(path)
    files = {*(source.name for source in checked.sources)}
    files |= {checked.project.source.name} if checked.project.source else set()
    by_file = {file: [one for one in checked.diagnostics if one.file == file] for file in files}
    assert sum(map(len, by_file.values())) == len(checked.diagnostics)
    for file, diagnostics in by_file.items():
        wanted, found = compared(expected_in(Path(file)), diagnostics)
        assert found == wanted
    # What cannot be read (codes below GW200) is no document, nor is one whose enclosed file cannot be read; what has no faces is not
    # set. Rules stop neither.
    of_reading = [one for source in checked.sources for one in by_file[source.name] if one.is_error]
    unread = any(one.check.code < "GW200" or one.check is enclosures.UNUSABLE_FILE for one in of_reading)
    faceless = any(one.is_error for one in checked.project.diagnostics)
    unusable = any("GW507" <= one.check.code <= "GW511" for one in by_file[str(path)])
    gappy = any(one.check in checks_of(tables) for one in by_file[str(path)])
    assert (checked.document is None) == unread
    assert (checked.layout is None) == (unread or faceless or unusable or gappy)


def modules_of(package):
    """All modules of a package and of those inside it."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(one.name) for one in found]


def checks_of(*modules):
    """What the modules find themselves; codes below GW100 belong to reading, which has tests of its own."""
    found = {value for module in modules for value in vars(module).values() if isinstance(value, Check)}
    return {check for check in found if check.code >= "GW100"}


STRUCK = checks_of(
    *modules_of(gongwen.rules),
    *modules_of(gongwen.pictures),
    parser,
    enclosures,
    tables,
    project,
    selection,
    suppression,
)
assert {check for rule in LAYOUT_RULES + TEXT_RULES for check in rule.checks} <= STRUCK


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_check_strikes_in_both_languages(language, compiler):
    drafts = [draft for draft in DRAFTS if draft.parts[0] == language]
    checked = [compiler.check(FOLDER / draft) for draft in drafts]
    assert {one.language for one in checked if one.source.data} == {language}
    struck = {diagnostic.check for one in checked for diagnostic in one.diagnostics}
    assert {one.name for one in STRUCK - struck} == set()


def test_both_languages_have_the_same_drafts():
    names = {
        language: [Path(*draft.parts[1:]) for draft in DRAFTS if draft.parts[0] == language]
        for language in ("en", "zh")
    }
    assert names["en"] == names["zh"]


def test_some_drafts_are_right():
    right = [draft for draft in DRAFTS if draft.name.startswith("right")]
    assert len(right) >= 4
    assert all(not expected_in(FOLDER / draft) for draft in right)
    assert all(expected_in(FOLDER / draft) for draft in DRAFTS if draft not in right and len(draft.parts) == 2)


def test_the_harness_sees_unexpected_missing_and_misplaced_diagnostics(draft, compiler):
    path = draft("# error: GW101 1-6 没有“tittle”\ntittle: x  # error: GW101 1-6 没有“tittle”\n")
    assert expected_in(path) == [("error", "GW101", 2, "1-6", "没有“tittle”")] * 2
    path = draft("# error: GW101 1-5 没有“tittle”\ntittle: x  # error: GW102 1-6 稿件缺少“kind”\n")
    wanted, found = compared(expected_in(path), compiler.check(path).diagnostics)
    assert ("error", "GW101", 2, "1-6", "没有“tittle”这个键") in found - wanted
    assert ("error", "GW101", 2, "1-5", "没有“tittle”") in wanted - found
    assert ("error", "GW102", 2, "1-6", "稿件缺少“kind”") not in wanted - found
    assert len(found) == len(compiler.check(path).diagnostics)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_draft_has_more_than_sixty_faults_of_different_rules(language):
    """Each is found, at its line and columns: `test_diagnostics_stand_beside_the_line` holds the draft to its comments."""
    known = {check.code: check for check in rulebook.checks().values()}
    planted = {code for _, code, *_ in expected_in(FOLDER / language / "planted.yaml")}
    assert len([code for code in planted if known[code].is_rule]) > 60
