"""The plan: every frame once, pages that can be read, presets by name, keys that know content and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from glimmer.assembly.nouns import Clip, Framing, Transition
from glimmer.errors import NotFound, SettingsError
from glimmer.render.linebreak import breaks, weight
from glimmer.render.paging import fits, pages
from glimmer.render.plan import LONGEST_SEGMENT_FRAMES, plan
from glimmer.render.preset import PRESETS, Preset, preset_named


def test_presets_are_found_by_name_and_a_wrong_name_is_told_the_nearest():
    assert preset_named("720p24").rate == 24 and preset_named("1080p23.976").rate == Fraction(24000, 1001)
    assert preset_named("portrait").width_px < preset_named("portrait").height_px
    assert preset_named(PRESETS["square"]) is PRESETS["square"]
    with pytest.raises(NotFound, match="did you mean 720p2"):
        preset_named("720p24fps")
    with pytest.raises(SettingsError, match="even"):
        Preset(name="odd", width_px=641, height_px=360, rate=Fraction(24))


def test_segments_lie_end_to_end_and_none_is_too_long(shelf, small):
    clips = [shelf.shot(f"s{n}", n * 100, 100, framing=Framing(move="push_in")) for n in range(4)]
    zones = [Transition(kind="dissolve", left=f"v{n}00" if n else "v0", right=f"v{n + 1}00", frames=13) for n in range(3)]
    planned = plan(shelf.cut(shelf.picture(*clips, transitions=tuple(zones))), small())
    at = 0
    for segment in planned.segments:
        assert segment.start == at and 1 <= segment.frames <= LONGEST_SEGMENT_FRAMES
        at = segment.end
    assert at == 400 and sum(segment.strands[0].mix == "dissolve" for segment in planned.segments) == 3
    assert len({segment.key for segment in planned.segments}) == len(planned.segments)


def test_a_key_knows_what_is_shown_and_not_where_or_under_which_name(shelf, small):
    def keys(*clips: Clip) -> list[str]:
        return [segment.key for segment in plan(shelf.cut(shelf.picture(*clips)), small()).segments]

    move = Framing(move="push_in")
    here = keys(shelf.shot("a", 0, 40, framing=move))
    later = keys(shelf.shot("b", 0, 10), shelf.shot("a", 10, 40, framing=move).model_copy(update={"name": "renamed"}))
    assert later[-1:] == here
    assert keys(shelf.shot("other", 0, 40, framing=move)) != here
    assert keys(shelf.shot("a", 0, 40, framing=Framing(move="pull_out"))) != here
    held = keys(shelf.shot("a", 0, 168))
    assert len(held) == 2 and len(set(held)) == 1  # nothing moves: both halves are one piece


def test_a_transition_that_does_not_fit_is_shortened_and_said(shelf, small):
    track = shelf.picture(
        shelf.shot("a", 0, 6), shelf.shot("b", 6, 60), transitions=(Transition(kind="dissolve", left="v0", right="v6", frames=40),)
    )
    planned = plan(shelf.cut(track), small())
    assert sum(segment.frames for segment in planned.segments) == 66
    assert any("shortened" in notice for notice in planned.notices)


def test_a_transition_between_clips_that_do_not_touch_is_left_out_and_said(shelf, small):
    track = shelf.picture(
        shelf.shot("a", 0, 6), shelf.shot("b", 9, 6), transitions=(Transition(kind="dissolve", left="v0", right="v9", frames=4),)
    )
    assert any("left out" in notice for notice in plan(shelf.cut(track), small()).notices)


def test_a_long_caption_turns_its_pages_where_the_speaker_breathes(shelf):
    text = (
        "The keeper counts the waves, one by one, and waits. Nobody has come to the island since the storm; "
        "nobody, he says, will come again before the spring, unless the boat is mended."
    )
    turned = pages((shelf.spoken(text, 10),), 1280, 720)
    assert " ".join(page.text for page in turned) == text
    assert turned[0].text.endswith("waits.")
    assert all(fits(page.text, breaks(page.text), 42, 2) for page in turned)
    for page, following in zip(turned, turned[1:], strict=False):
        assert page.end == following.start == following.words[0].start
    assert [page.fades_in for page in turned] == [True, *[False] * (len(turned) - 1)]
    for page in turned:
        assert all(page.text[word.first : word.after] for word in page.words)


def test_japanese_lines_never_begin_with_a_stop_or_a_small_kana():
    text = "昔々、あるところにおじいさんとおばあさんが住んでいました。「きっと」"
    for at in breaks(text)[:-1]:
        assert text[at] not in "、。」っょ" and text[at - 1] not in "「"
    assert weight("灯台") == pytest.approx(5.2) and weight("é" + "\u0301") == 1.0


def test_thai_breaks_where_words_end():
    text = "สวัสดีชาวโลก"
    assert breaks(text) == (len(text),)
    assert breaks(text, [6]) == (6, len(text))


def test_footage_that_is_trimmed_keeps_the_pieces_that_are_left(shelf, small):
    def keys(start: int, frames: int, source_start: int) -> list[str]:
        clip = shelf.shot("a", start, frames, source_start=source_start).model_copy(update={"kind": "footage"})
        return [segment.key for segment in plan(shelf.cut(shelf.picture(clip)), small()).segments]

    whole = keys(0, 420, 0)
    assert len(whole) == 5
    assert keys(0, 400, 0)[:4] == whole[:4]
    assert keys(0, 400, 20)[1:] == whole[1:]
