"""Удар вниз, вверх: the pump hits at an end of its stroke: a spike there and nowhere else."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import down, up
from app.models.findings import Evidence


def judge_down(case: CardCase) -> list[Verdict]:
    shape = case.shape
    if shape is None or shape.spike_bottom < 0.03 or shape.area < 0.3:
        return []
    return [
        Verdict(
            "act",
            certainty(shape.spike_bottom - 3 * shape.rough_down, half=0.09, sure=0.2),
            (Evidence("spike_at_bottom", {"share": shape.spike_bottom}, place=down(0.0, 0.08)),),
            (),
            ("respace_pump", "second_card"),
        )
    ]


def judge_up(case: CardCase) -> list[Verdict]:
    shape = case.shape
    if shape is None or shape.spike_top < 0.025 or shape.area < 0.3:
        return []
    return [
        Verdict(
            "act",
            certainty(shape.spike_top - 3 * shape.rough_up, half=0.07, sure=0.16),
            (Evidence("spike_at_top", {"share": shape.spike_top}, place=up(0.92, 1.0)),),
            (),
            ("respace_pump", "second_card"),
        )
    ]


DOWN = Rule("tagging_down", "card", judge_down)
UP = Rule("tagging_up", "card", judge_up)
