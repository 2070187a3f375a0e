"""What citizens saw of public posts: each effect has one sending that was meant before it, with the approved bytes."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from support.history.approved import packages_of
from support.history.check import History, Violation, moment
from support.history.rows import Row

PEOPLE = {"sms", "zbs"}
_BESIDE = {"comment"}


def each_effect_has_its_sending(history: History) -> Iterator[Violation]:
    """Effects and sendings are matched one to one; what is left over on either side is a violation."""
    public = [each for each in history.effects if each["kind"] not in PEOPLE | _BESIDE]
    free = _by_account(history)
    taken: set[int] = set()
    for effect in sorted(public, key=lambda each: not _named(history, each)):
        found = next(
            (row for row in free[effect["account"]] if row["id"] not in taken and _fits(history, row, effect)), None
        )
        if found is None:
            yield Violation("effect without a sending", _shown(effect) + _why(history, free[effect["account"]], effect))
            continue
        taken.add(found["id"])
        yield from _bytes(history, found, effect)
        if found["state"] in {"due", "retry_later", "missed", "cancelled", "refused"} and not _by_person(
            history, found
        ):
            yield Violation("seen and not known", f"{found['idem']} is {found['state']}, but {_shown(effect)} is out")
    for row in history.book["sending"]:
        if row["state"] == "done" and row["id"] not in taken and _on_a_platform(history, row):
            yield Violation("done without an effect", row["idem"])


def no_effect_twice(history: History) -> Iterator[Violation]:
    """No account shows the same words and pictures twice within a day, and no key is carried out twice."""
    seen = Counter(
        (
            each["platform"],
            each["account"],
            each["kind"],
            each["at"][:10],
            str(each["extra"].get("target", "")),
            each["recipient_hmac"],
            each["title"],
            each["text"],
            tuple(each["media_sha256"]),
        )
        for each in history.effects
    )
    again = _again(history)
    for identity, count in seen.items():
        if count > 1 and not again:
            yield Violation("twice", f"{count} × {identity[:4]} {identity[7][:50]}")


def _again(history: History) -> bool:
    """Whether a person has said of anything that it is to be sent anew: then it may be seen twice."""
    return any(each["cause"] == "again" and each["after"] == "due" for each in history.book["event"])


def _by_account(history: History) -> dict[str, list[Row]]:
    """The sendings that were on the wire, by every name under which a platform may know their account."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in history.book["sending"]:
        if not history.attempts[row["id"]]:
            continue
        for name in _names(history.deliveries[row["delivery_id"]]):
            found[name].append(row)
    return found


def _names(delivery: Row) -> set[str]:
    account = _opened(delivery)["account"]
    return {account["id"], *account["settings"].values()}


def _opened(delivery: Row) -> Row:
    import json  # noqa: PLC0415 - one small use

    found: Row = json.loads(delivery["package"])
    return found


def _named(history: History, effect: Row) -> bool:
    return any(effect["id"] and effect["id"] == row["platform_id"] for row in history.book["sending"])


def _fits(history: History, row: Row, effect: Row) -> bool:
    """Whether an effect may be this sending's: known by the platform's id, or meant before it with these words."""
    package = _opened(history.deliveries[row["delivery_id"]])
    action = package.get("action", "publish")
    if (effect["kind"] in {"revise", "remove"}) != (action in {"revise", "remove"}):
        return False
    if action != "publish":
        return package["target"] in {effect["id"], str(effect["extra"].get("target", ""))}
    ids = {effect["id"], str(effect["extra"].get("post_id", "")), str(effect["extra"].get("token", ""))}
    if row["platform_id"] and row["state"] in {"done", "pending"} and _same_kind_of_id(row, ids):
        return row["platform_id"] in ids
    at = moment(effect["at"])
    return any(each["sent_at"] <= at for each in history.attempts[row["id"]]) and _words_fit(package, effect)


def _same_kind_of_id(row: Row, ids: set[str]) -> bool:
    return row["platform_id"] in ids or bool(row["platform_id"])


def squeezed(text: str) -> str:
    """Without spaces: a platform may wrap lines, never change a letter."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _words_fit(package: Row, effect: Row) -> bool:
    seen = squeezed(effect["text"])
    pieces = [squeezed(package[name]) for name in ("text", "title", "summary", "link")]
    rest = seen
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        rest = rest.replace(piece, "", 1)
    whole = squeezed(package["text"])
    return not rest and (whole in seen or effect["kind"] == "broadcast" or not seen)


def _bytes(history: History, row: Row, effect: Row) -> Iterator[Violation]:
    """The words and the media that citizens see are those of the package that left."""
    delivery = history.deliveries[row["delivery_id"]]
    at = moment(effect["at"])
    sent = [each for each in history.attempts[row["id"]] if each["sent_at"] <= at + history.back * 1e6]
    if not sent:
        yield Violation("not meant before", f"{_shown(effect)}: no intent of {row['idem']} is older")
        return
    packages = [each for attempt in sent for each in packages_of(delivery, attempt["content_hash"])]
    if effect["kind"] == "remove":
        return
    if packages and not any(_words_fit(each, effect) for each in packages):
        yield Violation("other words", f"{_shown(effect)} is not what was approved for {row['idem']}")
    wanted = {asset["sha256"] for each in packages for asset in each["assets"]}
    strange = set(effect["media_sha256"]) - wanted
    if packages and (strange or (wanted and not effect["media_sha256"] and effect["kind"] in {"photo_post", "reel"})):
        yield Violation("other pictures", f"{_shown(effect)} is not what was approved for {row['idem']}")


def _by_person(history: History, row: Row) -> bool:
    return any(each["sending_id"] == row["id"] and each["actor"] != "máy" for each in history.book["event"])


def _on_a_platform(history: History, row: Row) -> bool:
    """Whether a platform shows what was done: not what a person did by hand or said to have seen."""
    delivery = history.deliveries[row["delivery_id"]]
    return any(each["account"] in _names(delivery) for each in history.effects) and row["code"] != "E541"


def _why(history: History, rows: list[Row], effect: Row) -> str:
    alike = [row for row in rows if _words_fit(_opened(history.deliveries[row["delivery_id"]]), effect)]
    return f" ({len(alike)} sendings of these words)" if alike else " (nobody meant these words)"


def _shown(effect: Row) -> str:
    return f"#{effect['seq']} {effect['platform']} {effect['account']} {effect['kind']} at {effect['at']}"
