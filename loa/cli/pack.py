"""``loa pack key | build | verify | import | list | units``: content that offices share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import As, AsJson, desk_here, known_campaigns, workspace_here

if TYPE_CHECKING:
    from loa.packs import OpenedPack
    from loa.secrets import Secrets
    from loa.workspace import Workspace

PackName = Annotated[str, typer.Argument(help=say("Tên gói, ví dụ dvctt", "Name of the pack, e.g. dvctt"))]
PackFile = Annotated[Path, typer.Argument(help=say("Tệp gói (.zip)", "The file of the pack (.zip)"))]


def key() -> None:
    """Make this office's key where it has none; print the public one, for the ``pack_keys`` of others."""
    from loa.cli.output import line

    workspace = workspace_here()
    secret, is_new = _secret_key(workspace)
    from loa.packs.keys import public_of

    line(public_of(secret))
    if is_new:
        line(say("Đã tạo khóa ký mới. Gửi dòng trên cho các đơn vị.", "A new key. Send the line above to the units."))


def build(
    name: PackName,
    reviewer: As,
    version: Annotated[str, typer.Option("--version", help=say("Phiên bản, ví dụ 2027.1", "Version, e.g. 2027.1"))],
    campaigns: Annotated[
        list[str] | None, typer.Option("--campaign", help=say("Mã chiến dịch (lặp lại được)", "Campaign id"))
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--file", help=say("Tệp, thư mục kèm thêm (lặp lại được)", "More files or folders")),
    ] = None,
    title: Annotated[str, typer.Option("--title", help=say("Tên gói cho người đọc", "A title for people"))] = "",
    note: Annotated[str, typer.Option("--note", help=say("Có gì mới", "What is new"))] = "",
    folder: Annotated[Path, typer.Option("--folder", help=say("Ghi vào thư mục này", "Folder to write into"))] = Path(),
) -> None:
    """Pack the content, pictures and templates of campaigns, signed with the office's key."""
    from loa.campaign import load_campaigns
    from loa.cli.output import line
    from loa.dispatch.people import find_reviewer, today
    from loa.packs import build_pack

    desk = desk_here()
    workspace = desk.workspace
    wanted = known_campaigns(workspace, campaigns)
    by = find_reviewer(desk, reviewer)
    target = folder / f"{name}-{version}.zip"
    manifest = build_pack(
        workspace,
        [each for each in load_campaigns(workspace) if each.campaign.id in wanted],
        files or (),
        target,
        name=name,
        version=version,
        title=title or name,
        made_by=by.name,
        made_on=today(desk),
        secret=_secret_key(workspace)[0],
        note=note,
    )
    count = len(manifest.files)
    line(say(f"{target}: {count} tệp, ký bởi {manifest.body}.", f"{target}: {count} files, signed by {manifest.body}."))


def verify(file: PackFile) -> None:
    """Check a pack without taking it in."""
    from loa.cli.output import line

    pack = _opened(workspace_here(), file)
    told = pack.manifest
    whose = pack.signer or say("khóa chưa tin cậy", "a key that is not trusted here")
    line(f"{told.title} · {told.name} {told.version} · {told.made_on} · {told.body} ({told.made_by})")
    line(say(f"{len(told.files)} tệp, nguyên vẹn; ký bởi: {whose}.", f"{len(told.files)} files, whole; by: {whose}."))
    if told.note:
        line(told.note)


def bring_in(
    file: PackFile,
    reviewer: As,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=say("Thay cả tệp đã sửa ở đây (bản cũ được cất)", "Replace edited files, too")),
    ] = False,
) -> None:
    """Take a pack in; approvals of what it changes fall by themselves."""
    from loa.cli.output import line
    from loa.dispatch.audit import doer, note_deed
    from loa.dispatch.people import find_reviewer
    from loa.packs import bring_in_pack

    desk = desk_here()
    by = find_reviewer(desk, reviewer)
    pack = _opened(desk.workspace, file)
    came = bring_in_pack(desk.workspace, pack, by.name, desk.clock.now(), replace=replace)
    told = pack.manifest
    note_deed(desk, doer(by, ""), "pack", told.name, words={"version": told.version, "signer": pack.signer})
    new, changed, same = len(came.new), len(came.changed), len(came.same)
    line(
        say(
            f"Gói {told.name} {told.version}: {new} tệp mới, {changed} tệp đổi, {same} tệp như cũ.",
            f"Pack {told.name} {told.version}: {new} new files, {changed} changed, {same} the same.",
        )
    )
    if came.kept:
        line(say(f"Bản đã sửa được cất ở {came.kept}.", f"Your versions are kept in {came.kept}."))
    if came.gone:
        gone = ", ".join(came.gone)
        line(say(f"Không còn trong gói (vẫn để lại): {gone}.", f"No longer in the pack (left here): {gone}."))
    if changed:
        line(say("Tin dùng nội dung đã đổi cần duyệt lại.", "Items that use what changed must be approved again."))


