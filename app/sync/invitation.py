"""What IT hands to whoever gets a laptop: one code, as text or in a file, with all that a connection needs.

It holds the device's token, so it is a secret until it has been used; it goes into the profile's encrypted
store, never into settings, logs or a command line.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass

from app.core.errors import KnownError

MARK = "WELLSIDE1-"
LONGEST = 64_000
"""Characters of a code; a certificate is some thousand."""
_MOST_BYTES = 256_000


@dataclass(frozen=True)
class Invitation:
    """`certificate` is PEM text, where the system does not know the company's authority."""

    url: str
    token: str
    time_zone: str = ""
    certificate: str = ""

    def code(self) -> str:
        """Letters, digits, `-` and `_`: it passes through any mail and any messenger."""
        told = json.dumps({key: value for key, value in asdict(self).items() if value})
        packed = zlib.compress(told.encode(), 9)
        return MARK + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def read(text: str) -> Invitation:
    """The code as it was pasted: line breaks and blanks of a mail do no harm. Raises KnownError
    (invitation_damaged).
    """
    plain = "".join(text.split())
    if not plain.startswith(MARK) or len(plain) > LONGEST:
        raise KnownError("invitation_damaged", begins=MARK)
    body = plain.removeprefix(MARK)
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        told = json.loads(unpacking.decompress(packed, _MOST_BYTES))
        if not unpacking.eof:
            raise ValueError("too long, or cut off")
        values = {key: told.get(key, "") for key in ("url", "token", "time_zone", "certificate")}
        if not all(isinstance(value, str) for value in values.values()) or not values["url"]:
            raise ValueError("no address")
    except (zlib.error, ValueError, AttributeError, RecursionError) as error:
        raise KnownError("invitation_damaged", begins=MARK) from error
    return Invitation(**values)
