"""The data engineer's board and alarms speak of what the centre tells, and of nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from central.metrics import Metrics

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "observability" / "dashboards"
ALERTS = FOLDER.parent / "alerts" / "wellside.yml"
NAME = re.compile(r"\bwellside_[a-z_]+\b")


def told() -> set[str]:
    names = {metric.name: metric.type for metric in Metrics().registry.collect()}
    ends = {"counter": "_total", "histogram": "_bucket"}
    return {name + ends.get(kind, "") for name, kind in names.items()}


def test_every_panel_and_alarm_asks_for_something_that_is_told() -> None:
    board = json.loads((FOLDER / "data.json").read_text(encoding="utf-8"))
    targets = [one["expr"] for panel in board["panels"] for one in panel["targets"]]
    asked = set(NAME.findall(" ".join(targets)))
    alarms = set(NAME.findall(ALERTS.read_text(encoding="utf-8")))
    assert asked | alarms <= told()
    assert {name for name in told() if "dead" in name} <= asked


def test_panels_do_not_lie_upon_each_other() -> None:
    board = json.loads((FOLDER / "data.json").read_text(encoding="utf-8"))
    places = [
        (place["x"] + x, place["y"] + y)
        for panel in board["panels"]
        for place in [panel["gridPos"]]
        for x in range(place["w"])
        for y in range(place["h"])
    ]
    assert len(places) == len(set(places))
    assert max(x for x, _ in places) < 24
