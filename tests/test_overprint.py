"""套打: paper with a printed head gets everything but the head, each box where it would be."""

import pytest

from gongwen import preflight
from gongwen.document import Document, Draft
from gongwen.fonts import FontBook
from gongwen.layout import ImageBox, Layout, Page, RuleBox, lay_out

PROSE = "各级工会要提高认识，加强领导，精心组织，确保各项工作落到实处。"
GENERAL = {
    "kind": "通知",
    "issuer": "云州市总工会",
    "number": "云工发〔2026〕6号",
    "title": "云州市总工会关于开展活动的通知",
    "addressees": "各县总工会",
    "body": [PROSE * 40],
    "date": "2026-07-01",
    "imprint": {"copies_to": "市委", "issuing_office": "云州市总工会办公室", "issued_on": "2026-07-01"},
}
UPWARD = GENERAL | {"kind": "请示", "signers": ["王小明", "李华", "张三"], "title": "云州市总工会关于经费的请示"}
CORNER = GENERAL | {"copy_number": "18", "secrecy": "机密★1年", "urgency": "特急"}
JOINT = GENERAL | {"issuer": ["云州市总工会", "云州市人力资源和社会保障局", "云州市财政局"]}
LETTER = GENERAL | {"kind": "函", "title": "云州市总工会关于商请支持的函", "imprint": {"copies_to": "市委"}}
DRAFTS = {"general": GENERAL, "upward": UPWARD, "corner": CORNER, "joint": JOINT, "letter": LETTER}
PRINTED = {"mark", "red-rule", "letter-rule"}


def document(keys):
    return Document.model_validate(keys, context={"language": "en"}, by_name=True, by_alias=False)


@pytest.fixture(scope="module")
def book():
    return FontBook()


@pytest.mark.parametrize("name", DRAFTS)
def test_everything_but_the_head_keeps_its_place(name, book):
    one = document(DRAFTS[name])
    drawn, printed = lay_out(one, book), lay_out(one, book, overprint=True)
    assert len(drawn.pages) == len(printed.pages) >= 2
    left_out = []
    for page, other in zip(drawn.pages, printed.pages, strict=True):
        assert [box for box in page.boxes if box.role not in PRINTED] == list(other.boxes)
        left_out += [box for box in page.boxes if box.role in PRINTED]
    assert left_out
    assert all(box.colour == "red" for box in left_out)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_may_say_so_itself(name, book):
    by_option = lay_out(document(DRAFTS[name]), book, overprint=True)
    assert lay_out(document(DRAFTS[name] | {"mark": "preprinted"}), book) == by_option


def test_a_seal_is_no_part_of_the_paper():
    seal = ImageBox("seal", 100.0, 200.0, 45.0, 45.0, "公章.png", "印章")
    page = Page(
        1, (RuleBox("red-rule", 28.0, 100.0, 156.0, 0.53, "red"), seal, RuleBox("rule", 28.0, 262.0, 156.0, 0.35))
    )
    (found,) = Layout((page,)).overprinted().pages
    assert [box.role for box in found.boxes] == ["seal", "rule"]


def test_a_draft_of_any_kind_is_drawn_whole_unless_it_says_so():
    assert not Draft.model_construct(kind="通知").is_preprinted


def text_of(keys):
    lines = []
    for key, value in keys.items():
        lines.append(
            f"{key}: {value}"
            if not isinstance(value, dict)
            else f"{key}: {{{', '.join(f'{k}: {v}' for k, v in value.items())}}}"
        )
    return "\n".join(lines).replace("'", "") + "\n"


@pytest.mark.parametrize("name", ["upward", "joint", "letter"])
def test_the_file_is_measured_without_the_head(name, profile, compiler, draft, tmp_path):
    built = compiler.build(draft(text_of(DRAFTS[name])), tmp_path / "a.pdf", profile, overprint=True)
    assert built.pdf is not None
    assert [result for result in built.results if result.verdict != "met"] == []
    rules = {result.rule for result in built.results}
    assert not rules & {"H-13", "H-14", "H-15", "H-20.gap", "H-32", "H-33", "L-01", "L-02", "L-03", "L-04", "L-05"}
    assert {"B-04", "E-08"} <= rules
    as_drawn = preflight.measure(built.pdf.read_bytes(), built.document, profile)
    assert {result.rule for result in as_drawn if result.verdict == "missed"} >= {"E-08"}


def test_nothing_red_is_left(compiler, draft, tmp_path):
    built = compiler.build(draft(text_of(GENERAL)), tmp_path / "a.pdf", overprint=True)
    whole = compiler.build(draft(text_of(GENERAL)), tmp_path / "b.pdf")
    with preflight.Pdf(built.pdf.read_bytes()) as pdf, preflight.Pdf(whole.pdf.read_bytes()) as other:
        assert {ink[:3] for ink in pdf.facts.inks} == {(0.0, 0.0, 0.0)}
        assert (0.0, 0.8, 0.8) in {ink[:3] for ink in other.facts.inks}
