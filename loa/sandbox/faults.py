"""The menu of misbehaviour: which request of which face goes wrong, and how."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatch
from threading import Lock
from typing import Any, Literal, get_args

from loa.errors import LoaError

FaultKind = Literal[
    "drop_before",  # the connection breaks, nothing was accepted
    "drop_after",  # accepted, and the connection breaks before the answer
    "error500_before",  # HTTP 500, nothing was accepted
    "error500_after",  # accepted, and the answer is HTTP 500
    "garbage",  # accepted, and the answer is HTTP 200 with text that is no JSON
    "truncated",  # accepted, and the answer breaks off in the middle
    "trickle",  # accepted, and the answer comes a little at a time over ``seconds``
    "wrong_json",  # accepted, and the answer is JSON of another shape
    "error_body",  # accepted, and HTTP 200 carries the face's own "unknown error"
    "delay",  # the request waits, then is accepted
    "delay_after",  # accepted at once, the answer waits
    "429",  # the face's own way to say "slow down"
    "429_bare",  # HTTP 429 without any header or body that a program could use
    "slow_verify",  # the face's own way to say "still processing"; the request is not looked at
    "token_expired",  # the face's own way to say "your token is dead"
    "cut_upload",  # half of a raw upload arrives, then the connection breaks
    "throttled_613",  # Facebook: a limit of its own, for an irregular volume
    "transient",  # Facebook: down for a moment, and it says so
    "wrong_offset",  # Facebook: the chunk is not the one that is due
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of a scenario. Either the ``nth`` matching request (and ``times`` in a row) or by ``probability``."""

    face: str
    kind: FaultKind
    route: str = "*"
    """A pattern over the path, such as ``*/feed``."""
    method: str = "POST"
    nth: int = 1
    times: int = 1
    probability: float = 0.0
    seed: int = 0
    seconds: float = 1.0

    def strikes(self, count: int) -> bool:
        """Whether the ``count``-th matching request goes wrong; the same seed always gives the same requests."""
        if self.probability:
            return random.Random(f"{self.seed}/{self.face}/{self.kind}/{count}").random() < self.probability  # noqa: S311 - repeatable, not secret
        return self.nth <= count < self.nth + self.times

    @property
    def rule(self) -> str:
        """When it strikes, for people."""
        if self.probability:
            return f"{self.probability:.1%} (seed {self.seed})"
        return f"#{self.nth}" if self.times == 1 else f"#{self.nth}–{self.nth + self.times - 1}"


class Faults:
    """The scenario in force."""

    def __init__(self, scenario: Sequence[Fault] = ()) -> None:
        self._lock = Lock()
        self.play(scenario)

    def play(self, scenario: Sequence[Fault]) -> None:
        """Replace the scenario; counting starts again."""
        with self._lock:
            self._scenario = tuple(scenario)
            self._counts = [0] * len(self._scenario)
            self._struck = [0] * len(self._scenario)

    def tally(self) -> list[tuple[Fault, int, int]]:
        """Each line with how many requests it matched, and how many it spoiled."""
        with self._lock:
            return list(zip(self._scenario, self._counts, self._struck, strict=True))

    def of(self, face: str, method: str, path: str) -> Fault | None:
        """The fault that strikes this request, if any. Every matching line counts it."""
        struck = None
        with self._lock:
            for place, fault in enumerate(self._scenario):
                if fault.face not in {face, "*"} or fault.method not in {method, "*"} or not fnmatch(path, fault.route):
                    continue
                self._counts[place] += 1
                if struck is None and fault.strikes(self._counts[place]):
                    struck = fault
                    self._struck[place] += 1
        return struck


STORM: tuple[FaultKind, ...] = (
    "drop_before",
    "drop_after",
    "error500_before",
    "error500_after",
    "garbage",
    "truncated",
    "wrong_json",
    "429",
)


def storm(share: float, seed: int) -> list[Fault]:
    """A scenario in which about ``share`` (0 to 1) of all requests that write go wrong, in eight ways."""
    return [Fault(face="*", kind=kind, probability=share / len(STORM), seed=seed) for kind in STORM]


def fault_from(line: Mapping[str, Any]) -> Fault:
    """One line of a scenario as JSON gives it.

    Raises:
        LoaError: E853 for an unknown name or kind.
    """
    names = {part.name for part in fields(Fault)}
    wrong = sorted(set(line) - names)
    if wrong or not {"face", "kind"} <= set(line) or line["kind"] not in get_args(FaultKind):
        raise LoaError("E853", line=dict(line), accepted=", ".join(get_args(FaultKind)))
    return Fault(**line)
