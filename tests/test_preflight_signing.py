"""Seals, stamps and moved addressees on finished PDFs: what is right meets every rule, and what is wrong misses its own."""

from __future__ import annotations

import dataclasses

import pytest
from layouts import from_yaml
from PIL import Image, ImageDraw
from presses import missed, moved, on_boxes, removed

from gongwen import preflight
from gongwen.compiler import Compiler
from gongwen.standard import MEASURES

RED = (255, 0, 0, 255)
PROSE = "各级工会要提高认识，加强领导，精心组织，把关怀送到一线职工身边，把实事办好、把好事办实，务求活动取得实效。"
TWO, FIVE = "[云州市总工会, 云州市教育局]", "[云州市总工会, 云州市教育局, 云州市财政局, 云州市民政局, 云州市科技局]"
MANY = "，".join(f"第{number}县总工会" for number in range(1, 71))

SEAL = {"B-36", "B-36.axis", "B-36.round", "B-36.name", "B-36.date", "B-37"}
ONE = {"B-34", "B-35", "B-37.room"}
SEVERAL = {"B-35", "B-39", "B-39.gap", "B-39.line", "B-39.left", "B-39.right"}
STAMP = {"B-45", "B-45.right", "B-46", "B-46.missing", "B-46.middle", "B-47", "B-47.right"}
STAMPS = {"B-48", "B-48.left", "B-48.right"}
UNSEALED = {"B-41.gap", "B-41.right", "B-42", "B-43", "B-44.left", "B-44.right"}
OF_SIGNING = {rule for rule in MEASURES if "B-34" <= rule < "B-49"}
assert OF_SIGNING == SEAL | ONE | SEVERAL | STAMP | STAMPS | UNSEALED


def draft(signature, *, kind="通知", issuer="云州市总工会", lines=3, rest="note: 此件公开发布\n"):
    title = "" if kind == "命令" else f"title: 关于工作的{kind}\n"
    number = "第3号" if kind == "命令" else "云工发〔2026〕6号"
    body = "".join(f"  - {PROSE}\n" for _ in range(lines))
    return (
        f"kind: {kind}\nissuer: {issuer}\nnumber: {number}\n{title}body:\n{body}"
        f"signature: {signature}\ndate: 2026-11-20\n{rest}"
    )


