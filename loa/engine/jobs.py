"""Procrastinate as the carrier over many machines: a job hands one account, or one piece of rendering, to a worker.

The book is the truth: a job says only where there is work, and one that runs twice or is lost harms nothing. Jobs are
made when work is due and deleted when they have run, so that their table stays small. The tables of the engine lie
in the book's own database, in a schema of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager

DELIVER = "deliver"
SCHEMA = "loa_jobs"
_LAYING_OUT = 0x10A_70B5
"""The lock under which the engine's tables are laid out: several processes may begin in one moment."""
_HEARTBEAT_SECONDS = 2.0
_POLL_SECONDS = 5.0
"""The database tells of new jobs by itself; this is for the case that it could not."""
_LOOK_SECONDS = 0.2
"""How soon a worker that is asked to leave stops fetching."""
_POOL = 4

_manager = JobManager(SyncPsycopgConnector())
"""Writes jobs on connections of the book; its own connector is never opened."""


@dataclass(frozen=True, slots=True)
class Crew:
    """One kind of job that a worker takes: its name, what it does with a key, and with how many threads."""

    job: str
    work: Callable[[str], None]
    threads: int


def version() -> str:
    """Which tables the installed engine wants."""
    return hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest()[:16]


def laid_out(connection: Any) -> str:
    """Which tables of the engine lie in the book's database; empty for none. ``connection`` is one of the book."""
    found = _driver(connection).execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [SCHEMA])
    return (found.fetchone() or [None])[0] or ""


def lay_out(connection: Any) -> None:
    """Lay the engine's tables out where they are missing, or replace those of another version: jobs are only hints."""
    driver = _driver(connection)
    driver.execute("SELECT pg_advisory_xact_lock(%s)", [_LAYING_OUT])
    if laid_out(connection) == version():
        return
    driver.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    driver.execute(f"CREATE SCHEMA {SCHEMA}")
    driver.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{version()}'")
    _enter(driver)
    driver.execute(SchemaManager.get_schema())


def hand_over(connection: Any, job: str, keys: Collection[str]) -> None:
    """Make a job for each of ``keys`` that has none waiting, in the transaction of ``connection``.

    Two jobs with one key never run at once, and at most one waits.
    """
    driver = _driver(connection)
    _enter(driver)
    waiting = driver.execute("SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo'")
    known = {row[0] for row in waiting}
    names = {key: f"{job}/{key}" for key in sorted(keys)}
    new = [
        Job(queue=job, lock=name, queueing_lock=name, task_name=job, task_kwargs={"key": key})
        for key, name in names.items()
        if name not in known
    ]
    if new:
        _insert(connection, driver, new)


def sweep(connection: Any, lease: float) -> None:
    """Take away the jobs of workers whose sign of life is older than ``lease`` seconds: they are made anew."""
    driver = _driver(connection)
    _enter(driver)
    # A worker's row that goes takes itself out of its jobs.
    stalled = "last_heartbeat < now() - make_interval(secs => %s)"
    driver.execute(f"DELETE FROM procrastinate_workers WHERE {stalled}", [lease])  # noqa: S608 - words of our own
    driver.execute("DELETE FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NULL")


def work(address: str, name: str, crews: Collection[Crew], is_over: Callable[[], bool]) -> None:
    """Take jobs until ``is_over``; what has begun is brought to its end. ``name`` stands in the database's sessions.

    Raises:
        procrastinate.exceptions.ConnectorException: the database cannot be reached.
    """
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # psycopg cannot use Windows' own loop
        runner.run(_work(address, name, crews, is_over))


async def _work(address: str, name: str, crews: Collection[Crew], is_over: Callable[[], bool]) -> None:
    settings = {"options": f"-c search_path={SCHEMA}", "application_name": name}
    connector = PsycopgConnector(conninfo=address, kwargs=settings, min_size=1, max_size=_POOL)
    app = App(connector=connector)
    async with app.open_async():
        workers = [asyncio.create_task(_crew(app, crew)) for crew in crews]
        while not (is_over() or any(each.done() for each in workers)):  # noqa: ASYNC110 - other threads set it
            await asyncio.sleep(_LOOK_SECONDS)
        for worker in workers:
            worker.cancel()  # it stops fetching, and ends when its jobs have ended
        await asyncio.gather(*workers, return_exceptions=True)


async def _crew(app: App, crew: Crew) -> None:
    with ThreadPoolExecutor(crew.threads, thread_name_prefix=crew.job) as pool:
        app.task(name=crew.job, queue=crew.job)(_in_threads(pool, crew.work))
        await app.run_worker_async(
            queues=[crew.job],
            concurrency=crew.threads,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.ALWAYS.value,
            update_heartbeat_interval=_HEARTBEAT_SECONDS,
            fetch_job_polling_interval=_POLL_SECONDS,
        )


def _in_threads(pool: ThreadPoolExecutor, function: Callable[[str], None]) -> Callable[[str], Awaitable[None]]:
    async def run(key: str) -> None:
        await asyncio.get_running_loop().run_in_executor(pool, function, key)

    return run


def _insert(connection: Any, driver: Any, new: list[Job]) -> None:
    try:
        with connection.begin_nested():
            _manager.batch_defer_jobs(new, connection=driver)
    except AlreadyEnqueued:  # another process made one of them in this very moment: the next beat makes the rest
        logging.getLogger(__name__).info("jobs_made_elsewhere")


def _enter(driver: Any) -> None:
    """Until the end of the transaction the engine's tables are found first."""
    driver.execute("SELECT set_config('search_path', %s || ', ' || current_setting('search_path'), true)", [SCHEMA])


def _driver(connection: Any) -> Any:
    """The psycopg connection under one of the book."""
    return connection.connection.driver_connection
