"""``gongwen preflight``: its table, its JSON, its exit status, and files that are made to do harm."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pikepdf
import pytest

from gongwen import cli
from gongwen.cli.measurements import clause_of, pages_of, rows
from gongwen.preflight import Result, isolated
from gongwen.preflight.reading import UnreadableError
from gongwen.preflight.standalone import GROUPS, inspect
from gongwen.terminal import width

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "preflight.schema.json").read_text("utf-8"))


@pytest.fixture
def run(capsysbinary, tmp_path, monkeypatch):
    """A function: arguments → exit status, standard output, standard error; in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = (re.sub(r"\x1b\[[\d;]*m", "", text.decode()) for text in capsysbinary.readouterr())
        return caught.value.code, out, err

    return main


@pytest.fixture(scope="module")
def right(built, notices):
    """A PDF that meets every rule."""
    return built(next(path for path in notices if path.stem == "yunzhou-qingshi")).pdf.read_bytes()


def edited(pdf, edit):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        edit(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def shifted(right):
    """The same with all that is printed 4 mm further right."""

    def shift(pdf):
        for page in pdf.pages:
            page.contents_add(b"q 1 0 0 1 11.34 0 cm", prepend=True)
            page.contents_add(b"Q")

    return edited(right, shift)


@pytest.fixture
def file(tmp_path):
    def write(data, name="a.pdf"):
        (tmp_path / name).write_bytes(data)
        return name

    return write


def check_json(text):
    report = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    for one in report["files"]:
        if one["error"] is None:
            verdicts = {}
            for result in one["results"]:
                verdicts.setdefault(result["rule"], set()).add(result["verdict"])
            assert one["summary"]["missed"] == sum("missed" in found for found in verdicts.values())
            assert sum(one["summary"].values()) == len(verdicts)
    return report


# --- what is told -----------------------------------------------------------------------------------------------------


def test_a_right_file(run, file, right):
    code, out, err = run("preflight", file(right))
    assert code == 0
    assert err == f"量测了 1 个文件：合格 {out.count('  合格')} 项，不合格 0 项，不能判定 0 项\n"
    assert out.startswith("a.pdf  4 面")
    assert [group.title for group in GROUPS] == re.findall(r"^ ([^\s─]+) *$", out, re.MULTILINE)
    row = next(line for line in out.splitlines() if "P-03" in line)
    assert re.split(r" {2,}", row.strip()) == [
        "P-03",
        "订口（版心左边缘）",
        "27.00 至 29.00 mm",
        "28.00 mm",
        "1–4",
        "合格",
        "9704 5.2.1",
    ]


def test_the_columns_of_the_table_stand_one_below_the_other(run, file, right):
    out = run("preflight", file(right))[1]
    lines = [line for line in out.splitlines() if re.match(r" [A-Z]+-?\d*", line)]
    assert len(lines) > 40
    assert len({width(line.rstrip()[: line.rindex("合格")]) for line in lines}) == 1
    assert max(width(line.rstrip()) for line in out.splitlines()) <= 120


def test_a_narrow_terminal_has_fewer_columns(run, file, right, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = run("preflight", file(right))[1]
    assert "依据" not in out
    assert max(width(line.rstrip()) for line in out.splitlines()) <= 80


def test_a_margin_that_is_wrong(run, file, shifted):
    code, out, err = run("preflight", file(shifted))
    assert code == 1
    rows = {line.split()[0]: line for line in out.splitlines() if " 不合格 " in line}
    assert {"P-03", "P-04.right", "P-14", "H-14", "B-17"} <= set(rows)
    assert "32.00 mm" in rows["P-03"]
    assert f"不合格 {len(rows)} 项" in err


def test_what_cannot_be_told_is_told_once(run, file, built, notices):
    letter = next(path for path in notices if path.stem == "yunzhou-pifu")
    code, out, err = run("preflight", file(built(letter).pdf.read_bytes()))
    assert code == 0
    assert out.count("不能判定") == 1
    assert "版记分隔线左端等 10 项" in out.replace("\n", "")
    assert "不能判定 10 项" in err


def test_json(run, file, right, shifted):
    code, out, err = run("preflight", "--format", "json", file(right), file(shifted, "b.pdf"), file(b"text", "c.pdf"))
    assert code == 2
    first, second, third = check_json(out)["files"]
    assert (first["path"], first["pages"], first["summary"]["missed"]) == ("a.pdf", 4, 0)
    wrong = [one for one in second["results"] if one["rule"] == "P-03"]
    assert {one["verdict"] for one in wrong} == {"missed"}
    assert wrong[0] == {
        "rule": "P-03",
        "group": "paper",
        "what": "订口（版心左边缘）",
        "page": 1,
        "wanted": "27.00 至 29.00 mm",
        "target": 28.0,
        "low": 27.0,
        "high": 29.0,
        "unit": "mm",
        "measured": "32.00 mm",
        "value": pytest.approx(32.0, abs=0.01),
        "verdict": "missed",
        "fails": True,
        "must": True,
        "source": "GB/T 9704-2012 第5.2.1条",
        "note": None,
    }
    assert third == {"path": "c.pdf", "error": "不是 PDF 文件", "pages": None, "summary": None, "results": []}
    assert err.endswith("；1 个没有量测\n")
    assert next(one for one in first["results"] if one["rule"] == "P-04.left")["high"] is None


def test_the_profile(run, file, right):
    name = file(right)
    assert run("preflight", "--profile", "print", name)[0] == 0
    code, out, _ = run("preflight", "--profile", "archive", name)
    assert code == 1
    assert re.search(r"E-11\.a3a .* 不合格 ", out)


def test_practice_fails_a_run_only_when_strict(run, file, right):
    def anonymous(pdf):
        del pdf.Root.Lang

    name = file(edited(right, anonymous))
    code, out, _ = run("preflight", name)
    assert code == 0
    assert re.search(r"E-10\.lang .* 不合惯例 ", out)
    assert run("preflight", "--strict", name)[0] == 1


# --- files that are no PDF, or do harm --------------------------------------------------------------------------------


def encrypted(pdf, **passwords):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def test_files_that_are_no_pdf(run, file, right):
    said = {
        file(b"", "empty.pdf"): "不是 PDF 文件",
        file(b"\x00" * 5000 + right, "late.pdf"): "不是 PDF 文件",
        file(b"%PDF-1.7\n" + bytes(range(256)) * 9, "noise.pdf"): "不是 PDF 文件，或者已损坏",
        file(encrypted(right, owner="甲", user="乙"), "locked.pdf"): "PDF 已加密，没有密码不能打开",
    }
    code, out, err = run("preflight", *said)
    assert (code, out) == (2, "")
    assert err.splitlines()[:-1] == [f"{name}：{reason}" for name, reason in said.items()]
    assert err.splitlines()[-1].endswith("；4 个没有量测")


def test_a_file_that_may_be_read_but_not_changed_is_measured(run, file, right):
    assert run("preflight", file(encrypted(right, owner="甲", user="")))[0] == 0


def test_wrong_use(run, tmp_path):
    (tmp_path / "folder").mkdir()
    assert run("preflight")[::2] == (2, "gongwen：缺少参数 PDF文件…（用 gongwen preflight --help 看用法）\n")
    assert run("preflight", "nosuch.pdf")[::2] == (
        2,
        "gongwen：没有 nosuch.pdf 这个文件（用 gongwen preflight --help 看用法）\n",
    )
    assert run("preflight", "folder")[2].startswith("gongwen：PDF文件…：folder 是文件夹，不是文件")


def test_a_file_that_is_too_large(file, right, tmp_path, monkeypatch):
    path = tmp_path / file(right)
    monkeypatch.setattr(isolated, "LARGEST", len(right) - 1)
    with pytest.raises(UnreadableError, match="文件太大"):
        isolated.inspect_file(path)
    monkeypatch.setattr(isolated, "LARGEST", len(right))
    assert isolated.inspect_file(path) == inspect(right)


def test_a_file_that_takes_too_long(file, right, tmp_path):
    with pytest.raises(UnreadableError, match=r"0\.01 秒还没有量完"):
        isolated.inspect_file(tmp_path / file(right), seconds=0.01)


def laughing(right):
    """A page that draws a form of ten forms of ten forms …: ten to the ninth words."""

    def laugh(pdf):
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        form = pdf.make_stream(b"BT /F 1 Tf (lol) Tj ET")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        for _ in range(9):
            outer = pdf.make_stream(b"/X Do " * 10)
            outer.Type, outer.Subtype, outer.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
            form = outer
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(b"/X Do")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))

    return edited(right, laugh)


