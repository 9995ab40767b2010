"""The executor: parcels to workers, a window of them at a time, and results in the order of the jobs.

Parcels stand in the scheduler's memory until they are done, so that a worker that dies costs nothing: others take its parcels. One that
was on several workers as they died is done again while nothing else is; if that kills a worker too, it was this one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar, runtime_checkable
from urllib.parse import urlsplit

import cloudpickle
import dask
import distributed
from distributed.comm.core import connect
from distributed.scheduler import KilledWorker

from gongwen import __version__
from gongwen.building.program import program
from gongwen.cluster import sent
from gongwen.cluster.worker import OtherProgramError, Plain
from gongwen.parallel import Task

SCHEMES: Final = ("tcp", "tls")
_CONNECTING: Final = 5.0
"""Seconds in which a scheduler has to answer a call."""
_ANSWERING: Final = 30.0
"""Seconds in which one that is at work has to answer."""
_CLOSING: Final = 2.0
"""Seconds that leaving may take."""
_PATIENCE: Final = 60.0
"""Seconds to wait where there is no worker at all."""
_LOOK: Final = 1.0
"""Seconds between two looks at scheduler and workers while nothing comes."""
_AHEAD: Final = 3
"""Parcels that a thread of a worker has waiting for it: as in `parallel`."""
_LARGEST: Final = "4 GiB"
"""What may be sent at once without Dask's warning: parcels are as large as their pictures."""

