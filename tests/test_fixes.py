"""Fixes: replacements in files, character for character."""

import errno
import re
import stat
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongwen import cli, fixes, rules
from gongwen.authority import should
from gongwen.compiler import Compiler
from gongwen.diagnostics import Check, Diagnostic, Finding
from gongwen.difference import unified
from gongwen.fixes import Fixer, FixError, apply
from gongwen.rules.elements.header import NUMBER_FORM
from gongwen.rules.registry import Rule
from gongwen.source import Source
from gongwen.writing import write_whole

PLANTED = Check("GW899", "planted", should("GB/T 15834"))
OTHER = Check("GW898", "planted-other", should("GB/T 15834"))

HEAD = "kind: 通知\nissuer: 某市总工会\ntitle: 某市总工会关于开展送清凉活动的通知\n"


def at(text, pattern, replacement, check=PLANTED):
    """A diagnostic with a replacement at each place of a pattern in a text, as offsets count there."""
    source = Source.parse(text)
    return [
        Diagnostic(check, "…", "a.yaml", source._lines.span(*match.span()), replacement=replacement)
        for match in re.finditer(pattern, source.text)
    ]


def fixed(text, pattern, replacement):
    """The text after the edits, and how many were made and refused."""
    done = apply(text.encode(), at(text, pattern, replacement))
    return done.data.decode(), len(done.mended), len(done.refused)


# --- one file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "result"),
    [
        ("a: 一,二\n", ",", "，", "a: 一，二\n"),
        ("a: '一,二'  # 一,二\n", "(?<=一),(?=二')", "，", "a: '一，二'  # 一,二\n"),
        ('a: "一,二\\n三"\n', ",", "，", 'a: "一，二\\n三"\n'),
        ("a: |\n  一,二\n  三,四\n", ",", "，", "a: |\n  一，二\n  三，四\n"),
        ("a: >-\n  一,二\n\n  三,四\n", ",", "，", "a: >-\n  一，二\n\n  三，四\n"),
        ("a: [一, '二,三']\n", ",(?=三)", "，", "a: [一, '二，三']\n"),
        ("a: 一  二\n  三  四\n", " {2}(?=[二四])", "", "a: 一二\n  三四\n"),
        # What the style of a string needs.
        ("a: '一\"二'\n", '"', "'", "a: '一''二'\n"),
        ('a: "一\'二"\n', "'", '"', 'a: "一\\"二"\n'),
        ('a: "一/二"\n', "/", "\\", 'a: "一\\\\二"\n'),
        ("a: 一'二\n", "'", '"', 'a: 一"二\n'),
        # Line ends, a byte order mark, tabs, comments, blanks at line ends.
        (
            "\ufeffa: 一,二\r\n# ,\r\nb: |\r\n  三,四  \r\n",
            "(?<=[一三]),",
            "，",
            "\ufeffa: 一，二\r\n# ,\r\nb: |\r\n  三，四  \r\n",
        ),
        ("a: 一,二\rb: 三,四\r", ",", "，", "a: 一，二\rb: 三，四\r"),
        ("a:   一,二\t# x\n\n\n", ",", "，", "a:   一，二\t# x\n\n\n"),
        ("a: 一,二", ",", "，", "a: 一，二"),
        ("a: \U00020bb7,二\n", ",", "，", "a: \U00020bb7，二\n"),
        # An alias shows what its anchor says.
        ("a: &x 一,二\nb: *x\n", ",", "，", "a: &x 一，二\nb: *x\n"),
        # A comment.
        ("a: 一  # 二\n", "  # 二", "", "a: 一\n"),
        ("a:\n  # 二\n  - 一\n", "  # 二\n", "", "a:\n  - 一\n"),
    ],
)
def test_nothing_else_changes(text, pattern, replacement, result):
    got, mended, refused = fixed(text, pattern, replacement)
    assert got == result
    assert (mended > 0, refused) == (True, 0)


