"""The register: what an entry knows, the rules that compare drafts, rows and the files that they are written to."""

import csv
import datetime
import io
import json
import pickle
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gongwen.compiler import Compiler
from gongwen.diagnostics import Basis, Severity
from gongwen.outcome import Outcome
from gongwen.register import formats, rules
from gongwen.register.entry import Entry, State
from gongwen.register.numbering import next_number
from gongwen.register.rows import HEAD, rows, summary
from gongwen.register.serials import Kept, Serial, cited_requests, kept_of, serial_of
from gongwen.register.unused import UNUSED_FILE

TITLE = "某市总工会关于做好工作的通知"


def text_of(number="某工发〔2026〕1号", title=TITLE, date="2026-03-01", body="请照此办理。", kind="通知", extra=""):
    lines = [f"kind: {kind}", "issuer: 某市总工会", f"number: {number}", f"title: {title}", "addressees: [各单位]"]
    lines += ["body:", f"  - {body}", f"date: {date}", extra]
    return "".join(f"{line}\n" for line in lines if line and not line.endswith(": None"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    return Path("a")


def write(folder, **drafts):
    for name, text in drafts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


_COMPILER = Compiler()


def entries_of(*paths):
    return [Entry.of(_COMPILER.check(path)) for path in paths]


def run_of(*paths):
    """The run of ``gongwen check`` with the paths."""
    drafts = [
        one
        for path in paths
        for one in (sorted(p for p in path.rglob("*.yaml") if p.name[0] != "_") if path.is_dir() else [path])
    ]
    return rules.Run.of(entries_of(*drafts), paths)


def found(*paths):
    """Code, file, line, columns and message of every finding over drafts."""
    return [
        (
            one.check.code,
            one.file,
            *(
                (0, "")
                if one.span is None
                else (one.span.start.line, f"{one.span.start.column}-{one.span.end.column - 1}")
            ),
            one.message,
        )
        for one in rules.check(run_of(*paths))
    ]


def codes(*paths):
    return [one[0] for one in found(*paths)]


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("某工发〔2026〕18号", Serial("某工发", 2026, 18)),
        ("某工发[2026]18号", Serial("某工发", 2026, 18)),
        ("某工发（２０２６）１８号", Serial("某工发", 2026, 18)),
        ("某工发【2026】第018号", Serial("某工发", 2026, 18)),
        ("某工发 〔2026〕 18", Serial("某工发", 2026, 18)),
        ("第12号", None),
        ("第36期", None),
        ("某工发〔26〕18号", None),
        ("某工发〔2026〕待定号", None),
        ("某工发〔2026〕0号", None),
        ("某工发〔2026〕1234567号", None),
        ("待定", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_whatever_brackets(text, serial):
    assert serial_of(text) == serial


def test_a_number_shows_as_the_page_does():
    assert str(Serial("某工发", 2026, 18)) == "某工发〔2026〕18号"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("某工发〔2026〕待定号", Kept("某工发", 2026)),
        ("某工发〔待定〕待定号", Kept("某工发", None)),
        ("某工发〔2026〕18号", None),
        ("待定", None),
    ],
)
def test_a_number_with_a_placeholder_keeps_its_place(text, kept):
    assert kept_of(text) == kept


def test_only_the_number_behind_a_request_is_cited_as_one():
    text = "你区《关于甲的请示》（云城政〔2026〕18号）收悉，依照《办法》（云政发〔2023〕15号）办理。"
    assert cited_requests(text) == [(Serial("云城政", 2026, 18), 11, 12)]
    assert text[11:23] == "云城政〔2026〕18号"


# --- entries ----------------------------------------------------------------------------------------------------------


def test_an_entry_knows_what_the_register_needs(folder):
    write(folder, a=text_of())
    (entry,) = entries_of(folder / "a.yaml")
    assert (entry.name, entry.kind, entry.number) == ("a/a.yaml", "通知", "某工发〔2026〕1号")
    assert (entry.title, entry.issuers) == (TITLE, ("某市总工会",))
    assert (entry.date, entry.pages) == (datetime.date(2026, 3, 1), 1)
    assert entry.serial == Serial("某工发", 2026, 1)
    assert (entry.is_read, entry.is_pending, entry.errors, entry.state) == (True, False, 0, State.READY)
    assert (entry.number_at.start.line, entry.title_at.start.line, entry.date_at.start.line) == (3, 4, 8)
    assert entry.place == "a/a.yaml:3"


def test_an_entry_is_small_and_travels(folder):
    write(folder, a=text_of())
    outcome = Outcome.of(_COMPILER.check(folder / "a.yaml"))
    sent = pickle.dumps(outcome.entry)
    assert pickle.loads(sent) == outcome.entry  # noqa: S301 - our own bytes
    assert len(sent) < 2000


@pytest.mark.parametrize("chinese", [False, True])
def test_a_draft_with_faults_is_not_lost(folder, chinese):
    text = "kind: 通知\nissuer: [某市总工会]\nnumber: 某工发〔2026〕1号\ntitle: 甲\ndate: 2026-03-01\nnope: 1\n"
    if chinese:
        for english, word in (
            ("kind", "文种"),
            ("issuer", "发文机关"),
            ("number", "发文字号"),
            ("title", "标题"),
            ("date", "成文日期"),
        ):
            text = text.replace(f"{english}:", f"{word}:")
    write(folder, a=text)
    (entry,) = entries_of(folder / "a.yaml")
    assert (entry.kind, entry.number, entry.title, entry.issuers) == (
        "通知",
        "某工发〔2026〕1号",
        "甲",
        ("某市总工会",),
    )
    assert (entry.date, entry.pages, entry.is_read) == (datetime.date(2026, 3, 1), None, False)
    assert (entry.state, entry.serial) == (State.FAULTY, Serial("某工发", 2026, 1))
    assert entry.number_at.start.line == 3


@pytest.mark.parametrize("data", [b"\xff\x00\xfe", b"", b"- 1\n", b"number: [1]\ndate: 2026-02-30\ntitle: {a: b}\n"])
def test_noise_is_an_entry_too(folder, data):
    (folder / "a.yaml").write_bytes(data)
    (entry,) = entries_of(folder / "a.yaml")
    assert (entry.name, entry.number, entry.title, entry.date) == ("a/a.yaml", None, None, None)
    assert entry.state is State.FAULTY


def test_placeholders_keep_a_draft_pending(folder):
    write(folder, a=text_of(date="待定"), b=text_of(date="待定").replace("title", "tittle"))
    pending, faulty = entries_of(folder / "a.yaml", folder / "b.yaml")
    assert (pending.state, pending.date) == (State.PENDING, None)
    assert faulty.state is State.FAULTY


def test_a_number_in_parts_is_placed_at_its_serial(folder):
    write(folder, a=text_of(number="{code: 某工发, year: 2026, serial: 7}"))
    write(folder, b=text_of(number="{code: 某工发, year: 2026, serial: 7}") + "nope: 1\n")
    (folder / "gongwen.yaml").write_text("unit: {name: 某市总工会, code: 某工发}\n", "utf-8")
    write(folder, c=text_of(number="{year: 2026, serial: 7}"))
    write(folder, d=text_of(number="{year: 2026, serial: 7}") + "nope: 1\n")
    for entry in entries_of(*sorted(folder.glob("[a-d].yaml"))):
        assert entry.serial == Serial("某工发", 2026, 7)
        assert (entry.number_at.start.line, entry.number_at.end.column - entry.number_at.start.column) == (3, 1)


def test_a_bulletin_and_an_order_have_no_serial(notices):
    by_name = {path.stem: path for path in notices}
    order, bulletin = entries_of(by_name["yunzhou-ling"], by_name["jiaozuo-bulletin-2018"])
    assert (order.number, order.serial) == ("第12号", None)
    assert (bulletin.kind, bulletin.number, bulletin.serial) == ("简报", None, None)


# --- rules over drafts ------------------------------------------------------------------------------------------------


def test_a_number_is_used_once(folder):
    write(folder, a=text_of(), b="# 乙\n" + text_of(title="某市总工会关于开会的通知"))
    assert found(folder) == [
        ("GW901", "a/b.yaml", 4, "9-19", "发文字号“某工发〔2026〕1号”重复：a/a.yaml:3 也用了这一号")
    ]
    assert codes(folder / "a.yaml", folder / "b.yaml") == ["GW901"]
    (one,) = rules.check(run_of(folder))
    assert one.severity is Severity.ERROR


def test_a_copy_of_a_draft_uses_its_number_again(folder):
    write(folder, a=text_of(), b=text_of(), c=text_of())
    assert [one[:3] for one in found(folder)] == [("GW901", "a/b.yaml", 3), ("GW901", "a/c.yaml", 3)]


def test_a_number_is_the_same_in_other_brackets_and_in_a_draft_with_faults(folder):
    write(folder, a=text_of(), b=text_of(number="某工发[2026]01号", title="某市总工会关于开会的通知"))
    write(folder, c=text_of(title="某市总工会关于开会的通知") + "nope: 1\n")
    assert [one[:2] for one in found(folder)] == [("GW901", "a/b.yaml"), ("GW901", "a/c.yaml")]


def test_a_file_that_is_found_twice_is_one_draft(folder, tmp_path):
    write(folder, a=text_of())
    (folder / "link.yaml").symlink_to("a.yaml")
    assert codes(folder, tmp_path / "a" / "a.yaml") == []


CHINESE = """\
文种: {kind}
发文机关: 某市总工会
发文字号: {number}
标题: {title}
主送机关: [各单位]
正文:
  - 小标题: 依据
    正文:
      - 你局《关于云水大桥加固的请示》（云交〔2026〕32号）收悉。
成文日期: {date}
"""


def test_drafts_in_chinese_have_their_places_too(folder):
    def zh(number="某工发〔2026〕1号", title="甲的通知", date="2026-03-01", kind="通知"):
        return CHINESE.format(kind=kind, number=number, title=title, date=date)

    write(
        folder,
        a=zh(),
        b=zh(title="乙的通知"),
        c=zh(date="2026-03-02"),
        d=zh("云交〔2026〕33号", "丁的请示", kind="请示"),
    )
    write(folder, e=zh("某函〔2026〕1号", "戊的批复", kind="批复"))
    assert [one[:4] for one in found(folder)] == [
        ("GW901", "a/b.yaml", 3, "7-17"),
        ("GW903", "a/c.yaml", 10, "7-16"),
        ("GW905", "a/e.yaml", 9, "25-35"),
    ]


def test_other_codes_years_and_numbers_without_a_code_do_not_meet(folder):
    write(folder, a=text_of(), b=text_of("某工函〔2026〕1号"), c=text_of("某工发〔2025〕1号", date="2025-03-01"))
    write(folder, d=text_of("待定"), e=text_of("待定", "某市总工会关于开会的通知"), f=text_of("None", title="又一件"))
    assert [one for one in codes(folder) if one != "GW907"] == []


def test_one_document_has_one_date(folder):
    write(folder, a=text_of(), b="# 乙\n\n" + text_of(date="2026年3月2日"))
    assert found(folder) == [
        (
            "GW903",
            "a/b.yaml",
            10,
            "7-15",
            "“某工发〔2026〕1号”有两个成文日期：这里是2026年3月2日，a/a.yaml:8 是2026年3月1日",
        )
    ]
    write(folder, b=text_of(date="2026年3月2日", title="某市总工会关于开会的通知"))
    assert codes(folder) == ["GW901"]
    write(folder, b=text_of(date="待定"))
    assert codes(folder) == ["GW901"]


def numbered(folder, *serials, **more):
    write(
        folder,
        **{f"n{n:03}": text_of(f"某工发〔2026〕{n}号", f"某市总工会关于第{n}项工作的通知", **more) for n in serials},
    )


def test_a_gap_is_told_at_the_number_after_it(folder):
    numbered(folder, 11, 13)
    assert found(folder) == [
        ("GW902", "a/n013.yaml", 3, "9-20", "“某工发〔2026〕”的顺序号不连续：11号（a/n011.yaml:3）之后缺12号")
    ]


@pytest.mark.parametrize(
    ("serials", "missing"),
    [
        ((1, 2, 3), None),
        ((5,), None),
        ((1, 4), "2号、3号"),
        ((1, 5), None),  # more is missing than there is: a part of the year's documents
        ((1, 2, 3, 8), "4号至7号中的4个号"),
        ((1, 2, 3, 9), None),
    ],
)
def test_gaps_are_told_where_most_numbers_are_there(folder, serials, missing):
    numbered(folder, *serials)
    assert [one[4].partition("之后缺")[2] for one in found(folder)] == ([] if missing is None else [missing])


def test_files_alone_have_no_gaps(folder):
    numbered(folder, 11, 13)
    assert codes(folder / "n011.yaml", folder / "n013.yaml") == []


def test_a_number_in_another_folder_of_the_run_fills_the_gap(folder):
    numbered(folder, 11, 13)
    Path("b").mkdir()
    numbered(Path("b"), 12)
    assert codes(folder) == ["GW902"]
    assert codes(folder, Path("b")) == []
    assert codes(folder, Path("b") / "n012.yaml") == []


@pytest.mark.parametrize("number", ["某工发〔2026〕待定号", "某工发〔待定〕待定号"])
def test_a_placeholder_may_be_the_number_that_is_missing(folder, number):
    numbered(folder, 11, 13)
    write(folder, x=text_of(number, "某市总工会关于未编号工作的通知", "待定"))
    assert codes(folder) == []
    numbered(folder, 15)
    assert codes(folder) == ["GW902", "GW902"]


@pytest.mark.parametrize("text", ["kind: [\n", text_of("某工发〔26〕12号"), text_of("某工发第12号")])
def test_a_draft_whose_number_cannot_be_told_may_be_the_one_that_is_missing(folder, text):
    numbered(folder, 11, 13)
    write(folder, x=text)
    assert codes(folder) == []


def test_gaps_are_looked_for_in_each_code_and_year(folder):
    numbered(folder, 1)
    write(folder, b=text_of("某工函〔2026〕3号", "函的通知"), c=text_of("某工发〔2025〕3号", "旧的通知", "2025-01-01"))
    assert codes(folder) == []


def test_dates_run_as_the_numbers_do(folder):
    numbered(folder, 10, 11, date="2026-05-20")
    numbered(folder, 12, date="2026-03-01")
    numbered(folder, 13, date="2026-05-21")
    assert found(folder) == [
        (
            "GW904",
            "a/n012.yaml",
            8,
            "7-16",
            "成文日期2026年3月1日比前面的“某工发〔2026〕11号”（a/n011.yaml:8，2026年5月20日）早",
        )
    ]


def test_the_draft_that_is_out_of_order_is_told_not_its_neighbours(folder):
    numbered(folder, 1, date="2026-01-05")
    numbered(folder, 2, date="2026-12-06")  # for 2026-01-06
    for serial in (3, 4, 5):
        numbered(folder, serial, date=f"2026-02-0{serial}")
    assert [one[:2] for one in found(folder)] == [("GW904", "a/n002.yaml")]
    assert found(folder)[0][4].endswith("比后面的“某工发〔2026〕3号”（a/n003.yaml:8，2026年2月3日）晚")


@pytest.mark.parametrize(("date", "told"), [("2026-03-02", []), ("2026-03-01", ["GW904"])])
def test_dates_may_run_a_month_against_the_numbers(folder, date, told):
    numbered(folder, 1, date="2026-04-01")
    numbered(folder, 2, date=date)
    numbered(folder, 3, date="2026-04-01")
    assert codes(folder) == told


def test_the_last_of_two_is_kept(folder):
    numbered(folder, 1, date="2026-06-01")
    numbered(folder, 2, date="2026-03-01")
    assert [one[:3] for one in found(folder)] == [("GW904", "a/n001.yaml", 8)]


REPLY = "你局《关于云水大桥加固的请示》（云交〔2026〕32号）收悉。"


def request(number, title="某市总工会关于大桥加固的请示"):
    return text_of(number, title, kind="请示", body="妥否，请批示。", extra="signers: [王小明]")


def reply(body=REPLY):
    return text_of("某函〔2026〕9号", "某市总工会关于大桥加固的批复", kind="批复", body=body)


def test_the_request_that_a_reply_cites_is_there(folder):
    write(folder, a=request("云交〔2026〕33号"), b=reply())
    assert found(folder) == [
        ("GW905", "a/b.yaml", 7, "21-31", "文件夹里没有所引的请示“云交〔2026〕32号”，同一代字、同一年份的其他请示有")
    ]
    write(folder, a=request("云交〔2026〕32号"))
    assert codes(folder) == []


def test_where_no_such_requests_are_kept_none_is_missed(folder):
    write(folder, a=request("云水〔2026〕33号"), b=reply())
    assert codes(folder) == []
    write(folder, a=request("云交〔2025〕33号").replace("2026-03-01", "2025-03-01"))
    assert codes(folder) == []
    write(folder, a=text_of("云交〔2026〕33号", "某市总工会关于大桥的报告", kind="报告", extra="signers: [王小明]"))
    assert codes(folder) == []


def test_a_draft_that_cannot_be_read_may_be_the_request(folder):
    write(folder, a=request("云交〔2026〕33号"), b=reply(), c="kind: [\n")
    assert codes(folder) == []


def test_only_folders_are_asked_for_requests(folder):
    write(folder, a=request("云交〔2026〕33号"), b=reply())
    assert codes(folder / "a.yaml", folder / "b.yaml") == []


def test_what_another_kind_cites_is_not_asked_for(folder):
    write(folder, a=request("云交〔2026〕33号"), b=text_of("某函〔2026〕9号", body=REPLY))
    assert codes(folder) == []


def test_one_document_has_one_draft(folder):
    write(folder, a=text_of("待定"), b=text_of("某工发〔2026〕1号"))
    assert found(folder) == [("GW907", "a/b.yaml", 4, "8-21", "发文机关、标题和成文日期都与 a/a.yaml:4 相同")]
    write(folder, b=text_of("某工发〔2026〕1号", date="2026-03-02"))
    assert codes(folder) == []


def test_two_documents_may_have_one_title(folder):
    write(folder, a=text_of("某工发〔2026〕1号"), b=text_of("某工发〔2026〕2号", body="另一件事，请照此办理。"))
    assert codes(folder) == []
    write(folder, b=text_of("某工发〔2026〕2号"))
    assert codes(folder) == ["GW907"]


FIGURE = "  - {figure: tu.png, width: 60}"


def test_a_file_that_no_draft_names_is_told(folder):
    write(folder, a=text_of(), _办法=text_of())
    (folder / "b.csv").write_text("甲,乙\n", "utf-8")
    (folder / "c.PNG").write_bytes(b"")
    for name in ("d.xlsx", "e.pdf", "README.md", ".hidden.png", "gongwen.txt"):
        (folder / name).write_bytes(b"")
    assert found(folder) == [
        ("GW906", f"a/{name}", 0, "", "没有稿件引用这个文件") for name in ("_办法.yaml", "b.csv", "c.PNG")
    ]
    assert codes(folder / "a.yaml") == []


def test_files_of_drafts_are_not_told(folder):
    (folder / "parts").mkdir()
    (folder / "parts" / "_办法.yaml").write_text(
        "title: 办法\nbody:\n  - 一段。\n  - {table: 表, columns: [甲], file: b.csv}\n", "utf-8"
    )
    (folder / "parts" / "b.csv").write_text("甲\n1\n", "utf-8")
    (folder / "zhang.png").write_bytes(b"")
    (folder / "gongwen.yaml").write_text("unit: {name: 某某局, seal: zhang.png}\n", "utf-8")
    write(folder, a=text_of(extra="attachments:\n  - file: parts/_办法.yaml"))
    entries = entries_of(folder / "a.yaml")
    assert entries[0].is_read
    assert {path.name for path in entries[0].files} == {"_办法.yaml", "b.csv", "zhang.png"}
    assert codes(folder) == []


def test_a_picture_of_a_draft_is_no_part_of_it(folder):
    write(folder, a=text_of())
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(b"")
    assert [one[1] for one in found(folder)] == ["a/b.png"]


def test_as_long_as_a_draft_cannot_be_read_no_file_is_told(folder):
    write(folder, a=text_of(), b="kind: 通知\nnope: 1\n")
    (folder / "c.csv").write_text("甲\n", "utf-8")
    assert codes(folder) == []
    (folder / "b.yaml").unlink()
    assert codes(folder) == ["GW906"]


def test_folders_without_drafts_are_left_alone(folder):
    write(folder, a=text_of())
    (folder / "docs").mkdir()
    (folder / "docs" / "picture.png").write_bytes(b"")
    assert codes(folder) == []


def test_a_register_beside_the_drafts_is_no_enclosure(folder):
    write(folder, a=text_of())
    (folder / "登记.csv").write_bytes(formats.as_csv(rows(entries_of(folder / "a.yaml"))))
    assert codes(folder) == []


def test_a_check_that_nobody_wants_is_not_told(folder):
    write(folder, a=text_of(), b=text_of())
    assert list(rules.check(run_of(folder), lambda check: check is not rules.DUPLICATE_NUMBER)) == []


def test_the_notices_go_together(notices):
    run = rules.Run.of(entries_of(*notices), [notices[0].parent])
    assert list(rules.check(run)) == []


CHECKS = (
    rules.DUPLICATE_NUMBER,
    rules.NUMBER_GAP,
    rules.TWO_DATES,
    rules.NUMBERS_AND_DATES,
    rules.REQUEST_NOT_THERE,
    UNUSED_FILE,
    rules.SAME_DOCUMENT,
)


def test_only_what_the_standard_asks_for_is_an_error():
    assert {check.code for check in CHECKS if check.severity is Severity.ERROR} == {"GW901", "GW903"}
    assert all(check.authority.basis is Basis.STANDARD for check in CHECKS if check.severity is Severity.ERROR)
    assert all(check.what and check.why and check.wrong and check.right for check in CHECKS)


def test_findings_of_comparing_come_with_the_line_that_they_are_about(folder):
    write(folder, a=text_of(), b=text_of())
    (folder / "c.csv").write_text("甲\n", "utf-8")
    told = [Outcome.of(_COMPILER.check(folder / f"{name}.yaml")) for name in "ab"]
    first, second = Outcome.compared(rules.check(run_of(folder)), told)
    assert (first.path, list(first.sources)) == (Path("a/b.yaml"), ["a/b.yaml"])
    assert first.sources["a/b.yaml"].line(3) == "number: 某工发〔2026〕1号"
    assert (second.path, second.texts, second.entry) == (Path("a/c.csv"), {}, None)


# --- rows -------------------------------------------------------------------------------------------------------------


def test_rows_stand_in_the_order_of_numbers(folder):
    texts = {
        "a": text_of("None"),
        "b": text_of("某工发〔2026〕10号"),
        "c": text_of("某工发〔2026〕9号"),
        "d": text_of("某工发〔2025〕11号"),
        "e": text_of("乙工发〔2026〕1号"),
        "f": text_of("待定"),
        "g": text_of("某工发〔2026〕待定号"),
        "h": text_of("某工发〔待定〕待定号"),
    }
    write(folder, **texts)
    listed = rows(entries_of(*sorted(folder.glob("*.yaml"), reverse=True)))
    assert [row.entry.path.stem for row in listed] == list("edcbghfa")


def test_findings_of_comparing_count_for_the_state(folder):
    write(folder, a=text_of(), b=text_of())
    run = run_of(folder)
    first, second = rows(run.entries, list(rules.check(run)))
    assert (first.state, second.state, second.errors) == (State.READY, State.FAULTY, 1)
    assert summary([first, second]) == "共 2 份稿件：1 份可付印，1 份有错"


def listed(folder):
    write(
        folder,
        a=text_of(),
        b=text_of("=1+1", "\"=HYPERLINK('x'),甲\"", "待定"),
        c="kind: 通知\ntitle: 坏的\nnope: 1\n",
        d=text_of("某工发〔2026〕2号", "@甲\x85乙", "2026-03-04"),
    )
    return rows(entries_of(*sorted(folder.glob("*.yaml"))))


def test_csv_is_text_that_no_spreadsheet_runs(folder):
    data = formats.as_csv(listed(folder))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig")
    assert lines.count("\r\n") == lines.count("\n") == 5
    head, first, *rest = csv.reader(io.StringIO(lines, newline=""))
    assert tuple(head) == HEAD
    assert first == ["某工发〔2026〕1号", TITLE, "通知", "2026-03-01", "可付印", "1", "a/a.yaml"]
    by_file = {row[-1]: row for row in rest}
    assert by_file["a/b.yaml"][:2] == ["'=1+1", "'=HYPERLINK('x'),甲"]
    assert by_file["a/c.yaml"] == ["", "坏的", "通知", "", "有错", "", "a/c.yaml"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in (first, *rest) for cell in row)


def test_a_workbook_has_texts_dates_and_a_head_that_stays(folder):
    data = formats.as_xlsx(listed(folder))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    table = list(sheet.iter_rows(values_only=True))
    assert table[0] == HEAD
    assert table[1] == (
        *("某工发〔2026〕1号", TITLE, "通知"),
        *(datetime.datetime(2026, 3, 1), "可付印", 1, "a/a.yaml"),  # noqa: DTZ001 - a workbook knows no zones
    )
    assert sheet.freeze_panes == "A2"
    assert sheet["D2"].number_format == 'yyyy"年"m"月"d"日"'
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "=1+1")
    assert (row[0].data_type, row[0].quotePrefix, row[3].value) == ("s", True, None)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["F"].width
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_title_that_no_workbook_has_a_place_for_is_no_crash(folder):
    write(folder, a='kind: 通知\ntitle: "甲\\a乙"\nnope: 1\n')
    several = rows(entries_of(folder / "a.yaml"))
    for data in (formats.as_xlsx(several), formats.as_csv(several), formats.as_json(several)):
        assert data
    assert openpyxl.load_workbook(io.BytesIO(formats.as_xlsx(several))).worksheets[0]["B2"].value == "甲\ufffd乙"


