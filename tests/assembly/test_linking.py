"""A picture's own sound stays in step with it, whatever is done to the picture: measured frame by frame."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from glimmer.assembly import Piece
from glimmer.assembly.nouns import Assembly
from glimmer.assembly.pieces import Clip, Timeline, Track
from glimmer.errors import InputError

SYNC = Piece(asset="asset of sync", media_type="video/mp4", seconds=10.0)
WAVES = Piece(asset="asset of waves", media_type="video/mp4", seconds=3.0)
SKY = Piece(asset="asset of sky", media_type="image/png")
Edit = Callable[[Assembly], Assembly]


@pytest.fixture
def plain(lighthouse: Timeline) -> Assembly:
    return Assembly.model_validate(lighthouse.model_dump())


@pytest.fixture
def linked(plain: Assembly) -> Assembly:
    """A shot "s" of 100 frames on V1, from frame 40 of its media on, with its own sound on A6."""
    cut = plain.insert(SYNC, at=216, frames=140, name="s", sound="A6")
    return cut.trim("s", head=40)


def seen(cut: Timeline, asset: str = SYNC.asset) -> Iterator[tuple[int, Fraction]]:
    """(film frame, frame of the media) of every picture of an asset that runs."""
    for track in cut.tracks:
        for clip in track.clips:
            if track.kind == "picture" and clip.asset == asset and not clip.frozen:
                yield from ((clip.start + number, clip.media_frame(number)) for number in range(clip.frames))


def heard(cut: Timeline, asset: str = SYNC.asset) -> Iterator[tuple[int, Fraction]]:
    for track in cut.tracks:
        for clip in track.clips:
            if track.kind == "sound" and clip.asset == asset:
                yield from ((clip.start + number, clip.media_frame(number)) for number in range(clip.frames))


def check_in_step(cut: Timeline, asset: str = SYNC.asset) -> None:
    assert sorted(heard(cut, asset)) == sorted(seen(cut, asset))
    pictures = {clip.id for track in cut.tracks if track.kind == "picture" for clip in track.clips}
    for track in cut.tracks:
        for clip in track.clips:
            assert not clip.linked if track.kind == "picture" else clip.linked in pictures | {""}
            assert not clip.media_frames or all(0 <= clip.media_frame(n) < clip.media_frames for n in (0, clip.frames - 1))
    assert len({clip.id for clip in cut.clips}) == len(cut.clips) == len({clip.name for clip in cut.clips})


EDITS: dict[str, Edit] = {
    "laid": lambda cut: cut,
    "trim head": lambda cut: cut.trim("s", head=12),
    "trim head without ripple": lambda cut: cut.trim("s", head=12, ripple=False),
    "head given back": lambda cut: cut.trim("s", head=-12),
    "trim tail": lambda cut: cut.trim("s", tail=9),
    "tail given back": lambda cut: cut.trim("s", tail=-9),
    "slip": lambda cut: cut.slip("s", 15),
    "slip earlier": lambda cut: cut.slip("s", -15),
    "slide": lambda cut: cut.slide("s", -20),
    "speed 2": lambda cut: cut.speed("s", 2),
    "speed 1/2": lambda cut: cut.speed("s", "1/2"),
    "speed 1.7": lambda cut: cut.speed("s", 1.7),
    "speed 2, trim": lambda cut: cut.speed("s", 2).trim("s", head=5, tail=3),
    "reverse": lambda cut: cut.reverse("s"),
    "reverse, trim head": lambda cut: cut.reverse("s").trim("s", head=7),
    "reverse, split, speed": lambda cut: cut.reverse("s").split("s", 260).speed("s.2", "3/2"),
    "split": lambda cut: cut.split("s", 260),
    "split, trim": lambda cut: cut.split("s", 260).trim("s", tail=10).trim("s.2", head=10),
    "split twice": lambda cut: cut.split("s", 260).split("s.2", 290).slip("s.2", 3),
    "freeze": lambda cut: cut.freeze("s", at=250, frames=24),
    "freeze its first": lambda cut: cut.freeze("s", at=216, frames=24),
    "freeze backwards": lambda cut: cut.reverse("s").freeze("s", at=250, frames=24),
    "gap inside": lambda cut: cut.gap(250, 30),
    "gap before": lambda cut: cut.gap(100, 30),
    "insert inside": lambda cut: cut.insert(WAVES, at=250, name="waves"),
    "insert before": lambda cut: cut.insert(SKY, at=216, name="sky"),
    "insert the same inside": lambda cut: cut.insert(SYNC, at=250, frames=50, name="s", sound="A6"),
    "overwrite inside": lambda cut: cut.overwrite(WAVES, at=230, frames=20, name="waves"),
    "overwrite its head": lambda cut: cut.overwrite(WAVES, at=200, frames=40, name="waves"),
    "overwrite its tail": lambda cut: cut.overwrite(WAVES, at=300, frames=40, name="waves"),
    "overwrite all": lambda cut: cut.overwrite(WAVES, at=200, name="a").overwrite(WAVES, at=260, name="b"),
    "roll in": lambda cut: cut.roll("1A", "s", 14),
    "roll out": lambda cut: cut.roll("s", "1B", 14),
    "move": lambda cut: cut.move("s", before="title"),
    "move another over it": lambda cut: cut.move("3A", before="1A"),
    "remove": lambda cut: cut.remove("s"),
    "lift": lambda cut: cut.remove("s", ripple=False),
    "remove before": lambda cut: cut.remove("1A"),
    "remove after": lambda cut: cut.remove("1B"),
    "remove a part": lambda cut: cut.split("s", 260).remove("s"),
    "trim before": lambda cut: cut.trim("1A", head=30, tail=-20),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_the_own_sound_of_a_shot_stays_in_step(linked: Assembly, edit: Edit) -> None:
    cut = edit(linked)
    check_in_step(cut)
    assert not any("sound" in notice and "left out" in notice for notice in cut.notices)
    assert type(cut).model_validate_json(cut.model_dump_json()) == cut


@pytest.mark.parametrize(
    "edit", ["trim head", "trim tail", "slip", "slide", "speed 2", "reverse", "freeze", "roll in", "gap inside"]
)
def test_over_another_picture_too(plain: Assembly, edit: str) -> None:
    cut = plain.overwrite(SYNC, track="V2", at=300, frames=140, name="s", sound="A6").trim("s", head=40)
    check_in_step(cut)
    over: dict[str, Edit] = {"freeze": lambda c: c.freeze("s", at=360, frames=24), "gap inside": lambda c: c.gap(370, 30)}
    over |= {"roll in": lambda c: c.trim("1A", head=20).insert(SKY, at=80), "slide": lambda c: c.slide("s", 20)}
    check_in_step(over.get(edit, EDITS[edit])(cut))


def random_edit(cut: Assembly, dice: random.Random) -> Assembly:
    clip, other = dice.choice(cut.track("V1").clips), dice.choice(cut.track("V1").clips).id
    at, by = dice.randint(1, cut.frames - 1), dice.randint(-20, 20)
    edits: list[Callable[[], Assembly]] = [
        lambda: cut.trim(clip.id, head=by), lambda: cut.trim(clip.id, tail=by), lambda: cut.slip(clip.id, by),
        lambda: cut.slide(clip.id, by), lambda: cut.split(clip.id, at), lambda: cut.speed(clip.id, dice.choice(["1/2", "1", "1.7"])),
        lambda: cut.reverse(clip.id), lambda: cut.freeze(clip.id, at=at, frames=9), lambda: cut.gap(at, 7),
        lambda: cut.insert(SYNC, at=at, frames=40, sound="A6"), lambda: cut.overwrite(WAVES, at=at, frames=11),
        lambda: cut.move(clip.id, before=other), lambda: cut.remove(clip.id), lambda: cut.split(clip.id, (clip.start + clip.end) // 2),
    ]  # fmt: skip
    return dice.choice(edits)()


@pytest.mark.parametrize("seed", range(6))
def test_thirty_random_edits_leave_it_in_step(linked: Assembly, seed: int) -> None:
    dice = random.Random(seed)
    cut, made = linked, 0
    while made < 30:
        try:
            cut = random_edit(cut, dice)
        except InputError:
            continue
        check_in_step(cut)
        made += 1


@pytest.mark.parametrize("edit", [
    lambda cut: cut.trim("s", head=12).trim("s", head=-12), lambda cut: cut.slip("s", 15).slip("s", -15),
    lambda cut: cut.reverse("s").reverse("s"), lambda cut: cut.speed("s", 2).speed("s", 1), lambda cut: cut.slide("s", -9).slide("s", 9),
])  # fmt: skip
def test_there_and_back_is_the_same_sound(linked: Assembly, edit: Edit) -> None:
    assert edit(linked).track("A6") == linked.track("A6")


def test_a_held_picture_is_silent_and_its_sound_goes_on_after_it(linked: Assembly) -> None:
    cut = linked.freeze("s", at=250, frames=24)
    assert [(clip.name, clip.start, clip.end) for clip in cut.track("A6").clips] == [("s sound", 216, 250), ("s sound.2", 274, 340)]
    assert [clip.linked for clip in cut.track("A6").clips] == [cut.clip("s").id, cut.clip("s.3").id]


def test_a_cut_before_or_after_the_sound_keeps_its_lead(linked: Assembly) -> None:
    """J- and L-cuts: the sound keeps how far it runs before or after its picture, and stays in step where both are."""
    led = linked.j_cut("s", frames=10).l_cut("s", frames=6)
    sound, picture = led.clip("s sound"), led.clip("s")
    assert (sound.start - picture.start, sound.end - picture.end) == (-10, 6)
    edits: list[Edit] = [
        lambda c: c.trim("s", head=5),
        lambda c: c.slip("s", 9),
        lambda c: c.move("s", after="2B"),
        lambda c: c.trim("s", tail=5),
    ]
    for edit in edits:
        cut = edit(led)
        sound, picture = cut.clip("s sound"), cut.clip("s")
        assert (sound.start - picture.start, sound.end - picture.end) == (-10, 6)
        assert set(seen(cut)) < set(heard(cut))
    parted = led.split("s", 260)
    assert sorted(heard(parted)) == sorted(heard(led))
    assert set(seen(led.gap(260, 10))) < set(heard(led.gap(260, 10)))


def test_a_verb_that_names_the_sound_edits_the_sound_alone(linked: Assembly) -> None:
    sound = linked.trim("s sound", head=4)
    assert sound.track("V1") == linked.track("V1") and sound.clip("s sound").start == 220
    assert sound.trim("s", tail=10).clip("s sound").start == 220
    slipped = linked.slip("s sound", 2)  # put right by hand, and kept so
    assert slipped.clip("s sound").source_start == linked.clip("s").source_start + 2
    assert slipped.trim("s", head=7).clip("s sound").source_start == linked.clip("s").source_start + 9
    parts = linked.split("s sound", 260).trim("s", head=12)
    check_in_step(parts)
    assert [(clip.start, clip.end) for clip in parts.track("A6").clips] == [(216, 248), (248, 304)]
    without = linked.remove("s sound")
    assert without.track("V1") == linked.track("V1") and not without.track("A6").clips


def test_level_and_place_between_the_speakers_go_with_every_piece(linked: Assembly) -> None:
    cut = linked.gain("s sound", -6).fade_sound("s sound", head=5, tail=8).split("s", 260)
    first, second = cut.track("A6").clips
    assert (first.gain_db, second.gain_db) == (-6, -6)
    assert (first.fade_in, first.fade_out, second.fade_in, second.fade_out) == (5, 0, 0, 8)


def test_a_sound_of_what_has_none_is_refused_and_nothing_is_half_done(plain: Assembly) -> None:
    with pytest.raises(InputError, match="has no sound of its own"):
        plain.insert(SKY, at=216, sound="A6")
    with pytest.raises(InputError, match="is a picture track"):
        plain.insert(SYNC, at=216, sound="V2")


def test_sounds_of_their_own_are_linked_to_nothing(plain: Assembly) -> None:
    own: list[Clip] = [clip for track in plain.tracks for clip in track.clips]
    assert not any(clip.linked for clip in own)
    assert isinstance(plain.track("A1"), Track)
