"""The main job done once, small, in a folder that is thrown away: what a package that lacks a model, a module
or a library cannot do is found by doing it. What is installed under which name says little of that.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.core.notices import NoticeBus
from app.core.paths import profile_paths, resources
from app.core.settings import Settings
from app.core.site import Site
from app.services.opening import open_workspace
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

ROWS, WELL = 48, "1"
KNOWN = "gas_interference"
NOBODY = "https://127.0.0.1:9"
Trial = Callable[[Workspace], str]


@contextmanager
def workshop() -> Iterator[Workspace]:
    """A new profile, encrypted like every one; its key lies beside it and not in the system's keyring."""
    with tempfile.TemporaryDirectory(prefix="wellside-trial-", ignore_cleanup_errors=True) as folder:
        paths = profile_paths(Path(folder) / "cache.duckdb")
        paths.key_file.write_text(secrets.token_hex(32), encoding="ascii")
        workspace = open_workspace(paths, NoticeBus())
        try:
            yield workspace
        finally:
            workspace.close()


def _files(workspace: Workspace) -> str:
    """By the process of its own that reads what strangers send, into the store and the journal."""
    from app.services.imports.importing import import_file
    from app.services.imports.opening import ImportOptions

    path = workspace.paths.folder / "trial.csv"
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    rows = (
        f"{begun + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ},{WELL},{5 + n / 100:.2f}" for n in range(ROWS)
    )
    path.write_text("\n".join(["time,well,intake_pressure (MPa)", *rows, ""]), encoding="utf-8")
    report = import_file(workspace, path, ImportOptions(new_wells=True))
    if report.added != ROWS:
        raise RuntimeError(f"{report.added} of {ROWS} rows")
    return f"{ROWS} rows"


def _card(workspace: Workspace) -> str:
    """A card of a pump that takes as much gas as liquid: its finding is known."""
    from app.analysis import examples
    from app.analysis.ranker import stored_ranker
    from app.services.diagnosis.cards import diagnosed

    stored_ranker(resources() / "models" / "card_ranker.npz")  # a diagnosis goes on without it, and says so
    codes = [code for code, _ in diagnosed(examples.card(0.5))[1]]
    if KNOWN not in codes:
        raise RuntimeError(f"{codes}: no {KNOWN}")
    return KNOWN


def _forecast(workspace: Workspace) -> str:
    from app.analysis.forecast.failure import failure_model

    return failure_model().version


def _well_test(workspace: Workspace) -> str:
    """The functions under the pressure of a well."""
    from app.analysis.transient import sources

    if not 0.69 < sources.vertical(np.ones(1))[0] < 0.71:
        raise RuntimeError("K₀ / K₁ of 1")
    return ""


def _report(workspace: Workspace) -> str:
    from app.services.reports import files, report

    well = find_well(workspace, WELL)
    content, _ = files.pdf_bytes(workspace, report.order(workspace, [well]))
    return f"{len(content)} bytes"


def _workbook(workspace: Workspace) -> str:
    from app.services.reports import files, report

    out = workspace.paths.folder / "trial.xlsx"
    files.write(workspace, report.order(workspace, [find_well(workspace, WELL)]), out)
    return f"{out.stat().st_size} bytes"


def _sync(workspace: Workspace) -> str:
    """To a port where nobody listens: what must come back is that there is nobody."""
    from app.services.centre import connections

    setup = connections.BareSetup(Settings(workspace.paths.settings, Site()), workspace.secrets)
    connections.set_up(setup, {"centre_url": NOBODY}, {connections.TOKEN: secrets.token_hex(16)})
    answer = connections.try_each(setup)[connections.CENTRE]
    if answer is None or not answer.retry:
        raise RuntimeError(f"{NOBODY}: {answer}")
    return ""


TRIALS: dict[str, Trial] = {
    "trial_files": _files,
    "trial_card": _card,
    "trial_forecast": _forecast,
    "trial_well_test": _well_test,
    "trial_report": _report,
    "trial_workbook": _workbook,
    "trial_sync": _sync,
}
