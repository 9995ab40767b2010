"""Preflight of orders and minutes: what is right passes, and one thing wrong misses its rule and no other."""

import dataclasses

import pytest
from layouts import from_keys
from presses import changed, in_face, moved, on_boxes, removed, unmeasured, unmet

from gongwen.layout import RuleBox, TextBox
from gongwen.standard import MEASURES

PROSE = "会议听取了关于职工运动会筹备情况的汇报，研究了下一步工作，要求各单位加强领导、密切配合，确保各项任务落到实处。"
IMPRINT = {"copies_to": ["市委办公室"], "issuing_office": "市政府办公室", "issued_on": "2026-06-08"}
ORDER = {
    "kind": "令",
    "issuer": "云州市人民政府",
    "copy_number": "18",
    "number": "第12号",
    "body": ["《云州市职工疗休养办法》已经市人民政府第36次常务会议审议通过，现予公布，自2026年8月1日起施行。"],
    "attachments": [{"title": "云州市职工疗休养办法", "body": [PROSE]}],
    "date": "2026-06-08",
    "imprint": IMPRINT,
}
JOINT_ORDER = ORDER | {"kind": "命令", "issuer": ["云州市人民政府", "云州军分区"]}
MINUTES = {
    "kind": "纪要",
    "issuer": "云州市总工会",
    "number": "第8期",
    "urgency": "特急",
    "body": [PROSE],
    "present": ["周文远", "郑海涛", "林书华", "何敏", "罗建国", "孟晓晨", "蒋立新", "宋佳宁"],
    "absent": "秦志刚（出差）",
    "observers": {"市体育局": ["李文清", "范小青"], "市财政局": "江海峰"},
    "date": "2026-06-08",
    "note": "此件公开发布",
    "imprint": IMPRINT,
}


def own(letter):
    return {rule for rule in MEASURES if rule.startswith(f"{letter}-")}


# --- What is right ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["print", "archive"])
@pytest.mark.parametrize(
    ("draft", "letter", "absent"),
    [
        (ORDER, "C", set()),
        (JOINT_ORDER, "C", set()),
        (ORDER | {"mark": "preprinted"}, "C", {"C-01", "C-01.top", "C-01.axis", "C-01.red", "C-01.face", "C-02.gap"}),
        (ORDER | {"number": "待定"}, "C", {"C-02"}),
        (ORDER | {"body": [PROSE] * 20}, "C", set()),
        (MINUTES, "M", set()),
        (MINUTES | {"title": "第八次办公会议纪要", "addressees": ["各县总工会"]}, "M", set()),
        (MINUTES | {"issuer": ["云州市总工会", "云州市体育局"]}, "M", set()),
        (MINUTES | {"body": [PROSE] * 20}, "M", set()),
        (MINUTES | {"body": []}, "M", {"M-02", "M-06.text"}),
        (MINUTES | {"number": None}, "M", {"M-06.number", "M-06.axis", "M-06.issue"}),
        (
            MINUTES | {"body": [PROSE] * 20, "mark": "preprinted", "number": None, "date": None},
            "M",
            own("M") - {"M-02", "M-02.left", "M-02.label", "M-02.names", "M-02.hang", "M-03"},
        ),
    ],
)
def test_right_ones_meet_every_rule(draft, letter, absent, profile, press):
    results = press.measured(from_keys(draft), profile=profile)
    assert unmet(results) == set()
    measured = {one.rule for one in results}
    assert own(letter) - measured == absent
    assert measured & (own("C") | own("M") | own("L")) <= own(letter)
    assert not measured & {"H-13", "H-20.gap", "H-33", "B-03"}
    assert {"R-01", "R-03", "R-05", "E-08"} <= measured
    assert ("B-17" in measured) is bool(draft["body"])
    assert ("H-17.suffix" in measured) is isinstance(draft["issuer"], list)


def test_the_millimetres_of_an_order(press):
    values = {one.rule: one.value for one in press.measured(from_keys(ORDER))}
    assert values["C-01.top"] == pytest.approx(57, abs=0.1)
    assert values["C-01.axis"] == pytest.approx(106, abs=0.1)
    assert values["C-02.gap"] == pytest.approx(20.78, abs=0.1)
    assert values["C-03"] == pytest.approx(20.78, abs=0.5)
    assert values["H-03"] == pytest.approx(37, abs=1)


def test_the_millimetres_of_minutes(press):
    values = {one.rule: one.value for one in press.measured(from_keys(MINUTES))}
    assert values["M-01.top"] == pytest.approx(72, abs=0.1)
    assert values["M-02"] == pytest.approx(10.39, abs=1)
    assert values["M-02.left"] == pytest.approx(39.14, abs=0.1)
    assert values["M-02.hang"] == pytest.approx(0, abs=0.1)
    assert values["M-03"] == pytest.approx(10.45, abs=0.3)
    assert values["M-06.number"] == pytest.approx(20.78, abs=0.1)
    assert values["M-06.issue"] == pytest.approx(10.39, abs=0.1)
    assert values["M-06.rule"] == pytest.approx(4, abs=0.1)
    assert values["M-06.left"] == pytest.approx(33.57, abs=0.1)
    assert values["M-06.right"] == pytest.approx(178.43, abs=0.1)


# --- One thing wrong --------------------------------------------------------------------------------------------------


def hung_elsewhere(box):
    """The further lines of a list two cells to the right."""
    first, *rest = box.lines
    head = dataclasses.replace(box, lines=(first,))
    return [
        head,
        TextBox(box.role, box.left + 2 * box.em, box.top + box.pitch, box.size, box.pitch, tuple(rest)),
    ]


