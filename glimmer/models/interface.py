"""What a model must do: one small Protocol a job, with its request and its answer.

A door of the road: agents hand a request to whatever model they hold and can't tell rehearsal from Gemini.
So a request carries both the words (`words`, the rendered prompt) and the brief (plain frozen values): a model that
paints from words and one that draws from values each find what they need, and neither imports a stage of the road.

Every request is a frozen pydantic model; `request_key(model, request)` hashes it with the model's name and version, and the
same key is the same stored take. Rehearsal models are deterministic: same request, same bytes. Models are called from
several threads at once and must allow it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

from pydantic import BaseModel

from glimmer.vocabulary import Angle, Delivery, Mood, Noun, ShotSize, TimeOfDay, Weather

__all__ = [
    "AmbienceRequest",
    "CastBrief",
    "ClipRequest",
    "Collects",
    "ComposeRequest",
    "Design",
    "DesignerModel",
    "EffectsRequest",
    "JudgeModel",
    "JudgeRequest",
    "Made",
    "Model",
    "MusicModel",
    "MusicSection",
    "PictureModel",
    "PaintRequest",
    "Reference",
    "SheetRequest",
    "ShotRequest",
    "SoundModel",
    "SpeechModel",
    "SpeechRequest",
    "Staged",
    "TextModel",
    "TextRequest",
    "VersionedByRequest",
    "Voice",
    "WordTiming",
    "WriteRequest",
    "WriterModel",
    "films",
    "reads_words",
    "request_key",
]


# ── what comes back ─────────────────────────────────────────────────────────────────────────────────────────
class WordTiming(Noun):
    """One word as it stands on screen, and when it is heard. Seconds from the start of the media."""

    word: str
    start_seconds: float
    end_seconds: float


class Made(Noun):
    """What a model made.

    media: the bytes of one file (PNG for pictures; FLAC 48 kHz for sound, mono speech and stereo music; UTF-8 for text).
    seconds: how long it plays, 0 for pictures and text. usd: what it cost. focus: where the eye should go in a picture,
    0..1 from the left and from the top. words: for speech. notices: what a person must be told, in words.
    """

    media: bytes
    media_type: str
    seconds: float = 0.0
    usd: float = 0.0
    words: tuple[WordTiming, ...] = ()
    focus: tuple[float, float] = (0.5, 0.45)
    notices: tuple[str, ...] = ()
    source: bytes = b""  # what the media was made from and can be edited (a board's SVG)
    source_type: str = ""
    tokens_in: int = 0
    tokens_out: int = 0  # thoughts are in it
    price_date: str = ""  # of the prices that usd was reckoned at
    remote_id: str = ""  # its name on the server that made it, "" for none


# ── characters ──────────────────────────────────────────────────────────────────────────────────────────────
class CastBrief(Noun):
    """What a script says of one of its cast. `description` is the text's own words on age and looks, often empty."""

    name: str
    description: str = ""
    kind: str = "person"  # person, or what the text calls it: whale, dog, robot, ghost …
    age: Literal["", "child", "teen", "young", "adult", "old"] = ""
    gender: Literal["", "woman", "man"] = ""
    lines: int = 0


class Design(Noun):
    """How a character looks: the same value in every shot, so that it is the same face in every shot.

    Colours are "#rrggbb". `height_m` is 1.7 for a grown person. A `kind` other than "person" is drawn as that creature.
    """

    name: str
    kind: str = "person"
    age: Literal["child", "teen", "young", "adult", "old"] = "adult"
    gender: Literal["woman", "man", "neutral"] = "neutral"
    height_m: float = 1.7
    build: Literal["slim", "average", "broad", "round"] = "average"
    skin: str = "#c99573"
    hair: str = "#3a2a22"
    hair_style: str = "short"  # short, long, bun, curly, bob, ponytail, bald, cropped, wavy …
    facial_hair: Literal["none", "beard", "moustache", "stubble"] = "none"
    glasses: bool = False
    headwear: str = "none"  # none, cap, hat, beanie, hood, headscarf, helmet, crown …
    garment: str = "jumper"  # coat, raincoat, jumper, shirt, dress, suit, uniform, apron, hoodie …
    garment_colour: str = "#4a6a8a"
    accent_colour: str = "#d9a441"
    trouser_colour: str = "#2e3440"
    palette: tuple[str, ...] = ()


class Voice(Noun):
    """One character's voice. `name` is stable and tells a person what to expect; the numbers are rehearsal's settings."""

    name: str
    description: str = ""
    pitch: float = 1.0  # × the model's own pitch
    pitch_range: float = 1.0
    formant: float = 1.0  # < 1 longer throat
    breath: float = 0.0  # 0..1
    speed: float = 1.0


