"""The boards: operations by Prometheus; field, well, cards and what models say by ClickHouse."""

from __future__ import annotations

from app.models.sensors import SENSORS
from deploy.dashboards.declaring import Board, Panel, Variable

OPERATIONS = Board(
    "wellside-operations",
    "Wellside: operations",
    (
        (
            Panel("Ready", "wellside_ready", "stat", legend="{{instance}}", why="Runbook CentreNotReady"),
            Panel("Workers", "wellside_worker_up", "stat", legend="{{worker}}", why="Runbook WorkerFalls"),
            Panel(
                "Oldest row for ClickHouse",
                "wellside_outbox_oldest_seconds",
                "stat",
                "s",
                "{{instance}}",
                "Runbook OutboxStands",
            ),
            Panel(
                "Newest backup", "wellside_backup_age_seconds", "stat", "s", "{{folder}}", "Runbook BackupOld"
            ),
        ),
        (
            Panel("Requests a second", "sum by (route) (rate(wellside_requests_total[5m]))", unit="reqps"),
            Panel(
                "Share of errors",
                'sum by (route) (rate(wellside_requests_total{status=~"5.."}[5m])) / on (route) group_left '
                "sum by (route) (rate(wellside_requests_total[5m]))",
                unit="percentunit",
                why="Runbook RequestsFail",
            ),
            Panel(
                "Time to answer, 95 of 100",
                "histogram_quantile(0.95, sum by (le, route) (rate(wellside_request_seconds_bucket[5m])))",
                unit="s",
                why="Runbook RequestsSlow",
            ),
        ),
        (
            Panel("Entries a second", "sum by (status) (rate(wellside_entries_total[5m]))"),
            Panel("Readings a second", "sum by (source) (rate(wellside_readings_total[5m]))"),
            Panel(
                "Messages not yet read", "wellside_stream_lag_messages", legend="{{source}}", why="StreamLags"
            ),
            Panel("Held in memory", "wellside_stream_buffered", legend="{{source}}"),
        ),
        (
            Panel(
                "Servers that are read",
                "max by (source) (wellside_stream_following)",
                "stat",
                legend="{{source}}",
                why="Runbook StreamUnfollowed",
            ),
            Panel(
                "Gaps that nothing filled",
                "sum by (source) ((wellside_stream_gaps_total unless wellside_stream_gaps_total offset 1h)"
                " or round(increase(wellside_stream_gaps_total[1h])))",
                why="Runbook StreamHasGaps",
            ),
        ),
        (
            Panel("Rows for ClickHouse", "max(wellside_outbox_rows)"),
            Panel(
                "From commit to ClickHouse, 95 of 100",
                "histogram_quantile(0.95, sum by (le) (rate(wellside_delivery_seconds_bucket[5m])))",
                unit="s",
            ),
            Panel("Failed deliveries", "sum by (code) (increase(wellside_relay_failures_total[5m]))"),
        ),
        (
            Panel("Refused unread", "sum by (status) (rate(wellside_refused_total[5m]))"),
            Panel("Falls of workers", "wellside_worker_falls", legend="{{worker}}"),
            Panel("Memory", "process_resident_memory_bytes", unit="bytes", legend="{{instance}}"),
            Panel("Open files", "process_open_fds", legend="{{instance}}"),
        ),
    ),
)

_FIELD = Variable("field", "Field", "SELECT DISTINCT field FROM wellside.board_wells FINAL ORDER BY field")
_WELL = Variable(
    "well",
    "Well",
    "SELECT DISTINCT name FROM wellside.board_wells FINAL WHERE field = '${field}' ORDER BY name",
)
_CHOSEN = "(SELECT well_id FROM wellside.board_wells FINAL WHERE field = '${field}' AND name = '${well}')"
_NAMES = "(SELECT * FROM wellside.board_wells FINAL WHERE field = '${field}') AS w USING (well_id)"

_NUMBERS = ", ".join(str(sensor.number) for sensor in SENSORS)
_KEYS = ", ".join(f"'{sensor.key}'" for sensor in SENSORS)
_SENSOR = f"transform(sensor_type, [{_NUMBERS}], [{_KEYS}], toString(sensor_type))"

