"""`wellside update …`: an installed program looks for a newer one, lays it down, or goes back."""

from __future__ import annotations

from collections.abc import Callable

import typer

from app.cli.common import Json, Store, print_json, show_progress, speaker_of
from app.core.jobs import Job
from app.core.paths import Paths, profile_at
from app.core.settings import Settings
from app.services.updates.looked import Looked

app = typer.Typer(no_args_is_help=True, help="Updates of an installed program: look, fetch, go back.")


@app.command()
def look(store: Store = None, as_json: Json = False) -> None:
    """Say what the feed offers this machine; nothing is fetched."""
    from app.services.updates import updating

    paths = profile_at(store)
    _tell(updating.look(Settings(paths.settings), _token_of(paths), again=True), as_json)


@app.command()
def fetch(store: Store = None, as_json: Json = False) -> None:
    """Fetch what is offered and verify it: it runs from the next start on."""
    from app.services.updates import updating

    paths = profile_at(store)
    _tell(
        updating.prepare(Job(show_progress), Settings(paths.settings), _token_of(paths), again=True), as_json
    )


@app.command()
def back(as_json: Json = False) -> None:
    """From the next start on the version before runs, with the profile as it is."""
    from app.services.updates import updating

    before = updating.back()
    if as_json:
        print_json({"back_to": before.version})
    else:
        print(speaker_of().say("cli.update_back", version=before.version))


def _token_of(paths: Paths) -> Callable[[], str]:
    """Of the centre, asked for only where it is the centre that has the updates."""

    def token() -> str:
        from app.models.keys import obtain_key
        from app.models.secrets import Secrets
        from app.services.centre.connections import TOKEN

        return Secrets(paths.secrets, obtain_key(paths)).get(TOKEN)

    return token


def _tell(looked: Looked, as_json: bool) -> None:
    offered, speaker = looked.offered, speaker_of()
    if as_json:
        print_json(
            {
                "running": looked.running,
                "offered": offered.version if offered else None,
                "pending": looked.pending or None,
                "news": dict(offered.news) if offered else {},
            }
        )
        return
    if offered is None:
        print(speaker.say("cli.update_none", running=looked.running))
        return
    code = "cli.update_ready" if looked.pending == offered.version else "cli.update_offered"
    print(speaker.say(code, running=looked.running, version=offered.version, published=offered.published))
    if news := offered.news.get(speaker.language):
        print(news)
