"""What a delivery was before: its earlier versions beside the one of today, for people to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loa import store
from loa.dispatch.approval import APPROVE
from loa.dispatch.desk import Desk
from loa.dispatch.overview import attachment_view
from loa.dispatch.package import differences, opened, package_hash
from loa.dispatch.views import AttachmentView
from loa.store import Approval, DeliveryRow
from loa.store.versions import Version, versions_of


@dataclass(frozen=True, slots=True)
class VersionView:
    """A delivery as it was, or as it is: ``until`` is when it changed, None for the one of today."""

    content_hash: str
    until: datetime | None
    title: str
    text: str
    link: str
    due: datetime
    expires: datetime
    attachments: tuple[AttachmentView, ...]
    approved_by: tuple[str, ...]
    returned_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The version of today, and those before it, newest first."""

    now: VersionView
    before: tuple[VersionView, ...]
    packages: Mapping[str, str]
    """By content hash."""

    def changed(self, earlier: VersionView) -> tuple[str, ...]:
        """Which parts are not what they were, as people call them, and the files of the staff that changed."""
        return differences(self.packages[earlier.content_hash], self.packages[self.now.content_hash])

    def asset(self, sha256: str) -> AttachmentView | None:
        """The picture, clip or file of these bytes in any of the versions."""
        versions = (self.now, *self.before)
        return next((each for one in versions for each in one.attachments if each.sha256 == sha256), None)


def comparison_of(desk: Desk, delivery_id: int) -> Comparison:
    """All versions that the book knows of a delivery, which exists."""
    with desk.book.read() as connection:
        row = store.delivery_by_id(connection, delivery_id)
        kept = versions_of(connection, row.key)
        decisions = store.approvals_of(connection, [row.key]).get(row.key, [])
    earlier = [each for each in _with_approved(kept, row) if each.content_hash != row.content_hash]
    earlier.sort(key=lambda each: each.at, reverse=True)
    packages = {each.content_hash: each.package for each in earlier} | {row.content_hash: row.package}

    def view(content_hash: str, until: datetime | None) -> VersionView:
        mine = [each for each in decisions if each.content_hash == content_hash]
        return _view(desk, content_hash, opened(packages[content_hash]), until, mine)

    before = tuple(view(each.content_hash, each.at) for each in earlier)
    return Comparison(view(row.content_hash, None), before, packages)


def _with_approved(kept: list[Version], row: DeliveryRow) -> list[Version]:
    """The last package that was approved is known also where it changed before versions were kept."""
    known = {each.content_hash for each in kept}
    approved = row.approved_package
    if not approved or package_hash(approved) in known:
        return kept
    return [*kept, Version(row.key, package_hash(approved), approved, row.due)]


def _view(
    desk: Desk, content_hash: str, content: Mapping[str, Any], until: datetime | None, decisions: list[Approval]
) -> VersionView:
    due, expires = map(datetime.fromisoformat, content["window"][:2])
    return VersionView(
        content_hash=content_hash,
        until=until,
        title=content["title"],
        text=content["text"],
        link=content["link"],
        due=due,
        expires=expires,
        attachments=tuple(attachment_view(desk.workspace, each) for each in content["assets"]),
        approved_by=tuple(each.reviewer_name for each in decisions if each.decision == APPROVE),
        returned_by=tuple(each.reviewer_name for each in decisions if each.decision != APPROVE),
    )
