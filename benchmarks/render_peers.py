"""The reference film as each peer would make it, the way its own documentation shows; and the encoder alone.

Peers read the film in numbers (`Reference` as JSON, see render_reference.py) and know nothing of Glimmer. ffmpeg and melt are run as
themselves, from a command or a file written here beforehand; moviepy and movis run this file in an environment of their own:

    python benchmarks/render_peers.py moviepy film.json out.mp4
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

__all__ = ["ffmpeg_command", "melt_command", "x264_command"]

SPOKEN: Final = (15, 75)  # frames of a shot in which its line is heard and seen, as in render_reference.py
LETTERS: Final = 0.046  # of the height
CAPTION_MIDDLE: Final = 0.886  # of the height, where the caption's box is centred
PAD: Final = 0.40  # of the letters' size
INK: Final = (248, 245, 238)
PLATE: Final = (10, 12, 18)
PLATE_STRENGTH: Final = 0.62

Film = dict[str, Any]


def read(path: str | Path) -> Film:
    return dict(json.loads(Path(path).read_text(encoding="utf-8")))


def _ducked(film: Film) -> float:
    return float(10 ** (-film["duck_db"] / 20))


def _spoken(film: Film) -> list[tuple[Any, float, float]]:
    """(shot, start, end in seconds) of every line that is heard."""
    rate = film["rate"]
    return [
        (shot, (shot["start"] + SPOKEN[0]) / rate, (shot["start"] + SPOKEN[1]) / rate) for shot in film["shots"] if shot["voice"]
    ]


# ── x264 alone ──────────────────────────────────────────────────────────────────────────────────────────────
def x264_command(ffmpeg: str, frames: Path, film: Film, out: Path) -> list[str]:
    """The same encoder with the same settings on raw frames that lie ready in memory; no sound."""
    read_as = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{film['width']}x{film['height']}", "-r", str(film["rate"])]
    return [ffmpeg, "-v", "error", "-nostdin", "-y", *read_as, "-i", str(frames), *_x264(), "-an", str(out)]


def _x264() -> list[str]:
    return ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]


# ── a hand-written ffmpeg graph ─────────────────────────────────────────────────────────────────────────────
def ffmpeg_command(ffmpeg: str, film: Film, out: Path, scratch: Path) -> list[str]:
    """One process: zoompan over each still, xfade, drawtext, concat; the music's volume by an expression of time."""
    inputs = [argument for shot in film["shots"] for argument in ("-i", shot["file"])]
    voices = _spoken(film)
    inputs += [argument for shot, _, _ in voices for argument in ("-i", shot["voice"])] + ["-i", film["music"]]
    graph = [_graph_of_shot(number, shot, film, scratch) for number, shot in enumerate(film["shots"])]
    graph += [*_joined(film), *_mixed(film, voices)]
    script = scratch / f"graph-{film['width']}-{len(film['shots'])}.txt"
    script.write_text(";\n".join(graph), encoding="utf-8")
    made = ["-map", "[film]", "-map", "[sound]", *_x264(), "-r", str(film["rate"]), "-c:a", "aac", "-b:a", "192k", "-ar", "48000"]
    return [ffmpeg, "-v", "error", "-nostdin", "-y", *inputs, "-filter_complex_script", str(script), *made, str(out)]


def _graph_of_shot(number: int, shot: Any, film: Film, scratch: Path) -> str:
    width, height, seen = film["width"], film["height"], shot["seen"]
    if shot["kind"] == "still":
        (left, top, wide, _), (left2, top2, wide2, _) = shot["from_px"], shot["to_px"]
        travel = f"on/{seen - 1}"
        zoom = f"iw/({wide}+({wide2 - wide})*{travel})"
        x, y = f"{left}+({left2 - left})*{travel}", f"{top}+({top2 - top})*{travel}"
        drawn = f"zoompan=z='{zoom}':x='{x}':y='{y}':d={seen}:s={width}x{height}:fps={film['rate']}"
    else:
        start = shot["source_start"]
        drawn = f"trim=start_frame={start}:end_frame={start + seen},setpts=PTS-STARTPTS"
        drawn += f",scale={width}:{height}" if shot["size"] != [width, height] else ""
    text = scratch / f"caption{number}.txt"
    text.write_text(shot["caption"], encoding="utf-8")
    size = round(LETTERS * height)
    first = SPOKEN[0] + shot["start"] - shot["first"]
    written = (
        f"drawtext=fontfile='{film['font']}':textfile='{text}':fontsize={size}:fontcolor=0x{bytes(INK).hex()}:box=1"
        f":boxcolor=0x{bytes(PLATE).hex()}@{PLATE_STRENGTH}:boxborderw={round(PAD * size)}:x=(w-tw)/2:y=h*{CAPTION_MIDDLE}-th/2"
        f":enable='between(n,{first},{first + SPOKEN[1] - SPOKEN[0] - 1})'"
    )
    return f"[{number}:v]{drawn},setsar=1,format=yuv420p,{written}[v{number}]"


