"""What controllers, gateways and historians send, each in its own form: the same rows come of all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.streams.payloads import MOST_IN_A_MESSAGE, rows_of

CAME = datetime(2026, 11, 26, 12, tzinfo=UTC)
CAME_US = int(CAME.timestamp()) * 1_000_000
AT_MS = 1_795_600_000_123
AT_US = AT_MS * 1_000


def rows(given: Any, topic: str = "site/101") -> list[dict[str, Any]]:
    body = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False).encode()
    found = rows_of(topic, body, CAME)
    assert {row.pop("topic") for row in found} == {topic}
    return found


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"5.3", 5.3),
        (b" 5,3\n", 5.3),
        (b"-1e3", -1000.0),
        (b"true", 1.0),
        (b"False", 0.0),
        (b"\xef\xbb\xbf7", 7.0),
    ],
)
def test_a_number_alone_is_of_its_topic_and_of_the_moment_it_came(body: bytes, value: float) -> None:
    assert rows(body) == [{"timestamp": CAME_US, "value": value}]


@pytest.mark.parametrize(
    "form",
    [
        {"tag": "WELL_101.PINT", "v": 5.3, "ts": AT_MS},
        {"TagName": "WELL_101.PINT", "Value": "5,3", "TimeStamp": AT_MS / 1000},
        {"тег": "WELL_101.PINT", "значение": 5.3, "время": "2026-11-25T09:46:40.123Z"},
        [{"path": "WELL_101.PINT", "val": 5.3, "t": str(AT_US)}],
        {
            "timestamp": AT_MS,
            "metrics": [{"name": "WELL_101.PINT", "dataType": "Float", "value": 5.3}],
            "seq": 3,
        },
        {"timestamp": 1, "values": [{"id": "WELL_101.PINT", "v": 5.3, "q": True, "t": AT_MS}]},
        {"NodeId": "WELL_101.PINT", "Value": {"Value": 5.3, "SourceTimestamp": "2026-11-25T09:46:40.123Z"}},
        {
            "Messages": [
                {"Timestamp": "2026-11-25T12:46:40.123+03:00", "Payload": {"WELL_101.PINT": {"Value": 5.3}}}
            ]
        },
        {"ts": AT_US * 1_000, "WELL_101.PINT": 5.3, "seq": 5, "state": "run"},
    ],
)
def test_every_form_of_one_reading_is_the_same(form: Any) -> None:
    assert rows(form) == [{"timestamp": AT_US, "value": 5.3, "tag": "WELL_101.PINT"}]


def test_a_wide_object_is_a_reading_for_each_of_its_numbers() -> None:
    beside = {"timestamp": 1_795_687_200_000_000, "local": True}
    told = {"ts": "26.11.2026 10:00:00", "device": "K-5", "PINT": 5.3, "TMOT": {"value": 81, "unit": "°C"}}
    assert rows(told) == [
        {"value": 5.3, "tag": "PINT", **beside},
        {"value": 81.0, "tag": "TMOT", "unit": "°C", **beside},
    ]


@pytest.mark.parametrize(
    ("quality", "bad"),
    [
        ("Good", False),
        ("Bad", True),
        ("BadSensorFailure", True),
        (192, False),
        (0x80000000, True),
        (-0x80000000, True),
        (-0x7FFF0000, True),
        (24, True),
        (24.0, True),
        (192.0, False),
        ("24", True),
        ("192", False),
        ("2147483648", True),
        ("nan", False),
        (0, False),
    ],
)
def test_what_the_source_says_of_a_value_is_kept(quality: Any, bad: bool) -> None:
    (row,) = rows({"tag": "T", "v": 1, "ts": AT_MS, "quality": quality})
    assert row.get("bad", False) is bad


@pytest.mark.parametrize(
    "numbers",
    [
        {"PINT": 5.3, "TMOT": {"value": 81}},
        {"payload": {"PINT": 5.3, "TMOT": 81}},
        {"values": [{"tag": "PINT", "v": 5.3}, {"tag": "TMOT", "v": 81, "q": 192}]},
        {"data": [{"ts": AT_MS, "PINT": 5.3, "TMOT": 81}]},
    ],
    ids=["wide", "payload", "list", "list of wide"],
)
def test_what_an_envelope_says_in_words_of_its_values_is_kept_of_each(numbers: dict[str, Any]) -> None:
    """They passed for good. Of a number nobody knows: `"status": 1` is a pump that runs."""
    for said, bad in (("Bad", True), ("Uncertain", True), ("Good", False), (1, False)):
        told = rows({"ts": AT_MS, "status": said, **numbers})
        assert [row.get("bad", False) for row in told] == [bad, bad]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not_json"),
        (b"\xff\xfe{", "not_json"),
        (b"run", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[]", "rows_in_message"),
        (b"[1, 2]", "not_an_object"),
        (b"{}", "not_an_object"),
        (b'{"state": "run"}', "well_or_sensor"),
        (b'{"tag": "T", "v": "many"}', "time_or_value"),
        (b'{"tag": "T", "v": 1, "ts": "yesterday"}', "time_or_value"),
        (b'{"tag": "T", "v": 1, "ts": 1e300}', "time_or_value"),
        (b'{"tag": [1], "v": 1}', "well_or_sensor"),
        (b'{"well": "1", "sensor": "intake_pressure", "value": 5}', "time_or_value"),
        (
            b'{"values": [{"values": [{"values": [{"values": [{"values": [{"id": "a", "v": 1}]}]}]}]}]}',
            "not_an_object",
        ),
        (b" " * ((1 << 20) + 1), "message_too_large"),
        (json.dumps([{"tag": "T", "v": 1}] * (MOST_IN_A_MESSAGE + 1)).encode(), "rows_in_message"),
    ],
)
def test_what_gives_no_reading_says_why(body: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        rows(body)


KEYS = st.sampled_from(["tag", "v", "ts", "values", "Payload", "q", "x"])
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(anything)
def test_nothing_that_comes_is_our_bug(given_: Any) -> None:
    try:
        for row in rows(given_):
            assert isinstance(row["value"], float)
            assert isinstance(row["timestamp"], int)
    except ValueError as error:
        assert str(error) in {
            "not_json",
            "rows_in_message",
            "not_an_object",
            "well_or_sensor",
            "time_or_value",
        }
