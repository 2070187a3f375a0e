"""The verbs, in the order of the daily round."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import typer
from typer.models import CommandInfo

from loa.cli import (
    alerts,
    approve,
    backup,
    brand,
    check,
    correct,
    cost,
    decide,
    demo,
    doctor,
    event,
    feedback,
    handoff,
    init,
    insights,
    log,
    login,
    metrics,
    migrate_store,
    pack,
    people,
    plan,
    preview,
    proof,
    recipients,
    recipients_look,
    rehearse,
    render,
    report,
    restore,
    retry,
    rules,
    run,
    sandbox,
    schema,
    secret,
    service,
    sms_arm,
    sms_compare,
    sms_control,
    sms_dossier,
    sms_doubts,
    status,
    stop,
    takedown,
    template,
    template_check,
    template_new,
    template_preview,
    timetable,
    verify,
    webhooks,
    worker,
)
from loa.cli.helps import HELP
from loa.cli.language import say
from loa.cli.usage import Verb, Verbs


def build() -> typer.Typer:
    """The command with all of its verbs, in the language in force."""
    app = typer.Typer(
        name="loa",
        cls=Verbs,
        help=say(
            "Loa: lập lịch và phát chiến dịch truyền thông, từ YAML đến ấn phẩm, duyệt, đăng và báo cáo.\n\n"
            "Vòng việc hằng ngày: check → timetable → render → preview → approve → run → report.\n\n"
            "Thêm --lang en để dùng tiếng Anh.",
            "Loa: campaigns from YAML to pictures, approval, publication and report.\n\n"
            "The daily round: check → timetable → render → preview → approve → run → report.\n\n"
            "Vietnamese unless --lang en is given.",
        ),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for name, command in (
        ("init", init.init),
        ("check", check.check),
        ("schema", schema.schema),
        ("rules", rules.rules),
        ("timetable", timetable.timetable),
        ("render", render.render),
        ("preview", preview.preview),
        ("proof", proof.proof),
        ("approve", approve.approve),
        ("return", approve.give_back),
        ("run", run.run),
        ("worker", worker.worker),
        ("webhooks", webhooks.webhooks),
        ("rehearse", rehearse.rehearse),
        ("status", status.status),
        ("metrics", metrics.metrics),
        ("decide", decide.decide),
        ("retry", retry.retry),
        ("correct", correct.correct),
        ("takedown", takedown.takedown),
        ("plan", plan.plan),
        ("cost", cost.cost),
        ("report", report.report),
        ("insights", insights.insights),
        ("stop", stop.stop),
        ("resume", stop.resume),
        ("doctor", doctor.doctor),
        ("verify", verify.verify),
        ("backup", backup.backup),
        ("restore", restore.restore),
        ("migrate-store", migrate_store.migrate_store),
        ("login", login.login),
        ("sandbox", sandbox.sandbox),
        ("demo", demo.demo),
    ):
        app.command(name, cls=Verb, help=say(*HELP[name]))(command)
    for group, members in GROUPS.items():
        inner = typer.Typer(cls=Verbs, help=say(*HELP[group]), rich_markup_mode=None)
        for name, command in members.items():
            inner.command(name, cls=Verb, help=say(*HELP[f"{group} {name}"]))(command)
        app.add_typer(inner, name=group)
    return app


def every_verb(app: typer.Typer) -> Iterator[tuple[str, CommandInfo]]:
    """Each verb with its whole name: ``check``, ``template list``."""
    for verb in app.registered_commands:
        yield str(verb.name), verb
    for group in app.registered_groups:
        for verb in group.typer_instance.registered_commands if group.typer_instance else ():
            yield f"{group.name} {verb.name}", verb


GROUPS: dict[str, dict[str, Callable[..., None]]] = {
    "alerts": {
        "check": alerts.check,
        "test": alerts.try_ways,
        "list": alerts.list_alerts,
    },
    "template": {
        "list": template.list_templates,
        "show": template.show,
        "check": template_check.check,
        "new": template_new.new,
        "preview": template_preview.preview,
    },
    "secret": {
        "set": secret.set_secret,
        "list": secret.list_secrets,
        "test": secret.try_secrets,
        "remove": secret.remove,
    },
    "people": {
        "list": people.list_people,
        "pin": people.pin,
        "unlock": people.unlock,
    },
    "recipients": {
        "import": recipients.bring_in,
        "stats": recipients_look.stats,
        "review": recipients_look.review,
        "purge": recipients.purge,
        "forget": recipients.forget,
        "block": recipients.block,
    },
    "sms": {
        "compare": sms_compare.compare,
        "go": sms_control.go,
        "pause": sms_control.pause,
        "resume": sms_control.resume,
        "doubts": sms_doubts.doubts,
        "dossier": sms_dossier.dossier,
        "arm": sms_arm.arm,
        "disarm": sms_arm.disarm,
    },
    "brand": {
        "check": brand.check,
        "new": brand.new,
    },
    "service": {
        "install": service.install,
        "show": service.show,
        "remove": service.remove,
    },
    "event": {
        "list": event.list_meetings,
        "held": event.held,
    },
    "handoff": {
        "list": handoff.list_open,
        "open": handoff.open_folder,
        "done": handoff.done,
        "cancel": handoff.cancel,
    },
    "log": {
        "add": log.add,
        "import": log.bring_in,
        "list": log.list_entries,
        "withdraw": log.withdraw,
    },
    "pack": {
        "key": pack.key,
        "build": pack.build,
        "verify": pack.verify,
        "import": pack.bring_in,
        "list": pack.list_packs,
        "units": pack.units,
    },
    "feedback": {
        "import": feedback.bring_in,
        "add": feedback.add,
        "list": feedback.list_all,
        "answer": feedback.answer,
        "pass": feedback.pass_on,
        "close": feedback.close,
        "faq": feedback.faq,
    },
}
