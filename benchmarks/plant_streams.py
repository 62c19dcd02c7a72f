"""How many values a second a real centre takes from Sparkplug (by Mosquitto) and from an OPC UA server
(asyncua's own, in this process), and how many a second of its own processor: on a busy machine the second
says more. `python -m benchmarks.plant_streams FOLDER`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from asyncua import ua

from app.core.clock import utc_now
from app.models.wells import ESP, Well, WellId
from benchmarks.asked_of_laptops import until
from benchmarks.pushing import cpu_s
from central.stores import tags, wells
from central.stores.engine import changing, open_engine
from tests.central.opcua_server import OpcServerOfTests, opcua_server
from tests.central.test_sparkplug import DOUBLE, node_birth, payload
from tests.central.test_streams import mosquitto
from tests.centre_process import CentreProcess, free_port

WELLS = 20
SENSORS = ("intake_pressure", "motor_temperature", "motor_current", "frequency", "voltage")
NODE = "spBv1.0/North/{}/pad5"


class Counted:
    """Rows that came, by the clock and by the centre's own processor."""

    def __init__(self, centre: CentreProcess) -> None:
        assert centre.process is not None
        self._client, self._process = centre.operator(), psutil.Process(centre.process.pid)

    def rows(self) -> int:
        return int(self._client.query("SELECT count() FROM wellside.sensor_readings").result_rows[0][0])

    def tell(self, what: str, values: int, send: Callable[[], object]) -> None:
        before, began, used = self.rows(), time.monotonic(), cpu_s(self._process)
        send()
        sent_s = time.monotonic() - began
        until(lambda: self.rows() >= before + values, 300)
        took_s, used_s = time.monotonic() - began, cpu_s(self._process) - used
        told = {"what": what, "values": values, "sent_s": round(sent_s, 1), "there_s": round(took_s, 1)}
        told |= {"a_second": round(values / took_s), "a_second_of_cpu": round(values / used_s)}
        print(json.dumps(told), flush=True)


def known(centre: CentreProcess) -> None:
    engine = open_engine(centre.database)
    with changing(engine) as connection:
        numbers = {}
        for number in range(1, WELLS + 1):
            well = Well(WellId(0), str(100 + number), "Северное", "5", ESP)
            numbers[number] = int(wells.put(connection, well).id)
        rows = [tags.Tag(f"spbv1.0/north/+/{{well}}/{code}", sensor=code, source="mqtt") for code in SENSORS]
        rows += [tags.Tag(f"pad5/well_{{well}}/{code}", sensor=code, source="opcua") for code in SENSORS]
        tags.put(connection, tuple(rows), utc_now(), "benchmark")
    engine.dispose()


class Edge:
    def __init__(self, port: int) -> None:
        import paho.mqtt.client as paho

        self._client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="edge")
        self._client.max_inflight_messages_set(1_000)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._seq, self._at_ms = 0, int(time.time() * 1_000) - 3_600_000

    def born(self) -> None:
        self._client.publish(NODE.format("NBIRTH"), node_birth(), qos=1).wait_for_publish(10)
        for number in range(1, WELLS + 1):
            named = [
                {"name": code, "alias": number * 10 + place, "datatype": DOUBLE, "double_value": 5.0}
                for place, code in enumerate(SENSORS)
            ]
            self._says("DBIRTH", number, named)

    def data(self, messages: int, each: int) -> None:
        """`each`: moments of a message, of five values; the last message is waited for."""
        for one in range(messages):
            number = one % WELLS + 1
            metrics: list[dict[str, Any]] = []
            for _ in range(each):
                self._at_ms += 1
                metrics += [
                    {"alias": number * 10 + place, "double_value": 5.0 + one, "timestamp": self._at_ms}
                    for place in range(len(SENSORS))
                ]
            self._says("DDATA", number, metrics)

    def _says(self, kind: str, number: int, metrics: list[dict[str, Any]]) -> None:
        self._seq = (self._seq + 1) % 256
        body = payload(*metrics, seq=self._seq, at_ms=self._at_ms)
        sent = self._client.publish(NODE.format(kind) + f"/{100 + number}", body, qos=1)
        if self._seq % 50 == 0:
            sent.wait_for_publish(30)


def variables(server: OpcServerOfTests) -> list[Any]:
    async def made() -> list[Any]:
        index = await server.server.get_namespace_index("http://site.example/wells")
        pad = await server.server.nodes.objects.get_child([f"{index}:Pad5"])
        found = []
        for number in range(2, WELLS + 1):  # the first is the tests' own
            well = await pad.add_folder(index, f"WELL_{100 + number}")
            for code in SENSORS:
                found.append(
                    await well.add_variable(ua.NodeId(f"{number}.{code}", index), f"{index}:{code}", 5.0)
                )
        return found

    return server.run(made())


def rounds(server: OpcServerOfTests, nodes: list[Any], count: int, pause_s: float) -> None:
    async def written() -> None:
        for one in range(count):
            at = datetime.now(UTC)
            for node in nodes:
                value = ua.DataValue(ua.Variant(5.0 + one, ua.VariantType.Double), SourceTimestamp=at)
                await node.write_value(value)
            await asyncio.sleep(pause_s)

    server.run(written())


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    port, config = free_port(), folder / "mosquitto.conf"
    limits = "max_queued_messages 0\nmax_inflight_messages 1000\n"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n{limits}")
    broker = subprocess.Popen([mosquitto(), "-c", str(config)], stderr=subprocess.DEVNULL)
    with opcua_server(history=False) as server:
        nodes = variables(server)
        streams = ["--mqtt", f"mqtt://127.0.0.1:{port}/spBv1.0/#", "--opcua", f"{server.url}?policy=None"]
        centre = CentreProcess(folder / "centre", *streams)
        try:
            centre.start()
            known(centre)
            counted, edge = Counted(centre), Edge(port)
            until(lambda: '"following"' in centre.log.read_text(), 60)
            time.sleep(12)  # tables of tags are read again
            counted.tell("Sparkplug, births", WELLS * len(SENSORS), edge.born)
            counted.tell("Sparkplug, 5 values a message", 20_000, lambda: edge.data(4_000, 1))
            counted.tell("Sparkplug, 50 values a message", 100_000, lambda: edge.data(2_000, 10))
            values = 100 * len(nodes)
            counted.tell(
                "OPC UA, 95 variables, ten times a second", values, lambda: rounds(server, nodes, 100, 0.1)
            )
            counted.tell(
                "OPC UA, as fast as its server writes", values, lambda: rounds(server, nodes, 100, 0.0)
            )
        finally:
            centre.stop()
            broker.terminate()
            broker.wait()


if __name__ == "__main__":
    main()