FIELD = Board(
    "wellside-field",
    "Wellside: field",
    (
        (
            Panel(
                "Wells by lift",
                "SELECT lift, count() AS wells FROM wellside.board_wells FINAL WHERE field = '${field}' "
                "GROUP BY lift ORDER BY wells DESC",
                "table",
            ),
            Panel(
                "Wells heard of today",
                "SELECT uniqExact(h.well_id) AS wells FROM wellside.readings_hour AS h FINAL JOIN "
                f"{_NAMES} WHERE h.hour >= $__toTime - INTERVAL 1 DAY AND h.n > 0",
                "stat",
            ),
        ),
        (
            Panel(
                "Last liquid, m³/d",
                "SELECT w.pad AS pad, w.name AS well, argMax(f.liquid_m3_per_s, f.timestamp) * 86400 AS liquid, "
                "argMax(f.water_cut, f.timestamp) AS water_cut, max(f.timestamp) AS tested FROM "
                f"wellside.flow_rates AS f FINAL JOIN {_NAMES} WHERE f.deleted = 0 AND f.valid = 1 "
                "GROUP BY pad, well ORDER BY liquid DESC",
                "table",
            ),
            Panel(
                "Silent wells",
                "SELECT w.pad AS pad, w.name AS well, max(h.hour) AS last_hour FROM wellside.readings_hour AS h "
                f"FINAL JOIN {_NAMES} GROUP BY pad, well ORDER BY last_hour LIMIT 50",
                "table",
            ),
        ),
        (
            Panel(
                "Liquid tested, m³/d",
                "SELECT toStartOfDay(f.timestamp) AS time, w.pad AS pad, sum(f.liquid_m3_per_s) * 86400 AS liquid "
                f"FROM wellside.flow_rates AS f FINAL JOIN {_NAMES} WHERE $__timeFilter(f.timestamp) AND "
                "f.deleted = 0 AND f.valid = 1 GROUP BY time, pad ORDER BY time",
            ),
        ),
    ),
    (_FIELD,),
    sql=True,
    since="now-30d",
)

WELL = Board(
    "wellside-well",
    "Wellside: well",
    (
        (
            Panel(
                "Sensors by the hour",
                f"SELECT hour AS time, {_SENSOR} AS sensor, total / n AS mean FROM "
                f"wellside.readings_hour FINAL WHERE well_id IN {_CHOSEN} AND $__timeFilter(hour) AND n > 0 "
                "ORDER BY time",
                why="In SI",
            ),
        ),
        (
            Panel(
                "Sensors by the minute",
                f"SELECT $__timeInterval(minute) AS time, {_SENSOR} AS sensor, sum(total) / sum(n) AS "
                f"mean FROM wellside.readings_minute FINAL WHERE well_id IN {_CHOSEN} AND "
                "$__timeFilter(minute) AND n > 0 GROUP BY time, sensor ORDER BY time",
            ),
            Panel(
                "Flow tests",
                "SELECT timestamp, liquid_m3_per_s * 86400 AS liquid_m3_per_day, water_cut FROM "
                f"wellside.flow_rates FINAL WHERE well_id IN {_CHOSEN} AND deleted = 0 ORDER BY timestamp DESC "
                "LIMIT 100",
                "table",
            ),
        ),
    ),
    (_FIELD, _WELL),
    sql=True,
    since="now-7d",
)

CARDS = Board(
    "wellside-cards",
    "Wellside: cards",
    (
        (
            Panel(
                "Last card",
                "SELECT position_m, load_n / 1000 AS load_kn FROM (SELECT position_m, load_n FROM "
                f"wellside.dynamograms FINAL WHERE well_id IN {_CHOSEN} AND deleted = 0 AND "
                "$__timeFilter(taken_at) ORDER BY taken_at DESC LIMIT 1) ARRAY JOIN position_m, load_n",
                "xychart",
            ),
            Panel(
                "Cards",
                "SELECT taken_at, strokes_per_minute, arrayMax(load_n) / 1000 AS highest_kn, arrayMin(load_n) / "
                f"1000 AS lowest_kn, source FROM wellside.dynamograms FINAL WHERE well_id IN {_CHOSEN} AND "
                "deleted = 0 AND $__timeFilter(taken_at) ORDER BY taken_at DESC LIMIT 500",
                "table",
            ),
        ),
        (
            Panel(
                "Highest and lowest load, kN",
                "SELECT taken_at AS time, arrayMax(load_n) / 1000 AS highest, arrayMin(load_n) / 1000 AS lowest "
                f"FROM wellside.dynamograms FINAL WHERE well_id IN {_CHOSEN} AND deleted = 0 AND "
                "$__timeFilter(taken_at) ORDER BY time",
            ),
        ),
    ),
    (_FIELD, _WELL),
    sql=True,
    since="now-30d",
)

FORECASTS = Board(
    "wellside-forecasts",
    "Wellside: what models say",
    (
        (
            Panel(
                "By day",
                "SELECT valid_at AS time, concat(model, ' ', version, ' ', scenario, ': ', quantity) AS said, value "
                f"FROM wellside.board_results FINAL WHERE well_id IN {_CHOSEN} AND deleted = 0 AND "
                "$__timeFilter(valid_at) ORDER BY time",
                why="As it was sent, in its own unit, with the model's version",
            ),
        ),
        (
            Panel(
                "Newest of each",
                "SELECT model, version, scenario, quantity, argMax(value, valid_at) AS last, any(unit) AS unit, "
                f"max(valid_at) AS until FROM wellside.board_results FINAL WHERE well_id IN {_CHOSEN} AND "
                "deleted = 0 GROUP BY model, version, scenario, quantity ORDER BY model, quantity",
                "table",
            ),
        ),
    ),
    (_FIELD, _WELL),
    sql=True,
    since="now-90d",
)

BOARDS = (OPERATIONS, FIELD, WELL, CARDS, FORECASTS)
