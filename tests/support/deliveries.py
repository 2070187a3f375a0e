"""Deliveries made by hand: every state, recipients or not, links good and bad."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from loa.delivery import State
from loa.dispatch.views import DeliveryView, ReceiptView

START = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
NOW = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


def delivery(number: int = 1, state: State = State.DONE, **values: object) -> DeliveryView:
    given: dict[str, object] = {
        "id": number,
        "key": f"k/{number}",
        "campaign_id": "thu",
        "campaign_title": "Chiến dịch thử",
        "item_id": "tin-mot",
        "item_title": "Tin thứ nhất",
        "unit_code": "xa-mot",
        "unit_name": "Xã Một",
        "channel": "facebook",
        "account_id": "fb-xa",
        "account_name": "Trang Xã Một",
        "due": START,
        "expires": START + timedelta(hours=2),
        "state": state,
        "reason": "",
        "text": "Nội dung",
        "title": "",
        "link": "",
        "attachments": (),
        "content_hash": "ab" * 32,
        "approvals": (),
        "recipients": 0,
        "counts": {state: 1},
        "receipts": (ReceiptView("1", "https://example.vn/1", START, 0),) if state == State.DONE else (),
    }
    return DeliveryView(**(given | values))  # type: ignore[arg-type] - values of many types by name


@st.composite
def deliveries(draw: st.DrawFn) -> list[DeliveryView]:
    return [draw(_any_delivery(number)) for number in range(draw(st.integers(0, 12)))]


@st.composite
def _any_delivery(draw: st.DrawFn, number: int) -> DeliveryView:
    campaign = draw(st.sampled_from(("a", "b")))
    item, unit = draw(st.sampled_from(("mot", "hai", "ba"))), draw(st.sampled_from(("tinh-mau", "xa-mot", "xa-la")))
    channel = draw(st.sampled_from(("facebook", "zalo", "x", "sms")))
    state = draw(st.sampled_from(State))
    recipients = draw(st.integers(1, 2000)) if channel == "sms" else 0
    counts = draw(st.dictionaries(st.sampled_from(State), st.integers(1, 900), max_size=4)) if recipients else {}
    return delivery(
        number,
        state,
        campaign_id=campaign,
        campaign_title=draw(st.sampled_from(("Cùng tên", f"Chiến dịch {campaign}"))),
        item_id=item,
        unit_code=unit,
        unit_name=unit,
        channel=channel,
        account_id=f"{channel}-{unit}",
        account_name=f"{channel} {unit}",
        due=START + timedelta(hours=draw(st.integers(0, 500))),
        recipients=recipients,
        counts=counts,
        reason=draw(st.sampled_from(("", "Lý do", "=1+1"))),
    )
