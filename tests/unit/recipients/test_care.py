"""Reviewing doubtful rows, leaving people alone, and letting numbers go for good."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.lists import START, Room, make_room
from support.planted import numbers_in, phone

from loa import recipients, store
from loa.delivery import Fate, State
from loa.errors import LoaError, StoreError
from loa.recipients import Row
from loa.store import Vault, open_book, people_tables, tables

E164 = ["+84" + phone(number)[1:] for number in range(10)]
TABLE = f"phone,unit\n{phone(1)},xa-mot\n0241234567,tinh-mau\n087{phone(2)[3:]},xa-mot\n{phone(3)},xa-ba\n"


def settle(room: Room, row: int) -> tuple:
    return room.workspace, room.book, room.vault, room.clock, Row("doi-ngu", row, "lan")


def test_a_doubtful_row_is_shown_with_its_row_in_the_file_and_without_its_number(room: Room) -> None:
    room.bring_in(TABLE)
    views = recipients.review(room.book, room.vault, "doi-ngu")
    assert [(each.row, each.code, each.can_accept) for each in views] == [
        (3, "E323", False),
        (4, "E330", True),
        (5, "E735", True),
    ]
    assert views[1].shown == f"08******{phone(2)[-2:]}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [("0912345678", "09******78"), ("091 234 56 78 (chị Lan)", "09* *** ** 78 (… …)"), ("1022", "1022"), ("", "")],
)
def test_of_a_cell_only_its_shape_is_shown(written: str, shown: str) -> None:
    assert recipients.hidden(written) == shown


def test_a_row_whose_block_is_new_is_accepted_by_a_person(room: Room) -> None:
    room.bring_in(TABLE)
    assert recipients.accept(*settle(room, 4))
    assert room.numbers(unit="xa-mot") == [E164[1], f"+8487{phone(2)[3:]}"]
    assert room.units() == {"xa-mot": 2}
    assert [each.row for each in recipients.review(room.book, room.vault, "doi-ngu")] == [3, 5]


def test_a_row_of_an_unknown_unit_is_accepted_with_the_right_one(room: Room) -> None:
    room.bring_in(TABLE)
    with pytest.raises(LoaError, match="E735"):
        recipients.accept(*settle(room, 5))
    with pytest.raises(LoaError, match="E735"):
        recipients.accept(*settle(room, 5), "xa-ba")
    assert recipients.accept(*settle(room, 5), "xa-hai")
    assert room.units() == {"xa-mot": 1, "xa-hai": 1}


def test_a_row_is_mended_with_the_number_that_a_person_types(room: Room) -> None:
    room.bring_in(TABLE)
    with pytest.raises(LoaError, match="E321"):
        recipients.correct(*settle(room, 3), "09123456")
    assert recipients.correct(*settle(room, 3), phone(4))
    assert room.numbers(unit="tinh-mau") == [E164[4]]


def test_a_number_that_the_list_has_already_is_not_put_in_twice(room: Room) -> None:
    room.bring_in(TABLE)
    assert not recipients.correct(*settle(room, 3), phone(1))
    assert room.units() == {"xa-mot": 1}


def test_rows_are_given_up_one_or_all(room: Room) -> None:
    room.bring_in(TABLE)
    row = Row("doi-ngu", 3, "lan")
    assert recipients.drop(room.book, room.clock, row) == 1
    with pytest.raises(LoaError, match="E733"):
        recipients.drop(room.book, room.clock, row)
    assert recipients.drop(room.book, room.clock, Row("doi-ngu", 0, "lan")) == 2
    assert recipients.review(room.book, room.vault, "doi-ngu") == ()


def test_there_is_nothing_to_accept_in_a_row_without_a_number(room: Room) -> None:
    room.bring_in(TABLE)
    with pytest.raises(LoaError, match="E734"):
        recipients.accept(*settle(room, 3))


def test_who_asked_to_be_forgotten_is_in_no_list_and_no_import_brings_them_back(room: Room) -> None:
    room.bring_in(TABLE)
    room.bring_in(f"phone\n{phone(1)}\n{phone(2)}\n{phone(1)} anh Ba\n", "to-hai")
    found = recipients.forget(room.book, room.vault, room.clock, f"+84 {phone(1)[1:]}", "lan")
    assert (found.lists, found.doubtful) == (2, 1)
    assert room.numbers("doi-ngu", "xa-mot") == []
    change = room.bring_in(TABLE).change
    assert (change.members, change.skipped) == (0, 1)
    with pytest.raises(LoaError, match="E737"):
        recipients.correct(*settle(room, 3), phone(1))
    assert recipients.left_alone(room.book).forgotten == 1


def test_a_forgotten_number_does_not_take_the_approval_from_what_was_approved(room: Room) -> None:
    room.bring_in(TABLE)
    before = recipients.lists_fingerprint(room.book)
    recipients.forget(room.book, room.vault, room.clock, phone(1), "lan")
    assert recipients.lists_fingerprint(room.book) == before


def test_with_another_key_nobody_is_written_to_who_has_refused(room: Room) -> None:
    """Their marks would be strangers' under a new key, which is made by itself where the old one is gone."""
    room.bring_in(f"phone\n{phone(1)}\n{phone(2)}\n0551{phone(3)[4:]}\n")
    recipients.forget(room.book, room.vault, room.clock, phone(1), "lan")
    before = room.numbers()
    stranger = replace(room, vault=Vault.at(room.workspace.root / "khoa-moi.key"))
    table = room.file(f"phone\n{phone(1)}\n", "khong-quang-cao.csv")
    attempts = (
        lambda: stranger.bring_in(f"phone\n{phone(1)}\n"),
        lambda: recipients.forget(room.book, stranger.vault, room.clock, phone(2), "lan"),
        lambda: recipients.block(room.workspace, room.book, stranger.vault, room.clock, table, START.date(), "lan"),
        lambda: recipients.review(room.book, stranger.vault, "doi-ngu"),
    )
    for attempt in attempts:
        with pytest.raises(StoreError, match="E725"):
            attempt()
    assert room.numbers() == before


