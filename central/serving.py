"""The service as a process: uvicorn, the streams and the watched folder beside it, and a clean end on
SIGTERM.
"""

from __future__ import annotations

import os
import sys
import threading
from types import FrameType

import uvicorn

from central import tracing
from central.api.app import make_app
from central.centre import Centre, open_centre
from central.config import Config
from central.logs import log
from central.patience import PatientFor
from central.streams.running import Streams

MOST_CONNECTIONS = 2_000


def serve(config: Config) -> None:
    """Returns when it was told to stop. Raises KnownError (folder_not_writable, clickhouse_down)."""
    os.umask(0o077)  # what it writes is nobody else's
    _room_for_connections()
    if os.environ.get(tracing.ENDPOINT):
        tracing.begin()
    centre = open_centre(config)
    streams = Streams(centre)
    try:
        streams.start()
        log("started", port=config.port, clickhouse=config.clickhouse_url or "embedded")
        server(centre).run()
    finally:
        streams.close()
        centre.close()
        tracing.close()
        log("stopped")


def _room_for_connections() -> None:
    """As many open files as the system lets this account have (POSIX; Windows has no such limit)."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * 2
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


class Server(uvicorn.Server):
    """Told to stop, it says that it is not ready and answers for as long as a balancer needs to see that;
    told once more, it stops at once.
    """

    def __init__(self, config: uvicorn.Config, centre: Centre) -> None:
        super().__init__(config)
        self._centre = centre

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """In place of uvicorn's, which raises the signal again when it is through: the process would be gone
        before the streams and the stores are closed.
        """
        config = self._centre.config
        if self._centre.stopping or not config.drain_s:
            self._centre.stopping = self.should_exit = True
            return
        self._centre.stopping = True
        log("stopping", seconds=config.drain_s)
        later = threading.Timer(config.drain_s, setattr, (self, "should_exit", True))
        later.daemon = True
        later.start()


def server(centre: Centre) -> Server:
    config = uvicorn.Config(
        make_app(centre),
        host=centre.config.host,
        port=centre.config.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        # Of open connections, not of work: what is done at once is bounded by device and by threads.
        limit_concurrency=MOST_CONNECTIONS,
        http=PatientFor,
        timeout_graceful_shutdown=3,
    )
    return Server(config, centre)
