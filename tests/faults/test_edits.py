"""Edits while the scheduler runs, at the size of CI; the full size is ``benchmarks/faults/edits.py``."""

import pytest

from benchmarks.faults.edits import run


@pytest.mark.slow
def test_nothing_unapproved_goes_out_whatever_is_edited_meanwhile() -> None:
    report = run(edits=20, seed=3)
    assert report.violations == []
