"""Units of systemd: a service of one person or of the machine, and a timer for what is started every few minutes."""

from __future__ import annotations

from loa.autostart.work import EVERY_MINUTES, Work

_PATIENCE_SECONDS = 90
"""So long the scheduler may take to end: what is on the wire comes home first."""
_HARDENING = """\
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writes}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
"""
"""What the program may not do to the machine. It may write in ``var`` and the shared folder, and nowhere else.

A person's own services get none of this: many machines do not let them close themselves in."""


def units(work: Work) -> dict[str, bytes]:
    """File name → content."""
    made = {f"{work.name}.service": _service(work)}
    if not work.is_kept_running:
        made[f"{work.name}.timer"] = _timer(work)
    return {name: text.encode() for name, text in made.items()}


def _service(work: Work) -> str:
    lines = ["[Unit]", f"Description={_plain(work.title)}"]
    if work.for_machine:
        lines += ["Wants=network-online.target", "After=network-online.target"]
    if work.is_kept_running:
        lines += ["StartLimitIntervalSec=0"]
    lines += ["", "[Service]"]
    lines += ["Type=exec"] if work.is_kept_running else ["Type=oneshot"]
    lines += [f"User={_plain(work.user)}"] if work.for_machine else []
    lines += [f"WorkingDirectory={_path(str(work.folder))}", f"ExecStart={_command(work.command)}"]
    lines += [f"Environment={_word(f'{name}={value}')}" for name, value in work.environment.items()]
    lines += [f"EnvironmentFile=-{_path(str(work.folder / 'var' / 'service.env'))}"]
    if work.is_kept_running:
        lines += ["Restart=always", "RestartSec=5", f"TimeoutStopSec={_PATIENCE_SECONDS}"]
    lines += ["NoNewPrivileges=yes"]
    if work.for_machine:
        lines += _HARDENING.format(writes=" ".join(_word(str(each)) for each in work.writes)).splitlines()
    if work.is_kept_running:
        lines += ["", "[Install]", f"WantedBy={'multi-user' if work.for_machine else 'default'}.target"]
    return "\n".join(lines) + "\n"


def _timer(work: Work) -> str:
    return f"""[Unit]
Description={_plain(work.title)}

[Timer]
OnActiveSec={EVERY_MINUTES}min
OnUnitInactiveSec={EVERY_MINUTES}min
AccuracySec=30s

[Install]
WantedBy=timers.target
"""


def _plain(text: str) -> str:
    """A text in which nothing but the percent sign means anything to systemd."""
    return text.replace("%", "%%")


def _path(text: str) -> str:
    """A path that stands alone on its line: blanks belong to it."""
    return _plain(text)


def _word(text: str) -> str:
    """One word of several on a line."""
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _command(words: tuple[str, ...]) -> str:
    """The program, whose dollar signs are its own, and its arguments, in which systemd would look for variables."""
    first, *others = words
    return " ".join([_word(first), *(_word(each.replace("$", "$$")) for each in others)])
