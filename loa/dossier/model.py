"""What an operator must know: each message in both forms with its parts, where it goes, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from loa.errors import LoaError
from loa.text import UnwritableCharacters, mobile_numbers, nfc, sms_count, unaccent


@dataclass(frozen=True, slots=True)
class Wording:
    """One message of the campaign, before it is gathered into a dossier."""

    item: str
    """The title of the item, for people."""
    text: str
    due: datetime
    """In the zone of the workspace."""
    area: str
    """The name of the unit whose subscribers are meant."""


@dataclass(frozen=True, slots=True)
class MessageForm:
    """A text in one of its two forms."""

    text: str
    encoding: str
    """``GSM-7`` or ``UCS-2``."""
    characters: int
    parts: int


@dataclass(frozen=True, slots=True)
class Round:
    """One text with every moment and area in which it is to be sent."""

    item: str
    accented: MessageForm
    plain: MessageForm | None
    """Without diacritics; None where a character has no such form."""
    times: tuple[datetime, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that goes into the letter and its appendix."""

    campaign: str
    body: str
    basis: tuple[str, ...]
    lead: str
    hotline: str
    sender: str
    """The brandname under which the messages are to appear; empty where it is still to be agreed."""
    rounds: tuple[Round, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(area for each in self.rounds for area in each.areas))

    @property
    def times(self) -> tuple[datetime, ...]:
        return tuple(sorted({moment for each in self.rounds for moment in each.times}))


def dossier_of(
    wordings: Sequence[Wording], *, campaign: str, body: str, basis: Sequence[str], lead: str, hotline: str, sender: str
) -> Dossier:
    """Gather the messages of a campaign: the same words are one round with several moments and areas.

    Raises:
        LoaError: E944 there is no message; E945 a person's phone number stands in one.
    """
    if not wordings:
        raise LoaError("E944", campaign=campaign)
    by_text: dict[str, list[Wording]] = {}
    for each in sorted(wordings, key=lambda wording: wording.due):
        if mobile_numbers(each.text):
            raise LoaError("E945", item=each.item)
        by_text.setdefault(nfc(each.text).strip(), []).append(each)
    rounds = tuple(_round(text, found) for text, found in by_text.items())
    return Dossier(campaign, body, tuple(basis), lead, hotline, sender, rounds)


def _round(text: str, found: Sequence[Wording]) -> Round:
    times = tuple(dict.fromkeys(each.due for each in found))
    areas = tuple(dict.fromkeys(each.area for each in found))
    return Round(found[0].item, _form(text), _plain(text), times, areas)


def _plain(text: str) -> MessageForm | None:
    try:
        return _form(unaccent(text))
    except UnwritableCharacters:
        return None


def _form(text: str) -> MessageForm:
    count = sms_count(text)
    return MessageForm(text, "GSM-7" if count.encoding == "gsm7" else "UCS-2", len(text), count.parts)
