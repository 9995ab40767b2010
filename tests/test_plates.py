"""Images in the inks of a profile: no RGB for the press, no CMYK for the archive, grey in black alone."""

import io
import zlib

import pytest
import sample_images as images
from PIL import Image, ImageChops

from gongwen import plates

SIXTEEN_BITS = Image.new("I;16", (120, 80), 32896)
FORMS = {
    "bits": (images.encoded(images.GREY.convert("1")), "grey", False, False),
    "grey": (images.encoded(images.GREY), "grey", False, False),
    "grey with alpha": (images.encoded(images.with_alpha(images.GREY.convert("LA"))), "grey", False, True),
    "grey, one shade transparent": (
        images.encoded(images.GREY, transparency=images.GREY.getpixel((0, 40))),
        "grey",
        False,
        True,
    ),
    "sixteen bits": (images.encoded(SIXTEEN_BITS), "grey", False, False),
    "grey in RGB": (images.encoded(images.GREY.convert("RGB")), "grey", False, False),
    "grey JPEG": (images.encoded(images.GREY, "JPEG"), "grey", True, False),
    "palette": (images.encoded(images.COLOUR.quantize(16)), "colour", False, False),
    "palette with alpha": (
        images.encoded(images.COLOUR.quantize(16), transparency=bytes(range(16))),
        "colour",
        False,
        True,
    ),
    "RGB": (images.encoded(images.COLOUR), "colour", False, False),
    "RGB of a profile": (images.encoded(images.COLOUR, icc_profile=images.profile()), "colour", False, False),
    "RGB of a broken profile": (images.encoded(images.COLOUR, icc_profile=b"none"), "colour", False, False),
    "RGB of a profile of other colours": (
        images.encoded(images.COLOUR, icc_profile=images.profile("LAB")),
        "colour",
        False,
        False,
    ),
    "RGB with alpha": (images.encoded(images.with_alpha(images.COLOUR)), "colour", False, True),
    "RGB, opaque": (images.encoded(images.COLOUR.convert("RGBA")), "colour", False, False),
    "JPEG": (images.encoded(images.COLOUR, "JPEG"), "colour", True, False),
    "CMYK JPEG": (images.encoded(images.COLOUR.convert("CMYK"), "JPEG"), "colour", True, False),
    "turned JPEG": (images.encoded(images.COLOUR, "JPEG", exif=images.exif(6)), "colour", True, False),
}
SPACES = {("grey", "print"): "DeviceGray", ("colour", "print"): "DeviceCMYK", ("colour", "archive"): "DeviceRGB"}


@pytest.mark.parametrize("form", FORMS)
def test_the_inks_of_a_profile(form, profile):
    data, colours, is_jpeg, has_alpha = FORMS[form]
    plate = plates.of_file(data, profile)
    assert plate.space == SPACES.get((colours, profile), "DeviceGray")
    assert (plate.is_jpeg, plate.alpha is not None) == (is_jpeg, has_alpha)
    assert plate.is_inverted == (is_jpeg and plate.space == "DeviceCMYK")
    assert plate.size == ((80, 120) if form == "turned JPEG" else (120, 80))
    assert plates.of_file(data, profile) == plate


def pixels(plate):
    return Image.open(io.BytesIO(plate.data))


def test_red_becomes_magenta_and_yellow_and_white_stays_paper():
    image = Image.new("RGB", (16, 16), "red")
    image.paste("white", (8, 0, 16, 16))
    plate = pixels(plates.of_file(images.encoded(image, "JPEG", quality=100, subsampling=0), "print"))
    cyan, magenta, yellow, black = plate.getpixel((2, 2))
    assert max(cyan, black) < 12
    assert min(magenta, yellow) > 220
    assert max(plate.getpixel((13, 2))) < 6


def test_inks_without_a_profile_are_printed_as_they_are():
    data = images.encoded(images.COLOUR.convert("CMYK"), "JPEG")
    assert plates.of_file(data, "print").data == data


def test_a_photograph_loses_its_remarks_and_nothing_else():
    data = images.encoded(images.COLOUR, "JPEG", exif=images.exif(1), comment=b"taken at home")
    plate = plates.of_file(data, "archive")
    assert b"taken at home" in data
    assert b"taken at home" not in plate.data
    assert b"Exif" not in plate.data
    assert ImageChops.difference(pixels(plate), Image.open(io.BytesIO(data))).getbbox() is None


def test_a_photograph_is_turned_as_the_camera_says():
    image = Image.new("RGB", (64, 32), "white")
    image.paste("red", (0, 0, 32, 32))
    plate = pixels(plates.of_file(images.encoded(image, "JPEG", exif=images.exif(6)), "archive"))
    # Turned to the right: what was left is now above.
    assert plate.getpixel((16, 8))[1] < 20
    assert plate.getpixel((16, 56))[1] > 235


@pytest.mark.parametrize("damage", [b"\xff\xff\xda", b"\xff\xc9\0\x0b", b"\xff\xe1\xff\xff", b"\xff", b"", b"\0"])
def test_a_photograph_with_odd_markers_is_coded_anew(damage):
    assert plates._bare(b"\xff\xd8" + damage) in (None, b"\xff\xd8" + damage[1:])


def test_a_drawing_is_transparent_where_it_paints_nothing():
    plate = plates.of_drawing(images.pdf((60, 30)), 1, (600, 300), "print")
    assert (plate.size, plate.space, plate.is_jpeg) == ((600, 300), "DeviceGray", False)
    # Rows of PNG: each begins with the number of its filter. The corner is empty, the middle is not.
    assert set(zlib.decompress(plate.alpha)[:601]) == {0}
    assert any(zlib.decompress(plate.alpha))


def test_drawings_have_the_pixels_that_were_asked_for():
    assert plates.of_drawing(images.pdf((60, 30)), 1, (601, 299), "archive").size == (601, 299)
