"""`wellside model …`: the model of diagnosis that the centre taught: look, fetch, go back."""

from __future__ import annotations

import typer

from app.cli.common import Json, Store, print_json, show_progress, speaker_of, workspace_of
from app.core.jobs import Job

app = typer.Typer(no_args_is_help=True, help="The model of diagnosis that the centre taught.")


@app.command()
def look(store: Store = None, as_json: Json = False) -> None:
    """Which model is in force, which was before it, and what was refused."""
    with workspace_of(store) as workspace:
        from app.analysis.model_versions import model_version
        from app.services.learnt import models
        from app.services.learnt.state import CARDS, state_of

        state, speaker = state_of(workspace.paths), speaker_of(workspace)
        refused = models.reasons(state)
        before = state.before or (CARDS if state.has_before else "")
        if as_json:
            told = {version: error.code for version, error in refused.items()}
            print_json({"in_force": model_version(CARDS), "before": before or None, "refused": told})
            return
        version = model_version(CARDS)
        print(speaker.say("cli.model_state", name=CARDS, version=version, before=before or "—"))
        for version, error in refused.items():
            print(speaker.say("cli.model_refused", version=version, reason=speaker.error(error)))


@app.command()
def fetch(store: Store = None, as_json: Json = False) -> None:
    """Fetch what the centre offers, verify it, try it and put it into force."""
    with workspace_of(store) as workspace:
        from app.services.centre.connections import TOKEN
        from app.services.learnt import models

        models.fetch(
            Job(show_progress), workspace.settings, workspace.paths, lambda: workspace.secrets.get(TOKEN)
        )
        models.switch(workspace.paths)
    look(store, as_json)


@app.command()
def back(store: Store = None, as_json: Json = False) -> None:
    """The model before is in force again, at once and without a network."""
    with workspace_of(store) as workspace:
        from app.services.learnt import models

        models.back(workspace.paths)
    look(store, as_json)
