"""Timing: when each shot, line and cue of a script falls. The picture follows the measured lines, never the other way.

Takes a script and the measured length of its spoken lines, gives whole frames. Pure: no media, no store.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from glimmer.screenplay.nouns import Line, Scene, Screenplay, Shot
from glimmer.vocabulary import Mood, Noun

__all__ = ["CuePlan", "SceneTiming", "ShotTiming", "Timing", "estimated_line_seconds", "lay_out", "plan_cues"]

TITLE_SECONDS: Final = 3.0  # long enough to read a title twice
END_SECONDS: Final = 3.0
SCENE_LEAD_SECONDS: Final = 0.8  # a breath in a new place before somebody speaks
SHOT_LEAD_SECONDS: Final = 0.25
PAUSE_SECONDS: Final = 0.30  # between two lines in one shot
TAIL_SECONDS: Final = 0.45  # after the last line of a shot
MIN_SHOT_SECONDS: Final = 1.6
MIN_SILENT_SECONDS: Final = 2.5
MAX_SILENT_SECONDS: Final = 8.0
MAX_OWN_FOOTAGE_SECONDS: Final = 20.0  # footage of one's own plays whole up to this, then it is trimmed
SPOKEN_WORDS_PER_MINUTE: Final = 170

CUE_MIN_SECONDS: Final = 20.0  # shorter cues are heard as stings, not as a score
CUE_MAX_SECONDS: Final = 75.0
CUE_OVERLAP_SECONDS: Final = 1.2  # one cue rings into the next


class ShotTiming(Noun):
    """Where a shot lies, and the first frame of each of its lines."""

    shot_id: str
    start: int
    frames: int
    line_starts: tuple[tuple[str, int], ...] = ()


class SceneTiming(Noun):
    scene_id: str
    start: int
    frames: int


class Timing(Noun):
    """A whole film in frames: the title from 0, the scenes, the end card."""

    rate: Fraction
    title_frames: int
    end_frames: int
    frames: int
    shots: tuple[ShotTiming, ...]
    scenes: tuple[SceneTiming, ...]


class CuePlan(Noun):
    """One cue of the score. `sections` are (mood, frames); they add up to `frames`, the overlap into the next cue included."""

    key: str
    name: str
    start: int
    frames: int
    overlap: int
    sections: tuple[tuple[Mood, int], ...]
    closing: bool


def estimated_line_seconds(line: Line) -> float:
    """About how long a line takes to say, before anybody has said it."""
    return max(0.6, len(line.text.split()) * 60 / SPOKEN_WORDS_PER_MINUTE, len(line.text) / 17) + 0.2


def lay_out(
    script: Screenplay,
    spoken_seconds: Mapping[str, float],
    rate: Fraction,
    *,
    footage_seconds: Mapping[str, float] | None = None,
) -> Timing:
    """When everything falls. `spoken_seconds`: line id -> measured length; a line that is not there is estimated.

    `footage_seconds`: shot id -> length of moving footage that stands for it; such a shot lasts at least as long.
    """
    here = title = _frames(TITLE_SECONDS, rate)
    shots: list[ShotTiming] = []
    scenes: list[SceneTiming] = []
    for scene in script.scenes:
        start = here
        lines = {line.id: line for line in scene.lines}
        for index, shot in enumerate(scene.shots):
            laid = _lay_shot(shot, lines, spoken_seconds, rate, here, opens_scene=index == 0)
            own = (footage_seconds or {}).get(shot.id, 0.0)
            laid = laid.model_copy(update={"frames": max(laid.frames, _frames(min(own, MAX_OWN_FOOTAGE_SECONDS), rate))})
            shots.append(laid)
            here += laid.frames
        scenes.append(SceneTiming(scene_id=scene.id, start=start, frames=here - start))
    end = _frames(END_SECONDS, rate)
    return Timing(rate=rate, title_frames=title, end_frames=end, frames=here + end, shots=tuple(shots), scenes=tuple(scenes))


def _lay_shot(
    shot: Shot, lines: Mapping[str, Line], spoken: Mapping[str, float], rate: Fraction, start: int, *, opens_scene: bool
) -> ShotTiming:
    said = [lines[line_id] for line_id in shot.line_ids if line_id in lines]
    if not said:
        seconds = shot.held_seconds or min(MAX_SILENT_SECONDS, max(MIN_SILENT_SECONDS, shot.seconds))
        return ShotTiming(shot_id=shot.id, start=start, frames=_frames(seconds, rate))
    here = start + _frames(SCENE_LEAD_SECONDS if opens_scene else SHOT_LEAD_SECONDS, rate)
    starts: list[tuple[str, int]] = []
    end = here
    previous: Line | None = None
    for line in said:
        together = line.dual == "right" and previous is not None and previous.dual == "left"
        at = starts[-1][1] if together else (end + _frames(PAUSE_SECONDS, rate) if starts else here)
        starts.append((line.id, at))
        end = max(end, at + _frames(spoken.get(line.id, estimated_line_seconds(line)), rate))
        previous = line
    frames = max(end + _frames(TAIL_SECONDS, rate) - start, _frames(MIN_SHOT_SECONDS, rate), _frames(shot.held_seconds, rate))
    return ShotTiming(shot_id=shot.id, start=start, frames=frames, line_starts=tuple(starts))


def plan_cues(script: Screenplay, timing: Timing, *, mood: Mood | None = None) -> tuple[CuePlan, ...]:
    """The cues of the score: neighbouring scenes together, a new cue where the mood turns and the last has had its time.

    `mood` overrides the mood of every scene.
    """
    groups: list[list[tuple[Scene, SceneTiming]]] = []
    for pair in zip(script.scenes, timing.scenes, strict=True):
        if not groups or _closes(groups[-1], pair[0], timing.rate):
            groups.append([])
        groups[-1].append(pair)
    if len(groups) > 1 and _length(groups[-1]) < _frames(CUE_MIN_SECONDS / 2, timing.rate):
        groups[-2].extend(groups.pop())
    return tuple(_cue(groups, index, timing, mood) for index in range(len(groups)))


def _closes(group: list[tuple[Scene, SceneTiming]], following: Scene, rate: Fraction) -> bool:
    length = _length(group)
    turns = group[-1][0].mood != following.mood
    return (turns and length >= _frames(CUE_MIN_SECONDS, rate)) or length >= _frames(CUE_MAX_SECONDS, rate)


def _length(group: list[tuple[Scene, SceneTiming]]) -> int:
    return sum(laid.frames for _, laid in group)


def _cue(groups: list[list[tuple[Scene, SceneTiming]]], index: int, timing: Timing, mood: Mood | None) -> CuePlan:
    group = groups[index]
    first, last = index == 0, index == len(groups) - 1
    sections: list[tuple[Mood, int]] = []
    for scene, laid in group:
        wanted = mood or scene.mood
        if sections and sections[-1][0] == wanted:
            sections[-1] = (wanted, sections[-1][1] + laid.frames)
        elif laid.frames:
            sections.append((wanted, laid.frames))
    sections = sections or [(mood or "calm", 0)]
    before = timing.title_frames if first else 0
    overlap = 0 if last else _frames(CUE_OVERLAP_SECONDS, timing.rate)
    after = timing.end_frames if last else overlap
    sections[0] = (sections[0][0], sections[0][1] + before)
    sections[-1] = (sections[-1][0], sections[-1][1] + after)
    return CuePlan(
        key=f"cue:{group[0][0].id}",
        name=f"cue {index + 1}",
        start=group[0][1].start - before,
        frames=sum(frames for _, frames in sections),
        overlap=overlap,
        sections=tuple(sections),
        closing=last,
    )


def _frames(seconds: float, rate: Fraction) -> int:
    return round(Fraction(seconds).limit_denominator(1_000_000) * rate)
