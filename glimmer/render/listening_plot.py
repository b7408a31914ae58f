"""The picture of what is heard: waveforms to scale, where somebody speaks, how music gives way, and loudness under it. Our own SVG.

Draws plain arrays for `listening`. Words, rulers and the loudness curve take the page's own colour, so that one drawing is right on a
light and on a dark page; the roles' colours are those of every card. A card stays below 60 kB however long the film is.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glimmer.display import ACCENT, Html, card
from glimmer.display.style import role_colour
from glimmer.display.words import plain_line

__all__ = ["Lane", "heard_card"]

Curve = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]


class Lane(NamedTuple):
    """A track to draw. duck: seconds and dB, if it is ducked."""

    name: str
    role: str
    peaks: NDArray[np.float32]
    duck: Curve | None = None
    muted: bool = False


_WIDTH: Final = 880
_LEFT, _RIGHT = 44, 46  # for the tracks' names and the scales
_PLOT: Final = _WIDTH - _LEFT - _RIGHT
_COLUMN_PX: Final = 2
_COARSE_COLUMN_PX: Final = 5  # with more than nine waveforms and curves: the card stays small
_MOST_FINE: Final = 9
_RULER: Final = 22
_LANE: Final = {"dialogue": 56, "music": 50}
_OTHER_LANE: Final = 42
_SPACE: Final = 7
_LOUD: Final = 108  # height of the loudness lane
_ABOVE, _BELOW = 9.0, 27.0  # LU around the target that are drawn, as on EBU R 128's +9 scale
_MOST_LANES: Final = 8
_MOST_SPEECH: Final = 150
_DEEPEST_DB: Final = 24.0
_STEPS_SECONDS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MOST_TICKS: Final = 11
_GREY: Final = "rgb(128,128,128)"


def heard_card(
    title: str,
    facts: Sequence[tuple[str, Any]],
    lanes: Sequence[Lane],
    *,
    seconds: float,
    speech: Sequence[tuple[float, float]],
    momentary: Curve,
    target_lufs: float,
) -> Html:
    """A card with the facts and the drawing. Every text is only ever text."""
    shown = lanes[:_MOST_LANES]
    column_px = _COLUMN_PX if len(shown) + sum(lane.duck is not None for lane in shown) <= _MOST_FINE else _COARSE_COLUMN_PX
    heights = [_LANE.get(lane.role, _OTHER_LANE) for lane in shown]
    lanes_end = _RULER + sum(height + _SPACE for height in heights)
    height = lanes_end + _LOUD + 6
    parts = [_ruler(seconds, lanes_end + _LOUD), _speech(speech, seconds, lanes_end - _SPACE)]
    top = _RULER
    loudest = max((float(lane.peaks.max(initial=0.0)) for lane in shown), default=0.0)
    for lane, tall in zip(shown, heights, strict=True):
        parts.append(_lane(lane, top, tall, loudest, seconds, column_px))
        top += tall + _SPACE
    parts.append(_loudness(momentary, seconds, lanes_end, target_lufs, column_px))
    drawn = (
        f'<svg viewBox="0 0 {_WIDTH} {height}" style="display:block;width:100%;height:auto" role="img" '
        f'font-family="inherit" font-size="11" fill="currentColor" aria-label="{escape(plain_line(title))}: waveforms, speech, '
        f'ducking and loudness">{"".join(parts)}</svg>'
    )
    return card(title, list(facts), subtitle="sound", inside=Html(drawn + _legend(shown, bool(speech), len(lanes) - len(shown))))


def _x(at: float, seconds: float) -> float:
    return _LEFT + _PLOT * min(max(at / seconds, 0.0), 1.0)


def _text(x: float, y: float, words: str, *, anchor: str = "start", opacity: float = 0.7, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" opacity="{opacity}"{more}>{escape(words)}</text>'


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ruler(seconds: float, bottom: float) -> str:
    step = next((step for step in _STEPS_SECONDS if seconds / step <= _MOST_TICKS), 7200)
    marks = []
    for number in range(int(seconds / step + 1e-9) + 1):
        x = _x(number * step, seconds)
        marks.append(f'<path d="M{x:.1f} 4V{bottom:.1f}" stroke="{_GREY}" stroke-opacity="0.22"/>')
        if x < _WIDTH - _RIGHT - 20 or number == 0:
            marks.append(_text(x + 4, 13, _clock(number * step, step)))
    return "".join(marks)


def _clock(at: float, step: float) -> str:
    minutes, rest = divmod(round(at, 2), 60)
    return f"{int(minutes)}:{rest:04.1f}" if step < 1 else f"{int(minutes)}:{int(rest):02}"


def _speech(speech: Sequence[tuple[float, float]], seconds: float, bottom: float) -> str:
    """Where somebody speaks, through all tracks: so it is seen what gives way."""
    bands = "".join(
        f"M{_x(start, seconds):.1f} {_RULER}H{max(_x(end, seconds), _x(start, seconds) + 0.8):.1f}V{bottom:.0f}H{_x(start, seconds):.1f}z"
        for start, end in _fewer(speech)
    )
    return f'<path d="{bands}" fill="{role_colour("dialogue")}" fill-opacity="0.16"/>' if bands else ""


def _fewer(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most _MOST_SPEECH spans: neighbours are joined where a long film has more."""
    joined = list(spans)
    while len(joined) > _MOST_SPEECH:
        joined = [(pair[0][0], pair[-1][1]) for pair in (joined[at : at + 2] for at in range(0, len(joined), 2))]
    return joined


