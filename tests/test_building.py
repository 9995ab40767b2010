"""What is out of date and what is not: the record, against every change that matters and every one that does not."""

import contextlib
import errno
import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from gongwen.building import program, record, run
from gongwen.building.job import File, Job, Measured, Product
from gongwen.building.program import Program
from gongwen.building.record import NAME, Entry, Record
from gongwen.building.workshop import Workshop
from gongwen.compiler import Compiler
from gongwen.files import digest_of, seen_of
from gongwen.options import PRINT, Options
from gongwen.outcome import Outcome
from gongwen.parallel import Processes, Serial
from gongwen.writing import leftovers, write_whole

OURS = Program("gongwen 1", "states", ())
RIGHT = (Path(__file__).parent / "drafts" / "en" / "right.yaml").read_text("utf-8")
WRONG = RIGHT.replace("title: |", "tittle: |")
DOUBTFUL = RIGHT.replace("date: 2025年6月1日", "date: 2025年6月3日")
assert len({RIGHT, WRONG, DOUBTFUL}) == 3


class Notes:
    """A workshop that makes a file from the bytes of a draft and of those beside it that it names, one name a line."""

    def __init__(self):
        self.done = []

    def warm(self):
        pass

    def __call__(self, job):
        self.done.append(job.draft.name)
        text = job.draft.read_text("utf-8")
        if "wrong" in text:
            return Product(Outcome(job.draft, ()))
        seen = {job.draft.resolve(): seen_of(job.draft)}
        data = text.encode()
        for name in text.split():
            path = job.draft.resolve().parent / name
            seen[path] = seen_of(path)
            data += path.read_bytes() if path.is_file() else b""
        return Product(Outcome(job.draft, ()), (File(job.target, 1, Measured(3, 3)),), (data,), seen)


@pytest.fixture
def project(tmp_path):
    """A project with three drafts, of which one names a file."""
    (tmp_path / "p").mkdir()
    for name, text in (("a.yaml", "one"), ("b.yaml", "part.txt"), ("c.yaml", "three"), ("part.txt", "part")):
        (tmp_path / "p" / name).write_text(text, "utf-8")
    old(tmp_path / "p")
    return tmp_path / "p"


def old(folder):
    """Let every file be a day old: its state can be trusted then."""
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (time.time() - 86400,) * 2)


def jobs(project, *names):
    return [Job(project / f"{name}.yaml", project / "out" / f"{name}.pdf") for name in names or "abc"]


def build(project, *names, options="", ours=OURS, force=False, task=None):
    """Build drafts; gives the names of those that were made, with the reasons."""
    task = task or Notes()
    with contextlib.closing(Record(project / "out", ours, options)) as known:
        plan = run.plan(jobs(project, *names), known, force=force)
        done = list(run.run(plan, known, Serial().run(task, plan.due)))
    assert [one.job for one in done] == jobs(project, *names)
    assert {one.job for one in done if one.state == "unchanged"} == set(plan.known)
    return {job.draft.stem: reason for job, reason in plan.reasons.items()}


def test_what_was_built_is_not_built_again(project):
    assert build(project) == dict.fromkeys("abc", "没有编译过")
    assert (project / "out" / "b.pdf").read_bytes() == b"part.txtpart"
    assert build(project) == {}
    assert build(project, force=True) == dict.fromkeys("abc", "要求全部重新编译")
    assert build(project, "b") == {}


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (lambda p: (p / "a.yaml").write_text("two"), {"a": "a.yaml 改过"}),
        (lambda p: (p / "part.txt").write_text("trap"), {"b": "part.txt 改过"}),
        (lambda p: (p / "part.txt").unlink(), {"b": "part.txt 没有了"}),
        (lambda p: (p / "out" / "c.pdf").unlink(), {"c": "c.pdf 没有了"}),
        (lambda p: (p / "out" / "c.pdf").write_bytes(b"eerht"), {"c": "c.pdf 被改动过"}),
        (lambda p: shutil.rmtree(p / "out"), dict.fromkeys("abc", "没有编译过")),
        (lambda p: (p / "out" / NAME).write_bytes(b"noise" * 999), dict.fromkeys("abc", "没有编译过")),
        (lambda p: (p / "out" / NAME).write_bytes(b""), dict.fromkeys("abc", "没有编译过")),
        (lambda p: (p / "gongwen.yaml").write_text("{}"), dict.fromkeys("abc", "换了一份 gongwen.yaml")),
        (lambda p: (p.parent / "gongwen.yaml").write_text("{}"), dict.fromkeys("abc", "换了一份 gongwen.yaml")),
        (lambda p: os.utime(p / "a.yaml"), {}),
        (lambda p: (p / "a.yaml").write_text("one"), {}),
        (lambda p: (p / "d.yaml").write_text("four"), {}),
    ],
)
def test_what_a_change_makes_out_of_date(project, change, reasons):
    build(project)
    old(project)
    change(project)
    assert build(project) == reasons
    assert build(project) == {}


