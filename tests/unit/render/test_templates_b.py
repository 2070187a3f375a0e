"""Templates of questions, safety, comparison, praise, notices, time and contacts; and rules of the engine they rest on."""

import copy
from typing import Any

import pytest
from support.pictures import add_template, sample

from loa.render import Order, check_orders
from loa.render.picture import design, settle
from loa.render.tree.measure import Placed
from loa.workspace import Workspace


def words(placed: Placed) -> list[Placed]:
    """The texts of a placed tree."""
    own = [placed] if placed.text is not None else []
    return own + [found for child in placed.children for found in words(child)]


LONG_OR_SHORT = """\
title: Thử
formats: {square: {width: 400, height: 200, smallest: 20}}
fields: {title: {required: yes}}
box:
  kind: column
  children:
    - kind: fit
      grow: 1
      smallest: 0.3
      options:
        - {kind: text, text: "{{ title }} {{ title }} {{ title }}", size: 30, lines: 20}
        - {kind: text, text: "{{ title }}", size: 30, lines: 20, prefer: 0.1}
"""


def test_a_fit_takes_another_option_rather_than_type_that_is_too_small(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", LONG_OR_SHORT)
    order = Order("infographics/thu", "square", {"title": "Nộp hồ sơ trực tuyến tại nhà " * 6})
    _, (root,), problems = settle(design(ws, order))
    (shown,) = words(root)
    assert not problems
    assert shown.text is not None
    assert shown.text.setting.size >= 20
    assert shown.element.get("text").count("Nộp") == 6


NARROW_WHEN_SMALL = """\
title: Thử
formats: {square: {width: 800, height: 300, smallest: 20}}
fields: {title: {required: yes}}
box:
  kind: column
  children:
    - kind: fit
      grow: 1
      smallest: 0.4
      largest: 1.6
      options:
        - {kind: row, children: [{kind: text, width: 220, text: "{{ title }}", size: 30}]}
"""


def test_a_fit_grows_past_a_scale_whose_boxes_are_too_narrow_for_legible_type(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", NARROW_WHEN_SMALL)
    order = Order("infographics/thu", "square", {"title": "Tháng 4/2025"})  # at 0.4 a box of 88 for 20-pixel type
    _, (root,), problems = settle(design(ws, order))
    (shown,) = words(root)
    assert not problems
    assert shown.scale == pytest.approx(1.6)
