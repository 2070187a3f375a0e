"""A delivery that points at finished posts waits for them, names their ids, and never goes out without them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from support.office import replace_in

from loa import store
from loa.delivery import Done, Ending, Message, Option, Receipt, Refused, State
from loa.dispatch import Selection, Service, retry, settle, take_down
from loa.store import AccountPause

from .conftest import FIRST_SLOT, Stage
from .puppet import Puppet, play

MINUTE = timedelta(minutes=1)
ACCOUNTS = """\
  - id: x-tinh
    channel: x
    unit: tinh-mau
    name: X tỉnh
    settings: {page_id: "1001"}
    secrets: {user_token: x-tinh}
  - id: fb-zz-phu
    channel: facebook
    unit: tinh-mau
    name: Trang phụ
    settings: {page_id: "1003"}
    secrets: {page_token: fb-zz-phu}
"""
DIGEST = """\
  - id: diem-tin
    title: Điểm tin
    content: [content/tin-mot.md]
    units: [tinh-mau]
    when: {date: 2027-03-01, at: "08:00"}
    send:
      x: {options: {articles: "tin-mot"}}
"""


@pytest.fixture
def pointing(stage: Stage) -> Stage:
    """X points at the Page's posts: at those of the same ``page_id`` only."""
    replace_in(stage.root / "loa.yaml", "reviewers:", ACCOUNTS + "reviewers:")
    with (stage.root / "campaigns/thu-nghiem.yaml").open("a", encoding="utf-8") as file:
        file.write(DIGEST)
    stage.open()
    return stage


def under_cards(stage: Stage) -> None:
    card = replace(
        stage.desk.cards["x"],
        refers_to="facebook",
        account_settings=("page_id",),
        account_secrets=(),
        options=(Option("articles", "Các tin", "The items"),),
    )
    stage.desk = replace(stage.desk, cards={**stage.desk.cards, "x": card})
    stage.service = Service(stage.desk, "test", 1)


def start(stage: Stage, posts: Mapping[str, Ending] | None = None) -> Puppet:
    """Everything is approved; a post ends as ``posts`` says for its account, else it is done."""
    under_cards(stage)
    stage.make_ready()

    def answer(message: Message) -> Ending:
        account = message.labels["account"]
        return (posts or {}).get(account) or Done(Receipt(f"{account}/{message.labels['item']}"))

    return play(stage, publish=answer)


def digests(puppet: Puppet) -> list[tuple[str, ...]]:
    return [message.references for message in puppet.sent if message.labels["item"] == "Điểm tin"]


def test_it_waits_for_the_post_of_its_own_account_and_names_its_id(pointing: Stage) -> None:
    puppet = start(pointing)
    with pointing.desk.book.write() as connection:
        store.pause_account(connection, AccountPause("fb-tinh", FIRST_SLOT + 5 * MINUTE, "E604", ""), FIRST_SLOT)
    pointing.go_to(FIRST_SLOT)
    pointing.go_to(FIRST_SLOT + 3 * MINUTE)
    assert digests(puppet) == []  # the other Page of the unit is done, but it is another Page
    (view,) = pointing.views("diem-tin")
    assert "Còn chờ bài của tin tin-mot" in view.reason
    pointing.go_to(FIRST_SLOT + 6 * MINUTE)
    pointing.go_to(FIRST_SLOT + 7 * MINUTE)
    assert digests(puppet) == [("Tỉnh Mẫu/Tin thứ nhất",)]
    assert pointing.states("diem-tin") == {"x-tinh": State.DONE}


def test_without_the_post_it_is_missed_with_that_reason_and_may_go_out_later(pointing: Stage) -> None:
    puppet = start(pointing)
    with pointing.desk.book.write() as connection:
        store.pause_account(connection, AccountPause("fb-tinh", None, "E605", ""), FIRST_SLOT)
    pointing.go_to(FIRST_SLOT)
    pointing.go_to(FIRST_SLOT + timedelta(hours=3))
    (view,) = pointing.views("diem-tin")
    assert (view.state, "không đăng xong kịp" in view.reason) == (State.MISSED, True)
    retry(pointing.desk, Selection(item="tin-mot"), "lan", late=True)
    pointing.go_to(FIRST_SLOT + timedelta(hours=3, minutes=1))
    retry(pointing.desk, Selection(item="diem-tin"), "lan", late=True)
    pointing.go_to(FIRST_SLOT + timedelta(hours=3, minutes=2))
    assert len(digests(puppet)) == 1


def test_a_post_that_failed_puts_it_before_a_person(pointing: Stage) -> None:
    puppet = start(pointing, {"Tỉnh Mẫu": Refused("E607", "no")})
    pointing.go_to(FIRST_SLOT)
    pointing.go_to(FIRST_SLOT + 2 * MINUTE)
    (view,) = pointing.views("diem-tin")
    assert (view.state, "tin-mot" in view.reason, f"loa decide {view.id} again" in view.remedy) == (
        State.HELD,
        True,
        True,
    )
    puppet.on_publish = lambda _: Done(Receipt("9"))
    retry(pointing.desk, Selection(item="tin-mot"), "lan")
    pointing.go_to(FIRST_SLOT + 3 * MINUTE)
    settle(pointing.desk, Selection(item="diem-tin"), "lan", "again")
    pointing.go_to(FIRST_SLOT + 4 * MINUTE)
    assert digests(puppet) == [("9",)]


def test_a_post_that_was_taken_down_is_pointed_at_no_more(pointing: Stage) -> None:
    replace_in(
        pointing.root / "campaigns/thu-nghiem.yaml",
        "units: [tinh-mau]\n    when: {date: 2027-03-01",
        "units: [tinh-mau]\n    when: {date: 2027-03-02",
    )
    pointing.open()
    puppet = start(pointing)
    pointing.go_to(FIRST_SLOT)
    (post,) = (view for view in pointing.views("tin-mot") if view.account_id == "fb-tinh")
    take_down(pointing.desk, post.key, "lan", "Sai")
    pointing.go_to(FIRST_SLOT + MINUTE)
    pointing.go_to(FIRST_SLOT + timedelta(days=1))
    assert digests(puppet) == []
    assert pointing.states("diem-tin") == {"x-tinh": State.HELD}


def test_a_post_that_is_about_to_be_taken_down_is_pointed_at_no_more(pointing: Stage) -> None:
    """Both are due in one beat: the digest must not win against the takedown."""
    replace_in(
        pointing.root / "campaigns/thu-nghiem.yaml",
        "units: [tinh-mau]\n    when: {date: 2027-03-01",
        "units: [tinh-mau]\n    when: {date: 2027-03-02",
    )
    pointing.open()
    puppet = start(pointing)
    pointing.go_to(FIRST_SLOT)
    pointing.clock.move_to(FIRST_SLOT + timedelta(days=1) - MINUTE)
    (post,) = (view for view in pointing.views("tin-mot") if view.account_id == "fb-tinh")
    take_down(pointing.desk, post.key, "lan", "Sai")
    pointing.go_to(FIRST_SLOT + timedelta(days=1))
    assert digests(puppet) == []
    assert pointing.states("diem-tin") == {"x-tinh": State.HELD}
