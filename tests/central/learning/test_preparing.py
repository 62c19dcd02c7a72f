"""From decisions, repairs and libraries to a training set under the hash of its content."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from app.analysis import examples
from app.analysis.cards.outline import SURFACE_SIZE, VECTOR_NAMES, VECTOR_VERSION, surface_vector
from app.core.clock import iso
from app.core.errors import KnownError
from app.models.upcasting import PAYLOAD_VERSION
from app.models.wells import well_uid
from app.sync.wire import EntryIn, payload_sha256
from central.accept import accept
from central.learning import leaks, sets
from central.learning.groups import look_alikes
from central.learning.label_rules import LabelRules, read_rules
from central.learning.labels import REPAIR, gathered
from central.learning.libraries import read_library
from central.stores import learning
from central.stores.devices import LAPTOP_SCOPES, Device
from central.stores.engine import reading
from tests.central.a_site import NORTH, NOW, Site
from tests.central.learning.labelled import BEGAN, copies
from tests.central.learning.labelled import site as labels_of_site


def entry(number: int, kind: str, at: Any, values: dict[str, Any], author: str = "Анна") -> EntryIn:
    payload = {
        "record": f"{number:08d}-0000-4000-8000-000000000000",
        "kind": kind,
        "well": 1,
        "at": iso(at),
        "until": None,
        "values": values,
        "action": "saved",
        "author": author,
    }
    return EntryIn(
        id=f"{number:08d}-1111-4000-8000-000000000000",
        kind="record",
        schema_version=PAYLOAD_VERSION,
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(NOW),
        well={"uid": well_uid(NORTH, "5", "77"), "field": NORTH, "pad": "5", "name": "77"},
    )


def decision(number: int, code: str, said: str, at: Any = BEGAN, **seen: Any) -> EntryIn:
    case = examples.card_case()
    shown = {
        "features": VECTOR_VERSION,
        "card": case.seen.tolist(),
        "outline": (surface_vector(case.analysis) + number / 100).tolist(),
        "rules": {code: 0.7},
        **seen,
    }
    grounds = {
        "evidence": [],
        "against": [],
        "settled_by": [],
        "seen": shown if seen.get("card") != "no" else {},
    }
    values = {"code": code, "decision": said, "confidence": 0.6, "grounds": json.dumps(grounds)}
    return entry(number, "finding_decision", at, values | ({"reason": "нет"} if said == "rejected" else {}))


@pytest.fixture
def device() -> Device:
    return Device("d" * 8, "laptop", LAPTOP_SCOPES, (NORTH,), "ab" * 32)


def taken(site: Site, device: Device, *entries: EntryIn) -> None:
    said = accept(site.engine, device, entries, lambda: NOW)
    assert [one.status for one in said] == ["accepted"] * len(entries), said


def test_a_decision_teaches_with_the_card_as_it_was_seen_and_one_without_is_counted(
    site: Site, device: Device
) -> None:
    taken(
        site,
        device,
        decision(1, "sand", "accepted"),
        decision(2, "sand", "rejected", BEGAN + timedelta(days=1)),
        decision(3, "sand", "accepted", card="no"),
        decision(4, "sand", "accepted", features="of 2019"),
        decision(5, "sand", "accepted", card=[1.0, 2.0]),
        decision(6, "sand", "accepted", card=["x"] * len(VECTOR_NAMES), outline=[None] * SURFACE_SIZE),
        decision(7, "sand", "accepted", outline=[10**400] * SURFACE_SIZE),
        decision(8, "sand", "accepted", outline=[1e308] * SURFACE_SIZE),
        decision(9, "sand", "accepted", rules=["sand"]),
    )
    with reading(site.engine) as connection:
        known = gathered(connection, LabelRules())
        without = gathered(connection, LabelRules(authors_left_out=("Анна",)))
    assert [(one.holds, one.rule, one.said, one.well) for one in known.labels] == [
        (True, 0.7, 0.6, well_uid(NORTH, "5", "77")),
        (False, 0.7, 0.6, well_uid(NORTH, "5", "77")),
    ]
    assert known.left_out == {"no_card_seen": 1, "other_features": 1, "not_a_card": 5}
    assert without.left_out == {"author_left_out": 9}


def test_what_a_repair_showed_stands_over_what_was_decided_in_the_days_before_it(
    site: Site, device: Device
) -> None:
    repair = {"kind": "trs", "state": "done", "result": "Поднято: обрыв штанг на 640 м"}
    taken(
        site,
        device,
        decision(1, "rods_parted", "rejected", BEGAN),
        decision(2, "rods_parted", "accepted", BEGAN + timedelta(days=2)),
        decision(3, "rods_parted", "rejected", BEGAN - timedelta(days=60)),
        decision(4, "sand", "rejected", BEGAN),
        decision(5, "worn_barrel", "rejected", BEGAN),
        entry(
            8,
            "workover",
            BEGAN + timedelta(days=5),
            {"kind": "trs", "state": "planned", "reason": "sand in pump"},
        ),
        entry(9, "workover", BEGAN + timedelta(days=5), repair),
        entry(10, "teardown", BEGAN + timedelta(days=50), {"item": "Насос", "cause": "Износ плунжера"}),
    )
    with reading(site.engine) as connection:
        known = gathered(connection, LabelRules())
    assert {one.id[7]: (one.holds, one.source == REPAIR) for one in known.labels} == {
        "1": (True, True),
        "2": (True, True),
        "3": (False, False),
        "4": (False, False),
        "5": (True, True),
    }
    assert (known.confirmed, known.overturned) == (1, 2)


def test_the_same_labels_are_one_set_and_a_changed_file_is_refused(tmp_path: Path) -> None:
    known, _ = sets.made(labels_of_site(60))
    again, _ = sets.made(reversed(labels_of_site(60)))
    first = sets.write(tmp_path, known, "IT", NOW, {"rules": {}})
    assert sets.write(tmp_path, again, "IT", NOW, {"rules": {}}) == first
    back, manifest = sets.read(first)
    assert back == known
    assert (manifest["labels"], manifest["authors"], len(manifest["wells"])) == (60, ["Анна"], 20)
    assert [one.at for one in back.labels] == sorted(one.at for one in back.labels if one.at)
    assert pq.read_table(first / sets.ROWS).num_rows == 60
    (first / sets.ROWS).write_bytes((first / sets.ROWS).read_bytes()[:-1] + b"x")
    with pytest.raises(KnownError, match="training_set_damaged"):
        sets.read(first)


def test_doubles_go_and_who_says_both_of_one_card_teaches_nothing() -> None:
    labels = labels_of_site(10)
    twice = [replace(labels[0], id="x" * 36), replace(labels[1], id="y" * 36, holds=not labels[1].holds)]
    known, gone = sets.made([*labels, *twice])
    assert len(known) == 9
    assert gone == {"doubles": 1, "contradicting": 2}


def test_disagreement_is_measured_and_names_who_stands_against_the_others() -> None:
    labels = labels_of_site(40)
    boris = copies(labels, "Борис")
    clara = [replace(one, holds=not one.holds) for one in copies(labels, "Клара")]
    known, _ = sets.made([*labels, *boris, *clara])
    # Doubles of one answer are one label: of each card one that holds and one that does not are left.
    found = sets.disagreement(known)
    assert (found.twice, found.against, found.ceiling) == (80, 40, 0.5)
    assert found.authors["Клара"] == (40, 40)


def test_groups_are_those_of_average_linkage() -> None:
    rows = np.random.default_rng(5).uniform(0, 1, (150, SURFACE_SIZE))
    loads = rows[:, :48]
    for apart in (0.2, 0.35, 0.39, 0.41):
        judge = fcluster(linkage(loads, "average"), apart * np.sqrt(48), "distance")
        ours = look_alikes(rows, apart)
        pairs = {(a, b) for a, b in zip(ours.tolist(), judge.tolist(), strict=True)}
        assert len(pairs) == len(set(ours.tolist())) == len(set(judge.tolist()))


def test_cards_that_look_alike_are_one_group_also_when_they_are_too_many_to_be_linked_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(3)
    kinds = rng.uniform(0, 1, (6, SURFACE_SIZE))
    rows = np.repeat(kinds, 20, axis=0) + rng.normal(0, 0.01, (120, SURFACE_SIZE))
    truth = np.repeat(np.arange(6), 20)
    linked = look_alikes(rows)
    monkeypatch.setattr("central.learning.groups.MOST_AT_ONCE", 50)
    led = look_alikes(rows)
    for groups in (linked, led):
        assert len({(a, b) for a, b in zip(groups.tolist(), truth.tolist(), strict=True)}) == 6
        assert len(set(groups.tolist())) == 6


@pytest.mark.parametrize("kind", ["zeros", "alone", "order"])
def test_a_column_that_knows_the_answer_is_found(kind: str) -> None:
    def spoilt(n: int, holds: bool) -> float:
        if kind == "zeros":
            return 0.0 if holds else 1.0 + (n % 7)
        if kind == "alone":
            return (5.0 if holds else 1.0) + (n % 7) / 10
        return float(n)

    labels = labels_of_site(400)
    if kind == "order":  # a file that was sorted by its classes, and a column that counts its rows
        labels = [replace(one, holds=n < 198 or n in range(280, 290)) for n, one in enumerate(labels)]
    leaking = [
        replace(one, outline=(*one.outline[:50], spoilt(n, one.holds), *one.outline[51:]))
        for n, one in enumerate(labels)
    ]
    clean, _ = sets.made(labels)
    known, _ = sets.made(leaking)
    assert leaks.hunted(clean) == []
    assert {(one.column, one.kind) for one in leaks.hunted(known)} == {("outline_50", kind)}


CLASSES = {"Газ": "gas_interference", "2": "full_pump", "unsure": ""}


def written(folder: Path, form: str) -> Path:
    """Three cards: gas, a full pump, one that nobody is sure of."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    place, load = (1 - np.cos(turn)), np.where(turn < np.pi, 60.0, 40.0) + np.sin(turn)
    cards = [("a", "Газ"), ("b", "2"), ("c", "unsure")]
    file = folder / f"library.{form}"
    if form == "csv":
        rows = [
            f"{c};{k};{x:.4f};{y:.3f}".replace(".", ",")
            for c, k in cards
            for x, y in zip(place, load, strict=True)
        ]
        file.write_text("card;class;position;load\n" + "\n".join(rows), encoding="utf-8")
    elif form == "json":
        told = [{"card": c, "class": k, "position": place.tolist(), "load": load.tolist()} for c, k in cards]
        file.write_text(json.dumps(told), encoding="utf-8")
    else:
        lines = [":".join([",".join(map(str, place)), ",".join(map(str, load)), k]) for _, k in cards]
        file.write_text("@problemName cards\n@data\n" + "\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["csv", "json", "ts"])
def test_a_library_is_read_with_its_classes_mapped_and_a_class_that_nobody_mapped_is_an_error(
    form: str, tmp_path: Path
) -> None:
    file = written(tmp_path, form)
    library = read_library(file, LabelRules(classes=CLASSES))
    assert [(one.code, one.source, len(one.outline)) for one in library.labels] == [
        ("gas_interference", "library", SURFACE_SIZE),
        ("full_pump", "library", SURFACE_SIZE),
    ]
    assert library.left_out == 1
    with pytest.raises(KnownError, match="library_class") as caught:
        read_library(file, LabelRules(classes={"Газ": "gas_interference"}))
    assert caught.value.details["cls"] == "2"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", "card;class;load\n", "position"),
        ("a.csv", "card,class,position,load\na,Газ,1,2\na,2,1,2\n", "Газ, 2"),
        ("a.ts", "@data\n1,2,3:Газ\n", "2 parts"),
        ("a.json", '[{"class": "2", "position": [1], "load": [1, 2]}]', "1, 2"),
        ("a.json", "{", "Expecting"),
        ("a.txt", "", ".csv"),
    ],
)
def test_a_library_that_is_none_is_refused_with_its_place(
    name: str, text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match="library_wrong") as caught:
        read_library(tmp_path / name, LabelRules(classes=CLASSES))
    assert reason in str(caught.value.details["reason"])


