"""A Chromium for each test process, and the sample office, made once."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support.browser import RunningDesk, chromium, golden, launch, running_desk, sample_office, visiting


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may miss a moment that no person would: what fails is tried once more, and counted.

    The last line of a run tells how many were; a test that fails twice has failed.
    """
    for each in items:
        if Path(__file__).parent in each.path.parents:
            each.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, planned and made. Copy it before you change it."""
    ours = tmp_path_factory.getbasetemp()  # of this process; its parent is shared by the processes of this run only
    return sample_office(ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours)


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    """A copy of the sample office, for a test to change."""
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture(scope="module")
def desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The desk of a copy of the sample office, shared by the tests of a module."""
    copy = shutil.copytree(made, tmp_path_factory.mktemp("desk") / "office")
    with running_desk(Path(copy)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, office: Path) -> Iterator[Page]:
    """A visitor with a desk of their own, over ``office``, at 1366 × 768."""
    with running_desk(office) as found, visiting(browser, found) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, office: Path) -> Iterator[Page]:
    """The same on a phone, 390 pixels wide."""
    with running_desk(office) as found, visiting(browser, found, width=390, height=844, has_touch=True) as page:
        yield page


@pytest.fixture
def golden_of() -> Callable[..., None]:
    """Compare with the screenshot of this name, or write it anew where the environment asks for that."""
    return partial(golden, rewrite=bool(os.environ.get("LOA_REWRITE_GOLDEN")))
