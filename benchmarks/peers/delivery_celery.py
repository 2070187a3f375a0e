"""The peer of benchmarks/delivery.py: Celery with Redis, a task for each post.

``uv run --with celery --with redis --with redis-server python benchmarks/peers/delivery_celery.py FOLDER URL``: the
tasks are laid in first; then a worker of eight threads sends them by the same horns until none is left.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import redis
import redis_server
from celery import Celery

sys.path[:0] = [str(Path(__file__).parents[1])]
from delivery_desk import desk_of  # noqa: E402 (the same office, found by the line above)

from loa import store  # noqa: E402 (after the path)
from loa.delivery import Message  # noqa: E402 (after the path)
from loa.dispatch import Desk  # noqa: E402 (after the path)
from loa.dispatch.posts.wire import message_of  # noqa: E402 (after the path)

_THREADS = "8"
_BROKER = os.environ.get("LOA_BENCH_REDIS", "")
app = Celery("delivery_celery", broker=_BROKER)
app.conf.update(
    task_acks_late=True, worker_prefetch_multiplier=4, task_ignore_result=True, broker_connection_retry=True
)
app.conf.update(task_serializer="pickle", accept_content=["pickle"])
_desks: list[Desk] = []


@app.task(name="send")
def send(folder: str, url: str, account_id: str, message: Message) -> None:
    """What a task does: the horn's own call and nothing else."""
    if not _desks:
        _desks.append(desk_of(Path(folder), url))
    _desks[0].publisher_of(account_id).publish(message)


def _port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> None:
    """Lay every post in, then let a worker send them; the time counts from the gateway's own clock."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    port = _port()
    server = [redis_server.REDIS_SERVER_PATH, "--port", str(port), "--bind", "127.0.0.1", "--appendonly", "yes"]
    with subprocess.Popen(server, cwd=folder, stdout=subprocess.DEVNULL) as broker:
        place = f"redis://127.0.0.1:{port}/0"
        client = redis.Redis(port=port)
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.1)
        app.conf.broker_url = place
        desk = desk_of(folder, url)
        with desk.book.read() as connection:
            rows = {row.id: row for row in store.deliveries(connection)}
            for each in store.sendings(connection):
                message = message_of(desk, rows[each.delivery_id], each)
                send.delay(str(folder), url, each.account_id, message)
        command = [sys.executable, "-m", "celery", "-A", "delivery_celery", "worker", "-P", "threads", "-c", _THREADS]
        place_of_us = str(Path(__file__).parent)
        environment = os.environ | {"LOA_BENCH_REDIS": place, "PYTHONPATH": place_of_us, "C_FORCE_ROOT": "1"}
        log = (folder / "celery.log").open("wb")
        with subprocess.Popen([*command, "-l", "error"], env=environment, stdout=log, stderr=log) as worker:
            while client.llen("celery") or client.hlen("unacked"):
                time.sleep(0.2)
            worker.terminate()
        broker.terminate()


if __name__ == "__main__":
    main()
