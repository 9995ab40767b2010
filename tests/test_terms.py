"""The words of the program, and what a project makes of them."""

from pathlib import Path

import pytest

from gongwen import parser, project, resources, terms
from gongwen.cli.drafts import find_drafts
from gongwen.kinds import kind_of
from gongwen.outcome import Outcome
from gongwen.source import Source
from gongwen.terms import SECTIONS as NAMES
from gongwen.terms import Section, Term, bundled
from gongwen.terms.settings import TermModel, TermSettings

SECTIONS = {name: getattr(bundled(), name) for name in NAMES}
SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.txt"))
assert SEEDS


def words(section, text):
    return [(one.offset, one.word) for one in section.find(text)]


# --- the program's own ------------------------------------------------------------------------------------------------------


def test_a_project_writes_the_sections_of_the_program():
    assert {name: field.alias for name, field in TermSettings.model_fields.items()} == NAMES


def test_the_programs_file_is_what_a_project_may_write():
    source = Source.read(resources.schemas() / terms.FILE)
    settings, findings = parser.validate(TermSettings, source.data, parser.language_of(source.data, (TermSettings,)))
    assert (source.diagnostics, findings) == ((), [])
    for name, section in SECTIONS.items():
        written = {word: Term(one.instead, one.not_in, one.note) for word, one in getattr(settings, name).items()}
        assert section.terms == written
        assert written


@pytest.mark.parametrize("model", [TermSettings, TermModel])
def test_every_section_has_a_chinese_name(model):
    aliases = [field.alias for field in model.model_fields.values()]
    assert len(set(aliases)) == len(aliases) > 0
    assert all("\u4e00" <= char <= "\u9fff" for alias in aliases for char in alias)


def test_there_are_many_misspelt_words_and_no_seed_has_one():
    assert len(SECTIONS["misspelt"].terms) >= 150
    for seed in SEEDS:
        text = seed.read_text("utf-8")
        assert words(SECTIONS["misspelt"], text) == words(SECTIONS["official"], text) == []


@pytest.mark.parametrize("name", ["misspelt", "official", "units"])
def test_a_cure_is_no_fault_itself(name):
    section = SECTIONS[name]
    for word, term in section.terms.items():
        assert words(section, term.instead) == []
        assert words(section, word) == [(0, word)]
        assert term.instead != word


@pytest.mark.parametrize("name", SECTIONS)
def test_a_longer_word_in_which_a_word_does_not_count_holds_it(name):
    section = SECTIONS[name]
    for word, term in section.terms.items():
        for longer in term.not_in:
            assert word in longer or term.instead in longer
            assert (0 if word in longer else None) in (None, *(len(words(section, longer)),))


def test_kinds_that_are_named_exist():
    for name in ("closings", "requests"):
        for term in SECTIONS[name].terms.values():
            assert all(kind_of(kind) is not None for kind in term.instead.split("、"))


@pytest.mark.parametrize(
    "text",
    [
        "会议已发布署名文章",
        "按装机容量计算",
        "清澈底部",
        "舞台帐篷",
        "过渡假期",
        "湖面开阔友好象征",
        "有偿试用",
        "立即然后",
        "不幸苦难",
    ],
)
def test_words_that_only_meet_are_no_misspelling(text):
    assert words(SECTIONS["misspelt"], text) == []


# --- sections ---------------------------------------------------------------------------------------------------------------


def test_the_longest_word_is_found_and_what_covers_it_elsewhere_does_not_count():
    section = Section({"公分": Term("厘米"), "平方公分": Term("平方厘米"), "布署": Term("部署", ("布署名",))})
    assert words(section, "3平方公分、3公分") == [(1, "平方公分"), (7, "公分")]
    assert words(section, "布署名单，布署") == [(5, "布署")]
    assert words(Section({"甲甲": Term("乙", ("甲甲甲甲",))}), "甲甲甲") == [(0, "甲甲")]
    assert words(Section({}), "甲") == []
    assert Section({"a.b": Term("c")}).alternation() == r"(?:a\.b)"


def test_a_term_with_a_note_is_no_certain_cure():
    assert Term("米").replacement == "米"
    assert Term("米", note="3市尺等于1米").replacement is None


def test_a_section_is_read_from_the_other_side():
    section = Section({"你局": Term("贵局"), "你部": Term("贵部", ("昂贵部",))})
    assert words(section.inverse, "贵局和贵部，昂贵部件") == [(0, "贵局"), (3, "贵部")]
    assert next(section.inverse.find("贵局")).term.instead == "你局"


# --- a project's ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """A function: text of a project's terms.yaml → the project."""
    (tmp_path / "gongwen.yaml").write_text("fonts: {}\n", "utf-8")

    def load(text):
        (tmp_path / "terms.yaml").write_text(text, "utf-8")
        return project.find(tmp_path / "draft.yaml")

    return load


def test_a_project_without_terms_has_the_programs(tmp_path):
    (tmp_path / "gongwen.yaml").write_text("fonts: {}\n", "utf-8")
    assert project.find(tmp_path / "draft.yaml").terms is bundled()
    assert project.find(tmp_path / "draft.yaml").own_terms is None


