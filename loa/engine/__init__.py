"""Who carries the work: threads of this process, one for each account, so that an account's order is kept."""

from loa.engine.lanes import Lanes
from loa.engine.threads import carry

__all__ = ["Lanes", "carry"]
