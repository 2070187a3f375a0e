"""Pictures made to break a decoder: refused with a message or decoded within limits, in little time and memory."""

import hashlib
import io
import os
import re
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from loa.errors import LoaError
from loa.messages import describe
from loa.render.intake import take_in
from loa.workspace import Workspace

VENDORED = Path(__file__).parents[2] / "data" / "hostile_images"
REFUSED = {"E421", "E422", "E423", "E424", "E425"}


def told(ws: Workspace, data: bytes, name: str = "anh.png") -> str:
    (ws.root / name).write_bytes(data)
    try:
        pixels = take_in(ws, name)
    except LoaError as error:
        return error.code if "{" not in describe(error.problems()[0]) else describe(error.problems()[0])
    assert pixels.dtype == np.uint8
    assert max(pixels.shape) <= 2000
    return "pixels"


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes, rows: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = (*chunks, chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(body)


def small_jpeg(**options: object) -> bytes:
    noise = Image.effect_noise((64, 64), 60).convert("RGB")
    return encoded(noise, "JPEG", **options)


def vendored() -> list[str]:
    with zipfile.ZipFile(VENDORED / "pillow.zip") as packed:
        return packed.namelist()


@pytest.mark.parametrize("name", vendored())
def test_a_picture_that_broke_a_decoder_is_refused_or_decoded_within_limits(ws: Workspace, name: str) -> None:
    with zipfile.ZipFile(VENDORED / "pillow.zip") as packed:
        end = told(ws, packed.read(name), "anh" + Path(name).suffix)
    assert end in REFUSED | {"pixels"}
    if not name.endswith((".png", ".jpg")):
        assert end == "E422"


def test_the_vendored_pictures_are_those_whose_hash_is_told() -> None:
    digest = hashlib.sha256((VENDORED / "pillow.zip").read_bytes()).hexdigest()
    assert digest in (VENDORED / "README.md").read_text(encoding="utf-8")
    assert "MIT-CMU" in (VENDORED / "LICENSE").read_text(encoding="utf-8")


HUGE = 50_000
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an empty file": ("E422", lambda: b""),
    "a PNG of two thousand million pixels": ("E423", lambda: png(HUGE, HUGE, rows=bytes(1000))),
    "a PNG of the largest size that can be written": ("E423", lambda: png(2**31 - 1, 2**31 - 1)),
    "a PNG without width": ("E422", lambda: png(0, 10)),
    "a line of one point by fifty thousand": ("E423", lambda: png(1, HUGE, rows=bytes(2 * HUGE))),
    "a text chunk that unpacks to a hundred megabytes": (
        "E422",
        lambda: png(4, 4, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9)), rows=bytes(20)),
    ),
    "a profile that unpacks to a hundred megabytes": (
        "E422",
        lambda: png(4, 4, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000), 9)), rows=bytes(20)),
    ),
    "pixels that unpack to more than was said": ("pixels", lambda: png(4, 4, rows=bytes(50_000_000))),
    "a million empty chunks": ("E425", lambda: png(4, 4, chunk(b"tEXt", b"") * 1_000_000, rows=bytes(20))),
    "a JPEG that begins with megabytes of junk": ("E425", lambda: b"\xff\xd8" + b"\x11" * 20_000_000),
    "a JPEG of a million empty segments": ("E425", lambda: b"\xff\xd8" + b"\xff\xe1\x00\x02" * 1_000_000),
    "a JPEG cut off": ("E422", lambda: small_jpeg()[:900]),
    "a page that calls itself a picture": ("E422", lambda: b"<html><script>alert(1)</script></html>"),
    "a drawing with an order in it": ("E422", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    "a program": ("E422", lambda: b"MZ" + bytes(5000)),
    "an archive": ("E422", lambda: b"PK\x03\x04" + bytes(5000)),
    "PostScript": ("E422", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{} loop\n"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_do_harm_ends_at_once(ws: Workspace, name: str) -> None:
    code, make = BOMBS[name]
    assert told(ws, make()) == code


def test_a_jpeg_whose_scans_never_end_is_refused_before_they_are_read(ws: Workspace) -> None:
    data = small_jpeg(progressive=True)
    start = data.rindex(b"\xff\xda")
    scan = data[start:-2]
    assert told(ws, data) == "pixels"
    assert told(ws, data[:start] + scan * 5000 + b"\xff\xd9") == "E425"


def test_an_orientation_that_is_no_number_leaves_the_picture_as_it_lies(ws: Workspace) -> None:
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x0112, 5, 1, 0xFFFFFF00) + bytes(4)
    assert told(ws, encoded(Image.new("RGB", (30, 20)), "JPEG", exif=exif)) == "pixels"
    assert take_in(ws, "anh.png").shape == (20, 30, 4)


def test_only_the_first_picture_of_a_film_is_taken(ws: Workspace) -> None:
    frames = [Image.new("RGB", (40, 30), color) for color in ("#ff0000", "#00ff00", "#0000ff")]
    for kind in ("PNG", "WEBP"):
        data = encoded(
            frames[0], kind, save_all=True, append_images=frames[1:], **({"lossless": True} if kind == "WEBP" else {})
        )
        assert told(ws, data) == "pixels"
        assert take_in(ws, "anh.png")[5, 5].tolist() == [255, 0, 0, 255]


def test_a_folder_is_told_from_a_picture_that_is_missing(ws: Workspace) -> None:
    (ws.root / "anh").mkdir()
    with pytest.raises(LoaError) as caught:
        take_in(ws, "anh")
    assert caught.value.code == "E424"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_a_pipe_is_refused_instead_of_waited_for(ws: Workspace) -> None:
    os.mkfifo(ws.root / "anh.png")
    with pytest.raises(LoaError) as caught:
        take_in(ws, "anh.png")
    assert caught.value.code == "E424"


@pytest.mark.parametrize(
    "path",
    ["../ngoai.png", "/etc/passwd", "C:/Windows/win.ini", "\\\\may\\chia-se\\a.png", "a/../../b.png", "a\0.png", ""],
)
def test_a_path_that_leads_out_is_refused(ws: Workspace, path: str) -> None:
    with pytest.raises(LoaError) as caught:
        take_in(ws, path)
    assert caught.value.code == "E202"


def test_a_link_that_leads_out_is_refused_and_one_inside_is_followed(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ngoai.png").write_bytes(encoded(Image.new("RGB", (9, 9)), "PNG"))
    (ws.root / "trong.png").write_bytes(encoded(Image.new("RGB", (9, 9)), "PNG"))
    try:
        (ws.root / "ra.png").symlink_to(tmp_path / "ngoai.png")
        (ws.root / "vao.png").symlink_to(ws.root / "trong.png")
    except OSError:
        pytest.skip("this account may not make links")
    with pytest.raises(LoaError) as caught:
        take_in(ws, "ra.png")
    assert caught.value.code == "E202"
    assert take_in(ws, "vao.png").shape == (9, 9, 4)


def test_sixteen_bits_become_eight_with_the_same_greys(ws: Workspace) -> None:
    ramp = np.linspace(0, 65535, 256, dtype=np.uint16)[None, :].repeat(4, axis=0)
    (ws.root / "anh.png").write_bytes(encoded(Image.fromarray(ramp), "PNG"))
    pixels = take_in(ws, "anh.png")
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_photo_for_print_keeps_its_colours(ws: Workspace) -> None:
    data = encoded(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG", quality=95)
    assert told(ws, data) == "pixels"
    red, green, blue, alpha = take_in(ws, "anh.png")[10, 10].tolist()
    assert red > 200
    assert max(green, blue) < 60
    assert alpha == 255


def test_a_photo_in_another_colour_space_is_brought_to_ours(ws: Workspace) -> None:
    (ws.root / "anh.png").write_bytes(
        encoded(Image.new("RGB", (20, 20), (200, 60, 60)), "PNG", icc_profile=wide_profile())
    )
    red, green, blue, _ = take_in(ws, "anh.png")[5, 5].tolist()
    assert red > 215  # a wide red is more than ours: with the same numbers it would look dull
    assert max(green, blue) < 62
    (ws.root / "anh.png").write_bytes(
        encoded(Image.new("RGB", (20, 20), (200, 60, 60)), "PNG", icc_profile=b"khong" * 99)
    )
    assert take_in(ws, "anh.png")[5, 5].tolist() == [200, 60, 60, 255]


def wide_profile() -> bytes:
    """An sRGB profile whose red, green and blue are swapped for wider ones (those of Adobe RGB)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    colors = {
        b"rXYZ": (0.60974, 0.31111, 0.01947),
        b"gXYZ": (0.20528, 0.62567, 0.06087),
        b"bXYZ": (0.14919, 0.06322, 0.74457),
    }
    for index in range(struct.unpack_from(">I", profile, 128)[0]):
        name, offset, _ = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in colors:
            struct.pack_into(">3i", profile, offset + 8, *(round(value * 65536) for value in colors[name]))
        if name == b"desc":
            at = bytes(profile).find("sRGB".encode("utf-16-be"), offset)
            profile[at : at + 8] = "Wide".encode("utf-16-be")
    return bytes(profile)


def test_a_logo_keeps_what_is_clear_of_it_and_what_is_half(ws: Workspace) -> None:
    logo = np.zeros((40, 40, 4), np.uint8)
    logo[:, :, 0] = 200
    logo[:20, :, 3] = 255
    logo[20:30, :, 3] = 128
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True, "exact": True})):
        (ws.root / "anh.png").write_bytes(encoded(Image.fromarray(logo), kind, icc_profile=wide_profile(), **options))
        assert take_in(ws, "anh.png")[[5, 25, 35], 5, 3].tolist() == [255, 128, 0]


def test_nothing_of_a_photo_but_its_pixels_goes_on(ws: Workspace) -> None:
    exif = Image.Exif()
    exif[0x010E] = "toa do nha rieng"
    (ws.root / "anh.jpg").write_bytes(encoded(Image.new("RGB", (30, 20)), "JPEG", exif=exif, comment=b"bi mat"))
    assert isinstance(take_in(ws, "anh.jpg"), np.ndarray)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are set the Linux way")
def test_the_largest_picture_that_is_allowed_stays_within_half_a_gigabyte(ws: Workspace) -> None:
    (ws.root / "lon.png").write_bytes(
        encoded(Image.new("RGBA", (8000, 5000), (10, 20, 30, 128)), "PNG", compress_level=1)
    )
    script = f"""
        import resource
        from pathlib import Path
        from loa.render.intake import take_in
        from loa.workspace import open_workspace
        ws = open_workspace(Path({str(ws.root)!r}))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert take_in(ws, "lon.png").shape == (1250, 2000, 4)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert int(re.findall(r"\d+", done.stdout)[-1]) < 512_000
