"""Worker processes that a batch survives: one that dies, hangs or needs too much memory costs its own job alone.

Each job runs alone in a process. A thread here hands it over and waits until it answers, its time is up, or it is gone.
"""

import contextlib
import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

from readiness.batch.render_job import DEADLINE
from readiness.document.engine import started
from readiness.signals import undisturbed

P = ParamSpec("P")
T = TypeVar("T")

RECYCLE = 500
"""After so many jobs a process is replaced: what a library loses does not come back otherwise."""
MEMORY = 2_000_000_000
"""Bytes that a process may ask for; a report takes 0.3 GB."""
_FULL = 1_000_000_000
"""Bytes at most in use at any time, after which a process is replaced: memory does not come back after a render."""
_LISTEN = 0.2
"""Seconds after which waiting looks up, in case somebody told the program to end."""
_TRIES = 2
"""How often a job is tried whose process dies: it can be another's fault, where the system is short of memory."""


_TO_END = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name))


def settled(futures: Collection["Future[T]"]) -> "set[Future[T]]":
    """Return those of the futures (at least one) that are settled, as soon as one is.

    Futures share their locks with the threads here. What a signal raises could come while one is taken: it would never
    be given back, and they would wait for ever. So being told to end is put off, but no longer than ``_LISTEN``.
    """
    done: set[Future[T]] = set()
    while not done:
        with undisturbed():
            done = wait(futures, _LISTEN, FIRST_COMPLETED).done
    return done


class Lost(Exception):  # noqa: N818 — it says what happened to the job
    """The process that did a job is gone. Says why, as the second half of a sentence."""


class Raised(Exception):  # noqa: N818
    """The job raised what it should not have. Holds the traceback."""


@dataclass(frozen=True, slots=True)
class _Job:
    future: "Future[Any]"
    call: Callable[..., Any]
    arguments: tuple[Any, ...]


class Workers(Executor):
    """Runs jobs in ``count`` processes of their own, each within ``deadline`` seconds."""

    def __init__(self, count: int, *, deadline: float = DEADLINE, recycle: int = RECYCLE) -> None:
        self._deadline, self._recycle = deadline, recycle
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._slots = [_Slot(self._jobs, deadline, recycle) for _ in range(count)]

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Return the future of ``fn``, which must be importable by name. It takes no keywords."""
        if self._closed or kwargs:
            raise RuntimeError("no keywords are taken, and nothing after the end")
        future: Future[T] = Future()
        self._jobs.put(_Job(future, fn, args))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 — its signature
        """Let the processes end. With ``cancel_futures`` at once: what they do is lost, and what waits is not begun."""
        self._closed = True
        if cancel_futures:
            with contextlib.suppress(queue.Empty):
                while True:
                    job = self._jobs.get_nowait()
                    if job is not None:
                        job.future.cancel()
            for slot in self._slots:
                slot.kill()
        for _ in self._slots:
            self._jobs.put(None)
        if wait:
            for slot in self._slots:
                slot.thread.join()


class _Slot:
    """One process at a time, and the thread that looks after it."""

    def __init__(self, jobs: "queue.SimpleQueue[_Job | None]", deadline: float, recycle: int) -> None:
        self._jobs, self._deadline, self._recycle = jobs, deadline, recycle
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._done = 0
        self._killed = False
        self._starting = threading.Lock()
        self.thread = started(threading.Thread(target=self._serve, daemon=True))

    def kill(self) -> None:
        """End the process now, and start no other."""
        with self._starting:
            self._killed = True
            process = self._process
            if process is not None:
                process.kill()

    def _serve(self) -> None:
        with contextlib.suppress(AttributeError):  # Ctrl-C is for the main process; a child inherits what is blocked
            signal.pthread_sigmask(signal.SIG_BLOCK, _TO_END)
        while (job := self._jobs.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                try:
                    result = self._run(job)
                except BaseException as error:  # noqa: BLE001 — whatever it is, it belongs to the job
                    job.future.set_exception(error)
                else:
                    job.future.set_result(result)
        self._end()

    def _run(self, job: _Job) -> Any:  # noqa: ANN401 — whatever the job returns
        for last in (*[False] * (_TRIES - 1), True):
            line = self._line or self._start()
            try:
                line.send((job.call, job.arguments))
                if not line.poll(self._deadline):
                    self._end(now=True)
                    raise Lost(f"took more than {self._deadline:g} seconds, and was stopped")
                how, answer, full = line.recv()
            except (EOFError, OSError):
                code = self._end(now=True)
                if last or self._killed:
                    raise Lost(_how_it_ended(code)) from None
                continue
            self._done += 1
            if full or self._done >= self._recycle:
                self._end()
            match how:
                case "done":
                    return answer
                case "full":
                    raise Lost("needed more memory than a report may take")
            raise Raised(answer)
        raise AssertionError

    def _start(self) -> Connection:
        with self._starting:
            if self._killed:
                raise Lost("was stopped")
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._process, self._line, self._done = process, ours, 0
            return ours

    def _end(self, *, now: bool = False) -> int | None:
        """End the process, when it has nothing left to do or ``now``. Return its exit code."""
        process, line = self._process, self._line
        self._process = self._line = None
        if process is None or line is None:
            return None
        line.close()
        if now:
            process.kill()
        process.join()
        return process.exitcode


def _how_it_ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"ended its process (signal {-code}); there may be too little memory"
    return f"ended its process (exit code {code})"


def _work(line: Connection) -> None:
    """Do the jobs that come over ``line``, until it closes. Runs in the worker process."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound()
    with contextlib.suppress(RuntimeError):  # it works without, if no thread can be started any more
        threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.enable()
    first = True
    while True:
        try:
            call, arguments = line.recv()
        except (EOFError, OSError):
            return
        try:
            answer = "done", call(*arguments), _peak() > _FULL
        except MemoryError:
            answer = "full", None, True
        except BaseException:  # noqa: BLE001 — it is told where it is known whose job it was
            answer = "raised", traceback.format_exc(), False
        try:
            line.send(answer)
        except (BrokenPipeError, OSError):
            return
        if first:
            first = False
            gc.collect()
            gc.freeze()  # what serves every job need not be looked at after each


def _end_with_parent() -> None:
    """Wait for the main process to be gone, and end with it, in the middle of a job: nobody else bounds its time."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _bound() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _peak() -> int:
    """Return the most memory that was in use at any time, in bytes; 0 where nobody knows."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class Here(Executor):
    """Runs each job at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Return the future of ``fn``, done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 — it is the future's
            future.set_exception(error)
        return future
