import datetime
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongwen import compiler as module
from gongwen import resources, rules
from gongwen.compiler import Built, Checked, Compiler
from gongwen.diagnostics import Diagnostic, Severity
from gongwen.document import separate_attachments
from gongwen.layout import lay_out
from gongwen.writing import write_whole

DRAFTS = Path(__file__).parent / "drafts"
RIGHT = (DRAFTS / "en" / "right.yaml").read_text("utf-8")


def codes(result):
    return [diagnostic.check.code for diagnostic in result.diagnostics]


# --- check -----------------------------------------------------------------------------------------------------------


def test_a_checked_draft_has_everything_up_to_the_layout(compiler, draft):
    path = draft(RIGHT)
    checked = compiler.check(path)
    assert isinstance(checked, Checked)
    assert (checked.path, checked.source.name, checked.language) == (path, str(path), "en")
    assert checked.document.kind == "通知"
    assert len(checked.layout.pages) == 4
    assert not checked.has_errors


def test_the_name_is_what_users_see(compiler, draft):
    checked = compiler.check(draft("tittle: x\n"), "稿.yaml")
    assert {one.file for one in checked.diagnostics} == {"稿.yaml"}
    assert checked.has_errors


def test_a_draft_that_cannot_be_read(compiler, tmp_path):
    checked = compiler.check(tmp_path / "absent.yaml")
    assert codes(checked) == ["GW001"]
    assert (checked.document, checked.layout) == (None, None)


def test_findings_of_the_draft_come_first_and_in_its_order(compiler):
    checked = compiler.check(DRAFTS / "en" / "unusable-face" / "draft.yaml")
    assert codes(checked) == ["GW502"] * 4
    checked = compiler.check(DRAFTS / "en" / "body.yaml")
    keys = [one.sort_key() for one in checked.diagnostics]
    assert len(keys) > 5
    assert keys == sorted(keys)


def test_strict_fonts(draft):
    checked = Compiler(strict_fonts=True).check(draft(RIGHT))
    assert codes(checked) == ["GW503"] * 5
    assert checked.layout is not None
    assert "仿宋用的是随附字体，不是仿宋_GB2312" in {one.message for one in checked.diagnostics}


def test_projects_with_the_same_settings_share_their_faces(compiler, draft, tmp_path):
    (tmp_path / "a").mkdir()
    first = compiler.check(draft(RIGHT, "a/draft.yaml"))
    second = compiler.check(draft(RIGHT))
    assert first.project.root != second.project.root
    assert compiler.book(first.project) is compiler.book(second.project)


# --- build -----------------------------------------------------------------------------------------------------------


def test_a_built_draft_is_a_file_and_its_measurements(compiler, draft, tmp_path):
    built = compiler.build(draft(RIGHT), tmp_path / "new" / "a.pdf")
    assert isinstance(built, Built)
    assert built.diagnostics == ()
    assert built.pdf == tmp_path / "new" / "a.pdf"
    assert built.pdf.read_bytes().startswith(b"%PDF-")
    assert built.pages == len(built.layout.pages)
    assert len(built.results) > 100
    assert {result.verdict for result in built.results} == {"met"}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.pdf"]


def test_errors_keep_the_file_from_being_written(compiler, draft, tmp_path):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    built = compiler.build(draft("tittle: x\n"), target)
    assert (built.pdf, built.pages, built.results) == (None, 0, ())
    assert built.has_errors
    assert target.read_bytes() == b"old"


def test_a_placeholder_is_refused_in_a_release_only(compiler, draft, tmp_path):
    path = draft(RIGHT.replace("date: 2025年6月1日", "date: 待定"))
    built = compiler.build(path, tmp_path / "a.pdf", release=True)
    assert codes(built) == ["GW303", "GW304"]
    assert built.pdf is None
    assert compiler.build(path, tmp_path / "a.pdf").pdf is not None


def test_what_preflight_finds_is_a_diagnostic(compiler, draft, tmp_path, monkeypatch):
    from gongwen import preflight

    missed = preflight.Result("P-02", "5.2.1", "天头", 1, "37", "40", "missed", must=True, unit="mm", value=40.0)
    monkeypatch.setattr(preflight, "measure", lambda *_, **__: [missed])
    built = compiler.build(draft(RIGHT), tmp_path / "a.pdf")
    assert codes(built) == ["GW701"]
    assert built.diagnostics[0].page == 1
    assert built.results == (missed,)


@pytest.mark.parametrize(
    ("given", "date"), [(None, "1970-01-01"), ("86400", "1970-01-02"), ("x", "1970-01-01"), ("9" * 30, "1970-01-01")]
)
def test_the_date_of_a_draft_without_one(monkeypatch, given, date):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if given is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert module._epoch() == datetime.date.fromisoformat(date)


