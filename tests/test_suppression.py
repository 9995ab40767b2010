"""Comments that take back a finding at their place, and what is wrong with such comments."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import rules, suppression
from gongwen.authority import should
from gongwen.checks import Checks, known
from gongwen.compiler import Compiler
from gongwen.diagnostics import Check, Diagnostic, Finding
from gongwen.outcome import Outcome
from gongwen.rules.registry import Rule
from gongwen.selection import Selection
from gongwen.source import Source

PLANTED = Check("GW899", "planted", should("GB/T 15834"))
OTHER = Check("GW898", "planted-other", should("GB/T 15834"))
CHECKS = Checks([PLANTED, OTHER, *known().all])
HEAD = "kind: 通知\nissuer: 某市总工会\ntitle: 某市总工会关于开展送清凉活动的通知\n"


def findings_of(text):
    """A source, and a diagnostic at every ✗ (planted) and ※ (the other) of its values and keys."""
    source = Source.parse(text, "a.yaml")
    assert source.diagnostics == ()
    places = re.finditer("[✗※]", text)
    return source, [
        Diagnostic(PLANTED if match[0] == "✗" else OTHER, "…", "a.yaml", source._lines.span(*match.span()))
        for match in places
    ]


def left(text):
    """The lines of the diagnostics that comments leave, and what is said of the comments: code, line, marked text."""
    source, found = findings_of(text)
    read = suppression.read([source], lambda: CHECKS)
    kept, used = read.left(found)
    told = [*read.diagnostics, *read.unused(used, {PLANTED, OTHER}, source)]
    lines = [one.span.start.line for one in kept]
    said = [(one.check.code, one.span.start.line, text[one.span.start.offset : one.span.end.offset]) for one in told]
    return lines, said


# --- what a comment stands for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # At a line's end: the line.
        ("a: ✗ # gongwen: ignore[GW899]\nb: ✗\n", [2]),
        ("a: ✗  # 公文：忽略[GW899]\nb: ✗\n", [2]),
        ("a✗: 1 # gongwen: ignore[GW899]\n", []),
        ("a: [✗, # gongwen: ignore[GW899]\n  ✗]\n", [2]),
        ("a: # gongwen: ignore[GW899]\n  - ✗\n", [2]),
        ('a: "✗ # gongwen: ignore[GW899]"\n', [1]),
        ("a: '✗ # gongwen: ignore[GW899]' # gongwen: ignore[GW899]\n", []),
        # … and a string that begins or ends there, as a whole.
        ("a: 长长\n  ✗\n  ✗ # gongwen: ignore[GW899]\nb: ✗\n", [4]),
        ('a: "长长\n  ✗\n  长" # gongwen: ignore[GW899]\n', []),
        ("a: '✗\n  长\n  长' # gongwen: ignore[GW899]\n", []),
        ("a: | # gongwen: ignore[GW899]\n  长\n  ✗\nb: ✗\n", [4]),
        ("a: >- # gongwen: ignore[GW899]\n  长\n\n  ✗\nb: ✗\n", [5]),
        ("a: |\n  ✗ # gongwen: ignore[GW899]\n", [2]),
        # On a line of its own: the next key with its value, or the next item.
        ("# gongwen: ignore[GW899]\na: ✗\nb: ✗\n", [3]),
        ("z: 1\n# gongwen: ignore[GW899]\na:\n  - ✗\n  - b: ✗\nc: ✗\n", [6]),
        ("a:\n  # gongwen: ignore[GW899]\n  - ✗\n  - ✗\n", [4]),
        ("a:\n  # gongwen: ignore[GW899]\n  - b: ✗\n    c: ✗\n  - ✗\n", [5]),
        ("a:\n  - ✗\n  # gongwen: ignore[GW899]\n  - ✗\n  - ✗\n", [2, 5]),
        ("a:\n  - b: ✗\n    # gongwen: ignore[GW899]\n    c: ✗\n    d: ✗\n", [2, 5]),
        ("a:\n  # gongwen: ignore[GW899]\n  ✗\nb: ✗\n", [4]),
        ("a:\n  # gongwen: ignore[GW899]\n  |\n  ✗\n  ✗\nb: ✗\n", [6]),
        ("a: [\n  # gongwen: ignore[GW899]\n  ✗,\n  ✗]\n", [4]),
        ("a: {\n  # gongwen: ignore[GW899]\n  b: ✗, c: ✗}\n", [3]),
        ("a: {\n  # gongwen: ignore[GW899]\n  b: ✗,\n  c: ✗}\n", [4]),
        ("# gongwen: ignore[GW899]\n\n# Anything else.\na: ✗\nb: ✗\n", [5]),
        ("%YAML 1.1\n# gongwen: ignore[GW899]\n---\na: ✗\nb: ✗\n", [5]),
        ("a: |\n  ✗\n# gongwen: ignore[GW899]\nb: ✗\n", [2]),
        ("a: |\n  ✗\n  # gongwen: ignore[GW899]\nb: ✗\n", [2, 4]),
        ("a: ✗\n# gongwen: ignore[GW899]\n", [1]),
        # An alias repeats what stands at its anchor.
        ("a: &x ✗ # gongwen: ignore[GW899]\nb: *x\n", []),
        ("a: &x ✗\n# gongwen: ignore[GW899]\nb: *x\n", [1]),
        ("a: &x [✗]\nb:\n  # gongwen: ignore[GW899]\n  - *x\n  - ✗\n", [1, 5]),
        # Several comments, several codes.
        ("# gongwen: ignore[GW899]\n# gongwen: ignore[GW898]\na: ✗※\n", []),
        ("a: ✗※ # gongwen: ignore[GW898,GW899] agreed with the office\n", []),
        ("a: ✗※ # gongwen: ignore[gw898]\n", [1]),
        ("a: ✗※ #gongwen:ignore[planted，planted-other]\n", []),
        ("a: ✗※ #  公文 ： 忽略【GW898、GW899】\n", []),
        ("a: ✗※ # 公文:忽略［GW898 GW899］\n", []),
    ],
)
def test_what_a_comment_stands_for(text, lines):
    assert left(text)[0] == lines
    crlf = text.replace("\n", "\r\n")
    source = Source.parse(crlf, "a.yaml")
    assert [one.holds for one in suppression.read([source], lambda: CHECKS).all] == [
        one.holds for one in suppression.read([Source.parse(text, "a.yaml")], lambda: CHECKS).all
    ]


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("# gongwen: ignore[GW899]\na: 1\n", False),
        ("\n# gongwen: ignore[GW899]\n# more\n---\na: 1\n", False),
        ("a: 1 # gongwen: ignore[GW899]\n", True),
        ("a: 1\n# gongwen: ignore[GW899]\nb: 1\n", True),
    ],
)
def test_what_concerns_the_file_is_taken_back_before_the_first_key(text, is_left):
    source = Source.parse(text, "a.yaml")
    whole = Diagnostic(PLANTED, "…", "a.yaml")
    assert (suppression.read([source], lambda: CHECKS).left([whole])[0] == [whole]) is is_left


def test_a_comment_stands_for_its_own_file_alone():
    source, found = findings_of("a: ✗ # gongwen: ignore[GW899]\n")
    other = Diagnostic(PLANTED, "…", "b.yaml", found[0].span)
    assert suppression.read([source], lambda: CHECKS).left([*found, other])[0] == [other]


# --- what is wrong with a comment ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Unused: the stretch that is deleted.
        ("a: 1  # gongwen: ignore[GW899]\n", [("GW950", 1, "  # gongwen: ignore[GW899]")]),
        ("a:\n  # gongwen: ignore[GW899]\n  - 1\n", [("GW950", 2, "  # gongwen: ignore[GW899]\n")]),
        ("a: 1\n# gongwen: ignore[GW899]", [("GW950", 2, "# gongwen: ignore[GW899]")]),
        ("a: 1 # gongwen: ignore[GW899] agreed\n", [("GW950", 1, " # gongwen: ignore[GW899] agreed")]),
        ("a: 1 # gongwen: ignore[GW899]  # agreed\n", [("GW950", 1, "# gongwen: ignore[GW899]  ")]),
        ("a: ✗ # gongwen: ignore[GW898, GW899]\n", [("GW950", 1, "GW898, ")]),
        ("a: ※ # gongwen: ignore[GW898, GW899]\n", [("GW950", 1, ", GW899")]),
        # Unknown or malformed.
        ("a: 1 # gongwen: ignore[GW8]\n", [("GW951", 1, "GW8")]),
        ("a: 1 # gongwen: ignore[GW201, plantd]\n", [("GW951", 1, "plantd")]),
        ("a: 1 # gongwen: ignore\n", [("GW951", 1, "# gongwen: ignore")]),
        ("a: 1 # gongwen: ignore[]\n", [("GW951", 1, "# gongwen: ignore[]")]),
        ("a: 1 # gongwen: ignore[ ， ] \n", [("GW951", 1, "# gongwen: ignore[ ， ]")]),
        ("a: 1 # gongwen: ignore GW899\n", [("GW951", 1, "# gongwen: ignore GW899")]),
        ("a: 1 # gongwen: ignore[GW899\n", [("GW951", 1, "# gongwen: ignore[GW899")]),
        ("a: 1 # gongwen: ignore(GW899)\n", [("GW951", 1, "# gongwen: ignore(GW899)")]),
        ("a: 1 # gongwen: ingore[GW899]\n", [("GW951", 1, "# gongwen: ingore[GW899]")]),
        ("a: 1 # 公文：忽略\n", [("GW951", 1, "# 公文：忽略")]),
        # Binding.
        ("a: 1 # gongwen: ignore[GW101]\n", [("GW952", 1, "GW101")]),
        # Text that was meant as a comment.
        ("a: 正文# gongwen: ignore[GW899]\n", None),
        ("a:\n  - 正文。# 公文：忽略[GW899]\n", [("GW951", 2, "# 公文：忽略[GW899]")]),
        ("a: |\n  正文。\n  # 公文：忽略[GW899]\n", [("GW951", 3, "# 公文：忽略[GW899]")]),
        # Nothing of the kind.
        ("a: 1 # gongwen: see the manual\n", []),
        ("a: 1 # gongwen: ignore what the office says\n", []),
        ("a: 1 # 公文：忽略不计\n", []),
        ("a: 1 # gongwen ignore[GW899]\n", []),
        ("a: 1 # yaml-language-server: ignore[GW899]\n", []),
        ("a: '正文# gongwen: ignore[GW899]'\n", []),
    ],
)
def test_what_is_wrong_with_a_comment(text, said):
    if said is None:  # the colon with a blank makes a key of it: reading says so
        assert Source.parse(text).diagnostics != ()
        return
    assert left(text)[1] == said


def test_the_nearest_code_is_offered():
    source = Source.parse("a: 1 # gongwen: ignore[GW89, numbr-form, 天气]\n", "a.yaml")
    found = suppression.read([source], lambda: CHECKS).diagnostics
    assert [one.hint for one in found] == [
        "是不是“GW898”？",
        "是不是“number-form”？",
        "用 gongwen rule --all 查代码",
    ]
    assert found[0].message == "没有“GW89”这一检查项"


def test_checks_are_asked_for_only_where_there_is_such_a_comment():
    source = Source.parse("a: 公文 # gongwen\n", "a.yaml")
    assert suppression.read([source], pytest.fail) is suppression.NOTHING


def test_a_check_that_was_not_looked_for_is_not_called_unused():
    source, _ = findings_of("a: 1 # gongwen: ignore[GW899]\n")
    assert list(suppression.read([source], lambda: CHECKS).unused((), {OTHER}, source)) == []


@given(st.text(st.sampled_from("ab✗#: \n-|>'\"[]{},&*x公文：忽略gongwen: ignore[GW899]")))
def test_any_text_can_be_read(text):
    source = Source.parse(text, "a.yaml")
    suppression.read([source], lambda: CHECKS)
    for comment in source.comments:
        assert source.text[comment.start] == "#"
        assert "\n" not in source.text[comment.start : comment.end]
        assert all(0 <= start <= end <= len(source.text) for start, end in comment.holds)


_LINES = st.sampled_from(
    [
        "plain",
        "'single # {}'",
        '"double # {}"',
        "|\n    literal # {}\n    # {}",
        ">-\n    folded # {}\n\n    # {}",
        "plain\n    # over # lines",
        "[a, 'b # {}']",
    ]
)


@given(st.lists(st.tuples(_LINES, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_comments_are_what_yaml_drops(lines):
    """Each comment that is planted is found, and nothing else is: taken away, the data stay."""
    planted, text = 0, ""
    for number, (value, above, beside) in enumerate(lines):
        if above:
            text += f"# COMMENT {number}\n"
            planted += 1
        head, *rest = value.replace("over # lines", "over#lines").split("\n")
        is_open = bool(rest) and head == "plain"
        if is_open:
            rest = [rest[0].replace("# ", "")]
        tail = "  # COMMENT beside" if beside and not is_open else ""
        planted += bool(tail)
        text += "\n".join([f"k{number}: {head}{tail}", *rest]) + "\n"
    source = Source.parse(text)
    assert source.diagnostics == ()
    assert len(source.comments) == planted
    without = text
    for comment in reversed(source.comments):
        assert text[comment.start :].startswith("# COMMENT")
        without = without[: comment.start] + without[comment.end :]
    assert Source.parse(without).data == source.data


# --- in the compiler --------------------------------------------------------------------------------------------------


@pytest.fixture
def planted(monkeypatch):
    """A rule that finds every ✗ in a text."""

    def rule(text, _draft):
        for match in re.finditer("✗", text.text):
            yield Finding(PLANTED, "✗", text.path, offset=match.start(), replacement="")

    monkeypatch.setattr(rules, "TEXT_RULES", [Rule(rule, (PLANTED,))])
    monkeypatch.setattr("gongwen.checks.known", lambda: CHECKS)


def struck(path, **options):
    found = Compiler(**options).check(path).diagnostics
    return [(one.check.code, one.span.start.line) for one in found if one.check.code in ("GW899", "GW950", "GW951")]


@pytest.mark.usefixtures("planted")
def test_a_comment_takes_back_a_finding(draft):
    body = "body:\n  - 正文✗。 # gongwen: ignore[GW899]\n  - 正文✗。\n  - 正文。 # gongwen: ignore[GW899]\n"
    assert struck(draft(HEAD + body)) == [("GW899", 6), ("GW950", 7)]


@pytest.mark.usefixtures("planted")
def test_an_outcome_tells_how_much_was_taken_back_and_does_the_same_to_findings_between_drafts(draft):
    path = draft(HEAD + "number: 待定 # gongwen: ignore[GW898]\nbody:\n  - 正文✗。✗ # gongwen: ignore[GW899]\n")
    checked = Compiler(wish=Selection(ignore=("GW897",))).check(path)
    assert [one.check for one in checked.suppressed] == [PLANTED, PLANTED]
    outcome = pickle.loads(pickle.dumps(Outcome.of(checked)))  # noqa: S301 - its own
    assert outcome.suppressed == 2
    number, title = checked.source.locate(("number",)), checked.source.locate(("title",))
    unwanted = Check("GW897", "planted-third", should("GB/T 15834"))
    between = [Diagnostic(*one) for one in [(OTHER, "…", str(path), number), (OTHER, "…", str(path), title)]]
    assert outcome.left([*between, Diagnostic(unwanted, "…", str(path), title)]) == [between[1]]


@pytest.mark.usefixtures("planted")
def test_nobody_is_told_of_a_comment_whose_check_is_not_wanted(draft):
    path = draft(HEAD + "body:\n  - 正文✗。 # gongwen: ignore[GW899]\n  - 正文。 # gongwen: ignore[GW899]\n")
    assert struck(path, wish=Selection(ignore=("GW899",))) == []
    assert struck(path, wish=Selection(ignore=("GW950",))) == []
    assert struck(path, wish=Selection(select=("GW2",))) == []


@pytest.mark.usefixtures("planted")
def test_a_draft_that_is_not_laid_out_has_no_unused_comments(draft):
    path = draft(
        HEAD.replace("kind", "knd") + "body:\n  - 正文✗。 # gongwen: ignore[GW899]\n  - 正文。 # gongwen: ignore[GW8]\n"
    )
    assert struck(path) == [("GW951", 6)]


@pytest.mark.usefixtures("planted")
def test_enclosed_files_have_comments_of_their_own(draft):
    text = "title: 办法\nbody:\n  - 正文✗。 # gongwen: ignore[GW899]\n  - 正文✗。\n  - 正文。 # gongwen: ignore[GW899,GW8]\n"
    enclosed = draft(text, "_a.yaml")
    path = draft(HEAD + "body: [正文。]\nissued: {file: _a.yaml}\n")
    found = [one for one in Compiler().check(path).diagnostics if one.file == str(enclosed)]
    told = [(one.check.code, one.span.start.line) for one in found]
    # No GW950: another draft may need what this one does not.
    assert [one for one in told if one[0] in ("GW899", "GW950", "GW951")] == [("GW899", 4), ("GW951", 5)]


def test_an_error_that_is_taken_back_lets_a_pdf_be_built(draft, tmp_path):
    text = HEAD + "number: 某工发[2026]18号{}\nbody: [正文。]\n"
    assert Compiler().build(draft(text.format("")), tmp_path / "a.pdf").pdf is None
    built = Compiler().build(draft(text.format(" # 公文：忽略[GW201]")), tmp_path / "a.pdf")
    assert built.pdf is not None


def test_a_binding_error_cannot_be_taken_back(draft):
    found = Compiler().check(draft(HEAD + "colour: 1 # gongwen: ignore[GW101]\nbody: [正文。]\n")).diagnostics
    assert [one.check.code for one in found] == ["GW101", "GW952"]
