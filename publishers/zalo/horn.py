"""What every channel of an Official Account has: its door to Zalo, the look at its health, its meters."""

from __future__ import annotations

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, Finding, Rest
from publishers.common import Horn
from publishers.http import Session
from publishers.zalo import health
from publishers.zalo.door import Door


class OaHorn(Horn):
    """A horn of one OA; ``card`` says which of its channels."""

    card: ChannelCard

    def __init__(
        self,
        account: Account,
        clock: Clock,
        session: Session | None = None,
        equipment: Equipment = NO_EQUIPMENT,
    ) -> None:
        self._door = Door(account, self.card, clock, session, equipment)
        self._clock = clock

    def preflight(self) -> list[Finding]:
        return health.findings(self._door)

    def rest(self) -> Rest | None:
        return self._door.rest()
