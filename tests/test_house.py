"""House style: where a unit departs from the standard, measured where it is."""

import dataclasses

import pytest

from gongwen import preflight
from gongwen.compiler import Compiler
from gongwen.document import Document, depth
from gongwen.fonts import FontBook, Settings
from gongwen.house import STANDARD, House
from gongwen.layout import lay_out
from gongwen.parser import validate
from gongwen.project import ProjectSettings

AXIS = 106  # centre of the 版心
FOLIO_DASH = 269  # 7.5: 7 mm below the 版心
NEAR = 0.02


def house(**keys):
    return House.model_validate(keys, by_name=True, by_alias=False)


MIDDLE, SKIP, BOLD = house(page_number="middle"), house(heading_scheme="skip"), house(bold_level_3="true")
PROSE = "各级工会要提高认识，加强领导，精心组织，确保各项工作落到实处。"
TWO_LEVELS = [
    {
        "heading": "总体要求",
        "body": [{"heading": "提高认识。", "text": PROSE}, {"heading": "加强领导。", "text": PROSE}],
    }
]
THREE_LEVELS = [
    {"heading": "总体要求", "body": [{"heading": "提高认识", "body": [{"heading": "明确目标。", "text": PROSE}]}]}
]


def document(**keys):
    given = {"kind": "通知", "issuer": "云州市总工会", "title": "关于开展活动的通知", "body": [PROSE * 40], **keys}
    return Document.model_validate(given, context={"language": "en"}, by_name=True, by_alias=False)


@pytest.fixture(scope="module")
def book():
    return FontBook()


def headings(layout):
    return [box.text for page in layout.pages for box in page.texts if box.role.startswith(("heading", "run-in"))]


def test_the_standard_departs_nowhere():
    assert list(STANDARD.deviations()) == []
    assert House() == STANDARD
    assert STANDARD.marks(1) == STANDARD.marks(4) == (1, 2, 3, 4)


def test_deviations_name_their_clause():
    every = list(house(page_number="middle", bold_level_3="true", heading_scheme="skip").deviations())
    assert every == [*MIDDLE.deviations(), *BOLD.deviations(), *SKIP.deviations()]
    assert [one.count("7.5") for one in every] == [1, 0, 0]
    assert [one.count("7.3.3") for one in every] == [0, 1, 1]


@pytest.mark.parametrize(
    ("language", "data"),
    [
        ("en", {"house": {"page_number": "middle", "heading_scheme": "skip", "bold_level_3": "true"}}),
        ("zh", {"版式": {"页码": "居中", "标题层次": "跳层", "三级标题加粗": "是"}}),
    ],
)
def test_settings_in_both_languages(language, data):
    settings, findings = validate(ProjectSettings, data, language)
    assert findings == []
    assert settings.house == house(page_number="middle", heading_scheme="skip", bold_level_3="true")
    plain, _ = validate(ProjectSettings, {}, language)
    assert plain.house == STANDARD


def test_page_numbers_in_the_middle(book):
    one = document()
    usual, layout = lay_out(one, book), lay_out(one, book, house=MIDDLE)
    assert len(layout.pages) >= 2
    for page, other in zip(layout.pages, usual.pages, strict=True):
        *boxes, folio = page.boxes
        *others, outside = other.boxes
        assert boxes == others
        assert folio.left + folio.lines[0].width * folio.em / 2 == pytest.approx(AXIS, abs=NEAR)
        assert folio == dataclasses.replace(outside, left=folio.left)


def test_two_levels_may_skip_one(book):
    assert headings(lay_out(document(body=TWO_LEVELS), book, house=SKIP)) == [
        "一、总体要求",
        f"1.提高认识。{PROSE}",
        f"2.加强领导。{PROSE}",
    ]
    assert headings(lay_out(document(body=TWO_LEVELS), book))[1].startswith("（一）")


def test_three_levels_skip_none(book):
    one = document(body=THREE_LEVELS)
    assert lay_out(one, book, house=SKIP) == lay_out(one, book)
    assert headings(lay_out(one, book))[1:] == ["（一）提高认识", f"1.明确目标。{PROSE}"]


