"""Images of a draft are read from inside the project alone, recognised by their bytes, and refused in our own words."""

import contextlib
import io
import subprocess
import sys
import zlib

import pikepdf
import pytest
import sample_images as images
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gongwen.document import Document
from gongwen.files import Folder
from gongwen.pictures import Picture, load
from gongwen.pictures.loading import _recognised, read
from gongwen.pictures.picture import PictureError


@pytest.fixture
def folder(tmp_path):
    """A function: bytes → the image, or the error, that a file of them is."""

    def reader(data, name="image.png", page=""):
        (tmp_path / name).write_bytes(data)
        try:
            return read(name + page, Folder(tmp_path, tmp_path))
        except PictureError as error:
            return error

    return reader


# --- What an image is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "pixels", "size", "form"),
    [
        (images.encoded(images.COLOUR), (120, 80), (10.16, 6.773), "raster"),
        (images.encoded(images.COLOUR, dpi=(600, 600)), (120, 80), (5.08, 3.387), "raster"),
        (images.encoded(images.COLOUR, "JPEG"), (120, 80), (10.16, 6.773), "raster"),
        (images.encoded(images.COLOUR, "JPEG", dpi=(150, 75)), (120, 80), (20.32, 27.093), "raster"),
        (images.encoded(images.COLOUR, dpi=(1, 1)), (120, 80), (10.16, 6.773), "raster"),
        (images.encoded(images.COLOUR, "JPEG", exif=images.exif(6)), (80, 120), (6.773, 10.16), "raster"),
        (
            images.encoded(images.COLOUR, "JPEG", exif=images.exif(8), dpi=(150, 75)),
            (80, 120),
            (27.093, 20.32),
            "raster",
        ),
        (images.encoded(images.COLOUR, "JPEG", exif=images.exif(3)), (120, 80), (10.16, 6.773), "raster"),
        (images.svg(), None, (40, 40), "svg"),
        (images.svg(attributes='width="4cm" viewBox="0 0 10 5"'), None, (40, 20), "svg"),
        (images.svg(attributes='height="1in" viewBox="0,0,10,5"'), None, (50.8, 25.4), "svg"),
        (images.svg(attributes='viewBox="0 0 96 192"'), None, (25.4, 50.8), "svg"),
        (images.svg(attributes='width="72pt" height="6pc"'), None, (25.4, 25.4), "svg"),
        (images.svg(attributes='width="96px" height="96"'), None, (25.4, 25.4), "svg"),
        (b"\xef\xbb\xbf" + images.svg(), None, (40, 40), "svg"),
        (images.svg().decode().encode("utf-16"), None, (40, 40), "svg"),
        (images.pdf((60, 30)), None, (60, 30), "pdf"),
    ],
)
def test_pixels_and_natural_size(folder, data, pixels, size, form):
    # The suffix tells nothing.
    picture = folder(data)
    assert (picture.pixels, picture.form) == (pixels, form)
    assert (picture.width, picture.height) == pytest.approx(size, abs=0.002)
    assert picture.data == data


def test_a_page_of_a_pdf_is_named_by_its_number(folder):
    data = images.pdf((60, 30), (20, 40))
    first, named, second = (folder(data, "flow.PDF", page) for page in ("", "#1", "#2"))
    assert first == named
    assert (second.width, second.height, second.page) == (pytest.approx(20), pytest.approx(40), 2)
    assert first.digest != second.digest
    for page in ("#3", "#0"):
        assert folder(data, "flow.PDF", page).message.startswith("PDF 里没有第")


def test_a_number_sign_belongs_to_the_name_of_any_other_file(folder):
    assert folder(images.encoded(images.COLOUR), "photo#2.png").pixels == (120, 80)


def test_the_density_follows_from_the_width():
    photo = Picture(b"", (1200, 800), 10.16, 6.77)
    assert photo.density_at(101.6) == pytest.approx(300)
    assert photo.pixels_at(101.6, 67.7) == (1200, 800)
    drawing = Picture(b"", None, 40, 40, "svg")
    assert drawing.density_at(156) == 600
    assert drawing.pixels_at(50.8, 25.4) == (1200, 600)


