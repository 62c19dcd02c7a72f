"""The settings of a profile (declared in `declared_settings`): read, checked and kept in its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core import versioned, zones
from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.core.site import Said, Site, site
from app.core.texts import Speaker, speaker_of
from app.core.units import UnitSystem


def _zone_of_hours(value: object) -> str:
    """Version 1 had the hours that the field's clock is ahead of UTC; 0 was where nobody had said any."""
    hours = float(value) if isinstance(value, (int, float)) else 0.0
    minutes = round(abs(hours) * 60)
    return f"UTC{'-' if hours < 0 else '+'}{minutes // 60}:{minutes % 60:02d}" if minutes else ""


FORM = versioned.Form(
    version=2,
    renames={2: {"field_utc_offset_h": "time_zone"}},
    reworded={2: {"time_zone": _zone_of_hours}},
)
"""Of settings.json. A setting that gets another key: one version more, and the old key here."""


class Settings:
    """Values by key, kept in a JSON file. What IT has locked stands over them, its defaults stand below. A
    damaged file or value falls back to the default, and says so; it is kept, as is everything that only
    another version of the program understands.
    """

    def __init__(self, path: Path, it: Site | None = None) -> None:
        """`it`: what IT has said for this machine; what this process has read of it without."""
        self._path = path
        self._site = site() if it is None else it
        self._by_key = {setting.key: setting for setting in SETTINGS}
        self._values: JsonObject = {}
        self._not_ours: JsonObject = {}
        self._written_by = 0
        self._damaged = False
        self._listeners: list[Callable[[str], None]] = []
        self.problems: list[KnownError] = []
        self._load()

    def _load(self) -> None:
        try:
            stored = versioned.read(self._path)
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            self._damaged = isinstance(error, ValueError)
            self.problems.append(KnownError("settings_file", file=str(self._path), reason=str(error)))
            return
        self._written_by = versioned.version_of(stored)
        for key, value in FORM.current(stored).items():
            if key not in self._by_key:
                self._not_ours[key] = value
                continue
            try:
                self._values[key] = self._by_key[key].check(value)
            except KnownError as error:
                self._not_ours[key] = value
                self.problems.append(error)

    def __getitem__(self, key: str) -> Any:
        said = self.set_by(key)
        return said.value if said is not None else self._values.get(key, self._by_key[key].default)

    def is_chosen(self, key: str) -> bool:
        """Whether somebody has set it in this profile."""
        return key in self._values

    def set_by(self, key: str) -> Said | None:
        """What IT says of it where that is what stands; None where the user or the program decides."""
        said = self._site.settings.get(key)
        return said if said is not None and (said.locked or key not in self._values) else None

    def checked(self, key: str, value: Any) -> Any:
        """The value as it may be set. Raises KnownError (setting_value, …; setting_locked where IT has locked
        another).
        """
        setting, said = self._by_key[key], self._site.settings.get(key)
        value = setting.check(value)
        if said is not None and said.locked and value != said.value:
            called = {"ru": setting.label_ru, "en": setting.label_en}
            raise KnownError("setting_locked", setting=key, called=called, source=said.source)
        return value

    def set(self, key: str, value: Any) -> None:
        """Checks, writes the file, tells the listeners. Raises KnownError and changes nothing when
        refused.
        """
        value = self.checked(key, value)
        if self[key] == value:
            return
        changed = {**self._values, key: value}
        kept = {name: other for name, other in self._not_ours.items() if name != key}
        if self._damaged:
            versioned.set_aside(self._path)
        versioned.write(self._path, FORM.stamped({**kept, **changed}, self._written_by))
        self._values, self._not_ours, self._damaged = changed, kept, False
        for listener in list(self._listeners):
            listener(key)

    def on_change(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Returns the call that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def unit_system(self) -> UnitSystem:
        return UnitSystem(self["units"], self["technical_atmosphere"])

    def speaker(self, language: str | None = None) -> Speaker:
        language, zone = language or self["language"], self["time_zone"] or zones.of_machine()
        return speaker_of(language, self["units"], self["technical_atmosphere"], zone)

    def zone(self) -> zones.FieldZone:
        return zones.FieldZone(self["time_zone"] or zones.of_machine())
