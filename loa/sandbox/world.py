"""What the faces share: the clock, the journal, the kept media, who may call, and the numbers that become ids."""

from __future__ import annotations

import hmac
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from loa.clock import Clock, SimulatedClock
from loa.sandbox.faults import Faults
from loa.sandbox.grants import GIVEN, Grants
from loa.sandbox.journal import Journal
from loa.sandbox.media import MediaStore
from loa.sandbox.sms.engine import Engine
from loa.sandbox.sms.rules import Rules

ACCESS_LIFE = timedelta(seconds=90_000)
REFRESH_LIFE = timedelta(days=90)
ANY_ACCOUNT = "sandbox-"
"""A token that begins so opens every account of every face; it can be no real token of any platform."""


@dataclass
class World:
    """The state around the faces."""

    clock: Clock
    journal: Journal
    media: MediaStore
    public: Path | None = None
    """The folder behind ``/media/``: what the office's own web server shows to the world."""
    tokens: Mapping[str, str] | None = None
    """Token → account id. None: any token that begins with ``sandbox-`` is good for any account."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Account id → the name that citizens see."""
    faults: Faults = field(default_factory=Faults)
    seed: int = 1
    """Of what carriers and handsets do with text messages."""
    rules: Rules = field(default_factory=Rules)
    """Of gateways and carriers, to begin with."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(len(self.journal.effects()) * 1000 + 1)
        place = self.journal.path.with_suffix(".tokens.json")
        self.grants = Grants(place, self.clock, ACCESS_LIFE, REFRESH_LIFE)
        """The pairs of a platform whose tokens change with use; an account without one has its first token."""
        self.sms = Engine(self.clock, self.journal, self.number, seed=self.seed, rules=self.rules)

    def number(self) -> int:
        return next(self._numbers)

    def admits(self, token: str, account: str) -> bool:
        """Whether ``token`` may act for ``account``."""
        if self.tokens is None:
            return token.startswith(ANY_ACCOUNT)
        owner = next((who for known, who in self.tokens.items() if hmac.compare_digest(known, token)), None)
        return owner is not None and owner == account

    def owner(self, token: str) -> str | None:
        """The account behind ``token``: by the mapping, else what follows ``sandbox-``. None: a stranger.

        Zalo and X name no account in their addresses; there the token alone says who speaks.
        """
        if self.tokens is not None and not token.startswith(GIVEN):
            return self.tokens.get(token)
        return self.grants.owner(token)

    @property
    def simulated(self) -> bool:
        return isinstance(self.clock, SimulatedClock)
