"""``loa sms compare``."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, workspace_here

if TYPE_CHECKING:
    from loa.cli.comparing import Comparison, Form, Message, Terms
    from loa.delivery import ChannelCard
    from loa.text import Breaker
    from loa.workspace import Workspace

_NAMES = {"gsm7": "GSM-7", "ucs2": "UCS-2"}


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
        str, typer.Option("--rate", metavar="N", help=say("Số phần tin mỗi giây của cổng", "Parts a second"))
    ] = "",
    account: Annotated[
        str, typer.Option("--account", metavar="ID", help=say("Tài khoản gửi", "Account that sends"))
    ] = "",
    json_wanted: AsJson = False,
) -> None:
    """Lay a message side by side with and without diacritics: parts, cost, time, and what makes it long."""
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
        _show(workspace, message, terms, found)


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


def _show(workspace: Workspace, message: Message, terms: Terms, found: Comparison) -> None:
    from loa.cli.output import line, table
    from loa.messages import moment, number

    if message.about:
        line(message.about)
    due = moment(message.start, workspace.zone, lang())
    line(f"{terms.rules.title} · {say('bắt đầu', 'starts')} {due}")
    line(say(f"{number(terms.recipients)} người nhận", f"{number(terms.recipients, 'en')} recipients") + _pace(terms))
    table(["", say("Giữ dấu", "With marks"), say("Bỏ dấu", "Without")], _rows(terms, found))
    if terms.price is None:
        line(
            say(
                "Chưa có giá: ghi price_per_part (đồng mỗi phần) ở channels → sms → settings trong loa.yaml.",
                "No price is set: write price_per_part (VND a part) under channels → sms → settings in loa.yaml.",
            )
        )
    _show_breakers(found)
    _show_texts(found)
    _advise(found)


def _show_texts(found: Comparison) -> None:
    from loa.cli.output import line

    for title, form in ((say("Giữ dấu:", "With marks:"), found.kept), (say("Bỏ dấu:", "Without:"), found.removed)):
        if form is not None and (form is found.kept or form.text != found.kept.text):
            line()
            line(title)
            line(form.text)
    line()


def _rows(terms: Terms, found: Comparison) -> list[list[str]]:
    from loa.messages import number

    def row(name: str, tell: Any) -> list[str]:
        return [name, tell(found.kept), tell(found.removed) if found.removed else "–"]

    rows = [
        row(say("Bảng mã", "Alphabet"), lambda form: _NAMES[form.count.encoding]),
        row(say("Ký tự", "Characters"), lambda form: number(len(form.text), lang())),
        row(say("Ký tự tính cước", "Counted as"), lambda form: number(form.count.units, lang())),
        row(say("Phần mỗi tin", "Parts a message"), lambda form: _parts(form, terms)),
        row(say("Tổng số phần", "Parts in all"), lambda form: number(form.parts_total, lang())),
        row(say("Thời gian gửi", "Sending takes"), lambda form: _span(form.takes.total_seconds())),
        row(say("Gửi xong lúc", "Finished"), lambda form: _finish(form.finish)),
    ]
    if terms.price is not None:
        rows.insert(5, row(say("Chi phí", "Cost"), lambda form: _vnd(form.cost)))
    return rows


def _parts(form: Form, terms: Terms) -> str:
    most = terms.rules.most_parts
    over = say(f" (quá {most})", f" (over {most})") if form.count.parts > most else ""
    return f"{form.count.parts}{over}"


def _pace(terms: Terms) -> str:
    from loa.messages import number

    pace = number(terms.pace, lang())
    told = say(f" · {pace} phần mỗi giây", f" · {pace} parts a second")
    if terms.price is None:
        return told
    price = _vnd(terms.price)
    return told + say(f" · {price} mỗi phần", f" · {price} a part")


def _vnd(amount: Decimal | None) -> str:
    from loa.messages import number

    return f"{number(amount or Decimal(0), lang())} {say('đ', 'VND')}"


def _finish(when: datetime | None) -> str:
    from loa.messages import short_date

    if when is None:
        return say("không bao giờ", "never")
    return f"{when:%H:%M} {short_date(when.date(), lang())}"


def _span(seconds: float) -> str:
    """``45 giây``, ``12 phút``, ``33 giờ 20 phút``."""
    whole = max(1, round(seconds))
    if whole < 60:  # noqa: PLR2004 - seconds of a minute
        return say(f"{whole} giây", f"{whole} s")
    minutes = -(-whole // 60)
    hours, left = divmod(minutes, 60)
    told = [say(f"{hours} giờ", f"{hours} h")] if hours else []
    return " ".join([*told, *([say(f"{left} phút", f"{left} min")] if left or not hours else [])])


def _show_breakers(found: Comparison) -> None:
    from loa.cli.output import line, table

    letters = [breaker for breaker in found.breakers if _is_letter(breaker)]
    signs = [breaker for breaker in found.breakers if not _is_letter(breaker)]
    if letters:
        listed = "  ".join(f"{breaker.character}×{len(breaker.places)}" for breaker in letters)
        line(say("Chữ có dấu làm tin phải gửi bằng UCS-2 (chữ × số lần):", "Letters that ask for UCS-2 (× how often):"))
        line(listed)
    if signs:
        line(say("Ký tự khác làm tin phải gửi bằng UCS-2:", "Other characters that ask for UCS-2:"))
        headings = [say("Ký tự", "Character"), say("Vị trí", "Places"), say("Bỏ dấu thành", "Without marks")]
        table(headings, [[sign.shown, ", ".join(map(str, sign.places)), _plain(sign)] for sign in signs])
    if signs and not letters:
        line(
            say(
                "Chỉ cần thay các ký tự này là tin gửi được bằng GSM-7.",
                "Replace these, and the message goes out in GSM-7.",
            )
        )


def _is_letter(breaker: Breaker) -> bool:
    return breaker.character.isalpha() and breaker.plain is not None and breaker.plain.isalpha()


def _plain(breaker: Breaker) -> str:
    if breaker.plain is None:
        return say("không viết được", "cannot be written")
    return f"“{breaker.plain}”" if breaker.plain else say("(bỏ đi)", "(left out)")


def _advise(found: Comparison) -> None:
    from loa.cli.output import line

    if found.removed is None:
        shown = ", ".join(found.unwritable)
        line(say(f"Chưa bỏ dấu được: thay {shown} trước.", f"No form without marks yet: replace {shown} first."))
        return
    if found.removed.text == found.kept.text:
        line(say("Lời tin vốn không dấu.", "The text has no marks."))
        return
    line(
        say(
            "Chữ không dấu có thể bị hiểu sai: đọc lại bản bỏ dấu rồi mới chọn.",
            "Vietnamese without marks can be misread: read that form before you choose it.",
        )
    )
    line(
        say(
            "Chọn bỏ dấu: ghi diacritics: remove ở send → sms → options của tin.",
            "To choose it, write diacritics: remove under send → sms → options of the item.",
        )
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
        "finish": form.finish,
    }
