"""For any plan and any outcome the numbers reconcile, and a second program that knows only the rules agrees."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.office import make_office, replace_in
from support.plans import (
    DAYS,
    FIRST,
    LAST,
    UNITS,
    ZONE,
    entry,
    ground,
    logs,
    outcomes,
    plan,
    published,
    quota,
    quotas,
    serving,
)

from loa.delivery import State
from loa.dispatch.views import DeliveryView, MessageView
from loa.plan import Quota
from loa.progress import Ground, Outcome, Progress, costs_so_far, progress_of
from loa.store.logbook import Entry
from loa.workspace import open_workspace


def heir(code: str, day: date) -> str:
    return "xa-moi" if code in ("xa-a", "xa-b") and min(day, LAST) >= date(2025, 7, 1) else code


def there(day: date) -> set[str]:
    return {"xa-c", "xa-moi"} if min(day, LAST) >= date(2025, 7, 1) else {"huyen", "xa-a", "xa-b", "xa-c"}


def out(view: DeliveryView, day: date) -> bool:
    """Whether a publication is out on ``day``, from its fields alone."""
    if view.action != "publish" or view.state != State.DONE or view.code == "E555":
        return False
    if view.recipients and view.counts and State.DONE not in view.counts:
        return False
    return view.receipts[0].at.astimezone(ZONE).date() <= day


def period(each: str, day: date) -> tuple[int, ...]:
    return {"once": (), "year": (day.year,), "month": (day.year, day.month)}[each]


def oracle(quota: Quota, made: Ground, views: Sequence[DeliveryView], told: Sequence[Entry], day: date) -> int:
    """What a quota stands at: sets of things that are out, plus sums of the log. Written from the docs only."""
    meant = {heir(code, day) for code in quota.units} or {*UNITS, "la", ""}
    things: set[object] = set()
    for view in views:
        if is_for(quota, made, view, meant, day):
            things.add(thing_of(quota, view, day))
    if quota.count == "channels":
        first = period(quota.each, FIRST)
        reached = {heir(each.unit, day) for each in made.accounts if each.channel in (quota.channels or [each.channel])}
        things |= {(first, unit) for unit in reached & meant & there(day)}
    amount, held = 0, Counter[object]()
    for each in told:
        unit = heir(each.unit_code, day)
        if not fills(quota, made, each) or unit not in meant or not FIRST <= each.day <= min(day, LAST):
            continue
        if quota.count in ("units", "channels"):
            things |= {(period(quota.each, each.day), unit)} if unit in there(day) else set()
        elif each.kind == "event":
            held |= Counter({(each.target, each.unit_code, each.day): each.count})
        else:
            amount += each.count
    return len(things) + amount + held.total()


def is_for(quota: Quota, made: Ground, view: DeliveryView, meant: set[str], day: date) -> bool:
    if quota.count not in ("items", "deliveries", "units") or not out(view, day):
        return False
    named = {name for served in made.serves.values() for name in served}
    served = made.serves.get((view.campaign_id, view.item_id), made.serves.get((view.campaign_id, ""), ()))
    mine = quota.id in served if quota.id in named else view.campaign_id in ("a", "b")
    unit = heir(view.unit_code, day)
    meant = meant & there(day) if quota.count == "units" else meant
    on_channel = view.channel in (quota.channels or [view.channel])
    return mine and on_channel and unit in meant and FIRST <= view.due.astimezone(ZONE).date() <= LAST


def thing_of(quota: Quota, view: DeliveryView, day: date) -> object:
    due, unit = view.due.astimezone(ZONE).date(), heir(view.unit_code, day)
    if quota.count == "units":
        return (period(quota.each, due), unit)
    by_unit = unit if quota.per == "unit" else ""
    return view.id if quota.count == "deliveries" else (view.campaign_id, view.item_id, due, by_unit)


def fills(quota: Quota, made: Ground, each: Entry) -> bool:
    kinds = {"event": "events", "people": "people", "copies": "copies", "logged": quota.count}
    meets = each.kind in ("event", "people")
    served = made.events.get(each.target.rpartition("/")[0], ()) if meets else ()
    return kinds[each.kind] == quota.count and quota.id in (each.target, *served)


def whole(progress: Progress) -> None:
    """What must hold of any progress, whatever came of the plan."""
    for state in progress.quotas:
        assert state.counted == sum(each.amount for each in state.evidence)
        assert sum(part.counted for part in state.parts) == state.counted
        keys = [(each.source, each.window, each.unit_code) for each in state.evidence]
        assert len(set(keys)) == len(keys)
        by_unit = Counter[str]()
        for each in state.evidence:
            by_unit[each.unit_code] += each.amount
        if state.quota.per == "unit" and state.quota.count not in ("units", "channels"):
            assert by_unit == Counter({p.unit_code: 0 for p in state.parts}) + by_unit
            assert all(
                by_unit[code] == sum(part.counted for part in state.parts if part.unit_code == code)
                for code in {part.unit_code for part in state.parts}
            )
        assert 0 <= state.percent <= 100
        asked = [part for part in state.parts if part.target]
        lacking = [part for part in asked if part.counted < part.target]
        assert (state.standing == "reached") == (not lacking and bool(state.parts))
        assert (state.standing == "late") == any(part.window.due < progress.day for part in lacking)
        assert (state.reached_on is not None) == (bool(asked) and not lacking)
        assert state.counted_between(date.min, date.max) == state.counted
    cover = progress.coverage
    assert sum(line.done for line in cover.units) == sum(done for _, done in cover.cells.values())
    assert sum(line.planned for line in cover.units) == sum(planned for planned, _ in cover.cells.values())
    assert sum(line.planned for line in cover.units) == sum(
        count for outcome, count in progress.outcomes.items() if outcome != Outcome.CANCELLED
    )


@given(quotas(), serving(), outcomes(), logs(), DAYS)
@settings(max_examples=100, deadline=None)
def test_the_numbers_reconcile_and_a_second_program_agrees(
    asked: list[dict[str, object]],
    serves: dict[tuple[str, str], tuple[str, ...]],
    views: list[DeliveryView],
    told: list[Entry],
    day: date,
) -> None:
    made = ground(plan(quotas=asked), serves, ("facebook", "zalo"))
    progress = progress_of(made, views, told, day)
    whole(progress)
    for state in progress.quotas:
        assert state.counted == oracle(state.quota, made, views, told, day), state.quota
    ours = [view for view in views if view.action == "publish" and view.campaign_id in ("a", "b")]
    assert sum(progress.outcomes.values()) == len(ours)
    assert sum(done for _, done in progress.coverage.cells.values()) == sum(out(view, day) for view in ours)
    assert progress_of(made, list(reversed(views)), list(reversed(told)), day).quotas == progress.quotas


@given(outcomes(), logs(), st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_a_later_day_never_counts_less(views: list[DeliveryView], told: list[Entry], days: int) -> None:
    asked = [quota(number, count=count) for number, count in enumerate(("items", "deliveries", "people", "logged"))]
    made = ground(plan(quotas=asked), {("a", "mot"): ("chi-tieu-0",), ("a", "hai"): ("chi-tieu-1",)})
    day = FIRST + timedelta(days=days)
    before, after = (progress_of(made, views, told, each) for each in (day, day + timedelta(days=30)))
    assert all(a.counted <= b.counted for a, b in zip(before.quotas, after.quotas, strict=True))


SERVES = {("thu", "tin-mot"): ("chi-tieu-1",), ("thu", ""): ()}
AUTUMN = date(2025, 9, 1)


def counted(views: Sequence[DeliveryView], told: Sequence[Entry] = (), day: date = LAST, **values: object) -> int:
    made = ground(plan(quotas=[quota(**values)]), SERVES, ("facebook",))
    return progress_of(made, views, told, day).quotas[0].counted


def test_what_was_cancelled_or_taken_down_does_not_count_and_a_corrected_post_counts_once() -> None:
    assert counted([published(1, AUTUMN)]) == 1
    assert counted([published(1, AUTUMN, State.CANCELLED)]) == 0
    assert counted([published(1, AUTUMN, code="E555")]) == 0
    corrected = [published(1, AUTUMN, code="E556"), published(2, AUTUMN, action="revise")]
    assert counted(corrected, count="deliveries") == 1


def test_messages_to_many_people_are_one_delivery_and_none_at_all_is_none() -> None:
    taken = published(1, AUTUMN, channel="sms", recipients=900, counts={State.DONE: 899, State.REFUSED: 1})
    nobody = published(2, AUTUMN, channel="sms", recipients=900, counts={State.REFUSED: 900})
    assert counted([taken, nobody], count="deliveries") == 1


def test_one_item_on_two_accounts_is_one_item_and_two_deliveries() -> None:
    views = [published(1, AUTUMN), published(2, AUTUMN, unit_code="xa-moi")]
    assert counted(views) == 1
    assert counted(views, count="deliveries") == 2
    assert counted(views, per="unit") == 2
    assert counted([*views, published(3, AUTUMN + timedelta(days=7))]) == 2


def test_merged_units_live_on_in_their_one_successor_and_a_divided_one_does_not() -> None:
    views = [published(1, FIRST, unit_code="xa-a"), published(2, FIRST, unit_code="xa-b")]
    assert counted(views, count="units", day=date(2025, 6, 30)) == 2
    assert counted(views, count="units", day=date(2025, 7, 1)) == 1
    assert counted([published(1, FIRST, unit_code="huyen")], count="units", day=date(2025, 7, 1)) == 0
    assert counted([published(1, FIRST, unit_code="huyen")], count="deliveries", day=date(2025, 7, 1)) == 1


def test_a_share_of_units_is_asked_of_those_that_exist_on_the_day() -> None:
    made = ground(plan(quotas=[quota(count="units", target="100", unit="%")]), SERVES)
    [state] = progress_of(made, [published(1, AUTUMN)], (), LAST).quotas
    assert (state.counted, state.target, state.percent, state.asked) == (1, Decimal(2), 50, ("xa-c", "xa-moi"))
    assert state.lacking == ("xa-moi",)
    assert [line.code for line in progress_of(made, [published(1, AUTUMN)], (), LAST).coverage.silent] == ["xa-moi"]


def test_a_meeting_that_two_people_logged_was_held_once_and_its_people_fill_the_quota_that_it_serves() -> None:
    made = ground(
        plan(quotas=[quota(1, count="events"), quota(2, count="people")]), {("a", ""): ("chi-tieu-1", "chi-tieu-2")}
    )
    told = [
        entry(1, "event", "a/su-kien/xa-c", AUTUMN, count=2),
        entry(2, "event", "a/su-kien/xa-c", AUTUMN),
        entry(3, "people", "a/su-kien/xa-c", AUTUMN, count=40),
        entry(4, "people", "a/su-kien/xa-c", AUTUMN, count=2),
        entry(5, "people", "b/su-kien/xa-c", AUTUMN, count=1000),
    ]
    assert [state.counted for state in progress_of(made, [], told, LAST).quotas] == [2, 42]


def test_each_year_and_unit_is_asked_for_itself_and_more_of_one_fills_no_other() -> None:
    made = ground(plan(quotas=[quota(target="2", per="unit")]), SERVES)
    views = [published(number, AUTUMN + timedelta(days=number)) for number in range(1, 6)]
    [state] = progress_of(made, views, (), LAST).quotas
    assert {part.unit_code: part.counted for part in state.parts} == {"xa-c": 5, "xa-moi": 0}
    assert (state.percent, state.standing, [part.unit_code for part in state.missing]) == (50, "open", ["xa-moi"])


def test_what_comes_after_the_deadline_counts_and_is_told_as_late_until_it_is_there() -> None:
    made = ground(plan(quotas=[quota(target="1", by=date(2025, 6, 30))]), SERVES)
    [before] = progress_of(made, [published(1, AUTUMN)], (), date(2025, 8, 1)).quotas
    [after] = progress_of(made, [published(1, AUTUMN)], (), LAST).quotas
    assert (before.counted, before.standing, before.to_come) == (0, "late", 1)
    assert (after.counted, after.standing, after.reached_on) == (1, "reached", AUTUMN)


def test_indicators_are_judged_as_the_document_words_them() -> None:
    targets = [{"by": "2025-06-30", "value": "80"}, {"by": "2025-12-31", "value": "90"}]
    made = ground(
        plan(
            indicators=[
                {"id": name, "title": name, "at_least": words, "targets": targets, "place": "Mục II"}
                for name, words in (("bang", "tối thiểu"), ("tren", "trên"), ("duoi", "dưới"))
            ]
        ),
        {},
    )
    told = [entry(n, "reading", name, AUTUMN, value="90") for n, name in enumerate(("bang", "tren", "duoi"))]
    states = progress_of(made, [], told, LAST).indicators
    assert [state.standing for state in states] == ["reached", "open", "late"]
    assert [state.target.value for state in states] == [90, 90, 90]
    assert progress_of(made, [], told, date(2025, 7, 1)).indicators[0].standing == "late"


def test_money_that_was_spent_is_taken_from_its_line_and_an_estimate_is_told_beside_it() -> None:
    line = {"id": "in-an", "title": "In ấn", "amount": "10000000", "covers": ["sms"], "place": "Mục IV"}
    told = [
        entry(1, "spent", "in-an", AUTUMN, count=0, amount=4_000_000),
        entry(2, "spent", "in-an", LAST, count=0, amount=1),
    ]
    [state] = progress_of(ground(plan(budget=[line]), {}), [], told, AUTUMN, {"sms": 750, "x": 9}).budget
    assert (state.spent, state.remaining, state.estimated) == (4_000_000, Decimal(6_000_000), 750)


def test_what_is_out_costs_what_loa_yaml_says_of_its_channel(tmp_path: Path) -> None:
    root = make_office(tmp_path)
    replace_in(
        root / "loa.yaml",
        "reviewers:",
        'channels:\n  x: {settings: {dong_per_dollar: "25000"}}\n  print: {settings: {price_per_copy: "800"}}\n'
        '  zalo: {settings: {package_per_month: "399000"}}\nreviewers:',
    )
    message = MessageView("MAU", "GSM-7", 60, ("tin",), 10, Decimal(3500))
    views = [
        published(1, AUTUMN, channel="sms", message=message),
        published(2, AUTUMN, channel="x", price=Decimal("0.2")),
        published(3, AUTUMN, channel="print", options={"copies": "500"}),
        published(4, AUTUMN, channel="zalo", account_id="a"),
        published(5, AUTUMN, channel="zalo", account_id="a"),
        published(6, LAST, channel="zalo", account_id="a"),
        published(7, AUTUMN, State.MISSED, channel="x", price=Decimal("0.2")),
        published(8, AUTUMN, channel="facebook"),
    ]
    workspace, made = open_workspace(root), ground(plan(), SERVES)
    assert costs_so_far(workspace, made, views, LAST) == {"sms": 3500, "x": 5000, "print": 400_000, "zalo": 798_000}
    assert costs_so_far(workspace, made, views, AUTUMN)["zalo"] == 399_000
