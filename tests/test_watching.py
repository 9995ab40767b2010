"""Drafts made again as they are saved: what is done and told, in which order, without waiting for anything."""

import contextlib
import functools
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image
from sample_images import encoded

from gongwen.building.job import Job
from gongwen.building.program import program
from gongwen.building.record import Entry, Record
from gongwen.compiler import Compiler
from gongwen.options import Options
from gongwen.watching import session as module
from gongwen.watching.changes import FileChanges
from gongwen.watching.session import TICK, Listener, Session

RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
OTHER = RIGHT.replace("夏送清凉", "冬送温暖")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
WRONG = RIGHT.replace("title: |", "tittle: |")
SETTINGS = "house: {page_number: middle}\n"
FIGURE = "  - {figure: a.png, width: 40}\n"
ATTACHED = "  - title: 活动安排表\n    body: [活动安排另行通知。]\n"
assert len({RIGHT, OTHER, DOUBTFUL, WRONG}) == 4


class EndedError(Exception):
    """The script is over."""


class Script:
    """A source of changes that plays what happens: a function for each time that the session asks, with what it tells.

    ``rest`` functions are played when the session has nothing to do, one after the other; ``meanwhile`` ones between two steps.
    """

    def __init__(self, *rest, meanwhile=()):
        self.rest = list(rest)
        self.meanwhile = list(meanwhile)
        self.followed = []

    def follow(self, folders):
        self.followed.append(folders)

    def wait(self, seconds):
        if not seconds:
            return frozenset(self.meanwhile.pop(0)() or ()) if self.meanwhile else frozenset()
        assert seconds == TICK
        if not self.rest:
            raise EndedError
        return frozenset(self.rest.pop(0)() or ())


class Log(Listener):
    """All that is told."""

    def __init__(self):
        self.lines = []

    def unchanged(self, job, outcome, files):
        self.lines.append(
            f"unchanged {job.draft.name} {len(outcome.diagnostics)} {files[0].path.name} {files[0].pages}"
        )

    def checked(self, job, checked):
        self.lines.append(f"checked {job.draft.name} {checked.layout is not None}")

    def built(self, job, outcome, files, milliseconds):
        assert milliseconds >= 0
        codes = " ".join(one.check.code for one in outcome.diagnostics)
        self.lines.append(f"built {job.draft.name} {len(files)} {codes}".rstrip())

    def measured(self, job, outcome, files):
        assert all(file.measured.rules for file in files)
        self.lines.append(f"measured {job.draft.name} {len(outcome.diagnostics)}")

    def failed(self, job, fault):
        self.lines.append(f"failed {job.draft.name} {fault}")

    def gone(self, job):
        self.lines.append(f"gone {job.draft.name}")

    def rested(self):
        self.lines.append("rested")

    def take(self):
        lines, self.lines = self.lines, []
        return lines


@pytest.fixture(scope="module")
def shared():
    """One compiler, warm."""
    made = Compiler()
    made.warm()
    return made


@pytest.fixture
def watch(tmp_path, shared):
    """A function: a script → what was told; drafts lie in the folder ``in``, PDFs in ``out``."""
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()

    def jobs():
        return [
            Job(path, out / f"{path.stem}.pdf") for path in sorted(inside.glob("[!_]*.yaml")) if path.name not in NONE
        ]

    @contextlib.contextmanager
    def record():
        out.mkdir(exist_ok=True)
        with contextlib.closing(Record(out, PROGRAM, "options")) as opened:
            yield opened

    def run(script, *, compiler=shared, log=None, **options):
        log = log or Log()
        session = Session(compiler, Options(), jobs, record, [log], [inside], out, **options)
        with pytest.raises(EndedError):
            session.run(script)
        return log.lines

    run.folder, run.out, run.record = inside, out, record
    return run


NONE = ("gongwen.yaml", "terms.yaml")
PROGRAM = program()


def write(path, text, *, told=True):
    """A step of a script: a file is written, and that is told."""

    def step():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return {path} if told else ()

    return step


