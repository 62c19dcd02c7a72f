"""The short bench refuses what takes a third more than it did, and is not refused by one disturbed turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import ratios, short
from benchmarks.ratios import Ratio, Run


def run_of(cpu: float, *, low: float | None = None, high: float | None = None) -> Run:
    return {"a table sorted": Ratio(cpu, cpu, low or cpu * 0.95, high or cpu * 1.05)}


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "benchmarks" / "short.json"
    for cpu in (2.0, 2.1, 1.9):
        assert short.told(run_of(cpu), path, keep=True) == 0
    return path


def test_a_fall_of_a_third_is_refused_named_and_not_kept(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert short.told(run_of(2.7), history, keep=True) == 1
    said = capsys.readouterr().out
    assert "refused" in said
    assert "a table sorted" in said
    assert [run["a table sorted"].cpu for run in ratios.history(history)] == [2.0, 2.1, 1.9]


def test_what_is_worse_by_more_than_the_spread_is_named_and_goes_through(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert short.told(run_of(2.5), history, keep=False) == 0
    assert "worse than ever" in capsys.readouterr().out
    assert short.told(run_of(2.1), history, keep=False) == 0
    assert "worse" not in capsys.readouterr().out


def test_turns_that_were_disturbed_refuse_nothing(history: Path) -> None:
    assert short.told(run_of(2.9, low=1.95, high=6.0), history, keep=False) == 0
    assert short.told({"something new": Ratio(9.0, 9.0, 9.0, 9.0)}, history, keep=False) == 0


@pytest.mark.slow
def test_ours_and_the_floor_take_turns_and_the_first_of_each_is_not_counted() -> None:
    called: list[str] = []

    def work(name: str, count: int) -> None:
        called.append(name)
        sum(range(count))

    found = ratios.measured(lambda: work("ours", 200_000), lambda: work("floor", 100_000), turns=3)
    assert called == ["ours", "floor"] * 4
    assert found.low <= found.cpu <= found.high
