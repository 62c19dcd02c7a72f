"""What is to be done at a well: by whom, until when, what became of it."""

from app.models.kinds.spec import NOTE, Field, Kind

WORKS = ("flow_test", "fluid_level", "card", "lab_result", "check", "repair", "visit", "other")
"""Those that are called like a kind of entry are done by one."""
STATES = ("planned", "taken", "done", "cannot")
ORIGINS = ("person", "rule", "finding")

TASK = Kind(
    "task",
    "tasks",
    "from_at",
    (
        Field(
            "what",
            "Что сделать",
            "What",
            "choice",
            choices=WORKS,
            said="task",
            required=True,
            default="visit",
            header="task_what",
        ),
        Field("who", "Исполнитель", "Who", "text", header="task_who"),
        Field(
            "state",
            "Состояние",
            "State",
            "choice",
            choices=STATES,
            said="task_state",
            default="planned",
            header="task_state",
        ),
        Field("why", "Почему нельзя", "Why it cannot be done", "text", long=True, header="task_why"),
        NOTE,
        Field(
            "origin",
            "Откуда",
            "Made by",
            "choice",
            choices=ORIGINS,
            said="task_origin",
            default="person",
            header="task_origin",
        ),
        Field("rule", "Правило", "Rule", "text", header="task_rule"),
        Field("finding", "Код диагноза", "Code of the finding", "text", header="task_finding"),
        Field("done_at", "Сделано", "Done at", "time", header="task_done_at"),
        Field("done_by", "Чем сделано", "Done by the entry", "text", header="task_done_by"),
    ),
    "Задание",
    "Task",
    until="due_at",
    same=("what", "rule"),
    attaches=True,
)

KINDS = (TASK,)
