"""Every number of the five plans' texts is in the plan files, and the plan files count nothing that the texts don't.

Nothing of Loa is used here: the texts are scanned with patterns of this file, the plan files are read as plain YAML.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(__file__).parent / "seeds"
SEED_OF = {
    "binh-dinh": "binh-dinh-quyet-dinh-4492.txt",
    "chuong-my": "chuong-my-ke-hoach-176.txt",
    "kon-tum": "kon-tum-ke-hoach-1084.txt",
    "nghe-an": "nghe-an-ke-hoach-de-an-1588.txt",
    "son-tay": "son-tay-ke-hoach-huyen.txt",
}
LEFT_OUT = {
    "chuong-my": (
        ("TIN CẢI CÁCH HÀNH CHÍNH, CHUYỂN ĐỔI SỐ, ĐA 06", "the name of the column on the web page"),
        ("Ngày đăng 20/05/2025 | 15:26  | Lượt xem: 29", "when the page was posted, and its views"),
        ("Trung bình (0 Bình chọn)", "the page's own poll"),
    ),
}
OF_THE_SAMPLE = {"nghe-an": {("%", "100"): 2, ("1", "bài"): 1, ("5", "tin"): 1}}
"""The plan of Nghệ An sets tasks and no numbers; the sample sets the least that shows whether they were done."""
_ENUMERATION = re.compile(r"^\s*\d+\. ", re.MULTILINE)
_PATTERNS = {
    "document": r"\b\d+(?:/[A-ZĐ][\w&-]+|-NQ/TW)",
    "date": r"\b\d{1,2}(?:/| tháng )\d{1,2}(?:[/.]| năm )\d{4}\b",
    "months": r"\b\d{1,2}\s*(?:-|đến)\s*(?:tháng )?\d{1,2}/\d{4}\b",
    "month": r"\b\d{1,2}/\d{4}\b",
    "months of the year": r"tháng \d{1,2}-\d{1,2}\b",
    "level": r"mức độ \d-\d",
    "day": r"\b\d{1,2}/\d{1,2}\b",
    "scheme": r"Đề án 0\d",
    "percent": r"\b\d+(?:[.,]\d+)?\s*%",
    "money": r"\b\d+ triệu",
    "year": r"\b20\d\d\b",
    "count": r"\b\d+ +[^\W\d]+",
    "other": r"\d+",
}
_SCANNER = re.compile("|".join(f"(?P<n{n}>{pattern})" for n, pattern in enumerate(_PATTERNS.values())))
QUANTITIES = ("percent", "money", "count")


def scanned(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kind of each number and its parts, without leading noughts; a count brings the word that follows it."""
    for match in _SCANNER.finditer(text):
        kind = list(_PATTERNS)[int(str(match.lastgroup)[1:])]
        numbers = tuple(number.lstrip("0") for number in re.findall(r"\d+", match[0]))
        if kind == "count":
            yield kind, (numbers[0], match[0].split()[1])
        elif kind == "document":
            yield kind, (match[0],)
        else:
            yield kind, ("%", *numbers) if kind == "percent" else numbers


def text_of(plan: str) -> str:
    text = (SEEDS / SEED_OF[plan]).read_text("utf-8").replace("\u00a0", " ")
    for line, _reason in LEFT_OUT.get(plan, ()):
        assert line in text
        text = text.replace(line, "")
    return _ENUMERATION.sub("", text)


def file_of(plan: str) -> Any:
    path = ROOT / "campaigns" / plan / "campaigns" / "plan.yaml"
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only, nothing is built


def counted_by(file: Any) -> Counter[tuple[str, ...]]:
    """What the file's quotas, indicators, budget lines and figures say."""
    found: Counter[tuple[str, ...]] = Counter()
    for quota in file.get("quotas", ()):
        unit, target = quota["unit"], quota["target"]
        found[("%", target) if unit == "%" else (target, re.split(r"\W", unit)[0])] += 1
    for indicator in file.get("indicators", ()):
        found.update(("%", target["value"]) for target in indicator["targets"])
    found.update((str(int(line["amount"]) // 1_000_000),) for line in file.get("budget", ()))
    for figure in file.get("figures", ()):
        found.update(parts for kind, parts in scanned(figure["value"]) if kind in QUANTITIES)
    return found


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for child in node.values() if isinstance(node, dict) else node:
            yield from strings(child)


def test_the_texts_are_those_that_were_given() -> None:
    lines = (line.split() for line in (SEEDS / "SHA256SUMS").read_text("utf-8").splitlines())
    sums = {name: digest for digest, name in lines}

    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")} == sums
    assert sorted(SEED_OF.values()) == sorted(sums)


@pytest.mark.parametrize("plan", SEED_OF)
def test_what_a_plan_counts_is_in_its_file_as_often_as_in_its_text(plan: str) -> None:
    said = Counter(parts for kind, parts in scanned(text_of(plan)) if kind in QUANTITIES)

    assert counted_by(file_of(plan)) == said + Counter(OF_THE_SAMPLE.get(plan, {}))


@pytest.mark.parametrize("plan", SEED_OF)
def test_every_day_month_year_and_document_of_a_plan_is_in_its_file(plan: str) -> None:
    written = {(kind, parts) for each in strings(file_of(plan)) for kind, parts in scanned(each)}
    days = {("day", parts[:2]) for kind, parts in written if kind == "date"}
    missing = {each for each in scanned(text_of(plan)) if each[0] not in QUANTITIES} - written - days

    assert missing == set()


@pytest.mark.parametrize("plan", SEED_OF)
def test_whatever_a_plan_asks_for_has_its_place_in_the_text(plan: str) -> None:
    file = file_of(plan)
    lists = [file.get(name, []) for name in ("phases", "groups", "tasks", "quotas", "indicators", "budget", "figures")]

    assert [entry["title"] for entries in lists for entry in entries if not entry.get("place")] == []
    assert [task["id"] for task in file["tasks"] if not (task.get("lead") and task.get("time"))] == []
