"""Time zones by what people call them (`UTC+5`, `МСК`, `Asia/Yekaterinburg`), and the field's own: what a
clock on its wall shows. Inside everything is UTC; this is the edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOUR_US = 3_600_000_000
_NAMED_HOURS = {
    "utc": 0.0,
    "gmt": 0.0,
    "z": 0.0,
    "мск": 3.0,
    "msk": 3.0,
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
    "cet": 1.0,
    "cest": 2.0,
    "yekt": 5.0,
    "екб": 5.0,
    "omst": 6.0,
    "krat": 7.0,
}
_CITIES = {
    "Алматы": "Asia/Almaty",
    "Анадырь": "Asia/Anadyr",
    "Астрахань": "Europe/Astrakhan",
    "Ашхабад": "Asia/Ashgabat",
    "Баку": "Asia/Baku",
    "Владивосток": "Asia/Vladivostok",
    "Екатеринбург": "Asia/Yekaterinburg",
    "Иркутск": "Asia/Irkutsk",
    "Калининград": "Europe/Kaliningrad",
    "Камчатка": "Asia/Kamchatka",
    "Красноярск": "Asia/Krasnoyarsk",
    "Магадан": "Asia/Magadan",
    "Минск": "Europe/Minsk",
    "Москва": "Europe/Moscow",
    "Новосибирск": "Asia/Novosibirsk",
    "Омск": "Asia/Omsk",
    "Самара": "Europe/Samara",
    "Саратов": "Europe/Saratov",
    "Сахалин": "Asia/Sakhalin",
    "Ташкент": "Asia/Tashkent",
    "Томск": "Asia/Tomsk",
    "Чита": "Asia/Chita",
    "Якутск": "Asia/Yakutsk",
}
"""What people of the field call the places that zones are named after."""

_OFFSET = re.compile(
    r"^(?P<base>utc|gmt|z|мск|msk)?\s*(?:(?P<sign>[+\-\u2212])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?)?$"
)


def fixed_offset_us(text: str) -> int | None:
    """`+05:00`, `UTC+5`, `МСК+2`, `Z` → what the clock is ahead of UTC; None for what is no offset."""
    plain = text.strip().lower().strip("()[]")
    if plain in _NAMED_HOURS:
        return round(_NAMED_HOURS[plain] * HOUR_US)
    match = _OFFSET.match(plain)
    if match is None or not plain:
        return None
    hours = _NAMED_HOURS[match["base"]] if match["base"] else 0.0
    if match["sign"]:
        ahead = int(match["h"]) + int(match["m"] or 0) / 60
        if ahead > 14:
            return None
        hours += ahead if match["sign"] == "+" else -ahead
    return round(hours * HOUR_US)


def region(zone: str) -> ZoneInfo | None:
    """The rules of a place, or None where nobody knows it."""
    try:
        return ZoneInfo(zone) if "/" in zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=64)
def known(zone: str) -> bool:
    """Asked anew for each cell of a table that tells a time."""
    return fixed_offset_us(zone) is not None or region(zone) is not None


def places(language: str) -> list[str]:
    """Names of places to choose from, those that the reader's language has of its own before the others; then
    offsets.
    """
    own = sorted(_CITIES) if language == "ru" else []
    return [*own, *_everywhere(), *(f"UTC{hours:+d}" for hours in range(-11, 15) if hours)]


@cache
def _everywhere() -> list[str]:
    """As the package of their rules lists them: to look at six hundred files of the system for it was a
    twentieth of all that the first window costs.
    """
    names = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
    return sorted(name for name in names if "/" in name and not name.startswith("Etc/"))


def canonical(zone: str) -> str:
    """`екатеринбург` → `Asia/Yekaterinburg`, which every program knows; all else as it is."""
    return _CITIES.get(zone.strip().capitalize(), zone)


def of_machine() -> str:
    """The place whose clock this machine shows; its offset of today where the system does not name one."""
    return _place_of_machine() or f"{datetime.now().astimezone():%z}"


@cache
def _place_of_machine() -> str:
    """Asked anew for each cell of a table, and no other while the program runs. Empty where it has no
    name.
    """
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return name if name and known(name) else ""


@cache
def _rules(name: str) -> tzinfo:
    """A speaker is made for each sentence: its clock is not read anew each time."""
    fixed = fixed_offset_us(name)
    if fixed is None:
        return region(name) or UTC
    return timezone(timedelta(microseconds=fixed))


@dataclass(frozen=True)
class FieldZone:
    """The clock of a field; `name` as `known` takes it. A day without an hour (the date of a run, a month of
    production) is kept as midnight UTC and is that day everywhere.
    """

    name: str = "UTC"

    @property
    def rules(self) -> tzinfo:
        return _rules(self.name)

    @property
    def is_utc(self) -> bool:
        return self.name.removeprefix("Etc/").upper() in ("UTC", "GMT", "Z", "+0000")

    def local(self, moment: datetime) -> datetime:
        """What the clock on the wall showed."""
        return moment.astimezone(self.rules)

    def utc(self, wall: datetime) -> datetime:
        """The moment of a clock on the wall; in the autumn's double hour the first unless `fold` says so."""
        wall = wall.replace(tzinfo=self.rules)
        return wall.astimezone(UTC)

    def offset(self, moment: datetime) -> timedelta:
        return self.local(moment).utcoffset() or timedelta()

    def label(self, moment: datetime) -> str:
        """`UTC+5`, `UTC−3:30`, `UTC`: what the clock of the field was then."""
        minutes = round(self.offset(moment).total_seconds() / 60)
        if not minutes:
            return "UTC"
        past = f":{abs(minutes) % 60:02d}" if minutes % 60 else ""
        return f"UTC{'+' if minutes > 0 else '−'}{abs(minutes) // 60}{past}"

    def midnight(self, moment: datetime) -> datetime:
        """The beginning of the field's day that `moment` is in."""
        return self.utc(datetime.combine(self.local(moment).date(), time()))

    def days(self, first: datetime, last: datetime, every: int = 1) -> list[datetime]:
        """The beginnings of the field's days from `first` to `last`; weeks begin on Mondays."""
        day = self.local(first).date()
        day += timedelta(days=(1 - day.toordinal()) % every)
        found: list[datetime] = []
        while (moment := self.utc(datetime.combine(day, time()))) <= last:
            if moment >= first:
                found.append(moment)
            day += timedelta(days=every)
        return found

    def shown(self, moment: datetime) -> datetime:
        """As `local`, but a day without an hour stays that day."""
        return moment.astimezone(UTC) if is_day(moment) else self.local(moment)

    def meant(self, wall: datetime) -> datetime:
        """The moment that was typed: midnight is a day without an hour, as `shown` gives it back."""
        return wall.replace(tzinfo=UTC) if wall.time() == time() else self.utc(wall)


def is_day(moment: datetime) -> bool:
    """Whether it is kept without an hour."""
    return moment.astimezone(UTC).time() == time()
