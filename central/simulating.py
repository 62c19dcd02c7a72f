"""The telemetry simulator as a source: the readings of simulated ESP wells over MQTT, Kafka or REST, as a
controller would send them.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import numpy as np

from app.analysis.simulate.field import simulate_esp
from app.core.clock import iso, utc_now
from app.core.errors import KnownError
from app.models.sensors import SENSORS

Reading = dict[str, str | float]
"""Of one sensor at one moment, as a source would say it."""
Send = Callable[[list[Reading]], None]


def run_simulation(
    to: str, wells: tuple[str, ...], rate: float, seconds: float, token: str, seed: int
) -> dict[str, object]:
    """Until `seconds` are over (0: until stopped by Ctrl+C). Returns what was sent."""
    send, close = _sender(to, token)
    ticks = _ticks(wells, seed)
    first = next(ticks)  # the simulation itself takes seconds, which are not the source's
    sent, began = 0, time.monotonic()
    try:
        for tick, rows in enumerate(itertools.chain([first], ticks)):
            if seconds and time.monotonic() - began >= seconds:
                break
            send(rows)
            sent += len(rows)
            if rate > 0:
                time.sleep(max(0.0, began + (tick + 1) / rate - time.monotonic()))
    except KeyboardInterrupt:
        return {"sent": sent, "seconds": round(time.monotonic() - began, 1)}
    finally:
        close()
    return {"sent": sent, "seconds": round(time.monotonic() - began, 1)}


def _ticks(wells: tuple[str, ...], seed: int) -> Iterator[list[Reading]]:
    """One row a sensor and well: a simulated minute each tick, at the present moment."""
    field = simulate_esp(7, seed)
    telemetry = field.telemetry
    keys = [key for key in telemetry.values if key in SENSORS]
    minutes = len(next(iter(telemetry.values.values()))[0])
    while True:
        for minute in range(minutes):
            now = iso(utc_now() - timedelta(milliseconds=50))
            yield [
                {"well": well, "sensor": key, "at": now, "value": float(value)}
                for number, well in enumerate(wells)
                for key in keys
                if np.isfinite(value := telemetry.values[key][number % len(telemetry.values[key])][minute])
            ]


def _sender(to: str, token: str) -> tuple[Send, Callable[[], None]]:
    parts = urlsplit(to)
    if parts.scheme in ("http", "https"):
        return _rest(to, token)
    if parts.scheme == "mqtt" and parts.hostname:
        return _mqtt(parts.hostname, parts.port or 1883, parts.path[1:] or "wellside/readings")
    if parts.scheme == "kafka" and parts.netloc:
        return _kafka(parts.netloc, parts.path[1:] or "readings")
    raise KnownError("stream_address", url=to[:200])


def _rest(url: str, token: str) -> tuple[Send, Callable[[], None]]:
    import httpx

    client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def send(rows: list[Reading]) -> None:
        body = {
            "readings": [
                {"well": r["well"], "sensor": r["sensor"], "timestamp": r["at"], "value": r["value"]}
                for r in rows
            ]
        }
        client.post("/v1/readings", json=body).raise_for_status()

    return send, client.close


def _mqtt(host: str, port: int, topic: str) -> tuple[Send, Callable[[], None]]:
    import paho.mqtt.client as paho
    from paho.mqtt.enums import CallbackAPIVersion

    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect(host, port)
    client.loop_start()

    def close() -> None:
        client.disconnect()
        client.loop_stop()

    return lambda rows: client.publish(topic, json.dumps(rows), qos=1).wait_for_publish(10), close


def _kafka(servers: str, topic: str) -> tuple[Send, Callable[[], None]]:
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True, "linger.ms": 50})

    def send(rows: list[Reading]) -> None:
        for row in rows:
            producer.produce(topic, json.dumps(row), key=str(row["well"]))
            producer.poll(0)

    def close() -> None:
        producer.flush(30)

    return send, close
