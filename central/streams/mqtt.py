"""MQTT with a lasting session and QoS 1: a message is acknowledged after ClickHouse has it, so a dead centre
is sent it again.

paho itself, not aiomqtt: that one acknowledges before anything is done with a message and throws messages
away when its queue is full. The broker's `max_inflight_messages` bounds what is unwritten, and is the
back-pressure.
"""

from __future__ import annotations

import hashlib
import queue
from typing import Any
from urllib.parse import unquote, urlsplit

from app.core.addresses import LOOPBACK
from app.core.errors import KnownError
from central.centre import Centre
from central.kept import name_of_the_centre
from central.logs import log
from central.streams.buffer import Batcher, Message
from central.streams.securing import mqtt_tls
from central.worker import Worker

QUIET_S = 0.02
"""Nothing new for so long: what is held is written. A broker may wait for acknowledgements before it sends
more.
"""


class MqttFollower:
    """`url`: mqtt://[user:password@]host:port/topic (mqtts:// with TLS); the topic may have wildcards,
    and be one that several centres share ($share/centres/…): the broker tells each message to one of them.
    """

    def __init__(self, centre: Centre, url: str) -> None:
        parts = urlsplit(url.replace("#", "%23"))
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname or len(parts.path) < 2:
            raise KnownError("stream_address", url=f"{parts.scheme}://{parts.hostname}{parts.path}")
        if parts.scheme == "mqtt" and parts.password and parts.hostname not in LOOPBACK:
            raise KnownError("stream_needs_tls", url=f"mqtts://{parts.hostname}{parts.path}")
        self._centre, self._parts, self._topic = centre, parts, unquote(parts.path[1:])
        self._came: queue.Queue[Any] = queue.Queue()
        self._client = self._made()
        self._batch = Batcher(centre, "mqtt", placed=False)
        self._unanswered: list[Any] = []
        self.worker = Worker("mqtt", self._run)

    def start(self) -> None:
        self._client.connect_async(
            self._parts.hostname or "", self._parts.port or (8883 if self._parts.scheme == "mqtts" else 1883)
        )
        self._client.loop_start()
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._client.disconnect()
        self._client.loop_stop()

    def _made(self) -> Any:
        import paho.mqtt.client as paho
        from paho.mqtt.enums import CallbackAPIVersion

        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"wellside-{name_of_the_centre(self._centre.config.folder)}",
            clean_session=False,
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
        client.subscribe(self._topic, qos=1)

    def _run(self) -> None:
        batch = self._batch
        while not self.worker.stop.is_set():
            quiet = False
            try:
                message = self._came.get(timeout=QUIET_S)
                self._unanswered.append(message)
                place = place_of(message.topic, message.payload)
                batch.add(Message(message.payload, message.topic, place))
            except queue.Empty:
                quiet = True
            if quiet and batch.empty:
                batch.idle()
            self._centre.metrics.buffered.labels("mqtt").set(len(batch))
            if (batch.due or quiet and not batch.empty) and batch.flush(self.worker.stop, _told):
                for message in self._unanswered:
                    self._client.ack(message.mid, message.qos)
                self._unanswered = []


def place_of(topic: str, payload: bytes) -> str:
    """By its content: a second delivery may carry another number."""
    return hashlib.blake2b(topic.encode() + b"\0" + payload, digest_size=8).hexdigest()


def _told(error: KnownError) -> None:
    log("mqtt", state="store", reason=str(error.details.get("reason", ""))[:200])
