"""Every format of a report, over the command line and with hostile texts: valid, complete, and nothing beside it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from gongwen import cli
from gongwen.cli.drafts import _FORMAT
from gongwen.diagnostics import Authority, Basis, Check, Diagnostic, Position, Severity, Span
from gongwen.reporters import FORMATS, STATISTICS, Run, Told, reporter_of
from gongwen.source import Source
from gongwen.terminal import width

TESTS = Path(__file__).parent
RIGHT = (TESTS / "drafts" / "en" / "right.yaml").read_text("utf-8")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
WRONG = RIGHT.replace("title: |", "tittle: |")
FILED = RIGHT.replace("  - title: 报名表\n    body: [报名时间另行通知。]\n", "  - file: _list.yaml\n")
assert len({RIGHT, DOUBTFUL, WRONG, FILED}) == 4


def another(text, serial=7):
    """A draft of another document: no two have one number, nor one title."""
    changed = text.replace("serial: 6", f"serial: {serial}").replace(
        "夏送清凉", "冬送温暖" if serial == 7 else "春送岗位"
    )
    assert changed != text
    return changed


JSON_SCHEMA = json.loads((TESTS.parent / "schemas" / "report.schema.json").read_text("utf-8"))
SARIF_SCHEMA = json.loads((TESTS / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
JUNIT_SCHEMA = xmlschema.XMLSchema(TESTS / "schemas" / "junit-10.xsd")
DOCUMENTS = ("json", "sarif", "gitlab", "junit")
GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
LONE = "\udcff"


# --- validity ---------------------------------------------------------------------------------------------------------


def check_json(text):
    report = json.loads(text)
    jsonschema.Draft202012Validator(JSON_SCHEMA).validate(report)
    severities = Counter(one["severity"] for one in report["diagnostics"])
    summary = report["summary"]
    assert {name: summary[f"{name}s"] for name in ("error", "warning", "info")} == {
        name: severities[name] for name in ("error", "warning", "info")
    }
    assert summary["files"] == len(report["files"])
    assert sum(row["count"] for row in report["statistics"]) == len(report["diagnostics"])
    assert sum(row["fixable"] for row in report["statistics"]) == summary["fixable"]
    return report


def check_sarif(text):
    log = json.loads(text)
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place.get("uriBaseId", "%SRCROOT%") in run["originalUriBaseIds"]
        assert re.fullmatch(r"(file:///)?[A-Za-z0-9._~/%:-]+", place["uri"])
    fingerprints = [one for result in run["results"] for one in result["partialFingerprints"].values()]
    assert len(set(fingerprints)) == len(fingerprints) == len(run["results"])
    return run


def check_gitlab(text):
    rows = json.loads(text)
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in GITLAB_SEVERITIES
        assert row["description"]
        assert not row["location"]["path"].startswith("./")
        assert row["location"]["lines"]["begin"] >= 1
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    return rows


def check_junit(text):
    JUNIT_SCHEMA.validate(io.StringIO(text.partition("\n")[2]))
    root = ET.fromstring(text.encode())  # noqa: S314 - our own text
    suites = list(root)
    for key in ("tests", "failures"):
        assert int(root.get(key)) == sum(int(suite.get(key)) for suite in suites)
    for suite in suites:
        assert int(suite.get("tests")) == len(suite.findall("testcase")) > 0
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    return root


CHECKS = {"json": check_json, "sarif": check_sarif, "gitlab": check_gitlab, "junit": check_junit}


def found_in(form, checked):
    """How many findings a valid document has."""
    match form:
        case "json":
            return len(checked["diagnostics"])
        case "sarif":
            return len(checked["results"])
        case "gitlab":
            return len(checked)
    return len(checked.findall("testsuite/testcase/failure")) + len(checked.findall("testsuite/testcase/system-out"))


COMMAND = re.compile(
    r"::(error|warning|notice) file=([^:,\r\n]*)(,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)?"
    r",title=GW\d{3} [a-z-]+::[^\r\n]+"
)

# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(capsysbinary, tmp_path, monkeypatch):
    """A function: arguments → exit status, standard output, standard error; in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        return caught.value.code, out.decode(), err.decode()

    return main


