"""The limits of the rules of headings: what just strikes and what just does not."""

import pytest
from layouts import from_keys, from_yaml

from gongwen.rules.elements import headings
from gongwen.rules.elements.body import heading_ends

BASE = {"kind": "通知", "issuer": "云州市总工会", "title": "云州市总工会关于开展活动的通知"}


def found(rule, body, **extra):
    return [(one.check.name, one.path) for one in rule(from_keys({**BASE, "body": body, **extra}))]


def test_a_heading_has_a_sibling():
    one, two = {"heading": "甲", "body": ["一。"]}, {"heading": "乙", "body": ["二。"]}
    assert found(headings.siblings, [one, two, "三。"]) == []
    assert found(headings.siblings, ["零。", one]) == [("single-heading", ("body", 1, "heading"))]
    inner = {"heading": "丙", "body": [one]}
    assert found(headings.siblings, [inner, two]) == [("single-heading", ("body", 0, "body", 0, "heading"))]
    attached = [{"title": "方案", "body": [one]}]
    assert found(headings.siblings, ["零。"], attachments=attached) == [
        ("single-heading", ("attachments", 0, "body", 0, "heading"))
    ]


def test_an_appendix_beside_chapters_may_stand_alone():
    chapter = {"chapter": "总则", "body": [{"article": "一。"}]}
    assert found(headings.siblings, [chapter, {"heading": "附录", "body": ["一。"]}]) == []


def test_the_same_heading_under_two_parents_is_right():
    run_in = [{"heading": "目标。", "text": "一。"}, {"heading": "措施。", "text": "二。"}]
    assert found(headings.siblings, [{"heading": "甲", "body": run_in}, {"heading": "乙", "body": run_in}]) == []
    again = [{"heading": "目标。", "text": "一。"}, {"heading": "目标", "body": ["二。"]}]
    assert found(headings.siblings, again) == [("repeated-heading", ("body", 1, "heading"))]


def test_two_lines_are_the_most_of_a_heading_alone():
    def heading(count, **more):
        return [{"heading": "工" * count, **more}]

    assert found(headings.headings_alone, heading(51, body=["一。"])) == []
    assert found(headings.headings_alone, heading(52, body=["一。"])) == [("long-heading", ("body", 0, "heading"))]
    assert found(headings.headings_alone, heading(52)) == []  # an item of a list
    assert found(headings.headings_alone, [{"heading": f"{'工' * 52}。", "text": "一。"}]) == []


@pytest.mark.parametrize(
    ("text", "strikes"), [("要求：", True), ("要求；", True), ("要求", False), ("要求（一）", False)]
)
def test_marks_at_the_end_of_a_heading(text, strikes):
    given = list(headings.headings_alone(from_keys({**BASE, "body": [{"heading": text, "body": ["一。"]}]})))
    assert [(one.offset, one.replacement) for one in given] == ([(2, "")] if strikes else [])


def test_a_run_in_heading_has_a_rule_of_its_own():
    assert found(headings.headings_alone, [{"heading": "要求：", "text": "一。"}]) == []


@pytest.mark.parametrize(
    ("paragraph", "mark"),
    [
        ("一、提高认识", "一、"),
        ("（十二）提高认识", "（十二）"),
        ("3.身份证复印件", None),  # an item of a list, which looks the same
        ("（4）身份证复印件", None),
        ("（一）提高认识。各级工会要提高认识。", "（一）"),
        ("一、二产业稳步发展", None),  # a sentence
        ("（一）提高认识，加强领导；", None),  # an item of a list
        ("（一）提高认识。", None),
        ("3.5万名职工", None),
        ("1、提高认识", None),  # a mark in a wrong form has a rule of its own
        ("一是提高认识", None),
        ("（一）各级工会要把服务职工的各项工作做深做细做实做到位做到家", None),
        ("提高认识", None),
        ("一、", None),
    ],
)
def test_headings_typed_as_paragraphs(paragraph, mark):
    given = [
        (one.path, paragraph[one.offset : one.offset + one.length])
        for one in headings.typed_headings(from_keys({**BASE, "body": ["一。", paragraph]}))
    ]
    assert given == ([] if mark is None else [(("body", 1), mark)])


