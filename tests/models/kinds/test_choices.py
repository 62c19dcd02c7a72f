"""A choice is called by the words of its field: a stop of the pump is no order to stop."""

from __future__ import annotations

import pytest

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.reports.record_words import choice_words


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_choice_has_words_of_its_own(language: str) -> None:
    speaker = Speaker(language)
    for kind in KINDS:
        for field in (cell for one in kind.fields for cell in (one, *one.cells)):
            unsaid = [code for code in field.choices if not speaker.has(f"{field.said}.{code}")]
            assert not unsaid, f"{kind.key}.{field.key}"


def test_one_code_is_called_as_its_field_means_it() -> None:
    russian = Speaker("ru")
    severity = KINDS["finding_decision"].field("severity")
    assert choice_words(KINDS["event"].field("kind"), "stop", russian) == "Остановка"
    assert choice_words(severity, "stop", russian) == "остановить"
    assert choice_words(KINDS["document"].field("kind"), "act", russian) == "Акт"
    assert choice_words(severity, "act", russian) == "вмешаться"
