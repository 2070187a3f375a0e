"""A rehearsal shows what becomes of messages: the imitated gateways report to its own door."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.office import make_office, replace_in
from support.processes import loa
from support.reporting import e164

from loa import store
from loa.rehearsal import Rehearsal
from loa.store.people_tables import inbox
from loa.store.tables import event
from loa.workspace import open_workspace

START, END = datetime(2027, 2, 28, 17, tzinfo=UTC), datetime(2027, 3, 5, 17, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LOA_DATABASE_URL", raising=False)
    return make_office(tmp_path / "office")


def test_a_rehearsal_ends_with_the_receipts_of_its_messages(office: Path) -> None:
    result = Rehearsal(open_workspace(office), (), START, END, office / "var" / "thu").run(lambda *_: None)
    [fates] = [view.fates for view in result.views if view.fates]
    assert (fates.accepted, fates.delivered) == (5, 5)


def test_the_report_of_a_rehearsal_tells_them_and_no_number(office: Path) -> None:
    loa("rehearse", "--from", "2027-03-01", "--to", "2027-03-05", "--folder", office / "thu", cwd=office)
    made = loa("report", "--rehearsal", office / "thu", cwd=office)
    assert made.returncode == 0, made.stderr
    table = (office / "thu" / "report" / "messages.csv").read_text("utf-8-sig")
    assert "Đã đến máy,,,5" in table
    page = (office / "thu" / "report" / "report.html").read_text("utf-8")
    assert 'id="receipts"' in page
    assert not any(e164(number)[3:] in page + table for number in range(1, 6))


@pytest.mark.parametrize(
    ("gateway", "more", "secrets", "reports"),
    [
        ("speedsms", "", "access_token: a", False),
        ("kannel", ", username: u", "password: a", True),
        ("smsgate", ", username: u, device_id: d", "password: a, signing_key: b", False),
        ("twilio", ", account_sid: AC1", "auth_token: a", True),
        ("infobip", "", "api_key: a", True),
    ],
)
def test_every_gateway_reports_or_is_asked(
    office: Path, gateway: str, more: str, secrets: str, *, reports: bool
) -> None:
    """Two are told their address at their own site only: a rehearsal asks them. Signatures of the others hold."""
    replace_in(office / "loa.yaml", "brandname: TINHMAU}", f"brandname: TINHMAU, gateway: {gateway}{more}}}")
    replace_in(office / "loa.yaml", "{api_key: sms-key, secret_key: sms-secret}", f"{{{secrets}}}")
    result = Rehearsal(open_workspace(office), (), START, END, office / "var" / "thu").run(lambda *_: None)
    [fates] = [view.fates for view in result.views if view.fates]
    assert (fates.accepted, fates.delivered) == (5, 5)
    book = store.open_book(office / "var" / "thu" / "book.sqlite")
    with book.read() as connection:
        assert bool(connection.scalar(sa.select(sa.func.count()).select_from(inbox))) == reports
        causes = set(connection.scalars(sa.select(event.c.cause)))
    book.close()
    assert not {cause for cause in causes if cause.startswith("inbox: ")}
