"""docs/DIAGNOSIS.md: how well the diagnosis of cards does on wells that the training has not seen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from app.analysis import ranker, ranker_bounds
from app.analysis.diagnosis import LEAST_CONFIDENCE
from central.learning import judging

NOT = "not_recognised"


def write(
    known: ranker.Ranker, parts: dict[str, list[Any]], surface: list[Any], wells: int, outer: list[str]
) -> str:
    test, region = parts["test"], known.region
    assert region is not None
    answers = [_answers(known, sample, ranked=True) for sample in test]
    plain = [_answers(known, sample, ranked=False) for sample in test]
    single = [i for i, sample in enumerate(test) if len(sample.truth) == 1]
    truth = [test[i].truth[0] for i in single]
    lines = [
        "# Diagnosis of cards: what it knows, what it cannot tell apart",
        "",
        "Written by `make train`; not by hand. Everything here is of simulated wells "
        "(`app/analysis/simulate`), split by well:",
        f"{wells} wells drawn from real ranges, {len(parts['train'])} cards train, "
        f"{len(parts['calibrate'])} calibrate, "
        f"{len(test)} test. High scores on one's own simulator are no proof for the field: published 90–99 "
        f"% come from random splits,",
        "and on real labelled cards a forest trained on them falls from 71 % to 52 % when similar wells "
        "are kept together.",
        "",
        "The rules speak first; the ranker orders what they found and gives calibrated confidence; it adds "
        "nothing.",
        f"An answer under {LEAST_CONFIDENCE:.1f} is not given; a card without any is “not recognised”.",
        "",
        "## Test wells, cards with one fault",
        "",
        "| | first | among the first two | macro F1 | not recognised |",
        "|---|---|---|---|---|",
        _summary("rules alone (the baseline)", [plain[i] for i in single], truth),
        _summary("rules and ranker", [answers[i] for i in single], truth),
        "",
        "| condition | cards | precision | recall | among two |",
        "|---|---|---|---|---|",
        *_per_class([answers[i] for i in single], truth),
        "",
        "## Families left out",
        "",
        "Trained without a whole family of wells or records, judged on that family on wells not taught.",
        f"The odds of a rule are moved by a factor of {np.exp(ranker_bounds.FARTHEST):.0f} at most, up or "
        f"down, and by less the farther a card lies from",
        f"all that was taught: all of it up to a distance of {region.near:.2f}, none from {region.far:.2f} "
        f"(`ranker_bounds`). Above 0.8 a finding",
        "needs a rule of 0.6 by itself. Wider bounds may lower the loss on simulated families further; they "
        "let the ranker overrule",
        "the card, and on real cards it did (full pump 0.93 turned into leaks of both valves 0.97).",
        "",
        *outer,
        "",
        "## Cards with two faults",
        "",
        _both_named(test, answers),
        "",
        "## Closed curves of chance on real rods (no pump makes them)",
        "",
        _odd_ones(test, answers),
        "",
        "## Confusion (rows: truth, in % of the row; what is under 3 % left out)",
        "",
        *_confusion([answers[i] for i in single], truth),
        "",
        "## Calibration",
        "",
        "| said | cards | true |",
        "|---|---|---|",
        *_calibration(test, answers),
        "",
        "## The surface card alone (no rods entered)",
        "",
        *_surface(known, surface),
        "",
        "## What it cannot tell apart, and says so",
        "",
        "- Fluid pound and gas interference are one chamber: the intake pressure or a level decides; "
        "without either both are said.",
        "- A tubing leak has a normal card: only a flow test shows it. Without one it is a full pump.",
        "- Leaks below a fifth of the plunger's flow, wear that the flow covers and late valves under 4 % "
        "of the stroke leave no mark.",
        "- A hole high in the barrel and a plunger that leaves it differ only in how sudden the loss is.",
        "- Free tubing that stretches less than 1.5 % of the stroke looks anchored.",
        "- A load cell that lags the place leans both ends as loose tubing and late valves do: a "
        "late valve is said with 0.75 at",
        "most, anchored tubing that moves with 0.5.",
        "- A full pump is said with 0.75 at most where no flow test tells that its liquid arrives, "
        "under 60 points a stroke, and",
        "beside inputs that disagree.",
        "- Sand differs from a rough recorder only on the next card: take a second one.",
        "- A parted string close to the pump and gas lock differ by the weight of few rods: flow test and "
        "valve checks settle it.",
        "- Unit balance comes from torque and sensor faults from the record; neither is learnt, both keep "
        "the rule's confidence.",
        "",
    ]
    return "\n".join(lines)


def _answers(known: ranker.Ranker, sample: Any, *, ranked: bool) -> list[tuple[str, float]]:
    chances, inside = known.chances([sample.case], [sample.rules])[0], known.inside([sample.case])[0]
    said = [
        (
            code,
            ranker_bounds.bounded(rule, known.confidence(code, rule, chances[code]), inside)
            if ranked and code in chances
            else rule,
        )
        for code, rule in sample.rules.items()
    ]
    return sorted(((c, p) for c, p in said if p >= LEAST_CONFIDENCE), key=lambda item: -item[1])


def _first(answer: list[tuple[str, float]]) -> str:
    return answer[0][0] if answer else NOT


def _scores(answers: list[Any], truth: list[str]) -> dict[str, tuple[int, float, float, float]]:
    said = [_first(answer) for answer in answers]
    result = {}
    for code in sorted(set(truth)):
        hits = sum(s == code == t for s, t in zip(said, truth, strict=True))
        two = sum(t == code and code in [c for c, _ in a[:2]] for a, t in zip(answers, truth, strict=True))
        count, named = truth.count(code), said.count(code)
        result[code] = (count, hits / named if named else 0.0, hits / count, two / count)
    return result


def _summary(name: str, answers: list[Any], truth: list[str]) -> str:
    scores = _scores(answers, truth)
    top = np.mean([_first(a) == t for a, t in zip(answers, truth, strict=True)])
    two = np.mean([t in [c for c, _ in a[:2]] for a, t in zip(answers, truth, strict=True)])
    f1 = np.mean([2 * p * r / (p + r) if p + r else 0 for _, p, r, _ in scores.values()])
    none = np.mean([not a for a in answers])
    return f"| {name} | {top:.1%} | {two:.1%} | {f1:.2f} | {none:.1%} |"


def _per_class(answers: list[Any], truth: list[str]) -> list[str]:
    return [
        f"| `{code}` | {n} | {p:.2f} | {r:.2f} | {two:.2f} |"
        for code, (n, p, r, two) in _scores(answers, truth).items()
    ]


def _both_named(test: list[Any], answers: list[Any]) -> str:
    pairs = [(s.truth, {c for c, _ in a}) for s, a in zip(test, answers, strict=True) if len(s.truth) == 2]
    both = np.mean([set(truth) <= said for truth, said in pairs])
    one = np.mean([bool(set(truth) & said) for truth, said in pairs])
    return f"{len(pairs)} cards: both named {both:.1%}, at least one {one:.1%}."


def _odd_ones(test: list[Any], answers: list[Any]) -> str:
    said = [answer for sample, answer in zip(test, answers, strict=True) if not sample.truth]
    quiet = np.mean([not answer for answer in said])
    certain = np.mean([bool(answer) and answer[0][1] > 0.8 for answer in said])
    return f"{len(said)} cards: not recognised {quiet:.1%}, a finding above 80 % {certain:.1%}."


def _confusion(answers: list[Any], truth: list[str]) -> list[str]:
    rows = []
    for code, row in judging.confusion(truth, [_first(answer) for answer in answers]).items():
        said, whole = Counter(row), sum(row.values())
        parts = [
            f"{other} {count / whole:.0%}" for other, count in said.most_common() if count / whole >= 0.03
        ]
        rows.append(f"- `{code}`: {', '.join(parts)}")
    return rows


def _calibration(test: list[Any], answers: list[Any]) -> list[str]:
    said = np.array([p for a in answers for _, p in a])
    true = np.array([c in s.truth for s, a in zip(test, answers, strict=True) for c, _ in a])
    rows = []
    for low in np.arange(0.3, 1.0, 0.1):
        inside = (said >= low) & (said < low + 0.1)
        if inside.any():
            rows.append(f"| {said[inside].mean():.2f} | {int(inside.sum())} | {true[inside].mean():.2f} |")
    return rows


def _surface(known: ranker.Ranker, surface: list[Any]) -> list[str]:
    ranked = [[code for code, _ in said[:3]] for said in known.surface_chances([s.case for s in surface])]
    truth = [s.truth[0] for s in surface]
    top = [np.mean([t in r[:n] for r, t in zip(ranked, truth, strict=True)]) for n in (1, 2, 3)]
    common = Counter(truth).most_common(1)[0]
    return [
        f"{len(surface)} cards: the truth is first in {top[0]:.1%}, among two {top[1]:.1%}, among three "
        f"{top[2]:.1%}; always saying",
        f"`{common[0]}` would be right in {common[1] / len(truth):.1%}. Groups are said with at most 21 % "
        f"each, at least two of them:",
        "whole and parted strings, flow and tubing leaks need absolute loads. Taught as recorded, rounded "
        "off by a slow recorder,",
        "crooked like a copied picture, and at a crawl without inertia, because outlines from elsewhere "
        "are not the simulator's.",
    ]
