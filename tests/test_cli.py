import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from gongwen import __version__, cli
from gongwen.building import record
from gongwen.building.job import Measured
from gongwen.cli.built import _measured
from gongwen.compiler import Compiler
from gongwen.fonts import ROLE_INFO, ROLES
from gongwen.kinds import kinds
from gongwen.reporters import FORMATS
from gongwen.resources import MissingResourceError
from gongwen.scaffold import new_draft
from gongwen.schema import schema_text
from gongwen.terminal import width

RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
WRONG = RIGHT.replace("title: |", "tittle: |")
PENDING = RIGHT.replace("date: 2025年6月1日", "date: 待定")
ANOTHER = RIGHT.replace("serial: 6", "serial: 7").replace("夏送清凉", "冬送温暖")
assert len({ANOTHER, RIGHT, DOUBTFUL, WRONG, PENDING}) == 5


def program(*args, **options):
    """The command line as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gongwen", *map(str, args)], capture_output=True, text=True, check=False, **options
    )


# --- help and wrong use ----------------------------------------------------------------------------------------------


def test_the_program_runs(tmp_path):
    done = program("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"gongwen {__version__}\n", "")


@pytest.mark.parametrize("args", [["--help"], ["-h"], *([name, "-h"] for name in cli.cli.commands)], ids=" ".join)
def test_help_is_chinese(run, args):
    code, out, err = run(*args)
    assert (code, err) == (0, "")
    assert out.startswith("用法：gongwen")
    assert "显示说明并退出。" in out
    words = set(re.findall(r"(?<![\w.-])[A-Za-z]{3,}(?![\w.-])", out))
    assert words <= {
        "gongwen",
        "print",
        "archive",
        "JSON",
        "Schema",
        "table",
        "csv",
        "xlsx",
        "LSP",
        "PDF",
        "CMYK",
        "YAML",
        "out",
        "text",
        "json",
        "GitHub",
        "Dask",
        "dask",
        "tcp",
        *FORMATS,
        "markdown",
        *cli.cli.commands,
    }


def test_the_commands_stand_in_the_order_in_which_a_draft_meets_them(run):
    _, out, _ = run("--help")
    listed = re.findall(r"^  ([a-z]+) ", out.partition("命令:")[2], re.MULTILINE)
    assert listed == list(cli.cli.commands)
    assert listed[:6] == ["new", "check", "build", "watch", "clean", "show"]


def test_no_command_prints_the_help(run):
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("用法：gongwen")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nosuch"], "没有 nosuch 这个命令（用 gongwen --help 看用法）"),
        (["check"], "缺少参数 路径…（用 gongwen check --help 看用法）"),
        (["check", "--zzz", "x"], "没有 --zzz 这个选项（用 gongwen check --help 看用法）"),
        (["check", "--strictly", "x"], "没有 --strictly 这个选项，是不是 --strict"),
        (["check", "nosuch"], "没有 nosuch 这个文件或文件夹"),
        (["check", "."], "文件夹 . 里没有稿件（.yaml）"),
        (["build", "--profile", "x", "y"], "--profile 只能是：print、archive"),
        (["build", "--profile"], "选项 --profile 的用法不对，它后面要有一个值"),
        (["build", "x", "-o", "file"], "-o：file 是文件，不是文件夹"),
        (["show", "."], "稿件：. 是文件夹，不是文件"),
        (["show", "nosuch"], "没有 nosuch 这个文件或文件夹"),
        (["schema", "x"], "参数太多"),
        (["new"], "缺少参数 文种"),
        (["new", "通告知"], "没有“通告知”这一文种。是不是“通知”？可用的文种：决议、"),
        (["new", "会议纪要"], "没有“会议纪要”这一文种。是不是“纪要”？可用的文种：决议、"),
        (["new", "通知", "-o", "."], "-o：. 是文件夹，不是文件"),
        (["new", "通知", "-o", "file"], "已有 file，没有覆盖"),
        (["kinds", "--format", "xml"], "--format 只能是：text、json"),
        (["fonts", "nosuch"], "没有 nosuch 这个文件夹"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use(run, tmp_path, args, message):
    (tmp_path / "file").write_text("")
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert err.startswith(f"gongwen：{message}")
    assert err.count("\n") == 1


# --- new -------------------------------------------------------------------------------------------------------------


def test_new_prints_a_draft(run):
    assert run("new", "通知") == (0, new_draft(kinds()["通知"]), "")
    assert run("new", "请示", "--chinese") == (0, new_draft(kinds()["请示"], "zh"), "")


def test_new_keeps_the_name_of_a_kind_that_has_two(run):
    assert run("new", "令") == (0, new_draft(kinds()["命令"]).replace("命令", "令"), "")
    assert run("new", "命令") == (0, new_draft(kinds()["命令"]), "")


def test_new_writes_a_draft(run, tmp_path):
    assert run("new", "通知", "-o", "drafts/a.yaml") == (0, "", "已写出 drafts/a.yaml\n")
    assert (tmp_path / "drafts" / "a.yaml").read_text("utf-8") == new_draft(kinds()["通知"])
    assert run("new", "通知", "-o", "drafts/a.yaml")[0] == 2


@pytest.mark.parametrize("name", ["令", "命令"])
def test_new_keeps_the_name_of_the_kind(run, name):
    assert f"kind: {name}\n" in run("new", name)[1]


UNIT = "unit: {name: 云州市总工会, code: 云工发}\n"


def test_new_knows_the_unit_of_the_project(run, tmp_path):
    (tmp_path / "gongwen.yaml").write_text(UNIT, "utf-8")
    for out in (run("new", "通知")[1], _written(run, tmp_path / "2026" / "a.yaml")):
        assert "issuer: 云州市总工会\n" in out
        assert "number: 云工发〔待定〕待定号\n" in out
        assert "title: 云州市总工会关于某某事项的通知\n" in out
    (tmp_path / "gongwen.yaml").write_text("unit: [{name: 甲机关}, {name: 乙机关}]\n", "utf-8")
    assert "issuer: 某某机关\n" in run("new", "通知")[1]


def _written(run, path):
    assert run("new", "通知", "-o", path)[0] == 0
    return path.read_text("utf-8")


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_of_a_right_draft(run, draft):
    draft(RIGHT)
    assert run("check", "draft.yaml") == (0, "", "检查了 1 份稿件：没有发现问题\n")


def test_check_of_a_wrong_draft(run, draft):
    draft(WRONG)
    code, out, err = run("check", "draft.yaml")
    assert code == 1
    assert "错误[GW101 unknown-key]：没有“tittle”这个键\n --> draft.yaml:8:1" in out
    assert err == "检查了 1 份稿件：2 个错误\n"


def test_warnings_fail_only_when_strict(run, draft):
    draft(DOUBTFUL)
    assert run("check", "draft.yaml")[0] == 0
    code, out, err = run("check", "--strict", "draft.yaml")
    assert (code, err) == (1, "检查了 1 份稿件：1 个警告\n")
    assert "警告[GW402 printed-before-dated]" in out
    draft(RIGHT)
    assert run("check", "--strict", "draft.yaml")[0] == 0


def test_bundled_faces_fail_only_when_fonts_are_strict(run, draft):
    draft(RIGHT)
    code, out, _ = run("check", "--strict-fonts", "draft.yaml")
    assert code == 1
    assert out.count("错误[GW503 substitute-face]") == len(ROLES)


def test_folders_are_searched(run, draft, tmp_path):
    for folder in ("a/b", ".hidden", "a/.git"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("a/b/one.yaml", "a/two.YML", ".hidden/x.yaml", "a/.git/x.yaml", "a/.x.yaml", "a/notes.txt"):
        draft(ANOTHER if "two" in name else RIGHT, name)
    draft("字体: {}\n", "a/gongwen.yaml")
    (tmp_path / "folder.yaml").mkdir()
    assert run("check", ".") == (0, "", "检查了 2 份稿件：没有发现问题\n")
    assert run("check", "a", "a/b/one.yaml")[2] == "检查了 2 份稿件：没有发现问题\n"
    assert run("check", "a/.x.yaml")[2] == "检查了 1 份稿件：没有发现问题\n"


def test_every_draft_is_checked_though_one_is_wrong(run, draft):
    draft(WRONG, "a.yaml")
    draft(ANOTHER, "b.yaml")
    draft("\x00", "c.yaml")
    code, out, err = run("check", ".")
    assert (code, err) == (1, "检查了 3 份稿件：3 个错误\n")
    assert "--> a.yaml:8:1" in out
    assert "--> c.yaml:1:1" in out


def test_settings_are_told_of_once(run, draft):
    draft("fonts: {fangsong: 没有.ttf}\n", "gongwen.yaml")
    draft(RIGHT, "a.yaml")
    draft(ANOTHER, "b.yaml")
    code, out, err = run("check", ".")
    assert (code, err) == (1, "检查了 2 份稿件：1 个错误\n")
    assert out.count("没有字体文件“没有.ttf”") == 1
    assert "1 | fonts: {fangsong: 没有.ttf}" in out


def test_an_unreadable_file_is_a_finding(run, draft, monkeypatch):
    opened = os.open

    def refuse(path, *args, **options):
        if Path(path).name == "draft.yaml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *args, **options)

    draft(RIGHT)
    monkeypatch.setattr(os, "open", refuse)
    code, out, err = run("check", "draft.yaml")
    assert (code, err) == (1, "检查了 1 份稿件：1 个错误\n")
    assert "错误[GW001 unreadable-file]：读不了文件“draft.yaml”：没有读取权限" in out


def test_a_name_that_is_no_text_is_no_traceback(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"\xff.yaml")).write_text(WRONG, "utf-8")
    except OSError:
        pytest.skip("the file system refuses the name")
    done = program("check", ".", cwd=tmp_path, errors="replace")
    assert done.returncode == 1
    assert "GW101" in done.stdout
    assert "Traceback" not in done.stderr


# --- build -----------------------------------------------------------------------------------------------------------


def test_build_writes_and_measures(run, draft, tmp_path):
    (tmp_path / "drafts" / "sub").mkdir(parents=True)
    draft(RIGHT, "drafts/sub/a.yaml")
    code, out, err = run("build", "drafts", "-o", "pdf")
    assert code == 0
    assert re.fullmatch(r"pdf/sub/a\.pdf  (\d) 页  （量测 \d+ 项，合格 \d+）\n", out)
    assert (tmp_path / "pdf" / "sub" / "a.pdf").read_bytes().startswith(b"%PDF-")
    fonts, last = err.splitlines()[:-1], err.splitlines()[-1]
    assert [line.split("：")[0] for line in fonts] == [f"字体  {ROLE_INFO[role].name}" for role in ROLES]
    assert re.fullmatch(r"生成 1 份 PDF，共 \d 页；用时 \d\.\d 秒", last)
    code, out, _ = run("build", "drafts", "-o", "pdf", "--profile", "archive")
    assert (code, out.split()[0]) == (0, "pdf/sub/a.archive.pdf")


def test_overprint_has_a_name_of_its_own(run, draft):
    draft(RIGHT)
    code, out, _ = run("build", "draft.yaml", "--overprint")
    assert (code, out.split()[0]) == (0, "out/draft.overprint.pdf")
    code, out, _ = run("build", "draft.yaml", "--overprint", "--profile", "archive")
    assert (code, out.split()[0]) == (0, "out/draft.overprint.archive.pdf")


DEVIATIONS = "偏离标准（{}）：页码居中（7.5 为单页居右、双页居左）\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_where_a_unit_departs_from_the_standard_is_said_once(run, draft, tmp_path, command):
    draft("house: {page_number: middle}\n", "gongwen.yaml")
    draft(RIGHT, "a.yaml")
    draft(ANOTHER, "b.yaml")
    code, _, err = run(command, ".")
    assert code == 0
    assert err.count(DEVIATIONS.format(tmp_path.resolve() / "gongwen.yaml")) == err.count("偏离标准") == 1
    draft("house: {page_number: outside}\n", "gongwen.yaml")
    assert "偏离标准" not in run(command, ".")[2]


def test_build_leaves_out_what_lies_in_its_own_folder(run, draft, tmp_path):
    (tmp_path / "out").mkdir()
    draft(WRONG, "out/a.yaml")
    code, _, err = run("build", ".")
    assert code == 2
    assert "没有稿件" in err


def test_a_wrong_draft_is_not_built_and_the_others_are(run, draft, tmp_path):
    draft(WRONG, "a.yaml")
    draft(RIGHT, "b.yaml")
    code, _, err = run("build", ".")
    assert code == 1
    assert re.search(r"生成 1 份 PDF，共 \d 页，1 份没有生成；2 个错误；用时 \d\.\d 秒\n$", err)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [record.NAME, "b.pdf"]


UNBOUND = RIGHT.replace("  - title: 报名表\n", "  - title: 报名表\n    bound: false\n")
FILED = RIGHT.replace("  - title: 报名表\n    body: [报名时间另行通知。]\n", "  - file: _list.yaml\n")


def test_an_attachment_that_is_not_bound_is_built_and_shown_beside_its_document(run, draft, tmp_path):
    assert RIGHT not in (UNBOUND, FILED)
    draft(UNBOUND, "a.yaml")
    code, out, err = run("build", "a.yaml")
    assert code == 0
    assert re.fullmatch(r"out/a\.pdf  \d 页  .*\nout/a\.fujian2\.pdf  1 页  （量测 \d+ 项，合格 \d+）\n", out)
    assert re.search(r"^生成 2 份 PDF，共 \d 页；用时 \d\.\d 秒$", err, re.MULTILINE)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [record.NAME, "a.fujian2.pdf", "a.pdf"]
    code, out, _ = run("show", "a.yaml")
    assert (code, out.count("┐ 第1页")) == (0, 2)


def test_texts_that_drafts_enclose_are_no_drafts(run, draft, tmp_path):
    (tmp_path / "drafts").mkdir()
    draft("title: 名单\nbody: [名单。]\n", "drafts/_list.yaml")
    assert run("check", "drafts")[0] == 2
    draft(FILED, "drafts/a.yaml")
    code, out, err = run("check", "drafts")
    assert (code, out) == (0, "")
    assert "检查了 1 份稿件" in err
    draft("title: 名单\nbdy: [名单。]\n", "drafts/_list.yaml")
    code, out, _ = run("check", "drafts")
    assert code == 1
    assert "--> drafts/_list.yaml:2:1" in out
    assert "| bdy: [名单。]" in out


def test_a_placeholder_is_built_but_not_released(run, draft, tmp_path):
    draft(PENDING)
    code, out, err = run("build", "draft.yaml", "--release")
    assert code == 1
    assert "错误[GW304 release-refused]" in out
    assert "字体" not in err
    assert not (tmp_path / "out").exists()
    assert run("build", "draft.yaml")[0] == 0
    draft(RIGHT)
    assert run("build", "draft.yaml", "--release")[0] == 0


def test_two_drafts_of_one_pdf_are_refused(run, draft, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        draft(RIGHT, f"{folder}/x.yaml")
    code, out, err = run("build", "a", "b")
    assert (code, out) == (2, "")
    assert err.startswith("gongwen：a/x.yaml 和 b/x.yaml 会写成同一个文件 out/x.pdf；")
    draft(RIGHT, "a/x.yml")
    assert "a/x.yaml 和 a/x.yml 会写成同一个文件" in run("build", "a")[2]
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be_written_exits_two(run, draft, tmp_path):
    draft(RIGHT)
    (tmp_path / "file").write_text("")
    code, _, err = run("build", "draft.yaml", "-o", "file/out")
    assert (code, err) == (2, "gongwen：路径中有一段不是文件夹：file/out\n")
    assert (tmp_path / "file").read_text() == ""


def test_what_was_measured():
    def result(verdict):
        return type("Result", (), {"verdict": verdict})

    assert _measured(Measured.of([result("met")] * 3)) == "  （量测 3 项，合格 3）"
    found = [result("met"), result("missed"), result("unmeasured"), result("unmeasured")]
    assert _measured(Measured.of(found)) == "  （量测 4 项，合格 1，不合格 1，未能量测 2）"


# --- kinds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_kinds_is_a_table(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    code, out, err = run("kinds")
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    start = width(head.partition("用途")[0])
    assert max(map(width, lines)) <= max(columns, start + 20) + 2
    firsts = [line.split()[:3] for line in lines if not line.startswith(" ")]
    assert [name.partition("（")[0] for name, _, _ in firsts] == list(kinds())
    assert ["函", "平行", "信函、文件"] in firsts
    assert ["请示", "上行", "文件"] in firsts
    assert ["意见", "不限", "文件、信函"] in firsts
    assert all(width(line) - width(line.lstrip()) == start for line in lines if line.startswith(" "))
    whole = "".join(line.strip() for line in lines)
    for kind in kinds().values():
        assert f"选用：{kind.when}。" in whole
        assert all(f"“{closing}”" in whole for closing in kind.closing)


def test_kinds_for_other_programs(run):
    code, out, err = run("kinds", "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert [row["name"] for row in rows] == list(kinds())
    assert rows[2]["also"] == "令"
    assert all({"direction", "formats", "use", "when", "requires", "forbids", "closing"} <= set(row) for row in rows)


# --- show, fonts, schema ---------------------------------------------------------------------------------------------


def test_show(run, draft):
    draft(RIGHT)
    code, out, err = run("show", "draft.yaml")
    assert (code, err) == (0, "")
    assert out.startswith("┌")
    assert "某某市总工会文件" in out
    assert "第4页" in out
    draft(WRONG)
    code, out, _ = run("show", "draft.yaml")
    assert (code, "GW101" in out) == (1, True)


def test_fonts(run, draft):
    code, out, err = run("fonts")
    assert (code, err) == (0, "")
    assert "小标宋：Gongwen BiaoSong（随附字体，代方正小标宋简体）" in out
    assert "  xiaobiaosong: 方正小标宋简体 或 " in out
    assert run("fonts", "--strict-fonts")[0] == 1
    draft("字体: {补字: [没有.ttf]}\n", "gongwen.yaml")
    code, out, _ = run("fonts")
    assert code == 1
    assert "错误[GW502 unusable-face]：没有字体文件“没有.ttf”" in out


def test_fonts_of_a_project(run, draft, tmp_path, monkeypatch):
    from gongwen import resources

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "own.ttf").write_bytes((resources.fonts() / "GongwenBuzi-Regular.ttf").read_bytes())
    draft("fonts: {fangsong: own.ttf, extra: [own.ttf]}\n", "gongwen.yaml")
    code, out, _ = run("fonts", ".")
    assert code == 0
    assert re.search("^仿宋：.*（本单位字体）$", out, re.MULTILINE)
    assert re.search("^补字1：", out, re.MULTILINE)


def test_schema(run):
    assert run("schema") == (0, schema_text("en"), "")
    assert run("schema", "-c") == (0, schema_text("zh"), "")


# --- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (KeyError("甲"), "程序有错（KeyError: '甲'）；请把稿件和这句话报告给开发者"),
        (RecursionError("deep"), "程序有错（RecursionError: deep）；请把稿件和这句话报告给开发者"),
        (MissingResourceError("程序安装不完整"), "程序安装不完整"),
        (OSError(errno.ENOSPC, "No space left on device", "a.pdf"), "磁盘已满：a.pdf"),
        (PermissionError(errno.EACCES, "Permission denied", "a.pdf"), "没有权限：a.pdf"),
        (OSError(errno.EIO, "Input/output error"), "磁盘读写出错"),
        (OSError("奇怪"), "奇怪"),
        (click.Abort(), "已中断"),
        (KeyboardInterrupt(), "已中断"),
        (click.ClickException("不行"), "不行"),
        (click.UsageError("不行"), "不行"),
    ],
    ids=repr,
)
def test_a_fault_of_the_program_is_one_line(run, draft, monkeypatch, error, message):
    def fail(*_):
        raise error

    monkeypatch.setattr(Compiler, "check", fail)
    draft(RIGHT)
    code, out, err = run("check", "draft.yaml")
    assert (code, out) == (2, "")
    assert err.strip().removeprefix("gongwen：").startswith(message)
    assert err.strip().count("\n") == 0


def test_a_closed_pipe_is_no_traceback(draft, tmp_path):
    draft(WRONG)
    with subprocess.Popen(
        [sys.executable, "-m", "gongwen", "check", "draft.yaml"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


IMPORTS = """
import sys
from gongwen import cli
try:
    cli.main(sys.argv[1:])
