"""The length that X counts: most Vietnamese letters with two marks weigh 2, an address 23, an emoji sequence 2."""

from __future__ import annotations

import re

from loa.text.characters import nfc

_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_URL_LENGTH = 23
_EMOJI_LENGTH = 2

# Every country, and the general names that stand in texts of public bodies; with https:// in front any name counts.
_COUNTRIES = (
    "ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by "
    "bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu fi fj fk fm "
    "fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je "
    "jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp "
    "mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa "
    "re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to "
    "tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERAL = (
    "academy app arpa asia biz blog center cloud club com community dev digital edu events global gov guide health "
    "info int jobs live media mil mobi museum name net network news ngo one online org page pro services shop site "
    "social space store studio support systems tech technology tel today top tours travel tube vin vip website wiki "
    "world xyz youtube zone"
)
_TOP = "|".join(sorted([*_COUNTRIES.split(), *_GENERAL.split()], key=len, reverse=True))
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_LETTER = r"A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff"
_PATH = rf"(?::[0-9]+)?(?:/(?:[{_LETTER}!*';:=+,.$/%#\[\]_~@&|()-]*[{_LETTER}=_#/+)-])?)?"
_QUERY = r"(?:\?[A-Za-z0-9!?*'();:&=+$/%#\[\]_.,~|@-]*[A-Za-z0-9_&=#/-])?"
_URL = rf"(?<![A-Za-z0-9@#$_./-])(?:https?://)?(?:{_LABEL}\.)+(?:{_TOP})(?![A-Za-z0-9@+-]){_PATH}{_QUERY}"

_PICTURE = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_ONE = f"{_PICTURE}{_SKIN}?\ufe0f?{_SKIN}?"
_TAGS = "(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}{_TAGS}(?:\u200d{_ONE})*"

_WHOLE = re.compile(f"(?P<url>{_URL})|(?P<emoji>{_EMOJI})", re.IGNORECASE)


def x_length(text: str) -> int:
    """The weighted length of a post; X allows 280."""
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    total = position = 0
    for whole in _WHOLE.finditer(text):
        total += sum(map(_weight, text[position : whole.start()]))
        total += _URL_LENGTH if whole["url"] else _EMOJI_LENGTH
        position = whole.end()
    return total + sum(map(_weight, text[position:]))


def _weight(character: str) -> int:
    point = ord(character)
    return 1 if any(first <= point <= last for first, last in _LIGHT) else 2
