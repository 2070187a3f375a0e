"""The files for one system, and the commands with which a person switches them on and off."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loa.autostart import launchd, systemd, windows
from loa.autostart.work import System, Work


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to be written (name → bytes), and what a person types to switch them on, and off again."""

    system: System
    files: Mapping[str, bytes]
    switch_on: tuple[str, ...]
    switch_off: tuple[str, ...]


def this_system() -> System:
    """The one we run on."""
    return "windows" if sys.platform == "win32" else "launchd" if sys.platform == "darwin" else "systemd"


def plan_for(system: System, works: Sequence[Work], folder: Path) -> Plan:
    """What ``works`` need on ``system``, when their files lie in ``folder``."""
    makers = {"windows": _for_windows, "systemd": _for_systemd, "launchd": _for_launchd}
    return makers[system](works, folder)


def _for_windows(works: Sequence[Work], folder: Path) -> Plan:
    names = [f"\\Loa\\{each.name}" for each in works]
    files = {f"{each.name}.xml": windows.task(each) for each in works}
    made: list[tuple[str, ...]] = [
        ("schtasks", "/Create", "/F", "/TN", name, "/XML", str(folder / file))
        for name, file in zip(names, files, strict=True)
    ]
    run = [("schtasks", "/Run", "/TN", name) for name in names]
    # A task has no environment of its own: it gets the person's, or the machine's.
    known = [("setx", *each, *(("/M",) if works[0].for_machine else ())) for each in works[0].environment.items()]
    off = [each for name in names for each in (("schtasks", "/End", "/TN", name), _deleted(name))]
    return Plan("windows", files, _as_typed([*known, *made, *run]), _as_typed(off))


def _deleted(name: str) -> tuple[str, ...]:
    return ("schtasks", "/Delete", "/F", "/TN", name)


def _as_typed(commands: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(subprocess.list2cmdline(each) for each in commands)


def _for_systemd(works: Sequence[Work], folder: Path) -> Plan:
    files = {name: text for each in works for name, text in systemd.units(each).items()}
    started = [each.name + (".service" if each.is_kept_running else ".timer") for each in works]
    for_machine = works[0].for_machine
    control = "sudo systemctl" if for_machine else "systemctl --user"
    rights = "sudo " if for_machine else ""
    units = "/etc/systemd/system" if for_machine else "~/.config/systemd/user"
    names = shlex.join(files)
    placed = " ".join(shlex.quote(str(folder / name)) for name in files)
    on = [
        f"{rights}install -D -m 644 -t {units} {placed}",
        f"{control} daemon-reload",
        f"{control} enable --now {shlex.join(started)}",
    ]
    if not for_machine:
        on.append("loginctl enable-linger")
    off = [f"{control} disable --now {shlex.join(started)}", f"cd {units} && {rights}rm -f {names}"]
    return Plan("systemd", files, tuple(on), (*off, f"{control} daemon-reload"))


def _for_launchd(works: Sequence[Work], folder: Path) -> Plan:
    files = {f"{launchd.label(each)}.plist": launchd.plist(each) for each in works}
    for_machine = works[0].for_machine
    rights, domain = ("sudo ", "system") if for_machine else ("", "gui/$(id -u)")
    agents = "/Library/LaunchDaemons" if for_machine else "~/Library/LaunchAgents"
    on = [f"{rights}mkdir -p {agents}"]
    off = []
    for name in files:
        on += [
            f"{rights}cp {shlex.quote(str(folder / name))} {agents}/",
            f"{rights}launchctl bootstrap {domain} {agents}/{name}",
        ]
        off += [f"{rights}launchctl bootout {domain}/{name.removesuffix('.plist')}", f"{rights}rm -f {agents}/{name}"]
    return Plan("launchd", files, tuple(on), tuple(off))
