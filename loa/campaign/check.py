"""Every reference of the campaigns: to each other, to units, channels, accounts, content, templates and fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from loa.campaign.event_check import event_problems, event_reference_problems
from loa.campaign.language import language_problems
from loa.campaign.load import LoadedCampaign, Loc
from loa.campaign.members import ALL_UNITS, members_of_campaign
from loa.campaign.model import Item, Make, Send
from loa.campaign.options import option_problems
from loa.campaign.scope import Card, Contents, Scope
from loa.campaign.terms import Term, terms_of
from loa.campaign.words import word_problems
from loa.errors import Place, Problem, WorkspaceError
from loa.reader import closest
from loa.workspace import PlacedAccount, Workspace, brand_problems, bundled
from loa.workspace.limits import MOST_PER_SECOND, RATE, rate_in

OF_ONE_UNIT = frozenset({"E236", "E250", "E251", "E285"})
"""Errors of one unit or one account: what it sends waits with the reason, and holds up nobody else."""


def check_campaigns(ws: Workspace, loaded: Sequence[LoadedCampaign], cards: Mapping[str, Card]) -> list[Problem]:
    """All problems of all campaigns, each once; warnings (``severity``) are among them."""
    contents = Contents(ws)
    terms, wrong_terms = terms_of(ws)
    problems = [*ws.flaws, *_accounts(ws, cards), *wrong_terms]
    for one in loaded:
        problems += _campaign(Scope(ws, one, cards, contents), terms)
    return _once([*problems, *contents.problems])


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: a content file may serve many items."""
    seen: dict[tuple[str, Place | None, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.place, str(sorted(problem.params.items()))), problem)
    return sorted(seen.values(), key=lambda p: (p.place.file, p.place.line, p.place.column) if p.place else ("", 0, 0))


def _rate(settings: Mapping[str, str], name: str, place: Place | None) -> Iterator[Problem]:
    """Whether a pace that is written is one."""
    written = settings.get(RATE, "")
    if written and rate_in(written) is None:
        params = {"name": RATE, "account": name, "value": written, "most": str(int(MOST_PER_SECOND))}
        yield Problem("E590", params, place)


def _accounts(ws: Workspace, cards: Mapping[str, Card]) -> Iterator[Problem]:
    """What the channels want to know of each account."""
    for channel, own in ws.settings.channels.items():
        yield from _rate(own.settings, channel, ws.loaded.place_of(("channels", channel, "settings", RATE)))
    for placed in ws.accounts.placed:
        channel = placed.account.channel
        if channel not in cards:
            yield Problem("E230", {"name": channel}, placed.place("channel"), tuple(cards), closest(channel, cards))
            continue
        yield from _account(placed, cards[channel])


def _account(placed: PlacedAccount, general: Card) -> Iterator[Problem]:
    """What the account lacks, by the way that it goes where the channel has several."""
    account = placed.account
    params = {"account": account.id, "channel": account.channel}
    chosen = account.settings.get(general.chosen_by, "")
    if chosen and chosen not in general.variants:
        place, known = placed.place("settings", general.chosen_by), tuple(general.variants)
        named = {**params, "name": general.chosen_by, "value": chosen}
        yield Problem("E747", named, place, known, closest(chosen, known))
        return
    card = general.of(account.settings)
    yield from _rate(account.settings, account.id, placed.place("settings", RATE))
    for name in card.account_settings:
        if not account.settings.get(name):
            place = placed.place("settings", key=True)
            yield Problem("E250", {**params, "name": name}, place, card.account_settings)
    for name in card.account_secrets:
        if not account.secrets.get(name):
            place = placed.place("secrets", key=True)
            yield Problem("E251", {**params, "name": name}, place, card.account_secrets)


def _campaign(scope: Scope, terms: tuple[Term, ...]) -> Iterator[Problem]:
    campaign = scope.campaign
    for number, code in enumerate(campaign.units):
        if code != ALL_UNITS and code not in scope.ws.units:
            yield scope.unknown("E228", code, (ALL_UNITS, *scope.ws.units.codes()), ("units", number))
    yield from _below(scope, campaign.units_below, ("units_below",))
    if campaign.end is not None and campaign.end < campaign.start:
        yield Problem("E245", {"start": f"{campaign.start}", "end": f"{campaign.end}"}, scope.place(("to",)))
    yield from event_problems(scope)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for number, item in enumerate(campaign.items):
        here: Loc = ("items", number)
        yield from _references(scope, item, here)
        yield from _units(scope, item, here)
        for position, make in enumerate(item.make):
            yield from _make(scope, make, (*here, "make", position))
        for channel, send in item.send.items():
            yield from _send(scope, item, send, (*here, "send", channel))
            yield from _reach(scope, item, (*here, "send", channel), told)
        yield from word_problems(scope, item, here)
        yield from language_problems(scope, item, here, terms)


