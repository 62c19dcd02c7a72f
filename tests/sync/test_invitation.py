"""The code that IT hands over comes through a mail whole, and a damaged one is refused."""

from __future__ import annotations

import pytest

from app.core.errors import KnownError
from app.sync.invitation import MARK, Invitation, read

TOLD = Invitation("https://centre.example:8443", "t0ken-Ю", "Asia/Yekaterinburg", "-----BEGIN…\n" * 30)


def test_a_code_broken_into_lines_says_what_was_put_into_it() -> None:
    code = TOLD.code()
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    broken = "\n".join(code[at : at + 60] for at in range(0, len(code), 60))
    assert read(f"  {broken}\r\n") == TOLD


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "https://centre.example",
        MARK,
        TOLD.code().removeprefix(MARK),
        TOLD.code()[:-4],
        TOLD.code().replace(MARK, MARK + "A", 1),
        MARK + "A" * 70_000,
        Invitation("", "token").code(),
    ],
    ids=["nothing", "address", "mark", "no mark", "cut off", "letter more", "too long", "no address"],
)
def test_a_damaged_code_is_refused_by_name(damaged: str) -> None:
    with pytest.raises(KnownError) as refused:
        read(damaged)
    assert refused.value.code == "invitation_damaged"