def list_packs(
    json_wanted: AsJson = False,
    note: Annotated[
        Path | None,
        typer.Option("--note", help=say("Ghi phiếu báo để gửi cơ quan cấp trên", "Write a note for the upper level")),
    ] = None,
) -> None:
    """The packs in use here, their versions, and what was edited since."""
    from dataclasses import asdict

    from loa.cli.output import as_json, line
    from loa.packs import usage_note, usages

    workspace = workspace_here()
    found = usages(workspace)
    if json_wanted:
        as_json([asdict(each) for each in found])
    for each in found if not json_wanted else ():
        edited = say(f" · {len(each.edited)} tệp đã sửa", f" · {len(each.edited)} edited") if each.edited else ""
        missing = say(f" · thiếu {len(each.missing)} tệp", f" · {len(each.missing)} missing") if each.missing else ""
        line(f"  {each.name} {each.version} · {each.title} · {each.signer}{edited}{missing}")
    if not found and not json_wanted:
        line(say("Chưa nhập gói nào.", "No pack was taken in yet."))
    if note is not None:
        note.write_text(usage_note(workspace), encoding="utf-8")
        line(str(note))


def units(
    name: PackName,
    folder: Annotated[Path, typer.Argument(help=say("Thư mục các phiếu .json", "The folder of the notes"))],
    version: Annotated[str, typer.Option("--version", help=say("Phiên bản phải có", "The version to have"))] = "",
) -> None:
    """Which units still use an old version, by the notes that they sent up; who sent none is named, too."""
    from loa.cli.output import line
    from loa.packs import read_usage
    from loa.packs.manifest import version_key

    workspace = workspace_here()
    found = read_usage(sorted(folder.glob("*.json")), name)
    newest = version or max((each[1] for each in found), key=version_key, default="")
    for unit, present, edited in found:
        called = workspace.units.get(unit).name if unit in workspace.units else unit
        state = present or say("chưa có", "has none")
        old = say("  BẢN CŨ", "  OLD") if version_key(present) < version_key(newest) else ""
        changed = say(f", {edited} tệp đã sửa", f", {edited} edited") if edited else ""
        line(f"  {called}: {state}{changed}{old}")
    heard = {unit for unit, _, _ in found}
    own = workspace.settings.body.unit
    silent = [each.name for each in workspace.units.units if each.code not in heard and each.code != own]
    if silent:
        line(say(f"Chưa gửi phiếu ({len(silent)}): ", f"No note ({len(silent)}): ") + ", ".join(silent))


def _opened(workspace: Workspace, file: Path) -> OpenedPack:
    from loa.packs import open_pack
    from loa.packs.keys import SECRET_NAME, public_of

    trusted = {each.name: each.key for each in workspace.settings.pack_keys}
    own = _secrets(workspace).find(SECRET_NAME)
    if own is not None:
        trusted.setdefault(workspace.settings.body.name, public_of(own.value))
    return open_pack(file, trusted)


def _secret_key(workspace: Workspace) -> tuple[str, bool]:
    """The office's secret key, and whether it has just been made."""
    from loa.packs.keys import SECRET_NAME, new_key

    secrets = _secrets(workspace)
    kept = secrets.find(SECRET_NAME)
    if kept is not None:
        return kept.value, False
    made, _ = new_key()
    secrets.put(SECRET_NAME, made)
    return made, True


def _secrets(workspace: Workspace) -> Secrets:
    from loa.secrets import Secrets

    return Secrets(workspace.root, workspace.var)
