"""A message that names its form is read by that form; one that nobody registered waits until it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.errors import KnownError
from central.streams.buffer import Message
from central.streams.kafka import schema_of
from central.streams.payloads import rows_of
from central.streams.schemas import schemas_of
from tests.central.a_site import NOW, Site

CAME = datetime(2026, 11, 26, 12, tzinfo=UTC)
SCADA = {
    "rows": "points",
    "fields": {"tag": "p", "value": "x", "time": "when", "unit": "eu", "quality": "st"},
    "time": "ms",
}
POINT = {"p": "A1", "x": 5.5, "when": 1_795_600_000_123, "eu": "МПа"}


def file_of(folder: Path, **forms: Any) -> Path:
    file = folder / "schemas.json"
    file.write_text(json.dumps({name.replace("__", "/"): said for name, said in forms.items()}))
    return file


def test_a_message_is_read_by_the_form_that_it_names(tmp_path: Path) -> None:
    known = schemas_of(file_of(tmp_path, scada__2=SCADA))
    body = json.dumps({"schema": "scada/2", "points": [POINT, {**POINT, "st": 0x80000000}], "value": 9})
    first, second = rows_of("t", body.encode(), CAME, known)
    assert first == {
        "topic": "t",
        "tag": "A1",
        "value": 5.5,
        "timestamp": 1_795_600_000_123_000,
        "unit": "МПа",
    }
    assert second["bad"] is True
    ours = {"well": "101", "sensor": "PIP", "value": 5, "at": "2026-11-26T07:00:00Z"}
    (row,) = rows_of("t", json.dumps({"schema": "wellside.readings/1", "readings": [ours]}).encode(), CAME)
    assert (row["well"], row["sensor"], row["value"]) == ("101", "PIP", 5.0)
    (row,) = rows_of("t", json.dumps({"points": [POINT]}).encode(), CAME, known, "scada/2")
    assert row["value"] == 5.5, "named beside it"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"schema": "scada/3", "points": [POINT]}, "schema_unknown"),
        ({"schema": "scada/2", "points": {}}, "schema_mismatch"),
        ({"schema": "scada/2", "points": [{**POINT, "x": "5,5"}]}, "schema_mismatch"),
        ({"schema": "scada/2", "points": [{**POINT, "when": "2026-11-26"}]}, "schema_mismatch"),
        ({"schema": "scada/2", "points": [{**POINT, "when": 1 << 70}]}, "schema_mismatch"),
        ({"schema": "scada/2", "points": [{"x": 5.5, "when": 1, "value": 1}]}, "schema_mismatch"),
        ({"schema": "scada/2", "points": [5]}, "schema_mismatch"),
        ({"schema": "scada/2", "points": []}, "rows_in_message"),
    ],
)
def test_nothing_in_a_declared_message_is_guessed(tmp_path: Path, body: Any, reason: str) -> None:
    known = schemas_of(file_of(tmp_path, scada__2=SCADA))
    with pytest.raises(ValueError, match=reason):
        rows_of("t", json.dumps(body).encode(), CAME, known)


def test_what_is_no_name_of_a_form_is_read_as_before() -> None:
    for schema in ({"type": "struct"}, "http://site.example/readings", 5, None):
        body = {"schema": schema, "tag": "A1", "v": 5.0, "ts": 1_795_600_000}
        assert rows_of("t", json.dumps(body).encode(), CAME)[0]["tag"] == "A1"


@pytest.mark.parametrize(
    "forms",
    [
        {"scada": SCADA},
        {"scada__2": {**SCADA, "more": 1}},
        {"scada__2": {**SCADA, "time": "days"}},
        {"scada__2": {**SCADA, "fields": {"tag": "p", "value": "x"}}},
        {"scada__2": {**SCADA, "fields": {"well": "w", "value": "x", "time": "t"}}},
        {"scada__2": {**SCADA, "fields": {"tag": "p", "value": "x", "time": 5}}},
        {"wellside.readings__1": SCADA},
    ],
)
def test_a_file_of_forms_that_is_wrong_is_refused_with_its_name(tmp_path: Path, forms: Any) -> None:
    with pytest.raises(KnownError, match="schemas_wrong"):
        schemas_of(file_of(tmp_path, **forms))
    with pytest.raises(KnownError, match="file_unreadable"):
        schemas_of(tmp_path / "none.json")


def test_a_version_that_is_registered_later_frees_what_waited(site: Site, tmp_path: Path) -> None:
    site.now = NOW
    site.well("101")
    site.tag("A1", well="101", sensor="Рпр")
    body = json.dumps({"points": [{**POINT, "when": 1_795_600_000_000}]}).encode()
    site.batch.add(Message(body, "t", "t.0.1", NOW, "scada/2"))
    site.brings()
    assert site.held() == {"schema_unknown": 1}
    site.command("dead", "replay")
    assert site.held() == {"schema_unknown": 1}
    (done,) = site.command("dead", "replay", "--schemas", str(file_of(tmp_path, scada__2=SCADA)))
    assert done["freed"] == 1
    assert list(site.delivers().values()) == [5.5e6]


def test_kafkas_header_names_the_form() -> None:
    def told(*headers: tuple[str, bytes]) -> str:
        return schema_of(SimpleNamespace(headers=lambda: list(headers) or None))

    assert told(("schema", b"scada/1"), ("schema", b"scada/2"), ("x", b"1")) == "scada/2"
    assert told() == ""
