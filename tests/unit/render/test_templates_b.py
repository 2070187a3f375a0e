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