def test_the_command_makes_a_set_and_label_rules_of_an_unknown_condition_are_refused(
    site: Site, device: Device, tmp_path: Path
) -> None:
    taken(site, device, decision(1, "sand", "accepted"))
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"version": 1, "classes": CLASSES}), encoding="utf-8")
    library = written(tmp_path, "ts")
    [told] = site.command("learn", "prepare", "--rules", str(rules), "--library", str(library))
    assert (told["labels"], told["left_out"]) == (3, {})
    known, manifest = sets.read(site.command.folder / "learning" / "sets" / told["set"][:16])
    assert manifest["libraries"] == [{"file": "library.ts", "cards": 2, "left_out": 1, "refused": []}]
    assert sorted({one.source for one in known.labels}) == ["decision", "library"]
    rules.write_text(json.dumps({"version": 1, "classes": {"1": "sandd"}}), encoding="utf-8")
    with pytest.raises(KnownError, match="label_rules_wrong"):
        read_rules(rules)


@pytest.mark.parametrize(
    "told",
    [
        '{"code": "a", "details": {"x": 1' + "0" * 400 + "}}",
        '{"code": "\\ud800", "details": {"x": 1}}',
        '{"code": "\\u0000"}',
        '{"code": {"a": 1}}',
        "[" * 40_000,
    ],
    ids=["a number that is no float", "half a letter", "a zero", "a code that is none", "deep"],
)
def test_grounds_that_no_store_could_keep_cost_the_decision_nothing(
    site: Site, device: Device, told: str
) -> None:
    """It was refused as a fault of the centre's."""
    grounds = f'{{"evidence": [{told}, {{"code": "b", "details": {{"y": 2.5}}}}]}}'
    values = {"code": "sand", "decision": "accepted", "confidence": 0.6, "grounds": grounds}
    taken(site, device, entry(1, "finding_decision", BEGAN, values))
    with reading(site.engine) as connection:
        (kept,) = learning.decisions(connection, (NORTH,), "", 10)
    features = kept["features"]
    assert isinstance(features, dict)
    assert {name for name in features if not name.startswith("evidence.b")} <= {"confidence", "evidence.a"}
