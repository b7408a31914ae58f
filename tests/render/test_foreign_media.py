"""Foreign footage conforms: whatever made it, the right picture stands at the right time, upright, in the right colours.

Every kind is made on the spot by FFmpeg's program, taken in by the bucket, laid into one cut of 24 frames a second, rendered, and read
back. Its pictures say their number in six blocks of light and dark, under two patches of a known colour.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import pytest

from glimmer.assembly.nouns import Assembly, Clip, Track
from glimmer.assets import Assets
from glimmer.buckets import Bucket
from glimmer.errors import GlimmerError, LimitError, MediaError
from glimmer.render import render
from glimmer.render.conformed import conformed
from glimmer.render.footage import Footage
from glimmer.render.planes import Planes, to_rgb
from glimmer.render.preset import Preset
from glimmer.store import Database, Store

RATE = Fraction(24)
SIZE = (160, 90)
FRAMES = 24
WARM, COOL = (180, 70, 50), (50, 100, 170)
LAID = 12  # frames of each kind in the film
FAR_OFF = 6  # of 255: what codecs that lose may miss a colour by


def coded(number: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Two patches above, the number below: six blocks, the lowest bit left."""
    width, height = size
    picture = np.empty((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = WARM
    picture[: height // 2, width // 2 :] = COOL
    for bit in range(6):
        picture[height // 2 :, bit * width // 6 : (bit + 1) * width // 6] = 220 if number >> bit & 1 else 30
    return picture


def number_in(luma: np.ndarray) -> int:
    height, width = luma.shape[:2]
    row = luma[3 * height // 4 - 3 : 3 * height // 4 + 3]
    return sum(
        1 << bit for bit in range(6) if row[:, (2 * bit + 1) * width // 12 - 3 : (2 * bit + 1) * width // 12 + 3].mean() > 125
    )


def patches_in(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    height, width = rgb.shape[:2]
    rows = slice(height // 6, height // 3)
    warm, cool = rgb[rows, width // 8 : 3 * width // 8], rgb[rows, 5 * width // 8 : 7 * width // 8]
    return warm.reshape(-1, 3).mean(axis=0), cool.reshape(-1, 3).mean(axis=0)


def same(number: int) -> int:
    return number


@dataclass(frozen=True)
class Kind:
    """shows(frame of the cut) -> the number that is to be seen. encoder: skipped where FFmpeg lacks it."""

    suffix: str
    options: str
    encoder: str = "libx264"
    shows: Callable[[int], int] = same
    seconds: float = 1.0
    colours: bool = True
    says: tuple[str, ...] = field(default=())


X264 = "-c:v libx264 -preset veryfast -crf 10 -g 12 -bf 2"
AS_709 = "scale=out_color_matrix=bt709:out_range=limited"
TAGS_709 = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv"
SLOWER = Fraction(30000, 1001)


def resampled(rate: Fraction) -> Callable[[int], int]:
    return lambda number: int((Fraction(number) / RATE + Fraction(1, 2000)) * rate)


def last_kept(number: int) -> int:
    return max(n for n in range(FRAMES) if n <= number and not (5 <= n <= 7 or n == 11))


KINDS: dict[str, Kind] = {
    "h264 in mp4": Kind("mp4", f"-vf {AS_709},format=yuv420p {TAGS_709} {X264}"),
    "h264 in mov without tags": Kind("mov", f"-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv420p {X264}"),
    "h264 BT.601 by tag": Kind(
        "mp4", f"-vf scale=out_color_matrix=smpte170m:out_range=limited,format=yuv420p -colorspace smpte170m {X264}"
    ),
    "full range": Kind("mp4", f"-vf scale=out_color_matrix=bt709:out_range=full,format=yuvj420p -colorspace bt709 -color_range pc {X264}"),
    "h264 4:2:2 10 bit": Kind("mkv", f"-vf {AS_709},format=yuv422p10le {TAGS_709} {X264}", says=("10 bit",)),
    "h264 4:4:4": Kind("mkv", f"-vf {AS_709},format=yuv444p {TAGS_709} {X264}"),
    "h264 open GOP": Kind("mp4", f"-vf {AS_709},format=yuv420p {TAGS_709} -c:v libx264 -crf 10 -x264-params open-gop=1:keyint=8:bframes=4"),
    "h265 10 bit": Kind("mp4", f"-vf {AS_709},format=yuv420p10le {TAGS_709} -c:v libx265 -preset ultrafast -crf 8 -tag:v hvc1 -x265-params log-level=none:pools=1", "libx265"),
    "h265 12 bit": Kind("mkv", f"-vf {AS_709},format=yuv420p12le {TAGS_709} -c:v libx265 -preset ultrafast -crf 8 -x265-params log-level=none:pools=1", "libx265"),
    "BT.2020, SDR": Kind("mkv", "-vf scale=out_color_matrix=bt2020nc:out_range=limited,format=yuv420p10le -colorspace bt2020nc -c:v ffv1", "ffv1"),
    "VP8": Kind("webm", "-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv420p -c:v libvpx -crf 4 -b:v 4M -deadline realtime", "libvpx"),
    "VP9": Kind("webm", f"-vf {AS_709},format=yuv420p {TAGS_709} -c:v libvpx-vp9 -crf 10 -b:v 0 -deadline realtime -cpu-used 8", "libvpx-vp9"),
    "AV1": Kind("mkv", f"-vf {AS_709},format=yuv420p {TAGS_709} -c:v libaom-av1 -crf 10 -cpu-used 8 -usage realtime", "libaom-av1"),
    "ProRes 422": Kind("mov", f"-vf {AS_709},format=yuv422p10le {TAGS_709} -c:v prores_ks -profile:v 3", "prores_ks"),
    "DNxHR": Kind("mov", f"-vf scale=256:144,{AS_709},format=yuv422p {TAGS_709} -c:v dnxhd -profile:v dnxhr_hq", "dnxhd"),
    "FFV1 RGB": Kind("mkv", "-vf format=gbrp -c:v ffv1", "ffv1"),
    "MJPEG": Kind("mov", "-vf scale=out_color_matrix=bt601:out_range=full,format=yuvj420p -c:v mjpeg -q:v 2", "mjpeg"),
    "MPEG-2, interlaced": Kind("mkv", "-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv420p,setfield=tff -c:v mpeg2video -q:v 2 -flags +ildct+ilme", "mpeg2video", says=("interlaced",)),
    "MPEG-4": Kind("mp4", "-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv420p -c:v mpeg4 -q:v 2", "mpeg4"),
    "DV, PAL, interlaced": Kind("mov", "-r 25 -vf scale=720:576:out_color_matrix=bt601:out_range=limited:flags=neighbor,setsar=64/45,format=yuv420p -c:v dvvideo", "dvvideo", shows=resampled(Fraction(24)), seconds=1.0),
    "QuickTime Animation with alpha": Kind("mov", "-vf format=argb -c:v qtrle", "qtrle"),
    "PNG in MOV": Kind("mov", "-vf format=rgba -c:v png", "png"),
    "grey": Kind("mkv", "-vf format=gray -c:v ffv1", "ffv1", colours=False),
    "uncompressed, 10 bit": Kind("mov", "-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv422p10le -c:v v210", "v210"),
    "29.97 frames a second": Kind("mp4", f"-vf settb=1001/30000,setpts=N,{AS_709},format=yuv420p -fps_mode passthrough -enc_time_base filter {TAGS_709} {X264}", shows=resampled(SLOWER), seconds=0.8008),
    "120 frames a second": Kind("mkv", f"-vf settb=1/120,setpts=N,{AS_709},format=yuv420p -fps_mode passthrough -enc_time_base filter {TAGS_709} {X264}", shows=lambda n: min(5 * n, 23), seconds=0.2),
    "variable rate": Kind("mp4", f"-vf select='not(between(n\\,5\\,7)+eq(n\\,11))',{AS_709},format=yuv420p -fps_mode vfr {TAGS_709} {X264}", shows=last_kept, says=("variable",)),
    "starts at 90 s": Kind("mkv", f"-output_ts_offset 90 -vf {AS_709},format=yuv420p {TAGS_709} {X264}", seconds=-1),
    "non-square pixels": Kind("mp4", f"-vf scale=120:90,setsar=4/3,{AS_709},format=yuv420p {TAGS_709} {X264}"),
    "odd size": Kind("mkv", "-vf scale=321:181:flags=neighbor,format=gbrp -c:v ffv1", "ffv1"),
    "with sound, mono, 44.1 kHz": Kind("mp4", f"-map 0:v -map 1:a -shortest -vf {AS_709},format=yuv420p {TAGS_709} {X264} -c:a aac -ac 1 -ar 44100"),
    "with sound, 5.1": Kind("mkv", f"-map 0:v -map 1:a -shortest -vf {AS_709},format=yuv420p {TAGS_709} {X264} -c:a flac -ac 6"),
}  # fmt: skip


# ── making ──────────────────────────────────────────────────────────────────────────────────────────────────
def ffmpeg(path: Path, options: str, frames: int = FRAMES, raw: bytes = b"") -> Path:
    """A film of `frames` numbered pictures (or of `raw` RGB), written by FFmpeg's program."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{SIZE[0]}x{SIZE[1]}", "-r", "24", "-i", "-", "-f", "lavfi", "-i", "sine=440:duration=1"]
    command += ([] if "-map" in options else ["-map", "0:v"]) + ["-threads", "1", "-y", *options.split(" "), str(path)]
    raw = raw or b"".join(coded(number).tobytes() for number in range(frames))
    done = subprocess.run(command, input=raw, capture_output=True, timeout=30)
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Kind -> its file, for those that this FFmpeg can write."""
    folder = tmp_path_factory.mktemp("foreign")
    program = imageio_ffmpeg.get_ffmpeg_exe()
    known = subprocess.run([program, "-hide_banner", "-encoders"], capture_output=True, text=True, check=True).stdout
    able = {name: kind for name, kind in KINDS.items() if f" {kind.encoder} " in known}
    return {name: ffmpeg(folder / f"{name}.{kind.suffix}".replace(":", "."), kind.options) for name, kind in able.items()}


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Bucket:
    folder = tmp_path_factory.mktemp("studio")
    return Bucket("video", "shot", Store(Database(folder / "glimmer.db"), "Foreign"), Assets(folder / "objects"))


@pytest.fixture(scope="session")
def entries(made: dict[str, Path], video: Bucket) -> dict[str, Any]:
    """Kind -> its entry, or the error that refused it."""
    taken: dict[str, Any] = {}
    for name, path in made.items():
        try:
            taken[name] = video.add(path, name=name)
        except GlimmerError as error:
            taken[name] = error
    return taken


def clip(asset: str, start: int, frames: int, **more: Any) -> Clip:
    return Clip(
        id=f"v{start}", name=f"at {start}", kind="footage", asset=asset, media_type="video/mp4", start=start, frames=frames, **more
    )


@pytest.fixture(scope="session")
def film(entries: dict[str, Any], video: Bucket, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[np.ndarray]]:
    """Kind -> what the film shows of it: RGB, LAID frames."""
    folder = tmp_path_factory.mktemp("film")
    names = [name for name, entry in entries.items() if not isinstance(entry, GlimmerError)]
    clips = tuple(clip(entries[name].used.asset, number * LAID, LAID) for number, name in enumerate(names))
    cut = Assembly(title="Foreign", rate=RATE, tracks=(Track(name="V1", kind="picture", clips=clips),))
    preset = Preset(name="tiny", width_px=SIZE[0], height_px=SIZE[1], rate=RATE, x264_preset="ultrafast", crf=6)
    render(cut, preset, media=video.assets.path, cache_dir=folder / "cache", out=folder / "film.mp4")
    with av.open(str(folder / "film.mp4")) as container:
        shown = [picture.to_ndarray(format="rgb24", src_colorspace="ITU709") for picture in container.decode(video=0)]
    assert len(shown) == LAID * len(names)
    return {name: shown[number * LAID : (number + 1) * LAID] for number, name in enumerate(names)}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_shows_the_right_picture_at_the_right_time_in_the_right_colours(name, made, entries, film):
    if name not in made:
        pytest.skip(f"this FFmpeg has no {KINDS[name].encoder}")
    kind, entry = KINDS[name], entries[name]
    assert not isinstance(entry, GlimmerError), str(entry)
    if kind.seconds > 0:
        assert entry.used.seconds == pytest.approx(kind.seconds, abs=1 / 24)
    assert [number_in(picture) for picture in film[name]] == [kind.shows(number) for number in range(LAID)]
    if kind.colours:
        for found, wanted in zip(patches_in(film[name][3]), (WARM, COOL), strict=True):
            assert np.abs(found - wanted).max() <= FAR_OFF, found.round(1)
    told = " ".join(entry.used.notices)
    assert all(word in told for word in kind.says), told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("h264 in mp4", ()),
        ("h264 4:2:2 10 bit", ("10 bit -> 8", "4:2:2 -> 4:2:0")),
        ("h264 BT.601 by tag", ("BT.601 -> BT.709",)),
        ("full range", ("full range -> limited",)),
        ("MPEG-2, interlaced", ("interlaced", "BT.601 -> BT.709")),
        ("QuickTime Animation with alpha", ("alpha",)),
        ("29.97 frames a second", ("29.97 -> 24",)),
        ("variable rate", ("variable rate -> 24",)),
        ("non-square pixels", ("pixels 4:3 -> square",)),
        ("odd size", ("321×181 -> 160×90",)),
        ("with sound, mono, 44.1 kHz", ("mono -> stereo", "44.1 -> 48 kHz")),
        ("with sound, 5.1", ("5.1 -> stereo", "44.1 -> 48 kHz")),
    ],
)
def test_what_is_conformed_is_said_in_words(name, told, made):
    if name not in made:
        pytest.skip(f"this FFmpeg has no {KINDS[name].encoder}")
    assert conformed(made[name], RATE, SIZE) == told


# ── turned, clear, wide, torn ───────────────────────────────────────────────────────────────────────────────
def written(path: Path, pictures: list[np.ndarray], codec: str = "libx264", pixels: str = "yuv420p", **more: Any) -> Path:
    """A file by PyAV, in BT.709 by tag; `more` are attributes of its codec, or `matrix` for how it is to be turned."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=24, options={"crf": "6"} if codec == "libx264" else {})
        stream.width, stream.height, stream.pix_fmt = pictures[0].shape[1], pictures[0].shape[0], pixels
        if "matrix" in more:
            stream.set_display_matrix(more.pop("matrix"))
        for name, value in {"colorspace": 1, "color_range": 1, **more}.items():
            setattr(stream.codec_context, name, value)
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, format="rgba" if picture.shape[2] == 4 else "rgb24")
            container.mux(stream.encode(frame.reformat(format=pixels, dst_colorspace="ITU709", dst_color_range="MPEG")))
        container.mux(stream.encode())
    return path


def looked(path: Path, **more: Any) -> Footage:
    return Footage(lambda _: path, "asset", "2A", RATE, SIZE, **({"first": 0} | more))


def rgb(planes: Planes) -> np.ndarray:
    return to_rgb(planes)


ONE = 65_536
TURNS = {
    "90°": ((0, ONE, 0, -ONE, 0, 0, 0, 0, 1 << 30), lambda upright: np.rot90(upright, 1)),
    "180°": ((-ONE, 0, 0, 0, -ONE, 0, 0, 0, 1 << 30), lambda upright: np.rot90(upright, 2)),
    "270°": ((0, -ONE, 0, ONE, 0, 0, 0, 0, 1 << 30), lambda upright: np.rot90(upright, 3)),
    "mirrored": ((-ONE, 0, 0, 0, ONE, 0, 0, 0, 1 << 30), lambda upright: upright[:, ::-1]),
    "upside down": ((ONE, 0, 0, 0, -ONE, 0, 0, 0, 1 << 30), lambda upright: upright[::-1]),
    "across": ((0, ONE, 0, ONE, 0, 0, 0, 0, 1 << 30), lambda upright: upright.transpose(1, 0, 2)),
}


@pytest.mark.parametrize("turn", TURNS)
def test_what_was_filmed_with_a_turned_camera_stands_upright(turn, tmp_path):
    matrix, lain = TURNS[turn]
    path = written(tmp_path / "turned.mp4", [np.ascontiguousarray(lain(coded(n))) for n in range(5)], matrix=matrix)
    with looked(path) as footage:
        for number in range(5):
            planes = footage.at(number)
            assert planes.size == SIZE and number_in(planes.luma) == number
        for found, wanted in zip(patches_in(rgb(planes)), (WARM, COOL), strict=True):
            assert np.abs(found - wanted).max() <= FAR_OFF
    with looked(path, crop=(0.5, 0.0, 0.5, 0.5), fit="fill") as footage:
        assert np.abs(rgb(footage.at(0)).reshape(-1, 3).mean(axis=0) - COOL).max() <= FAR_OFF


@pytest.mark.parametrize(
    ("codec", "pixels", "suffix"),
    [("prores_ks", "yuva444p10le", "mov"), ("qtrle", "argb", "mov"), ("png", "rgba", "mov"), ("libvpx-vp9", "yuva420p", "webm"), ("ffv1", "yuva420p", "mkv")],
)  # fmt: skip
def test_alpha_is_given_with_the_picture_which_lies_over_black(codec, pixels, suffix, tmp_path):
    clear = np.dstack([coded(5), np.full(SIZE[::-1], 255, np.uint8)])
    clear[:45, :80, 3], clear[:45, 80:, 3] = 0, 128
    path = written(tmp_path / f"clear.{suffix}", [clear] * 3, codec, pixels)
    with looked(path) as footage:
        shown = rgb(footage.at(1))
        alpha = footage.alpha
    assert alpha is not None and alpha.shape == SIZE[::-1]
    assert alpha[5:40, 5:70].max() <= 3 and abs(alpha[5:40, 90:150].mean() - 128) <= 3 and alpha[50:].min() >= 252
    assert shown[5:40, 5:70].max() <= 6 and np.abs(shown[10:35, 95:145].mean(axis=(0, 1)) - np.array(COOL) / 2).max() <= FAR_OFF
    with looked(written(tmp_path / "opaque.mp4", [coded(1)])) as footage:
        footage.at(0)
        assert footage.alpha is None


@pytest.mark.parametrize(("trc", "said"), [(16, "HDR (PQ) -> SDR"), (18, "HDR (HLG) -> SDR")])
def test_hdr_is_brought_down_and_its_whites_are_kept_apart(trc, said, tmp_path):
    """A grey wedge in 10 bit: rising, a mid grey near where SDR has it, and highlights still apart instead of clipped."""
    wedge = np.linspace(64, 940, 16).round().astype(np.uint16)
    path = tmp_path / "hdr.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p10le"
        context = stream.codec_context
        context.color_trc, context.color_primaries, context.colorspace, context.color_range = trc, 9, 9, 1
        frame = av.VideoFrame(160, 90, "yuv420p10le")
        for plane, values in zip(frame.planes, (np.repeat(wedge, 10), *2 * [np.full(80, 512, np.uint16)]), strict=True):
            rows = np.zeros((plane.height, plane.line_size // 2), np.uint16)
            rows[:, : len(values)] = values
            plane.update(rows.tobytes())
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    with looked(path) as footage:
        shown = rgb(footage.at(0))[45].astype(int)
    greys = shown[5::10].mean(axis=1)
    assert (np.diff(greys) >= -1).all() and greys[0] <= 3 and greys[-1] >= 245
    assert np.ptp(shown, axis=1).max() <= 4  # grey stays grey
    assert said in conformed(path, RATE, SIZE)


def test_a_torn_file_plays_what_is_there_and_says_so(tmp_path, video):
    whole = ffmpeg(tmp_path / "whole.mkv", f"-vf {AS_709},format=yuv420p {TAGS_709} -c:v mjpeg -q:v 2 -strict -1", 60).read_bytes()
    torn = tmp_path / "torn.mkv"
    torn.write_bytes(whole[: len(whole) // 2])
    assert any("missing" in notice for notice in video.add(torn, name="torn").used.notices)
    with looked(torn) as footage:
        last = number_in(footage.at(59).luma)
    assert 20 <= last <= 35


def test_fields_become_whole_frames_without_combs(tmp_path):
    """A bar that jumps from field to field is a comb in every frame; after it is made whole, neighbouring rows agree."""
    height, width = SIZE[1], SIZE[0]
    fields = []
    for number in range(24):
        field = np.full((height, width, 3), 40, np.uint8)
        field[:, 6 * number : 6 * number + 24] = 220
        fields.append(field)
    combed = []
    for number in range(12):
        frame = fields[2 * number].copy()
        frame[1::2] = fields[2 * number + 1][1::2]
        combed.append(frame)
    raw = b"".join(frame.tobytes() for frame in combed)
    options = "-vf scale=out_color_matrix=bt601:out_range=limited:interl=1,format=yuv420p,setfield=tff -c:v mpeg2video -q:v 2 -flags +ildct+ilme"
    path = ffmpeg(tmp_path / "fields.mkv", options, raw=raw)
    with looked(path, first=5) as late, looked(path) as early:
        for number in range(2, 10):
            luma = early.at(number).luma.astype(int)
            rows = np.abs(np.diff(luma[10:80], axis=0)).mean()
            assert rows < 0.25 * np.abs(np.diff(combed[number][10:80, :, 0].astype(int), axis=0)).mean()
            if number >= 5:
                assert np.array_equal(late.at(number).luma, luma)  # the same pictures, wherever a segment begins


def test_damage_in_the_middle_is_passed_over(tmp_path):
    path = ffmpeg(tmp_path / "whole.mp4", f"-vf {AS_709},format=yuv420p {TAGS_709} {X264}")
    spoilt = bytearray(path.read_bytes())
    middle = len(spoilt) // 2
    spoilt[middle : middle + 300] = bytes(300)
    path.write_bytes(spoilt)
    with looked(path) as footage:
        assert number_in(footage.at(0).luma) == 0
        assert number_in(footage.at(23).luma) >= 12


@pytest.mark.parametrize("size", [(2, 2), (4, 2), (16, 16)])
def test_the_tiniest_picture_fills_the_frame(size, tmp_path, video):
    path = written(tmp_path / "tiny.mkv", [np.full((size[1], size[0], 3), WARM, np.uint8)] * 2, "ffv1", "bgr0")
    assert not isinstance(video.add(path, name=f"tiny {size}").used, type(None))
    with looked(path) as footage:
        planes = footage.at(0)
        assert planes.size[0] >= 160 and planes.size[1] >= 90
        assert np.abs(rgb(planes).reshape(-1, 3).mean(axis=0) - WARM).max() <= FAR_OFF


def test_one_picture_is_held_for_ever(tmp_path, video):
    path = written(tmp_path / "one.mp4", [coded(7)])
    assert video.add(path, name="one").used.media_type == "video/mp4"
    for step, first in ((1, 0), (-1, 100), (0, 3)):
        with looked(path, step=step, first=first) as footage:
            assert number_in(footage.at(first).luma) == 7 and number_in(footage.at(50).luma) == 7


# ── refused ─────────────────────────────────────────────────────────────────────────────────────────────────
def _sound_only(path: Path) -> None:
    ffmpeg(path, "-map 1:a -c:a flac -f flac")


def _cover_art(path: Path) -> None:
    ffmpeg(path, "-map 1:a -map 0:v -frames:v 1 -c:a libmp3lame -c:v mjpeg -disposition:v attached_pic -id3v2_version 3 -f mp3")


def _no_frame(path: Path) -> None:
    ffmpeg(path, f"-t 0 {X264} -pix_fmt yuv420p -f mp4")


def _too_large(path: Path) -> None:
    ffmpeg(path, "-frames:v 1 -vf scale=8200:16 -c:v ffv1 -f matroska")


def _gif(path: Path) -> None:
    ffmpeg(path, "-c:v gif -f gif")


def _avi(path: Path) -> None:
    ffmpeg(path, "-c:v mpeg4 -f avi")


def _transport_stream(path: Path) -> None:
    ffmpeg(path, "-c:v mpeg2video -f mpegts")


def _playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_sound_only, "audio/flac; video takes"),
        (_cover_art, "audio/mpeg; video takes"),
        (_no_frame, "can't be read|not one frame|neither"),
        (_too_large, "MAX_FRAME_SIDE_PX"),
        (_gif, "GIF"),
        (_avi, "AVI"),
        (_transport_stream, "no picture, sound or video"),
        (_playlist, "HLS playlist"),
    ],
)
def test_what_can_be_no_footage_is_refused_with_the_reason(make, says, tmp_path, video):
    before = len(video)
    make(tmp_path / "given.mov")
    with pytest.raises((MediaError, LimitError), match=says):
        video.add(tmp_path / "given.mov")
    assert len(video) == before


def test_sound_on_a_picture_track_is_refused_with_the_reason(tmp_path):
    for make in (_sound_only, _cover_art):
        make(tmp_path / "given")
        with pytest.raises(MediaError, match=r"no moving picture.*sound track"):
            looked(tmp_path / "given")
