"""Jobs as bytes: what comes back is what is made where the files are, though nobody looks at a disk."""

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import parcels
import pytest

from gongwen import project
from gongwen.building.job import Job
from gongwen.building.workshop import Workshop
from gongwen.compiler import Compiler
from gongwen.files import Away, FileError
from gongwen.options import Options


@pytest.fixture(scope="module", autouse=True)
def drafts(tmp_path_factory):
    """The drafts, named from the folder that holds them, as users name them."""
    folder = tmp_path_factory.mktemp("here")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield parcels.write(Path())


@pytest.fixture(scope="module")
def workshop():
    return Workshop(Compiler(), Options("archive"))


def sent(thing):
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own


class Elsewhere:
    """Where the parcels of one run are done: its benches, each with a folder of its own."""

    def __init__(self, workshop, folder):
        self._packing = workshop.packing()
        self._workshop = sent(workshop)
        self._folder = folder
        self.benches = {}

    def __call__(self, job):
        parcel = self._packing(job)
        key = parcel.kit and parcel.kit.digest
        if key not in self.benches:
            folder = self._folder / str(len(self.benches))
            folder.mkdir()
            self.benches[key] = self._workshop.bench(parcel.kit and parcel.kit.data, lambda: str(folder))
        bench = self.benches[key]
        here = Path.cwd()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self._folder)
            here.rename(away := here.with_name("away"))
            try:
                data = bench(parcel.data)
            finally:
                away.rename(here)
        return parcel.opened(data)


def same(one, other):
    return replace(one, seconds=0) == replace(other, seconds=0)


def test_every_draft_is_made_as_where_its_files_are(drafts, workshop, tmp_path):
    elsewhere = Elsewhere(workshop, tmp_path)
    made = {}
    for draft in drafts:
        job = Job(draft, Path("out") / f"{draft.stem}.pdf")
        local, other = workshop(job), elsewhere(job)
        assert same(local, other)
        assert local.fault is None
        made[draft] = local
    assert [len(one.data) for one in made.values()] == [1, 1, 1, 0, 1, 0, 0, 1, 0, 0]
    assert len(elsewhere.benches) == 3
    codes = {one.check.code for product in made.values() for one in product.outcome.diagnostics}
    assert {"GW001", "GW005", "GW101", "GW504", "GW507", "GW860"} <= codes
    faulty = made[drafts[-1]].outcome.diagnostics[-1]
    assert str(Path.cwd() / "坏" / "templates") in faulty.message
    files = {path.name for product in made.values() for path in product.seen}
    assert {"_办法.yaml", "图.pdf", "表.csv", "union.svg", "terms.yaml", "page.html.j2", "gongwen.yaml"} <= files


def test_a_seal_and_a_face_are_sent_with_the_kit_alone(drafts, workshop):
    packing = workshop.packing()
    first, again = packing(Job(drafts[0], Path("a.pdf"))), packing(Job(drafts[4], Path("b.pdf")))
    assert first.kit is again.kit
    seal = Path("项目/seals/union.svg").read_bytes()
    assert seal in first.kit.data
    assert seal not in again.data
    assert len(again.data) < 2000 < len(Path("项目/faces/own.ttf").read_bytes()) // 2 < len(first.kit.data)


def test_settings_that_change_make_another_kit(drafts, workshop):
    settings = Path("坏/gongwen.yaml")
    packing = workshop.packing()
    before = packing(Job(drafts[-1], Path("a.pdf")))
    settings.write_text("unit: {name: 某市总工会, seal: 没有.svg}\n", "utf-8")
    faulty = packing(Job(drafts[-1], Path("a.pdf")))
    assert faulty.kit.digest != before.kit.digest
    # One with findings is read again for every draft; it says the same, and is the same kit.
    assert project.find(drafts[-1]) is not project.find(drafts[-1])
    assert packing(Job(drafts[-1], Path("a.pdf"))).kit is faulty.kit
    shutil.copy("项目/seals/union.svg", "坏/没有.svg")
    assert packing(Job(drafts[-1], Path("a.pdf"))).kit.digest != faulty.kit.digest


def test_a_fault_of_the_program_while_packing_costs_one_draft(drafts, workshop, tmp_path, monkeypatch):
    def fail(*_):
        raise ValueError("奇怪")

    monkeypatch.setattr(Compiler, "gather", fail)
    product = Elsewhere(workshop, tmp_path)(Job(drafts[0], Path("a.pdf")))
    assert product.fault == "程序有错（ValueError: 奇怪）"
    assert product.outcome.path == drafts[0]


def test_a_fault_of_the_program_names_files_where_they_came_from(drafts, workshop, tmp_path, monkeypatch):
    def fail(_, checked, *__):
        raise ValueError(checked.project.templates)

    monkeypatch.setattr(Compiler, "make", fail)
    product = Elsewhere(workshop, tmp_path)(Job(drafts[0], Path("a.pdf")))
    assert product.fault == f"程序有错（ValueError: {Path.cwd() / '项目' / 'templates'}）"


def test_the_date_of_the_environment_travels(workshop, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    there = sent(workshop)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert there.compiler._epoch.isoformat() == "2001-09-09"
    assert sent(there).compiler._epoch.isoformat() == "2001-09-09"


def test_nothing_is_looked_for_beside_the_answers():
    here = Path(__file__).parent
    folder = Away(here, here, answers={"a": b"1"})
    assert folder.read("a") == b"1"
    with pytest.raises(FileError, match="没有这个文件"):
        folder.read(Path(__file__).name)