@pytest.mark.parametrize(
    ("text", "pattern", "replacement"),
    [
        ("a: 一：二\n", "：", ": "),  # a key
        ("a: 一＃二\n", "＃", " #"),  # a comment
        ("a: 一二\n", "一", "- "),  # a list
        ("a: 一二\n", "一二", "null"),
        ("a: 一\n", "一", ""),  # nothing left
        ("a: 一二\n", "一", " "),  # a blank that YAML drops
        ("a: [一、二]\n", "、", ","),  # two items
        ("a: '一二'\n", "二", "\n"),
        ("a: |\n  一二\n", "一", " "),  # an indent
        ("a: 一\nb: 二\n", "a", "b"),  # a key twice
        ("a: 一\nb: 二\n", "a", "c"),  # a key at all
        ("a: 一\n", ": ", ":"),
        ('a: "一\\u4e8c"\n', "4e8c", "4e8d"),  # inside an escape
        ("a: 一二\n", "一", "\u200b"),  # what hides from the reader
        ("a: Abc,\n  二\n", ",", "，"),  # full-width characters meet over a line end, and the blank is gone
    ],
)
def test_an_edit_that_yaml_would_take_otherwise_is_refused(text, pattern, replacement):
    got, mended, refused = fixed(text, pattern, replacement)
    assert (got, mended, refused) == (text, 0, 1)


def test_the_edits_that_can_be_made_are_made():
    text = "a: 一，二\nb: 三，四\nc: [五，六]\nd: 七，八\n"
    got, mended, refused = fixed(text, "，", ",")
    assert (got, mended, refused) == ("a: 一,二\nb: 三,四\nc: [五，六]\nd: 七,八\n", 3, 1)


def test_a_file_is_not_read_without_end(monkeypatch):
    monkeypatch.setattr(fixes, "MAX_TRIALS", 20)
    text = "a: 一、二\nb: [" + "、".join("一" * 100) + "]\n"
    got, mended, refused = fixed(text, "、", ",")
    assert (got, mended, refused) == (text.replace("一、二", "一,二"), 1, 99)


def test_of_two_that_overlap_the_first_counts():
    text = "a: 一二三四\n"
    both = [*at(text, "二三", "x"), *at(text, "三四", "y"), *at(text, "四", "z"), *at(text, "四(?=\n)", "w", OTHER)]
    done = apply(text.encode(), both)
    assert done.data.decode() == "a: 一xw\n"
    assert [one.replacement for one in done.mended] == ["x", "w"]
    assert done.refused == ()


def test_a_place_between_two_characters_can_be_filled():
    text = "a: '一二'\nb: |\n  三\n"
    assert fixed(text, "(?=二)", "、") == ("a: '一、二'\nb: |\n  三\n", 1, 0)
    assert fixed(text, "(?<=二)", "。") == ("a: '一二。'\nb: |\n  三\n", 1, 0)
    assert fixed(text, "(?<=三)", "。") == ("a: '一二'\nb: |\n  三。\n", 1, 0)


@pytest.mark.parametrize(
    "data", ["a: '一,二\n".encode(), "a: 一,二\na: 三\n".encode(), "a: 一,二".encode("gb18030"), b"\xff,", b""]
)
def test_a_file_that_cannot_be_read_stays_as_it_is(data):
    assert apply(data, at("a: 一,二\n", ",", "，")) == (data, (), ())


# --- any file ---------------------------------------------------------------------------------------------------------

_FAULT, _CURE = ",", "，"
_texts = st.lists(
    st.sampled_from(["一", "二", "x", ",", "“", "'", '"', "\\", "#", ": ", " ", "%", "&"]), min_size=1, max_size=8
).map(lambda parts: "".join(parts).strip())


def _plain(text):
    return text


def _single(text):
    return "'" + text.replace("'", "''") + "'"


