from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from loa.campaign import load_content
from loa.errors import ProblemsFound, WorkspaceError

WriteContent = Callable[[str], None]
TEXT = """\
---
title: Mở đầu
summary: Tóm tắt
link: https://a.vn
hashtags: "#ChuyenDoiSo, DVCTT"
---

Chung một

::: channel=sms
Tin nhắn
:::

::: channel=sms audience=dan
Tin nhắn cho dân
:::
::: lang=en
English
:::

Chung hai
"""


@pytest.mark.parametrize(
    ("channel", "audience", "language", "text"),
    [
        ("facebook", "", "vi", "Chung một\n\n\n\nChung hai"),
        ("facebook", "dan", "vi", "Chung một\n\n\n\nChung hai"),
        ("sms", "", "vi", "Tin nhắn"),
        ("sms", "can-bo", "vi", "Tin nhắn"),
        ("sms", "dan", "vi", "Tin nhắn cho dân"),
        ("facebook", "dan", "en", "English"),
        ("sms", "", "en", "English"),
    ],
)
def test_the_section_that_names_the_most_wins(
    office: Any, content_of: WriteContent, channel: str, audience: str, language: str, text: str
) -> None:
    content_of(TEXT)
    content = load_content(office.open(), "content/a.md")
    assert content.variant(channel=channel, audience=audience, language=language) == text


def test_front_matter_gives_title_summary_link_and_hashtags(office: Any, content_of: WriteContent) -> None:
    content_of(TEXT)
    content = load_content(office.open(), "content/a.md")
    assert (content.title, content.summary, content.link) == ("Mở đầu", "Tóm tắt", "https://a.vn")
    assert content.hashtags == ("#ChuyenDoiSo", "#DVCTT")


def test_a_file_for_one_language_says_nothing_in_another(office: Any, content_of: WriteContent) -> None:
    content_of("---\nlanguage: en\n---\nHello\n\n::: channel=sms\nHi\n:::\n::: channel=sms lang=vi\nChào\n:::\n")
    content = load_content(office.open(), "content/a.md")
    assert content.variant(channel="facebook", language="vi") == ""
    assert content.variant(channel="facebook", language="en") == "Hello"
    assert content.variant(channel="sms", language="en") == "Hi"
    assert content.variant(channel="sms", language="vi") == "Chào"


def test_every_sign_of_a_section_knows_its_place(office: Any, content_of: WriteContent) -> None:
    content_of(TEXT)
    content = load_content(office.open(), "content/a.md")
    for section in content.sections:
        for word in ("hai", "cho", "English"):
            if word in section.text:
                place = content.place(section, section.text.index(word), len(word))
                assert place.source_line[place.column - 1 :].startswith(word)


def test_what_is_wrong_with_a_file_is_raised_together(office: Any, content_of: WriteContent) -> None:
    content_of("---\ntitel: a\n---\n:::\n::: x\n")
    with pytest.raises(ProblemsFound) as found:
        load_content(office.open(), "content/a.md")
    assert [problem.code for problem in found.value.problems()] == ["E131", "E246", "E246", "E247"]


def test_a_file_outside_of_the_workspace_is_refused(office: Any) -> None:
    with pytest.raises(WorkspaceError) as found:
        load_content(office.open(), "../../etc/passwd")
    assert found.value.code == "E202"
