"""Where a book of one file may lie: on a disk of this machine, never on a drive that a network brings.

SQLite's locks and its shared memory do not work there: the book breaks, or two schedulers send the same.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import sqlalchemy as sa

from loa.errors import StoreError

_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
_REMOTE = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "webdav",
    }
)
"""Kinds of file systems that are another machine's; 9p is a Windows drive inside WSL, vboxsf a virtual machine's."""
_WINDOWS_REMOTE_DRIVE = 4
_MOUNTS = Path("/proc/mounts")
_OCTAL = re.compile(r"\\([0-7]{3})")
_MACOS_STATFS_BYTES = 2168
_MACOS_KIND = slice(72, 88)
"""Where macOS' statfs keeps the name of the file system (f_fstypename, 16 bytes)."""


def well_written(address: str) -> str:
    """The address of a database, where it is one that we can open.

    A slip (one slash for two, a bare ``@`` in the password) must neither make a file of that name nor show the password
    as the host's name.

    Raises:
        StoreError: E709, without the address.
    """
    kind, there, rest = address.partition("://")
    if not there or kind not in _DATABASES:
        detail = " / ".join(f"{each}://…" for each in _DATABASES)
        raise StoreError("E709", detail=detail)
    if rest.count("@") > 1:
        raise StoreError("E709", detail="@ × " + str(rest.count("@")))
    try:
        sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError("E709", detail="://") from error
    return address


def require_local(path: Path) -> None:
    """Refuse a place on a network drive.

    Raises:
        StoreError: E965.
    """
    if kind := network_drive(path):
        raise StoreError("E965", place=path, detail=kind)


def network_drive(path: Path, mounts: Path = _MOUNTS) -> str:
    """What kind of network drive ``path`` lies on; empty for a disk of this machine."""
    whole = path.resolve()
    for written in (str(path), str(whole)):  # a drive letter of a share resolves to \\server\share
        if named := re.match(r"\\\\(?![?.]\\)([^\\]+)", written):
            return "\\\\" + named[1]
    if sys.platform == "win32":
        return _windows_drive(whole)
    kind = _macos_kind(whole) if sys.platform == "darwin" else _linux_kind(whole, mounts)
    return kind if kind in _REMOTE else ""


def _linux_kind(whole: Path, mounts: Path) -> str:
    """The kind of the mount that ``whole`` lies under: the longest that fits, and the last of those that cover it."""
    if not mounts.exists():
        return ""
    found = (0, "")
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, mount, kind, *_ = line.split(" ")
        mount = _OCTAL.sub(lambda octal: chr(int(octal[1], 8)), mount)  # a space in its name is \040
        if whole.is_relative_to(mount) and len(mount) >= found[0]:
            found = (len(mount), kind if kind != "9p" or mount != "/" else "")  # the root of some containers
    return found[1]


def _windows_drive(whole: Path) -> str:
    import ctypes  # noqa: PLC0415 - asked on Windows only

    ask: int = ctypes.windll.kernel32.GetDriveTypeW(whole.drive + "\\")  # type: ignore[attr-defined]  # Windows has it
    return whole.drive if ask == _WINDOWS_REMOTE_DRIVE else ""


def _macos_kind(whole: Path) -> str:
    import ctypes  # noqa: PLC0415 - asked on macOS only

    there = next(folder for folder in (whole, *whole.parents) if folder.exists())
    answer, system = ctypes.create_string_buffer(_MACOS_STATFS_BYTES), ctypes.CDLL(None)
    ask = getattr(system, "statfs$INODE64", None) or system.statfs  # Intel Macs keep an older layout under the name
    if ask(str(there).encode(), answer):
        return ""
    return answer.raw[_MACOS_KIND].partition(b"\0")[0].decode(errors="replace")
