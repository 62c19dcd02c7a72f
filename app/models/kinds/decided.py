"""What an engineer made of a finding: accepted or rejected, and why. With what the finding stood on: the
centre learns from it.
"""

from app.models.findings import DECISIONS, SEVERITIES
from app.models.kinds.spec import Field, Kind

FINDING_DECISION = Kind(
    "finding_decision",
    "finding_decisions",
    "from_at",
    (
        Field("code", "Диагноз", "Condition", "text", required=True),
        Field("decision", "Решение", "Decision", "choice", choices=DECISIONS, required=True),
        Field("reason", "Причина", "Reason", "text", long=True),
        Field("severity", "Важность", "Severity", "choice", choices=SEVERITIES, said="status"),
        Field("confidence", "Уверенность", "Confidence", quantity="ratio", minimum=0, maximum=1),
        Field("grounds", "Доводы", "Grounds", "text", long=True),
    ),
    "Решение по диагнозу",
    "Decision on a finding",
    until="to_at",
    same=("code",),
)

KINDS = (FINDING_DECISION,)