def _references(scope: Scope, item: Item, here: Loc) -> Iterator[Problem]:
    """What the item names of its own campaign."""
    campaign = scope.campaign
    named: tuple[tuple[str, str | None, Iterable[str], Loc], ...] = (
        ("E223", item.audience, (audience.id for audience in campaign.audiences), ("audience",)),
        ("E224", item.theme, (theme.id for theme in campaign.themes), ("theme",)),
        ("E225", item.phase, (phase.id for phase in campaign.phases), ("phase",)),
        ("E226", item.when.anchor, campaign.anchors, ("when", "anchor")),
    )
    for code, name, choices, loc in named:
        known = tuple(choices)
        if name is not None and name not in known:
            yield scope.unknown(code, name, known, (*here, *loc))
    yield from event_reference_problems(scope, item, here)


def _below(scope: Scope, code: str | None, loc: Loc) -> Iterator[Problem]:
    """A branch of the tree that is none, or has nothing on it."""
    if code is None:
        return
    if code not in scope.ws.units:
        yield scope.unknown("E228", code, scope.ws.units.codes(), loc)
    elif not scope.ws.units.children(code):
        yield Problem("E164", {"unit": scope.ws.units.get(code).name}, scope.place(loc))


def _units(scope: Scope, item: Item, here: Loc) -> Iterator[Problem]:
    known = members_of_campaign(scope.ws.units, scope.campaign)
    for number, code in enumerate(item.units):
        loc = (*here, "units", number)
        if code != ALL_UNITS and code not in scope.ws.units:
            yield scope.unknown("E228", code, scope.ws.units.codes(), loc)
        elif code not in known and code not in scope.campaign.units:  # ``all`` of a campaign of all
            yield scope.unknown("E229", code, known, loc)
    yield from _below(scope, item.units_below, (*here, "units_below"))
    branch = [unit.code for unit in scope.ws.units.below(item.units_below)] if item.units_below else []
    if stray := next((code for code in branch if code not in known), None):
        yield scope.unknown("E229", stray, known, (*here, "units_below"))


def _make(scope: Scope, make: Make, here: Loc) -> Iterator[Problem]:
    for number, name in enumerate(make.facts):
        if name not in scope.campaign.facts:
            yield scope.unknown("E227", name, scope.campaign.facts, (*here, "facts", number))
    yield from brand_problems(scope.ws.root, make.brand, scope.place((*here, "brand")))
    try:
        folder = scope.ws.find_template(make.template)
    except WorkspaceError as error:
        yield Problem(error.code, error.params, scope.place((*here, "template")))
        return
    if folder is None or not (folder / "template.yaml").is_file():
        yield scope.unknown("E242", make.template, _templates(scope.ws), (*here, "template"))


def _templates(ws: Workspace) -> tuple[str, ...]:
    """The names of all templates: those of the workspace and those that the program brings."""
    roots = (ws.templates, bundled("templates"))
    found = {path.parent.relative_to(root).as_posix() for root in roots for path in root.glob("*/*/template.yaml")}
    return tuple(sorted(found))


def _send(scope: Scope, item: Item, send: Send, here: Loc) -> Iterator[Problem]:
    channel = str(here[-1])
    if channel not in scope.cards:
        yield scope.unknown("E230", channel, scope.cards, here, key=True)
    else:
        yield from _recipients(scope, send, here)
        yield from option_problems(scope, send, here)
    makes = {make.id: make for make in item.make}
    for name in filter(None, (part.strip() for part in send.asset.split(","))):
        make_id, _, form = name.partition("/")
        offered = tuple(f"{make.id}/{known}" for make in makes.values() for known in make.formats)
        if make_id not in makes:
            yield scope.unknown("E238", name, offered, (*here, "asset"))
        elif form not in makes[make_id].formats:
            yield scope.unknown("E239", name, offered, (*here, "asset"))


def _recipients(scope: Scope, send: Send, here: Loc) -> Iterator[Problem]:
    to_recipients = scope.cards[str(here[-1])].to_recipients
    if to_recipients and send.recipients is None:
        yield Problem("E241", {"channel": str(here[-1])}, scope.place(here, key=True))
    if not to_recipients and send.recipients is not None:
        yield Problem("E240", {"channel": str(here[-1])}, scope.place((*here, "recipients"), key=True))
    lists = tuple(each.id for each in scope.ws.settings.lists)
    named = ((send.recipients, (*here, "recipients")), (send.options.get("canary"), (*here, "options", "canary")))
    for name, where in named:
        if to_recipients and name and name not in lists:
            yield scope.unknown("E711", name, lists, where)


def _reach(scope: Scope, item: Item, here: Loc, told: set[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Units without an account on the channel: an error when nobody has one, else a warning (once a campaign)."""
    channel = str(here[-1])
    units = scope.units_of(item)
    lacking = tuple(code for code in units if not scope.ws.accounts_for(code, channel))
    if channel not in scope.cards or not lacking or (channel, lacking) in told:
        return
    told.add((channel, lacking))
    place = scope.place(here, key=True)
    if len(lacking) == len(units):
        yield Problem("E231", {"channel": channel}, place)
    else:
        yield Problem("E232", {"channel": channel, "units": ", ".join(lacking)}, place, severity="warning")
