"""The posts of the X imitation: what may stand in one, and how X shows it with its t.co addresses."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from loa.sandbox.faces.x_media import CLIPS, GIF, Media
from loa.sandbox.faces.x_problems import Refusal, invalid
from loa.text import nfc, x_length, x_links, x_valid

MAX_WEIGHT = 280
MAX_PICTURES = 4
MAX_TAGGED = 10
POLL_OPTIONS, POLL_LETTERS, POLL_MINUTES = (2, 4), 25, (5, 10_080)
REPLY_SETTINGS = frozenset({"following", "mentionedUsers", "subscribers", "verified"})
PARTS: Mapping[str, type] = {
    "text": str,
    "media": dict,
    "made_with_ai": bool,
    "paid_partnership": bool,
    "reply": dict,
    "reply_settings": str,
    "quote_tweet_id": str,
    "poll": dict,
    "geo": dict,
    "community_id": str,
    "edit_options": dict,
    "nullcast": bool,
    "card_uri": str,
    "direct_message_deep_link": str,
    "for_super_followers_only": bool,
    "share_with_followers": bool,
}
MEDIA_PARTS = frozenset({"media_ids", "tagged_user_ids", "title", "description", "call_to_actions"})
NAMINGS = {"tweet.fields": ("tweet", "retweet"), "post.fields": ("post", "repost")}
"""Both names stand in X's own pages: the parameter, what it calls a post, and what it calls passing one on."""
_FIELDS = (
    "article attachments author_id card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls edit_history_post_ids edit_history_tweet_ids entities geo id in_reply_to_user_id "
    "lang media_metadata non_public_metrics note_post note_tweet organic_metrics paid_partnership possibly_sensitive "
    "promoted_metrics public_metrics referenced_posts referenced_tweets reply_settings scopes source "
    "suggested_source_links text withheld"
)


@dataclass
class Tweet:
    """A post on a timeline."""

    id: str
    account: str
    text: str
    made: datetime
    media: list[Media]
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What of a post is asked for, and in which of the two namings."""

    fields: frozenset[str]
    expansions: frozenset[str]
    media_fields: frozenset[str]
    post: str
    pass_on: str


def look_of(query: Mapping[str, str]) -> Look:
    """Read ``tweet.fields`` or ``post.fields`` with the expansions."""
    naming = next((name for name in NAMINGS if name in query), "tweet.fields")
    fields = _words(query, naming)
    if unknown := fields - set(_FIELDS.split()):
        raise invalid(naming, min(unknown), "is not one of the known fields.")
    return Look(fields, _words(query, "expansions"), _words(query, "media.fields"), *NAMINGS[naming])


def checked(given: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The text and the media ids of a new post, after X's schema (no unknown parts, types, counts)."""
    for name, value in given.items():
        if name not in PARTS or not isinstance(value, PARTS[name]):
            raise invalid(name, value, f"$.{name}: is not defined in the schema and the schema does not allow it.")
    ids = _media_ids(given["media"]) if "media" in given else []
    if given.get("reply_settings", "verified") not in REPLY_SETTINGS:
        raise invalid("reply_settings", given["reply_settings"], "is not one of the known settings.")
    if "poll" in given:
        _check_poll(given["poll"], ids)
    text = nfc(str(given.get("text", ""))).strip()
    if not text and not ids:
        raise invalid("text", "", "Either text or media is needed.")
    if x_length(text) > MAX_WEIGHT:
        raise Refusal(403, "Your Tweet text is too long.", "client-forbidden")
    if text and not x_valid(text):
        raise invalid("text", "", "The text holds characters that are not allowed.")
    return text, ids


def check_set(media: list[Media]) -> None:
    """Four pictures, or one clip, or one moving picture."""
    lively = sum(each.category in {*CLIPS, GIF} for each in media)
    if len(media) > MAX_PICTURES or (lively and len(media) > 1):
        raise invalid("media.media_ids", len(media), "Too many media for one post.")


