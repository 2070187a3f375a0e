"""By the rules of its class a message is approved, held with its reason, and let go; each verdict is in the trail."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from support.office import replace_in
from support.planted import phone

from loa import store
from loa.delivery import State
from loa.dispatch import APPROVE, DeliveryView, Selection, decide, overview, plan
from loa.dispatch.guard import guarded, objection
from loa.dispatch.messages import MessageFacts, facts_of, objections
from loa.dispatch.package import differences, opened
from loa.preview.proof.page import Slots, page_of
from loa.rehearsal.run import _take_for_granted
from loa.store import DeliveryRow

from .conftest import Stage

YAML = "campaigns/thu-nghiem.yaml"
SMS_SLOT = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
TODAY = date(2027, 3, 2)
BROUGHT = Path(__file__).parents[3] / "loa/rules/data/vn-2026-11.yaml"
LAN, BINH = "Nguyễn Thị Lan", "Trần Văn Bình"


def choose(stage: Stage, **options: str) -> None:
    words = ", ".join(f'{name}: "{value}"' for name, value in options.items())
    replace_in(stage.root / YAML, "sms: {recipients: doi-ngu", f"sms: {{recipients: doi-ngu, options: {{{words}}}")


def set_account(stage: Stage, words: str) -> None:
    replace_in(stage.root / "loa.yaml", "{brandname: TINHMAU}", f"{{brandname: TINHMAU, {words}}}")
    stage.open()


def own_rules(stage: Stage, *changes: tuple[str, str]) -> None:
    text = BROUGHT.read_text(encoding="utf-8")
    for before, after in (
        ("id: vn-2026-11", "id: mau"),
        ("valid_from: 2026-01-01", "valid_from: 2027-03-02"),
        *changes,
    ):
        assert before in text
        text = text.replace(before, after, 1)
    (stage.root / "rules").mkdir(exist_ok=True)
    (stage.root / "rules/mau.yaml").write_text(text, encoding="utf-8")


def row_of(stage: Stage) -> DeliveryRow:
    with stage.desk.book.read() as connection:
        return next(row for row in store.deliveries(connection) if row.channel == "sms")


def facts(stage: Stage) -> MessageFacts:
    found = facts_of(stage.desk.workspace, stage.desk.cards, opened(row_of(stage).package))
    assert found is not None
    return found


def view(stage: Stage) -> DeliveryView:
    [found] = stage.views("tin-hai")
    return found


def approve(stage: Stage, who: str, note: str = "") -> None:
    plan(stage.desk, SMS_SLOT + timedelta(days=9))
    decide(stage.desk, Selection(item="tin-hai"), who, APPROVE, note)


def codes(stage: Stage, found: MessageFacts, dated: date | None = None) -> list[str]:
    return [problem.code for problem in objections(stage.desk.workspace, found, dated, TODAY)]


def test_an_emergency_needs_two_people_and_a_reason(stage: Stage) -> None:
    choose(stage, **{"class": "emergency"})
    approve(stage, LAN)
    assert (view(stage).state, view(stage).code) == (State.AWAITING, "E795")
    assert "1/2 người duyệt" in view(stage).reason
    assert "Khẩn cấp" in view(stage).reason
    approve(stage, BINH)
    assert (view(stage).state, view(stage).code) == (State.AWAITING, "E796")
    approve(stage, BINH, "Lũ về trong đêm")
    assert view(stage).state == State.APPROVED


def test_the_reason_may_come_from_either_of_the_two(stage: Stage) -> None:
    choose(stage, **{"class": "emergency"})
    approve(stage, LAN, "Lũ về trong đêm")
    approve(stage, BINH)
    assert view(stage).state == State.APPROVED


def test_a_message_to_many_needs_more_people(stage: Stage) -> None:
    own_rules(stage, ("large: 10000", "large: 4"))
    approve(stage, LAN)
    assert (view(stage).state, view(stage).code) == (State.AWAITING, "E795")
    assert "gửi 5 người theo quy tắc mau" in view(stage).reason
    approve(stage, BINH)
    assert view(stage).state == State.APPROVED


def test_a_message_to_as_many_as_the_limit_says_needs_no_more(stage: Stage) -> None:
    own_rules(stage, ("large: 10000", "large: 5"))
    approve(stage, LAN)
    assert view(stage).state == State.APPROVED


def test_public_posts_need_what_the_house_asks_for_and_no_more(stage: Stage) -> None:
    own_rules(stage, ("large: 10000", "large: 1"))
    stage.make_ready()
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_a_change_of_the_rules_is_noticed_drops_the_approval_and_says_so(stage: Stage) -> None:
    stage.make_ready()
    stage.service.beat()
    own_rules(stage)
    stage.go_to(SMS_SLOT)
    assert (view(stage).state, view(stage).code) == (State.AWAITING, "E511")
    assert "bộ quy tắc vn-2026-11 → mau" in view(stage).reason


def test_a_change_of_the_class_drops_the_approval_and_says_so(stage: Stage) -> None:
    stage.make_ready()
    choose(stage, **{"class": "operations"})
    stage.go_to(SMS_SLOT)
    assert view(stage).code == "E511"
    assert "loại tin" in view(stage).reason


def test_rules_that_changed_since_the_plan_hold_at_the_last_look(stage: Stage) -> None:
    own_rules(stage)
    stage.make_ready()
    row, decisions = row_of(stage), store.approvals_of(stage.desk.book)
    assert objection(stage.desk, row, decisions[row.key]) is None
    own_rules(stage, ("cap: 3", "cap: 2"))
    assert objection(stage.desk, row, decisions[row.key]) == ("E786", {"rules": "mau"})
    (stage.root / "rules/mau.yaml").write_text("id: [", encoding="utf-8")
    assert objection(stage.desk, row, decisions[row.key]) == ("E786", {"rules": "mau"})


def test_too_few_approvals_by_the_rules_hold_at_the_last_look(stage: Stage) -> None:
    choose(stage, **{"class": "emergency"})
    approve(stage, LAN, "Lũ")
    row = row_of(stage)
    against = objection(stage.desk, row, store.approvals_of(stage.desk.book)[row.key])
    assert against is not None
    assert against[0] == "E795"


def test_a_message_that_cannot_end_in_time_is_held_and_tells_when_it_would(stage: Stage) -> None:
    set_account(stage, 'parts_per_second: "0.0005"')
    stage.make_ready()
    stage.go_to(SMS_SLOT)
    assert (view(stage).state, view(stage).code) == (State.HELD, "E781")
    assert "dự kiến xong 11:46 ngày 02/03/2027" in view(stage).reason
    assert "lateness" in view(stage).remedy


def test_a_message_that_just_ends_in_time_goes(stage: Stage) -> None:
    set_account(stage, 'parts_per_second: "0.0007"')
    stage.make_ready()
    row = row_of(stage)
    stage.clock.move_to(SMS_SLOT)
    assert objection(stage.desk, row, store.approvals_of(stage.desk.book)[row.key]) is None


def test_a_persons_word_sends_what_would_end_too_late(stage: Stage) -> None:
    set_account(stage, 'parts_per_second: "0.0005"')
    stage.make_ready()
    stage.clock.move_to(SMS_SLOT)
    row = replace(row_of(stage), reason="E540")
    assert objection(stage.desk, row, store.approvals_of(stage.desk.book)[row.key]) is None


@pytest.mark.parametrize(("price", "code"), [("1001", "E782"), ("1000", "")])
def test_a_message_dearer_than_its_budget_is_held(stage: Stage, price: str, code: str) -> None:
    choose(stage, budget="5000")
    set_account(stage, f'price_per_part: "{price}"')
    stage.make_ready()
    row = row_of(stage)
    stage.clock.move_to(SMS_SLOT)
    against = objection(stage.desk, row, store.approvals_of(stage.desk.book)[row.key])
    assert (against[0] if against else "") == code


def test_the_words_are_judged_again_at_the_wire(stage: Stage) -> None:
    stage.make_ready()
    whole = facts(stage)
    assert codes(stage, whole) == []
    assert codes(stage, replace(whole, text="Xem https://bit.ly/a")) == ["E767"]
    assert codes(stage, replace(whole, text="Hop o Vinh.Ba con den som")) == []
    assert codes(stage, replace(whole, text="Xem https://bit.ly/a", bulk=None)) == []


def test_advertising_asks_for_consent_and_a_young_register(stage: Stage) -> None:
    stage.make_ready()
    whole = facts(stage)
    advert = replace(
        whole,
        message=whole.rules.of("advertising"),
        text="[QC] Hoi cho xuan. Tu choi: soan TC gui 1543",
        bulk=replace(whole.bulk, reserved=0),
    )
    assert codes(stage, advert, TODAY) == ["E778"]
    assert codes(stage, advert) == ["E778", "E779"]
    assert codes(stage, advert, TODAY - timedelta(days=8)) == ["E778", "E780"]


def test_a_canary_is_a_handful_of_staff(stage: Stage) -> None:
    stage.make_ready()
    whole = facts(stage)
    assert codes(stage, replace(whole, canary="can-bo", canary_count=50)) == []
    assert codes(stage, replace(whole, canary="can-bo", canary_count=51)) == ["E785"]


def test_cost_and_course_count_the_canary_too(stage: Stage) -> None:
    stage.make_ready()
    whole = replace(facts(stage), settings={"price_per_part": "350"}, pace=Decimal(1), canary_count=2)
    assert whole.price == Decimal(350 * 7)
    course = whole.course(SMS_SLOT.astimezone(stage.desk.workspace.zone))
    assert course is not None
    assert course.finish - SMS_SLOT == timedelta(seconds=7)


@pytest.mark.parametrize(("name", "leaves"), [("emergency", True), ("public_info", False)])
def test_only_an_emergency_leaves_at_night(stage: Stage, name: str, leaves: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    choose(stage, **{"class": name})
    replace_in(stage.root / YAML, 'when: {date: 2027-03-02, at: "09:00"}', 'when: {date: 2027-03-02, at: "23:00"}')
    approve(stage, LAN, "Lũ về")
    approve(stage, BINH)
    stage.go_to(datetime(2027, 3, 2, 16, 0, tzinfo=UTC))
    assert (row_of(stage).state != State.APPROVED) is leaves


def test_what_the_guards_said_is_in_the_trail_without_a_number(stage: Stage) -> None:
    set_account(stage, 'price_per_part: "350"')
    stage.make_ready()
    row = row_of(stage)
    stage.clock.move_to(SMS_SLOT)
    with stage.desk.book.write() as connection:
        free, held = guarded(stage.desk, connection, [row])
    assert (free, held) == ([row], 0)
    [event] = [each for each in store.events_of(stage.desk.book, row.id) if each.cause == "rules"]
    assert event.params["verdict"] == "allow"
    assert event.params["rules"] == "vn-2026-11"
    assert event.params["sha256"] == opened(row.package)["message"]["rules_sha256"]
    assert (event.params["class"], event.params["recipients"], event.params["parts"]) == ("public_info", "5", "1")
    assert (event.params["cost"], event.params["finish"]) == ("1.750", "2027-03-02T09:00:00+07:00")
    assert phone(1)[-9:] not in str(event)


def test_what_is_held_names_its_rules_in_the_trail(stage: Stage) -> None:
    set_account(stage, 'parts_per_second: "0.0005"')
    stage.make_ready()
    stage.go_to(SMS_SLOT)
    held = [each for each in store.events_of(stage.desk.book, row_of(stage).id) if each.after == State.HELD]
    assert [(each.params["reason"], each.params["rules"], each.params["class"]) for each in held] == [
        ("E781", "vn-2026-11", "public_info")
    ]


def test_who_approves_sees_class_rules_and_when_it_would_be_done(stage: Stage) -> None:
    set_account(stage, 'parts_per_second: "0.001", carriers: "gmobile"')
    stage.make_ready()
    views = overview(stage.desk.book, stage.desk.workspace, cards=stage.desk.cards)
    terms = {each.item_id: each.terms for each in views}
    assert terms["tin-mot"] is None
    shown = terms["tin-hai"]
    assert shown is not None
    assert (shown.title, shown.rules, shown.days) == ("Thông tin đến người dân", "vn-2026-11", 1)
    assert shown.finish == SMS_SLOT + timedelta(seconds=5000)
    assert shown.carriers == ("gmobile",)
    [carriers] = shown.against
    assert "5/5 người nhận thuộc nhà mạng chưa đăng ký tên định danh (viettel," in carriers


def test_who_approves_sees_what_would_hold_it(stage: Stage) -> None:
    choose(stage, budget="1.000")
    set_account(stage, 'parts_per_second: "0.0001", price_per_part: "350"')
    stage.make_ready()
    [view] = [each for each in overview(stage.desk.book, stage.desk.workspace, cards=stage.desk.cards) if each.terms]
    assert view.terms is not None
    dear, late = view.terms.against
    assert "1.750 đồng vượt kinh phí 1.000 đồng" in dear
    assert "dự kiến xong" in late
    desk, views = stage.desk, {"vi": [view], "en": [view]}
    page = page_of(Slots("", "", desk.workspace, desk.cards, views, lambda _: (), desk.clock.now()), None, "vi")
    for words in ("Loại tin", "Căn cứ", "Gửi xong", "Kinh phí tối đa", "vượt kinh phí"):
        assert words in page
    assert phone(1)[-9:] not in page


def test_a_broken_file_of_rules_hides_no_delivery(stage: Stage) -> None:
    stage.make_ready()
    (stage.root / "rules").mkdir()
    (stage.root / "rules/mau.yaml").write_text("id: [", encoding="utf-8")
    views = overview(stage.desk.book, stage.desk.workspace, cards=stage.desk.cards)
    assert [each.terms for each in views if each.channel == "sms"] == [None]


def test_advertising_waits_for_a_young_register_and_goes_on_by_itself(stage: Stage) -> None:
    choose(stage, **{"class": "advertising", "diacritics": "remove"})
    words = "[QC] Hoi cho xuan tai TP Mau. Tu choi: soan TC gui 1543"
    (stage.root / "content/tin-hai.md").write_text(f"---\ntitle: Tin\n---\n{words}\n", encoding="utf-8")
    replace_in(stage.root / "loa.yaml", "    legal_basis: Kế hoạch thử", "    consent: Phiếu đăng ký tháng 1")
    stage.open()
    stage.make_ready()
    stage.go_to(SMS_SLOT)
    assert (view(stage).state, view(stage).code) == (State.HELD, "E779")
    store.note(stage.desk.book, store.REGISTER_DATED, "2027-03-01")
    stage.go_to(SMS_SLOT + timedelta(minutes=1))
    assert view(stage).state not in (State.HELD, State.APPROVED, State.AWAITING)


def test_a_rehearsal_takes_as_many_approvals_for_granted_as_the_rules_ask_and_a_reason(stage: Stage) -> None:
    choose(stage, **{"class": "emergency"})
    end = SMS_SLOT + timedelta(days=9)
    plan(stage.desk, end)
    _take_for_granted(stage.desk, ())
    plan(stage.desk, end)
    assert view(stage).state == State.APPROVED


def test_what_has_changed_after_approval_is_told_in_the_words_of_people(stage: Stage) -> None:
    stage.make_ready()
    package = row_of(stage).package
    for name in opened(package).keys() - {"sources", "message", "channel"}:
        (told,) = differences(package, json.dumps(opened(package) | {name: "x"}))
        assert told != name
