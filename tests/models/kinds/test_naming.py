"""What an imported record is called: by what it is, the same on every laptop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.kinds import KINDS
from app.models.kinds.naming import FILE_ORDER, JSON_ORDER, WELL_UID, FileNaming, rule_of
from tests.proofs import examples

EVENT = KINDS["event"]  # same: kind
LEVEL = KINDS["fluid_level"]
AT = datetime(2026, 3, 1)


def events(*rows: dict[str, Any]) -> pa.Table:
    usual = {"well_name": "1", "happened_at": AT, "until": None, "kind": "stop", "note": ""}
    said = [{**usual, **row} for row in rows]
    schema = pa.schema(
        [
            ("well_name", pa.string()),
            ("happened_at", pa.timestamp("us")),
            ("until", pa.timestamp("us")),
            ("kind", pa.string()),
            ("note", pa.string()),
        ]
    )
    return pa.Table.from_pylist(said, schema)


def ids(*rows: dict[str, Any], rule: int = FILE_ORDER) -> list[str]:
    return FileNaming(rule).named(EVENT, events(*rows)).column("id").to_pylist()


@pytest.mark.parametrize(
    ("payload", "rule"),
    [
        ({"naming": 2}, FILE_ORDER),
        ({"naming": 1}, JSON_ORDER),
        ({}, JSON_ORDER),
        ({"naming": None}, JSON_ORDER),
        ({"naming": 3}, WELL_UID),
        ({"naming": 4}, JSON_ORDER),
        ({"naming": True}, JSON_ORDER),
        ({"naming": "2"}, JSON_ORDER),
    ],
)
def test_an_import_is_named_by_the_rule_it_was_journalled_under(payload: dict[str, Any], rule: int) -> None:
    assert rule_of(payload) == rule


def test_the_name_of_a_record_is_for_ever() -> None:
    """Written down: were it another, what lies in journals and at the centre would be another record."""
    assert ids({"note": "b"}, {"note": "a"}) == [
        "4a3f811a444cc302dc76db79c8b3e695",
        "bc47f473ce9d93116c3b5cc9578020ab",
    ]


def test_one_row_has_one_name_in_every_file() -> None:
    assert ids({}) == ids({}) == ids({"kind": "start"}, {})[1:]


@pytest.mark.parametrize(
    "other", [{"well_name": "2"}, {"happened_at": datetime(2026, 3, 1, 0, 0, 0, 1)}, {"kind": "start"}]
)
def test_another_well_moment_or_kind_of_event_is_another_record(other: dict[str, Any]) -> None:
    assert ids(other) != ids({})


def test_capitals_in_a_wells_name_do_not_make_another_record() -> None:
    assert ids({"well_name": "123г"}) == ids({"well_name": "123Г"})


@pytest.mark.parametrize("rule", [FILE_ORDER, JSON_ORDER])
def test_the_same_row_again_is_the_same_record(rule: int) -> None:
    assert len(ids({"note": "a"}, {"note": "a"}, rule=rule)) == 1


@pytest.mark.parametrize("rule", [FILE_ORDER, JSON_ORDER])
def test_a_row_without_a_moment_has_no_name(rule: int) -> None:
    assert len(ids({"happened_at": None}, {}, rule=rule)) == 1


def test_twins_are_counted_in_the_order_of_the_file() -> None:
    first, second = ids({"note": "b"}, {"note": "a"})
    assert first == ids({})[0]
    assert second != first
    assert ids({"note": "a"}, {"note": "b"}) == [first, second]


def test_twins_of_older_journals_are_counted_by_their_text() -> None:
    first, second = ids({"note": "a"}, {"note": "b"}, rule=JSON_ORDER)
    assert ids({"note": "b"}, {"note": "a"}, rule=JSON_ORDER) == [second, first]
    assert first == ids({})[0]


def test_a_third_twin_is_a_third_record() -> None:
    assert len(set(ids({"note": "a"}, {"note": "b"}, {"note": "c"}))) == 3


def test_twins_in_a_later_piece_of_the_file_are_counted_on() -> None:
    whole = ids({"note": "a"}, {"note": "b"}, {"note": "a"}, {"note": "c"})
    naming = FileNaming(FILE_ORDER)
    pieces = [({"note": "a"},), ({"note": "b"}, {"note": "a"}), ({"note": "c"},)]
    apart = [
        name for piece in pieces for name in naming.named(EVENT, events(*piece)).column("id").to_pylist()
    ]
    assert apart == whole
    assert len(whole) == 3


def test_an_end_that_differs_makes_a_twin_and_an_empty_text_is_no_difference() -> None:
    assert len(ids({}, {"until": datetime(2026, 3, 2)})) == 2
    assert len(ids({"note": ""}, {"note": None})) == 1


def test_the_rows_keep_their_columns_and_their_order() -> None:
    rows = events({"note": "b"}, {"happened_at": None, "note": "x"}, {"note": "a"})
    named = FileNaming(FILE_ORDER).named(EVENT, rows)
    assert named.column_names == [*rows.column_names, "id"]
    assert named.column("note").to_pylist() == ["b", "a"]


def test_no_rows_have_no_names() -> None:
    assert ids() == []
    assert ids(rule=JSON_ORDER) == []


def test_a_default_is_what_a_column_says_that_is_not_there() -> None:
    table = pa.table({"well_name": ["1"], "happened_at": pa.array([AT], pa.timestamp("us"))})
    assert len(FileNaming(FILE_ORDER).named(EVENT, table).column("id").to_pylist()) == 1


@pytest.mark.parametrize(
    ("values", "order"),
    [([9.0, 10.0], [2, 1]), ([1e-7, 0.5], [2, 1]), ([2e-5, 0.5], [1, 2]), ([1e20, 2.0], [1, 2])],
)
def test_older_journals_compare_numbers_as_texts(values: list[float], order: list[int]) -> None:
    """`10.0` stands before `9.0` there, and a small number is spelled out."""
    rows = pa.table(
        {
            "well_name": ["1", "1"],
            LEVEL.at: pa.array([AT, AT], pa.timestamp("us")),
            "level_m": pa.array(values, pa.float64()),
        }
    )
    named = FileNaming(JSON_ORDER).named(LEVEL, rows).column("id").to_pylist()
    first = FileNaming(JSON_ORDER).named(LEVEL, rows.slice(0, 1)).column("id").to_pylist()[0]
    assert (named.index(first) + 1, len(set(named))) == (order.index(1) + 1, 2)


ROW = st.fixed_dictionaries(
    {
        "well_name": st.sampled_from(["1", "2"]),
        "kind": st.sampled_from(["stop", "start"]),
        "note": st.sampled_from(["a", "b", "c"]),
    }
)


@settings(max_examples=examples(40))
@given(st.lists(ROW, max_size=8), st.integers(0, 8))
def test_wherever_a_file_is_cut_its_records_are_named_alike(rows: list[dict[str, Any]], at: int) -> None:
    whole = ids(*rows)
    naming = FileNaming(FILE_ORDER)
    apart = [
        name
        for piece in (rows[:at], rows[at:])
        for name in naming.named(EVENT, events(*piece)).column("id").to_pylist()
    ]
    assert apart == whole
    assert len(set(whole)) == len(whole) == len({tuple(sorted(row.items())) for row in rows})


@settings(max_examples=examples(40))
@given(st.lists(ROW, max_size=8))
def test_both_rules_keep_the_same_rows(rows: list[dict[str, Any]]) -> None:
    assert sorted(ids(*rows)) == sorted(ids(*rows, rule=JSON_ORDER))


def of_wells(*rows: tuple[str, str, int, str]) -> pa.Table:
    """(name, uid, number, note) of events of one moment."""
    names, uids, numbers, notes = zip(*rows, strict=True)
    table = events(*({"well_name": name, "note": note} for name, note in zip(names, notes, strict=True)))
    return table.append_column("well", pa.array(numbers, pa.int64())).append_column(
        "well_uid", pa.array(uids, pa.string())
    )


def test_two_wells_of_one_name_are_two_records_of_one_moment() -> None:
    """Pads and fields number their wells alike: one overwrote the other without a word."""
    rows = of_wells(("101", "uid of pad 5", 1, "a"), ("101", "uid of pad 6", 2, "a"))
    assert len(set(FileNaming().named(EVENT, rows).column("id").to_pylist())) == 2
    assert len(set(FileNaming(FILE_ORDER).named(EVENT, rows).column("id").to_pylist())) == 1


def test_a_well_that_is_renamed_keeps_the_names_of_its_records() -> None:
    before = FileNaming().named(EVENT, of_wells(("101", "uid", 1, "a"))).column("id")
    assert FileNaming().named(EVENT, of_wells(("101-2", "uid", 1, "a"))).column("id") == before


def test_what_an_earlier_rule_named_is_met_again_and_only_that_of_the_same_well() -> None:
    rows = of_wells(
        ("101", "uid of pad 5", 1, "a"), ("101", "uid of pad 5", 1, "b"), ("101", "pad 6", 2, "a")
    )
    old = FileNaming(FILE_ORDER).named(EVENT, rows.slice(0, 2)).column("id").to_pylist()
    stored = {old[0]: 1, old[1]: 1}
    asked: list[tuple[str, int]] = []

    def there(kind: object, pairs: list[tuple[str, int]]) -> set[tuple[str, int]]:
        asked.extend(pairs)
        return {(name, well) for name, well in pairs if stored.get(name) == well}

    named = FileNaming(WELL_UID, there).named(EVENT, rows).column("id").to_pylist()
    assert named[:2] == old
    assert named[2] not in old
    assert asked == [(old[0], 1), (old[1], 1), (old[0], 2)]
