"""Preset: what a film is delivered as, its size, rate, codes and loudness. Pure values; the first word of every render.

A preset's name is a size, a rate and a format, of which the last two may be left out: "1080p25-vp9", "square30", "720p" (24 frames a
second, H.264). A few have names of their own: draft, prores, web-vp9, web-av1, gif, audio, audio-wav.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Literal, get_args

from pydantic import Field, ValidationError, field_validator, model_validator

from glimmer.errors import NotFound, SettingsError
from glimmer.limits import MAX_FRAME_SIDE_PX
from glimmer.timecode import RATES, rate_of
from glimmer.vocabulary import Noun

__all__ = ["FORMATS", "PRESETS", "SIZES", "AudioCodec", "Container", "PictureCodec", "Preset", "board_size", "preset_named"]

PictureCodec = Literal["h264", "prores", "vp9", "av1", "gif", "none"]
AudioCodec = Literal["aac", "opus", "pcm", "flac"]
Container = Literal["mp4", "mov", "webm", "gif", "m4a", "wav", "flac", "ogg"]
PixelFormat = Literal["yuv420p", "yuv420p10le", "yuv422p10le", "pal8", ""]

# What a codec takes when nothing else is said. x264's 20 is hard to tell from the source on a laptop; the others are where a still with
# grain, pushed in at 720p24, has the same SSIM (0.977): docs/presets.md.
_CRF: Final[dict[str, int]] = {"h264": 20, "vp9": 26, "av1": 34}
_PIXELS: Final[dict[str, tuple[PixelFormat, ...]]] = {
    "h264": ("yuv420p",),
    "prores": ("yuv422p10le",),
    "vp9": ("yuv420p",),
    "av1": ("yuv420p", "yuv420p10le"),
    "gif": ("pal8",),
    "none": ("",),
}
_SOUND_OF: Final[dict[str, AudioCodec]] = {"prores": "pcm", "vp9": "opus", "av1": "opus"}
_SOUND_ALONE: Final[dict[str, Container]] = {"aac": "m4a", "opus": "ogg", "pcm": "wav", "flac": "flac"}
_CONTAINERS: Final[dict[str, Container]] = {"h264": "mp4", "prores": "mov", "vp9": "webm", "av1": "webm", "gif": "gif"}
# Which pictures and sounds a container holds so that players read them.
_HOLDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "mp4": (frozenset({"h264", "vp9", "av1"}), frozenset({"aac", "opus", "flac"})),
    "mov": (frozenset({"h264", "prores"}), frozenset({"aac", "pcm"})),
    "webm": (frozenset({"vp9", "av1"}), frozenset({"opus"})),
    "gif": (frozenset({"gif"}), frozenset({"aac", "opus", "pcm", "flac"})),
    "m4a": (frozenset({"none"}), frozenset({"aac"})),
    "wav": (frozenset({"none"}), frozenset({"pcm"})),
    "flac": (frozenset({"none"}), frozenset({"flac"})),
    "ogg": (frozenset({"none"}), frozenset({"opus"})),
}
_HIGHEST_GIF_RATE: Final = 50  # a GIF counts hundredths of a second, and browsers show a delay of 1 as 10


class Preset(Noun):
    """What a film is delivered as. Three lines make one: `Preset(name="Fair", width_px=1440, height_px=1080, rate=25)`.

    rate: 24, "23.976", Fraction(24000, 1001). picture "none" is sound alone. crf: the encoder's quality, less is better, on its
    own scale (H.264 20, VP9 26, AV1 34); ProRes and GIF have none. x264_preset: how hard the encoder works for a small file, in
    x264's words; VP9 and AV1 take the nearest they have. gop_frames: the most frames from one key frame to the next; segments
    are shorter. hardware: H.264 by the machine's own encoder if one works, else x264 and a notice. loudness_lufs: -16 is
    streaming and web practice, -23 broadcast (EBU R 128). true_peak_db: the highest inter-sample peak, measured after coding.
    Codes, pixels and container follow from `picture` unless said. Does not hold anything of the film itself.
    Raises: SettingsError for a field out of its range, a combination that players can't read, and no rate, with what to take.
    """

    name: str = Field(min_length=1, max_length=200)
    width_px: int = Field(ge=16, le=MAX_FRAME_SIDE_PX)
    height_px: int = Field(ge=16, le=MAX_FRAME_SIDE_PX)
    rate: Fraction
    picture: PictureCodec = "h264"
    audio_codec: AudioCodec = "aac"
    container: Container = "mp4"
    pixel_format: PixelFormat = "yuv420p"
    hardware: bool = False
    crf: int = Field(default=20, ge=0, le=63)
    x264_preset: str = Field(default="veryfast", pattern="^(ultrafast|superfast|veryfast|faster|fast|medium|slow|slower|veryslow)$")
    gop_frames: int = Field(default=250, ge=1, le=600)
    audio_kbps: int = Field(default=192, ge=32, le=512)
    loudness_lufs: float = Field(default=-16.0, ge=-40.0, le=-8.0, allow_inf_nan=False)
    true_peak_db: float = Field(default=-1.0, ge=-12.0, le=-0.5, allow_inf_nan=False)

    def __init__(self, **said: Any) -> None:
        try:
            super().__init__(**said)
        except ValidationError as wrong:  # from None: a person would read pydantic's own words and addresses above ours
            told = "; ".join(_wrong(one) for one in wrong.errors())
            raise SettingsError(told + ("." if wrong.errors()[-1]["type"] == "value_error" else _SHORTEST)) from None

    @model_validator(mode="before")
    @classmethod
    def _what_follows(cls, said: Any) -> Any:
        """Codes, pixels and container as the picture's codec wants them, where they were not said."""
        if not isinstance(said, dict):
            return said
        picture = str(said.get("picture", "h264"))
        sound = str(said.get("audio_codec") or _SOUND_OF.get(picture, "aac"))
        follows: dict[str, Any] = {"audio_codec": sound, "container": _container(picture, sound)}
        follows |= {"pixel_format": _PIXELS.get(picture, ("yuv420p",))[0], "crf": _CRF.get(picture, 20)}
        return follows | said

    @field_validator("rate", mode="before")
    @classmethod
    def _exact(cls, rate: Any) -> Fraction:
        return rate_of(rate)

    @field_validator("width_px", "height_px")
    @classmethod
    def _even(cls, side_px: int) -> int:
        if side_px % 2:
            raise ValueError(f"{side_px} px is odd; 4:2:0 video needs even sides: take {side_px + 1}")
        return side_px

    @model_validator(mode="after")
    def _playable(self) -> Preset:
        pictures, sounds = _HOLDS[self.container]
        if self.picture not in pictures:
            raise ValueError(f"a .{self.container} holds no {self.picture} picture; it holds {_or(pictures)}. Leave container out.")
        if self.audio_codec not in sounds:
            raise ValueError(
                f"a .{self.container} holds no {self.audio_codec} sound; it holds {_or(sounds)}. Leave audio_codec out."
            )
        if self.pixel_format not in _PIXELS[self.picture]:
            raise ValueError(f"{self.picture} has no pixels {self.pixel_format!r} here; expected {_or(_PIXELS[self.picture])}")
        if self.picture == "h264" and self.crf > 51:
            raise ValueError(f"crf={self.crf} is past x264's scale, which ends at 51; take 20, or 28 for a small file")
        if self.picture == "gif" and self.rate > _HIGHEST_GIF_RATE:
            raise ValueError(f"a GIF shows at most {_HIGHEST_GIF_RATE} frames a second, not {self.rate}; take rate=12 or 25")
        if self.hardware and self.picture != "h264":
            raise ValueError(f"hardware=True encodes H.264 alone, not {self.picture}; leave one of the two out")
        return self

    @property
    def has_picture(self) -> bool:
        return self.picture != "none"

    @property
    def has_sound(self) -> bool:
        """Whether what is delivered can be heard at all: a GIF can't."""
        return self.container != "gif"

    @property
    def suffix(self) -> str:
        """The file's suffix: ".mp4", ".mov", ".webm", ".gif", ".m4a", ".wav" …"""
        return f".{self.container}"


