"""Preflight of bulletins and speeches: what is right meets every rule, and each rule sees what is wrong."""

import dataclasses
from pathlib import Path

import pytest
from layouts import from_yaml
from presses import changed, in_face, missed, moved, on_boxes, removed, reworded, unmeasured, values

from gongwen import preflight
from gongwen.layout import RuleBox
from gongwen.standard import MEASURES

DRAFTS = Path(__file__).parent / "drafts" / "en"
LONG = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。"
BULLETIN = (DRAFTS / "right-bulletin.yaml").read_text("utf-8").replace("notice:", "secrecy: 秘密★1年\nnotice:")
SPEECH = (DRAFTS / "right-speech.yaml").read_text("utf-8")
LONG_SPEECH = SPEECH + "".join(f"  - {LONG * 9}\n" for _ in range(4))


def results_of(press, text, change=None, profile="print", *, reading_copy=False):
    """What preflight measures on a draft in YAML, with its layout as it is or changed."""
    draft = from_yaml(text)
    layout = press.layout(draft, reading_copy=reading_copy)
    return press.measured(draft, change(layout) if change else layout, profile, reading_copy=reading_copy)


def shortened(box):
    """A change of a rule: shorter by 2 mm at both ends."""
    return [dataclasses.replace(box, left=box.left + 2, width=box.width - 4)]


# --- What is right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_bulletin_meets_every_rule(press, profile):
    results = results_of(press, BULLETIN, profile=profile)
    assert [result for result in results if result.verdict != "met"] == []
    assert {rule for rule in MEASURES if rule.startswith("J-")} <= {result.rule for result in results}
    assert not [result.rule for result in results if result.rule[0] in "HLQR" and result.rule not in SHARED]


SHARED = {"H-05", "H-06.left", "H-10", "H-16"}
"""Rules of the head that a bulletin shares: its 密级, and the width of its name."""


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_speech_meets_every_rule(press, profile):
    results = results_of(press, LONG_SPEECH, profile=profile)
    assert [result for result in results if result.verdict != "met"] == []
    wanted = {rule for rule in MEASURES if rule.startswith("Q-") and not rule.startswith("Q-07")}
    found = {result.rule for result in results}
    assert wanted | {"B-02", "B-04", "B-17", "P-06", "P-07", "P-08", "P-09", "P-10"} <= found
    assert not [rule for rule in found if rule[0] in "HJLR" or rule.startswith("Q-07")]


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_reading_copy_meets_the_rules_of_its_own_grid(press, profile):
    text = LONG_SPEECH.replace("title: 凝心聚力建新功　", "title: |\n  凝心聚力建新功\n  ")
    results = results_of(press, text, profile=profile, reading_copy=True)
    assert [result for result in results if result.verdict != "met"] == []
    found = {result.rule for result in results}
    assert {rule for rule in MEASURES if rule.startswith("Q-07")} <= found
    assert found.isdisjoint({"P-06", "P-07", "P-08", "P-10", "B-02", "B-09", "B-17"})
    assert values(results, "Q-07.size")[0] == pytest.approx(22.1, abs=0.01)
    assert set(values(results, "Q-07.lines")) == {19}
    assert values(results, "Q-07.pitch")[1] == pytest.approx(12.067, abs=0.01)


def test_a_reading_copy_measured_as_the_standard_asks_misses_it(press):
    results = preflight_of_reading_copy(press, as_reading_copy=False)
    assert {"P-06", "P-07", "P-08", "P-10", "B-02", "B-17"} <= missed(results)


def test_a_speech_measured_as_a_reading_copy_misses_its_numbers(press):
    results = preflight_of_reading_copy(press, as_reading_copy=True)
    assert {"Q-07.size", "Q-07.lines", "Q-07.cells", "Q-07.pitch", "Q-07.title", "Q-07.indent"} <= missed(results)


def preflight_of_reading_copy(press, *, as_reading_copy):
    """A speech on one grid measured by the numbers of the other."""
    draft = from_yaml(LONG_SPEECH)
    layout = press.layout(draft, reading_copy=not as_reading_copy)
    return press.measured(draft, layout, reading_copy=as_reading_copy)


def test_the_millimetres_of_a_bulletin(press):
    results = results_of(press, BULLETIN)
    for rule, wanted, tolerance in (
        ("J-01.axis", 106, 0.1),
        ("J-02.axis", 106, 0.1),
        ("J-02.gap", 10.39, 0.1),
        ("J-03", 0, 0.02),
        ("J-03.left", 28 + 5.57, 0.1),
        ("J-03.right", 184 - 5.57, 0.1),
        ("J-04.left", 28, 0.02),
        ("J-04.right", 184, 0.02),
        ("J-04.weight", 0.7, 0.02),
        ("J-05.left", 28, 0.1),
        ("J-05.right", 184, 0.1),
        ("J-06.left", 28 + 2 * 5.57, 0.1),
        ("J-07", 22, 0.01),
        ("J-07.contents", 28 + 2 * 5.57, 0.1),
        ("J-08.bottom", 262, 0.02),
        ("J-08.size", 14, 0.01),
        ("J-08.left", 28 + 4.94, 0.1),
        ("J-08.right", 184 - 4.94, 0.1),
        ("J-10", 25, 0.1),
    ):
        assert values(results, rule)[0] == pytest.approx(wanted, abs=tolerance), rule


def test_the_gap_of_the_first_article_is_measured_from_the_rule(press):
    bare = "kind: 简报\nmark: 工作简报\nitems: [{title: 标题, body: [正文。]}]\n"
    (gap,) = values(results_of(press, bare), "J-07.gap")
    assert gap == pytest.approx(20.78, abs=0.05)


