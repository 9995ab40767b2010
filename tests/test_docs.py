"""What the documents say is true: names, codes, counts, commands, examples and links."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import shlex
from collections import Counter
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

import gongwen
from gongwen import document, mailing, standard
from gongwen.cli import cli
from gongwen.diagnostics import Check
from gongwen.house import House
from gongwen.kinds import kinds
from gongwen.parser import language_of, parse, validate
from gongwen.preflight.case import READING_RULES, REGISTRY
from gongwen.project import CheckSettings, FontSettings, ProjectSettings
from gongwen.scaffold import new_draft
from gongwen.source import Source
from gongwen.terms.settings import TermModel, TermSettings
from gongwen.terms.settings import read as terms_of
from gongwen.units import Unit

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
CONFORMANCE = ROOT / "docs" / "conformance.md"
DRAFTING = ROOT / "docs" / "drafting.md"
assert {*READMES, CONFORMANCE, DRAFTING} <= {*DOCS}

# Counted in the rules themselves, so that a row that is lost is missed.
LETTERS = "P21 H35 B63 R17 N9 T6 L15 C5 M6 W23 D16 S13 K7 E12 J10 Q7 U8"
RULES = {word[0]: int(word[1:]) for word in LETTERS.split()}
CONFLICTS = 26

MODULES = {
    module.name.removeprefix("gongwen."): importlib.import_module(module.name)
    for module in pkgutil.walk_packages(gongwen.__path__, "gongwen.")
    if not module.name.endswith("__main__")
}
CODES = {
    value.code: value for module in MODULES.values() for value in vars(module).values() if isinstance(value, Check)
}
assert CODES

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
RULE = re.compile(r"[A-Z]-\d\d(\.\w+)?|PDF")


def text_of(path):
    return path.read_text("utf-8")


def blocks(path, *kinds_of_block):
    """The fenced blocks of the given languages."""
    return [body for kind, body in FENCE.findall(text_of(path)) if kind in kinds_of_block]


# --- conformance.md -----------------------------------------------------------------------------------------------------------

ROW = re.compile(r"^\| ([A-Z]-\d\d) \|(.*)\|$", re.MULTILINE)
ROWS = [(rule, [cell.strip() for cell in rest.split("|")]) for rule, rest in ROW.findall(text_of(CONFORMANCE))]
CONFORMING = [(rule, cells) for rule, cells in ROWS if rule[0] != "X"]
WORDS = {"照稿", "未实现", "不涉及", "不另检查"}


def resolves(name):
    """Whether a dotted name leads from the package to a value."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        value = MODULES.get(".".join(parts[:count]))
        if value is not None:
            for part in parts[count:]:
                if not hasattr(value, part):
                    return False
                value = getattr(value, part)
            return True
    return False


def test_every_rule_has_its_row():
    counts = Counter(rule[0] for rule, _ in ROWS)
    assert counts == {**RULES, "X": CONFLICTS}
    assert sum(RULES.values()) == 273
    for letter, count in counts.items():
        assert [rule for rule, _ in ROWS if rule[0] == letter] == [f"{letter}-{n:02}" for n in range(1, count + 1)]


def test_every_row_is_filled():
    assert {rule for rule, cells in CONFORMING if len(cells) != 5 or not all(cells)} == set()
    assert {rule for rule, cells in ROWS if rule[0] == "X" and (len(cells) != 3 or not all(cells))} == set()


@pytest.mark.parametrize("rule", [rule for rule, _ in CONFORMING])
def test_a_row_names_what_exists(rule):
    _, _, made, checked, _ = dict(CONFORMING)[rule]
    for cell in (made, checked):
        named = CODE.findall(cell)
        assert named or cell in WORDS
        assert CODE.sub("", cell).strip("、") in {"", *WORDS}
        for name in named:
            if name.startswith("GW"):
                assert name in CODES
            elif RULE.fullmatch(name):
                assert cell is checked
                assert name in standard.MEASURES
            else:
                assert resolves(name), name


def test_a_name_that_does_not_exist_does_not_resolve():
    assert resolves("standard.PITCH")
    assert not resolves("standard.NO_SUCH_NUMBER")
    assert not resolves("no_such_module.name")


