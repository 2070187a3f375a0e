"""Pictures from outside: what is none, is broken or too large is refused; what is kept is made anew."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from support.at_the_door import Browser, ask
from support.browser import running_desk
from support.naughty import SVGS, strings
from support.office import make_office

from loa.errors import LoaError
from loa.preview.door.uploads import MOST_PICTURE_BYTES, clean_picture


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c01020").save(out, kind, **more)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes, *more: bytes) -> bytes:
    """A PNG that says it has such a size, whatever is in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    parts = (head, *more, chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_places(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif[0x0112] = 6  # lies on its side
    return picture(kind, exif=exif)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_made_anew_upright_and_without_what_was_beside_its_pixels(kind: str) -> None:
    cleaned = clean_picture(with_places(kind))

    assert b"Camera of somebody" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (30, 40), {})
        red, green, blue = found.getpixel((15, 20))
        assert (abs(red - 0xC0), abs(green - 0x10), abs(blue - 0x20)) < (6, 6, 6)


def test_a_large_picture_is_kept_no_larger_than_needed() -> None:
    with Image.open(io.BytesIO(clean_picture(picture("JPEG", (6000, 3000))))) as found:
        assert found.size == (4096, 2048)


BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a page": lambda: b"<html><script>alert(1)</script></html>",
    "a drawing": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a GIF": lambda: picture("GIF"),
    "a BMP": lambda: picture("BMP"),
    "a TIFF": lambda: picture("TIFF"),
    "half a PNG": lambda: picture("PNG", (900, 900))[:200],
    "half a JPEG": lambda: picture("JPEG", (900, 900), quality=95)[:700],
    "half a WEBP": lambda: picture("WEBP", (900, 900))[:60],
    "a sound in a RIFF": lambda: b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40),
    "a PNG in name only": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "a JPEG in name only": lambda: b"\xff\xd8\xff" + bytes(500),
    "a size of nothing": lambda: png(0, 0, zlib.compress(b"")),
    "a bomb of pixels": lambda: png(60_000, 60_000, zlib.compress(bytes(60_001 * 100))),
    "a size that no machine has": lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0")),
    "a bomb of words": lambda: png(
        1, 1, zlib.compress(b"\0\0"), chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))
    ),
    "broken data": lambda: png(20, 20, b"this was never compressed"),
    "more than the most": lambda: picture("PNG") + bytes(MOST_PICTURE_BYTES),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sound_picture_is_refused(name: str) -> None:
    with pytest.raises(LoaError) as raised:
        clean_picture(BAD[name]())
    assert raised.value.code == "E814"


@pytest.mark.parametrize("start", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBP"])
def test_a_drawing_is_no_picture_whatever_it_begins_with(start: bytes) -> None:
    for drawing in SVGS if not start else SVGS[:4]:
        with pytest.raises(LoaError) as raised:
            clean_picture(start + drawing.encode())
        assert raised.value.code == "E814"


def form(boundary: str, photo: bytes, link: str = "", name: str = "../../a.jpg") -> bytes:
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="link"\r\n\r\n{link}\r\n'.encode(),
        f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="{name}"\r\n'.encode(),
        b"Content-Type: image/jpeg\r\n\r\n" + photo + b"\r\n",
        f"--{boundary}--\r\n".encode(),
    ]
    return b"".join(lines)


def test_only_a_whole_form_about_work_that_is_open_is_taken(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    with running_desk(office) as found:
        browser = Browser(found.link)
        browser.post("/sign-in", person="lan")
        headers = [
            *browser.own(),
            ("Origin", browser.origin),
            ("X-CSRF", browser.word()),
            ("Content-Type", "multipart/form-data; boundary=b"),
        ]
        broken = ask(browser.host, "POST", "/deliveries/none/done", headers, "no form at all")
        assert broken.status == 400
        unknown = ask(browser.host, "POST", "/deliveries/none/done", headers, form("b", b"").decode())
        assert "E696" in unknown.body
        for words in strings():
            name = words.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")  # as every browser writes it
            told = ask(browser.host, "POST", "/deliveries/none/done", headers, form("b", b"", words, name).decode())
            assert told.status in (400, 409), words  # a boundary within the words makes it no form
            assert "harmed" not in told.body
        text = ask(browser.host, "POST", "/deliveries/none/done", [*headers[:-1], ("Content-Type", "text/plain")], "x")
        assert text.status == 403
