"""Every setting as it stands, and who has set it: for who looks after a machine."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.declared_settings import SETTINGS
from app.core.paths import Paths
from app.core.settings import Settings


@dataclass(frozen=True)
class InForce:
    """A setting as it stands. `by`: setting.set_by_it, .usual_by_it, .own or .usual; `source` of the first
    two.
    """

    key: str
    value: object
    by: str
    source: str = ""


def in_force(paths: Paths) -> list[InForce]:
    """Every setting, and from where it has its value."""
    settings = Settings(paths.settings)
    return [_standing(settings, key) for key in (one.key for one in SETTINGS)]


def _standing(settings: Settings, key: str) -> InForce:
    said = settings.set_by(key)
    if said is not None:
        by = "setting.set_by_it" if said.locked else "setting.usual_by_it"
        return InForce(key, settings[key], by, said.source)
    return InForce(key, settings[key], "setting.own" if settings.is_chosen(key) else "setting.usual")
