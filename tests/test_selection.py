"""Which checks a project and a run want, and how much each weighs."""

import pickle
import re
from dataclasses import replace

import pytest

from gongwen import cli, preflight, project, rules
from gongwen.checks import Checks, fits, is_called, known
from gongwen.compiler import Compiler
from gongwen.diagnostics import Diagnostic, Finding, Severity
from gongwen.outcome import Outcome
from gongwen.parser import UNKNOWN_KEY, UNKNOWN_KIND
from gongwen.project import CheckSettings, ProjectSettings
from gongwen.rules import registry
from gongwen.rules.elements.header import LEAD_OF_ONE, NUMBER_FORM, NUMBER_YEAR
from gongwen.rules.elements.imprint import IMPRINT_MISSING
from gongwen.rules.kinds.kind import TITLE_ENDING
from gongwen.selection import EVERYTHING, Selection, of_settings

DRAFT = """\
kind: 通知
issuer: 某市总工会
number: {number}
title: 某市总工会关于开展夏季送清凉活动的{ending}
addressees: 各县总工会
body:
  - 为做好高温天气下职工的劳动保护工作，市总工会决定开展夏季送清凉活动。现将有关事项通知如下。
  - 各县总工会要走访高温作业场所，把防暑用品送到职工手中，并会同有关部门检查高温津贴的发放情况。
date: 2026-06-22
imprint:
  issuing_office: 某市总工会办公室
  issued_on: 2026-06-22
"""
RIGHT = DRAFT.format(number="某工发〔2026〕18号", ending="通知")
WRONG_NUMBER = DRAFT.format(number="某工发[2026]18号", ending="通知")
WRONG_TITLE = DRAFT.format(number="某工发〔2026〕18号", ending="事")


CONCERNED = re.compile(r"GW(1\d\d|201|222|701|95\d)")
"""The codes that these tests are about; of other rules they know nothing."""


def codes(checked):
    return [one.check.code for one in checked.diagnostics if CONCERNED.fullmatch(one.check.code)]


def names(checked):
    return [(one.check.code, str(one.severity)) for one in checked.diagnostics if CONCERNED.fullmatch(one.check.code)]


# --- patterns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "does"),
    [
        ("GW201", True),
        ("gw201", True),
        (" GW20 ", True),
        ("GW2", True),
        ("GW", True),
        ("number-form", True),
        ("Number", True),
        ("number-", False),
        ("num", False),
        ("form", False),
        ("GW2012", False),
        ("GW3", False),
        ("", False),
    ],
)
def test_a_pattern_is_a_code_a_name_or_a_beginning_of_either(pattern, does):
    assert fits(NUMBER_FORM, pattern) is does


def test_only_whole_codes_and_names_call_a_check():
    assert [one for one in ("gw201", "NUMBER-FORM", "GW20", "number") if is_called(NUMBER_FORM, one)] == [
        "gw201",
        "NUMBER-FORM",
    ]


def test_checks_are_found_by_code_or_name():
    checks = Checks([TITLE_ENDING, NUMBER_YEAR, NUMBER_FORM])
    assert checks.all == (NUMBER_FORM, NUMBER_YEAR, TITLE_ENDING)
    assert checks.find(" gw201 ") is checks.find("Number-Form") is NUMBER_FORM
    assert checks.find("GW999") is checks.find("GW2") is None
    assert [checks.is_known(one) for one in ("GW2", "number", "GW3")] == [True, True, False]


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("GW2O1", "GW201"),
        ("gw22", "GW222"),
        ("GW2011", "GW201"),
        ("numbr-form", "number-form"),
        ("GW999", None),
        ("天气", None),
    ],
)
def test_the_nearest_code_or_name_is_offered(given, near):
    assert Checks([NUMBER_FORM, TITLE_ENDING]).meant(given) == near


@pytest.mark.parametrize("text", ["GW201", "gw201", " GW201 ", "number-form", "Number-Form"])
def test_a_check_is_found_by_code_and_name(text):
    assert known().find(text) is NUMBER_FORM


@pytest.mark.parametrize("text", ["GW2011", "GW20", "number", "", "发文字号"])
def test_what_is_no_check_is_not_found(text):
    assert known().find(text) is None


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("number-from", "GW201"), ("GW2011", "GW201"), ("made-twise", "GW305"), ("GW20", "GW201"), ("opaque", "GW314")],
)
def test_the_nearest_checks_are_suggested(text, nearest):
    near = [check.code for check in known().near(text)]
    assert nearest in near
    assert len(set(near)) == len(near) <= 3


@pytest.mark.parametrize("text", ["", "  ", "发文字号"])
def test_nothing_is_near_to_what_is_no_code(text):
    assert known().near(text) == []


