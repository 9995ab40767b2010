"""The preview: what browsers are told, what they may ask for, and that nobody else gets anything."""

import contextlib
import http.client
import json
import re
import socket
import threading
from urllib.parse import urlsplit

import pytest
from PIL import Image
from sample_images import encoded, pdf, svg

from gongwen.building.job import File, Job, Measured
from gongwen.compiler import Compiler
from gongwen.outcome import Outcome
from gongwen.watching import server as module
from gongwen.watching.board import Board
from gongwen.watching.server import Server

SPEECH = """\
kind: 讲话稿
title: 在大会上的讲话
speaker: 周文远
date: 2026-05-01
salutation: 同志们
body:
  - {first}
  - 第二段。
"""
HOSTILE = SPEECH.replace("第二段。", "'<script>alert(1)</script><img src=x onerror=alert(2)>&\"'")


@pytest.fixture(scope="module")
def shared():
    return Compiler()


@pytest.fixture
def board(shared):
    with contextlib.closing(Board(shared)) as made:
        yield made


@pytest.fixture
def job(tmp_path):
    return Job(tmp_path / "a.yaml", tmp_path / "out" / "a.pdf")


def show(board, job, text, compiler):
    """A draft is saved and checked; what a browser hears that has heard nothing before."""
    job.draft.write_text(text, "utf-8")
    checked = compiler.check(job.draft)
    board.checked(job, checked)
    return checked


def news(board, version=-1, chosen=None):
    """The version, and what is told since."""
    now, text = board.since(version, chosen, 0)
    return now, json.loads(text) if text else None


# --- board -----------------------------------------------------------------------------------------------------------


def test_only_pages_that_changed_are_told_again(board, job, shared):
    board.listed([job])
    long = SPEECH.format(first="各级工会要提高认识。" * 200)
    show(board, job, long, shared)
    version, told = news(board)
    shown = told["shown"]
    assert told["drafts"][0][0] == shown["number"] == 1
    assert shown["count"] == len(shown["pages"]) > 2
    assert news(board, version) == (version, None)
    show(board, job, long.replace("第二段。", "第三段。"), shared)
    later, told = news(board, version)
    assert later > version
    assert list(told["shown"]["pages"]) == [str(shown["count"] - 1)]
    assert "第三段。" in told["shown"]["pages"][str(shown["count"] - 1)]
    assert told["shown"]["frame"] == shown["frame"]
    show(board, job, SPEECH.format(first="一段。"), shared)
    assert news(board, later)[1]["shown"]["count"] == 1


def test_another_title_is_another_frame(board, job, shared):
    board.listed([job])
    show(board, job, SPEECH.format(first="一段。"), shared)
    version, told = news(board)
    show(board, job, SPEECH.format(first="一段。").replace("大会上的", "会上的"), shared)
    assert news(board, version)[1]["shown"]["frame"] > told["shown"]["frame"]


def test_a_faulty_draft_keeps_its_pages_and_its_findings_are_told(board, job, shared):
    board.listed([job])
    show(board, job, SPEECH.format(first="一段。"), shared)
    version, before = news(board)
    show(board, job, "kind: 讲话稿\ntittle: 甲\n", shared)
    told = news(board, version)[1]
    assert told["drafts"] == [[1, str(job.draft), "error"]]
    shown = told["shown"]
    assert (shown["count"], shown["pages"], shown["isStale"]) == (before["shown"]["count"], {}, True)
    finding = next(one for one in shown["findings"] if one["code"] == "GW101")
    assert finding["message"] == "没有“tittle”这个键"
    assert finding["place"] == f"{job.draft}:2:1"
    assert finding["hint"] == "是不是“title”？"


