"""Imitation platforms with a menu of misbehaviour, for rehearsals and tests. Loopback only."""

from loa.sandbox.faults import Fault, FaultKind, fault_from, storm
from loa.sandbox.journal import Effect, Journal, read_journal
from loa.sandbox.server import Sandbox, overrides

__all__ = ["Effect", "Fault", "FaultKind", "Journal", "Sandbox", "fault_from", "overrides", "read_journal", "storm"]
