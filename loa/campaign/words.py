"""Every ``{{ field }}`` of an item: in its content, its title, what is made and what each channel says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loa.campaign.content import Content, Section
from loa.campaign.events import event_of, meetings_of
from loa.campaign.fields import EVENT_FIELDS, fields, known_names
from loa.campaign.fill import half_open, names_in, unknown_field
from loa.campaign.load import Loc
from loa.campaign.model import Item, Make
from loa.campaign.plain import plain_text
from loa.campaign.scope import Scope
from loa.errors import Place, Problem
from loa.reader import closest
from loa.workspace import Unit

_SHOWN = 8


@dataclass(frozen=True)
class _Words:
    """The fields of an item: those that have a value for every unit, and who lacks which of the others."""

    known: Mapping[str, str]
    lacking: Mapping[str, tuple[str, ...]]
    untold: Mapping[str, tuple[str, ...]]
    """The fields of an event that not all of its meetings have, and those which lack each."""


def word_problems(scope: Scope, item: Item, here: Loc) -> Iterator[Problem]:
    """What is wrong with the words of ``item``; nothing is said of an item that no unit sends."""
    units = scope.units_of(item)
    contents = [
        content
        for number, relative in enumerate(item.content)
        if (content := scope.contents.get(relative, scope.place((*here, "content", number)))) is not None
    ]
    if not units:
        return
    words = _words(scope, item, units)
    for loc, text in texts_of(item, here):
        yield from _in_yaml(scope, words, loc, text)
    for content in contents:
        yield from _in_content(words, content)
        yield from _selected(scope, content)
    if len(contents) == len(item.content) and not scope.contents.flawed.intersection(item.content):
        yield from _silent(scope, item, here, contents)


def _words(scope: Scope, item: Item, units: tuple[str, ...]) -> _Words:
    """Only what is the unit's own differs from unit to unit."""
    first = scope.ws.units.get(units[0])
    base = fields(scope.ws, scope.campaign, item, first, 1, scope.campaign.start)
    if item.when.event is not None:
        base |= dict.fromkeys(EVENT_FIELDS, "")
    of_units = [scope.ws.units.get(code) for code in units]
    lacking: dict[str, tuple[str, ...]] = {}
    for name in known_names({}):
        without = tuple(unit.code for unit in of_units if not _value(scope, unit.code, name))
        if without:
            lacking[name] = without
    return _Words(known_names(base), lacking, _untold(scope, item, first))


def _untold(scope: Scope, item: Item, unit: Unit) -> dict[str, tuple[str, ...]]:
    campaign = scope.campaign
    event = event_of(campaign, item.when.event or "")
    if event is None:
        return {}
    has = {
        each.name: fields(scope.ws, campaign, item, unit, 1, campaign.start, held=(event, each))
        for each in meetings_of(campaign, item.when)
    }
    return {name: tuple(each for each, known in has.items() if name not in known) for name in EVENT_FIELDS}


def _value(scope: Scope, code: str, name: str) -> str:
    unit = scope.ws.units.get(code)
    attribute = name.removeprefix("unit.")
    if attribute.startswith("parent."):
        if unit.parent is None or unit.parent not in scope.ws.units:
            return ""
        unit, attribute = scope.ws.units.get(unit.parent), attribute.removeprefix("parent.")
    return str(getattr(unit, attribute))


def names_used(item: Item, contents: Sequence[Content]) -> frozenset[str]:
    """The names of all fields in the words of an item, for whichever channel."""
    texts = [text for _, text in texts_of(item, ())]
    for content in contents:
        texts += [content.title, content.summary, content.link, *(section.text for section in content.sections)]
    return frozenset(name for text in texts for name, _ in names_in(text))


def texts_of(item: Item, here: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text of the campaign file that is filled."""
    yield (*here, "title"), item.title
    for number, make in enumerate(item.make):
        yield (*here, "make", number, "alt"), make.alt
        yield from _data((*here, "make", number, "data"), make)
    for channel, send in item.send.items():
        yield (*here, "send", channel, "text"), send.text
        yield (*here, "send", channel, "link"), send.link


def _data(here: Loc, make: Make) -> Iterator[tuple[Loc, str]]:
    for name, value in make.data.items():
        if isinstance(value, str):
            yield (*here, name), value
        else:
            for number, row in enumerate(value):
                for key, text in row.items():
                    yield (*here, name, number, key), text


def _in_yaml(scope: Scope, words: _Words, loc: Loc, text: str) -> Iterator[Problem]:
    if "{{" not in text and "}}" not in text:
        return
    for name, (start, end) in names_in(text):
        problem = _judge(words, name, scope.loaded.loaded.place_within(loc, text[start:end]))
        if problem is not None:
            yield problem
    for _ in half_open(text):
        yield Problem("E237", {}, scope.place(loc))


def _in_content(words: _Words, content: Content) -> Iterator[Problem]:
    for section in content.sections:
        yield from _in_section(words, content, section)
    for key in ("title", "summary", "link"):
        for name, _ in names_in(getattr(content, key)):
            problem = _judge(words, name, content.file.meta_place(key))
            if problem is not None:
                yield problem


def _in_section(words: _Words, content: Content, section: Section) -> Iterator[Problem]:
    text = section.text
    for name, (start, end) in names_in(text):
        problem = _judge(words, name, content.place(section, start, end - start))
        if problem is not None:
            yield problem
    for start in half_open(text):
        yield Problem("E237", {}, content.place(section, start, 2))


def _judge(words: _Words, name: str, place: Place) -> Problem | None:
    if name in words.lacking:
        return Problem("E236", {"name": name, "units": _shown(words.lacking[name])}, place)
    if words.untold.get(name):
        return Problem("E347", {"name": name, "meetings": _shown(words.untold[name])}, place)
    return None if name in words.known else unknown_field(name, words.known, place)


def _shown(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _selected(scope: Scope, content: Content) -> Iterator[Problem]:
    """Variants for a channel or an audience that there is none of."""
    audiences = tuple(audience.id for audience in scope.campaign.audiences)
    for section in content.sections:
        place = content.place(section, 0)
        for name, code, choices in (("channel", "E230", tuple(scope.cards)), ("audience", "E223", audiences)):
            wanted = section.wants.get(name)
            if wanted is not None and wanted not in choices:
                yield Problem(code, {"name": wanted}, place, choices, closest(wanted, choices))


def _silent(scope: Scope, item: Item, here: Loc, contents: list[Content]) -> Iterator[Problem]:
    """Channels for which no text is left: neither one of their own nor one in the content."""
    for channel, send in item.send.items():
        if send.text:
            continue
        texts = (
            content.variant(channel=channel, audience=item.audience or "", language=item.language)
            for content in contents
        )
        if not any(plain_text(text) for text in texts):
            yield Problem("E248", {"channel": channel}, scope.place((*here, "send", channel), key=True))