SCENES = {
    "clean": ({"a.yaml": RIGHT}, 0, 0),
    "errors and warnings": ({"a.yaml": WRONG, "b.yaml": another(DOUBTFUL)}, 1, 3),
    "several": ({"a.yaml": RIGHT, "b.yaml": another(DOUBTFUL), "c.yaml": another(RIGHT, 8)}, 0, 1),
    "an enclosed file": ({"a.yaml": FILED, "_list.yaml": "title: 名单\nbdy: [名单。]\n"}, 1, None),
    "noise": ({"a.yaml": "\x00\x01\u202e\x85\x1b[2J\ufffe" * 30}, 1, None),
    "settings": ({"gongwen.yaml": "fonts: {fangsong: 没有.ttf}\n", "a.yaml": RIGHT, "b.yaml": another(RIGHT)}, 1, 1),
    "names": ({"a b:%,\r\n.yaml": WRONG, "#?@[x].yaml": another(DOUBTFUL)}, 1, 3),
}


def test_the_option_names_every_format():
    (option,) = [param for param in cli.check.params if "--format" in param.opts]
    assert list(option.type.choices) == list(FORMATS)
    assert callable(_FORMAT)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_over_the_command_line(run, draft, form, scene):
    files, status, count = SCENES[scene]
    for name, text in files.items():
        draft(text, name)
    code, out, err = run("check", "--format", form, ".")
    assert code == status
    assert err.startswith("检查了 ")
    assert err.count("\n") == 1
    drafts = sum(not name.startswith(("_", "gongwen")) for name in files)
    if form in CHECKS:
        checked = CHECKS[form](out)
        found = found_in(form, checked)
        assert found == count if count is not None else found > 0
        if form == "json":
            assert len(checked["files"]) == drafts
        if form == "sarif":
            assert len(checked["artifacts"]) == drafts
        if form == "junit":
            assert len(checked) == drafts
    elif form == "github":
        lines = out.splitlines()
        assert all(COMMAND.fullmatch(line) for line in lines)
        assert count is None or len(lines) == count
    elif form == "concise":
        lines = out.split("\n")[:-1]
        assert all(re.fullmatch(r".+(:\d+:\d+)?: (错误|警告|提示) GW\d{3} .+", line) for line in lines)
        assert count is None or len(lines) == count
    else:
        heads = re.findall(r"^(?:错误|警告|提示)\[GW\d{3} [a-z-]+\]：", out, re.MULTILINE)
        assert heads if count is None else len(heads) == count


def test_what_is_said_is_the_same_in_every_format(run, draft):
    draft(WRONG, "drafts.yaml")
    found = {form: run("check", "--format", form, "drafts.yaml")[1] for form in FORMATS}
    for out in found.values():
        assert "GW101" in out
        assert "没有“tittle”这个键" in out
    (first, *_) = [one for one in json.loads(found["json"])["diagnostics"] if one["code"] == "GW101"]
    assert first["span"]["start"] == {"line": 8, "column": 1, "offset": WRONG.index("tittle")}
    assert first["span"]["end"] == {"line": 8, "column": 7, "offset": WRONG.index("tittle") + 6}
    assert "drafts.yaml:8:1: 错误 GW101 没有“tittle”这个键\n" in found["concise"]
    assert (
        "::error file=drafts.yaml,line=8,endLine=8,col=1,endColumn=7,title=GW101 unknown-key::没有“tittle”这个键"
        in found["github"]
    )


def test_an_enclosed_file_and_settings_have_names_from_the_folder(run, draft, tmp_path):
    (tmp_path / "in").mkdir()
    draft(FILED, "in/a.yaml")
    draft("title: 名单\nbdy: [名单。]\n", "in/_list.yaml")
    draft("fonts: {fangsong: 没有.ttf}\n", "gongwen.yaml")
    _, out, _ = run("check", "--format", "json", "in")
    report = check_json(out)
    assert {one["file"] for one in report["diagnostics"]} == {"in/_list.yaml", "gongwen.yaml"}
    assert {one["draft"] for one in report["diagnostics"]} == {"in/a.yaml"}
    assert [one["path"] for one in report["files"]] == ["in/a.yaml"]
    assert str(tmp_path) not in out


