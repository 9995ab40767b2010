"""Mailings: the sheet, which rows fill a draft, what is told of them, and the command."""

import codecs
import datetime
import io
import json
import pickle
import sys
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gongwen import checking, mailing
from gongwen.cli import cli
from gongwen.compiler import Compiler
from gongwen.diagnostics import BLOCKING, Check, Diagnostic, Position, Severity, Span
from gongwen.files import digest_of
from gongwen.options import Options
from gongwen.outcome import Outcome
from gongwen.source import Source

DRAFT = """\
kind: 函
issuer: 云州市总工会
number: 云工函〔2026〕{序号}号
title: 云州市总工会关于邀请参加职工运动会的函
addressees: {单位}
body:
  - 为活跃职工文体生活，我会拟举办全市职工运动会，诚邀{姓名}同志出席开幕式，请予支持。
signature: 云州市总工会
date: {日期}
"""
LIST = "序号,姓名,单位,日期\n1,李华,云州大学,2026-11-20\n2,王小明,市图书馆,2026年11月21日\n3,张强,市博物馆,2026-11-22\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the draft and its list, that the command is run in."""
    monkeypatch.chdir(tmp_path)
    Path("邀请函.yaml").write_text(DRAFT, "utf-8")
    Path("名单.csv").write_text(LIST, "utf-8")
    return tmp_path


def sheet(tmp_path, data, name="名单.csv"):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return mailing.read(path, name)


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def told(diagnostics):
    return [(one.check.code, str(one.severity), one.file, one.message) for one in diagnostics]


def values(read):
    return [dict(row.values) for row in read.rows]


# --- the sheet ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_any_encoding_that_tables_are(tmp_path, encoding):
    read = sheet(tmp_path, codecs.encode("姓名,单位\n李华,云州大学\n", encoding))
    assert read.diagnostics == ()
    assert read.fields == ("姓名", "单位")
    assert values(read) == [{"姓名": "李华", "单位": "云州大学"}]


def test_rows_keep_their_numbers_and_blank_ones_are_left_out(tmp_path):
    read = sheet(tmp_path, "姓名\t单位\n李华\t甲\n\n  \t \n王小明\n张强\t丙\n\n")
    assert read.diagnostics == ()
    assert [(row.number, row.label) for row in read.rows] == [(2, "0002"), (5, "0005"), (6, "0006")]
    assert values(read) == [
        {"姓名": "李华", "单位": "甲"},
        {"姓名": "王小明", "单位": ""},
        {"姓名": "张强", "单位": "丙"},
    ]


def test_a_workbook_gives_what_it_shows_and_days_as_drafts_write_them(tmp_path):
    day = datetime.datetime.fromisoformat("2026-11-05")

    def change(active):
        for cell, form in zip(
            "ABCDEFG", ("yyyy/m/d", "yyyy-mm-dd", 'm"月"d"日"', "0000", "0.0%", "@", "yyyy/m/d h:mm"), strict=True
        ):
            active[f"{cell}2"].number_format = form

    read = sheet(
        tmp_path,
        workbook(list("甲乙丙丁戊己庚"), [day, day.date(), day, 7, 0.125, "007", day], change=change),
        "名单.xlsx",
    )
    assert read.diagnostics == ()
    shown = ["2026年11月5日", "2026年11月5日", "11月5日", "0007", "12.5%", "007", "2026/11/5 0:00"]
    assert list(values(read)[0].values()) == shown


def test_a_list_may_lie_anywhere_and_behind_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "真名单.csv").write_text(LIST, "utf-8")
    link = tmp_path / "名单.csv"
    link.symlink_to(tmp_path / "elsewhere" / "真名单.csv")
    read = mailing.read(link)
    assert len(read.rows) == 3
    assert read.seen.digest == digest_of(LIST.encode())
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301 - made here