def test_beside_headings_a_typed_mark_of_their_form_is_one_of_them():
    item = "（三）各级工会要加强领导，压实责任；"
    made = [{"heading": "甲。", "text": "一。"}, {"heading": "乙。", "text": "二。"}]
    inner = [{"heading": "一", "body": [*made, item]}, {"heading": "二", "body": ["一。", item]}]
    assert found(headings.typed_headings, inner) == [("typed-heading", ("body", 0, "body", 2))]
    assert found(headings.typed_headings, [*inner[:1], "三、各级工会要加强领导，压实责任；"]) == [
        ("typed-heading", ("body", 1)),
        ("typed-heading", ("body", 0, "body", 2)),
    ]
    third = [{"heading": "甲", "body": [{"heading": "乙", "body": [*made, "3.身份证复印件"]}]}]
    assert found(headings.typed_headings, third) == [("typed-heading", ("body", 0, "body", 0, "body", 2))]


def test_items_of_an_article_are_not_read():
    article = {"article": "公园应当有下列设施：", "body": ["（一）便民设施"]}
    assert found(headings.typed_headings, [{"chapter": "总则", "body": [article]}]) == []


def test_speeches_and_bulletins_have_headings_too():
    speech = from_yaml("kind: 讲话稿\ntitle: 在会上的讲话\nbody:\n  - 一、提高认识\n  - 大家要提高认识。\n")
    assert [one.check.name for one in headings.typed_headings(speech)] == ["typed-heading"]


def test_a_heading_without_text_beside_some_with_text():
    full, bare = {"heading": "甲", "body": ["一。"]}, {"heading": "乙"}
    assert found(headings.empty_headings, [full, bare]) == [("empty-heading", ("body", 1, "heading"))]
    assert found(headings.empty_headings, [bare]) == [("empty-heading", ("body", 0, "heading"))]
    assert found(headings.empty_headings, [bare, full, bare]) == [
        ("empty-heading", ("body", 0, "heading")),
        ("empty-heading", ("body", 2, "heading")),
    ]
    assert found(headings.empty_headings, [full, bare, "后接的正文。"]) == []
    assert found(headings.empty_headings, [bare, {"heading": "丙"}]) == []  # a list
    assert found(headings.empty_headings, [full, {"heading": "这是一句话。"}]) == []
    assert found(headings.empty_headings, [full, {"heading": "丙", "text": "一。"}]) == []


def test_a_level_of_sentences_is_a_list():
    """Numbered sentences: the colon that leads them in, the semicolons and the full stop between them are right."""
    items = [{"heading": "遵守法律，品行端正；"}, {"heading": "身体健康；"}, {"heading": "符合岗位要求。"}]
    body = [{"heading": "应聘人员应当具备以下条件：", "body": items}, {"heading": "不得报考的情形", "body": ["略。"]}]
    assert found(headings.headings_alone, body) == []
    assert found(heading_ends, [*items, "特此公告。"]) == []
    assert found(heading_ends, items[2:]) == [("heading-end", ("body", 0, "heading"))]
    followed = [{"heading": "明确要求。"}, "各级工会要明确责任。", {"heading": "其他"}]
    assert found(heading_ends, followed) == [("heading-end", ("body", 0, "heading"))]


def test_a_label_may_run_in_with_a_colon():
    assert found(heading_ends, [{"heading": "培训时间：", "text": "3月5日。"}]) == []
    assert found(heading_ends, [{"heading": "培训时间", "text": "3月5日。"}]) == [
        ("heading-end", ("body", 0, "heading"))
    ]


def test_items_that_a_closing_follows_are_not_empty_headings():
    items = [{"heading": "协调场地；"}, {"heading": "推荐教师。"}, "特此函商。"]
    assert found(headings.empty_headings, items) == []
