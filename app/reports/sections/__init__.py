"""Every report section. To add one: a file in this folder and one line here. Plug-ins add theirs."""

from collections.abc import Sequence
from dataclasses import replace

from app.core import plugins
from app.core.registry import Registry
from app.reports.blocks import Block, Heading, Paragraph
from app.reports.collect import Section
from app.reports.sections import (
    advice,
    card,
    clippings,
    completion,
    documents,
    energy,
    findings,
    flow,
    forecast,
    lab,
    levels,
    notes,
    passport,
    photos,
    pump,
    regime,
    rods,
    signatures,
    summary,
    timeline,
    torque,
    trends,
    welltests,
)

_OURS = (
    summary.SECTION,
    regime.SECTION,
    passport.SECTION,
    completion.SECTION,
    findings.SECTION,
    trends.SECTION,
    card.SECTION,
    rods.SECTION,
    torque.SECTION,
    pump.SECTION,
    flow.SECTION,
    levels.SECTION,
    lab.SECTION,
    welltests.SECTION,
    forecast.SECTION,
    advice.SECTION,
    energy.SECTION,
    timeline.SECTION,
    documents.SECTION,
    photos.SECTION,
    notes.SECTION,
    signatures.SECTION,
    clippings.SECTION,
)


def _refuse(section: Section, others: Sequence[Section]) -> str:
    if section.key in {one.key for one in (*_OURS, *others)}:
        return f"there is a section {section.key} already"
    return plugins.missing_words(f"section.{section.key}")


def _guarded(section: Section) -> Section:
    """A section that fails says so where it would stand."""

    def failed(reason: str) -> list[Block]:
        return [Heading(section.key), Paragraph(reason, muted=True)]

    make = section.make and plugins.guarded(section.make, failed)
    make_for_all = section.make_for_all and plugins.guarded(section.make_for_all, failed)
    return replace(section, make=make, make_for_all=make_for_all)


SECTIONS: Registry[Section] = Registry(
    "section", *_OURS, *map(_guarded, plugins.extras("wellside.sections", Section, _refuse))
)
