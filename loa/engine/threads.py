"""Threads as carriers. Answers are handed back in groups, so that one commit may hold many of them."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Row = TypeVar("Row")
Answer = TypeVar("Answer")

_GROUP = 32
_THREADS = 8


def carry(
    work: Mapping[str, Sequence[Row]],
    send: Callable[[Row], Answer],
    record: Callable[[Sequence[tuple[Row, Answer]]], None],
) -> None:
    """Send all of ``work`` (account → rows in order) and record every answer; returns when all are recorded.

    ``send`` must answer for every row and never raise; ``record`` runs in the caller's thread only.
    """
    answers: queue.SimpleQueue[tuple[Row, Answer]] = queue.SimpleQueue()

    def serve(rows: Sequence[Row]) -> None:
        for row in rows:
            answers.put((row, send(row)))

    left = sum(len(rows) for rows in work.values())
    with ThreadPoolExecutor(max_workers=min(_THREADS, max(1, len(work)))) as pool:
        for rows in work.values():
            pool.submit(serve, rows)
        while left:
            group = _group(answers)
            record(group)
            left -= len(group)


def _group(answers: queue.SimpleQueue[tuple[Row, Answer]]) -> list[tuple[Row, Answer]]:
    """At least one answer, and with it whatever else is already there."""
    group = [answers.get()]
    while len(group) < _GROUP:
        try:
            group.append(answers.get_nowait())
        except queue.Empty:
            break
    return group
