"""What IT says of settings: locked, as a default, by a file or by group policies of Windows."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.core import policies
from app.core.errors import KnownError
from app.core.policies import KEY, RECOMMENDED
from app.core.settings import Settings
from app.core.site import OPEN, Site, read_site, under_policies
from tools import build_policies

TOML = """
version = 1
plugins = ["wellside-example"]
oidc_issuer = "https://login.example"
[defaults]
units = "si"
theme = "dark"
[locked]
centre_url = "https://centre.example"
time_zone = "Екатеринбург"
"""


def told(path: Path, text: str = TOML) -> Site:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    return read_site(path)


def registry(**keys: dict[str, str | int]) -> policies.Values:
    """By `HKLM`, `HKCU_R` and so on: R for what is recommended."""
    named = {
        f"{hive}{'_R' * (key != KEY)}": (hive, key)
        for hive in policies.HIVES
        for key in (KEY, rf"{KEY}\{RECOMMENDED}")
    }
    stands = {named[name]: values for name, values in keys.items()}
    return lambda hive, key: stands.get((hive, key), {})


def test_what_it_locks_stands_over_the_profile_and_its_defaults_stand_below(tmp_path: Path) -> None:
    site = told(tmp_path / "site.toml")
    settings = Settings(tmp_path / "settings.json", site)
    assert (settings["units"], settings["theme"]) == ("si", "dark")
    assert settings["time_zone"] == "Asia/Yekaterinburg", "as a setting is checked, so is IT's word"
    assert settings["glove_mode"] is False

    settings.set("theme", "sunlight")
    with pytest.raises(KnownError) as caught:
        settings.set("centre_url", "https://elsewhere.example")
    assert caught.value.code == "setting_locked"
    assert caught.value.details["source"] == str(tmp_path / "site.toml")
    settings.set("centre_url", "https://centre.example")  # the same is no change

    again = Settings(tmp_path / "settings.json", site)
    assert (again["theme"], again["centre_url"]) == ("sunlight", "https://centre.example")
    assert "centre_url" not in json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    said = again.set_by("centre_url")
    assert said is not None
    assert said.locked
    assert again.set_by("theme") is None, "the user has chosen"
    usual = again.set_by("units")
    assert usual is not None
    assert not usual.locked


def test_a_choice_of_before_the_lock_comes_back_when_the_lock_goes(tmp_path: Path) -> None:
    Settings(tmp_path / "settings.json", Site()).set("centre_url", "https://own.example")
    locked = Settings(tmp_path / "settings.json", told(tmp_path / "site.toml"))
    assert locked["centre_url"] == "https://centre.example"
    locked.set("glove_mode", True)
    assert Settings(tmp_path / "settings.json", Site())["centre_url"] == "https://own.example"


@pytest.mark.parametrize(
    ("line", "code", "setting"),
    [
        ('colour = "red"', "site_key", "colour"),
        ("live_interval_s = 1000", "site_setting", "live_interval_s"),
        ("theme = 3", "site_setting", "theme"),
        ('time_zone = "Atlantis"', "site_setting", "time_zone"),
        ("glove_mode = 1979-05-27", "site_setting", "glove_mode"),
        ('save_folder = "C:/"', "site_key", "save_folder"),
    ],
)
def test_what_it_says_wrongly_is_told_by_name_and_the_rest_holds(
    line: str, code: str, setting: str, tmp_path: Path
) -> None:
    site = told(tmp_path / "site.toml", f'[locked]\n{line}\nunits = "si"\n')
    assert [(one.code, one.details["setting"]) for one in site.refused] == [(code, setting)]
    assert set(site.settings) == {"units"}


def test_a_slip_in_the_name_of_a_table_is_told(tmp_path: Path) -> None:
    site = told(tmp_path / "site.toml", 'pluginz = ["x"]\n[lock]\nunits = "si"\n')
    assert [one.details["setting"] for one in site.refused] == ["pluginz", "lock"]
    assert dict(site.settings) == {}


def test_a_file_that_is_no_toml_is_not_used_and_says_where(tmp_path: Path) -> None:
    site = told(tmp_path / "site.toml", "[locked]\nunits = si\n")
    assert site.problem is not None
    assert "line 2" in site.problem.details["reason"]


def test_group_policies_stand_over_the_file_and_a_lock_over_a_default(tmp_path: Path) -> None:
    values = registry(
        HKLM={"units": "us_field", "glove_mode": 1, "live_interval_s": "0,5", "sync_days": 30},
        HKCU={"units": "si", "theme": "sunlight", "no_such": "x"},
        HKLM_R={"centre_url": "https://other.example", "company": "Site", "glove_mode": 0},
        HKCU_R={"company": "Nobody"},
    )
    site = under_policies(told(tmp_path / "site.toml"), policies.read(values))
    settings = Settings(tmp_path / "settings.json", site)
    assert settings["units"] == "us_field", "the machine's before the user's"
    assert settings["theme"] == "sunlight", "a lock before the file's default"
    assert settings["centre_url"] == "https://centre.example", "the file's lock before a recommendation"
    assert settings["company"] == "Site"
    assert (settings["glove_mode"], settings["live_interval_s"], settings["sync_days"]) == (True, 0.5, 30)
    assert [one.details["setting"] for one in site.refused] == ["no_such"]
    said = settings.set_by("units")
    assert said is not None
    assert said.source == rf"HKLM\{KEY}"


@pytest.mark.parametrize(
    ("name", "raw"), [("glove_mode", 2), ("glove_mode", "1"), ("live_interval_s", "often")]
)
def test_a_policy_that_does_not_fit_is_told(name: str, raw: str | int, tmp_path: Path) -> None:
    site = under_policies(Site(), policies.read(registry(HKLM={name: raw})))
    assert [(one.code, one.details["setting"]) for one in site.refused] == [("site_setting", name)]


# ---- the templates -----------------------------------------------------------------------------------------


def test_the_policy_templates_are_of_todays_declarations() -> None:
    for path, content in build_policies.files().items():
        there = (build_policies.FOLDER / path).read_text(encoding="utf-8")
        assert there == content, "python -m tools.build_policies"


def test_every_setting_has_its_two_policies_and_every_word_of_them_in_both_languages() -> None:
    space = f"{{{build_policies.NAMESPACE}}}"
    admx = ElementTree.fromstring(
        (build_policies.FOLDER / "wellside.admx").read_text(encoding="utf-8").partition("\n")[2]
    )
    every = {one.get("name"): one for one in admx.iter(f"{space}policy")}
    assert set(every) == {key + suffix for key in OPEN for suffix in ("", "_recommended")}
    assert {one.get("key") for one in every.values()} == {KEY, rf"{KEY}\{RECOMMENDED}"}
    for culture in build_policies.CULTURES.values():
        text = (build_policies.FOLDER / culture / "wellside.adml").read_text(encoding="utf-8")
        adml = ElementTree.fromstring(text.partition("\n")[2])
        strings = {one.get("id") for one in adml.iter(f"{space}string")}
        shown = {one.get("id"): one for one in adml.iter(f"{space}presentation")}
        for element in admx.iter():
            for name in ("displayName", "explainText"):
                if (asked := element.get(name)) is not None:
                    assert asked.removeprefix("$(string.").removesuffix(")") in strings, asked
        for name, policy in every.items():
            elements = policy.find(f"{space}elements")
            if elements is None:
                assert policy.get("valueName"), name
                continue
            asked = {one.get("id") for one in elements}
            held = shown[str(policy.get("presentation")).removeprefix("$(presentation.").removesuffix(")")]
            assert {one.get("refId") for one in held} == asked, name
