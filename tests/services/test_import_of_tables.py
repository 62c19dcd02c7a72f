"""Whole imports of tables: the real workbook, undo to the last bit, wells decided once, templates, the
watched folder.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.importers.sheets import Layout
from app.models.kinds import KINDS
from app.models.store import central, kinds, records
from app.models.well_names import Registry
from app.services.imports import templates as import_templates
from app.services.imports.check import check
from app.services.imports.importing import commit, import_file, undo
from app.services.imports.opening import ImportOptions, open_file
from app.services.imports.watching import IMPORTED, REJECTED, Watch
from app.services.wells.production import production
from app.services.workspace import Workspace
from tests.conftest import shared_file
from tests.importers.corpus import CASES

LAB = "Скважина;Дата отбора;КВЧ, мг/л\n77;12.10.2026;80\n999;12.10.2026;81\nскв. №123Г-бис;12.10.2026;82\n"


def state_of(workspace: Workspace) -> str:
    """A hash over every table of the cache but the list of imports and how far the journal has come."""
    digest = hashlib.sha256()
    with workspace.store.reading() as cursor:
        tables = [
            row[0]
            for row in cursor.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'cache' ORDER BY 1"
            ).fetchall()
        ]
        for table in tables:
            if table != "imports":
                rows = cursor.execute(f"SELECT * FROM {table}").fetchall()
                rows = sorted(repr(row) for row in rows if row[:2] != (central.JOURNAL, central.APPLIED))
                digest.update((table + "\n".join(rows)).encode())
    return digest.hexdigest()


def put(folder: Path, text: str, name: str = "lab.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.reads_apart
def test_the_volve_workbook_is_understood_as_it_is_and_taken_back_to_the_last_bit(
    workspace: Workspace,
) -> None:
    path = shared_file("data/volve-production.xlsx")
    looked = import_file(workspace, path, ImportOptions(kind="production"), dry_run=True)
    daily, monthly = looked.sheets
    assert (daily["rows"], monthly["rows"], monthly["units_row"]) == (15_634, 526, True)
    assert daily["units"]["downhole_pressure_pa"] == "bar"
    assert set(daily["producers"]) & set(daily["injectors"]) == {"15/9-F-1 C", "15/9-F-5"}
    assert "15/9-F-4" in daily["injectors"]
    assert "15/9-F-4" not in daily["producers"]
    assert len(looked.unknown_wells) == 7
    before = state_of(workspace)
    with pytest.raises(KnownError, match="wells_unknown"):
        import_file(workspace, path)
    assert state_of(workspace) == before
    report = import_file(workspace, path, ImportOptions(new_wells=True))
    well = Registry(records.wells(workspace.store)).find("15/9-F-12")
    assert well is not None
    month = [
        r
        for r in kinds.of_well(workspace.store, KINDS["production"], well.id)
        if r.values["period"] == "month"
    ]
    day = [
        r for r in kinds.of_well(workspace.store, KINDS["production"], well.id) if r.values["period"] == "day"
    ]
    # The sheets were filled by the same people from the same meters: a month's oil is the sum of its days.
    by_month = {(r.at.year, r.at.month): r.values["oil_m3"] for r in month}
    summed: dict[tuple[int, int], float] = {}
    for record in day:
        summed[record.at.year, record.at.month] = summed.get(
            (record.at.year, record.at.month), 0.0
        ) + record.values.get("oil_m3", 0.0)
    same = [
        abs(summed[key] - value) <= 0.01 * max(value, 1) for key, value in by_month.items() if key in summed
    ]
    assert len(same) > 80
    assert sum(same) >= 0.95 * len(same)
    found = production(workspace, well)
    assert found is not None
    assert not found.volumes.monthly[found.volumes.begins_us > to_us(datetime(2008, 3, 1, tzinfo=UTC))].any()
    for name, values in (("oil", "oil_m3"), ("water", "water_m3"), ("gas", "gas_m3")):
        of_months = sum(record.values.get(values) or 0.0 for record in month)
        assert found.total(name) == pytest.approx(of_months, rel=1e-3), "days beside the sheet of months"
    assert import_file(workspace, path).already
    undo(workspace, report.id)
    assert state_of(workspace) == before


@pytest.mark.parametrize("case", [c for c in CASES if c.kind != "readings"][::3], ids=lambda case: case.name)
def test_undo_restores_the_store_exactly(workspace: Workspace, tmp_path: Path, case: object) -> None:
    path = tmp_path / case.name  # type: ignore[attr-defined]
    case.make(path)  # type: ignore[attr-defined]
    before = state_of(workspace)
    report = import_file(workspace, path, ImportOptions(new_wells=True))
    assert report.added > 0
    assert state_of(workspace) != before
    undo(workspace, report.id)
    assert state_of(workspace) == before


def test_a_corrected_file_replaces_what_differs_and_undo_brings_it_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, put(tmp_path, LAB.splitlines()[0] + "\n77;12.10.2026;80\n77;13.10.2026;81\n"))
    before = state_of(workspace)
    second = import_file(
        workspace,
        put(
            tmp_path,
            LAB.splitlines()[0] + "\n77;12.10.2026;85\n77;13.10.2026;81\n77;14.10.2026;82\n",
            "b.csv",
        ),
    )
    assert (second.added, second.changed, second.same) == (1, 1, 1)
    undo(workspace, second.id)
    assert state_of(workspace) == before


def test_two_different_rows_of_one_moment_are_both_kept(workspace: Workspace, tmp_path: Path) -> None:
    report = import_file(
        workspace,
        put(tmp_path, LAB.splitlines()[0] + "\n77;12.10.2026;80\n77;12.10.2026;84\n77;12.10.2026;80\n"),
    )
    assert report.added == 2
    assert sorted(r.values["value"] for r in kinds.of_well(workspace.store, KINDS["lab_result"], 2)) == [
        80,
        84,
    ]


def test_unknown_wells_are_decided_once(workspace: Workspace, tmp_path: Path) -> None:
    opened = open_file(workspace, put(tmp_path, LAB))
    assert check(workspace, opened.path, opened.contents, opened.plan, None).unknown_wells == (
        "999",
        "скв. №123Г-бис",
    )
    plan = replace(opened.plan, wells={"скв. №123Г-бис": "123Г", "999": ""})
    assert commit(workspace, replace(opened, plan=plan)).added == 2
    assert [r.values["value"] for r in kinds.of_well(workspace.store, KINDS["lab_result"], 1)] == [82]
    again = import_file(
        workspace, put(tmp_path, LAB.splitlines()[0] + "\nскв. №123Г-бис;13.10.2026;83\n", "next.csv")
    )
    assert (again.wells, again.added) == (("123Г",), 1)


def test_one_number_on_two_pads_is_told_apart_by_the_pad(workspace: Workspace, tmp_path: Path) -> None:
    import_file(
        workspace,
        put(
            tmp_path,
            "Список скважин\nМесторождение;Куст;Скважина;Способ "
            "эксплуатации\nСеверное;7;301/К-7;ЭЦН\nСеверное;8;301/К-8;ШГН\n",
            "wells.csv",
        ),
    )
    registry = Registry(records.wells(workspace.store))
    assert (registry.find("скв. №301/К-8").name, registry.find("301")) == ("301/К-8", None)  # type: ignore[union-attr]


def test_cells_that_do_not_fit_stop_an_import_until_they_are_put_right_skipped_or_left_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = put(tmp_path, LAB.splitlines()[0] + "\n77;12.10.2026;8O\n77;45.10.2026;81\n77;14.10.2026;82\n")
    before = state_of(workspace)
    with pytest.raises(KnownError) as caught:
        import_file(workspace, path)
    assert (caught.value.code, caught.value.details["line"]) == ("value_not_time", 3)
    assert state_of(workspace) == before
    assert import_file(workspace, path, ImportOptions(leave_out_bad=True), dry_run=True).added == 1
    opened = open_file(workspace, path)
    sheet = opened.plan.sheets[0]
    mended = replace(sheet, edits={(2, 2): "80"}, skip_lines=frozenset({3}))
    report = commit(workspace, replace(opened, plan=opened.plan.with_sheet(mended)))
    assert report.added == 2
    assert sorted(r.values["value"] for r in kinds.of_well(workspace.store, KINDS["lab_result"], 2)) == [
        80,
        82,
    ]


def test_a_header_that_was_moved_is_read_again(workspace: Workspace, tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "Скважина;Дата;КВЧ, мг/л\nчерновик;черновик;черновик\nСкв;Дата отбора;Обводненность, "
        "%\n77;12.10.2026;45\n",
    )
    opened = open_file(workspace, path, layouts={"lab": Layout(2, 1, None, 3)})
    assert opened.contents.sheets[0].headers == ("Скв", "Дата отбора", "Обводненность, %")
    assert commit(workspace, opened).added == 1


def test_an_own_list_of_words_extends_what_headers_may_be_called(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "Скважина;Дата отбора;Взвесь в пробе\n77;12.10.2026;80\n"
    with pytest.raises(KnownError):
        import_file(workspace, put(tmp_path, text))
    (workspace.paths.folder / "headers.json").write_text(
        json.dumps({"lab.solids": ["взвесь в пробе"]}), encoding="utf-8"
    )
    assert import_file(workspace, put(tmp_path, text)).added == 1


# ---- templates and the watched folder ----------------------------------------------------------------------

ODD = "Объект;Когда;Зн1;Зн2\n77;12.10.2026;80;45\n"


def _template(workspace: Workspace, folder: Path) -> Path:
    opened = open_file(workspace, put(folder, ODD, "odd.csv"), ImportOptions(kind="lab_result"))
    sheet = opened.plan.sheets[0]
    for column, key in enumerate(("well", "time", "solids", "water_cut")):
        sheet = sheet.assign(column, key)
    return import_templates.save(
        workspace, "ХАЛ Север", opened.contents, opened.plan.with_sheet(replace(sheet, skip=False))
    )


def test_a_template_knows_the_next_file_in_any_order_of_columns(workspace: Workspace, tmp_path: Path) -> None:
    shared = tmp_path / "from a colleague.json"
    shared.write_bytes(_template(workspace, tmp_path).read_bytes())
    other = put(tmp_path, "Когда;Зн2;Объект;Зн1\n13.10.2026;46;77;81\n", "next.csv")
    assert import_file(workspace, other).added == 2
    (import_templates.folder(workspace) / "ХАЛ Север.json").unlink()
    third = put(tmp_path, ODD.replace("12.10", "14.10"), "third.csv")
    assert import_file(workspace, third, ImportOptions(template=str(shared))).added == 2
    with pytest.raises(KnownError, match="template_missing"):
        import_file(workspace, third, ImportOptions(template="ХАЛ Юг"))
    with pytest.raises(KnownError, match="template_other"):
        import_file(workspace, put(tmp_path, LAB), ImportOptions(template=str(shared)))


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "[]",
        '{"form": "wellside-import-template", "version": 9}',
        '{"form": "wellside-import-template", "version": 1, "sheets": [{"fingerprint": 1}]}',
        "\0",
    ],
)
def test_a_damaged_template_is_told(workspace: Workspace, tmp_path: Path, body: str) -> None:
    bad = put(tmp_path, body, "t.json")
    with pytest.raises(KnownError, match="template_"):
        import_file(workspace, put(tmp_path, LAB), ImportOptions(template=str(bad)))


def test_what_a_person_assigned_once_is_proposed_the_next_time(workspace: Workspace, tmp_path: Path) -> None:
    opened = open_file(
        workspace,
        put(tmp_path, "Скважина;Дата отбора;Муть\n77;12.10.2026;80\n"),
        ImportOptions(kind="lab_result"),
    )
    sheet = replace(opened.plan.sheets[0].assign(2, "solids"), skip=False)
    commit(workspace, replace(opened, plan=opened.plan.with_sheet(sheet)))
    following = open_file(workspace, put(tmp_path, "Скважина;Дата отбора;Муть\n77;13.10.2026;81\n", "b.csv"))
    assert [(c.field, c.why) for c in following.plan.sheets[0].columns][2] == ("solids", "remembered")


def test_the_watched_folder_takes_each_file_once_and_says_why_it_rejects(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    watch = Watch(workspace, folder, ImportOptions())
    put(folder, LAB.splitlines()[0] + "\n77;12.10.2026;80\n", "good.csv")
    put(folder, LAB, "unknown-wells.csv")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert watch.look() == [], "a file may still be growing"
    assert {taken.file: taken.error is None for taken in watch.look()} == {
        "good.csv": True,
        "unknown-wells.csv": False,
        "broken.xlsx": False,
    }
    assert (folder / IMPORTED / "good.csv").exists()
    assert "999" in (folder / REJECTED / "unknown-wells.csv.reason.txt").read_text(encoding="utf-8-sig")
    put(folder, LAB.splitlines()[0] + "\n77;12.10.2026;80\n", "good.csv")
    watch.look()
    (again,) = watch.look()
    assert again.report is not None
    assert again.report.already
    assert (folder / IMPORTED / "good (2).csv").exists()
    assert len(records.imports(workspace.store)) == 1


def test_a_subfolder_named_as_a_well_holds_the_files_of_that_well(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("123Г", "not a well"):
        (tmp_path / "in" / name).mkdir(parents=True)
        put(tmp_path / "in" / name, "Дата отбора;КВЧ, мг/л\n12.10.2026;80\n")
    (taken,) = Watch(workspace, tmp_path / "in", ImportOptions()).look(settled=True)
    assert taken.report is not None
    assert taken.report.wells == ("123Г",)


def test_the_watched_folder_of_another_program_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="watch_folder"):
        Watch(workspace, tmp_path / "not there", ImportOptions())


# ---- kinds that have a way of their own --------------------------------------------------------------------


def test_a_card_of_two_columns_becomes_a_dynamogram_in_si(workspace: Workspace, tmp_path: Path) -> None:
    """The well and the speed stand above the table, as recorders' programs print them; inches and pounds."""
    from app.models.store import cards

    source = json.loads(shared_file("data/well-c.json").read_text(encoding="utf-8"))["surface"]
    points = "\n".join(
        f"{x / 0.0254:.4f};{y / 4.4482216152605:.2f}"
        for x, y in zip(source["position_m"], source["load_n"], strict=True)
    )
    path = put(
        tmp_path,
        f"Динамограмма\nСкважина: 77\nДата: 12.10.2026\nЧисло качаний: 6,4\nПоложение, in;Нагрузка, "
        f"lbf\n{points}\n",
        "card.csv",
    )
    report = import_file(workspace, path)
    assert (report.kind, report.wells, report.added) == ("card", ("77",), 1)
    stored = cards.last(workspace.store, 2)
    assert stored is not None
    assert stored.strokes_per_minute == pytest.approx(6.4)
    assert stored.load_n.max() == pytest.approx(max(source["load_n"]), rel=1e-4)
    undo(workspace, report.id)
    assert cards.last(workspace.store, 2) is None
    without_speed = f"Скважина: 77\nДата: 12.10.2026\nПоложение, in;Нагрузка, lbf\n{points}\n"
    with pytest.raises(KnownError, match="card_no_speed"):
        import_file(workspace, put(tmp_path, without_speed, "b.csv"))


def test_results_of_a_model_are_kept_by_scenario(workspace: Workspace, tmp_path: Path) -> None:
    text = (
        "Результаты моделирования\nСкважина;Дата;Модель;Версия;Сценарий;Показатель;Значение;Ед. "
        "изм.\n77;01.01.2027;Север;3;базовый;Дебит нефти;20,5;т/сут\n77;01.01.2027;Север;3;с ГРП;Дебит "
        "нефти;31,5;т/сут\n"
    )
    report = import_file(workspace, put(tmp_path, text, "model.csv"))
    assert (report.kind, report.added) == ("model_result", 2)
    found = kinds.of_well(workspace.store, KINDS["model_result"], 2)
    assert {record.values["scenario"]: record.values["value"] for record in found} == {
        "базовый": 20.5,
        "с ГРП": 31.5,
    }
