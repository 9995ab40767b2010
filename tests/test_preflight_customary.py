"""Preflight of bulletins and speeches: what is right meets every rule, and each rule sees what is wrong."""

import dataclasses
import datetime
from pathlib import Path

import pytest

from gongwen import preflight
from gongwen.document import Draft
from gongwen.fonts import FontBook
from gongwen.layout import RuleBox, TextBox, lay_out
from gongwen.parser import parse
from gongwen.render import Metadata, render
from gongwen.source import Source
from gongwen.standard import MEASURES
from gongwen.typeset import EmbeddedSource, Typesetter

DRAFTS = Path(__file__).parent / "drafts" / "en"
LONG = "要认真学习、深刻领会，切实把思想和行动统一到中央和省委的决策部署上来，抓好各项工作的落实。"
BULLETIN = (DRAFTS / "right-bulletin.yaml").read_text("utf-8").replace("notice:", "secrecy: 秘密★1年\nnotice:")
SPEECH = (DRAFTS / "right-speech.yaml").read_text("utf-8")
LONG_SPEECH = SPEECH + "".join(f"  - {LONG * 9}\n" for _ in range(4))


class Press:
    """Sets a draft on a grid, with boxes of its layout changed on the way."""

    def __init__(self):
        self.book = FontBook()
        self.typesetter = Typesetter(self.book)

    def results(self, text, change=None, profile="print", *, reading_copy=False, measured_as=None):
        """What preflight measures; ``change`` maps a box to what takes its place, or to None; ``measured_as`` is another draft."""
        draft = draft_of(text)
        layout = lay_out(draft, self.book, reading_copy=reading_copy)
        if change is not None:
            pages = [
                dataclasses.replace(page, boxes=tuple(box for old in page.boxes if (box := change(old)) is not None))
                for page in layout.pages
            ]
            assert pages != list(layout.pages)
            layout = dataclasses.replace(layout, pages=tuple(pages))
        metadata = Metadata.of(draft, datetime.date(1970, 1, 1))
        rendered = render(layout, metadata, self.book, profile)
        pdf = self.typesetter.typeset(rendered, profile, [EmbeddedSource("draft.yaml", b"kind: x")])
        return preflight.measure(pdf, measured_as or draft, profile, reading_copy=reading_copy)


def draft_of(text) -> Draft:
    parsed = parse(Source.parse(text))
    assert parsed.document is not None, parsed.diagnostics
    return parsed.document


@pytest.fixture(scope="module")
def press():
    return Press()


def missed(results):
    return {result.rule for result in results if result.verdict == "missed"}


def values(results, rule):
    return [result.value for result in results if result.rule == rule]


def moved(role, **shift):
    """A change: the boxes of a role moved by millimetres, or with other attributes where these are no numbers to add."""

    def change(box):
        if box.role != role:
            return box
        given = {
            name: getattr(box, name) + value if name in ("left", "top", "width") else value
            for name, value in shift.items()
        }
        return dataclasses.replace(box, **given)

    return change


def in_face(role, face):
    """A change: a role set in the face of another."""

    def change(box):
        if box.role != role:
            return box
        lines = tuple(
            dataclasses.replace(line, pieces=tuple(piece._replace(role=face, face=face) for piece in line.pieces))
            for line in box.lines
        )
        return dataclasses.replace(box, lines=lines)

    return change


# --- What is right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_bulletin_meets_every_rule(press, profile):
    results = press.results(BULLETIN, profile=profile)
    assert [result for result in results if result.verdict != "met"] == []
    assert {rule for rule in MEASURES if rule.startswith("J-")} <= {result.rule for result in results}
    assert not [result.rule for result in results if result.rule[0] in "HLQR" and result.rule not in SHARED]


SHARED = {"H-05", "H-06.left", "H-10", "H-16"}
"""Rules of the head that a bulletin shares: its 密级, and the width of its name."""


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_speech_meets_every_rule(press, profile):
    results = press.results(LONG_SPEECH, profile=profile)
    assert [result for result in results if result.verdict != "met"] == []
    wanted = {rule for rule in MEASURES if rule.startswith("Q-") and not rule.startswith("Q-07")}
    found = {result.rule for result in results}
    assert wanted | {"B-02", "B-04", "B-17", "P-06", "P-07", "P-08", "P-09", "P-10"} <= found
    assert not [rule for rule in found if rule[0] in "HJLR" or rule.startswith("Q-07")]


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_a_reading_copy_meets_the_rules_of_its_own_grid(press, profile):
    text = LONG_SPEECH.replace("title: 凝心聚力建新功　", "title: |\n  凝心聚力建新功\n  ")
    results = press.results(text, profile=profile, reading_copy=True)
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
    draft = draft_of(LONG_SPEECH)
    layout = lay_out(draft, press.book, reading_copy=not as_reading_copy)
    rendered = render(layout, Metadata.of(draft, datetime.date(1970, 1, 1)), press.book)
    pdf = press.typesetter.typeset(rendered, "print", [EmbeddedSource("draft.yaml", b"kind: x")])
    return preflight.measure(pdf, draft, "print", reading_copy=as_reading_copy)


def test_the_millimetres_of_a_bulletin(press):
    results = press.results(BULLETIN)
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
    (gap,) = values(press.results(bare), "J-07.gap")
    assert gap == pytest.approx(20.78, abs=0.05)


