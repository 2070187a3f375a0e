"""Figures that Prometheus can read, and in which nobody is named."""

import re
import socket
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from support.booked import booked
from support.deliveries import START
from support.office import make_office
from support.postgres import fresh_database
from support.processes import loa

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import Desk
from loa.metrics import exposition, serve
from loa.store import Presence, windows
from loa.store.backup import name_of_backup
from loa.store.windows import Ended
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("LOA_DATABASE_URL", fresh_database(request.getfixturevalue("server")))
    made = open_desk(open_workspace(make_office(tmp_path / "office")), SimulatedClock(START))
    yield made
    made.book.close()


def read(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(families: dict[str, Metric], name: str, **labels: str) -> float:
    (found,) = (
        sample.value
        for family in families.values()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )
    return found


def test_every_figure_of_a_book_is_told(desk: Desk) -> None:
    booked(desk.book, State.APPROVED, START - 90 * SECOND, count=3, item="tre")
    booked(desk.book, State.MISSED, START - HOUR, count=2, item="lo")
    booked(desk.book, State.HUMAN, START - HOUR, item="chua-ro")
    booked(desk.book, State.DUE, START, item="goi", channel="zalo")
    store.sign_in(desk.book, Presence("may-1", "clock", "may-1", 1), START - 5 * SECOND)
    with desk.book.write() as connection:
        store.pause_account(connection, store.AccountPause("fb-xa", None, "E605", ""), START)
    folder = desk.workspace.var / "backups"
    folder.mkdir(parents=True)
    (folder / name_of_backup(START - HOUR)).write_bytes(b"")
    found = read(exposition(desk))
    assert value(found, "loa_deliveries", state="approved", channel="facebook") == 3
    assert value(found, "loa_deliveries", state="due", channel="zalo") == 1
    assert value(found, "loa_deliveries_in_trouble", kind="missed") == 2
    assert value(found, "loa_deliveries_in_trouble", kind="unknown") == 1
    assert value(found, "loa_oldest_due_seconds") == 90
    assert value(found, "loa_last_beat_age_seconds") == 5
    assert value(found, "loa_workers_alive", kind="clock") == 1
    assert value(found, "loa_account_paused", account="fb-xa", code="E605") == 1
    assert value(found, "loa_account_paused", account="fb-tinh") == 0
    assert value(found, "loa_backup_age_seconds") == 3600
    assert value(found, "loa_book_bytes") > 0
    assert value(found, "loa_trail_events_total") >= 1
    assert value(found, "loa_build_info") == 1


def test_the_time_of_answers_is_a_histogram_by_channel(desk: Desk) -> None:
    booked(desk.book, State.DUE, START, count=4, item="goi")
    with desk.book.write() as connection:
        ids = [row.id for row in store.deliveries(connection)]
        store.add_sendings(connection, [store.NewSending(each, 0, f"k{each}", f"fb-{each}", START) for each in ids])
        taken = [each for id_ in ids for each in windows.ripe(connection, f"fb-{id_}", START, 1)]
        windows.claim(connection, taken, owner="w", now=START)
        for each, seconds in zip(taken, (0.2, 0.2, 3, 99), strict=True):
            ended = Ended(each.sending, {"state": State.DONE, "done_at": START})
            windows.record(connection, [ended], owner="w", now=START + seconds * SECOND)
    found = read(exposition(desk))
    assert value(found, "loa_attempt_seconds_count", channel="facebook") == 4
    assert value(found, "loa_attempt_seconds_sum", channel="facebook") == pytest.approx(102.4)
    counts = [value(found, "loa_attempt_seconds_bucket", le=le) for le in ("0.1", "0.25", "5.0", "60.0", "+Inf")]
    assert counts == [0, 2, 3, 3, 4]


def test_names_follow_the_conventions_and_nobody_is_named(desk: Desk) -> None:
    booked(desk.book, State.DONE, START)
    text = exposition(desk)
    for family in read(text).values():
        assert re.fullmatch(r"loa_[a-z_]+", family.name)
        assert family.documentation.endswith(".")
        units = {"seconds", "bytes"} & set(re.split(r"[ _]", family.name))
        assert not units or family.name.endswith(tuple(units))
        assert family.type != "counter" or all(sample.name.endswith("_total") for sample in family.samples)
    assert not re.search("Xã|Trang|Nguyễn|tinh-mau", text)


def test_a_monitor_asks_at_an_address_of_this_machine_and_sees_what_is_new(desk: Desk) -> None:
    with serve(desk, 0) as port:
        url = f"http://127.0.0.1:{port}/metrics"
        before = read(urllib.request.urlopen(url).read().decode())
        booked(desk.book, State.DUE, START, count=2)
        after = read(urllib.request.urlopen(url).read().decode())
    assert before["loa_deliveries"].samples == []
    assert value(after, "loa_deliveries", state="due") == 2
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5).close()


def test_the_verb_writes_figures_and_names_a_port_that_is_taken(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    told = loa("metrics", cwd=office)
    assert told.returncode == 0, told.stderr
    assert value(read(told.stdout), "loa_build_info") == 1
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = loa("metrics", "--serve", str(taken.getsockname()[1]), cwd=office)
    assert (refused.returncode, "[E989]" in refused.stderr) == (1, True)
