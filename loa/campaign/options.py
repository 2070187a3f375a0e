"""``send.<channel>.options`` against what the channel offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loa.campaign.load import Loc
from loa.campaign.model import Send
from loa.campaign.scope import Choosable, Scope
from loa.errors import Problem
from loa.reader import closest

_ANY = ".*"


def option_problems(scope: Scope, send: Send, here: Loc) -> Iterator[Problem]:
    """Options that the channel does not have, and values that an option does not take."""
    channel = str(here[-1])
    offered = scope.cards[channel].options
    names = tuple(option.name for option in offered)
    for name, value in send.options.items():
        loc = (*here, "options", name)
        option = _meant(offered, name)
        if option is None:
            params = {"channel": channel, "name": name}
            yield Problem("E575", params, scope.place(loc, key=True), names, closest(name, names))
        elif not _taken(option, value):
            params = {"channel": channel, "name": name, "value": value}
            yield Problem("E576", params, scope.place(loc), option.accepted, closest(value, option.accepted))


def _meant(offered: Sequence[Choosable], name: str) -> Choosable | None:
    """The option of this name; one that ends in ``.*`` stands for every longer name that begins so."""
    exact = next((option for option in offered if option.name == name and not name.endswith(_ANY)), None)
    return exact or next((option for option in offered if _begins(option.name, name)), None)


def _taken(option: Choosable, value: str) -> bool:
    if option.takes is not None:
        return option.takes(value)
    return not option.accepted or value in option.accepted


def _begins(offered: str, name: str) -> bool:
    prefix = offered.removesuffix("*")
    return offered.endswith(_ANY) and name.startswith(prefix) and len(name) > len(prefix) and name != offered
