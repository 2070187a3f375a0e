"""One machine renders, another delivers: what it lacks comes from the common store, verified, or is waited for."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import bring_shown, plan
from loa.dispatch.making import render_plan
from loa.errors import LoaError

from .conftest import Stage

DUE = datetime(2027, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(stage: Stage, tmp_path: Path) -> Path:
    """The common store of the office, named in its loa.yaml."""
    folder = tmp_path / "kho"
    folder.mkdir()
    replace_in(stage.root / "loa.yaml", "reviewers:", f"media: {{folder: {folder}}}\nreviewers:")
    stage.open()
    return folder


def move_to_another_machine(stage: Stage) -> None:
    """The same files of the staff and the same book, but nothing that was rendered here."""
    shutil.rmtree(stage.root / "var" / "assets")
    stage.open()


def lose_the_files(stage: Stage) -> None:
    """As on a machine that delivers what the leader has planned: it has the book, and nothing that was rendered."""
    stage.service.beat()
    shutil.rmtree(stage.root / "var" / "assets")


def wait_for_the_store(stage: Stage) -> None:
    """Let every question to the store be answered."""
    assert stage.desk.renderer.exchange is not None
    stage.desk.renderer.exchange.finish("")


def beats(stage: Stage, moment: datetime) -> None:
    """Some beats, and time for what is under way between them."""
    for number in range(3):
        stage.go_to(moment + timedelta(seconds=number))
        wait_for_the_store(stage)


def forget(stage: Stage) -> None:
    """As if so much time had passed that the store is asked again."""
    assert stage.desk.renderer.exchange is not None
    stage.desk.renderer.exchange.forget_answers()


def picture(store: Path) -> Path:
    """The one picture of the store."""
    notes = [json.loads(path.read_bytes()) for path in store.glob("notes/*/*.json")]
    (name,) = {note["sha256"] for note in notes}
    return store / "files" / name[:2] / name


def test_a_machine_that_renders_nothing_sends_what_another_has_rendered(stage: Stage, store: Path) -> None:
    stage.make_ready()
    approved = picture(store).read_bytes()
    move_to_another_machine(stage)
    beats(stage, DUE)
    assert stage.states("tin-ba") == {"fb-tinh": State.DONE}
    (attachment,) = stage.views("tin-ba")[0].attachments
    assert attachment.path.read_bytes() == approved
    assert sha256(approved).hexdigest() == attachment.sha256
    assert len([each for each in stage.effects() if "photo" in each.kind]) == 1


def test_a_poisoned_file_is_never_used_and_the_delivery_is_held(stage: Stage, store: Path) -> None:
    stage.make_ready()
    data = bytearray(picture(store).read_bytes())
    data[-9] ^= 1
    picture(store).write_bytes(data)
    lose_the_files(stage)
    before = len(stage.effects())
    beats(stage, DUE)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.HELD, "E517")
    assert len([each for each in stage.effects()[before:] if "photo" in each.kind]) == 0
    assert not view.attachments[0].path.exists()
    exchange = stage.desk.renderer.exchange
    assert exchange is not None
    assert any(name.startswith("files/") for name in exchange.spoilt())


def test_a_leader_that_finds_a_poisoned_file_names_it_and_what_to_do(stage: Stage, store: Path) -> None:
    stage.make_ready()
    picture(store).write_bytes(b"something else")
    move_to_another_machine(stage)
    plan(stage.desk)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.PLANNED, "E983")
    assert picture(store).name in view.reason
    assert "loa render" in view.remedy


def test_what_was_poisoned_goes_out_once_this_machine_has_made_it_again(stage: Stage, store: Path) -> None:
    stage.make_ready()
    good = picture(store).read_bytes()
    picture(store).write_bytes(good[:-1])
    move_to_another_machine(stage)
    beats(stage, DUE)
    render_plan(stage.desk, (), DUE + timedelta(days=1), lambda _done, _total: None)
    assert picture(store).read_bytes() == good  # the spoilt file of the store is replaced
    plan(stage.desk)
    beats(stage, DUE + timedelta(minutes=1))
    assert stage.states("tin-ba") == {"fb-tinh": State.DONE}


def test_while_the_store_is_away_the_delivery_waits_and_says_so(stage: Stage, store: Path) -> None:
    stage.make_ready()
    store.rename(store.with_name("elsewhere"))
    move_to_another_machine(stage)
    beats(stage, DUE)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.APPROVED, "E981")
    assert str(store) in view.reason
    store.with_name("elsewhere").rename(store)
    forget(stage)
    beats(stage, DUE + timedelta(minutes=1))
    assert stage.states("tin-ba") == {"fb-tinh": State.DONE}


def test_a_store_that_stays_away_makes_it_late_and_not_forgotten(stage: Stage, store: Path) -> None:
    stage.make_ready()
    store.rename(store.with_name("elsewhere"))
    move_to_another_machine(stage)
    beats(stage, DUE)
    beats(stage, DUE + timedelta(hours=3))
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.HELD, "E518")


def test_a_new_leader_drops_no_approval_because_the_store_is_away(stage: Stage, store: Path) -> None:
    stage.make_ready()
    store.rename(store.with_name("elsewhere"))
    move_to_another_machine(stage)
    assert plan(stage.desk).changed == 0
    assert stage.states("tin-ba") == {"fb-tinh": State.APPROVED}


def test_words_that_change_while_the_store_is_away_need_an_approval_as_ever(stage: Stage, store: Path) -> None:
    stage.make_ready()
    store.rename(store.with_name("elsewhere"))
    move_to_another_machine(stage)
    replace_in(stage.root / "content/tin-mot.md", "mời bà con", "kính mời bà con")
    stage.open()
    plan(stage.desk)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.PLANNED, "E981")
    beats(stage, DUE)
    assert stage.views("tin-ba")[0].state == State.PLANNED
    store.with_name("elsewhere").rename(store)
    forget(stage)
    plan(stage.desk)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.AWAITING, "E511")


def test_what_is_not_in_the_store_is_held_as_damaged(stage: Stage, store: Path) -> None:
    stage.make_ready()
    picture(store).unlink()
    lose_the_files(stage)
    beats(stage, DUE)
    (view,) = stage.views("tin-ba")
    assert (view.state, view.code) == (State.HELD, "E517")


def test_rendering_tells_when_the_store_did_not_take_what_was_made(stage: Stage, store: Path) -> None:
    store.rename(store.with_name("elsewhere"))
    with pytest.raises(LoaError) as caught:
        stage.make_ready()
    assert caught.value.code == "E981"
    assert list((stage.root / "var/assets").glob("*/*.jpg"))  # made, and not made again
    store.with_name("elsewhere").rename(store)
    stage.make_ready()
    assert picture(store).is_file()


def test_what_was_made_before_there_was_a_store_is_shared_by_the_next_rendering(stage: Stage, tmp_path: Path) -> None:
    stage.make_ready()
    folder = tmp_path / "kho"
    folder.mkdir()
    replace_in(stage.root / "loa.yaml", "reviewers:", f"media: {{folder: {folder}}}\nreviewers:")
    stage.open()
    stage.make_ready()
    assert picture(folder).is_file()


def test_a_page_of_reviewers_on_another_machine_shows_what_went_out_long_ago(stage: Stage, store: Path) -> None:
    stage.make_ready()
    beats(stage, DUE)
    move_to_another_machine(stage)
    bring_shown(stage.desk, None)
    (attachment,) = stage.views("tin-ba")[0].attachments
    assert attachment.path.read_bytes() == picture(store).read_bytes()
