"""Readings and cards straight out of a site's ClickHouse, with a read-only account whose rows the site's
policies choose. Off unless IT gives an address: usually the centre is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.core.errors import KnownError
from app.sync.queries import Query
from app.sync.transports.bulk import BulkReader
from app.sync.transports.secure import check_address

if TYPE_CHECKING:
    import pyarrow as pa


class ClickHouseReader(BulkReader):
    """Raises KnownError (clickhouse_unreachable, retry; clickhouse_refused)."""

    def __init__(self, url: str, user: str, password: str, *, ca_file: str = "", proxy: str = "") -> None:
        check_address(url)
        self._url, self._user, self._password, self._ca_file, self._proxy = (
            url,
            user,
            password,
            ca_file,
            proxy,
        )
        self._made: Any = None

    def tables(self, query: Query, bound: Mapping[str, object]) -> Iterator[pa.Table]:
        import pyarrow as pa

        with self._known(), self._client().query_arrow_stream(query.sql, parameters=bound) as stream:
            for batch in stream:
                yield pa.table(batch) if not isinstance(batch, pa.Table) else batch

    def close(self) -> None:
        if self._made is not None:
            self._made.close()
            self._made = None

    def _client(self) -> Any:
        if self._made is None:
            import clickhouse_connect

            # What goes wrong is told by us, in the reader's language, and not on stderr.
            logging.getLogger("clickhouse_connect").setLevel(logging.CRITICAL)
            parts = urlsplit(self._url)
            secure = parts.scheme == "https"
            self._made = clickhouse_connect.get_client(
                host=parts.hostname,
                port=parts.port or (8443 if secure else 8123),
                username=self._user,
                password=self._password,
                secure=secure,
                verify=True,
                ca_cert=self._ca_file or None,
                https_proxy=self._proxy or None,
                connect_timeout=10,
                send_receive_timeout=120,
                autogenerate_session_id=False,
                compress="lz4" if secure else False,
                query_retries=0,
            )
        return self._made

    def _known(self) -> _Border:
        return _Border(self)


class _Border:
    """A dropped connection is not used again; what the server refused is told as it said it, without the
    address.
    """

    def __init__(self, reader: ClickHouseReader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None or isinstance(error, KnownError) or not isinstance(error, Exception):
            return
        module = type(error).__module__
        refused = type(error).__name__ == "DatabaseError"
        if (
            not refused
            and not module.startswith(("clickhouse_connect", "urllib3", "pyarrow", "http"))
            and not isinstance(error, OSError)
        ):
            return
        self._reader.close()
        said = _reason(error)
        if refused and "code: 516" in str(error):
            raise KnownError("clickhouse_token", reason=said) from error
        if refused:
            raise KnownError("clickhouse_refused", reason=said) from error
        raise KnownError("clickhouse_unreachable", retry=True, reason=said) from error


def _reason(error: Exception) -> str:
    """What happened, without addresses and the driver's own wrapping."""
    said = str(error).split(" (for url")[0]
    if "HTTPConnectionPool" not in said and "HTTPSConnectionPool" not in said:
        return said[:200]
    for known in (
        "Connection refused",
        "timed out",
        "Name or service not known",
        "CERTIFICATE_VERIFY_FAILED",
        "reset by peer",
    ):
        if known in said:
            return known
    return type(error.__cause__ or error).__name__
