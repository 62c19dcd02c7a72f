"""What was found when pulled equipment was taken apart."""

from app.models.kinds.spec import NOTE, Field, Kind

TEARDOWN = Kind(
    "teardown",
    "teardowns",
    "torn_at",
    (
        Field("item", "Узел", "Item", "text", required=True, header="teardown_item"),
        Field("serial", "Заводской номер", "Serial number", "text", header="teardown_serial"),
        Field("failed_item", "Отказавший узел", "Failed item", "text", header="teardown_failed_item"),
        Field("cause", "Причина отказа", "Cause of failure", "text", header="teardown_cause"),
        Field("condition", "Состояние", "Condition", "text", long=True, header="teardown_condition"),
        Field("conclusion", "Заключение", "Conclusion", "text", long=True, header="teardown_conclusion"),
        Field("blamed", "Виновная сторона", "Party at fault", "text", header="teardown_blamed"),
        Field("commission", "Комиссия", "Commission", "text", header="teardown_commission"),
        NOTE,
    ),
    "Разбор оборудования",
    "Teardown",
    same=("item", "serial"),
    attaches=True,
)

KINDS = (TEARDOWN,)
