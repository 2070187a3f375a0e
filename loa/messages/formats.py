"""Numbers, dates and times as they are written in Vietnamese and in English."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from loa.messages.language import Lang

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Official papers write days under 10 and January, February with a leading zero (Decree 30/2020/NĐ-CP, appendix I).
_PADDED_BELOW = 10
_PADDED_MONTHS = 2
_CENT, _TENTH_OF_A_CENT = Decimal("0.01"), Decimal("0.001")
_TO_VIETNAMESE = str.maketrans(",.", ".,")


def number(value: Decimal | float, lang: Lang = "vi") -> str:
    """``value`` with its digits as given: 1.234,5 in Vietnamese, 1,234.5 in English."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    written = f"{exact:,f}"
    return written.translate(_TO_VIETNAMESE) if lang == "vi" else written


def dollars(amount: Decimal, lang: Lang = "vi") -> str:
    """An amount of US dollars, to a tenth of a cent where it has one: 0,20 and 0,015; 0.20 and 0.015."""
    exact = amount.quantize(_TENTH_OF_A_CENT)
    return number(exact if exact % _CENT else exact.quantize(_CENT), lang)


def weekday(day: date, lang: Lang = "vi") -> str:
    """The name of the day of the week."""
    return _WEEKDAYS[lang][day.weekday()]


def short_date(day: date, lang: Lang = "vi") -> str:
    """10/10/2025, or 10 Oct 2025."""
    if lang == "vi":
        return f"{day.day:02}/{day.month:02}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def long_date(day: date, lang: Lang = "vi") -> str:
    """Thứ Sáu, ngày 10 tháng 10 năm 2025; Friday, 10 October 2025."""
    if lang == "en":
        return f"{weekday(day, lang)}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
    of_month = f"{day.day:02}" if day.day < _PADDED_BELOW else str(day.day)
    month = f"{day.month:02}" if day.month <= _PADDED_MONTHS else str(day.month)
    return f"{weekday(day, lang)}, ngày {of_month} tháng {month} năm {day.year}"


def time_of_day(at: time, lang: Lang = "vi") -> str:
    """7 giờ 30, 14 giờ; 7:30, 14:00."""
    if lang == "en":
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour} giờ {at.minute:02}" if at.minute else f"{at.hour} giờ"


def span_of_days(first: date, last: date, lang: Lang = "vi") -> str:
    """10/10/2025, 10–12/10/2025, 30/09–02/10/2025; 10 Oct 2025 – 12 Oct 2025."""
    if first == last or lang == "en":
        return " – ".join(dict.fromkeys((short_date(first, lang), short_date(last, lang))))
    if first.year != last.year:
        return f"{short_date(first)} – {short_date(last)}"
    start = f"{first.day:02}" if first.month == last.month else f"{first.day:02}/{first.month:02}"
    return f"{start}–{short_date(last)}"


def moment(when: datetime, zone: tzinfo, lang: Lang = "vi") -> str:
    """``when`` in ``zone``: 08:00 ngày 10/10/2025; 08:00 on 10 Oct 2025."""
    local = when.astimezone(zone)
    joint = "ngày" if lang == "vi" else "on"
    return f"{local:%H:%M} {joint} {short_date(local.date(), lang)}"
