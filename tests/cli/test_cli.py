"""The headless commands: what they print, their exit codes, and that bad input leaves everything as it
was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.analysis import model_places, model_versions
from app.core import settings as kept
from app.core.declared_settings import SETTINGS
from app.core.notices import NoticeBus
from app.core.paths import profile_paths, resources
from app.core.site import Said as SaidByIt
from app.core.site import Site
from app.services.opening import open_workspace
from tests.conftest import Said, shared_file

ROOT = Path(__file__).resolve().parents[2]
GOOD = "time,intake_pressure (MPa)\n2026-10-01T00:00:00Z,5.2\n2026-10-01T00:01:00Z,5.3\n"


@pytest.fixture
def demo_store(demo_profile: Path) -> Path:
    """Only read by these tests (a diagnosis writes the same findings again)."""
    return demo_profile / "cache.duckdb"


def contents(store: Path) -> dict[str, object]:
    """What must not change when an import is refused: rows, and what the journal will send."""
    workspace = open_workspace(profile_paths(store), NoticeBus())
    with workspace.store.reading() as cursor:
        tables = [
            row[0]
            for row in cursor.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'cache'"
            ).fetchall()
        ]
        found: dict[str, object] = {
            name: cursor.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in sorted(tables)
        }
    found["journal"] = [(entry.id, entry.state) for entry in workspace.journal.entries()]
    workspace.close()
    return found


# ---- the commands ------------------------------------------------------------------------------------------


def test_wells_in_json_is_one_document_with_stable_names(said: Callable[..., Said], demo_store: Path) -> None:
    code, out, errors = said("wells", "--json", "--store", demo_store)
    wells = json.loads(out)
    assert (code, errors, len(wells)) == (0, "", 14)
    assert set(wells[0]) == {
        "name",
        "field",
        "pad",
        "lift",
        "state",
        "status",
        "unread_findings",
        "last_reading_at",
        "merged",
    }
    assert {well["lift"] for well in wells} == {"esp", "srp"}


def test_a_store_named_before_the_command_is_the_commands_store(
    said: Callable[..., Said], demo_store: Path
) -> None:
    """Else a line with the option in the wrong place writes into the user's own profile."""
    code, out, _ = said("--store", demo_store, "wells", "--json")
    assert (code, len(json.loads(out))) == (0, 14)


def test_diagnose_in_json_gives_code_severity_confidence_and_evidence(
    said: Callable[..., Said], demo_store: Path
) -> None:
    code, out, _ = said("diagnose", "205", "--json", "--store", demo_store)
    answer = json.loads(out)
    assert (code, answer["well"]) == (0, "205")
    first = answer["findings"][0]
    assert first["code"] == "rods_parted"
    assert first["severity"] == "stop"
    assert 0 < first["confidence"] <= 1
    assert first["evidence"]
    assert "installation" in [one["kind"] for one in answer["computed_with"]]