J = TypeVar("J")
R = TypeVar("R")
J_contra = TypeVar("J_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class ClusterError(Exception):
    """The run cannot go on; the message is for the user."""


class Kit(Protocol):
    """What several parcels need: it is sent to each worker once."""

    @property
    def digest(self) -> str:
        """What tells it from others."""

    @property
    def data(self) -> bytes:
        """What is sent."""


class Parcel(Protocol[R_co]):
    """A job as it is sent."""

    @property
    def data(self) -> bytes:
        """What is sent."""

    @property
    def kit(self) -> Kit | None:
        """What it needs besides."""

    def opened(self, data: bytes, /) -> R_co:
        """The result, from what came back."""


@runtime_checkable
class Portable(Protocol[J_contra, R_co]):
    """A task whose jobs are packed first: what they need is not where they are done. See `worker.Benched` for the other end."""

    def packing(self) -> Callable[[J_contra], Parcel[R_co]]:
        """What makes the parcels of one run."""


@dataclass(frozen=True, slots=True)
class _AsItIs:
    """A job without a kit."""

    data: bytes
    kit: Kit | None = None

    def opened(self, data: bytes) -> Any:
        """The result."""
        return pickle.loads(data)  # noqa: S301 - from a worker, which runs what it is sent


class _ByValue:
    """A function that is sent as it is, and not by its name: Dask looks at the outermost object alone."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self) -> None:
        """Dask sends what can be called; there it is the function itself."""

    def __reduce__(self) -> tuple[Any, ...]:
        return cloudpickle.loads, (cloudpickle.dumps(self._function),)


@dataclass(frozen=True, slots=True)
class _Sent(Generic[J, R]):
    """A job that is under way."""

    job: J
    parcel: Parcel[R]
    future: Any


class Cluster:
    """The workers of a Dask scheduler, at an address such as ``tcp://10.0.0.5:8786``. ``say`` tells the user why nothing happens yet.

    Raises ClusterError for anything that is no such address; so does `run` where it cannot go on.
    """

    def __init__(self, address: str, say: Callable[[str], None] = lambda _: None) -> None:
        _check_address(address)
        self._address = address
        self._say = say

    def run(self, task: Task[J, R], jobs: Sequence[J]) -> Generator[R]:
        """The result of each job, in their order; results that wait for an earlier one stay with the workers."""
        packing: Callable[[J], Parcel[R]]
        if isinstance(task, Portable):
            packing, there = task.packing(), pickle.dumps(task)
        else:
            packing, there = (lambda job: _AsItIs(pickle.dumps(job))), pickle.dumps(Plain(task))
        window: deque[_Sent[J, R]] = deque()
        waiting = iter(jobs)
        with _joined(self._address, there, self._say) as session:
            while True:
                while len(window) < session.room() and (job := next(waiting, _NONE)) is not _NONE:
                    window.append(session.sent(job, packing(job)))
                if not window:
                    return
                yield from _finished(task, window, session)


_NONE: Final[Any] = object()


def _finished(task: Task[J, R], window: deque[_Sent[J, R]], session: _Session) -> Iterator[R]:
    """The results at the head of the window, which are taken out of it; none where one was lost and has to be waited for again."""
    session.wait_for(window[0].future)
    if isinstance(session.fault_of(window[0].future), KilledWorker):
        one = window[0]
        for other in window:
            session.wait_for(other.future)
        again = session.sent(one.job, one.parcel)
        session.wait_for(again.future)
        if isinstance(session.fault_of(again.future), KilledWorker):
            window.popleft()
            yield task.died(one.job)
            return
        window[0] = again
    ready = []
    for one in window:
        if one.future.status != "finished":
            break
        ready.append(one)
    if not ready:
        raise session.fault_of(window[0].future) or ClusterError(_LOST)
    for data in session.gathered([one.future for one in ready]):
        yield window.popleft().parcel.opened(data)


# --- The scheduler ------------------------------------------------------------------------------------------------------------

_LOST: Final = "与调度器的连接断了；已经生成的不受影响，再运行一次就接着做其余的"


class _Session:
    """One run's conversation with a scheduler. Whatever goes wrong with that becomes a ClusterError."""

    def __init__(self, client: Any, task: bytes, say: Callable[[str], None]) -> None:
        self._client = client
        self._task = task
        self._errand = _ByValue(sent.errand)
        self._say = say
        self._program = program()
        self._digest = self._program.digest()
        self._name = f"gongwen-{uuid.uuid4().hex}"
        self._count = 0
        self._kits: dict[str, str] = {}
        self._threads = 0
        self._looked = 0.0
        self._idle: float | None = None
        while not self._look():
            time.sleep(_LOOK / 10)

    def room(self) -> int:
        """How many parcels may be under way."""
        if time.monotonic() - self._looked > _LOOK:
            self._look()
        return max(1, self._threads) * _AHEAD

    def sent(self, job: J, parcel: Parcel[R]) -> _Sent[J, R]:
        """A job that a worker will do."""
        self._count += 1
        with _told():
            kit = None if parcel.kit is None else self._shelved(parcel.kit)
            future = self._client.submit(
                self._errand,
                self._digest,
                self._task,
                kit,
                parcel.data,
                key=f"{self._name}-{self._count}",
                pure=False,
            )
        return _Sent(job, parcel, future)

    def _shelved(self, kit: Kit) -> str:
        """The name under which every worker has a kit."""
        if kit.digest not in self._kits:
            name = f"{self._name}-{kit.digest}"
            self._client.register_plugin(sent.Shelf(name, kit.data), name=name)
            self._kits[kit.digest] = name
        return self._kits[kit.digest]

    def wait_for(self, future: Any) -> None:
        """Wait until a parcel is done or has failed; look now and then whether there is still anybody to do it."""
        while not future.done():
            try:
                with self._client.as_current():
                    distributed.wait(future, timeout=_LOOK)
            except (TimeoutError, CancelledError):
                self._look()

    def fault_of(self, future: Any) -> BaseException | None:
        """What kept a parcel from being done, that is no fault of the conversation."""
        with _told():
            if future.status in {"cancelled", "lost"}:
                raise ClusterError(_LOST)
            fault: BaseException | None = future.exception() if future.status == "error" else None
        if isinstance(fault, OtherProgramError):
            raise ClusterError(self._difference(fault))
        if isinstance(fault, ImportError):
            raise ClusterError(
                f"工人进程用不了 gongwen（{fault}）；在运行 dask worker 的环境里安装同一版本的 gongwen[dask]（{__version__}）"
            )
        return fault

    def gathered(self, futures: Sequence[Any]) -> list[bytes]:
        """What came back for parcels that are done; nothing where a worker died with one of them, and it is done again in vain."""
        with _told():
            try:
                return list(self._client.gather(list(futures)))
            except KilledWorker:
                return []

    def leave(self) -> None:
        """Take away what was left with the workers, and what is under way."""
        for name in self._kits.values():
            with contextlib.suppress(Exception):  # whoever is gone has nothing left
                self._client.sync(self._client.scheduler.unregister_worker_plugin, name=name, callback_timeout=_CLOSING)

    def _difference(self, other: OtherProgramError) -> str:
        """What tells the program of a worker from this one."""
        own, others = self._program.versions.splitlines(), other.versions.splitlines()
        here, there = [one for one in own if one not in others], [one for one in others if one not in own]
        what = f"这里是 {'、'.join(here) or '没有'}，那里是 {'、'.join(there) or '没有'}"
        if not here and not there:
            what = f"版本都是 gongwen {__version__}，文件内容不同"
        return f"工人进程 {other.where} 的程序与这里的不同，成品会不一样：{what}；两边安装相同的版本"

    def _look(self) -> bool:
        """Whether there are workers. Raises ClusterError where there have been none for too long, or the scheduler is gone."""
        if self._client.status != "running":
            raise ClusterError(_LOST)
        with _told():
            threads = self._client.sync(self._client.scheduler.ncores, callback_timeout=_ANSWERING)
        self._threads = sum(threads.values())
        self._looked = now = time.monotonic()
        if self._threads:
            self._idle = None
            return True
        if self._idle is None:
            self._idle = now
            self._say(f"调度器下还没有工人进程，最多等 {_PATIENCE:.0f} 秒；用 dask worker 启动")
        if now - self._idle > _PATIENCE:
            raise ClusterError(f"等了 {_PATIENCE:.0f} 秒，调度器下没有工人进程；用 dask worker 启动以后再试")
        return False


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What a connection fails with becomes one error, in Chinese."""
    try:
        yield
    except (OSError, TimeoutError, CancelledError, distributed.client.FutureCancelledError, RuntimeError) as error:
        raise ClusterError(_LOST) from error


@contextlib.contextmanager
def _joined(address: str, task: bytes, say: Callable[[str], None]) -> Iterator[_Session]:
    """A conversation with the scheduler, and its end."""
    _silence()
    cloudpickle.register_pickle_by_value(sent)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGEST}):
        client = _connected(address)
        try:
            session = _Session(client, task, say)
            try:
                yield session
            finally:
                session.leave()
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=_CLOSING)


def _connected(address: str) -> distributed.Client:
    try:
        asyncio.run(_called(address))
        return distributed.Client(address, timeout=_CONNECTING, set_as_default=False, name="gongwen")
    except (OSError, ValueError, RuntimeError, TypeError, ImportError, MemoryError) as error:
        # Another server's answer is taken for the length of a message: so much memory there is not.
        message = f"连不上调度器 {address}（{_CONNECTING:g} 秒之内没有应答，或者那里不是 Dask 的调度器）"
        raise ClusterError(message) from error


async def _called(address: str) -> None:
    """Call a scheduler and ring off: a client of Dask's waits for ever for one that does not answer. Raises OSError."""
    connection = distributed.Security().get_connection_args("client")
    async with asyncio.timeout(_CONNECTING):
        comm = await connect(address, **connection)
        await comm.close()


def _check_address(address: str) -> None:
    wrong = ClusterError(f"调度器的地址写成 tcp://主机:端口 或 tls://主机:端口，不是“{address}”")
    try:
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or not parts.hostname or not parts.port or parts.path or parts.query:
            raise wrong
    except ValueError:
        raise wrong from None


def _silence() -> None:
    """Keep Dask's words off the user's terminal: what there is to tell is told here. Whether the program is the same is asked."""
    warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)
    for name in ["distributed", "tornado", "asyncio", *logging.root.manager.loggerDict]:
        if name.partition(".")[0] in {"distributed", "tornado", "asyncio"}:
            logger = logging.getLogger(name)
            logger.handlers = [logging.NullHandler()]
            logger.propagate = False
