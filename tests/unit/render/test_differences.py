"""Pictures laid upon each other: what changed is marked, what did not is pale."""

from pathlib import Path

from PIL import Image

from loa.render.differences import pixel_difference

MARK = (214, 0, 110)


def _picture(path: Path, size: tuple[int, int] = (100, 80), spot: tuple[int, int, int, int] | None = None) -> Path:
    picture = Image.new("RGB", size, (20, 60, 140))
    if spot:
        picture.paste((250, 250, 250), spot)
    picture.save(path)
    return path


def test_a_spot_that_changed_is_marked_and_nothing_else(tmp_path: Path) -> None:
    before, after = _picture(tmp_path / "a.png"), _picture(tmp_path / "b.png", spot=(40, 30, 50, 40))
    share = pixel_difference(before, after, tmp_path / "out" / "d.png")
    assert share == 100 / 8000
    with Image.open(tmp_path / "out" / "d.png") as found:
        assert found.getpixel((45, 35)) == MARK
        assert found.getpixel((10, 10)) != MARK


def test_equal_pictures_have_no_mark(tmp_path: Path) -> None:
    before = _picture(tmp_path / "a.png", spot=(1, 1, 9, 9))
    assert pixel_difference(before, before, tmp_path / "d.png") == 0
    with Image.open(tmp_path / "d.png") as found:
        assert MARK not in [colour for _, colour in found.convert("RGB").getcolors() or ()]


def test_what_a_smaller_picture_lacks_has_changed(tmp_path: Path) -> None:
    before, after = _picture(tmp_path / "a.png"), _picture(tmp_path / "b.png", size=(100, 100))
    share = pixel_difference(before, after, tmp_path / "d.png")
    assert share == 2000 / 10000
