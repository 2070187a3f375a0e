"""The program from a process that has its heavy rooms imported: starting anew is most of what a short verb takes.

A server forks for each command. The child gets the words, the folder, the environment and the streams it is asked to
have, goes in at ``loa.cli.main`` and ends as Python ends, killed or not. The server has no verb imported: their help
is written in the language of the environment. That the program starts from nothing is shown by the tests that do so:
test_cli, test_packaging, and all that ``start_loa`` starts.
"""

import atexit
import functools
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOMS = (
    "loa.cli.command",
    "loa.logs.writer",
    "loa.rehearsal",
    "loa.report",
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
    command = ["loa", *words]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        given.write((typed or "").encode())
        given.seek(0)
        streams = [each.fileno() for each in (given, said, complained)]
        code = _server().run(
            {"words": list(words), "cwd": str(cwd), "environment": dict(environment)}, streams, timeout
        )
        texts = []
        for each in (said, complained):
            each.seek(0)
            texts.append(each.read().decode("utf-8"))
        if code is None:
            raise subprocess.TimeoutExpired(command, timeout, *texts)
        return subprocess.CompletedProcess(command, code, *texts)


class _Server:
    """The process that forks; it ends when this one does."""

    def __init__(self) -> None:
        self._asking, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
        self._lock = threading.Lock()
        with asked:
            command = [sys.executable, "-c", _SERVE, str(asked.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[asked.fileno()], stdin=subprocess.DEVNULL)

    def run(self, wanted: Mapping[str, object], streams: Sequence[int], timeout: float) -> int | None:
        """The exit code, as ``subprocess`` has it; None when the command took too long, and was killed."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with here:
            with there, self._lock:
                socket.send_fds(self._asking, [json.dumps(wanted).encode()], [*streams, there.fileno()])
            number = int(here.recv(64))
            here.settimeout(timeout)
            try:
                return int(here.recv(64))
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                return None

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
    with socket.socket(fileno=told) as answer, suppress(BrokenPipeError):
        answer.send(str(number).encode())
        answer.send(str(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])).encode())
    os._exit(0)


def _become(wanted: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    sys.argv[1:] = wanted["words"]
    importlib.import_module("loa.cli").main()
