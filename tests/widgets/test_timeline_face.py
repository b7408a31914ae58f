"""The timeline's half in Python: what it tells, that an edit is the line that does it, and that nothing is lost."""

from __future__ import annotations

import hashlib
import json
import random
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

import glimmer as gl
from glimmer.assembly import Assembly, Caption, CaptionWord, Clip, Marker, Track
from glimmer.errors import GlimmerError, InputError, NotFound
from glimmer.widgets.timeline import TimelineFace
from glimmer.widgets.timeline_lines import EDITS, done
from glimmer.widgets.timeline_patch import applied, patch_of
from glimmer.widgets.timeline_playing import Playing, heard, stretches
from glimmer.widgets.timeline_state import TimelineState
from glimmer.widgets.timeline_view import ShortNames, cut_state, shelved

MOST_BYTES = 2_000
WORDS = ("the", "lamp", "sings", "to", "a", "whale")


def a_cut(shots: int = 24, version: int = 1) -> Assembly:
    """A cut of stills and footage in turn, a line under every second shot, a score, effects, a picture over another, notes."""
    pictures, lines, effects, captions = [], [], [], []
    here = 0
    for number in range(shots):
        frames = 40 + number % 7
        still = number % 2 == 0
        sha = f"{number:064x}"
        shot = Clip(id=f"v1.shot-{number}", name=f"{number}A", kind="still" if still else "footage", asset=sha, start=here, frames=frames,
                    media_type="image/png" if still else "video/mp4", source_start=0 if still else 20,
                    media_frames=0 if still else 140, made_of=f"shot-{number}")  # fmt: skip
        pictures.append(shot)
        if number % 2:
            line = f"line-{number}"
            lines.append(_sound(f"a1.{line}", f"line {number}", here + 4, 30, line))
            words = tuple(CaptionWord(word=word, start=here + 4 + 5 * at, end=here + 8 + 5 * at) for at, word in enumerate(WORDS))
            captions.append(Caption(line_id=line, text=" ".join(WORDS), start=here + 4, end=here + 34, words=words))
        if number % 5 == 0:
            effects.append(_sound(f"a4.fx-{number}", f"fx {number}A", here, 12, f"shot-{number}"))
        here += frames
    over = [
        each.model_copy(update={"id": "v2.over", "name": "over", "start": 60, "frames": 30, "made_of": "gull"})
        for each in pictures[3:4]
    ]
    score = _sound("a2.cue", "cue 1", 0, here, "cue")
    tracks = (
        Track(name="V1", kind="picture", clips=tuple(pictures)),
        Track(name="V2", kind="picture", clips=tuple(over)),
        Track(name="A1", kind="sound", role="dialogue", clips=tuple(lines)),
        Track(name="A2", kind="sound", role="music", clips=(score,) if here else (), duck_under="A1", duck_db=8.0),
        Track(name="A4", kind="sound", role="effects", clips=tuple(effects)),
    )
    notes = tuple(Marker(at=number * 20, note=f"note {number % 4}") for number in range(shots // 2))
    return Assembly(title="Kite", rate=Fraction(24), tracks=tracks, captions=tuple(captions), markers=notes, version=version)


def _sound(id: str, name: str, start: int, frames: int, made_of: str) -> Clip:
    sha = hashlib.sha256(id.encode()).hexdigest()
    return Clip(id=id, name=name, kind="sound", asset=sha, media_type="audio/flac", start=start, frames=frames, source_start=6,
                media_frames=frames + 30, made_of=made_of)  # fmt: skip


def shown(cut: Assembly) -> dict[str, Any]:
    return {"film": "Kite"} | cut_state(cut, shelved(()), ShortNames())


def size(operations: list[Any]) -> int:
    """As Jupyter sends them, envelope and all."""
    return len(json.dumps({"v": 1, "kind": "patch", "seq": 1234, "ops": operations}, ensure_ascii=False).encode())


# One of every edit, on `a_cut`: what a browser asks.
EXAMPLES: tuple[tuple[str, list[Any], dict[str, Any]], ...] = (
    ("trim", ["v1.shot-3"], {"head": 6}),
    ("slip", ["v1.shot-3", 5], {}),
    ("slide", ["v1.shot-3", 4], {}),
    ("roll", ["v1.shot-3", "v1.shot-4", -6], {}),
    ("split", ["v1.shot-4", 190], {}),
    ("remove", ["v1.shot-4"], {"ripple": False}),
    ("move", ["v1.shot-2"], {"after": "v1.shot-9"}),
    ("put", ["v1.shot-3"], {"track": "V2", "at": 240}),
    ("lift", [100, 110], {}),
    ("extract", [100, 110], {}),
    ("gap", [100, 12], {}),
    ("speed", ["v1.shot-3", "1/2"], {}),
    ("reverse", ["v1.shot-3"], {}),
    ("freeze", ["v1.shot-3"], {"at": 140, "frames": 12}),
    ("dissolve", ["v1.shot-3", "v1.shot-4"], {"frames": 8}),
    ("dip", ["v1.shot-3", "v1.shot-4"], {"frames": 8, "colour": "white"}),
    ("wipe", ["v1.shot-3", "v1.shot-4"], {"frames": 8, "direction": "up"}),
    ("push", ["v1.shot-3", "v1.shot-4"], {"frames": 8}),
    ("fade_in", ["v1.shot-0"], {"frames": 10}),
    ("fade_out", ["v1.shot-23"], {"frames": 10}),
    ("cut_hard", ["v1.shot-5", "v1.shot-6"], {}),
    ("j_cut", ["v1.shot-3"], {"frames": 4}),
    ("l_cut", ["v1.shot-3"], {"frames": 4}),
    ("reframe", ["v1.shot-2"], {"move": "pan_left", "focus": [0.25, 0.5], "ease": None}),
    ("unframe", ["v1.shot-6", "9:16"], {}),
    ("fit", ["v1.shot-2", "fit"], {}),
    ("crop", ["v1.shot-2"], {"left": 0.1, "width": 0.8}),
    ("opacity", ["v2.over", 0.5], {}),
    ("inset", ["v2.over", "top right"], {"size": 0.25}),
    ("full", ["v2.over"], {}),
    ("title_card", ['"Seven" years\\later — 海'], {"at": "v1.shot-4", "frames": 24, "track": "V3", "subtitle": "one\ntwo"}),
    ("lower_third", ["Mara"], {"role": "keeper", "at": 100, "frames": 24, "track": "V3"}),
    ("credits", [["Written by: A. Writer", "Mara: J. Player"]], {"frames": 48}),
    ("captions_as", [], {"look": "plain", "size": 1.5, "box": False}),
    ("gain", ["a1.line-3", -3], {}),
    ("mute", ["A2"], {}),
    ("unmute", ["A4"], {}),
    ("pan", ["a1.line-3", -0.5], {}),
    ("fade_sound", ["a1.line-3"], {"head": 2, "tail": 4}),
    ("crossfade", ["a1.line-3", "a1.line-3.2"], {"frames": 4}),
    ("duck", ["A4"], {"under": "A1", "by_db": 6}),
    ("mark", ["v1.shot-4", "check the lamp"], {}),
    ("unmark", ["note 3"], {}),
    ("renote", ["gull here?", "gull here!"], {"at": 20}),
)


def ready_for(verb: str, cut: Assembly) -> Assembly:
    """What some edits need before they can be done."""
    if verb == "crossfade":
        return cut.split("a1.line-3", cut.clip("a1.line-3").start + 15)
    if verb == "cut_hard":
        return cut.dissolve("v1.shot-5", "v1.shot-6", frames=6)
    if verb == "full":
        return cut.inset("over")
    if verb == "renote":
        return cut.mark(60, "gull here?")
    if verb == "unframe":
        return cut.reframe("v1.shot-6", move="push_in", aspect="9:16")
    return cut.mute("A4") if verb == "unmute" else cut


# ── what is told ────────────────────────────────────────────────────────────────────────────────────────────
def test_the_state_is_what_its_noun_says_with_defaults_left_out(lamp: gl.Project, browser: Any) -> None:
    lamp.cut = lamp.cut.mark(3, "here").fade_in("title", frames=6).title_card("So", at=5, frames=10, track="V3")
    state = browser(TimelineFace(lamp)).hello()
    assert TimelineState.model_validate(state).model_dump(exclude_defaults=True) == state
    for cut in (a_cut().speed("3A", "1/2").inset("over").pan("line 3", 1).reverse("5A").freeze("3A", at=130, frames=8), a_cut(0)):
        state = shown(cut)
        assert TimelineState.model_validate(state).model_dump(exclude_defaults=True) == state


def test_a_clip_knows_the_entry_it_came_from(lamp: gl.Project, browser: Any) -> None:
    clips = browser(TimelineFace(lamp)).hello()["clips"].values()
    for clip in clips:
        if clip["kind"] != "title":
            entry = getattr(lamp, clip["bucket"])[clip["key"]]
            assert entry.used is not None
    assert {clip["bucket"] for clip in clips if "bucket" in clip} == {"video", "audio", "music"}


def test_room_is_how_far_a_trim_can_give_back() -> None:
    cut = a_cut().speed("3A", 2).reverse("5A")
    for name in ("1A", "3A", "5A", "line 3"):
        clip = cut.clip(name)
        told = shown(cut)["clips"][clip.id]
        for side in ("head", "tail"):
            room = told.get(f"{side}_room", 0)
            assert cut.trim(clip.id, **{side: -room}).clip(clip.id).frames == clip.frames + room
            with pytest.raises(InputError):
                cut.trim(clip.id, **{side: -room - 1})


# ── patches ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_trim_of_a_thousand_clips_is_two_kilobytes() -> None:
    cut = a_cut(640)
    assert len(cut.clips) > 1_000
    old = shown(cut)
    for verb, args, named in EXAMPLES:
        before = ready_for(verb, cut)
        new, _ = done(before, verb, args, named)
        start = old if before is cut else shown(before)
        operations = patch_of(start, shown(new))
        assert size(operations) <= MOST_BYTES, f"{verb}: {size(operations)} bytes"
        assert applied(start, operations) == shown(new), verb


def test_a_shot_moved_through_the_whole_film_is_two_kilobytes() -> None:
    cut = a_cut(640)
    for moved in (cut.move("1A", after="600A"), cut.move("600A", before="1A"), cut.remove("3A"), cut.trim("1A", tail=-9)):
        operations = patch_of(shown(cut), shown(moved))
        assert size(operations) <= MOST_BYTES
        assert applied(shown(cut), operations) == shown(moved)


@pytest.mark.parametrize("seed", range(4))
def test_a_patch_makes_the_new_state_whatever_was_done(seed: int) -> None:
    dice = random.Random(seed)
    cut = a_cut(18)
    states = [shown(cut)]
    for _ in range(40):
        verb, args, named = dice.choice(EXAMPLES)
        clips = [clip.id for clip in cut.clips]
        swapped = [dice.choice(clips) if isinstance(each, str) and "." in each else each for each in args]
        try:
            cut, _ = done(cut, verb, swapped, named)
        except GlimmerError:
            continue
        states.append(shown(cut))
    assert len(states) > 10
    for old, new in [*zip(states, states[1:], strict=False), *((dice.choice(states), dice.choice(states)) for _ in range(30))]:
        before = json.dumps(old)
        assert applied(old, patch_of(old, new)) == new
        assert json.dumps(old) == before


# ── edits are lines ─────────────────────────────────────────────────────────────────────────────────────────
def test_every_verb_is_shown_as_the_line_that_does_it() -> None:
    assert {verb for verb, _, _ in EXAMPLES} == set(EDITS)
    for verb, args, named in EXAMPLES:
        cut = ready_for(verb, a_cut())
        new, line = done(cut, verb, args, named)
        assert new != cut, verb
        assert line.startswith(f"cut = cut.{verb}(") and "\n" not in line
        assert eval(line.removeprefix("cut = "), {"cut": cut}) == new, line


def test_a_clip_is_called_as_people_call_it_and_by_its_id_where_that_is_not_one() -> None:
    cut = a_cut()
    assert done(cut, "trim", ["v1.shot-3"], {"head": 6})[1] == 'cut = cut.trim("3A", head=6)'
    assert done(cut, "mark", ["v1.shot-3", "so"], {})[1] == 'cut = cut.mark("3A", "so")'
    assert done(cut, "gain", ["a1.line-3", -3], {})[1] == 'cut = cut.gain("line 3", -3)'
    lines, film = cut.tracks[2], cut.tracks[0]
    for taken in ("5A", "A2", "12:00"):  # another clip's, a track's, and what would be read as a time
        clips = tuple(clip.model_copy(update={"name": taken}) if clip.id == "v1.shot-3" else clip for clip in film.clips)
        named = cut.model_copy(update={"tracks": (film.model_copy(update={"clips": clips}), cut.tracks[1], lines, *cut.tracks[3:])})
        assert done(named, "trim", ["v1.shot-3"], {"head": 6})[1] == 'cut = cut.trim("v1.shot-3", head=6)'


def test_a_name_with_quotes_in_it_is_no_code() -> None:
    cut = a_cut()
    hostile = '"); import os; ("\n\u2028\\'
    clip = cut.clip("3A").model_copy(update={"name": hostile.strip()})
    film = cut.tracks[0]
    clips = tuple(clip if each.id == clip.id else each for each in film.clips)
    named = cut.model_copy(update={"tracks": (film.model_copy(update={"clips": clips}), *cut.tracks[1:])})
    new, line = done(named, "trim", ["v1.shot-3"], {"head": 6})
    assert eval(line.removeprefix("cut = "), {"cut": named}) == new


@pytest.mark.parametrize(
    ("verb", "args", "named"),
    [
        ("model_copy", [], {}),
        ("__class__", [], {}),
        ("insert", ["x"], {"at": 3}),
        ("trim", [], {}),
        ("trim", ["v1.shot-3"], {"nose": 3}),
        ("trim", ["v1.shot-3"], {"head": {"a": 1}}),
        ("trim", ["v1.shot-3"], {"head": 10**40}),
        ("trim", ["v1.shot-3"], {"head": 10_000}),
        ("trim", ["nobody"], {"head": 1}),
        ("credits", [[["a", "b"]]], {"frames": 3}),
    ],
)
def test_what_is_no_edit_is_refused(verb: str, args: list[Any], named: dict[str, Any]) -> None:
    with pytest.raises(GlimmerError):
        done(a_cut(), verb, args, named)


def test_a_refused_edit_changes_nothing(lamp: gl.Project, browser: Any, refused: Any) -> None:
    face = TimelineFace(lamp)
    there = browser(face)
    state = there.hello()
    steps = lamp.store.steps()
    with pytest.raises(refused, match="1A"):
        there.ask("edit", edit="trim", args=["1A"], named={"head": 9_999})
    with pytest.raises(refused, match='no edit "render"'):
        there.ask("edit", edit="render", args=[])
    assert (face.lines, lamp.store.steps(), there.state) == ([], steps, state)


def test_an_edit_is_one_step_of_the_history_called_by_its_line(lamp: gl.Project, browser: Any) -> None:
    face = TimelineFace(lamp)
    there = browser(face)
    before = there.hello()
    clip = next(id for id, each in before["clips"].items() if each["name"] == "1A")
    told = there.ask("edit", edit="trim", args=[clip], named={"head": 6})
    assert told == {"line": 'cut = cut.trim("1A", head=6)', "version": 2, "notices": told["notices"]}
    state = there.until(lambda state: state["version"] == 2)
    assert state["undo"] == told["line"] == lamp.store.steps()[0].what
    assert state["frames"] == before["frames"] - 6 == lamp.cut.frames
    assert there.ask("undo") == told["line"]
    state = there.until(lambda state: state["version"] == 1)
    assert {**state, "redo": ""} == {**before, "redo": ""} and state["redo"] == told["line"]
    there.ask("redo")
    assert there.until(lambda state: state["version"] == 2)["undo"] == told["line"]
    there.ask("undo")
    there.ask("edit", edit="mark", args=[3, "so"])  # what comes after an undo ends what could be done again
    assert "redo" not in there.until(lambda state: state["version"] == 3)
    there.ask("undo")
    there.until(lambda state: state["version"] == 1)
    undo, redo = "film.undo(); cut = film.cut", "film.redo(); cut = film.cut"
    assert face.lines == [told["line"], undo, redo, undo, 'cut = cut.mark(3, "so")', undo]
    assert there.ask("edit", edit="trim", args=[clip], named={"head": 0})["version"] == 1  # what changes nothing is no step


def test_a_page_that_is_loaded_again_has_the_lines_of_this_sitting(lamp: gl.Project, browser: Any) -> None:
    there = browser(gl.Timeline(lamp))
    there.hello()
    done = [there.ask("edit", edit="mark", args=[at, f"note {at}"], named={})["line"] for at in (10, 20)]
    there.ask("undo")
    assert there.ask("lines") == [*done, "film.undo(); cut = film.cut"]


def test_two_faces_converge(films_folder: Path, browser: Any) -> None:
    films = [gl.Project("The Lamp", studio=films_folder, user=user) for user in ("ada", "ben")]
    pages = [browser(TimelineFace(film)) for film in films]
    for page in pages:
        page.hello()
    notes = [[f"{name} {number}" for number in range(6)] for name in ("ada", "ben")]

    def work(page: Any, mine: list[str]) -> None:
        for note in mine:
            page.ask("edit", edit="mark", args=[4, note])

    threads = [threading.Thread(target=work, args=pair) for pair in zip(pages, notes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = {note for mine in notes for note in mine}
    for page in pages:
        page.until(lambda state: {each["note"] for each in state.get("markers", {}).values()} == every)
    assert pages[0].state["clips"] == pages[1].state["clips"]
    assert [page.lost for page in pages] == [0, 0]
    for film in films:
        film.lot.close()


def test_a_cut_kept_in_a_cell_is_shown(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    lamp.cut = lamp.cut.mark(5, "from a cell")
    state = there.until(lambda state: state["version"] == 2)
    assert [marker["note"] for marker in state["markers"].values()] == ["from a cell"]


# ── laying ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_take_that_is_circled_is_told_and_taken_into_the_cut(lamp: gl.Project, browser: Any, by_hand: bool) -> None:
    there = browser(gl.Timeline(lamp))
    clip = next(each for each in lamp.cut.clips if each.name == "1A")
    there.hello()
    if by_hand:
        there.ask("edit", edit="trim", args=["1A"], named={"tail": 5})
    assert "behind" not in there.state
    lamp.agents.video.shoot(lamp.screenplays.latest, only=["1A"], takes=2)
    lamp.video["1A"].circle(2)
    assert there.until(lambda state: state.get("behind"))["behind"] == "1A: take 2 is used now"
    told = there.ask("take_used")
    assert told["line"] == f'film.plan().run("cut v{told["version"] - 1}"); cut = film.cut'
    there.until(lambda state: state["version"] == told["version"] and "behind" not in state)
    now = next(each for each in lamp.cut.clips if each.name == "1A")
    assert now.asset == lamp.video["1A"].takes[1].asset and now.frames == clip.frames - 5 * by_hand
    there.ask("undo")
    there.until(lambda state: state["version"] == told["version"] - 1 and "behind" in state)


def test_a_take_is_laid_as_the_line_says(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    shot = lamp.video["1A"]
    for given, words in (
        ({"how": "insert", "at": 10, "frames": 24}, 'cut = cut.insert(film.video["1A"], at=10, frames=24)'),
        ({"how": "overwrite", "at": 0, "track": "V2"}, 'cut = cut.overwrite(film.video["1A"], at=0, track="V2")'),
        ({"how": "overwrite", "at": 3, "track": "V3", "take": 1}, 'cut = cut.overwrite(film.video["1A"], at=3, track="V3")'),
    ):
        cut = lamp.cut
        told = there.ask("lay", bucket="video", key=shot.key, **given)
        assert told["line"] == words
        done_by_hand = eval(words.removeprefix("cut = "), {"cut": cut, "film": lamp})
        assert lamp.cut == done_by_hand.model_copy(update={"version": told["version"]})


def test_another_take_than_the_used_one_is_named_by_its_place(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    old = lamp.video["1A"].used
    assert old is not None
    entry = lamp.video.add(Image.new("RGB", (320, 180), (40, 90, 120)), shot="1A")
    cut = lamp.cut
    told = there.ask("lay", how="overwrite", bucket="video", key=entry.key, take=old.number, track="V2", at=0)
    assert told["line"] == 'cut = cut.overwrite(film.video["1A"].takes[0], at=0, track="V2", name="1A")'
    assert lamp.cut.track("V2").clips[0].asset == old.asset
    done_by_hand = eval(told["line"].removeprefix("cut = "), {"cut": cut, "film": lamp})
    assert lamp.cut == done_by_hand.model_copy(update={"version": told["version"]})


def test_a_sound_let_go_over_the_pictures_goes_to_a_free_sound_track(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    cue = next(iter(lamp.music))
    told = there.ask("lay", how="overwrite", bucket="music", key=cue.key, track="V1", at=0, frames=24)
    new = [(track.name, clip) for track in lamp.cut.tracks for clip in track.clips if clip.start == 0 and clip.frames == 24]
    assert [name[0] for name, _ in new] == ["A"] and f'track="{new[0][0]}"' in told["line"]
    for clip in lamp.cuts[1].clips:  # nothing that was there was cut off
        assert lamp.cut.clip(clip.id) == clip


def test_footage_brings_its_own_sound(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    entry = lamp.video.add(lamp.cut.preview(0, 24).path, name="rushes")
    told = there.ask("lay", how="overwrite", bucket="video", key=entry.key, track="V2", at=0)
    linked = [clip for clip in lamp.cut.clips if clip.linked]
    assert "sound=" in told["line"] and len(linked) == 1 and linked[0].frames == 24


@pytest.mark.parametrize(
    "given",
    [
        {"bucket": "store", "key": "x"},
        {"bucket": "video", "key": "nothing like it"},
        {"bucket": "video", "key": "1A", "take": 77},
        {"bucket": "video", "key": "1A", "track": "X9"},
        {"bucket": "video", "key": "1A", "at": 10**7},
    ],
)
def test_what_can_not_be_laid_is_refused(lamp: gl.Project, browser: Any, refused: Any, given: dict[str, Any]) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    with pytest.raises(refused):
        there.ask("lay", **({"how": "insert", "at": 0} | given))
    assert lamp.cut.version == 1


def test_an_empty_timeline_says_what_to_do(tmp_path: Path, lamp: gl.Project, browser: Any) -> None:
    empty = gl.Project("Nothing", studio=tmp_path / "empty")
    there = browser(TimelineFace(empty))
    assert there.hello() == {"film": "Nothing", "hint": there.state["hint"]} and "script" in there.state["hint"]
    empty.screenplays.add("INT. ROOM - DAY\n\nA lamp.\n")
    assert "boards" in there.until(lambda state: "no script" not in state["hint"])["hint"]
    empty.lot.close()


def test_a_first_cut_is_drafted_where_there_is_none(lamp: gl.Project, browser: Any, refused: Any) -> None:
    lamp.undo()
    face = TimelineFace(lamp)
    there = browser(face)
    assert "draft" in there.hello()["hint"] and "version" not in there.state
    with pytest.raises(refused, match="no cut yet"):
        there.ask("edit", edit="mark", args=[0, "so"])
    told = there.ask("draft_cut")
    state = there.until(lambda state: state.get("version"))
    assert state["version"] == told["version"] and "hint" not in state and state["frames"] == lamp.cut.frames
    assert face.lines == [told["line"]]
    with pytest.raises(refused, match="has a cut already"):
        there.ask("draft_cut")


# ── looking and listening ───────────────────────────────────────────────────────────────────────────────────
def test_the_newest_picture_wanted_is_drawn(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    frames = range(0, lamp.cut.frames, 3)
    asked = [there.begin("frame_at", frame=frame, width_px=240) for frame in frames]
    answers = [there.answer(id) for id in asked]
    assert answers[-1] == f"frame/1/{frames[-1]}/240"
    assert set(answers) <= {"", *(f"frame/1/{frame}/240" for frame in frames)}
    told = there.ask("media", refs=[answers[-1]])[answers[-1]]
    assert told["mime"] == "image/jpeg"
    with Image.open(there.face.media_file(answers[-1])[0]) as picture:
        assert picture.size == (240, 135)
    assert there.ask("frame_at", frame=10**6).split("/")[2] == str(lamp.cut.frames - 1)


def test_a_film_is_played_in_stretches_without_a_hole() -> None:
    for cut in (a_cut(), a_cut(1), a_cut().gap(200, 400), a_cut().speed("3A", "1/16")):
        grid = stretches(cut)
        assert [first for first, _ in grid] == [0, *(end for _, end in grid[:-1])]
        assert grid[-1][1] == cut.frames
        assert all(0 < end - first <= 6 * 24 for first, end in grid)
        assert all(end - first >= 2 * 24 for first, end in grid[:-1])


def test_an_edit_leaves_the_stretches_before_it_as_they_were() -> None:
    cut = a_cut()
    edited = cut.trim("12A", head=5)
    same = set(stretches(cut)) & set(stretches(edited))
    assert {stretch for stretch in stretches(cut) if stretch[1] <= cut.clip("12A").start} <= same


def test_a_stretch_is_a_film_that_browsers_play(kite: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(kite))
    there.hello()
    id = there.begin("play_from", frame=30)
    told = there.answer(id)
    assert told["first"] <= 30 < told["end"] and told["ref"] == f"play/1/{told['first']}/{told['end']}"
    assert [done for done, _, _ in there.progress(id)] == [0, 1]
    path, mime = there.face.media_file(told["ref"])
    with av.open(str(path)) as film:
        assert mime == "video/mp4" and film.streams.video[0].codec_context.name == "h264"
        assert film.streams.audio[0].codec_context.name == "aac"
        assert sum(1 for _ in film.decode(video=0)) == told["end"] - told["first"]


def test_a_stretch_that_two_want_is_one_film(lamp: gl.Project, tmp_path: Path) -> None:
    cut = lamp.cut
    playing = Playing(tmp_path / "faces", {1: cut}.__getitem__, lamp.assets.path)
    end = stretches(cut)[0][1]
    paths: list[Path] = []
    threads = [threading.Thread(target=lambda: paths.append(playing.stretch(1, 0, end))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(paths) == 3 and len(set(paths)) == 1
    paths[0].unlink()
    assert playing.stretch(1, 0, end) == paths[0] and paths[0].is_file()


def test_what_is_heard_is_told_in_frames_and_few_points(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    there.hello()
    told = there.ask("sound_of")
    assert told == there.ask("sound_of")
    curves = [told["loudness"], *told["duck"].values()]
    assert all(len(curve) <= 600 and curve[0][0] >= 0 and curve[-1][0] <= lamp.cut.frames for curve in curves)
    assert {track.name for track in lamp.cut.tracks if track.duck_under and track.clips} == set(told["duck"])
    assert min(level for _, level in told["duck"]["A2"]) == pytest.approx(-lamp.cut.track("A2").duck_db, abs=0.2)
    lines = lamp.cut.track("A1").clips
    assert all(any(first < line.end and line.start < end for line in lines) for first, end in told["speech"])
    assert told["target_lufs"] == -16 and -60 < told["lufs"] < 0


def test_listening_goes_on_with_the_newest_sound(lamp: gl.Project, tmp_path: Path) -> None:
    cuts = {1: lamp.cut, 2: lamp.cut.gain("A2", -30)}
    newest, asked = [1], threading.Event()

    def newest_now() -> int:
        asked.set()
        return newest[0]

    def media(asset: str) -> Path:
        if newest == [1]:  # somebody edits while it is listened to, and asks again
            newest[0] = 2
            asked.clear()
            other.start()
            assert asked.wait(10)
        return lamp.assets.path(asset)

    playing = Playing(tmp_path / "faces", cuts.__getitem__, media)
    told: list[Any] = []
    other = threading.Thread(target=lambda: told.append(playing.sound(newest_now)))
    told.append(playing.sound(newest_now))
    other.join(30)
    assert told[0] == told[1] == heard(cuts[2], lamp.assets.path) != heard(cuts[1], lamp.assets.path)
    assert [path.suffix for path in (tmp_path / "faces").iterdir()] == [".json"]


def test_all_that_the_state_refers_to_is_to_be_had(lamp: gl.Project, browser: Any) -> None:
    there = browser(TimelineFace(lamp))
    clips = there.hello()["clips"].values()
    refs = sorted({clip[kind] for clip in clips for kind in ("picture", "sound") if kind in clip})
    told = there.ask("media", refs=refs)
    assert {ref.partition("/")[0] for ref in refs} == {"thumb", "peaks"}
    assert not [each for each in told.values() if "words" in each]


def test_media_of_another_film_is_refused(lamp: gl.Project, films_folder: Path, browser: Any) -> None:
    other = gl.Project("Kite", studio=films_folder)
    other.cut = other.cut.mark(0, "a second version")
    face = TimelineFace(lamp)
    told = browser(face).ask("media", refs=["frame/2/0/240", "play/2/0/24"])
    assert all("no cut version" in each["words"] for each in told.values())
    with pytest.raises(NotFound):
        face.media_file("frame/2/0/240")
    other.lot.close()


@pytest.mark.parametrize(
    "ref",
    [
        "frame/1/0",
        "frame/1/0/9999",
        "frame/1/../240",
        "frame/-1/0/240",
        "play/1/0/999999",
        "play/1/5/5",
        "play/1/a/b",
        "frame/1/999999/240",
    ],
)
def test_a_reference_to_nothing_is_refused_in_words(lamp: gl.Project, ref: str, browser: Callable[..., Any]) -> None:
    told = browser(TimelineFace(lamp)).ask("media", refs=[ref])[ref]
    assert set(told) == {"words"} and len(told["words"]) > 10
