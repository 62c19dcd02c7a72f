"""A level from an acoustic trace in the window: dropped on the form, heard, dragged, taken and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from app.models.entries import State
from app.views.entry.level_form import LevelForm
from app.views.main_window import MainWindow
from tests.analysis.echo.shots import Well as Shot
from tests.cli.test_echo import shot_file

Wait = Callable[[], None]


@pytest.fixture
def form(window: MainWindow, settled: Wait) -> LevelForm:
    window.entering.open("fluid_level")
    settled()
    opened = window.entering.form
    assert isinstance(opened, LevelForm)
    return opened


@pytest.mark.slow
@pytest.mark.opens("101", "records")
def test_a_trace_that_is_dropped_on_the_form_becomes_a_level_with_its_evidence(
    window: MainWindow, form: LevelForm, settled: Wait, tmp_path: Path
) -> None:
    form.add_files([shot_file(tmp_path / "shot.wav", Shot())])
    settled()
    dialog = form.echo
    assert dialog is not None
    assert "I don't know" in dialog.words.text()
    assert not dialog.take_button.isEnabled()
    QTest.keyClicks(dialog.boxes["joint_m"].editor, "9,48")
    settled()
    assert "by collars: 124" in dialog.words.text()
    assert dialog.depth is not None
    found = dialog.depth
    assert dialog.chart.echo is not None
    dialog.chart.echo.setValue(4.0)
    assert dialog.boxes["echo_s"].text() == "4.000"
    assert dialog.depth.depth_m == pytest.approx(found.depth_m * 4 / 6.892, rel=0.01)
    dialog.boxes["echo_s"].set_text("6,892")
    assert dialog.chart.echo.value() == pytest.approx(6.892)
    assert dialog.depth == found
    dialog.take()
    settled()
    form.save()
    settled()
    entry = [one for one in window.context.workspace.journal.entries(State.QUEUED) if one.kind == "record"][
        -1
    ]
    values = entry.payload["values"]
    assert values["level_m"] == pytest.approx(found.depth_m)
    assert "by collars: 124" in str(values["note"])
    assert [file.name for file in entry.attachments] == ["shot.wav"]


@pytest.mark.slow
@pytest.mark.opens("101", "records")
def test_noise_is_said_to_be_noise_and_a_table_without_a_rate_is_asked_for_it(
    form: LevelForm, settled: Wait, tmp_path: Path
) -> None:
    form.add_files([shot_file(tmp_path / "noise.wav", replace(Shot(), noise=0.1))])
    settled()
    assert form.echo is not None
    assert "nothing that answered stands out of the noise" in form.echo.words.text()
    form.echo.reject()
    settled()
    table = tmp_path / "shot.txt"
    table.write_text("\n".join(str(n % 7) for n in range(3000)))
    form.add_files([table])
    settled()
    assert form.echo is not None
    assert "--rate" in form.echo.words.text()
    QTest.keyClicks(form.echo.boxes["rate_hz"].editor, "1000")
    settled()
    assert "I don't know" in form.echo.words.text()
    form.echo.reject()
    form.reject()
    settled()
