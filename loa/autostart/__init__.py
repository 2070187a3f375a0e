"""Starting by itself: what Windows, Linux and macOS want to be told, as files; nothing is switched on from here.

No secret stands in these files: they are copied to places that many can read.
"""

from loa.autostart.files import Plan, plan_for, this_system
from loa.autostart.work import HANDED_ON, Job, System, Work, is_no_secret, works

__all__ = ["HANDED_ON", "Job", "Plan", "System", "Work", "is_no_secret", "plan_for", "this_system", "works"]
