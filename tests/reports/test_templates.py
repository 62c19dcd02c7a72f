"""Templates and clippings: files that anybody may have written, told place by place what does not fit."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.core.paths import resources
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.reports.blocks import Block, Chart, Column, Level, Pairs, Pen, Shade, Table, Timeline
from app.reports.clippings import Clipping, from_json, to_json
from app.reports.template import Template
from app.reports.template import from_json as template_from
from app.reports.template import to_json as template_json
from app.services.reports import clippings, report
from app.services.reports import files as report_files
from app.services.reports import templates as report_templates
from app.services.workspace import Workspace

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
THE_WELL = Well(WellId(1), "8", "Поле", "1", SRP)


def body(**changed: Any) -> bytes:
    whole = {
        "form": "wellside-report-template",
        "version": 1,
        "key": "k",
        "name": "Имя",
        "title": "Отчёт {wells}",
        "sections": [{"section": "findings"}],
    }
    return json.dumps({**whole, **changed}).encode()


def test_a_template_comes_back_as_it_went() -> None:
    for path in (resources() / "reports").glob("*.json"):
        template = template_from(path.read_bytes(), path.name, "builtin")
        assert template_from(template_json(template), path.name, "builtin") == template
        assert template.key == path.stem
        assert {"ru", "en"} <= set(template.name) & set(template.title)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "Expecting"),
        (b"[]", "form"),
        (body(version=0), "version"),
        (body(sections=[]), "sections"),
        (body(sections=[{"section": "no such"}]), "sections[1].section"),
        (body(sections=[{"section": "findings"}, {"section": "lab", "landscape": "yes"}]), "landscape"),
        (body(paper="A0"), "A0"),
        (body(days=-1), "days"),
        (body(name=""), "name"),
        (body(title={}), "title"),
        (body(extra=1), "extra"),
        (body(sections=[{"section": "lab", "colour": 1}]), "colour"),
        (b"\xff\xfe", "expecting"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_template_that_is_none_says_where_and_what_may_stand_there(content: bytes, said: str) -> None:
    with pytest.raises(KnownError) as caught:
        template_from(content, "site.json", "site")
    assert caught.value.code == "report_template_damaged"
    assert caught.value.details["file"] == "site.json"
    assert said.lower() in str(caught.value.details["reason"]).lower()


@pytest.mark.parametrize(
    ("section", "options", "key"),
    [
        ("lab", {"most": 0}, "most"),
        ("lab", {"charts": "three"}, "charts"),
        ("findings", {"from_severity": "worst"}, "from_severity"),
        ("trends", {"height_mm": 1e9}, "height_mm"),
        ("passport", {"colour": 1}, "colour"),
        ("card", {"history": True}, "history"),
    ],
)
def test_an_option_that_does_not_fit_is_named_with_what_is_possible(
    section: str, options: dict[str, Any], key: str
) -> None:
    with pytest.raises(KnownError) as caught:
        template_from(body(sections=[{"section": section, "options": options}]), "a.json", "own")
    assert caught.value.code == "report_option"
    assert caught.value.details["key"] == key
    assert "sections[1]" in str(caught.value.details["place"])


@pytest.mark.parametrize(
    ("section", "options"),
    [("trends", {"pens": "no_such_sensor"}), ("lab", {"limits": "solids:5"}), ("lab", {"limits": "gold=1"})],
)
def test_an_option_that_only_the_section_can_judge_is_told_too(
    workspace: Workspace, section: str, options: dict[str, Any]
) -> None:
    import_one(workspace)
    template = template_from(body(sections=[{"section": section, "options": options}]), "a.json", "own")
    with pytest.raises(KnownError, match="report_option"):
        report.document(workspace, report.Order((THE_WELL,), template))


def import_one(workspace: Workspace) -> None:
    from app.models.records import LabResult

    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [THE_WELL])
        records.put_lab_results(cursor, [LabResult("l", 1, AT, "solids", 5.0, "мг/л")])


def test_a_site_and_a_user_have_templates_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    site = tmp_path / "share"
    site.mkdir()
    (site / "well.json").write_bytes(body(key="well", name={"ru": "Наш отчёт", "en": "Our report"}))
    (site / "broken.json").write_bytes(b"{")
    heard: list[str] = []
    workspace.notices.subscribe(lambda notice: heard.append(notice.code))
    workspace.settings.set("report_templates", str(site))
    known = {template.key: template for template in report_templates.every(workspace)}
    assert heard == ["error.report_template_damaged"], "told, and the others are there"
    assert known["well"].origin == "site", "the site's stands in for the program's"
    assert list(known)[0] == "well"
    assert report_templates.find(workspace, "our REPORT").key == "well"
    mine = report_templates.save(workspace, known["lab"], "  Мой/лист ")
    assert (mine.named("ru"), mine.origin) == ("Мой_лист", "own")
    assert mine.key in {template.key for template in report_templates.every(workspace)}
    given = report_templates.write_file(mine, tmp_path / "for a colleague.json")
    report_templates.remove(workspace, mine)
    assert mine.key not in {template.key for template in report_templates.every(workspace)}
    assert report_templates.take_file(workspace, given).sections == mine.sections
    with pytest.raises(KnownError, match="template_name"):
        report_templates.save(workspace, mine, " . ")
    report_templates.remove(workspace, known["well"])
    assert (site / "well.json").exists(), "the site's is not the user's to delete"
    workspace.settings.set("report_templates", str(tmp_path / "away"))
    assert {template.origin for template in report_templates.every(workspace)} == {"builtin", "own"}
    assert heard[-1] == "notice.site_templates_missing"


def test_options_and_orientation_of_a_template_show_in_the_report(workspace: Workspace) -> None:
    import_one(workspace)
    sections = [
        {"section": "passport"},
        {"section": "lab", "landscape": True, "options": {"limits": "solids=3"}},
        {"section": "signatures", "options": {"roles": "Мастер, Геолог, ЦИТС"}},
    ]
    template: Template = template_from(body(sections=sections, paper="A3"), "a.json", "own")
    made = report.document(workspace, report.Order((THE_WELL,), template, language="ru"))
    assert [part.landscape for part in made.parts] == [False, True, False]
    assert made.paper == "A3"
    assert made.title == "Отчёт 8"
    cells = [
        value for block in made.blocks if isinstance(block, Table) for row in block.rows for value in row
    ]
    assert "≤ 3,00, превышен" in cells
    assert any(getattr(block, "items", ())[:1] == (("Мастер", ""),) for block in made.blocks)


# ---- clippings ---------------------------------------------------------------------------------------------

BLOCKS: tuple[Block, ...] = (
    Chart(
        "t",
        "x",
        "y",
        (Pen("a", np.array([1.0, np.nan]), np.array([2.0, 3.0]), 2, line=False, points=True, hollow=True),),
        True,
        33.0,
        bands=((1.0, 2.0, "б"),),
        levels=(Level(1.0, "у", serious=True),),
        flags=((1.0, "ф"),),
        shades=(Shade(np.array([1.0]), np.array([0.0]), np.array([2.0]), 1),),
        log="x",
        window=(0.0, 9.0),
    ),
    Table((Column("a", "number", 2), Column("b", "moment", group="г")), ((1.5, AT), (None, None))),
    Pairs((("a", "b"),)),
    Timeline(1.0, 2.0, (("р", 1, ((1.0, None), (1.0, 2.0))),)),
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_clipping_comes_back_as_it_was(block: Block) -> None:
    kept = Clipping("1", AT, "подпись", block)
    back = from_json(json.loads(json.dumps(to_json(kept))))
    assert (back.id, back.made_at, back.caption) == ("1", AT, "подпись")
    np.testing.assert_equal(_plain(back.block), _plain(block))


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_json_of_anybody_is_no_clipping(data: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(data)


def test_what_was_taken_is_kept_sealed_in_order_and_printed(workspace: Workspace) -> None:
    import_one(workspace)
    for number, block in enumerate(BLOCKS):
        clippings.take(workspace, block, f"Страница {number}")
    kept = clippings.taken(workspace)
    assert [one.caption for one in kept] == ["Страница 0", "Страница 1", "Страница 2", "Страница 3"]
    clippings.put(workspace, [kept[2], kept[0], kept[3]])
    sealed = workspace.paths.store.with_suffix(".clippings")
    assert "Страница".encode() not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0
    made = report.document(workspace, report.order(workspace, [THE_WELL], "mine", language="ru"))
    headings = [block.text for block in made.blocks if type(block).__name__ == "Heading"]
    assert headings == ["Моя подборка", "Страница 2", "Страница 0", "Страница 3"]
    assert report_files.pdf_bytes(workspace, report.order(workspace, [THE_WELL], "mine"))[0]
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
    with pytest.raises(KnownError, match="sealed_damaged"):
        clippings.taken(workspace)


def test_no_more_is_taken_than_a_report_can_hold(workspace: Workspace) -> None:
    clippings.put(workspace, [Clipping(str(i), AT, str(i), BLOCKS[2]) for i in range(clippings.MOST)])
    with pytest.raises(KnownError, match="clippings_full"):
        clippings.take(workspace, BLOCKS[2], "одна лишняя")
    assert len(clippings.taken(workspace)) == clippings.MOST


@pytest.mark.parametrize(
    ("language", "wells", "pads", "shown"),
    [
        ("ru", "101", 1, "Отчёт по скважине 101"),
        ("ru", "101, 102", 1, "Отчёт по скважинам 101, 102"),
        ("en", "101, 102", 1, "Report of wells 101, 102"),
    ],
)
def test_the_title_of_several_wells_says_so(language: str, wells: str, pads: int, shown: str) -> None:
    built_in = (resources() / "reports" / "well.json").read_bytes()
    template = template_from(built_in, "well.json", "builtin")
    assert template.titled(language, wells, "1", (wells.count(",") + 1, pads)) == shown


def test_a_word_before_the_pad_follows_the_pads_and_other_braces_stay() -> None:
    template = template_from(body(title="{Куст|Кусты} {pad}, {скв.|скв.} {wells} {x|y} {z}"), "t", "own")
    assert template.titled("ru", "1, 2", "3", (2, 1)) == "Куст 3, скв. 1, 2 {x|y} {z}"
    assert template.titled("ru", "1, 2", "3, 4", (2, 2)) == "Кусты 3, 4, скв. 1, 2 {x|y} {z}"
