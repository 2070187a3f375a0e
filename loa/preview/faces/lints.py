"""What a reviewer would want to know before approving: each finding in words, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from loa.delivery import ChannelCard
from loa.dispatch import DeliveryView
from loa.draft import as_sent
from loa.messages import Lang, number
from loa.preview.faces.meters import NEAR
from loa.preview.faces.says import speaker
from loa.text import sms_breakers, sms_count, x_links

if TYPE_CHECKING:
    from loa.preview.faces.face import Tile

Weight = Literal["bad", "wait"]
LONGEST_ALT = 1000
"""Characters; X takes no more, and nobody listens to more."""
MUCH_CUT = 25
"""Per cent of a picture: more is lost than its margins."""
_SHOUTED_WORDS, _SHOUTED_LETTERS = 4, 16
_ENOUGH_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Lint:
    """One finding. ``bad``: people would be misled or could not read it; ``wait``: look at it once more."""

    name: str
    weight: Weight
    text: str
    remedy: str


def lints(view: DeliveryView, card: ChannelCard, tiles: Sequence[Tile], lang: Lang) -> Iterator[Lint]:
    """Everything found in one delivery."""
    if view.action == "remove":
        return
    yield from _undescribed(view, lang)
    yield from _lengths(view, card, lang)
    yield from _links(view, lang)
    yield from _shouting(view, lang)
    yield from _message(view, lang)
    yield from _crops(tiles, lang)


def _undescribed(view: DeliveryView, lang: Lang) -> Iterator[Lint]:
    say = speaker(lang)
    for each in view.attachments:
        if each.kind not in ("picture", "clip"):
            continue
        if not each.alt_text.strip():
            yield Lint(
                "no-alt", "bad",
                say("Ảnh chưa có lời mô tả cho người khiếm thị.", "A picture has no description for blind readers."),
                say("Điền “alt” ở mục “make” của tin, rồi dựng lại.", "Fill in “alt” under “make”, then render again."),
            )  # fmt: skip
        elif len(each.alt_text) > LONGEST_ALT:
            count = number(len(each.alt_text), lang)
            yield Lint(
                "long-alt", "wait",
                say(f"Lời mô tả ảnh dài {count} ký tự.", f"A description is {count} characters long."),
                say(f"Rút xuống dưới {LONGEST_ALT} ký tự: điều chính trước.", f"Keep it under {LONGEST_ALT}."),
            )  # fmt: skip


def _lengths(view: DeliveryView, card: ChannelCard, lang: Lang) -> Iterator[Lint]:
    if view.message is not None:
        return
    say = speaker(lang)
    parts = (
        (say("Tiêu đề", "The title"), len(view.title), card.max_title),
        (say("Tóm tắt", "The summary"), len(view.summary), card.max_summary),
        (say("Lời", "The text"), card.measure(as_sent(card, view.text, view.link)), card.max_length),
    )
    for name, length, most in parts:
        if not most or length < NEAR * most:
            continue
        counted = f"{number(length, lang)}/{number(most, lang)}"
        if length > most:
            yield Lint(
                "too-long", "bad",
                say(f"{name} dài quá mức kênh nhận: {counted}.", f"{name} is too long for the channel: {counted}."),
                say("Rút gọn, nếu không kênh sẽ từ chối.", "Shorten it, or the channel refuses."),
            )  # fmt: skip
        else:
            yield Lint(
                "near-limit", "wait",
                say(f"{name} gần chạm mức kênh nhận: {counted}.", f"{name} is near the channel's limit: {counted}."),
                say("Tên đơn vị dài hơn có thể làm vượt mức.", "A longer name of a unit may take it over."),
            )  # fmt: skip


def _links(view: DeliveryView, lang: Lang) -> Iterator[Lint]:
    say = speaker(lang)
    found = dict.fromkeys((*x_links(view.text), *filter(None, (view.link,))))
    open_ones = [link for link in found if link.startswith("http://")]
    bare = [link for link in found if "://" not in link and view.message is None]
    if open_ones:
        yield Lint(
            "no-https", "bad",
            say(f"Đường dẫn không được bảo vệ: {open_ones[0]}", f"A link without protection: {open_ones[0]}"),
            say("Đổi http:// thành https://.", "Change http:// to https://."),
        )  # fmt: skip
    if bare:
        yield Lint(
            "bare-link", "wait",
            say(f"Địa chỉ viết thiếu https://: {bare[0]}", f"An address without https://: {bare[0]}"),
            say("Viết đủ https:// để người dân bấm được trên mọi máy.", "Write https:// so that it can be tapped."),
        )  # fmt: skip


def _shouting(view: DeliveryView, lang: Lang) -> Iterator[Lint]:
    say = speaker(lang)
    if run := next(filter(None, map(shouted, (view.title, view.text))), ""):
        short = run if len(run) <= 40 else f"{run[:40].rstrip()}…"  # noqa: PLR2004 - enough to find it again
        yield Lint(
            "capitals", "wait",
            say(f"Viết hoa cả câu: “{short}”", f"All in capitals: “{short}”"),
            say("Viết hoa đầu câu; chữ hoa liền nhau khó đọc, như quát.", "Capitals in a row are hard to read."),
        )  # fmt: skip


def shouted(text: str) -> str:
    """The first run of words in capitals that is no short form (UBND, VNeID) and no heading of two words."""
    for line in text.split("\n"):
        words = re.findall(r"\S+", line)
        for is_loud, group in groupby(words, key=_is_loud):
            run = list(group)
            letters = sum(character.isalpha() for word in run for character in word)
            long_ones = [word for word in run if sum(map(str.isalpha, word)) > 1]
            if is_loud and len(long_ones) >= _SHOUTED_WORDS and letters >= _SHOUTED_LETTERS:
                return " ".join(run)
    return ""


def _is_loud(word: str) -> bool:
    return any(map(str.isalpha, word)) and word == word.upper() and "://" not in word


def _message(view: DeliveryView, lang: Lang) -> Iterator[Lint]:
    """What the alphabet of a message does to it. Labels, refusals and hours are judged by its rules (``terms``)."""
    if view.message is None:
        return
    say, parts = speaker(lang), len(view.message.parts)
    breakers = sms_breakers(view.text)
    if 0 < len(breakers) <= _ODD_SIGNS and all(each.plain is not None for each in breakers):
        plain = view.text
        for each in breakers:
            plain = plain.replace(each.character, each.plain or "")
        fewer = sms_count(plain).parts
        if fewer < parts:
            signs = " ".join(each.shown for each in breakers)
            yield Lint(
                "dear-sign", "wait",
                say(f"Chỉ vì ký tự {signs} mà tin thành {parts} phần.", f"Only for {signs} it takes {parts} parts."),
                say(f"Thay bằng chữ thường: còn {fewer} phần.", f"Write it plainly: {fewer} parts are left."),
            )  # fmt: skip
    elif view.message.alphabet == "GSM-7" and _reads_as_vietnamese(view.text):
        yield Lint(
            "no-marks", "wait",
            say("Tin gửi không dấu: có từ dễ đọc nhầm.", "Sent without marks: some words may be misread."),
            say(
                "Đọc lại từng từ; câu nào hai nghĩa thì viết khác đi, hoặc gửi có dấu.",
                "Read it word by word; reword what has two meanings, or send it with marks.",
            ),
        )  # fmt: skip


_ODD_SIGNS = 3
"""So few characters outside the short alphabet were not meant: a dash, a quotation mark, one letter with its mark."""
_COMMON = frozenset(
    (
        *("cua", "nguoi", "khong", "duoc", "va", "cho", "ngay", "den", "tai", "trong"),
        *("thong", "bao", "nop", "ho", "so", "truc", "tuyen", "xa", "phuong"),
    )
)


def _reads_as_vietnamese(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    return sum(len(word) for word in words) >= _ENOUGH_LETTERS and len(_COMMON.intersection(words)) > 1


def _crops(tiles: Sequence[Tile], lang: Lang) -> Iterator[Lint]:
    say = speaker(lang)
    if cut := [(place, tile.lost) for place, tile in enumerate(tiles, 1) if tile.lost >= MUCH_CUT]:
        named = ", ".join(f"{place} ({lost} %)" for place, lost in cut)
        yield Lint(
            "cropped", "wait",
            say(f"Bảng tin cắt bớt ảnh {named}.", f"The feed crops picture {named}."),
            say(
                "Mở ảnh, bật “Vùng an toàn” để xem chữ có mất không; đặt ảnh dọc, ảnh vuông cùng loại với nhau.",
                "Open it with “Safe areas” on and see whether words are lost; put pictures of one shape together.",
            ),
        )  # fmt: skip
