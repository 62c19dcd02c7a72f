"""A text handed to an address of the site, under the same rules as the centre."""

from __future__ import annotations

from app.core.errors import KnownError
from app.sync.transports.secure import client

TIMEOUT_S = 20.0


def post_text(url: str, text: str, *, ca_file: str = "", proxy: str = "") -> None:
    """Raises KnownError (centre_address, centre_needs_tls, centre_ca, reports_not_taken)."""
    import httpx

    kind = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        with (
            client(url, TIMEOUT_S, headers=kind, ca_file=ca_file, proxy=proxy) as web,
            # What is answered is not read: it may have no end.
            web.stream("POST", url, content=text.encode()) as answer,
        ):
            taken, status = answer.is_success, answer.status_code
    except httpx.HTTPError as error:
        raise KnownError("reports_not_taken", url=url[:200], reason=str(error)[:200], retry=True) from error
    if not taken:
        raise KnownError("reports_not_taken", url=url[:200], reason=str(status), retry=True)
