"""A warm headless Chromium as a peer, spoken to over a pipe: no library, no port, nothing left behind."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
)  # fmt: skip


def find_chromium() -> str:
    """The browser of this computer.

    Raises:
        SystemExit: there is none; the script that asks for it has no peer to measure.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("this benchmark needs Chromium")
    return found


class Browser:
    """One browser with one page, kept warm."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp(prefix="loa-chromium-")
        ours_read, theirs_write = os.pipe()
        theirs_read, ours_write = os.pipe()
        self._read, self._write = os.fdopen(ours_read, "rb"), os.fdopen(ours_write, "wb")
        self._process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{theirs_read} 4>&{theirs_write}', "sh", find_chromium(), *FLAGS,
             f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=(theirs_read, theirs_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_read)
        os.close(theirs_write)
        self._waiting = bytearray()
        self._number = 0
        self._session = ""
        target = self._tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._tell("Page.enable")
        home = Path(self._profile, "page.html")
        home.write_text("<!doctype html>", encoding="utf-8")
        self._tell("Page.navigate", url=home.as_uri())  # from here a page may load the fonts of this computer
        self._frame = self._tell("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def _tell(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; what happens meanwhile is passed over."""
        self._number += 1
        told = {"id": self._number, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        self._write.write(json.dumps(told).encode() + b"\0")
        self._write.flush()
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _message(self) -> bytes:
        while b"\0" not in self._waiting:
            arrived = self._read.read1(1 << 20)
            if not arrived:
                raise RuntimeError("Chromium has gone")
            self._waiting += arrived
        message, _, self._waiting = self._waiting.partition(b"\0")
        return bytes(message)

    def show(self, page: str) -> None:
        """Put a page of HTML in, and wait until its fonts are there."""
        self._tell("Page.setDocumentContent", frameId=self._frame, html=page)
        self._tell("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)

    def print(self, width: float, height: float) -> bytes:
        """The page as PDF, its size in inches."""
        told = {"paperWidth": width, "paperHeight": height, "printBackground": True, "preferCSSPageSize": True}
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
        return base64.b64decode(self._tell("Page.printToPDF", **told, **margins)["data"])

    def cpu_seconds(self) -> float:
        """What the browser and all its processes have taken so far; Linux tells it in hundredths."""
        parents, ticks = {}, {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
                parents[int(path.parent.name)] = int(fields[1])
                ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))  # its own, and of its ended children
        tree = {self._process.pid}
        for _ in range(4):  # browser, zygote, zygote, renderer
            tree |= {process for process, parent in parents.items() if parent in tree}
        return sum(ticks.get(process, 0) for process in tree) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(Path(self._profile), ignore_errors=True)
