"""The way back to a profile whose key is gone: shown once, held by IT, found by the former place."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import keyring.core
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import Paths, profile_paths
from app.models import keys, written_key
from app.models.journal import Journal
from app.models.keys import MasterKey, obtain_key
from app.models.recovery import Recovery
from app.services import recovery
from tests.models.test_keys import FakeVault

SECRET = bytes(range(32))


@pytest.fixture(scope="session")
def site_key() -> tuple[str, bytes]:
    """(public, private), PEM."""
    private = rsa.generate_private_key(65537, 3072)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return public.decode(), private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _profile(folder: Path, secret: bytes = SECRET) -> Paths:
    """A journal with one entry, under its key, and no key beside it."""
    paths = profile_paths(folder / "cache.duckdb")
    journal = Journal(paths.journal, paths.blobs, MasterKey(secret, False).derive("journal"))
    journal.add("record", {"record": "r"})
    journal.close()
    return paths


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# ---- as people write it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [16, 32])
def test_what_was_written_down_is_read_again(size: int) -> None:
    key = os.urandom(size)
    text = written_key.written(key)
    assert written_key.read(text, (16, 32)) == key
    assert (
        written_key.read(text.lower().replace("0", "o").replace("1", "l").replace("-", " "), (size,)) == key
    )
    assert written_key.read(text.replace("A", "А").replace("C", "С").replace("H", "Н"), (size,)) == key


def test_every_single_letter_that_is_wrong_is_found_and_its_group_told() -> None:
    text = written_key.written(SECRET[:16])
    for place, letter in enumerate(text):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZU" if letter not in " -" else "":
            if other == letter:
                continue
            with pytest.raises(KnownError, match="written_key_group") as told:
                written_key.read(text[:place] + other + text[place + 1 :], (16,))
            assert told.value.details["group"] == place // 10 + 1


def test_groups_in_each_others_place_and_a_group_too_few_are_told() -> None:
    first, second, *others = written_key.written(SECRET[:16]).split()
    with pytest.raises(KnownError, match="written_key_group"):
        written_key.read(" ".join([second, first, *others]), (16,))
    with pytest.raises(KnownError, match="written_key_length"):
        written_key.read(first, (16, 32))


# ---- shown once --------------------------------------------------------------------------------------------


def test_a_profile_without_its_key_opens_with_the_recovery_key(tmp_path: Path) -> None:
    paths = _profile(tmp_path / "p")
    shown = Recovery(paths.recovery).make(SECRET)
    with pytest.raises(KnownError, match="key_missing"):
        obtain_key(paths)
    assert recovery.recover(paths, shown).secret == SECRET
    assert obtain_key(paths).secret == SECRET
    assert shown.replace("-", "").replace(" ", "").encode() not in b"".join(_state(tmp_path).values())


def _of_another_profile(paths: Paths) -> str:
    other = _profile(paths.folder.parent / "other", bytes(32))
    return Recovery(other.recovery).make(bytes(32))


def _before_the_newest(paths: Paths) -> str:
    old = Recovery(paths.recovery).make(SECRET)
    Recovery(paths.recovery).make(SECRET)
    return old


def _key_of_other_data(paths: Paths) -> str:
    return written_key.written(bytes(32))


def _of_a_file_of_other_data(paths: Paths) -> str:
    return Recovery(paths.recovery).make(bytes(32))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (_of_another_profile, "recovery_key_wrong"),
        (_before_the_newest, "recovery_key_wrong"),
        (_key_of_other_data, "recovery_key_other"),
        (_of_a_file_of_other_data, "recovery_key_other"),
        (lambda paths: "", "written_key_length"),
    ],
)
def test_a_wrong_key_is_told_and_changes_nothing(
    tmp_path: Path, typed: Callable[[Paths], str], code: str
) -> None:
    paths = _profile(tmp_path / "p")
    Recovery(paths.recovery).make(SECRET)
    key = typed(paths)
    before = _state(paths.folder)
    with pytest.raises(KnownError, match=code):
        recovery.recover(paths, key)
    assert _state(paths.folder) == before


def test_a_key_file_that_says_something_else_is_laid_aside(tmp_path: Path) -> None:
    paths = _profile(tmp_path / "p")
    shown = Recovery(paths.recovery).make(SECRET)
    paths.key_file.write_text("damaged")
    recovery.recover(paths, shown)
    assert obtain_key(paths).secret == SECRET
    assert paths.key_file.with_name("cache.key.1").read_text() == "damaged"


def test_a_damaged_file_of_recovery_keeps_nobody_from_work_and_is_not_thrown_away(tmp_path: Path) -> None:
    paths = _profile(tmp_path / "p")
    paths.recovery.write_text("{")
    assert (Recovery(paths.recovery).held_by, Recovery(paths.recovery).keyring_name) == ("", "")
    with pytest.raises(KnownError, match="recovery_damaged"):
        recovery.recover(paths, written_key.written(bytes(16)))
    Recovery(paths.recovery).make(SECRET)
    assert Recovery(paths.recovery).has_key
    assert paths.recovery.with_name("cache.recovery.damaged").read_text() == "{"


def _holding(path: Path, said: dict[str, str]) -> Recovery:
    path.write_text(json.dumps({"by_site": said}))
    return Recovery(path)


def test_a_key_made_anew_has_no_ways_of_the_one_before_it(
    tmp_path: Path, site_key: tuple[str, bytes]
) -> None:
    """Whoever began again in an old folder was shown ways back that led to the key of what is gone."""
    paths = _profile(tmp_path / "p")
    Recovery(paths.recovery).make(SECRET)
    Recovery(paths.recovery).hold(SECRET, site_key[0])
    before = paths.recovery.read_bytes()
    for file in (paths.journal, paths.store):
        file.unlink(missing_ok=True)
    new = obtain_key(paths).secret
    assert new != SECRET
    assert recovery.ways(paths) == recovery.Ways(own_key=False, held_by="")
    assert before in [file.read_bytes() for file in paths.folder.glob(f"{paths.recovery.name}.*")]
    Recovery(paths.recovery).hold(new, site_key[0])
    assert Recovery(paths.recovery).unsealed(site_key[1]) == written_key.written(new)


def test_another_key_is_sealed_for_the_site_anew(tmp_path: Path, site_key: tuple[str, bytes]) -> None:
    held = Recovery(tmp_path / "r")
    for secret in (SECRET, bytes(32), SECRET):
        held.hold(secret, site_key[0])
        assert held.unsealed(site_key[1]) == written_key.written(secret)


# ---- held by the site --------------------------------------------------------------------------------------


def test_it_opens_what_was_sealed_for_it_and_nobody_else(
    tmp_path: Path, site_key: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = site_key
    paths = _profile(tmp_path / "p")
    Recovery(paths.recovery).hold(SECRET, public)
    sealed = paths.recovery.read_bytes()
    Recovery(paths.recovery).hold(SECRET, public)
    assert paths.recovery.read_bytes() == sealed, "once for a key"
    assert SECRET.hex().encode() not in sealed
    read_out = Recovery(paths.recovery).unsealed(private)
    assert recovery.recover(paths, read_out).secret == SECRET
    with pytest.raises(KnownError, match="private_key_wrong"):
        _holding(tmp_path / "without", {"fingerprint": "ab"}).unsealed(private)
    stranger = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for wrong in (stranger, b"no key"):
        with pytest.raises(KnownError, match="private_key_wrong"):
            Recovery(paths.recovery).unsealed(wrong)


def test_a_weak_or_unreadable_key_of_the_site_is_told(tmp_path: Path) -> None:
    weak = rsa.generate_private_key(65537, 2048).public_key()
    pem = weak.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
    for wrong in (pem, "no key"):
        with pytest.raises(KnownError, match="site_recovery_key"):
            Recovery(tmp_path / "r").hold(SECRET, wrong)
    assert not (tmp_path / "r").exists()


# ---- a folder that was moved -------------------------------------------------------------------------------


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> FakeVault:
    vault = FakeVault()
    monkeypatch.delenv("WELLSIDE_NO_KEYRING")
    monkeypatch.setattr(keyring.core, "load_env", lambda: vault)
    monkeypatch.setattr(keys, "TRUSTED_BACKENDS", (FakeVault.__module__,))
    return vault


def test_a_folder_that_was_moved_finds_its_key_in_the_keyring(tmp_path: Path, vault: FakeVault) -> None:
    paths = profile_paths(tmp_path / "here" / "cache.duckdb")
    key = obtain_key(paths)
    _profile(paths.folder, key.secret)
    shutil.move(paths.folder, tmp_path / "there")
    moved = profile_paths(tmp_path / "there" / "cache.duckdb")
    assert obtain_key(moved) == key
    vault.delete_password("wellside", str(paths.store))
    assert obtain_key(moved) == key, "it is known by its new place from now on"


def test_a_name_that_leads_to_another_key_is_not_followed(tmp_path: Path, vault: FakeVault) -> None:
    other = profile_paths(tmp_path / "other" / "cache.duckdb")
    obtain_key(other)
    paths = _profile(tmp_path / "p")
    paths.recovery.write_text(json.dumps({"keyring_name": str(other.store)}))
    with pytest.raises(KnownError, match="key_missing"):
        obtain_key(paths)


def test_a_place_that_only_a_newer_program_could_note_keeps_nobody_from_opening(
    tmp_path: Path, vault: FakeVault
) -> None:
    """The key was in the keyring, and the profile was refused for the file beside it."""
    paths = _profile(tmp_path / "p")
    vault.set_password("wellside", str(paths.store), SECRET.hex())
    paths.recovery.write_text('{"version": 2}')
    assert obtain_key(paths).secret == SECRET
    assert paths.recovery.read_text() == '{"version": 2}'


# ---- damaged, replaced, replayed, of another version -------------------------------------------------------


def _with(path: Path, **changed: object) -> Recovery:
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **changed}))
    return Recovery(path)


@pytest.mark.parametrize("short", ["", "AA==", "A" * 76])
def test_what_is_no_sealed_key_is_a_damaged_file_not_a_fault(tmp_path: Path, short: str) -> None:
    shown = Recovery(tmp_path / "r").make(SECRET)
    with pytest.raises(KnownError, match="recovery_damaged"):
        _with(tmp_path / "r", by_recovery_key=short).opened(shown)


@pytest.mark.parametrize("content", [b"[" * 40_000, b'{"by_site": {"a": "' + b"x" * 70_000 + b'"}}', b"1"])
def test_what_nobody_would_send_is_not_read_on(
    tmp_path: Path, content: bytes, site_key: tuple[str, bytes]
) -> None:
    (tmp_path / "r").write_bytes(content)
    with pytest.raises(KnownError, match="recovery_damaged"):
        Recovery(tmp_path / "r").unsealed(site_key[1])


def test_one_damaged_part_takes_nothing_from_the_other(tmp_path: Path, site_key: tuple[str, bytes]) -> None:
    """The whole file was laid aside, with the only way back of whoever had written his key down."""
    shown = Recovery(tmp_path / "r").make(SECRET)
    for wrong in ("", 5, None, []):
        held = _with(tmp_path / "r", by_site=wrong, keyring_name=wrong)
        assert (held.held_by, held.keyring_name) == ("", "")
        held.hold(SECRET, site_key[0])
        assert held.opened(shown) == SECRET
        assert held.unsealed(site_key[1]) == written_key.written(SECRET)


def test_what_is_sealed_for_the_site_and_was_changed_since_is_sealed_anew(
    tmp_path: Path, site_key: tuple[str, bytes]
) -> None:
    """It was called held, until the day on which IT could not open it."""
    held = Recovery(tmp_path / "r")
    held.hold(SECRET, site_key[0])
    whole = json.loads((tmp_path / "r").read_bytes())["by_site"]
    for changed in ({"sealed": "A" + whole["sealed"][1:]}, {"sealed": ""}, {"sealed": None}, {"of": 5}):
        _with(tmp_path / "r", by_site=whole | changed).hold(SECRET, site_key[0])
        assert held.unsealed(site_key[1]) == written_key.written(SECRET)


def test_a_file_of_a_newer_program_is_neither_guessed_at_nor_written_over(
    tmp_path: Path, site_key: tuple[str, bytes]
) -> None:
    shown = Recovery(tmp_path / "r").make(SECRET)
    newer = _with(tmp_path / "r", version=2, by_recovery_key={"another": "form"})
    before = newer.path.read_bytes()
    for asked in (
        lambda: newer.opened(shown),
        lambda: newer.unsealed(site_key[1]),
        lambda: newer.make(SECRET),
        lambda: newer.hold(SECRET, site_key[0]),
    ):
        with pytest.raises(KnownError, match="recovery_newer"):
            asked()
    assert newer.path.read_bytes() == before


def _gone(path: Path, first: bytes) -> None:
    path.unlink()


def _of_before(path: Path, first: bytes) -> None:
    path.write_bytes(first)


def _no_json(path: Path, first: bytes) -> None:
    path.write_text("{")


def _one_letter(path: Path, first: bytes) -> None:
    told = json.loads(path.read_bytes())["by_recovery_key"]
    _with(path, by_recovery_key=("A" if told[20] != "A" else "B").join((told[:20], told[21:])))


@pytest.mark.parametrize("changed", [_gone, _of_before, _no_json, _one_letter])
def test_a_recovery_key_that_would_not_open_is_told_while_there_is_still_a_key(
    tmp_path: Path, changed: Callable[[Path, bytes], None]
) -> None:
    paths = _profile(tmp_path / "p")
    keys.put_key(paths, SECRET)
    recovery.make(paths)
    first = paths.recovery.read_bytes()
    shown = recovery.make(paths)
    assert _told_at_an_opening(paths) == []
    changed(paths.recovery, first)
    assert _told_at_an_opening(paths) == ["error.recovery_lost"]
    with pytest.raises(KnownError, match="recovery_"):
        Recovery(paths.recovery).opened(shown)
    recovery.make(paths)
    assert _told_at_an_opening(paths) == []


def test_a_recovery_key_of_an_earlier_program_is_known_from_its_next_opening(tmp_path: Path) -> None:
    paths = _profile(tmp_path / "p")
    Recovery(paths.recovery).make(SECRET)
    assert _told_at_an_opening(paths) == []
    paths.recovery.unlink()
    assert _told_at_an_opening(paths) == ["error.recovery_lost"]


def _told_at_an_opening(paths: Paths) -> list[str]:
    notices = NoticeBus()
    told: list[str] = []
    notices.subscribe(lambda notice: told.append(notice.code))
    recovery.look_after(paths, MasterKey(SECRET, False), notices)
    return told


def test_what_a_keyring_gives_back_that_is_no_key_is_a_missing_key(tmp_path: Path, vault: FakeVault) -> None:
    """It ended the start as a fault of the program's; so there was no place to enter a recovery key."""
    paths = _profile(tmp_path / "p")
    for stored in ("no key", "ab", "ab" * 40):
        vault.set_password("wellside", str(paths.store), stored)
        with pytest.raises(KnownError, match="key_missing"):
            obtain_key(paths)
