"""A curve of a model from the file of one laptop through a real centre to another, and its change back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.kinds.curved import IPR, MODEL_CURVE, VLP
from app.models.records import Record
from app.models.store import kinds
from app.reports import curve_words
from app.services.centre import sync
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.services.records import entries
from app.services.wells import model_curves
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.centre_process import CentreProcess, laptop, new_field

POINTS = ((0, 20.0, 9.0), (50, 15.0, 10.0), (100, 10.0, 11.0), (150, 5.0, 12.5))


def curves(workspace: Workspace) -> dict[str, Record]:
    found = kinds.of_well(workspace.store, MODEL_CURVE, int(find_well(workspace, "77").id))
    assert len({one.values["curve"] for one in found}) == len(found)
    return {str(one.values["curve"]): one for one in found}


def told(workspace: Workspace) -> dict[str, tuple[object, dict[str, object]]]:
    return {name: (one.id, one.values) for name, one in curves(workspace).items()}


@pytest.mark.slow
def test_curves_of_a_file_reach_the_other_laptop_and_its_correction_comes_back(
    centre: CentreProcess, tmp_path: Path
) -> None:
    field, day = new_field(), utc_now() - timedelta(days=20)
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
    ):
        file = tmp_path / "prosper.csv"
        head = "Well;Date;Model;Version;Node depth, m;Liquid rate, m3/d;IPR pressure, MPa;VLP pressure, MPa"
        rows = [f"77;{day:%Y-%m-%d};PROSPER;15;2000;{q};{p};{need}" for q, p, need in POINTS]
        file.write_text("\n".join((head, *rows)), encoding="utf-8")
        importing.import_file(one, file, ImportOptions(kind="model_curve"))
        values = {"duration_s": 14_400.0, "liquid_m3_per_s": 100 / 86_400, "valid": True}
        test = Record(new_id(), "flow_test", int(find_well(one, "77").id), utc_now(), None, values)
        entries.save_record(one, test)
        assert not sync.run(Job(), one).problems
        assert not sync.run(Job(), other).problems
        assert set(told(other)) == {IPR, VLP}
        assert told(other) == told(one)
        (mine,), (theirs,) = (model_curves.of_well(w, find_well(w, "77")) for w in (one, other))
        speaker = one.settings.speaker("en")
        assert curve_words.lines((theirs,), speaker) == curve_words.lines((mine,), speaker)
        assert (theirs.name, len(theirs.measured)) == ("PROSPER 15", 1)

        vlp = curves(other)[VLP]
        lower = [{**point, "pressure_pa": 9e6} for point in vlp.values["points"]]  # type: ignore[union-attr, dict-item]
        entries.save_record(other, replace(vlp, values={**vlp.values, "points": lower, "author": "Петров"}))
        assert not sync.run(Job(), other).problems
        assert not sync.run(Job(), one).problems
        assert told(one) == told(other)
        assert told(one)[VLP][1]["author"] == "Петров"
        (mine,) = model_curves.of_well(one, find_well(one, "77"))
        assert [one.curve.y.max() for one in mine.curves if one.curve.what == VLP] == [9e6]
        assert one.journal.unsent_count() == other.journal.unsent_count() == 0
