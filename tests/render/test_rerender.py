"""After any edit, a render that uses the cache gives the film that an empty cache gives, frame by frame and sample by sample.

A small film has all that a cut can have: stills that move, footage, every transition, a picture in picture with an alpha, a lower third,
captions, dialogue, ducked music. A deck with every verb of a cut is shuffled by a seed and dealt in hands; each hand is a session
of edits, one upon the other, at a rate of its own.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from glimmer.assembly.draft import Piece
from glimmer.assembly.nouns import Assembly, Box, Caption, CaptionWord, Clip, Framing, Track, Transition
from glimmer.errors import InputError, NotFound
from glimmer.render import Rendered, render
from glimmer.render.plan import RenderPlan, plan
from glimmer.render.preset import Preset

SEED = 20261123
HANDS = 4
RATES = (Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001))
SIZE = (128, 72)
STILLS = tuple(f"still {number}" for number in range(5))
CUBE = 'TITLE "warm"\nLUT_3D_SIZE 2\n' + "".join(
    f"{red} {green * 0.9:g} {blue * 0.7:g}\n" for blue in (0, 1) for green in (0, 1) for red in (0, 1)
)
Edit = Callable[[Assembly, random.Random], Assembly]


def asset(name: str) -> str:
    """A name for a file that verbs take for an asset."""
    return hashlib.sha256(name.encode()).hexdigest()


# ── the film ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def media(tmp_path_factory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("media")
    y, x = np.mgrid[0:108, 0:192]
    for number, name in enumerate(STILLS):
        waves = [120 + 90 * np.sin((x * (3 + number) + y * turn) / 40 + number) for turn in (1, 2, 5)]
        Image.fromarray(np.stack(waves, axis=2).astype(np.uint8)).save(folder / asset(name), "PNG")
    badge = np.dstack([np.full((60, 80, 3), (240, 200, 30), np.uint8), (np.hypot(*np.mgrid[-30:30, -40:40]) < 28) * 200])
    Image.fromarray(badge.astype(np.uint8)).save(folder / asset("badge"), "PNG")
    (folder / asset("warm.cube")).write_text(CUBE)
    for name, rate in (("runner", 24), ("gull", 30)):
        with av.open(str(folder / asset(name)), "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=rate)
            stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
            stream.codec_context.options = {"crf": "12", "preset": "ultrafast", "g": "20"}
            for number in range(90):
                picture = np.full((90, 160, 3), 30 + 2 * number, np.uint8)
                picture[20:50, number : number + 30] = (220, 60, 60)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode(None))
    import soundfile

    for name, seconds, hertz in (("line one", 1.0, 300), ("line two", 1.2, 500), ("music", 10.0, 110), ("air", 6.0, 70)):
        at = np.arange(round(seconds * 48_000)) / 48_000
        soundfile.write(folder / asset(name), 0.2 * np.sin(2 * np.pi * hertz * at), 48_000, format="FLAC")
    return lambda wanted: folder / wanted


def picture(name: str, start: int, frames: int, kind: str = "still", of: str = "", **more: object) -> Clip:
    more = {"media_type": "image/png"} | more if kind == "still" else {"media_type": "video/mp4", "media_frames": 70} | more
    return Clip(id=f"v.{name}", name=name, kind=kind, asset=asset(of), start=start, frames=frames, made_of=name, **more)


def heard(name: str, of: str, start: int, frames: int, **more: object) -> Clip:
    return Clip(
        id=f"a.{name}", name=name, kind="sound", asset=asset(of), media_type="audio/flac", start=start, frames=frames, **more
    )


def spoken(line: str, text: str, start: int) -> Caption:
    words = tuple(CaptionWord(word=word, start=start + 5 * n, end=start + 5 * n + 5) for n, word in enumerate(text.split()))
    return Caption(line_id=line, text=text, start=start, end=words[-1].end, words=words)


def first_cut(rate: Fraction) -> Assembly:
    """Twelve shots, 6 to 50 frames long."""
    shots = (
        Clip(id="v.title", name="title", kind="title", start=0, frames=8, title="The Light"),
        picture("1A", 8, 11, of=STILLS[0], framing=Framing(move="push_in", strength=0.2)),
        picture("1B", 19, 10, "footage", of="runner", source_start=10),
        picture("1C", 29, 50, of=STILLS[1], framing=Framing(move="pan_left", strength=0.3)),
        picture("2A", 79, 8, of=STILLS[2]),
        picture("2B", 87, 11, "footage", of="gull", source_start=8, speed=Fraction(2)),
        picture("2C", 98, 9, of=STILLS[3], framing=Framing(move="handheld")),
        picture("2D", 107, 10, "footage", of="gull", source_start=20, backwards=True),
        picture("3A", 117, 9, of=STILLS[4], framing=Framing(move="tilt_up", strength=0.2)),
        picture("3B", 126, 7, of=STILLS[0]),
        picture("3C", 133, 9, "footage", of="runner", source_start=30, framing=Framing(move="push_in")),
        Clip(id="v.end", name="end", kind="title", start=142, frames=7, title="The End"),
    )
    joins = (
        Transition(kind="fade_in", right="v.title", frames=3),
        Transition(kind="dissolve", left="v.1A", right="v.1B", frames=6),
        Transition(kind="wipe", left="v.1C", right="v.2A", frames=5, direction="right"),
        Transition(kind="dip", left="v.2B", right="v.2C", frames=5, colour="white"),
        Transition(kind="push", left="v.2C", right="v.2D", frames=6, direction="up"),
        Transition(kind="fade_out", left="v.end", frames=3),
    )
    upper = (
        picture("badge", 36, 16, of="badge", box=Box(left=0.6, top=0.1, width=0.35, height=0.35)),
        Clip(
            id="v2.third", name="third", kind="title", style="lower_third", start=80, frames=9, title="Mara Voss", subtitle="Keeper"
        ),
        picture("gull over", 119, 12, "footage", of="gull", opacity=0.6, fade_in=3),
    )
    lines = (
        heard("line 1", "line one", 34, 20, made_of="l1", media_frames=23),
        heard("line 2", "line two", 88, 24, made_of="l2", media_frames=27),
    )
    music = (
        heard("music", "music", 0, 80, media_frames=240, fade_in=5),
        heard("music on", "music", 80, 65, source_start=20, media_frames=240),
    )
    return Assembly(
        title="Every verb",
        rate=rate,
        tracks=(
            Track(name="V1", kind="picture", clips=shots, transitions=joins),
            Track(name="V2", kind="picture", clips=upper),
            Track(name="A1", kind="sound", role="dialogue", clips=lines),
            Track(name="A2", kind="sound", role="music", gain_db=-7.0, duck_under="A1", duck_db=8.0, clips=music),
        ),
        captions=(spoken("l1", "The lamp is still lit", 36), spoken("l2", "Then who lit it", 90)),
    )


# ── the verbs ───────────────────────────────────────────────────────────────────────────────────────────────
def seen(cut: Assembly, dice: random.Random, *kinds: str) -> str:
    return dice.choice([clip.id for clip in cut.track("V1").clips if not kinds or clip.kind in kinds])


def runs(cut: Assembly, dice: random.Random) -> str:
    return dice.choice([clip.id for clip in cut.clips if clip.kind == "footage" and not clip.frozen])


def pair(cut: Assembly, dice: random.Random) -> tuple[str, str]:
    clips = cut.track("V1").clips
    at = dice.randrange(len(clips) - 1)
    return clips[at].id, clips[at + 1].id


def sound(cut: Assembly, dice: random.Random) -> str:
    return dice.choice([clip.id for track in cut.tracks if track.kind == "sound" for clip in track.clips])


def inside(cut: Assembly, dice: random.Random, name: str) -> int:
    clip = cut.clip(name)
    return dice.randrange(clip.start, clip.end)


def gull(frames: int) -> Piece:
    return Piece(asset=asset("gull"), media_type="video/mp4", seconds=frames / 24)


def frozen(cut: Assembly, dice: random.Random) -> Assembly:
    clip = runs(cut, dice)
    return cut.freeze(clip, at=inside(cut, dice, clip), frames=dice.randint(3, 9))


def split(cut: Assembly, dice: random.Random) -> Assembly:
    clip = seen(cut, dice)
    return cut.split(clip, inside(cut, dice, clip))


ways = ("left", "right", "up", "down")
EDITS: dict[str, Edit] = {
    "trim": lambda cut, dice: cut.trim(seen(cut, dice), head=dice.randint(0, 3), tail=dice.randint(-3, 3)),
    "slip": lambda cut, dice: cut.slip(runs(cut, dice), dice.choice((-4, -1, 2, 5))),
    "slide": lambda cut, dice: cut.slide(seen(cut, dice), dice.choice((-3, -1, 2, 4))),
    "roll": lambda cut, dice: cut.roll(*pair(cut, dice), dice.choice((-3, 2))),
    "split": split,
    "remove": lambda cut, dice: cut.remove(seen(cut, dice), ripple=dice.random() < 0.7),
    "move": lambda cut, dice: cut.move(seen(cut, dice), before=seen(cut, dice)),
    "put": lambda cut, dice: cut.put(
        seen(cut, dice), at=dice.randrange(cut.frames - 12), track=dice.choice(("", "V2", "V5")), ripple=dice.random() < 0.5
    ),
    "insert": lambda cut, dice: cut.insert(gull(70), at=dice.randrange(cut.frames), frames=dice.randint(5, 20)),
    "overwrite": lambda cut, dice: cut.overwrite(
        gull(70), at=dice.randrange(cut.frames - 12), frames=11, track=dice.choice(("V1", "V2", "V3"))
    ),
    "lift": lambda cut, dice: cut.lift(at := dice.randrange(cut.frames - 9), at + dice.randint(2, 8)),
    "extract": lambda cut, dice: cut.extract(at := dice.randrange(cut.frames - 9), at + dice.randint(2, 8)),
    "gap": lambda cut, dice: cut.gap(dice.randrange(1, cut.frames), dice.randint(2, 9)),
    "speed": lambda cut, dice: cut.speed(runs(cut, dice), dice.choice(("1/2", "2/3", "5/4", 3))),
    "reverse": lambda cut, dice: cut.reverse(runs(cut, dice)),
    "freeze": frozen,
    "dissolve": lambda cut, dice: cut.dissolve(*pair(cut, dice), frames=dice.randint(2, 8)),
    "dip": lambda cut, dice: cut.dip(*pair(cut, dice), frames=dice.randint(2, 8), colour=dice.choice(("black", "white"))),
    "wipe": lambda cut, dice: cut.wipe(*pair(cut, dice), frames=dice.randint(2, 8), direction=dice.choice(ways)),
    "push": lambda cut, dice: cut.push(*pair(cut, dice), frames=dice.randint(2, 8), direction=dice.choice(ways)),
    "fade_in": lambda cut, dice: cut.fade_in(seen(cut, dice), frames=dice.randint(2, 6), colour="white"),
    "fade_out": lambda cut, dice: cut.fade_out(seen(cut, dice), frames=dice.randint(2, 6)),
    "cut_hard": lambda cut, dice: cut.cut_hard(*pair(cut, dice)),
    "j_cut": lambda cut, dice: cut.j_cut(seen(cut, dice), frames=dice.randint(1, 3)),
    "l_cut": lambda cut, dice: cut.l_cut(seen(cut, dice), frames=dice.randint(1, 3)),
    "reframe": lambda cut, dice: cut.reframe(
        seen(cut, dice, "still", "footage"),
        move=dice.choice(("push_in", "pan_right", "hold", "handheld")),
        focus=(dice.random(), dice.random()),
        ease=dice.choice(("linear", "in", "out", "smooth")),
    ),
    "fit": lambda cut, dice: cut.fit(seen(cut, dice, "still", "footage"), dice.choice(("fit", "fill"))),
    "crop": lambda cut, dice: cut.crop(
        seen(cut, dice, "still", "footage"), left=0.1, top=0.2, width=dice.uniform(0.3, 0.9), height=0.7
    ),
    "opacity": lambda cut, dice: cut.opacity(dice.choice(list(cut.track("V2").clips)).id, dice.uniform(0.2, 0.9)),
    "inset": lambda cut, dice: cut.inset(
        dice.choice(list(cut.track("V2").clips)).id, dice.choice(("top left", "bottom")), size=0.4
    ),
    "lut": lambda cut, dice: cut.lut(seen(cut, dice, "still", "footage"), asset("warm.cube")),
    "title_card": lambda cut, dice: cut.title_card("Seven years", at=dice.randrange(cut.frames - 20), frames=12, track="V3"),
    "lower_third": lambda cut, dice: cut.lower_third(
        "Ann", role="Pilot", at=dice.randrange(cut.frames - 20), frames=14, track="V4"
    ),
    "credits": lambda cut, dice: cut.credits([("Written by", "A. Writer"), ("Mara", "J. Player")], frames=dice.randint(10, 16)),
    "captions_as": lambda cut, dice: cut.captions_as(
        look="plain", size=dice.uniform(0.8, 1.3), position=dice.choice(("top", "bottom"))
    ),
    "gain": lambda cut, dice: cut.gain(sound(cut, dice), dice.randint(-12, 6)),
    "pan": lambda cut, dice: cut.pan(sound(cut, dice), dice.uniform(-1, 1)),
    "fade_sound": lambda cut, dice: cut.fade_sound(sound(cut, dice), head=dice.randint(1, 6), tail=dice.randint(1, 6)),
    "crossfade": lambda cut, dice: cut.crossfade("music", "music on", frames=dice.randint(4, 12)),
    "duck": lambda cut, dice: cut.duck("A2", under="A1", by_db=dice.randint(3, 20)),
    "mute": lambda cut, dice: cut.mute(dice.choice(("A1", "A2"))),
    "room_tone": lambda cut, dice: cut.room_tone(Piece(asset=asset("air"), media_type="audio/flac", seconds=6.0)),
    "mark": lambda cut, dice: cut.mark(dice.randrange(cut.frames), "look here"),
    "renote": lambda cut, dice: cut.mark(0, "here?").renote("here?", "here!", at=dice.randrange(cut.frames)),
}
UNSEEN = {"gain", "pan", "fade_sound", "crossfade", "duck", "mute", "room_tone", "mark", "renote"}


def hands() -> list[list[str]]:
    """Every verb once, shuffled and dealt."""
    deck = sorted(EDITS)
    random.Random(SEED).shuffle(deck)
    return [deck[number::HANDS] for number in range(HANDS)]


def edited(cut: Assembly, verb: str, dice: random.Random) -> Assembly:
    """The cut after one random edit of that kind; what is refused is tried elsewhere."""
    refused: list[str] = []
    for _ in range(80):
        try:
            new = EDITS[verb](cut, dice)
        except (InputError, NotFound, IndexError) as reason:
            refused.append(str(reason))
            continue
        if new != cut:
            return new
        refused.append("nothing changed")
    raise AssertionError(f"no {verb} in 80 tries: {refused[-1]}")


def tiny(rate: Fraction, sound: str) -> Preset:
    """Sound in PCM is made five times as fast as in AAC, and shows every bit of the mix."""
    return Preset(name="tiny", width_px=SIZE[0], height_px=SIZE[1], rate=rate, x264_preset="ultrafast", crf=26, audio_codec=sound)


# ── what came out ───────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Made:
    """A film, its plan, and a digest of each decoded frame and of all its decoded sound."""

    told: Rendered
    plan: RenderPlan
    frames: tuple[str, ...]
    sound: str

    @property
    def by_key(self) -> dict[str, tuple[str, ...]]:
        return {segment.key: self.frames[segment.start : segment.end] for segment in self.plan.segments}


def film(cut: Assembly, preset: Preset, media: Callable[[str], Path], cache: Path, workers: int) -> Made:
    out = cache.parent / f"{cache.name}{preset.suffix}"
    told = render(cut, preset, media=media, cache_dir=cache, out=out, workers=workers)
    with av.open(str(out)) as container:
        frames = tuple(_digest(frame.to_ndarray()) for frame in container.decode(video=0))
    with av.open(str(out)) as container:
        heard = hashlib.sha256()
        for block in container.decode(audio=0):
            heard.update(block.to_ndarray().tobytes())
    return Made(told, plan(cut, preset), frames, heard.hexdigest())


def _digest(pixels: np.ndarray) -> str:
    return hashlib.blake2b(np.ascontiguousarray(pixels).tobytes(), digest_size=12).hexdigest()


def untouched(before: Assembly, after: Assembly) -> list[tuple[int, int, int]]:
    """(start before, start after, frames) of the pictures on V1 that an edit had nothing to do with, wherever they lie now: the same
    clip between the same transitions, under the same pictures and words. Worked out from the two cuts, not from a plan.
    """
    if before.caption_style != after.caption_style:
        return []
    was = {clip.id: clip for clip in before.track("V1").clips}
    same = []
    for clip in after.track("V1").clips:
        old = was.get(clip.id)
        if old is not None and _seen_as(before, old) == _seen_as(after, clip):
            head, tail = _covered(after, clip)
            same.append((old.start + head, clip.start + head, clip.frames - head - tail))
    return [each for each in same if each[2] > 0]


def _seen_as(cut: Assembly, clip: Clip) -> tuple[object, ...]:
    joins = [
        (each.model_dump(exclude={"left", "right"}), each.left == clip.id)
        for each in cut.track("V1").transitions
        if clip.id in (each.left, each.right)
    ]
    over = [
        (track.name, each.start - clip.start, each.model_dump(exclude={"start", "id", "name"}))
        for track in cut.tracks
        if track.kind == "picture" and track.name != "V1"
        for each in track.clips
        if each.start < clip.end and each.end > clip.start
    ]
    said = [
        (each.text, each.start - clip.start, [(word.start - clip.start, word.end - clip.start) for word in each.words])
        for each in cut.captions
        if each.start - 3 < clip.end and each.end + 3 > clip.start
    ]
    return clip.model_dump(exclude={"start", "name"}), joins, over, said


def _covered(cut: Assembly, clip: Clip) -> tuple[int, int]:
    """How many of its first and last frames are a transition's, and so its neighbour's as well."""
    head = tail = 0
    for each in cut.track("V1").transitions:
        if each.right == clip.id and each.left:
            head = each.frames - each.frames // 2
        if each.left == clip.id and each.right:
            tail = each.frames // 2
    return head, tail


@pytest.mark.parametrize("hand", range(HANDS))
def test_after_any_edit_the_cached_film_is_the_film_of_an_empty_cache(hand, media, tmp_path):
    rate, dice = RATES[hand], random.Random(SEED + hand)
    preset = tiny(rate, "pcm")
    cut = first_cut(rate)
    before = film(cut, preset, media, tmp_path / "warm", workers=2)
    known = dict(before.by_key)
    for number, verb in enumerate(hands()[hand]):
        old, cut = cut, edited(cut, verb, dice)
        warm = film(cut, preset, media, tmp_path / "warm", workers=2)
        cold = film(cut, preset, media, emptied(tmp_path, number, verb), workers=1)
        where = f"{verb}, edit {number} at {rate}"
        differ = [at for at, (one, other) in enumerate(zip(warm.frames, cold.frames, strict=True)) if one != other]
        assert not differ, f"{where}: frames {differ} differ from those of an empty cache"
        assert warm.sound == cold.sound, f"{where}: the sound differs"
        assert len(warm.frames) == cut.frames
        assert {key: frames for key, frames in warm.by_key.items() if key in known} == {
            key: known[key] for key in warm.by_key if key in known
        }, f"{where}: a segment that was there shows something else now"
        assert warm.told.segments_made == len(set(warm.by_key) - set(known)), where
        for then, now, frames in untouched(old, cut):
            assert warm.frames[now : now + frames] == before.frames[then : then + frames], f"{where}: frames from {now} on changed"
        if verb in UNSEEN:
            assert warm.told.segments_made == 0 and warm.frames == before.frames, where
        known |= warm.by_key
        before = warm
    if hand == 0:
        coded = [film(cut, tiny(rate, "aac"), media, tmp_path / cache, workers=1).sound for cache in ("warm", "cold-0")]
        assert coded[0] == coded[1]


def emptied(folder: Path, number: int, verb: str) -> Path:
    """A cache without what the edit may have changed: empty, but that of an edit nobody sees holds the segments, and two of three
    of the others hold the sound, whose mix takes as long as all pictures.
    """
    cache = folder / f"cold-{number}"
    if verb in UNSEEN:
        shutil.copytree(folder / "warm" / "segments", cache / "segments")
    elif number % 3:
        shutil.copytree(folder / "warm" / "sound", cache / "sound")
    return cache


def test_the_deck_holds_every_verb_of_a_cut():
    """A verb that somebody adds must be dealt too."""
    undone = {"unmute", "unmark", "unframe", "full"}  # undo what a verb of the deck did
    looked_at = {"changes", "table", "clip", "place", "track", "frame", "preview", "sound", "thumbnails", "strip", "play", "plot"}
    public = {name for name in vars_of(Assembly) if not name.startswith("_")}
    verbs = {name for name in public if "Self" in str(getattr(Assembly, name).__annotations__.get("return", ""))}
    assert verbs - undone - looked_at == set(EDITS)


def vars_of(noun: type) -> set[str]:
    """The functions that Glimmer's own classes add to a noun."""
    own = [each for each in noun.__mro__ if each.__module__.startswith("glimmer.assembly")]
    return {name for each in own for name, value in vars(each).items() if callable(value) and hasattr(value, "__annotations__")}
