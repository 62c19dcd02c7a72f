"""MQTT with a lasting session and QoS 1: a message is acknowledged after ClickHouse has it, so a dead centre
is sent it again.

paho itself, not aiomqtt: that one acknowledges before anything is done with a message and throws messages
away when its queue is full. The broker's `max_inflight_messages` bounds what is unwritten, and is the
back-pressure.
"""

from __future__ import annotations

import hashlib
import queue
import time
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa

from app.core.addresses import LOOPBACK
from app.core.clock import to_us
from app.core.errors import KnownError
from central.centre import Centre
from central.kept import name_of_the_centre
from central.logs import log, reason_of
from central.stores.engine import database_down
from central.stores.leases import Lease
from central.streams.buffer import Batcher, Message
from central.streams.securing import mqtt_tls
from central.streams.sparkplug import ASKED_AGAIN_S, MOST_NODES, SPACE, Sparkplug, is_sparkplug
from central.streams.sparkplug_form import rebirth
from central.worker import Worker

LEASE_S = 1.0
QUIET_S = 0.02
"""Nothing new for so long: what is held is written. A broker may wait for acknowledgements before it sends
more.
"""


class MqttFollower:
    """`url`: mqtt://[user:password@]host:port/topic (mqtts:// with TLS); the topic may have wildcards,
    and be one that several centres share ($share/centres/…): the broker tells each message to one of them.
    Messages of Sparkplug belong together: of several centres one follows spBv1.0/…, by a lease.
    """

    def __init__(self, centre: Centre, url: str) -> None:
        parts = urlsplit(url.replace("#", "%23"))
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname or len(parts.path) < 2:
            raise KnownError("stream_address", url=f"{parts.scheme}://{parts.hostname}{parts.path}")
        if parts.scheme == "mqtt" and parts.password and parts.hostname not in LOOPBACK:
            raise KnownError("stream_needs_tls", url=f"mqtts://{parts.hostname}{parts.path}")
        self._centre, self._parts, self._topic = centre, parts, unquote(parts.path[1:])
        if self._topic.startswith("$share/") and self._topic.split("/")[2:3] == [SPACE]:
            raise KnownError("sparkplug_shared", topic=self._topic[:200])
        self._lease: Lease | None = None
        if self._topic.split("/")[0] == SPACE:
            holder = name_of_the_centre(centre.config.folder)
            self._lease = Lease(centre.engine, f"sparkplug/{place_of(parts.netloc, b'')}", holder)
        self._came: queue.Queue[Any] = queue.Queue()
        self._sparkplug = Sparkplug(self._missed)
        self._asked: dict[str, float] = {}
        self._client = self._made()
        self._batch = Batcher(centre, "mqtt", placed=False)
        self._unanswered: list[Any] = []
        self.worker = Worker("mqtt", self._run)

    def start(self) -> None:
        if self._lease is None:
            self._connect()
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._disconnect()
        if self._lease is not None:
            self._lease.give_back()

    def _connect(self) -> None:
        self._client.connect_async(
            self._parts.hostname or "", self._parts.port or (8883 if self._parts.scheme == "mqtts" else 1883)
        )
        self._client.loop_start()

    def _disconnect(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _made(self) -> Any:
        import paho.mqtt.client as paho
        from paho.mqtt.enums import CallbackAPIVersion

        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"wellside-{name_of_the_centre(self._centre.config.folder)}",
            clean_session=self._lease is not None,
            manual_ack=True,
        )
        if self._parts.username:
            client.username_pw_set(unquote(self._parts.username), unquote(self._parts.password or ""))
        if self._parts.scheme == "mqtts":
            config = self._centre.config
            client.tls_set_context(mqtt_tls(config.mqtt_ca, config.mqtt_certificate, config.mqtt_key))
        client.reconnect_delay_set(1, 30)
        client.on_connect = self._connected
        # Only now nothing that is published is missed.
        client.on_subscribe = lambda *_: log("mqtt", state="following", topic=self._topic)
        client.on_disconnect = lambda *_: log("mqtt", state="lost")
        client.on_message = lambda client, data, message: self._came.put(message)
        return client

    def _connected(self, client: Any, data: Any, flags: Any, reason: Any, properties: Any) -> None:
        if reason.is_failure:
            log("mqtt", state="refused", reason=str(reason))
            return
        self._came.put(None)
        client.subscribe(self._topic, qos=1)

    def _run(self) -> None:
        batch, looked_at, ours = self._batch, float("-inf"), self._lease is None
        while not self.worker.stop.is_set():
            quiet = False
            if self._lease is not None and time.monotonic() - looked_at > LEASE_S:
                looked_at, ours = time.monotonic(), self._with_lease(self._lease, ours)
            try:
                message = self._came.get(timeout=QUIET_S)
                if message is None:
                    self._sparkplug.forget()
                else:
                    self._unanswered.append(message)
                    self._take(message)
            except queue.Empty:
                quiet = True
            if quiet and batch.empty:
                batch.idle()
            self._centre.metrics.buffered.labels("mqtt").set(len(batch))
            if (batch.due or quiet and not batch.empty) and batch.flush(self.worker.stop, _told):
                for message in self._unanswered:
                    self._client.ack(message.mid, message.qos)
                self._unanswered = []

    def _with_lease(self, lease: Lease, ours: bool) -> bool:
        """Connected while it is ours."""
        try:
            held = lease.held()
        except sa.exc.DBAPIError as error:
            _told(database_down(error))
            return ours
        if held != ours:
            (self._connect if held else self._disconnect)()
        return held

    def _take(self, message: Any) -> None:
        topic, body = message.topic, message.payload
        read = partial(self._sparkplug.rows, topic, body) if is_sparkplug(topic, body) else None
        self._batch.add(Message(body, topic, place_of(topic, body)), read)

    def _missed(self, node: str, why: str) -> None:
        """Told, and the birth asked for where that is allowed: once a minute, however much comes."""
        now = time.monotonic()
        if now - self._asked.get(node, float("-inf")) < ASKED_AGAIN_S:
            return
        if len(self._asked) > MOST_NODES:
            self._asked.clear()
        self._asked[node] = now
        self._centre.metrics.gaps.labels("mqtt").inc()
        allowed = self._centre.config.sparkplug_rebirth
        log("sparkplug", state="missed", node=node[:200], reason=why, birth="asked" if allowed else "awaited")
        if allowed:
            group, _, edge = node.partition("/")
            body = rebirth(to_us(self._centre.clock()) // 1_000)
            self._client.publish(f"{SPACE}/{group}/NCMD/{edge}", body, qos=0)


def place_of(topic: str, payload: bytes) -> str:
    """By its content: a second delivery may carry another number."""
    return hashlib.blake2b(topic.encode() + b"\0" + payload, digest_size=8).hexdigest()


def _told(error: KnownError) -> None:
    log("mqtt", state="store", reason=reason_of(error))
