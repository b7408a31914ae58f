"""sound_plan(): everything that is heard of a cut, where, how loud and in which code, with a content key of its own.

Takes a cut at the preset's rate, gives a SoundPlan to `mix` and `soundtrack`. Pure Python: no media is opened. Pictures, names, roles
and captions are not in its key: a film whose pictures alone changed keeps its sound. A muted track and a frozen clip are silent, so
they are not in the plan at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from glimmer.assembly.pieces import Clip, Role, Timeline, Track, Transition
from glimmer.assembly.sounds import crossing
from glimmer.render.keys import content_key
from glimmer.render.preset import AudioCodec, Preset
from glimmer.vocabulary import Noun

__all__ = ["SoundPiece", "SoundPlan", "SoundTrack", "sound_plan", "tracks_heard"]

EDGE_FADE_SECONDS = 0.15  # sound that runs past the film's end is faded, not chopped


class SoundPiece(Noun):
    """A clip to be heard from frame `start` for `frames`.

    source_start: the place in the media, in frames of the cut's rate, where the stretch begins that is used: `frames * speed` long.
    Below 0 there is silence before the media. backwards: that stretch from its end to its start. fades are in seconds.
    of_footage: it is the sound of a picture's media, which may have none: that is silence, not a broken sound.
    """

    asset: str
    start: int
    frames: int
    source_start: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)
    backwards: bool = False
    gain_db: float = 0.0
    pan: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    of_footage: bool = False
    name: str = ""


class SoundTrack(Noun):
    name: str
    pieces: tuple[SoundPiece, ...]
    role: Role = "effects"
    gain_db: float = 0.0
    duck_under: str = ""
    duck_db: float = 0.0


class SoundPlan(Noun):
    """Everything that is heard, and how loud and in which code it is delivered: 48 kHz stereo, always.

    leveled: brought to loudness_lufs. If not, its gain is one that does not depend on what is heard: a stretch of a film that is not
    known as a whole keeps its place between loud and soft.
    """

    key: str
    rate: Fraction
    frames: int
    tracks: tuple[SoundTrack, ...] = ()
    loudness_lufs: float
    true_peak_db: float
    audio_kbps: int
    codec: AudioCodec = "aac"
    leveled: bool = True


def sound_plan(cut: Timeline, preset: Preset) -> SoundPlan:
    """The sound of `cut` as `preset` delivers it. The cut must already be at the preset's rate. Opens no media."""
    heard = SoundPlan(
        key="",
        rate=cut.rate,
        frames=cut.frames,
        tracks=tracks_heard(cut),
        loudness_lufs=preset.loudness_lufs,
        true_peak_db=preset.true_peak_db,
        audio_kbps=preset.audio_kbps if preset.audio_codec in ("aac", "opus") else 0,
        codec=preset.audio_codec,
    )
    look = heard.model_dump(
        mode="json", exclude={"key": True, "tracks": {"__all__": {"role": True, "pieces": {"__all__": {"name", "of_footage"}}}}}
    )
    return heard.model_copy(update={"key": content_key("sound", look)})


def tracks_heard(cut: Timeline) -> tuple[SoundTrack, ...]:
    """The sound tracks of `cut` that are not muted, with all that can be heard of them."""
    return tuple(
        SoundTrack(
            name=track.name,
            pieces=pieces,
            role=track.role,
            gain_db=track.gain_db,
            duck_under=track.duck_under,
            duck_db=abs(track.duck_db),
        )
        for track in cut.tracks
        if track.kind == "sound" and not track.muted and (pieces := tuple(_pieces(track, cut)))
    )


def _pieces(track: Track, cut: Timeline) -> Iterator[SoundPiece]:
    """Every clip that can be heard in the film, with crossfades borrowed from both sides of a cut, and nothing past the film's end."""
    by_id = {clip.id: clip for clip in track.clips}
    for clip in track.clips:
        if not clip.asset or clip.frames < 1 or clip.frozen:
            continue
        begin, after, fade_in, fade_out = _reach(clip, by_id, track.transitions)
        start, end = max(begin, 0), min(after, cut.frames)
        if end <= start:
            continue
        cut_off = EDGE_FADE_SECONDS if after > cut.frames else 0.0
        yield SoundPiece(
            asset=clip.asset,
            start=start,
            frames=end - start,
            source_start=_source_start(clip, start, end),
            speed=clip.speed,
            backwards=clip.backwards,
            gain_db=clip.gain_db,
            pan=clip.pan,
            fade_in=float(max(clip.fade_in, fade_in) / cut.rate),
            fade_out=max(float(max(clip.fade_out, fade_out) / cut.rate), cut_off),
            of_footage=clip.media_type.startswith("video/"),
            name=clip.name,
        )


def _source_start(clip: Clip, start: int, end: int) -> Fraction:
    """Where the media's stretch begins that is heard from film frame `start` to `end`, which may reach past the clip's own edges."""
    before = clip.end - end if clip.backwards else start - clip.start
    return clip.source_start + clip.source_part + before * clip.speed


def _reach(clip: Clip, by_id: dict[str, Clip], transitions: Sequence[Transition]) -> tuple[int, int, int, int]:
    """From which film frame to before which it is heard, and the lengths of the fades that transitions ask for.

    A crossfade lies around the cut, or around the middle of what overlaps: both are heard in the whole of it.
    """
    begin, after, fade_in, fade_out = clip.start, clip.end, 0, 0
    for transition in transitions:
        left, right = by_id.get(transition.left), by_id.get(transition.right)
        crosses = transition.kind == "dissolve" and left is not None and right is not None
        if right is clip:
            fade_in = transition.frames
            begin = crossing(left, right, transition.frames)[0] if crosses and left else begin
        if left is clip:
            fade_out = transition.frames
            after = crossing(left, right, transition.frames)[1] if crosses and right else after
    return begin, after, fade_in, fade_out