def test_every_check_of_the_program_is_known():
    codes_known = {check.code for check in known().all}
    struck = {
        check.code
        for subject in vars(registry).values()
        if isinstance(subject, list)
        for rule in subject
        for check in rule.checks
    }
    assert len(struck) > 50
    assert struck <= codes_known
    assert {"GW001", "GW101", "GW304", "GW345", "GW507", "GW511", "GW701", "GW950", "GW953"} <= codes_known


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        ((), (), True),
        (("GW2",), (), True),
        (("GW3",), (), False),
        ((), ("GW2",), False),
        (("GW2",), ("GW2",), False),
        (("GW201",), ("GW2",), True),
        (("GW2",), ("GW201",), False),
        (("GW20",), ("GW2",), True),
        (("number-form",), ("GW201",), False),
        (("number-form",), ("GW20",), True),
        (("number",), ("GW",), True),
        (("GW3", "GW201"), ("GW20",), True),
    ],
)
def test_the_closer_pattern_wins_and_to_ignore_wins_a_draw(select, ignore, wanted):
    assert Selection(select, ignore).wants(NUMBER_FORM) is wanted


@pytest.mark.parametrize("check", [UNKNOWN_KEY, UNKNOWN_KIND])
def test_what_is_binding_is_always_wanted_and_never_lowered(check):
    selection = Selection(("GW2",), (check.code,), ((check.code, Severity.INFO),))
    assert check.is_binding
    assert selection.wants(check)
    assert selection.severity(check) is Severity.ERROR


def test_binding_are_errors_of_the_program_and_of_reading():
    assert not NUMBER_FORM.is_binding  # an error, of a rule
    assert not LEAD_OF_ONE.is_binding  # of the program, a warning
    binding = [check for check in known().all if check.is_binding]
    assert len(binding) > 50
    assert all(check.severity is Severity.ERROR for check in binding)
    assert {check.code for check in binding if check.is_rule} == {"GW108", "GW109", "GW110"}


def test_a_run_outweighs_a_project():
    own = Selection(("GW2",), ("GW202",), (("GW201", Severity.WARNING),))
    assert own.under(EVERYTHING) == own
    assert own.under(Selection(ignore=("GW203",))) == Selection(("GW2",), ("GW202", "GW203"), own.severities)
    assert own.under(Selection(("GW202",), ("GW3",))) == Selection(("GW202",), ("GW3",), own.severities)


def test_a_selection_travels_between_processes():
    selection = Selection(("GW2",), ("GW202",), (("GW201", Severity.WARNING),))
    assert not selection.wants(NUMBER_YEAR)
    assert pickle.loads(pickle.dumps(selection)) == selection  # noqa: S301 - its own


def test_a_diagnostic_weighs_what_a_project_says():
    plain = Diagnostic(NUMBER_FORM, "…", "a.yaml")
    assert (plain.severity, plain.is_error) == (Severity.ERROR, True)
    lighter = replace(plain, weight=Severity.INFO)
    assert (lighter.severity, lighter.is_error) == (Severity.INFO, False)
    selection = Selection(severities=(("GW201", Severity.WARNING), ("GW401", Severity.ERROR)))
    both = [plain, Diagnostic(IMPRINT_MISSING, "…", "a.yaml")]
    assert [one.severity for one in selection.weighed(both)] == [Severity.WARNING, Severity.ERROR]
    assert list(EVERYTHING.weighed(both)) == both
    assert selection.lowered([NUMBER_FORM, IMPRINT_MISSING, UNKNOWN_KEY]) == ("GW201",)
    assert Selection(ignore=("GW",)).switched_off([NUMBER_FORM, IMPRINT_MISSING, UNKNOWN_KEY]) == ("GW201",)


# --- settings ---------------------------------------------------------------------------------------------------------

SETTINGS = {
    "en": "checks:\n  select: [GW2, imprint-missing]\n  ignore: GW202\n  severity: {GW201: warning, title-ending: error}\n",
    "zh": "检查:\n  只查: [GW2, imprint-missing]\n  不查: GW202\n  级别: {GW201: 警告, title-ending: 错误}\n",
}


@pytest.mark.parametrize("language", SETTINGS)
def test_settings_say_what_a_project_wants(language, draft, compiler):
    path = draft(WRONG_NUMBER.replace("通知\naddr", "事\naddr").replace("\nimprint", "\nnote: 没有括号\nimprint"))
    (path.parent / "gongwen.yaml").write_text(SETTINGS[language], "utf-8")
    checked = compiler.check(path)
    assert names(checked) == [("GW201", "warning"), ("GW222", "error")]
    assert checked.selection == Selection(
        ("GW2", "imprint-missing"), ("GW202",), (("GW201", Severity.WARNING), ("GW222", Severity.ERROR))
    )


