"""Time is whole frames over an exact rate; what is written comes back as the same frame."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glimmer.errors import TimecodeError
from glimmer.timecode import RATES, Timecode, frames_from_seconds, frames_of, rate_of, rate_text, seconds_from_frames

DROPPING = [RATES["29.97"], RATES["59.94"]]
rates = st.sampled_from(sorted(RATES.values()))


def day(rate: Fraction, *, drop_frame: bool) -> int:
    nominal = int(rate) + (rate.denominator > 1)
    return nominal * 86_400 - (nominal // 15 * 1296 if drop_frame else 0)


@given(st.data(), rates)
def test_what_is_written_is_read_as_the_same_frame(data: st.DataObject, rate: Fraction) -> None:
    frames = data.draw(st.integers(0, day(rate, drop_frame=False) - 1))
    assert Timecode.of(Timecode(frames, rate).smpte, rate).frames == frames


@given(st.data(), st.sampled_from(DROPPING))
def test_what_is_written_as_drop_frame_is_read_as_the_same_frame(data: st.DataObject, rate: Fraction) -> None:
    frames = data.draw(st.integers(0, day(rate, drop_frame=True) - 1))
    read = Timecode.of(Timecode(frames, rate, drop_frame=True).smpte, rate)
    assert (read.frames, read.drop_frame) == (frames, True)


@pytest.mark.parametrize("rate", DROPPING)
def test_every_frame_of_twenty_minutes_has_its_own_later_drop_frame_number(rate: Fraction) -> None:
    written = [Timecode(frame, rate, drop_frame=True).smpte for frame in range(round(rate * 1200) + 8)]
    assert written == sorted(set(written))


@given(st.data(), rates)
def test_the_frame_nearest_to_when_a_frame_begins_is_that_frame(data: st.DataObject, rate: Fraction) -> None:
    frames = data.draw(st.integers(0, day(rate, drop_frame=False) - 1))
    assert frames_from_seconds(seconds_from_frames(frames, rate), rate) == frames


@pytest.mark.parametrize(
    ("frames", "written"),
    [
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (17981, "00:09:59;29"),
        (17982, "00:10:00;00"),
        (107892, "01:00:00;00"),
        (2589407, "23:59:59;29"),
    ],
)
def test_drop_frame_skips_the_numbers_that_smpte_says(frames: int, written: str) -> None:
    assert Timecode(frames, RATES["29.97"], drop_frame=True).smpte == written
    assert frames_of(written, RATES["29.97"]) == frames


def test_drop_frame_at_59_94_skips_four() -> None:
    assert Timecode(3600, RATES["59.94"], drop_frame=True).smpte == "00:01:00;04"


def test_an_hour_of_drop_frame_is_an_hour_by_the_clock() -> None:
    assert Timecode.of("01:00:00;00", "29.97").seconds == pytest.approx(3600, abs=1 / 29.97)
    assert Timecode.of("01:00:00:00", "29.97").seconds == pytest.approx(3603.6)


@pytest.mark.parametrize("number", ["00:01:00;00", "00:01:00;01", "01:59:00;01"])
def test_a_number_that_drop_frame_skips_is_refused_with_the_next_one(number: str) -> None:
    with pytest.raises(TimecodeError, match=r":00;02"):
        Timecode.of(number, "29.97")


def test_a_float_is_refused_with_the_two_right_spellings() -> None:
    with pytest.raises(TimecodeError, match=r'0\.5 could be .* write 12 or "00:00:00:12"'):
        frames_of(0.5, Fraction(24))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [True, None, "12", "", "00:00:00", "24:00:00:00", "00:60:00:00", "00:00:00:24", "-1:00:00:00", float("nan"), -1, -0.5]
)
def test_what_is_no_time_is_refused(wrong: object) -> None:
    with pytest.raises(TimecodeError):
        frames_of(wrong, Fraction(24))  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", ["24", "25", "23.976", "30"])
def test_drop_frame_is_refused_where_there_is_none(rate: str) -> None:
    with pytest.raises(TimecodeError, match="drop-frame"):
        Timecode.of("00:01:00;02", rate)
    with pytest.raises(TimecodeError, match="drop-frame"):
        Timecode(0, rate_of(rate), drop_frame=True)


def test_a_time_past_the_day_is_refused() -> None:
    Timecode(24 * 86_400 - 1, Fraction(24))
    with pytest.raises(TimecodeError, match="outside"):
        Timecode(24 * 86_400, Fraction(24))


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("23.976", Fraction(24000, 1001)),
        (23.976, Fraction(24000, 1001)),
        ("23.98", Fraction(24000, 1001)),
        (24000 / 1001, Fraction(24000, 1001)),
        ("24000/1001", Fraction(24000, 1001)),
        ("29.97df", Fraction(30000, 1001)),
        ("29.97 fps", Fraction(30000, 1001)),
        (24, Fraction(24)),
        (24.0, Fraction(24)),
        (Fraction(60000, 1001), Fraction(60000, 1001)),
        ("12.5", Fraction(25, 2)),
    ],
)
def test_a_rate_is_exact_however_it_is_said(said: str | float | Fraction, exact: Fraction) -> None:
    assert rate_of(said) == exact


@pytest.mark.parametrize("wrong", ["", "fast", "1/0", 0, -24, 1000, True, "nan", float("inf")])
def test_what_is_no_rate_is_refused(wrong: str | float) -> None:
    with pytest.raises(TimecodeError, match="frame rate"):
        rate_of(wrong)


def test_a_rate_is_told_as_people_say_it() -> None:
    assert [rate_text(rate) for rate in RATES.values()] == list(RATES)


def test_times_add_frames_and_subtract_to_frames() -> None:
    time = Timecode.of("00:00:01:00", 24)
    assert (time + 12).smpte == "00:00:01:12"
    assert (time + 12) - time == 12
    assert str(time - 12) == "00:00:00:12"
    assert time + np.int64(3) == Timecode(27, Fraction(24))
    with pytest.raises(TimecodeError, match="outside"):
        time - 25


def test_times_of_two_rates_do_not_compare() -> None:
    assert Timecode(1, Fraction(24)) < Timecode(2, Fraction(24))
    assert Timecode(1, Fraction(24)) != Timecode(1, Fraction(25))
    with pytest.raises(TimecodeError, match="don't compare"):
        assert Timecode(1, Fraction(24)) < Timecode(2, Fraction(25))


def test_drop_frame_is_only_how_a_time_is_written() -> None:
    rate = RATES["29.97"]
    assert Timecode(1800, rate) == Timecode(1800, rate, drop_frame=True)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_seconds_that_are_no_number_are_refused(seconds: float) -> None:
    with pytest.raises(TimecodeError, match="finite"):
        frames_from_seconds(seconds, Fraction(24))
