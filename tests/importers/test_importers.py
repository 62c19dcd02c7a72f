"""Files as they really come: read right, or refused with the place and the value. Parsers are pure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import head_of
from app.importers.card_json import read_card
from app.importers.opening import choose
from app.models.readings import Quality
from app.models.sensors import SENSORS
from tests.importers.reading import read
from tests.proofs import examples


def put(tmp_path: Path, text: str | bytes, name: str = "r.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def us(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1e6)  # type: ignore[arg-type]


# ---- what is read ------------------------------------------------------------------------------------------


def test_a_wide_file_with_russian_headers_units_and_decimal_commas_is_read_in_si(tmp_path: Path) -> None:
    text = (
        "Время;Рпр, МПа;Тдв (°C);Ток;Рбуф [атм]\n01.10.2026 00:00;5,2;98,5;30,1;12\n01.10.2026 "
        "00:01;5,3;;30,2;12,5\n"
    )
    found = read(put(tmp_path, text)).only
    by_sensor = {
        code: found.value[found.sensor == SENSORS[code].number]
        for code in ("intake_pressure", "motor_temperature", "wellhead_pressure")
    }
    assert by_sensor["intake_pressure"] == pytest.approx([5.2e6, 5.3e6])
    assert by_sensor["motor_temperature"] == pytest.approx([371.65])
    assert by_sensor["wellhead_pressure"] == pytest.approx([12 * 101325, 12.5 * 101325])
    assert found.time_us.min() == us(2026, 10, 1)


def test_a_long_file_with_wells_and_units_in_its_rows_is_read(tmp_path: Path) -> None:
    text = (
        "скважина,время,датчик,значение,ед.\n"
        "123Г,2026-10-01T00:00:00Z,intake_pressure,5.2,МПа\n"
        "77,2026-10-01T00:00:00Z,intake_pressure,50,атм\n"
    )
    parts = read(put(tmp_path, text)).by_well
    assert parts["123Г"].value == pytest.approx([5.2e6])
    assert parts["77"].value == pytest.approx([50 * 101325])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encoding_and_separator_are_found_by_the_file_itself(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = (
        separator.join(("Время", "Давление на приёме"))
        + "\r\n"
        + separator.join(("2026-10-01 00:00", "5,2"))
        + "\r\n"
    )
    assert read(put(tmp_path, text.encode(encoding))).only.value == pytest.approx([5.2e6])


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-10-02 03:04:05", (2026, 10, 2, 3, 4, 5)),
        ("2026-10-02T03:04:05Z", (2026, 10, 2, 3, 4, 5)),
        ("2026-10-02T03:04:05+05:00", (2026, 10, 1, 22, 4, 5)),
        ("02.10.2026 03:04", (2026, 10, 2, 3, 4)),
        ("02.10.2026", (2026, 10, 2)),
        ("02/10/2026 03:04:05", (2026, 10, 2, 3, 4, 5)),
        ("02.10.26 03:04", (2026, 10, 2, 3, 4)),
    ],
)
def test_dates_as_people_write_them_are_read_day_first(
    tmp_path: Path, written: str, moment: tuple[int, ...]
) -> None:
    found = read(put(tmp_path, f"time;intake_pressure\n{written};5\n")).only
    assert found.time_us.tolist() == [us(*moment)]


def test_parquet_is_read_wide_with_its_own_types(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    times = pa.array([datetime(2026, 10, 1, tzinfo=UTC)], pa.timestamp("ms", "UTC"))
    parquet.write_table(pa.table({"time": times, "motor_current": [30.5]}), path)
    found = read(path).only
    assert (found.time_us.tolist(), found.value.tolist()) == ([us(2026, 10, 1)], [30.5])


def test_columns_can_be_named_by_the_caller(tmp_path: Path) -> None:
    path = put(tmp_path, "когда;что-то\n2026-10-01;5\n")
    assert not read(path, kind="readings").by_well
    found = read(path, {"когда": "time", "что-то": "intake_pressure"}, kind="readings")
    assert found.only.value == pytest.approx([5e6])


def test_a_sentinel_is_kept_and_marked_not_dropped(tmp_path: Path) -> None:
    rows = "".join(f"2026-10-01 00:{minute:02};{5 + minute % 3 / 100}\n" for minute in range(40))
    found = read(put(tmp_path, "time;intake_pressure\n" + rows + "2026-10-01 01:00;65535\n")).only
    assert len(found) == 41
    assert found.quality[-1] & Quality.SENTINEL


def test_an_assumed_unit_is_remarked(tmp_path: Path) -> None:
    rows = read(put(tmp_path, "time;intake_pressure\n2026-10-01;5\n")).rows[0]
    assert {key: unit.ru for key, unit in rows.assumed.items()} == {"intake_pressure": "МПа"}


def test_a_file_that_is_no_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    cases = {
        tmp_path / "none.csv": "file_missing",
        tmp_path: "file_is_folder",
        put(tmp_path, b"", "empty.csv"): "file_empty",
        put(tmp_path, b"\0" * 10_000, "small-zeros.csv"): "file_only_zeros",
    }
    for path, code in cases.items():
        with pytest.raises(KnownError, match=code):
            head_of(path)


def test_a_binary_named_csv_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 40)
    with pytest.raises(KnownError, match="file_binary"):
        read(path)


def test_an_unknown_kind_names_what_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="file_unknown_kind") as caught:
        choose(put(tmp_path, bytes(range(256)), "x.bin"))
    assert ".csv" in str(caught.value.details["known"])
    named = str(caught.value.details["known"]).split(", ")
    assert len(named) == len(set(named))


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(min_size=1, max_size=400)
    | st.text(alphabet="time;,5.\n\"'скважина-/:0 \t", max_size=200).map(str.encode)
)
@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_any_bytes_are_read_or_refused_with_a_known_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"f{suffix}"
    path.write_bytes(content)
    try:
        result = read(path)
    except KnownError:
        return
    assert (
        result.values > 0
        or result.problems
        or not result.rows
        or all(not len(rows.line) for rows in result.rows)
    )


@settings(
    max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.lists(st.floats(0.2, 29, allow_nan=False), min_size=1, max_size=30), comma=st.booleans())
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, values: list[float], comma: bool
) -> None:
    rows = "".join(f"2026-10-01 00:00:{i:02};{v!r}\n" for i, v in enumerate(values))
    path = tmp_path_factory.mktemp("w") / "w.csv"
    path.write_text("time;intake_pressure, МПа\n" + (rows.replace(".", ",") if comma else rows))
    found = read(path).only
    assert found.value == pytest.approx(np.array(values) * 1e6, rel=1e-6)


# ---- cards -------------------------------------------------------------------------------------------------

CARD = {
    "well": "7",
    "taken_at": "2026-10-01T00:00:00Z",
    "strokes_per_minute": 6.0,
    "surface": {"position_m": [i / 40 for i in range(40)], "load_n": [float(i) for i in range(40)]},
    "tubing": {},
    "casing": {},
    "fluid": {"oil_api": 34.0},
}


@pytest.mark.parametrize(
    ("change", "code", "key"),
    [
        ({"colour": 1}, "json_unknown_key", "colour"),
        ({"fluid": {"wter_cut": 0.5}}, "json_unknown_key", "fluid.wter_cut"),
        ({"rods": [{"length_m": 100, "diameter_mm": 22}]}, "json_unknown_key", "rods[0].diameter_mm"),
        ({"rods": [{"length_m": 100}]}, "json_missing", "rods[0].diameter_m"),
        ({"strokes_per_minute": "six"}, "json_value", "strokes_per_minute"),
        ({"taken_at": "yesterday"}, "json_value", "taken_at"),
        ({"well": 7}, "json_value", "well"),
        ({"surface": {"position_m": [1, "x"], "load_n": [1, 2]}}, "json_value", "surface.position_m[1]"),
        ({"surface": {"load_n": [1, 2]}}, "json_missing", "surface.position_m"),
        ({"tubing": {"anchored": "yes"}}, "json_value", "tubing.anchored"),
        ({"surface": [1, 2]}, "json_value", "surface"),
    ],
)
def test_a_card_file_is_refused_by_the_key_that_is_wrong(
    tmp_path: Path, change: dict[str, object], code: str, key: str
) -> None:
    path = put(tmp_path, json.dumps({**CARD, **change}), "c.json")
    with pytest.raises(KnownError) as caught:
        read_card(path)
    assert (caught.value.code, caught.value.details["key"]) == (code, key)


def test_columns_of_different_lengths_and_broken_json_are_refused_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="json_lengths"):
        read_card(
            put(
                tmp_path,
                json.dumps({**CARD, "surface": {"position_m": [1.0], "load_n": [1.0, 2.0]}}),
                "c.json",
            )
        )
    with pytest.raises(KnownError, match="json_broken") as caught:
        read_card(put(tmp_path, '{"well": "7",\n oops}', "c.json"))
    assert caught.value.details["line"] == 2


def test_a_card_fills_in_what_was_not_given(tmp_path: Path) -> None:
    rods = [{"length_m": 500, "diameter_m": 0.022225}]
    card = read_card(put(tmp_path, json.dumps({**CARD, "rods": rods, "note": "ignored"}), "c.json"))
    assert card.bore.rods[0].mass_kg_per_m == pytest.approx(3.31, rel=1e-3)
    assert card.bore.fluid.oil_relative_density == pytest.approx(141.5 / 165.5)


def test_every_importer_names_its_suffixes() -> None:
    assert {suffix for importer in IMPORTERS for suffix in importer.suffixes} >= {".csv", ".parquet", ".json"}
