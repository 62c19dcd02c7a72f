"""An installed program renews itself: what it is offered, what runs from the next start on, the way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core import installed
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.models import journal_file
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.updates import releases, updating
from tests.profiles import empty_profile
from tests.services.feeds import RUNTIME, Machine, Publisher, laptop, layer, pair, publisher

__all__ = ["laptop", "publisher"]


NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def offered_to(laptop: Machine) -> str:
    offered = laptop.look().offered
    return offered.version if offered else ""


def test_what_is_newer_is_fetched_and_runs_from_the_next_start_on(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0")
    assert offered_to(laptop) == "0.2.0"
    assert laptop.starts() == "program-0.1.0", "looking lays nothing down"
    assert laptop.fetch().pending == "0.2.0"
    assert installed.place_of(laptop.base).running.version == "0.1.0", "never in the middle of work"
    assert laptop.starts() == "program-0.2.0"


def test_a_new_runtime_comes_with_the_program_that_needs_it(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0", runtime="runtime-bbbbbbbbbbbb")
    laptop.fetch()
    assert installed.choose(laptop.base, counts=True)[1].name == "runtime-bbbbbbbbbbbb"


def test_the_same_or_an_older_version_is_no_update(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.1.0")
    publisher.publish("0.0.9")
    assert offered_to(laptop) == ""


def test_the_newest_by_number_is_offered_and_not_by_letters(publisher: Publisher, laptop: Machine) -> None:
    for version in ("0.10.0", "0.9.0"):
        publisher.publish(version)
    assert offered_to(laptop) == "0.10.0"


def test_a_version_that_would_not_read_the_entries_is_not_offered(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    assert offered_to(laptop) == "0.2.0"
    monkeypatch.setattr(updating, "SCHEMA_VERSION", journal_file.SCHEMA_VERSION + 1)
    assert offered_to(laptop) == ""


def test_a_release_of_another_channel_is_not_offered(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.1.0")
    publisher.publish("0.3.0", channel="early")
    assert offered_to(laptop) == ""
    laptop.settings.set("update_channel", "early")
    assert offered_to(laptop) == "0.3.0"


def test_a_share_of_the_machines_gets_it_first_and_always_the_same_ones() -> None:
    one = releases.Release("0.2.0", "", 20, ("pilot",), 1, {}, {})
    drawn = [one.is_for(f"{number:032x}", "") for number in range(2_000)]
    assert 300 < sum(drawn) < 500
    assert drawn == [one.is_for(f"{number:032x}", "") for number in range(2_000)]
    assert one.is_for("anybody", "pilot")


def test_a_share_of_none_is_nobody() -> None:
    one = releases.Release("0.2.0", "", 0, (), 1, {}, {})
    assert not any(one.is_for(f"{number:032x}", "pilot") for number in range(200))


def test_a_share_is_widened_until_all_have_it(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0", "--percent", "0")
    assert offered_to(laptop) == ""
    publisher.order("share", "--version", "0.2.0", "--percent", "100")
    assert offered_to(laptop) == "0.2.0"


def test_a_release_that_was_withdrawn_before_the_next_start_does_not_come(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    publisher.order("withdraw", "--version", "0.2.0")
    assert laptop.look().pending == ""
    assert laptop.starts() == "program-0.1.0"


def test_one_goes_back_to_the_version_before_and_is_not_offered_the_other_again(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    assert laptop.starts() == "program-0.2.0"
    installed.confirm(installed.place_of(laptop.base))
    assert updating.back() == pair("0.1.0")
    assert laptop.starts() == "program-0.1.0"
    assert offered_to(laptop) == "", "it was given up here"
    again = updating.look(laptop.settings, str, again=True).offered
    assert again is not None, "a person may ask for it"
    assert again.version == "0.2.0"
    publisher.publish("0.2.1")
    assert offered_to(laptop) == "0.2.1"


def test_there_is_no_way_back_where_nothing_was_before(laptop: Machine) -> None:
    with pytest.raises(KnownError, match="update_no_way_back"):
        updating.back()


def test_nobody_goes_back_below_the_floor(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    publisher.order("floor", "--version", "0.2.0")
    laptop.fetch()
    laptop.starts()
    with pytest.raises(KnownError, match="update_below_floor"):
        updating.back()


def test_a_floor_that_a_stolen_key_signed_goes_with_that_key(publisher: Publisher, laptop: Machine) -> None:
    """Nothing was as new as it: what was laid down later was thrown away again, and there was no way back."""
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    publisher.order("floor", "--version", "999.0")
    assert laptop.look().offered is None
    for role in ("targets", "snapshot", "timestamp"):
        publisher.order("rotate", "--role", role)
    publisher.order("floor", "--version", "0.1.0")
    publisher.publish("0.3.0")
    laptop.fetch()
    assert laptop.look().pending == "0.3.0", "it is there still at the next look"
    assert laptop.starts() == "program-0.3.0"
    assert updating.back().version == "0.2.0"


def test_nobody_goes_back_to_a_program_that_cannot_read_the_entries(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0", journal=journal_file.SCHEMA_VERSION + 1)
    laptop.fetch()
    laptop.starts()
    with pytest.raises(KnownError, match="update_journal_newer"):
        updating.back()
    assert laptop.starts() == "program-0.2.0"


def test_an_older_program_makes_the_cache_of_a_newer_one_anew_and_keeps_every_entry(
    publisher: Publisher, laptop: Machine, tmp_path: Path
) -> None:
    paths = empty_profile(tmp_path / "profile")
    newer = open_workspace(paths)
    with newer.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "9-1", "Северное", "5", SRP)])
        cursor.execute("INSERT INTO schema_version VALUES (9999)")
    entries.add_note(newer, 1, NOW, "seen at the pad")
    newer.close()
    with pytest.raises(KnownError, match="store_newer"):
        open_workspace(paths)
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    updating.back()
    told: list[str] = []
    notices = NoticeBus()
    notices.subscribe(lambda notice: told.append(notice.code))
    older = open_workspace(paths, notices)
    (well,) = records.every_well(older.store)
    kept = records.notes(older.store, int(well.id), NOW - timedelta(days=1), NOW + timedelta(days=1))
    older.close()
    assert [note.text for note in kept] == ["seen at the pad"]
    assert "notice.cache_of_newer" in told
    assert list(paths.folder.glob("cache.duckdb.corrupt-*")), "what the newer program had is kept"


def test_a_new_program_that_never_shows_its_window_makes_way_for_the_one_before(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    started = [laptop.starts() for _ in range(installed.TRIES + 2)]
    assert started == ["program-0.2.0"] * installed.TRIES + ["program-0.1.0"] * 2
    assert installed.given_up(installed.place_of(laptop.base)) == "0.2.0"


def test_a_new_program_without_a_window_stays_where_the_one_before_reads_less_of_the_entries(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0", journal=journal_file.SCHEMA_VERSION + 1)
    laptop.fetch()
    assert [laptop.starts() for _ in range(installed.TRIES + 3)] == ["program-0.2.0"] * (installed.TRIES + 3)


def test_a_new_program_without_a_window_stays_where_the_one_before_is_below_the_floor(
    publisher: Publisher, laptop: Machine
) -> None:
    publisher.publish("0.2.0")
    publisher.order("floor", "--version", "0.2.0")
    laptop.fetch()
    assert [laptop.starts() for _ in range(installed.TRIES + 3)] == ["program-0.2.0"] * (installed.TRIES + 3)


def test_a_new_program_that_showed_its_window_stays(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    installed.confirm(installed.place_of(laptop.base))
    assert [laptop.starts() for _ in range(9)] == ["program-0.2.0"] * 9


def test_commands_without_a_window_are_no_failed_starts(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    laptop.fetch()
    assert [laptop.starts(window=False) for _ in range(9)] == ["program-0.2.0"] * 9


@pytest.mark.parametrize("managed", [True, False])
def test_updates_lie_beside_a_stick_and_never_in_a_folder_that_a_package_manager_keeps(
    managed: bool, publisher: Publisher, laptop: Machine, tmp_path: Path
) -> None:
    if managed:
        (laptop.base / installed.MANAGED).write_text("dpkg", encoding="ascii")
    publisher.publish("0.2.0")
    laptop.fetch()
    assert (laptop.base / "updates" / "program-0.2.0").exists() is not managed
    assert (tmp_path / "home" / "program" / "program-0.2.0").exists() is managed
    assert laptop.starts() == "program-0.2.0"


def test_a_package_that_it_installed_later_is_not_held_back_by_an_older_update(
    publisher: Publisher, laptop: Machine
) -> None:
    (laptop.base / installed.MANAGED).write_text("dpkg", encoding="ascii")
    publisher.publish("0.2.0")
    laptop.fetch()
    laptop.starts()
    layer(laptop.base, "program-0.3.0")
    (laptop.base / installed.CURRENT).write_text(f"program-0.3.0 {RUNTIME}\n", encoding="ascii")
    assert laptop.starts() == "program-0.3.0"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"program-0.2.0", b"../../evil runtime-x", b"program-9 runtime-nowhere\n"]
)
@pytest.mark.parametrize("name", [installed.CURRENT, installed.PENDING, installed.TRYING, installed.BEFORE])
def test_whatever_is_damaged_beside_it_what_was_installed_runs(
    name: str, content: bytes, laptop: Machine, tmp_path: Path
) -> None:
    (laptop.base / installed.MANAGED).write_text("dpkg", encoding="ascii")
    root = tmp_path / "home" / "program"
    root.mkdir(parents=True)
    (root / name).write_bytes(content)
    assert [laptop.starts() for _ in range(4)] == ["program-0.1.0"] * 4


def test_layers_that_nothing_names_any_more_go(publisher: Publisher, laptop: Machine) -> None:
    for version in ("0.2.0", "0.3.0", "0.4.0"):
        publisher.publish(version)
        laptop.fetch()
        laptop.starts()
        installed.confirm(installed.place_of(laptop.base))
    left = {path.name for path in laptop.base.rglob("program-*")}
    assert left == {"program-0.1.0", "program-0.3.0", "program-0.4.0"}, "installed, before, running"
    assert not list((laptop.base / "updates" / updating.FEED).rglob("parts/[0-9a-f]*")), "no archive is kept"


def test_what_a_fetch_that_was_killed_left_goes_with_the_next(publisher: Publisher, laptop: Machine) -> None:
    publisher.publish("0.2.0")
    laptop.look()
    (parts,) = (laptop.base / "updates" / updating.FEED).glob("*/parts")
    (parts / ("0" * 64)).write_bytes(b"half of a version that nobody offers any more")
    laptop.fetch()
    assert list(parts.iterdir()) == []


def test_a_program_that_nobody_installed_says_so(
    publisher: Publisher, laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(installed.BASE)
    with pytest.raises(KnownError, match="update_not_installed"):
        laptop.fetch()


def test_without_a_root_of_trust_nothing_is_believed(laptop: Machine, tmp_path: Path) -> None:
    (tmp_path / "site" / updating.ROOT_FILE).unlink()
    with pytest.raises(KnownError, match="update_no_root"):
        laptop.look()


def test_a_root_of_trust_that_anybody_may_write_is_not_believed(laptop: Machine, tmp_path: Path) -> None:
    (tmp_path / "site" / updating.ROOT_FILE).chmod(0o666)
    with pytest.raises(KnownError, match="site_file_open"):
        laptop.look()


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'{"version": 1, "releases": {}}',
        b'{"version": 1, "releases": [1]}',
        b'{"version": 1, "floor": "x", "releases": []}',
        b'{"version": 1, "releases": [{"version": "1.0", "journal": 0, "layers": {}}]}',
        b'{"version": 1, "releases": [{"version": "1.0", "journal": 1, "percent": 101, "layers": {}}]}',
        b'{"version": 1, "releases": [{"version": "1.0", "journal": 1, "groups": "all", "layers": {}}]}',
        b'{"version": 1, "releases": [{"version": "../1", "journal": 1, "layers": {}}]}',
        b'{"version": 1, "releases": [{"version": "1.0", "journal": 1, "layers":'
        b' {"linux-x64": {"program": "../program-1", "runtime": "runtime-1"}}}]}',
        b"[" * 100_000,
    ],
)
def test_a_list_that_is_not_one_is_told(content: bytes) -> None:
    with pytest.raises(KnownError, match="update_feed_malformed"):
        releases.read(content)


def test_a_list_of_a_later_form_is_told() -> None:
    with pytest.raises(KnownError, match="update_feed_newer"):
        releases.read(b'{"version": 2}')


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("0.2", "0.1.9", True),
        ("0.2.0", "0.2", False),
        ("0.10.0", "0.9.9", True),
        ("nonsense", "0.1", False),
        ("0.1", "", True),
        ("1.0.0.1", "1.0.0", True),
    ],
)
def test_versions_are_compared_as_numbers(version: str, than: str, newer: bool) -> None:
    assert installed.is_newer(version, than=than) is newer
