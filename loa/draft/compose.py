"""A slot on a channel, put into words: the text with its fields filled, and the orders for its assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from loa.campaign import Campaign, Item, LoadedCampaign, Make, Send, fields, fill, load_content, plain_text
from loa.campaign.content import Content
from loa.campaign.events import meeting_of
from loa.delivery import ChannelCard
from loa.draft.gaps import Gaps, gaps_in
from loa.draft.hashes import header_hash, sha
from loa.draft.marks import without_marks
from loa.draft.recipients import Lists, RecipientList
from loa.draft.terms import Terms, TermsMaker
from loa.errors import Place
from loa.messages import number
from loa.render import Order, Renderer
from loa.timetable import Slot
from loa.workspace import AccountSettings, Unit, Workspace

NO_LINK = ("không", "no")
"""What a campaign writes for the link of a channel that is to have none."""


@dataclass(frozen=True)
class Draft:
    """What would be sent for one (slot, channel, account), before its assets are made."""

    slot: Slot
    channel: str
    account: AccountSettings
    text: str
    title: str
    summary: str
    link: str
    orders: tuple[tuple[str, Order], ...]
    """Each with the name that the campaign file gives it: ``<make id>/<format>``."""
    options: Mapping[str, str]
    recipients: RecipientList | None
    when_late: str
    """``ask`` or ``drop``: what happens when it could not leave in its window."""
    sources: dict[str, str]
    """What it was made from, each with its SHA-256: any change of these drops an approval."""
    labels: Mapping[str, str]
    besides: tuple[tuple[str, Order], ...] = ()
    """What the item makes that no channel carries (print, sound), with the first draft of the slot."""
    terms: Terms | None = None
    """What a message to people is bound to; None for a public post."""
    gaps: tuple[str, ...] = ()
    """Fields of the unit that the item's words need and the unit does not have; each stands in them as its name."""

    @property
    def key(self) -> str:
        return f"{self.slot.key}/{self.channel}/{self.account.id}"


