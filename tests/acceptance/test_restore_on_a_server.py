"""A book on PostgreSQL that is backed up, lost, made anew and restored, as the one in a file is."""

from pathlib import Path

import pytest
from support.postgres import fresh_database
from support.province import Province, at_work, is_settled, kill, twice

PAGES, POSTS, PEOPLE = 2, 4, 20
ALL = PAGES * POSTS + PEOPLE


def _done(province: Province, *words: str) -> str:
    told = province.loa(*words)
    assert told.returncode == 0, told.stderr
    return told.stdout


def _run_once(province: Province) -> None:
    _done(province, "run", "--once", "--sandbox", province.sandbox)


def _one_more(province: Province) -> None:
    """The staff plan another post, and messages to the same people."""
    campaign = province.root / "campaigns/dot.yaml"
    text = campaign.read_text(encoding="utf-8")
    for known, new in (("bai-000", "bai-moi"), ("tin", "tin-moi")):
        start = text.index(f"  - id: {known}\n")
        end = text.find("  - id: ", start + 1)
        item = text[start : end if end > 0 else None].rstrip("\n") + "\n"
        text += item.replace(f"id: {known}\n", f"id: {new}\n").replace(f"{known}.md", f"{new}.md")
        (province.root / f"content/{new}.md").write_text(f"---\ntitle: Tin\n---\nUBND tinh Mau: {new}.\n", "utf-8")
    campaign.write_text(text, encoding="utf-8")
    _done(province, "render")
    for reviewer in ("lan", "binh"):
        _done(province, "approve", "dot", "--as", reviewer, "--note", "Diễn tập, đã báo lãnh đạo")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["journal", "backup"])
def test_a_server_that_is_lost_is_replaced_and_nothing_goes_out_twice_or_is_given_a_number_twice(
    tmp_path: Path, server: str, way: str
) -> None:
    with at_work(tmp_path, server, pages=PAGES, posts=POSTS, people=PEOPLE) as province:
        backup = str(tmp_path / "loa.zip")
        _done(province, "backup", backup)
        _run_once(province)
        assert len(province.seen()) == ALL
        _done(province, "verify")

        province.database = fresh_database(server)
        refused = province.loa("run", "--once", "--sandbox", province.sandbox)
        assert "E959" in refused.stderr, "a new book does not take the place of the lost one"
        _done(province, "restore", *(["--from-journal"] if way == "journal" else [backup]))
        _run_once(province)
        assert len(province.seen()) == ALL
        _one_more(province)
        _run_once(province)
        _done(province, "verify")
        assert twice(province.seen()) == []
        assert len(province.seen()) == ALL + PAGES + PEOPLE
        if way == "backup":
            assert province.states() == {"done": ALL + PAGES + PEOPLE}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["leader", "worker"])
def test_a_book_is_not_restored_while_a_machine_works_on_it(tmp_path: Path, server: str, who: str) -> None:
    with at_work(tmp_path, server, pages=1, posts=1) as province:
        _run_once(province)
        machine = province.leader() if who == "leader" else province.worker()
        province.wait(lambda: province.ask("SELECT 1 FROM worker WHERE gone = 0 AND beats > 0"))
        refused = province.loa("restore", "--from-journal")
        assert "E974" in refused.stderr
        kill(machine)
        _done(province, "restore", "--from-journal")
        _run_once(province)
        assert is_settled(province.states())
        assert len(province.seen()) == 1
