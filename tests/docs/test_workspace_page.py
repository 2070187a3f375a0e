"""The page of all keys, the glossary and the guide must not fall behind the program."""

import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from loa.campaign import event, model
from loa.campaign.content import KEYS
from loa.cli.verbs import build, every_verb
from loa.delivery import State
from loa.dispatch.words import state_name
from loa.plan import model as plan_model
from loa.reader.fields import Model
from loa.workspace import limits, settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SECTION_OF = {
    "Settings": "loa.yaml",
    "Body": "body",
    "Units": "units",
    "Unit": "Một đơn vị",
    "ChannelSettings": "channels",
    "AccountSettings": "accounts",
    "RecipientList": "lists",
    "Reviewer": "reviewers",
    "Delegation": "delegations",
    "Policies": "policies",
    "QuietHours": "quiet_hours",
    "Lateness": "lateness",
    "VoiceSettings": "voice",
    "AlertWay": "alerts",
    "SharedMedia": "media",
    "TrustedKey": "pack_keys",
    "Campaign": "Tệp chiến dịch",
    "Anchor": "anchors",
    "Phase": "phases",
    "Audience": "audiences",
    "Named": "themes",
    "Fact": "facts",
    "Item": "items",
    "When": "when",
    "Make": "make",
    "Send": "send",
}
PLAN_SECTION_OF = {
    "Plan": "Các khóa",
    "PlanBody": "body",
    "PlanPhase": "phases",
    "Group": "groups",
    "Task": "tasks",
    "Quota": "quotas",
    "Indicator": "indicators",
    "Target": "targets",
    "Reading": "readings",
    "BudgetLine": "budget",
    "Figured": "figures",
}


def records_of(*rooms: ModuleType) -> dict[str, type[Model]]:
    return {
        name: kind
        for room in rooms
        for name, kind in vars(room).items()
        if isinstance(kind, type) and issubclass(kind, Model) and kind.__module__ == room.__name__
    }


MODELS = records_of(settings, model)
PLAN_MODELS = records_of(plan_model)
EVERY = [("workspace.md", MODELS[name], section) for name, section in SECTION_OF.items() if name in MODELS]
EVERY += [
    ("su-kien.md", kind, {"Event": "events", "Meeting": "meetings"}[name]) for name, kind in records_of(event).items()
]
EVERY += [("ke-hoach.md", PLAN_MODELS[name], section) for name, section in PLAN_SECTION_OF.items()]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of(section: str, name: str = "workspace.md") -> dict[str, list[str]]:
    """The first table of a section that names keys: key → the other cells of its row."""
    after = re.split(rf"^#+ {re.escape(section)}$", page(name), maxsplit=1, flags=re.MULTILINE)[1]
    table = re.search(
        r"^\| Khóa \|.*\n\|[-|]+\n((?:\|.*\n)+)", re.split(r"^#+ ", after, flags=re.MULTILINE)[0], re.MULTILINE
    )
    assert table is not None, f"no table under {section}"
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in table[1].strip().split("\n")]
    return {first.strip("`"): rest for first, *rest in cells}


def test_every_record_of_the_files_has_a_section() -> None:
    assert set(SECTION_OF) == set(MODELS)
    assert set(PLAN_SECTION_OF) == set(PLAN_MODELS)


@pytest.mark.parametrize(("name", "kind", "section"), EVERY)
def test_the_section_names_the_keys_of_the_record_and_no_other(name: str, kind: type[Model], section: str) -> None:
    assert list(rows_of(section, name)) == [field.alias or key for key, field in kind.model_fields.items()]


@pytest.mark.parametrize(("name", "kind", "section"), EVERY)
def test_each_row_says_what_editors_say_and_whether_the_key_is_needed(
    name: str, kind: type[Model], section: str
) -> None:
    rows = rows_of(section, name)
    for key, field in kind.model_fields.items():
        meaning, default = rows[field.alias or key]
        assert meaning == field.description
        assert (default == "**bắt buộc**") == field.is_required(), key


def test_the_settings_that_every_account_has_are_told() -> None:
    assert set(rows_of("Nhịp phát")) == {limits.RATE, limits.BUCKET}


def test_the_front_matter_keys_are_told() -> None:
    assert set(rows_of("Tệp nội dung")) == set(KEYS)


def test_the_glossary_has_each_state_in_both_languages() -> None:
    glossary = page("glossary.md")
    for state in State:
        assert f"| {state_name(state, 'vi')} | {state_name(state, 'en')} |" in glossary


@pytest.mark.parametrize(
    "words",
    [
        ("chiến dịch", "Campaign"), ("tin, bài", "Item"), ("mẫu", "Template"), ("ấn phẩm", "Asset"),
        ("suất phát", "Slot"), ("lịch phát", "Timetable"), ("kênh", "Channel"), ("tài khoản", "Account"),
        ("đầu phát", "Publisher"), ("lượt gửi", "Delivery"), ("sổ phát", "Outbox"), ("duyệt", "Approval"),
        ("biên nhận", "Receipt"), ("chưa rõ kết quả", "Unknown"), ("đính chính", "Correction"),
        ("gỡ bài", "Takedown"), ("diễn tập", "Rehearsal"), ("bãi tập", "Sandbox"),
        ("kiểm tra trước khi phát", "Preflight"), ("chỉ tiêu", "Quota"), ("đơn vị", "Unit"),
    ],
)  # fmt: skip
def test_the_glossary_has_each_word_of_the_house(words: tuple[str, str]) -> None:
    assert f"| {words[0]} | {words[1]} |" in page("glossary.md")


def test_the_guide_explains_each_state() -> None:
    guide = page("huong-dan.md")
    for state in State:
        assert re.search(rf"^\| {state_name(state)} \|", guide, re.MULTILINE), state


def test_the_guide_names_no_verb_that_is_not_there() -> None:
    verbs = {name.split()[0] for name, _ in every_verb(build())}
    named = set(re.findall(r"(?:^|`)(?:uv run )?loa ([a-z]+)", page("huong-dan.md"), re.MULTILINE))

    assert {"check", "timetable", "render", "preview", "approve", "run", "report", "decide"} <= named
    assert named <= verbs


@pytest.mark.parametrize("name", ["huong-dan.md", "workspace.md", "glossary.md", "developers.md"])
def test_no_link_leads_nowhere(name: str) -> None:
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page(name))]
    assert [target for target in targets if not (DOCS / target).exists()] == []


def test_the_developers_page_names_each_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    rooms = {room.strip() for layer in layers for room in layer.split("|")}

    assert {room for room in rooms if f"loa/{room}" not in page("developers.md")} == set()
