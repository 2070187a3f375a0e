"""What ``loa sms compare`` shows: both forms of a message side by side, and what makes it long."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from textwrap import fill
from typing import TYPE_CHECKING, Any

from loa.cli.language import lang, say

if TYPE_CHECKING:
    from loa.cli.comparing import Comparison, Form, Message, Terms
    from loa.text import Breaker
    from loa.workspace import Workspace

_WIDTH = 78
_NAMES = {"gsm7": "GSM-7", "ucs2": "UCS-2"}


def show(workspace: Workspace, message: Message, terms: Terms, found: Comparison) -> None:
    """Both forms, what breaks the short alphabet, both texts, and how to choose."""
    from loa.cli.output import line, table
    from loa.messages import moment, number

    if message.about:
        line(message.about)
    due = moment(message.start, workspace.zone, lang())
    line(f"{terms.rules.title} · {say('đến giờ', 'due')} {due}")
    line(say(f"{number(terms.recipients)} người nhận", f"recipients: {number(terms.recipients, 'en')}") + _pace(terms))
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
        row(say("Bắt đầu gửi", "Starts"), lambda form: _moment(form.begin)),
        row(say("Gửi xong lúc", "Finished"), lambda form: _moment(form.finish)),
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


def _moment(when: datetime | None) -> str:
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
        listed = " ".join(f"{breaker.character}×{len(breaker.places)}" for breaker in letters)
        line(say("Chữ có dấu làm tin phải gửi bằng UCS-2 (chữ × số lần):", "Letters that ask for UCS-2 (× how often):"))
        line(fill(listed, _WIDTH))
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
