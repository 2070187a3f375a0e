"""What people read: code → sentence, in Vietnamese and English; numbers and dates the Vietnamese way."""

from loa.messages.describe import as_dict, describe
from loa.messages.formats import dollars, long_date, moment, number, short_date, span_of_days, time_of_day, weekday
from loa.messages.language import Lang
from loa.messages.sentence import Sentence
from loa.messages.sentences import DuplicateCodeError, catalogue_entries, merge, remedy, sentence

__all__ = [
    "DuplicateCodeError",
    "Lang",
    "Sentence",
    "as_dict",
    "catalogue_entries",
    "describe",
    "dollars",
    "long_date",
    "merge",
    "moment",
    "number",
    "remedy",
    "sentence",
    "short_date",
    "span_of_days",
    "time_of_day",
    "weekday",
]
