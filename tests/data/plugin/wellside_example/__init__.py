"""An example plug-in: a sensor, a rule about it, a file format and a report section.

Its distribution names them as entry points (see ../wellside_example-1.0.dist-info/entry_points.txt, written
by its pyproject.toml); IT allows it by `{"version": 1, "plugins": ["wellside-example"]}` in the site's file.
"""

TEXTS = {
    "ru": {
        "finding.chemical_not_dosed": "Реагент не подаётся",
        "advice.chemical_not_dosed": "Проверить насос-дозатор и ёмкость.",
        "section.chemicals": "Реагенты",
        "chemicals.days": "Дней с подачей реагента: {days}",
    },
    "en": {
        "finding.chemical_not_dosed": "No chemical is dosed",
        "advice.chemical_not_dosed": "Check the dosing pump and its tank.",
        "section.chemicals": "Chemicals",
        "chemicals.days": "Days with dosing: {days}",
    },
}