def _double(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _block(sign):
    def spelled(text):
        return f"{sign}\n    {text}\n\n    {text}"

    return spelled


def _folded(text):
    return f"{text}\n    {text}"


_styles = st.sampled_from([_plain, _single, _double, _block("|"), _block(">-"), _block("|+"), _folded])
_entries = st.lists(st.tuples(_styles, _texts, st.booleans()), min_size=1, max_size=5)


@st.composite
def files(draw):
    """The bytes of a file with planted faults in strings of all styles, comments and line ends of either kind."""
    lines = []
    for number, (style, text, has_comment) in enumerate(draw(_entries)):
        lines.append(f"k{number}: {style(text)}")
        if has_comment:
            lines.append("# a comment, with the fault")
    end = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    text = mark + "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    return text.replace("\n", end).encode()


def faults_of(data):
    """Diagnostics of a source: each fault in a value, as a rule would tell it."""
    source = Source.parse(data, "a.yaml")
    found = []
    for key, value in (source.data or {}).items():
        for match in re.finditer(_FAULT, value or ""):
            finding = Finding(PLANTED, "…", (key,), offset=match.start(), replacement=_CURE)
            found.append(source.resolve(finding))
    return source, found


@given(files())
def test_fixes_change_the_faults_and_nothing_else(data):
    source, found = faults_of(data)
    assume(source.root is not None and not any(one.is_error for one in source.diagnostics))
    done = apply(data, found)
    # Every byte outside the spans stays.
    text = source.text
    for one in reversed(done.mended):
        text = text[: one.span.start.offset] + _CURE + text[one.span.end.offset :]
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    assert done.data == mark + text.replace("\n", "\r\n" if b"\r\n" in data else "\n").encode()
    # The data are the old ones with the edits in them.
    after = Source.parse(done.data, "a.yaml")
    fixable = [one for one in found if one.replacement is not None]
    assert len(done.mended) + len(done.refused) == len(fixable)
    assert sum(value.count(_CURE) for value in after.data.values() if value) == len(done.mended)
    assert {key: (value or "").replace(_CURE, _FAULT) for key, value in after.data.items()} == {
        key: value or "" for key, value in source.data.items()
    }
    # A second run changes nothing.
    again = apply(done.data, faults_of(done.data)[1])
    assert (again.data, again.mended) == (done.data, ())


@given(st.binary(max_size=60) | st.text(st.sampled_from("ab:#\n -|>'\"[]{},&*é\r")).map(str.encode))
def test_any_bytes_come_out_as_they_are_or_readable(data):
    source = Source.parse(data, "a.yaml")
    spans = at(source.text, "a|,", "b，")
    done = apply(data, spans)
    if done.mended:
        assert Source.parse(done.data).root is not None
    else:
        assert done.data == data


# --- drafts -----------------------------------------------------------------------------------------------------------


def rule_of(check, pattern, replacement):
    def rule(text, _draft):
        for match in re.finditer(pattern, text.text):
            length = len(match[0])
            yield Finding(check, "…", text.path, offset=match.start(), length=length, replacement=replacement)

    return Rule(rule, (check,))


FULL_WIDTH = rule_of(PLANTED, "(?<=[一-鿿]),", "，")


@pytest.fixture
def plant(monkeypatch):
    """A function: rules of texts take the place of the program's."""

    def put(*planted):
        monkeypatch.setattr(rules, "TEXT_RULES", list(planted))

    put(FULL_WIDTH)
    return put


@pytest.mark.usefixtures("plant")
def test_rounds_go_on_until_nothing_is_left(draft, plant):
    plant(rule_of(PLANTED, "，，", "，"), rule_of(OTHER, "(?<=[一-鿿，]),", "，"))
    path = draft(HEAD + "body: ['一,,,,二']\n")
    fixer = Fixer(Compiler())
    fixer.fix(path)
    (change,) = fixer.changes
    assert change.after.decode() == HEAD + "body: ['一，二']\n"
    assert dict(change.codes) == {"GW898": 4, "GW899": 3}
    assert path.read_bytes() == change.before


def test_fixes_that_undo_each_other_are_not_made(draft, plant):
    plant(rule_of(PLANTED, "甲", "乙"), rule_of(OTHER, "乙", "甲"), rule_of(NUMBER_FORM, "丙", "丁"))
    path = draft(HEAD + "body: [甲丙。]\n")
    fixer = Fixer(Compiler())
    fixer.fix(path)
    assert fixer.changes[0].after.decode() == HEAD + "body: [甲丁。]\n"
    assert [one.check for one in fixer.refused] == [PLANTED]


def test_fixes_without_an_end_are_not_made(draft, plant):
    plant(rule_of(PLANTED, "甲", "甲甲"))
    path = draft(HEAD + "body: [一甲二。]\n")
    fixer = Fixer(Compiler())
    limit, fixes.MAX_ROUNDS = fixes.MAX_ROUNDS, 5
    try:
        fixer.fix(path)
    finally:
        fixes.MAX_ROUNDS = limit
    assert fixer.changes == []
    assert [one.check for one in fixer.refused] == [PLANTED]


@pytest.mark.usefixtures("plant")
def test_enclosed_files_are_fixed_in_their_own_place_and_once(draft, tmp_path):
    (tmp_path / "texts").mkdir()
    enclosed = draft("title: 办法\nbody: ['一,二']\n", "texts/_a.yaml")
    text = HEAD + "body: ['三,四']\nissued: {file: texts/_a.yaml}\nattachments: [{file: texts/_a.yaml}]\n"
    fixer = Fixer(Compiler())
    for name in ("a.yaml", "b.yaml"):
        fixer.fix(draft(text, name))
    fixer.write()
    assert enclosed.read_text("utf-8") == "title: 办法\nbody: ['一，二']\n"
    assert (tmp_path / "a.yaml").read_text("utf-8") == text.replace("三,四", "三，四")
    assert [(Path(change.name).name, change.count) for change in fixer.changes] == [
        ("a.yaml", 1),
        ("_a.yaml", 1),
        ("b.yaml", 1),
    ]
    again = Fixer(Compiler())
    again.fix(tmp_path / "a.yaml")
    assert again.changes == []


@pytest.mark.usefixtures("plant")
def test_suppressed_findings_are_not_fixed(draft):
    path = draft(HEAD + "number: 某工发[2026]18号 # gongwen: ignore[GW201]\nbody: ['一,二']\n")
    fixer = Fixer(Compiler())
    fixer.fix(path)
    assert fixer.changes[0].after == path.read_bytes().replace(",二".encode(), "，二".encode())


@pytest.mark.usefixtures("plant")
def test_an_unused_comment_is_deleted(draft):
    path = draft(HEAD + "# 公文：忽略[GW222]\nbody: ['一,二'] # gongwen: ignore[GW222]\n")
    fixer = Fixer(Compiler())
    fixer.fix(path)
    assert fixer.changes[0].after.decode() == HEAD.replace("\nissuer", "\nissuer") + "body: ['一，二']\n"


@pytest.mark.usefixtures("plant")
def test_what_cannot_be_read_is_left_alone(draft):
    fixer = Fixer(Compiler())
    wrong = draft(HEAD + "body: ['一,二']\nbody: [三]\n", "wrong.yaml")
    fixer.fix(wrong)
    fixer.fix(wrong.with_name("missing.yaml"))
    fixer.fix(wrong.parent)
    assert (fixer.changes, fixer.unread) == ([], [str(wrong)])


def test_a_file_beyond_the_limit_is_left_alone(draft, monkeypatch):
    monkeypatch.setattr(fixes, "MAX_BYTES", 10)
    fixer = Fixer(Compiler())
    fixer.fix(draft(HEAD))
    assert fixer.changes == []


_SPELLINGS = (
    "- {}",
    "- '{}'",
    '- "{}"',
    "- |\n    {}",
    "- >-\n    {}\n    {}",
    "- {}\n    {}",
    "- heading: {}  # 一,二\n    body: ['{}', \"{}\"]",
)
_sentences = st.text(st.sampled_from("一二三,，、"), min_size=1, max_size=8).map(lambda text: f"甲{text}乙。")


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(_SPELLINGS), _sentences), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_draft_is_fixed_once_and_for_all(tmp_path_factory, compiler, blocks, end):
    body = "\n".join("  " + form.replace("{}", text) for form, text in blocks)
    text = f"\ufeff# 一,二\n{HEAD}body:\n{body}\n".replace("\n", end)
    path = tmp_path_factory.mktemp("draft") / "draft.yaml"
    path.write_bytes(text.encode())
    # A comma between hanzi, and one next to another mark, which takes a second round.
    planted = [rule_of(PLANTED, "(?<=[一-鿿]),(?=[一-鿿])", "，"), rule_of(OTHER, "(?<=[，、,]),|,(?=[，、])", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "TEXT_RULES", planted)
        first = Fixer(compiler)
        first.fix(path)
        first.write()
        again = Fixer(compiler)
        again.fix(path)
        left = compiler.check(path).diagnostics
    assert (again.changes, first.refused, again.refused) == ([], [], [])
    assert [one for one in left if one.check in (PLANTED, OTHER)] == []
    after = path.read_bytes().decode()
    # Nothing but commas has changed, and none in a comment.
    assert re.sub("[,，]", "", after) == re.sub("[,，]", "", text)
    assert after.count("# 一,二") == text.count("# 一,二")
    assert len(after.splitlines()) == len(text.splitlines())
    made = sum(change.count for change in first.changes)
    assert (made > 0) is (after != text)


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def fixer(draft, plant):
    """A fixer that has a change for a draft, and the draft."""
    plant(FULL_WIDTH)
    path = draft(HEAD + "body: ['一,二']\n")
    made = Fixer(Compiler())
    made.fix(path)
    return made, path


def test_the_mode_stays(fixer):
    made, path = fixer
    path.chmod(0o640)
    made.write()
    assert "一，二" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("plant")
def test_the_target_of_a_link_is_edited(draft, tmp_path):
    target = draft(HEAD + "body: ['一,二']\n", "target.yaml")
    link = tmp_path / "link.yaml"
    link.symlink_to(target.name)
    made = Fixer(Compiler())
    made.fix(link)
    made.write()
    assert link.is_symlink()
    assert "一，二" in target.read_text("utf-8")


def test_a_file_that_has_changed_meanwhile_is_not_written(fixer):
    made, path = fixer
    path.write_text(HEAD + "body: ['一,二,三']\n", "utf-8")
    with pytest.raises(FixError, match="文件又变了"):
        made.write()
    assert "一,二,三" in path.read_text("utf-8")


def test_a_file_that_is_gone_is_told(fixer):
    made, path = fixer
    path.unlink()
    with pytest.raises(FixError, match="读不了"):
        made.write()


def test_all_are_written_or_none(draft, fixer):
    made, path = fixer
    other = draft(HEAD + "body: ['一,二']\n", "other.yaml")
    made.fix(other)
    other.chmod(0o444)
    before = path.read_bytes()
    with pytest.raises(FixError, match=r"other\.yaml 没有改：文件只读"):
        made.write()
    assert path.read_bytes() == before


def test_what_was_written_before_the_system_failed_is_told(draft, fixer, monkeypatch):
    made, path = fixer
    made.fix(draft(HEAD + "body: ['一,二']\n", "other.yaml"))

    def full(target, data, like):
        if target.name == "other.yaml":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_whole(target, data, like)

    monkeypatch.setattr(fixes, "write_whole", full)
    with pytest.raises(
        FixError, match=r"other\.yaml 没有改：写不了（No space left on device）；已经改了：.*draft\.yaml$"
    ):
        made.write()
    assert "一，二" in path.read_text("utf-8")


def test_a_file_is_written_as_another_was(tmp_path):
    like = tmp_path / "like"
    like.write_bytes(b"")
    like.chmod(0o604)
    write_whole(tmp_path / "new", b"x", like.stat())
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604


# --- differences ------------------------------------------------------------------------------------------------------


def patched(before, difference):
    """A file with a unified diff applied to it."""
    old, new, at = re.findall(rb"[^\n]*\n|[^\n]+", before), [], 0
    lines = difference.split(b"\n")[2:-1]
    for line, following in zip(lines, [*lines[1:], b""], strict=True):
        content = line[1:] + (b"" if following.startswith(b"\\") else b"\n")
        if line.startswith(b"@@"):
            start = int(re.match(rb"@@ -(\d+)", line)[1]) - 1
            new += old[at:start]
            at = start
        elif line.startswith((b" ", b"-")):
            assert old[at] == content
            at += 1
        if line.startswith((b" ", b"+")):
            new.append(content)
    return b"".join([*new, *old[at:]])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nB\r\n"),
        (b"a\nb", b"a\nB"),
        (b"a\nb", b"a\nb\n"),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n"),
        ("一\n".encode() * 20, "一\n".encode() * 9 + "二\n".encode() + "一\n".encode() * 10),
        (b"a\x0cb\x85c\n", b"a\x0cB\x85c\n"),
    ],
    ids=["plain", "CR LF", "no end", "an end added", "mark", "context", "controls"],
)
@pytest.mark.parametrize("name", ["draft.yaml", "一 份 稿件.yaml"])
def test_a_difference_can_be_applied(before, after, name):
    difference = unified(before, after, name)
    end = b"\t\n" if " " in name else b"\n"
    assert difference.startswith(b"--- " + name.encode() + end + b"+++ " + name.encode() + end + b"@@ -")
    assert patched(before, difference) == after
    assert unified(after, after, name) == b""