# ── a track ─────────────────────────────────────────────────────────────────────────────────────────────────
def _lane(lane: Lane, top: float, height: float, loudest: float, seconds: float, column_px: int) -> str:
    colour = role_colour(lane.role)
    middle = top + height / 2
    parts = [
        f'<rect x="{_LEFT}" y="{top}" width="{_PLOT}" height="{height}" rx="4" fill="{_GREY}" fill-opacity="0.11"/>',
        _text(_LEFT - 8, middle + 4, plain_line(lane.name)[:5], anchor="end", more=' font-weight="600"'),
    ]
    if lane.muted:
        return "".join([*parts, _text(_LEFT + 8, middle + 4, "muted", opacity=0.55)])
    parts.append(f'<path d="{_wave(lane.peaks, middle, height / 2 - 3, loudest, column_px)}" fill="{colour}"/>')
    if lane.duck is not None:
        parts.append(_duck(lane.duck, top, height, seconds, column_px))
    return "".join(parts)


def _wave(peaks: NDArray[np.float32], middle: float, reach: float, loudest: float, column_px: int) -> str:
    """A filled outline, mirrored. Heights are the square roots of the peaks: what is soft is seen beside what is loud."""
    tall = np.sqrt(np.clip(_highest(peaks, _PLOT // column_px) / max(loudest, 1e-6), 0, 1)) * reach
    steps = np.maximum(np.rint(tall * 2) * 5, 3).astype(int)  # tenths of a pixel, in halves: fewer letters, and no eye sees it
    up = "".join(_by(column_px, before - now) for before, now in zip(steps, steps[1:], strict=False))
    down = "".join(_by(-column_px, after - now) for after, now in zip(steps[:-1][::-1], steps[1:][::-1], strict=True))
    return f"M{_LEFT} {middle - steps[0] / 10:.1f}{up}h{column_px}v{steps[-1] / 5:.1f}h{-column_px}{down}z"


def _by(x: int, tenths: int) -> str:
    return f"l{x} {_short(tenths)}" if tenths else f"h{x}"


def _short(tenths: int) -> str:
    return f"{tenths / 10:g}"


def _highest(peaks: NDArray[np.float32], columns: int) -> NDArray[np.float32]:
    """The highest of each of `columns` equal spans."""
    begins = np.arange(columns) * len(peaks) // columns
    fewer: NDArray[np.float32] = np.maximum.reduceat(peaks, begins) if len(peaks) else np.zeros(columns, np.float32)
    return fewer


def _duck(duck: Curve, top: float, height: float, seconds: float, column_px: int) -> str:
    """How far it is pushed down: the lane's upper edge is not at all, its lower one 24 dB (more, if it goes deeper)."""
    deepest = float(-duck[1].min(initial=0.0))
    scale = (height - 6) / max(_DEEPEST_DB, deepest)
    line = _polyline(duck, seconds, column_px, lambda db: top + 3 - db * scale)
    label = _text(_WIDTH - _RIGHT + 6, top + 3 + deepest * scale + 4, f"\N{MINUS SIGN}{deepest:.0f} dB", opacity=0.85)
    return f'<path d="{line}" fill="none" stroke="{ACCENT}" stroke-width="1.6" stroke-linejoin="round"/>{label}'


def _polyline(curve: Curve, seconds: float, column_px: int, y_of: Any) -> str:
    """A line through the curve at each column, to half a pixel; where it stays level, one stroke."""
    at = np.linspace(0, seconds, _PLOT // column_px + 1)
    heights = (np.rint(y_of(np.interp(at, *curve)) * 2) * 5).astype(int).tolist()
    level = 0
    path = [f"M{_LEFT} {_short(heights[0])}"]
    for before, now in zip(heights, heights[1:], strict=False):
        if now == before:
            level += 1
            continue
        path += [f"h{level * column_px}"] if level else []
        path.append(_by(column_px, now - before))
        level = 0
    return "".join([*path, f"h{level * column_px}"] if level else path)


# ── loudness ────────────────────────────────────────────────────────────────────────────────────────────────
def _loudness(momentary: Curve, seconds: float, top: float, target_lufs: float, column_px: int) -> str:
    """Momentary loudness over a scale around the target, and the target as a line."""
    bottom = top + _LOUD
    scale = (_LOUD - 8) / (_ABOVE + _BELOW)

    def y_of(lufs: Any) -> Any:
        return top + 4 + (target_lufs + _ABOVE - np.clip(lufs, target_lufs - _BELOW, target_lufs + _ABOVE)) * scale

    parts = [
        f'<rect x="{_LEFT}" y="{top}" width="{_PLOT}" height="{_LOUD}" rx="4" fill="{_GREY}" fill-opacity="0.11"/>',
        _text(_LEFT - 8, top + 14, "LUFS", anchor="end", more=' font-weight="600"'),
    ]
    for over in (-20, -10):
        y = float(y_of(target_lufs + over))
        parts.append(f'<path d="M{_LEFT} {y:.1f}h{_PLOT}" stroke="{_GREY}" stroke-opacity="0.28" stroke-dasharray="2 4"/>')
        parts.append(_text(_WIDTH - _RIGHT + 6, y + 4, _signed(target_lufs + over)))
    if len(momentary[0]):
        line = _polyline(momentary, seconds, column_px, y_of)
        parts.append(
            f'<path d="{line}V{bottom - 4:.1f}H{_LEFT}z" fill="currentColor" fill-opacity="0.13"/>'
            f'<path d="{line}" fill="none" stroke="currentColor" stroke-opacity="0.75" stroke-width="1.3" stroke-linejoin="round"/>'
        )
    y = float(y_of(target_lufs))
    parts.append(f'<path d="M{_LEFT} {y:.1f}h{_PLOT}" stroke="{ACCENT}" stroke-width="1.2" stroke-dasharray="6 4"/>')
    parts.append(_text(_WIDTH - _RIGHT + 6, y + 4, _signed(target_lufs), opacity=0.95, more=' font-weight="600"'))
    return "".join(parts)


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _legend(lanes: Sequence[Lane], spoken: bool, left_out: int) -> str:
    said = [f"… and {left_out} more tracks"] if left_out else []
    said += ["shaded: somebody speaks"] if spoken else []
    said += ["amber line: how far a track gives way"] if any(lane.duck for lane in lanes) else []
    said.append("below: momentary loudness at the level a render gives it, dashed its target")
    return f'<div style="margin:6px 0 0;font-size:12px;opacity:0.7">{escape(" · ".join(said))}</div>'
