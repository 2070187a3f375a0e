"""The program from a process that has its heavy rooms imported: starting anew is most of what a short verb takes.

A server forks for each command. The child gets the words, the folder, the environment and the streams it is asked to
have, goes in at ``loa.cli.main``, or runs a script of the tests, and ends as Python ends, killed or not. The server
has no verb imported: their help is written in the language of the environment. That the program starts from nothing is
shown by the tests that do so: test_cli, test_packaging, and all that is started with ``LOA``.
"""

import atexit
import functools
import gc
import importlib
import json
import os
import runpy
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

ROOMS = (
    "loa.cli.command",
    "loa.logs.writer",
    "loa.preview",
    "loa.rehearsal",
    "loa.report",
    "loa.sandbox.__main__",
    "loa.webhooks.app",
    "loa.wiring.desks",
    "markdown",
    "publishers.http",
    "rich.progress",
    "typer.main",
)
_LONGEST = 1 << 20
_TESTS = str(Path(__file__).parents[1])
_SERVE = f"import sys; sys.path.append({_TESTS!r}); from support.warm import serve; serve(int(sys.argv[1]))"
_STREAMS = 3


def run_warm(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str], timeout: float, typed: str | None = None
) -> "subprocess.CompletedProcess[str]":
    """``subprocess.run`` of the program with these words, its output captured; ``typed`` is piped in."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        given.write((typed or "").encode())
        given.seek(0)
        streams = [each.fileno() for each in (given, said, complained)]
        running = Forked(["loa", *words], cwd, environment, streams)
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout)
        if (code := running.returncode) is None:
            running.kill()
            running.wait()
        texts = []
        for each in (said, complained):
            each.seek(0)
            texts.append(each.read().decode("utf-8"))
        if code is None:
            raise subprocess.TimeoutExpired(running.args, timeout, *texts)
        return subprocess.CompletedProcess(["loa", *words], code, *texts)


def start_warm(
    command: Sequence[str | Path],
    cwd: Path,
    environment: Mapping[str, str],
    *,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    text: bool = False,
    session: bool = False,
) -> "Forked":
    """``subprocess.Popen`` of ``loa`` and its words, or of a script and its words; ``session``: in one of its own."""
    ours: dict[int, int] = {}
    theirs: list[int] = []
    for number, asked in enumerate((stdin, stdout, stderr)):
        if asked == subprocess.PIPE:
            ends = os.pipe()
            theirs.append(ends[number > 0])
            ours[number] = ends[number == 0]
        elif asked == subprocess.DEVNULL:
            theirs.append(os.open(os.devnull, os.O_RDWR))
        else:
            place = theirs[1] if asked == subprocess.STDOUT else asked if isinstance(asked, int) else asked.fileno()
            theirs.append(os.dup(place))
    try:
        made = Forked([*map(str, command)], cwd, environment, theirs, session=session)
    finally:
        for each in theirs:
            os.close(each)
    for number, place in ours.items():
        mode = "r" if number else "w"
        stream: Any = os.fdopen(place, mode, encoding="utf-8") if text else os.fdopen(place, f"{mode}b")
        setattr(made, ("stdin", "stdout", "stderr")[number], stream)
    return made


class Forked(subprocess.Popen[Any]):
    """A process that the server forked, with what ``Popen`` can do but for ``communicate``."""

    def __init__(
        self,
        command: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        streams: Sequence[int],
        *,
        session: bool = False,
    ) -> None:
        self.args = command
        self.stdin = self.stdout = self.stderr = None
        self.returncode: Any = None
        self._looking = threading.Lock()
        wanted = {"command": command, "cwd": str(cwd), "environment": dict(environment), "session": session}
        self.pid, self._told = _server().fork(wanted, streams)

    def poll(self) -> int | None:
        if self._looking.acquire(blocking=False):
            try:
                self._look(0)
            finally:
                self._looking.release()
        return self.returncode  # type: ignore[no-any-return]  # it says so above

    def wait(self, timeout: float | None = None) -> int:
        with self._looking:
            self._look(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return int(self.returncode)

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def _look(self, seconds: float | None) -> None:
        if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
            self.returncode = int(self._told.recv(64))
            self._told.close()


class _Server:
    """The process that forks; it ends when this one does."""

    def __init__(self) -> None:
        self._asking, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
        self._lock = threading.Lock()
        with asked:
            command = [sys.executable, "-c", _SERVE, str(asked.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[asked.fileno()], stdin=subprocess.DEVNULL)

    def fork(self, wanted: Mapping[str, object], streams: Sequence[int]) -> tuple[int, socket.socket]:
        """The number of the process, and where its exit code will come, as ``subprocess`` has it."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there, self._lock:
            socket.send_fds(self._asking, [json.dumps(wanted).encode()], [*streams, there.fileno()])
        return int(here.recv(64)), here

    def end(self) -> None:
        """Nobody asks any more: the process sees it and ends."""
        self._asking.close()
        self._process.wait(20)


@functools.cache
def _server() -> _Server:
    made = _Server()
    atexit.register(made.end)
    return made


def serve(place: int) -> None:
    """Fork for each command that comes in at this socket, until nobody can ask any more."""
    for name in ROOMS:
        importlib.import_module(name)
    sys.path.remove(_TESTS)
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=place) as asked:
        while True:
            message, fds, _, _ = socket.recv_fds(asked, _LONGEST, _STREAMS + 1)
            if not message:
                return
            if os.fork() == 0:
                asked.detach()
                os.close(place)
                _keep(json.loads(message), fds)
                return
            for fd in fds:
                os.close(fd)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _keep(wanted: dict[str, Any], fds: list[int]) -> None:
    """Fork once more, tell the number of the process that is the program, and with what it ended."""
    *streams, told = fds
    if (number := os.fork()) == 0:
        os.close(told)
        _become(wanted, streams)
        return
    for each in streams:
        os.close(each)
    with socket.socket(fileno=told) as answer, suppress(BrokenPipeError):
        answer.send(str(number).encode())
        answer.send(str(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])).encode())
    os._exit(0)


def _become(wanted: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - those that were made at the start know
    sys.stdout = open(1, "w", 1, encoding="utf-8", closefd=False)  # noqa: SIM115 - what the server's files could do
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115 - the same
    if wanted["session"]:
        os.setsid()
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    program, *words = wanted["command"]
    sys.argv[1:] = words
    if program == "loa":
        importlib.import_module("loa.cli").main()
    else:
        sys.argv[0] = program
        paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        sys.path[:0] = [str(Path(program).parent), *filter(None, paths)]
        runpy.run_path(program, run_name="__main__")