def _joined(film: Film) -> list[str]:
    """Shots between two dissolves are joined, then the blocks are crossfaded."""
    graph: list[str] = []
    blocks: list[tuple[int, int]] = []
    block, length = "", 0
    for number, shot in enumerate(film["shots"]):
        block, length = f"{block}[v{number}]", length + shot["seen"]
        if shot["dissolve"] or number == len(film["shots"]) - 1:
            count = block.count("[")
            graph.append(f"{block}concat=n={count}:v=1:a=0,settb=1/{film['rate']}[b{len(blocks)}]")
            blocks.append((length, shot["dissolve"]))
            block, length = "", 0
    label, total, fade = "[b0]", blocks[0][0], blocks[0][1]
    for number, (frames, dissolve) in enumerate(blocks[1:], 1):
        rate = film["rate"]
        graph.append(
            f"{label}[b{number}]xfade=transition=fade:duration={fade / rate:.6f}:offset={(total - fade) / rate:.6f}[x{number}]"
        )
        label, total, fade = f"[x{number}]", total + frames - fade, dissolve
    graph.append(f"{label}null[film]")
    return graph


def _mixed(film: Film, voices: list[tuple[Any, float, float]]) -> list[str]:
    first = len(film["shots"])
    graph = [f"[{first + n}:a]adelay={round(start * 1000)}|{round(start * 1000)}[a{n}]" for n, (_, start, _) in enumerate(voices)]
    under = "+".join(f"between(t,{start},{end})" for _, start, end in voices) or "0"
    graph.append(f"[{first + len(voices)}:a]volume='if({under},{_ducked(film):.4f},1)':eval=frame[m]")
    heard = "".join(f"[a{n}]" for n in range(len(voices)))
    graph.append(f"[m]{heard}amix=inputs={len(voices) + 1}:normalize=0:duration=first[sound]")
    return graph


# ── moviepy ─────────────────────────────────────────────────────────────────────────────────────────────────
def moviepy(film: Film, out: str) -> None:
    """ImageClip, resized and with_position by functions of time, TextClip, CrossFadeIn, one CompositeVideoClip; MultiplyVolume."""
    from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, TextClip, VideoFileClip, afx, vfx
    from moviepy import ImageClip as Still

    rate, size = film["rate"], (film["width"], film["height"])
    layers: list[Any] = []
    dissolve = 0
    for shot in film["shots"]:
        seconds = shot["seen"] / rate
        if shot["kind"] == "still":
            factor, place = _travel(shot, film)
            clip = Still(shot["file"]).with_duration(seconds).resized(factor).with_position(place)
        else:
            start = shot["source_start"] / rate
            clip = VideoFileClip(shot["file"], audio=False).subclipped(start, start + seconds)
            clip = clip.resized(size) if tuple(shot["size"]) != size else clip
        clip = clip.with_effects([vfx.CrossFadeIn(dissolve / rate)]) if dissolve else clip
        layers.append(clip.with_start(shot["first"] / rate))
        dissolve = shot["dissolve"]
    letters = round(LETTERS * size[1])
    for shot in film["shots"]:
        pad = (round(PAD * letters * 1.5), round(PAD * letters))
        plate = (*PLATE, round(255 * PLATE_STRENGTH))
        text = TextClip(font=film["font"], text=shot["caption"], font_size=letters, color=INK, bg_color=plate, margin=pad)
        text = text.with_duration((SPOKEN[1] - SPOKEN[0]) / rate).with_start((shot["start"] + SPOKEN[0]) / rate)
        layers.append(text.with_position(("center", round(size[1] * CAPTION_MIDDLE - text.h / 2))))
    voices = _spoken(film)
    music = AudioFileClip(film["music"]).with_effects(
        [afx.MultiplyVolume(_ducked(film), start_time=start, end_time=end) for _, start, end in voices]
    )
    sound = CompositeAudioClip([music, *(AudioFileClip(shot["voice"]).with_start(start) for shot, start, _ in voices)])
    whole = CompositeVideoClip(layers, size=size).with_audio(sound).with_duration(film["frames"] / rate)
    encoder = {"codec": "libx264", "preset": "veryfast", "ffmpeg_params": ["-crf", "20", "-pix_fmt", "yuv420p"]}
    whole.write_videofile(out, fps=rate, audio_codec="aac", audio_bitrate="192k", audio_fps=48000, logger=None, **encoder)


