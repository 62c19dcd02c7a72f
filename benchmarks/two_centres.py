"""Two centres on one database, one ClickHouse and one broker (Mosquitto with a shared topic, Kafka's mock
cluster): each message once, also while one of them is killed, or stands still until it was taken for gone.
`python -m benchmarks.two_centres FOLDER [PROMISE…]`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from app.core.clock import iso
from app.models.wells import ESP, Well, WellId
from benchmarks.asked_of_laptops import until
from benchmarks.knocking import Try, report
from benchmarks.pushing import FIELD, flow_test
from central.embedded.embedding import OPERATOR, embed
from central.stores import dead_letters, wells
from central.stores.engine import changing, open_engine, reading
from tests.centre_process import AT, CentreProcess, free_port

MESSAGES = 600
_MOCK = (
    "from confluent_kafka.admin import AdminClient; import sys\n"
    "a = AdminClient({'bootstrap.servers': 'x', 'test.mock.num.brokers': 2, 'log_level': 0})\n"
    "m = a.list_topics(timeout=20)\n"
    "print(','.join(f'{b.host}:{b.port}' for b in m.brokers.values()), flush=True); sys.stdin.read()"
)


class Both:
    def __init__(self, folder: Path) -> None:
        self.mqtt_port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(
            f"listener {self.mqtt_port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\n"
            "max_queued_messages 0\nuser root\n"
        )
        self.broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(config)], stderr=subprocess.DEVNULL)
        self.kafka = subprocess.Popen(
            [sys.executable, "-c", _MOCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.kafka.stdout is not None
        self.servers = self.kafka.stdout.readline().strip()
        (folder / "rows").mkdir()
        self.process, self.rows, _ = embed(folder / "rows", "127.0.0.1", 0)
        os.environ["WELLSIDE_CLICKHOUSE_USER"] = OPERATOR
        os.environ["WELLSIDE_CLICKHOUSE_PASSWORD"] = (folder / "rows/clickhouse.password").read_text()
        arguments = (
            *("--clickhouse", f"http://127.0.0.1:{self.process.port}"),
            *("--mqtt", f"mqtt://127.0.0.1:{self.mqtt_port}/$share/centres/wellside/#"),
            *("--kafka", f"{self.servers}/readings"),
        )
        self.one = CentreProcess(folder / "one", *arguments)
        self.two = CentreProcess(folder / "two", *arguments, database=self.one.database)
        for centre in (self.one, self.two):
            centre.start()
            until(lambda centre=centre: '"following"' in centre.log.read_text())  # type: ignore[misc]
        self.store = open_engine(self.one.database)

    def close(self) -> None:
        self.one.stop()
        self.two.stop()
        self.process.close()
        self.kafka.kill()
        self.broker.terminate()

    def new_well(self) -> Well:
        with changing(self.store) as connection:
            return wells.put(connection, Well(WellId(0), uuid.uuid4().hex[:8], FIELD, "5", ESP))

    def all_are_there(self, well: Well) -> bool:
        sql = "SELECT count(), uniqExact(timestamp) FROM wellside.sensor_readings FINAL WHERE well_id = "
        return self.rows.query(f"{sql}{int(well.id)}")[0] == (MESSAGES, MESSAGES)

    def set_aside(self, source: str) -> int:
        with reading(self.store) as connection:
            blocks = dead_letters.blocks(connection, dead_letters.Chosen(source))
            return sum(block.letters for block in blocks)

    def published(self, by_mqtt: Well, by_kafka: Well, meanwhile: Callable[[int], None]) -> None:
        """With every tenth told twice, and two that are no messages."""
        import paho.mqtt.client as paho
        from confluent_kafka import Producer
        from paho.mqtt.enums import CallbackAPIVersion

        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=uuid.uuid4().hex)
        client.connect("127.0.0.1", self.mqtt_port)
        client.loop_start()
        producer = Producer({"bootstrap.servers": self.servers, "enable.idempotence": True, "log_level": 0})
        for number in range(MESSAGES):
            for body in [row(by_mqtt, number)] * (1 + (number % 10 == 0)):
                client.publish("wellside/5", body, qos=1).wait_for_publish(10)
            producer.produce("readings", row(by_kafka, number).encode(), key=str(number))
            producer.poll(0)
            meanwhile(number)
        client.publish("wellside/5", b"[]", qos=1).wait_for_publish(10)
        producer.produce("readings", b"no message")
        producer.flush(30)
        client.disconnect()
        client.loop_stop()

    def together(self) -> Iterator[Try]:
        """4: each message of a broker once, while both are there."""
        yield from self._once("both", lambda _: None)

    def one_is_killed(self) -> Iterator[Try]:
        """4: and while one is killed and comes back; what the broker had given to it is not lost."""
        yield from self._once("killed", lambda number: self.one.kill() if number == 200 else None)

    def one_stands_still(self) -> Iterator[Try]:
        """4: and while one is stopped (SIGSTOP), its lease taken, and woken in the middle of what it did."""
        yield from self._once("stopped", lambda number: self._told(signal.SIGSTOP) if number == 200 else None)

    def _told(self, what: signal.Signals) -> None:
        assert self.one.process is not None
        self.one.process.send_signal(what)

    def _once(self, name: str, meanwhile: Callable[[int], None]) -> Iterator[Try]:
        before = {source: self.set_aside(source) for source in ("mqtt", "kafka")}
        by_mqtt, by_kafka = self.new_well(), self.new_well()
        self.published(by_mqtt, by_kafka, meanwhile)
        yield f"{name}: Kafka, before anybody comes back", until(lambda: self.all_are_there(by_kafka), 60)
        self._told(signal.SIGCONT)
        if self.one.process is not None and self.one.process.poll() is not None:
            self.one.start()
        yield f"{name}: MQTT", until(lambda: self.all_are_there(by_mqtt), 60)
        for source, count in before.items():
            aside = until(lambda source=source, count=count: self.set_aside(source) == count + 1, 20)  # type: ignore[misc]
            yield f"{name}: what is none is set aside once, {source}", aside

    def entries(self) -> Iterator[Try]:
        """4: entries that are sent to both, or again to the other one, are taken and relayed once."""
        ids, token = list[str](), self.one.token(FIELD)
        with self.one.client(token) as first, self.two.client(token) as second:
            for number in range(200):
                if number == 100:
                    self.two.kill()
                told = flow_test(number)
                ids.append(told.id)
                alive = (first, second) if number < 100 else (first,)
                said = [self._sent(client, told.model_dump()) for client in alive]
                yield f"entry {number}", said == ["accepted", "duplicate"][: len(alive)]
        asked = "SELECT count(), uniqExact(record_id) FROM wellside.flow_rates FINAL"
        yield "rows of flow rates", until(lambda: self.rows.query(asked)[0] == (len(ids), len(ids)), 90)

    def _sent(self, client: httpx.Client, told: dict[str, Any]) -> str:
        answer = client.post("/v1/batches", content=json.dumps({"entries": [told]}))
        return str(answer.json()["receipts"][0]["status"])


def row(of: Well, number: int) -> str:
    return json.dumps(
        {
            "well": f"{FIELD}/5/{of.name}",
            "sensor": "intake_pressure",
            "at": iso(AT + timedelta(seconds=number)),
            "value": 5.0 + number / 1e6,
            "unit": "MPa",
        }
    )


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(Both(folder)) as both:
        every = (both.together, both.one_is_killed, both.one_stands_still, both.entries)
        report(*(one for one in every if one.__name__ in (sys.argv[2:] or one.__name__)))


if __name__ == "__main__":
    main()
