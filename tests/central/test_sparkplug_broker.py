"""Sparkplug B by a real broker: births, data, a death by its will, a birth asked for where IT allows it."""

from __future__ import annotations

import queue
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.models.readings import Quality
from central.streams.mqtt import MqttFollower
from central.streams.sparkplug_form import REBIRTH, read
from tests.central.a_site import Site
from tests.central.test_sparkplug import DEVICE, NODE, death, device_birth, node_birth, payload, pressure
from tests.central.test_streams import mosquitto
from tests.centre_process import free_port


def until(true: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port, config = free_port(), tmp_path_factory.mktemp("broker") / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n")
    process = subprocess.Popen(
        [mosquitto(), "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: _answers(port))
    yield port
    process.terminate()
    process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


class Edge:
    """A node with its will, and the commands that come for it."""

    def __init__(self, port: int) -> None:
        import paho.mqtt.client as paho

        self.commands: queue.Queue[bytes] = queue.Queue()
        self.client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id=f"edge{time.monotonic_ns()}")
        self.client.will_set(NODE.format("NDEATH"), death(1), qos=1)
        self.client.on_message = lambda client, data, message: self.commands.put(message.payload)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        self.client.subscribe(NODE.format("NCMD"), qos=1)

    def says(self, topic: str, body: bytes) -> None:
        self.client.publish(topic, body, qos=1).wait_for_publish(10)

    def dies(self) -> None:
        """Without a good-bye: the broker tells its will."""
        there = self.client.socket()
        assert there is not None
        there.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def edge(broker: int) -> Iterator[Edge]:
    made = Edge(broker)
    yield made
    made.client.disconnect()
    made.client.loop_stop()


@pytest.fixture
def follow(
    site: Site, broker: int, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[bool], MqttFollower]]:
    """A centre that may ask for births, or may not; it listens when it is returned."""
    made: list[MqttFollower] = []
    site.centre.clock = utc_now
    site.well("101")
    site.tag("spBv1.0/North/+/{well}/PINT", sensor="Рпр", source="mqtt")

    def start(allowed: bool) -> MqttFollower:
        site.centre.config = replace(site.centre.config, sparkplug_rebirth=allowed)
        made.append(MqttFollower(site.centre, f"mqtt://127.0.0.1:{broker}/spBv1.0/#"))
        made[-1].start()
        until(lambda: '"following"' in capsys.readouterr().err)
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.slow
def test_births_data_and_a_will_become_readings_and_marks(
    site: Site, edge: Edge, follow: Callable[[bool], MqttFollower]
) -> None:
    follow(False)
    now_ms = int(time.time() * 1_000)
    edge.says(NODE.format("NBIRTH"), node_birth())
    edge.says(DEVICE.format("DBIRTH"), device_birth())
    edge.says(DEVICE.format("DDATA"), payload(pressure(6.0), seq=2, at_ms=now_ms))
    edge.says(DEVICE.format("DDATA"), b"\xff no payload")
    edge.dies()
    until(lambda: len(site.clickhouse.rows) == 3)
    assert list(site.clickhouse.rows.values()) == [5e6, 6e6, 6e6]
    assert site.clickhouse.marks == [0, 0, Quality.MISSING]
    until(lambda: site.held().get("not_sparkplug") == 1)


@pytest.mark.slow
def test_a_birth_is_asked_for_only_where_that_is_allowed(
    site: Site, edge: Edge, follow: Callable[[bool], MqttFollower]
) -> None:
    follow(False).close()
    unknown = payload(pressure(6.0), seq=9)
    for allowed, letters in ((False, 1), (True, 3)):
        follow(allowed)
        for _ in range(letters // 3 + 1):
            edge.says(DEVICE.format("DDATA"), unknown)
        until(lambda letters=letters: site.held().get("birth_unknown") == letters)
        if not allowed:
            assert edge.commands.empty()
    (metric,) = read(edge.commands.get(timeout=10)).metrics
    assert (metric.name, metric.raw) == (REBIRTH, True)
    assert edge.commands.empty(), "once, however much comes"


def test_of_two_centres_one_follows_and_a_shared_topic_is_refused(
    site: Site, broker: int, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other: Any = SimpleNamespace(**vars(site.centre))
    other.config = replace(site.centre.config, folder=tmp_path / "other")
    url = f"mqtt://127.0.0.1:{broker}/spBv1.0/#"
    first, second = MqttFollower(site.centre, url), MqttFollower(other, url)
    first.start()
    until(first._client.is_connected)
    second.start()
    time.sleep(0.3)
    assert not second._client.is_connected()
    first.close()
    second.close()
    with pytest.raises(KnownError, match="sparkplug_shared"):
        MqttFollower(site.centre, f"mqtt://127.0.0.1:{broker}/$share/centres/spBv1.0/#")
