"""Unsent work that is given in at the centre: taken as if it had been sent, once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.clock import iso, utc_now
from app.sync import parcel
from app.sync.wire import EntryIn, FileRef
from central import unsent
from central.accept import accept
from central.api.app import make_app
from central.stores import audit, devices, documents, site_keys
from central.stores.devices import Device
from central.stores.engine import changing, open_engine, reading
from central.stores.tables import RECEIPTS, VERSIONS
from tests.central.asked_here import Asked, answers
from tests.central.at_the_command_line import Line
from tests.central.test_api import entry
from tests.central.test_roles import here

FIELD, SEED, CONTENT = "Северное", b"a" * 32, b"content" * 300_000


def saved(line: Line, file: Path, *told: EntryIn) -> tuple[sa.Engine, Device]:
    """By a laptop that the centre has met."""
    engine = open_engine(f"sqlite:///{line.folder / 'centre.sqlite'}")
    with changing(engine) as connection:
        device, _ = devices.add(connection, "laptop A", (FIELD,), devices.LAPTOP_SCOPES, utc_now())
        keys = site_keys.of_site(connection, utc_now())
    with file.open("wb") as out:
        parcel.write(
            out,
            keys.introduce(device, parcel.public_of(SEED), utc_now()),
            SEED,
            [(one, [(ref, [CONTENT]) for ref in one.attachments]) for one in told],
            fields=(FIELD,),
            entries=len(told),
            made_at=iso(utc_now()),
        )
    return engine, device


def test_a_file_given_in_twice_and_then_sent_is_taken_once(line: Line, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    one, other = entry(FIELD), entry(FIELD)
    ref = FileRef(sha256=sha256, size=len(CONTENT), name="a.pdf")
    one = one.model_copy(update={"attachments": (ref,)})
    engine, device = saved(line, tmp_path / "w.unsent", one, other)
    said = line("unsent", "take", str(tmp_path / "w.unsent"))
    assert (said[-1]["device"], said[-1]["accepted"]) == ("laptop A", 2)
    assert line("unsent", "take", str(tmp_path / "w.unsent"))[-1]["duplicate"] == 2
    assert [r.status for r in accept(engine, device, (one, other), utc_now)] == ["duplicate"] * 2
    with reading(engine) as connection:
        assert b"".join(documents.pieces(connection, sha256)) == CONTENT
        assert documents.readable(connection, sha256, (FIELD,))
        for table in (RECEIPTS, VERSIONS):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 2
    engine.dispose()


def test_what_the_laptop_sent_before_is_a_duplicate_and_what_is_not_its_own_is_told(
    line: Line, tmp_path: Path
) -> None:
    sent, foreign = entry(FIELD), entry("Южное")
    engine, device = saved(line, tmp_path / "w.unsent", sent, foreign)
    accept(engine, device, (sent,), utc_now)
    refused, counts = line("unsent", "take", str(tmp_path / "w.unsent"))
    assert (refused["entry"], refused["code"]) == (foreign.id, "field_not_yours")
    assert (counts["duplicate"], counts["rejected"]) == (1, 1)
    engine.dispose()


def test_a_revoked_laptop_and_a_changed_file_are_refused_with_words(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "w.unsent"
    engine, device = saved(line, file, entry(FIELD))
    content = bytearray(file.read_bytes())
    content[-80] ^= 1
    (tmp_path / "changed.unsent").write_bytes(content)
    assert line("unsent", "take", str(tmp_path / "changed.unsent")) == []
    assert "changed or damaged" in line.complaint
    with changing(engine) as connection:
        devices.revoke(connection, device.id, utc_now())
    assert line("unsent", "take", str(file)) == []
    assert "was revoked" in line.complaint
    with reading(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(RECEIPTS)).scalar() == 0
    engine.dispose()


def test_the_keys_of_the_site_stay_and_those_of_fields_differ(line: Line) -> None:
    engine = open_engine(f"sqlite:///{line.folder / 'centre.sqlite'}")
    with changing(engine) as connection:
        first, again = (site_keys.of_site(connection, utc_now()) for _ in range(2))
    assert first == again
    assert len(set(first.of_fields((FIELD, "Южное")).values())) == 2
    assert json.dumps(first.of_fields((FIELD,))) != json.dumps(first.of_fields(("Южное",)))
    engine.dispose()


def test_a_file_is_given_in_over_the_network_by_who_has_its_fields_once(line: Line, tmp_path: Path) -> None:
    engine, device = saved(line, tmp_path / "w.unsent", entry(FIELD), entry(FIELD))
    with changing(engine) as connection:
        (_, of_field), (_, of_another) = (
            devices.add(connection, "b", (field,), devices.LAPTOP_SCOPES, utc_now())
            for field in (FIELD, "Южное")
        )
    content = (tmp_path / "w.unsent").read_bytes()
    changed = content[:-80] + bytes([content[-80] ^ 1]) + content[-79:]
    asked: list[Asked] = [
        ("POST", "/v1/unsent", {"headers": {"Authorization": f"Bearer {token}"}, "content": body})
        for token, body in (
            (of_another, content),
            (of_field, changed),
            (of_field, b"x"),
            (of_field, content),
            (of_field, content),
        )
    ]
    app = make_app(here(engine))
    another, damaged, nothing, first, again = answers(app, asked)
    assert [one.status_code for one in (another, damaged, nothing)] == [400] * 3
    assert [one.json()["code"] for one in (another, damaged, nothing)] == [
        "parcel_field",
        "parcel_changed",
        "parcel_none",
    ]
    assert (first.json()["device"], first.json()["counts"]) == (device.name, {"accepted": 2})
    assert again.json()["counts"] == {"duplicate": 2}
    with reading(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(RECEIPTS)).scalar() == 2
        carried = [row for row in audit.rows(connection) if row.act == "unsent work taken"]
    assert [row.actor.split()[:2] for row in carried] == [["device", "b"]] * 2
    engine.dispose()


def test_of_a_file_with_nothing_but_refusals_the_first_are_told_and_all_are_counted(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said of each of millions of small entries lay in memory together."""
    monkeypatch.setattr(unsent, "MOST_TOLD", 3)
    engine, _ = saved(line, tmp_path / "w.unsent", *(entry("Южное") for _ in range(5)))
    *told, counts = line("unsent", "take", str(tmp_path / "w.unsent"))
    assert ([one["code"] for one in told], counts["rejected"]) == (["field_not_yours"] * 3, 5)
    engine.dispose()
