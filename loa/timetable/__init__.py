"""Campaign → slots: recurrence, units, audiences; pure."""

from loa.timetable.build import build, working_days
from loa.timetable.ics import span_of, titles_of, to_ics
from loa.timetable.problems import problems
from loa.timetable.slot import Slot

__all__ = ["Slot", "build", "problems", "span_of", "titles_of", "to_ics", "working_days"]