def test_forms_in_forms_end(file, right, tmp_path):
    path = tmp_path / file(laughing(right))
    try:
        assert isolated.inspect_file(path, seconds=3).pages == 4
    except UnreadableError as error:
        assert re.search("秒还没有量完|内存不够|读取时中断", str(error))  # noqa: PT017 - either is right


def test_a_crash_of_the_other_process_is_told(file, right, tmp_path, monkeypatch):
    def crash(*_, **__):
        return subprocess.CompletedProcess([], -11, b"", b"")

    monkeypatch.setattr(subprocess, "run", crash)
    with pytest.raises(UnreadableError, match="读取时中断"):
        isolated.inspect_file(tmp_path / file(right))


def test_memory_that_runs_out_is_told(monkeypatch):
    def exhaust(*_):
        raise MemoryError

    monkeypatch.setattr(isolated, "inspect", exhaust)
    assert isolated._answer(b"", None) == {"error": "内存不够，文件可能太复杂"}


# --- rows -------------------------------------------------------------------------------------------------------------


def result(clause="5.2.1", page=1, value=28.0, verdict="met"):
    return Result("P-03", clause, "订口", page, "要求", f"{value}", verdict, must=True, unit="mm", value=value)


def test_the_worst_page_stands_for_all():
    found = [result(), result(page=2, value=30.0, verdict="missed"), result(page=4, value=31.0, verdict="missed")]
    assert list(rows(found)) == [(("P-03", "订口", "要求", "31.0", "2、4", "不合格", "9704 5.2.1"), "bold red")]


def test_pages_are_named_in_runs():
    assert pages_of([result(page=page) for page in (3, 1, 2, 7)]) == "1–3、7"
    assert pages_of([result(page=page) for page in range(1, 20, 2)]) == "1、3、5、7等"
    assert pages_of([result(page=None)]) == ""


def test_clauses():
    clauses = {
        "5.2.1": "9704 5.2.1",
        "practice": "惯例",
        "FIG 3": "9704 图3",
        "33476.2 7.3.1": "33476.2 7.3.1",
        "GB/T 15834 5.1": "15834 5.1",
        "PDF/X-4": "PDF/X-4",
    }
    found = {clause: clause_of(result(clause)) for clause in clauses}
    assert found == clauses


def test_one_rule_untold_on_two_pages_is_one():
    found = [dataclasses.replace(result(page=page, verdict="unmeasured"), note="没有") for page in (1, 2)]
    ((cells, _),) = rows(found)
    assert cells == ("P-03", "订口", "", "没有", "1–2", "不能判定", "9704 5.2.1")