except SystemExit as status:
    heavy = ("weasyprint", "jinja2", "rjieba", "pypdfium2", "pikepdf", "PIL", "openpyxl")
    names = (*heavy, "fontTools", "uharfbuzz", "pydantic", "importlib.metadata")
    print(status.code, *(name for name in names if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["new", "通知"], {"pydantic", "uharfbuzz"}),
        (["schema"], {"pydantic"}),
        (["fonts"], {"pydantic", "uharfbuzz"}),
        (["check", "draft.yaml"], {"pydantic", "uharfbuzz", "fontTools"}),
        (["show", "draft.yaml"], {"pydantic", "uharfbuzz", "fontTools"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_only_what_is_needed_is_loaded(args, wanted, draft, tmp_path):
    draft(RIGHT)
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *args], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0"
    assert set(names) == wanted


# --- reading copies ---------------------------------------------------------------------------------------------------

SPEECH = (Path(__file__).parent / "drafts" / "en" / "right-speech.yaml").read_text("utf-8")


def test_a_reading_copy_is_a_file_of_its_own(run, draft, tmp_path):
    draft(SPEECH, "speech.yaml")
    code, out, _ = run("build", "--reading-copy", "speech.yaml")
    assert (code, out.split()[0]) == (0, "out/speech.reading.pdf")
    assert "不合格" not in out
    code, out, _ = run("build", "--reading-copy", "--profile", "archive", "speech.yaml")
    assert (code, out.split()[0]) == (0, "out/speech.reading.archive.pdf")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        record.NAME,
        "speech.reading.archive.pdf",
        "speech.reading.pdf",
    ]


def test_only_a_speech_has_a_reading_copy(run, draft, tmp_path):
    draft(RIGHT)
    code, out, _ = run("build", "--reading-copy", "draft.yaml")
    assert code == 1
    assert "GW364" in out
    assert "--reading-copy 只用于讲话稿" in out
    assert not (tmp_path / "out").exists()
    code, out, _ = run("show", "--reading-copy", "draft.yaml")
    assert code == 1
    assert "GW364" in out


def test_the_rows_of_a_reading_copy_are_those_of_its_grid(run, draft):
    draft(SPEECH, "speech.yaml")
    for options, rows, columns in (((), 22, 56), (("--reading-copy",), 19, 40)):
        code, out, err = run("show", *options, "speech.yaml")
        assert (code, err) == (0, "")
        page = out.splitlines()
        assert page[0] == f"┌{'─' * columns}┐ 第1页"
        assert sum(line.startswith("│") for line in page) == rows
        assert any("    一、提高认识" in line for line in page)
