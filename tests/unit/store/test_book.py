import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from support.office import make_office
from support.processes import start_loa

from loa import store
from loa.autostart import is_no_secret
from loa.clock import SystemClock
from loa.errors import StoreError
from loa.store import AccountPause, Stop, Vault

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


def test_a_book_opened_again_still_holds_what_was_written(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    store.set_stop(book, Stop(NOW, "lan", "bão"), "lan", NOW)
    book.close()
    again = store.open_book(tmp_path / "book.sqlite")
    with again.read() as connection:
        assert store.stop_of(connection) == Stop(NOW, "lan", "bão")
    again.close()


def test_a_book_of_another_version_is_refused(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    book.close()
    with pytest.raises(StoreError) as refusal:
        store.open_book(tmp_path / "book.sqlite")
    assert refusal.value.code == "E702"


def test_a_damaged_book_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError) as refusal:
        store.open_book(tmp_path / "book.sqlite")
    assert refusal.value.code == "E961"


def test_the_password_of_a_database_is_not_shown() -> None:
    with pytest.raises(StoreError) as refusal:
        store.open_book("postgresql://loa:matkhau@127.0.0.1:1/book")
    assert "matkhau" not in str(refusal.value.params)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://loa:bi/matkhau@127.0.0.1:1/book",
        "postgresql+psycopg://loa:bi@matkhau#1@127.0.0.1:1/book",
        "postgresql+psycopg://loa:bi@matkhau/1@127.0.0.1:1/book",
        "postgresql+psycopg:/loa:matkhau@127.0.0.1/book",
        "postgresql+psycopg://127.0.0.1:1/book?user=loa&password=matkhau",
        "postgres://loa:matkhau@127.0.0.1:1/book",
        "mysql://loa:matkhau@127.0.0.1:1/book",
        "loa:matkhau@127.0.0.1/book",
        "postgresql+psycopg://loa:matkhau@127.0.0.1:cong/book",
    ],
)
def test_an_address_that_is_mistyped_is_told_without_its_password(address: str) -> None:
    with pytest.raises(StoreError) as refusal:
        store.open_book(address)
    assert refusal.value.code in ("E709", "E964")
    assert "matkhau" not in str(refusal.value.params)
    assert not is_no_secret(address)


def test_a_book_on_disk_waits_for_the_disk(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    with book.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    book.close()


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"), book.write() as connection:
        store.pause_account(connection, AccountPause("fb", naive, "E1", ""), NOW)
    book.close()


def test_a_pause_ends_by_itself_or_by_a_person(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    with book.write() as connection:
        store.pause_account(connection, AccountPause("timed", NOW, "E1", ""), NOW)
        store.pause_account(connection, AccountPause("open", None, "E2", ""), NOW)
    with book.read() as connection:
        assert [pause.account_id for pause in store.pauses(connection, NOW)] == ["open"]
    with book.write() as connection:
        assert store.resume_accounts(connection, "lan", NOW).lifted == ("open",)
    with book.read() as connection:
        assert store.pauses(connection, NOW) == ()
    book.close()


def test_a_pause_never_shortens_a_longer_one_nor_one_that_waits_for_a_person(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    hour = timedelta(hours=1)
    pairs: dict[str, tuple[timedelta | None, ...]] = {
        "a": (2 * hour, hour),
        "b": (hour, 2 * hour),
        "c": (None, hour),
        "d": (hour, None),
    }
    with book.write() as connection:
        for account, untils in pairs.items():
            for until in untils:
                store.pause_account(connection, AccountPause(account, NOW + until if until else None, "E1", ""), NOW)
        found = {pause.account_id: pause.until for pause in store.pauses(connection, NOW)}
    assert found == {"a": NOW + 2 * hour, "b": NOW + 2 * hour, "c": None, "d": None}
    book.close()


def test_only_the_named_account_goes_on_and_one_that_must_rest_rests(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    later, rest = NOW + timedelta(hours=1), {"E608": timedelta(hours=6)}
    with book.write() as connection:
        for account, code in (("a", "E605"), ("b", "E605"), ("c", "E608")):
            store.pause_account(connection, AccountPause(account, None, code, ""), NOW)
        resumed = store.resume_accounts(connection, "lan", later, {"a", "c"}, rest)
        assert resumed.lifted == ("a",)
        assert [(each.account_id, each.until) for each in resumed.resting] == [("c", NOW + timedelta(hours=6))]
        assert [each.account_id for each in store.pauses(connection, later)] == ["b", "c"]
        assert [each.account_id for each in store.pauses(connection, NOW + timedelta(hours=6))] == ["b"]
    book.close()


def test_the_lock_names_who_holds_it(tmp_path: Path) -> None:
    with store.hold(tmp_path, SystemClock()):
        with pytest.raises(StoreError) as refusal, store.hold(tmp_path, SystemClock()):
            pass
        assert refusal.value.code == "E703"
        assert refusal.value.params["pid"].isdigit()
    with store.hold(tmp_path, SystemClock()):
        pass


def test_the_lock_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    scheduler = start_loa("run", "--sandbox", "http://127.0.0.1:9", cwd=office)
    card = office / "var/scheduler.json"
    while not card.exists():
        assert scheduler.poll() is None
    scheduler.kill()
    scheduler.wait()
    with store.hold(office / "var", SystemClock()):
        pass


@given(st.from_regex(r"\+84[35789]\d{8}", fullmatch=True))
def test_a_sealed_number_opens_with_its_key_only(number: str) -> None:
    vault, other = Vault(b"k" * 32), Vault(b"o" * 32)
    sealed = vault.seal(number)
    assert vault.open(sealed) == number
    assert number.encode() not in sealed
    with pytest.raises(InvalidTag):
        other.open(sealed)


def test_the_same_number_has_the_same_mark_under_one_key_only() -> None:
    assert Vault(b"k" * 32).mark("+84900000001") == Vault(b"k" * 32).mark("+84900000001")
    assert Vault(b"k" * 32).mark("+84900000001") != Vault(b"o" * 32).mark("+84900000001")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_the_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    Vault.at(tmp_path / "vault.key")
    assert stat.S_IMODE((tmp_path / "vault.key").stat().st_mode) == 0o600
    assert Vault.at(tmp_path / "vault.key").mark("x") == Vault.at(tmp_path / "vault.key").mark("x")


@pytest.mark.parametrize("size", [0, 5, 31, 33])
def test_half_a_key_is_told_and_never_used(tmp_path: Path, size: int) -> None:
    (tmp_path / "vault.key").write_bytes(b"k" * size)
    with pytest.raises(StoreError, match="E724"):
        Vault.at(tmp_path / "vault.key")


def test_a_book_that_may_not_be_written_is_told_with_its_place_and_no_statement(tmp_path: Path) -> None:
    book = store.open_book(tmp_path / "book.sqlite")
    store.note(book, "a", "1")
    with pytest.raises(StoreError) as told:
        _write_on_a_protected_disk(book)
    assert told.value.code == "E701"
    assert "book.sqlite" in told.value.params["place"]
    assert "DELETE" not in str(told.value)
    book.close()


def _write_on_a_protected_disk(book: store.Book) -> None:
    with book.write() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("DELETE FROM note")