def test_a_change_back_to_what_was_is_none(project):
    build(project)
    (project / "a.yaml").write_text("two")
    (project / "a.yaml").write_text("one")
    assert build(project) == {}


def test_a_change_in_the_same_tick_and_of_the_same_length_is_seen(project):
    """The file's times are put back: only the content tells, and it is looked at, as the times are young."""
    (project / "a.yaml").write_text("one")
    stat = (project / "a.yaml").stat()
    build(project)
    (project / "a.yaml").write_text("two")
    os.utime(project / "a.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert build(project) == {"a": "a.yaml 改过"}


def test_a_change_whose_times_were_put_back_is_seen(project):
    build(project)
    stat = (project / "a.yaml").stat()
    (project / "a.yaml").write_text("two")
    os.utime(project / "a.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert build(project) == {"a": "a.yaml 改过"}


def test_options_and_program_are_part_of_it(project):
    build(project)
    assert set(build(project, options="archive").values()) == {"选项变了"}
    assert build(project, options="archive") == {}
    other = OURS._replace(versions="gongwen 2")
    assert set(build(project, options="archive", ours=other).values()) == {"程序换了版本"}


def test_the_states_of_the_program_s_files_only_spare_reading_them(project, tmp_path):
    (tmp_path / "module.py").write_text("x = 1")
    ours = Program("gongwen 1", "one", (str(tmp_path / "module.py"),))
    build(project, ours=ours)
    assert build(project, ours=ours._replace(states="another")) == {}
    (tmp_path / "module.py").write_text("x = 2")
    assert set(build(project, ours=ours._replace(states="a third")).values()) == {"程序换了版本"}


def test_templates_that_come_and_go(project):
    (project / "gongwen.yaml").write_text("{}")
    build(project)
    (project / "templates").mkdir()
    (project / "templates" / "page.html.j2").write_text("x")
    assert set(build(project).values()) == {"模板有增减"}
    assert build(project) == {}


def test_another_draft_of_the_same_output(project):
    build(project, "a")
    (project / "sub").mkdir()
    (project / "a.yaml").rename(project / "sub" / "a.yaml")
    with contextlib.closing(Record(project / "out", OURS)) as known:
        job = Job(project / "sub" / "a.yaml", project / "out" / "a.pdf")
        assert known.entry(job) == "原先由另一份稿件生成"


def test_a_copied_folder_is_up_to_date(project, tmp_path):
    build(project)
    shutil.copytree(project, tmp_path / "elsewhere" / "q", copy_function=shutil.copyfile)
    assert build(tmp_path / "elsewhere" / "q") == {}
    shutil.move(project, tmp_path / "moved")
    assert build(tmp_path / "moved") == {}


def test_a_draft_with_errors_is_tried_each_time_and_keeps_its_last_pdf(project):
    build(project)
    (project / "a.yaml").write_text("wrong")
    assert build(project) == build(project) == {"a": "a.yaml 改过"}
    assert (project / "out" / "a.pdf").read_bytes() == b"one"
    (project / "a.yaml").write_text("one")
    assert build(project) == {}


def test_an_entry_whose_file_another_run_has_written_since_is_none(project):
    """Two builds at once: each writes its own file and its own entry, and the last entry may belong to the other's file."""
    first, second = (Record(project / "out", OURS) for _ in range(2))
    (job,) = jobs(project, "a")
    products = []
    for known in (first, second):
        plan = run.plan([job], known)
        products.append((plan, Notes()(job)))
        (project / "a.yaml").write_text("two")
    (plan, late), (other, early) = products
    list(run.run(other, second, iter_closing([early])))
    list(run.run(plan, first, iter_closing([late])))
    write_whole(job.target, early.data[0])
    for known in (first, second):
        known.close()
    (project / "a.yaml").write_text("one")
    assert build(project, "a") == {"a": "a.pdf 被改动过"}


def iter_closing(items):
    yield from items


def test_two_runs_write_one_record(project):
    first, second = (Record(project / "out", OURS) for _ in range(2))
    for known, name in ((first, "a"), (second, "b"), (first, "c")):
        plan = run.plan(jobs(project, name), known)
        list(run.run(plan, known, Serial().run(Notes(), plan.due)))
    first.close()
    second.close()
    assert build(project) == {}


def test_what_is_known_survives_a_run_that_stops(project):
    task = Notes()
    with contextlib.closing(Record(project / "out", OURS)) as known:
        plan = run.plan(jobs(project), known)
        results = run.run(plan, known, Serial().run(task, plan.due))
        next(results)
        next(results)
        results.close()
    assert task.done == ["a.yaml", "b.yaml"]
    assert build(project) == {"c": "没有编译过"}


def test_entries_of_another_form_are_none(project):
    build(project)
    with sqlite3.connect(project / "out" / NAME) as database:
        database.execute("UPDATE made SET entry = ? WHERE target = 'a.pdf'", ("[1]",))
        database.execute("UPDATE made SET entry = ? WHERE target = 'b.pdf'", ('{"draft": 1}',))
        database.execute("UPDATE made SET entry = ? WHERE target = 'c.pdf'", ("no JSON",))
    database.close()
    assert set(build(project)) == {"a", "b", "c"}


def test_the_database_of_something_else_is_replaced(project):
    (project / "out").mkdir()
    with sqlite3.connect(project / "out" / NAME) as database:
        database.execute("CREATE TABLE made (x)")
    database.close()
    assert set(build(project)) == {"a", "b", "c"}
    assert build(project) == {}


def test_a_locked_record_is_waited_for_and_then_told(project, monkeypatch):
    build(project)
    monkeypatch.setattr(record, "_PATIENCE", 0.05)
    database = sqlite3.connect(project / "out" / NAME)
    database.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OSError, match="构建记录打不开（database is locked）"):
        Record(project / "out", OURS)
    database.close()


def test_nothing_is_written_where_nothing_is_made(project):
    with contextlib.closing(Record(project / "out", OURS)) as known:
        assert run.plan(jobs(project), known).due == jobs(project)
        known.save()
    assert not (project / "out").exists()


def test_names_that_are_no_text_are_built_each_time(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    folder.mkdir()
    (folder / "a.yaml").write_text("one")
    assert build(folder, "a") == {"a": "没有编译过"}
    assert build(folder, "a") == {} or set(build(folder, "a")) == {"a"}
    assert (folder / "out" / "a.pdf").read_bytes() == b"one"


# --- files that cannot be written ------------------------------------------------------------------------------------


def failing(monkeypatch, number, *names):
    replace = Path.replace

    def fail(self, target):
        if target.name in names:
            raise OSError(number, os.strerror(number))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)


def results(project):
    with contextlib.closing(Record(project / "out", OURS)) as known:
        plan = run.plan(jobs(project), known)
        yield from run.run(plan, known, Serial().run(Notes(), plan.due))


def test_an_output_that_is_open_elsewhere_fails_alone(project, monkeypatch):
    build(project)
    for name in "abc":
        (project / f"{name}.yaml").write_text(f"new{name}")
    with monkeypatch.context() as patch:
        failing(patch, errno.EACCES, "b.pdf")
        done = list(results(project))
    assert [str(one.state) for one in done] == ["built", "failed", "built"]
    path = project / "out" / "b.pdf"
    assert done[1].fault == f"{path} 写不了：没有权限，或者别的程序正打开着它；关掉那个程序再编译"
    assert path.read_bytes() == b"part.txtpart"
    assert build(project) == {"b": "b.yaml 改过"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_ends_the_run_and_loses_nothing(project, monkeypatch, number):
    build(project)
    for name in "abc":
        (project / f"{name}.yaml").write_text(f"new{name}")
    found = []
    with monkeypatch.context() as patch:
        failing(patch, number, "b.pdf")
        with pytest.raises(OSError, match=os.strerror(number)) as caught:
            found.extend(results(project))
    assert caught.value.errno == number
    assert str(caught.value.filename) == str(project / "out" / "b.pdf")
    assert {path.name: path.read_bytes() for path in (project / "out").glob("*.pdf")} == {
        "a.pdf": b"newa",
        "b.pdf": b"part.txtpart",
        "c.pdf": b"three",
    }
    assert build(project) == {"b": "b.yaml 改过", "c": "c.yaml 改过"}


def test_a_record_that_cannot_be_written_is_told(project, monkeypatch):
    with contextlib.closing(Record(project / "out", OURS)) as known:
        plan = run.plan(jobs(project, "a"), known)
        monkeypatch.setattr(sqlite3, "connect", full)
        with pytest.raises(OSError, match="构建记录写不了（database or disk is full）"):
            list(run.run(plan, known, Serial().run(Notes(), plan.due)))
    assert (project / "out" / "a.pdf").read_bytes() == b"one"


def full(*_args, **_options):
    raise sqlite3.OperationalError("database or disk is full")


def test_what_killed_runs_have_left_is_taken_away(project):
    (project / "out").mkdir()
    left = project / "out" / ".gongwen-abc.part"
    young = project / "out" / ".gongwen-def.part"
    for path in (left, young):
        path.write_bytes(b"%PDF")
    os.utime(left, (time.time() - 7200,) * 2)
    build(project)
    assert (left.exists(), young.exists()) == (False, True)
    assert list(leftovers(project / "out", older_than=0)) == [young]


def test_the_state_of_a_written_file_is_its_own(tmp_path, monkeypatch):
    target = tmp_path / "a"
    assert write_whole(target, b"x") == seen_of(target).state
    replace = Path.replace

    def overtaken(self, to):
        replace(self, to)
        to.unlink()
        to.write_bytes(b"y")

    monkeypatch.setattr(Path, "replace", overtaken)
    held = (tmp_path / "b").open("wb")  # keeps the number of the first file's inode from being given again
    with held:
        assert write_whole(target, b"x") in (None, seen_of(target).state)


# --- the program -----------------------------------------------------------------------------------------------------


def test_the_program_knows_its_libraries_and_files():
    found = program.program()
    names = {line.split()[0] for line in found.versions.splitlines()}
    assert {"gongwen", "python", "weasyprint", "pydyf", "pypdfium2", "pydantic", "fonttools", "uharfbuzz"} <= names
    files = {Path(name).name for name in found.files}
    assert {"compiler.py", "page.html.j2", "kinds.yaml", "FandolFang-Regular.otf"} <= files
    assert found == program.program()
    assert found.digest() == program.program().digest()


def test_a_library_that_is_not_there_has_no_version():
    assert program._version_of("libnosuch.so.9", "version") == "unknown"


# --- with the true compiler ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workshop():
    return Workshop(Compiler(), PRINT)


def made(workshop, path, known, target):
    plan = run.plan([Job(path, target)], known)
    (done,) = run.run(plan, known, Serial().run(workshop, plan.due))
    return done


def test_findings_are_told_again(workshop, draft, tmp_path):
    path = draft(DOUBTFUL)
    target = tmp_path / "out" / "draft.pdf"
    with contextlib.closing(Record(tmp_path / "out", OURS)) as known:
        first = made(workshop, path, known, target)
        again = made(workshop, path, known, target)
    assert (first.state, again.state) == ("built", "unchanged")
    assert first.outcome.diagnostics
    for field in ("path", "texts", "deviation", "switched_off", "lowered", "suppressed"):
        assert getattr(again.outcome, field) == getattr(first.outcome, field)
    assert len(again.outcome.diagnostics) == len(first.outcome.diagnostics)
    for one, other in zip(first.outcome.diagnostics, again.outcome.diagnostics, strict=True):
        assert (one.check.code, one.check.name, one.check.authority) == (
            other.check.code,
            other.check.name,
            other.check.authority,
        )
        for field in ("message", "file", "span", "hint", "page", "replacement", "weight", "severity"):
            assert getattr(one, field) == getattr(other, field)
    assert (again.files, again.faces) == (first.files, first.faces)


def test_a_project_s_findings_and_deviation_are_told_again(workshop, draft, tmp_path):
    draft("house: {page_number: middle}\nchecks: {ignore: [GW306], severity: {GW202: warning}}\n", "gongwen.yaml")
    path = draft(RIGHT)
    with contextlib.closing(Record(tmp_path / "out", OURS)) as known:
        first = made(workshop, path, known, tmp_path / "out" / "draft.pdf")
        again = made(workshop, path, known, tmp_path / "out" / "draft.pdf")
    assert again.state == "unchanged"
    assert again.outcome.deviation == first.outcome.deviation is not None
    assert (again.outcome.switched_off, again.outcome.lowered) == (first.outcome.switched_off, first.outcome.lowered)


def test_everything_that_a_draft_is_made_from_is_seen(workshop, draft, tmp_path):
    draft("{}", "gongwen.yaml")
    (tmp_path / "templates").mkdir()
    draft("{# ours #}\n", "templates/own.j2")
    draft("title: 名单\nbody: [名单。]\n", "_list.yaml")
    draft("甲,乙\n1,2\n", "table.csv")
    text = RIGHT.replace("  - title: 报名表\n    body: [报名时间另行通知。]\n", "  - file: _list.yaml\n")
    path = draft(text.replace("body:\n", "body:\n  - {table: 表, file: table.csv}\n", 1))
    product = workshop(Job(path, tmp_path / "a.pdf"))
    names = {one.name: seen for one, seen in product.seen.items()}
    assert product.files, product.outcome.diagnostics
    assert set(names) == {"draft.yaml", "_list.yaml", "table.csv", "gongwen.yaml", "terms.yaml", "own.j2"}
    assert names.pop("terms.yaml") is None
    for name, seen in names.items():
        found = tmp_path / ("templates" if name == "own.j2" else "") / name
        assert seen == seen_of(found)
        assert seen.digest == digest_of(found.read_bytes())


def test_a_fault_of_the_program_costs_one_draft(workshop, draft, tmp_path, monkeypatch):
    check = Compiler.check

    def fail(self, path, *args, **options):
        if path.stem == "b":
            raise ValueError("奇怪")
        return check(self, path, *args, **options)

    monkeypatch.setattr(Compiler, "check", fail)
    tasks = [Job(draft(RIGHT, f"{name}.yaml"), tmp_path / "out" / f"{name}.pdf") for name in "abc"]
    with contextlib.closing(Record(tmp_path / "out", OURS)) as known:
        done = list(run.run(run.plan(tasks, known), known, Serial().run(workshop, tasks)))
    assert [str(one.state) for one in done] == ["built", "failed", "built"]
    assert done[1].fault == "程序有错（ValueError: 奇怪）"


def test_processes_and_one_process_make_the_same_bytes(workshop, notices, tmp_path):
    tasks = [Job(path, tmp_path / f"{path.stem}.pdf") for path in notices[:4]]
    one, several = (list(executor.run(workshop, tasks)) for executor in (Serial(), Processes(2)))
    assert [product.data for product in one] == [product.data for product in several]
    assert [product.outcome for product in one] == [product.outcome for product in several]
    assert [product.seen for product in one] == [product.seen for product in several]


def test_options_reach_the_pdf(draft, tmp_path):
    path = draft(RIGHT.replace("date: 2025年6月1日", "date: 待定"))
    product = Workshop(Compiler(), Options(release=True))(Job(path, tmp_path / "a.pdf"))
    assert not product.files
    assert "GW304" in {one.check.code for one in product.outcome.diagnostics}


def test_what_is_told_of_a_draft_that_kills_its_process(tmp_path):
    product = Workshop(Compiler(), PRINT).died(Job(tmp_path / "a.yaml", tmp_path / "a.pdf"))
    (diagnostic,) = product.outcome.diagnostics
    assert (diagnostic.check.code, diagnostic.message) == ("GW909", "编译到这份稿件时，进程中途停了")
    assert not product.files


def test_an_entry_knows_its_files(project):
    build(project)
    (project / "out" / "b.pdf").write_bytes(b"changed")
    (project / "out" / "c.pdf").unlink()
    with contextlib.closing(Record(project / "out")) as known:
        assert dict(known.files()) == {project / "out" / "a.pdf": True, project / "out" / "b.pdf": False}
        assert not isinstance(known.entry(jobs(project, "a")[0]), Entry)
