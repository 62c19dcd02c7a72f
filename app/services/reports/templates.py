"""Report templates: those of the program, those that IT has put on a share (a setting), the user's own in the
profile.
"""

from __future__ import annotations

from pathlib import Path

from app.core import versioned
from app.core.errors import KnownError
from app.core.files import hand_over, plain_name, write_atomically
from app.core.notices import Notice, Severity
from app.core.paths import resources
from app.reports.template import VERSION, Template, from_json, to_json
from app.services.workspace import Workspace

LARGEST = 1_000_000


def folder(workspace: Workspace) -> Path:
    return workspace.paths.folder / "report-templates"


def every(workspace: Workspace) -> list[Template]:
    """In the order of the list: the program's, the site's, the user's own. The site's and the user's stand in
    for one of the same key. A damaged file is told and left out: it stops nobody who has not asked for it.
    """
    found: dict[str, Template] = {}
    for path, origin in _files(workspace):
        try:
            template = _read(path, origin)
        except KnownError as error:
            workspace.notices.error(error)
            continue
        found[template.key] = template
    return list(found.values())


def find(workspace: Workspace, name: str) -> Template:
    """By its key or its name in either language, or a file. Raises KnownError (report_template_*)."""
    if name.endswith(".json") and Path(name).exists():
        return _read(Path(name), "own")
    known = every(workspace)
    wanted = name.strip().lower()
    for template in known:
        if wanted in (template.key.lower(), *(text.lower() for text in template.name.values())):
            return template
    raise KnownError("report_template_missing", name=name, known=", ".join(one.key for one in known))


def save(workspace: Workspace, template: Template, name: str) -> Template:
    """As the user's own, in place of an own one of that name. Raises KnownError for a name that is none, and
    (template_newer) rather than write over what a newer version of the program has made.
    """
    plain = plain_name(name)
    if not plain:
        raise KnownError("template_name", name=name)
    kept = template.called(f"own {plain}", plain)
    path = folder(workspace) / f"{plain}.json"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    versioned.refuse_newer(path, VERSION)
    write_atomically(path, to_json(kept))
    return kept


def remove(workspace: Workspace, template: Template) -> None:
    """Only one's own: the others belong to the program and the site."""
    for path in _listed(folder(workspace)):
        try:
            if _read(path, "own").key == template.key:
                path.unlink()
        except KnownError:
            continue


def write_file(template: Template, out: Path) -> Path:
    """For a colleague. Raises KnownError (file_not_written)."""
    return hand_over(out, to_json(template))


def take_file(workspace: Workspace, path: Path) -> Template:
    """A colleague's file becomes one's own. Raises KnownError (report_template_*, report_option)."""
    template = _read(path, "own")
    return save(workspace, template, template.named(workspace.settings["language"]))


def _files(workspace: Workspace) -> list[tuple[Path, str]]:
    site = str(workspace.settings["report_templates"]).strip()
    listed = [(path, "builtin") for path in _listed(resources() / "reports")]
    # The order in which people look for them.
    order = ("well", "passport", "dynamometer", "welltest", "lab", "pad", "regime", "mine")
    listed.sort(key=lambda item: order.index(item[0].stem) if item[0].stem in order else len(order))
    if site:
        if not Path(site).is_dir():
            workspace.notices.publish(
                Notice(Severity.WARNING, "notice.site_templates_missing", {"folder": site})
            )
        listed += [(path, "site") for path in _listed(Path(site))]
    return listed + [(path, "own") for path in _listed(folder(workspace))]


def _listed(place: Path) -> list[Path]:
    try:
        return sorted(place.glob("*.json"))
    except OSError:
        return []  # a share that is away is no reason to stop


def _read(path: Path, origin: str) -> Template:
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError("report_template_damaged", file=str(path), reason=f"> {LARGEST} B")
        content = path.read_bytes()
    except OSError as error:
        raise KnownError("report_template_damaged", file=str(path), reason=str(error)) from error
    return from_json(content, path.name, origin)
