"""A guard of the server: a process that ends it when its editor is gone, whatever the server is doing at that time.

A check that is in a library, or in a long pattern, lets no other thread of its process run, so the server itself cannot see that its
standard input is closed. Another process can, without reading a byte of it.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import Final

GRACE: Final = 3.0
"""Seconds in which a server whose editor is gone may end by itself."""


def guard(stdin: int) -> None:
    """Start a guard that watches a descriptor, where the system can do that; it ends with this process. Call it before there are threads."""
    if sys.platform == "win32" or not hasattr(select, "poll"):
        return
    server = os.getpid()
    # This process never writes: the pipe tells the guard when it has ended.
    alive, ours = os.pipe()
    if os.fork():
        os.close(alive)
        return
    try:
        os.close(ours)
        _watch(server, stdin, alive)
    finally:
        os._exit(0)


def _watch(server: int, stdin: int, alive: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The editor has to see the end of the server's output when the server ends.
    start = 0
    for kept in (*sorted((stdin, alive)), os.sysconf("SC_OPEN_MAX")):
        os.closerange(start, kept)
        start = kept + 1
    both = select.poll()
    both.register(stdin, getattr(select, "POLLRDHUP", 0))
    both.register(alive, 0)
    ended = select.poll()
    ended.register(alive, 0)
    both.poll()
    if not ended.poll(GRACE * 1000):
        os.kill(server, signal.SIGKILL)