def test_json_has_every_draft(folder):
    found = json.loads(formats.as_json(listed(folder)))["drafts"]
    assert found[0] == {
        "number": "某工发〔2026〕1号",
        "code": "某工发",
        "year": 2026,
        "serial": 1,
        "title": TITLE,
        "kind": "通知",
        "issuers": ["某市总工会"],
        "date": "2026-03-01",
        "state": "ready",
        "errors": 0,
        "warnings": 2,
        "pages": 1,
        "file": "a/a.yaml",
    }
    assert {one["file"]: one["state"] for one in found} == {
        "a/a.yaml": "ready",
        "a/b.yaml": "error",
        "a/c.yaml": "error",
        "a/d.yaml": "error",
    }


# --- the next number --------------------------------------------------------------------------------------------------


def test_the_next_number_follows_the_highest(folder):
    numbered(folder, 1, 2, 12)
    write(
        folder,
        x=text_of("某工函〔2026〕40号"),
        y=text_of("某工发〔2025〕80号"),
        z=text_of("{year: 2026, serial: 13}"),
        q=text_of('"某工发〔2026〕14号"'),
        p=text_of("某工发〔2026〕待定号"),
        c=text_of("某工发〔2026〕15号  # 已经登记"),
        zh="文种: 通知\n发文字号: 某工发〔2026〕16号\n正文:\n  - 见某工发〔2026〕99号。\n",
    )
    (folder / "noise.yaml").write_bytes(b"\xff\x00number: \xfe")
    drafts = sorted(folder.glob("*.yaml"))
    assert next_number(drafts, "某工发", 2026) == Serial("某工发", 2026, 17)
    assert next_number(drafts, "某工发", 2027) == Serial("某工发", 2027, 1)
    (folder / "z.yaml").unlink()
    assert next_number(sorted(folder.glob("*.yaml")), "某工办", 2026) is None
    assert next_number([], "某工发", 2026) is None


@pytest.mark.parametrize(
    "number",
    [
        ">-\n  某工发〔2026〕\n  7号",
        "|\n  某工发〔2026〕7号",
        "'某工发〔2026〕7号'",
        "{code: 某工发, year: 2026, serial: 7}",
    ],
)
def test_a_number_is_found_however_it_is_written(folder, number):
    write(folder, a=text_of(number))
    assert next_number([folder / "a.yaml"], "某工发", 2026) == Serial("某工发", 2026, 8)
