"""What is compared with what was kept is compared part by part."""

from __future__ import annotations

from tests.analysis.moved import moved


def test_a_millionth_more_is_told_with_its_place() -> None:
    assert moved({"a": [1.0, 2.0], "b": {"c": 3.0}}, {"a": [1.0, 2.0], "b": {"c": 3.00001}}) == [
        ".b.c: 3.0 is 3.00001"
    ]
    assert moved({"a": [1.0, 2.0]}, {"a": [1.0, 2.00001]}) == [".a"]
    assert moved([["code", {}]], [["other", {}]]) == ["[0][0]: code is other"]
    assert moved({"a": [1.0]}, {"a": [1.0, 2.0]}) == [".a: 1 are 2"]
    assert moved({"a": 1.0}, {"b": 1.0}) == [": ['a', 'b']"]
    assert moved({"a": None}, {"a": 1.0}) == [".a: None is 1.0"]
