"""Text as the channels count it: one normal form, diacritics, SMS parts, the length on X, short forms."""

from loa.text.characters import UnwritableCharacters, nfc, shorten, slug, unaccent
from loa.text.phones import Doubt, Phone, Why, carrier_hint, masked, mobile_numbers, normalise
from loa.text.sms import SmsCount, sms_count, sms_split
from loa.text.x import x_length, x_valid
from loa.text.x_links import x_links

__all__ = [
    "Doubt",
    "Phone",
    "SmsCount",
    "UnwritableCharacters",
    "Why",
    "carrier_hint",
    "masked",
    "mobile_numbers",
    "nfc",
    "normalise",
    "shorten",
    "slug",
    "sms_count",
    "sms_split",
    "unaccent",
    "x_length",
    "x_links",
    "x_valid",
]
