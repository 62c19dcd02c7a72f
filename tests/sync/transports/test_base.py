"""What an older centre answers to a question that it does not know, told apart from trouble."""

from __future__ import annotations

import pytest

from app.core.errors import KnownError
from app.sync.transports.base import is_not_asked_there


@pytest.mark.parametrize(
    ("error", "older"),
    [
        (KnownError("centre_refused", status=404), True),
        (KnownError("centre_refused", status=422), False),
        (KnownError("centre_refused"), False),
        (KnownError("centre_unreachable", retry=True, status=404), False),
        (KnownError("centre_not_itself", status=404), False),
        (KnownError("clickhouse_refused", reason="code: 60, no such table"), True),
        (KnownError("clickhouse_refused", reason="code: 600, something else"), False),
        (KnownError("clickhouse_refused", status=404), False),
        (KnownError("clickhouse_unreachable", retry=True, reason="code: 60, no such table"), False),
        (KnownError("centre_refused", reason="code: 60, no such table"), False),
    ],
    ids=lambda one: f"{one.code} {one.details}" if isinstance(one, KnownError) else str(one),
)
def test_only_a_question_or_a_table_that_is_unknown_there_is_not_asked_there(
    error: KnownError, older: bool
) -> None:
    assert is_not_asked_there(error) is older
