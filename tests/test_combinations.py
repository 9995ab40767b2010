"""Elements that were made apart, together: in each other's texts, formats, styles and ways to print. Nothing may be missed."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from sample_images import COLOUR, encoded, svg

from gongwen.compiler import Compiler
from gongwen.fonts import FontBook, Settings

PROSE = "各级工会要提高认识，加强领导，精心组织，确保各项工作落到实处。"
HEAD = """\
kind: 通知
issuer: 云州市总工会
number: 云工发〔2026〕6号
title: 云州市总工会关于开展活动的通知
addressees: 各县总工会
date: 2026-07-01
imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-07-01}
"""
BODY = f"body: [{PROSE * 8}]\n"
ENCLOSING = f"body: [{PROSE * 8}名单见附件。]\n"
TURNED = "{table: 安排表, columns: [任务, 经费], rows: [[改建, 1.5], [新建, 2]], landscape: true}"
PHOTO = "{figure: photo.png, width: 60, caption: 图1}"


@pytest.fixture
def build(tmp_path):
    """A function: a draft, the settings of its project, other files and options → what is built."""

    def make(text, settings="", files=(), **options):
        (tmp_path / "photo.png").write_bytes(encoded(COLOUR.resize((900, 600))))
        (tmp_path / "draft.yaml").write_text(text, "utf-8")
        if settings:
            (tmp_path / "gongwen.yaml").write_text(settings, "utf-8")
        for name, data in dict(files).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return Compiler().build(tmp_path / "draft.yaml", tmp_path / "draft.pdf", **options)

    return make


def rules(built):
    """The rules that were measured, all of them met."""
    results = [*built.results, *(one for part in built.beside for one in part.results)]
    assert [one for one in results if one.verdict != "met"] == []
    return {one.rule for one in results}


# --- files that an enclosed file names ----------------------------------------------------------------------------------------

REGULATION = f"""\
title: 云州市职工书屋办法
body:
  - chapter: 总则
    body:
      - article: {PROSE}
        body:
          - {{figure: pictures/lines.svg, caption: 图}}
  - heading: 安排
    body:
      - {{table: 安排表, file: plan.csv}}
      - {{figure: ../photo.png, width: 60}}
"""
FILES = {"texts/pictures/lines.svg": svg(), "texts/plan.csv": "任务,经费\n改建,1.5\n".encode()}


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "texts" / "pictures").mkdir(parents=True)
    (tmp_path / "other").mkdir()


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    "place", ["issued: {file: texts/_a.yaml}", "attachments: [{file: texts/_a.yaml, bound: false}]"]
)
def test_names_in_an_enclosed_file_count_from_its_folder(build, place):
    body = ENCLOSING if place.startswith("attachments") else BODY
    built = build(f"{HEAD}{body}{place}\n", files=FILES | {"texts/_a.yaml": REGULATION.encode()})
    assert built.diagnostics == ()
    assert {"E-08.figures", "T-05.row", "B-19.chapter"} <= rules(built)
    pages = [page for layout in (built.layout, *(one.layout for one in built.separate)) for page in layout.pages]
    images = {box.picture for page in pages for box in page.boxes if box.role == "figure"}
    assert images == {"texts/pictures/lines.svg", "texts/../photo.png"}


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    ("old", "new", "code", "line", "name"),
    [
        ("pictures/lines.svg", "texts/pictures/lines.svg", "GW507", 7, "texts/texts/pictures/lines.svg"),
        ("pictures/lines.svg", "plan.csv", "GW508", 7, "texts/plan.csv"),
        ("../photo.png", "../../photo.png", "GW507", 11, "texts/../../photo.png"),
        ("plan.csv", "none.csv", "GW320", 10, "texts/none.csv"),
        ("plan.csv", "../photo.png", "GW320", 10, "texts/../photo.png"),
    ],
)
def test_what_is_wrong_with_them_stands_in_that_file(build, old, new, code, line, name):
    text = REGULATION.replace(old, new)
    built = build(f"{HEAD}{BODY}issued: {{file: texts/_a.yaml}}\n", files=FILES | {"texts/_a.yaml": text.encode()})
    (found,) = built.diagnostics
    assert built.pdf is None
    assert (found.check.code, found.file.rpartition("/")[2], found.span.start.line) == (code, "_a.yaml", line)
    assert name in found.message


# --- what is measured together ------------------------------------------------------------------------------------------------


def test_attachments_that_are_not_bound_keep_their_figures_and_tables(build):
    attachments = f"""\
attachments:
  - {{title: 甲, bound: false, body: [{PROSE}, {PHOTO}, {{table: 表, columns: [任务], rows: [[改建]]}}]}}
  - {{title: 乙, body: [{PROSE}, {PHOTO}, {TURNED}]}}
