"""Vietnamese text as an announcer reads it: every number, short form and address in words, nothing left to guess.

>>> spoken("Từ 08:00 ngày 10/10, gọi 1022.")
'Từ tám giờ ngày mười tháng mười, gọi một không hai hai.'
"""

from __future__ import annotations

from loa.text.spoken.length import DEFAULT_PACE, minutes, seconds
from loa.text.spoken.numerals import digit_words, number_words
from loa.text.spoken.reading import spoken

__all__ = ["DEFAULT_PACE", "digit_words", "minutes", "number_words", "seconds", "spoken"]
