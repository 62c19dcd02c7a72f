"""The period that all pages share: a preset that ends at the newest reading, or a window that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

DAY_US = 86_400_000_000
# preset key → days; 0 is everything there is
PRESETS: dict[str, int] = {"24h": 1, "7d": 7, "30d": 30, "90d": 90, "1y": 365, "all": 0}
LEAST_US = DAY_US // 24
SPARE_SHARE, SPARE_LEAST_US = 200, 60_000_000
"""After the newest reading, so that it does not lie on the edge of a chart: a share of the period."""
CUSTOM = "custom"  # a window that was chosen


@dataclass(frozen=True)
class Moment:
    """µs since 1970 UTC: more than a signal's own whole numbers hold."""

    us: int


@dataclass(frozen=True)
class Window:
    """µs since 1970 UTC."""

    from_us: int
    to_us: int


@dataclass(frozen=True)
class Period:
    """µs since 1970 UTC."""

    key: str
    from_us: int
    to_us: int

    @property
    def until_us(self) -> int:
        """Its end as it is told: what a preset has spare for its charts is no time of which anybody knows."""
        if self.key not in PRESETS:
            return self.to_us
        whole = self.to_us - self.from_us
        known = -(-whole * SPARE_SHARE // (SPARE_SHARE + 1))
        return self.to_us - max(whole - known, SPARE_LEAST_US)


def preset(key: str, first_us: int, last_us: int) -> Period:
    days = PRESETS[key]
    since = first_us if days == 0 else last_us - days * DAY_US
    if last_us - since < LEAST_US:
        since = last_us - LEAST_US  # one reading, or a few seconds of them: an axis that can be read
    return Period(key, since, last_us + max((last_us - since) // SPARE_SHARE, SPARE_LEAST_US))


def reaching(period: Period, since_us: int, until_us: int) -> Period:
    """Itself where all of it is within; else moved to it, as long as it was or as it must be."""
    if period.from_us <= since_us and until_us <= period.to_us:
        return period
    spare = max(period.to_us - period.from_us - (until_us - since_us), LEAST_US)
    return Period(CUSTOM, since_us - spare // 2, until_us + spare // 2)


def preset_names() -> dict[str, str]:
    return {
        "24h": QCoreApplication.translate("Period", "24 h"),
        "7d": QCoreApplication.translate("Period", "7 d"),
        "30d": QCoreApplication.translate("Period", "30 d"),
        "90d": QCoreApplication.translate("Period", "90 d"),
        "1y": QCoreApplication.translate("Period", "1 y"),
        "all": QCoreApplication.translate("Period", "All"),
    }
