"""What the law and the house ask of messages to people: rule sets as data, and the guards that judge by them."""

from loa.rules.guards import Known, judge_moment, judge_person
from loa.rules.model import ALLOW, DEFAULT_CLASS, ClassName, MessageClass, Must, RuleSet, Verdict

__all__ = [
    "ALLOW",
    "DEFAULT_CLASS",
    "ClassName",
    "Known",
    "MessageClass",
    "Must",
    "RuleSet",
    "Verdict",
    "judge_moment",
    "judge_person",
]
