"""Hours that are typed for a file that has none, and those of a column that is its time only now, are of the
field's clock: a card of ten in the morning was kept as one of three in the afternoon.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from app.importers.mapping import propose
from app.importers.vocabulary import vocabulary
from app.models.store import cards
from app.services.imports.check import check
from app.services.imports.importing import commit
from app.services.imports.opening import ImportOptions, OpenFile, decided, open_file
from app.services.workspace import Workspace

TURN = np.linspace(0, 2 * np.pi, 60, endpoint=False)
CARD = "position_m,load_kN\n" + "".join(
    f"{1.5 - 1.5 * np.cos(t):.4f},{30 + 14 * np.sin(t):.4f}\n" for t in TURN
)
READINGS = "Дата;Давление на приёме, МПа\n" + "".join(f"12.10.2026 1{n}:00;5,{n}\n" for n in range(6))


@pytest.fixture
def field(workspace: Workspace) -> Workspace:
    workspace.settings.set("time_zone", "Asia/Yekaterinburg")
    return workspace


def opened(workspace: Workspace, folder: Path, text: str, **options: str) -> OpenFile:
    file = folder / "of_a_recorder.csv"
    file.write_text(text, encoding="utf-8")
    return open_file(workspace, file, ImportOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["28.10.2026 10:00"], datetime(2026, 10, 28, 5, tzinfo=UTC)),
        (["28.10.2026"], datetime(2026, 10, 28, tzinfo=UTC)),
        (["28.10.2026 10:00", "28.10.2026"], datetime(2026, 10, 28, tzinfo=UTC)),
        (["28.10.2026", "28.10.2026 10:00"], datetime(2026, 10, 28, 5, tzinfo=UTC)),
    ],
)
def test_the_hour_that_is_typed_for_a_card_is_of_the_fields_clock(
    field: Workspace, tmp_path: Path, typed: list[str], kept: datetime
) -> None:
    now = opened(field, tmp_path, CARD, well="77")
    for time in typed:
        plan = replace(now.plan.sheets[0], time=time, strokes_per_minute=6.0)
        now = decided(field, now, plan)
    assert commit(field, now).added == 1
    card = cards.last(field.store, 2)
    assert card is not None
    assert card.taken_at == kept


def test_a_table_that_is_called_something_else_keeps_the_fields_clock(
    field: Workspace, tmp_path: Path
) -> None:
    now = opened(field, tmp_path, READINGS, well="123Г")
    assert now.plan.sheets[0].zone == "Asia/Yekaterinburg"
    words = vocabulary(now.asked.words)
    for kind in ("lab_result", "readings", "readings"):
        proposed = replace(propose(now.contents.sheets[0], words, kind=kind), well="123Г")
        assert proposed.zone == ""
        now = decided(field, now, proposed)
        assert now.plan.sheets[0].zone == "Asia/Yekaterinburg", kind
    checked = check(field, now.path, now.contents, now.plan, now.asked.words)
    assert "zone_unknown" not in str(checked.remarks)


def test_what_the_file_says_of_its_zone_stands(field: Workspace, tmp_path: Path) -> None:
    now = opened(field, tmp_path, READINGS.replace("Дата;", "Дата (UTC+3);"), well="123Г")
    zone = now.plan.sheets[0].zone
    assert zone not in ("", "Asia/Yekaterinburg")
    now = decided(field, now, replace(now.plan.sheets[0], well="77", time="12.10.2026 10:00"))
    assert now.plan.sheets[0].zone == zone
