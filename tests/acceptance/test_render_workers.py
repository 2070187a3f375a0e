"""Rendering by workers on other machines: the same bytes, whoever makes them and whoever dies meanwhile."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from support.office import replace_in
from support.postgres import fresh_database
from support.render_machines import Machines, notes


@pytest.fixture
def machines(server: str, tmp_path: Path) -> Machines:
    return Machines(tmp_path, fresh_database(server), 13)


def made_here(machines: Machines) -> dict[str, str]:
    """What this machine makes of it alone; then everything is taken away again."""
    assert machines.render("--here").returncode == 0
    found = notes(machines.clock / "var/assets")
    shutil.rmtree(machines.clock / "var/assets")
    shutil.rmtree(machines.store)
    machines.store.mkdir()
    return found


def test_two_workers_share_the_work_and_give_the_same_bytes(machines: Machines) -> None:
    alone = made_here(machines)
    one, other = machines.another("one"), machines.another("other")
    with machines.worker(one), machines.worker(other):
        done = machines.render()
    assert done.returncode == 0, done.stderr
    assert notes(machines.clock / "var/assets") == alone == notes(machines.store / "notes")
    made = notes(one / "var/assets"), notes(other / "var/assets")
    assert made[0].keys() | made[1].keys() == alone.keys()
    assert all(made)


def test_a_worker_that_is_killed_in_the_midst_of_its_batch_loses_nothing(machines: Machines) -> None:
    alone = made_here(machines)
    with machines.worker(machines.another("one")) as worker:
        asking = machines.start_rendering()
        until = time.monotonic() + 60
        while not any((machines.folder / "one/var").glob("assets/*/*.tmp")) and time.monotonic() < until:
            if any((machines.folder / "one/var/assets").glob("*/*.jpg")):
                break
        os.kill(worker.pid, signal.SIGKILL)
        with machines.worker(machines.another("other")):
            _, told = asking.communicate(timeout=200)
    assert asking.returncode == 0, told
    assert notes(machines.clock / "var/assets") == alone


def test_when_the_only_worker_dies_this_machine_goes_on_by_itself(machines: Machines) -> None:
    with machines.worker(machines.another("one")) as worker:
        os.kill(worker.pid, signal.SIGSTOP)  # signed in, alive to the system, and doing nothing
        done = machines.render()
        os.kill(worker.pid, signal.SIGCONT)
    assert done.returncode == 0, done.stderr
    assert len(notes(machines.clock / "var/assets")) == 26


def test_a_worker_with_another_template_refuses_and_makes_no_wrong_picture(machines: Machines) -> None:
    alone = made_here(machines)
    one = machines.another("one")
    replace_in(one / "loa.yaml", "name: Ủy ban nhân dân tỉnh Mẫu", "name: Ủy ban nhân dân tỉnh Mẫu")
    (one / "templates").mkdir()
    (one / "templates/brand.yaml").write_text(brand().replace("#0A2150", "#0A2151"), encoding="utf-8")
    with machines.worker(one):
        done = machines.render()
    assert done.returncode == 0, done.stderr
    assert "E984" in done.stderr
    assert "templates/infographics/chi-so" in done.stderr
    assert notes(machines.clock / "var/assets") == alone
    assert not notes(one / "var/assets")


def test_what_cannot_be_made_is_told_as_it_is_told_here(machines: Machines) -> None:
    replace_in(machines.clock / "campaigns/thu-nghiem.yaml", "title: Nộp hồ sơ trực tuyến", f"title: {'rất dài ' * 60}")
    here = machines.render("--here")
    assert here.returncode != 0
    with machines.worker(machines.another("one")):
        done = machines.render()
    assert done.returncode == here.returncode
    assert codes(done.stderr) == codes(here.stderr)


def codes(text: str) -> list[str]:
    """The codes of problems, once each."""
    return sorted({word for word in text.replace("[", " ").replace("]", " ").split() if word[:2] in ("E4", "E3")})


def brand() -> str:
    """The brand that the program brings."""
    from loa.workspace import bundled  # noqa: PLC0415 - one test asks

    return bundled("templates", "brand.yaml").read_text(encoding="utf-8")
