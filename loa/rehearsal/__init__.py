"""A rehearsal: the real run, through the same code, against the sandbox and on a simulated clock."""

from loa.rehearsal.referee import Verdict, judge
from loa.rehearsal.run import Progress, Rehearsal, RehearsalResult

__all__ = ["Progress", "Rehearsal", "RehearsalResult", "Verdict", "judge"]
