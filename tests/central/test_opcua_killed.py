"""A centre that reads an OPC UA server is killed, with the real engine: what came meanwhile is asked for, and
each value is there once.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.wells import ESP, Well, WellId
from central.names.finding import WellFinder
from central.names.tags import checked
from central.stores import tags, wells
from central.stores.engine import changing, open_engine
from tests.central.a_site import NORTH, NOW
from tests.central.opcua_server import opcua_server
from tests.central.test_streams import until
from tests.centre_process import CentreProcess

ROW = {"pattern": "Pad5/WELL_{well}/PINT", "sensor": "Рпр", "unit": "бар", "source": "opcua"}


@pytest.mark.slow
def test_values_survive_a_killed_centre_exactly_once(tmp_path: Path) -> None:
    with opcua_server() as server:
        centre = CentreProcess(tmp_path / "centre", "--opcua", f"{server.url}?policy=None")
        centre.start()
        try:
            server.says("PINT", 1.0, datetime.now(UTC))
            engine = open_engine(centre.database)
            with changing(engine) as connection:
                well = wells.put(connection, Well(WellId(0), "101", NORTH, "5", ESP))
                known = WellFinder(wells.all_wells(connection))
                tags.put(connection, (checked(ROW, known),), NOW, "IT")
            engine.dispose()
            client = centre.operator()

            def counts() -> tuple[int, int]:
                asked = "SELECT count(), uniqExact(timestamp) FROM wellside.sensor_readings FINAL "
                (row,) = client.query(f"{asked}WHERE well_id = {int(well.id)}").result_rows
                return int(row[0]), int(row[1])

            until(lambda: counts() == (1, 1), 60)
            for number in range(1, 300):
                server.says("PINT", 1.0 + number, datetime.now(UTC))
                if number == 100:
                    centre.kill()
                if number == 200:
                    centre.start()
                    client = centre.operator()
                time.sleep(0.01)
            until(lambda: counts() == (300, 300), 90)
            client.close()
        finally:
            centre.stop()
