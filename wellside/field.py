"""The wells of a profile and what is known of them, as DataFrames."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.paths import profile_paths
from app.core.texts import Speaker
from app.models.cards import StoredCard
from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from app.models.sensors import BY_NUMBER, SENSORS
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import kinds as kind_store
from app.models.store import records, trends
from app.models.store.database import Database
from app.models.store.spans import read_spans
from app.models.values import number_of
from app.models.well_names import Registry
from app.models.wells import Well
from app.services.diagnosis.cards import KEPT
from app.services.diagnosis.refiguring import as_equipped
from app.services.sharing import Reading, open_reading
from wellside.errors import Error, explained
from wellside.frames import Manner
from wellside.quantities import Figure, figure_of

if TYPE_CHECKING:
    import pandas as pd

_EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


@explained
def open(store: str | Path | None = None, *, units: str = "si", tz: str = "UTC") -> Field:
    """The profile around the file `store` (the user's own without it) as it is at this moment.

    A copy is opened: the window may be open, start or close meanwhile. `units`: si, ru_field, us_field.
    `tz`: the zone of every index, and of moments given without one. Raises Error.
    """
    manner = Manner(units, tz)
    if store is not None and not Path(store).is_file():
        raise KnownError("store_missing", file=str(store))
    return Field(open_reading(profile_paths(None if store is None else Path(store))), manner)


def _names_of(kind: Kind) -> dict[str, str]:
    """Field → what its column is called."""
    short = {field.key: figure_of(field.key).name for field in kind.fields}
    alike = {name for name in short.values() if list(short.values()).count(name) > 1}
    return {key: key if name in alike else name for key, name in short.items()}


class Field:
    """What a profile holds, at the moment it was opened. Close it, or use it in a `with`."""

    def __init__(self, reading: Reading, manner: Manner) -> None:
        self._reading, self._manner = reading, manner
        self._closed = False

    def __enter__(self) -> Field:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        self._reading.close()

    @property
    def _store(self) -> Database:
        if self._closed:
            raise Error("closed", "This profile is closed: open it again with wellside.open().")
        return self._reading.store

    @explained
    def wells(self) -> pd.DataFrame:
        """A row each well, by its name: field, pad, lift, state, depth, aliases, uid, last reading."""
        found = records.wells(self._store)
        spans = read_spans(self._store)
        last = [spans[well.id][1] if well.id in spans else None for well in found]
        frame = self._manner.frame(
            {
                "name": [well.name for well in found],
                "field": [well.field_name for well in found],
                "pad": [well.pad for well in found],
                "lift": [well.lift for well in found],
                "state": [well.state for well in found],
                "depth": [well.depth_m for well in found],
                "aliases": [well.aliases for well in found],
                "uid": [well.key["uid"] for well in found],
            },
            {"depth": "length"},
        )
        frame["last_reading"] = self._manner.index(last)
        return self._manner.told(frame.set_index("name"), {"depth": "length"})

    @explained
    def readings(
        self,
        well: str,
        sensors: Iterable[str] | None = None,
        *,
        since: Any = None,
        until: Any = None,
        marked: bool = False,
    ) -> pd.DataFrame:
        """A column each sensor, a row each moment at which one was read; NaN where the others were not.

        Readings that are marked as not to be trusted (frozen, out of range, a sentinel, …) are left out;
        with `marked` they are kept, and a column `<sensor>_quality` beside each holds their Quality bits.
        """
        import pandas as pd

        asked = self._sensors(sensors)
        series: dict[str, pd.Series] = {}
        for known in trends.series_of(self._store, self._well(well).id):
            sensor = BY_NUMBER[known.sensor]
            if asked is not None and sensor.key not in asked:
                continue
            first, last = self._window(since, until, known.first_us, known.last_us)
            time_us, value, quality = trends.samples(self._store, known.well, known.sensor, first, last)
            kept = np.ones(len(time_us), bool) if marked else np.asarray(quality) == 0
            index = self._manner.index(time_us[kept])
            shown = self._manner.unit(sensor.quantity).from_si(value[kept].astype(np.float64))
            series[sensor.key] = pd.Series(shown, index)
            if marked:
                series[f"{sensor.key}_quality"] = pd.Series(np.asarray(quality)[kept], index)
        frame = pd.DataFrame(series) if series else pd.DataFrame(index=self._manner.index([]))
        return self._manner.told(frame, {key: SENSORS[key].quantity for key in series if key in SENSORS})

    @explained
    def hours(
        self, well: str, sensors: Iterable[str] | None = None, *, since: Any = None, until: Any = None
    ) -> pd.DataFrame:
        """Columns (sensor, low | mean | high) of every hour: years at once, out of the roll-ups."""
        import pandas as pd

        asked, chosen = self._sensors(sensors), self._well(well)
        known = [
            one.sensor
            for one in trends.series_of(self._store, chosen.id)
            if asked is None or BY_NUMBER[one.sensor].key in asked
        ]
        first, last = self._window(since, until, *map(to_us, _EVER))
        columns: dict[tuple[str, str], pd.Series] = {}
        for number, hourly in trends.hourly(self._store, chosen.id, known, first, last).items():
            sensor, index = BY_NUMBER[number], self._manner.index(hourly.time_us)
            for name in ("low", "mean", "high"):
                shown = self._manner.unit(sensor.quantity).from_si(getattr(hourly, name))
                columns[sensor.key, name] = pd.Series(shown, index)
        frame = pd.DataFrame(columns) if columns else pd.DataFrame(index=self._manner.index([]))
        return self._manner.told(frame, {key: SENSORS[key].quantity for key, _ in columns})

    @explained
    def cards(self, well: str, *, since: Any = None, until: Any = None) -> pd.DataFrame:
        """A row each dynamogram, by when it was taken: its figures, the first finding, and its points.

        `position` and `load` hold arrays (n,) in the units of the frame.
        """
        number = self._well(well).id
        kept = card_store.of_well(self._store, number, *self._moments(since, until))
        found = as_equipped(self._reading, number, kept)
        figures = [figure_of(key) for key in KEPT]
        quantities = {figure.name: figure.quantity for figure in figures}
        position, load = self._manner.unit("length"), self._manner.unit("load")
        frame = self._manner.frame(
            {
                "strokes_per_minute": [card.strokes_per_minute for card in found],
                **{figure.name: [_si(card, figure) for card in found] for figure in figures},
                "finding": [next(iter(card.codes), "") for card in found],
                "position": [position.from_si(card.position_m) for card in found],
                "load": [load.from_si(card.load_n) for card in found],
            },
            quantities,
        )
        frame.index = self._manner.index([to_us(card.taken_at) for card in found], "taken_at")
        return self._manner.told(frame, {**quantities, "position": "length", "load": "load"})

    def flow_tests(self, well: str, *, since: Any = None, until: Any = None) -> pd.DataFrame:
        """Замеры дебита: a row each test, by when it was taken."""
        return self.records(well, "flow_test", since=since, until=until)

    @explained
    def records(self, well: str, kind: str, *, since: Any = None, until: Any = None) -> pd.DataFrame:
        """Records of any kind (`kinds()` lists them), oldest first, by their moment.

        A column is called as the field without the unit that ends it: `liquid` is in what `attrs["units"]`
        says. Two fields that would be called alike keep their own names: `oil_m3` and `oil_kg`, `level` (what
        it is) and `level_m`.
        """
        if not isinstance(kind, str) or kind not in KINDS:
            raise Error(
                "kind_unknown", f"There is no kind of record {kind!r}: use {', '.join(self.kinds())}."
            )
        declared = KINDS[kind]
        found = kind_store.of_well(self._store, declared, self._well(well).id, *self._moments(since, until))[
            ::-1
        ]
        names = _names_of(declared)
        measured = {names[field.key]: field.quantity for field in declared.fields if field.type == "number"}
        frame = self._manner.frame(
            {name: [one.values.get(key) for one in found] for key, name in names.items()}, measured
        )
        if declared.until:
            frame["until"] = self._manner.times([one.until for one in found])
        frame.index = self._manner.index([to_us(one.at) for one in found], "at")
        return self._manner.told(frame, measured)

    @staticmethod
    def kinds() -> list[str]:
        """The kinds of records there are."""
        return [kind.key for kind in KINDS]

    @explained
    def findings(self, well: str | None = None) -> pd.DataFrame:
        """What was found, of one well or of all: worst and surest first, with what the engineer decided."""
        wells = records.wells(self._store) if well is None else [self._well(well)]
        speaker = Speaker("en")
        found = [
            (one.name, finding) for one in wells for finding in finding_store.of_well(self._store, one.id)
        ]
        found.sort(key=lambda pair: pair[1].rank)
        frame = self._manner.frame(
            {
                "well": [name for name, _ in found],
                "code": [finding.code for _, finding in found],
                "words": [speaker.say(f"finding.{finding.code}") for _, finding in found],
                "severity": [finding.severity for _, finding in found],
                "confidence": [finding.confidence for _, finding in found],
                "decision": [finding.decision for _, finding in found],
                "reason": [finding.reason for _, finding in found],
            },
            {},
        )
        frame["since"] = self._manner.times([finding.from_at for _, finding in found])
        frame["until"] = self._manner.times([finding.to_at for _, finding in found])
        return self._manner.told(frame, {})

    def _well(self, name: str) -> Well:
        if not isinstance(name, str):
            raise Error("well_unknown", f"{name!r} is no name of a well: wells() lists them.")
        registry = Registry(records.wells(self._store))
        well = registry.find(name)
        if well is None:
            near = ", ".join(registry.near(name)) or "—"
            raise Error("well_unknown", f"There is no well {name!r}; the nearest names: {near}.")
        return well

    def _sensors(self, wanted: Iterable[str] | None) -> set[str] | None:
        if wanted is None:
            return None
        if not isinstance(wanted, Iterable):
            raise Error("sensor_unknown", f"{wanted!r} is no list of sensors: give their keys.")
        keys = {wanted} if isinstance(wanted, str) else builtins.set(wanted)
        unknown = sorted(str(key) for key in keys if key not in SENSORS)
        if unknown:
            known = ", ".join(sensor.key for sensor in SENSORS)
            raise Error("sensor_unknown", f"There is no sensor {', '.join(unknown)}; there are: {known}.")
        return keys

    def _window(self, since: Any, until: Any, first_us: int, last_us: int) -> tuple[int, int]:
        start, end = self._moments(since, until)
        return (first_us if start is None else to_us(start), last_us if end is None else to_us(end))

    def _moments(self, since: Any, until: Any) -> tuple[datetime | None, datetime | None]:
        start, end = self._manner.moment(since), self._manner.moment(until)
        if start is not None and end is not None and start > end:
            raise Error("moments_turned", f"since ({since}) is after until ({until}).")
        return start, end


def _si(card: StoredCard, figure: Figure) -> float | None:
    value = number_of(card.figures, figure.key)
    return None if value is None else value * figure.si