def test_a_file_outside_the_folder(run, draft, tmp_path, monkeypatch):
    path = draft(WRONG)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    sarif = check_sarif(run("check", "--format", "sarif", path)[1])
    assert {one["location"]["uri"] for one in sarif["artifacts"]} == {path.as_uri()}
    beside = check_sarif(run("check", "--format", "sarif", "../draft.yaml")[1])
    assert beside["artifacts"][0]["location"] == {"uri": "../draft.yaml", "uriBaseId": "%SRCROOT%"}


def test_github_is_the_format_of_workflows(run, draft, monkeypatch):
    draft(WRONG)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("check", "draft.yaml")[1].startswith("::error file=draft.yaml,")
    assert run("check", "--format", "full", "draft.yaml")[1].startswith("错误[")
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert run("check", "draft.yaml")[1].startswith("错误[")


def test_warnings_are_failures_of_junit_where_they_fail_the_run(run, draft):
    draft(DOUBTFUL)
    code, out, _ = run("check", "--format", "junit", "draft.yaml")
    assert (code, check_junit(out).get("failures")) == (0, "0")
    assert "<system-out>警告：" in out
    code, out, _ = run("check", "--strict", "--format", "junit", "draft.yaml")
    assert (code, check_junit(out).get("failures")) == (1, "1")
    assert '<failure type="warning"' in out


def test_build_says_beside_a_document_what_it_wrote(run, draft):
    draft(DOUBTFUL)
    code, out, err = run("build", "--format", "json", "draft.yaml")
    assert code == 0
    assert [one["code"] for one in check_json(out)["diagnostics"]] == ["GW402"]
    assert err.startswith("out/draft.pdf  ")
    code, out, _ = run("build", "--force", "--format", "concise", "draft.yaml")
    assert "out/draft.pdf  " in out


def test_statistics(run, draft):
    draft(WRONG, "a.yaml")
    draft(another(WRONG), "b.yaml")
    draft(another(DOUBTFUL, 8), "c.yaml")
    code, out, err = run("check", "--statistics", ".")
    assert code == 1
    assert out == (
        "次数  代码   级别  名称                  可自动改正\n"
        "   2  GW101  错误  unknown-key\n"
        "   2  GW102  错误  missing-key\n"
        "   1  GW402  警告  printed-before-dated\n"
    )
    assert err == "检查了 3 份稿件：4 个错误，1 个警告\n"
    draft(RIGHT, "d.yaml")
    assert run("check", "--statistics", "d.yaml") == (0, "", "检查了 1 份稿件：没有发现问题\n")


@pytest.mark.parametrize("form", DOCUMENTS)
def test_statistics_are_no_document(run, draft, form):
    draft(RIGHT)
    code, out, err = run("check", "--statistics", "--format", form, "draft.yaml")
    assert (code, out) == (2, "")
    assert err.startswith(f"gongwen：--statistics 不能与 --format {form} 同用")


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text(tmp_path, form):
    try:
        (tmp_path / os.fsdecode(b"\xff.yaml")).write_text(WRONG, "utf-8")
    except OSError:
        pytest.skip("the file system refuses the name")
    for encoding in ("utf-8", "gb18030", "ascii"):
        done = subprocess.run(
            [sys.executable, "-m", "gongwen", "check", "--format", form, "."],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        if form in CHECKS:
            assert found_in(form, CHECKS[form](done.stdout.decode())) == 2
        else:
            assert b"GW101" in done.stdout


# --- single findings --------------------------------------------------------------------------------------------------

TEXT = "文种: 通知\n标题: 𠮷\t某事\n正文: [一, 二]\n"


def span(start, end):
    def at(offset):
        before = TEXT[:offset].split("\n")
        return Position(len(before), len(before[-1]) + 1, offset)

    return Span(at(start), at(end))


def finding(severity=Severity.ERROR, file="a.yaml", place=None, **more):
    authority = Authority(Basis.STANDARD, severity, "GB/T 9704 7.3")
    check = Check("GW999", "some-check", authority, more.pop("what", ""), *more.pop("explained", ()))
    return Diagnostic(check, more.pop("message", "不对"), file, place, **more)


def told(*diagnostics, file="a.yaml"):
    return Told(file, diagnostics, {file: Source.parse(TEXT, file)})


def written(form, *drafts, strict=False):
    reporter = reporter_of(FORMATS[form])(Run(Path("/folder"), strict=strict))
    return "".join([*(reporter.add(one) for one in drafts), reporter.end()])


def plain(text):
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_a_fix_is_told():
    place = span(TEXT.index("某"), TEXT.index("事"))
    one = finding(place=place, replacement="何", hint="改", page=2)
    report = check_json(written("json", told(one)))
    assert report["diagnostics"][0]["fix"] == {"replacement": "何"}
    assert report["diagnostics"][0]["page"] == 2
    assert report["summary"]["fixable"] == 1
    (result,) = check_sarif(written("sarif", told(one)))["results"]
    region = {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 8}
    assert result["fixes"] == [
        {
            "description": {"text": "改"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": "何"}}],
                }
            ],
        }
    ]
    assert result["locations"][0]["physicalLocation"]["region"] == region
    assert result["properties"] == {"page": 2}
    deleted = check_json(written("json", told(finding(place=place, replacement=""))))
    assert deleted["diagnostics"][0]["fix"] == {"replacement": ""}


