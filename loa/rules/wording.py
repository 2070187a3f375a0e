"""The guards that look at the words of a message, in a chain. Pure; each hands out problems without a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from loa.errors import Problem
from loa.rules.model import MessageClass, RuleSet
from loa.text import UnwritableCharacters, nfc, sms_count, unaccent, x_links

_FIELD = re.compile(r"\{\{.*?\}\}|\{[^{}\n]*\}|\{\{|\}\}")
_SCHEME = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://\S*|\b(?:javascript|data):\S+")
_PLAIN_HOST = re.compile(r"[0-9a-z.-]+")
_WAY = r"(?:soan|gui|nhan|goi|sms|lien he|call|send|text)"
_NUMBER = r"\d[\d .]{1,14}\d"
_ENDING_LENGTH = 120
_AFTER_LINK = ".,;:!?)\"'”’"


class Limits(Protocol):
    """What of a gateway concerns the words (``loa.delivery.Bulk``, a room above this one)."""

    @property
    def unicode(self) -> bool: ...
    @property
    def forbidden(self) -> str: ...
    @property
    def reserved(self) -> int: ...


class Judged(NamedTuple):
    """One text with everything that it is judged by."""

    text: str
    rules: RuleSet
    message: MessageClass
    way: Limits


TextGuard = Callable[[Judged], Iterator[Problem]]


def text_problems(text: str, rules: RuleSet, message: MessageClass, way: Limits) -> list[Problem]:
    """Everything that keeps these words from going out as a message of this class, by this gateway."""
    judged = Judged(text, rules, message, way)
    return [problem for guard in TEXT_GUARDS for problem in guard(judged)]


def composed(judged: Judged) -> Iterator[Problem]:
    """Letters and their marks are one sign: apart, they cost half as much again."""
    if nfc(judged.text) != judged.text:
        yield Problem("E764")


def filled(judged: Judged) -> Iterator[Problem]:
    """No field was left without its value."""
    if left := dict.fromkeys(_FIELD.findall(judged.text)):
        yield Problem("E765", {"fields": " ".join(left)})


def links_lead_home(judged: Judged) -> Iterator[Problem]:
    """Links are https and lead to a domain of the rules; a handset makes a link of a bare name too."""
    for link in _links(judged.text):
        params = {"link": link, "domains": ", ".join(judged.rules.link_domains)}
        if "://" in link and not link.lower().startswith("https://"):
            yield Problem("E766", params)
        elif not _is_allowed(link, judged.rules.link_domains):
            typing_slip = "/" not in link and not link.islower()  # Vinh.Ba: a full stop without its space
            yield Problem("E767", params, severity="warning" if typing_slip else "error")


def label(judged: Judged) -> Iterator[Problem]:
    """[QC] first where it must be, unless the carriers put it there, and nowhere where it must not."""
    labels, text = judged.rules.labels, judged.text.upper()
    params = {"labels": ", ".join(labels), "class": judged.message.title}
    if judged.message.label == "required" and not text.startswith(tuple(each.upper() for each in labels)):
        yield _missing(judged, "E768", "E784", params)
    if judged.message.label == "forbidden" and any(each.upper() in text for each in labels):
        yield Problem("E769", params)


def opt_out(judged: Judged) -> Iterator[Problem]:
    """The way to refuse stands last where it must, unless the carriers add it, and is absent where it must not."""
    params = {"words": ", ".join(judged.rules.opt_out_words), "class": judged.message.title}
    ends = ends_with_opt_out(judged.text, judged.rules.opt_out_words)
    if judged.message.opt_out == "required" and not ends:
        yield _missing(judged, "E770", "E799", params)
    if judged.message.opt_out == "forbidden" and ends:
        yield Problem("E771", params)


def _missing(judged: Judged, demanded: str, told: str, params: Mapping[str, str]) -> Problem:
    """What carriers put to a message themselves is not demanded of it twice; people are told what they rely on."""
    if not judged.way.reserved:
        return Problem(demanded, params)
    return Problem(told, {**params, "reserved": str(judged.way.reserved)}, severity="warning")


def short_enough(judged: Judged) -> Iterator[Problem]:
    """No more parts than the class may have, with what the carriers add themselves."""
    parts, most = parts_of(judged.text, judged.way), judged.message.most_parts
    if parts > most:
        yield Problem("E772", {"parts": str(parts), "most": str(most), "class": judged.message.title})


def carried(judged: Judged) -> Iterator[Problem]:
    """Only characters that the gateway carries."""
    if found := [sign for sign in judged.way.forbidden if sign in judged.text]:
        yield Problem("E773", {"characters": " ".join(found)})
    if not judged.way.unicode and sms_count(judged.text).encoding == "ucs2":
        yield Problem("E774")


TEXT_GUARDS: tuple[TextGuard, ...] = (composed, filled, links_lead_home, label, opt_out, short_enough, carried)


def parts_of(text: str, way: Limits) -> int:
    """The parts of one message, with what the carriers put to it."""
    return sms_count(text, way.reserved).parts


def ends_with_opt_out(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text ends in an instruction how to refuse: a word of refusal, and a number to write to or to call."""
    ending = _plainly(text).strip()[-_ENDING_LENGTH:]
    number = re.search(rf"(?i)\b{_WAY}\b[^\n]*?{_NUMBER}(?: ?\([^()\n]*\))?[\s.!;]*$", ending)
    if number is None:
        return False
    instruction = re.split(r"[\n.!?;]\s+(?=\S)", ending[: number.end()].rstrip(" .!;"))[-1]
    return any(_asks_to_refuse(instruction, _plainly(word)) for word in words)


def _asks_to_refuse(instruction: str, word: str) -> bool:
    """A phrase in any letters; a single word in capitals, or as what is to be written: "hủy hẹn thì gọi" is neither."""
    asked = rf"\b{re.escape(word)}\b"
    if " " not in word and re.search(asked, instruction):
        return True
    before = "" if " " in word else r"\b(?:soan|cu phap)(?: tin)? "
    return re.search(f"(?i){before}{asked}", instruction) is not None


def _plainly(text: str) -> str:
    """Without marks, and without what has no plain form."""
    try:
        return unaccent(text)
    except UnwritableCharacters as unwritable:
        return unaccent("".join(sign for sign in nfc(text) if sign not in unwritable.characters))


def _links(text: str) -> list[str]:
    text = _FIELD.sub(" ", text)  # of a field without its value another guard tells
    with_scheme = [found[0].rstrip(_AFTER_LINK) for found in _SCHEME.finditer(text)]
    rest = _SCHEME.sub(" ", text)
    return list(dict.fromkeys([*with_scheme, *x_links(rest)]))


def _is_allowed(link: str, domains: tuple[str, ...]) -> bool:
    """Judged by the host alone: ``gov.vn.example.com`` and ``https://gov.vn@example.com`` lead elsewhere."""
    if "\\" in link:  # a slash to browsers, and none to the standard
        return False
    try:
        host = (urlsplit(link if "://" in link else f"https://{link}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if _PLAIN_HOST.fullmatch(host) is None:  # where handsets end a link within such a name, nobody knows
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
