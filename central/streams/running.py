"""What a centre was told to follow: streams and a folder, each in a thread of its own."""

from __future__ import annotations

from typing import Protocol

from central.backing_up import BackupFollower
from central.centre import Centre
from central.config import OPCUA_FOLDER
from central.opcua.following import OpcUaFollower
from central.opcua.servers import servers_of
from central.streams.kafka import KafkaFollower
from central.streams.mqtt import MqttFollower
from central.watching import FolderFollower
from central.worker import Worker


class Follower(Protocol):
    worker: Worker

    def start(self) -> None: ...

    def close(self) -> None: ...


class Streams:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._followers: list[Follower] = []
        config = centre.config
        if config.mqtt:
            self._followers.append(MqttFollower(centre, config.mqtt))
        if config.kafka:
            self._followers.append(KafkaFollower(centre, config.kafka))
        keys = config.opcua_keys or config.folder / OPCUA_FOLDER
        self._followers += [OpcUaFollower(centre, server, keys) for server in servers_of(config.opcua)]
        if config.watch is not None:
            self._followers.append(FolderFollower(centre, config.watch))
        if config.backup_to is not None:
            self._followers.append(BackupFollower(centre, config.backup_to, config.backup_hours))

    def start(self) -> None:
        for follower in self._followers:
            follower.start()
            self._centre.workers.append(follower.worker)

    def close(self) -> None:
        for follower in self._followers:
            follower.close()