def _travel(shot: Any, film: Film) -> tuple[Callable[[float], float], Callable[[float], tuple[float, float]]]:
    """How much the still is scaled, and where its corner lies, at a time of the shot."""
    (left, top, wide, _), (left2, top2, wide2, _) = shot["from_px"], shot["to_px"]
    last = (shot["seen"] - 1) / film["rate"]

    def factor(time: float) -> float:
        return float(film["width"] / (wide + (wide2 - wide) * time / last))

    def place(time: float) -> tuple[float, float]:
        scale = factor(time)
        return -(left + (left2 - left) * time / last) * scale, -(top + (top2 - top) * time / last) * scale

    return factor, place


# ── movis ───────────────────────────────────────────────────────────────────────────────────────────────────
def movis(film: Film, out: str) -> None:
    """A Composition of Image and Video layers with keyframed scale and position, Text over Rectangle, opacity for dissolves."""
    import movis as mv

    rate, width, height = film["rate"], film["width"], film["height"]
    scene = mv.layer.Composition(size=(width, height), duration=film["frames"] / rate)
    dissolve = 0
    for number, shot in enumerate(film["shots"]):
        seconds = shot["seen"] / rate
        still = shot["kind"] == "still"
        layer = mv.layer.Image(shot["file"], duration=seconds) if still else mv.layer.Video(shot["file"])
        start = 0.0 if still else shot["source_start"] / rate
        item = scene.add_layer(
            layer, name=f"shot{number}", offset=shot["first"] / rate - start, start_time=start, end_time=start + seconds
        )
        if still:
            _keyframed(item, shot, film)
        else:
            item.scale.set(width / shot["size"][0])
        if dissolve:
            item.opacity.enable_motion().extend(
                keyframes=[start, start + dissolve / rate], values=[0.0, 1.0], easings=["linear"] * 2
            )
        dissolve = shot["dissolve"]
    for number, shot in enumerate(film["shots"]):
        _written(mv, scene, number, shot, film)
    voices = _spoken(film)
    for number, (shot, start, _) in enumerate(voices):
        scene.add_layer(mv.layer.Audio(shot["voice"]), name=f"voice{number}", offset=start)
    music = scene.add_layer(mv.layer.Audio(film["music"]), name="music")
    times = [0.0] + [time for _, start, end in voices for time in (start, start + 0.01, end, end + 0.01)]
    levels = [0.0] + [level for _ in voices for level in (0.0, -film["duck_db"], -film["duck_db"], 0.0)]
    music.audio_level.enable_motion().extend(keyframes=times, values=levels, easings=["linear"] * len(times))
    parameters = ["-preset", "veryfast", "-crf", "20", "-b:a", "192k"]
    scene.write_video(
        out, fps=rate, codec="libx264", pixelformat="yuv420p", audio=True, audio_codec="aac", output_params=parameters
    )