def test_names_with_signs_are_quoted():
    assert unified(b"a\n", b"b\n", 'a"\n.yaml').split(b"\n")[0] == b'--- "a\\"\\012.yaml"'


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(capsys, tmp_path, monkeypatch, plant):
    """A function: arguments → exit status, standard output, standard error; in the folder of the drafts."""
    plant(FULL_WIDTH)
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return caught.value.code, out, err

    return main


TEXT = HEAD + "number: 某工发[2026]18号\nbody: ['一,二,三。']\n"
FIXED = TEXT.replace("[2026]", "〔2026〕").replace(",", "，")


def test_fix_edits_and_reports_what_is_left(run, draft):
    path = draft(TEXT, "a.yaml")
    code, out, err = run("check", "a.yaml", "--fix", "--select", "GW201,imprint-missing,GW2")
    assert path.read_text("utf-8") == FIXED.replace("，", ",")
    assert (code, "GW201" in out) == (0, False)
    assert "a.yaml：改正了 1 处（GW201）\n" in err
    code, _, err = run("check", "a.yaml", "--fix")
    assert path.read_text("utf-8") == FIXED
    assert "a.yaml：改正了 2 处（GW899×2）\n" in err
    assert "改正了" not in run("check", "a.yaml", "--fix")[2]


def test_diff_edits_nothing(run, draft):
    path = draft(TEXT, "a.yaml")
    draft(FIXED, "b.yaml")
    code, out, err = run("check", "--diff", "a.yaml", "b.yaml")
    assert (code, path.read_text("utf-8")) == (1, TEXT)
    assert out == unified(TEXT.encode(), FIXED.encode(), "a.yaml").decode()
    assert err == "可以改正 3 处，在 1 个文件里；用 --fix 改正\n"
    assert run("check", "--diff", "b.yaml") == (0, "", "没有可以自动改正的差错\n")
    assert patched(TEXT.encode(), out.encode()) == FIXED.encode()