def _media_ids(given: Mapping[str, Any]) -> list[str]:
    ids = given.get("media_ids")
    good = isinstance(ids, list) and all(isinstance(each, str) and each.isdecimal() for each in ids)
    if not good or not 1 <= len(ids or []) <= MAX_PICTURES or len(set(ids or [])) < len(ids or []):
        raise invalid("media.media_ids", ids, "$.media.media_ids: 1 to 4 different strings of digits.")
    if given.keys() - MEDIA_PARTS or len(given.get("tagged_user_ids", [])) > MAX_TAGGED:
        raise invalid("media", sorted(given), "is not defined in the schema and the schema does not allow it.")
    return list(ids or [])


def _check_poll(poll: Mapping[str, Any], media: list[str]) -> None:
    options, minutes = poll.get("options", []), poll.get("duration_minutes", 0)
    counted = POLL_OPTIONS[0] <= len(options) <= POLL_OPTIONS[1] and POLL_MINUTES[0] <= minutes <= POLL_MINUTES[1]
    if media or not counted or not all(0 < len(str(option)) <= POLL_LETTERS for option in options):
        raise invalid("poll", options, "A poll has 2 to 4 options of 1 to 25 letters, 5 to 10080 minutes.")


def created(tweet: Tweet) -> dict[str, Any]:
    """The answer to a new post."""
    return {"id": tweet.id, "text": shortened(tweet)[0], "edit_history_tweet_ids": [tweet.id]}


def row_of(tweet: Tweet, look: Look, author: str, now: datetime) -> dict[str, Any]:
    """A post as reading it back shows it: only the fields that were asked for."""
    text, urls = shortened(tweet)
    keys = [each.key for each in tweet.media]
    seen = int((now - tweet.made).total_seconds())
    counts = {"impression": seen, "like": seen // 60, "reply": seen // 600, "quote": 0, "bookmark": seen // 900}
    counts[look.pass_on] = seen // 300
    known: dict[str, Any] = {
        "created_at": f"{tweet.made.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "author_id": author,
        "entities": {"urls": urls} if urls else None,
        "attachments": {"media_keys": keys} if keys else None,
        "public_metrics": {f"{name}_count": count for name, count in counts.items()},
    }
    asked = look.fields | ({"attachments"} if "attachments.media_keys" in look.expansions else set())
    shown = {name: value for name, value in known.items() if name in asked and value is not None}
    return {"id": tweet.id, "text": text, f"edit_history_{look.post}_ids": [tweet.id]} | shown


def includes_of(tweets: list[Tweet], look: Look) -> dict[str, Any]:
    """The media of the posts, where they are asked for."""
    if "attachments.media_keys" not in look.expansions or not any(tweet.media for tweet in tweets):
        return {}
    return {"includes": {"media": [_shown_media(each, look) for tweet in tweets for each in tweet.media]}}


def _shown_media(media: Media, look: Look) -> dict[str, Any]:
    kind = "video" if media.category in CLIPS else "photo"
    alt = {"alt_text": media.alt} if media.alt and "alt_text" in look.media_fields else {}
    return {"media_key": media.key, "type": kind} | alt


def shortened(tweet: Tweet) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back: links become t.co, media add one, and ``& < >`` are escaped."""
    urls: list[dict[str, Any]] = []
    parts: list[str] = []
    place = 0

    def add(real: str, **more: Any) -> None:
        slug = hashlib.sha256(f"{tweet.id}/{len(urls)}".encode()).digest()[:7]
        short = f"https://t.co/{base64.b32encode(slug).decode()[:10]}"
        start = len("".join(parts))
        shown = real.partition("://")[2]
        urls.append({"start": start, "end": start + len(short), "url": short, "expanded_url": real} | more)
        urls[-1]["display_url"] = shown
        parts.append(short)

    for link in x_links(tweet.text):
        start = tweet.text.index(link, place)
        parts.append(html.escape(tweet.text[place:start], quote=False))
        add(link if link.lower().startswith("http") else f"http://{link}")
        place = start + len(link)
    parts.append(html.escape(tweet.text[place:], quote=False))
    if tweet.media:
        kind = "video" if tweet.media[0].category in CLIPS else "photo"
        parts.append(" " if tweet.text else "")
        add(f"https://x.com/i/status/{tweet.id}/{kind}/1", media_key=tweet.media[0].key)
    return "".join(parts), urls


def _words(query: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, query.get(name, "").split(",")))
