"""Settings of the test run, and what many tests share: faces, a press, the notices and their PDFs, each made once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from presses import Press

from gongwen import cli
from gongwen.compiler import Compiler
from gongwen.document import Document
from gongwen.fonts import FontBook

# No test may depend on the clock. Built on the profile in force, so that CI keeps Hypothesis' own settings for CI.
settings.register_profile("gongwen", settings(), deadline=None)
settings.load_profile("gongwen")

# Nor on where it runs: in a workflow on GitHub reports have another format.
os.environ.pop("GITHUB_ACTIONS", None)


def pytest_configure(config):
    """All warnings are errors but one: WeasyPrint leaves its own sRGB profile open whenever it writes a PDF/A."""
    config.addinivalue_line("filterwarnings", "ignore:unclosed file .*sRGB2014:ResourceWarning")


NOTICES = tuple(sorted((Path(__file__).parents[1] / "notices").glob("*.yaml")))
assert NOTICES


@pytest.fixture(scope="session")
def notices():
    """The drafts of the repository: published notices, and drafts made up for the other kinds and forms."""
    return NOTICES


@pytest.fixture(params=NOTICES, ids=lambda path: path.stem, scope="session")
def notice(request):
    """Each notice in turn."""
    return request.param


@pytest.fixture(params=["print", "archive"], scope="session")
def profile(request):
    """Each profile in turn."""
    return request.param


@pytest.fixture(scope="session")
def book():
    """The faces, read once."""
    return FontBook()


@pytest.fixture(scope="session")
def press(book):
    """A press for layouts that are changed before they are set."""
    return Press(book)


@pytest.fixture(scope="session")
def compiler():
    """One compiler, so that faces are read once."""
    return Compiler()


@pytest.fixture(scope="session")
def built(compiler, tmp_path_factory):
    """A function: notice, profile → Built. Each PDF is made once a session; nobody may change the file."""
    folder = tmp_path_factory.mktemp("notices")
    made = {}

    def build(path, profile="print"):
        if (path, profile) not in made:
            made[path, profile] = compiler.build(path, folder / f"{path.stem}.{profile}.pdf", profile)
        return made[path, profile]

    return build


@pytest.fixture
def draft(tmp_path):
    """A function: text of a draft → its path, in a folder of its own."""

    def write(text, name="draft.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A function: arguments → exit status, standard output, standard error; in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def main(*args):
        with pytest.raises(SystemExit) as caught:
            cli.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return caught.value.code, *(re.sub(r"\x1b\[[\d;]*m", "", text) for text in (out, err))

    return main


# --- any document ----------------------------------------------------------------------------------------------------

# Prose, and what breaks programs that handle prose: markup, templates, paths, marks in rows, rare and astral characters.
_HOSTILE = (
    "<script>alert(1)</script>",
    "</p><img src=x>",
    "{{ 7 * 7 }}{% raw %}",
    "&amp;&lt;&#x41;",
    "\"'\\`--></style>",
    "file:///etc/hostname",
    "https://example.com/" + "a/" * 40,
    "（《“‘”’》）、，。",
    "。。。，，，：：：",
    "——……——",
    "〔2023〕9号100％",
    "𬭚㎡℃··",
    "\U0001f600",
    "e\u0301\u0301",
    " 　 ",
    "一\n\n二",
    "a" * 120,
    "各级工会要提高认识，" * 30,
)
_prose = st.text(
    st.one_of(
        st.sampled_from("各级工会要提高认识，加强领导。“”（）《》、：；"), st.characters(exclude_categories=["C"])
    ),
    max_size=40,
)


def _joined(parts, *, lines):
    text = "".join(parts).strip()
    return text if lines else " ".join(text.split("\n"))


def _texts(*, lines):
    parts = st.lists(st.one_of(_prose, st.sampled_from(_HOSTILE)), min_size=1, max_size=4)
    return parts.map(lambda found: _joined(found, lines=lines)).filter(str.strip)


@pytest.fixture(scope="session")
def documents():
    """A strategy: valid documents over all elements, with hostile texts."""
    text, line = _texts(lines=True), _texts(lines=False)
    date = st.one_of(st.just("待定"), st.dates().map(str))
    organs = st.lists(st.one_of(line, st.lists(line, min_size=1, max_size=3)), min_size=1, max_size=4)

    def headed(inner):
        return st.fixed_dictionaries(
            {"heading": line},
            optional={"text": text, "body": st.lists(st.one_of(text, inner), max_size=2)},
        )

    block = st.just({"heading": "第四层"})
    for _ in range(3):
        block = headed(block)
    figure = st.fixed_dictionaries(
        {"figure": st.just("reserved"), "width": st.just("150"), "height": st.integers(10, 225).map(str)},
        optional={"caption": text},
    )
    # Parts of regulations, in places where they belong and where they do not: pages come out either way.
    items = st.lists(
        st.one_of(text, st.fixed_dictionaries({"item": text, "subitems": st.lists(text, min_size=1, max_size=2)})),
        min_size=1,
        max_size=2,
    )
    clause = st.fixed_dictionaries({"clause": text, "items": items})
    article = st.fixed_dictionaries(
        {"article": text}, optional={"items": items, "body": st.lists(st.one_of(text, clause, block), max_size=2)}
    )
    section = st.fixed_dictionaries(
        {"section": line, "body": st.lists(st.one_of(text, article), min_size=1, max_size=2)}
    )
    chapter = st.fixed_dictionaries(
        {"chapter": line, "body": st.lists(st.one_of(section, article, clause), min_size=1, max_size=2)}
    )
    blocks = st.lists(st.one_of(text, block, figure, chapter, section, article, clause), max_size=5)
    enclosure = st.fixed_dictionaries(
        {"title": text, "body": st.lists(st.one_of(text, chapter), min_size=1, max_size=2)}, optional={"subtitle": text}
    )
    attachment = st.one_of(enclosure, enclosure.map(lambda given: {**given, "bound": "false"}))
    imprint = st.fixed_dictionaries({"issued_on": date}, optional={"copies_to": organs, "issuing_office": line})
    issuer = st.one_of(line, st.lists(line, min_size=1, max_size=10, unique_by=str.strip))
    people = st.one_of(
        line, st.lists(line, min_size=1, max_size=3), st.dictionaries(line, line, min_size=1, max_size=3)
    )
    number = st.fixed_dictionaries({"code": line, "year": st.just("2025"), "serial": st.integers(1, 9999).map(str)})
    reserved, diameter = st.just("reserved"), st.integers(30, 60).map(str)
    signatory = st.one_of(
        st.fixed_dictionaries({"seal": reserved}, optional={"organ": line, "diameter": diameter}),
        st.fixed_dictionaries({"title": line, "stamp": reserved}),
    )
    data = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["通知", "请示", "公告", "函", "命令", "纪要"]),
            "issuer": issuer,
            "title": text,
            "body": blocks,
        },
        optional={
            "format": st.sampled_from(["general", "letter", "order", "minutes"]),
            "mark": st.one_of(line, st.sampled_from(["preprinted", "lead"])),
            "copy_number": st.integers(0, 999999).map(str),
            "secrecy": st.sampled_from(["秘密", "机密★6个月"]),
            "urgency": st.sampled_from(["特急", "加急"]),
            "number": st.one_of(line, number),
            "signers": st.lists(line, min_size=1, max_size=5),
            "addressees": st.one_of(line, organs),
            "present": people,
            "absent": people,
            "observers": people,
            "signature": st.one_of(
                line, st.sampled_from(["none", "sealed"]), signatory, st.lists(signatory, min_size=1)
            ),
            "subtitle": text,
            "issued": enclosure,
            "attachments": st.lists(attachment, max_size=2),
            "date": date,
            "note": text,
            "imprint": imprint,
        },
    )

    def read(given):
        return Document.model_validate(given, context={"language": "en"}, by_name=True, by_alias=False)

    return data.filter(
        lambda given: given.get("mark") not in ("预印", "主办") and given.get("signature") not in ("无", "盖章")
    ).map(read)
