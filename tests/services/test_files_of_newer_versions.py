"""Templates and clippings of a newer version of the program: told, left as they are, never written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.models.sealed import SealedFile
from app.reports.blocks import Pairs
from app.services.imports import templates as import_templates
from app.services.reports import clippings
from app.services.reports import templates as report_templates
from app.services.workspace import Workspace


def sealed(workspace: Workspace) -> SealedFile:
    return SealedFile(workspace.paths.store.with_suffix(".clippings"), workspace.key, "clippings")


def test_a_clipping_of_a_newer_version_stays_while_others_are_taken_moved_and_removed(
    workspace: Workspace,
) -> None:
    mine = clippings.take(workspace, Pairs((("Дебит", "42"),)), "Обзор")
    stored = json.loads(sealed(workspace).read())
    newer = {"id": "x", "made_at": "2027-01-01T00:00:00Z", "caption": "Карта", "kind": "Map", "block": {}}
    stored |= {"version": 7, "clippings": [newer, *stored["clippings"]], "paper": "A2"}
    sealed(workspace).write(json.dumps(stored).encode())
    assert [one.id for one in clippings.taken(workspace)] == [mine.id]
    clippings.put(workspace, [])
    after = json.loads(sealed(workspace).read())
    assert after == {"version": 7, "paper": "A2", "clippings": [newer]}


def test_clippings_of_before_there_were_versions_are_read(workspace: Workspace) -> None:
    mine = clippings.take(workspace, Pairs((("Дебит", "42"),)), "Обзор")
    listed = json.loads(sealed(workspace).read())["clippings"]
    sealed(workspace).write(json.dumps(listed).encode())
    assert [one.id for one in clippings.taken(workspace)] == [mine.id]


def newer_version(path: Path) -> str:
    body = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(body | {"version": 2, "margins": "wide"}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return text


def test_a_report_template_of_a_newer_version_is_told_as_such_and_not_written_over(
    workspace: Workspace,
) -> None:
    own = report_templates.save(workspace, report_templates.find(workspace, "well"), "mine")
    path = report_templates.folder(workspace) / "mine.json"
    text = newer_version(path)
    with pytest.raises(KnownError, match="template_newer"):
        report_templates.find(workspace, str(path))
    with pytest.raises(KnownError, match="template_newer"):
        report_templates.save(workspace, own, "mine")
    assert path.read_text(encoding="utf-8") == text


def test_an_import_template_of_a_newer_version_is_told_as_such(workspace: Workspace) -> None:
    folder = import_templates.folder(workspace)
    folder.mkdir()
    body = {"form": import_templates.FORM, "version": 2, "name": "lab", "sheets": []}
    (folder / "lab.json").write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(KnownError, match="template_newer"):
        import_templates.load(workspace, "lab")
