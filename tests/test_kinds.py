import pytest
from pydantic import ValidationError

from gongwen.document import draft_class
from gongwen.kinds import Kind, kind_of, kinds

# 条例 article 8, in its order.
FIFTEEN = (
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)


def test_the_kinds_are_those_of_the_regulation_in_its_order():
    assert tuple(name for name, kind in kinds().items() if kind.official) == FIFTEEN


def test_a_bulletin_and_a_speech_are_not_of_the_fifteen_and_stand_last():
    assert tuple(kinds())[15:] == ("简报", "讲话稿")
    assert kind_of("讲话") is kinds()["讲话稿"]


def test_a_kind_is_found_by_either_of_its_names():
    assert kind_of("令") is kind_of("命令") is kinds()["命令"]
    assert kind_of("会议纪要") is None


def test_kinds_with_formats_of_their_own():
    own = {kind.name: kind.format for kind in kinds().values() if kind.format != "general"}
    assert own == {"函": "letter", "命令": "order", "纪要": "minutes", "简报": "bulletin", "讲话稿": "speech"}


def test_a_kind_requires_elements_that_a_document_has():
    required = {name for kind in kinds().values() if kind.official for name in kind.requires}
    assert required == {"number", "addressees", "date", "signers"}
    for kind in kinds().values():
        assert set(kind.requires) <= set(draft_class(kind.name).model_fields)


def test_what_goes_up_to_a_superior_is_signed():
    assert {kind.name for kind in kinds().values() if "signers" in kind.requires} == {"报告", "请示"}
    assert {kind.name for kind in kinds().values() if kind.direction == "up"} == {"报告", "请示", "议案"}


def test_every_kind_says_what_it_is_for():
    assert all(kind.name == name and len(kind.use) > 5 for name, kind in kinds().items())
    assert all(len(kind.when) > 5 and not kind.when.endswith("。") for kind in kinds().values())
    assert kinds()["请示"].closing[0] == "妥否，请批示。"


def test_the_formats_that_a_kind_may_take():
    formats = {kind.name: kind.formats for kind in kinds().values()}
    usual = ("general", "letter")
    assert {name: found for name, found in formats.items() if found != usual} == {
        "命令": ("order",),
        "报告": ("general",),
        "请示": ("general",),
        "议案": ("general",),
        "函": ("letter", "general"),
        "纪要": ("minutes", "general"),
        "简报": ("bulletin",),
        "讲话稿": ("speech",),
    }


def test_what_a_kind_does_not_have():
    forbidden = {
        name: {kind.name for kind in kinds().values() if name in kind.forbids} for name in ("addressees", "signers")
    }
    assert forbidden["addressees"] == {"决议", "命令", "公报", "公告", "通告", "纪要"}
    assert forbidden["signers"] == {"决定", "命令", "公报", "公告", "通告", "通知", "通报", "批复", "函"}
    assert {name for kind in kinds().values() for name in kind.forbids} == set(forbidden)
    assert all(not {*kind.forbids} & {*kind.requires} for kind in kinds().values())


def test_titles_end_with_the_kind_where_there_are_titles():
    assert {kind.name: kind.endings for kind in kinds().values() if kind.endings != (kind.name,)} == {
        "命令": (),
        "纪要": (),
        "简报": (),
        "讲话稿": (),
    }


def test_a_kind_is_closed_and_frozen():
    with pytest.raises(ValidationError):
        Kind.model_validate(
            {"name": "通知", "direction": "down", "use": "…", "when": "…", "endings": [], "colour": "red"}
        )
    with pytest.raises(ValidationError):
        kinds()["通知"].name = "通告"


@pytest.mark.parametrize("text", ["- 通知\n", "通知: {direction: down\n"])
def test_a_faulty_file_of_kinds_is_a_bug(text, tmp_path, monkeypatch):
    (tmp_path / "kinds.yaml").write_text(text, "utf-8")
    monkeypatch.setattr("gongwen.resources.schemas", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=r"kinds\.yaml"):
        kinds.__wrapped__()
