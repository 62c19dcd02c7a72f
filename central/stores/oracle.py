"""What is Oracle's alone: the wallet of a connection by TCPS, and the errors of a node that failed over.

Its types stand in `types.py`, its grants in `central/grants`. A transaction that failed over is begun again
as a whole: what is done in a writer's turn is known by its own ids, so that one that was committed after all,
while its answer was lost, is found and not done twice.
"""

from __future__ import annotations

import os
import re

import sqlalchemy as sa

WALLET, WALLET_PASSWORD, NAMES = "WELLSIDE_ORACLE_WALLET", "WELLSIDE_ORACLE_WALLET_PASSWORD", "TNS_ADMIN"
_CODE = re.compile(r"\b(ORA|DPY)-(\d{4,5})\b")
_FAILED_OVER = {
    "ORA": frozenset(
        (
            *(28, 1012, 1033, 1034, 1089, 1090, 1092, 3113, 3114, 3135, 3136),
            *(12153, 12514, 12520, 12528, 12535, 12537, 12541, 12547, 12570, 12571, 12583, 12757),
            *range(25400, 25410),
            *(25425, 41412),
        )
    ),
    "DPY": frozenset((1001, 4011, 4024, 6000, 6001, 6005)),
}
"""Of a session that was ended, a node that goes or is not there yet, a connection that broke, and what TAF
and Application Continuity say when they could not go on by themselves.
"""


def is_failover(error: sa.exc.DBAPIError) -> bool:
    """Whether another connection may succeed. A statement that is wrong is so on every node."""
    if error.connection_invalidated:
        return True
    found = _CODE.findall(str(error.orig))
    return any(int(code) in _FAILED_OVER[family] for family, code in found)


def connect_args(url: str) -> dict[str, str]:
    """What a connection by a wallet needs beside its address (`…?service_name=` or a name of tnsnames.ora):
    the folder of the wallet, which has `ewallet.pem`, and its password; the folder of the names.
    """
    if not url.startswith("oracle"):
        return {}
    told = {
        "wallet_location": os.environ.get(WALLET, ""),
        "wallet_password": os.environ.get(WALLET_PASSWORD, ""),
        "config_dir": os.environ.get(NAMES, ""),
    }
    return {name: value for name, value in told.items() if value}