# --- What is refused -------------------------------------------------------------------------------------------------

HUGE = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    for kind, body in (
        (b"IHDR", (60000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])),
        (b"IDAT", zlib.compress(b"")),
    )
)


def locked():
    with pikepdf.open(io.BytesIO(images.pdf((60, 30)))) as opened:
        file = io.BytesIO()
        opened.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
        return file.getvalue()


PNG = images.encoded(images.COLOUR)
JPEG = images.encoded(images.COLOUR, "JPEG")
USES = "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" if n else '<path id="a0" d="M0 0"/>' for n in range(8)
)


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "GW508", "不是能用的图片"),
        (b"a note", "GW508", "不是能用的图片"),
        (images.encoded(images.COLOUR, "GIF"), "GW508", "不是能用的图片"),
        (images.encoded(images.COLOUR, "TIFF"), "GW508", "不是能用的图片"),
        (PNG[:-40], "GW509", "图片文件不完整或已损坏"),
        (PNG[:20], "GW509", "图片文件不完整或已损坏"),
        (JPEG[: len(JPEG) // 2], "GW509", "图片文件不完整或已损坏"),
        (b"%PDF-1.7\n", "GW509", "图片文件不完整或已损坏"),
        (locked(), "GW509", "PDF 加了密"),
        (b"<svg", "GW509", "图片文件不完整或已损坏"),
        (b"<?xml version='1.0' encoding='nonsense'?><svg/>", "GW509", "图片文件不完整或已损坏"),
        (HUGE, "GW510", "图片的像素太多"),
        (images.encoded(Image.new("1", (8200, 8200))), "GW510", "图片的像素太多"),
        (images.svg(" " * (2 * 1024 * 1024)), "GW510", "SVG 文件太大"),
        (images.svg(USES), "GW510", "SVG 的图形太多"),
        (b"<html><body/></html>", "GW511", "不是 SVG 图片"),
        (b"<svg><path/></svg>", "GW511", "不是 SVG 图片"),
        (images.svg("<text>a</text>"), "GW511", "SVG 里有文字"),
        (images.svg('<text xmlns="urn:other">a</text>'), "GW511", "SVG 里有文字"),
        (images.svg("<script>alert(1)</script>"), "GW511", "SVG 里有不支持的内容 <script>"),
        (images.svg('<image href="#a"/>'), "GW511", "SVG 里有不支持的内容 <image>"),
        (images.svg('<image xmlns="urn:other"/>'), "GW511", "SVG 里有不支持的内容 <image>"),
        (images.svg("<filter/>"), "GW511", "SVG 里有不支持的内容 <filter>"),
        (images.svg("<nonsense/>"), "GW511", "SVG 里有不支持的内容 <nonsense>"),
        (images.svg('<use href="file:///etc/hostname#a"/>'), "GW511", "SVG 里有对外部文件的引用"),
        (images.svg('<use xlink:href="http://example.com/a.svg#a"/>'), "GW511", "SVG 里有对外部文件的引用"),
        (images.svg('<rect fill="url(http://example.com/#a)"/>'), "GW511", "SVG 里有对外部文件的引用"),
        (images.svg("<rect style=\"fill: URL( 'a.svg#b' )\"/>"), "GW511", "SVG 里有对外部文件的引用"),
        (images.svg('<rect style="fill:u\\72l(#a)"/>'), "GW511", "SVG 里有对外部文件的引用"),
        (images.svg("<style>@import 'a.css';</style>"), "GW511", "SVG 里有引用别处的样式"),
        (images.svg("<style>a { fill: url(#b) }</style>"), "GW511", "SVG 里有引用别处的样式"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + images.svg(), "GW511", "SVG 里有实体声明"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/hostname">]>' + images.svg("&a;"), "GW511", "SVG 里有实体声明"),
        (images.svg('<g id="a"><use href="#a"/></g>'), "GW511", "SVG 里有循环的引用"),
        (images.svg("<g/>" * 100_000), "GW510", "SVG 的图形太多"),
        (images.svg('<linearGradient spreadMethod="repeat"/>'), "GW511", "SVG 里有重复的渐变"),
        (images.svg("<g>" * 100 + "</g>" * 100), "GW511", "SVG 里有层次太多的组"),
        (images.svg(attributes=""), "GW511", "SVG 没有写明尺寸"),
        (images.svg(attributes='width="100%" height="100%"'), "GW511", "SVG 没有写明尺寸"),
        (images.svg(attributes='width="0" height="5"'), "GW511", "SVG 没有写明尺寸"),
        (images.svg(attributes='viewBox="0 0 nan 5"'), "GW511", "SVG 没有写明尺寸"),
        (images.svg(attributes='width="1e9mm" height="5"'), "GW511", "SVG 没有写明尺寸"),
    ],
)
def test_what_is_no_image_is_refused(folder, data, code, message):
    error = folder(data)
    assert isinstance(error, PictureError)
    assert error.check.code == code
    assert error.message.startswith(message)
    assert error.message.endswith("：image.png")
    assert error.hint


def test_what_drawing_programs_write_is_accepted(folder):
    content = (
        '<metadata><rdf:RDF xmlns:rdf="urn:rdf"><rdf:Description/></rdf:RDF></metadata><title>章</title>'
        '<style>.a { fill: red }</style><defs><linearGradient id="g"><stop offset="0"/></linearGradient>'
        '<clipPath id="c"><rect width="9" height="9"/></clipPath><path id="p" d="M0 0L9 9"/></defs>'
        '<g clip-path="url(#c)" i:export="C:\\a" xmlns:i="urn:i"><use xlink:href="#p" fill="url( \'#g\' )"/></g>'
    )
    assert folder(b'<?xml version="1.0"?><!DOCTYPE svg>' + images.svg(content)).form == "svg"


@settings(max_examples=300)
@given(
    start=st.sampled_from([b"", PNG, JPEG, PNG[:33], JPEG[:20], images.svg(), images.pdf((60, 30)), b"%PDF-", b"<"]),
    cut=st.integers(0, 3000),
    tail=st.binary(max_size=200),
)
def test_arbitrary_bytes_never_raise(start, cut, tail):
    with contextlib.suppress(PictureError):
        picture = _recognised(start[:cut] + tail, 1, "a")
        assert picture.width > 0
        assert picture.height > 0


# --- The images of a draft -------------------------------------------------------------------------------------------


def document(*blocks):
    draft = {"kind": "通知", "issuer": "某机关", "title": "关于某事的通知", "body": [*blocks]}
    return Document.model_validate(draft, by_name=True, by_alias=False, context={"language": "en"})


def test_every_place_that_names_a_missing_image_is_told(tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    draft = document(
        {"figure": "a.png"},
        {"figure": "b.png"},
        {"heading": "甲", "body": [{"figure": "b.png"}, {"figure": "reserved", "width": "20", "height": "20"}]},
        {"figure": "a.png"},
    )
    found, findings = load(draft, Folder(tmp_path, tmp_path))
    assert list(found) == ["a.png"]
    assert [one.path for one in findings] == [("body", 1, "figure"), ("body", 2, "body", 0, "figure")]


def test_a_check_loads_neither_pillow_for_no_picture_nor_the_typesetter_for_one(draft, tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    text = "kind: 通知\nissuer: 某机关\ntitle: 关于某事的通知\nbody: [甲。{}]\ndate: 2025-01-02\n"
    without, with_one = draft(text.format("")), draft(text.format(", {figure: a.png}"), "one.yaml")
    script = (
        "import sys; from pathlib import Path; from gongwen.compiler import Compiler\n"
        "checked = Compiler().check(Path(sys.argv[1])); assert checked.layout\n"
        "print(*(name for name in ('PIL', 'weasyprint', 'pypdfium2', 'jinja2') if name in sys.modules))"
    )
    loaded = [
        subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True).stdout.split()
        for path in (without, with_one)
    ]
    assert loaded == [[], ["PIL"]]
