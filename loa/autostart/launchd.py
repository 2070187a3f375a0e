"""A property list of macOS' launchd: an agent of one person, or a daemon of the machine."""

from __future__ import annotations

import plistlib
from typing import Any

from loa.autostart.work import EVERY_MINUTES, Work

_PATIENCE_SECONDS = 90
"""So long the scheduler may take to end: what is on the wire comes home first."""


def plist(work: Work) -> bytes:
    """The file, as XML."""
    keys: dict[str, Any] = {
        "Label": label(work),
        "ProgramArguments": list(work.command),
        "WorkingDirectory": str(work.folder),
        "RunAtLoad": True,
        "ProcessType": "Background",
        "StandardErrorPath": str(work.folder / "var" / "service" / f"{work.name}.log"),
    }
    if work.environment:
        keys["EnvironmentVariables"] = dict(work.environment)
    if work.is_kept_running:
        keys |= {"KeepAlive": True, "ThrottleInterval": 10, "ExitTimeOut": _PATIENCE_SECONDS}
    else:
        keys["StartInterval"] = EVERY_MINUTES * 60
    if work.for_machine:
        keys["UserName"] = work.user
    return plistlib.dumps(keys, sort_keys=False)


def label(work: Work) -> str:
    """Its name among all that launchd starts."""
    return f"vn.loa.{work.name}"
