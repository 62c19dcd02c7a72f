"""What an imported record is called: by what it is, so that one row of two files is one record on every
laptop and at the centre.
"""

from __future__ import annotations

import hashlib
from typing import Any

from app.models.kinds.spec import Kind


def record_id(kind: Kind, well_name: str, at_us: int, values: dict[str, Any], occurrence: int = 1) -> str:
    """MD5 as a name, no secret. `occurrence`: the how-manieth different row of that name in its file."""
    parts = [kind.key, well_name.lower(), str(at_us), *(str(values.get(key) or "") for key in kind.same)]
    text = "|".join(parts) + ("" if occurrence == 1 else f"|{occurrence}")
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