WORDS = {
    "checks": "检查",
    "select": "只查",
    "ignore": "不查",
    "severity": "级别",
    "error": "错误",
    "warning": "警告",
    "info": "提示",
}


def in_language(text, language):
    return re.sub("|".join(WORDS), lambda word: WORDS[word[0]], text) if language == "zh" else text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("lines", "code", "marked", "message", "hint"),
    [
        ("select: [GW2, GW2O1]", "GW953", "GW2O1", "没有“GW2O1”这一检查项", "是不是“GW201”？"),
        ("ignore: [天气]", "GW953", "天气", "没有“天气”这一检查项", "写代码（如 GW202）"),
        ("ignore: GW101", "GW954", "GW101", "GW101 不能关闭", "删去这一项"),
        ("severity: {number-frm: info}", "GW953", "number-frm", "没有“number-frm”", "是不是“number-form”？"),
        ("severity: {GW005: warning}", "GW954", "GW005", "GW005 只能是错误", "删去这一项"),
        ("severity: {GW005: error, GW2: info}", "GW953", "GW2", "没有“GW2”", "是不是“GW201”？"),
        ("severity: {GW201: fatal}", "GW105", "fatal", "“GW201”不能是“fatal”", "可用的值：error、warning、info"),
        ("severity: GW201", "GW104", "GW201", "“severity”应当是下一层的键和值", "另起一行"),
        ("colour: GW201", "GW101", "colour", "没有“colour”这个键", "这里可用的键：select、ignore、severity"),
    ],
)
def test_faults_in_settings_stand_at_their_place(lines, code, marked, message, hint, language, draft, compiler):
    path = draft(RIGHT)
    (path.parent / "gongwen.yaml").write_text(in_language(f"checks:\n  {lines}\n", language), "utf-8")
    checked = compiler.check(path)
    (found,) = [one for one in checked.diagnostics if one.file.endswith("gongwen.yaml")]
    assert found.check.code == code
    text = checked.project.source.text
    assert text[found.span.start.offset : found.span.end.offset] == marked
    assert found.message.startswith(in_language(message, language))
    assert found.hint.startswith(in_language(hint, language))
    assert (checked.layout, Outcome.of(checked).settings) == (None, (found,))


def test_wrong_settings_do_not_hide_other_faults(draft, compiler):
    path = draft(RIGHT.replace("number:", "nummer:"))
    (path.parent / "gongwen.yaml").write_text("checks: {select: [GW999]}\n", "utf-8")
    assert set(codes(compiler.check(path))) == {"GW101", "GW953"}


def test_settings_need_not_say_anything():
    assert ProjectSettings().checks == project.ALL_CHECKS == CheckSettings()
    assert of_settings(CheckSettings(), known()) == (EVERYTHING, [])


# --- the compiler -----------------------------------------------------------------------------------------------------


def test_what_nobody_wants_is_not_looked_for(draft, monkeypatch):
    def explode(_document):
        raise AssertionError
        yield

    monkeypatch.setattr(rules, "DOCUMENT_RULES", [*registry.DOCUMENT_RULES, registry.Rule(explode, (NUMBER_FORM,))])
    assert codes(Compiler(wish=Selection(ignore=("GW201",))).check(draft(WRONG_NUMBER))) == []
    with pytest.raises(AssertionError):
        Compiler().check(draft(WRONG_NUMBER))


def test_a_lowered_error_lets_a_pdf_be_built(draft, tmp_path):
    path = draft(WRONG_NUMBER)
    assert Compiler().build(path, tmp_path / "a.pdf").pdf is None
    (tmp_path / "gongwen.yaml").write_text("checks: {severity: {GW201: info}}\n", "utf-8")
    built = Compiler().build(path, tmp_path / "a.pdf")
    assert names(built) == [("GW201", "info")]
    assert built.pdf == tmp_path / "a.pdf"
    assert built.pdf.stat().st_size > 0


def test_a_raised_warning_stops_a_build(draft, tmp_path):
    path = draft(WRONG_TITLE)
    assert Compiler().build(path, tmp_path / "a.pdf").pdf is not None
    (tmp_path / "gongwen.yaml").write_text("checks: {severity: {GW222: error}}\n", "utf-8")
    built = Compiler().build(path, tmp_path / "b.pdf")
    assert names(built) == [("GW222", "error")]
    assert (built.pdf, (tmp_path / "b.pdf").exists()) == (None, False)