def _keyframed(item: Any, shot: Any, film: Film) -> None:
    """movis travels between two scales and positions at one speed; a frame's scale is 1 / window, so it is told every 6th frame."""
    last = shot["seen"] - 1
    frames = sorted({*range(0, last, 6), last})
    times, scales, places = [], [], []
    for frame in frames:
        left, top, wide, high = (a + (b - a) * frame / last for a, b in zip(shot["from_px"], shot["to_px"], strict=True))
        scale = film["width"] / wide
        middle = (left + wide / 2, top + high / 2)
        times.append(frame / film["rate"])
        scales.append(scale)
        places.append(
            tuple(
                film[side] / 2 + (size / 2 - at) * scale
                for side, size, at in zip(("width", "height"), shot["size"], middle, strict=True)
            )
        )
    item.scale.enable_motion().extend(keyframes=times, values=scales, easings=["linear"] * len(times))
    item.position.enable_motion().extend(keyframes=times, values=places, easings=["linear"] * len(times))


def _written(mv: Any, scene: Any, number: int, shot: Any, film: Film) -> None:
    letters = round(LETTERS * film["height"])
    seconds = (SPOKEN[1] - SPOKEN[0]) / film["rate"]
    place = (film["width"] / 2, film["height"] * CAPTION_MIDDLE)
    offset = (shot["start"] + SPOKEN[0]) / film["rate"]
    text = mv.layer.Text(shot["caption"], font_size=letters, font_family="Inter", color=f"#{bytes(INK).hex()}", duration=seconds)
    wide, high = text.get_size()
    plate = mv.layer.Rectangle(
        size=(wide + letters, high + round(PAD * letters)), color=f"#{bytes(PLATE).hex()}", duration=seconds, radius=0
    )
    scene.add_layer(plate, name=f"plate{number}", offset=offset, position=place, opacity=PLATE_STRENGTH)
    scene.add_layer(text, name=f"text{number}", offset=offset, position=place)


# ── melt ────────────────────────────────────────────────────────────────────────────────────────────────────
def melt_command(melt: str, film: Film, out: Path, scratch: Path) -> list[str]:
    """MLT's own XML: two picture tracks that shots alternate on, affine over stills, luma for dissolves, text, mix for sound."""
    document = scratch / f"film-{film['width']}-{len(film['shots'])}.mlt"
    document.write_text(_mlt(film), encoding="utf-8")
    encoder = [
        "vcodec=libx264",
        "preset=veryfast",
        "crf=20",
        "pix_fmt=yuv420p",
        "acodec=aac",
        "ab=192k",
        "ar=48000",
        "real_time=-2",
    ]
    return [melt, "-quiet", str(document), "-consumer", f"avformat:{out}", *encoder]


def _mlt(film: Film) -> str:
    width, height, rate = film["width"], film["height"], film["rate"]
    producers, rows = [], ([], [], [])  # type: tuple[list[str], tuple[list[str], list[str], list[str]]]
    ends = [0, 0, 0]
    transitions, dissolve = [], 0

    def lay(row: int, start: int, frames: int, name: str, first: int = 0) -> None:
        if start > ends[row]:
            rows[row].append(f'<blank length="{start - ends[row]}"/>')
        rows[row].append(f'<entry producer="{name}" in="{first}" out="{first + frames - 1}"/>')
        ends[row] = start + frames

    for number, shot in enumerate(film["shots"]):
        producers.append(_mlt_shot(number, shot, film))
        lay(number % 2, shot["first"], shot["seen"], f"shot{number}", shot["source_start"] if shot["kind"] == "footage" else 0)
        if dissolve:
            first = shot["first"]
            backwards = f'<property name="reverse">{int(number % 2 == 0)}</property>'
            transitions.append(_mlt_mix("luma", 0, 1, first, first + dissolve - 1, backwards))
        if number % 2:
            after = 0 if not shot["dissolve"] else shot["dissolve"]
            before = dissolve or 0
            first, last = shot["first"] + before, shot["first"] + shot["seen"] - after - 1
            transitions.append(_mlt_mix("composite", 0, 1, first, last, '<property name="geometry">0/0:100%x100%</property>'))
        dissolve = shot["dissolve"]
    for number, (shot, start, _) in enumerate(_spoken(film)):
        producers.append(_mlt_producer(f"voice{number}", shot["voice"], "avformat", SPOKEN[1] - SPOKEN[0]))
        lay(2, round(start * rate), SPOKEN[1] - SPOKEN[0], f"voice{number}")
    keys = ["0=0"]
    for _, start, end in _spoken(film):
        keys += [f"{round(start * rate)}|={-film['duck_db']}", f"{round(end * rate)}|=0"]
    volume = f'<filter><property name="mlt_service">volume</property><property name="level">{";".join(keys)}</property></filter>'
    producers.append(_mlt_producer("music", film["music"], "avformat", film["frames"], volume))
    playlists = "".join(f'<playlist id="row{number}">{"".join(row)}</playlist>' for number, row in enumerate(rows))
    tracks = '<track producer="row0"/><track producer="row1"/><track producer="row2" hide="video"/><track producer="music" hide="video"/>'
    mixes = "".join(
        f'<transition><property name="mlt_service">mix</property><property name="a_track">2</property><property name="b_track">{b}</property>'
        '<property name="always_active">1</property><property name="sum">1</property></transition>'
        for b in (3,)
    )
    profile = (
        f'<profile width="{width}" height="{height}" progressive="1" sample_aspect_num="1" sample_aspect_den="1" display_aspect_num="16" '
        f'display_aspect_den="9" frame_rate_num="{rate}" frame_rate_den="1" colorspace="709"/>'
    )
    multitrack = f'<tractor id="film" in="0" out="{film["frames"] - 1}"><multitrack>{tracks}</multitrack>{mixes}{"".join(transitions)}</tractor>'
    return f"<mlt>{profile}{''.join(producers)}{playlists}{multitrack}</mlt>"