def test_a_rule_explains_itself():
    explained = ("为什么。", "标题: 错\n", "标题: 对\n")
    run = check_sarif(written("sarif", told(finding(Severity.WARNING, what="要求。", explained=explained))))
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "GW999",
            "name": "some-check",
            "shortDescription": {"text": "要求。"},
            "fullDescription": {"text": "为什么。"},
            "help": {
                "text": "为什么。\n\n不对：\n标题: 错\n\n对：\n标题: 对",
                "markdown": "为什么。\n\n不对：\n\n```yaml\n标题: 错\n```\n\n对：\n\n```yaml\n标题: 对\n```",
            },
            "defaultConfiguration": {"level": "warning"},
            "properties": {"basis": "standard", "tags": ["standard"], "clause": "GB/T 9704 7.3"},
        }
    ]
    bare = check_sarif(written("sarif", told(finding())))["tool"]["driver"]["rules"][0]
    assert bare["fullDescription"] == {"text": "some-check"}
    assert bare["help"] == {"text": "some-check", "markdown": "some-check"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("severity", "sarif", "gitlab", "github", "word"),
    [
        (Severity.ERROR, "error", "major", "error", "错误"),
        (Severity.WARNING, "warning", "minor", "warning", "警告"),
        (Severity.INFO, "note", "info", "notice", "提示"),
    ],
)
def test_severities(severity, sarif, gitlab, github, word):
    one = told(finding(severity))
    assert check_sarif(written("sarif", one))["results"][0]["level"] == sarif
    assert check_gitlab(written("gitlab", one))[0]["severity"] == gitlab
    assert written("github", one).startswith(f"::{github} file=a.yaml,title=GW999 some-check::不对%0A依据：")
    assert plain(written("concise", one)) == f"a.yaml: {word} GW999 不对\n"
    assert len(check_junit(written("junit", one)).findall(".//failure")) == (severity is Severity.ERROR)


def test_a_finding_about_a_whole_file():
    one = told(finding())
    assert check_json(written("json", one))["diagnostics"][0]["span"] is None
    assert "region" not in check_sarif(written("sarif", one))["results"][0]["locations"][0]["physicalLocation"]
    assert check_gitlab(written("gitlab", one))[0]["location"] == {"path": "a.yaml", "lines": {"begin": 1}}


def test_workflow_commands_are_escaped():
    one = finding(file="a,b:c%\n.yaml", message="一%二\r\n::error::三", place=span(0, TEXT.index("正")))
    assert written("github", Told("x", (one,))) == (
        "::error file=a%2Cb%3Ac%25%0A.yaml,line=1,endLine=3,title=GW999 some-check::"
        "一%25二\ufffd\ufffd::error::三%0A依据：GB/T 9704 7.3%0A位置：a,b:c%25\ufffd.yaml:1:1\n"
    )


