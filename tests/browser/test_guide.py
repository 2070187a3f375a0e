"""The pictures of the guide for reviewers are what the pages look like; ``LOA_REWRITE_GOLDEN=1`` makes them anew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.browser import RunningDesk, delivery_of, visiting

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PLACES = {
    "ban-duyet-hom-nay": "/today",
    "ban-duyet-lich": "/calendar?date=2027-09-27",
    "ban-duyet-duyet": "/review?delivery={delivery}",
}


@pytest.fixture(scope="module")
def reader(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    with visiting(browser, desk) as page:
        yield page


@pytest.mark.parametrize("name", PLACES)
def test_a_picture_of_the_guide_shows_its_page(
    reader: Page, desk: RunningDesk, name: str, golden_of: Callable[..., None]
) -> None:
    reader.goto(desk.url + PLACES[name].format(delivery=delivery_of(desk.root, "loi-ich", "facebook")))
    reader.wait_for_load_state("load")
    reader.wait_for_timeout(1_000)  # pictures come lazily, and news of the book are listened to for ever
    golden_of(reader, name, IMAGES, is_masked=False)
