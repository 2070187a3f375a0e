"""Captions in the form that browsers read; light, because the shelf writes them."""

from __future__ import annotations


def vtt(subrip: str) -> str:
    """SubRip as WebVTT: the same cues, line for line."""
    lines = subrip.split("\n")
    return "WEBVTT\n\n" + "\n".join(line.replace(",", ".") if " --> " in line else line for line in lines)
