"""What a message to people is bound to beside its words: its class, the rules of its day, a canary, a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from loa.delivery import ChannelCard
from loa.draft.recipients import Lists, RecipientList
from loa.rules import DEFAULT_CLASS, RuleSet, rules_in_force
from loa.timetable import Slot
from loa.workspace import AccountSettings, Workspace


@dataclass(frozen=True, slots=True)
class Terms:
    """Approved with the message. ``budget`` is whole VND, or empty; ``canary`` are those who get it first."""

    message_class: str
    rules: str
    rules_sha256: str
    canary: RecipientList | None = None
    budget: str = ""

    def packed(self) -> dict[str, str | int]:
        """As it stands in the package."""
        canary = self.canary or RecipientList("")
        return {
            "class": self.message_class,
            "rules": self.rules,
            "rules_sha256": self.rules_sha256,
            "canary": canary.name,
            "canary_count": canary.count,
            "canary_digest": canary.digest,
            "budget": self.budget,
        }


class TermsMaker:
    """Makes the terms of drafts; the rules of a day are asked once."""

    def __init__(self, workspace: Workspace, lists: Lists) -> None:
        self._zone = workspace.zone
        self._lists = lists
        self._rules = cache(partial(rules_in_force, workspace))

    def terms(self, card: ChannelCard, slot: Slot, options: Mapping[str, str]) -> Terms | None:
        """The terms of a message; None on a channel of public posts.

        Raises:
            ProblemsFound: a file of rules has problems.
            LoaError: E791, no rules are in force on the day of the slot.
        """
        if not card.to_recipients:
            return None
        rules = self.rules_of(slot)
        canary = options.get("canary", "")
        return Terms(
            options.get("class", DEFAULT_CLASS),
            rules.id,
            rules.sha256,
            self._lists(canary, slot.unit_code) if canary else None,
            options.get("budget", "").replace(".", ""),
        )

    def rules_of(self, slot: Slot) -> RuleSet:
        """The rules that are in force on the day of a slot."""
        day: date = slot.due.astimezone(self._zone).date()
        return self._rules(day)


def settings_of_account(workspace: Workspace, card: ChannelCard, account: AccountSettings) -> dict[str, str]:
    """What the card says, with what ``loa.yaml`` says of the channel over it, and of the account over both."""
    return settings_over(workspace, card, account.settings)


def settings_over(workspace: Workspace, card: ChannelCard, own: Mapping[str, str]) -> dict[str, str]:
    """The same, with the settings of an account as they were approved."""
    channel = workspace.settings.channels.get(card.id)
    return dict(card.host_settings) | (channel.settings if channel else {}) | dict(own)
