"""Views → the page. Knows neither the server nor the folder: who asks says where an asset is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from loa.delivery import State
from loa.dispatch import AttachmentView, DeliveryView
from loa.dispatch.words import channel_name, state_name, tone
from loa.messages import Lang, dollars, long_date, moment, number
from loa.preview.words import words

ADDRESSABLE = ("https://", "http://")
_SHORT = 12
pages = Environment(
    loader=PackageLoader("loa.preview", "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the page finds its things. The functions give "" for what cannot be shown."""

    style: str
    asset: Callable[[AttachmentView], str]
    captions: Callable[[AttachmentView], str]
    preview: Callable[[AttachmentView], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked to see; an empty string means all."""

    campaign: str = ""
    state: str = ""
    channel: str = ""
    unit: str = ""
    month: str = ""

    def query(self, lang: Lang, **other: str) -> str:
        """The address of the page with this choice, in part replaced by ``other``."""
        asked = {"lang": lang, **asdict(self), **other}
        return "?" + urlencode({name: value for name, value in asked.items() if value and value != "vi"})

    def takes(self, view: DeliveryView, zone: tzinfo) -> bool:
        return (
            self.campaign in ("", view.campaign_id)
            and self.state in ("", view.state.value)
            and self.channel in ("", view.channel)
            and self.unit in ("", view.unit_code)
            and self.month in ("", month_of(view, zone))
        )


@dataclass(frozen=True, slots=True)
class Group:
    """One item at one moment, on all channels of all units."""

    moment: str
    campaign: str
    title: str
    views: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the timetable."""

    title: str
    count: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the timetable; ``id`` is ``2027-10``."""

    id: str
    title: str
    count: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """One drop-down: its name, and (value, words) of each choice."""

    name: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


def page_of(
    views: Sequence[DeliveryView],
    zone: tzinfo,
    lang: Lang,
    addresses: Addresses,
    choice: Choice | None = None,
) -> str:
    """The whole page. ``choice`` None makes a page without the form (it would need a server)."""
    shown = [view for view in views if choice is None or choice.takes(view, zone)]
    return pages.get_template("preview.html").render(
        w=words(lang),
        lang=lang,
        addresses=addresses,
        months=_months(shown, zone, lang),
        total=len(shown),
        tallies=_tallies(shown, lang),
        options=() if choice is None else _options(views, choice, zone, lang),
        choice=choice,
        standing=lambda view: _standing(view, lang),
        tone=tone,
        channel_name=lambda channel: channel_name(channel, lang),
        usd=lambda price: dollars(price, lang),
        count=lambda value: number(value, lang),
        counted=lambda count: f"{count} {words(lang)['delivery' if count == 1 else 'deliveries']}",
        told=lambda when: moment(when, zone, lang),
        short=lambda value: value[:_SHORT],
        is_link=lambda url: url.startswith(ADDRESSABLE),
        minutes=lambda span: round(span.total_seconds() / 60),
    )


def problem_page(title: str, text: str, lang: Lang, style: str) -> str:
    """A page that tells what is wrong."""
    return pages.get_template("problem.html").render(w=words(lang), lang=lang, title=title, text=text, style=style)


def month_of(view: DeliveryView, zone: tzinfo) -> str:
    """``2027-10``, in the zone of the workspace."""
    return f"{view.due.astimezone(zone):%Y-%m}"


def _standing(view: DeliveryView, lang: Lang) -> str:
    """Where a delivery stands, in the words of what it does."""
    if view.in_hand:
        return words(lang)["in_hand"]
    done = view.state == State.DONE and view.action != "publish"
    return words(lang)[f"{view.action}_done"] if done else state_name(view.state, lang)


def _month_title(month: str, lang: Lang) -> str:
    year, number = month.split("-")
    if lang == "vi":
        return f"{words(lang)['month']} {int(number)}/{year}"
    return long_date(date(int(year), int(number), 1), lang).split(" ", 2)[2]


def _months(views: Iterable[DeliveryView], zone: tzinfo, lang: Lang) -> tuple[Month, ...]:
    ordered = sorted(views, key=lambda view: (*_of_item(view), view.unit_code, view.channel))
    found = []
    for name, group in groupby(ordered, key=lambda view: month_of(view, zone)):
        members = tuple(group)
        found.append(Month(name, _month_title(name, lang), len(members), _days(members, zone, lang)))
    return tuple(found)


def _days(views: tuple[DeliveryView, ...], zone: tzinfo, lang: Lang) -> tuple[Day, ...]:
    found = []
    for day, group in groupby(views, key=lambda view: view.due.astimezone(zone).date()):
        members = tuple(group)
        title = long_date(day, lang)
        found.append(Day(title[:1].upper() + title[1:], len(members), _groups(members, zone)))
    return tuple(found)


def _of_item(view: DeliveryView) -> tuple[datetime, str, str, str]:
    """What stands under one heading: an item at a moment; a takedown or a correction has its own."""
    return view.due, view.campaign_id, view.item_id, view.action


def _groups(views: tuple[DeliveryView, ...], zone: tzinfo) -> tuple[Group, ...]:
    found = []
    for _, group in groupby(views, key=_of_item):
        members = tuple(group)
        first = members[0]
        found.append(Group(f"{first.due.astimezone(zone):%H:%M}", first.campaign_title, first.item_title, members))
    return tuple(found)


def _tallies(views: Iterable[DeliveryView], lang: Lang) -> tuple[tuple[State, str, int], ...]:
    counts = Counter(view.state for view in views)
    return tuple((state, state_name(state, lang), counts[state]) for state in State if counts[state])


def _options(views: Sequence[DeliveryView], choice: Choice, zone: tzinfo, lang: Lang) -> tuple[Options, ...]:
    campaigns = {view.campaign_id: view.campaign_title for view in views}
    units = {view.unit_code: view.unit_name for view in views}
    channels = {view.channel: channel_name(view.channel, lang) for view in views}
    states = {state.value: state_name(state, lang) for state in State if any(view.state == state for view in views)}
    months = {name: _month_title(name, lang) for name in sorted({month_of(view, zone) for view in views})}
    return (
        _drop_down("campaign", choice.campaign, campaigns),
        _drop_down("month", choice.month, months),
        _drop_down("unit", choice.unit, units),
        _drop_down("channel", choice.channel, channels),
        _drop_down("state", choice.state, states),
    )


def _drop_down(name: str, chosen: str, choices: Mapping[str, str]) -> Options:
    return Options(name, chosen, tuple(choices.items()))
