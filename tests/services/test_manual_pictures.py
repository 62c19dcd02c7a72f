"""The pictures of the manual: small, of both languages, each beside what speaks of it."""

from __future__ import annotations

import re

import pytest

from app.services import manual

PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
MOST_BYTES = 90_000


def pictures(language: str) -> dict[str, str]:
    """File → what it is called."""
    pages = "\n".join(manual.page(name, language) for name in manual.PAGES)
    return {file: words for words, file in PICTURE.findall(pages)}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_picture_is_there_small_and_shown_by_a_page(language: str) -> None:
    folder = manual.folder() / language
    named = pictures(language)
    assert len(named) >= 8
    for file in named:
        content = (folder / file).read_bytes()
        assert content.startswith(b"\x89PNG"), file
        assert 2_000 < len(content) < MOST_BYTES, file
    assert {f"pictures/{one.name}" for one in (folder / "pictures").iterdir()} == set(named)


def test_both_languages_show_the_same_pictures_each_its_own() -> None:
    assert pictures("ru").keys() == pictures("en").keys()
    for file in pictures("ru"):
        ours, theirs = ((manual.folder() / one / file).read_bytes() for one in ("ru", "en"))
        assert ours != theirs, file


def test_a_picture_belongs_to_the_passage_that_speaks_of_it() -> None:
    passages = [one for one in manual.passages("ru") if PICTURE.search(one.text)]
    assert all(len(PICTURE.sub("", one.text)) > 40 for one in passages)