def test_a_file_without_a_date_has_that_of_the_environment(compiler, draft, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    path = draft("kind: 公告\nissuer: 甲\ntitle: 甲公告\nbody: [乙。]\n")
    with pikepdf.open(compiler.build(path, tmp_path / "a.pdf").pdf) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20010909")
        assert b"2001-09-09" in pdf.Root.Metadata.read_bytes()


def test_a_face_of_the_project_is_set_and_embedded(draft, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "own.ttf").write_bytes((resources.fonts() / "GongwenBuzi-Regular.ttf").read_bytes())
    draft("字体: {小标宋: own.ttf}\n", "gongwen.yaml")
    one = Compiler()
    # The gap face has rare hanzi only; the others come from the bundled faces behind it.
    built = one.build(draft("kind: 公告\nissuer: 𬭚市\ntitle: 𬭚市公告\nbody: [乙。]\n"), tmp_path / "a.pdf")
    faces = {piece.face for box in built.layout.pages[0].texts for line in box.lines for piece in line.pieces}
    assert {"own-xiaobiaosong", "xiaobiaosong", "fangsong"} <= faces
    assert one.book(built.project).substitutes() == ["fangsong", "kaiti", "heiti", "songti"]
    with pikepdf.open(built.pdf) as pdf:
        names = {str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()}
    assert {"gongwen-own-xiaobiaosong", "gongwen-xiaobiaosong", "gongwen-fangsong"} <= names


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_two_compilers_write_the_same_bytes(built, notices, profile, tmp_path):
    path = notices[0]
    again = Compiler().build(path, tmp_path / "again.pdf", profile)
    assert again.pdf.read_bytes() == built(path, profile).pdf.read_bytes()


def test_a_second_build_of_one_compiler_writes_the_same_bytes(compiler, built, notices, profile, tmp_path):
    first = built(notices[0], profile).pdf.read_bytes()
    compiler.build(notices[1], tmp_path / "other.pdf", profile)
    assert compiler.build(notices[0], tmp_path / "again.pdf", profile).pdf.read_bytes() == first


BUILD = """
import sys, gongwen
for profile in ("print", "archive"):
    gongwen.build(sys.argv[1], f"{profile}.pdf", profile)
"""


def test_another_process_writes_the_same_bytes(built, notices, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", BUILD, notices[0]], cwd=tmp_path, env=environment, check=True)
    for profile in ("print", "archive"):
        assert (tmp_path / f"{profile}.pdf").read_bytes() == built(notices[0], profile).pdf.read_bytes()


def test_an_installation_elsewhere_writes_the_same_bytes(built, notices, profile, monkeypatch, tmp_path):
    (tmp_path / "a folder").symlink_to(resources.fonts(), target_is_directory=True)
    monkeypatch.setattr(resources, "fonts", lambda: tmp_path / "a folder")
    again = Compiler().build(notices[0], tmp_path / "again.pdf", profile)
    assert again.pdf.read_bytes() == built(notices[0], profile).pdf.read_bytes()


# --- whole files -----------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_with_the_usual_rights(tmp_path):
    target = tmp_path / "a" / "b.pdf"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    umask = os.umask(0)
    os.umask(umask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~umask
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_nothing_is_left_of_a_failed_write(tmp_path, monkeypatch, step):
    target = tmp_path / "b.pdf"
    target.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


def test_a_folder_in_the_way_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "b.pdf" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "b.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]


# --- any bytes, any document -----------------------------------------------------------------------------------------

KEYS = [
    "kind",
    "issuer",
    "title",
    "body",
    "number",
    "文种",
    "标题",
    "正文",
    "heading",
    "小标题",
    "date",
    "imprint",
    "版记",
]
VALUES = [
    "通知",
    "待定",
    "",
    "[",
    "[]",
    "{}",
    "- 一",
    "{heading: 一}",
    "&a",
    "*a",
    "2025-02-30",
    "机密★1年",
    "|",
    ">",
    "\u3000",
    '"\\x"',
]
lines = st.builds(
    "{}{}: {}{}\n".format,
    st.sampled_from(["", "  ", "- ", "\t"]),
    st.sampled_from(KEYS),
    st.sampled_from(VALUES),
    st.text(max_size=5),
)
files = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(lines, max_size=12).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
)


@given(data=files)
@example(data=b"")
@example(data=b"a: " + b"[" * 100_000)
@example(data=b"\xff\xfe\x00")
@example(data="文种: 通知\n发文机关: 甲\n标题: \u200b\n正文: [&a [*a]]\n".encode())
def test_any_bytes_give_diagnostics(data, compiler, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    checked = compiler.check(path)
    assert all(isinstance(one, Diagnostic) for one in checked.diagnostics)
    assert (checked.document is None) <= checked.has_errors
    assert (checked.layout is None) == (checked.document is None)
    length = len(checked.source.text)
    for one in checked.diagnostics:
        assert one.span is None or 0 <= one.span.start.offset <= one.span.end.offset <= length
        assert one.severity in set(Severity)


def test_any_document_is_checked_and_laid_out(documents, compiler, draft):
    book = compiler.book(compiler.check(draft(RIGHT)).project)

    @given(document=documents)
    @settings(max_examples=60)
    def check(document):
        layout = lay_out(document, book)
        assert [page.number for page in layout.pages] == list(range(1, len(layout.pages) + 1))
        assert layout.is_sample == bool(document.pending())
        found = [
            *rules.check(document),
            *rules.check_characters(document, book),
            *rules.check_layout(document, layout),
        ]
        for part in separate_attachments(document):
            of_part = lay_out(part, book)
            found += rules.check_layout(part, of_part)
            assert of_part.pages[0].texts[0].role == "attachment-label"
        assert all(one.message for one in found)

    check()