def test_each_text_counts_its_own_levels(book):
    one = document(body=THREE_LEVELS, attachments=[{"title": "要点", "body": TWO_LEVELS}])
    assert headings(lay_out(one, book, house=SKIP))[1::3] == ["（一）提高认识", f"1.提高认识。{PROSE}"]


def test_the_third_level_in_bold(book):
    heavy = FontBook(Settings(emboldened=("fangsong",)))
    body = [
        {
            "heading": "一",
            "body": [{"heading": "二", "body": [{"heading": "三。", "text": PROSE, "body": [{"heading": "四"}]}]}],
        }
    ]
    one = document(body=body)
    pieces = [
        (piece.text, piece.role)
        for page in lay_out(one, heavy, house=BOLD).pages
        for box in page.texts
        if box.role.startswith(("heading", "run-in"))
        for piece in box.lines[0].pieces
    ]
    assert pieces[:3] == [("一、一", "heiti"), ("（一）二", "kaiti"), ("1.三。", "fangsong-bold")]
    assert pieces[3][1] == "fangsong"
    assert pieces[-1] == ("（1）四", "fangsong")
    plain = lay_out(one, book)
    for page, other in zip(lay_out(one, heavy, house=BOLD).pages, plain.pages, strict=True):
        assert [(box.left, box.top) for box in page.boxes] == [(box.left, box.top) for box in other.boxes]
        assert [box.text for box in page.texts] == [box.text for box in other.texts]


def test_the_depth_of_a_text():
    assert [depth(document(body=body).body) for body in ([PROSE], TWO_LEVELS, THREE_LEVELS)] == [0, 2, 3]


SETTINGS = "house: {page_number: middle, heading_scheme: skip, bold_level_3: true}\n"
DRAFT = (
    "kind: 通知\nissuer: 云州市总工会\nnumber: 云工发〔2026〕6号\ntitle: 云州市总工会关于开展活动的通知\naddressees: 各县总工会\n"
    f"body:\n  - {PROSE * 30}\n  - heading: 总体要求\n    body:\n      - heading: 提高认识。\n        text: {PROSE}任务见附件。\n"
    "attachments:\n  - title: 任务\n    body: [{heading: 一, body: [{heading: 二, body: [{heading: 明确目标。, text: 落实任务。}]}]}]\n"
    "date: 2026-07-01\nimprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-07-01}\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    (folder / "gongwen.yaml").write_text(SETTINGS, "utf-8")
    (folder / "draft.yaml").write_text(DRAFT, "utf-8")
    return Compiler().build(folder / "draft.yaml", folder / "draft.pdf")


def test_the_finished_page_is_measured_by_the_house(built):
    assert {one.check.code for one in built.diagnostics} == {"GW328"}  # its headings stand alone
    assert [result for result in built.results if result.verdict != "met"] == []
    rules = {result.rule: result for result in built.results}
    assert not {"N-04.odd", "N-04.even"} & set(rules)
    assert rules["N-09"].value == pytest.approx(AXIS, abs=0.05)
    assert rules["N-03"].value == pytest.approx(FOLIO_DASH, abs=0.1)
    assert rules["B-20"].value == rules["P-20"].value == 0
    assert rules["E-08"].verdict == "met"


def test_by_the_standard_it_is_missed(built):
    results = preflight.measure(built.pdf.read_bytes(), built.document)
    missed = {result.rule for result in results if result.verdict == "missed"}
    assert {"N-04.odd", "N-04.even", "E-08", "P-20"} <= missed
    assert "N-09" not in {result.rule for result in results}


def test_a_page_number_that_is_not_in_the_middle_is_missed(compiler, draft, tmp_path):
    usual = compiler.build(draft(DRAFT), tmp_path / "usual.pdf")
    results = preflight.measure(usual.pdf.read_bytes(), usual.document, house=MIDDLE)
    assert {result.rule for result in results if result.verdict == "missed"} == {"N-09"}


def test_a_heading_that_should_be_bold_is_missed(compiler, draft, tmp_path):
    usual = compiler.build(draft(DRAFT), tmp_path / "usual.pdf")
    results = preflight.measure(usual.pdf.read_bytes(), usual.document, house=BOLD)
    assert {result.rule for result in results if result.verdict == "missed"} == {"B-20"}
