"""A book of an earlier version is brought to ours: whole or not at all, with all that it holds, and told."""

import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from filelock import FileLock
from support.books import Rows, fill, first_version, raw, rows_of, shape_of
from support.postgres import fresh_database

from loa import store
from loa.clock import SystemClock
from loa.errors import StoreError
from loa.store import schema
from loa.store.columns import row_sum

MIGRATIONS = Path(schema.__file__).with_name("migrations")
NEW_TABLES = {"alembic_version", "alert", "audit", "entry", "feedback", "leader", "looked", "pin", "remark", "version"}
RENAMED = {("pace", "account_id"): "bucket"}


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "sqlite":
        return tmp_path / "book.sqlite"
    return fresh_database(request.getfixturevalue("server"))


def _another(place: Path | str, request: pytest.FixtureRequest) -> Path | str:
    if isinstance(place, Path):
        return place.with_name("another.sqlite")
    return fresh_database(request.getfixturevalue("server"))


def _open(place: Path | str) -> schema.Upgrade | None:
    book = store.open_book(place)
    book.close()
    return book.upgraded


def test_every_step_of_the_migrations_is_known_to_the_program() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == schema.VERSIONS


def test_a_book_that_was_brought_up_is_made_like_a_new_one(place: Path | str, request: pytest.FixtureRequest) -> None:
    new = _another(place, request)
    first_version(place)
    assert _open(new) is None
    upgraded = _open(place)
    assert upgraded
    assert (upgraded.before, upgraded.after) == ("0001", schema.HEAD)
    assert shape_of(place) == shape_of(new)
    assert _open(place) is None


def test_all_that_a_book_held_is_in_it_afterwards(place: Path | str) -> None:
    first_version(place)
    before = rows_of(place)
    _open(place)
    after = rows_of(place)
    new = {table: rows for table, rows in after.items() if table in NEW_TABLES}
    assert new == {table: [] for table in NEW_TABLES} | {"alembic_version": [(schema.HEAD,)]}
    assert {"schema", schema.HEAD} <= {word for row in after["note"] for word in row}
    assert _without_additions(after) == _without_additions(before)
    assert all(rows for rows in before.values())


def _without_additions(rows: Rows) -> Rows:
    """Without new tables, the number of the schema, and what a worker was given (its last but one columns)."""
    kept = {table: found for table, found in rows.items() if table not in NEW_TABLES}
    kept["note"] = [row for row in rows["note"] if row[0] != "schema"]
    kept["worker"] = [tuple(word for word in row if word not in {"clock", 0}) for row in rows["worker"]]
    kept["pace"] = sorted({tuple(sorted(row, key=repr)) for row in rows["pace"]})
    return kept


def test_every_small_row_has_its_checksum_afterwards(tmp_path: Path) -> None:
    first_version(tmp_path / "book.sqlite")
    _open(tmp_path / "book.sqlite")
    with raw(tmp_path / "book.sqlite") as connection:
        found = connection.execute("SELECT name, value, row_sum FROM note").fetchall()
    assert len(found) == 4
    assert [row_sum(name, value) for name, value, _ in found] == [given for *_, given in found]


