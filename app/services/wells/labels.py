"""Labels for the wells: a code that opens the well here, whatever it is called by then."""

from __future__ import annotations

from app.models.wells import Well
from app.services.workspace import Workspace


def labels(workspace: Workspace, wells: list[Well]) -> bytes:
    """As PDF."""
    from app.reports.pdf import labels as pdf  # reportlab is loaded by the first PDF

    speaker = workspace.settings.speaker()
    return pdf.render(
        [
            pdf.Label(
                well.label,
                speaker.say("label.well", well=well.name),
                speaker.say("label.pad", pad=well.pad, field=well.field_name)
                if well.pad
                else well.field_name,
            )
            for well in wells
        ]
    )
