"""What no picture can show is found by ``loa check``, with its place, before anybody makes a picture of it."""

from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.processes import loa


@pytest.mark.parametrize("written", ['"Nộp \\u202ehồ sơ"', "Nộp \u202ehồ sơ", "Nộp hồ sơ " + "\u0301" * 6])
def test_a_hidden_sign_in_a_title_is_found_by_check_with_its_place(tmp_path: Path, written: str) -> None:
    root = make_office(tmp_path / "office")
    assert loa("check", cwd=root).returncode == 0
    replace_in(root / "campaigns/thu-nghiem.yaml", "title: Nộp hồ sơ trực tuyến}", f"title: {written}}}")
    done = loa("check", cwd=root)
    assert done.returncode == 1
    assert "campaigns/thu-nghiem.yaml:35:" in done.stdout + done.stderr
    assert "[E105]" in done.stdout + done.stderr
