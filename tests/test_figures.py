"""Figures: their places in millimetres, what the PDF holds of them, and what preflight measures."""

import io

import pikepdf
import pypdfium2
import pytest
import sample_images as images
from layouts import NEAR, from_keys
from presses import edited, missed

from gongwen import preflight, rules
from gongwen.compiler import Compiler
from gongwen.layout import FrameBox, ImageBox, TextBox, lay_out
from gongwen.pictures import Picture
from gongwen.preflight.reading import Pdf
from gongwen.render import Metadata, render
from gongwen.textpages import text_page
from gongwen.typeset import Typesetter

LEFT, RIGHT, TOP, BOTTOM, AXIS = 28, 184, 37, 262, 106
EM, PITCH, LEADING = 5.57, 10.449, 4.879
GAP, CAPTION_PITCH, EM_4 = 3, 8, 4.94
LINE = "各级工会要提高认识，加强领导，精心组织，狠抓落实，务求实效。"


def document(*blocks, **keys):
    draft = {"kind": "通知", "issuer": "某机关", "title": "关于某事的通知", "body": [*blocks]} | keys
    return from_keys(draft)


@pytest.fixture(scope="module")
def lay(book):
    """A function: blocks → the boxes of every page. The images are 1200 × 800 pixels, naturally 100 × 66.67 mm; tall.png is upright."""
    pictures = {
        "wide.png": Picture(b"", (1200, 800), 100.0, 100 * 2 / 3),
        "huge.png": Picture(b"", (6000, 4000), 500.0, 500 * 2 / 3),
        "tall.png": Picture(b"", (800, 1200), 300.0, 450.0),
    }

    def laid(*blocks, **keys):
        return [page.boxes for page in lay_out(document(*blocks, **keys), book, pictures).pages]

    return laid


def of(boxes, role):
    return [box for box in boxes if box.role == role]


def place(box):
    return pytest.approx((box.left, box.top, box.width, box.height), abs=NEAR)


# --- Places ----------------------------------------------------------------------------------------------------------


def test_a_figure_is_centred_at_its_natural_size_and_the_text_stays_on_the_grid(lay):
    (boxes,) = lay("一。", {"figure": "wide.png"}, "二。")
    (figure,) = of(boxes, "figure")
    before, after = of(boxes, "paragraph")
    assert (figure.left, figure.width, figure.height) == pytest.approx((AXIS - 50, 100, 66.667), abs=NEAR)
    steps = (after.top - before.top) / PITCH
    assert steps == pytest.approx(round(steps), abs=0.002)
    # Between the lines lie seven rows of the grid, and the figure is in their middle.
    assert round(steps) == 8
    above, below = figure.top - (before.top + EM), after.top - (figure.top + figure.height)
    assert above == pytest.approx(below, abs=NEAR)
    assert above >= LEADING - NEAR


@pytest.mark.parametrize(
    ("block", "width", "height"),
    [
        ({"figure": "wide.png", "width": "60"}, 60, 40),
        ({"figure": "huge.png"}, 156, 104),
        ({"figure": "tall.png"}, 150, 225),
        ({"figure": "tall.png", "caption": "图1"}, 144.71, 217.06),
        ({"figure": "reserved", "width": "120", "height": "80"}, 120, 80),
        ({"figure": "reserved", "width": "156", "height": "225"}, 156, 225),
    ],
)
def test_no_figure_is_larger_than_the_type_area(lay, block, width, height):
    pages = lay("一。", block, "二。")
    (figure,) = [box for boxes in pages for box in of(boxes, "figure")]
    assert (figure.width, figure.height) == pytest.approx((width, height), abs=NEAR)
    assert figure.left == pytest.approx(AXIS - width / 2, abs=NEAR)
    assert figure.top >= TOP - NEAR
    assert figure.top + figure.height <= BOTTOM + NEAR


def test_the_caption_stands_below_the_figure_in_4_hao_each_line_centred(lay):
    (boxes,) = lay({"figure": "wide.png", "width": "60", "caption": "图1　" + LINE * 3}, "一。")
    (figure,), (caption,) = of(boxes, "figure"), of(boxes, "figure-caption")
    assert caption.top == pytest.approx(figure.top + figure.height + GAP, abs=NEAR)
    assert (caption.size, caption.pitch, len(caption.lines)) == (14, CAPTION_PITCH, 3)
    for line in caption.lines:
        middle = caption.left + (line.left + line.right) / 2 * EM_4
        assert middle == pytest.approx(AXIS, abs=NEAR)
        assert caption.left + line.left * EM_4 >= LEFT - NEAR
    (text,) = of(boxes, "paragraph")
    assert text.top - (caption.top + 2 * CAPTION_PITCH + EM_4) >= LEADING - NEAR