def test_diagnose_in_words_says_what_why_and_what_to_do(
    said: Callable[..., Said], demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = said("diagnose", "205", "--store", demo_store)
    assert code == 0
    assert "Parted" in out
    assert "→" in out
    monkeypatch.setenv("WELLSIDE_LANG", "ru")
    assert "Обрыв" in said("diagnose", "205", "--store", demo_store)[1]


@pytest.fixture
def without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A package whose file of the ranker is gone."""
    (tmp_path / "models").mkdir()
    shutil.copy(resources() / "models" / "esp_failure.npz", tmp_path / "models")
    monkeypatch.setattr(model_places, "resources", lambda: tmp_path)
    model_versions._version.cache_clear()
    yield
    model_versions._version.cache_clear()


@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.usefixtures("without_a_model")
def test_a_diagnosis_without_a_model_is_said_and_what_it_was_said_without(
    more: list[str], said: Callable[..., Said], demo_store: Path
) -> None:
    code, out, errors = said("diagnose", "205", *more, "--store", demo_store)
    assert code == 1
    assert "Parted" in out or "rods_parted" in out
    assert "card_ranker.npz" in errors


@pytest.mark.slow
@pytest.mark.usefixtures("without_a_model")
def test_a_report_without_a_model_is_written_and_what_it_was_written_without(
    said: Callable[..., Said], demo_store: Path, tmp_path: Path
) -> None:
    code, _, errors = said("report", "205", "--out", tmp_path / "report.xlsx", "--store", demo_store)
    assert (code, (tmp_path / "report.xlsx").exists()) == (1, True)
    assert "card_ranker.npz" in errors


def test_a_card_file_is_analysed_without_a_store(said: Callable[..., Said]) -> None:
    code, out, _ = said("card", shared_file("data/well-c.json"), "--json")
    answer = json.loads(out)
    assert code == 0
    assert {"well", "taken_at", "measures", "pump_card", "findings", "quality"} <= set(answer)


def test_a_card_file_is_told_with_what_speaks_for_it(said: Callable[..., Said]) -> None:
    """A load that comes late was a faulty record, and nothing more."""
    code, out, _ = said("card", shared_file("data/well-c.json"))
    assert code == 0
    first = out.splitlines()[:2]
    assert first[1].startswith("  – "), first


def test_import_is_reported_and_the_same_file_again_brings_nothing(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "r.csv"
    file.write_text(GOOD)
    code, out, _ = said("import", file, "--well", "123", "--json", "--store", store)
    assert (code, json.loads(out)[0]["added"]) == (0, 2)
    again = json.loads(said("import", file, "--well", "123", "--json", "--store", store)[1])[0]
    assert (again["already"], again["added"]) == (True, 0)


def test_a_dry_run_writes_nothing(said: Callable[..., Said], store: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text(GOOD)
    before = contents(store)
    assert said("import", file, "--well", "123", "--dry-run", "--store", store)[0] == 0
    assert contents(store) == before


def test_what_a_row_lacks_is_named_though_the_file_has_no_column_of_it(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    repairs = tmp_path / "repairs.csv"
    repairs.write_text("Скважина;Вид ремонта\n123;ТРС\n", "utf-8")
    _, _, errors = said("import", repairs, "--dry-run", "--store", store)
    assert "line 2, column “Date and time”: “”: empty, but a value is needed" in errors


def test_a_column_can_be_mapped_by_hand(said: Callable[..., Said], store: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("when,P=1\n2026-10-01T00:00:00Z,5200000\n")
    code, out, errors = said(
        "import",
        file,
        "--well",
        "123",
        "--map",
        "when=time",
        "--map",
        "P=1=intake_pressure",
        "--json",
        "--store",
        store,
    )
    assert code == 0, errors
    assert json.loads(out)[0]["added"] == 1


@pytest.mark.parametrize(
    ("what", "suffix"),
    [(what, suffix) for what in ("cards", "tests", "lab") for suffix in ("csv", "parquet", "xlsx")],
)
def test_export_writes_every_table_in_every_format(
    said: Callable[..., Said], demo_store: Path, tmp_path: Path, what: str, suffix: str
) -> None:
    out = tmp_path / f"out.{suffix}"
    code, said_out, errors = said("export", "201", "--what", what, "--out", out, "--store", demo_store)
    assert code == 0, errors
    assert out.stat().st_size > 0
    assert str(out) in said_out


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_export_writes_the_readings_as_they_were_imported(
    said: Callable[..., Said], store: Path, tmp_path: Path, suffix: str
) -> None:
    file, out = tmp_path / "good.csv", tmp_path / f"out.{suffix}"
    file.write_text(GOOD, encoding="utf-8")
    assert said("import", file, "--well", "123", "--store", store)[0] == 0
    code, _, errors = said("export", "123", "--what", "readings", "--out", out, "--store", store)
    assert code == 0, errors
    if suffix == "csv":
        rows = out.read_text("utf-8-sig").splitlines()
        assert rows[0] == "time,well,sensor,value,unit,quality"
        assert rows[1:] == [
            "2026-10-01T00:00:00Z,123,intake_pressure,5200000.0,Pa,0",
            "2026-10-01T00:01:00Z,123,intake_pressure,5300000.0,Pa,0",
        ]
    assert out.stat().st_size > 0


@pytest.mark.slow
def test_report_writes_a_pdf_in_either_language(
    said: Callable[..., Said], demo_store: Path, tmp_path: Path
) -> None:
    for language in ("ru", "en"):
        out = tmp_path / f"{language}.pdf"
        assert said("report", "103", "--out", out, "--lang", language, "--store", demo_store)[0] == 0
        assert out.read_bytes().startswith(b"%PDF-")


def test_doctor_is_content_with_a_good_profile_and_not_with_a_broken_one(
    said: Callable[..., Said], store: Path
) -> None:
    code, out, _ = said("doctor", "--json", "--store", store)
    answer = json.loads(out)
    assert (code, answer["ok"]) == (0, True)
    assert {check["name"] for check in answer["checks"]} >= {"python", "duckdb", "key", "store", "journal"}
    profile_paths(store).journal.write_bytes(b"not a journal " * 1000)
    assert said("doctor", "--json", "--store", store)[0] == 1


def test_doctor_says_which_settings_are_in_force_and_who_set_them(
    said: Callable[..., Said], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        kept, "site", lambda: Site(settings={"units": SaidByIt("si", "site.toml", locked=True)})
    )
    code, out, _ = said("doctor", "--site", "--json", "--store", store)
    told = {one["key"]: one for one in json.loads(out)}
    assert code == 0
    assert set(told) == {setting.key for setting in SETTINGS}
    assert told["units"] == {"key": "units", "value": "si", "by": "setting.set_by_it", "source": "site.toml"}
    assert told["glove_mode"]["by"] == "setting.usual"
    assert "Set by IT: site.toml" in said("doctor", "--site", "--store", store)[1]


def test_demo_refuses_a_store_that_holds_wells(said: Callable[..., Said], store: Path) -> None:
    before = contents(store)
    code, out, errors = said("demo", "--store", store)
    assert (code, out) == (1, "")
    assert str(store) in errors
    assert contents(store) == before


def test_the_log_of_imports_is_listed_and_written(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    before = len(json.loads(said("imports", "--json", "--store", store)[1]))
    file = tmp_path / "log me.csv"
    file.write_text("Time;PIP, MPa\n2025-11-02 03:00;7.5\n", encoding="utf-8")
    assert said("import", file, "--well", "123", "--store", store)[0] == 0
    logged = json.loads(said("imports", "--json", "--store", store)[1])
    assert len(logged) == before + 1
    assert (logged[0]["file"], logged[0]["read"], logged[0]["added"], logged[0]["undone"]) == (
        "log me.csv",
        1,
        1,
        False,
    )
    out = tmp_path / "log.csv"
    assert said("imports", "--export", out, "--store", store)[0] == 0
    assert "log me.csv" in out.read_text(encoding="utf-8-sig")
    assert "log me.csv" in said("imports", "--store", store)[1]


def test_wrong_usage_ends_with_2(said: Callable[..., Said], store: Path) -> None:
    assert said("no-such-command")[0] == 2
    assert said("report", "--store", store)[0] == 2
    assert said("demo", "--wells", "many")[0] == 2
    assert said("--no-such-option")[0] == 2


# ---- bad input ---------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "no time column": ("intake_pressure (MPa),motor_current (A)\n5.2,30\n", ("time",)),
    "texts for numbers": (
        "time,intake_pressure (MPa)\n2026-10-01T00:00:00Z,5.2\n2026-10-01T00:01:00Z,1_0\n",
        ("3", "1_0", "intake_pressure"),
    ),
    "dates of three kinds": (
        "time,intake_pressure (MPa)\n2026-10-01T00:00:00Z,5.2\n01.10.2026 00:01,5.3\n10/13/2026 00:02,5.4\n",
        ("4", "10/13/2026 00:02"),
    ),
    "an empty file": ("", ("empty",)),
    "binary": (bytes(range(256)) * 40, ("r.csv",)),
    "zeros": (b"\0" * 100_000, ("zeros",)),
    "not a card": ('{"position": [1, 2, 3]}', ("r.csv",)),
    "only a header": ("time,intake_pressure (MPa)\n", ("r.csv",)),
}


def test_a_word_in_a_column_of_numbers_is_left_empty_and_said(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    """As historians write them: one bad word refuses no file and is not passed over, nor is its empty row."""
    file = tmp_path / "r.csv"
    file.write_text("time,intake_pressure (MPa)\n2026-10-01T00:00:00Z,5.2\n2026-10-01T00:01:00Z,много\n")
    code, out, errors = said("import", file, "--well", "123", "--store", store)
    assert code == 0
    assert "1 added" in out
    assert "2 doubtful" in out
    for word in ("line 3", "много", "intake_pressure"):
        assert word in errors, errors


def test_a_preview_says_in_words_what_it_says_in_json(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "r.csv"
    file.write_text("time,intake_pressure (MPa)\n2026-10-01T00:00Z,5.2\n2026-10-01T00:01Z,I/O Timeout\n")
    asked = ("import", file, "--well", "123", "--preview", "2", "--store", store)
    (told,) = json.loads(said(*asked, "--json")[1])
    assert [cell["line"] for cell in told["problems"]] == [3]
    _, out, errors = said(*asked)
    assert "2026-10-01T00:00:00Z" in out
    for word in ("line 3", "I/O Timeout", "intake_pressure"):
        assert word in errors, errors


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gets_one_line_and_leaves_everything_as_it_was(
    said: Callable[..., Said], store: Path, tmp_path: Path, kind: str
) -> None:
    content, words = BAD[kind]
    file = tmp_path / "r.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(store)
    code, out, errors = said("import", file, "--well", "123", "--store", store)
    assert (code, out) == (1, "")
    assert len(errors.splitlines()) == 1, errors
    assert "r.csv" in errors
    for word in words:
        assert word in errors, errors
    assert contents(store) == before


@pytest.mark.reads_apart
def test_two_gigabytes_of_zeros_and_a_folder_are_refused_at_once(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    zeros = tmp_path / "zeros.csv"
    with zeros.open("wb") as file:
        file.truncate(2 * 2**30)  # sparse: no disk is filled
    for path in (zeros, tmp_path):
        before = contents(store)
        code, out, errors = said("import", path, "--well", "123", "--store", store)
        assert (code, out, len(errors.splitlines())) == (1, "", 1)
        assert str(path) in errors
        assert contents(store) == before


def test_an_unknown_well_is_named_with_its_neighbours(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "r.csv"
    file.write_text(GOOD)
    for command in (
        ("diagnose", "124"),
        ("import", file, "--well", "124"),
        ("report", "124", "--out", tmp_path / "r.pdf"),
    ):
        code, _, errors = said(*command, "--store", store)
        assert (code, len(errors.splitlines())) == (1, 1)
        assert "124" in errors
        assert "123" in errors
    assert not (tmp_path / "r.pdf").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("report", "123", "--out", "{tmp}/no/such/folder/r.pdf"),
        ("report", "123", "--out", "{tmp}/r.pdf", "--from", "yesterday"),
        ("report", "123", "--out", "{tmp}/r.pdf", "--from", "2026-11-02", "--to", "2026-11-01"),
        ("export", "123", "--what", "readings", "--out", "{tmp}/r.doc"),
        ("export", "123", "--what", "everything", "--out", "{tmp}/r.csv"),
        ("import", "{tmp}/missing.csv"),
        ("import", "{tmp}/r.csv", "--kind", "las"),
        ("card", "{tmp}/missing.json"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    said: Callable[..., Said], store: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "r.csv").write_text(GOOD)
    arguments = [word.format(tmp=tmp_path) for word in command]
    if command[0] != "card":
        arguments += ["--store", str(store)]
    code, out, errors = said(*arguments)
    assert (code, out) == (1, "")
    assert len(errors.splitlines()) == 1, errors
    assert "Traceback" not in errors