def test_fingerprints_stay_where_lines_move():
    def fingerprints(text, *places):
        source = Source.parse(text, "a.yaml")
        found = []
        for start in places:
            before = text[:start].split("\n")
            at = Position(len(before), len(before[-1]) + 1, start)
            end = Position(at.line, at.column + 1, start + 1)
            found.append(finding(place=Span(at, end)))
        rows = check_gitlab(written("gitlab", Told("a.yaml", tuple(found), {"a.yaml": source})))
        return [row["fingerprint"] for row in rows]

    text = "甲: 一\n乙: 一\n"
    first, second, twin = fingerprints(text, 3, 8, 8)
    assert len({first, second, twin}) == 3
    moved = f"# 注\n\n{text}"
    shift = len(moved) - len(text)
    assert fingerprints(moved, 3 + shift, 8 + shift, 8 + shift) == [first, second, twin]
    assert fingerprints(moved, 8 + shift, 8 + shift) == [second, twin]
    assert fingerprints("甲: 二\n", 3) != [first]


def test_an_empty_run_is_a_document():
    assert check_json(written("json"))["summary"]["files"] == 0
    assert check_sarif(written("sarif"))["results"] == []
    assert check_gitlab(written("gitlab")) == []
    assert len(check_junit(written("junit"))) == 0
    assert written("full") == written("concise") == written("github") == ""


def test_the_table_of_statistics_keeps_its_columns():
    names = ["some-check", "other"]
    checks = [Check(f"GW90{n}", name, Authority(Basis.PROGRAM, Severity.INFO)) for n, name in enumerate(names)]
    reporter = reporter_of(STATISTICS)(Run(Path("/folder")))
    place = span(0, 1)
    assert reporter.add(Told("a", tuple(Diagnostic(checks[0], "", "a") for _ in range(12)))) == ""
    reporter.add(Told("b", (Diagnostic(checks[1], "", "b", place, replacement="x"),)))
    lines = plain(reporter.end()).splitlines()
    assert lines[1:] == ["  12  GW900  提示  some-check", "   1  GW901  提示  other                1"]
    assert width(lines[0]) == width(lines[2])


# --- any text ---------------------------------------------------------------------------------------------------------

ANY = st.text(st.one_of(st.characters(), st.sampled_from("\0\r\n\t\x1b\x85\u2028\ud800\udcff\ufffe😀𠮷,:%&<]>\"'/")))
NAMES = ANY.filter(lambda name: name not in {"", ".", "/"})


@given(
    name=NAMES,
    message=ANY,
    hint=st.none() | ANY,
    line=ANY,
    replacement=st.none() | ANY,
    form=st.sampled_from([*FORMATS]),
)
def test_any_text_makes_a_valid_report(name, message, hint, line, replacement, form):
    source = Source(name, line, None, ())
    place = Span(Position(1, 1, 0), Position(1, len(line) + 1, len(line)))
    one = finding(file=name, message=message, hint=hint, place=place, replacement=replacement)
    text = written(form, Told(name, (one, one, finding(Severity.WARNING, name, message=message)), {name: source}))
    text.encode()
    if form in CHECKS:
        assert found_in(form, CHECKS[form](text)) == 3
    elif form == "full":
        assert len(re.findall(r"^\x1b\[3\dm\x1b\[1m(?:错误|警告)", text, re.MULTILINE)) == 3
    else:
        assert text.count("\n") == 3
        assert form != "github" or all(COMMAND.fullmatch(row) for row in text.split("\n")[:-1])


@given(name=st.binary(min_size=1).filter(lambda data: not {0, 47} & {*data} and data not in {b".", b".."}))
def test_a_uri_gives_the_bytes_of_a_name_back(name):
    decoded = name.decode("utf-8", "surrogateescape")
    location = check_sarif(written("sarif", Told(decoded)))["artifacts"][0]["location"]
    assert unquote_to_bytes(location["uri"]) == name


def test_a_lone_surrogate_is_replaced():
    report = check_json(written("json", Told(f"{LONE}.yaml")))
    assert report["files"][0]["path"] == "\ufffd.yaml"