def test_preflight_is_under_the_selection_too(draft, tmp_path, monkeypatch):
    path = draft(RIGHT)
    monkeypatch.setattr(preflight, "findings", lambda _results: [Finding(preflight.MISSED, "页边距")])
    assert codes(Compiler().build(path, tmp_path / "a.pdf")) == ["GW701"]
    assert codes(Compiler(wish=Selection(ignore=("GW7",))).build(path, tmp_path / "b.pdf")) == []
    path.write_text("# gongwen: ignore[GW701]\n" + RIGHT, "utf-8")
    assert codes(Compiler().build(path, tmp_path / "c.pdf")) == []
    assert codes(Compiler().check(path)) == []  # not told as unused by a run that does not measure


def test_rules_that_may_strike_are_those_of_the_class(draft, compiler):
    document = compiler.check(draft(RIGHT)).document
    assert {NUMBER_FORM, TITLE_ENDING} <= set(rules.checks_of(document))
    speech = compiler.check(draft("kind: 讲话稿\ntitle: 在会上的讲话\nbody: [某事。]\n")).document
    assert NUMBER_FORM not in set(rules.checks_of(speech))


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """A function: arguments → exit status, standard output, standard error; in the folder of the drafts."""
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return caught.value.code, out, err

    return main


def test_options_choose_checks(run, draft):
    draft(WRONG_NUMBER.replace("通知\naddr", "事\naddr"), "a.yaml")
    code, out, err = run("check", "a.yaml", "--select", "GW222")
    assert (code, "GW222" in out, "GW201" in out) == (0, True, False)
    assert "已关闭标准要求：GW201、GW203、GW207、GW208、" in err
    assert rest_of(err) > 8
    code, out, err = run("check", "a.yaml", "--ignore", "GW201,number-year", "--ignore", "title-ending")
    assert (code, "GW201" in out, "GW222" in out) == (0, False, False)
    assert "已关闭标准要求：GW201\n" in err


def rest_of(text):
    return int(re.search(r"等 (\d+) 项", text)[1])


def test_options_outweigh_settings(run, draft):
    draft(WRONG_NUMBER, "a.yaml")
    draft("checks: {ignore: [GW201]}\n", "gongwen.yaml")
    assert run("check", "a.yaml")[0] == 0
    assert run("check", "a.yaml", "--ignore", "GW3")[0] == 0
    code, out, _ = run("check", "a.yaml", "--select", "GW2")
    assert (code, "GW201" in out) == (1, True)


def test_required_rules_that_are_off_are_told_once(run, draft):
    draft(WRONG_NUMBER, "a.yaml")
    draft(WRONG_NUMBER.replace("18号", "19号").replace("关于", "再次关于"), "b.yaml")
    draft("checks: {ignore: [GW201, GW222], severity: {GW209: warning, GW401: error}}\n", "gongwen.yaml")
    code, _, err = run("check", "a.yaml", "b.yaml")
    assert code == 0
    assert err.count("已关闭标准要求：GW201\n") == 1
    assert err.count("已降低标准要求的级别：GW209\n") == 1
    assert run("build", "a.yaml", "--ignore", "GW701")[2].count("已关闭标准要求：GW201、GW701\n") == 1
    draft("{}", "gongwen.yaml")
    assert "标准要求" not in run("check", "a.yaml")[2]


def test_what_comments_take_back_is_counted(run, draft):
    draft(WRONG_NUMBER.replace("18号", "18号  # gongwen: ignore[GW201]"), "a.yaml")
    code, out, err = run("check", "a.yaml", "a.yaml")
    assert (code, "GW201" in out) == (0, False)
    assert err.count("按稿件里的注释忽略了 1 处\n") == 1
    draft(RIGHT, "a.yaml")
    assert "忽略" not in run("check", "a.yaml")[2]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--select", "GW2O1"), "--select：没有“GW2O1”这一检查项，是不是“GW201”？"),
        (("--ignore", "GW2,天气"), "--ignore：没有“天气”这一检查项（"),
        (("--ignore", "unknown-key"), "--ignore：GW101 不能关闭：有这样的错误，程序无法继续"),
    ],
)
def test_wrong_use(command, args, message, run, draft):
    draft(RIGHT, "a.yaml")
    code, out, err = run(command, "a.yaml", *args)
    assert (code, out) == (2, "")
    assert message in err


def test_a_group_that_holds_binding_checks_can_be_ignored(run, draft):
    draft(RIGHT.replace("title:", "tittle:"), "a.yaml")
    code, out, _ = run("check", "a.yaml", "--ignore", "GW1")
    assert (code, "GW101" in out) == (1, True)


def test_a_raised_warning_fails_a_run(run, draft):
    draft(WRONG_TITLE, "a.yaml")
    assert run("check", "a.yaml")[0] == 0
    draft("checks: {severity: {title-ending: error}}\n", "gongwen.yaml")
    code, out, err = run("check", "a.yaml")
    assert code == 1
    assert "错误[GW222 title-ending]" in out
    assert "1 个错误" in err
