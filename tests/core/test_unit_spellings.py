"""Every spelling of a unit in resources/units.json: known, of its own quantity, there and back."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.unit_spellings import (
    all_units,
    find_unit,
    is_absolute,
    is_gauge,
    nearest_units,
    quantities_of,
    spelled_units,
    usual_units,
)

EVERY = [
    (quantity, row, spelling)
    for quantity, rows in spelled_units().items()
    for row in rows
    for spelling in row.spellings
]
SHOWN = np.array([0.0, 0.45, 1.0, 37.5, 500.0, 12_501.25])


def test_every_spelling_is_the_unit_that_it_stands_beside() -> None:
    wrong = [(q, spelling) for q, row, spelling in EVERY if find_unit(spelling, q) is not row.unit]
    assert wrong == []


def test_every_spelling_is_known_in_capitals_in_brackets_and_with_a_point() -> None:
    wrong = [
        spelling
        for quantity, row, spelling in EVERY
        for written in (spelling.upper(), f" {spelling} ", f"{spelling}.")
        if find_unit(written, quantity) is not row.unit
    ]
    assert wrong == []


def test_what_is_turned_into_si_comes_back() -> None:
    for _, row, _ in EVERY:
        assert row.unit.from_si(row.unit.to_si(SHOWN)) == pytest.approx(SHOWN, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [("aтм", "атм"), ("МПa", "МПа"), ("кгc/см2", "кгс/см2"), ("m3/cут", "м3/сут"), ("кBт", "кВт")],
)
def test_letters_of_two_alphabets_in_one_unit_are_read_as_they_look(mixed: str, plain: str) -> None:
    assert find_unit(mixed) is find_unit(plain) is not None
    assert quantities_of(mixed) == quantities_of(plain) != ()


def test_a_letter_of_the_other_alphabet_makes_no_other_unit_of_a_spelling() -> None:
    alike = dict(
        zip(
            "aceopxykAECOPXYKMTBHасеорхукАЕСОРХУКМТВН",
            "асеорхукАЕСОРХУКМТВНaceopxykAECOPXYKMTBH",
            strict=True,
        )
    )
    other = [
        (spelling, written)
        for quantity, row, spelling in EVERY
        for at, letter in enumerate(spelling)
        if letter in alike
        for written in (spelling[:at] + alike[letter] + spelling[at + 1 :],)
        if find_unit(written, quantity) not in (row.unit, None)
    ]
    assert other == []


def test_every_unit_has_its_source_and_is_found_by_its_own_labels() -> None:
    for quantity, rows in spelled_units().items():
        for row in rows:
            assert row.source
            for label in (row.unit.ru, row.unit.en):
                assert not label or find_unit(label, quantity) is not None, (quantity, label)


def test_no_spelling_means_two_units_of_one_quantity() -> None:
    met: dict[tuple[str, str], object] = {}
    for quantity, row, spelling in EVERY:
        assert met.setdefault((quantity, spelling), row.unit) is row.unit, (quantity, spelling)


def test_gauge_and_absolute_are_kept_apart() -> None:
    for gauge, absolute, plain in (("barg", "bara", "bar"), ("ати", "ата", "ат"), ("psig", "psia", "psi")):
        above, whole, unsaid = (find_unit(word, "pressure") for word in (gauge, absolute, plain))
        assert above is not None
        assert whole is not None
        assert unsaid is not None
        assert is_gauge(above)
        assert is_absolute(whole)
        assert not is_gauge(unsaid)
        assert above.to_si(10.0) - whole.to_si(10.0) == pytest.approx(101_325)
        assert whole.to_si(10.0) == pytest.approx(unsaid.to_si(10.0))


@pytest.mark.parametrize(
    ("spelling", "quantity", "shown", "si"),
    [
        ("Mcf", "volume", 5000, 141_584.233),
        ("MMscf", "volume", 1, 28_316.8466),
        ("Mscf/d", "rate", 1, 28.3168466 / 86_400),
        ("BFPD", "rate", 500, 500 * 0.158987294928 / 86_400),
        ("kg/cm2", "pressure", 50, 4_903_325),
        ("кгс/см²", "pressure", 50, 4_903_325),
        ("gpm", "rate", 1, 6.30901964e-5),
        ("klbf", "load", 1, 4_448.2216),
        ("°API", "density", 10, 1_000),  # relative to 1000 kg/m³, as every density here: core/api_gravity
        ("°API", "density", 34, 854.985),
        ("л.с.", "power", 1, 735.49875),
        ("hp", "power", 1, 745.69987),
        ("д.е.", "ratio", 0.45, 0.45),
        ("1/64 in", "small_length", 64, 0.0254),
        ("scf/stb", "gas_ratio", 1, 0.178107607),
    ],
)
def test_a_unit_is_worth_what_its_source_says(spelling: str, quantity: str, shown: float, si: float) -> None:
    unit = find_unit(spelling, quantity)
    assert unit is not None
    assert unit.to_si(shown) == pytest.approx(si, rel=1e-6 if spelling != "°API" else 1e-4)


def test_what_is_another_quantity_is_no_unit_of_this_one() -> None:
    assert find_unit("мм/с", "acceleration") is None
    assert find_unit("cSt", "viscosity") is None
    assert quantities_of("cSt") == ("kinematic_viscosity",)
    assert find_unit("мг-экв/л", "mass_concentration") is None


def test_an_unknown_unit_names_its_neighbours() -> None:
    assert "bbl/d" in nearest_units("BFPDD")
    assert nearest_units("попугаев", "pressure") == ()


def test_values_are_not_guessed_to_be_in_a_unit_that_must_be_named() -> None:
    assert not any(map(is_gauge, usual_units("pressure")))
    assert any(map(is_gauge, all_units("pressure")))
    assert set(usual_units("pressure")) <= set(all_units("pressure"))
