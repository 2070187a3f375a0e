from __future__ import annotations

import json
import re
from typing import Any

import pytest

from loa.campaign.model import Campaign
from loa.reader import as_slug, closest, json_schema
from loa.workspace import Settings


def every_part(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(found for value in part.values() for found in every_part(value))]
    return [found for item in part for found in every_part(item)] if isinstance(part, list) else []


@pytest.mark.parametrize("model", [Campaign, Settings])
def test_the_schema_is_json_with_descriptions_in_vietnamese(model: type) -> None:
    schema = json_schema(model)
    text = json.dumps(schema, ensure_ascii=False)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert re.search("[ăâđêôơưạảấầ]", text)
    assert schema["additionalProperties"] is False


def test_keys_are_those_of_the_files() -> None:
    keys = json_schema(Campaign)["properties"]
    assert {"from", "to", "with", "title"} <= set(keys)
    assert not {"start", "end", "partners"} & set(keys)


def test_the_needed_keys_are_those_of_the_files() -> None:
    assert set(json_schema(Campaign)["required"]) == {
        "id",
        "title",
        "author",
        "lead",
        "basis",
        "from",
        "items",
    }


def test_a_text_may_reach_the_editor_as_a_number_or_a_truth_value() -> None:
    unit = json_schema(Settings)["$defs"]["Unit"]["properties"]
    assert {"string", "number", "boolean"} <= set(unit["hotline"]["type"])


def test_a_number_may_reach_the_editor_as_a_text() -> None:
    days = json_schema(Campaign)["$defs"]["When"]["properties"]["days"]
    assert set(days["type"]) == {"integer", "string", "null"}
    assert (days["minimum"], days["maximum"]) == (-366, 366)


def test_a_list_of_words_takes_the_numbers_among_them() -> None:
    parts = every_part(json_schema(Campaign)["$defs"]["When"]["properties"]["nth"])
    (words,) = [part["enum"] for part in parts if "enum" in part]
    assert {"1", 1, "last"} <= set(words)


def test_an_hour_with_one_digit_fits_the_pattern_for_editors() -> None:
    at = json_schema(Campaign)["$defs"]["When"]["properties"]["at"]
    assert re.search(at["pattern"], "7:00")
    assert "format" not in at


def test_only_the_descriptions_of_people_are_kept_and_no_made_up_titles() -> None:
    assert not [part for part in every_part(json_schema(Campaign)) if isinstance(part.get("title"), str)]


@pytest.mark.parametrize("model", [Campaign, Settings])
def test_every_description_is_written_for_the_staff(model: type) -> None:
    told = [part["description"] for part in every_part(json_schema(model)) if isinstance(part.get("description"), str)]
    assert told
    assert not [text for text in told if text.isascii()]


def test_a_record_without_needed_keys_may_be_left_blank() -> None:
    defs = json_schema(Campaign)["$defs"]
    assert "null" in defs["Send"]["type"]
    assert defs["When"]["type"] == "object"


def test_only_ids_are_names_of_facts() -> None:
    facts = json_schema(Campaign)["properties"]["facts"]
    assert facts["additionalProperties"] is False
    assert [bool(re.search(pattern, "ty-le")) for pattern in facts["patternProperties"]] == [True]


@pytest.mark.parametrize(
    ("word", "meant"), [("facebok", "facebook"), ("Zalo", "zalo"), ("tiktok", ""), ("“sms”", "sms"), ("đối tượng", "")]
)
def test_the_closest_word(word: str, meant: str) -> None:
    assert closest(word, ("facebook", "zalo", "sms")) == meant


def test_the_closest_word_is_blind_to_diacritics() -> None:
    assert closest("người dân", ("nguoi-dan", "can-bo")) == "nguoi-dan"


def test_a_name_as_an_id() -> None:
    assert as_slug("Xã Kim Liên (Nam Đàn)") == "xa-kim-lien-nam-dan"
