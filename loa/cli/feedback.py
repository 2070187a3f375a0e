"""``loa feedback import | add | list | answer | pass | close | faq``: what citizens said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from loa.cli.language import lang, say
from loa.cli.log import PlanOption, Table, show_taken_in
from loa.cli.options import As, AsJson, desk_here

if TYPE_CHECKING:
    from loa.store.feedback import Feedback

Number = Annotated[int, typer.Argument(help=say("Số góp ý (xem loa feedback list)", "Number (loa feedback list)"))]
Topic = Annotated[str, typer.Option("--topic", help=say("Chủ đề", "Topic"))]
UnitCode = Annotated[str, typer.Option("--unit", help=say("Mã đơn vị", "Unit code"))]


def bring_in(
    file: Table,
    reviewer: As,
    plan: PlanOption = "",
    came_from: Annotated[
        str, typer.Option("--from", help=say("Nơi thu: VNForm, cổng… (mặc định: tên tệp)", "Where it came from"))
    ] = "",
) -> None:
    """Take in the export of a form or portal; names and numbers of people are not kept."""
    from loa.dispatch.feedback import bring_in_feedback

    show_taken_in(bring_in_feedback(desk_here(), file, reviewer, plan_id=plan, came_from=came_from))


def add(
    question: Annotated[str, typer.Argument(help=say("Nội dung góp ý", "What was said"))],
    reviewer: As,
    topic: Topic = "",
    unit: UnitCode = "",
    plan: PlanOption = "",
) -> None:
    """Write down what somebody said."""
    from loa.cli.output import line
    from loa.dispatch.feedback import add_one

    number = add_one(desk_here(), question, reviewer, topic=topic, unit_code=unit, plan_id=plan)
    line(say(f"Đã ghi góp ý số {number}.", f"Feedback {number} is written down."))


def list_all(
    state: Annotated[
        Literal["", "new", "passed_on", "answered", "closed"],
        typer.Option("--state", help=say("Chỉ trạng thái này", "Only this state")),
    ] = "",
    topic: Topic = "",
    unit: UnitCode = "",
    json_wanted: AsJson = False,
) -> None:
    """What was said, by day, with a count by topic."""
    from loa.cli.output import as_json, line
    from loa.dispatch.feedback import STATES, summary, told_by_citizens

    found = [
        each
        for each in told_by_citizens(desk_here())
        if state in ("", each.state) and topic in ("", each.topic) and unit in ("", each.unit_code)
    ]
    if json_wanted:
        as_json([_as_words(each) for each in found])
        return
    for each in found:
        line(_told(each, STATES[each.state][lang() == "en"]))
    counted = summary(found)
    topics = ", ".join(f"{name} {count}" for name, count in counted.by_topic.most_common())
    line(say(f"{counted.total} góp ý. {topics}", f"{counted.total} pieces of feedback. {topics}"))


def answer(
    number: Number,
    words: Annotated[str, typer.Argument(help=say("Trả lời", "The answer"))],
    reviewer: As,
    public: Annotated[
        bool, typer.Option("--public", help=say("Đưa vào bộ hỏi đáp công khai", "Show it among public answers"))
    ] = False,
) -> None:
    """Write the answer down."""
    from loa.cli.output import line
    from loa.dispatch import feedback

    feedback.answer(desk_here(), number, words, reviewer, is_public=public)
    line(say(f"Đã ghi trả lời góp ý số {number}.", f"Feedback {number} is answered."))


def pass_on(
    number: Number,
    to: Annotated[str, typer.Argument(help=say("Cơ quan, đơn vị nhận", "Who gets it"))],
    reviewer: As,
) -> None:
    """Note to whom it was passed on."""
    from loa.cli.output import line
    from loa.dispatch import feedback

    feedback.pass_on(desk_here(), number, to, reviewer)
    line(say(f"Đã chuyển góp ý số {number} tới {to}.", f"Feedback {number} was passed on to {to}."))


def close(number: Number, reviewer: As) -> None:
    """Note that nothing more is to be done."""
    from loa.cli.output import line
    from loa.dispatch import feedback

    feedback.close(desk_here(), number, reviewer)
    line(say(f"Đã khép góp ý số {number}.", f"Feedback {number} is closed."))


def faq(
    file: Annotated[Path, typer.Argument(help=say("Ghi vào tệp .md hoặc .csv này", "Write this .md or .csv file"))],
) -> None:
    """Write the public questions and answers, for a page or a chatbot."""
    from loa.cli.output import line
    from loa.dispatch.feedback import faq as written
    from loa.dispatch.feedback import told_by_citizens

    form = file.suffix.lower().lstrip(".")
    if form not in ("md", "csv"):
        raise typer.BadParameter(say("tệp phải có đuôi .md hoặc .csv", "the file must end in .md or .csv"))
    found = told_by_citizens(desk_here())
    file.write_text(written(found, form), encoding="utf-8-sig" if form == "csv" else "utf-8")
    count = sum(bool(each.is_public and each.answer) for each in found)
    line(say(f"{file}: {count} câu hỏi đáp.", f"{file}: {count} questions with answers."))


def _told(each: Feedback, state: str) -> str:
    from loa.messages import short_date

    head = " · ".join(filter(None, (short_date(each.day, lang()), state, each.topic, each.unit_code)))
    said = " ".join(each.question.split())
    longest = 160
    return f"  {each.id}  {head}\n     {said[:longest]}{'…' if len(said) > longest else ''}"


def _as_words(each: Feedback) -> dict[str, object]:
    names = ("id", "plan_id", "topic", "unit_code", "state", "question", "answer")
    return {name: getattr(each, name) for name in names} | {"day": each.day.isoformat(), "public": bool(each.is_public)}