def test_every_measure_is_taken_and_named():
    assert {rule for rules, _ in REGISTRY for rule in rules} | set(READING_RULES.values()) == set(standard.MEASURES)
    named = {name for _, cells in CONFORMING for name in CODE.findall(cells[3])}
    assert {rule for rule in standard.MEASURES if rule not in named} == set()


def test_conflicts_name_what_exists():
    for rule, (_, _, where) in ((rule, cells) for rule, cells in ROWS if rule[0] == "X"):
        assert where == "无" or all(map(resolves, CODE.findall(where))), rule


def test_the_summary_counts_the_rows():
    counts = {letter: [0, 0, 0, 0] for letter in RULES}
    for rule, (_, _, made, checked, _) in CONFORMING:
        column = 1 if "`" in made + checked else 2 if "未实现" in (made, checked) else 3
        for index in (0, column):
            counts[rule[0]][index] += 1
    said = re.findall(r"^\| (\S)\S*.* \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text_of(CONFORMANCE), re.MULTILINE)
    expected = [(letter, *map(str, row)) for letter, row in counts.items()]
    total = ("合", *(str(sum(row[i] for row in counts.values())) for i in range(4)))
    assert said == [*expected, total]


# --- Names in all documents ---------------------------------------------------------------------------------------------------

FILES = (".yaml", ".md", ".py", ".json", ".j2", ".pdf", ".toml", ".txt")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_code_names_exist(path):
    tops = {name.split(".")[0] for name in MODULES}
    named = [
        name
        for name in CODE.findall(FENCE.sub("", text_of(path)))
        if re.fullmatch(r"[a-z_]+(\.\w+)+", name) and name.split(".")[0] in tops and not name.endswith(FILES)
    ]
    assert [name for name in named if not resolves(name)] == []
    if path.name == "CONTRIBUTING.md":
        assert named


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_codes_exist(path):
    assert set(re.findall(r"\bGW\d{3}\b", text_of(path))) <= set(CODES)


def test_links_lead_somewhere():
    links = [
        (path, name, target)
        for path in DOCS
        for name, target in re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", text_of(path))
        if not target.startswith("http")
    ]
    assert len(links) > 20
    assert [target for path, _, target in links if not (path.parent / target.partition("#")[0]).exists()] == []
    assert [name for _, name, target in links if name.endswith(FILES) and name != target] == []


def test_paths_in_contributing_exist():
    paths = [name for name in CODE.findall(text_of(ROOT / "CONTRIBUTING.md")) if "/" in name and " " not in name]
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_picture_is_small():
    pictures = list((ROOT / "docs" / "gallery").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size <= 150 * 1024


def test_the_changelog_begins_with_this_version():
    assert re.findall(r"^## (\S+)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)[0] == gongwen.__version__


# --- Commands -----------------------------------------------------------------------------------------------------------------


def commands(path):
    """Every command line in shell blocks and workflow steps, without comment and redirection."""
    return commands_in([line for body in blocks(path, "sh", "console", "yaml") for line in body.splitlines()])


def named_commands(path):
    """Every command in inline code; prose may leave out what a command works on."""
    return commands_in(CODE.findall(FENCE.sub("", text_of(path))))


def commands_in(lines):
    for line in lines:
        command = line.strip().removeprefix("- run: ").removeprefix("$ ").partition(" > ")[0]
        if re.match(r"(gongwen|python3 build\.py|\.venv/bin/gongwen)( |$)", command):
            yield tuple(shlex.split(command, comments=True))


def check_command(words):
    """Parse a command line as the program would; click raises where it is no command or has no such option."""
    program, *rest = words
    if program == "python3":
        if rest[1:2] == ["test"]:
            return
        rest = ["build", "notices", *rest[1:]] if rest[1:] != ["--help"] else rest[1:]
    if not rest or rest[0].startswith("-"):
        assert not rest or any(rest[0] in option.opts for option in cli.params) or rest[0] in {"-h", "--help"}
        return
    assert rest[0] in cli.commands, words
    # As under the whole program: a command remembers the help options of the first context that it is used in.
    parent = click.Context(cli, info_name="gongwen", **cli.context_settings)
    cli.commands[rest[0]].make_context(rest[0], list(rest[1:]), parent=parent)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_commands_are_commands(path):
    whole, named = list(commands(path)), list(named_commands(path))
    if path in READMES:
        assert len(whole) > 6
        assert len(named) > 6
    for words in whole:
        check_command(words)
    for words in named:
        with contextlib.suppress(click.MissingParameter):
            check_command(words)


@pytest.mark.parametrize("path", [*READMES, DRAFTING], ids=lambda path: path.name)
def test_options_named_alone_exist(path):
    known = {name for command in (cli, *cli.commands.values()) for option in command.params for name in option.opts}
    named = {code for code in CODE.findall(text_of(path)) if re.fullmatch(r"--?[a-z-]+", code)}
    assert named
    assert named - known <= {"--help"}


def test_a_wrong_command_is_found():
    for words in (("gongwen", "built", "x"), ("gongwen", "build", "--relase", "x"), ("python3", "build.py", "--no")):
        with pytest.raises((AssertionError, click.UsageError)):
            check_command(words)


def test_both_readmes_have_the_same_commands():
    english, chinese = (list(commands(path)) for path in READMES)
    assert english == chinese
    for path in READMES:
        rows = re.findall(r"^\| `gongwen (\w+)", text_of(path), re.MULTILINE)
        assert rows == list(cli.commands)


def test_both_readmes_have_the_same_sections():
    assert len({len(re.findall(r"^## ", text_of(path), re.MULTILINE)) for path in READMES}) == 1
    english, chinese = (re.findall(r"\]\(((?!http)[^)]+)\)", text_of(path)) for path in READMES)
    assert Counter(english) - Counter(["README.zh-CN.md"]) == Counter(chinese) - Counter(["README.md"])


def test_the_hook_exists():
    hooks = re.findall(r"- id: (\S+)", text_of(ROOT / ".pre-commit-hooks.yaml"))
    for path in READMES:
        assert re.findall(r"- id: (\S+)", text_of(path)) == hooks


@pytest.mark.parametrize(
    ("path", "is_checked"),
    [
        ("notices/a.yaml", True),
        ("a.yml", True),
        ("notices/my_terms.yaml", True),
        ("notices/_办法.yaml", False),
        ("notices/_texts/a.yaml", False),
        (".pre-commit-config.yaml", False),
        (".github/workflows/ci.yml", False),
        ("gongwen.yaml", False),
        ("notices/terms.yaml", False),
    ],
)
def test_the_hook_leaves_out_what_is_no_draft(path, is_checked):
    (hook,) = yaml.safe_load(text_of(ROOT / ".pre-commit-hooks.yaml"))
    assert bool(re.search(hook["files"], path) and not re.search(hook["exclude"], path)) is is_checked


@pytest.mark.parametrize(("path", "language"), [*zip(READMES, ("en", "zh"), strict=True)])
def test_the_schema_line_is_the_one_that_new_writes(path, language):
    line = new_draft(kinds()["通知"], language).splitlines()[0]
    assert f"```yaml\n{line}\n```" in text_of(path)


# --- The example of the READMEs -----------------------------------------------------------------------------------------------


def example(path):
    """The draft that a README shows."""
    return next(body for body in blocks(path, "yaml") if body.startswith(("kind:", "文种:")))


def shown(path, command):
    """What a README shows under a command."""
    return next(body for body in blocks(path, "console") if body.startswith(f"$ {command}\n")).partition("\n")[2]


def output_of(*args):
    result = CliRunner().invoke(cli, args, standalone_mode=False)
    assert result.exception is None
    return result.return_value, result.stdout


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_building_the_example_prints_what_is_shown(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("notice.yaml").write_text(example(path), "utf-8")
    assert output_of("build", "--strict", "notice.yaml") == (0, shown(path, "gongwen build notice.yaml"))


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_checking_the_wrong_example_prints_what_is_shown(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("notice.yaml").write_text(example(path).replace("〔2026〕", "[2026]"), "utf-8")
    status, output = output_of("check", "notice.yaml")
    assert status == 1
    assert output.rstrip() == shown(path, "gongwen check notice.yaml").rstrip()


def test_both_examples_are_one_document(tmp_path):
    documents = []
    for number, path in enumerate(READMES):
        file = tmp_path / f"{number}.yaml"
        file.write_text(example(path), "utf-8")
        documents.append(parse(Source.read(file)).document)
    assert documents[0] is not None
    assert documents[0] == documents[1]


# --- drafting.md --------------------------------------------------------------------------------------------------------------

MODELS = (
    document.Document,
    document.Heading,
    document.Figure,
    document.Chapter,
    document.Section,
    document.Article,
    document.Clause,
    document.Item,
    document.Issued,
    document.Attachment,
    document.Imprint,
    document.Number,
    document.Secrecy,
    document.Signatory,
    document.Bulletin,
    document.BulletinItem,
    document.Distribution,
    document.Speech,
    document.Table,
    document.Column,
    document.TableCell,
    ProjectSettings,
    FontSettings,
    Unit,
    House,
    CheckSettings,
    TermSettings,
    TermModel,
)
EXAMPLES = blocks(DRAFTING, "yaml")
FEWEST = {
    "通知": {"文种": "通知", "发文机关": "某机关", "标题": "关于某事的通知", "正文": "[某事。]"},
    "简报": {"名称": "某简报", "篇目": "[{标题: 某事, 正文: [某事。]}]"},
    "讲话稿": {"标题": "在会上的讲话", "正文": "[某事。]"},
}
"""Kind → what its shortest draft has; an example is a part of a draft."""


def test_every_key_has_its_row():
    rows = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text_of(DRAFTING), re.MULTILINE))
    keys = {(name, field.alias) for model in MODELS for name, field in model.model_fields.items()}
    assert rows == keys


def test_every_key_has_an_example():
    written = "\n".join(EXAMPLES)
    aliases = {field.alias for model in MODELS for field in model.model_fields.values()}
    assert {alias for alias in aliases if not re.search(rf"(^|[ {{]){alias}:", written, re.MULTILINE)} == set()


def test_the_kinds_are_listed():
    row = next(line for line in text_of(DRAFTING).splitlines() if line.startswith("| `kind` |"))
    assert row.split("|")[4].strip() == "、".join(kinds())


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_is_valid(number, tmp_path):
    example_text = EXAMPLES[number]
    file = tmp_path / "example.yaml"
    if example_text.startswith("# gongwen.yaml"):
        file.write_text(example_text, "utf-8")
        source = Source.read(file)
        settings, findings = validate(ProjectSettings, source.data, language_of(source.data, (ProjectSettings,)))
        assert settings is not None
        assert (*source.diagnostics, *findings) == ()
        return
    if example_text.startswith("# terms.yaml"):
        file.write_text(example_text, "utf-8")
        assert terms_of(file).diagnostics == ()
        return
    if example_text.startswith("# _"):
        source = Source.parse(example_text)
        text, findings = validate(document.EnclosedText, source.data, "zh")
        assert text is not None
        assert (*source.diagnostics, *findings) == ()
        return
    given = set(re.findall(r"^(\w+):", example_text, re.MULTILINE))
    kind = re.match(r"文种: (简报|讲话稿)", example_text)
    fewest = FEWEST[kind[1] if kind else "通知"]
    rest = [f"{key}: {value}\n" for key, value in fewest.items() if key not in given]
    file.write_text(example_text + "".join(rest), "utf-8")
    source = Source.read(file)
    for filled in _filled(source, tmp_path) if source.unfilled else [source]:
        parsed = parse(filled)
        assert parsed.diagnostics == ()
        assert parsed.language == "zh"


def _filled(source, folder):
    """A draft with fields, filled with each row of the list that is shown with it."""
    (text,) = blocks(DRAFTING, "csv")
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    fitted = mailing.fit(source, mailing.read(file))
    assert fitted.diagnostics == ()
    assert len(fitted.rows) == len(text.splitlines()) - 1
    return [source.filled(row.values) for row in fitted.rows]


# --- gallery ------------------------------------------------------------------------------------------------------------------


def test_the_gallery_shows_every_notice(notices):
    folder = ROOT / "docs" / "gallery"
    text = text_of(folder / "index.md")
    names = {path.stem for path in notices}
    assert set(re.findall(r"!\[\w+\]\((.+)\.png\)", text)) == names
    assert set(re.findall(r"\(\.\./\.\./notices/(.+)\.yaml\)", text)) == names
    assert {path.stem for path in folder.glob("*.png")} == {*names, "cover"}
