"""Text as the channels count it: normal form, diacritics, phone numbers, SMS parts, the length on X, short forms."""

from loa.text.cells import safe_cell
from loa.text.characters import UNPRINTABLE, UnwritableCharacters, nfc, shorten, slug, unaccent, visible
from loa.text.gsm import gsm_decode, gsm_encode
from loa.text.phones import Doubt, Phone, Why, carrier_hint, masked, mobile_numbers, normalise
from loa.text.sms import Breaker, SmsCount, SmsPart, sms_breakers, sms_count, sms_join, sms_parts, sms_split
from loa.text.x import x_length, x_valid
from loa.text.x_links import x_links

__all__ = [
    "UNPRINTABLE",
    "Breaker",
    "Doubt",
    "Phone",
    "SmsCount",
    "SmsPart",
    "UnwritableCharacters",
    "Why",
    "carrier_hint",
    "gsm_decode",
    "gsm_encode",
    "masked",
    "mobile_numbers",
    "nfc",
    "normalise",
    "safe_cell",
    "shorten",
    "slug",
    "sms_breakers",
    "sms_count",
    "sms_join",
    "sms_parts",
    "sms_split",
    "unaccent",
    "visible",
    "x_length",
    "x_links",
    "x_valid",
]
