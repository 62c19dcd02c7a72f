"""Wellside's data for notebooks and scripts: read-only, as pandas DataFrames, beside the open window.

    import wellside

    with wellside.open("demo/cache.duckdb", units="ru_field", tz="Asia/Yekaterinburg") as field:
        field.wells()
        field.readings("103", ["intake_pressure", "motor_current"], since="2026-10-01")
        field.findings("103")

    wellside.card("card.json").measures
    wellside.welltest("build-up.json").measures

pandas comes with the extra: `pip install "wellside[frames]"`.

Every frame says the unit of each column in `frame.attrs["units"]`. Nothing here writes. The version follows
semantic versioning (semver.org): what is named in `__all__` changes its meaning only with the first number.
Trouble that can be mended (a file, a well, a parameter) is a `wellside.Error` whose text says what to do.
"""

from __future__ import annotations

from wellside.errors import Error
from wellside.field import Field, open
from wellside.single import CardResult, WellTestResult, card, welltest

__version__ = "1.0.0"
__all__ = ["CardResult", "Error", "Field", "WellTestResult", "card", "open", "welltest"]
