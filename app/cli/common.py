"""What every headless command needs: the store opened, the language, one JSON document."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.core import console
from app.core.errors import KnownError
from app.core.jobs import Progress
from app.core.notices import Notice, NoticeBus
from app.core.texts import LANGUAGES, Speaker
from app.core.zones import FieldZone

if TYPE_CHECKING:
    from app.services.workspace import Workspace

DAY_LONG = len("2026-10-31")

Store = Annotated[
    Path | None, typer.Option("--store", help="The data file; the user's own profile without it.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def speaker_of(workspace: Workspace | None = None) -> Speaker:
    """The language of the settings, else of WELLSIDE_LANG, else Russian; English where nothing else can be
    shown.
    """
    if workspace is not None:
        return workspace.settings.speaker(wanted_language())
    return Speaker(wanted_language() or "ru")


def wanted_language() -> str | None:
    if not taken_over() and not console.can_hold(sys.stdout, console.RUSSIAN):
        return "en"
    work = _at_work.get()
    wanted = os.environ.get("WELLSIDE_LANG", "") if work is None else work[1]
    return wanted if wanted in LANGUAGES else None


_at_work: ContextVar[tuple[Workspace, str] | None] = ContextVar("at_work", default=None)
"""In the process of the window: its profile, and the language of who had a command handed over to it."""


@contextmanager
def at_work_in(workspace: Workspace, language: str) -> Iterator[None]:
    """Commands of this thread work in a profile that is open, and leave it open."""
    token = _at_work.set((workspace, language))
    try:
        yield
    finally:
        _at_work.reset(token)


def taken_over() -> bool:
    """Whether this thread does the work of another program."""
    return _at_work.get() is not None


@contextmanager
def workspace_of(store: Path | None) -> Iterator[Workspace]:
    from app.core.paths import profile_paths
    from app.services.opening import open_workspace

    work = _at_work.get()
    if work is not None:
        yield work[0]
        return
    workspace = open_workspace(profile_paths(store), _told())
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def reading_of(store: Path | None, *, scratch: bool = False) -> Iterator[Workspace]:
    """For commands that change nothing: while the window has the profile open they read it as it stands.
    `scratch`: what they compute is then kept in a copy that nobody sees.
    """
    from app.core.paths import profile_at, profile_paths
    from app.services.opening import open_workspace
    from app.services.reading import read_workspace

    asked = profile_at(store).store
    if not asked.exists():  # a slip of the finger in --store makes no empty profile
        raise KnownError("store_missing", file=str(asked))
    paths, notices = profile_paths(store), _told()
    workspace: Workspace
    try:
        workspace = open_workspace(paths, notices)
    except KnownError as error:
        if error.code != "store_locked":
            raise
        workspace = read_workspace(paths, notices, scratch=scratch)
    try:
        yield workspace
    finally:
        workspace.close()


def _told() -> NoticeBus:
    """Notices that a person at the command line reads."""
    notices = NoticeBus()

    def tell(notice: Notice) -> None:
        print(speaker_of().say(notice.code, **notice.details), file=sys.stderr)

    notices.subscribe(tell)
    return notices


def show_progress(progress: Progress) -> None:
    percent = f"{100 * progress.done // progress.total:3d} %" if progress.total else "    "
    print(f"{percent}  {speaker_of().say(progress.text)}", file=sys.stderr)


def print_json(answer: Any) -> None:
    print(console.json_for(None if taken_over() else sys.stdout, answer))


def date_of(text: str | None, zone: FieldZone, *, end: bool = False) -> datetime | None:
    """By the field's clock, unless the text says another. A day begins when it begins, or at midnight UTC if
    that is earlier: there is kept what has no hour. As an `end` it is a whole day.
    """
    if text is None:
        return None
    try:
        wall = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise KnownError("date_value", value=text) from error
    if len(text.strip()) > DAY_LONG:
        return zone.utc(wall) if wall.tzinfo is None else wall.astimezone(UTC)
    if end:
        return zone.utc(wall + timedelta(days=1)) - timedelta(microseconds=1)
    return min(zone.utc(wall), wall.replace(tzinfo=UTC))