def _container(picture: str, sound: str) -> Container:
    if picture == "none":
        return _SOUND_ALONE.get(sound, "m4a")
    return "mov" if picture == "h264" and sound == "pcm" else _CONTAINERS.get(picture, "mp4")


def _or(known: Any) -> str:
    return " or ".join(sorted(known))


# ── what is refused, in words ───────────────────────────────────────────────────────────────────────────────
_SHORTEST: Final = '. Write for instance Preset(name="Fair", width_px=1440, height_px=1080, rate=25).'
_SIDE: Final = f"an even whole number from 16 to {MAX_FRAME_SIDE_PX}"
_EXPECTED: Final = {
    "name": "words of 1 to 200 characters",
    "width_px": _SIDE,
    "height_px": _SIDE,
    "rate": 'a frame rate such as 24, "23.976" or Fraction(24000, 1001)',
    "picture": f"one of {', '.join(get_args(PictureCodec))}",
    "audio_codec": f"one of {', '.join(get_args(AudioCodec))}",
    "container": f"one of {', '.join(get_args(Container))}",
    "pixel_format": f"one of {', '.join(filter(None, get_args(PixelFormat)))}",
    "hardware": "True or False",
    "crf": "a whole number from 0 to 63 (H.264: 51), less is better",
    "x264_preset": "ultrafast, superfast, veryfast, faster, fast, medium, slow, slower or veryslow",
    "gop_frames": "a whole number from 1 to 600",
    "audio_kbps": "a whole number from 32 to 512",
    "loudness_lufs": "a number from -40 to -8",
    "true_peak_db": "a number from -12 to -0.5",
}


