"""A start or a way back of an installed program that is killed anywhere, done twice, or finds a full disk."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.core import installed
from app.core.errors import KnownError
from app.services.updates import updating
from tests.services.feeds import RUNTIME, Machine, Publisher, laptop, layer, pair, publisher

__all__ = ["laptop", "publisher"]


def _broken_off(monkeypatch: pytest.MonkeyPatch, after: int, act: Callable[[], object]) -> None:
    """`act` is killed after so many changes of the disk."""
    done = 0

    def counted(change: Callable[..., None]) -> Callable[..., None]:
        def changed(*told: object, **more: object) -> None:
            nonlocal done
            if done == after:
                raise KeyboardInterrupt
            change(*told, **more)
            done += 1

        return changed

    with monkeypatch.context() as patched:
        patched.setattr(installed, "write_atomically", counted(installed.write_atomically))
        patched.setattr(Path, "unlink", counted(Path.unlink))
        with suppress(KeyboardInterrupt):
            act()


@pytest.mark.parametrize("after", range(8))
def test_a_start_that_is_killed_anywhere_keeps_the_way_back_and_the_count(
    after: int, publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    _broken_off(monkeypatch, after, laptop.starts)
    started = [laptop.starts() for _ in range(installed.TRIES + 3)]
    assert started[-1] == "program-0.1.0", "the new one never showed its window"
    assert started.count("program-0.2.0") <= installed.TRIES + 1
    assert installed.given_up(installed.place_of(laptop.base)) == "0.2.0"


@pytest.mark.parametrize("after", range(8))
def test_a_way_back_that_is_killed_anywhere_is_gone_again_or_not_begun(
    after: int, publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    started = [laptop.starts() for _ in range(installed.TRIES)]
    assert started == ["program-0.2.0"] * installed.TRIES
    _broken_off(monkeypatch, after, laptop.starts)
    assert [laptop.starts() for _ in range(4)] == ["program-0.1.0"] * 4
    assert installed.given_up(installed.place_of(laptop.base)) == "0.2.0"
    assert laptop.look().offered is None, "it is not tried again and again"


def test_two_starts_at_once_take_over_once(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    real, others = installed.Place.told, []

    def told(where: installed.Place, which: str) -> installed.Pair | None:
        found = real(where, which)
        if which == installed.PENDING and not others:
            others.append("")
            others[0] = laptop.starts()  # the other one, in the middle of this one
        return found

    monkeypatch.setattr(installed.Place, "told", told)
    assert (laptop.starts(), others) == ("program-0.2.0", ["program-0.2.0"])
    assert real(installed.place_of(laptop.base), installed.BEFORE) == pair("0.1.0")


@pytest.mark.parametrize("pending", ["0.1.0", "0.2.0", "0.3.0"])
def test_what_is_pending_never_replaces_something_as_new(
    pending: str, publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.3.0")
    laptop.fetch()
    laptop.starts()
    where = installed.place_of(laptop.base)
    installed.confirm(where)
    if pending == "0.2.0":
        layer(where.root, "program-0.2.0")
    installed.stage(where, pair(pending))
    assert [laptop.starts() for _ in range(4)] == ["program-0.3.0"] * 4
    assert where.told(installed.BEFORE) == pair("0.1.0")


def test_a_full_disk_at_a_start_is_no_way_to_an_older_program(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    installed.confirm(installed.place_of(laptop.base))
    publisher.publish("0.3.0")
    laptop.fetch()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(installed, "write_atomically", full)
        assert laptop.starts() == "program-0.2.0"
    assert laptop.starts() == "program-0.3.0"


@pytest.mark.parametrize("count", [b"", b"\xff", b"9" * 5000, b"-1", b"1.5"])
def test_a_count_that_is_none_is_the_last(count: bytes, publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    (laptop.base / "updates" / installed.TRYING).write_bytes(count)
    assert laptop.starts() == "program-0.1.0"


def test_there_is_no_way_back_under_a_newer_package_of_its(publisher: Publisher, laptop: Machine) -> None:
    for version in ("0.2.0", "0.3.0"):
        publisher.publish(version)
        laptop.fetch()
        laptop.starts()
    layer(laptop.base, "program-0.4.0")
    (laptop.base / installed.CURRENT).write_text(f"program-0.4.0 {RUNTIME}\n", encoding="ascii")
    with pytest.raises(KnownError, match="update_no_way_back"):
        updating.back()


def test_a_layer_whose_removal_was_killed_is_no_layer(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = installed.place_of(laptop.base).root
    left = layer(root, "program-0.0.5")
    monkeypatch.setattr(installed.shutil, "rmtree", lambda *_, **__: None)
    installed.clear(installed.place_of(laptop.base))
    assert not (left / installed.LAYER).exists()


def test_what_is_pending_and_below_the_floor_does_not_come(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    publisher.order("floor", "--version", "0.3.0")
    assert laptop.look().pending == ""
    assert laptop.starts() == "program-0.1.0"


def test_a_full_disk_while_it_is_laid_down_is_told(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(installed, "stage", full)
    with pytest.raises(KnownError, match="update_not_written"):
        laptop.fetch()
