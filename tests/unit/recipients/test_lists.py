"""What a list holds after each import, and what the plan knows of it."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.lists import LOA_YAML, Room, make_room
from support.planted import phone

from loa import store
from loa.errors import LoaError, ProblemsFound, StoreError
from loa.recipients import import_changed, lists_fingerprint, lists_of
from loa.store import Person
from loa.workspace import open_workspace

UNITS = ("", "tinh-mau", "xa-mot", "xa-hai")


def table(members: dict[int, str]) -> str:
    return "phone,unit\n" + "".join(f"{phone(number)},{unit}\n" for number, unit in members.items())


def test_an_import_replaces_the_list_whole_and_counts_what_changed(room: Room) -> None:
    first = room.bring_in(table({1: "xa-mot", 2: "xa-mot", 3: "tinh-mau"})).change
    assert (first.members, first.added, first.removed, first.unchanged) == (3, 3, 0, 0)
    second = room.bring_in(table({2: "xa-mot", 3: "xa-hai", 4: "xa-hai"})).change
    assert (second.members, second.added, second.removed, second.unchanged) == (3, 2, 2, 1)
    assert room.units() == {"xa-mot": 1, "xa-hai": 2}


def test_a_number_in_different_spellings_is_one_person(room: Room) -> None:
    local = phone(1)[1:]
    rows = [f"0{local}", f"+84 {local}", f"84{local}", f"0084{local}", local, f"0{local[:3]} {local[3:6]}.{local[6:]}"]
    done = room.bring_in("phone\n" + "\n".join(rows) + "\n")
    assert (done.rows, done.change.members, done.change.doubled) == (6, 1, 5)


def test_numbers_that_stand_in_other_lists_are_counted_for_each(room: Room) -> None:
    room.bring_in(table(dict.fromkeys((1, 2, 3), "")), "to-hai")
    assert room.bring_in(table(dict.fromkeys((2, 3, 4), "xa-mot"))).shared == {"to-hai": 2}


def test_what_a_row_says_wrongly_is_kept_for_review_and_not_in_the_list(room: Room) -> None:
    lines = [f"{phone(1)},xa-mot", "0241234567,xa-mot", "abc,", f"{phone(2)},xa-ba", ",xa-mot"]
    done = room.bring_in("phone,unit\n" + "\n".join(lines) + "\n")
    assert (done.rows, done.change.members) == (5, 1)
    assert sum(done.doubtful.values()) == 4
    assert done.doubtful["E735"] == done.doubtful["E320"] == 1


def test_the_trail_tells_who_brought_a_list_in_with_counts_only(room: Room) -> None:
    room.bring_in(table({1: "", 2: ""}), by="Nguyễn Thị Lan")
    with room.book.read() as connection:
        (event,) = connection.exec_driver_sql("SELECT actor, cause, params FROM event").all()
    assert event[:2] == ("Nguyễn Thị Lan", "import_list")
    assert '"added": "2"' in event[2]


def test_a_list_that_loa_yaml_does_not_declare_is_refused(room: Room) -> None:
    with pytest.raises(LoaError, match="E714"):
        room.bring_in(table({1: ""}), "khach")


def test_of_two_imports_of_one_list_the_one_that_began_last_wins(room: Room) -> None:
    room.bring_in(table({1: ""}))
    head = store.ListHead("doi-ngu", room.clock.now(), "lan", "a.csv", "", "", "x")
    early = store.begin_list(room.book, head)
    store.add_people(room.book, [Person(early, 1, bytes(16), b"x")], [])
    room.bring_in(table({2: "", 3: ""}))
    with pytest.raises(StoreError, match="E722"):
        store.add_people(room.book, [Person(early, 2, bytes(15) + b"1", b"x")], [])
    with pytest.raises(StoreError, match="E722"):
        store.finish_list(room.book, early, head, 2, 2)
    assert len(room.numbers()) == 2


def test_what_an_import_that_was_killed_left_is_no_list_and_goes_with_the_next(room: Room) -> None:
    head = store.ListHead("doi-ngu", room.clock.now(), "lan", "a.csv", "", "", "x")
    left = store.begin_list(room.book, head)
    store.add_people(room.book, [Person(left, 1, bytes(16), b"x")], [])
    with room.book.read() as connection:
        assert not store.lists(connection)
        assert not store.unit_counts(connection)
    room.bring_in(table({2: ""}))
    with room.book.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1


def test_the_plan_knows_a_unit_by_its_own_people_and_those_of_no_unit(room: Room) -> None:
    room.bring_in(table({1: "", 2: "xa-mot", 3: "xa-mot", 4: "xa-hai"}))
    people_of = lists_of(room.book)
    assert [people_of("doi-ngu", unit).count for unit in ("xa-mot", "xa-hai", "tinh-mau")] == [3, 2, 1]
    assert people_of("to-hai", "xa-mot").digest == ""


MEMBERS = st.dictionaries(st.integers(0, 30), st.sampled_from(UNITS), min_size=1)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return make_room(tmp_path_factory.mktemp("lasting") / "office")


@settings(max_examples=60, deadline=None)
@given(members=MEMBERS, after=MEMBERS, seed=st.integers())
def test_a_digest_knows_no_order_and_changes_with_its_unit_alone(
    lasting: Room, members: dict[int, str], after: dict[int, str], seed: int
) -> None:
    lasting.bring_in(table(members))
    before, units_before = lists_of(lasting.book), lasting.units()
    fingerprint = lists_fingerprint(lasting.book)
    shuffled = list(members.items())
    random.Random(seed).shuffle(shuffled)
    lasting.bring_in(table(dict(shuffled)))
    assert lists_fingerprint(lasting.book) == fingerprint
    lasting.bring_in(table(after))
    now, units_now = lists_of(lasting.book), lasting.units()
    for unit in UNITS[1:]:
        mine = {number for number, code in members.items() if code in ("", unit)}
        theirs = {number for number, code in after.items() if code in ("", unit)}
        own = {(n, c) for n, c in members.items() if n in mine} == {(n, c) for n, c in after.items() if n in theirs}
        assert (before("doi-ngu", unit).digest == now("doi-ngu", unit).digest) == own
    assert sum(units_before.values()) == len(members)
    assert sum(units_now.values()) == len(after)
    assert (lists_fingerprint(lasting.book) == fingerprint) == (members == after)


@settings(max_examples=60, deadline=None)
@given(before=MEMBERS, after=MEMBERS)
def test_added_removed_and_unchanged_make_up_both_lists(
    lasting: Room, before: dict[int, str], after: dict[int, str]
) -> None:
    lasting.bring_in(table(before))
    change = lasting.bring_in(table(after)).change
    assert change.unchanged == len(before.items() & after.items())
    assert change.added + change.unchanged == len(after)
    assert change.removed + change.unchanged == len(before)


def declare_file(room: Room) -> Room:
    path = room.workspace.root / "loa.yaml"
    path.write_text(LOA_YAML.replace('keep_days: "30"', "file: recipients/doi.csv"), encoding="utf-8")
    return Room(open_workspace(room.workspace.root), room.book, room.vault, room.clock)


def test_a_list_with_a_file_comes_by_itself_whenever_the_file_is_another(room: Room) -> None:
    room.file(table({1: ""}), "doi.csv")
    room = declare_file(room)
    whole = (room.workspace, room.book, room.vault, room.clock)
    assert [each.name for each in import_changed(*whole)] == ["doi-ngu"]
    assert import_changed(*whole) == ()
    room.file(table({1: "", 2: ""}), "doi.csv")
    assert import_changed(*whole)[0].change.added == 1


def test_a_file_that_went_wrong_is_told_where_loa_yaml_names_it(room: Room) -> None:
    room.file(table({1: ""}), "doi.csv")
    room = declare_file(room)
    room.file(b"ten\nA\n", "doi.csv")
    with pytest.raises(ProblemsFound) as found:
        import_changed(room.workspace, room.book, room.vault, room.clock)
    (problem,) = found.value.problems()
    assert problem.code == "E720"
    assert problem.place is not None
    assert problem.place.file == "loa.yaml"


def test_no_other_file_is_put_into_a_list_that_has_its_own(room: Room) -> None:
    room.file(table({1: ""}), "doi.csv")
    with pytest.raises(LoaError, match="E736"):
        declare_file(room).bring_in(table({2: ""}))


def test_lists_are_copied_as_sealed_as_they_are(room: Room, tmp_path: Path) -> None:
    room.bring_in(table({1: "", 2: "xa-mot"}))
    other = make_room(tmp_path / "other")
    store.copy_people(room.book, other.book)
    with room.book.read() as here, other.book.read() as there:
        assert list(store.people_of(here, "doi-ngu", "xa-mot")) == list(store.people_of(there, "doi-ngu", "xa-mot"))
    assert lists_fingerprint(room.book) == lists_fingerprint(other.book)
