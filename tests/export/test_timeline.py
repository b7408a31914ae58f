"""A cut comes back from OTIO and from an EDL with the cut points it had, at every rate."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glimmer.assembly.nouns import Assembly, Caption, CaptionStyle, CaptionWord, Clip, Marker, Track, Transition
from glimmer.errors import InputError, NotFound, TimecodeError
from glimmer.export import read_timeline, write_timeline
from glimmer.export.timeline import cut_points, read_cut_points
from glimmer.timecode import RATES


def still(id: str, start: int, frames: int, **more: object) -> Clip:
    return Clip.model_validate(
        {"id": id, "name": id, "kind": "still", "asset": f"{id}-asset", "start": start, "frames": frames, **more}
    )


def media(asset: str) -> Path:
    return Path("/films") / f"{asset} é.png"


def lighthouse(rate: Fraction = Fraction(24)) -> Assembly:
    title = Clip(id="t", name="THE LIGHTHOUSE", kind="title", start=0, frames=48, title="The Lighthouse")
    pictures = (title, still("1A", 48, 100), still("1B", 148, 61), still("1C", 209, 71), still("2A", 301, 50))
    joins = (
        Transition(kind="fade_in", right="t", frames=12),
        Transition(kind="dip", left="t", right="1A", frames=12),
        Transition(kind="dissolve", left="1A", right="1B", frames=13),
        Transition(kind="dissolve", left="1B", right="1C", frames=12),
        Transition(kind="fade_out", left="2A", frames=24),
    )
    sounds = tuple(
        still(name, start, frames, kind="sound") for name, start, frames in (("sea", 0, 100), ("rain", 50, 100), ("gull", 150, 9))
    )
    tracks = (
        Track(name="V1", kind="picture", clips=pictures, transitions=joins),
        Track(name="A1", kind="sound", role="dialogue", clips=(still("line 1", 60, 40, kind="sound"),)),
        Track(name="A3", kind="sound", role="effects", clips=sounds, duck_under="A1", duck_db=9),
    )
    return Assembly(
        title="The Lighthouse", rate=rate, tracks=tracks, markers=(Marker(at=160, note="check the lamp\n* nasty"),), version=3
    )


@st.composite
def cuts(draw: st.DrawFn) -> Assembly:
    """Any cut of stills with gaps, dissolves that fit, and sounds that may overlap, at any rate."""
    here, clips, joins = 0, [], []
    for n in range(draw(st.integers(1, 8))):
        gap = draw(st.sampled_from([0, 0, 0, 7]))
        frames = draw(st.integers(30, 3000))
        clips.append(still(f"{n + 1}A", here + gap, frames))
        if n and not gap and draw(st.booleans()):
            joins.append(Transition(kind="dissolve", left=f"{n}A", right=f"{n + 1}A", frames=draw(st.integers(2, 28))))
        here += gap + frames
    sounds = sorted((draw(st.integers(0, here)), draw(st.integers(1, 2000))) for _ in range(draw(st.integers(0, 6))))
    effects = tuple(still(f"s{n}", start, frames, kind="sound") for n, (start, frames) in enumerate(sounds))
    tracks = (
        Track(name="V1", kind="picture", clips=tuple(clips), transitions=tuple(joins)),
        Track(name="A3", kind="sound", clips=effects),
    )
    return Assembly(title="Any", rate=draw(st.sampled_from(sorted(RATES.values()))), tracks=tracks)


@given(cuts())
@settings(max_examples=40, deadline=None)
def test_a_cut_comes_back_with_its_cut_points(tmp_path_factory: pytest.TempPathFactory, cut: Assembly) -> None:
    out = tmp_path_factory.mktemp("cut") / "cut.otio"
    write_timeline(cut, out, media=media)
    assert read_cut_points(out.read_text(), "otio", cut.rate) == cut_points(cut)
    write_timeline(cut, out.with_suffix(".edl"), media=media)  # compares its own cut points and raises if one is off


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_times_are_whole_frames_at_the_cuts_rate(rate: Fraction, tmp_path: Path) -> None:
    write_timeline(lighthouse(rate), tmp_path / "a.otio", media=media)
    timeline = otio.adapters.read_from_file(str(tmp_path / "a.otio"))
    times = [time for clip in timeline.find_clips() for time in (clip.source_range.start_time, clip.source_range.duration)]
    assert all(time.value == int(time.value) and time.rate == float(rate) for time in times)


def test_otio_holds_tracks_gaps_joins_markers_and_what_glimmer_knows(tmp_path: Path) -> None:
    cut = lighthouse()
    assert write_timeline(cut, tmp_path / "a.otio", media=media) == ()
    timeline = otio.adapters.read_from_file(str(tmp_path / "a.otio"))
    assert [(track.name, track.kind) for track in timeline.tracks] == [
        ("V1", "Video"),
        ("A1", "Audio"),
        ("A3", "Audio"),
        ("A3.1", "Audio"),
    ]
    pictures = timeline.tracks[0]
    joins = [child for child in pictures if isinstance(child, otio.schema.Transition)]
    assert [(join.name, join.in_offset.value, join.out_offset.value) for join in joins] == [
        ("fade_in", 0, 12),
        ("dip", 6, 6),
        ("dissolve", 6, 7),
        ("dissolve", 6, 6),
        ("fade_out", 24, 0),
    ]
    assert sum(isinstance(child, otio.schema.Gap) for child in pictures) == 1
    assert [(marker.name, marker.marked_range.start_time.value) for marker in timeline.tracks.markers] == [
        ("check the lamp * nasty", 160)
    ]
    first = next(clip for clip in pictures.find_clips() if clip.name == "1A")
    assert first.media_reference.target_url == "file:///films/1A-asset%20%C3%A9.png"
    assert dict(first.metadata["glimmer"])["id"] == "1A" and timeline.metadata["glimmer"]["version"] == 3
    assert timeline.tracks[2].metadata["glimmer"]["duck_db"] == 9
    assert timeline.duration().value == cut.frames


def test_a_still_has_the_handles_its_dissolves_need(tmp_path: Path) -> None:
    write_timeline(lighthouse(), tmp_path / "a.otio", media=media)
    for clip in otio.adapters.read_from_file(str(tmp_path / "a.otio")).tracks[0].find_clips():
        used, there = clip.source_range, clip.media_reference.available_range
        assert there.start_time <= used.start_time and used.end_time_exclusive() <= there.end_time_exclusive()
    name_1c = next(c for c in otio.adapters.read_from_file(str(tmp_path / "a.otio")).find_clips() if c.name == "1C")
    assert name_1c.source_range.start_time.value == 6  # the frames before the cut that the dissolve borrows


def test_an_edl_says_what_it_can_not_hold(tmp_path: Path) -> None:
    notices = write_timeline(lighthouse(), tmp_path / "a.edl", media=media)
    assert any("A1, A3" in notice for notice in notices)
    assert any("3 transitions (fade in, dip, fade out)" in notice for notice in notices)


def test_an_edl_is_cuts_and_dissolves_in_timecode(tmp_path: Path) -> None:
    write_timeline(lighthouse(), tmp_path / "a.edl", media=media)
    text = (tmp_path / "a.edl").read_text()
    assert text.startswith("TITLE: The Lighthouse\nFCM: NON-DROP FRAME\n")
    assert "D 013    00:00:00:00 00:00:02:13 00:00:05:22 00:00:08:11" in text
    assert text.count("* LOC: 00:00:06:16 YELLOW  CHECK THE LAMP * NASTY") == 1
    assert all(len(line) < 200 for line in text.splitlines())


def test_an_edl_at_29_97_is_drop_frame(tmp_path: Path) -> None:
    write_timeline(lighthouse(RATES["29.97"]), tmp_path / "a.edl", media=media)
    assert "FCM: DROP FRAME" in (text := (tmp_path / "a.edl").read_text()) and "00:00:00;00" in text


def test_reels_are_short_plain_and_told_apart(tmp_path: Path) -> None:
    names = ["灯台 one", "LIGHTHOUSE 1", "LIGHTHOUSE 2", "BL", "灯台 two"]
    clips = tuple(still(f"c{n}", n * 50, 50, name=name) for n, name in enumerate(names))
    again = still("c9", 250, 50, name="LIGHTHOUSE 1", asset="c1-asset")
    track = Track(name="V1", kind="picture", clips=(*clips, again))
    write_timeline(Assembly(title="x", rate=Fraction(24), tracks=(track,)), tmp_path / "a.edl", media=media)
    events = [line.split()[1] for line in (tmp_path / "a.edl").read_text().splitlines() if line[:3].isdigit()]
    assert len(set(events)) == 5 and all(reel.isascii() and reel.isalnum() and len(reel) <= 8 for reel in events)
    assert events[1] == events[5]  # the same media is the same reel


def test_footage_without_a_handle_is_cut_not_dissolved_in_an_edl(tmp_path: Path) -> None:
    clips = (still("1A", 0, 50), still("1B", 50, 50, kind="footage"))
    track = Track(
        name="V1", kind="picture", clips=clips, transitions=(Transition(kind="dissolve", left="1A", right="1B", frames=12),)
    )
    notices = write_timeline(Assembly(title="x", rate=Fraction(24), tracks=(track,)), tmp_path / "a.edl", media=media)
    assert any("1 transition (dissolve)" in notice for notice in notices)


@pytest.mark.parametrize("kind", ["otio", "edl"])
def test_an_empty_cut_is_a_timeline_too(kind: str, tmp_path: Path) -> None:
    write_timeline(Assembly(title="Empty", rate=Fraction(24), tracks=()), tmp_path / f"a.{kind}", media=media)
    assert (tmp_path / f"a.{kind}").stat().st_size > 0


def test_a_rate_without_timecode_has_no_edl(tmp_path: Path) -> None:
    with pytest.raises(TimecodeError, match=r"Write \.otio"):
        write_timeline(lighthouse(Fraction(12)), tmp_path / "a.edl", media=media)
    write_timeline(lighthouse(Fraction(12)), tmp_path / "a.otio", media=media)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="otio"):
        write_timeline(lighthouse(), tmp_path / "a.otoi", media=media)


# ── and back ────────────────────────────────────────────────────────────────────────────────────────────────
def everything(rate: Fraction = Fraction(24)) -> Assembly:
    """A cut with each thing a cut can hold, set to what is not the usual."""
    footage: dict[str, object] = {"kind": "footage", "media_type": "video/mp4", "media_frames": 500}
    framing = {"move": "handheld", "strength": 0.2, "focus": (0.7, 0.3), "ease": "out"}
    pictures = (
        still("1A", 0, 100, **footage, source_start=7, speed=Fraction(3, 2), framing=framing, reframed=(("9:16", framing),)),
        still("1B", 100, 61, **footage, source_start=11, source_part=Fraction(1, 3), speed=Fraction(1, 3), backwards=True),
        still("1B.2", 161, 40, **footage, source_start=200, frozen=True, opacity=0.4),
        still("1C", 201, 71, fit="fit", crop=(0.1, 0.0, 0.8, 1.0), lut="l" * 64),
        still("2A", 301, 50, kind="title", asset="", style="credits", title="Cast", subtitle="Mara: J. Player\nTom: K. Other"),
    )
    joins = (
        Transition(kind="fade_in", right="1A", frames=12, colour="white"),
        Transition(kind="wipe", left="1A", right="1B", frames=13, direction="up"),
        Transition(kind="push", left="1B", right="1B.2", frames=8, direction="right"),
        Transition(kind="dip", left="1B.2", right="1C", frames=12, colour="white"),
        Transition(kind="fade_out", left="2A", frames=24),
    )
    box = {"left": 0.6, "top": 0.1, "width": 0.3, "height": 0.3}
    sounds = (
        still("sea", 0, 100, kind="sound", fade_in=9, fade_out=4, gain_db=-3.5, pan=-0.25, made_of="s1"),
        still("rain", 50, 100, kind="sound"),
        still("gull", 150, 9, kind="sound"),
    )
    return lighthouse(rate).model_copy(
        update={
            "tracks": (
                Track(name="V1", kind="picture", clips=pictures, transitions=joins),
                Track(name="V2", kind="picture", clips=(still("v2.gull", 120, 40, name="gull", box=box),)),
                Track(name="A1", kind="sound", role="dialogue", muted=True),
                Track(
                    name="A3",
                    kind="sound",
                    role="effects",
                    clips=sounds,
                    transitions=(Transition(kind="dissolve", left="sea", right="rain", frames=20),),
                    gain_db=-6,
                    duck_under="A1",
                    duck_db=9,
                ),
            ),
            "captions": (
                Caption(line_id="l1", speaker="MARA", text="Hm?", start=3, end=9, words=(CaptionWord(word="Hm?", start=3, end=8),)),
            ),
            "caption_style": CaptionStyle(look="plain", size=1.5, position="top"),
            "markers": (Marker(at=160, note="check the lamp\n* nasty"), Marker(at=160, note="灯台")),
            "notices": ("no picture for 1D",),
            "script_version": 4,
        }
    )


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_a_cut_comes_back_equal(rate: Fraction, tmp_path: Path) -> None:
    for cut in (everything(rate), lighthouse(rate)):
        write_timeline(cut, tmp_path / "a.otio", media=media)
        assert read_timeline(tmp_path / "a.otio") == cut
        assert read_timeline((tmp_path / "a.otio").read_text(encoding="utf-8")) == cut


@given(cuts())
@settings(max_examples=30, deadline=None)
def test_any_cut_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, cut: Assembly) -> None:
    out = tmp_path_factory.mktemp("back") / "cut.otio"
    write_timeline(cut, out, media=media)
    assert read_timeline(out) == cut


def test_speeds_and_held_frames_are_time_effects_of_the_timeline(tmp_path: Path) -> None:
    write_timeline(everything(), tmp_path / "a.otio", media=media)
    clips = {clip.name: clip for clip in otio.adapters.read_from_file(str(tmp_path / "a.otio")).tracks[0].find_clips()}
    assert [effect.time_scalar for effect in clips["1A"].effects] == [1.5]
    assert clips["1B"].effects[0].time_scalar == pytest.approx(-1 / 3)
    assert isinstance(clips["1B.2"].effects[0], otio.schema.FreezeFrame)
    assert not clips["1C"].effects
    assert clips["1A"].media_reference.available_range.duration.value == 500


def test_what_an_editor_did_to_the_timeline_counts(tmp_path: Path) -> None:
    write_timeline(lighthouse(), tmp_path / "a.otio", media=media)
    timeline = otio.adapters.read_from_file(str(tmp_path / "a.otio"))
    track = timeline.tracks[0]
    clip = next(each for each in track.find_clips() if each.name == "1B")
    clip.source_range = otio.opentime.TimeRange(
        clip.source_range.start_time + otio.opentime.RationalTime(5, 24),
        clip.source_range.duration - otio.opentime.RationalTime(11, 24),
    )
    del track[next(n for n, child in enumerate(track) if isinstance(child, otio.schema.Transition) and child.name == "dip")]
    otio.adapters.write_to_file(timeline, str(tmp_path / "b.otio"))
    there = read_timeline(tmp_path / "b.otio")
    assert (there.clip("1B").frames, there.clip("1B").source_start, there.clip("1C").start) == (50, 5, 198)
    assert [join.kind for join in there.track("V1").transitions] == ["fade_in", "dissolve", "dissolve", "fade_out"]
    assert there.frames == lighthouse().frames - 11


def test_what_is_no_cut_is_refused_with_the_reason(tmp_path: Path) -> None:
    foreign = otio.schema.Timeline("Foreign")
    ours = lighthouse()
    write_timeline(ours, tmp_path / "a.otio", media=media)
    text = (tmp_path / "a.otio").read_text(encoding="utf-8")
    added = otio.adapters.read_from_file(str(tmp_path / "a.otio"))
    added.tracks[0].append(
        otio.schema.Clip("stock shot", source_range=otio.opentime.TimeRange(duration=otio.opentime.RationalTime(9, 24)))
    )
    for bad, said in (
        (otio.adapters.write_to_string(foreign, "otio_json"), "not written by Glimmer"),
        (otio.adapters.write_to_string(added, "otio_json"), 'clip "stock shot" on V1 is not one of Glimmer'),
        (otio.adapters.write_to_string(otio.schema.Clip("x"), "otio_json"), "holds a Clip"),
        (text[: len(text) // 2], "no timeline that can be read"),
        (text.replace('"still"', '"hologram"'), "does not hold what a cut is made of"),
        ("{}", "no timeline|holds a"),
        (str(tmp_path / "nowhere.otio"), "can't be read"),
    ):
        with pytest.raises(InputError, match=said):
            read_timeline(bad)


def test_an_edl_says_which_speeds_and_looks_it_can_not_hold(tmp_path: Path) -> None:
    notices = " ".join(write_timeline(everything(), tmp_path / "a.edl", media=media))
    assert "can't hold speeds, reverses and held frames; 1A, 1B, 1B.2 run forwards" in notices
    assert "opacity, crops, insets and tables of colours; 1B.2, 1C stand there without" in notices
    assert "V2, A3" in notices and "5 transitions (fade in, wipe, push, dip, fade out)" in notices
    assert "M2" not in (tmp_path / "a.edl").read_text()


def test_a_timeline_and_a_cut_of_release_0_1_0_are_still_read(tmp_path: Path) -> None:
    """As kept by 0.1.0: no media lengths, no speeds; a dip is called "dip_black"."""
    kept = """{"title":"The Lighthouse","rate":"24","tracks":[{"name":"V1","kind":"picture","clips":[
      {"id":"title","name":"title","kind":"title","asset":"","media_type":"","start":0,"frames":72,"source_start":0,
       "framing":{"move":"hold","strength":0.12,"focus":[0.5,0.45],"ease":"smooth"},"gain_db":0.0,"fade_in":0,"fade_out":0,"pan":0.0,
       "title":"The Lighthouse","subtitle":"","made_of":""},
      {"id":"v1.1A","name":"1A","kind":"still","asset":"aa","media_type":"image/png","start":72,"frames":60,"source_start":0,
       "framing":{"move":"pan_right","strength":0.09,"focus":[0.5,0.45],"ease":"smooth"},"gain_db":0.0,"fade_in":0,"fade_out":0,"pan":0.0,
       "title":"","subtitle":"","made_of":"1A"}],
      "transitions":[{"kind":"dip_black","left":"title","right":"v1.1A","frames":24}],
      "role":"picture","gain_db":0.0,"muted":false,"duck_under":"","duck_db":0.0}],
      "captions":[{"line_id":"l1","speaker":"","text":"Hm.","start":80,"end":90,"words":[{"word":"Hm.","start":80,"end":90}],"position":"bottom"}],
      "markers":[{"at":80,"note":"look"}],"script_version":1,"version":2,"notices":[]}"""
    cut = Assembly.model_validate_json(kept)
    assert cut.tracks[0].transitions == (Transition(kind="dip", left="title", right="v1.1A", frames=24),)
    shot = cut.clip("1A")
    assert shot.speed == 1 and shot.media_frames == 0 and shot.opacity == 1
    assert shot.box is None and shot.fit == "auto"
    assert cut.caption_style == CaptionStyle() and cut.frames == 132
    assert Assembly.model_validate_json(cut.model_dump_json()) == cut
    write_timeline(cut, tmp_path / "a.otio", media=media)
    assert read_timeline(tmp_path / "a.otio") == cut
