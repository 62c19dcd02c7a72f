"""The service as a process: uvicorn, the streams and the watched folder beside it, and a clean end on
SIGTERM.
"""

from __future__ import annotations

import uvicorn

from central.api.app import make_app
from central.centre import Centre, open_centre
from central.config import Config
from central.logs import log
from central.streams.running import Streams


def serve(config: Config) -> None:
    """Returns when it was told to stop. Raises KnownError (folder_not_writable, clickhouse_down)."""
    centre = open_centre(config)
    streams = Streams(centre)
    try:
        streams.start()
        log("started", port=config.port, clickhouse=config.clickhouse_url or "embedded")
        server(centre).run()
    finally:
        streams.close()
        centre.close()
        log("stopped")


def server(centre: Centre) -> uvicorn.Server:
    config = uvicorn.Config(
        make_app(centre),
        host=centre.config.host,
        port=centre.config.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=200,
        h11_max_incomplete_event_size=64 << 10,
        timeout_graceful_shutdown=3,
    )
    return uvicorn.Server(config)