@pytest.mark.parametrize(
    "text",
    [
        "错别字:\n  布署:\n  冬送温暖: {改为: 送温暖, 不在: [寒冬送温暖], 说明: 本会的提法}\n",
        "misspelt:\n  布署: ~\n  冬送温暖: {instead: 送温暖, not_in: [寒冬送温暖], note: 本会的提法}\n",
    ],
)
def test_a_project_adds_and_takes_away(text, own):
    found = own(text)
    assert found.diagnostics == ()
    section = found.terms.misspelt
    assert words(section, "布署按装") == [(2, "按装")]
    assert words(section, "冬送温暖，寒冬送温暖") == [(0, "冬送温暖")]
    assert section.terms["冬送温暖"] == Term("送温暖", ("寒冬送温暖",), "本会的提法")
    assert found.terms.official is bundled().official
    assert words(bundled().misspelt, "布署") == [(0, "布署")]


def test_a_projects_word_takes_the_place_of_the_programs(own):
    assert own("错别字: {布署: 安排}\n").terms.misspelt.terms["布署"] == Term("安排")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "错别字: {}\n"])
def test_terms_may_be_empty(text, own):
    found = own(text)
    assert found.diagnostics == ()
    assert found.terms.misspelt.terms == bundled().misspelt.terms


@pytest.mark.parametrize(
    ("text", "wanted", "place"),
    [
        ("- 布署\n", "not-a-mapping", (1, 1)),
        ("错字: {布署: 部署}\n", "unknown-key", (1, 1)),
        ("错别字:\n", "blank-value", (1, 1)),
        ("错别字: 布署\n", "wrong-type", (1, 6)),
        ("错别字: {布署: [部署]}\n", "wrong-type", (1, 11)),
        ("错别字: {布署: ''}\n", "blank-value", (1, 11)),
        ("错别字: {布署: {改成: 部署, 改为: 部署}}\n", "unknown-key", (1, 12)),
        ("错别字: {布署: {不在: [布署名]}}\n", "missing-key", (1, 7)),
        ("错别字: {布署: {改为: }}\n", "blank-value", (1, 12)),
        ("错别字: {' ': 部署}\n", "blank-value", (1, 6)),
        ("错别字: {布署: 部署, 布署: 安排}\n", "duplicate-key", (1, 15)),
        ("错别字: {布署: 部署}\n称谓: {}\nunits: {公分: 厘米}\n", "mixed-languages", (3, 1)),
    ],
)
def test_faulty_terms_are_findings_about_the_file(text, wanted, place, own, tmp_path):
    found = own(text)
    (one,) = found.diagnostics
    assert one.check.name == wanted
    assert one.file == str(tmp_path / "terms.yaml")
    assert (one.span.start.line, one.span.start.column) == place
    assert found.terms is bundled() or wanted == "duplicate-key"


def test_faults_of_both_files_are_told(own, tmp_path):
    (tmp_path / "gongwen.yaml").write_text("- fonts\n", "utf-8")
    found = own("错字: {}\n")
    assert {Path(one.file).name for one in found.diagnostics} == {"gongwen.yaml", "terms.yaml"}
    assert [Path(one.name).name for one in found.sources] == ["gongwen.yaml", "terms.yaml"]


def test_terms_are_read_again_when_they_change(own, tmp_path):
    first = own("错别字: {甲乙: 乙甲}\n")
    assert project.find(tmp_path / "draft.yaml") is first
    assert "甲乙丙" in own("错别字: {甲乙丙: 丙}\n").terms.misspelt.terms
    (tmp_path / "terms.yaml").unlink()
    assert project.find(tmp_path / "draft.yaml").terms is bundled()


DRAFT = """\
kind: 公告
issuer: 某某市人民政府
title: 某某市人民政府关于冬送温暖活动的公告
body: [为保障城市供水安全，现就有关事项公告如下。]
date: 2026-03-01
"""


def test_a_draft_is_checked_by_the_words_of_its_project(own, compiler, tmp_path):
    own("错别字: {冬送温暖: 送温暖}\n")
    (tmp_path / "draft.yaml").write_text(DRAFT, "utf-8")
    (found,) = [one for one in compiler.check(tmp_path / "draft.yaml").diagnostics if one.check.code == "GW860"]
    assert (found.message, found.replacement, found.span.start.line) == ("错别字：“冬送温暖”", "送温暖", 3)


def test_a_fault_of_the_words_is_reported_with_its_line(own, compiler, tmp_path):
    own("错字: {}\n")
    (tmp_path / "draft.yaml").write_text(DRAFT, "utf-8")
    outcome = Outcome.of(compiler.check(tmp_path / "draft.yaml"))
    name = str(tmp_path / "terms.yaml")
    assert [one.file for one in outcome.settings] == [name]
    assert outcome.texts[name] == "错字: {}\n"


def test_the_words_of_a_project_are_no_draft(own, tmp_path):
    own("错别字: {}\n")
    (tmp_path / "draft.yaml").write_text(DRAFT, "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "terms.yaml").write_text(DRAFT, "utf-8")
    assert [str(name) for _, name in find_drafts([tmp_path])] == ["draft.yaml", "more/terms.yaml"]


@pytest.mark.parametrize("text", ["- 错别字\n", "错别字: {\n", "错别字:\n  布署: 部署\n", "错字:\n"])
def test_a_faulty_file_of_the_program_is_a_bug(text, tmp_path, monkeypatch):
    (tmp_path / "terms.yaml").write_text(text, "utf-8")
    monkeypatch.setattr("gongwen.resources.schemas", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=r"terms\.yaml"):
        bundled.__wrapped__()