class Staged(Noun):
    """One character in one shot, as the script has it; the artist reads the pose from the shot's action."""

    design: Design
    line: str = ""  # what it says in this shot
    parenthetical: str = ""
    speaking: bool = False


# ── requests ────────────────────────────────────────────────────────────────────────────────────────────────
class WriteRequest(Noun):
    """Write a screenplay, in Fountain, of about `seconds` on screen."""

    words: str = ""
    title: str
    logline: str
    tone: str = ""
    seconds: float = 60.0
    seed: int = 0


class ShotRequest(Noun):
    """Draw one shot. `place` and `action` are the script's own words; `screen_left` is who stands left, for continuity."""

    words: str = ""
    size: ShotSize = "WS"
    angle: Angle = "eye"
    interior: bool = False
    place: str = ""
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    mood: Mood = "calm"
    action: str = ""
    cast: tuple[Staged, ...] = ()  # subject first
    present: tuple[Design, ...] = ()  # the scene's whole cast in a fixed order: who stands left of whom
    seconds: float = 4.0
    width_px: int = 1920
    height_px: int = 1080
    scene_seed: int = 0  # one for all shots of a scene: the same room, the same furniture
    seed: int = 0  # differs from take to take: staging and details vary, the set does not


class Reference(Noun):
    """A picture that a model is shown: who or what it is of, and its file by hash. Their order is part of the request."""

    role: Literal["character", "place", "prop", "style"]
    name: str
    asset: str  # sha256
    media_type: str = "image/png"


class PaintRequest(ShotRequest):
    """Paint one still of a shot, after references, for a model that paints from words (`reads_words`)."""

    references: tuple[Reference, ...] = ()
    resolution: Literal["1K", "2K", "4K"] = "1K"


class ClipRequest(ShotRequest):
    """Film one shot, for a model that films (`films`): a clip of about `seconds`, a whole number from 3 to 15.

    references: the same faces in every shot, always in this order. first_frame, last_frame: stills (sha256) between which the clip plays.
    extends: the clip (sha256) that it goes on from; extends_remote: that clip's name on the server, "" where that is not known.
    """

    references: tuple[Reference, ...] = ()
    resolution: Literal["360p", "540p", "720p", "1080p", "4k"] = "360p"
    first_frame: str = ""
    last_frame: str = ""
    extends: str = ""
    extends_remote: str = ""


class TextRequest(Noun):
    """Answer in writing. `purpose` names the prompt ("screenplay.scene"); `answer_schema` is JSON schema as text, "" for plain words."""

    purpose: str
    words: str
    system: str = ""
    answer_schema: str = ""
    max_tokens: int = 8_192
    seed: int = 0


class JudgeRequest(Noun):
    """Look at a take, and say how well it does what was asked. references: what it should look like."""

    words: str
    asset: str
    media_type: str
    references: tuple[Reference, ...] = ()
    seed: int = 0


class SheetRequest(Noun):
    """Draw a character sheet: front, three-quarter, side, expressions, palette."""

    words: str = ""
    design: Design
    width_px: int = 1920
    height_px: int = 1080


class SpeechRequest(Noun):
    """Speak one line. `text` is plain words (markup removed). `language` is "" where the text decides."""

    words: str = ""
    text: str
    voice: Voice
    delivery: Delivery = "plain"
    parenthetical: str = ""
    language: str = ""
    seed: int = 0


class MusicSection(Noun):
    """A stretch of a cue with one mood."""

    seconds: float
    mood: Mood


class ComposeRequest(Noun):
    """Compose one cue. It lasts exactly the sum of its sections, rounded to the nearest sample at 48 kHz.

    `theme_seed` is one for the whole film: cues share key and motif. `closing` asks for a final cadence.
    """

    words: str = ""
    sections: tuple[MusicSection, ...]
    theme_seed: int = 0
    closing: bool = False
    seed: int = 0


class AmbienceRequest(Noun):
    """The bed: the air of a place (rain, wind, sea, city, room …) for exactly `seconds`, steady from its first sample to its last.

    It knows neither a scene's length nor a word of what is said or done there, so one bed serves every scene of a place at one hour
    and in one weather. Cuts lay it end over end: they begin anywhere in it, fade its ends, and where it must go on they cross the last
    two seconds with what was heard an odd number of whole seconds before. So what beats in it should beat in whole seconds, nothing
    in it may begin or end (no fades), and what is heard once in a film has no place in it.
    """

    words: str = ""
    interior: bool = False
    place: str = ""
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    seconds: float
    seed: int = 0