def call(function):
    """A step of a script in which something is done that nobody tells of."""

    def step():
        function()
        return ()

    return step


MADE = ["checked a.yaml True", "built a.yaml 1", "measured a.yaml 0", "rested"]


# --- what is made ----------------------------------------------------------------------------------------------------


def test_what_is_out_of_date_is_made_as_it_begins_and_what_is_saved_at_once(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    seen = []
    lines = watch(
        Script(
            call(lambda: seen.append((watch.out / "a.pdf").read_bytes())),
            write(draft, OTHER),
            call(lambda: seen.append((watch.out / "a.pdf").read_bytes())),
        )
    )
    assert lines == MADE * 2
    assert seen[0] != seen[1]
    assert seen[1] == made_alone(draft, watch.out / "alone.pdf")


def made_alone(draft, target):
    """The bytes that a compiler of its own makes of a draft."""
    assert Compiler().build(draft, target).pdf == target
    return target.read_bytes()


def test_a_draft_that_is_up_to_date_is_set_but_not_written_again(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    watch(Script())
    before = (watch.out / "a.pdf").stat()
    assert watch(Script()) == ["unchanged a.yaml 0 a.pdf 4", "checked a.yaml True", "rested"]
    assert (watch.out / "a.pdf").stat().st_ino == before.st_ino
    with watch.record() as record:
        assert isinstance(record.entry(Job(draft, watch.out / "a.pdf")), Entry)


def test_only_the_latest_drafts_are_set_though_they_are_up_to_date_unless_they_are_shown(watch, monkeypatch):
    monkeypatch.setattr(module, "_REHEARSED", 1)
    for name in "ab":
        write(watch.folder / f"{name}.yaml", RIGHT)()
    watch(Script())
    os.utime(watch.folder / "a.yaml")
    of_b = "unchanged b.yaml 0 b.pdf 4"
    assert watch(Script()) == ["unchanged a.yaml 0 a.pdf 4", of_b, "checked a.yaml True", "rested"]
    assert watch(Script(), is_shown=True)[2:] == ["checked a.yaml True", "checked b.yaml True", "rested"]


def test_a_touch_makes_nothing(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    assert watch(Script(lambda: {draft} if os.utime(draft) is None else (), write(draft, RIGHT))) == MADE


def test_what_nobody_tells_of_is_found_at_the_next_look(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    assert watch(Script(write(draft, OTHER, told=False))) == MADE * 2


def test_only_the_drafts_that_were_made_from_a_file_are_made_again(watch):
    enclosed = watch.folder / "_text.yaml"
    write(watch.folder / "a.yaml", RIGHT.replace(ATTACHED, "  - {file: _text.yaml}\n"))()
    write(watch.folder / "b.yaml", RIGHT)()
    write(enclosed, "title: 名单\nbody: [甲]\n")()
    log = Log()
    lines = watch(Script(call(log.take), write(enclosed, "title: 名单\nbody: [乙]\n")), log=log)
    assert [line for line in lines if line.startswith("built")] == ["built a.yaml 1"]


def test_settings_terms_templates_and_a_new_project_above_make_all_drafts_again(watch, tmp_path):
    for name in "ab":
        write(watch.folder / f"{name}.yaml", RIGHT)()
    log = Log()
    built = []

    def take():
        built.append([line.split()[1] for line in log.take() if line.startswith("built")])
        return ()

    template = watch.folder / "templates" / "document.html.j2"
    text = "<!DOCTYPE html><html><head><title>甲</title></head><body>{{ pages }}</body></html>"
    watch(
        Script(
            *(take, write(tmp_path / "gongwen.yaml", "{}", told=False)),
            *(take, write(watch.folder / "gongwen.yaml", SETTINGS)),
            *(take, write(watch.folder / "terms.yaml", "{}", told=False)),
            *(take, write(template, text, told=False)),
            *(take, write(template, text.replace("甲", "乙"))),
            take,
        ),
        log=log,
    )
    assert built == [["a.yaml", "b.yaml"]] * 6
    assert (watch.out / "a.pdf").read_bytes() == made_alone(watch.folder / "a.yaml", watch.out / "alone.pdf")


def test_another_font_file_makes_all_drafts_of_the_project_again(watch, tmp_path, monkeypatch):
    from gongwen import resources

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = watch.folder / "own.otf"
    fonts = resources.fonts()
    write(watch.folder / "gongwen.yaml", "fonts: {fangsong: own.otf}\n")()
    shutil.copy(fonts / "FandolFang-Regular.otf", own)
    write(watch.folder / "a.yaml", RIGHT)()
    lines = watch(Script(call(functools.partial(shutil.copy, fonts / "FandolKai-Regular.otf", own))))
    assert [line.split()[0] for line in lines] == ["checked", "built", "measured", "rested"] * 2


def test_a_new_draft_is_made_and_one_that_is_gone_is_forgotten(watch):
    draft, other = watch.folder / "a.yaml", watch.folder / "b.yaml"
    write(draft, RIGHT)()
    log = Log()
    told = []
    watch(
        Script(
            call(log.take),
            write(other, OTHER),
            call(lambda: told.extend(log.take())),
            call(draft.unlink),
            call(lambda: None),
            write(other, RIGHT),
        ),
        log=log,
    )
    assert told == [line.replace("a.yaml", "b.yaml") for line in MADE]
    assert log.lines == ["gone a.yaml", *told]
    assert (watch.out / "a.pdf").is_file()


def test_a_folder_that_vanishes_and_comes_back_is_survived(watch, tmp_path):
    write(watch.folder / "a.yaml", RIGHT)()
    away = tmp_path / "away"
    script = Script(
        call(lambda: watch.folder.rename(away)), call(lambda: None), call(lambda: away.rename(watch.folder)), call(list)
    )
    assert watch(script) == [*MADE, "gone a.yaml", *MADE]
    assert watch.folder in script.followed[0]
    assert watch.folder not in script.followed[1]
    assert watch.folder in script.followed[-1]


# --- half-written files ----------------------------------------------------------------------------------------------


def test_a_file_that_an_editor_is_about_to_write_is_left_alone(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    aside = watch.folder / ".a.yaml.new"

    def taken_away():
        draft.unlink()
        return {draft}

    def put_back():
        aside.write_text(OTHER, "utf-8")
        aside.rename(draft)
        return {aside, draft}

    assert watch(Script(write(draft, ""), write(draft, OTHER))) == MADE * 2
    write(draft, RIGHT)()
    assert watch(Script(taken_away, put_back)) == MADE * 2


def test_a_file_that_stays_empty_is_told(watch, monkeypatch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    monkeypatch.setattr(module, "_WRITTEN", 0)
    lines = watch(Script(write(draft, "")))
    assert lines[len(MADE) :] == ["checked a.yaml False", "built a.yaml 0 GW018", "measured a.yaml 1", "rested"]


# --- newer work ------------------------------------------------------------------------------------------------------


def test_work_on_a_draft_that_is_saved_again_begins_anew_and_comes_before_other_drafts(watch):
    a, b, c = (watch.folder / f"{name}.yaml" for name in "abc")
    for path in (a, b, c):
        write(path, RIGHT)()
    # The session asks before each step: a is checked, then b is saved, then a once more.
    lines = watch(Script(meanwhile=[tuple, write(b, OTHER), write(a, OTHER)]))
    assert lines[:3] == ["checked a.yaml True", "checked b.yaml True", "checked a.yaml True"]
    order = [line for line in lines if line.startswith("built")]
    assert order == ["built a.yaml 1", "built b.yaml 1", "built c.yaml 1"]
    assert (watch.out / "a.pdf").read_bytes() == (watch.out / "b.pdf").read_bytes()


def test_pdfs_that_were_left_unmeasured_are_measured_with_the_newest_text(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    lines = watch(Script(meanwhile=[tuple, tuple, write(draft, DOUBTFUL)]))
    assert lines[:3] == ["checked a.yaml True", "built a.yaml 1", "checked a.yaml True"]
    assert [line for line in lines if line.startswith("measured")] == [f"measured a.yaml {lines[3].count('GW')}"]
    assert lines[3].count("GW") > 0


# --- faults ----------------------------------------------------------------------------------------------------------


def test_a_faulty_draft_keeps_its_last_pdf_and_is_tried_again_when_its_project_changes(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    log = Log()
    before = []
    lines = watch(
        Script(
            call(log.take),
            call(lambda: before.append((watch.out / "a.pdf").read_bytes())),
            write(draft, WRONG),
            write(watch.folder / "note.txt", "x"),
        ),
        log=log,
    )
    told = ["checked a.yaml False", "built a.yaml 0 GW102 GW101", "measured a.yaml 2", "rested"]
    assert lines == [*told, "checked a.yaml False", "rested"]
    assert (watch.out / "a.pdf").read_bytes() == before[0]


def test_a_picture_that_was_missing_makes_the_draft_when_it_comes(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT.replace("  - heading: 总体要求", f"{FIGURE}  - heading: 总体要求"))()
    lines = watch(Script(write(watch.folder / "a.png", encoded(Image.new("L", (600, 600), 128)), told=False)))
    assert "built a.yaml 0" in lines[1]
    assert "GW507" in lines[1]
    assert any(line.startswith("built a.yaml 1") for line in lines[4:])


def test_a_bug_costs_one_draft_and_one_line_and_no_look_repeats_it(watch):
    class Buggy(Compiler):
        def check(self, path, *args, **options):
            if path.name == "a.yaml":
                raise ZeroDivisionError("x")
            return super().check(path, *args, **options)

    for name in "ab":
        write(watch.folder / f"{name}.yaml", RIGHT)()
    lines = watch(Script(tuple, tuple, write(watch.folder / "a.yaml", OTHER)), compiler=Buggy())
    fault = "failed a.yaml 程序有错（ZeroDivisionError: x）"
    assert lines == [fault, *(line.replace("a.yaml", "b.yaml") for line in MADE), fault, "rested"]


def test_a_file_that_cannot_be_written_is_told_and_tried_again(watch):
    draft = watch.folder / "a.yaml"
    write(draft, RIGHT)()
    (watch.out / "a.pdf").mkdir(parents=True)
    (watch.out / "a.pdf" / "x").touch()

    def mended():
        shutil.rmtree(watch.out / "a.pdf")
        return {watch.folder / "x.txt"}

    lines = watch(Script(mended))
    assert lines[:1] == ["checked a.yaml True"]
    assert lines[1].startswith("failed a.yaml")
    assert "写不了" in lines[1]
    assert lines[2:] == ["rested", *MADE]


def test_nobody_who_reads_ends_the_session(watch):
    class Deaf(Log):
        def built(self, *_args):
            raise BrokenPipeError

    write(watch.folder / "a.yaml", RIGHT)()
    session = Session(
        Compiler(),
        Options(),
        lambda: [Job(watch.folder / "a.yaml", watch.out / "a.pdf")],
        watch.record,
        [Deaf()],
        [],
        watch.out,
    )
    with pytest.raises(BrokenPipeError):
        session.run(Script())


# --- changes ---------------------------------------------------------------------------------------------------------


def test_the_system_tells_of_changes_in_the_folders_that_are_followed(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    with contextlib.closing(FileChanges()) as changes:
        assert changes.wait(0.0) == frozenset()
        for folder in (first, second):
            changes.follow({folder})
            told = frozenset()
            while folder / "a" not in told:
                (folder / "a").write_text("x", "utf-8")
                told = changes.wait(1.0)
        assert not changes.has_failed


def test_a_system_that_listens_to_no_more_folders_is_noted(tmp_path, monkeypatch):
    def refuse(*_folders, **_options):
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr("watchfiles.watch", refuse)
    changes = FileChanges()
    changes.follow({tmp_path})
    changes.close()
    assert changes.has_failed
    assert changes.wait(0.0) == frozenset()
