"""What `cut.sound()` tells: waveforms, speech, ducking and loudness as numbers that are true, and a card that is small and safe."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile

from glimmer.assembly.sounds import Sounds
from glimmer.errors import Cancelled, InputError, MissingPiece
from glimmer.render.listening import Heard, HeardTrack, listened
from glimmer.render.loudness import levels, loudness
from glimmer.render.mix import mixed
from glimmer.render.sound_plan import sound_plan

RATE = 48_000


@pytest.fixture
def cut(shelf) -> Sounds:
    """Ten seconds: a voice from 2 to 4 and from 6 to 7, music under it, surf muted."""
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * RATE)
    soundfile.write(shelf.folder / "v", noise, RATE, format="FLAC")
    shelf.tone("m", 12.0, 220.0, level=0.2)
    tracks = (
        shelf.sound("A1", shelf.heard("v", 48, 48), shelf.heard("v", 144, 24, pan=-1.0)),
        shelf.sound("A2", shelf.heard("m", 0, 240)).model_copy(update={"role": "music"}),
        shelf.sound("A3", shelf.heard("m", 0, 240), muted=True).model_copy(update={"role": "effects"}),
    )
    film = Sounds(title="Sea <b>&", rate=Fraction(24), tracks=(shelf.picture(shelf.shot("p", 0, 240)), *tracks))
    return film.duck("A2", under="A1", by_db=9)


@pytest.fixture
def heard(cut, shelf) -> Heard:
    return listened(cut, media=shelf, width_px=500)


def test_speech_is_found_where_it_is_said(heard):
    assert heard.speech == (
        (pytest.approx(2.0, abs=0.03), pytest.approx(4.0, abs=0.03)),
        (pytest.approx(6.0, abs=0.03), pytest.approx(7.0, abs=0.03)),
    )


def test_waveforms_stand_in_the_mix_to_scale(heard):
    voice, music, surf = heard.tracks
    assert [track.name for track in heard.tracks] == ["A1", "A2", "A3"] and [len(track.peaks) for track in heard.tracks] == [
        500
    ] * 3
    assert not voice.peaks[:99].any() and voice.peaks[102:198].min() > 0.1 and not voice.peaks[202:298].any()
    assert voice.peaks[300:350].max() > 1.2 * 0.3  # on one side, 3 dB higher there
    assert music.peaks[20] == pytest.approx(0.2, abs=0.002)
    assert music.peaks[190] == pytest.approx(0.2 * 10 ** (-9 / 20), abs=0.003)
    assert surf.muted and not surf.peaks.any()


def test_the_duck_is_a_curve_in_decibels(heard):
    ((name, (seconds, db)),) = heard.ducks.items()
    assert name == "A2" and len(seconds) == len(db)
    assert float(np.interp(1.0, seconds, db)) == 0.0
    assert float(np.interp(3.5, seconds, db)) == pytest.approx(-9.0, abs=0.2)
    assert -9.0 < float(np.interp(1.95, seconds, db)) < -3.0


def test_loudness_is_that_of_the_mix_from_moment_to_moment(cut, heard, shelf, small):
    mix = np.concatenate(list(mixed(sound_plan(cut, small()), shelf)))
    assert heard.lufs == pytest.approx(loudness(levels([mix]).power), abs=0.01)
    assert heard.raised_db == pytest.approx(-16.0 - heard.lufs)
    seconds, lufs = heard.momentary
    assert len(seconds) == len(lufs) == 97 and seconds[0] == pytest.approx(0.2)
    part = mix[round(2.6 * RATE) : round(3.0 * RATE)]
    assert float(np.interp(2.8, seconds, lufs)) == pytest.approx(loudness(levels([part]).power), abs=0.5)


def test_its_numbers_go_to_a_table_and_to_pandas(heard):
    table = heard.table()
    assert table.columns == ("seconds", "lufs", "speech", "A1 peak_db", "A2 peak_db", "A2 duck_db")
    assert len(table) == 97 and table["seconds"][0] == pytest.approx(0.2)
    at = {row["seconds"]: row for row in table}
    assert at[1.0] == {
        "seconds": 1.0, "lufs": pytest.approx(float(heard.momentary[1][8]), abs=0.01), "speech": False, "A1 peak_db": -200.0,
        "A2 peak_db": pytest.approx(20 * np.log10(0.2), abs=0.1), "A2 duck_db": 0.0,
    }  # fmt: skip
    assert at[3.5]["speech"] is True and at[3.5]["A2 duck_db"] == pytest.approx(-9.0, abs=0.2) and at[3.5]["A1 peak_db"] > -20
    frame = table.to_pandas()
    assert frame.loc[frame.speech, "seconds"].agg(["min", "max"]).tolist() == [2.0, 6.9]
    assert frame["lufs"].max() == pytest.approx(float(heard.momentary[1].max()), abs=0.01)


def test_the_drawing_says_what_it_shows_to_those_who_do_not_see_it(heard):
    (opening,) = re.findall(r"<svg [^>]*>", heard._repr_html_())
    assert 'role="img"' in opening and 'aria-label="Sea &lt;b&gt;&amp;: waveforms, speech, ducking and loudness"' in opening


def test_it_says_itself_in_a_line(heard):
    assert repr(heard) == f'Sound of "Sea <b>&" · 10.0 s · {heard.lufs:.1f} LUFS (target -16.0) · speech 3.0 s · 3 tracks'


def svg_of(heard: Heard) -> ElementTree.Element:
    card = heard._repr_html_()
    return ElementTree.fromstring(re.search(r"<svg.*</svg>", card, re.DOTALL)[0].replace("<svg ", '<svg xmlns="x" '))


def test_the_card_is_whole_and_escapes_what_it_is_told(heard):
    card = heard._repr_html_()
    assert "Sea &lt;b&gt;&amp;" in card and "<b>&" not in card.replace("&amp;", "")
    words = ["".join(each.itertext()) for each in svg_of(heard).iter("{x}text")]
    assert {"A1", "A2", "A3", "muted", "LUFS", "0:00", "0:05", "\N{MINUS SIGN}9 dB", "\N{MINUS SIGN}16"} <= set(words)


def test_the_drawing_is_to_scale(heard):
    """The voice's shade begins and ends where the ruler says 2 and 4 seconds."""
    drawn = svg_of(heard)
    ticks = {"".join(each.itertext()): float(each.get("x")) - 4 for each in drawn.iter("{x}text")}
    shade = next(each.get("d") for each in drawn.iter("{x}path") if each.get("fill-opacity") == "0.16")
    left, right = re.match(r"M([\d.]+) \d+H([\d.]+)V", shade).groups()
    assert float(left) == pytest.approx(ticks["0:02"], abs=2.5) and float(right) == pytest.approx(ticks["0:04"], abs=2.5)


