"""The register, comparisons, processes and proposals on the command line."""

import csv
import datetime
import importlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from gongwen import checking, cli
from gongwen.cli import progress
from gongwen.outcome import Outcome
from gongwen.register.rows import HEAD
from gongwen.terminal import width

new = importlib.import_module("gongwen.cli.new")  # in the package the name is that of the command

TEXT = """\
kind: 通知
issuer: 某市总工会
number: {number}
title: 某市总工会关于{matter}的通知
addressees: [各单位]
body:
  - 请照此办理。
  - 请于2026年9月10日前将有关情况报市总工会办公室。
date: {date}
imprint: {{issuing_office: 某市总工会办公室, issued_on: {date}}}
"""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A function: arguments → exit status, standard output, standard error; in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return caught.value.code, out, err

    return main


@pytest.fixture
def drafts(tmp_path):
    """Four drafts: two in order, one with a placeholder, one with a fault."""
    folder = tmp_path / "a"
    folder.mkdir()
    for name, number, matter, date in (
        ("two", "某工发〔2026〕2号", "第二件事", "2026-03-02"),
        ("ten", "某工发〔2026〕待定号", "第十件事", "待定"),
        ("one", "某工发〔2026〕1号", "[第一件]事", "2026-03-01"),
        ("bad", "某工发[2026]3号", "第三件事", "2026-03-03"),
    ):
        (folder / f"{name}.yaml").write_text(TEXT.format(number=number, matter=matter, date=date), "utf-8")
    return folder


# --- register ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("drafts")
def test_the_register_is_a_table_whose_columns_stand_below_each_other(run):
    code, out, err = run("register", "a")
    assert (code, err) == (0, "共 4 份稿件：2 份可付印，1 份待定，1 份有错\n")
    head, rule, *lines = out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "某工发〔2026〕1号",
        "某工发〔2026〕2号",
        "某工发[2026]3号",
        "某工发〔2026〕待定号",
    ]
    assert set(rule.strip()) == {"─"}
    assert head.split() == list(HEAD)
    assert lines[0].split() == [
        *("某工发〔2026〕1号", "某市总工会关于[第一件]事的通知", "通知"),
        *("2026年3月1日", "可付印", "2", "a/one.yaml"),
    ]
    for name, words in (("状态", ("可付印", "可付印", "有错", "待定")), ("文种", ("通知",) * 4)):
        column = width(head[: head.index(name)])
        assert {width(line[: line.index(f" {word} ") + 1]) for line, word in zip(lines, words, strict=True)} == {column}
    assert "\x1b" not in out


