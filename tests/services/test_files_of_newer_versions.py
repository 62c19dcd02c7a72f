"""Templates and clippings of a newer version of the program: told, left as they are, never written over."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.plan import Plan
from app.models.sealed import SealedFile
from app.reports.blocks import Chart, Level, Pairs, Pen
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


@pytest.mark.parametrize("sheets", [5, "all", {"name": "Лист1"}])
def test_an_import_template_whose_sheets_are_none_is_told_as_damaged(
    workspace: Workspace, sheets: object
) -> None:
    folder = import_templates.folder(workspace)
    folder.mkdir()
    body = {"form": import_templates.FORM, "version": 1, "name": "lab", "sheets": sheets}
    (folder / "lab.json").write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(KnownError, match="template_damaged"):
        import_templates.apply(workspace, Contents(), Plan(()), "lab")


def test_a_clipping_that_cannot_be_drawn_stays_unshown_and_does_not_stop_the_others(
    workspace: Workspace,
) -> None:
    curve = Pen("P", np.array([1.0, 2.0]), np.array([3.0, np.nan]))
    chart = Chart("", "t", "P", (curve,), levels=(Level(5.0, "limit"),), bands=((1.0, 2.0, "off"),))
    other = clippings.take(workspace, Pairs((("Дебит", "42"),)), "Обзор")
    mine = clippings.take(workspace, chart, "Графики")
    assert [one.id for one in clippings.taken(workspace)] == [other.id, mine.id]
    stored = json.loads(sealed(workspace).read())
    stored["clippings"][1]["block"]["levels"][0]["at"] = "high"
    sealed(workspace).write(json.dumps(stored).encode())
    assert [one.id for one in clippings.taken(workspace)] == [other.id]
    clippings.put(workspace, [])
    assert [one["id"] for one in json.loads(sealed(workspace).read())["clippings"]] == [mine.id]
