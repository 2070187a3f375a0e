"""``loa sms compare`` as an officer runs it."""

import json
import subprocess
from pathlib import Path

import pytest
from support.office import make_office, replace_in
from support.planted import phone
from support.processes import LOA, clean_environment

TEXT = "Đề nghị bà con đến trụ sở xã “để được” hướng dẫn nộp hồ sơ trực tuyến vào sáng thứ Bảy tuần này."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_office(tmp_path_factory.mktemp("office"))
    replace_in(root / "loa.yaml", "reviewers:", 'channels:\n  sms: {settings: {price_per_part: "350"}}\nreviewers:')
    (root / "content" / "tin-hai.md").write_text(f"---\ntitle: Tin\n---\n{TEXT}\n", encoding="utf-8")
    return root


def compare(office: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LOA, "sms", "compare", *words],
        cwd=office,
        env=clean_environment() | {"COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_an_item_is_laid_side_by_side_for_the_people_of_its_list(office: Path) -> None:
    told = compare(office, "thu-nghiem", "tin-hai")
    assert told.returncode == 0, told.stderr
    assert "5 người nhận · 20 phần mỗi giây · 350 đ mỗi phần" in told.stdout
    assert "đến giờ 09:00 ngày 02/03/2027" in told.stdout
    assert "3.500 đ" in told.stdout
    assert "1.750 đ" in told.stdout
    assert "De nghi ba con den tru so xa" in told.stdout
    assert "có thể bị hiểu sai" in told.stdout
    assert "“" in told.stdout.partition("Ký tự khác")[2], "each character that breaks GSM-7 is told"
    assert max(map(len, told.stdout.splitlines()[:30])) <= 120
    assert phone(1)[1:] not in told.stdout


def test_the_choice_of_an_item_does_not_hide_its_other_form(office: Path) -> None:
    campaign = office / "campaigns" / "thu-nghiem.yaml"
    before = campaign.read_text(encoding="utf-8")
    replace_in(campaign, "{recipients: doi-ngu}", "{recipients: doi-ngu, options: {diacritics: remove}}")
    try:
        found = json.loads(compare(office, "thu-nghiem", "tin-hai", "--json", "--count", "10").stdout)
    finally:
        campaign.write_text(before, encoding="utf-8")
    assert found["forms"]["keep"]["encoding"] == "ucs2"
    assert (found["forms"]["keep"]["parts_total"], found["forms"]["remove"]["parts_total"]) == (20, 10)
    assert found["account"] == "sms-tinh"


def test_typed_words_and_a_file_are_compared_alike(office: Path) -> None:
    (office / "loi.txt").write_text(TEXT + "\n", encoding="utf-8-sig")
    typed = json.loads(compare(office, "--text", TEXT, "--to", "doi-ngu", "--rate", "0.5", "--json").stdout)
    read = json.loads(compare(office, "--file", "loi.txt", "--to", "doi-ngu", "--rate", "0.5", "--json").stdout)
    assert typed["forms"]["keep"]["text"] == read["forms"]["keep"]["text"] == TEXT
    assert (typed["recipients"], typed["forms"]["keep"]["seconds"]) == (5, 20.0)
    assert {each["code"]: each["plain"] for each in typed["breakers"]}["U+201C"] == '"'


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("thu-nghiem", "tin-la"), "E332"),
        (("thu-nghiem", "tin-mot"), "E333"),
        (("thu-nghiem", "tin-hai", "--account", "la"), "E334"),
        (("--text", "a", "--account", "la"), "E335"),
        (("--text", "a", "--to", "la"), "E336"),
    ],
)
def test_what_is_not_there_is_told(office: Path, words: tuple[str, ...], code: str) -> None:
    told = compare(office, *words)
    assert told.returncode == 1
    assert code in told.stderr


@pytest.mark.parametrize("words", [(), ("thu-nghiem",), ("--text", "a", "--file", "b"), ("--text", "a", "--rate", "0")])
def test_half_a_question_is_not_answered(office: Path, words: tuple[str, ...]) -> None:
    assert compare(office, *words).returncode == 2
