"""Отказ датчика, показания застыли: one value for hours while the other sensors of the well move."""

import numpy as np

from app.analysis.rules.base import EspCase, Rule, Verdict, certainty, episodes
from app.models.findings import Evidence
from app.models.readings import Quality
from app.models.sensors import SENSORS


def judge(case: EspCase) -> list[Verdict]:
    moving = sum(
        ((case.high[code] > case.low[code]) & case.running).astype(int) for code in case.mean if code != "frequency"
    )  # fmt: skip
    verdicts = []
    for code, marks in case.marks.items():
        stuck = ((marks & np.uint8(Quality.FROZEN)) != 0) & (moving >= 2)
        for part in episodes(stuck, at_least=6, bridge=3):
            hours = float(part.stop - part.start)
            verdicts.append(
                Verdict("watch", certainty(hours, half=4, sure=18),
                        (Evidence("value_frozen", {"hours": hours * 3600, "sensor": SENSORS[code].key}, code),
                         Evidence("others_move", {"count": float(np.median(np.asarray(moving)[part]))}, None)),
                        (), ("check_gauge", "check_cable"),
                        int(case.time_us[part.start]), int(case.time_us[part.stop - 1]))
            )  # fmt: skip
    return verdicts


RULE = Rule("sensor_frozen", "esp", judge)
