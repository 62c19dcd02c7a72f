"""Rules, formats, sections and sensors that others have written, found by entry points.

Only distributions that IT names in the site's file (`core/site`) are loaded; of the others not a line runs.
What cannot be loaded or does not fit is refused with its reason and keeps nothing else from starting. A
module may bring sentences for its codes: `TEXTS = {"ru": {code: text}, "en": {…}}`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib.metadata import EntryPoint, entry_points
from typing import ParamSpec, TypeVar

from app.core import texts
from app.core.site import site
from app.core.version import package_name

GROUPS = ("wellside.rules", "wellside.importers", "wellside.sections", "wellside.sensors")
LOADED, REFUSED, NOT_ALLOWED = "loaded", "refused", "not_allowed"
T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")
_log = logging.getLogger("wellside.plugins")
_seen: dict[tuple[str, str], Plugin] = {}


@dataclass(frozen=True)
class Plugin:
    """One entry point, for About. `state` is LOADED, REFUSED (why: `reason`) or NOT_ALLOWED."""

    group: str
    name: str
    distribution: str
    version: str
    state: str
    reason: str = ""


def extras(group: str, kind: type[T], refuse: Callable[[T, Sequence[T]], str]) -> tuple[T, ...]:
    """What allowed plug-ins add to a registry: an object of `kind`, or several in a tuple or list.

    `refuse` says why an object cannot be taken beside ours and those that plug-ins gave before it, or "".
    """
    if not site().plugins:
        return ()
    found: list[T] = []
    for point in _points(group):
        if not _allowed(point):
            continue
        try:
            things = _things(point, kind, refuse, found)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code must not end the program
            _log.warning("the plug-in %s of %s is refused: %r", point.name, _distribution(point), error)
            _note(point, REFUSED, str(error) or type(error).__name__)
            continue
        found += things
        _note(point, LOADED)
    return tuple(found)


def _things(
    point: EntryPoint, kind: type[T], refuse: Callable[[T, Sequence[T]], str], found: list[T]
) -> list[T]:
    loaded = point.load()
    things: list[T] = []
    texts_of = getattr(sys.modules[point.module], "TEXTS", {})
    for language in texts.LANGUAGES:
        texts.add(language, texts_of.get(language, {}))
    for thing in loaded if isinstance(loaded, tuple | list) else [loaded]:
        if not isinstance(thing, kind):
            raise TypeError(f"{type(thing).__name__} is no {kind.__name__}")
        reason = refuse(thing, (*found, *things))
        if reason:
            raise ValueError(reason)
        things.append(thing)
    return things


def guarded(call: Callable[P, R], otherwise: Callable[[str], R]) -> Callable[P, R]:
    """A function of a plug-in: what it raises becomes `otherwise(reason)` and is told in the log."""

    @wraps(call)
    def guard(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - nor stop a diagnosis or a report
            _log.exception("a plug-in failed in %s", call.__module__)
            return otherwise(f"{call.__module__}: {error!r}")

    return guard


def every() -> tuple[Plugin, ...]:
    """All that are installed, loaded or not. Registries that were not needed yet have not loaded theirs."""
    for group in GROUPS:
        for point in _points(group):
            if (group, point.name) not in _seen and not _allowed(point):
                _note(point, NOT_ALLOWED)
    return tuple(_seen[key] for key in sorted(_seen))


def missing_words(*codes: str) -> str:
    """Why a thing cannot be shown: the codes that have no sentence in one of the languages."""
    missing = [
        f"{language}: {code}"
        for language in texts.LANGUAGES
        for code in codes
        if not texts.Speaker(language).has(code)
    ]
    return f"no text for {', '.join(missing)}" if missing else ""


def _points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda point: (_distribution(point), point.name))


def _allowed(point: EntryPoint) -> bool:
    return package_name(_distribution(point)) in {package_name(name) for name in site().plugins}


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else ""


def _note(point: EntryPoint, state: str, reason: str = "") -> None:
    version = point.dist.version if point.dist is not None else ""
    _seen[point.group, point.name] = Plugin(
        point.group, point.name, _distribution(point), version, state, reason
    )
