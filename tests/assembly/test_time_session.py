"""The session of the documentation on a film made by rehearsal: what a person types at a cut, with takes from the film's buckets."""

from __future__ import annotations

import glimmer as gl
from glimmer.assembly import Assembly


def test_a_cut_of_a_film_is_edited_kept_and_read_back(lamp: gl.Project) -> None:
    cut = lamp.cut
    edited = cut.trim("1A", head=12).move("2A", before="1B").overwrite(lamp.video["1B"], track="V2", at="00:00:04:00", frames=24)
    assert isinstance(edited, Assembly) and edited.frames == cut.frames - 12
    assert edited.clip("1B.2").asset == edited.clip("1B").asset
    lamp.cut = edited
    kept = lamp.cut
    assert kept.tracks == edited.tracks and kept.captions == edited.captions and kept.frames == edited.frames
    assert lamp.cuts[1].tracks == cut.tracks


def test_a_trim_of_a_drafted_cut_can_be_taken_back(lamp: gl.Project) -> None:
    cut = lamp.cut
    for clip in cut.track("V1").clips:
        assert cut.trim(clip.name, head=5).trim(clip.name, head=-5) == cut
        assert cut.trim(clip.name, tail=5).trim(clip.name, tail=-5) == cut


def test_music_of_the_film_is_laid_on_a_track_of_its_own(lamp: gl.Project) -> None:
    cut = lamp.cut.overwrite(lamp.music[lamp.music.names[0]], track="A5", at=24, frames=48)
    clip = cut.track("A5").clips[0]
    assert (clip.kind, clip.start, clip.frames) == ("sound", 24, 48) and clip.media_type.startswith("audio/")