def test_what_was_not_fixed_is_told(run, draft, plant):
    plant(rule_of(PLANTED, "、", ","))
    draft(HEAD + "body: [一、二。]\n", "a.yaml")
    draft(HEAD + "body: [一]\nbody: [二]\n", "b.yaml")
    code, out, err = run("check", "--diff", "a.yaml", "b.yaml")
    assert (code, out) == (0, "")
    assert err == "a.yaml:4:9：GW899 没有自动改正，请手工改正\nb.yaml：文件读不懂，没有改\n没有可以自动改正的差错\n"


def test_wrong_use(run, draft):
    path = draft(TEXT, "a.yaml")
    assert run("check", "--fix", "--diff", "a.yaml")[0] == 2
    path.chmod(0o444)
    code, out, err = run("check", "--fix", "a.yaml")
    assert (code, out, err) == (2, "", "gongwen：a.yaml 没有改：文件只读\n")


# --- the fixes that there are -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "result"),
    [
        ("某工发[2026]18号", "某工发〔2026〕18号"),
        ("'某工发（2026） 第018'", "'某工发〔2026〕18号'"),
        ("某工发【2026】0018号", "某工发〔2026〕18号"),
        ("某工发[26]18号", None),
        ("某工发〔2026〕", None),
        ("某工发2026年18号", None),
    ],
)
def test_numbers_are_mended_where_the_cure_is_certain(number, result, draft):
    path = draft(HEAD + f"number: {number}\nbody: [正文。]\n")
    fixer = Fixer(Compiler())
    fixer.fix(path)
    after = [change.after.decode() for change in fixer.changes]
    assert after == ([] if result is None else [HEAD + f"number: {result}\nbody: [正文。]\n"])
