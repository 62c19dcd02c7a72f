"""What the drive and the downhole gauge tell of the motor and its supply."""

from app.models.sensors.spec import Sensor

SENSORS = (
    Sensor("motor_current", 5, "Ток ПЭД", "Motor current", "current", 0.0, 300.0, "electrical",
           synonyms=("ток", "i", "iраб", "current")),
    Sensor("motor_current_a", 6, "Ток фазы A", "Current, phase A", "current", 0.0, 300.0, "electrical", synonyms=("ia", "ток фазы а", "i a тм")),
    Sensor("motor_current_b", 7, "Ток фазы B", "Current, phase B", "current", 0.0, 300.0, "electrical", synonyms=("ib", "ток фазы в")),
    Sensor("motor_current_c", 8, "Ток фазы C", "Current, phase C", "current", 0.0, 300.0, "electrical", synonyms=("ic", "ток фазы с")),
    Sensor("voltage", 9, "Напряжение", "Voltage", "voltage", 0.0, 5000.0, "electrical", synonyms=("u", "напряжение, ав вольт")),
    Sensor("voltage_ab", 26, "Напряжение AB", "Voltage AB", "voltage", 0.0, 5000.0, "electrical", synonyms=("uab",)),
    Sensor("voltage_bc", 27, "Напряжение BC", "Voltage BC", "voltage", 0.0, 5000.0, "electrical", synonyms=("ubc",)),
    Sensor("voltage_ca", 28, "Напряжение CA", "Voltage CA", "voltage", 0.0, 5000.0, "electrical", synonyms=("uca",)),
    Sensor("frequency", 10, "Частота", "Frequency", "frequency", 0.0, 200.0, "electrical", synonyms=("f", "выходная частота пч")),
    Sensor("active_power", 11, "Активная мощность", "Active power", "power", 0.0, 600e3, "electrical", synonyms=("p", "n")),
    Sensor("power_factor", 12, "cos φ", "Power factor", "number", 0.0, 1.0, "electrical", synonyms=("cos ф", "cosφ")),
    Sensor("load", 13, "Загрузка ПЭД", "Motor load", "ratio", 0.0, 2.0, "electrical", synonyms=("загр. пэд", "загрузка двигателя")),
    Sensor("insulation_resistance", 14, "Сопротивление изоляции", "Insulation resistance", "resistance", 0.0, 10e6,
           "condition", synonyms=("rиз", "rис", "insulation")),
)  # fmt: skip