DRAFTS = {
    "a seal": (draft("{seal: ring.png}"), SEAL | ONE),
    "a seal of 42 mm": (draft("{seal: ring.png, diameter: 42}"), SEAL | ONE),
    "a seal of 60 mm": (draft("{seal: ring.png, diameter: 60}"), SEAL | ONE),
    "a seal set by hand": (draft("sealed"), ONE),
    "a long name": (
        draft("{seal: ring.png}", issuer="云州市退役军人事务和双拥工作领导小组办公室"),
        (SEAL | ONE) - {"B-34"},
    ),
    "the seal of a letter": (draft("{seal: ring.png}", kind="函", rest=""), SEAL | ONE),
    "a seal below a list of attachments": (
        draft("{seal: ring.png}", rest="attachments: [{title: 名单, body: [正文。]}]\n"),
        SEAL | ONE,
    ),
    "a seal overleaf": (draft("{seal: ring.png}", lines=8), SEAL | ONE),
    "two seals": (draft("[{seal: ring.png}, {seal: ring.png}]", issuer=TWO), SEAL | SEVERAL | {"B-37.room"}),
    "five seals": (
        draft(f"[{', '.join(['{seal: ring.png}'] * 5)}]", issuer=FIVE, lines=2),
        SEAL | SEVERAL | {"B-37.room"},
    ),
    "five seals of 50 mm": (
        draft(f"[{', '.join(['{seal: ring.png, diameter: 50}'] * 5)}]", issuer=FIVE),
        SEAL | SEVERAL | {"B-37.room"},
    ),
    "seals of two sizes": (
        draft("[{seal: ring.png, diameter: 50}, {seal: ring.png, diameter: 46}]", issuer=TWO),
        SEAL | SEVERAL,
    ),
    "one of two seals set by hand": (
        draft("[{seal: ring.png}, {seal: reserved}]", issuer=TWO),
        (SEAL | SEVERAL | {"B-37.room"}) - {"B-36.date", "B-39.gap", "B-39.line"},
    ),
    "a stamp": (draft("{title: 主席, stamp: name.png}"), STAMP),
    "a stamp set by hand": (draft("{title: 主席, stamp: reserved}"), {"B-45", "B-47", "B-47.right"}),
    "two stamps": (
        draft("[{title: 云州市总工会主席, stamp: name.png}, {title: 云州市教育局局长, stamp: name.png}]", issuer=TWO),
        STAMP | STAMPS,
    ),
    "the stamp of an order": (draft("{title: 市长, stamp: name.png}", kind="命令", rest=""), STAMP),
    "no seal": (draft("云州市总工会"), {"B-41.gap", "B-42", "B-43"}),
}
MOVED = draft(
    "none",
    rest=f"addressees: {MANY}\nimprint:\n  copies_to: 市委办公室\n  issuing_office: 办公室\n  issued_on: 2026-11-21\n",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a plain red ring, and a red frame that is three times as wide as high."""
    path = tmp_path_factory.mktemp("signing")
    for name, (width, height) in {"ring": (720, 720), "name": (720, 240)}.items():
        image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        draw = ImageDraw.Draw(image)
        (draw.ellipse if name == "ring" else draw.rectangle)((3, 3, width - 4, height - 4), outline=RED, width=18)
        image.save(path / f"{name}.png")
    return path


@pytest.fixture(scope="module")
def build(folder):
    """A function: name, text, profile → what was built; each PDF is made once."""
    compiler, made = Compiler(), {}

    def of(name, text, profile="print"):
        if (name, profile) not in made:
            path = folder / f"{name}.yaml"
            path.write_text(text, "utf-8")
            made[name, profile] = compiler.build(path, folder / f"{name}.{profile}.pdf", profile)
        return made[name, profile]

    return of


def rounded(results, rule):
    """What was measured for a rule, in hundredths of its unit."""
    return [round(result.value, 2) for result in results if result.rule == rule]


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_signed_meets_every_rule(name, build, profile):
    text, wanted = DRAFTS[name]
    built = build(name, text, profile)
    told = {"missing-element", "imprint-missing", "title-without-issuer", "attachment-unmentioned"}
    assert [one for one in built.diagnostics if one.check.name not in told] == []
    assert [result for result in built.results if result.verdict != "met"] == []
    assert {result.rule for result in built.results} & OF_SIGNING == wanted


def test_the_millimetres_of_a_seal(build):
    results = build("a seal", DRAFTS["a seal"][0]).results
    assert rounded(results, "B-34") == [pytest.approx(161.72, abs=0.05)]
    assert rounded(results, "B-36.date") == [pytest.approx(0.45, abs=0.02)]
    # From the ink, which ends some tenths above the em box.
    assert rounded(results, "B-37") == [pytest.approx(7.1, abs=1.0)]


def test_the_millimetres_of_a_stamp(build):
    results = build("a stamp", DRAFTS["a stamp"][0]).results
    assert rounded(results, "B-45") == [pytest.approx(20.78, abs=1.0)]
    assert rounded(results, "B-45.right") == [pytest.approx(161.72, abs=0.05)]
    assert rounded(results, "B-46") == [pytest.approx(11.14, abs=0.05)]
    assert rounded(results, "B-47") == [pytest.approx(10.39, abs=1.0)]


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured_with(build, press):
    """A function: name of a draft, what to do with each of its images → the rules that are missed."""

    def measure(name, change):
        built = build(name, DRAFTS[name][0])
        return missed(press.measured(built.document, on_boxes(change, "seal", "stamp")(built.layout)))

    return measure


WRONG = {
    "no seal at all": ("a seal", removed, {"B-36"}),
    "a seal beside its name": ("a seal", moved(dx=4), {"B-36.axis"}),
    "a seal too low": ("a seal", moved(dy=12), {"B-36.name", "B-37"}),
    "a seal too high": ("a seal", moved(dy=-3), {"B-36.date"}),
    "a seal over the text": ("a seal", moved(dy=-11), {"B-36.date", "B-37"}),
    "an oval seal": ("a seal", lambda box: [dataclasses.replace(box, width=44, left=box.left + 0.5)], {"B-36.round"}),
    "no stamp at all": ("a stamp", removed, {"B-46.missing"}),
    "a stamp too far right": ("a stamp", moved(dx=5), {"B-45.right", "B-46"}),
    "a stamp below its title": ("a stamp", moved(dy=2), {"B-46.middle", "B-47"}),
    "a stamp too high": ("a stamp", moved(dy=-2), {"B-45", "B-46.middle"}),
    "stamps of two edges": (
        "two stamps",
        lambda box: moved(dx=1)(box) if "教育" in box.alt else [box],
        {"B-48.right"},
    ),
    "seals that touch": (
        "two seals",
        lambda box: [dataclasses.replace(box, width=48.2, height=48.2, left=box.left - 1.6, top=box.top - 1.6)],
        {"B-39.gap"},
    ),
    "seals not in line": ("two seals", lambda box: moved(dy=1)(box) if box.left > 110 else [box], {"B-39.line"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_place_misses_its_own_rule(name, measured_with):
    of, change, wanted = WRONG[name]
    assert measured_with(of, change) == wanted


def test_other_organs_in_the_draft_are_told(build):
    """Names in another order than the draft's, and a seal that the draft does not have."""
    built = build("two seals", DRAFTS["two seals"][0])
    turned = DRAFTS["two seals"][0].replace(TWO, "[云州市教育局, 云州市总工会]")
    document = from_yaml(turned)
    assert "B-39" in missed(preflight.measure(built.pdf.read_bytes(), document, "print"))


# --- addressees in the imprint ----------------------------------------------------------------------------------------


def test_moved_addressees_are_measured_in_the_imprint(build, profile):
    built = build("moved", MOVED, profile)
    assert {one.check.name for one in built.diagnostics} == {"addressees-moved", "title-without-issuer"}
    assert [result for result in built.results if result.verdict != "met"] == []
    assert rounded(built.results, "R-09") == [8.0]
    assert rounded(built.results, "R-09.rules") == [0]
    assert len(rounded(built.results, "R-07")) == 1
    assert rounded(built.results, "B-11")[0] >= 1
    assert rounded(built.results, "B-10.gap") == []


def test_addressees_in_both_places_are_no_match(build):
    built = build("moved", MOVED)
    document = from_yaml(MOVED.replace("第70县总工会", "第71县总工会"))
    results = preflight.measure(built.pdf.read_bytes(), document, "print")
    assert "E-08" in missed(results)
