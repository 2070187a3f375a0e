"""The order of the tests, so that no long one is begun when the other processes have nothing left to do.

xdist gives each process an equal part of the list, in order, and takes from the end of a part for who is idle. So the
long ones are dealt out to the beginnings of the parts: each slow test by itself, files of many seconds whole (their
tests share a desk or an office).
"""

from collections.abc import Sequence
from typing import TypeVar

import pytest

LONG = (
    "acceptance/test_templates_cli.py",
    "browser/test_calendar.py",
    "unit/dispatch/test_bulk_troubles.py",
    "unit/preview/test_sign_in.py",
    "browser/test_proof.py",
    "browser/test_accessible.py",
    "unit/dispatch/test_posts_deaths.py",
    "acceptance/test_restore.py",
    "browser/test_review_page.py",
    "browser/test_hostile.py",
    "browser/test_today.py",
    "browser/test_lists.py",
    "browser/test_faces.py",
    "browser/test_compare.py",
    "browser/test_live.py",
    "browser/test_rehearsal_page.py",
    "unit/preview/test_review.py",
    "unit/render/test_media_facts.py",
    "unit/preview/test_calendar.py",
    "acceptance/test_daily_round.py",
    "contract/test_matrix.py",
)
"""Files that take longest, the longest first; one that is not there, or not here, does no harm."""
Test = TypeVar("Test")


def dealt(long: Sequence[Sequence[Test]], rest: Sequence[Test], hands: int) -> list[Test]:
    """All tests, in as many equal parts as there are processes: each begins with its share of the long groups."""
    size = sum(map(len, long)) + len(rest)
    left, parts = list(rest), [[test for group in long[hand::hands] for test in group] for hand in range(hands)]
    for number, part in enumerate(parts):
        room = size * (number + 1) // hands - size * number // hands - len(part)
        part.extend(left[: max(0, room)])
        del left[: max(0, room)]
    return [test for part in parts for test in part] + left


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every process sorts in the same way; one alone has nothing to win."""
    hands = getattr(config, "workerinput", {}).get("workercount", 1)
    if hands == 1:
        return
    slow = [[each] for each in items if each.get_closest_marker("slow")]
    files: dict[str, list[pytest.Item]] = {name: [] for name in LONG}
    rest = []
    for each in items:
        if not each.get_closest_marker("slow"):
            files.get("/".join(each.path.parts[-3:]), files.get("/".join(each.path.parts[-2:]), rest)).append(each)
    items[:] = dealt([*slow, *filter(None, files.values())], rest, hands)
