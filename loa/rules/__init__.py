"""What the law and the house ask of messages to people: rule sets as data, and the guards that judge by them."""

from loa.rules.estimate import (
    USUAL_PACE,
    Course,
    cost,
    course_of,
    finish_of,
    parts_per_second,
    positive,
    price_per_part,
)
from loa.rules.guards import Known, closed_hours, judge_moment, judge_person, released
from loa.rules.load import is_stale, known_rules, read_rules, rules_by_id, rules_file, rules_in_force
from loa.rules.model import ALLOW, DEFAULT_CLASS, ClassName, MessageClass, Must, RuleSet, Verdict
from loa.rules.people import (
    CARRIERS,
    carrier_problems,
    list_problems,
    register_problem,
    registered,
    sender_problems,
    unregistered,
)
from loa.rules.wording import Limits, ends_with_opt_out, parts_of, text_problems

__all__ = [
    "ALLOW",
    "CARRIERS",
    "DEFAULT_CLASS",
    "USUAL_PACE",
    "ClassName",
    "Course",
    "Known",
    "Limits",
    "MessageClass",
    "Must",
    "RuleSet",
    "Verdict",
    "carrier_problems",
    "closed_hours",
    "cost",
    "course_of",
    "ends_with_opt_out",
    "finish_of",
    "is_stale",
    "judge_moment",
    "judge_person",
    "known_rules",
    "list_problems",
    "parts_of",
    "parts_per_second",
    "positive",
    "price_per_part",
    "read_rules",
    "register_problem",
    "registered",
    "released",
    "rules_by_id",
    "rules_file",
    "rules_in_force",
    "sender_problems",
    "text_problems",
    "unregistered",
]
