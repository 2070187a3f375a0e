"""``loa event list | held``: meetings of events, what goes out for each, and who came."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import As, AsJson, Campaigns, desk_here, known_campaigns
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from loa.campaign.event import Meeting
    from loa.dispatch import Desk
    from loa.dispatch.attendance import GoingOut, MeetingView

Target = Annotated[
    str,
    typer.Argument(
        metavar="CAMPAIGN/EVENT/MEETING",
        help=say("Mã buổi: chiến dịch/sự kiện/buổi (xem loa event list)", "The meeting (see loa event list)"),
    ),
]


def list_meetings(
    campaigns: Campaigns = None,
    unreported: Annotated[
        bool, typer.Option("--unreported", help=say("Chỉ các buổi đã qua chưa báo", "Only past ones without a report"))
    ] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", help=say("Ghi các buổi ra tệp .ics", "Write an .ics calendar"))
    ] = None,
    json_wanted: AsJson = False,
) -> None:
    """Show every meeting with what goes out for it and what was reported of it."""
    from loa.cli.output import as_json, line
    from loa.dispatch.attendance import meeting_views
    from loa.timetable import to_ics

    desk = desk_here()
    views = meeting_views(desk, known_campaigns(desk.workspace, campaigns))
    shown = [each for each in views if each.is_unreported or not unreported]
    if ics:
        ics.write_bytes(to_ics((), desk.workspace, {}, [each.appointment for each in shown]))
        line(say(f"Đã ghi {len(shown)} buổi vào {ics}", f"{len(shown)} meetings written to {ics}"))
    elif json_wanted:
        as_json([_as_words(each) for each in shown])
    else:
        for each in shown:
            _show(desk, each)
        _sum_up(views)


def held(
    target: Target,
    reviewer: As,
    people: Annotated[int, typer.Option("--people", min=0, help=say("Số người dự", "How many came"))] = 0,
    link: Annotated[
        str, typer.Option("--link", metavar="URL", help=say("Đường dẫn minh chứng", "A link as proof"))
    ] = "",
    photo: Annotated[
        Path | None,
        typer.Option("--photo", help=say("Ảnh minh chứng (JPEG, PNG, WebP)", "A photo as proof (JPEG, PNG, WebP)")),
    ] = None,
    day: Annotated[
        str,
        typer.Option("--day", metavar="YYYY-MM-DD", help=say("Ngày tổ chức, nếu khác lịch", "The day, if another")),
    ] = "",
    note: Annotated[str, typer.Option("--note", help=say("Ghi chú", "A note"))] = "",
) -> None:
    """Report that a meeting was held, and how many people came, with proof."""
    from loa.cli.output import line
    from loa.dispatch.attendance import Attendance, report_held
    from loa.dispatch.logbook import evidence

    desk = desk_of(reviewer)
    words = evidence(desk, link, photo) | ({"note": note} if note else {})
    numbers = report_held(desk, Attendance(target, people, words, _day(day)), reviewer)
    entries = ", ".join(map(str, numbers))
    line(say(f"Đã báo buổi {target} (nhật ký: dòng {entries}).", f"{target} was reported (log: {entries})."))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        text = say(f"“{written}” không phải ngày dạng năm-tháng-ngày", f"“{written}” is not a date like 2027-10-10")
        raise typer.BadParameter(text) from error


def _show(desk: Desk, view: MeetingView) -> None:
    from loa.cli.output import line

    each, workspace = view.appointment, desk.workspace
    unit = workspace.units.get(each.meeting.unit).name
    line(" · ".join(filter(None, (_time(each.meeting), unit, each.title, each.meeting.place))))
    expected = each.meeting.people
    told = say(f", dự kiến {expected} người", f", {expected} people expected") if expected else ""
    line(f"  {each.target}{told}")
    for said in view.going_out:
        line(f"    {_said(said, workspace.zone)}{_passed(said in view.untold)}")
    line(f"  → {_outcome(view)}")


def _time(meeting: Meeting) -> str:
    from loa.messages import span_of_days, time_of_day

    hours = [time_of_day(at, lang()) for at in (meeting.at, meeting.until) if at is not None]
    return ", ".join(filter(None, (" – ".join(hours), span_of_days(meeting.date, meeting.last, lang()))))


def _said(said: GoingOut, zone: ZoneInfo) -> str:
    from loa.dispatch.words import state_name
    from loa.messages import moment

    when = moment(said.due, zone, lang()) if said.due else say("không còn trong lịch", "no longer planned")
    states = ", ".join(f"{count} {state_name(state, lang())}" for state, count in said.states.items())
    moved = ""
    if said.told_at is not None:
        then = moment(said.told_at, zone, lang())
        moved = say(
            f" – đã phát lúc {then} theo lịch cũ: cần báo dời", f" – published at {then}, before the move: tell people"
        )
    return f"{when} · {said.title} ({states or say('chưa vào sổ', 'not in the book yet')}){moved}"


def _passed(is_untold: bool) -> str:
    return say(" – đã qua giờ phát, chưa phát", " – its moment is past, not published") if is_untold else ""


def _outcome(view: MeetingView) -> str:
    if view.entries:
        return _told(view)
    if view.appointment.meeting.deadline:
        return say("mốc hạn, không phải báo", "a deadline, nothing to report")
    if view.is_unreported:
        return say("chưa báo: loa event held", "not reported: loa event held") + f" {view.appointment.target}"
    return say("sắp tới", "to come")


def _told(view: MeetingView) -> str:
    people = say(f"đã tổ chức, {view.people} người dự", f"held, {view.people} people")
    who = dict.fromkeys(entry.person_name for entry in view.entries)
    proofs = dict.fromkeys(entry.words.get("link") or entry.words.get("photo", "") for entry in view.entries)
    numbers = ", ".join(str(entry.id) for entry in view.entries)
    return " · ".join((people, *who, *proofs, say(f"nhật ký dòng {numbers}", f"log {numbers}")))


def _sum_up(views: tuple[MeetingView, ...]) -> None:
    from loa.cli.output import line

    over = sum(bool(each.entries) for each in views)
    late = sum(each.is_unreported for each in views)
    people = sum(each.people for each in views)
    line(
        say(
            f"{len(views)} buổi và mốc hạn; {over} đã báo, {people} người dự; {late} chưa báo.",
            f"{len(views)} meetings and deadlines; {over} reported, {people} people came; {late} not reported.",
        )
    )


def _as_words(view: MeetingView) -> dict[str, object]:
    each = view.appointment
    return {
        "target": each.target,
        "title": each.title,
        "kind": each.event.kind,
        **each.meeting.model_dump(mode="json", by_alias=True, exclude={"id", "title"}),
        "unreported": view.is_unreported,
        "people_came": view.people,
        "entries": [entry.id for entry in view.entries],
        "going_out": [
            {
                "item": said.item_id,
                "unit": said.unit_code,
                "due": said.due,
                "states": dict(said.states),
                "told_at": said.told_at,
                "untold": said in view.untold,
            }
            for said in view.going_out
        ],
    }