def _wrong(one: Any) -> str:
    """One of pydantic's errors: which field, what was met, what was expected. What our own validators say stays as they say it."""
    field = str(one["loc"][0]) if one["loc"] else ""
    if one["type"] == "value_error":
        said = str(one["ctx"]["error"]).rstrip(".")
        return f"a preset can't have {field}={one['input']!r:.60}: {said}" if field else f"this preset can't be: {said}"
    if one["type"] == "missing":
        return f"a preset needs {field}; expected {_EXPECTED[field]}"
    if field not in _EXPECTED:
        return f"a preset has no {field!r:.60}; expected one of {', '.join(_EXPECTED)}"
    return f"a preset can't have {field}={one['input']!r:.60}; expected {_EXPECTED[field]}"


SIZES: Final[dict[str, tuple[int, int]]] = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "2160p": (3840, 2160),
    "square": (1080, 1080),
    "portrait": (1080, 1920),
    "4x5": (1080, 1350),
    "scope": (1920, 804),  # 2.39:1
    "draft": (640, 360),
}
# What a format changes, by the word after the dash.
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "": {},
    "hardware": {"hardware": True},
    "vp9": {"picture": "vp9"},
    "av1": {"picture": "av1"},
    "prores": {"picture": "prores"},
}
_BARE: Final = "24"  # the rate of a size alone: cinema's, and what every board and voice of a film is timed for
_GIF_WIDTH_PX: Final = 480
_DRAFT: Final = {"crf": 26, "x264_preset": "ultrafast", "audio_kbps": 128}
_DRAFT_CRF: Final = {"vp9": 34, "av1": 42}


def _all_presets() -> dict[str, Preset]:
    known: dict[str, Preset] = {}
    for format_name, more in FORMATS.items():
        for size in SIZES:
            known |= _at_all_rates(size, format_name, more)
    one = known["1080p-prores"], known["1080p-vp9"], known["1080p-av1"]
    known |= {
        name: preset.model_copy(update={"name": name}) for name, preset in zip(("prores", "web-vp9", "web-av1"), one, strict=True)
    }
    known |= {preset.name: preset for preset in (*_gifs(), *_sound_alone())}
    return known


def _at_all_rates(size: str, format_name: str, more: dict[str, Any]) -> dict[str, Preset]:
    width_px, height_px = SIZES[size]
    if size == "draft":
        more = _DRAFT | more | ({"crf": _DRAFT_CRF[format_name]} if format_name in _DRAFT_CRF else {})
    said = Preset(name=size, width_px=width_px, height_px=height_px, rate=Fraction(24), **more)
    between, dash = "-" if size[-1].isdigit() else "", f"-{format_name}" if format_name else ""
    named = {f"{size}{between}{rate}{dash}": exact for rate, exact in RATES.items()} | {f"{size}{dash}": RATES[_BARE]}
    return {name: said.model_copy(update={"name": name, "rate": exact}) for name, exact in named.items()}


def _gifs() -> list[Preset]:
    """Sixteen by nine as "gif", the other shapes as "square-gif" and so on: 480 px wide, 12 frames a second, for ever."""
    made = []
    for size in ("720p", "square", "portrait", "4x5", "scope"):
        width_px, height_px = SIZES[size]
        name = "gif" if size == "720p" else f"{size}-gif"
        height_px = round(Fraction(height_px * _GIF_WIDTH_PX, width_px) / 2) * 2
        made.append(Preset(name=name, width_px=_GIF_WIDTH_PX, height_px=height_px, rate=Fraction(12), picture="gif"))
    return made


def _sound_alone() -> list[Preset]:
    sounds: tuple[tuple[str, AudioCodec], ...] = (
        ("audio", "aac"),
        ("audio-wav", "pcm"),
        ("audio-flac", "flac"),
        ("audio-opus", "opus"),
    )
    return [
        Preset(name=name, width_px=1920, height_px=1080, rate=Fraction(24), picture="none", audio_codec=codec)
        for name, codec in sounds
    ]


PRESETS: Final[dict[str, Preset]] = _all_presets()


def preset_named(name: str | Preset) -> Preset:
    """The preset of that name; a Preset is given back as it is.

    Raises: NotFound, with the nearest names.
    """
    if isinstance(name, Preset):
        return name
    found = PRESETS.get(name) if isinstance(name, str) else None
    if found is None:
        raise NotFound.among("preset", name, PRESETS, see="glimmer presets")
    return found


def board_size(preset: Preset) -> tuple[int, int]:
    """(width, height) in px to draw boards at for it: its shape, 1080 lines at the shorter side, so that a slow push stays sharp at 1080p."""
    scale = Fraction(1080, min(preset.width_px, preset.height_px))
    return round(preset.width_px * scale), round(preset.height_px * scale)