@pytest.mark.usefixtures("drafts")
def test_a_table_on_a_terminal_is_as_wide_as_that_and_has_colours(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    _, out, _ = run("register", "a")
    plain = re.sub(r"\x1b\[[\d;]*m", "", out)
    assert plain != out
    assert max(map(width, plain.splitlines())) <= 90
    assert "可付印" in plain


@pytest.mark.usefixtures("drafts")
def test_csv_goes_to_the_screen_or_to_a_file(run, tmp_path):
    code, out, _ = run("register", "--format", "csv", "a")
    assert code == 0
    table = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert (tuple(table[0]), len(table)) == (HEAD, 5)
    code, out, err = run("register", "a", "-o", "登记.csv")
    assert (code, out) == (0, "")
    assert err.startswith("已写出 登记.csv\n")
    assert (tmp_path / "登记.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("drafts")
def test_a_workbook_needs_a_file(run, tmp_path):
    code, out, err = run("register", "--format", "xlsx", "a")
    assert (code, out) == (2, "")
    assert "xlsx 写不到屏幕上，用 -o 写明文件" in err
    for args in (("-o", "登记.xlsx"), ("--format", "xlsx", "-o", "登记.xlsx")):
        assert run("register", "a", *args)[0] == 0
        sheet = openpyxl.load_workbook(tmp_path / "登记.xlsx").worksheets[0]
        assert sheet.max_row == 5
        assert sheet["D2"].value == datetime.datetime(2026, 3, 1)  # noqa: DTZ001 - a workbook knows no zones
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.usefixtures("drafts")
def test_json_is_one_document(run):
    code, out, _ = run("register", "a", "--format", "json")
    assert code == 0
    assert [one["state"] for one in json.loads(out)["drafts"]] == ["ready", "ready", "error", "pending"]


@pytest.mark.usefixtures("drafts")
def test_a_table_goes_to_a_file_of_another_name(run, tmp_path):
    assert run("register", "a", "-o", "登记.txt")[0] == 0
    assert len((tmp_path / "登记.txt").read_text("utf-8").splitlines()) == 6


@pytest.mark.usefixtures("drafts")
def test_a_file_that_cannot_be_written_is_left_as_it_was(run, tmp_path):
    (tmp_path / "登记.csv").write_text("old", "utf-8")
    (tmp_path / "file").touch()
    code, _, err = run("register", "a", "-o", "file/登记.csv")
    assert code == 2
    assert "gongwen" in err
    assert (tmp_path / "登记.csv").read_text("utf-8") == "old"


@pytest.mark.parametrize("args", [["register"], ["register", "nosuch"], ["register", "a", "--format", "pdf"]])
@pytest.mark.usefixtures("drafts")
def test_wrong_use_of_the_register(run, args):
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert "gongwen register --help" in err or "没有 nosuch" in err


def test_noise_and_doubles_have_their_row(run, drafts):
    (drafts / "noise.yaml").write_bytes(b"\xff\xfe\x00\x01")
    (drafts / "copy.yaml").write_bytes((drafts / "one.yaml").read_bytes())
    code, out, err = run("register", "a")
    assert (code, err) == (0, "共 6 份稿件：2 份可付印，1 份待定，3 份有错\n")
    assert out.splitlines()[-1].split() == ["有错", "a/noise.yaml"]
    states = {line.split()[-1]: line.split()[-3] for line in out.splitlines()[2:-1]}
    assert states["a/copy.yaml"] == "可付印"
    assert states["a/one.yaml"] == "有错"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_name_that_is_no_text_has_its_row(drafts, form):
    try:
        (drafts / os.fsdecode(b"\xff.yaml")).write_text("kind: 通知\n", "utf-8")
    except OSError:
        pytest.skip("the file system refuses the name")
    done = subprocess.run(
        [sys.executable, "-m", "gongwen", "register", "--format", form, "a"],
        cwd=drafts.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "共 5 份稿件" in done.stderr.decode()
    assert done.stdout.decode().count(".yaml") == 5


# --- comparing in check -----------------------------------------------------------------------------------------------


def test_check_compares_the_drafts_that_it_is_given(run, drafts):
    (drafts / "bad.yaml").unlink()
    (drafts / "copy.yaml").write_bytes((drafts / "one.yaml").read_bytes())
    code, out, err = run("check", "a/one.yaml")
    assert (code, out, err) == (0, "", "检查了 1 份稿件：没有发现问题\n")
    code, out, err = run("check", "a/one.yaml", "a/copy.yaml")
    assert (code, err) == (1, "检查了 2 份稿件：1 个错误\n")
    assert re.sub(r"\x1b\[[\d;]*m", "", out) == (
        "错误[GW901 duplicate-number]：发文字号“某工发〔2026〕1号”重复：a/one.yaml:3 也用了这一号\n"
        " --> a/copy.yaml:3:9\n"
        "  |\n"
        "3 | number: 某工发〔2026〕1号\n"
        "  |         ^^^^^^^^^^^^^^^^^\n"
        "  = 办法：核对发文登记，改正其中一个；同一件公文只留一份稿件\n"
        "  = 依据：GB/T 9704 7.2.5\n\n"
    )


def test_a_file_that_no_draft_names_is_told_in_a_folder(run, drafts):
    (drafts / "_办法.yaml").write_text("title: 办法\nbody: [一段。]\n", "utf-8")
    code, out, _ = run("check", "--strict", "a")
    assert code == 1
    assert "[GW906 unused-file]" in out
    assert "--> a/_办法.yaml" in re.sub(r"\x1b\[[\d;]*m", "", out)


@pytest.fixture
def doubled(drafts):
    """Two drafts of one document."""
    for name in ("bad", "ten", "two"):
        (drafts / f"{name}.yaml").unlink()
    (drafts / "uno.yaml").write_bytes((drafts / "one.yaml").read_bytes())
    return drafts


def test_a_comment_takes_back_what_comparing_has_found(run, doubled):
    text = (doubled / "uno.yaml").read_text("utf-8")
    (doubled / "uno.yaml").write_text(text.replace("1号\n", "1号  # gongwen: ignore[GW901]\n"), "utf-8")
    code, out, err = run("check", "a")
    assert (code, out) == (0, "")
    assert err == "按稿件里的注释忽略了 1 处\n检查了 2 份稿件：没有发现问题\n"
    assert run("register", "a")[2] == "共 2 份稿件：2 份可付印\n"


@pytest.mark.usefixtures("doubled")
def test_comparing_looks_for_what_is_selected(run):
    assert run("check", "a")[0] == 1
    code, out, err = run("check", "--ignore", "GW901", "a")
    assert (code, out) == (0, "")
    assert err == "已关闭标准要求：GW901\n检查了 2 份稿件：没有发现问题\n"
    assert run("check", "--select", "duplicate-number", "a")[0] == 1
    assert run("check", "--select", "GW201", "a")[0] == 0


def test_settings_weigh_what_comparing_has_found(run, doubled):
    (doubled / "gongwen.yaml").write_text("checks: {severity: {GW901: warning}}\n", "utf-8")
    code, out, err = run("check", "a")
    assert (code, err) == (0, "已降低标准要求的级别：GW901\n检查了 2 份稿件：1 个警告\n")
    assert re.sub(r"\x1b\[[\d;]*m", "", out).startswith("警告[GW901 duplicate-number]")


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "junit"])
def test_a_document_says_what_comparing_has_found_with_the_rest_of_the_file(run, doubled, form):
    (doubled / "_办法.yaml").write_text("title: 办法\nbody: [一段。]\n", "utf-8")
    code, out, _ = run("check", "--format", form, "a")
    assert code == 1
    assert out.count("GW901") >= 1
    assert "GW906" in out
    if form == "junit":
        suites = re.findall(r'<testsuite name="([^"]*)"', out)
        assert sorted(suites) == ["a/_办法.yaml", "a/one.yaml", "a/uno.yaml"]
    elif form == "json":
        assert [one["code"] for one in json.loads(out)["diagnostics"]] == ["GW901", "GW906"]
    else:
        assert json.loads(out)


def test_the_number_of_processes_is_a_number(run):
    for given in ("0", "-1"):
        code, _, err = run("check", "--jobs", given, "a")
        assert code == 2
        assert "写从 1 起的整数" in err
    assert run("check", "--jobs", "1", "a") == run("check", "-j", "2", "a")


def test_processes_say_what_one_says(drafts):
    for number in range(checking.FEW):
        text = TEXT.format(number=f"某工函〔2026〕{number + 1}号", matter=f"第{number}项", date="2026-04-01")
        (drafts / f"n{number:02}.yaml").write_text(text.replace("请照此办理", "请 照此办理"), "utf-8")
    done = [
        subprocess.run(
            [sys.executable, "-m", "gongwen", "check", "--jobs", jobs, "a"],
            cwd=drafts.parent,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        for jobs in ("1", "2")
    ]
    assert (done[0].returncode, done[0].stdout, done[0].stderr) == (done[1].returncode, done[1].stdout, done[1].stderr)
    assert "检查了 28 份稿件" in done[0].stderr.decode()


# --- how far a run is -------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A terminal that keeps what is drawn."""

    def isatty(self):
        return True


def outcome(name, *diagnostics):
    return Outcome(Path(name), diagnostics)


@pytest.fixture
def terminal(monkeypatch):
    """What standard error may be in a test, for a run that is long at once."""
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.setattr(progress, "_REFRESH", -1.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return Terminal()


def test_a_long_run_on_a_terminal_says_how_far_it_is(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal)
    found = list(progress.watched([outcome(str(number)) for number in range(5)], 5, "检查"))
    assert [one.path.name for one in found] == list("01234")
    drawn = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", terminal.getvalue())
    assert "检查" in drawn
    for count in "1234":
        assert f"{count}/5" in drawn
    assert "还要" in drawn


def test_the_bar_is_gone_before_something_is_printed(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal)
    erased = "\x1b[2K"
    for number, _ in enumerate(progress.watched([outcome("a"), outcome("b"), outcome("c", "x")], 9, "检查"), 1):
        if number == 2:
            before = terminal.getvalue().count(erased)
        if number == 3:
            assert terminal.getvalue().count(erased) > before
            assert terminal.getvalue().endswith(erased)


def test_a_short_run_draws_nothing(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    assert len(list(progress.watched([outcome("a"), outcome("b")], 2, "检查"))) == 2
    assert terminal.getvalue() == ""


def test_a_log_has_no_bar(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert len(list(progress.watched([outcome("a"), outcome("b")], 2, "检查"))) == 2
    assert screen.getvalue() == ""


# --- the next number --------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one unit, in a year that stands still."""
    monkeypatch.setattr(new, "_today", lambda: datetime.date(2026, 6, 1))
    (tmp_path / "gongwen.yaml").write_text("unit: {name: 川州市总工会, code: 川工发}\n", "utf-8")
    (tmp_path / "2026").mkdir()
    return tmp_path


def write(path, number):
    path.write_text(TEXT.format(number=number, matter="某事", date="2026-01-01"), "utf-8")


def test_new_proposes_the_number_after_the_highest(run, project):
    write(project / "2026" / "a.yaml", "川工发〔2026〕10号")
    write(project / "2026" / "b.yaml", "川工发〔2026〕12号")
    write(project / "c.yaml", "川工函〔2026〕70号")
    code, out, _ = run("new", "通知")
    assert code == 0
    assert "number: 川工发〔待定〕待定号  # 下一个可用的号：川工发〔2026〕13号\n" in out
    _, out, _ = run("new", "-c", "通知")
    assert "发文字号: 川工发〔待定〕待定号  # 下一个可用的号：川工发〔2026〕13号\n" in out
    assert run("new", "通知", "-o", "2026/c.yaml")[0] == 0
    assert "川工发〔2026〕13号" in (project / "2026" / "c.yaml").read_text("utf-8")


def test_a_new_year_begins_with_one(run, project):
    write(project / "2026" / "a.yaml", "川工发〔2025〕80号")
    assert "# 下一个可用的号：川工发〔2026〕1号\n" in run("new", "通知")[1]


@pytest.mark.parametrize("kind", ["命令", "纪要", "简报", "讲话稿"])
def test_kinds_without_the_code_of_the_unit_get_no_proposal(run, project, kind):
    write(project / "a.yaml", "川工发〔2026〕12号")
    assert "下一个可用的号" not in run("new", kind)[1]


def test_without_drafts_of_the_code_nothing_is_proposed(run, project):
    assert "下一个可用的号" not in run("new", "通知")[1]
    write(project / "a.yaml", "川工函〔2026〕12号")
    assert "下一个可用的号" not in run("new", "通知")[1]
    (project / "gongwen.yaml").write_text("unit: {name: 川州市总工会}\n", "utf-8")
    assert "下一个可用的号" not in run("new", "通知")[1]


def test_the_proposal_is_no_part_of_the_draft(run, project):
    write(project / "a.yaml", "川工发〔2026〕12号")
    run("new", "通知", "-o", "b.yaml")
    code, out, _ = run("register", "b.yaml", "--format", "json")
    assert code == 0
    (one,) = json.loads(out)["drafts"]
    assert (one["number"], one["serial"], one["state"]) == ("川工发〔待定〕待定号", None, "pending")


def test_today_is_a_day():
    assert isinstance(new._today(), datetime.date)
