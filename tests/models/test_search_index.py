"""The index of words: what is put in is found, what is taken out is not; without the key nobody reads it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.models.search import asking
from app.models.search.asking import WEIGHED, ask
from app.models.search.found import DOCUMENTS, ELSEWHERE, NOTES, File, Item, Piece, Told
from app.models.search.index import SearchIndex

KEY = "ab" * 32


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    made = SearchIndex(tmp_path / "c.search.sqlite", KEY)
    yield made
    made.close()


def item(name: str, text: str, *files: File, kind: str = "note", well: int = 1, at: int = 0) -> Item:
    group = DOCUMENTS if kind == "document" else NOTES
    return Item(kind, name, group, well, at, {"ru": text[:40]}, "205 куст 7", text, f"{text}{files}", files)


def found(index: SearchIndex, asked: str, **more: object) -> list[str]:
    return [hit.id for hit in ask(index, asked, "ru", **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked",
    [
        "заменён насос",
        "НАСОСА",
        "насосами",
        "замен",
        "нас",
        "205 насос",
        "эцн5-80",
        "эцн5",
        "1200",
        "05.11.2026",
        "куст",
    ],
)
def test_an_entry_is_found_by_its_words_in_any_form(index: SearchIndex, asked: str) -> None:
    index.renew("note", 1, "m", [item("a", "Заменен насос ЭЦН5-80-1200, 2026-11-05")])
    assert found(index, asked) == ["a"]


@pytest.mark.parametrize("asked", ["", "насос клапан", "н", "2051", "кус насас", '"', "* OR *", "grp:notes"])
def test_what_stands_nowhere_is_not_found(index: SearchIndex, asked: str) -> None:
    index.renew("note", 1, "m", [item("a", "Заменен насос ЭЦН5-80-1200")])
    assert found(index, asked) == []


def test_what_was_taken_back_leaves_and_what_was_changed_is_found_as_it_is(index: SearchIndex) -> None:
    index.renew("note", 1, "m", [item("a", "протечка сальника"), item("b", "парафин")])
    assert index.renew("note", 1, "n", [item("a", "течь фланца")]) == 2
    assert found(index, "сальник") == found(index, "парафин") == []
    assert found(index, "фланец течь") == found(index, "фланца") == ["a"]
    assert index.renew("note", 1, "n", [item("a", "течь фланца")]) == 0


def test_an_entry_that_came_to_another_well_is_there_once(index: SearchIndex) -> None:
    index.renew("note", 1, "m", [item("a", "протечка")])
    index.renew("note", 2, "m", [item("a", "протечка сальника", well=2)])
    index.renew("note", 1, "", [])
    (hit,) = ask(index, "протечка", "ru")
    assert hit.well == 2
    assert index.marks() == {("note", 2): "m"}


def test_a_document_is_found_at_the_page_and_its_words_are_marked(index: SearchIndex) -> None:
    file = File("f" * 64, "акт.pdf", 9)
    index.renew("document", 1, "m", [item("d", "Акт ремонта", file, kind="document")])
    assert [one.sha256 for one in index.waiting()] == [file.sha256]
    pages = [Piece("Титул", 1), Piece("Заводской номер насоса 4711, вал сломан", 2)]
    index.put_file(file.sha256, Told(parts=2), pages)
    (hit,) = ask(index, "4711 вал", "ru")
    assert (hit.id, hit.file, hit.place) == ("d", file, 2)
    assert [hit.around[start:end] for start, end in hit.marks] == ["4711", "вал"]
    assert index.waiting() == []


def test_words_on_different_pages_of_one_document_find_it(index: SearchIndex) -> None:
    for number in range(3):
        file = File(f"{number:064}", "акт.pdf", 9)
        index.renew("document", number, "m", [item(f"d{number}", "Акт", file, kind="document", well=number)])
        index.put_file(file.sha256, Told(parts=2), [Piece("муфта", 1), Piece(f"вал {number}-й", 2)])
    assert found(index, "муфта вал 1-й") == ["d1"]
    assert found(index, "муфта 2-й", wells=[2]) == ["d2"]
    assert found(index, "муфта 2-й", wells=[1]) == []


def test_the_words_of_a_file_outlive_a_change_of_its_title_and_go_with_its_last_entry(
    index: SearchIndex,
) -> None:
    file = File("f" * 64, "акт.pdf", 9)
    index.renew("document", 1, "m", [item("d", "Акт", file, kind="document")])
    index.put_file(file.sha256, Told(parts=1), [Piece("сломан вал", 1)])
    index.renew("document", 1, "n", [item("d", "Акт разбора", file, kind="document")])
    assert found(index, "сломан разбора") == ["d"]
    assert index.waiting() == []
    index.renew("document", 1, "o", [])
    assert found(index, "сломан") == []
    assert index.files() == {}


def test_why_a_document_was_not_read_is_kept_with_it(index: SearchIndex) -> None:
    files = [File(f"{n:064}", f"{n}.pdf", 9) for n in range(3)]
    index.renew("document", 1, "m", [item("d", "Акт", *files, kind="document")])
    index.put_file(files[0].sha256, Told("words_damaged", {"reason": "xref"}), [])
    index.put_file(files[1].sha256, Told(ELSEWHERE), [])
    index.put_file(files[2].sha256, Told(left="scan"), [])
    told = {file.name: (one.state, one.left, one.details) for file, one in index.untold()}
    assert told == {
        "0.pdf": ("words_damaged", "", {"reason": "xref"}),
        "1.pdf": (ELSEWHERE, "", {}),
        "2.pdf": ("", "scan", {}),
    }


def test_newest_entries_come_first_and_whole_words_before_beginnings(index: SearchIndex) -> None:
    told = [item("old", "насос", at=1), item("new", "насос", at=9), item("begun", "насосная", at=99)]
    index.renew("note", 1, "m", [*told, item("longer", "насосостроение", at=100)])
    assert found(index, "насос")[-1] == "longer"
    assert found(index, "насос")[1:3] == ["new", "old"]


def test_a_word_of_every_page_is_answered_from_the_last_ones(index: SearchIndex) -> None:
    index.renew("note", 1, "m", [item(str(n), "насос", at=n) for n in range(WEIGHED + 50)])
    assert found(index, "насос", most=2) == [str(WEIGHED + 49), str(WEIGHED + 48)]


def test_the_first_entry_of_a_group_that_comes_while_somebody_asks_breaks_nothing(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.renew("note", 1, "m", [item("a", "Заменен насос")])
    monkeypatch.setattr(asking, "has_group", lambda *_: False)  # it came after that was asked
    assert found(index, "насос") == ["a"]


def test_nobody_reads_it_without_the_key(index: SearchIndex, tmp_path: Path) -> None:
    index.renew("note", 1, "m", [item("a", "секретныйсальник secretpacking")])
    index.close()
    files = list(tmp_path.glob("c.search.sqlite*"))
    assert files
    for file in files:
        content = file.read_bytes()
        assert b"secretpacking" not in content
        assert not content.startswith(b"SQLite format")


@pytest.mark.parametrize("damage", ["another key", "torn", "no database", "newer"])
def test_what_cannot_be_opened_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.search.sqlite"
    made = SearchIndex(path, "cd" * 32 if damage == "another key" else KEY)
    made.renew("note", 1, "m", [item("a", "насос")])
    if damage == "newer":
        with made.changing() as at:
            at.pragma("user_version", 99)
    made.close()
    if damage == "torn":
        path.write_bytes(path.read_bytes()[:5000])
    if damage == "no database":
        path.write_bytes(b"nothing of the kind" * 1000)
    again = SearchIndex(path, KEY)
    try:
        assert again.marks() == {}
        again.renew("note", 1, "m", [item("b", "насос")])
        assert found(again, "насос") == ["b"]
    finally:
        again.close()


def test_damage_that_is_met_while_it_is_read_is_told_as_the_indexs_own_and_it_begins_anew(
    tmp_path: Path,
) -> None:
    """It was told as damage of the journal, and stayed for good."""
    path = tmp_path / "c.search.sqlite"
    made = SearchIndex(path, KEY)
    made.renew("note", 1, "m", [item(str(n), f"насос {n} {'клапан ' * 200}") for n in range(300)])
    made.close()
    content = path.read_bytes()
    sound = len(content) // 4
    path.write_bytes(content[:sound] + b"\x00" * (len(content) - sound))
    index = SearchIndex(path, KEY)
    try:
        with pytest.raises(KnownError) as told:
            found(index, "насос")
        assert told.value.code == "search_damaged"
        assert index.marks() == {}
        index.renew("note", 1, "m", [item("b", "насос")])
        assert found(index, "насос") == ["b"]
    finally:
        index.close()


def test_who_asks_first_holds_nothing_that_who_closes_it_waits_for(index: SearchIndex) -> None:
    asking_first = threading.Thread(target=index.files, daemon=True)
    with index._writing:
        asking_first.start()
        asking_first.join(0.05)
        assert index._reading.acquire(timeout=0.1), "each would wait for the other"
        index._reading.release()
    asking_first.join(10)
    assert not asking_first.is_alive()


def test_a_word_of_very_many_pages_hides_nothing_that_is_of_another_group(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_PIECES", 3)
    index.renew("note", 1, "m", [item("note", "насос")])
    index.renew("document", 1, "m", [item(str(n), "насос", kind="document", at=n) for n in range(9)])
    assert found(index, "насос") == ["note", "8", "7", "6"]


def test_what_is_found_in_a_long_line_without_blanks_is_shown(index: SearchIndex) -> None:
    index.renew("note", 1, "m", [item("a", f"таблица {'2026;поле;12,5;' * 40}клапан;{'7;' * 90}")])
    (hit,) = ask(index, "клапан", "ru")
    assert [hit.around[start:end] for start, end in hit.marks] == ["клапан"]
