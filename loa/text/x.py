"""The length that X counts: most Vietnamese letters with two marks weigh 2, a link 23, an emoji sequence 2."""

from __future__ import annotations

import re

from loa.text.characters import nfc
from loa.text.x_links import links_in

X_LIMIT = 280
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_LINK_LENGTH = 23
_EMOJI_LENGTH = 2
_UNWRITABLE = frozenset("\ufffe\ufeff\uffff")
"""Byte order marks and non-characters: X refuses a text with one of them."""

# Two letters make a flag only where they name a land; others are two signs of weight 2 each.
_LANDS = (
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ "
    "FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM "
    "MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT "
    "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL "
    "TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
_FLAG = "|".join("".join(chr(ord(letter) + 0x1F1A5) for letter in land) for land in _LANDS.split())
_PICTURE = (
    "["
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d"
    "\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665"
    "\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1"
    "\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd"
    "\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e"
    "\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50"
    "\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_ONE = f"{_PICTURE}{_SKIN}?\ufe0f?{_SKIN}?"
_TAGS = "(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = re.compile(f"{_FLAG}|[0-9#*]\ufe0f?\u20e3|{_ONE}{_TAGS}(?:\u200d{_ONE})*")


def x_length(text: str) -> int:
    """The weighted length of a post; X allows 280."""
    text = _as_counted(text)
    whole = {found.start(): (found.end(), _EMOJI_LENGTH) for found in _EMOJI.finditer(text)}
    whole |= {link.start: (link.end, _LINK_LENGTH) for link in links_in(text)}
    total = place = 0
    while place < len(text):
        place, weight = whole.get(place) or (place + 1, _weight(text[place]))
        total += weight
    return total


def x_valid(text: str) -> bool:
    """Whether X takes the text at all: not empty, not too heavy, nothing in it that cannot be written."""
    return 0 < x_length(text) <= X_LIMIT and not _UNWRITABLE & set(text)


def _as_counted(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def _weight(character: str) -> int:
    point = ord(character)
    return 1 if any(first <= point <= last for first, last in _LIGHT) else 2
