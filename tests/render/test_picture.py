"""What is drawn: moves that glide, footage in its own time, captions in every script, cards."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from glimmer.assembly.nouns import Framing, Transition
from glimmer.errors import LimitError, MediaError, RenderError
from glimmer.render import frame, thumbnail
from glimmer.render.captions import unseen
from glimmer.render.cards import card
from glimmer.render.fonts import face_for, faces, loaded
from glimmer.render.lettering import broken, drawable, line
from glimmer.render.moves import eased, window
from glimmer.render.opening import read_still


def look(shelf, cut, at, width_px=640, height_px=360, **more) -> np.ndarray:
    return frame(cut, at, width_px=width_px, height_px=height_px, media=shelf, **more).astype(int)


def test_a_push_in_glides_without_a_jolt(shelf):
    """The edge of a disc, found to a fraction of a pixel in every frame, lies on a smooth curve."""
    y, x = np.mgrid[0:720, 0:1280]
    disc = np.where((x - 900) ** 2 + (y - 300) ** 2 < 200**2, 230, 30).astype(np.uint8)
    asset = shelf.still("disc", np.repeat(disc[..., None], 3, axis=2))
    cut = shelf.cut(shelf.picture(shelf.shot(asset, 0, 48, framing=Framing(move="push_in", strength=0.15))))
    middles = []
    for at in range(12, 36):
        dark = 230 - look(shelf, cut, at)[..., 1]
        weights = np.clip(200 - dark, 0, 200).astype(float)
        middles.append((weights.sum(axis=0) * np.arange(640)).sum() / weights.sum())
    curve = np.polynomial.Polynomial.fit(np.arange(24), middles, 5)(np.arange(24))
    assert np.sqrt(np.mean((np.array(middles) - curve) ** 2)) < 0.03
    assert abs(middles[-1] - middles[0]) > 3


def test_every_move_stays_inside_the_picture():
    for move in ("hold", "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down"):
        for source in ((1920, 1080), (4000, 900), (800, 1600)):
            for focus in ((0.0, 0.0), (1.0, 1.0), (0.5, 0.45)):
                for share in np.linspace(0, 1, 11):
                    view = window(source, (1280, 720), Framing(move=move, strength=0.4, focus=focus), share)
                    assert view.left >= -1e-6 and view.top >= -1e-6
                    assert view.left + view.width <= source[0] + 1e-6 and view.top + view.height <= source[1] + 1e-6
                    assert view.width / view.height == pytest.approx(1280 / 720)


def test_a_move_starts_and_stops_softly():
    ways = np.array([eased(share) for share in np.linspace(0, 1, 201)])
    speeds = np.diff(ways)
    assert ways[0] == 0 and ways[-1] == pytest.approx(1) and np.all(speeds >= 0)
    assert speeds[0] < speeds[100] / 10 > speeds[-1]
    assert np.abs(np.diff(speeds)).max() < 0.0005


def test_a_move_runs_on_through_a_dissolve(shelf):
    _, x = np.mgrid[0:360, 0:640]
    ramp = shelf.still("ramp", np.repeat((x * 0.3 + 30).astype(np.uint8)[..., None], 3, axis=2))
    track = shelf.picture(
        shelf.shot(ramp, 0, 24, framing=Framing(move="pan_right", strength=0.3)),
        shelf.shot(ramp, 24, 24),
        transitions=(Transition(kind="dissolve", left="v0", right="v24", frames=12),),
    )
    cut = shelf.cut(track)
    steps = np.diff([look(shelf, cut, at, 320, 180)[90, 160, 1] for at in range(18)])
    assert np.all(steps >= 0)  # it never stops or turns back at the transition's first frame


def test_fades_and_dips_go_through_black(shelf):
    grey = shelf.still("grey", (200, 200, 200))
    fades = (
        Transition(kind="fade_in", right="v0", frames=5),
        Transition(kind="dip", left="v0", right="v24", frames=9),
        Transition(kind="fade_out", left="v24", frames=5),
    )
    cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 24), shelf.shot(grey, 24, 24), transitions=fades))
    light = [look(shelf, cut, at, 64, 36).mean() for at in range(48)]
    assert light[0] < 45 and light[24] < 3 and light[47] < 45
    assert light[12] == pytest.approx(200, abs=2) == light[36]


def test_an_upper_track_covers_a_lower_one_and_gaps_are_black(shelf):
    red, blue = shelf.still("red", (200, 0, 0)), shelf.still("blue", (0, 0, 200))
    upper = shelf.picture(shelf.shot(blue, 10, 5)).model_copy(update={"name": "V2"})
    cut = shelf.cut(shelf.picture(shelf.shot(red, 0, 20), shelf.shot(red, 30, 5)), upper)
    assert [int(np.argmax(look(shelf, cut, at, 64, 36)[10, 10])) for at in (9, 10, 14, 15)] == [0, 2, 2, 0]
    assert look(shelf, cut, 25, 64, 36).max() <= 1


def test_footage_keeps_its_own_time(shelf):
    """30 fps footage in a 24 fps cut: frame n shows what the clip shows at n / 24 s."""
    asset = shelf.footage("clip", 45, rate=30)
    clip = shelf.shot(asset, 0, 24, source_start=6).model_copy(update={"kind": "footage"})
    cut = shelf.cut(shelf.picture(clip))
    for at in (0, 5, 17, 23):
        shown = (look(shelf, cut, at, 320, 180)[90, 160, 1] - 40) / 2
        assert shown == pytest.approx(int((at + 6) / 24 * 30 + 0.01), abs=0.8)


def test_footage_that_is_too_short_holds_its_last_picture(shelf):
    asset = shelf.footage("clip", 12, rate=24)
    clip = shelf.shot(asset, 0, 24).model_copy(update={"kind": "footage"})
    shown = look(shelf, shelf.cut(shelf.picture(clip)), 23, 320, 180)[90, 160, 1]
    assert shown == pytest.approx(40 + 2 * 11, abs=2)


def test_footage_with_wide_pixels_is_shown_in_its_true_shape(shelf):
    """160 x 180 with pixels twice as wide as high is 16:9: it fills the frame, no backdrop beside it."""
    with av.open(str(shelf.folder / "wide"), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 180, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(2)
        for _ in range(4):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((180, 160, 3), 200, np.uint8), format="rgb24")))
        container.mux(stream.encode(None))
    clip = shelf.shot("wide", 0, 4).model_copy(update={"kind": "footage"})
    assert look(shelf, shelf.cut(shelf.picture(clip)), 2, 640, 360).min() > 190


def test_upright_footage_is_shown_whole_before_itself_blurred(shelf):
    asset = shelf.footage("tall", 6, rate=24, size=(180, 320))
    clip = shelf.shot(asset, 0, 6).model_copy(update={"kind": "footage"})
    shown = look(shelf, shelf.cut(shelf.picture(clip)), 5, 640, 360)
    assert shown[180, 320, 1] > shown[180, 40, 1] + 10 > 20


def test_transparent_turned_and_deep_stills_come_out_right(shelf):
    clear = Image.new("RGBA", (64, 36), (255, 255, 255, 0))
    clear.save(shelf.folder / "clear", "PNG")
    turned = Image.new("RGB", (36, 64), (9, 9, 9))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(shelf.folder / "turned", "JPEG", exif=exif)
    Image.fromarray(np.full((36, 64), 128 * 257, np.uint16)).save(shelf.folder / "deep", "PNG")
    assert read_still(shelf("clear"), clip="c", asset="clear").max() == 0
    assert read_still(shelf("turned"), clip="c", asset="turned").shape == (36, 64, 3)
    assert read_still(shelf("deep"), clip="c", asset="deep").mean() == 128


def test_a_picture_that_would_fill_the_memory_is_refused(shelf):
    Image.new("1", (8_100, 8_100)).save(shelf.folder / "huge", "PNG")
    with pytest.raises(LimitError, match="MAX_IMAGE_PIXELS"):
        read_still(shelf("huge"), clip="2A", asset="huge")
    (shelf.folder / "svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(MediaError, match="2A"):
        read_still(shelf("svg"), clip="2A", asset="svg")


def test_a_frame_that_is_not_there_is_refused(shelf):
    cut = shelf.cut(shelf.picture(shelf.shot(shelf.still("a", (1, 2, 3)), 0, 10)))
    with pytest.raises(RenderError, match="from 0"):
        frame(cut, 10, width_px=64, height_px=36, media=shelf)


def test_a_thumbnail_is_the_clips_own_picture_at_any_size(shelf):
    cut = shelf.cut(shelf.picture(shelf.shot(shelf.still("a", (200, 100, 50)), 0, 10)))
    small = thumbnail(cut, cut.tracks[0].clips[0], width_px=81, height_px=45, media=shelf)
    assert small.shape == (45, 81, 3) and np.abs(small.reshape(-1, 3).mean(axis=0) - (200, 100, 50)).max() < 3


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────
SCRIPTS = {
    "Arabic": "مرحبا بالعالم الجميل",
    "Hebrew": "שלום עולם יפה",
    "Devanagari": "नमस्ते सुंदर दुनिया",
    "Thai": "สวัสดี ชาวโลก ที่รัก",
    "Japanese": "こんにちは、世界。 灯台へ",
    "Korean": "안녕하세요 아름다운 세상",
    "Chinese": "你好，美丽的世界。 再见",
    "Greek": "Γειά σου όμορφε κόσμε",
    "Cyrillic": "Привет прекрасный мир",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_every_script_is_drawn_with_glyphs_of_its_own_and_its_words_light_up(shelf, text):
    assert drawable(text) == (text, "")
    for char in text.replace(" ", ""):
        face = face_for(char)
        assert face is not None
        font = loaded(face, 40, 600)
        assert bytes(font.getmask(char)) != bytes(font.getmask("\U0010fffe"))  # not the box of a missing glyph
    grey = shelf.still("grey", (60, 60, 60))
    caption = shelf.spoken(text, 0, 12)
    cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 60)), captions=(caption,))
    places = []
    for number in range(len(caption.words)):
        shown = look(shelf, cut, 12 * number + 6, 1280, 720, captions=True)[560:]
        warm = (shown[..., 0] - shown[..., 2] > 80) & (shown[..., 0] > 180)
        assert warm.sum() > 60
        places.append(np.nonzero(warm)[1].mean())
    right_to_left = text in (SCRIPTS["Arabic"], SCRIPTS["Hebrew"])
    assert places == sorted(places, reverse=right_to_left)


def test_a_script_without_a_font_is_said_and_not_drawn(shelf):
    tibetan = shelf.spoken("བཀྲ་ཤིས་ བདེ་ལེགས།", 0)
    grey = shelf.still("grey", (60, 60, 60))
    cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 24)), captions=(tibetan,))
    assert np.array_equal(look(shelf, cut, 5, captions=True), look(shelf, cut, 5))
    (notice,) = unseen((tibetan,))
    assert "TIBETAN" in notice and "subtitles" in notice


def test_without_the_cjk_extra_the_notice_names_it(shelf, monkeypatch):
    from glimmer.render import fonts

    fewer = tuple(face for face in faces() if "CJK" not in face.family)
    monkeypatch.setattr(fonts, "faces", lambda: fewer)
    fonts._first_face.cache_clear()
    try:
        (notice,) = unseen((shelf.spoken("灯台 へ", 0),))
        assert "glimmer-studio[cjk]" in notice
    finally:
        fonts._first_face.cache_clear()


def test_captions_stay_in_the_safe_area_whatever_their_length(shelf):
    grey = shelf.still("grey", (60, 60, 60))
    texts = ["Oh.", "word " * 60, "x" * 300, "灯台守は波を数えながら待っていた。" * 6]
    for size in ((640, 360), (540, 960), (480, 480)):
        plain = look(shelf, shelf.cut(shelf.picture(shelf.shot(grey, 0, 60))), 30, *size)
        for text in texts:
            caption = shelf.spoken(text, 0).model_copy(update={"end": 60, "words": ()})
            cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 60)), captions=(caption,))
            changed = np.abs(look(shelf, cut, 30, *size, captions=True) - plain).max(axis=2) > 8
            rows, columns = np.nonzero(changed)
            assert changed.any()
            assert columns.min() >= size[0] * 0.04 and columns.max() <= size[0] * 0.96
            assert rows.max() <= size[1] * 0.95 and rows.min() >= size[1] * 0.60


def test_two_who_speak_at_once_stand_side_by_side_with_their_names(shelf):
    grey = shelf.still("grey", (60, 60, 60))
    captions = (
        shelf.spoken("I never said that to you", 0, position="left", speaker="MARA"),
        shelf.spoken("You did and I heard it", 0, position="right", speaker="JON"),
    )
    cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 60)), captions=captions)
    changed = np.abs(look(shelf, cut, 10, 1280, 720, captions=True) - 60).max(axis=2) > 8
    columns = changed.any(axis=0)
    assert columns[:640].any() and columns[640:].any() and not columns[632:648].any()


def test_a_long_title_is_broken_and_made_smaller_never_cut():
    long = broken(
        "The Long and Winding Story of the Keeper Who Counted Every Single Wave of the Northern Sea", 70, 760, 3, weight=300
    )
    assert len(long.lines) <= 3 and long.width <= 760
    assert "".join(each.text for each in long.lines).replace(" ", "") == (
        "TheLongandWindingStoryoftheKeeperWhoCountedEverySingleWaveoftheNorthernSea"
    )
    assert broken("x" * 400, 70, 760, 2).width <= 760
    assert card("word " * 120, "x" * 300, 640, 360)[:8].max() < 60  # nothing runs out at the top


def test_a_card_shows_its_words_and_keeps_its_edges_quiet(shelf):
    clip = shelf.shot("", 0, 24).model_copy(update={"kind": "title", "title": "The Lighthouse", "subtitle": "by Ada"})
    shown = look(shelf, shelf.cut(shelf.picture(clip)), 3, 1280, 720)
    assert shown[200:520, 300:980].max() > 220 and shown[:60].max() < 60 and shown[-60:].max() < 60


def test_mixed_directions_stand_in_reading_order():
    mixed = line("I said: مرحبا يا صديقي and left.", 40)
    assert [run.rtl for run in mixed.runs] == [False, True, False]
    arabic = line("قال Tom شيئا", 40)
    assert [run.rtl for run in arabic.runs] == [True, False, True] and arabic.runs[0].text.strip() == "شيئا"


def test_a_caption_stays_where_its_rate_puts_it(shelf):
    grey = shelf.still("grey", (60, 60, 60))
    caption = shelf.spoken("one two", 10)
    cut = shelf.cut(shelf.picture(shelf.shot(grey, 0, 60)), captions=(caption,), rate=Fraction(30000, 1001))
    plain = look(shelf, cut, 30)
    seen = [bool(np.abs(look(shelf, cut, at, captions=True) - plain).max() > 20) for at in (9, 10, 21, 22)]
    assert seen == [False, True, True, False]
