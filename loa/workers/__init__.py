"""Workers on many machines: they carry what the leader hands them, by account, from the same book."""

from loa.workers.life import Standing, run_worker
from loa.workers.ready import missing
from loa.workers.shift import JOBS, Shift

__all__ = ["JOBS", "Shift", "Standing", "missing", "run_worker"]
