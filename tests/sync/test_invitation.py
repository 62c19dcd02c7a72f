"""The code that IT hands over comes through a mail whole, and a damaged one is refused."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from app.core.errors import KnownError
from app.sync import invitation
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


def coded(told: object, level: int = 9) -> str:
    packed = zlib.compress(json.dumps(told).encode(), level)
    return MARK + base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "told", [{"url": 7}, {"url": "u", "token": 7}, {"url": "u", "certificate": None}, ["url"], 7]
)
def test_what_is_no_text_where_one_belongs_is_refused(told: object) -> None:
    with pytest.raises(KnownError) as refused:
        read(coded(told))
    assert refused.value.details == {"begins": MARK}


def test_what_a_later_version_says_more_is_left_and_what_is_not_said_is_empty() -> None:
    assert read(coded({"url": "u", "more": 1})) == Invitation("u", "", "", "")


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_code_may_unpack_to_so_many_bytes_and_no_more(more: int, *, is_read: bool) -> None:
    """What is packed small would else fill the memory of whoever reads it."""
    told = {"url": "u", "certificate": ""}
    told["certificate"] = "A" * (256_000 - len(json.dumps(told)) + more)
    code = coded(told)
    assert len(code) < 1_000
    if is_read:
        assert read(code).certificate == told["certificate"]
    else:
        with pytest.raises(KnownError, match="invitation_damaged"):
            read(code)


@pytest.mark.parametrize("more", [0, 1])
def test_a_code_may_be_so_long_and_no_longer(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    code = TOLD.code()
    monkeypatch.setattr(invitation, "LONGEST", len(code) - more)
    if more:
        with pytest.raises(KnownError, match="invitation_damaged"):
            read(code)
    else:
        assert read(f" {code} \n") == TOLD


@pytest.mark.parametrize("sign", ["!", ".", "!!!!", "....", "=", "А"])
def test_a_sign_that_no_code_has_is_not_passed_over(sign: str) -> None:
    code = TOLD.code()
    with pytest.raises(KnownError, match="invitation_damaged"):
        read(code[:40] + sign + code[40:])
