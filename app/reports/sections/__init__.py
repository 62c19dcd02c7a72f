"""Every report section, in the order of the well report. To add one: a file in this folder and one line here."""

from app.core.registry import Registry
from app.reports.collect import Section
from app.reports.sections import card, findings, passport, rods, tests, torque, trends

SECTIONS: Registry[Section] = Registry(
    "section",
    passport.SECTION,
    findings.SECTION,
    trends.SECTION,
    card.SECTION,
    rods.SECTION,
    torque.SECTION,
    tests.SECTION,
)