@pytest.mark.parametrize(
    ("name", "data", "code", "message"),
    [
        ("名单.csv", "", "GW128", "名单里没有可填的行"),
        ("名单.csv", "\n\n", "GW128", "名单里没有可填的行"),
        ("名单.csv", "姓名,单位\n,\n", "GW128", "名单里没有可填的行"),
        ("名单.csv", ",单位\n李华,甲\n", "GW125", "第1列没有列名"),
        ("名单.csv", "\n李华,甲\n", "GW125", "第1行没有列名"),
        ("名单.csv", "姓名\n李华,甲\n", "GW125", "第2列没有列名"),
        ("名单.csv", "姓名,单位,姓名\n李华,甲,乙\n", "GW125", "列名“姓名”重复：第1列和第3列"),
        ("名单.csv", '姓名\n"李华\n', "GW124", "名单用不了：第2行读不出来"),
        ("名单.csv", b"\x00\x01\xff", "GW124", "名单用不了：不是文本文件"),
        ("名单.csv", ",".join("abcdefghij" * 5), "GW124", "名单用不了：表格太大，超过20000行或者40列"),
        ("名单.txt", "姓名\n李华\n", "GW124", "名单用不了：不是 CSV 或 XLSX 文件"),
        ("名单.xlsx", "姓名\n李华\n", "GW124", "名单用不了：不是 XLSX 文件，或者已损坏、已加密"),
        ("名单.xlsx", workbook(["姓名"], ["=A3&A4"]), "GW124", "名单用不了：有的格不能照样排：A2的公式没有计算结果"),
        (
            "名单.xlsx",
            workbook(
                ["姓名", "单位"], ["李华", "甲"], change=lambda one: setattr(one.column_dimensions["B"], "hidden", True)
            ),
            "GW124",
            "名单用不了：工作表里有隐藏的行或列：B列",
        ),
        (
            "名单.xlsx",
            workbook(["全市名单"], ["姓名", "单位"], ["李华", "甲"], change=lambda one: one.merge_cells("A1:B1")),
            "GW127",
            "第1行有合并的格",
        ),
        ("名单.csv", "姓名,文件名\n李华,a\n王小明,\n", "GW129", "第3行没有文件名"),
        ("名单.csv", "姓名,文件名\n李华,...\n", "GW129", "第2行没有文件名"),
        ("名单.csv", "姓名,文件名\n李华,a\n王小明,A.pdf\n", "GW129", "文件名重复：“a”（第2、3行）"),
        ("名单.csv", "姓名,file\n李华,a/b\n王小明,a\\b\n", "GW129", "文件名重复：“a_b”（第2、3行）"),
        ("名单.csv", "姓名,文件名\n李华," + "长" * 41 + "\n", "GW129", "第2行的文件名超过40字"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_and_leaves_no_rows(tmp_path, name, data, code, message):
    read = sheet(tmp_path, data, name)
    (diagnostic,) = read.diagnostics
    assert (diagnostic.check.code, diagnostic.file, diagnostic.severity) == (code, name, Severity.ERROR)
    assert diagnostic.message.startswith(message)
    assert diagnostic.hint
    assert read.rows == ()


def test_a_list_that_is_not_there_or_too_large_is_told(tmp_path):
    (missing,) = mailing.read(tmp_path / "没有.csv", "没有.csv").diagnostics
    assert (missing.check.code, missing.message) == ("GW124", "读不了名单“没有.csv”：文件不存在")
    with (tmp_path / "大.csv").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    (large,) = mailing.read(tmp_path / "大.csv").diagnostics
    assert (large.check.code, large.message) == ("GW124", "名单太大，超过 20 MB")


def test_many_faults_of_a_kind_are_told_once(tmp_path):
    rows = "".join(f"甲,{'' if number % 2 else number // 4}\n" for number in range(40))
    assert [one.message for one in sheet(tmp_path, "姓名,文件名\n" + rows).diagnostics] == [
        "第3、5、7、9、11行等20行没有文件名",
        "文件名重复：“0”（第2、4行）、“1”（第6、8行）、“2”（第10、12行）、“3”（第14、16行）、“4”（第18、20行）等10个",
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("李华", "李华"),
        ("李华.pdf", "李华"),
        ("李华.PDF", "李华"),
        ("../../秘密", "_.._秘密"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\temp", "C__temp"),
        (".隐藏", "隐藏"),
        ('a<b>|"?*', "a_b_____"),
        ("李\u200b华\u202e", "李华"),
        ("e\u0301", "\xe9"),
        ("第1.2节", "第1.2节"),
    ],
)
def test_names_of_files_are_made_safe(tmp_path, name, label):
    data = workbook(["姓名", "文件名"], ["甲", name])
    (row,) = sheet(tmp_path, data, "名单.xlsx").rows
    assert row.label == label
    beside = row.beside(Path("稿件/邀请函.yaml"))
    assert beside.parent == Path("稿件")
    assert beside.name == f"邀请函.{label}.yaml"


def test_files_are_numbered_like_their_rows_and_sort_so(tmp_path):
    few = sheet(tmp_path, "姓名\n" + "甲\n" * 3)
    assert [row.beside(Path("a.yaml")).name for row in few.rows] == ["a.0002.yaml", "a.0003.yaml", "a.0004.yaml"]
    many = sheet(tmp_path, "姓名\n" + "甲\n" * 10_000)
    labels = [row.label for row in many.rows]
    assert labels[0] == "00002"
    assert labels == sorted(labels)
    assert len(set(labels)) == 10_000


# --- draft and sheet ----------------------------------------------------------------------------------------------------------


def fitted(tmp_path, text, data):
    return mailing.fit(Source.parse(text, "邀请函.yaml"), sheet(tmp_path, data))


def test_rows_that_fit_are_all_there(tmp_path):
    found = fitted(tmp_path, DRAFT, LIST)
    assert found.diagnostics == ()
    assert [row.number for row in found.rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "code", "message", "hint", "place"),
    [
        ("title: 请{姓}到{单位}", "GW121", "名单 名单.csv 没有“姓”这一列", "是不是“{姓名}”？", "{姓}"),
        ("title: 请{会场}，{会场}", "GW121", "名单 名单.csv 没有“会场”这一列", "名单的列名：姓名、单位；照样印的花括号写两层", "{会场}"),
        ("title: 请｛姓名｝到{单位}", "GW121", "“｛姓名｝”不是空，会照样印出来", "写成 {姓名}：花括号用半角，里面不留空格", "｛姓名｝"),
        ("title: 请{ 姓名 }到{单位}", "GW121", "“{ 姓名 }”不是空，会照样印出来", "写成 {姓名}：花括号用半角，里面不留空格", "{ 姓名 }"),
        ("title: 请{电话（手机）}到", "GW121", "“{电话（手机）}”不是空，会照样印出来", "列名用汉字", "{电话（手机）}"),
        ("title: 请到会{{姓名}}，{4}位，｛甲｝", "GW123", "稿件里没有空，不必用名单 名单.csv", "在稿件里写上空，如 {姓名}", None),
        ("", "", "", "", None),
    ],
)  # fmt: skip
def test_a_draft_that_does_not_go_with_the_list_is_told_at_its_place(tmp_path, text, code, message, hint, place):
    found = fitted(tmp_path, text, "姓名,单位,电话（手机）\n李华,甲,1\n")
    assert found.rows == ()
    if not text:
        assert found.diagnostics == ()  # reading says what there is to say
        return
    (diagnostic,) = found.diagnostics
    assert (diagnostic.check.code, diagnostic.file, diagnostic.message) == (code, "邀请函.yaml", message)
    assert diagnostic.hint.startswith(hint)
    span = diagnostic.span
    assert (None if span is None else text[span.start.offset : span.end.offset]) == place


def test_what_is_meant_as_a_field_is_so_in_values_alone(tmp_path):
    text = "# ｛姓名｝\ntitle: 请{单位}  # { 姓名 }\n'｛姓名｝': a\n"
    found = fitted(tmp_path, text, "姓名,单位\n李华,甲\n")
    assert [one.check.code for one in found.diagnostics] == ["GW122"]


def test_fields_that_no_column_fills_are_told_each_once_and_not_without_end(tmp_path):
    text = "title: '" + "".join(f"{{a{number}}}{{a{number}}}" for number in range(60)) + "{ 姓名 }{ 姓名 }'"
    found = [one.message for one in fitted(tmp_path, text, "姓名\n李华\n").diagnostics]
    assert found[:50] == [f"名单 名单.csv 没有“a{number}”这一列" for number in range(50)]
    assert found[50:] == ["还有10个空，名单 名单.csv 没有这样的列", "“{ 姓名 }”不是空，会照样印出来"]


@pytest.mark.parametrize("text", ["{" + " " * 500_000, "{ " * 200_000, "{姓" * 200_000, "{" * 500_000 + "}" * 500_000])
def test_braces_and_blanks_in_any_number_are_looked_at_once(tmp_path, text):
    found = fitted(tmp_path, f"title: '请{{姓名}}{text}'", "姓名\n李华\n")
    assert len(found.rows) == 1
    assert found.diagnostics == ()


def test_columns_that_nothing_is_filled_from_are_warned_of_but_for_names_of_files(tmp_path):
    data = "姓名,单位,备注,文件名,电话（手机）\n李华,甲,,a,1\n"
    found = fitted(tmp_path, "title: 请{姓名}", data)
    assert told(found.diagnostics) == [("GW122", "warning", "名单.csv", "名单的“单位”、“备注”、“电话（手机）”没有用到")]
    assert found.diagnostics[0].hint == "用得着的，在稿件里写上空，如 {单位}；用不着的，从名单里删去"
    assert len(found.rows) == 1


def test_rows_with_cells_that_cannot_be_filled_in_are_left_out_and_told_by_column(tmp_path):
    data = '姓名,单位,备注\n,甲,\n李华,甲,\n"李\n华",甲,\n,,注\n王\u200b小明,甲,\n李\t华,甲,\n张\u202e强,甲,\n'
    found = fitted(tmp_path, "title: 请{姓名}到{单位}", data)
    assert [row.number for row in found.rows] == [3]
    assert told(found.diagnostics)[1:] == [
        ("GW126", "error", "名单.csv", "第2、5行“姓名”一栏空着"),
        ("GW130", "error", "名单.csv", "第4行“姓名”一栏有换行"),
        ("GW126", "error", "名单.csv", "第5行“单位”一栏空着"),
        ("GW130", "error", "名单.csv", "第6行“姓名”一栏有看不见的字符 U+200B（零宽空格）"),
        ("GW130", "error", "名单.csv", "第7行“姓名”一栏有制表符"),
        ("GW130", "error", "名单.csv", "第8行“姓名”一栏有看不见的双向控制字符 U+202E"),
    ]


def test_a_row_puts_so_much_into_a_draft_and_no_more(tmp_path):
    data = f"姓名\n{'长' * 25_000}\n{'长' * 25_001}\n"
    found = fitted(tmp_path, "a: &a ['{姓名}']\nb: *a\nc: [*a, *a]\n", data)
    assert [row.number for row in found.rows] == [2]
    assert told(found.diagnostics) == [("GW130", "error", "名单.csv", "第3行填进稿件的文字太多")]


# --- what is told of rows -----------------------------------------------------------------------------------------------------

STRUCK = Check("GW000", "struck", BLOCKING)
AT = Span(Position(1, 1, 0), Position(1, 2, 1))


def gathered(found, path=Path("邀请函.yaml")):
    """The findings of rows 2, 3, …, each given as a list, told together."""
    rows = tuple(mailing.Row(number, {}, str(number)) for number in range(2, 2 + len(found)))
    read = mailing.Mailing(Path("名单.csv"), "名单.csv", rows=rows)
    several = [Outcome(path, tuple(one)) for one in found]
    return mailing.gathered(path, read, mailing.Fitted(rows), several)


def struck(message, **more):
    return Diagnostic(STRUCK, message, "邀请函.yaml", AT, **more)


def test_a_finding_is_told_once_with_its_rows():
    common, some, one = struck("甲"), struck("乙"), struck("丙")
    outcome = gathered([[common, some], [common], [common, some, one]])
    assert [one.message for one in outcome.diagnostics] == [
        "丙（名单.csv 第4行）",
        "乙（名单.csv 第2、4行）",
        "甲（名单.csv 各行）",
    ]
    assert [one.message for one in gathered([[common]]).diagnostics] == ["甲（名单.csv 第2行）"]
    many = gathered([[common]] * 7 + [[]])
    assert [one.message for one in many.diagnostics] == ["甲（名单.csv 第2、3、4、5、6行等7行）"]


def test_of_many_findings_that_differ_in_their_words_alone_the_first_stands_for_all():
    few = gathered([[struck(f"“{number}”")] for number in range(5)])
    assert [one.message for one in few.diagnostics] == [
        f"“{number}”（名单.csv 第{number + 2}行）" for number in range(5)
    ]
    many = gathered([[struck(f"“{number % 8}”")] for number in range(40)])
    (one,) = many.diagnostics
    assert one.message == "“0”（名单.csv 第2、10、18、26、34行；还有第3、4、5、6、7行等35行）"


def test_a_fix_is_offered_where_all_rows_need_it():
    common, some = struck("甲", replacement="、"), struck("乙", replacement="。")
    fixes = {one.message: one.replacement for one in gathered([[common, some], [common]]).diagnostics}
    assert fixes == {"甲（名单.csv 各行）": "、", "乙（名单.csv 第2行）": None}


def test_rows_are_nothing_to_the_register(folder, compiler):
    path = folder / "邀请函.yaml"
    source, read = Source.read(path), mailing.read(folder / "名单.csv")
    fit = mailing.fit(source, read)
    found = list(mailing.outcomes(path, source, fit, compiler, jobs=1))
    assert [one.entry for one in found] == [None] * 3
    assert mailing.gathered(path, read, fit, found).entry is None


def test_each_row_is_checked_as_a_draft_that_says_so(folder, compiler):
    path = folder / "邀请函.yaml"
    source, read = Source.read(path), mailing.read(folder / "名单.csv")
    for row in read.rows:
        checked = compiler.check(path, source=source.filled(row.values))
        written = compiler.check(path, source=Source.parse(checked.source.written, str(path)))
        assert checked.document == written.document
        assert checked.document is not None
        assert checked.layout == written.layout
        assert [one.message for one in checked.diagnostics] == [one.message for one in written.diagnostics]
        assert checked.document.number == f"云工函〔2026〕{row.values['序号']}号"


def test_a_process_that_dies_is_told_with_its_row(folder, compiler):
    from gongwen.mailing.checking import CheckingRow

    path = folder / "邀请函.yaml"
    row = mailing.read(folder / "名单.csv").rows[1]
    outcome = CheckingRow(compiler, path, Source.read(path)).died(row)
    read = mailing.Mailing(Path("名单.csv"), "名单.csv", rows=(row,))
    (diagnostic,) = mailing.gathered(path, read, mailing.Fitted((row,)), [outcome]).diagnostics
    assert diagnostic.check is checking.PROCESS_DIED
    assert diagnostic.message.endswith("（名单.csv 第3行）")


def test_the_archive_holds_the_draft_as_it_was_filled(folder):
    compiler, path = Compiler(), folder / "邀请函.yaml"
    row = mailing.read(folder / "名单.csv").rows[1]
    options = Options("archive")
    made = compiler.make(compiler.check(path, source=Source.read(path).filled(row.values)), options)
    with pikepdf.open(io.BytesIO(made.pdfs[0].data)) as pdf:
        (held,) = (pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments)
    again = compiler.make(compiler.check(path, source=Source.parse(held, str(path))), options)
    assert again.document == made.document
    assert "王小明" in held.decode()
    assert "{" not in held.decode()


# --- the command --------------------------------------------------------------------------------------------------------------


def run(*args):
    found = CliRunner().invoke(cli, [*map(str, args)], standalone_mode=False)
    assert found.exception is None or not isinstance(found.exception, SystemExit)
    return found


def check(*args):
    return run("check", "邀请函.yaml", "--data", "名单.csv", *args)


@pytest.mark.usefixtures("folder")
def test_a_clean_mailing_is_clean():
    found = check()
    assert (found.return_value, found.stdout) == (0, "")
    assert found.stderr.endswith("按名单检查了 3 份：没有发现问题\n")


@pytest.mark.usefixtures("folder")
def test_faults_of_values_are_told_at_their_fields_with_their_rows():
    Path("名单.csv").write_text(LIST.replace("2026-11-22", "2026/11/22").replace("王小明", "王 明"), "utf-8")
    found = check("--format", "concise")
    assert found.return_value == 1
    assert found.stdout.splitlines() == [
        "邀请函.yaml:7:30: 警告 GW806 汉字之间有空格（名单.csv 第3行）",
        "邀请函.yaml:9:7: 错误 GW107 日期“2026/11/22”的写法不对（名单.csv 第4行）",
    ]


@pytest.mark.usefixtures("folder")
def test_faults_of_the_draft_and_of_the_list_are_told_once_for_all_rows():
    Path("邀请函.yaml").write_text(DRAFT.replace("开幕式，", "开幕式,") + "tittle: a\n", "utf-8")
    Path("名单.csv").write_text(LIST.replace("李华", ""), "utf-8")
    found = check("--format", "concise")
    assert found.stdout.splitlines() == [
        "名单.csv: 错误 GW126 第2行“姓名”一栏空着",
        "邀请函.yaml:10:1: 错误 GW101 没有“tittle”这个键（名单.csv 各行）",
    ]
    assert "按名单检查了 2 份：2 个错误" in found.stderr


@pytest.mark.usefixtures("folder")
def test_without_a_row_the_draft_is_checked_as_far_as_it_goes():
    Path("邀请函.yaml").write_text(DRAFT.replace("{姓名}", "{名}") + "tittle: a\n", "utf-8")
    found = check("--format", "concise")
    assert found.return_value == 1
    assert found.stdout.splitlines() == [
        "邀请函.yaml:7:30: 错误 GW121 名单 名单.csv 没有“名”这一列",
        "邀请函.yaml:10:1: 错误 GW101 没有“tittle”这个键",
    ]
    Path("邀请函.yaml").write_text("title: '没有完\n", "utf-8")
    assert [line.split(" ")[2] for line in check("--format", "concise").stdout.splitlines()] == ["GW005"]


@pytest.mark.usefixtures("folder")
def test_programs_get_one_draft_with_places_in_it():
    Path("名单.csv").write_text(LIST.replace("2026-11-22", "2026/11/22"), "utf-8")
    report = json.loads(check("--format", "json").stdout)
    assert [(one["path"], one["errors"]) for one in report["files"]] == [("邀请函.yaml", 1)]
    (finding,) = report["diagnostics"]
    assert (finding["file"], finding["message"]) == ("邀请函.yaml", "日期“2026/11/22”的写法不对（名单.csv 第4行）")
    (result,) = json.loads(check("--format", "sarif").stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 9
    assert "（名单.csv 第4行）" in result["message"]["text"]
    github = check("--format", "github").stdout
    assert github.startswith("::error file=邀请函.yaml,line=9,endLine=9,col=7,endColumn=11,title=GW107 bad-date::")


@pytest.mark.usefixtures("folder")
def test_comments_take_findings_of_rows_back():
    text = DRAFT.replace("  - 为活跃", "  # gongwen: ignore[GW806]\n  - 为活跃")
    Path("邀请函.yaml").write_text(text, "utf-8")
    # In no row there is anything to take back.
    assert check("--format", "concise").stdout.splitlines() == [
        "邀请函.yaml:7:1: 警告 GW950 这里没有 GW806（stray-blank）可忽略（名单.csv 各行）"
    ]
    Path("名单.csv").write_text(LIST.replace("王小明", "王 明"), "utf-8")
    found = check("--format", "concise")
    assert found.stdout == ""
    assert "按稿件里的注释忽略了 1 处" in found.stderr


@pytest.mark.usefixtures("folder")
def test_the_checks_that_a_run_does_not_want_are_not_told():
    Path("名单.csv").write_text(
        LIST.replace("序号", "备注,序号").replace("\n1", "\n,1").replace("\n2", "\n,2").replace("\n3", "\n,3"), "utf-8"
    )
    assert "GW122" in check().stdout
    assert check("--ignore", "GW122").stdout == ""


@pytest.mark.usefixtures("folder")
def test_findings_about_settings_are_told_once_and_have_no_row():
    Path("gongwen.yaml").write_text("unitt: a\n", "utf-8")
    lines = check("--format", "concise").stdout.splitlines()
    assert [line for line in lines if "GW101" in line] == [lines[0]]
    assert lines[0].endswith("没有“unitt”这个键")


@pytest.mark.usefixtures("folder")
def test_several_processes_tell_the_same():
    rows = "".join(f"{n},{'张 强' if n % 7 == 0 else '张强'},市图书馆,2026-11-20\n" for n in range(1, 61))
    Path("名单.csv").write_text(LIST.splitlines()[0] + "\n" + rows, "utf-8")
    one, two = check("--jobs", "1"), check("--jobs", "2")
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
    assert "（名单.csv 第8、15、22、29、36行等8行）" in one.stdout


@pytest.mark.usefixtures("folder")
def test_a_file_named_through_a_field_is_one_of_the_project():
    body = "  - figure: '{图}'\n    width: 100\n    caption: 图\n"
    Path("项目").mkdir()
    Path("项目/邀请函.yaml").write_text(DRAFT.replace("signature:", f"{body}signature:"), "utf-8")
    Path("外.png").write_bytes(b"")
    Path("名单.csv").write_text(
        "".join(
            f"{line},{name}\n"
            for line, name in zip(LIST.splitlines(), ("图", "../外.png", "没有.png", "/etc/hostname"), strict=True)
        ),
        "utf-8",
    )
    lines = run("check", "项目/邀请函.yaml", "--data", "名单.csv", "--format", "concise").stdout.splitlines()
    assert [line.split(" ", 3)[3] for line in lines if "GW507" in line or "文件" in line] == [
        "文件在项目文件夹之外：../外.png（名单.csv 第2行）",
        "文件在项目文件夹之外：/etc/hostname（名单.csv 第4行）",
        "没有这个文件：没有.png（名单.csv 第3行）",
    ]
    assert all(line.startswith("项目/邀请函.yaml:8:") for line in lines if "文件" in line)


@pytest.mark.usefixtures("folder")
def test_a_text_of_a_file_of_its_own_has_no_fields():
    Path("_附件.yaml").write_text("title: 参会名单\nbody: ['{姓名}同志。']\n", "utf-8")
    Path("邀请函.yaml").write_text(
        DRAFT.replace("signature:", "attachments: [{file: _附件.yaml}]\nsignature:"), "utf-8"
    )
    assert check("--format", "concise").stdout.splitlines() == [
        "_附件.yaml:2:9: 错误 GW120 这是填空的稿件，有1处空：{姓名}（名单.csv 各行）"
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("邀请函.yaml", "--data", "名单.csv", "--fix"), "--data 不能与 --fix、--diff 同用"),
        (("邀请函.yaml", "--data", "名单.csv", "--diff"), "--data 不能与 --fix、--diff 同用"),
        (("邀请函.yaml", "另一份.yaml", "--data", "名单.csv"), "--data 一次填一份稿件"),
        (("邀请函.yaml", "--data", "."), ". 是文件夹，不是文件"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_use_is_told_and_changes_nothing(args, message, monkeypatch, capsys):
    from gongwen.cli import main

    Path("另一份.yaml").write_text(DRAFT, "utf-8")
    monkeypatch.setattr(sys, "argv", ["gongwen"])
    with pytest.raises(SystemExit) as ended:
        main(["check", *args])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert Path("邀请函.yaml").read_text("utf-8") == DRAFT


# --- any list -----------------------------------------------------------------------------------------------------------------

_cell = st.text(st.sampled_from("姓名单位,;\t\n\"'{} 　\u200b\u202e\x00\x07李华a1=-.…"), max_size=6)
_text = st.text(st.sampled_from("姓名单位{}{}｛｝|>&*#:- \n\"'a"), max_size=30)


@given(st.binary(max_size=60) | st.lists(st.lists(_cell, max_size=4).map(",".join), max_size=5).map("\n".join), _text)
def test_any_list_with_any_draft_never_raises(tmp_path_factory, data, text):
    folder = tmp_path_factory.mktemp("any")
    read = sheet(folder, data)
    source = Source.parse(text, "a.yaml")
    found = mailing.fit(source, read)
    assert all(one.file in {"名单.csv", "a.yaml"} for one in found.diagnostics)
    assert found.rows == () or not any(one.check.code in {"GW121", "GW123"} for one in found.diagnostics)
    for row in found.rows:
        full = source.filled(row.values)
        assert full.unfilled == ()
        assert Source.parse(full.written).filled({}).data == full.data
