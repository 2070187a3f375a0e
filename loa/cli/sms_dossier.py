"""``loa sms dossier``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import From, To, known_campaigns, span, workspace_here


def dossier(
    campaign: Annotated[str, typer.Argument(help=say("Mã chiến dịch", "Campaign id"))],
    item: Annotated[
        list[str] | None,
        typer.Option("--item", help=say("Chỉ tin này (lặp lại được)", "Only this item (repeatable)")),
    ] = None,
    first: From = "",
    last: To = "",
    account: Annotated[
        str,
        typer.Option("--account", help=say("Tài khoản kênh letter đứng tên công văn", "The letter account to use")),
    ] = "",
    folder: Annotated[Path | None, typer.Option("--folder", help=say("Thư mục ghi hồ sơ", "Where to write it"))] = None,
) -> None:
    """The letter and its appendix that ask operators to send the messages: no phone number in either."""
    from loa.campaign import load_campaigns
    from loa.cli.output import line
    from loa.clock import SystemClock
    from loa.dossier import gather, letter_of, write_appendix
    from loa.wiring.cards import cards
    from loa.wiring.letters import write_letter

    workspace = workspace_here()
    [name] = known_campaigns(workspace, [campaign])
    loaded = next(each for each in load_campaigns(workspace) if each.campaign.id == name)
    start, end = span(workspace, first, last)
    found = gather(workspace, loaded, cards(), start, end, item or ())
    target = folder or workspace.var / "dossiers" / f"{name}-{start:%Y-%m-%d}"
    word, sheet = write_appendix(found, target)
    line(say(f"Phụ lục: {word}", f"Appendix: {word}"))
    line(say(f"Bảng để chép: {sheet}", f"Sheet to copy from: {sheet}"))
    letter = write_letter(workspace, SystemClock(), target, *letter_of(found), account_id=account)
    line(say(f"Công văn: {letter / 'cong-van.docx'}", f"Letter: {letter / 'cong-van.docx'}"))
    line(
        say(
            f"{len(found.rounds)} tin, {len(found.times)} đợt. Hồ sơ không có số điện thoại nào.",
            f"{len(found.rounds)} messages, {len(found.times)} moments. No phone number is in it.",
        )
    )
