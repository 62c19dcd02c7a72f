"""Every kind of record that is entered, imported and kept in versions. To add one: an entry in its family, a
table in a migration; or a new family file and one line here.
"""

from app.core.registry import Registry
from app.models.kinds import (
    about,
    alarmed,
    curved,
    decided,
    done,
    installed,
    measured,
    named,
    planned,
    rod_pumped,
    torn_down,
    underground,
)
from app.models.kinds.spec import Kind

FAMILIES = (
    measured,
    done,
    installed,
    rod_pumped,
    underground,
    named,
    about,
    decided,
    planned,
    torn_down,
    alarmed,
    curved,
)
KINDS: Registry[Kind] = Registry("kind", *(kind for family in FAMILIES for kind in family.KINDS))
