"""What a centre is told at its start: by itself, so that a command that needs no more loads no web server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

USUAL_PORT, USUAL_CLICKHOUSE_PORT = 8600, 8601
NAME_FILE = "centre.name"
STORE_FILE = "centre.sqlite"
"""In the centre's folder, where no other database was named."""

MODELS_FOLDER, MODEL_KEYS, LEARNING_FOLDER = "models", "model-keys", "learning"
"""In the centre's folder: the signed feed of models, who signs it, and what learning made."""

NIGHTLY_FOLDER = "nightly"
"""In the centre's folder: the profile by which wells are judged in the night; it may be thrown away."""

OPCUA_FOLDER = "opcua"
"""In the centre's folder: its certificate, and those of servers that it trusts."""

ENGINE_FOLDER = "clickhouse"
"""In the centre's folder, of the embedded engine."""


@dataclass(frozen=True)
class Config:
    """Where a centre keeps its things. Without `clickhouse_url` the engine is embedded; without
    `database_url` it is SQLite in `folder`.
    """

    folder: Path
    port: int = USUAL_PORT
    host: str = "127.0.0.1"
    database_url: str = ""
    writers_together: bool = False
    """Whether writers of entries work beside one another: where every centre of the site is of a version that
    knows of it (all of them stop before open numbers).
    """
    drain_s: float = 0.0
    """So long it says that it is not ready, and still answers, before it stops: a balancer looks
    elsewhere.
    """
    clickhouse_url: str = ""
    clickhouse_user: str = "wellside_ingest"
    clickhouse_password: str = ""
    clickhouse_read_user: str = ""
    clickhouse_read_password: str = ""
    """An account that only reads, for what laptops ask; without it the first one asks."""
    clickhouse_cluster: str = ""
    """Its name among the server's clusters: tables are replicated, and spread over its shards by well."""
    readings_days: int = 0
    minutes_days: int = 0
    hours_days: int = 0
    """How long readings, their minutes and their hours are kept in ClickHouse; 0: for ever."""
    clickhouse_port: int = USUAL_CLICKHOUSE_PORT
    requests_per_minute: int = 600
    mqtt: str = ""
    sparkplug_rebirth: bool = False
    """Whether nodes of Sparkplug may be asked to say their names again: it is a command written to them."""
    schemas: Path | None = None
    """Forms of messages that the site has agreed upon (central.streams.schemas)."""
    kafka: str = ""
    kafka_settings: Path | None = None
    """Of TLS and of the account: lines as librdkafka names them."""
    opcua: str = ""
    """Servers, with spaces between (central.opcua.servers)."""
    opcua_keys: Path | None = None
    """Folder of certificates; `opcua` in the centre's folder without it."""
    mqtt_ca: str = ""
    mqtt_certificate: str = ""
    mqtt_key: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_ca: str = ""
    """The site's provider of identities, for whom its tokens are made, and the company's authority."""
    watch: Path | None = None
    backup_to: Path | None = None
    backup_hours: float = 24.0
    updates: Path | None = None
    """A signed feed (`installer/feed`) that laptops may read."""
    dead_days: int = 90
    dead_megabytes: int = 1_024
    """What is set aside is kept so long, and takes so much at most."""
