import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from loa.errors import RenderError
from loa.render.audio.ffmpeg import decode
from loa.render.audio.loudness import PEAK, level, measure, normalise

RATE = 48_000
Sound = NDArray[np.float64]


def write(path: Path, sound: Sound, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if sound.ndim == 1 else 2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def seconds(count: float) -> Sound:
    return np.arange(int(RATE * count)) / RATE


def noise(loudness: float, length: float = 6) -> Sound:
    return np.random.default_rng(10).normal(0, loudness, int(RATE * length))


def knocks(length: float = 6) -> Sound:
    """A soft voice with loud knocks on the microphone."""
    return noise(0.02, length) + np.where(np.arange(int(RATE * length)) % RATE < 30, 0.9, 0)


def test_the_meter_shows_what_the_standard_defines(tmp_path: Path) -> None:
    # EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS in both channels is -23 LUFS
    tone = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * seconds(20))
    assert measure(write(tmp_path / "sine.wav", np.stack([tone, tone], axis=1))) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".wav"])
@pytest.mark.parametrize("sound", [noise(0.1), noise(0.0015), knocks(), 0.4 * np.sin(2 * np.pi * 60 * seconds(6))])
def test_every_sound_comes_out_equally_loud_with_its_peaks_held(tmp_path: Path, sound: Sound, suffix: str) -> None:
    result = tmp_path / f"ra{suffix}"
    told = normalise(write(tmp_path / "vao.wav", sound), result, channels=1)
    heard = level(result)
    assert abs(heard.lufs + 16) <= 0.5
    assert heard.peak <= PEAK
    assert told == heard.lufs


def test_another_loudness_may_be_asked_for(tmp_path: Path) -> None:
    assert normalise(write(tmp_path / "vao.wav", noise(0.1)), tmp_path / "ra.wav", lufs=-23) == pytest.approx(
        -23, abs=0.5
    )


def test_the_same_sound_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "vao.wav", noise(0.1, 2))
    for suffix in (".mp3", ".m4a", ".wav"):
        one, other = tmp_path / f"mot{suffix}", tmp_path / f"hai{suffix}"
        normalise(source, one)
        normalise(source, other)
        assert one.read_bytes() == other.read_bytes()


def test_silence_and_a_sound_of_a_moment_are_refused(tmp_path: Path) -> None:
    for sound in (np.zeros(RATE * 2), noise(0.1, 0.2)):
        with pytest.raises(RenderError) as caught:
            normalise(write(tmp_path / "im.wav", sound), tmp_path / "ra.wav")
        assert caught.value.code == "E472"
    assert not (tmp_path / "ra.wav").exists()


def test_clicks_alone_cannot_be_made_loud_and_are_refused(tmp_path: Path) -> None:
    clicks = np.where(np.arange(RATE * 6) % (RATE // 2) < 40, 0.9, 0.0)
    with pytest.raises(RenderError) as caught:
        normalise(write(tmp_path / "go.wav", clicks), tmp_path / "ra.wav")
    assert caught.value.code == "E473"


@pytest.mark.parametrize(
    "content",
    [b"", b"khong phai am thanh", b"ffconcat version 1.0\nfile /etc/passwd\n", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"],
)
def test_what_is_no_sound_is_refused_and_a_play_list_is_not_followed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gia.mp3").write_bytes(content)
    with pytest.raises(RenderError) as caught:
        measure(tmp_path / "gia.mp3")
    assert caught.value.code == "E471"


def test_a_name_that_looks_like_an_order_to_ffmpeg_is_only_a_name(tmp_path: Path) -> None:
    odd = write(tmp_path / "-i %03d.wav", noise(0.1, 1))
    assert measure(odd) < 0


def test_a_recording_that_is_too_large_or_too_long_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "lon.wav"
    with huge.open("wb") as file:
        file.truncate(301_000_000)  # holes: nothing is written to the disk
    long = write(tmp_path / "dai.wav", np.zeros(8_000 * 1_802), 8_000)
    for path in (huge, long):
        with pytest.raises(RenderError) as caught:
            decode(path, 8_000)
        assert caught.value.code == "E471"
