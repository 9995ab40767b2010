"""``gongwen build`` over and over: what is left as it is, what is told, and ``gongwen clean``."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pypdfium2
import pytest

from gongwen.building.record import NAME
from gongwen.compiler import Compiler
from gongwen.writing import write_whole

TESTS = Path(__file__).parent
RIGHT = (TESTS / "drafts" / "en" / "right.yaml").read_text("utf-8")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
WRONG = RIGHT.replace("title: |", "tittle: |")
SCHEMA = json.loads((TESTS.parent / "schemas" / "build-report.schema.json").read_text("utf-8"))
assert len({RIGHT, DOUBTFUL, WRONG}) == 3


@pytest.fixture
def drafts(draft, tmp_path):
    """A right draft, a doubtful one and a wrong one."""
    (tmp_path / "drafts").mkdir()
    for name, text in (("a", RIGHT), ("b", DOUBTFUL), ("c", WRONG)):
        draft(text, f"drafts/{name}.yaml")
    return tmp_path / "drafts"


def test_a_second_build_makes_nothing_and_tells_the_same(run, drafts):
    code, out, err = run("build", "drafts")
    assert code == 1
    assert re.search(r"生成 2 份 PDF，共 \d 页，1 份没有生成；\d 个错误，\d 个警告；用时", err)
    found = re.findall(r"\[GW\d+ .*", out)
    assert found
    code, out, err = run("build", "drafts")
    assert code == 1
    assert re.search(r"生成 0 份 PDF，共 0 页，2 份稿件没有改动，1 份没有生成；\d 个错误，\d 个警告；用时", err)
    assert re.findall(r"\[GW\d+ .*", out) == found
    assert "字体" not in err
    assert ".pdf" not in out
    (drafts / "c.yaml").unlink()
    assert run("build", "drafts")[0] == 0
    assert run("build", "drafts", "--strict")[0] == 1


def test_nothing_that_sets_type_is_loaded_where_nothing_is_made(draft, tmp_path):
    path = draft(RIGHT)
    program = (
        "import sys\nfrom gongwen import cli\ntry:\n cli.main(sys.argv[1:])\nexcept SystemExit:\n print(*sys.modules)"
    )
    for _ in range(2):
        command = [sys.executable, "-c", program, "build", path, "-o", tmp_path / "out"]
        loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    heavy = {"weasyprint", "pikepdf", "pypdfium2", "pydantic", "jinja2", "uharfbuzz", "gongwen.compiler", "rich", "PIL"}
    assert heavy & set(loaded) == set()
    assert "gongwen.building.record" in loaded


@pytest.mark.usefixtures("drafts")
def test_force_and_dry_run(run, tmp_path):
    code, out, err = run("build", "drafts", "--dry-run")
    assert (code, err) == (0, "要编译 3 份稿件，0 份没有改动\n")
    assert out.splitlines()[0] == "out/a.pdf  ← drafts/a.yaml（没有编译过）"
    assert not (tmp_path / "out").exists()
    run("build", "drafts")
    code, out, err = run("build", "drafts", "--dry-run")
    assert (out, err) == ("out/c.pdf  ← drafts/c.yaml（没有编译过）\n", "要编译 1 份稿件，2 份没有改动\n")
    assert "生成 2 份 PDF" in run("build", "drafts", "--force")[2]
    assert "（要求全部重新编译）" in run("build", "drafts", "--force", "--dry-run")[1]


def report(run, *args):
    code, out, _ = run("build", "drafts", "--report", "json", *args)
    found = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    summary = found["summary"]
    assert summary["drafts"] == len(found["drafts"]) == sum(summary[name] for name in ("built", "unchanged", "failed"))
    assert summary["files"] == sum(len(one["files"]) for one in found["drafts"])
    for name in ("errors", "warnings", "infos"):
        assert summary[name] == sum(one[name] for one in found["drafts"])
    return code, found


@pytest.mark.usefixtures("drafts")
def test_the_report_for_programs(run):
    code, found = report(run)
    assert code == 1
    assert [(one["draft"], one["state"], one["reason"]) for one in found["drafts"]] == [
        ("drafts/a.yaml", "built", "没有编译过"),
        ("drafts/b.yaml", "built", "没有编译过"),
        ("drafts/c.yaml", "failed", "没有编译过"),
    ]
    (file,) = found["drafts"][0]["files"]
    assert file["path"] == "out/a.pdf"
    assert file["measured"]["rules"] == file["measured"]["met"] > 100
    assert found["drafts"][1]["diagnostics"][0]["file"] == "drafts/b.yaml"
    _, again = report(run)
    assert [one["state"] for one in again["drafts"]] == ["unchanged", "unchanged", "failed"]
    for one, other in zip(found["drafts"], again["drafts"], strict=True):
        for key in ("draft", "files", "errors", "warnings", "infos", "diagnostics"):
            assert one[key] == other[key]
    assert report(run, "--profile", "archive")[1]["options"]["profile"] == "archive"


def test_the_schema_of_the_report_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "junit"])
@pytest.mark.usefixtures("drafts")
def test_standard_output_is_one_document(run, form):
    code, _, err = run("build", "drafts", "--report", "json", "--format", form)
    assert (code, err) == (
        2,
        "gongwen：--report json 不能与写给程序读的 --format 同用：标准输出只能有一份文件（用 gongwen build --help 看用法）\n",
    )
    assert (
        json.loads(run("build", "drafts", "--format", "json")[1])["summary"]["files"] == 3 if form == "json" else True
    )


def test_a_file_that_cannot_be_written_is_no_fault_of_the_draft(run, drafts, tmp_path, monkeypatch):
    def write(target, data, *args):
        if target.name == "b.pdf":
            raise PermissionError(13, "Permission denied")
        return write_whole(target, data, *args)

    monkeypatch.setattr("gongwen.building.run.write_whole", write)
    (drafts / "c.yaml").unlink()
    code, out, err = run("build", "drafts")
    assert code == 2
    assert "drafts/b.yaml：out/b.pdf 写不了：没有权限，或者别的程序正打开着它；关掉那个程序再编译\n" in err
    assert (tmp_path / "out" / "a.pdf").is_file()
    assert "out/a.pdf" in out
    code, found = report(run)
    assert code == 2
    assert found["drafts"][1]["state"] == "failed"
    assert found["drafts"][1]["fault"].startswith("out/b.pdf 写不了")


@pytest.mark.usefixtures("drafts")
def test_a_full_disk_is_one_line(run, monkeypatch):
    def write(_target, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gongwen.building.run.write_whole", write)
    code, _, err = run("build", "drafts")
    assert (code, err) == (2, "gongwen：磁盘已满：out/a.pdf\n")


@pytest.mark.usefixtures("drafts")
def test_a_fault_of_the_program_lets_the_others_be_built(run, monkeypatch):
    check = Compiler.check

    def fail(self, path, *args, **options):
        if path.name == "b.yaml":
            raise ValueError("奇怪")
        return check(self, path, *args, **options)

    monkeypatch.setattr(Compiler, "check", fail)
    code, out, err = run("build", "drafts", "--jobs", "1")
    assert code == 2
    assert "drafts/b.yaml：程序有错（ValueError: 奇怪）" in err
    assert "out/a.pdf" in out
    assert re.search(r"生成 1 份 PDF，共 \d 页，2 份没有生成", err)


def test_a_folder_that_is_read_only(run, drafts, monkeypatch):
    run("build", "drafts")
    monkeypatch.setattr("gongwen.building.record.os.access", lambda path, _: not str(path).endswith("out"))
    (drafts / "c.yaml").unlink()
    code, _, err = run("build", "drafts")
    assert code == 0
    assert "2 份稿件没有改动" in err
    (drafts / "a.yaml").write_text(DOUBTFUL, "utf-8")
    code, _, err = run("build", "drafts")
    assert (code, err) == (2, "gongwen：没有权限写文件夹，或者它是只读的：out\n")


@pytest.mark.usefixtures("drafts")
def test_many_processes_make_the_same(run, tmp_path, draft):
    for number in range(4):
        draft(RIGHT.replace("serial: 6", f"serial: 1{number}"), f"drafts/{number}.yaml")
    assert run("build", "drafts", "-o", "one", "--jobs", "1")[0] == 1
    assert run("build", "drafts", "-o", "two", "--jobs", "2")[0] == 1
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.pdf")} for name in ("one", "two"))
    assert one == two
    assert len(one) == 6


# --- clean -----------------------------------------------------------------------------------------------------------


def test_clean_takes_away_what_builds_have_written(run, drafts, tmp_path, draft):
    (drafts / "sub").mkdir()
    draft(RIGHT, "drafts/sub/d.yaml")
    run("build", "drafts")
    out = tmp_path / "out"
    (out / "b.pdf").write_bytes(b"mine")
    (out / "sub" / "notes.txt").write_text("mine")
    code, listed, err = run("clean", "--dry-run")
    assert (code, sorted(listed.splitlines())) == (0, ["out/a.pdf", "out/sub/d.pdf"])
    assert err == "out/b.pdf 生成以后有人改动过，留下\n要删 2 个文件\n"
    assert (out / "a.pdf").is_file()
    code, listed, err = run("clean")
    assert (code, err) == (0, "out/b.pdf 生成以后有人改动过，留下\n删去 2 个文件\n")
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*")) == ["b.pdf", "sub", "sub/notes.txt"]
    assert run("clean") == (0, "", "out 里没有编译的记录，没有可删的\n")


@pytest.mark.usefixtures("drafts")
def test_clean_leaves_nothing_of_a_folder_of_its_own(run, tmp_path):
    run("build", "drafts", "-o", "made/pdf")
    (tmp_path / "made" / "pdf" / ".gongwen-x.part").write_bytes(b"%PDF")
    code, _, err = run("clean", "-o", "made/pdf")
    assert (code, err) == (0, "删去 3 个文件\n")
    assert (tmp_path / "made").is_dir()
    assert not (tmp_path / "made" / "pdf").exists()
    assert NAME not in {path.name for path in tmp_path.rglob("*")}


@pytest.mark.parametrize("folder", ["nowhere", "drafts"])
def test_clean_where_nothing_was_built(run, drafts, folder):
    assert run("clean", "-o", folder) == (0, "", f"{folder} 里没有编译的记录，没有可删的\n")
    assert len(list(drafts.iterdir())) == 3


# --- numbered copies and mailings ------------------------------------------------------------------------------------

SHORT = """\
kind: 通知
issuer: 云州市总工会
number: 云工发〔2026〕30号
title: 云州市总工会关于召开表彰大会的通知
addressees: [各县（市、区）总工会]
body:
  - 为总结工作、表彰先进，经研究，定于12月3日上午在市工人文化宫召开表彰大会，会期半天。
  - 请准时出席，并在11月30日以前把回执报市总工会办公室；不能出席的，请说明原因，并另派一位负责同志参加。