def test_files_faults_and_drafts_come_and_go(board, job, tmp_path, shared):
    other = Job(tmp_path / "b.yaml", tmp_path / "out" / "b.pdf")
    board.listed([job, other])
    checked = show(board, job, SPEECH.format(first="一段。"), shared)
    job.target.parent.mkdir()
    job.target.write_bytes(b"%PDF")
    board.built(job, Outcome.of(checked), [File(job.target, 1, Measured())], 1.0)
    version, told = news(board)
    (file,) = told["shown"]["files"]
    assert file["name"] == "a.pdf"
    assert re.fullmatch(r"\d\d:\d\d:\d\d", file["when"])
    assert board.pdf(1, 0) == job.target
    assert board.pdf(1, 1) is board.pdf(2, 0) is board.pdf(3, 0) is None
    board.failed(job, "a.pdf 写不了")
    version, told = news(board, version)
    assert (told["shown"]["fault"], told["drafts"][0][2]) == ("a.pdf 写不了", "error")
    assert "shown" not in news(board, version - 1, 2)[1]
    board.gone(job)
    version, told = news(board, version)
    assert [one[0] for one in told["drafts"]] == [2]
    board.listed([other, job])
    assert [one[0] for one in news(board, version)[1]["drafts"]] == [2, 3]


def test_a_faulty_template_shows_nothing_new(board, job, tmp_path, shared):
    (tmp_path / "gongwen.yaml").write_text("{}", "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html.j2").write_text("{{ nobody }}", "utf-8")
    board.listed([job])
    show(board, job, SPEECH.format(first="一段。"), shared)
    assert news(board)[1]["shown"]["isStale"] is True


# --- server ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(board):
    """A function: path below the secret, changes of the request → status, headers, content."""
    with contextlib.closing(Server(board)) as server:
        parts = urlsplit(server.address)

        def request(path="", *, method="GET", token=None, host=None, below=True):
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", parts.port, timeout=30)) as connection:
                where = f"/{parts.path.strip('/') if token is None else token}/{path}" if below else path
                connection.putrequest(method, where, skip_host=True)
                for one in [f"127.0.0.1:{parts.port}"] if host is None else host:
                    connection.putheader("Host", one.format(port=parts.port))
                connection.endheaders()
                answer = connection.getresponse()
                return answer.status, dict(answer.headers), answer.read()

        request.address, request.port, request.server = server.address, parts.port, server
        yield request


def test_the_address_is_secret_and_of_this_machine_alone(ask, board):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", ask.address)
    assert ask.server._server.socket.getsockname()[0] == "127.0.0.1"
    with contextlib.closing(Server(board)) as other:
        assert urlsplit(other.address).path != urlsplit(ask.address).path


