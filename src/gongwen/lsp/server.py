"""The server: messages of the protocol in, findings and answers out.

One thread reads, answers and publishes; another one checks, one text after the other, with one compiler that keeps faces and lines.
A text that is changed while it waits is not checked, and what was found in an older version is never published.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, Final

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams, JsonRpcMethodNotFound, JsonRpcParseError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from gongwen import __version__
from gongwen.compiler import Compiler
from gongwen.lsp import actions, completion, findings, folding, hover, outline
from gongwen.lsp.documents import Documents, Snapshot
from gongwen.lsp.findings import InFile, Shown

PAUSE: Final = 0.08
"""Seconds without a keystroke after which a text is checked."""
BUILD: Final = "gongwen.build"
_WATCHED: Final = ("**/*.{yaml,yml,csv,xlsx,png,jpg,jpeg,svg}",)
_WATCH: Final = "gongwen-files"
_OUT: Final = "out"
_LOOK: Final = 2.0
"""Seconds after which the server looks again whether the editor that started it is there."""
_COLLECTING: Final = (20_000, 10, 10)


class Protocol(LanguageServerProtocol):
    """The protocol without the texts that pygls keeps: it takes U+2028 and others for line ends, which editors do not."""

    lsp_text_document__did_open = None  # type: ignore[assignment]
    lsp_text_document__did_change = None  # type: ignore[assignment]
    lsp_text_document__did_close = None  # type: ignore[assignment]


class Server(LanguageServer):
    """What the server knows: the open texts, what was found in them, and what the editor can do."""

    def __init__(self) -> None:
        super().__init__("gongwen", __version__, protocol_cls=Protocol)
        self.documents = Documents()
        self.root = Path.cwd()
        self.client = completion.Client()
        self.hovers_markdown = True
        self.has_shut_down = False
        self._compiler = Compiler()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gongwen-check")
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._found: dict[str, dict[Path, InFile]] = {}
        self._outlines: dict[str, list[types.DocumentSymbol]] = {}

    # --- beginning and end ---

    def begin(self, params: types.InitializeParams) -> None:
        """Take what the editor says of itself."""
        folders = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        root = uris.to_fs_path(folders[0]) if folders[0].startswith("file:") else None
        self.root = Path(root) if root else Path.cwd()
        self.documents = Documents(self.workspace.position_encoding or types.PositionEncodingKind.Utf16, self.root)
        of_text = params.capabilities.text_document or types.TextDocumentClientCapabilities()
        item = of_text.completion.completion_item if of_text.completion else None
        formats = of_text.hover.content_format if of_text.hover else None
        documentation = item.documentation_format if item else None
        self.client = completion.Client(
            snippets=bool(item and item.snippet_support),
            markdown=types.MarkupKind.Markdown in (documentation or ()),
        )
        self.hovers_markdown = types.MarkupKind.Markdown in (formats or ())

    def follow(self, editor: int | None) -> None:
        """End with the editor, where it has started this process itself; another process may hold its end of our input.

        ``editor`` is its process as it says, which may be counted elsewhere (in another container) and then is none of ours.
        """
        if editor is not None and editor == os.getppid():
            asyncio.get_running_loop().call_later(_LOOK, self._look_for, editor)

    def _look_for(self, editor: int) -> None:
        if os.getppid() != editor:
            os._exit(1)
        asyncio.get_running_loop().call_later(_LOOK, self._look_for, editor)

    def watch(self) -> None:
        """Ask to be told of files that change on the disk, where the editor can tell."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in _WATCHED])
        registration = types.Registration(_WATCH, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.client_register_capability(types.RegistrationParams([registration]))

    def end(self) -> None:
        """Check no more."""
        self.has_shut_down = True
        for timer in self._timers.values():
            timer.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    # --- checking ---

    def schedule(self, uri: str, pause: float = PAUSE) -> None:
        """Check a text after a pause; another call within it begins the pause anew."""
        if (timer := self._timers.pop(uri, None)) is not None:
            timer.cancel()
        self._timers[uri] = asyncio.get_running_loop().call_later(pause, self._start, uri)

    def schedule_all(self) -> None:
        """Check every text, since a file has changed that they may depend on."""
        for snapshot in self.documents.all():
            self.schedule(snapshot.uri)

    def _start(self, uri: str) -> None:
        self._timers.pop(uri, None)
        snapshot = self.documents.get(uri)
        if snapshot is None or self.has_shut_down:
            return
        task = asyncio.get_running_loop().create_task(self._check(snapshot))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _check(self, snapshot: Snapshot) -> None:
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._worker, self._find, snapshot)
        except Exception as error:  # noqa: BLE001 - whatever it is, the server goes on
            self.tell_fault(error)
            return
        if found is not None and self._is_current(snapshot):
            self._publish(snapshot.uri, found)

    def _find(self, snapshot: Snapshot) -> dict[Path, InFile] | None:
        """In the thread that checks; None for a text that has been changed since."""
        return findings.check(self._compiler, snapshot) if self._is_current(snapshot) else None

    def _is_current(self, snapshot: Snapshot) -> bool:
        return self.documents.get(snapshot.uri) is snapshot

    def forget(self, uri: str) -> None:
        """Show no more what was found because of a text."""
        if (timer := self._timers.pop(uri, None)) is not None:
            timer.cancel()
        self._outlines.pop(uri, None)
        self._publish(uri, None)

    def _publish(self, uri: str, found: dict[Path, InFile] | None) -> None:
        """Show what is found because of a text: in its file and in others, where other texts may have found something as well."""
        snapshot = self.documents.get(uri)
        here = self.documents.path_of(uri) if snapshot is None else snapshot.path
        files = {here, *self._found.pop(uri, {}), *(found or {})}
        if found is not None:
            self._found[uri] = found
        for file in sorted(files):
            target = uri if file == here else self.documents.uri_of(file)
            items = [one.item for one in self._shown_in(file)]
            version = snapshot.version if snapshot is not None and file == here else None
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(target, _distinct(items), version=version)
            )

    def _shown_in(self, file: Path, text: str | None = None) -> list[Shown]:
        """What is found in a file because of any open text; where a text is given, only what was found in that text."""
        found = (one[file] for one in self._found.values() if file in one)
        return [shown for one in found if text is None or one.text == text for shown in one.shown]

    def shown(self, snapshot: Snapshot) -> list[Shown]:
        """What is found in a text as it is now."""
        return self._shown_in(snapshot.path, snapshot.plain)

    # --- answers ---

    def outline(self, snapshot: Snapshot) -> list[types.DocumentSymbol]:
        """The outline of a draft; while its YAML is broken, the last one that it had."""
        if snapshot.source.root is not None or snapshot.uri not in self._outlines:
            self._outlines[snapshot.uri] = outline.outline(snapshot)
        return self._outlines[snapshot.uri]

    async def build(self, uri: str) -> str:
        """Compile a draft as it is on the disk, in a process of its own: typesetting loads what a server does without."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gongwen", "build", str(self.documents.path_of(uri)), "-o", str(self.root / _OUT)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        _, told = await process.communicate()
        message = told.decode("utf-8", "replace").strip().rpartition("\n")[2]
        sort = types.MessageType.Error if process.returncode else types.MessageType.Info
        self.window_show_message(types.ShowMessageParams(sort, message))
        return message

    # --- faults of our own ---

    def tell_fault(self, error: BaseException) -> None:
        """Tell of a fault of the program, and go on."""
        message = f"程序有错（{type(error).__name__}: {error}）；请把稿件和这句话报告给开发者"
        logging.getLogger(__name__).error(message, exc_info=error)
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 - pygls passes it
        """What a message led to: a fault of ours, or a message that nobody can read; what is not offered is no fault."""
        match error:
            case JsonRpcMethodNotFound():
                return
            case JsonRpcInvalidParams() | JsonRpcParseError():
                message = "看不懂编辑器发来的一条消息，没有理会"
                self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))
            case _:
                self.tell_fault(error)


def new_server() -> Server:
    """A server that answers every message it promises to."""
    server = Server()
    _register_documents(server)
    _register_answers(server)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)
        server.follow(params.process_id)

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        server.watch()

    @server.feature(types.SHUTDOWN)
    def shut_down(*_: Any) -> None:
        server.end()

    @server.command(BUILD)
    async def build(uri: str) -> str:
        return await server.build(uri)

    return server


def _register_documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        snapshot = server.documents.open(params.text_document)
        server.schedule(snapshot.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        if server.documents.change(document.uri, document.version, params.content_changes) is not None:
            server.schedule(document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_params: types.DidSaveTextDocumentParams) -> None:
        server.schedule_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.documents.close(params.text_document.uri)
        server.forget(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(_params: types.DidChangeWatchedFilesParams) -> None:
        server.schedule_all()


def _register_answers(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover_over(params: types.HoverParams) -> types.Hover | None:
        if (snapshot := server.documents.get(params.text_document.uri)) is None:
            return None
        return hover.hover(snapshot, params.position, server.shown(snapshot), markdown=server.hovers_markdown)

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(completion.TRIGGERS))
    )
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        if (snapshot := server.documents.get(params.text_document.uri)) is None:
            return []
        return completion.complete(snapshot, params.position, server.client)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(actions.KINDS)))
    def act(params: types.CodeActionParams) -> list[types.CodeAction]:
        if (snapshot := server.documents.get(params.text_document.uri)) is None:
            return []
        return list(actions.actions(snapshot, params.range, server.shown(snapshot), params.context.only))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline_of(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        snapshot = server.documents.get(params.text_document.uri)
        return [] if snapshot is None else server.outline(snapshot)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def fold(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        snapshot = server.documents.get(params.text_document.uri)
        return [] if snapshot is None else folding.folds(snapshot)


def _distinct(items: Sequence[types.Diagnostic]) -> list[types.Diagnostic]:
    """What two texts found alike is shown once."""
    found: list[types.Diagnostic] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Serve until the editor ends it. The exit status of the protocol: 0 after ``shutdown``, else 1."""
    logging.getLogger("pygls").setLevel(logging.ERROR)
    # What is loaded by now stays; what a keystroke leaves behind is looked for, as a command, which soon ends, does not.
    gc.freeze()
    gc.set_threshold(*_COLLECTING)
    server = new_server()
    server.start_io(stdin, stdout)
    status = 0 if server.has_shut_down else 1
    server.end()
    return status


def private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the protocol alone: whatever else is printed goes to standard error, and nobody else reads."""
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return stdin, stdout