def test_a_figure_that_does_not_fit_goes_overleaf_with_its_caption_and_its_heading(lay):
    pages = lay(*["一。"] * 9, {"heading": "照片", "body": [{"figure": "huge.png", "caption": "图1"}, "二。"]})
    assert [bool(of(boxes, "figure")) for boxes in pages] == [False, True]
    roles = [box.role for box in pages[1]]
    assert roles[:4] == ["heading-1", "figure", "figure-caption", "paragraph"]
    assert pages[1][0].top == pytest.approx(TOP, abs=NEAR)


def test_the_place_of_an_image_that_is_missing_is_a_thin_frame_without_words(lay):
    (boxes,) = lay({"figure": "reserved", "width": "120", "height": "80", "caption": "图1"}, "一。")
    (frame,) = of(boxes, "figure")
    assert isinstance(frame, FrameBox)
    assert (frame.width, frame.height, frame.weight, frame.colour) == (120, 80, 0.25, "black")
    assert {box.text for box in boxes if isinstance(box, TextBox)} >= {"图1"}


def test_an_image_says_in_words_what_it_shows(lay):
    (boxes,) = lay(
        {"figure": "wide.png", "width": "20", "caption": "图1\n现场"}, {"figure": "wide.png", "width": "20"}, "一。"
    )
    assert [box.alt for box in boxes if isinstance(box, ImageBox)] == ["图1现场", "图"]


def test_a_heading_above_a_figure_at_the_end_of_a_page_is_not_alone(book):
    figure = {"figure": "reserved", "width": "100", "height": "205"}
    draft = document("一。", {"heading": "照片", "body": [figure, "二。", "三。"]})
    layout = lay_out(draft, book)
    assert [box.role for box in layout.pages[1].boxes if box.role != "folio"] == ["heading-1", "figure"]
    assert "GW603" not in {one.check.code for one in rules.check_layout(draft, layout)}


def test_a_caption_longer_than_a_page_is_a_finding(book):
    draft = document("一。", {"figure": "reserved", "width": "50", "height": "50", "caption": LINE * 40})
    assert "GW604" in {one.check.code for one in rules.check_layout(draft, lay_out(draft, book))}


def test_a_terminal_shows_where_figures_stand(book):
    draft = document("一。", {"figure": "reserved", "width": "50", "height": "50", "caption": "图1"})
    shown = text_page(lay_out(draft, book).pages[0])
    assert "［留空］" in shown
    assert "图1" in shown


# --- The PDF ---------------------------------------------------------------------------------------------------------