def test_our_page_is_strict(ask):
    for path, kind in {"": "text/html", "page.js": "text/javascript", "page.css": "text/css"}.items():
        status, headers, content = ask(path)
        assert (status, headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")
        assert content
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers
    page = ask("")[2].decode()
    assert 'sandbox="allow-same-origin"' in page
    assert not re.search(r"<script>|style=|\son\w+=|https?:", page)


@pytest.mark.parametrize(
    "request_",
    [
        {"token": "wrong"},
        {"token": ""},
        {"path": "/", "below": False},
        {"path": "*", "below": False},
        {"path": "nothing"},
        {"path": "page.html"},
        {"path": "../page.js"},
        {"path": "drafts/1/"},
        {"path": "drafts/99999999999/"},
        {"path": "drafts/1/faces/..%2f..%2fetc%2fpasswd"},
        {"path": "drafts/1/pdf/0"},
        {"method": "POST"},
        {"method": "HEAD"},
        {"method": "OPTIONS"},
        {"host": []},
        {"host": ["evil.example:{port}"]},
        {"host": ["127.0.0.1"]},
        {"host": ["127.0.0.1:{port}", "evil.example"]},
    ],
    ids=str,
)
def test_whatever_else_is_asked_is_not_there(ask, request_):
    status, headers, content = ask(**request_)
    assert (status, content) == (404, b"")
    assert headers["Server"] == "gongwen"


def test_localhost_is_this_machine(ask):
    assert ask(host=["localhost:{port}"])[0] == 200


def test_a_request_that_is_none_is_refused(ask):
    with socket.create_connection(("127.0.0.1", ask.port), timeout=30) as raw:
        raw.sendall(b"\x00nonsense\r\n\r\n")
        assert raw.recv(100) == b""


def test_pages_stand_in_a_frame_without_scripts_and_nothing_of_a_draft_is_markup(ask, board, job, shared):
    board.listed([job])
    show(board, job, HOSTILE.format(first="一段。"), shared)
    pages = "".join(news(board)[1]["shown"]["pages"].values())
    assert "&lt;script&gt;" in pages
    assert "<script" not in pages
    assert "<img" not in pages
    status, headers, content = ask("drafts/1/")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("sandbox allow-same-origin")
    assert "script-src" not in policy
    assert content.decode().count("<gongwen-pages></gongwen-pages>") == 1


def test_the_faces_are_those_that_are_set_and_no_other_file(ask, board, job, shared):
    board.listed([job])
    checked = show(board, job, SPEECH.format(first="一段。"), shared)
    css = ask("drafts/1/style.css")[2].decode()
    assert "file:" not in css
    assert "device-cmyk" not in css
    faces = re.findall(r'url\("(faces/[^"]+)"\)', css)
    files = {face.path.read_bytes() for face in shared.book(checked.project).faces.values()}
    assert {ask(f"drafts/1/{face}")[2] for face in faces} == files
    assert len(faces) >= 6
    assert ask("drafts/1/screen.css")[0] == 200


def test_images_are_shown_as_they_are_or_as_pixels(ask, board, job, tmp_path, shared):
    names = {"a.png": encoded(Image.new("L", (800, 400), 128)), "b.svg": svg(), "c.pdf": pdf((40, 40))}
    figures = ""
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
        figures += f"  - {{figure: {name}, width: 40}}\n"
    board.listed([job])
    show(board, job, SPEECH.format(first="一段。") + figures, shared)
    pages = "".join(news(board)[1]["shown"]["pages"].values())
    assert "picture:" not in pages
    found = [ask(f"drafts/1/{one}") for one in re.findall(r'src="(pictures/[^"]+)"', pages)]
    assert [headers["Content-Type"] for _, headers, _ in found] == ["image/png", "image/svg+xml", "image/png"]
    assert [content for _, _, content in found][:2] == [names["a.png"], names["b.svg"]]
    assert found[2][2].startswith(b"\x89PNG")
    assert all(headers["Content-Security-Policy"].endswith("sandbox") for _, headers, _ in found)


def test_a_pdf_is_handed_out_as_long_as_it_is_there(ask, board, job, shared):
    board.listed([job])
    checked = show(board, job, SPEECH.format(first="一段。"), shared)
    job.target.parent.mkdir()
    job.target.write_bytes(b"%PDF-1")
    board.built(job, Outcome.of(checked), [File(job.target, 1, Measured())], 1.0)
    status, headers, content = ask("drafts/1/pdf/0")
    assert (status, headers["Content-Type"], content) == (200, "application/pdf", b"%PDF-1")
    job.target.unlink()
    assert ask("drafts/1/pdf/0")[0] == 404


def test_events_tell_what_changes_until_all_is_over(ask, board, job, shared, monkeypatch):
    monkeypatch.setattr(module, "_ALIVE", 0.01)
    board.listed([job])
    connection = http.client.HTTPConnection("127.0.0.1", ask.port, timeout=60)
    connection.request("GET", f"{urlsplit(ask.address).path}events?1")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"

    def data():
        while not (line := answer.readline()).startswith(b"data: "):
            assert line in {b"\n", b":\n"}
        return json.loads(line[6:])

    assert data()["shown"]["count"] == 0
    show(board, job, SPEECH.format(first="一段。"), shared)
    assert list(data()["shown"]["pages"]) == ["0"]
    board.close()
    assert answer.read().strip(b":\n") == b""
    connection.close()


def test_a_browser_that_goes_away_hurts_nobody(ask, board, job, shared, capsys):
    board.listed([job])
    with socket.create_connection(("127.0.0.1", ask.port), timeout=30) as raw:
        path = urlsplit(ask.address).path
        raw.sendall(f"GET {path}events HTTP/1.0\r\nHost: 127.0.0.1:{ask.port}\r\n\r\n".encode())
        raw.recv(10)
    for number in range(5):
        show(board, job, SPEECH.format(first=f"第{number}段。"), shared)
    assert ask("")[0] == 200
    assert capsys.readouterr() == ("", "")


def test_who_waits_is_let_go(board):
    ended = []
    waiting = threading.Thread(target=lambda: ended.append(board.since(0, None, 60.0)))
    waiting.start()
    board.close()
    waiting.join(60)
    assert ended == [None]
