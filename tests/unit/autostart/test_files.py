"""The files with which a machine starts Loa by itself: as each system wants them, whatever the paths are called."""

import plistlib
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from loa.autostart import Job, Plan, System, Work, plan_for, works
from loa.autostart.work import name_of

SYSTEMS: tuple[System, ...] = ("windows", "systemd", "launchd")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
AWKWARD = "Sở Văn hoá & Thể thao 100% “<xã>” $HOME"
SECRETS = {
    "LOA_PASSPHRASE": "mat-khau-rat-dai",
    "LOA_SECRET_FB_TINH": "ma-truy-cap",
    "LOA_DATABASE_URL": "postgresql+psycopg://loa:mat-khau@10.0.0.5/loa",
    "PGPASSWORD": "mat-khau-khac",
}
OPEN = {
    "LOA_DATABASE_URL": "postgresql+psycopg://loa@10.0.0.5/loa?sslmode=require&application_name=100%",
    "LOA_PASSPHRASE_FILE": "/etc/loa/mat khau",
    "PGPASSFILE": "/etc/loa/pgpass",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / AWKWARD / "văn phòng"
    (folder / "var" / "service").mkdir(parents=True)
    return folder


def _works(
    office: Path, job: Job = "run", *, machine: bool = False, environment: Mapping[str, str] | None = None
) -> tuple[Work, ...]:
    """With a program that is really there, in a path as awkward as the office's."""
    program = office / "ba n%s$x"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    made = works(office, job, environment or {}, user="TINH\\lan", for_machine=machine, shared=(office / "chung",))
    return tuple(
        replace(each, command=(str(program), *each.command[-2 if each.job == "alerts" else -1 :])) for each in made
    )


def _plan(system: System, made: tuple[Work, ...], office: Path) -> Plan:
    return plan_for(system, made, office / "var" / "service")


def _task(content: bytes) -> ET.Element:
    assert content[:2] == b"\xff\xfe"
    text = content.decode("utf-16")
    assert "\n" not in text.replace("\r\n", "")
    return ET.fromstring(content)  # noqa: S314 - what we have just made


def _text(task: ET.Element, path: str) -> str:
    found = task.findtext("/".join(TASK + step for step in path.split("/")))
    assert found is not None, path
    return found


@pytest.mark.parametrize("machine", [False, True])
def test_a_windows_task_runs_for_ever_and_comes_back(office: Path, machine: bool) -> None:  # noqa: FBT001 - a parameter
    plan = _plan("windows", _works(office, machine=machine), office)
    task, alerts = (_task(content) for content in plan.files.values())
    wanted = {
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "StartWhenAvailable": "true",
        "ExecutionTimeLimit": "PT0S",
        "Enabled": "true",
        "RunOnlyIfIdle": "false",
        "RestartOnFailure/Interval": "PT1M",
        "RestartOnFailure/Count": "255",
    }
    assert {name: _text(task, f"Settings/{name}") for name in wanted} == wanted
    assert _text(task, "Triggers/TimeTrigger/Repetition/Interval") == "PT5M"
    assert _text(alerts, "Settings/ExecutionTimeLimit") == "PT5M"
    triggers = [each.tag.removeprefix(TASK) for each in task.find(f"{TASK}Triggers") or ()]
    assert triggers == [("BootTrigger" if machine else "LogonTrigger"), "TimeTrigger"]
    assert _text(task, "Principals/Principal/LogonType") == ("S4U" if machine else "InteractiveToken")
    assert _text(task, "Principals/Principal/UserId") == "TINH\\lan"
    assert _text(task, "Principals/Principal/RunLevel") == "LeastPrivilege"


def test_a_windows_task_names_the_program_and_the_folder_as_they_are(office: Path) -> None:
    made = _works(office)
    task = _task(next(iter(_plan("windows", made, office).files.values())))
    assert _text(task, "Actions/Exec/Command") == made[0].command[0]
    assert _text(task, "Actions/Exec/Arguments") == "run"
    assert _text(task, "Actions/Exec/WorkingDirectory") == str(office)
    assert AWKWARD in _text(task, "Actions/Exec/WorkingDirectory")


@pytest.mark.parametrize("machine", [False, True])
@pytest.mark.parametrize("job", ["run", "worker"])
def test_systemd_has_nothing_to_say_about_the_units(office: Path, job: Job, machine: bool) -> None:  # noqa: FBT001 - a parameter
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    plan = _plan("systemd", _works(office, job, machine=machine, environment=OPEN), office)
    for name, content in plan.files.items():
        text = content.decode().replace("TINH\\lan", "root")
        (office / "var" / "service" / name).write_text(text, encoding="utf-8")
    for name in plan.files:
        told = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(office / "var" / "service" / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (told.returncode, _about(name, told.stderr)) == (0, []), told.stderr


def _about(name: str, told: str) -> list[str]:
    """What was said of our unit; this machine's own units may have their troubles."""
    return [line for line in told.splitlines() if name in line]


def test_a_systemd_service_comes_back_for_ever_and_ends_in_its_own_time(office: Path) -> None:
    service, *others = _plan("systemd", _works(office, environment=OPEN), office).files.items()
    lines = service[1].decode().splitlines()
    for line in ("Restart=always", "StartLimitIntervalSec=0", "TimeoutStopSec=90", "WantedBy=default.target"):
        assert line in lines
    assert f"WorkingDirectory={str(office).replace('%', '%%')}" in lines
    assert [name.rpartition(".")[2] for name, _ in others] == ["service", "timer"]
    timer = others[1][1].decode().splitlines()
    assert {"OnActiveSec=5min", "OnUnitInactiveSec=5min", "WantedBy=timers.target"} <= set(timer)


def test_a_service_of_the_machine_may_write_in_var_and_the_shared_folder_only(office: Path) -> None:
    service = next(iter(_plan("systemd", _works(office, machine=True), office).files.values())).decode()
    shown = str(office).replace("%", "%%")
    assert f'ReadWritePaths="{shown}/var" "{shown}/chung"\n' in service
    assert "ProtectSystem=strict\n" in service
    assert "WantedBy=multi-user.target\n" in service
    assert "User=TINH\\lan\n" in service


@pytest.mark.parametrize("machine", [False, True])
def test_a_launchd_file_keeps_the_program_alive(office: Path, machine: bool) -> None:  # noqa: FBT001 - a parameter
    made = _works(office, machine=machine, environment=OPEN)
    plan = _plan("launchd", made, office)
    run, alerts = (plistlib.loads(content) for content in plan.files.values())
    assert run["ProgramArguments"] == list(made[0].command)
    assert run["WorkingDirectory"] == str(office)
    assert (run["KeepAlive"], run["RunAtLoad"]) == (True, True)
    assert run["EnvironmentVariables"] == OPEN
    assert run.get("UserName") == ("TINH\\lan" if machine else None)
    assert "KeepAlive" not in alerts
    assert alerts["StartInterval"] == 300
    assert [f"{each['Label']}.plist" for each in (run, alerts)] == list(plan.files)


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_secret_stands_in_a_file_or_a_command(office: Path, system: System) -> None:
    plan = _plan(system, _works(office, environment=SECRETS), office)
    told = " ".join([*plan.switch_on, *plan.switch_off])
    told += "".join(each.decode("utf-16" if system == "windows" else "utf-8") for each in plan.files.values())
    for secret in ("mat-khau", "ma-truy-cap"):
        assert secret not in told


@pytest.mark.parametrize("system", SYSTEMS)
def test_where_the_book_and_the_secrets_are_is_handed_on(office: Path, system: System) -> None:
    plan = _plan(system, _works(office, environment=OPEN), office)
    told = plan.switch_on[0] if system == "windows" else next(iter(plan.files.values())).decode().replace("%%", "%")
    assert "10.0.0.5/loa" in told


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_file_is_switched_on_and_off_again(office: Path, system: System) -> None:
    plan = _plan(system, _works(office), office)
    on, off = " ".join(plan.switch_on), " ".join(plan.switch_off)
    for name in plan.files:
        assert name in on
        assert name.rpartition(".")[0] in off


def test_the_commands_of_linux_do_what_they_say(office: Path, tmp_path: Path) -> None:
    """Typed into a shell, they lay the units where systemd looks, and take them away again."""
    plan = _plan("systemd", _works(office), office)
    for name, content in plan.files.items():
        (office / "var" / "service" / name).write_bytes(content)
    home = tmp_path / "home"
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("systemctl", "loginctl"):
        (tools / tool).write_text('#!/bin/sh\necho "$(basename $0) $*" >> "$HOME/told"\n', encoding="utf-8")
        (tools / tool).chmod(0o755)
    home.mkdir()
    environment = {"HOME": str(home), "PATH": f"{tools}:/usr/bin:/bin"}
    for each in plan.switch_on:
        subprocess.run(["sh", "-c", each], env=environment, check=True)
    units = home / ".config/systemd/user"
    assert {each.name: each.read_bytes() for each in units.iterdir()} == dict(plan.files)
    for each in plan.switch_off:
        subprocess.run(["sh", "-c", each], env=environment, check=True)
    assert list(units.iterdir()) == []
    told = (home / "told").read_text(encoding="utf-8").splitlines()
    assert [line.split()[:3] for line in told if "able" in line] == [
        ["systemctl", "--user", "enable"],
        ["loginctl", "enable-linger"],
        ["systemctl", "--user", "disable"],
    ]


def test_two_workspaces_of_one_machine_have_names_of_their_own(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "Xã Kim Liên", tmp_path / "b" / "Xã Kim Liên"
    names = {name_of(folder, job) for folder in (first, second) for job in ("run", "worker", "alerts")}
    assert len(names) == 6
    assert all(name.startswith("loa-xa-kim-lien-") and name.isascii() for name in names)
