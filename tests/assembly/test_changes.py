"""Two cuts told apart: one edit is one row, what merely follows from it is none, and equal cuts have none."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from glimmer.assembly import Assembly, Caption, CaptionWord, Clip, Marker, Piece, Track, Transition, at_rate
from glimmer.errors import GlimmerError, InputError
from glimmer.vocabulary import Noun

GULL = Piece(asset="9" * 64, media_type="video/mp4", seconds=2.0)
TAKE = Piece(asset="4" * 64, media_type="video/mp4", seconds=10.0)
SLAM = Piece(asset="8" * 64, media_type="audio/wav", seconds=1.0)
TONE = Piece(asset="7" * 64, media_type="audio/wav", seconds=30.0)
LUT = "6" * 64


def clip(name: str, start: int, frames: int, **more: object) -> Clip:
    plain: dict[str, object] = {
        "id": f"id.{name}",
        "name": name,
        "kind": "footage",
        "asset": name.encode().hex().ljust(64, "0"),
        "start": start,
        "frames": frames,
        "source_start": 20,
        "media_frames": 400,
        "made_of": f"of {name}",
    }
    return Clip.model_validate(plain | more)


def still(name: str, start: int, frames: int) -> Clip:
    return clip(name, start, frames, kind="still", source_start=0, media_frames=0)


def sound(name: str, start: int, frames: int, of: str, **more: object) -> Clip:
    return clip(name, start, frames, kind="sound", made_of=of, **more)


def film() -> Assembly:
    """Footage and stills with a dissolve, three lines with captions, a score under the whole film, effects, a marker."""
    pictures = (
        clip("title", 0, 48, kind="title", asset="", title="The Lighthouse", source_start=0, media_frames=0),
        clip("1A", 48, 100),
        clip("1B", 148, 60),
        still("1C", 208, 72),
        clip("2A", 280, 90),
        still("2B", 370, 60),
        clip("2C", 430, 50),
    )
    lines = (
        sound("line 1", 60, 50, "l1", source_start=0, media_frames=50),
        sound("line 2", 220, 40, "l2", source_start=0, media_frames=40),
        sound("line 3", 300, 60, "l3", source_start=0, media_frames=60),
    )
    captions = tuple(
        Caption(
            line_id=line.made_of,
            text="Listen.",
            start=line.start,
            end=line.end,
            words=(CaptionWord(word="Listen.", start=line.start, end=line.end),),
        )
        for line in lines
    )
    tracks = (
        Track(
            name="V1",
            kind="picture",
            clips=pictures,
            transitions=(Transition(kind="dissolve", left="id.1A", right="id.1B", frames=12),),
        ),
        Track(name="A1", kind="sound", role="dialogue", clips=lines),
        Track(
            name="A2",
            kind="sound",
            role="music",
            clips=(sound("cue 1", 0, 480, "c1", media_frames=2000),),
            gain_db=-7,
            duck_under="A1",
            duck_db=8,
        ),
        Track(name="A4", kind="sound", role="effects", clips=(sound("fx 1B", 150, 30, "of 1B"), sound("fx 2C", 440, 30, "of 2C"))),
    )
    return Assembly(title="Film", rate=Fraction(24), tracks=tracks, captions=captions, markers=(Marker(at=290, note="look"),))


Edit = Callable[[Assembly], Assembly]
EDITS: dict[str, tuple[Edit, str]] = {
    "head": (lambda cut: cut.trim("1B", head=12), "head 12 frames later"),
    "head, opened again": (lambda cut: cut.trim("2A", head=-10), "head 10 frames earlier"),
    "tail": (lambda cut: cut.trim("2A", tail=12), "tail 12 frames earlier"),
    "tail, left open": (lambda cut: cut.trim("2A", tail=12, ripple=False), "tail 12 frames earlier"),
    "a still's head": (lambda cut: cut.trim("1C", head=10, ripple=False), "head 10 frames later"),
    "a still's head, closed up": (lambda cut: cut.trim("1C", head=10), "10 frames shorter"),
    "a still's tail": (lambda cut: cut.trim("1C", tail=10), "10 frames shorter"),
    "a line's tail": (lambda cut: cut.trim("line 2", tail=5), "tail 5 frames earlier"),
    "slip": (lambda cut: cut.slip("1A", 15), "slipped 15 frames later"),
    "slide": (lambda cut: cut.slide("2A", 7), "slid 7 frames later"),
    "roll": (lambda cut: cut.roll("2A", "2B", -6), "rolled 6 frames earlier"),
    "l_cut": (lambda cut: cut.l_cut("2A", frames=6), "rolled 6 frames earlier"),
    "split": (lambda cut: cut.split("2A", 300), "split"),
    "split still": (lambda cut: cut.split("1C", 230), "split"),
    "remove": (lambda cut: cut.remove("title"), "removed"),
    "remove the last": (lambda cut: cut.remove("2B"), "removed"),
    "lift": (lambda cut: cut.remove("2A", ripple=False), "removed"),
    "remove a line": (lambda cut: cut.remove("line 2"), "removed"),
    "move": (lambda cut: cut.move("2A", before="1C"), "moved"),
    "move a still": (lambda cut: cut.move("2B", after="1A"), "moved"),
    "put on another track": (lambda cut: cut.put("2A", at=300, track="V2"), "moved"),
    "put later": (lambda cut: cut.put("2A", at=320), "moved"),
    "put over itself": (lambda cut: cut.put("1C", at=240), "moved"),
    "put, closed up": (lambda cut: cut.put("2C", at=300, track="V2", ripple=True), "moved"),
    "put a line": (lambda cut: cut.put("line 2", at=120), "moved"),
    "extract": (lambda cut: cut.extract(470, 480), "tail 10 frames earlier"),
    "insert": (lambda cut: cut.insert(GULL, at=280, name="gull"), "added"),
    "insert inside": (lambda cut: cut.insert(GULL, at=300, name="gull"), "added"),
    "overwrite": (lambda cut: cut.overwrite(GULL, at=270, name="gull"), "added"),
    "overwrite inside": (lambda cut: cut.overwrite(GULL, at=300, frames=20, name="gull"), "added"),
    "overwrite a whole clip": (lambda cut: cut.overwrite(TAKE, at=355, frames=80, name="gull"), "added"),
    "over all": (lambda cut: cut.overwrite(GULL, at=300, track="V2", name="gull"), "added"),
    "a sound": (lambda cut: cut.overwrite(SLAM, at=10, track="A4", name="slam"), "added"),
    "gap": (lambda cut: cut.gap(280, 24), "gap"),
    "gap inside": (lambda cut: cut.gap(300, 24), "gap"),
    "speed": (lambda cut: cut.speed("2A", 2), "speed"),
    "slow": (lambda cut: cut.speed("1A", "1/3"), "speed"),
    "speed of a line": (lambda cut: cut.speed("line 2", 2), "speed"),
    "reverse": (lambda cut: cut.reverse("2A"), "reversed"),
    "freeze": (lambda cut: cut.freeze("2A", at=300, frames=24), "frozen"),
    "dissolve": (lambda cut: cut.dissolve("1B", "1C", frames=12), "transition added"),
    "dip": (lambda cut: cut.dip("1B", "1C", frames=12, colour="white"), "transition added"),
    "longer": (lambda cut: cut.dissolve("1A", "1B", frames=20), "transition changed"),
    "wipe": (lambda cut: cut.wipe("1A", "1B", frames=12), "transition changed"),
    "cut hard": (lambda cut: cut.cut_hard("1A", "1B"), "transition removed"),
    "fade out": (lambda cut: cut.fade_out("2C", frames=12), "transition added"),
    "framing": (lambda cut: cut.reframe("1C", move="push_in", strength=0.1), "framing"),
    "framing by shape": (lambda cut: cut.reframe("1C", aspect="9:16", focus=(0.7, 0.4)), "framing by shape"),
    "fit": (lambda cut: cut.fit("1C", "fit"), "fit"),
    "crop": (lambda cut: cut.crop("1A", left=0.1, width=0.8), "crop"),
    "opacity": (lambda cut: cut.opacity("1A", 0.5), "opacity"),
    "inset": (lambda cut: cut.inset("1A", "top left"), "placed"),
    "LUT": (lambda cut: cut.lut("1A", LUT), "LUT"),
    "LUT on a track": (lambda cut: cut.lut("V1", LUT), "LUT"),
    "gain": (lambda cut: cut.gain("line 1", -3), "gain"),
    "gain of a track": (lambda cut: cut.gain("A2", -9), "track gain"),
    "pan": (lambda cut: cut.pan("line 1", -0.5), "pan"),
    "fades": (lambda cut: cut.fade_sound("cue 1", head=12, tail=24), "fades"),
    "mute": (lambda cut: cut.mute("A2"), "muted"),
    "duck": (lambda cut: cut.duck("A4", under="A1", by_db=9), "ducking"),
    "room tone": (lambda cut: cut.room_tone(TONE), "added"),
    "room tone in rounds": (lambda cut: cut.room_tone(TONE.model_copy(update={"seconds": 5.0})), "added"),
    "mark": (lambda cut: cut.mark("2A", "check the lamp"), "marker added"),
    "unmark": (lambda cut: cut.unmark("look"), "marker removed"),
    "renote": (lambda cut: cut.renote("look", "look again"), "marker changed"),
    "renote elsewhere": (lambda cut: cut.renote("look", at=100), "marker moved"),
    "captions": (lambda cut: cut.captions_as(look="plain", size=1.2), "caption style"),
    "title card": (lambda cut: cut.title_card("Two years later", at=280, frames=48), "added"),
    "lower third": (lambda cut: cut.lower_third("Mara", role="keeper", at=60, frames=48), "added"),
    "take": (lambda cut: _with(cut, "1A", asset="5" * 64), "take replaced"),
    "words of a title": (lambda cut: _with(cut, "title", title="The Whale"), "words"),
    "caption words": (lambda cut: _captioned(cut, text="Hush.", words=()), "caption words"),
    "caption times": (lambda cut: _captioned(cut, end=80), "caption times"),
    "track": (lambda cut: cut.model_copy(update={"tracks": (*cut.tracks, Track(name="A5", kind="sound", role="effects"))}), "track added"),
    "rate": (lambda cut: at_rate(cut, Fraction(25)), "rate"),
    "marker moved": (lambda cut: cut.model_copy(update={"markers": (Marker(at=100, note="look"),)}), "marker moved"),
    "marker changed": (lambda cut: cut.model_copy(update={"markers": (Marker(at=290, note="hm"),)}), "marker changed"),
}  # fmt: skip


def _with(cut: Assembly, name: str, **update: object) -> Assembly:
    clips = tuple(each.model_copy(update=update) if each.name == name else each for each in cut.tracks[0].clips)
    return cut.model_copy(update={"tracks": (cut.tracks[0].model_copy(update={"clips": clips}), *cut.tracks[1:])})


def _captioned(cut: Assembly, **update: object) -> Assembly:
    return cut.model_copy(update={"captions": (cut.captions[0].model_copy(update=update), *cut.captions[1:])})


def test_a_line_that_went_with_its_shot_is_a_row_of_its_own() -> None:
    rows = film().remove("2A").changes(film())
    assert [(row["where"], row["edit"]) for row in rows] == [("A1 line 3", "removed"), ("V1 2A", "removed")]


def test_a_lifted_range_is_a_row_of_each_track_it_was_on() -> None:
    rows = film().lift(48, 58).changes(film())
    assert [(row["where"], row["edit"]) for row in rows] == [("A2 cue 1", "part taken out"), ("V1 1A", "head 10 frames later")]


@pytest.mark.parametrize("edit, told", EDITS.values(), ids=EDITS)
def test_one_edit_is_one_row(edit: Edit, told: str) -> None:
    before = film()
    after = edit(before)
    rows = after.changes(before)
    assert len(rows) == 1, rows
    assert str(rows[0]["edit"]).startswith(told), rows
    assert rows.title.startswith("1 edit · ")
    assert len(before.changes(after)) >= 1  # and the way back is told too


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda cut: cut.freeze("2A", at=288, frames=4), ["reversed", "frozen"]),
        (lambda cut: cut.trim("2A", head=8), ["head 8 frames later", "reversed"]),
        (lambda cut: cut.trim("2A", head=8, ripple=False), ["head 8 frames later", "reversed"]),
        (lambda cut: cut.trim("2A", tail=8), ["tail 8 frames earlier", "reversed"]),
        (lambda cut: cut.split("2A", 300), ["reversed", "split"]),
        (lambda cut: cut.split("2A", 300).reverse("2A.2"), ["split", "reversed"]),
    ],
)
def test_what_is_reversed_and_then_cut_is_told_as_it_is_seen(edit: Edit, told: list[str]) -> None:
    before = film()
    rows = edit(before.reverse("2A")).changes(before)
    assert sorted(str(row["edit"]) for row in rows) == sorted(told), rows
    assert all("-" not in str(row["after"]) for row in rows)


def test_parts_that_changed_places_are_told_so() -> None:
    rows = film().split("2A", 300).move("2A.2", before="2A").changes(film())
    assert all("without" not in str(row["after"]) for row in rows), rows


def test_a_bed_of_room_tone_comes_and_goes_as_one_row() -> None:
    laid = film().room_tone(TONE.model_copy(update={"seconds": 5.0}))
    (came,) = laid.changes(film())
    assert (came["where"], came["after"]) == ("A5 room tone", "00:00:00:00, 480 frames in 6 rounds")
    gone = [row for row in film().changes(laid) if row["edit"] == "removed"]
    assert [row["before"] for row in gone] == ["00:00:00:00, 480 frames in 6 rounds"]


def test_tables_of_colours_are_told_in_words_and_two_are_not_one() -> None:
    graded = film().lut("1A", LUT)
    assert [(row["before"], row["after"]) for row in graded.changes(film())] == [("–", "a table")]
    assert [(row["before"], row["after"]) for row in graded.lut("1A", "5" * 64).changes(graded)] == [("a table", "another table")]
    assert [(row["before"], row["after"]) for row in film().changes(graded)] == [("a table", "–")]
    assert [row["where"] for row in graded.lut("1B", "5" * 64).changes(film())] == ["V1 1A", "V1 1B"]


def with_own_sound() -> Assembly:
    """The film, its 1B and 2A with the sound of their own footage on A3."""
    cut = film()
    pictures = [each for each in cut.track("V1").clips if each.name in ("1B", "2A")]
    own = tuple(each.model_copy(update={"id": f"{each.id}.own", "kind": "sound", "linked": each.id}) for each in pictures)
    return cut.model_copy(update={"tracks": (*cut.tracks, Track(name="A3", kind="sound", role="effects", clips=own))})


@pytest.mark.parametrize(
    "edit",
    [
        lambda cut: cut.trim("2A", head=12),
        lambda cut: cut.trim("2A", tail=12, ripple=False),
        lambda cut: cut.split("2A", 300),
        lambda cut: cut.remove("2A"),
        lambda cut: cut.move("2A", before="1C"),
        lambda cut: cut.reverse("2A"),
        lambda cut: cut.speed("2A", 2),
        lambda cut: cut.freeze("2A", at=300, frames=10),
    ],
)
def test_the_sound_of_a_picture_that_goes_along_with_it_has_no_row(edit: Edit) -> None:
    before = with_own_sound()
    for rows in (edit(before).changes(before), before.changes(edit(before))):
        assert len(rows) >= 1 and not [row for row in rows if str(row["where"]).startswith("A3")], rows


def test_what_is_done_to_the_sound_of_a_picture_alone_is_told() -> None:
    before = with_own_sound()
    assert [row["edit"] for row in before.gain("id.2A.own", -3).changes(before)] == ["gain"]
    (track,) = (each for each in before.tracks if each.name == "A3")
    alone = track.model_copy(update={"clips": (track.clips[0], track.clips[1].model_copy(update={"start": 300}))})
    moved = before.model_copy(update={"tracks": (*before.tracks[:-1], alone)})
    assert [row["edit"] for row in moved.changes(before)] == ["moved"]


@pytest.mark.parametrize("wrong", [None, 5, "film.cut"])
def test_what_is_no_cut_is_not_compared_with(wrong: object) -> None:
    with pytest.raises(InputError, match="is no cut; expected one to compare with"):
        film().changes(wrong)  # type: ignore[arg-type]


def test_equal_cuts_have_no_edits() -> None:
    assert len(film().changes(film())) == 0 and film().changes(film()).title == "no edits"
    kept = film().model_copy(update={"version": 4, "notices": ("hm",), "script_version": 2})
    assert len(kept.changes(film())) == 0


def test_the_story_of_a_morning_is_told_in_the_order_of_the_film() -> None:
    before = film()
    after = (
        before.mark("2C", "check the lamp")
        .trim("1A", head=12)
        .move("2B", before="1C")
        .duck("A2", under="A1", by_db=9)
        .opacity("2C", 0.5)
    )
    rows = after.changes(before)
    assert rows.title == "5 edits · 20.0 s -> 19.5 s"
    assert list(rows["edit"]) == ["ducking", "head 12 frames later", "moved", "opacity", "marker added"]
    assert rows[1] == {
        "at": "00:00:02:00",
        "where": "V1 1A",
        "edit": "head 12 frames later",
        "before": "00:00:00:20",
        "after": "00:00:01:08",
    }


def test_what_was_laid_over_others_and_then_sped_up_is_still_one_row() -> None:
    after = film().overwrite(TAKE, at=148, frames=80, name="gull").speed("gull", 2)
    rows = after.changes(film())
    assert [(row["edit"], row["before"]) for row in rows if row["where"] == "V1 gull"] == [("added", "over 1B, 1C")]
    assert not {"removed", "moved"} & {str(row["edit"]) for row in rows if str(row["where"]).startswith("V1")}


def test_cuts_of_two_rates_differ_in_their_rate_and_in_what_was_edited() -> None:
    after = at_rate(film(), Fraction(25)).opacity("1A", 0.5)
    assert list(after.changes(film())["edit"]) == ["rate", "opacity"]


def _steps(cut: Assembly, dice: random.Random) -> Assembly:
    """One edit out of all verbs, somewhere."""
    names = [each.name for track in cut.tracks if track.kind == "picture" for each in track.clips] or ["none"]
    one, other, at = dice.choice(names), dice.choice(names), dice.randrange(max(1, cut.frames))
    verbs: list[Edit] = [
        *(edit for edit, _ in EDITS.values()),
        lambda cut: cut.trim(one, head=dice.randrange(-5, 20), tail=dice.randrange(-5, 20), ripple=dice.random() < 0.7),
        lambda cut: cut.move(one, before=other),
        lambda cut: cut.insert(GULL, at=at),
        lambda cut: cut.overwrite(GULL, at=at, track=dice.choice(["V1", "V2", "V3"]), frames=dice.randrange(1, 48)),
        lambda cut: cut.split(one, at),
        lambda cut: cut.remove(one, ripple=dice.random() < 0.5),
        lambda cut: cut.gap(at, dice.randrange(1, 20)),
    ]
    try:
        return dice.choice(verbs)(cut)
    except GlimmerError:
        return cut


@pytest.mark.parametrize("seed", range(12))
def test_thirty_random_edits_are_told_and_no_cut_differs_from_itself(seed: int) -> None:
    dice, first = random.Random(seed), film()
    cut = first
    for _ in range(30):
        before, cut = cut, _steps(cut, dice)
        if cut.rate != first.rate:
            cut = before
        assert len(cut.changes(cut)) == 0
        same = all(getattr(cut, name) == getattr(before, name) for name in ("tracks", "captions", "markers", "caption_style"))
        assert (len(cut.changes(before)) == 0) == same
        assert len(cut.changes(first)) >= 0 and cut.table() is not None
    assert len(cut.changes(first)._repr_html_()) < 30_000


def test_a_long_cut_is_told_apart_at_once() -> None:
    pictures = tuple(still(f"{n}", n * 50, 50) for n in range(2000))
    long = Assembly(title="Long", rate=Fraction(24), tracks=(Track(name="V1", kind="picture", clips=pictures),))
    rows = long.trim("1000", tail=10).remove("5").changes(long)
    assert list(rows["edit"]) == ["removed", "10 frames shorter"]


def test_a_table_has_a_row_a_clip_and_says_what_is_out_of_the_usual() -> None:
    cut = film().speed("2A", 2).reverse("2A").opacity("1A", 0.5).inset("1B").gain("line 1", -3)
    rows = cut.table()
    assert rows.columns == ("track", "name", "from", "to", "frames", "media", "note")
    assert len(rows) == sum(len(track.clips) for track in cut.tracks)
    notes = dict(zip(rows["name"], rows["note"], strict=True))
    assert "×2" in str(notes["2A"]) and "backwards" in str(notes["2A"])
    assert "opacity 0.5" in str(notes["1A"]) and "picture in picture" in str(notes["1B"]) and "-3 dB" in str(notes["line 1"])
    assert rows[1]["from"] == "00:00:02:00" and rows[1]["to"] == "00:00:06:04"


def test_every_noun_stays_frozen() -> None:
    assert isinstance(film(), Noun) and film() == film()
