"""What this program has written of its records it reads back unasked, and the same: of every kind."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import pytest

from app.importers.targets import TABLE_KINDS, TableKind
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.wells import ESP
from app.services.imports.importing import import_file
from app.services.imports.opening import ImportOptions
from app.services.reports.exporting import TABLES, export
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers, two_wells

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
OWN = [key for key in TABLES if key not in ("readings", "cards", "lab")]


def _table(what: str) -> TableKind:
    return TABLE_KINDS["flow_test" if what == "tests" else what]


def _value(field: Field, row: int) -> Any:
    if field.type == "number":
        low, high = field.usual or (field.minimum, field.maximum)
        low, high = low or 0.0, high if high is not None else 10.0
        return low + (high - low) * (0.3 + 0.01 * (-row if "head" in field.key else row))
    return {"choice": (field.choices or ("",))[0], "flag": "1", "text": f"note {row}"}.get(field.type, "")


def _written(path: Path, what: str) -> None:
    table = _table(what)
    kind = KINDS[table.record or table.key]
    cells = kind.field(table.gathers).cells if table.gathers else kind.fields
    fields = [field for field in cells if field.type != "rows"]
    # What one record of several rows cannot do without stands in each of them, the same.
    beside = (
        [field for field in kind.fields if field.required and field.type != "rows"] if table.gathers else []
    )
    until = [kind.until] if kind.until else []
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([kind.at, "well", *until, *(field.key for field in (*fields, *beside))])
        for row in range(2):
            at = "2026-10-13T06:00:00Z" if table.gathers else f"2026-10-{13 + row}T06:00:00Z"
            ends = ["2026-10-20T06:00:00Z"] * len(until)
            writer.writerow(
                [
                    at,
                    "101",
                    *ends,
                    *(_value(field, row) for field in fields),
                    *(_value(field, 0) for field in beside),
                ]
            )


@pytest.mark.slow
@pytest.mark.parametrize("what", OWN)
def test_an_export_comes_back_unasked_and_the_same(strangers: Workspace, tmp_path: Path, what: str) -> None:
    _written(tmp_path / "first.csv", what)
    first = imported(strangers, tmp_path / "first.csv", ImportOptions(kind=_table(what).key))
    assert not first.refused, (first.refused, first.details)
    import_file(strangers, tmp_path / "first.csv", ImportOptions(kind=_table(what).key))
    export(strangers, find_well(strangers, "101"), what, tmp_path / "out.csv")
    again = imported(strangers, tmp_path / "out.csv", ImportOptions())
    assert not again.refused, (again.refused, again.details)
    assert again.kind == first.kind
    assert again.records == first.records


CARDS = "Well,Card date,SPM,Position (m),Load (kN)\n"
LAB = (
    "Дата отбора;Скважина;Плотность нефти при 20 °С, г/см3;Вязкость, мПа·с;Хлористые соли, мг/дм3;№ пробы\n"
    "01.10.2026;101;0,865;отс.;<5;17\n02.10.2026;101;0,866;12,5;45;18\n"
)
READINGS = "Время (UTC);Скважина;Рпр, атм;F, Гц\n01.10.2026 06:00;101;50;50\n01.10.2026 06:01;101;51;\n"


def _two_cards() -> str:
    rows = [CARDS]
    for day in (1, 2):
        for i in range(40):
            turn = 2 * math.pi * i / 40
            load = 30 + day + 8 * math.sin(turn) + math.sin(3 * turn)
            rows.append(f"101,2026-10-0{day} 06:00:00,6.5,{0.8 - 0.8 * math.cos(turn):.4f},{load:.4f}\n")
    return "".join(rows)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize(
    ("what", "kind", "text"),
    [("cards", "card", _two_cards()), ("lab", "lab_result", LAB), ("readings", "readings", READINGS)],
    ids=["cards", "lab", "readings"],
)
def test_cards_analyses_and_readings_come_back_unasked_whatever_the_fields_zone(
    tmp_path: Path, what: str, kind: str, text: str, suffix: str
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    out = tmp_path / f"out.{suffix}"
    stored = []
    for file in (tmp_path / "a.csv", out):
        profiles = two_wells(tmp_path / file.stem, ESP)
        workspace = next(profiles)
        workspace.settings.set("time_zone", "Europe/Moscow")
        report = import_file(workspace, file)
        assert report.kind == kind
        well = find_well(workspace, "101")
        if file != out:
            export(workspace, well, what, out)
        else:
            assert not report.remarks
        export(workspace, well, what, tmp_path / f"{file.stem}.again.csv")
        stored.append((tmp_path / f"{file.stem}.again.csv").read_text(encoding="utf-8-sig").splitlines())
        profiles.close()
    assert len(stored[0]) > 2
    if what != "cards":
        assert stored[0] == stored[1]
        return
    for before, after in zip(*map(csv.DictReader, stored), strict=True):
        assert [before[key] for key in ("taken_at", "well", "position_m", "load_n")] == [
            after[key] for key in ("taken_at", "well", "position_m", "load_n")
        ]
