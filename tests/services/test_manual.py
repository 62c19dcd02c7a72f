"""The manual that the program has with it is whole in both languages, and found by its words."""

from __future__ import annotations

import pytest

from app.core.texts import LANGUAGES
from app.services import libraries, manual, table_layouts
from app.services.table_layouts import Layout
from app.services.workspace import Workspace


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_manual_is_there_and_every_file_is_a_page(language: str) -> None:
    assert {path.stem for path in (manual.folder() / language).glob("*.md")} == set(manual.PAGES)
    every = manual.passages(language)
    assert all(one.title and one.text for one in every)
    assert {one.page for one in every} == set(manual.PAGES)


def test_passages_hold_every_word_and_the_one_that_is_called_so_comes_first() -> None:
    every = manual.passages("ru")
    found = manual.found(every, "резервная копия")
    assert found[0].title.startswith("Резервная копия")
    assert all("резервн" in f"{one.heading} {one.text}".lower() for one in found)
    assert manual.found(every, "никакого-такого слова") == []
    assert len(manual.found(every, "")) == len(every)


def test_the_three_jobs_stand_in_the_manual_with_their_price() -> None:
    table = manual.found(manual.passages("en"), "keys and clicks print the report")[0].text
    assert [line.count("|") for line in table.splitlines()] == [4] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_of_a_table_is_broken_off(language: str) -> None:
    for one in manual.passages(language):
        broken = [line for line in one.text.splitlines() if line.startswith("|") != line.endswith("|")]
        assert broken == [], f"{one.page}: {one.title}"


def test_columns_that_were_moved_and_hidden_are_kept_as_long_as_the_table_has_them(
    workspace: Workspace,
) -> None:
    assert table_layouts.load(workspace, "flow", 3) == Layout((0, 1, 2))
    moved = Layout((2, 0, 1), frozenset({1}))
    table_layouts.keep(workspace, "flow", moved)
    table_layouts.keep(workspace, "field", Layout((0,)))
    assert table_layouts.load(workspace, "flow", 3) == moved
    assert table_layouts.load(workspace, "flow", 4) == Layout((0, 1, 2, 3)), "it has another column by now"
    (workspace.paths.folder / "tables.json").write_text("[", encoding="utf-8")
    assert table_layouts.load(workspace, "flow", 3) == Layout((0, 1, 2))


def test_libraries_say_their_version_and_licence() -> None:
    known = {name.lower(): (version, licence) for name, version, licence in libraries.libraries()}
    assert {"numpy", "pyside6_essentials", "duckdb"} <= set(known)
    assert all(version and licence for version, licence in known.values())
