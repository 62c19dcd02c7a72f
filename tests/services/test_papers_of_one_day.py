"""Papers of one day about one well: each adds to what is known; what two of them say otherwise is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.models.kinds import KINDS, joining
from app.models.store import kinds, records
from app.services.imports.importing import ImportReport, import_file, undo
from app.services.imports.opening import ImportOptions
from app.services.imports.words import remark_words
from app.services.records import applying, entries
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.importers.imported import readers_here

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")

PASSPORT = "Скважина;Дата спуска;Насос;Глубина спуска насоса, м;Число ступеней\n101;01.02.2026;X;2100;180\n"
CURVE = "Скважина;Дата;Насос;Подача, м3/сут;Напор, м\n" + "".join(
    f"101;01.02.2026;X;{flow};{head}\n" for flow, head in ((0, 1500), (40, 1400), (80, 1000))
)
LOWER = "Скважина;Дата спуска;Насос;Глубина спуска насоса, м\n101;01.02.2026;X;2150\n"


def bring(workspace: Workspace, tmp_path: Path, *texts: str) -> ImportReport:
    for number, text in enumerate(texts):
        file = tmp_path / f"{abs(hash(text))}-{number}.csv"
        file.write_text(text, encoding="utf-8")
        report = import_file(workspace, file, ImportOptions(new_wells=True))
    return report


def values(workspace: Workspace) -> dict[str, object]:
    (record,) = kinds.of_well(workspace.store, KINDS["installation"], int(find_well(workspace, "101").id))
    return record.values


def test_a_curve_of_the_passports_day_leaves_depth_and_stages_where_they_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = bring(workspace, tmp_path, PASSPORT, CURVE)
    now = values(workspace)
    assert (now["depth_m"], now["stages"], len(now["curve"])) == (2100, 180, 3)  # type: ignore[arg-type]
    assert (report.added, report.changed) == (0, 1)
    assert [code for code, _ in report.remarks if code.startswith("import.")] == ["import.joined"]


def test_each_paper_is_told_by_what_it_says_otherwise_and_taken_back_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = bring(workspace, tmp_path, PASSPORT)
    before = values(workspace)
    second = bring(workspace, tmp_path, LOWER)
    (said,) = [details for code, details in second.remarks if code == "import.said_otherwise"]
    told = remark_words(second.kind, "import.said_otherwise", said, Speaker("ru")).replace("\xa0", " ")
    assert "«Глубина спуска» было 2100 м, теперь 2150 м" in told
    after = values(workspace)
    assert (after["depth_m"], after["stages"]) == (2150, 180)
    with workspace.store.writing() as cursor:
        for table in ("installations", "imports", "import_records"):
            cursor.execute(f"DELETE FROM {table}")
    applying.replay(workspace)
    assert values(workspace) == after, "a new cache says the same"
    undo(workspace, second.id)
    assert values(workspace) == before
    undo(workspace, first.id)
    assert "101" not in {well.name for well in records.wells(workspace.store)}


def test_a_field_that_a_person_clears_is_cleared_and_only_a_paper_that_names_it_fills_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    bring(workspace, tmp_path, PASSPORT)
    (record,) = kinds.of_well(workspace.store, KINDS["installation"], int(find_well(workspace, "101").id))
    left = {key: value for key, value in record.values.items() if key != "stages"}
    entries.save_record(workspace, replace(record, values=left))
    assert "stages" not in values(workspace)
    bring(workspace, tmp_path, LOWER)
    assert "stages" not in values(workspace)
    assert values(workspace)["depth_m"] == 2150


def test_what_was_taken_before_papers_were_joined_and_what_was_measured_stay_as_they_were() -> None:
    assert joining.joins(KINDS["installation"], {joining.PAYLOAD: True})
    assert not joining.joins(KINDS["installation"], {})
    assert not joining.joins(KINDS["flow_test"], {joining.PAYLOAD: True})


def test_a_curve_told_anew_takes_its_own_frequency_along_or_none() -> None:
    known = {"curve": [{"head_m": 1}], "curve_frequency_hz": 60, "depth_m": 2000}
    assert joining.joined(known, {"curve": [{"head_m": 2}]}) == {"curve": [{"head_m": 2}], "depth_m": 2000}
    assert joining.joined(known, {"curve": [{"head_m": 1}], "stages": ""}) == known