def with_rule(box):
    return [box, RuleBox("rule", 28.0, box.top + 15.0, 156.0, 0.5, "red")]


ORDER_MUTATIONS = {
    "the mark lower": (on_boxes(moved(dy=2), "mark"), {"C-01.top", "C-02.gap"}),
    "the mark aside": (on_boxes(moved(dx=2), "mark"), {"C-01.axis"}),
    "the mark black": (on_boxes(changed(colour="black"), "mark"), {"C-01.red"}),
    "the mark in another face": (on_boxes(in_face("songti", "xiaobiaosong"), "mark"), {"C-01.face"}),
    "the number lower": (on_boxes(moved(dy=2), "number"), {"C-02.gap", "C-03"}),
    "the number aside": (on_boxes(moved(dx=2), "number"), {"C-02.axis"}),
    "a rule above the text": (on_boxes(with_rule, "number"), {"C-03.rules"}),
}


@pytest.mark.parametrize("name", ORDER_MUTATIONS)
def test_one_thing_wrong_in_an_order_misses_its_rule(name, press):
    mutate, rules = ORDER_MUTATIONS[name]
    draft = from_keys(ORDER)
    assert unmet(press.measured(draft, mutate(press.layout(draft)))) == rules


MINUTES_MUTATIONS = {
    "the mark lower": (on_boxes(moved(dy=2), "mark"), {"M-01.top", "M-06.number"}),
    "the mark aside": (on_boxes(moved(dx=2), "mark"), {"M-01.axis"}),
    "the mark black": (on_boxes(changed(colour="black"), "mark"), {"M-01.red"}),
    "the mark in another face": (on_boxes(in_face("songti", "xiaobiaosong"), "mark"), {"M-01.face"}),
    "the number higher": (on_boxes(moved(dy=-2), "number"), {"M-06.number"}),
    "the number aside": (on_boxes(moved(dx=2), "number"), {"M-06.axis"}),
    "the organ aside": (on_boxes(moved(dx=2), "minutes-organ"), {"M-06.left"}),
    "the date aside": (on_boxes(moved(dx=-2), "minutes-date"), {"M-06.right"}),
    "the date higher": (on_boxes(moved(dy=-2), "minutes-date"), {"M-06.line", "M-06.issue"}),
    "the rule lower": (on_boxes(moved(dy=1), "red-rule"), {"M-06.rule"}),
    "the rule black": (on_boxes(changed(colour="black"), "red-rule"), {"M-06.red"}),
    "the text lower": (on_boxes(moved(dy=7), "paragraph", nth=0), {"M-06.text", "M-02"}),
    "a list nearer": (on_boxes(moved(dy=-2), "attendance", nth=0), {"M-02", "M-03"}),
    "a list aside": (on_boxes(moved(dx=2), "attendance", nth=1), {"M-02.left"}),
    "a list lower": (on_boxes(moved(dy=2), "attendance", nth=2), {"M-03"}),
    "a label in another face": (on_boxes(in_face("songti", "heiti"), "attendance", nth=1), {"M-02.label"}),
    "names in another face": (on_boxes(in_face("heiti", "fangsong"), "attendance", nth=1), {"M-02.names", "P-06.face"}),
    "a further line aside": (on_boxes(hung_elsewhere, "attendance", nth=0), {"M-02.hang"}),
}


@pytest.mark.parametrize("name", MINUTES_MUTATIONS)
def test_one_thing_wrong_in_minutes_misses_its_rule(name, press):
    mutate, rules = MINUTES_MUTATIONS[name]
    draft = from_keys(MINUTES)
    assert unmet(press.measured(draft, mutate(press.layout(draft)))) == rules


def test_a_rule_of_minutes_that_is_not_there_is_unmeasured(press):
    draft = from_keys(MINUTES)
    results = press.measured(draft, on_boxes(removed, "red-rule")(press.layout(draft)))
    assert unmeasured(results) == {"M-06.rule", "M-06.red", "M-06.text"}
    assert "missed" not in {one.verdict for one in results}


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (ORDER | {"mark": "云州市人民政府文件"}, "C-01"),
        (ORDER | {"number": "云政令〔2026〕12号"}, "C-02"),
        (MINUTES | {"mark": "云州市总工会文件"}, "M-01"),
    ],
)
def test_words_that_are_wrong_are_missed(draft, rule, press):
    assert unmet(press.measured(from_keys(draft))) == {rule}
    assert MEASURES[rule].must


def test_what_is_practice_is_advice():
    assert {rule: MEASURES[rule].must for rule in own("M") if rule.startswith("M-06")} == dict.fromkeys(
        (rule for rule in own("M") if rule.startswith("M-06")), False
    )


def test_a_pending_copy_number_is_no_fault(tmp_path, compiler):
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "kind: 通知\nissuer: 某机关\ntitle: 某机关关于某事的通知\ncopy_number: 待定\nbody: [某事。]\ndate: 2026-01-02\n",
        "utf-8",
    )
    built = compiler.build(draft, tmp_path / "draft.pdf")
    assert not built.has_errors
    assert "H-03" not in {one.rule for one in built.results}


def test_minutes_show_their_title_and_what_stands_below_it(tmp_path, compiler):
    draft = tmp_path / "draft.yaml"
    draft.write_text("kind: 纪要\nissuer: 某机关\ntitle: 某会议\nsubtitle: 2026年5月20日\nbody: [某事。]\n", "utf-8")
    built = compiler.build(draft, tmp_path / "draft.pdf")
    assert not built.has_errors
    texts = [box.text for box in built.layout.pages[0].texts]
    assert texts[1:4] == ["某会议", "（2026年5月20日）", "某事。"]
