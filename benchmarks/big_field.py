"""A made field of 5,000 wells, to see what grows: `python -m benchmarks.big_field` tells where it lies.

10^6 cards (the newest of each well with their curves, the others with four points), 10^5 results of
laboratories, 10^5 events and notes, 10^4 findings, 11 million hours of readings. Its first well, `1`, is the
worst that a page meets: a fiftieth of the cards, a twentieth of the results, a tenth of the events, notes and
findings, and every sensor there is by the minute. Written by statements over numbers, so that it is there in
half a minute, and kept by the hash of what makes it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.core.clock import to_us
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.findings import Finding, finding_id
from app.models.kinds.lab import PARAMETERS
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import findings as finding_store
from app.models.store import readings as reading_store
from app.models.store import records
from app.models.store.database import MIGRATIONS
from app.models.store.rows import put
from app.models.wells import ESP, SRP, Well, WellId
from app.services.opening import open_workspace
from app.services.wells.equipment import EquipmentHistory
from app.services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "out" / "big_field"
WELLS, CARDS, WITH_CURVES, LAB, EVENTS, NOTES = 5_000, 1_000_000, 200, 100_000, 50_000, 50_000
CARDS_OF_WORST, LAB_OF_WORST, DONE_OF_WORST = 20_000, 5_000, 5_000
FINDINGS_OF_WORST, FINDINGS = 1_000, 10_000
WORST, USUAL = "1", "2"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MINUTES_OF_WORST, HOURS = 60 * 24 * 30, 24 * 30
CODES = {
    SRP: ("fluid_pound", "gas_interference", "tagging_down"),
    ESP: ("gas_lock", "stage_wear", "scale_or_solids"),
}
SEVERITIES = ("watch", "act", "stop")


def path() -> Path:
    """The cache of the field; made where it is not there yet."""
    found = KEPT / key()
    if not found.is_dir():
        shutil.rmtree(KEPT, ignore_errors=True)
        unfinished = KEPT / "unfinished"
        unfinished.mkdir(parents=True)
        workspace = open_workspace(profile_paths(unfinished / "cache.duckdb"), NoticeBus())
        build(workspace)
        workspace.store.checkpoint()
        workspace.close()
        unfinished.rename(found)
    return found / "cache.duckdb"


def key() -> str:
    """Of what the field is made of: this file and the tables it goes into."""
    digest = hashlib.sha256()
    for file in (Path(__file__), *sorted(MIGRATIONS.glob("*.sql"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def build(
    workspace: Workspace,
    *,
    wells: int = WELLS,
    cards: int = CARDS,
    lab: int = LAB,
    events: int = EVENTS,
    notes: int = NOTES,
    findings: int = FINDINGS,
    of_worst: int = FINDINGS_OF_WORST,
) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [_well(number) for number in range(1, wells + 1)])
        cursor.execute("""INSERT INTO sights SELECT id, 12, 20, '[]' FROM wells WHERE id % 3 <> 0""")
        _put_findings(cursor, findings, of_worst, wells)
        _put_records(cursor, wells, lab, events, notes)
    computed_with = EquipmentHistory(workspace, 1).at(NOW).bore.fingerprint  # else each is computed once more
    with workspace.store.writing() as cursor:
        _put_cards(cursor, wells, cards, computed_with)
    for batch in _readings(wells):
        reading_store.write(workspace.store, batch)


def _well(number: int) -> Well:
    lift = ESP if number % 3 == 2 else SRP
    return Well(WellId(number), str(number), f"Field {number % 5}", f"{number % 250}", lift)


def _put_findings(cursor: records.Cursor, findings: int, of_worst: int, wells: int) -> None:
    rows = []
    for number in range(findings):
        well = 1 if number < of_worst else 2 + number % (wells - 1)
        made, nth = _well(well), number if number < of_worst else number % 7
        code = CODES[made.lift][number % 3]
        began = NOW - timedelta(hours=6 + 12 * (nth % 700), minutes=number % 59)
        found = Finding(
            well, code, SEVERITIES[number % 3], 0.5 + number % 40 / 100, began, began + timedelta(hours=5)
        )
        name = finding_id(made.key["uid"], code, began, number)
        body = json.dumps(finding_store.to_json(found))
        rows.append(
            [name, well, code, found.severity, found.confidence, records.naive(began)]
            + [records.naive(found.to_at), body, number % 4 != 0]
        )
    put(
        cursor,
        "findings",
        ("id", "well", "code", "severity", "confidence", "from_at", "to_at", "body", "seen"),
        rows,
    )


def _put_records(cursor: records.Cursor, wells: int, lab: int, events: int, notes: int) -> None:
    parameters = [one.key for one in PARAMETERS][10:20]  # nothing that a card is computed with
    values = [(one.minimum + one.maximum) / 2 for one in PARAMETERS][10:20]
    units = [one.unit for one in PARAMETERS][10:20]
    now = records.naive(NOW)
    cursor.execute(
        """INSERT INTO lab_results BY NAME SELECT 'lab-' || n AS id,
               CASE WHEN n < ? THEN 1 ELSE 2 + (n // 10) % ? END AS well,
               ?::TIMESTAMP - to_minutes(30 * (n // 10)) AS sampled_at,
               list_extract(?, n % 10 + 1) AS parameter,
               list_extract(?, n % 10 + 1) * (0.9 + n % 21 / 100) AS value,
               list_extract(?, n % 10 + 1) AS unit,
               '' AS qualifier, 'ISO ' || n % 7 AS method, 'S-' || n // 10 AS sample
           FROM range(?) r(n)""",
        [LAB_OF_WORST, wells - 1, now, parameters, values, units, lab],
    )
    cursor.execute(
        """INSERT INTO events BY NAME SELECT 'event-' || n AS id,
               CASE WHEN n < ? THEN 1 ELSE 2 + n % ? END AS well,
               ?::TIMESTAMP - to_minutes(50 * n) AS happened_at,
               ?::TIMESTAMP - to_minutes(50 * n) + to_minutes(20) AS until,
               CASE WHEN n % 4 = 0 THEN 'stop' ELSE 'treatment' END AS kind, 'What was done, ' || n AS note
           FROM range(?) r(n)""",
        [DONE_OF_WORST, wells - 1, now, now, events],
    )
    cursor.execute(
        """INSERT INTO notes BY NAME SELECT 'note-' || n AS id,
               CASE WHEN n < ? THEN 1 ELSE 2 + n % ? END AS well,
               ?::TIMESTAMP - to_minutes(50 * n + 25) AS noted_at, 'What was seen, ' || n AS text,
               'Ivanov' AS author
           FROM range(?) r(n)""",
        [DONE_OF_WORST, wells - 1, now, notes],
    )


def _put_cards(cursor: records.Cursor, wells: int, cards: int, computed_with: str) -> None:
    """Half an hour apart, of every well with rods; an ellipse, of four points where nobody will look."""
    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    position_m, load_n = 1.5 - 1.5 * np.cos(angle), 45_000 + 15_000 * np.sin(angle + 0.6)
    with_rods = [number for number in range(2, wells + 1) if _well(number).lift == SRP]
    of_worst = min(CARDS_OF_WORST, cards)
    of_others = (cards - of_worst) // len(with_rods)
    for well_ids, count in (([1], of_worst), (with_rods, of_others)):
        whole = min(WITH_CURVES if well_ids == [1] else 1, count)
        for first, last, points in ((0, whole, slice(None)), (whole, count, slice(None, None, 50))):
            cursor.execute(
                """INSERT INTO cards BY NAME SELECT 'card-' || well || '-' || n AS id, well,
                       ?::TIMESTAMP - to_minutes(30 * n) AS taken_at, 6.0 AS strokes_per_minute,
                       ?::FLOAT[] AS position_m, ?::FLOAT[] AS load_n, 'sha-' || well || '-' || n AS sha256,
                       '{"fillage": ' || (0.5 + n % 500 / 1000) || ', "peak_polished_rod_load_n": '
                           || (60000 + n % 997) || ', "codes": [["fluid_pound", 0.9]],
                               "equipment": "' || ? || '"}' AS figures
                   FROM (SELECT unnest(?) AS well), range(?, ?) r(n)""",
                [
                    records.naive(NOW),
                    position_m[points].tolist(),
                    load_n[points].tolist(),
                    computed_with,
                    well_ids,
                    first,
                    last,
                ],
            )


def _readings(wells: int) -> list[Readings]:
    """Every sensor of the worst well by the minute, of all others three by the hour."""
    minutes = to_us(NOW) - np.arange(MINUTES_OF_WORST, dtype=np.int64)[::-1] * 60_000_000
    hours = to_us(NOW) - np.arange(HOURS, dtype=np.int64)[::-1] * 3_600_000_000
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.02, len(minutes)).astype(np.float32)
    worst = Readings.join(
        [
            Readings.of_one(1, one.number, minutes, _level(one.key) * (1 + noise))
            for one in sorted(SENSORS, key=lambda one: one.number)
        ]
    )
    sensors = sorted(SENSORS[key].number for key in ("intake_pressure", "active_power", "liquid_rate"))
    series = len(sensors)
    well = np.repeat(np.arange(2, wells + 1, dtype=np.uint16), series * HOURS)
    sensor = np.tile(np.repeat(np.array(sensors, np.uint8), HOURS), wells - 1)
    value = np.resize(_level("intake_pressure") * (1 + noise), len(well))
    times = np.tile(hours, (wells - 1) * series)
    return [worst, Readings(well, sensor, times, value, np.zeros(len(well), np.uint8))]


def _level(sensor: str) -> np.float32:
    """What is neither nothing nor beyond what the gauge can say."""
    low, high = SENSORS[sensor].minimum, SENSORS[sensor].maximum
    return np.float32(low + (high - low) * 0.4)


if __name__ == "__main__":
    began = time.perf_counter()
    sys.stdout.write(f"{path()}\n{time.perf_counter() - began:.1f} s\n")
