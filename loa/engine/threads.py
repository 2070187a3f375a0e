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

    ``send`` must answer for every row; where it raises all the same (the book could not be read), so does this, once
    those under way have ended. ``record`` runs in the caller's thread only.
    """
    answers: queue.SimpleQueue[tuple[Row, Answer] | BaseException] = queue.SimpleQueue()

    def serve(rows: Sequence[Row]) -> None:
        try:
            for row in rows:
                answers.put((row, send(row)))
        except BaseException as error:  # noqa: BLE001 - a thread that ends in silence would be waited for, for ever
            answers.put(error)

    left = sum(len(rows) for rows in work.values())
    with ThreadPoolExecutor(max_workers=min(_THREADS, max(1, len(work)))) as pool:
        for rows in work.values():
            pool.submit(serve, rows)
        while left:
            group = _group(answers)
            record(group)
            left -= len(group)


def _group(answers: queue.SimpleQueue[tuple[Row, Answer] | BaseException]) -> list[tuple[Row, Answer]]:
    """At least one answer, and with it whatever else is already there."""
    group: list[tuple[Row, Answer]] = []
    while len(group) < _GROUP:
        try:
            answer = answers.get(block=not group)
        except queue.Empty:
            break
        if isinstance(answer, BaseException):
            raise answer
        group.append(answer)
    return group
