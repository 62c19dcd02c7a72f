"""No panel is dead: each asks for what is told, or the real engine answers it with rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.wells import SRP, Well, WellId
from central.embedded.embedding import embed
from central.metrics import Metrics
from central.publishing import publish
from central.stores import wells
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing
from central.stores.tables import RECORDS
from deploy.dashboards.__main__ import FOLDER, text_of
from deploy.dashboards.boards import BOARDS
from deploy.dashboards.declaring import Board, Panel
from tests.profiles import centre_tables

FROM, TO = "toDateTime('2026-11-01 00:00:00')", "toDateTime('2026-11-28 00:00:00')"
PANELS = [(board, panel) for board in BOARDS for panel in board.panels]
NAMES = [f"{board.uid}: {panel.title}" for board, panel in PANELS]


def _as_grafana_sends(sql: str) -> str:
    """The plug-in's macros, and the chosen field and well."""
    sql = re.sub(r"\$__timeFilter\(([\w.]+)\)", rf"\1 >= {FROM} AND \1 <= {TO}", sql)
    sql = re.sub(
        r"\$__timeInterval\(([\w.]+)\)", r"toStartOfInterval(toDateTime(\1), INTERVAL 60 second)", sql
    )
    sql = sql.replace("$__fromTime", FROM).replace("$__toTime", TO)
    sql = sql.replace("${field}", "Северное").replace("${well}", "101")
    assert "$" not in sql
    return sql


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouse]:
    """A well with a flow test, a card, hours, minutes and what a model said."""
    folder: Path = tmp_path_factory.mktemp("centre")
    process, engine_store, _ = embed(folder, "127.0.0.1", 0)
    database = centre_tables(folder / "centre.sqlite")
    try:
        engine_store.prepare()
        with changing(database) as connection:
            well = int(wells.put(connection, Well(WellId(0), "101", "Северное", "5", SRP)).id)
            model = {
                "model": "decline",
                "version_": "1",
                "scenario": "base",
                "quantity": "oil",
                "value_": 4.5,
            }
            at = {"valid_at": datetime(2026, 11, 20, tzinfo=UTC)}
            row = {"id": "r1", "well_id": well, "version": 1, "deleted": False, "unit": "t/d", **at, **model}
            connection.execute(RECORDS["model_result"].insert().values(**row))
        assert publish(database, engine_store) == {"wells": 1, "results": 1}
        engine_store.command(  # as it was told while the result was another well's
            "INSERT INTO wellside.board_results (well_id, result_id, valid_at, quantity, value, deleted, "
            f"batch) VALUES ({well + 1}, 'r1', '2026-11-20 00:00:00', 'oil', 4.5, 0, 1)"
        )
        publish(database, engine_store)  # again: nothing is there twice
        engine_store.command(
            "INSERT INTO wellside.flow_rates (well_id, timestamp, record_id, liquid_m3_per_s, water_cut, "
            f"valid, deleted, batch) VALUES ({well}, '2026-11-20 08:00:00', 't1', 0.0005, 0.4, 1, 0, 1)"
        )
        engine_store.command(
            "INSERT INTO wellside.dynamograms (well_id, taken_at, card_sha256, card_id, strokes_per_minute, "
            "position_m, load_n, deleted, batch, source) "
            f"VALUES ({well}, '2026-11-20 08:00:00', 'h', 'c', 6, "
            "[0, 1, 2], [20000, 50000, 30000], 0, 1, 'x')"
        )
        for tier in ("hour", "minute"):
            engine_store.command(
                f"INSERT INTO wellside.readings_{tier} (well_id, sensor_type, {tier}, low, high, total, "
                f"n, batch) VALUES ({well}, 1, '2026-11-27 08:00:00', 1, 3, 4, 2, 1)"
            )
        yield engine_store
    finally:
        database.dispose()
        process.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("board", "panel"),
    [one for one in PANELS if one[0].sql],
    ids=[name for name, one in zip(NAMES, PANELS, strict=True) if one[0].sql],
)
def test_the_engine_answers_each_panel_with_rows(board: Board, panel: Panel, store: ClickHouse) -> None:
    rows = store.query(_as_grafana_sends(panel.asked))
    assert rows, panel.title
    assert all(value is not None for value in rows[0])


@pytest.mark.slow
def test_each_choice_of_a_board_offers_something_once(store: ClickHouse) -> None:
    chosen = {one.name: one.sql for board in BOARDS for one in board.variables}
    assert {name: store.query(_as_grafana_sends(sql)) for name, sql in chosen.items()} == {
        "field": [("Северное",)],
        "well": [("101",)],
    }


@pytest.mark.slow
def test_figures_of_a_board_are_those_of_the_well(store: ClickHouse) -> None:
    def of(uid: str, title: str) -> list[tuple[Any, ...]]:
        [panel] = [panel for board, panel in PANELS if board.uid == uid and panel.title == title]
        return store.query(_as_grafana_sends(panel.asked))

    [(pad, well, liquid, water_cut, _)] = of("wellside-field", "Last liquid, m³/d")
    assert (pad, well) == ("5", "101")
    assert (liquid, water_cut) == pytest.approx((43.2, 0.4))
    assert of("wellside-field", "Wells heard of today") == [(1,)]
    assert [row[1] for row in of("wellside-cards", "Last card")] == [20.0, 50.0, 30.0]
    assert of("wellside-well", "Sensors by the hour")[0][2] == 2.0
    assert of("wellside-forecasts", "By day")[0][1:] == ("decline 1 base: oil", 4.5)


@pytest.mark.slow
def test_a_result_that_came_to_another_well_is_told_of_that_one_alone(store: ClickHouse) -> None:
    told = store.query("SELECT result_id, version FROM wellside.board_results FINAL WHERE deleted = 0")
    assert told == [("r1", "1")]


def test_each_panel_of_operations_asks_for_what_the_centre_tells_by_labels_that_it_has() -> None:
    kinds = {metric.name: metric for metric in Metrics().registry.collect()}
    ends = {"counter": "_total", "histogram": "_bucket"}
    told = {name + ends.get(metric.type, "") for name, metric in kinds.items()} | {"process_open_fds"}
    asked = " ".join(panel.asked for board, panel in PANELS if not board.sql)
    assert set(re.findall(r"\b(?:wellside|process)_[a-z_]+\b", asked)) <= told
    labels = {label for one in vars(Metrics()).values() for label in getattr(one, "_labelnames", ())}
    grouped = re.findall(r"\b(?:by|on) \(([^)]+)\)", asked)
    assert {label.strip() for one in grouped for label in one.split(",")} <= labels | {"le", "instance"}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
def test_what_is_provisioned_is_what_is_declared(board: Board) -> None:
    file = FOLDER / f"{board.uid.removeprefix('wellside-')}.json"
    assert file.read_text(encoding="utf-8") == text_of(board), "python -m deploy.dashboards"
