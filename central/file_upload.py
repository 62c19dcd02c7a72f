"""A file that came by itself (REST, the watched folder): looked at, planned and taken as if a laptop had
imported it.
"""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from dataclasses import replace
from pathlib import Path

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.importers import plan as plans
from app.importers.new_wells import elsewhere
from app.importers.opening import Asked, choose, proposal, read_file
from app.importers.plan import Plan
from app.models import limits
from app.models.kinds import joining
from app.models.kinds.naming import WELL_UID
from app.sync.wire import EntryIn, FileRef, Receipt, payload_sha256
from central.accept import accept
from central.centre import Centre
from central.stores import documents, wells
from central.stores.devices import Device
from central.stores.engine import reading

_NAMES = uuid.UUID("3f2c1c5e-6f3d-5b8a-8d43-0f4b7a1d9e21")


def upload(centre: Centre, device: Device, name: str, content: bytes, well: str) -> Receipt:
    """Raises KnownError for a file that cannot be read. Its id is its content's: the same file again is a
    duplicate.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    safe = limits.file_name(name)
    with tempfile.TemporaryDirectory(prefix="wellside-") as folder:
        path = (
            Path(folder) / safe
        )  # a sheet without a name is called as its file: the plan must meet it again
        path.write_bytes(content)
        importer = choose(path)
        plan = _planned(centre, device, path, well)
    with centre.engine.begin() as connection:
        if documents.size_for(connection, sha256, device.id, device.fields) is None:
            documents.drop_upload(connection, device.id, sha256)
            documents.add_piece(connection, device.id, sha256, 0, content, centre.clock())
            documents.finish(connection, device.id, sha256, centre.clock())
    payload: JsonObject = {
        "importer": importer.key,
        "file": safe,
        "sha256": sha256,
        "plan": plans.to_json(plan),
        "author": device.name,
        "naming": WELL_UID,
        joining.PAYLOAD: True,
    }
    entry = EntryIn(
        id=str(uuid.uuid5(_NAMES, f"{sha256}/{well}/{'/'.join(sorted(device.fields))}")),
        kind="import",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(centre.clock()),
        attachments=(FileRef(sha256=sha256, size=len(content), name=safe),),
    )
    receipt = accept(centre.engine, device, (entry,), centre.clock)[0]
    centre.relay.wake()
    return receipt


def _planned(centre: Centre, device: Device, path: Path, well: str) -> Plan:
    asked = Asked()
    importer = choose(path)
    contents = read_file(path, importer, asked)
    try:
        plan = proposal(path, contents, asked)
        with reading(centre.engine) as connection:
            registry = wells.registry(connection, device.fields)
        for problem in elsewhere(registry, contents, plan):
            raise KnownError.of(problem.code, {"file": path.name, **problem.details})
    finally:
        contents.close()
    if well:
        plan = replace(plan, sheets=tuple(replace(sheet, well=well) for sheet in plan.sheets))
    return plan
