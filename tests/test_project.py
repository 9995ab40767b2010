import shutil

import pytest

from gongwen import fonts, project, resources
from gongwen.house import House
from gongwen.project import CheckSettings, FontSettings, ProjectSettings
from gongwen.units import Unit


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A function: text of gongwen.yaml → the project of a draft two folders below it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def load(text):
        (tmp_path / "gongwen.yaml").write_text(text, "utf-8")
        (tmp_path / "2025" / "01").mkdir(parents=True, exist_ok=True)
        return project.find(tmp_path / "2025" / "01" / "draft.yaml")

    return load


def names(found):
    return [one.check.name for one in found.diagnostics]


@pytest.mark.parametrize("model", [ProjectSettings, FontSettings, CheckSettings, Unit, House])
def test_every_setting_has_a_chinese_alias_of_its_own(model):
    aliases = [field.alias for field in model.model_fields.values()]
    assert len(set(aliases)) == len(aliases) > 0
    assert all("\u4e00" <= char <= "\u9fff" for alias in aliases for char in alias)


def test_the_roles_are_settings_under_the_names_of_the_field():
    aliases = {name: field.alias for name, field in FontSettings.model_fields.items() if name != "extra"}
    assert aliases == {role: fonts.ROLE_INFO[role].name for role in fonts.ROLES}


def test_a_draft_without_settings_is_a_project_of_its_own(tmp_path):
    found = project.find(tmp_path / "draft.yaml")
    assert (found.root, found.source, found.templates, found.diagnostics) == (tmp_path, None, None, ())
    assert found.fonts == fonts.Settings()


def test_settings_are_found_upward_from_a_draft(settings, tmp_path):
    found = settings("fonts: {}\n")
    assert found.root == tmp_path
    assert found.diagnostics == ()
    assert found.source.name == str(tmp_path / "gongwen.yaml")


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_settings_may_be_empty(text, settings, tmp_path):
    found = settings(text)
    assert (found.root, found.diagnostics, found.fonts) == (tmp_path, (), fonts.Settings())


def test_the_nearest_settings_count(settings, tmp_path):
    (tmp_path / "2025").mkdir()
    (tmp_path / "2025" / "gongwen.yaml").write_text("fonts: {}\n")
    assert settings("fonts: {}\n").root == tmp_path / "2025"


@pytest.mark.parametrize(
    "text", ["fonts: {{fangsong: face.ttf, extra: [face.ttf]}}\n", "字体: {{仿宋: face.ttf, 补字: [face.ttf]}}\n"]
)
def test_a_face_of_the_project_is_prepared(text, settings, tmp_path):
    (tmp_path / "face.ttf").write_bytes((resources.fonts() / "GongwenBuzi-Regular.ttf").read_bytes())
    found = settings(text.format())
    assert found.diagnostics == ()
    (own,) = found.fonts.extra
    assert found.fonts.faces == {"fangsong": own}
    assert own.is_relative_to(tmp_path / "cache")
    assert fonts.FontBook(found.fonts).substitutes() == ["xiaobiaosong", "kaiti", "heiti", "songti"]


def test_settings_are_read_again_when_they_change(settings, tmp_path):
    assert names(settings("fonts: {fangsong: 没有.ttf}\n")) == ["unusable-face"]
    assert names(settings("fonts: {fangsong: 没有的.ttf, kaiti: 没有.ttf}\n")) == ["unusable-face"] * 2
    assert names(settings("fonts: {}\n")) == []
    first = project.find(tmp_path / "draft.yaml")
    assert project.find(tmp_path / "2025" / "draft.yaml") is first


def test_a_face_that_was_missing_is_looked_for_again(settings, tmp_path):
    assert names(settings("fonts: {fangsong: 字.otf}\n")) == ["unusable-face"]
    shutil.copy(resources.fonts() / "FandolKai-Regular.otf", tmp_path / "字.otf")
    assert project.find(tmp_path / "draft.yaml").diagnostics == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- fonts\n", ["not-a-mapping"]),
        ("fonts: {\n", ["invalid-yaml"]),
        ("fonts:\n", ["blank-value"]),
        ("fonts: 仿宋\n", ["wrong-type"]),
        ("fonts: {fangsong: ''}\n", ["blank-value"]),
        ("fonts: {fangsong: [仿宋]}\n", ["wrong-type"]),
        ("fonts: {extra: 宋体}\n", ["wrong-type"]),
        ("fonts: {fangsang: 仿宋}\n", ["unknown-key"]),
        ("colour: red\n", ["unknown-key"]),
        ("fonts: {仿宋: 仿宋}\n", ["mixed-languages"]),
        ("fonts: {}\nfonts: {}\n", ["duplicate-key"]),
        ("unit: {name: 云州市总工会, seal: ../公章.png}\n", ["unusable-seal"]),
        ("unit: [{name: 甲机关}, {name: 乙机关, seal: 公章.png}]\n", ["unusable-seal"]),
        ("house: {page_number: 居右}\n", ["wrong-value"]),
    ],
)
def test_faulty_settings_are_findings_about_the_settings(text, wanted, settings, tmp_path):
    found = settings(text)
    assert names(found) == wanted
    assert {one.file for one in found.diagnostics} == {str(tmp_path / "gongwen.yaml")}
    assert found.fonts == fonts.Settings()


def test_the_unknown_key_of_settings_is_told_the_keys_of_settings(settings):
    (found,) = settings("fonts: {fangsang: 仿宋}\n").diagnostics
    assert found.hint == "是不是“fangsong”？"


def test_a_project_may_have_templates_and_ours_are_not_a_project_s(tmp_path, monkeypatch):
    (tmp_path / "gongwen.yaml").write_text("fonts: {}\n")
    (tmp_path / "templates").mkdir()
    assert project.find(tmp_path / "draft.yaml").templates == tmp_path / "templates"
    (tmp_path / "gongwen.yaml").write_text("fonts: {}\n\n")
    monkeypatch.setattr(resources, "templates", lambda: tmp_path / "templates")
    assert project.find(tmp_path / "draft.yaml").templates is None