"""
    built = build(HEAD + ENCLOSING + attachments)
    assert built.diagnostics == ()
    assert {"E-08.figures", "T-01", "T-03"} <= rules(built)


@pytest.mark.parametrize("overprint", [False, True])
def test_page_numbers_in_the_middle_of_pages_with_turned_tables(build, overprint):
    text = f"{HEAD}body: [{PROSE * 8}, {TURNED}, {PROSE * 3}]\n"
    built = build(text, settings="house: {page_number: middle}\n", overprint=overprint)
    assert built.diagnostics == ()
    assert {"T-01", "N-09"} <= rules(built)


@pytest.mark.parametrize("contents", ["true", "false"])
def test_a_bulletin_on_printed_paper(build, contents):
    plain = "{figure: photo.png, width: 60}"
    bodies = [
        f"{PROSE}, {PHOTO}",
        f"{PROSE}, {plain}",
        "{table: 表, columns: [任务], rows: [[改建]]}",
        f"{TURNED}, {PROSE}",
    ]
    items = f"items: [{', '.join(f'{{title: 甲, body: [{body}]}}' for body in bodies)}]"
    head = "kind: 简报\nmark: 工会简报\nissue: 1\nissuer: 云州市总工会办公室\ndate: 2026-07-01\n"
    built = build(f"{head}contents: {contents}\n{items}\ndistribution: {{issue_to: 各县总工会}}\n", overprint=True)
    assert built.diagnostics == ()
    assert {"J-03", "J-07.gap", "T-01"} <= (measured := rules(built))
    assert not {"J-04", "J-04.red"} & measured


@pytest.mark.parametrize("reading_copy", [False, True])
def test_a_regulation_that_is_read_aloud(build, reading_copy):
    text = f"""\
kind: 讲话稿
title: 在全市工会工作会议上的讲话
speaker: 李华
date: 2026-07-01
body:
  - chapter: 总则
    body:
      - section: 关于各级工会提高认识、加强领导、精心组织、抓好落实的规定
        body:
          - article: {PROSE}
            items: [一；, 二。]
  - {PHOTO}
  - {TURNED}
"""
    built = build(text, reading_copy=reading_copy)
    assert built.diagnostics == ()
    assert {"B-19.centre", "E-08.figures", "T-01"} <= rules(built)
    sizes = {box.size for page in built.layout.pages for box in page.texts if box.role.startswith("heading-")}
    assert sizes == {22.1 if reading_copy else 15.79}


def test_a_line_that_begins_with_a_narrow_character(build):
    """目 has wide bearings: the only line of a page that is flush left begins 1.3 mm inside the type area by its ink."""
    built = build(f"{HEAD}body: [{'工' * 26}目标要落实。]\n")
    assert built.diagnostics == ()
    assert "P-03" in rules(built)
    assert [one.value for one in built.results if one.rule == "P-03"] == [pytest.approx(28, abs=0.05)]


def test_bold_headings_are_the_same_tomorrow():
    """The cut of a face that is made heavier does not carry the time at which that was done."""
    book = FontBook(Settings(emboldened=("fangsong",)))
    faces = [book.faces[book.role(role)["三"].face] for role in ("fangsong", "fangsong-bold")]
    plain, heavier = (TTFont(BytesIO(face.subset((1, 2)))) for face in faces)
    assert faces[0] is not faces[1]
    assert plain["head"].modified == heavier["head"].modified


def test_an_issued_document_that_begins_with_a_turned_table(build):
    issued = f"issued: {{title: 云州市职工书屋名册, subtitle: 2026年6月, body: [{TURNED}, {PROSE}]}}\n"
    built = build(HEAD + BODY + issued)
    assert built.diagnostics == ()
    assert {"B-31", "B-31.new", "B-31.centre", "B-31.gap", "B-63", "B-63.centre", "T-03"} <= rules(built)


def test_the_label_of_an_attachment_that_begins_with_a_turned_table(build):
    built = build(f"{HEAD}{ENCLOSING}attachments: [{{title: 名册, bound: false, body: [{TURNED}]}}]\n")
    assert built.diagnostics == ()
    assert {"B-61", "B-57.top", "B-58.axis"} <= rules(built)


TABLE = "{table: 安排表, columns: [任务, 经费], rows: [[改建, 1.5], [新建, 2]]}"
CHAPTER = f"{{chapter: 总则, body: [{{article: {PROSE}}}]}}"
IMPRINT = "imprint: {issuing_office: 云州市总工会办公室, issued_on: 2026-07-01}\n"
SIGNED = "signature: {title: 市长, stamp: reserved}\ndate: 2026-07-01\n"
ORDER = f"{IMPRINT.replace('总工会', '人民政府')}{SIGNED}kind: 令\nissuer: 云州市人民政府\nnumber: 第12号\n"
MINUTES = f"{IMPRINT}kind: 纪要\nissuer: 云州市总工会\nnumber: 第8期\npresent: [王小明]\ndate: 2026-07-01\n"


@pytest.mark.parametrize("head", [HEAD, ORDER, MINUTES], ids=["notice", "order", "minutes"])
@pytest.mark.parametrize("first", [PHOTO, TABLE, CHAPTER, PROSE], ids=["figure", "table", "chapter", "text"])
def test_what_a_body_begins_with(build, head, first):
    """Distances to the first line of text are measured where it follows the head, and not below a figure or a table."""
    built = build(f"{head}body: [{first}, {PROSE * 4}]\n")
    assert built.diagnostics == ()
    gaps = {"B-16", "C-03", "M-06.text"} & rules(built)
    wanted = {HEAD: "B-16", ORDER: "C-03", MINUTES: "M-06.text"}[head]
    assert gaps == ({wanted} if first == PROSE or (first == CHAPTER and head != HEAD) else set())


def test_a_seal_below_a_table(build, tmp_path):
    """The text above the seal ends with the table's last rule."""
    (tmp_path / "seal.svg").write_bytes(svg())
    built = build(f"{HEAD}body: [{PROSE}, {TABLE}]\nsignature: {{seal: seal.svg, diameter: 42}}\n")
    assert built.diagnostics == ()
    assert {"B-37", "B-37.room"} <= rules(built)
    values = [one.value for one in built.results if one.rule == "B-37"]
    assert values == [pytest.approx(7.1, abs=0.3)]
