"""What ``loa.yaml`` says about alerts: a way that cannot work is told before anything is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from loa.errors import Problem
from loa.reader import Loaded
from loa.workspace.settings import AlertWay, Settings

_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_SERVER = re.compile(r"(?:\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_SECRET_NAME_LENGTH = 40
_ACCEPTED = {
    "email": "canbo@nghean.gov.vn",
    "smtp": "smtp.nghean.gov.vn:587",
    "sender": "loa@nghean.gov.vn",
    "smtp_user": "loa",
    "smtp_password": "smtp-loa",
    "webhook": "https://",
    "command": "[bao-su-co.sh]",
}


def alert_problems(loaded: Loaded[Settings]) -> list[Problem]:
    """Every way with what it lacks, at its place."""
    problems = []
    for number, each in enumerate(loaded.value.alerts):
        if sum(map(bool, (each.command, each.email, each.webhook))) != 1:
            problems.append(Problem("E997", {}, loaded.place_of(("alerts", number))))
            continue
        for key in _wrong(each):
            place = loaded.place_of(("alerts", number, key)) or loaded.place_of(("alerts", number))
            if place and key == "smtp_password":
                place = replace(place, length=1, source_line="")  # a password that was written here is not repeated
            problems.append(Problem("E998", {"key": key}, place, accepted=(_ACCEPTED[key],)))
    return problems


def _wrong(each: AlertWay) -> list[str]:
    if each.command:
        return [] if each.command[0].strip() else ["command"]
    if each.webhook:
        return [] if _is_safe(each.webhook) else ["webhook"]
    found = [] if _ADDRESS.fullmatch(each.email) else ["email"]
    found += [] if _is_server(each.smtp) else ["smtp"]
    found += [] if not each.sender or _ADDRESS.fullmatch(each.sender) else ["sender"]
    if each.smtp_password and not _is_secret_name(each.smtp_password):
        found.append("smtp_password")
    if bool(each.smtp_user) != bool(each.smtp_password):
        found.append("smtp_user" if each.smtp_password else "smtp_password")
    return found


def _is_secret_name(name: str) -> bool:
    return len(name) <= _SECRET_NAME_LENGTH and _SECRET_NAME.fullmatch(name) is not None


def _is_server(place: str) -> bool:
    return _SERVER.fullmatch(place) is not None and int(place.rpartition(":")[2] if ":" in place[-6:] else 1) < 2**16


def _is_safe(url: str) -> bool:
    """https, or this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    plain_here = parts.scheme == "http" and host in _LOOPBACK
    return bool(host) and (parts.scheme == "https" or plain_here) and not parts.username
