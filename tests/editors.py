"""An editor for tests: a client of the language server, which runs as a process of its own, over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
import threading
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.client import LanguageClient

PATIENCE = 30
"""Seconds after which a test that waits for the server fails rather than hangs."""


def uri_of(path):
    return uris.from_fs_path(str(path))


def at(line, character):
    return types.Position(line, character)


def stretch(line, start, end):
    return types.Range(at(line, start), at(line, end))


def insertion(line, character, text):
    return types.TextDocumentContentChangePartial(range=stretch(line, character, character), text=text)


ABLE = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(
                snippet_support=True, documentation_format=[types.MarkupKind.Markdown]
            )
        ),
    )
)
"""What an editor can do that can do all that the server uses."""


class Editor:
    """A client whose calls wait for their answers. ``root`` is the folder that is open."""

    def __init__(self, root: Path, capabilities: types.ClientCapabilities = ABLE) -> None:
        self.root = root
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self.published: list[types.PublishDiagnosticsParams] = []
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.client = LanguageClient("test", "1")
        # pygls writes on the functions that it is given, which methods do not bear.
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._take))
        self.client.feature(types.WINDOW_LOG_MESSAGE)(partial(self._log))
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(partial(self._log))
        self.client.feature(types.CLIENT_REGISTER_CAPABILITY)(partial(self._register))
        self._thread.start()
        self._wait(self.client.start_io(sys.executable, "-m", "gongwen", "lsp", cwd=root))
        started = types.InitializeParams(capabilities=capabilities, root_uri=uri_of(root))
        self.server = self._wait(self.client.initialize_async(started)).capabilities
        self._call(self.client.initialized, types.InitializedParams())

    def open(self, path, text, language="yaml"):
        """Open a text; the URI."""
        uri = path if isinstance(path, str) else uri_of(path)
        item = types.TextDocumentItem(uri, language, 1, text)
        self._call(self.client.text_document_did_open, types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri, version, *changes):
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        params = types.DidChangeTextDocumentParams(document, list(changes))
        self._call(self.client.text_document_did_change, params)

    def save(self, uri):
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._call(self.client.text_document_did_save, params)

    def close(self, uri):
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._call(self.client.text_document_did_close, params)

    def changed_on_disk(self, path):
        event = types.FileEvent(uri_of(path), types.FileChangeType.Changed)
        self._call(self.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([event]))

    def diagnostics(self, uri, version=None, since=0):
        """The findings that are published for a URI, and for a version where one is given."""

        def fitting():
            ours = (one for one in self.published[since:] if one.uri == uri)
            return next((one for one in ours if version is None or one.version == version), None)

        with self._news:
            assert self._news.wait_for(fitting, PATIENCE), f"nothing published for {uri} {version}"
            return list(fitting().diagnostics)

    def ask(self, what, uri, *args):
        """The answer to a request about a text, such as ``hover``; several parts as a list."""
        answer = self._ask(what, uri, *args)
        return list(answer) if isinstance(answer, tuple) else answer

    def _ask(self, what, uri, *args):
        document = types.TextDocumentIdentifier(uri)
        match what:
            case "hover":
                return self._wait(self.client.text_document_hover_async(types.HoverParams(document, *args)))
            case "completion":
                params = types.CompletionParams(document, *args)
                return self._wait(self.client.text_document_completion_async(params))
            case "actions":
                place, only = args
                context = types.CodeActionContext([], only)
                params = types.CodeActionParams(document, place, context)
                return self._wait(self.client.text_document_code_action_async(params))
            case "outline":
                params = types.DocumentSymbolParams(document)
                return self._wait(self.client.text_document_document_symbol_async(params))
            case "folds":
                params = types.FoldingRangeParams(document)
                return self._wait(self.client.text_document_folding_range_async(params))

    def execute(self, command, *args):
        params = types.ExecuteCommandParams(command, list(args))
        return self._wait(self.client.workspace_execute_command_async(params))

    def raw(self, body: str):
        """Send a message that no client would."""
        data = body.encode()
        self._call(self.client.protocol.writer.write, b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    def exit(self, *, shutdown=True):
        """End the server; its exit status."""
        if self._thread.is_alive():
            if shutdown:
                self._wait(self.client.shutdown_async(None))
            self._call(self.client.exit, None)
            self._wait(self._end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
        return self.client._server.returncode

    async def _end(self):
        process = self.client._server
        await process.wait()
        process.stdin.close()
        await self.client.stop()
        process._transport.close()
        await asyncio.sleep(0)

    def _take(self, params):
        with self._news:
            self.published.append(params)
            self._news.notify_all()

    def _log(self, params):
        with self._news:
            self.messages.append(params.message)
            self._news.notify_all()

    def _register(self, params):
        self.registered += params.registrations

    def wait_for(self, condition):
        with self._news:
            assert self._news.wait_for(condition, PATIENCE)

    def _call(self, function, *args):
        self._loop.call_soon_threadsafe(function, *args)

    def _wait(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)
