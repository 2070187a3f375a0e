"""Several machines of one office: the same files of the staff, one book on PostgreSQL, one common store."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from support.office import make_office, replace_in
from support.processes import LOA, clean_environment
from support.warm import run_warm, start_warm

_UNITS = "reviewers:"
COMMUNES = "\n".join(
    f'    - {{code: xa-{number}, name: "Xã số {number}", parent: tinh-mau, hotline: "1022",'
    f' portal: "https://dichvucong.gov.vn/{number}"}}'
    for number in range(2, 100)
)


class Machines:
    """The machines of an office with so many communes; each picture names its commune."""

    def __init__(self, folder: Path, database: str, communes: int, formats: str = "square, wide") -> None:
        self.folder = folder
        self.database = database
        self.store = folder / "kho"
        self.store.mkdir(parents=True)
        self.clock = make_office(folder / "may-chinh")
        lines = COMMUNES.splitlines()[:communes]
        listed = '    - {code: xa-mot, name: Xã Một, parent: tinh-mau, hotline: "1022",'
        replace_in(self.clock / "loa.yaml", listed, "\n".join([*lines, listed]))
        codes = ", ".join(f"xa-{number}" for number in range(2, communes + 2))
        accounts = "".join(
            f"  - {{id: fb-{number}, channel: facebook, unit: xa-{number}, name: Xã {number},"
            f' settings: {{page_id: "{number}"}}, secrets: {{page_token: fb-tinh}}}}\n'
            for number in range(2, communes + 2)
        )
        replace_in(self.clock / "loa.yaml", "  - id: sms-tinh\n", f"{accounts}  - id: sms-tinh\n")
        replace_in(self.clock / "loa.yaml", _UNITS, f"media: {{folder: {self.store}}}\n{_UNITS}")
        campaign = self.clock / "campaigns/thu-nghiem.yaml"
        replace_in(campaign, "units: [tinh-mau, xa-mot]", f"units: [tinh-mau, xa-mot, {codes}]")
        text = campaign.read_text(encoding="utf-8")
        head, mark, last = text.rpartition("    units: [tinh-mau]\n")
        assert mark
        last = last.replace("[square]", f"[{formats}]")
        last = last.replace("hinh/square", ", ".join(f"hinh/{name}" for name in formats.split(", ")))
        campaign.write_text(f"{head}    units: [{codes}]\n{last}", encoding="utf-8")
        begun = loa("render", "--here", "--to", "2026-12-31", cwd=self.clock, environment=self.environment)
        assert begun.returncode == 0, begun.stderr  # the book and its key; nothing is to be made yet

    @property
    def environment(self) -> Mapping[str, str]:
        return clean_environment() | {"LOA_DATABASE_URL": self.database}

    def another(self, name: str) -> Path:
        """A machine with the same files and the same key, and nothing rendered."""
        folder = self.folder / name
        shutil.copytree(self.clock, folder, ignore=shutil.ignore_patterns("var"))
        (folder / "var").mkdir()
        shutil.copyfile(self.clock / "var/vault.key", folder / "var/vault.key")
        return folder

    @contextmanager
    def worker(self, folder: Path) -> Iterator["subprocess.Popen[str]"]:
        """A worker that renders, ready to take work."""
        command = ["loa", "worker", "--render", "--threads", "1"]
        with (folder / "worker.log").open("wb") as log:
            process = start_warm(command, folder, self.environment, stdout=subprocess.PIPE, stderr=log, text=True)
            assert process.stdout
            try:
                ready = [process.stdout.readline(), process.stdout.readline()]
                assert ready[1], (folder / "worker.log").read_text()
                yield process
            finally:
                process.kill()
                process.wait(timeout=20)
                process.stdout.close()

    def render(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """``loa render`` at the office's own machine, up to the day of the pictures."""
        return loa("render", "--to", "2027-03-04", *words, cwd=self.clock, environment=self.environment)

    def start_rendering(self) -> "subprocess.Popen[str]":
        """The same, left running."""
        command = [*LOA, "render", "--to", "2027-03-04", "--json"]
        return subprocess.Popen(
            command,
            cwd=self.clock,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def notes(folder: Path) -> dict[str, str]:
    """What lies on a shelf or in a store: key → SHA-256 of the asset."""
    found = (json.loads(path.read_bytes()) | {"key": path.stem} for path in folder.glob("*/*.json"))
    return {str(note["key"]): str(note["sha256"]) for note in found}


def loa(*words: str, cwd: Path, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run one verb to its end."""
    return run_warm(words, cwd, environment, timeout=300)
