"""Run life of many pumps in words: figures by each definition, why they were pulled, serial numbers on their
way.
"""

from __future__ import annotations

from datetime import datetime

from app.analysis.forecast.run_figures import YEAR_DAYS
from app.core.texts import Speaker
from app.models.failure_codes import FailureCodes, failure_codes
from app.models.wells import Well
from app.reports import run_words
from app.services.wells import pump_runs
from app.services.wells.pump_runs import PumpRun
from app.services.workspace import Workspace

MOST_SERIALS = 20


def of_field(workspace: Workspace, well: Well, every: list[PumpRun], speaker: Speaker) -> list[str]:
    """Of the well's field, over the last year; nothing where nothing was ever run in. Raises KnownError
    (failure_codes_wrong).
    """
    mine = [one for one in every if one.well.field_name == well.field_name]
    codes = failure_codes(workspace.paths.folder)
    return lines(mine, workspace.clock(), YEAR_DAYS, codes, speaker) if mine else []


def lines(
    found: list[PumpRun], now: datetime, window_days: float, codes: FailureCodes, speaker: Speaker
) -> list[str]:
    """Reasons are of all that was ever pulled, figures of the window."""
    told = run_words.figure_lines(pump_runs.figures(found, now, window_days), speaker)
    if undated := sum(one.is_undated for one in found):
        told.append(speaker.say("run.undated_count", count=undated))
    for one in pump_runs.counted(found, codes):
        told.append(run_words.counted_line(one.key, one.counts, one.unsaid, codes, speaker))
    serials = pump_runs.travelled(found)
    for item, serial, runs in serials[:MOST_SERIALS]:
        way = [(one.well.name, one.days(now), "" if one.runs else one.state) for one in runs]
        told.append(run_words.serial_line(item, serial, way, codes, speaker))
    if len(serials) > MOST_SERIALS:
        told.append(speaker.say("run.more_serials", count=len(serials) - MOST_SERIALS))
    return [line for line in told if line]