FILES = {
    "photo.jpg": images.encoded(images.COLOUR, "JPEG"),
    "inks.jpg": images.encoded(images.COLOUR.convert("CMYK"), "JPEG"),
    "alpha.png": images.encoded(images.with_alpha(images.COLOUR)),
    "grey.png": images.encoded(images.GREY),
    "palette.png": images.encoded(images.COLOUR.quantize(16)),
    "drawing.svg": images.svg(),
    "flow.pdf": images.pdf((30, 20), (40, 20)),
}
SPACES = {
    "print": ["DeviceCMYK", "DeviceCMYK", "DeviceCMYK", "DeviceGray", "DeviceCMYK", "DeviceCMYK", "DeviceGray"],
    "archive": ["DeviceRGB", "DeviceRGB", "DeviceRGB", "DeviceGray", "DeviceRGB", "DeviceRGB", "DeviceGray"],
}
WIDTHS = [10.16, 10.16, 10.16, 10.16, 10.16, 40, 40]
DRAFT = f"""\
kind: 通知
issuer: 某某市总工会
number: 某工发〔2026〕5号
title: 某某市总工会关于图片的通知
addressees: 各县总工会
body:
  - {{figure: photo.jpg, caption: 图1　照片}}
  - {LINE}{LINE}
  - {{figure: inks.jpg}}
  - {{figure: alpha.png, caption: 图2　{LINE * 2}}}
  - {LINE}
  - heading: 其他
    body:
      - {{figure: grey.png}}
      - {{figure: palette.png, caption: 图4}}
      - {LINE}
      - {{figure: drawing.svg}}
      - {LINE}{LINE}
      - {{figure: flow.pdf#2, caption: 图5}}
{f"      - {LINE}{LINE}{chr(10)}" * 14}
      - {{figure: reserved, width: 156, height: 100}}
attachments:
  - title: 照片
    body:
      - {{figure: reserved, width: 120, height: 200, caption: 图6}}
date: 2026-07-01
imprint: {{issuing_office: 某某市总工会办公室, issued_on: 2026-07-01}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "draft.yaml").write_text(DRAFT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(folder):
    """Profile → what a build of the draft gives, made once."""
    compiler = Compiler()
    return {
        profile: compiler.build(folder / "draft.yaml", folder / f"{profile}.pdf", profile)
        for profile in ("print", "archive")
    }


def test_every_rule_is_met(made, profile):
    told = [(one.check.code, one.message) for one in made[profile].diagnostics]
    full_stop = ("GW826", "图、表的说明文字末尾用了句号")
    assert told == [full_stop, ("GW328", "这一层只有一个标题“其他”"), *[("GW513", "图片还没有，只留出了位置")] * 2]
    assert {one.verdict for one in made[profile].results} == {"met"}
    measured = {one.rule for one in made[profile].results}
    assert measured >= {"E-08.figures", "P-04.figure", "P-04.caption", "P-04.captionaxis", "P-06.caption", "K-02.dpi"}


def test_the_images_stand_where_they_should_in_the_colours_of_the_profile(made, profile):
    with Pdf(made[profile].pdf.read_bytes()) as opened:
        found = [image for sheet in opened.sheets for image in sheet.images]
        assert [image.space for image in found] == SPACES[profile]
        assert [image.box.right - image.box.left for image in found] == pytest.approx(WIDTHS, abs=NEAR)
        assert [(image.box.left + image.box.right) / 2 for image in found] == pytest.approx([AXIS] * 7, abs=NEAR)
        assert [image.pixels for image in found] == [(120, 80)] * 5 + [(945, 945), (945, 472)]
        assert min(image.density for image in found) == pytest.approx(300, abs=0.5)


def drawn(opened):
    """The images of a file in the order in which they are drawn."""
    return [
        page.Resources.XObject[operands[0]]
        for page in opened.pages
        for operands, operator in pikepdf.parse_content_stream(page, "Do")
    ]


def test_transparency_is_kept_and_nothing_is_interpolated(made, profile):
    with pikepdf.open(made[profile].pdf) as opened:
        objects = drawn(opened)
        assert [("/SMask" in image) for image in objects] == [False, False, True, False, False, True, True]
        assert all("/Interpolate" not in image for image in objects)
        assert all(image.SMask.ColorSpace == pikepdf.Name.DeviceGray for image in objects if "/SMask" in image)


def test_what_is_drawn_is_what_the_file_shows(made, profile):
    """The colours of the corners as a screen shows them; of the photograph in four inks and of the grey image."""
    with pypdfium2.PdfDocument(made[profile].pdf) as opened, Pdf(made[profile].pdf.read_bytes()) as read:
        found = [image for sheet in read.sheets for image in sheet.images]
        for number in (0, 1, 3):
            image = found[number]
            page = opened[image.page - 1].render(scale=4).to_pil().convert("RGB")
            x, y = ((image.box.left + image.box.right) / 2, image.box.bottom - 0.5)
            red, green, blue = page.getpixel((round(x / 25.4 * 288), round(y / 25.4 * 288)))
            if number == 3:
                assert min(red, green, blue) > 225
            else:
                assert red > 180
                assert max(green, blue) < 120


def test_the_archive_knows_the_images_by_their_captions(made):
    with pikepdf.open(made["archive"].pdf) as opened:
        figures = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert [str(one.Alt) for one in figures][0::6] == ["图1　照片", "图5"]
        assert len(figures) == 7


def test_two_builds_give_the_same_bytes(made, folder, tmp_path, profile):
    again = Compiler().build(folder / "draft.yaml", tmp_path / "again.pdf", profile)
    assert again.pdf.read_bytes() == made[profile].pdf.read_bytes()


def test_another_image_of_the_same_name_is_another_page(tmp_path):
    compiler = Compiler()
    draft = tmp_path / "draft.yaml"
    draft.write_text("kind: 通知\nissuer: 某机关\ntitle: 关于某事的通知\nbody: [一。, {figure: a.png}]\n", "utf-8")
    spaces = []
    for image in (images.COLOUR, images.GREY, images.COLOUR):
        (tmp_path / "a.png").write_bytes(images.encoded(image))
        with Pdf(compiler.build(draft, tmp_path / "a.pdf").pdf.read_bytes()) as opened:
            spaces += [image.space for image in opened.sheets[0].images]
    assert spaces == ["DeviceCMYK", "DeviceGray", "DeviceCMYK"]


def test_a_drawing_that_cannot_be_drawn_is_a_finding_each_time(tmp_path, monkeypatch):
    (tmp_path / "a.svg").write_bytes(images.svg())
    draft = tmp_path / "draft.yaml"
    draft.write_text("kind: 通知\nissuer: 某机关\ntitle: 关于某事的通知\nbody: [一。, {figure: a.svg}]\n", "utf-8")

    def fail(*_):
        raise ValueError("甲")

    monkeypatch.setattr("weasyprint.svg.SVG.draw", fail)
    compiler = Compiler()
    for _ in range(2):
        built = compiler.build(draft, tmp_path / "a.pdf")
        assert [one.message for one in built.diagnostics if one.check.code == "GW514"] == ["图片画不出来：a.svg"]
        assert built.pdf is None


def test_an_image_over_text_is_drawn_after_it(book):
    """Boxes are drawn in their order: a seal covers the date."""
    picture = Picture(images.encoded(images.COLOUR.convert("RGBA")), (120, 80), 40, 40)
    draft = document("一。", {"figure": "a.png", "width": "40"})
    layout = lay_out(draft, book, {"a.png": picture})
    rendered = render(layout, Metadata("一", "二", "", "2026-01-02"), book)
    with pikepdf.open(io.BytesIO(Typesetter(book).typeset(rendered))) as opened:
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(opened.pages[0])]
    assert operators.index("Do") > operators.index("Tj") if "Tj" in operators else operators.index("TJ")


# --- Preflight -------------------------------------------------------------------------------------------------------


def test_an_rgb_image_is_refused_in_print(made):
    def to_rgb(opened):
        image = drawn(opened)[0]
        image.write(bytes(120 * 80 * 3))
        image.ColorSpace = pikepdf.Name.DeviceRGB
        for key in ("/Decode", "/DecodeParms"):
            if key in image:
                del image[key]

    assert missed(preflight.measure(made["print"].pdf.read_bytes(), made["print"].document, "print")) == set()
    assert missed(
        preflight.measure(edited(made["print"].pdf.read_bytes(), to_rgb), made["print"].document, "print")
    ) == {"K-04.rgb"}


@pytest.mark.parametrize(
    ("matrix", "rules_missed"),
    [
        ("1 0 0 1 6 0", {"P-04.figure"}),
        ("1 0 0 1 0 9", {"P-04.caption"}),
        ("1 0 0 1 300 0", {"P-04.figure", "P-04.right"}),
    ],
)
def test_a_figure_out_of_place_is_missed(made, matrix, rules_missed):
    def move(opened):
        page = opened.pages[0]
        found = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Do" and "Do" not in {str(one) for _, one in found}:
                a, _, _, d, e, f = map(float, matrix.split())
                # In the image's own space, where it is a unit square.
                found.append(([a, 0, 0, d, e / 28.8, f / 19.2], pikepdf.Operator("cm")))
            found.append((operands, operator))
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(found))

    assert (
        missed(preflight.measure(edited(made["print"].pdf.read_bytes(), move), made["print"].document, "print"))
        == rules_missed
    )


def test_a_figure_that_is_gone_is_missed(made):
    def remove(opened):
        page = opened.pages[0]
        kept = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) != "Do"]
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(kept))

    found = preflight.measure(edited(made["print"].pdf.read_bytes(), remove), made["print"].document, "print")
    assert missed(found) == {"E-08.figures", "B-16"}


@pytest.mark.parametrize("height", [60, 222])
def test_a_page_with_nothing_but_a_figure_is_numbered(tmp_path, height):
    (tmp_path / "a.png").write_bytes(images.encoded(images.COLOUR.resize((2000, 1000))))
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        f"kind: 通知\nissuer: 某机关\nnumber: 某发〔2026〕1号\ntitle: 关于某事的通知\naddressees: 某机关\nbody: [{LINE}]\n"
        "attachments:\n  - title: 图样\n    body:\n      - {figure: a.png}\n"
        f"      - {{figure: reserved, width: 100, height: {height}}}\n"
        "date: 2026-07-01\nimprint: {issued_on: 2026-07-01}\n",
        "utf-8",
    )
    built = Compiler().build(draft, tmp_path / "a.pdf")
    assert {one.rule for one in built.results if one.verdict != "met"} == set()
    assert [one.page for one in built.results if one.rule == "N-06"] == ([1, 2] if height == 60 else [1, 2, 3, 4])


def test_a_coarse_image_is_missed_and_told_once(tmp_path):
    (tmp_path / "a.png").write_bytes(images.encoded(images.COLOUR))
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "kind: 通知\nissuer: 某机关\ntitle: 关于某事的通知\nbody: [一。, {figure: a.png, width: 50}]\n", "utf-8"
    )
    built = Compiler().build(draft, tmp_path / "a.pdf")
    (result,) = [one for one in built.results if one.rule == "K-02.dpi"]
    assert (result.verdict, result.value) == ("missed", pytest.approx(60.96, abs=0.1))
    told = [one for one in built.diagnostics if "dpi" in one.message or "清晰" in one.message]
    assert [one.check.code for one in told] == ["GW512"]
    assert told[0].hint == "换更清晰的图片，或印得不宽于 10 毫米"
