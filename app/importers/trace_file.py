"""An acoustic trace out of a file: WAV as recorders of sound write it, or a table of samples in text."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from app.analysis.echo.trace import Trace
from app.core.errors import KnownError
from app.importers.base import head_of
from app.importers.encodings import encoding_of
from app.importers.numbers import numbers_of

Floats = NDArray[np.float64]

LARGEST_BYTES = 64 * 2**20
SLOWEST_HZ, FASTEST_HZ = 60.0, 200_000.0
"""Slower than this collars are not told from each other."""
LONGEST_S = 300.0
MOST_CHANNELS = 2
_RATE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(k|к)?(?:Hz|Гц)\b", re.IGNORECASE)
_MILLI = re.compile(r"\b(?:ms|мс)\b|мсек|msec", re.IGNORECASE)
_TIME = re.compile(r"time|врем|\bt\b|\bs\b|\bс\b|сек|sec|\bms\b|\bмс\b", re.IGNORECASE)
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


def read_trace(path: Path, rate_hz: float | None = None) -> Trace:
    """`rate_hz`: what a text that does not say it was sampled with. Raises KnownError (file_…, trace_…)."""
    head = head_of(path)
    if path.stat().st_size > LARGEST_BYTES:
        raise KnownError(
            "file_too_large", file=str(path), size=path.stat().st_size // 2**20, limit=LARGEST_BYTES // 2**20
        )
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        trace = _wav(path, path.read_bytes())
    else:
        encoding = encoding_of(path, head)
        trace = _table(path, path.read_text(encoding=encoding, errors="replace").splitlines(), rate_hz)
    if not SLOWEST_HZ <= trace.rate_hz <= FASTEST_HZ or trace.duration_s > LONGEST_S:
        rate, seconds = trace.rate_hz, trace.duration_s
        raise KnownError(
            "trace_rate", file=str(path), rate=rate, seconds=seconds, slowest=SLOWEST_HZ, most=LONGEST_S
        )
    return trace


# ---- WAV ---------------------------------------------------------------------------------------------------


def _wav(path: Path, content: bytes) -> Trace:
    """RIFF of PCM with 8 to 32 bits or floats; what breaks off is taken as far as it goes."""
    place, form = 12, None
    while place + 8 <= len(content):
        name, size = content[place : place + 4], struct.unpack_from("<I", content, place + 4)[0]
        body = content[place + 8 : place + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            form = struct.unpack_from("<HHIIHH", body)
            if form[0] == _EXTENSIBLE and len(body) >= 26:
                form = (struct.unpack_from("<H", body, 24)[0], *form[1:])
        if name == b"data" and form is not None:
            return Trace(float(form[2]), _channels(path, body, form))
        place += 8 + size + size % 2
    raise KnownError("trace_wav", file=str(path), reason="fmt, data")


def _channels(path: Path, body: bytes, form: tuple[int, ...]) -> tuple[Floats, ...]:
    kind, channels, _, _, _, bits = form
    if not 1 <= channels <= MOST_CHANNELS:
        raise KnownError("trace_channels", file=str(path), count=channels, most=MOST_CHANNELS)
    width = bits // 8
    if (kind, bits) not in {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}:
        raise KnownError("trace_wav", file=str(path), reason=f"format {kind}, {bits} bit")
    body = body[: len(body) // (width * channels) * width * channels]
    if kind == _FLOAT:
        samples = np.frombuffer(body, f"<f{width}").astype(float)
    elif bits == 8:
        samples = np.frombuffer(body, "u1").astype(float) - 128
    elif bits == 24:
        whole = np.zeros((len(body) // 3, 4), "u1")
        whole[:, 1:] = np.frombuffer(body, "u1").reshape(-1, 3)
        samples = whole.view("<i4")[:, 0].astype(float) / 256
    else:
        samples = np.frombuffer(body, f"<i{width}").astype(float)
    if not np.all(np.isfinite(samples)):
        raise KnownError("trace_wav", file=str(path), reason="NaN")
    if not len(samples):
        raise KnownError("trace_wav", file=str(path), reason="0")
    return tuple(samples.reshape(-1, channels).T.copy())


# ---- text --------------------------------------------------------------------------------------------------


def _table(path: Path, lines: list[str], rate_hz: float | None) -> Trace:
    cut = _delimiter(path, lines)
    rows = [_cells(line, cut) for line in lines]
    first = next((n for n, row in enumerate(rows) if row and all(map(_is_number, row))), None)
    if first is None:
        raise KnownError("trace_no_samples", file=str(path))
    width, said = len(rows[first]), "\n".join(lines[:first])
    body = [(n, row) for n, row in enumerate(rows[first:], first + 1) if row]
    wrong = next((n for n, row in body[:-1] if len(row) != width), None)
    if wrong is not None:
        raise KnownError("trace_cell", file=str(path), line=wrong, value=lines[wrong - 1][:40])
    if len(body[-1][1]) != width:
        body.pop()  # a file that was not written to its end
    columns = [_column(path, [(n, row[place]) for n, row in body]) for place in range(width)]
    return _as_trace(path, columns, said, rate_hz, body[0][0])


def _as_trace(path: Path, columns: list[Floats], said: str, rate_hz: float | None, begins: int) -> Trace:
    """The first column is the time where it rises evenly and another one follows; `begins`: its line."""
    steps = np.diff(columns[0])
    rises = len(columns) > 1 and len(steps) > 1 and bool(np.all(steps > 0))
    if len(columns) > 1 and not rises and _TIME.search(said.split("\n")[-1][:12]):
        raise KnownError("trace_uneven", file=str(path), line=begins + 1 + int(np.argmin(steps)))
    channels = columns[1:] if rises else columns
    if not 1 <= len(channels) <= MOST_CHANNELS:
        raise KnownError("trace_channels", file=str(path), count=len(channels), most=MOST_CHANNELS)
    told = rate_hz or _rate_said(said)
    if not rises:
        if told is None:
            raise KnownError("trace_no_rate", file=str(path))
        return Trace(told, tuple(channels))
    step = float(np.median(steps))
    if float(np.abs(steps - step).max()) > step / 2:
        line = begins + 1 + int(np.argmax(np.abs(steps - step)))
        raise KnownError("trace_uneven", file=str(path), line=line)
    mean = float(columns[0][-1] - columns[0][0]) / len(steps)
    by_time = 1 / (mean * (1e-3 if _MILLI.search(said) else 1.0))
    if told is None and not SLOWEST_HZ <= by_time <= FASTEST_HZ:
        raise KnownError("trace_no_rate", file=str(path))  # numbers of samples, or times in who knows what
    return Trace(told or by_time, tuple(channels))


def _rate_said(said: str) -> float | None:
    found = _RATE.search(said)
    if found is None:
        return None
    return float(found[1].replace(",", ".")) * (1000 if found[2] else 1)


def _delimiter(path: Path, lines: list[str]) -> str | None:
    """None: blanks. A comma may part cells or be a decimal mark: where nothing tells which, nobody guesses.
    Raises KnownError (trace_comma).
    """
    middle = lines[len(lines) // 2 : len(lines) // 2 + 50]
    body = "\n".join(middle)
    for sign in (";", "\t"):
        if sign in body:
            return sign
    if "," not in body or re.search(r"\d[ \t]+[-\d]", body):
        return None
    if "." in body or re.search(r",\s*-|,.*,", body):
        return ","
    heads = [line.count(",") for line in lines[:20] if re.search(r"[^\W\d]", line)]
    if heads:
        return "," if heads[-1] else None
    raise KnownError("trace_comma", file=str(path), value=middle[0][:40])


def _cells(line: str, cut: str | None) -> list[str]:
    cells = [cell.strip().strip('"') for cell in line.split(cut)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", cell))


def _column(path: Path, cells: list[tuple[int, str]]) -> Floats:
    read = numbers_of(pa.chunked_array([[cell for _, cell in cells]]))
    values = np.asarray(read.value, float)
    bad = np.flatnonzero(np.asarray(read.bad, bool) | ~np.isfinite(values))
    if len(bad):
        line, cell = cells[int(bad[0])]
        raise KnownError("trace_cell", file=str(path), line=line, value=cell[:40])
    return values
