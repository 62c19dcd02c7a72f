"""`wellside esp` and `wellside welltest`: their stable formats, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Said


def esp_file(path: Path, **changes: object) -> Path:
    from tests.analysis.esp_table import tell

    well = tell("tubing_leak", days=12, step_min=20, seed=3)
    times = [(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=float(day))).isoformat() for day in well.day]
    data = {
        "well": "7",
        "pump": {"catalogue": "ESP5A-100", "stages": 210, "depth_m": 1900},
        "motor": {"rated_power_w": 45000, "rated_current_a": 32, "limit_temperature_k": 423},
        "fluid": {"water_cut": 0.5, "oil_api": 33, "gas_oil_ratio": 60},
        "readings": {"time": times, **{code: values.tolist() for code, values in well.values.items()}},
    } | changes
    path.write_text(json.dumps(data))
    return path


def test_esp_answers_in_the_stable_format(said: Callable[..., Said], tmp_path: Path) -> None:
    code, out, _ = said("esp", esp_file(tmp_path / "esp.json"), "--json")
    answer = json.loads(out)
    assert code == 0
    assert {"operating_point", "findings", "episodes", "health", "quality"} <= set(answer)
    assert {
        "rate_m3_per_d",
        "head_m",
        "efficiency",
        "rate_over_best_efficiency",
        "head_loss_fraction",
        "gas_fraction_at_intake",
    } <= set(answer["operating_point"])
    assert answer["findings"][0]["code"] == "tubing_leak"
    assert answer["episodes"][0]["from"] < answer["episodes"][0]["to"]
    assert answer["operating_point"]["rate_m3_per_d"] == pytest.approx(70, rel=0.03)
    assert 0 < answer["health"] < 0.7
    code, out, _ = said("esp", esp_file(tmp_path / "esp.json"))
    assert "Tubing leak" in out or "leak" in out


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"colour": 1}, "colour"),
        ({"pump": {"catalogue": "Noname-9", "stages": 1}}, "Noname-9"),
        (
            {"pump": {"head_curve": {"rate_m3_per_d": [0, 50], "head_m_per_stage": [5, 1]}, "stages": 10}},
            "2 points",
        ),
        (
            {
                "pump": {
                    "head_curve": {"rate_m3_per_d": [0, 50, 40, 60], "head_m_per_stage": [5, 4, 3, 1]},
                    "stages": 10,
                }
            },
            "point 2",
        ),
        ({"fluid": {"water_cut": 50}}, "water_cut"),
        ({"readings": {"time": ["yesterday"] * 5, "frequency": [50] * 5}}, "readings.time[0]"),
        (
            {"readings": {"time": ["2026-01-01T00:00:00Z"] * 4, "frequency": [50, 50, "x", 50]}},
            "readings.frequency[2]",
        ),
        ({"readings": {"time": ["2026-01-01T00:00:00Z"] * 4, "frequency": [50, 50]}}, "frequency: 2"),
        ({"readings": {"time": ["2026-01-01T00:00:00Z"] * 4, "warp": [1] * 4}}, "warp"),
        ({"readings": {"time": [], "frequency": []}}, "0 readings"),
    ],
)
def test_esp_refuses_bad_input_with_its_place(
    said: Callable[..., Said], tmp_path: Path, changes: dict[str, object], where: str
) -> None:
    code, out, error = said("esp", esp_file(tmp_path / "esp.json", **changes), "--json")
    assert code == 1
    assert out == ""
    assert where in error
    assert len(error.splitlines()) == 1


def test_welltest_prints_figures_and_refuses_a_broken_file(said: Callable[..., Said], tmp_path: Path) -> None:
    points = [{"rate_m3_per_s": 1e-3, "pressure_pa": 15e6}, {"rate_m3_per_s": 2e-3, "pressure_pa": 11e6}]
    file = tmp_path / "test.json"
    file.write_text(json.dumps({"kind": "inflow", "points": points}))
    code, out, _ = said("welltest", file)
    assert code == 0
    assert "m³/d/MPa" in out
    file.write_text('{"kind": "inflow", ')
    code, _, error = said("welltest", file)
    assert code == 1
    assert "line 1" in error
