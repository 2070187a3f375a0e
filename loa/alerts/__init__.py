"""Telling the office of trouble: what is seen in the book, what was already told, and the words for it.

``loa.wiring.alerts`` carries the words: to a command, by e-mail, or to a web address.
"""

from loa.alerts.conditions import observe, silence
from loa.alerts.notice import Notice, notices_of
from loa.alerts.round import Way, tell_round
from loa.alerts.watch import Watch

__all__ = ["Notice", "Watch", "Way", "notices_of", "observe", "silence", "tell_round"]
