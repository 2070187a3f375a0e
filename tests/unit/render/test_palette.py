"""A palette from the colour of an office: it reads everywhere, whatever the colour."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pictures import make_studio

from loa.render.brand_check import check_brand
from loa.render.brand_new import new_brand
from loa.render.contrast import contrast
from loa.render.library import load_brand
from loa.render.palette import Lch, derive, least_contrast, readable
from loa.render.tree.theme import parse_hex

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@given(COLORS)
def test_a_colour_comes_back_from_lightness_chroma_and_hue(color: str) -> None:
    before, after = parse_hex(color), parse_hex(Lch.of(color).hex())

    assert all(abs(one - other) <= 1 for one, other in zip(before, after, strict=True))


@given(COLORS, st.lists(COLORS, min_size=1, max_size=3), st.sampled_from([3.0, 4.5]))
def test_a_readable_colour_keeps_its_hue_and_reads(text: str, grounds: list[str], least: float) -> None:
    found = readable(text, grounds, least)
    best = max(least_contrast("#000000", grounds), least_contrast("#FFFFFF", grounds))

    assert least_contrast(found, grounds) >= min(least, best) - 0.01
    if least_contrast(text, grounds) >= least:
        assert found == text


@settings(max_examples=60, deadline=None)
@given(COLORS, COLORS | st.just(""))
def test_every_pair_of_a_derived_palette_reads_for_all_and_for_elder_readers(
    tmp_path_factory: pytest.TempPathFactory, primary: str, highlight: str
) -> None:
    ws = make_studio(tmp_path_factory.mktemp("brand"))
    new_brand(ws, "tinh", primary, highlight)

    assert check_brand(ws, "tinh") == []


@pytest.mark.parametrize("color", ["#0B6B3A", "#12489C", "#9C1B1E", "#5B2A86"])
def test_a_colour_that_already_reads_is_kept_as_it_is(color: str) -> None:
    assert derive(color).colors["primary"] == color
    assert derive(color).accents[0] == color


def test_accents_of_the_same_hue_as_the_office_are_left_out() -> None:
    red = derive("#B3141F")

    assert "#C81E36" not in red.accents
    assert len(red.accents) == 6


def test_a_brand_without_colours_for_elder_readers_keeps_its_own_hue(tmp_path: Path) -> None:
    ws = make_studio(tmp_path / "studio")
    folder = ws.templates / "brands"
    folder.mkdir(parents=True)
    (folder / "xanh.yaml").write_text('colors: {primary: "#0B4F2A"}\n', encoding="utf-8")

    assert load_brand(ws, "xanh").of_variant("elder").colors["primary"] == "#0B4F2A"
    assert load_brand(ws, "xanh").of_variant("elder").colors["paper"] == "#FFFFFF"


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast(parse_hex("#000000"), parse_hex("#FFFFFF")) == pytest.approx(21)
    assert contrast(parse_hex("#767676"), parse_hex("#FFFFFF")) == pytest.approx(4.54, abs=0.01)