class EffectsRequest(Noun):
    """What is heard of one shot's `action` (steps, a door, a gull …), and where: the place decides the room and what is underfoot.

    It knows no timing: it begins where its shot begins, and lasts as long as what happens lasts.
    """

    words: str = ""
    interior: bool = False
    place: str = ""
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    action: str
    seed: int = 0


# ── jobs ────────────────────────────────────────────────────────────────────────────────────────────────────
class Model(Protocol):
    """`name` and `version` go into every request key: raise the version when the same request would give other bytes.

    Two more things a model may say of itself, read by `reads_words(model)` and `films(model)`: `reads_words = True` where it works from the
    prompt's words (else only a person's own words are in its requests, so that a reworded prompt re-makes nothing that is drawn from
    values), and `films = True` where its shots are clips (it is then given ClipRequests).
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...


@runtime_checkable
class VersionedByRequest(Protocol):
    """A model whose version isn't one for all requests: an optional part that it has or lacks changes the bytes of some."""

    def version_for(self, request: BaseModel) -> str:
        """Stands for `version` in the key of this request. Quick: it is asked for every piece whenever a film is made."""
        ...


@runtime_checkable
class Collects(Protocol):
    """A model whose work goes on on a server while nobody looks, and can be fetched by its name there, from any process."""

    def collect(self, remote_id: str, request: BaseModel) -> Made:
        """Wait for what was sent before, and fetch it. Sends nothing that costs.

        Raises: ModelError where the server failed or refused it, or knows it no more.
        """
        ...


@runtime_checkable
class TextModel(Model, Protocol):
    """Writes what it is asked to, plain or as JSON."""

    def answer(self, request: TextRequest) -> Made:
        """UTF-8 text; JSON where the request has a schema. Whole, or ModelError: never half an answer."""
        ...


@runtime_checkable
class JudgeModel(Model, Protocol):
    """Says how good a take is."""

    def judge(self, request: JudgeRequest) -> Made:
        """JSON: {"score": 0..10, "reason": "…"}."""
        ...


@runtime_checkable
class WriterModel(Model, Protocol):
    """Writes a screenplay."""

    def write(self, request: WriteRequest) -> Made:
        """Fountain text, UTF-8."""
        ...


@runtime_checkable
class DesignerModel(Model, Protocol):
    """Invents how a character looks."""

    def design(self, brief: CastBrief, *, others: Sequence[Design] = ()) -> Design:
        """A design that follows the brief's words and is told apart at a glance from `others`."""
        ...


@runtime_checkable
class PictureModel(Model, Protocol):
    """Draws shots and character sheets."""

    def shot(self, request: ShotRequest) -> Made:
        """One picture of exactly width_px × height_px."""
        ...

    def sheet(self, request: SheetRequest) -> Made:
        """One picture of exactly width_px × height_px."""
        ...


@runtime_checkable
class SpeechModel(Model, Protocol):
    """Speaks lines in the voices of a cast."""

    def cast(self, brief: CastBrief, *, taken: Sequence[Voice] = ()) -> Voice:
        """A stable voice for this character, distinct from those taken."""
        ...

    def speak(self, request: SpeechRequest) -> Made:
        """Mono sound, its word timings, and a notice where the words could only be murmured."""
        ...


@runtime_checkable
class MusicModel(Model, Protocol):
    """Composes cues."""

    def compose(self, request: ComposeRequest) -> Made:
        """Stereo sound of exactly the asked length."""
        ...


@runtime_checkable
class SoundModel(Model, Protocol):
    """Makes the air of places, and what is heard of actions."""

    def ambience(self, request: AmbienceRequest) -> Made:
        """Stereo sound of exactly the asked length, without fades, as AmbienceRequest says."""
        ...

    def hears(self, request: EffectsRequest) -> bool:
        """Whether this action would be heard at all. Makes no sound, costs nothing and is quick: it is asked for every shot.

        The same request always gets the same answer, and `effects` is asked only where it is True.
        """
        ...

    def effects(self, request: EffectsRequest) -> Made:
        """Stereo sound from the shot's first moment on, as long as what is heard and its room's answer last."""
        ...


def reads_words(model: object) -> bool:
    """Whether it works from the words of prompts; rehearsal works from values."""
    return bool(getattr(model, "reads_words", False))


def films(model: object) -> bool:
    """Whether its shots move."""
    return bool(getattr(model, "films", False))


def request_key(model: Model, request: BaseModel) -> str:
    """The name of whatever `model` makes of `request`: 64 hex digits. The same inputs give the same key on any machine."""
    version_for = getattr(model, "version_for", None)  # asked thousands of times a plan; isinstance of a Protocol takes 25 µs
    version = model.version if version_for is None else version_for(request)
    text = f"{model.name}\n{version}\n{type(request).__name__}\n{request.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()
