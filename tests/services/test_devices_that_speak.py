"""An instrument that speaks by itself in a session: shown, recorded, and asked for nothing."""

from __future__ import annotations

import pytest

from app.core.jobs import Job
from app.devices.polling import Heard
from app.models.sensors import SENSORS
from app.models.store import records
from app.services.devices.session import ARCHIVE, RECORD, STOP, Order, Session, Told, hold
from app.services.workspace import Workspace
from tests.devices.at_hand import Moving
from tests.devices.test_lines_of_text import again_and_again, line, profile, spoken


@pytest.mark.slow
def test_its_lines_are_recorded_and_an_archive_that_it_has_not_is_refused(workspace: Workspace) -> None:
    well = records.wells(workspace.store)[0]
    workspace.clock = Moving(10)
    told: list[Told] = []
    values: set[float] = set()
    with spoken() as (say, where), again_and_again(lambda: say(line(1204.5))):
        session = Session(where, profile())
        session.orders.put(Order(RECORD, well))
        session.orders.put(Order(ARCHIVE, well))

        def receive(part: object) -> None:
            if isinstance(part, Told):
                told.append(part)
            elif isinstance(part, Heard) and part.live and told:
                values.update(one.si for one in part.live if one.register.sensor == "dynamic_level")
                session.orders.put(Order(STOP))

        hold(Job(receiver=receive), workspace, session)
    (refused,) = [one for one in told if one.what == ARCHIVE]
    assert refused.error is not None
    assert refused.error.code == "device_speaks_alone"
    assert values == {1204.5}
    with workspace.store.reading() as cursor:
        query = "SELECT DISTINCT value FROM readings WHERE sensor = ? AND well = ?"
        found = cursor.execute(query, [SENSORS["dynamic_level"].number, int(well.id)]).fetchall()
    assert found == [(1204.5,)]
