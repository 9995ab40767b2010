"""Images that tests are made with: small, and every one of another form."""

import io

from PIL import Image, ImageCms

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{content}</svg>'
CIRCLE = '<circle cx="20" cy="20" r="18" fill="none" stroke="#f00" stroke-width="1.2"/>'
GREY = Image.linear_gradient("L").resize((120, 80))
COLOUR = Image.merge("RGB", (GREY, GREY.rotate(180), Image.new("L", GREY.size, 40)))


def encoded(image, form="PNG", **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def svg(content=CIRCLE, attributes='width="40mm" height="40mm" viewBox="0 0 40 40"'):
    return SVG.format(attributes=attributes, content=content).encode()


def pdf(*sizes):
    """A PDF with a page of each size (mm), and a black square of 10 mm in the middle of each."""
    import pikepdf

    made = pikepdf.new()
    for width, height in sizes:
        made.add_blank_page(page_size=(width / 25.4 * 72, height / 25.4 * 72))
        x, y = (width - 10) / 2 / 25.4 * 72, (height - 10) / 2 / 25.4 * 72
        made.pages[-1].Contents = made.make_stream(f"0 g {x} {y} {720 / 25.4} {720 / 25.4} re f".encode())
    file = io.BytesIO()
    made.save(file, static_id=True)
    return file.getvalue()


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = "taken at home"
    return data


def with_alpha(image):
    image = image.copy()
    image.putalpha(GREY)
    return image


def profile(name="sRGB"):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()
