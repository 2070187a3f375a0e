"""A person's move changes just the words that say the moment; all else in the file stays byte for byte."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.campaign import LoadedCampaign, load_campaigns
from loa.campaign.rewrite import NotFoundError, with_day, with_move
from loa.campaign.rewrite_file import as_written, rewriting
from loa.errors import LoaError
from loa.timetable import Slot, build
from loa.workspace import Workspace, init_workspace, open_workspace

TO = datetime(2026, 10, 11, 9, 5)  # noqa: DTZ001 - as staff write it: local, without a zone
DAY = date(2026, 9, 5)
HEAD = "# đầu tệp\nitems:\n  - id: a\n    title: Tin   # tên\n"
START, END = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "    when: {every: month, day: 5, at: 08:00}   # giờ\n",
            '    when: {every: month, day: 5, at: 08:00, move: {2026-09-05: "2026-10-11 09:05"}}   # giờ\n',
        ),
        (
            "    when: {day: 5, move: {2026-9-5: 2026-09-06 10:00}, at: 08:00}\n",
            '    when: {day: 5, move: {2026-9-5: "2026-10-11 09:05"}, at: 08:00}\n',
        ),
        (
            "    when: {at: 08:00, move: {2026-01-05: 2026-01-06 10:00}}\n",
            '    when: {at: 08:00, move: {2026-01-05: 2026-01-06 10:00, 2026-09-05: "2026-10-11 09:05"}}\n',
        ),
        (
            "    when:\n      # vì sao\n      every: month\n      at: '10:00' # sáng\n\n      # hết\n    send: {}\n",
            (
                "    when:\n      # vì sao\n      every: month\n      at: '10:00' # sáng\n"
                '      move: {2026-09-05: "2026-10-11 09:05"}\n\n      # hết\n    send: {}\n'
            ),
        ),
        (
            "    when:\n      move:\n        2026-01-05: 2026-01-06 10:00 # mưa\n      # hết\n      at: 08:00\n",
            (
                "    when:\n      move:\n        2026-01-05: 2026-01-06 10:00 # mưa\n"
                '        2026-09-05: "2026-10-11 09:05"\n      # hết\n      at: 08:00\n'
            ),
        ),
        (
            "    when:\n      move:\n      at: 08:00\n",
            '    when:\n      move: {2026-09-05: "2026-10-11 09:05"}\n      at: 08:00\n',
        ),
        (
            "    when:\n      at: 08:00\n      skip:\n        - 2026-01-05 # Tết",
            (
                "    when:\n      at: 08:00\n      skip:\n        - 2026-01-05 # Tết\n"
                '      move: {2026-09-05: "2026-10-11 09:05"}'
            ),
        ),
    ],
)
@pytest.mark.parametrize("new_line", ["\n", "\r\n"])
def test_one_occurrence_is_moved_in_every_way_of_writing(before: str, after: str, new_line: str) -> None:
    text, wanted = ("\ufeff" + (HEAD + part).replace("\n", new_line) for part in (before, after))

    assert with_move(text, "a", DAY, TO) == wanted


def test_a_single_date_and_its_hour_are_written_anew_where_they_stand() -> None:
    text = HEAD + "    when:\n      date: 2026-10-1   # ngày\n      at: 08:00   # giờ\n"

    wanted = HEAD + '    when:\n      date: 2026-10-11   # ngày\n      at: "09:05"   # giờ\n'
    assert with_day(text, "a", TO) == wanted
    same_day = with_day(text, "a", TO.replace(day=1))
    assert "date: 2026-10-1   # ngày" in same_day, "only the hour is another"
    assert 'at: "09:05"' in same_day


@pytest.mark.parametrize("text", ["", "items: [", "items:\n  - id: b\n    when: {at: 08:00}\n", HEAD + "    when:\n"])
def test_what_says_no_moment_is_told(text: str) -> None:
    with pytest.raises(NotFoundError):
        with_move(text, "a", DAY, TO)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("sample") / "office"
    init_workspace(root)
    return open_workspace(root)


def comments(text: str) -> list[str]:
    """The lines with comments, without what stands before them."""
    return [line[line.index("#") :] for line in text.splitlines() if line.lstrip().startswith("#") or " #" in line]


def slots(workspace: Workspace, campaigns: list[LoadedCampaign]) -> set[Slot]:
    return set(build(workspace, campaigns, START, END))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9), moves=st.integers(1, 3))
def test_any_move_of_any_slot_moves_just_that_slot_and_keeps_every_comment(
    sample: Workspace, seed: int, moves: int
) -> None:
    chance = random.Random(seed)
    campaigns = list(load_campaigns(sample))
    number = chance.randrange(len(campaigns))
    written = as_written(sample.inside(campaigns[number].shown), campaigns[number].shown)
    text, before = written.text, slots(sample, campaigns)
    for _ in range(moves):
        slot = chance.choice(sorted(s for s in before if s.campaign_id == campaigns[number].campaign.id))
        to = slot.due.replace(tzinfo=None) + timedelta(days=chance.randrange(-20, 20), minutes=chance.randrange(600))
        to = max(to, START.replace(tzinfo=None) + timedelta(days=1)).replace(year=2027)
        text = with_move(text, slot.item_id, slot.occurrence, to)
        with rewriting(written, text) as rewrite:
            campaigns[number] = rewrite.loaded
        after = slots(sample, campaigns)
        moved = {(s.item_id, s.occurrence) for s in before ^ after}
        assert moved <= {(slot.item_id, slot.occurrence)}
        here = {s.due for s in after if (s.item_id, s.occurrence) == (slot.item_id, slot.occurrence)}
        assert here <= {to.replace(tzinfo=sample.zone).astimezone(UTC)}
        before = after
    assert comments(text) == comments(written.text)
    assert len(text.splitlines()) == len(written.text.splitlines()), "a flow mapping stays on its line"


def test_the_file_is_replaced_only_where_nobody_has_changed_it(sample: Workspace) -> None:
    path = min(sample.campaigns.glob("*.yaml"))
    written = as_written(path, sample.shown(path))
    text = with_move(written.text, "khoi-dong", date(2027, 9, 10), TO)

    with rewriting(written, text) as rewrite:
        path.write_text(written.text + "# thêm\n", encoding="utf-8", newline="\n")
        with pytest.raises(LoaError, match="E827"):
            rewrite.put_in_place()
    assert path.read_text(encoding="utf-8").endswith("# thêm\n")
    again = as_written(path, written.shown)
    with rewriting(again, with_move(again.text, "khoi-dong", date(2027, 9, 10), TO)) as rewrite:
        rewrite.put_in_place()
    assert "move: {2027-09-10:" in path.read_text(encoding="utf-8")
    assert hidden(path.parent) == []


def hidden(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.startswith(".")]
