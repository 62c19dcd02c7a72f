"""The key of a profile: from a keyring that can be trusted, else a file that only the owner reads; never lost
silently.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import keyring.backend
import keyring.backends.null
import keyring.core
import pytest

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models import keys
from app.models.keys import MasterKey, obtain_key
from app.services.opening import open_workspace


class FakeVault(keyring.backend.KeyringBackend):
    """Stands where the operating system's keyring would; its module is put on the trusted list by the
    test.
    """

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> FakeVault:
    vault = FakeVault()
    monkeypatch.delenv("WELLSIDE_NO_KEYRING")
    monkeypatch.setattr(keyring.core, "load_env", lambda: vault)
    return vault


def test_a_trusted_keyring_holds_the_key_and_no_file_is_made(
    tmp_path: Path, vault: FakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "TRUSTED_BACKENDS", (FakeVault.__module__,))
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    first = obtain_key(paths)
    assert first.in_keyring
    assert not paths.key_file.exists()
    assert obtain_key(paths) == first


def test_a_backend_that_is_not_trusted_is_not_used(tmp_path: Path, vault: FakeVault) -> None:
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    assert not obtain_key(paths).in_keyring
    assert vault.kept == {}


def test_the_null_backend_that_drops_secrets_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WELLSIDE_NO_KEYRING")
    monkeypatch.setattr(keyring.core, "load_env", keyring.backends.null.Keyring)
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    key = obtain_key(paths)
    assert not key.in_keyring
    assert obtain_key(paths) == key


def test_without_a_choice_the_systems_own_backends_are_asked_in_turn_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them were loaded at each start, those of other systems too."""
    vault, asked = FakeVault(), list[str]()

    def load(name: str) -> FakeVault:
        asked.append(name)
        if len(asked) % 2:
            raise RuntimeError("no session bus")
        return vault

    monkeypatch.delenv("WELLSIDE_NO_KEYRING")
    monkeypatch.setattr(keys.sys, "platform", "linux")
    monkeypatch.setattr(keyring.core, "load_keyring", load)
    monkeypatch.setattr(keyring.core, "load_env", lambda: None)
    monkeypatch.setattr(keyring.core, "load_config", lambda: None)
    monkeypatch.setattr(keys, "TRUSTED_BACKENDS", (FakeVault.__module__,))
    assert keys._trusted_keyring() is vault
    assert asked == ["keyring.backends.SecretService.Keyring", "keyring.backends.libsecret.Keyring"]


def test_where_no_backend_is_to_be_had_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> FakeVault:
        raise ImportError(name)

    monkeypatch.delenv("WELLSIDE_NO_KEYRING")
    monkeypatch.setattr(keyring.core, "load_keyring", load)
    monkeypatch.setattr(keyring.core, "load_env", lambda: None)
    monkeypatch.setattr(keyring.core, "load_config", lambda: None)
    assert keys._trusted_keyring() is None


def test_the_backends_of_each_system_are_among_the_trusted_ones_and_there() -> None:
    for names in (*keys.OF_SYSTEM.values(), keys.OF_OTHERS):
        for name in names:
            full = f"keyring.backends.{name}"
            assert full.startswith(keys.TRUSTED_BACKENDS)
            assert issubclass(keyring.core._load_keyring_class(full), keyring.backend.KeyringBackend)


def test_the_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    key = obtain_key(paths)
    assert obtain_key(paths) == key
    if os.name != "nt":
        assert stat.S_IMODE(paths.key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("mode", "told"), [(0o600, "notice.key_in_file"), (0o666, "notice.key_in_open_file")]
)
def test_only_a_key_file_that_is_closed_to_others_is_called_closed(
    mode: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and a stick know no owners: there every file has the mode 666."""

    def as_the_disk_has_it(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        path.chmod(mode)

    monkeypatch.setattr(keys, "write_atomically", as_the_disk_has_it)
    said: list[str] = []
    notices = NoticeBus()
    notices.subscribe(lambda notice: said.append(notice.code))
    open_workspace(profile_paths(tmp_path / "profile" / "cache.duckdb"), notices).close()
    assert said == [told]


def test_data_without_its_key_is_told_and_no_new_key_is_made(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    paths.journal.write_bytes(b"x")
    with pytest.raises(KnownError, match="key_missing"):
        obtain_key(paths)
    assert not paths.key_file.exists()


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31])
def test_a_damaged_key_file_is_told(tmp_path: Path, content: str) -> None:
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    paths.key_file.write_text(content)
    with pytest.raises(KnownError, match="key_file"):
        obtain_key(paths)


def test_each_file_has_a_key_of_its_own() -> None:
    key = MasterKey(bytes(32), in_keyring=False)
    assert key.derive("cache") != key.derive("journal")
    assert len(key.derive("cache")) == 64
