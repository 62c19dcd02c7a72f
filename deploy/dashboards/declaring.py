"""A board is rows of panels; a panel is a title, what is asked and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

PROMETHEUS = {"type": "prometheus", "uid": "wellside-prometheus"}
CLICKHOUSE = {"type": "grafana-clickhouse-datasource", "uid": "wellside-clickhouse"}
WIDTH, HEIGHT = 24, 8
Json = dict[str, object]


@dataclass(frozen=True)
class Panel:
    """`asked`: PromQL (with a legend) or, in a board of ClickHouse, SQL with Grafana's macros."""

    title: str
    asked: str
    kind: str = "timeseries"
    unit: str = "short"
    legend: str = ""
    why: str = ""


@dataclass(frozen=True)
class Variable:
    name: str
    label: str
    sql: str


@dataclass(frozen=True)
class Board:
    uid: str
    title: str
    rows: tuple[tuple[Panel, ...], ...]
    variables: tuple[Variable, ...] = ()
    sql: bool = False
    since: str = "now-24h"

    @property
    def panels(self) -> tuple[Panel, ...]:
        return tuple(panel for row in self.rows for panel in row)

    def json(self) -> Json:
        source = CLICKHOUSE if self.sql else PROMETHEUS
        panels = [
            _panel(number, panel, source, {"x": x * WIDTH // len(row), "y": y * HEIGHT}, WIDTH // len(row))
            for number, (y, x, row, panel) in enumerate(
                ((y, x, row, panel) for y, row in enumerate(self.rows) for x, panel in enumerate(row)), 1
            )
        ]
        return {
            "uid": self.uid,
            "title": self.title,
            "tags": ["wellside"],
            "timezone": "utc",
            "schemaVersion": 39,
            "version": 1,
            "editable": False,
            "refresh": "1m",
            "time": {"from": self.since, "to": "now"},
            "templating": {"list": [_variable(one) for one in self.variables]},
            "panels": panels,
        }


def _panel(number: int, panel: Panel, source: dict[str, str], place: dict[str, int], width: int) -> Json:
    target: Json = {"refId": "A", "datasource": source}
    if source is PROMETHEUS:
        target |= {"expr": panel.asked, "legendFormat": panel.legend or "__auto"}
    else:
        asks_a_table = panel.kind in ("table", "stat", "xychart")
        target |= {
            "rawSql": panel.asked,
            "editorType": "sql",
            "queryType": "table" if asks_a_table else "timeseries",
            "format": 1 if asks_a_table else 0,
        }
    return {
        "id": number,
        "title": panel.title,
        "description": panel.why,
        "type": panel.kind,
        "datasource": source,
        "gridPos": {**place, "w": width, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "options": {"legend": {"displayMode": "table", "placement": "bottom"}},
        "targets": [target],
    }


def _variable(one: Variable) -> Json:
    return {
        "name": one.name,
        "label": one.label,
        "type": "query",
        "datasource": CLICKHOUSE,
        "query": {"rawSql": one.sql, "format": 1},
        "refresh": 2,
        "sort": 1,
    }