def test_the_number_of_a_list_that_is_gone_is_given_to_no_other(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    first_version(path)
    with raw(path) as connection:
        for table in ("person", "people_unit", "doubtful_number"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the three that refer to a list
        connection.execute("DELETE FROM people_list")
    _open(path)
    with raw(path) as connection:
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'people_list'").fetchall() == [(3,)]


def test_the_book_as_it_was_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    first_version(path)
    before = rows_of(path)
    upgraded = _open(path)
    assert upgraded
    assert upgraded.copy == tmp_path / "book-0001.sqlite"
    assert rows_of(upgraded.copy) == before
    assert sorted(each.suffix for each in tmp_path.iterdir() if each.suffix == ".half") == []


def test_a_book_of_a_later_version_is_refused_and_left_alone(place: Path | str) -> None:
    _open(place)
    with raw(place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    before = rows_of(place)
    with pytest.raises(StoreError) as refusal:
        store.open_book(place)
    assert (refusal.value.code, refusal.value.params["found"]) == ("E702", "0099")
    assert rows_of(place) == before


def test_a_book_is_not_brought_up_under_a_scheduler_that_runs(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    first_version(path)
    before = rows_of(path)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path / "scheduler.lock")], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreError, match="E960"):
        store.open_book(path)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert rows_of(path) == before
    assert _open(path)


_HOLDER = """
import sys, time
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
time.sleep(600)
"""


def test_the_lock_of_the_scheduler_is_free_again_afterwards(tmp_path: Path) -> None:
    first_version(tmp_path / "book.sqlite")
    _open(tmp_path / "book.sqlite")
    with FileLock(tmp_path / "scheduler.lock", timeout=0):
        pass


def test_a_scheduler_that_holds_the_lock_already_brings_its_own_book_up(tmp_path: Path) -> None:
    first_version(tmp_path / "book.sqlite")
    with store.hold(tmp_path, SystemClock()):
        assert _open(tmp_path / "book.sqlite")
        with pytest.raises(StoreError, match="E703"), store.hold(tmp_path, SystemClock()):
            pass


def test_a_book_that_has_moved_is_not_brought_up(place: Path | str) -> None:
    """It would lose the barrier that keeps it from sending."""
    first_version(place)
    with raw(place) as connection:
        connection.execute("INSERT INTO note (name, value) VALUES ('LOA-MOVED', 'x elsewhere')")
    before = rows_of(place)
    with pytest.raises(StoreError, match="E966"):
        store.open_book(place)
    assert rows_of(place) == before


def test_a_book_on_a_server_is_not_brought_up_under_a_machine_at_work(server: str) -> None:
    place = fresh_database(server)
    first_version(place)
    with raw(place) as connection:
        now = (datetime.now(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        connection.execute("UPDATE worker SET seen_at = %s WHERE pid = 2", [now])
    before = rows_of(place)
    with pytest.raises(StoreError) as refusal:
        store.open_book(place)
    assert refusal.value.code == "E960"
    assert rows_of(place) == before


@pytest.mark.slow
def test_killed_at_any_moment_the_book_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    first_version(tmp_path / "first.sqlite", rows=1500)
    old, cut, new = 0, 0, 0
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(tmp_path / "first.sqlite", folder / "book.sqlite")
        upgrading = subprocess.Popen([sys.executable, "-c", _UPGRADER, str(folder / "book.sqlite")])
        while upgrading.poll() is None and not (folder / "book-0001.sqlite").exists():
            time.sleep(0.001)
        time.sleep(0.03 * number)
        upgrading.send_signal(signal.SIGKILL)
        upgrading.wait()
        log = folder / "book.sqlite-wal"
        cut += log.exists() and log.stat().st_size > 0
        version = _version_of(folder / "book.sqlite")
        old, new = old + (version is None), new + (version == schema.HEAD)
        assert (_open(folder / "book.sqlite") is None) == (version == schema.HEAD)
        assert len(rows_of(folder / "book.sqlite")["event"]) == 1500
        assert {each.name for each in folder.iterdir()} >= {"book.sqlite", "book-0001.sqlite"}
    assert old + new == 8
    assert old
    assert cut


_UPGRADER = """
import sys
from pathlib import Path
from loa.store import open_book
open_book(Path(sys.argv[1]))
"""


def _version_of(path: Path) -> str | None:
    with raw(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'leader'").fetchone()
            return None
        found: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return found


def test_four_that_open_a_new_book_at_once_all_have_it(place: Path | str) -> None:
    started = [subprocess.Popen([sys.executable, "-c", _OPENER, str(place)]) for _ in range(4)]
    assert [each.wait(timeout=120) for each in started] == [0, 0, 0, 0]
    assert rows_of(place)["alembic_version"] == [(schema.HEAD,)]


_OPENER = """
import sys
from pathlib import Path
from loa.store import open_book
open_book(sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1]))
"""


def test_opening_a_book_of_ours_does_not_load_what_migrates(tmp_path: Path) -> None:
    _open(tmp_path / "book.sqlite")
    code = f"{_OPENER}\nassert 'alembic' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "book.sqlite")], check=False)
    assert done.returncode == 0


def test_new_tables_hold_rows_too(place: Path | str) -> None:
    """The rows of ``support.books`` fit the tables of today: what is carried over elsewhere is carried over whole."""
    _open(place)
    fill(place)
    assert all(rows for rows in rows_of(place).values())
