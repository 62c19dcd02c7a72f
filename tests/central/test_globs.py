"""Patterns of tags: what they match, what they keep, and that none of them takes long."""

from __future__ import annotations

import fnmatch
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import KnownError
from central.names.glob_index import GlobIndex
from central.names.globs import parse


@pytest.mark.parametrize(
    ("pattern", "path", "kept"),
    [
        ("WELL_101.PINT", "well_101.pint", {}),
        ("/WELL_101.PINT", "WELL_101.PINT/", {}),
        ("WELL_{well}.PINT", "WELL_101.PINT", {"well": "101"}),
        ("WELL_{well}.{sensor}", "WELL_101.PINT.PV", {"well": "101", "sensor": "PINT.PV"}),
        ("site/+/{well}/{sensor}", "site/5/123Г/Рпр", {"well": "123Г", "sensor": "Рпр"}),
        ("site/#", "site/5/123/PINT", {}),
        ("site/{well}/#", "site/7/a/b", {"well": "7"}),
        ("site/#", "site", {}),
        (r"Поле\Куст 5\{well}\Ток", "Поле/Куст 5/101/Ток", {"well": "101"}),
        ("*_{well}_*", "a_b_c_7_d", {"well": "b"}),
        ("a*b*c", "aXbYbZc", {}),
    ],
)
def test_a_pattern_matches_and_keeps(pattern: str, path: str, kept: dict[str, str]) -> None:
    assert parse(pattern).match(path) == kept


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("WELL_{well}.PINT", "WELL_.PINT"),
        ("WELL_{well}.PINT", "WELL_1/01.PINT"),
        ("site/+/PINT", "site/PINT"),
        ("site/+/PINT", "site//PINT"),
        ("site/*", "site/a/b"),
        ("a*a", "a"),
        ("WELL_101.PINT", "WELL_101.PINTX"),
        ("#", "x" * 3_000),
    ],
)
def test_another_path_is_another_path(pattern: str, path: str) -> None:
    assert parse(pattern).match(path) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "/",
        "a" * 401,
        "a/#/b",
        "a#",
        "{well}*",
        "**",
        "{well}{sensor}",
        "{well}/{well}",
        "{pad}",
        "a}b",
        "*a" * 13,
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(KnownError, match="tag_pattern"):
        parse(pattern)


@given(
    st.text("ab*", min_size=1, max_size=8).filter(lambda text: "**" not in text), st.text("ab", max_size=10)
)
def test_stars_mean_what_they_mean_everywhere(pattern: str, path: str) -> None:
    assert (parse(pattern).match(path) is not None) == fnmatch.fnmatchcase(path, pattern)


def test_no_pattern_takes_long() -> None:
    worst = parse("*a*a*a*a*a*a*a*a*a*a*a*b")
    began = time.process_time()
    assert worst.match("a" * 2_000) is None
    assert time.process_time() - began < 0.05


_PARTS = st.lists(
    st.sampled_from(["a", "B", "ab", "+", "*", "a*", "*b", "{well}", "a{well}b", "İ"]), min_size=1
)


@given(
    st.lists(st.tuples(_PARTS, st.booleans()), max_size=8),
    st.lists(st.sampled_from(["a", "A", "b", "ab", "İ", "aİb"])),
)
def test_no_pattern_that_fits_is_passed_over_by_the_index(
    told: list[tuple[list[str], bool]], path: list[str]
) -> None:
    texts = ["/".join(parts) + ("/#" if rest else "") for parts, rest in told]
    globs = [parse(text) for text in texts if text.count("{well}") < 2 and sum(map(text.count, "*+{")) <= 12]
    where = "/".join(path)
    asked = GlobIndex(globs).may_fit(where)
    assert [at for at, glob in enumerate(globs) if glob.match(where) is not None] == [
        at for at in asked if globs[at].match(where) is not None
    ]


def test_of_thousands_of_patterns_those_are_asked_that_say_what_the_path_has() -> None:
    globs = [parse(f"site/+/WELL_{number}/{{sensor}}") for number in range(3_000)]
    globs += [parse(f"opc/WELL_{number}.*") for number in range(3_000)] + [parse("+/#")]
    index = GlobIndex(globs)
    assert index.may_fit("site/5/well_7/P") == [7, 6_000]
    assert [globs[at].text for at in index.may_fit("opc/WELL_21.PINT")] == ["opc/WELL_21.*", "+/#"]
