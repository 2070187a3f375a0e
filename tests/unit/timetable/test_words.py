from collections.abc import Callable
from typing import Any, get_args

import pytest

from loa.messages import Lang, remedy, sentence

Setting = Callable[..., Any]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_problem_has_its_whole_sentence(scene: Setting, lang: Lang) -> None:
    whens = (
        '{at: "22:00", every: month, day: 31, skip: [2026-03-06]}',
        '{at: "08:00", every: month, day: 30, short_month: skip}',
        '{at: "08:05", every: month, day: 30}',
        '{at: "08:00", date: 2031-01-01}',
    )
    change = {"units: [tinh]": "units: [tinh, xa-cu]", "yearly: 10/10": "yearly: 31/11", "holiday: tet": "holiday: x"}
    found = scene(*whens, change=change).problems()
    found += scene(*whens, holidays="date,name,kind\nmai,Nghỉ,nghi\nx\n").problems()
    assert {problem.code for problem in found} == {
        *(f"E31{number}" for number in range(8)),
        *("E304", "E305", "E306", "E307"),
    }
    for problem in found:
        words = sentence(problem.code, problem.params, lang) + remedy(problem.code, problem.params, lang)
        assert "{" not in words
        assert len(words) > 40