# --- What is wrong --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (on_boxes(changed(colour="black"), "mark"), {"J-01"}),
        (on_boxes(moved(dx=1), "mark"), {"J-01.axis"}),
        (on_boxes(moved(dy=-10), "mark"), {"J-10", "J-02.gap"}),
        (on_boxes(in_face("heiti"), "mark"), {"J-01.face"}),
        (on_boxes(moved(dx=2), "issue"), {"J-02.axis"}),
        (on_boxes(moved(dx=2), "office"), {"J-03.left"}),
        (on_boxes(moved(dx=-2), "issue-date"), {"J-03.right"}),
        (on_boxes(moved(dy=0.7), "issue-date"), {"J-03"}),
        (on_boxes(changed(colour="black"), "red-rule"), {"J-04.red"}),
        (on_boxes(shortened, "red-rule"), {"J-04.left", "J-04.right"}),
        (on_boxes(changed(weight=1.5), "red-rule"), {"J-04.weight"}),
        (on_boxes(moved(dx=2, dy=4), "secrecy"), {"J-05", "J-05.left"}),
        (on_boxes(moved(dx=-2), "serial"), {"J-05.right"}),
        (on_boxes(in_face("fangsong"), "editor-note"), {"J-06"}),
        (on_boxes(moved(dx=2), "editor-note"), {"J-06.left"}),
        (on_boxes(changed(size=18.0), "item-title"), {"J-07"}),
        (on_boxes(moved(dx=2), "item-title"), {"J-07.axis"}),
        (on_boxes(moved(dy=-3), "item-title"), {"J-07.gap"}),
        (on_boxes(in_face("heiti"), "item-title"), {"J-07.face"}),
        (on_boxes(in_face("fangsong"), "byline"), {"J-07.byline"}),
        (on_boxes(moved(dx=2), "contents"), {"J-07.contents"}),
        (on_boxes(changed(size=16.0), "distribution"), {"J-08.size"}),
        (on_boxes(moved(dx=2), "distribution"), {"J-08.left"}),
        (on_boxes(moved(dx=-2), "print-run"), {"J-08.right"}),
        (on_boxes(in_face("heiti"), "print-run"), {"J-08.face"}),
        (on_boxes(moved(dy=-2), "imprint-rule"), {"J-08.bottom"}),
    ],
)
def test_a_wrong_bulletin_is_seen(press, change, rules):
    assert rules <= missed(results_of(press, BULLETIN, change))


def test_a_bulletin_without_its_rules(press):
    results = results_of(press, BULLETIN, on_boxes(removed, "red-rule"))
    assert "J-04" in missed(results)
    assert unmeasured(results) == {
        "J-04.red",
        "J-04.left",
        "J-04.right",
        "J-04.weight",
    }
    results = results_of(press, BULLETIN, on_boxes(removed, "imprint-rule"))
    assert "J-08" in missed(results)
    assert "J-08.bottom" in unmeasured(results)


def test_a_page_after_the_foot_is_seen(press):
    draft = from_yaml(BULLETIN)
    layout = press.layout(draft)
    after = dataclasses.replace(layout.pages[0], number=len(layout.pages) + 1, boxes=())
    layout = dataclasses.replace(layout, pages=(*layout.pages, after))
    assert "J-08.page" in missed(press.measured(draft, layout))


def test_a_number_in_another_form_is_seen(press):
    draft = from_yaml(BULLETIN).model_copy(update={"issue": "012"})
    shown = from_yaml(BULLETIN.replace("issue: 12", "issue: 99"))
    layout = on_boxes(reworded("99", "012"), "issue")(press.layout(shown))
    assert "J-02" in missed(preflight.measure(press.pdf(shown, layout=layout), draft, "print"))


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (on_boxes(moved(dx=3), "title"), {"B-04"}),
        (on_boxes(changed(size=18.0), "title"), {"B-02"}),
        (on_boxes(moved(dx=3), "occasion"), {"Q-01"}),
        (on_boxes(in_face("fangsong"), "occasion"), {"Q-01.face"}),
        (on_boxes(moved(dx=3), "speaker"), {"Q-02"}),
        (on_boxes(in_face("heiti"), "speech-date"), {"Q-02.face"}),
        (on_boxes(moved(dy=-4), "speech-place"), {"Q-02.gap"}),
        (on_boxes(moved(dx=3), "salutation"), {"Q-04"}),
        (on_boxes(moved(dy=-4), "salutation"), {"Q-04.gap"}),
    ],
)
def test_a_wrong_speech_is_seen(press, change, rules):
    assert rules <= missed(results_of(press, SPEECH, change))


def test_a_rule_in_a_speech_is_seen(press):
    rule = RuleBox("red-rule", 28, 60, 156, 0.5, "red")
    assert "Q-06" in missed(results_of(press, SPEECH, on_boxes(lambda _: [rule], "occasion")))


@pytest.mark.parametrize(
    ("role", "old", "new", "rule"), [("salutation", "：", "，", "Q-04.colon"), ("speech-date", "（", "(", "Q-02.date")]
)
def test_marks_that_are_not_the_usual_ones_are_seen(press, monkeypatch, role, old, new, rule):
    from gongwen.preflight import elements

    real = elements._of_speech

    def other(speech, house):
        for item in real(speech, house):
            yield dataclasses.replace(item, text=item.text.replace(old, new)) if item.role == role else item

    monkeypatch.setattr(elements, "_of_speech", other)

    assert rule in missed(results_of(press, SPEECH, on_boxes(reworded(old, new), role)))


@pytest.mark.parametrize(("text", "role"), [(SPEECH, "speaker"), (BULLETIN, "office"), (BULLETIN, "source")])
def test_a_text_that_is_lost_is_seen(press, text, role):
    assert "E-08" in missed(results_of(press, text, on_boxes(removed, role)))
