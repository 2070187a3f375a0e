"""Plans, units and logs made by hand and by chance, for counting."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from loa.delivery import State
from loa.dispatch.views import DeliveryView, ReceiptView
from loa.plan import Plan
from loa.progress import Ground
from loa.store.logbook import Entry
from loa.workspace import AccountSettings, Unit, UnitTree
from support.deliveries import delivery

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = date(2025, 4, 1), date(2025, 12, 31)
MERGER = date(2025, 7, 1)
UNITS = ("huyen", "xa-a", "xa-b", "xa-c", "xa-moi")
BODY = {
    "name": "Ủy ban nhân dân huyện Mẫu",
    "parent": "Ủy ban nhân dân tỉnh Mẫu",
    "short_name": "UBND",
    "town": "Mẫu",
    "signer_title": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
    "reports_to": ["Ủy ban nhân dân tỉnh Mẫu"],
}


def tree() -> UnitTree:
    """A district that is divided and two communes that become one on 2025-07-01; a third stays."""
    before = MERGER - timedelta(days=1)
    return UnitTree(
        (
            Unit(code="huyen", name="Huyện Mẫu", valid_to=before, successors=("xa-moi", "xa-c")),
            Unit(code="xa-a", name="Xã A", valid_to=before, successors=("xa-moi",)),
            Unit(code="xa-b", name="Xã B", valid_to=before, successors=("xa-moi",)),
            Unit(code="xa-c", name="Xã C"),
            Unit(code="xa-moi", name="Xã Mới", valid_from=MERGER),
        )
    )


def plan(**lists: Sequence[object]) -> Plan:
    given: dict[str, object] = {
        "id": "ke-hoach",
        "title": "Kế hoạch thử",
        "document": "Kế hoạch số 1/KH-UBND ngày 01/4/2025",
        "body": BODY,
        "from": FIRST,
        "to": LAST,
        "tasks": [{"id": "nhiem-vu", "title": "Tuyên truyền", "place": "Mục I"}],
    }
    return Plan.model_validate(given | lists)


def quota(number: int = 1, **values: object) -> dict[str, object]:
    given = {"id": f"chi-tieu-{number}", "title": f"Chỉ tiêu {number}", "count": "items", "target": "3"}
    return given | {"unit": "tin", "place": "Mục II"} | values


def ground(made: Plan, serves: dict[tuple[str, str], tuple[str, ...]], channels: Sequence[str] = ()) -> Ground:
    """The ground of ``made``; ``serves`` names its items too. Each unit but Xã C has an account on each channel."""
    accounts = tuple(
        AccountSettings(id=f"{channel}-{unit}", channel=channel, unit=unit, name=f"Trang {unit}")
        for unit in UNITS
        if unit != "xa-c"
        for channel in channels
    )
    items = {key: f"Tin {key[1]}" for key in serves if key[1]}
    events = {f"{campaign}/su-kien": served for (campaign, item), served in serves.items() if not item}
    return Ground(made, tree(), accounts, ZONE, items, serves, events)


def published(number: int, on: date, state: State = State.DONE, **values: object) -> DeliveryView:
    """A delivery planned for nine o'clock of ``on``, and out an hour later where it is out."""
    due = datetime(on.year, on.month, on.day, 9, tzinfo=ZONE).astimezone(UTC)
    receipts = (ReceiptView(f"{number}", f"https://example.vn/{number}", due + timedelta(hours=1), 0),)
    given: dict[str, object] = {"due": due, "receipts": receipts if state == State.DONE else (), "unit_code": "xa-c"}
    return delivery(number, state, **(given | values))


def entry(number: int, kind: str, target: str, day: date, **values: object) -> Entry:
    given: dict[str, object] = {
        "plan_id": "ke-hoach",
        "kind": kind,
        "target": target,
        "unit_code": "xa-c",
        "day": day,
        "count": 1,
        "amount": 0,
        "value": "",
        "person_id": "lan",
        "person_name": "Lan",
        "at": datetime(2025, 12, 31, tzinfo=UTC),
        "source": f"{number}",
        "words": {"link": f"https://example.vn/log/{number}"},
        "id": number,
    }
    return Entry(**(given | values))  # type: ignore[arg-type]  # values of many types by name


DAYS = st.dates(FIRST - timedelta(days=40), LAST + timedelta(days=40))
COUNTS = ("items", "deliveries", "units", "channels", "events", "people", "copies", "logged")
ITEMS = tuple((campaign, item) for campaign in ("a", "b") for item in ("mot", "hai", ""))


@st.composite
def quotas(draw: st.DrawFn) -> list[dict[str, object]]:
    """Up to six quotas of every kind, per unit and per period."""
    return [
        quota(
            number,
            count=draw(st.sampled_from(COUNTS)),
            target=str(draw(st.integers(1, 100))),
            unit=draw(st.sampled_from(("%", "tin"))),
            per=draw(st.sampled_from(("all", "unit"))),
            each=draw(st.sampled_from(("once", "year", "month"))),
            channels=draw(st.sampled_from(((), ("facebook",), ("facebook", "sms")))),
            units=draw(st.sampled_from(((), ("xa-c",), ("huyen", "xa-a", "xa-c")))),
            task=draw(st.sampled_from((None, "nhiem-vu"))),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


@st.composite
def serving(draw: st.DrawFn) -> dict[tuple[str, str], tuple[str, ...]]:
    """What each item of two campaigns serves."""
    names = st.sampled_from(("nhiem-vu", *(f"chi-tieu-{number}" for number in range(6))))
    return {key: tuple(draw(st.lists(names, max_size=3, unique=True))) for key in ITEMS}


@st.composite
def outcomes(draw: st.DrawFn) -> list[DeliveryView]:
    """Deliveries in every state, some of campaigns, units and items that no file names, some taken down."""
    return [_any(draw, number) for number in range(draw(st.integers(0, 25)))]


def _any(draw: st.DrawFn, number: int) -> DeliveryView:
    channel = draw(st.sampled_from(("facebook", "zalo", "sms")))
    state = draw(st.sampled_from((State.DONE, State.DONE, *State)))
    recipients = draw(st.integers(1, 50)) if channel == "sms" else 0
    counts = draw(st.dictionaries(st.sampled_from(State), st.integers(1, 900), max_size=3)) if recipients else {}
    return published(
        number,
        draw(DAYS),
        state,
        campaign_id=draw(st.sampled_from(("a", "b", "khac"))),
        item_id=draw(st.sampled_from(("mot", "hai", "da-bo"))),
        unit_code=draw(st.sampled_from((*UNITS, "la"))),
        channel=channel,
        code=draw(st.sampled_from(("", "", "E555", "E556"))) if state == State.DONE else "",
        action=draw(st.sampled_from(("publish", "publish", "revise", "remove"))),
        recipients=recipients,
        counts=counts,
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Entries of every kind, for quotas and events that are there and that are not."""
    return [_any_entry(draw, number) for number in range(draw(st.integers(0, 15)))]


def _any_entry(draw: st.DrawFn, number: int) -> Entry:
    kind = draw(st.sampled_from(("event", "people", "copies", "logged")))
    events = ("a/su-kien/xa-c", "b/su-kien/xa-c", "b/la/xa-c") if kind in ("event", "people") else ()
    target = draw(st.sampled_from((*events, *(f"chi-tieu-{each}" for each in range(6)))))
    unit = draw(st.sampled_from(("", *UNITS)))
    return entry(number, kind, target, draw(DAYS), unit_code=unit, count=draw(st.integers(1, 300)))
