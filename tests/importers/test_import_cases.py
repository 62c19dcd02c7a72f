"""Strangers' files: each of the founders' made-up files is read as their page says, or refused and asked
about where it allows that. `import_cases.json` is the machine-readable twin of EXPECTED.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.conftest import shared_file
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("import_cases.json").read_text(encoding="utf-8")
)
CLOSE = 2e-6
"""Of a value: readings are kept as float32."""
BESIDE = {"duration_s"}
"""What a record may hold besides: what its kind sets where a file says nothing."""


def _id(case: dict[str, Any]) -> str:
    said = case.get("options", {}).get("well")
    return f"{case['file']} of {said}" if said else str(case["file"])


def _parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["reason"], strict=True)] if case.get("not_yet") else []
    return pytest.param(case, id=_id(case), marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
@pytest.mark.usefixtures("readers_here")
def test_a_strangers_file_is_read_as_expected_or_refused_with_a_word(
    strangers: Workspace, case: dict[str, Any]
) -> None:
    found = imported(
        strangers, shared_file(f"data/import-cases/{case['file']}"), ImportOptions(**case.get("options", {}))
    )
    assert difference(case, found) == ""


def test_every_file_of_the_founders_has_its_twin() -> None:
    folder = shared_file("data/import-cases")
    files = {path.name for path in folder.iterdir() if path.suffix != ".md"}
    assert {case["file"] for case in CASES} == files


def difference(case: dict[str, Any], found: Imported) -> str:
    """Empty when it is as the case has it; else the first thing that is not."""
    if found.refused:
        return "" if found.refused in case.get("refused", ()) else f"refused: {found.refused} {found.details}"
    made = set(case.get("no_wells", ())) & {*found.new_wells, *found.wells}
    if made:
        return f"wells {made}"
    unsaid = [codes for codes in case.get("said", ()) if not set(codes) & found.said]
    if unsaid:
        return f"not said: {unsaid}, but {sorted(found.said)}"
    if not {"readings", "records"} & set(case):
        return f"not refused: {found.readings or found.records or found.new_wells}"
    if "records" in case:
        return _of_records(case["records"], found)
    return _of_readings(case, found)


def _of_readings(case: dict[str, Any], found: Imported) -> str:
    counts = case.get("count", {})
    for well, sensors in case["readings"].items():
        there = found.readings.get(well, {})
        if set(there) != set(sensors):
            return f"{well}: {sorted(there)}"
        for sensor, expected in sensors.items():
            got = there[sensor]
            least = counts.get(well, {}).get(sensor, len(expected))
            if len(got) != least:
                return f"{well} {sensor}: {len(got)} values {got[:6]}"
            known = dict(got) if least != len(expected) else None
            pairs = [(at, known.get(at)) for at, _ in expected] if known is not None else got
            for (at, value), (right_at, right) in zip(pairs, expected, strict=True):
                if at != right_at or value != pytest.approx(right, rel=CLOSE):
                    return f"{well} {sensor}: {at} {value}, not {right_at} {right}"
    if set(found.readings) != set(case["readings"]):
        return f"wells {sorted(found.readings)}"
    return "" if case.get("marked", found.marked) == found.marked else f"marked {found.marked}"


def _of_records(expected: dict[str, Any], found: Imported) -> str:
    if found.kind != expected["kind"] or len(found.records) != len(expected["rows"]):
        return f"{found.kind}, {len(found.records)} rows"
    for got, right in zip(found.records, expected["rows"], strict=True):
        wrong = {
            key: got.get(key)
            for key, value in right.items()
            if got.get(key) != (pytest.approx(value, rel=CLOSE) if isinstance(value, float) else value)
        }
        more = {key: v for key, v in got.items() if isinstance(v, float) and key not in {*right, *BESIDE}}
        if wrong or more:
            return f"{wrong or more} in {got}, not {right}"
    return ""
