"""What is told of an archive that was read."""

from __future__ import annotations

import pytest

from app.core.texts import Speaker
from app.devices.demo.playing import demo_profile
from app.devices.device_clock import Offset
from app.services.devices.archives import Downloaded
from app.services.devices.words import downloaded_lines, name_words


@pytest.mark.parametrize(
    ("ahead_s", "russian", "english"),
    [
        (187, "спешат на 187,0 с; из времени записей вычтено 187 с", "187 s were taken off the times"),
        (-42, "отстают на 42,0 с; ко времени записей прибавлено 42 с", "42 s were added to the times"),
    ],
)
def test_which_way_times_were_corrected_is_told(ahead_s: int, russian: str, english: str) -> None:
    done = Downloaded(Offset(ahead_s * 1_000_000, 0), ahead_s * 1_000_000)
    assert russian in downloaded_lines(done, Speaker("ru"))[1]
    assert english in downloaded_lines(done, Speaker("en"))[1]


@pytest.mark.parametrize(("kind", "name"), [("rod-pump", "Ток двигателя"), ("esp", "Ток ПЭД")])
def test_the_current_of_a_rod_pumps_motor_is_not_called_that_of_an_esps(kind: str, name: str) -> None:
    profile = demo_profile(kind)
    (current,) = (one for one in profile.registers if one.name == "motor_current")
    assert name_words(current, Speaker("ru"), profile.lift) == name
    assert name_words(current, Speaker("en"), profile.lift) == "Motor current"
