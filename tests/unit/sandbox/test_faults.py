from __future__ import annotations

from loa.sandbox import Fault
from loa.sandbox.faults import STORM, Faults, storm


def struck(faults: Faults, count: int, path: str = "/facebook/v26.0/1/feed") -> list[int]:
    return [number for number in range(1, count + 1) if faults.of("facebook", "POST", path)]


def test_the_nth_request_and_its_followers_go_wrong() -> None:
    faults = Faults([Fault(face="facebook", kind="drop_after", nth=3, times=2)])
    assert struck(faults, 6) == [3, 4]


def test_other_routes_faces_and_methods_are_not_counted() -> None:
    faults = Faults([Fault(face="facebook", route="*/feed", kind="drop_after")])
    assert faults.of("facebook", "POST", "/facebook/v26.0/1/photos") is None
    assert faults.of("zalo", "POST", "/zalo/1/feed") is None
    assert faults.of("facebook", "GET", "/facebook/v26.0/1/feed") is None
    assert faults.of("facebook", "POST", "/facebook/v26.0/1/feed") is not None


def test_the_same_seed_spoils_the_same_requests() -> None:
    def line(seed: int) -> Faults:
        return Faults([Fault(face="*", kind="drop_after", probability=0.3, seed=seed)])

    first = struck(line(1), 200)
    assert first == struck(line(1), 200)
    assert first != struck(line(2), 200)
    assert 30 < len(first) < 90


def test_a_storm_spoils_about_its_share_in_several_ways_and_repeats_itself() -> None:
    def kinds() -> list[str]:
        faults = Faults(storm(0.2, 7))
        found = (faults.of("zalo", "POST", "/zalo/x") for _ in range(2000))
        return [fault.kind if fault else "" for fault in found]

    assert kinds() == kinds()
    assert 300 < sum(map(bool, kinds())) < 500
    assert len(set(kinds()) - {""}) == len(STORM)
