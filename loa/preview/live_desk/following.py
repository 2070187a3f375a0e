"""The staff's files while the desk is open: saved → checked → planned → what changed is made → pages are new."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from watchfiles import DefaultFilter, watch

from loa.dispatch import Parts, plan_some
from loa.dispatch.watch import SourceWatch
from loa.errors import LoaError, Problem
from loa.preview.live_desk.feed import Feed
from loa.preview.live_desk.painter import Painter
from loa.preview.live_desk.planning import Planning
from loa.preview.live_desk.touched import touched_by
from loa.preview.memory import give_back
from loa.preview.room import Room

_SETTLE_SECONDS = 0.05
"""An editor may write in several steps."""
_LOOK_SECONDS = 2.0
"""A shared drive tells of no changes: the files are looked at as often as this besides."""
_BREATH_SECONDS = 1.5
"""So long pages have the machine for themselves before what a save lacks is looked for and painted."""
_REST_SECONDS = 20.0
"""So long after a change that was shown at once, and after no other, the whole plan is looked at: who edits saves again
and again, and must not wait for a look at campaigns that nobody has touched."""
_STEP_MS, _DEBOUNCE_MS, _END_MS = 25, 100, 200
_END_SECONDS = 5.0
"""So long the end waits until the process that paints is gone, and nothing of it stays behind."""


class Follower:
    """Follows the files in threads of its own, from ``start`` to ``end``."""

    def __init__(self, room: Room, feed: Feed, plans: Planning) -> None:
        self._room = room
        self._plans = plans
        self._feed = feed
        self._watch = SourceWatch(room.desk.workspace)
        self._seen = "" if feed.problems else self._watch.fingerprint()  # what was wrong may be mended already
        self._watch.fresh(room.desk)  # from here on it knows which settings the desk was made from
        self._moved, self._ended = threading.Event(), threading.Event()
        self._planning = threading.Lock()
        self._saved: set[Path] = set()
        self._painter = Painter(self._renew_made, feed, self._ended)
        self._painting = threading.Thread(target=self._painter.work, name="loa-painter", daemon=True)

    def start(self) -> None:
        """Begin to follow; returns at once."""
        workspace = self._room.desk.workspace
        folders = (workspace.campaigns, workspace.content, workspace.templates, workspace.rules)
        deep = [each for each in folders if each.is_dir()]
        for name, work in (
            ("files", self._follow),
            ("folders", lambda: self._listen(deep, deep=True)),
            ("root", lambda: self._listen([workspace.root], deep=False)),
        ):
            threading.Thread(target=work, name=f"loa-{name}", daemon=True).start()
        self._painting.start()

    def end(self) -> None:
        """Stop, in a few seconds; what is being made is left unfinished, and made when it is next asked for."""
        self._ended.set()
        self._moved.set()
        self._painting.join(_END_SECONDS)
        self._plans.end()

    def _listen(self, folders: Iterable[Path], *, deep: bool) -> None:
        """Wake the follower at each change below ``folders``."""
        if not (paths := list(folders)):
            return
        quiet = DefaultFilter(ignore_dirs=(".git", "__pycache__"))
        news = watch(
            *paths,
            watch_filter=quiet,
            recursive=deep,
            step=_STEP_MS,
            debounce=_DEBOUNCE_MS,
            rust_timeout=_END_MS,
            stop_event=self._ended,
            ignore_permission_denied=True,
            raise_interrupt=False,
        )
        for changes in news:
            self._saved |= {Path(path) for _, path in changes}
            self._moved.set()

    def _follow(self) -> None:
        while not self._ended.is_set():
            if self._moved.wait(_LOOK_SECONDS):
                self._moved.clear()
                self._ended.wait(_SETTLE_SECONDS)
            saved, self._saved = self._saved, set()
            with self._planning:
                now = self._watch.fingerprint()
            if now != self._seen and not self._ended.is_set():
                self._seen = now
                self._bring_in(saved)

    def _bring_in(self, saved: set[Path]) -> None:
        """What was saved at once, what it changed is made; the whole plan when nothing more is saved for a while."""
        self._painter.drop()
        if self._shown_at_once(saved):
            if self._moved.wait(_BREATH_SECONDS):
                self._seen = ""  # more is saved: the rest is looked at after that
                return
            self._painter.look(self._room.desk)
            if self._moved.wait(_REST_SECONDS):
                self._seen = ""
                return
        if self._renew():
            self._painter.look(self._room.desk)

    def _shown_at_once(self, saved: set[Path]) -> bool:
        """Whether all that was saved belongs to items that were planned anew; the whole plan takes its time."""
        if self._feed.problems:
            return False  # only a look at the whole tells that they are mended
        return self._planned(touched_by(self._room.desk.workspace, saved))

    def _planned(self, parts: Parts) -> bool:
        """Bring these items into the book; False where there are none, or the whole plan has to tell why not."""
        with self._planning:
            try:
                if parts:
                    plan_some(self._room.desk, parts)
                    self._feed.tell("files")
            except LoaError:
                return False
        return bool(parts)

    def _renew_made(self, parts: Parts) -> None:
        """What these items lacked was made."""
        if not self._planned(parts):
            self._renew()

    def _renew(self) -> bool:
        """Bring the files into the book; False where they have problems, which every page then shows."""
        with self._planning:
            problems = self._brought_in()
            give_back()
            self._feed.set_problems("plan", problems)
            self._feed.tell("files")
            return not problems

    def _brought_in(self) -> tuple[Problem, ...]:
        try:
            desk = self._watch.fresh(self._room.desk)
            if desk is not self._room.desk:
                self._room.renew(desk)
            return self._plans.bring_in()
        except LoaError as error:
            return error.problems()