def test_what_was_typed_to_be_forgotten_must_be_a_number(room: Room) -> None:
    with pytest.raises(LoaError, match="E321"):
        recipients.forget(room.book, room.vault, room.clock, "09123456", "lan")


def block(room: Room, text: str, dated: date = date(2027, 2, 1)) -> recipients.Blocked:
    return recipients.block(room.workspace, room.book, room.vault, room.clock, room.file(text, "dnc.csv"), dated, "lan")


def test_a_do_not_call_file_takes_the_place_of_the_last_one(room: Room) -> None:
    assert block(room, f"{phone(1)}\n{phone(2)}\n0241234567\n") == recipients.Blocked(2, 1)
    room.clock.advance(timedelta(days=1))
    block(room, f"SDT\n{phone(2)}\n{phone(3)}\n{phone(4)}\n", date(2027, 2, 28))
    alone = recipients.left_alone(room.book)
    assert (alone.do_not_call, alone.dated) == (3, "2027-02-28")
    assert store.read_note(room.book, "do_not_call_dated") == "2027-02-28"


@pytest.mark.parametrize(("text", "code"), [("1022\n", "E720"), ("", "E719"), ("SDT\n1022\n", "E721")])
def test_a_do_not_call_file_without_numbers_changes_nothing(room: Room, text: str, code: str) -> None:
    block(room, f"{phone(1)}\n")
    with pytest.raises(LoaError, match=code):
        block(room, text)
    assert recipients.left_alone(room.book).do_not_call == 1


def test_a_do_not_call_file_is_not_from_the_future(room: Room) -> None:
    with pytest.raises(LoaError, match="E738"):
        block(room, f"{phone(1)}\n", date(2027, 3, 2))


def test_opt_outs_outlive_every_list_and_every_do_not_call_file(room: Room) -> None:
    with room.book.write() as connection:
        store.suppress(connection, [room.vault.mark_bytes(E164[1])], store.OPT_OUT, room.clock.now(), "TC")
    room.bring_in(TABLE)
    block(room, f"{phone(2)}\n")
    recipients.purge(room.workspace, room.book, room.clock, "lan", at_once=True)
    assert recipients.left_alone(room.book).opt_out == 1


# Letting go. Deliveries are laid into the book as the sender would leave them.


def deliver(room: Room, number: int, state: State, name: str = "doi-ngu") -> int:
    """A delivery to a list, its recipients with receipts of now."""
    now = room.clock.now()
    package = json.dumps({"recipients": {"list": name}})
    with room.book.write() as connection:
        people = list(store.people_of(connection, name, "xa-mot"))
        values = {"key": f"k{number}", "due": now, "expires": now, "state": state, "package": package}
        words = dict.fromkeys(("campaign_id", "item_id", "unit_code", "channel", "account_id", "when_late"), "x")
        made = sa.insert(tables.delivery).values(**values, **words, reason_params={}, labels={})
        delivery_id = connection.execute(made.returning(tables.delivery.c.id)).scalar_one()
        rows = [
            {
                "delivery_id": delivery_id,
                "seq": each.seq,
                "mark": each.mark,
                "sealed": each.sealed,
                "state": State.DONE,
                "fate": Fate.DELIVERED,
                "fate_at": now,
            }
            for each in people
        ]
        connection.execute(sa.insert(people_tables.recipient), rows)
        contacts = [{"mark": each.mark, "at": now, "delivery_id": delivery_id} for each in people]
        connection.execute(sa.insert(people_tables.contact), contacts)
    return delivery_id


def fates(room: Room, delivery_id: int) -> list[tuple[State, Fate]]:
    recipient = people_tables.recipient
    query = sa.select(recipient.c.state, recipient.c.fate).where(recipient.c.delivery_id == delivery_id)
    with room.book.read() as connection:
        return [(state, fate) for state, fate in connection.execute(query)]


def secrets_of(room: Room) -> list[bytes]:
    """Every sealed number and every mark that the book has of people and recipients."""
    found = []
    with room.book.read() as connection:
        for table in (
            people_tables.person,
            people_tables.recipient,
            people_tables.contact,
            people_tables.doubtful_number,
        ):
            for column in ("mark", "sealed"):
                if column in table.c:
                    found += [bytes(each) for each in connection.scalars(sa.select(table.c[column]))]
    return [each for each in found if each]


