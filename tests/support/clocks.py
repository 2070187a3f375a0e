"""The two clocks of a machine that a test drives: it lets real time pass, sets the wall, suspends, starts anew."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loa.clock.steady import SteadyClock


@dataclass
class Machine:
    """``wall`` is what the machine shows, ``seconds`` what really passed since its boot, sleep included."""

    wall: datetime
    seconds: float = 1000.0
    boot: str = "boot-1"
    slept: list[float] = field(default_factory=list)

    def clock(self) -> SteadyClock:
        """The clock of a new process on this machine."""
        return DrivenClock(self)

    def pass_by(self, time: timedelta) -> None:
        """Real time passes, awake or asleep."""
        self.wall += time
        self.seconds += time.total_seconds()

    def jump(self, by: timedelta) -> None:
        """Somebody, or something, moves the clock."""
        self.wall += by

    def reboot(self, wall: datetime) -> None:
        """Start anew with a clock that shows ``wall``."""
        self.wall, self.seconds, self.boot = wall, 5.0, self.boot + "'"


class DrivenClock(SteadyClock):
    """The steady clock of a driven machine; waiting passes its time."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        super().__init__(lambda: machine.wall, lambda: machine.seconds, machine.boot)

    def pause(self, seconds: float) -> bool:
        self._machine.slept.append(seconds)
        self._machine.pass_by(timedelta(seconds=max(seconds, 0)))
        return True
