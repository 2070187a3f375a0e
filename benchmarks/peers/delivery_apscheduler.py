"""The peer of benchmarks/delivery.py: APScheduler with its own job store on SQLite, a job for each post.

``python benchmarks/peers/delivery_apscheduler.py FOLDER URL`` sends the posts of the office by the same horns.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from loa import store
from loa.delivery import Message
from loa.dispatch import Desk
from loa.dispatch.posts.wire import message_of

sys.path[:0] = [str(Path(__file__).parents[1])]
from delivery_desk import desk_of  # noqa: E402 (the same office, found by the line above)

_THREADS = 8
_desks: list[Desk] = []
_left = [0]
_over = threading.Event()
_mutex = threading.Lock()


def send(account_id: str, message: Message) -> None:
    """What a job does: the horn's own call and nothing else."""
    _desks[0].publisher_of(account_id).publish(message)
    with _mutex:
        _left[0] -= 1
        if not _left[0]:
            _over.set()


def main() -> None:
    """Add a job for every post, then let them run; the time of adding is told apart."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    desk = desk_of(folder, url)
    _desks.append(desk)
    with desk.book.read() as connection:
        rows = {row.id: row for row in store.deliveries(connection)}
        posts = [(each, message_of(desk, rows[each.delivery_id], each)) for each in store.sendings(connection)]
    _left[0] = len(posts)
    jobs = SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.sqlite'}")
    scheduler = BackgroundScheduler(jobstores={"default": jobs}, executors={"default": ThreadPoolExecutor(_THREADS)})
    scheduler.start(paused=True)
    due = datetime.now(UTC) + timedelta(seconds=1)
    begun = time.perf_counter()
    for each, message in posts:
        scheduler.add_job(
            "delivery_apscheduler:send",
            "date",
            run_date=due,
            args=(each.account_id, message),
            id=each.idem,
            misfire_grace_time=None,
        )
    added = time.perf_counter() - begun
    begun, cpu = time.perf_counter(), time.process_time()
    scheduler.resume()
    _over.wait()
    told = {"sent": len(posts), "wall": time.perf_counter() - begun, "cpu": time.process_time() - cpu, "added": added}
    scheduler.shutdown()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    sys.modules["delivery_apscheduler"] = sys.modules["__main__"]
    main()