def purge(room: Room, **options: object) -> recipients.Purged:
    return recipients.purge(room.workspace, room.book, room.clock, "lan", **options)


def test_numbers_go_when_their_days_after_the_last_receipt_are_over_and_what_became_of_them_stays(room: Room) -> None:
    room.bring_in(TABLE)
    done = deliver(room, 1, State.DONE)
    room.clock.advance(timedelta(days=29, hours=23))
    assert purge(room) == recipients.Purged()
    room.clock.advance(timedelta(hours=2))
    assert purge(room) == recipients.Purged(recipients=1, people=1, lists=("doi-ngu",))
    assert fates(room, done) == [(State.DONE, Fate.DELIVERED)]
    assert secrets_of(room) == []
    assert purge(room) == recipients.Purged(), "once is enough"


def test_a_receipt_that_came_late_starts_the_days_anew(room: Room) -> None:
    room.bring_in(TABLE)
    done = deliver(room, 1, State.DONE)
    room.clock.advance(timedelta(days=20))
    with room.book.write() as connection:
        late = sa.update(people_tables.recipient).where(people_tables.recipient.c.delivery_id == done)
        connection.execute(late.values(fate_at=room.clock.now()))
    room.clock.advance(timedelta(days=29))
    assert purge(room).recipients == 0
    room.clock.advance(timedelta(days=1))
    assert purge(room).recipients == 1


@pytest.mark.parametrize("state", [State.APPROVED, State.DUE, State.HELD, State.UNKNOWN, State.PENDING])
def test_a_delivery_that_is_not_over_keeps_its_numbers_and_its_list(room: Room, state: State) -> None:
    room.bring_in(TABLE)
    deliver(room, 1, state)
    room.clock.advance(timedelta(days=400))
    assert purge(room, at_once=True) == recipients.Purged(in_use=("doi-ngu",))
    assert room.numbers(unit="xa-mot") == [E164[1]]


def test_a_person_may_let_one_list_go_at_once(room: Room) -> None:
    room.bring_in(TABLE)
    room.bring_in(TABLE, "to-hai")
    deliver(room, 1, State.DONE)
    deliver(room, 2, State.DONE, "to-hai")
    assert purge(room, name="doi-ngu", at_once=True) == recipients.Purged(1, 1, ("doi-ngu",))
    assert room.numbers("to-hai", "xa-mot") == [E164[1]]
    with room.book.read() as connection:
        listed = store.list_named(connection, "doi-ngu")
    assert listed is not None
    assert listed.purged_at == room.clock.now()


def test_a_list_that_was_let_go_is_unknown_to_the_plan_until_it_is_brought_in_again(room: Room) -> None:
    room.bring_in(TABLE)
    digest = recipients.lists_of(room.book)("doi-ngu", "xa-mot").digest
    purge(room, at_once=True)
    assert recipients.lists_of(room.book)("doi-ngu", "xa-mot").digest == ""
    room.bring_in(TABLE)
    assert recipients.lists_of(room.book)("doi-ngu", "xa-mot").digest == digest


def test_forgetting_empties_messages_that_are_over_and_drops_those_that_wait(room: Room) -> None:
    room.bring_in(TABLE)
    over, waiting = deliver(room, 1, State.DONE), deliver(room, 2, State.DUE)
    with room.book.write() as connection:
        mine = sa.update(people_tables.recipient).where(people_tables.recipient.c.delivery_id == waiting)
        connection.execute(mine.values(state=State.DUE, fate=Fate.NOTHING))
    assert recipients.forget(room.book, room.vault, room.clock, phone(1), "lan").messages == 2
    assert fates(room, over) == [(State.DONE, Fate.DELIVERED)]
    assert [state for state, _ in fates(room, waiting)] == [State.CANCELLED]


@pytest.mark.parametrize("count", [20, 4_000])
def test_nothing_that_was_purged_is_left_in_the_files_of_the_book(tmp_path: Path, count: int) -> None:
    """SQLite: few, which only its log has, and so many that pages were split; each sealed number and mark is sought."""
    room = make_room(tmp_path / "office")
    scheduler = open_book(tmp_path / "office" / "book.sqlite")  # as long as somebody has the book open, its log stays
    many = "phone,unit\n" + "".join(f"{phone(100 + number)},xa-mot\n" for number in range(count))
    room.bring_in(many + "".join(f"024123{number:04},xa-mot\n" for number in range(count // 8)))
    before = secrets_of(room)
    room.bring_in(many.replace("xa-mot", "xa-hai", count // 2))
    for number in range(3):
        deliver(room, number, State.DONE)
    known = {*before, *secrets_of(room)}
    assert len(known) > 3 * count
    purge(room, at_once=True)
    files = b"".join(path.read_bytes() for path in sorted(room.workspace.root.glob("book.sqlite*")))
    scheduler.close()
    room.book.close()
    assert sum(each in files for each in known) == 0
    assert numbers_in(files, bare=True) == set()
