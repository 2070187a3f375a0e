"""House rule 10: the figures of shape, and the few doors that catch everything."""

from pathlib import Path

from benchmarks.shape import MOST_FUNCTION_95TH, MOST_FUNCTION_MEDIAN, measure, read_module

ROOT = Path(__file__).parents[2]

DOORS = {
    "loa/dispatch/asking.py _ask": "asking a gateway after receipts may fail; it is asked again",
    "loa/dispatch/bulk/claim.py claim": "what was claimed and never handed over certainly did not leave: it is told so",
    "loa/dispatch/bulk/doubt.py _decided": "a look at a gateway that failed decides nothing",
    "loa/dispatch/bulk/record.py give_back_calls": "what could not be written down is told of again",
    "loa/dispatch/bulk/send.py _carried": "a bug in a horn may have sent a call: it becomes unknown",
    "loa/dispatch/bulk/send.py _kept_back": "a book that cannot be read keeps every call back",
    "loa/dispatch/lead.py signed_in": "whatever ends a scheduler, it signs out, but not of a book that is bad",
    "loa/dispatch/outbox.py _Round._written": "posts that were claimed and not handed over certainly did not leave",
    "loa/dispatch/outbox.py give_back": "what could not be written down is told of again",
    "loa/dispatch/posts/wire.py Wire._may_go": "a book that cannot be read keeps every post back",
    "loa/dispatch/posts/wire.py _published": "a bug in a horn may have sent something: the post becomes unknown",
    "loa/dispatch/pulse.py Pulse._go_on": "a database that cannot be reached now is asked again in a second",
    "loa/dispatch/receipts.py _told": "a strange report must not keep the others from being read",
    "loa/dispatch/reconcile.py _followed": "asking after a pending delivery may fail; the question stays open",
    "loa/dispatch/reconcile.py _looked_up": "a look-up that failed decides nothing",
    "loa/dispatch/replies.py _sent": "a bug in a horn may have sent the answer: it is never sent again",
    "loa/engine/lanes.py Lanes._send_all": "what breaks in a sending thread is raised where its answers are awaited",
    "loa/engine/threads.py carry.serve": "the same for questions to platforms",
    "loa/logs/writer.py OpenLog._write": "what cannot be told must never stop the work",
    "loa/render/incoming.py main": "a process of its own that reads a foreign picture: whatever breaks it is a refusal",
    "loa/workers/delivering.py deliver": "what broke off is looked up: the worker's life ends with it",
    "loa/workers/life.py _watch": "a database that cannot be reached now is asked again in two seconds",
    "loa/workers/life.py run_worker": "the next life of a worker may find the database again",
}


def test_functions_are_short() -> None:
    shape = measure(ROOT)
    assert shape.median < MOST_FUNCTION_MEDIAN
    assert shape.percentile_95 < MOST_FUNCTION_95TH


def test_no_module_is_longer_than_the_bar() -> None:
    assert [(module.path, module.lines) for module in measure(ROOT).too_long_modules] == []


def test_everything_is_caught_only_at_the_doors() -> None:
    assert sorted(set(measure(ROOT).catches_all)) == sorted(DOORS)


SOURCE = '''
class Desk:
    def send(self):
        """Send."""
        try:
            pass
        except (ValueError, Exception):
            pass
        try:
            pass
        except OSError:
            pass
'''


def test_the_measure_counts_lines_and_finds_what_catches_everything() -> None:
    module = read_module(SOURCE, "desk.py")
    assert [(function.place, function.lines) for function in module.functions] == [("desk.py:3 Desk.send", 10)]
    assert module.catches_all == ("desk.py Desk.send",)
    assert module.lines == 12
    assert module.written == 11


def test_a_bare_except_counts_as_catching_everything() -> None:
    assert read_module("try:\n    pass\nexcept:\n    pass\n", "a.py").catches_all == ("a.py ",)
