"""What a channel would refuse is told when it is made, while there is time to mend it."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from loa.delivery import MediaRule
from loa.dispatch import plan, render_plan
from loa.errors import ProblemsFound

from .conftest import FIRST_SLOT, Stage


def rendered_under(stage: Stage, **changes: Any) -> list[str]:
    """The problems of rendering the plan where Facebook's rule for pictures is another one."""
    card = stage.desk.cards["facebook"]
    media = tuple(replace(rule, **changes) if rule.kind == "picture" else rule for rule in card.media)
    desk = replace(stage.desk, cards={**stage.desk.cards, "facebook": replace(card, media=media)})
    try:
        render_plan(desk, (), FIRST_SLOT + timedelta(days=30), lambda _done, _total: None)
    except ProblemsFound as found:
        return [problem.code for problem in found.problems()]
    return []


def test_what_keeps_the_card_is_rendered_without_a_word(stage: Stage) -> None:
    assert rendered_under(stage) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"max_bytes": 20_000}, "E483"),
        ({"min_size": (2000, 2000)}, "E481"),
        ({"max_size": (800, 800), "min_size": (900, 900)}, "E481"),
        ({"ratio": (1.5, 2.0)}, "E482"),
        ({"media_types": ("image/png",)}, "E486"),
    ],
)
def test_a_file_that_breaks_the_card_stops_the_rendering_with_its_rule(
    stage: Stage, changes: dict[str, Any], code: str
) -> None:
    assert rendered_under(stage, **changes) == [code]


def test_a_picture_of_too_many_pixels_is_made_smaller_and_that_one_is_what_is_approved_and_sent(stage: Stage) -> None:
    card = stage.desk.cards["facebook"]
    media = tuple(replace(rule, max_size=(800, 800)) if rule.kind == "picture" else rule for rule in card.media)
    desk = replace(stage.desk, cards={**stage.desk.cards, "facebook": replace(card, media=media)})
    end = FIRST_SLOT + timedelta(days=30)
    plan(desk, end)
    assert not [view.attachments for view in stage.views("tin-ba") if view.attachments]
    (finished,) = [
        each for each in render_plan(desk, (), end, lambda _done, _total: None) if each.wanted.slot.item_id == "tin-ba"
    ]
    plan(desk, end)
    (sent,) = finished.sent_as
    (view,) = stage.views("tin-ba")
    (attachment,) = view.attachments
    assert (finished.asset.width, sent.width, sent.height) == (1080, 800, 800)
    assert (attachment.sha256, attachment.width) == (sent.sha256, 800)
    assert attachment.path == sent.path
    assert hashlib.sha256(attachment.path.read_bytes()).hexdigest() == attachment.sha256


def test_a_rule_that_nobody_has_tried_does_not_stop_it(stage: Stage) -> None:
    assert rendered_under(stage, max_size=(800, 800), untried=("size",)) == []


def test_the_card_of_a_kind_is_found_by_the_kind(stage: Stage) -> None:
    card = stage.desk.cards["zalo"]
    rule = card.rule_for("picture")
    assert isinstance(rule, MediaRule)
    assert rule.max_bytes == 1_000_000
    assert card.rule_for("audio") is None
