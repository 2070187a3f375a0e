"""``loa sms compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import AsJson, workspace_here

if TYPE_CHECKING:
    from loa.cli.comparing import Comparison, Form, Message, Terms
    from loa.delivery import ChannelCard
    from loa.workspace import Workspace


def compare(
    campaign: Annotated[str, typer.Argument(help=say("Mã chiến dịch", "Campaign"), show_default=False)] = "",
    item: Annotated[str, typer.Argument(help=say("Mã tin", "Item"), show_default=False)] = "",
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=say("Lời tin, ghi trong ngoặc kép", "The text itself"))
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help=say("Tệp văn bản có lời tin", "Text file"))
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="LIST", help=say("Mã danh sách người nhận", "List of recipients"))
    ] = "",
    count: Annotated[
        int, typer.Option("--count", min=0, help=say("Số người nhận, nếu chưa có danh sách", "How many people"))
    ] = 0,
    rate: Annotated[
        str, typer.Option("--rate", metavar="N", help=say("Số phần tin mỗi giây của tổng đài", "Parts a second"))
    ] = "",
    account: Annotated[
        str, typer.Option("--account", metavar="ID", help=say("Tài khoản gửi", "Account that sends"))
    ] = "",
    json_wanted: AsJson = False,
) -> None:
    """Lay a message side by side with and without diacritics: parts, cost, time, and what makes it long."""
    from loa.cli.compared import show
    from loa.cli.comparing import CHANNEL, compare_forms
    from loa.cli.output import as_json
    from loa.wiring.cards import cards

    workspace = workspace_here()
    card = cards()[CHANNEL]
    message = _message(workspace, card, campaign, item, text, file, account)
    terms = _terms(workspace, card, message, count or _people(to or message.list_name, message), rate)
    found = compare_forms(message.text, terms)
    if json_wanted:
        as_json(_as_words(message, terms, found))
    else:
        show(workspace, message, terms, found)


def _message(
    workspace: Workspace, card: ChannelCard, campaign: str, item: str, text: str, file: Path | None, account: str
) -> Message:
    from loa.cli.comparing import Message, account_of, message_of
    from loa.clock import SystemClock

    if [bool(campaign and item), bool(text), file is not None].count(True) != 1 or (campaign and not item):
        raise typer.BadParameter(
            say(
                "Ghi một trong ba: CHIẾN_DỊCH và TIN, --text, hoặc --file",
                "Give one of three: CAMPAIGN and ITEM, --text, or --file",
            )
        )
    if campaign:
        return message_of(workspace, SystemClock(), campaign, item, account, card)
    words = text or (file.read_text(encoding="utf-8-sig").strip("\r\n") if file else "")
    return Message(words, SystemClock().now().astimezone(workspace.zone), account_of(workspace, account))


def _people(name: str, message: Message) -> int:
    """How many people of a list get it: of a unit where the message is a unit's, else all of them.

    Raises:
        LoaError: E336, the book has no such list.
    """
    from loa.cli.options import desk_here
    from loa.errors import LoaError
    from loa.recipients import import_changed, lists_of
    from loa.store import unit_counts

    if not name:
        return 1
    desk = desk_here()
    book = desk.book
    import_changed(desk.workspace, book, desk.vault, desk.clock)
    with book.read() as connection:
        known = unit_counts(connection)
    if name not in known:
        raise LoaError("E336", list=name)
    if message.unit_code:
        return lists_of(book)(name, message.unit_code).count
    return sum(each.members for each in known[name].values())


def _terms(workspace: Workspace, card: ChannelCard, message: Message, people: int, rate: str) -> Terms:
    from loa.cli.comparing import Terms
    from loa.draft import bulk_of, quiet_of, settings_over
    from loa.rules import parts_per_second, positive, price_per_part, rules_in_force

    own = message.account.settings if message.account else {}
    way = card.of(own)
    settings = settings_over(workspace, way, own)
    if rate and positive(rate) is None:
        raise typer.BadParameter(say("--rate là số lớn hơn 0, ví dụ 20", "--rate is a number above 0, such as 20"))
    options = dict(message.options)
    rules = rules_in_force(workspace, message.start.date())
    return Terms(
        people,
        price_per_part(settings),
        positive(rate) or parts_per_second(settings),
        bulk_of(card, own, options).reserved,
        rules.of(options.get("class", "")),
        quiet_of(workspace, way),
        message.start,
    )


def _as_words(message: Message, terms: Terms, found: Comparison) -> dict[str, object]:
    return {
        "about": message.about,
        "account": message.account.id if message.account else "",
        "class": terms.rules.name,
        "start": terms.start,
        "recipients": terms.recipients,
        "price_per_part": None if terms.price is None else float(terms.price),
        "parts_per_second": float(terms.pace),
        "reserved": terms.reserved,
        "forms": {"keep": _form_words(found.kept), "remove": _form_words(found.removed) if found.removed else None},
        "breakers": [
            {
                "character": breaker.character,
                "code": f"U+{ord(breaker.character):04X}",
                "places": breaker.places,
                "plain": breaker.plain,
            }
            for breaker in found.breakers
        ],
        "unwritable": found.unwritable,
    }


def _form_words(form: Form) -> dict[str, object]:
    return {
        "text": form.text,
        "encoding": form.count.encoding,
        "characters": len(form.text),
        "units": form.count.units,
        "parts": form.count.parts,
        "parts_total": form.parts_total,
        "cost_vnd": None if form.cost is None else int(form.cost),
        "seconds": form.takes.total_seconds(),
        "start": form.begin,
        "finish": form.finish,
    }
