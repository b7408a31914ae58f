"""plan(): a cut and a preset become segments to draw, each with a content key, and one sound plan with its own.

Takes an Assembly from the assembly room, gives a RenderPlan to `film`. Pure Python: no media is opened, nothing is drawn.
A segment is a piece of one shot (at most 48 frames, so that two workers share a long shot and an edit is cheap), or of one
transition. All of it is in whole frames. What a segment shows is said relative to itself: its key knows no absolute time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from glimmer.assembly.nouns import Assembly, Clip, Framing, Track, Transition
from glimmer.render.keys import content_key, font_versions
from glimmer.render.paging import Page, PageWord, pages
from glimmer.render.preset import Preset
from glimmer.vocabulary import Noun

__all__ = [
    "LONGEST_SEGMENT_FRAMES",
    "Layer",
    "RenderPlan",
    "Segment",
    "Shot",
    "SoundPiece",
    "SoundPlan",
    "SoundTrack",
    "plan",
    "segment_at",
]

LONGEST_SEGMENT_FRAMES = 48  # 90-frame segments made a one-still edit cost 10 % of a full render; half is enough
CAPTION_FADE_FRAMES = 3
EDGE_FADE_SECONDS = 0.15  # sound that runs past the film's end is faded, not chopped

Mix = Literal["", "dissolve", "fade_in", "fade_out", "dip"]


class Shot(Noun):
    """What one clip shows, free of where it lies.

    frames: the whole length that is seen, with what transitions borrow: camera moves run over it; 0 if none does. fade_in, fade_out: frames, from
    and to black. name: for messages only.
    """

    kind: Literal["still", "footage", "title", "black"]
    asset: str = ""
    media_type: str = ""
    frames: int
    source_start: int = 0  # the frame of the media at the shot's frame 0, in the cut's rate; below 0 its first frame is held
    framing: Framing = Framing()
    fade_in: int = 0
    fade_out: int = 0
    title: str = ""
    subtitle: str = ""
    name: str = ""


class Layer(Noun):
    """A shot and the frame of it that a segment begins with."""

    shot: Shot
    offset: int


class Segment(Noun):
    """`frames` frames of film that are encoded as one piece. `start` is where they lie; nothing else in here depends on it.

    mix: how `under` becomes `over`, "" if only `under` is seen. The segment begins at frame `mix_offset` of a transition of
    `mix_frames`. pages: the captions seen in it, in frames from its start.
    """

    key: str
    start: int
    frames: int
    under: Layer
    over: Layer | None = None
    mix: Mix = ""
    mix_offset: int = 0
    mix_frames: int = 0
    pages: tuple[Page, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.frames


class SoundPiece(Noun):
    """A clip to be heard from frame `start` for `frames` (fractions of a frame never occur). fades are in seconds."""

    asset: str
    start: int
    frames: int
    source_start: int = 0
    gain_db: float = 0.0
    pan: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    name: str = ""


class SoundTrack(Noun):
    name: str
    pieces: tuple[SoundPiece, ...]
    gain_db: float = 0.0
    duck_under: str = ""
    duck_db: float = 0.0


class SoundPlan(Noun):
    """Everything that is heard, and how loud and in which code it is delivered."""

    key: str
    rate: Fraction
    frames: int
    tracks: tuple[SoundTrack, ...] = ()
    loudness_lufs: float
    true_peak_db: float
    audio_kbps: int


class RenderPlan(Noun):
    """What will be made. notices: what a person must be told of the plan, in words."""

    title: str
    preset: Preset
    frames: int
    segments: tuple[Segment, ...]
    sound: SoundPlan
    notices: tuple[str, ...] = ()


def plan(cut: Assembly, preset: Preset, *, captions: bool = True) -> RenderPlan:
    """The segments and the sound of `cut` as `preset` wants them, each with its content key.

    The cut must already be at the preset's rate (`glimmer.assembly.conform.at_rate`). Opens no media: a missing file shows only when
    the film is made. A transition that does not fit its clips is shortened or left out, and said in the notices.
    """
    notices: list[str] = []
    pieces = [piece for span in _spans(cut, notices) for piece in _split(span)]
    shown = pages(cut.captions, preset.width_px, preset.height_px) if captions else ()
    segments = tuple(_keyed(segment, preset) for segment in _with_pages(pieces, shown))
    return RenderPlan(
        title=cut.title, preset=preset, frames=cut.frames, segments=segments, sound=_sound(cut, preset), notices=tuple(notices)
    )


def segment_at(cut: Assembly, at_frame: int, width_px: int, height_px: int, *, captions: bool = False) -> Segment:
    """A segment of the one frame `at_frame`, without a key: for looking at a cut, quickly. `at_frame` must be in the film."""
    span = next(span for span in _spans(cut, []) if span.start <= at_frame < span.end)
    shown = pages(cut.captions, width_px, height_px) if captions else ()
    return next(_with_pages([_piece(span, at_frame - span.start, 1)], shown))


# ── the picture, flat ───────────────────────────────────────────────────────────────────────────────────────
def _spans(cut: Assembly, notices: list[str]) -> list[Segment]:
    """The whole film, flattened: upper tracks cover lower ones, black fills the gaps. Unsplit segments without keys or captions."""
    film = [Segment(key="", start=0, frames=cut.frames, under=_black())] if cut.frames else []
    for track in cut.tracks:
        if track.kind == "picture":
            film = _covered(film, sorted(_track_spans(track, notices), key=lambda span: span.start))
    return film


def _covered(film: Sequence[Segment], upper: Sequence[Segment]) -> list[Segment]:
    """`film` with the spans of `upper` over it. Both in order, neither overlapping itself."""
    rest = list(reversed(film))
    laid: list[Segment] = []
    for span in upper:
        while rest and rest[-1].end <= span.start:
            laid.append(rest.pop())
        if rest and rest[-1].start < span.start:
            laid.append(_piece(rest[-1], 0, span.start - rest[-1].start))
        laid.append(span)
        while rest and rest[-1].end <= span.end:
            rest.pop()
        if rest and rest[-1].start < span.end:
            under = rest.pop()
            rest.append(_piece(under, span.end - under.start, under.end - span.end))
    return laid + rest[::-1]


class _Zone(Noun):
    """A transition's place in the film."""

    kind: Mix
    left: str
    right: str
    start: int
    frames: int

    @property
    def end(self) -> int:
        return self.start + self.frames