# --- What is wrong --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (moved("mark", colour="black"), {"J-01"}),
        (moved("mark", left=1), {"J-01.axis"}),
        (moved("mark", top=-10), {"J-10", "J-02.gap"}),
        (in_face("mark", "heiti"), {"J-01.face"}),
        (moved("issue", left=2), {"J-02.axis"}),
        (moved("office", left=2), {"J-03.left"}),
        (moved("issue-date", left=-2), {"J-03.right"}),
        (moved("issue-date", top=0.7), {"J-03"}),
        (moved("red-rule", colour="black"), {"J-04.red"}),
        (moved("red-rule", left=2, width=-4), {"J-04.left", "J-04.right"}),
        (moved("red-rule", weight=1.5), {"J-04.weight"}),
        (moved("secrecy", left=2, top=4), {"J-05", "J-05.left"}),
        (moved("serial", left=-2), {"J-05.right"}),
        (in_face("editor-note", "fangsong"), {"J-06"}),
        (moved("editor-note", left=2), {"J-06.left"}),
        (moved("item-title", size=18.0), {"J-07"}),
        (moved("item-title", left=2), {"J-07.axis"}),
        (moved("item-title", top=-3), {"J-07.gap"}),
        (in_face("item-title", "heiti"), {"J-07.face"}),
        (in_face("byline", "fangsong"), {"J-07.byline"}),
        (moved("contents", left=2), {"J-07.contents"}),
        (moved("distribution", size=16.0), {"J-08.size"}),
        (moved("distribution", left=2), {"J-08.left"}),
        (moved("print-run", left=-2), {"J-08.right"}),
        (in_face("print-run", "heiti"), {"J-08.face"}),
        (moved("imprint-rule", top=-2), {"J-08.bottom"}),
    ],
)
def test_a_wrong_bulletin_is_seen(press, change, rules):
    assert rules <= missed(press.results(BULLETIN, change))


def without(role):
    return lambda box: None if box.role == role else box


def test_a_bulletin_without_its_rules(press):
    results = press.results(BULLETIN, without("red-rule"))
    assert "J-04" in missed(results)
    assert {result.rule for result in results if result.verdict == "unmeasured"} == {
        "J-04.red",
        "J-04.left",
        "J-04.right",
        "J-04.weight",
    }
    results = press.results(BULLETIN, without("imprint-rule"))
    assert "J-08" in missed(results)
    assert "J-08.bottom" in {result.rule for result in results if result.verdict == "unmeasured"}


def test_a_page_after_the_foot_is_seen(press):
    draft = draft_of(BULLETIN)
    layout = lay_out(draft, press.book)
    after = dataclasses.replace(layout.pages[0], number=len(layout.pages) + 1, boxes=())
    layout = dataclasses.replace(layout, pages=(*layout.pages, after))
    rendered = render(layout, Metadata.of(draft, datetime.date(1970, 1, 1)), press.book)
    pdf = press.typesetter.typeset(rendered, "print", [EmbeddedSource("draft.yaml", b"kind: x")])
    assert "J-08.page" in missed(preflight.measure(pdf, draft, "print"))


def test_a_number_in_another_form_is_seen(press):
    draft = draft_of(BULLETIN).model_copy(update={"issue": "012"})
    shown = BULLETIN.replace("issue: 12", "issue: 99")

    def change(box):
        if box.role != "issue":
            return box
        return dataclasses.replace(
            box,
            lines=tuple(
                dataclasses.replace(
                    line, pieces=tuple(piece._replace(text=piece.text.replace("99", "012")) for piece in line.pieces)
                )
                for line in box.lines
            ),
        )

    assert "J-02" in missed(press.results(shown, change, measured_as=draft))


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (moved("title", left=3), {"B-04"}),
        (moved("title", size=18.0), {"B-02"}),
        (moved("occasion", left=3), {"Q-01"}),
        (in_face("occasion", "fangsong"), {"Q-01.face"}),
        (moved("speaker", left=3), {"Q-02"}),
        (in_face("speech-date", "heiti"), {"Q-02.face"}),
        (moved("speech-date", top=-4), {"Q-02.gap"}),
        (moved("salutation", left=3), {"Q-04"}),
        (moved("salutation", top=-4), {"Q-04.gap"}),
    ],
)
def test_a_wrong_speech_is_seen(press, change, rules):
    assert rules <= missed(press.results(SPEECH, change))


def test_a_rule_in_a_speech_is_seen(press):
    def change(box):
        return RuleBox("red-rule", 28, 60, 156, 0.5, "red") if box.role == "occasion" else box

    assert "Q-06" in missed(press.results(SPEECH, change))


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

    def change(box):
        if not isinstance(box, TextBox) or box.role != role:
            return box
        lines = tuple(
            dataclasses.replace(
                line, pieces=tuple(piece._replace(text=piece.text.replace(old, new)) for piece in line.pieces)
            )
            for line in box.lines
        )
        return dataclasses.replace(box, lines=lines)

    assert rule in missed(press.results(SPEECH, change))


@pytest.mark.parametrize(("text", "role"), [(SPEECH, "speaker"), (BULLETIN, "office"), (BULLETIN, "source")])
def test_a_text_that_is_lost_is_seen(press, text, role):
    assert "E-08" in missed(press.results(text, without(role)))
