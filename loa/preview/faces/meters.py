"""How long a text is in its channel's own measure, beside what the channel takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loa.delivery import ChannelCard
from loa.dispatch import DeliveryView
from loa.draft import as_sent
from loa.messages import Lang, number
from loa.preview.faces.pieces import pieces
from loa.preview.faces.says import speaker
from loa.text import sms_count, x_links

Tone = Literal["good", "wait", "bad"]
NEAR = 0.9
"""From this part of a limit on, a text is near it."""
_ALONE = {"gsm7": 160, "ucs2": 70}
_CHAINED = {"gsm7": 153, "ucs2": 67}


@dataclass(frozen=True, slots=True)
class Meter:
    """One bar: how long, of how much, in which unit; ``note`` says what the figure means."""

    name: str
    length: int
    most: int
    unit: str
    tone: Tone
    note: str = ""

    @property
    def share(self) -> float:
        """Of 100, for the bar; a text that is too long fills it."""
        return round(min(1.0, self.length / self.most) * 100, 1) if self.most else 0.0


def tone_of(length: int, most: int) -> Tone:
    """Whether a length is well within a limit, near it, or beyond it."""
    return "bad" if length > most else "wait" if length >= NEAR * most else "good"


def meters(view: DeliveryView, card: ChannelCard, lang: Lang) -> Iterator[Meter]:
    """The bars of a delivery: title, summary, text; of a message its parts."""
    say = speaker(lang)
    for vi, en, text, most in (
        ("Tiêu đề", "Title", view.title, card.max_title),
        ("Tóm tắt", "Summary", view.summary, card.max_summary),
    ):
        if most and text:
            yield Meter(say(vi, en), len(text), most, say("ký tự", "characters"), tone_of(len(text), most))
    if view.message is not None:
        yield _message(view, _reserved(view, card), lang)
    elif view.text:
        yield _text(view, card, lang)


def _text(view: DeliveryView, card: ChannelCard, lang: Lang) -> Meter:
    say, whole = speaker(lang), as_sent(card, view.text, view.link)
    length = card.measure(whole)
    counted = len(whole) != length
    unit = say("đơn vị tính", "weighted units") if counted else say("ký tự", "characters")
    note = [_plain(len(whole), say("ký tự viết ra", "characters as written"), lang)] if counted else []
    tags = sum(piece.kind == "tag" for piece in pieces(whole))
    links = len(x_links(whole))
    note += [_plain(tags, "hashtag", lang)] if tags else []
    note += [_plain(links, say("đường dẫn", "link" if links == 1 else "links"), lang)] if links else []
    return Meter(say("Lời", "Text"), length, card.max_length, unit, tone_of(length, card.max_length), " · ".join(note))


def _message(view: DeliveryView, reserved: int, lang: Lang) -> Meter:
    """Filled as far as its last part is: what is left before one part more is paid."""
    say, parts = speaker(lang), view.message.parts if view.message else ()
    alphabet: Literal["gsm7", "ucs2"] = "gsm7" if view.message and view.message.alphabet == "GSM-7" else "ucs2"
    count = max(1, len(parts))
    most = _ALONE[alphabet] - reserved if count == 1 else _CHAINED[alphabet] * count - reserved
    last = sms_units(parts[-1], alphabet) if parts else 0
    free = (most if count == 1 else _CHAINED[alphabet]) - last
    left = max(0, free)
    note = say(f"còn {left} ký tự trước khi thành {count + 1} phần", f"{left} left before it takes {count + 1} parts")
    return Meter(
        say(f"Tin nhắn, {count} phần", f"Message, {count} part{'s' if count > 1 else ''}"),
        most - left,
        most,
        say("ký tự tính cước", "characters counted"),
        "good" if count == 1 else "wait",
        note,
    )


def sms_units(text: str, alphabet: Literal["gsm7", "ucs2"]) -> int:
    """Septets or UTF-16 units of one part, in the alphabet of the whole message."""
    count = sms_count(text)
    return count.units if count.encoding == alphabet else len(text.encode("utf-16-be")) // 2


def _reserved(view: DeliveryView, card: ChannelCard) -> int:
    """What carriers put to a message themselves."""
    way = card.of(view.settings)
    return way.bulk(view.options).reserved if way.bulk else 0


def _plain(count: int, unit: str, lang: Lang) -> str:
    return f"{number(count, lang)} {unit}"
