"""What the image is made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from deploy.image import base, bill, wheels


@pytest.mark.slow
def test_the_image_has_what_the_centre_loads_and_nothing_of_the_window() -> None:
    names = wheels.names(engine=False)
    assert {"fastapi", "uvicorn", "sqlalchemy", "oracledb", "alembic", "confluent-kafka", "pyarrow"} <= names
    assert {"duckdb", "apsw-sqlite3mc"} <= names, "nights judge on a profile of the centre's own"
    assert not {"pyside6-essentials", "pyqtgraph", "reportlab", "chdb"} & names
    assert {"chdb", "chdb-core"} <= wheels.names(engine=True)
    assert not names & wheels.names(engine=True)


@pytest.mark.slow
def test_the_bill_of_an_image_names_every_wheel_and_every_package_with_its_licence_or_hash() -> None:
    told = bill.of_image("centre", "1.2.3")
    purls = {one["purl"].split("@")[0] for one in told["components"]}
    assert purls >= {f"pkg:pypi/{name}" for name in wheels.names(engine=False) if name != "colorama"}
    assert purls >= {f"pkg:deb/debian/{name}" for name in base.PACKAGES}
    assert all(one.get("licenses") or one.get("hashes") for one in told["components"])


def test_a_package_that_is_another_than_the_locked_one_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"another one"
    package = base.Package("libc6", "2.36", hashlib.sha256(b"the one").hexdigest())
    monkeypatch.setattr(base, "locked", lambda: [package])
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / f"{package.sha256}.deb").write_bytes(content)
    with pytest.raises(SystemExit, match="hash is another"):
        base.lay(tmp_path / "root", kept)
    assert not (kept / f"{package.sha256}.deb").exists(), "it is not looked at again"
