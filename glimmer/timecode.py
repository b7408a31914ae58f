"""Timecode: time as whole frames over an exact rate, and the way people write it, "00:00:12:05".

Ground: every room counts in frames, and only what is shown or sounded turns them into seconds. A rate is a Fraction, so
23.976 is 24000/1001 and an hour later nothing has drifted.

SMPTE timecode counts frames in groups of the *nominal* rate (24 for 23.976). At 29.97 and 59.94 it therefore falls 3.6 s an
hour behind the clock, which drop-frame timecode (written with ";") mends by skipping NUMBERS, never frames: two (or four) at
the start of each minute but every tenth. Source: SMPTE ST 12-1, "drop-frame".
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import total_ordering
from typing import Final, overload

from glimmer.errors import TimecodeError

__all__ = ["RATES", "Timecode", "frames_from_seconds", "frames_of", "nominal_rate", "rate_of", "rate_text", "seconds_from_frames"]

RATES: Final[dict[str, Fraction]] = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
    "48": Fraction(48),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
    "60": Fraction(60),
}
_SPOKEN: Final = {"23.98": "23.976", "film": "24", "pal": "25", "ntsc": "29.97"}
_CAN_DROP: Final = (RATES["29.97"], RATES["59.94"])
_HIGHEST_RATE: Final = 240
_SMPTE: Final = re.compile(r"(\d{1,2})[:;](\d{1,2})[:;](\d{1,2})([:;])(\d{1,3})")


def rate_of(rate: str | float | Fraction) -> Fraction:
    """The exact frame rate that `rate` names: "23.976", 24, "29.97df", "24000/1001" or a Fraction.

    Does not tell drop-frame from non-drop: that is how a time is written, not how fast frames go by.
    Raises: TimecodeError if it names no rate from 1 to 240.
    """
    exact = _exact_rate(rate)
    if exact is None or not 1 <= exact <= _HIGHEST_RATE:
        raise TimecodeError(
            f"{rate!r:.60} is no frame rate; expected one from 1 to {_HIGHEST_RATE}, such as {', '.join(RATES)} or a fraction. "
            "Write for instance rate=24."
        )
    return exact


def _exact_rate(rate: object) -> Fraction | None:
    if isinstance(rate, bool):
        return None
    if isinstance(rate, Fraction | int):
        return Fraction(rate)
    text = str(rate).strip().lower().removesuffix("fps").strip().removesuffix("ndf").removesuffix("df").strip()
    text = _SPOKEN.get(text, text)
    if text in RATES:
        return RATES[text]
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    # 23.98, 23.976, 23.976024 and 29.970030 all mean the same rate: no two known rates are closer than 0.024
    near = min(RATES.values(), key=lambda known: abs(known - number))
    return near if abs(near - number) < Fraction(1, 200) else number


def rate_text(rate: Fraction) -> str:
    """The rate as people say it: "23.976", "24"; "37/2" if it has no name."""
    return next((name for name, known in RATES.items() if known == rate), str(rate))


def nominal_rate(rate: Fraction) -> int:
    """How many frames one second of timecode counts: 24 for 23.976, 30 for 29.97."""
    return math.ceil(rate)


def frames_from_seconds(seconds: float | Fraction, rate: Fraction) -> int:
    """The frame nearest to `seconds`; a half rounds up. Negative seconds give negative frames.

    Raises: TimecodeError if `seconds` is not a finite number.
    """
    if not math.isfinite(seconds):
        raise TimecodeError(f"{seconds} seconds is no time; expected a finite number of seconds.")
    return math.floor(Fraction(seconds) * rate + Fraction(1, 2))


def seconds_from_frames(frames: int, rate: Fraction) -> float:
    """When frame number `frames` begins. Only for showing and sounding: the exact time is `frames / rate`."""
    return float(frames / rate)


def frames_of(when: int | str | Timecode, rate: Fraction) -> int:
    """`when` as a frame count: an int is frames, a string is SMPTE, a Timecode must be of the same rate.

    Raises: TimecodeError for anything else; a float is answered with the two right spellings.
    """
    return Timecode.of(when, rate).frames


@total_ordering
@dataclass(frozen=True, slots=True)
class Timecode:
    """A time: `frames` whole frames from the start, at an exact rate, within one timecode day of 24 hours.

    `drop_frame` changes only how it is written; two times are equal if frames and rate are.
    `time + 12` is 12 frames later; `later - time` is the frames between, an int.
    Raises: TimecodeError if frames is negative or past 24 hours, or drop-frame is asked of a rate that has none.
    """

    frames: int
    rate: Fraction
    drop_frame: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", rate_of(self.rate))
        object.__setattr__(self, "frames", _whole(self.frames, self.rate))
        if self.drop_frame and self.rate not in _CAN_DROP:
            raise TimecodeError(
                f"there is no drop-frame timecode at {rate_text(self.rate)}; only at 29.97 and 59.94. Write it with ':'."
            )
        if not 0 <= self.frames < _frames_a_day(self.rate, self.drop_frame):
            raise TimecodeError(
                f"frame {self.frames} at {rate_text(self.rate)} lies outside the timecode day; expected 0 to "
                f"{_frames_a_day(self.rate, self.drop_frame) - 1}. Count from the first frame of the film."
            )

    @classmethod
    def of(cls, when: int | str | Timecode, rate: Fraction | int | str) -> Timecode:
        """The time that `when` names: an int is frames, a string is SMPTE ("00:00:12:05", or with ";" for drop-frame).

        Raises: TimecodeError with what to write instead.
        """
        exact = rate_of(rate)
        if isinstance(when, Timecode):
            if when.rate != exact:
                raise TimecodeError(
                    f"{when.smpte} is at {rate_text(when.rate)}, this cut runs at {rate_text(exact)}. Give frames or a timecode at {rate_text(exact)}."
                )
            return when
        if isinstance(when, str):
            return _parsed(when, exact)
        return cls(_whole(when, exact), exact)

    @property
    def smpte(self) -> str:
        """As people write it: "00:00:12:05", with ";" before the frames if it is drop-frame."""
        base = nominal_rate(self.rate)
        number = _number_of(self.frames, self.rate) if self.drop_frame else self.frames
        seconds, frame = divmod(number, base)
        mark = ";" if self.drop_frame else ":"
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{frame:02}"

    @property
    def seconds(self) -> float:
        """Seconds by the clock; for showing. `frames / rate` is exact."""
        return seconds_from_frames(self.frames, self.rate)

    def __str__(self) -> str:
        return self.smpte

    def __add__(self, frames: int) -> Timecode:
        return Timecode(self.frames + _whole(frames, self.rate), self.rate, self.drop_frame)

    @overload
    def __sub__(self, other: Timecode) -> int: ...
    @overload
    def __sub__(self, other: int) -> Timecode: ...
    def __sub__(self, other: int | Timecode) -> int | Timecode:
        if isinstance(other, Timecode):
            return self.frames - self._alike(other).frames
        return Timecode(self.frames - _whole(other, self.rate), self.rate, self.drop_frame)

    def __lt__(self, other: Timecode) -> bool:
        return self.frames < self._alike(other).frames

    def _alike(self, other: Timecode) -> Timecode:
        if not isinstance(other, Timecode):
            raise TimecodeError(f"{other!r} is no Timecode; compare frames with `.frames`.")
        if other.rate != self.rate:
            raise TimecodeError(f"times at {rate_text(self.rate)} and {rate_text(other.rate)} don't compare; use `.seconds`.")
        return other


def _whole(when: object, rate: Fraction) -> int:
    """`when` as a whole number of frames, or an error that says how to write it."""
    if isinstance(when, bool) or when is None:
        raise TimecodeError(f"{when!r} is no time; expected frames as a whole number, or a timecode like '00:00:00:12'.")
    try:
        return operator.index(when)  # type: ignore[arg-type]  # numpy's integers pass too
    except TypeError:
        pass
    if not isinstance(when, float | Fraction) or not math.isfinite(when) or when < 0:
        raise TimecodeError(f"{when!r} is no time; expected frames as a whole number, or a timecode like '00:00:00:12'.")
    frames = frames_from_seconds(when, rate)
    spelled = Timecode(frames, rate).smpte if frames < _frames_a_day(rate, False) else "00:00:00:12"
    raise TimecodeError(
        f'{when!r} could be frames or seconds; expected whole frames. For {float(when):g} s at {rate_text(rate)} write {frames} or "{spelled}".'
    )


def _parsed(text: str, rate: Fraction) -> Timecode:
    found = _SMPTE.fullmatch(text.strip())
    if not found:
        shown = ascii(text)[1:-1] if len(text) <= 60 else f"{ascii(text[:60])[1:-1]}…"
        raise TimecodeError(f'"{shown}" is no timecode; expected HH:MM:SS:FF such as "00:00:12:05", or frames as a whole number.')
    hours, minutes, seconds, frame = (int(found[n]) for n in (1, 2, 3, 5))
    base, drops = nominal_rate(rate), found[4] == ";"
    if hours > 23 or minutes > 59 or seconds > 59 or frame >= base:
        raise TimecodeError(
            f'"{text}" has a part out of its range; expected up to 23:59:59{found[4]}{base - 1:02} at {rate_text(rate)}.'
        )
    number = (hours * 3600 + minutes * 60 + seconds) * base + frame
    if not drops:
        return Timecode(number, rate)
    if rate not in _CAN_DROP:
        raise TimecodeError(
            f'"{text}" is drop-frame, which {rate_text(rate)} does not have; only 29.97 and 59.94 do. Write "{text.replace(";", ":")}".'
        )
    dropped = _dropped_a_minute(rate)
    if minutes % 10 and not seconds and frame < dropped:
        raise TimecodeError(
            f'"{text}" is a number that drop-frame skips; the first of that minute is "{found[1]}:{found[2]}:00;{dropped:02}".'
        )
    minute = hours * 60 + minutes
    return Timecode(number - dropped * (minute - minute // 10), rate, drop_frame=True)


def _dropped_a_minute(rate: Fraction) -> int:
    return nominal_rate(rate) // 15  # 2 of 30, 4 of 60


def _number_of(frames: int, rate: Fraction) -> int:
    """The frame number that drop-frame timecode shows for frame `frames`: the skipped numbers put back in."""
    base, dropped = nominal_rate(rate), _dropped_a_minute(rate)
    minute = base * 60 - dropped
    ten_minutes = minute * 10 + dropped  # the first of ten drops none
    tens, rest = divmod(frames, ten_minutes)
    dropping_minutes = max(0, rest - dropped) // minute
    return frames + dropped * (tens * 9 + dropping_minutes)


def _frames_a_day(rate: Fraction, drop_frame: bool) -> int:
    base = nominal_rate(rate)
    return base * 86_400 - (_dropped_a_minute(rate) * 24 * 54 if drop_frame else 0)
