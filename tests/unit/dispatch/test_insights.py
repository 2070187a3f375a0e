"""What the platforms counted: asked of the real sandbox, kept in the book, told by the command."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from support.office import replace_in
from support.processes import LOA, clean_environment

from loa.delivery import Message, Rest
from loa.dispatch.insights import collect, counted, totals
from loa.errors import LoaError
from loa.sandbox import overrides

from .conftest import FIRST_SLOT, Stage


@pytest.fixture
def published(stage: Stage) -> Stage:
    """Three posts on two Pages, and one SMS list, are out."""
    stage.make_ready()
    for days in range(3):
        stage.go_to(FIRST_SLOT + timedelta(days=days, hours=1))
        stage.settle()
    return stage


def figures(stage: Stage) -> dict[str, dict[str, int]]:
    found = counted(stage.desk)
    return {
        f"{each.post.account_id}/{each.post.item_id}": {figure.name: figure.value for figure in each.figures}
        for each in found
    }


def test_the_figures_of_public_posts_are_asked_and_kept(published: Stage) -> None:
    assert set(figures(published)) == {"fb-tinh/tin-mot", "fb-xa/tin-mot", "fb-tinh/tin-ba"}
    assert not any(figures(published).values())
    asked = collect(published.desk)
    assert (asked.posts, asked.silent, asked.not_free) == (3, (), ())
    kept = figures(published)
    assert all(each["post_media_view"] > 0 for each in kept.values())
    collect(published.desk)
    assert figures(published) == kept
    sums = totals(counted(published.desk))
    assert sums["facebook"]["post_media_view"] == sum(each["post_media_view"] for each in kept.values())


def test_only_the_campaigns_that_were_named_are_asked(published: Stage) -> None:
    assert collect(published.desk, ["khac"]).posts == 0
    assert counted(published.desk, ["khac"]) == ()
    assert collect(published.desk, ["thu-nghiem"]).posts == 3


def test_a_post_that_does_not_tell_is_noted_and_the_others_are_asked(published: Stage) -> None:
    (post,) = [effect for effect in published.effects() if effect.text.startswith("Xã Một")]
    horn = published.desk.publisher_of("fb-xa")
    (view,) = [view for view in published.views("tin-mot") if view.account_id == "fb-xa"]
    removed = Message("gỡ", "", action="remove", target=view.receipts[0].platform_id)
    horn.publish(removed)
    asked = collect(published.desk)
    assert asked.posts == 2
    assert [(each.account_id, each.delivery_id, each.code) for each in asked.silent] == [("fb-xa", view.id, "E634")]
    assert post.account


def test_an_account_without_its_secret_is_noted_once(published: Stage) -> None:
    def publisher_of(account_id: str) -> object:
        if account_id == "fb-tinh":
            raise LoaError("E704", account=account_id, secret="fb-tinh", variable="LOA_SECRET_FB_TINH")
        return published.desk.publisher_of(account_id)

    asked = collect(replace(published.desk, publisher_of=publisher_of))
    assert asked.posts == 1
    assert [(each.account_id, each.delivery_id, each.code) for each in asked.silent] == [("fb-tinh", 0, "E704")]


def test_an_account_whose_meters_ask_for_a_rest_is_left_alone(
    published: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    horn = published.desk.publisher_of("fb-tinh")
    monkeypatch.setattr(horn, "rest", lambda: Rest(published.clock.now() + timedelta(hours=1), "E604", "95 %"))
    asked = collect(published.desk)
    assert asked.posts == 2  # one of each Page
    assert [(each.account_id, each.code) for each in asked.silent] == [("fb-tinh", "E604")]


def test_a_channel_that_charges_is_asked_only_on_request(published: Stage) -> None:
    card = replace(published.desk.cards["facebook"], price=lambda _text, _settings: Decimal("0.2"))
    desk = replace(published.desk, cards={**published.desk.cards, "facebook": card})
    asked = collect(desk)
    assert (asked.posts, asked.not_free) == (0, ("facebook",))
    assert collect(desk, paid=True).posts == 3


def test_the_command_asks_and_shows_and_can_only_show(published: Stage) -> None:
    hosts = json.dumps(overrides(published.sandbox.url)["facebook"])
    replace_in(
        published.root / "loa.yaml", "accounts:\n", f"channels: {{facebook: {{settings: {hosts}}}}}\naccounts:\n"
    )
    env = clean_environment() | {f"LOA_SECRET_{name}": f"sandbox-{name}" for name in ("FB_TINH", "FB_XA")}

    def run(*words: str) -> str:
        command = [*LOA, "insights", *words]
        done = subprocess.run(
            command, cwd=published.root, env=env, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    before = json.loads(run("--no-ask", "--json"))
    assert (before["asked"], [post["figures"] for post in before["posts"]]) == (0, [{}, {}, {}])
    told = run()
    assert "post_media_view" in told
    assert "Tổng Facebook" in told
    after = json.loads(run("thu-nghiem", "--no-ask", "--json"))
    assert after["totals"]["facebook"]["post_media_view"] > 0
    assert all(post["asked_at"] for post in after["posts"])
    assert os.environ.get("LOA_SECRET_FB_TINH") is None
