"""The horn of a channel that a person serves: it lays out a package, and waits until the person tells."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from loa.clock import Clock
from loa.delivery import (
    Absent,
    Account,
    ChannelCard,
    Ending,
    Equipment,
    Finding,
    Found,
    LookUp,
    Message,
    Pending,
    Receipt,
    Refused,
)
from loa.delivery.media import KIND_NAMES
from loa.delivery.shelf import CODE_LENGTH, CONFIRMED, FACTS
from loa.errors import LoaError
from loa.text import mobile_numbers
from publishers.approved import Altered
from publishers.common import Horn, check_account, later, whole_text
from publishers.handoff.checklist import steps_of, write_checklist
from publishers.handoff.feed import write_feed
from publishers.handoff.package import copy_files, files_of, lay_out, read_json, short_slug, write_facts
from publishers.handoff.task import Job, Task
from publishers.handoff.words import write_words

_ASK_AGAIN = timedelta(days=1)
_DISK_WAIT = timedelta(minutes=5)


class HandOff(Horn):
    """One account of a channel by hand. Its packages lie in ``<shelf>/<channel>/<account>``."""

    def __init__(self, card: ChannelCard, job: Job, account: Account, clock: Clock, equipment: Equipment) -> None:
        """Check what the account must have.

        Raises:
            LoaError: E620 a setting is missing; E685 there is no shelf; E688 an address is no web address.
        """
        check_account(account, card)
        if equipment.handoff_folder is None:
            raise LoaError("E685", account=account.id)
        for name, value in account.settings.items():
            if name.endswith("_url") and urlsplit(value).scheme not in ("http", "https"):
                raise LoaError("E688", account=account.id, name=name)
        self.card = card
        self._job = job
        self._account = account
        self._clock = clock
        self._shelf = equipment.handoff_folder
        self._folder = self._shelf / card.id / account.id

    def preflight(self) -> list[Finding]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            probe = self._folder / ".thu.tmp"
            probe.mkdir(exist_ok=True)
            probe.rmdir()
        except OSError as error:
            return [Finding("stop", "E687", error.strerror or type(error).__name__)]
        return [Finding("ok", "E694", str(self._folder))]

    def publish(self, message: Message) -> Ending:
        if problem := problem_of(self.card, message):
            return problem
        try:
            receipt = self._laid_out(message)
        except Altered as error:
            return Refused("E686", str(error))
        except OSError as error:
            return later(self._clock, _DISK_WAIT, "E687", error.strerror or type(error).__name__)
        return Pending(receipt, self._check_at(message))

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:
        """Only the person's word ends it; a package that somebody lost is laid out again, the feed is brought up."""
        with suppress(Altered, OSError):  # the task stands all the same; the book's receipt says where it lay
            receipt = self._laid_out(message)
        return Pending(receipt, self._check_at(message))

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        folder = self._folder / self._name(message)
        return Found(self._receipt(folder), self._check_at(message)) if (folder / FACTS).is_file() else Absent()

    def steps(self, message: Message) -> tuple[str, ...]:
        """What the person will do, a line a step, as the package will tell it; lays out nothing."""
        return steps_of(self._task(message), self._job)

    def _laid_out(self, message: Message) -> Receipt:
        """The receipt of a message's package, which is laid out where it does not lie there yet.

        Raises:
            Altered: a file is not the one that was approved.
            OSError: the disk does not take it.
        """
        folder = self._folder / self._name(message)
        if not (folder / FACTS).is_file():
            lay_out(folder, lambda aside: self._write(message, aside))
        if self._job.publishes_feed:
            write_feed(self._folder, self._account, self._clock.now())
        return self._receipt(folder)

    def _write(self, message: Message, folder: Path) -> None:
        task = self._task(message)
        copy_files(task, folder)
        for write in self._job.extras if message.action != "remove" else ():
            write(task, folder)
        if message.action != "remove" and self._job.pastes:
            write_words(task, folder)
        write_checklist(task, self._job, folder)
        write_facts(task, folder)

    def _task(self, message: Message) -> Task:
        code, target = message.key[:CODE_LENGTH], self._target(message)
        return Task(self.card, self._account, message, self._deadline(message), code, files_of(message), target)

    def _target(self, message: Message) -> Mapping[str, str]:
        if not message.target:
            return {}
        folder = self._shelf / message.target
        title, link = read_json(folder / FACTS).get("title", ""), read_json(folder / CONFIRMED).get("link", "")
        return {"folder": message.target, "title": str(title), "link": str(link)}

    def _receipt(self, folder: Path) -> Receipt:
        name = folder.relative_to(self._shelf).as_posix()
        return Receipt(name, details={"person": self._account.settings["person"]})

    def _name(self, message: Message) -> str:
        """The same for the same sending, whenever it is asked."""
        day = f"{message.due:%Y-%m-%d-%H%M}" if message.due else ""
        title = message.title or message.labels.get("item", "")
        parts = (day, short_slug(title), message.key[:CODE_LENGTH])
        return "-".join(part for part in parts if part)

    def _deadline(self, message: Message) -> datetime:
        return message.due or self._clock.now()

    def _check_at(self, message: Message) -> datetime:
        now = self._clock.now()
        deadline = self._deadline(message)
        return deadline if deadline > now else now + _ASK_AGAIN


def problem_of(card: ChannelCard, message: Message) -> Refused | None:
    """What stands against a package, said before anything is laid out."""
    if message.action == "remove":
        return None
    if card.no_phone_numbers and (count := mobile_numbers(f"{message.title}\n{message.text}")):
        return Refused("E689", str(count), "content")
    if card.needs_title and not message.title:
        return Refused("E612", "title", "content")
    for words, longest in ((whole_text(message), card.max_length), (message.title, card.max_title)):
        if longest and len(words) > longest:
            return Refused("E613", f"{len(words)} > {longest}", "content")
    return _file_problem(card, message)


def _file_problem(card: ChannelCard, message: Message) -> Refused | None:
    """Unlike a post, a package may mix kinds: the sheet to read from and the sound, pictures and a PDF."""
    kinds = [each.kind for each in message.attachments]
    if card.needs_one_of and message.action == "publish" and not set(kinds) & set(card.needs_one_of):
        return Refused("E695", ", ".join(KIND_NAMES[kind] for kind in card.needs_one_of), "content")
    for kind in dict.fromkeys(kinds):
        if kinds.count(kind) > card.most_of(kind):
            return Refused("E614", f"{kinds.count(kind)} × {kind}", "content")
    for each in message.attachments:
        if found := [fault for fault in card.faults(each.facts()) if not fault.untried]:
            told = ", ".join(f"{fault.found} ({fault.allowed})" for fault in found)
            return Refused("E615", f"{each.path.name}: {told}", "content")
    return None
