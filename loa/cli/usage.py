"""What the command line itself says, in the language in force: typer knows English only."""

from __future__ import annotations

import re
import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from loa.cli.language import lang, say

_VIETNAMESE = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        # the help of a verb
        (r"^Usage: ", "Cách dùng: "),
        (r"^Arguments:$", "Tham số:"),
        (r"^Options:$", "Tùy chọn:"),
        (r"^Commands:$", "Các lệnh:"),
        (r"\[OPTIONS\]", "[TÙY CHỌN]"),
        (r"COMMAND \[ARGS\]\.\.\.", "LỆNH [THAM SỐ]..."),
        (r"Show this message and exit\.", "Hiện trợ giúp này."),
        (r"\[required\]", "[bắt buộc]"),
        (r"\[default:", "[mặc định:"),
        # kinds of values, of the same width so that the columns stay
        (r"<str>", "CHỮ  "),
        (r"<list\[str\]>", "CHỮ        "),
        (r"<path>", "TỆP   "),
        (r"<int>", "SỐ   "),
        (r"<int range>", "SỐ         "),
        # a command that was written wrongly
        (r"^Missing command\.", "Thiếu tên lệnh."),
        (r"^No such command '(.*?)'\.?", r"Không có lệnh “\1”."),
        (r"\. Did you mean (.+)\?$", r". Có phải ý bạn là \1?"),
        (r"^No such option: (\S+)", r"Không có tùy chọn \1."),
        (r"\(Possible options: (.+)\)$", r"Gần giống: \1"),
        (r"^Missing argument '(.+?)'\.", r"Thiếu tham số \1."),
        (r"^Missing option '(.+?)'\.", r"Thiếu tùy chọn \1."),
        (r"^Option '(.+?)' requires an argument\.", r"Tùy chọn \1 cần một giá trị."),
        (r"^Option '(.+?)' does not take a value\.", r"Tùy chọn \1 không nhận giá trị."),
        (r"^Got unexpected extra argument\(s\) \((.+)\)", r"Thừa tham số: \1"),
        (r"^Invalid value for '?(.+?)'?: ", r"Giá trị không hợp lệ cho \1: "),
        (r"^Invalid value: ", ""),
        (r"Input should be a valid integer.*", "cần một số nguyên"),
        (r"Input should be greater than or equal to (\S+)", r"nhỏ nhất là \1"),
        (r"Input should be less than or equal to (\S+)", r"lớn nhất là \1"),
    )
)


def in_our_words(text: str) -> str:
    """A text of typer's in the language in force."""
    if lang() == "vi":
        for pattern, words in _VIETNAMESE:
            text = pattern.sub(words, text)
    return text


class Verb(TyperCommand):
    """One verb, whose help is in the language in force."""

    def get_help(self, ctx: Any) -> str:
        return in_our_words(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return in_our_words(super().get_usage(ctx))


class Verbs(TyperGroup):
    """All verbs, the same."""

    def get_help(self, ctx: Any) -> str:
        return in_our_words(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        return in_our_words(super().get_usage(ctx))


def show_misuse(error: TyperException) -> None:
    """How the command is written, where its help is, and what was wrong with it, on standard error."""
    if context := getattr(error, "ctx", None):
        asked = f"{context.command_path} --help"
        sys.stderr.write(f"{context.get_usage()}\n" + say(f"Xem thêm: {asked}", f"More: {asked}") + "\n\n")
    sys.stderr.write(say("Lỗi: ", "Error: ") + in_our_words(error.format_message()) + "\n")