def _mlt_mix(service: str, a: int, b: int, first: int, last: int, more: str) -> str:
    return (
        f'<transition in="{first}" out="{last}"><property name="mlt_service">{service}</property>'
        f'<property name="a_track">{a}</property><property name="b_track">{b}</property>{more}</transition>'
    )


def _mlt_producer(name: str, file: str, service: str, frames: int, more: str = "") -> str:
    return (
        f'<producer id="{name}" in="0" out="{frames - 1}"><property name="resource">{escape(file)}</property>'
        f'<property name="mlt_service">{service}</property><property name="length">{frames}</property>{more}</producer>'
    )


def _mlt_shot(number: int, shot: Any, film: Film) -> str:
    width, height = film["width"], film["height"]
    filters = ""
    if shot["kind"] == "still":
        last = shot["seen"] - 1
        keys = []
        for frame in sorted({*range(0, last, 6), last}):
            left, top, wide, _ = (a + (b - a) * frame / last for a, b in zip(shot["from_px"], shot["to_px"], strict=True))
            scale = width / wide
            keys.append(
                f"{frame}={-left * scale:.4f} {-top * scale:.4f} {shot['size'][0] * scale:.4f} {shot['size'][1] * scale:.4f} 1"
            )
        rect = f'<property name="transition.rect">{";".join(keys)}</property><property name="transition.fill">1</property>'
        filters += f'<filter><property name="mlt_service">affine</property>{rect}</filter>'
    letters = round(LETTERS * height)
    first = (shot["source_start"] if shot["kind"] == "footage" else 0) + SPOKEN[0] + shot["start"] - shot["first"]
    words = {
        "argument": shot["caption"],
        "family": "Inter",
        "size": str(letters),
        "fgcolour": f"0x{bytes(INK).hex()}ff",
        "bgcolour": f"0x{bytes(PLATE).hex()}{round(255 * PLATE_STRENGTH):02x}",
        "pad": str(round(PAD * letters)),
        "halign": "center",
        "valign": "bottom",
        "geometry": f"0/0:100%x{round(100 * CAPTION_MIDDLE) + 4}%:100",
    }
    told = "".join(f"<property name={quoteattr(name)}>{escape(value)}</property>" for name, value in words.items())
    filters += f'<filter in="{first}" out="{first + SPOKEN[1] - SPOKEN[0] - 1}"><property name="mlt_service">dynamictext</property>{told}</filter>'
    if shot["kind"] == "still":
        return _mlt_producer(f"shot{number}", shot["file"], "pixbuf", shot["seen"], filters)
    return _mlt_producer(f"shot{number}", shot["file"], "avformat", shot["source_start"] + shot["seen"], filters)


if __name__ == "__main__":
    {"moviepy": moviepy, "movis": movis}[sys.argv[1]](read(sys.argv[2]), sys.argv[3])
