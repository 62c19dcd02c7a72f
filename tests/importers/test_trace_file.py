"""Acoustic traces out of files: WAV of every depth, tables with commas and points, and what is refused."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.importers.trace_file import read_trace

SAMPLES = np.round(np.sin(np.arange(400) / 5) * 100)


def wav(path: Path, body: bytes, form: tuple[int, int, int, int], extra: bytes = b"") -> Path:
    """`form`: kind, channels, samples a second, bits."""
    kind, channels, rate, bits = form
    width = channels * bits // 8
    told = struct.pack("<HHIIHH", kind, channels, rate, rate * width, width, bits) + extra
    chunks = b"fmt " + struct.pack("<I", len(told)) + told + b"LIST\x03\0\0\0abc\0"
    chunks += b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def _of_24_bits() -> bytes:
    return b"".join(int(one).to_bytes(3, "little", signed=True) for one in SAMPLES)


@pytest.mark.parametrize(
    ("kind", "bits", "body"),
    [
        (1, 8, (SAMPLES + 128).astype("u1").tobytes()),
        (1, 16, SAMPLES.astype("<i2").tobytes()),
        (1, 24, _of_24_bits()),
        (1, 32, SAMPLES.astype("<i4").tobytes()),
        (3, 32, SAMPLES.astype("<f4").tobytes()),
    ],
    ids=["8", "16", "24", "32", "float"],
)
def test_a_wav_of_any_depth_has_the_samples_that_were_put_in(
    tmp_path: Path, kind: int, bits: int, body: bytes
) -> None:
    trace = read_trace(wav(tmp_path / "shot.wav", body, (kind, 1, 1000, bits)))
    assert trace.rate_hz == 1000
    assert trace.channels[0].tolist() == SAMPLES.tolist()


def test_a_wav_of_two_channels_that_broke_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    both = np.c_[SAMPLES, -SAMPLES].astype("<i2").tobytes()
    extra = b"\x16\0\x10\0\x03\0\0\0\x01\0" + bytes(14)
    trace = read_trace(wav(tmp_path / "a.wav", both[:-3], (0xFFFE, 2, 2000, 16), extra))
    assert [one.tolist() for one in trace.channels] == [SAMPLES[:-1].tolist(), (-SAMPLES[:-1]).tolist()]


def _table(
    path: Path, heading: str, cut: str, *, step: float | None, mark: str = ".", twice: int = 1
) -> Path:
    rows = []
    for number, value in enumerate(SAMPLES.tolist()):
        cells = [f"{number * step:.4f}"] if step is not None else []
        rows.append(cut.join([*cells, *[f"{value:.2f}"] * twice]).replace(".", mark))
    path.write_text("\n".join((heading, *rows)).lstrip("\n"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "cut", "step", "mark", "channels"),
    [
        ("время, с;канал 1;канал 2", ";", 0.001, ",", 2),
        ("t, мс\tU, мВ", "\t", 1.0, ",", 1),
        ("time,signal", ",", 0.001, ".", 1),
        ("", " ", 0.001, ".", 1),
        ("Частота 1 кГц", ";", None, ".", 1),
        ("Частота дискретизации: 1000 Гц", ";", None, ",", 2),
    ],
)
def test_a_table_says_its_rate_by_its_time_or_by_its_heading(
    tmp_path: Path, heading: str, cut: str, step: float | None, mark: str, channels: int
) -> None:
    path = _table(tmp_path / "shot.csv", heading, cut, step=step, mark=mark, twice=channels)
    trace = read_trace(path)
    assert trace.rate_hz == pytest.approx(1000)
    assert [one.tolist() for one in trace.channels] == [SAMPLES.tolist()] * channels


def test_what_does_not_say_its_rate_is_asked_for_it(tmp_path: Path) -> None:
    for step in (None, 1.0):  # numbers of samples are no time
        path = _table(tmp_path / "shot.txt", "", ";", step=step)
        assert _code(path) == "trace_no_rate"
        assert read_trace(path, 500.0).rate_hz == 500


def test_lost_samples_and_words_among_them_are_told_by_their_line(tmp_path: Path) -> None:
    whole = _table(tmp_path / "shot.csv", "t;u", ";", step=0.001).read_text().splitlines()
    path = tmp_path / "torn.csv"
    path.write_text("\n".join(whole[:100] + whole[102:]))
    assert _refused(path).details["line"] == 101
    path.write_text("\n".join(whole[:100] + ["0.0990;обрыв"] + whole[101:]))
    error = _refused(path)
    assert (error.code, error.details["line"], error.details["value"]) == ("trace_cell", 101, "обрыв")
    path.write_text("\n".join(whole)[:-3])
    assert len(read_trace(path).channels[0]) == len(SAMPLES)


def test_a_comma_that_may_be_either_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "shot.csv"
    path.write_text("\n".join(f"{one:.0f},{one:.0f}" for one in SAMPLES + 200))
    assert _code(path) == "trace_comma"


def test_what_is_no_trace_is_refused_by_what_it_is(tmp_path: Path) -> None:
    path = wav(tmp_path / "a.wav", SAMPLES.astype("<i2").tobytes(), (2, 1, 1000, 4))
    assert _code(path) == "trace_wav"
    assert _code(wav(path, SAMPLES.astype("<i2").tobytes(), (1, 4, 1000, 16))) == "trace_channels"
    assert _code(wav(path, SAMPLES.astype("<i2").tobytes(), (1, 1, 8, 16))) == "trace_rate"
    assert _code(wav(path, b"", (1, 1, 1000, 16))) == "trace_wav"
    words = tmp_path / "note.txt"
    words.write_text("Уровень не отбит\n")
    assert _code(words) == "trace_no_samples"
    assert _code(_table(tmp_path / "six.csv", "t;a;b;c", ";", step=0.001, twice=3)) == "trace_channels"


def _refused(path: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_trace(path)
    return caught.value


def _code(path: Path) -> str:
    return _refused(path).code