date: 2026-11-20
imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-11-20}
"""
LETTER = SHORT.replace("[各县（市、区）总工会]", "'{单位}'").replace("请准时", "请{姓名}同志准时")
LIST = "姓名,单位\n李华,市图书馆\n王小明,市博物馆\n张三,市人民医院\n"


def texts(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_numbered_copies_are_one_file_for_the_press_or_a_file_each(run, draft, tmp_path):
    draft(f"{SHORT}copies: 3\ncopy_number: 000041\n", "a.yaml")
    code, out, err = run("build", "a.yaml")
    assert (code, out.split("  ")[:2]) == (0, ["out/a.pdf", "6 页"])
    assert "生成 1 份 PDF，共 6 页" in err
    assert [text.split()[0] for text in texts(tmp_path / "out" / "a.pdf")[::2]] == ["000041", "000042", "000043"]
    assert "没有改动" in run("build", "a.yaml")[2]
    code, out, _ = run("build", "a.yaml", "--each")
    names = [f"out/a.{number:06}.pdf" for number in (41, 42, 43)]
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, names)
    assert [texts(tmp_path / name)[0].split()[0] for name in names] == ["000041", "000042", "000043"]
    assert "没有改动" in run("build", "a.yaml", "--each")[2]
    (tmp_path / names[1]).unlink()
    assert "生成 3 份 PDF" in run("build", "a.yaml", "--each")[2]
    code, out, _ = run("build", "a.yaml", "--profile", "archive")
    assert (code, out.split("  ")[:2]) == (0, ["out/a.archive.pdf", "2 页"])


def test_clean_knows_the_files_of_earlier_runs(run, draft, tmp_path):
    for copies, more in ((3, ()), (3, ("--each",)), (2, ("--each",))):
        draft(f"{SHORT}copies: {copies}\n", "a.yaml")
        assert run("build", "a.yaml", *more)[0] == 0
    names = ["a.000001.pdf", "a.000002.pdf", "a.000003.pdf", "a.pdf"]
    assert sorted(path.name for path in (tmp_path / "out").glob("*.pdf")) == names
    assert run("clean")[2] == "删去 4 个文件\n"
    assert not (tmp_path / "out").exists()


def test_many_copies_are_not_listed_one_by_one(run, draft, tmp_path):
    draft(f"{SHORT}copies: 25\n", "a.yaml")
    _, out, err = run("build", "a.yaml", "--each")
    assert len(out.splitlines()) == 21
    assert out.splitlines()[-1] == "……  共 25 个文件，最后一个是 out/a.000025.pdf"
    assert "生成 25 份 PDF" in err
    assert len(list((tmp_path / "out").glob("a.*.pdf"))) == 25
    assert "删去 25 个文件" in run("clean")[2]


def test_more_pages_than_a_file_holds(run, draft, monkeypatch, tmp_path):
    monkeypatch.setattr("gongwen.press.copies.MOST_PAGES", 4)
    draft(f"{SHORT}copies: 5\n", "a.yaml")
    _, out, _ = run("build", "a.yaml")
    names = ["a.000001-000002.pdf", "a.000003-000004.pdf", "a.000005-000005.pdf"]
    assert [line.split()[0] for line in out.splitlines()] == [f"out/{name}" for name in names]
    assert [text.split()[0] for text in texts(tmp_path / "out" / names[1])[::2]] == ["000003", "000004"]


def test_a_mailing_is_one_file_for_the_press(run, draft, tmp_path):
    draft(LETTER, "a.yaml")
    draft(LIST, "list.csv")
    code, out, err = run("build", "a.yaml", "--data", "list.csv")
    assert (code, out.split("  ")[:2]) == (0, ["out/a.pdf", "6 页"])
    assert "生成 1 份 PDF，共 6 页" in err
    found = texts(tmp_path / "out" / "a.pdf")
    assert [name in text for name, text in zip(("李华", "王小明", "张三"), found[::2], strict=True)] == [True] * 3
    assert "1 份稿件没有改动" in run("build", "a.yaml", "--data", "list.csv")[2]
    draft(LIST.replace("李华", "李平"), "list.csv")
    assert "（名单改过）" in run("build", "a.yaml", "--data", "list.csv", "--dry-run")[1]
    one = (tmp_path / "out" / "a.pdf").read_bytes()
    draft(LIST, "list.csv")
    for jobs in ("1", "2"):
        assert run("build", "a.yaml", "--data", "list.csv", "--force", "--jobs", jobs)[0] == 0
        assert (tmp_path / "out" / "a.pdf").read_bytes() == one


def test_a_mailing_is_a_file_a_row(run, draft, tmp_path):
    draft(LETTER, "a.yaml")
    draft(LIST, "list.csv")
    code, out, _ = run("build", "a.yaml", "--data", "list.csv", "--each")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (
        0,
        [f"out/a.{number:04}.pdf" for number in (2, 3, 4)],
    )
    draft(LIST.replace("王小明", "王大明"), "list.csv")
    code, out, err = run("build", "a.yaml", "--data", "list.csv", "--each")
    assert (code, out.split()[0]) == (0, "out/a.0003.pdf")
    assert "2 份稿件没有改动" in err
    assert "王大明" in texts(tmp_path / "out" / "a.0003.pdf")[0]
    code, out, _ = run("build", "a.yaml", "--data", "list.csv", "--profile", "archive")
    assert [line.split()[0] for line in out.splitlines()] == [f"out/a.archive.{number:04}.pdf" for number in (2, 3, 4)]


def test_a_row_with_an_error_keeps_the_file_for_the_press_from_being_made(run, draft, tmp_path):
    draft(LETTER, "a.yaml")
    draft(LIST.replace("王小明", "王𰻞明\u200b"), "list.csv")
    code, out, err = run("build", "a.yaml", "--data", "list.csv")
    assert code == 1
    assert "GW130" in out
    assert "1 份没有生成" in err
    assert not (tmp_path / "out").exists()
    code, out, err = run("build", "a.yaml", "--data", "list.csv", "--each")
    assert code == 1
    assert "生成 2 份 PDF" in err
    assert sorted(path.name for path in (tmp_path / "out").glob("*.pdf")) == ["a.0002.pdf", "a.0004.pdf"]


@pytest.mark.parametrize("more", [(), ("--each",), ("--report", "json")])
def test_a_list_that_fits_no_row_makes_nothing(run, draft, tmp_path, more):
    draft(LETTER, "a.yaml")
    draft("姓名,地址\n李华,某地\n", "list.csv")
    code, out, _ = run("build", "a.yaml", "--data", "list.csv", *more)
    assert code == 1
    if "json" not in more:
        assert "GW121" in out
    assert not (tmp_path / "out").exists()


def test_a_mailing_is_not_numbered(run, draft):
    draft(f"{LETTER}copies: 3\n", "a.yaml")
    draft(LIST, "list.csv")
    code, out, _ = run("build", "a.yaml", "--data", "list.csv")
    assert code == 1
    assert "错误[GW131 numbered-mailing]：用名单填的稿件不能写“copies”" in out
    assert " --> a.yaml:11:1" in out


def test_a_mailing_in_the_report_for_programs(run, draft):
    draft(LETTER, "a.yaml")
    draft(LIST, "list.csv")
    code, out, _ = run("build", "a.yaml", "--data", "list.csv", "--each", "--report", "json")
    found = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert (code, [one["row"] for one in found["drafts"]]) == (0, [2, 3, 4])
    assert found["options"]["each"] is True


@pytest.mark.usefixtures("drafts")
def test_a_mailing_is_of_one_draft(run, draft):
    draft(LIST, "list.csv")
    code, _, err = run("build", "drafts", "--data", "list.csv")
    assert (code, err.split("（用")[0]) == (2, "gongwen：--data 一次填一份稿件，请写明是哪一份")
