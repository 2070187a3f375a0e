"""What a portal gets: an article that any editor takes, and a feed that any reader reads."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.packages import DUE, Shelf

from loa.delivery import Message

TEXT = """Chào bà con!

Ba việc cần làm:

– Vào https://dichvucong.gov.vn/nop?a=1&b=2.
– Đọc <script>alert(1)</script>
– Bỏ qua javascript:alert(1)

1. Một
2. Hai

Dòng trên
Dòng dưới"""


class Outline(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def _outline(shelf: Shelf, message: Message) -> Outline:
    return Outline((shelf.folder(message) / "bai-viet.html").read_text("utf-8"))


def test_an_article_is_headings_paragraphs_lists_and_figures(shelf: Shelf) -> None:
    picture = shelf.asset("portal", alt_text='Hình "ba việc" & mã QR')
    message = shelf.message("portal", text=TEXT, title="Một & <hai>", summary="Tóm tắt", attachments=(picture,))
    shelf.horn("portal").publish(message)
    page = _outline(shelf, message)
    assert [len(page.of(tag)) for tag in ("h1", "ul", "ol", "li", "figure", "br")] == [1, 1, 1, 5, 1, 1]
    assert page.of("img")[0]["alt"] == 'Hình "ba việc" & mã QR'
    assert (shelf.folder(message) / str(page.of("img")[0]["src"])).is_file()
    assert "Một & <hai>" in page.text


def test_no_script_and_no_link_but_to_the_web(shelf: Shelf) -> None:
    message = shelf.message("portal", text=TEXT)
    shelf.horn("portal").publish(message)
    page = _outline(shelf, message)
    assert page.of("script") == []
    assert [link["href"] for link in page.of("a")] == ["https://dichvucong.gov.vn/nop?a=1&b=2"]
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "<script>alert(1)</script>" in page.text
    assert "javascript:alert(1)" in page.text


def test_documents_stand_below_the_article(shelf: Shelf) -> None:
    paper = shelf.asset("print", "kem-theo")
    message = shelf.message("portal", attachments=(shelf.asset("portal"), paper))
    shelf.horn("portal").publish(message)
    page = _outline(shelf, message)
    assert len(page.of("h2")) == 1
    assert (shelf.folder(message) / str(page.of("a")[0]["href"])).read_bytes() == paper.path.read_bytes()


def _items(shelf: Shelf) -> list[ET.Element]:
    return ET.parse(shelf.packages / "portal/portal-xa-mau/rss.xml").getroot().findall("channel/item")  # noqa: S314 - our own file


def _told(item: ET.Element, name: str) -> str:
    return item.findtext(name, "")


def test_the_feed_shows_an_article_from_its_moment_on_newest_first(shelf: Shelf) -> None:
    horn = shelf.horn("portal")
    early, late = shelf.message("portal"), shelf.message("portal", "hai", title="Tin sau", due=DUE + timedelta(hours=1))
    receipts = {}
    for message in (early, late):
        receipts[message.key] = horn.publish(message).receipt  # type: ignore[union-attr] - both are Pending
    assert _items(shelf) == []
    shelf.clock.move_to(DUE)
    horn.follow_up(early, receipts[early.key])
    assert [_told(item, "guid") for item in _items(shelf)] == [early.key]
    shelf.clock.move_to(DUE + timedelta(hours=1))
    horn.follow_up(late, receipts[late.key])
    assert [_told(item, "title") for item in _items(shelf)] == ["Tin sau", "Ngày mai là 10/10"]
    assert parsedate_to_datetime(_told(_items(shelf)[1], "pubDate")) == DUE


def test_links_of_the_feed_are_whole_addresses_where_the_base_is_known(shelf: Shelf) -> None:
    shelf.clock.move_to(DUE)
    message = shelf.message("portal", title="Một & hai\x0b")
    shelf.horn("portal").publish(message)
    assert _items(shelf)[0].find("link") is None
    shelf.horn("portal", feed_base_url="https://xa-mau.example.vn/loa/").publish(message)
    (item,) = _items(shelf)
    assert _told(item, "link") == f"https://xa-mau.example.vn/loa/{shelf.folder(message).name}/bai-viet.html"
    assert _told(item, "title") == "Một & hai"
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.get("length") == str(message.attachments[0].path.stat().st_size)


def test_the_address_that_a_person_told_is_the_link(shelf: Shelf) -> None:
    horn, message = shelf.horn("portal"), shelf.message("portal")
    receipt = horn.publish(message).receipt  # type: ignore[union-attr] - it is Pending
    told = {"link": "https://xa-mau.example.vn/tin/1"}
    (shelf.folder(message) / "xac-nhan.json").write_text(json.dumps(told), encoding="utf-8")
    horn.follow_up(message, receipt)
    assert [_told(item, "link") for item in _items(shelf)] == ["https://xa-mau.example.vn/tin/1"]


def test_what_was_given_up_or_taken_down_is_not_in_the_feed(shelf: Shelf) -> None:
    shelf.clock.move_to(DUE)
    horn, first, second = shelf.horn("portal"), shelf.message("portal"), shelf.message("portal", "hai")
    for message in (first, second):
        laid = horn.publish(message)
    assert len(_items(shelf)) == 2
    (shelf.folder(first) / "da-huy.txt").write_text("không cần nữa", encoding="utf-8")
    target = laid.receipt.platform_id  # type: ignore[union-attr] - it is Pending
    down = shelf.message("portal", "ba", action="remove", target=target, attachments=())
    horn.publish(down)
    assert [_told(item, "guid") for item in _items(shelf)] == [second.key], "not down until a person says so"
    (shelf.folder(down) / "xac-nhan.json").write_text('{"by": "Hạnh"}', encoding="utf-8")
    horn.publish(down)
    assert _items(shelf) == []
