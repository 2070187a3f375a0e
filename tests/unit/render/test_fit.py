"""A picture that a channel would refuse for its bytes or pixels is derived into one that it takes."""

import io
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image, JpegImagePlugin

from loa.delivery import MediaRule
from loa.errors import RenderError
from loa.render import Asset, Order, fit, fitted
from loa.render.scan import codes_in
from loa.render.shelf import Made, Shelf

RULE = MediaRule("picture", ("image/jpeg", "image/png"), max_count=10, max_bytes=1_000_000)
LINK = "https://dichvucong.gov.vn/thu-tuc/khai-sinh"
RNG = np.random.default_rng(1588)


def noisy(width: int, height: int, strength: int = 40) -> Image.Image:
    """A picture that is hard to press: a slope of colours with grain."""
    slope = np.linspace(40, 200, width)[None, :, None] + np.linspace(0, 40, height)[:, None, None]
    grain = RNG.integers(-strength, strength + 1, (height, width, 3))
    return Image.fromarray(np.clip(slope + grain, 0, 255).astype(np.uint8))


def with_code(picture: Image.Image, scale: int) -> Image.Image:
    out = io.BytesIO()
    segno.make(LINK, error="m").save(out, kind="png", scale=scale, border=4)
    picture.paste(Image.open(out).convert("RGB"), (picture.width // 2, picture.height // 2))
    return picture


def laid(tmp_path: Path, picture: Image.Image, extension: str = "jpg", quality: int = 95) -> tuple[Shelf, Asset]:
    """The picture as an asset on a shelf."""
    out = io.BytesIO()
    picture.save(out, {"jpg": "JPEG", "png": "PNG"}[extension], quality=quality, subsampling=0)
    shelf = Shelf(tmp_path / "assets")
    made = Made(extension, out.getvalue(), *picture.size, alt_text="Hình thử")
    return shelf, shelf.put("ab" * 20, Order("infographics/thu", "square"), made)


def opened(asset: Asset) -> Image.Image:
    picture = Image.open(asset.path)
    picture.load()
    return picture


def rule(max_bytes: int = 10_000_000, **changes: tuple[int, int]) -> MediaRule:
    return MediaRule("picture", ("image/jpeg",), max_count=1, max_bytes=max_bytes, **changes)


def test_what_keeps_the_rule_stays_as_it_is(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(300, 300))
    assert fit(shelf, asset, [RULE]) is asset
    assert fitted(shelf, asset, [RULE]) is asset


def pressed(picture: Image.Image, quality: int, colour: int) -> Image.Image:
    """The picture as a JPEG of this quality, in full colour (0) or half (2); ``bytes`` in its info."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=colour, optimize=True)
    found = Image.open(out)
    found.info["bytes"] = len(out.getvalue()) + 1000  # and a profile
    return found


def test_too_many_bytes_cost_quality_first_and_as_little_as_possible(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(1400, 1400, 12))
    wanted = pressed(opened(asset), 83, 0)
    variant = fit(shelf, asset, [rule(wanted.info["bytes"])])
    assert (variant.width, variant.height) == (1400, 1400)
    assert variant.path.stat().st_size <= wanted.info["bytes"]
    assert opened(variant).quantization == wanted.quantization
    assert JpegImagePlugin.get_sampling(opened(variant)) == 0


def test_then_half_of_the_colour_then_pixels_but_not_below_what_a_phone_shows(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(1400, 1600, 12))
    wanted = pressed(opened(asset), 70, 2)
    half = fit(shelf, asset, [rule(wanted.info["bytes"])])
    assert (half.width, half.height) == (1400, 1600)
    assert opened(half).quantization == wanted.quantization
    assert JpegImagePlugin.get_sampling(opened(half)) == 2
    fewer = fit(shelf, asset, [rule(pressed(opened(asset), 60, 2).info["bytes"])])
    assert 1080 <= fewer.width < 1400
    assert fewer.width / fewer.height == pytest.approx(1400 / 1600, abs=0.002)
    assert fit(shelf, asset, [rule(wanted.info["bytes"] // 5)]) is asset  # nothing good is left: it stays broken


def test_too_many_pixels_are_fewer_in_the_same_shape(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(1080, 1920, 5))
    variant = fit(shelf, asset, [rule(max_size=(1024, 1280))])
    assert (variant.width, variant.height) == (720, 1280)
    assert opened(variant).size == (720, 1280)


def test_a_png_becomes_a_jpeg_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    shelf, asset = laid(tmp_path, clear, "png")
    variant = fit(shelf, asset, [rule()])
    assert (variant.media_type, variant.path.suffix) == ("image/jpeg", ".jpg")
    assert opened(variant).getpixel((100, 100)) == (255, 255, 255)
    assert fit(shelf, asset, [MediaRule("picture", ("image/webp",), 1, 10_000)]) is asset


def test_the_variant_says_nothing_but_its_colours(tmp_path: Path) -> None:
    picture = noisy(600, 600)
    exif = Image.Exif()
    exif[0x010E] = "máy của tôi"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"ghi chu")
    shelf = Shelf(tmp_path / "assets")
    asset = shelf.put("cd" * 20, Order("a", "b"), Made("jpg", out.getvalue(), 600, 600, ""))
    variant = opened(fit(shelf, asset, [rule(max_size=(500, 500))]))
    assert "exif" not in variant.info
    assert "comment" not in variant.info
    assert variant.info["icc_profile"]


def test_it_is_made_once_and_always_with_the_same_bytes(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(600, 600))
    strict = rule(asset.path.stat().st_size // 2)
    assert fitted(shelf, asset, [strict]) is None
    variant = fit(shelf, asset, [strict])
    stamp = variant.path.stat().st_mtime_ns
    assert fit(shelf, asset, [strict]) == variant == fitted(shelf, asset, [strict])
    assert variant.path.stat().st_mtime_ns == stamp
    assert (variant.template, variant.format, variant.alt_text) == (asset.template, asset.format, asset.alt_text)
    elsewhere, same = laid(tmp_path / "elsewhere", opened(asset), quality=95)
    other = fit(Shelf(tmp_path / "other"), asset, [strict])
    assert other.sha256 == variant.sha256
    assert other.path != variant.path
    assert fit(elsewhere, same, [rule(asset.path.stat().st_size // 3)]).key != variant.key


def test_of_several_rules_one_is_enough(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(800, 800))
    assert fit(shelf, asset, [rule(max_size=(500, 500)), rule()]) is asset
    variant = fit(shelf, asset, [rule(ratio=(1.5, 2.0)), rule(max_size=(500, 500))])
    assert variant.width == 500


def test_what_smaller_does_not_mend_is_left_alone(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(800, 800))
    assert fit(shelf, asset, [rule(ratio=(1.5, 2.0))]) is asset
    assert fitted(shelf, asset, [rule(max_bytes=1000, min_size=(900, 900))]) is asset  # nothing is waited for
    assert fit(shelf, asset, [rule(min_size=(900, 900))]) is asset
    assert fit(shelf, asset, [rule(max_size=(500, 500), min_size=(600, 600))]) is asset


def test_what_nobody_has_tried_changes_no_picture(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(800, 800))
    untried = MediaRule("picture", ("image/jpeg",), 1, 10_000_000, max_size=(500, 500), untried=("size",))
    assert fit(shelf, asset, [untried]) is asset


def test_a_code_that_can_be_scanned_stays_one(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, with_code(noisy(900, 900, 5), 6))
    variant = fit(shelf, asset, [rule(max_size=(600, 600))])
    assert codes_in(opened(variant), (600, 600)) == {LINK}
    shelf, tiny = laid(tmp_path / "tiny", with_code(noisy(1200, 1200, 5), 3))
    assert codes_in(opened(tiny), (1200, 1200)) == {LINK}
    assert fit(shelf, tiny, [rule(max_size=(300, 300))]) is tiny


def test_a_damaged_file_is_told_as_one(tmp_path: Path) -> None:
    shelf, asset = laid(tmp_path, noisy(300, 300))
    asset.path.write_bytes(b"\xff\xd8" + b"no picture" * 50)
    with pytest.raises(RenderError) as told:
        fit(shelf, asset, [rule(max_size=(100, 100))])
    assert told.value.code == "E489"
