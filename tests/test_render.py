import dataclasses
import datetime
import html.parser
import re
import shutil

import pytest
from hypothesis import given, settings

from gongwen import __version__, resources, standard
from gongwen.document import Document
from gongwen.fonts import FontBook
from gongwen.layout import lay_out
from gongwen.render import Metadata, TemplateError, colours, render

DAY = datetime.date(1970, 1, 1)
BASE = {"kind": "通知", "issuer": "某某市总工会", "title": "关于\n某事的通知", "body": ["正文。"]}


@pytest.fixture(scope="module")
def book():
    return FontBook()


def document(**extra):
    return Document.model_validate({**BASE, **extra}, context={"language": "en"}, by_name=True, by_alias=False)


def rendered(book, templates=None, profile="print", **extra):
    one = document(**extra)
    return render(lay_out(one, book), Metadata.of(one, DAY), book, profile, templates)


class Reader(html.parser.HTMLParser):
    """What a page says: its elements, and the text of each."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self._open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self._open[-1] if self._open else "", data))

    @property
    def meta(self):
        return {found["name"]: found["content"] for tag, found in self.elements if tag == "meta" and "name" in found}


def test_every_page_is_a_document_of_its_own(book):
    found = rendered(book, attachments=[{"title": "名单", "body": ["甲"]}])
    assert len(found.pages) == 2
    for page in found.pages:
        assert Reader(page).elements[0] == ("section", {})
        text = found.html([page])
        assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
        reader = Reader(text)
        assert reader.elements[0] == ("html", {"lang": "zh-CN"})
        assert reader._open == []
        assert "http" not in text
    assert found.html() == found.html(found.pages)


def test_metadata(book):
    one = Metadata.of(document(number="某工文〔2025〕6号", imprint={"issued_on": "2025-01-20"}), DAY)
    assert (one.title, one.issuer, one.number, one.date) == (
        "关于某事的通知",
        "某某市总工会",
        "某工文〔2025〕6号",
        "2025-01-20",
    )
    assert one.generator == f"gongwen {__version__}"
    assert Metadata.of(document(), DAY).date == "1970-01-01"
    assert Metadata.of(document(date="2025-02-03"), DAY).date == "2025-02-03"
    reader = Reader(rendered(book, number="某工文〔2025〕6号", date="2025-02-03").html())
    assert reader.meta == {
        "generator": f"gongwen {__version__}",
        "description": "某工文〔2025〕6号",
        "author": "某某市总工会",
        "dcterms.created": "2025-02-03",
        "dcterms.modified": "2025-02-03",
    }
    assert ("title", "关于某事的通知") in reader.texts
    assert "description" not in Reader(rendered(book).html()).meta


def test_the_metadata_name_all_issuers():
    assert Metadata.of(document(issuer=["某某市总工会", "某某市妇联", "某某市工商联"]), DAY).issuer == (
        "某某市总工会、某某市妇联、某某市工商联"
    )


def test_headings_are_headings(book):
    deep = {"heading": "一", "body": [{"heading": "二", "body": [{"heading": "三", "body": [{"heading": "四"}]}]}]}
    run_in = {"heading": "五。", "text": "六"}
    found = rendered(book, body=[deep, run_in], attachments=[{"title": "名单", "body": ["甲"]}])
    tags = {
        attributes["class"].split()[0]: tag
        for page in found.pages
        for tag, attributes in Reader(page).elements
        if "class" in attributes
    }
    assert {role: tag for role, tag in tags.items() if tag.startswith("h")} == {
        "title": "h1",
        "heading-1": "h2",
        "heading-2": "h3",
        "heading-3": "h4",
        "heading-4": "h5",
        "attachment-title": "h2",
    }
    assert tags["run-in-1"] == tags["mark"] == "p"


def test_lines_stand_as_they_were_composed(book):
    one = document(body=["各级工会要提高认识，加强领导，精心组织。" * 5])
    layout = lay_out(one, book)
    (box,) = [box for box in layout.pages[0].texts if box.role == "paragraph"]
    page = render(layout, Metadata.of(one, DAY), book).pages[0]
    text = re.search(r'<p class="paragraph black"[^>]*>(.*?)</p>', page, re.DOTALL)[1]
    assert re.sub("<[^>]*>", "", text) == "\n".join(line.text for line in box.lines)
    assert len(box.lines) > 2


def test_only_a_sample_is_marked(book):
    assert "样稿" in rendered(book, date="待定").pages[0]
    assert "样稿" not in rendered(book, date="2025-01-20").pages[0]


def test_a_page_that_is_the_same_is_not_rendered_again(book):
    first, second = rendered(book, body=["甲。"]), rendered(book, body=["甲。"])
    assert [one is other for one, other in zip(first.pages, second.pages, strict=True)] == [True]
    assert rendered(book, body=["乙。"]).pages != first.pages


def test_colours_are_those_of_the_press_or_of_the_screen(book):
    press, screen = colours("print"), colours("archive")
    assert press.black == "device-cmyk(0 0 0 1)"
    assert press.red == "device-cmyk(0 0.8 0.8 0)"
    assert (screen.black, screen.red, screen.profile) == ("#000000", "#FF0000", None)
    assert "#" not in re.sub(r"\{#.*?#\}", "", rendered(book, profile="print").css)
    assert "device-cmyk" not in rendered(book, profile="archive").css


def test_the_stylesheet_has_the_paper_and_every_face(book):
    css = rendered(book).css
    assert f"size: {standard.PAGE_WIDTH}mm {standard.PAGE_HEIGHT}mm; margin: 0" in css
    assert re.findall(r'font-family: "(gongwen [^"]+)"; src', css) == [face.family for face in book.faces.values()]


def test_whatever_a_document_says_is_text(documents, book):
    @given(document=documents)
    @settings(max_examples=20)
    def check(document):
        layout = lay_out(document, book)
        for page, found in zip(layout.pages, render(layout, Metadata.of(document, DAY), book).pages, strict=True):
            reader = Reader(found)
            assert reader._open == []
            assert {tag for tag, _ in reader.elements} <= {
                "html", "head", "meta", "title", "body", "section", "div", "p", "span", "h1", "h2", "h3", "h4", "h5",
            }  # fmt: skip
            shown = "".join(text for tag, text in reader.texts if tag in {"p", "span", "h1", "h2", "h3", "h4", "h5"})
            wanted = "".join(line.text for box in page.texts for line in box.lines)
            assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", wanted)
            assert all(
                set(attributes) <= {"class", "style", "lang", "charset", "name", "content"}
                for _, attributes in reader.elements
            )

    check()


# --- a project's own templates ---------------------------------------------------------------------------------------


@pytest.fixture
def templates(tmp_path):
    """A function: name and text of a template → the folder."""
    folder = tmp_path / "templates"
    folder.mkdir()

    def write(text, name="page.html.j2"):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


def test_a_template_of_the_project_takes_the_place_of_ours(book, templates):
    folder = templates(
        "<html><title>{{ meta.title }}</title>{% for box in page.boxes %}{{ box.role }};{% endfor %}</html>"
    )
    found = rendered(book, folder)
    assert found.pages == ("<html><title>关于某事的通知</title>mark;red-rule;title;paragraph;folio;</html>",)
    assert found.css == rendered(book).css


def test_a_template_may_include_one_of_its_own(book, templates):
    templates("{{ meta.issuer }}", "foot.html.j2")
    assert rendered(book, templates('{% include "foot.html.j2" %}')).pages == ("某某市总工会",)


def test_a_copy_of_our_template_renders_the_same(book, templates):
    folder = templates("")
    for name in ("document.html.j2", "page.html.j2", "style.css.j2"):
        shutil.copy(resources.templates() / name, folder / name)
    ours = rendered(book)
    assert (ours.is_xml, rendered(book, folder)) == (True, dataclasses.replace(ours, is_xml=False))


def test_what_a_template_shows_is_escaped(book, templates):
    found = rendered(book, templates("{{ meta.title }}"), title="<b>&\"'")
    assert found.pages == ("&lt;b&gt;&amp;&#34;&#39;",)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("一\n{{ page.boxes.__class__ }}", 2, "unsafe"),
        ("{{ tag.__globals__ }}", 1, "unsafe"),
        ("{{ meta.of.__func__ }}", 1, "unsafe"),
        ("一\n二\n{% if %}", 3, "Expected an expression"),
        ("{{ 一", 1, "unexpected end of template"),
        ("一\n{{ colour }}", 2, "'colour' is undefined"),
        ("{{ page.colour }}", 1, "no attribute 'colour'"),
        ("一\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("{{ page() }}", 1, "not callable"),
        ('{% include "../../page.html.j2" %}', 1, "../../page.html.j2"),
        ('{% include "/etc/hostname" %}', 1, "/etc/hostname"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1, "recursion"),
        ("{{ range(10 ** 9) }}", 1, "Range too big"),
        (b"\xff", None, "utf-8"),
    ],
)  # fmt: skip
def test_a_fault_of_a_template_has_its_line(book, templates, text, line, reason):
    folder = templates(text)
    with pytest.raises(TemplateError) as caught:
        rendered(book, folder)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert caught.value.file == (str(folder) if line is None else str(folder / "page.html.j2"))


def test_a_frame_has_a_place_for_the_pages(book, templates):
    with pytest.raises(TemplateError) as caught:
        rendered(book, templates("<html></html>", "document.html.j2"))
    assert (caught.value.file.endswith("document.html.j2"), "pages" in caught.value.reason) == (True, True)
    found = rendered(book, templates("<main>{{ pages }}</main>", "document.html.j2"))
    assert (found.before, found.after) == ("<main>", "</main>")


def test_a_fault_of_the_stylesheet_too(book, templates):
    with pytest.raises(TemplateError) as caught:
        rendered(book, templates("一\n{{ nosuch }}", "style.css.j2"))
    assert (caught.value.line, caught.value.file.endswith("style.css.j2")) == (2, True)


def test_a_template_cannot_change_what_is_laid_out(book, templates):
    for text in ("{% set page.number = 5 %}", "{{ page.boxes.append(1) }}", "{% do standard.update(a=1) %}"):
        with pytest.raises(TemplateError):
            rendered(book, templates(text))


def test_a_fault_of_our_own_template_is_a_bug(book, monkeypatch, tmp_path):
    shutil.copytree(resources.templates(), tmp_path / "ours")
    (tmp_path / "ours" / "page.html.j2").write_text("{{ nosuch }}")
    monkeypatch.setattr(resources, "templates", lambda: tmp_path / "ours")
    from gongwen import render as module

    module._environment.cache_clear()
    try:
        with pytest.raises(Exception, match="nosuch") as caught:
            rendered(book)
        assert not isinstance(caught.value, TemplateError)
    finally:
        module._environment.cache_clear()
