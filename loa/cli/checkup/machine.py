"""This machine: Python, fonts, ffmpeg, disk, clock, time zone, ports."""

from __future__ import annotations

import platform
import shutil
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

from loa.cli.checkup.finding import Check, trouble, well
from loa.cli.language import lang, say
from loa.clock import SystemClock
from loa.errors import LoaError
from loa.store.health import Level

AREA = "machine"
_TIGHT, _FULL = 1_000_000_000, 200_000_000
"""Bytes free: when to warn, when nothing can be made any more."""
_DRIFT_TOLD, _DRIFT_STOPS = 60, 300
"""Seconds: from when posts are visibly late, from when signed calls (X) may be refused for their time."""
_ASKED = 3
_PORTS = ((8765, "loa sandbox"), (8766, "loa preview"), (8768, "loa login"))


def machine(place: Path, zone: ZoneInfo, servers: Sequence[str] | None) -> Iterator[Check]:
    """``place``: the folder that the machine writes; ``servers`` None: ask nobody."""
    yield well(AREA, "python", f"Python {platform.python_version()}, {platform.system()} {platform.release()}")
    yield from _tools()
    yield _disk(place)
    yield _zone(zone)
    if servers is not None:
        yield _clock(servers)
    yield from (_port(*each) for each in _PORTS)


def _tools() -> Iterator[Check]:
    from loa.render.selfcheck import ffmpeg_version, font_trouble

    if found := font_trouble():
        yield Check(AREA, "fonts", "stop", "E931", {"detail": found})
    else:
        yield well(AREA, "fonts", say("đủ chữ tiếng Việt", "all Vietnamese letters"))
    try:
        yield well(AREA, "ffmpeg", ffmpeg_version())
    except LoaError as error:
        yield trouble(AREA, "ffmpeg", error)


def _disk(place: Path) -> Check:
    from loa.messages import number

    there = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    told = f"{number(round(free / 1e9, 1), lang())} GB" if free >= _TIGHT else f"{free // 1_000_000} MB"
    if free >= _TIGHT:
        return well(AREA, "disk", say(f"còn trống {told}", f"{told} free"))
    level: Level = "warning" if free >= _FULL else "stop"
    return Check(AREA, "disk", level, "E933", {"place": place.name, "free": told, "detail": str(free)})


def _zone(zone: ZoneInfo) -> Check:
    from loa.messages import moment

    try:
        rules = f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        rules = "tzdata ?"
    return well(AREA, "zone", f"{zone.key}, {rules}, {moment(SystemClock().now(), zone, lang())}")


def _clock(servers: Sequence[str]) -> Check:
    from loa.wiring.probe import time_at

    clock = SystemClock()
    for server in servers[:_ASKED]:
        before = clock.now()
        if there := time_at(server):
            return drift(before + (clock.now() - before) / 2, there, server)
    return Check(AREA, "clock", "warning", "E935", {"detail": ", ".join(servers[:_ASKED]) or "–"})


def drift(here: datetime, there: datetime, server: str) -> Check:
    """How far our clock is from a server's; both know the second at best."""
    seconds = abs((here - there).total_seconds())
    host = server.partition("://")[2]
    if seconds < _DRIFT_TOLD:
        return well(AREA, "clock", say(f"khớp với {host}", f"agrees with {host}"))
    level: Level = "warning" if seconds < _DRIFT_STOPS else "stop"
    return Check(AREA, "clock", level, "E934", {"seconds": f"{seconds:.0f}", "host": host, "detail": f"{seconds:.0f}"})


def _port(port: int, command: str) -> Check:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    name = f"port {port}"
    if taken:
        return Check(AREA, name, "warning", "E938", {"port": str(port), "command": command, "detail": command})
    return well(AREA, name, say(f"đang trống ({command})", f"free ({command})"))
