"""``loa service`` as a person meets it: files, and the commands to type; nothing is switched on."""

from pathlib import Path

import pytest
from support.office import make_office
from support.processes import loa

SYSTEMS = {"windows": 2, "systemd": 3, "launchd": 2}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "Phường Một")


@pytest.mark.parametrize("system", SYSTEMS)
def test_files_are_written_and_the_commands_told(office: Path, system: str) -> None:
    told = loa("service", "install", "--for", system, cwd=office)
    assert (told.returncode, told.stderr) == (0, "")
    made = sorted((office / "var/service").iterdir())
    assert len(made) == SYSTEMS[system]
    assert all(str(each) in told.stdout for each in made)
    assert "Loa chưa tự bật gì" in told.stdout
    loa("service", "remove", "--for", system, cwd=office)
    assert list((office / "var/service").iterdir()) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_show_writes_nothing(office: Path, system: str) -> None:
    told = loa("service", "show", "--for", system, "--worker", cwd=office)
    assert told.returncode == 0
    assert "worker" in told.stdout
    assert str(office) in told.stdout
    assert not (office / "var/service").exists()


def test_the_scheduler_that_is_written_down_is_this_one(office: Path) -> None:
    told = loa("service", "show", "--for", "systemd", cwd=office).stdout
    assert 'ExecStart="' in told
    assert '"run"' in told
    assert '"alerts" "check"' in told
