"""A slot on a channel, put into words: text with its fields filled, orders for its assets, its recipients.

Light on purpose: ``loa check`` looks at every draft and must not wait for the book to load.
"""

from loa.draft.compose import Composer, Draft, as_sent
from loa.draft.limits import limit_problems, text_problems_of
from loa.draft.media import media_problems
from loa.draft.messages import bulk_of, quiet_of
from loa.draft.prices import price_of, slot_prices
from loa.draft.recipients import Lists, RecipientList, not_looked_up
from loa.draft.terms import settings_of_account, settings_over

__all__ = [
    "Composer",
    "Draft",
    "Lists",
    "RecipientList",
    "as_sent",
    "bulk_of",
    "limit_problems",
    "media_problems",
    "not_looked_up",
    "price_of",
    "quiet_of",
    "settings_of_account",
    "settings_over",
    "slot_prices",
    "text_problems_of",
]