def _track_spans(track: Track, notices: list[str]) -> Iterator[Segment]:
    clips = sorted((clip for clip in track.clips if clip.frames > 0), key=lambda clip: clip.start)
    zones = _zones(clips, track.transitions, notices)
    into = {zone.right: zone for zone in zones if zone.right}
    out_of = {zone.left: zone for zone in zones if zone.left}
    seen = {clip.id: _Seen(clip, into.get(clip.id), out_of.get(clip.id)) for clip in clips}
    for clip in clips:
        start = into[clip.id].end if clip.id in into else clip.start
        end = out_of[clip.id].start if clip.id in out_of else clip.end
        if end > start:
            yield Segment(key="", start=start, frames=end - start, under=seen[clip.id].layer(start))
    for zone in zones:
        layers = [seen[side].layer(zone.start) for side in (zone.left, zone.right) if side]
        over = layers[1] if len(layers) == 2 else None
        yield Segment(
            key="", start=zone.start, frames=zone.frames, under=layers[0], over=over, mix=zone.kind, mix_frames=zone.frames
        )


def _zones(clips: Sequence[Clip], transitions: Sequence[Transition], notices: list[str]) -> list[_Zone]:
    """Where each transition lies. Shortened where it would reach past its clips or into the transition before it."""
    by_id = {clip.id: clip for clip in clips}
    zones: list[_Zone] = []
    free_from: dict[str, int] = {clip.id: clip.start for clip in clips}
    placed = sorted(
        (wished for transition in transitions if (wished := _wished(transition, by_id, notices)) is not None),
        key=lambda zone: zone.start,
    )
    for zone in placed:
        start = max([zone.start, *(free_from[side] for side in (zone.left,) if side)])
        end = min([zone.end, *(by_id[side].end for side in (zone.right,) if side)])
        if end - start < 1:
            notices.append(f"A {zone.kind} of {zone.frames} frames was left out: its clips are too short for it.")
            continue
        if end - start < zone.frames:
            notices.append(
                f"A {zone.kind} was shortened from {zone.frames} to {end - start} frames: its clips are too short for it."
            )
        for side in (zone.left, zone.right):
            free_from[side] = end
        zones.append(zone.model_copy(update={"start": start, "frames": end - start}))
    return zones