def test_a_long_film_with_many_tracks_still_makes_a_small_card():
    rng = np.random.default_rng(2)
    at = np.arange(0, 7200, 0.1)
    tracks = tuple(HeardTrack(f"A{n}", "effects", rng.random(860).astype(np.float32)) for n in range(1, 11))
    heard = Heard(
        title="Long",
        seconds=7200.0,
        tracks=tracks,
        speech=tuple((float(second), second + 2.0) for second in range(0, 7200, 5)),
        ducks={track.name: (at, -9.0 * rng.random(len(at))) for track in tracks},
        momentary=(at, -30 + 20 * rng.random(len(at))),
        lufs=-20.0,
        true_peak_db=-3.0,
        target_lufs=-16.0,
    )
    card = heard._repr_html_()
    assert len(card) < 60_000 and "2 more tracks" in card


def test_a_silent_film_is_silent_and_one_without_pictures_is_refused(shelf):
    silent = listened(shelf.cut(shelf.picture(shelf.shot("p", 0, 24))), media=shelf)
    assert silent.lufs is None and silent.speech == () and "silent" in repr(silent) and "<svg" in silent._repr_html_()
    with pytest.raises(MissingPiece, match="no picture"):
        listened(shelf.cut(), media=shelf)
    with pytest.raises(InputError, match="200 to 4000"):
        listened(shelf.cut(shelf.picture(shelf.shot("p", 0, 24))), media=shelf, width_px=10)


def test_listening_can_be_stopped(cut, shelf):
    with pytest.raises(Cancelled):
        listened(cut, media=shelf, cancelled=lambda: True)
