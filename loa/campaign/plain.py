"""Markdown → the text of a post: no markup is left, line breaks and blank lines stay as they were written."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?")
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~).*$")
_HARD_BREAK = re.compile(r"(?:\\|[ \t]+)$")
# One piece of markup, the earlier wins where two could begin: what must stay as it is comes first.
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[\\`*_{}\[\]()\#+.!>~|-])
    | `(?P<code>[^`\n]+)`
    | !\[(?P<alt>[^\]\n]*)\]\([^)\n]*\)
    | \[(?P<label>[^\]\n]+)\]\((?P<target>[^)\s]+)(?:\s+"[^"\n]*")?\)
    | <(?P<auto>(?:https?://|mailto:)[^>\s]+)>
    | (?P<url>https?://[^\s<>]*[^\s<>.,;:!?'")\]}*_])
    | \*\*\*(?P<both>[^*\n]+)\*\*\*
    | \*\*(?P<strong>[^\n]+?)\*\*
    | \*(?P<soft>[^*\s](?:[^*\n]*[^*\s])?)\*
    | (?<!\w)__(?P<strong_>[^_\n]+)__(?!\w)
    | (?<!\w)_(?P<soft_>[^_\s](?:[^_\n]*[^_\s])?)_(?!\w)
    | ~~(?P<struck>[^~\n]+)~~
    """,
    re.VERBOSE,
)
_KEPT = ("escaped", "code", "url")
_INNER = ("both", "strong", "soft", "strong_", "soft_", "struck")


def plain_text(markdown: str) -> str:
    """``markdown`` as people read it in a post or a short message."""
    lines = [_line(line) for line in _COMMENT.sub("", markdown).splitlines()]
    text = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def paragraphs(markdown: str) -> tuple[str, ...]:
    """The paragraphs of ``plain_text``."""
    return tuple(part for part in plain_text(markdown).split("\n\n") if part.strip())


def _line(line: str) -> str | None:
    """One line without its markup; None for a line that is nothing but markup."""
    if _RULE.match(line) or _FENCE.match(line):
        return None
    line = _QUOTE.sub("", line)
    heading = _HEADING.match(line)
    line = heading[1] if heading else _BULLET.sub(r"\1– ", line)
    return _HARD_BREAK.sub("", _inline(line))


def _inline(text: str) -> str:
    return _INLINE.sub(_piece, text)


def _piece(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind in _KEPT:
        return found[kind]
    if kind in _INNER:
        return _inline(found[kind])
    if kind == "auto":
        return found["auto"].removeprefix("mailto:")
    if kind == "target":
        label, target = _inline(found["label"]), found["target"].removeprefix("mailto:").removeprefix("tel:")
        return label if label == target else f"{label}: {target}"
    return ""