def _wished(transition: Transition, by_id: dict[str, Clip], notices: list[str]) -> _Zone | None:
    left, right = by_id.get(transition.left), by_id.get(transition.right)
    frames, kind = transition.frames, transition.kind
    if frames < 1:
        return None
    if kind == "fade_in" and right is not None:
        return _Zone(kind=kind, left="", right=right.id, start=right.start, frames=min(frames, right.frames))
    if kind == "fade_out" and left is not None:
        frames = min(frames, left.frames)
        return _Zone(kind=kind, left=left.id, right="", start=left.end - frames, frames=frames)
    if kind in ("dissolve", "dip") and left is not None and right is not None and left.end == right.start:
        return _Zone(kind=kind, left=left.id, right=right.id, start=left.end - frames // 2, frames=frames)
    notices.append(
        f'A {kind} from "{transition.left}" to "{transition.right}" was left out: its clips are not there, or do not touch.'
    )
    return None


class _Seen:
    """A clip with what dissolves show of it before its start (`lead` frames) and after its end."""

    def __init__(self, clip: Clip, into: _Zone | None, out_of: _Zone | None) -> None:
        lead = clip.start - into.start if into and into.kind == "dissolve" else 0
        tail = out_of.end - clip.end if out_of and out_of.kind == "dissolve" else 0
        changing = clip.framing.move != "hold" or clip.fade_in or clip.fade_out
        self.first_frame = clip.start - lead
        self.shot = Shot(
            kind=clip.kind if clip.kind != "sound" else "black",  # sound on a picture track shows nothing
            asset=clip.asset,
            media_type=clip.media_type,
            frames=clip.frames + lead + tail if changing else 0,
            source_start=clip.source_start - lead if clip.kind == "footage" else 0,
            framing=clip.framing,
            fade_in=clip.fade_in,
            fade_out=clip.fade_out,
            title=clip.title,
            subtitle=clip.subtitle,
            name=clip.name,
        )

    def layer(self, film_frame: int) -> Layer:
        """The shot as seen from `film_frame` on."""
        return Layer(shot=self.shot, offset=film_frame - self.first_frame)


def _black() -> Layer:
    return Layer(shot=Shot(kind="black", frames=0), offset=0)


# ── segments ────────────────────────────────────────────────────────────────────────────────────────────────
def _piece(span: Segment, first: int, frames: int) -> Segment:
    """`frames` frames of a span from its frame `first` on."""

    def later(layer: Layer | None) -> Layer | None:
        return layer and layer.model_copy(update={"offset": layer.offset + first})

    change = {"start": span.start + first, "frames": frames, "under": later(span.under), "over": later(span.over)}
    return span.model_copy(update=change | {"mix_offset": span.mix_offset + first if span.mix else 0})


def _split(span: Segment) -> Iterator[Segment]:
    """The span in pieces of nearly equal length, none longer than LONGEST_SEGMENT_FRAMES."""
    count = -(-span.frames // LONGEST_SEGMENT_FRAMES)
    edges = [span.frames * number // count for number in range(count + 1)]
    for first, after in zip(edges, edges[1:], strict=False):
        yield _piece(span, first, after - first)


def _with_pages(segments: Sequence[Segment], shown: Sequence[Page]) -> Iterator[Segment]:
    """The segments, in order, each with the pages seen in it. `shown` is in order of start."""
    to_come = list(reversed(shown))
    on_screen: list[Page] = []
    for segment in segments:
        while to_come and to_come[-1].start < segment.end:
            on_screen.append(to_come.pop())
        on_screen = [page for page in on_screen if page.end > segment.start]
        seen = tuple(_seen_from(page, segment) for page in on_screen)
        yield segment.model_copy(update={"pages": seen}) if seen else segment


def _seen_from(page: Page, segment: Segment) -> Page:
    """The page in frames from the segment's start, with what cannot be seen in it cut off: the same look is the same value."""

    def at(frame: int, slack: int = 0) -> int:
        return min(max(frame - segment.start, -slack), segment.frames + slack)

    words = tuple(
        PageWord(first=word.first, after=word.after, start=at(word.start), end=at(word.end))
        for word in page.words
        if word.start < segment.end and word.end > segment.start
    )
    return page.model_copy(
        update={"start": at(page.start, CAPTION_FADE_FRAMES), "end": at(page.end, CAPTION_FADE_FRAMES), "words": words}
    )


def _keyed(segment: Segment, preset: Preset) -> Segment:
    look = segment.model_dump(mode="json", exclude={"key", "start"})
    layers = [look["under"], *([look["over"]] if look["over"] else [])]
    for layer in layers:
        del layer["shot"]["name"]
        if not layer["shot"]["frames"]:  # nothing moves but the footage itself: where in the shot it is seen does not matter
            layer["shot"]["source_start"] += layer["offset"] if layer["shot"]["kind"] == "footage" else 0
            layer["offset"] = 0
    has_words = bool(segment.pages) or any(layer["shot"]["kind"] == "title" for layer in layers)
    encoding = [preset.width_px, preset.height_px, str(preset.rate), preset.crf, preset.x264_preset]
    key = content_key("picture", encoding, look, font_versions() if has_words else ())
    return segment.model_copy(update={"key": key})


# ── sound ───────────────────────────────────────────────────────────────────────────────────────────────────
def _sound(cut: Assembly, preset: Preset) -> SoundPlan:
    tracks = tuple(
        SoundTrack(
            name=track.name,
            pieces=tuple(_pieces(track, cut)),
            gain_db=track.gain_db,
            duck_under=track.duck_under,
            duck_db=abs(track.duck_db),
        )
        for track in cut.tracks
        if track.kind == "sound" and any(clip.frames > 0 and clip.asset for clip in track.clips)
    )
    heard = SoundPlan(
        key="",
        rate=cut.rate,
        frames=cut.frames,
        tracks=tracks,
        loudness_lufs=preset.loudness_lufs,
        true_peak_db=preset.true_peak_db,
        audio_kbps=preset.audio_kbps,
    )
    look = heard.model_dump(mode="json", exclude={"key"})
    for track in look["tracks"]:
        for piece in track["pieces"]:
            del piece["name"]
    return heard.model_copy(update={"key": content_key("sound", look)})


def _pieces(track: Track, cut: Assembly) -> Iterator[SoundPiece]:
    """Every clip that can be heard in the film, with crossfades borrowed from both sides of a cut, and nothing past the film's end."""
    for clip in track.clips:
        if not clip.asset or clip.frames < 1:
            continue
        lead, tail, fade_in, fade_out = _borrowed(clip, track.transitions)
        start, end = max(clip.start - lead, 0), min(clip.end + tail, cut.frames)
        if end <= start:
            continue
        cut_off = EDGE_FADE_SECONDS if clip.end + tail > cut.frames else 0.0
        yield SoundPiece(
            asset=clip.asset,
            start=start,
            frames=end - start,
            source_start=clip.source_start + start - clip.start,
            gain_db=clip.gain_db,
            pan=clip.pan,
            fade_in=float(max(clip.fade_in, fade_in) / cut.rate),
            fade_out=max(float(max(clip.fade_out, fade_out) / cut.rate), cut_off),
            name=clip.name,
        )


def _borrowed(clip: Clip, transitions: Sequence[Transition]) -> tuple[int, int, int, int]:
    """Frames heard before the clip's start and after its end, and the lengths of the fades that transitions ask for."""
    lead = tail = fade_in = fade_out = 0
    for transition in transitions:
        if transition.right == clip.id:
            fade_in = transition.frames
            lead = transition.frames // 2 if transition.kind == "dissolve" else 0
        if transition.left == clip.id:
            fade_out = transition.frames
            tail = transition.frames - transition.frames // 2 if transition.kind == "dissolve" else 0
    return lead, tail, fade_in, fade_out
