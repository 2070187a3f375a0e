"""The head of the screen of ``loa status``: what stops everything first, then who is at work, then what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loa.cli.language import lang, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def print_head(facts: Mapping[str, Any], zone: tzinfo) -> None:
    """Everything that is no list of deliveries."""
    _print_stops(facts)
    _print_scheduler(facts["scheduler"], facts["last_beat"], zone)
    _print_machine(facts, zone)
    print_paused(facts["paused_accounts"], zone)
    _print_health(facts["accounts_health"])
    _print_untold(facts["alerts_untold"], zone)
    _print_counts(facts, zone)


def _print_stops(facts: Mapping[str, Any]) -> None:
    from loa.cli.output import line
    from loa.messages import remedy, sentence

    if facts["moved_to"]:
        params = {"place": facts["place"], "to": facts["moved_to"]}
        line("✗ " + sentence("E966", params, lang()))
        line("    → " + remedy("E966", params, lang()))
    if halt := facts["stopped"]:
        said = ": ".join(filter(None, (halt["by"], halt["why"])))
        text = say(f"ĐANG DỪNG TẤT CẢ ({said})", f"STOPPED ({said})")
        line(text + " · loa resume")
    if days := facts["mourning"]:
        said = " – ".join(filter(None, (days.get("first"), days.get("last"))))
        held = days["held"]
        line(
            say(f"QUỐC TANG {said}: đang giữ {held} lượt", f"NATIONAL MOURNING {said}: {held} held")
            + " · loa stop --list"
        )
    if doubt := facts["clock_doubt"]:
        line("✗ " + sentence("E996", {name: str(value) for name, value in doubt.items()}, lang()))
    if facts["sandbox"]:
        line(
            say(
                "Sổ này phát vào bãi tập: không có gì lên kênh thật.",
                "This book is a sandbox's: nothing is really out.",
            )
        )
    if facts["blocked"]:
        line(say("KHÔNG PHÁT GÌ vì tệp kế hoạch có lỗi:", "NOTHING GOES OUT, the plan has problems:"))
        line(facts["blocked"])


def _print_scheduler(found: Mapping[str, Any], seen: Any, zone: tzinfo) -> None:
    """Alive, late or silent; who leads; who else is there."""
    from loa.cli.output import line
    from loa.messages import moment

    if found["state"] == "never":
        line(say("Bộ lịch phát: chưa chạy lần nào.", "Scheduler: never ran."))
        return
    words = {
        "alive": say("✓ Bộ lịch phát đang chạy", "✓ Scheduler at work"),
        "late": say("! Bộ lịch phát chậm", "! Scheduler late"),
        "silent": say("✗ Bộ lịch phát KHÔNG chạy", "✗ Scheduler NOT running"),
    }
    ago = say(f"nhịp cuối {span(found['seconds'])} trước", f"last beat {span(found['seconds'])} ago")
    at = f" ({moment(seen, zone, lang())})" if found["state"] != "alive" else ""
    leads = say(f" · điều hành: {found['leader']}", f" · leads: {found['leader']}") if found["leader"] else ""
    line(f"{words[found['state']]} · {ago}{at}{leads}")
    others = [each for each in found["workers"] if each["id"] != found["leader"]]
    if others:
        line("  " + " · ".join(_worker(each) for each in others))


def _worker(each: Mapping[str, Any]) -> str:
    kinds = {
        "clock": say("bộ lịch phát", "scheduler"),
        "standby": say("dự bị", "standby"),
        "worker": say("máy phát phụ", "worker"),
        "aside": say("máy phát phụ đứng ngoài: tệp hoặc đồng hồ khác", "worker standing aside: other files or clock"),
        "renderer": say("máy dựng ấn phẩm", "renderer"),
    }
    kind = kinds.get(each["kind"], each["kind"])
    silent = "" if each["alive"] else say(f" (im lặng {span(each['seconds'])})", f" (silent {span(each['seconds'])})")
    return f"{kind} {each['host']}{silent}"


def _print_machine(facts: Mapping[str, Any], zone: tzinfo) -> None:
    from loa.cli.output import line
    from loa.messages import moment, number

    last = facts["last_backup"]
    if last:
        line(say(f"Bản sao lưu cuối: {moment(last, zone, lang())}", f"Last backup: {moment(last, zone, lang())}"))
    if facts["disk_low"]:
        free = number(facts["disk_free_mb"], lang())
        line(say(f"✗ Ổ đĩa gần đầy: còn {free} MB.", f"✗ The disk is nearly full: {free} MB left."))


def print_paused(paused: Sequence[Mapping[str, Any]], zone: tzinfo) -> None:
    """Accounts that rest or wait for a person, and how many deliveries wait with them."""
    from loa.cli.output import line
    from loa.messages import moment

    for pause in paused:
        name = pause["account"]
        until = moment(pause["until"], zone, lang()) if pause["until"] else say("khi có người xử lý", "a person acts")
        text = say("Tài khoản tạm dừng", "Paused account")
        count = say(f"{pause['waiting']} lượt gửi đang chờ", f"{pause['waiting']} deliveries wait")
        line(f"{text}: {name} → {until} [{pause['code']}] {pause['detail']} · {count}")
        if not pause["until"]:
            how = f"loa resume --account {name}"
            line(
                say(
                    f"    → Xem {pause['code']} trong docs/errors.md; khắc phục xong thì `{how}`.",
                    f"    → See {pause['code']} in docs/errors.md; once it is mended, `{how}`.",
                )
            )


def _print_health(found: Sequence[Mapping[str, Any]]) -> None:
    from loa.cli.output import line

    for each in found:
        line(f"{'✗' if each['level'] == 'stop' else '!'} {each['account']} [{each['code']}] {each['text']}")
        if each["remedy"]:
            line(f"    → {each['remedy']}")


def _print_untold(found: Sequence[Mapping[str, Any]], zone: tzinfo) -> None:
    from loa.cli.output import line
    from loa.messages import moment

    if found:
        codes = ", ".join(sorted({each["code"] for each in found}))
        following = [each["next"] for each in found if each["next"]]
        again = moment(min(following), zone, lang()) if following else "–"
        line(
            say(
                f"! CHƯA BÁO ĐƯỢC {len(found)} sự cố [{codes}]; thử lại lúc {again}. Xem `loa alerts test`.",
                f"! {len(found)} alerts COULD NOT BE TOLD [{codes}]; next try {again}. See `loa alerts test`.",
            )
        )


def _print_counts(facts: Mapping[str, Any], zone: tzinfo) -> None:
    from loa.cli.output import line
    from loa.dispatch.words import state_name
    from loa.messages import moment, number

    counts = facts["counts"]
    words = " · ".join(f"{state_name(state, lang())}: {number(count, lang())}" for state, count in counts.items())
    line(words or say("Sổ phát còn trống.", "The book is empty."))
    waiting = facts["waiting_for_approval"]
    if waiting["count"]:
        first, count = moment(waiting["first_due"], zone, lang()), number(waiting["count"], lang())
        line(say(f"Chờ duyệt: {count}, sớm nhất phát lúc {first}", f"Waiting for approval: {count}, first due {first}"))
    parts = [
        (facts["late"], say("trễ giờ", "late")),
        (facts["missed"], say("bỏ lỡ", "missed")),
        (facts["unknown"], say("chưa rõ kết quả", "unknown")),
    ]
    trouble = " · ".join(f"{word}: {number(count, lang())}" for count, word in parts if count)
    if trouble:
        line(f"✗ {trouble}")


def span(seconds: float) -> str:
    """``12 giây``, ``5 phút``, ``3 giờ``, ``2 ngày``."""
    whole = abs(int(seconds))
    if whole < _MINUTE:
        return say(f"{whole} giây", f"{whole} s")
    if whole < _HOUR:
        return say(f"{whole // _MINUTE} phút", f"{whole // _MINUTE} min")
    if whole < _DAY:
        return say(f"{whole // _HOUR} giờ", f"{whole // _HOUR} h")
    return say(f"{whole // _DAY} ngày", f"{whole // _DAY} d")