class Composer:
    """Puts slots into words; keeps what it read for as long as it lives (one look at the plan)."""

    def __init__(
        self, workspace: Workspace, renderer: Renderer, lists: Lists, cards: Mapping[str, ChannelCard]
    ) -> None:
        self._workspace = workspace
        self._renderer = renderer
        self._lists = lists
        self._terms = TermsMaker(workspace, lists)
        self._cards = cards
        self._gaps = Gaps(self._content)
        self._contents: dict[str, Content] = {}
        self._hashes: dict[str, str] = {}
        self._template_hashes: dict[tuple[str, str], str] = {}

    def drafts(self, loaded: LoadedCampaign, slot: Slot) -> list[Draft]:
        """One draft for each channel of the item and account of the unit."""
        item = _item(loaded.campaign, slot.item_id)
        found = [
            self._draft(loaded, item, slot, channel, account)
            for channel in item.send
            for account in self._workspace.accounts_for(slot.unit_code, channel)
        ]
        if found and (besides := self.besides(loaded, slot)):
            sources = found[0].sources | self._template_sources(besides)
            found[0] = replace(found[0], besides=besides, sources=sources)
        return found

    def besides(self, loaded: LoadedCampaign, slot: Slot) -> tuple[tuple[str, Order], ...]:
        """What the item makes for the unit that no channel carries: posters, leaflets, bulletins."""
        item = _item(loaded.campaign, slot.item_id)
        sent = {name for send in item.send.values() for name in _asset_names(send)}
        names = [f"{make.id}/{form}" for make in item.make for form in make.formats]
        unit = self._workspace.units.get(slot.unit_code)
        words = self._fields(loaded, item, unit, slot) if set(names) - sent else {}
        if gaps_in(words):
            return ()
        return tuple((name, self._order(loaded, item, name, unit, words)) for name in names if name not in sent)

    def title(self, loaded: LoadedCampaign, slot: Slot) -> str:
        """The title of a slot, as channels with titles show it."""
        item = _item(loaded.campaign, slot.item_id)
        words = self._fields(loaded, item, self._workspace.units.get(slot.unit_code), slot)
        return self._title(loaded, item, words)

    def as_sent(self, loaded: LoadedCampaign, slot: Slot, channel: str) -> str:
        """The text of a slot as citizens see it on a channel, its link with it."""
        item = _item(loaded.campaign, slot.item_id)
        words = self._fields(loaded, item, self._workspace.units.get(slot.unit_code), slot)
        contents = [self._content(relative) for relative in item.content]
        text = self._text(loaded, item, channel, contents, words)
        return as_sent(self._cards[channel], text, self._link(loaded, item, channel, words))

    def _title(self, loaded: LoadedCampaign, item: Item, words: Mapping[str, str]) -> str:
        written = self._content(item.content[0]).title or item.title
        return fill(written, words, loaded.item_place(item.id, "title"))

    def _link(self, loaded: LoadedCampaign, item: Item, channel: str, words: Mapping[str, str]) -> str:
        own = item.send[channel].link
        written = own or self._content(item.content[0]).link
        return "" if own in NO_LINK else fill(written, words, loaded.item_place(item.id, "send", channel))

    def _draft(self, loaded: LoadedCampaign, item: Item, slot: Slot, channel: str, account: AccountSettings) -> Draft:
        send = item.send[channel]
        unit = self._workspace.units.get(slot.unit_code)
        words = self._fields(loaded, item, unit, slot)
        contents = [self._content(relative) for relative in item.content]
        orders = self._orders(loaded, item, send, unit, words)
        return Draft(
            slot=slot,
            channel=channel,
            account=account,
            text=self._text(loaded, item, channel, contents, words),
            title=self._title(loaded, item, words),
            summary=fill(contents[0].summary, words, Place(item.content[0])),
            link=self._link(loaded, item, channel, words),
            orders=orders,
            options=dict(send.options),
            recipients=self._lists(send.recipients, slot.unit_code) if send.recipients else None,
            when_late=(item.lateness or self._workspace.settings.policies.lateness).then,
            sources=self._sources(loaded, item, slot, orders),
            labels=_labels(loaded.campaign, item, unit, account),
            terms=self._terms.terms(self._cards[channel], slot, send.options),
            gaps=gaps_in(words),
        )

    def _fields(self, loaded: LoadedCampaign, item: Item, unit: Unit, slot: Slot) -> dict[str, str]:
        zone: ZoneInfo = self._workspace.zone
        day = slot.due.astimezone(zone).date()
        held = meeting_of(loaded.campaign, slot.meeting)
        words = fields(self._workspace, loaded.campaign, item, unit, slot.days_left, day, held=held)
        return words | self._gaps.marks(loaded.campaign.id, item, words)

    def _content(self, relative: str) -> Content:
        if relative not in self._contents:
            self._contents[relative] = load_content(self._workspace, relative)
        return self._contents[relative]

    def _text(
        self,
        loaded: LoadedCampaign,
        item: Item,
        channel: str,
        contents: Sequence[Content],
        words: Mapping[str, str],
    ) -> str:
        text = self._worded(loaded, item, channel, contents, words)
        plain = item.send[channel].options.get("diacritics") == "remove"
        return without_marks(text, loaded, item, channel, contents) if plain else text

    def _worded(
        self,
        loaded: LoadedCampaign,
        item: Item,
        channel: str,
        contents: Sequence[Content],
        words: Mapping[str, str],
    ) -> str:
        if own := item.send[channel].text:
            return _filled(own, words, loaded.item_place(item.id, "send", channel, "text"))
        bodies = [
            content.variant(channel=channel, audience=item.audience or "", language=item.language)
            for content in contents
        ]
        filled = (_filled(body, words, Place(name)) for body, name in zip(bodies, item.content, strict=True))
        return "\n\n".join(text for text in filled if text) + self._hashtags(channel, contents)

    def _hashtags(self, channel: str, contents: Sequence[Content]) -> str:
        tags = dict.fromkeys(tag for content in contents for tag in content.hashtags)
        return "\n\n" + " ".join(tags) if tags and self._cards[channel].hashtags else ""

    def _orders(
        self, loaded: LoadedCampaign, item: Item, send: Send, unit: Unit, words: Mapping[str, str]
    ) -> tuple[tuple[str, Order], ...]:
        return tuple((name, self._order(loaded, item, name, unit, words)) for name in _asset_names(send))

    def _order(self, loaded: LoadedCampaign, item: Item, name: str, unit: Unit, words: Mapping[str, str]) -> Order:
        make_id, _, form = name.partition("/")
        make = next(each for each in item.make if each.id == make_id)
        return Order(
            make.template,
            form,
            self._data(loaded, item, make, unit, words),
            fill(make.alt, words, loaded.item_place(item.id, "make")),
            make.variant,
            make.brand or unit.brand or self._workspace.settings.brand,
        )

    def _data(
        self, loaded: LoadedCampaign, item: Item, make: Make, unit: Unit, words: Mapping[str, str]
    ) -> dict[str, Any]:
        place = loaded.item_place(item.id, "make")
        filled: dict[str, Any] = {
            name: fill(value, words, place)
            if isinstance(value, str)
            else [{key: fill(text, words, place) for key, text in row.items()} for row in value]
            for name, value in make.data.items()
        }
        body = self._workspace.settings.body
        return {
            "title": item.title,
            "qr": unit.portal,
            "facts": [_figure(loaded.campaign, name) for name in make.facts],
            "unit": unit.model_dump(include={"code", "name", "hotline", "portal", "address", "logo"}),
            "body": {"name": body.name, "short_name": body.short_name},
            "campaign": {"title": loaded.campaign.title, "lead": loaded.campaign.lead},
        } | filled

    def _sources(
        self, loaded: LoadedCampaign, item: Item, slot: Slot, orders: Sequence[tuple[str, Order]]
    ) -> dict[str, str]:
        found = {"campaign": header_hash(loaded.campaign), "item": sha(loaded.item_source(item.id).encode())}
        if held := meeting_of(loaded.campaign, slot.meeting):
            found["meeting"] = sha("\n".join((held[0].title, held[1].model_dump_json())).encode())
        for relative in item.content:
            found[relative] = self._file_hash(relative)
        return found | self._template_sources(orders)

    def _template_sources(self, orders: Sequence[tuple[str, Order]]) -> dict[str, str]:
        """The templates of orders, each with its brand: any change of either drops an approval."""
        used = sorted({(order.template, order.brand) for _, order in orders})
        return {
            f"templates/{name}{f' ({brand})' if brand else ''}": self._template_hash(name, brand)
            for name, brand in used
        }

    def _template_hash(self, template: str, brand: str) -> str:
        if (template, brand) not in self._template_hashes:
            self._template_hashes[template, brand] = self._renderer.template_hash(template, brand)
        return self._template_hashes[template, brand]

    def _file_hash(self, relative: str) -> str:
        if relative not in self._hashes:
            self._hashes[relative] = sha(self._workspace.inside(relative).read_bytes())
        return self._hashes[relative]


def as_sent(card: ChannelCard, text: str, link: str) -> str:
    """A text as its channel carries it: the link in a paragraph of its own where the text does not have it yet."""
    if card.to_recipients or not link or link in text:
        return text
    return f"{text.rstrip()}\n\n{link}"


def _asset_names(send: Send) -> list[str]:
    return [name.strip() for name in send.asset.split(",") if name.strip()]


def _item(campaign: Campaign, item_id: str) -> Item:
    return next(item for item in campaign.items if item.id == item_id)


def _filled(markdown: str, words: Mapping[str, str], place: Place) -> str:
    fill(markdown, words, place)  # for what it says of fields without a value
    return plain_text(markdown, words)


def _labels(campaign: Campaign, item: Item, unit: Unit, account: AccountSettings) -> dict[str, str]:
    """Names for people; not part of what is approved."""
    return {
        "campaign": campaign.title,
        "author": campaign.author,
        "item": item.title,
        "unit": unit.name,
        "account": account.name,
    }


def _figure(campaign: Campaign, name: str) -> dict[str, Any]:
    fact = campaign.facts[name]
    return {"value": number(fact.value, "vi"), "unit": fact.unit, "label": fact.label, "number": float(fact.value)}
